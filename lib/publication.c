/* SPDX-License-Identifier: MIT */
/* publication: documents and their names; what the record and its case say. */
#include <stdio.h>
#include <string.h>

#include "publication_impl.h"
#include "rule.h"

gv_day gv_publication_day(const struct gv_val *rec, const char *path)
{
	struct gv_str text = gv_publication_text(rec, path);

	if (text.n > GV_DATE_LEN)
		text.n = GV_DATE_LEN;
	return gv_day_read(text);
}

struct gv_str gv_publication_text(const struct gv_val *rec, const char *path)
{
	return gv_val_str(gv_val_path(rec, gv_str_of(path)));
}

bool gv_publication_in_state(const struct gv_val *rec, const char *states)
{
	return gv_rule_listed(gv_str_of(states), gv_val_getstr(rec, "state"));
}

const struct gv_val *gv_publication_event(const struct gv_val *rec, const char *names, gv_day as_of)
{
	const struct gv_val *log = gv_val_items(rec, "events");

	for (uint32_t i = log->n; i-- > 0;)
		if (gv_rule_listed(gv_str_of(names), gv_val_getstr(&log->items[i], "event")) && gv_publication_day(&log->items[i], "on") <= as_of)
			return &log->items[i];
	return NULL;
}

/* ---- kinds of documents ---- */

/* Article 3 of the rules, by the words that stand at the head of documents. */
static const struct { const char *kind, *code; } kinds[] = {
	{ "判决书", "J" }, { "裁定书", "R" }, { "支付令", "PO" }, { "驳回申诉通知书", "NR" }, { "国家赔偿决定书", "SC" },
	{ "强制医疗决定书", "CM" }, { "驳回强制医疗申请决定书", "CM" }, { "刑罚执行与变更决定书", "EX" },
	{ "拘留决定书", "DF" }, { "罚款决定书", "DF" }, { "提前解除拘留决定书", "DF" }, { "复议决定书", "DF" },
	{ "行政调解书", "AM" }, { "民事公益诉讼调解书", "AM" },
	{ "调解书", NULL }, { "决定书", "" }, { "通知书", "" }, { "其他文书", "" },
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

const char *gv_publication_kind(struct gv_str text)
{
	size_t best = KINDS;

	text = gv_str_trim(text);
	for (size_t i = 0; i < KINDS; i++)
		if (gv_str_ends(text, gv_str_of(kinds[i].kind)) && (best == KINDS || strlen(kinds[i].kind) > strlen(kinds[best].kind)))
			best = i;
	return best < KINDS ? kinds[best].kind : NULL;
}

const char *gv_publication_code(struct gv_str kind)
{
	for (size_t i = 0; i < KINDS; i++)
		if (gv_str_is(kind, kinds[i].kind))
			return kinds[i].code;
	return "";
}

/* ---- what the number and the case tell ---- */

/* False: the number has no type that the tables know. */
static bool read_number(const struct gv_publication *p, struct gv_caseno *out)
{
	struct gv_err none;

	return gv_caseno_parse(p->cn, out, gv_val_getstr(p->rec, "case"), &none) == 0 && out->type[0];
}

/* Numbers before 2016 say it in words: （2013）嘉刑初字第12号. */
static struct gv_str group_of_words(struct gv_str number)
{
	static const struct { const char *word, *group; } words[] = {
		{ "刑", "刑事案件" }, { "行", "行政案件" }, { "执", "执行类案件" }, { "民", "民事案件" }, { "商", "民事案件" }, { "知", "民事案件" },
	};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (number.n && gv_str_find(number, gv_str_of(words[i].word)))
			return gv_str_of(words[i].group);
	return (struct gv_str){ 0 };
}

struct gv_str gv_publication_group(const struct gv_publication *p)
{
	struct gv_caseno number;

	if (read_number(p, &number))
		return gv_caseno_type_group(p->cn, number.type);
	return group_of_words(gv_val_getstr(p->rec, "case"));
}

struct gv_str gv_publication_type(const struct gv_publication *p)
{
	struct gv_str group = gv_publication_group(p);

	if (gv_str_ends(group, GV_STR("类案件")))
		group.n -= sizeof "类案件" - 1;
	else if (gv_str_ends(group, GV_STR("案件")))
		group.n -= sizeof "案件" - 1;
	return group;
}

bool gv_publication_group_is(const struct gv_publication *p, const char *group)
{
	return gv_str_is(gv_publication_group(p), group);
}

bool gv_publication_is_criminal(const struct gv_publication *p)
{
	struct gv_str title = gv_val_getstr(p->rec, "title");

	return gv_publication_group_is(p, "刑事案件") || gv_str_is(gv_val_getstr(p->kase, "cause_list"), "criminal") || gv_val_get(p->kase, "prosecution") ||
	       gv_str_ends(gv_publication_cause(p), GV_STR("罪")) || (title.n && gv_str_find(title, GV_STR("刑事")));
}

/* Where the type ends in it: 民初, 嘉刑初字. */
static bool has_level(const struct gv_publication *p, const char *level)
{
	struct gv_str text = gv_val_getstr(p->rec, "case");
	char word[16];
	struct gv_caseno number;

	if (read_number(p, &number))
		return gv_str_ends(gv_str_of(number.type), gv_str_of(level));
	snprintf(word, sizeof word, "%s字", level);
	return text.n && gv_str_find(text, gv_str_of(word));
}

const char *gv_publication_instance(const struct gv_publication *p)
{
	static const struct { const char *level, *instance; } levels[] = { { "初", "first" }, { "终", "second" }, { "再", "retrial" } };
	struct gv_caseno number;

	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
		if (has_level(p, levels[i].level))
			return levels[i].instance;
	return read_number(p, &number) ? "other" : NULL;
}

struct gv_str gv_publication_cause(const struct gv_publication *p)
{
	struct gv_str cause = gv_val_getstr(p->kase, "cause");

	return cause.n ? cause : gv_val_getstr(p->rec, "cause");
}

bool gv_publication_below(const struct gv_publication *p, const char *general)
{
	const struct gv_val *others = gv_val_items(p->kase, "other_causes");
	struct gv_str above = gv_str_of(general);

	if (gv_causes_covers(p->causes, above, gv_publication_cause(p), NULL))
		return true;
	for (uint32_t i = 0; i < others->n; i++)
		if (gv_causes_covers(p->causes, above, gv_val_str(&others->items[i]), NULL))
			return true;
	return false;
}

bool gv_publication_hints(const struct gv_publication *p, const char *const *words)
{
	const struct gv_val *others = gv_val_items(p->kase, "other_causes");
	bool found = gv_causes_hints(p->causes, gv_publication_cause(p), words);

	for (uint32_t i = 0; i < others->n && !found; i++)
		found = gv_causes_hints(p->causes, gv_val_str(&others->items[i]), words);
	return found;
}

/* What a decision is called depends on what the case is about. */
static const char *decision_of(const struct gv_publication *p)
{
	struct gv_caseno number;
	struct gv_str type;

	if (!read_number(p, &number))
		return "决定书";
	type = gv_str_of(number.type);
	if (gv_str_starts(type, GV_STR("刑医")))
		return "强制医疗决定书";
	return gv_str_starts(type, GV_STR("委赔")) ? "国家赔偿决定书" : "决定书";
}

static const char *mediation_of(const struct gv_publication *p)
{
	if (gv_publication_group_is(p, "行政案件"))
		return "行政调解书";
	return gv_publication_below(p, "公益诉讼") ? "民事公益诉讼调解书" : "调解书";
}

const char *gv_publication_kind_of_case(const struct gv_publication *p)
{
	static const struct { const char *closed_by, *kind; } ends[] = {
		{ "judgment", "判决书" }, { "ruling", "裁定书" }, { "withdrawal", "裁定书" }, { "deemed-withdrawn", "裁定书" }, { "dismissal", "裁定书" },
		{ "round-ended", "裁定书" }, { "terminated", "裁定书" },
	};
	struct gv_str closed_by = gv_val_getstr(p->kase, "closed_by");
	struct gv_str title = gv_val_getstr(p->rec, "title");
	const char *named = gv_publication_kind(title.n ? title : gv_val_getstr(p->kase, "title"));

	if (named && strcmp(named, "调解书") != 0)
		return named;
	if (named || gv_str_is(closed_by, "mediation"))
		return mediation_of(p);
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if (gv_str_is(closed_by, ends[i].closed_by))
			return ends[i].kind;
	return gv_str_is(closed_by, "decision") ? decision_of(p) : NULL;
}

/* ---- the name of a document ---- */

static void add_words(const struct gv_publication *p, struct gv_buf *out, struct gv_str kind)
{
	static const struct { const char *instance, *word; } levels[] = { { "first", "一审" }, { "second", "二审" }, { "retrial", "再审" } };
	static const struct { const char *group, *word; } groups[] = { { "民事案件", "民事" }, { "刑事案件", "刑事" }, { "行政案件", "行政" }, { "执行类案件", "执行" } };
	struct gv_str group = gv_publication_group(p), instance = gv_val_getstr(p->rec, "instance");
	bool plain = gv_str_is(kind, "判决书") || gv_str_is(kind, "裁定书") || gv_str_is(kind, "调解书");

	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
		if (gv_str_is(instance, levels[i].instance))
			gv_buf_adds(out, levels[i].word);
	for (size_t i = 0; i < sizeof groups / sizeof groups[0] && plain; i++)
		if (gv_str_is(group, groups[i].group))
			gv_buf_adds(out, groups[i].word);
	gv_buf_addstr(out, kind);
}

/* Both sides; of a crime the accused alone: who prosecutes is in no name. */
static bool add_parties(const struct gv_publication *p, struct gv_buf *out, bool criminal)
{
	static const char *const sides[] = { "plaintiffs", "defendants" };
	struct gv_doc d = GV_DOC_INIT;
	struct gv_rec rec = { .doc = &d, .val = p->kase };
	struct gv_val derived;
	struct gv_err none;
	size_t before = out->n;

	rec.id.schema = gv_schema_find(GV_STR("case"));
	if (p->kase && gv_rec_derive(&d, &derived, &rec, p->cn, GV_DAY_FIRST, GV_STR("plaintiffs,defendants"), &none) == 0)
		for (int i = criminal ? 1 : 0; i < 2; i++) {
			struct gv_str names = gv_val_getstr(&derived, sides[i]);

			if (names.n && out->n > before)
				gv_buf_adds(out, "诉");
			gv_buf_addstr(out, names);
		}
	gv_doc_free(&d);
	return out->n > before;
}

/* 张三诉李四民间借贷纠纷 */
static bool add_case(const struct gv_publication *p, struct gv_buf *out)
{
	struct gv_str cause = gv_publication_cause(p);

	if (!cause.n || !add_parties(p, out, gv_publication_is_criminal(p)))
		return false;
	gv_buf_addstr(out, cause);
	return true;
}

bool gv_publication_title(const struct gv_publication *p, struct gv_buf *out)
{
	struct gv_str kind = gv_val_getstr(p->rec, "doc_kind");

	if (!kind.n || !add_case(p, out))
		return false;
	add_words(p, out, kind);
	return !out->failed;
}

bool gv_publication_case_name(const struct gv_publication *p, struct gv_buf *out)
{
	if (!add_case(p, out))
		return false;
	gv_buf_adds(out, "案");
	return !out->failed;
}
