/* SPDX-License-Identifier: MIT */
/*
 * frames: the files of an archive as a simple stream, between a command and the helper
 * gavel-archive, which holds libarchive.  For each file a line of JSON, then its bytes in pieces:
 *
 *   E {"bytes":5,"path":"a/b.txt","type":"file"}   bytes is left out where it is not known yet
 *   D 5                                            a length, that many bytes, a line end
 *   hello
 *   .                                              the end; without it the stream was cut
 *   ! {"said":"...","why":"..."}                   instead: why it cannot go on
 *
 * The reader trusts nobody: what comes from a helper that took in a hostile archive may be hostile
 * itself.
 */
#ifndef GAVEL_FRAMES_H
#define GAVEL_FRAMES_H

#include "json.h"

#define GV_FRAME_DATA_MAX ((size_t)1 << 20)
#define GV_FRAME_LINE_MAX ((size_t)1 << 19)

enum gv_frame_kind { GV_FRAME_ENTRY, GV_FRAME_DATA, GV_FRAME_END, GV_FRAME_ERROR };

struct gv_frame_entry {
	struct gv_str path;    /* UTF-8 */
	const char *type;      /* "file", "folder", else what it is: "symlink", "device" ... */
	const char *charset;   /* NULL, or what the name was converted from; "?" = it could not be */
	int64_t bytes;         /* -1 = not known */
};

struct gv_frame {
	enum gv_frame_kind kind;
	struct gv_frame_entry entry;
	struct gv_str data;          /* GV_FRAME_DATA: never empty */
	struct gv_str why, said;     /* GV_FRAME_ERROR */
};

/* Writing, appended to a buffer. */
void gv_frame_entry(struct gv_buf *out, const struct gv_frame_entry *e);
void gv_frame_data(struct gv_buf *out, struct gv_str data);
void gv_frame_end(struct gv_buf *out);
void gv_frame_error(struct gv_buf *out, const char *why, const char *said);

/* At most `room` bytes into p, how many into *n (0 = the end). */
typedef int gv_frames_source(void *ctx, char *p, size_t room, size_t *n, struct gv_err *err);

struct gv_frames;
int gv_frames_open(struct gv_frames **out, gv_frames_source *source, void *ctx, struct gv_err *err);
/* Everything in *f is borrowed until the next call.  GV_EDATA: the stream is cut or is none. */
int gv_frames_next(struct gv_frames *s, struct gv_frame *f, struct gv_err *err);
void gv_frames_close(struct gv_frames *s);

#endif
