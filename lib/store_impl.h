/* SPDX-License-Identifier: MIT */
/*
 * store_impl: what the halves of store share (store.c, store_read.c, store_log.c,
 * and the writing half).  Not for anybody else.
 */
#ifndef GAVEL_STORE_IMPL_H
#define GAVEL_STORE_IMPL_H

#include "gitref.h"
#include "gittree.h"
#include "date.h"
#include "odb.h"
#include "store.h"

#define GV_STORE_BRANCH "refs/heads/main"
#define GV_STORE_CONFIG "gavel.json"

struct gv_store {
	char *dir;                        /* absolute; what messages and gv_store_dir() name */
	char *gitdir;                     /* HEAD, config of this repository */
	char *commondir;                  /* refs/, objects/; == gitdir except in a worktree */
	bool bare;                        /* false: a clone, for reading only */
	struct gv_odb *odb;
	struct gv_oid commit;             /* the snapshot that reads go to */
	struct gv_oid root;               /* its tree */
	struct gv_oid config_blob;        /* its gavel.json */
	struct gv_doc config;             /* the same, read and checked */
	struct gv_caseno_reader *caseno;  /* with the home court of the first snapshot */
	struct gv_object text;            /* behind what gv_store_read() lends */
	struct gv_oid text_oid;           /* its blob; zero: none */
	struct gv_keys *keys;             /* NULL: nothing sealed was met yet */
	struct gv_buf name;               /* scratch of gv_tree_find() */
};

/*
 * store_find.c: where the repository is, given as gv_store_open() takes it, and whether we may and
 * can read it.  Fills dir, gitdir, commondir, bare.
 */
int gv_store_find(struct gv_store *s, const char *dir, struct gv_err *err);

/* Read commit `id` as the snapshot: root, config.  The store is unchanged if it fails. */
int gv_store_take(struct gv_store *s, const struct gv_oid *id, struct gv_err *err);

/* A commit object -> c, whose slices borrow from `text`; GV_EINTEGRITY naming the commit. */
int gv_commit_parse(struct gv_commit *c, const struct gv_oid *id, struct gv_str text,
                    struct gv_err *err);

/* GAVEL_TODAY, else the clock. */
gv_day gv_store_today(void);

/* The parts of gavel.json that every command relies on: format, court, zone, fanout. */
int gv_store_check_config(const struct gv_val *config, struct gv_err *err);

#endif
