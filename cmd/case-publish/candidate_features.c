/* SPDX-License-Identifier: MIT */
/* candidate_features: new-cause, a class of the digital economy, panel, appealed; and those of --feature. */
#include <stdlib.h>
#include <string.h>

#include "candidate.h"

#define NEW_CAUSE "new-cause"
#define PANEL "panel"
#define APPEALED "appealed"

/* ---- what there is ---- */

struct loading {
	struct candidate_features *f;
	struct publish_index *told;
	struct gv_doc doc;
};

static int take_typical(void *ctx, const struct gv_item *item)
{
	static const struct gv_str names[] = { { "case", 4 }, { "cause", 5 }, { "id", 2 }, { "state", 5 } };
	static const struct gv_json_only only = { names, sizeof names / sizeof names[0] };
	struct loading *l = ctx;
	struct gv_str none = { 0 }, kase, id;
	int rc = gv_json_parse_only(&l->doc, item->text, 0, &only, &l->f->c->err);

	kase = gv_val_getstr(&l->doc.root, "case");
	id = gv_val_getstr(&l->doc.root, "id");
	if (!rc && kase.n)
		rc = publish_index_add(l->told, kase, id, none, none);
	if (!rc && !gv_str_is(gv_val_getstr(&l->doc.root, "state"), "dropped"))
		rc = publish_index_add(l->f->by_cause, gv_val_getstr(&l->doc.root, "cause"), id, none, none);
	return rc;
}

static int load_typical(struct candidate_features *f, struct publish_index **told)
{
	struct gv_scan what = { .kind = gv_schema_find(GV_STR("typical-case")) };
	struct loading l = { .f = f };
	int rc = publish_index_new(told, f->c);

	if (!rc)
		rc = publish_index_new(&f->by_cause, f->c);
	l.told = *told;
	if (!rc)
		rc = gv_store_scan(gv_cmd_store(f->c), &what, take_typical, &l, &f->c->err);
	gv_doc_free(&l.doc);
	return rc;
}

static bool is_own(const struct candidate_features *f, struct gv_str name)
{
	for (size_t i = 0; i < f->nown; i++)
		if (gv_str_eq(f->own[i].name, name))
			return true;
	return false;
}

static void unknown_field(void *ctx, struct gv_str path)
{
	gv_cmd_warn(ctx, _("--feature: %.*s is no field of a case"), (int)path.n, path.p);
}

/* One of this program's own, or a class, with its question mark or without. */
static bool is_built_in(const struct candidate_features *f, struct gv_str name)
{
	if (gv_rule_listed(GV_STR(NEW_CAUSE "," PANEL "," APPEALED), name))
		return true;
	if (gv_str_ends(name, GV_STR("?")))
		name.n--;
	return gv_ref_find(f->classes, f->class, name, 0) != GV_REF_NONE;
}

/* NAME=WHERE of the command line. */
static int read_own(struct candidate_features *f)
{
	struct gv_cmd *c = f->c;
	const char *text;
	int rc = 0;

	for (size_t i = 0; !rc && (text = gv_opts_nth(c->opts, "feature", i)); i++) {
		const char *eq = strchr(text, '=');
		struct candidate_own *own = reallocarray(f->own, f->nown + 1, sizeof *own);
		struct gv_str name = { text, eq ? (size_t)(eq - text) : 0 };

		if (!own)
			return gv_fail_nomem(&c->err);
		f->own = own;
		if (!name.n || !eq[1] || memchr(name.p, ',', name.n))
			return gv_fail(&c->err, GV_EUSAGE, _("--feature: \"%s\" is not NAME=WHERE"), text);
		if (is_built_in(f, name))
			return gv_fail(&c->err, GV_EUSAGE, _("--feature: \"%.*s\" is a feature already: call it otherwise"), (int)name.n, name.p);
		if (is_own(f, name))
			return gv_fail(&c->err, GV_EUSAGE, _("--feature: \"%.*s\" is there twice"), (int)name.n, name.p);
		own[f->nown] = (struct candidate_own){ .name = name };
		rc = gv_query_parse(&own[f->nown].query, eq + 1, gv_schema_find(GV_STR("case")), unknown_field, c, &c->err);
		if (rc)
			gv_err_thing(&c->err, name.p, name.n);
		else
			f->nown++;
	}
	return rc;
}

int candidate_features_open(struct candidate_features *f, struct gv_cmd *c, struct gv_causes *causes, struct publish_index **told)
{
	int rc;

	*f = (struct candidate_features){ .c = c, .causes = causes };
	rc = gv_ref_open(&f->classes, "case-classes", &c->err);
	if (rc)
		return rc;
	f->cause = gv_ref_column(f->classes, "cause");
	f->class = gv_ref_column(f->classes, "class");
	f->test = gv_ref_column(f->classes, "test");
	rc = read_own(f);
	return rc ? rc : load_typical(f, told);
}

void candidate_features_close(struct candidate_features *f)
{
	for (size_t i = 0; i < f->nown; i++)
		gv_query_free(f->own[i].query);
	free(f->own);
	gv_ref_free(f->classes);
	publish_index_free(f->by_cause);
}

/* ---- of one case ---- */

static int is_there(void *ctx, struct gv_str id)
{
	(void)ctx;
	(void)id;
	return 1;
}

static int add(struct candidate_features *f, struct gv_doc *d, struct gv_val *out, struct gv_str name)
{
	return gv_arr_add(d, out, gv_mkstr(d, name), &f->c->err);
}

/* A class whose test a person has to answer has a question mark: D1? */
static int add_class(struct candidate_features *f, struct gv_str cause, struct gv_doc *d, struct gv_val *out)
{
	for (size_t row = 0; cause.n && row < gv_ref_rows(f->classes); row++) {
		struct gv_str class = gv_ref_cell(f->classes, row, f->class);
		char name[16];

		if (!gv_causes_covers(f->causes, gv_ref_cell(f->classes, row, f->cause), cause, NULL) || class.n >= sizeof name - 1)
			continue;
		memcpy(name, class.p, class.n);
		memcpy(name + class.n, "?", 2);
		return add(f, d, out, (struct gv_str){ name, class.n + (gv_ref_cell(f->classes, row, f->test).n > 0) });
	}
	return 0;
}

static int add_own(struct candidate_features *f, const struct gv_val *kase, struct gv_doc *d, struct gv_val *out)
{
	int rc = 0;

	for (size_t i = 0; i < f->nown && !rc; i++) {
		if (gv_query_match(f->own[i].query, kase))
			rc = add(f, d, out, f->own[i].name);
		if (!rc)
			rc = gv_query_trouble(f->own[i].query, &f->c->err);
	}
	return rc;
}

int candidate_features_of(struct candidate_features *f, const struct gv_publication *p, struct gv_doc *d, struct gv_val *out)
{
	struct gv_str cause = gv_val_getstr(p->kase, "cause");
	int rc = 0;

	if (cause.n && !publish_index_each(f->by_cause, cause, is_there, NULL))
		rc = add(f, d, out, GV_STR(NEW_CAUSE));
	if (!rc)
		rc = add_class(f, cause, d, out);
	if (!rc && gv_val_items(p->kase, "panel")->n > 1)
		rc = add(f, d, out, GV_STR(PANEL));
	if (!rc && gv_val_is_true(p->rec, "appealed"))
		rc = add(f, d, out, GV_STR(APPEALED));
	return rc ? rc : add_own(f, p->kase, d, out);
}
