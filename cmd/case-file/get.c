/* SPDX-License-Identifier: MIT */
/* case-file get: print records by id. */
#include <unistd.h>

#include "case-file.h"
#include "stored.h"

struct work {
	struct gv_doc scratch;
	bool show;   /* a person looks at it: the text as the docket holds it */
};

static int print(struct gv_cmd *c, const struct gv_id *id)
{
	struct work *w = c->ctx;
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_str text;
	int rc = gv_id_path(id, &path, &c->err);

	if (!rc)
		rc = gv_store_read(gv_cmd_store(c), path.p, &text, NULL, &c->err);
	if (rc == GV_ENOTFOUND) /* people know the number, not the path */
		gv_fail(&c->err, rc, "%s", _("not in the docket"));
	else if (!rc)
		rc = gv_cmd_unseal(c, &text, gv_str_of(id->key));
	if (!rc)
		rc = w->show ? gv_stored_show(c, text) : gv_stored_print(c, &w->scratch, text);
	if (rc > 0)
		gv_err_thing(&c->err, id->key, strlen(id->key));
	gv_buf_free(&path);
	return rc;
}

static int one(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct gv_id id;
	int rc = gv_cmd_id(c, text, &id);

	if (!rc)
		rc = print(c, &id);
	if (rc == GV_EDATA || rc == GV_ENOTFOUND) {
		gv_cmd_name_id(c, text, &id);
		gv_cmd_pass_over(c, line);
		return 0;
	}
	c->done += rc <= 0;
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .show = isatty(STDOUT_FILENO) && !gv_cmd_opt(c, "output") && !gv_cmd_opt(c, "fields") &&
	                          !gv_cmd_opt(c, "with") };
	int rc;

	if (!gv_cmd_store(c) || !gv_cmd_out(c))
		return c->err.code;
	c->ctx = &w;
	rc = gv_cmd_each_text(c, one, &c->err);
	gv_doc_free(&w.scratch);
	c->ctx = NULL;
	return rc < 0 ? 0 : rc;
}

const struct gv_cmd_spec case_file_get = {
	.name = "get", .summary = N_("print records by id, whatever form of the number was typed"),
	.usage = N_("[ID...]   (or ids on standard input)"), .operands = "id", .kind = "case", .fields = CASE_FIELDS,
	.common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
