/* SPDX-License-Identifier: MIT */
/*
 * A hundred thousand acts, lawful and not, on entries of all sorts of debtors: the library and the model agree on each, and
 * behind each that was taken the record is one that the law allows.  Same seed, same acts.
 */
#include "credit_act.h"
#include "credit_model.h"
#include "schema_unit.h"

enum { ACTS = 100000, PER_ENTRY = 40, SHOWN = 10 };
#define SEED UINT64_C(20250601)

static const char *const names[DEEDS] = {
	[QUALIFY] = "qualify", [DECIDE] = "decide", [GIVE_GRACE] = "grace", [CLEAR] = "clear", [PUBLISH] = "publish", [REMOVE] = "remove",
	[DELETE_EARLY] = "delete-early", [EXPIRE] = "expire", [REVOKE] = "revoke", [SERVE] = "serve", [CORRECT] = "correct", [OBJECT] = "object",
	[ANSWER] = "answer", [APPEAL] = "appeal", [DECIDE_APPEAL] = "decide-appeal", [RESTRICT] = "restrict", [LIFT] = "lift",
	[LIFT_TEMPORARILY] = "lift-temporarily", [RESTORE] = "restore", [PERFORM] = "perform", [PERFORM_PART] = "perform-part", [SETTLE] = "settle",
	[SETTLED] = "settlement-performed", [CONSENT] = "creditor-consent", [END_ROUND] = "end-round", [CHECK_NETWORK] = "check", [LEAD] = "lead",
	[STAY] = "stay", [REFUSE_ENFORCEMENT] = "refuse-enforcement", [TERMINATE] = "terminate", [FIND_WRONG] = "find-wrong", [REQUEST] = "request",
	[EXTEND] = "extend", [CORRECT_CONDUCT] = "correct-conduct",
};
static const char *const exclusions[] = { "X1", "X2", "X3", "X4", "XM", "XO", "XC", "XA", "XS" };

/* One entry, and all that is about it. */
struct run {
	struct gv_cmd c;
	struct gv_amend a;
	struct gv_doc debtor, before;
	struct gv_calendar *calendar;
	struct model m;
	gv_day today;
	uint64_t random;
	size_t taken[DEEDS], refused[DEEDS], removed[8], shown;
	struct gv_buf log;       /* of this entry, to be told where they disagree */
};

/* ---- chance ---- */

static unsigned draw(struct run *r, unsigned below)
{
	r->random ^= r->random << 13;
	r->random ^= r->random >> 7;
	r->random ^= r->random << 17;
	return (unsigned)((r->random >> 11) % below);
}

static bool chance(struct run *r, unsigned percent)
{
	return draw(r, 100) < percent;
}

/* What leads on from here, so that far states are reached. */
static enum deed sensible(struct run *r)
{
	static const enum deed next[][8] = {
		[NONE] = { QUALIFY, DECIDE, RESTRICT, REQUEST, QUALIFY, DECIDE, LIFT, LIFT },
		[NOTIFIED] = { QUALIFY, DECIDE, RESTRICT, QUALIFY, DECIDE, DECIDE, GIVE_GRACE, CONSENT },
		[ELIGIBLE] = { DECIDE, DECIDE, DECIDE, RESTRICT, DECIDE, DECIDE, CLEAR, DECIDE },
		[DECIDED] = { SERVE, RESTRICT, PUBLISH, GIVE_GRACE, SERVE, PUBLISH, RESTRICT, PUBLISH },
		[GRACE] = { PUBLISH, RESTRICT, PUBLISH, DECIDE, RESTRICT, CLEAR, PUBLISH, DECIDE },
		[LISTED] = { REMOVE, DELETE_EARLY, EXPIRE, REVOKE, OBJECT, CORRECT, OBJECT, LIFT_TEMPORARILY },
		[REMOVED] = { REQUEST, QUALIFY, DECIDE, LIFT, RESTORE, REQUEST, QUALIFY, LIFT },
		[REVOKED] = { QUALIFY, DECIDE, LIFT, RESTORE, QUALIFY, DECIDE, LIFT, REQUEST },
	};
	static const enum deed grounds[] = { CONSENT, END_ROUND, CHECK_NETWORK, CHECK_NETWORK, STAY, REFUSE_ENFORCEMENT, TERMINATE, SETTLED, PERFORM, FIND_WRONG,
	                                     EXTEND, ANSWER, APPEAL, DECIDE_APPEAL, LEAD, RESTORE, CORRECT_CONDUCT };

	static const enum deed requests[] = { OBJECT, ANSWER, APPEAL, DECIDE_APPEAL };

	for (int i = 3; i > 0 && chance(r, 60); i--)
		if (!beside(&r->m, &(struct act){ .deed = requests[i], .on = r->today }))
			return requests[i];
	if (r->m.l == LISTED && known(&r->m, END_ROUND, this_listing(&r->m), r->today) && chance(r, 60))
		return nothing_found(&r->m, r->today) ? REMOVE : CHECK_NETWORK;
	return r->m.l == LISTED && chance(r, 50) ? grounds[draw(r, COUNT(grounds))] : next[r->m.l][draw(r, 8)];
}

/* One of the grounds that are there, if one is. */
static int some_number(struct run *r, gv_day on)
{
	int number = 1 + (int)draw(r, 7);

	if (count_of(&r->m, CHECK_NETWORK, on, 0) > 1 && chance(r, 40)) /* R4 has the most to be wanting */
		return 4;
	for (int i = 0; i < 7 && chance(r, 90); i++, number = number % 7 + 1)
		if (removal_ground(&r->m, number, on))
			return number;
	return number;
}

static void draw_other_day(struct run *r, struct act *a)
{
	switch (a->deed) {
	case DECIDE: /* from when the term runs */
		a->day = (a->ground != G1) == chance(r, 95) ? a->on + (gv_day)draw(r, 41) - 1 : GV_DAY_NONE;
		break;
	case CONSENT:
		a->day = a->on + (gv_day)draw(r, 4);
		break;
	case LIFT_TEMPORARILY:
		a->day = a->on + (gv_day)draw(r, 36);
		break;
	default:
		a->day = GV_DAY_NONE;
	}
}

static gv_day draw_day(struct run *r, enum deed deed)
{
	gv_day ends[] = { r->m.grace_end, r->m.l == LISTED && r->m.ground != G1 ? term_end(&r->m) : GV_DAY_NONE, r->m.due };
	gv_day end = ends[draw(r, COUNT(ends))];

	if (deed == EXPIRE && ends[1] > r->today && chance(r, 60))
		return r->today = ends[1] + (gv_day)draw(r, 3) - 1;
	/* On both sides of an end that lies ahead; else some days on, and now and then what was forgotten. */
	if (end > r->today && chance(r, 40))
		r->today = end + (gv_day)draw(r, 3) - 1;
	else
		r->today += (gv_day)draw(r, chance(r, 5) ? 400 : 12);
	return chance(r, 8) ? r->today - (gv_day)draw(r, 60) : r->today;
}

static struct act draw_act(struct run *r)
{
	struct act a = { .deed = chance(r, 70) ? sensible(r) : (enum deed)draw(r, DEEDS) };

	a.on = draw_day(r, a.deed);
	a.ground = r->m.l == ELIGIBLE && a.deed == DECIDE && chance(r, 90) ? r->m.ground : chance(r, 50) ? G1 : 1 + (int)draw(r, 6);
	a.signer = chance(r, 92) ? PRESIDENT : 1 + (int)draw(r, 2);
	a.reasons = chance(r, 95);
	a.years = chance(r, 70) ? 0 : (int)draw(r, 5);
	a.yes = chance(r, a.deed == CHECK_NETWORK ? 20 : a.deed == ANSWER || a.deed == LEAD ? 40 : 70);
	a.number = a.deed == REMOVE ? some_number(r, a.on) : a.deed == EXTEND ? 1 + (int)draw(r, 3) : (int)draw(r, a.deed == GIVE_GRACE ? 5 : a.deed == LIFT ? LIFTS : 4);
	if ((a.deed == RESTRICT || a.deed == GIVE_GRACE) && a.signer == NOBODY)
		a.signer = BUREAU_HEAD;
	if (a.deed == GIVE_GRACE && (r->m.l >= DECIDED || r->m.ordered_on != GV_DAY_NONE)) /* an order of its own is for who was never restricted */
		a.yes = false;
	draw_other_day(r, &a);
	return a;
}

/* ---- the act on the record ---- */

static int set(struct run *r, const char *path, struct gv_val v)
{
	return gv_val_set_path(&r->a.doc, &r->a.doc.root, gv_str_of(path), v, &r->c.err);
}

static int set_text(struct run *r, const char *path, const char *text)
{
	return set(r, path, gv_mkstr(&r->a.doc, gv_str_of(text)));
}

/* Fields of the event, as typed: "written=true court_agreed_on=2025-03-01". */
static void fields_of(const struct act *a, struct gv_buf *to)
{
	static const char *const lifts[] = { "illness", "funeral", "exam", "other" }, *const signers[] = { "president", "bureau-head" };
	const char *yes = a->yes ? "true" : "false";

	switch (a->deed) {
	case CONSENT: gv_buf_addf(to, "written=%s court_agreed_on=%s", yes, gv_credit_date(a->day).s); break;
	case CHECK_NETWORK: gv_buf_addf(to, "found=%s", yes); break;
	case LEAD: gv_buf_addf(to, "valid=%s", yes); break;
	case STAY: gv_buf_addf(to, "ground=%s", !a->yes ? "other" : a->number & 1 ? "retrial" : "bankruptcy"); break;
	case REQUEST: gv_buf_addf(to, "who=%s", a->yes ? "creditor" : "ex-officio"); break;
	case EXTEND: gv_buf_addf(to, "years=%d reason=多次", a->number); break;
	case ANSWER: case DECIDE_APPEAL: gv_buf_addf(to, "result=%s", a->yes ? "granted" : "refused"); break;
	case LIFT_TEMPORARILY:
		gv_buf_addf(to, "until=%s reason=%s", gv_credit_date(a->day).s, lifts[a->number]);
		gv_buf_addf(to, " approved_by=%s", signers[a->signer != PRESIDENT]);
		break;
	default: break;
	}
}

static int begin(struct run *r, const struct gv_credit_act *act, const struct act *a)
{
	struct gv_buf text = GV_BUF_INIT(1024);
	struct gv_assignment list[4] = { 0 };
	struct gv_assignments fields = { list, 0 };
	char *save = NULL;
	int rc;

	fields_of(a, &text);
	for (char *word = text.n ? strtok_r(text.p, " ", &save) : NULL; word; word = strtok_r(NULL, " ", &save)) {
		struct gv_assignment *one = &list[fields.n++];
		char *value = strchr(word, '=');

		*value++ = '\0';
		one->field.max = one->value.max = 256;
		gv_buf_adds(&one->field, word);
		gv_buf_adds(&one->value, value);
	}
	rc = gv_credit_act_begin(&r->a, act, names[a->deed], gv_credit_date(a->on).s, &fields);
	for (size_t i = 0; i < fields.n; i++) {
		gv_buf_free(&list[i].field);
		gv_buf_free(&list[i].value);
	}
	gv_buf_free(&text);
	return rc;
}

static int type_decision(struct run *r, const struct act *a)
{
	int rc = 0;

	if (a->signer != NOBODY)
		rc = set_text(r, "decision.signed_by", a->signer == PRESIDENT ? "president" : "bureau-head");
	if (!rc && a->reasons)
		rc = set_text(r, "decision.reasons", "拒不履行");
	if (rc || a->day == GV_DAY_NONE)
		return rc;
	rc = set(r, "term.years", gv_mkint(2));
	if (!rc)
		rc = set_text(r, "term.from", gv_credit_date(a->day).s);
	if (!rc && a->years)
		rc = set(r, "term.extra_years", gv_mkint(a->years));
	return rc ? rc : set_text(r, "term.serious", "多次");
}

/* What is typed for the record. */
static int type_fields(struct run *r, const struct act *a)
{
	static const char *const grounds[LIFTS] = { "performed", "former-officer", "former-officer", "creditor-consent", "wrong", "former-officer", "not-responsible" };
	char text[8];
	int rc = 0;

	snprintf(text, sizeof text, "%c%d", a->deed == REMOVE ? 'R' : 'G', (a->deed == REMOVE ? a->number : a->ground) % 10);
	switch (a->deed) {
	case QUALIFY: case DECIDE:
		rc = set_text(r, "ground", text);
		return rc || a->deed == QUALIFY ? rc : type_decision(r, a);
	case GIVE_GRACE:
		rc = set(r, "grace.months", gv_mkint(a->number));
		return rc || !a->yes ? rc : set_text(r, "order.signed_by", a->signer == PRESIDENT ? "president" : "bureau-head");
	case RESTRICT:
		return set_text(r, "order.signed_by", a->signer == PRESIDENT ? "president" : "bureau-head");
	case REMOVE:
		return set_text(r, "removal.reason", text);
	case DELETE_EARLY:
		return set_text(r, "removal.because", a->yes ? "performed" : "corrected");
	case LIFT:
		rc = set_text(r, "lift.ground", grounds[a->number]);
		if (rc || (a->number != FORMER_OFFICER && a->number != STILL_CONTROLS))
			return rc;
		rc = set(r, "lift.still_controls", gv_mkbool(a->number == STILL_CONTROLS));
		return rc ? rc : set(r, "lift.changed_for_business", gv_mkbool(true));
	default:
		return 0;
	}
}

/* 0, or a code with the reason in c.err: what the command does with its docket, without one. */
static int act_on(struct run *r, const struct act *a)
{
	const struct gv_credit_act *act = gv_credit_act_find(a->deed >= PERFORM ? "happen" : a->deed == LIFT_TEMPORARILY ? "lift --temporary" : names[a->deed]);
	struct gv_rec old = { .id = r->a.rec.id, .doc = &r->before, .val = &r->before.root };
	struct gv_credit_subject then = { .rec = &old, .debtor = &r->debtor.root, .calendar = r->calendar }, now = then;
	struct gv_buf said = GV_BUF_INIT(65536);
	int rc = begin(r, act, a);

	now.rec = &r->a.rec;
	if (!rc)
		rc = type_fields(r, a);
	if (!rc)
		rc = gv_credit_act_end(&r->a, act, NULL, gv_credit_date(a->on).s);
	if (!rc)
		rc = gv_rec_check(r->a.rec.id.schema, &r->a.doc.root, cn, &r->c.err);
	if (!rc)
		rc = gv_credit_refusal(act->lists, &then, &now, r->today, &said, &r->c.err);
	if (!rc && said.n && (act->event || a->deed == EXTEND)) /* facts are recorded */
		rc = gv_fail(&r->c.err, GV_EDATA, "%.*s", (int)said.n, said.p);
	gv_buf_free(&said);
	return rc;
}

/* ---- what holds behind each act that was taken ---- */

static gv_day day_at(const struct run *r, const char *path)
{
	return gv_credit_day(&r->a.doc.root, path);
}

static bool text_is(const struct run *r, const char *path, const char *want)
{
	return gv_str_is(gv_credit_text(&r->a.doc.root, path), want);
}

static const char *broken_while_listed(const struct run *r)
{
	gv_day signed_on = day_at(r, "decision.signed_on"), served = day_at(r, "decision.served_on"), published = day_at(r, "published_on");

	if (text_is(r, "restriction", "none") || text_is(r, "restriction", "lifted"))
		return "listed implies restricted";
	if (!gv_str_is(gv_val_getstr(&r->debtor.root, "type"), "unit") &&
	    years_after(gv_day_read(gv_val_getstr(&r->debtor.root, "born_on")), 18) > signed_on)
		return "no minor is listed";
	if (!text_is(r, "role", "P0"))
		return "no officer is listed for a unit";
	if (published == GV_DAY_NONE || served == GV_DAY_NONE || served < signed_on || served > published || !text_is(r, "decision.signed_by", "president"))
		return "signed by the president and served before it is published";
	if (day_at(r, "grace.on") != GV_DAY_NONE && published <= day_at(r, "grace.until"))
		return "nothing is published in grace";
	return NULL;
}

static const char *broken_once_removed(const struct run *r)
{
	static const char *const shown_by[] = { "perform", "settlement-performed", "creditor-consent", "check", "stay", "refuse-enforcement", "terminate" };
	struct gv_str reason = gv_credit_text(&r->a.doc.root, "removal.reason");
	gv_day on = day_at(r, "removal.on"), event;

	if (text_is(r, "removal.reason", "RT"))
		return !text_is(r, "ground", "G1") && on > gv_day_add_months(day_at(r, "term.from"), 24) && on > day_at(r, "term.until") ? NULL : "expired without the end of a term";
	if (text_is(r, "removal.reason", "RE"))
		return !text_is(r, "ground", "G1") && day_at(r, "removal.decided_on") <= on ? NULL : "deleted early without a decision, or without a term";
	if (!text_is(r, "ground", "G1"))
		return "G2 to G6 are removed by the end of the term or a decision";
	if (reason.n != 2 || reason.p[1] < '1' || reason.p[1] > '7')
		return "removed by R1 to R7";
	event = gv_credit_first(&r->a.doc.root, shown_by[reason.p[1] - '1'], GV_DAY_NONE);
	return event == GV_DAY_NONE || event > on ? "an event shows R1 to R7" : NULL;
}

static const char *broken(const struct run *r, const struct act *a)
{
	bool of_c = a->deed >= RESTRICT && a->deed <= RESTORE;
	bool moved = !gv_str_eq(gv_val_getstr(&r->before.root, "restriction"), gv_val_getstr(&r->a.doc.root, "restriction"));

	if (of_c != moved)
		return "the restriction moves by its own acts alone";
	if (text_is(r, "state", "listed"))
		return broken_while_listed(r);
	return text_is(r, "state", "removed") ? broken_once_removed(r) : NULL;
}

/* ---- entries ---- */

static void draw_debtor(struct run *r)
{
	struct model *m = &r->m;

	m->unit = chance(r, 25);
	m->officer = chance(r, 8);
	m->student = chance(r, 10);
	m->warned = chance(r, 95);
	m->covered = chance(r, 6);
	m->exclusions = chance(r, 20) ? 1u << draw(r, COUNT(exclusions)) : 0;
	m->due = r->today + (gv_day)draw(r, 25);
	m->born = chance(r, 15) ? gv_day_add_months(r->today, -12 * 18) + (gv_day)draw(r, 60) : gv_day_add_months(r->today, -12 * 40);
}

static void parse(struct gv_doc *d, const char *text)
{
	struct gv_err err;

	CHECK_OK(gv_json_parse(d, gv_str_of(text), 0, &err), &err);
}

static void add_exclusions(const struct model *m, struct gv_buf *text)
{
	const char *gap = "";

	for (unsigned i = 0; i < COUNT(exclusions); i++)
		if (m->exclusions >> i & 1u) {
			gv_buf_addf(text, "%s\"%s\"", gap, exclusions[i]);
			gap = ",";
		}
}

static void new_entry(struct run *r)
{
	static const gv_day none = GV_DAY_NONE;
	struct model *m = &r->m;
	struct gv_buf text = GV_BUF_INIT(4096);

	*m = (struct model){ .l = NOTIFIED, .moved_c = none, .signed_on = none, .served_on = none, .grace_on = none, .grace_end = none, .published_on = none,
	                     .term_from = none, .removed_on = none, .ordered_on = none, .decided_once = none, .last_on = none, .cleared_on = none };
	r->today = gv_day_read(GV_STR("2022-01-01")) + (gv_day)draw(r, 1200);
	draw_debtor(r);
	m->moved = r->today;
	gv_buf_addf(&text, "{\"kind\":\"debtor\",\"type\":\"%s\",\"name\":\"张三\",\"born_on\":\"%s\",\"student\":%s}", m->unit ? "unit" : "person", gv_credit_date(m->born).s,
	            m->student ? "true" : "false");
	parse(&r->debtor, text.p);
	gv_buf_reset(&text);
	gv_buf_addf(&text, "{\"kind\":\"credit\",\"id\":\"沪0114-C000001\",\"state\":\"notified\",\"restriction\":\"none\",\"debtor\":\"debtor:沪0114-D000001\","
	            "\"case\":\"（2022）沪0114执12号\",\"role\":\"%s\",\"claim_fen\":100,\"controlled_fen\":%d,\"exclusions\":[", m->officer ? "P1" : "P0", m->covered ? 100 : 99);
	add_exclusions(m, &text);
	gv_buf_addf(&text, "],\"notice\":{\"risk_warning\":%s,\"served_on\":\"%s\",", m->warned ? "true" : "false", gv_credit_date(r->today).s);
	gv_buf_addf(&text, "\"due_on\":\"%s\"},\"events\":[{\"eid\":\"aaaaaaaaaaaaaaa2\",\"event\":\"notify\",\"on\":\"%s\"}]}", gv_credit_date(m->due).s, gv_credit_date(r->today).s);
	parse(&r->a.doc, text.p);
	gv_buf_free(&text);
	gv_buf_reset(&r->log);
}

/* Behind the back of the command: what somebody finds out, and writes into the record. */
static void find_out(struct run *r)
{
	struct gv_val list = gv_mkarr(), *events = (struct gv_val *)(uintptr_t)gv_val_items(&r->a.doc.root, "events");
	unsigned i = draw(r, COUNT(exclusions));

	if (r->m.c == C1T && chance(r, 30)) {
		for (uint32_t k = events->n; k-- > 0;)
			if (gv_str_is(gv_val_getstr(&events->items[k], "event"), "lift-temporarily")) {
				CHECK_OK(gv_obj_set(&r->a.doc, &events->items[k], GV_STR("false_evidence"), gv_mkbool(true), &r->c.err), &r->c.err);
				r->m.false_evidence = true;
				break;
			}
		return;
	}
	if (!chance(r, 1))
		return;
	r->m.exclusions |= 1u << i;
	for (i = 0; i < COUNT(exclusions); i++)
		if (r->m.exclusions >> i & 1u)
			CHECK_OK(gv_arr_add(&r->a.doc, &list, gv_mklit(exclusions[i]), &r->c.err), &r->c.err);
	CHECK_OK(set(r, "exclusions", list), &r->c.err);
}

static void tell(struct run *r, const struct act *a, const char *model, int rc, const char *invariant)
{
	struct gv_buf text = GV_BUF_INIT(65536);

	if (rc)
		gv_err_text(&r->c.err, &text);
	if (r->shown++ < SHOWN)
		UNIT_FAIL("%s on %s (today %s)\n#   library: %s\n#   model: %s\n#   invariant: %s\n#   before:%s", names[a->deed], gv_credit_date(a->on).s,
		          gv_credit_date(r->today).s, rc ? text.p : "takes it", model ? model : "takes it", invariant ? invariant : "-", r->log.p ? r->log.p : " nothing");
	else
		unit_failed_here++;
	gv_buf_free(&text);
}

static bool one_act(struct run *r)
{
	struct act a = draw_act(r);
	const char *why = model_refuses(&r->m, &a), *invariant = NULL;
	int rc;

	gv_doc_reset(&r->before);
	CHECK_OK(gv_val_copy(&r->before, &r->before.root, &r->a.doc.root, &r->c.err), &r->c.err);
	rc = act_on(r, &a);
	if (!rc)
		invariant = broken(r, &a);
	unit_checks += 2;
	if (!rc != !why || invariant)
		tell(r, &a, why, rc, invariant);
	(rc ? r->refused : r->taken)[a.deed]++;
	if (rc) { /* nothing of it stays */
		gv_doc_reset(&r->a.doc);
		CHECK_OK(gv_val_copy(&r->a.doc, &r->a.doc.root, &r->before.root, &r->c.err), &r->c.err);
		gv_err_clear(&r->c.err);
	} else {
		r->removed[a.deed == REMOVE ? a.number : 0]++;
		model_does(&r->m, &a);
		gv_buf_addf(&r->log, "\n#     %s %s %d %d %d", gv_credit_date(a.on).s, names[a.deed], a.ground, a.number, a.yes);
	}
	return !rc == !why;
}

static void agree(void)
{
	struct run r = { .random = SEED, .log = GV_BUF_INIT(65536) };

	set_up();
	CHECK_OK(gv_calendar_load(&r.calendar, NULL, &r.c.err), &r.c.err);
	printf("# seed %llu\n", (unsigned long long)SEED);
	r.a.c = &r.c;
	r.a.rec = (struct gv_rec){ .id = { .schema = find("credit") }, .doc = &r.a.doc, .val = &r.a.doc.root };
	for (size_t i = 0; i < ACTS; i++) {
		if (i % PER_ENTRY == 0)
			new_entry(&r);
		find_out(&r);
		if (!one_act(&r))
			new_entry(&r);
	}
	/* Chance must have come to each of them, on both sides; facts are always taken. */
	for (int i = 0; i < DEEDS; i++) {
		CHECK_ROW(r.taken[i] > 50, names[i]);
		CHECK_ROW(r.refused[i] > 20 || (i >= PERFORM && i != EXTEND), names[i]);
	}
	for (int i = 1; i <= 7; i++)
		CHECK(r.removed[i] > 5);
	gv_calendar_free(r.calendar);
	gv_doc_free(&r.a.doc);
	gv_doc_free(&r.debtor);
	gv_doc_free(&r.before);
	gv_buf_free(&r.log);
	tear_down();
}

UNIT_MAIN("credit_model", { "a hundred thousand acts", agree })
