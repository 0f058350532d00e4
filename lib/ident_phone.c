/* SPDX-License-Identifier: MIT */
/* Phone numbers of mainland China: rule ID-14.  Operators' prefixes change and are not listed. */
#include <stdio.h>

#include "i18n.h"
#include "ident_impl.h"

enum { DIGITS_MAX = 24 };

struct number {
	char d[DIGITS_MAX + 2];     /* with room for a 0 in front */
	bool gap[DIGITS_MAX + 2];   /* something stood before this digit */
	size_t n;
	bool plus;
};

static bool is_separator(int32_t cp)
{
	switch (cp) {
	case '-': case '(': case ')': case '.': case '/':
	case 0xB7: case 0x2212:              /* · and minus */
	case 0x8F6C: case 0x5206: case 0x673A: /* 转 and 分机: an extension */
		return true;
	default:
		return cp >= 0x2010 && cp <= 0x2015; /* dashes */
	}
}

static bool read_digits(struct gv_ident *out, const struct gv_ident_text *t, struct number *num)
{
	if (t->n > GV_IDENT_CHARS)
		return gv_ident_no(out, _("%zu characters, too many for a phone"), t->n);
	for (size_t i = 0; i < t->n; i++) {
		if (i == 0 && t->cp[i] == '+') {
			num->plus = true;
		} else if (is_separator(t->cp[i])) {
			num->gap[num->n] = true;
		} else if (!gv_ident_is_digit(t->cp[i])) {
			return gv_ident_no_char(out, t, i, _("should be a digit"));
		} else if (num->n == DIGITS_MAX) {
			return gv_ident_no(out, _("more than %d digits, too many for a phone"),
			                   DIGITS_MAX);
		} else {
			num->d[num->n++] = (char)t->cp[i];
			num->gap[num->n] = false;
		}
	}
	return true;
}

static void drop(struct number *num, size_t n)
{
	num->n -= n;
	memmove(num->d, num->d + n, num->n);
	memmove(num->gap, num->gap + n, (num->n + 1) * sizeof num->gap[0]);
}

/* +86 or 0086 in front: what follows then has no 0 before its area code (but people
 * write it), unless it is a mobile or a 400 number. */
static bool drop_country(struct gv_ident *out, struct number *num)
{
	bool country = false;

	if (num->plus) {
		if (num->n < 2 || memcmp(num->d, "86", 2) != 0)
			return gv_ident_no(out, "%s",
			                   _("only numbers of mainland China (+86) are checked"));
		drop(num, 2);
		country = true;
	} else if (num->n > 4 && memcmp(num->d, "0086", 4) == 0) {
		drop(num, 4);
		country = true;
	}
	if (country && num->n && num->d[0] != '0' && !(num->d[0] == '1' && num->n == 11) &&
	    !(num->n == 10 && memcmp(num->d + 1, "00", 2) == 0)) {
		memmove(num->d + 1, num->d, num->n);
		memmove(num->gap + 1, num->gap, (num->n + 1) * sizeof num->gap[0]);
		num->d[0] = '0';
		num->n++;
	}
	return true;
}

static bool landline(struct gv_ident *out, const struct number *num)
{
	bool big_city = num->d[1] == '1' || num->d[1] == '2';
	size_t area = big_city ? 3 : 4;
	size_t rest = num->n > area ? num->n - area : 0, local = rest, most = 8;
	int shown = (int)(num->n < area ? num->n : area);

	if (num->d[1] == '0' || (num->d[1] == '1' && num->n > 2 && num->d[2] != '0'))
		return gv_ident_no(out, _("there is no area code %.*s"), shown, num->d);
	/* A gap behind the number proper begins an extension: 021-59531234-801. */
	for (size_t n = 7; n <= most && local == rest; n++)
		if (rest > n && num->gap[area + n])
			local = n;
	if (local > most || local < 7 || (big_city && local != most))
		return gv_ident_no(out, _("%zu digits after the area code %.*s, should be %s"),
		                   local, shown, num->d, big_city ? "8" : _("7 or 8"));
	if (num->d[area] < '2')
		return gv_ident_no(out, _("no landline number begins with %c"), num->d[area]);
	snprintf(out->normal, sizeof out->normal, "%.*s-%.*s%s%.*s", (int)area, num->d,
	         (int)local, num->d + area, local < rest ? "-" : "", (int)(rest - local),
	         num->d + area + local);
	snprintf(out->form, sizeof out->form, "landline");
	return true;
}

static bool whole(struct gv_ident *out, const struct number *num, const char *form)
{
	snprintf(out->normal, sizeof out->normal, "%.*s", (int)num->n, num->d);
	snprintf(out->form, sizeof out->form, "%s", form);
	return true;
}

void gv_ident_phone(struct gv_ident *out, const struct gv_ident_text *t)
{
	struct number num = { .n = 0 };

	if (!read_digits(out, t, &num) || !drop_country(out, &num))
		return;
	if (num.n > 1 && num.d[0] == '0')
		out->valid = landline(out, &num);
	else if (num.n == 10 && (memcmp(num.d, "400", 3) == 0 || memcmp(num.d, "800", 3) == 0))
		out->valid = whole(out, &num, "service");
	else if (num.n == 11 && num.d[0] == '1' && num.d[1] >= '3')
		out->valid = whole(out, &num, "mobile");
	else if (num.n == 11 && num.d[0] == '1')
		gv_ident_no(out, _("no mobile number begins with %.2s"), num.d);
	else if (num.n && num.d[0] == '1')
		gv_ident_no(out, _("%zu digits, a mobile number has 11"), num.n);
	else if (num.n == 7 || num.n == 8)
		gv_ident_no(out, "%s", _("the area code is missing"));
	else
		gv_ident_no(out, "%s",
		            _("neither a mobile number nor a landline with its area code"));
}
