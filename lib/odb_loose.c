/* SPDX-License-Identifier: MIT */
/* Loose objects: one zlib file each, objects/ab/cdef...; and inflating as such. */
#include "odb_impl.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- inflating ---- */

/* CMF and FLG of RFC 1950, without a preset dictionary. */
static bool zlib_head(const unsigned char *p)
{
	return (p[0] & 15) == 8 && (p[0] << 8 | p[1]) % 31 == 0 && !(p[1] & 0x20);
}

struct gv_str gv_inflate_stored(struct gv_str in, size_t size)
{
	enum { HEAD = 2 + 1 + 4, TAIL = 4 };
	const unsigned char *p = (const unsigned char *)in.p, *tail;
	struct gv_str none = { 0 };
	uint32_t sum;

	/* One last block, type 0, LEN, its complement, the bytes, their Adler-32. */
	if (size > 0xFFFF || in.n < HEAD + size + TAIL || !zlib_head(p) || (p[2] & 7) != 1 ||
	    (size_t)(p[3] | p[4] << 8) != size || (p[3] ^ p[5]) != 0xFF || (p[4] ^ p[6]) != 0xFF)
		return none;
	tail = p + HEAD + size;
	sum = (uint32_t)tail[0] << 24 | (uint32_t)tail[1] << 16 | (uint32_t)tail[2] << 8 | tail[3];
	if (libdeflate_adler32(1, p + HEAD, size) != sum)
		return none; /* the real inflater will say so too */
	return (struct gv_str){ in.p + HEAD, size };
}

static struct libdeflate_decompressor *inflater(struct gv_odb *o)
{
	if (!o->inflater)
		o->inflater = libdeflate_alloc_decompressor();
	return o->inflater;
}

bool gv_inflate(struct gv_odb *o, struct gv_str in, void *out, size_t size)
{
	size_t used;

	return inflater(o) && libdeflate_zlib_decompress_ex(o->inflater, in.p, in.n, out, size,
	                                                    &used, NULL) == LIBDEFLATE_SUCCESS;
}

/* A whole stream of unknown length. */
static int inflate_all(struct gv_odb *o, struct gv_str in, const char *path, struct gv_buf *out,
                       struct gv_err *err)
{
	size_t limit = out->max, room = in.n * 4 + 512, n;

	if (in.n < limit / GV_DEFLATE_RATIO_MAX)
		limit = in.n * GV_DEFLATE_RATIO_MAX + 64;
	if (!inflater(o))
		return gv_fail_nomem(err);
	for (;;) {
		enum libdeflate_result got;

		if (room > limit)
			room = limit;
		gv_buf_reset(out);
		if (!gv_buf_reserve(out, room))
			return gv_fail_nomem(err);
		got = libdeflate_zlib_decompress(o->inflater, in.p, in.n, out->p, room, &n);
		if (got == LIBDEFLATE_SUCCESS) {
			out->n = n;
			out->p[n] = '\0';
			return 0;
		}
		if (got != LIBDEFLATE_INSUFFICIENT_SPACE)
			return gv_odb_broken(err, path, "%s", _("broken object"));
		if (room == limit)
			return gv_odb_broken(err, path, _("an object is larger than %zu bytes"),
			                     limit);
		room *= 8;
	}
}

/* ---- one file ---- */

bool gv_loose_split(struct gv_str all, enum gv_otype *type, struct gv_str *data)
{
	const char *nul = memchr(all.p, '\0', all.n < 32 ? all.n : 32);
	struct gv_str head = { all.p, nul ? (size_t)(nul - all.p) : 0 }, digits;
	int64_t size;

	for (int t = GV_OBJ_COMMIT; t <= GV_OBJ_TAG; t++) {
		struct gv_str name = gv_str_of(gv_otype_name((enum gv_otype)t));

		if (head.n < name.n + 2 || !gv_str_starts(head, name) || head.p[name.n] != ' ')
			continue;
		digits = (struct gv_str){ head.p + name.n + 1, head.n - name.n - 1 };
		if (digits.p[0] == '-' || (digits.p[0] == '0' && digits.n > 1) ||
		    !gv_str_int(digits, &size))
			return false;
		*type = (enum gv_otype)t;
		*data = (struct gv_str){ nul + 1, all.n - head.n - 1 };
		return data->n == (uint64_t)size;
	}
	return false;
}

static void loose_path(const struct gv_folder *f, const struct gv_oid *oid, struct gv_buf *out)
{
	char hex[GV_HEX + 1];

	gv_oid_hex(oid, hex);
	gv_buf_addf(out, "%s/%.2s/%s", f->path, hex, hex + 2);
}

/* The file as it is: st_size bytes, so that one read() does.  GV_ENOTFOUND leaves err. */
static int read_file(const char *path, struct gv_buf *in, struct gv_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), rc = 0;
	struct stat st;

	if (fd < 0) {
		if (errno == ENOENT || errno == ENOTDIR)
			return GV_ENOTFOUND;
		return gv_fail_sys(err, path, _("cannot open"));
	}
	gv_buf_reset(in);
	if (fstat(fd, &st) != 0)
		rc = gv_fail_sys(err, path, _("cannot read"));
	else if (!S_ISREG(st.st_mode))
		rc = gv_odb_broken(err, path, "%s", _("not a file"));
	else if ((uint64_t)st.st_size > in->max)
		rc = gv_odb_broken(err, path, _("an object is larger than %zu bytes"), in->max);
	else if (!gv_buf_reserve(in, (size_t)st.st_size + 1))
		rc = gv_fail_nomem(err);
	else
		rc = gv_buf_read_fd(in, fd, path, err);
	close(fd);
	return rc;
}

int gv_loose_read(struct gv_odb *o, const struct gv_folder *f, const struct gv_oid *oid,
                  struct gv_object *obj, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	int rc;

	loose_path(f, oid, &path);
	rc = gv_buf_check(&path, err);
	o->in.max = obj->own.max;
	if (!rc)
		rc = read_file(path.p, &o->in, err);
	if (!rc)
		rc = inflate_all(o, gv_buf_str(&o->in), path.p, &obj->own, err);
	if (!rc && !gv_loose_split(gv_buf_str(&obj->own), &obj->type, &obj->data))
		rc = gv_odb_broken(err, path.p, "%s", _("broken object: the header is wrong"));
	gv_buf_free(&path);
	return rc;
}

/* ---- trees that were read lately ---- */

bool gv_recent_read(struct gv_odb *o, const struct gv_oid *oid, struct gv_object *obj)
{
	for (const struct gv_recent *r = o->recent; r < o->recent + GV_RECENT; r++) {
		if (!r->data.p || !gv_oid_eq(&r->oid, oid) || r->data.n > obj->own.max)
			continue;
		gv_buf_reset(&obj->own);
		gv_buf_addstr(&obj->own, gv_buf_str(&r->data));
		obj->type = GV_OBJ_TREE;
		obj->data = gv_buf_str(&obj->own);
		return !obj->own.failed;
	}
	return false;
}

void gv_recent_keep(struct gv_odb *o, const struct gv_oid *oid, const struct gv_object *obj)
{
	struct gv_recent *r = &o->recent[o->next_recent];

	if (obj->type != GV_OBJ_TREE || obj->data.n > GV_RECENT_BYTES)
		return;
	gv_buf_free(&r->data);
	r->data = GV_BUF_INIT(GV_RECENT_BYTES);
	gv_buf_addstr(&r->data, obj->data);
	if (r->data.failed)
		gv_buf_free(&r->data);
	r->oid = *oid;
	o->next_recent = (o->next_recent + 1) % GV_RECENT;
}

/* ---- what is there ---- */

static int by_id(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct gv_oid));
}

static bool read_list(const char *dir, unsigned char first, struct gv_buf *ids)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	while (d && (e = readdir(d))) {
		char hex[GV_HEX + 1];
		struct gv_oid oid;

		if (strlen(e->d_name) != GV_HEX - 2)
			continue; /* a temporary file */
		snprintf(hex, sizeof hex, "%02x", first);
		memcpy(hex + 2, e->d_name, GV_HEX - 1); /* with the NUL */
		if (gv_oid_read(&oid, gv_str_of(hex)))
			gv_buf_add(ids, oid.b, sizeof oid.b);
	}
	if (d)
		closedir(d);
	if (ids->n)
		qsort(ids->p, ids->n / sizeof(struct gv_oid), sizeof(struct gv_oid), by_id);
	return !ids->failed;
}

const struct gv_buf *gv_loose_list(struct gv_folder *f, unsigned char first)
{
	struct gv_loose_list *l;
	struct gv_buf dir = GV_BUF_INIT(8192);

	if (!f->loose)
		f->loose = calloc(256, sizeof *f->loose);
	if (!f->loose)
		return NULL;
	l = &f->loose[first];
	if (!l->read) {
		gv_buf_init(&l->ids, (size_t)1 << 30);
		gv_buf_addf(&dir, "%s/%02x", f->path, first);
		l->read = !dir.failed && read_list(dir.p, first, &l->ids);
		if (!l->read)
			gv_buf_free(&l->ids);
		gv_buf_free(&dir);
	}
	return l->read ? &l->ids : NULL;
}

bool gv_loose_has(struct gv_folder *f, const struct gv_oid *oid)
{
	const struct gv_buf *ids = gv_loose_list(f, oid->b[0]);
	struct gv_buf path = GV_BUF_INIT(8192);
	bool there;

	if (ids && (!ids->n || !bsearch(oid->b, ids->p, ids->n / sizeof *oid, sizeof *oid, by_id)))
		return false;
	loose_path(f, oid, &path);
	there = !path.failed && access(path.p, F_OK) == 0;
	gv_buf_free(&path);
	return there;
}

void gv_loose_forget(struct gv_folder *f)
{
	for (size_t i = 0; f->loose && i < 256; i++)
		gv_buf_free(&f->loose[i].ids);
	free(f->loose);
	f->loose = NULL;
}
