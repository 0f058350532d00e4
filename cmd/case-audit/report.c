/* SPDX-License-Identifier: MIT */
/* case-audit report: a page for people about a docket's history. */
#include <stdlib.h>
#include <string.h>

#include "report.h"

static const struct gv_opt opts[] = {
	{ 'o', "output", "FORMAT", N_("html (a page to print) or text"), .complete = "html|text" },
	{ 0, "since", "DATE", N_("commits from this day on"), .check = "date" },
	{ 0, "until", "DATE", N_("commits up to this day, inclusive"), .check = "date" },
	{ 0, "from", "REV", N_("trust what this commit and those before it made; judge what came after"), .complete = "rev" },
	{ 0, "progress", "MODE", N_("never, auto (on a terminal) or json"), .complete = "never|auto|json" },
	{ 0 }
};

/* ---- lists ---- */

static int grow(void **list, size_t *cap, size_t n, size_t size, struct gv_err *err)
{
	size_t more = *cap ? *cap * 2 : 32;
	void *p;

	if (n < *cap)
		return 0;
	p = reallocarray(*list, more, size);
	if (!p)
		return gv_fail_nomem(err);
	*list = p;
	*cap = more;
	return 0;
}

static struct gv_str keep(struct report *r, struct gv_str text)
{
	struct gv_str copy = gv_arena_copy(&r->doc.arena, text.p ? text : GV_STR(""));

	return copy.p ? copy : GV_STR(""); /* a page that lacks a word is told by page_end(): memory is short there, too */
}

static int add_line(struct report *r, struct report_list *l, size_t most, const struct report_line *line)
{
	void *list = l->list;
	int rc;

	if (l->n >= most) {
		l->more++;
		return 0;
	}
	rc = grow(&list, &l->cap, l->n, sizeof *l->list, &r->c->err);
	l->list = list;
	if (!rc)
		l->list[l->n++] = *line;
	return rc;
}

/* ---- findings ---- */

/* They come before the step of their commit, so what day it was is not known yet. */
static int take_finding(void *ctx, const struct gv_val *f, struct gv_err *err)
{
	struct report *r = ctx;
	const struct gv_val *facts = gv_val_get(f, "facts");
	struct report_line line = {
		.level = keep(r, gv_val_getstr(f, "level")), .rule = keep(r, gv_val_getstr(f, "rule")),
		.ref = keep(r, gv_val_getstr(gv_val_get(f, "ref"), "id")), .commit = keep(r, gv_val_getstr(facts, "commit")),
		.message = keep(r, gv_val_getstr(f, "message")),
		.note = keep(r, gv_val_getstr(gv_val_get(facts, "annotated"), "reason")),
	};

	(void)err;
	if (gv_str_eq(line.ref, line.commit))
		line.ref = GV_STR("");
	return add_line(r, &r->pending, SIZE_MAX, &line);
}

static void count_rule(struct report *r, const struct report_line *l)
{
	size_t i = 0;
	enum gv_level level = GV_INFO;

	while (level < GV_VIOLATION && !gv_str_is(l->level, gv_level_name(level)))
		level++;
	while (i < r->nrules && !gv_str_eq(r->rules[i].id, l->rule))
		i++;
	r->sums.counts[level]++;
	if (i == REPORT_RULES)
		return;
	if (i == r->nrules)
		r->rules[r->nrules++] = (struct report_rule){ .id = l->rule };
	r->rules[i].counts[level]++;
}

static int settle(struct report *r, bool wanted)
{
	int rc = 0;

	for (size_t i = 0; i < r->pending.n && wanted && !rc; i++) {
		count_rule(r, &r->pending.list[i]);
		rc = add_line(r, &r->findings, REPORT_LISTED, &r->pending.list[i]);
	}
	r->pending.n = 0;
	return rc;
}

/* ---- people ---- */

static int person_of(struct report *r, const struct gv_audit_step *s, size_t *at)
{
	const struct gv_actor *actor = s->verdict->is == GV_SIG_GOOD ? s->verdict->actor : NULL;
	struct gv_str who = actor ? actor->key : s->commit->committer_email;
	void *list = r->people;
	int rc;

	for (*at = 0; *at < r->npeople; ++*at)
		if (gv_str_eq(r->people[*at].who, who))
			return 0;
	rc = grow(&list, &r->people_cap, r->npeople, sizeof *r->people, &r->c->err);
	r->people = list;
	if (!rc)
		r->people[r->npeople++] = (struct report_person){
			.who = keep(r, who), .first = GV_DAY_NONE,
			.name = keep(r, actor ? gv_val_getstr(actor->person, "name") : s->commit->committer),
		};
	return rc;
}

static int put_roles(struct report *r, struct report_person *p, const struct gv_audit_step *s)
{
	struct witness w = { .verdict = *s->verdict, .actor = s->verdict->actor };
	struct gv_buf text = GV_BUF_INIT(64 * 1024);
	struct gv_doc d = GV_DOC_INIT;
	struct gv_val row = gv_mkobj();
	const struct gv_val *roles;
	int rc = witness_put(&d, &row, &w, s->commit, &r->c->err);

	roles = gv_val_get(&row, "roles");
	for (uint32_t i = 0; !rc && roles && i < roles->n; i++) {
		gv_buf_adds(&text, i ? ", " : "");
		gv_buf_addstr(&text, gv_val_str(&roles->items[i]));
	}
	if (!rc)
		rc = gv_buf_check(&text, &r->c->err);
	if (!rc)
		p->roles = keep(r, gv_buf_str(&text));
	gv_buf_free(&text);
	gv_doc_free(&d);
	return rc;
}

static int count_deed(struct report *r, size_t person, const struct gv_commit *c)
{
	struct gv_str command = gv_commit_trailer(c, "Gavel-Cmd");
	void *list = r->deeds;
	int rc;

	if (!command.n)
		command = gv_str_of(c->parents > 1 ? "git merge" : "git commit");
	for (size_t i = 0; i < r->ndeeds; i++)
		if (r->deeds[i].person == person && gv_str_eq(r->deeds[i].command, command)) {
			r->deeds[i].n++;
			return 0;
		}
	rc = grow(&list, &r->deeds_cap, r->ndeeds, sizeof *r->deeds, &r->c->err);
	r->deeds = list;
	if (!rc)
		r->deeds[r->ndeeds++] = (struct report_deed){ person, keep(r, command), 1 };
	return rc;
}

static int count_person(struct report *r, const struct gv_audit_step *s, gv_day on)
{
	struct report_person *p;
	size_t at;
	int rc = person_of(r, s, &at);

	if (rc)
		return rc;
	p = &r->people[at];
	p->commits++;
	p->good += s->verdict->is == GV_SIG_GOOD;
	p->none += s->verdict->is == GV_SIG_NONE;
	p->other += s->verdict->is > GV_SIG_GOOD;
	if (p->first == GV_DAY_NONE)
		p->first = on;
	p->last = on;
	if (s->verdict->actor && !p->roles.n)
		rc = put_roles(r, p, s);
	return rc ? rc : count_deed(r, at, s->commit);
}

/* ---- commits ---- */

static int list_commit(struct report *r, size_t kind, const struct gv_audit_step *s, gv_day on, const struct gv_oid *about)
{
	char hex[GV_HEX + 1], other[GV_HEX + 1] = "";

	gv_oid_hex(&s->commit->id, hex);
	if (about)
		gv_oid_hex(about, other);
	return add_line(r, &r->kinds[kind], REPORT_LISTED, &(struct report_line){
		.on = on, .commit = keep(r, gv_str_of(hex)), .rule = keep(r, s->commit->author), .ref = keep(r, gv_str_of(other)),
		.message = keep(r, gv_commit_trailer(s->commit, "Gavel-Reason").n ? gv_commit_trailer(s->commit, "Gavel-Reason")
		                                                                  : s->commit->subject),
	});
}

static int take_step(void *ctx, const struct gv_audit_step *s, struct gv_err *err)
{
	struct report *r = ctx;
	gv_day on = gv_day_from_unix(s->commit->time);
	bool wanted = (r->since == GV_DAY_NONE || on >= r->since) && (r->until == GV_DAY_NONE || on <= r->until);
	bool corrects = !gv_oid_is_zero(&s->corrects), annotates = !gv_oid_is_zero(&s->annotates);
	int rc = settle(r, wanted);

	(void)err;
	if (rc || !wanted)
		return rc;
	r->sums.commits++;
	r->sums.merges += s->merge;
	r->sums.corrections += corrects;
	r->sums.annotations += annotates;
	r->sums.verdicts[s->verdict->is]++;
	rc = count_person(r, s, on);
	if (!rc && s->merge)
		rc = list_commit(r, 0, s, on, NULL);
	if (!rc && corrects)
		rc = list_commit(r, 1, s, on, &s->corrects);
	return rc || !annotates ? rc : list_commit(r, 2, s, on, &s->annotates);
}

static void show_progress(void *ctx, uint64_t done, uint64_t all)
{
	gv_cmd_progress(((struct report *)ctx)->c, done, all, _("commits"));
}

static int collect(struct report *r)
{
	struct gv_cmd *c = r->c;
	struct gv_store *s = gv_cmd_store(c);
	const char *from = gv_cmd_opt(c, "from");
	struct gv_audit_sums sums;
	struct gv_audit_opts o = {
		.store = s, .as_of = c->today, .tip = *gv_store_commit_id(s), .finding = take_finding, .step = take_step,
		.progress = show_progress, .ctx = r,
	};
	int rc = from ? gv_store_resolve(s, from, &o.from, &c->err) : 0;

	gv_json_want_fast();
	if (!rc)
		rc = gv_case_law_load(&o.law, &c->err);
	if (!rc)
		rc = gv_audit_run(&o, &sums, &c->err);
	gv_case_law_free(o.law);
	if (!rc)
		rc = settle(r, true); /* what is about the whole */
	if (!rc)
		r->sums.untrue = sums.untrue;
	return rc;
}

static int by_rule_id(const void *a, const void *b)
{
	return gv_str_cmp(((const struct report_rule *)a)->id, ((const struct report_rule *)b)->id);
}

static int tell(struct report *r)
{
	const char *format = gv_cmd_opt(r->c, "output");
	struct page p;
	int rc;

	if (r->nrules)
		qsort(r->rules, r->nrules, sizeof *r->rules, by_rule_id);
	page_begin(&p, !format || strcmp(format, "html") == 0, _("Audit of a docket"), &r->c->err);
	report_page(r, &p);
	rc = page_end(&p);
	if (!rc)
		rc = gv_cmd_put(r->c, gv_buf_str(&p.out));
	page_free(&p);
	return rc;
}

static int run(struct gv_cmd *c)
{
	const char *since = gv_cmd_opt(c, "since"), *until = gv_cmd_opt(c, "until");
	struct report r = { .c = c };
	int rc = c->argc ? gv_fail(&c->err, GV_EUSAGE, "%s", _("report takes no operands")) : 0;

	r.since = since ? gv_day_read(gv_str_of(since)) : GV_DAY_NONE;
	r.until = until ? gv_day_read(gv_str_of(until)) : GV_DAY_NONE;
	if (!rc && !gv_cmd_store(c))
		rc = c->err.code;
	if (!rc)
		rc = collect(&r);
	if (!rc)
		rc = tell(&r);
	free(r.people);
	free(r.deeds);
	free(r.findings.list);
	free(r.pending.list);
	for (size_t i = 0; i < REPORT_KINDS; i++)
		free(r.kinds[i].list);
	gv_doc_free(&r.doc);
	return rc ? rc : verify_result(c, &r.sums);
}

const struct gv_cmd_spec case_audit_report = {
	.name = "report", .summary = N_("write a page about the history: who did what, what was found"),
	.usage = "", .opts = opts, .kind = "finding", .common = GV_C_DOCKET | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
