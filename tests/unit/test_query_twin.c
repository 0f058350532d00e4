/* SPDX-License-Identifier: MIT */
/* Random queries on random records, against an evaluator that is too simple to be wrong. */
#include "query.h"
#include "unit.h"

static uint64_t seed = 42;

static unsigned pick(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

enum twin_kind { T_AND, T_OR, T_NOT, T_EXISTS, T_COMPARE, T_IN };
struct twin {
	enum twin_kind kind;
	struct twin *a, *b;
	const char *path, *op;
	const char *lit[14];   /* as written */
	size_t nlits;
};

static const char *const twin_paths[] = {
	"a", "b", "c", "a.a", "a[]", "b[].a", "c.0", "c[][]", "b.1.c", "a[].b[]"
};
static const char *const twin_lits[] = {
	"0", "1", "2", "x", "y", "'1'", "'x'", "true", "false", "张", "-1", "10",
	"1.0", "1.5", "'1.5'", "-0", "-1.50", "1e1", "01", "100000000000000000000", "1e20", "1e999", "0.015E2"
};
enum { LITS = sizeof twin_lits / sizeof twin_lits[0] };

static struct twin *twin_new(unsigned depth)
{
	struct twin *t = calloc(1, sizeof *t);

	t->kind = (enum twin_kind)(depth ? pick(6) : 3 + pick(3));
	t->path = twin_paths[pick(10)];
	if (t->kind == T_AND || t->kind == T_OR || t->kind == T_NOT)
		t->a = twin_new(depth - 1);
	if (t->kind == T_AND || t->kind == T_OR)
		t->b = twin_new(depth - 1);
	if (t->kind == T_COMPARE)
		t->op = (const char *const[]){ "=", "!=", "<", "<=", ">", ">=" }[pick(6)];
	t->nlits = t->kind == T_IN ? 1 + pick(14) : 1;
	for (size_t i = 0; i < t->nlits; i++)
		t->lit[i] = twin_lits[pick(LITS)];
	return t;
}

static void twin_free(struct twin *t)
{
	if (!t)
		return;
	twin_free(t->a);
	twin_free(t->b);
	free(t);
}

/* `tight`: what stands around it binds tighter than `or`, `and`. */
static void twin_print(const struct twin *t, int tight, struct gv_buf *out)
{
	int own = t->kind == T_OR ? 0 : t->kind == T_AND ? 1 : 2;
	bool brackets = own < tight || pick(5) == 0;

	if (brackets)
		gv_buf_addc(out, '(');
	switch (t->kind) {
	case T_AND:
	case T_OR:
		twin_print(t->a, own, out);
		gv_buf_adds(out, own ? " and " : " or ");
		twin_print(t->b, own, out);
		break;
	case T_NOT:
		gv_buf_adds(out, "not ");
		twin_print(t->a, 2, out);
		break;
	case T_EXISTS:
		gv_buf_addf(out, "exists %s", t->path);
		break;
	case T_COMPARE:
		gv_buf_addf(out, "%s%s%s%s", t->path, pick(2) ? " " : "", t->op, t->lit[0]);
		break;
	case T_IN:
		gv_buf_addf(out, "%s in (%s", t->path, t->lit[0]);
		for (size_t i = 1; i < t->nlits; i++)
			gv_buf_addf(out, ",%s", t->lit[i]);
		gv_buf_addc(out, ')');
	}
	if (brackets)
		gv_buf_addc(out, ')');
}

enum { PLACES = 300 };  /* on either side of the point */

/* A number written out in full: all its places, without its sign.  False if it is none. */
static bool written_out(struct gv_str s, bool *negative, char out[2 * PLACES + 1])
{
	char text[64];
	int point, exponent = 0, at;

	snprintf(text, sizeof text, "%.*s", (int)s.n, s.p);
	*negative = text[0] == '-';
	memmove(text, text + *negative, strlen(text) + 1 - *negative);
	at = point = (int)strspn(text, "0123456789");
	if (point == 0 || (text[0] == '0' && point > 1))
		return false;
	if (text[at] == '.')
		at += 1 + (int)strspn(text + at + 1, "0123456789");
	if (text[at] != '\0' && ((text[at] | 32) != 'e' || sscanf(text + at + 1, "%d", &exponent) != 1 || abs(exponent) > 200))
		return false;
	memset(out, '0', 2 * PLACES);
	out[2 * PLACES] = '\0';
	for (int i = 0; i < at; i++)
		if (i != point)
			out[PLACES - point - exponent + i - (i > point)] = text[i];
	if (strspn(out, "0") == 2 * PLACES)
		*negative = false;
	return true;
}

/* -1, 0, 1, or 9 where they cannot be compared. */
static int twin_order(const char *lit, const struct gv_val *v)
{
	bool bare = lit[0] != '\'', below[2];
	struct gv_str text = bare ? gv_str_of(lit) : (struct gv_str){ lit + 1, strlen(lit) - 2 };
	char digits[2][2 * PLACES + 1], plain[32];
	struct gv_str number = { v->s, v->n };
	int d;

	if (v->type == GV_INT) {
		snprintf(plain, sizeof plain, "%lld", (long long)v->i);
		number = gv_str_of(plain);
	}
	if (bare && (v->type == GV_INT || v->type == GV_NUMBER) && written_out(number, &below[0], digits[0]) &&
	    written_out(text, &below[1], digits[1])) {
		if (below[0] != below[1])
			return below[0] ? -1 : 1;
		d = strcmp(digits[0], digits[1]);
		return d == 0 ? 0 : (d < 0) == below[0] ? 1 : -1;
	}
	if (v->type != GV_STRING && v->type != GV_NUMBER)
		return 9;
	d = gv_str_cmp((struct gv_str){ v->s, v->n }, text);
	return d < 0 ? -1 : d > 0;
}

static bool twin_value(const struct twin *t, const struct gv_val *v)
{
	if (v->type == GV_NULL)
		return false;
	if (t->kind == T_EXISTS)
		return true;
	for (size_t i = 0; i < t->nlits; i++) {
		int d = twin_order(t->lit[i], v);

		if (v->type == GV_BOOL && strcmp(t->lit[i], v->truth ? "true" : "false") == 0)
			d = 0;
		if (v->type == GV_BOOL && t->op && strchr("<>", t->op[0]))
			d = 9;
		if (t->kind == T_IN || t->op[0] == '=' || t->op[0] == '!') {
			if (d == 0)
				return true;
		} else if (d != 9 && ((d < 0 && t->op[0] == '<') || (d > 0 && t->op[0] == '>') ||
		                      (d == 0 && t->op[1] == '='))) {
			return true;
		}
	}
	return false;
}

static bool twin_walk(const struct twin *t, const char *path, const struct gv_val *v)
{
	size_t n = strcspn(path, ".[");
	bool found = false;

	if (*path == '.')
		return twin_walk(t, path + 1, v);
	if (*path == '\0')
		return twin_value(t, v);
	if (*path == '[') {
		for (uint32_t i = 0; v->type == GV_ARRAY && i < v->n; i++)
			found = twin_walk(t, path + 2, &v->items[i]) || found;
		return found;
	}
	for (uint32_t i = 0; v->type == GV_OBJECT && i < v->n; i++)
		if (gv_str_eq(v->members[i].name, (struct gv_str){ path, n }))
			found = twin_walk(t, path + n, &v->members[i].val);
	for (uint32_t i = 0; v->type == GV_ARRAY && i < v->n; i++)
		if (n == 1 && path[0] == (char)('0' + i))
			found = twin_walk(t, path + n, &v->items[i]);
	return found;
}

static bool twin_eval(const struct twin *t, const struct gv_val *v)
{
	bool yes;

	switch (t->kind) {
	case T_AND:
		return twin_eval(t->a, v) & twin_eval(t->b, v);
	case T_OR:
		return twin_eval(t->a, v) | twin_eval(t->b, v);
	case T_NOT:
		return !twin_eval(t->a, v);
	default:
		yes = twin_walk(t, t->path, v);
		return t->op && t->op[0] == '!' ? !yes : yes;
	}
}

static void random_value(struct gv_buf *out, unsigned depth)
{
	static const char *const leaves[] = {
		"0", "1", "2", "-1", "10", "\"0\"", "\"1\"", "\"x\"", "\"y\"", "\"张\"", "true", "false", "null", "\"true\"",
		"1.0", "1.5", "1.50", "15e-1", "-0", "-1.5", "1e1", "1E20", "100000000000000000000", "1e999", "10e998",
		"\"1.5\"", "\"1e1\"", "\"01\"", "0.5", "10.0", "\"x\\\"\"", "\"\\u0079\"", "\"\\n  \\\"b\\\": 1\""
	};
	unsigned n = pick(4), shape = depth ? pick(3) : 2;

	if (shape == 2) {
		gv_buf_adds(out, leaves[pick(sizeof leaves / sizeof leaves[0])]);
		return;
	}
	gv_buf_addc(out, shape ? '[' : '{');
	for (unsigned i = 0; i < n && (shape || i < 3); i++) {
		if (i)
			gv_buf_addc(out, ',');
		if (!shape)
			gv_buf_addf(out, "\"%c\":", "abc"[i]);
		random_value(out, depth - 1);
	}
	gv_buf_addc(out, shape ? ']' : '}');
}

static void agrees_with_the_slow_twin(void)
{
	struct gv_buf text = GV_BUF_INIT(GV_QUERY_MAX), rec = GV_BUF_INIT(GV_MIB), canon = GV_BUF_INIT(GV_MIB);
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_err err = { 0 };
	size_t hits = 0, all = 0, out = 0;

	for (unsigned round = 0; round < 4000; round++) {
		struct twin *t = twin_new(round % 5);
		struct gv_query *q;

		gv_buf_reset(&text);
		twin_print(t, 0, &text);
		q = NULL;
		CHECK_OK(gv_query_parse(&q, text.p, NULL, NULL, NULL, &err), &err);
		for (int i = 0; q && i < 8; i++) {
			bool want, ruled;

			gv_buf_reset(&rec);
			gv_buf_adds(&rec, "{\"a\":");
			random_value(&rec, pick(4));
			gv_buf_adds(&rec, ",\"b\":");
			random_value(&rec, pick(4));
			gv_buf_adds(&rec, ",\"c\":");
			random_value(&rec, pick(4));
			gv_buf_adds(&rec, "}");
			CHECK_INT(gv_json_parse(&doc, gv_buf_str(&rec), GV_JSON_FOREIGN, NULL), 0);
			want = twin_eval(t, &doc.root);
			if (gv_query_match(q, &doc.root) != want)
				UNIT_FAIL("want %d: %s\n# %s", want, text.p, rec.p);
			gv_buf_reset(&canon);
			gv_json_canon(&canon, &doc.root);
			ruled = gv_query_rules_out(q, gv_buf_str(&canon));
			if (ruled && want)
				UNIT_FAIL("ruled out: %s\n# %s", text.p, canon.p);
			out += ruled;
			hits += want;
			all++;
		}
		gv_query_free(q);
		twin_free(t);
	}
	CHECK(out > 1000);
	CHECK(hits > all / 5 && hits < all * 4 / 5); /* a test that sees both answers */
	gv_buf_free(&text);
	gv_buf_free(&rec);
	gv_buf_free(&canon);
	gv_doc_free(&doc);
}

static void rules_out(void)
{
	static const struct { const char *where, *lines; bool out; } rows[] = {
		{ "a = 2", "  \"a\": 1\n", true }, { "a = 1", "  \"a\": 1\n", false }, { "a != 1", "  \"a\": 1\n", true },
		{ "a = 2", "  \"b\": 1\n", true }, { "not exists a", "  \"b\": 1\n", false }, { "exists a", "  \"a\": null\n", true },
		{ "a = x", "  \"a\": \"y\",\n  \"b\": 1\n", true }, { "a = ''", "  \"a\": \"\"\n", false },
		{ "a = true", "  \"a\": false\n", true }, { "a < -4", "  \"a\": -5\n", false }, { "a > -4", "  \"a\": -5\n", true },
		/* another depth, and what only looks like a line */
		{ "a = 2", "  \"b\": {\n    \"a\": 2\n  }\n", true }, { "b.a = 1", "  \"b\": {\n    \"a\": 2\n  }\n", false },
		{ "a = 2", "  \"b\": \"\\n  \\\"a\\\": 2\"\n", true },
		/* doubts */
		{ "a = 2", "  \"a\": \"\\u0032\"\n", false }, { "a = 2", "  \"a\": 9007199254740993\n", false },
		{ "a = 2", "  \"a\": -0\n", false }, { "a = 2", "  \"a\": 02\n", false }, { "a = 2", "  \"a\": 1e0\n", false },
		{ "a = 2", "  \"a\": {\n    \"sealed\": \"x\"\n  }\n", false }, { "a = 2", "  \"a\": [\n    1\n  ]\n", false },
		{ "a ~ x", "  \"a\": \"\xff\"\n", false }, { "a = 2", "  \"a\": \n", false }, { "a = 2", "  \"a\": \"\n", false },
		/* one that is false is enough for `and`; `or` needs all */
		{ "b[] = 1 and a = 2", "  \"a\": 1\n", true }, { "b[] = 1 or a = 2", "  \"a\": 1\n", false },
		{ "not (b[] = 1 or a = 1)", "  \"a\": 1\n", true }, { "not (b[] = 1 and a = 1)", "  \"a\": 1\n", false },
		{ "c = 1 or a = 2", "  \"a\": 1\n", true },
	};
	struct gv_buf text = GV_BUF_INIT(GV_MIB);
	struct gv_err err = { 0 };
	struct gv_query *q = NULL;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		gv_buf_reset(&text);
		gv_buf_addf(&text, "{\n%s}\n", rows[i].lines);
		CHECK_OK(gv_query_parse(&q, rows[i].where, NULL, NULL, NULL, &err), &err);
		if (gv_query_rules_out(q, gv_buf_str(&text)) != rows[i].out)
			UNIT_FAIL("%s: %s", rows[i].where, text.p);
		gv_query_free(q);
	}
	/* Neither canonical nor a field that stands in the text. */
	CHECK_OK(gv_query_parse(&q, "a = 2", NULL, NULL, NULL, &err), &err);
	CHECK(!gv_query_rules_out(q, GV_STR("{\"a\":1}")) && !gv_query_rules_out(q, GV_STR("")) &&
	      !gv_query_rules_out(q, GV_STR("{\n  \"a\": 1}\n")) && !gv_query_rules_out(q, GV_STR("{\n  \"a\": 1\n}")));
	gv_query_free(q);
	CHECK_OK(gv_query_parse(&q, "year = 2020", gv_schema_find(GV_STR("case")), NULL, NULL, &err), &err);
	CHECK(!gv_query_rules_out(q, GV_STR("{\n  \"id\": \"x\"\n}\n")));
	gv_query_free(q);
	gv_buf_free(&text);
}

UNIT_MAIN("query_twin",
	{ "lines of canonical text", rules_out },
	{ "agrees with the slow twin", agrees_with_the_slow_twin })
