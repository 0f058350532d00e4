/* SPDX-License-Identifier: MIT */
/*
 * odb_impl: the inside of odb: mapped packs, loose files, the cache of delta bases.
 * Everything read from disk is hostile until checked; an error names the file.
 */
#ifndef GAVEL_ODB_IMPL_H
#define GAVEL_ODB_IMPL_H

#include <libdeflate.h>

#include "i18n.h"
#include "odb.h"

enum {
	GV_ODB_FOLDERS_MAX = 64,     /* objects/ folders: own, quarantine, alternates */
	GV_ODB_ALTERNATES_DEPTH = 5, /* as git */
	GV_ODB_CHAIN_MAX = 4095      /* deltas on deltas; git writes no more */
};

/* deflate cannot do better than this, so a size beyond it is a lie told before memory is taken. */
#define GV_DEFLATE_RATIO_MAX 1032

/* ---- packs ---- */

struct gv_pack {
	struct gv_pack *next;
	char *path;                    /* without ".pack" or ".idx" */
	size_t folder;
	int64_t idx_size, mtime;       /* for the order of opening */
	bool listed;                   /* still in its folder when that was last read */
	bool deltas;                   /* one was met: worth caching what is read from here */
	const unsigned char *idx, *data;
	size_t idx_n, data_n;          /* data_n counts the trailer too */
	uint32_t count;
	const unsigned char *ids, *offsets, *far_offsets;  /* tables within idx */
	size_t nfar;
	struct gv_pack_file *file;     /* NULL: not needed yet */
};

/* Map and check both files.  GV_ENOTFOUND if one is gone, GV_EINTEGRITY, GV_EIO. */
int gv_pack_open(struct gv_pack *p, struct gv_err *err);
void gv_pack_close(struct gv_pack *p);  /* unmaps; one that is part of something else */
void gv_pack_free(struct gv_pack *p);

/* First position whose id is not below `key` (20 bytes), count at the end. */
uint32_t gv_pack_lower_bound(const struct gv_pack *p, const unsigned char *key);
bool gv_pack_find(const struct gv_pack *p, const struct gv_oid *oid, uint32_t *pos);
static inline const unsigned char *gv_pack_id(const struct gv_pack *p, uint32_t pos)
{
	return p->ids + (size_t)pos * sizeof(struct gv_oid);
}

/* The object at position `pos` of the index. */
int gv_pack_read(struct gv_odb *o, struct gv_pack *p, uint32_t pos, struct gv_object *obj,
                 struct gv_err *err);

/* The index will soon be asked for this id; for the offset at this position. */
void gv_pack_soon_id(const struct gv_pack *p, const struct gv_oid *oid);
void gv_pack_soon(const struct gv_pack *p, uint32_t pos);

/* Where the object at `pos` of the index is in the pack; false if the index is broken. */
bool gv_pack_offset(const struct gv_pack *p, uint32_t pos, uint64_t *out);
/* odb_walk.c: the object at `offset` of a large pack, in obj->own, if it is short, one stored block, and among the first
 * to be asked for in its part of the pack; false = look at the mapping. */
bool gv_pack_first_look(struct gv_odb *o, struct gv_pack *p, uint64_t offset, struct gv_object *obj);
void gv_pack_file_free(struct gv_pack_file *f);
/* What an entry at the head of these bytes holds, in place, if it is whole and one stored block. */
bool gv_entry_stored(struct gv_str bytes, enum gv_otype *type, struct gv_str *data);

/* Where the entry stands in the pack; false if it is none, or not stored as our writer does it: whole
 * and in blocks that were not compressed. */
bool gv_pack_is_stored(const struct gv_pack *p, uint32_t pos, uint64_t *offset);

/* ---- deltas ---- */

/* Sizes at the head of a delta; false if it is cut short or they do not fit into a size_t. */
bool gv_delta_sizes(struct gv_str delta, size_t *base, size_t *result);
/* Rebuild into `out`, which has room for exactly the result size.  False if it is broken. */
bool gv_delta_apply(struct gv_str base, struct gv_str delta, unsigned char *out);

/* ---- the cache of bases ---- */

struct gv_base {
	struct gv_base *chain;         /* same hash slot */
	struct gv_base *newer, *older; /* by use */
	const struct gv_pack *pack;
	uint64_t offset;
	enum gv_otype type;
	size_t n;
	unsigned char data[];
};

struct gv_bases {
	struct gv_base **slots;        /* power of two many, NULL until the first insert */
	struct gv_base *newest, *oldest;
	size_t count, bytes;
};

/* Outside of the cache until it is kept; NULL when memory is short. */
struct gv_base *gv_base_new(enum gv_otype type, size_t n);
struct gv_base *gv_bases_find(struct gv_bases *c, const struct gv_pack *p, uint64_t offset);
/* Takes `b` over: keeps it, or frees it when it is too big or memory is short.  May drop others. */
void gv_bases_keep(struct gv_bases *c, struct gv_base *b, const struct gv_pack *p, uint64_t offset);
void gv_bases_free(struct gv_bases *c);

/* ---- loose files ---- */

/* The ids (20 bytes each, sorted) of one of the 256 fan-out folders, read once. */
struct gv_loose_list {
	struct gv_buf ids;
	bool read;
};

struct gv_folder {
	char *path;                    /* objects/ */
	uint64_t dev, ino;             /* so that no folder is taken twice */
	struct gv_loose_list *loose;   /* 256, NULL until asked */
};

/* A loose tree that was read lately: those at the top are asked for with every record. */
struct gv_recent {
	struct gv_oid oid;
	struct gv_buf data;            /* p NULL: none yet */
};
enum { GV_RECENT = 16, GV_RECENT_BYTES = 1 << 16 };

/* GV_ENOTFOUND, and err as it was, if there is no such file. */
int gv_loose_read(struct gv_odb *o, const struct gv_folder *f, const struct gv_oid *oid,
                  struct gv_object *obj, struct gv_err *err);
bool gv_recent_read(struct gv_odb *o, const struct gv_oid *oid, struct gv_object *obj);
void gv_recent_keep(struct gv_odb *o, const struct gv_oid *oid, const struct gv_object *obj);
/* From the list, which may be behind; a hit is confirmed on disk. */
bool gv_loose_has(struct gv_folder *f, const struct gv_oid *oid);
/* The list of the fan-out folder `first`; NULL when memory is short. */
const struct gv_buf *gv_loose_list(struct gv_folder *f, unsigned char first);
void gv_loose_forget(struct gv_folder *f);
/* "TYPE SIZE\0" and data, inflated: splits them.  False if it is not that. */
bool gv_loose_split(struct gv_str all, enum gv_otype *type, struct gv_str *data);

/* ---- inflating ---- */

/* Exactly `size` bytes from a zlib stream at the head of `in` (more may follow it). */
bool gv_inflate(struct gv_odb *o, struct gv_str in, void *out, size_t size);
/* A zlib stream that is one stored block of `size` bytes: the block itself; p NULL if it is not. */
struct gv_str gv_inflate_stored(struct gv_str in, size_t size);

/* ---- the whole ---- */

struct gv_odb {
	struct gv_folder folders[GV_ODB_FOLDERS_MAX];
	size_t nfolders;
	bool scanned;                  /* the pack folders were read */
	size_t nfiles;                 /* packs that have one open beside their mapping */
	bool partial;                  /* a pack came from a partial clone */
	struct gv_pack *open;          /* mapped, last used first */
	struct gv_pack *closed;        /* known, not opened yet, in the order to open them */
	struct gv_err trouble;         /* why a pack was not opened: why an object may be missing */
	struct gv_bases bases;
	struct gv_buf delta, in;       /* scratch: an inflated delta, a loose file */
	struct libdeflate_decompressor *inflater;
	struct gv_recent recent[GV_RECENT];
	size_t next_recent;            /* the one to be replaced */
	struct gv_lately *lately;      /* by their first bits: found right lately; NULL = all are trusted */
};

/* An object whose hash was right; data p NULL if it had to be inflated and is not here any more. */
struct gv_lately {
	struct gv_oid oid;
	enum gv_otype type;
	struct gv_str data;
};
enum { GV_ODB_LATELY = 1 << 12 };

/* odb_folders.c: the folders of `dir`, the quarantine's, and all alternates. */
int gv_odb_folders(struct gv_odb *o, const char *dir, struct gv_err *err);
/* Read the pack folders (anew): what is new goes to `closed`. */
int gv_odb_scan_packs(struct gv_odb *o, struct gv_err *err);

/* Among the packs that are mapped; NULL if none has it. */
struct gv_pack *gv_odb_find_open(struct gv_odb *o, const struct gv_oid *oid, uint32_t *pos);

const char *gv_otype_name(enum gv_otype t);
int gv_odb_broken(struct gv_err *err, const char *thing, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
