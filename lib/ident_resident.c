/* SPDX-License-Identifier: MIT */
/* Resident ID numbers: GB 11643-1999, rules ID-01 to ID-06. */
#include <stdio.h>

#include "i18n.h"
#include "ident_impl.h"

enum { LENGTH = 18, OLD_LENGTH = 15 };

static char check_digit(const char *digits)
{
	static const int8_t weight[LENGTH - 1] = {
		7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2,
	};
	int sum = 0;

	for (int i = 0; i < LENGTH - 1; i++)
		sum += weight[i] * (digits[i] - '0');
	return "10X98765432"[sum % 11];
}

/* The 18 characters of either form, without a check digit yet for the old one. */
static bool read_number(struct gv_ident *out, const struct gv_ident_text *t,
                        char number[LENGTH + 1])
{
	if (t->n == OLD_LENGTH) {
		if (!gv_ident_digits(out, t, 0, OLD_LENGTH))
			return false;
		gv_ident_copy(number, t, 0, 6);
		memcpy(number + 6, "19", 2);
		gv_ident_copy(number + 8, t, 6, 9);
		number[LENGTH - 1] = check_digit(number);
		number[LENGTH] = '\0';
		return true;
	}
	if (t->n != LENGTH)
		return gv_ident_no(out, _("%zu characters, should be %d"), t->n, LENGTH);
	if (!gv_ident_digits(out, t, 0, LENGTH - 1))
		return false;
	if (!gv_ident_is_digit(t->cp[LENGTH - 1]) && t->cp[LENGTH - 1] != 'X')
		return gv_ident_no_char(out, t, LENGTH - 1, _("should be a digit or X"));
	gv_ident_copy(number, t, 0, LENGTH);
	return true;
}

/*
 * Today is not known here, so a birth in the future is not refused.  Records go
 * back beyond the first day of date.h: births of the 19th century are checked
 * three centuries later, where the leap years fall alike.
 */
static bool read_birth(struct gv_ident *out, const char *number)
{
	struct gv_str text = { number + 6, 8 };
	int64_t ymd;
	int year, month, day;

	if (!gv_str_int(text, &ymd))
		return false;
	year = (int)(ymd / 10000);
	month = (int)(ymd / 100 % 100);
	day = (int)(ymd % 100);
	if (year < 1800 || year > GV_YEAR_LAST)
		return gv_ident_no(out, _("birth year %04d is not from %d to %d"), year, 1800,
		                   GV_YEAR_LAST);
	if (gv_day_of(year < GV_YEAR_FIRST ? year + 300 : year, month, day) == GV_DAY_NONE)
		return gv_ident_no(out, _("%04d-%02d-%02d is not a date"), year, month, day);
	out->birth = gv_day_of(year, month, day);
	return true;
}

static const char *form_of(const char *number, bool old)
{
	if (old)
		return "resident-15";
	if (memcmp(number, "810000", 6) == 0)
		return "residence-hong-kong";
	if (memcmp(number, "820000", 6) == 0)
		return "residence-macao";
	if (memcmp(number, "830000", 6) == 0)
		return "residence-taiwan";
	return number[0] == '9' ? "foreign-permanent" : "resident";
}

void gv_ident_resident(struct gv_ident *out, const struct gv_ident_text *t)
{
	char number[LENGTH + 1];
	char right;

	if (!read_number(out, t, number) || !read_birth(out, number))
		return;
	right = check_digit(number);
	if (number[LENGTH - 1] != right) {
		out->birth = GV_DAY_NONE;
		gv_ident_no(out, _("check digit is %c, should be %c"), number[LENGTH - 1], right);
		return;
	}
	out->valid = true;
	memcpy(out->normal, number, sizeof number);
	memcpy(out->region, number, 6);
	out->region[6] = '\0';
	snprintf(out->sex, sizeof out->sex, "%s", (number[16] - '0') % 2 ? "男" : "女");
	snprintf(out->form, sizeof out->form, "%s", form_of(number, t->n == OLD_LENGTH));
	if (strcmp(out->form, "foreign-permanent") != 0 &&
	    !gv_ident_province((number[0] - '0') * 10 + number[1] - '0'))
		gv_ident_no(out, _("no province has the code %.2s"), number);
}
