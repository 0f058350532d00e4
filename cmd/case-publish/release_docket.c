/* SPDX-License-Identifier: MIT */
/* release_docket: the docket of what the public may see: an ordinary one, which others clone, and never the court's own. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "gitconf.h"
#include "public.h"
#include "release.h"

/* Is it the docket that the originals are in, or does it lie in it, or that one in it? */
static bool lies_within(const char *inner, const char *outer)
{
	size_t n = strlen(outer);

	return strncmp(inner, outer, n) == 0 && (inner[n] == '/' || !inner[n]);
}

static int check_apart(struct release_docket *p)
{
	const char *a = gv_store_dir(gv_cmd_store(p->c)), *b = gv_store_dir(p->store), *to = gv_cmd_opt(p->c, "to");
	struct stat one, two;
	bool same = stat(a, &one) == 0 && stat(b, &two) == 0 && one.st_dev == two.st_dev && one.st_ino == two.st_ino;

	if (same || lies_within(a, b) || lies_within(b, a))
		return gv_fail(&p->c->err, GV_EDATA, _("--to: %s is where the originals are; the public docket is one of its own: case-file init"), to);
	if (!gv_store_is_bare(p->store))
		return gv_fail(&p->c->err, GV_EUSAGE, _("--to: %s is a clone; name the docket itself"), to);
	return 0;
}

/* Records of other kinds are nobody's business there. */
static int check_kinds(struct release_docket *p)
{
	const char *alien;
	int rc = gv_public_alien(p->store, &alien, &p->c->err);

	if (rc || !alien)
		return rc;
	return gv_fail(&p->c->err, GV_EDATA, _("--to: %s has %s: it is no docket for the public"), gv_cmd_opt(p->c, "to"), alien);
}

int release_docket_open(struct release_docket *p, struct gv_cmd *c, const char *dir)
{
	int rc;

	*p = (struct release_docket){ .c = c, .persons = GV_BUF_INIT(65536) };
	if (!dir)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("where to?  --to PUBLIC, a docket of its own"));
	if (!gv_cmd_store(c))
		return c->err.code;
	rc = gv_store_open(&p->store, dir, &c->err);
	if (!rc)
		rc = check_apart(p);
	if (!rc)
		rc = check_kinds(p);
	if (!rc)
		rc = gv_gitconf_person(gv_store_gitdir(p->store), false, &p->persons, &c->err);
	gv_buf_addc(&p->persons, '\n');
	if (!rc)
		rc = gv_gitconf_person(gv_store_gitdir(p->store), true, &p->persons, &c->err);
	return rc ? rc : gv_plan_new(&p->plan, p->store, &c->err);
}

void release_docket_close(struct release_docket *p)
{
	gv_plan_free(p->plan);
	gv_store_close(p->store);
	gv_doc_free(&p->was);
	gv_buf_free(&p->persons);
}

static void set_letter(const char *key, const char *kind, char out[GV_KEY_MAX])
{
	char *letter;

	snprintf(out, GV_KEY_MAX, "%s", key);
	letter = strrchr(out, '-');
	if (letter && letter[1])
		letter[1] = gv_schema_find(gv_str_of(kind))->letter;
}

const char *release_docket_key(const struct gv_rec *own, char out[GV_KEY_MAX])
{
	const char *kind = strcmp(own->id.schema->kind, "publication") == 0 ? "document" : own->id.schema->kind;

	set_letter(own->id.key, kind, out);
	return kind;
}

static int id_of(struct release_docket *p, const char *kind, const char *key)
{
	char full[GV_KEY_MAX + 32];

	snprintf(full, sizeof full, "%s:%s", kind, key);
	return gv_id_parse(&p->id, gv_str_of(full), gv_schema_find(gv_str_of(kind)), gv_store_caseno(p->store), &p->c->err);
}

int release_docket_get(struct release_docket *p, const char *kind, const char *key, const struct gv_val **out)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_str text = { 0 };
	struct gv_err *err = &p->c->err;
	int rc = id_of(p, kind, key);

	*out = NULL;
	p->base = (struct gv_oid){ { 0 } };
	if (!rc)
		rc = gv_id_path(&p->id, &path, err);
	if (!rc)
		rc = gv_store_read(p->store, path.p, &text, &p->base, err);
	gv_buf_free(&path);
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(err);
		return 0;
	}
	if (!rc)
		rc = gv_json_parse(&p->was, text, 0, err);
	if (!rc)
		*out = &p->was.root;
	return rc;
}

/* ---- what is there and not here ---- */

struct strangers {
	struct release_docket *p;
	release_stranger_fn *each;
	void *ctx;
	const char *kind, *own;          /* there, and here */
	struct gv_doc doc;
};

static int is_here(struct gv_cmd *c, const char *kind, const char *key, bool *yes)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	char own[GV_KEY_MAX];
	struct gv_str text;
	struct gv_id id;
	int rc;

	set_letter(key, kind, own);
	rc = gv_cmd_id_of(c, gv_str_of(own), gv_schema_find(gv_str_of(kind)), &id);
	if (!rc)
		rc = gv_id_path(&id, &path, &c->err);
	if (!rc)
		rc = gv_store_read(gv_cmd_store(c), path.p, &text, NULL, &c->err);
	*yes = !rc;
	gv_buf_free(&path);
	if (rc == GV_ENOTFOUND || rc == GV_EDATA)
		gv_err_clear(&c->err);
	return rc == GV_ENOTFOUND || rc == GV_EDATA ? 0 : rc;
}

static int one_there(void *ctx, const struct gv_item *item)
{
	static const struct gv_str names[] = { { "id", 2 }, { "state", 5 } };
	static const struct gv_json_only only = { names, sizeof names / sizeof names[0] };
	struct strangers *s = ctx;
	struct gv_cmd *c = s->p->c;
	char key[GV_KEY_MAX];
	struct gv_str id;
	bool here;
	int rc = gv_json_parse_only(&s->doc, item->text, 0, &only, &c->err);

	if (rc) {
		gv_err_thing(&c->err, item->path.p, item->path.n);
		return rc;
	}
	id = gv_val_getstr(&s->doc.root, "id");
	snprintf(key, sizeof key, "%.*s", (int)id.n, id.n ? id.p : "");
	rc = is_here(c, s->own, key, &here);
	return rc || here ? rc : s->each(s->ctx, s->kind, key, gv_val_getstr(&s->doc.root, "state"));
}

int release_docket_strangers(struct release_docket *p, release_stranger_fn *each, void *ctx)
{
	static const char *const kinds[][2] = { { "document", "publication" }, { "typical-case", "typical-case" } };
	struct strangers s = { .p = p, .each = each, .ctx = ctx };
	int rc = 0;

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && !rc; i++) {
		const struct gv_scan what = { .kind = gv_schema_find(gv_str_of(kinds[i][0])) };

		s.kind = kinds[i][0];
		s.own = kinds[i][1];
		rc = gv_store_scan(p->store, &what, one_there, &s, &p->c->err);
	}

	gv_doc_free(&s.doc);
	return rc;
}

/* ---- writing ---- */

int release_docket_put(struct release_docket *p, const struct gv_val *record)
{
	struct gv_err *err = &p->c->err;
	int rc = gv_rec_check(p->id.schema, record, gv_store_caseno(p->store), err);

	if (!rc)
		rc = gv_plan_put(p->plan, &p->id, gv_oid_is_zero(&p->base) ? NULL : &p->base, record, err);
	if (!rc)
		p->folder = p->n && strcmp(p->folder, p->id.schema->folder) != 0 ? "records" : p->id.schema->folder;
	p->n += !rc;
	return rc;
}

int release_docket_commit(struct release_docket *p)
{
	struct gv_cmd *c = p->c;
	struct gv_commit_result done = { 0 };
	char what[GV_KEY_MAX], hex[GV_HEX + 1];
	int rc;

	if (p->committed || !gv_plan_count(p->plan))
		return 0;
	if (p->n == 1)
		snprintf(what, sizeof what, "%s", p->id.key);
	else
		snprintf(what, sizeof what, "%zu %s", p->n, p->folder);
	/* No reason: that is the court's own. */
	rc = gv_store_commit(p->store, p->plan, &(struct gv_commit_opts){ .command = c->name, .what = what }, &done, &c->err);
	if (rc)
		return rc;
	p->committed = true;
	gv_oid_hex(&done.id, hex);
	gv_cmd_note(c, _("public: %zu written: commit %.10s"), done.written, hex);
	return 0;
}
