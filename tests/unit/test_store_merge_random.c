/* SPDX-License-Identifier: MIT */
/*
 * Three tribunals that work apart and join in pairs, at random: both of a pair get the same tree, every event of both is
 * there, and every field is one side's change, or the base value with a conflict that keeps both.  Some conflicts are
 * resolved meanwhile, some joins are crossed (each joins what the other was), some go one way only.
 *
 * GAVEL_ROUNDS joins (300), GAVEL_SEED to see one again.
 */
#include <fcntl.h>

#include "merge_unit.h"

enum { TRIBUNALS = 3, SERIALS = 6, REMOVED = SERIALS, ROUNDS_OF_A_DOCKET = 50, ROUNDS = 300 };

/* Power failures are the matter of other tests. */
int fsync(int fd)
{
	return fd < 0 ? -1 : 0;
}

static unsigned state = 1;

static unsigned pick(unsigned n)
{
	state = state * 1103515245u + 12345u;
	return (state >> 16) % n;
}

static const char *record_path(unsigned serial)
{
	static char path[64];

	snprintf(path, sizeof path, "cases/2022/沪0114/民初/0000/%u.json", serial);
	return path;
}

static const char *conflict_path(unsigned serial)
{
	static char path[96];

	snprintf(path, sizeof path, "conflicts/case/（2022）沪0114民初%u号.json", serial);
	return path;
}

/* ---- work ---- */

/* The record at the snapshot or in the plan; NULL if there is none. */
static const struct gv_val *read_json(struct gv_plan *p, const char *path, struct gv_doc *d, struct gv_oid *oid)
{
	struct gv_str text;

	if ((!p || gv_plan_read(p, path, &text, oid, NULL)) && gv_store_read(docket, path, &text, oid, NULL))
		return NULL;
	CHECK_OK(gv_json_parse(d, text, 0, &err), &err);
	return &d->root;
}

static void set_text(struct gv_doc *d, const char *field, const char *text)
{
	struct gv_val v = gv_mkstr(d, gv_str_of(text));

	CHECK_OK(gv_field_set(d, &d->root, gv_str_of(field), text ? &v : NULL, &err), &err);
}

static void add_event(struct gv_doc *d, const char *name, const char *on)
{
	struct gv_val event = gv_mkobj();

	CHECK_OK(gv_obj_set(d, &event, GV_STR("event"), gv_mkstr(d, gv_str_of(name)), &err), &err);
	CHECK_OK(gv_obj_set(d, &event, GV_STR("on"), gv_mkstr(d, gv_str_of(on)), &err), &err);
	CHECK_OK(gv_event_add(d, &d->root, event, &err), &err);
}

/* A move that the law allows from where the case is. */
static void move_case(struct gv_doc *d, const char *on)
{
	const struct gv_schema *s = gv_schema_find(GV_STR("case"));
	size_t first = pick((unsigned)s->ntransitions);

	for (size_t i = 0; i < s->ntransitions; i++) {
		const struct gv_transition *t = &s->transitions[(first + i) % s->ntransitions];

		if (!gv_str_is(gv_val_getstr(&d->root, "state"), t->from))
			continue;
		add_event(d, t->event, on);
		set_text(d, "state", t->to);
		set_text(d, "closed_on", strcmp(t->event, "close") == 0 ? on : strcmp(t->event, "reopen") == 0 ? NULL : gv_val_getstr(&d->root, "closed_on").p);
		return;
	}
}

static void alter(struct gv_doc *d)
{
	static const char *const fields[] = { "judge", "clerk", "source.system", "x.p", "x.q", "filed_on" };
	static const char *const values[] = { "甲", "乙", "丙", NULL };
	char on[16];
	const char *field = fields[pick(6)];

	snprintf(on, sizeof on, "2022-06-%02u", 1 + pick(28));
	switch (pick(4)) {
	case 0:
		add_event(d, "hear", on);
		break;
	case 1:
		move_case(d, on);
		break;
	default:
		set_text(d, field, strcmp(field, "filed_on") == 0 ? on : values[pick(4)]);
	}
}

static void work_on_case(struct gv_plan *p)
{
	unsigned serial = 1 + pick(SERIALS);
	struct gv_doc d = GV_DOC_INIT;
	struct gv_oid base;
	const struct gv_val *was = read_json(p, record_path(serial), &d, &base);
	struct gv_id id = { .schema = gv_schema_find(GV_STR("case")) };
	char key[64];

	snprintf(key, sizeof key, "（2022）沪0114民初%u号", serial);
	snprintf(id.key, sizeof id.key, "%s", key);
	if (!was && serial == REMOVED)
		return; /* it was not to come again: its events would not be those that it had */
	if (!was) {
		d.root = gv_mkobj();
		set_text(&d, "id", key);
		set_text(&d, "kind", "case");
		set_text(&d, "state", "open");
	} else if (serial == REMOVED && pick(25) == 0) { /* as migrate does */
		gv_plan_remove(p, gv_str_of(record_path(serial)), &base, NULL); /* not where this plan has it already */
		gv_doc_free(&d);
		return;
	}
	alter(&d);
	if (gv_rec_check(id.schema, &d.root, gv_store_caseno(docket), NULL) == 0)
		gv_plan_put(p, &id, was ? &base : NULL, &d.root, &err); /* not where it was removed in this plan */
	gv_doc_free(&d);
}

static void work_on_file(struct gv_plan *p)
{
	char text[64], all[8192];
	struct gv_str old = { "", 0 };
	struct gv_oid oid;
	const char *path = pick(2) ? "README" : "signers";
	int rc = gv_plan_read(p, path, &old, &oid, NULL);

	rc = rc ? gv_store_read(docket, path, &old, &oid, NULL) : rc;
	snprintf(text, sizeof text, "%u@example.org ssh-ed25519 AAAA%u\n", pick(5), pick(1000));
	snprintf(all, sizeof all, "%.*s%s", *path == 'R' || old.n > 4000 ? 0 : (int)old.n, old.p, text);
	CHECK_OK(gv_plan_put_text(p, path, rc ? NULL : &oid, gv_str_of(all), &err), &err);
}

/* One field of an open conflict takes one of its values. */
static void resolve(struct gv_plan *p)
{
	unsigned serial = 1 + pick(SERIALS);
	struct gv_doc k = GV_DOC_INIT, d = GV_DOC_INIT;
	struct gv_oid kbase, base;
	struct gv_str field;
	struct gv_buf text = GV_BUF_INIT(GV_MIB);
	struct gv_id id = { .schema = gv_schema_find(GV_STR("case")) };
	const struct gv_val *value;

	if (read_json(p, conflict_path(serial), &k, &kbase) && read_json(p, record_path(serial), &d, &base)) {
		field = gv_conflict_field(&k.root, pick((unsigned)gv_conflict_count(&k.root)));
		value = gv_conflict_value(&k.root, pick(2) ? "ours" : "theirs", field);
		snprintf(id.key, sizeof id.key, "（2022）沪0114民初%u号", serial);
		/* Events stay, and of two versions of the whole the one that is there. */
		if (field.n && !gv_str_starts(field, GV_STR("events")))
			CHECK_OK(gv_field_set(&d, &d.root, field, value, &err), &err);
		if (gv_rec_check(id.schema, &d.root, gv_store_caseno(docket), NULL) == 0 &&
		    gv_plan_put(p, &id, &base, &d.root, &err) == 0) {
			CHECK_OK(gv_conflict_drop(&k, &k.root, field, &err), &err);
			gv_json_canon(&text, &k.root);
			if (gv_conflict_count(&k.root))
				CHECK_OK(gv_plan_put_text(p, conflict_path(serial), &kbase, gv_buf_str(&text), &err), &err);
			else
				CHECK_OK(gv_plan_remove(p, gv_str_of(conflict_path(serial)), &kbase, &err), &err);
		}
	}
	gv_buf_free(&text);
	gv_doc_free(&k);
	gv_doc_free(&d);
}

static void work(struct gv_oid *tip)
{
	struct gv_plan *p;
	struct gv_commit_result r;

	go_to(tip);
	p = plan(docket);
	if (pick(2))
		resolve(p);
	for (unsigned n = 1 + pick(3); n; n--) {
		if (pick(10) == 0)
			work_on_file(p);
		else
			work_on_case(p);
	}
	CHECK_OK(commit(docket, p, &r), &err);
	*tip = *gv_store_commit_id(docket);
	gv_plan_free(p);
}

/* ---- is anything lost? ---- */

/* One record in the two lines, what they come from, and the join. */
struct view {
	unsigned serial;
	struct gv_doc docs[5];
	const struct gv_val *a, *b, *base, *m, *k;
	bool has_base;           /* one common ancestor, no more */
	const struct gv_oid *bases;
	size_t nbases;
};

static const struct gv_val *read_at(const struct gv_oid *tip, const char *path, struct gv_doc *d)
{
	char hex[GV_HEX + 1];

	gv_oid_hex(tip, hex);
	CHECK_OK(gv_store_at(docket, hex, &err), &err);
	return read_json(NULL, path, d, NULL);
}

static bool same(const struct gv_val *x, const struct gv_val *y)
{
	return x && y ? gv_val_eq(x, y) : x == y;
}

#define LOST(v, ...) do { \
		UNIT_FAIL("case %u: ", (v)->serial); \
		printf("# " __VA_ARGS__); \
		putchar('\n'); \
	} while (0)

/* Does the conflict keep both values of the field, of one that it lies in, or of the whole? */
static bool is_kept(const struct view *v, struct gv_str field)
{
	for (size_t n = 0; v->k && n <= field.n; n++) {
		struct gv_str outer = { field.p, n };
		const struct gv_val *ours, *theirs, *a = gv_field_get(v->a, outer), *b = gv_field_get(v->b, outer);

		if ((n && n < field.n && field.p[n] != '.' && field.p[n] != '[') || !gv_conflict_has(v->k, outer))
			continue;
		ours = gv_conflict_value(v->k, "ours", outer);
		theirs = gv_conflict_value(v->k, "theirs", outer);
		if ((same(ours, a) && same(theirs, b)) || (same(ours, b) && same(theirs, a)))
			return true;
	}
	return false;
}

static int field_differs(void *ctx, struct gv_str field, const struct gv_val *a, const struct gv_val *b)
{
	struct view *v = ctx;
	const struct gv_val *m = gv_field_get(v->m, field), *base = v->has_base ? gv_field_get(v->base, field) : NULL;

	unit_checks++;
	if (is_kept(v, field))
		return 0;
	if (!same(m, a) && !same(m, b))
		LOST(v, "%.*s is neither side's, and no conflict keeps both", (int)field.n, field.p);
	else if (v->has_base && v->base && !same(base, a) && !same(base, b))
		LOST(v, "%.*s was changed by both, but there is no conflict", (int)field.n, field.p);
	else if (v->has_base && v->base && same(m, base))
		LOST(v, "%.*s: one side's change is lost", (int)field.n, field.p);
	return 0;
}

/* What both have alike stays, or a conflict says why not. */
static int field_of_both(void *ctx, struct gv_str field, const struct gv_val *a, const struct gv_val *m)
{
	struct view *v = ctx;
	const struct gv_val *b = gv_field_get(v->b, field);

	(void)m;
	unit_checks++;
	if (same(a, b) && !is_kept(v, field))
		LOST(v, "%.*s: both had it, the join has not", (int)field.n, field.p);
	return 0;
}

static bool has_event(const struct gv_val *rec, const struct gv_val *event)
{
	const struct gv_val *log = gv_val_get(rec, "events");

	for (uint32_t i = 0; log && i < log->n; i++)
		if (gv_val_eq(&log->items[i], event))
			return true;
	return false;
}

/* The other side had it once and chose otherwise: of two cases of one number, the other stayed. */
static bool was_given_up(const struct view *v, const struct gv_val *event, const struct gv_val *other)
{
	bool yes = false;

	if (has_event(other, event))
		return false;
	for (size_t i = 0; i < v->nbases && !yes; i++) {
		struct gv_doc d = GV_DOC_INIT;

		yes = has_event(read_at(&v->bases[i], record_path(v->serial), &d), event);
		gv_doc_free(&d);
	}
	return yes;
}

static void check_events(const struct view *v, const struct gv_val *side, const struct gv_val *other)
{
	const struct gv_val *log = gv_val_get(side, "events");

	for (uint32_t i = 0; log && i < log->n; i++) {
		const struct gv_val *event = &log->items[i];

		unit_checks++;
		if (!has_event(v->m, event) && !(v->k && gv_conflict_holds_event(v->k, event)) &&
		    !was_given_up(v, event, other))
			LOST(v, "event %s", gv_val_getstr(&log->items[i], "eid").p);
	}
}

/* A record may go only where one side took it away and the other did not change it. */
static void check_gone(const struct view *v)
{
	const struct gv_val *left = v->a ? v->a : v->b;

	unit_checks++;
	if (v->a && v->b)
		LOST(v, "both had it");
	else if (left && v->has_base && !same(left, v->base))
		LOST(v, "it was changed, and is gone");
}

static void check_record(unsigned serial, const struct gv_oid *a, const struct gv_oid *b, const struct gv_oid *bases,
                         size_t nbases, const struct gv_oid *m)
{
	struct view v = { .serial = serial, .bases = bases, .nbases = nbases, .has_base = nbases == 1 };

	v.a = read_at(a, record_path(serial), &v.docs[0]);
	v.b = read_at(b, record_path(serial), &v.docs[1]);
	v.base = v.has_base ? read_at(bases, record_path(serial), &v.docs[2]) : NULL;
	v.m = read_at(m, record_path(serial), &v.docs[3]);
	v.k = read_at(m, conflict_path(serial), &v.docs[4]);
	if (v.k)
		CHECK_OK(gv_conflict_check(v.k, &err), &err);
	if (!v.m) {
		check_gone(&v);
	} else {
		CHECK_OK(gv_rec_check(gv_schema_find(GV_STR("case")), v.m, gv_store_caseno(docket), &err), &err);
		if (v.a && v.b) {
			CHECK_OK(gv_fields_diff(v.a, v.b, field_differs, &v, &err), &err);
			CHECK_OK(gv_fields_diff(v.a, v.m, field_of_both, &v, &err), &err);
		}
		check_events(&v, v.a, v.b);
		check_events(&v, v.b, v.a);
	}
	if (unit_failed_here && getenv("GAVEL_SEED")) {
		static const char *const names[] = { "a", "b", "base", "join", "conflict" };

		for (size_t i = 0; i < 5; i++) {
			struct gv_buf line = GV_BUF_INIT(GV_MIB);

			gv_json_line(&line, &v.docs[i].root);
			printf("# %s: %s\n", names[i], line.p);
			gv_buf_free(&line);
		}
	}
	for (size_t i = 0; i < 5; i++)
		gv_doc_free(&v.docs[i]);
}

/* Every signer whom one side added is there, or the file is in conflict. */
static void check_signers(const struct gv_oid *a, const struct gv_oid *b, const struct gv_oid *m)
{
	const struct gv_oid *sides[] = { a, b };
	const char *joined = text_at(m, "signers");
	struct gv_buf at = GV_BUF_INIT(4096);

	gv_conflict_path_of_file(&at, GV_STR("signers"));
	for (size_t i = 0; i < 2; i++) {
		const char *line = text_at(sides[i], "signers"), *end;

		for (; line && *line; line = end + 1) {
			char one[128];

			end = strchr(line, '\n');
			snprintf(one, sizeof one, "%.*s", (int)(end - line + 1), line);
			CHECK((joined && strstr(joined, one)) || text_at(m, at.p));
		}
	}
	gv_buf_free(&at);
}

static void check_join(const struct gv_oid *a, const struct gv_oid *b, const struct gv_oid *m)
{
	struct gv_oid *bases;
	size_t n;

	CHECK_OK(gv_store_bases(docket, a, 1, b, &bases, &n, &err), &err);
	for (unsigned s = 1; s <= SERIALS; s++)
		check_record(s, a, b, bases, n, m);
	check_signers(a, b, m);
	free(bases);
}

/* ---- rounds ---- */

static size_t joins, with_conflicts, crossed;

static void round_of_two(struct gv_oid *tips, unsigned x, unsigned y)
{
	struct gv_oid a, b, was_a, was_b, *bases;
	struct gv_merge_result r;
	size_t n;

	for (unsigned i = 0; i < TRIBUNALS; i++)
		if (pick(4))
			work(&tips[i]);
	a = was_a = tips[x];
	b = was_b = tips[y];
	CHECK_OK(gv_store_bases(docket, &a, 1, &b, &bases, &n, &err), &err);
	crossed += n > 1;
	free(bases);
	clock_set((long)joins * 100 + pick(300));
	r = join_both(&a, &b);
	joins++;
	with_conflicts += r.conflicts > 0;
	check_join(&was_a, &was_b, &a);
	tips[x] = a;
	switch (pick(3)) {
	case 0: /* crossed */
		tips[y] = b;
		break;
	case 1: /* one pulled, then the other */
		tips[y] = a;
		break;
	}
}

static void joins_at_random(void)
{
	const char *rounds = getenv("GAVEL_ROUNDS"), *seed = getenv("GAVEL_SEED");
	long n = rounds ? strtol(rounds, NULL, 10) : ROUNDS;

	state = seed ? (unsigned)strtoul(seed, NULL, 10) : 1;
	for (long done = 0; done < n && !unit_failed_here;) {
		struct gv_oid tips[TRIBUNALS];
		unsigned began = state;

		tribunals_new(&tips[0], &tips[1]);
		write_file(&tips[0], record_path(REMOVED), case_text("（2022）沪0114民初6号", ""));
		tips[1] = tips[2] = tips[0];
		for (unsigned i = 0; i < ROUNDS_OF_A_DOCKET && done < n && !unit_failed_here; i++, done++) {
			unsigned x = pick(TRIBUNALS), y = (x + 1 + pick(TRIBUNALS - 1)) % TRIBUNALS;

			round_of_two(tips, x, y);
		}
		if (unit_failed_here)
			printf("# GAVEL_SEED=%u\n", began);
		if (done <= ROUNDS_OF_A_DOCKET)
			check_fsck("r");
		tribunals_done();
	}
	printf("# %zu joins, %zu with conflicts, %zu over several ancestors\n", joins, with_conflicts, crossed);
	CHECK(with_conflicts > joins / 20 && with_conflicts < joins);
	CHECK(crossed > joins / 20);
}

UNIT_MAIN("store_merge_random", { "joins at random", joins_at_random })
