/* SPDX-License-Identifier: MIT */
/* load: who mediates what now. */
#include "mediator.h"

const struct gv_val *mediator_items(const struct gv_val *rec, const char *name)
{
	static const struct gv_val none = { .type = GV_ARRAY };
	const struct gv_val *v = gv_val_get(rec, name);

	return v && v->type == GV_ARRAY ? v : &none;
}

struct walk {
	struct gv_doc *d, row;
	struct gv_val *out;
};

static int count(struct walk *w, struct gv_str mediator, struct gv_err *err)
{
	const struct gv_val *old = gv_val_getn(w->out, mediator);
	struct gv_val list = old ? *old : gv_mkarr(), name = gv_mkstr(w->d, mediator);
	int rc = gv_arr_add(w->d, &list, gv_mkstr(w->d, gv_val_getstr(&w->row.root, "id")), err);

	if (!rc && name.type != GV_STRING)
		rc = gv_fail_nomem(err);
	return rc ? rc : gv_obj_set(w->d, w->out, gv_val_str(&name), list, err);
}

static int one(void *ctx, const struct gv_item *item)
{
	struct walk *w = ctx;
	const struct gv_val *list;
	struct gv_str state;
	struct gv_err err = { 0 };
	int rc = gv_json_parse(&w->row, item->text, 0, &err);

	if (rc == GV_EDATA) /* case-file check names it */
		return 0;
	state = gv_val_getstr(&w->row.root, "state");
	if (!gv_str_is(state, "assigned") && !gv_str_is(state, "mediating") && !gv_str_is(state, "suspended"))
		return rc;
	list = mediator_items(&w->row.root, "mediators");
	for (uint32_t i = 0; i < list->n && !rc; i++)
		rc = count(w, gv_val_getstr(&list->items[i], "mediator"), &err);
	return rc;
}

int mediator_running(struct gv_cmd *c, struct gv_doc *d, struct gv_val *out)
{
	struct walk w = { .d = d, .out = out };
	struct gv_store *store = gv_cmd_store(c);
	int rc;

	*out = gv_mkobj();
	if (!store)
		return c->err.code;
	rc = gv_store_scan(store, &(struct gv_scan){ .kind = gv_schema_find(GV_STR("mediation")) }, one, &w, &c->err);
	gv_doc_free(&w.row);
	return rc == GV_EIO && !c->err.code ? gv_fail_nomem(&c->err) : rc;
}

uint32_t mediator_load(const struct gv_val *running, const struct gv_val *rec)
{
	struct gv_buf id = GV_BUF_INIT(1024);
	const struct gv_val *list;

	gv_buf_addf(&id, "mediator:%s", gv_val_getstr(rec, "id").n ? gv_val_getstr(rec, "id").p : "");
	list = gv_val_getn(running, gv_buf_str(&id));
	gv_buf_free(&id);
	return list ? list->n : 0;
}
