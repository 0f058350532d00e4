/* SPDX-License-Identifier: MIT */
/*
 * Reading large packs without their mapping: a first look at a mapped page may cost as much as all else that is done to a
 * record.  What is not found so as our writer stores it (whole, in one block) is read as ever.
 *
 * The first few objects in a part of the pack are read by themselves.  For many objects whose order in the
 * pack is that of asking, more or less, the pack is read piece by piece into memory that stays; a piece is as large as
 * the use that was made of the last one.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "odb_impl.h"

enum {
	SMALLEST = 4 << 10, LARGEST = 256 << 10,
	WORTH_IT = 1 << 20,   /* bytes of a pack */
	PART = 64 << 10,      /* of a pack: the system maps up to so much at the first look */
	LOOKS = 4,            /* before that is worth it (measured: 17 us against 2.5 us a read) */
	FILES_MAX = 32,       /* open at a time */
	PATIENCE = 64,        /* objects in a row that were not stored so */
	PLACES = 64
};

/* Where an object is that will be read soon. */
struct place {
	struct gv_oid oid;
	struct gv_pack *pack;        /* NULL: nothing is known */
	uint32_t pos;                /* in the index */
};

struct gv_odb_walk {
	struct gv_odb *odb;
	struct gv_pack *pack;        /* the largest that was met */
	int fd, patience;            /* fd < 0: not through windows; the pack's own */
	uint64_t start;              /* where in the pack the window begins */
	size_t n, used;              /* bytes in it; those that were of use */
	char *window;                /* LARGEST */
	struct place soon[PLACES];   /* by the last byte of the id */
};

/* ---- the file ---- */

struct gv_pack_file {
	int fd;                  /* -1: there is none */
	unsigned char looks[];   /* at each part */
};

void gv_pack_file_free(struct gv_pack_file *f)
{
	if (f && f->fd >= 0)
		close(f->fd);
	free(f);
}

/* What has the name of the pack now may not be what was mapped. */
static bool is_the_mapped(const struct gv_pack *p, int fd)
{
	unsigned char sum[sizeof(struct gv_oid)];
	struct stat st;

	return fstat(fd, &st) == 0 && (uint64_t)st.st_size == p->data_n &&
	       pread(fd, sum, sizeof sum, st.st_size - (off_t)sizeof sum) == sizeof sum &&
	       memcmp(sum, p->data + p->data_n - sizeof sum, sizeof sum) == 0;
}

static int open_file(const struct gv_pack *p)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	int fd = -1;

	gv_buf_adds(&path, p->path);
	gv_buf_adds(&path, ".pack");
	if (!path.failed)
		fd = open(path.p, O_RDONLY | O_CLOEXEC);
	gv_buf_free(&path);
	if (fd >= 0 && !is_the_mapped(p, fd)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* NULL: too many are open, or memory is short. */
static struct gv_pack_file *file_of(struct gv_odb *o, struct gv_pack *p)
{
	if (!p->file && o->nfiles < FILES_MAX) {
		p->file = calloc(1, sizeof *p->file + p->data_n / PART + 1);
		if (p->file) {
			p->file->fd = open_file(p);
			o->nfiles++;
		}
	}
	return p->file;
}

bool gv_pack_first_look(struct gv_odb *o, struct gv_pack *p, uint64_t offset, struct gv_object *obj)
{
	uint64_t end = p->data_n - sizeof(struct gv_oid), part = offset / PART;
	struct gv_pack_file *f;
	ssize_t got;

	if (p->data_n < WORTH_IT || offset >= end || obj->own.max < SMALLEST)
		return false;
	f = file_of(o, p);
	if (!f || f->fd < 0 || f->looks[part] == LOOKS)
		return false;
	f->looks[part]++;
	gv_buf_reset(&obj->own);
	if (!gv_buf_reserve(&obj->own, SMALLEST))
		return false;
	got = pread(f->fd, obj->own.p, end - offset < SMALLEST ? (size_t)(end - offset) : SMALLEST, (off_t)offset);
	if (got <= 0)
		return false;
	obj->own.n = (size_t)got;
	obj->own.p[got] = '\0';
	return gv_entry_stored(gv_buf_str(&obj->own), &obj->type, &obj->data);
}

/* ---- walks ---- */

int gv_odb_walk_new(struct gv_odb_walk **out, struct gv_odb *o, struct gv_err *err)
{
	struct gv_odb_walk *w = calloc(1, sizeof *w);

	*out = w;
	if (!w)
		return gv_fail_nomem(err);
	*w = (struct gv_odb_walk){ .odb = o, .fd = -1, .window = malloc(LARGEST) };
	if (w->window)
		return 0;
	free(w);
	*out = NULL;
	return gv_fail_nomem(err);
}

void gv_odb_walk_free(struct gv_odb_walk *w)
{
	if (!w)
		return;
	free(w->window);
	free(w);
}

/* Beside the one with the records the others are small. */
static void turn_to(struct gv_odb_walk *w, struct gv_pack *p)
{
	struct gv_pack_file *f;

	if (p->data_n < WORTH_IT || (w->pack && p->data_n <= w->pack->data_n))
		return;
	f = file_of(w->odb, p);
	w->pack = p;
	w->n = w->used = 0;
	w->patience = PATIENCE;
	w->fd = f ? f->fd : -1;
}

static bool in_window(struct gv_odb_walk *w, uint64_t offset, struct gv_object *obj)
{
	struct gv_str rest;

	if (offset < w->start || offset - w->start >= w->n)
		return false;
	rest = (struct gv_str){ w->window + (offset - w->start), w->n - (size_t)(offset - w->start) };
	if (!gv_entry_stored(rest, &obj->type, &obj->data))
		return false;
	w->used += obj->data.n;
	return true;
}

static bool read_window(struct gv_odb_walk *w, uint64_t offset)
{
	uint64_t left = w->pack->data_n - sizeof(struct gv_oid) - offset;
	size_t n = 4 * w->used;
	ssize_t got;

	n = n < SMALLEST ? SMALLEST : n > LARGEST ? LARGEST : n;
	got = pread(w->fd, w->window, n < left ? n : (size_t)left, (off_t)offset);
	w->start = offset;
	w->n = got > 0 ? (size_t)got : 0;
	w->used = 0;
	return w->n;
}

static bool through_window(struct gv_odb_walk *w, const struct place *at, struct gv_object *obj)
{
	uint64_t offset;

	turn_to(w, at->pack);
	if (at->pack != w->pack || w->fd < 0 || !gv_pack_offset(at->pack, at->pos, &offset) ||
	    offset >= w->pack->data_n - sizeof(struct gv_oid))
		return false;
	if (!in_window(w, offset, obj) && !(read_window(w, offset) && in_window(w, offset, obj))) {
		if (--w->patience == 0)
			w->fd = -1;
		return false;
	}
	w->patience = PATIENCE;
	return true;
}

static struct place *place_of(struct gv_odb_walk *w, const struct gv_oid *oid)
{
	return &w->soon[oid->b[sizeof oid->b - 1] % PLACES];
}

void gv_odb_walk_soon(struct gv_odb_walk *w, const struct gv_oid *next, const struct gv_oid *later)
{
	uint32_t pos;

	if (!w->pack)
		return;
	if (later)
		gv_pack_soon_id(w->pack, later);
	if (next && gv_pack_find(w->pack, next, &pos)) {
		*place_of(w, next) = (struct place){ *next, w->pack, pos };
		gv_pack_soon(w->pack, pos);
	}
}

int gv_odb_walk_need(struct gv_odb_walk *w, const struct gv_oid *oid, enum gv_otype want,
                     struct gv_object *obj, struct gv_err *err)
{
	struct place *at = place_of(w, oid);

	if (w->odb->lately)
		return gv_odb_need(w->odb, oid, want, obj, err);
	if (!at->pack || !gv_oid_eq(&at->oid, oid)) {
		at->oid = *oid;
		at->pack = gv_odb_find_open(w->odb, oid, &at->pos);
	}
	if (at->pack && through_window(w, at, obj) && obj->type == want)
		return 0;
	return gv_odb_need(w->odb, oid, want, obj, err);
}
