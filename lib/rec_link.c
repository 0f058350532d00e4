/* SPDX-License-Identifier: MIT */
#include "rec.h"

static bool has_link(const struct gv_val *rec, const char *rel, struct gv_str id)
{
	const struct gv_val *links = gv_val_items(rec, "links");

	for (uint32_t i = 0; i < links->n; i++)
		if (gv_str_is(gv_val_getstr(&links->items[i], "rel"), rel) && gv_str_eq(gv_val_getstr(&links->items[i], "id"), id))
			return true;
	return false;
}

static int add(struct gv_doc *d, struct gv_val *rec, const char *rel, struct gv_str id, struct gv_err *err)
{
	struct gv_val links = *gv_val_items(rec, "links"), link = gv_mkobj();
	int rc = gv_obj_set(d, &link, GV_STR("rel"), gv_mkstr(d, gv_str_of(rel)), err);

	if (!rc)
		rc = gv_obj_set(d, &link, GV_STR("id"), gv_mkstr(d, id), err);
	if (!rc)
		rc = gv_arr_add(d, &links, link, err);
	return rc ? rc : gv_obj_set(d, rec, GV_STR("links"), links, err);
}

int gv_link_add(struct gv_doc *d, struct gv_val *rec, const char *rel, const struct gv_id *other, struct gv_err *err)
{
	struct gv_buf id = GV_BUF_INIT(GV_KEY_MAX + 64);
	int rc;

	gv_id_format(other, true, &id);
	rc = gv_buf_check(&id, err);
	if (!rc && !has_link(rec, rel, gv_buf_str(&id)))
		rc = add(d, rec, rel, gv_buf_str(&id), err);
	gv_buf_free(&id);
	return rc;
}
