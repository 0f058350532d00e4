/* SPDX-License-Identifier: MIT */
#include "walk.h"

#include <string.h>

struct walk {
	struct gv_cmd *c;
	const struct gv_schema *schema;
	int (*each)(struct gv_cmd *c, const struct gv_rec *rec);
	struct gv_doc doc;
};

static int take(void *ctx, struct gv_str text, struct gv_err *err)
{
	struct walk *w = ctx;
	struct gv_rec rec;
	int rc = gv_json_parse(&w->doc, text, 0, err);

	if (!rc)
		rc = gv_rec_of(&rec, &w->doc, w->schema, gv_cmd_caseno(w->c), err);
	if (!rc)
		w->c->done++;
	return rc ? rc : w->each(w->c, &rec);
}

/* One that cannot be read is complained about, as gv_selection_walk() does. */
static int take_item(void *ctx, const struct gv_item *item)
{
	struct walk *w = ctx;
	struct gv_str text = item->text;
	int rc = gv_cmd_unseal(w->c, &text, item->path);

	if (!rc)
		rc = take(w, text, &w->c->err);
	if (rc != GV_EDATA)
		return rc;
	gv_err_thing(&w->c->err, item->path.p, item->path.n);
	gv_cmd_complain(w->c, &w->c->err);
	gv_err_clear(&w->c->err);
	return 0;
}

bool gv_walk_selects(const struct gv_cmd *c)
{
	static const char *const options[] = { "kind", "year", "state", "tribunal", "judge", "cause", "party", "where", "since",
	                                       "until", "date-field", "jq" };

	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
		if (gv_cmd_has(c, options[i]))
			return true;
	return false;
}

static int check_kind(struct gv_cmd *c, const char *const *kinds)
{
	const char *kind = gv_cmd_opt(c, "kind");
	struct gv_buf list = GV_BUF_INIT(4096);
	int rc = gv_selection_kind(c);

	for (size_t i = 0; kinds[i] && !rc; i++) {
		if (!kind || strcmp(kind, kinds[i]) == 0) {
			gv_buf_free(&list);
			return 0;
		}
		gv_buf_addf(&list, "%s%s", i ? "|" : "", kinds[i]);
	}
	if (!rc)
		rc = gv_buf_check(&list, &c->err);
	if (!rc)
		rc = gv_fail(&c->err, GV_EUSAGE, _("--kind: \"%s\" is not one of %s"), kind, list.p);
	gv_buf_free(&list);
	return rc;
}

static int walk_docket(struct walk *w, const char *const *kinds)
{
	struct gv_store *store = gv_cmd_store(w->c);
	int rc = store ? 0 : w->c->err.code;

	w->schema = gv_cmd_schema(w->c);
	if (!rc && gv_walk_selects(w->c))
		return gv_selection_walk(w->c, true, take, w);
	for (size_t i = 0; kinds[i] && !rc; i++) {
		struct gv_scan what = { .kind = gv_schema_find(gv_str_of(kinds[i])) };

		w->schema = what.kind;
		rc = gv_store_scan(store, &what, take_item, w, &w->c->err);
	}
	return rc < 0 ? 0 : rc;
}

int gv_walk_records(struct gv_cmd *c, const char *const *kinds, int (*each)(struct gv_cmd *c, const struct gv_rec *rec))
{
	struct walk w = { .c = c, .each = each };
	int rc = check_kind(c, kinds);

	if (!rc)
		rc = c->argc > 0 ? gv_cmd_each_rec(c, each) : walk_docket(&w, kinds);
	gv_doc_free(&w.doc);
	return rc;
}

struct chosen {
	struct gv_cmd *c;
	int (*each)(void *ctx, const struct gv_rec *rec);
	void *ctx;
	struct gv_doc doc;
};

static int take_chosen(void *ctx, struct gv_str text, struct gv_err *err)
{
	struct chosen *w = ctx;
	struct gv_rec rec;
	int rc = gv_json_parse(&w->doc, text, 0, err);

	if (!rc)
		rc = gv_rec_of(&rec, &w->doc, gv_cmd_schema(w->c), gv_cmd_caseno(w->c), err);
	if (!rc)
		rc = w->each(w->ctx, &rec);
	w->c->done += !rc;
	return rc;
}

int gv_walk_selected(struct gv_cmd *c, int (*each)(void *ctx, const struct gv_rec *rec), void *ctx)
{
	struct chosen w = { .c = c, .each = each, .ctx = ctx };
	int rc = gv_selection_walk(c, true, take_chosen, &w);

	gv_doc_free(&w.doc);
	return rc;
}
