/* SPDX-License-Identifier: MIT */
/* seizure claim, asset, seize: new records get their numbers. */
#include <string.h>

#include "opening.h"
#include "seizure.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day of the ruling, or since when it is known, if not today"), .check = "date" },
	{ 0 }
};

/* Of one input: what is not written yet is there, too. */
static int check_twins(struct gv_opening *o, const struct gv_val *rec)
{
	struct gv_cmd *c = o->c;

	for (size_t i = 0; i < o->new.n; i++)
		if (seizure_is_same(gv_cmd_schema(c)->kind, gv_numbering_rec(&o->new, i), rec))
			return gv_fail(&c->err, GV_EDATA, _("is there already as record %zu of this input"), i + 1);
	return 0;
}

static int prepare_claim(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	int rc = gv_opening_default(o, rec, "kind", "claim");

	if (!rc)
		rc = gv_opening_default(o, rec, "cut_off_on", o->on);
	if (!rc)
		rc = gv_opening_names(o, rec, "case", "case", NULL);
	if (!rc)
		rc = check_twins(o, rec);
	if (!rc)
		rc = seizure_judge(o->c, "claim", rec, SEIZURE_BEGINS, NULL);
	return rc ? rc : gv_opening_serial(o, number);
}

static int prepare_asset(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	int rc = gv_opening_default(o, rec, "kind", "asset");

	if (!rc)
		rc = gv_opening_default(o, rec, "found_on", o->on);
	if (!rc)
		rc = seizure_guard_past(o->c, rec, NULL);
	if (!rc && gv_val_get(gv_val_get(rec, "price"), "valid_until"))
		rc = seizure_judge(o->c, "asset", rec, SEIZURE_BEGINS, NULL);
	return rc ? rc : gv_opening_serial(o, number);
}

/* Has it effect: is it served, or published if it is of equity?  An asset that is not there is told when the seizure is judged. */
static bool has_effect(struct gv_opening *o, const struct gv_val *rec)
{
	struct gv_doc doc = GV_DOC_INIT;
	const struct gv_val *asset;
	const char *field;

	if (gv_cmd_get(o->c, gv_val_getstr(rec, "asset"), "asset", &doc, &asset))
		gv_err_clear(&o->c->err);
	field = gv_str_is(gv_val_getstr(asset, "type"), "equity") ? "published_at" : "served_at";
	gv_doc_free(&doc);
	return gv_val_getstr(rec, field).n != 0;
}

/* With the service, of equity the publication, it has effect at once; without it is ordered. */
static int prepare_seizure(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	static const char *const before[] = { "ruled_on", NULL };
	bool waits = gv_str_is(gv_val_getstr(rec, "measure"), "waiting");
	int rc = gv_opening_default(o, rec, "kind", "seizure");

	if (!rc)
		rc = gv_opening_names(o, rec, "case", "case", NULL);
	if (!rc)
		rc = gv_opening_names(o, rec, "asset", "asset", NULL);
	if (!rc)
		rc = gv_opening_default(o, rec, "ruled_on", o->on);
	if (!rc)
		rc = gv_opening_default(o, rec, "state", waits ? "waiting" : has_effect(o, rec) ? "effective" : "ordered");
	if (!rc)
		rc = seizure_guard_past(o->c, rec, NULL);
	if (!rc)
		rc = seizure_guard_after(o->c, rec, "served_at", gv_val_getstr(rec, "served_at"), before);
	if (!rc)
		rc = seizure_guard_after(o->c, rec, "published_at", gv_val_getstr(rec, "published_at"), before);
	if (!rc)
		rc = check_twins(o, rec);
	if (!rc)
		rc = gv_opening_event(o, rec, "order", "ruled_on");
	if (!rc)
		rc = seizure_judge_ranked(o->c, &o->doc, rec, SEIZURE_BEGINS);
	return rc ? rc : gv_opening_serial(o, number);
}

static int run(struct gv_cmd *c)
{
	const char *kind = c->spec->kind;
	char on[GV_ON_MAX];
	int rc = gv_cmd_on_done(c, on);

	return rc ? rc : gv_opening_run(c, strcmp(kind, "seizure") == 0 ? prepare_seizure : strcmp(kind, "claim") == 0 ? prepare_claim : prepare_asset, NULL);
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
