/* SPDX-License-Identifier: MIT */
/* credit-repair debtor, notify, promise, apply: new records get their numbers. */
#include <stdio.h>
#include <string.h>

#include "credit-repair.h"
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

/* An entry begins with the notice that warns; or as a restriction alone, which the next step orders. */
static int prepare_entry(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	static const struct { const char *field, *text; } defaults[] = { { "kind", "credit" }, { "state", "notified" }, { "restriction", "none" }, { "role", "P0" } };
	int rc = 0;

	for (size_t i = 0; i < sizeof defaults / sizeof defaults[0] && !rc; i++)
		rc = gv_opening_default(o, rec, defaults[i].field, defaults[i].text);
	if (!rc)
		rc = complete_id(o, rec, "case", "case");
	if (!rc)
		rc = complete_id(o, rec, "debtor", "debtor");
	if (!rc && !gv_str_is(gv_val_getstr(rec, "state"), "notified"))
		return gv_fail_field(&o->c->err, GV_EDATA, "state", "%s", _("an entry begins as notified; case-file import takes those that are further on"));
	if (!rc && !gv_val_path(rec, GV_STR("notice.served_on")))
		rc = gv_val_set_path(&o->doc, rec, GV_STR("notice.served_on"), gv_mkstr(&o->doc, gv_str_of(o->on)), &o->c->err);
	if (!rc)
		rc = gv_event_add_plain(&o->doc, rec, "notify", gv_credit_text(rec, "notice.served_on"), &o->c->err);
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
	if (!rc && entry.val && gv_val_get(entry.val, "debtor"))
		rc = gv_obj_set(&o->doc, rec, GV_STR("debtor"), gv_mkstr(&o->doc, gv_val_getstr(entry.val, "debtor")), &o->c->err);
	gv_doc_free(&doc);
	return rc;
}

static int prepare_repair(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	int rc = gv_opening_default(o, rec, "kind", "repair");

	if (!rc)
		rc = gv_opening_default(o, rec, "state", "applied");
	if (!rc)
		rc = gv_opening_default(o, rec, "applied_on", o->on);
	if (!rc)
		rc = complete_id(o, rec, "credit", "credit");
	if (!rc)
		rc = copy_debtor(o, rec);
	if (!rc && gv_val_get(rec, "promise"))
		rc = complete_id(o, rec, "promise", "promise");
	if (!rc)
		rc = gv_opening_event(o, rec, "apply", "applied_on");
	return rc ? rc : number_of(o, number);
}

static int run(struct gv_cmd *c)
{
	const char *kind = c->spec->kind;
	char on[GV_ON_MAX];
	int rc = gv_cmd_on_done(c, on);

	return rc ? rc : gv_opening_run(c, strcmp(kind, "credit") == 0 ? prepare_entry : strcmp(kind, "repair") == 0 ? prepare_repair : prepare_plain, NULL);
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
