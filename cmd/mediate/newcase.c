/* SPDX-License-Identifier: MIT */
#include "newcase.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numbering.h"

/* A mediation whose case waits for its number. */
struct pair {
	struct gv_amend a;
	size_t index;            /* of its case */
};

struct work {
	struct gv_cmd *c;
	const struct newcase *spec;
	struct gv_doc doc;       /* of the cases */
	struct gv_numbering cases;
	struct pair **pairs;
	size_t n, cap;
	char on[GV_ON_MAX];
	char what[GV_KEY_MAX];
};

/* ---- the case ---- */

static int copy(struct work *w, struct gv_val *rec, const struct gv_val *from, const char *field, const char *to)
{
	const struct gv_val *v = gv_val_get(from, field);
	struct gv_val own;
	int rc = v ? gv_val_copy(&w->doc, &own, v, &w->c->err) : 0;

	return rc || !v ? rc : gv_obj_set(&w->doc, rec, gv_str_of(to), own, &w->c->err);
}

/* 申请人 and 被申请人 of the mediation are the two sides of the case; others keep their roles. */
static int copy_parties(struct work *w, struct gv_val *rec, const struct gv_val *from)
{
	const struct gv_val *list;
	int rc = copy(w, rec, from, "parties", "parties");

	list = gv_val_get(rec, "parties");
	for (uint32_t i = 0; list && i < list->n && !rc; i++) {
		struct gv_str role = gv_val_getstr(&list->items[i], "role");
		const char *now = gv_str_is(role, "申请人") ? w->spec->first : gv_str_is(role, "被申请人") ? w->spec->other : NULL;
		const char *path = gv_arena_printf(&w->doc.arena, "parties.%u.role", i);

		if (now)
			rc = path ? gv_val_set_path(&w->doc, rec, gv_str_of(path), gv_mklit(now), &w->c->err) : gv_fail_nomem(&w->c->err);
	}
	return rc;
}

static int set_text(struct work *w, struct gv_val *rec, const char *field, struct gv_str text)
{
	return gv_obj_set(&w->doc, rec, gv_str_of(field), gv_mkstr(&w->doc, text), &w->c->err);
}

static int add_first_event(struct work *w, struct gv_val *rec)
{
	struct gv_val event = gv_mkobj();
	int rc = set_text(w, &event, "event", GV_STR("file"));

	if (!rc)
		rc = set_text(w, &event, "on", (struct gv_str){ w->on, GV_DATE_LEN });
	return rc ? rc : gv_event_add(&w->doc, rec, event, &w->c->err);
}

/* What was handed in stays as it is: facts, claims and files are the same. */
static int make_case(struct work *w, struct pair *p)
{
	static const char *const same[] = { "cause", "cause_list", "claim", "claim_fen", "tribunal", "files" };
	const struct gv_val *from = &p->a.doc.root;
	const char *type = gv_cmd_opt(w->c, "type");
	struct gv_str day = { w->on, GV_DATE_LEN };
	char number[128];
	struct gv_val rec = gv_mkobj();
	int rc = set_text(w, &rec, "kind", GV_STR("case"));

	if (!rc)
		rc = set_text(w, &rec, "state", GV_STR("open"));
	if (!rc)
		rc = set_text(w, &rec, "received_on", day);
	if (!rc)
		rc = set_text(w, &rec, "filed_on", day);
	for (size_t i = 0; i < sizeof same / sizeof same[0] && !rc; i++)
		rc = copy(w, &rec, from, same[i], same[i]);
	if (!rc)
		rc = copy_parties(w, &rec, from);
	if (!rc && w->spec->fill)
		rc = w->spec->fill(&p->a, &w->doc, &rec, &w->c->err);
	if (!rc)
		rc = add_link(&w->doc, &rec, "mediation", &p->a.rec.id, &w->c->err);
	if (!rc)
		rc = add_first_event(w, &rec);
	snprintf(number, sizeof number, "（%.4s）%s%s", w->on, gv_store_court(p->a.store), type ? type : w->spec->type);
	p->index = w->cases.n;
	return rc ? rc : gv_numbering_add(&w->cases, gv_schema_find(GV_STR("case")), rec, number);
}

/* ---- one mediation ---- */

/* At the end of the list, not counted yet; it keeps its place in memory, as records point into their documents. */
static struct pair *new_pair(struct work *w)
{
	size_t cap = w->cap ? w->cap * 2 : 16;
	struct pair **bigger = w->n < w->cap ? w->pairs : realloc(w->pairs, cap * sizeof(struct pair *));

	if (!bigger)
		return NULL;
	w->cap = w->n < w->cap ? w->cap : cap;
	w->pairs = bigger;
	return w->pairs[w->n] = calloc(1, sizeof(struct pair));
}

static void end_pair(struct pair *p)
{
	gv_amend_end(&p->a);
	free(p);
}

static int is_twice(const struct work *w, const struct pair *p)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->pairs[i]->a.rec.id.key, p->a.rec.id.key) == 0)
			return gv_fail(&w->c->err, GV_EDATA, "%s", _("is named twice"));
	return 0;
}

static int take(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct work *w = c->ctx;
	struct pair *p = new_pair(w);
	int rc;

	if (!p)
		return gv_fail_nomem(&c->err);
	p->a = (struct gv_amend){ .c = c, .store = gv_cmd_store(c) };
	rc = gv_plan_new(&p->a.plan, p->a.store, &c->err);
	if (!rc)
		rc = gv_amend_load(&p->a, text);
	if (!rc && strcmp(p->a.rec.id.schema->kind, "mediation") != 0)
		rc = gv_fail(&c->err, GV_EDATA, _("is a %s, not a mediation"), p->a.rec.id.schema->kind);
	if (!rc)
		rc = is_twice(w, p);
	if (!rc)
		rc = w->spec->guard(&p->a);
	if (!rc)
		rc = gv_amend_event(&p->a, w->spec->event, w->on, &(struct gv_assignments){ 0 });
	if (!rc)
		rc = make_case(w, p);
	if (!rc) {
		w->n++;
		return 0;
	}
	if (rc == GV_EDATA || rc == GV_ENOTFOUND) {
		gv_err_thing(&c->err, text.p, text.n);
		c->err.line = line ? line : c->err.line;
		gv_cmd_complain(c, &c->err);
		gv_err_clear(&c->err);
		rc = 0;
	}
	end_pair(p);
	return rc;
}

/* ---- under the lock ---- */

static int tie(struct work *w, struct gv_plan *plan, struct pair *p)
{
	struct gv_doc *d = &p->a.doc;
	const struct gv_id *id = gv_numbering_id(&w->cases, p->index);
	int rc = add_link(d, &d->root, w->spec->rel, id, &w->c->err);

	if (!rc)
		rc = gv_rec_check(p->a.rec.id.schema, &d->root, gv_store_caseno(p->a.store), &w->c->err);
	return rc ? rc : gv_plan_put(plan, &p->a.rec.id, &p->a.base, &d->root, &w->c->err);
}

static int give_all(void *ctx, struct gv_plan *plan, struct gv_err *err)
{
	struct work *w = ctx;
	int rc = 0;

	(void)err; /* the command's own, which the others fill */
	for (size_t i = 0; i < w->n && !rc; i++) {
		rc = gv_numbering_give(&w->cases, plan, w->pairs[i]->index);
		if (!rc)
			rc = tie(w, plan, w->pairs[i]);
	}
	if (!rc && w->n == 1)
		snprintf(w->what, sizeof w->what, "%s", gv_numbering_id(&w->cases, w->pairs[0]->index)->key);
	else
		snprintf(w->what, sizeof w->what, "%zu mediations", w->n);
	return rc;
}

static int print_cases(struct work *w)
{
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_rec rec;
	int rc = gv_store_refresh(gv_cmd_store(w->c), &w->c->err);

	for (size_t i = 0; i < w->n && !rc; i++) {
		rc = gv_store_get(gv_cmd_store(w->c), gv_numbering_id(&w->cases, w->pairs[i]->index), &doc, &rec, &w->c->err);
		if (!rc)
			rc = gv_cmd_print_rec(w->c, &rec);
	}
	gv_doc_free(&doc);
	return rc < 0 ? 0 : rc;
}

static int commit(struct work *w)
{
	struct gv_cmd *c = w->c;
	struct gv_plan *plan = NULL;
	int rc = gv_plan_new(&plan, gv_cmd_store(c), &c->err);

	if (!rc)
		rc = gv_cmd_commit(c, plan, w->what, give_all, w, NULL);
	gv_plan_free(plan);
	c->done += rc ? 0 : w->n;
	return rc || gv_cmd_has(c, "dry-run") ? rc : print_cases(w);
}

int newcase_run(struct gv_cmd *c, const struct newcase *spec)
{
	struct work w = { .c = c, .spec = spec };
	int rc = gv_cmd_on(c, w.on);

	w.cases = (struct gv_numbering){ .c = c, .doc = &w.doc };
	if (!rc && !gv_cmd_store(c))
		rc = c->err.code;
	c->ctx = &w;
	if (!rc)
		rc = gv_cmd_each_text(c, take, &c->err);
	c->ctx = NULL;
	if (!rc && w.n)
		rc = commit(&w);
	for (size_t i = 0; i < w.n; i++)
		end_pair(w.pairs[i]);
	free(w.pairs);
	gv_numbering_free(&w.cases);
	gv_doc_free(&w.doc);
	return rc;
}
