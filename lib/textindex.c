/* SPDX-License-Identifier: MIT */
#include "textindex.h"

#include <stdlib.h>

#include "arena.h"
#include "base64.h"
#include "utf8.h"

enum { SEEN = 1 << 13, SHARD_BYTES = 24 * 1024, SHARDS_MAX = 4096, SHARD_MAX = 64 << 20 };

/* Steps between the numbers of documents. */
struct list { unsigned char *p; uint32_t n, cap, next; };  /* next: the last number, plus one */

struct term {
	uint64_t key;        /* two code points and a high bit; of a word its hash */
	const char *word;    /* NULL: two characters */
	uint32_t len, shard;
	struct list all, title;
};

struct slot { uint64_t key; uint32_t term; };  /* plus one; 0: empty */

struct gv_textindex {
	struct term *terms;
	size_t n, cap;
	struct slot *slots;
	size_t nslots;
	struct gv_arena words;
	uint32_t docs;
	size_t bytes;        /* of lists and terms, about */
	struct { uint64_t key; uint32_t doc; bool title; } seen[SEEN]; /* pairs of late: the table is out of the processor's reach */
};

int gv_textindex_new(struct gv_textindex **out, struct gv_err *err)
{
	struct gv_textindex *x = calloc(1, sizeof *x);

	*out = x;
	return x ? 0 : gv_fail_nomem(err);
}

void gv_textindex_free(struct gv_textindex *x)
{
	if (!x)
		return;
	for (size_t i = 0; i < x->n; i++) {
		free(x->terms[i].all.p);
		free(x->terms[i].title.p);
	}
	free(x->terms);
	free(x->slots);
	gv_arena_free(&x->words);
	free(x);
}

/* ---- cutting a text ---- */

enum cut { BETWEEN, GRAM, LETTER };

static enum cut cut_of(int32_t cp)
{
	if ((cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z'))
		return LETTER;
	if (cp < 0xC0 || cp == 0xD7 || cp == 0xF7)
		return BETWEEN;
	if (cp < 0x2000)
		return LETTER;
	if (gv_utf8_is_han(cp) || (cp >= 0x3041 && cp <= 0x30FF && cp != 0x30FB) || (cp >= 0xAC00 && cp <= 0xD7AF))
		return GRAM;
	return BETWEEN;
}

typedef int term_fn(void *ctx, uint64_t key, struct gv_str word, struct gv_err *err);

#define PAIR(a, b) ((uint64_t)1 << 63 | (uint64_t)(uint32_t)(a) << 21 | (uint32_t)(b))

static uint64_t word_key(struct gv_str word)
{
	uint64_t h = 0xCBF29CE484222325;

	for (size_t i = 0; i < word.n; i++)
		h = (h ^ (unsigned char)word.p[i]) * 0x100000001B3;
	return h & ~((uint64_t)1 << 63);
}

static int each_term(struct gv_str text, term_fn *each, void *ctx, struct gv_err *err)
{
	char word[GV_TERM_MAX];
	size_t pos = 0, n = 0;
	int32_t cp, before = 0;  /* the character before, if it is one of a pair */
	bool full = false;
	int rc = 0;

	do {
		enum cut cut;

		cp = gv_utf8_half(gv_utf8_next(text, &pos));
		if (cp >= 'A' && cp <= 'Z')
			cp += 'a' - 'A';
		cut = cp < 0 ? BETWEEN : cut_of(cp);
		if (cut == LETTER) {
			char bytes[4];
			size_t len = gv_utf8_put(bytes, cp);

			full = full || n + len > sizeof word;
			if (!full)
				memcpy(word + n, bytes, len);
			n += full ? 0 : len;
		} else if (n) {
			rc = each(ctx, word_key((struct gv_str){ word, n }), (struct gv_str){ word, n }, err);
			n = 0;
			full = false;
		}
		if (!rc && cut == GRAM && before)
			rc = each(ctx, PAIR(before, cp), (struct gv_str){ 0 }, err);
		before = cut == GRAM ? cp : 0;
	} while (!rc && cp >= 0);
	return rc;
}

/* ---- the table ---- */

static size_t slot_of(const struct gv_textindex *x, uint64_t key)
{
	return (size_t)((key ^ key >> 32) * 0x9E3779B97F4A7C15 >> 20) & (x->nslots - 1);
}

static bool grow_slots(struct gv_textindex *x)
{
	size_t n = x->nslots ? 2 * x->nslots : 1 << 12;
	struct slot *slots = calloc(n, sizeof *slots);

	if (!slots)
		return false;
	free(x->slots);
	x->slots = slots;
	x->nslots = n;
	for (size_t i = 0; i < x->n; i++) {
		size_t at = slot_of(x, x->terms[i].key);

		while (slots[at].term)
			at = (at + 1) & (n - 1);
		slots[at] = (struct slot){ x->terms[i].key, (uint32_t)i + 1 };
	}
	return true;
}

static bool is_term(const struct term *t, struct gv_str word)
{
	return t->word ? gv_str_eq((struct gv_str){ t->word, t->len }, word) : !word.p;
}

static struct term *add_term(struct gv_textindex *x, size_t at, uint64_t key, struct gv_str word)
{
	struct term *t;

	if (x->n == x->cap) {
		size_t cap = x->cap ? 2 * x->cap : 1024;

		t = cap < UINT32_MAX ? realloc(x->terms, cap * sizeof *t) : NULL;
		if (!t)
			return NULL;
		x->terms = t;
		x->cap = cap;
	}
	t = &x->terms[x->n];
	*t = (struct term){ .key = key, .len = (uint32_t)word.n };
	if (word.p) {
		t->word = gv_arena_copy(&x->words, word).p;
		if (!t->word)
			return NULL;
	}
	x->slots[at] = (struct slot){ key, (uint32_t)++x->n };
	x->bytes += 12;
	return t;
}

static struct term *find_term(struct gv_textindex *x, uint64_t key, struct gv_str word)
{
	size_t at;

	if (4 * (x->n + 1) > 3 * x->nslots && !grow_slots(x))
		return NULL;
	for (at = slot_of(x, key); x->slots[at].term; at = (at + 1) & (x->nslots - 1))
		if (x->slots[at].key == key && is_term(&x->terms[x->slots[at].term - 1], word))
			return &x->terms[x->slots[at].term - 1];
	return add_term(x, at, key, word);
}

static bool append(struct gv_textindex *x, struct list *l, uint32_t doc)
{
	uint32_t step = doc + 1 - l->next;

	if (step == 0 && l->n)
		return true;
	if (l->cap - l->n < 5) {
		uint32_t cap = l->cap ? l->cap + l->cap / 2 + 8 : 8;
		unsigned char *p = realloc(l->p, cap);

		if (!p)
			return false;
		l->p = p;
		l->cap = cap;
	}
	x->bytes -= l->n;
	for (; step >= 0x80; step >>= 7)
		l->p[l->n++] = (unsigned char)(0x80 | (step & 0x7F));
	l->p[l->n++] = (unsigned char)step;
	x->bytes += l->n;
	l->next = doc + 1;
	return true;
}

struct adding { struct gv_textindex *x; uint32_t doc; bool title; };

static int add(void *ctx, uint64_t key, struct gv_str word, struct gv_err *err)
{
	const struct adding *a = ctx;
	size_t at = (size_t)(key ^ key >> 21) & (SEEN - 1);
	struct term *t;

	if (!word.p) {
		if (a->x->seen[at].key == key && a->x->seen[at].doc == a->doc && a->x->seen[at].title == a->title)
			return 0;
		a->x->seen[at].key = key;
		a->x->seen[at].doc = a->doc;
		a->x->seen[at].title = a->title;
	}
	t = find_term(a->x, key, word);
	if (!t || !append(a->x, &t->all, a->doc) || (a->title && !append(a->x, &t->title, a->doc)))
		return gv_fail_nomem(err);
	return 0;
}

int gv_textindex_add(struct gv_textindex *x, uint32_t doc, struct gv_str text, bool title, struct gv_err *err)
{
	struct adding a = { x, doc, title };

	if (doc >= x->docs)
		x->docs = doc + 1;
	return each_term(text, add, &a, err);
}

/* ---- writing ---- */

static size_t text_of(const struct term *t, char out[GV_TERM_MAX])
{
	size_t n;

	if (t->word) {
		memcpy(out, t->word, t->len);
		return t->len;
	}
	n = gv_utf8_put(out, (int32_t)(t->key >> 21 & 0x1FFFFF));
	return n + gv_utf8_put(out + n, (int32_t)(t->key & 0x1FFFFF));
}

unsigned gv_textindex_shards(const struct gv_textindex *x)
{
	unsigned n = 1;

	while (n < SHARDS_MAX && x->bytes / n > SHARD_BYTES)
		n *= 2;
	return n;
}

static void mark_shards(struct gv_textindex *x, unsigned shards)
{
	char text[GV_TERM_MAX];

	for (size_t i = 0; i < x->n; i++) {
		size_t len = text_of(&x->terms[i], text);
		uint32_t h = 0x811C9DC5;

		for (size_t k = 0; k < len; k++)
			h = (h ^ (unsigned char)text[k]) * 0x01000193;
		x->terms[i].shard = h & (shards - 1);
	}
}

static int in_order(const void *a, const void *b)
{
	const struct term *x = a, *y = b;
	char left[GV_TERM_MAX], right[GV_TERM_MAX];

	if (x->shard != y->shard)
		return x->shard < y->shard ? -1 : 1;
	return gv_str_cmp((struct gv_str){ left, text_of(x, left) }, (struct gv_str){ right, text_of(y, right) });
}

/* A bit a document, up to the last one that has it. */
static void write_bits(const struct list *l, struct gv_buf *bits, struct gv_buf *out)
{
	size_t doc = (size_t)-1;

	gv_buf_reset(bits);
	if (!gv_buf_reserve(bits, l->next / 8 + 1)) {
		out->failed = out->nomem = true;
		return;
	}
	memset(bits->p, 0, l->next / 8 + 1);
	for (uint32_t i = 0; i < l->n;) {
		size_t step = 0;
		unsigned shift = 0;

		do
			step |= (size_t)(l->p[i] & 0x7F) << shift;
		while (shift += 7, l->p[i++] & 0x80);
		doc += step;
		bits->p[doc / 8] = (char)((unsigned char)bits->p[doc / 8] | 1u << doc % 8);
	}
	gv_buf_addc(out, 'b');
	gv_base64_add(out, bits->p, doc / 8 + 1);
}

static void write_list(const struct list *l, struct gv_buf *bits, struct gv_buf *out)
{
	if ((l->next - 1) / 8 + 1 < l->n) {
		write_bits(l, bits, out);
	} else {
		gv_buf_addc(out, 'd');
		gv_base64_add(out, l->p, l->n);
	}
}

static void write_term(const struct term *t, struct gv_buf *bits, struct gv_buf *out)
{
	char text[GV_TERM_MAX];

	gv_buf_adds(out, out->n > 1 ? ",\n\"" : "\"");
	gv_buf_add(out, text, text_of(t, text));
	gv_buf_adds(out, "\":\"");
	write_list(&t->all, bits, out);
	if (t->title.n) {
		gv_buf_addc(out, '.');
		write_list(&t->title, bits, out);
	}
	gv_buf_addc(out, '"');
}

int gv_textindex_write(struct gv_textindex *x, int (*each)(void *ctx, unsigned shard, struct gv_str json, struct gv_err *err),
                       void *ctx, struct gv_err *err)
{
	struct gv_buf out = GV_BUF_INIT(SHARD_MAX), bits = GV_BUF_INIT(SHARD_MAX);
	unsigned shards = gv_textindex_shards(x);
	size_t i = 0;
	int rc = 0;

	mark_shards(x, shards);
	if (x->n)
		qsort(x->terms, x->n, sizeof *x->terms, in_order);
	free(x->slots); /* they are no good any more, and memory is wanted */
	x->slots = NULL;
	x->nslots = 0;
	for (unsigned shard = 0; !rc && shard < shards; shard++) {
		gv_buf_reset(&out);
		gv_buf_addc(&out, '{');
		for (; i < x->n && x->terms[i].shard == shard; i++)
			write_term(&x->terms[i], &bits, &out);
		gv_buf_adds(&out, "}\n");
		rc = gv_buf_check(&out, err);
		if (!rc)
			rc = each(ctx, shard, gv_buf_str(&out), err);
	}
	gv_buf_free(&out);
	gv_buf_free(&bits);
	return rc;
}

static int tell(void *ctx, uint64_t key, struct gv_str word, struct gv_err *err)
{
	const struct term t = { .key = key, .word = word.p, .len = (uint32_t)word.n };
	struct gv_buf *out = ctx;
	char text[GV_TERM_MAX];

	(void)err;
	gv_buf_add(out, text, text_of(&t, text));
	gv_buf_addc(out, '\n');
	return 0;
}

void gv_textindex_terms(struct gv_str text, struct gv_buf *out)
{
	each_term(text, tell, out, NULL);
}
