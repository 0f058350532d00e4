/* SPDX-License-Identifier: MIT */
/* One record, one blob. */
#include "i18n.h"
#include "store_impl.h"

/* A record lies in an ordinary file. */
static int check_mode(const struct gv_tree_entry *e, struct gv_err *err)
{
	if ((e->mode & 0170000) == 0100000)
		return 0;
	if (e->mode == GV_MODE_TREE)
		return gv_fail(err, GV_ENOTFOUND, "%s", _("a folder, not a record"));
	return gv_fail(err, GV_EINTEGRITY, "%s", _("a link, not a file"));
}

int gv_store_read(struct gv_store *s, const char *path, struct gv_str *text, struct gv_oid *oid,
                  struct gv_err *err)
{
	struct gv_tree_entry e;
	int rc = gv_tree_find(s->odb, &s->root, gv_str_of(path), &e, &s->name, err);

	s->text_oid = (struct gv_oid){ { 0 } };
	if (rc == GV_ENOTFOUND) {
		rc = gv_fail(err, rc, "%s", _("not in the docket"));
	} else if (!rc) {
		rc = check_mode(&e, err);
		if (!rc)
			rc = gv_odb_need(s->odb, &e.oid, GV_OBJ_BLOB, &s->text, err);
	}
	if (rc) {
		gv_err_thing(err, path, strlen(path));
		return rc;
	}
	*text = s->text.data;
	s->text_oid = e.oid;
	if (oid)
		*oid = e.oid;
	return 0;
}

int gv_store_get(struct gv_store *s, const struct gv_id *id, struct gv_doc *doc, struct gv_rec *out,
                 struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(4096), shown = GV_BUF_INIT(1024);
	struct gv_str text = { 0 };
	int rc = gv_id_path(id, &path, err);

	if (!rc)
		rc = gv_store_read(s, path.p, &text, NULL, err);
	if (!rc) {
		rc = gv_json_parse(doc, text, 0, err);
		if (rc)
			gv_err_thing(err, path.p, path.n);
	}
	if (!rc && doc->root.type != GV_OBJECT) {
		rc = gv_fail(err, GV_EDATA, "%s", _("not a JSON object"));
		gv_err_thing(err, path.p, path.n);
	}
	if (rc == GV_ENOTFOUND && err) { /* people know the number, not the path */
		gv_id_format(id, true, &shown);
		err->thing[0] = '\0';
		gv_err_thing(err, gv_buf_str(&shown).p, shown.n);
	}
	if (!rc)
		*out = (struct gv_rec){ .id = *id, .doc = doc, .val = &doc->root };
	gv_buf_free(&path);
	gv_buf_free(&shown);
	return rc;
}

int gv_store_blob(struct gv_store *s, const struct gv_oid *oid, struct gv_buf *out,
                  struct gv_err *err)
{
	struct gv_object obj = GV_OBJECT_INIT;
	int rc;

	obj.own.max = out->max;
	rc = gv_odb_read(s->odb, oid, GV_OBJ_BLOB, &obj, err);
	if (!rc) {
		gv_buf_addstr(out, obj.data);
		rc = gv_buf_check(out, err);
	}
	gv_object_free(&obj);
	return rc;
}

int gv_store_entry(struct gv_store *s, const struct gv_oid *tree, const char *path, struct gv_oid *out,
                   struct gv_err *err)
{
	struct gv_tree_entry e;
	int rc = gv_tree_find(s->odb, tree, gv_str_of(path), &e, &s->name, err);

	*out = rc ? (struct gv_oid){ 0 } : e.oid;
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(err);
		rc = 0;
	}
	return rc;
}

int gv_store_distrust(struct gv_store *s, struct gv_err *err)
{
	return gv_odb_distrust(s->odb, err);
}

int gv_store_value(struct gv_store *s, const struct gv_oid *oid, struct gv_doc *doc, const struct gv_val **v,
                   struct gv_err *err)
{
	struct gv_object obj = GV_OBJECT_INIT;
	int rc;

	*v = NULL;
	if (gv_oid_is_zero(oid))
		return 0;
	obj.own.max = GV_JSON_TEXT_MAX * 2;
	rc = gv_odb_read(s->odb, oid, GV_OBJ_BLOB, &obj, err);
	if (!rc)
		rc = gv_json_parse(doc, obj.data, 0, err);
	gv_object_free(&obj);
	if (!rc)
		*v = &doc->root;
	return rc;
}
