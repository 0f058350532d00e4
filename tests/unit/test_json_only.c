/* SPDX-License-Identifier: MIT */
/*
 * gv_json_parse_only() against its slow twin: everything parsed by the scalar reader, then what is
 * not wanted dropped.  Errors are the same to the byte, with and without simdjson.
 */
#include "json_unit.h"

#include "oom.h"

/* ---- the twin ---- */

static bool wanted(const struct gv_json_only *only, struct gv_str name)
{
	for (size_t i = 0; i < only->n; i++)
		if (gv_str_eq(only->names[i], name))
			return true;
	return false;
}

static int slow(struct gv_doc *d, struct gv_str text, unsigned flags, const struct gv_json_only *only, struct gv_err *err)
{
	int rc = gv_json_parse_scalar(d, text, flags, err);

	for (uint32_t i = d->root.n; !rc && only && d->root.type == GV_OBJECT && i--;)
		if (!wanted(only, d->root.members[i].name))
			gv_obj_del(&d->root, d->root.members[i].name);
	return rc;
}

static bool module_takes_only(struct gv_doc *d, struct gv_str text, unsigned flags, const struct gv_json_only *only)
{
	struct gv_simd_job job = {
		.text = text, .flags = flags, .only = only, .root = &d->root, .arena = &d->arena,
		.alloc = gv_arena_alloc, .name_ok = any_name, .close = gv_members_close,
	};

	gv_doc_reset(d);
	return simd && simd(&job);
}

static size_t good, bad, taken;

static void check(struct gv_str text, unsigned flags, const struct gv_json_only *only)
{
	struct gv_doc want = GV_DOC_INIT, got = GV_DOC_INIT;
	struct gv_err want_err = { 0 }, got_err = { 0 };
	int rc = slow(&want, text, flags, only, &want_err);
	bool fast;

	CHECK_ROW(gv_json_parse_only(&got, text, flags, only, &got_err) == rc, text.p);
	if (rc) {
		same_error(&got_err, &want_err);
		CHECK_ROW(got.root.type == GV_NULL, text.p);
	} else {
		CHECK_ROW(gv_val_eq(&got.root, &want.root), text.p);
		CHECK_ROW(well_made(&got.root), text.p);
	}
	fast = module_takes_only(&got, text, flags, only);
	CHECK_ROW(!fast || (rc == 0 && gv_val_eq(&got.root, &want.root) && well_made(&got.root)), text.p);
	good += !rc;
	bad += rc != 0;
	taken += fast;
	gv_doc_free(&want);
	gv_doc_free(&got);
}

/* ---- what is wanted ---- */

#define NAMES(...) { (const struct gv_str[]){ __VA_ARGS__ }, sizeof((const struct gv_str[]){ __VA_ARGS__ }) / sizeof(struct gv_str) }
#define S(lit) { (lit), sizeof(lit) - 1 }

static const struct gv_json_only sets[] = {
	{ NULL, 0 },
	NAMES(S("a")),
	NAMES(S(""), S("ab"), S("b")),
	NAMES(S("a"), S("claim_fe"), S("claim_fen"), S("claim_fenn"), S("z")),
	NAMES(S("never"), S("案号")),
	NAMES(S("claim_fen_and_more"), S("é"), S("沪")),
	NAMES(S(""), S("a"), S("a1"), S("a2"), S("ab"), S("b"), S("claim_fe"), S("claim_fen"), S("claim_fen2"), S("claim_fenn"),
	      S("id"), S("kind"), S("never"), S("x"), S("z"), S("一个很长很长的名字"), S("沪")),
};
enum { SETS = sizeof sets / sizeof sets[0] };

static void check_all(struct gv_str text)
{
	for (unsigned flags = 0; flags < 4; flags++) {
		check(text, flags, NULL);
		for (size_t i = 0; i < SETS; i++)
			check(text, flags, &sets[i]);
	}
}

/* ---- random documents ---- */

static uint64_t seed;

static unsigned any(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

static bool tame;  /* nothing wrong on purpose */

/* Of the wild ones the tail is wrong, or wrong without GV_JSON_FOREIGN. */
static void add_one(struct gv_buf *b, const char *const *list, unsigned n, unsigned wild)
{
	gv_buf_adds(b, list[any(tame || any(40) ? n - wild : n)]);
}
#define ADD_ONE(b, list, wild) add_one(b, list, sizeof(list) / sizeof(list)[0], wild)

static void space(struct gv_buf *b)
{
	static const char *const some[] = { " ", "\n", "\t", "\r\n", "  " };

	if (any(8) == 0)
		ADD_ONE(b, some, 0);
}

static void name(struct gv_buf *b)
{
	static const char *const names[] = {
		"a", "ab", "b", "claim_fe", "claim_fen", "claim_fenn", "claim_fen_and_more", "", "z", "沪", "案号", "é",
		"a\\u0062c", "\\u6848号", "never", "id", "kind", "一个很长很长的名字", "claim_fe\\u006e2", "x\\ty",
		"e\\u0301", "e\xCC\x81", "\\u0000", "a\\u0000", "\xFF", "\\ud800", "\\uD834\\uDD1E\\u0300\\u0301",
	};

	gv_buf_addc(b, '"');
	if (any(200) == 0)
		for (unsigned n = GV_JSON_NAME_MAX - 1 + (tame ? any(2) : any(3)); n--;)
			gv_buf_addc(b, 'n');
	else
		ADD_ONE(b, names, 7);
	/* Most objects have no name twice. */
	if (any(10))
		gv_buf_addf(b, "%u", any(10000));
	gv_buf_addc(b, '"');
}

static void scalar(struct gv_buf *b)
{
	static const char *const values[] = {
		"0", "1", "-1", "240137", "9007199254740992", "-9007199254740992", "true", "false", "null", "null", "\"\"",
		"\"x\"", "\"2020-01-13\"", "\"第四人民法庭\"", "\"a\\\"b\\\\c\\/\"", "\"\\u6caa\\uD840\\uDC00\\n\"", "\"{\\\"a\\\":[\"",
		"\"a long text that is more than one block of sixty-four bytes, whatever it says\\t\"",
		/* from here on wrong, at least without FOREIGN */
		"-0", "1.5", "-0.0", "1e5", "1E+2", "2e-3", "9007199254740993", "123456789012345678901234567890", "00000000000000001",
		"01", "-", "1.", ".5", "1e", "1e+", "+1", "-01", "1x", "1\"x\"", "tru", "nulll", "True", "NaN", "'x'", "\"\\u0000\"", "\"\\x\"",
		"\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\\u12g4\"", "\"\\u12\"", "\"\x01\"", "\"\x7F\"", "\"\xC0\x80\"", "\"\xED\xA0\x80\"",
		"\"\xE4\xB8\"", "\"", "\"\\\"", "", "[", "{", "]", "{]", "[}", "[,]", "{,}", "[1,]", "{\"a\":1,}", "{\"a\"}", "{a:1}", "{1:2}", "\"a\"\"b\"", "\\\"a\\\"",
		"\"a\":", "\"a\" b", "\xEF\xBB\xBF", "\x0C", "\x1A", "[1 2]", "[1;2]",
	};

	ADD_ONE(b, values, sizeof values / sizeof values[0] - 18);
}

static void value(struct gv_buf *b, unsigned depth)
{
	unsigned kind = depth ? any(5) : 0, n = any(5);

	space(b);
	if (kind < 2)
		scalar(b);
	else
		gv_buf_addc(b, kind == 2 ? '[' : '{');
	for (unsigned i = 0; kind >= 2 && i < n; i++) {
		space(b);
		if (i)
			gv_buf_addc(b, ',');
		if (kind > 2) {
			space(b);
			name(b);
			space(b);
			gv_buf_addc(b, ':');
		}
		value(b, depth - 1);
	}
	if (kind >= 2)
		gv_buf_addc(b, kind == 2 ? ']' : '}');
	space(b);
}

static void record(struct gv_buf *b)
{
	unsigned n = any(12);

	gv_buf_addc(b, '{');
	for (unsigned i = 0; i < n; i++) {
		if (i)
			gv_buf_addc(b, ',');
		name(b);
		gv_buf_addc(b, ':');
		value(b, any(4));
	}
	gv_buf_addc(b, '}');
}

static void mutate(struct gv_buf *b)
{
	static const char bytes[] = "\"\\{}[]:,0-.eu \n\t\0\x1F\x80\xE4\xFF" "a";
	size_t at = b->n ? any((unsigned)b->n) : 0;

	if (!b->n)
		return;
	switch (any(3)) {
	case 0:
		b->p[at] = bytes[any(sizeof bytes - 1)];
		break;
	case 1:
		b->n = at;
		break;
	default:
		memmove(b->p + at, b->p + at + 1, b->n - at - 1);
		b->n--;
	}
	b->p[b->n] = '\0';
}

static void random_documents(unsigned from)
{
	good = bad = taken = 0;
	for (unsigned i = 0; i < 6000; i++) {
		struct gv_buf b = GV_BUF_INIT(GV_MIB);
		unsigned flags = i % 4;
		char *exact;

		seed = from + i;
		tame = any(2);
		if (any(10))
			record(&b);
		else
			value(&b, 4);
		if (!tame && any(2))
			mutate(&b);
		/* To the byte, so that a sanitizer sees who reads beyond. */
		exact = malloc(b.n + 1);
		memcpy(exact, gv_buf_str(&b).p, b.n);
		exact[b.n] = '\0';
		check((struct gv_str){ exact, b.n }, flags, NULL);
		check((struct gv_str){ exact, b.n }, flags, &sets[i % SETS]);
		free(exact);
		gv_buf_free(&b);
	}
	printf("# %zu good, %zu of them taken by the module, %zu bad\n", good, taken, bad);
	CHECK(good > 3000 && bad > 1500);
}

/* ---- tests ---- */

static void rows(void)
{
	static const char *const texts[] = {
		"", " ", "{}", "[]", "{", "1", "-0", "null", "\"a\"", "[1,2]", "{\"a\":1}", " { \"a\" : 1 , \"b\" : [ ] } ", "{\"a\":1}x", "{\"a\":1} {}",
		"{\"a\":1,\"a\":2}", "{\"x\":1,\"x\":2}", "{\"a\":null,\"a\":1}", "{\"b\":1,\"a\":2}", "{\"b\":1,\"x\":0,\"a\":2,\"b\":3}",
		"{\"x\":{\"y\":1,\"y\":2}}", "{\"x\":{\"b\":1,\"a\":2,\"b\":3}}", "{\"a\":{\"b\":1,\"a\":null}}", "{\"x\":[{\"\":1,\"\":2}]}",
		"{\"\\u0061\":1,\"a\":2}", "{\"claim_fen\":1,\"claim_fe\":2}", "{\"claim_fen\":1,\"claim_fen\":2}", "{\"x\":-0,\"a\":1}", "{\"x\":1.5,\"a\":-0}",
		"{\"a\":1.5,\"b\":2e400,\"ab\":12345678901234567890}", "{\"x\":\"\\u0000\"}", "{\"x\":\"\\ud800\"}", "{\"x\\u0000\":1}", "{\"x\":\"\xFF\"}",
		"{\"z\":1,\"b\":2,\"a\":3,\"\":4,\"ab\":null}", "{\"案号\":\"沪\",\"never\":1}", "{\"e\xCC\x81\":1}", "{\"x\":{\"e\xCC\x81\":1}}", "{\"é\":1,\"x\":{\"é\":2}}",
		"{\"x\":1]", "{\"x\":[1}", "{\"x\" 1}", "{\"x\":}", "{\"x\":tru}", "{x:1}", "{\"x\":\"a\"\"b\":1}", "{\"x\":\"a\",}", "{,}", "{\"x\":9007199254740993}",
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		check_all(gv_str_of(texts[i]));
	check_all(GV_STR("{\"x\":\"\0\"}"));
	check_all(GV_STR("{\"a\":1}\0"));
}

static void fill(struct gv_buf *b, const char *s, unsigned n)
{
	while (n--)
		gv_buf_adds(b, s);
}

static void limits(void)
{
	for (unsigned n = GV_JSON_DEPTH_MAX - 2; n < GV_JSON_DEPTH_MAX + 2; n++) {
		for (int k = 0; k < 4; k++) {
			struct gv_buf b = GV_BUF_INIT(GV_MIB);

			gv_buf_adds(&b, k & 1 ? "{\"a\":" : "{\"x\":");
			fill(&b, k & 2 ? "{\"b\":" : "[", n);
			gv_buf_adds(&b, "1");
			fill(&b, k & 2 ? "}" : "]", n);
			gv_buf_adds(&b, "}");
			check_all(gv_buf_str(&b));
			gv_buf_free(&b);
		}
	}
	for (unsigned n = GV_JSON_NAME_MAX - 1; n < GV_JSON_NAME_MAX + 2; n++) {
		struct gv_buf b = GV_BUF_INIT(GV_MIB);

		gv_buf_adds(&b, "{\"x\":{\"");
		fill(&b, "n", n);
		gv_buf_adds(&b, "\":1},\"");
		fill(&b, "n", n);
		gv_buf_adds(&b, "\":1}");
		check_all(gv_buf_str(&b));
		gv_buf_free(&b);
	}
}

/* More members than are sorted one by one, and more than the scratch begins with. */
static void many_members(void)
{
	struct gv_buf b = GV_BUF_INIT(4 * GV_MIB);

	for (unsigned n = 1; n < 5000; n *= 7) {
		for (int repeat = 0; repeat < 2; repeat++) {
			gv_buf_reset(&b);
			gv_buf_adds(&b, "{\"x\":{\"y\":[{}");
			for (unsigned i = 0; i < n; i++)
				gv_buf_addf(&b, ",{\"n%u\":%u,\"k\":\"v\"}", i * 7919 % n, i);
			gv_buf_adds(&b, "]}");
			for (unsigned i = 0; i < n; i++)
				gv_buf_addf(&b, ",\"n%u\":%u", i * 7919 % n, i);
			gv_buf_adds(&b, repeat ? ",\"n0\":1,\"a\":2}" : ",\"a\":2}");
			check_all(gv_buf_str(&b));
		}
	}
	gv_buf_free(&b);
}

static void by_scalar(void)
{
	CHECK(!gv_json_is_fast());
	rows();
	limits();
	random_documents(1000);
}

static void by_simdjson(void)
{
	find_module();
	gv_json_want_fast();
	CHECK(gv_json_is_fast());
	rows();
	limits();
	many_members();
	for (unsigned i = 1; i < 6; i++) {
		random_documents(i * 10000);
		CHECK_INT(taken, good);  /* what is good is never left to the scalar reader */
	}
}

static struct gv_buf oom_text;

static int parse_some(struct gv_err *err)
{
	struct gv_doc d = GV_DOC_INIT;
	int rc = gv_json_parse_only(&d, gv_buf_str(&oom_text), GV_JSON_FOREIGN, &sets[1], err);

	if (!rc)
		CHECK(d.root.n == 1 && gv_val_path(&d.root, GV_STR("a.0.b"))->type == GV_NUMBER);
	gv_doc_free(&d);
	return rc;
}

static void memory(void)
{
	OOM_NEEDED();
	gv_buf_init(&oom_text, 4 * GV_MIB);
	gv_buf_adds(&oom_text, "{\"a\":[{\"b\":1.5}],\"b\":[0");
	for (unsigned n = 0; n < 4; n++) {
		for (unsigned i = 0; i < 10000 * n; i++)
			gv_buf_addf(&oom_text, ",{\"z\":%u,\"y\":1}", i);
		gv_buf_adds(&oom_text, "]}");
		for (int k = 0; k < 2; k++) {
			oom_for_good = k;
			oom_run(parse_some);
		}
		oom_for_good = false;
		CHECK_INT(oom_leaks, 0);
		oom_text.n -= 2;
	}
	gv_buf_free(&oom_text);
}

UNIT_MAIN("json_only",
	{ "the scalar reader", by_scalar },
	{ "simdjson", by_simdjson },
	{ "without memory", memory })
