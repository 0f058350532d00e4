/* SPDX-License-Identifier: MIT */
#include "stat.h"

#include <stdlib.h>

#include "date.h"
#include "i18n.h"

enum { MAX_COLUMNS = 16 };

enum part { PART_ALL, PART_YEAR, PART_QUARTER, PART_MONTH, PART_DAY };
enum fn { FN_COUNT, FN_SUM, FN_MIN, FN_MAX };

struct column {
	struct gv_str path;   /* of the value */
	struct gv_str name;   /* of the output */
	enum part part;
	enum fn fn;
	uint64_t misfits;     /* values that are no numbers */
};

/* Room for 10^11 numbers of 27 digits, or 2^63 below 2^53. */
enum { DIGITS_MAX = 27 };
__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 uwide;

struct cell {
	wide value;
	uint64_t seen;
};

struct group {
	struct gv_str key;            /* the group values as JSON, joined: unique */
	uint64_t hash;                /* of the key */
	struct gv_val *values;        /* one per group column; GV_NULL = absent */
	struct cell *cells;
};

struct gv_stat {
	struct gv_doc mem;
	struct column groups[MAX_COLUMNS], aggregates[MAX_COLUMNS];
	size_t ngroups, naggregates;
	struct group **slots;         /* open addressing, size a power of two */
	size_t nslots, used;
	struct gv_buf key;
	struct gv_buf columns;
	const struct column *order;   /* the aggregate that rows are ordered by; NULL = by group values only */
	bool down;                    /* the largest first */
};

/* ---- what to compute ---- */

/* An empty list is one empty part; list->p is NULL behind the last. */
static bool next_part(struct gv_str *list, struct gv_str *part)
{
	const char *comma;

	if (!list->p)
		return false;
	comma = memchr(list->p, ',', list->n);
	*part = (struct gv_str){ list->p, comma ? (size_t)(comma - list->p) : list->n };
	*list = comma ? (struct gv_str){ comma + 1, list->n - part->n - 1 } : (struct gv_str){ 0 };
	return true;
}

static int check_path(char option, struct gv_str path, struct gv_err *err)
{
	if (!path.n)
		return gv_fail(err, GV_EUSAGE, _("-%c: the name of a field is empty"), option);
	if (memchr(path.p, '[', path.n))
		return gv_fail(err, GV_EUSAGE, _("-%c %.*s: may be several values; name one, as parties.0.name"), option,
		               (int)path.n, path.p);
	return 0;
}

static int name_column(struct gv_stat *s, struct column *c, struct gv_str first, struct gv_str second,
                       struct gv_err *err)
{
	char *name = gv_arena_printf(&s->mem.arena, "%.*s_%.*s", (int)first.n, first.p, (int)second.n, second.p);

	if (!name)
		return gv_fail_nomem(err);
	c->name = gv_str_of(name);
	return 0;
}

static int parse_group(struct gv_stat *s, struct gv_str text, struct gv_err *err)
{
	static const char *const parts[] = { "", "year", "quarter", "month", "day" };
	const char *colon = memchr(text.p, ':', text.n);
	struct column *c = &s->groups[s->ngroups];
	struct gv_str part;
	int rc;

	if (s->ngroups == MAX_COLUMNS)
		return gv_fail(err, GV_EUSAGE, _("-g: at most %d fields"), MAX_COLUMNS);
	s->ngroups++;
	*c = (struct column){ .path = text, .name = text };
	if (colon)
		c->path.n = (size_t)(colon - text.p);
	rc = check_path('g', c->path, err);
	if (rc || !colon)
		return rc;
	part = (struct gv_str){ colon + 1, text.n - c->path.n - 1 };
	for (size_t i = 1; i < sizeof parts / sizeof parts[0]; i++)
		if (gv_str_is(part, parts[i]))
			c->part = (enum part)i;
	if (c->part == PART_ALL)
		return gv_fail(err, GV_EUSAGE, _("-g %.*s: \"%.*s\" is not one of year, quarter, month, day"),
		               (int)text.n, text.p, (int)part.n, part.p);
	return name_column(s, c, c->path, part, err);
}

static int parse_aggregate(struct gv_stat *s, struct gv_str text, struct gv_err *err)
{
	static const char *const names[] = { "count", "sum", "min", "max" };
	const char *colon = memchr(text.p, ':', text.n);
	struct gv_str fn = { text.p, colon ? (size_t)(colon - text.p) : text.n };
	struct column *c = &s->aggregates[s->naggregates];
	size_t i = 0;
	int rc;

	if (s->naggregates == MAX_COLUMNS)
		return gv_fail(err, GV_EUSAGE, _("-a: at most %d aggregates"), MAX_COLUMNS);
	while (i < sizeof names / sizeof names[0] && !gv_str_is(fn, names[i]))
		i++;
	if (i == sizeof names / sizeof names[0] || (i == FN_COUNT) != (colon == NULL))
		return gv_fail(err, GV_EUSAGE, _("-a: \"%.*s\" is not one of count, sum:FIELD, min:FIELD, max:FIELD"),
		               (int)text.n, text.p);
	s->naggregates++;
	*c = (struct column){ .fn = (enum fn)i, .name = text };
	if (!colon)
		return 0;
	c->path = (struct gv_str){ colon + 1, text.n - fn.n - 1 };
	rc = check_path('a', c->path, err);
	return rc ? rc : name_column(s, c, fn, c->path, err);
}

static const struct column *column_at(const struct gv_stat *s, size_t i)
{
	return i < s->ngroups ? &s->groups[i] : &s->aggregates[i - s->ngroups];
}

static int list_columns(struct gv_stat *s, struct gv_err *err)
{
	for (size_t i = 0; i < s->ngroups + s->naggregates; i++) {
		struct gv_str name = column_at(s, i)->name;

		for (size_t k = 0; k < i; k++)
			if (gv_str_eq(column_at(s, k)->name, name))
				return gv_fail(err, GV_EUSAGE, _("two columns would be named \"%.*s\""), (int)name.n, name.p);
		if (i)
			gv_buf_addc(&s->columns, ',');
		gv_buf_addstr(&s->columns, name);
	}
	return gv_buf_check(&s->columns, err);
}

static int parse_lists(struct gv_stat *s, const char *groups, const char *aggregates, struct gv_err *err)
{
	struct gv_str list = { 0 }, part;
	int rc = 0;

	if (groups) {
		list = gv_arena_copy(&s->mem.arena, gv_str_of(groups));
		rc = list.p ? 0 : gv_fail_nomem(err);
	}
	while (!rc && next_part(&list, &part))
		rc = parse_group(s, part, err);
	if (!rc) {
		list = gv_arena_copy(&s->mem.arena, gv_str_of(aggregates));
		rc = list.p ? 0 : gv_fail_nomem(err);
	}
	while (!rc && next_part(&list, &part))
		rc = parse_aggregate(s, part, err);
	return rc ? rc : list_columns(s, err);
}

/* ---- finding the group ---- */

/* Eight bytes a step; no adversary matters here. */
static uint64_t hash(struct gv_str s)
{
	uint64_t h = 0x9E3779B97F4A7C15u ^ s.n;

	for (size_t at = 0; at < s.n; at += sizeof(uint64_t)) {
		uint64_t word = 0;

		memcpy(&word, s.p + at, s.n - at < sizeof word ? s.n - at : sizeof word);
		h = (h ^ word) * 0xFF51AFD7ED558CCDu;
		h ^= h >> 32;
	}
	return h;
}

static size_t slot_of(const struct gv_stat *s, struct gv_str key, uint64_t h)
{
	size_t i = (size_t)h & (s->nslots - 1);

	while (s->slots[i] && (s->slots[i]->hash != h || !gv_str_eq(s->slots[i]->key, key)))
		i = (i + 1) & (s->nslots - 1);
	return i;
}

static int grow(struct gv_stat *s, struct gv_err *err)
{
	struct group **old = s->slots;
	size_t n = s->nslots;

	s->slots = calloc(n ? n * 2 : 256, sizeof(struct group *));
	if (!s->slots) {
		s->slots = old;
		return gv_fail_nomem(err);
	}
	s->nslots = n ? n * 2 : 256;
	for (size_t i = 0; i < n; i++)
		if (old[i])
			s->slots[slot_of(s, old[i]->key, old[i]->hash)] = old[i];
	free(old);
	return 0;
}

/* The value a record is grouped by; `text` holds a date part. */
static struct gv_val group_value(const struct column *c, const struct gv_val *rec, char text[16])
{
	const struct gv_val *v = gv_val_path(rec, c->path);
	struct gv_moment m;
	struct gv_ymd ymd;
	static const size_t cut[] = { 0, 4, 0, 7, 10 };

	if (!v)
		return (struct gv_val){ .type = GV_NULL };
	if (c->part == PART_ALL || v->type != GV_STRING)
		return *v;
	if (gv_moment_parse(&m, gv_val_str(v), NULL))
		return *v;
	gv_day_format(m.day, text);
	if (c->part == PART_QUARTER) {
		ymd = gv_day_ymd(m.day);
		text[4] = '-';
		text[5] = 'Q';
		text[6] = (char)('1' + (ymd.month - 1) / 3);
		text[7] = '\0';
	} else {
		text[cut[c->part]] = '\0';
	}
	return gv_mklit(text);
}

static int new_group(struct gv_stat *s, const struct gv_val *values, uint64_t h, struct group **out,
                     struct gv_err *err)
{
	struct group *g = gv_arena_alloc(&s->mem.arena, sizeof *g);
	int rc = 0;

	if (!g)
		return gv_fail_nomem(err);
	g->hash = h;
	g->key = gv_arena_copy(&s->mem.arena, gv_buf_str(&s->key));
	g->values = gv_arena_alloc(&s->mem.arena, (s->ngroups + 1) * sizeof *g->values);
	g->cells = gv_arena_alloc(&s->mem.arena, (s->naggregates + 1) * sizeof *g->cells);
	if (!g->key.p || !g->values || !g->cells)
		return gv_fail_nomem(err);
	memset(g->cells, 0, (s->naggregates + 1) * sizeof *g->cells);
	for (size_t i = 0; i < s->ngroups && !rc; i++)
		rc = gv_val_copy(&s->mem, &g->values[i], &values[i], err);
	*out = g;
	return rc;
}

static int find_group(struct gv_stat *s, const struct gv_val *rec, struct group **out, struct gv_err *err)
{
	struct gv_val values[MAX_COLUMNS];
	char texts[MAX_COLUMNS][16];
	uint64_t h;
	size_t slot;
	int rc;

	gv_buf_reset(&s->key);
	for (size_t i = 0; i < s->ngroups; i++) {
		values[i] = group_value(&s->groups[i], rec, texts[i]);
		if (values[i].type != GV_NULL)
			gv_json_line(&s->key, &values[i]);
		gv_buf_addc(&s->key, '\n');
	}
	rc = gv_buf_check(&s->key, err);
	if (!rc && (s->used + 1) * 2 > s->nslots)
		rc = grow(s, err);
	if (rc)
		return rc;
	h = hash(gv_buf_str(&s->key));
	slot = slot_of(s, gv_buf_str(&s->key), h);
	if (!s->slots[slot]) {
		rc = new_group(s, values, h, &s->slots[slot], err);
		if (rc) {
			s->slots[slot] = NULL;
			return rc;
		}
		s->used++;
	}
	*out = s->slots[slot];
	return 0;
}

/* ---- birth and death ---- */

int gv_stat_new(struct gv_stat **out, const char *groups, const char *aggregates, struct gv_err *err)
{
	struct gv_stat *s = calloc(1, sizeof *s);
	struct group *all;
	int rc;

	*out = NULL;
	if (!s)
		return gv_fail_nomem(err);
	gv_buf_init(&s->key, GV_JSON_TEXT_MAX * 2);
	gv_buf_init(&s->columns, 65536);
	rc = parse_lists(s, groups, aggregates, err);
	if (!rc && !s->ngroups)
		rc = find_group(s, NULL, &all, err);
	if (rc) {
		gv_stat_free(s);
		return rc;
	}
	*out = s;
	return 0;
}

void gv_stat_free(struct gv_stat *s)
{
	if (!s)
		return;
	gv_doc_free(&s->mem);
	gv_buf_free(&s->key);
	gv_buf_free(&s->columns);
	free(s->slots);
	free(s);
}

/* ---- adding ---- */

static bool whole_number(const struct gv_val *v, wide *out)
{
	struct gv_str s = gv_val_str(v);
	bool minus = s.n > 1 && s.p[0] == '-';
	wide n = 0;

	if (v->type == GV_INT) {
		*out = v->i;
		return true;
	}
	s.p += minus;
	s.n -= minus;
	if (!s.n || s.n > DIGITS_MAX || (s.p[0] == '0' && (s.n > 1 || minus)))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		n = n * 10 + (s.p[i] - '0');
	}
	*out = minus ? -n : n;
	return true;
}

static void add_cell(struct column *c, struct cell *cell, const struct gv_val *rec)
{
	const struct gv_val *v;
	wide n;

	if (c->fn == FN_COUNT) {
		cell->value++;
		cell->seen++;
		return;
	}
	v = gv_val_path(rec, c->path);
	if (!v || v->type == GV_NULL)
		return;
	if (!whole_number(v, &n)) {
		c->misfits++;
		return;
	}
	if (c->fn == FN_SUM)
		cell->value += n;
	else if (!cell->seen || (c->fn == FN_MIN ? n < cell->value : n > cell->value))
		cell->value = n;
	cell->seen++;
}

int gv_stat_add(struct gv_stat *s, const struct gv_val *rec, struct gv_err *err)
{
	struct group *g = NULL;
	int rc = find_group(s, rec, &g, err);

	for (size_t i = 0; i < s->naggregates && !rc; i++)
		add_cell(&s->aggregates[i], &g->cells[i], rec);
	return rc;
}

/* Two aggregates of one field leave out the same values. */
static bool was_told(const struct gv_stat *s, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (gv_str_eq(s->aggregates[k].path, s->aggregates[i].path))
			return true;
	return false;
}

uint64_t gv_stat_misfits(const struct gv_stat *s, size_t *i, struct gv_str *field)
{
	while (*i < s->naggregates) {
		const struct column *c = &s->aggregates[(*i)++];

		if (c->misfits && !was_told(s, *i - 1)) {
			*field = c->path;
			return c->misfits;
		}
	}
	return 0;
}

/* ---- rows ---- */

/* Absent, then false and true, numbers, text.  Arrays and objects are left to the texts of the keys. */
static int compare_values(const struct gv_val *a, const struct gv_val *b)
{
	if (a->type != b->type)
		return a->type < b->type ? -1 : 1;
	if (a->type == GV_BOOL)
		return (int)a->truth - (int)b->truth;
	if (a->type == GV_INT)
		return (a->i > b->i) - (a->i < b->i);
	return gv_str_cmp(gv_val_str(a), gv_val_str(b));
}

/* A sum of nothing is 0, but there is no least or greatest of nothing. */
static bool has_value(const struct column *c, const struct cell *cell)
{
	return cell->seen || c->fn == FN_SUM || c->fn == FN_COUNT;
}

static int compare_cells(const struct column *c, const struct cell *a, const struct cell *b)
{
	bool has = has_value(c, a);

	if (has != has_value(c, b))
		return has ? 1 : -1;
	return (a->value > b->value) - (a->value < b->value);
}

static int compare_groups(const void *a, const void *b, void *ctx)
{
	const struct group *x = *(struct group *const *)a, *y = *(struct group *const *)b;
	const struct gv_stat *s = ctx;
	int diff = 0;

	if (s->order) {
		size_t i = (size_t)(s->order - s->aggregates);

		diff = compare_cells(s->order, &x->cells[i], &y->cells[i]);
	}
	if (diff)
		return s->down ? -diff : diff;
	for (size_t i = 0; i < s->ngroups && !diff; i++) {
		diff = compare_values(&x->values[i], &y->values[i]);
		if (!diff && x->values[i].type >= GV_ARRAY)
			break;
	}
	return diff ? diff : gv_str_cmp(x->key, y->key);
}

int gv_stat_order(struct gv_stat *s, const char *sort, struct gv_err *err)
{
	struct gv_buf names = GV_BUF_INIT(65536);

	s->order = NULL;
	s->down = sort[0] == '-';
	for (size_t i = 0; i < s->naggregates; i++) {
		if (gv_str_is(s->aggregates[i].name, sort + s->down))
			s->order = &s->aggregates[i];
		gv_buf_adds(&names, i ? ", " : "");
		gv_buf_addstr(&names, s->aggregates[i].name);
	}
	if (!s->order)
		gv_fail(err, GV_EUSAGE, _("--sort: \"%s\" is no column to order by; those are: %s"), sort,
		        names.p ? names.p : "");
	gv_buf_free(&names);
	return s->order ? 0 : GV_EUSAGE;
}

/* Beyond 2^53 a number is written as a string, as everywhere in a docket. */
static struct gv_val number(struct gv_doc *d, wide v)
{
	char digits[48];
	size_t i = sizeof digits;
	uwide u = v < 0 ? -(uwide)v : (uwide)v;

	if (v >= -(wide)GV_JSON_INT_MAX && v <= (wide)GV_JSON_INT_MAX)
		return gv_mkint((int64_t)v);
	do {
		digits[--i] = (char)('0' + (int)(u % 10));
		u /= 10;
	} while (u);
	if (v < 0)
		digits[--i] = '-';
	return gv_mkstr(d, (struct gv_str){ digits + i, sizeof digits - i });
}

static int make_row(struct gv_stat *s, struct gv_doc *d, const struct group *g, struct gv_err *err)
{
	int rc = 0;

	gv_doc_reset(d);
	d->root = gv_mkobj();
	for (size_t i = 0; i < s->ngroups && !rc; i++)
		if (g->values[i].type != GV_NULL)
			rc = gv_obj_set(d, &d->root, s->groups[i].name, g->values[i], err);
	for (size_t i = 0; i < s->naggregates && !rc; i++)
		if (has_value(&s->aggregates[i], &g->cells[i]))
			rc = gv_obj_set(d, &d->root, s->aggregates[i].name, number(d, g->cells[i].value), err);
	return rc;
}

int gv_stat_rows(struct gv_stat *s, size_t top, int (*each)(void *ctx, const struct gv_val *row), void *ctx,
                 struct gv_err *err)
{
	struct group **list = calloc(s->used + 1, sizeof(struct group *));
	struct gv_doc d = GV_DOC_INIT;
	size_t n = 0;
	int rc = 0;

	if (!list)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < s->nslots; i++)
		if (s->slots[i])
			list[n++] = s->slots[i];
	qsort_r(list, n, sizeof(struct group *), compare_groups, s);
	if (top && top < n)
		n = top;
	for (size_t i = 0; i < n && !rc; i++) {
		rc = make_row(s, &d, list[i], err);
		if (!rc)
			rc = each(ctx, &d.root);
	}
	gv_doc_free(&d);
	free(list);
	return rc;
}

const char *gv_stat_columns(const struct gv_stat *s)
{
	return s->columns.p ? s->columns.p : "";
}

struct gv_str gv_stat_first(const struct gv_stat *s)
{
	return s->naggregates ? s->aggregates[0].name : GV_STR("");
}
