/* SPDX-License-Identifier: MIT */
/* site_view: what of a record goes on a page, and how a text looks there. */
#include <stdio.h>
#include <stdlib.h>

#include "i18n.h"
#include "ref.h"
#include "site_impl.h"
#include "utf8.h"

const char *const site_facet_names[SITE_COUNTED] = { "year", "cause", "tribunal", "class", "court", "doc_kind", "withheld_reason" };
const char *const site_kind_names[SITE_KINDS] = { "case", "report", "document" };

/* ---- texts ---- */

/* What steers the reading of a text, and is not read: it could make it look like another. */
static bool is_hidden(int32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0xAD || cp == 0x61C || (cp >= 0x200B && cp <= 0x200F) ||
	       (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF || (cp >= 0xFFF9 && cp <= 0xFFFB) ||
	       (cp >= 0xFDD0 && cp <= 0xFDEF) || (cp & 0xFFFE) == 0xFFFE || (cp >= 0xE0000 && cp <= 0xE007F);
}

static bool ends_line(int32_t cp)
{
	return cp == '\n' || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

/* Lines without what is before and behind them; none that is empty. */
struct gv_val site_clean(struct gv_doc *d, struct gv_str text)
{
	char *out = gv_arena_bytes(&d->arena, text.n + 1);
	size_t pos = 0, n = 0, end = 0, start = 0;  /* end: behind the last character of the line that is no blank */
	bool begun = false;
	int32_t cp;

	if (!out)
		return gv_mkstr(d, (struct gv_str){ NULL, (size_t)-1 }); /* which no list takes */
	while ((cp = gv_utf8_next(text, &pos)) >= 0) {
		bool blank = cp == ' ' || cp == '\t' || cp == 0x3000 || cp == 0xA0;

		if (ends_line(cp)) {
			n = end;
			if (begun)
				out[n++] = '\n';
			begun = false;
			end = n;
		} else if (cp == '\t' && begun) {
			out[n++] = ' ';
		} else if (!is_hidden(cp) && (begun || !blank)) {
			memcpy(out + n, text.p + start, pos - start);
			n += pos - start;
			begun = true;
		}
		end = begun && !blank ? n : end;
		start = pos;
	}
	n = end && out[end - 1] == '\n' ? end - 1 : end;
	out[n] = '\0';
	return (struct gv_val){ .type = GV_STRING, .n = (uint32_t)n, .s = out };
}

static int clean_val(struct site *s, struct gv_doc *d, struct gv_val *out, const struct gv_val *v)
{
	struct gv_val one;
	int rc = 0;

	if (v->type == GV_STRING) {
		*out = site_clean(d, gv_val_str(v));
	} else if (v->type == GV_ARRAY) {
		*out = gv_mkarr();
		for (uint32_t i = 0; !rc && i < v->n; i++) {
			rc = clean_val(s, d, &one, &v->items[i]);
			if (!rc)
				rc = gv_arr_add(d, out, one, s->err);
		}
	} else if (v->type == GV_OBJECT) {
		*out = gv_mkobj();
		for (uint32_t i = 0; !rc && i < v->n; i++) {
			rc = clean_val(s, d, &one, &v->members[i].val);
			if (!rc)
				rc = gv_obj_set(d, out, gv_arena_copy(&d->arena, v->members[i].name), one, s->err);
		}
	} else {
		*out = *v;
	}
	return rc;
}

/* ---- records ---- */

static const char *const *fields_of(enum site_kind kind, struct gv_str state)
{
	return gv_public_fields(gv_str_of(gv_public_kinds[kind]), state);
}

struct gv_str site_court(struct site *s, struct gv_str court)
{
	size_t row = gv_ref_find(s->courts, gv_ref_column(s->courts, "code"), court, 0);

	return row == GV_REF_NONE || !court.n ? court : gv_ref_cell(s->courts, row, gv_ref_column(s->courts, "name"));
}

/* Lines of `text`, as strings that lie in it, for d keeps them. */
static int add_lines(struct site *s, struct gv_doc *d, struct gv_val *out, const char *name, struct gv_str text)
{
	struct gv_val lines = gv_mkarr();
	int rc = 0;

	while (!rc && text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		struct gv_str line = { text.p, end ? (size_t)(end - text.p) : text.n };

		rc = gv_arr_add(d, &lines, gv_mkstr(d, line), s->err);
		text = (struct gv_str){ text.p + line.n + (end != NULL), text.n - line.n - (end != NULL) };
	}
	return rc ? rc : gv_obj_set(d, out, gv_str_of(name), lines, s->err);
}

/*
 * A judgment begins with court, kind and number, and ends with who signed it and when: a template looks at these lines one
 * by one, which takes it longer than all the rest.
 */
int site_split(struct site *s, struct gv_doc *d, struct gv_val *view)
{
	struct gv_str text = gv_val_getstr(view, "text");
	const char *from = text.p, *to = text.p + text.n, *end = to;
	int rc;

	if (!text.n)
		return 0;
	for (int i = 0; i < 3 && from < to; i++) {
		const char *next = memchr(from, '\n', (size_t)(to - from));

		from = next ? next + 1 : to;
	}
	for (int i = 0; i < 8 && to > from; i++) {
		const char *before = memrchr(from, '\n', (size_t)(to - 1 - from));

		to = before ? before + 1 : from;
	}
	rc = add_lines(s, d, view, "opening", (struct gv_str){ text.p, (size_t)(from - text.p) });
	if (!rc)
		rc = add_lines(s, d, view, "closing", (struct gv_str){ to, (size_t)(end - to) });
	text = (struct gv_str){ from, (size_t)(to - from) };
	text.n -= text.n && text.p[text.n - 1] == '\n';
	return rc ? rc : gv_obj_set(d, view, GV_STR("text"), gv_mkstr(d, text), s->err);
}

int site_view(struct site *s, struct gv_doc *d, struct gv_val *out, enum site_kind kind, const struct gv_val *rec)
{
	struct gv_str state = gv_val_getstr(rec, "state"), court = gv_val_getstr(rec, "court");
	const char *const *names = fields_of(kind, state);
	int rc;

	*out = gv_mkobj();
	rc = gv_obj_set(d, out, GV_STR("id"), site_clean(d, gv_val_getstr(rec, "id")), s->err);
	if (!rc)
		rc = gv_obj_set(d, out, GV_STR("state"), site_clean(d, state), s->err);
	if (!rc && court.n && *names && kind != SITE_REPORT)
		rc = gv_obj_set(d, out, GV_STR("court"), site_clean(d, site_court(s, court)), s->err);
	for (; !rc && *names; names++) {
		const struct gv_val *v = gv_val_get(rec, *names);
		struct gv_val one;

		if (!v || gv_val_is_sealed(v))
			continue;
		rc = clean_val(s, d, &one, v);
		if (!rc)
			rc = gv_obj_set(d, out, gv_str_of(*names), one, s->err);
	}
	return rc;
}

bool site_has_page(enum site_kind kind, const struct gv_val *view)
{
	return *fields_of(kind, gv_val_getstr(view, "state")) != NULL;
}

/* ---- entries ---- */

/* ASCII, and one for each key, whatever the court: what is none is u and four digits, or v and six. */
static const char *path_of(struct site *s, enum site_kind kind, struct gv_str key)
{
	static const char *const folders[SITE_KINDS] = { "t", "r", "d" };
	char text[SITE_PATH_MAX];
	size_t pos = 0, n = 0;
	int32_t cp;

	while ((cp = gv_utf8_next(key, &pos)) >= 0 && n + 16 < sizeof text) {
		if (cp >= 'A' && cp <= 'Z')
			cp += 'a' - 'A';
		if ((cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || cp == '-')
			text[n++] = (char)cp;
		else
			n += (size_t)snprintf(text + n, sizeof text - n, cp < 0x10000 ? "u%04x" : "v%06x", (unsigned)cp);
	}
	text[n] = '\0';
	return gv_arena_printf(&s->arena, "%s/%s.html", folders[kind], text);
}

static struct gv_str keep(struct site *s, struct gv_str text)
{
	return text.n ? gv_arena_copy(&s->arena, text) : (struct gv_str){ "", 0 };
}

static struct gv_str first_of(const struct gv_val *v, const char *a, const char *b, const char *c)
{
	struct gv_str text = gv_val_getstr(v, a);

	if (!text.n)
		text = gv_val_getstr(v, b);
	return text.n || !c ? text : gv_val_getstr(v, c);
}

static struct gv_str line_of(struct site *s, const struct site_entry *e)
{
	const struct gv_str parts[] = { e->title.n ? e->number : e->title, e->court, e->facet[SITE_DOC_KIND] };
	struct gv_buf line = GV_BUF_INIT(8192);
	struct gv_str kept;

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		gv_buf_adds(&line, line.n && parts[i].n ? " · " : "");
		gv_buf_addstr(&line, parts[i]);
	}
	kept = keep(s, gv_buf_str(&line));
	gv_buf_free(&line);
	return kept;
}

/* Of the day; else of the case number, behind its bracket. */
static struct gv_str year_of(const struct site_entry *e)
{
	static const size_t bracket = sizeof "（" - 1;
	struct gv_str year = e->on;

	if (year.n < 4 && e->number.n > bracket + 4)
		year = (struct gv_str){ e->number.p + bracket, 4 };
	year.n = year.n < 4 ? 0 : 4;
	for (size_t i = 0; i < year.n; i++)
		if (year.p[i] < '0' || year.p[i] > '9')
			return (struct gv_str){ "", 0 };
	return year;
}

static struct gv_str later(struct gv_str day, struct gv_str moment)
{
	struct gv_str other = { moment.p, moment.n < GV_DATE_LEN ? 0 : GV_DATE_LEN };

	return gv_day_read(other) != GV_DAY_NONE && gv_str_cmp(other, day) > 0 ? other : day;
}

/* Whoever follows the site is to hear of a correction, too; a note is none. */
static struct gv_str updated_of(const struct gv_val *rec)
{
	const struct gv_val *log = gv_val_items(rec, "events");
	struct gv_str day = later((struct gv_str){ "", 0 }, gv_val_getstr(rec, "published_on"));

	day = later(day, gv_val_getstr(rec, "withdrawn_on"));
	for (uint32_t i = 0; i < log->n; i++)
		if (!gv_str_is(gv_val_getstr(&log->items[i], "event"), "note"))
			day = later(day, gv_val_getstr(&log->items[i], "on"));
	return day.n ? day : later(day, gv_val_getstr(rec, "issued_on"));
}

int site_add(struct site *s, enum site_kind kind, const struct gv_val *view, const struct gv_val *rec)
{
	struct site_entry *e;

	if (s->n == s->cap) {
		size_t cap = s->cap ? 2 * s->cap : 1024;
		struct site_entry *more = realloc(s->entries, cap * sizeof *more);

		if (!more)
			return gv_fail_nomem(s->err);
		s->entries = more;
		s->cap = cap;
	}
	e = &s->entries[s->n++];
	*e = (struct site_entry){ .kind = kind };
	e->key = keep(s, gv_val_getstr(view, "id"));
	e->state = keep(s, gv_val_getstr(view, "state"));
	e->shown = gv_public_is_out(e->state);
	e->number = keep(s, gv_val_getstr(view, "case"));
	e->title = keep(s, gv_val_getstr(view, "title"));
	e->court = keep(s, gv_val_getstr(view, "court"));
	e->on = keep(s, kind == SITE_DOCUMENT ? first_of(view, "issued_on", "published_on", "withdrawn_on") :
	             kind == SITE_CASE ? first_of(view, "decided_on", "published_on", "withdrawn_on") :
	             first_of(view, "published_on", "period_to", "withdrawn_on"));
	e->published_on = keep(s, first_of(view, "published_on", "issued_on", NULL));
	e->facet[SITE_YEAR] = year_of(e);
	e->updated = keep(s, updated_of(rec));
	for (enum site_facet f = SITE_CAUSE; f < SITE_COUNTED; f++)
		e->facet[f] = keep(s, gv_val_getstr(view, site_facet_names[f]));
	e->name = e->title.n ? e->title : e->number.n ? e->number : e->key;
	e->line = line_of(s, e);
	e->path = path_of(s, kind, e->key);
	return e->path ? 0 : gv_fail_nomem(s->err);
}
