/* SPDX-License-Identifier: MIT */
/* mediate show: one mediation for people: the parties and their consent, who mediates, what happened. */
#include "mediate.h"
#include "utf8.h"

struct page {
	struct gv_cmd *c;
	struct gv_buf text;
};

static void heading(struct page *p, const char *label, struct gv_str text)
{
	if (!text.n)
		return;
	gv_buf_addf(&p->text, "%s: ", label);
	gv_utf8_safe(text, &p->text); /* nothing in a record may move the cursor */
	gv_buf_addc(&p->text, '\n');
}

static void show_parties(struct page *p, const struct gv_val *rec)
{
	const struct gv_val *list = gv_val_items(rec, "parties");

	for (uint32_t i = 0; i < list->n; i++) {
		struct gv_str name = gv_val_getstr(&list->items[i], "name");
		enum gv_stance s = gv_mediation_stance(rec, name);

		gv_utf8_safe(gv_val_getstr(&list->items[i], "role"), &p->text);
		gv_buf_adds(&p->text, ": ");
		gv_utf8_safe(name, &p->text);
		gv_buf_addf(&p->text, " (%s)\n", s == GV_STANCE_AGREES    ? _("agrees to mediation")
		                                 : s == GV_STANCE_REFUSES ? _("does not agree to mediation")
		                                                          : _("has not said so far"));
	}
}

static void show_mediators(struct page *p, const struct gv_val *rec)
{
	const struct gv_val *list = gv_val_items(rec, "mediators");

	for (uint32_t i = 0; i < list->n; i++)
		heading(p, _("mediator"), gv_val_getstr(&list->items[i], "mediator"));
}

/* Who, and when; what is in it is about a child. */
static void show_investigation(struct page *p, const struct gv_val *rec)
{
	const struct gv_val *of = gv_val_get(rec, "investigation");
	const struct { const char *field, *label; } lines[] = {
		{ "investigator", _("social investigation by") }, { "asked_on", _("asked for") }, { "due_on", _("due") },
		{ "reported_on", _("report handed in") }, { "follow_up_due_on", _("follow-up due") },
	};

	for (size_t i = 0; of && i < sizeof lines / sizeof lines[0]; i++)
		heading(p, lines[i].label, gv_val_getstr(of, lines[i].field));
}

static void show_agreement(struct page *p, const struct gv_val *rec)
{
	const struct gv_val *agreement = gv_val_get(rec, "agreement"), *terms = gv_val_items(agreement, "terms");
	struct gv_str missing;
	gv_day on = gv_mediation_effective(rec, &missing);
	char day[GV_DATE_LEN + 1];

	if (!agreement)
		return;
	for (uint32_t i = 0; i < terms->n; i++)
		heading(p, _("agreed"), gv_val_str(&terms->items[i]));
	gv_day_format(on, day);
	heading(p, _("in effect since"), gv_str_of(day));
	heading(p, _("signature missing"), missing);
}

static void show_events(struct page *p, const struct gv_val *rec)
{
	const struct gv_schema *s = gv_schema_find(GV_STR("mediation"));
	const struct gv_val *log = gv_val_items(rec, "events");

	for (uint32_t i = 0; i < log->n; i++) {
		const struct gv_val *e = &log->items[i];
		const struct gv_event_type *type = gv_schema_event(s, gv_val_getstr(e, "event"));
		struct gv_str party = gv_val_getstr(e, "party");

		gv_buf_adds(&p->text, "  ");
		gv_utf8_safe(gv_val_getstr(e, "on"), &p->text);
		gv_buf_adds(&p->text, "  ");
		gv_utf8_safe(gv_val_getstr(e, "event"), &p->text);
		gv_buf_addf(&p->text, " %s%s", type && type->zh ? type->zh : "", party.n ? "  " : "");
		gv_utf8_safe(party, &p->text);
		gv_buf_addc(&p->text, '\n');
	}
}

static int each(struct gv_cmd *c, const struct gv_rec *rec)
{
	struct page p = { c, GV_BUF_INIT(GV_JSON_TEXT_MAX) };
	const struct gv_state *state = gv_schema_state(rec->id.schema, gv_val_getstr(rec->val, "state"));
	int rc;

	gv_buf_addf(&p.text, "%s  %s %s\n", rec->id.key, state ? state->name : "", state && state->zh ? state->zh : "");
	heading(&p, _("cause of action"), gv_val_getstr(rec->val, "cause"));
	show_parties(&p, rec->val);
	show_mediators(&p, rec->val);
	show_investigation(&p, rec->val);
	show_agreement(&p, rec->val);
	show_events(&p, rec->val);
	rc = gv_buf_check(&p.text, &c->err);
	if (!rc)
		rc = gv_cmd_put(c, gv_buf_str(&p.text));
	gv_buf_free(&p.text);
	return rc ? rc : gv_cmd_closed(c) ? -1 : 0;
}

const struct gv_cmd_spec mediate_show = {
	.name = "show", .summary = N_("show mediations to people: parties, consent, mediators, agreement, events"),
	.usage = N_("[ID...]   (or ids on standard input)"), .operands = "id", .kind = "mediation",
	.common = GV_C_DOCKET | GV_C_ASOF, .records = &gv_cmd_records, .run = gv_cmd_run_each, .each = each,
};
