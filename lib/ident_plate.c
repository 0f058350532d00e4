/* SPDX-License-Identifier: MIT */
/* Vehicle plates: GA 36-2018 as far as rule ID-16 knows it. */
#include <stdio.h>

#include "i18n.h"
#include "ident_impl.h"
#include "utf8.h"

enum { LONGEST = 8, EMBASSY = 0x4F7F /* 使 */ };

bool gv_ident_plate_province(int32_t cp)
{
	struct gv_str provinces = GV_STR("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新");
	size_t pos = 0;
	int32_t p;

	while ((p = gv_utf8_next(provinces, &pos)) >= 0)
		if (p == cp)
			return true;
	return false;
}

/* Letters of plates leave out I and O, which look like digits. */
static bool is_letter(int32_t cp)
{
	return gv_ident_is_letter(cp) && cp != 'I' && cp != 'O';
}

static bool is_serial(int32_t cp)
{
	return gv_ident_is_digit(cp) || is_letter(cp);
}

static bool is_new_energy(int32_t cp)
{
	return cp >= 'A' && cp <= 'K' && is_letter(cp);
}

/* "沪A·12345" and the like without what stands between. */
static void compact(struct gv_ident_text *to, const struct gv_ident_text *t)
{
	to->n = 0;
	for (size_t i = 0; i < t->n && i < GV_IDENT_CHARS; i++) {
		int32_t cp = t->cp[i];

		if (cp != '-' && cp != '.' && cp != 0xB7 && cp != 0x2022 && cp != 0x2027 &&
		    cp != 0x30FB)
			to->cp[to->n++] = cp;
	}
}

static const char *special_form(int32_t last)
{
	static const struct { int32_t cp; const char *form; } rows[] = {
		{ 0x8B66 /* 警 */, "police" }, { 0x5B66 /* 学 */, "trainer" },
		{ 0x6302 /* 挂 */, "trailer" }, { 0x8BD5 /* 试 */, "test" },
		{ 0x8D85 /* 超 */, "oversize" }, { 0x6E2F /* 港 */, "hong-kong" },
		{ 0x6FB3 /* 澳 */, "macao" }, { 0x9886 /* 领 */, "consular" },
		{ EMBASSY, "embassy" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (rows[i].cp == last)
			return rows[i].form;
	return NULL;
}

/* Characters from..to-1 are digits or letters of plates? */
static bool serials(struct gv_ident *out, const struct gv_ident_text *t, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!is_serial(t->cp[i]))
			return gv_ident_no_char(out, t, i, _("should be a digit or a letter, "
			                                     "not I or O"));
	return true;
}

static const char *new_energy(struct gv_ident *out, const struct gv_ident_text *t)
{
	if (is_new_energy(t->cp[7]))
		return gv_ident_digits(out, t, 2, 7) ? "new-energy-large" : NULL;
	if (!is_new_energy(t->cp[2])) {
		gv_ident_no(out, "%s", _("of six characters the first or the last should be "
		                         "a letter A to H, J or K"));
		return NULL;
	}
	return serials(out, t, 3, 4) && gv_ident_digits(out, t, 4, 8) ? "new-energy-small" : NULL;
}

/* Embassies: 使 and six digits, or a common plate that ends in 使. */
static const char *form_of(struct gv_ident *out, const struct gv_ident_text *t)
{
	const char *special = special_form(t->cp[t->n - 1]);

	if (t->cp[0] == EMBASSY && t->n == 7)
		return gv_ident_digits(out, t, 1, 7) ? "embassy" : NULL;
	if (!gv_ident_plate_province(t->cp[0])) {
		gv_ident_no_char(out, t, 0, _("should be the character of a province"));
		return NULL;
	}
	if (!is_letter(t->cp[1])) {
		gv_ident_no_char(out, t, 1, _("should be a letter, not I or O"));
		return NULL;
	}
	if (t->n == 8 && t->cp[6] == 0x5E94 && t->cp[7] == 0x6025) /* 应急 */
		return serials(out, t, 2, 6) ? "rescue" : NULL;
	if (t->n == 8)
		return new_energy(out, t);
	if (special)
		return serials(out, t, 2, 6) ? special : NULL;
	return serials(out, t, 2, 7) ? "ordinary" : NULL;
}

void gv_ident_plate(struct gv_ident *out, const struct gv_ident_text *t)
{
	struct gv_ident_text plate;
	const char *form;
	char *to = out->normal;

	compact(&plate, t);
	if (t->n > GV_IDENT_CHARS || plate.n < LONGEST - 1 || plate.n > LONGEST) {
		gv_ident_no(out, _("%zu characters, should be 7, or 8 for new energy"),
		            t->n > GV_IDENT_CHARS ? t->n : plate.n);
		return;
	}
	form = form_of(out, &plate);
	if (!form)
		return;
	out->valid = true;
	snprintf(out->form, sizeof out->form, "%s", form);
	for (size_t i = 0; i < plate.n; i++)
		to += gv_utf8_put(to, plate.cp[i]);
	*to = '\0';
}
