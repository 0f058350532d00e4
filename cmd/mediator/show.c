/* SPDX-License-Identifier: MIT */
/* mediator show: a mediator, with what is running and what was paid. */
#include "mediator.h"

struct work {
	struct gv_doc loads, row;
	struct gv_val running;
};

static int64_t paid(const struct gv_val *rec)
{
	const struct gv_val *list = gv_val_items(rec, "payments");
	int64_t sum = 0, fen;

	for (uint32_t i = 0; i < list->n; i++)
		if (gv_val_getint(&list->items[i], "fen", &fen) && sum <= GV_JSON_INT_MAX - fen)
			sum += fen;
	return sum;
}

static int each(struct gv_cmd *c, const struct gv_rec *rec)
{
	struct work *w = c->ctx;
	struct gv_rec shown = { .id = rec->id, .doc = &w->row, .val = &w->row.root };
	int rc;

	gv_doc_reset(&w->row);
	rc = gv_val_copy(&w->row, &w->row.root, rec->val, &c->err);
	if (!rc)
		rc = gv_obj_set(&w->row, &w->row.root, GV_STR("running"), gv_mkint(mediator_load(&w->running, rec->val)), &c->err);
	if (!rc)
		rc = gv_obj_set(&w->row, &w->row.root, GV_STR("paid_fen"), gv_mkint(paid(rec->val)), &c->err);
	return rc ? rc : gv_cmd_print_rec(c, &shown);
}

/* gv_cmd_each_rec() lends ctx to nobody: it is ours. */
static int run(struct gv_cmd *c)
{
	struct work w = { 0 };
	int rc = gv_cmd_store(c) ? gv_mediation_running(gv_cmd_store(c), &w.loads, &w.running, &c->err) : c->err.code;

	c->ctx = &w;
	if (!rc)
		rc = gv_cmd_each_rec(c, each);
	c->ctx = NULL;
	gv_doc_free(&w.loads);
	gv_doc_free(&w.row);
	return rc;
}

const struct gv_cmd_spec mediator_show = {
	.name = "show", .summary = N_("print mediators, with the number of mediations under way and what was paid"),
	.usage = N_("[ID...]   (or ids on standard input)"), .operands = "id", .kind = "mediator",
	.fields = MEDIATOR_FIELDS ",running,paid_fen", .common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
