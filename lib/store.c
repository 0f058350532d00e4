/* SPDX-License-Identifier: MIT */
#include "store.h"

#include <stdlib.h>

#include "date.h"
#include "helper.h"
#include "i18n.h"
#include "store_impl.h"

enum { FORMAT = 1, FANOUT = 100, TAG_DEPTH_MAX = 10, PREFIX_MIN = 4, CANDIDATES_MAX = 64 };
#define ZONE "Asia/Shanghai"

/* ---- gavel.json ---- */

int gv_store_check_config(const struct gv_val *config, struct gv_err *err)
{
	int64_t format, fanout;
	struct gv_str court = gv_val_getstr(config, "court"), zone = gv_val_getstr(config, "zone");

	if (!gv_val_getint(config, "format", &format))
		return gv_fail_field(err, GV_EDATA, "format", "%s", _("missing, or not a number"));
	if (format > FORMAT)
		return gv_fail_field(
			err, GV_EDATA, "format",
			_("%lld is newer than %d, the one this program knows: "
			  "install a newer Gavel"),
			(long long)format, FORMAT);
	if (format != FORMAT)
		return gv_fail_field(err, GV_EDATA, "format", _("%lld is not a format"),
		                     (long long)format);
	if (!court.n)
		return gv_fail_field(err, GV_EDATA, "court", "%s",
		                     _("missing, or not a court code"));
	if (!gv_str_is(zone, ZONE))
		return gv_fail_field(err, GV_EDATA, "zone", _("must be \"%s\""), ZONE);
	if (!gv_val_getint(config, "fanout", &fanout) || fanout != FANOUT)
		return gv_fail_field(err, GV_EDATA, "fanout", _("must be %d"), FANOUT);
	return 0;
}

static int read_config(struct gv_store *s, const struct gv_oid *blob, struct gv_doc *doc,
                       struct gv_err *err)
{
	struct gv_object obj = GV_OBJECT_INIT;
	int rc = gv_odb_need(s->odb, blob, GV_OBJ_BLOB, &obj, err);

	if (!rc) {
		rc = gv_json_parse(doc, obj.data, 0, err);
		if (!rc)
			rc = gv_store_check_config(&doc->root, err);
		if (rc)
			gv_err_thing(err, GV_STORE_CONFIG, sizeof GV_STORE_CONFIG - 1);
	}
	gv_object_free(&obj);
	return rc;
}

/* ---- snapshots ---- */

static int no_docket(const struct gv_store *s, const struct gv_oid *commit, struct gv_err *err)
{
	char hex[GV_HEX + 1];

	gv_oid_hex(commit, hex);
	if (gv_oid_is_zero(&s->commit))
		gv_fail(err, GV_ENOTFOUND,
		        _("a git repository, but no docket (no %s on main): "
		          "case-file init makes one"),
		        GV_STORE_CONFIG);
	else
		gv_fail(err, GV_EDATA, _("no docket yet in commit %.10s: it has no %s"), hex,
		        GV_STORE_CONFIG);
	gv_err_thing(err, s->dir, strlen(s->dir));
	return err->code;
}

int gv_store_take(struct gv_store *s, const struct gv_oid *id, struct gv_err *err)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_doc config = GV_DOC_INIT;
	struct gv_tree_entry e = { 0 };
	struct gv_commit c;
	int rc = gv_commit_read(s, id, &obj, &c, err);

	if (!rc)
		rc = gv_tree_find(s->odb, &c.tree, GV_STR(GV_STORE_CONFIG), &e, &s->name, err);
	if (rc == GV_ENOTFOUND)
		rc = no_docket(s, id, err);
	if (!rc && !gv_oid_eq(&e.oid, &s->config_blob)) {
		rc = read_config(s, &e.oid, &config, err);
		if (!rc) {
			struct gv_doc old = s->config;

			s->config = config;
			config = old;
			s->config_blob = e.oid;
		}
	}
	if (!rc) {
		s->commit = *id;
		s->root = c.tree;
	}
	gv_doc_free(&config);
	gv_object_free(&obj);
	return rc;
}

static int read_main(struct gv_store *s, struct gv_oid *id, struct gv_err *err)
{
	int rc = gv_gitref_read(s->commondir, GV_STORE_BRANCH, id, err);
	struct gv_oid other;

	if (rc != GV_ENOTFOUND)
		return rc;
	if (gv_gitref_read(s->gitdir, "HEAD", &other, NULL) == 0)
		gv_fail(err, GV_ENOTFOUND, "%s",
		        _("a git repository, but no docket (no branch main): "
		          "case-file init makes one"));
	else
		gv_fail(err, GV_ENOTFOUND, "%s",
		        _("an empty git repository, so no docket: case-file init makes one"));
	gv_err_thing(err, s->dir, strlen(s->dir));
	return GV_ENOTFOUND;
}

/* ---- life ---- */

gv_day gv_store_today(void)
{
	const char *fixed = getenv("GAVEL_TODAY");
	gv_day day = gv_day_read(gv_str_of(fixed ? fixed : ""));

	return day == GV_DAY_NONE ? gv_today() : day;
}

static int open_objects(struct gv_store *s, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	struct gv_oid id;
	int rc;

	gv_buf_addf(&path, "%s/objects", s->commondir);
	rc = gv_buf_check(&path, err);
	if (!rc)
		rc = gv_odb_open(&s->odb, path.p, err);
	if (!rc)
		rc = read_main(s, &id, err);
	if (!rc)
		rc = gv_store_take(s, &id, err);
	if (rc)
		gv_err_thing(err, s->dir, strlen(s->dir));
	gv_buf_free(&path);
	return rc;
}

int gv_store_open(struct gv_store **out, const char *dir, struct gv_err *err)
{
	struct gv_store *s = calloc(1, sizeof *s);
	int rc;

	*out = NULL;
	if (!s)
		return gv_fail_nomem(err);
	s->text.own.max = GV_JSON_TEXT_MAX;
	s->name.max = 8192;
	rc = gv_store_find(s, dir, err);
	if (!rc)
		rc = open_objects(s, err);
	if (!rc)
		rc = gv_caseno_reader_new(&s->caseno, gv_store_court(s),
		                          gv_day_ymd(gv_store_today()).year, err);
	if (rc) {
		gv_store_close(s);
		return rc;
	}
	*out = s;
	return 0;
}

void gv_store_close(struct gv_store *s)
{
	if (!s)
		return;
	gv_caseno_reader_free(s->caseno);
	gv_doc_free(&s->config);
	gv_object_free(&s->text);
	gv_keys_free(s->keys);
	gv_buf_free(&s->name);
	gv_odb_close(s->odb);
	free(s->commondir);
	free(s->gitdir);
	free(s->dir);
	free(s);
}

const char *gv_store_dir(const struct gv_store *s)
{
	return s->dir;
}

bool gv_store_is_bare(const struct gv_store *s)
{
	return s->bare;
}

const char *gv_store_gitdir(const struct gv_store *s)
{
	return s->gitdir;
}

const char *gv_store_court(const struct gv_store *s)
{
	const struct gv_val *court = gv_val_get(&s->config.root, "court");

	return court && court->type == GV_STRING ? court->s : "";
}

const struct gv_val *gv_store_config(const struct gv_store *s)
{
	return &s->config.root;
}

struct gv_odb *gv_store_odb(struct gv_store *s)
{
	return s->odb;
}

struct gv_caseno_reader *gv_store_caseno(struct gv_store *s)
{
	return s->caseno;
}

const struct gv_oid *gv_store_commit_id(const struct gv_store *s)
{
	return &s->commit;
}

int gv_store_refresh(struct gv_store *s, struct gv_err *err)
{
	struct gv_oid id;
	int rc;

	gv_odb_refresh(s->odb);
	rc = read_main(s, &id, err);
	if (rc || gv_oid_eq(&id, &s->commit))
		return rc;
	return gv_store_take(s, &id, err);
}

/* ---- revisions ---- */

static int no_revision(const char *rev, struct gv_err *err)
{
	return gv_fail(err, GV_ENOTFOUND, _("no revision \"%s\""), rev);
}

/* Through annotated tags to a commit. */
static int peel(struct gv_store *s, const char *rev, struct gv_oid *id, struct gv_err *err)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_str head = GV_STR("object ");
	int rc = 0;

	for (int depth = 0; !rc; depth++) {
		rc = gv_odb_read(s->odb, id, 0, &obj, err);
		if (rc || obj.type == GV_OBJ_COMMIT)
			break;
		if (obj.type != GV_OBJ_TAG)
			rc = gv_fail(err, GV_EDATA, _("\"%s\" is a %s, not a commit"), rev,
			             obj.type == GV_OBJ_TREE ? "tree" : "blob");
		else if (depth == TAG_DEPTH_MAX || obj.data.n < head.n + GV_HEX ||
		         !gv_str_starts(obj.data, head) ||
		         !gv_oid_read(id, (struct gv_str){ obj.data.p + head.n, GV_HEX }))
			rc = gv_fail(err, GV_EINTEGRITY, _("\"%s\" is a broken tag"), rev);
	}
	gv_object_free(&obj);
	return rc;
}

struct by_time { int64_t until, first; struct gv_oid id; bool found; };

static int is_early_enough(void *ctx, const struct gv_commit *c)
{
	struct by_time *b = ctx;

	b->first = c->time;
	if (c->time > b->until)
		return 0;
	b->id = c->id;
	b->found = true;
	return 1;
}

static int before_all(const char *rev, int64_t first, struct gv_err *err)
{
	char day[GV_DATE_LEN + 1];

	gv_day_format(gv_day_from_unix(first), day);
	return gv_fail(err, GV_ENOTFOUND, _("no revision \"%s\": the history begins on %s"), rev, day);
}

/* The docket at the end of a day in China. */
static int resolve_day(struct gv_store *s, gv_day day, const char *rev, struct gv_oid *id,
                       struct gv_err *err)
{
	struct by_time b = { .until = (day + INT64_C(1)) * 86400 - INT64_C(8) * 3600 - 1 };
	int rc = read_main(s, id, err);

	if (!rc)
		rc = gv_store_log(s, id, true, is_early_enough, &b, err);
	if (b.found) {
		*id = b.id;
		return 0;
	}
	return rc ? rc : before_all(rev, b.first, err);
}

/* Names in the order of gitrevisions(7). */
static int resolve_ref(struct gv_store *s, const char *rev, struct gv_oid *id, struct gv_err *err)
{
	static const char *const forms[] = {
		"refs/%s", "refs/tags/%s", "refs/heads/%s", "refs/remotes/%s",
		"refs/remotes/%s/HEAD",
	};
	struct gv_buf name = GV_BUF_INIT(1024);
	int rc = GV_ENOTFOUND;

	if (strcmp(rev, "HEAD") == 0)
		return gv_gitref_read(s->gitdir, rev, id, err);
	if (gv_str_starts(gv_str_of(rev), GV_STR("refs/")))
		rc = gv_gitref_read(s->commondir, rev, id, err);
	for (size_t i = 0; i < sizeof forms / sizeof forms[0] && rc == GV_ENOTFOUND; i++) {
		const char *at = strchr(forms[i], '%');

		gv_buf_reset(&name);
		gv_buf_add(&name, forms[i], (size_t)(at - forms[i]));
		gv_buf_adds(&name, rev);
		gv_buf_adds(&name, at + 2);
		if (name.nomem)
			rc = gv_fail_nomem(err);
		else if (!name.failed)
			rc = gv_gitref_read(s->commondir, name.p, id, err);
	}
	gv_buf_free(&name);
	return rc;
}

/* The one commit whose id begins so; other objects do not count. */
static int resolve_prefix(struct gv_store *s, const char *rev, struct gv_oid *id,
                          struct gv_err *err)
{
	struct gv_oid found[CANDIDATES_MAX];
	struct gv_object obj = GV_OBJECT_INIT;
	size_t n = strlen(rev) >= PREFIX_MIN
	                   ? gv_odb_prefix(s->odb, gv_str_of(rev), found, CANDIDATES_MAX)
	                   : 0;
	size_t commits = 0;
	int rc = 0;

	for (size_t i = 0; i < n && i < CANDIDATES_MAX && !rc; i++) {
		if (n > 1)
			rc = gv_odb_read(s->odb, &found[i], 0, &obj, err);
		if (n == 1 || (!rc && obj.type == GV_OBJ_COMMIT)) {
			*id = found[i];
			commits++;
		}
	}
	gv_object_free(&obj);
	if (rc || commits == 1)
		return rc;
	if (n)
		return gv_fail(err, GV_EDATA,
		               _("revision \"%s\" is ambiguous: %zu objects begin so"), rev, n);
	return GV_ENOTFOUND;
}

static int ask_git(struct gv_store *s, const char *rev, struct gv_oid *id, struct gv_err *err)
{
	const char *args[] = { "rev-parse", s->gitdir, rev, NULL };
	struct gv_buf answer = GV_BUF_INIT(256);
	int rc = gv_helper_ask("gavel-git", args, &answer, err);

	if (!rc && !gv_oid_read(id, gv_str_trim(gv_buf_str(&answer))))
		rc = gv_fail(err, GV_EIO, "%s", _("the helper gavel-git gave a broken answer"));
	gv_buf_free(&answer);
	return rc;
}

int gv_store_resolve(struct gv_store *s, const char *rev, struct gv_oid *commit, struct gv_err *err)
{
	gv_day day = gv_day_read(gv_str_of(rev));
	int rc = 0;

	if (!*rev)
		return no_revision(rev, err);
	if (day != GV_DAY_NONE)
		return resolve_day(s, day, rev, commit, err);
	if (!gv_oid_read(commit, gv_str_of(rev))) {
		rc = resolve_ref(s, rev, commit, err);
		if (rc == GV_ENOTFOUND)
			rc = resolve_prefix(s, rev, commit, err);
		if (rc == GV_ENOTFOUND)
			rc = ask_git(s, rev, commit, err);
	}
	if (!rc)
		rc = peel(s, rev, commit, err);
	if (rc == GV_ENOTFOUND)
		return no_revision(rev, err);
	if (!rc)
		gv_err_clear(err); /* of the names that it was not */
	return rc;
}

int gv_store_at(struct gv_store *s, const char *rev, struct gv_err *err)
{
	struct gv_oid id;
	int rc = gv_store_resolve(s, rev, &id, err);

	return rc || gv_oid_eq(&id, &s->commit) ? rc : gv_store_take(s, &id, err);
}
