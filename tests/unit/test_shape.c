/* SPDX-License-Identifier: MIT */
/*
 * gv_shape_read() against its slow twin, the scalar reader: on random records, and on the same with something wrong, what
 * the shape takes the twin takes too, with the same members and the same end.
 */
#include "shape.h"
#include "shape_mark.h"

#include "unit.h"
#include "utf8.h"

enum { ROOM = 512 };  /* a shape does not look at the last bytes of a text */

static uint64_t seed;

static unsigned any(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

/* ---- records ---- */

static void add_any(struct gv_buf *b, const char *const *list, unsigned n)
{
	gv_buf_adds(b, list[any(n)]);
}
#define ADD_ANY(b, ...) do { \
		static const char *const list[] = { __VA_ARGS__ }; \
		add_any(b, list, sizeof list / sizeof list[0]); \
	} while (0)

static void text(struct gv_buf *b)
{
	gv_buf_addc(b, '"');
	for (unsigned n = any(4) ? any(4) : any(30); n; n--)
		ADD_ANY(b, "a", "2020-01-02", "沪", "买卖合同纠纷", "é", "{", "}", ",", ":", "[", "]", " ", "0", "\x7F", "😀", "true");
	gv_buf_addc(b, '"');
}

static void number(struct gv_buf *b)
{
	ADD_ANY(b, "0", "1", "-1", "7", "123456", "99999999999999", "999999999999999", "-999999999999999");
}

/* One in twenty is something that a shape must not read by itself. */
static void value(struct gv_buf *b, unsigned depth, bool wild)
{
	unsigned kind = any(depth ? 8 : 6);

	if (wild && any(20) == 0) {
		ADD_ANY(b, "-0", "01", "1.5", "1e3", "-", "9007199254740992", "9007199254740993", "1000000000000000", "\"a\\\"b\"", "\"\\\"",
		        "\"\\u00e9\"", "\"a\tb\"", "\"a", "tru", "nul", "{}", "[]", " 1", "1 ", "{\"b\":1,\"a\":2}", "{\"a\":1,\"a\":2}",
		        "[1,]", "[,1]", "{,}", "", "\"a\"\"b\"", "\"a\":1", "[[[[1]]]]", "+1", "--1", "NaN", "\"\x01\"");
	} else if (kind < 3) {
		text(b);
	} else if (kind == 3) {
		number(b);
	} else if (kind == 4) {
		ADD_ANY(b, "true", "false", "null", "{}", "[]");
	} else if (kind == 5 || kind == 6) {
		gv_buf_addc(b, '[');
		for (unsigned n = any(3); depth && n; n--) {
			value(b, depth - 1, wild);
			gv_buf_adds(b, n > 1 ? "," : "");
		}
		gv_buf_addc(b, ']');
	} else {
		const char *comma = "";

		gv_buf_addc(b, '{');
		for (unsigned i = 0; i < 3; i++)
			if (any(2)) {
				gv_buf_addf(b, "%s\"%c\":", comma, 'a' + (int)i);
				value(b, depth - 1, wild);
				comma = ",";
			}
		gv_buf_addc(b, '}');
	}
}

static void record(struct gv_buf *b, bool wild)
{
	static const char *const names[] = { "amount", "b", "cause", "events", "parties", "received_on_that_day", "tribunal", "案号" };
	const char *comma = "";

	gv_buf_addc(b, '{');
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *name = wild && any(60) == 0 ? names[any(8)] : names[i];

		if (any(4) == 0)
			continue;
		gv_buf_addf(b, "%s\"%s\":", comma, name);
		if (i == 3 || i == 4 || (wild && any(10) == 0))
			value(b, 2, wild);
		else if (i == 0)
			number(b);
		else
			text(b);
		comma = wild && any(200) == 0 ? ";" : ",";
	}
	gv_buf_addc(b, '}');
}

/* A byte that is another one, or missing, or twice; or the rest of the line. */
static void spoil(struct gv_buf *b)
{
	static const char bytes[] = "\"\\{}[],:0123456789-. \t\x01\x1F\x7Ftrue";
	size_t at = any((unsigned)b->n);

	switch (any(5)) {
	case 0:
		b->p[at] = bytes[any(sizeof bytes - 1)];
		break;
	case 1:
		memmove(b->p + at, b->p + at + 1, b->n - at);
		b->n--;
		break;
	case 2:
		gv_buf_addc(b, ' ');
		memmove(b->p + at + 1, b->p + at, b->n - at - 1);
		break;
	case 3:
		b->n = at;
		break;
	default:
		if (gv_buf_reserve(b, b->n)) /* so that it does not move */
			gv_buf_adds(b, b->p + at);
	}
}

/* ---- the two ---- */

static size_t taken, good, bad;

static bool wanted(const struct gv_json_only *only, struct gv_str name)
{
	for (size_t i = 0; i < only->n; i++)
		if (gv_str_eq(only->names[i], name))
			return true;
	return false;
}

static void check(struct gv_shape *s, const struct gv_json_only *only, struct gv_str line)
{
	struct gv_doc want = GV_DOC_INIT, got = GV_DOC_INIT;
	char room[ROOM];
	struct gv_buf all = GV_BUF_INIT(1 << 20);
	size_t used = 0;
	int rc = gv_json_parse_scalar(&want, line, GV_JSON_FOREIGN | GV_JSON_DROP_NULL, NULL);

	for (uint32_t i = want.root.n; !rc && want.root.type == GV_OBJECT && i--;)
		if (!wanted(only, want.root.members[i].name))
			gv_obj_del(&want.root, want.root.members[i].name);
	memset(room, '"', sizeof room);
	gv_buf_addstr(&all, line);
	gv_buf_addc(&all, '\n');
	gv_buf_add(&all, room, sizeof room);
	if (gv_shape_read(s, &got, gv_buf_str(&all), &used)) {
		CHECK_ROW(rc == 0 && used == line.n + 1, line.p);
		CHECK_ROW(rc || gv_val_eq(&got.root, &want.root), line.p);
		for (uint32_t i = 0; i < got.root.n; i++)
			if (got.root.members[i].val.type == GV_STRING)
				CHECK_ROW(got.root.members[i].val.s[got.root.members[i].val.n] == '\0', line.p);
		taken++;
	} else if (!rc && want.root.type == GV_OBJECT) {
		gv_shape_learn(s, (struct gv_str){ all.p, line.n });
	}
	good += !rc;
	bad += rc != 0;
	gv_buf_free(&all);
	gv_doc_free(&want);
	gv_doc_free(&got);
}

static const struct gv_str picked[] = { { "amount", 6 }, { "cause", 5 }, { "案号", 6 } };
static const struct gv_json_only some = { picked, 3 }, none = { NULL, 0 };

static void random_records(void)
{
	struct gv_buf b = GV_BUF_INIT(1 << 20);

	taken = good = bad = 0;
	for (unsigned round = 0; round < 40; round++) {
		const struct gv_json_only *only = round % 4 ? &some : &none;
		struct gv_shape *s = gv_shape_new(only);

		CHECK(s != NULL);
		for (unsigned i = 0; s && i < 2000; i++) {
			seed = round * 100003 + i;
			gv_buf_reset(&b);
			record(&b, i % 3 == 0);
			if (i % 5 == 0)
				spoil(&b);
			if (b.n && !memchr(b.p, '\n', b.n))
				check(s, only, gv_buf_str(&b));
		}
		gv_shape_free(s);
	}
	gv_buf_free(&b);
	CHECK(taken > 10000 && good - taken > 1000 && bad > 5000);
}

/* ---- rows ---- */

/* What a shape knows does not lead it to read these. */
static void hostile(void)
{
	static const char *const lesson[] = {
		"{\"a\":12,\"cause\":\"x\",\"d\":[1,2],\"e\":[\"x\",\"y\"],\"f\":{\"a\":1,\"b\":\"x\"},\"g\":true,\"h\":\"x\"}",
		"{\"a\":\"x\",\"cause\":\"y\",\"d\":[],\"h\":\"x\"}", "{\"a\":1,\"h\":\"x\"}",
	};
	static const char *const lines[] = {
		"{\"a\":12\",\"cause\":\"x\"}", "{\"a\":\"x,\"cause\":\"y\"}", "{\"a\":1,\"a\":1,\"h\":\"x\"}", "{\"h\":\"x\",\"a\":1}",
		"{\"a\":1,\"h\":\"x\"}}", "{\"a\":1,\"h\":\"x\"]", "{\"a\":1,\"h\":\"x\"", "{\"a\":1,\"h\":\"x}", "{\"a\":1,\"h\":\"\\\"}",
		"{\"a\":01,\"h\":\"x\"}", "{\"a\":-0,\"h\":\"x\"}", "{\"a\":-,\"h\":\"x\"}", "{\"a\":,\"h\":\"x\"}", "{\"a\":1.0,\"h\":\"x\"}",
		"{\"a\":9007199254740993,\"h\":\"x\"}", "{\"a\":12,\"cause\":\"x\",\"d\":[1,2,\"e\":[\"x\"]}",
		"{\"a\":12,\"cause\":\"x\",\"d\":[1,\"y\"],\"h\":\"x\"}", "{\"a\":\"x\",\"cause\":\"x\",\"f\":{\"a\":1,\"a\":1}}",
		"{\"a\":1,\"h\":\"x\"} ", "{\"a\":1,\"h\":\"x\"}\r", " {\"a\":1,\"h\":\"x\"}", "", "{", "{\"a\":", "{\"a\":\"",
	};
	char text[256];

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct gv_shape *s = gv_shape_new(&some);

		for (size_t k = 0; k < 2 * sizeof lesson / sizeof lesson[0]; k++)
			check(s, &some, gv_str_of(lesson[k / 2]));
		taken = 0;
		check(s, &some, gv_str_of(lesson[0]));
		CHECK_INT(taken, 1);
		snprintf(text, sizeof text, "%s", lines[i]);
		check(s, &some, gv_str_of(text));
		CHECK_ROW(taken == 1, text);
		gv_shape_free(s);
	}
}

/* Names that never end: memory is bounded, and a shape that reads nothing gives up. */
static void endless_names(void)
{
	struct gv_shape *s = gv_shape_new(&some);
	char line[64];

	for (unsigned i = 0; i < 20000; i++) {
		snprintf(line, sizeof line, "{\"n%u\":\"x\"}", i);
		check(s, &some, gv_str_of(line));
	}
	taken = 0;
	check(s, &some, gv_str_of("{\"n1\":\"x\"}"));
	CHECK_INT(taken, 0);
	gv_shape_free(s);
}

/* ---- quotes ---- */

/* The fastest way against the slow one and against the bytes themselves. */
static void check_marks(const char *p, size_t n)
{
	static struct gv_marks a, b;
	size_t end = gv_mark_plain(p, n, &a), most = (n < GV_MARK_LINE ? n : GV_MARK_LINE) / GV_MARK_WORD * GV_MARK_WORD, stop = 0;
	bool rare = false;

	CHECK_INT(gv_mark_best()(p, n, &b), end);
	while (stop < most && (unsigned char)p[stop] >= 0x20 && p[stop] != '\\')
		stop++;
	CHECK_INT(end, stop < most && p[stop] == '\n' ? stop : 0);
	if (!end)
		return;
	CHECK_INT(a.count, b.count);
	CHECK_INT(a.doubtful, b.doubtful);
	for (size_t i = 0, k = 0; i < end; i++) {
		rare |= p[i] == '\xE0' || p[i] == '\xED' || (unsigned char)p[i] >= 0xF0;
		if (p[i] == '"') {
			CHECK(k < a.count && a.quotes[k] == i && b.quotes[k] == i);
			k++;
		}
	}
	CHECK_INT(a.doubtful, rare || gv_utf8_valid((struct gv_str){ p, end }) != end);
}

static void quotes(void)
{
	static char text[2 * GV_MARK_LINE];

	seed = 7;
	for (unsigned round = 0; round < 3000; round++) {
		size_t n = round % 50 ? any(700) : any(sizeof text), end = any((unsigned)n + 1);
		unsigned rare = 1 + any(40);

		for (size_t i = 0; i < n; i++)
			text[i] = any(rare) ? (char)(0x20 + any(0xE0)) : '"';
		for (size_t i = 0; i < n; i++)
			text[i] = text[i] == '\\' ? '"' : text[i];
		if (end < n)
			text[end] = "\n\n\n\n\\\0\t"[any(7)];
		check_marks(text, n);
	}
	memset(text, '"', sizeof text);
	for (size_t i = 0; i < sizeof text; i += any(200)) {
		text[i] = '\n';
		check_marks(text, sizeof text);
		text[i] = '"';
	}
}

/* Characters of every length at all places of a word; then one byte of them is another one. */
static void characters(void)
{
	static const char *const all[] = {
		"a", "\"", "\x7F", "\u00A0", "é", "\u07FF", "\u0800", "\u1000", "沪", "案", "\uD7FF", "\uE000", "\uFFFF", "😀", "\U0010FFFF",
	};
	struct gv_buf b = GV_BUF_INIT(1 << 20);
	unsigned right = 0, wrong = 0;

	for (unsigned round = 0; round < 20000; round++) {
		unsigned some_of = round % 2 ? 6 : sizeof all / sizeof all[0], n = any(90);
		bool fine;

		seed = round;
		gv_buf_reset(&b);
		while (n--)
			gv_buf_adds(&b, all[any(3) ? any(some_of) : 8]);
		if (b.n && round % 3 == 0)
			b.p[any((unsigned)b.n)] = (char)(0x7F + any(0x81));
		fine = gv_utf8_valid(gv_buf_str(&b)) == b.n;
		right += fine;
		wrong += !fine;
		gv_buf_adds(&b, any(2) ? "\n" : "\n\x80");
		for (n = GV_MARK_WORD; n; n--)
			gv_buf_addc(&b, (char)any(256));
		check_marks(b.p, b.n);
	}
	CHECK(right > 5000 && wrong > 2000);
	gv_buf_free(&b);
}

UNIT_MAIN("shape", { "random records", random_records }, { "hostile lines", hostile }, { "endless names", endless_names },
	{ "quotes", quotes }, { "characters", characters })
