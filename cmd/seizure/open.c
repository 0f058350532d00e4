/* SPDX-License-Identifier: MIT */
/* seizure claim, asset, seize: new records get their numbers. */
#include <stdio.h>
#include <string.h>

#include "opening.h"
#include "seizure.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day of the ruling, or since when it is known, if not today"), .check = "date" },
	{ 0 }
};

static int number_of(struct gv_opening *o, char number[GV_NUMBER_MAX])
{
	snprintf(number, GV_NUMBER_MAX, "%s-%c", gv_store_court(gv_cmd_store(o->c)), gv_cmd_schema(o->c)->letter);
	return 0;
}

/* Whatever was typed, records name assets in full and cases by their numbers. */
static int complete_id(struct gv_opening *o, struct gv_val *rec, const char *kind)
{
	struct gv_cmd *c = o->c;
	struct gv_str text = gv_val_getstr(rec, kind);
	struct gv_buf full = GV_BUF_INIT(GV_KEY_MAX + 64);
	struct gv_id id;
	int rc = text.n ? gv_cmd_id_of(c, text, gv_schema_find(gv_str_of(kind)), &id) : gv_fail(&c->err, GV_EUSAGE, "%s", _("is missing"));

	if (rc) {
		gv_err_field_prefix(&c->err, kind);
		return rc;
	}
	gv_id_format(&id, true, &full);
	rc = gv_buf_check(&full, &c->err);
	if (!rc)
		rc = gv_obj_set(&o->doc, rec, gv_str_of(kind), gv_mkstr(&o->doc, gv_buf_str(&full)), &c->err);
	gv_buf_free(&full);
	return rc;
}

static int prepare(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	const struct gv_schema *s = gv_cmd_schema(o->c);
	int rc = gv_opening_default(o, rec, "kind", s->kind);

	if (!rc)
		rc = gv_opening_default(o, rec, s->date_field, o->on);
	if (!rc && strcmp(s->kind, "claim") == 0)
		rc = complete_id(o, rec, "case");
	if (!rc && strcmp(s->kind, "claim") == 0)
		rc = seizure_judge(o->c, s->kind, rec, false, NULL);
	return rc ? rc : number_of(o, number);
}

/* With the service it has effect at once; without it is ordered. */
static int prepare_seizure(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	bool waits = gv_str_is(gv_val_getstr(rec, "measure"), "waiting");
	bool served = gv_val_getstr(rec, "served_at").n || gv_val_getstr(rec, "published_at").n;
	int rc = gv_opening_default(o, rec, "kind", "seizure");

	if (!rc)
		rc = complete_id(o, rec, "case");
	if (!rc)
		rc = complete_id(o, rec, "asset");
	if (!rc)
		rc = gv_opening_default(o, rec, "ruled_on", o->on);
	if (!rc)
		rc = gv_opening_default(o, rec, "state", waits ? "waiting" : served ? "effective" : "ordered");
	if (!rc)
		rc = gv_opening_event(o, rec, "order", "ruled_on");
	if (!rc)
		rc = seizure_judge_ranked(o->c, &o->doc, rec, false);
	return rc ? rc : number_of(o, number);
}

static int run(struct gv_cmd *c)
{
	return gv_opening_run(c, strcmp(c->spec->kind, "seizure") == 0 ? prepare_seizure : prepare, NULL);
}

#define OPENS(symbol, of, columns, text, words) \
	const struct gv_cmd_spec seizure_##symbol = { \
		.name = #symbol, .summary = (text), .usage = (words), .opts = opts, .kind = (of), .fields = (columns), \
		.common = GV_C_WRITE | GV_C_BULK | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF, .records = &gv_cmd_records, .run = run, \
	};

OPENS(claim, "claim", "id,case,stage,principal_fen,preservation_fen", N_("record what a case may seize for; prints it"),
      N_("case=NUMBER stage=enforcement|preservation FIELD=VALUE...   (or NDJSON without ids on standard input)"))
OPENS(asset, "asset", "id,type,name,value_fen", N_("record what a debtor has; prints it"),
      N_("type=TYPE FIELD=VALUE...   (or NDJSON without ids on standard input)"))
OPENS(seize, "seizure", SEIZURE_FIELDS, N_("order a measure on an asset, if the rules allow it; prints it"),
      N_("case=NUMBER asset=ID measure=seal|seize|freeze|waiting FIELD=VALUE...   (or NDJSON without ids)"))
