/* SPDX-License-Identifier: MIT */
/* Who signed a bundle, and the commits in it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inspect.h"
#include "sshsig.h"
#include "verdict.h"

static int load(struct inspect *in, struct gv_str text)
{
	return gv_signers_read(&in->signers, text, &in->c->err);
}

int inspect_signers(struct inspect *in)
{
	const char *file = gv_cmd_opt(in->c, "signers");
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	struct gv_store *s;
	struct gv_str there;
	int rc = 0;

	if (file) {
		rc = gv_buf_read_file(&text, file, &in->c->err);
		if (!rc)
			rc = load(in, gv_buf_str(&text));
		if (rc)
			gv_err_thing(&in->c->err, file, strlen(file));
		gv_buf_free(&text);
		return rc;
	}
	s = gv_cmd_store(in->c);
	if (!s) { /* a bundle can be looked at where no docket is, unless one was named */
		bool named = gv_cmd_opt(in->c, "docket") || gv_str_of(getenv("GAVEL_DOCKET")).n;

		rc = in->c->err.code == GV_ENOTFOUND && !named ? 0 : in->c->err.code;
		if (!rc)
			gv_err_clear(&in->c->err);
		return rc;
	}
	rc = gv_store_read(s, "signers", &there, NULL, &in->c->err);
	if (!rc)
		return load(in, there);
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(&in->c->err);
		rc = 0;
	}
	return rc;
}

/* ---- one signature ---- */

enum verdict { GOOD, BAD, UNKNOWN };

struct judged {
	enum verdict verdict;
	char why[sizeof((struct gv_err *)0)->msg];
	char who[160];
};

static void doubt(struct judged *j, enum gv_signer_why why, const char *print)
{
	const char *text = why == GV_SIGNER_EARLY || why == GV_SIGNER_LATE ? _("the key %s may not sign at that time")
	                   : why == GV_SIGNER_SPACE                        ? _("the key %s may not sign such things")
	                                                                   : _("the key %s is not known here");

	j->verdict = UNKNOWN;
	snprintf(j->why, sizeof j->why, text, print);
}

static int judge(struct inspect *in, struct gv_str armour, struct gv_str message, const char *space, int64_t when,
                 struct judged *j)
{
	enum gv_signer_why why = GV_SIGNER_UNKNOWN;
	const struct gv_signer *signer;
	struct gv_err err = { 0 };
	struct gv_sshsig sig;
	int rc;

	*j = (struct judged){ .verdict = GOOD };
	if (!gv_sshsig_is(armour)) {
		j->verdict = UNKNOWN;
		snprintf(j->why, sizeof j->why, "%s",
		         _("it is signed by other means than SSH keys, which are not checked here"));
		return 0;
	}
	rc = gv_sshsig_read(&sig, armour, &err);
	if (!rc)
		rc = gv_sshsig_check(&sig, message, space, &err);
	if (rc == GV_EIO) {
		in->c->err = err;
		return rc;
	}
	if (rc) {
		j->verdict = rc == GV_ENOTFOUND ? UNKNOWN : BAD;
		snprintf(j->why, sizeof j->why, "%s", err.msg);
		return 0;
	}
	signer = in->signers ? gv_signers_find(in->signers, &sig.key, space, when, &why) : NULL;
	if (signer)
		snprintf(j->who, sizeof j->who, "%.*s %s", (int)(signer->principal.n < 80 ? signer->principal.n : 80),
		         signer->principal.p, sig.key.print);
	else
		doubt(j, why, sig.key.print);
	return 0;
}

/* ---- the manifest's ---- */

static int64_t time_of(struct gv_str text)
{
	struct gv_moment m;

	if (gv_moment_parse(&m, text, NULL) || !m.has_time)
		return 0;
	return (int64_t)m.day * 86400 + m.second - 8 * 3600;
}

int inspect_signature(struct inspect *in)
{
	struct gv_str where = GV_STR(GV_BUNDLE_SIGNATURE);
	struct judged j;
	int rc;

	if (!in->signature.n)
		return in->tell(in, "BN-04", GV_WARN, where, _("is missing: nobody has signed this bundle"));
	rc = judge(in, gv_buf_str(&in->signature), gv_buf_str(&in->text), GV_BUNDLE_SPACE,
	           time_of(in->manifest.made_at), &j);
	in->forged = j.verdict == BAD;
	if (!rc && j.verdict != GOOD)
		return in->tell(in, "BN-04", GV_VIOLATION, where, j.why);
	memcpy(in->signer, j.who, sizeof in->signer);
	return rc;
}

/* ---- the commits' ---- */

/* When it was committed: the header's last words are seconds and zone. */
static int64_t committed_at(struct gv_str text)
{
	const char *line = memmem(text.p, text.n, "\ncommitter ", 11);
	const char *end = line ? memchr(line + 1, '\n', (size_t)(text.p + text.n - line - 1)) : NULL;
	const char *mail = end ? memrchr(line, '>', (size_t)(end - line)) : NULL;

	return mail ? strtoll(mail + 1, NULL, 10) : 0;
}

static int judge_commit(void *ctx, const struct gv_oid *id, struct gv_str text)
{
	struct inspect *in = ctx;
	struct gv_buf payload = GV_BUF_INIT(text.n + 1), armour = GV_BUF_INIT(text.n + 1);
	char where[sizeof "proof/commits/" + GV_HEX] = "proof/commits/";
	struct judged j = { .verdict = GOOD };
	unsigned sigs;
	int rc;

	in->commits++;
	gv_commit_split(text, &payload, &armour, &sigs);
	rc = gv_buf_check(&payload, &in->c->err);
	if (!rc)
		rc = gv_buf_check(&armour, &in->c->err);
	in->signed_commits += sigs > 0;
	if (!rc && sigs > 1) {
		j.verdict = BAD;
		snprintf(j.why, sizeof j.why, "%s", _("it wears more than one signature, or one of another hash"));
	} else if (!rc && sigs) {
		rc = judge(in, gv_buf_str(&armour), gv_buf_str(&payload), "git", committed_at(text), &j);
	}
	gv_oid_hex(id, where + strlen(where));
	if (!rc && j.verdict != GOOD)
		rc = in->tell(in, "BN-06", j.verdict == BAD ? GV_VIOLATION : GV_WARN, gv_str_of(where), j.why);
	gv_buf_free(&payload);
	gv_buf_free(&armour);
	return rc;
}

int inspect_commits(struct inspect *in)
{
	int rc = gv_proofs_commits(in->proofs, judge_commit, in);

	if (rc || in->signed_commits == in->commits)
		return rc;
	return in->tell(in, "BN-06", GV_INFO, GV_STR("proof/commits"), _("not every commit is signed"));
}
