/* SPDX-License-Identifier: MIT */
#include "judge_impl.h"

#include <stdio.h>

#include "conflict.h"
#include "i18n.h"
#include "odb.h"
#include "seal.h"

void gv_judge_free(struct gv_judge *j)
{
	gv_doc_free(&j->check.scratch);
	gv_doc_free(&j->doc);
	gv_doc_free(&j->parent[0]);
	gv_doc_free(&j->parent[1]);
	gv_doc_free(&j->joined);
	gv_doc_free(&j->mine);
	gv_doc_free(&j->open);
	gv_doc_free(&j->chosen);
	gv_doc_free(&j->base);
}

/* ---- findings about files ---- */

int gv_judge_tell(struct gv_judge *j, const char *rule, struct gv_str path, const char *why)
{
	struct gv_rec rec = { .id = { .schema = gv_path_kind(path) } };

	snprintf(rec.id.key, sizeof rec.id.key, "%.*s", (int)path.n, path.p);
	if (!rec.id.schema)
		rec.id.schema = j->home;
	gv_doc_reset(&j->check.scratch);
	j->check.rec = &rec;
	j->check.rule = gv_rule_find(gv_case_rules, rule);
	return gv_finding(&j->check, GV_VIOLATION, NULL, "%s", why);
}

/* If the error is about what the commit holds, it is a finding. */
static int tell_error(struct gv_judge *j, const char *rule, struct gv_str path, int rc)
{
	struct gv_err *err = j->check.err, why = *err;
	char text[sizeof why.field + sizeof why.msg + 64];
	char where[64] = "";

	if (rc != GV_EDATA && rc != GV_EINTEGRITY && rc != GV_ENOTFOUND)
		return rc;
	gv_err_clear(err);
	if (why.line)
		snprintf(where, sizeof where, _("line %zu, byte %zu: "), why.line, why.byte);
	snprintf(text, sizeof text, "%s%s%s%s", where, why.field, why.field[0] ? ": " : "", why.msg);
	j->broken = rc != GV_EDATA;
	rc = gv_judge_tell(j, rule, path, text);
	j->broken = false;
	return rc;
}

/* ---- one file ---- */

static int judge_record(struct gv_judge *j, struct gv_str path, struct gv_str text, const struct gv_val *before,
                        const struct gv_val **now)
{
	struct gv_case_subject s;
	struct gv_rec rec;
	int rc = gv_json_parse(&j->doc, text, 0, j->check.err);

	if (!rc)
		rc = gv_rec_of(&rec, &j->doc, gv_path_kind(path), j->cn, j->check.err);
	if (rc)
		return tell_error(j, "DK-01", path, rc);
	*now = rec.val;
	gv_case_subject_of(&s, &rec, j->law, j->cn);
	s.strict = true;
	s.text = text;
	s.path = path;
	s.before = before;
	s.incoming = true;
	s.sealed_fields = j->sealed_fields;
	s.pulled = j->pulled;
	s.exists = j->exists;
	s.conflict = j->conflict;
	s.ctx = j->ctx;
	s.disputed = gv_judge_disputed;
	s.judge = j;
	j->check.rec = &rec;
	rc = gv_rules_run(&j->check, gv_case_rules, &s);
	j->check.rec = NULL;
	return rc;
}

/* gavel.json decides how everything else is read. */
static int judge_config(struct gv_judge *j, struct gv_str path, struct gv_str text)
{
	int rc = gv_json_parse(&j->doc, text, 0, j->check.err);

	if (!rc)
		rc = gv_schema_check(gv_schema_find(GV_STR("docket")), &j->doc.root, j->cn, j->check.err);
	if (!rc)
		rc = gv_seal_policy_check(&j->doc.root, j->check.err);
	return rc ? tell_error(j, "DK-04", path, rc) : 0;
}

enum file { FILE_OTHER, FILE_CONFIG, FILE_RECORD, FILE_STRAY };

/* Folders of records hold records; elsewhere people may keep what they like. */
static enum file file_at(struct gv_str path)
{
	const char *slash = memchr(path.p, '/', path.n);

	if (gv_str_is(path, "gavel.json"))
		return FILE_CONFIG;
	if (gv_path_kind(path))
		return FILE_RECORD;
	return gv_schema_by_folder((struct gv_str){ path.p, slash ? (size_t)(slash - path.p) : path.n }) ? FILE_STRAY
	                                                                                                : FILE_OTHER;
}

static int judge_text(struct gv_judge *j, enum file file, const struct gv_change *change, const struct gv_val *before,
                      const struct gv_val **now)
{
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX * 2);
	int rc = gv_store_blob(j->store, &change->after, &text, j->check.err);

	if (rc) /* a submodule in place of a file, or worse */
		rc = tell_error(j, "DK-01", change->path, rc);
	else if (file == FILE_RECORD)
		rc = judge_record(j, change->path, gv_buf_str(&text), before, now);
	else
		rc = judge_config(j, change->path, gv_buf_str(&text));
	gv_buf_free(&text);
	return rc;
}

int gv_judge_file(struct gv_judge *j, const struct gv_change *change, const struct gv_val *before, const struct gv_val *was)
{
	enum file file = file_at(change->path);
	struct gv_judged told = {
		.path = change->path, .before = change->before, .after = change->after, .was = was,
		.schema = file == FILE_RECORD ? gv_path_kind(change->path) : NULL,
	};
	int rc = 0;

	if (j->names_only)
		return j->each ? j->each(j->each_ctx, &told) : 0;
	if (gv_oid_is_zero(&change->after)) { /* a stray one may go */
		bool chosen = false;

		if (file == FILE_RECORD)
			rc = gv_judge_removal(j, told.schema, &change->before, &chosen);
		if (!rc && !chosen && (file == FILE_CONFIG || file == FILE_RECORD))
			rc = gv_judge_tell(j, "DK-08", change->path, _("a push may not remove it"));
	} else if (file == FILE_STRAY) {
		rc = gv_judge_tell(j, "DK-03", change->path, _("no record belongs at this path"));
	} else if (file != FILE_OTHER) {
		rc = judge_text(j, file, change, before, &told.now);
	}
	return rc || !j->each ? rc : j->each(j->each_ctx, &told);
}

int gv_judge_parent(struct gv_judge *j, const struct gv_oid *oid, size_t i, const struct gv_val **v)
{
	int rc = gv_store_value(j->store, oid, &j->parent[i], v, j->check.err);

	if (rc == GV_EDATA) {
		gv_err_clear(j->check.err);
		*v = NULL;
		rc = 0;
	}
	return rc;
}

/* ---- a commit ---- */

static int judge_change(void *ctx, const struct gv_change *change)
{
	struct gv_judge *j = ctx;
	const struct gv_val *before = NULL;
	int rc = 0;

	if (!j->names_only && file_at(change->path) == FILE_RECORD)
		rc = gv_judge_parent(j, &change->before, 0, &before);
	else if (gv_str_starts(change->path, GV_STR(GV_CONFLICT_FOLDER)))
		rc = gv_judge_conflict(j, change);
	return rc ? rc : gv_judge_file(j, change, before, before);
}

int gv_judge_commit(struct gv_judge *j, const struct gv_commit *commit, const struct gv_oid before[2])
{
	j->parents[0] = commit->parent[0];
	j->parents[1] = commit->parent[1];
	j->bases_known = false;
	j->open_in[0] = before[0];
	j->open_in[1] = commit->parents > 1 ? before[1] : (struct gv_oid){ 0 };
	j->open_in[2] = commit->parents > 1 ? commit->tree : (struct gv_oid){ 0 };
	if (commit->parents > 1)
		return gv_judge_join(j, &commit->tree, before);
	return gv_store_diff_trees(j->store, &before[0], &commit->tree, "", judge_change, j, j->check.err);
}

static int judge_kept(void *ctx, const struct gv_change *change)
{
	enum file file = file_at(change->path);
	bool removed = gv_oid_is_zero(&change->after);

	if ((file != FILE_RECORD && file != FILE_CONFIG) || (file == FILE_CONFIG && !removed) ||
	    gv_oid_is_zero(&change->before))
		return 0;
	return judge_change(ctx, change);
}

static int tree_of(struct gv_judge *j, const struct gv_oid *commit, struct gv_oid *tree)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_commit c;
	int rc = gv_commit_read(j->store, commit, &obj, &c, j->check.err);

	if (!rc)
		*tree = c.tree;
	gv_object_free(&obj);
	return rc;
}

int gv_judge_kept(struct gv_judge *j, const struct gv_oid *old, const struct gv_oid *tip)
{
	struct gv_str only = j->check.only;
	int rc = tree_of(j, old, &j->open_in[0]);

	if (!rc)
		rc = tree_of(j, tip, &j->open_in[1]);
	if (rc)
		return rc;
	j->all = true;
	j->check.only = GV_STR("DK-10");
	rc = gv_store_diff(j->store, old, tip, "", judge_kept, j, j->check.err);
	j->check.only = only;
	j->all = false;
	return rc;
}
