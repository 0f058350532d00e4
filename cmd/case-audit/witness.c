/* SPDX-License-Identifier: MIT */
#include "witness.h"

#include <string.h>

#include "odb.h"

void witness_from(struct witness *w, const struct gv_verdict *v, const struct gv_regime *at, const struct gv_commit *c)
{
	w->verdict = *v;
	w->actor = v->is == GV_SIG_GOOD ? v->actor : NULL;
	/* Nobody vouches for an e-mail; it is still what the commit says. */
	if (!w->actor && (v->is == GV_SIG_NONE || v->is == GV_SIG_UNJUDGED) && at->people)
		w->actor = gv_people_find(at->people, c->committer_email);
}

int witness_of(struct witness *w, struct gv_regimes *r, struct gv_store *s, const struct gv_commit *c, struct gv_err *err)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_oid tree = { 0 };
	struct gv_verdict verdict;
	struct gv_commit parent;
	struct gv_regime at;
	int rc = 0;

	if (c->parents) {
		rc = gv_commit_read(s, &c->parent[0], &obj, &parent, err);
		if (!rc)
			tree = parent.tree;
	}
	if (!rc)
		rc = gv_regime_at(r, &tree, &at, err);
	if (!rc)
		rc = gv_verdict_of(&verdict, r, &at, s, c, false, err);
	if (!rc)
		witness_from(w, &verdict, &at, c);
	gv_object_free(&obj);
	return rc;
}

static bool in_days(const struct gv_val *role, gv_day on)
{
	struct gv_str from = gv_val_getstr(role, "from"), until = gv_val_getstr(role, "until");

	return (!from.n || gv_day_read(from) <= on) && (!until.n || on <= gv_day_read(until));
}

static int put_roles(struct gv_doc *d, struct gv_val *row, const struct gv_val *person, gv_day on, struct gv_err *err)
{
	const struct gv_val *roles = gv_val_get(person, "roles");
	struct gv_val list = gv_mkarr();
	int rc = 0;

	for (uint32_t i = 0; roles && roles->type == GV_ARRAY && i < roles->n && !rc; i++) {
		struct gv_str unit = gv_val_getstr(&roles->items[i], "unit"), role = gv_val_getstr(&roles->items[i], "role");
		struct gv_buf text = GV_BUF_INIT(4096);

		if (!in_days(&roles->items[i], on))
			continue;
		gv_buf_addstr(&text, unit);
		gv_buf_addstr(&text, role);
		rc = gv_buf_check(&text, err);
		if (!rc)
			rc = gv_arr_add(d, &list, gv_mkstr(d, gv_buf_str(&text)), err);
		gv_buf_free(&text);
	}
	return rc || !list.n ? rc : gv_obj_set(d, row, GV_STR("roles"), list, err);
}

int witness_put(struct gv_doc *d, struct gv_val *row, const struct witness *w, const struct gv_commit *c, struct gv_err *err)
{
	int rc = gv_obj_set(d, row, GV_STR("signature"), gv_mklit(gv_verdict_name(w->verdict.is)), err);

	if (!rc && w->verdict.print[0])
		rc = gv_obj_set(d, row, GV_STR("key"), gv_mkstr(d, gv_str_of(w->verdict.print)), err);
	if (!rc && !w->actor && gv_val_get(row, "author"))
		rc = gv_obj_set(d, row, GV_STR("name"), *gv_val_get(row, "author"), err);
	if (rc || !w->actor)
		return rc;
	rc = gv_obj_set(d, row, GV_STR("person"), gv_mkstr(d, w->actor->key), err);
	if (!rc)
		rc = gv_obj_set(d, row, GV_STR("name"), gv_mkstr(d, gv_val_getstr(w->actor->person, "name")), err);
	return rc ? rc : put_roles(d, row, w->actor->person, gv_day_from_unix(c->time), err);
}

/* ---- the history of one record ---- */

int witness_open(struct testimony *t, struct gv_cmd *c)
{
	int rc;

	*t = (struct testimony){ .store = gv_cmd_store(c) };
	if (!t->store)
		return c->err.code;
	rc = gv_cmd_id(c, gv_str_of(c->argv[0]), &t->id);
	if (!rc)
		rc = gv_store_distrust(t->store, &c->err);
	return rc ? rc : gv_regimes_new(&t->regimes, t->store, &c->err);
}

struct counted {
	int (*each)(void *ctx, const struct gv_step *s);
	void *ctx;
	size_t n;
};

static int count(void *ctx, const struct gv_step *s)
{
	struct counted *n = ctx;

	n->n++;
	return n->each(n->ctx, s);
}

int witness_walk(struct testimony *t, struct gv_cmd *c, int (*each)(void *ctx, const struct gv_step *s), void *ctx)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	struct counted n = { each, ctx, 0 };
	int rc = gv_id_path(&t->id, &path, &c->err);

	if (!rc)
		rc = gv_history_walk(t->store, path.p, count, &n, &c->err);
	gv_buf_free(&path);
	if (rc || n.n)
		return rc;
	gv_fail(&c->err, GV_ENOTFOUND, "%s", _("no such record in the history"));
	gv_err_thing(&c->err, c->argv[0], strlen(c->argv[0]));
	return GV_ENOTFOUND;
}
