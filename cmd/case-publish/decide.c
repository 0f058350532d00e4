/* SPDX-License-Identifier: MIT */
/* case-publish decide: is a document published, by which rule, and by when?  Cases come in, publications go out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "decide.h"
#include "numbering.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day, or the time as 2022-06-30T09:30, if not today") },
	{ 0, "by", "NAME", N_("who decides, where the rules leave it to a person: decision=publish or withhold") },
	{ 0, "calendar", "FILE", N_("years of its own, in the format of holidays.tsv (also GAVEL_CALENDAR)"), .complete = "file" },
	{ 0 }
};

/* What is printed in the end, in the order of the input. */
struct answer { struct gv_str id; size_t waiting; };
#define NUMBERED SIZE_MAX

struct work {
	struct decide decide;
	struct gv_amend amend;
	struct gv_doc input, kase, news;
	struct gv_numbering numbering;
	struct publish_index *index;
	struct gv_oid read_at;
	struct gv_arena names;
	struct answer *answers;
	size_t n, cap;
	char what[GV_KEY_MAX];
};

static int add_answer(struct work *w, struct gv_str id, size_t waiting)
{
	if (w->n == w->cap) {
		size_t cap = w->cap ? 2 * w->cap : 256;
		struct answer *more = realloc(w->answers, cap * sizeof *more);

		if (!more)
			return gv_fail_nomem(&w->decide.c->err);
		w->answers = more;
		w->cap = cap;
	}
	w->answers[w->n++] = (struct answer){ gv_arena_copy(&w->names, id), waiting };
	return 0;
}

/* ---- one publication ---- */

static int settle_known(struct work *w, struct gv_str id, const struct gv_val *kase)
{
	struct gv_amend *a = &w->amend;
	int rc = gv_amend_load(a, id);

	if (!rc)
		rc = decide_settle(&w->decide, &a->doc, &a->doc.root, kase);
	if (!rc)
		rc = gv_amend_put(a);
	return rc ? rc : add_answer(w, id, NUMBERED);
}

static int settle_new(struct work *w, struct gv_str key, const struct gv_val *kase)
{
	struct gv_cmd *c = w->decide.c;
	struct gv_val rec = gv_mkobj();
	char prefix[64], number[24];
	int rc = gv_obj_set(&w->news, &rec, GV_STR("kind"), gv_mklit("publication"), &c->err);

	if (!rc)
		rc = gv_obj_set(&w->news, &rec, GV_STR("case"), gv_mkstr(&w->news, key), &c->err);
	if (!rc)
		rc = decide_settle(&w->decide, &w->news, &rec, kase);
	snprintf(prefix, sizeof prefix, "%s-%c", gv_store_court(gv_cmd_store(c)), gv_cmd_schema(c)->letter);
	snprintf(number, sizeof number, "#%zu", w->numbering.n);
	if (!rc)
		rc = gv_numbering_add(&w->numbering, gv_cmd_schema(c), rec, prefix);
	if (!rc)
		rc = publish_index_add(w->index, key, gv_str_of(number), gv_val_getstr(&rec, "doc_kind"), gv_val_getstr(&rec, "file"));
	return rc ? rc : add_answer(w, (struct gv_str){ 0 }, w->numbering.n - 1);
}

static int take_case(struct work *w, struct gv_str key, const struct gv_val *kase)
{
	const struct publish_known *known = publish_index_find(w->index, key, w->decide.doc_kind, w->decide.file);

	if (known && known->id.p[0] == '#')
		return 0; /* the case is in the input twice */
	return known ? settle_known(w, known->id, kase) : settle_new(w, key, kase);
}

/* A publication is settled by the case that it names. */
static int take_publication(struct work *w, const struct gv_rec *rec)
{
	struct gv_cmd *c = w->decide.c;
	const struct gv_val *kase = NULL;
	int rc = gv_cmd_look_up(c, gv_val_getstr(rec->val, "case"), &w->kase, &kase);

	return rc ? rc : settle_known(w, gv_str_of(rec->id.key), kase);
}

static int take_rec(struct work *w, const struct gv_rec *rec)
{
	const char *kind = rec->id.schema->kind;
	struct gv_err *err = &w->decide.c->err;
	int rc;

	if (strcmp(kind, "publication") == 0)
		rc = take_publication(w, rec);
	else if (strcmp(kind, "case") == 0)
		rc = take_case(w, gv_str_of(rec->id.key), rec->val);
	else
		rc = gv_fail(err, GV_EDATA, _("is a %s, not a %s"), kind, "case");
	if (rc && rc != GV_EUSAGE)
		gv_err_thing(err, rec->id.key, strlen(rec->id.key));
	return rc;
}

static int take_text(struct work *w, struct gv_str text)
{
	struct gv_cmd *c = w->decide.c;
	struct gv_id id;
	struct gv_rec rec;
	int rc;

	if (text.n && text.p[0] == '{') {
		rc = gv_json_parse(&w->input, text, GV_JSON_DROP_NULL, &c->err);
		if (!rc)
			rc = gv_rec_of(&rec, &w->input, gv_schema_find(GV_STR("case")), gv_cmd_caseno(c), &c->err);
	} else {
		rc = gv_cmd_id(c, text, &id);
		if (!rc)
			rc = gv_store_get(gv_cmd_store(c), &id, &w->input, &rec, &c->err);
		if (!rc)
			rc = gv_cmd_unseal_doc(c, &w->input);
		if (rc)
			gv_cmd_name_id(c, text, &id);
	}
	return rc ? rc : take_rec(w, &rec);
}

/* Once the first case has come: what has been written before it in the same pipe is there by then. */
static int read_docket(struct work *w)
{
	int rc = gv_store_refresh(w->amend.store, &w->decide.c->err);

	w->read_at = *gv_store_commit_id(w->amend.store);
	return rc ? rc : publish_index_load(&w->index, w->decide.c, "publication");
}

static int one_text(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct work *w = c->ctx;
	size_t mark = gv_plan_mark(w->amend.plan);
	int rc = w->index ? 0 : read_docket(w);

	if (rc)
		return rc;
	rc = take_text(w, text);

	c->done += !rc;
	gv_cmd_progress(c, c->done, 0, _("records"));
	if (rc != GV_EDATA && rc != GV_ENOTFOUND)
		return rc;
	gv_plan_rollback(w->amend.plan, mark);
	if (line)
		c->err.byte = 0;
	gv_cmd_pass_over(c, line);
	return 0;
}

/* ---- the commit ---- */

/* Did somebody else decide on one of the new ones meanwhile?  Then there would be two. */
static int check_still_new(struct work *w)
{
	struct gv_cmd *c = w->decide.c;
	struct publish_index *now = NULL;
	int rc = publish_index_load(&now, c, "publication");

	for (size_t i = 0; i < w->numbering.n && !rc; i++) {
		const struct gv_val *rec = gv_numbering_rec(&w->numbering, i);
		struct gv_str key = gv_val_getstr(rec, "case");

		if (publish_index_find(now, key, gv_val_getstr(rec, "doc_kind"), gv_val_getstr(rec, "file")))
			rc = gv_fail(&c->err, GV_ECONFLICT, _("%.*s was decided on by somebody else meanwhile: run it again"), (int)key.n, key.p);
	}
	publish_index_free(now);
	return rc;
}

static int under_lock(void *ctx, struct gv_plan *plan, struct gv_err *err)
{
	struct work *w = ctx;
	size_t all = w->numbering.n + w->amend.changed;
	int rc = 0;

	(void)err; /* the command's own, which is filled */
	if (w->numbering.n && memcmp(gv_store_commit_id(w->amend.store), &w->read_at, sizeof w->read_at) != 0)
		rc = check_still_new(w);
	for (size_t i = 0; i < w->numbering.n && !rc; i++)
		rc = gv_numbering_give(&w->numbering, plan, i);
	if (all != 1)
		snprintf(w->what, sizeof w->what, "%zu publications", all);
	else
		memcpy(w->what, w->numbering.n ? gv_numbering_id(&w->numbering, 0)->key : w->amend.key, sizeof w->what);
	return rc;
}

static int print_all(struct work *w)
{
	struct gv_cmd *c = w->decide.c;
	struct gv_rec rec;
	struct gv_id id;
	int rc = gv_store_refresh(w->amend.store, &c->err);

	for (size_t i = 0; i < w->n && !rc; i++) {
		const struct answer *a = &w->answers[i];

		if (a->waiting != NUMBERED)
			id = *gv_numbering_id(&w->numbering, a->waiting);
		else
			rc = gv_cmd_id_of(c, a->id, gv_cmd_schema(c), &id);
		if (!rc)
			rc = gv_store_get(w->amend.store, &id, &w->input, &rec, &c->err);
		if (!rc)
			rc = gv_cmd_unseal_doc(c, &w->input);
		if (!rc)
			rc = gv_cmd_print_rec(c, &rec);
	}
	return rc < 0 ? 0 : rc;
}

static int commit(struct work *w)
{
	struct gv_cmd *c = w->decide.c;
	const size_t *n = w->decide.counts;
	int rc = 0;

	if (w->numbering.n || gv_plan_count(w->amend.plan) || gv_cmd_has(c, "dry-run"))
		rc = gv_cmd_commit(c, w->amend.plan, w->what, under_lock, w, NULL);
	if (rc || gv_cmd_has(c, "dry-run"))
		return rc;
	gv_cmd_note(c, _("%zu to publish, %zu not, %zu by decision"), n[GV_PUBLISH], n[GV_WITHHOLD], n[GV_BY_DECISION]);
	return print_all(w);
}

/* ---- the command line ---- */

/* Ids stand in front, FIELD=VALUE behind them. */
static int read_operands(struct work *w)
{
	struct decide *d = &w->decide;
	struct gv_cmd *c = d->c;
	int ids = 0, rc;

	while (ids < c->argc && !strchr(c->argv[ids], '='))
		ids++;
	if (ids == 0 && isatty(STDIN_FILENO))
		return gv_fail(&c->err, GV_EUSAGE, _("which one?  %s %s"), c->name, c->spec->usage);
	rc = gv_assignments_read(&d->typed, c, c->argv + ids, c->argc - ids);
	c->argc = ids;
	d->by = gv_cmd_opt(c, "by");
	if (!rc)
		rc = gv_cmd_on_done(c, d->on);
	return rc ? rc : decide_check_typed(d);
}

static int prepare(struct work *w)
{
	struct gv_cmd *c = w->decide.c;
	int rc = read_operands(w);

	if (!rc)
		rc = gv_amend_begin(&w->amend, c);
	if (rc)
		return rc;
	w->numbering = (struct gv_numbering){ .c = c, .doc = &w->news };
	rc = publish_judge_open(&w->decide.judge, c);
	return rc ? rc : publish_policy_profile(c, &w->decide.profile);
}

static int run(struct gv_cmd *c)
{
	struct work w = { .decide = { .c = c } };
	int rc = prepare(&w);

	c->ctx = &w;
	if (!rc)
		rc = gv_cmd_each_text(c, one_text, &c->err);
	if (!rc && w.n)
		rc = commit(&w);
	c->ctx = NULL;
	publish_index_free(w.index);
	gv_numbering_free(&w.numbering);
	publish_judge_close(&w.decide.judge);
	gv_assignments_free(&w.decide.typed);
	gv_amend_end(&w.amend);
	gv_arena_free(&w.names);
	free(w.answers);
	gv_doc_free(&w.input);
	gv_doc_free(&w.kase);
	gv_doc_free(&w.news);
	return rc;
}

const struct gv_cmd_spec publish_decide = {
	.name = "decide", .summary = N_("is it published, by which rule, and by when?"),
	.usage = N_("[CASE|ID...|-] [FIELD=VALUE...]   (- takes cases or ids from standard input)"), .operands = "id", .opts = opts,
	.kind = "publication", .fields = PUBLISH_FIELDS,
	.common = GV_C_WRITE | GV_C_BULK | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
