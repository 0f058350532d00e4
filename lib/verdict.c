/* SPDX-License-Identifier: MIT */
#include "verdict.h"

#include <stdio.h>
#include <strings.h>

#include "i18n.h"
#include "sign.h"

const char *gv_verdict_name(enum gv_verdict_is is)
{
	static const char *const names[] = { "unsigned", "unjudged", "good", "bad", "unknown", "early", "late", "namespace" };

	return names[is];
}

/* ---- the parts of a commit ---- */

/* As git does it: the header gpgsig and its further lines are the signature, everything else is what was signed. */
void gv_commit_split(struct gv_str text, struct gv_buf *payload, struct gv_buf *armour, unsigned *sigs)
{
	struct gv_str rest = text;
	struct gv_buf *to = payload;

	*sigs = 0;
	while (rest.n && rest.p[0] != '\n') {
		const char *eol = memchr(rest.p, '\n', rest.n);
		struct gv_str line = { rest.p, eol ? (size_t)(eol - rest.p) + 1 : rest.n };

		rest.p += line.n;
		rest.n -= line.n;
		if (line.p[0] != ' ') {
			bool own = gv_str_starts(line, GV_STR("gpgsig "));

			to = gv_str_starts(line, GV_STR("gpgsig")) ? armour : payload;
			*sigs += to == armour;
			if (own)
				line = (struct gv_str){ line.p + 7, line.n - 7 };
		} else if (to == armour) {
			line = (struct gv_str){ line.p + 1, line.n - 1 };
		}
		gv_buf_addstr(to, line);
	}
	gv_buf_addstr(payload, rest);
}

/* ---- whose it is ---- */

static bool same_mail(struct gv_str a, struct gv_str b)
{
	return a.n && a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

static bool among(struct gv_str list, struct gv_str email)
{
	while (list.n) {
		const char *comma = memchr(list.p, ',', list.n);
		struct gv_str one = { list.p, comma ? (size_t)(comma - list.p) : list.n };

		if (same_mail(gv_str_trim(one), email))
			return true;
		list.p += one.n + (comma != NULL);
		list.n -= one.n + (comma != NULL);
	}
	return false;
}

bool gv_actor_is_named(const struct gv_actor *a, const struct gv_signer *signer, struct gv_str name, struct gv_str email)
{
	const struct gv_val *emails = a ? gv_val_get(a->person, "emails") : NULL;

	if (signer && among(signer->principals, email))
		return true;
	for (uint32_t i = 0; emails && emails->type == GV_ARRAY && i < emails->n; i++)
		if (same_mail(gv_val_str(&emails->items[i]), email))
			return true;
	return a && (!emails || !emails->n) && gv_str_eq(gv_val_getstr(a->person, "name"), name);
}

/* ---- judging ---- */

static enum gv_verdict_is bad(struct gv_verdict *out, const char *why)
{
	gv_fail(&out->why, GV_EINTEGRITY, "%s", why);
	return GV_SIG_BAD;
}

static enum gv_verdict_is listed(struct gv_verdict *out, const struct gv_regime *at, const struct gv_sshkey *key, int64_t time)
{
	static const enum gv_verdict_is as[] = {
		[GV_SIGNER_OK] = GV_SIG_GOOD, [GV_SIGNER_UNKNOWN] = GV_SIG_UNKNOWN, [GV_SIGNER_EARLY] = GV_SIG_EARLY,
		[GV_SIGNER_LATE] = GV_SIG_LATE, [GV_SIGNER_SPACE] = GV_SIG_SPACE,
	};
	enum gv_signer_why why = GV_SIGNER_UNKNOWN;

	if (!at->has_signers)
		return GV_SIG_UNJUDGED;
	if (at->signers)
		out->signer = gv_signers_find(at->signers, key, "git", time, &why);
	if (out->signer && at->people)
		out->actor = gv_people_of_principals(at->people, out->signer->principals);
	return out->signer ? GV_SIG_GOOD : as[why];
}

/* Other keys than Ed25519, and OpenPGP: git knows, at the price of a process. */
static int ask_git(struct gv_verdict *out, struct gv_regimes *r, const struct gv_regime *at, struct gv_store *s,
                   const struct gv_commit *c, struct gv_err *err)
{
	struct gv_buf print = GV_BUF_INIT(1024);
	const char *file = NULL;
	char hex[GV_HEX + 1];
	int rc = 0;

	gv_oid_hex(&c->id, hex);
	if (at->signers)
		rc = gv_regime_signers_file(r, at, &file, err);
	if (!rc)
		rc = gv_sign_ask_git(gv_store_dir(s), hex, file, &print, err);
	if (!rc && print.n && !out->print[0])
		snprintf(out->print, sizeof out->print, "%s", print.p);
	if (rc == GV_EINTEGRITY) {
		if (err)
			out->why = *err;
		gv_err_clear(err);
		out->is = GV_SIG_BAD;
		rc = 0;
	}
	gv_buf_free(&print);
	return rc;
}

static int judge_ssh(struct gv_verdict *out, struct gv_regimes *r, const struct gv_regime *at, struct gv_store *s,
                     const struct gv_commit *c, bool quick, struct gv_str payload, struct gv_str armour, struct gv_err *err)
{
	struct gv_sshsig sig;
	int rc = gv_sshsig_read(&sig, armour, &out->why);

	if (rc) {
		out->is = GV_SIG_BAD;
		return rc == GV_EIO ? gv_fail_nomem(err) : 0;
	}
	snprintf(out->print, sizeof out->print, "%s", sig.key.print);
	rc = quick && sig.is_ed25519 ? 0 : gv_sshsig_check(&sig, payload, "git", &out->why);
	if (rc == GV_EINTEGRITY) {
		out->is = GV_SIG_BAD;
		return 0;
	}
	out->is = listed(out, at, &sig.key, c->time);
	if (rc != GV_ENOTFOUND)
		return rc && err ? (*err = out->why).code : rc;
	gv_err_clear(&out->why);
	return out->is == GV_SIG_GOOD && !quick ? ask_git(out, r, at, s, c, err) : 0;
}

int gv_verdict_of(struct gv_verdict *out, struct gv_regimes *r, const struct gv_regime *at, struct gv_store *s,
                  const struct gv_commit *c, bool quick, struct gv_err *err)
{
	struct gv_buf payload = GV_BUF_INIT(64 * GV_MIB), armour = GV_BUF_INIT(64 * GV_MIB);
	unsigned sigs;
	int rc;

	*out = (struct gv_verdict){ .is = GV_SIG_NONE };
	if (!c->signed_ && !memmem(c->text.p, c->text.n, "\ngpgsig", 7))
		return 0;
	gv_commit_split(c->text, &payload, &armour, &sigs);
	rc = gv_buf_check(&payload, err);
	if (!rc)
		rc = gv_buf_check(&armour, err);
	if (rc || !sigs)
		goto out;
	if (sigs > 1 || !c->signed_) {
		out->is = bad(out, _("it wears more than one signature, or one of another hash"));
	} else if (gv_sshsig_is(gv_buf_str(&armour))) {
		rc = judge_ssh(out, r, at, s, c, quick, gv_buf_str(&payload), gv_buf_str(&armour), err);
	} else if (!at->has_signers || quick) {
		out->is = GV_SIG_UNJUDGED;
	} else {
		out->is = GV_SIG_UNKNOWN; /* signers lists keys of SSH alone */
		rc = ask_git(out, r, at, s, c, err);
	}
out:
	gv_buf_free(&payload);
	gv_buf_free(&armour);
	return rc;
}
