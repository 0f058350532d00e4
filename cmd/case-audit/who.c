/* SPDX-License-Identifier: MIT */
/* case-audit who: the people who touched a record. */
#include <stdlib.h>

#include "witness.h"

/* One person; somebody without a record goes by the e-mail of the commits. */
struct someone {
	struct gv_str who;
	struct gv_val row;     /* person, name, roles, author, email: as of the last step */
	struct gv_str first, last;
	int64_t count, good, none, other;
};

struct work {
	struct gv_cmd *c;
	struct testimony of;
	struct gv_doc doc;
	struct someone *list;
	size_t n, cap;
};

static int add(struct work *w, struct gv_str who, struct someone **out)
{
	if (w->n == w->cap) {
		size_t cap = w->cap ? w->cap * 2 : 16;
		struct someone *list = reallocarray(w->list, cap, sizeof *list);

		if (!list)
			return gv_fail_nomem(&w->c->err);
		w->list = list;
		w->cap = cap;
	}
	*out = &w->list[w->n];
	**out = (struct someone){ .who = gv_arena_copy(&w->doc.arena, who), .row = gv_mkobj() };
	if (!(*out)->who.p)
		return gv_fail_nomem(&w->c->err);
	w->n++;
	return 0;
}

static int find(struct work *w, struct gv_str who, struct someone **out, bool *is_new)
{
	*is_new = false;
	for (size_t i = 0; i < w->n; i++)
		if (gv_str_eq(w->list[i].who, who)) {
			*out = &w->list[i];
			return 0;
		}
	*is_new = true;
	return add(w, who, out);
}

static int describe(struct work *w, struct someone *p, const struct witness *who, const struct gv_commit *c)
{
	struct gv_err *err = &w->c->err;
	int rc = gv_obj_set(&w->doc, &p->row, GV_STR("kind"), gv_mklit("who"), err);

	if (!rc)
		rc = gv_obj_set(&w->doc, &p->row, GV_STR("id"), gv_mkstr(&w->doc, gv_str_of(w->of.id.key)), err);
	if (!rc)
		rc = gv_commit_row(&w->doc, &p->row, c, err);
	for (size_t i = 0; i < 5 && !rc; i++) {
		static const char *const of_one_step[] = { "commit", "time", "subject", "command", "reason" };

		gv_obj_del(&p->row, gv_str_of(of_one_step[i]));
	}
	if (!rc)
		rc = witness_put(&w->doc, &p->row, who, c, err);
	gv_obj_del(&p->row, GV_STR("signature"));
	gv_obj_del(&p->row, GV_STR("key"));
	return rc;
}

static int at_step(void *ctx, const struct gv_step *s)
{
	struct work *w = ctx;
	struct gv_val when = gv_mkobj();
	struct someone *p = NULL;
	struct witness who;
	bool is_new;
	int rc = witness_of(&who, w->of.regimes, w->of.store, s->commit, &w->c->err);

	if (!rc)
		rc = find(w, who.actor ? who.actor->key : s->commit->email, &p, &is_new);
	if (!rc && is_new)
		rc = describe(w, p, &who, s->commit);
	if (!rc)
		rc = gv_commit_row(&w->doc, &when, s->commit, &w->c->err);
	if (rc || !p)
		return rc;
	p->first = gv_val_getstr(&when, "time"); /* newest first */
	if (is_new)
		p->last = p->first;
	p->count++;
	p->good += who.verdict.is == GV_SIG_GOOD;
	p->none += who.verdict.is == GV_SIG_NONE;
	p->other += who.verdict.is != GV_SIG_GOOD && who.verdict.is != GV_SIG_NONE;
	return 0;
}

static int print_one(struct work *w, struct someone *p)
{
	struct gv_err *err = &w->c->err;
	int rc = gv_obj_set(&w->doc, &p->row, GV_STR("first"), gv_mkstr(&w->doc, p->first), err);

	if (!rc)
		rc = gv_obj_set(&w->doc, &p->row, GV_STR("last"), gv_mkstr(&w->doc, p->last), err);
	if (!rc)
		rc = gv_obj_set(&w->doc, &p->row, GV_STR("count"), gv_mkint(p->count), err);
	if (!rc)
		rc = gv_obj_set(&w->doc, &p->row, GV_STR("signed"), gv_mkint(p->good), err);
	if (!rc)
		rc = gv_obj_set(&w->doc, &p->row, GV_STR("unsigned"), gv_mkint(p->none), err);
	if (!rc)
		rc = gv_obj_set(&w->doc, &p->row, GV_STR("untrusted"), gv_mkint(p->other), err);
	return rc ? rc : gv_out_rec(w->c->out, &p->row, err);
}

static int by_count(const void *a, const void *b)
{
	const struct someone *x = a, *y = b;

	return x->count != y->count ? (x->count < y->count ? 1 : -1) : gv_str_cmp(x->who, y->who);
}

static int tell(struct work *w)
{
	struct gv_cmd *c = w->c;
	int rc = witness_open(&w->of, c);

	if (!rc)
		rc = witness_walk(&w->of, c, at_step, w);
	if (!rc && !gv_cmd_out(c))
		rc = c->err.code;
	if (w->n)
		qsort(w->list, w->n, sizeof *w->list, by_count);
	for (size_t i = 0; i < w->n && !rc && !gv_cmd_closed(c); i++)
		rc = print_one(w, &w->list[i]);
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	int rc;

	if (c->argc != 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which record?  case-audit who ID"));
	rc = tell(&w);
	gv_regimes_free(w.of.regimes);
	gv_doc_free(&w.doc);
	free(w.list);
	return rc;
}

const struct gv_cmd_spec case_audit_who = {
	.name = "who", .summary = N_("list the people who touched a record, in which roles, how often, signed or not"),
	.usage = "ID", .operands = "id", .kind = "case", .fields = "person,name,roles,email,count,signed,unsigned,first,last",
	.common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
