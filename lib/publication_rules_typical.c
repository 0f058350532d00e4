/* SPDX-License-Identifier: MIT */
/* publication_rules_typical: what a typical case says, about which judgment, under which number, and by whom. */
#include <string.h>

#include "publication_rules_impl.h"

static bool is_past_editing(const struct gv_val *rec)
{
	return gv_publication_in_state(rec, "reviewed,released");
}

static int lacks(struct gv_check *c, const struct gv_val *rec, const char *const *fields)
{
	int rc = 0;

	for (; *fields && !rc; fields++)
		if (!gv_val_getstr(rec, *fields).n && !gv_val_items(rec, *fields)->n)
			rc = gv_publication_missing(c, *fields);
	return rc;
}

/* A case of the library has a number; one that a court tells for itself has none, and no form that a text prescribes. */
static bool is_of_library(const struct gv_val *rec)
{
	return gv_val_get(rec, "library_no") != NULL;
}

int gv_publication_rule_reference(struct gv_check *c, const void *subject)
{
	static const char *const fields[] = { "subtitle", "keywords", "facts", "reasons", "gist", "laws", NULL };
	const struct gv_val *rec = ((const struct gv_publication_subject *)subject)->rec->val;

	return is_of_library(rec) && is_past_editing(rec) ? lacks(c, rec, fields) : 0;
}

int gv_publication_rule_told_case(struct gv_check *c, const void *subject)
{
	static const char *const fields[] = { "gist", "facts", "result", NULL };
	const struct gv_val *rec = ((const struct gv_publication_subject *)subject)->rec->val;
	int rc = is_past_editing(rec) ? lacks(c, rec, fields) : 0;
	const char *field, *as;

	if (rc || !gv_publication_in_state(rec, "released") || gv_publication_three(rec, &field, &as))
		return rc;
	if (!as)
		return gv_publication_missing(c, field);
	return gv_finding(c, GV_REVIEW, NULL, _("%s is the %s, too"), field, as);
}

/* ---- the judgment ---- */

int gv_publication_rule_in_effect(struct gv_check *c, const void *subject)
{
	const struct gv_publication_subject *s = subject;
	const struct gv_val *rec = s->rec->val;
	struct gv_publication_effect e = gv_publication_effective(&s->p, NULL);
	gv_day released = gv_publication_day(rec, "published_on");

	if (gv_publication_in_state(rec, "dropped,withdrawn"))
		return 0;
	if (s->ground.n)
		return gv_finding(c, GV_WARN, NULL, _("a document of its case is kept from the public: %.*s"), (int)s->ground.n, s->ground.p);
	if (e.day == GV_DAY_NONE)
		return gv_finding(c, GV_REVIEW, NULL, _("nothing shows that the judgment has effect: %s missing"), s->p.kase ? e.lacks : "case");
	if (released != GV_DAY_NONE && released < e.day)
		return gv_finding(c, GV_WARN, NULL, _("released on %s, and it has effect from %s on"), gv_publication_date(released).s, gv_publication_date(e.day).s);
	return e.day > c->as_of ? gv_finding(c, GV_WARN, NULL, _("the judgment has effect from %s on"), gv_publication_date(e.day).s) : 0;
}

/* ---- name and number ---- */

static struct gv_str type_of(const struct gv_publication_subject *s)
{
	struct gv_str says = gv_val_getstr(s->rec->val, "case_type");

	return says.n ? says : gv_publication_type(&s->p);
}

static bool contains(struct gv_str text, struct gv_str part)
{
	return part.n && text.n >= part.n && memmem(text.p, text.n, part.p, part.n);
}

int gv_publication_rule_title(struct gv_check *c, const void *subject)
{
	const struct gv_publication_subject *s = subject;
	const struct gv_val *rec = s->rec->val;
	struct gv_str title = gv_val_getstr(rec, "title"), cause = gv_val_getstr(rec, "cause");
	bool crime = gv_str_starts(type_of(s), GV_STR("刑"));

	if (!is_of_library(rec))
		return 0;
	if (!cause.n)
		cause = gv_val_getstr(s->p.kase, "cause");
	if (!gv_str_ends(title, GV_STR("案")))
		return gv_finding(c, GV_WARN, NULL, _("the title does not end in %s"), "案");
	if (cause.n && !contains(title, cause))
		return gv_finding(c, GV_WARN, NULL, _("the title does not name %.*s"), (int)cause.n, cause.p);
	return crime || contains(title, GV_STR("诉")) ? 0 : gv_finding(c, GV_WARN, NULL, _("the title does not say who sued whom: %s"), "诉");
}

int gv_publication_rule_number(struct gv_check *c, const void *subject)
{
	/* The first three were seen; the others follow from the order in which the rules of the library name them. */
	static const struct { struct gv_str type; char digit; bool seen; } types[] = {
		{ { "刑", 3 }, '1', true }, { { "民", 3 }, '2', true }, { { "行政", 6 }, '3', true }, { { "国家赔偿", 12 }, '4', false }, { { "执行", 6 }, '5', false },
	};
	enum { TYPE_AT = 8 };    /* YYYY-DD-T */
	const struct gv_publication_subject *s = subject;
	struct gv_str number = gv_val_getstr(s->rec->val, "library_no"), type = type_of(s);

	for (size_t i = 0; i < sizeof types / sizeof types[0] && number.n > TYPE_AT; i++)
		if (gv_str_starts(type, types[i].type) && number.p[TYPE_AT] != types[i].digit)
			return gv_finding(c, types[i].seen ? GV_WARN : GV_REVIEW, NULL, _("library_no says type %c, and of %.*s it is %c"), number.p[TYPE_AT], (int)type.n, type.p,
			                  types[i].digit);
	return 0;
}
