/* SPDX-License-Identifier: MIT */
/* remembered: what an auditor keeps outside of the docket, so that nobody who can write to it can rewrite that. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "case-audit.h"
#include "newfile.h"
#include "sign.h"
#include "sshsig.h"

enum { TEXT_MAX = 1024 * 1024, PATH_LEN_MAX = 4096 };
#define SPACE "gavel-checkpoint"

void remembered_free(struct remembered *m)
{
	gv_buf_free(&m->path);
	gv_doc_free(&m->doc);
}

/* ---- where ---- */

static int folder(struct gv_buf *out, struct gv_err *err)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state && *state == '/')
		gv_buf_addf(out, "%s/gavel/checkpoints", state);
	else if (home && *home == '/')
		gv_buf_addf(out, "%s/.local/state/gavel/checkpoints", home);
	else
		return gv_fail(err, GV_EUSAGE, "%s", _("where do checkpoints lie?  neither XDG_STATE_HOME nor HOME is set: give a file"));
	return gv_buf_check(out, err);
}

/* A docket goes by its path: what replaces it there has another history, and must not pass for a new docket. */
static int own_path(struct gv_buf *out, const char *dir, const char *docket, struct gv_err *err)
{
	unsigned char hash[32];

	gv_sha256(gv_str_of(docket), hash);
	gv_buf_addf(out, "%s/", dir);
	for (size_t i = 0; i < 16; i++)
		gv_buf_addf(out, "%02x", hash[i]);
	gv_buf_adds(out, ".json");
	return gv_buf_check(out, err);
}

struct oldest { struct gv_oid id; };

static int keep_last(void *ctx, const struct gv_commit *c)
{
	((struct oldest *)ctx)->id = c->id;
	return 0;
}

int first_commit(struct gv_store *s, const struct gv_oid *from, struct gv_oid *first, struct gv_err *err)
{
	struct oldest o = { 0 };
	int rc = gv_store_log(s, from, true, keep_last, &o, err);

	*first = o.id;
	return rc;
}

/* ---- reading ---- */

static int not_one(const struct remembered *m, struct gv_err *err)
{
	gv_fail(err, GV_EINTEGRITY, "%s", _("this is no checkpoint of case-audit"));
	gv_err_thing(err, m->path.p, m->path.n);
	return GV_EINTEGRITY;
}

/* A signature lies beside the file; whoever made it is told, whether it holds is judged. */
static int check_signature(const struct remembered *m, struct gv_cmd *c, struct gv_str text)
{
	struct gv_buf path = GV_BUF_INIT(PATH_LEN_MAX), armour = GV_BUF_INIT(64 * 1024);
	struct gv_sshsig sig;
	int rc = 0;

	gv_buf_addf(&path, "%s.sig", m->path.p);
	if (gv_buf_check(&path, &c->err) || access(path.p, F_OK) != 0)
		goto out;
	rc = gv_buf_read_file(&armour, path.p, &c->err);
	if (!rc)
		rc = gv_sshsig_read(&sig, gv_buf_str(&armour), &c->err);
	if (!rc)
		rc = gv_sshsig_check(&sig, text, SPACE, &c->err);
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(&c->err);
		gv_cmd_warn(c, _("the checkpoint is signed with a key of type %s, which is not checked here"), sig.key.type);
		rc = 0;
	} else if (rc) {
		gv_err_thing(&c->err, path.p, path.n);
	} else {
		gv_cmd_note(c, _("the checkpoint is signed with %s"), sig.key.print);
	}
out:
	gv_buf_free(&path);
	gv_buf_free(&armour);
	return rc;
}

int64_t remembered_commits(const struct remembered *m)
{
	int64_t n = 0;

	gv_val_getint(&m->doc.root, "commits", &n);
	return n;
}

static bool is_checkpoint(struct remembered *m)
{
	return gv_str_is(gv_val_getstr(&m->doc.root, "kind"), "checkpoint") && remembered_commits(m) >= 0 &&
	       gv_oid_read(&m->commit, gv_val_getstr(&m->doc.root, "commit"));
}

static int read_it(struct remembered *m, struct gv_cmd *c)
{
	struct gv_buf text = GV_BUF_INIT(TEXT_MAX);
	int rc;

	m->there = access(m->path.p, F_OK) == 0;
	if (!m->there)
		return 0;
	rc = gv_buf_read_file(&text, m->path.p, &c->err);
	if (!rc && (gv_json_parse(&m->doc, gv_buf_str(&text), 0, &c->err) || !is_checkpoint(m)))
		rc = not_one(m, &c->err);
	if (!rc)
		rc = check_signature(m, c, gv_buf_str(&text));
	gv_buf_free(&text);
	return rc;
}

/* Another docket's file: is that docket this one, moved here?  Then nothing is at its old place any more. */
static bool is_moved(const char *path, const char *first)
{
	struct gv_buf text = GV_BUF_INIT(TEXT_MAX);
	struct gv_doc d = GV_DOC_INIT;
	bool yes = gv_buf_read_file(&text, path, NULL) == 0 && gv_json_parse(&d, gv_buf_str(&text), 0, NULL) == 0 &&
	           gv_str_is(gv_val_getstr(&d.root, "root"), first);
	const struct gv_val *docket = yes ? gv_val_get(&d.root, "docket") : NULL;

	yes = docket && docket->type == GV_STRING && access(docket->s, F_OK) != 0;
	gv_doc_free(&d);
	gv_buf_free(&text);
	return yes;
}

static int find_moved(struct remembered *m, struct gv_cmd *c, const char *dir)
{
	struct gv_store *s = gv_cmd_store(c);
	struct gv_buf path = GV_BUF_INIT(PATH_LEN_MAX);
	struct gv_oid first;
	char hex[GV_HEX + 1];
	struct dirent *e;
	DIR *d = opendir(dir);
	int rc = d ? first_commit(s, gv_store_commit_id(s), &first, &c->err) : 0;

	if (d && !rc)
		gv_oid_hex(&first, hex);
	while (d && !rc && (e = readdir(d))) {
		const char *end = strrchr(e->d_name, '.');

		if (!end || strcmp(end, ".json") != 0)
			continue;
		gv_buf_reset(&path);
		gv_buf_addf(&path, "%s/%s", dir, e->d_name);
		rc = gv_buf_check(&path, &c->err);
		if (rc || !is_moved(path.p, hex))
			continue;
		gv_buf_reset(&m->path);
		gv_buf_addstr(&m->path, gv_buf_str(&path));
		rc = gv_buf_check(&m->path, &c->err);
		break;
	}
	if (d)
		closedir(d);
	gv_buf_free(&path);
	return rc;
}

int remembered_find(struct remembered *m, struct gv_cmd *c, const char *file)
{
	struct gv_store *s = gv_cmd_store(c);
	struct gv_buf dir = GV_BUF_INIT(PATH_LEN_MAX);
	int rc = s ? 0 : c->err.code;

	if (!rc && file) {
		gv_buf_adds(&m->path, file);
		rc = gv_buf_check(&m->path, &c->err);
	} else if (!rc) {
		rc = folder(&dir, &c->err);
		if (!rc)
			rc = own_path(&m->path, dir.p, gv_store_dir(s), &c->err);
		if (!rc && access(m->path.p, F_OK) != 0)
			rc = find_moved(m, c, dir.p);
	}
	gv_buf_free(&dir);
	return rc ? rc : read_it(m, c);
}

/* ---- writing ---- */

static int make_folders(const char *path, struct gv_err *err)
{
	struct gv_buf part = GV_BUF_INIT(PATH_LEN_MAX);
	int rc = 0;

	for (const char *slash = strchr(path + 1, '/'); slash && !rc; slash = strchr(slash + 1, '/')) {
		gv_buf_reset(&part);
		gv_buf_add(&part, path, (size_t)(slash - path));
		rc = gv_buf_check(&part, err);
		if (!rc && mkdir(part.p, 0700) != 0 && errno != EEXIST)
			rc = gv_fail_sys(err, part.p, _("cannot make the folder"));
	}
	gv_buf_free(&part);
	return rc;
}

static int sign_it(struct gv_cmd *c, struct gv_str text, struct gv_buf *armour)
{
	struct gv_sign_how *how = NULL;
	int rc = gv_sign_settings(&how, gv_store_dir(gv_cmd_store(c)), &c->err);

	if (!rc)
		rc = gv_sign(how, text, SPACE, armour, &c->err);
	gv_sign_how_free(how);
	return rc;
}

int remembered_write(const struct remembered *m, struct gv_cmd *c, const struct gv_val *checkpoint, bool sign)
{
	struct gv_buf text = GV_BUF_INIT(TEXT_MAX), armour = GV_BUF_INIT(64 * 1024), beside = GV_BUF_INIT(PATH_LEN_MAX);
	int rc;

	gv_json_canon(&text, checkpoint);
	gv_buf_addf(&beside, "%s.sig", m->path.p);
	rc = gv_buf_check(&text, &c->err);
	if (!rc)
		rc = gv_buf_check(&beside, &c->err);
	if (!rc && sign) /* before anything is written: it may fail, or the passphrase not come */
		rc = sign_it(c, gv_buf_str(&text), &armour);
	if (!rc)
		rc = make_folders(m->path.p, &c->err);
	/* An old signature under a new text would be a false alarm; none at all is none. */
	if (!rc && unlink(beside.p) != 0 && errno != ENOENT)
		rc = gv_fail_sys(&c->err, beside.p, _("cannot write"));
	if (!rc)
		rc = gv_newfile_write(m->path.p, 0600, gv_buf_str(&text), &c->err);
	if (!rc && sign)
		rc = gv_newfile_write(beside.p, 0600, gv_buf_str(&armour), &c->err);
	gv_buf_free(&text);
	gv_buf_free(&armour);
	gv_buf_free(&beside);
	return rc;
}
