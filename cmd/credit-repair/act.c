/* SPDX-License-Identifier: MIT */
/* credit-repair decide, grace, publish, remove ...: one event of an entry or a repair, judged before it is written. */
#include <stdio.h>
#include <string.h>

#include "credit-repair.h"

#define ON { 0, "on", "DATE", N_("the day, or the time as 2022-06-30T09:30, if not today") }

static const struct gv_opt opts[] = { ON, { 0 } };
static const struct gv_opt remove_opts[] = {
	ON,
	{ 0, "by", "REASON", N_("R1 performed, R2 settlement performed, R3 creditor agrees, R4 nothing found, R5 stayed, R6 not to be enforced, R7 terminated"),
	  .complete = "R1|R2|R3|R4|R5|R6|R7" },
	{ 0 }
};
static const struct gv_opt lift_opts[] = {
	ON,
	{ 0, "temporarily", NULL, N_("for travel, a month at most: until=DATE reason=REASON approved_by=president") },
	{ 0 }
};

struct set { const char *field, *word; };  /* word NULL: the day */
enum { SETS_MAX = 6 };

struct act {
	const char *event;               /* NULL: the second operand */
	struct set sets[SETS_MAX];       /* where nothing else was typed; ends with a field NULL */
	const char *from, *to;           /* of the restriction; from: a comma list, NULL: it stays */
	const char *rule;                /* of that move */
	bool begins;                     /* a new listing: what the last one left goes */
	const char *needs;               /* a field of the record that the act is nothing without; NULL: none */
};

struct work {
	const struct act *act;
	const char *event;
	char on[GV_ON_MAX];
	struct gv_assignments all, to_event, to_record;
	struct credit_judge judge;
};

static int set_text(struct gv_amend *a, const char *path, const char *text, size_t n)
{
	return gv_val_set_path(&a->doc, &a->doc.root, gv_str_of(path), gv_mkstr(&a->doc, (struct gv_str){ text, n }), &a->c->err);
}

/* ---- what follows from the act ---- */

static int move_restriction(struct gv_amend *a, const struct act *act)
{
	struct gv_str now = gv_val_getstr(&a->doc.root, "restriction");

	if (!act->from)
		return 0;
	if (!gv_rule_listed(gv_str_of(act->from), now))
		return gv_fail_field(&a->c->err, GV_EDATA, "restriction", _("%s is not possible where it is %.*s, only where it is %s (%s)"), a->c->spec->name,
		                     (int)now.n, now.n ? now.p : "", act->from, act->rule);
	return gv_obj_set(&a->doc, &a->doc.root, GV_STR("restriction"), gv_mklit(act->to), &a->c->err);
}

/* What the last listing was stays in a list; the fields are of the new one. */
static int keep_last(struct gv_amend *a)
{
	static const struct { const char *from, *to; } kept[] = { { "ground", "ground" }, { "published_on", "published_on" }, { "removal.reason", "reason" }, { "removal.on", "on" } };
	struct gv_val *rec = &a->doc.root, one = gv_mkobj(), list = *gv_val_items(rec, "earlier");
	int rc = 0;

	for (size_t i = 0; i < sizeof kept / sizeof kept[0] && !rc; i++) {
		const struct gv_val *v = gv_val_path(rec, gv_str_of(kept[i].from));

		if (v)
			rc = gv_obj_set(&a->doc, &one, gv_str_of(kept[i].to), *v, &a->c->err);
	}
	if (!rc)
		rc = gv_arr_add(&a->doc, &list, one, &a->c->err);
	return rc ? rc : gv_obj_set(&a->doc, rec, GV_STR("earlier"), list, &a->c->err);
}

static int begin_anew(struct gv_amend *a)
{
	static const char *const fields[] = { "published_on", "published", "removal", "grace", "term", "decision", "ground", "evidence", "exclusions" };
	int rc;

	if (!gv_credit_in_state(&a->doc.root, "removed,revoked"))
		return 0;
	rc = keep_last(a);
	for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !rc; i++)
		gv_obj_del(&a->doc.root, gv_str_of(fields[i]));
	return rc;
}

static int set_fields(struct gv_amend *a, const struct work *w)
{
	const struct set *s = w->act->sets;
	const char *by = gv_cmd_opt(a->c, "by");
	int rc = by ? set_text(a, "removal.reason", by, strlen(by)) : 0;

	for (size_t i = 0; i < SETS_MAX && s[i].field && !rc; i++)
		if (!gv_val_path(&a->doc.root, gv_str_of(s[i].field)))
			rc = s[i].word ? set_text(a, s[i].field, s[i].word, strlen(s[i].word)) : set_text(a, s[i].field, w->on, GV_DATE_LEN);
	return rc;
}

/* Grace and term end on days that follow from what was typed. */
static int set_ends(struct gv_amend *a)
{
	static const char *const fields[] = { "grace.until", "term.until" };
	const struct gv_val *rec = &a->doc.root;
	int rc = 0;

	for (size_t i = 0; i < 2 && !rc; i++) {
		gv_day end = i == 0 ? gv_credit_grace_end(rec) : gv_credit_term_computed(rec);

		if (!gv_val_path(rec, gv_str_of(fields[i])) && end != GV_DAY_NONE)
			rc = set_text(a, fields[i], gv_credit_date(end).s, GV_DATE_LEN);
	}
	return rc;
}

/* ---- the act ---- */

static int change(struct gv_amend *a, struct work *w)
{
	const struct act *act = w->act;
	int rc = act->begins ? begin_anew(a) : 0;

	if (!rc)
		rc = gv_amend_event(a, w->event, w->on, &w->to_event);
	if (!rc)
		rc = move_restriction(a, act);
	if (!rc)
		rc = gv_assignments_apply(&w->to_record, a->c, a->rec.id.schema, &a->doc, &a->doc.root);
	if (!rc)
		rc = set_fields(a, w);
	if (!rc && act->needs && !gv_val_path(&a->doc.root, gv_str_of(act->needs)))
		rc = gv_fail(&a->c->err, GV_EUSAGE, _("%s needs %s=%s"), a->c->spec->name, act->needs, _("VALUE"));
	return rc ? rc : set_ends(a);
}

static int alter(struct gv_amend *a)
{
	struct work *w = a->work;
	const struct gv_schema *s = gv_cmd_schema(a->c);
	struct gv_doc old = GV_DOC_INIT;
	struct gv_rec before = { .id = a->rec.id, .doc = &old };
	int rc;

	if (a->rec.id.schema != s)
		return gv_fail(&a->c->err, GV_EDATA, _("is a %s, not a %s"), a->rec.id.schema->kind, s->kind);
	rc = gv_val_copy(&old, &old.root, &a->doc.root, &a->c->err);
	before.val = &old.root;
	if (!rc)
		rc = change(a, w);
	if (!rc)
		rc = gv_rec_check(s, &a->doc.root, gv_store_caseno(a->store), &a->c->err);
	if (!rc)
		rc = credit_judge_change(&w->judge, &before, &a->rec);
	gv_doc_free(&old);
	return rc;
}

static int read_operands(struct gv_cmd *c, struct work *w)
{
	int skip = w->act->event ? 1 : 2, rc;

	if (c->argc < skip || strchr(c->argv[0], '='))
		return gv_fail(&c->err, GV_EUSAGE, _("which one?  %s %s"), c->name, c->spec->usage);
	w->event = w->act->event ? w->act->event : c->argv[1];
	if (!gv_schema_event(gv_cmd_schema(c), gv_str_of(w->event)))
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\" is no event of a %s; case-file complete --kind %s events lists them"), w->event, gv_cmd_schema(c)->kind,
		               gv_cmd_schema(c)->kind);
	rc = gv_cmd_on(c, w->on);
	if (!rc)
		rc = credit_check_on(c, w->on);
	if (!rc)
		rc = gv_assignments_read(&w->all, c, c->argv + skip, c->argc - skip);
	if (rc)
		return rc;
	gv_assignments_split(&w->all, gv_cmd_schema(c), w->event, &w->to_event, &w->to_record);
	return gv_amend_needs(c, gv_cmd_schema(c), w->event, &w->to_event, c->spec->name);
}

static int run_act(struct gv_cmd *c, const struct act *act)
{
	struct work w = { .act = act };
	int rc = read_operands(c, &w);

	if (!rc)
		rc = credit_judge_open(&w.judge, c);
	if (!rc)
		rc = gv_amend_run(c, alter, &w, w.event);
	credit_judge_close(&w.judge);
	gv_assignments_free(&w.all);
	return rc;
}

#define ACT(symbol, word, of, options, text, words, ...) \
	static int run_##symbol(struct gv_cmd *c) \
	{ \
		static const struct act act = { __VA_ARGS__ }; \
\
		return run_act(c, &act); \
	} \
	const struct gv_cmd_spec credit_##symbol = { \
		.name = (word), .summary = (text), .usage = (words), .operands = "id", .opts = (options), .kind = (of), \
		.common = GV_C_WRITE | GV_C_ASOF | GV_C_RECORDS, .records = &gv_cmd_records, .run = run_##symbol, \
	};

#define C "credit"
#define R "repair"

ACT(qualify, "qualify", C, opts, N_("the conditions of a listing are found to be there"), N_("ID|- ground=G1..G6 [evidence=TEXT] [FIELD=VALUE...]"),
    .event = "qualify", .begins = true, .needs = "ground")
ACT(decide, "decide", C, opts, N_("decide to list the debtor; the president signs"), N_("ID|- ground=G1..G6 decision.signed_by=president decision.reasons=TEXT [term.years=2 term.from=DATE] [FIELD=VALUE...]"),
    .event = "decide", .begins = true, .needs = "ground", .sets = { { "decision.signed_on", NULL } })
ACT(serve, "serve", C, opts, N_("the decision was served"), N_("ID|- [FIELD=VALUE...]"), .event = "serve", .sets = { { "decision.served_on", NULL } })
ACT(grace, "grace", C, opts, N_("give grace of one to three months behind the decision"), N_("ID|- grace.months=1|2|3 [FIELD=VALUE...]"),
    .event = "grace", .sets = { { "grace.on", NULL } }, .needs = "grace.months")
ACT(clear, "clear", C, opts, N_("performed or agreed to before it was published: the entry ends"), N_("ID|- [FIELD=VALUE...]"), .event = "clear")
ACT(publish, "publish", C, opts, N_("publish the entry; the debtor is restricted by then"), N_("ID|- [published.FIELD=VALUE...]"),
    .event = "publish", .sets = { { "published_on", NULL } })
ACT(restrict, "restrict", C, opts, N_("order the restriction of consumption; the president signs"), N_("ID|- order.signed_by=president order.items=[\"C1\",...] [FIELD=VALUE...]"),
    .event = "restrict", .from = "none,lifted", .to = "ordered", .rule = "CR-18", .sets = { { "order.signed_on", NULL } }, .needs = "order.signed_by")
ACT(restore, "restore", C, opts, N_("the restriction stands again after a temporary lift"), N_("ID|- [FIELD=VALUE...]"),
    .event = "restore", .from = "lifted-temporarily", .to = "ordered", .rule = "CR-23")
ACT(remove, "remove", C, remove_opts, N_("remove the entry of ground G1 from the list, by R1 to R7"), N_("ID|- --by R1..R7 [FIELD=VALUE...]"),
    .event = "remove", .sets = { { "removal.on", NULL } }, .needs = "removal.reason")
ACT(delete_early, "delete-early", C, opts, N_("delete an entry with a term early, by decision"), N_("ID|- removal.because=performed|corrected [FIELD=VALUE...]"),
    .event = "delete-early", .sets = { { "removal.reason", "RE" }, { "removal.decided_on", NULL }, { "removal.on", NULL } }, .needs = "removal.because")
ACT(expire, "expire", C, opts, N_("remove an entry whose term has ended"), N_("ID|- [FIELD=VALUE...]"),
    .event = "expire", .sets = { { "removal.reason", "RT" }, { "removal.on", NULL } })
ACT(revoke, "revoke", C, opts, N_("revoke a listing that should not have been"), N_("ID|- [FIELD=VALUE...]"),
    .event = "revoke", .sets = { { "removal.reason", "RV" }, { "removal.on", NULL } })
ACT(correct, "correct", C, opts, N_("correct what is published"), N_("ID|- field=FIELD published.FIELD=VALUE [FIELD=VALUE...]"), .event = "correct")
ACT(object, "object", C, opts, N_("the debtor asks to have it corrected"), N_("ID|- about=listing|data|removal|restriction"), .event = "object")
ACT(answer, "answer", C, opts, N_("decide on such a request, in 15 days"), N_("ID|- result=granted|refused"), .event = "answer")
ACT(appeal, "appeal", C, opts, N_("the debtor goes to the upper court"), N_("ID|-"), .event = "appeal")
ACT(decide_appeal, "decide-appeal", C, opts, N_("what the upper court decided"), N_("ID|- result=granted|refused"), .event = "decide-appeal")
ACT(happen, "happen", C, opts, N_("record what happened: perform, settle, check, lead, stay, breach ..."), N_("ID|- EVENT [FIELD=VALUE...]"), .event = NULL)
ACT(grant, "grant", R, opts, N_("grant a repair"), N_("ID|- [FIELD=VALUE...]"), .event = "grant", .sets = { { "decided_on", NULL } })
ACT(refuse, "refuse", R, opts, N_("refuse a repair, with the reason"), N_("ID|- refuse_reason=TEXT [FIELD=VALUE...]"),
    .event = "refuse", .sets = { { "decided_on", NULL } }, .needs = "refuse_reason")

/* ---- lift: for good, or for travel ---- */

static int run_lift(struct gv_cmd *c)
{
	static const struct act whole = { .event = "lift", .from = "ordered,lifted-temporarily", .to = "lifted", .rule = "CR-22",
	                                  .sets = { { "lift.on", NULL } }, .needs = "lift.ground" };
	static const struct act travel = { .event = "lift-temporarily", .from = "ordered", .to = "lifted-temporarily", .rule = "CR-23" };

	return run_act(c, gv_cmd_has(c, "temporarily") ? &travel : &whole);
}

const struct gv_cmd_spec credit_lift = {
	.name = "lift", .summary = N_("lift the restriction; --temporarily: for travel"), .usage = N_("ID|- lift.ground=GROUND [FIELD=VALUE...]"), .operands = "id",
	.opts = lift_opts, .kind = C, .common = GV_C_WRITE | GV_C_ASOF | GV_C_RECORDS, .records = &gv_cmd_records, .run = run_lift,
};
