/* SPDX-License-Identifier: MIT */
/* covered: what the court controls for the case already, out of the seizures of the docket (CR-04, CR-06). */
#include "bundles.h"
#include "credit-repair.h"
#include "seizure_rules.h"

static int set_fen(struct gv_amend *a, const char *field, int64_t fen)
{
	return gv_val_get(&a->doc.root, field) ? 0 : gv_obj_set(&a->doc, &a->doc.root, gv_str_of(field), gv_mkint(fen), &a->c->err);
}

static int compute(struct gv_amend *a, struct gv_str bundle)
{
	struct gv_cmd *c = a->c;
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_estate e = { 0 };
	struct gv_seizure_policy policy;
	int rc = gv_json_parse(&doc, bundle, 0, &c->err);

	if (!rc)
		rc = gv_seizure_policy_read(&policy, gv_store_config(a->store), c->today, &c->err);
	if (!rc)
		rc = gv_estate_read(&e, &doc, &doc.root, c->today, &policy, &c->err);
	if (!rc && gv_estate_has_claim(&e) && !e.unknown)
		rc = set_fen(a, "claim_fen", e.claim.total);
	if (!rc && gv_estate_has_claim(&e) && !e.unknown)
		rc = set_fen(a, "controlled_fen", e.least);
	gv_doc_free(&doc);
	return rc;
}

int credit_fill_covered(struct gv_amend *a)
{
	struct gv_str of_case = gv_val_getstr(&a->doc.root, "case");
	struct gv_buf bundle = GV_BUF_INIT(64 * GV_MIB);
	bool there;
	int rc;

	if (gv_val_get(&a->doc.root, "claim_fen") && gv_val_get(&a->doc.root, "controlled_fen"))
		return 0;
	rc = gv_bundles_one(a->store, of_case, (struct gv_str){ 0 }, &bundle, &there, &a->c->err);
	if (!rc && there)
		rc = compute(a, gv_buf_str(&bundle));
	gv_buf_free(&bundle);
	return rc;
}
