/* SPDX-License-Identifier: MIT */
#include "anon_rules.h"

#include <stdlib.h>

#include "i18n.h"

#define BASIS(name, ...) static const struct gv_basis name[] = { __VA_ARGS__, { 0 } }
#define PUBLICATION "最高人民法院关于人民法院在互联网公布裁判文书的规定", "法释〔2016〕19号"

BASIS(art8, { PUBLICATION, "8,9" });
BASIS(practice, { "最高人民法院审判管理办公室答记者问", "2026-01-07", NULL });
BASIS(art10, { PUBLICATION, "10" });
BASIS(art10_11, { PUBLICATION, "10,11" }, { "中华人民共和国未成年人保护法", "2020", "103" });
BASIS(form, { "人民法院在互联网公布裁判文书格式要求及技术处理规范", "2013", NULL });

int gv_leftovers_add(void *ctx, const struct gv_residue *hit)
{
	struct gv_leftovers *l = ctx;

	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 16;
		struct gv_residue *list = reallocarray(l->list, cap, sizeof *list);

		if (!list)
			return gv_fail_nomem(NULL);
		l->list = list;
		l->cap = cap;
	}
	l->list[l->n++] = *hit;
	return 0;
}

void gv_leftovers_free(struct gv_leftovers *l)
{
	free(l->list);
	*l = (struct gv_leftovers){ 0 };
}

static const char *message_of(const char *kind)
{
	static const struct { const char *kind, *text; } table[] = {
		{ "name", N_("a name that is hidden still stands there") },
		{ "unsure-name", N_("a name that is hidden, or a piece of two other words") },
		{ "unknown-name", N_("a name that the record does not know") },
		{ "given-name", N_("the given name of somebody whose name is hidden") },
		{ "trade-name", N_("the trade name of a unit that loses it") },
		{ "protected-value", N_("a value that the record protects stands there") },
		{ "over-redacted", N_("judges, clerks and the number of the case must be seen") },
		{ "birth", N_("the day of birth of somebody whose name is hidden") },
		{ "address", N_("an address finer than the county or district") },
		{ "school", N_("the school of a minor") },
		{ "health", N_("it may tell of somebody's health") },
		{ "seal", N_("words about seal and original, which are left out") },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (strcmp(table[i].kind, kind) == 0)
			return _(table[i].text);
	return _("a number or address that is deleted still stands there");
}

/* Hits of one rule come in order, mostly: counted on from the last one. */
struct line_at { size_t at; int64_t line; };

static int64_t line_of(struct line_at *last, struct gv_str text, size_t at)
{
	if (at < last->at)
		*last = (struct line_at){ 0, 1 };
	for (const char *p; (p = memchr(text.p + last->at, '\n', at - last->at)); last->line++)
		last->at = (size_t)(p - text.p) + 1;
	last->at = at;
	return last->line;
}

static int facts_of(struct gv_check *c, const struct gv_leftovers *l, const struct gv_residue *hit, int64_t line, struct gv_val *facts)
{
	struct gv_doc *d = &c->scratch;
	int rc;

	*facts = gv_mkobj();
	rc = gv_obj_set(d, facts, GV_STR("what"), gv_mklit(hit->kind), c->err);
	if (!rc)
		rc = gv_obj_set(d, facts, GV_STR("text"), gv_mkstr(d, hit->text), c->err);
	if (!rc)
		rc = gv_obj_set(d, facts, GV_STR("from"), gv_mkint((int64_t)hit->from), c->err);
	if (!rc)
		rc = gv_obj_set(d, facts, GV_STR("to"), gv_mkint((int64_t)hit->to), c->err);
	if (!rc)
		rc = gv_obj_set(d, facts, GV_STR("line"), gv_mkint(line), c->err);
	if (!rc && hit->field)
		rc = gv_obj_set(d, facts, GV_STR("field"), gv_mkstr(d, gv_str_of(hit->field)), c->err);
	if (!rc && l->id.n)
		rc = gv_obj_set(d, facts, GV_STR("id"), gv_mkstr(d, l->id), c->err);
	if (!rc && l->line)
		rc = gv_obj_set(d, facts, GV_STR("row"), gv_mkint((int64_t)l->line), c->err);
	return rc;
}

static int tell_own(struct gv_check *c, const void *subject)
{
	const struct gv_leftovers *l = subject;
	struct line_at last = { 0, 1 };
	int rc = 0;

	for (size_t i = 0; i < l->n && !rc; i++) {
		const struct gv_residue *hit = &l->list[i];
		struct gv_val facts;

		if (strcmp(hit->rule, c->rule->id) != 0)
			continue;
		rc = facts_of(c, l, hit, line_of(&last, l->text, hit->from), &facts);
		if (!rc)
			rc = gv_finding(c, GV_REVIEW, &facts, "%s: %.*s", message_of(hit->kind), (int)hit->text.n, hit->text.p);
	}
	return rc;
}

#define RULE(number, title, zh, base, from, what) { number, title, zh, GV_REVIEW, base, from, NULL, .own_dates = true, .needs = (what), .fn = tell_own }

const struct gv_rule gv_anon_rules[] = {
	RULE("ANON-01", "whose names are hidden: family cases, victims and witnesses of criminal ones, minors", "隐名对象：婚姻家庭、继承案件当事人，刑事被害人、证人，未成年人", art8, "2016-10-01",
	     N_("parties, people, cause and number of the case; profile 2016")),
	RULE("ANON-02", "practice since 2024: all natural persons are hidden; judges, clerks and case numbers never", "2024年以来实践：自然人隐名；审判人员、书记员姓名和案号不隐", practice, "2024-01-01",
	     N_("parties, people, judge, clerk; profile 2024")),
	RULE("ANON-07", "numbers, accounts, plates, certificates, contacts and health are deleted", "删除身份证号、账号、车牌、权证号、联系方式、健康状况等", art10, "2016-10-01",
	     N_("the text, and what the record holds of the parties")),
	RULE("ANON-09", "of a hidden person no day of birth, of a minor no school", "隐名者不留出生日期，未成年人不留学校等", art10_11, "2016-10-01", N_("born_on and minor of the parties; the text")),
	RULE("ANON-10", "addresses end with the county or district", "住址只保留到县、区", art10_11, "2016-10-01", N_("address of the parties; the text; share/ref/divisions.tsv")),
	RULE("PUB-11", "words about the seal and the original are left out", "删除“院印”“本件与原本核对无异”字样", form, "2013-01-01", N_("the text")),
	{ 0 },
};
