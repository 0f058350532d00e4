/* SPDX-License-Identifier: MIT */
#include "take.h"

#include <string.h>

#include "check.h"
#include "merge.h"

/* What it has and main has not, as a push of it would be judged. */
static int judge(struct gv_cmd *c, struct gv_store *s, const struct gv_oid *theirs)
{
	struct gv_oid main = *gv_store_commit_id(s);
	struct checker k = { .c = c, .store = s, .strict = true };
	bool known = false;
	void *ctx = c->ctx;
	int rc = gv_store_is_ancestor(s, theirs, &main, &known, &c->err);

	if (!rc && !known)
		rc = gv_store_sealed_fields(s, &k.sealed_fields, &c->err);
	if (!rc && !known)
		rc = gv_case_law_load(&k.law, &c->err);
	c->ctx = &k;
	if (!rc && !known)
		rc = check_pulled(&k, &main, theirs);
	c->ctx = ctx;
	gv_case_law_free(k.law);
	gv_doc_free(&k.doc);
	return rc ? rc : gv_store_refresh(s, &c->err);
}

/* ---- rows of a dry run ---- */

struct rows {
	struct gv_cmd *c;
	struct gv_doc doc;
};

static int set_value(struct rows *r, struct gv_val *obj, const char *name, const struct gv_val *v)
{
	struct gv_val copy;
	int rc = v ? gv_val_copy(&r->doc, &copy, v, &r->c->err) : 0;

	return rc || !v ? rc : gv_obj_set(&r->doc, obj, gv_str_of(name), copy, &r->c->err);
}

static int add_conflict(struct rows *r, struct gv_val *list, const struct gv_conflict *c)
{
	struct gv_val row = gv_mkobj();
	int rc = gv_obj_set(&r->doc, &row, GV_STR("field"), gv_mkstr(&r->doc, c->path), &r->c->err);

	if (!rc)
		rc = set_value(r, &row, "base", c->base);
	if (!rc)
		rc = set_value(r, &row, "ours", c->ours);
	if (!rc)
		rc = set_value(r, &row, "theirs", c->theirs);
	return rc ? rc : gv_arr_add(&r->doc, list, row, &r->c->err);
}

static int print_row(void *ctx, const struct gv_merge_row *row)
{
	struct rows *r = ctx;
	struct gv_cmd *c = r->c;
	struct gv_val list = gv_mkarr();
	int rc;

	gv_doc_reset(&r->doc);
	r->doc.root = gv_mkobj();
	rc = gv_obj_set(&r->doc, &r->doc.root, GV_STR("op"), gv_mklit(row->op), &c->err);
	if (!rc)
		rc = gv_obj_set(&r->doc, &r->doc.root, GV_STR("path"), gv_mkstr(&r->doc, row->path), &c->err);
	for (size_t i = 0; !rc && i < row->nconflicts; i++)
		rc = add_conflict(r, &list, &row->conflicts[i]);
	if (!rc && row->nconflicts)
		rc = gv_obj_set(&r->doc, &r->doc.root, GV_STR("conflicts"), list, &c->err);
	if (rc)
		return rc;
	c->text.max = 64 * GV_MIB;
	gv_json_line(&c->text, &r->doc.root);
	return gv_cmd_print(c, "\n");
}

/* ---- joining ---- */

static void tell(struct gv_cmd *c, const struct gv_merge_result *r, const char *name, bool dry_run)
{
	char hex[GV_HEX + 1];

	gv_oid_hex(&r->id, hex);
	if (r->same)
		gv_cmd_note(c, _("%s: nothing new"), name);
	else if (dry_run)
		gv_cmd_note(c, _("%s: files to take %zu, records to join %zu, conflicts %zu"), name, r->taken, r->joined,
		            r->conflicts);
	else
		gv_cmd_note(c, _("%s: files taken %zu, records joined %zu, conflicts %zu: commit %.10s"), name, r->taken, r->joined,
		            r->conflicts, hex);
	if (r->conflicts && !dry_run)
		gv_cmd_note(c, "%s", _("case-file conflicts lists them, case-file resolve closes them"));
}

int take_line(struct gv_cmd *c, const struct gv_oid *theirs, const char *name)
{
	struct gv_store *s = gv_cmd_store(c);
	const char *wait = gv_cmd_opt(c, "lock-wait");
	struct rows rows = { .c = c };
	struct gv_merge_opts o = { .command = c->name, .what = name, .reason = gv_cmd_opt(c, "reason"),
		                   .dry_run = gv_cmd_has(c, "dry-run") };
	struct gv_merge_result r = { 0 };
	int64_t seconds = 0;
	int rc = s ? 0 : c->err.code;

	if (!rc && gv_store_is_bare(s)) /* a clone is refused anyway */
		rc = judge(c, s, theirs);
	if (rc)
		return rc;
	if (wait)
		gv_str_int(gv_str_of(wait), &seconds);
	o.lock_seconds = (unsigned)seconds;
	if (o.dry_run) {
		o.each = print_row;
		o.ctx = &rows;
	}
	rc = gv_store_merge(s, theirs, &o, &r, &c->err);
	gv_doc_free(&rows.doc);
	if (rc == GV_ECONFLICT)
		gv_err_thing(&c->err, name, strlen(name));
	if (rc)
		return rc;
	tell(c, &r, name, o.dry_run);
	return r.conflicts ? GV_FOUND : 0;
}
