/* SPDX-License-Identifier: MIT */
/* A plan as NDJSON: what --dry-run prints and case-file apply takes back. */
#include "base64.h"
#include "i18n.h"
#include "store_plan.h"

/* ---- out ---- */

static int set(struct gv_doc *d, struct gv_val *obj, const char *name, struct gv_val v,
               struct gv_err *err)
{
	return gv_obj_set(d, obj, gv_str_of(name), v, err);
}

static int set_oid(struct gv_doc *d, struct gv_val *obj, const char *name, const struct gv_oid *oid,
                   struct gv_err *err)
{
	char hex[GV_HEX + 1];

	if (gv_oid_is_zero(oid))
		return set(d, obj, name, (struct gv_val){ .type = GV_NULL }, err);
	gv_oid_hex(oid, hex);
	return set(d, obj, name, gv_mkstr(d, gv_str_of(hex)), err);
}

static int head_line(struct gv_plan *p, struct gv_doc *d, struct gv_val *line, struct gv_err *err)
{
	int rc;

	*line = gv_mkobj();
	rc = set(d, line, "op", gv_mklit("plan"), err);
	if (!rc)
		rc = set(d, line, "docket", gv_mkstr(d, gv_str_of(gv_store_court(p->store))), err);
	return rc ? rc : set_oid(d, line, "head", gv_store_commit_id(p->store), err);
}

/* What is no text: a picture that a party handed in. */
static int set_base64(struct gv_doc *d, struct gv_val *line, struct gv_str bytes, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(4 * (bytes.n / 3 + 2));
	int rc;

	gv_base64_add(&text, bytes.p, bytes.n);
	rc = gv_buf_check(&text, err);
	if (!rc)
		rc = set(d, line, "base64", gv_mkstr(d, gv_buf_str(&text)), err);
	gv_buf_free(&text);
	return rc;
}

/* `text` is a record, or a file that is none ("text" instead of "record", no kind and id). */
static int put_line(const struct gv_plan_entry *e, struct gv_str text, struct gv_doc *record,
                    struct gv_doc *d, struct gv_val *line, struct gv_err *err)
{
	bool is_record = gv_path_kind(gv_entry_path(e)) != NULL;
	int rc = is_record ? gv_json_parse(record, text, 0, err) : 0;

	*line = gv_mkobj();
	if (!rc)
		rc = set(d, line, "op", gv_mklit("put"), err);
	if (!rc && is_record)
		rc = set(d, line, "kind", gv_mkstr(d, gv_val_getstr(&record->root, "kind")), err);
	if (!rc && is_record)
		rc = set(d, line, "id", gv_mkstr(d, gv_val_getstr(&record->root, "id")), err);
	if (!rc)
		rc = set(d, line, "path", gv_mkstr(d, gv_entry_path(e)), err);
	if (!rc)
		rc = set_oid(d, line, "base", e->base, err);
	if (rc)
		return rc;
	if (is_record)
		return set(d, line, "record", record->root, err);
	if (gv_json_check_string(text, NULL))
		return set_base64(d, line, text, err);
	return set(d, line, "text", gv_mkstr(d, text), err);
}

static int remove_line(const struct gv_plan_entry *e, struct gv_doc *d, struct gv_val *line,
                       struct gv_err *err)
{
	int rc;

	*line = gv_mkobj();
	rc = set(d, line, "op", gv_mklit("remove"), err);
	if (!rc)
		rc = set(d, line, "path", gv_mkstr(d, gv_entry_path(e)), err);
	return rc ? rc : set_oid(d, line, "base", e->base, err);
}

int gv_plan_print(struct gv_plan *p, int (*each)(void *ctx, const struct gv_val *line), void *ctx,
                  struct gv_err *err)
{
	struct gv_doc d = GV_DOC_INIT, record = GV_DOC_INIT;
	struct gv_val line;
	int rc = head_line(p, &d, &line, err);

	if (!rc)
		rc = each(ctx, &line);
	for (size_t i = 0; i < p->n && !rc; i++) {
		if (p->entries[i].replaced)
			continue;
		gv_doc_reset(&d);
		if (gv_oid_is_zero(&p->entries[i].oid)) {
			rc = remove_line(&p->entries[i], &d, &line, err);
			if (!rc)
				rc = each(ctx, &line);
			continue;
		}
		rc = gv_plan_blob(p, &p->entries[i].oid, &p->object, err);
		if (!rc)
			rc = put_line(&p->entries[i], p->object.data, &record, &d, &line, err);
		if (!rc)
			rc = each(ctx, &line);
	}
	gv_doc_free(&d);
	gv_doc_free(&record);
	return rc;
}

/* ---- in ---- */

/* A member's text, "" if it has none. */
static struct gv_str text_of(const struct gv_val *line, const char *name)
{
	struct gv_str s = gv_val_getstr(line, name);

	return s.p ? s : GV_STR("");
}

static int add_head(struct gv_plan *p, const struct gv_val *line, struct gv_err *err)
{
	struct gv_str court = text_of(line, "docket"), head = text_of(line, "head");
	struct gv_oid oid;
	int rc;

	if (!gv_oid_read(&oid, head))
		return gv_fail_field(err, GV_EDATA, "head", _("\"%.*s\" is no commit id"),
		                     (int)head.n, head.p);
	if (!gv_str_eq(court, gv_str_of(gv_store_court(p->store))))
		return gv_fail_field(err, GV_ECONFLICT, "docket",
		                     _("the plan was made for the docket of %.*s, this is %s"),
		                     (int)court.n, court.p,
		                     gv_store_court(p->store));
	rc = gv_odb_read(p->store->odb, &oid, GV_OBJ_COMMIT, &p->object, err);
	if (rc == GV_ENOTFOUND)
		rc = gv_fail_field(err, GV_ECONFLICT, "head",
		                   _("this docket has no commit %.10s: "
		                     "the plan was made on another"), head.p);
	return rc;
}

/* zero for null, GV_EDATA for anything but an object id. */
static int read_base(const struct gv_val *line, struct gv_oid *base, struct gv_err *err)
{
	const struct gv_val *v = gv_val_get(line, "base");
	struct gv_str hex = text_of(line, "base");

	*base = (struct gv_oid){ 0 };
	if (!v || v->type == GV_NULL || gv_oid_read(base, hex))
		return 0;
	return gv_fail_field(err, GV_EDATA, "base", _("\"%.*s\" is no object id"), (int)hex.n,
	                     hex.p);
}

static int check_base(struct gv_plan *p, struct gv_str path, const struct gv_oid *base,
                      struct gv_err *err)
{
	struct gv_tree_entry now = { .oid = { { 0 } } };
	int rc = gv_tree_find(p->store->odb, &p->store->root, path, &now, &p->store->name, err);

	if (rc == GV_ENOTFOUND)
		now.oid = (struct gv_oid){ 0 };
	else if (rc)
		return rc;
	if (gv_oid_eq(&now.oid, base))
		return 0;
	return gv_fail(err, GV_ECONFLICT, "%s",
	               gv_oid_is_zero(base) ? _("was added since the plan was made")
	                                    : _("was changed since the plan was made"));
}

static int put(struct gv_plan *p, const struct gv_val *line, struct gv_str text, struct gv_err *err)
{
	struct gv_str path = text_of(line, "path");
	struct gv_oid base;
	int rc = read_base(line, &base, err);

	if (!rc)
		rc = check_base(p, path, &base, err);
	return rc ? rc : gv_plan_put_strict(p, path, gv_oid_is_zero(&base) ? NULL : &base, text,
	                                    err);
}

static int decode(struct gv_str text, struct gv_buf *out, struct gv_err *err)
{
	out->max = text.n + 4;
	if (!gv_base64_read(out, text) && !out->failed)
		return gv_fail_field(err, GV_EDATA, "base64", "%s", _("is no base64"));
	return gv_buf_check(out, err);
}

/* A file that is no record: not among the records, where it would come in unread. */
static int add_text(struct gv_plan *p, const struct gv_val *line, const struct gv_val *text, bool is_base64,
                    struct gv_err *err)
{
	struct gv_str path = text_of(line, "path");
	const char *slash = memchr(path.p, '/', path.n);
	struct gv_buf bytes = { 0 };
	int rc;

	if (slash && gv_schema_by_folder((struct gv_str){ path.p, (size_t)(slash - path.p) }))
		rc = gv_fail_field(err, GV_EDATA, "record", "%s", _("is missing"));
	else if (text->type != GV_STRING)
		rc = gv_fail_field(err, GV_EDATA, is_base64 ? "base64" : "text", "%s", _("is not a string"));
	else
		rc = is_base64 ? decode(gv_val_str(text), &bytes, err) : 0;
	if (!rc)
		rc = put(p, line, is_base64 ? gv_buf_str(&bytes) : gv_val_str(text), err);
	gv_buf_free(&bytes);
	if (rc)
		gv_err_thing(err, path.p, path.n);
	return rc;
}

static int add_put(struct gv_plan *p, const struct gv_val *line, struct gv_err *err)
{
	struct gv_caseno_reader *cn = gv_store_caseno(p->store);
	struct gv_str kind = text_of(line, "kind"), path = text_of(line, "path");
	const struct gv_schema *schema = gv_schema_find(kind);
	const struct gv_val *record = gv_val_get(line, "record");
	struct gv_str id_text = text_of(record, "id");
	struct gv_oid base;
	struct gv_id id;
	int rc;

	if (!record && gv_val_get(line, "text"))
		return add_text(p, line, gv_val_get(line, "text"), false, err);
	if (!record && gv_val_get(line, "base64"))
		return add_text(p, line, gv_val_get(line, "base64"), true, err);
	if (!schema || !schema->folder)
		return gv_fail_field(err, GV_EDATA, "kind", _("there is no kind \"%.*s\""),
		                     (int)kind.n, kind.p);
	if (!record || record->type != GV_OBJECT)
		return gv_fail_field(err, GV_EDATA, "record", "%s", _("is missing"));
	if (!gv_str_eq(kind, text_of(record, "kind")) ||
	    !gv_str_eq(text_of(line, "id"), id_text))
		return gv_fail_field(err, GV_EDATA, "record", "%s",
		                     _("has another kind or id than its line"));
	rc = gv_id_parse(&id, id_text, schema, cn, err);
	if (!rc && id.schema != schema)
		rc = gv_fail_field(err, GV_EDATA, "id", "%s", _("is the id of another kind"));
	if (!rc)
		rc = gv_id_lies_at(&id, path, err);
	if (!rc)
		rc = gv_rec_check(schema, record, cn, err);
	gv_buf_reset(&p->text);
	if (!rc) {
		gv_json_canon(&p->text, record);
		rc = gv_buf_check(&p->text, err);
	}
	if (!rc)
		rc = read_base(line, &base, err);
	if (!rc)
		rc = gv_plan_seal(p, &id, &base, record, err);
	if (!rc)
		rc = put(p, line, gv_buf_str(&p->text), err);
	if (rc)
		gv_err_thing(err, id_text.p, id_text.n);
	return rc;
}

static int add_remove(struct gv_plan *p, const struct gv_val *line, struct gv_err *err)
{
	struct gv_str path = text_of(line, "path");
	struct gv_oid base;
	int rc = read_base(line, &base, err);

	if (!rc)
		rc = check_base(p, path, &base, err);
	if (!rc)
		rc = gv_plan_remove(p, path, &base, err);
	if (rc)
		gv_err_thing(err, path.p, path.n);
	return rc;
}

int gv_plan_add_line(struct gv_plan *p, const struct gv_val *line, struct gv_err *err)
{
	struct gv_str op = text_of(line, "op");

	if (gv_str_is(op, "plan"))
		return add_head(p, line, err);
	if (gv_str_is(op, "put"))
		return add_put(p, line, err);
	if (gv_str_is(op, "remove"))
		return add_remove(p, line, err);
	return gv_fail_field(err, GV_EDATA, "op", _("\"%.*s\" is no step of a plan"), (int)op.n,
	                     op.p);
}
