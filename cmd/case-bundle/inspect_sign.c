/* SPDX-License-Identifier: MIT */
/* Who signed a bundle, and the commits in it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inspect.h"
#include "sshsig.h"

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
	if (!s) { /* a bundle can be looked at where no docket is */
		rc = in->c->err.code == GV_ENOTFOUND && !gv_cmd_opt(in->c, "docket") ? 0 : in->c->err.code;
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

struct split {
	struct gv_buf payload, armour;
	int64_t when;
};

/* A commit's text without its signature, and that signature, whose further lines begin with a blank. */
static void split_commit(struct split *s, struct gv_str text)
{
	bool header = true, inside = false;

	while (text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		struct gv_str line = { text.p, end ? (size_t)(end + 1 - text.p) : text.n };

		header = header && line.p[0] != '\n';
		inside = header && (gv_str_starts(line, GV_STR("gpgsig ")) || (inside && line.p[0] == ' '));
		if (inside) {
			size_t skip = line.p[0] == ' ' ? 1 : sizeof "gpgsig " - 1;

			gv_buf_add(&s->armour, line.p + skip, line.n - skip);
		} else {
			gv_buf_addstr(&s->payload, line);
		}
		if (header && gv_str_starts(line, GV_STR("committer "))) {
			const char *mail = memrchr(line.p, '>', line.n);

			s->when = mail ? strtoll(mail + 1, NULL, 10) : 0;
		}
		text.p += line.n;
		text.n -= line.n;
	}
}

static int judge_commit(void *ctx, const struct gv_oid *id, struct gv_str text)
{
	struct inspect *in = ctx;
	struct split s = { GV_BUF_INIT(text.n), GV_BUF_INIT(text.n), 0 };
	char where[sizeof "proof/commits/" + GV_HEX] = "proof/commits/";
	struct judged j = { .verdict = GOOD };
	int rc;

	in->commits++;
	split_commit(&s, text);
	rc = gv_buf_check(&s.payload, &in->c->err);
	if (!rc && s.armour.n) {
		in->signed_commits++;
		rc = judge(in, gv_buf_str(&s.armour), gv_buf_str(&s.payload), "git", s.when, &j);
	}
	gv_oid_hex(id, where + strlen(where));
	if (!rc && j.verdict != GOOD)
		rc = in->tell(in, "BN-06", j.verdict == BAD ? GV_VIOLATION : GV_WARN, gv_str_of(where), j.why);
	gv_buf_free(&s.payload);
	gv_buf_free(&s.armour);
	return rc;
}

int inspect_commits(struct inspect *in)
{
	int rc = gv_proofs_commits(in->proofs, judge_commit, in);

	if (rc || in->signed_commits == in->commits)
		return rc;
	return in->tell(in, "BN-06", GV_INFO, GV_STR("proof/commits"), _("not every commit is signed"));
}
