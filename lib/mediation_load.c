/* SPDX-License-Identifier: MIT */
#include "mediation_load.h"

struct walk {
	struct gv_doc *d, row;
	struct gv_val *out;
	struct gv_err *err;
};

static int count(struct walk *w, struct gv_str mediator)
{
	struct gv_val name = gv_mkstr(w->d, mediator);

	if (name.type != GV_STRING)
		return gv_fail_nomem(w->err);
	return gv_obj_set(w->d, w->out, gv_val_str(&name), gv_mkint(gv_mediation_load(w->out, mediator) + 1), w->err);
}

static int one(void *ctx, const struct gv_item *item)
{
	struct walk *w = ctx;
	const struct gv_val *list;
	struct gv_str state;
	int rc = gv_json_parse(&w->row, item->text, 0, w->err);

	if (rc == GV_EDATA) { /* case-file check names it */
		gv_err_clear(w->err);
		return 0;
	}
	state = gv_val_getstr(&w->row.root, "state");
	if (!gv_str_is(state, "assigned") && !gv_str_is(state, "mediating") && !gv_str_is(state, "suspended"))
		return rc;
	list = gv_val_items(&w->row.root, "mediators");
	for (uint32_t i = 0; i < list->n && !rc; i++)
		rc = count(w, gv_val_getstr(&list->items[i], "mediator"));
	return rc;
}

int gv_mediation_running(struct gv_store *s, struct gv_doc *d, struct gv_val *out, struct gv_err *err)
{
	struct walk w = { .d = d, .out = out, .err = err };
	int rc;

	*out = gv_mkobj();
	rc = gv_store_scan(s, &(struct gv_scan){ .kind = gv_schema_find(GV_STR("mediation")) }, one, &w, err);
	gv_doc_free(&w.row);
	return rc;
}

int64_t gv_mediation_load(const struct gv_val *running, struct gv_str mediator)
{
	const struct gv_val *n = gv_val_getn(running, mediator);

	return n ? n->i : 0;
}
