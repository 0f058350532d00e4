/* SPDX-License-Identifier: MIT */
#include "ident.h"

#include <stdarg.h>
#include <stdio.h>

#include "i18n.h"
#include "ident_impl.h"
#include "utf8.h"

static const char *const kind_names[] = {
	[GV_ID_NONE] = "none",
	[GV_ID_RESIDENT] = "resident-id",
	[GV_ID_CREDIT] = "credit-code",
	[GV_ID_PHONE] = "phone",
	[GV_ID_PLATE] = "plate",
	[GV_ID_BANKCARD] = "bank-card",
};

enum { KINDS = sizeof kind_names / sizeof kind_names[0] };

const char *gv_ident_kind_name(enum gv_ident_kind k)
{
	return (size_t)k < KINDS ? kind_names[k] : kind_names[GV_ID_NONE];
}

bool gv_ident_kind_parse(enum gv_ident_kind *k, const char *name)
{
	for (size_t i = GV_ID_NONE + 1; i < KINDS; i++) {
		if (strcmp(name, kind_names[i]) == 0) {
			*k = (enum gv_ident_kind)i;
			return true;
		}
	}
	return false;
}

void gv_ident_clean(struct gv_ident_text *t, struct gv_str text)
{
	size_t pos = 0;
	int32_t cp;

	t->n = 0;
	while ((cp = gv_utf8_next(text, &pos)) >= 0) {
		if (gv_utf8_is_space(cp))
			continue;
		cp = gv_utf8_half(cp);
		if (cp >= 'a' && cp <= 'z')
			cp -= 'a' - 'A';
		if (t->n < GV_IDENT_CHARS)
			t->cp[t->n] = cp;
		t->n++;
	}
}

bool gv_ident_no(struct gv_ident *out, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(out->reason, sizeof out->reason, fmt, ap);
	va_end(ap);
	return false;
}

bool gv_ident_no_char(struct gv_ident *out, const struct gv_ident_text *t, size_t i,
                      const char *should)
{
	char c[16];
	size_t n = gv_utf8_put(c, t->cp[i]);

	c[n] = '\0';
	if (!gv_utf8_is_safe((struct gv_str){ c, n }))
		snprintf(c, sizeof c, "U+%04X", (unsigned)t->cp[i]);
	return gv_ident_no(out, _("character %zu is \"%s\", %s"), i + 1, c, should);
}

bool gv_ident_digits(struct gv_ident *out, const struct gv_ident_text *t, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!gv_ident_is_digit(t->cp[i]))
			return gv_ident_no_char(out, t, i, _("should be a digit"));
	return true;
}

bool gv_ident_province(int code)
{
	/* GB/T 2260: how many codes, from 1, each first digit has. */
	static const int8_t last[] = { 0, 5, 3, 7, 6, 4, 5, 1, 3 };
	int ten = code / 10, one = code % 10;

	if (code == 50)
		return true;
	return ten >= 0 && ten < (int)sizeof last && one >= 1 && one <= last[ten];
}

static void check(struct gv_ident *out, enum gv_ident_kind kind, const struct gv_ident_text *t)
{
	static void (*const checks[])(struct gv_ident *, const struct gv_ident_text *) = {
		[GV_ID_RESIDENT] = gv_ident_resident,
		[GV_ID_CREDIT] = gv_ident_credit,
		[GV_ID_PHONE] = gv_ident_phone,
		[GV_ID_PLATE] = gv_ident_plate,
		[GV_ID_BANKCARD] = gv_ident_bankcard,
	};

	out->kind = kind;
	out->valid = false;
	out->normal[0] = out->reason[0] = out->region[0] = out->sex[0] = '\0';
	out->form[0] = out->body[0] = out->registrar[0] = '\0';
	out->birth = GV_DAY_NONE;
	if (kind == GV_ID_NONE || (size_t)kind >= KINDS)
		return;
	if (t->n == 0)
		gv_ident_no(out, "%s", _("empty"));
	else
		checks[kind](out, t);
}

void gv_ident_check(struct gv_ident *out, enum gv_ident_kind kind, struct gv_str text)
{
	struct gv_ident_text t;

	gv_ident_clean(&t, text);
	check(out, kind, &t);
}

void gv_ident_add_form(struct gv_buf *out, enum gv_ident_kind kind, struct gv_str text)
{
	struct gv_ident id;
	char c[4];

	gv_ident_check(&id, kind, text);
	if (id.valid) {
		gv_buf_adds(out, id.normal);
		return;
	}
	for (size_t at = 0; at < text.n;) {
		int32_t cp = gv_utf8_next(text, &at);

		if (gv_utf8_is_space(cp))
			continue;
		cp = gv_utf8_half(cp);
		gv_buf_add(out, c, gv_utf8_put(c, cp >= 'a' && cp <= 'z' ? cp - ('a' - 'A') : cp));
	}
}

/* ---- guessing ---- */

/* How many characters can be part of a number (masked or not), of a code, of neither? */
struct shape { size_t digits, letters, others; };

static struct shape shape_of(const struct gv_ident_text *t)
{
	struct shape s = { 0 };

	for (size_t i = 0; i < t->n && i < GV_IDENT_CHARS; i++) {
		if (gv_ident_is_digit(t->cp[i]) || t->cp[i] == '*')
			s.digits++;
		else if (gv_ident_is_letter(t->cp[i]))
			s.letters++;
		else if (t->cp[i] != '-')
			s.others++;
	}
	return s;
}

/* One resident ID in ten passes Luhn when it is mistyped or a digit short, but one
 * card in a thousand has a date just there; nor are there many cards of that length. */
static bool is_mistyped_resident(const char *card)
{
	struct gv_str text = { card + 6, 8 };
	size_t n = strlen(card);
	int64_t ymd;

	if ((n != 17 && n != 18) || !gv_str_int(text, &ymd) || ymd >= 21000000)
		return false;
	return gv_day_of((int)(ymd / 10000), (int)(ymd / 100 % 100), (int)(ymd % 100)) !=
	       GV_DAY_NONE;
}

/* Characters 7 to 10 could be a year of birth. */
static bool has_birth_year(const struct gv_ident_text *t)
{
	int32_t a = t->cp[6], b = t->cp[7];

	return a == '*' || (a == '1' && b >= '8') || (a == '2' && b == '0');
}

static enum gv_ident_kind code_shape(const struct gv_ident_text *t, struct shape s)
{
	bool ends_in_x = t->n <= GV_IDENT_CHARS && t->cp[t->n - 1] == 'X';

	if (s.others || s.digits < 8 || t->n < 13 || t->n > 20)
		return GV_ID_NONE;
	if (s.letters > (ends_in_x ? 1u : 0u))
		return t->n >= 16 ? GV_ID_CREDIT : GV_ID_NONE;
	if (t->n >= 17 && t->n <= 19 && has_birth_year(t))
		return GV_ID_RESIDENT;
	if (t->n == 18 && t->cp[0] == '9')
		return GV_ID_CREDIT;
	if (t->n == 18)
		return t->cp[0] == '6' && t->cp[1] == '2' ? GV_ID_BANKCARD : GV_ID_RESIDENT;
	return t->n == 15 || ends_in_x ? GV_ID_RESIDENT : GV_ID_BANKCARD;
}

static bool phone_shape(const struct gv_ident_text *t, struct shape s)
{
	if (t->cp[0] == '+')
		return s.digits >= 8 && s.letters == 0;
	if (s.letters || s.others || s.digits < 10 || s.digits > 14)
		return false;
	return (t->cp[0] == '1' && s.digits <= 12) || t->cp[0] == '0';
}

static enum gv_ident_kind looks_like(const struct gv_ident_text *t)
{
	struct shape s = shape_of(t);

	if (t->n == 0 || t->n > GV_IDENT_CHARS)
		return GV_ID_NONE;
	if (gv_ident_plate_province(t->cp[0]))
		return t->n >= 6 && t->n <= 10 && gv_ident_is_letter(t->cp[1]) ? GV_ID_PLATE
		                                                               : GV_ID_NONE;
	if (phone_shape(t, s))
		return GV_ID_PHONE;
	return code_shape(t, s);
}

void gv_ident_guess(struct gv_ident *out, struct gv_str text)
{
	enum gv_ident_kind order[] = {
		GV_ID_RESIDENT, GV_ID_CREDIT, GV_ID_PHONE, GV_ID_PLATE, GV_ID_BANKCARD,
		GV_ID_RESIDENT,
	};
	struct gv_ident_text t;

	gv_ident_clean(&t, text);
	if (t.n == 18 && t.cp[0] == '9') {
		order[0] = GV_ID_CREDIT;
		order[1] = GV_ID_RESIDENT;
	}
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
		bool weak;

		check(out, order[i], &t);
		if (!out->valid)
			continue;
		weak = (i == 0 && t.n == 15 && out->reason[0]) ||
		       (order[i] == GV_ID_BANKCARD && is_mistyped_resident(out->normal));
		if (!weak)
			return;
	}
	check(out, looks_like(&t), &t);
}
