/* SPDX-License-Identifier: MIT */
/*
 * papers: the files that parties hand in (pleadings, evidence, pictures), known by the SHA-256 of
 * their bytes.  A small one is a blob of the docket, files/HH/SHA256; one that is longer than the
 * policy file_blob_bytes lies beside it, DOCKET/gavel-files/HH/SHA256, so that history does not
 * grow by films.  HH are the first two digits.  A record names them in "files": name, sha256,
 * bytes, type, added_on.
 */
#ifndef GAVEL_PAPERS_H
#define GAVEL_PAPERS_H

#include "date.h"
#include "store.h"

/* Where the policy does not say otherwise, and the most that it can say. */
#define GV_PAPERS_BLOB_BYTES (1 * GV_MIB)
#define GV_PAPERS_BLOB_MAX (16 * GV_MIB)

/* file_blob_bytes of gavel.json's policy as of that day.  GV_EDATA: it is no number of bytes up to
 * 16 MiB. */
int gv_papers_limit(const struct gv_store *s, gv_day today, size_t *bytes, struct gv_err *err);

/* ---- taking one in ---- */

struct gv_paper_in;

int gv_paper_begin(struct gv_paper_in **out, struct gv_store *s, size_t limit, struct gv_err *err);
int gv_paper_add(struct gv_paper_in *in, struct gv_str bytes, struct gv_err *err);
/*
 * Its hash and length.  A small one goes into the plan, another one to its place beside the docket
 * at once, synced: that nobody names it yet does no harm.  keep = false (a dry run): only the plan.
 */
int gv_paper_finish(struct gv_paper_in *in, struct gv_plan *p, bool keep, char sha256[GV_HEX256 + 1], uint64_t *bytes,
                    struct gv_err *err);
/* Frees; of what was not finished nothing stays. */
void gv_paper_free(struct gv_paper_in *in);

/* ---- reading one ---- */

/* GV_ENOTFOUND if it is not in this docket, GV_EDATA if that is no hash. */
int gv_paper_size(struct gv_store *s, struct gv_str sha256, uint64_t *bytes, struct gv_err *err);
/* Piece by piece; `each` may not read from the store, and ends it with another value than 0.
 * GV_EINTEGRITY, after the last piece, if its bytes do not have this hash.  each NULL: only that
 * check. */
int gv_paper_read(struct gv_store *s, struct gv_str sha256, int (*each)(void *ctx, struct gv_str bytes), void *ctx,
                  struct gv_err *err);

/* ---- in a record ---- */

/*
 * Add an item to the member "files" of `rec`, in order of its own eid, which name and hash decide:
 * the same file added in two dockets is one when they join.  `more` (may be NULL): an object with
 * note, source ...; *added = false if it is there already.  GV_EDATA: another file has this name.
 */
struct gv_paper {
	struct gv_str name;
	const char *sha256;
	uint64_t bytes;
	const char *added_on;
};
int gv_papers_list(struct gv_doc *d, struct gv_val *rec, const struct gv_paper *paper, const struct gv_val *more,
                   bool *added, struct gv_err *err);
/* The media type that the end of a name tells, "application/octet-stream" if none. */
const char *gv_paper_type(struct gv_str name);

#endif
