/* SPDX-License-Identifier: MIT */
/* rows: what others send, a row at a time: one that is no good is told and the rest goes on. */
#include <string.h>

#include "credit-repair.h"

static int refuse(struct credit_rows *r, size_t line, struct gv_str raw)
{
	struct gv_err bad = r->c->err;

	gv_err_clear(&r->c->err);
	bad.line = line;
	r->bad++;
	return gv_cmd_bad_row(r->c, &bad, raw);
}

static int each_row(struct credit_rows *r, struct gv_in *in)
{
	struct gv_cmd *c = r->c;
	bool eof = false;
	int rc = 0;

	while (!rc) {
		struct gv_str raw = { 0 };
		size_t line = 0;

		rc = gv_in_row(in, &r->row, GV_JSON_DROP_NULL, &raw, &line, &eof, &c->err);
		if (eof || (rc && gv_in_broken(in)))
			break;
		r->n++;
		gv_cmd_progress(c, gv_in_bytes(in), gv_in_size(in), _("bytes"));
		if (!rc)
			rc = r->take(r->ctx, &r->row, line);
		c->done += !rc;
		if (rc == GV_EDATA || rc == GV_ENOTFOUND)
			rc = refuse(r, line, raw);
	}
	return rc;
}

int credit_rows_read(struct credit_rows *r, const char *path)
{
	struct gv_err *err = &r->c->err;
	struct gv_in *in;
	int rc = gv_in_open(&in, path, GV_IN_NDJSON, NULL, err);

	if (rc)
		return rc;
	rc = each_row(r, in);
	if (rc)
		gv_err_thing(err, gv_in_name(in), strlen(gv_in_name(in)));
	gv_in_close(in);
	gv_doc_free(&r->row);
	return rc;
}
