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

/* ---- so many digits behind the point ---- */

static void fixed(void)
{
	static const struct { const char *text; int decimals; const char *want; } row[] = {
		{ "0", 0, "0" }, { "0", 2, "0.00" }, { "-0", 2, "0.00" }, { "5", 0, "5" }, { "5", 3, "5.000" }, { "-5", 1, "-5.0" },
		/* half to even, and what is a little more or less */
		{ "0.5", 0, "0" }, { "1.5", 0, "2" }, { "2.5", 0, "2" }, { "3.5", 0, "4" }, { "-0.5", 0, "0" }, { "-1.5", 0, "-2" }, { "-2.5", 0, "-2" },
		{ "2.50000000000000000000000000001", 0, "3" }, { "2.49999999999999999999999999999", 0, "2" }, { "0.50000000000000000000000000001", 0, "1" },
		{ "2.125", 2, "2.12" }, { "2.135", 2, "2.14" }, { "2.1251", 2, "2.13" }, { "2.1249", 2, "2.12" }, { "0.25", 1, "0.2" }, { "0.35", 1, "0.4" },
		/* a digit more in front */
		{ "9.995", 2, "10.00" }, { "9.994", 2, "9.99" }, { "99.5", 0, "100" }, { "0.95", 1, "1.0" }, { "0.5", 0, "0" }, { "0.9", 0, "1" }, { "-9.995", 2, "-10.00" },
		{ "999999999999999999.5", 0, "1000000000000000000" }, { "-999999999999999999999999.96", 1, "-1000000000000000000000000.0" },
		/* no sign before nothing */
		{ "-0.004", 2, "0.00" }, { "-0.005", 2, "0.00" }, { "-0.006", 2, "-0.01" }, { "-1e-280", 15, "0.000000000000000" },
		/* zeros in front, and behind */
		{ "0.05", 1, "0.0" }, { "0.15", 1, "0.2" }, { "0.051", 1, "0.1" }, { "0.0005", 3, "0.000" }, { "0.0015", 3, "0.002" }, { "0.00051", 3, "0.001" },
		{ "1e-280", 0, "0" }, { "0.000999", 5, "0.00100" }, { "12.5", 5, "12.50000" }, { "100", 2, "100.00" }, { "1e20", 1, "100000000000000000000.0" },
		{ "0.1000000000000000055511151231257827", 15, "0.100000000000000" }, { "123456789012345678901234567890.987654321", 3, "123456789012345678901234567890.988" },
	};

	for (size_t i = 0; i < COUNT(row); i++) {
		struct gv_num_room room;
		struct gv_num n;
		char out[GV_NUM_TEXT + 16];
		int failed = unit_failed_here;

		CHECK_ROW(gv_num_read(&n, gv_str_of(row[i].text), &room), row[i].text);
		CHECK_INT(gv_num_fixed(&n, row[i].decimals, out), strlen(row[i].want));
		CHECK_STR(out, row[i].want);
		if (failed != unit_failed_here)
			printf("# %s with %d\n", row[i].text, row[i].decimals);
	}
}

/* The longest number there is, which becomes one digit longer. */
static void fixed_longest(void)
{
	char text[GV_NUM_TEXT + 8], out[GV_NUM_TEXT + 16];
	struct gv_num_room room;
	struct gv_num n;

	memset(text, '9', sizeof text);
	text[0] = '-';
	text[1 + GV_NUM_WHOLE] = '.';
	CHECK(gv_num_read(&n, (struct gv_str){ text, 2 + GV_NUM_WHOLE + GV_NUM_FRACTION }, &room));
	CHECK_INT(gv_num_fixed(&n, 15, out), 1 + GV_NUM_WHOLE + 1 + 1 + 15);
	CHECK(strncmp(out, "-100", 4) == 0 && strspn(out + 2, "0") == GV_NUM_WHOLE);
	CHECK_STR(out + 2 + GV_NUM_WHOLE, ".000000000000000");
	CHECK_INT(gv_num_fixed(&n, 0, out), 1 + GV_NUM_WHOLE + 1);
}

/* Against integers: a / 1000 to two places is a / 10, rounded by hand. */
static void fixed_twin(void)
{
	for (long a = -25000; a <= 25000; a++) {
		struct gv_num n;
		struct gv_num_room room;
		char text[32], out[GV_NUM_TEXT + 16], want[32];
		long size = a < 0 ? -a : a, cents = size / 10, rest = size % 10;

		cents += rest > 5 || (rest == 5 && cents % 2);
		snprintf(text, sizeof text, "%ld.%03ld", size / 1000, size % 1000);
		CHECK(gv_num_read(&n, gv_str_of(text), &room));
		n.m = a < 0 ? -n.m : n.m;
		snprintf(want, sizeof want, "%s%ld.%02ld", a < 0 && cents ? "-" : "", cents / 100, cents % 100);
		gv_num_fixed(&n, 2, out);
		CHECK_STR(out, want);
	}
}

UNIT_MAIN("num",
	{ "reads numbers as they are written", reads },
	{ "refuses what is none", refuses },
	{ "has room for the longest", limits },
	{ "compares", compares },
	{ "rounds", fixed },
	{ "rounds the longest", fixed_longest },
	{ "rounds as by hand", fixed_twin })
