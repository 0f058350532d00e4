/* SPDX-License-Identifier: MIT */
/* objw_impl: what objw.c, objw_pack.c and objw_loose.c share.  Not for anybody else. */
#ifndef GAVEL_OBJW_IMPL_H
#define GAVEL_OBJW_IMPL_H

#include <sys/types.h>

#include "objw.h"

enum {
	GV_OBJW_ROOM = 1 << 20,       /* bytes of pack stream kept in memory */
	GV_PACK_HEADER = 12,
	GV_STORED_MAX = 65535         /* bytes of one stored block */
};
#define GV_TMP_PACK  "tmp_gavel_"
#define GV_TMP_LOOSE "tmp_obj_gavel_"  /* git prune knows tmp_obj_* */
#define GV_KEEP      "gavel: main is about to lead to this pack\n"

struct gv_objw_entry {
	struct gv_oid oid;
	uint32_t crc;     /* of the entry's bytes in the pack */
	uint64_t offset;  /* in the pack stream */
};

/* The batch is a pack stream from the first object on; whether it becomes a pack or loose
 * files shows later. */
struct gv_objw {
	char *dir;                      /* objects/ */
	mode_t dir_mode;                /* its mode decides those of files and folders in it */
	struct gv_objw_entry *entries;  /* offsets ascend */
	size_t n, room;
	uint32_t *slots;                /* open addressing: index + 1, 0 = free */
	size_t nslots;                  /* a power of two */
	unsigned char *buf;             /* the end of the stream: GV_OBJW_ROOM bytes */
	size_t fill;
	uint64_t flushed;               /* bytes of the stream before buf */
	uint64_t started;               /* write-back was started up to here */
	int fd;                         /* the temporary pack, -1 while everything is in buf */
	char *tmp;                      /* its path */
	struct gv_buf keeps;            /* paths of .keep files of packs just published, each with its NUL */
	bool broken;                    /* a write failed */
};

static inline uint64_t gv_objw_end(const struct gv_objw *w)
{
	return w->flushed + w->fill;
}

/* 0444 as far as the folder lets others in: both umask at init time and core.sharedRepository. */
static inline mode_t gv_objw_file_mode(const struct gv_objw *w)
{
	return 0400 | (w->dir_mode & 0044);
}

static inline void gv_put_be32(unsigned char *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (unsigned char)(v >> (24 - 8 * i));
}

/* What stands before `part` bytes of a stored block of a zlib stream; after the last one comes the
 * Adler-32. */
static inline void gv_stored_head(unsigned char h[5], size_t part, bool last)
{
	h[0] = last;
	h[1] = (unsigned char)part;
	h[2] = (unsigned char)(part >> 8);
	h[3] = (unsigned char)~h[1];
	h[4] = (unsigned char)~h[2];
}

/* objw.c */
extern const char *const gv_objw_types[];  /* by enum gv_otype */

/* objw_pack.c */
int gv_objw_pack_open(struct gv_objw *w, struct gv_err *err);
int gv_objw_flush(struct gv_objw *w, struct gv_err *err);
int gv_objw_pack_finish(struct gv_objw *w, struct gv_buf *pack_path, struct gv_err *err);
void gv_objw_drop_keeps(struct gv_objw *w);

/* objw_loose.c */
int gv_objw_loose_finish(struct gv_objw *w, struct gv_err *err);

#endif
