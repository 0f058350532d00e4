/* SPDX-License-Identifier: MIT */
/* case-file migrate: bring every record to the text and the path that this version writes; what is not legal stays. */
#include <stdio.h>
#include <string.h>

#include "case-file.h"

struct work {
	struct gv_cmd *c;
	struct gv_store *store;
	struct gv_plan *plan;
	struct gv_doc doc;
	struct gv_buf path;
	size_t seen;
};

/* Another path is another file: the old one goes, the new one comes, in the same commit. */
static int move_file(struct work *w, const struct gv_item *item, struct gv_rec *rec)
{
	struct gv_err *err = &w->c->err;
	struct gv_oid oid;
	struct gv_str text;
	int rc = gv_plan_read(w->plan, w->path.p, &text, &oid, err);

	if (rc == GV_ENOTFOUND)
		rc = gv_store_read(w->store, w->path.p, &text, NULL, err);
	if (rc == 0)
		return gv_fail(err, GV_ECONFLICT, _("belongs at %s, where another record lies"), w->path.p);
	if (rc != GV_ENOTFOUND)
		return rc;
	gv_err_clear(err);
	rc = gv_plan_put(w->plan, &rec->id, NULL, rec->val, err);
	return rc ? rc : gv_plan_remove(w->plan, item->path, &item->oid, err);
}

static int one(void *ctx, const struct gv_item *item)
{
	struct work *w = ctx;
	struct gv_err *err = &w->c->err;
	struct gv_rec rec;
	int rc = gv_json_parse(&w->doc, item->text, GV_JSON_DROP_NULL, err);

	w->seen++;
	if (!rc)
		rc = gv_rec_of(&rec, &w->doc, NULL, gv_store_caseno(w->store), err);
	if (!rc)
		rc = gv_obj_set(&w->doc, &w->doc.root, GV_STR("id"), gv_mkstr(&w->doc, gv_str_of(rec.id.key)), err);
	if (!rc)
		rc = gv_rec_check(rec.id.schema, &w->doc.root, gv_store_caseno(w->store), err);
	gv_buf_reset(&w->path);
	if (!rc)
		rc = gv_id_path(&rec.id, &w->path, err);
	if (!rc && gv_str_eq(gv_buf_str(&w->path), item->path))
		rc = gv_plan_put(w->plan, &rec.id, &item->oid, &w->doc.root, err);
	else if (!rc)
		rc = move_file(w, item, &rec);
	if (rc == GV_EDATA || rc == GV_ECONFLICT) {
		gv_err_thing(err, item->path.p, item->path.n);
		gv_cmd_complain(w->c, err);
		gv_err_clear(err);
		return 0;
	}
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c, .path = GV_BUF_INIT(4096) };
	struct gv_scan all = { 0 };
	int rc;

	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": migrate takes no operands"), c->argv[0]);
	w.store = gv_cmd_store(c);
	if (!w.store)
		return c->err.code;
	rc = gv_plan_new(&w.plan, w.store, &c->err);
	if (!rc)
		rc = gv_store_scan(w.store, &all, one, &w, &c->err);
	c->done = w.seen;
	if (!rc)
		rc = gv_cmd_commit(c, w.plan, "to format 1", NULL, NULL, NULL);
	gv_plan_free(w.plan);
	gv_doc_free(&w.doc);
	gv_buf_free(&w.path);
	return rc;
}

const struct gv_cmd_spec case_file_migrate = {
	.name = "migrate", .summary = N_("rewrite what is not in the canonical text or at the path of this version"),
	.usage = "", .kind = "case",
	.common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
