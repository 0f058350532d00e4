/* SPDX-License-Identifier: MIT */
/*
 * store_write: one commit in the making, whatever it holds: a plan (gv_store_commit) or two lines of history joined
 * (gv_store_merge).  Not for anybody else.  In this order:
 *
 *   gv_write_open()     may this docket be written to, who commits, is it signed and how
 *   gv_write_lock()     the queue of writers; then gv_store_refresh()
 *   gv_write_words()    subject and body
 *   gv_write_commit()   the commit object, signed
 *   gv_write_publish()  all objects to disk
 *   gv_write_move()     main, by compare and swap
 *   gv_write_close()    always
 */
#ifndef GAVEL_STORE_WRITE_H
#define GAVEL_STORE_WRITE_H

#include "objw.h"
#include "sign.h"
#include "store_impl.h"

struct gv_write {
	struct gv_store *s;
	struct gv_objw *w;                  /* the batch of objects; borrowed */
	struct gv_buf author, committer;    /* "Name <mail> SECONDS +ZONE" */
	struct gv_buf subject, body;
	struct gv_sign_how *how;            /* NULL: not signed */
	struct gv_lock *lock;
	struct gv_err *err;
};

/* What the commit says: struct gv_commit_opts has what each is. */
struct gv_words { const char *command, *what, *body, *reason, *batch, *bundle; };

/* Also after a failure: gv_write_close(). */
int gv_write_open(struct gv_write *wr, struct gv_store *s, struct gv_objw *w, struct gv_err *err);
void gv_write_close(struct gv_write *wr);
/* seconds: 0 = 30 */
int gv_write_lock(struct gv_write *wr, const char *command, unsigned seconds);
/* GV_EDATA naming the option whose text cannot stand in a commit.  May be called again. */
int gv_write_words(struct gv_write *wr, const struct gv_words *words);
/*
 * `count`: what stands behind the subject, "(3 records)".  Signed if commit.gpgsign is set, or the policy
 * signed_commits of the store's snapshot (main as it was before) demands it on the commit's day.
 */
int gv_write_commit(struct gv_write *wr, const struct gv_oid *tree, const struct gv_oid *parents, size_t n,
                    const char *count, struct gv_oid *id);
int gv_write_publish(struct gv_write *wr);
/* GV_ECONFLICT with *overtaken if a git push moved main meanwhile. */
int gv_write_move(struct gv_write *wr, const struct gv_oid *from, const struct gv_oid *to, bool *overtaken);

/* A commit object whose headers and message are `text`, signed as `how` says (NULL: not), added to the batch.
 * The header gpgsig is put into `text`. */
int gv_write_object(struct gv_objw *w, struct gv_buf *text, const struct gv_sign_how *how, struct gv_oid *id,
                    struct gv_err *err);

#endif
