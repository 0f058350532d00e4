/* SPDX-License-Identifier: MIT */
/* case-file check: is the docket what it should be, and what does the law say? */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "conflict.h"
#include "papers.h"
#include "case-file.h"
#include "selection.h"
#include "sorter.h"

static const struct gv_opt opts[] = {
	{ 0, "strict", NULL, N_("also text, path, schema, links, states and dates of every record (DK rules)") },
	{ 0, "incoming", NULL, N_("judge a push, as the docket's pre-receive hook does (lines OLD NEW REF on standard input)") },
	GV_SELECT_KIND_OPTS
	GV_SELECT_NUMBER_OPTS
	GV_SELECT_FIELD_OPTS
	{ 0 }
};

/* ---- what the rules ask about other records ---- */

static int read_path(struct checker *k, const char *path, bool *yes, struct gv_err *err)
{
	struct gv_str text;
	int rc = gv_store_read(k->store, path, &text, NULL, err);

	*yes = rc == 0;
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(err);
		rc = 0;
	}
	return rc;
}

static int exists(void *ctx, struct gv_str text, bool *yes, struct gv_err *err)
{
	struct checker *k = ctx;
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_caseno number;
	struct gv_id id;
	int rc = gv_id_parse(&id, text, gv_cmd_schema(k->c), gv_store_caseno(k->store), NULL);

	*yes = true;
	if (rc) /* DK-04 says that it is no id */
		return 0;
	gv_caseno_parse(gv_store_caseno(k->store), &number, gv_str_of(id.key), NULL);
	if (!id.schema->letter && strcmp(number.court, gv_store_court(k->store)) != 0)
		return 0;
	rc = gv_id_path(&id, &path, err);
	if (!rc)
		rc = read_path(k, path.p, yes, err);
	gv_buf_free(&path);
	return rc;
}

static int conflict(void *ctx, const struct gv_id *id, bool *yes, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	int rc;

	gv_conflict_path(&path, id->schema, gv_str_of(id->key));
	rc = gv_buf_check(&path, err);
	if (!rc)
		rc = read_path(ctx, path.p, yes, err);
	gv_buf_free(&path);
	return rc;
}

/* Its content by its hash, and its length. */
static int file(void *ctx, const struct gv_val *item, struct gv_err *err)
{
	struct checker *k = ctx;
	struct gv_str hex = gv_val_getstr(item, "sha256");
	uint64_t bytes = 0;
	int64_t said = 0;
	int rc = gv_paper_size(k->store, hex, &bytes, err);

	if (!rc)
		rc = gv_paper_read(k->store, hex, NULL, NULL, err);
	if (!rc && (!gv_val_getint(item, "bytes", &said) || said < 0 || (uint64_t)said != bytes))
		rc = gv_fail(err, GV_EDATA, _("bytes says %lld, but it has %llu"), (long long)said, (unsigned long long)bytes);
	return rc;
}

void check_ask(const struct checker *k, int (**out_exists)(void *ctx, struct gv_str id, bool *yes, struct gv_err *err),
               int (**out_conflict)(void *ctx, const struct gv_id *id, bool *yes, struct gv_err *err))
{
	*out_exists = k->store ? exists : NULL;
	*out_conflict = k->store ? conflict : NULL;
}

/* ---- DK-13: what no record can tell by itself ---- */

enum { CLAIMS_MEMORY = 4 * GV_MIB };

/* By their cases, of the whole docket alone. */
static int keep_claim(struct checker *k, const struct gv_rec *rec)
{
	struct gv_str of_case = gv_val_getstr(rec->val, "case");

	if (!k->claims || !of_case.n || strcmp(rec->id.schema->kind, "claim") != 0)
		return 0;
	return gv_sorter_add(k->claims, of_case, gv_str_of(rec->id.key), &k->c->err);
}

static int tell_twin(struct checker *k, struct gv_str of_case, struct gv_str id, const char *first)
{
	struct gv_rec rec = { .id = { .schema = gv_schema_find(GV_STR("claim")) } };
	struct gv_buf why = GV_BUF_INIT(4096);
	int rc;

	snprintf(rec.id.key, sizeof rec.id.key, "%.*s", (int)id.n, id.p);
	gv_buf_addf(&why, _("%.*s has a claim already, %s"), (int)of_case.n, of_case.p, first);
	rc = gv_buf_check(&why, &k->c->err);
	if (!rc)
		rc = gv_cmd_finding(k->c, gv_rule_find(gv_case_rules, "DK-13"), &rec, GV_WARN, why.p);
	gv_buf_free(&why);
	return rc;
}

static int tell_twins(struct checker *k)
{
	struct gv_buf before = GV_BUF_INIT(GV_RUNS_MAX);
	struct gv_str of_case, id;
	char first[GV_KEY_MAX] = "";
	int rc = gv_sorter_done(k->claims, &k->c->err);

	while (!rc && !(rc = gv_sorter_next(k->claims, &of_case, &id, &k->c->err)) && of_case.p) {
		if (gv_str_eq(of_case, gv_buf_str(&before))) {
			rc = tell_twin(k, of_case, id, first);
			continue;
		}
		snprintf(first, sizeof first, "%.*s", (int)id.n, id.p);
		gv_buf_reset(&before);
		gv_buf_addstr(&before, of_case);
		rc = gv_buf_check(&before, &k->c->err);
	}
	gv_buf_free(&before);
	return rc;
}

/* ---- one record ---- */

void check_subject(struct checker *k, struct gv_case_subject *s, const struct gv_rec *rec)
{
	gv_case_subject_of(s, rec, k->law, gv_cmd_caseno(k->c));
	s->strict = k->strict;
	s->sealed_fields = k->sealed_fields;
	check_ask(k, &s->exists, &s->conflict);
	s->file = k->store ? file : NULL;
	s->ctx = k;
}

/* A finding about what lies at a path and is no record. */
static int tell(struct checker *k, const char *rule, struct gv_str path, const char *why)
{
	struct gv_rec rec = { .id = { .schema = gv_path_kind(path) } };

	snprintf(rec.id.key, sizeof rec.id.key, "%.*s", (int)path.n, path.p);
	if (!rec.id.schema)
		rec.id.schema = gv_cmd_schema(k->c);
	return gv_cmd_finding(k->c, gv_rule_find(gv_case_rules, rule), &rec, GV_VIOLATION, why);
}

static int one_rec(struct gv_cmd *c, const struct gv_rec *rec)
{
	struct checker *k = c->ctx;
	struct gv_case_subject s;

	check_subject(k, &s, rec);
	return gv_cmd_check(c, gv_case_rules, rec, &s);
}

static int one_item(void *ctx, const struct gv_item *item)
{
	struct checker *k = ctx;
	struct gv_cmd *c = k->c;
	struct gv_case_subject s;
	struct gv_rec rec;
	int rc = gv_json_parse(&k->doc, item->text, 0, &c->err);

	c->done++;
	if (!rc)
		rc = gv_rec_of(&rec, &k->doc, NULL, gv_cmd_caseno(c), &c->err);
	if (rc == GV_EDATA) {
		struct gv_err why = c->err;

		gv_err_clear(&c->err);
		return tell(k, "DK-01", item->path, why.msg);
	}
	if (rc)
		return rc;
	rc = keep_claim(k, &rec);
	if (rc)
		return rc;
	check_subject(k, &s, &rec);
	s.text = item->text;
	s.path = item->path;
	return gv_cmd_check(c, gv_case_rules, &rec, &s);
}

/* With --state, --where and the like, only what they select. */
static int one_selected(void *ctx, struct gv_str text, struct gv_err *err)
{
	struct checker *k = ctx;

	(void)err;
	return one_item(k, &(struct gv_item){ .path = k->selection->name, .text = text });
}

static int offer(void *ctx, const struct gv_item *item)
{
	struct checker *k = ctx;
	struct gv_err why;
	int rc;

	if (gv_selection_rules_out(k->selection, item->text))
		return 0;
	rc = gv_selection_offer(k->selection, item->text, item->path, one_selected, k, &k->c->err);
	if (rc != GV_EDATA || k->selection->broken)
		return rc;
	/* Nobody can say whether it would have been selected. */
	why = k->c->err;
	gv_err_clear(&k->c->err);
	return tell(k, "DK-01", item->path, why.msg);
}

static int one_file(void *ctx, const struct gv_change *file)
{
	return gv_path_kind(file->path) ? 0 : tell(ctx, "DK-03", file->path, _("no record belongs at this path"));
}

/* What lies in the folders of records where no record can lie: no other command would ever see it. */
static int stray_files(struct checker *k)
{
	const struct gv_oid none = { 0 };

	return gv_store_diff(k->store, &none, gv_store_commit_id(k->store), NULL, one_file, k, &k->c->err);
}

static int one_conflict(void *ctx, const struct gv_change *file)
{
	return tell(ctx, "DK-07", file->path, _("a conflict about it is open"));
}

/* Of gavel.json and the like: those about records are told with these. */
static int open_conflicts(struct checker *k)
{
	const struct gv_oid none = { 0 };

	return gv_store_diff(k->store, &none, gv_store_commit_id(k->store), GV_CONFLICT_FOLDER "file", one_conflict, k,
	                     &k->c->err);
}

static int whole_docket(struct checker *k)
{
	struct gv_scan what = gv_selection_scan(k->c);
	bool all = !what.year && !what.court && !what.type;
	struct gv_selection sel;
	int rc = gv_selection_open(&sel, k->c);

	gv_json_want_fast();
	k->selection = &sel;
	/* What is selected is of one kind; otherwise everything that the docket holds is checked. */
	if (all && !sel.query && !sel.filter && !gv_cmd_has(k->c, "kind"))
		what.kind = NULL;
	if (!rc && k->strict && !what.kind && !sel.query && !sel.filter)
		rc = gv_sorter_new(&k->claims, CLAIMS_MEMORY, &k->c->err);
	if (!rc && (sel.query || sel.filter))
		rc = gv_store_scan(k->store, &what, offer, k, &k->c->err);
	else if (!rc)
		rc = gv_store_scan(k->store, &what, one_item, k, &k->c->err);
	if (!rc && k->strict && !what.kind)
		rc = stray_files(k);
	if (!rc && k->claims)
		rc = tell_twins(k);
	gv_sorter_free(k->claims);
	k->claims = NULL;
	if (!rc && !what.kind && !sel.query && !sel.filter)
		rc = open_conflicts(k);
	if (!rc)
		rc = gv_selection_finish(&sel, one_selected, k, &k->c->err);
	gv_selection_close(&sel);
	k->selection = NULL;
	return rc < 0 ? 0 : rc;
}

static int run(struct gv_cmd *c)
{
	struct checker k = { .c = c, .strict = gv_cmd_has(c, "strict") || gv_cmd_has(c, "incoming") };
	int rc = gv_selection_kind(c);

	if (!rc)
		rc = gv_cmd_check_lists(c, gv_case_rules);
	if (!rc)
		rc = gv_case_law_load(&k.law, &c->err);
	if (!rc && (c->argc == 0 || gv_cmd_has(c, "incoming")) && !(k.store = gv_cmd_store(c)))
		rc = c->err.code;
	/* Of a push it may be the very policy that it mends. */
	if (!rc && k.store)
		rc = gv_store_sealed_fields(k.store, &k.sealed_fields, &c->err);
	if (rc && k.store && gv_cmd_has(c, "incoming")) {
		gv_err_clear(&c->err);
		k.sealed_fields = NULL;
		rc = 0;
	}
	c->ctx = &k;
	if (!rc && gv_cmd_has(c, "incoming"))
		rc = check_incoming(&k);
	else if (!rc && c->argc > 0)
		rc = gv_cmd_each_rec(c, one_rec);
	else if (!rc)
		rc = whole_docket(&k);
	gv_case_law_free(k.law);
	gv_doc_free(&k.doc);
	c->ctx = NULL;
	return rc ? rc : gv_cmd_findings(c) ? GV_FOUND : 0;
}

const struct gv_cmd_spec case_file_check = {
	.name = "check", .summary = N_("check records against the docket's rules and the law; findings are records"),
	.usage = N_("[ID...|-]   (- takes ids or records from standard input)"), .operands = "id", .opts = opts,
	.kind = "case", .rules = gv_case_rules,
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_RULES | GV_C_ANNOTATE | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
