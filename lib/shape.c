/* SPDX-License-Identifier: MIT */
/*
 * An automaton that grows.  A place is where a value can stand: the names on the way to it, whatever the index in an
 * array, and whether the value is a string or an integer.  A step is a piece of text that leads from behind one value to
 * the beginning of the next, or to the end.
 *
 * Why a known step is right wherever its place is met again: the place tells all containers that are open and, as names
 * are learned in ascending order only, that none of the names in the step has come before.
 */
#include "shape.h"

#include "shape_mark.h"
#include "utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <stdlib.h>

enum {
	HALF = 16, CHUNK = 2 * HALF, /* nearly every step is within one */
	STEP_MAX = 2 * CHUNK,     /* bytes of a step; longer ones are not learned */
	PLACES_MAX = 4096, STEPS_MAX = 8192,
	DIGITS_MAX = 15,          /* of an integer: below 2^53 */
	TRUST = 4096              /* so many records may fail before it matters how many did not */
};

enum kind { STRING, INTEGER, END };

/*
 * Steps that lead on from one kind of value at one place are a list, of which the first never moves: `then` is the only
 * thing to wait for from step to step.
 */
struct step {
	char text[STEP_MAX];
	struct step *then;        /* the first of those that lead on from where this one ends */
	struct step *other;       /* instead of this one */
	uint32_t met;             /* how often: what comes often is tried first */
	uint32_t counts[STEP_MAX / CHUNK];  /* the bytes of text[] that do, chunk by chunk; at least one of the first */
	uint8_t n, kind;          /* of the value that follows: */
	uint8_t quotes;           /* in text[] */
	uint8_t pick;             /* of only->names, from 1; 0: it is not built */
};

/* Where a value can stand; for learning. */
struct place {
	struct place *child, *sibling;
	struct gv_str name;       /* .p NULL: an item of an array */
	uint8_t pick;             /* as in a step */
	struct step *steps[END];  /* by the kind of the value that was here */
};

struct gv_shape {
	const struct gv_json_only *only;
	struct gv_arena arena;
	struct place root;        /* its steps[STRING] begin a line */
	size_t places, steps;
	size_t read, left;        /* lines */
	bool useless;             /* it would hardly ever read a line */
	gv_mark_fn *mark;
	struct gv_marks marks;    /* of the line that is read */
};

void gv_shape_free(struct gv_shape *s)
{
	if (!s)
		return;
	gv_arena_free(&s->arena);
	free(s);
}

/* ---- bytes ---- */

#ifdef __SSE2__
static inline __m128i load(const char *p)
{
	__m128i v;

	memcpy(&v, p, sizeof v);
	return v;
}

/* Which bytes of a chunk are the same. */
static inline uint32_t same_bytes(const char *p, const char *q)
{
	uint32_t low = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(load(p), load(q)));

	return low | (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(load(p + HALF), load(q + HALF))) << HALF;
}

/* Which bytes of half a chunk are no digits. */
static inline uint32_t other_bytes(const char *p)
{
	__m128i v = _mm_sub_epi8(load(p), _mm_set1_epi8('0'));

	return ~(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(9)), v));
}
#else
static inline uint32_t same_bytes(const char *p, const char *q)
{
	uint32_t bits = 0;

	for (unsigned i = 0; i < CHUNK; i++)
		bits |= (uint32_t)(p[i] == q[i]) << i;
	return bits;
}

static inline uint32_t other_bytes(const char *p)
{
	uint32_t bits = ~0U << HALF;

	for (unsigned i = 0; i < HALF; i++)
		bits |= (uint32_t)(p[i] < '0' || p[i] > '9') << i;
	return bits;
}
#endif


static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ---- reading ---- */

/* One step may be the beginning of another: what comes behind it must fit. */
static inline bool leads_on(const struct step *step, const char *p)
{
	unsigned i = 0;

	do {
		if (~same_bytes(p + CHUNK * i, step->text + CHUNK * i) & step->counts[i])
			return false;
	} while (++i < STEP_MAX / CHUNK && step->counts[i]);
	p += step->n;
	return step->kind == STRING || (step->kind == END ? *p == '\n' : is_digit(*p) || *p == '-');
}

/* Two of a list; the first must stay where it is. */
static void swap_steps(struct step *a, struct step *b)
{
	struct step before = *a, *other = b->other;

	*a = *b;
	a->other = before.other;
	*b = before;
	b->other = other;
}

/* The step that leads on from p.  What comes more often than the one before it takes its place. */
static inline struct step *next_step(struct step *first, const char *p)
{
	struct step *before = NULL, *step = first;

	while (step && !leads_on(step, p)) {
		before = step;
		step = step->other;
	}
	if (step && ++step->met && before && step->met > before->met) {
		swap_steps(before, step);
		return before;
	}
	return step;
}

/* Behind an integer of n digits.  What must not follow it begins no step. */
static inline const char *behind_digits(const char *p, bool negative, int n)
{
	return n == 0 || n > DIGITS_MAX || (*p == '0' && (negative || n > 1)) ? NULL : p + n;
}

static inline const char *integer_end(const char *p)
{
	bool negative = *p == '-';

	p += negative;
	return behind_digits(p, negative, __builtin_ctz(other_bytes(p)));
}

static int64_t integer(struct gv_str s)
{
	bool negative = s.p[0] == '-';
	int64_t v = 0;

	for (size_t i = negative; i < s.n; i++)
		v = v * 10 + (s.p[i] - '0');
	return negative ? -v : v;
}

static bool build(const struct gv_shape *s, struct gv_doc *d, const struct step *step, struct gv_str text)
{
	struct gv_member *m = &d->root.members[d->root.n++];

	m->name = s->only->names[step->pick - 1];
	if (step->kind == STRING) {
		char *copy = gv_arena_bytes(&d->arena, text.n < STEP_MAX ? STEP_MAX : text.n + 1);

		if (!copy)
			return false;
		memcpy(copy, text.p, STEP_MAX);
		if (text.n >= STEP_MAX)
			memcpy(copy, text.p, text.n);
		copy[text.n] = '\0';
		m->val = (struct gv_val){ .type = GV_STRING, .n = (uint32_t)text.n, .s = copy };
		return true;
	}
	m->val = (struct gv_val){ .type = GV_INT, .i = integer(text) };
	return true;
}

/* The line, whose marks are known, up to its end. */
static bool walk(struct gv_shape *s, struct gv_doc *d, const char *line)
{
	struct step *step = s->root.steps[STRING];
	const char *p = line;
	size_t quote = 0; /* the next one at or behind p */

	while ((step = next_step(step, p))) {
		const char *from = p + step->n;

		quote += step->quotes;
		if (step->kind == END)
			return true;
		if (step->kind == STRING && quote >= s->marks.count)
			return false;
		p = step->kind == STRING ? line + s->marks.quotes[quote] : integer_end(from);
		if (!p || (step->pick && !build(s, d, step, (struct gv_str){ from, (size_t)(p - from) })))
			return false;
		step = step->then;
	}
	return false;
}

bool gv_shape_read(struct gv_shape *s, struct gv_doc *d, struct gv_str text, size_t *used)
{
	size_t end;

	if (s->useless)
		return false;
	end = s->mark(text.p, text.n, &s->marks);
	if (!end || text.n - end < STEP_MAX || (s->marks.doubtful && gv_utf8_valid((struct gv_str){ text.p, end }) != end))
		return false;
	gv_doc_reset(d);
	d->root = gv_mkobj();
	d->root.members = gv_arena_alloc(&d->arena, s->only->n * sizeof(struct gv_member));
	if (!d->root.members || !walk(s, d, text.p))
		return false;
	s->read++;
	*used = end + 1;
	return true;
}

/* ---- learning ---- */

struct lesson {
	struct gv_shape *shape;
	const char *p, *from;     /* the next byte; the first behind the last value */
	struct step *steps;       /* that lead on from there */
};

static struct step *new_step(struct gv_shape *s)
{
	struct step *step = s->steps < STEPS_MAX ? gv_arena_alloc(&s->arena, sizeof *step) : NULL;

	if (step) {
		*step = (struct step){ .counts = { 1 }, .text = "\xFF" };  /* until it is learned, it leads on from nowhere */
		s->steps++;
	}
	return step;
}

struct gv_shape *gv_shape_new(const struct gv_json_only *only)
{
	struct gv_shape *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->only = only;
	s->mark = gv_mark_best();
	s->root.steps[STRING] = new_step(s);
	s->useless = only->n > UINT8_MAX;
	if (!s->root.steps[STRING]) {
		gv_shape_free(s);
		return NULL;
	}
	return s;
}

static struct place *place_of(struct gv_shape *s, struct place *parent, struct gv_str name)
{
	struct place *at;

	for (at = parent->child; at; at = at->sibling)
		if (!at->name.p == !name.p && gv_str_eq(at->name, name))
			return at;
	at = s->places < PLACES_MAX ? gv_arena_alloc(&s->arena, sizeof *at) : NULL;
	if (!at)
		return NULL;
	*at = (struct place){ .sibling = parent->child };
	if (name.p) {
		at->name = gv_arena_copy(&s->arena, name);
		if (!at->name.p)
			return NULL;
	}
	for (size_t i = 0; name.p && parent == &s->root && i < s->only->n; i++)
		if (gv_str_eq(s->only->names[i], name))
			at->pick = (uint8_t)(i + 1);
	parent->child = at;
	s->places++;
	return at;
}

/* The piece from the last value to l->p, where one of this kind begins.  False: there is no room for it. */
static bool add_step(struct lesson *l, struct place *to, enum kind kind)
{
	struct gv_shape *s = l->shape;
	size_t n = (size_t)(l->p - l->from);
	struct step *step;

	for (step = l->steps;; step = step->other) {
		if (step->n == n && step->kind == kind && memcmp(step->text, l->from, n) == 0)
			return true;
		if (!step->other)
			break;
	}
	if (n > STEP_MAX || (kind != END && !to->steps[kind] && !(to->steps[kind] = new_step(s))))
		return false;
	if (step->n) { /* else it is the first, and nothing yet */
		step->other = new_step(s);
		step = step->other;
		if (!step)
			return false;
	}
	step->then = kind == END ? NULL : to->steps[kind];
	step->n = (uint8_t)n;
	step->kind = (uint8_t)kind;
	step->pick = to->pick;
	step->quotes = 0;
	step->counts[0] = 0;
	for (size_t i = 0; i < n; i++) {
		step->counts[i / CHUNK] |= 1U << i % CHUNK;
		step->quotes = (uint8_t)(step->quotes + (l->from[i] == '"'));
	}
	memcpy(step->text, l->from, n);
	return true;
}

static bool learn_value(struct lesson *l, struct place *at);

/* A string without escapes at l->p; false if it has some. */
static bool pass_string(struct lesson *l, struct gv_str *out)
{
	const char *from = ++l->p;

	while (*l->p != '"' && *l->p != '\\')
		l->p++;
	*out = (struct gv_str){ from, (size_t)(l->p - from) };
	return *l->p == '"';
}

static bool learn_object(struct lesson *l, struct place *at)
{
	struct gv_str before = { 0 }, name;

	if (*++l->p == '}') {
		l->p++;
		return true;
	}
	for (;;) {
		struct place *child;

		if (*l->p != '"' || !pass_string(l, &name) || l->p[1] != ':' || (before.p && gv_str_cmp(before, name) >= 0))
			return false;
		l->p += 2;
		before = name;
		child = place_of(l->shape, at, name);
		if (!child || !learn_value(l, child) || (*l->p != ',' && *l->p != '}'))
			return false;
		if (*l->p++ == '}')
			return true;
	}
}

static bool learn_array(struct lesson *l, struct place *at)
{
	struct place *item = place_of(l->shape, at, (struct gv_str){ 0 });

	if (*++l->p == ']') {
		l->p++;
		return true;
	}
	for (;;) {
		if (!item || !learn_value(l, item) || (*l->p != ',' && *l->p != ']'))
			return false;
		if (*l->p++ == ']')
			return true;
	}
}

static bool learn_string(struct lesson *l, struct place *at)
{
	struct gv_str text;

	l->p++;
	if (!add_step(l, at, STRING))
		return false;
	l->p--;
	if (!pass_string(l, &text))
		return false;
	l->from = l->p++;
	l->steps = at->steps[STRING];
	return true;
}

/* Byte by byte: there need not be a chunk behind a line that is learnt from. */
static bool learn_integer(struct lesson *l, struct place *at)
{
	bool negative = *l->p == '-';
	int n = 0;

	if (!add_step(l, at, INTEGER))
		return false;
	l->p += negative;
	while (n <= DIGITS_MAX && is_digit(l->p[n]))
		n++;
	l->from = l->p = behind_digits(l->p, negative, n);
	l->steps = at->steps[INTEGER];
	return l->p != NULL;
}

/* Values that the shape cannot build must not be passed over as part of a step. */
static bool learn_value(struct lesson *l, struct place *at)
{
	char c = *l->p;

	if (c == '"')
		return learn_string(l, at);
	if (is_digit(c) || c == '-')
		return learn_integer(l, at);
	if (at->pick && c != 'n')
		return false;
	if (c == '{')
		return learn_object(l, at);
	if (c == '[')
		return learn_array(l, at);
	if (c != 't' && c != 'f' && c != 'n')
		return false;
	l->p += c == 'f' ? 5 : 4;
	return true;
}

void gv_shape_learn(struct gv_shape *s, struct gv_str line)
{
	struct lesson l = { s, line.p, line.p, s->root.steps[STRING] };

	s->left++;
	s->useless = s->left > TRUST + s->read / 4;
	if (!s->useless && line.n && line.p[0] == '{' && learn_object(&l, &s->root) && l.p == line.p + line.n)
		add_step(&l, &s->root, END);
}
