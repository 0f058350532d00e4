/* SPDX-License-Identifier: MIT */
#include "generate.h"

#include "rec.h"

/* The tree being built: every helper is quiet after the first failure. */
struct build {
	struct gv_doc *d;
	struct gv_err *err;
	int rc;
};

static void set(struct build *b, struct gv_val *obj, const char *name, struct gv_val v)
{
	if (!b->rc)
		b->rc = gv_obj_set(b->d, obj, gv_str_of(name), v, b->err);
}

/* Literals, and texts of the case, which outlives the tree. */
static void text(struct build *b, struct gv_val *obj, const char *name, const char *s)
{
	if (s && *s)
		set(b, obj, name, gv_mklit(s));
}

static void day(struct build *b, struct gv_val *obj, const char *name, gv_day d)
{
	char s[GV_DATE_LEN + 1];

	if (d == GV_DAY_NONE)
		return;
	gv_day_format(d, s);
	set(b, obj, name, gv_mkstr(b->d, gv_str_of(s)));
}

static void add(struct build *b, struct gv_val *array, struct gv_val v)
{
	if (!b->rc)
		b->rc = gv_arr_add(b->d, array, v, b->err);
}

static struct gv_val party(struct build *b, const struct gen_party *p)
{
	struct gv_val v = gv_mkobj(), agent = gv_mkobj(), agents = gv_mkarr();
	bool person = p->side == GEN_PERSON;

	text(b, &v, "role", p->role);
	text(b, &v, "name", p->name);
	if (p->has_number || !person)
		text(b, &v, "type", person ? "person" : "unit");
	if (p->has_sex)
		text(b, &v, "sex", p->is_male ? "男" : "女");
	if (p->has_number) {
		text(b, &v, "id_type", person ? "resident-id" : NULL);
		text(b, &v, person ? "id_no" : "credit_code", p->number);
	}
	if (!person && p->has_address && p->side != GEN_AUTHORITY)
		text(b, &v, "legal_representative", p->representative);
	if (p->has_phone)
		text(b, &v, "phone", p->phone);
	if (p->has_address)
		text(b, &v, "address", p->address);
	if (p->is_electronic)
		set(b, &v, "electronic_service", gv_mkbool(true));
	if (p->has_agent) {
		text(b, &agent, "kind", "lawyer");
		text(b, &agent, "name", p->agent);
		text(b, &agent, "firm", p->law_firm);
		add(b, &agents, agent);
		set(b, &v, "agents", agents);
	}
	return v;
}

static struct gv_val event(struct build *b, const struct gen_event *e)
{
	struct gv_val v = gv_mkobj();

	text(b, &v, "eid", e->eid);
	text(b, &v, "event", e->event);
	day(b, &v, "on", e->on);
	day(b, &v, "until", e->until);
	day(b, &v, "asked_on", e->asked_on);
	if (e->months)
		set(b, &v, "months", gv_mkint(e->months));
	if (e->name)
		text(b, &v, e->name, e->value);
	return v;
}

static void lists(struct build *b, struct gv_val *root, const struct gen_case *c)
{
	struct gv_val parties = gv_mkarr(), links = gv_mkarr(), link = gv_mkobj();

	for (size_t i = 0; i < c->nparties; i++)
		add(b, &parties, party(b, &c->parties[i]));
	set(b, root, "parties", parties);
	if (c->rel) {
		text(b, &link, "rel", c->rel);
		text(b, &link, "id", c->link);
		add(b, &links, link);
		set(b, root, "links", links);
	}
	for (size_t i = 0; i < c->nevents && !b->rc; i++)
		b->rc = gv_event_add(b->d, root, event(b, &c->events[i]), b->err);
}

static void money(struct build *b, struct gv_val *root, const char *name, int64_t fen)
{
	if (fen >= 0)
		set(b, root, name, gv_mkint(fen));
}

int gen_case_json(const struct gen_case *c, struct gv_doc *d, struct gv_err *err)
{
	struct build b = { d, err, 0 };
	struct gv_val *root = &d->root;
	char number[64];

	gen_case_number(c, number, sizeof number);
	*root = gv_mkobj();
	text(&b, root, "kind", "case");
	set(&b, root, "id", gv_mkstr(d, gv_str_of(number)));
	text(&b, root, "state", c->state);
	text(&b, root, "cause", c->cause);
	text(&b, root, "cause_list", c->list);
	text(&b, root, "procedure", c->procedure);
	text(&b, root, "channel", c->channel);
	text(&b, root, "tribunal", c->tribunal);
	text(&b, root, "judge", c->judge);
	text(&b, root, "clerk", c->clerk);
	if (!c->forgot_receipt)
		day(&b, root, "received_on", c->received);
	day(&b, root, "filed_on", c->filed);
	day(&b, root, "decided_on", c->decided);
	day(&b, root, "closed_on", c->closed);
	day(&b, root, "effective_on", c->effective);
	day(&b, root, "published_on", c->published);
	text(&b, root, "closed_by", c->closed_by);
	money(&b, root, "claim_fen", c->claim);
	money(&b, root, "awarded_fen", c->awarded);
	money(&b, root, "fee_fen", c->fee);
	if (c->penalty_years >= 0) {
		text(&b, root, "prosecution", "public");
		set(&b, root, "custody", gv_mkbool(c->in_custody));
		set(&b, root, "max_penalty_years", gv_mkint(c->penalty_years));
	}
	lists(&b, root, c);
	return b.rc;
}
