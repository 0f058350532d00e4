/* SPDX-License-Identifier: MIT */
#include "regime.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "gittree.h"
#include "i18n.h"

enum { KEPT = 8, TEXT_MAX = 16 * 1024 * 1024 };

enum part_name { SIGNERS, PEOPLE, DUTIES, CONFIG, PARTS };

/* One version of one part. */
struct part {
	struct gv_oid id;          /* blob or folder */
	uint64_t used;             /* 0 = free */
	void *what;                /* NULL if it cannot be read */
	struct gv_err err;
};

/* Where the parts of a tree lie. */
struct places {
	struct gv_oid tree;
	struct gv_oid id[PARTS];
	bool has[PARTS];
};
enum { PLACES = 8 };

struct gv_regimes {
	struct gv_store *store;
	struct part parts[PARTS][KEPT];
	uint64_t clock;
	struct places places[PLACES];  /* of the trees asked about last */
	size_t next;
	struct gv_object tree, blob;
	char *file;                /* of gv_regime_signers_file() */
	struct gv_oid file_blob;
};

/* ---- parts ---- */

static void part_free(enum part_name name, struct part *p)
{
	switch (name) {
	case SIGNERS:
		gv_signers_free(p->what);
		break;
	case PEOPLE:
		gv_people_free(p->what);
		break;
	case DUTIES:
		gv_duties_free(p->what);
		break;
	default:
		gv_doc_free(p->what);
		free(p->what);
	}
	*p = (struct part){ 0 };
}

static int config_read(struct gv_doc **out, struct gv_str text, struct gv_err *err)
{
	struct gv_doc *d = calloc(1, sizeof *d);
	int rc;

	if (!d)
		return gv_fail_nomem(err);
	rc = gv_json_parse(d, text, 0, err);
	if (!rc) {
		*out = d;
		return 0;
	}
	gv_doc_free(d);
	free(d);
	return rc;
}

static int part_parse(enum part_name name, struct part *p, struct gv_str text, struct gv_err *err)
{
	struct gv_signers *signers = NULL;
	struct gv_duties *duties = NULL;
	struct gv_doc *config = NULL;
	int rc;

	if (name == SIGNERS)
		rc = gv_signers_read(&signers, text, err);
	else if (name == DUTIES)
		rc = gv_duties_read(&duties, text, err);
	else
		rc = config_read(&config, text, err);
	p->what = name == SIGNERS ? (void *)signers : name == DUTIES ? (void *)duties : (void *)config;
	return rc;
}

static int part_read(struct gv_regimes *r, enum part_name name, struct part *p, const struct gv_oid *root, struct gv_err *err)
{
	struct gv_people *people = NULL;
	int rc;

	if (name == PEOPLE) {
		rc = gv_people_read(&people, r->store, root, err);
		p->what = people;
		return rc;
	}
	r->blob.own.max = TEXT_MAX;
	rc = gv_odb_need(gv_store_odb(r->store), &p->id, GV_OBJ_BLOB, &r->blob, err);
	return rc ? rc : part_parse(name, p, r->blob.data, err);
}

/* What cannot be read is remembered as such: only a lack of memory or a bad disk may pass by themselves. */
static int part_get(struct gv_regimes *r, enum part_name name, const struct gv_oid *id, const struct gv_oid *root,
                    struct part **out, struct gv_err *err)
{
	struct part *oldest = &r->parts[name][0];
	int rc;

	for (struct part *p = r->parts[name]; p < r->parts[name] + KEPT; p++) {
		if (p->used && gv_oid_eq(&p->id, id)) {
			p->used = ++r->clock;
			*out = p;
			return 0;
		}
		if (p->used < oldest->used)
			oldest = p;
	}
	part_free(name, oldest);
	oldest->id = *id;
	rc = part_read(r, name, oldest, root, &oldest->err);
	if (rc == GV_EIO) {
		if (err)
			*err = oldest->err;
		part_free(name, oldest);
		return rc;
	}
	oldest->used = ++r->clock;
	*out = oldest;
	return 0;
}

/* ---- a tree ---- */

static int look_through(struct gv_regimes *r, struct places *at, struct gv_err *err)
{
	static const char *const names[PARTS] = { "signers", "people", "policy", "gavel.json" };
	struct gv_tree_entry e = { 0 };
	size_t pos = 0;
	int rc = gv_odb_need(gv_store_odb(r->store), &at->tree, GV_OBJ_TREE, &r->tree, err);

	if (!rc)
		rc = gv_tree_next(r->tree.data, &pos, &e, err);
	while (!rc && e.name.p) {
		for (size_t i = 0; i < PARTS; i++)
			if (gv_str_is(e.name, names[i])) {
				at->id[i] = e.oid;
				at->has[i] = true;
			}
		rc = gv_tree_next(r->tree.data, &pos, &e, err);
	}
	if (rc || !at->has[DUTIES])
		return rc;
	rc = gv_store_entry(r->store, &at->id[DUTIES], "duties.json", &at->id[DUTIES], err);
	at->has[DUTIES] = !gv_oid_is_zero(&at->id[DUTIES]);
	return rc;
}

static int places_of(struct gv_regimes *r, const struct gv_oid *tree, struct places *out, struct gv_err *err)
{
	int rc;

	for (size_t i = 0; i < PLACES; i++)
		if (gv_oid_eq(&r->places[i].tree, tree)) {
			*out = r->places[i];
			return 0;
		}
	*out = (struct places){ .tree = *tree };
	rc = look_through(r, out, err);
	if (!rc)
		r->places[r->next++ % PLACES] = *out;
	return rc;
}

static void fill(struct gv_regime *out, struct part *const p[PARTS])
{
	if (p[SIGNERS]) {
		out->signers_blob = p[SIGNERS]->id;
		out->signers = p[SIGNERS]->what;
		out->signers_err = p[SIGNERS]->err;
	}
	if (p[PEOPLE]) {
		out->people = p[PEOPLE]->what;
		out->people_err = p[PEOPLE]->err;
	}
	if (p[DUTIES]) {
		out->duties = p[DUTIES]->what;
		out->duties_err = p[DUTIES]->err;
	}
	if (p[CONFIG]) {
		const struct gv_doc *d = p[CONFIG]->what;

		out->config = d ? &d->root : NULL;
		out->config_err = p[CONFIG]->err;
	}
}

int gv_regime_at(struct gv_regimes *r, const struct gv_oid *tree, struct gv_regime *out, struct gv_err *err)
{
	struct places at;
	struct part *parts[PARTS] = { NULL };
	int rc = 0;

	*out = (struct gv_regime){ .tree = *tree };
	if (gv_oid_is_zero(tree))
		return 0;
	rc = places_of(r, tree, &at, err);
	for (int i = 0; i < PARTS && !rc; i++)
		if (at.has[i])
			rc = part_get(r, (enum part_name)i, &at.id[i], tree, &parts[i], err);
	if (rc)
		return rc;
	out->has_signers = at.has[SIGNERS];
	out->has_people = at.has[PEOPLE];
	out->has_duties = at.has[DUTIES];
	fill(out, parts);
	return 0;
}

/* ---- signers on disk ---- */

static void drop_file(struct gv_regimes *r)
{
	if (r->file)
		unlink(r->file);
	free(r->file);
	r->file = NULL;
}

static int write_file(struct gv_regimes *r, struct gv_str text, struct gv_err *err)
{
	const char *dir = getenv("TMPDIR");
	struct gv_buf path = GV_BUF_INIT(4096);
	int fd, rc;

	gv_buf_addf(&path, "%s/gavel-signers-XXXXXX", dir && *dir == '/' ? dir : "/tmp");
	rc = gv_buf_check(&path, err);
	if (rc)
		goto out;
	fd = mkostemp(path.p, O_CLOEXEC);
	if (fd < 0) {
		rc = gv_fail_sys(err, path.p, _("cannot make"));
		goto out;
	}
	r->file = path.p;
	path = GV_BUF_INIT(0);
	rc = gv_write_all(fd, text.p, text.n, r->file, err);
	close(fd);
out:
	gv_buf_free(&path);
	return rc;
}

int gv_regime_signers_file(struct gv_regimes *r, const struct gv_regime *at, const char **path, struct gv_err *err)
{
	int rc;

	if (!r->file || !gv_oid_eq(&r->file_blob, &at->signers_blob)) {
		drop_file(r);
		rc = gv_odb_need(gv_store_odb(r->store), &at->signers_blob, GV_OBJ_BLOB, &r->blob, err);
		if (!rc)
			rc = write_file(r, r->blob.data, err);
		if (rc)
			return rc;
		r->file_blob = at->signers_blob;
	}
	*path = r->file;
	return 0;
}

/* ---- life ---- */

int gv_regimes_new(struct gv_regimes **out, struct gv_store *s, struct gv_err *err)
{
	*out = calloc(1, sizeof **out);
	if (!*out)
		return gv_fail_nomem(err);
	(*out)->store = s;
	(*out)->tree = GV_OBJECT_INIT;
	(*out)->blob = GV_OBJECT_INIT;
	return 0;
}

void gv_regimes_free(struct gv_regimes *r)
{
	if (!r)
		return;
	for (int i = 0; i < PARTS; i++)
		for (size_t k = 0; k < KEPT; k++)
			if (r->parts[i][k].used)
				part_free((enum part_name)i, &r->parts[i][k]);
	drop_file(r);
	gv_object_free(&r->tree);
	gv_object_free(&r->blob);
	free(r);
}
