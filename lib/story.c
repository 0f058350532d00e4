/* SPDX-License-Identifier: MIT */
#include "story.h"

#include <stdio.h>

#include "i18n.h"
#include "out.h"
#include "sha.h"
#include "story_impl.h"
#include "utf8.h"

/* A path in a record of at most 64 levels; a name is at most 1 KiB, and an array adds "[]". */
enum { PATH_MAX_BYTES = (GV_JSON_DEPTH_MAX + 1) * (GV_JSON_NAME_MAX + 3) };

/* ---- values ---- */

/* 1234567 fen: 12,345.67 */
static void add_yuan(struct gv_buf *out, int64_t fen)
{
	uint64_t left = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen, yuan = left / 100, scale = 1;
	char text[32];

	while (yuan / scale >= 1000)
		scale *= 1000;
	snprintf(text, sizeof text, "%s%u", fen < 0 ? "-" : "", (unsigned)(yuan / scale));
	gv_buf_adds(out, " (");
	gv_buf_adds(out, text);
	while (scale >= 1000) {
		scale /= 1000;
		gv_buf_addf(out, ",%03u", (unsigned)(yuan / scale % 1000));
	}
	snprintf(text, sizeof text, ".%02u", (unsigned)(left % 100));
	gv_buf_addf(out, _("%s yuan"), text);
	gv_buf_addc(out, ')');
}

static void add_name(struct gv_buf *out, const char *zh)
{
	if (zh && *zh)
		gv_buf_addf(out, " (%s)", zh);
}

static bool is_hidden(const struct gv_schema *s, struct gv_str path)
{
	return s && gv_schema_is_sensitive(gv_str_of(s->kind), path);
}

/* {"sealed":...}: only holders of its key can read it. */
static bool is_sealed(const struct gv_val *v)
{
	return v->type == GV_OBJECT && gv_val_getstr(v, "sealed").n && gv_val_getstr(v, "key").n;
}

static void add_hidden(struct gv_buf *out, const struct gv_val *v)
{
	if (v->type == GV_STRING) {
		struct gv_buf masked = GV_BUF_INIT(GV_JSON_TEXT_MAX * 2);

		gv_mask(gv_val_str(v), &masked);
		gv_utf8_safe(gv_buf_str(&masked), out);
		gv_story_pass(out, &masked);
		gv_buf_free(&masked);
	} else {
		gv_buf_adds(out, "***");
	}
}

static void add_scalar(struct gv_buf *out, const struct gv_schema *s, struct gv_str path, const struct gv_val *v,
                       bool named)
{
	struct gv_str text = gv_val_str(v);

	if (v->type == GV_STRING)
		gv_utf8_safe(text, out);
	else
		gv_json_line(out, v);
	if (!named)
		return;
	if (v->type == GV_INT && gv_str_ends(path, GV_STR("_fen"))) {
		add_yuan(out, v->i);
	} else if (s && s->state_field && gv_str_is(path, s->state_field)) {
		const struct gv_state *state = gv_schema_state(s, text);

		add_name(out, state ? state->zh : NULL);
	}
}

/* A member of an object in a line: its path in the schema is that of the object and its name. */
static void add_member(struct gv_buf *out, const struct gv_schema *s, struct gv_str path, const struct gv_member *m,
                       const char *colon)
{
	struct gv_buf inner = GV_BUF_INIT(PATH_MAX_BYTES);

	gv_buf_addstr(&inner, path);
	gv_buf_addc(&inner, '.');
	gv_buf_addstr(&inner, m->name);
	gv_utf8_safe(m->name, out);
	gv_buf_adds(out, colon);
	gv_story_value(out, s, gv_buf_str(&inner), &m->val, true);
	gv_story_pass(out, &inner);
	gv_buf_free(&inner);
}

static bool is_among(struct gv_str name, const char *const *names)
{
	for (; *names; names++)
		if (gv_str_is(name, *names))
			return true;
	return false;
}

bool gv_story_is_event(const struct gv_val *v)
{
	return v->type == GV_OBJECT && gv_val_getstr(v, "eid").n && gv_val_getstr(v, "on").n &&
	       gv_val_getstr(v, "event").n;
}

/* What an item is told by; NULL if nothing of the kind is in it. */
static const char *const *names_of(const struct gv_val *v)
{
	static const char *const event[] = { "on", "event", NULL }, *const party[] = { "role", "name", NULL };

	if (gv_story_is_event(v))
		return event;
	return gv_val_getstr(v, "role").n && gv_val_getstr(v, "name").n ? party : NULL;
}

void gv_story_item_name(struct gv_buf *out, const struct gv_schema *s, const struct gv_val *v)
{
	const char *const *first = names_of(v);
	const char *gap = "";

	for (const char *const *name = first; name && *name; name++) {
		struct gv_str text = gv_val_getstr(v, *name);
		const struct gv_event_type *event = gv_str_is(gv_str_of(*name), "event") && s ? gv_schema_event(s, text)
		                                                                             : NULL;

		gv_buf_adds(out, gap);
		gv_utf8_safe(text, out);
		add_name(out, event ? event->zh : NULL);
		gap = " ";
	}
}

/* "FIRST SECOND; name: value; ...": what an item is told by, then the rest. */
static void add_item(struct gv_buf *out, const struct gv_schema *s, struct gv_str path, const struct gv_val *v,
                     const char *const *first)
{
	gv_story_item_name(out, s, v);
	for (uint32_t i = 0; i < v->n; i++) {
		if (is_among(v->members[i].name, first) || gv_str_is(v->members[i].name, "eid"))
			continue;
		gv_buf_adds(out, "; ");
		add_member(out, s, path, &v->members[i], ": ");
	}
}

static void add_object(struct gv_buf *out, const struct gv_schema *s, struct gv_str path, const struct gv_val *v)
{
	const char *const *first = names_of(v);

	if (is_sealed(v)) {
		gv_buf_adds(out, _("(sealed)"));
	} else if (first) {
		add_item(out, s, path, v, first);
	} else {
		gv_buf_addc(out, '{');
		for (uint32_t i = 0; i < v->n; i++) {
			gv_buf_adds(out, i ? ", " : "");
			add_member(out, s, path, &v->members[i], ": ");
		}
		gv_buf_addc(out, '}');
	}
}

static void add_array(struct gv_buf *out, const struct gv_schema *s, struct gv_str path, const struct gv_val *v,
                      bool named)
{
	struct gv_buf items = GV_BUF_INIT(PATH_MAX_BYTES);

	gv_buf_addstr(&items, path);
	gv_buf_adds(&items, "[]");
	gv_buf_addc(out, '[');
	for (uint32_t i = 0; i < v->n; i++) {
		gv_buf_adds(out, i ? ", " : "");
		gv_story_value(out, s, gv_buf_str(&items), &v->items[i], named);
	}
	gv_buf_addc(out, ']');
	gv_story_pass(out, &items);
	gv_buf_free(&items);
}

void gv_story_value(struct gv_buf *out, const struct gv_schema *s, struct gv_str path, const struct gv_val *v,
                    bool named)
{
	if (v->type == GV_OBJECT) {
		add_object(out, s, path, v);
	} else if (v->type == GV_ARRAY) {
		add_array(out, s, path, v, named);
	} else if (is_hidden(s, path)) {
		add_hidden(out, v);
	} else {
		add_scalar(out, s, path, v, named);
	}
}

/* ---- a record as text ---- */

struct lines {
	struct gv_buf *out;
	const struct gv_schema *schema;
	struct gv_buf path;
	const char *before, *behind;  /* of each line: a sign, colours */
};

static void line(struct lines *l, const struct gv_val *v, size_t shown)
{
	gv_buf_adds(l->out, l->before);
	gv_utf8_safe((struct gv_str){ gv_buf_str(&l->path).p, shown }, l->out);
	gv_buf_adds(l->out, ": ");
	gv_story_value(l->out, l->schema, gv_buf_str(&l->path), v, true);
	if (gv_story_is_event(v)) {
		gv_buf_adds(l->out, " [");
		gv_utf8_safe(gv_val_getstr(v, "eid"), l->out);
		gv_buf_addc(l->out, ']');
	}
	gv_buf_adds(l->out, l->behind);
	gv_buf_addc(l->out, '\n');
}

static void field(struct lines *l, struct gv_str name, const struct gv_val *v)
{
	size_t mark = l->path.n;

	if (mark)
		gv_buf_addc(&l->path, '.');
	gv_buf_addstr(&l->path, name);
	if (v->type == GV_OBJECT && v->n && !is_sealed(v)) {
		for (uint32_t i = 0; i < v->n; i++)
			field(l, v->members[i].name, &v->members[i].val);
	} else if (v->type == GV_ARRAY && v->n) {
		size_t shown = l->path.n;

		gv_buf_adds(&l->path, "[]");
		for (uint32_t i = 0; i < v->n; i++)
			line(l, &v->items[i], shown);
	} else {
		line(l, v, l->path.n);
	}
	l->path.n = mark;
}

/* "case:（2022）沪0114民初1号": with its kind, also where commands would not need it. */
static void record_lines(struct lines *l, const struct gv_val *rec)
{
	struct gv_str kind = gv_val_getstr(rec, "kind"), id = gv_val_getstr(rec, "id");

	if (kind.n && id.n) {
		gv_buf_adds(l->out, l->before);
		gv_buf_adds(l->out, "id: ");
		gv_utf8_safe(kind, l->out);
		gv_buf_addc(l->out, ':');
		gv_utf8_safe(id, l->out);
		gv_buf_adds(l->out, l->behind);
		gv_buf_addc(l->out, '\n');
	}
	for (uint32_t i = 0; i < rec->n; i++) {
		struct gv_str name = rec->members[i].name;

		if (!(kind.n && id.n && (gv_str_is(name, "kind") || gv_str_is(name, "id"))))
			field(l, name, &rec->members[i].val);
	}
}

int gv_story_record(struct gv_buf *out, const struct gv_val *rec, const char *before, const char *behind,
                    struct gv_err *err)
{
	struct lines l = { .out = out, .path = GV_BUF_INIT(PATH_MAX_BYTES), .before = before, .behind = behind };
	int rc;

	if (rec->type != GV_OBJECT)
		return gv_fail(err, GV_EDATA, "%s", _("not a JSON object"));
	l.schema = gv_schema_find(gv_val_getstr(rec, "kind"));
	record_lines(&l, rec);
	rc = gv_buf_check(&l.path, err);
	gv_buf_free(&l.path);
	return rc ? rc : gv_buf_check(out, err);
}

/* ---- what is hidden ---- */

/* What the lines do not tell: text of the values, to be summed up. */
struct hidden {
	const struct gv_schema *schema;
	struct gv_buf path, text;
	size_t n;
};

static void gather(struct hidden *h, const struct gv_val *v);

static void gather_member(struct hidden *h, struct gv_str name, const struct gv_val *v)
{
	size_t mark = h->path.n;

	if (mark)
		gv_buf_addc(&h->path, '.');
	gv_buf_addstr(&h->path, name);
	gather(h, v);
	h->path.n = mark;
}

static void gather(struct hidden *h, const struct gv_val *v)
{
	bool nested = v->type == GV_OBJECT || v->type == GV_ARRAY;
	size_t mark = h->path.n;

	if (is_sealed(v) || (!nested && is_hidden(h->schema, gv_buf_str(&h->path)))) {
		gv_buf_addstr(&h->text, gv_buf_str(&h->path));
		gv_json_line(&h->text, v);
		h->n++;
	} else if (v->type == GV_OBJECT) {
		for (uint32_t i = 0; i < v->n; i++)
			gather_member(h, v->members[i].name, &v->members[i].val);
	} else if (v->type == GV_ARRAY) {
		gv_buf_adds(&h->path, "[]");
		for (uint32_t i = 0; i < v->n; i++)
			gather(h, &v->items[i]);
		h->path.n = mark;
	}
}

/* Two hidden values may look alike; without this line their change would be no difference at all.  Four digits say less
 * about them than the ids of the file that git prints above its diff. */
static int hidden_line(struct gv_buf *out, const struct gv_val *rec, struct gv_err *err)
{
	struct hidden h = {
		.schema = gv_schema_find(gv_val_getstr(rec, "kind")), .path = GV_BUF_INIT(PATH_MAX_BYTES),
		.text = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX),
	};
	unsigned char sum[32];
	int rc;

	gather(&h, rec);
	rc = gv_buf_check(&h.path, err);
	if (!rc)
		rc = gv_buf_check(&h.text, err);
	if (!rc && h.n) {
		gv_sha256(gv_buf_str(&h.text), sum);
		gv_buf_addf(out, "hidden: %zu #%02x%02x\n", h.n, sum[0], sum[1]);
		rc = gv_buf_check(out, err);
	}
	gv_buf_free(&h.path);
	gv_buf_free(&h.text);
	return rc;
}

int gv_story_text(struct gv_buf *out, const struct gv_val *rec, struct gv_err *err)
{
	int rc = gv_story_record(out, rec, "", "", err);

	return rc ? rc : hidden_line(out, rec, err);
}
