/* SPDX-License-Identifier: MIT */
#include "store_write.h"

#include <stdlib.h>

#include "gitconf.h"
#include "i18n.h"
#include "lock.h"
#include "policy.h"
#include "utf8.h"

enum {
	LOCK_SECONDS = 30,
	REF_WAIT_MS = 3000  /* for a git push that holds main.lock */
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
static int make_body(struct gv_buf *out, const struct gv_words *o, struct gv_err *err)
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
	if (!rc)
		rc = add_trailer(out, "Gavel-Bundle", "bundle", o->bundle, err);
	return rc ? rc : gv_buf_check(out, err);
}

static int make_subject(struct gv_buf *out, const struct gv_words *o, struct gv_err *err)
{
	int rc;

	gv_buf_reset(out);
	rc = add_plain(out, "command", gv_str_of(o->command), err);

	gv_buf_adds(out, ": ");
	if (!rc)
		rc = add_plain(out, "subject", gv_str_of(o->what), err);
	return rc ? rc : gv_buf_check(out, err);
}

int gv_write_words(struct gv_write *wr, const struct gv_words *words)
{
	int rc = make_subject(&wr->subject, words, wr->err);

	return rc ? rc : make_body(&wr->body, words, wr->err);
}

/* ---- what is known before the lock ---- */

/* The day of "Name <mail> SECONDS +ZONE" in the docket's zone. */
static gv_day day_of(const struct gv_buf *person)
{
	const char *mail = strrchr(person->p, '>');
	int64_t seconds = 0;
	size_t n;

	mail = mail ? mail + 1 : person->p;
	mail += *mail == ' ';
	n = strcspn(mail, " ");
	return gv_str_int((struct gv_str){ mail, n }, &seconds) ? gv_day_from_unix(seconds) : GV_DAY_NONE;
}

/* Does the docket, as it is before the commit, want it signed though git's settings do not? */
static int obey_policy(struct gv_write *wr)
{
	bool demanded;
	int rc = gv_policy_bool(&demanded, gv_store_config(wr->s), "signed_commits", day_of(&wr->committer), wr->err);

	if (rc || !demanded)
		return rc;
	rc = gv_sign_settings(&wr->how, wr->s->gitdir, wr->err);
	if (rc || gv_sign_is_chosen(wr->how))
		return rc;
	return gv_fail_field(wr->err, GV_EUSAGE, "signed_commits", "%s",
	                     _("this docket's policy wants signed commits, and git has no key to sign with: "
	                       "git config --global gpg.format ssh; git config --global user.signingKey FILE"));
}

static int who_commits(struct gv_write *wr)
{
	bool sign;
	int rc = gv_gitconf_commit(wr->s->gitdir, &wr->author, &wr->committer, &sign, wr->err);

	if (rc)
		return rc;
	return sign ? gv_sign_settings(&wr->how, wr->s->gitdir, wr->err) : obey_policy(wr);
}

int gv_write_open(struct gv_write *wr, struct gv_store *s, struct gv_objw *w, struct gv_err *err)
{
	*wr = (struct gv_write){ .s = s, .w = w, .err = err,
		                 .author = GV_BUF_INIT(4096), .committer = GV_BUF_INIT(4096),
		                 .subject = GV_BUF_INIT(4096), .body = GV_BUF_INIT(GV_MIB) };
	if (!s->bare)
		return gv_fail(err, GV_EUSAGE,
		               _("%s is a clone: commands write to the docket itself; "
		                 "here, edit, commit and push with git"),
		               s->dir);
	if (getenv("GIT_QUARANTINE_PATH")) /* what it reads may be thrown away */
		return gv_fail(err, GV_EUSAGE, "%s",
		               _("a hook cannot write to the docket before the push is accepted"));
	return who_commits(wr);
}

void gv_write_close(struct gv_write *wr)
{
	gv_lock_free(wr->lock);
	gv_sign_how_free(wr->how);
	gv_buf_free(&wr->author);
	gv_buf_free(&wr->committer);
	gv_buf_free(&wr->subject);
	gv_buf_free(&wr->body);
	*wr = (struct gv_write){ 0 };
}

int gv_write_lock(struct gv_write *wr, const char *command, unsigned seconds)
{
	const struct gv_buf *c = &wr->committer;
	char who[256];
	size_t n = 0;

	/* "Name <mail> ..." */
	while (n + 1 < sizeof who && n < c->n && c->p[n] != '<')
		n++;
	memcpy(who, c->p, n);
	while (n && who[n - 1] == ' ')
		n--;
	who[n] = '\0';
	return gv_lock_take(&wr->lock, wr->s->gitdir, command, who, seconds ? seconds : LOCK_SECONDS, wr->err);
}

/* ---- under it ---- */

/* The header "gpgsig", its further lines behind a blank, at the end of the headers: where git puts it. */
static int add_signature(struct gv_buf *text, const struct gv_sign_how *how, struct gv_err *err)
{
	struct gv_buf sig = GV_BUF_INIT(65536), whole = GV_BUF_INIT(text->max);
	struct gv_str lines, message = { 0 };
	const char *end = strstr(text->p, "\n\n");
	int rc = gv_sign(how, gv_buf_str(text), "git", &sig, err);

	if (rc)
		goto out;
	message = (struct gv_str){ end + 1, text->n - (size_t)(end + 1 - text->p) };
	gv_buf_add(&whole, text->p, text->n - message.n);
	gv_buf_adds(&whole, "gpgsig");
	for (lines = gv_buf_str(&sig); lines.n;) {
		gv_buf_addc(&whole, ' ');
		gv_buf_addstr(&whole, next_line(&lines));
		gv_buf_addc(&whole, '\n');
	}
	gv_buf_addstr(&whole, message);
	rc = gv_buf_check(&whole, err);
	if (!rc) {
		gv_buf_reset(text);
		gv_buf_addstr(text, gv_buf_str(&whole));
		rc = gv_buf_check(text, err);
	}
out:
	gv_buf_free(&sig);
	gv_buf_free(&whole);
	return rc;
}

int gv_write_object(struct gv_objw *w, struct gv_buf *text, const struct gv_sign_how *how, struct gv_oid *id,
                    struct gv_err *err)
{
	int rc = gv_buf_check(text, err);

	if (!rc && how)
		rc = add_signature(text, how, err);
	return rc ? rc : gv_objw_add(w, GV_OBJ_COMMIT, gv_buf_str(text), NULL, id, err);
}

int gv_write_commit(struct gv_write *wr, const struct gv_oid *tree, const struct gv_oid *parents, size_t n,
                    const char *count, struct gv_oid *id)
{
	struct gv_buf text = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX);
	char hex[GV_HEX + 1];
	int rc = wr->how ? 0 : obey_policy(wr); /* the policy may have come while we waited */

	if (rc)
		return rc;
	gv_oid_hex(tree, hex);
	gv_buf_addf(&text, "tree %s\n", hex);
	for (size_t i = 0; i < n; i++) {
		gv_oid_hex(&parents[i], hex);
		gv_buf_addf(&text, "parent %s\n", hex);
	}
	gv_buf_addf(&text, "author %s\ncommitter %s\n\n", wr->author.p, wr->committer.p);
	gv_buf_addstr(&text, gv_buf_str(&wr->subject));
	gv_buf_addf(&text, " %s\n\n", count);
	gv_buf_addstr(&text, gv_buf_str(&wr->body));
	rc = gv_write_object(wr->w, &text, wr->how, id, wr->err);
	gv_buf_free(&text);
	return rc;
}

int gv_write_publish(struct gv_write *wr)
{
	struct gv_buf pack = GV_BUF_INIT(8192);
	int rc = gv_objw_finish(wr->w, &pack, wr->err);

	if (!rc && pack.n)
		rc = gv_odb_add_pack(wr->s->odb, pack.p, wr->err);
	gv_buf_free(&pack);
	return rc;
}

static int announce(void *ctx, uint64_t inode, struct gv_err *err)
{
	return gv_lock_note_inode(ctx, inode, err);
}

int gv_write_move(struct gv_write *wr, const struct gv_oid *from, const struct gv_oid *to, bool *overtaken)
{
	struct gv_gitref_move m = {
		.name = GV_STORE_BRANCH, .from = from, .to = to, .who = wr->committer.p,
		.why = wr->subject.p, .wait_ms = REF_WAIT_MS, .announce = announce, .ctx = wr->lock
	};
	int rc = gv_gitref_move(wr->s->gitdir, &m, wr->err);

	*overtaken = rc == GV_ECONFLICT;
	return rc;
}
