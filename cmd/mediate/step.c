/* SPDX-License-Identifier: MIT */
/* step: one event of a mediation. */
#include <stdlib.h>
#include <string.h>

#include "mediate.h"

/* Does this kind of event, or any event, have such a field? */
static bool of_event(const struct gv_schema *s, const char *event, const char *field)
{
	static const char *const any[] = { "by", "note", "doc", "until" };
	const struct gv_node *own = gv_schema_event(s, gv_str_of(event))->body;
	size_t n = strcspn(field, ".");

	for (size_t i = 0; i < sizeof any / sizeof any[0]; i++)
		if (strlen(any[i]) == n && strncmp(field, any[i], n) == 0)
			return true;
	for (size_t i = 0; own && i < own->nprops; i++)
		if (own->props[i].len == n && memcmp(own->props[i].name, field, n) == 0)
			return true;
	return false;
}

/* Those of the event first; both halves share the list. */
static void split(struct step_run *r, struct gv_assignments *all, const struct gv_schema *s)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		struct gv_assignment one = all->list[i];

		if (!of_event(s, r->step->event, one.field.p))
			continue;
		memmove(&all->list[n + 1], &all->list[n], (i - n) * sizeof one);
		all->list[n++] = one;
	}
	r->event = (struct gv_assignments){ all->list, n };
	r->record = (struct gv_assignments){ all->list + n, all->n - n };
}

static int check_required(struct gv_cmd *c, const struct step_run *r)
{
	const struct gv_node *own = gv_schema_event(gv_cmd_schema(c), gv_str_of(r->step->event))->body;

	for (size_t i = 0; own && i < own->nprops; i++) {
		const struct gv_prop *p = &own->props[i];
		struct gv_buf words = GV_BUF_INIT(4096);
		int rc = 0;

		if (!p->required || gv_assignments_find(&r->event, p->name))
			continue;
		for (size_t k = 0; p->node->words && p->node->words[k]; k++)
			gv_buf_addf(&words, "%s%s", k ? "|" : "", p->node->words[k]);
		rc = gv_buf_check(&words, &c->err);
		if (!rc)
			rc = gv_fail(&c->err, GV_EUSAGE, _("%s needs %s=%s"), c->name, p->name, words.n ? words.p : _("VALUE"));
		gv_buf_free(&words);
		return rc;
	}
	return 0;
}

static int alter(struct gv_amend *a)
{
	struct step_run *r = a->work;
	int rc = 0;

	if (strcmp(a->rec.id.schema->kind, "mediation") != 0)
		return gv_fail(&a->c->err, GV_EDATA, _("is a %s, not a mediation"), a->rec.id.schema->kind);
	r->a = a;
	if (r->step->guard)
		rc = r->step->guard(r);
	if (!rc)
		rc = gv_amend_event(a, r->step->event, r->on, &r->event);
	if (!rc)
		rc = gv_assignments_apply(&r->record, a->c, a->rec.id.schema, &a->doc, &a->doc.root);
	return rc || !r->step->carry ? rc : r->step->carry(r);
}

int step_run(struct gv_cmd *c, const struct step *step)
{
	struct step_run r = { .step = step };
	struct gv_assignments all = { 0 };
	int rc;

	if (c->argc < 1)
		return gv_fail(&c->err, GV_EUSAGE, _("which mediation?  %s ID [FIELD=VALUE...]"), c->name);
	rc = gv_cmd_on(c, r.on);
	if (!rc)
		rc = gv_assignments_read(&all, c, c->argv + 1, c->argc - 1);
	if (!rc) {
		split(&r, &all, gv_cmd_schema(c));
		rc = check_required(c, &r);
	}
	if (!rc)
		rc = gv_amend_run(c, alter, &r, step->event);
	gv_assignments_free(&all);
	return rc;
}

struct gv_str step_field(const struct step_run *r, const char *field)
{
	const struct gv_assignment *a = gv_assignments_find(&r->event, field);

	return a ? gv_buf_str(&a->value) : (struct gv_str){ 0 };
}

int step_set_day(struct step_run *r, const char *field)
{
	struct gv_doc *d = &r->a->doc;

	return gv_obj_set(d, &d->root, gv_str_of(field), gv_mkstr(d, (struct gv_str){ r->on, GV_DATE_LEN }), &r->a->c->err);
}

int step_set(struct step_run *r, const char *field, const char *word)
{
	return gv_obj_set(&r->a->doc, &r->a->doc.root, gv_str_of(field), gv_mkstr(&r->a->doc, gv_str_of(word)),
	                  &r->a->c->err);
}
