/* SPDX-License-Identifier: MIT */
/* case-file export: cases to a file that other programs read. */
#include <string.h>
#include <unistd.h>

#include "newfile.h"
#include "case-file.h"
#include "selection.h"
#include "stored.h"

static const struct gv_opt opts[] = {
	{ 0, "to", "FILE", N_("write here instead of standard output; the file appears when it is whole"), .complete = "file" },
	GV_SELECT_NUMBER_OPTS
	GV_SELECT_FIELD_OPTS
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct gv_doc scratch;
};

static int take(void *ctx, struct gv_str text, struct gv_err *err)
{
	struct work *w = ctx;
	struct gv_cmd *c = w->c;
	int rc = gv_stored_print(c, &w->scratch, text);

	(void)err; /* the command's own, which gv_stored_print() fills */
	c->done += rc <= 0;
	gv_cmd_progress(c, c->done, 0, _("records"));
	return rc;
}

/* Every field of the schema is a column, but lists and objects that CSV cannot hold well; --fields says otherwise. */
static int add_column(void *ctx, const struct gv_val *row)
{
	struct gv_buf *fields = ctx;
	struct gv_str name = gv_val_getstr(row, "field"), type = gv_val_getstr(row, "type");
	const struct gv_val *derived = gv_val_get(row, "derived");

	if (gv_str_is(type, "array") || gv_str_is(type, "object") || memchr(name.p, '.', name.n) ||
	    memchr(name.p, '[', name.n) || (derived && derived->truth))
		return 0;
	gv_buf_adds(fields, fields->n ? "," : "");
	gv_buf_addstr(fields, name);
	return 0;
}

static int open_out(struct gv_cmd *c, int fd, struct gv_buf *fields)
{
	const char *format = gv_cmd_opt(c, "output"), *with = gv_cmd_opt(c, "with");
	struct gv_out_opts o = { .format = GV_OUT_NDJSON, .fields = gv_cmd_opt(c, "fields"), .header = true,
	                         .sensitive = gv_cmd_has(c, "sensitive"), .is_sensitive = gv_cmd_records.is_sensitive,
	                         .full_id = gv_cmd_records.full_id, .nul = gv_cmd_has(c, "null") };
	int rc = format ? gv_format_parse(&o.format, format, &c->err) : 0;

	if (!rc)
		rc = gv_schema_fields(gv_cmd_schema(c), add_column, fields, &c->err);
	if (!rc && with)
		gv_buf_addf(fields, ",%s", with);
	if (!rc)
		rc = gv_buf_check(fields, &c->err);
	o.default_fields = fields->p;
	return rc ? rc : gv_out_open(&c->out, fd, &o, &c->err);
}

/* c->out is open afterwards: whoever called closes it. */
static int export_to(struct gv_cmd *c, int fd)
{
	struct gv_buf fields = GV_BUF_INIT(65536);
	struct work w = { .c = c };
	int rc = open_out(c, fd, &fields);

	if (!rc)
		rc = gv_selection_walk(c, gv_stored_parses(c), take, &w);
	gv_doc_free(&w.scratch);
	gv_buf_free(&fields);
	return rc;
}

static int close_out(struct gv_cmd *c, int rc)
{
	struct gv_err late;
	int closed = c->out ? gv_out_close(c->out, rc ? &late : &c->err) : 0;

	c->out = NULL;
	return rc ? rc : closed;
}

/* A half-written export must not be mistaken for a whole one. */
static int to_file(struct gv_cmd *c, const char *path)
{
	struct gv_err *err = &c->err;
	struct gv_newfile f;
	int rc = gv_newfile_open(&f, path, 0600, err);

	if (!rc)
		rc = close_out(c, export_to(c, f.fd));
	if (rc == GV_EIO && gv_str_starts(gv_str_of(err->thing), GV_STR("<"))) { /* "<descriptor 5>" */
		err->thing[0] = '\0';
		gv_err_thing(err, path, strlen(path));
	}
	return gv_newfile_close(&f, rc, err);
}

static int run(struct gv_cmd *c)
{
	const char *to = gv_cmd_opt(c, "to");

	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": export takes no operands; --to FILE names the file"), c->argv[0]);
	if (!gv_cmd_store(c))
		return c->err.code;
	return to && strcmp(to, "-") != 0 ? to_file(c, to) : export_to(c, STDOUT_FILENO);
}

const struct gv_cmd_spec case_file_export = {
	.name = "export", .summary = N_("write cases as NDJSON, JSON, CSV or TSV for other programs"),
	.usage = "", .opts = opts, .kind = "case",
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_RECORDS | GV_C_BULK | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
