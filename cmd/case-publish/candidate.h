/* SPDX-License-Identifier: MIT */
/* candidate: features of a case that may make it a typical one.  None of them is law: each only says why somebody may want to look. */
#ifndef GAVEL_PUBLISH_CANDIDATE_H
#define GAVEL_PUBLISH_CANDIDATE_H

#include "case-publish.h"
#include "query.h"
#include "redact.h"
#include "ref.h"

struct candidate_own { struct gv_str name; struct gv_query *query; };

struct candidate_features {
	struct gv_cmd *c;
	struct gv_causes *causes;        /* borrowed */
	struct gv_ref *classes;
	int cause, class, test;          /* columns */
	struct publish_index *by_cause;  /* the typical cases there are */
	struct candidate_own *own;       /* --feature */
	size_t nown;
};

/* *told: the typical cases of the docket by their cases; the caller's to free, after an error too. */
int candidate_features_open(struct candidate_features *f, struct gv_cmd *c, struct gv_causes *causes, struct publish_index **told);
void candidate_features_close(struct candidate_features *f);

/* The names of those that the case has, into `out`, an array whose items live in d. */
int candidate_features_of(struct candidate_features *f, const struct gv_publication *p, struct gv_doc *d, struct gv_val *out);

#endif
