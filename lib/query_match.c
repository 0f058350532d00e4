/* SPDX-License-Identifier: MIT */
#include "query_impl.h"

static bool is_text(const struct gv_val *v)
{
	return v->type == GV_STRING || v->type == GV_NUMBER; /* a foreign number is kept as text */
}

static uint8_t outcome(int64_t a, int64_t b)
{
	return a < b ? GV_Q_LESS : a > b ? GV_Q_MORE : GV_Q_EQUAL;
}

/* A day is compared with the day alone. */
static uint8_t compare_moment(const struct gv_q_lit *l, struct gv_str text)
{
	struct gv_moment m;

	if (gv_moment_parse(&m, text, NULL))
		return 0;
	if (m.day != l->moment.day || !l->moment.has_time)
		return outcome(m.day, l->moment.day);
	return outcome(m.second, l->moment.second);
}

/* How v stands to the literal; 0 where they cannot be compared. */
static uint8_t compare(const struct gv_q_lit *l, const struct gv_val *v)
{
	if (is_text(v) && l->as & GV_Q_MOMENT)
		return compare_moment(l, (struct gv_str){ v->s, v->n });
	if (is_text(v) && l->as & GV_Q_TEXT)
		return outcome(gv_str_cmp((struct gv_str){ v->s, v->n }, l->text), 0);
	if (v->type == GV_INT && l->as & GV_Q_INT)
		return outcome(v->i, l->i);
	return 0;
}

static bool equal(const struct gv_q_lit *l, const struct gv_val *v)
{
	if (v->type == GV_BOOL)
		return l->as & GV_Q_BOOL && v->truth == (l->text.p[0] == 't');
	if (is_text(v) && l->as & GV_Q_TEXT) /* lengths tell most texts apart */
		return gv_str_eq((struct gv_str){ v->s, v->n }, l->text);
	return compare(l, v) == GV_Q_EQUAL;
}

/* The text under which v would stand in a sorted list; p is NULL where nothing like it could. */
static struct gv_str key_of(const struct gv_val *v, char digits[24])
{
	size_t at = 24;
	uint64_t u;

	if (is_text(v))
		return (struct gv_str){ v->s, v->n };
	if (v->type == GV_BOOL)
		return v->truth ? GV_STR("true") : GV_STR("false");
	if (v->type != GV_INT)
		return (struct gv_str){ 0 };
	u = v->i < 0 ? 0 - (uint64_t)v->i : (uint64_t)v->i;
	do {
		digits[--at] = (char)('0' + u % 10);
		u /= 10;
	} while (u);
	if (v->i < 0)
		digits[--at] = '-';
	return (struct gv_str){ digits + at, 24 - at };
}

static bool in_sorted(const struct gv_q_node *n, const struct gv_val *v)
{
	char digits[24];
	struct gv_str key = key_of(v, digits);
	uint32_t low = 0, high = n->nlits;

	while (key.p && low < high) {
		uint32_t mid = low + (high - low) / 2;
		int d = gv_str_cmp(key, n->lits[mid].text);

		if (d == 0)
			return equal(&n->lits[mid], v);
		if (d < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return false;
}

/* The test of a leaf on one value. */
static bool test(const struct gv_query *q, const struct gv_q_node *n, const struct gv_val *v)
{
	if (v->type == GV_NULL)
		return false;
	switch (n->kind) {
	case GV_Q_EXISTS:
		return true;
	case GV_Q_ORDER:
		return compare(n->lits, v) & n->accept;
	case GV_Q_PATTERN:
		return is_text(v) && gv_q_pattern_match(q, n, (struct gv_str){ v->s, v->n });
	default:
		if (n->sorted)
			return in_sorted(n, v);
		for (uint32_t i = 0; i < n->nlits; i++)
			if (equal(&n->lits[i], v))
				return true;
		return false;
	}
}

static const struct gv_val *step_into(const struct gv_q_step *s, const struct gv_val *v)
{
	if (v->type == GV_OBJECT)
		return gv_val_getn(v, s->name);
	if (v->type == GV_ARRAY && s->is_index && s->index < v->n)
		return &v->items[s->index];
	return NULL;
}

/* Is there a value at the end of steps[i...] that passes?  As deep as the path has []. */
static bool reach(const struct gv_query *q, const struct gv_q_node *n, uint32_t i,
                  const struct gv_val *v)
{
	for (; v && i < n->nsteps; i++) {
		if (n->steps[i].any) {
			if (v->type != GV_ARRAY)
				return false;
			for (uint32_t k = 0; k < v->n; k++)
				if (reach(q, n, i + 1, &v->items[k]))
					return true;
			return false;
		}
		v = step_into(&n->steps[i], v);
	}
	return v && test(q, n, v);
}

static bool eval(const struct gv_query *q, const struct gv_q_node *n, const struct gv_val *rec)
{
	bool yes;

	if (n->kind == GV_Q_AND || n->kind == GV_Q_OR) {
		yes = n->kind == GV_Q_AND;
		for (const struct gv_q_node *c = n->first; c; c = c->next) {
			if (eval(q, c, rec) != yes) {
				yes = !yes;
				break;
			}
		}
	} else {
		yes = reach(q, n, 0, rec);
	}
	return yes != n->negate;
}

bool gv_query_match(const struct gv_query *q, const struct gv_val *rec)
{
	return eval(q, q->root, rec);
}

int gv_query_trouble(const struct gv_query *q, struct gv_err *err)
{
	if (!q->scratch || !q->scratch->trouble.code)
		return 0;
	if (err)
		*err = q->scratch->trouble;
	return q->scratch->trouble.code;
}
