/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "i18n.h"
#include "merge.h"
#include "story_impl.h"
#include "utf8.h"

enum { PAIRS_MAX = 1 << 20 };  /* items of two lists that are compared with each other */

#define RED   "\x1b[31m"
#define GREEN "\x1b[32m"
#define PLAIN "\x1b[m"

/* One field's lines. */
struct change {
	struct gv_buf *out;
	const struct gv_schema *schema;
	struct gv_str path;   /* in the schema */
	struct gv_str name;   /* as it is shown */
	bool colour;
};

static void begin(const struct change *c, const char *sign, const char *colour)
{
	gv_buf_adds(c->out, c->colour ? colour : "");
	gv_buf_adds(c->out, sign);
}

static void end(const struct change *c, const char *colour)
{
	gv_buf_adds(c->out, c->colour && *colour ? PLAIN : "");
	gv_buf_addc(c->out, '\n');
}

/* "+ judge: 王法官"; an event needs no name in front: its day says what it is. */
static void one_side(const struct change *c, const struct gv_val *v, bool added)
{
	begin(c, added ? "+ " : "- ", added ? GREEN : RED);
	if (!gv_story_is_event(v)) {
		gv_utf8_safe(c->name, c->out);
		gv_buf_adds(c->out, ": ");
	}
	gv_story_value(c->out, c->schema, c->path, v, true);
	end(c, GREEN);
}

/* "old → new"; what is masked may look the same on both sides. */
static void old_to_new(const struct change *c, struct gv_str path, const struct gv_val *before,
                       const struct gv_val *after)
{
	struct gv_buf was = GV_BUF_INIT(GV_JSON_TEXT_MAX * 2), is = GV_BUF_INIT(GV_JSON_TEXT_MAX * 2);
	bool hidden = c->schema && gv_schema_is_sensitive(gv_str_of(c->schema->kind), path);
	bool same;

	gv_story_value(&was, c->schema, path, before, false);
	gv_story_value(&is, c->schema, path, after, false);
	same = gv_str_eq(gv_buf_str(&was), gv_buf_str(&is));
	gv_buf_reset(&is);
	gv_story_value(&is, c->schema, path, after, true);
	if (same && !hidden && before->type != after->type) { /* 1 and "1" */
		gv_buf_reset(&was);
		gv_buf_reset(&is);
		gv_json_line(&was, before);
		gv_json_line(&is, after);
		same = false;
	}
	begin(c, "", RED);
	gv_buf_addstr(c->out, gv_buf_str(&was));
	gv_buf_adds(c->out, c->colour ? PLAIN " → " GREEN : " → ");
	if (same)
		gv_buf_adds(c->out, _("(another, hidden)"));
	else
		gv_buf_addstr(c->out, gv_buf_str(&is));
	gv_buf_adds(c->out, c->colour ? PLAIN : "");
	gv_story_pass(c->out, &was);
	gv_story_pass(c->out, &is);
	gv_buf_free(&was);
	gv_buf_free(&is);
}

/* ---- items: events, parties ---- */

/* "by: 王法官 → 李法官; + note: ..." */
struct item_change {
	const struct change *c;
	const char *gap;
};

static int item_field(void *ctx, struct gv_str name, const struct gv_val *before, const struct gv_val *after)
{
	struct item_change *e = ctx;
	struct gv_buf *out = e->c->out, path = GV_BUF_INIT(GV_JSON_TEXT_MAX);

	gv_buf_addstr(&path, e->c->path);
	gv_buf_addc(&path, '.');
	gv_buf_addstr(&path, name);
	gv_buf_adds(out, e->gap);
	gv_buf_adds(out, !before ? "+ " : !after ? "- " : "");
	gv_utf8_safe(name, out);
	gv_buf_adds(out, ": ");
	if (before && after)
		old_to_new(e->c, gv_buf_str(&path), before, after);
	else
		gv_story_value(out, e->c->schema, gv_buf_str(&path), before ? before : after, true);
	gv_story_pass(out, &path);
	gv_buf_free(&path);
	e->gap = "; ";
	return 0;
}

/* "events: 2022-06-30 close (结案): by: 王法官 → 李法官" */
static void item_changed(const struct change *c, const struct gv_val *before, const struct gv_val *after)
{
	struct item_change e = { c, "" };

	begin(c, "  ", "");
	gv_utf8_safe(c->name, c->out);
	gv_buf_adds(c->out, ": ");
	gv_story_item_name(c->out, c->schema, before);
	gv_buf_adds(c->out, ": ");
	if (gv_fields_diff(before, after, item_field, &e, NULL))
		c->out->failed = c->out->nomem = true;
	end(c, "");
}

/* ---- lists ---- */

/* The parts of two lists that differ: what is alike at both ends is left out. */
struct lists {
	const struct gv_val *was, *is;
	uint32_t nwas, nis;
	bool *was_told, *is_told;
};

static void trim(struct lists *l, const struct gv_val *before, const struct gv_val *after)
{
	l->was = before->items;
	l->is = after->items;
	l->nwas = before->n;
	l->nis = after->n;
	while (l->nwas && l->nis && gv_val_eq(l->was, l->is)) {
		l->was++;
		l->is++;
		l->nwas--;
		l->nis--;
	}
	while (l->nwas && l->nis && gv_val_eq(&l->was[l->nwas - 1], &l->is[l->nis - 1])) {
		l->nwas--;
		l->nis--;
	}
}

static bool same_party(const struct gv_val *a, const struct gv_val *b)
{
	struct gv_str role = gv_val_getstr(a, "role"), name = gv_val_getstr(a, "name");

	return role.n && name.n && gv_str_eq(role, gv_val_getstr(b, "role")) &&
	       gv_str_eq(name, gv_val_getstr(b, "name"));
}

/* Tells the pairs that `alike` finds, each item once. */
static void pair(const struct change *c, struct lists *l, bool (*alike)(const struct gv_val *a, const struct gv_val *b),
                 bool changed)
{
	for (uint32_t i = 0; i < l->nwas; i++) {
		for (uint32_t k = 0; k < l->nis && !l->was_told[i]; k++) {
			if (l->is_told[k] || !alike(&l->was[i], &l->is[k]))
				continue;
			l->was_told[i] = l->is_told[k] = true;
			if (changed)
				item_changed(c, &l->was[i], &l->is[k]);
		}
	}
}

static void tell_lists(const struct change *c, struct lists *l)
{
	bool told = false;

	pair(c, l, gv_val_eq, false);
	for (uint32_t i = 0; i < l->nwas; i++)
		told = told || !l->was_told[i];
	for (uint32_t i = 0; i < l->nis; i++)
		told = told || !l->is_told[i];
	pair(c, l, same_party, true);
	for (uint32_t i = 0; i < l->nwas; i++)
		if (!l->was_told[i])
			one_side(c, &l->was[i], false);
	for (uint32_t i = 0; i < l->nis; i++)
		if (!l->is_told[i])
			one_side(c, &l->is[i], true);
	if (told)
		return;
	begin(c, "  ", "");
	gv_utf8_safe(c->name, c->out);
	gv_buf_adds(c->out, _(": in another order"));
	end(c, "");
}

static void lists(const struct change *c, const struct gv_val *before, const struct gv_val *after)
{
	struct lists l;

	trim(&l, before, after);
	if ((uint64_t)l.nwas * l.nis > PAIRS_MAX) {
		begin(c, "  ", "");
		gv_utf8_safe(c->name, c->out);
		gv_buf_addf(c->out, _(": %u items → %u items"), (unsigned)before->n, (unsigned)after->n);
		end(c, "");
		return;
	}
	l.was_told = calloc((size_t)l.nwas + l.nis + 1, sizeof *l.was_told);
	if (!l.was_told) {
		c->out->failed = c->out->nomem = true;
		return;
	}
	l.is_told = l.was_told + l.nwas;
	tell_lists(c, &l);
	free(l.was_told);
}

/* ---- any field ---- */

void gv_story_change(struct gv_buf *out, const struct gv_schema *s, struct gv_str path, const struct gv_val *before,
                     const struct gv_val *after, unsigned flags)
{
	const char *bracket = memchr(path.p, '[', path.n);
	struct gv_buf in_schema = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	struct change c = { .out = out, .schema = s, .name = path, .colour = flags & GV_STORY_COLOUR };
	bool items = bracket || ((!before || before->type == GV_ARRAY) && (!after || after->type == GV_ARRAY));

	if (bracket) /* events[EID] */
		c.name.n = (size_t)(bracket - path.p);
	gv_buf_addstr(&in_schema, c.name);
	if (items)
		gv_buf_adds(&in_schema, "[]");
	c.path = gv_buf_str(&in_schema);
	if (!before && !after) {
		/* nothing to tell */
	} else if (!before || !after) {
		const struct gv_val *v = before ? before : after;

		if (v->type == GV_ARRAY && v->n)
			for (uint32_t i = 0; i < v->n; i++)
				one_side(&c, &v->items[i], !before);
		else
			one_side(&c, v, !before);
	} else if (before->type == GV_ARRAY && after->type == GV_ARRAY) {
		lists(&c, before, after);
	} else if (bracket && gv_story_is_event(before) && gv_story_is_event(after)) {
		item_changed(&c, before, after);
	} else {
		begin(&c, "  ", "");
		gv_utf8_safe(c.name, out);
		gv_buf_adds(out, ": ");
		old_to_new(&c, c.path, before, after);
		end(&c, "");
	}
	gv_story_pass(out, &in_schema);
	gv_buf_free(&in_schema);
}

/* ---- a record ---- */

struct telling {
	struct gv_buf *out;
	const struct gv_schema *schema;
	unsigned flags;
	struct gv_err *err;
};

static int tell(void *ctx, struct gv_str path, const struct gv_val *before, const struct gv_val *after)
{
	struct telling *t = ctx;

	gv_story_change(t->out, t->schema, path, before, after, t->flags);
	return gv_buf_check(t->out, t->err);
}

int gv_story_changes(struct gv_buf *out, const struct gv_val *before, const struct gv_val *after, unsigned flags,
                     struct gv_err *err)
{
	const struct gv_val *any = after ? after : before;
	bool colour = flags & GV_STORY_COLOUR;
	struct telling t = { .out = out, .flags = flags, .err = err };

	if (!any)
		return 0;
	if (!before)
		return gv_story_record(out, after, colour ? GREEN "+ " : "+ ", colour ? PLAIN : "", err);
	if (!after)
		return gv_story_record(out, before, colour ? RED "- " : "- ", colour ? PLAIN : "", err);
	t.schema = gv_schema_find(gv_val_getstr(any, "kind"));
	return gv_fields_diff(before, after, tell, &t, err);
}
