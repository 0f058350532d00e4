/* SPDX-License-Identifier: MIT */
/* limit_gaps: time that is not counted in a trial limit (SL-13). */
#include <stdlib.h>

#include "i18n.h"
#include "limit_impl.h"

#define NOBODY ((size_t)-1)

/* What is open of a pair: items, first opened first. */
struct queue {
	size_t head, tail;
	gv_day closed_on;       /* the last closing that met one */
};

struct reading {
	struct gv_limit_job *j;
	struct queue queues[GV_PAIRS_MAX];
};

static int add_gap(struct gv_limit_job *j, struct gv_gap gap)
{
	struct gv_limits *l = j->l;

	if (gap.to <= gap.from)
		return 0;
	if (j->ngaps == l->gaps_cap) {
		size_t cap = l->gaps_cap ? l->gaps_cap * 2 : 16;
		struct gv_gap *gaps = realloc(l->gaps, cap * sizeof *gaps);

		if (!gaps)
			return gv_fail_nomem(j->err);
		l->gaps = gaps;
		l->gaps_cap = cap;
	}
	l->gaps[j->ngaps++] = gap;
	return 0;
}

/* The row that lets an opening event stop the clock. */
static size_t row_for(const struct gv_limit_job *j, const struct gv_item *item)
{
	const struct gv_limit_table *t = &j->l->exclusions;
	size_t i = gv_limit_choose(t, j, item->procedure, item->on, 0);

	while (i != GV_NO_ROW && t->rows[i].pair != item->pair)
		i = gv_limit_choose(t, j, item->procedure, item->on, i + 1);
	return i;
}

/* `to` is the first day that counts again. */
static int settle(struct reading *r, const struct gv_item *item, gv_day to, bool open)
{
	struct gv_limit_job *j = r->j;
	const struct gv_limit_table *t = &j->l->exclusions;
	struct gv_str name = j->l->pairs[item->pair].opens;
	size_t row = row_for(j, item);
	gv_day from = item->on;

	if (row == GV_NO_ROW) {
		gv_limit_note(j, _("%.*s of %.*s is counted: no row lets it stop the clock"), (int)name.n, name.p,
		              GV_DATE_LEN, gv_val_getstr(item->event, "on").p);
		return 0;
	}
	/* Its own period is counted, from the day behind the first (CPL art. 85); only what goes beyond is left out. */
	if (t->rows[row].has_span) {
		from = gv_span_add(item->on, t->rows[row].span, false);
		from = from == GV_DAY_NONE ? GV_DAY_LAST : from + 1;
	}
	if (to > from) {
		struct gv_str note = gv_ref_cell(t->ref, row, t->note);

		if (note.n)
			gv_limit_note(j, "%.*s", (int)note.n, note.p);
		if (open && (!j->stopped || item->on < j->stopped_on)) {
			j->stopped = true;
			j->stopped_on = from;
			j->stopped_by = name;
		}
	}
	if (gv_str_is(name, "announce") && !open && to > j->notice_end)
		j->notice_end = to;
	return add_gap(j, (struct gv_gap){ from, to, row });
}

static struct gv_item *pop(struct reading *r, size_t pair)
{
	struct queue *q = &r->queues[pair];
	struct gv_item *item = &r->j->l->items[q->head];

	q->head = item->next;
	if (q->head == NOBODY)
		q->tail = NOBODY;
	return item;
}

static void push(struct reading *r, size_t i)
{
	struct gv_item *items = r->j->l->items;
	struct queue *q = &r->queues[items[i].pair];

	if (q->tail == NOBODY)
		q->head = i;
	else
		items[q->tail].next = i;
	q->tail = i;
	items[i].next = NOBODY;
}

/* A closing event; false if nothing was open. */
static bool close_one(struct reading *r, const struct gv_item *closing, int *rc)
{
	struct queue *q = &r->queues[closing->pair];

	*rc = 0;
	while (q->head != NOBODY && !*rc) {
		const struct gv_item *item = pop(r, closing->pair);
		gv_day until = gv_limit_event_day(item->event, "until");

		/* It had come to its own end before the next of its kind began: that one is meant. */
		if (q->head != NOBODY && until != GV_DAY_NONE && until < r->j->l->items[q->head].on) {
			*rc = settle(r, item, until + 1, false);
			continue;
		}
		q->closed_on = closing->on;
		*rc = settle(r, item, closing->on, false);
		return true;
	}
	return false;
}

/* One day: what was open ends before anything new begins, and what began may end on the same day. */
static int read_day(struct reading *r, size_t first, size_t end)
{
	struct gv_item *items = r->j->l->items;
	int rc = 0;

	for (size_t i = first; i < end && !rc; i++)
		if (items[i].act == GV_ACT_CLOSE && close_one(r, &items[i], &rc))
			items[i].act = GV_ACT_OTHER; /* used up */
	for (size_t i = first; i < end; i++)
		if (items[i].act == GV_ACT_OPEN)
			push(r, i);
	for (size_t i = first; i < end && !rc; i++)
		if (items[i].act == GV_ACT_CLOSE)
			close_one(r, &items[i], &rc);
	return rc;
}

/* What nobody closed. */
static int read_open(struct reading *r, size_t pair)
{
	struct gv_limit_job *j = r->j;
	struct queue *q = &r->queues[pair];
	int rc = 0;

	while (q->head != NOBODY && !rc) {
		const struct gv_item *item = pop(r, pair);
		gv_day until = gv_limit_event_day(item->event, "until");
		struct gv_str name = j->l->pairs[pair].opens;

		if (until != GV_DAY_NONE) { /* fixed beforehand: not counted whole, also while it runs */
			rc = settle(r, item, until + 1, until >= j->as_of);
		} else if (q->closed_on != GV_DAY_NONE && q->closed_on > item->on) {
			/* Opened twice, closed once: recorded twice, or one of two still runs.  The earlier end is the safe one. */
			gv_limit_note(j, _("%.*s of %.*s was begun before another had ended: taken as ended with it"),
			              (int)name.n, name.p, GV_DATE_LEN, gv_val_getstr(item->event, "on").p);
			rc = settle(r, item, q->closed_on, false);
		} else {
			rc = settle(r, item, j->as_of + 1, true);
		}
	}
	return rc;
}

static int by_first_day(const void *a, const void *b)
{
	const struct gv_gap *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->to < y->to ? -1 : x->to > y->to;
}

int gv_limit_read_gaps(struct gv_limit_job *j)
{
	struct reading r = { .j = j };
	const struct gv_item *items = j->l->items;
	int rc = 0;

	for (size_t p = 0; p < GV_PAIRS_MAX; p++)
		r.queues[p] = (struct queue){ NOBODY, NOBODY, GV_DAY_NONE };
	for (size_t i = 0, end; i < j->nitems && !rc; i = end) {
		for (end = i + 1; end < j->nitems && items[end].on == items[i].on; end++)
			;
		rc = read_day(&r, i, end);
	}
	for (size_t p = 0; p < j->l->npairs && !rc; p++)
		rc = read_open(&r, p);
	if (j->ngaps > 1)
		qsort(j->l->gaps, j->ngaps, sizeof *j->l->gaps, by_first_day);
	return rc;
}

gv_day gv_limit_shift(const struct gv_limit_job *j, gv_day from, gv_day end)
{
	gv_day next = from + 1; /* the first day that is not looked at yet */

	for (size_t i = 0; i < j->ngaps; i++) {
		const struct gv_gap *g = &j->l->gaps[i];
		gv_day start = g->from > next ? g->from : next;

		if (start > end) /* the limit was over before */
			break;
		if (g->to > start) {
			end += g->to - start;
			next = g->to;
		}
	}
	return end;
}
