/* SPDX-License-Identifier: MIT */
#include "num.h"

#include "unit.h"

#define COUNT(a) (sizeof (a) / sizeof (a)[0])

static void reads(void)
{
	static const struct { const char *text, *want; } row[] = {
		{ "0", "0" },
		{ "-0", "0" },
		{ "-0.000", "0" },
		{ "0e99999", "0" },
		{ "12", "12" },
		{ "-12.50", "-12.5" },
		{ "1.5e1", "15" },
		{ "15e-1", "1.5" },
		{ "1E+3", "1000" },
		{ "5e-3", "0.005" },
		{ "007", "7" }, /* a cell of a table */
		{ "00.5", "0.5" },
		{ "999999999999999999", "999999999999999999" },
		{ "1000000000000000000", "1000000000000000000" },
		{ "9007199254740993", "9007199254740993" },
		{ "-123456789012345678901234567890.125", "-123456789012345678901234567890.125" },
		{ "100000000000000000000000e-23", "1" },
		{ "0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827" },
	};

	for (size_t i = 0; i < COUNT(row); i++) {
		struct gv_num_room room;
		struct gv_num n;
		char out[GV_NUM_TEXT];

		CHECK_ROW(gv_num_read(&n, gv_str_of(row[i].text), &room), row[i].text);
		CHECK_INT(gv_num_write(&n, out), strlen(row[i].want));
		CHECK_STR(out, row[i].want);
	}
}

static void refuses(void)
{
	static const char *const row[] = {
		"", " ", "+1", " 1", "1 ", ".5", "5.", "1e", "1e+", "-", "--1", "1,000", "0x10", "NaN", "nan",
		"Infinity", "-inf", "1e309", "1e-281", "1e99999999999999999999", "1_000", "１２", "1.2.3", "1e1.5",
		"二十",
	};

	for (size_t i = 0; i < COUNT(row); i++) {
		struct gv_num_room room;
		struct gv_num n;

		CHECK_ROW(!gv_num_read(&n, gv_str_of(row[i]), &room), row[i]);
	}
}

/* The longest that is taken, and one digit more. */
static void limits(void)
{
	char text[GV_NUM_TEXT + 8], out[GV_NUM_TEXT];
	struct gv_num_room room;
	struct gv_num n;

	memset(text, '9', sizeof text);
	text[0] = '-';
	text[1 + GV_NUM_WHOLE] = '.';
	CHECK(gv_num_read(&n, (struct gv_str){ text, 2 + GV_NUM_WHOLE + GV_NUM_FRACTION }, &room));
	CHECK_INT(gv_num_write(&n, out), 2 + GV_NUM_WHOLE + GV_NUM_FRACTION);
	CHECK(strncmp(out, text, 2 + GV_NUM_WHOLE + GV_NUM_FRACTION) == 0);
	CHECK(!gv_num_read(&n, (struct gv_str){ text, 3 + GV_NUM_WHOLE + GV_NUM_FRACTION }, &room));
	text[1 + GV_NUM_WHOLE] = '9';
	CHECK(!gv_num_read(&n, (struct gv_str){ text, 2 + GV_NUM_WHOLE }, &room));
}

/* Each is less than the next. */
static void compares(void)
{
	static const char *const row[] = {
		"-1e300", "-1e20", "-1000000000000000000", "-999999999999999999", "-10", "-9.5", "-9", "-0.1", "-1e-30",
		"0", "1e-30", "0.05", "0.1", "0.10000000000000000000001", "0.2", "1", "9", "9.5", "10",
		"999999999999999999", "1000000000000000000", "1000000000000000000.5", "1e20", "1e300",
	};

	for (size_t i = 0; i < COUNT(row); i++)
		for (size_t j = 0; j < COUNT(row); j++) {
			struct gv_num_room ra, rb;
			struct gv_num a, b;

			CHECK(gv_num_read(&a, gv_str_of(row[i]), &ra) && gv_num_read(&b, gv_str_of(row[j]), &rb));
			CHECK_ROW(gv_num_cmp(&a, &b) == (i > j) - (i < j), row[i]);
		}
}

UNIT_MAIN("num",
	{ "reads numbers as they are written", reads },
	{ "refuses what is none", refuses },
	{ "has room for the longest", limits },
	{ "compares", compares })
