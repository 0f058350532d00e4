/* SPDX-License-Identifier: MIT */
/* case-file event: something happened in a case. */
#include <stdio.h>
#include <string.h>

#include "case-file.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day, or the time as 2022-06-30T09:30, if not today") },
	{ 0 }
};

int on_option(struct gv_cmd *c, char out[32])
{
	const char *on = gv_cmd_opt(c, "on");
	struct gv_moment m;
	int rc;

	if (!on) {
		gv_day_format(c->today, out);
		return 0;
	}
	rc = gv_moment_parse(&m, gv_str_of(on), &c->err);
	if (rc) {
		gv_err_thing(&c->err, "--on", 4);
		return rc;
	}
	snprintf(out, 32, "%s", on);
	return 0;
}

/* From which states the event is possible, for the message. */
static void states_for(const struct gv_schema *s, const char *event, char *out, size_t size)
{
	size_t n = 0;

	out[0] = '\0';
	for (size_t i = 0; i < s->ntransitions; i++)
		if (strcmp(s->transitions[i].event, event) == 0 && n < size)
			n += (size_t)snprintf(out + n, size - n, "%s%s", n ? ", " : "", s->transitions[i].from);
}

static int move_state(struct change *ch, const char *name)
{
	const struct gv_schema *s = ch->rec.id.schema;
	struct gv_str state = gv_val_getstr(&ch->doc.root, s->state_field);
	const struct gv_transition *t = gv_schema_transition(s, gv_str_of(name), state), *any = t;
	char from[256];

	for (size_t i = 0; i < s->ntransitions && !any; i++)
		if (strcmp(s->transitions[i].event, name) == 0)
			any = &s->transitions[i];
	if (!any) /* it moves nothing */
		return 0;
	if (t)
		return gv_obj_set(&ch->doc, &ch->doc.root, gv_str_of(s->state_field), gv_mklit(t->to), &ch->c->err);
	states_for(s, name, from, sizeof from);
	if (any->basis.doc)
		return gv_fail_field(&ch->c->err, GV_EDATA, s->state_field,
		                     _("%s is not possible in state %.*s, only in %s (%s %s, art. %s)"), name,
		                     (int)state.n, state.p, from, any->basis.doc, any->basis.no ? any->basis.no : "",
		                     any->basis.art ? any->basis.art : "");
	return gv_fail_field(&ch->c->err, GV_EDATA, s->state_field, _("%s is not possible in state %.*s, only in %s"),
	                     name, (int)state.n, state.p, from);
}

static int copy_field(struct change *ch, const struct gv_val *event, const char *from, const char *to)
{
	const struct gv_val *v = gv_val_get(event, from);

	return v ? gv_obj_set(&ch->doc, &ch->doc.root, gv_str_of(to), *v, &ch->c->err) : 0;
}

/* What an event says about the case itself. */
static int carry_over(struct change *ch, const char *name, const struct gv_val *event, const char *on)
{
	struct gv_val day = gv_mkstr(&ch->doc, (struct gv_str){ on, GV_DATE_LEN });
	int rc = 0;

	if (strcmp(name, "file") == 0)
		rc = gv_obj_set(&ch->doc, &ch->doc.root, GV_STR("filed_on"), day, &ch->c->err);
	else if (strcmp(name, "receive") == 0)
		rc = gv_obj_set(&ch->doc, &ch->doc.root, GV_STR("received_on"), day, &ch->c->err);
	else if (strcmp(name, "convert") == 0)
		rc = copy_field(ch, event, "to", "procedure");
	else if (strcmp(name, "assign") == 0 && !(rc = copy_field(ch, event, "judge", "judge")))
		rc = copy_field(ch, event, "tribunal", "tribunal");
	if (strcmp(name, "reopen") == 0) {
		gv_obj_del(&ch->doc.root, GV_STR("closed_on"));
		gv_obj_del(&ch->doc.root, GV_STR("closed_by"));
	}
	return rc;
}

static int event_fields(struct change *ch, const char *name, struct gv_val *event, const struct assignments *fields)
{
	const struct gv_schema *s = ch->rec.id.schema;
	int rc = 0;

	for (size_t i = 0; fields && i < fields->n && !rc; i++) {
		const struct assignment *a = &fields->list[i];
		struct gv_str path = gv_str_of(gv_arena_printf(&ch->doc.arena, "events.%s.%.*s", name,
		                                               (int)a->field.n, a->field.p));
		struct gv_str field = gv_arena_copy(&ch->doc.arena, a->field);
		struct gv_val v;

		if (!path.p || !field.p)
			return gv_fail_nomem(&ch->c->err);
		rc = gv_schema_value(s, &ch->doc, path, gv_buf_str(&a->value), &v, &ch->c->err);
		if (!rc)
			rc = gv_val_set_path(&ch->doc, event, field, v, &ch->c->err);
	}
	return rc;
}

int add_event(struct change *ch, const char *name, const char *on, const struct assignments *fields)
{
	struct gv_val event = gv_mkobj();
	struct gv_err *err = &ch->c->err;
	struct gv_doc *d = &ch->doc;
	char eid[17];
	int rc = event_fields(ch, name, &event, fields);

	if (!rc)
		rc = gv_eid_new(eid, err);
	if (!rc)
		rc = gv_obj_set(d, &event, GV_STR("eid"), gv_mkstr(d, gv_str_of(eid)), err);
	if (!rc)
		rc = gv_obj_set(d, &event, GV_STR("event"), gv_mkstr(d, gv_str_of(name)), err);
	if (!rc)
		rc = gv_obj_set(d, &event, GV_STR("on"), gv_mkstr(d, gv_str_of(on)), err);
	if (!rc)
		rc = move_state(ch, name);
	if (!rc)
		rc = carry_over(ch, name, &event, on);
	return rc ? rc : gv_event_add(d, &d->root, event, err);
}

struct work {
	const char *name;
	char on[32];
	struct assignments fields;
};

static int alter(struct change *ch)
{
	struct work *w = ch->work;

	return add_event(ch, w->name, w->on, &w->fields);
}

static int run(struct gv_cmd *c)
{
	struct change ch = { .c = c };
	struct work w = { 0 };
	int rc;

	if (c->argc < 2)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which case and what happened?  case-file event ID NAME"));
	w.name = c->argv[1];
	if (strcmp(w.name, "close") == 0)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("closing needs to know how: case-file close ID --by HOW"));
	rc = on_option(c, w.on);
	if (!rc)
		rc = assignments_read(&w.fields, c, c->argv + 2, c->argc - 2);
	if (!rc)
		rc = change_begin(&ch, c);
	ch.work = &w;
	if (!rc)
		rc = change_each(&ch, c->argv[0], alter);
	if (!rc && ch.cases)
		rc = change_commit(&ch, w.name);
	change_end(&ch);
	assignments_free(&w.fields);
	return rc;
}

const struct gv_cmd_spec case_file_event = {
	.name = "event", .summary = N_("record what happened: serve, hear, suspend, resume, extend, convert, appraise ..."),
	.usage = N_("ID|- NAME [FIELD=VALUE...]"), .operands = "id", .opts = opts,
	.kind = "case", .common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
