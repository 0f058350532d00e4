/* SPDX-License-Identifier: MIT */
/*
 * query_parse: the grammar.
 *
 *   any   = all { "or" all }
 *   all   = one { "and" one }
 *   one   = { "not" } ( "(" any ")" | "exists" PATH | PATH test )
 *   test  = ( "=" | "!=" | "<" | "<=" | ">" | ">=" | "~" ) VALUE
 *         | [ "not" ] "in" "(" VALUE { "," VALUE } ")"
 */
#include <stdlib.h>

#include "i18n.h"
#include "query_impl.h"
#include "utf8.h"

typedef int parse_fn(struct gv_q_parser *p, struct gv_q_node **out);

static parse_fn parse_any;

static struct gv_q_node *new_node(struct gv_q_parser *p, enum gv_q_kind kind)
{
	struct gv_q_node *n = gv_arena_alloc(&p->q->arena, sizeof *n);

	if (n)
		*n = (struct gv_q_node){ .kind = (uint8_t)kind };
	else
		gv_fail_nomem(p->err);
	return n;
}

static bool at_word(const struct gv_q_token *t)
{
	return t->kind == GV_Q_QUOTED || (t->kind == GV_Q_WORD && !gv_q_is_keyword(t, NULL));
}

/* Something else stands where a condition should begin. */
static int no_condition(struct gv_q_parser *p)
{
	char shown[GV_Q_SHOWN];

	if (p->prev.raw.n)
		return gv_q_fail(p, p->prev.at, _("\"%s\" needs something on its right"),
		                 gv_q_show(shown, p->prev.raw));
	if (p->tok.kind == GV_Q_END)
		return gv_q_fail(p, 0, _("a condition is missing"));
	if (p->tok.kind == GV_Q_CLOSE)
		return gv_q_fail(p, p->tok.at, _("\")\" closes nothing"));
	return gv_q_fail(p, p->tok.at, _("\"%s\" needs something on its left"),
	                 gv_q_show(shown, p->tok.raw));
}

/* One literal into lits[i]; the token before it is the sign or bracket that wants it. */
static int literal(struct gv_q_parser *p, const struct gv_q_field *f, bool ordered,
                   struct gv_q_lit *lit)
{
	char sign[GV_Q_SHOWN], value[GV_Q_SHOWN];
	int rc;

	if (gv_q_is_keyword(&p->tok, NULL))
		return gv_q_fail(p, p->prev.at, _("\"%s\" needs a value on its right;"
		                 " if that is the word %s, put it in quotes"),
		                 gv_q_show(sign, p->prev.raw), gv_q_show(value, p->tok.raw));
	if (p->tok.kind == GV_Q_OPEN)
		return gv_q_fail(p, p->prev.at, _("\"%s\" needs a value on its right;"
		                 " one with brackets goes in quotes"),
		                 gv_q_show(sign, p->prev.raw));
	if (!at_word(&p->tok))
		return gv_q_fail(p, p->prev.at, _("\"%s\" needs a value on its right"),
		                 gv_q_show(sign, p->prev.raw));
	rc = gv_q_literal(p, f, &p->tok, ordered, lit);
	return rc ? rc : gv_q_advance(p);
}

static int grow_list(struct gv_q_parser *p, struct gv_q_node *node, uint32_t *room)
{
	uint32_t more = *room ? *room * 2 : 4;
	struct gv_q_lit *lits;

	if (node->nlits < *room)
		return 0;
	lits = gv_arena_alloc(&p->q->arena, more * sizeof *lits);
	if (!lits)
		return gv_fail_nomem(p->err);
	if (node->nlits)
		memcpy(lits, node->lits, node->nlits * sizeof *lits);
	node->lits = lits;
	*room = more;
	return 0;
}

/* Behind "in". */
static int parse_list(struct gv_q_parser *p, const struct gv_q_field *f, struct gv_q_node *node)
{
	struct gv_q_token open = p->tok;
	uint32_t room = 0;
	int rc;

	if (open.kind != GV_Q_OPEN)
		return gv_q_fail(p, p->prev.at,
		                 _("\"in\" needs a list in brackets on its right: in (a, b)"));
	do {
		rc = gv_q_advance(p); /* the bracket, a comma */
		if (!rc)
			rc = grow_list(p, node, &room);
		if (!rc)
			rc = literal(p, f, false, &node->lits[node->nlits++]);
		if (rc)
			return rc;
	} while (p->tok.kind == GV_Q_COMMA);
	if (p->tok.kind == GV_Q_END)
		return gv_q_fail(p, open.at, _("\"(\" is not closed"));
	if (p->tok.kind != GV_Q_CLOSE)
		return gv_q_fail(p, p->tok.at,
		                 _("a comma is missing between the values of the list"));
	rc = gv_q_sort(p, node);
	return rc ? rc : gv_q_advance(p);
}

static const struct { uint8_t kind, accept; bool negate; } signs[] = {
	[GV_Q_EQ] = { GV_Q_IN, 0, false },
	[GV_Q_NE] = { GV_Q_IN, 0, true },
	[GV_Q_LT] = { GV_Q_ORDER, GV_Q_LESS, false },
	[GV_Q_LE] = { GV_Q_ORDER, GV_Q_LESS | GV_Q_EQUAL, false },
	[GV_Q_GT] = { GV_Q_ORDER, GV_Q_MORE, false },
	[GV_Q_GE] = { GV_Q_ORDER, GV_Q_MORE | GV_Q_EQUAL, false },
	[GV_Q_TILDE] = { GV_Q_PATTERN, 0, false },
};

/* Behind a sign, which is p->prev. */
static int parse_sign(struct gv_q_parser *p, const struct gv_q_field *f, struct gv_q_node *node)
{
	enum gv_q_token_kind sign = p->prev.kind;
	int rc;

	node->kind = signs[sign].kind;
	node->accept = signs[sign].accept;
	node->negate = signs[sign].negate;
	if (sign == GV_Q_TILDE && at_word(&p->tok)) {
		rc = gv_q_pattern(p, node, &p->tok);
		return rc ? rc : gv_q_advance(p);
	}
	node->lits = gv_arena_alloc(&p->q->arena, sizeof *node->lits);
	if (!node->lits)
		return gv_fail_nomem(p->err);
	node->nlits = 1;
	return literal(p, f, node->kind == GV_Q_ORDER, node->lits);
}

/* PATH test */
static int parse_test(struct gv_q_parser *p, struct gv_q_node *node)
{
	struct gv_q_token name = p->tok;
	struct gv_q_field field;
	char shown[GV_Q_SHOWN];
	bool negate;
	int rc = gv_q_path(p, &name, node);

	if (!rc)
		rc = gv_q_field(p, &name, &field);
	if (!rc)
		rc = gv_q_advance(p);
	if (rc)
		return rc;
	if (p->tok.kind >= GV_Q_EQ) {
		rc = gv_q_check_op(p, &field, &name, &p->tok);
		if (!rc)
			rc = gv_q_advance(p);
		return rc ? rc : parse_sign(p, &field, node);
	}
	negate = gv_q_is_keyword(&p->tok, "not");
	if (negate && (rc = gv_q_advance(p)))
		return rc;
	if (!gv_q_is_keyword(&p->tok, "in"))
		return gv_q_fail(p, name.at,
		                 _("\"%s\" needs an operator on its right: = != < <= > >= ~ in"),
		                 gv_q_show(shown, name.raw));
	rc = gv_q_check_op(p, &field, &name, &p->tok);
	if (!rc)
		rc = gv_q_advance(p);
	node->kind = GV_Q_IN;
	node->negate = negate;
	return rc ? rc : parse_list(p, &field, node);
}

static int parse_exists(struct gv_q_parser *p, struct gv_q_node *node)
{
	struct gv_q_field ignored;
	int rc = gv_q_advance(p);

	if (rc)
		return rc;
	if (!at_word(&p->tok))
		return no_condition(p);
	rc = gv_q_path(p, &p->tok, node);
	if (!rc)
		rc = gv_q_field(p, &p->tok, &ignored);
	return rc ? rc : gv_q_advance(p);
}

static int parse_brackets(struct gv_q_parser *p, struct gv_q_node **out)
{
	struct gv_q_token open = p->tok;
	int rc;

	if (p->depth == GV_QUERY_NESTING)
		return gv_q_fail(p, open.at, _("brackets are nested deeper than %d"),
		                 GV_QUERY_NESTING);
	p->depth++;
	rc = gv_q_advance(p);
	if (!rc)
		rc = parse_any(p, out);
	if (rc)
		return rc;
	p->depth--;
	if (p->tok.kind == GV_Q_END)
		return gv_q_fail(p, open.at, _("\"(\" is not closed"));
	return gv_q_advance(p);
}

static int parse_one(struct gv_q_parser *p, struct gv_q_node **out)
{
	struct gv_q_node *node;
	bool negate = false;
	int rc;

	while (gv_q_is_keyword(&p->tok, "not")) {
		negate = !negate;
		rc = gv_q_advance(p);
		if (rc)
			return rc;
	}
	if (p->tok.kind == GV_Q_OPEN) {
		rc = parse_brackets(p, out);
	} else if (at_word(&p->tok) || gv_q_is_keyword(&p->tok, "exists")) {
		node = *out = new_node(p, GV_Q_EXISTS);
		if (!node)
			return GV_EIO;
		rc = at_word(&p->tok) ? parse_test(p, node) : parse_exists(p, node);
	} else {
		rc = no_condition(p);
	}
	if (!rc) /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): without an error there is a node */
		(*out)->negate = (*out)->negate != negate;
	return rc;
}

/* Conditions joined by `joint`; a chain is a flat list, however long it is. */
static int parse_chain(struct gv_q_parser *p, enum gv_q_kind kind, const char *joint,
                       parse_fn *part, struct gv_q_node **out)
{
	struct gv_q_node *all, *last;
	int rc = part(p, out);

	if (rc || !gv_q_is_keyword(&p->tok, joint))
		return rc;
	all = new_node(p, kind);
	if (!all)
		return GV_EIO;
	all->first = last = *out;
	while (gv_q_is_keyword(&p->tok, joint)) {
		rc = gv_q_advance(p);
		if (!rc)
			rc = part(p, &last->next);
		if (rc)
			return rc;
		last = last->next;
	}
	*out = all;
	return 0;
}

static int parse_all(struct gv_q_parser *p, struct gv_q_node **out)
{
	return parse_chain(p, GV_Q_AND, "and", parse_one, out);
}

static int parse_any(struct gv_q_parser *p, struct gv_q_node **out)
{
	char shown[GV_Q_SHOWN];
	int rc = parse_chain(p, GV_Q_OR, "or", parse_all, out);

	if (rc || p->tok.kind == GV_Q_END || (p->tok.kind == GV_Q_CLOSE && p->depth))
		return rc;
	if (p->tok.kind == GV_Q_CLOSE)
		return gv_q_fail(p, p->tok.at, _("\")\" closes nothing"));
	return gv_q_fail(p, p->tok.at, _("expected \"and\", \"or\" or the end, not \"%s\""),
	                 gv_q_show(shown, p->tok.raw));
}

int gv_query_parse(struct gv_query **out, const char *text, const struct gv_schema *schema,
                   void (*unknown)(void *ctx, struct gv_str path), void *ctx, struct gv_err *err)
{
	struct gv_err own = { 0 };
	struct gv_q_parser p = {
		.text = gv_str_of(text), .schema = schema, .unknown = unknown, .ctx = ctx,
		.err = err ? err : &own,
	};
	int rc;

	*out = NULL;
	if (p.text.n > GV_QUERY_MAX)
		return gv_fail(err, GV_EUSAGE, _("the query is longer than %zu bytes"),
		               GV_QUERY_MAX);
	if (gv_utf8_valid(p.text) != p.text.n)
		return gv_q_fail(&p, gv_utf8_valid(p.text), _("broken UTF-8"));
	p.q = calloc(1, sizeof *p.q);
	if (!p.q)
		return gv_fail_nomem(err);
	gv_buf_init(&p.q->derived, 64 * 1024);
	/* The words of the query point into its text: keep our own. */
	p.text = gv_arena_copy(&p.q->arena, p.text);
	rc = p.text.p ? gv_q_advance(&p) : gv_fail_nomem(err);
	if (!rc)
		rc = parse_any(&p, &p.q->root);
	if (!rc)
		rc = gv_q_collect_roots(&p);
	gv_caseno_reader_free(p.numbers);
	if (rc) {
		gv_query_free(p.q);
		return rc;
	}
	*out = p.q;
	return 0;
}

void gv_query_free(struct gv_query *q)
{
	if (!q)
		return;
	gv_q_patterns_free(q);
	gv_buf_free(&q->derived);
	gv_arena_free(&q->arena);
	free(q);
}

size_t gv_query_roots(const struct gv_query *q, struct gv_str *names, size_t room)
{
	for (size_t i = 0; i < q->nroots && i < room; i++)
		names[i] = q->roots[i];
	return q->nroots;
}

const char *gv_query_derived(const struct gv_query *q)
{
	return q->derived.p ? q->derived.p : "";
}
