/* SPDX-License-Identifier: MIT */
/* credit-repair debtor, notify, promise, apply: new records get their numbers. */
#include <stdio.h>
#include <string.h>

#include "credit-repair.h"
#include "ident.h"
#include "opening.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day, if not today"), .check = "date" },
	{ 0 }
};

/* Whatever was typed, records name others in full and cases by their numbers; what is named is there, but for cases. */
static int complete_id(struct gv_opening *o, struct gv_val *rec, const char *field, const char *kind)
{
	struct gv_cmd *c = o->c;
	struct gv_str text = gv_val_getstr(rec, field);
	struct gv_buf full = GV_BUF_INIT(GV_KEY_MAX + 64);
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_rec there;
	struct gv_id id;
	int rc = text.n ? gv_cmd_id_of(c, text, gv_schema_find(gv_str_of(kind)), &id) : gv_fail(&c->err, GV_EUSAGE, "%s", _("is missing"));

	if (!rc && strcmp(kind, "case") != 0)
		rc = gv_store_get(gv_cmd_store(c), &id, &doc, &there, &c->err);
	if (rc == GV_ENOTFOUND)
		rc = gv_fail(&c->err, GV_EDATA, _("%.*s is not in the docket"), (int)text.n, text.p);
	if (rc) {
		gv_err_field_prefix(&c->err, field);
	} else {
		gv_id_format(&id, true, &full);
		rc = gv_buf_check(&full, &c->err);
	}
	if (!rc)
		rc = gv_obj_set(&o->doc, rec, gv_str_of(field), gv_mkstr(&o->doc, gv_buf_str(&full)), &c->err);
	gv_doc_free(&doc);
	gv_buf_free(&full);
	return rc;
}

static int number_of(struct gv_opening *o, char number[GV_NUMBER_MAX])
{
	snprintf(number, GV_NUMBER_MAX, "%s-%c", gv_store_court(gv_cmd_store(o->c)), gv_cmd_schema(o->c)->letter);
	return 0;
}

static int prepare_plain(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	const struct gv_schema *s = gv_cmd_schema(o->c);
	int rc = gv_opening_default(o, rec, "kind", s->kind);

	if (!rc)
		rc = gv_opening_default(o, rec, s->date_field, o->on);
	if (!rc && gv_val_get(rec, "credit"))
		rc = complete_id(o, rec, "credit", "credit");
	if (!rc && strcmp(s->kind, "promise") == 0)
		rc = complete_id(o, rec, "debtor", "debtor");
	return rc ? rc : number_of(o, number);
}

/* A number with a wrong check digit, or of another birth, is of somebody else. */
static int check_identity(struct gv_opening *o, const struct gv_val *rec)
{
	struct gv_str number = gv_val_getstr(rec, "id_no"), code = gv_val_getstr(rec, "credit_code");
	bool unit = gv_str_is(gv_val_getstr(rec, "type"), "unit");
	gv_day born = gv_credit_day(rec, "born_on");
	struct gv_ident ident;

	if (unit && (number.n || born != GV_DAY_NONE))
		return gv_fail_field(&o->c->err, GV_EDATA, number.n ? "id_no" : "born_on", "%s", _("a unit has none"));
	if (born != GV_DAY_NONE && born > o->c->today)
		return gv_fail_field(&o->c->err, GV_EDATA, "born_on", _("%.10s is after today"), gv_val_getstr(rec, "born_on").p);
	if (code.n) {
		gv_ident_check(&ident, GV_ID_CREDIT, code);
		if (!ident.valid)
			return gv_fail_field(&o->c->err, GV_EDATA, "credit_code", "%s", ident.reason);
	}
	if (number.n != 18) /* passports and the like have no check digit */
		return 0;
	gv_ident_check(&ident, GV_ID_RESIDENT, number);
	if (!ident.valid)
		return gv_fail_field(&o->c->err, GV_EDATA, "id_no", "%s", ident.reason);
	if (born == GV_DAY_NONE || ident.birth == GV_DAY_NONE || born == ident.birth)
		return 0;
	return gv_fail_field(&o->c->err, GV_EDATA, "born_on", _("%.10s is not the day in id_no, %s"), gv_val_getstr(rec, "born_on").p, gv_credit_date(ident.birth).s);
}

/* One form of a number, so that two ways of writing it are one person. */
static int normalise(struct gv_opening *o, struct gv_val *rec)
{
	struct gv_str number = gv_val_getstr(rec, "id_no");
	struct gv_ident ident;

	if (!number.n)
		return 0;
	gv_ident_check(&ident, GV_ID_RESIDENT, number);
	return ident.valid ? gv_obj_set(&o->doc, rec, GV_STR("id_no"), gv_mkstr(&o->doc, gv_str_of(ident.normal)), &o->c->err) : 0;
}

static int prepare_debtor(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	int rc = normalise(o, rec);

	if (!rc)
		rc = check_identity(o, rec);

	if (!rc)
		rc = credit_twins_check(o->ctx, rec);
	return rc ? rc : prepare_plain(o, rec, number);
}

/* The day when the enforcement was filed, where the docket has the case. */
static int copy_filed_on(struct gv_opening *o, struct gv_val *rec)
{
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_rec there = { 0 };
	struct gv_id id;
	int rc = gv_val_get(rec, "filed_on") ? GV_ENOTFOUND : gv_cmd_id_of(o->c, gv_val_getstr(rec, "case"), gv_schema_find(GV_STR("case")), &id);

	if (!rc)
		rc = gv_store_get(gv_cmd_store(o->c), &id, &doc, &there, &o->c->err);
	if (!rc && there.val && gv_val_getstr(there.val, "filed_on").n)
		rc = gv_obj_set(&o->doc, rec, GV_STR("filed_on"), gv_mkstr(&o->doc, gv_val_getstr(there.val, "filed_on")), &o->c->err);
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(&o->c->err);
		rc = 0;
	}
	gv_doc_free(&doc);
	return rc;
}

/* What is no date is told by the check of the whole record, of the field that was typed. */
static int add_notify(struct gv_opening *o, struct gv_val *rec)
{
	struct gv_str served = gv_credit_text(rec, "notice.served_on");
	gv_day day = gv_day_read(served);

	gv_day due = gv_credit_day(rec, "notice.due_on");

	if (day != GV_DAY_NONE && day > o->c->today)
		return gv_fail_field(&o->c->err, GV_EDATA, "notice.served_on", _("%.10s is after today"), served.p);
	if (day != GV_DAY_NONE && due != GV_DAY_NONE && due < day)
		return gv_fail_field(&o->c->err, GV_EDATA, "notice.due_on", _("%.10s is before notice.served_on, %.10s"), gv_credit_text(rec, "notice.due_on").p, served.p);
	return day == GV_DAY_NONE ? 0 : gv_event_add_plain(&o->doc, rec, "notify", served, &o->c->err);
}

/* What an act makes of a record is not there before it. */
static int check_begins(struct gv_opening *o, const struct gv_val *rec, const char *state, const char *const later[])
{
	if (!gv_str_is(gv_val_getstr(rec, "state"), state))
		return gv_fail_field(&o->c->err, GV_EDATA, "state", _("it begins as %s; case-file import takes those that are further on"), state);
	for (size_t i = 0; later[i]; i++)
		if (gv_val_get(rec, later[i]))
			return gv_fail_field(&o->c->err, GV_EDATA, later[i], _("it begins as %s; case-file import takes those that are further on"), state);
	return 0;
}

/* An entry begins with the notice that warns; or as a restriction alone, which the next step orders. */
static int prepare_entry(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	static const struct { const char *field, *text; } defaults[] = { { "kind", "credit" }, { "state", "notified" }, { "restriction", "none" }, { "role", "P0" } };
	static const char *const later[] = { "decision", "grace", "published_on", "removal", "earlier", "order", "lift", "events", NULL };
	int rc = 0;

	for (size_t i = 0; i < sizeof defaults / sizeof defaults[0] && !rc; i++)
		rc = gv_opening_default(o, rec, defaults[i].field, defaults[i].text);
	if (!rc)
		rc = complete_id(o, rec, "case", "case");
	if (!rc)
		rc = complete_id(o, rec, "debtor", "debtor");
	if (!rc)
		rc = check_begins(o, rec, "notified", later);
	if (!rc && !gv_str_is(gv_val_getstr(rec, "restriction"), "none"))
		rc = gv_fail_field(&o->c->err, GV_EDATA, "restriction", "%s", _("moves by restrict and lift"));
	if (!rc && !gv_val_path(rec, GV_STR("notice.served_on")))
		rc = gv_val_set_path(&o->doc, rec, GV_STR("notice.served_on"), gv_mkstr(&o->doc, gv_str_of(o->on)), &o->c->err);
	if (!rc)
		rc = copy_filed_on(o, rec);
	if (!rc)
		rc = credit_twins_check(o->ctx, rec);
	if (!rc)
		rc = add_notify(o, rec);
	return rc ? rc : number_of(o, number);
}

/* The debtor is the entry's. */
static int copy_debtor(struct gv_opening *o, struct gv_val *rec)
{
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_rec entry = { 0 };
	struct gv_id id;
	int rc = gv_cmd_id_of(o->c, gv_val_getstr(rec, "credit"), gv_schema_find(GV_STR("credit")), &id);

	if (!rc)
		rc = gv_store_get(gv_cmd_store(o->c), &id, &doc, &entry, &o->c->err);
	if (!rc && entry.val && gv_credit_is_foreign(entry.val))
		rc = gv_fail_field(&o->c->err, GV_EDATA, "credit", "%s", _("is an entry of another court, which alone repairs it"));
	if (!rc && entry.val && gv_val_get(entry.val, "debtor"))
		rc = gv_obj_set(&o->doc, rec, GV_STR("debtor"), gv_mkstr(&o->doc, gv_val_getstr(entry.val, "debtor")), &o->c->err);
	gv_doc_free(&doc);
	return rc;
}

static int prepare_repair(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	static const char *const later[] = { "decided_on", "refuse_reason", "proof_no", "proof_on", NULL };
	int rc = gv_opening_default(o, rec, "kind", "repair");

	if (!rc)
		rc = gv_opening_default(o, rec, "state", "applied");
	if (!rc)
		rc = check_begins(o, rec, "applied", later);
	if (!rc)
		rc = gv_opening_default(o, rec, "applied_on", o->on);
	if (!rc)
		rc = complete_id(o, rec, "credit", "credit");
	if (!rc)
		rc = copy_debtor(o, rec);
	if (!rc && !gv_val_getstr(rec, "ground").n)
		rc = gv_fail_field(&o->c->err, GV_EUSAGE, "ground", "%s", _("is missing"));
	if (!rc && gv_val_get(rec, "promise"))
		rc = complete_id(o, rec, "promise", "promise");
	if (!rc)
		rc = credit_twins_check(o->ctx, rec);
	if (!rc)
		rc = gv_opening_event(o, rec, "apply", "applied_on");
	return rc ? rc : number_of(o, number);
}

static int run(struct gv_cmd *c)
{
	static const struct { const char *kind; gv_opening_fn *prepare; bool once; } kinds[] = {
		{ "credit", prepare_entry, true }, { "debtor", prepare_debtor, true }, { "repair", prepare_repair, true }, { "promise", prepare_plain, false },
	};
	struct credit_twins *twins = NULL;
	char on[GV_ON_MAX];
	size_t i = 0;
	int rc = gv_cmd_on_done(c, on);

	while (strcmp(kinds[i].kind, c->spec->kind) != 0)
		i++;
	if (!rc && kinds[i].once)
		rc = credit_twins_load(&twins, c);
	if (!rc)
		rc = gv_opening_run(c, kinds[i].prepare, twins);
	credit_twins_free(twins);
	return rc;
}

#define OPENS(symbol, of, columns, text, words) \
	const struct gv_cmd_spec credit_##symbol = { \
		.name = #symbol, .summary = (text), .usage = (words), .opts = opts, .kind = (of), .fields = (columns), \
		.common = GV_C_WRITE | GV_C_BULK | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF, .records = &gv_cmd_records, .run = run, \
	};

OPENS(debtor, "debtor", "id,type,name", N_("record a debtor; prints it"), N_("type=person|unit name=NAME FIELD=VALUE...   (or NDJSON without ids on standard input)"))
OPENS(notify, "credit", CREDIT_FIELDS, N_("begin an entry: the enforcement notice, which warns of the list, was served; prints it"),
      N_("case=NUMBER debtor=ID notice.risk_warning=true FIELD=VALUE...   (or NDJSON without ids)"))
OPENS(promise, "promise", "id,debtor,made_on,text", N_("record a promise of credit; prints it"), N_("debtor=ID text=TEXT FIELD=VALUE...   (or NDJSON without ids)"))
OPENS(apply, "repair", "id,state,credit,ground,applied_on", N_("take an application for repair; prints it"), N_("credit=ID ground=GROUND FIELD=VALUE...   (or NDJSON without ids)"))
