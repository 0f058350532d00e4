/* SPDX-License-Identifier: MIT */
/* targets: the publications that operands name: their own ids, records on their way, or cases, of which all are meant. */
#include <string.h>

#include "case-publish.h"

struct targets {
	struct gv_cmd *c;
	const char *also;              /* a kind that may be named too; NULL: none */
	publish_rec_fn *each;
	void *work;
	struct gv_doc doc;
	struct publish_index *index;   /* once a case is named */
	bool fresh;
};

static int pass_on(struct targets *t, const struct gv_rec *rec)
{
	const char *kind = rec->id.schema->kind;

	t->c->done++;
	if (strcmp(kind, "publication") != 0 && !(t->also && strcmp(kind, t->also) == 0))
		return gv_fail(&t->c->err, GV_EDATA, _("is a %s, not a %s"), kind, "publication");
	return t->each(t->work, rec);
}

static int take_stored(struct targets *t, const struct gv_id *id)
{
	struct gv_rec rec;
	int rc = gv_store_get(gv_cmd_store(t->c), id, &t->doc, &rec, &t->c->err);

	if (!rc)
		rc = gv_cmd_unseal_doc(t->c, &t->doc);
	return rc ? rc : pass_on(t, &rec);
}

static int take_one_of_case(void *ctx, struct gv_str key)
{
	struct targets *t = ctx;
	struct gv_id id;
	int rc = gv_cmd_id_of(t->c, key, gv_schema_find(GV_STR("publication")), &id);

	return rc ? rc : take_stored(t, &id);
}

/* One that has none is a case all the same. */
static int take_case(struct targets *t, const struct gv_id *id)
{
	struct gv_cmd *c = t->c;
	const struct gv_str none = { 0 };
	struct gv_rec rec;
	int rc = t->index ? 0 : publish_index_load(&t->index, c, "publication");

	if (!rc && !publish_index_find(t->index, gv_str_of(id->key), none, none))
		return gv_store_get(gv_cmd_store(c), id, &t->doc, &rec, &c->err);
	return rc ? rc : publish_index_each(t->index, gv_str_of(id->key), take_one_of_case, t);
}

static int take_record(struct targets *t, struct gv_str text)
{
	struct gv_cmd *c = t->c;
	struct gv_rec rec;
	int rc = gv_json_parse(&t->doc, text, GV_JSON_DROP_NULL, &c->err);

	if (!rc)
		rc = gv_rec_of(&rec, &t->doc, gv_schema_find(GV_STR("publication")), gv_cmd_caseno(c), &c->err);
	if (rc)
		return rc;
	return strcmp(rec.id.schema->kind, "case") == 0 ? take_case(t, &rec.id) : pass_on(t, &rec);
}

static int take_id(struct targets *t, struct gv_str text)
{
	struct gv_store *store = gv_cmd_store(t->c);
	struct gv_id id = { 0 };
	int rc = store ? gv_cmd_id(t->c, text, &id) : t->c->err.code;

	/* What decide has just made of it in the same pipe is there once its id comes. */
	if (!rc && !t->fresh && !gv_cmd_has(t->c, "at"))
		rc = gv_store_refresh(store, &t->c->err);
	t->fresh = true;
	if (!rc)
		rc = id.schema && strcmp(id.schema->kind, "case") == 0 ? take_case(t, &id) : take_stored(t, &id);
	if (rc)
		gv_err_thing(&t->c->err, text.p, text.n);
	return rc;
}

static int one_text(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct targets *t = c->ctx;
	int rc = text.n && text.p[0] == '{' ? take_record(t, text) : take_id(t, text);

	if (rc != GV_EDATA && rc != GV_ENOTFOUND)
		return rc;
	gv_cmd_pass_over(c, line);
	return 0;
}

int publish_each_target(struct gv_cmd *c, const char *also, publish_rec_fn *each, void *work)
{
	struct targets t = { .c = c, .also = also, .each = each, .work = work };
	void *ctx = c->ctx;
	int rc;

	c->ctx = &t;
	rc = gv_cmd_each_text(c, one_text, &c->err);
	c->ctx = ctx;
	publish_index_free(t.index);
	gv_doc_free(&t.doc);
	return rc < 0 ? 0 : rc;
}
