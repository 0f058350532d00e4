/* SPDX-License-Identifier: MIT */
/* Where papers lie: in the docket's tree, or beside it. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n.h"
#include "newfile.h"
#include "objw.h"
#include "papers.h"

enum { CHUNK = 128 * 1024 };

#define BESIDE "gavel-files"

static int path_of(struct gv_buf *out, const char *folder, struct gv_str hex, struct gv_err *err)
{
	if (!gv_sha256_is_hex(hex))
		return gv_fail_field(err, GV_EDATA, "sha256", "%s", _("is no SHA-256: 64 digits 0-9 a-f"));
	gv_buf_addf(out, "%s/%.2s/%.64s", folder, hex.p, hex.p);
	return gv_buf_check(out, err);
}

static int path_beside(struct gv_buf *out, const struct gv_store *s, struct gv_str hex, struct gv_err *err)
{
	gv_buf_addf(out, "%s/", gv_store_dir(s));
	return path_of(out, BESIDE, hex, err);
}

/* ---- taking one in ---- */

struct gv_paper_in {
	struct gv_store *store;
	struct gv_sha256 sha;
	struct gv_buf small;     /* all of it, as long as it is small */
	uint64_t bytes;
	struct gv_buf temp;      /* path of the file that takes the rest */
	int fd;
};

int gv_paper_begin(struct gv_paper_in **out, struct gv_store *s, size_t limit, struct gv_err *err)
{
	struct gv_paper_in *in = calloc(1, sizeof *in);

	*out = in;
	if (!in)
		return gv_fail_nomem(err);
	in->store = s;
	in->fd = -1;
	gv_sha256_init(&in->sha);
	gv_buf_init(&in->small, limit);
	gv_buf_init(&in->temp, 8192);
	return 0;
}

void gv_paper_free(struct gv_paper_in *in)
{
	if (!in)
		return;
	if (in->fd >= 0) {
		close(in->fd);
		unlink(in->temp.p);
	}
	gv_buf_free(&in->small);
	gv_buf_free(&in->temp);
	free(in);
}

/* It is too long to stay in memory. */
static int grow_up(struct gv_paper_in *in, struct gv_err *err)
{
	int rc;

	gv_buf_addf(&in->temp, "%s/" BESIDE, gv_store_dir(in->store));
	if (!in->temp.failed && mkdir(in->temp.p, 0750) != 0 && errno != EEXIST)
		return gv_fail_sys(err, in->temp.p, "%s", _("cannot make the folder"));
	gv_buf_adds(&in->temp, "/tmp-XXXXXX");
	rc = gv_buf_check(&in->temp, err);
	if (rc)
		return rc;
	in->fd = mkostemp(in->temp.p, O_CLOEXEC);
	if (in->fd < 0)
		return gv_fail_sys(err, in->temp.p, "%s", _("cannot make a temporary file"));
	return gv_write_all(in->fd, in->small.p, in->small.n, in->temp.p, err);
}

int gv_paper_add(struct gv_paper_in *in, struct gv_str bytes, struct gv_err *err)
{
	gv_sha256_add(&in->sha, bytes.p, bytes.n);
	in->bytes += bytes.n;
	if (in->fd < 0 && in->bytes <= in->small.max) {
		gv_buf_addstr(&in->small, bytes);
		return gv_buf_check(&in->small, err);
	}
	if (in->fd < 0) {
		int rc = grow_up(in, err);

		if (rc)
			return rc;
	}
	return gv_write_all(in->fd, bytes.p, bytes.n, in->temp.p, err);
}

static int put_small(struct gv_paper_in *in, struct gv_plan *p, struct gv_str hex, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(128);
	struct gv_str there;
	struct gv_oid base;
	int rc = path_of(&path, "files", hex, err), old;

	if (!rc && gv_plan_read(p, path.p, &there, &base, NULL) == 0) { /* two cases, one paper */
		gv_buf_free(&path);
		return 0;
	}
	if (!rc) {
		old = gv_store_read(in->store, path.p, &there, &base, NULL);
		if (old && old != GV_ENOTFOUND)
			old = GV_ENOTFOUND; /* what cannot be read is put anew */
		rc = gv_plan_put_text(p, path.p, old ? NULL : &base, gv_buf_str(&in->small), err);
	}
	gv_buf_free(&path);
	return rc;
}

/* On disk before its name is. */
static int place(struct gv_paper_in *in, struct gv_str hex, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	mode_t mask = umask(0);
	int rc = path_beside(&path, in->store, hex, err);
	char *slash;

	umask(mask);
	if (!rc && (fchmod(in->fd, 0640 & ~mask) != 0 || fsync(in->fd) != 0))
		rc = gv_fail_sys(err, in->temp.p, "%s", _("cannot write"));
	if (!rc) {
		slash = strrchr(path.p, '/');
		*slash = '\0';
		if (mkdir(path.p, 0750) != 0 && errno != EEXIST)
			rc = gv_fail_sys(err, path.p, "%s", _("cannot make the folder"));
		*slash = '/';
		if (!rc && rename(in->temp.p, path.p) != 0)
			rc = gv_fail_sys(err, path.p, "%s", _("cannot write"));
		*slash = '\0';
		if (!rc) {
			close(in->fd);
			in->fd = -1;
			rc = gv_fsync_dir(AT_FDCWD, path.p, path.p, err);
		}
	}
	gv_buf_free(&path);
	return rc;
}

int gv_paper_finish(struct gv_paper_in *in, struct gv_plan *p, bool keep, char sha256[GV_HEX256 + 1], uint64_t *bytes,
                    struct gv_err *err)
{
	unsigned char hash[32];

	gv_sha256_done(&in->sha, hash);
	gv_sha256_hex(hash, sha256);
	*bytes = in->bytes;
	if (in->fd < 0)
		return put_small(in, p, gv_str_of(sha256), err);
	return keep ? place(in, gv_str_of(sha256), err) : 0;
}

/* ---- reading one ---- */

static int nowhere(struct gv_str hex, struct gv_err *err)
{
	return gv_fail(err, GV_ENOTFOUND, _("the file %.10s... is not in this docket (files/, gavel-files/)"), hex.p);
}

/* Of one beside the docket; -1 with errno. */
static int open_beside(struct gv_store *s, struct gv_str hex, struct stat *st)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	int fd = -1;

	if (path_beside(&path, s, hex, NULL) == 0)
		fd = open(path.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	else
		errno = ENAMETOOLONG;
	if (fd >= 0 && (fstat(fd, st) != 0 || !S_ISREG(st->st_mode))) {
		close(fd);
		fd = -1;
		errno = ENOENT;
	}
	gv_buf_free(&path);
	return fd;
}

/* In the tree first. */
static int find_blob(struct gv_store *s, struct gv_str hex, struct gv_str *text, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(128);
	int rc = path_of(&path, "files", hex, err);

	if (!rc)
		rc = gv_store_read(s, path.p, text, NULL, err);
	gv_buf_free(&path);
	return rc;
}

int gv_paper_size(struct gv_store *s, struct gv_str sha256, uint64_t *bytes, struct gv_err *err)
{
	struct gv_str text;
	struct stat st;
	int fd, rc = find_blob(s, sha256, &text, err);

	if (!rc)
		*bytes = text.n;
	if (rc != GV_ENOTFOUND)
		return rc;
	fd = open_beside(s, sha256, &st);
	if (fd < 0 && errno == ENOENT)
		return nowhere(sha256, err);
	if (fd < 0)
		return gv_fail_sys(err, BESIDE, "%s", _("cannot read"));
	close(fd);
	gv_err_clear(err);
	*bytes = (uint64_t)st.st_size;
	return 0;
}

static int read_beside(int fd, struct gv_sha256 *sha, int (*each)(void *ctx, struct gv_str bytes), void *ctx,
                       struct gv_err *err)
{
	char *chunk = malloc(CHUNK);
	int rc = 0;

	if (!chunk)
		return gv_fail_nomem(err);
	while (!rc) {
		ssize_t n = read(fd, chunk, CHUNK);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			rc = gv_fail_sys(err, BESIDE, "%s", _("cannot read"));
		if (n <= 0)
			break;
		gv_sha256_add(sha, chunk, (size_t)n);
		if (each)
			rc = each(ctx, (struct gv_str){ chunk, (size_t)n });
	}
	free(chunk);
	return rc;
}

int gv_paper_read(struct gv_store *s, struct gv_str sha256, int (*each)(void *ctx, struct gv_str bytes), void *ctx,
                  struct gv_err *err)
{
	unsigned char hash[32];
	char hex[GV_HEX256 + 1];
	struct gv_sha256 sha;
	struct gv_str text;
	struct stat st;
	int rc = find_blob(s, sha256, &text, err);

	gv_sha256_init(&sha);
	if (!rc) {
		gv_sha256_add(&sha, text.p, text.n);
		rc = each ? each(ctx, text) : 0;
	} else if (rc == GV_ENOTFOUND) {
		int fd = open_beside(s, sha256, &st);

		if (fd < 0)
			return errno == ENOENT ? nowhere(sha256, err)
			                       : gv_fail_sys(err, BESIDE, "%s", _("cannot read"));
		gv_err_clear(err);
		rc = read_beside(fd, &sha, each, ctx, err);
		close(fd);
	}
	if (rc)
		return rc;
	gv_sha256_done(&sha, hash);
	gv_sha256_hex(hash, hex);
	if (!gv_str_is(sha256, hex))
		return gv_fail(err, GV_EINTEGRITY, _("the file %.10s... was changed: its SHA-256 is %.10s..."),
		               sha256.p, hex);
	return 0;
}
