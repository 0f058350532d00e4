/* SPDX-License-Identifier: MIT */
#include "query_impl.h"
#include "utf8.h"

/* The value of a record that is looked at. */
struct operand {
	const struct gv_val *v;
	const struct gv_num *num;  /* NULL: no number, or one beyond the limits of num.h */
};

/* A foreign number is kept as text. */
static bool is_text(const struct gv_val *v)
{
	return v->type == GV_STRING || v->type == GV_NUMBER;
}

static bool is_number(const struct gv_val *v)
{
	return v->type == GV_INT || v->type == GV_NUMBER;
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

/* Are v and the literal both numbers? */
static bool by_value(const struct gv_q_lit *l, const struct operand *o)
{
	return o->num && l->as & (o->v->type == GV_INT ? GV_Q_INT : GV_Q_NUMBER);
}

/* How the value stands to the literal; 0 where they cannot be compared. */
static uint8_t compare(const struct gv_q_lit *l, const struct operand *o)
{
	const struct gv_val *v = o->v;

	if (by_value(l, o))
		return outcome(gv_num_cmp(o->num, &l->num), 0);
	if (is_text(v) && l->as & GV_Q_MOMENT)
		return compare_moment(l, (struct gv_str){ v->s, v->n });
	if (is_text(v) && l->as & GV_Q_TEXT)
		return outcome(gv_str_cmp((struct gv_str){ v->s, v->n }, l->text), 0);
	return 0;
}

static bool equal(const struct gv_q_lit *l, const struct operand *o)
{
	const struct gv_val *v = o->v;

	if (v->type == GV_BOOL)
		return l->as & GV_Q_BOOL && v->truth == (l->text.p[0] == 't');
	if (v->type == GV_STRING && l->as & GV_Q_TEXT) /* lengths tell most texts apart */
		return gv_str_eq((struct gv_str){ v->s, v->n }, l->text);
	return compare(l, o) == GV_Q_EQUAL;
}

/* Is there a literal that v equals as a text? */
static bool among_texts(const struct gv_q_node *n, const struct operand *o)
{
	const struct gv_val *v = o->v;
	struct gv_str key = { v->s, v->n };
	uint32_t low = 0, high = n->nlits;

	if (v->type == GV_BOOL)
		key = v->truth ? GV_STR("true") : GV_STR("false");
	else if (!is_text(v))
		return false;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		int d = gv_str_cmp(key, n->lits[mid].text);

		if (d == 0)
			return equal(&n->lits[mid], o);
		if (d < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return false;
}

/* The literals of one field are all for integers only, or all for foreign numbers too. */
static bool among_numbers(const struct gv_q_node *n, const struct operand *o)
{
	uint32_t low = 0, high = n->nnums;

	if (!high || !by_value(n->nums[0], o))
		return false;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		int d = gv_num_cmp(o->num, &n->nums[mid]->num);

		if (d == 0)
			return true;
		if (d < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return false;
}

static bool among(const struct gv_q_node *n, const struct operand *o)
{
	if (n->sorted)
		return among_numbers(n, o) || among_texts(n, o);
	for (uint32_t i = 0; i < n->nlits; i++)
		if (equal(&n->lits[i], o))
			return true;
	return false;
}

/* A row of statistics holds sums, which have more digits than numbers of records. */
static bool number_of(const struct gv_val *v, struct gv_num *num, struct gv_num_room *room)
{
	return v->type == GV_INT ? gv_num_of(num, v, room) : gv_num_read_result(num, (struct gv_str){ v->s, v->n }, room);
}

/* The test of a leaf on one value. */
static bool test(const struct gv_query *q, const struct gv_q_node *n, const struct gv_val *v)
{
	struct operand o = { v, NULL };
	struct gv_num_room room;
	struct gv_num num;

	if (v->type == GV_NULL)
		return false;
	if (n->kind == GV_Q_EXISTS)
		return true;
	if (n->kind == GV_Q_PATTERN)
		return is_text(v) && gv_q_pattern_match(q, n, (struct gv_str){ v->s, v->n });
	if (is_number(v) && number_of(v, &num, &room))
		o.num = &num;
	return n->kind == GV_Q_ORDER ? compare(n->lits, &o) & n->accept : among(n, &o);
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

/* A foreign row, or a row of statistics, may have a member with dots in its name. */
static bool look(const struct gv_query *q, const struct gv_q_node *n, const struct gv_val *rec)
{
	const struct gv_val *v = n->whole.p ? gv_val_getn(rec, n->whole) : NULL;

	return v ? test(q, n, v) : reach(q, n, 0, rec);
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
		yes = look(q, n, rec);
	}
	return yes != n->negate;
}

bool gv_query_match(const struct gv_query *q, const struct gv_val *rec)
{
	return eval(q, q->root, rec);
}

/* ---- without parsing ---- */

enum verdict { NO, YES, UNKNOWN };

/* What stands behind "name": in canonical text.  False if it is not a scalar that means what is written. */
static bool read_scalar(struct gv_str s, struct gv_val *v)
{
	enum { DIGITS = 15 };  /* fewer than 2^53 has */
	size_t sign = s.n && s.p[0] == '-';

	*v = (struct gv_val){ .type = GV_NULL };
	if (gv_str_is(s, "null"))
		return true;
	if (gv_str_is(s, "true") || gv_str_is(s, "false")) {
		v->type = GV_BOOL;
		v->truth = s.n == 4;
		return true;
	}
	if (s.n >= 2 && s.n <= UINT32_MAX && s.p[0] == '"' && s.p[s.n - 1] == '"') {
		v->type = GV_STRING;
		v->s = s.p + 1;
		v->n = (uint32_t)s.n - 2;
		return !memchr(v->s, '"', v->n) && !memchr(v->s, '\\', v->n) &&
		       gv_utf8_valid((struct gv_str){ v->s, v->n }) == v->n;
	}
	v->type = GV_INT;
	return s.n > sign && s.n <= DIGITS && (s.p[sign] != '0' || s.n == 1) && s.p[sign] >= '0' && s.p[sign] <= '9' &&
	       gv_str_int(s, &v->i);
}

static enum verdict look_at_line(const struct gv_query *q, const struct gv_q_node *n, struct gv_str text)
{
	const char *at = n->line.n ? gv_str_find(text, n->line) : NULL, *end;
	struct gv_val v;

	if (!at)
		return n->line.n ? NO : UNKNOWN; /* a missing field */
	at += n->line.n;
	end = memchr(at, '\n', (size_t)(text.p + text.n - at));
	end -= end[-1] == ',';
	if (!read_scalar((struct gv_str){ at, (size_t)(end - at) }, &v))
		return UNKNOWN;
	return test(q, n, &v) ? YES : NO;
}

static enum verdict eval_text(const struct gv_query *q, const struct gv_q_node *n, struct gv_str text)
{
	enum verdict neutral = n->kind == GV_Q_AND ? YES : NO, decisive = neutral == YES ? NO : YES, found = neutral;

	if (n->kind == GV_Q_AND || n->kind == GV_Q_OR) {
		for (const struct gv_q_node *c = n->first; c && found != decisive; c = c->next) {
			enum verdict is = eval_text(q, c, text);

			if (is != neutral)
				found = is;
		}
	} else {
		found = look_at_line(q, n, text);
	}
	return found == UNKNOWN || !n->negate ? found : found == NO ? YES : NO;
}

bool gv_query_rules_out(const struct gv_query *q, struct gv_str text)
{
	return !*gv_query_derived(q) && gv_json_has_canon_frame(text) && eval_text(q, q->root, text) == NO;
}

int gv_query_trouble(const struct gv_query *q, struct gv_err *err)
{
	if (!q->scratch || !q->scratch->trouble.code)
		return 0;
	if (err)
		*err = q->scratch->trouble;
	return q->scratch->trouble.code;
}
