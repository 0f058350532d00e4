/* SPDX-License-Identifier: MIT */
/* rule_unit: what the tests of tables of rules share: what a row has found, and whether every rule has rows enough. */
#ifndef GAVEL_RULE_UNIT_H
#define GAVEL_RULE_UNIT_H

#include "rule.h"
#include "schema_unit.h"

/* To the buffer in c->ctx: "level: message", several divided by "; ". */
static inline int rule_sink(struct gv_check *c, const struct gv_val *finding, struct gv_err *err)
{
	struct gv_buf *out = c->ctx;
	struct gv_str level = gv_val_getstr(finding, "level"), message = gv_val_getstr(finding, "message");

	(void)err;
	gv_buf_addf(out, "%s%.*s: %.*s", out->n ? "; " : "", (int)level.n, level.p, (int)message.n, message.p);
	return 0;
}

/* The members of an object, as rows have them. */
static inline void rule_parse(struct gv_doc *doc, const char *members)
{
	struct gv_buf text = GV_BUF_INIT(65536);
	struct gv_err err;

	gv_buf_addf(&text, "{%s}", members);
	CHECK_OK(gv_json_parse(doc, gv_buf_str(&text), 0, &err), &err);
	gv_buf_free(&text);
}

static inline void rule_found(const char *rule, const char *row, const struct gv_buf *got, const char *want)
{
	unit_checks++;
	if (strcmp(got->p ? got->p : "", want) != 0)
		UNIT_FAIL("%s %s\n#   got  [%s]\n#   want [%s]", rule, row, got->p ? got->p : "", want);
}

/* `look` says which rows the rule has: one with nothing found, one with something. */
static inline void rule_has_rows(const struct gv_rule *rules, void (*look)(const struct gv_rule *r, bool *passes, bool *fails))
{
	for (const struct gv_rule *r = rules; r->id; r++) {
		bool passes = false, fails = false;

		look(r, &passes, &fails);
		CHECK_ROW(passes, r->id);
		CHECK_ROW(fails, r->id);
	}
}

static inline void rule_is_told(const struct gv_rule *r)
{
	CHECK_ROW(r->basis && r->basis[0].doc && r->title && r->zh && r->needs && r->from, r->id);
}

#endif
