/* SPDX-License-Identifier: MIT */
#include "credit_act_impl.h"

#include <stdio.h>
#include <string.h>

#include "i18n.h"

#define C "credit"
#define R "repair"

#define CONDITIONS "ground,evidence,exclusions,claim_fen,controlled_fen,campus_loan,request"
#define DECIDED "decided,grace,listed"

const struct gv_credit_act gv_credit_acts[] = {
	{ .name = "qualify", .event = "qualify", .kind = C, .begins = true, .lists = true, .own = CONDITIONS, .needs = "ground" },
	{ .name = "decide", .event = "decide", .kind = C, .begins = true, .lists = true, .own = CONDITIONS ",decision,term", .clears = "decision,term",
	  .needs = "ground,decision.signed_by,decision.reasons,notice.risk_warning", .sets = { { "decision.signed_on", NULL } } },
	{ .name = "serve", .event = "serve", .kind = C, .states = DECIDED, .own = "decision", .sets = { { "decision.served_on", NULL } } },
	{ .name = "grace", .event = "grace", .kind = C, .lists = true, .own = "grace,order", .clears = "grace", .needs = "grace.months", .sets = { { "grace.on", NULL } } },
	{ .name = "clear", .event = "clear", .kind = C },
	{ .name = "publish", .event = "publish", .kind = C, .lists = true, .own = "published", .sets = { { "published_on", NULL } } },
	{ .name = "restrict", .event = "restrict", .kind = C, .from = "none,lifted", .to = "ordered", .rule = "CR-18", .own = "order", .clears = "lift",
	  .needs = "order.signed_by", .sets = { { "order.signed_on", NULL } } },
	{ .name = "lift", .event = "lift", .kind = C, .from = "ordered,lifted-temporarily", .to = "lifted", .rule = "CR-22", .own = "lift", .clears = "lift",
	  .needs = "lift.ground", .sets = { { "lift.on", NULL } } },
	{ .name = "lift --temporary", .event = "lift-temporarily", .kind = C, .from = "ordered", .to = "lifted-temporarily", .rule = "CR-23" },
	{ .name = "restore", .event = "restore", .kind = C, .from = "lifted-temporarily", .to = "ordered", .rule = "CR-23" },
	{ .name = "remove", .event = "remove", .kind = C, .own = "removal", .needs = "removal.reason", .sets = { { "removal.on", NULL } } },
	{ .name = "delete-early", .event = "delete-early", .kind = C, .own = "removal", .needs = "removal.because",
	  .sets = { { "removal.reason", "RE" }, { "removal.decided_on", NULL }, { "removal.on", NULL } } },
	{ .name = "expire", .event = "expire", .kind = C, .sets = { { "removal.reason", "RT" }, { "removal.on", NULL } } },
	{ .name = "revoke", .event = "revoke", .kind = C, .sets = { { "removal.reason", "RV" }, { "removal.on", NULL } } },
	{ .name = "correct", .event = "correct", .kind = C, .states = "listed", .own = "published" },
	{ .name = "object", .event = "object", .kind = C },
	{ .name = "answer", .event = "answer", .kind = C },
	{ .name = "appeal", .event = "appeal", .kind = C },
	{ .name = "decide-appeal", .event = "decide-appeal", .kind = C },
	{ .name = "happen", .kind = C },
	{ .name = "grant", .event = "grant", .kind = R, .own = "ground,evidence,promise,severity,publicity_from,platforms", .needs = "ground,evidence",
	  .sets = { { "decided_on", NULL } } },
	{ .name = "refuse", .event = "refuse", .kind = R, .own = "refuse_reason", .needs = "refuse_reason", .sets = { { "decided_on", NULL } } },
	{ 0 }
};

const struct gv_credit_act *gv_credit_act_find(const char *name)
{
	const struct gv_credit_act *act = gv_credit_acts;

	while (act->name && strcmp(act->name, name) != 0)
		act++;
	return act->name ? act : NULL;
}

/* ---- what follows from the act ---- */

static int set_text(struct gv_amend *a, const char *path, const char *text, size_t n)
{
	return gv_val_set_path(&a->doc, &a->doc.root, gv_str_of(path), gv_mkstr(&a->doc, (struct gv_str){ text, n }), &a->c->err);
}

static int move_restriction(struct gv_amend *a, const struct gv_credit_act *act)
{
	struct gv_str now = gv_val_getstr(&a->doc.root, "restriction");

	if (!act->from)
		return 0;
	if (!gv_rule_listed(gv_str_of(act->from), now))
		return gv_fail_field(&a->c->err, GV_EDATA, "restriction", _("%s is not possible where it is %.*s, only where it is %s (%s)"), act->name,
		                     (int)now.n, now.n ? now.p : "", act->from, act->rule);
	return gv_obj_set(&a->doc, &a->doc.root, GV_STR("restriction"), gv_mklit(act->to), &a->c->err);
}

int gv_credit_keep_last(struct gv_doc *d, struct gv_val *rec, struct gv_err *err)
{
	static const struct { const char *from, *to; } kept[] = { { "ground", "ground" }, { "published_on", "published_on" }, { "removal.reason", "reason" }, { "removal.on", "on" } };
	struct gv_val one = gv_mkobj(), list = *gv_val_items(rec, "earlier");
	int rc = 0;

	for (size_t i = 0; i < sizeof kept / sizeof kept[0] && !rc; i++) {
		const struct gv_val *v = gv_val_path(rec, gv_str_of(kept[i].from));

		if (v)
			rc = gv_obj_set(d, &one, gv_str_of(kept[i].to), *v, err);
	}
	if (!rc)
		rc = gv_arr_add(d, &list, one, err);
	return rc ? rc : gv_obj_set(d, rec, GV_STR("earlier"), list, err);
}

static void clear_fields(struct gv_amend *a, const char *list)
{
	struct gv_str rest = gv_str_of(list), field;

	while (gv_rule_next(&rest, &field))
		gv_obj_del(&a->doc.root, field);
}

static int begin_anew(struct gv_amend *a)
{
	int rc;

	if (gv_credit_in_state(&a->doc.root, "none")) /* it came to nothing before it was published */
		clear_fields(a, "decision,term,grace,ground,evidence");
	if (!gv_credit_in_state(&a->doc.root, "removed,revoked"))
		return 0;
	rc = gv_credit_keep_last(&a->doc, &a->doc.root, &a->c->err);
	clear_fields(a, "published_on,published,removal,grace,term,decision,ground,evidence,request");
	return rc;
}

static int set_fields(struct gv_amend *a, const struct gv_credit_act *act, const char *on)
{
	const struct gv_credit_set *s = act->sets;
	int rc = 0;

	for (size_t i = 0; i < GV_CREDIT_SETS && s[i].field && !rc; i++)
		if (strcmp(s[i].field, "order.signed_on") != 0 || !gv_val_path(&a->doc.root, GV_STR("order.signed_on"))) /* an order that waited was signed before */
			rc = s[i].word ? set_text(a, s[i].field, s[i].word, strlen(s[i].word)) : set_text(a, s[i].field, on, GV_DATE_LEN);
	/* A restriction alone is decided with its grace. */
	if (!rc && strcmp(act->name, "grace") == 0 && gv_val_get(&a->doc.root, "order") && !gv_val_path(&a->doc.root, GV_STR("order.signed_on")))
		rc = set_text(a, "order.signed_on", on, GV_DATE_LEN);
	return rc;
}

static int check_needs(struct gv_amend *a, const struct gv_credit_act *act)
{
	struct gv_str rest = gv_str_of(act->needs ? act->needs : ""), field;

	while (gv_rule_next(&rest, &field))
		if (!gv_val_path(&a->doc.root, field))
			return gv_fail(&a->c->err, GV_EUSAGE, _("%s needs %.*s=%s"), act->name, (int)field.n, field.p, _("VALUE"));
	return 0;
}

/* ---- what was typed ---- */

/* The act that the field follows from; NULL: it may be typed. */
static const struct gv_credit_act *source_of(const char *field)
{
	for (const struct gv_credit_act *act = gv_credit_acts; act->name; act++)
		for (size_t i = 0; i < GV_CREDIT_SETS && act->sets[i].field; i++)
			if (!act->sets[i].word && strcmp(act->sets[i].field, field) == 0)
				return act;
	return strcmp(field, "grace.until") == 0 ? gv_credit_act_find("grace") : NULL;
}

/* RE, RT and RV are not typed, nor is the day of anything. */
static const struct gv_credit_act *follows_from(const struct gv_credit_act *act, const char *field)
{
	for (size_t i = 0; i < GV_CREDIT_SETS && act->sets[i].field; i++)
		if (strcmp(act->sets[i].field, field) == 0)
			return act;
	return source_of(field);
}

/* A correction of one thing is no cover for another. */
static int check_corrected(struct gv_cmd *c, const struct gv_credit_act *act, const struct gv_assignments *fields, const struct gv_assignments *typed)
{
	const struct gv_assignment *named = gv_assignments_find(fields, "field");
	struct gv_str list = named ? gv_buf_str(&named->value) : GV_STR(""), rest = list, name;
	char path[256];

	for (size_t i = 0; i < typed->n; i++) {
		struct gv_str field = gv_buf_str(&typed->list[i].field);

		if (gv_str_starts(field, GV_STR("published.")) && !gv_credit_names_published(list, field))
			return gv_fail(&c->err, GV_EUSAGE, _("%s does not change %s: field is \"%.*s\""), act->name, typed->list[i].field.p, (int)list.n, list.n ? list.p : "");
		if (gv_str_is(field, "published"))
			return gv_fail(&c->err, GV_EUSAGE, _("%s does not change %s"), act->name, "published");
	}
	if (!list.n)
		return gv_fail(&c->err, GV_EUSAGE, _("%s needs %s=%s"), act->name, "field", _("VALUE"));
	while (gv_rule_next(&rest, &name)) {
		name = gv_credit_published_name(name);
		snprintf(path, sizeof path, "published.%.*s", (int)(name.n < 200 ? name.n : 200), name.p);
		if (!gv_assignments_find(typed, path))
			return gv_fail(&c->err, GV_EUSAGE, _("%s needs %s=%s"), act->name, path, _("VALUE"));
	}
	return 0;
}

int gv_credit_act_check_typed(struct gv_cmd *c, const struct gv_credit_act *act, const struct gv_assignments *fields, const struct gv_assignments *typed)
{
	for (size_t i = 0; i < typed->n; i++) {
		const char *field = typed->list[i].field.p;
		struct gv_str top = { field, strcspn(field, ".[") };
		const struct gv_credit_act *from = follows_from(act, field);

		if (from)
			return gv_fail(&c->err, GV_EUSAGE, _("%s follows from %s and its --on: it is not typed"), field, from->name);
		if (!gv_str_is(top, "notes") && !(act->own && gv_rule_listed(gv_str_of(act->own), top)))
			return gv_fail(&c->err, GV_EUSAGE, _("%s does not change %s"), act->name, field);
	}
	return strcmp(act->name, "correct") == 0 ? check_corrected(c, act, fields, typed) : 0;
}

/* Grace and term end on days that follow from what was typed. */
static int set_ends(struct gv_amend *a)
{
	static const char *const fields[] = { "grace.until", "term.until" };
	const struct gv_val *rec = &a->doc.root;
	int rc = 0;

	for (size_t i = 0; i < 2 && !rc; i++) {
		gv_day end = i == 0 ? gv_credit_grace_end(rec) : gv_credit_term_stated(rec);

		if (!gv_val_path(rec, gv_str_of(fields[i])) && end != GV_DAY_NONE)
			rc = set_text(a, fields[i], gv_credit_date(end).s, GV_DATE_LEN);
	}
	return rc;
}

/* Was the grace that of the order, and of no decision to list?  One that came later, or was served later, has none of it. */
static bool had_grace(const struct gv_val *rec)
{
	gv_day granted = gv_credit_day(rec, "grace.on"), ordered = gv_credit_day(rec, "order.signed_on"), served = gv_credit_day(rec, "decision.served_on");

	return ordered != GV_DAY_NONE && ordered <= granted && (gv_credit_day(rec, "decision.signed_on") > granted || served == GV_DAY_NONE || served > granted);
}

/* Of another order than one that waits for the end of a grace nothing stays; and an order that is not in force is not what a grace is for. */
static void clear_orders(struct gv_amend *a, const struct gv_credit_act *act)
{
	struct gv_val *rec = &a->doc.root;
	bool restricts = strcmp(act->name, "restrict") == 0, gives_grace = strcmp(act->name, "grace") == 0;

	if (restricts && !gv_credit_order_waits(rec))
		clear_fields(a, had_grace(rec) ? "order,grace" : "order");
	if (gives_grace && !gv_credit_is_restricted(rec) && (gv_str_is(gv_val_getstr(rec, "restriction"), "none") || !gv_val_get(rec, "decision")))
		gv_obj_del(rec, GV_STR("order"));
}

int gv_credit_act_begin(struct gv_amend *a, const struct gv_credit_act *act, const char *event, const char *on, const struct gv_assignments *fields)
{
	int rc = gv_credit_guard_before(a, act, event, on);

	if (!rc && act->begins)
		rc = begin_anew(a);
	if (!rc)
		clear_orders(a, act);
	if (!rc)
		rc = gv_amend_event(a, event, on, fields);
	if (!rc && act->clears)
		clear_fields(a, act->clears);
	return rc ? rc : move_restriction(a, act);
}

int gv_credit_act_end(struct gv_amend *a, const struct gv_credit_act *act, const struct gv_credit_aside *aside, const char *on)
{
	int rc = set_fields(a, act, on);

	if (!rc)
		rc = check_needs(a, act);
	if (!rc)
		rc = set_ends(a);
	if (!rc)
		rc = gv_credit_guard(a, act, aside, on);
	if (!rc && strcmp(act->name, "clear") == 0 && gv_credit_grace_of_restriction(&a->doc.root) && gv_credit_order_waits(&a->doc.root))
		clear_fields(a, "order,grace"); /* it never came to it */
	return rc;
}

struct comparison {
	struct gv_buf before;      /* violations that are there without the change, a line each */
	struct gv_buf *said;       /* the first that is new */
	bool collects, lists;
};

/* Who may be listed, and how: what was overlooked once is no reason to go on. */
#define LISTING "CR-01,CR-03,CR-04,CR-05,CR-06,CR-07,CR-18,CR-27,CR-28"

static int compare(struct gv_check *check, const struct gv_val *finding, struct gv_err *err)
{
	struct comparison *w = check->ctx;
	bool late = gv_val_get(gv_val_get(finding, "facts"), "until") != NULL;

	if (!gv_str_is(gv_val_getstr(finding, "level"), "violation") || late || w->said->n)
		return 0;
	if (w->collects && w->lists && gv_rule_listed(GV_STR(LISTING), gv_val_getstr(finding, "rule")))
		return 0;
	if (w->collects)
		gv_finding_remember(&w->before, finding);
	else if (!gv_finding_is_known(&w->before, finding))
		gv_finding_tell(w->said, finding, gv_val_getstr(finding, "message"));
	return gv_buf_check(w->collects ? &w->before : w->said, err);
}

static int run_rules(const struct gv_credit_subject *s, gv_day as_of, struct comparison *w, struct gv_err *err)
{
	struct gv_check check = { .rec = s->rec, .as_of = as_of, .ctx = w, .sink = compare, .err = err, .only = GV_STR(""), .skip = GV_STR("") };
	int rc = gv_rules_run(&check, gv_credit_rules, s);

	gv_doc_free(&check.scratch);
	return rc;
}

int gv_credit_refusal(bool lists, const struct gv_credit_subject *before, const struct gv_credit_subject *after, gv_day as_of, struct gv_buf *said, struct gv_err *err)
{
	struct comparison w = { .before = GV_BUF_INIT(GV_MIB), .said = said, .collects = true, .lists = lists };
	int rc = before->rec ? run_rules(before, as_of, &w, err) : 0;

	w.collects = false;
	if (!rc)
		rc = run_rules(after, as_of, &w, err);
	gv_buf_free(&w.before);
	return rc;
}
