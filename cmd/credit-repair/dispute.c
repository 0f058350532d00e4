/* SPDX-License-Identifier: MIT */
/* dispute: nothing is published of a record while two lines of history disagree about it. */
#include "conflict.h"
#include "credit-repair.h"

int credit_check_dispute(struct gv_cmd *c, const struct gv_val *rec)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_str text;
	int rc;

	gv_conflict_path(&path, gv_schema_find(GV_STR("credit")), gv_val_getstr(rec, "id"));
	rc = gv_buf_check(&path, &c->err);
	if (!rc)
		rc = gv_store_read(gv_cmd_store(c), path.p, &text, NULL, &c->err);
	gv_buf_free(&path);
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(&c->err);
		return 0;
	}
	return rc ? rc : gv_fail(&c->err, GV_EDATA, "%s", _("a conflict about it is open, and until it is resolved it is not published: case-file conflicts"));
}
