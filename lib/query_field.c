/* SPDX-License-Identifier: MIT */
/* query_field: paths, what the schema says about them, and literals of the right type. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "i18n.h"
#include "query_impl.h"

enum { SORT_FROM = 9 };  /* a list of so many literals is searched by halves */

/* ---- paths ---- */

static bool read_index(struct gv_str s, uint32_t *out)
{
	int64_t i;

	if (s.n == 0 || s.n > 9 || s.p[0] < '0' || s.p[0] > '9' || !gv_str_int(s, &i))
		return false;
	*out = (uint32_t)i;
	return true;
}

static int bad_brackets(struct gv_q_parser *p, size_t at)
{
	return gv_q_fail(p, at, _("a path takes [] for any item and .0 for the first"));
}

static int too_many_steps(struct gv_q_parser *p, size_t at)
{
	return gv_q_fail(p, at, _("a path has at most %d steps"), GV_QUERY_NESTING);
}

/* One step "name", "name[]" or "name[][]" ...; at most `room` entries. */
static int path_step(struct gv_q_parser *p, const struct gv_q_token *t, struct gv_str s,
                     struct gv_q_step *steps, uint32_t room, uint32_t *used)
{
	const char *bracket = memchr(s.p, '[', s.n);
	size_t name = bracket ? (size_t)(bracket - s.p) : s.n;
	size_t at = gv_q_offset_in(t, (size_t)(s.p - t->text.p));
	uint32_t n = 0;

	if (name == 0)
		return gv_q_fail(p, at, _("a step of the path is empty"));
	if (bracket && ((s.n - name) % 2 || s.n - name > 2 * (size_t)room))
		return bad_brackets(p, at);
	steps[n].name = (struct gv_str){ s.p, name };
	steps[n].any = false;
	steps[n].is_index = read_index(steps[n].name, &steps[n].index);
	n++;
	for (size_t i = name; i < s.n; i += 2) {
		if (s.p[i] != '[' || s.p[i + 1] != ']')
			return bad_brackets(p, at);
		if (n == room)
			return too_many_steps(p, t->at);
		steps[n++] = (struct gv_q_step){ .any = true };
	}
	*used = n;
	return 0;
}

/* A name that is written in a record as it is here. */
static bool is_plain(struct gv_str name)
{
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] < 0x20 || name.p[i] == '"' || name.p[i] == '\\' || name.p[i] == 0x7F)
			return false;
	return true;
}

static int find_line(struct gv_q_parser *p, struct gv_q_node *node)
{
	struct gv_str name = node->steps[0].name;
	const char *line;

	if (node->nsteps > 1 || !is_plain(name))
		return 0;
	line = gv_arena_printf(&p->q->arena, "\n  \"%.*s\": ", (int)name.n, name.p);
	if (!line)
		return gv_fail_nomem(p->err);
	node->line = gv_str_of(line);
	return 0;
}

int gv_q_path(struct gv_q_parser *p, const struct gv_q_token *t, struct gv_q_node *node)
{
	struct gv_q_step steps[GV_QUERY_NESTING], *kept;
	uint32_t n = 0, used = 0;
	size_t from = 0;

	for (;;) {
		const char *dot = memchr(t->text.p + from, '.', t->text.n - from);
		size_t to = dot ? (size_t)(dot - t->text.p) : t->text.n;
		int rc;

		if (n == GV_QUERY_NESTING)
			return too_many_steps(p, t->at);
		rc = path_step(p, t, (struct gv_str){ t->text.p + from, to - from }, steps + n,
		               GV_QUERY_NESTING - n, &used);
		if (rc)
			return rc;
		n += used;
		if (!dot)
			break;
		from = to + 1;
	}
	kept = gv_arena_alloc(&p->q->arena, n * sizeof *kept);
	if (!kept)
		return gv_fail_nomem(p->err);
	memcpy(kept, steps, n * sizeof *kept);
	node->steps = kept;
	node->nsteps = n;
	if (n > 1 && !memchr(t->text.p, '[', t->text.n))
		node->whole = t->text;
	node->next_leaf = p->q->leaves;
	p->q->leaves = node;
	p->q->nleaves++;
	return find_line(p, node);
}

static int by_bytes(const void *a, const void *b)
{
	return gv_str_cmp(*(const struct gv_str *)a, *(const struct gv_str *)b);
}

int gv_q_collect_roots(struct gv_q_parser *p)
{
	struct gv_query *q = p->q;
	size_t n = 0, kept = 0;

	q->roots = gv_arena_alloc(&q->arena, 2 * q->nleaves * sizeof *q->roots);
	if (!q->roots)
		return gv_fail_nomem(p->err);
	for (const struct gv_q_node *leaf = q->leaves; leaf; leaf = leaf->next_leaf) {
		q->roots[n++] = leaf->steps[0].name;
		if (leaf->whole.p)
			q->roots[n++] = leaf->whole;
	}
	qsort(q->roots, n, sizeof *q->roots, by_bytes);
	for (size_t i = 0; i < n; i++)
		if (!kept || !gv_str_eq(q->roots[i], q->roots[kept - 1]))
			q->roots[kept++] = q->roots[i];
	q->nroots = kept;
	return 0;
}

/* ---- fields ---- */

static enum gv_q_type type_of(const struct gv_node *node)
{
	if (node->words)
		return GV_Q_T_WORD;
	switch (node->types & ~(1u << GV_NULL)) {
	case 1u << GV_INT:
		return GV_Q_T_INT;
	case 1u << GV_BOOL:
		return GV_Q_T_BOOL;
	case 1u << GV_ARRAY:
		return GV_Q_T_ARRAY;
	case 1u << GV_OBJECT:
		return GV_Q_T_OBJECT;
	case 1u << GV_STRING:
		break;
	default:
		return GV_Q_T_ANY;
	}
	switch (node->check) {
	case GV_CHECK_DATE:
		return GV_Q_T_DATE;
	case GV_CHECK_MOMENT:
		return GV_Q_T_MOMENT;
	case GV_CHECK_CASENO:
	case GV_CHECK_RECID:
		return GV_Q_T_CASENO;
	default:
		return GV_Q_T_TEXT;
	}
}

/* Derived fields are not in the record: the caller computes those that are used. */
static int derived(struct gv_q_parser *p, const struct gv_derived *d, struct gv_q_field *out)
{
	struct gv_buf *list = &p->q->derived;
	size_t n = strlen(d->name);

	if (strcmp(d->type, "integer") == 0)
		out->type = GV_Q_T_INT;
	else if (strcmp(d->type, "boolean") == 0)
		out->type = GV_Q_T_BOOL;
	else
		out->type = GV_Q_T_TEXT;
	for (const char *at = list->p; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
		if (strcspn(at, ",") == n && memcmp(at, d->name, n) == 0)
			return 0;
	if (list->n)
		gv_buf_addc(list, ',');
	gv_buf_adds(list, d->name);
	return gv_buf_check(list, p->err);
}

int gv_q_field(struct gv_q_parser *p, const struct gv_q_token *t, struct gv_q_field *out)
{
	const struct gv_schema *s = p->schema;

	*out = (struct gv_q_field){ .path = t->text, .type = GV_Q_T_ANY };
	if (!s)
		return 0;
	out->node = gv_schema_at(s, t->text);
	if (out->node) {
		out->type = type_of(out->node);
		return 0;
	}
	for (size_t i = 0; i < s->nderived; i++)
		if (gv_str_is(t->text, s->derived[i].name))
			return derived(p, &s->derived[i], out);
	if (p->unknown)
		p->unknown(p->ctx, t->text);
	return 0;
}

int gv_q_check_op(struct gv_q_parser *p, const struct gv_q_field *f, const struct gv_q_token *field,
                  const struct gv_q_token *op)
{
	bool ordering = op->kind >= GV_Q_LT && op->kind <= GV_Q_GE;
	char name[GV_Q_SHOWN];

	gv_q_show(name, f->path);
	if (f->type == GV_Q_T_ARRAY)
		return gv_q_fail(p, field->at,
		                 _("%s: the field holds a list; write %s[] for any item of it"),
		                 name, name);
	if (f->type == GV_Q_T_OBJECT)
		return gv_q_fail(p, field->at,
		                 _("%s: the field holds an object; name a field in it"), name);
	if (f->type == GV_Q_T_INT && op->kind == GV_Q_TILDE)
		return gv_q_fail(p, op->at,
		                 _("%s: the field holds an integer, and ~ looks at text"), name);
	if (f->type == GV_Q_T_BOOL && (ordering || op->kind == GV_Q_TILDE))
		return gv_q_fail(p, op->at,
		                 _("%s: the field is true or false, and only = and != fit"), name);
	return 0;
}

/* ---- literals ---- */

static int bad_literal(struct gv_q_parser *p, const struct gv_q_field *f,
                       const struct gv_q_token *t, const char *why)
{
	char name[GV_Q_SHOWN], value[GV_Q_SHOWN];

	return gv_q_fail(p, t->at, "%s: \"%s\" %s", gv_q_show(name, f->path),
	                 gv_q_show(value, t->text), why);
}

static int integer(struct gv_q_parser *p, const struct gv_q_field *f, const struct gv_q_token *t,
                   struct gv_q_lit *out)
{
	char *digits;
	int64_t i;

	if (!gv_str_int(t->text, &i))
		return bad_literal(p, f, t, _("is not an integer"));
	if (i > GV_JSON_INT_MAX || i < -GV_JSON_INT_MAX)
		return bad_literal(p, f, t, _("is beyond 2^53, which no record can hold"));
	digits = gv_arena_printf(&p->q->arena, "%" PRId64, i);
	if (!digits)
		return gv_fail_nomem(p->err);
	out->text = gv_str_of(digits);
	out->num = (struct gv_num){ .m = i };
	out->as = GV_Q_INT;
	return 0;
}

static int word(struct gv_q_parser *p, const struct gv_q_field *f, const struct gv_q_token *t)
{
	struct gv_buf why = GV_BUF_INIT(1024);
	int rc;

	for (size_t i = 0; f->node->words[i]; i++)
		if (gv_str_is(t->text, f->node->words[i]))
			return 0;
	gv_buf_adds(&why, _("is none of"));
	for (size_t i = 0; f->node->words[i]; i++)
		gv_buf_addf(&why, "%s %s", i ? "," : "", f->node->words[i]);
	rc = bad_literal(p, f, t, why.p ? why.p : "");
	gv_buf_free(&why);
	return rc;
}

/* People write a case number in many forms, records hold one. */
static int case_number(struct gv_q_parser *p, struct gv_q_lit *lit)
{
	struct gv_caseno number;
	struct gv_str official;

	if (!p->numbers) {
		int rc = gv_caseno_reader_new(&p->numbers, NULL, 0, p->err);

		if (rc)
			return rc;
	}
	if (gv_caseno_parse(p->numbers, &number, lit->text, NULL) != 0)
		return 0;
	official = gv_arena_copy(&p->q->arena, gv_str_of(number.id));
	if (!official.p)
		return gv_fail_nomem(p->err);
	lit->text = official;
	return 0;
}

/* 007 is a text, as in JSON: codes and telephone numbers are written so. */
static bool has_leading_zero(struct gv_str s)
{
	size_t sign = s.n && s.p[0] == '-';

	return s.n > sign + 1 && s.p[sign] == '0' && s.p[sign + 1] >= '0' && s.p[sign + 1] <= '9';
}

static int untyped(struct gv_q_parser *p, const struct gv_q_token *t, struct gv_q_lit *out)
{
	struct gv_num_room room;

	if (t->kind == GV_Q_QUOTED)
		return 0;
	if (gv_str_is(t->text, "true") || gv_str_is(t->text, "false")) {
		out->as |= GV_Q_BOOL;
		return 0;
	}
	if (has_leading_zero(t->text) || !gv_num_read(&out->num, t->text, &room))
		return 0;
	out->as |= GV_Q_INT | GV_Q_NUMBER;
	if (!out->num.digits.p)
		return 0;
	out->num.digits = gv_arena_copy(&p->q->arena, out->num.digits);
	return out->num.digits.p ? 0 : gv_fail_nomem(p->err);
}

int gv_q_literal(struct gv_q_parser *p, const struct gv_q_field *f, const struct gv_q_token *t,
                 bool ordered, struct gv_q_lit *out)
{
	*out = (struct gv_q_lit){ .text = t->text, .as = GV_Q_TEXT };
	switch (f->type) {
	case GV_Q_T_ANY:
		return untyped(p, t, out);
	case GV_Q_T_INT:
		return integer(p, f, t, out);
	case GV_Q_T_BOOL:
		out->as = GV_Q_BOOL;
		if (!gv_str_is(t->text, "true") && !gv_str_is(t->text, "false"))
			return bad_literal(p, f, t, _("is neither true nor false"));
		return 0;
	case GV_Q_T_DATE:
		if (gv_day_read(t->text) == GV_DAY_NONE)
			return bad_literal(p, f, t, _("is not a date (2022-06-30)"));
		return 0;
	case GV_Q_T_MOMENT:
		out->as = GV_Q_MOMENT;
		if (gv_moment_parse(&out->moment, t->text, NULL))
			return bad_literal(p, f, t, _("is neither a date (2022-06-30)"
			                              " nor a time (2022-06-30T09:00+08:00)"));
		return 0;
	case GV_Q_T_WORD:
		return ordered ? 0 : word(p, f, t);
	case GV_Q_T_CASENO:
		return ordered ? 0 : case_number(p, out);
	default:
		return 0;
	}
}

static int by_text(const void *a, const void *b)
{
	return gv_str_cmp(((const struct gv_q_lit *)a)->text, ((const struct gv_q_lit *)b)->text);
}

static int by_value(const void *a, const void *b)
{
	return gv_num_cmp(&(*(const struct gv_q_lit *const *)a)->num,
	                  &(*(const struct gv_q_lit *const *)b)->num);
}

int gv_q_sort(struct gv_q_parser *p, struct gv_q_node *node)
{
	struct gv_q_lit *l = node->lits;
	uint32_t kept = 0;

	if (node->nlits < SORT_FROM || l[0].as & GV_Q_MOMENT)
		return 0;
	qsort(l, node->nlits, sizeof *l, by_text);
	for (uint32_t i = 1; i < node->nlits; i++) {
		if (gv_str_eq(l[i].text, l[kept].text)) { /* 5 and '5' */
			if (l[i].as & GV_Q_INT)
				l[kept].num = l[i].num;
			l[kept].as |= l[i].as;
		} else {
			l[++kept] = l[i];
		}
	}
	node->nlits = kept + 1;
	node->nums = gv_arena_alloc(&p->q->arena, node->nlits * sizeof(struct gv_q_lit *));
	if (!node->nums)
		return gv_fail_nomem(p->err);
	for (uint32_t i = 0; i < node->nlits; i++)
		if (l[i].as & GV_Q_INT)
			node->nums[node->nnums++] = &l[i];
	if (node->nnums)
		qsort(node->nums, node->nnums, sizeof(struct gv_q_lit *), by_value);
	node->sorted = true;
	return 0;
}
