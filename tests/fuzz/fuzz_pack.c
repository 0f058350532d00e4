/* SPDX-License-Identifier: MIT */
/*
 * fuzz_pack: any bytes through the readers of git's formats.  The first byte of an input says what the rest is:
 *   D  a delta: one byte, how long the base is; the base; the delta
 *   L  a loose object's file
 *   I  an index and a pack: two bytes, how long the index is; both files, their checksums made to agree
 *   P  the entries of a pack: one byte, how many objects; two bytes each, where they begin; the entries.  Head, index
 *      and checksums are made here, so that these are reached
 *   T  a tree   C  a commit   G  a git config   R  packed-refs
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gitconf.h"
#include "gitref.h"
#include "gittree.h"
#include "odb_impl.h"
#include "store_impl.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { IDS_MAX = 16, HEAD = 12, SUM = 20, IDX_FIXED = 8 + 1024 };

static char dir[64];

/* A file in the fuzzer's folder; one path at a time. */
static const char *in_dir(const char *name)
{
	static char path[128];

	snprintf(path, sizeof path, "%s/%s", dir, name);
	return path;
}

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "fuzz_pack: %s\n", what);
	abort();
}

static void remove_dir(void)
{
	char cmd[128];

	snprintf(cmd, sizeof cmd, "rm -rf '%s'", dir);
	must(system(cmd) == 0, "cannot remove the folder");
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	snprintf(dir, sizeof dir, "%s/gavel-fuzz-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : P_tmpdir);
	must(mkdtemp(dir) != NULL && mkdir(in_dir("pack"), 0700) == 0 && mkdir(in_dir("ab"), 0700) == 0, "no folder");
	atexit(remove_dir);
	return 0;
}

static void write_file(const char *name, const void *p, size_t n)
{
	const char *path = in_dir(name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	must(fd >= 0 && gv_write_all(fd, p, n, path, NULL) == 0 && close(fd) == 0, "cannot write");
}

/* Read an id in a fresh store: whatever comes is a whole object or an error with a reason. */
static void read_id(const struct gv_oid *oid, struct gv_odb *o)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_err err = { 0 };
	int rc;

	obj.own.max = GV_MIB;
	rc = gv_odb_read(o, oid, 0, &obj, &err);
	must(rc == err.code, "another code than the error's");
	must(!rc || err.msg[0], "an error without words");
	must(rc || obj.data.p, "an object without data");
	if (!rc) {
		struct gv_oid hash; /* touches every byte */

		gv_oid_of(&hash, "blob", obj.data);
	}
	gv_object_free(&obj);
}

static void fuzz_delta(struct gv_str in)
{
	size_t n = in.n ? (unsigned char)in.p[0] : 0, base_size, size;
	struct gv_str base, delta;
	unsigned char *out;

	if (in.n < 1 + n)
		return;
	base = (struct gv_str){ in.p + 1, n };
	delta = (struct gv_str){ in.p + 1 + n, in.n - 1 - n };
	if (!gv_delta_sizes(delta, &base_size, &size) || size > GV_MIB)
		return;
	out = malloc(size + 1);
	must(out != NULL, "no memory");
	out[size] = 0xA5;
	gv_delta_apply(base, delta, out);
	must(out[size] == 0xA5, "written beyond the end");
	free(out);
}

static void fuzz_loose(struct gv_str in)
{
	struct gv_odb *o = NULL;
	struct gv_oid oid;

	memset(oid.b, 0xAB, sizeof oid.b);
	write_file("ab/ababababababababababababababababababab", in.p, in.n);
	must(gv_odb_open(&o, dir, NULL) == 0, "cannot open the folder");
	read_id(&oid, o);
	gv_odb_close(o);
	unlink(in_dir("ab/ababababababababababababababababababab"));
}

static void read_pack(size_t ids)
{
	struct gv_odb *o = NULL;
	struct gv_oid oid;

	must(gv_odb_open(&o, dir, NULL) == 0, "cannot open the folder");
	for (size_t i = 0; i < ids; i++) {
		memset(oid.b, (int)(i + 1), sizeof oid.b);
		read_id(&oid, o);
	}
	gv_odb_prefix(o, GV_STR("0101"), &oid, 1);
	gv_odb_close(o);
}

static void fuzz_index(struct gv_str in)
{
	size_t n = in.n >= 2 ? (size_t)((unsigned char)in.p[0] << 8 | (unsigned char)in.p[1]) : 0;
	char *idx;

	if (in.n < 2 + n + SUM || n < 2 * SUM)
		return;
	idx = malloc(n);
	must(idx != NULL, "no memory");
	memcpy(idx, in.p + 2, n);
	memcpy(idx + n - 2 * SUM, in.p + in.n - SUM, SUM);
	write_file("pack/pack-f.idx", idx, n);
	write_file("pack/pack-f.pack", in.p + 2 + n, in.n - 2 - n);
	free(idx);
	read_pack(4);
}

static void put32(unsigned char *p, size_t v)
{
	for (int i = 3; i >= 0; i--, v >>= 8)
		p[i] = (unsigned char)v;
}

static void fuzz_entries(struct gv_str in)
{
	size_t n = in.n ? (unsigned char)in.p[0] % (IDS_MAX + 1) : 0, body;
	unsigned char idx[IDX_FIXED + IDS_MAX * 28 + 2 * SUM] = "\377tOc\0\0\0\2", *pack;

	if (in.n < 1 + 2 * n)
		return;
	body = in.n - 1 - 2 * n;
	pack = calloc(1, HEAD + body + SUM);
	must(pack != NULL, "no memory");
	memcpy(pack, "PACK\0\0\0\2", 8);
	put32(pack + 8, n);
	memcpy(pack + HEAD, in.p + 1 + 2 * n, body);
	for (size_t i = 0; i < 256; i++)
		put32(idx + 8 + 4 * i, i < n ? i : n);
	for (size_t i = 0; i < n; i++) { /* ids 0101..., 0202... */
		memset(idx + IDX_FIXED + SUM * i, (int)(i + 1), SUM);
		put32(idx + IDX_FIXED + 24 * n + 4 * i,
		      (size_t)((unsigned char)in.p[1 + 2 * i] << 8 | (unsigned char)in.p[2 + 2 * i]));
	}
	write_file("pack/pack-f.idx", idx, IDX_FIXED + 28 * n + 2 * SUM);
	write_file("pack/pack-f.pack", pack, HEAD + body + SUM);
	free(pack);
	read_pack(n);
}

static void fuzz_tree(struct gv_str in)
{
	struct gv_tree_entry e = { 0 }, before;
	struct gv_err err = { 0 };
	size_t pos = 0;

	for (;;) {
		before = e;
		if (gv_tree_next(in, &pos, &e, &err) || !e.name.p)
			break;
		must(e.name.n && e.name.p >= in.p && e.name.p + e.name.n + 21 == in.p + pos, "a name out of place");
		must(!before.name.p || gv_tree_order(before.name, before.mode == GV_MODE_TREE, e.name,
		                                     e.mode == GV_MODE_TREE) < 0, "out of order");
	}
}

static void fuzz_commit(struct gv_str in)
{
	struct gv_oid id = { { 1 } };
	struct gv_err err = { 0 };
	struct gv_commit c;

	if (gv_commit_parse(&c, &id, in, &err) == 0) {
		const struct gv_str slices[] = { c.author, c.email, c.committer, c.subject, c.body, gv_commit_trailer(&c, "Gavel-Reason") };

		for (size_t i = 0; i < sizeof slices / sizeof slices[0]; i++)
			must(!slices[i].n || (slices[i].p >= in.p && slices[i].p + slices[i].n <= in.p + in.n), "a slice out of place");
	}
}

static int check_item(void *ctx, const struct gv_gitconf_item *item)
{
	(void)ctx;
	must(item->key && *item->key, "a key without a name");
	return 0;
}

static void fuzz_refs(struct gv_str in)
{
	struct gv_oid oid;
	struct gv_err err = { 0 };

	write_file("packed-refs", in.p, in.n);
	gv_gitref_read(dir, "refs/heads/main", &oid, &err);
	write_file("HEAD", in.p, in.n);
	gv_gitref_read(dir, "HEAD", &oid, &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gv_str in = { (const char *)data + 1, size - 1 };
	char *own;

	if (size < 2)
		return 0;
	own = malloc(in.n); /* so that a sanitizer sees both ends */
	must(own != NULL, "no memory");
	memcpy(own, in.p, in.n);
	in.p = own;
	switch (data[0]) {
	case 'D': fuzz_delta(in); break;
	case 'L': fuzz_loose(in); break;
	case 'I': fuzz_index(in); break;
	case 'P': fuzz_entries(in); break;
	case 'T': fuzz_tree(in); break;
	case 'C': fuzz_commit(in); break;
	case 'G': gv_gitconf_parse(in, check_item, NULL, NULL); break;
	case 'R': fuzz_refs(in); break;
	default: break;
	}
	free(own);
	return 0;
}
