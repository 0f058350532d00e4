/* SPDX-License-Identifier: MIT */
/* The whole of the object store: where an object may be, asked in the order that costs least. */
#include "odb_impl.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

const char *gv_otype_name(enum gv_otype t)
{
	static const char *const names[] = { "", "commit", "tree", "blob", "tag" };

	return (unsigned)t < sizeof names / sizeof names[0] ? names[t] : "";
}

int gv_odb_broken(struct gv_err *err, const char *thing, const char *fmt, ...)
{
	struct gv_buf text = GV_BUF_INIT(1024);
	va_list ap;

	if (!err)
		return GV_EINTEGRITY;
	va_start(ap, fmt);
	gv_buf_addv(&text, fmt, ap);
	va_end(ap);
	gv_fail(err, GV_EINTEGRITY, "%s", text.p ? text.p : "");
	gv_err_thing(err, thing, strlen(thing));
	gv_buf_free(&text);
	return GV_EINTEGRITY;
}

/* ---- life ---- */

int gv_odb_open(struct gv_odb **out, const char *dir, struct gv_err *err)
{
	struct gv_odb *o = calloc(1, sizeof *o);
	int rc;

	*out = NULL;
	if (!o)
		return gv_fail_nomem(err);
	o->inflater = libdeflate_alloc_decompressor(); /* now: later, to have none would look like damage */
	rc = o->inflater ? gv_odb_folders(o, dir, err) : gv_fail_nomem(err);
	if (rc) {
		gv_odb_close(o);
		return rc;
	}
	*out = o;
	return 0;
}

static void free_packs(struct gv_pack *p)
{
	struct gv_pack *next;

	for (; p; p = next) {
		next = p->next;
		gv_pack_free(p);
	}
}

void gv_odb_close(struct gv_odb *o)
{
	if (!o)
		return;
	free_packs(o->open);
	free_packs(o->closed);
	gv_bases_free(&o->bases);
	gv_buf_free(&o->delta);
	gv_buf_free(&o->in);
	for (size_t i = 0; i < GV_RECENT; i++)
		gv_buf_free(&o->recent[i].data);
	free(o->lately);
	if (o->inflater)
		libdeflate_free_decompressor(o->inflater);
	for (size_t i = 0; i < o->nfolders; i++) {
		gv_loose_forget(&o->folders[i]);
		free(o->folders[i].path);
	}
	free(o);
}

void gv_object_free(struct gv_object *obj)
{
	if (!obj)
		return;
	gv_buf_free(&obj->own);
	obj->data = (struct gv_str){ 0 };
}

/* ---- looking ---- */

struct gv_pack *gv_odb_find_open(struct gv_odb *o, const struct gv_oid *oid, uint32_t *pos)
{
	struct gv_pack **at = &o->open, *p;

	for (; (p = *at); at = &p->next) {
		if (!gv_pack_find(p, oid, pos))
			continue;
		*at = p->next; /* the next object is probably here too */
		p->next = o->open;
		o->open = p;
		return p;
	}
	return NULL;
}

/* Open the next closed pack; false when there is none left.  One that went away meanwhile is
 * nothing to tell; any other trouble is remembered for the object that is not found. */
static bool open_next(struct gv_odb *o)
{
	struct gv_pack *p = o->closed;
	struct gv_err err = { 0 };
	int rc;

	if (!p)
		return false;
	o->closed = p->next;
	rc = gv_pack_open(p, &err);
	if (rc) {
		if (rc != GV_ENOTFOUND)
			o->trouble = err;
		gv_pack_free(p);
	} else {
		p->next = o->open;
		o->open = p;
	}
	return true;
}

static struct gv_pack *find_closed(struct gv_odb *o, const struct gv_oid *oid, uint32_t *pos)
{
	while (open_next(o)) {
		if (o->open && gv_pack_find(o->open, oid, pos))
			return o->open;
	}
	return NULL;
}

static int read_loose(struct gv_odb *o, const struct gv_oid *oid, struct gv_object *obj,
                      struct gv_err *err)
{
	int rc = GV_ENOTFOUND;

	if (gv_recent_read(o, oid, obj))
		return 0;
	for (size_t i = 0; i < o->nfolders && rc == GV_ENOTFOUND; i++)
		rc = gv_loose_read(o, &o->folders[i], oid, obj, err);
	if (!rc)
		gv_recent_keep(o, oid, obj);
	return rc;
}

static int not_found(struct gv_odb *o, const struct gv_oid *oid, struct gv_err *err)
{
	char hex[GV_HEX + 1];

	if (o->trouble.code) {
		if (err)
			*err = o->trouble;
		return o->trouble.code;
	}
	gv_oid_hex(oid, hex);
	return gv_fail(err, GV_ENOTFOUND, _("no object %s"), hex);
}

/*
 * Mapped packs first (no system call), then loose files (one), then packs not opened yet, and then
 * all of it again with the packs that another process wrote meanwhile: `git repack` first makes the
 * new pack and then removes what is in it.
 */
static int find_and_read(struct gv_odb *o, const struct gv_oid *oid, struct gv_object *obj,
                         struct gv_err *err)
{
	uint32_t pos;
	struct gv_pack *p = gv_odb_find_open(o, oid, &pos);
	int rc;

	if (p)
		return gv_pack_read(o, p, pos, obj, err);
	rc = read_loose(o, oid, obj, err);
	if (rc != GV_ENOTFOUND)
		return rc;
	for (int round = 0; round < 2; round++) {
		if (!o->scanned || round) {
			o->trouble.code = 0;
			rc = gv_odb_scan_packs(o, err);
			if (rc)
				return rc;
		}
		p = find_closed(o, oid, &pos);
		if (p)
			return gv_pack_read(o, p, pos, obj, err);
	}
	rc = read_loose(o, oid, obj, err);
	return rc == GV_ENOTFOUND ? not_found(o, oid, err) : rc;
}

/* ---- trust ---- */

int gv_odb_distrust(struct gv_odb *o, struct gv_err *err)
{
	if (!o->lately)
		o->lately = calloc(GV_ODB_LATELY, sizeof *o->lately);
	return o->lately ? 0 : gv_fail_nomem(err);
}

/* The trees of one commit are those of the next, mostly: what is mapped need not be looked for again, either. */
static int read_checked(struct gv_odb *o, const struct gv_oid *oid, struct gv_object *obj, struct gv_err *err)
{
	struct gv_lately *lately = &o->lately[(oid->b[0] << 8 | oid->b[1]) % GV_ODB_LATELY];
	bool known = gv_oid_eq(&lately->oid, oid);
	char hex[GV_HEX + 1];
	struct gv_oid is;
	int rc;

	if (known && lately->data.p) {
		obj->type = lately->type;
		obj->data = lately->data;
		return 0;
	}
	rc = find_and_read(o, oid, obj, err);
	if (rc || known)
		return rc;
	gv_oid_of(&is, gv_otype_name(obj->type), obj->data);
	if (!gv_oid_eq(&is, oid)) {
		gv_oid_hex(oid, hex);
		return gv_odb_broken(err, hex, "%s", _("the object is not what its id says: it was changed or damaged"));
	}
	*lately = (struct gv_lately){ is, obj->type, { 0 } };
	if (!obj->own.p || obj->data.p < obj->own.p || obj->data.p > obj->own.p + obj->own.cap) /* mapped */
		lately->data = obj->data;
	return 0;
}

int gv_odb_read(struct gv_odb *o, const struct gv_oid *oid, enum gv_otype want,
                struct gv_object *obj, struct gv_err *err)
{
	int rc = o->lately ? read_checked(o, oid, obj, err) : find_and_read(o, oid, obj, err);
	char hex[GV_HEX + 1];

	if (rc || !want || obj->type == want)
		return rc;
	gv_oid_hex(oid, hex);
	return gv_odb_broken(err, hex, _("the object is a %s, not a %s"), gv_otype_name(obj->type),
	                     gv_otype_name(want));
}

int gv_odb_need(struct gv_odb *o, const struct gv_oid *oid, enum gv_otype want,
                struct gv_object *obj, struct gv_err *err)
{
	int rc = gv_odb_read(o, oid, want, obj, err);
	char hex[GV_HEX + 1];

	if (rc != GV_ENOTFOUND)
		return rc;
	gv_oid_hex(oid, hex);
	if (o->partial)
		return gv_fail(err, GV_EINTEGRITY,
		               _("object %s is not in this partial clone (git clone --filter): "
		                 "clone the docket as a whole"),
		               hex);
	return gv_fail(err, GV_EINTEGRITY, _("object %s is missing"), hex);
}

static void open_all(struct gv_odb *o)
{
	if (!o->scanned)
		gv_odb_scan_packs(o, NULL);
	while (open_next(o))
		;
}

bool gv_odb_has(struct gv_odb *o, const struct gv_oid *oid)
{
	uint32_t pos;

	open_all(o);
	if (gv_odb_find_open(o, oid, &pos))
		return true;
	for (size_t i = 0; i < o->nfolders; i++) {
		if (gv_loose_has(&o->folders[i], oid))
			return true;
	}
	return false;
}

/* ---- prefixes ---- */

struct prefix {
	struct gv_oid low;   /* the digits, then zeros */
	size_t digits;
	struct gv_buf found; /* ids */
};

static bool matches(const struct prefix *x, const unsigned char *id)
{
	size_t whole = x->digits / 2;

	return memcmp(id, x->low.b, whole) == 0 &&
	       (x->digits % 2 == 0 || (id[whole] & 0xF0) == x->low.b[whole]);
}

static bool prefix_read(struct prefix *x, struct gv_str hex)
{
	char padded[GV_HEX];

	if (hex.n < 4 || hex.n > GV_HEX)
		return false;
	memset(padded, '0', sizeof padded);
	memcpy(padded, hex.p, hex.n);
	*x = (struct prefix){ .digits = hex.n, .found = GV_BUF_INIT((size_t)1 << 30) };
	return gv_oid_read(&x->low, (struct gv_str){ padded, sizeof padded });
}

static int by_id(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct gv_oid));
}

/* Sort, drop what was found in two places. */
static size_t unique(struct gv_buf *found)
{
	struct gv_oid *ids = (struct gv_oid *)(void *)found->p;
	size_t n = found->n / sizeof *ids, kept = 0;

	if (n)
		qsort(ids, n, sizeof *ids, by_id);
	for (size_t i = 0; i < n; i++) {
		if (!kept || !gv_oid_eq(&ids[kept - 1], &ids[i]))
			ids[kept++] = ids[i];
	}
	return kept;
}

size_t gv_odb_prefix(struct gv_odb *o, struct gv_str hex, struct gv_oid *out, size_t max)
{
	struct prefix x;
	size_t n;

	if (!prefix_read(&x, hex))
		return 0;
	open_all(o);
	for (struct gv_pack *p = o->open; p; p = p->next) {
		uint32_t pos = gv_pack_lower_bound(p, x.low.b);

		for (; pos < p->count && matches(&x, gv_pack_id(p, pos)); pos++)
			gv_buf_add(&x.found, gv_pack_id(p, pos), sizeof(struct gv_oid));
	}
	for (size_t i = 0; i < o->nfolders; i++) {
		const struct gv_buf *ids = gv_loose_list(&o->folders[i], x.low.b[0]);

		for (size_t at = 0; ids && at < ids->n; at += sizeof(struct gv_oid)) {
			if (matches(&x, (const unsigned char *)ids->p + at))
				gv_buf_add(&x.found, ids->p + at, sizeof(struct gv_oid));
		}
	}
	n = unique(&x.found);
	if (n)
		memcpy(out, x.found.p, (n < max ? n : max) * sizeof *out);
	gv_buf_free(&x.found);
	return n;
}

int gv_odb_add_pack(struct gv_odb *o, const char *pack_path, struct gv_err *err)
{
	struct gv_str path = gv_str_of(pack_path), suffix = GV_STR(".pack");
	struct gv_pack *p = calloc(1, sizeof *p);
	int rc;

	if (!p)
		return gv_fail_nomem(err);
	if (path.n > suffix.n && memcmp(path.p + path.n - suffix.n, suffix.p, suffix.n) == 0)
		path.n -= suffix.n;
	p->path = strndup(path.p, path.n);
	rc = p->path ? gv_pack_open(p, err) : gv_fail_nomem(err);
	if (rc) {
		gv_pack_free(p);
		return rc;
	}
	p->next = o->open;
	o->open = p;
	return 0;
}

void gv_odb_refresh(struct gv_odb *o)
{
	o->scanned = false;
	for (size_t i = 0; i < o->nfolders; i++)
		gv_loose_forget(&o->folders[i]);
}
