/* SPDX-License-Identifier: MIT */
#include "store_plan.h"

#include <stdlib.h>
#include <strings.h>

#include "i18n.h"
#include "utf8.h"

enum { FIRST_SLOTS = 64, FIRST_ENTRIES = 16 };

static const struct gv_oid none;

int gv_plan_new(struct gv_plan **out, struct gv_store *s, struct gv_err *err)
{
	struct gv_plan *p = calloc(1, sizeof *p);
	struct gv_buf objects = GV_BUF_INIT(8192);
	int rc;

	*out = NULL;
	if (!p)
		return gv_fail_nomem(err);
	p->store = s;
	p->path = GV_BUF_INIT(GV_PATH_MAX);
	p->text = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	p->object = GV_OBJECT_INIT;
	p->nslots = FIRST_SLOTS;
	p->slots = calloc(p->nslots, sizeof *p->slots);
	gv_buf_addf(&objects, "%s/objects", s->commondir);
	rc = p->slots ? gv_buf_check(&objects, err) : gv_fail_nomem(err);
	if (!rc)
		rc = gv_objw_new(&p->w, objects.p, err);
	gv_buf_free(&objects);
	if (rc) {
		gv_plan_free(p);
		p = NULL;
	}
	*out = p;
	return rc;
}

void gv_plan_free(struct gv_plan *p)
{
	if (!p)
		return;
	gv_objw_free(p->w);
	gv_pending_free(&p->pending);
	gv_arena_free(&p->arena);
	free(p->entries);
	free(p->slots);
	free(p->serials);
	gv_buf_free(&p->path);
	gv_buf_free(&p->text);
	gv_object_free(&p->object);
	gv_doc_free(&p->sealed);
	free(p);
}

size_t gv_plan_count(const struct gv_plan *p)
{
	return p->live;
}

size_t gv_plan_unchanged(const struct gv_plan *p)
{
	return p->unchanged;
}

/* ---- entries by path ---- */

static size_t slot_of(const struct gv_plan *p, struct gv_str path)
{
	/* FNV-1a from where this plan happens to lie, so that no input can be made to collide. */
	uint64_t h = 0xcbf29ce484222325u ^ (uintptr_t)p;
	size_t i;

	for (i = 0; i < path.n; i++)
		h = (h ^ (unsigned char)path.p[i]) * 0x100000001b3u;
	for (i = (h ^ h >> 32) & (p->nslots - 1); p->slots[i]; i = (i + 1) & (p->nslots - 1))
		if (gv_str_eq(gv_entry_path(&p->entries[p->slots[i] - 1]), path))
			break;
	return i;
}

static const struct gv_plan_entry *in_slot(const struct gv_plan *p, size_t slot)
{
	return p->slots[slot] ? &p->entries[p->slots[slot] - 1] : NULL;
}

/* Point its path's slot at entry i, the newest for it. */
static void index_entry(struct gv_plan *p, size_t slot, size_t i)
{
	if (p->slots[slot])
		p->entries[p->slots[slot] - 1].replaced = true;
	else
		p->live++;
	p->slots[slot] = (uint32_t)i + 1;
}

static void index_all(struct gv_plan *p)
{
	memset(p->slots, 0, p->nslots * sizeof *p->slots);
	p->live = 0;
	for (size_t i = 0; i < p->n; i++) {
		p->entries[i].replaced = false;
		index_entry(p, slot_of(p, gv_entry_path(&p->entries[i])), i);
	}
}

static int make_room(struct gv_plan *p, struct gv_err *err)
{
	if (p->n >= UINT32_MAX - 1)
		return gv_fail(err, GV_EUSAGE, _("more than %u records in one commit: use --batch"),
		               UINT32_MAX - 1);
	if (p->n == p->room) {
		size_t room = p->room ? p->room * 2 : FIRST_ENTRIES;
		struct gv_plan_entry *e = realloc(p->entries, room * sizeof *e);

		if (!e)
			return gv_fail_nomem(err);
		p->entries = e;
		p->room = room;
	}
	if (p->live + 1 > p->nslots / 4 * 3) {
		uint32_t *slots = malloc(p->nslots * 2 * sizeof *slots);

		if (!slots)
			return gv_fail_nomem(err);
		free(p->slots);
		p->slots = slots;
		p->nslots *= 2;
		index_all(p);
	}
	return 0;
}

size_t gv_plan_mark(const struct gv_plan *p)
{
	return p->n;
}

void gv_plan_rollback(struct gv_plan *p, size_t mark)
{
	p->n = mark;
	p->nserials = 0;
	index_all(p);
}

void gv_plan_clear(struct gv_plan *p)
{
	gv_plan_rollback(p, 0);
	p->unchanged = 0;
	gv_objw_forget(p->w);
	gv_pending_clear(&p->pending);
	gv_arena_reset(&p->arena);
}

/* ---- putting ---- */

static bool is_component(struct gv_str s)
{
	if (s.n == 0 || s.n > 255)
		return false;
	return s.p[0] != '.' || (!gv_str_is(s, ".") && !gv_str_is(s, "..") &&
	                         !(s.n == 4 && strncasecmp(s.p, ".git", 4) == 0));
}

/* What git, a checkout on any file system and a terminal can take. */
static int check_path(struct gv_str path, struct gv_err *err)
{
	size_t start = 0;
	bool good = path.n && path.n <= GV_PATH_MAX && gv_utf8_valid(path) == path.n &&
	            gv_utf8_is_safe(path);

	for (size_t i = 0; i <= path.n && good; i++) {
		if (i < path.n && path.p[i] != '/')
			continue;
		good = is_component((struct gv_str){ path.p + start, i - start });
		start = i + 1;
	}
	if (good)
		return 0;
	gv_fail(err, GV_EDATA, "%s", _("is no path that a docket can keep"));
	gv_err_thing(err, path.p ? path.p : "", path.n);
	return GV_EDATA;
}

static const struct gv_oid *keep_id(struct gv_plan *p, const struct gv_oid *id)
{
	struct gv_oid *copy = (void *)gv_arena_bytes(&p->arena, sizeof *copy);

	if (copy)
		*copy = *id;
	return copy;
}

static int append(struct gv_plan *p, size_t slot, struct gv_str path, const struct gv_oid *base,
                  const struct gv_oid *oid, struct gv_err *err)
{
	const struct gv_plan_entry *older = in_slot(p, slot);
	struct gv_plan_entry e = { .base = &none, .oid = *oid, .n = (uint16_t)path.n };

	if (older) {
		e.path = older->path;
		e.base = older->base; /* the chain of puts builds on what the first was made from */
		e.strict = older->strict;
	} else {
		e.path = gv_arena_copy(&p->arena, path).p;
		if (base)
			e.base = keep_id(p, base);
		if (!e.path || !e.base)
			return gv_fail_nomem(err);
	}
	p->entries[p->n] = e;
	index_entry(p, slot, p->n++);
	gv_plan_serial_saw(p, path);
	return 0;
}

static int put_text(struct gv_plan *p, struct gv_str path, const struct gv_oid *base,
                    struct gv_str text, struct gv_err *err)
{
	const struct gv_plan_entry *older;
	struct gv_oid oid;
	size_t slot;
	int rc = check_path(path, err);

	if (!rc)
		rc = make_room(p, err);
	if (rc)
		return rc;
	gv_oid_of(&oid, "blob", text);
	slot = slot_of(p, path);
	older = in_slot(p, slot);
	if (older ? gv_oid_eq(&oid, &older->oid) : base && gv_oid_eq(&oid, base)) {
		p->unchanged++;
		return 0;
	}
	if (older && !gv_oid_eq(base ? base : &none, &older->oid)) {
		gv_fail(err, GV_ECONFLICT, "%s",
		        _("comes twice in one commit, and the second does not build on the first"));
		gv_err_thing(err, path.p, path.n);
		return GV_ECONFLICT;
	}
	rc = append(p, slot, path, base, &oid, err);
	return rc ? rc : gv_plan_keep(p, gv_entry_path(&p->entries[p->n - 1]), text, &oid, err);
}

int gv_plan_put_text(struct gv_plan *p, const char *path, const struct gv_oid *base,
                     struct gv_str text, struct gv_err *err)
{
	return put_text(p, gv_str_of(path), base, text, err);
}

int gv_plan_sealed(struct gv_plan *p, const struct gv_id *id, const struct gv_oid *base, const struct gv_val *val,
                   struct gv_str *text, struct gv_err *err)
{
	int rc;

	gv_buf_reset(&p->text);
	gv_json_canon(&p->text, val);
	rc = gv_buf_check(&p->text, err);
	if (!rc)
		rc = gv_plan_seal(p, id, base, val, err);
	*text = gv_buf_str(&p->text);
	return rc;
}

int gv_plan_put(struct gv_plan *p, const struct gv_id *id, const struct gv_oid *base,
                const struct gv_val *val, struct gv_err *err)
{
	struct gv_str text;
	int rc;

	gv_buf_reset(&p->path);
	rc = gv_id_path(id, &p->path, err);
	if (!rc)
		rc = gv_plan_sealed(p, id, base, val, &text, err);
	return rc ? rc : put_text(p, gv_buf_str(&p->path), base, text, err);
}

int gv_plan_put_strict(struct gv_plan *p, struct gv_str path, const struct gv_oid *base,
                       struct gv_str text, struct gv_err *err)
{
	size_t before = p->n;
	int rc = put_text(p, path, base, text, err);

	if (!rc && p->n > before)
		p->entries[before].strict = true;
	return rc;
}

int gv_plan_remove(struct gv_plan *p, struct gv_str path, const struct gv_oid *base,
                   struct gv_err *err)
{
	size_t slot;
	int rc = check_path(path, err);

	if (!rc)
		rc = make_room(p, err);
	if (rc)
		return rc;
	slot = slot_of(p, path);
	if (in_slot(p, slot)) {
		gv_fail(err, GV_ECONFLICT, "%s", _("is written and removed in one commit"));
		gv_err_thing(err, path.p, path.n);
		return GV_ECONFLICT;
	}
	rc = append(p, slot, path, base, &none, err);
	if (!rc)
		p->entries[p->n - 1].strict = true; /* what was changed meanwhile stays */
	return rc;
}

/* ---- reading back ---- */

int gv_plan_blob(struct gv_plan *p, const struct gv_oid *oid, struct gv_object *obj,
                 struct gv_err *err)
{
	int rc = gv_plan_settle(p, err);

	if (!rc)
		rc = gv_objw_read(p->w, oid, obj, err);
	return rc == GV_ENOTFOUND ? gv_odb_read(p->store->odb, oid, GV_OBJ_BLOB, obj, err) : rc;
}

int gv_plan_read(struct gv_plan *p, const char *path, struct gv_str *text, struct gv_oid *oid,
                 struct gv_err *err)
{
	const struct gv_plan_entry *e = in_slot(p, slot_of(p, gv_str_of(path)));
	int rc;

	if (!e || gv_oid_is_zero(&e->oid)) {
		gv_fail(err, GV_ENOTFOUND, "%s", _("is not in the plan"));
		gv_err_thing(err, path, strlen(path));
		return GV_ENOTFOUND;
	}
	rc = gv_plan_blob(p, &e->oid, &p->object, err);
	if (rc)
		return rc;
	*text = p->object.data;
	if (oid)
		*oid = e->oid;
	return 0;
}
