/* SPDX-License-Identifier: MIT */
/* redact_plan: what is done about each hit. */
#include <stdlib.h>

#include "redact_impl.h"

const char *gv_trait_rule(enum gv_trait trait, const struct gv_cast *cast)
{
	switch (trait) {
	case GV_TRAIT_NAME: case GV_TRAIT_UNSURE: case GV_TRAIT_STRANGER: return cast->profile == GV_PROFILE_2024 ? "ANON-02" : "ANON-01";
	case GV_TRAIT_STAFF: case GV_TRAIT_CASE_NO: case GV_TRAIT_OVERDONE: return "ANON-02";
	case GV_TRAIT_ADDRESS: case GV_TRAIT_ROOM: return "ANON-10";
	case GV_TRAIT_BIRTH: case GV_TRAIT_SCHOOL: return "ANON-09";
	case GV_TRAIT_SEAL: return "PUB-11";
	default: return "ANON-07";
	}
}

int gv_redact_edit(struct gv_redactor *r, const struct gv_edit *edit, struct gv_err *err)
{
	if (r->nedits == r->edits_cap) {
		size_t cap = r->edits_cap ? r->edits_cap * 2 : 64;
		struct gv_edit *edits = reallocarray(r->edits, cap, sizeof *edits);

		if (!edits)
			return gv_fail_nomem(err);
		r->edits = edits;
		r->edits_cap = cap;
	}
	r->edits[r->nedits++] = *edit;
	return 0;
}

uint32_t gv_subject_of(const struct gv_redactor *r, size_t i)
{
	size_t from = gv_sentence_from(gv_redactor_text(r), r->hits.list[i].from);

	while (i-- > 0 && r->hits.list[i].from >= from)
		if (r->hits.list[i].trait == GV_TRAIT_NAME)
			return r->hits.list[i].who;
	return GV_NOBODY;
}

/* The description that hit i stands in: is a unit described?  By the cast, or by what its first clause ends with. */
static bool describes_unit(const struct gv_redactor *r, size_t i)
{
	struct gv_str text = gv_redactor_text(r);
	size_t from = gv_sentence_from(text, r->hits.list[i].from), first = i;
	const char *comma = memchr(text.p + from, ',', r->hits.list[i].from - from);
	size_t clause = comma ? (size_t)(comma - text.p) : r->hits.list[i].from;

	while (first > 0 && r->hits.list[first - 1].from >= from)
		first--;
	for (; first < i; first++)
		if (r->hits.list[first].trait == GV_TRAIT_NAME && gv_is_intro(r, first))
			return r->cast.list[r->hits.list[first].who].unit;
	return gv_name_is_unit((struct gv_str){ text.p + from, clause - from });
}

bool gv_is_about_unit(const struct gv_redactor *r, size_t i)
{
	static const char *const units[] = { "公司", "委员会", "厂", "商行", "中心", "合作社", "经营部", "银行", "医院", "学校", "集团", "企业", "商店", "门市部", "运输代理站", NULL };
	struct gv_str text = gv_redactor_text(r), before;
	size_t from = gv_sentence_from(text, r->hits.list[i].from);

	if (describes_unit(r, i))
		return true;
	if (r->hits.list[i].lives)
		return false;
	before = (struct gv_str){ text.p + from, r->hits.list[i].from - from };
	/* By the words, not by whose name came last: once names are replaced the words are all there is. */
	for (const char *const *u = units; *u; u++)
		if (gv_str_find(before, gv_str_of(*u)))
			return true;
	return false;
}

bool gv_is_about_hidden(const struct gv_redactor *r, size_t i)
{
	uint32_t who = gv_subject_of(r, i);

	return who == GV_NOBODY ? r->cast.profile == GV_PROFILE_2024 || r->cast.family : r->cast.list[who].hide;
}

bool gv_hit_goes(const struct gv_redactor *r, size_t i, uint32_t *from, uint32_t *to)
{
	const struct gv_hit *hit = &r->hits.list[i];

	*from = hit->from;
	*to = hit->to;
	switch (hit->trait) {
	case GV_TRAIT_NAME: return r->cast.list[hit->who].base.n > 0;
	case GV_TRAIT_CREDIT_CODE: return r->cast.profile == GV_PROFILE_2024;
	case GV_TRAIT_BIRTH: return gv_is_about_hidden(r, i);
	case GV_TRAIT_ADDRESS:
		*from = hit->cut;
		return hit->cut < hit->to && !gv_is_about_unit(r, i);
	case GV_TRAIT_RESIDENT_ID: case GV_TRAIT_PAPER_NO: case GV_TRAIT_PHONE: case GV_TRAIT_ACCOUNT: case GV_TRAIT_PLATE: case GV_TRAIT_TITLE_NO:
	case GV_TRAIT_EMAIL: case GV_TRAIT_HANDLE: case GV_TRAIT_SEAL:
		return true;
	case GV_TRAIT_SCHOOL: return gv_cast_has_minor(&r->cast);
	default: return false;
	}
}

/* 周婷（310114…） must not become 周某（）. */
static void take_brackets(struct gv_str text, struct gv_edit *e)
{
	if (e->who == GV_NOBODY && e->from > 0 && e->to < text.n && text.p[e->from - 1] == '(' && text.p[e->to] == ')') {
		e->from--;
		e->to++;
	}
}

static int by_place(const void *x, const void *y)
{
	const struct gv_edit *a = x, *b = y;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->to > b->to ? -1 : a->to < b->to;
}

int gv_redact_plan(struct gv_redactor *r, struct gv_err *err)
{
	struct gv_str text = gv_redactor_text(r);
	size_t described = 0, kept = 0;
	int rc = 0;

	r->nedits = 0;
	for (size_t i = 0; i < r->hits.n && !rc; i++) {
		const struct gv_hit *hit = &r->hits.list[i];
		struct gv_edit e = { .trait = hit->trait, .who = hit->trait == GV_TRAIT_NAME ? hit->who : GV_NOBODY };

		if (hit->from >= described && gv_is_intro(r, i))
			rc = gv_redact_intro(r, i, &described, err);
		if (!rc && gv_hit_goes(r, i, &e.from, &e.to)) {
			take_brackets(text, &e);
			rc = gv_redact_edit(r, &e, err);
		}
	}
	/* A clause that goes takes what is in it along. */
	if (r->nedits)
		qsort(r->edits, r->nedits, sizeof *r->edits, by_place);
	for (size_t i = 0; i < r->nedits; i++)
		if (kept == 0 || r->edits[kept - 1].to <= r->edits[i].from)
			r->edits[kept++] = r->edits[i];
	r->nedits = kept;
	return rc;
}
