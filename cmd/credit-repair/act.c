/* SPDX-License-Identifier: MIT */
/* credit-repair decide, grace, publish, remove ...: one event of an entry or a repair, judged before it is written. */
#include <stdio.h>
#include <string.h>

#include "credit-repair.h"

#define ON { 0, "on", "DATE", N_("the day, or the time as 2022-06-30T09:30, if not today") }, \
	{ 0, "show-work", NULL, N_("print how the entry stands after it, as a person would compute it by hand") }

static const struct gv_opt opts[] = { ON, { 0 } };
static const struct gv_opt remove_opts[] = {
	ON,
	{ 0, "by", "REASON", N_("R1 performed, R2 settlement performed, R3 creditor agrees, R4 nothing found, R5 stayed, R6 not to be enforced, R7 terminated"),
	  .complete = "R1|R2|R3|R4|R5|R6|R7" },
	{ 0 }
};
static const struct gv_opt lift_opts[] = {
	ON,
	{ 0, "temporary", NULL, N_("for travel, a month at most: until=DATE reason=REASON approved_by=president") },
	{ 0 }
};

struct work {
	const struct gv_credit_act *act;
	const char *event;
	char on[GV_ON_MAX];
	struct gv_assignments all, to_event, to_record;
	struct credit_judge judge;
};

static int change(struct gv_amend *a, struct work *w)
{
	const char *by = gv_cmd_opt(a->c, "by");
	int rc = gv_credit_act_begin(a, w->act, w->event, w->on, &w->to_event);

	if (!rc)
		rc = gv_assignments_apply(&w->to_record, a->c, a->rec.id.schema, &a->doc, &a->doc.root);
	if (!rc && by)
		rc = gv_val_set_path(&a->doc, &a->doc.root, GV_STR("removal.reason"), gv_mkstr(&a->doc, gv_str_of(by)), &a->c->err);
	return rc ? rc : gv_credit_act_end(a, w->act, &w->judge.aside, w->on);
}

/* What is so already is not corrected: that would end the clock of what is wrong.  And an order that is in force is no grace's to change. */
static int check_changed(struct gv_amend *a, const char *event, const struct gv_val *before)
{
	bool corrects = strcmp(event, "correct") == 0, gives_grace = strcmp(event, "grace") == 0;
	const char *field = corrects ? "published" : "order";
	const struct gv_val *was = gv_val_get(before, field), *is = gv_val_get(&a->doc.root, field);
	bool same = was && is ? gv_val_same(was, is) : was == is;

	if (corrects && same)
		return gv_fail_field(&a->c->err, GV_EDATA, field, "%s", _("is so already: nothing is corrected (CR-14)"));
	if (gives_grace && !same && gv_credit_is_restricted(before))
		return gv_fail_field(&a->c->err, GV_EDATA, field, "%s", _("is in force: grace comes before the restriction (CR-27)"));
	return 0;
}

/* What the docket knows already is not typed. */
static int fill(struct gv_amend *a, const char *event)
{
	if (strcmp(event, "decide") == 0)
		return credit_fill_covered(a);
	return strcmp(event, "publish") == 0 ? credit_fill_published(a) : 0;
}

static int alter(struct gv_amend *a)
{
	struct work *w = a->work;
	const struct gv_schema *s = gv_cmd_schema(a->c);
	struct gv_doc old = GV_DOC_INIT;
	struct gv_rec before = { .id = a->rec.id, .doc = &old };
	struct gv_credit_subject subject = { 0 };
	int rc;

	if (a->rec.id.schema != s)
		return gv_fail(&a->c->err, GV_EDATA, _("is a %s, not a %s"), a->rec.id.schema->kind, s->kind);
	rc = gv_val_copy(&old, &old.root, &a->doc.root, &a->c->err);
	before.val = &old.root;
	if (!rc)
		rc = credit_aside(&w->judge, &old.root);
	if (!rc)
		rc = change(a, w);
	if (!rc)
		rc = check_changed(a, w->event, &old.root);
	if (!rc)
		rc = fill(a, w->event);
	if (!rc)
		rc = gv_rec_check(s, &a->doc.root, gv_store_caseno(a->store), &a->c->err);
	if (!rc)
		rc = credit_judge_subject(&w->judge, &a->rec, &subject);
	if (!rc)
		rc = credit_judge_change(&w->judge, w->act, &before, &subject, !w->act->event && strcmp(w->event, "extend") != 0);
	if (!rc && gv_cmd_has(a->c, "show-work") && strcmp(s->kind, "credit") == 0)
		rc = credit_show_work(a->c, &subject);
	gv_doc_free(&old);
	return rc;
}

static int read_operands(struct gv_cmd *c, struct work *w)
{
	int skip = w->act->event ? 1 : 2, rc;

	if (c->argc < skip || strchr(c->argv[0], '='))
		return gv_fail(&c->err, GV_EUSAGE, _("which one?  %s %s"), c->name, c->spec->usage);
	w->event = w->act->event ? w->act->event : c->argv[1];
	if (!w->act->event && !gv_rule_listed(GV_STR(GV_CREDIT_FACTS), gv_str_of(w->event)))
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\" is not one of %s"), w->event, GV_CREDIT_FACTS);
	rc = gv_cmd_on_done(c, w->on);
	if (!rc)
		rc = gv_assignments_read(&w->all, c, c->argv + skip, c->argc - skip);
	if (rc)
		return rc;
	gv_assignments_split(&w->all, gv_cmd_schema(c), w->event, &w->to_event, &w->to_record);
	rc = gv_credit_act_check_typed(c, w->act, &w->to_event, &w->to_record);
	if (rc)
		return rc;
	return gv_amend_needs(c, gv_cmd_schema(c), w->event, &w->to_event, c->spec->name);
}

static int run_act(struct gv_cmd *c, const char *name)
{
	struct work w = { .act = gv_credit_act_find(name) };
	int rc = read_operands(c, &w);

	if (!rc)
		rc = credit_judge_open(&w.judge, c);
	if (!rc)
		rc = gv_amend_run(c, alter, &w, w.event);
	credit_judge_close(&w.judge);
	gv_assignments_free(&w.all);
	return rc;
}

static int run(struct gv_cmd *c)
{
	return run_act(c, c->spec->name);
}

static int run_lift(struct gv_cmd *c)
{
	return run_act(c, gv_cmd_has(c, "temporary") ? "lift --temporary" : "lift");
}

#define ACT_RUN(symbol, word, of, options, does, text, words) \
	const struct gv_cmd_spec credit_##symbol = { \
		.name = (word), .summary = (text), .usage = (words), .operands = "id", .opts = (options), .kind = (of), \
		.common = GV_C_WRITE | GV_C_ASOF | GV_C_RECORDS, .records = &gv_cmd_records, .run = (does), \
	};
#define ACT(symbol, word, of, text, words) ACT_RUN(symbol, word, of, opts, run, text, words)
#define C "credit"
#define R "repair"

ACT(qualify, "qualify", C, N_("the conditions of a listing are found to be there"), N_("ID|- ground=G1..G6 [evidence=TEXT] [FIELD=VALUE...]"))
ACT(decide, "decide", C, N_("decide to list the debtor; the president signs"),
    N_("ID|- ground=G1..G6 decision.signed_by=president decision.reasons=TEXT [term.years=2 term.from=DATE] [FIELD=VALUE...]"))
ACT(serve, "serve", C, N_("the decision was served"), N_("ID|- [FIELD=VALUE...]"))
ACT(grace, "grace", C, N_("give grace of one to three months behind the decision"), N_("ID|- grace.months=1|2|3 [FIELD=VALUE...]"))
ACT(clear, "clear", C, N_("performed or agreed to before it was published: the entry ends"), N_("ID|- [FIELD=VALUE...]"))
ACT(publish, "publish", C, N_("publish the entry; the debtor is restricted by then"), N_("ID|- [published.FIELD=VALUE...]"))
ACT(restrict, "restrict", C, N_("order the restriction of consumption; the president signs"), N_("ID|- order.signed_by=president order.items=LIST [FIELD=VALUE...]"))
ACT_RUN(lift, "lift", C, lift_opts, run_lift, N_("lift the restriction; --temporary: for travel"), N_("ID|- lift.ground=GROUND [FIELD=VALUE...]"))
ACT(restore, "restore", C, N_("the restriction stands again after a temporary lift"), N_("ID|- [FIELD=VALUE...]"))
ACT_RUN(remove, "remove", C, remove_opts, run, N_("remove the entry of ground G1 from the list, by R1 to R7"), N_("ID|- --by R1..R7 [FIELD=VALUE...]"))
ACT(delete_early, "delete-early", C, N_("delete an entry with a term early, by decision"), N_("ID|- removal.because=performed|corrected [FIELD=VALUE...]"))
ACT(expire, "expire", C, N_("remove an entry whose term has ended"), N_("ID|- [FIELD=VALUE...]"))
ACT(revoke, "revoke", C, N_("revoke a listing that should not have been"), N_("ID|- [FIELD=VALUE...]"))
ACT(correct, "correct", C, N_("correct what is published"), N_("ID|- field=FIELD[,FIELD...] published.FIELD=VALUE..."))
ACT(object, "object", C, N_("the debtor asks to have it corrected"), N_("ID|- about=listing|data|removal|restriction"))
ACT(answer, "answer", C, N_("decide on such a request, in 15 days"), N_("ID|- result=granted|refused [about=WHAT]"))
ACT(appeal, "appeal", C, N_("the debtor goes to the upper court"), N_("ID|-"))
ACT(decide_appeal, "decide-appeal", C, N_("what the upper court decided"), N_("ID|- result=granted|refused"))
ACT(happen, "happen", C, N_("record what happened: perform, settle, check, lead, stay, breach ..."), N_("ID|- EVENT [FIELD=VALUE...]"))
ACT(grant, "grant", R, N_("grant a repair"), N_("ID|- [FIELD=VALUE...]"))
ACT(refuse, "refuse", R, N_("refuse a repair, with the reason"), N_("ID|- refuse_reason=TEXT [FIELD=VALUE...]"))
