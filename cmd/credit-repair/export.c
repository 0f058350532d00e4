/* SPDX-License-Identifier: MIT */
/* credit-repair export --public: the list of dishonest debtors as everybody may see it: listed entries, published fields. */
#include "credit_public.h"
#include "past.h"
#include "selection.h"

static const struct gv_opt opts[] = {
	{ 0, "public", NULL, N_("what is published, and nothing else: has to be given") },
	{ 0, "state", "STATES", N_("states, comma list; none but listed is public"), .complete = "state" },
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	const char *court;
	struct gv_doc doc, row;
};

static int take(void *ctx, struct gv_str text, struct gv_err *err)
{
	struct work *w = ctx;
	struct gv_cmd *c = w->c;
	struct gv_val row;
	int rc = gv_json_parse(&w->doc, text, 0, err);

	if (rc || !gv_credit_is_public(&w->doc.root))
		return rc;
	rc = credit_check_dispute(c, &w->doc.root);
	if (rc)
		return rc;
	gv_doc_reset(&w->row);
	rc = gv_credit_public(&w->row, &row, &w->doc.root, w->court, NULL, err);
	if (!rc)
		rc = gv_out_rec(c->out, &row, err);
	c->done += !rc;
	gv_cmd_progress(c, c->done, 0, _("records"));
	return rc ? rc : gv_out_closed(c->out) ? -1 : 0;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	struct credit_past past;
	int rc;

	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": export takes no operands"), c->argv[0]);
	if (!gv_cmd_has(c, "public"))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("only what is published leaves the court: --public; list and case-file export have the rest"));
	if (!gv_cmd_store(c) || !gv_cmd_out(c))
		return c->err.code;
	w.court = gv_store_court(gv_cmd_store(c));
	credit_past_begin(&past, c, GV_CREDIT_LOST_DECISION | GV_CREDIT_LOST_CONTENT);
	rc = gv_selection_walk(c, true, take, &w);
	credit_past_end(&past);
	gv_doc_free(&w.doc);
	gv_doc_free(&w.row);
	return rc;
}

const struct gv_cmd_spec credit_export = {
	.name = "export", .summary = N_("print what is published of listed entries, for other courts and platforms"),
	.usage = "--public", .opts = opts, .kind = "credit", .fields = "key,case,published.name,ground,published_on,term_until",
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_BULK | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
