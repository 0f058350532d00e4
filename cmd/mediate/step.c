/* SPDX-License-Identifier: MIT */
/* step: one event of a mediation. */
#include <stdlib.h>
#include <string.h>

#include "mediate.h"
#include "mediation_child.h"

/* Of what kind is the record that this field of an event names?  NULL: it names none. */
static const struct gv_schema *kind_of(const char *field)
{
	static const struct { const char *field, *kind; } table[] = { { "mediator", "mediator" }, { "investigator", "person" } };

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (strcmp(field, table[i].field) == 0)
			return gv_schema_find(gv_str_of(table[i].kind));
	return NULL;
}

/* Records store ids of other kinds in full, whatever was typed. */
static int complete_id(struct gv_cmd *c, struct gv_assignment *a, const struct gv_schema *s, struct gv_buf *full)
{
	struct gv_id id;
	int rc = gv_cmd_id_of(c, gv_buf_str(&a->value), s, &id);

	if (rc) {
		gv_err_field_prefix(&c->err, a->field.p);
		return rc;
	}
	gv_buf_reset(full);
	gv_id_format(&id, false, full);
	rc = gv_buf_check(full, &c->err);
	gv_buf_reset(&a->value);
	gv_buf_addstr(&a->value, gv_buf_str(full));
	return rc ? rc : gv_buf_check(&a->value, &c->err);
}

static int complete_ids(struct gv_cmd *c, const struct step_run *r)
{
	struct gv_buf full = GV_BUF_INIT(GV_KEY_MAX + 64);
	int rc = 0;

	for (size_t i = 0; i < r->event.n && !rc; i++) {
		struct gv_assignment *a = &r->event.list[i];
		const struct gv_schema *s = a->remove ? NULL : kind_of(a->field.p);

		rc = s ? complete_id(c, a, s, &full) : 0;
	}
	gv_buf_free(&full);
	return rc;
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
	if (rc || !r->step->carry)
		return rc;
	/* A wrong word of the event is told as such, not where it is carried to. */
	rc = gv_rec_check(a->rec.id.schema, &a->doc.root, gv_store_caseno(a->store), &a->c->err);
	return rc ? rc : r->step->carry(r);
}

int step_run(struct gv_cmd *c, const struct step *step)
{
	struct step_run r = { .step = step };
	struct gv_assignments all = { 0 };
	int rc;

	if (c->argc < 1 || strchr(c->argv[0], '='))
		return gv_fail(&c->err, GV_EUSAGE, _("which mediation?  %s ID [FIELD=VALUE...]"), c->name);
	rc = gv_cmd_on(c, r.on);
	if (!rc)
		rc = gv_assignments_read(&all, c, c->argv + 1, c->argc - 1);
	if (!rc) {
		gv_assignments_split(&all, gv_cmd_schema(c), step->event, &r.event, &r.record);
		rc = gv_amend_needs(c, gv_cmd_schema(c), step->event, &r.event, c->spec->name);
	}
	if (!rc)
		rc = complete_ids(c, &r);
	if (!rc)
		rc = gv_amend_run(c, alter, &r, step->what ? step->what : step->event);
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

/* ---- guards and what many steps say ---- */

int step_known_party(struct step_run *r)
{
	struct gv_str party = step_field(r, "party");

	if (!party.n || gv_mediation_party(&r->a->doc.root, party))
		return 0;
	return gv_fail_field(&r->a->c->err, GV_EDATA, "party", _("\"%.*s\" is no party of this mediation"), (int)party.n,
	                     party.p);
}

/* On the day of this step: what is written afterwards about an earlier day does not rest on what came later. */
static enum gv_stance stance_then(const struct step_run *r, struct gv_str name)
{
	const struct gv_val *log = gv_val_items(&r->a->doc.root, "events");
	gv_day on = gv_day_read((struct gv_str){ r->on, GV_DATE_LEN });
	uint32_t n = log->n;

	for (; n; n--) { /* in the order of time, some with an hour */
		struct gv_str day = gv_val_getstr(&log->items[n - 1], "on");

		day.n = day.n < GV_DATE_LEN ? day.n : GV_DATE_LEN;
		if (gv_day_read(day) <= on)
			break;
	}
	return gv_mediation_stance_before(&r->a->doc.root, name, n);
}

static int agrees(struct step_run *r, struct gv_str name, bool ask)
{
	enum gv_stance now = gv_mediation_stance(&r->a->doc.root, name), s = ask ? stance_then(r, name) : now;
	bool refuses = s == GV_STANCE_REFUSES || now == GV_STANCE_REFUSES;

	if (!refuses && (s == GV_STANCE_AGREES || !ask))
		return 0;
	return gv_fail_field(&r->a->c->err, GV_EDATA, "parties",
	                     refuses ? _("%.*s does not agree to mediation (%s %s, art. %s)")
	                             : _("%.*s has not agreed to mediation yet (%s %s, art. %s)"),
	                     (int)name.n, name.p, "最高人民法院关于人民法院特邀调解的规定", "法释〔2016〕14号", "11");
}

static int each_agrees(struct step_run *r, bool ask)
{
	const struct gv_val *parties = gv_val_items(&r->a->doc.root, "parties");
	int rc = 0;

	for (uint32_t i = 0; i < parties->n && !rc; i++)
		rc = agrees(r, gv_val_getstr(&parties->items[i], "name"), ask);
	return rc;
}

int step_all_agree(struct step_run *r)
{
	if (gv_val_items(&r->a->doc.root, "parties")->n < 2)
		return gv_fail_field(&r->a->c->err, GV_EDATA, "parties", _("a mediation has two parties or more, and all agree to it (%s %s, art. %s)"),
		                     "最高人民法院关于人民法院特邀调解的规定", "法释〔2016〕14号", "11");
	return each_agrees(r, true);
}

int step_none_refuses(struct step_run *r)
{
	return each_agrees(r, false);
}

int step_in_state(struct step_run *r, const char *states)
{
	struct gv_str now = gv_val_getstr(&r->a->doc.root, "state");

	if (gv_rule_listed(gv_str_of(states), now))
		return 0;
	return gv_fail_field(&r->a->c->err, GV_EDATA, "state", _("%s is not possible in state %.*s, only in %s"), r->step->event,
	                     (int)now.n, now.p, states);
}

int step_social_worker(struct step_run *r)
{
	struct gv_str who = step_field(r, "investigator");
	struct gv_err *err = &r->a->c->err;
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_rec person;
	struct gv_id id;
	int rc = who.n ? gv_id_parse(&id, who, NULL, gv_cmd_caseno(r->a->c), err) : 0;

	if (!rc && who.n)
		rc = gv_store_get(r->a->store, &id, &doc, &person, err);
	if (!rc && who.n && !gv_is_social_worker(person.val, gv_day_read((struct gv_str){ r->on, GV_DATE_LEN })))
		rc = gv_fail(err, GV_EDATA, _("%.*s is no youth social worker of the court on %.*s: that is a person with one of the roles %s"),
		             (int)who.n, who.p, GV_DATE_LEN, r->on, GV_SOCIAL_WORKER_ROLES);
	if (rc)
		gv_err_field_prefix(err, "investigator");
	gv_doc_free(&doc);
	return rc;
}

int step_has_failure(struct step_run *r)
{
	const struct gv_assignment *reason = gv_assignments_find(&r->record, "failure.reason");
	const struct gv_val *failure = gv_val_get(&r->a->doc.root, "failure");

	if (reason ? !reason->remove && gv_str_trim(gv_buf_str(&reason->value)).n
	           : failure && gv_str_trim(gv_val_getstr(failure, "reason")).n)
		return 0;
	return gv_fail_field(&r->a->c->err, GV_EUSAGE, "failure.reason",
	                     _("missing: why it failed goes into the record (%s %s, art. %s)"), "人民法院在线调解规则",
	                     "法释〔2021〕23号", "21");
}

/* What follows from the step is not typed, or typed as it is: "ended_on=..." would be lost without a word. */
static int check_typed(struct step_run *r, const char *field, const char *value, size_t n)
{
	const struct gv_assignment *typed = gv_assignments_find(&r->record, field);

	if (!typed || gv_str_eq(gv_buf_str(&typed->value), (struct gv_str){ value, n }))
		return 0;
	return gv_fail_field(&r->a->c->err, GV_EUSAGE, field, _("is %.*s after %s, not \"%s\""), (int)n, value, r->step->event,
	                     typed->value.p ? typed->value.p : "");
}

int step_end(struct step_run *r, const char *by)
{
	int rc = check_typed(r, "ended_by", by, strlen(by));

	if (!rc)
		rc = check_typed(r, "ended_on", r->on, GV_DATE_LEN);
	if (!rc)
		rc = step_set_day(r, "ended_on");
	return rc ? rc : step_set(r, "ended_by", by);
}
