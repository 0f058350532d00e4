/* SPDX-License-Identifier: MIT */
/*
 * bundles: the claims, assets and seizures of a docket, put together case by case as estate.h reads them, each as one line of
 * JSON.  One walk over the three kinds and two sorts that use the disk where memory is short: it takes as much memory for a
 * large court as for a small one.
 *
 * The bundle of a case has the case's claim (that of the enforcement, if there are several: the rest is in "other_claims"), its
 * seizures, their assets, and the seizures of other cases on these assets.
 *
 * A bundle may also come from elsewhere: then nobody has judged its records yet.
 */
#ifndef GAVEL_BUNDLES_H
#define GAVEL_BUNDLES_H

#include "store.h"

/*
 * `wanted`: cases in official form, sorted by bytes; NULL: all that have a seizure or a claim.  Those of which the docket has
 * nothing are passed over; `seen[i]` says of each wanted one whether it has something.  `unseal` (may be NULL) opens sealed
 * values in a canonical text.  `each` gets one bundle, good until it returns; non-zero stops.
 */
struct gv_bundles_ask {
	const struct gv_str *wanted;
	size_t n;
	struct gv_str asset;       /* {0}, or: what is on this asset goes into the bundle of wanted[0], which has no seizure on it yet */
	bool *seen;
	int (*unseal)(void *ctx, struct gv_str *text, struct gv_str path);
	int (*each)(void *ctx, struct gv_str bundle, struct gv_err *err);
	void *ctx;
};
int gv_bundles_each(struct gv_store *s, const struct gv_bundles_ask *ask, struct gv_err *err);
/* That of one case, and of what is on the asset ({0}: none besides); !*there: the docket has nothing of it. */
int gv_bundles_one(struct gv_store *s, struct gv_str of_case, struct gv_str asset, struct gv_buf *bundle, bool *there, struct gv_err *err);

/*
 * Are the claims, the assets and the seizures of a bundle from elsewhere what the schemas say, as far as they go
 * (gv_schema_check_part())?  GV_EDATA with record, field and value.  Members of the bundle are the reader's affair
 * (gv_estate_read()).
 */
int gv_bundle_check(const struct gv_val *bundle, struct gv_err *err);
/* The cases that it names, in whatever form people write them, get their official one; what is no case number stays. */
int gv_bundle_name_cases(struct gv_doc *bundle, struct gv_caseno_reader *cn, struct gv_err *err);

#endif
