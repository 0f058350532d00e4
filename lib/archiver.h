/* SPDX-License-Identifier: MIT */
/*
 * archiver: reading archives that others made and writing our own, through the helper gavel-archive.
 *
 * Read are tar (ustar, pax, GNU), also packed with zstd, gzip, xz or bzip2; zip; cpio.  The helper
 * sees the archive in a sandbox, with a limit of CPU time and memory.  What it answers is not
 * trusted either: names, sizes and counts are judged here (entryname.h, the limits below).
 */
#ifndef GAVEL_ARCHIVER_H
#define GAVEL_ARCHIVER_H

#include "frames.h"

/* 0 anywhere means the default. */
struct gv_archive_limits {
	uint64_t bytes;        /* of all files together, unpacked: 4 GiB */
	uint64_t file_bytes;   /* of one file: 1 GiB */
	uint64_t entries;      /* 1,000,000 */
	uint64_t ratio;        /* unpacked to packed, from 16 MiB on: 200 */
	unsigned seconds;      /* of CPU time, and as long without a sign of life: 120 */
};

struct gv_archive_entry {
	struct gv_str raw;         /* the name as it was found, UTF-8; for messages: may hold anything */
	struct gv_str path;        /* the name to use (entryname.h); p NULL if the entry is refused */
	const char *type;          /* "file", "folder", "symlink" ... */
	const char *charset;       /* NULL, or "GB18030" if the name was converted */
	int64_t bytes;             /* -1: not known before it was read */
	struct gv_err refused;     /* why, if path is NULL */
};

struct gv_archive;

/* `fd` stays the caller's; what is no file is copied into a temporary one first.  `name` for messages. */
int gv_archive_open(struct gv_archive **out, int fd, const char *name, const struct gv_archive_limits *limits,
                    struct gv_err *err);
/*
 * The next entry; *end = true behind the last one, and only if the archive was whole.  What was not
 * read of the one before is passed over.  A refused entry (its name, a link, a device, a second one
 * of the same name) is the caller's to report; GV_EDATA: the archive cannot be read on, or a limit
 * is passed.  e is borrowed until the next call.
 */
int gv_archive_next(struct gv_archive *a, struct gv_archive_entry *e, bool *end, struct gv_err *err);
/* Bytes of the entry, n 0 at its end; borrowed until the next call. */
int gv_archive_read(struct gv_archive *a, struct gv_str *bytes, struct gv_err *err);
/* All of the entry, appended to `out`; more than its maximum is GV_EDATA. */
int gv_archive_read_all(struct gv_archive *a, struct gv_buf *out, struct gv_err *err);
/* A descriptor of the archive itself, or of the copy of what was no file, to open it once more;
 * borrowed. */
int gv_archive_fd(const struct gv_archive *a);
void gv_archive_close(struct gv_archive *a);

/* ---- writing a tar.zst ---- */

struct gv_archive_out;

/* To a descriptor, which stays the caller's.  Every file gets the time `when` (seconds). */
int gv_archive_create(struct gv_archive_out **out, int fd, int64_t when, struct gv_err *err);
/* One file: its name, its size, then exactly that many bytes in any number of calls. */
int gv_archive_put(struct gv_archive_out *a, struct gv_str path, uint64_t bytes, struct gv_err *err);
int gv_archive_add(struct gv_archive_out *a, struct gv_str bytes, struct gv_err *err);
/* Waits until all is written. */
int gv_archive_finish(struct gv_archive_out *a, struct gv_err *err);
void gv_archive_drop(struct gv_archive_out *a);  /* frees; what was not finished is incomplete */

#endif
