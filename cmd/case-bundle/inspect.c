/* SPDX-License-Identifier: MIT */
#include "inspect.h"

#include <stdlib.h>
#include <string.h>

static const struct gv_basis docket[] = { { "gavel-docket(5)", NULL, NULL }, { NULL } };

const struct gv_rule bundle_rules[] = {
	{ "BN-01", "every entry is a file with a name of this form", "条目均为规定名称的文件", GV_VIOLATION, docket,
	  .needs = N_("names and kinds of the entries") },
	{ "BN-02", "the manifest can be read", "清单可读", GV_VIOLATION, docket,
		.needs = N_("manifest.json, SHA256SUMS") },
	{ "BN-03", "nothing is missing, more or changed", "材料无缺失、增加或更改", GV_VIOLATION, docket,
	  .needs = N_("SHA256SUMS and every file") },
	{ "BN-04", "a known key has signed the manifest", "清单由已知密钥签名", GV_VIOLATION, docket,
	  .needs = N_("manifest.json.sig, and the docket's signers or --signers") },
	{ "BN-05", "records and versions lay in the commits that are named", "记录及历次版本见于所载提交", GV_VIOLATION, docket,
	  .needs = N_("records/, history/, proof/") },
	{ "BN-06", "the signatures of the commits are good", "提交签名有效", GV_VIOLATION, docket,
	  .needs = N_("proof/commits/, and the signers; a commit that nobody signed is an info") },
	{ "BN-07", "records are canonical and lie at their paths", "记录文本规范且路径相符", GV_VIOLATION, docket,
	  .needs = N_("records/, history/") },
	{ NULL }
};

static int tell_error(struct inspect *in, const char *rule, struct gv_str where, int rc)
{
	struct gv_err why = in->c->err;

	if (rc != GV_EDATA && rc != GV_EINTEGRITY)
		return rc;
	gv_err_clear(&in->c->err);
	return in->tell(in, rule, GV_VIOLATION, where, why.msg);
}

/* ---- claims ---- */

static int claim(struct inspect *in, struct gv_str where, struct gv_str path, const struct gv_oid *commit,
                 const struct gv_oid *blob)
{
	struct claim *one;

	if (in->nclaims == in->claims_cap) {
		size_t cap = in->claims_cap ? 2 * in->claims_cap : 64;
		struct claim *list = reallocarray(in->claims, cap, sizeof *list);

		if (!list)
			return gv_fail_nomem(&in->c->err);
		in->claims = list;
		in->claims_cap = cap;
	}
	one = &in->claims[in->nclaims];
	*one = (struct claim){ gv_arena_copy(&in->arena, path), gv_arena_copy(&in->arena, where), *commit, *blob };
	if (!one->path.p || !one->where.p)
		return gv_fail_nomem(&in->c->err);
	in->nclaims++;
	return 0;
}

/* ---- members ---- */

static int take_record(struct inspect *in, struct gv_str where, struct gv_str text)
{
	const size_t skip = sizeof "records/" - 1;
	const struct gv_oid from_manifest = { 0 };
	struct gv_str path = { where.p + skip, where.n - skip };
	struct gv_rec rec;
	struct gv_oid blob;
	int rc = gv_json_check_canon(text, &in->doc, &in->c->err);

	if (!rc && in->doc.root.type != GV_OBJECT)
		rc = gv_fail(&in->c->err, GV_EDATA, "%s", _("not a JSON object"));
	if (!rc)
		rc = gv_rec_of(&rec, &in->doc, gv_path_kind(path), gv_cmd_caseno(in->c), &in->c->err);
	if (!rc)
		rc = gv_id_lies_at(&rec.id, path, &in->c->err);
	if (rc)
		return tell_error(in, "BN-07", where, rc);
	in->records++;
	gv_oid_of(&blob, "blob", text);
	rc = claim(in, where, path, &from_manifest, &blob);
	return rc || !in->record ? rc : in->record(in, path, text, &blob);
}

/* One line of a history: its record, or its text, must have the id that it names. */
static int take_version(struct inspect *in, struct gv_str where, struct gv_str path, struct gv_str line)
{
	const struct gv_val *record, *root = &in->doc.root;
	struct gv_buf canon = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX);
	struct gv_oid commit, said, blob;
	int rc = gv_json_parse(&in->doc, line, 0, &in->c->err);

	if (rc)
		return tell_error(in, "BN-07", where, rc);
	if (!gv_oid_read(&commit, gv_val_getstr(root, "commit")) || !gv_oid_read(&said, gv_val_getstr(root, "oid")))
		return in->tell(in, "BN-07", GV_VIOLATION, where, _("a version names no commit, or no oid"));
	record = gv_val_get(root, "record");
	if (record)
		gv_json_canon(&canon, record);
	else
		gv_buf_addstr(&canon, gv_val_getstr(root, "text"));
	rc = gv_buf_check(&canon, &in->c->err);
	if (!rc) {
		gv_oid_of(&blob, "blob", gv_buf_str(&canon));
		in->versions++;
		rc = gv_oid_eq(&blob, &said) ? claim(in, where, path, &commit, &blob)
		                             : in->tell(in, "BN-05", GV_VIOLATION, where,
		                                        _("a version does not have the oid that it names"));
	}
	gv_buf_free(&canon);
	return rc;
}

static int take_history(struct inspect *in, struct gv_str where, struct gv_str text)
{
	const size_t skip = sizeof "history/" - 1, end = sizeof ".ndjson" - 1;
	struct gv_buf path = GV_BUF_INIT(4096);
	int rc;

	if (where.n <= skip + end || memcmp(where.p + where.n - end, ".ndjson", end) != 0)
		return in->tell(in, "BN-01", GV_VIOLATION, where, _("no file of a bundle has this name"));
	gv_buf_add(&path, where.p + skip, where.n - skip - end);
	gv_buf_adds(&path, ".json");
	rc = gv_buf_check(&path, &in->c->err);
	while (!rc && text.n) {
		const char *stop = memchr(text.p, '\n', text.n);
		struct gv_str line = { text.p, stop ? (size_t)(stop - text.p) : text.n };
		size_t used = line.n + (stop != NULL);

		rc = take_version(in, where, gv_buf_str(&path), line);
		text.p += used;
		text.n -= used;
	}
	gv_buf_free(&path);
	return rc;
}

static int take_proof(struct inspect *in, struct gv_str where, struct gv_str data)
{
	const size_t skip = sizeof "proof/" - 1;
	struct gv_str name = { where.p + skip, where.n - skip };
	int rc = gv_proofs_take(in->proofs, name, data, &in->c->err);

	return rc ? tell_error(in, "BN-05", where, rc) : 0;
}

/* Anything else has no business in a bundle. */
static int take_text(struct inspect *in, struct gv_str where, struct gv_str text)
{
	if (gv_str_starts(where, GV_STR("records/")))
		return take_record(in, where, text);
	if (gv_str_starts(where, GV_STR("history/")))
		return take_history(in, where, text);
	if (gv_str_starts(where, GV_STR("proof/")))
		return take_proof(in, where, text);
	return in->tell(in, "BN-01", GV_VIOLATION, where, _("no file of a bundle has this name"));
}

/* ---- the stream ---- */

static int read_text(struct inspect *in, struct gv_str path)
{
	struct gv_buf text = GV_BUF_INIT(GV_BUNDLE_SUMS_MAX);
	unsigned char sha[32];
	int rc = gv_archive_read_all(in->source.archive, &text, &in->c->err);

	gv_sha256(gv_buf_str(&text), sha);
	if (!rc)
		rc = gv_bundle_add(&in->found, path, sha, &in->c->err);
	if (!rc)
		rc = take_text(in, path, gv_buf_str(&text));
	gv_buf_free(&text);
	return rc;
}

/* "HH/HASH" */
static bool is_paper_name(struct gv_str name)
{
	return name.n == 3 + GV_HEX256 && name.p[2] == '/' && memcmp(name.p, name.p + 3, 2) == 0 &&
	       gv_sha256_is_hex((struct gv_str){ name.p + 3, GV_HEX256 });
}

static int read_paper(struct inspect *in, struct gv_str path)
{
	const size_t skip = sizeof "files/" - 1;
	struct gv_str bytes, hex = { path.p + skip + 3, GV_HEX256 };
	char is[GV_HEX256 + 1];
	unsigned char sha[32];
	struct gv_sha256 hash;
	int rc;

	if (!is_paper_name((struct gv_str){ path.p + skip, path.n - skip }))
		return read_text(in, path);
	gv_sha256_init(&hash);
	do {
		rc = gv_archive_read(in->source.archive, &bytes, &in->c->err);
		if (!rc && bytes.n)
			gv_sha256_add(&hash, bytes.p, bytes.n);
		if (!rc && in->paper)
			rc = in->paper(in, hex, bytes);
	} while (!rc && bytes.n);
	if (rc)
		return rc;
	gv_sha256_done(&hash, sha);
	gv_sha256_hex(sha, is);
	in->papers++;
	rc = gv_bundle_add(&in->found, path, sha, &in->c->err);
	if (!rc && !gv_str_is(hex, is))
		rc = in->tell(in, "BN-03", GV_VIOLATION, path, _("its bytes do not have this SHA-256"));
	return rc;
}

static int read_entry(struct inspect *in, const struct gv_archive_entry *e)
{
	struct gv_archive *a = in->source.archive;
	struct gv_str path;
	int rc;

	if (!e->path.p)
		return in->tell(in, "BN-01", GV_VIOLATION, e->raw, e->refused.msg);
	if (strcmp(e->type, "folder") == 0) /* packed again by hand: they hold nothing by themselves */
		return 0;
	if (gv_str_is(e->path, GV_BUNDLE_MANIFEST))
		return gv_archive_read_all(a, &in->text, &in->c->err);
	if (gv_str_is(e->path, GV_BUNDLE_SIGNATURE))
		return gv_archive_read_all(a, &in->signature, &in->c->err);
	if (gv_str_is(e->path, GV_BUNDLE_SUMS))
		return gv_archive_read_all(a, &in->sums, &in->c->err);
	path = gv_arena_copy(&in->arena, e->path); /* borrowed only until the next read */
	if (!path.p)
		return gv_fail_nomem(&in->c->err);
	rc = gv_str_starts(path, GV_STR("files/")) ? read_paper(in, path) : read_text(in, path);
	return rc;
}

/* ---- judging ---- */

static int tell_difference(void *ctx, enum gv_bundle_diff how, struct gv_str path)
{
	struct inspect *in = ctx;

	return in->tell(in, "BN-03", GV_VIOLATION, path,
	                how == GV_BUNDLE_MISSING ? _("is missing") : how == GV_BUNDLE_MORE ? _("is not in SHA256SUMS")
	                                                                                : _("was changed: it has another SHA-256"));
}

static int judge_manifest(struct inspect *in, bool *readable)
{
	struct gv_err *err = &in->c->err;
	unsigned char sha[32];
	int rc;

	*readable = false;
	if (!in->text.n)
		return in->tell(in, "BN-02", GV_VIOLATION, GV_STR(GV_BUNDLE_MANIFEST), _("is missing"));
	rc = gv_bundle_read(&in->manifest, &in->manifest_doc, gv_buf_str(&in->text), err);
	if (rc)
		return tell_error(in, "BN-02", GV_STR(GV_BUNDLE_MANIFEST), rc);
	*readable = true;
	gv_sha256(gv_buf_str(&in->sums), sha);
	if (memcmp(sha, in->manifest.sums, sizeof sha) != 0)
		return in->tell(in, "BN-03", GV_VIOLATION, GV_STR(GV_BUNDLE_SUMS),
		                _("is not the one that the manifest names"));
	rc = gv_bundle_read_sums(&in->said, gv_buf_str(&in->sums), err);
	if (rc)
		return tell_error(in, "BN-02", GV_STR(GV_BUNDLE_SUMS), rc);
	if (in->said.n != in->manifest.files)
		rc = in->tell(in, "BN-02", GV_VIOLATION, GV_STR(GV_BUNDLE_SUMS),
		              _("has another number of files than the manifest"));
	return rc ? rc : gv_bundle_compare(&in->said, &in->found, tell_difference, in);
}

static int judge_claims(struct inspect *in)
{
	int rc = 0;

	for (size_t i = 0; i < in->nclaims && !rc; i++) {
		const struct claim *one = &in->claims[i];
		const struct gv_oid *commit = gv_oid_is_zero(&one->commit) ? &in->manifest.commit : &one->commit;

		rc = gv_proofs_check(in->proofs, commit, one->path, &one->blob, &in->c->err);
		if (rc)
			rc = tell_error(in, "BN-05", one->where, rc);
	}
	return rc;
}

int inspect_run(struct inspect *in, const struct inspect *first)
{
	struct gv_archive_entry e;
	bool end = false, readable = false;
	int rc;

	gv_buf_init(&in->sums, GV_BUNDLE_SUMS_MAX);
	gv_buf_init(&in->text, GV_JSON_TEXT_MAX);
	gv_buf_init(&in->signature, 1 << 16);
	rc = gv_proofs_new(&in->proofs, &in->c->err);
	if (!rc)
		rc = first ? source_again(&in->source, in->c, &first->source) : source_open(&in->source, in->c);
	while (!rc) {
		rc = gv_archive_next(in->source.archive, &e, &end, &in->c->err);
		if (rc || end)
			break;
		rc = read_entry(in, &e);
	}
	if (!rc)
		rc = judge_manifest(in, &readable);
	if (!rc && readable)
		rc = inspect_signature(in);
	if (!rc && readable)
		rc = judge_claims(in);
	return rc ? rc : inspect_commits(in);
}

void inspect_free(struct inspect *in)
{
	source_close(&in->source);
	gv_bundle_list_free(&in->found);
	gv_bundle_list_free(&in->said);
	gv_buf_free(&in->sums);
	gv_buf_free(&in->text);
	gv_buf_free(&in->signature);
	gv_doc_free(&in->doc);
	gv_doc_free(&in->manifest_doc);
	gv_proofs_free(in->proofs);
	gv_signers_free(in->signers);
	free(in->claims);
	gv_arena_free(&in->arena);
}
