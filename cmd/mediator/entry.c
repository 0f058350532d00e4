/* SPDX-License-Identifier: MIT */
/* mediator assess, train, sanction: what goes into a mediator's file. */
#include <string.h>

#include "mediator.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day, or the time as 2022-06-30T09:30, if not today") },
	{ 0 }
};

struct entry {
	const char *event, *list;   /* list: the file's own, NULL: the event has the fields */
	char on[GV_ON_MAX];
	struct gv_assignments fields;
};

static int set_field(struct gv_amend *ch, struct gv_val *item, const char *list, const struct gv_assignment *a)
{
	const char *path = gv_arena_printf(&ch->doc.arena, "%s.-.%s", list, a->field.p);
	struct gv_val v;
	int rc;

	if (!path)
		return gv_fail_nomem(&ch->c->err);
	rc = gv_schema_value(ch->rec.id.schema, &ch->doc, gv_str_of(path), gv_buf_str(&a->value), &v, &ch->c->err);
	return rc ? rc : gv_obj_set(&ch->doc, item, gv_str_of(path + strlen(list) + 3), v, &ch->c->err);
}

static int add_item(struct gv_amend *ch, const struct entry *e)
{
	struct gv_val item = gv_mkobj(), day = gv_mkstr(&ch->doc, (struct gv_str){ e->on, GV_DATE_LEN });
	const char *path = gv_arena_printf(&ch->doc.arena, "%s.-", e->list);
	int rc = path ? 0 : gv_fail_nomem(&ch->c->err);

	for (size_t i = 0; i < e->fields.n && !rc; i++)
		rc = set_field(ch, &item, e->list, &e->fields.list[i]);
	if (!rc)
		rc = gv_obj_set(&ch->doc, &item, GV_STR("on"), day, &ch->c->err);
	return rc ? rc : gv_val_set_path(&ch->doc, &ch->doc.root, gv_str_of(path), item, &ch->c->err);
}

static int alter(struct gv_amend *ch)
{
	struct entry *e = ch->work;
	int rc;

	if (strcmp(ch->rec.id.schema->kind, "mediator") != 0)
		return gv_fail(&ch->c->err, GV_EDATA, _("is a %s, not a mediator"), ch->rec.id.schema->kind);
	rc = e->list ? add_item(ch, e) : 0;
	return rc ? rc : gv_amend_event(ch, e->event, e->on, e->list ? NULL : &e->fields);
}

/* The fields begin behind so many operands. */
static int run_entry(struct gv_cmd *c, const char *event, const char *list, int skip, const char *needs)
{
	struct entry e = { .event = event, .list = list };
	int rc = gv_cmd_on(c, e.on);

	if (!rc)
		rc = gv_assignments_read(&e.fields, c, c->argv + skip, c->argc - skip);
	if (!rc && needs && !gv_assignments_find(&e.fields, needs))
		rc = gv_fail(&c->err, GV_EUSAGE, _("%s needs %s=%s"), c->spec->name, needs, _("VALUE"));
	if (!rc)
		rc = gv_amend_run(c, alter, &e, event);
	gv_assignments_free(&e.fields);
	return rc;
}

static int fail_who(struct gv_cmd *c)
{
	return gv_fail(&c->err, GV_EUSAGE, _("which mediator?  %s ID [FIELD=VALUE...]"), c->name);
}

static int run_assess(struct gv_cmd *c)
{
	return c->argc < 1 ? fail_who(c) : run_entry(c, "assess", "assessments", 1, "grade");
}

static int run_train(struct gv_cmd *c)
{
	return c->argc < 1 ? fail_who(c) : run_entry(c, "train", "trainings", 1, NULL);
}

/* ME-15: three sanctions, each with its ground. */
static int run_sanction(struct gv_cmd *c)
{
	static const char *const words[] = { "warn", "censure", "remove" };

	if (c->argc < 1)
		return fail_who(c);
	for (size_t i = 0; c->argc > 1 && i < sizeof words / sizeof words[0]; i++)
		if (strcmp(c->argv[1], words[i]) == 0)
			return run_entry(c, words[i], NULL, 2, "ground");
	if (c->argc < 2)
		return gv_fail(&c->err, GV_EUSAGE, _("which sanction?  %s ID warn|censure|remove ground=GROUND"), c->name);
	return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": a sanction is warn, censure or remove (%s %s, art. %s)"), c->argv[1],
	               "最高人民法院关于人民法院特邀调解的规定", "法释〔2016〕14号", "28");
}

#define ENTRY(symbol, text, words) \
	const struct gv_cmd_spec mediator_##symbol = { \
		.name = #symbol, .summary = (text), .usage = (words), .operands = "id", .opts = opts, .kind = "mediator", \
		.common = GV_C_WRITE | GV_C_ASOF | GV_C_RECORDS, .records = &gv_cmd_records, .run = run_##symbol, \
	};

ENTRY(assess, N_("a mediator was assessed (ME-02)"), N_("ID|- grade=TEXT [note=TEXT]"))
ENTRY(train, N_("a mediator was trained, before entry or during service (ME-02)"),
      N_("ID|- [hours=N] [topic=TEXT] [before_entry=true]"))
ENTRY(sanction, N_("warn or censure a mediator, or remove it from the register, with the ground (ME-15)"),
      N_("ID|- warn|censure|remove ground=forcing|illegality|gifts|leaking|unjustified-refusals|other [note=TEXT]"))
