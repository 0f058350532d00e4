/* SPDX-License-Identifier: MIT */
#include "roster.h"

#include <stdlib.h>
#include <string.h>

#include "gitconf.h"

void roster_free(struct roster *r)
{
	gv_people_free(r->people);
	gv_signers_free(r->signers);
	gv_duties_free(r->duties);
	gv_buf_free(&r->signers_text);
	gv_buf_free(&r->duties_text);
	*r = (struct roster){ 0 };
}

/* A file of the docket; empty, with a zero id, where there is none. */
static int read_file(struct gv_store *s, const char *path, size_t max, struct gv_buf *text, struct gv_oid *oid,
                     struct gv_err *err)
{
	struct gv_str found;
	int rc = gv_store_read(s, path, &found, oid, err);

	gv_buf_init(text, max);
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(err);
		*oid = (struct gv_oid){ 0 };
		return 0;
	}
	if (rc)
		return rc;
	gv_buf_addstr(text, found);
	rc = gv_buf_check(text, err);
	if (rc)
		gv_err_thing(err, path, strlen(path));
	return rc;
}

int roster_read(struct roster *r, struct gv_store *s, struct gv_err *err)
{
	int rc;

	roster_free(r);
	rc = gv_people_of_store(&r->people, s, err);
	if (!rc)
		rc = read_file(s, SIGNERS_PATH, 16 * GV_MIB, &r->signers_text, &r->signers_oid, err);
	if (!rc)
		rc = gv_signers_read(&r->signers, gv_buf_str(&r->signers_text), err);
	if (!rc)
		rc = read_file(s, DUTIES_PATH, GV_DUTIES_MAX, &r->duties_text, &r->duties_oid, err);
	if (!rc && !gv_oid_is_zero(&r->duties_oid)) {
		rc = gv_duties_read(&r->duties, gv_buf_str(&r->duties_text), err);
		if (rc)
			gv_err_thing(err, DUTIES_PATH, strlen(DUTIES_PATH));
	}
	return rc;
}

int roster_find(const struct roster *r, const char *who, const struct gv_actor **out, struct gv_err *err)
{
	struct gv_str key = gv_str_trim(gv_str_of(who)), prefix = GV_STR("person:");

	if (gv_str_starts(key, prefix))
		key = (struct gv_str){ key.p + prefix.n, key.n - prefix.n };
	*out = gv_people_find(r->people, key);
	if (*out)
		return 0;
	gv_fail(err, GV_ENOTFOUND, "%s", _("nobody has this id or e-mail (case-audit people lists them)"));
	gv_err_thing(err, who, strlen(who));
	return GV_ENOTFOUND;
}

/* ---- the present user ---- */

/* The person whose key user.signingKey is: its text, or the file that it names.  NULL if none can be told. */
static const struct gv_actor *by_key(const struct roster *r, struct gv_cmd *c)
{
	struct gv_buf value = GV_BUF_INIT(65536), text = GV_BUF_INIT(65536);
	struct gv_str prefix = GV_STR("key::"), key;
	const struct gv_actor *who = NULL;
	enum gv_signer_why why;
	struct gv_sshkey parsed;
	const struct gv_signer *line;

	if (gv_gitconf_get(gv_store_gitdir(gv_cmd_store(c)), "user.signingkey", &value, NULL) || !value.n)
		goto out;
	key = gv_buf_str(&value);
	if (gv_str_starts(key, prefix))
		key = (struct gv_str){ key.p + prefix.n, key.n - prefix.n };
	if (gv_sshkey_read(&parsed, key, NULL)) {
		const char *end = value.n > 4 && strcmp(value.p + value.n - 4, ".pub") == 0 ? "" : ".pub";
		const char *home = getenv("HOME");
		struct gv_buf path = GV_BUF_INIT(8192);

		if (strncmp(value.p, "~/", 2) == 0 && home)
			gv_buf_addf(&path, "%s/%s%s", home, value.p + 2, end);
		else
			gv_buf_addf(&path, "%s%s", value.p, end);
		if (path.failed || gv_buf_read_file(&text, path.p, NULL) ||
		    gv_sshkey_read(&parsed, gv_str_trim(gv_buf_str(&text)), NULL))
			parsed.print[0] = '\0';
		gv_buf_free(&path);
	}
	line = parsed.print[0] ? gv_signers_find(r->signers, &parsed, "git", roster_noon(c->today), &why) : NULL;
	if (line)
		who = gv_people_of_principals(r->people, line->principals);
out:
	gv_buf_free(&value);
	gv_buf_free(&text);
	return who;
}

int roster_me(const struct roster *r, struct gv_cmd *c, const struct gv_actor **out, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(65536);
	const char *open, *close;
	int rc;

	*out = by_key(r, c);
	if (*out)
		return 0;
	rc = gv_gitconf_person(gv_store_gitdir(gv_cmd_store(c)), true, &text, err);
	open = rc ? NULL : strrchr(text.p, '<');
	close = open ? strchr(open, '>') : NULL;
	if (close)
		*out = gv_people_find(r->people, (struct gv_str){ open + 1, (size_t)(close - open - 1) });
	gv_buf_free(&text);
	return rc;
}

/* ---- small things ---- */

int64_t roster_noon(gv_day day)
{
	return day * INT64_C(86400) + INT64_C(4) * 3600; /* UTC+8 */
}

struct gv_str roster_name(const struct gv_actor *a)
{
	struct gv_str name = gv_val_getstr(a->person, "name");

	return name.n ? name : a->key;
}

int roster_reason(struct gv_cmd *c)
{
	if (gv_cmd_has_reason(c))
		return 0;
	return gv_fail(&c->err, GV_EUSAGE, "%s", _("why?  -m REASON: what an auditor will want to know"));
}

int roster_day(struct gv_cmd *c, const char *option, gv_day *out)
{
	const char *on = gv_cmd_opt(c, option);

	*out = c->today;
	return on ? gv_day_parse(out, gv_str_of(on), &c->err) : 0;
}

int roster_commit(struct gv_cmd *c, struct gv_buf *what, int (*under_lock)(void *ctx, struct gv_plan *p, struct gv_err *err),
                  void *ctx, struct gv_commit_result *r)
{
	struct gv_store *s = gv_cmd_store(c);
	struct gv_plan *p = NULL;
	int rc;

	if (!s)
		return c->err.code;
	gv_buf_adds(what, "?"); /* there before it is known: what it points to stays */
	rc = gv_buf_reserve(what, what->max - 1) ? gv_plan_new(&p, s, &c->err) : gv_buf_check(what, &c->err);
	if (!rc)
		rc = gv_cmd_commit(c, p, what->p, under_lock, ctx, r);
	gv_plan_free(p);
	return rc;
}
