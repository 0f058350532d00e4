/* SPDX-License-Identifier: MIT */
/*
 * Joining a put with what another writer committed since it was made: field by field, events as
 * sets, then the whole record must be valid again and its new events legal in the state it has now.
 */
#include <stdio.h>

#include "i18n.h"
#include "recjoin.h"
#include "store_plan.h"

enum {
	LOG_MAX = 1000,   /* commits to look through for who wrote the other value */
	SHOWN_MAX = 48    /* bytes of a value in a message */
};

/* One record that both changed. */
struct meeting {
	struct gv_plan *plan;
	struct gv_tree_edit *edit;
	const struct gv_plan_entry *entry;
	const struct gv_oid *now;
	const struct gv_schema *schema;       /* NULL for files that are no records */
	struct gv_doc base, ours, theirs, merged;
	struct gv_err *err;
};

/* ---- who ---- */

/* Who committed what is at the path now: the oldest of the newest commits that have it. */
struct search {
	struct gv_plan *plan;
	struct gv_str path;
	const struct gv_oid *blob;
	size_t looked;
	char who[128], commit[12];
};

static int look(void *ctx, const struct gv_commit *c)
{
	struct search *s = ctx;
	struct gv_store *store = s->plan->store;
	struct gv_tree_entry e;
	char hex[GV_HEX + 1];

	if (++s->looked > LOG_MAX ||
	    gv_tree_find(store->odb, &c->tree, s->path, &e, &store->name, NULL) ||
	    !gv_oid_eq(&e.oid, s->blob))
		return 1;
	gv_oid_hex(&c->id, hex);
	snprintf(s->who, sizeof s->who, "%.*s", (int)c->author.n, c->author.p);
	snprintf(s->commit, sizeof s->commit, "%.10s", hex);
	return 0;
}

/* Leaves who and commit empty where it is not known. */
static struct search find_author(struct gv_plan *plan, struct gv_str path,
                                 const struct gv_oid *blob)
{
	struct search s = { .plan = plan, .path = path, .blob = blob };

	gv_store_log(plan->store, &plan->store->commit, true, look, &s, NULL);
	if (s.looked > LOG_MAX)
		s.who[0] = '\0';
	return s;
}

/* ---- saying so ---- */

static void name_record(struct meeting *m)
{
	struct gv_str id = m->schema ? gv_val_getstr(&m->ours.root, "id") : (struct gv_str){ 0 };

	if (!id.n)
		id = gv_entry_path(m->entry);
	gv_err_thing(m->err, id.p, id.n);
}

/* A value in a message: short, on one line, and nothing that the schema flags sensitive. */
static void show(const struct meeting *m, struct gv_str path, const struct gv_val *v,
                 char out[SHOWN_MAX + 8])
{
	struct gv_buf text = GV_BUF_INIT(4 * GV_JSON_TEXT_MAX);

	if (!v)
		snprintf(out, SHOWN_MAX + 8, "%s", _("nothing"));
	else if (m->schema && gv_schema_is_sensitive(gv_str_of(m->schema->kind), path))
		snprintf(out, SHOWN_MAX + 8, "%s", _("(hidden)"));
	else if (v->type == GV_ARRAY || v->type == GV_OBJECT)
		snprintf(out, SHOWN_MAX + 8, _("(%u items)"), (unsigned)v->n);
	else {
		gv_json_line(&text, v);
		if (text.n <= SHOWN_MAX) {
			snprintf(out, SHOWN_MAX + 8, "%s", text.p ? text.p : "");
		} else {
			size_t cut = SHOWN_MAX;

			while (cut && ((unsigned char)text.p[cut] & 0xC0) == 0x80)
				cut--;
			snprintf(out, SHOWN_MAX + 8, "%.*s...", (int)cut, text.p);
		}
	}
	gv_buf_free(&text);
}

static int fail_field(struct meeting *m, const struct gv_conflict *c)
{
	struct search s = find_author(m->plan, gv_entry_path(m->entry), m->now);
	char theirs[SHOWN_MAX + 8], ours[SHOWN_MAX + 8], field[sizeof m->err->field];

	show(m, c->path, c->theirs, theirs);
	show(m, c->path, c->ours, ours);
	snprintf(field, sizeof field, "%.*s",
	         (int)(c->path.n < sizeof field ? c->path.n : sizeof field - 1), c->path.p);
	if (s.who[0])
		return gv_fail_field(m->err, GV_ECONFLICT, field,
		                     _("%s made it %s meanwhile (commit %s), yours is %s"), s.who,
		                     theirs, s.commit, ours);
	return gv_fail_field(m->err, GV_ECONFLICT, field,
	                     _("it was made %s meanwhile, yours is %s"), theirs, ours);
}

/* "WHAT: 张三, commit 0123456789", as far as it is known. */
static int fail_whole(struct meeting *m, const char *what)
{
	struct search s = { .who = "" };

	if (!gv_oid_is_zero(m->now))
		s = find_author(m->plan, gv_entry_path(m->entry), m->now);
	if (s.who[0])
		return gv_fail(m->err, GV_ECONFLICT, _("%s: %s, commit %s"), what, s.who, s.commit);
	return gv_fail(m->err, GV_ECONFLICT, "%s", what);
}

/* ---- joining ---- */

static int load(struct meeting *m, const struct gv_oid *oid, struct gv_doc *doc)
{
	int rc = gv_plan_blob(m->plan, oid, &m->plan->object, m->err);

	return rc ? rc : gv_json_parse(doc, m->plan->object.data, 0, m->err);
}

static int on_conflict(void *ctx, const struct gv_conflict *c)
{
	return fail_field(ctx, c); /* the first is told; more would not fit into a message */
}

static bool has_event(const struct gv_val *rec, struct gv_str eid)
{
	const struct gv_val *events = gv_val_get(rec, "events");

	for (uint32_t i = 0; events && events->type == GV_ARRAY && i < events->n; i++)
		if (gv_str_eq(gv_val_getstr(&events->items[i], "eid"), eid))
			return true;
	return false;
}

/* The other writer moved the record to another state: can what we added still happen there? */
static int check_events(struct meeting *m)
{
	const char *field = m->schema->state_field;
	struct gv_str was, state;
	const struct gv_val *events = gv_val_get(&m->ours.root, "events");
	char what[256];

	if (!field)
		return 0;
	was = gv_val_getstr(&m->base.root, field);
	state = gv_val_getstr(&m->theirs.root, field);
	if (gv_str_eq(was, state) || !events || events->type != GV_ARRAY)
		return 0;
	for (uint32_t i = 0; i < events->n; i++) {
		struct gv_str event = gv_val_getstr(&events->items[i], "event");
		const struct gv_transition *t;

		if (!gv_schema_moves(m->schema, event) ||
		    has_event(&m->base.root, gv_val_getstr(&events->items[i], "eid")) ||
		    has_event(&m->theirs.root, gv_val_getstr(&events->items[i], "eid")))
			continue;
		t = gv_schema_transition(m->schema, event, state);
		if (!t) {
			snprintf(what, sizeof what,
			         _("%.*s is not possible any more: "
			           "it was moved from %.*s to %.*s meanwhile"),
			         (int)event.n, event.p, (int)was.n, was.p, (int)state.n, state.p);
			return fail_whole(m, what);
		}
		state = gv_str_of(t->to);
	}
	return 0;
}

static int join_fields(struct meeting *m)
{
	int rc = load(m, m->entry->base, &m->base);

	if (!rc)
		rc = load(m, &m->entry->oid, &m->ours);
	if (!rc)
		rc = load(m, m->now, &m->theirs);
	if (!rc)
		rc = gv_merge(&m->merged, &m->base.root, &m->ours.root, &m->theirs.root,
		              on_conflict, m, m->err);
	if (!rc && gv_rec_both_moved(&(struct gv_rec_join){ .schema = m->schema, .base = &m->base.root, .ours = &m->ours.root, .theirs = &m->theirs.root }))
		rc = fail_whole(m, _("what this rests on was changed meanwhile: look, and run it again"));
	if (!rc && m->schema)
		rc = check_events(m);
	if (!rc && m->schema)
		rc = gv_rec_check(m->schema, &m->merged.root, gv_store_caseno(m->plan->store),
		                  m->err);
	/* Each was legal alone: this is about the two together. */
	return rc == GV_EDATA ? (m->err->code = GV_ECONFLICT) : rc;
}

static int store_merged(struct meeting *m)
{
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	int rc;

	gv_json_canon(&text, &m->merged.root);
	rc = gv_buf_check(&text, m->err);
	if (!rc)
		rc = gv_objw_add(m->plan->w, GV_OBJ_BLOB, gv_buf_str(&text), NULL, &m->edit->oid,
		                 m->err);
	gv_buf_free(&text);
	return rc;
}

static bool is_json(struct gv_str path)
{
	struct gv_str end = GV_STR(".json");

	return path.n > end.n && memcmp(path.p + path.n - end.n, end.p, end.n) == 0;
}

static int meet_changed(struct meeting *m)
{
	bool is_new = gv_oid_is_zero(m->entry->base), is_gone = gv_oid_is_zero(m->now);
	int rc;

	m->schema = gv_path_kind(gv_entry_path(m->entry));
	if (m->schema && !gv_oid_is_zero(&m->entry->oid)) /* only for its id, in messages */
		load(m, &m->entry->oid, &m->ours);
	if (m->entry->strict)
		rc = fail_whole(m, is_new ? _("was added since the plan was made")
		                          : _("was changed since the plan was made"));
	else if (is_new)
		rc = fail_whole(m, _("is there already"));
	else if (is_gone)
		rc = fail_whole(m, _("was removed meanwhile"));
	else if (!is_json(gv_entry_path(m->entry)))
		rc = fail_whole(m, _("was changed meanwhile"));
	else
		rc = join_fields(m);
	if (!rc)
		rc = store_merged(m);
	if (rc)
		name_record(m);
	return rc;
}

int gv_join_meet(void *ctx, struct gv_tree_edit *edit, const struct gv_oid *now, struct gv_err *err)
{
	struct gv_join *j = ctx;
	struct meeting m = { .plan = j->plan, .edit = edit, .now = now, .err = err,
		             .entry = &j->plan->entries[edit->tag] };
	int rc = 0;

	if (!gv_oid_eq(now, &edit->oid) && !gv_oid_eq(now, m.entry->base)) {
		rc = meet_changed(&m);
		gv_doc_free(&m.base);
		gv_doc_free(&m.ours);
		gv_doc_free(&m.theirs);
		gv_doc_free(&m.merged);
		j->merged += !rc && !gv_oid_eq(now, &edit->oid);
	}
	j->unchanged += gv_oid_eq(now, &edit->oid);
	j->written += !gv_oid_eq(now, &edit->oid);
	return rc;
}
