/* SPDX-License-Identifier: MIT */
/* mediate confirm: the parties ask the court to confirm their agreement, and what became of that. */
#include <stdio.h>
#include <string.h>

#include "numbering.h"
#include "override.h"

#define GROUND_REJECT "not-court-business|wrong-court|status-relation|other-procedure|title-or-ip"
#define GROUND_REFUSE "mandatory-law|harms-others|public-order|not-voluntary|unclear|other"

static const struct gv_opt opts[] = {
	{ 0, "accept", NULL, N_("the court accepts the application") },
	{ 0, "reject", "GROUND", N_("the court does not accept it (CF-06)"), .complete = GROUND_REJECT },
	{ 0, "grant", NULL, N_("ruling: the agreement is confirmed") },
	{ 0, "refuse", "GROUND", N_("ruling: it is not confirmed (CF-07)"), .complete = GROUND_REFUSE },
	{ 0, "withdraw", NULL, N_("the application is withdrawn") },
	{ 0, "on", "DATE", N_("the day, if not today"), .check = "date" },
	OVERRIDE_OPT,
	{ 0 }
};

#define CPL "中华人民共和国民事诉讼法"
#define INVITED "最高人民法院关于人民法院特邀调解的规定", "法释〔2016〕14号"
#define INTERPRETATION "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释", "法释〔2022〕11号"

/* What becomes of both records; no option: the application itself. */
static const struct act {
	const char *option, *event, *mediation_event, *date, *ground;
} acts[] = {
	{ "accept", "accept", NULL, "accepted_on", NULL },
	{ "reject", "reject", "refuse-confirmation", "decided_on", "reject_ground" },
	{ "grant", "confirm", "confirm", "decided_on", NULL },
	{ "refuse", "refuse", "refuse-confirmation", "decided_on", "refuse_ground" },
	{ "withdraw", "withdraw", "withdraw-confirmation", "decided_on", NULL },
};

struct work {
	struct gv_cmd *c;
	const struct act *act;
	char on[GV_ON_MAX];
	struct gv_assignments fields;    /* of the application */
	struct gv_amend mediation, confirmation;
	struct gv_doc doc;               /* of a new application */
	struct gv_numbering new;
	struct override override;
	char what[GV_KEY_MAX + OVERRIDE_WHAT_MAX];
};

/* ---- may it be applied for? ---- */

/* The text of the law on the day of the application: the same words, and another number since 2024. */
static struct gv_basis law_on(const char *on)
{
	return strcmp(on, "2024-01-01") < 0 ? (struct gv_basis){ CPL, "2021", "201" } : (struct gv_basis){ CPL, "2023", "205" };
}

/* CF-01: within 30 days of the agreement's effect; a last day that is not worked moves (SV-01). */
static int check_time(struct work *w, gv_day effective, gv_day on)
{
	struct gv_err *err = &w->c->err;
	struct gv_basis law = law_on(w->on);
	struct gv_calendar *cal;
	gv_day last = GV_DAY_NONE, nominal;
	char until[GV_DATE_LEN + 1];
	bool known;
	int rc = gv_calendar_load(&cal, NULL, err);

	if (rc)
		return rc;
	rc = gv_date_period(cal, effective, (struct gv_term){ 30, GV_UNIT_DAY }, &last, &nominal, &known, err);
	gv_calendar_free(cal);
	if (rc || on <= last || override_takes(&w->override, "CF-01"))
		return rc;
	gv_day_format(last, until);
	return gv_fail_field(err, GV_EDATA, "agreement",
	                     _("the last day to apply for confirmation was %s (%s %s, art. %s); where the court excuses it (art. 86): "
	                       "--override CF-01 -m REASON"),
	                     until, law.doc, law.no, law.art);
}

/* CF-06: what may not be confirmed at all. */
static int check_subject(struct work *w, const struct gv_val *agreement)
{
	static const char *const barred[] = { "status", "title", "intellectual-property" };
	const struct gv_val *list = gv_val_items(agreement, "subject");

	for (uint32_t i = 0; i < list->n; i++)
		for (size_t k = 0; k < sizeof barred / sizeof barred[0]; k++)
			if (gv_str_is(gv_val_str(&list->items[i]), barred[k]))
				return gv_fail_field(&w->c->err, GV_EDATA, "agreement.subject",
				                     _("%s: such an agreement is not confirmed (%s %s, art. %s)"), barred[k],
				                     INTERPRETATION, "355");
	return 0;
}

static int check_application(struct work *w, gv_day *effective)
{
	const struct gv_val *rec = &w->mediation.doc.root, *agreement = gv_val_get(rec, "agreement");
	gv_day on = gv_day_read((struct gv_str){ w->on, GV_DATE_LEN });
	struct gv_str missing;

	if (gv_str_is(gv_val_getstr(rec, "referral"), "after-filing"))
		return gv_fail_field(&w->c->err, GV_EDATA, "referral",
		                     _("what was agreed after filing becomes a paper of the court, and is not confirmed (%s %s, art. %s)"),
		                     INVITED, "20");
	*effective = gv_mediation_effective(rec, &missing);
	if (*effective == GV_DAY_NONE)
		return gv_fail_field(&w->c->err, GV_EDATA, "agreement.signatures",
		                     missing.n ? _("%.*s has not signed: the agreement has no effect yet")
		                               : _("%.*sthere is no agreement in effect"),
		                     (int)missing.n, missing.p ? missing.p : "");
	if (on < *effective)
		return gv_fail_field(&w->c->err, GV_EDATA, "agreement.signatures", "%s",
		                     _("the agreement is not in effect on that day"));
	return check_time(w, *effective, on) ? w->c->err.code : check_subject(w, agreement);
}

/* ---- the application ---- */

static int set_text(struct work *w, struct gv_val *rec, const char *field, struct gv_str text)
{
	return gv_obj_set(&w->doc, rec, gv_str_of(field), gv_mkstr(&w->doc, text), &w->c->err);
}

/* All parties jointly (CF-01), unless applicants=... says who. */
static int add_applicants(struct work *w, struct gv_val *rec)
{
	const struct gv_val *parties = gv_val_items(&w->mediation.doc.root, "parties");
	struct gv_val names = gv_mkarr();
	int rc = 0;

	for (uint32_t i = 0; i < parties->n && !rc; i++)
		rc = gv_arr_add(&w->doc, &names, gv_mkstr(&w->doc, gv_val_getstr(&parties->items[i], "name")), &w->c->err);
	return rc ? rc : gv_obj_set(&w->doc, rec, GV_STR("applicants"), names, &w->c->err);
}

/* The court's acts and the command itself say these, not whoever applies. */
static int check_fields(struct work *w)
{
	static const char *const fixed[] = { "id", "kind", "state", "mediation", "events" };

	for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
		if (gv_assignments_find(&w->fields, fixed[i]))
			return gv_fail_field(&w->c->err, GV_EUSAGE, fixed[i], "%s", _("is set by this command itself"));
	return 0;
}

static int check_applicants(struct work *w, const struct gv_val *rec)
{
	const struct gv_val *parties = gv_val_items(&w->mediation.doc.root, "parties"), *names = gv_val_items(rec, "applicants");
	struct gv_basis law = law_on(w->on);

	for (uint32_t i = 0; i < parties->n; i++) {
		struct gv_str party = gv_val_getstr(&parties->items[i], "name");
		uint32_t k = 0;

		while (k < names->n && !gv_str_eq(gv_val_str(&names->items[k]), party))
			k++;
		if (k == names->n)
			return gv_fail_field(&w->c->err, GV_EDATA, "applicants", _("%.*s does not apply: all parties do together (%s %s, art. %s)"),
			                     (int)party.n, party.p, law.doc, law.no, law.art);
	}
	return 0;
}

static int make_application(struct work *w)
{
	const struct gv_schema *s = gv_schema_find(GV_STR("agreement-confirmation"));
	struct gv_str day = { w->on, GV_DATE_LEN };
	char effective_text[GV_DATE_LEN + 1], prefix[64];
	struct gv_val rec = gv_mkobj();
	gv_day effective = GV_DAY_NONE;
	int rc = check_application(w, &effective);

	if (rc)
		return rc;
	gv_day_format(effective, effective_text);
	const struct { const char *field; struct gv_str text; } texts[] = {
		{ "kind", gv_str_of(s->kind) }, { "state", GV_STR("applied") }, { "mediation", gv_str_of(w->mediation.rec.id.key) },
		{ "applied_on", day }, { "effective_on", gv_str_of(effective_text) }, { "form", GV_STR("written") },
		{ "venue", GV_STR("inviting-court") },
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0] && !rc; i++)
		rc = set_text(w, &rec, texts[i].field, texts[i].text);
	if (!rc)
		rc = add_applicants(w, &rec);
	if (!rc)
		rc = gv_assignments_apply(&w->fields, w->c, s, &w->doc, &rec);
	if (!rc)
		rc = check_applicants(w, &rec);
	if (!rc)
		rc = gv_event_add_plain(&w->doc, &rec, "apply", day, &w->c->err);
	if (!rc)
		rc = override_keep(&w->override, &w->doc, &rec, day, (struct gv_str){ 0 }, w->mediation.rec.id.key);
	if (!rc)
		rc = gv_amend_event(&w->mediation, "apply-confirmation", w->on, &(struct gv_assignments){ 0 });
	snprintf(prefix, sizeof prefix, "%s-%c", gv_store_court(w->mediation.store), s->letter);
	return rc ? rc : gv_numbering_add(&w->new, s, rec, prefix);
}

static int put_both(void *ctx, struct gv_plan *plan, struct gv_err *err)
{
	struct work *w = ctx;
	struct gv_amend *m = &w->mediation;
	int rc = gv_numbering_give(&w->new, plan, 0);

	(void)err; /* the command's own, which the others fill */
	if (!rc)
		rc = gv_link_add(&m->doc, &m->doc.root, "confirmation", gv_numbering_id(&w->new, 0), &w->c->err);
	if (!rc)
		rc = gv_rec_check(m->rec.id.schema, &m->doc.root, gv_store_caseno(m->store), &w->c->err);
	return rc ? rc : gv_plan_put(plan, &m->rec.id, &m->base, &m->doc.root, &w->c->err);
}

static int apply(struct work *w)
{
	int rc = make_application(w);

	snprintf(w->what, sizeof w->what, "%s %s", w->override.what, w->mediation.rec.id.key);
	return rc ? rc : gv_cmd_commit(w->c, w->mediation.plan, w->what, put_both, w, NULL);
}

/* ---- what the court does with it ---- */

/* The newest confirmation among the links. */
static int find_confirmation(struct work *w)
{
	const struct gv_val *links = gv_val_items(&w->mediation.doc.root, "links");

	for (uint32_t i = links->n; i-- > 0;)
		if (gv_str_is(gv_val_getstr(&links->items[i], "rel"), "confirmation"))
			return gv_amend_load(&w->confirmation, gv_val_getstr(&links->items[i], "id"));
	return gv_fail(&w->c->err, GV_EDATA, "%s", _("nobody has applied for confirmation"));
}

static int alter_confirmation(struct work *w)
{
	struct gv_amend *f = &w->confirmation;
	const char *ground = w->act->ground ? gv_cmd_opt(w->c, w->act->option) : NULL;
	struct gv_assignment given = { .field = GV_BUF_INIT(64), .value = GV_BUF_INIT(64) };
	struct gv_assignments event = { &given, ground ? 1 : 0 };
	struct gv_doc *d = &f->doc;
	struct gv_str applied = gv_val_getstr(&d->root, "applied_on");
	int rc;

	gv_buf_adds(&given.field, "ground");
	gv_buf_adds(&given.value, ground ? ground : "");
	rc = gv_buf_check(&given.field, &w->c->err);
	if (!rc)
		rc = gv_amend_event(f, w->act->event, w->on, &event);
	gv_buf_free(&given.field);
	gv_buf_free(&given.value);
	if (!rc && gv_str_cmp((struct gv_str){ w->on, GV_DATE_LEN }, applied) < 0)
		rc = gv_fail_field(&w->c->err, GV_EDATA, "applied_on", _("%.*s: %s on %.*s would be before that"), (int)applied.n,
		                     applied.p, w->act->event, GV_DATE_LEN, w->on);
	if (!rc)
		rc = gv_obj_set(d, &d->root, gv_str_of(w->act->date), gv_mkstr(d, (struct gv_str){ w->on, GV_DATE_LEN }), &w->c->err);
	if (!rc && ground)
		rc = gv_obj_set(d, &d->root, gv_str_of(w->act->ground), gv_mklit(ground), &w->c->err);
	return rc ? rc : gv_assignments_apply(&w->fields, w->c, f->rec.id.schema, d, &d->root);
}

static int act(struct work *w)
{
	struct gv_amend *m = &w->mediation, *f = &w->confirmation;
	int rc;

	*f = (struct gv_amend){ .c = w->c, .store = m->store, .plan = m->plan };
	rc = find_confirmation(w);
	if (!rc) {
		rc = alter_confirmation(w);
		if (rc == GV_EDATA)
			gv_err_thing(&w->c->err, f->rec.id.key, strlen(f->rec.id.key));
	}
	if (!rc)
		rc = gv_amend_put(f);
	if (!rc && w->act->mediation_event)
		rc = gv_amend_event(m, w->act->mediation_event, w->on, &(struct gv_assignments){ 0 });
	if (!rc && w->act->mediation_event)
		rc = gv_amend_put(m);
	snprintf(w->what, sizeof w->what, "%s %s", w->act->option, m->rec.id.key);
	return rc ? rc : gv_cmd_commit(w->c, m->plan, w->what, NULL, NULL, NULL);
}

static int which(struct work *w)
{
	for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
		if (!gv_cmd_has(w->c, acts[i].option))
			continue;
		if (w->act)
			return gv_fail(&w->c->err, GV_EUSAGE, _("--%s and --%s: one of them"), w->act->option, acts[i].option);
		w->act = &acts[i];
	}
	if (w->act && gv_cmd_has(w->c, "override"))
		return gv_fail(&w->c->err, GV_EUSAGE, _("--%s and --%s: one of them"), "override", w->act->option);
	return override_begin(&w->override, w->c, "apply", "CF-01");
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	int rc = c->argc ? which(&w) : gv_fail(&c->err, GV_EUSAGE, _("which mediation?  %s ID [FIELD=VALUE...]"), c->name);

	w.new = (struct gv_numbering){ .c = c, .doc = &w.doc };
	if (!rc)
		rc = gv_cmd_on(c, w.on);
	if (!rc)
		rc = gv_assignments_read(&w.fields, c, c->argv + 1, c->argc - 1);
	if (!rc)
		rc = check_fields(&w);
	if (!rc)
		rc = gv_amend_begin(&w.mediation, c);
	if (!rc)
		rc = gv_amend_load(&w.mediation, gv_str_of(c->argv[0]));
	if (!rc && strcmp(w.mediation.rec.id.schema->kind, "mediation") != 0)
		rc = gv_fail(&c->err, GV_EDATA, _("is a %s, not a mediation"), w.mediation.rec.id.schema->kind);
	if (!rc)
		rc = w.act ? act(&w) : apply(&w);
	if (rc == GV_EDATA && !c->err.thing[0])
		gv_err_thing(&c->err, c->argv[0], strlen(c->argv[0]));
	gv_doc_free(&w.confirmation.doc);
	gv_amend_end(&w.mediation);
	gv_numbering_free(&w.new);
	gv_assignments_free(&w.fields);
	gv_doc_free(&w.doc);
	return rc;
}

const struct gv_cmd_spec mediate_confirm = {
	.name = "confirm", .summary = N_("apply for judicial confirmation, and record what the court does with it"),
	.usage = N_("ID [--accept|--reject GROUND|--grant|--refuse GROUND|--withdraw] [FIELD=VALUE...]"), .operands = "id",
	.opts = opts, .kind = "mediation", .common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
