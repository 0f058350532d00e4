/* SPDX-License-Identifier: MIT */
/* decide_facts: a publication out of what was typed and what its case says. */
#include <string.h>

#include "decide.h"

/* ---- what was typed ---- */

int decide_check_typed(struct decide *w)
{
	static const char not_typed[] = "case,effective_on,due_on,rule,ground,reason,decided_on,decided_by,released_on,public_id,redacted_sha256,"
	                                "withdrawn_on,withdrawn_reason,labels,map,waivers,text_sha256";
	struct gv_cmd *c = w->c;

	for (size_t i = 0; i < w->typed.n; i++) {
		struct gv_assignment *a = &w->typed.list[i];
		const char *field = a->field.p, *kind = strcmp(field, "doc_kind") == 0 ? gv_publication_kind(gv_buf_str(&a->value)) : NULL;
		struct gv_str top = { field, strcspn(field, ".") };

		if (gv_str_is(top, "effective_on"))
			return gv_fail(&c->err, GV_EUSAGE, _("%s follows from served: it is not typed (PUB-06)"), field);
		if (gv_rule_listed(gv_str_of(not_typed), top))
			return gv_fail(&c->err, GV_EUSAGE, _("%s follows from other facts: it is not typed"), field);
		if (strcmp(field, "decision") == 0 && (!w->by || !gv_cmd_has_reason(c)))
			return gv_fail(&c->err, GV_EUSAGE, "%s", _("decision=...: who decides, and why?  --by NAME -m REASON"));
		if (kind) {
			gv_buf_reset(&a->value);
			gv_buf_adds(&a->value, kind);
			w->doc_kind = gv_buf_str(&a->value);
		}
		if (strcmp(field, "file") == 0)
			w->file = gv_buf_str(&a->value);
	}
	return 0;
}

/* ---- what the case says ---- */

struct settle {
	struct decide *w;
	struct gv_doc *d;
	struct gv_val *rec;
	const struct gv_val *kase;
	struct gv_publication p;
};

static int set(struct settle *s, const char *field, struct gv_str text)
{
	if (!text.n) {
		gv_obj_del(s->rec, gv_str_of(field));
		return 0;
	}
	return gv_obj_set(s->d, s->rec, gv_str_of(field), gv_mkstr(s->d, text), &s->w->c->err);
}

static int set_default(struct settle *s, const char *field, struct gv_str text)
{
	return text.n && !gv_val_get(s->rec, field) ? set(s, field, text) : 0;
}

/* The case is who knows it, where it does. */
static int follow_case(struct settle *s, const char *field, const char *of_case)
{
	struct gv_str text = gv_val_getstr(s->kase, of_case);

	return text.n ? set(s, field, text) : 0;
}

static int set_second(struct settle *s)
{
	const struct gv_val *links = gv_val_items(s->kase, "links"), *log = gv_val_items(s->kase, "events");
	struct gv_err *err = &s->w->c->err;
	struct gv_str second = { 0 };
	bool appealed = false;
	int rc = 0;

	for (uint32_t i = 0; i < links->n; i++)
		if (gv_str_is(gv_val_getstr(&links->items[i], "rel"), "appeal"))
			second = gv_val_getstr(&links->items[i], "id");
	for (uint32_t i = 0; i < log->n; i++)
		appealed = appealed || gv_str_is(gv_val_getstr(&log->items[i], "event"), "appeal");
	if ((appealed || second.n) && !gv_val_get(s->rec, "appealed"))
		rc = gv_obj_set(s->d, s->rec, GV_STR("appealed"), gv_mkbool(true), err);
	if (!rc && second.n && !gv_val_path(s->rec, GV_STR("second_instance.case")))
		rc = gv_val_set_path(s->d, s->rec, GV_STR("second_instance.case"), gv_mkstr(s->d, second), err);
	return rc;
}

/* The name without what stands behind its last dot. */
static struct gv_str stem(struct gv_str name)
{
	const char *dot = memrchr(name.p, '.', name.n);

	return dot && dot > name.p ? (struct gv_str){ name.p, (size_t)(dot - name.p) } : name;
}

/* The one file that is named as the document is; of several, somebody has to say which. */
static const struct gv_val *find_text(struct settle *s, struct gv_str name)
{
	const struct gv_val *files = gv_val_items(s->kase, "files"), *found = NULL;
	struct gv_str kind = gv_val_getstr(s->rec, "doc_kind");

	for (uint32_t i = 0; i < files->n; i++) {
		struct gv_str one = gv_val_getstr(&files->items[i], "name");
		const char *of = one.n ? gv_publication_kind(stem(one)) : NULL;

		if (name.n ? !gv_str_eq(one, name) : !of || !gv_str_is(kind, of))
			continue;
		if (found)
			return NULL;
		found = &files->items[i];
	}
	return found;
}

static int set_text(struct settle *s)
{
	struct gv_str name = gv_val_getstr(s->rec, "file");
	const struct gv_val *file = find_text(s, name);
	int rc;

	if (gv_publication_in_state(s->rec, "released")) /* what is out is that text, and another one is to be told (PUB-08) */
		return 0;
	if (!file)
		return name.n && s->kase ? gv_fail_field(&s->w->c->err, GV_EDATA, "file", _("%.*s is not among the files of the case"), (int)name.n, name.p) : 0;
	rc = set(s, "file", gv_val_getstr(file, "name"));
	return rc ? rc : set(s, "text_sha256", gv_val_getstr(file, "sha256"));
}

static int set_title(struct settle *s)
{
	struct gv_buf title = GV_BUF_INIT(4096);
	int rc = 0;

	if (gv_val_getstr(s->kase, "title").n)
		rc = set_default(s, "title", gv_val_getstr(s->kase, "title"));
	else if (!gv_val_get(s->rec, "title") && gv_publication_title(&s->p, &title) && title.n <= 1024)
		rc = set(s, "title", gv_buf_str(&title));
	gv_buf_free(&title);
	return rc;
}

static int set_facts(struct settle *s)
{
	const char *kind, *instance;
	int rc = follow_case(s, "cause", "cause");

	if (!rc)
		rc = follow_case(s, "issued_on", "decided_on");
	if (!rc)
		rc = set_default(s, "issued_by", gv_val_getstr(s->kase, "judge"));
	kind = gv_publication_kind_of_case(&s->p);
	if (!rc && kind)
		rc = set_default(s, "doc_kind", gv_str_of(kind));
	instance = gv_publication_instance(&s->p);
	if (!rc && instance)
		rc = set_default(s, "instance", gv_str_of(instance));
	if (!rc)
		rc = set_second(s);
	if (!rc)
		rc = set_text(s);
	return rc ? rc : set_title(s);
}

/* ---- what follows ---- */

static int set_days(struct settle *s)
{
	struct gv_publication_effect e;
	gv_day due;
	int rc = publish_judge_subject(&s->w->judge, s->rec, s->kase, &s->p); /* second instance may be known by now */

	if (rc)
		return rc;
	e = gv_publication_effective(&s->p, NULL);
	due = gv_publication_due(s->p.calendar, e.day);
	rc = set(s, "effective_on", e.day == GV_DAY_NONE ? (struct gv_str){ 0 } : gv_str_of(gv_publication_date(e.day).s));
	if (!rc)
		rc = set(s, "due_on", due == GV_DAY_NONE ? (struct gv_str){ 0 } : gv_str_of(gv_publication_date(due).s));
	if (!rc && due == GV_DAY_NONE && (e.day != GV_DAY_NONE || (e.lacks && strcmp(e.lacks, "calendar") == 0))) {
		struct gv_str kase = gv_val_getstr(s->rec, "case");

		gv_cmd_warn(s->w->c, _("%.*s: no calendar for the days that count: add it with --calendar FILE"), (int)kase.n, kase.p);
	}
	return rc;
}

/* A person decides where the rules ask for one, and nowhere else. */
static int decide_by_person(struct settle *s, struct gv_publication_decision *d)
{
	const struct gv_assignment *typed = gv_assignments_find(&s->w->typed, "decision");
	bool publish = typed && gv_str_is(gv_buf_str(&typed->value), "publish");
	bool asked = d->answer == GV_BY_DECISION && strcmp(d->rule, "PUB-07") != 0;
	struct gv_err *err = &s->w->c->err;
	const char *word = gv_publication_answer_word(d->answer);

	if (!typed || gv_str_is(gv_buf_str(&typed->value), word))
		return 0;
	if (!asked)
		return gv_fail_field(err, GV_EDATA, "decision", _("%s says %s%s%s: that is not decided otherwise; what is unsuitable goes by opinion, review, approve"), d->rule,
		                     word, d->reason ? " " : "", d->reason ? d->reason : "");
	if (!publish && strcmp(d->rule, "PUB-01") != 0)
		return gv_fail_field(err, GV_EDATA, "decision", _("%s: %s  Say the fact, and the ground follows from it"), d->rule, _(d->why));
	d->answer = publish ? GV_PUBLISH : GV_WITHHOLD;
	return set(s, "decided_by", gv_str_of(s->w->by));
}

/* What a person decided stands, as long as the rules leave it to a person. */
static bool stands(const struct settle *s, const struct gv_publication_decision *d, struct gv_str before)
{
	return d->answer == GV_BY_DECISION && gv_val_getstr(s->rec, "decided_by").n && !gv_assignments_find(&s->w->typed, "decision") &&
	       (gv_str_is(before, "publish") || gv_str_is(before, "withhold")) && gv_str_is(gv_val_getstr(s->rec, "rule"), d->rule);
}

static int set_decision(struct settle *s, const struct gv_publication_decision *d)
{
	const struct { const char *field, *text; } fields[] = {
		{ "decision", gv_publication_answer_word(d->answer) }, { "rule", d->rule }, { "ground", d->ground }, { "reason", d->reason },
	};
	int rc = 0;

	if (!gv_assignments_find(&s->w->typed, "decision"))
		gv_obj_del(s->rec, GV_STR("decided_by"));
	for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !rc; i++)
		rc = set(s, fields[i].field, gv_str_of(fields[i].text));
	return rc ? rc : set(s, "decided_on", (struct gv_str){ s->w->on, GV_DATE_LEN });
}

/* The first event of a new record puts it where it belongs; later ones move it. */
static int tell(struct settle *s, const struct gv_publication_decision *d, bool is_new)
{
	static const char *const events[] = { "decide", "withhold", "propose" }, *const states[] = { "decided", "withheld", "proposed" };
	struct publish_event e = { .name = events[d->answer], .on = gv_str_of(s->w->on), .by = gv_val_getstr(s->rec, "decided_by"), .rule = gv_str_of(d->rule) };

	if (is_new && gv_obj_set(s->d, s->rec, GV_STR("state"), gv_mklit(states[d->answer]), &s->w->c->err))
		return s->w->c->err.code;
	return publish_add_event(s->w->c, s->d, s->rec, &e);
}

static int check_profile(struct settle *s, const struct gv_publication_decision *d)
{
	if (s->w->profile && set_default(s, "profile", gv_str_of(s->w->profile)))
		return s->w->c->err.code;
	if (d->answer == GV_WITHHOLD || gv_val_get(s->rec, "profile"))
		return 0;
	return gv_fail(&s->w->c->err, GV_EUSAGE, "%s", _("which names are hidden?  profile=2016 (the text of the rules) or profile=2024 (practice since), or the policy "
	                                                 "anon_profile of gavel.json (ANON-02)"));
}

/* What is out is not decided again: it is withdrawn first. */
static void warn_released(struct settle *s, const struct gv_publication_decision *d)
{
	struct gv_str id = gv_val_getstr(s->rec, "id");

	gv_cmd_warn(s->w->c, _("%.*s is published, and %s says now: %s%s%s; withdraw it, then decide again"), (int)id.n, id.p, d->rule,
	            gv_publication_answer_word(d->answer), d->reason ? " " : "", d->reason ? d->reason : "");
}

static int settle_decision(struct settle *s)
{
	struct gv_str before = gv_val_getstr(s->rec, "decision"), rule = gv_val_getstr(s->rec, "rule"), ground = gv_val_getstr(s->rec, "ground");
	struct gv_publication_decision d = gv_publication_decide(&s->p);
	bool is_new = !gv_val_get(s->rec, "state"), same;
	int rc = decide_by_person(s, &d);

	if (!rc)
		rc = check_profile(s, &d);
	if (rc)
		return rc;
	same = stands(s, &d, before) || (gv_str_is(before, gv_publication_answer_word(d.answer)) && gv_str_is(rule, d.rule) && gv_str_is(ground, d.ground ? d.ground : ""));
	s->w->counts[same && gv_str_is(before, "publish") ? GV_PUBLISH : same && gv_str_is(before, "withhold") ? GV_WITHHOLD : d.answer]++;
	if (d.answer == GV_BY_DECISION && !stands(s, &d, before)) {
		struct gv_str kase = gv_val_getstr(s->rec, "case");

		gv_cmd_note(s->w->c, _("%.*s: by decision: %s: %s"), (int)kase.n, kase.p, d.rule, _(d.why));
	}
	if (same)
		return 0;
	if (gv_publication_in_state(s->rec, "released")) {
		warn_released(s, &d);
		return 0;
	}
	if (gv_publication_in_state(s->rec, "withdrawn") && d.answer == GV_PUBLISH)
		return 0; /* release publishes it again */
	rc = set_decision(s, &d);
	return rc ? rc : tell(s, &d, is_new);
}

/* decision stays what it was: it is set where it is settled. */
static int apply_typed(struct settle *s)
{
	const struct gv_val *now = gv_val_get(s->rec, "decision");
	struct gv_val before = now ? *now : gv_mkobj();
	int rc = gv_assignments_apply(&s->w->typed, s->w->c, gv_schema_find(GV_STR("publication")), s->d, s->rec);

	if (rc || !gv_assignments_find(&s->w->typed, "decision"))
		return rc;
	if (now)
		return gv_obj_set(s->d, s->rec, GV_STR("decision"), before, &s->w->c->err);
	gv_obj_del(s->rec, GV_STR("decision"));
	return 0;
}

int decide_settle(struct decide *w, struct gv_doc *d, struct gv_val *rec, const struct gv_val *kase)
{
	struct settle s = { w, d, rec, kase, { 0 } };
	int rc = apply_typed(&s);

	if (!rc)
		rc = publish_judge_subject(&w->judge, rec, kase, &s.p);
	if (!rc)
		rc = set_facts(&s);
	if (!rc)
		rc = set_days(&s);
	return rc ? rc : settle_decision(&s);
}
