/* SPDX-License-Identifier: MIT */
/* One field of a record, by the name that a join or a difference gives it. */
#include "i18n.h"
#include "merge.h"

/* ---- names ---- */

/* "events[EID]" -> the log's name and the event's; false for any other field. */
static bool is_event(struct gv_str path, struct gv_str *log, struct gv_str *eid)
{
	const char *open = path.n ? memrchr(path.p, '[', path.n) : NULL;

	if (!open || path.p[path.n - 1] != ']')
		return false;
	*log = (struct gv_str){ path.p, (size_t)(open - path.p) };
	*eid = (struct gv_str){ open + 1, path.n - log->n - 2 };
	return log->n && eid->n;
}

/* The next place where a name may end and the name below it begin; false behind the last. */
static bool next_dot(struct gv_str path, size_t *at)
{
	while (++*at < path.n)
		if (path.p[*at] == '.')
			return true;
	return false;
}

/* ---- looking ---- */

/* The tree is the caller's to change; only the handle is const where it looks. */
static struct gv_val *find_member(const struct gv_val *v, struct gv_str path)
{
	struct gv_val *found = (struct gv_val *)gv_val_getn(v, path);
	size_t dot = 0;

	while (!found && next_dot(path, &dot)) {
		const struct gv_val *below = gv_val_getn(v, (struct gv_str){ path.p, dot });

		if (below && below->type == GV_OBJECT)
			found = find_member(below, (struct gv_str){ path.p + dot + 1, path.n - dot - 1 });
	}
	return found;
}

static const struct gv_val *find_event(const struct gv_val *log, struct gv_str eid, uint32_t *at)
{
	for (uint32_t i = 0; log && log->type == GV_ARRAY && i < log->n; i++)
		if (gv_str_eq(gv_val_getstr(&log->items[i], "eid"), eid)) {
			*at = i;
			return &log->items[i];
		}
	return NULL;
}

const struct gv_val *gv_field_get(const struct gv_val *rec, struct gv_str path)
{
	const struct gv_val *found;
	struct gv_str log, eid;
	uint32_t at;

	if (!rec || path.n == 0)
		return rec;
	found = find_member(rec, path);
	if (!found && is_event(path, &log, &eid))
		found = find_event(find_member(rec, log), eid, &at);
	return found;
}

/* ---- setting ---- */

/* Where the path splits: behind the name of an object that is there, else at its first dot; 0: nowhere. */
static size_t split(const struct gv_val *v, struct gv_str path)
{
	size_t dot = 0, first = 0;

	while (next_dot(path, &dot)) {
		const struct gv_val *below = gv_val_getn(v, (struct gv_str){ path.p, dot });

		if (below && below->type == GV_OBJECT)
			return dot;
		first = first ? first : dot;
	}
	return first;
}

static int put(struct gv_doc *d, struct gv_val *obj, struct gv_str name, struct gv_val val, struct gv_err *err)
{
	struct gv_str copy = gv_arena_copy(&d->arena, name);

	return copy.p ? gv_obj_set(d, obj, copy, val, err) : gv_fail_nomem(err);
}

static int set_member(struct gv_doc *d, struct gv_val *v, struct gv_str path, struct gv_val val, struct gv_err *err)
{
	size_t dot = gv_val_getn(v, path) ? 0 : split(v, path);
	struct gv_str name = { path.p, dot }, rest = { path.p + dot + 1, path.n - dot - 1 };
	struct gv_val *below;
	int rc = 0;

	if (!dot)
		return put(d, v, path, val, err);
	if (!gv_val_getn(v, name))
		rc = put(d, v, name, gv_mkobj(), err);
	if (rc)
		return rc;
	below = (struct gv_val *)gv_val_getn(v, name);
	if (below->type != GV_OBJECT) {
		gv_fail(err, GV_EDATA, "%s", _("is no object that could have fields"));
		gv_err_thing(err, name.p, name.n);
		return GV_EDATA;
	}
	return set_member(d, below, rest, val, err);
}

/* true if it was there; objects that lose their last member go with it. */
static bool drop_member(struct gv_val *v, struct gv_str path)
{
	size_t dot = 0;

	if (gv_obj_del(v, path))
		return true;
	while (next_dot(path, &dot)) {
		struct gv_str name = { path.p, dot };
		struct gv_val *below = (struct gv_val *)gv_val_getn(v, name);

		if (!below || below->type != GV_OBJECT ||
		    !drop_member(below, (struct gv_str){ path.p + dot + 1, path.n - dot - 1 }))
			continue;
		if (!below->n)
			gv_obj_del(v, name);
		return true;
	}
	return false;
}

static bool is_before(const struct gv_val *a, const struct gv_val *b)
{
	int d = gv_str_cmp(gv_val_getstr(a, "on"), gv_val_getstr(b, "on"));

	return (d ? d : gv_str_cmp(gv_val_getstr(a, "eid"), gv_val_getstr(b, "eid"))) < 0;
}

/* The log with the event taken out, or put in its place. */
static int set_event(struct gv_doc *d, struct gv_val *rec, struct gv_str path, struct gv_str log_name, struct gv_str eid,
                     const struct gv_val *event, struct gv_err *err)
{
	const struct gv_val *old = find_member(rec, log_name);
	struct gv_val log = gv_mkarr();
	bool waits = event != NULL;
	int rc = 0;

	if (old && old->type != GV_ARRAY)
		return event ? set_member(d, rec, path, *event, err) : 0;
	for (uint32_t i = 0; old && i < old->n && !rc; i++) {
		if (gv_str_eq(gv_val_getstr(&old->items[i], "eid"), eid))
			continue;
		if (waits && is_before(event, &old->items[i])) {
			rc = gv_arr_add(d, &log, *event, err);
			waits = false;
		}
		if (!rc)
			rc = gv_arr_add(d, &log, old->items[i], err);
	}
	if (!rc && waits)
		rc = gv_arr_add(d, &log, *event, err);
	if (!rc && log.n)
		return set_member(d, rec, log_name, log, err);
	if (!rc)
		drop_member(rec, log_name);
	return rc;
}

int gv_field_set(struct gv_doc *d, struct gv_val *rec, struct gv_str path, const struct gv_val *val, struct gv_err *err)
{
	struct gv_str log, eid;
	struct gv_val copy;
	int rc = val ? gv_val_copy(d, &copy, val, err) : 0;

	if (rc)
		return rc;
	if (path.n == 0) {
		*rec = val ? copy : gv_mkobj();
		return 0;
	}
	if (!find_member(rec, path) && is_event(path, &log, &eid))
		return set_event(d, rec, path, log, eid, val ? &copy : NULL, err);
	if (val)
		return set_member(d, rec, path, copy, err);
	drop_member(rec, path);
	return 0;
}
