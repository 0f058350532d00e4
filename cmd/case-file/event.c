/* SPDX-License-Identifier: MIT */
/* case-file event: something happened in a case. */
#include <stdio.h>
#include <string.h>

#include "case-file.h"
#include "near.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day, or the time as 2022-06-30T09:30, if not today") },
	{ 0 }
};

/* ---- the command ---- */

struct work {
	const struct gv_schema *schema;  /* of what the first operand names */
	const char *name;
	char on[GV_ON_MAX];
	struct gv_assignments fields;
};

static int alter(struct gv_amend *ch)
{
	struct work *w = ch->work;

	if (ch->rec.id.schema != w->schema)
		return gv_fail(&ch->c->err, GV_EDATA, _("is a %s, and %s is an event of a %s"), ch->rec.id.schema->kind, w->name,
		               w->schema->kind);
	return gv_amend_event(ch, w->name, w->on, &w->fields);
}

/* An id that cannot be read is told of later; ids from standard input are of cases.  NULL with the error set. */
static const struct gv_schema *find_schema(struct gv_cmd *c)
{
	const struct gv_schema *home = gv_cmd_schema(c);
	struct gv_err none;
	struct gv_id id;

	if (!gv_cmd_store(c))
		return NULL;
	return gv_id_parse(&id, gv_str_of(c->argv[0]), home, gv_cmd_caseno(c), &none) ? home : id.schema;
}

static int check_name(struct gv_cmd *c, const struct gv_schema *s, const char *name)
{
	struct gv_near near = gv_near_start(gv_str_of(name));

	if (strcmp(name, "close") == 0)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("closing needs to know how: case-file close ID --by HOW"));
	if (gv_schema_event(s, gv_str_of(name)))
		return 0;
	for (size_t i = 0; i < s->nevents; i++)
		gv_near_try(&near, s->events[i].name);
	if (near.best)
		return gv_fail(&c->err, GV_EUSAGE, _("%s has no event \"%s\" (did you mean %s?)"), s->kind, name, near.best);
	return gv_fail(&c->err, GV_EUSAGE, _("%s has no event \"%s\""), s->kind, name);
}

static bool try_props(struct gv_near *near, const struct gv_node *n, struct gv_str field)
{
	bool found = false;

	for (size_t i = 0; n && i < n->nprops; i++) {
		found = found || gv_str_is(field, n->props[i].name);
		gv_near_try(near, n->props[i].name);
	}
	return found;
}

/* Fields of this event, not of any: "months" means nothing to a hearing. */
static int check_fields(struct gv_cmd *c, const struct work *w)
{
	const struct gv_node *all = gv_schema_at(w->schema, GV_STR("events[]"));
	const struct gv_node *own = gv_schema_event(w->schema, gv_str_of(w->name))->body;

	for (size_t i = 0; i < w->fields.n; i++) {
		const struct gv_assignment *a = &w->fields.list[i];
		struct gv_str field = { a->field.p, strcspn(a->field.p, ".") };
		struct gv_near near = gv_near_start(field);

		if (a->remove)
			return gv_fail_field(&c->err, GV_EUSAGE, a->field.p, "%s", _("has no value"));
		if (gv_str_is(field, "on") || gv_str_is(field, "event") || gv_str_is(field, "eid"))
			return gv_fail_field(&c->err, GV_EUSAGE, a->field.p, "%s",
			                     _("is not set so: case-file event ID NAME --on DATE"));
		if (try_props(&near, all, field) | try_props(&near, own, field))
			continue;
		if (near.best)
			gv_cmd_warn(c, _("%s is no field of the event %s (did you mean %s?): kept as it is"), a->field.p,
			            w->name, near.best);
		else
			gv_cmd_warn(c, _("%s is no field of the event %s: kept as it is"), a->field.p, w->name);
	}
	return 0;
}

static int run(struct gv_cmd *c)
{
	struct work w = { 0 };
	int rc;

	if (c->argc < 2)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which case and what happened?  case-file event ID NAME"));
	w.name = c->argv[1];
	w.schema = find_schema(c);
	rc = w.schema ? check_name(c, w.schema, w.name) : c->err.code;
	if (!rc)
		rc = gv_cmd_on(c, w.on);
	if (!rc)
		rc = gv_assignments_read(&w.fields, c, c->argv + 2, c->argc - 2);
	if (!rc)
		rc = check_fields(c, &w);
	if (!rc)
		rc = gv_amend_needs(c, w.schema, w.name, &w.fields, w.name);
	if (!rc)
		rc = gv_amend_run(c, alter, &w, w.name);
	gv_assignments_free(&w.fields);
	return rc;
}

const struct gv_cmd_spec case_file_event = {
	.name = "event", .summary = N_("record what happened: serve, hear, suspend, resume, extend, convert, appraise and so on"),
	.usage = N_("ID|- NAME [FIELD=VALUE...]"), .operands = "id", .opts = opts,
	.kind = "case", .common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
