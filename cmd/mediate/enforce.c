/* SPDX-License-Identifier: MIT */
/* mediate enforce: a confirmed agreement is not performed. */
#include <string.h>

#include "newcase.h"

static const struct gv_opt opts[] = {
	{ 0, "type", "CODE", N_("type code of the case's number, if not 执") },
	{ 0, "on", "DATE", N_("day of filing, if not today"), .check = "date" },
	{ 0 }
};

/* Only a ruling makes it enforceable (CF-09), and what is performed is over. */
/* One enforcement at a time: another only after the last is closed. */
static int none_runs(struct gv_amend *a)
{
	const struct gv_val *links = gv_val_items(&a->doc.root, "links");
	struct gv_err *err = &a->c->err;
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_rec last;
	struct gv_id id;
	int rc = 0;

	for (uint32_t i = 0; i < links->n && !rc; i++) {
		struct gv_str other = gv_val_getstr(&links->items[i], "id");

		if (!gv_str_is(gv_val_getstr(&links->items[i], "rel"), "enforcement"))
			continue;
		rc = gv_id_parse(&id, other, NULL, gv_store_caseno(a->store), err);
		if (!rc)
			rc = gv_store_get(a->store, &id, &doc, &last, err);
		if (!rc && !gv_val_getstr(last.val, "closed_on").n)
			rc = gv_fail(err, GV_EDATA, _("%.*s enforces it already, and is not closed"), (int)other.n, other.p);
		if (rc)
			gv_err_field_prefix(err, "links");
	}
	gv_doc_free(&doc);
	return rc;
}

static int guard(struct gv_amend *a)
{
	struct gv_str state = gv_val_getstr(&a->doc.root, "state"), done = gv_val_getstr(&a->doc.root, "performed_on");

	if (!gv_str_is(state, "confirmed"))
		return gv_fail_field(&a->c->err, GV_EDATA, "state",
		                     _("%.*s: an agreement is enforced once it is confirmed (%s %s, art. %s)"), (int)state.n, state.p,
		                     "中华人民共和国民事诉讼法", "2023", "206");
	if (done.n)
		return gv_fail_field(&a->c->err, GV_EDATA, "performed_on", _("performed on %.*s"), (int)done.n, done.p);
	return none_runs(a);
}

/* What is enforced is the agreement, not what was asked for. */
static int fill(struct gv_amend *a, struct gv_doc *d, struct gv_val *rec, struct gv_err *err)
{
	const struct gv_val *agreement = gv_val_get(&a->doc.root, "agreement");
	int64_t fen;

	gv_obj_del(rec, GV_STR("claim"));
	gv_obj_del(rec, GV_STR("claim_fen"));
	if (!agreement || !gv_val_getint(agreement, "fen", &fen))
		return 0;
	return gv_obj_set(d, rec, GV_STR("claim_fen"), gv_mkint(fen), err);
}

static int run(struct gv_cmd *c)
{
	return newcase_run(c, &(struct newcase){ .type = "执", .event = "enforce", .rel = "enforcement", .first = "申请执行人",
	                                         .other = "被执行人", .guard = guard, .fill = fill });
}

const struct gv_cmd_spec mediate_enforce = {
	.name = "enforce", .summary = N_("open an enforcement case for a confirmed agreement that is not performed; prints it"),
	.usage = N_("[ID...|-]   (or ids on standard input)"), .operands = "id", .opts = opts, .kind = "mediation",
	.fields = "id,state,cause,filed_on,claim_fen", .common = GV_C_WRITE | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
