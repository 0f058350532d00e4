/* SPDX-License-Identifier: MIT */
/* docket_rules_shown: DK-14: what everybody may see shows nobody's numbers, whoever wrote it and however it came. */
#include "case_rules.h"

#include <stdio.h>

#include "i18n.h"
#include "ident.h"
#include "public.h"
#include "residue.h"

struct shown {
	struct gv_check *c;
	const struct gv_case_subject *s;
	struct gv_redactor *redactor;
	const char *field;      /* at hand */
	struct gv_str text;
	size_t n;               /* found in it */
	bool resident;          /* a number of a resident, whose check digit is right */
	char kind[32];          /* of the first */
	size_t at;
};

/* Names are for case-publish scan, which knows whose they are. */
static bool is_number(const char *kind)
{
	static const char kinds[] = "resident-id,paper-no,phone,account,plate,title-no,email,handle";

	return gv_rule_listed(GV_STR(kinds), gv_str_of(kind));
}

static int is_in(void *ctx, struct gv_str text)
{
	const struct gv_str *sought = ctx;

	return gv_str_find(text, *sought) != NULL;
}

/* What the record said before is no fault of a push. */
static int take(void *ctx, const struct gv_residue *hit)
{
	struct shown *w = ctx;
	struct gv_ident id = { 0 };

	if (!hit->sure || !is_number(hit->kind) || (w->s->before && gv_val_each_string(w->s->before, is_in, &(struct gv_str){ hit->text.p, hit->text.n })))
		return 0;
	if (strcmp(hit->kind, "resident-id") == 0)
		gv_ident_check(&id, GV_ID_RESIDENT, hit->text);
	if (w->n++ == 0 || (id.valid && !w->resident)) {
		snprintf(w->kind, sizeof w->kind, "%s", hit->kind);
		w->at = hit->from + 1;
	}
	w->resident = w->resident || id.valid;
	return 0;
}

/* What has a pattern alone may be something else, or stay with a reason: only a resident's number with its check digit keeps a push out.
 * A line that is pulled has it in its history for good.  No value is repeated. */
static int look_at(void *ctx, struct gv_str text)
{
	struct shown *w = ctx;
	enum gv_level level;
	struct gv_redact_job job = { .text = text, .profile = GV_PROFILE_2016, .as_of = w->c->as_of };
	int rc;

	w->n = 0;
	w->resident = false;
	rc = gv_residue(w->redactor, &job, take, w, w->c->err);
	if (rc || !w->n)
		return rc;
	level = w->resident && !w->s->pulled ? GV_VIOLATION : GV_WARN;
	return gv_finding(w->c, level, NULL, _("%s: %s at byte %zu, of %zu in all: everybody may read it"), w->field, w->kind, w->at, w->n);
}

/* Typical cases and reports are in the court's own docket too, while they are written. */
static bool is_for_public(const struct gv_val *rec)
{
	return gv_str_is(gv_val_getstr(rec, "kind"), "document") || *gv_public_fields(gv_val_getstr(rec, "kind"), gv_val_getstr(rec, "state"));
}

int gv_docket_rule_shown(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	struct shown w = { .c = c, .s = s };
	const struct gv_val *rec = s->rec->val;
	int rc;

	/* A commit that joins two lines: what it has was looked at in them. */
	if (!s->strict || !is_for_public(rec) || (s->before && !gv_val_get(s->before, "kind")))
		return 0;
	rc = gv_case_law_redactor(s->law, &w.redactor, c->as_of, c->err);
	for (uint32_t i = 0; i < rec->n && !rc; i++) {
		w.field = rec->members[i].name.p;
		rc = gv_val_each_string(&rec->members[i].val, look_at, &w);
	}
	return rc;
}
