/* SPDX-License-Identifier: MIT */
/* case-bundle pack: cases with their history and papers as one file, the same bytes from the same
 * commit. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "newfile.h"
#include "pack.h"
#include "papers.h"
#include "sign.h"

static const struct gv_opt opts[] = {
	{ 'o', "output", "FILE", N_("write to this file, else to standard output"), .complete = "file" },
	{ 'm', "reason", "REASON", N_("why it is handed over, kept in the manifest") },
	{ 0, "history", NULL, N_("with every version of the records, and proof that each is in the docket") },
	{ 0, "no-files", NULL, N_("without the files of the cases") },
	{ 0, "sign", NULL, N_("sign it, as git is configured to sign (gpg.format=ssh)") },
	{ 0 }
};

/* ---- members ---- */

static int put_head(struct pack *p, const char *folder, struct gv_str name, uint64_t bytes, struct gv_buf *path)
{
	gv_buf_init(path, 4096);
	gv_buf_adds(path, folder);
	gv_buf_addstr(path, name);
	if (gv_buf_check(path, &p->c->err))
		return p->c->err.code;
	return gv_archive_put(p->out, gv_buf_str(path), bytes, &p->c->err);
}

int pack_put(struct pack *p, const char *folder, struct gv_str name, struct gv_str bytes)
{
	unsigned char sha[32];
	struct gv_buf path;
	int rc = put_head(p, folder, name, bytes.n, &path);

	if (!rc)
		rc = gv_archive_add(p->out, bytes, &p->c->err);
	gv_sha256(bytes, sha);
	if (!rc)
		rc = gv_bundle_add(&p->list, gv_buf_str(&path), sha, &p->c->err);
	gv_buf_free(&path);
	return rc;
}

struct hashing {
	struct pack *p;
	struct gv_sha256 sha;
};

static int put_piece(void *ctx, struct gv_str bytes)
{
	struct hashing *h = ctx;

	gv_sha256_add(&h->sha, bytes.p, bytes.n);
	return gv_archive_add(h->p->out, bytes, &h->p->c->err);
}

static int put_paper(struct pack *p, struct gv_str hex)
{
	struct hashing h = { .p = p };
	struct gv_buf name = GV_BUF_INIT(128), path = { 0 };
	unsigned char sha[32];
	uint64_t bytes = 0;
	int rc = gv_paper_size(p->store, hex, &bytes, &p->c->err);

	gv_sha256_init(&h.sha);
	if (!rc) {
		gv_buf_addf(&name, "%.2s/%.*s", hex.p, (int)hex.n, hex.p);
		rc = put_head(p, "files/", gv_buf_str(&name), bytes, &path);
	}
	if (!rc)
		rc = gv_paper_read(p->store, hex, put_piece, &h, &p->c->err);
	gv_sha256_done(&h.sha, sha);
	if (!rc)
		rc = gv_bundle_add(&p->list, gv_buf_str(&path), sha, &p->c->err);
	if (rc == GV_ENOTFOUND)
		gv_err_thing(&p->c->err, "--no-files", sizeof "--no-files" - 1);
	gv_buf_free(&name);
	gv_buf_free(&path);
	return rc;
}

static int put_proof(void *ctx, struct gv_str name, struct gv_str data)
{
	return pack_put(ctx, "proof/", name, data);
}

static int put_record(struct pack *p, const struct item *item)
{
	int rc = gv_odb_need(gv_store_odb(p->store), &item->blob, GV_OBJ_BLOB, &p->obj, &p->c->err);

	if (!rc && !gv_cmd_has(p->c, "no-files"))
		rc = pack_note_papers(p, item, p->obj.data);
	return rc ? rc : pack_put(p, "records/", item->path, p->obj.data);
}

/* ---- what says what is in it ---- */

enum { ONE = -2 };

/* The only time in a bundle: that of the commit, so that the same commit gives the same bytes. */
struct moment {
	char text[40];
	int64_t seconds;
};

static int take_time(void *ctx, const struct gv_commit *commit)
{
	struct moment *m = ctx;

	gv_commit_time(commit, m->text);
	m->seconds = commit->time;
	return ONE;
}

static int make_manifest(struct pack *p, struct gv_str sums, const char *made_at, struct gv_buf *out)
{
	const char *reason = gv_cmd_opt(p->c, "reason");
	struct gv_bundle_manifest m = {
		.court = gv_str_of(gv_store_court(p->store)), .commit = *gv_store_commit_id(p->store),
		.made_at = gv_str_of(made_at),
		.reason = gv_str_of(reason ? reason : ""), .cases = p->cases, .ncases = p->ncases,
		.history = gv_cmd_has(p->c, "history"), .files = p->list.n,
	};
	int rc = reason ? gv_json_check_string(m.reason, &p->c->err) : 0;

	gv_sha256(sums, m.sums);
	return rc ? rc : gv_bundle_write(&m, out, &p->c->err);
}

static int put_signature(struct pack *p, struct gv_str manifest)
{
	struct gv_buf armour = GV_BUF_INIT(1 << 16);
	struct gv_sign_how *how = NULL;
	struct gv_err *err = &p->c->err;
	int rc = gv_sign_settings(&how, gv_store_dir(p->store), err);

	if (!rc)
		rc = gv_sign(how, manifest, GV_BUNDLE_SPACE, &armour, err);
	gv_sign_how_free(how);
	if (!rc)
		rc = gv_archive_put(p->out, GV_STR(GV_BUNDLE_SIGNATURE), armour.n, err);
	if (!rc)
		rc = gv_archive_add(p->out, gv_buf_str(&armour), err);
	gv_buf_free(&armour);
	return rc;
}

static int put_manifest(struct pack *p, const char *made_at)
{
	struct gv_buf sums = GV_BUF_INIT(GV_BUNDLE_SUMS_MAX), manifest = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	struct gv_err *err = &p->c->err;
	int rc;

	gv_bundle_sums(&p->list, &sums);
	rc = gv_buf_check(&sums, err);
	if (!rc)
		rc = make_manifest(p, gv_buf_str(&sums), made_at, &manifest);
	if (!rc)
		rc = gv_archive_put(p->out, GV_STR(GV_BUNDLE_SUMS), sums.n, err);
	if (!rc)
		rc = gv_archive_add(p->out, gv_buf_str(&sums), err);
	if (!rc)
		rc = gv_archive_put(p->out, GV_STR(GV_BUNDLE_MANIFEST), manifest.n, err);
	if (!rc)
		rc = gv_archive_add(p->out, gv_buf_str(&manifest), err);
	if (!rc && gv_cmd_has(p->c, "sign"))
		rc = put_signature(p, gv_buf_str(&manifest));
	gv_buf_free(&sums);
	gv_buf_free(&manifest);
	return rc;
}

/* ---- all of it ---- */

/* Each kind in the order of names; papers last, as only the records tell which there are. */
static int put_all(struct pack *p, const char *made_at)
{
	size_t at = 0;
	int rc = 0;

	for (size_t i = 0; gv_cmd_has(p->c, "history") && i < p->n && !rc; i++)
		rc = pack_history_of(p, i, &at);
	if (!rc)
		rc = gv_prover_each(p->prover, put_proof, p, &p->c->err);
	for (size_t i = 0; i < p->n && !rc; i++)
		rc = put_record(p, &p->items[i]);
	pack_sort_papers(p);
	for (size_t i = 0; i < p->npapers && !rc; i++)
		rc = put_paper(p, p->papers[i]);
	return rc ? rc : put_manifest(p, made_at);
}

static int write_to(struct pack *p, int fd)
{
	struct gv_err *err = &p->c->err;
	struct moment made = { .seconds = 0 };
	int rc = gv_store_log(p->store, gv_store_commit_id(p->store), true, take_time, &made, err);

	rc = rc == ONE ? 0 : rc;
	if (!rc)
		rc = gv_archive_create(&p->out, fd, made.seconds, err);
	if (!rc)
		rc = put_all(p, made.text);
	if (!rc)
		rc = gv_archive_finish(p->out, err);
	gv_archive_drop(p->out);
	return rc;
}

static int write_file(struct pack *p, const char *path)
{
	struct gv_newfile f;
	int rc = gv_newfile_open(&f, path, 0640, &p->c->err);

	if (!rc)
		rc = write_to(p, f.fd);
	return gv_newfile_close(&f, rc, &p->c->err);
}

static void pack_free(struct pack *p)
{
	gv_prover_free(p->prover);
	gv_bundle_list_free(&p->list);
	gv_object_free(&p->obj);
	gv_doc_free(&p->doc);
	gv_buf_free(&p->text);
	free(p->items);
	free(p->cases);
	free(p->papers);
	free(p->versions);
	gv_arena_free(&p->arena);
}

static int run(struct gv_cmd *c)
{
	struct pack p = { .c = c, .store = gv_cmd_store(c), .obj = GV_OBJECT_INIT };
	const char *file = gv_cmd_opt(c, "output");
	int rc;

	if (!p.store)
		return c->err.code;
	if (!file && isatty(STDOUT_FILENO))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("a bundle is no text for a terminal: give -o FILE"));
	gv_buf_init(&p.text, GV_BUNDLE_SUMS_MAX);
	rc = pack_find(&p);
	if (!rc)
		rc = pack_look(&p);
	if (!rc && gv_cmd_has(c, "history"))
		rc = pack_find_versions(&p);
	if (!rc)
		rc = file ? write_file(&p, file) : write_to(&p, STDOUT_FILENO);
	if (!rc)
		gv_cmd_note(c, _("records %zu, versions %zu, files %zu"), p.n, p.nversions, p.npapers);
	pack_free(&p);
	return rc;
}

const struct gv_cmd_spec case_bundle_pack = {
	.name = "pack", .summary = N_("pack cases with their history and files into one tar.zst"),
	.usage = N_("CASE...   (or one a line on standard input)"), .operands = "id", .opts = opts, .kind = "case",
	.common = GV_C_DOCKET | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
