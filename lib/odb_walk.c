/* SPDX-License-Identifier: MIT */
/*
 * Reading many objects whose order in the pack is that of asking, more or less.  A first look at a mapped page may
 * cost as much as all else that is done to a record, so the pack is read piece by piece into memory that stays; a piece
 * is as large as the use that was made of the last one.  What is not found there as our writer stores it (whole, in
 * one block) is read as ever.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "odb_impl.h"

enum {
	SMALLEST = 4 << 10, LARGEST = 256 << 10,
	WORTH_IT = 1 << 20,   /* bytes of a pack */
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
	int fd, patience;            /* fd < 0: not through windows */
	uint64_t start;              /* where in the pack the window begins */
	size_t n, used;              /* bytes in it; those that were of use */
	char *window;                /* LARGEST */
	struct place soon[PLACES];   /* by the last byte of the id */
};

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
	if (w->fd >= 0)
		close(w->fd);
	free(w->window);
	free(w);
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

/* Beside the one with the records the others are small. */
static void turn_to(struct gv_odb_walk *w, struct gv_pack *p)
{
	struct gv_buf path = GV_BUF_INIT(8192);

	if (p->data_n < WORTH_IT || (w->pack && p->data_n <= w->pack->data_n))
		return;
	if (w->fd >= 0)
		close(w->fd);
	gv_buf_adds(&path, p->path);
	gv_buf_adds(&path, ".pack");
	w->pack = p;
	w->n = w->used = 0;
	w->patience = PATIENCE;
	w->fd = path.failed ? -1 : open(path.p, O_RDONLY | O_CLOEXEC);
	if (w->fd >= 0 && !is_the_mapped(p, w->fd)) {
		close(w->fd);
		w->fd = -1;
	}
	gv_buf_free(&path);
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
		if (--w->patience == 0) {
			close(w->fd);
			w->fd = -1;
		}
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
