/* SPDX-License-Identifier: MIT */
/* case-publish propose: candidates as candidate prints them, or typed, become typical cases that somebody may edit. */
#include <string.h>

#include "case-publish.h"
#include "opening.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day, if not today"), .check = "date" },
	{ 0, "by", "NAME", N_("who proposes it") },
	{ 0 }
};

/* Features come as a list; the record keeps them as its reason. */
static int take_features(struct gv_opening *o, struct gv_val *rec)
{
	const struct gv_val *features = gv_val_items(rec, "features"), *given = gv_val_get(rec, "features");
	struct gv_buf reason = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	int rc;

	if (given && given->type != GV_ARRAY)
		return gv_fail_field(&o->c->err, GV_EDATA, "features", "%s", _("is no list of names"));
	for (uint32_t i = 0; i < features->n; i++) {
		gv_buf_adds(&reason, i ? ", " : "");
		gv_buf_addstr(&reason, gv_val_str(&features->items[i]));
	}
	rc = gv_buf_check(&reason, &o->c->err);
	if (!rc && reason.n)
		rc = gv_opening_default(o, rec, "candidate_reason", reason.p);
	gv_buf_free(&reason);
	gv_obj_del(rec, GV_STR("features"));
	gv_obj_del(rec, GV_STR("count"));
	return rc;
}

static int prepare(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	struct publish_index *told = o->ctx;
	struct gv_cmd *c = o->c;
	struct gv_doc kase = GV_DOC_INIT;
	struct gv_str none = { 0 };
	int rc = gv_opening_default(o, rec, "kind", "typical-case");

	if (!rc)
		rc = gv_opening_default(o, rec, "state", "candidate");
	if (!rc && !gv_str_is(gv_val_getstr(rec, "state"), "candidate"))
		rc = gv_fail_field(&c->err, GV_EDATA, "state", "%s", _("a typical case begins as candidate; case-file import takes those that are further on"));
	if (!rc)
		rc = take_features(o, rec);
	if (!rc)
		rc = gv_opening_names(o, rec, "case", "case", &kase);
	gv_doc_free(&kase);
	if (!rc && publish_index_find(told, gv_val_getstr(rec, "case"), none, none))
		rc = gv_fail_field(&c->err, GV_EDATA, "case", "%s", _("has a typical case already"));
	if (!rc)
		rc = publish_index_add(told, gv_val_getstr(rec, "case"), GV_STR("#"), none, none);
	if (!rc)
		rc = gv_opening_default(o, rec, "proposed_on", o->on);
	if (!rc && gv_cmd_opt(c, "by"))
		rc = gv_opening_default(o, rec, "proposed_by", gv_cmd_opt(c, "by"));
	return rc ? rc : gv_opening_serial(o, number);
}

static int run(struct gv_cmd *c)
{
	struct publish_index *told = NULL;
	int rc = publish_index_load(&told, c, "typical-case");

	if (!rc)
		rc = gv_opening_run(c, prepare, told);
	publish_index_free(told);
	return rc;
}

const struct gv_cmd_spec publish_propose = {
	.name = "propose", .summary = N_("put a case down as a candidate for a typical one; prints it"),
	.usage = N_("case=NUMBER title=TEXT [FIELD=VALUE...]   (or what candidate prints, on standard input)"), .opts = opts,
	.kind = "typical-case", .fields = "id,state,case,title,candidate_reason",
	.common = GV_C_WRITE | GV_C_BULK | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
