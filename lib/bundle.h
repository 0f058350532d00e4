/* SPDX-License-Identifier: MIT */
/*
 * bundle: what is in a bundle of cases (gavel-docket(5)): a tar.zst of
 *
 *   history/PATH.ndjson            each version of the record at PATH.json, the oldest first
 *   proof/commits/ID proof/trees/ID   that the records and versions lay in the docket's commits (proof.h)
 *   records/PATH.json              the records, canonical, at their paths in the docket
 *   files/HH/SHA256                papers of the cases
 *   SHA256SUMS                     all of these, as sha256sum(1) writes and checks it
 *   manifest.json                  whose, from which commit, why; the SHA-256 of SHA256SUMS
 *   manifest.json.sig              if it is signed: SSHSIG over manifest.json, namespace "gavel-bundle"
 *
 * So the signature covers every byte, no text is longer than a record may be however large the
 * bundle is, and ssh-keygen and sha256sum alone can check one.
 */
#ifndef GAVEL_BUNDLE_H
#define GAVEL_BUNDLE_H

#include "sha.h"
#include "json.h"

#define GV_BUNDLE_SPACE "gavel-bundle"
#define GV_BUNDLE_MANIFEST "manifest.json"
#define GV_BUNDLE_SIGNATURE "manifest.json.sig"
#define GV_BUNDLE_SUMS "SHA256SUMS"
#define GV_BUNDLE_SUMS_MAX ((size_t)1 << 30)

/* ---- the list of files ---- */

struct gv_bundle_file {
	struct gv_str path;
	unsigned char sha256[32];
};

struct gv_bundle_list {
	struct gv_arena arena;
	struct gv_bundle_file *files;
	size_t n, cap;
};

int gv_bundle_add(struct gv_bundle_list *l, struct gv_str path, const unsigned char sha256[32], struct gv_err *err);
void gv_bundle_list_free(struct gv_bundle_list *l);
/* SHA256SUMS in order of paths, which the list then has; and back: GV_EDATA with the line. */
void gv_bundle_sums(struct gv_bundle_list *l, struct gv_buf *out);
int gv_bundle_read_sums(struct gv_bundle_list *l, struct gv_str text, struct gv_err *err);
/* What differs, in order of paths; sorts both.  `each` returns non-zero to stop. */
enum gv_bundle_diff { GV_BUNDLE_MISSING, GV_BUNDLE_MORE, GV_BUNDLE_CHANGED };
int gv_bundle_compare(struct gv_bundle_list *said, struct gv_bundle_list *found,
                      int (*each)(void *ctx, enum gv_bundle_diff how, struct gv_str path), void *ctx);

/* ---- the manifest ---- */

struct gv_bundle_manifest {
	struct gv_str court;         /* of the docket */
	struct gv_oid commit;        /* that it was made from */
	struct gv_str made_at;       /* that commit's time: the same commit gives the same bytes */
	struct gv_str reason;        /* n 0: none */
	const struct gv_str *cases;  /* what was asked for, as written in ids */
	size_t ncases;
	bool history;
	size_t files;                /* lines of SHA256SUMS */
	unsigned char sums[32];      /* SHA-256 of SHA256SUMS */
};

int gv_bundle_write(const struct gv_bundle_manifest *m, struct gv_buf *out, struct gv_err *err);
/* Texts borrow from the tree in `d`; cases are left out: they are the member "cases" of d->root.
 * GV_EDATA: it is none, or of a newer format. */
int gv_bundle_read(struct gv_bundle_manifest *m, struct gv_doc *d, struct gv_str text, struct gv_err *err);

#endif
