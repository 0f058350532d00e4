/* SPDX-License-Identifier: MIT */
/*
 * fuzz_bundle: what stands between an archive and us: the stream of the helper, names, lists of
 * sums, manifests, proofs. The first byte says which.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bundle.h"
#include "entryname.h"
#include "frames.h"
#include "proof.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "fuzz_bundle: %s\n", what);
	abort();
}

/* ---- the stream ---- */

struct bytes {
	struct gv_str left;
	size_t step;
};

static int give(void *ctx, char *p, size_t room, size_t *n, struct gv_err *err)
{
	struct bytes *b = ctx;

	(void)err;
	*n = b->left.n < b->step ? b->left.n : b->step;
	*n = *n < room ? *n : room;
	memcpy(p, b->left.p, *n);
	b->left.p += *n;
	b->left.n -= *n;
	return 0;
}

/* The stream as it was understood. */
static void retell(struct gv_str text, size_t step, struct gv_buf *out)
{
	struct bytes b = { text, step };
	struct gv_err err = { 0 };
	struct gv_frames *s = NULL;
	struct gv_frame f = { 0 };
	int rc = gv_frames_open(&s, give, &b, &err);

	while (!rc && f.kind != GV_FRAME_END && f.kind != GV_FRAME_ERROR) {
		rc = gv_frames_next(s, &f, &err);
		must(rc == 0 || (rc == GV_EDATA && err.msg[0]), "another error, or no message");
		if (!rc && f.kind == GV_FRAME_ENTRY)
			gv_frame_entry(out, &f.entry);
		else if (!rc && f.kind == GV_FRAME_DATA)
			gv_frame_data(out, f.data);
		else if (!rc && f.kind == GV_FRAME_END)
			gv_frame_end(out);
	}
	gv_frames_close(s);
}

static void frames(struct gv_str text)
{
	struct gv_buf whole = GV_BUF_INIT(64 * GV_MIB), pieces = GV_BUF_INIT(64 * GV_MIB),
	again = GV_BUF_INIT(64 * GV_MIB);

	retell(text, SIZE_MAX, &whole);
	retell(text, 3, &pieces);
	must(gv_str_eq(gv_buf_str(&whole), gv_buf_str(&pieces)), "other frames in small pieces");
	retell(gv_buf_str(&whole), SIZE_MAX, &again);
	must(gv_str_eq(gv_buf_str(&whole), gv_buf_str(&again)), "other frames from what was written");
	gv_buf_free(&whole);
	gv_buf_free(&pieces);
	gv_buf_free(&again);
}

/* ---- names, one a line ---- */

static void check_name(struct gv_str name)
{
	size_t start = 0;

	must(gv_utf8_valid(name) == name.n && gv_utf8_is_safe(name) && gv_utf8_is_nfc(name), "no clean text");
	must(name.n <= 4 * GV_ENTRY_NAME_MAX, "too long");
	for (size_t i = 0; i <= name.n; i++) {
		struct gv_str part = { name.p + start, i - start };

		if (i < name.n && name.p[i] != '/')
			continue;
		must(part.n && !gv_str_is(part, ".") && !gv_str_is(part, "..") && !memchr(part.p, '\\', part.n),
		     "a bad part");
		start = i + 1;
	}
}

static void names(struct gv_str text)
{
	struct gv_buf name = GV_BUF_INIT(1 << 16), again = GV_BUF_INIT(1 << 16);
	struct gv_entrynames set = { 0 };
	struct gv_err err = { 0 };

	while (text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		struct gv_str line = { text.p, end ? (size_t)(end - text.p) : text.n };
		int rc = gv_entryname(line, &name, &err);

		must(rc == 0 || (rc == GV_EDATA && err.msg[0]), "another error, or no message");
		if (!rc && name.n) {
			check_name(gv_buf_str(&name));
			must(gv_entryname(gv_buf_str(&name), &again, &err) == 0, "a name that was taken is refused");
			must(gv_str_eq(gv_buf_str(&name), gv_buf_str(&again)), "a name that was taken changes");
			gv_entrynames_add(&set, gv_buf_str(&name), false, &err);
			must(gv_entrynames_add(&set, gv_buf_str(&name), false, &err) == GV_EDATA, "a name twice");
		}
		text.p += line.n + (end != NULL);
		text.n -= line.n + (end != NULL);
	}
	gv_entrynames_free(&set);
	gv_buf_free(&name);
	gv_buf_free(&again);
}

/* ---- lists, manifests, proofs ---- */

static void sums(struct gv_str text)
{
	struct gv_bundle_list list = { 0 }, back = { 0 };
	struct gv_buf first = GV_BUF_INIT(64 * GV_MIB), second = GV_BUF_INIT(64 * GV_MIB);
	struct gv_err err = { 0 };

	if (gv_bundle_read_sums(&list, text, &err) == 0) {
		gv_bundle_sums(&list, &first);
		must(gv_bundle_read_sums(&back, gv_buf_str(&first), &err) == 0, "its own list is refused");
		gv_bundle_sums(&back, &second);
		must(first.n == text.n && first.n == second.n, "lines are lost");
	}
	gv_bundle_list_free(&list);
	gv_bundle_list_free(&back);
	gv_buf_free(&first);
	gv_buf_free(&second);
}

static void manifest(struct gv_str text)
{
	struct gv_bundle_manifest m;
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err = { 0 };
	int rc = gv_bundle_read(&m, &d, text, &err);

	must(rc == 0 || (rc == GV_EDATA && err.msg[0]), "another error, or no message");
	gv_doc_free(&d);
}

/* A tree of any bytes, as the root of a commit. */
static void proof(struct gv_str tree)
{
	struct gv_buf commit = GV_BUF_INIT(1024);
	char name[GV_PROOF_NAME + 1] = "trees/", hex[GV_HEX + 1];
	struct gv_proofs *p;
	struct gv_oid id;
	struct gv_err err = { 0 };
	int rc;

	must(gv_proofs_new(&p, &err) == 0, "no memory");
	gv_oid_of(&id, "tree", tree);
	gv_oid_hex(&id, name + 6);
	must(gv_proofs_take(p, gv_str_of(name), tree, &err) == 0, "a tree by its own name is refused");
	gv_oid_hex(&id, hex);
	gv_buf_addf(&commit, "tree %s\n\n", hex);
	gv_oid_of(&id, "commit", gv_buf_str(&commit));
	memcpy(name, "commits/", 8);
	gv_oid_hex(&id, name + 8);
	must(gv_proofs_take(p, gv_str_of(name), gv_buf_str(&commit), &err) == 0,
	     "a commit by its own name is refused");
	for (int i = 0; i < 2; i++) {
		rc = gv_proofs_check(p, &id, i ? GV_STR("a/b") : GV_STR("a"), &id, &err);
		must(rc == 0 || (rc == GV_EINTEGRITY && err.msg[0]), "another error, or no message");
	}
	gv_proofs_free(p);
	gv_buf_free(&commit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const parts[])(struct gv_str text) = { frames, names, sums, manifest, proof };
	struct gv_str text = { (const char *)data + 1, size ? size - 1 : 0 };

	if (size && data[0] >= '0' && data[0] < '0' + 5)
		parts[data[0] - '0'](text);
	return 0;
}
