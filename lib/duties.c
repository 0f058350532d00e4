/* SPDX-License-Identifier: MIT */
/* Judging a change: which duties does it touch, and did the right people sign? */
#include "duties.h"

#include "duties_impl.h"
#include "i18n.h"

/* ---- people ---- */

bool gv_actor_is_active(const struct gv_actor *a, gv_day on)
{
	struct gv_str left;

	if (!a->person || !gv_str_is(gv_val_getstr(a->person, "state"), "active"))
		return false;
	left = gv_val_getstr(a->person, "left_on");
	return !left.n || on <= gv_day_read(left); /* a day that is none ends it */
}

static bool role_counts(const struct gv_val *r, struct gv_str role, const struct gv_val *units, gv_day on)
{
	gv_day from = gv_day_read(gv_val_getstr(r, "from"));
	struct gv_str until = gv_val_getstr(r, "until");

	if (!gv_str_eq(gv_val_getstr(r, "role"), role) || from == GV_DAY_NONE || on < from)
		return false;
	if (gv_val_get(r, "until") && on > gv_day_read(until))
		return false;
	return !units || gv_list_has(units, gv_val_getstr(r, "unit"));
}

bool gv_actor_has_role(const struct gv_actor *a, struct gv_str role, const struct gv_val *units, gv_day on)
{
	const struct gv_val *roles = a->person ? gv_val_get(a->person, "roles") : NULL;

	if (!roles || roles->type != GV_ARRAY || !gv_actor_is_active(a, on))
		return false;
	for (uint32_t i = 0; i < roles->n; i++)
		if (role_counts(&roles->items[i], role, units, on))
			return true;
	return false;
}

/* ---- delegations ---- */

static bool delegated(const struct gv_delegation *g, const struct gv_duty *duty, const struct gv_duty_need *need)
{
	bool some = !g->roles;

	if (g->duty && g->duty != duty)
		return false;
	for (uint32_t i = 0; g->roles && i < g->roles->n; i++)
		some = some || gv_list_has(need->roles, gv_val_str(&g->roles->items[i]));
	/* Whoever stands for a role stands for it in one unit; who stands for a duty, in that of the duty. */
	return some && (!g->roles || !need->units || gv_list_has(need->units, g->unit));
}

bool gv_duty_fits(const struct gv_duties *d, size_t index, size_t need_index, const struct gv_actor *a, gv_day on,
                  struct gv_str *by)
{
	const struct gv_duty *duty = &d->list[index];
	const struct gv_duty_need *need = &duty->needs[need_index];

	if (by)
		*by = (struct gv_str){ 0 };
	for (uint32_t i = 0; i < need->roles->n; i++)
		if (gv_actor_has_role(a, gv_val_str(&need->roles->items[i]), need->units, on))
			return true;
	for (size_t i = 0; i < d->ndelegations; i++) {
		const struct gv_delegation *g = &d->delegations[i];

		if (!gv_str_eq(g->to, a->key) || on < g->from || on > g->until || !delegated(g, duty, need) ||
		    !gv_actor_is_active(a, on))
			continue;
		if (by)
			*by = g->by;
		return true;
	}
	return false;
}

/* ---- does a change touch a duty? ---- */

static bool in_file(const struct gv_val *files, struct gv_str path)
{
	for (uint32_t i = 0; i < files->n; i++) {
		struct gv_str f = gv_val_str(&files->items[i]);

		if (!f.n)
			continue;
		if (f.p[f.n - 1] == '/' ? gv_str_starts(path, f) : gv_str_eq(path, f))
			return true;
	}
	return false;
}

static const struct gv_val *item(const struct gv_val *v, uint32_t i)
{
	return v && v->type == GV_ARRAY && i < v->n ? &v->items[i] : NULL;
}

static const struct gv_val *step_into(const struct gv_duty_step *s, const struct gv_val *v)
{
	int64_t i;

	if (!v || v->type != GV_ARRAY)
		return gv_val_getn(v, s->name);
	return gv_str_int(s->name, &i) && i >= 0 && i < v->n ? &v->items[i] : NULL;
}

/* Do the two differ in what lies at the end of the steps?  As deep as the field has []. */
static bool differs(const struct gv_duty_field *f, size_t i, const struct gv_val *a, const struct gv_val *b)
{
	uint32_t na, nb;

	for (; i < f->n && !f->steps[i].any; i++) {
		a = step_into(&f->steps[i], a);
		b = step_into(&f->steps[i], b);
	}
	if (!a && !b)
		return false;
	if (i == f->n)
		return !a || !b || !gv_val_eq(a, b);
	na = a && a->type == GV_ARRAY ? a->n : 0;
	nb = b && b->type == GV_ARRAY ? b->n : 0;
	for (uint32_t k = 0; k < na || k < nb; k++)
		if (differs(f, i + 1, item(a, k), item(b, k)))
			return true;
	return false;
}

static const struct gv_val *log_of(const struct gv_val *rec)
{
	static const struct gv_val none = { .type = GV_ARRAY };
	const struct gv_val *v = gv_val_get(rec, "events");

	return v && v->type == GV_ARRAY ? v : &none;
}

static bool has_event(const struct gv_val *log, uint32_t from, const struct gv_val *event)
{
	for (uint32_t i = from; i < log->n; i++)
		if (gv_val_eq(&log->items[i], event))
			return true;
	return false;
}

/* An event of these names in `now` that `old` has not, as it stands. */
static bool more_events(const struct gv_val *names, const struct gv_val *old, const struct gv_val *now, uint32_t same)
{
	for (uint32_t i = same; i < now->n; i++)
		if (gv_list_has(names, gv_val_getstr(&now->items[i], "event")) && !has_event(old, same, &now->items[i]))
			return true;
	return false;
}

/* Added; or changed, or gone: other rules forbid that, but it is no way around this one. */
static bool events_differ(const struct gv_val *names, const struct gv_act *act)
{
	const struct gv_val *old = log_of(act->before), *now = log_of(act->after);
	uint32_t same = 0;

	while (same < old->n && same < now->n && gv_val_eq(&old->items[same], &now->items[same]))
		same++;
	return more_events(names, old, now, same) || more_events(names, now, old, same);
}

static bool comes_to(const struct gv_val *states, const struct gv_act *act)
{
	const char *field = act->schema->state_field;
	struct gv_str before, after;

	if (!field)
		return false;
	before = gv_val_getstr(act->before, field);
	after = gv_val_getstr(act->after, field);
	return after.n && !gv_str_eq(before, after) && gv_list_has(states, after);
}

static bool touches(const struct gv_duty *duty, const struct gv_act *act)
{
	if (duty->files)
		return in_file(duty->files, act->path);
	if (!act->schema || (duty->schema && duty->schema != act->schema))
		return false;
	if (!act->before && !act->after)
		return true;
	if (duty->any_field || (!duty->nfields && !duty->events && !duty->states))
		return true;
	for (size_t i = 0; i < duty->nfields; i++)
		if (differs(&duty->fields[i], 0, act->before, act->after))
			return true;
	return (duty->events && events_differ(duty->events, act)) || (duty->states && comes_to(duty->states, act));
}

/* ---- the predicate ---- */

struct judge {
	const struct gv_duties *d;
	const struct gv_act *act;
	const struct gv_actor *who;
	size_t n;
	struct gv_doc doc;      /* scratch: derived fields, who is barred */
	struct gv_buf missing, barred;
	struct gv_err *err;
};

static int matches(struct judge *j, const struct gv_query *q, const struct gv_val *val, bool *yes)
{
	struct gv_rec rec = { .id = { .schema = j->act->schema }, .val = val };
	struct gv_str key = gv_val_getstr(val, "id");
	const char *derived = gv_query_derived(q);
	struct gv_val more;
	int rc = 0;

	if (*derived && key.n && key.n < sizeof rec.id.key) {
		memcpy(rec.id.key, key.p, key.n);
		rc = gv_rec_derive(&j->doc, &more, &rec, j->act->cn, GV_DAY_NONE, gv_str_of(derived), j->err);
		val = &more;
	}
	if (rc)
		return rc;
	*yes = gv_query_match(q, val);
	return gv_query_trouble(q, j->err);
}

static int holds(struct judge *j, const struct gv_duty *duty, bool *yes)
{
	const struct gv_act *act = j->act;
	int rc = 0;

	*yes = !duty->where || (!act->before && !act->after);
	if (!*yes && act->after)
		rc = matches(j, duty->where, act->after, yes);
	if (!rc && !*yes && act->before)
		rc = matches(j, duty->where, act->before, yes);
	return rc;
}

/* ---- did the right people sign? ---- */

static bool is_first(const struct judge *j, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (gv_str_eq(j->who[k].key, j->who[i].key))
			return false;
	return true;
}

static bool is_person(void *arg, struct gv_str person)
{
	return gv_str_eq(*(const struct gv_str *)arg, person);
}

static struct gv_str name_of(const struct gv_actor *a)
{
	struct gv_str name = a->person ? gv_val_getstr(a->person, "name") : (struct gv_str){ 0 };

	return name.n ? name : a->key;
}

static void separate(struct gv_buf *b)
{
	if (b->n)
		gv_buf_adds(b, "; ");
}

/* Did that person do one of the duties on this record that bar from this one?  *which names it. */
static int did_before(struct judge *j, const struct gv_duty *duty, struct gv_str person, bool *yes,
                      struct gv_str *which)
{
	int rc = 0;

	*yes = false;
	for (uint32_t k = 0; duty->not_by && j->act->earlier && k < duty->not_by->n && !*yes && !rc; k++) {
		*which = gv_val_str(&duty->not_by->items[k]);
		rc = j->act->earlier(j->act->ctx, *which, is_person, &person, yes, j->err);
	}
	return rc;
}

/* Those who signed and are barred: marked in barred[], and told. */
static int find_barred(struct judge *j, const struct gv_duty *duty, bool *barred)
{
	int rc = 0;

	for (size_t i = 0; i < j->n && !rc; i++) {
		struct gv_str name = name_of(&j->who[i]), id = { 0 };

		rc = did_before(j, duty, j->who[i].key, &barred[i], &id);
		if (rc || !barred[i] || !is_first(j, i))
			continue;
		separate(&j->barred);
		gv_buf_addf(&j->barred, _("%.*s did %.*s here and does not count"), (int)name.n, name.p, (int)id.n, id.p);
	}
	return rc;
}

/* Does the signature of who[i] count?  What nobody may do himself he cannot have others do for him. */
static int counts(struct judge *j, size_t index, size_t need, size_t i, bool *yes)
{
	struct gv_str by, which;
	bool barred = false;
	int rc = 0;

	*yes = is_first(j, i) && gv_duty_fits(j->d, index, need, &j->who[i], j->act->on, &by);
	if (*yes && by.n)
		rc = did_before(j, &j->d->list[index], by, &barred, &which);
	*yes = *yes && !barred;
	return rc;
}

static void add_joined(struct gv_buf *b, const struct gv_val *list, const char *between)
{
	for (uint32_t i = 0; i < list->n; i++) {
		gv_buf_adds(b, i ? between : "");
		gv_buf_addstr(b, gv_val_str(&list->items[i]));
	}
}

static void tell_need(struct gv_buf *b, const struct gv_duty_need *need, int64_t have)
{
	separate(b);
	add_joined(b, need->roles, _(" or "));
	if (need->units) {
		gv_buf_adds(b, " (");
		add_joined(b, need->units, _(" or "));
		gv_buf_addc(b, ')');
	}
	gv_buf_addf(b, _(": %lld of %lld signatures"), (long long)have, (long long)need->signatures);
}

static int judge_needs(struct judge *j, size_t index, bool *met)
{
	const struct gv_duty *duty = &j->d->list[index];
	bool *barred = gv_arena_alloc(&j->doc.arena, j->n + 1);
	int rc;

	if (!barred)
		return gv_fail_nomem(j->err);
	memset(barred, 0, j->n + 1);
	gv_buf_reset(&j->missing);
	gv_buf_reset(&j->barred);
	rc = find_barred(j, duty, barred);
	*met = true;
	for (size_t k = 0; k < duty->nneeds && !rc; k++) {
		int64_t have = 0;

		for (size_t i = 0; i < j->n && !rc; i++) {
			bool yes = false;

			rc = barred[i] ? 0 : counts(j, index, k, i, &yes);
			have += yes;
		}
		if (rc || have >= duty->needs[k].signatures)
			continue;
		*met = false;
		tell_need(&j->missing, &duty->needs[k], have);
	}
	if (!*met && j->barred.n) {
		separate(&j->missing);
		gv_buf_addstr(&j->missing, gv_buf_str(&j->barred));
	}
	return rc ? rc : gv_buf_check(&j->missing, j->err);
}

/* ---- all duties ---- */

static int tell_otherwise(int (*each)(void *ctx, const struct gv_duty_told *told), void *ctx)
{
	return each(ctx, &(struct gv_duty_told){
		.id = GV_STR("otherwise"), .title = gv_str_of(_("what no duty is about is refused")),
		.level = GV_VIOLATION, .missing = gv_str_of(_("no duty allows this change")), .index = SIZE_MAX,
	});
}

static int judge_one(struct judge *j, size_t i, bool *any, int (*each)(void *ctx, const struct gv_duty_told *told),
                     void *ctx)
{
	const struct gv_duty *duty = &j->d->list[i];
	bool met = false, yes = false;
	int rc;

	if (j->act->on < duty->from || j->act->on > duty->until || !touches(duty, j->act))
		return 0;
	rc = holds(j, duty, &yes);
	if (rc || !yes)
		return rc;
	*any = true;
	rc = judge_needs(j, i, &met);
	if (rc)
		return rc;
	return each(ctx, &(struct gv_duty_told){
		.id = duty->id, .title = duty->title, .level = duty->level, .basis = duty->basis, .met = met,
		.missing = gv_buf_str(&j->missing), .needs = duty->needs_val, .index = i,
	});
}

int gv_duties_judge(const struct gv_duties *d, const struct gv_act *act, const struct gv_actor *who, size_t n,
                    int (*each)(void *ctx, const struct gv_duty_told *told), void *ctx, struct gv_err *err)
{
	struct judge j = { .d = d, .act = act, .who = who, .n = n, .missing = GV_BUF_INIT(65536),
	                   .barred = GV_BUF_INIT(65536), .err = err };
	bool any = false;
	int rc = 0;

	for (size_t i = 0; i < d->n && !rc; i++)
		rc = judge_one(&j, i, &any, each, ctx);
	if (!rc && !any && d->refuse && !gv_str_starts(act->path, GV_STR("approvals/")))
		rc = tell_otherwise(each, ctx);
	gv_buf_free(&j.missing);
	gv_buf_free(&j.barred);
	gv_doc_free(&j.doc);
	return rc;
}
