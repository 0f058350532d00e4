/* SPDX-License-Identifier: MIT */
/*
 * case-bundle import: another court's cases into this docket, byte for byte as they were there but for what the policy
 * seals here.
 * The bundle is judged whole before anything is taken, then read once more.
 */
#include <stdio.h>
#include <string.h>

#include "inspect.h"
#include "merge.h"
#include "papers.h"

static const struct gv_opt opts[] = {
	{ 0, "signers", "FILE",
		N_("who is known, in the format of allowed_signers; else \"signers\" of the docket"),
		.complete = "file" },
	{ 0, "unsigned", NULL, N_("take a bundle that nobody has signed, or somebody who is not known here") },
	{ 0, "existing", "HOW",
		N_("a record that is here already and differs: fail, merge (fields that do not clash) or skip"),
	  .complete = "fail|merge|skip" },
	LIMIT_OPTS
	{ 0 }
};

struct work {
	const struct gv_val *cases;  /* that the manifest names */
	struct gv_store *store;
	struct gv_plan *plan;
	struct gv_paper_in *paper;   /* the one at hand */
	size_t limit;
	enum { FAIL, MERGE, SKIP } existing;
	struct gv_doc joined;
	size_t skipped;
};

/* ---- what is wrong ---- */

/* The first violation ends it. */
static int tell(struct inspect *in, const char *rule, enum gv_level level, struct gv_str where, const char *message)
{
	struct gv_err *err = &in->c->err;

	if (level < GV_WARN)
		return 0;
	if (strcmp(rule, "BN-04") == 0 && gv_cmd_has(in->c, "unsigned") && !in->forged)
		return 0;
	if (strcmp(rule, "BN-06") == 0 && level < GV_VIOLATION) /* the commits' keys are their court's business */
		return 0;
	in->violations++;
	gv_fail(err, GV_EINTEGRITY, "%s: %s", rule, message);
	gv_err_thing(err, where.p, where.n);
	return GV_EINTEGRITY;
}

/* ---- papers ---- */

static int take_paper(struct inspect *in, struct gv_str hex, struct gv_str bytes)
{
	struct work *w = in->ctx;
	struct gv_err *err = &in->c->err;
	char sha256[GV_HEX256 + 1];
	uint64_t n;
	int rc = 0;

	(void)hex; /* inspect.c compares */
	if (!w->paper)
		rc = gv_paper_begin(&w->paper, w->store, w->limit, err);
	if (!rc && bytes.n)
		return gv_paper_add(w->paper, bytes, err);
	if (!rc)
		rc = gv_paper_finish(w->paper, w->plan, !gv_cmd_has(in->c, "dry-run"), sha256, &n, err);
	gv_paper_free(w->paper);
	w->paper = NULL;
	return rc;
}

/* ---- records ---- */

static int on_conflict(void *ctx, const struct gv_conflict *c)
{
	struct gv_err *err = ctx;

	return gv_fail(err, GV_ECONFLICT, _("%.*s differs here and in the bundle: nothing was taken"),
	               (int)c->path.n, c->path.p);
}

static int join(struct inspect *in, struct gv_str path, const struct gv_val *ours, const struct gv_oid *base,
                struct gv_str text)
{
	struct work *w = in->ctx;
	struct gv_err *err = &in->c->err;
	struct gv_doc theirs = GV_DOC_INIT;
	struct gv_rec rec;
	int rc;

	gv_doc_reset(&w->joined);
	rc = gv_json_parse(&theirs, text, 0, err);
	if (!rc)
		rc = gv_merge(&w->joined, NULL, ours, &theirs.root, on_conflict, err, err);
	if (!rc)
		rc = gv_rec_of(&rec, &w->joined, gv_path_kind(path), gv_store_caseno(w->store), err);
	if (!rc)
		rc = gv_rec_check(rec.id.schema, &w->joined.root, gv_store_caseno(w->store), err);
	if (!rc)
		rc = gv_plan_put(w->plan, &rec.id, base, &w->joined.root, err);
	gv_doc_free(&theirs);
	return rc;
}

/* Is what we have a version that the bundle tells of?  Then theirs is only newer. */
static bool is_older(const struct inspect *in, struct gv_str path, const struct gv_oid *here)
{
	for (size_t i = 0; i < in->nclaims; i++)
		if (gv_oid_eq(&in->claims[i].blob, here) && gv_str_eq(in->claims[i].path, path))
			return true;
	return false;
}

/*
 * Here it differs.  But what the policy seals here may have come in plain: with the same value it is the same record, and
 * stays byte for byte.
 */
static int put_over(struct inspect *in, const struct gv_id *id, struct gv_str path, struct gv_str here,
                    const struct gv_oid *base)
{
	struct work *w = in->ctx;
	struct gv_err *err = &in->c->err;
	struct gv_doc own = GV_DOC_INIT;
	struct gv_str text = { NULL, 0 };
	bool same = false;
	int rc = gv_json_parse(&own, here, 0, err);

	if (!rc)
		rc = gv_plan_sealed(w->plan, id, base, &in->doc.root, &text, err);
	if (!rc) {
		struct gv_oid sealed;

		gv_oid_of(&sealed, "blob", text);
		same = gv_oid_eq(&sealed, base);
	}
	if (rc || same)
		goto out;
	if (w->existing == SKIP)
		w->skipped++;
	else if (w->existing == MERGE)
		rc = join(in, path, &own.root, base, text);
	else
		rc = gv_fail(err, GV_ECONFLICT, "%s",
		             _("is in this docket already, and differs: --existing merge joins, skip passes over"));
out:
	gv_doc_free(&own);
	return rc;
}

static int put(struct inspect *in, const struct gv_id *id, struct gv_str path, const struct gv_oid *blob)
{
	struct work *w = in->ctx;
	struct gv_err *err = &in->c->err;
	struct gv_str here;
	struct gv_oid base;
	struct gv_buf name = GV_BUF_INIT(4096);
	int rc;

	gv_buf_addstr(&name, path);
	rc = gv_buf_check(&name, err);
	if (!rc)
		rc = gv_store_read(w->store, name.p, &here, &base, err);
	gv_buf_free(&name);
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(err);
		return gv_plan_put(w->plan, id, NULL, &in->doc.root, err);
	}
	if (!rc && (gv_oid_eq(&base, blob) || is_older(in, path, &base)))
		return gv_plan_put(w->plan, id, &base, &in->doc.root, err);
	return rc ? rc : put_over(in, id, path, here, &base);
}

static bool is_named(const struct gv_val *cases, const struct gv_val *v)
{
	struct gv_str text = gv_val_str(v);

	for (uint32_t i = 0; cases && text.p && cases->type == GV_ARRAY && i < cases->n; i++)
		if (gv_str_eq(gv_val_str(&cases->items[i]), text))
			return true;
	return false;
}

/* A case that the manifest names, or a record that names one of them, as pack takes them. */
static bool belongs(const struct work *w, const struct gv_val *rec)
{
	const struct gv_val *cases = gv_val_get(rec, "cases");

	if (is_named(w->cases, gv_val_get(rec, "id")) || is_named(w->cases, gv_val_get(rec, "case")))
		return true;
	for (uint32_t i = 0; cases && cases->type == GV_ARRAY && i < cases->n; i++)
		if (is_named(w->cases, &cases->items[i]))
			return true;
	return false;
}

static int take_record(struct inspect *in, struct gv_str path, struct gv_str text, const struct gv_oid *blob)
{
	struct gv_err *err = &in->c->err;
	struct work *w = in->ctx;
	struct gv_str key = gv_val_getstr(&in->doc.root, "id");
	const struct gv_schema *schema = gv_path_kind(path);
	struct gv_rec rec;
	int rc = gv_rec_check(schema, &in->doc.root, gv_store_caseno(w->store), err);

	(void)text; /* in->doc is what it says */
	/* Who may act here, and as what, is for this court to say, not for the sender. */
	if (!rc && (strcmp(schema->kind, "person") == 0 || !belongs(w, &in->doc.root)))
		rc = gv_fail(err, GV_EINTEGRITY, "%s", _("is no record of the cases that the manifest names: nothing was taken"));
	if (!rc)
		rc = gv_rec_of(&rec, &in->doc, schema, gv_store_caseno(w->store), err);
	if (!rc)
		rc = put(in, &rec.id, path, blob);
	if (rc)
		gv_err_thing(err, key.p, key.n);
	return rc;
}

/* ---- where it came from ---- */

static int put_file(struct inspect *in, const char *sha256, const char *name, struct gv_str text)
{
	struct work *w = in->ctx;
	struct gv_buf path = GV_BUF_INIT(256);
	struct gv_str here;
	struct gv_oid base;
	int rc;

	gv_buf_addf(&path, "bundles/%s/%s", sha256, name);
	rc = gv_buf_check(&path, &in->c->err);
	if (!rc) {
		int old = gv_store_read(w->store, path.p, &here, &base, NULL);

		rc = gv_plan_put_text(w->plan, path.p, old ? NULL : &base, text, &in->c->err);
	}
	gv_buf_free(&path);
	return rc;
}

static int put_provenance(struct inspect *in, char sha256[GV_HEX256 + 1])
{
	unsigned char sha[32];
	int rc;

	gv_sha256(gv_buf_str(&in->text), sha);
	gv_sha256_hex(sha, sha256);
	rc = put_file(in, sha256, GV_BUNDLE_MANIFEST, gv_buf_str(&in->text));
	if (!rc)
		rc = put_file(in, sha256, GV_BUNDLE_SUMS, gv_buf_str(&in->sums));
	if (!rc && in->signature.n)
		rc = put_file(in, sha256, GV_BUNDLE_SIGNATURE, gv_buf_str(&in->signature));
	return rc;
}

/* ---- the command ---- */

static int commit(struct inspect *in)
{
	struct work *w = in->ctx;
	struct gv_cmd *c = in->c;
	char sha256[GV_HEX256 + 1], what[256];
	int rc;

	if (!gv_plan_count(w->plan) && w->skipped) {
		gv_cmd_note(c, _("nothing taken, %zu skipped"), w->skipped);
		return 0;
	}
	rc = put_provenance(in, sha256);
	if (rc)
		return rc;
	snprintf(what, sizeof what, "bundle %.10s from %.*s, %zu of its records", sha256, (int)in->manifest.court.n,
	         in->manifest.court.p, in->records - w->skipped);
	c->bundle = sha256;
	rc = gv_cmd_commit(c, w->plan, what, NULL, NULL, NULL);
	c->bundle = NULL;
	if (!rc && w->skipped)
		gv_cmd_note(c, _("%zu skipped"), w->skipped);
	return rc;
}

static int take(struct inspect *first)
{
	struct gv_cmd *c = first->c;
	const char *how = gv_cmd_opt(c, "existing");
	struct work w = { .store = gv_cmd_store(c), .cases = gv_val_get(&first->manifest_doc.root, "cases") };
	struct inspect in = { .c = c, .source = { .fd = -1 }, .tell = tell, .record = take_record,
		.paper = take_paper, .ctx = &w };
	int rc;

	w.existing = how && strcmp(how, "merge") == 0 ? MERGE : how && strcmp(how, "skip") == 0 ? SKIP : FAIL;
	rc = gv_papers_limit(w.store, c->today, &w.limit, &c->err);
	if (!rc)
		rc = gv_plan_new(&w.plan, w.store, &c->err);
	if (!rc)
		rc = inspect_signers(&in);
	if (!rc)
		rc = inspect_run(&in, first);
	if (!rc)
		rc = commit(&in);
	gv_paper_free(w.paper);
	gv_plan_free(w.plan);
	gv_doc_free(&w.joined);
	inspect_free(&in);
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct inspect in = { .c = c, .source = { .fd = -1 }, .tell = tell };
	int rc = gv_cmd_store(c) ? inspect_signers(&in) : c->err.code;

	if (!rc)
		rc = inspect_run(&in, NULL);
	if (!rc)
		rc = take(&in);
	inspect_free(&in);
	return rc;
}

const struct gv_cmd_spec case_bundle_import = {
	.name = "import", .summary = N_("take the records and files of a bundle into the docket"),
	.usage = N_("FILE   (- is standard input)"), .operands = "file", .opts = opts, .kind = "case",
	.common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
