/* SPDX-License-Identifier: MIT */
/*
 * The grammars before 2016: （2014）沪一中民四（商）终字第12号.  There never was a
 * list of them: every court had its own words for itself and its divisions.  What they
 * share is the end, a word for the stage with one for the division in front.
 */
#include "caseno_impl.h"

#define WORDS_MAX 16

#define STRONG    L"民刑行商知海执赔破清"
#define DIVISIONS L"民刑行商知海执赔破清经房劳少交外立告辖金环林铁军法院特"

/*
 * The last character of what stands before 字第, and the characters of which one must
 * be within `reach` before it (NULL: none needed).  Numerals and brackets do not count:
 * 民一终 and 民二（商）终 both are 民 + 终.
 */
static const struct ending {
	const wchar_t *last, *before;
	size_t reach;
} endings[] = {
	{ L"初终再", DIVISIONS, 6 },
	{ L"提", DIVISIONS, 3 },
	{ L"申抗撤重特他辖管清算", STRONG L"立法", 3 },
	{ L"监", L"民刑行商执赔确知审", 2 },
	{ L"复", L"刑执知民", 2 },         /* 行复 is a government's */
	{ L"核没医止", L"刑", 2 },
	{ L"减假更", L"刑执", 2 },
	{ L"执催破恢", NULL, 0 },
	{ L"督", L"民商法", 3 },
	{ L"民刑行商知经海异保监他协请裁审外委预仲非交督", L"执", 1 },
	{ L"财", L"执刑", 1 },             /* 执刑财 */
	{ L"保", L"民商执财诉证知刑", 1 },
	{ L"保", L"法", 3 },
	{ L"调", L"民商行诉引前委特邀立法", 1 },
	{ L"确见解书", L"调", 1 },
	{ L"确", L"民诉司赔行法", 1 },
	{ L"赔", L"法委行刑民", 1 },
	{ L"惩", L"司", 1 },
	{ L"罚拘", L"司民执法", 1 },
	{ L"异", L"民商外分", 1 },
	{ L"预", L"立破清执", 1 },
	{ L"审诉", L"行非刑民", 1 },
	{ L"救", L"司执民", 1 },
	{ L"认", L"民", 1 },
	{ L"令", L"保支", 1 },
	{ L"限登", L"海", 1 },
	{ L"行", L"知", 1 },
};

/* Words of other offices; they win over the endings: 劳监（检）, 公证执, 银行保. */
static bool is_foreign(const int32_t *w, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool last = i + 1 == n;

		if (cn_in(L"鉴检狱援消", w[i]))
			return true;
		if (w[i] == L'证' && (last || w[i + 1] != L'保'))
			return true;
		if (w[i] == L'仲' && !last && cn_in(L"裁案", w[i + 1]))
			return true;
		if (w[n - 1] == L'保' && cn_in(L"银农借贷额最高信", w[i]))
			return true;
	}
	return false;
}

static bool ends_like(const struct ending *e, const int32_t *w, size_t n)
{
	if (!cn_in(e->last, w[n - 1]))
		return false;
	if (!e->before)
		return true;
	for (size_t back = 1; back <= e->reach && back < n; back++)
		if (cn_in(e->before, w[n - 1 - back]))
			return true;
	return false;
}

bool cn_legacy_words(const struct cn_text *t, size_t from, size_t to)
{
	int32_t w[WORDS_MAX];
	size_t n = 0;

	for (size_t i = from; i < to; i++) {
		if (cn_in(CN_NUMERALS "()", t->cp[i]) || cn_digit(t->cp[i]))
			continue;
		if (n == WORDS_MAX)
			return false;
		w[n++] = t->cp[i];
	}
	if (!n || is_foreign(w, n))
		return false;
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
		if (ends_like(&endings[i], w, n))
			return true;
	return false;
}

/* The words up to the serial, without 字 and 第. */
struct words {
	size_t from, to;
	bool mark;      /* 字 is there */
	size_t early;   /* a 字 before the end, 0 if none */
	size_t digits;  /* Arabic digits among the words, 0 if none */
};

/* 海7执字第: one or two digits among the words, not in front of the serial. */
static size_t digits_within(const struct cn_text *t, size_t from, size_t at)
{
	size_t n = cn_digits(t, at);

	return n <= 2 && at > from && cn_han(t->cp[at + n]) && t->cp[at + n] != L'号' ? n : 0;
}

/* False if there are none, brackets do not match, or a character is masked. */
static bool read_words(struct cn_read *c, struct words *w)
{
	const struct cn_text *t = c->t;
	size_t to = c->pos;
	int depth = 0;

	*w = (struct words){ .from = c->pos };
	for (;; to++) {
		int32_t cp = t->cp[to];
		size_t n = cn_digit(cp) ? digits_within(t, w->from, to) : 0;

		if (n && !w->digits) {
			w->digits = to;
			to += n - 1;
			continue;
		}
		if ((!cn_han(cp) && cp != '(' && cp != ')') || cp == L'号')
			break;
		depth += (cp == '(') - (cp == ')');
		if (depth < 0 || depth > 1 || cp == L'某')
			return false;
		if (cp == L'字' && !w->early && to > w->from)
			w->early = to;
	}
	c->pos = to;
	if (to > w->from && t->cp[to - 1] == L'第')
		to--;
	if (to > w->from && t->cp[to - 1] == L'字') {
		to--;
		w->mark = true;
	}
	w->to = to;
	if (w->early == to)
		w->early = 0;
	return depth == 0 && to > w->from;
}

static enum cn_found put_prefix(struct cn_read *c, const struct words *w)
{
	struct gv_caseno *out = c->out;
	char year[32];
	bool fits;

	snprintf(year, sizeof year, "（%d）", out->year);
	fits = cn_put(out->id, sizeof out->id, gv_str_of(year));
	for (size_t i = w->from; i < w->to; i++) {
		struct gv_str ch = cn_slice(c->t, i, i + 1);

		if (c->t->cp[i] == '(')
			ch = GV_STR("（");
		if (c->t->cp[i] == ')')
			ch = GV_STR("）");
		fits = fits && cn_put(out->id, sizeof out->id, ch);
	}
	fits = fits && cn_put(out->id, sizeof out->id, GV_STR("字第"));
	c->prefix = strlen(out->id);
	return fits ? CN_YES : CN_NO;
}

enum cn_found cn_legacy(struct cn_read *c, int year)
{
	struct words w;
	struct gv_str shown;

	if (!read_words(c, &w))
		return CN_NO;
	if (w.early && cn_legacy_words(c->t, w.from, w.early)) {
		c->evidence = CN_SURE;
		shown = cn_shown(c->t, w.early + 1, w.to);
		return cn_bad(c, _("%.*s between 字 and the serial number"), CN_ARGS(shown));
	}
	if (w.early || !cn_legacy_words(c->t, w.from, w.to) ||
	    (w.digits && (!w.mark || year >= CN_FIRST_YEAR)))
		return CN_NO;
	c->evidence = CN_SURE;
	if (!year)
		return cn_bad(c, "%s", _("no year"));
	if (year < 1949 || year > CN_LAST_YEAR)
		return cn_bad(c, _("year %d is nonsense"), year);
	shown = cn_shown(c->t, w.from, w.to);
	if (!w.mark && year >= CN_FIRST_YEAR)
		return cn_bad(c, _("no court code before %.*s"), CN_ARGS(shown));
	c->out->class = GV_CN_LEGACY;
	c->out->year = year;
	if (put_prefix(c, &w) != CN_YES)
		return CN_NO;
	if (w.digits)
		cn_warn(c, "%s", _("digits among the words of the court"));
	if (!w.mark)
		cn_warn(c, "%s", _("字第 is missing"));
	else if (year >= CN_FIRST_YEAR)
		cn_warn(c, _("old grammar, but the year is %d"), year);
	return cn_serial(c);
}
