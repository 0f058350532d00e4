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

/* In the docket's zone, whatever zone it was typed in: events are sorted by their text. */
int on_option(struct gv_cmd *c, char out[ON_MAX])
{
	const char *on = gv_cmd_opt(c, "on");
	char local[40], day[GV_DATE_LEN + 1];
	struct gv_moment m;

	if (!on) {
		gv_day_format(c->today, out);
		return 0;
	}
	snprintf(local, sizeof local, "%.*s+08:00", (int)(sizeof local - 7), on);
	if (gv_moment_parse(&m, gv_str_of(local), NULL) && gv_moment_parse(&m, gv_str_of(on), &c->err))
		return gv_fail(&c->err, GV_EUSAGE, "--on: %s", c->err.msg);
	gv_day_format(m.day, day);
	if (!m.has_time)
		snprintf(out, ON_MAX, "%s", day);
	else if (m.second % 60)
		snprintf(out, ON_MAX, "%sT%02d:%02d:%02d+08:00", day, m.second / 3600, m.second / 60 % 60, m.second % 60);
	else
		snprintf(out, ON_MAX, "%sT%02d:%02d+08:00", day, m.second / 3600, m.second / 60 % 60);
	return 0;
}

/* ---- what moves ---- */

/* Any transition of that event; NULL if it moves nothing. */
static const struct gv_transition *any_transition(const struct gv_schema *s, struct gv_str event)
{
	for (size_t i = 0; i < s->ntransitions; i++)
		if (gv_str_is(event, s->transitions[i].event))
			return &s->transitions[i];
	return NULL;
}

/* From which states the event is possible, for the message. */
static void states_for(const struct gv_schema *s, const char *event, struct gv_buf *out)
{
	for (size_t i = 0; i < s->ntransitions; i++)
		if (strcmp(s->transitions[i].event, event) == 0)
			gv_buf_addf(out, "%s%s", out->n ? ", " : "", s->transitions[i].from);
}

static int refuse_move(struct change *ch, const struct gv_transition *t, struct gv_str state)
{
	const struct gv_schema *s = ch->rec.id.schema;
	const struct gv_basis *b = &t->basis;
	struct gv_err *err = &ch->c->err;
	struct gv_buf only = GV_BUF_INIT(4096);
	int rc;

	states_for(s, t->event, &only);
	rc = gv_buf_check(&only, err);
	if (!rc && b->doc)
		rc = gv_fail_field(err, GV_EDATA, s->state_field,
		                   _("%s is not possible in state %.*s, only in %s (%s %s, art. %s)"), t->event,
		                   (int)state.n, state.p, only.p, b->doc, b->no ? b->no : "", b->art ? b->art : "");
	else if (!rc)
		rc = gv_fail_field(err, GV_EDATA, s->state_field, _("%s is not possible in state %.*s, only in %s"), t->event,
		                   (int)state.n, state.p, only.p);
	gv_buf_free(&only);
	return rc;
}

/* The log must lead to the state that the record says: nothing is put in front of what moved it last. */
static int check_order(struct change *ch, const char *name, const char *on)
{
	const struct gv_val *log = gv_val_get(&ch->doc.root, "events");

	for (uint32_t i = log && log->type == GV_ARRAY ? log->n : 0; i-- > 0;) {
		struct gv_str event = gv_val_getstr(&log->items[i], "event"), day = gv_val_getstr(&log->items[i], "on");

		if (!any_transition(ch->rec.id.schema, event))
			continue;
		if (gv_str_cmp(gv_str_of(on), day) >= 0)
			break;
		return gv_fail(&ch->c->err, GV_EDATA, _("%s on %s would stand before %.*s on %.*s: it needs a later day or time"),
		               name, on, (int)event.n, event.p, (int)day.n, day.p);
	}
	return 0;
}

static int move_state(struct change *ch, const char *name, const char *on)
{
	const struct gv_schema *s = ch->rec.id.schema;
	struct gv_str state = gv_val_getstr(&ch->doc.root, s->state_field);
	const struct gv_transition *t = gv_schema_transition(s, gv_str_of(name), state);
	const struct gv_transition *any = any_transition(s, gv_str_of(name));
	int rc;

	if (!any)
		return 0;
	if (!t)
		return refuse_move(ch, any, state);
	rc = check_order(ch, name, on);
	return rc ? rc : gv_obj_set(&ch->doc, &ch->doc.root, gv_str_of(s->state_field), gv_mklit(t->to), &ch->c->err);
}

/* ---- what else changes ---- */

static int copy_field(struct change *ch, const struct gv_val *event, const char *from, const char *to)
{
	const struct gv_val *v = gv_val_get(event, from);

	return v ? gv_obj_set(&ch->doc, &ch->doc.root, gv_str_of(to), *v, &ch->c->err) : 0;
}

/* Somebody goes, or comes back. */
static int carry_over_person(struct change *ch, const char *name, const char *on)
{
	struct gv_val *rec = &ch->doc.root;

	if (strcmp(name, "leave") == 0)
		return gv_obj_set(&ch->doc, rec, GV_STR("left_on"), gv_mkstr(&ch->doc, (struct gv_str){ on, GV_DATE_LEN }),
		                  &ch->c->err);
	if (strcmp(name, "return") == 0)
		gv_obj_del(rec, GV_STR("left_on"));
	return 0;
}

/* What an event says about the case itself. */
static int carry_over(struct change *ch, const char *name, const struct gv_val *event, const char *on)
{
	struct gv_val *rec = &ch->doc.root;
	struct gv_val day = gv_mkstr(&ch->doc, (struct gv_str){ on, GV_DATE_LEN });
	int rc = 0;

	if (strcmp(ch->rec.id.schema->kind, "person") == 0)
		return carry_over_person(ch, name, on);
	if (strcmp(name, "file") == 0)
		return gv_obj_set(&ch->doc, rec, GV_STR("filed_on"), day, &ch->c->err);
	/* Papers that come later do not move the day from which the clocks run. */
	if (strcmp(name, "receive") == 0 && !gv_val_get(rec, "received_on"))
		return gv_obj_set(&ch->doc, rec, GV_STR("received_on"), day, &ch->c->err);
	if (strcmp(name, "convert") == 0)
		return copy_field(ch, event, "to", "procedure");
	if (strcmp(name, "assign") == 0) {
		rc = copy_field(ch, event, "judge", "judge");
		return rc ? rc : copy_field(ch, event, "tribunal", "tribunal");
	}
	if (strcmp(name, "reopen") == 0) {
		gv_obj_del(rec, GV_STR("closed_on"));
		gv_obj_del(rec, GV_STR("closed_by"));
	}
	return 0;
}

/* ---- the event ---- */

/* For the schema it is a field of an item of the log, for the user one of the event. */
static int event_field(struct change *ch, struct gv_val *event, const struct assignment *a)
{
	enum { PREFIX = sizeof "events.-." - 1 };
	struct gv_err *err = &ch->c->err;
	const char *path = gv_arena_printf(&ch->doc.arena, "events.-.%s", a->field.p);
	struct gv_val v;
	int rc;

	if (!path)
		return gv_fail_nomem(err);
	rc = gv_schema_value(ch->rec.id.schema, &ch->doc, gv_str_of(path), gv_buf_str(&a->value), &v, err);
	if (!rc)
		return gv_val_set_path(&ch->doc, event, gv_str_of(path + PREFIX), v, err);
	if (strncmp(err->field, path, PREFIX) == 0)
		memmove(err->field, err->field + PREFIX, strlen(err->field + PREFIX) + 1);
	return rc;
}

int add_event(struct change *ch, const char *name, const char *on, const struct assignments *fields)
{
	struct gv_val event = gv_mkobj();
	struct gv_err *err = &ch->c->err;
	struct gv_doc *d = &ch->doc;
	int rc = 0;

	for (size_t i = 0; fields && i < fields->n && !rc; i++)
		rc = event_field(ch, &event, &fields->list[i]);
	if (!rc)
		rc = gv_obj_set(d, &event, GV_STR("event"), gv_mkstr(d, gv_str_of(name)), err);
	if (!rc)
		rc = gv_obj_set(d, &event, GV_STR("on"), gv_mkstr(d, gv_str_of(on)), err);
	if (!rc)
		rc = move_state(ch, name, on);
	if (!rc)
		rc = carry_over(ch, name, &event, on);
	return rc ? rc : gv_event_add(d, &d->root, event, err);
}

/* ---- the command ---- */

struct work {
	const struct gv_schema *schema;  /* of what the first operand names */
	const char *name;
	char on[ON_MAX];
	struct assignments fields;
};

static int alter(struct change *ch)
{
	struct work *w = ch->work;

	if (ch->rec.id.schema != w->schema)
		return gv_fail(&ch->c->err, GV_EDATA, _("is a %s, and %s is an event of a %s"), ch->rec.id.schema->kind, w->name,
		               w->schema->kind);
	return add_event(ch, w->name, w->on, &w->fields);
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
		const struct assignment *a = &w->fields.list[i];
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

static int check_required(struct gv_cmd *c, const struct work *w)
{
	const struct gv_node *own = gv_schema_event(w->schema, gv_str_of(w->name))->body;
	struct gv_buf words = GV_BUF_INIT(4096);
	int rc = 0;

	for (size_t i = 0; own && i < own->nprops && !rc; i++) {
		const struct gv_prop *p = &own->props[i];

		if (!p->required || assignments_find(&w->fields, p->name))
			continue;
		for (size_t k = 0; p->node->words && p->node->words[k]; k++)
			gv_buf_addf(&words, "%s%s", k ? "|" : "", p->node->words[k]);
		rc = gv_buf_check(&words, &c->err);
		if (!rc)
			rc = gv_fail(&c->err, GV_EUSAGE, _("%s needs %s=%s"), w->name, p->name,
			             words.n ? words.p : _("VALUE"));
	}
	gv_buf_free(&words);
	return rc;
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
		rc = on_option(c, w.on);
	if (!rc)
		rc = assignments_read(&w.fields, c, c->argv + 2, c->argc - 2);
	if (!rc)
		rc = check_fields(c, &w);
	if (!rc)
		rc = check_required(c, &w);
	if (!rc)
		rc = change_run(c, alter, &w, w.name);
	assignments_free(&w.fields);
	return rc;
}

const struct gv_cmd_spec case_file_event = {
	.name = "event", .summary = N_("record what happened: serve, hear, suspend, resume, extend, convert, appraise and so on"),
	.usage = N_("ID|- NAME [FIELD=VALUE...]"), .operands = "id", .opts = opts,
	.kind = "case", .common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
