/* SPDX-License-Identifier: MIT */
/* Packs: mapping and checking .idx and .pack, finding an id, reading an entry. */
#include "odb_impl.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	IDX_HEAD = 8, FANOUT = 256 * 4, ID = 20, TRAILER = 20,
	PACK_HEAD = 12,
	ENTRY_OFS = 6, ENTRY_REF = 7
};

static uint32_t be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* ---- opening ---- */

static int broken(const struct gv_pack *p, struct gv_err *err, const char *why)
{
	return gv_odb_broken(err, p->path, _("broken pack: %s"), why);
}

static int map_file(const char *base, const char *suffix, const unsigned char **out, size_t *n,
                    struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	struct stat st;
	void *map;
	int fd = -1, rc;

	gv_buf_adds(&path, base);
	gv_buf_adds(&path, suffix);
	rc = gv_buf_check(&path, err);
	if (rc)
		goto out;
	fd = open(path.p, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0) {
		rc = gv_fail_sys(err, path.p, _("cannot open"));
		if (errno == ENOENT)
			rc = GV_ENOTFOUND;
		goto out;
	}
	if (!S_ISREG(st.st_mode) || st.st_size < PACK_HEAD + TRAILER) {
		rc = gv_odb_broken(err, path.p, "%s", _("cut short"));
		goto out;
	}
	map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED) {
		rc = gv_fail_sys(err, path.p, _("cannot map"));
		goto out;
	}
	*out = map;
	*n = (size_t)st.st_size;
out:
	if (fd >= 0)
		close(fd);
	gv_buf_free(&path);
	return rc;
}

/* Version 2: fan-out, ids, CRCs, offsets, far offsets, checksums of the pack and of this. */
static int check_index(struct gv_pack *p, struct gv_err *err)
{
	size_t fixed = IDX_HEAD + FANOUT + 2 * TRAILER, each = ID + 4 + 4, far;
	uint32_t before = 0;

	if (p->idx_n < fixed || memcmp(p->idx, "\377tOc\0\0\0\2", IDX_HEAD) != 0)
		return broken(p, err, _("the index is not of version 2"));
	for (size_t i = 0; i < 256; i++) {
		uint32_t upto = be32(p->idx + IDX_HEAD + (size_t)4 * i);

		if (upto < before)
			return broken(p, err, _("the index runs backwards"));
		before = upto;
	}
	p->count = before;
	if ((p->idx_n - fixed) / each < p->count)
		return broken(p, err, _("the index is cut short"));
	far = p->idx_n - fixed - each * p->count;
	if (far % 8 || far / 8 > p->count)
		return broken(p, err, _("the index has the wrong length"));
	p->nfar = far / 8;
	p->ids = p->idx + (size_t)IDX_HEAD + FANOUT;
	p->offsets = p->ids + (size_t)p->count * (ID + 4);
	p->far_offsets = p->offsets + (size_t)p->count * 4;
	return 0;
}

static int check_pack(const struct gv_pack *p, struct gv_err *err)
{
	uint32_t version;

	if (p->data_n < PACK_HEAD + TRAILER || memcmp(p->data, "PACK", 4) != 0)
		return broken(p, err, _("it does not begin as a pack"));
	version = be32(p->data + 4);
	if (version != 2 && version != 3)
		return broken(p, err, _("unknown version"));
	if (be32(p->data + 8) != p->count)
		return broken(p, err, _("pack and index count differently"));
	if (memcmp(p->data + p->data_n - TRAILER, p->idx + p->idx_n - (size_t)2 * TRAILER,
	           TRAILER) != 0)
		return broken(p, err, _("pack and index do not belong together"));
	return 0;
}

static void unmap(struct gv_pack *p)
{
	if (p->idx)
		munmap((void *)p->idx, p->idx_n);
	if (p->data)
		munmap((void *)p->data, p->data_n);
	p->idx = p->data = NULL;
	gv_pack_file_free(p->file);
	p->file = NULL;
}

int gv_pack_open(struct gv_pack *p, struct gv_err *err)
{
	int rc = map_file(p->path, ".idx", &p->idx, &p->idx_n, err);

	if (!rc)
		rc = check_index(p, err);
	if (!rc)
		rc = map_file(p->path, ".pack", &p->data, &p->data_n, err);
	if (!rc)
		rc = check_pack(p, err);
	if (rc)
		unmap(p);
	return rc;
}

void gv_pack_close(struct gv_pack *p)
{
	unmap(p);
	free(p->path);
	p->path = NULL;
}

void gv_pack_free(struct gv_pack *p)
{
	if (!p)
		return;
	gv_pack_close(p);
	free(p);
}

/* ---- finding ---- */

/* The positions of the ids that begin with the same byte. */
static void bucket(const struct gv_pack *p, const unsigned char *key, uint32_t *low, uint32_t *high)
{
	const unsigned char *fanout = p->idx + IDX_HEAD;

	*low = key[0] ? be32(fanout + 4 * (size_t)(key[0] - 1)) : 0;
	*high = be32(fanout + 4 * (size_t)key[0]);
}

/* Ids are spread evenly: the first look is where this one should be, then near it. */
static uint32_t guess(const unsigned char *key, uint32_t low, uint32_t high)
{
	return low + (uint32_t)((uint64_t)(high - low) * (key[1] << 8 | key[2]) >> 16);
}

/* Is the id at `pos` below the key?  Eight bytes tell mostly. */
static bool is_below(const struct gv_pack *p, uint32_t pos, const unsigned char *key)
{
	const unsigned char *id = gv_pack_id(p, pos);
	uint64_t a, b;

	memcpy(&a, id, sizeof a);
	memcpy(&b, key, sizeof b);
	return a != b ? be64toh(a) < be64toh(b) : memcmp(id, key, ID) < 0;
}

uint32_t gv_pack_lower_bound(const struct gv_pack *p, const unsigned char *key)
{
	uint32_t low, high, n, at, step = 8;

	bucket(p, key, &low, &high);
	n = high - low;
	at = guess(key, low, high);

	if (n > 4 * step && is_below(p, at, key)) {
		for (low = at + 1; step < high - low && is_below(p, low + step, key); step *= 2)
			low += step + 1;
		if (step < high - low)
			high = low + step;
	} else if (n > 4 * step) {
		for (high = at; step < high - low && !is_below(p, high - step, key); step *= 2)
			high -= step;
		if (step < high - low)
			low = high - step + 1;
	}
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (is_below(p, mid, key))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

bool gv_pack_find(const struct gv_pack *p, const struct gv_oid *oid, uint32_t *pos)
{
	*pos = gv_pack_lower_bound(p, oid->b);
	return *pos < p->count && memcmp(gv_pack_id(p, *pos), oid->b, ID) == 0;
}

/* ---- entries ---- */

struct entry {
	uint64_t offset;
	unsigned type;       /* enum gv_otype, ENTRY_OFS or ENTRY_REF */
	size_t size;         /* inflated: of the delta, if it is one */
	struct gv_str body;  /* from the zlib stream to the end of the pack */
	uint64_t base;       /* offset of what a delta leans on */
};

/* Never 0, which a checker cannot see in gv_fail_nomem(). */
static int no_memory(struct gv_err *err)
{
	gv_fail_nomem(err);
	return GV_EIO;
}

static int entry_broken(const struct gv_pack *p, uint64_t offset, struct gv_err *err)
{
	gv_odb_broken(err, p->path, _("broken pack: no object at byte %llu"),
	              (unsigned long long)offset);
	return GV_EINTEGRITY;
}

bool gv_pack_offset(const struct gv_pack *p, uint32_t pos, uint64_t *out)
{
	uint64_t v = be32(p->offsets + (size_t)pos * 4);

	if (v & 0x80000000u) {
		const unsigned char *far;

		v &= 0x7FFFFFFFu;
		if (v >= p->nfar)
			return false;
		far = p->far_offsets + 8 * v;
		v = (uint64_t)be32(far) << 32 | be32(far + 4);
	}
	*out = v;
	return true;
}

/* "n bytes back": base 128, high bits first, each longer form starting where the last one ended. */
static bool read_back(const unsigned char **pp, const unsigned char *end, uint64_t *out)
{
	const unsigned char *p = *pp;
	uint64_t v;

	if (p == end)
		return false;
	v = *p & 0x7F;
	while (*p++ & 0x80) {
		if (p == end || v >= UINT64_MAX >> 8)
			return false;
		v = (v + 1) << 7 | (*p & 0x7F);
	}
	*pp = p;
	*out = v;
	return true;
}

static bool entry_base(const struct gv_pack *p, struct entry *e, const unsigned char **pp,
                       const unsigned char *end)
{
	if (e->type == ENTRY_OFS) {
		uint64_t back;

		if (!read_back(pp, end, &back) || back == 0 || back > e->offset)
			return false;
		e->base = e->offset - back;
	} else {
		struct gv_oid oid;
		uint32_t pos;

		if (end - *pp < ID)
			return false;
		memcpy(oid.b, *pp, ID);
		*pp += ID;
		if (!gv_pack_find(p, &oid, &pos) || !gv_pack_offset(p, pos, &e->base))
			return false;
	}
	return true;
}

/* Type and size; false if they are cut short or too large. */
static bool entry_head(struct entry *e, const unsigned char **pp, const unsigned char *end)
{
	const unsigned char *at = *pp;
	unsigned shift = 4;
	unsigned char c = *at++;

	e->type = c >> 4 & 7;
	e->size = c & 15;
	while (c & 0x80) {
		size_t bits;

		if (at == end || shift >= 8 * sizeof e->size)
			return false;
		c = *at++;
		bits = c & 0x7F;
		if (bits << shift >> shift != bits)
			return false;
		e->size |= bits << shift;
		shift += 7;
	}
	*pp = at;
	return e->type != 0 && e->type != 5;
}

static int entry_read(const struct gv_pack *p, uint64_t offset, struct entry *e, struct gv_err *err)
{
	const unsigned char *end = p->data + p->data_n - TRAILER, *at;

	if (offset < PACK_HEAD || offset >= p->data_n - TRAILER)
		return entry_broken(p, offset, err);
	*e = (struct entry){ .offset = offset };
	at = p->data + offset;
	if (!entry_head(e, &at, end) || (e->type >= ENTRY_OFS && !entry_base(p, e, &at, end)))
		return entry_broken(p, offset, err);
	e->body = (struct gv_str){ (const char *)at, (size_t)(end - at) };
	if (e->size / GV_DEFLATE_RATIO_MAX > e->body.n)
		return entry_broken(p, offset, err);
	return 0;
}

bool gv_entry_stored(struct gv_str bytes, enum gv_otype *type, struct gv_str *data)
{
	const unsigned char *at = (const unsigned char *)bytes.p, *end = at + bytes.n;
	struct entry e;

	if (!bytes.n || !entry_head(&e, &at, end) || e.type >= ENTRY_OFS)
		return false;
	*type = (enum gv_otype)e.type;
	*data = gv_inflate_stored((struct gv_str){ (const char *)at, (size_t)(end - at) }, e.size);
	return data->p;
}

void gv_pack_soon_id(const struct gv_pack *p, const struct gv_oid *oid)
{
	enum { LINE = 64 };
	uint32_t low, high;
	const unsigned char *at;

	bucket(p, oid->b, &low, &high);
	at = gv_pack_id(p, guess(oid->b, low, high));
	/* It is within these lines in nine cases of ten. */
	for (int i = -3; i <= 3; i++)
		__builtin_prefetch(at + LINE * i);
}

void gv_pack_soon(const struct gv_pack *p, uint32_t pos)
{
	__builtin_prefetch(p->offsets + (size_t)pos * 4);
}

bool gv_pack_is_stored(const struct gv_pack *p, uint32_t pos, uint64_t *offset)
{
	struct entry e;

	/* A zlib stream begins with two bytes, and its first block with three bits: last, and the type. */
	return gv_pack_offset(p, pos, offset) && entry_read(p, *offset, &e, NULL) == 0 && e.type < ENTRY_OFS &&
	       e.body.n > 2 && (e.body.p[2] & 6) == 0;
}

/* ---- whole objects ---- */

static int check_size(const struct gv_pack *p, const struct gv_object *obj, size_t n,
                      struct gv_err *err)
{
	if (n <= obj->own.max)
		return 0;
	return gv_odb_broken(err, p->path, _("an object of %zu bytes is larger than %zu bytes"), n,
	                     obj->own.max);
}

static int read_plain(struct gv_odb *o, struct gv_pack *p, const struct entry *e,
                      struct gv_object *obj, struct gv_err *err)
{
	int rc;

	obj->type = (enum gv_otype)e->type;
	obj->data = gv_inflate_stored(e->body, e->size);
	if (obj->data.p)
		return 0;
	rc = check_size(p, obj, e->size, err);
	if (rc)
		return rc;
	gv_buf_reset(&obj->own);
	if (!gv_buf_reserve(&obj->own, e->size))
		return no_memory(err);
	if (!gv_inflate(o, e->body, obj->own.p, e->size))
		return entry_broken(p, e->offset, err);
	obj->own.p[e->size] = '\0';
	obj->own.n = e->size;
	obj->data = gv_buf_str(&obj->own);
	return 0;
}

static int lend_base(struct gv_object *obj, const struct gv_base *b, struct gv_err *err)
{
	gv_buf_reset(&obj->own);
	if (!gv_buf_reserve(&obj->own, b->n))
		return no_memory(err);
	gv_buf_add(&obj->own, b->data, b->n);
	obj->type = b->type;
	obj->data = gv_buf_str(&obj->own);
	return 0;
}

/* The object that a chain of deltas stands on, to be owned by the caller. */
static int plain_base(struct gv_odb *o, struct gv_pack *p, const struct entry *e,
                      const struct gv_object *obj, struct gv_base **out, struct gv_err *err)
{
	int rc = check_size(p, obj, e->size, err);

	if (rc)
		return rc;
	*out = gv_base_new((enum gv_otype)e->type, e->size);
	if (!*out)
		return no_memory(err);
	if (gv_inflate(o, e->body, (*out)->data, e->size))
		return 0;
	free(*out);
	*out = NULL;
	return entry_broken(p, e->offset, err);
}

/* One step: the delta `e` over `base` gives *out. */
static int step(struct gv_odb *o, struct gv_pack *p, const struct entry *e,
                const struct gv_object *obj, const struct gv_base *base, struct gv_base **out,
                struct gv_err *err)
{
	struct gv_str delta = gv_inflate_stored(e->body, e->size);
	size_t base_size, size;
	int rc;

	if (!delta.p) {
		o->delta.max = obj->own.max;
		gv_buf_reset(&o->delta);
		rc = check_size(p, obj, e->size, err);
		if (rc)
			return rc;
		if (!gv_buf_reserve(&o->delta, e->size))
			return no_memory(err);
		if (!gv_inflate(o, e->body, o->delta.p, e->size))
			return entry_broken(p, e->offset, err);
		delta = (struct gv_str){ o->delta.p, e->size };
	}
	if (!gv_delta_sizes(delta, &base_size, &size) || base_size != base->n)
		return entry_broken(p, e->offset, err);
	rc = check_size(p, obj, size, err);
	if (rc)
		return rc;
	*out = gv_base_new(base->type, size);
	if (!*out)
		return no_memory(err);
	if (gv_delta_apply((struct gv_str){ (const char *)base->data, base->n }, delta,
	                   (*out)->data))
		return 0;
	free(*out);
	*out = NULL;
	return entry_broken(p, e->offset, err);
}

/*
 * Up the chain from `base`, entries[0] being the object asked for.  Each result is kept as a base
 * once the next one stands; until then it belongs to nobody else, so the cache cannot drop it.
 */
static int climb(struct gv_odb *o, struct gv_pack *p, const struct entry *entries, size_t n,
                 struct gv_base *base, uint64_t base_offset, bool base_is_cached,
                 struct gv_object *obj, struct gv_err *err)
{
	int rc = 0;

	while (n && !rc) {
		struct gv_base *next = NULL;

		n--;
		rc = step(o, p, &entries[n], obj, base, &next, err);
		if (!base_is_cached)
			gv_bases_keep(&o->bases, base, p, base_offset);
		base = next;
		base_offset = entries[n].offset;
		base_is_cached = false;
	}
	if (rc)
		return rc;
	rc = lend_base(obj, base, err);
	if (!base_is_cached)
		gv_bases_keep(&o->bases, base, p, base_offset);
	return rc;
}

/* Down the chain from a delta to something whole, then up again. */
static int read_chain(struct gv_odb *o, struct gv_pack *p, const struct entry *first,
                      struct gv_object *obj, struct gv_err *err)
{
	struct gv_buf chain = GV_BUF_INIT(GV_ODB_CHAIN_MAX * sizeof *first);
	struct entry e = *first;
	struct gv_base *base = NULL;
	bool cached = false;
	int rc = 0;

	p->deltas = true;
	while (e.type >= ENTRY_OFS) {
		gv_buf_add(&chain, &e, sizeof e);
		if (chain.failed) {
			rc = chain.n == chain.max ? entry_broken(p, first->offset, err)
			                          : no_memory(err);
			goto out;
		}
		base = gv_bases_find(&o->bases, p, e.base);
		cached = base != NULL;
		if (cached)
			break;
		rc = entry_read(p, e.base, &e, err);
		if (rc)
			goto out;
	}
	if (!cached)
		rc = plain_base(o, p, &e, obj, &base, err);
	if (!rc)
		rc = climb(o, p, (const struct entry *)(void *)chain.p, chain.n / sizeof e, base,
		           cached ? base->offset : e.offset, cached, obj, err);
out:
	gv_buf_free(&chain);
	return rc;
}

int gv_pack_read(struct gv_odb *o, struct gv_pack *p, uint32_t pos, struct gv_object *obj,
                 struct gv_err *err)
{
	struct gv_base *b;
	struct entry e;
	uint64_t offset;
	int rc;

	if (!gv_pack_offset(p, pos, &offset))
		return broken(p, err, _("an offset is beyond the index"));
	if (p->deltas) {
		b = gv_bases_find(&o->bases, p, offset);
		if (b)
			return lend_base(obj, b, err);
	}
	if (gv_pack_first_look(o, p, offset, obj))
		return 0;
	rc = entry_read(p, offset, &e, err);
	if (rc)
		return rc;
	if (e.type >= ENTRY_OFS)
		return read_chain(o, p, &e, obj, err);
	rc = read_plain(o, p, &e, obj, err);
	if (rc || !p->deltas || obj->data.p != obj->own.p)
		return rc;
	/* Others probably lean on it. */
	b = gv_base_new(obj->type, obj->data.n);
	if (b) {
		memcpy(b->data, obj->data.p, obj->data.n);
		gv_bases_keep(&o->bases, b, p, offset);
	}
	return 0;
}
