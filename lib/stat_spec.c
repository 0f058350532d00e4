/* SPDX-License-Identifier: MIT */
/* stat_spec: the question, read from the words of a command line or from a state. */
#include <stdlib.h>

#include "i18n.h"
#include "stat_impl.h"

enum { LIST_MAX = 65536, PERCENT_DIGITS = 6 };

/* ---- lists ---- */

/* The next item of a comma list; commas in brackets and quotes belong to it.  rest->p is NULL behind the last. */
static bool next_item(struct gv_str *rest, struct gv_str *item)
{
	char quote = '\0';
	size_t depth = 0, i;

	if (!rest->p)
		return false;
	for (i = 0; i < rest->n; i++) {
		char c = rest->p[i];

		if (quote && c == '\\')
			i++;
		else if (quote)
			quote = c == quote ? '\0' : quote;
		else if (c == '\'' || c == '"')
			quote = c;
		else if (c == '(')
			depth++;
		else if (c == ')')
			depth -= depth > 0;
		else if (c == ',' && !depth)
			break;
	}
	*item = (struct gv_str){ rest->p, i < rest->n ? i : rest->n };
	*rest = i < rest->n ? (struct gv_str){ rest->p + i + 1, rest->n - i - 1 } : (struct gv_str){ 0 };
	return true;
}

/* parties[] and parties[0]; another [ is part of a name. */
static bool has_items(struct gv_str path)
{
	for (size_t i = 0; i + 1 < path.n; i++)
		if (path.p[i] == '[' && (path.p[i + 1] == ']' || (path.p[i + 1] >= '0' && path.p[i + 1] <= '9')))
			return true;
	return false;
}

/* A field of the item `text` of an option's list. */
static int check_path(const char *option, struct gv_str text, struct gv_str path, struct gv_err *err)
{
	struct gv_str rest = path;
	const char *dot;

	if (!path.n)
		return gv_fail(err, GV_EUSAGE, _("%s \"%.*s\": the name of a field is empty"), option, (int)text.n, text.p);
	if (has_items(path))
		return gv_fail(err, GV_EUSAGE, _("%s \"%.*s\": %.*s may be several values; name one, as parties.0.name"), option,
		               (int)text.n, text.p, (int)path.n, path.p);
	do {
		dot = memchr(rest.p, '.', rest.n);
		if (dot == rest.p || !rest.n)
			return gv_fail(err, GV_EUSAGE, _("%s \"%.*s\": a step of the path is empty"), option, (int)text.n, text.p);
		if (dot)
			rest = (struct gv_str){ dot + 1, rest.n - (size_t)(dot - rest.p) - 1 };
	} while (dot);
	return 0;
}

static int make_name(struct gv_stat_spec *s, struct gv_str *out, struct gv_str first, struct gv_str second, struct gv_err *err)
{
	char *name = gv_arena_printf(&s->arena, "%.*s_%.*s", (int)first.n, first.p, (int)second.n, second.p);

	*out = gv_str_of(name);
	return name ? 0 : gv_fail_nomem(err);
}

/* ---- groups ---- */

/* The name in front of "=", if there is one: letters, digits, "_" and all beyond ASCII. */
static struct gv_str take_alias(struct gv_str *text)
{
	for (size_t i = 0; i < text->n; i++) {
		unsigned char c = (unsigned char)text->p[i];
		struct gv_str alias = { text->p, i };

		if (c == '=' && i) {
			*text = (struct gv_str){ text->p + i + 1, text->n - i - 1 };
			return alias;
		}
		if (c < 0x80 && c != '_' && !(c >= '0' && c <= '9') && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
			break;
	}
	return (struct gv_str){ 0 };
}

static int parse_group(struct gv_stat_spec *s, struct gv_str text, struct gv_err *err)
{
	static const char *const parts[] = { "", "year", "quarter", "month", "week", "day" };
	struct gv_str field = text, alias = take_alias(&field), part;
	const char *colon = memchr(field.p, ':', field.n);
	struct gv_stat_group *g = &s->groups[s->ngroups];
	int rc;

	if (s->ngroups == GV_STAT_COLUMNS_MAX)
		return gv_fail(err, GV_EUSAGE, _("-g: at most %d fields"), GV_STAT_COLUMNS_MAX);
	s->ngroups++;
	*g = (struct gv_stat_group){ .text = text, .path = field, .name = alias.p ? alias : field };
	if (colon)
		g->path.n = (size_t)(colon - field.p);
	rc = check_path("-g", text, g->path, err);
	if (rc || !colon)
		return rc;
	part = (struct gv_str){ colon + 1, field.n - g->path.n - 1 };
	for (size_t i = 1; i < sizeof parts / sizeof parts[0]; i++)
		if (gv_str_is(part, parts[i]))
			g->part = (enum gv_date_part)i;
	if (g->part == GV_PART_ALL)
		return gv_fail(err, GV_EUSAGE, _("-g \"%.*s\": \"%.*s\" is not one of year, quarter, month, week, day"),
		               (int)text.n, text.p, (int)part.n, part.p);
	return alias.p ? 0 : make_name(s, &g->name, g->path, part, err);
}

/* ---- values ---- */

/* "claim_fen" or "days:filed_on..closed_on", which stands in `item`; *name is how a column calls it. */
static int find_value(struct gv_stat_spec *s, struct gv_str item, struct gv_str text, uint32_t *index, struct gv_str *name, struct gv_err *err)
{
	struct gv_stat_value v = { .text = text, .path = text };
	const char *dots;
	int rc;

	*name = text;
	if (gv_str_starts(text, GV_STR("days:"))) {
		v.path = (struct gv_str){ text.p + 5, text.n - 5 };
		dots = memmem(v.path.p, v.path.n, "..", 2);
		if (!dots)
			return gv_fail(err, GV_EUSAGE, _("-a \"%.*s\": days need two fields, as days:filed_on..closed_on"),
			               (int)item.n, item.p);
		v.until = (struct gv_str){ dots + 2, (size_t)(v.path.p + v.path.n - dots) - 2 };
		v.path.n = (size_t)(dots - v.path.p);
		rc = check_path("-a", item, v.until, err);
		if (!rc)
			rc = make_name(s, name, GV_STR("days"), v.path, err);
		if (!rc)
			rc = make_name(s, name, *name, v.until, err);
		if (rc)
			return rc;
	}
	rc = check_path("-a", item, v.path, err);
	if (rc)
		return rc;
	for (*index = 0; *index < s->nvalues; ++*index)
		if (gv_str_eq(s->values[*index].text, text))
			return 0;
	s->values[s->nvalues++] = v;
	return 0;
}

/* Aggregates share what is kept for them where that is the same. */
static uint32_t find_cell(struct gv_stat_spec *s, struct gv_stat_cell want)
{
	for (uint32_t i = 0; i < s->ncells; i++) {
		struct gv_stat_cell *c = &s->cells[i];

		if (c->kind == want.kind && c->value == want.value && gv_str_eq(c->text, want.text)) {
			c->squares |= want.squares;
			return i;
		}
	}
	s->cells[s->ncells] = want;
	return (uint32_t)s->ncells++;
}

/* ---- aggregates ---- */

static const struct function {
	const char *name;
	enum gv_stat_fn fn;
	enum gv_cell_kind cell;
} functions[] = {
	{ "count", GV_FN_HAS, GV_CELL_HAS }, { "sum", GV_FN_SUM, GV_CELL_SUM }, { "mean", GV_FN_MEAN, GV_CELL_SUM },
	{ "sd", GV_FN_SD, GV_CELL_SUM }, { "min", GV_FN_MIN, GV_CELL_RANGE }, { "max", GV_FN_MAX, GV_CELL_RANGE },
	{ "distinct", GV_FN_DISTINCT, GV_CELL_UNIQ }, { "rate", GV_FN_RATE, GV_CELL_RATE },
	{ "first", GV_FN_FIRST, GV_CELL_FIRST }, { "last", GV_FN_LAST, GV_CELL_LAST },
};
static const struct function quantile = { "p50", GV_FN_QUANTILE, GV_CELL_DIST };

static uint32_t power10(size_t n)
{
	uint32_t p = 1;

	while (n--)
		p *= 10;
	return p;
}

/* p50, p99.9 */
static bool read_percent(struct gv_str fn, struct gv_percent *out)
{
	struct gv_num_parts parts;
	int64_t whole, fraction = 0;

	if (fn.n < 2 || fn.p[0] != 'p' || !gv_num_parts(&parts, (struct gv_str){ fn.p + 1, fn.n - 1 }) || parts.negative ||
	    memchr(fn.p, 'e', fn.n) || memchr(fn.p, 'E', fn.n) || parts.whole.n > 3 || parts.fraction.n > PERCENT_DIGITS)
		return false;
	gv_str_int(parts.whole, &whole);
	if (parts.fraction.n)
		gv_str_int(parts.fraction, &fraction);
	out->den = power10(parts.fraction.n);
	out->num = (uint32_t)(whole * out->den + fraction);
	return out->num <= 100 * out->den;
}

static const struct function *find_function(struct gv_str name, struct gv_percent *percent)
{
	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
		if (gv_str_is(name, functions[i].name))
			return &functions[i];
	return read_percent(name, percent) ? &quantile : NULL;
}

static int unknown_function(struct gv_str text, struct gv_str fn, struct gv_err *err)
{
	if (gv_str_is(fn, "days"))
		return gv_fail(err, GV_EUSAGE, _("-a \"%.*s\": say what of the days, as mean:days:filed_on..closed_on"), (int)text.n, text.p);
	if (fn.n > 1 && fn.p[0] == 'p' && fn.p[1] >= '0' && fn.p[1] <= '9')
		return gv_fail(err, GV_EUSAGE, _("-a \"%.*s\": quantiles are p0 to p100, as p50 or p99.9"), (int)text.n, text.p);
	return gv_fail(err, GV_EUSAGE, _("-a \"%.*s\" is none of count, count:F, sum:F, mean:F, sd:F, min:F, max:F, p50:F, "
	                                 "distinct:F, rate:PREDICATE, first:F, last:F"), (int)text.n, text.p);
}

/* state=closed and fen>=5 -> state_closed_and_fen_ge_5 */
static int name_rate(struct gv_stat_spec *s, struct gv_str predicate, struct gv_str *name, struct gv_err *err)
{
	static const struct { const char *sign, *word; } signs[] = {
		{ "!=", "_ne_" }, { "<=", "_le_" }, { ">=", "_ge_" }, { "<", "_lt_" }, { ">", "_gt_" }, { "~", "_like_" },
	};
	static const char ends[] = " =()'\",\t";
	struct gv_buf out = GV_BUF_INIT(LIST_MAX);
	int rc;

	for (size_t i = 0; i < predicate.n;) {
		const char *word = NULL;
		size_t n = 1;

		for (size_t k = 0; k < sizeof signs / sizeof signs[0] && !word; k++)
			if (gv_str_starts((struct gv_str){ predicate.p + i, predicate.n - i }, gv_str_of(signs[k].sign))) {
				word = signs[k].word;
				n = strlen(signs[k].sign);
			}
		if (!word && memchr(ends, predicate.p[i], sizeof ends - 1))
			word = "_";
		for (; word && *word == '_' && (!out.n || out.p[out.n - 1] == '_');)
			word++;
		if (word)
			gv_buf_adds(&out, word);
		else
			gv_buf_addc(&out, predicate.p[i]);
		i += n;
	}
	while (out.n && out.p[out.n - 1] == '_')
		out.n--;
	rc = gv_buf_check(&out, err);
	if (!rc) {
		*name = gv_arena_copy(&s->arena, gv_buf_str(&out));
		rc = name->p ? 0 : gv_fail_nomem(err);
	}
	gv_buf_free(&out);
	return rc;
}

/* first:judge@filed_on */
static int parse_pick(struct gv_stat_spec *s, struct gv_str item, struct gv_str arg, struct gv_stat_cell *cell, struct gv_str *name, struct gv_err *err)
{
	const char *at = memchr(arg.p, '@', arg.n);
	struct gv_str field = arg;

	if (at) {
		int rc;

		field.n = (size_t)(at - arg.p);
		cell->text = (struct gv_str){ at + 1, arg.n - field.n - 1 };
		rc = check_path("-a", item, cell->text, err);
		if (rc)
			return rc;
	}
	return find_value(s, item, field, &cell->value, name, err);
}

static int parse_arg(struct gv_stat_spec *s, struct gv_stat_column *c, const struct function *f, struct gv_str arg, struct gv_str *name,
                     struct gv_err *err)
{
	struct gv_stat_cell cell = { .kind = f->cell, .squares = c->fn == GV_FN_SD };
	int rc;

	if (c->fn == GV_FN_RATE) {
		cell.text = arg;
		rc = name_rate(s, arg, name, err);
	} else if (c->fn == GV_FN_FIRST || c->fn == GV_FN_LAST) {
		rc = parse_pick(s, c->text, arg, &cell, name, err);
	} else {
		rc = find_value(s, c->text, arg, &cell.value, name, err);
	}
	if (rc)
		return rc;
	if (c->fn != GV_FN_RATE) {
		struct gv_stat_value *v = &s->values[cell.value];

		v->wants_number |= f->cell == GV_CELL_SUM || f->cell == GV_CELL_DIST;
		v->wants_order |= f->cell == GV_CELL_RANGE;
	}
	c->cell = find_cell(s, cell);
	return 0;
}

static int parse_aggregate(struct gv_stat_spec *s, struct gv_str text, struct gv_err *err)
{
	struct gv_stat_column *c = &s->columns[s->ncolumns];
	struct gv_str rest = text, alias = take_alias(&rest), fn = rest, name;
	const char *colon = memchr(rest.p, ':', rest.n);
	const struct function *f;
	int rc = 0;

	if (s->ncolumns == GV_STAT_COLUMNS_MAX)
		return gv_fail(err, GV_EUSAGE, _("-a: at most %d aggregates"), GV_STAT_COLUMNS_MAX);
	s->ncolumns++;
	*c = (struct gv_stat_column){ .text = text, .name = rest };
	if (colon)
		fn.n = (size_t)(colon - rest.p);
	f = find_function(fn, &c->percent);
	if (!f || (!colon && f->fn != GV_FN_HAS))
		return unknown_function(text, fn, err);
	c->fn = colon ? f->fn : GV_FN_COUNT;
	if (colon) {
		rc = parse_arg(s, c, f, (struct gv_str){ colon + 1, rest.n - fn.n - 1 }, &name, err);
		if (!rc)
			rc = make_name(s, &c->name, fn, name, err);
	}
	if (alias.p)
		c->name = alias;
	return rc;
}

/* ---- conditions, members ---- */

static int need_roots(struct gv_stat_spec *s, const struct gv_query *q, struct gv_buf *members, struct gv_err *err)
{
	size_t n = gv_query_roots(q, NULL, 0);
	struct gv_str *names = gv_arena_alloc(&s->arena, (n + 1) * sizeof *names);

	if (!names)
		return gv_fail_nomem(err);
	gv_query_roots(q, names, n);
	for (size_t i = 0; i < n; i++) {
		names[i] = gv_arena_copy(&s->arena, names[i]);
		if (!names[i].p)
			return gv_fail_nomem(err);
		gv_buf_add(members, &names[i], sizeof names[i]);
	}
	return 0;
}

/* Queries are compiled again for every thread; here only their mistakes and the members they look at matter. */
static int check_query(struct gv_stat_spec *s, const char *option, struct gv_str text, struct gv_buf *members, struct gv_err *err)
{
	struct gv_str copy = gv_arena_copy(&s->arena, text);
	struct gv_query *q = NULL;
	int rc;

	if (!copy.p)
		return gv_fail_nomem(err);
	rc = gv_query_parse(&q, copy.p, NULL, NULL, NULL, err);
	if (rc)
		gv_err_thing(err, option, strlen(option));
	else
		rc = need_roots(s, q, members, err);
	gv_query_free(q);
	return rc;
}

static void need_member(struct gv_buf *members, struct gv_str path)
{
	const char *dot = path.p ? memchr(path.p, '.', path.n) : NULL;

	if (path.p)
		gv_buf_add(members, &path, sizeof path); /* a member may have dots in its name */
	if (dot) {
		path.n = (size_t)(dot - path.p);
		gv_buf_add(members, &path, sizeof path);
	}
}

static int compare_names(const void *a, const void *b)
{
	return gv_str_cmp(*(const struct gv_str *)a, *(const struct gv_str *)b);
}

static int keep_members(struct gv_stat_spec *s, const struct gv_buf *found, struct gv_err *err)
{
	size_t n = found->n / sizeof *s->members, kept = 0;
	int rc = gv_buf_check(found, err);

	if (rc)
		return rc;
	s->members = gv_arena_alloc(&s->arena, found->n + 1);
	if (!s->members)
		return gv_fail_nomem(err);
	if (n)
		memcpy(s->members, found->p, found->n);
	qsort(s->members, n, sizeof *s->members, compare_names);
	for (size_t i = 0; i < n; i++)
		if (!kept || !gv_str_eq(s->members[kept - 1], s->members[i]))
			s->members[kept++] = s->members[i];
	s->only = (struct gv_json_only){ s->members, kept };
	return 0;
}

static int list_members(struct gv_stat_spec *s, struct gv_err *err)
{
	struct gv_buf found = GV_BUF_INIT(GV_MIB);
	int rc = 0;

	for (size_t i = 0; i < s->nwhere && !rc; i++)
		rc = check_query(s, "--where", s->where[i], &found, err);
	for (size_t i = 0; i < s->ncells && !rc; i++)
		if (s->cells[i].kind == GV_CELL_RATE)
			rc = check_query(s, "-a rate", s->cells[i].text, &found, err);
		else
			need_member(&found, s->cells[i].text);
	for (size_t i = 0; i < s->ngroups; i++)
		need_member(&found, s->groups[i].path);
	for (size_t i = 0; i < s->nvalues; i++) {
		need_member(&found, s->values[i].path);
		need_member(&found, s->values[i].until);
	}
	if (!rc)
		rc = keep_members(s, &found, err);
	gv_buf_free(&found);
	return rc;
}

const struct gv_json_only *gv_stat_spec_members(const struct gv_stat_spec *spec)
{
	return &spec->only;
}

bool gv_stat_spec_ends_with(const struct gv_stat_spec *spec, struct gv_str group)
{
	const struct gv_stat_group *last = spec->ngroups ? &spec->groups[spec->ngroups - 1] : NULL;

	return last && (gv_str_eq(last->text, group) || gv_str_eq(last->name, group));
}

struct gv_str gv_stat_spec_ordered(const struct gv_stat_spec *spec)
{
	for (size_t i = 0; i < spec->ncolumns; i++) {
		const struct gv_stat_column *c = &spec->columns[i];

		if ((c->fn == GV_FN_FIRST || c->fn == GV_FN_LAST) && !spec->cells[c->cell].text.p)
			return c->text;
	}
	return (struct gv_str){ 0 };
}

/* ---- the whole ---- */

static int check_names(const struct gv_stat_spec *s, struct gv_err *err)
{
	struct gv_str names[2 * GV_STAT_COLUMNS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < s->ngroups; i++)
		names[n++] = s->groups[i].name;
	for (size_t i = 0; i < s->ncolumns; i++)
		names[n++] = s->columns[i].name;
	qsort(names, n, sizeof names[0], compare_names);
	for (size_t i = 1; i < n; i++)
		if (gv_str_eq(names[i - 1], names[i]))
			return gv_fail(err, GV_EUSAGE, _("two columns would be named \"%.*s\""), (int)names[i].n, names[i].p);
	return 0;
}

static void place_cells(struct gv_stat_spec *s)
{
	size_t at = sizeof(struct gv_group) + s->nvalues * sizeof(uint64_t);

	for (size_t i = 0; i < s->ncells; i++) {
		at = (at + 15) / 16 * 16; /* a sum holds integers of 128 bits */
		s->cells[i].at = at;
		at += gv_cell_size(s->cells[i].kind);
	}
	s->group_size = at;
}

static int each_item(struct gv_stat_spec *s, const char *text,
                     int (*parse)(struct gv_stat_spec *s, struct gv_str item, struct gv_err *err), struct gv_err *err)
{
	struct gv_str list = gv_arena_copy(&s->arena, gv_str_of(text)), item;
	int rc = list.p ? 0 : gv_fail_nomem(err);

	while (!rc && next_item(&list, &item))
		rc = parse(s, item, err);
	return rc;
}

static int parse_where(struct gv_stat_spec *s, const char *const *where, struct gv_err *err)
{
	while (where && where[s->nwhere])
		s->nwhere++;
	if (s->nwhere > GV_STAT_COLUMNS_MAX) /* a state could not tell it */
		return gv_fail(err, GV_EUSAGE, _("--where: at most %d conditions"), GV_STAT_COLUMNS_MAX);
	s->where = gv_arena_alloc(&s->arena, (s->nwhere + 1) * sizeof *s->where);
	if (!s->where)
		return gv_fail_nomem(err);
	for (size_t i = 0; where && i < s->nwhere; i++) {
		s->where[i] = gv_arena_copy(&s->arena, gv_str_of(where[i]));
		if (!s->where[i].p)
			return gv_fail_nomem(err);
	}
	return 0;
}

static void *array(struct gv_stat_spec *s, size_t n, size_t size)
{
	void *p = gv_arena_alloc(&s->arena, n * size);

	if (p)
		memset(p, 0, n * size);
	return p;
}

int gv_stat_spec_new(struct gv_stat_spec **out, const struct gv_stat_ask *ask, struct gv_err *err)
{
	static const char *const just_count[] = { "count", NULL };
	const char *const *aggregates = ask->aggregates && ask->aggregates[0] ? ask->aggregates : just_count;
	struct gv_stat_spec *s = calloc(1, sizeof *s);
	int rc = 0;

	*out = NULL;
	if (!s)
		return gv_fail_nomem(err);
	s->exact = ask->exact ? ask->exact : GV_STAT_EXACT;
	s->groups = array(s, GV_STAT_COLUMNS_MAX, sizeof *s->groups);
	s->columns = array(s, GV_STAT_COLUMNS_MAX, sizeof *s->columns);
	s->values = array(s, GV_STAT_COLUMNS_MAX, sizeof *s->values);
	s->cells = array(s, GV_STAT_COLUMNS_MAX, sizeof *s->cells);
	if (!s->groups || !s->columns || !s->values || !s->cells)
		rc = gv_fail_nomem(err);
	if (!rc && ask->groups)
		rc = each_item(s, ask->groups, parse_group, err);
	for (; !rc && *aggregates; aggregates++)
		rc = each_item(s, *aggregates, parse_aggregate, err);
	if (!rc)
		rc = parse_where(s, ask->where, err);
	if (!rc)
		rc = check_names(s, err);
	if (!rc)
		rc = list_members(s, err);
	if (rc) {
		gv_stat_spec_free(s);
		return rc;
	}
	place_cells(s);
	*out = s;
	return 0;
}

void gv_stat_spec_free(struct gv_stat_spec *s)
{
	if (s)
		gv_arena_free(&s->arena);
	free(s);
}
