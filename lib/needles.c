/* SPDX-License-Identifier: MIT */
#include "needles.h"

#include <stdlib.h>

#include "utf8.h"

/* Of the first character: two Han characters share one now and then, which costs no more than a comparison. */
static size_t head_of(const unsigned char *p)
{
	if (p[0] < 0x80)
		return gv_is_latin((char)p[0]) ? p[0] | 0x20u : p[0];
	return p[0] < 0xE0 ? p[1] & 0x3Fu : (size_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
}

static struct gv_str bytes_of(const struct gv_needles *s, const struct gv_needle *n)
{
	return (struct gv_str){ s->bytes.p + n->at, n->n };
}

void gv_needles_clear(struct gv_needles *s)
{
	for (size_t i = 0; i < s->n; i++)
		s->head[head_of((const unsigned char *)bytes_of(s, &s->list[i]).p)] = 0;
	s->n = s->nhits = 0;
	gv_buf_reset(&s->bytes);
}

void gv_needles_free(struct gv_needles *s)
{
	free(s->list);
	free(s->hits);
	gv_buf_free(&s->bytes);
	*s = (struct gv_needles){ 0 };
}

int gv_needles_add(struct gv_needles *s, struct gv_str text, bool loose, struct gv_err *err)
{
	size_t head = head_of((const unsigned char *)text.p);

	if (s->n == s->cap) {
		size_t cap = s->cap ? s->cap * 2 : 64;
		struct gv_needle *list = reallocarray(s->list, cap, sizeof *list);

		if (!list)
			return gv_fail_nomem(err);
		s->list = list;
		s->cap = cap;
	}
	if (s->bytes.max == 0)
		gv_buf_init(&s->bytes, 64 * GV_MIB);
	s->list[s->n] = (struct gv_needle){ .at = s->bytes.n, .n = (uint32_t)text.n, .loose = loose, .next = s->head[head] };
	gv_buf_addstr(&s->bytes, text);
	if (s->bytes.failed)
		return gv_buf_check(&s->bytes, err);
	s->head[head] = (uint32_t)++s->n;
	return 0;
}

/* Bytes of what may stand between the digits of a number: 138.0000.1234, 138·0000·1234, 138—0000—1234; 0: none. */
static size_t gap_at(struct gv_str text, size_t at)
{
	static const char dot[] = "·", dash[] = "—";

	switch (text.p[at]) {
	case ' ': case '\n': case '-': case '.': case '/': case '_': case ',': case '(': case ')': return 1;
	default: break;
	}
	if ((unsigned char)text.p[at] < 0x80)
		return 0;
	if (text.n - at >= sizeof dot - 1 && memcmp(text.p + at, dot, sizeof dot - 1) == 0)
		return sizeof dot - 1;
	return text.n - at >= sizeof dash - 1 && memcmp(text.p + at, dash, sizeof dash - 1) == 0 ? sizeof dash - 1 : 0;
}

/* Where the needle ends that stands at text[at]; 0: it does not stand there. */
static size_t stands_at(struct gv_str text, size_t at, struct gv_str needle, bool loose)
{
	size_t i = 0;

	if (!loose)
		return text.n - at >= needle.n && memcmp(text.p + at, needle.p, needle.n) == 0 ? at + needle.n : 0;
	while (i < needle.n && at < text.n) {
		char c = text.p[at];

		if (c == needle.p[i] || (gv_is_latin(c) && (c | 0x20) == (needle.p[i] | 0x20))) {
			i++;
			at++;
		} else if (i > 0 && gap_at(text, at)) {
			at += gap_at(text, at);
		} else {
			return 0;
		}
	}
	return i == needle.n ? at : 0;
}

static int add_hit(struct gv_needles *s, struct gv_needle_hit hit, struct gv_err *err)
{
	if (s->nhits == s->hits_cap) {
		size_t cap = s->hits_cap ? s->hits_cap * 2 : 64;
		struct gv_needle_hit *hits = reallocarray(s->hits, cap, sizeof *hits);

		if (!hits)
			return gv_fail_nomem(err);
		s->hits = hits;
		s->hits_cap = cap;
	}
	s->hits[s->nhits++] = hit;
	return 0;
}

static int by_needle(const void *x, const void *y)
{
	const struct gv_needle_hit *a = x, *b = y;

	if (a->needle != b->needle)
		return a->needle < b->needle ? -1 : 1;
	return a->from < b->from ? -1 : a->from > b->from;
}

static int look(struct gv_needles *s, struct gv_str text, size_t at, uint32_t first, struct gv_err *err)
{
	int rc = 0;

	for (uint32_t i = first; i && !rc; i = s->list[i - 1].next) {
		struct gv_needle *n = &s->list[i - 1];
		size_t end = at < n->free_from ? 0 : stands_at(text, at, bytes_of(s, n), n->loose);

		if (!end)
			continue;
		n->free_from = end;
		rc = add_hit(s, (struct gv_needle_hit){ i - 1, (uint32_t)at, (uint32_t)end }, err);
	}
	return rc;
}

int gv_needles_find(struct gv_needles *s, struct gv_str text, struct gv_err *err)
{
	const unsigned char *begin = (const unsigned char *)text.p, *end = begin + text.n;
	int rc = 0;

	s->nhits = 0;
	if (!s->n)
		return 0;
	for (size_t i = 0; i < s->n; i++)
		s->list[i].free_from = 0;
	for (const unsigned char *p = begin; p < end && !rc;) {
		const unsigned char *here = p;
		size_t head;

		/* As head_of(), which a text of Han characters need not ask. */
		if ((*p & 0xF0) == 0xE0) {
			head = (size_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
			p += 3;
		} else {
			head = head_of(p);
			p += *p < 0x80 ? 1 : *p < 0xE0 ? 2 : 4;
		}
		if (s->head[head])
			rc = look(s, text, (size_t)(here - begin), s->head[head], err);
	}
	if (!rc && s->nhits)
		qsort(s->hits, s->nhits, sizeof *s->hits, by_needle);
	return rc;
}
