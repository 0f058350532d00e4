/* SPDX-License-Identifier: MIT */
#include "check_push.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "history.h"

/* ---- findings ---- */

static int take_finding(struct gv_check *check, const struct gv_val *finding, struct gv_err *err)
{
	struct push *p = check->ctx;
	struct gv_val told = *finding, facts = gv_mkobj();
	char hex[GV_HEX + 1];
	int rc;

	gv_oid_hex(&p->commit, hex);
	rc = gv_obj_set(&check->scratch, &facts, GV_STR("commit"), gv_mkstr(&check->scratch, gv_str_of(hex)), err);
	if (!rc)
		rc = gv_obj_set(&check->scratch, &told, GV_STR("facts"), facts, err);
	return rc ? rc : gv_out_rec(p->k->c->out, &told, err);
}

void push_begin(struct push *p, struct checker *k)
{
	const char *only = gv_cmd_opt(k->c, "only"), *skip = gv_cmd_opt(k->c, "skip");

	*p = (struct push){ .k = k };
	p->check = (struct gv_check){ .as_of = k->c->today, .ctx = p, .sink = take_finding, .err = &k->c->err };
	/* What happened may be written down even where the law did not want it; case-file check says so. */
	p->check.only = gv_str_of(only ? only : "DK-*");
	p->check.skip = gv_str_of(skip ? skip : "");
}

void push_end(struct push *p)
{
	gv_doc_free(&p->check.scratch);
	gv_doc_free(&p->parent[0]);
	gv_doc_free(&p->parent[1]);
	gv_doc_free(&p->joined);
}

/* About what lies at a path and is no record that can be judged. */
static int tell(struct push *p, const char *rule, struct gv_str path, const char *why)
{
	struct gv_rec rec = { .id = { .schema = gv_path_kind(path) } };
	const struct gv_rule *r = gv_case_rules;

	while (strcmp(r->id, rule) != 0)
		r++;
	snprintf(rec.id.key, sizeof rec.id.key, "%.*s", (int)path.n, path.p);
	if (!rec.id.schema)
		rec.id.schema = gv_cmd_schema(p->k->c);
	gv_doc_reset(&p->check.scratch);
	p->check.rec = &rec;
	p->check.rule = r;
	return gv_finding(&p->check, GV_VIOLATION, NULL, "%s", why);
}

/* If the error is about what was pushed, it is a finding. */
static int tell_error(struct push *p, const char *rule, struct gv_str path, int rc)
{
	struct gv_err *err = &p->k->c->err, why = *err;
	char text[sizeof why.field + sizeof why.msg + 64];
	char where[64] = "";

	if (rc != GV_EDATA && rc != GV_EINTEGRITY && rc != GV_ENOTFOUND)
		return rc;
	gv_err_clear(err);
	if (why.line)
		snprintf(where, sizeof where, _("line %zu, byte %zu: "), why.line, why.byte);
	snprintf(text, sizeof text, "%s%s%s%s", where, why.field, why.field[0] ? ": " : "", why.msg);
	return tell(p, rule, path, text);
}

/* ---- one file ---- */

static int judge_record(struct push *p, struct gv_str path, struct gv_str text, const struct gv_val *before)
{
	struct checker *k = p->k;
	struct gv_case_subject s;
	struct gv_rec rec;
	int rc = gv_json_parse(&k->doc, text, 0, &k->c->err);

	if (!rc)
		rc = gv_rec_of(&rec, &k->doc, gv_path_kind(path), gv_cmd_caseno(k->c), &k->c->err);
	if (rc)
		return tell_error(p, "DK-01", path, rc);
	check_subject(k, &s, &rec);
	s.text = text;
	s.path = path;
	s.before = before;
	s.incoming = true;
	p->check.rec = &rec;
	return gv_rules_run(&p->check, gv_case_rules, &s);
}

/* gavel.json decides how everything else is read. */
static int judge_config(struct push *p, struct gv_str path, struct gv_str text)
{
	struct checker *k = p->k;
	int rc = gv_json_parse(&k->doc, text, 0, &k->c->err);

	if (!rc)
		rc = gv_schema_check(gv_schema_find(GV_STR("docket")), &k->doc.root, gv_cmd_caseno(k->c), &k->c->err);
	return rc ? tell_error(p, "DK-04", path, rc) : 0;
}

enum file { FILE_OTHER, FILE_CONFIG, FILE_RECORD, FILE_STRAY };

/* Folders of records hold records; elsewhere people may keep what they like. */
static enum file file_at(struct gv_str path)
{
	const char *slash = memchr(path.p, '/', path.n);

	if (gv_str_is(path, "gavel.json"))
		return FILE_CONFIG;
	if (gv_path_kind(path))
		return FILE_RECORD;
	return gv_schema_by_folder((struct gv_str){ path.p, slash ? (size_t)(slash - path.p) : path.n }) ? FILE_STRAY
	                                                                                                : FILE_OTHER;
}

static int judge_file(struct push *p, struct gv_str path, const struct gv_oid *after, const struct gv_val *before)
{
	struct checker *k = p->k;
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX * 2);
	enum file file = file_at(path);
	int rc;

	if (file == FILE_OTHER)
		return 0;
	if (gv_oid_is_zero(after)) /* a stray one may go */
		return file == FILE_STRAY ? 0 : tell(p, "DK-08", path, _("a push may not remove it"));
	if (file == FILE_STRAY)
		return tell(p, "DK-03", path, _("no record belongs at this path"));
	rc = gv_store_blob(k->store, after, &text, &k->c->err);
	if (rc) /* a submodule in place of a file, or worse */
		rc = tell_error(p, "DK-01", path, rc);
	else if (file == FILE_RECORD)
		rc = judge_record(p, path, gv_buf_str(&text), before);
	else
		rc = judge_config(p, path, gv_buf_str(&text));
	gv_buf_free(&text);
	return rc;
}

/* The record as a parent has it; what cannot be read there is nothing that could be kept. */
static int read_parent(struct push *p, const struct gv_oid *oid, size_t i, const struct gv_val **v)
{
	struct gv_err *err = &p->k->c->err;
	int rc = history_blob(p->k->store, oid, &p->parent[i], v, err);

	if (rc == GV_EDATA) {
		gv_err_clear(err);
		*v = NULL;
		rc = 0;
	}
	return rc;
}

/* ---- a commit with one parent ---- */

static int judge_change(void *ctx, const struct gv_change *change)
{
	struct push *p = ctx;
	const struct gv_val *before = NULL;
	int rc = 0;

	if (file_at(change->path) == FILE_RECORD)
		rc = read_parent(p, &change->before, 0, &before);
	return rc ? rc : judge_file(p, change->path, &change->after, before);
}

/* ---- a commit that joins ---- */

/* What it has otherwise than its second parent: there it kept nothing of that side. */
struct differing {
	struct gv_str path;
	struct gv_oid before;
};

struct join {
	struct push *p;
	struct gv_doc paths;
	struct differing *list;
	size_t n, cap;
};

static int note_differing(void *ctx, const struct gv_change *change)
{
	struct join *j = ctx;
	struct differing *d;

	if (j->n == j->cap) {
		size_t cap = j->cap ? j->cap * 2 : 64;

		d = reallocarray(j->list, cap, sizeof *d);
		if (!d)
			return gv_fail_nomem(&j->p->k->c->err);
		j->list = d;
		j->cap = cap;
	}
	d = &j->list[j->n];
	*d = (struct differing){ gv_arena_copy(&j->paths.arena, change->path), change->before };
	if (!d->path.p)
		return gv_fail_nomem(&j->p->k->c->err);
	j->n++;
	return 0;
}

static int by_path(const void *a, const void *b)
{
	return gv_str_cmp(((const struct differing *)a)->path, ((const struct differing *)b)->path);
}

static const struct gv_val *event_of(const struct gv_val *rec, struct gv_str eid)
{
	const struct gv_val *events = gv_val_get(rec, "events");

	for (uint32_t i = 0; events && events->type == GV_ARRAY && i < events->n; i++)
		if (gv_str_eq(gv_val_getstr(&events->items[i], "eid"), eid))
			return &events->items[i];
	return NULL;
}

/* Has an event of one side to be kept?  Where it has two bodies, the one that was kept, if either was. */
static bool is_owed(const struct gv_val *own, const struct gv_val *other, const struct gv_val *kept, bool first)
{
	if (!other)
		return true;
	if (gv_val_eq(own, other))
		return first;
	return first ? !kept || !gv_val_eq(other, kept) : kept && gv_val_eq(own, kept);
}

static int join_events(struct push *p, const struct gv_val *const side[2], const struct gv_val *after, struct gv_val *out)
{
	int rc = 0;

	*out = gv_mkarr();
	for (size_t k = 0; k < 2; k++) {
		const struct gv_val *events = gv_val_get(side[k], "events");

		for (uint32_t i = 0; !rc && events && events->type == GV_ARRAY && i < events->n; i++) {
			const struct gv_val *own = &events->items[i];
			struct gv_str eid = gv_val_getstr(own, "eid");

			if (is_owed(own, event_of(side[!k], eid), event_of(after, eid), k == 0))
				rc = gv_arr_add(&p->joined, out, *own, &p->k->c->err);
		}
	}
	return rc;
}

static bool may_move(const struct gv_schema *s, struct gv_str from, struct gv_str to)
{
	for (size_t i = 0; i < s->ntransitions; i++)
		if (gv_str_is(from, s->transitions[i].from) && gv_str_is(to, s->transitions[i].to))
			return true;
	return false;
}

/* The side that the state is judged against: the one it was taken from, else one that does not lead to it. */
static size_t side_of_state(const struct gv_schema *s, const struct gv_val *const side[2], const struct gv_val *after)
{
	struct gv_str to = gv_val_getstr(after, s->state_field), from[2];

	for (size_t i = 0; i < 2; i++) {
		from[i] = gv_val_getstr(side[i], s->state_field);
		if (gv_str_eq(from[i], to))
			return i;
	}
	return may_move(s, from[0], to);
}

/* One record that both sides have into one to start from; NULL where neither has it. */
static int join_sides(struct push *p, const struct gv_schema *schema, const struct gv_val *const side[2],
                      const struct gv_oid *after, const struct gv_val **before)
{
	struct gv_err *err = &p->k->c->err;
	const struct gv_val *now = NULL;
	struct gv_val events;
	int rc;

	*before = side[0] ? side[0] : side[1];
	if (!side[0] || !side[1])
		return 0;
	rc = history_blob(p->k->store, after, &p->k->doc, &now, err);
	if (rc) { /* judge_file() says what is wrong with it */
		gv_err_clear(err);
		return rc == GV_EIO ? rc : 0;
	}
	gv_doc_reset(&p->joined);
	p->joined.root = gv_mkobj();
	if (schema->state_field) {
		const struct gv_val *from = side[side_of_state(schema, side, now)];
		struct gv_str state = gv_val_getstr(from, schema->state_field);

		rc = gv_obj_set(&p->joined, &p->joined.root, gv_str_of(schema->state_field), gv_mkstr(&p->joined, state), err);
	}
	if (!rc)
		rc = join_events(p, side, now, &events);
	if (!rc)
		rc = gv_obj_set(&p->joined, &p->joined.root, GV_STR("events"), events, err);
	*before = &p->joined.root;
	return rc;
}

static int judge_joined(void *ctx, const struct gv_change *change)
{
	struct join *j = ctx;
	struct push *p = j->p;
	const struct differing key = { .path = change->path }, *other = NULL;
	const struct gv_val *side[2] = { NULL, NULL }, *before = NULL;
	const struct gv_schema *schema = gv_path_kind(change->path);
	int rc = 0;

	if (j->n)
		other = bsearch(&key, j->list, j->n, sizeof *j->list, by_path);
	if (!other) /* it is as the second parent has it */
		return 0;
	if (schema && !gv_oid_is_zero(&change->after)) {
		rc = read_parent(p, &change->before, 0, &side[0]);
		if (!rc)
			rc = read_parent(p, &other->before, 1, &side[1]);
		if (!rc)
			rc = join_sides(p, schema, side, &change->after, &before);
	}
	return rc ? rc : judge_file(p, change->path, &change->after, before);
}

static int judge_join(struct push *p, const struct gv_commit *commit)
{
	struct gv_err *err = &p->k->c->err;
	struct join j = { .p = p };
	int rc = gv_store_diff(p->k->store, &commit->parent[1], &commit->id, "", note_differing, &j, err);

	if (j.n)
		qsort(j.list, j.n, sizeof *j.list, by_path);
	if (!rc)
		rc = gv_store_diff(p->k->store, &commit->parent[0], &commit->id, "", judge_joined, &j, err);
	free(j.list);
	gv_doc_free(&j.paths);
	return rc;
}

/* ---- all of it ---- */

int push_judge(struct push *p, const struct gv_commit *commit)
{
	struct gv_oid before = commit->parents ? commit->parent[0] : (struct gv_oid){ 0 };

	p->commit = commit->id;
	if (commit->parents > 1)
		return judge_join(p, commit);
	return gv_store_diff(p->k->store, &before, &commit->id, "", judge_change, p, &p->k->c->err);
}

static int judge_kept(void *ctx, const struct gv_change *change)
{
	struct push *p = ctx;
	enum file file = file_at(change->path);
	bool removed = gv_oid_is_zero(&change->after);

	if ((file != FILE_RECORD && file != FILE_CONFIG) || (file == FILE_CONFIG && !removed) ||
	    gv_oid_is_zero(&change->before))
		return 0;
	return judge_change(p, change);
}

int push_judge_kept(struct push *p, const struct gv_oid *old, const struct gv_oid *tip)
{
	struct gv_str only = p->check.only;
	int rc;

	p->commit = *tip;
	p->check.only = GV_STR("DK-10");
	rc = gv_store_diff(p->k->store, old, tip, "", judge_kept, p, &p->k->c->err);
	p->check.only = only;
	return rc;
}
