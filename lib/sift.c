/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "i18n.h"
#include "sift_impl.h"
#include "utf8.h"

const char *gv_trait_name(enum gv_trait t)
{
	static const char *const names[GV_TRAITS] = {
		"name", "unsure-name", "unknown-name", "staff-name", "resident-id", "paper-no", "credit-code", "phone", "account", "plate", "title-no",
		"email", "handle", "birth", "address", "room", "school", "health", "measure", "over-redacted", "seal", "case-no"
	};

	return names[t];
}

int32_t gv_sift_cp(struct gv_str text, size_t at, size_t *after)
{
	*after = at;
	return gv_utf8_next(text, after);
}

static void flag_words(struct gv_sifter *s)
{
	for (size_t i = gv_sift_nwords; i-- > 0;) {
		size_t at = 0, index = gv_sift_index(gv_utf8_next(gv_sift_words[i].text, &at));

		if (!(s->flags[index] & GV_SIFT_WORD))
			s->words_to[index] = (uint16_t)(i + 1);
		s->flags[index] |= GV_SIFT_WORD;
		s->words_at[index] = (uint16_t)i;
	}
}

/* Provinces, as plates begin. */
static void flag_characters(struct gv_sifter *s)
{
	struct gv_str plates = GV_STR("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"), brackets = GV_STR("([〔");

	for (size_t at = 0; at < plates.n;)
		s->flags[gv_sift_index(gv_utf8_next(plates, &at))] |= GV_SIFT_PLATE;
	for (size_t at = 0; at < brackets.n;)
		s->flags[gv_sift_index(gv_utf8_next(brackets, &at))] |= GV_SIFT_BRACKET;
	for (int c = 0; c < 0x80; c++)
		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))
			s->flags[c] |= GV_SIFT_ALNUM;
	s->flags['@'] |= GV_SIFT_AT;
	s->flags[0xB7] |= GV_SIFT_DOT;
}

int gv_sifter_open(struct gv_sifter **out, struct gv_err *err)
{
	struct gv_sifter *s = calloc(1, sizeof *s);
	int rc;

	*out = NULL;
	if (!s)
		return gv_fail_nomem(err);
	rc = gv_surnames_open(&s->surnames, err);
	if (!rc)
		rc = gv_divisions_open(&s->divisions, err);
	if (!rc)
		rc = gv_sift_patterns_open(s, err);
	if (rc) {
		gv_sifter_free(s);
		return rc;
	}
	flag_words(s);
	flag_characters(s);
	gv_sift_mark_ends(s);
	*out = s;
	return 0;
}

void gv_sifter_free(struct gv_sifter *s)
{
	if (!s)
		return;
	gv_surnames_free(s->surnames);
	gv_divisions_free(s->divisions);
	for (size_t i = 0; i < GV_PATTERNS; i++)
		pcre2_code_free(s->pattern[i]);
	pcre2_match_data_free(s->match);
	free(s->names);
	gv_needles_free(&s->needles);
	free(s);
}

struct gv_surnames *gv_sifter_surnames(struct gv_sifter *s)
{
	return s->surnames;
}

struct gv_divisions *gv_sifter_divisions(struct gv_sifter *s)
{
	return s->divisions;
}

int gv_hits_append(struct gv_hits *h, const struct gv_hit *hit, struct gv_err *err)
{
	if (h->n == h->cap) {
		size_t cap = h->cap ? h->cap * 2 : 64;
		struct gv_hit *list = reallocarray(h->list, cap, sizeof *list);

		if (!list)
			return gv_fail_nomem(err);
		h->list = list;
		h->cap = cap;
	}
	h->list[h->n++] = *hit;
	return 0;
}

size_t gv_sift_hit(struct gv_sift_run *r, enum gv_trait trait, size_t from, size_t to, uint32_t who)
{
	struct gv_hits *h = r->hits;

	while (h->n && h->list[h->n - 1].from >= from)
		h->n--;
	if (h->n && h->list[h->n - 1].to > from)
		return to;
	r->rc = gv_hits_append(h, &(struct gv_hit){ .trait = trait, .from = (uint32_t)from, .to = (uint32_t)to, .cut = (uint32_t)from, .who = who }, r->err);
	return to;
}

/* Something may begin here. */
static size_t look(struct gv_sift_run *r, size_t at, int32_t cp, unsigned flags)
{
	size_t next = at, span[2];

	if (flags & GV_SIFT_NAME)
		next = gv_sift_on_name(r, at, cp);
	if (next == at && flags & GV_SIFT_WORD)
		next = gv_sift_on_word(r, at, cp);
	if (next == at && flags & GV_SIFT_PLATE && gv_sift_at(r, GV_PAT_PLATE, at, span))
		next = gv_sift_hit(r, GV_TRAIT_PLATE, span[0], span[1], GV_NOBODY);
	if (next == at && flags & GV_SIFT_BRACKET)
		next = gv_sift_on_bracket(r, at);
	if (next == at && flags & GV_SIFT_ALNUM)
		next = gv_sift_on_alnum(r, at);
	if (next == at && flags & GV_SIFT_AT)
		next = gv_sift_on_email(r, at);
	if (next == at && flags & GV_SIFT_DOT && r->strangers)
		next = gv_sift_on_dot(r, at);
	return next;
}

/* 甲诉乙: but not 上诉, 起诉. */
static bool is_behind_sues(struct gv_str text, size_t at)
{
	static const char *const others[] = { "上诉", "起诉", "申诉", "反诉", "公诉", "自诉", "撤诉" };
	struct gv_str before = { text.p, at };

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (gv_str_ends(before, gv_str_of(others[i])))
			return false;
	return gv_str_ends(before, GV_STR("诉"));
}

/* Apart from the loop, which is hot and hardly ever reads a title. */
static __attribute__((noinline)) size_t on_title(struct gv_sift_run *r, size_t at)
{
	return at == 0 || is_behind_sues(r->text, at) ? gv_sift_list(r, at, GV_TRAIT_STRANGER, true) : at;
}

int gv_sift(struct gv_sifter *s, const struct gv_fold *text, enum gv_sift_for what, struct gv_hits *out, struct gv_err *err)
{
	struct gv_sift_run r = { .s = s, .text = gv_buf_str(&text->text), .hits = out, .strangers = what != GV_SIFT_KNOWN, .err = err };

	out->n = 0;
	out->says_minor = false;
	for (size_t at = 0; at < r.text.n && !r.rc;) {
		size_t after, next;
		const unsigned char *p = (const unsigned char *)r.text.p + at;
		int32_t cp = p[0];
		unsigned flags;

		/* Folded text is valid: nearly all of it are characters of three bytes. */
		if (cp < 0x80) {
			after = at + 1;
		} else if ((cp & 0xF0) == 0xE0) {
			cp = (cp & 0xF) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
			after = at + 3;
		} else {
			cp = gv_sift_cp(r.text, at, &after);
		}
		flags = s->flags[gv_sift_index(cp)];
		next = flags ? look(&r, at, cp, flags) : at;
		if (__builtin_expect(what == GV_SIFT_TITLE, 0) && next == at)
			next = on_title(&r, at);
		at = next > at ? next : after;
	}
	if (!r.rc && r.strangers)
		gv_sift_more_strangers(&r);
	return r.rc;
}

void gv_hits_free(struct gv_hits *h)
{
	free(h->list);
	*h = (struct gv_hits){ 0 };
}
