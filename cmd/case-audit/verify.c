/* SPDX-License-Identifier: MIT */
/* case-audit verify: every commit of the history judged. */
#include "case-audit.h"

static int run(struct gv_cmd *c)
{
	return gv_cmd_store(c) ? 0 : c->err.code;
}

const struct gv_cmd_spec case_audit_verify = {
	.name = "verify", .summary = N_("judge every commit: signature, signer, duties, records; findings are records"),
	.usage = "", .common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
