/* SPDX-License-Identifier: MIT */
#include "objw.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n.h"
#include "objw_impl.h"

enum { FIRST_SLOTS = 256, FIRST_ENTRIES = 128 };

const char *const gv_objw_types[] = { "", "commit", "tree", "blob", "tag" };

int gv_objw_new(struct gv_objw **out, const char *objects_dir, struct gv_err *err)
{
	struct gv_objw *w = calloc(1, sizeof *w);
	struct stat st;

	*out = NULL;
	if (!w)
		return gv_fail_nomem(err);
	w->fd = -1;
	w->fill = GV_PACK_HEADER;
	w->keeps = GV_BUF_INIT(GV_MIB);
	w->nslots = FIRST_SLOTS;
	w->dir = strdup(objects_dir);
	w->slots = calloc(w->nslots, sizeof *w->slots);
	w->buf = malloc(GV_OBJW_ROOM);
	if (!w->dir || !w->slots || !w->buf) {
		gv_objw_free(w);
		return gv_fail_nomem(err);
	}
	if (stat(objects_dir, &st)) {
		gv_objw_free(w);
		return gv_fail_sys(err, objects_dir, _("cannot read"));
	}
	w->dir_mode = st.st_mode;
	*out = w;
	return 0;
}

static void drop_file(struct gv_objw *w)
{
	if (w->fd >= 0) {
		if (w->tmp)
			unlink(w->tmp);
		close(w->fd);
	}
	free(w->tmp);
	w->tmp = NULL;
	w->fd = -1;
}

static void start_anew(struct gv_objw *w)
{
	drop_file(w);
	memset(w->slots, 0, w->nslots * sizeof *w->slots);
	w->n = 0;
	w->fill = GV_PACK_HEADER;
	w->flushed = w->started = 0;
	w->broken = false;
}

void gv_objw_forget(struct gv_objw *w)
{
	start_anew(w);
	gv_objw_drop_keeps(w);
}

void gv_objw_free(struct gv_objw *w)
{
	if (!w)
		return;
	drop_file(w);
	gv_objw_drop_keeps(w);
	gv_buf_free(&w->keeps);
	free(w->dir);
	free(w->slots);
	free(w->entries);
	free(w->buf);
	free(w);
}

/* ---- which objects are in the batch ---- */

static size_t slot_of(const struct gv_objw *w, const struct gv_oid *oid)
{
	uint32_t h;
	size_t i;

	memcpy(&h, oid->b, sizeof h);
	for (i = h & (w->nslots - 1); w->slots[i]; i = (i + 1) & (w->nslots - 1))
		if (gv_oid_eq(&w->entries[w->slots[i] - 1].oid, oid))
			break;
	return i;
}

static int make_room(struct gv_objw *w, struct gv_err *err)
{
	if (w->n >= UINT32_MAX - 1)
		return gv_fail(err, GV_EUSAGE, _("more than %u objects in one commit: use --batch"),
		               UINT32_MAX - 1);
	if (w->n == w->room) {
		size_t room = w->room ? w->room * 2 : FIRST_ENTRIES;
		struct gv_objw_entry *e = realloc(w->entries, room * sizeof *e);

		if (!e)
			return gv_fail_nomem(err);
		w->entries = e;
		w->room = room;
	}
	if (w->n + 1 > w->nslots / 4 * 3) {
		uint32_t *old = w->slots;
		uint32_t *slots = calloc(w->nslots * 2, sizeof *slots);

		if (!slots)
			return gv_fail_nomem(err);
		free(old);
		w->slots = slots;
		w->nslots *= 2;
		for (size_t i = 0; i < w->n; i++)
			slots[slot_of(w, &w->entries[i].oid)] = (uint32_t)i + 1;
	}
	return 0;
}

size_t gv_objw_count(const struct gv_objw *w)
{
	return w->n;
}

/* ---- adding ---- */

int gv_objw_as_pack(struct gv_objw *w, struct gv_err *err)
{
	return w->fd >= 0 ? 0 : gv_objw_pack_open(w, err);
}

static int put(struct gv_objw *w, const void *p, size_t n, uint32_t *crc, struct gv_err *err)
{
	const unsigned char *at = p;

	*crc = libdeflate_crc32(*crc, p, n);
	while (n) {
		size_t part = GV_OBJW_ROOM - w->fill;

		if (part == 0) {
			int rc = gv_objw_flush(w, err);

			if (rc)
				return rc;
			continue;
		}
		if (part > n)
			part = n;
		memcpy(w->buf + w->fill, at, part);
		w->fill += part;
		at += part;
		n -= part;
	}
	return 0;
}

/* Type and size as packs have them, then the two bytes that begin a zlib stream. */
static size_t entry_head(unsigned char out[16], enum gv_otype type, size_t size)
{
	size_t n = 0;
	unsigned c = (unsigned)type << 4 | (size & 15);

	for (size >>= 4; size; size >>= 7) {
		out[n++] = (unsigned char)(c | 0x80);
		c = size & 0x7f;
	}
	out[n++] = (unsigned char)c;
	out[n++] = 0x78;
	out[n++] = 0x01;
	return n;
}

static int put_entry(struct gv_objw *w, enum gv_otype type, struct gv_str data, uint32_t *crc,
                     struct gv_err *err)
{
	unsigned char head[16], block[5], tail[4];
	int rc;

	gv_put_be32(tail, libdeflate_adler32(1, data.p, data.n));
	rc = put(w, head, entry_head(head, type, data.n), crc, err);
	do {
		size_t part = data.n < GV_STORED_MAX ? data.n : GV_STORED_MAX;

		gv_stored_head(block, part, part == data.n);
		if (!rc)
			rc = put(w, block, sizeof block, crc, err);
		if (!rc)
			rc = put(w, data.p, part, crc, err);
		data.p += part;
		data.n -= part;
	} while (!rc && data.n);
	return rc ? rc : put(w, tail, sizeof tail, crc, err);
}

static size_t entry_room(size_t size)
{
	return 16 + size + (size / GV_STORED_MAX + 1) * 5 + 4;
}

static int append(struct gv_objw *w, size_t slot, enum gv_otype type, struct gv_str data,
                  const struct gv_oid *oid, struct gv_err *err)
{
	struct gv_objw_entry *e = &w->entries[w->n];
	int rc = 0;

	if (w->broken)
		return gv_fail(err, GV_EIO, "%s", _("an earlier write of this batch failed"));
	*e = (struct gv_objw_entry){ .oid = *oid, .offset = gv_objw_end(w) };
	if (w->fd < 0 && (w->n == GV_OBJW_LOOSE || entry_room(data.n) > GV_OBJW_ROOM - w->fill))
		rc = gv_objw_pack_open(w, err);
	if (!rc)
		rc = put_entry(w, type, data, &e->crc, err);
	if (rc) {
		w->broken = true;
		return rc;
	}
	w->n++;
	w->slots[slot] = (uint32_t)w->n;
	return 0;
}

int gv_objw_add_as(struct gv_objw *w, enum gv_otype type, struct gv_str data,
                   const struct gv_oid *oid, struct gv_err *err)
{
	int rc = make_room(w, err);
	size_t slot;

	if (rc)
		return rc;
	slot = slot_of(w, oid);
	return w->slots[slot] ? 0 : append(w, slot, type, data, oid, err);
}

int gv_objw_add(struct gv_objw *w, enum gv_otype type, struct gv_str data, struct gv_odb *known,
                struct gv_oid *out, struct gv_err *err)
{
	gv_oid_of(out, gv_objw_types[type], data);
	if (known && !w->slots[slot_of(w, out)] && gv_odb_has(known, out))
		return 0;
	return gv_objw_add_as(w, type, data, out, err);
}

/* ---- reading back ---- */

/* The bytes of an entry -> its data, in place: our own writing, so only the shapes above occur. */
static void unwrap(struct gv_object *obj)
{
	unsigned char *p = (unsigned char *)obj->own.p;
	size_t at = 0, to = 0;
	bool last = false;

	obj->type = (enum gv_otype)(p[0] >> 4 & 7);
	while (p[at] & 0x80)
		at++;
	at += 3; /* the last byte of the size, 78 01 */
	while (!last) {
		size_t part = p[at + 1] | (size_t)p[at + 2] << 8;

		last = p[at];
		memmove(p + to, p + at + 5, part);
		at += 5 + part;
		to += part;
	}
	obj->own.n = to;
	p[to] = '\0';
	obj->data = gv_buf_str(&obj->own);
}

static int read_all_at(int fd, char *to, size_t n, uint64_t at, const char *name,
                       struct gv_err *err)
{
	while (n) {
		ssize_t got = pread(fd, to, n, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got == 0)
			errno = EIO; /* somebody cut the file short */
		if (got <= 0)
			return gv_fail_sys(err, name, _("cannot read"));
		to += got;
		at += (size_t)got;
		n -= (size_t)got;
	}
	return 0;
}

int gv_objw_read(struct gv_objw *w, const struct gv_oid *oid, struct gv_object *obj,
                 struct gv_err *err)
{
	uint32_t i = w->slots[slot_of(w, oid)];
	uint64_t from, end;
	char hex[GV_HEX + 1];
	int rc = 0;

	if (!i) {
		gv_oid_hex(oid, hex);
		return gv_fail(err, GV_ENOTFOUND, _("no object %s"), hex);
	}
	from = w->entries[i - 1].offset;
	end = i < w->n ? w->entries[i].offset : gv_objw_end(w);
	gv_buf_reset(&obj->own);
	if (!gv_buf_reserve(&obj->own, end - from))
		return gv_buf_check(&obj->own, err);
	if (from < w->flushed && end > w->flushed)
		rc = gv_objw_flush(w, err);
	if (rc)
		return rc;
	if (from >= w->flushed)
		memcpy(obj->own.p, w->buf + (from - w->flushed), end - from);
	else
		rc = read_all_at(w->fd, obj->own.p, end - from, from, w->tmp, err);
	if (!rc)
		unwrap(obj);
	return rc;
}

/* ---- publishing ---- */

int gv_objw_finish(struct gv_objw *w, struct gv_buf *pack_path, struct gv_err *err)
{
	int rc;

	if (w->broken)
		return gv_fail(err, GV_EIO, "%s", _("an earlier write of this batch failed"));
	if (!w->n)
		return 0;
	rc = w->fd >= 0 ? gv_objw_pack_finish(w, pack_path, err) : gv_objw_loose_finish(w, err);
	start_anew(w);
	w->broken = rc != 0;
	return rc;
}

/* ---- sweeping ---- */

/*
 * An index whose writer died just before it was put in place: its pack may be there already, and
 * nobody could ever read it.  The last but one of the index's checksums is the pack's name, so this
 * one is ours.
 */
static void remove_pack_of(int dir, int index)
{
	struct stat st;
	struct gv_oid sum;
	char head[4], hex[GV_HEX + 1], name[64];

	if (fstat(index, &st) || st.st_size < 1072 ||
	    pread(index, head, sizeof head, 0) != sizeof head ||
	    memcmp(head, "\377tOc", sizeof head) != 0 ||
	    pread(index, sum.b, sizeof sum.b, st.st_size - 2 * (off_t)sizeof sum.b) != sizeof sum.b)
		return;
	gv_oid_hex(&sum, hex);
	snprintf(name, sizeof name, "pack-%s.idx", hex);
	if (faccessat(dir, name, F_OK, 0) == 0)
		return;
	snprintf(name, sizeof name, "pack-%s.pack", hex);
	unlinkat(dir, name, 0);
}

/* A holder keeps flock on it from the moment it made it; the lock dies with him. */
static void remove_unless_held(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
		remove_pack_of(dir, fd);
		unlinkat(dir, name, 0);
	}
	close(fd);
}

/* Ours by its text; git and people keep packs, too. */
static void remove_keep(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	char text[sizeof GV_KEEP];

	if (fd < 0)
		return;
	if (read(fd, text, sizeof text) == (ssize_t)strlen(GV_KEEP) &&
	    memcmp(text, GV_KEEP, strlen(GV_KEEP)) == 0)
		unlinkat(dir, name, 0);
	close(fd);
}

static void sweep_pack(int dir, const char *name)
{
	const char *dot = strrchr(name, '.');

	if (gv_str_starts(gv_str_of(name), GV_STR(GV_TMP_PACK)))
		remove_unless_held(dir, name);
	else if (dot && strcmp(dot, ".keep") == 0)
		remove_keep(dir, name);
}

static void sweep_loose(int dir, const char *name)
{
	if (gv_str_starts(gv_str_of(name), GV_STR(GV_TMP_LOOSE)))
		unlinkat(dir, name, 0);
}

static void sweep_dir(const char *path, void (*each)(int dir, const char *name))
{
	DIR *d = opendir(path);
	struct dirent *e;

	if (!d)
		return;
	while ((e = readdir(d)) != NULL)
		each(dirfd(d), e->d_name);
	closedir(d);
}

void gv_objw_sweep(const char *objects_dir, bool loose)
{
	struct gv_buf path = GV_BUF_INIT(8192);

	gv_buf_adds(&path, objects_dir);
	gv_buf_adds(&path, "/pack");
	if (!path.failed)
		sweep_dir(path.p, sweep_pack);
	for (unsigned i = 0; loose && i < 256; i++) {
		gv_buf_reset(&path);
		gv_buf_addf(&path, "%s/%02x", objects_dir, i);
		if (!path.failed)
			sweep_dir(path.p, sweep_loose);
	}
	gv_buf_free(&path);
}
