/* SPDX-License-Identifier: MIT */
/* query_pattern: PCRE2 behind `~`, within limits of steps and memory. */
#include <stdlib.h>

#include "i18n.h"
#include "query_impl.h"

enum {
	JIT_STACK_FIRST = 32 * 1024, JIT_STACK_MAX = 1024 * 1024,
	HEAP_MAX_KIB = 64 * 1024,
	/* A pattern that needs more steps on one text is backtracking without end: some tens of
	 * milliseconds.  Long texts get more in proportion. */
	STEPS = 1000 * 1000, STEPS_PER_BYTE = 16
};

#define OPTIONS (PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C)

static int scratch_new(struct gv_query *q, struct gv_err *err)
{
	struct gv_q_scratch *s = calloc(1, sizeof *s);

	q->scratch = s;
	if (!s)
		return gv_fail_nomem(err);
	s->data = pcre2_match_data_create(1, NULL);
	s->limits = pcre2_match_context_create(NULL);
	s->stack = pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_MAX, NULL);
	if (!s->data || !s->limits)
		return gv_fail_nomem(err);
	pcre2_set_heap_limit(s->limits, HEAP_MAX_KIB);
	if (s->stack) /* NULL where there is no JIT */
		pcre2_jit_stack_assign(s->limits, NULL, s->stack);
	return 0;
}

int gv_q_pattern(struct gv_q_parser *p, struct gv_q_node *node, const struct gv_q_token *t)
{
	PCRE2_UCHAR why[256];
	PCRE2_SIZE at;
	int code;

	if (!p->q->scratch) {
		int rc = scratch_new(p->q, p->err);

		if (rc)
			return rc;
	}
	node->code = pcre2_compile((PCRE2_SPTR)t->text.p, t->text.n, OPTIONS, &code, &at, NULL);
	if (!node->code && (code == PCRE2_ERROR_HEAP_FAILED || code == PCRE2_ERROR_NOMEMORY))
		return gv_fail_nomem(p->err);
	if (!node->code) {
		pcre2_get_error_message(code, why, sizeof why);
		return gv_q_fail(p, gv_q_offset_in(t, at), _("the pattern is wrong here: %s"),
		                 (const char *)why);
	}
	pcre2_jit_compile(node->code, PCRE2_JIT_COMPLETE); /* if not, matching is slower */
	node->next_pattern = p->q->patterns;
	p->q->patterns = node;
	return 0;
}

bool gv_q_pattern_match(const struct gv_query *q, const struct gv_q_node *node, struct gv_str text)
{
	struct gv_q_scratch *s = q->scratch;
	int rc;

	pcre2_set_match_limit(s->limits, STEPS + STEPS_PER_BYTE * (uint32_t)text.n);
	rc = pcre2_match(node->code, (PCRE2_SPTR)text.p, text.n, 0, PCRE2_NO_UTF_CHECK,
	                 s->data, s->limits);
	if (rc >= 0)
		return true;
	if (rc == PCRE2_ERROR_NOMATCH || s->trouble.code)
		return false;
	if (rc == PCRE2_ERROR_NOMEMORY) {
		gv_fail_nomem(&s->trouble);
	} else {
		PCRE2_UCHAR why[256];

		pcre2_get_error_message(rc, why, sizeof why);
		gv_fail(&s->trouble, GV_EDATA,
		        _("a pattern of the query takes too long on a text of %zu bytes: %s"),
		        text.n, (const char *)why);
	}
	return false;
}

void gv_q_patterns_free(struct gv_query *q)
{
	for (struct gv_q_node *n = q->patterns; n; n = n->next_pattern)
		pcre2_code_free(n->code);
	if (q->scratch) {
		pcre2_match_data_free(q->scratch->data);
		pcre2_match_context_free(q->scratch->limits);
		pcre2_jit_stack_free(q->scratch->stack);
	}
	free(q->scratch);
}
