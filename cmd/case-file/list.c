/* SPDX-License-Identifier: MIT */
/* case-file list: which cases? */
#include <string.h>

#include "case-file.h"
#include "filter.h"
#include "select.h"

static const struct gv_opt opts[] = {
	{ 0, "type", "CODES", N_("type codes, comma list: 民初; one character takes its group: 执 = 执, 执恢, 执异 ...") },
	{ 0, "court", "CODES", N_("court codes, comma list: 沪0114"), },
	{ 0, "year", "YEARS", N_("years of the number, comma list") },
	SELECT_FIELD_OPTS
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct selection sel;
	struct gv_doc doc;
	size_t seen;
};

/* A canonical text has its own id on a line of its own, two spaces in. */
static struct gv_str id_in(struct gv_str text)
{
	static const char mark[] = "\n  \"id\": \"";
	const char *at = memmem(text.p, text.n, mark, sizeof mark - 1), *end;

	if (!at)
		return (struct gv_str){ 0 };
	at += sizeof mark - 1;
	end = memchr(at, '"', text.n - (size_t)(at - text.p));
	return (struct gv_str){ at, end ? (size_t)(end - at) : 0 };
}

static int print_tree(struct work *w, struct gv_str text)
{
	struct gv_rec rec;
	struct gv_cmd *c = w->c;
	int rc = gv_json_parse(&w->doc, text, 0, &c->err);

	if (!rc)
		rc = gv_rec_of(&rec, &w->doc, gv_cmd_schema(c), gv_cmd_caseno(c), &c->err);
	return rc ? rc : gv_cmd_print_rec(c, &rec);
}

static int print_item(struct work *w, struct gv_str text)
{
	struct gv_cmd *c = w->c;
	int rc;

	c->done++;
	if (gv_out_needs_tree(c->out) || gv_cmd_opt(c, "with"))
		return print_tree(w, text);
	rc = gv_out_canon(c->out, text, id_in(text), &c->err);
	return rc ? rc : gv_out_closed(c->out) ? -1 : 0;
}

static int selected(void *ctx, struct gv_str text, struct gv_err *err)
{
	(void)err; /* print_item() fills the command's own, which is the same */
	return print_item(ctx, text);
}

static int one(void *ctx, const struct gv_item *item)
{
	struct work *w = ctx;
	struct gv_cmd *c = w->c;
	int rc;

	if (++w->seen == 64)
		gv_json_want_fast();
	rc = selection_offer(&w->sel, item->text, id_in(item->text), selected, w, &c->err);
	if (rc == GV_EDATA) {
		/* One record that is no JSON must not hide the others. */
		gv_err_thing(&c->err, item->path.p, item->path.n);
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
	struct gv_scan what = { .kind = gv_cmd_schema(c), .year = gv_cmd_opt(c, "year"),
	                        .court = gv_cmd_opt(c, "court"), .type = gv_cmd_opt(c, "type") };
	int rc;

	if (!s || !gv_cmd_out(c))
		return c->err.code;
	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": list takes no ids; case-file get does"), c->argv[0]);
	rc = selection_open(&w.sel, c);
	if (!rc)
		rc = gv_store_scan(s, &what, one, &w, &c->err);
	if (!rc)
		rc = selection_finish(&w.sel, selected, &w, &c->err);
	selection_close(&w.sel);
	gv_doc_free(&w.doc);
	return rc < 0 ? 0 : rc;
}

const struct gv_cmd_spec case_file_list = {
	.name = "list", .summary = N_("list the cases that match, in the order of their numbers"),
	.usage = "", .opts = opts, .kind = "case", .fields = CASE_FIELDS,
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
