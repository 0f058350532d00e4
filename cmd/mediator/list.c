/* SPDX-License-Identifier: MIT */
/* mediator list: who may mediate? */
#include "causes.h"
#include "mediator.h"
#include "selection.h"
#include "stored.h"

static const struct gv_opt opts[] = {
	{ 0, "field", "NAME", N_("those who mediate this cause or field, or one that it lies below"), .complete = "cause" },
	{ 0, "language", "NAME", N_("those who speak it") },
	{ 0, "free", NULL, N_("those who mediate fewer disputes now than they can") },
	{ 0, "public", NULL, N_("only who is in the register, and what of it the court publishes (ME-01, OM-03)") },
	{ 0, "state", "STATES", N_("states, comma list: open,suspended"), .complete = "state" },
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct gv_doc scratch, row, loads;
	struct gv_val running;
	struct gv_causes *causes;
	size_t unknown;  /* without a capacity: nobody can say whether they are free */
};

static bool speaks(const struct gv_val *rec, struct gv_str language)
{
	const struct gv_val *list = gv_val_items(rec, "languages");

	for (uint32_t i = 0; i < list->n; i++)
		if (gv_str_eq(gv_val_str(&list->items[i]), language))
			return true;
	return false;
}

static bool takes_field(const struct work *w, const struct gv_val *rec, struct gv_str field)
{
	const struct gv_val *list = gv_val_items(rec, "fields");

	for (uint32_t i = 0; i < list->n; i++)
		if (gv_causes_covers(w->causes, gv_val_str(&list->items[i]), field, NULL))
			return true;
	return false;
}

static bool is_free(struct work *w, const struct gv_val *rec)
{
	int64_t capacity;

	if (!gv_str_is(gv_val_getstr(rec, "state"), "active"))
		return false;
	if (gv_val_getint(rec, "capacity", &capacity))
		return mediator_load(&w->running, rec) < capacity;
	w->unknown++;
	return false;
}

static bool wanted(struct work *w, const struct gv_val *rec)
{
	const char *field = gv_cmd_opt(w->c, "field"), *language = gv_cmd_opt(w->c, "language");
	gv_day until = gv_day_read(gv_val_getstr(rec, "listed_until"));

	if (field && !takes_field(w, rec, gv_str_of(field)))
		return false;
	if (language && !speaks(rec, gv_str_of(language)))
		return false;
	if (gv_cmd_has(w->c, "public") &&
	    (!gv_str_is(gv_val_getstr(rec, "state"), "active") || (until != GV_DAY_NONE && until < w->c->today)))
		return false;
	return !gv_cmd_has(w->c, "free") || is_free(w, rec);
}

static int print_public(struct work *w, const struct gv_val *rec)
{
	static const char *const fields[] = {
		"id", "kind", "name", "type", "organisation", "certificate", "profile", "scope", "fields", "paid", "register_court",
	};
	struct gv_val row = gv_mkobj();
	int rc = gv_obj_set(&w->row, &row, GV_STR("register_court"),
	                    gv_mkstr(&w->row, gv_str_of(gv_store_court(gv_cmd_store(w->c)))), &w->c->err);

	for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !rc; i++) {
		const struct gv_val *v = gv_val_get(rec, fields[i]);

		if (v)
			rc = gv_obj_set(&w->row, &row, gv_str_of(fields[i]), *v, &w->c->err);
	}
	if (!rc)
		rc = gv_out_rec(w->c->out, &row, &w->c->err);
	return rc ? rc : gv_cmd_closed(w->c) ? -1 : 0;
}

static int take(void *ctx, struct gv_str text, struct gv_err *err)
{
	struct work *w = ctx;
	int rc = gv_json_parse(&w->row, text, 0, err);

	if (rc || !wanted(w, &w->row.root))
		return rc;
	w->c->done++;
	if (gv_cmd_has(w->c, "public"))
		return print_public(w, &w->row.root);
	return gv_stored_print(w->c, &w->scratch, text);
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	int rc = 0;

	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": list takes no ids; mediator show does"), c->argv[0]);
	if (gv_cmd_has(c, "public"))
		c->fields = "id,name,type,certificate,profile,scope,fields,paid,register_court";
	if (!gv_cmd_store(c) || !gv_cmd_out(c))
		return c->err.code;
	if (gv_cmd_has(c, "free"))
		rc = gv_mediation_running(gv_cmd_store(c), &w.loads, &w.running, &c->err);
	if (!rc && gv_cmd_opt(c, "field"))
		rc = gv_causes_open(&w.causes, c->today, &c->err);
	if (!rc)
		rc = gv_selection_walk(c, true, take, &w);
	if (!rc && w.unknown)
		gv_cmd_note(c, _("%zu without a capacity: whether they are free is not known"), w.unknown);
	gv_causes_free(w.causes);
	gv_doc_free(&w.loads);
	gv_doc_free(&w.row);
	gv_doc_free(&w.scratch);
	return rc;
}

const struct gv_cmd_spec mediator_list = {
	.name = "list", .summary = N_("list the mediators that match; --public: as the court publishes them"),
	.usage = "", .opts = opts, .kind = "mediator", .fields = MEDIATOR_FIELDS,
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
