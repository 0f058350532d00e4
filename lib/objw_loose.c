/* SPDX-License-Identifier: MIT */
/*
 * Loose objects.  An object must be on disk before a ref leads to it, and fsync(2) of the file and
 * of its folder is the only promise that every file system gives (git's "batch" method rests on
 * how journals happen to work).  Starting all write-back first, and waiting for all at once, makes
 * the syncs about as cheap as "batch".
 */
#include <errno.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n.h"
#include "objw_impl.h"
#include "sync.h"

enum { FANOUT_TRIES = 100 };

struct loose {
	char hex[GV_HEX + 1];
	char tmp[3 + sizeof GV_TMP_LOOSE + 16];  /* "xx/tmp_obj_gavel_<16 hex>", "" = none */
	int fd;
};

struct loose_batch {
	const struct gv_objw *w;
	int dir;                       /* objects/ */
	bool new_dirs;                 /* a fan-out folder was made */
	struct loose files[GV_OBJW_LOOSE];
	size_t n;
};

static int fail_at(const struct loose_batch *b, const char *name, const char *what,
                   struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	int saved = errno, rc;

	gv_buf_addf(&path, "%s/%s", b->w->dir, name);
	errno = saved;
	rc = gv_fail_sys(err, path.p ? path.p : name, "%s", what);
	gv_buf_free(&path);
	return rc;
}

/* The fan-out folder takes the mode of objects/ itself, whatever our umask: group-writable and
 * setgid on a shared docket. */
static int make_fanout(struct loose_batch *b, const char *hex, struct gv_err *err)
{
	char name[3] = { hex[0], hex[1], '\0' };
	mode_t mode = b->w->dir_mode & 07777;

	if (mkdirat(b->dir, name, mode & 0777) && errno != EEXIST)
		return fail_at(b, name, _("cannot write"), err);
	/* EPERM: another's, just made.  ENOENT: git gc removed it again. */
	if (fchmodat(b->dir, name, mode, 0) && errno != EPERM && errno != ENOENT)
		return fail_at(b, name, _("cannot write"), err);
	b->new_dirs = true;
	return 0;
}

static int open_loose(struct loose_batch *b, struct loose *f, struct gv_err *err)
{
	uint64_t id;
	int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;

	if (getrandom(&id, sizeof id, 0) != sizeof id)
		return fail_at(b, f->hex, _("no random numbers"), err);
	snprintf(f->tmp, sizeof f->tmp, "%.2s/" GV_TMP_LOOSE "%016llx", f->hex,
	         (unsigned long long)id);
	f->fd = openat(b->dir, f->tmp, flags, 0600);
	/* `git gc` takes empty folders away: more than once if need be. */
	for (int tries = 0; f->fd < 0 && errno == ENOENT && tries < FANOUT_TRIES; tries++) {
		int rc = make_fanout(b, f->hex, err);

		if (rc) {
			f->tmp[0] = '\0';
			return rc;
		}
		f->fd = openat(b->dir, f->tmp, flags, 0600);
	}
	if (f->fd < 0) {
		int rc = fail_at(b, f->tmp, _("cannot write"), err);

		f->tmp[0] = '\0';
		return rc;
	}
	if (fchmod(f->fd, gv_objw_file_mode(b->w)))
		return fail_at(b, f->tmp, _("cannot write"), err);
	return 0;
}

/* "TYPE SIZE\0" and the data as a zlib stream of stored blocks. */
static void encode(struct gv_buf *out, struct gv_buf *raw, const struct gv_object *obj)
{
	unsigned char block[5], tail[4];
	struct gv_str rest;

	gv_buf_reset(raw);
	gv_buf_addf(raw, "%s %zu", gv_objw_types[obj->type], obj->data.n);
	gv_buf_add(raw, "", 1);
	gv_buf_addstr(raw, obj->data);
	rest = gv_buf_str(raw);
	gv_put_be32(tail, libdeflate_adler32(1, rest.p, rest.n));
	gv_buf_reset(out);
	gv_buf_add(out, "\x78\x01", 2);
	do {
		size_t part = rest.n < GV_STORED_MAX ? rest.n : GV_STORED_MAX;

		gv_stored_head(block, part, part == rest.n);
		gv_buf_add(out, block, sizeof block);
		gv_buf_add(out, rest.p, part);
		rest.p += part;
		rest.n -= part;
	} while (rest.n);
	gv_buf_add(out, tail, sizeof tail);
}

static int write_files(struct loose_batch *b, struct gv_objw *w, struct gv_err *err)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_buf raw = GV_BUF_INIT(2 * GV_MIB), out = GV_BUF_INIT(2 * GV_MIB);
	int rc = 0;

	for (size_t i = 0; i < w->n && !rc; i++) {
		struct loose *f = &b->files[i];

		gv_oid_hex(&w->entries[i].oid, f->hex);
		b->n = i + 1;
		rc = gv_objw_read(w, &w->entries[i].oid, &obj, err);
		if (!rc)
			encode(&out, &raw, &obj);
		if (!rc && (raw.failed || out.failed))
			rc = gv_fail_nomem(err);
		if (!rc)
			rc = open_loose(b, f, err);
		if (!rc && gv_write_all(f->fd, out.p, out.n, f->tmp, NULL))
			rc = fail_at(b, f->tmp, _("cannot write"), err);
		if (!rc) /* a hint only: the fsync that follows is what counts */
			sync_file_range(f->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
	}
	gv_object_free(&obj);
	gv_buf_free(&raw);
	gv_buf_free(&out);
	return rc;
}

static int place_files(struct loose_batch *b, struct gv_err *err)
{
	char final[GV_HEX + 2];
	int fds[GV_OBJW_LOOSE];
	size_t failed;

	for (size_t i = 0; i < b->n; i++)
		fds[i] = b->files[i].fd;
	failed = gv_sync_all(fds, b->n);
	if (failed < b->n)
		return fail_at(b, b->files[failed].tmp, _("cannot write to disk"), err);
	for (size_t i = 0; i < b->n; i++) {
		struct loose *f = &b->files[i];

		snprintf(final, sizeof final, "%.2s/%s", f->hex, f->hex + 2);
		if (renameat(b->dir, f->tmp, b->dir, final))
			return fail_at(b, final, _("cannot write"), err);
		f->tmp[0] = '\0';
	}
	return 0;
}

/* The fan-out folders of the batch, and objects/ itself where one of them is new. */
static int sync_dirs(struct loose_batch *b, struct gv_err *err)
{
	char names[GV_OBJW_LOOSE + 1][3];
	int fds[GV_OBJW_LOOSE + 1], rc = 0;
	bool seen[256] = { false };
	size_t n = 0, failed;

	for (size_t i = 0; i <= b->n && !rc; i++) {
		bool last = i == b->n;

		if (last ? !b->new_dirs : seen[b->w->entries[i].oid.b[0]])
			continue;
		if (!last)
			seen[b->w->entries[i].oid.b[0]] = true;
		snprintf(names[n], sizeof names[n], "%.2s", last ? "." : b->files[i].hex);
		fds[n] = openat(b->dir, names[n], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		/* A folder that `git gc` took away was empty: what we put there is in a pack. */
		if (fds[n] >= 0)
			n++;
		else if (errno != ENOENT)
			rc = fail_at(b, names[n], _("cannot write to disk"), err);
	}
	failed = rc ? n : gv_sync_all(fds, n);
	if (failed < n)
		rc = fail_at(b, names[failed], _("cannot write to disk"), err);
	while (n)
		close(fds[--n]);
	return rc;
}

int gv_objw_loose_finish(struct gv_objw *w, struct gv_err *err)
{
	struct loose_batch b = { .w = w };
	int rc;

	b.dir = open(w->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (b.dir < 0)
		return gv_fail_sys(err, w->dir, _("cannot read"));
	for (size_t i = 0; i < GV_OBJW_LOOSE; i++)
		b.files[i].fd = -1;
	rc = write_files(&b, w, err);
	if (!rc)
		rc = place_files(&b, err);
	for (size_t i = 0; i < b.n; i++) {
		if (b.files[i].fd >= 0)
			close(b.files[i].fd);
		if (b.files[i].tmp[0])
			unlinkat(b.dir, b.files[i].tmp, 0);
	}
	if (!rc)
		rc = sync_dirs(&b, err);
	close(b.dir);
	return rc;
}
