/* SPDX-License-Identifier: MIT */
/* mediate assign: who is to mediate? */
#include <string.h>

#include "divert.h"
#include "mediation_load.h"
#include "override.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day, or the time as 2022-06-30T09:30, if not today") },
	{ 0, "instead", NULL, N_("in place of those who are appointed now, not beside them (OM-10)") },
	OVERRIDE_OPT,
	{ 0 }
};

#define INVITED "最高人民法院关于人民法院特邀调解的规定", "法释〔2016〕14号"
#define ONLINE "人民法院在线调解规则", "法释〔2021〕23号"

/* What the court may decide: a mediator's limit is its own (ALLOC-02); OM-17 lets those from Hong Kong, Macao and Taiwan also mediate
 * for mainland firms with capital from there, which no field tells. */
#define OVERRIDABLE "ALLOC-02, OM-17"

/* One run: of all mediators the load, read once. */
struct work {
	struct override override;
	struct gv_causes *causes;
	bool known;
	struct gv_doc doc;
	struct gv_val running;
};

struct candidate {
	struct gv_doc doc;
	struct gv_rec rec;
	const char *full;        /* its id as records store it */
};

static int bad(struct step_run *r, const char *fmt, const char *who, const char *doc, const char *no, const char *art)
{
	return gv_fail_field(&r->a->c->err, GV_EDATA, "mediator", fmt, who, doc, no, art);
}

static int load(struct step_run *r, struct candidate *m)
{
	struct gv_cmd *c = r->a->c;
	struct gv_str full = step_field(r, "mediator"); /* completed by step_run() */
	struct gv_id id;
	int rc = gv_id_parse(&id, full, NULL, gv_cmd_caseno(c), &c->err);

	if (!rc)
		rc = gv_store_get(r->a->store, &id, &m->doc, &m->rec, &c->err);
	m->full = full.p;
	if (rc)
		gv_err_field_prefix(&c->err, "mediator");
	return rc;
}

/* On the register that day (ME-01, ME-04)? */
static int check_register(struct step_run *r, const struct candidate *m)
{
	gv_day on = gv_day_read((struct gv_str){ r->on, GV_DATE_LEN });
	gv_day from = gv_day_read(gv_val_getstr(m->rec.val, "listed_on")), until = gv_day_read(gv_val_getstr(m->rec.val, "listed_until"));

	if (!gv_str_is(gv_val_getstr(m->rec.val, "state"), "active"))
		return bad(r, _("%s is not on the register now (%s %s, art. %s)"), m->full, INVITED, "12");
	if (on != GV_DAY_NONE && ((from != GV_DAY_NONE && on < from) || (until != GV_DAY_NONE && on > until)))
		return bad(r, _("%s is not on the register on that day (%s %s, art. %s)"), m->full, INVITED, "12");
	return 0;
}

/* ME-06: whoever is near a party or its agent withdraws, unless all parties agree in writing. */
static int check_fair(struct step_run *r, const struct candidate *m)
{
	struct gv_conflict_of near;

	if (!gv_mediation_conflict(&r->a->doc.root, m->rec.val, &near) ||
	    gv_mediation_waived(&r->a->doc.root, gv_str_of(m->full)))
		return 0;
	return gv_fail_field(&r->a->c->err, GV_EDATA, "mediator",
	                     _("%s must withdraw: %.*s (%.*s); all parties may waive that in writing (%s %s, art. %s)"), m->full,
	                     (int)near.who.n, near.who.p, (int)near.rel.n, near.rel.p, INVITED, "15");
}

/* OM-17. */
static int check_origin(struct step_run *r, const struct candidate *m)
{
	struct work *w = r->step->ctx;
	struct gv_str origin = gv_val_getstr(m->rec.val, "origin");

	if (!origin.n || gv_str_is(origin, "mainland") || gv_val_is_true(&r->a->doc.root, "foreign"))
		return 0;
	if (gv_str_is(origin, "foreign"))
		return bad(r, _("%s mediates disputes with a party from abroad only (%s %s, art. %s)"), m->full, ONLINE, "6");
	if (override_takes(&w->override, "OM-17"))
		return 0;
	return bad(r, _("%s mediates disputes with a party from abroad, Hong Kong, Macao or Taiwan, or a firm with capital from there, "
	                "only (%s %s, art. %s); of such a firm: --override OM-17 -m REASON"),
	           m->full, ONLINE, "6");
}

/* ---- the dispute itself ---- */

/* Nobody mediates what may not be mediated (CM-01, JM-08). */
static int check_dispute(struct step_run *r)
{
	struct work *w = r->step->ctx;
	struct divert_bar bar;
	int rc = w->causes ? 0 : gv_causes_open(&w->causes, r->a->c->today, &r->a->c->err);

	if (rc)
		return rc;
	bar = divert_bar(r->a->c, w->causes, &r->a->rec);
	if (!bar.why)
		return 0;
	return gv_fail(&r->a->c->err, GV_EDATA, _("%s (%s %s, art. %s)"), bar.why, bar.basis.doc, bar.basis.no, bar.basis.art);
}

/* ---- how much, and what ---- */

static int check_load(struct step_run *r, const struct candidate *m)
{
	struct work *w = r->step->ctx;
	int64_t capacity, has;
	int rc = 0;

	if (!gv_val_getint(m->rec.val, "capacity", &capacity))
		return 0;
	if (!w->known)
		rc = gv_mediation_running(r->a->store, &w->doc, &w->running, &r->a->c->err);
	w->known = !rc;
	has = rc ? 0 : gv_mediation_load(&w->running, gv_str_of(m->full));
	has -= gv_mediation_appointment(&r->a->doc.root, gv_str_of(m->full)) != NULL; /* this one */
	if (rc || has < capacity || override_takes(&w->override, "ALLOC-02"))
		return rc;
	return gv_fail_field(&r->a->c->err, GV_EDATA, "mediator",
	                     _("%s has %lld mediations under way, and takes %lld; all the same: --override ALLOC-02 -m REASON"), m->full,
	                     (long long)has, (long long)capacity);
}

/* ---- what is only worth a word ---- */

static void tell_field(struct step_run *r, const struct candidate *m)
{
	const struct gv_val *fields = gv_val_items(m->rec.val, "fields");
	struct gv_str cause = gv_val_getstr(&r->a->doc.root, "cause");
	const struct work *w = r->step->ctx;
	int steps;

	for (uint32_t i = 0; i < fields->n; i++)
		if (gv_str_eq(gv_val_str(&fields->items[i]), cause) ||
		    gv_causes_covers(w->causes, gv_val_str(&fields->items[i]), cause, &steps))
			return;
	if (cause.n && fields->n)
		gv_cmd_warn(r->a->c, _("%s: %.*s is not among the fields of %s"), r->a->rec.id.key, (int)cause.n, cause.p, m->full);
}

static int guard(struct step_run *r)
{
	struct candidate m = { 0 };
	struct work *w = r->step->ctx;
	int rc = step_none_refuses(r);

	override_reset(&w->override);
	if (!rc)
		rc = check_dispute(r);
	if (!rc)
		rc = load(r, &m);
	if (!rc && gv_mediation_appointment(&r->a->doc.root, gv_str_of(m.full)) && !gv_cmd_has(r->a->c, "instead"))
		rc = gv_fail_field(&r->a->c->err, GV_EDATA, "mediator", _("%s is appointed already"), m.full);
	if (!rc)
		rc = check_register(r, &m);
	if (!rc)
		rc = check_fair(r, &m);
	if (!rc)
		rc = check_origin(r, &m);
	if (!rc)
		rc = check_load(r, &m);
	if (!rc)
		tell_field(r, &m);
	gv_doc_free(&m.doc);
	return rc;
}

/* The next record of this run finds the mediator busier. */
static int count(struct work *w, struct gv_str mediator, struct gv_err *err)
{
	struct gv_val name;

	if (!w->known)
		return 0;
	name = gv_mkstr(&w->doc, mediator);
	if (name.type != GV_STRING)
		return gv_fail_nomem(err);
	return gv_obj_set(&w->doc, &w->running, gv_val_str(&name), gv_mkint(gv_mediation_load(&w->running, mediator) + 1), err);
}

static int carry(struct step_run *r)
{
	struct work *w = r->step->ctx;
	struct gv_doc *d = &r->a->doc;
	struct gv_err *err = &r->a->c->err;
	const struct gv_val *event = gv_mediation_event(&d->root, "assign");
	const struct gv_val *chosen = gv_val_get(event, "chosen_by"), *presiding = gv_val_get(event, "presiding");
	struct gv_val one = gv_mkobj();
	int rc = gv_obj_set(d, &one, GV_STR("mediator"), *gv_val_get(event, "mediator"), err);

	if (gv_cmd_has(r->a->c, "instead"))
		gv_obj_del(&d->root, GV_STR("mediators"));
	if (!rc)
		rc = gv_obj_set(d, &one, GV_STR("appointed_on"), gv_mkstr(d, (struct gv_str){ r->on, GV_DATE_LEN }), err);
	if (!rc)
		rc = gv_obj_set(d, &one, GV_STR("chosen_by"), chosen ? *chosen : gv_mklit("court"), err);
	if (!rc && presiding)
		rc = gv_obj_set(d, &one, GV_STR("presiding"), *presiding, err);
	if (!rc)
		rc = gv_val_set_path(d, &d->root, GV_STR("mediators.-"), one, err);
	if (!rc)
		rc = count(w, gv_val_getstr(&one, "mediator"), err);
	return rc ? rc : override_keep(&w->override, d, &d->root, gv_str_of(r->on), step_field(r, "by"),
	                               r->a->rec.id.key);
}

static int run(struct gv_cmd *c)
{
	struct work w = { 0 };
	int rc = override_begin(&w.override, c, "assign", OVERRIDABLE);

	if (!rc)
		rc = step_run(c, &(struct step){ .event = "assign", .guard = guard, .carry = carry, .ctx = &w, .what = w.override.what });
	gv_causes_free(w.causes);
	gv_doc_free(&w.doc);
	return rc;
}

const struct gv_cmd_spec mediate_assign = {
	.name = "assign", .summary = N_("appoint a mediator from the register"),
	.usage = N_("ID|- mediator=ID [chosen_by=parties|court|organisation] [presiding=true]"), .operands = "id", .opts = opts,
	.kind = "mediation", .common = GV_C_WRITE | GV_C_ASOF | GV_C_RECORDS, .records = &gv_cmd_records, .run = run,
};
