/* SPDX-License-Identifier: MIT */
/*
 * redact_intro: the description of a party, 原告：张三，女，1985年3月12日出生，汉族，住…，公民身份号码…。  Its clauses are kept or go as a
 * whole, with the comma before them: of one who is hidden, what says when he was born, of what people he is, his numbers; of a
 * minor, all but the sex; of others the numbers alone (ANON-07, ANON-09).
 */
#include "redact_impl.h"

enum { ROLE_BYTES = 75 };  /* of the role that a description begins with */

static bool is_stop(struct gv_str text, size_t at)
{
	return text.p[at] == ';' || (at + 3 <= text.n && (memcmp(text.p + at, "。", 3) == 0));
}

size_t gv_sentence_from(struct gv_str text, size_t at)
{
	while (at > 0) {
		if (text.p[at - 1] == ';' || (at >= 3 && memcmp(text.p + at - 3, "。", 3) == 0))
			break;
		at--;
	}
	return at;
}

size_t gv_sentence_to(struct gv_str text, size_t at)
{
	while (at < text.n && !is_stop(text, at))
		at++;
	return at;
}

/* Where the role begins that stands before text[at]: behind the last full stop or new line.  SIZE_MAX: what stands there is no role. */
static size_t role_from(const struct gv_redactor *r, size_t at)
{
	struct gv_str text = gv_redactor_text(r);
	size_t from = at, line;

	while (from > 0 && at - from < ROLE_BYTES && text.p[from - 1] != ';' && text.p[from - 1] != ',' && (from < 3 || memcmp(text.p + from - 3, "。", 3) != 0))
		from--;
	line = gv_fold_line(&r->fold, r->job->text, from, at);
	if (line != SIZE_MAX)
		return line;
	return from == 0 || text.p[from - 1] == ';' || (from >= 3 && memcmp(text.p + from - 3, "。", 3) == 0) ? from : SIZE_MAX;
}

bool gv_is_intro(const struct gv_redactor *r, size_t i)
{
	struct gv_str text = gv_redactor_text(r), before;
	const struct gv_hit *hit = &r->hits.list[i];
	size_t from;

	if (hit->trait != GV_TRAIT_NAME || (hit->to < text.n && text.p[hit->to] != ',' && text.p[hit->to] != '(' && !is_stop(text, hit->to)))
		return false;
	from = role_from(r, hit->from);
	if (from >= hit->from)
		return false;
	/* 原告, 原告（反诉被告）:, 被告人 — the role, and nothing but it. */
	before = (struct gv_str){ text.p + from, hit->from - from };
	return gv_part_of_role(before) != GV_PART_OTHER && (before.p[before.n - 1] == ':' || before.p[before.n - 1] == ')' || before.n <= 36);
}

/* The end of the clause that begins at `at`: a comma outside brackets, or the end of the sentence. */
static size_t clause_to(struct gv_str text, size_t at, size_t end)
{
	int depth = 0;

	for (; at < end; at++) {
		if (text.p[at] == '(')
			depth++;
		else if (text.p[at] == ')' && depth > 0)
			depth--;
		else if (text.p[at] == ',' && depth == 0)
			break;
	}
	return at;
}

static bool has_any(struct gv_str clause, const char *const *words)
{
	for (; *words; words++)
		if (gv_str_find(clause, gv_str_of(*words)))
			return true;
	return false;
}

/* 汉族, 维吾尔族: a people, and nothing else in the clause. */
static bool is_people(struct gv_str clause)
{
	return clause.n >= 2 * 3 && clause.n <= 8 * 3 && gv_str_ends(clause, GV_STR("族"));
}

static bool is_sex(struct gv_str clause)
{
	return gv_str_is(clause, "男") || gv_str_is(clause, "女") || gv_str_is(clause, "男性") || gv_str_is(clause, "女性");
}

static bool goes(const struct gv_cast_member *m, struct gv_str clause, bool has_number, bool has_birth)
{
	static const char *const numbers[] = { "身份证", "公民身份", "居民身份", "护照号", "电话", "手机", "联系方式", "微信", "邮箱", "银行账", "账号", "帐号", NULL };
	static const char *const personal[] = { "文化程度", "文化", "学历", "职业", "出生地", "籍贯", "婚姻状况", "政治面貌", NULL };

	if (m->minor)
		return !is_sex(clause);
	if (has_number && has_any(clause, numbers))
		return true;
	return m->hide && (has_birth || is_people(clause) || has_any(clause, numbers) || has_any(clause, personal));
}

/* A number with its label and nothing else is worth a clause; 系…，联系电话… of somebody else is looked at by itself. */
static void look_inside(const struct gv_redactor *r, size_t i, size_t from, size_t to, bool *number, bool *birth)
{
	*number = *birth = false;
	for (; i < r->hits.n && r->hits.list[i].from < to; i++) {
		enum gv_trait t = r->hits.list[i].trait;

		if (r->hits.list[i].from < from)
			continue;
		*number = *number || (t >= GV_TRAIT_RESIDENT_ID && t <= GV_TRAIT_HANDLE && t != GV_TRAIT_CREDIT_CODE);
		*birth = *birth || t == GV_TRAIT_BIRTH;
	}
}

int gv_redact_intro(struct gv_redactor *r, size_t i, size_t *end, struct gv_err *err)
{
	struct gv_str text = gv_redactor_text(r);
	const struct gv_cast_member *m = &r->cast.list[r->hits.list[i].who];
	size_t at = r->hits.list[i].to;
	int rc = 0;

	*end = gv_sentence_to(text, at);
	if (m->unit || m->part == GV_PART_OFFICIAL)
		return 0;
	at = clause_to(text, at, *end);
	while (at < *end && !rc) {
		size_t to = clause_to(text, at + 1, *end);
		struct gv_str clause = { text.p + at + 1, to - at - 1 };
		bool number, birth;

		look_inside(r, i, at, to, &number, &birth);
		if (goes(m, clause, number, birth))
			rc = gv_redact_edit(r, &(struct gv_edit){ (uint32_t)at, (uint32_t)to, GV_TRAIT_BIRTH, true, GV_NOBODY }, err);
		at = to;
	}
	return rc;
}
