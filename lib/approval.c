/* SPDX-License-Identifier: MIT */
#include "approval.h"

#include <stdio.h>

#include "i18n.h"

static void add_oid(struct gv_buf *out, const struct gv_oid *oid)
{
	char hex[GV_HEX + 1];

	if (!oid || gv_oid_is_zero(oid)) {
		gv_buf_adds(out, "-\n");
		return;
	}
	gv_oid_hex(oid, hex);
	gv_buf_addf(out, "%s\n", hex);
}

void gv_approval_statement(struct gv_buf *out, struct gv_str path, const struct gv_oid *base, const struct gv_oid *now)
{
	gv_buf_adds(out, "gavel-approval 1\n");
	gv_buf_addstr(out, path);
	gv_buf_addc(out, '\n');
	add_oid(out, base);
	add_oid(out, now);
}

void gv_approval_folder(struct gv_buf *out, struct gv_str statement)
{
	unsigned char hash[32];

	gv_sha256(statement, hash);
	gv_buf_addf(out, "approvals/%02x/", hash[0]);
	for (size_t i = 0; i < sizeof hash; i++)
		gv_buf_addf(out, "%02x", hash[i]);
	gv_buf_addc(out, '/');
}

/* ---- one ---- */

static int refuse(struct gv_err *err, enum gv_signer_why why, const struct gv_sshkey *key)
{
	switch (why) {
	case GV_SIGNER_EARLY:
	case GV_SIGNER_LATE:
		return gv_fail(err, GV_EINTEGRITY, _("key %s is not valid on that day"), key->print);
	case GV_SIGNER_SPACE:
		return gv_fail(err, GV_EINTEGRITY, _("key %s may not sign for %s"), key->print, GV_APPROVAL_SPACE);
	case GV_SIGNER_OK:
	case GV_SIGNER_UNKNOWN:
	default:
		return gv_fail(err, GV_EINTEGRITY, _("key %s is not in the file signers"), key->print);
	}
}

int gv_approval_check(struct gv_str armour, struct gv_str statement, const struct gv_signers *signers,
                      const struct gv_people *people, int64_t time, const struct gv_actor **who, struct gv_err *err)
{
	enum gv_signer_why why = GV_SIGNER_UNKNOWN;
	const struct gv_signer *line;
	struct gv_sshsig sig;
	int rc = gv_sshsig_read(&sig, armour, err);

	*who = NULL;
	if (!rc)
		rc = gv_sshsig_check(&sig, statement, GV_APPROVAL_SPACE, err);
	if (rc == GV_ENOTFOUND)
		rc = gv_fail(err, GV_EINTEGRITY, _("a key of type %s: approvals are signed with Ed25519 keys"), sig.key.type);
	if (rc)
		return rc;
	line = gv_signers_find(signers, &sig.key, GV_APPROVAL_SPACE, time, &why);
	if (!line)
		return refuse(err, why, &sig.key);
	*who = gv_people_of_principals(people, line->principals);
	if (!*who)
		return gv_fail(err, GV_EINTEGRITY, _("key %s belongs to %.*s, who is nobody in people/"), sig.key.print,
		               (int)line->principals.n, line->principals.p);
	return 0;
}

/* ---- those of a change ---- */

struct each {
	const struct gv_approval_ask *ask;
	gv_approval_fn *fn;
	void *ctx;
	struct gv_buf statement, armour;
	struct gv_err *err;
};

static bool is_name_of(struct gv_str path, const struct gv_actor *who)
{
	const char *slash = memrchr(path.p, '/', path.n);
	struct gv_str file = slash ? (struct gv_str){ slash + 1, path.n - (size_t)(slash + 1 - path.p) } : path;
	struct gv_str end = GV_STR(".sig");

	return file.n == who->key.n + end.n && gv_str_starts(file, who->key) &&
	       memcmp(file.p + who->key.n, end.p, end.n) == 0;
}

static int one(void *ctx, const struct gv_change *c)
{
	struct each *e = ctx;
	const struct gv_actor *who = NULL;
	struct gv_err why = { 0 };
	int rc;

	gv_buf_reset(&e->armour);
	rc = gv_store_blob(e->ask->store, &c->after, &e->armour, &why);
	if (rc == GV_EDATA) /* far too long for a signature */
		why.code = rc = GV_EINTEGRITY;
	else if (!rc)
		rc = gv_approval_check(gv_buf_str(&e->armour), gv_buf_str(&e->statement), e->ask->signers, e->ask->people,
		                       e->ask->time, &who, &why);
	if (!rc && who && !is_name_of(c->path, who))
		rc = gv_fail(&why, GV_EINTEGRITY, _("lies under another name than its signer's, %.*s"), (int)who->key.n,
		             who->key.p);
	if (rc && rc != GV_EINTEGRITY) {
		if (e->err)
			*e->err = why;
		return rc;
	}
	return e->fn(e->ctx, rc ? NULL : who, c->path, rc ? &why : NULL);
}

int gv_approval_each(const struct gv_approval_ask *ask, gv_approval_fn *fn, void *ctx, struct gv_err *err)
{
	static const struct gv_oid none;
	struct each e = { .ask = ask, .fn = fn, .ctx = ctx, .statement = GV_BUF_INIT(8192), .armour = GV_BUF_INIT(65536),
		          .err = err };
	struct gv_buf folder = GV_BUF_INIT(256);
	int rc;

	gv_approval_statement(&e.statement, ask->path, ask->base, ask->now);
	rc = gv_buf_check(&e.statement, err);
	if (!rc) {
		gv_approval_folder(&folder, gv_buf_str(&e.statement));
		rc = gv_buf_check(&folder, err);
	}
	if (!rc) {
		rc = gv_store_diff_trees(ask->store, &none, ask->tree, folder.p, one, &e, err);
	}
	gv_buf_free(&folder);
	gv_buf_free(&e.statement);
	gv_buf_free(&e.armour);
	return rc;
}
