/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archiver_impl.h"
#include "entryname.h"
#include "i18n.h"

enum { MEMORY_MIB = 768, RATIO_FROM = 16 << 20 };

struct gv_archive {
	struct gv_archive_child child;
	struct gv_archive_limits limits;
	struct gv_frames *frames;
	struct gv_frame frame;         /* the one that was read last */
	bool ahead;                    /* it belongs to the next call */
	char name[256];
	int copy;                      /* of what was no file; -1 */
	int fd;                        /* that copy, or what was given */
	uint64_t packed, bytes, file_bytes, entries;
	struct gv_entrynames names;
	struct gv_buf path;
};

/* ---- what the helper sends ---- */

static int from_child(void *ctx, char *p, size_t room, size_t *n, struct gv_err *err)
{
	struct gv_archive *a = ctx;
	struct pollfd fd = { .fd = a->child.out, .events = POLLIN };
	ssize_t got = -1;

	for (;;) {
		/* Twice its CPU time: on a busy machine it may wait for its turn. */
		int ready = poll(&fd, 1, (int)a->limits.seconds * 2000);

		if (ready == 0) {
			gv_archive_end(&a->child);
			return gv_fail(err, GV_EDATA, "%s",
			               _("reading it takes too long: raise --max-seconds if it may"));
		}
		if (ready > 0)
			got = read(a->child.out, p, room);
		if (got >= 0)
			break;
		if (errno != EINTR)
			return gv_fail_sys(err, a->name, "%s", _("cannot read"));
	}
	*n = (size_t)got;
	if (got)
		return 0;
	return gv_archive_reap(&a->child, err); /* if it ended well, the frames are cut: frames.c says so */
}

static int next_frame(struct gv_archive *a, struct gv_err *err)
{
	int rc;

	if (a->ahead) {
		a->ahead = false;
		return 0;
	}
	rc = gv_frames_next(a->frames, &a->frame, err);
	if (!rc && a->frame.kind == GV_FRAME_ERROR) {
		char why[512];

		snprintf(why, sizeof why, "%.*s", (int)a->frame.why.n, a->frame.why.p);
		if (a->frame.said.n)
			rc = gv_fail(err, GV_EDATA, "%s: %.*s", *why ? gv_tr(why) : why, (int)a->frame.said.n,
			             a->frame.said.p);
		else
			rc = gv_fail(err, GV_EDATA, "%s", *why ? gv_tr(why) : why);
	}
	return rc;
}

/* ---- limits ---- */

static void set_limits(struct gv_archive *a, const struct gv_archive_limits *given)
{
	struct gv_archive_limits *l = &a->limits;

	if (given)
		*l = *given;
	if (!l->bytes)
		l->bytes = UINT64_C(4) << 30;
	if (!l->file_bytes)
		l->file_bytes = UINT64_C(1) << 30;
	if (!l->entries)
		l->entries = 1000000;
	if (!l->ratio)
		l->ratio = 200;
	if (!l->seconds)
		l->seconds = 120;
}

static int too_long(const struct gv_archive *a, struct gv_err *err)
{
	return gv_fail(err, GV_EDATA, _("%s is longer than %llu bytes: raise --max-file if it may be"),
	               a->path.n ? a->path.p : "?", (unsigned long long)a->limits.file_bytes);
}

static int count_bytes(struct gv_archive *a, size_t n, struct gv_err *err)
{
	const struct gv_archive_limits *l = &a->limits;

	a->bytes += n;
	a->file_bytes += n;
	if (a->file_bytes > l->file_bytes)
		return too_long(a, err);
	if (a->bytes > l->bytes)
		return gv_fail(err, GV_EDATA, _("unpacked it has more than %llu bytes: raise --max-bytes if it may"),
		               (unsigned long long)l->bytes);
	if (a->bytes > RATIO_FROM && a->bytes / l->ratio > a->packed)
		return gv_fail(err, GV_EDATA,
		               _("unpacked it is more than %llu times as long: raise --max-ratio if it may be"),
		               (unsigned long long)l->ratio);
	return 0;
}

/* ---- opening ---- */

/* A pipe has no size to look at and cannot be mapped. */
static int copy_pipe(struct gv_archive *a, int fd, struct gv_err *err)
{
	const char *dir = getenv("TMPDIR");
	char chunk[65536];
	ssize_t n;

	a->copy = open(dir && *dir ? dir : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (a->copy < 0)
		return gv_fail_sys(err, dir && *dir ? dir : "/tmp", "%s", _("cannot make a temporary file"));
	while ((n = read(fd, chunk, sizeof chunk)) != 0) {
		int rc;

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return gv_fail_sys(err, a->name, "%s", _("cannot read"));
		a->packed += (uint64_t)n;
		if (a->packed > a->limits.bytes)
			return gv_fail(err, GV_EDATA,
			               _("unpacked it has more than %llu bytes: raise --max-bytes if it may"),
			               (unsigned long long)a->limits.bytes);
		rc = gv_write_all(a->copy, chunk, (size_t)n, "tmp", err);
		if (rc)
			return rc;
	}
	return 0;
}

static int take_file(struct gv_archive *a, int *fd, struct gv_err *err)
{
	struct stat st;

	if (fstat(*fd, &st) != 0)
		return gv_fail_sys(err, a->name, "%s", _("cannot read"));
	if (S_ISREG(st.st_mode)) {
		a->packed = (uint64_t)st.st_size;
		return 0;
	}
	if (S_ISDIR(st.st_mode))
		return gv_fail(err, GV_EDATA, "%s", _("is a folder"));
	*fd = a->copy;
	return 0;
}

int gv_archive_open(struct gv_archive **out, int fd, const char *name, const struct gv_archive_limits *limits,
                    struct gv_err *err)
{
	struct gv_archive *a = calloc(1, sizeof *a);
	char seconds[24], mib[24];
	const char *const args[] = { "read", seconds, mib, NULL };
	struct stat st;
	int rc;

	*out = NULL;
	if (!a)
		return gv_fail_nomem(err);
	a->child = (struct gv_archive_child){ .in = -1, .out = -1, .said = -1 };
	a->copy = -1;
	gv_buf_init(&a->path, 8 * GV_ENTRY_NAME_MAX);
	snprintf(a->name, sizeof a->name, "%s", name);
	set_limits(a, limits);
	snprintf(seconds, sizeof seconds, "%u", a->limits.seconds);
	snprintf(mib, sizeof mib, "%d", MEMORY_MIB);
	rc = fstat(fd, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode) ? copy_pipe(a, fd, err) : 0;
	if (!rc)
		rc = take_file(a, &fd, err);
	if (!rc)
		rc = gv_frames_open(&a->frames, from_child, a, err);
	a->fd = fd;
	if (!rc)
		rc = gv_archive_spawn(&a->child, args, fd, -1, err);
	if (rc) {
		gv_err_thing(err, name, strlen(name));
		gv_archive_close(a);
		a = NULL;
	}
	*out = a;
	return rc;
}

int gv_archive_fd(const struct gv_archive *a)
{
	return a->fd;
}

void gv_archive_close(struct gv_archive *a)
{
	if (!a)
		return;
	gv_archive_end(&a->child);
	gv_frames_close(a->frames);
	gv_entrynames_free(&a->names);
	gv_buf_free(&a->path);
	if (a->copy >= 0)
		close(a->copy);
	free(a);
}

/* ---- entries ---- */

static int judge(struct gv_archive *a, struct gv_archive_entry *e, struct gv_err *err)
{
	bool is_folder = strcmp(e->type, "folder") == 0;
	int rc;

	if (e->charset && strcmp(e->charset, "?") == 0)
		return gv_fail(err, GV_EDATA, "%s", _("the name is not UTF-8, or holds a NUL"));
	rc = gv_entryname(e->raw, &a->path, err);
	if (!rc && !is_folder && strcmp(e->type, "file") != 0)
		rc = gv_fail(err, GV_EDATA, _("it is no file and no folder: %s"), e->type);
	if (!rc && !is_folder && !a->path.n)
		rc = gv_fail(err, GV_EDATA, "%s", _("the name leads to another folder (. or ..)"));
	if (!rc && a->path.n)
		rc = gv_entrynames_add(&a->names, gv_buf_str(&a->path), is_folder, err);
	return rc;
}

static int take_entry(struct gv_archive *a, struct gv_archive_entry *e, struct gv_err *err)
{
	const struct gv_frame_entry *f = &a->frame.entry;
	int rc;

	*e = (struct gv_archive_entry){ .raw = f->path, .type = f->type, .charset = f->charset, .bytes = f->bytes };
	gv_buf_reset(&a->path);
	a->file_bytes = 0;
	if (++a->entries > a->limits.entries)
		return gv_fail(err, GV_EDATA, _("it has more than %llu entries: raise --max-entries if it may"),
		               (unsigned long long)a->limits.entries);
	rc = judge(a, e, &e->refused);
	if (!rc && f->bytes >= 0 && (uint64_t)f->bytes > a->limits.file_bytes)
		return too_long(a, err);
	if (rc == GV_EDATA)
		return 0;
	if (rc && err)
		*err = e->refused;
	if (!rc)
		e->path = gv_buf_str(&a->path);
	return rc;
}

static int name_it(const struct gv_archive *a, int rc, struct gv_err *err)
{
	if (rc)
		gv_err_thing(err, a->name, strlen(a->name));
	return rc;
}

int gv_archive_next(struct gv_archive *a, struct gv_archive_entry *e, bool *end, struct gv_err *err)
{
	struct gv_str rest;
	int rc;

	*end = false;
	do {
		rc = gv_archive_read(a, &rest, err);
	} while (!rc && rest.n);
	if (!rc)
		rc = next_frame(a, err);
	if (rc)
		return name_it(a, rc, err);
	if (a->frame.kind == GV_FRAME_END) {
		*end = true;
		a->ahead = true;
		return name_it(a, gv_archive_reap(&a->child, err), err);
	}
	if (a->frame.kind != GV_FRAME_ENTRY)
		return name_it(a, gv_fail(err, GV_EDATA, "%s", _("the stream of files is cut, or is none")), err);
	return name_it(a, take_entry(a, e, err), err);
}

int gv_archive_read(struct gv_archive *a, struct gv_str *bytes, struct gv_err *err)
{
	int rc;

	*bytes = (struct gv_str){ 0 };
	if (!a->entries && !a->ahead) /* the first frame is an entry, if there is any */
		return 0;
	rc = next_frame(a, err);
	if (rc)
		return name_it(a, rc, err);
	if (a->frame.kind != GV_FRAME_DATA) {
		a->ahead = true;
		return 0;
	}
	*bytes = a->frame.data;
	return name_it(a, count_bytes(a, bytes->n, err), err);
}

int gv_archive_read_all(struct gv_archive *a, struct gv_buf *out, struct gv_err *err)
{
	struct gv_str bytes;
	int rc;

	do {
		rc = gv_archive_read(a, &bytes, err);
		if (!rc)
			gv_buf_addstr(out, bytes);
	} while (!rc && bytes.n && !out->failed);
	return rc ? rc : name_it(a, gv_buf_check(out, err), err);
}
