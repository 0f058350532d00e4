/* SPDX-License-Identifier: MIT */
/*
 * swap: files of a docket whose bytes change from input to input, while trees and ids stay: nothing is hashed where nobody
 * distrusts the disk.  Tens of thousands of commits would fill it.
 */
#ifndef GAVEL_FUZZ_SWAP_H
#define GAVEL_FUZZ_SWAP_H

#include <fcntl.h>
#include <libdeflate.h>

#include "docket.h"

enum { SWAP_MAX = 65536 };

struct swap { char path[PATH_MAX]; };  /* of a loose object, absolute */

static inline void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "%s\n", what);
	abort();
}

/* In the docket's folder, as swap_docket() found it. */
static inline void swap_of(struct swap *s, const char *file)
{
	const char *hex = sh_out("git -C r rev-parse 'main:%s'", file);

	must(strlen(hex) == 40, "no such file");
	snprintf(s->path, sizeof s->path, "%s/r/objects/%.2s/%s", repo_dir, hex, hex + 2);
	must(access(s->path, R_OK) == 0, "no loose object");
}

/* Its blob is this text from now on. */
static inline void swap_in(const struct swap *s, struct gv_str text)
{
	static struct libdeflate_compressor *deflate;
	static char plain[SWAP_MAX + 32], packed[SWAP_MAX + 4096];
	int head = snprintf(plain, sizeof plain, "blob %zu", text.n) + 1, fd;
	size_t n;

	must(text.n <= SWAP_MAX, "too long");
	if (!deflate)
		deflate = libdeflate_alloc_compressor(0);
	if (text.n)
		memcpy(plain + head, text.p, text.n);
	n = libdeflate_zlib_compress(deflate, plain, (size_t)head + text.n, packed, sizeof packed);
	fd = open(s->path, O_WRONLY | O_TRUNC | O_CLOEXEC);
	must(n && fd >= 0 && write(fd, packed, n) == (ssize_t)n && close(fd) == 0, "not written");
}

/* A docket of one commit; the current folder is its own until swap_begin(). */
static inline void swap_docket(const char *files)
{
	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 1);
	docket_new();
	must(docket_write("history", "commit refs/heads/main\ncommitter A <a@b> 1656547200 +0800\ndata 1\nx\n"
	     "M 100644 inline gavel.json\ndata <<END\n" DOCKET_CONFIG "END\n") == 0 && docket_write("files", files) == 0 &&
	     sh("git -C r update-ref -d refs/heads/main && cat history files | git -C r fast-import --quiet && "
	     "chmod -R u+w r/objects") == 0, "no docket");
}

/* Opened; back to the folder where we were. */
static inline struct gv_store *swap_begin(const char *here)
{
	struct gv_err err = { 0 };
	struct gv_store *store = NULL;

	must(gv_store_open(&store, "r", &err) == 0, err.msg);
	must(chdir(here) == 0, "no folder");
	atexit(repo_done);
	return store;
}

/* The text up to a mark (which stays) and what follows; all of it if there is none. */
static inline struct gv_str swap_split(struct gv_str *rest, const char *mark)
{
	const char *at = rest->n ? memmem(rest->p, rest->n, mark, strlen(mark)) : NULL;
	struct gv_str first = { rest->p, at ? (size_t)(at - rest->p) : rest->n };

	*rest = (struct gv_str){ rest->p + first.n, rest->n - first.n };
	return first;
}

#endif
