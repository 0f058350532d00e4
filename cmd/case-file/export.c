/* SPDX-License-Identifier: MIT */
/* case-file export: cases to a file that other programs read. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "select.h"

static const struct gv_opt opts[] = {
	{ 0, "type", "CODES", N_("type codes, comma list: 民初; one character takes its group: 执 = 执, 执恢, 执异 ...") },
	{ 0, "court", "CODES", N_("court codes, comma list: 沪0114") },
	{ 0, "year", "YEARS", N_("years of the number, comma list") },
	{ 0, "to", "FILE", N_("write here instead of standard output; the file appears when it is whole"), .complete = "file" },
	SELECT_FIELD_OPTS
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct selection sel;
	struct gv_doc doc;
	struct gv_out *out;
};

static int take(void *ctx, struct gv_str text, struct gv_err *err)
{
	struct work *w = ctx;
	struct gv_rec rec;
	struct gv_val more;
	const char *with = gv_cmd_opt(w->c, "with");
	int rc = gv_json_parse(&w->doc, text, 0, err);

	more = w->doc.root;
	if (!rc && with) {
		rc = gv_rec_of(&rec, &w->doc, gv_cmd_schema(w->c), gv_cmd_caseno(w->c), err);
		if (!rc)
			rc = gv_rec_derive(&w->doc, &more, &rec, gv_cmd_caseno(w->c), gv_str_of(with), err);
	}
	if (!rc)
		rc = gv_out_rec(w->out, &more, err);
	w->c->done += !rc;
	return rc ? rc : gv_out_closed(w->out) ? -1 : 0;
}

static int one(void *ctx, const struct gv_item *item)
{
	struct work *w = ctx;

	gv_cmd_progress(w->c, w->c->done, 0, _("records"));
	return selection_offer(&w->sel, item->text, item->path, take, w, &w->c->err);
}

static int write_all(struct work *w)
{
	struct gv_cmd *c = w->c;
	struct gv_scan what = { .kind = gv_cmd_schema(c), .year = gv_cmd_opt(c, "year"),
	                        .court = gv_cmd_opt(c, "court"), .type = gv_cmd_opt(c, "type") };
	int rc = selection_open(&w->sel, c);

	gv_json_want_fast();
	if (!rc)
		rc = gv_store_scan(gv_cmd_store(c), &what, one, w, &c->err);
	if (!rc)
		rc = selection_finish(&w->sel, take, w, &c->err);
	selection_close(&w->sel);
	gv_doc_free(&w->doc);
	return rc < 0 ? 0 : rc;
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

static int open_out(struct work *w, int fd, struct gv_buf *fields)
{
	struct gv_cmd *c = w->c;
	const char *format = gv_cmd_opt(c, "output");
	struct gv_out_opts o = { .format = GV_OUT_NDJSON, .fields = gv_cmd_opt(c, "fields"), .header = true,
	                         .sensitive = gv_cmd_has(c, "sensitive"), .is_sensitive = gv_cmd_records.is_sensitive,
	                         .full_id = gv_cmd_records.full_id, .nul = gv_cmd_has(c, "null") };
	int rc = format ? gv_format_parse(&o.format, format, &c->err) : 0;

	if (!rc)
		rc = gv_schema_fields(gv_cmd_schema(c), add_column, fields, &c->err);
	if (!rc && gv_cmd_opt(c, "with"))
		gv_buf_addf(fields, ",%s", gv_cmd_opt(c, "with"));
	if (!rc)
		rc = gv_buf_check(fields, &c->err);
	o.default_fields = fields->p;
	return rc ? rc : gv_out_open(&w->out, fd, &o, &c->err);
}

static int export_to(struct work *w, int fd)
{
	struct gv_buf fields = GV_BUF_INIT(65536);
	struct gv_err late;
	int rc = open_out(w, fd, &fields), closed;

	if (!rc) {
		rc = write_all(w);
		closed = gv_out_close(w->out, rc ? &late : &w->c->err);
		rc = rc ? rc : closed;
	}
	gv_buf_free(&fields);
	return rc;
}

/* A half-written export must not be mistaken for a whole one. */
static int to_file(struct work *w, const char *path)
{
	struct gv_buf part = GV_BUF_INIT(4096);
	struct gv_err *err = &w->c->err;
	int fd, rc;

	gv_buf_addf(&part, "%s.%ld.part", path, (long)getpid());
	rc = gv_buf_check(&part, err);
	if (rc)
		return rc;
	fd = open(part.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	rc = fd < 0 ? gv_fail_sys(err, path, _("cannot create")) : export_to(w, fd);
	if (fd >= 0 && fsync(fd) && !rc && errno != EINVAL)
		rc = gv_fail_sys(err, path, _("cannot write"));
	if (fd >= 0 && close(fd) && !rc)
		rc = gv_fail_sys(err, path, _("cannot write"));
	if (!rc && rename(part.p, path))
		rc = gv_fail_sys(err, path, _("cannot create"));
	if (rc && fd >= 0)
		unlink(part.p);
	gv_buf_free(&part);
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	const char *to = gv_cmd_opt(c, "to");

	if (!gv_cmd_store(c))
		return c->err.code;
	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": export takes no operands; --to FILE names the file"), c->argv[0]);
	return to ? to_file(&w, to) : export_to(&w, STDOUT_FILENO);
}

const struct gv_cmd_spec case_file_export = {
	.name = "export", .summary = N_("write cases as NDJSON, JSON, CSV or TSV for other programs"),
	.usage = "", .opts = opts, .kind = "case",
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_RECORDS | GV_C_BULK | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
