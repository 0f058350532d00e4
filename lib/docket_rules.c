/* SPDX-License-Identifier: MIT */
/* docket_rules: what a record must be, whatever the law says: DK-01 to DK-12 of gavel-docket(5). */
#include "case_rules.h"

#include "i18n.h"
#include "store.h"

int gv_docket_rule_canonical(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	struct gv_doc scratch = GV_DOC_INIT;
	struct gv_err why = { 0 };
	int rc = 0;

	if (!s->strict || !s->text.p || gv_json_is_canon(s->text, s->rec->val))
		return 0;
	if (gv_json_check_canon(s->text, &scratch, &why) == GV_EDATA)
		rc = gv_finding(c, GV_VIOLATION, NULL, _("line %zu, byte %zu: %s"), why.line, why.byte, why.msg);
	gv_doc_free(&scratch);
	return rc;
}

int gv_docket_rule_path(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	struct gv_err why = { 0 };

	if (!s->strict || !s->path.p || gv_id_lies_at(&s->rec->id, s->path, &why) != GV_EDATA)
		return 0;
	return gv_finding(c, GV_VIOLATION, NULL, "%.*s: %s", (int)s->path.n, s->path.p, why.msg);
}

static int tell_problem(void *ctx, const struct gv_err *problem)
{
	return gv_finding(ctx, GV_VIOLATION, NULL, "%s%s%s", problem->field, problem->field[0] ? ": " : "",
	                  problem->msg);
}

int gv_docket_rule_valid(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	int rc;

	if (!s->strict)
		return 0;
	rc = gv_rec_problems(s->rec->id.schema, s->rec->val, s->cn, tell_problem, c);
	return rc == GV_EDATA ? 0 : rc; /* the problems are told */
}

/* Another court's records need not be here. */
int gv_docket_rule_links(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	const struct gv_val *links = gv_val_get(s->rec->val, "links");
	int rc = 0;

	if (!s->strict || !s->exists || !links || links->type != GV_ARRAY)
		return 0;
	for (size_t i = 0; i < links->n && !rc; i++) {
		struct gv_str id = gv_val_getstr(&links->items[i], "id");
		bool yes = true;

		rc = s->exists(s->ctx, id, &yes, c->err);
		if (!rc && !yes)
			rc = gv_finding(c, GV_WARN, NULL, _("links[%zu]: %.*s is not in this docket"), i, (int)id.n, id.p);
	}
	return rc;
}

/* The state that the last event which moves one leads to; NULL if no event does. */
static const char *state_by_events(const struct gv_case_subject *s)
{
	const struct gv_schema *schema = s->rec->id.schema;
	const struct gv_val *events = gv_val_get(s->rec->val, "events");
	const char *state = NULL;

	for (size_t i = 0; events && events->type == GV_ARRAY && i < events->n; i++)
		for (size_t t = 0; t < schema->ntransitions; t++)
			if (gv_str_is(gv_val_getstr(&events->items[i], "event"), schema->transitions[t].event)) {
				state = schema->transitions[t].to;
				break;
			}
	return state;
}

int gv_docket_rule_state(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	struct gv_str state;
	const char *by_events;

	if (!s->strict || !s->rec->id.schema->state_field)
		return 0;
	state = gv_val_getstr(s->rec->val, s->rec->id.schema->state_field);
	by_events = state_by_events(s);
	if (!by_events || gv_str_is(state, by_events))
		return 0;
	return gv_finding(c, GV_WARN, NULL, _("state %.*s, but the last event that moves it leads to %s"), (int)state.n,
	                  state.p, by_events);
}

int gv_docket_rule_conflict(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	bool yes = false;
	int rc = s->conflict ? s->conflict(s->ctx, &s->rec->id, &yes, c->err) : 0;

	if (rc || !yes)
		return rc;
	/* Dockets that join each other hand their conflicts on, too. */
	return gv_finding(c, s->incoming ? GV_WARN : GV_VIOLATION, NULL, "%s", _("a conflict about it is open"));
}

static int is_disputed(const struct gv_check *c, const struct gv_case_subject *s, const struct gv_val *event, bool *yes)
{
	*yes = false;
	return s->disputed ? s->disputed(s->judge, s->rec, event, yes, c->err) : 0;
}

int gv_docket_rule_moves(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	const struct gv_schema *schema = s->rec->id.schema;
	struct gv_str from, to;
	bool disputed;
	int rc;

	if (!s->incoming || !s->before || !schema->state_field)
		return 0;
	from = gv_val_getstr(s->before, schema->state_field);
	to = gv_val_getstr(s->rec->val, schema->state_field);
	if (gv_str_eq(from, to))
		return 0;
	for (size_t i = 0; i < schema->ntransitions; i++)
		if (gv_str_is(from, schema->transitions[i].from) && gv_str_is(to, schema->transitions[i].to))
			return 0;
	rc = is_disputed(c, s, NULL, &disputed);
	if (rc || disputed)
		return rc;
	return gv_finding(c, GV_VIOLATION, NULL, _("no event leads from state %.*s to %.*s"), (int)from.n, from.p,
	                  (int)to.n, to.p);
}

static const struct gv_val *item_by_id(const struct gv_val *list, struct gv_str eid)
{
	for (size_t i = 0; list && list->type == GV_ARRAY && i < list->n; i++)
		if (gv_str_eq(gv_val_getstr(&list->items[i], "eid"), eid))
			return &list->items[i];
	return NULL;
}

int gv_docket_rule_events(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	const struct gv_val *old, *now;
	int rc = 0;

	if (!s->incoming || !s->before)
		return 0;
	old = gv_val_get(s->before, "events");
	now = gv_val_get(s->rec->val, "events");
	for (size_t i = 0; old && old->type == GV_ARRAY && i < old->n && !rc; i++) {
		struct gv_str eid = gv_val_getstr(&old->items[i], "eid");
		const struct gv_val *same = item_by_id(now, eid);
		bool disputed = false;

		if (same && gv_val_eq(same, &old->items[i]))
			continue;
		rc = is_disputed(c, s, &old->items[i], &disputed);
		if (!rc && !disputed)
			rc = gv_finding(c, GV_VIOLATION, NULL, same ? _("event %.*s was changed") : _("event %.*s is gone"),
			                (int)eid.n, eid.p);
	}
	return rc;
}

/* The content of one: elsewhere is less than wrong, as large ones do not travel with git. */
static int check_file(struct gv_check *c, const struct gv_case_subject *s, const struct gv_val *item)
{
	struct gv_str name = gv_val_getstr(item, "name");
	struct gv_err why = { 0 };
	int rc = s->file(s->ctx, item, &why);

	if (rc == GV_ENOTFOUND || rc == GV_EDATA || rc == GV_EINTEGRITY)
		return gv_finding(c, rc == GV_ENOTFOUND ? GV_WARN : GV_VIOLATION, NULL, "%.*s: %s", (int)name.n, name.p, why.msg);
	if (rc)
		*c->err = why;
	return rc;
}

/* Notes about it may change, it may not. */
static bool same_file(const struct gv_val *list, const struct gv_val *item)
{
	const struct gv_val *other = item_by_id(list, gv_val_getstr(item, "eid"));

	return other && gv_str_eq(gv_val_getstr(other, "sha256"), gv_val_getstr(item, "sha256")) &&
	       gv_str_eq(gv_val_getstr(other, "name"), gv_val_getstr(item, "name"));
}

int gv_docket_rule_files(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	const struct gv_val *now = gv_val_get(s->rec->val, "files");
	const struct gv_val *old = s->incoming && s->before ? gv_val_get(s->before, "files") : NULL;
	int rc = 0;

	for (size_t i = 0; old && old->type == GV_ARRAY && i < old->n && !rc; i++) {
		struct gv_str name = gv_val_getstr(&old->items[i], "name");

		if (!same_file(now, &old->items[i]))
			rc = gv_finding(c, GV_VIOLATION, NULL, _("file %.*s is gone from the list"), (int)name.n, name.p);
	}
	for (size_t i = 0; s->strict && s->file && now && now->type == GV_ARRAY && i < now->n && !rc; i++)
		if (!same_file(old, &now->items[i])) /* what was there before is not read again */
			rc = check_file(c, s, &now->items[i]);
	return rc;
}

/* ---- DK-12 ---- */

struct plain {
	struct gv_check *c;
	const struct gv_case_subject *s;
	const struct gv_sealable *now;   /* when the record before is looked through */
	bool stood;
};

static int compare_plain(void *ctx, const struct gv_sealable *v)
{
	struct plain *p = ctx;

	p->stood = gv_str_eq(v->field, p->now->field) && gv_val_eq(v->val, p->now->val);
	return p->stood;
}

/*
 * The value is not told, and neither is one that was there before the policy a fault of this push.  A line that is pulled
 * has it in its history for good: refused, two who adopted the policy on different days could never join again.
 */
static int plain_value(void *ctx, const struct gv_sealable *v)
{
	struct plain *p = ctx;
	const struct gv_schema *schema = p->s->rec->id.schema;
	bool refused = p->s->incoming && !p->s->pulled;
	int rc;

	if (gv_val_is_sealed(v->val) || !gv_seal_policy_names(p->s->sealed_fields, schema->kind, v->shape))
		return 0;
	p->stood = false;
	p->now = v;
	if (p->s->incoming && p->s->before) { /* the walk changes nothing that its caller does not change */
		rc = gv_sealable_each(schema, (struct gv_val *)(uintptr_t)p->s->before, compare_plain, p, p->c->err);
		if (rc && !p->stood)
			return rc;
	}
	if (p->stood)
		return 0;
	return gv_finding(p->c, refused ? GV_VIOLATION : GV_WARN, NULL,
	                  refused ? _("%s is plain, and the policy has it sealed: write it with case-file")
	                                 : _("%s is plain, and the policy has it sealed: case-file seal"),
	                  v->place.p);
}

int gv_docket_rule_sealed(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	struct plain p = { .c = c, .s = s };

	if (!s->strict || !s->sealed_fields)
		return 0;
	/* A commit that joins two lines is judged against their events and states alone: its values were judged in theirs. */
	if (s->incoming && s->before && !gv_val_get(s->before, "kind"))
		return 0;
	return gv_sealable_each(s->rec->id.schema, (struct gv_val *)(uintptr_t)s->rec->val, plain_value, &p, c->err);
}
