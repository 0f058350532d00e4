/* SPDX-License-Identifier: MIT */
/* seizure: what its subcommands share. */
#ifndef GAVEL_SEIZURE_H
#define GAVEL_SEIZURE_H

#include "amend.h"
#include "estate.h"
#include "i18n.h"

#define SEIZURE_SUBCOMMANDS(X) X(claim) X(asset) X(seize) X(serve) X(renew) X(release) X(convert) X(value) X(list) X(due)

#define SEIZURE_DECLARE(name) extern const struct gv_cmd_spec seizure_##name;
SEIZURE_SUBCOMMANDS(SEIZURE_DECLARE)
#undef SEIZURE_DECLARE

#define SEIZURE_FIELDS "id,state,case,asset,measure,sum_fen,served_at,until,rank"

/* The asset that a seizure names, read into d.  GV_EDATA: no id of one; GV_ENOTFOUND. */
int seizure_fetch_asset(struct gv_cmd *c, struct gv_str text, struct gv_doc *d, const struct gv_val **out);

/*
 * judge: would the docket with this record (a claim, an asset or a seizure, as it is to be) have a violation that is about it, or
 * about what is seized with it?  What `mends` is refused for what is new alone.  GV_EDATA with the rule, the finding and its basis.  It reads all seizures of the docket.
 * *rank (rank may be NULL): the lawful place among all on the asset as of today, once the seizure has one; else 0.
 */
int seizure_judge(struct gv_cmd *c, const char *kind, const struct gv_val *rec, bool mends, uint32_t *rank);
/* The same of a seizure, whose rank is put into it. */
int seizure_judge_ranked(struct gv_cmd *c, struct gv_doc *d, struct gv_val *seizure, bool mends);

#endif
