/* SPDX-License-Identifier: MIT */
/* case-publish opinion, review, approve, happen, name, waive: one act on a publication, written as an event. */
#include <stdlib.h>
#include <string.h>

#include "amend.h"
#include "case-publish.h"

/* Events that happen to a publication and decide nothing by themselves. */
#define FACTS "correct,notify-scope,complain,answer,ask-access,note"

#define ON { 0, "on", "DATE", N_("the day, or the time as 2022-06-30T09:30, if not today") }
#define BY { 0, "by", "NAME", N_("who it is, by name or number of the register of people") }

static const struct gv_opt by_opts[] = { ON, BY, { 0 } };
static const struct gv_opt name_opts[] = {
	{ 0, "as", "ROLE", N_("class or role of the person: witness, 证人") },
	{ 0 }
};
static const struct gv_opt waive_opts[] = {
	ON, BY,
	{ 0, "residue", "TEXT", N_("what scan found and what stays; @FILE, @-: from there") },
	{ 0, "rule", "RULE", N_("by which rule scan found it") },
	{ 0 }
};

struct work {
	const char *event;
	char on[GV_ON_MAX];
	struct gv_assignments fields;
};

static int add_text(struct gv_amend *a, struct gv_val *to, const char *field, const char *text)
{
	int rc = text ? gv_json_check_string(gv_str_of(text), &a->c->err) : 0;

	return rc || !text ? rc : gv_obj_set(&a->doc, to, gv_str_of(field), gv_mkstr(&a->doc, gv_str_of(text)), &a->c->err);
}

/* kinds: a comma list. */
static int check_kind(struct gv_amend *a, const char *kinds)
{
	const char *kind = a->rec.id.schema->kind;

	return gv_rule_listed(gv_str_of(kinds), gv_str_of(kind)) ? 0 : gv_fail(&a->c->err, GV_EDATA, _("is a %s, not a %s"), kind, "publication");
}

/* ---- events ---- */

static int happen(struct gv_amend *a)
{
	struct work *w = a->work;
	int rc = check_kind(a, "publication");

	return rc ? rc : gv_amend_event(a, w->event, w->on, &w->fields);
}

static int begin(struct gv_cmd *c, struct work *w, int operands)
{
	if (c->argc < operands || strchr(c->argv[0], '='))
		return gv_fail(&c->err, GV_EUSAGE, _("which one?  %s %s"), c->name, c->spec->usage);
	return gv_cmd_on_done(c, w->on);
}

/* FIELD=VALUE of the event, and who: an option, as it is of everything that a person answers for. */
static int read_fields(struct gv_cmd *c, struct work *w, int skip)
{
	const char *by = gv_cmd_opt(c, "by");
	struct gv_buf text = GV_BUF_INIT(4096);
	int n = c->argc - skip, rc;
	char **texts = calloc((size_t)n + 1, sizeof *texts);

	if (!texts)
		return gv_fail_nomem(&c->err);
	for (int i = 0; i < n; i++)
		texts[i] = c->argv[skip + i];
	if (by)
		gv_buf_addf(&text, "by=%s", by);
	rc = gv_buf_check(&text, &c->err);
	texts[n] = text.p;
	if (!rc)
		rc = gv_assignments_read(&w->fields, c, texts, by ? n + 1 : n);
	gv_buf_free(&text);
	free(texts);
	return rc;
}

static int run_event(struct gv_cmd *c, const char *event, int skip)
{
	struct work w = { .event = event };
	int rc = begin(c, &w, skip);

	if (!rc)
		rc = read_fields(c, &w, skip);
	if (!rc)
		rc = gv_amend_needs(c, gv_cmd_schema(c), event, &w.fields, c->spec->name);
	if (!rc)
		rc = gv_amend_run(c, happen, &w, event);
	gv_assignments_free(&w.fields);
	return rc;
}

static int run_step(struct gv_cmd *c)
{
	if (!gv_cmd_opt(c, "by"))
		return gv_fail(&c->err, GV_EUSAGE, _("who is it?  %s --by NAME (PUB-07)"), c->name);
	return run_event(c, c->spec->name, 1);
}

static int run_happen(struct gv_cmd *c)
{
	if (c->argc < 2)
		return gv_fail(&c->err, GV_EUSAGE, _("which one?  %s %s"), c->name, c->spec->usage);
	if (!gv_rule_listed(GV_STR(FACTS), gv_str_of(c->argv[1])))
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\" is not one of %s"), c->argv[1], FACTS);
	return run_event(c, c->argv[1], 2);
}

/* ---- names and residue ---- */

static int append(struct gv_amend *a, const char *field, struct gv_val item)
{
	struct gv_val list = *gv_val_items(&a->doc.root, field);
	int rc = gv_arr_add(&a->doc, &list, item, &a->c->err);

	return rc ? rc : gv_obj_set(&a->doc, &a->doc.root, gv_str_of(field), list, &a->c->err);
}

static bool is_class(const char *word)
{
	const struct gv_node *n = gv_schema_at(gv_schema_find(GV_STR("publication")), GV_STR("people[].class"));

	for (size_t i = 0; n && n->words && n->words[i]; i++)
		if (strcmp(n->words[i], word) == 0)
			return true;
	return false;
}

/* Somebody who is named already is told more about. */
static int name_person(struct gv_amend *a)
{
	struct work *w = a->work;
	struct gv_val list = *gv_val_items(&a->doc.root, "people"), person = gv_mkobj();
	const char *as = gv_cmd_opt(a->c, "as");
	uint32_t at = 0;
	int rc = check_kind(a, "publication,typical-case");

	while (at < list.n && !gv_str_is(gv_val_getstr(&list.items[at], "name"), w->event))
		at++;
	if (at < list.n)
		person = list.items[at];
	if (!rc)
		rc = add_text(a, &person, "name", w->event);
	if (!rc)
		rc = add_text(a, &person, is_class(as) ? "class" : "role", as);
	if (!rc && at < list.n)
		list.items[at] = person;
	else if (!rc)
		rc = append(a, "people", person);
	for (size_t i = 0; i < w->fields.n && !rc; i++) {
		const char *path = gv_arena_printf(&a->doc.arena, "people.%u.%s", at, w->fields.list[i].field.p);
		struct gv_val v = gv_mkobj();

		rc = !path ? gv_fail_nomem(&a->c->err)
		           : gv_schema_value(a->rec.id.schema, &a->doc, gv_str_of(path), gv_buf_str(&w->fields.list[i].value), &v, &a->c->err);
		if (!rc)
			rc = gv_val_set_path(&a->doc, &a->doc.root, gv_str_of(path), v, &a->c->err);
	}
	return rc;
}

static int run_name(struct gv_cmd *c)
{
	struct work w = { 0 };
	int rc = 0;

	if (c->argc < 2 || strchr(c->argv[1], '=') || !gv_cmd_opt(c, "as"))
		return gv_fail(&c->err, GV_EUSAGE, _("which one?  %s %s"), c->name, c->spec->usage);
	w.event = c->argv[1];
	rc = gv_assignments_read(&w.fields, c, c->argv + 2, c->argc - 2);
	if (!rc)
		rc = gv_amend_run(c, name_person, &w, "name");
	gv_assignments_free(&w.fields);
	return rc;
}

static int waive(struct gv_amend *a)
{
	struct work *w = a->work;
	struct gv_cmd *c = a->c;
	struct gv_val one = gv_mkobj();
	struct publish_event e = { .name = "waive", .on = gv_str_of(w->on), .by = gv_str_of(gv_cmd_opt(c, "by")) };
	int rc = check_kind(a, "publication,typical-case,report");

	if (!rc)
		rc = gv_obj_set(&a->doc, &one, GV_STR("text"), gv_mkstr(&a->doc, gv_buf_str(&w->fields.list[0].value)), &c->err);
	if (!rc)
		rc = add_text(a, &one, "reason", gv_cmd_opt(c, "reason"));
	if (!rc)
		rc = add_text(a, &one, "by", gv_cmd_opt(c, "by"));
	if (!rc)
		rc = add_text(a, &one, "rule", gv_cmd_opt(c, "rule"));
	if (!rc)
		rc = gv_obj_set(&a->doc, &one, GV_STR("on"), gv_mkstr(&a->doc, (struct gv_str){ w->on, GV_DATE_LEN }), &c->err);
	if (!rc)
		rc = append(a, "waivers", one);
	return rc ? rc : publish_add_event(c, &a->doc, &a->doc.root, &e);
}

static int run_waive(struct gv_cmd *c)
{
	struct work w = { 0 };
	const char *residue = gv_cmd_opt(c, "residue");
	struct gv_buf text = GV_BUF_INIT(65536);
	char *texts[1];
	int rc = begin(c, &w, 1);

	if (!rc && (!residue || !*residue || !gv_cmd_has_reason(c)))
		rc = gv_fail(&c->err, GV_EUSAGE, "%s", _("waive needs --residue TEXT and -m REASON"));
	if (!rc) {
		gv_buf_addf(&text, "residue=%s", residue);
		rc = gv_buf_check(&text, &c->err);
	}
	texts[0] = text.p;
	if (!rc)
		rc = gv_assignments_read(&w.fields, c, texts, 1);
	if (!rc)
		rc = gv_json_check_string(gv_buf_str(&w.fields.list[0].value), &c->err);
	if (!rc)
		rc = gv_amend_run(c, waive, &w, "waive");
	gv_assignments_free(&w.fields);
	gv_buf_free(&text);
	return rc;
}

#define ACT(symbol, word, does, options, text, words) \
	const struct gv_cmd_spec publish_##symbol = { \
		.name = (word), .summary = (text), .usage = (words), .operands = "id", .opts = (options), .kind = "publication", \
		.common = GV_C_WRITE | GV_C_ASOF | GV_C_RECORDS, .records = &gv_cmd_records, .run = (does), \
	};

ACT(opinion, "opinion", run_step, by_opts, N_("the judge's written opinion that it is unsuitable, with reasons"), N_("ID|- --by NAME reason=TEXT"))
ACT(review, "review", run_step, by_opts, N_("the department head reviews the opinion"), N_("ID|- --by NAME [result=agreed|refused]"))
ACT(approve, "approve", run_step, by_opts, N_("the vice-president in charge decides on it"), N_("ID|- --by NAME [result=agreed|refused]"))
ACT(happen, "happen", run_happen, by_opts, N_("record what happened: correct, notify-scope, complain, answer, ask-access, note"), N_("ID|- EVENT [FIELD=VALUE...]"))
ACT(name, "name", run_name, name_opts, N_("name a person of the document whom the case does not list"), N_("ID|- NAME --as ROLE [aliases=LIST] [surname=TEXT] [FIELD=VALUE...]"))
ACT(waive, "waive", run_waive, waive_opts, N_("let residue that scan found stay, with a reason"), N_("ID|- --residue TEXT -m REASON"))
