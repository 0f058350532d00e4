/* SPDX-License-Identifier: MIT */
/* case-file log: the commits that changed a record, or the docket. */
#include <string.h>

#include "case-file.h"
#include "history.h"

struct work {
	struct gv_cmd *c;
	struct gv_doc row;
	const char *key;
};

static int print(struct work *w)
{
	int rc = gv_out_rec(w->c->out, &w->row.root, &w->c->err);

	w->c->done++;
	return rc ? rc : gv_out_closed(w->c->out) ? -1 : 0;
}

static int begin(struct work *w, const struct gv_commit *commit)
{
	gv_doc_reset(&w->row);
	w->row.root = gv_mkobj();
	if (gv_obj_set(&w->row, &w->row.root, GV_STR("kind"), gv_mklit("commit"), &w->c->err))
		return w->c->err.code;
	return gv_commit_row(&w->row, &w->row.root, commit, &w->c->err);
}

static int of_record(void *ctx, const struct gv_step *s)
{
	struct work *w = ctx;
	const struct gv_val *before = s->before[0] ? s->before[0] : s->before[1];
	struct gv_val fields;
	struct gv_err *err = &w->c->err;
	int rc = begin(w, s->commit);

	if (!rc)
		rc = gv_obj_set(&w->row, &w->row.root, GV_STR("id"), gv_mkstr(&w->row, gv_str_of(w->key)), err);
	if (!rc)
		rc = gv_obj_set(&w->row, &w->row.root, GV_STR("op"),
		                gv_mklit(!before ? "added" : !s->after ? "removed" : "changed"), err);
	if (!rc && before && s->after) {
		rc = gv_history_fields(&w->row, &fields, s, err);
		if (!rc)
			rc = gv_obj_set(&w->row, &w->row.root, GV_STR("fields"), fields, err);
	}
	return rc ? rc : print(w);
}

static int of_docket(void *ctx, const struct gv_commit *commit)
{
	struct work *w = ctx;
	char hex[GV_HEX + 1];
	int rc = begin(w, commit);

	gv_oid_hex(&commit->id, hex);
	if (!rc)
		rc = gv_obj_set(&w->row, &w->row.root, GV_STR("id"), gv_mkstr(&w->row, gv_str_of(hex)), &w->c->err);
	return rc ? rc : print(w);
}

static int one(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct work *w = c->ctx;
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_id id;
	size_t before = c->done;
	int rc = gv_cmd_id(c, text, &id);

	if (!rc)
		rc = gv_id_path(&id, &path, &c->err);
	w->key = id.key;
	if (!rc)
		rc = gv_history_walk(gv_cmd_store(c), path.p, of_record, w, &c->err);
	gv_buf_free(&path);
	if (!rc && c->done == before)
		rc = gv_fail(&c->err, GV_ENOTFOUND, "%s", _("no such record in the history"));
	if (rc == GV_EDATA || rc == GV_ENOTFOUND) {
		gv_cmd_name_id(c, text, &id);
		c->err.line = line;
		gv_cmd_complain(c, &c->err);
		gv_err_clear(&c->err);
		return 0;
	}
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	struct gv_store *s = gv_cmd_store(c);
	int rc;

	if (!s || !gv_cmd_out(c))
		return c->err.code;
	c->ctx = &w;
	if (c->argc > 0)
		rc = gv_cmd_each_text(c, one, &c->err);
	else
		rc = gv_store_log(s, gv_store_commit_id(s), true, of_docket, &w, &c->err);
	gv_doc_free(&w.row);
	c->ctx = NULL;
	return rc < 0 ? 0 : rc;
}

const struct gv_cmd_spec case_file_log = {
	.name = "log", .summary = N_("show the commits that changed records, or all of them, newest first"),
	.usage = N_("[ID...|-]"), .operands = "id", .kind = "case", .fields = "time,author,subject,reason,fields",
	.common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
