/* SPDX-License-Identifier: MIT */
#include "remote.h"

#include <errno.h>
#include <stdlib.h>

#include "gitconf.h"
#include "sha.h"

#define KEPT_IN "refs/gavel/pull/"

/* One of git's own remotes?  Their names are good parts of a ref. */
static int find_by_name(struct remote *r, bool *found, struct gv_err *err)
{
	struct gv_buf key = GV_BUF_INIT(4096), url = GV_BUF_INIT(65536);
	int rc;

	gv_buf_addf(&key, "remote.%s.url", r->given);
	rc = gv_buf_check(&key, err);
	if (!rc)
		rc = gv_gitconf_get(r->git.dir, key.p, &url, err);
	*found = rc == 0;
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(err);
		rc = 0;
	}
	gv_buf_free(&key);
	gv_buf_free(&url);
	return rc;
}

/* "https://...", "git@host:path", "court:path": as git tells them from paths. */
static bool is_url(const char *s)
{
	const char *colon = strchr(s, ':'), *slash = strchr(s, '/');

	return colon && colon > s && (!slash || colon < slash);
}

static int find_path(struct remote *r, struct gv_err *err)
{
	char *path = realpath(r->given, NULL);

	if (!path && errno == ENOMEM)
		return gv_fail_nomem(err);
	if (!path && (errno == ENOENT || errno == ENOTDIR))
		return gv_fail(err, GV_ENOTFOUND,
		               _("no remote has this name, and there is no such folder or file: git -C %s remote add %s URL"),
		               r->git.dir, r->given);
	if (!path)
		return gv_fail_sys(err, r->given, _("cannot read"));
	gv_buf_adds(&r->url, path);
	free(path);
	return gv_buf_check(&r->url, err);
}

/* What has no name of its own gets one that is always the same. */
static int name_ref(struct remote *r, bool named, struct gv_err *err)
{
	unsigned char sum[32];

	gv_buf_adds(&r->ref, KEPT_IN);
	if (named) {
		gv_buf_adds(&r->ref, r->given);
	} else {
		gv_sha256(gv_buf_str(&r->url), sum);
		gv_buf_adds(&r->ref, "at-");
		for (size_t i = 0; i < 8; i++)
			gv_buf_addf(&r->ref, "%02x", sum[i]);
	}
	return gv_buf_check(&r->ref, err);
}

int remote_open(struct remote *r, struct gv_cmd *c)
{
	struct gv_store *s = gv_cmd_store(c);
	bool named = false;
	int rc;

	*r = (struct remote){ .given = c->argc ? c->argv[0] : "origin", .url = GV_BUF_INIT(65536),
		              .ref = GV_BUF_INIT(4096) };
	if (!s)
		return c->err.code;
	if (!gv_store_is_bare(s)) {
		gv_fail(&c->err, GV_EUSAGE, "%s", _("this is a clone: use git pull and git push in it"));
		gv_err_thing(&c->err, gv_store_dir(s), strlen(gv_store_dir(s)));
		return c->err.code;
	}
	if (!*r->given)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("the name of the other docket is empty"));
	r->git = (struct gv_git){ .dir = gv_store_dir(s), .gitdir = "." }; /* a path in a setting begins there */
	rc = find_by_name(r, &named, &c->err);
	if (!rc && (named || is_url(r->given)))
		gv_buf_adds(&r->url, r->given);
	else if (!rc)
		rc = find_path(r, &c->err);
	if (!rc)
		rc = gv_buf_check(&r->url, &c->err);
	if (!rc)
		rc = name_ref(r, named, &c->err);
	if (rc)
		gv_err_thing(&c->err, r->given, strlen(r->given));
	return rc;
}

void remote_close(struct remote *r)
{
	gv_buf_free(&r->url);
	gv_buf_free(&r->ref);
}
