/* SPDX-License-Identifier: MIT */
#include "newcase.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "numbering.h"

struct work {
	struct gv_cmd *c;
	const struct newcase *spec;
	struct gv_doc doc;       /* of the cases */
	struct gv_numbering cases;
	struct gv_plan *plan;
	struct gv_amend **mediations;  /* each with the case of the same place in `cases` */
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

/* What was handed in stays as it is: facts, claims and files are the same. */
static int make_case(struct work *w, struct gv_amend *m)
{
	static const char *const same[] = { "cause", "cause_list", "claim", "claim_fen", "tribunal", "files" };
	const struct gv_val *from = &m->doc.root;
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
		rc = w->spec->fill(m, &w->doc, &rec, &w->c->err);
	if (!rc)
		rc = gv_link_add(&w->doc, &rec, "mediation", &m->rec.id, &w->c->err);
	if (!rc)
		rc = gv_event_add_plain(&w->doc, &rec, "file", day, &w->c->err);
	snprintf(number, sizeof number, "（%.4s）%s%s", w->on, gv_store_court(m->store), type ? type : w->spec->type);
	return rc ? rc : gv_numbering_add(&w->cases, gv_schema_find(GV_STR("case")), rec, number);
}

/* ---- one mediation ---- */

/* At the end of the list, not counted yet; it keeps its place in memory, as records point into their documents. */
static struct gv_amend *new_mediation(struct work *w)
{
	size_t cap = w->cap ? w->cap * 2 : 16;
	struct gv_amend **bigger = w->n < w->cap ? w->mediations : realloc(w->mediations, cap * sizeof(struct gv_amend *));

	if (!bigger)
		return NULL;
	w->cap = w->n < w->cap ? w->cap : cap;
	w->mediations = bigger;
	return w->mediations[w->n] = calloc(1, sizeof(struct gv_amend));
}

static void end(struct gv_amend *m)
{
	gv_doc_free(&m->doc); /* the plan is all mediations' */
	free(m);
}

static int is_twice(const struct work *w, const struct gv_amend *m)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->mediations[i]->rec.id.key, m->rec.id.key) == 0)
			return gv_fail(&w->c->err, GV_EDATA, "%s", _("is named twice"));
	return 0;
}

static int take(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct work *w = c->ctx;
	struct gv_amend *m = new_mediation(w);
	int rc;

	if (!m)
		return gv_fail_nomem(&c->err);
	*m = (struct gv_amend){ .c = c, .store = gv_cmd_store(c), .plan = w->plan };
	rc = gv_amend_load(m, text);
	if (!rc && strcmp(m->rec.id.schema->kind, "mediation") != 0)
		rc = gv_fail(&c->err, GV_EDATA, _("is a %s, not a mediation"), m->rec.id.schema->kind);
	if (!rc)
		rc = is_twice(w, m);
	if (!rc)
		rc = w->spec->guard(m);
	if (!rc)
		rc = gv_amend_event(m, w->spec->event, w->on, &(struct gv_assignments){ 0 });
	if (!rc)
		rc = make_case(w, m);
	if (!rc) {
		w->n++;
		return 0;
	}
	if (rc == GV_EDATA || rc == GV_ENOTFOUND) {
		gv_cmd_name_id(c, text, &m->rec.id);
		c->err.line = line ? line : c->err.line;
		gv_cmd_complain(c, &c->err);
		gv_err_clear(&c->err);
		rc = 0;
	}
	end(m);
	return rc;
}

/* ---- under the lock ---- */

static int tie(struct work *w, struct gv_plan *plan, size_t i)
{
	struct gv_amend *m = w->mediations[i];
	struct gv_doc *d = &m->doc;
	const struct gv_id *id = gv_numbering_id(&w->cases, i);
	int rc = gv_link_add(d, &d->root, w->spec->rel, id, &w->c->err);

	if (!rc)
		rc = gv_rec_check(m->rec.id.schema, &d->root, gv_store_caseno(m->store), &w->c->err);
	return rc ? rc : gv_plan_put(plan, &m->rec.id, &m->base, &d->root, &w->c->err);
}

static int give_all(void *ctx, struct gv_plan *plan, struct gv_err *err)
{
	struct work *w = ctx;
	int rc = 0;

	(void)err; /* the command's own, which the others fill */
	for (size_t i = 0; i < w->n && !rc; i++) {
		rc = gv_numbering_give(&w->cases, plan, i);
		if (!rc)
			rc = tie(w, plan, i);
	}
	if (!rc && w->n == 1)
		snprintf(w->what, sizeof w->what, "%s", gv_numbering_id(&w->cases, 0)->key);
	else
		snprintf(w->what, sizeof w->what, "%zu mediations", w->n);
	return rc;
}

static int commit(struct work *w)
{
	struct gv_cmd *c = w->c;
	int rc = gv_cmd_commit(c, w->plan, w->what, give_all, w, NULL);

	c->done += rc ? 0 : w->n;
	return rc || gv_cmd_has(c, "dry-run") ? rc : gv_numbering_print(&w->cases);
}

int newcase_run(struct gv_cmd *c, const struct newcase *spec)
{
	struct work w = { .c = c, .spec = spec };
	int rc = gv_cmd_on(c, w.on);

	w.cases = (struct gv_numbering){ .c = c, .doc = &w.doc };
	if (!rc)
		rc = gv_cmd_store(c) ? gv_plan_new(&w.plan, gv_cmd_store(c), &c->err) : c->err.code;
	c->ctx = &w;
	if (!rc)
		rc = gv_cmd_each_text(c, take, &c->err);
	c->ctx = NULL;
	if (!rc && w.n)
		rc = commit(&w);
	for (size_t i = 0; i < w.n; i++)
		end(w.mediations[i]);
	free(w.mediations);
	gv_plan_free(w.plan);
	gv_numbering_free(&w.cases);
	gv_doc_free(&w.doc);
	return rc;
}
