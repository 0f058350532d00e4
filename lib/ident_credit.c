/* SPDX-License-Identifier: MIT */
/* Unified social credit codes: GB 32100-2015, rules ID-07 to ID-13. */
#include <stdio.h>

#include "i18n.h"
#include "ident_impl.h"

enum { LENGTH = 18, BODY = 8, BODY_CHECK = 16 };

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* Value in the alphabet, which leaves out I O S V Z; -1 for what is not in it. */
static int value(int32_t cp)
{
	static const int8_t letters[26] = {
		10, 11, 12, 13, 14, 15, 16, 17, -1, 18, 19, 20, 21, 22, -1, 23,
		24, 25, -1, 26, 27, -1, 28, 29, 30, -1,
	};

	if (gv_ident_is_digit(cp))
		return (int)(cp - '0');
	return gv_ident_is_letter(cp) ? letters[cp - 'A'] : -1;
}

/* GB 32100: weights are the powers of 3. */
static char code_check(const char *code)
{
	static const int8_t weight[LENGTH - 1] = {
		1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
	};
	int sum = 0;

	for (int i = 0; i < LENGTH - 1; i++)
		sum += weight[i] * value(code[i]);
	return alphabet[(31 - sum % 31) % 31];
}

/* GB 11714, the older code inside: here A is 10 and Z is 35. */
static char body_check(const char *body)
{
	static const int8_t weight[BODY] = { 3, 7, 9, 10, 5, 8, 4, 2 };
	int sum = 0;

	for (int i = 0; i < BODY; i++)
		sum += weight[i] * (body[i] <= '9' ? body[i] - '0' : body[i] - 'A' + 10);
	return "0X987654321"[sum % 11];
}

/* ID-10; '?' is any character: for these departments the kinds are not listed. */
static const char *category(const char *code)
{
	static const struct { char start[3]; const char *form; } rows[] = {
		{ "91", "enterprise" }, { "92", "individual-business" },
		{ "93", "farmers-cooperative" },
		{ "11", "state-organ" }, { "12", "public-institution" },
		{ "13", "mass-organisation" }, { "19", "staffing-other" },
		{ "2?", "foreign-affairs" },
		{ "31", "law-firm" }, { "32", "notary-office" }, { "33", "legal-service" },
		{ "34", "forensic-institute" }, { "35", "arbitration-commission" },
		{ "39", "justice-other" },
		{ "4?", "culture" },
		{ "51", "association" }, { "52", "private-non-enterprise" },
		{ "53", "foundation" }, { "59", "civil-affairs-other" },
		{ "6?", "tourism" }, { "7?", "religion" },
		{ "81", "trade-union" }, { "89", "trade-union-other" },
		{ "A?", "military" },
		{ "N1", "village-group" }, { "N2", "village" }, { "N3", "township" },
		{ "N9", "agriculture-other" },
		{ "Y1", "other" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (rows[i].start[0] == code[0] &&
		    (rows[i].start[1] == code[1] || rows[i].start[1] == '?'))
			return rows[i].form;
	return NULL;
}

static bool read_code(struct gv_ident *out, const struct gv_ident_text *t, char code[LENGTH + 1])
{
	if (t->n != LENGTH)
		return gv_ident_no(out, _("%zu characters, should be %d"), t->n, LENGTH);
	for (size_t i = 0; i < LENGTH; i++) {
		if (i >= 2 && i < BODY && !gv_ident_is_digit(t->cp[i]))
			return gv_ident_no_char(out, t, i, _("should be a digit"));
		if (value(t->cp[i]) < 0)
			return gv_ident_no_char(out, t, i, _("which no credit code has"));
	}
	gv_ident_copy(code, t, 0, LENGTH);
	return true;
}

void gv_ident_credit(struct gv_ident *out, const struct gv_ident_text *t)
{
	char code[LENGTH + 1] = "";
	const char *form;
	char right;

	if (!read_code(out, t, code))
		return;
	right = code_check(code);
	if (code[LENGTH - 1] != right) {
		gv_ident_no(out, _("check character is %c, should be %c"), code[LENGTH - 1], right);
		return;
	}
	right = body_check(code + BODY);
	if (code[BODY_CHECK] != right) {
		gv_ident_no(out, _("check character of the organisation code (character %d) "
		                   "is %c, should be %c"), BODY_CHECK + 1, code[BODY_CHECK], right);
		return;
	}
	out->valid = true;
	memcpy(out->normal, code, sizeof code);
	snprintf(out->registrar, sizeof out->registrar, "%.2s", code);
	snprintf(out->region, sizeof out->region, "%.6s", code + 2);
	snprintf(out->body, sizeof out->body, "%.8s-%c", code + BODY, code[BODY_CHECK]);
	form = category(code);
	if (form)
		snprintf(out->form, sizeof out->form, "%s", form);
	else
		gv_ident_no(out, _("%.2s is no category of GB 32100"), code);
}
