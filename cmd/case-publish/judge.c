/* SPDX-License-Identifier: MIT */
/* judge: a publication with what it names; events that move it. */
#include <string.h>

#include "case-publish.h"
#include "due.h"
#include "policy.h"

int publish_judge_open(struct publish_judge *j, struct gv_cmd *c)
{
	int rc;

	*j = (struct publish_judge){ .c = c };
	if (!gv_cmd_store(c)) /* records from a stream need none */
		gv_err_clear(&c->err);
	rc = gv_calendar_load(&j->calendar, gv_cmd_calendar(c), &c->err);
	return rc ? rc : gv_causes_open(&j->causes, c->today, &c->err);
}

void publish_judge_close(struct publish_judge *j)
{
	gv_calendar_free(j->calendar);
	gv_causes_free(j->causes);
	gv_doc_free(&j->kase);
	gv_doc_free(&j->second);
	gv_doc_free(&j->publication);
	publish_index_free(j->published);
}

int publish_judge_subject(struct publish_judge *j, const struct gv_val *rec, const struct gv_val *kase, struct gv_publication *out)
{
	struct gv_caseno_reader *cn = gv_cmd_caseno(j->c);
	struct gv_str second = gv_publication_text(rec, "second_instance.case");
	int rc = 0;

	*out = (struct gv_publication){ .rec = rec, .kase = kase, .calendar = j->calendar, .causes = j->causes, .cn = cn };
	if (!cn)
		return j->c->err.code;
	if (!kase)
		rc = gv_cmd_look_up(j->c, gv_val_getstr(rec, "case"), &j->kase, &out->kase);
	if (!rc && second.n)
		rc = gv_cmd_look_up(j->c, second, &j->second, &out->second);
	return rc;
}

struct of_typical {
	struct publish_judge *j;
	struct publish_told *told;
	bool found;
};

/* Why it is kept from the public, by what was decided or would be now; {0}: it is not. */
static struct gv_str kept_by(const struct gv_publication *p)
{
	struct gv_publication_decision d = gv_publication_decide(p);
	struct gv_str ground = gv_val_getstr(p->rec, "ground");

	if (gv_str_is(gv_val_getstr(p->rec, "decision"), "withhold"))
		return ground.n ? ground : GV_STR("withhold");
	return d.answer == GV_WITHHOLD ? gv_str_of(d.ground) : (struct gv_str){ 0 };
}

static int take_effective(void *ctx, struct gv_str key)
{
	struct of_typical *t = ctx;
	struct publish_judge *j = t->j;
	const struct gv_val *rec;
	int rc = gv_cmd_look_up(j->c, key, &j->publication, &rec);

	if (!rc && rec)
		rc = publish_judge_subject(j, rec, NULL, &t->told->p);
	if (rc || !rec)
		return rc;
	t->told->ground = kept_by(&t->told->p);
	t->found = gv_publication_effective(&t->told->p, NULL).day != GV_DAY_NONE;
	return t->told->ground.n || t->found ? -1 : 0;
}

int publish_judge_told(struct publish_judge *j, const struct gv_val *typical, struct publish_told *out)
{
	struct of_typical t = { .j = j, .told = out };
	int rc = 0;

	*out = (struct publish_told){ 0 };
	if (!j->published && gv_cmd_store(j->c))
		rc = publish_index_load(&j->published, j->c, "publication");
	if (!rc && j->published)
		rc = publish_index_each(j->published, gv_val_getstr(typical, "case"), take_effective, &t);
	if (rc > 0 || t.found || out->ground.n)
		return rc > 0 ? rc : 0;
	rc = publish_judge_subject(j, typical, NULL, &out->p);
	out->ground = rc || !out->p.kase ? (struct gv_str){ 0 } : kept_by(&out->p);
	return rc;
}

int publish_judge_rules(struct publish_judge *j, const struct gv_rec *rec, struct gv_publication_subject *out)
{
	struct gv_store *store = gv_cmd_store(j->c);

	if (!store)
		gv_err_clear(&j->c->err);
	*out = (struct gv_publication_subject){ .rec = rec, .court = store ? gv_store_court(store) : NULL };
	if (strcmp(rec->id.schema->kind, "typical-case") == 0) {
		struct publish_told told;
		int rc = publish_judge_told(j, rec->val, &told);

		out->p = told.p;
		out->ground = told.ground;
		return rc;
	}
	return publish_judge_subject(j, rec->val, NULL, &out->p);
}

int publish_policy_profile(struct gv_cmd *c, const char **profile)
{
	const struct gv_val *v = NULL;
	int rc = gv_policy_get(&v, gv_store_config(gv_cmd_store(c)), "anon_profile", c->today, &c->err);
	struct gv_str word = gv_val_str(v);

	*profile = gv_str_is(word, "2016") ? "2016" : gv_str_is(word, "2024") ? "2024" : NULL;
	if (!rc && v && !*profile)
		rc = gv_fail_field(&c->err, GV_EDATA, "policy.anon_profile", "%s", _("is neither \"2016\" nor \"2024\""));
	return rc;
}

/* ---- events ---- */

static int move(struct gv_cmd *c, const struct gv_schema *s, struct gv_doc *d, struct gv_val *rec, const struct publish_event *e)
{
	struct gv_str state = gv_val_getstr(rec, s->state_field);
	const struct gv_transition *t = gv_schema_transition(s, gv_str_of(e->name), state);
	int rc;

	if (!gv_schema_moves(s, gv_str_of(e->name)))
		return 0;
	if (!t)
		return gv_fail_field(&c->err, GV_EDATA, s->state_field, _("%s is not possible in state %.*s"), e->name, (int)state.n, state.n ? state.p : "");
	rc = gv_event_check_order(s, rec, e->name, e->on, &c->err);
	return rc ? rc : gv_obj_set(d, rec, gv_str_of(s->state_field), gv_mklit(t->to), &c->err);
}

int publish_add_event(struct gv_cmd *c, struct gv_doc *d, struct gv_val *rec, const struct publish_event *e)
{
	const struct { const char *name; struct gv_str text; } members[] = {
		{ "event", gv_str_of(e->name) }, { "on", e->on }, { "by", e->by }, { "rule", e->rule }, { "reason", e->reason },
		{ "public_id", e->public_id }, { "sha256", e->sha256 },
	};
	struct gv_val event = gv_mkobj();
	int rc = move(c, gv_schema_find(gv_val_getstr(rec, "kind")), d, rec, e);

	for (size_t i = 0; i < sizeof members / sizeof members[0] && !rc; i++)
		if (members[i].text.n)
			rc = gv_obj_set(d, &event, gv_str_of(members[i].name), gv_mkstr(d, members[i].text), &c->err);
	return rc ? rc : gv_event_add(d, rec, event, &c->err);
}
