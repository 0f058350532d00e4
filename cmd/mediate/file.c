/* SPDX-License-Identifier: MIT */
/* mediate file: mediation came to nothing, and the party wants to sue. */
#include "newcase.h"

static const struct gv_opt opts[] = {
	{ 0, "type", "CODE", N_("type code of the case's number, if not 民初") },
	{ 0, "on", "DATE", N_("day of filing, if not today"), .check = "date" },
	{ 0 }
};

/* Entrusted after filing, there is a case already: it goes to trial (ME-12). */
static int guard(struct gv_amend *a)
{
	if (!gv_str_is(gv_val_getstr(&a->doc.root, "referral"), "after-filing"))
		return 0;
	return gv_fail_field(&a->c->err, GV_EDATA, "referral", _("was entrusted after filing: its case goes on (%s %s, art. %s)"),
	                     "最高人民法院关于人民法院特邀调解的规定", "法释〔2016〕14号", "21");
}

static int run(struct gv_cmd *c)
{
	return newcase_run(c, &(struct newcase){ .type = "民初", .event = "file", .rel = "case", .first = "原告",
	                                         .other = "被告", .guard = guard });
}

const struct gv_cmd_spec mediate_file = {
	.name = "file", .summary = N_("open a case where mediation came to nothing, with the same papers; prints the case"),
	.usage = N_("[ID...|-]   (or ids on standard input)"), .operands = "id", .opts = opts, .kind = "mediation",
	.fields = "id,state,cause,filed_on,claim_fen", .common = GV_C_WRITE | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
