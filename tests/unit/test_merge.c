/* SPDX-License-Identifier: MIT */
#include "merge.h"

#include "unit.h"

#define COUNT(a) (sizeof (a) / sizeof (a)[0])

/* Conflicts as text: "path=base|ours|theirs" lines; absent is "-". */
static void add_side(struct gv_buf *out, const struct gv_val *v)
{
	if (v)
		gv_json_line(out, v);
	else
		gv_buf_addc(out, '-');
}

static int add_conflict(void *ctx, const struct gv_conflict *c)
{
	struct gv_buf *out = ctx;

	gv_buf_adds(out, out->n ? "\n" : "");
	gv_buf_addstr(out, c->path);
	gv_buf_addc(out, '=');
	add_side(out, c->base);
	gv_buf_addc(out, '|');
	add_side(out, c->ours);
	gv_buf_addc(out, '|');
	add_side(out, c->theirs);
	return 0;
}

static const struct gv_val *parse(struct gv_doc *d, const char *json)
{
	struct gv_err err;

	if (!json)
		return NULL;
	CHECK_OK(gv_json_parse(d, gv_str_of(json), 0, &err), &err);
	return &d->root;
}

struct row { const char *base, *ours, *theirs, *want, *conflicts; };

static void check_row(const struct row *r, bool swapped)
{
	struct gv_doc b = GV_DOC_INIT, o = GV_DOC_INIT, t = GV_DOC_INIT, out = GV_DOC_INIT;
	struct gv_buf got = GV_BUF_INIT(1 << 16), conflicts = GV_BUF_INIT(1 << 16);
	const struct gv_val *base = parse(&b, r->base), *ours = parse(&o, r->ours),
			    *theirs = parse(&t, r->theirs);
	struct gv_err err;

	CHECK_OK(gv_merge(&out, base, swapped ? theirs : ours, swapped ? ours : theirs,
	                  add_conflict, &conflicts, &err),
	         &err);
	gv_json_line(&got, &out.root);
	CHECK_STR(got.p, r->want);
	if (!swapped)
		CHECK_STR(conflicts.n ? conflicts.p : "", r->conflicts);
	else
		CHECK_ROW((conflicts.n > 0) == (r->conflicts[0] != '\0'),
		          r->base ? r->base : r->ours);
	gv_doc_free(&b);
	gv_doc_free(&o);
	gv_doc_free(&t);
	gv_doc_free(&out);
	gv_buf_free(&got);
	gv_buf_free(&conflicts);
}

static void check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		check_row(&rows[i], false);
		check_row(&rows[i], true);
	}
}

static void fields(void)
{
	static const struct row rows[] = {
		{ "{\"a\":1,\"b\":1}", "{\"a\":2,\"b\":1}", "{\"a\":1,\"b\":3}",
		  "{\"a\":2,\"b\":3}", "" },
		{ "{\"a\":1}", "{\"a\":2}", "{\"a\":2}", "{\"a\":2}", "" },
		{ "{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "{\"a\":1}", "a=1|2|3" },
		{ "{\"a\":1}", "{}", "{\"a\":1}", "{}", "" },
		{ "{\"a\":1}", "{}", "{}", "{}", "" },
		{ "{\"a\":1}", "{}", "{\"a\":2}", "{\"a\":1}", "a=1|-|2" },
		{ "{}", "{\"a\":1}", "{\"b\":2}", "{\"a\":1,\"b\":2}", "" },
		{ "{}", "{\"a\":1}", "{\"a\":2}", "{}", "a=-|1|2" },
		{ "{\"a\":1}", "{\"a\":\"1\"}", "{\"a\":1}", "{\"a\":\"1\"}", "" },
		{ "{\"a\":1}", "{\"a\":\"1\"}", "{\"a\":true}", "{\"a\":1}", "a=1|\"1\"|true" },
		{ "{\"a\":1,\"z\":1}", "{\"a\":2,\"z\":2}", "{\"a\":3,\"z\":3}",
		  "{\"a\":1,\"z\":1}", "a=1|2|3\nz=1|2|3" },
		/* other arrays are one field */
		{ "{\"a\":[1,2]}", "{\"a\":[1,2,3]}", "{\"a\":[1,2]}", "{\"a\":[1,2,3]}", "" },
		{ "{\"a\":[1,2]}", "{\"a\":[1,2,3]}", "{\"a\":[0,1,2]}", "{\"a\":[1,2]}",
		  "a=[1,2]|[1,2,3]|[0,1,2]" },
		{ "{\"a\":[{\"x\":1}]}", "{\"a\":[{\"x\":1,\"y\":1}]}", "{\"a\":[{\"x\":2}]}",
		  "{\"a\":[{\"x\":1}]}", "a=[{\"x\":1}]|[{\"x\":1,\"y\":1}]|[{\"x\":2}]" },
	};

	check_rows(rows, COUNT(rows));
}

static void objects(void)
{
	static const struct row rows[] = {
		{ "{\"s\":{\"a\":1,\"b\":1}}", "{\"s\":{\"a\":2,\"b\":1}}",
		  "{\"s\":{\"a\":1,\"b\":3}}", "{\"s\":{\"a\":2,\"b\":3}}", "" },
		{ "{\"s\":{\"t\":{\"a\":1}}}", "{\"s\":{\"t\":{\"a\":2}}}",
		  "{\"s\":{\"t\":{\"a\":3}}}", "{\"s\":{\"t\":{\"a\":1}}}", "s.t.a=1|2|3" },
		{ "{\"s\":{\"a\":1}}", "{}", "{\"s\":{\"a\":2}}", "{\"s\":{\"a\":1}}",
		  "s={\"a\":1}|-|{\"a\":2}" },
		{ "{\"s\":{\"a\":1}}", "{\"s\":5}", "{\"s\":{\"a\":2}}", "{\"s\":{\"a\":1}}",
		  "s={\"a\":1}|5|{\"a\":2}" },
		{ "{\"s\":{\"a\":1}}", "{\"s\":5}", "{\"s\":{\"a\":1}}", "{\"s\":5}", "" },
		{ "{\"s\":5}", "{\"s\":{\"a\":1}}", "{\"s\":{\"b\":1}}", "{\"s\":5}",
		  "s=5|{\"a\":1}|{\"b\":1}" },
		{ "{}", "{\"s\":{\"a\":1}}", "{\"s\":{\"b\":1}}", "{\"s\":{\"a\":1,\"b\":1}}", "" },
		{ "{}", "{\"s\":{\"a\":1,\"b\":1}}", "{\"s\":{\"a\":2}}", "{\"s\":{\"b\":1}}",
		  "s.a=-|1|2" },
		/* no empty husk of what only conflicts */
		{ "{}", "{\"s\":{\"a\":1}}", "{\"s\":{\"a\":2}}", "{}", "s.a=-|1|2" },
		{ "{}", "{\"s\":{}}", "{\"s\":{}}", "{\"s\":{}}", "" },
		{ "{\"s\":{\"a\":1,\"b\":1}}", "{\"s\":{\"a\":1}}", "{\"s\":{\"b\":1}}",
		  "{\"s\":{}}", "" },
	};

	check_rows(rows, COUNT(rows));
}

static void whole_records(void)
{
	static const struct row rows[] = {
		{ NULL, "{\"a\":1,\"id\":\"x\"}", "{\"b\":1,\"id\":\"x\"}",
		  "{\"a\":1,\"b\":1,\"id\":\"x\"}", "" },
		{ NULL, "{\"a\":1,\"id\":\"x\"}", "{\"a\":2,\"id\":\"x\"}", "{\"id\":\"x\"}",
		  "a=-|1|2" },
		{ NULL, "{\"a\":1}", "{\"a\":2}", "{}", "a=-|1|2" },
		{ NULL, "1", "2", "null", "=-|1|2" },
		{ "{\"a\":1}", "1", "{\"a\":2}", "{\"a\":1}", "={\"a\":1}|1|{\"a\":2}" },
		{ "{\"a\":1}", NULL, "{\"a\":1}", "null", "" },
		{ "{\"a\":1}", NULL, "{\"a\":2}", "{\"a\":1}", "={\"a\":1}|-|{\"a\":2}" },
	};

	check_rows(rows, COUNT(rows));
}

#define E(eid, on, more) "{\"eid\":\"" eid "\",\"on\":\"" on "\"" more "}"
#define EV(list) "{\"events\":[" list "]}"
#define E1 E("a", "2022-01-01", "")
#define E2 E("b", "2022-02-01", "")
#define E3 E("c", "2022-01-15", "")

static void sets(void)
{
	static const struct row rows[] = {
		{ EV(E1), EV(E1 "," E2), EV(E1 "," E3), EV(E1 "," E3 "," E2), "" },
		{ "{}", EV(E1), EV(E2), EV(E1 "," E2), "" },
		{ EV(""), EV(E1), EV(E2), EV(E1 "," E2), "" },
		{ "{}", EV(E1), EV(E1 "," E2), EV(E1 "," E2), "" },
		/* deleted on one side, untouched on the other */
		{ EV(E1 "," E2), EV(E1), EV(E1 "," E2 "," E("d", "2022-03-01", "")),
		  EV(E1 "," E("d", "2022-03-01", "")), "" },
		{ EV(E1 "," E2), EV(E1), EV(E2), EV(""), "" },
		/* deleted on one side, changed on the other */
		{ EV(E1 "," E2), EV(E1), EV(E1 "," E("b", "2022-02-01", ",\"x\":1")), EV(E1 "," E2),
		  "events[b]=" E2 "|-|" E("b", "2022-02-01", ",\"x\":1") },
		/* one event, two bodies: never mixed */
		{ EV(E1), EV(E("a", "2022-01-01", ",\"x\":1")),
		  EV(E("a", "2022-01-01", ",\"y\":1")), EV(E1),
		  "events[a]=" E1
		  "|" E("a", "2022-01-01", ",\"x\":1") "|" E("a", "2022-01-01", ",\"y\":1") },
		{ "{}", EV(E("a", "2022-01-01", ",\"x\":1")), EV(E("a", "2022-01-01", ",\"y\":1")),
		  "{}",
		  "events[a]=-|" E("a", "2022-01-01", ",\"x\":1") "|" E("a", "2022-01-01",
		                                                        ",\"y\":1") },
		{ "{}", EV(E("a", "2022-01-01", ",\"x\":1")),
		  EV(E("a", "2022-01-01", ",\"y\":1") "," E2), EV(E2),
		  "events[a]=-|" E("a", "2022-01-01", ",\"x\":1") "|" E("a", "2022-01-01",
		                                                        ",\"y\":1") },
		/* one side changes an event, the other adds one; the order follows the days */
		{ EV(E1), EV(E("a", "2022-12-01", "")), EV(E1 "," E2),
		  EV(E2 "," E("a", "2022-12-01", "")), "" },
		/* the same day: by eid */
		{ "{}", EV(E("b", "2022-01-01", "")), EV(E("a", "2022-01-01", "")),
		  EV(E("a", "2022-01-01", "") "," E("b", "2022-01-01", "")), "" },
		/* the whole log deleted against a new event */
		{ EV(E1), "{}", EV(E1 "," E2), EV(E1), "events=[" E1 "]|-|[" E1 "," E2 "]" },
		/* deeper, and in a member of another name */
		{ "{\"x\":{\"log\":[]}}", "{\"x\":{\"log\":[" E1 "]}}",
		  "{\"x\":{\"log\":[" E2 "]}}", "{\"x\":{\"log\":[" E1 "," E2 "]}}", "" },
		/* no set: twins, an event without eid, something that is no event */
		{ EV(E1), EV(E1 "," E1), EV(E1 "," E2), EV(E1),
		  "events=[" E1 "]|[" E1 "," E1 "]|[" E1 "," E2 "]" },
		{ EV(E1), EV(E1 ",{}"), EV(E1 "," E2), EV(E1),
		  "events=[" E1 "]|[" E1 ",{}]|[" E1 "," E2 "]" },
		{ EV(E1), EV(E1 ",1"), EV(E1 "," E2), EV(E1),
		  "events=[" E1 "]|[" E1 ",1]|[" E1 "," E2 "]" },
		{ EV("1"), EV(E1), EV(E2), EV("1"), "events=[1]|[" E1 "]|[" E2 "]" },
		{ EV(E("", "x", "")), EV(E("", "y", "")), EV(""), EV(E("", "x", "")),
		  "events=[" E("", "x", "") "]|[" E("", "y", "") "]|[]" },
	};

	check_rows(rows, COUNT(rows));
}

static int stop_at_once(void *ctx, const struct gv_conflict *c)
{
	(void)c;
	++*(int *)ctx;
	return 42;
}

#define SEALED(nonce, key, tag) "{\"key\":\"" key "\",\"sealed\":\"v1:" nonce "\",\"tag\":\"" tag "\"}"
#define A1 SEALED("AAAA", "k", "t")
#define A2 SEALED("BBBB", "k", "t")
#define B1 SEALED("AAAA", "k", "u")
#define C1 SEALED("AAAA", "l", "t")

/* One field each; the same value under one key is the same, whatever its nonce, and the result is no matter of sides. */
static void sealed(void)
{
	static const struct row rows[] = {
		{ "{\"a\":1}", "{\"a\":" A1 "}", "{\"a\":" A2 "}", "{\"a\":" A1 "}", "" },
		{ "{}", "{\"a\":[{\"b\":" A2 "}]}", "{\"a\":[{\"b\":" A1 "}]}", "{\"a\":[{\"b\":" A1 "}]}", "" },
		{ "{\"a\":" A2 "}", "{\"a\":" A1 "}", "{\"a\":" B1 "}", "{\"a\":" B1 "}", "" },
		{ "{\"a\":1}", "{\"a\":" A1 "}", "{\"a\":" B1 "}", "{\"a\":1}", "a=1|" A1 "|" B1 },
		{ "{\"a\":1}", "{\"a\":" A1 "}", "{\"a\":" C1 "}", "{\"a\":1}", "a=1|" A1 "|" C1 },
		{ "{\"a\":" C1 "}", "{\"a\":" A1 "}", "{\"a\":" B1 "}", "{\"a\":" C1 "}", "a=" C1 "|" A1 "|" B1 },
		{ "{\"a\":" A1 "}", "{\"a\":2}", "{\"a\":" A2 "}", "{\"a\":2}", "" },
	};

	check_rows(rows, sizeof rows / sizeof rows[0]);
}

static void stops(void)
{
	struct gv_doc b = GV_DOC_INIT, o = GV_DOC_INIT, t = GV_DOC_INIT, out = GV_DOC_INIT;
	const struct gv_val *base = parse(&b, "{\"a\":1,\"b\":1}"),
			    *ours = parse(&o, "{\"a\":2,\"b\":2}"),
			    *theirs = parse(&t, "{\"a\":3,\"b\":3}");
	struct gv_err err;
	int calls = 0;

	CHECK_INT(gv_merge(&out, base, ours, theirs, stop_at_once, &calls, &err), 42);
	CHECK_INT(calls, 1);
	CHECK_OK(gv_merge(&out, base, ours, theirs, NULL, NULL, &err), &err);
	gv_doc_free(&b);
	gv_doc_free(&o);
	gv_doc_free(&t);
	gv_doc_free(&out);
}

/* ---- differences ---- */

static int add_difference(void *ctx, struct gv_str path, const struct gv_val *before,
                          const struct gv_val *after)
{
	struct gv_buf *out = ctx;

	gv_buf_adds(out, out->n ? "\n" : "");
	gv_buf_addstr(out, path);
	gv_buf_addc(out, '=');
	add_side(out, before);
	gv_buf_addc(out, '|');
	add_side(out, after);
	return 0;
}

static int stop_difference(void *ctx, struct gv_str path, const struct gv_val *before,
                           const struct gv_val *after)
{
	(void)path;
	(void)before;
	(void)after;
	return ++*(int *)ctx == 2 ? 42 : 0;
}

static void differences(void)
{
	static const struct {
		const char *before, *after, *want;
	} rows[] = {
		{ "{\"a\":1}", "{\"a\":1}", "" },
		{ "{\"a\":1,\"b\":{\"c\":1,\"d\":[1]}}", "{\"b\":{\"c\":2,\"d\":[1,2]},\"e\":true}",
		  "a=1|-\nb.c=1|2\nb.d=[1]|[1,2]\ne=-|true" },
		{ NULL, "{\"a\":1,\"b\":{\"c\":1},\"events\":[" E1 "]}",
		  "a=-|1\nb=-|{\"c\":1}\nevents[a]=-|" E1 },
		{ "{\"a\":1}", NULL, "a=1|-" },
		{ NULL, NULL, "" },
		{ "1", "2", "=1|2" },
		{ "{\"a\":{}}", "{\"a\":[]}", "a={}|[]" },
		{ "{\"a\":[]}", "{}", "a=[]|-" },
		{ EV(E1 "," E2), EV(E("b", "2022-01-01", "") "," E3),
		  "events[a]=" E1 "|-\nevents[b]=" E2
		  "|" E("b", "2022-01-01", "") "\nevents[c]=-|" E3 },
		{ EV(E1), "{}", "events[a]=" E1 "|-" },
		{ EV(""), EV(E1), "events[a]=-|" E1 },
		{ EV("1"), EV(E1), "events=[1]|[" E1 "]" },
	};
	struct gv_doc one = GV_DOC_INIT, two = GV_DOC_INIT;
	struct gv_buf got = GV_BUF_INIT(1 << 16);
	struct gv_err err;
	int calls = 0;

	for (size_t i = 0; i < COUNT(rows); i++) {
		gv_buf_reset(&got);
		CHECK_OK(gv_fields_diff(parse(&one, rows[i].before), parse(&two, rows[i].after),
		                        add_difference, &got, &err),
		         &err);
		CHECK_STR(got.n ? got.p : "", rows[i].want);
	}
	CHECK_INT(gv_fields_diff(NULL, parse(&one, "{\"a\":1,\"b\":2,\"c\":3}"), stop_difference,
	                         &calls, &err),
	          42);
	CHECK_INT(calls, 2);
	gv_doc_free(&one);
	gv_doc_free(&two);
	gv_buf_free(&got);
}

/* ---- properties, on random trees ---- */

static uint64_t seed = 0x9E3779B97F4A7C15u;

static unsigned dice(unsigned sides)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)((seed >> 32) % sides);
}

static const char *const names[] = { "a", "b", "c", "d", "log" };
static const char *const eids[] = { "e1", "e2", "e3", "e4", "e5", "e6" };
static const char *const days[] = { "2022-01-01", "2022-01-02", "2022-01-03" };

static void set(struct gv_doc *d, struct gv_val *obj, const char *name, struct gv_val v)
{
	struct gv_err err;

	CHECK_OK(gv_obj_set(d, obj, gv_str_of(name), v, &err), &err);
}

static struct gv_val random_event(struct gv_doc *d, const char *eid)
{
	struct gv_val e = gv_mkobj();

	set(d, &e, "eid", gv_mklit(eid));
	set(d, &e, "on", gv_mklit(days[dice(3)]));
	if (dice(3) == 0)
		set(d, &e, "x", gv_mkint(dice(2)));
	return e;
}

static struct gv_val random_array(struct gv_doc *d)
{
	struct gv_val a = gv_mkarr();
	struct gv_err err;
	bool set_of_events = dice(4) != 0;

	for (size_t i = 0; i < COUNT(eids); i++)
		if (dice(3) == 0)
			CHECK_OK(gv_arr_add(d, &a,
			                    set_of_events ? random_event(d, eids[i])
			                                  : gv_mkint(dice(2)),
			                    &err),
			         &err);
	return a;
}

static struct gv_val random_value(struct gv_doc *d, int depth)
{
	struct gv_val obj;

	switch (dice(depth > 0 ? 6 : 3)) {
	case 0:
		return gv_mkint(dice(3));
	case 1:
		return gv_mkbool(dice(2));
	case 2:
		return gv_mklit(names[dice(5)]);
	case 3:
		return random_array(d);
	default:
		obj = gv_mkobj();
		for (size_t i = 0; i < COUNT(names); i++)
			if (dice(2))
				set(d, &obj, names[i],
				    i == 4 ? random_array(d) : random_value(d, depth - 1));
		return obj;
	}
}

/* A few edits at random depth. */
static void edit(struct gv_doc *d, struct gv_val *obj)
{
	for (unsigned n = 1 + dice(3); n > 0; n--) {
		struct gv_val *at = obj;
		const char *name = names[dice(5)];
		struct gv_val *below = (struct gv_val *)gv_val_get(at, name);

		while (below && below->type == GV_OBJECT && dice(4)) {
			at = below;
			name = names[dice(5)];
			below = (struct gv_val *)gv_val_get(at, name);
		}
		if (dice(4) == 0)
			gv_obj_del(at, gv_str_of(name));
		else if (below && below->type == GV_ARRAY && below->n && dice(3))
			below->items[dice(below->n)] = random_event(d, eids[dice(6)]);
		else
			set(d, at, name, name[0] == 'l' ? random_array(d) : random_value(d, 1));
	}
}

struct round {
	struct gv_doc d, out, other;
	struct gv_val base, ours, theirs;
	struct gv_buf one, two;
	size_t conflicts, rounds_with_conflict;
};

/* The value behind "a.b[e1]" in a result; *found says whether the way leads there. */
static const struct gv_val *look(const struct gv_val *v, struct gv_str path)
{
	while (v && path.n) {
		size_t n = 0;

		while (n < path.n && path.p[n] != '.' && path.p[n] != '[' && path.p[n] != ']')
			n++;
		if (n < path.n && path.p[n] == ']') {
			const struct gv_val *list = v;

			v = NULL;
			for (uint32_t i = 0; list->type == GV_ARRAY && i < list->n; i++)
				if (gv_str_eq(gv_val_getstr(&list->items[i], "eid"),
				              (struct gv_str){ path.p, n }))
					v = &list->items[i];
		} else {
			v = gv_val_getn(v, (struct gv_str){ path.p, n });
		}
		while (n < path.n && (path.p[n] == '.' || path.p[n] == '[' || path.p[n] == ']'))
			n++;
		path = (struct gv_str){ path.p + n, path.n - n };
	}
	return v;
}

/* Everything of `part` is in `v`: what one side added may have been joined with more. */
static bool contains(const struct gv_val *v, const struct gv_val *part)
{
	if (!v || !part)
		return v == part;
	if (v->type == GV_OBJECT && part->type == GV_OBJECT) {
		for (uint32_t i = 0; i < part->n; i++)
			if (!contains(gv_val_getn(v, part->members[i].name), &part->members[i].val))
				return false;
		return true;
	}
	if (v->type == GV_ARRAY && part->type == GV_ARRAY && !gv_val_eq(v, part)) {
		for (uint32_t i = 0; i < part->n; i++) {
			bool found = false;

			for (uint32_t k = 0; k < v->n; k++)
				found = found || gv_val_eq(&v->items[k], &part->items[i]);
			if (!found)
				return false;
		}
		return true;
	}
	return gv_val_eq(v, part);
}

static int change_is_there(void *ctx, struct gv_str path, const struct gv_val *before,
                           const struct gv_val *after)
{
	struct round *r = ctx;

	(void)before;
	CHECK(contains(look(&r->out.root, path), after));
	return 0;
}

/* A conflict is real, and the base value is kept. */
static int conflict_is_right(void *ctx, const struct gv_conflict *c)
{
	struct round *r = ctx;

	r->conflicts++;
	CHECK(!(c->ours && c->theirs && gv_val_eq(c->ours, c->theirs)));
	CHECK(!(c->base && c->ours && gv_val_eq(c->base, c->ours)));
	CHECK(!(c->base && c->theirs && gv_val_eq(c->base, c->theirs)));
	CHECK(look(&r->base, c->path) == c->base && look(&r->ours, c->path) == c->ours &&
	      look(&r->theirs, c->path) == c->theirs);
	gv_buf_addstr(&r->one, c->path);
	gv_buf_addc(&r->one, '\n');
	return 0;
}

static int kept_base(void *ctx, const struct gv_conflict *c)
{
	struct round *r = ctx;
	const struct gv_val *v = look(&r->out.root, c->path);

	CHECK(c->base ? v && gv_val_eq(v, c->base) : !v);
	gv_buf_addstr(&r->two, c->path);
	gv_buf_addc(&r->two, '\n');
	return 0;
}

static void gives(struct round *r, const struct gv_val *b, const struct gv_val *o,
                  const struct gv_val *t, const struct gv_val *want)
{
	struct gv_err err;
	size_t before = r->conflicts;

	gv_doc_reset(&r->other);
	CHECK_OK(gv_merge(&r->other, b, o, t, conflict_is_right, r, &err), &err);
	CHECK(gv_val_eq(&r->other.root, want) && r->conflicts == before);
}

static void one_round(struct round *r, bool with_base)
{
	const struct gv_val *base = with_base ? &r->base : NULL;
	struct gv_err err;

	gv_buf_reset(&r->one);
	gv_buf_reset(&r->two);
	gv_doc_reset(&r->out);
	gv_doc_reset(&r->other);
	r->conflicts = 0;
	CHECK_OK(gv_merge(&r->out, base, &r->ours, &r->theirs, conflict_is_right, r, &err), &err);
	CHECK_OK(gv_merge(&r->other, base, &r->theirs, &r->ours, kept_base, r, &err), &err);
	CHECK(gv_val_eq(&r->out.root, &r->other.root));
	CHECK_BYTES(gv_buf_str(&r->one), gv_buf_str(&r->two));
	if (r->conflicts) {
		r->rounds_with_conflict++;
	} else {
		CHECK_OK(gv_fields_diff(base, &r->ours, change_is_there, r, &err), &err);
		CHECK_OK(gv_fields_diff(base, &r->theirs, change_is_there, r, &err), &err);
	}
	gives(r, base, &r->ours, &r->ours, &r->ours);
	if (!with_base)
		return;
	gives(r, base, &r->ours, base, &r->ours);
	gives(r, base, base, &r->ours, &r->ours);
}

static void make_trees(struct round *r)
{
	struct gv_err err;

	gv_doc_reset(&r->d);
	r->base = gv_mkobj();
	for (size_t i = 0; i < COUNT(names); i++)
		if (dice(3))
			set(&r->d, &r->base, names[i],
			    i == 4 ? random_array(&r->d) : random_value(&r->d, 2));
	CHECK_OK(gv_val_copy(&r->d, &r->ours, &r->base, &err), &err);
	CHECK_OK(gv_val_copy(&r->d, &r->theirs, &r->base, &err), &err);
	edit(&r->d, &r->ours);
	edit(&r->d, &r->theirs);
}

static void properties(void)
{
	struct round r = { .one = GV_BUF_INIT(1 << 16), .two = GV_BUF_INIT(1 << 16) };
	struct gv_buf text = GV_BUF_INIT(1 << 16);
	struct gv_doc scratch = GV_DOC_INIT;
	struct gv_err err;
	size_t rounds = getenv("GAVEL_SANITIZED") && *getenv("GAVEL_SANITIZED") ? 10000 : 100000;

	for (size_t i = 0; i < rounds && unit_failed_here < 10; i++) {
		make_trees(&r);
		if (i % 8 == 0)
			r.base = gv_mkobj();
		one_round(&r, i % 8 != 0);
		if (i % 16 == 0) {
			gv_buf_reset(&text);
			gv_json_canon(&text, &r.out.root);
			CHECK_OK(gv_json_check_canon(gv_buf_str(&text), &scratch, &err), &err);
		}
	}
	/* enough of both, or the properties say little */
	printf("# %zu of %zu rounds with a conflict\n", r.rounds_with_conflict, rounds);
	CHECK(r.rounds_with_conflict > rounds / 10 && r.rounds_with_conflict < rounds * 9 / 10);
	gv_doc_free(&r.d);
	gv_doc_free(&r.out);
	gv_doc_free(&r.other);
	gv_doc_free(&scratch);
	gv_buf_free(&r.one);
	gv_buf_free(&r.two);
	gv_buf_free(&text);
}

UNIT_MAIN("merge", { "fields", fields }, { "objects", objects }, { "whole records", whole_records },
          { "sets of events", sets }, { "sealed values", sealed }, { "stops when told", stops }, { "differences", differences },
          { "properties", properties })
