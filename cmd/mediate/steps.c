/* SPDX-License-Identifier: MIT */
/* mediate consent, refuse, accept, decline ...: the subcommands that record one event. */
#include <string.h>

#include "mediate.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day, or the time as 2022-06-30T09:30, if not today") },
	{ 0 }
};

/* ---- who ---- */

static int appointed(struct step_run *r)
{
	struct gv_str who = step_field(r, "mediator");

	if (!who.n || gv_mediation_appointment(&r->a->doc.root, who))
		return 0;
	return gv_fail_field(&r->a->c->err, GV_EDATA, "mediator", _("%.*s is not appointed in this mediation"), (int)who.n,
	                     who.p);
}

/* One of those that are meant, all if nobody is named, who has accepted, or who has not; NULL if none. */
static const struct gv_val *answered(const struct step_run *r, bool accepted)
{
	const struct gv_val *list = gv_val_items(&r->a->doc.root, "mediators");
	struct gv_str who = step_field(r, "mediator");

	for (uint32_t i = 0; i < list->n; i++)
		if ((!who.n || gv_str_eq(gv_val_getstr(&list->items[i], "mediator"), who)) &&
		    (gv_val_getstr(&list->items[i], "accepted_on").n > 0) == accepted)
			return &list->items[i];
	return NULL;
}

static int has_accepted(struct step_run *r, const struct gv_val *one)
{
	struct gv_str who = gv_val_getstr(one, "mediator"), since = gv_val_getstr(one, "accepted_on");

	return gv_fail_field(&r->a->c->err, GV_EDATA, "mediator", _("%.*s accepted on %.*s already"), (int)who.n, who.p, (int)since.n,
	                     since.p);
}

/* Of several (ME-05) each answers for itself, also when the first has begun. */
static int may_accept(struct step_run *r)
{
	const struct gv_val *done;
	int rc = appointed(r);

	if (rc || !gv_rule_listed(GV_STR("accepted, assigned, mediating"), gv_val_getstr(&r->a->doc.root, "state")) || answered(r, false))
		return rc;
	done = answered(r, true);
	return done ? has_accepted(r, done)
	            : gv_fail_field(&r->a->c->err, GV_EDATA, "mediators", "%s", _("nobody is appointed in this mediation"));
}

/* Whoever has begun is replaced, not let go. */
static int may_decline(struct step_run *r)
{
	const struct gv_val *done = answered(r, true);
	int rc = appointed(r);

	return rc || !done || !gv_str_is(gv_val_getstr(&r->a->doc.root, "state"), "mediating") ? rc : has_accepted(r, done);
}

/* ---- how it ends ---- */

static int end_refused(struct step_run *r)
{
	return step_end(r, "refused");
}
static int end_withdrawn(struct step_run *r)
{
	const struct gv_assignment *by = gv_assignments_find(&r->record, "ended_by");

	return step_end(r, by && strcmp(by->value.p, "settled") == 0 ? "settled" : "withdrawn"); /* OM-15: one article, two ways */
}
static int end_failed(struct step_run *r)
{
	return step_end(r, gv_assignments_find(&r->event, "by_reason")->value.p); /* which the event needs */
}

/* What a written agreement must hold (ME-14); an oral one is recorded by the mediator. */
static int set_agreement(struct step_run *r)
{
	struct gv_doc *d = &r->a->doc;
	struct gv_err *err = &r->a->c->err;
	const struct gv_val *agreement = gv_val_get(&d->root, "agreement");
	const struct gv_val *terms = agreement ? gv_val_get(agreement, "terms") : NULL;
	int rc = 0;

	if (!terms || terms->type != GV_ARRAY || !terms->n)
		return gv_fail_field(err, GV_EDATA, "agreement.terms", _("missing: an agreement says what was agreed (%s %s, art. %s)"),
		                     "最高人民法院关于人民法院特邀调解的规定", "法释〔2016〕14号", "23");
	if (!gv_val_getstr(agreement, "facts").n)
		return gv_fail_field(err, GV_EDATA, "agreement.facts", _("missing: an agreement says what was in dispute (%s %s, art. %s)"),
		                     "最高人民法院关于人民法院特邀调解的规定", "法释〔2016〕14号", "23");
	if (!gv_val_get(agreement, "form"))
		rc = gv_val_set_path(d, &d->root, GV_STR("agreement.form"), gv_mklit("written"), err);
	if (!rc && !gv_val_get(agreement, "made_on"))
		rc = gv_val_set_path(d, &d->root, GV_STR("agreement.made_on"), gv_mkstr(d, (struct gv_str){ r->on, GV_DATE_LEN }), err);
	return rc ? rc : step_end(r, "agreement");
}

static int returned(struct step_run *r)
{
	return step_end(r, "other");
}

static int may_meet(struct step_run *r)
{
	int rc = step_all_agree(r);

	if (!rc)
		rc = step_in_state(r, "mediating");
	return rc ? rc : step_social_worker(r);
}

/* ---- what else an event says ---- */

/* OM-07: who took it on, and when. */
static int set_accepted(struct step_run *r)
{
	const struct gv_val *list = gv_val_items(&r->a->doc.root, "mediators");
	struct gv_str who = step_field(r, "mediator");
	struct gv_doc *d = &r->a->doc;
	int rc = 0;

	for (uint32_t i = 0; i < list->n && !rc; i++) {
		const char *path = gv_arena_printf(&d->arena, "mediators.%u.accepted_on", i);

		if ((who.n && !gv_str_eq(gv_val_getstr(&list->items[i], "mediator"), who)) || gv_val_getstr(&list->items[i], "accepted_on").n)
			continue;
		rc = path ? gv_val_set_path(d, &d->root, gv_str_of(path), gv_mkstr(d, (struct gv_str){ r->on, GV_DATE_LEN }),
		                            &r->a->c->err)
		          : gv_fail_nomem(&r->a->c->err);
	}
	return rc;
}

/* The one who declined is no longer appointed. */
static int drop_mediator(struct step_run *r)
{
	const struct gv_val *old = gv_val_items(&r->a->doc.root, "mediators");
	struct gv_str who = step_field(r, "mediator");
	struct gv_val left = gv_mkarr();
	int rc = 0;

	for (uint32_t i = 0; i < old->n && !rc; i++)
		if (who.n && !gv_str_eq(gv_val_getstr(&old->items[i], "mediator"), who))
			rc = gv_arr_add(&r->a->doc, &left, old->items[i], &r->a->c->err);
	if (!rc && !left.n)
		gv_obj_del(&r->a->doc.root, GV_STR("mediators"));
	else if (!rc)
		rc = gv_obj_set(&r->a->doc, &r->a->doc.root, GV_STR("mediators"), left, &r->a->c->err);
	return rc;
}

/* The party itself, or an agent that the record has. */
static bool is_agent(const struct gv_val *rec, struct gv_str name)
{
	const struct gv_val *parties = gv_val_items(rec, "parties");

	for (uint32_t i = 0; i < parties->n; i++) {
		const struct gv_val *agents = gv_val_items(&parties->items[i], "agents");

		for (uint32_t k = 0; k < agents->n; k++)
			if (gv_str_eq(gv_val_getstr(&agents->items[k], "name"), name))
				return true;
	}
	return gv_mediation_party(rec, name) != NULL;
}

/* A mediator or the organisation signs too (ME-14, PM-02): only who signs as party or agent is looked for. */
static int known_signer(struct step_run *r)
{
	struct gv_str role = step_field(r, "role"), name = step_field(r, "party");

	if (!role.n || gv_str_is(role, "party"))
		return step_known_party(r);
	if (!gv_str_is(role, "agent") || is_agent(&r->a->doc.root, name))
		return 0;
	return gv_fail_field(&r->a->c->err, GV_EDATA, "party", _("\"%.*s\" is no party of this mediation, and no agent of one"), (int)name.n,
	                     name.p);
}

/* Is the day before that of the agreement? */
static int since_agreement(struct step_run *r)
{
	const struct gv_val *agreement = gv_val_get(&r->a->doc.root, "agreement");
	struct gv_str made = gv_val_getstr(agreement, "made_on"), on = { r->on, GV_DATE_LEN };

	if (!agreement)
		return gv_fail_field(&r->a->c->err, GV_EDATA, "agreement", _("missing: there is nothing to %s"), r->step->event);
	if (!made.n || gv_str_cmp(on, made) >= 0)
		return 0;
	return gv_fail_field(&r->a->c->err, GV_EDATA, "agreement.made_on", _("%.*s: %s on %.*s would be before that"), (int)made.n, made.p,
	                     r->step->event, (int)on.n, on.p);
}

static int not_signed_yet(struct step_run *r)
{
	const struct gv_val *list = gv_val_items(gv_val_get(&r->a->doc.root, "agreement"), "signatures");
	struct gv_str name = step_field(r, "party"), role = step_field(r, "role");

	if (!role.n)
		role = GV_STR("party");
	for (uint32_t i = 0; i < list->n; i++) {
		struct gv_str on = gv_val_getstr(&list->items[i], "on");

		if (gv_str_eq(gv_val_getstr(&list->items[i], "name"), name) && gv_str_eq(gv_val_getstr(&list->items[i], "role"), role))
			return gv_fail_field(&r->a->c->err, GV_EDATA, "agreement.signatures", _("%.*s signed on %.*s already"), (int)name.n,
			                     name.p, (int)on.n, on.p);
	}
	return 0;
}

static int may_sign(struct step_run *r)
{
	int rc = step_in_state(r, "agreed");

	if (!rc)
		rc = known_signer(r);
	if (!rc)
		rc = since_agreement(r);
	return rc ? rc : not_signed_yet(r);
}

static int add_signature(struct step_run *r)
{
	struct gv_doc *d = &r->a->doc;
	struct gv_err *err = &r->a->c->err;
	struct gv_str role = step_field(r, "role"), form = step_field(r, "form");
	struct gv_val one = gv_mkobj();
	int rc = gv_obj_set(d, &one, GV_STR("name"), gv_mkstr(d, step_field(r, "party")), err);

	if (!rc)
		rc = gv_obj_set(d, &one, GV_STR("role"), role.n ? gv_mkstr(d, role) : gv_mklit("party"), err);
	if (!rc)
		rc = gv_obj_set(d, &one, GV_STR("on"), gv_mkstr(d, (struct gv_str){ r->on, GV_DATE_LEN }), err);
	if (!rc && form.n)
		rc = gv_obj_set(d, &one, GV_STR("form"), gv_mkstr(d, form), err);
	return rc ? rc : gv_val_set_path(d, &d->root, GV_STR("agreement.signatures.-"), one, err);
}

static int may_perform(struct step_run *r)
{
	struct gv_str done = gv_val_getstr(&r->a->doc.root, "performed_on");

	if (done.n)
		return gv_fail_field(&r->a->c->err, GV_EDATA, "performed_on", _("performed on %.*s"), (int)done.n, done.p);
	return since_agreement(r);
}

static int set_performed(struct step_run *r)
{
	return step_set_day(r, "performed_on");
}

/* ---- the table ---- */

#define STEP(symbol, subcommand, event_name, text, words, guard_fn, carry_fn) \
	static int run_##symbol(struct gv_cmd *c) \
	{ \
		return step_run(c, &(struct step){ .event = (event_name), .guard = (guard_fn), .carry = (carry_fn) }); \
	} \
	const struct gv_cmd_spec mediate_##symbol = { \
		.name = (subcommand), .summary = (text), .usage = (words), .operands = "id", .opts = opts, \
		.kind = "mediation", .common = GV_C_WRITE | GV_C_ASOF | GV_C_RECORDS, .records = &gv_cmd_records, \
		.run = run_##symbol, \
	};

STEP(send_back, "send-back", "send-back", N_("send an application back that may not be taken (OM-05)"),
     N_("ID|- ground=GROUND [FIELD=VALUE...]"), NULL, returned)
STEP(consent, "consent", "consent", N_("a party agrees to mediation"), N_("ID|- party=NAME [form=written|oral|electronic]"),
     step_known_party, NULL)
STEP(refuse, "refuse", "refuse", N_("a party does not agree: there is no mediation then"), N_("ID|- party=NAME"), step_known_party,
     end_refused)
STEP(accept, "accept", "accept", N_("the mediator takes it on"), N_("ID|- [mediator=ID] [FIELD=VALUE...]"), may_accept,
     set_accepted)
STEP(decline, "decline", "decline", N_("the mediator declines, and says why"), N_("ID|- mediator=ID reason=TEXT"), may_decline,
     drop_mediator)
STEP(session, "session", "session", N_("a session was held"), N_("ID|- [place=TEXT] [online=true] [investigator=ID] [FIELD=VALUE...]"),
     may_meet, NULL)
STEP(sign, "sign", "sign", N_("a party signs the agreement"), N_("ID|- party=NAME [role=agent|mediator|organisation] [form=hand|electronic|seal]"),
     may_sign, add_signature)
STEP(agree, "agree", "agree", N_("the parties agree: facts and terms go into the agreement"),
     N_("ID|- agreement.facts=TEXT agreement.terms.-=TEXT... [FIELD=VALUE...]"), step_all_agree, set_agreement)
STEP(fail, "fail", "fail", N_("the mediation failed: how, and why"),
     N_("ID|- by_reason=REASON failure.reason=TEXT [failure.situation=TEXT] [FIELD=VALUE...]"), step_has_failure, end_failed)
STEP(withdraw, "withdraw", "withdraw", N_("the application is withdrawn"), N_("ID|- [party=NAME] [ended_by=settled]"), step_known_party,
     end_withdrawn)
STEP(suspend, "suspend", "suspend", N_("stop and report what looks like a sham (ME-08)"), N_("ID|- [note=TEXT]"), NULL, NULL)
STEP(resume, "resume", "resume", N_("go on with one that was suspended"), N_("ID|-"), NULL, NULL)
STEP(perform, "perform", "perform", N_("the agreement has been performed"), N_("ID|-"), may_perform, set_performed)
