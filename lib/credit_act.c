/* SPDX-License-Identifier: MIT */
#include "credit_act.h"

#include <string.h>

#include "i18n.h"

#define C "credit"
#define R "repair"

const struct gv_credit_act gv_credit_acts[] = {
	{ .name = "qualify", .event = "qualify", .kind = C, .begins = true, .needs = "ground" },
	{ .name = "decide", .event = "decide", .kind = C, .begins = true, .needs = "ground", .sets = { { "decision.signed_on", NULL } } },
	{ .name = "serve", .event = "serve", .kind = C, .sets = { { "decision.served_on", NULL } } },
	{ .name = "grace", .event = "grace", .kind = C, .sets = { { "grace.on", NULL } }, .needs = "grace.months" },
	{ .name = "clear", .event = "clear", .kind = C },
	{ .name = "publish", .event = "publish", .kind = C, .sets = { { "published_on", NULL } } },
	{ .name = "restrict", .event = "restrict", .kind = C, .from = "none,lifted", .to = "ordered", .rule = "CR-18", .sets = { { "order.signed_on", NULL } },
	  .needs = "order.signed_by" },
	{ .name = "lift", .event = "lift", .kind = C, .from = "ordered,lifted-temporarily", .to = "lifted", .rule = "CR-22", .sets = { { "lift.on", NULL } },
	  .needs = "lift.ground" },
	{ .name = "lift --temporarily", .event = "lift-temporarily", .kind = C, .from = "ordered", .to = "lifted-temporarily", .rule = "CR-23" },
	{ .name = "restore", .event = "restore", .kind = C, .from = "lifted-temporarily", .to = "ordered", .rule = "CR-23" },
	{ .name = "remove", .event = "remove", .kind = C, .sets = { { "removal.on", NULL } }, .needs = "removal.reason" },
	{ .name = "delete-early", .event = "delete-early", .kind = C, .needs = "removal.because",
	  .sets = { { "removal.reason", "RE" }, { "removal.decided_on", NULL }, { "removal.on", NULL } } },
	{ .name = "expire", .event = "expire", .kind = C, .sets = { { "removal.reason", "RT" }, { "removal.on", NULL } } },
	{ .name = "revoke", .event = "revoke", .kind = C, .sets = { { "removal.reason", "RV" }, { "removal.on", NULL } } },
	{ .name = "correct", .event = "correct", .kind = C },
	{ .name = "object", .event = "object", .kind = C },
	{ .name = "answer", .event = "answer", .kind = C },
	{ .name = "appeal", .event = "appeal", .kind = C },
	{ .name = "decide-appeal", .event = "decide-appeal", .kind = C },
	{ .name = "happen", .kind = C },
	{ .name = "grant", .event = "grant", .kind = R, .sets = { { "decided_on", NULL } } },
	{ .name = "refuse", .event = "refuse", .kind = R, .sets = { { "decided_on", NULL } }, .needs = "refuse_reason" },
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

static int set_fields(struct gv_amend *a, const struct gv_credit_act *act, const char *on)
{
	const struct gv_credit_set *s = act->sets;
	int rc = 0;

	for (size_t i = 0; i < GV_CREDIT_SETS && s[i].field && !rc; i++)
		if (!gv_val_path(&a->doc.root, gv_str_of(s[i].field)))
			rc = s[i].word ? set_text(a, s[i].field, s[i].word, strlen(s[i].word)) : set_text(a, s[i].field, on, GV_DATE_LEN);
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

static bool is_event(const struct gv_credit_act *act, const char *event)
{
	return act->event && strcmp(act->event, event) == 0;
}

static bool has_happened(const struct gv_val *rec, const char *events)
{
	return gv_credit_first(rec, events, GV_DAY_NONE) != GV_DAY_NONE;
}

static int check_removal(struct gv_amend *a, const char *on)
{
	const struct gv_val *rec = &a->doc.root;
	struct gv_str reason = gv_credit_text(rec, "removal.reason");
	gv_day day = gv_day_read((struct gv_str){ on, GV_DATE_LEN });
	const char *lacks;

	if (gv_credit_has_term(rec)) /* CR-12 has its say */
		return 0;
	if (reason.n != 2 || reason.p[0] != 'R' || reason.p[1] < '1' || reason.p[1] > '7')
		return gv_fail_field(&a->c->err, GV_EUSAGE, "removal.reason", _("\"%.*s\" is not one of R1 to R7"), (int)reason.n, reason.n ? reason.p : "");
	if (gv_credit_removal_ground(rec, reason.p[1] - '0', day, &lacks) != GV_DAY_NONE || lacks) /* what it lacks is CR-11's to say */
		return 0;
	return gv_fail_field(&a->c->err, GV_EDATA, "removal.reason", _("no event shows %.*s on %.10s (CR-11): record it first"), (int)reason.n, reason.p, on);
}

/* Ended for a reason that no event shows: nobody could check it. */
static int check_shown(struct gv_amend *a, const struct gv_credit_act *act, const char *on)
{
	const struct gv_val *rec = &a->doc.root;

	if (is_event(act, "remove"))
		return check_removal(a, on);
	if (is_event(act, "lift") && gv_str_is(gv_credit_text(rec, "lift.ground"), "performed") && !has_happened(rec, "perform,settlement-performed,perform-part"))
		return gv_fail_field(&a->c->err, GV_EDATA, "lift.ground", "%s", _("no event perform or settlement-performed shows it (CR-22): record it first"));
	if (is_event(act, "clear") && gv_val_path(rec, GV_STR("decision.signed_on")) &&
	    !has_happened(rec, "perform,settlement-performed,creditor-consent,stay,refuse-enforcement,terminate"))
		return gv_fail_field(&a->c->err, GV_EDATA, "state", "%s", _("no event shows that it is performed or agreed to (CR-27): record it first"));
	return 0;
}

int gv_credit_act_begin(struct gv_amend *a, const struct gv_credit_act *act, const char *event, const char *on, const struct gv_assignments *fields)
{
	int rc = act->begins ? begin_anew(a) : 0;

	if (!rc)
		rc = gv_amend_event(a, event, on, fields);
	return rc ? rc : move_restriction(a, act);
}

int gv_credit_act_end(struct gv_amend *a, const struct gv_credit_act *act, const char *on)
{
	int rc = set_fields(a, act, on);

	if (!rc && act->needs && !gv_val_path(&a->doc.root, gv_str_of(act->needs)))
		rc = gv_fail(&a->c->err, GV_EUSAGE, _("%s needs %s=%s"), act->name, act->needs, _("VALUE"));
	if (!rc)
		rc = set_ends(a);
	return rc ? rc : check_shown(a, act, on);
}

/* ---- before and after ---- */

struct comparison {
	struct gv_buf before;      /* violations that are there without the change, a line each */
	struct gv_buf *said;       /* the first that is new */
	bool collects;
};

static const char *text_of(const struct gv_val *rec, const char *field)
{
	const struct gv_val *v = gv_val_get(rec, field);

	return v && v->type == GV_STRING ? v->s : "";
}

static void say(struct gv_buf *to, const struct gv_val *finding)
{
	const struct gv_val *basis = gv_val_items(finding, "basis");

	gv_buf_addf(to, "%s: %s", text_of(finding, "rule"), text_of(finding, "message"));
	if (basis->n)
		gv_buf_addf(to, _(" (%s %s, art. %s)"), text_of(&basis->items[0], "doc"), text_of(&basis->items[0], "no"), text_of(&basis->items[0], "art"));
}

static int compare(struct gv_check *check, const struct gv_val *finding, struct gv_err *err)
{
	struct comparison *w = check->ctx;
	struct gv_buf line = GV_BUF_INIT(65536);
	bool late = gv_val_get(gv_val_get(finding, "facts"), "until") != NULL;
	int rc;

	if (!gv_str_is(gv_val_getstr(finding, "level"), "violation") || late || w->said->n)
		return 0;
	say(&line, finding);
	rc = gv_buf_check(&line, err);
	if (!rc && w->collects)
		gv_buf_addf(&w->before, "\n%s\n", line.p);
	else if (!rc && !gv_str_find(gv_buf_str(&w->before), gv_buf_str(&line)))
		gv_buf_addstr(w->said, gv_buf_str(&line));
	gv_buf_free(&line);
	return rc ? rc : w->collects ? gv_buf_check(&w->before, err) : gv_buf_check(w->said, err);
}

static int run_rules(const struct gv_credit_subject *s, gv_day as_of, struct comparison *w, struct gv_err *err)
{
	struct gv_check check = { .rec = s->rec, .as_of = as_of, .ctx = w, .sink = compare, .err = err, .only = GV_STR(""), .skip = GV_STR("") };
	int rc = gv_rules_run(&check, gv_credit_rules, s);

	gv_doc_free(&check.scratch);
	return rc;
}

int gv_credit_refusal(const struct gv_credit_subject *before, const struct gv_credit_subject *after, gv_day as_of, struct gv_buf *said, struct gv_err *err)
{
	struct comparison w = { .before = GV_BUF_INIT(GV_MIB), .said = said, .collects = true };
	int rc = before->rec ? run_rules(before, as_of, &w, err) : 0;

	w.collects = false;
	if (!rc)
		rc = run_rules(after, as_of, &w, err);
	gv_buf_free(&w.before);
	return rc;
}
