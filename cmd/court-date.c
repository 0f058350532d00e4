/* SPDX-License-Identifier: MIT */
/* court-date: calendar days, working days and legal terms. */
#include <stdlib.h>

#include "cmd.h"
#include "i18n.h"

static const struct gv_opt opts[] = {
	{ 0, "next-working", NULL, N_("move a result that is not worked to the next working day"), .excl = "roll" },
	{ 0, "prev-working", NULL, N_("move it to the working day before instead"), .excl = "roll" },
	{ 0, "is-working", NULL, N_("say yes or no; exit 1 if any day is not worked"), .excl = "roll" },
	{ 0, "list", "YEAR", N_("list the holidays and make-up working days of a year"), .check = "count" },
	{ 0, "calendar", "FILE", N_("years of its own, in the format of holidays.tsv (also GAVEL_CALENDAR)"),
	  GV_OPT_MANY, .complete = "file" },
	{ 'o', "output", "FORMAT", N_("text (one date a line), or ndjson, json, table, csv, tsv with its parts"),
	  .complete = "text|ndjson|json|table|csv|tsv" },
	{ 0 }
};

struct work {
	struct gv_calendar *calendar;
	bool text;                            /* one date a line, no records */
	bool ask;                             /* --is-working */
	enum { STAY, NEXT, PREVIOUS } roll;   /* a result that is not worked */
	struct gv_doc doc;                    /* of the record that is printed */
	bool some_off;                        /* a result was not worked */
};

/* Is every result looked up, and not only terms in working days? */
static bool asks_calendar(const struct work *w)
{
	return !w->text || w->ask || w->roll != STAY;
}

struct answer {
	gv_day start, day;
	struct gv_str terms;  /* as typed, may be empty */
	bool working;         /* of `day`, where the calendar knows it */
	bool known;
};

static int set_text(struct gv_doc *d, const char *name, struct gv_str s, struct gv_err *err)
{
	return gv_obj_set(d, &d->root, gv_str_of(name), gv_mkstr(d, s), err);
}

static int set_date(struct gv_doc *d, const char *name, gv_day day, struct gv_err *err)
{
	char text[GV_DATE_LEN + 1];

	gv_day_format(day, text);
	return set_text(d, name, gv_str_of(text), err);
}

static int print_record(struct gv_cmd *c, const struct answer *a)
{
	struct work *w = c->ctx;
	struct gv_doc *d = &w->doc;
	const char *name = gv_calendar_name(w->calendar, a->day);
	int rc;

	gv_doc_reset(d);
	d->root = gv_mkobj();
	rc = set_date(d, "date", a->start, &c->err);
	if (!rc && a->terms.n)
		rc = set_text(d, "term", a->terms, &c->err);
	if (!rc)
		rc = set_date(d, "result", a->day, &c->err);
	if (!rc)
		rc = gv_obj_set(d, &d->root, GV_STR("weekday"), gv_mkint(gv_day_weekday(a->day)), &c->err);
	if (!rc && a->known)
		rc = gv_obj_set(d, &d->root, GV_STR("working"), gv_mkbool(a->working), &c->err);
	if (!rc && *name)
		rc = set_text(d, "name", gv_str_of(name), &c->err);
	return rc ? rc : gv_out_rec(c->out, &d->root, &c->err);
}

static int print_answer(struct gv_cmd *c, const struct answer *a)
{
	const struct work *w = c->ctx;
	const char *name = w->ask ? gv_calendar_name(w->calendar, a->day) : "";
	char line[GV_DATE_LEN + 1];
	int rc;

	if (!w->text) {
		rc = print_record(c, a);
	} else if (w->ask) {
		rc = gv_cmd_print(c, "%s%s%s\n", a->working ? "yes" : "no", *name ? "\t" : "", name);
	} else {
		gv_day_format(a->day, line);
		line[GV_DATE_LEN] = '\n';
		rc = gv_cmd_put(c, (struct gv_str){ line, sizeof line });
	}
	return rc ? rc : gv_cmd_closed(c) ? -1 : 0;
}

/* For a single question it is loaded when it is asked for: to add days needs none. */
static int need_calendar(struct gv_cmd *c, struct gv_err *err)
{
	struct work *w = c->ctx;
	struct gv_buf files = GV_BUF_INIT(65536);
	const char *env = getenv("GAVEL_CALENDAR"), *file;
	int rc;

	if (w->calendar)
		return 0;
	if (env)
		gv_buf_adds(&files, env);
	for (size_t i = 0; (file = gv_opts_nth(c->opts, "calendar", i)); i++) {
		if (files.n)
			gv_buf_addc(&files, ':');
		gv_buf_adds(&files, file);
	}
	rc = gv_buf_check(&files, err);
	if (!rc)
		rc = gv_calendar_load(&w->calendar, files.n ? files.p : NULL, err);
	gv_buf_free(&files);
	return rc;
}

/* The next blank-separated word; {0} at the end. */
static struct gv_str word(struct gv_str *rest)
{
	struct gv_str w;

	*rest = gv_str_trim(*rest);
	w = (struct gv_str){ rest->p, 0 };
	while (w.n < rest->n && rest->p[w.n] != ' ' && rest->p[w.n] != '\t')
		w.n++;
	rest->p += w.n;
	rest->n -= w.n;
	return w;
}

static int compute(struct gv_cmd *c, struct gv_str line, struct answer *a, struct gv_err *err)
{
	struct work *w = c->ctx;
	struct gv_str rest = line, first = word(&rest), next;
	int rc = 0;

	*a = (struct answer){ .start = c->today };
	if (!gv_str_is(first, "today"))
		rc = gv_day_parse(&a->start, first, err);
	a->terms = gv_str_trim(rest);
	a->day = a->start;
	while (!rc && (next = word(&rest)).n) {
		struct gv_term term;

		rc = gv_term_parse(&term, next, true, err);
		if (!rc && term.unit == GV_UNIT_WORKDAY)
			rc = need_calendar(c, err);
		if (!rc)
			rc = gv_date_add(w->calendar, a->day, term, &a->day, err);
	}
	if (!rc && w->roll == NEXT)
		rc = gv_calendar_next_working(w->calendar, a->day, &a->day, err);
	if (!rc && w->roll == PREVIOUS)
		rc = gv_calendar_prev_working(w->calendar, a->day, &a->day, err);
	if (rc || !asks_calendar(w))
		return rc;
	/* Whether the result is worked is an extra, unless it is the question. */
	rc = gv_calendar_is_working(w->calendar, a->day, &a->working, w->ask ? err : NULL);
	a->known = rc == 0;
	if (a->known && !a->working)
		w->some_off = true;
	return w->ask ? rc : 0;
}

static int one_line(struct gv_cmd *c, struct gv_str line, size_t number)
{
	struct answer a;
	struct gv_err err = { 0 };

	if (compute(c, line, &a, &err)) {
		err.line = number;
		gv_cmd_complain(c, &err);
		return 0;
	}
	c->done++;
	return print_answer(c, &a);
}

static int list_year(struct gv_cmd *c, int year)
{
	const struct work *w = c->ctx;
	gv_day d = gv_day_of(year, 1, 1), end = gv_day_of(year, 12, 31);
	int rc = 0;

	if (d == GV_DAY_NONE)
		return gv_fail(&c->err, GV_EUSAGE, _("--list: %d is no year from 1900 to 2199"), year);
	for (; !rc && d <= end; d++) {
		struct answer a = { .start = d, .day = d, .known = true };
		const char *name = gv_calendar_name(w->calendar, d);
		char date[GV_DATE_LEN + 1];

		rc = gv_calendar_is_working(w->calendar, d, &a.working, &c->err);
		if (rc || !*name)
			continue;
		gv_day_format(d, date);
		rc = w->text ? gv_cmd_print(c, "%s\t%s\t%s\n", date, a.working ? "workday" : "holiday", name)
		             : print_record(c, &a);
	}
	return rc;
}

/* On the command line the operands are the words of one question. */
static bool is_one_question(const struct gv_cmd *c)
{
	return c->argc > 0 && strcmp(c->argv[0], "-") != 0;
}

static int from_operands(struct gv_cmd *c)
{
	struct gv_buf line = GV_BUF_INIT(65536);
	struct answer a;
	int rc;

	for (int i = 0; i < c->argc; i++) {
		gv_buf_adds(&line, c->argv[i]);
		gv_buf_addc(&line, ' ');
	}
	rc = gv_buf_check(&line, &c->err);
	if (!rc)
		rc = compute(c, gv_buf_str(&line), &a, &c->err);
	if (!rc)
		rc = print_answer(c, &a);
	gv_buf_free(&line);
	return rc;
}

static int answer_all(struct gv_cmd *c)
{
	const char *year = gv_cmd_opt(c, "list");
	int64_t y = 0;

	if (year && c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": --list takes no dates"), c->argv[0]);
	if (year && gv_str_int(gv_str_of(year), &y))
		return list_year(c, (int)y);
	if (is_one_question(c))
		return from_operands(c);
	return gv_cmd_each_text(c, one_line, &c->err);
}

static int run(struct gv_cmd *c)
{
	const char *format = gv_cmd_opt(c, "output");
	struct work w = {
		.text = !format || strcmp(format, "text") == 0,
		.ask = gv_cmd_has(c, "is-working"),
		.roll = gv_cmd_has(c, "next-working") ? NEXT : gv_cmd_has(c, "prev-working") ? PREVIOUS : STAY,
	};
	int rc = 0;

	c->ctx = &w;
	if (asks_calendar(&w) || gv_cmd_has(c, "list") || gv_cmd_has(c, "calendar") || !is_one_question(c))
		rc = need_calendar(c, &c->err);
	if (!rc && !w.text && !gv_cmd_out(c))
		rc = c->err.code;
	if (!rc)
		rc = answer_all(c);
	if (rc < 0) /* nobody reads on */
		rc = 0;
	gv_calendar_free(w.calendar);
	gv_doc_free(&w.doc);
	return rc ? rc : w.ask && w.some_off ? GV_FOUND : 0;
}

int main(int argc, char **argv)
{
	return gv_cmd_main(argc, argv, &(struct gv_cmd_spec){
		.name = "court-date",
		.summary = N_("add days, working days and months to dates, as courts count them"),
		.usage = N_("DATE [TERM...]   (or lines DATE TERM on standard input)"),
		.opts = opts, .common = GV_C_ASOF, .run = run,
		.fields = "date,term,result,weekday,working,name",
	});
}
