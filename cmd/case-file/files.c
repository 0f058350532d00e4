/* SPDX-License-Identifier: MIT */
/* case-file files: the papers of a case; --get gives one back. */
#include <string.h>

#include "case-file.h"
#include "papers.h"

static const struct gv_opt opts[] = {
	{ 0, "get", "NAME", N_("write this one to standard output (its name, or the beginning of its SHA-256)") },
	{ 0 }
};

enum { PREFIX_MIN = 8 };

struct work {
	struct gv_cmd *c;
	struct gv_doc row;
	const char *get;
};

/* ---- the list ---- */

static int print(struct work *w, const struct gv_rec *rec, const struct gv_val *item)
{
	struct gv_err *err = &w->c->err;
	struct gv_doc *d = &w->row;
	uint64_t bytes;
	int here, rc;

	gv_doc_reset(d);
	rc = gv_val_copy(d, &d->root, item, err);
	if (rc)
		return rc;
	here = gv_paper_size(gv_cmd_store(w->c), gv_val_getstr(item, "sha256"), &bytes, NULL);
	gv_obj_del(&d->root, GV_STR("eid"));
	rc = gv_obj_set(d, &d->root, GV_STR("kind"), gv_mklit("file"), err);
	if (!rc)
		rc = gv_obj_set(d, &d->root, GV_STR("id"), gv_mkstr(d, gv_val_getstr(item, "sha256")), err);
	if (!rc)
		rc = gv_obj_set(d, &d->root, GV_STR("case"), gv_mkstr(d, gv_str_of(rec->id.key)), err);
	if (!rc)
		rc = gv_obj_set(d, &d->root, GV_STR("here"), gv_mkbool(here == 0), err);
	if (!rc)
		rc = gv_out_rec(w->c->out, &d->root, err);
	return rc ? rc : gv_cmd_closed(w->c) ? -1 : 0;
}

static int list(struct gv_cmd *c, const struct gv_rec *rec)
{
	struct work *w = c->ctx;
	const struct gv_val *files = gv_val_get(rec->val, "files");
	int rc = 0;

	for (uint32_t i = 0; files && files->type == GV_ARRAY && i < files->n && !rc; i++)
		rc = print(w, rec, &files->items[i]);
	return rc;
}

/* ---- one of them ---- */

static int write_out(void *ctx, struct gv_str bytes)
{
	struct gv_cmd *c = ctx;
	int rc = gv_cmd_put(c, bytes);

	return rc ? rc : gv_cmd_closed(c) ? -1 : 0;
}

static bool is_meant(const struct gv_val *item, struct gv_str what)
{
	return gv_str_eq(gv_val_getstr(item, "name"), what) ||
	       (what.n >= PREFIX_MIN && gv_str_starts(gv_val_getstr(item, "sha256"), what));
}

static int get(struct gv_cmd *c, const struct gv_rec *rec)
{
	const struct gv_val *files = gv_val_get(rec->val, "files");
	struct gv_str what = gv_str_of(gv_cmd_opt(c, "get")), found = { 0 };
	struct gv_store *s = gv_cmd_store(c);
	int rc;

	for (uint32_t i = 0; files && files->type == GV_ARRAY && i < files->n; i++) {
		struct gv_str sha256 = gv_val_getstr(&files->items[i], "sha256");

		if (!is_meant(&files->items[i], what) || gv_str_eq(sha256, found))
			continue;
		if (found.p)
			return gv_fail(&c->err, GV_EUSAGE,
			               _("%.*s is more than one file: name it by its SHA-256"), (int)what.n, what.p);
		found = sha256;
	}
	if (!found.p)
		return gv_fail(&c->err, GV_ENOTFOUND, _("has no file %.*s"), (int)what.n, what.p);
	rc = gv_paper_read(s, found, NULL, NULL, &c->err); /* nothing comes out of one that was changed */
	return rc ? rc : gv_paper_read(s, found, write_out, c, &c->err);
}

static int get_named(struct gv_cmd *c, const struct gv_rec *rec)
{
	int rc = get(c, rec);

	if (rc > 0)
		gv_err_thing(&c->err, rec->id.key, strlen(rec->id.key));
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c, .get = gv_cmd_opt(c, "get") };
	int rc;

	if (w.get && c->argc != 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("--get is for one case"));
	if (!gv_cmd_store(c) || (!w.get && !gv_cmd_out(c)))
		return c->err.code;
	c->ctx = &w;
	rc = gv_cmd_each_rec(c, w.get ? get_named : list);
	gv_doc_free(&w.row);
	c->ctx = NULL;
	return rc;
}

const struct gv_cmd_spec case_file_files = {
	.name = "files", .summary = N_("list the files of cases, or write one of them out"),
	.usage = N_("[ID...|-]"), .operands = "id", .opts = opts, .kind = "case",
	.fields = "case,name,bytes,type,added_on,note,here", .common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
