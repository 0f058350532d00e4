/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "gitconf.h"
#include "i18n.h"
#include "lock.h"
#include "store_plan.h"
#include "utf8.h"

enum {
	LOCK_SECONDS = 30,
	REF_WAIT_MS = 3000,  /* for a git push that holds main.lock */
	TRIES = 20           /* times that a git push may come in between */
};

/* ---- the message ---- */

/* One line without anything that moves a cursor; GV_EDATA names the option. */
static int add_plain(struct gv_buf *out, const char *option, struct gv_str s, struct gv_err *err)
{
	if (gv_utf8_valid(s) != s.n)
		return gv_fail_field(err, GV_EDATA, option, "%s", _("is not UTF-8"));
	if (!gv_utf8_is_safe(s))
		return gv_fail_field(err, GV_EDATA, option, "%s", _("holds control characters"));
	gv_buf_addstr(out, s);
	return 0;
}

/* The next line of a text, without its end ("\n" or "\r\n"). */
static struct gv_str next_line(struct gv_str *text)
{
	const char *end = memchr(text->p, '\n', text->n);
	struct gv_str line = { text->p, end ? (size_t)(end - text->p) : text->n };
	size_t used = line.n + (end != NULL);

	text->p += used;
	text->n -= used;
	if (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

/* "NAME: value"; further lines of the value begin with a space, as git folds trailers.  Empty lines
 * would end the trailers, so they go. */
static int add_trailer(struct gv_buf *out, const char *name, const char *option, const char *value,
                       struct gv_err *err)
{
	struct gv_str text = value ? gv_str_trim(gv_str_of(value)) : (struct gv_str){ 0 };
	bool first = true;
	int rc = 0;

	while (text.n && !rc) {
		struct gv_str line = gv_str_trim(next_line(&text));

		if (!line.n)
			continue;
		if (first)
			gv_buf_addf(out, "%s: ", name);
		else
			gv_buf_adds(out, "\n ");
		first = false;
		rc = add_plain(out, option, line, err);
	}
	if (!first)
		gv_buf_addc(out, '\n');
	return rc;
}

static int add_body(struct gv_buf *out, const char *body, struct gv_err *err)
{
	struct gv_str text = body ? gv_str_trim(gv_str_of(body)) : (struct gv_str){ 0 };
	int rc = 0;

	if (!text.n)
		return 0;
	while (text.n && !rc) {
		rc = add_plain(out, "body", next_line(&text), err);
		gv_buf_addc(out, '\n');
	}
	gv_buf_addc(out, '\n');
	return rc;
}

/* What follows the subject. */
static int make_body(struct gv_buf *out, const struct gv_commit_opts *o, struct gv_err *err)
{
	int rc;

	gv_buf_reset(out);
	rc = add_body(out, o->body, err);
	if (!rc)
		rc = add_trailer(out, "Gavel-Cmd", "command", o->command, err);
	if (!rc)
		rc = add_trailer(out, "Gavel-Reason", "-m", o->reason, err);
	if (!rc)
		rc = add_trailer(out, "Gavel-Batch", "batch", o->batch, err);
	return rc ? rc : gv_buf_check(out, err);
}

static int make_subject(struct gv_buf *out, const struct gv_commit_opts *o, struct gv_err *err)
{
	int rc;

	gv_buf_reset(out);
	rc = add_plain(out, "command", gv_str_of(o->command), err);

	gv_buf_adds(out, ": ");
	if (!rc)
		rc = add_plain(out, "subject", gv_str_of(o->what), err);
	return rc ? rc : gv_buf_check(out, err);
}

/* ---- what is known before the lock ---- */

struct commit {
	struct gv_store *s;
	struct gv_plan *p;
	const struct gv_commit_opts *o;
	struct gv_commit_result *r;
	struct gv_buf author, committer, subject, body;
	struct gv_lock *lock;
	bool overtaken;        /* the ref had moved when it was our turn */
	struct gv_err *err;
};

static int who_commits(struct commit *c)
{
	bool sign;
	int rc = gv_gitconf_commit(c->s->gitdir, &c->author, &c->committer, &sign, c->err);

	if (rc || !sign)
		return rc;
	return gv_fail(c->err, GV_EUSAGE, "%s",
	               _("commit.gpgsign is set, but this version cannot sign: "
	                 "git config commit.gpgsign false"));
}

static int prepare(struct commit *c)
{
	int rc;

	if (!c->s->bare)
		rc = gv_fail(c->err, GV_EUSAGE,
		             _("%s is a clone: commands write to the docket itself; "
		               "here, edit, commit and push with git"),
		             c->s->dir);
	else if (getenv("GIT_QUARANTINE_PATH")) /* what it reads may be thrown away */
		rc = gv_fail(c->err, GV_EUSAGE, "%s",
		             _("a hook cannot write to the docket before the push is accepted"));
	else
		rc = who_commits(c);
	if (!rc)
		rc = make_subject(&c->subject, c->o, c->err);
	return rc ? rc : make_body(&c->body, c->o, c->err);
}

static int take_lock(struct commit *c)
{
	unsigned seconds = c->o->lock_seconds ? c->o->lock_seconds : LOCK_SECONDS;
	char who[256];
	size_t n = 0;

	/* "Name <mail> ..." */
	while (n + 1 < sizeof who && n < c->committer.n && c->committer.p[n] != '<')
		n++;
	memcpy(who, c->committer.p, n);
	while (n && who[n - 1] == ' ')
		n--;
	who[n] = '\0';
	return gv_lock_take(&c->lock, c->s->gitdir, c->o->command, who, seconds, c->err);
}

/* ---- under it ---- */

/* The plan's entries as edits of main's tree, joined with what others did: the new tree. */
static int make_tree(struct commit *c, struct gv_oid *tree)
{
	struct gv_join join = { .plan = c->p };
	struct gv_tree_edit *edits = malloc((c->p->live ? c->p->live : 1) * sizeof *edits);
	size_t n = 0;
	int rc;

	if (!edits)
		return gv_fail_nomem(c->err);
	for (size_t i = 0; i < c->p->n; i++)
		if (!c->p->entries[i].replaced)
			edits[n++] = (struct gv_tree_edit){ gv_entry_path(&c->p->entries[i]),
				                            c->p->entries[i].oid, (uint32_t)i };
	rc = gv_tree_edit(c->s->odb, c->p->w, &c->s->root, edits, n, gv_join_meet, &join, tree,
	                  c->err);
	free(edits);
	c->r->written = join.written;
	c->r->merged = join.merged;
	c->r->unchanged = c->p->unchanged + join.unchanged;
	return rc;
}

static int make_commit(struct commit *c, const struct gv_oid *tree, struct gv_oid *id)
{
	struct gv_buf text = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX);
	char hex[GV_HEX + 1];
	int rc = make_subject(&c->subject, c->o, c->err); /* anew: under_lock may have set it */

	if (!rc)
		rc = make_body(&c->body, c->o, c->err);
	if (rc)
		return rc;
	gv_oid_hex(tree, hex);
	gv_buf_addf(&text, "tree %s\n", hex);
	gv_oid_hex(&c->s->commit, hex);
	gv_buf_addf(&text, "parent %s\n", hex);
	gv_buf_addf(&text, "author %s\ncommitter %s\n\n", c->author.p, c->committer.p);
	gv_buf_addstr(&text, gv_buf_str(&c->subject));
	gv_buf_addf(&text, c->r->written == 1 ? " (%zu record)\n\n" : " (%zu records)\n\n",
	            c->r->written);
	gv_buf_addstr(&text, gv_buf_str(&c->body));
	rc = gv_buf_check(&text, c->err);
	if (!rc)
		rc = gv_objw_add(c->p->w, GV_OBJ_COMMIT, gv_buf_str(&text), NULL, id, c->err);
	gv_buf_free(&text);
	return rc;
}

static int publish(struct commit *c)
{
	struct gv_buf pack = GV_BUF_INIT(8192);
	int rc = gv_objw_finish(c->p->w, &pack, c->err);

	if (!rc && pack.n)
		rc = gv_odb_add_pack(c->s->odb, pack.p, c->err);
	gv_buf_free(&pack);
	return rc;
}

static int announce(void *ctx, uint64_t inode, struct gv_err *err)
{
	return gv_lock_note_inode(ctx, inode, err);
}

static int move_main(struct commit *c, const struct gv_oid *from, const struct gv_oid *to)
{
	struct gv_gitref_move m = {
		.name = GV_STORE_BRANCH, .from = from, .to = to, .who = c->committer.p,
		.why = c->subject.p, .wait_ms = REF_WAIT_MS, .announce = announce, .ctx = c->lock
	};
	int rc = gv_gitref_move(c->s->gitdir, &m, c->err);

	c->overtaken = rc == GV_ECONFLICT;
	return rc;
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
		rc = publish(c);
	if (!rc)
		rc = stand_on(c, &id, &tree, c->err);
	if (rc)
		return rc;
	rc = move_main(c, &was, &id);
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
	struct commit c = { .s = s, .p = p, .o = o, .r = r, .err = err,
		            .author = GV_BUF_INIT(4096), .committer = GV_BUF_INIT(4096),
		            .subject = GV_BUF_INIT(4096), .body = GV_BUF_INIT(GV_MIB) };
	int rc = 0;

	*r = (struct gv_commit_result){ .unchanged = p->unchanged };
	if (p->live || o->under_lock) {
		rc = prepare(&c);
		if (!rc)
			rc = take_lock(&c);
		if (!rc)
			rc = commit_locked(&c);
		gv_lock_free(c.lock);
	}
	if (!rc)
		gv_plan_clear(p);
	gv_buf_free(&c.author);
	gv_buf_free(&c.committer);
	gv_buf_free(&c.subject);
	gv_buf_free(&c.body);
	return rc;
}
