/* SPDX-License-Identifier: MIT */
/*
 * What a refused string is: a damaged or masked case number, or the number of some
 * other paper.  Only this file guesses, and only for the message and the class.
 */
#include "caseno_impl.h"

#define PROSE 40  /* no case number is longer than this */

/* What stands in the place of the words of a court, and what it is then. */
static const struct look {
	const wchar_t *words;    /* one of these, | between them */
	const char *what;
} looks[] = {
	{ L"仲裁|劳仲|劳裁|仲案|仲字", N_("looks like an arbitration number, not a case number") },
	{ L"鉴|醇|尸检|临检|毒检|文检|痕检|法检",
	  N_("looks like a forensic report, not a case number") },
	{ L"公证|证民|证经|证内|证外|证字|内证|经证|信证|证执",
	  N_("looks like a notary deed, not a case number") },
	{ L"检", N_("looks like a procuratorate's number, not a case number") },
	{ L"消|火", N_("looks like a fire service number, not a case number") },
	{ L"狱|刑释|释字", N_("looks like a prison's number, not a case number") },
	{ L"援", N_("looks like a legal aid number, not a case number") },
	{ L"工认|工受|认字|工伤", N_("looks like a work injury decision, not a case number") },
	{ L"不动产|房|国用|土字|国土|地字|产权|集用",
	  N_("looks like a property certificate, not a case number") },
	{ L"银|贷|借|抵|授信|信字|承字|保字|合字",
	  N_("looks like a bank contract, not a case number") },
	{ L"评|估", N_("looks like an appraisal, not a case number") },
	{ L"税", N_("looks like a tax number, not a case number") },
	{ L"行复|复决|行罚|罚决|处罚|罚字|决字|公交|公刑|公治|拘|立字",
	  N_("looks like an administrative or police decision, not a case number") },
	{ L"政|府|办|发|函|令|规", N_("looks like a government paper, not a case number") },
};

static bool has_words(const struct cn_text *t, size_t from, const wchar_t *words)
{
	while (*words) {
		size_t n = wcscspn(words, L"|");

		for (size_t i = from; i + n <= t->n; i++) {
			size_t k = 0;

			while (k < n && t->cp[i + k] == words[k])
				k++;
			if (k == n)
				return true;
		}
		words += n + (words[n] == L'|');
	}
	return false;
}

/* x6 is no mask but what some conversion left of another character. */
static bool is_mask(const struct cn_text *t, size_t i)
{
	return cn_in(L"xX×✕╳*○◯〇□■●某…", t->cp[i]) &&
	       !((t->cp[i] | 0x20) == 'x' && cn_digit(t->cp[i + 1]) && i && cn_han(t->cp[i - 1]));
}

/* The parts of any official number, however damaged. */
struct shape {
	size_t body, end;    /* what stands between the year and the serial, 字第 taken off */
	size_t words;        /* the Chinese characters and brackets just before `end` */
	bool masked;
};

static struct shape shape_of(const struct cn_text *t)
{
	struct shape s = { 0 };
	size_t end = t->n, p = 0;

	while (t->cp[p] == '(')
		p++;
	while (cn_digit(t->cp[p]) || is_mask(t, p))
		p++;
	while (t->cp[p] == ')' || t->cp[p] == L'年')
		p++;
	s.body = p;
	while (end > p && cn_in(L"之" CN_NUMERALS, t->cp[end - 1]))
		end--;
	if (end > p && t->cp[end - 1] == L'号')
		end--;
	while (end > p && t->cp[end - 1] != ')' &&
	       (t->cp[end - 1] < 0x80 || t->cp[end - 1] == L'、' || is_mask(t, end - 1)))
		end--;
	if (end > p && t->cp[end - 1] == L'第')
		end--;
	if (end > p && t->cp[end - 1] == L'字')
		end--;
	s.end = end;
	while (end > p && (cn_han(t->cp[end - 1]) || cn_in(L"()", t->cp[end - 1])) &&
	       !is_mask(t, end - 1))
		end--;
	s.words = end;
	for (size_t i = 0; i < t->n; i++)
		s.masked |= is_mask(t, i);
	return s;
}

static bool has_month(const struct cn_text *t)
{
	for (size_t i = 1; i < t->n; i++)
		if (t->cp[i] == L'月' && cn_digit(t->cp[i - 1]))
			return true;
	return false;
}

/* Is there enough of a case number left to say that it is one? */
static bool is_court_like(struct cn_read *c, const struct shape *s)
{
	const struct cn_text *t = c->t;

	if (s->end == s->words || t->n > PROSE || has_month(t))
		return false;
	return cn_in(L"初终", t->cp[s->end - 1]) || cn_legacy_words(t, s->words, s->end) ||
	       cn_type_known(c->r, cn_slice(t, s->words, s->end));
}

/* First run of characters in the body that no grammar has there. */
static void say_damage(struct cn_read *c, const struct shape *s)
{
	const struct cn_text *t = c->t;
	size_t from = s->body, to;
	struct gv_str bad;

	while (from < s->words && cn_han(t->cp[from]))
		from++;
	to = from;
	while (to < s->words && !cn_han(t->cp[to]))
		to++;
	bad = cn_shown(t, from, to);
	if (to == from)
		cn_bad(c, "%s", _("not readable as a case number"));
	else if (from == s->body && cn_digits(t, from) == to - from)
		cn_bad(c, _("no province before %.*s"), CN_ARGS(bad));
	else
		cn_bad(c, _("\"%.*s\" within the number"), CN_ARGS(bad));
}

static void say_mask(struct cn_read *c)
{
	const struct cn_text *t = c->t;
	struct gv_str shown;
	size_t from = 0, to;

	while (!is_mask(t, from))
		from++;
	for (to = from; is_mask(t, to);)
		to++;
	shown = cn_shown(t, from, to);
	cn_bad(c, _("masked: %.*s"), CN_ARGS(shown));
}

static const char *looks_like(const struct cn_text *t, const struct shape *s)
{
	if (t->n > PROSE)
		return NULL;
	for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
		if (has_words(t, s->body, looks[i].words))
			return _(looks[i].what);
	return NULL;
}

static void say_other(struct cn_read *c, const struct shape *s, const char *look)
{
	if (has_month(c->t))
		cn_bad(c, "%s", _("a date and text, not a case number"));
	else if (look)
		cn_bad(c, "%s", look);
	else if (c->t->n > PROSE)
		cn_bad(c, "%s", _("text, not a case number"));
	else if (s->end == s->body)
		cn_bad(c, "%s", _("no court and no case type in it"));
	else
		cn_bad(c, "%s", _("not a case number"));
}

void cn_refuse(struct cn_read *c, enum cn_found found)
{
	struct shape s = shape_of(c->t);
	const char *look = looks_like(c->t, &s);
	bool like = is_court_like(c, &s);
	char said[sizeof c->out->reason];

	memcpy(said, c->out->reason, sizeof said);
	memset(c->out, 0, sizeof *c->out);
	c->out->class = GV_CN_OTHER;
	if (s.masked && like) {
		c->out->class = GV_CN_MASKED;
		say_mask(c);
	} else if (found == CN_BAD && (like || c->evidence == CN_SURE || (c->evidence && !look))) {
		c->out->class = GV_CN_CORRUPT;
		memcpy(c->out->reason, said, sizeof said);
	} else if (like) {
		c->out->class = GV_CN_CORRUPT;
		say_damage(c, &s);
	} else {
		say_other(c, &s, look);
	}
}
