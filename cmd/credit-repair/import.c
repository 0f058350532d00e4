/* SPDX-License-Identifier: MIT */
/* credit-repair import --feed: another court's list, as its export and feed print it, becomes entries with their source. */
#include <stdio.h>
#include <string.h>

#include "casekey.h"
#include "foreign.h"
#include "utf8.h"

static const struct gv_opt opts[] = {
	{ 0, "feed", "FILE", N_("the list: rows of export --public or of feed; - is standard input"), .complete = "file" },
	{ 0, "court", "CODE", N_("the court whose list it is: 苏0583") },
	{ 0, "name", "FEED", N_("what the list is called, for the source of each entry") },
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct foreign foreign;
	size_t rows, bad;
	struct gv_doc row;
};

static int check_options(struct gv_cmd *c, const char *court)
{
	struct gv_caseno_reader *cn = gv_cmd_caseno(c);
	const char *name = gv_cmd_opt(c, "name");

	if (name && (!*name || !gv_utf8_is_safe(gv_str_of(name))))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("--name: is empty, or has control or invisible characters"));
	if (!court)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("whose list is it?  --court CODE"));
	if (!gv_court_code_ok(gv_str_of(court)))
		return gv_fail(&c->err, GV_EUSAGE, _("--court: \"%s\" is no court code"), court);
	if (strcmp(court, gv_store_court(gv_cmd_store(c))) == 0)
		return gv_fail(&c->err, GV_EUSAGE, _("--court: %s is our own; its entries are made here"), court);
	if (cn && !gv_caseno_court_name(cn, court).n)
		gv_cmd_warn(c, _("--court: %s is not in courts.tsv"), court);
	return cn ? 0 : c->err.code;
}

static int prepare(struct work *w)
{
	struct gv_cmd *c = w->c;
	struct foreign *f = &w->foreign;
	int rc;

	*f = (struct foreign){ .c = c, .store = gv_cmd_store(c), .court = gv_cmd_opt(c, "court"), .feed = gv_cmd_opt(c, "name") };
	if (!f->store)
		return c->err.code;
	f->waiting = (struct gv_numbering){ .c = c, .doc = &f->new };
	f->read_at = *gv_store_commit_id(f->store);
	gv_day_format(c->today, f->today);
	rc = check_options(c, f->court);
	if (!rc)
		rc = gv_plan_new(&f->plan, f->store, &c->err);
	return rc ? rc : foreign_load(f);
}

/* ---- rows ---- */

/* A line of an --errors file is the row that was refused then. */
static int unwrap(struct work *w)
{
	struct gv_str input = gv_val_getstr(&w->row.root, "input");
	struct gv_doc inner = GV_DOC_INIT;
	int rc;

	if (!gv_str_is(gv_val_getstr(&w->row.root, "kind"), "error") || !input.p)
		return 0;
	rc = gv_json_parse(&inner, input, GV_JSON_DROP_NULL, &w->c->err);
	if (rc) {
		gv_doc_free(&inner);
		return rc;
	}
	gv_doc_free(&w->row);
	w->row = inner;
	return 0;
}

static int refuse(struct work *w, size_t line, struct gv_str raw)
{
	struct gv_cmd *c = w->c;
	struct gv_err bad = c->err;

	gv_err_clear(&c->err);
	bad.line = line;
	w->bad++;
	return gv_cmd_bad_row(c, &bad, raw);
}

static int read_rows(struct work *w, struct gv_in *in)
{
	struct gv_cmd *c = w->c;
	bool eof = false;
	int rc = 0;

	while (!rc) {
		struct gv_str raw = { 0 };
		size_t line = 0;

		rc = gv_in_row(in, &w->row, GV_JSON_DROP_NULL, &raw, &line, &eof, &c->err);
		if (eof || (rc && gv_in_broken(in)))
			break;
		w->rows++;
		gv_cmd_progress(c, gv_in_bytes(in), gv_in_size(in), _("bytes"));
		if (!rc)
			rc = unwrap(w);
		if (!rc)
			rc = foreign_take(&w->foreign, &w->row.root, line);
		c->done += !rc;
		if (rc == GV_EDATA)
			rc = refuse(w, line, raw);
	}
	return rc;
}

static int read_file(struct work *w)
{
	struct gv_in *in;
	int rc = gv_in_open(&in, gv_cmd_opt(w->c, "feed"), GV_IN_NDJSON, NULL, &w->c->err);

	if (rc)
		return rc;
	rc = read_rows(w, in);
	if (rc)
		gv_err_thing(&w->c->err, gv_in_name(in), strlen(gv_in_name(in)));
	gv_in_close(in);
	return rc;
}

/* ---- the commit ---- */

static int under_lock(void *ctx, struct gv_plan *plan, struct gv_err *err)
{
	(void)err; /* the command's own, which foreign_give_numbers() fills */
	return foreign_give_numbers(ctx, plan);
}

static int commit(struct work *w)
{
	struct foreign *f = &w->foreign;
	struct gv_commit_result r = { 0 };
	char what[128], hex[GV_HEX + 1];
	int rc = 0;

	snprintf(what, sizeof what, "%zu rows of %s", w->rows - w->bad, f->court);
	if (f->waiting.n || gv_plan_count(f->plan) || gv_cmd_has(w->c, "dry-run"))
		rc = gv_cmd_commit(w->c, f->plan, what, under_lock, f, &r);
	if (rc || gv_cmd_has(w->c, "dry-run"))
		return rc;
	gv_oid_hex(&r.id, hex);
	if (gv_oid_is_zero(&r.id))
		gv_cmd_note(w->c, _("%zu rows: nothing to do, %zu unchanged, %zu bad"), w->rows, f->unchanged, w->bad);
	else
		gv_cmd_note(w->c, _("%zu rows: %zu entries added, %zu corrected, %zu removed, %zu unchanged, %zu bad: commit %.10s"), w->rows, f->added, f->changed,
		            f->removed, f->unchanged, w->bad, hex);
	return 0;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	int rc;

	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": import takes no operands; --feed FILE names the list"), c->argv[0]);
	if (!gv_cmd_opt(c, "feed"))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which list?  --feed FILE, or --feed -"));
	rc = prepare(&w);
	if (!rc)
		rc = read_file(&w);
	if (!rc)
		rc = commit(&w);
	foreign_free(&w.foreign);
	gv_doc_free(&w.row);
	return rc;
}

const struct gv_cmd_spec credit_import = {
	.name = "import", .summary = N_("take another court's list; own entries are never touched"),
	.usage = N_("--feed FILE|- --court CODE [--name FEED]"), .opts = opts, .kind = "credit",
	.common = GV_C_WRITE | GV_C_BULK | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
