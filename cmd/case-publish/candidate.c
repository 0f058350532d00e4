/* SPDX-License-Identifier: MIT */
/* case-publish candidate: which cases may be worth telling as typical ones?  Features say why; a person decides. */
#include <string.h>

#include "candidate.h"
#include "walk.h"

static const struct gv_opt opts[] = {
	{ 0, "feature", "NAME=WHERE", N_("a feature of the court's own: a condition on the case, as of --where"), GV_OPT_MANY },
	{ 0, "least", "N", N_("of so many features, if not 1"), .check = "count" },
	{ 0, "profile", "PROFILE", N_("whose names are hidden in the title, 2016 or 2024 (default: policy anon_profile, else 2024)"), .complete = "2016|2024" },
	{ 0, "calendar", "FILE", N_("years of its own, in the format of holidays.tsv (also GAVEL_CALENDAR)"), .complete = "file" },
	{ 0, "state", "STATES", N_("states, comma list: proposed,decided,withheld"), .complete = "state" },
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct publish_judge judge;
	struct candidate_features features;
	struct gv_redactor *redactor;
	enum gv_profile profile;
	struct publish_index *told;      /* by case: what has a typical case already, or was printed */
	struct gv_doc out;
	int64_t least;
	size_t no_effect, not_public;
};

/* ---- the row ---- */

/* As everybody may read it. */
static int set_title(struct work *w, const struct gv_publication *p, struct gv_val *row)
{
	struct gv_err *err = &w->c->err;
	struct gv_buf title = GV_BUF_INIT(4096);
	struct gv_redacted done;
	struct gv_redact_job job = { .profile = w->profile, .as_of = gv_publication_day(p->kase, "closed_on"), .kase = p->kase,
	                             .people = gv_val_get(p->rec, "people"), .labels = gv_val_get(p->rec, "labels") };
	int rc;

	if (!gv_publication_case_name(p, &title)) {
		gv_buf_free(&title);
		return 0;
	}
	rc = gv_buf_check(&title, err);
	job.text = gv_buf_str(&title);
	if (!rc)
		rc = gv_redact(w->redactor, &job, &done, err);
	if (!rc)
		rc = gv_obj_set(&w->out, row, GV_STR("title"), gv_mkstr(&w->out, done.text), err);
	gv_buf_free(&title);
	return rc;
}

static int copy(struct work *w, struct gv_val *row, const char *field, struct gv_str text)
{
	return text.n ? gv_obj_set(&w->out, row, gv_str_of(field), gv_mkstr(&w->out, text), &w->c->err) : 0;
}

static int print_row(struct work *w, const struct gv_publication *p, const struct gv_val *features)
{
	static const char *const same[] = { "case", "cause", "tribunal" };
	struct gv_err *err = &w->c->err;
	struct gv_val row = gv_mkobj();
	struct gv_str closed = gv_val_getstr(p->kase, "closed_on");
	int rc = gv_obj_set(&w->out, &row, GV_STR("kind"), gv_mklit("typical-case"), err);

	if (!rc)
		rc = copy(w, &row, same[0], gv_val_getstr(p->rec, same[0]));
	for (size_t i = 1; i < sizeof same / sizeof *same && !rc; i++)
		rc = copy(w, &row, same[i], gv_val_getstr(p->kase, same[i]));
	if (!rc)
		rc = copy(w, &row, "court", gv_str_of(gv_store_court(gv_cmd_store(w->c))));
	if (!rc)
		rc = copy(w, &row, "case_type", gv_publication_type(p));
	if (!rc && closed.n >= GV_DATE_LEN)
		rc = copy(w, &row, "decided_on", (struct gv_str){ closed.p, GV_DATE_LEN });
	if (!rc)
		rc = set_title(w, p, &row);
	if (!rc)
		rc = gv_obj_set(&w->out, &row, GV_STR("features"), *features, err);
	if (!rc)
		rc = gv_obj_set(&w->out, &row, GV_STR("count"), gv_mkint(features->n), err);
	if (!rc && !gv_cmd_out(w->c))
		rc = err->code;
	if (!rc)
		rc = gv_out_rec(w->c->out, &row, err);
	return rc ? rc : gv_cmd_closed(w->c) ? -1 : 0;
}

/* ---- one publication ---- */

/* CASE-07: the judgment has effect; and what may not be published is told nowhere. */
static bool may_be_told(struct work *w, const struct gv_publication *p)
{
	gv_day effective = gv_publication_effective(p, NULL).day;

	if (gv_publication_decide(p).answer != GV_PUBLISH) {
		w->not_public++;
		return false;
	}
	if (effective == GV_DAY_NONE || effective > w->c->today) {
		w->no_effect++;
		return false;
	}
	return true;
}

static int one_publication(void *ctx, const struct gv_rec *rec)
{
	struct work *w = ctx;
	struct gv_publication p;
	struct gv_val features = gv_mkarr();
	struct gv_str kase = gv_val_getstr(rec->val, "case");
	int rc = publish_judge_subject(&w->judge, rec->val, NULL, &p);

	if (rc || !p.kase || publish_index_find(w->told, kase, (struct gv_str){ 0 }, (struct gv_str){ 0 }) || !may_be_told(w, &p))
		return rc;
	gv_doc_reset(&w->out);
	rc = candidate_features_of(&w->features, &p, &w->out, &features);
	if (rc || features.n < w->least)
		return rc;
	rc = publish_index_add(w->told, kase, GV_STR("#"), (struct gv_str){ 0 }, (struct gv_str){ 0 });
	return rc ? rc : print_row(w, &p, &features);
}

/* ---- the command line ---- */

static int read_profile(struct work *w)
{
	const char *name = gv_cmd_opt(w->c, "profile");
	int rc = name ? 0 : publish_policy_profile(w->c, &name);

	w->profile = GV_PROFILE_2024;
	if (!rc && name)
		(void)gv_profile_parse(&w->profile, gv_str_of(name));  /* both were checked where they were read */
	return rc;
}

static int prepare(struct work *w)
{
	struct gv_cmd *c = w->c;
	const char *least = gv_cmd_opt(c, "least");
	int rc = gv_cmd_store(c) ? read_profile(w) : c->err.code;

	w->least = 1;
	if (!rc && least)
		gv_str_int(gv_str_of(least), &w->least);
	if (!rc)
		rc = publish_judge_open(&w->judge, c);
	if (!rc)
		rc = gv_redactor_open(&w->redactor, c->today, &c->err);
	return rc ? rc : candidate_features_open(&w->features, c, w->judge.causes, &w->told);
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	int rc = prepare(&w);

	if (!rc)
		rc = c->argc > 0 ? publish_each_target(c, NULL, one_publication, &w) : gv_walk_selected(c, one_publication, &w);
	if (rc < 0)
		rc = 0;
	if (!rc && (w.no_effect || w.not_public))
		gv_cmd_note(c, _("left out: %zu without effect yet, %zu not to be published"), w.no_effect, w.not_public);
	candidate_features_close(&w.features);
	gv_redactor_free(w.redactor);
	publish_judge_close(&w.judge);
	publish_index_free(w.told);
	gv_doc_free(&w.out);
	return rc;
}

const struct gv_cmd_spec publish_candidate = {
	.name = "candidate", .summary = N_("find cases that may be worth telling as typical ones"),
	.usage = N_("[ID|CASE...|-]   (- takes ids or records from standard input)"), .operands = "id", .opts = opts,
	.kind = "publication", .fields = "case,count,features,title,decided_on",
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
