/* SPDX-License-Identifier: MIT */
/* case-file apply: carry out a plan that --dry-run printed. */
#include <string.h>
#include <unistd.h>

#include "case-file.h"

/* A plan is about records: what makes the folder a docket is not its business. */
static int check_remove(struct gv_cmd *c, const struct gv_val *line)
{
	struct gv_str path = gv_val_getstr(line, "path");

	if (!gv_str_is(gv_val_getstr(line, "op"), "remove") || gv_path_kind(path))
		return 0;
	return gv_fail_field(&c->err, GV_EDATA, "path", _("no record lies at \"%.*s\""), (int)path.n, path.p ? path.p : "");
}

static int read_plan(struct gv_cmd *c, struct gv_plan *p, const char *path, size_t *lines)
{
	struct gv_in *in;
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_str line;
	size_t number = 0;
	int rc = gv_in_open(&in, path, GV_IN_LINES, NULL, &c->err);

	if (rc)
		return rc;
	/* A plan is carried out whole or not at all: the first bad line ends it. */
	while (!(rc = gv_in_line(in, &line, &number, &c->err)) && line.p) {
		rc = gv_json_parse(&doc, line, 0, &c->err);
		if (!rc)
			rc = check_remove(c, &doc.root);
		if (!rc)
			rc = gv_plan_add_line(p, &doc.root, &c->err);
		if (rc)
			break;
		++*lines;
	}
	if (rc) {
		c->err.line = number;
		gv_err_thing(&c->err, gv_in_name(in), strlen(gv_in_name(in)));
	}
	gv_in_close(in);
	gv_doc_free(&doc);
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct gv_store *s = gv_cmd_store(c);
	struct gv_plan *p = NULL;
	size_t lines = 0;
	int rc;

	if (!s)
		return c->err.code;
	if (c->argc > 1 || (c->argc == 0 && isatty(STDIN_FILENO)))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which plan?  case-file apply FILE, or a plan on standard input"));
	rc = gv_plan_new(&p, s, &c->err);
	if (!rc)
		rc = read_plan(c, p, c->argc ? c->argv[0] : NULL, &lines);
	if (!rc && !lines)
		rc = gv_fail(&c->err, GV_EDATA, "%s", _("no plan: the input is empty"));
	if (!rc)
		rc = gv_cmd_commit(c, p, "a plan", NULL, NULL, NULL);
	gv_plan_free(p);
	return rc;
}

const struct gv_cmd_spec case_file_apply = {
	.name = "apply", .summary = N_("carry out a plan that --dry-run printed; refused if a base moved"),
	.usage = N_("[FILE]   (or a plan on standard input)"), .operands = "file", .kind = "case",
	.common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
