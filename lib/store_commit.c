/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>

#include "store_plan.h"
#include "store_write.h"

enum { TRIES = 20 };  /* times that a git push may come in between */

struct commit {
	struct gv_write wr;
	struct gv_store *s;
	struct gv_plan *p;
	const struct gv_commit_opts *o;
	struct gv_commit_result *r;
	bool overtaken;        /* the ref had moved when it was our turn */
	struct gv_err *err;
};

/* Subject and body; anew under the lock: under_lock may have set them. */
static int take_words(struct commit *c)
{
	const struct gv_commit_opts *o = c->o;

	return gv_write_words(&c->wr, &(struct gv_words){ o->command, o->what, o->body, o->reason, o->batch, o->bundle });
}

/* ---- under it ---- */

/* The plan's entries as edits of main's tree, joined with what others did: the new tree. */
static int make_tree(struct commit *c, struct gv_oid *tree)
{
	struct gv_join join = { .plan = c->p };
	struct gv_tree_edit *edits;
	size_t n = 0;
	int rc = gv_plan_settle(c->p, c->err);

	gv_pending_free(&c->p->pending); /* what follows needs the room */
	if (rc)
		return rc;
	edits = malloc((c->p->live ? c->p->live : 1) * sizeof *edits);
	if (!edits)
		return gv_fail_nomem(c->err);
	for (size_t i = 0; i < c->p->n; i++)
		if (!c->p->entries[i].replaced)
			edits[n++] = (struct gv_tree_edit){ gv_entry_path(&c->p->entries[i]),
				                            c->p->entries[i].oid, (uint32_t)i };
	rc = gv_tree_edit(c->s->odb, c->p->w, &c->s->root, edits, n, gv_join_meet, &join, tree, c->err);
	free(edits);
	c->r->written = join.written;
	c->r->merged = join.merged;
	c->r->unchanged = c->p->unchanged + join.unchanged;
	return rc;
}

static int make_commit(struct commit *c, const struct gv_oid *tree, struct gv_oid *id)
{
	size_t n = c->r->written;
	char count[64];
	int rc = take_words(c);

	snprintf(count, sizeof count, n == 1 ? "(%zu record)" : "(%zu records)", n);
	return rc ? rc : gv_write_commit(&c->wr, tree, &c->s->commit, 1, count, id);
}

static bool has_config(const struct commit *c)
{
	for (size_t i = 0; i < c->p->n; i++)
		if (gv_str_is(gv_entry_path(&c->p->entries[i]), GV_STORE_CONFIG))
			return true;
	return false;
}

/*
 * The store stands on the new commit before main does: a gavel.json that cannot be read back is
 * never committed, and once main has moved nothing can fail any more.
 */
static int stand_on(struct commit *c, const struct gv_oid *id, const struct gv_oid *tree,
                    struct gv_err *err)
{
	if (has_config(c))
		return gv_store_take(c->s, id, err);
	c->s->commit = *id;
	c->s->root = *tree;
	return 0;
}

static int commit_once(struct commit *c)
{
	struct gv_oid was, was_root, tree, id;
	int rc = gv_store_refresh(c->s, c->err);

	if (!rc && c->o->under_lock)
		rc = c->o->under_lock(c->o->ctx, c->p, c->err);
	was = c->s->commit;
	was_root = c->s->root;
	if (!rc)
		rc = make_tree(c, &tree);
	if (rc || gv_oid_eq(&tree, &was_root))
		return rc;
	rc = make_commit(c, &tree, &id);
	if (!rc)
		rc = gv_keys_sync(c->s->keys, c->err);
	if (!rc)
		rc = gv_write_publish(&c->wr);
	if (!rc)
		rc = stand_on(c, &id, &tree, c->err);
	if (rc)
		return rc;
	rc = gv_write_move(&c->wr, &was, &id, &c->overtaken);
	if (rc)
		stand_on(c, &was, &was_root, NULL);
	else
		c->r->id = id;
	return rc;
}

static int commit_locked(struct commit *c)
{
	size_t mark = c->p->n, unchanged = c->p->unchanged;
	int rc = 0;

	c->p->nserials = 0; /* those of a preview: main may have moved since */
	for (int i = 0; i < TRIES; i++) {
		c->overtaken = false;
		rc = commit_once(c);
		if (!c->overtaken)
			break;
		gv_plan_rollback(c->p, mark);
		c->p->unchanged = unchanged;
	}
	return rc;
}

int gv_store_commit(struct gv_store *s, struct gv_plan *p, const struct gv_commit_opts *o,
                    struct gv_commit_result *r, struct gv_err *err)
{
	struct commit c = { .s = s, .p = p, .o = o, .r = r, .err = err };
	int rc = 0;

	*r = (struct gv_commit_result){ .unchanged = p->unchanged };
	if (p->live || o->under_lock) {
		rc = gv_write_open(&c.wr, s, p->w, err);
		if (!rc)
			rc = take_words(&c);
		if (!rc)
			rc = gv_write_lock(&c.wr, o->command, o->lock_seconds);
		if (!rc)
			rc = commit_locked(&c);
		gv_write_close(&c.wr);
	}
	if (!rc)
		gv_plan_clear(p);
	return rc;
}
