/* SPDX-License-Identifier: MIT */
/* query_impl: what query_*.c share: the compiled form, and the parser on its way there. */
#ifndef GAVEL_QUERY_IMPL_H
#define GAVEL_QUERY_IMPL_H

#include <pcre2.h>

#include "caseno.h"
#include "date.h"
#include "num.h"
#include "query.h"

/* ---- compiled form ---- */

/* What a literal can be compared with. */
enum {
	GV_Q_TEXT = 1 << 0, GV_Q_INT = 1 << 1, GV_Q_BOOL = 1 << 2, GV_Q_MOMENT = 1 << 3,
	GV_Q_NUMBER = 1 << 4   /* foreign numbers */
};

struct gv_q_lit {
	struct gv_str text;    /* of an integer field: its decimal form */
	struct gv_num num;     /* with GV_Q_INT or GV_Q_NUMBER */
	struct gv_moment moment;
	uint8_t as;            /* GV_Q_TEXT ... bits */
};

struct gv_q_step {
	struct gv_str name;    /* of a member; "0" may also be an item */
	uint32_t index;
	bool is_index;
	bool any;              /* []: every item in turn */
};

enum gv_q_kind { GV_Q_AND, GV_Q_OR, GV_Q_EXISTS, GV_Q_IN, GV_Q_ORDER, GV_Q_PATTERN };

/* Outcomes of a comparison, and which of them an ordering operator accepts. */
enum { GV_Q_LESS = 1 << 0, GV_Q_EQUAL = 1 << 1, GV_Q_MORE = 1 << 2 };

struct gv_q_node {
	uint8_t kind;          /* enum gv_q_kind; a = x is a list of one */
	bool negate;
	uint8_t accept;        /* GV_Q_ORDER: GV_Q_LESS ... bits */
	bool sorted;           /* GV_Q_IN: lits are sorted by text, each text once */
	uint32_t nsteps, nlits, nnums;
	struct gv_str whole;   /* of a path with dots: a member of this very name goes first; .p NULL: there are none */
	struct gv_str line;    /* of a path of one plain name: what its line in canonical text begins with; n = 0: no such path */
	const struct gv_q_step *steps;
	struct gv_q_lit *lits;
	const struct gv_q_lit **nums;    /* sorted: those that are numbers, sorted by value */
	pcre2_code *code;
	struct gv_q_node *first;         /* GV_Q_AND, GV_Q_OR: children */
	struct gv_q_node *next;          /* brother */
	struct gv_q_node *next_pattern;  /* all GV_Q_PATTERN nodes, to free their code */
	struct gv_q_node *next_leaf;     /* all nodes that have a path */
};

/* What matching writes to: apart from it a query is constant. */
struct gv_q_scratch {
	pcre2_match_data *data;
	pcre2_match_context *limits;
	pcre2_jit_stack *stack;
	struct gv_err trouble;
};

struct gv_query {
	struct gv_arena arena;
	struct gv_buf derived;
	struct gv_q_node *root;
	struct gv_q_node *patterns;
	struct gv_q_node *leaves;
	struct gv_str *roots;
	size_t nleaves, nroots;
	struct gv_q_scratch *scratch;  /* only if there are patterns */
};

/* ---- parser ---- */

enum gv_q_token_kind {
	GV_Q_END, GV_Q_WORD, GV_Q_QUOTED, GV_Q_OPEN, GV_Q_CLOSE, GV_Q_COMMA,
	GV_Q_EQ, GV_Q_NE, GV_Q_LT, GV_Q_LE, GV_Q_GT, GV_Q_GE, GV_Q_TILDE
};

struct gv_q_token {
	enum gv_q_token_kind kind;
	size_t at;             /* byte offset in the query */
	struct gv_str raw;     /* as written, with quotes */
	struct gv_str text;    /* of words; quotes and escapes undone */
};

/* What the schema says about a field. */
enum gv_q_type {
	GV_Q_T_ANY, GV_Q_T_TEXT, GV_Q_T_WORD, GV_Q_T_DATE, GV_Q_T_MOMENT, GV_Q_T_CASENO,
	GV_Q_T_INT, GV_Q_T_BOOL, GV_Q_T_ARRAY, GV_Q_T_OBJECT
};

struct gv_q_field {
	struct gv_str path;
	enum gv_q_type type;
	const struct gv_node *node;  /* NULL if the schema does not know it */
};

struct gv_q_parser {
	struct gv_query *q;
	struct gv_str text;
	const struct gv_schema *schema;
	void (*unknown)(void *ctx, struct gv_str path);
	void *ctx;
	struct gv_caseno_reader *numbers;  /* loaded when the first case number is met */
	struct gv_err *err;
	struct gv_q_token prev, tok;       /* the one just taken, the next one */
	unsigned depth;
};

/* query_lex.c */
int gv_q_advance(struct gv_q_parser *p);
bool gv_q_is_keyword(const struct gv_q_token *t, const char *word);  /* NULL: any of them */
/* Byte offset in the query of byte `n` of a token's text. */
size_t gv_q_offset_in(const struct gv_q_token *t, size_t n);
/* GV_EUSAGE "column N: ...". */
int gv_q_fail(struct gv_q_parser *p, size_t at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* A text for messages, cut to a sensible length. */
#define GV_Q_SHOWN 84
const char *gv_q_show(char buf[GV_Q_SHOWN], struct gv_str s);

/* query_field.c */
int gv_q_path(struct gv_q_parser *p, const struct gv_q_token *t, struct gv_q_node *node);
int gv_q_field(struct gv_q_parser *p, const struct gv_q_token *t, struct gv_q_field *out);
/* Does the operator fit the field? */
int gv_q_check_op(struct gv_q_parser *p, const struct gv_q_field *f, const struct gv_q_token *field,
                  const struct gv_q_token *op);
/* The literal `t` for field `f`.  `ordered`: for < and its kin, which take any text. */
int gv_q_literal(struct gv_q_parser *p, const struct gv_q_field *f, const struct gv_q_token *t,
                 bool ordered, struct gv_q_lit *out);
/* Sort a long list, so that it is searched by halves. */
int gv_q_sort(struct gv_q_parser *p, struct gv_q_node *node);
/* Once all is parsed. */
int gv_q_collect_roots(struct gv_q_parser *p);

/* query_pattern.c */
int gv_q_pattern(struct gv_q_parser *p, struct gv_q_node *node, const struct gv_q_token *pattern);
bool gv_q_pattern_match(const struct gv_query *q, const struct gv_q_node *node, struct gv_str text);
void gv_q_patterns_free(struct gv_query *q);

#endif
