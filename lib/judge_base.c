/* SPDX-License-Identifier: MIT */
/*
 * What a join took from its sides, and what is its own: by what both have in common.  Without that, a join could take back what
 * one line had done, and a made up conflict could excuse anything.
 */
#include "conflict.h"
#include "judge_impl.h"
#include "odb.h"
#include "recjoin.h"

#include <stdlib.h>

#include "i18n.h"

/* ---- what both have in common ---- */

static int find_bases(struct gv_judge *j)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_oid *ids = NULL;
	struct gv_commit c;
	size_t n = 0;
	int rc = gv_store_bases(j->store, &j->parents[0], 1, &j->parents[1], &ids, &n, j->check.err);

	j->nbases = 0;
	for (size_t i = 0; i < n && !rc && j->nbases < sizeof j->bases / sizeof j->bases[0]; i++) {
		rc = gv_commit_read(j->store, &ids[i], &obj, &c, j->check.err);
		if (!rc)
			j->bases[j->nbases++] = c.tree;
	}
	j->bases_known = !rc;
	free(ids);
	gv_object_free(&obj);
	return rc;
}

/* What the i-th of them has at a path; zero also where there is none of them. */
static int base_at(struct gv_judge *j, size_t i, struct gv_str path, struct gv_oid *blob)
{
	struct gv_buf name = GV_BUF_INIT(GV_MIB);
	int rc = j->bases_known ? 0 : find_bases(j);

	*blob = (struct gv_oid){ 0 };
	gv_buf_addstr(&name, path);
	if (!rc)
		rc = gv_buf_check(&name, j->check.err);
	if (!rc && i < j->nbases)
		rc = gv_store_entry(j->store, &j->bases[i], name.p, blob, j->check.err);
	gv_buf_free(&name);
	return rc;
}

int gv_judge_is_base(struct gv_judge *j, struct gv_str path, const struct gv_oid *blob, bool *yes)
{
	struct gv_oid at;
	size_t i = 0;
	int rc;

	do {
		rc = base_at(j, i++, path, &at);
		*yes = !rc && gv_oid_eq(&at, blob);
	} while (!rc && !*yes && i < j->nbases);
	return rc;
}

static int base_value(struct gv_judge *j, const struct gv_oid *blob, const struct gv_val **v)
{
	int rc = gv_store_value(j->store, blob, &j->base, v, j->check.err);

	if (rc == GV_EDATA) { /* as gv_judge_parent() */
		gv_err_clear(j->check.err);
		*v = NULL;
		rc = 0;
	}
	return rc;
}

/* ---- without its own ---- */

struct choosing {
	struct gv_judge *j;
	const struct gv_val *now, *open;
};

static bool same(const struct gv_val *a, const struct gv_val *b)
{
	return a && b ? gv_val_eq(a, b) : a == b;
}

/* Where both sides changed it, either may be kept; what both had before, where the conflict says so. */
static int choose(void *ctx, const struct gv_conflict *c)
{
	struct choosing *k = ctx;
	const struct gv_val *now = gv_field_get(k->now, c->path);
	bool side = same(now, c->ours) || same(now, c->theirs);
	const struct gv_val *to = side ? now : c->ours; /* left at what it was, by nobody: that is a change of ours */

	if (!side && same(now, c->base) && k->open && gv_conflict_has(k->open, c->path))
		to = now;
	if (c->path.n)
		return gv_field_set(&k->j->mine, &k->j->mine.root, c->path, to, k->j->check.err);
	return to ? gv_val_copy(&k->j->mine, &k->j->mine.root, to, k->j->check.err) : 0;
}

static int join_over(struct gv_judge *j, const struct gv_schema *kind, const struct gv_oid *blob, const struct gv_val *const side[2],
                     struct choosing *k)
{
	struct gv_rec_join in = { .schema = kind, .cn = j->cn, .ours = side[0], .theirs = side[1], .each = choose, .ctx = k };
	int rc = base_value(j, blob, &in.base);

	gv_doc_reset(&j->mine);
	return rc ? rc : gv_rec_join(&j->mine, &in, j->check.err);
}

int gv_judge_without_own(struct gv_judge *j, const struct gv_schema *kind, struct gv_str path, const struct gv_val *const side[2],
                         const struct gv_val *now, const struct gv_val **was)
{
	struct choosing k = { .j = j, .now = now };
	struct gv_oid blob;
	size_t i = 0;
	int rc = gv_judge_open(j, &j->open_in[2], kind, gv_val_getstr(now, "id"), &k.open);

	*was = &j->mine.root;
	do { /* of several, the one that explains it */
		if (!rc)
			rc = base_at(j, i++, path, &blob);
		if (!rc)
			rc = join_over(j, kind, &blob, side, &k);
	} while (!rc && i < j->nbases && !gv_val_eq(*was, now));
	if (!rc && j->mine.root.type == GV_NULL) /* one side took it away, and the other did nothing about it */
		*was = NULL;
	return rc;
}

/* ---- conflicts ---- */

struct proving {
	struct gv_judge *j;
	const struct gv_val *k, *had[2];   /* the conflict, and what the parents had open */
	struct gv_oid blob[2];             /* the file that it is about, on both sides */
	struct gv_doc docs[5];
	const struct gv_val *side[2];
	bool holds;
};

static bool had_it(const struct proving *p, const struct gv_val *had, struct gv_str field)
{
	static const char *const sides[] = { "base", "ours", "theirs" };

	for (size_t i = 0; i < 3; i++)
		if (!had || !gv_conflict_has(had, field) ||
		    !same(gv_conflict_value(had, sides[i], field), gv_conflict_value(p->k, sides[i], field)))
			return false;
	return true;
}

/* A value of the conflict: the field, or of a file that is no record {"blob","mode"}. */
static bool is_of(const struct gv_val *value, const struct gv_oid *blob, const struct gv_val *rec, struct gv_str field)
{
	char hex[GV_HEX + 1];

	if (!value || field.n || gv_val_get(value, "kind") || !gv_val_get(value, "blob"))
		return same(value, rec ? gv_field_get(rec, field) : NULL);
	gv_oid_hex(blob, hex);
	return gv_str_is(gv_val_getstr(value, "blob"), hex);
}

static int prove_field(struct proving *p, struct gv_str path, struct gv_str field)
{
	const struct gv_val *ours = gv_conflict_value(p->k, "ours", field), *theirs = gv_conflict_value(p->k, "theirs", field);
	const struct gv_val *was = gv_conflict_value(p->k, "base", field), *base;
	bool open = (p->had[0] && gv_conflict_has(p->had[0], field)) || (p->had[1] && gv_conflict_has(p->had[1], field));
	struct gv_oid blob;
	int rc;

	if (had_it(p, p->had[0], field) || had_it(p, p->had[1], field))
		return 0;
	rc = base_at(p->j, 0, path, &blob);
	if (!rc)
		rc = base_value(p->j, &blob, &base);
	if (rc)
		return rc;
	/* What several of them have in common is joined first: then the value may be none of theirs. */
	p->holds = p->holds && (open || !gv_conflict_others(p->k, field)) && (p->j->nbases > 1 || is_of(was, &blob, base, field)) &&
	           ((is_of(ours, &p->blob[0], p->side[0], field) && is_of(theirs, &p->blob[1], p->side[1], field)) ||
	            (is_of(ours, &p->blob[1], p->side[1], field) && is_of(theirs, &p->blob[0], p->side[0], field)));
	return 0;
}

static int value_of(struct proving *p, const struct gv_oid *blob, struct gv_doc *d, const struct gv_val **v)
{
	int rc = gv_store_value(p->j->store, blob, d, v, p->j->check.err);

	if (rc == GV_EDATA) {
		gv_err_clear(p->j->check.err);
		*v = NULL;
		rc = 0;
	}
	return rc;
}

static int prove(struct proving *p, const struct gv_oid open[2])
{
	struct gv_str path = gv_val_getstr(p->k, "path");
	struct gv_buf name = GV_BUF_INIT(GV_MIB);
	int rc;

	gv_buf_addstr(&name, path);
	rc = gv_buf_check(&name, p->j->check.err);
	for (size_t i = 0; i < 2 && !rc; i++) {
		rc = gv_store_entry(p->j->store, &p->j->open_in[i], name.p, &p->blob[i], p->j->check.err);
		if (!rc)
			rc = value_of(p, &p->blob[i], &p->docs[1 + i], &p->side[i]);
		if (!rc)
			rc = value_of(p, &open[i], &p->docs[3 + i], &p->had[i]);
		if (!rc && p->had[i] && gv_conflict_check(p->had[i], NULL))
			p->had[i] = NULL;
	}
	for (size_t i = 0; i < gv_conflict_count(p->k) && !rc; i++)
		rc = prove_field(p, path, gv_conflict_field(p->k, i));
	gv_buf_free(&name);
	return rc;
}

int gv_judge_joined_conflict(struct gv_judge *j, struct gv_str path, const struct gv_oid side[2], const struct gv_oid *now)
{
	struct proving p = { .j = j };
	int rc = gv_oid_is_zero(now) ? 0 : value_of(&p, now, &p.docs[0], &p.k);

	p.holds = gv_oid_is_zero(now) || (p.k && gv_conflict_check(p.k, NULL) == 0);
	if (!rc && p.k && p.holds)
		rc = prove(&p, side);
	if (!rc && !p.holds)
		rc = gv_judge_tell(j, "DK-07", path, _("it is not what the two sides and what they have in common say"));
	for (size_t i = 0; i < sizeof p.docs / sizeof p.docs[0]; i++)
		gv_doc_free(&p.docs[i]);
	return rc;
}
