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
	struct credit_rows rows;
};

static int check_options(struct gv_cmd *c, const char *court)
{
	struct gv_caseno_reader *cn = gv_cmd_caseno(c);
	const char *name = gv_cmd_opt(c, "name");

	if (name && (gv_utf8_is_blank(gv_str_of(name)) || !gv_utf8_is_safe(gv_str_of(name))))
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

static int take_row(void *ctx, struct gv_doc *row, size_t line)
{
	struct work *w = ctx;
	int rc = gv_cmd_row_again(w->c, row, GV_JSON_DROP_NULL);

	return rc ? rc : foreign_take(&w->foreign, &row->root, line);
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

	snprintf(what, sizeof what, "%zu rows of %s", w->rows.n - w->rows.bad, f->court);
	if (f->waiting.n || gv_plan_count(f->plan) || gv_cmd_has(w->c, "dry-run"))
		rc = gv_cmd_commit(w->c, f->plan, what, under_lock, f, &r);
	if (rc || gv_cmd_has(w->c, "dry-run"))
		return rc;
	gv_oid_hex(&r.id, hex);
	if (gv_oid_is_zero(&r.id))
		gv_cmd_note(w->c, _("%zu rows: nothing to do, %zu unchanged, %zu bad"), w->rows.n, f->unchanged, w->rows.bad);
	else
		gv_cmd_note(w->c, _("%zu rows: %zu entries added, %zu corrected, %zu removed, %zu unchanged, %zu bad: commit %.10s"), w->rows.n, f->added, f->changed,
		            f->removed, f->unchanged, w->rows.bad, hex);
	return 0;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	int rc;

	w.rows = (struct credit_rows){ .c = c, .take = take_row, .ctx = &w };
	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": import takes no operands; --feed FILE names the list"), c->argv[0]);
	if (!gv_cmd_opt(c, "feed"))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which list?  --feed FILE, or --feed -"));
	rc = prepare(&w);
	if (!rc)
		rc = credit_rows_read(&w.rows, gv_cmd_opt(c, "feed"));
	if (!rc)
		rc = commit(&w);
	foreign_free(&w.foreign);
	return rc;
}

const struct gv_cmd_spec credit_import = {
	.name = "import", .summary = N_("take another court's list; own entries are never touched"),
	.usage = N_("--feed FILE|- --court CODE [--name FEED]"), .opts = opts, .kind = "credit",
	.common = GV_C_WRITE | GV_C_BULK | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
