/* SPDX-License-Identifier: MIT */
/*
 * chart_script: where all stands, in pixels from the left and from the top, and the commands for
 * it.  Gnuplot's own margins would be guesses: it takes all characters for ones of the same width.
 */
#include <stdlib.h>

#include "chart_impl.h"
#include "date.h"
#include "utf8.h"

enum {
	FONT = 13, LARGE = 16,        /* height of texts, and width of an ideograph */
	COLUMN = 8,                   /* width of a letter or digit of the common fonts, at most */
	MARGIN = 16, TITLE = 32, HEADING = 26, GAP = 24,
	ROW = 24, BARS = 480, BARS_LEAST = 150,
	LINE_WIDTH = 860, LINE_HEIGHT = 190, TICKS = 36,
	NUMBER = 32,                  /* columns of a value that is printed as it is */
	EXACT = 7                     /* digits of one that is not */
};

/* Colours that people with any kind of colour vision tell apart (Okabe and Ito). */
static const char *const colours[GV_CHART_SERIES] = {
	"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#999999",
};

struct layout {
	struct gv_chart *c;
	struct gv_buf *s;   /* the script */
	int width, height;
	size_t undated;     /* of a line: so many rows at the beginning have no place in time */
	bool nomem;
};

/* ---- texts ---- */

static int wide(struct gv_str s)
{
	size_t pos = 0;
	int32_t cp;
	int w = 0;

	while ((cp = gv_utf8_next(s, &pos)) >= 0) {
		int columns = gv_utf8_cp_width(cp, 1);

		w += columns == 2 ? FONT : columns * COLUMN;
	}
	return w;
}

/* A place holder for a text that lives as long as the chart. */
static void hold(struct layout *l, struct gv_str text)
{
	struct gv_chart *c = l->c;

	if (c->texts_n == c->texts_cap) {
		size_t cap = c->texts_cap ? c->texts_cap * 2 : 128;
		struct gv_str *texts = realloc(c->texts, cap * sizeof *texts);

		if (!texts) {
			l->nomem = true;
			return;
		}
		c->texts = texts;
		c->texts_cap = cap;
	}
	gv_buf_addf(l->s, "'" CHART_HOLDER "%0*zu'", CHART_DIGITS, c->texts_n);
	c->texts[c->texts_n++] = text;
}

/* The first digits of a long number, and how many there are: ≈1.2345678e+32. */
static char *size_of(struct gv_arena *arena, struct gv_str v)
{
	const char *point = memchr(v.p, '.', v.n);
	size_t sign = v.p[0] == '-', first = sign, n = 0;
	size_t end = point ? (size_t)(point - v.p) : v.n;
	char digits[EXACT + 2];
	long long exponent;

	while (first < v.n && (v.p[first] == '0' || v.p[first] == '.'))
		first++;
	exponent = (long long)end - (long long)first - (first < end);
	for (size_t i = first; i < v.n && n < EXACT + 1; i++)
		if (v.p[i] != '.')
			digits[n++] = v.p[i];
	digits[n] = '\0';
	return gv_arena_printf(arena, "≈%s%c%s%se%+lld", sign ? "-" : "", digits[0], n > 1 ? "." : "",
	                       digits + 1, exponent);
}

/* A value for people: whole, but who sees a number of 40 digits wants to know how large it is. */
static struct gv_str shown(struct layout *l, struct gv_str v)
{
	struct gv_arena *arena = &l->c->arena;
	const char *point;
	char *text;

	if (!v.p)
		return GV_STR("–");
	if (v.n <= NUMBER)
		return v;
	point = memchr(v.p, '.', v.n);
	if (!point || point - v.p > 16 || strspn(v.p, "-0.") > NUMBER - 2 * EXACT)
		text = size_of(arena, v);
	else /* it is its fraction that is long */
		text = gv_arena_printf(arena, "≈%.*s", NUMBER - 2, v.p);
	l->nomem = l->nomem || !text;
	return text ? gv_str_of(text) : GV_STR("");
}

/* "label at X from the left, Y from the top" */
static void label_at(struct layout *l, struct gv_str text, int x, int y, const char *more)
{
	gv_buf_adds(l->s, "set label ");
	hold(l, text);
	gv_buf_addf(l->s, " at screen %d/%d.,%d/%d. %s\n", x, l->width, l->height - y, l->height, more);
}

static void panel(struct layout *l, int left, int right, int top, int bottom)
{
	int w = l->width, h = l->height;

	gv_buf_addf(l->s, "set lmargin at screen %d/%d.\nset rmargin at screen %d/%d.\n", left, w, right, w);
	gv_buf_addf(l->s, "set tmargin at screen %d/%d.\n", h - top, h);
	gv_buf_addf(l->s, "set bmargin at screen %d/%d.\n", h - bottom, h);
}

/* Where panels begin. */
static int top_of(const struct gv_chart *c)
{
	bool named = false;

	for (size_t i = 0; i < c->series; i++)
		named = named || c->names[i].n;
	return MARGIN + (c->title.n ? TITLE : 0) + (named ? HEADING : 0);
}

static void begin(struct layout *l)
{
	int title = wide(l->c->title) * LARGE / FONT + 2 * MARGIN;

	if (l->width < title)
		l->width = title;
	gv_buf_addf(l->s, "set terminal svg size %d,%d fixed noenhanced", l->width, l->height);
	gv_buf_addf(l->s, " background rgb 'white' font 'sans-serif,%d'\n", FONT);
	gv_buf_adds(l->s, "set multiplot\nunset key\nset style fill solid noborder\n");
	if (l->c->title.n)
		label_at(l, l->c->title, MARGIN, MARGIN + LARGE / 2, "left font ',16'");
}

/* Text as gnuplot reads it: always a double, never its own integers that overflow. */
static void add_number(struct layout *l, struct gv_str v)
{
	gv_buf_addstr(l->s, v);
	gv_buf_adds(l->s, "e0");
}

static bool all_zero(const struct gv_chart *c, size_t series)
{
	for (size_t i = 0; i < c->n; i++) {
		struct gv_str v = c->rows[i].values[series];

		if (v.p && !gv_str_is(v, "0"))
			return false;
	}
	return true;
}

/* ---- bars ---- */

/* Room for the values beside the bars: to the left of those below zero, to the right of the others,
 * where the end of the name is, too. */
static void rooms(struct layout *l, size_t series, int width, int *below, int *above)
{
	*below = 0;
	*above = wide(l->c->names[series]) - width;
	if (*above < 0)
		*above = 0;
	for (size_t i = 0; i < l->c->n; i++) {
		struct gv_str v = l->c->rows[i].values[series];
		int *room = v.p && v.p[0] == '-' ? below : above, w = wide(shown(l, v)) + 2 * COLUMN;

		if (*room < w)
			*room = w;
	}
}

static void bars_data(struct layout *l, size_t series)
{
	gv_buf_addf(l->s, "$p%zu << EOD\n0 0\n", series); /* a bar from 0 to 0, so that there is one */
	for (size_t i = 0; i < l->c->n; i++) {
		struct gv_str v = l->c->rows[i].values[series];

		if (!v.p)
			continue;
		gv_buf_addf(l->s, "%zu ", i);
		add_number(l, v);
		gv_buf_addc(l->s, '\n');
	}
	gv_buf_adds(l->s, "EOD\n");
}

static void bars_values(struct layout *l, size_t series)
{
	for (size_t i = 0; i < l->c->n; i++) {
		struct gv_str v = l->c->rows[i].values[series];
		bool below = v.p && v.p[0] == '-';

		gv_buf_adds(l->s, "set label ");
		hold(l, shown(l, v));
		gv_buf_adds(l->s, " at ");
		add_number(l, v.p ? v : GV_STR("0"));
		gv_buf_addf(l->s, ",%zu %s,0 textcolor rgb '#444444'\n", i,
		            below ? "right offset character -0.6" : "left offset character 0.6");
	}
}

static void bars_panel(struct layout *l, size_t series, int left, int width, int top)
{
	int bottom = top + (int)l->c->n * ROW;

	bars_data(l, series);
	panel(l, left, left + width, top, bottom);
	gv_buf_addf(l->s, "set xrange [%s] noextend\nset yrange [%zu-0.5:-0.5]\n",
	            all_zero(l->c, series) ? "0:1" : "*<0:0<*", l->c->n);
	if (l->c->names[series].n)
		label_at(l, l->c->names[series], left, top - HEADING / 2, "left");
	bars_values(l, series);
	gv_buf_addf(l->s, "set arrow from 0,graph 0 to 0,graph 1 nohead linecolor rgb '#888888'\n");
	gv_buf_addf(l->s, "plot $p%zu using 2:1:(0):2:($1-0.36):($1+0.36)", series);
	gv_buf_addf(l->s, " with boxxyerror linecolor rgb '%s'\n", colours[series]);
	gv_buf_adds(l->s, "unset label\nunset arrow\n");
}

static void bars(struct layout *l)
{
	struct gv_chart *c = l->c;
	int below[GV_CHART_SERIES], above[GV_CHART_SERIES];
	int top = top_of(c), labels = 0, left, width = BARS;

	if (c->series > 1 && (width = 2 * BARS / (int)c->series) < BARS_LEAST)
		width = BARS_LEAST;
	for (size_t i = 0; i < c->n; i++)
		if (labels < wide(c->rows[i].label))
			labels = wide(c->rows[i].label);
	labels += MARGIN;
	l->width = labels + MARGIN;
	for (size_t i = 0; i < c->series; i++) {
		rooms(l, i, width, &below[i], &above[i]);
		l->width += GAP + below[i] + width + above[i];
	}
	l->height = top + (int)c->n * ROW + MARGIN;
	begin(l);
	gv_buf_adds(l->s, "unset border\nunset xtics\nunset ytics\n");
	for (size_t i = 0; i < c->n; i++)
		label_at(l, c->rows[i].label, labels, top + (int)i * ROW + ROW / 2, "right");
	left = labels;
	for (size_t i = 0; i < c->series; i++) {
		left += (i ? GAP : COLUMN) + below[i];
		bars_panel(l, i, left, width, top);
		left += width + above[i];
	}
}

/* ---- lines ---- */

/* How the labels of all rows are written. */
enum form { ORDER, DAY, WEEK, MONTH, QUARTER, YEAR };

/* Steps between labels, so that they fall on what people count by. */
static const int steps[][12] = {
	[ORDER] = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000 },
	[DAY] = { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000 },
	[WEEK] = { 1, 2, 4, 8, 13, 26, 52, 104, 260 },
	[MONTH] = { 1, 3, 6, 12, 24, 60, 120, 240, 600 },
	[QUARTER] = { 1, 2, 4, 8, 20, 40, 80, 200 },
	[YEAR] = { 1, 2, 5, 10, 20, 50, 100 },
};

static bool digits(const char *p, size_t n, int *out)
{
	*out = 0;
	for (size_t i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return false;
		*out = *out * 10 + (p[i] - '0');
	}
	return true;
}

/* Weeks since that of 1970-01-01; the one of 4 January is the first of its year. */
static bool week_at(int year, int week, int64_t *at)
{
	gv_day fourth = gv_day_of(year, 1, 4);

	if (fourth == GV_DAY_NONE || week < 1 || week > 53)
		return false;
	*at = (fourth - gv_day_weekday(fourth) + 4) / 7 + week - 1;
	return true;
}

static enum form form_of(struct gv_str s, int64_t *at)
{
	gv_day day = gv_day_read(s);
	int year, part;

	if (day != GV_DAY_NONE) {
		*at = day;
		return DAY;
	}
	if (s.n < 4 || !digits(s.p, 4, &year) || year < GV_YEAR_FIRST || year > GV_YEAR_LAST)
		return ORDER;
	*at = year;
	if (s.n == 4)
		return YEAR;
	if (s.n == 8 && s.p[4] == '-' && s.p[5] == 'W' && digits(s.p + 6, 2, &part))
		return week_at(year, part, at) ? WEEK : ORDER;
	if (s.n != 7 || s.p[4] != '-')
		return ORDER;
	if (s.p[5] == 'Q' && digits(s.p + 6, 1, &part) && part >= 1 && part <= 4) {
		*at = (int64_t)year * 4 + part - 1;
		return QUARTER;
	}
	if (!digits(s.p + 5, 2, &part) || part < 1 || part > 12)
		return ORDER;
	*at = (int64_t)year * 12 + part - 1;
	return MONTH;
}

static int by_time(const void *a, const void *b)
{
	const struct chart_row *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static bool is_undated(struct gv_str label)
{
	return label.n == 0 || gv_str_is(label, "–");
}

/* The form that all dates have; their places, and INT64_MIN as that of a row without one. */
static enum form common_form(struct gv_chart *c)
{
	enum form form = ORDER;
	bool first = true;

	for (size_t i = 0; i < c->n; i++) {
		struct chart_row *row = &c->rows[i];
		enum form f = ORDER;

		row->at = INT64_MIN;
		if (is_undated(row->label))
			continue;
		f = form_of(row->label, &row->at);
		if (f == ORDER || (!first && f != form))
			return ORDER;
		form = f;
		first = false;
	}
	return form;
}

/* Records without a date are often many: they are shown, apart, on the left. */
static enum form place(struct layout *l)
{
	struct gv_chart *c = l->c;
	enum form form = common_form(c);
	int64_t first, gap;

	if (form == ORDER) {
		for (size_t i = 0; i < c->n; i++)
			c->rows[i].at = (int64_t)i;
		return ORDER;
	}
	qsort(c->rows, c->n, sizeof *c->rows, by_time);
	while (c->rows[l->undated].at == INT64_MIN)
		l->undated++;
	first = c->rows[l->undated].at;
	gap = (c->rows[c->n - 1].at - first) / 12 + 1;
	for (size_t i = 0; i < l->undated; i++)
		c->rows[i].at = first - (int64_t)(l->undated - i) * gap;
	return form;
}

static struct gv_str tick(struct layout *l, enum form form, int64_t at)
{
	struct gv_arena *arena = &l->c->arena;
	char day[GV_DATE_LEN + 1];
	char *text = NULL;
	int year;

	switch (form) {
	case ORDER:
		return l->c->rows[at].label;
	case DAY:
		gv_day_format((gv_day)at, day);
		text = gv_arena_printf(arena, "%s", day);
		break;
	case WEEK:
		year = gv_day_ymd((gv_day)(at * 7)).year; /* its Thursday's */
		text = gv_arena_printf(arena, "%04d-W%02d", year,
		                       (int)(at * 7 - gv_day_of(year, 1, 1)) / 7 + 1);
		break;
	case MONTH:
		text = gv_arena_printf(arena, "%04d-%02d", (int)(at / 12), (int)(at % 12) + 1);
		break;
	case QUARTER:
		text = gv_arena_printf(arena, "%04d-Q%d", (int)(at / 4), (int)(at % 4) + 1);
		break;
	case YEAR:
		text = gv_arena_printf(arena, "%04d", (int)at);
		break;
	}
	l->nomem = l->nomem || !text;
	return text ? gv_str_of(text) : GV_STR("");
}

/* How far apart labels are, so that there is room for each. */
static int64_t tick_step(const struct layout *l, enum form form, int64_t span)
{
	int64_t step = 0;
	int room = 0;

	for (size_t i = 0; i < l->c->n; i++)
		if (room < wide(l->c->rows[i].label))
			room = wide(l->c->rows[i].label);
	room += 2 * COLUMN;
	for (int i = 0; i < 12 && steps[form][i]; i++) {
		step = steps[form][i];
		if (step * LINE_WIDTH / span >= room)
			return step;
	}
	while (step * LINE_WIDTH / span < room)
		step *= 10;
	return step;
}

static void ticks(struct layout *l, enum form form)
{
	const struct chart_row *rows = l->c->rows;
	int64_t first = rows[l->undated].at, last = rows[l->c->n - 1].at;
	int64_t step = tick_step(l, form, last - rows[0].at + 1), over = first % step;
	const char *comma = "";

	if (over < 0) /* days before 1970 */
		over += step;
	gv_buf_adds(l->s, "set xtics nomirror (");
	for (size_t i = 0; i < l->undated; i++, comma = ",") {
		gv_buf_adds(l->s, comma);
		hold(l, GV_STR("–"));
		gv_buf_addf(l->s, " %lld", (long long)rows[i].at);
	}
	for (int64_t at = over ? first + step - over : first; at <= last; at += step, comma = ",") {
		gv_buf_adds(l->s, comma);
		hold(l, tick(l, form, at));
		gv_buf_addf(l->s, " %lld", (long long)at);
	}
	gv_buf_adds(l->s, ")\n");
}

static void line_data(struct layout *l, size_t series)
{
	gv_buf_addf(l->s, "$p%zu << EOD\n", series);
	for (size_t i = 0; i < l->c->n; i++) {
		struct gv_str v = l->c->rows[i].values[series];

		gv_buf_addf(l->s, "%lld ", (long long)l->c->rows[i].at);
		if (v.p)
			add_number(l, v);
		else
			gv_buf_adds(l->s, "NaN");
		gv_buf_adds(l->s, i < l->undated ? "\n\n" : "\n"); /* an empty line ends the line */
	}
	gv_buf_adds(l->s, "EOD\n");
}

static void line_panel(struct layout *l, size_t series, int left, int top)
{
	line_data(l, series);
	panel(l, left, left + LINE_WIDTH, top, top + LINE_HEIGHT);
	gv_buf_addf(l->s, "set yrange [%s]\n", all_zero(l->c, series) ? "0:1" : "*<0:0<*");
	if (l->c->names[series].n)
		label_at(l, l->c->names[series], left, top - HEADING / 2, "left");
	gv_buf_adds(l->s, "plot 0 with lines linecolor rgb '#888888'");
	gv_buf_addf(l->s, ", $p%zu using 1:2 with linespoints linewidth 2 pointtype 7 pointsize %s", series,
	            l->c->n > 150 ? "0.2" : "0.5");
	gv_buf_addf(l->s, " linecolor rgb '%s'\n", colours[series]);
	gv_buf_adds(l->s, "unset label\n");
}

static void lines(struct layout *l)
{
	struct gv_chart *c = l->c;
	enum form form = place(l);
	int top = top_of(c), left = MARGIN + 13 * COLUMN;

	l->width = left + LINE_WIDTH + 4 * MARGIN;
	l->height = top + (int)c->series * (LINE_HEIGHT + TICKS + HEADING);
	begin(l);
	gv_buf_adds(l->s, "set border 1 linecolor rgb '#888888'\n"
	                  "set grid ytics linecolor rgb '#dddddd'\n"
	                  "set tics out textcolor rgb '#444444'\n"
	                  "set ytics nomirror scale 0\nset format y '%.12g'\n");
	gv_buf_addf(l->s, "set xrange [%lld-0.5:%lld+0.5]\n", (long long)c->rows[0].at,
	            (long long)c->rows[c->n - 1].at);
	for (size_t i = 0; i < c->series; i++) {
		ticks(l, form);
		line_panel(l, i, left, top + (int)i * (LINE_HEIGHT + TICKS + HEADING));
	}
}

/* ---- all of it ---- */

static void nothing(struct layout *l)
{
	l->width = BARS;
	l->height = top_of(l->c) + 2 * MARGIN;
	begin(l);
	label_at(l, GV_STR("–"), MARGIN, l->height - MARGIN, "left");
	gv_buf_adds(l->s, "unset border\nunset xtics\nunset ytics\nplot [0:1] [0:1] -1\n");
}

int gv_chart_script(struct gv_chart *c, struct gv_buf *script, struct gv_err *err)
{
	struct layout l = { .c = c, .s = script };

	c->texts_n = 0;
	if (!c->n)
		nothing(&l);
	else if (c->time)
		lines(&l);
	else
		bars(&l);
	gv_buf_adds(script, "unset multiplot\n");
	if (l.nomem)
		return gv_fail_nomem(err);
	return gv_buf_check(script, err);
}
