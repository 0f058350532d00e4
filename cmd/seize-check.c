/* SPDX-License-Identifier: MIT */
/* seize-check: is no more seized than the law lets, for long enough, by whom it may be? */
#include <stdlib.h>
#include <string.h>

#include "bundles.h"
#include "cmd_docket.h"
#include "due.h"
#include "i18n.h"
#include "seizure_rules.h"

static const struct gv_opt opts[] = {
	{ 0, "show-work", NULL, N_("print the computation as a person would check it by hand, instead of findings") },
	{ 0, "bundles", NULL, N_("print what would be checked: a line of JSON a case, with its claim, assets and seizures") },
	{ 0, "calendar", "FILE", N_("years of its own, in the format of holidays.tsv (also GAVEL_CALENDAR)"), .complete = "file" },
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct gv_calendar *calendar;
	struct gv_seizure_policy policy;
	struct gv_doc input;       /* a bundle, or a record of a stream */
	struct gv_buf cases;       /* those asked for: each with a NUL behind it */
	size_t ncases;
};

/* ---- one bundle ---- */

static int show_work(struct work *w, const struct gv_estate *e)
{
	struct gv_buf text = GV_BUF_INIT(64 * GV_MIB);
	int rc;

	if (e->kase.n)
		gv_buf_addf(&text, "%.*s\n", (int)e->kase.n, e->kase.p);
	gv_estate_work(&text, e);
	gv_buf_addc(&text, '\n');
	rc = gv_buf_check(&text, &w->c->err);
	if (!rc)
		rc = gv_cmd_put(w->c, gv_buf_str(&text));
	gv_buf_free(&text);
	return rc;
}

static int check_bundle(struct work *w, struct gv_doc *d)
{
	struct gv_cmd *c = w->c;
	struct gv_estate e;
	struct gv_seizure_subject subject = { &e, w->calendar };
	int rc = gv_estate_read(&e, d, &d->root, c->today, &w->policy, &c->err);

	if (rc)
		return rc;
	gv_cmd_findings_of(c, e.kase);
	rc = gv_cmd_has(c, "show-work") ? show_work(w, &e) : gv_cmd_check(c, gv_seizure_rules, NULL, &subject);
	c->done += !rc;
	return rc;
}

/* Of the docket: its records were valid when they were stored. */
static int take_bundle(void *ctx, struct gv_str bundle, struct gv_err *err)
{
	struct work *w = ctx;
	int rc;

	(void)err; /* the command's own */
	if (gv_cmd_has(w->c, "bundles"))
		rc = gv_cmd_print(w->c, "%.*s\n", (int)bundle.n, bundle.p);
	else if (!(rc = gv_json_parse(&w->input, bundle, 0, &w->c->err)))
		rc = check_bundle(w, &w->input);
	return rc ? rc : gv_cmd_closed(w->c) ? -1 : 0;
}

/* Of anybody, in w->input. */
static int take_foreign(struct work *w, struct gv_str text)
{
	struct gv_cmd *c = w->c;
	struct gv_caseno_reader *cn = gv_cmd_caseno(c);
	int rc = cn ? gv_bundle_check(&w->input.root, &c->err) : c->err.code;

	if (!rc)
		rc = gv_bundle_name_cases(&w->input, cn, &c->err);
	if (!rc && gv_cmd_has(c, "bundles"))
		rc = gv_cmd_print(c, "%.*s\n", (int)text.n, text.p);
	else if (!rc)
		rc = check_bundle(w, &w->input);
	return rc ? rc : gv_cmd_closed(c) ? -1 : 0;
}

/* ---- cases of the docket ---- */

static int unseal(void *ctx, struct gv_str *text, struct gv_str path)
{
	return gv_cmd_unseal(((struct work *)ctx)->c, text, path);
}

static int by_bytes(const void *a, const void *b)
{
	return gv_str_cmp(*(const struct gv_str *)a, *(const struct gv_str *)b);
}

static size_t sort_unique(struct gv_str *ids, size_t n)
{
	size_t kept = 0;

	qsort(ids, n, sizeof *ids, by_bytes);
	for (size_t i = 0; i < n; i++)
		if (!kept || !gv_str_eq(ids[kept - 1], ids[i]))
			ids[kept++] = ids[i];
	return kept;
}

static void complain_missing(struct gv_cmd *c, struct gv_str id)
{
	gv_fail(&c->err, GV_ENOTFOUND, "%s", _("no claim and no seizure"));
	gv_err_thing(&c->err, id.p, id.n);
	gv_cmd_complain(c, &c->err);
	gv_err_clear(&c->err);
}

/* All those asked for, in one walk; every case if none was. */
static int check_docket(struct work *w, bool all)
{
	struct gv_cmd *c = w->c;
	struct gv_store *store = gv_cmd_store(c);
	struct gv_str *wanted = calloc(w->ncases + 1, sizeof *wanted);
	bool *seen = calloc(w->ncases + 1, sizeof *seen);
	struct gv_bundles_ask ask = { .seen = seen, .unseal = unseal, .each = take_bundle, .ctx = w };
	const char *p = w->cases.p;
	int rc = !wanted || !seen ? gv_fail_nomem(&c->err) : store ? 0 : c->err.code;

	for (size_t i = 0; wanted && i < w->ncases && !rc; i++, p += strlen(p) + 1)
		wanted[i] = gv_str_of(p);
	if (!rc) {
		ask.n = sort_unique(wanted, w->ncases);
		ask.wanted = all ? NULL : wanted;
		rc = gv_bundles_each(store, &ask, &c->err);
	}
	for (size_t i = 0; seen && i < ask.n && !rc; i++)
		if (!seen[i])
			complain_missing(c, wanted[i]);
	free(wanted);
	free(seen);
	return rc < 0 ? 0 : rc;
}

static int add_case(struct work *w, struct gv_str text)
{
	struct gv_cmd *c = w->c;
	struct gv_id id;
	int rc = gv_cmd_id(c, text, &id);

	if (!rc && strcmp(id.schema->kind, "case") != 0)
		rc = gv_fail(&c->err, GV_EDATA, "%s", _("is no case"));
	if (rc)
		return rc;
	gv_buf_add(&w->cases, id.key, strlen(id.key) + 1);
	w->ncases++;
	return gv_buf_check(&w->cases, &c->err);
}

/* A bundle is checked at once; a record stands for its case. */
static int take_object(struct work *w, struct gv_str text)
{
	struct gv_cmd *c = w->c;
	int rc = gv_json_parse(&w->input, text, GV_JSON_DROP_NULL, &c->err);
	struct gv_str kind = gv_val_getstr(&w->input.root, "kind"), of_case;

	if (rc)
		return rc;
	if (!kind.p)
		return take_foreign(w, text);
	of_case = gv_val_getstr(&w->input.root, gv_str_is(kind, "case") ? "id" : "case");
	if (!of_case.n)
		return gv_fail(&c->err, GV_EDATA, _("a record of kind \"%.*s\" without a case"), (int)kind.n, kind.p);
	return add_case(w, of_case);
}

static int one_text(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct work *w = c->ctx;
	int rc = text.n && text.p[0] == '{' ? take_object(w, text) : add_case(w, text);

	if (rc != GV_EDATA)
		return rc;
	gv_cmd_pass_over(c, line);
	return 0;
}

/* ---- the command ---- */

/* Bundles need no docket; where there is one, its policy holds. */
static int read_policy(struct work *w)
{
	struct gv_store *store = gv_cmd_store(w->c);

	if (!store)
		gv_err_clear(&w->c->err);
	return gv_seizure_policy_read(&w->policy, store ? gv_store_config(store) : NULL, w->c->today, &w->c->err);
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c, .cases = GV_BUF_INIT(64 * GV_MIB) };
	int rc = gv_cmd_check_lists(c, gv_seizure_rules);

	c->ctx = &w;
	if (!rc)
		rc = gv_calendar_load(&w.calendar, gv_cmd_calendar(c), &c->err);
	if (!rc)
		rc = read_policy(&w);
	if (!rc && c->argc == 0)
		rc = check_docket(&w, true);
	else if (!rc)
		rc = gv_cmd_each_text(c, one_text, &c->err);
	if (rc == -1)
		rc = 0;
	if (!rc && w.ncases)
		rc = check_docket(&w, false);
	gv_calendar_free(w.calendar);
	gv_doc_free(&w.input);
	gv_buf_free(&w.cases);
	c->ctx = NULL;
	return rc ? rc : gv_cmd_findings(c) ? GV_FOUND : 0;
}

int main(int argc, char **argv)
{
	return gv_cmd_main(argc, argv, &(struct gv_cmd_spec){
		.name = "seize-check",
		.summary = N_("check seizures against the law: no more than the claim needs, in time, by rank"),
		.usage = N_("[CASE...|-]   (- takes cases, records or bundles from standard input)"),
		.operands = "id", .opts = opts, .kind = "case", .rules = gv_seizure_rules,
		.common = GV_C_DOCKET | GV_C_RULES | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
		.records = &gv_cmd_records, .run = run,
	});
}
