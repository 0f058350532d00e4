/* SPDX-License-Identifier: MIT */
/* Keys: their bytes are in the order of the values, come back as the values, and can be put behind each other. */
#include "key.h"

#include "unit.h"
#include "roll.h"

#define COUNT(a) (sizeof (a) / sizeof (a)[0])

static struct gv_err err;
/* Values in their order; those in one row are the same. */
static const char *const values[][3] = {
	{ "null" }, { "false" }, { "true" },
	{ "-99999999999999999999999999e281" }, { "-1e300" }, { "-12345678901234567890.125" }, { "-12345678901234567890" },
	{ "-9007199254740993", "-9007199254740993.0" }, { "-9007199254740992" }, { "-51" }, { "-50", "-5e1", "-50.0" }, { "-10" }, { "-9.95" }, { "-9.9" }, { "-9" },
	{ "-1" }, { "-0.51" }, { "-0.5", "-5e-1" }, { "-0.05" }, { "-1e-270" }, { "-1e-280" },
	{ "0", "-0", "0.000e5" }, { "1e-280" }, { "1e-270" }, { "0.05" }, { "0.5", "5e-1", "0.50" }, { "0.51" }, { "1", "1.0", "10e-1" }, { "1.5", "15e-1", "1.50" },
	{ "9" }, { "9.9" }, { "9.95" }, { "10", "1e1" }, { "50" }, { "51" }, { "100" }, { "9007199254740992" }, { "9007199254740993" }, { "999999999999999999" },
	{ "1000000000000000000", "1e18" }, { "12345678901234567890" }, { "12345678901234567890.125" }, { "1e300" }, { "99999999999999999999999999e281" },
	{ "\"\"" }, { "\"\\u0001\"" }, { "\"0\"" }, { "\"1\"" }, { "\"1.0\"" }, { "\"1e400\"", "1e400" }, { "\"a\"" }, { "\"a\\u0001\"" }, { "\"a \"" }, { "\"ab\"" }, { "\"b\"" },
	{ "\"null\"" }, { "\"\\u0080\"" }, { "\"中\"" }, { "\"\\uffff\"" }, { "\"\\ud83d\\ude00\"" },
	{ "[0.50]" }, { "[0.5]" }, { "[1,2]" }, { "[1]" }, { "[]" }, { "{\"a\":1}" }, { "{\"a\":{\"b\":[null]}}" }, { "{}" },
};

static void add_json(struct gv_buf *key, const char *text, struct gv_buf *line)
{
	struct gv_doc d = GV_DOC_INIT;

	CHECK_OK(gv_json_parse(&d, gv_str_of(text), GV_JSON_FOREIGN, &err), &err);
	gv_key_add(key, &d.root);
	CHECK_OK(gv_buf_check(key, &err), &err);
	if (line)
		gv_json_line(line, &d.root);
	gv_doc_free(&d);
}

static int compare(const struct gv_buf *a, const struct gv_buf *b)
{
	int diff = memcmp(a->p, b->p, a->n < b->n ? a->n : b->n);

	return diff ? diff : (a->n > b->n) - (a->n < b->n);
}

/* Each is below all that come after it; none is the beginning of another; they tell their length. */
static void order(void)
{
	struct gv_buf keys[COUNT(values)];

	for (size_t i = 0; i < COUNT(values); i++) {
		keys[i] = GV_BUF_INIT(4096);
		add_json(&keys[i], values[i][0], NULL);
		for (size_t k = 1; k < 3 && values[i][k]; k++) {
			struct gv_buf same = GV_BUF_INIT(4096);

			add_json(&same, values[i][k], NULL);
			CHECK_ROW(gv_str_eq(gv_buf_str(&same), gv_buf_str(&keys[i])), values[i][k]);
			gv_buf_free(&same);
		}
	}
	for (size_t i = 0; i < COUNT(values); i++)
		for (size_t k = 0; k < COUNT(values); k++) {
			struct gv_buf both = GV_BUF_INIT(8192);
			size_t n = keys[i].n < keys[k].n ? keys[i].n : keys[k].n;

			if (i < k)
				CHECK_ROW(compare(&keys[i], &keys[k]) < 0, values[i][0]);
			CHECK_ROW(i == k || memcmp(keys[i].p, keys[k].p, n) != 0, values[i][0]);
			gv_buf_addstr(&both, gv_buf_str(&keys[i]));
			gv_buf_addstr(&both, gv_buf_str(&keys[k]));
			CHECK_INT(gv_key_length(gv_buf_str(&both)), keys[i].n);
			gv_buf_free(&both);
		}
	for (size_t i = 0; i < COUNT(values); i++)
		gv_buf_free(&keys[i]);
}

/* What comes back is the value, with other things behind its key. */
static void back(void)
{
	static const struct { const char *value, *want; } row[] = {
		{ "null", "null" }, { "false", "false" }, { "true", "true" }, { "0", "0" }, { "-0.0", "0" }, { "5", "5" }, { "-5", "-5" }, { "500", "500" },
		{ "-1.50", "-1.5" }, { "1e-3", "0.001" }, { "-1e-3", "-0.001" }, { "12e3", "12000" }, { "-12e3", "-12000" }, { "9007199254740992", "9007199254740992" },
		{ "-9007199254740992", "-9007199254740992" }, { "9007199254740993", "9007199254740993" }, { "12345678901234567890.125", "12345678901234567890.125" },
		{ "1e25", "10000000000000000000000000" }, { "1e400", "\"1e400\"" }, { "\"\"", "\"\"" }, { "\"中\\n\"", "\"中\\n\"" }, { "[1.50,\"\\u0001\"]", "[1.50,\"\\u0001\"]" },
		{ "{\"b\":1,\"a\":null}", "{\"a\":null,\"b\":1}" },
	};

	for (size_t i = 0; i < COUNT(row); i++) {
		struct gv_buf key = GV_BUF_INIT(4096), got = GV_BUF_INIT(4096), again = GV_BUF_INIT(4096);
		struct gv_doc d = GV_DOC_INIT;
		struct gv_val v;
		size_t n;

		add_json(&key, row[i].value, NULL);
		n = key.n;
		add_json(&key, "[7]", NULL);
		CHECK_INT(gv_key_length(gv_buf_str(&key)), n);
		CHECK_OK(gv_key_read(&d, &v, gv_buf_str(&key), &err), &err);
		gv_json_line(&got, &v);
		CHECK_STR(got.p, row[i].want);
		if (v.type == GV_INT)
			CHECK(v.i >= -GV_JSON_INT_MAX && v.i <= GV_JSON_INT_MAX);
		if (v.type == GV_NUMBER) /* else it would be an integer */
			CHECK_ROW(strchr(v.s, '.') || v.n > 15, v.s);
		gv_key_add(&again, &v);
		CHECK(again.n == n && memcmp(again.p, key.p, n) == 0);
		gv_buf_free(&key);
		gv_buf_free(&got);
		gv_buf_free(&again);
		gv_doc_free(&d);
	}
}

/* ---- at random ---- */

static void random_number(char out[128])
{
	size_t n = 0, digits = 1 + roll(roll(8) ? 6 : 40);

	if (roll(2))
		out[n++] = '-';
	for (size_t i = 0; i < digits; i++)
		out[n++] = (char)('0' + (i ? roll(roll(2) ? 10 : 2) : 1 + roll(9)));
	if (roll(2)) {
		out[n++] = '.';
		for (size_t i = 0; i <= roll(6); i++)
			out[n++] = (char)('0' + roll(10));
	}
	out[n] = '\0';
	if (roll(4) == 0)
		snprintf(out + n, 8, "e%d", (int)roll(60) - 30);
}

static void random_text(char out[128])
{
	static const char some[] = { 'a', 'b', 1, ' ', '~', 'z' };
	size_t n = roll(5);

	for (size_t i = 0; i < n; i++)
		out[i] = some[roll(sizeof some)];
	out[n] = '\0';
}

/* The order of two numbers is that of num.h, of two texts that of strcmp(). */
static void random_pairs(void)
{
	for (int i = 0; i < 100000; i++) {
		bool number = roll(3);
		char text[2][128];
		struct gv_buf key[2] = { GV_BUF_INIT(4096), GV_BUF_INIT(4096) };
		struct gv_num n[2];
		struct gv_num_room room[2], again_room;
		int diff, want;

		for (int k = 0; k < 2; k++) {
			(number ? random_number : random_text)(text[k]);
			if (number && !gv_num_read(&n[k], gv_str_of(text[k]), &room[k]))
				UNIT_FAIL("no number: %s", text[k]);
			if (number)
				gv_key_add_num(&key[k], &n[k]);
			else
				gv_key_add_text(&key[k], gv_str_of(text[k]));
		}
		diff = compare(&key[0], &key[1]);
		diff = (diff > 0) - (diff < 0);
		want = number ? gv_num_cmp(&n[0], &n[1]) : strcmp(text[0], text[1]);
		CHECK_ROW(diff == (want > 0) - (want < 0), text[0]);
		if (number) { /* and back */
			struct gv_doc d = GV_DOC_INIT;
			struct gv_num again;
			struct gv_val v;

			CHECK_OK(gv_key_read(&d, &v, gv_buf_str(&key[0]), &err), &err);
			CHECK_ROW(gv_num_of(&again, &v, &again_room) && gv_num_cmp(&again, &n[0]) == 0, text[0]);
			gv_doc_free(&d);
		}
		gv_buf_free(&key[0]);
		gv_buf_free(&key[1]);
	}
}

UNIT_MAIN("key",
	{ "the order of the values", order },
	{ "and back", back },
	{ "random pairs", random_pairs })
