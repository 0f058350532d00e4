/* SPDX-License-Identifier: MIT */
/* credit-repair debtor, notify, promise, apply: new records get their numbers. */
#include <string.h>

#include "credit-repair.h"
#include "ident.h"
#include "opening.h"
#include "utf8.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day, if not today"), .check = "date" },
	{ 0 }
};

/* What is named is there, but for cases. */
static int names(struct gv_opening *o, struct gv_val *rec, const char *field)
{
	struct gv_doc there = GV_DOC_INIT;
	int rc = gv_opening_names(o, rec, field, field, &there);

	gv_doc_free(&there);
	return rc;
}

/* The entry, and its debtor. */
static int name_entry(struct gv_opening *o, struct gv_val *rec)
{
	struct gv_doc doc = GV_DOC_INIT;
	int rc = gv_opening_names(o, rec, "credit", "credit", &doc);
	struct gv_str debtor = gv_val_getstr(&doc.root, "debtor"), typed = gv_val_getstr(rec, "debtor");

	if (!rc && gv_credit_is_foreign(&doc.root))
		rc = gv_fail_field(&o->c->err, GV_EDATA, "credit", "%s", _("is an entry of another court, which alone repairs it"));
	if (!rc && typed.n)
		rc = gv_opening_names(o, rec, "debtor", "debtor", NULL);
	if (!rc && typed.n && !gv_str_eq(gv_val_getstr(rec, "debtor"), debtor))
		rc = gv_fail_field(&o->c->err, GV_EDATA, "debtor", _("the entry is one of %.*s"), (int)debtor.n, debtor.p);
	if (!rc && debtor.n)
		rc = gv_obj_set(&o->doc, rec, GV_STR("debtor"), gv_mkstr(&o->doc, debtor), &o->c->err);
	gv_doc_free(&doc);
	return rc;
}

static int prepare_plain(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	const struct gv_schema *s = gv_cmd_schema(o->c);
	int rc = gv_opening_default(o, rec, "kind", s->kind);

	if (!rc && s->date_field)
		rc = gv_opening_default(o, rec, s->date_field, o->on);
	if (!rc && strcmp(s->kind, "promise") == 0 && gv_day_read(gv_val_getstr(rec, "made_on")) > o->c->today)
		rc = gv_fail_field(&o->c->err, GV_EDATA, "made_on", _("%.10s is after today"), gv_val_getstr(rec, "made_on").p);
	if (!rc && strcmp(s->kind, "promise") == 0)
		rc = names(o, rec, "debtor");
	if (!rc && gv_val_get(rec, "credit"))
		rc = name_entry(o, rec);
	return rc ? rc : gv_opening_serial(o, number);
}

/* One form of the number, so that two ways of writing it are one person; a resident's with a wrong check digit, or of another birth, is of
 * somebody else.  Passports and the like have no check digit. */
static int check_number(struct gv_opening *o, struct gv_val *rec)
{
	struct gv_str number = gv_val_getstr(rec, "id_no");
	gv_day born = gv_credit_day(rec, "born_on");
	struct gv_buf form = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	struct gv_ident ident;
	int rc = 0;

	if (!number.n)
		return 0;
	gv_ident_check(&ident, GV_ID_RESIDENT, number);
	gv_ident_add_form(&form, GV_ID_RESIDENT, number);
	if (!ident.valid && form.n == 18)
		rc = gv_fail_field(&o->c->err, GV_EDATA, "id_no", "%s", ident.reason);
	else if (born != GV_DAY_NONE && ident.birth != GV_DAY_NONE && born != ident.birth)
		rc = gv_fail_field(&o->c->err, GV_EDATA, "born_on", _("%.10s is not the day in id_no, %s"), gv_val_getstr(rec, "born_on").p,
		                   gv_credit_date(ident.birth).s);
	if (!rc)
		rc = gv_obj_set(&o->doc, rec, GV_STR("id_no"), gv_mkstr(&o->doc, gv_buf_str(&form)), &o->c->err);
	gv_buf_free(&form);
	return rc;
}

static int check_identity(struct gv_opening *o, struct gv_val *rec)
{
	struct gv_str name = gv_val_getstr(rec, "name");

	struct gv_str number = gv_val_getstr(rec, "id_no"), code = gv_val_getstr(rec, "credit_code");
	gv_day born = gv_credit_day(rec, "born_on");
	struct gv_ident ident;
	int rc = 0;

	if (name.n && gv_utf8_is_blank(name))
		return gv_fail_field(&o->c->err, GV_EDATA, "name", "%s", _("is blank"));
	if (gv_str_is(gv_val_getstr(rec, "type"), "unit") && (number.n || born != GV_DAY_NONE))
		return gv_fail_field(&o->c->err, GV_EDATA, number.n ? "id_no" : "born_on", "%s", _("a unit has none"));
	if (born != GV_DAY_NONE && born > o->c->today)
		return gv_fail_field(&o->c->err, GV_EDATA, "born_on", _("%.10s is after today"), gv_val_getstr(rec, "born_on").p);
	if (code.n) {
		gv_ident_check(&ident, GV_ID_CREDIT, code);
		if (!ident.valid)
			return gv_fail_field(&o->c->err, GV_EDATA, "credit_code", "%s", ident.reason);
		rc = gv_obj_set(&o->doc, rec, GV_STR("credit_code"), gv_mkstr(&o->doc, gv_str_of(ident.normal)), &o->c->err);
	}
	return rc ? rc : check_number(o, rec);
}

static int prepare_debtor(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	int rc = check_identity(o, rec);

	if (!rc)
		rc = credit_twins_check(o->ctx, rec);
	return rc ? rc : prepare_plain(o, rec, number);
}

/* The day when the enforcement was filed, where the docket has the case. */
static int copy_filed_on(struct gv_opening *o, struct gv_val *rec)
{
	struct gv_doc doc = GV_DOC_INIT;
	const struct gv_val *there = NULL;
	int rc = gv_val_get(rec, "filed_on") ? 0 : gv_cmd_get(o->c, gv_val_getstr(rec, "case"), "case", &doc, &there);

	if (rc == GV_ENOTFOUND) {
		gv_err_clear(&o->c->err);
		rc = 0;
	}
	if (!rc && gv_val_getstr(there, "filed_on").n)
		rc = gv_obj_set(&o->doc, rec, GV_STR("filed_on"), gv_mkstr(&o->doc, gv_val_getstr(there, "filed_on")), &o->c->err);
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

/* An officer is one of a unit that owes, and the debtor itself is none (CR-20). */
static int check_role(struct gv_opening *o, const struct gv_val *rec, const struct gv_val *debtor)
{
	struct gv_str role = gv_val_getstr(rec, "role"), unit = gv_str_trim(gv_val_getstr(rec, "unit"));
	bool officer = gv_credit_is_officer(rec);

	if (officer && !unit.n)
		return gv_fail_field(&o->c->err, GV_EDATA, "unit", _("missing: %.*s is an officer of a unit that owes (CR-20)"), (int)role.n, role.p);
	if (officer && gv_str_is(gv_val_getstr(debtor, "type"), "unit"))
		return gv_fail_field(&o->c->err, GV_EDATA, "role", _("%.*s is an officer of a unit, and the debtor is a unit itself (CR-20)"), (int)role.n, role.p);
	if (!officer && unit.n)
		return gv_fail_field(&o->c->err, GV_EDATA, "unit", "%s", _("P0 is the debtor itself: role says which officer of the unit it is (CR-20)"));
	return 0;
}

/* An entry begins with the notice that warns; or as a restriction alone, which the next step orders. */
static int prepare_entry(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	static const struct { const char *field, *text; } defaults[] = { { "kind", "credit" }, { "state", "notified" }, { "restriction", "none" }, { "role", "P0" } };
	static const char *const later[] = { "decision", "grace", "published_on", "published", "removal", "earlier", "order", "lift", "source", "events", NULL };
	struct gv_doc debtor = GV_DOC_INIT;
	int rc = 0;

	for (size_t i = 0; i < sizeof defaults / sizeof defaults[0] && !rc; i++)
		rc = gv_opening_default(o, rec, defaults[i].field, defaults[i].text);
	if (!rc)
		rc = gv_opening_names(o, rec, "case", "case", NULL);
	if (!rc)
		rc = gv_opening_names(o, rec, "debtor", "debtor", &debtor);
	if (!rc)
		rc = check_role(o, rec, &debtor.root);
	gv_doc_free(&debtor);
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
	return rc ? rc : gv_opening_serial(o, number);
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
		rc = name_entry(o, rec);
	if (!rc && !gv_val_getstr(rec, "ground").n)
		rc = gv_fail_field(&o->c->err, GV_EUSAGE, "ground", "%s", _("is missing"));
	if (!rc && gv_val_get(rec, "promise"))
		rc = names(o, rec, "promise");
	if (!rc)
		rc = credit_twins_check(o->ctx, rec);
	if (!rc)
		rc = gv_opening_event(o, rec, "apply", "applied_on");
	return rc ? rc : gv_opening_serial(o, number);
}

/* ---- one of each ---- */

static int renew(struct gv_opening *o)
{
	return credit_twins_renew(o->ctx);
}

static int again(struct gv_opening *o, const struct gv_val *rec)
{
	return credit_twins_check(o->ctx, rec);
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
	if (!rc && kinds[i].once)
		rc = gv_opening_run_once(c, &(struct gv_opening_once){ kinds[i].prepare, renew, again, twins });
	else if (!rc)
		rc = gv_opening_run(c, kinds[i].prepare, NULL);
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
