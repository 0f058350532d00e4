/* SPDX-License-Identifier: MIT */
/* amend: an event is added to a record's log, and moves its state. */
#include <stdio.h>
#include <string.h>

#include "amend.h"
#include "i18n.h"

/* In the docket's zone, whatever zone it was typed in: events are sorted by their text. */
int gv_cmd_on(struct gv_cmd *c, char out[GV_ON_MAX])
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
		snprintf(out, GV_ON_MAX, "%s", day);
	else if (m.second % 60)
		snprintf(out, GV_ON_MAX, "%sT%02d:%02d:%02d+08:00", day, m.second / 3600, m.second / 60 % 60, m.second % 60);
	else
		snprintf(out, GV_ON_MAX, "%sT%02d:%02d+08:00", day, m.second / 3600, m.second / 60 % 60);
	return 0;
}

int gv_cmd_on_done(struct gv_cmd *c, char out[GV_ON_MAX])
{
	int rc = gv_cmd_on(c, out);
	char today[GV_DATE_LEN + 1];

	gv_day_format(c->today, today);
	if (rc || gv_day_read((struct gv_str){ out, GV_DATE_LEN }) <= c->today)
		return rc;
	return gv_fail(&c->err, GV_EUSAGE, _("--on: %.10s is after today (%s)"), out, today);
}

/* ---- what moves ---- */

/* From which states the event is possible, for the message. */
static void states_for(const struct gv_schema *s, const char *event, struct gv_buf *out)
{
	for (size_t i = 0; i < s->ntransitions; i++)
		if (strcmp(s->transitions[i].event, event) == 0)
			gv_buf_addf(out, "%s%s", out->n ? ", " : "", s->transitions[i].from);
}

static int refuse_move(struct gv_amend *ch, const struct gv_transition *t, struct gv_str state)
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

static int move_state(struct gv_amend *ch, const char *name, const char *on)
{
	const struct gv_schema *s = ch->rec.id.schema;
	struct gv_str state = gv_val_getstr(&ch->doc.root, s->state_field);
	const struct gv_transition *t = gv_schema_transition(s, gv_str_of(name), state);
	const struct gv_transition *any = gv_schema_moves(s, gv_str_of(name));
	int rc;

	if (!any)
		return 0;
	if (!t)
		return refuse_move(ch, any, state);
	rc = gv_event_check_order(s, &ch->doc.root, name, gv_str_of(on), &ch->c->err);
	return rc ? rc : gv_obj_set(&ch->doc, &ch->doc.root, gv_str_of(s->state_field), gv_mklit(t->to), &ch->c->err);
}

/* ---- what else changes ---- */

static int copy_field(struct gv_amend *ch, const struct gv_val *event, const char *from, const char *to)
{
	const struct gv_val *v = gv_val_get(event, from);

	return v ? gv_obj_set(&ch->doc, &ch->doc.root, gv_str_of(to), *v, &ch->c->err) : 0;
}

/* Somebody goes, or comes back. */
static int carry_over_person(struct gv_amend *ch, const char *name, const char *on)
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
static int carry_over(struct gv_amend *ch, const char *name, const struct gv_val *event, const char *on)
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
static int event_field(struct gv_amend *ch, struct gv_val *event, const struct gv_assignment *a)
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

int gv_amend_event(struct gv_amend *ch, const char *name, const char *on, const struct gv_assignments *fields)
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

int gv_cmd_needs(struct gv_cmd *c, const char *what, const char *field, const struct gv_node *node)
{
	struct gv_buf words = GV_BUF_INIT(4096);
	int rc;

	for (size_t i = 0; node->words && node->words[i]; i++)
		gv_buf_addf(&words, "%s%s", i ? "|" : "", node->words[i]);
	rc = gv_buf_check(&words, &c->err);
	if (!rc)
		rc = gv_fail(&c->err, GV_EUSAGE, _("%s needs %s=%s"), what, field, words.n ? words.p : _("VALUE"));
	gv_buf_free(&words);
	return rc;
}

int gv_amend_needs(struct gv_cmd *c, const struct gv_schema *s, const char *event, const struct gv_assignments *fields,
                   const char *what)
{
	const struct gv_node *own = gv_schema_event(s, gv_str_of(event))->body;

	for (size_t i = 0; own && i < own->nprops; i++) {
		const struct gv_prop *p = &own->props[i];

		if (p->required && !gv_assignments_find(fields, p->name))
			return gv_cmd_needs(c, what, p->name, p->node);
	}
	return 0;
}
