/* SPDX-License-Identifier: MIT */
/* dispute: nothing is published of a record while two lines of history disagree about it. */
#include "credit-repair.h"

int credit_check_dispute(struct gv_cmd *c, const struct gv_val *rec)
{
	bool disputed;
	int rc = gv_cmd_is_disputed(c, "credit", gv_val_getstr(rec, "id"), &disputed);

	if (rc || !disputed)
		return rc;
	return gv_fail(&c->err, GV_EDATA, "%s", _("a conflict about it is open, and until it is resolved it is not published: case-file conflicts"));
}
