/* SPDX-License-Identifier: MIT */
/*
 * append: a long history for the bench of audits: appends commits to a docket, each of which changes one case.
 *
 *     append [-s] DOCKET COMMITS     prints the new tip; main is left to `git update-ref`
 *
 * -s: signed with an Ed25519 key of SSH that the first of these commits puts into the file signers.  git fast-import cannot
 * sign, and 100,000 calls of ssh-keygen would take half an hour.
 */
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gittree.h"
#include "objw.h"
#include "store.h"

#define WHO "bench <bench@example.org>"
enum { RECORDS_MAX = 5000 };

struct making {
	struct gv_store *store;
	struct gv_objw *w;
	struct gv_odb *odb;
	struct gv_oid tip, root;
	int64_t time;        /* of the docket's own tip */
	struct { struct gv_str path; struct gv_oid blob; } *records;
	size_t n;
	struct gv_doc paths, doc;
	EVP_PKEY *key;
	unsigned char public[32];
	struct gv_err err;
};

static void fail(const struct making *m)
{
	fprintf(stderr, "append: %s\n", m->err.msg);
	exit(1);
}

static int keep(void *ctx, const struct gv_item *item)
{
	struct making *m = ctx;

	if (m->n == RECORDS_MAX)
		return -1;
	m->records[m->n].path = gv_arena_copy(&m->paths.arena, item->path);
	m->records[m->n++].blob = item->oid;
	return 0;
}

/* ---- signing ---- */

static void add_u32(struct gv_buf *b, size_t n)
{
	unsigned char raw[4] = { (unsigned char)(n >> 24), (unsigned char)(n >> 16), (unsigned char)(n >> 8), (unsigned char)n };

	gv_buf_add(b, raw, 4);
}

static void add_string(struct gv_buf *b, const void *p, size_t n)
{
	add_u32(b, n);
	gv_buf_add(b, p, n);
}

static void public_blob(const struct making *m, struct gv_buf *out)
{
	add_string(out, "ssh-ed25519", 11);
	add_string(out, m->public, 32);
}

static void base64(struct gv_buf *out, const struct gv_buf *raw, size_t width)
{
	char text[4096];
	int n = EVP_EncodeBlock((unsigned char *)text, (const unsigned char *)raw->p, (int)raw->n);

	for (size_t i = 0; i < (size_t)n; i += width) {
		gv_buf_add(out, text + i, (size_t)n - i < width ? (size_t)n - i : width);
		if (width < sizeof text)
			gv_buf_adds(out, "\n ");
	}
}

/* PROTOCOL.sshsig */
static void sign(const struct making *m, const struct gv_buf *text, struct gv_buf *header)
{
	struct gv_buf blob = GV_BUF_INIT(4096), to_sign = GV_BUF_INIT(4096), sig = GV_BUF_INIT(256), key = GV_BUF_INIT(256);
	unsigned char hash[SHA512_DIGEST_LENGTH], raw[64];
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	size_t n = sizeof raw;

	SHA512((const unsigned char *)text->p, text->n, hash);
	gv_buf_adds(&to_sign, "SSHSIG");
	add_string(&to_sign, "git", 3);
	add_string(&to_sign, "", 0);
	add_string(&to_sign, "sha512", 6);
	add_string(&to_sign, hash, sizeof hash);
	EVP_DigestSignInit(ctx, NULL, NULL, NULL, m->key);
	EVP_DigestSign(ctx, raw, &n, (const unsigned char *)to_sign.p, to_sign.n);
	EVP_MD_CTX_free(ctx);
	gv_buf_adds(&blob, "SSHSIG");
	add_u32(&blob, 1);
	public_blob(m, &key);
	add_string(&blob, key.p, key.n);
	add_string(&blob, "git", 3);
	add_string(&blob, "", 0);
	add_string(&blob, "sha512", 6);
	add_string(&sig, "ssh-ed25519", 11);
	add_string(&sig, raw, sizeof raw);
	add_string(&blob, sig.p, sig.n);
	gv_buf_adds(header, "gpgsig -----BEGIN SSH SIGNATURE-----\n ");
	base64(header, &blob, 70);
	gv_buf_adds(header, "-----END SSH SIGNATURE-----\n");
	gv_buf_free(&blob);
	gv_buf_free(&to_sign);
	gv_buf_free(&sig);
	gv_buf_free(&key);
}

static void make_key(struct making *m)
{
	static const unsigned char seed[32] = "the same key in every bench run";
	size_t n = sizeof m->public;

	m->key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, sizeof seed);
	EVP_PKEY_get_raw_public_key(m->key, m->public, &n);
}

/* ---- commits ---- */

static void add(struct making *m, enum gv_otype type, const struct gv_buf *data, struct gv_oid *id)
{
	if (gv_buf_check(data, &m->err) || gv_objw_add(m->w, type, gv_buf_str(data), NULL, id, &m->err))
		fail(m);
}

static void commit(struct making *m, size_t number, const char *what)
{
	struct gv_buf head = GV_BUF_INIT(4096), message = GV_BUF_INIT(4096), all = GV_BUF_INIT(16384), sig = GV_BUF_INIT(4096);
	char tree[GV_HEX + 1], parent[GV_HEX + 1];

	gv_oid_hex(&m->root, tree);
	gv_oid_hex(&m->tip, parent);
	gv_buf_addf(&head, "tree %s\nparent %s\nauthor " WHO " %lld +0800\ncommitter " WHO " %lld +0800\n", tree,
	            parent, (long long)m->time + (long long)number, (long long)m->time + (long long)number);
	gv_buf_addf(&message, "\ncase-file set: %s (1 record)\n\nGavel-Cmd: case-file set\nGavel-Reason: bench\n", what);
	gv_buf_addstr(&all, gv_buf_str(&head));
	gv_buf_addstr(&all, gv_buf_str(&message));
	if (m->key)
		sign(m, &all, &sig);
	gv_buf_reset(&all);
	gv_buf_addstr(&all, gv_buf_str(&head));
	gv_buf_addstr(&all, gv_buf_str(&sig));
	gv_buf_addstr(&all, gv_buf_str(&message));
	add(m, GV_OBJ_COMMIT, &all, &m->tip);
	gv_buf_free(&head);
	gv_buf_free(&message);
	gv_buf_free(&all);
	gv_buf_free(&sig);
}

static void put(struct making *m, struct gv_str path, const struct gv_buf *text, struct gv_oid *blob)
{
	struct gv_tree_edit edit = { .path = path };

	add(m, GV_OBJ_BLOB, text, blob);
	edit.oid = *blob;
	if (gv_tree_edit(m->odb, m->w, &m->root, &edit, 1, NULL, NULL, &m->root, &m->err))
		fail(m);
}

static void one(struct making *m, size_t number)
{
	size_t at = number * 7919 % m->n;
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	char note[64];

	if (gv_objw_read(m->w, &m->records[at].blob, &obj, NULL) &&
	    gv_odb_need(m->odb, &m->records[at].blob, GV_OBJ_BLOB, &obj, &m->err))
		fail(m);
	snprintf(note, sizeof note, "change %zu", number);
	if (gv_json_parse(&m->doc, obj.data, 0, &m->err) ||
	    gv_obj_set(&m->doc, &m->doc.root, GV_STR("remark"), gv_mkstr(&m->doc, gv_str_of(note)), &m->err))
		fail(m);
	gv_json_canon(&text, &m->doc.root);
	put(m, m->records[at].path, &text, &m->records[at].blob);
	commit(m, number, note);
	gv_buf_free(&text);
	gv_object_free(&obj);
}

static void signers(struct making *m)
{
	struct gv_buf text = GV_BUF_INIT(4096), blob = GV_BUF_INIT(256);
	struct gv_oid id;

	public_blob(m, &blob);
	gv_buf_adds(&text, "bench@example.org ssh-ed25519 ");
	base64(&text, &blob, 4096);
	gv_buf_adds(&text, "\n");
	put(m, GV_STR("signers"), &text, &id);
	commit(m, 0, "signers");
	gv_buf_free(&text);
	gv_buf_free(&blob);
}

static void open_all(struct making *m, const char *dir)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_commit c;
	int rc = gv_store_open(&m->store, dir, &m->err);

	m->records = calloc(RECORDS_MAX, sizeof *m->records);
	if (!m->records || rc)
		fail(m);
	m->odb = gv_store_odb(m->store);
	m->tip = *gv_store_commit_id(m->store);
	gv_buf_addf(&path, "%s/objects", gv_store_dir(m->store));
	if (gv_commit_read(m->store, &m->tip, &obj, &c, &m->err) || gv_objw_new(&m->w, path.p, &m->err) ||
	    gv_store_scan(m->store, &(struct gv_scan){ 0 }, keep, m, &m->err) > 0 || !m->n)
		fail(m);
	m->root = c.tree;
	m->time = c.time;
	gv_object_free(&obj);
	gv_buf_free(&path);
}

int main(int argc, char **argv)
{
	struct making m = { 0 };
	bool sign_them = argc == 4 && strcmp(argv[1], "-s") == 0;
	int64_t n;
	char hex[GV_HEX + 1];

	if (argc != 3 + sign_them || !gv_str_int(gv_str_of(argv[argc - 1]), &n)) {
		fprintf(stderr, "usage: append [-s] DOCKET COMMITS\n");
		return 2;
	}
	open_all(&m, argv[argc - 2]);
	if (sign_them) {
		make_key(&m);
		signers(&m);
	}
	for (size_t i = 1; i <= (size_t)n; i++)
		one(&m, i);
	if (gv_objw_finish(m.w, NULL, &m.err))
		fail(&m);
	gv_oid_hex(&m.tip, hex);
	puts(hex);
	gv_objw_free(m.w);
	gv_store_close(m.store);
	gv_doc_free(&m.paths);
	gv_doc_free(&m.doc);
	EVP_PKEY_free(m.key);
	free(m.records);
	return 0;
}
