/* SPDX-License-Identifier: MIT */
/* case-file get: print records by id. */
#include <unistd.h>

#include "case-file.h"

/* The text as the docket holds it: no tree is built where none is wanted. */
static int print_text(struct gv_cmd *c, const struct gv_id *id)
{
	struct gv_store *s = gv_cmd_store(c);
	struct gv_buf path = GV_BUF_INIT(4096), full = GV_BUF_INIT(4096);
	struct gv_str text;
	int rc = gv_id_path(id, &path, &c->err);

	if (!rc)
		rc = gv_store_read(s, path.p, &text, NULL, &c->err);
	if (rc)
		gv_err_thing(&c->err, id->key, strlen(id->key));
	gv_id_format(id, true, &full);
	if (!rc && !gv_cmd_opt(c, "output") && isatty(STDOUT_FILENO))
		rc = gv_cmd_print(c, "%.*s", (int)text.n, text.p);
	else if (!rc)
		rc = gv_out_canon(c->out, text, gv_buf_str(&full), &c->err);
	gv_buf_free(&path);
	gv_buf_free(&full);
	return rc;
}

static int print_tree(struct gv_cmd *c, const struct gv_id *id)
{
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_rec rec;
	int rc = gv_store_get(gv_cmd_store(c), id, &doc, &rec, &c->err);

	if (!rc)
		rc = gv_cmd_print_rec(c, &rec);
	gv_doc_free(&doc);
	return rc;
}

static int one(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct gv_id id;
	int rc = gv_cmd_id(c, text, &id);

	if (!rc && (gv_out_needs_tree(c->out) || gv_cmd_opt(c, "with")))
		rc = print_tree(c, &id);
	else if (!rc)
		rc = print_text(c, &id);
	if (rc == GV_EDATA || rc == GV_ENOTFOUND) {
		gv_err_thing(&c->err, text.p, text.n);
		c->err.line = line;
		gv_cmd_complain(c, &c->err);
		gv_err_clear(&c->err);
		return 0;
	}
	if (!rc)
		c->done++;
	return rc ? rc : gv_out_closed(c->out) ? -1 : 0;
}

static int run(struct gv_cmd *c)
{
	int rc;

	if (!gv_cmd_store(c) || !gv_cmd_out(c))
		return c->err.code;
	rc = gv_cmd_each_text(c, one, &c->err);
	return rc < 0 ? 0 : rc;
}

const struct gv_cmd_spec case_file_get = {
	.name = "get", .summary = N_("print records by id, whatever form of the number was typed"),
	.usage = N_("[ID...]   (or ids on standard input)"), .operands = "id", .kind = "case", .fields = CASE_FIELDS,
	.common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
