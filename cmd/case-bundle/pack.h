/* SPDX-License-Identifier: MIT */
/* pack: what goes into a bundle (pack_items.c, pack_history.c) and the writing of it (pack.c). */
#ifndef GAVEL_CASE_BUNDLE_PACK_H
#define GAVEL_CASE_BUNDLE_PACK_H

#include "bundle.h"
#include "case-bundle.h"
#include "odb.h"
#include "proof.h"

/* A record. */
struct item {
	struct gv_str path, key;
	struct gv_oid blob;
	size_t stamp, hits;      /* pack_history.c: the last commit to touch it; parents it differs from there */
	struct gv_oid after;
};

struct version {
	size_t item, nth;        /* nth commit, counted from the newest */
	struct gv_oid commit, blob;
};

struct pack {
	struct gv_cmd *c;
	struct gv_store *store;
	struct gv_archive_out *out;
	struct gv_arena arena;
	struct item *items;      /* sorted by path, each once */
	size_t n, cap;
	struct gv_str *cases;    /* what was asked for, sorted, each once */
	size_t ncases, cases_cap;
	struct gv_str *papers;   /* their hashes, likewise */
	size_t npapers, papers_cap;
	struct version *versions; /* by item, the oldest first */
	size_t nversions, versions_cap;
	struct gv_prover *prover;
	struct gv_bundle_list list;
	struct gv_object obj;
	struct gv_doc doc;
	struct gv_buf text;
};

/* Cases from operands or standard input, and the records of other kinds that name them. */
int pack_find(struct pack *p);
/* The blobs and their proofs. */
int pack_look(struct pack *p);
/* The papers that a record names; then, once, all of them in order. */
int pack_note_papers(struct pack *p, const struct item *item, struct gv_str text);
void pack_sort_papers(struct pack *p);
/* Every version of every record, with its proof. */
int pack_find_versions(struct pack *p);
/* The lines of one item, from version *at on, which moves on. */
int pack_history_of(struct pack *p, size_t item, size_t *at);

/* A member of the archive, by its name's two halves. */
int pack_put(struct pack *p, const char *folder, struct gv_str name, struct gv_str bytes);

#endif
