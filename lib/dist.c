/* SPDX-License-Identifier: MIT */
#include "dist.h"

#include <stdio.h>
#include <stdlib.h>

#include "i18n.h"

enum {
	SCALE_MAX = 17,       /* of runs: a longer fraction makes an odd number */
	FRESH_MIN = 1024,     /* so many are sorted in at once, */
	FRESH_TIMES = 4,      /* or so many times as many as there are: most take half the room of a run until then */
	BYTES_MIN = 128,      /* so many are sorted by their bytes */
	ODDS_MIN = 256,       /* likewise */
	CODE_DIGITS = 4,
	CODES_PER_POWER = 9000
};

void gv_dist_free(struct gv_dist *d)
{
	for (size_t i = 0; i < d->nodds; i++)
		free(d->odds[i].text);
	free(d->odds);
	free(d->runs);
	free(d->fresh);
	free(d->many);
	*d = (struct gv_dist){ .limit = d->limit };
}

size_t gv_dist_bytes(const struct gv_dist *d)
{
	enum { EACH = 16 };  /* what malloc takes for itself */

	return EACH * ((size_t)!!d->runs + !!d->fresh + !!d->many + !!d->odds) + d->runs_room * sizeof *d->runs + d->fresh_room * sizeof *d->fresh +
	       d->many_room * sizeof *d->many + d->odds_room * (sizeof *d->odds + 64);
}

static bool make_room(void **list, size_t *room, size_t n, size_t size)
{
	size_t want = *room ? *room * 2 : 8;
	void *more;

	if (n < *room)
		return true;
	more = reallocarray(*list, want, size);
	if (!more)
		return false;
	*list = more;
	*room = want;
	return true;
}

static int64_t power10(int32_t n)
{
	int64_t p = 1;

	while (n-- > 0)
		p *= 10;
	return p;
}

/* ---- codes: the first four digits and the power of ten, in the order of the numbers ---- */

static int64_t code_of(const struct gv_num *n)
{
	char text[24];
	struct gv_str digits = n->digits;
	bool negative = digits.p ? n->negative : n->m < 0;
	int64_t first = 0, power;

	if (!digits.p) {
		char *end = text + sizeof text, *p = end;

		for (uint64_t m = negative ? -(uint64_t)n->m : (uint64_t)n->m; m; m /= 10)
			*--p = (char)('0' + m % 10);
		digits = (struct gv_str){ p, (size_t)(end - p) };
	}
	if (!digits.n)
		return 0;
	for (size_t i = 0; i < CODE_DIGITS; i++)
		first = first * 10 + (i < digits.n ? digits.p[i] - '0' : 0);
	power = (int64_t)digits.n - n->scale + GV_NUM_FRACTION;
	first += power * CODES_PER_POWER - CODES_PER_POWER / 9 + 1;
	return negative ? -first : first;
}

/* The number of least size that has this code. */
static void number_of_code(int64_t code, struct gv_num *n, struct gv_num_room *room)
{
	char text[32];
	int64_t size = code < 0 ? -code : code, first, power;
	int len;

	if (!code) {
		*n = (struct gv_num){ 0 };
		return;
	}
	power = (size - 1) / CODES_PER_POWER;
	first = (size - 1) % CODES_PER_POWER + CODES_PER_POWER / 9;
	len = snprintf(text, sizeof text, "%s%lde%ld", code < 0 ? "-" : "", (long)first,
	               (long)(power - GV_NUM_FRACTION - CODE_DIGITS));
	gv_num_read(n, (struct gv_str){ text, (size_t)len }, room);
}

/* ---- adding ---- */

static int add_odd(struct gv_dist *d, const struct gv_num *n, uint64_t count, struct gv_err *err)
{
	char text[GV_NUM_TEXT];
	struct gv_odd odd = { .count = count };

	if (!make_room((void **)&d->odds, &d->odds_room, d->nodds, sizeof *d->odds))
		return gv_fail_nomem(err);
	gv_num_write(n, text);
	odd.text = strdup(text);
	if (!odd.text)
		return gv_fail_nomem(err);
	d->odds[d->nodds++] = odd;
	return 0;
}

static int add_many(struct gv_dist *d, int64_t value, uint64_t count, struct gv_err *err)
{
	if (!make_room((void **)&d->many, &d->many_room, d->nmany, sizeof *d->many))
		return gv_fail_nomem(err);
	d->many[d->nmany++] = (struct gv_run){ value, count };
	return 0;
}

static int add_fresh(struct gv_dist *d, int64_t value, struct gv_err *err)
{
	if (!make_room((void **)&d->fresh, &d->fresh_room, d->nfresh, sizeof *d->fresh))
		return gv_fail_nomem(err);
	d->fresh[d->nfresh++] = value;
	return 0;
}

/* Runs of another scale; what has no room there becomes odd. */
static int scale_runs(struct gv_dist *d, struct gv_run *runs, size_t *n, int32_t scale, struct gv_err *err)
{
	int64_t power = power10(scale - d->scale), most = GV_NUM_M_MAX / power;
	size_t kept = 0;
	int rc = 0;

	for (size_t i = 0; i < *n; i++) {
		struct gv_run r = runs[i];

		if (r.value >= -most && r.value <= most) {
			runs[kept++] = (struct gv_run){ r.value * power, r.count };
		} else if (!rc) {
			struct gv_num num = { .m = r.value, .scale = d->scale };

			rc = add_odd(d, &num, r.count, err);
		}
	}
	*n = kept;
	return rc;
}

/* fresh into many */
static int spread_fresh(struct gv_dist *d, struct gv_err *err)
{
	int rc = 0;

	for (size_t i = 0; i < d->nfresh && !rc; i++)
		rc = add_many(d, d->fresh[i], 1, err);
	d->nfresh = 0;
	return rc;
}

static int rescale(struct gv_dist *d, int32_t scale, struct gv_err *err)
{
	int rc = spread_fresh(d, err);

	if (!rc)
		rc = scale_runs(d, d->runs, &d->nruns, scale, err);
	if (!rc)
		rc = scale_runs(d, d->many, &d->nmany, scale, err);
	d->scale = scale;
	return rc;
}

/* Where a number is kept: in *value, or as an odd one. */
static int place(struct gv_dist *d, const struct gv_num *n, bool *odd, int64_t *value, struct gv_err *err)
{
	int32_t scale = n->scale;
	int64_t power;
	int rc = 0;

	*odd = false;
	if (d->coarse) {
		*value = code_of(n);
		return 0;
	}
	*odd = n->digits.p || scale > SCALE_MAX;
	if (!*odd && scale > d->scale)
		rc = rescale(d, scale, err);
	if (rc || *odd)
		return rc;
	power = power10(d->scale - scale);
	*odd = n->m > GV_NUM_M_MAX / power || n->m < -(GV_NUM_M_MAX / power);
	*value = *odd ? 0 : n->m * power;
	return 0;
}

/* Sorting in now and then, where else there would have to be more room, keeps what is new within what there is. */
static bool is_full(const struct gv_dist *d)
{
	size_t odds = d->nodds - d->nodds_sorted;

	return (d->nfresh == d->fresh_room && d->nfresh >= FRESH_MIN &&
	        (d->nfresh >= FRESH_TIMES * d->nruns || d->nfresh >= d->limit)) ||
	       (odds >= ODDS_MIN && odds >= d->nodds_sorted);
}

int gv_dist_add(struct gv_dist *d, const struct gv_num *n, struct gv_err *err)
{
	int64_t value = n->m;
	bool odd = false;
	int rc = is_full(d) ? gv_dist_settle(d, err) : 0; /* before a place is found: it may make all coarse */

	if (rc)
		return rc;
	if (d->coarse || n->digits.p || n->scale != d->scale)
		rc = place(d, n, &odd, &value, err);
	if (!rc)
		rc = odd ? add_odd(d, n, 1, err) : add_fresh(d, value, err);
	d->n += !rc;
	return rc;
}

static int add_counted(struct gv_dist *d, const struct gv_num *n, uint64_t count, struct gv_err *err)
{
	int64_t value;
	uint64_t sum;
	bool odd;
	int rc = place(d, n, &odd, &value, err);

	if (!rc && __builtin_add_overflow(d->n, count, &sum))
		rc = gv_fail(err, GV_EDATA, "%s", _("more than 2^64 values"));
	if (!rc)
		rc = odd ? add_odd(d, n, count, err) : add_many(d, value, count, err);
	d->n += rc ? 0 : count;
	return rc;
}

int gv_dist_add_many(struct gv_dist *d, struct gv_str number, uint64_t count, struct gv_err *err)
{
	struct gv_num_room room;
	struct gv_num n;

	if (!gv_num_read(&n, number, &room))
		return gv_fail(err, GV_EDATA, _("\"%.*s\" is no number"), (int)number.n, number.p);
	return add_counted(d, &n, count, err);
}

/* ---- sorting in ---- */

static int compare_values(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/*
 * By the bytes from the last to the first, as far as any two values differ in them: most differ in three of eight.
 * False: memory is short.
 */
static bool sort_by_bytes(int64_t *values, size_t n)
{
	uint64_t *from = (uint64_t *)values, *to = malloc(n * sizeof *to), *room = to, differ = 0;

	if (!to)
		return false;
	for (size_t i = 0; i < n; i++)
		differ |= from[i] ^ from[0];
	for (unsigned shift = 0; shift < 64; shift += 8) {
		uint64_t sign = shift == 56 ? 0x80 : 0; /* below zero comes first */
		size_t at[256] = { 0 }, next = 0;
		uint64_t *sorted = to;

		if (!(differ >> shift & 0xFF))
			continue;
		for (size_t i = 0; i < n; i++)
			at[(from[i] >> shift & 0xFF) ^ sign]++;
		for (size_t i = 0; i < 256; i++) {
			size_t count = at[i];

			at[i] = next;
			next += count;
		}
		for (size_t i = 0; i < n; i++)
			to[at[(from[i] >> shift & 0xFF) ^ sign]++] = from[i];
		to = from;
		from = sorted;
	}
	if (from == room)
		memcpy(values, room, n * sizeof *values);
	free(room);
	return true;
}

static int compare_runs(const void *a, const void *b)
{
	return compare_values(&((const struct gv_run *)a)->value, &((const struct gv_run *)b)->value);
}

static void read_odd(const struct gv_odd *o, struct gv_num *n, struct gv_num_room *room)
{
	gv_num_read(n, gv_str_of(o->text), room);
}

static int compare_odds(const void *a, const void *b)
{
	struct gv_num_room rooms[2];
	struct gv_num x, y;

	read_odd(a, &x, &rooms[0]);
	read_odd(b, &y, &rooms[1]);
	return gv_num_cmp(&x, &y);
}

/* Sorted runs with equal neighbours into different ones; how many. */
static size_t unite(struct gv_run *runs, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (kept && runs[kept - 1].value == runs[i].value)
			runs[kept - 1].count += runs[i].count;
		else
			runs[kept++] = runs[i];
	return kept;
}

static int reserve_runs(struct gv_dist *d, size_t n, struct gv_err *err)
{
	struct gv_run *runs;

	if (n <= d->runs_room)
		return 0;
	runs = reallocarray(d->runs, n, sizeof *runs);
	if (!runs)
		return gv_fail_nomem(err);
	d->runs = runs;
	d->runs_room = n;
	return 0;
}

/* Two sorted lists into one, from the end, so that runs need no copy; what is equal leaves a gap in front. */
static int merge_fresh(struct gv_dist *d, struct gv_err *err)
{
	size_t n = d->nruns, m = d->nfresh, end = n + m, to = end;
	int rc = reserve_runs(d, end, err);
	struct gv_run *runs = d->runs;

	if (rc)
		return rc;
	while (m) {
		int64_t value = d->fresh[--m];

		while (n && runs[n - 1].value > value)
			runs[--to] = runs[--n];
		if (to < end && runs[to].value == value)
			runs[to].count++;
		else
			runs[--to] = (struct gv_run){ value, 1 };
		if (n && runs[n - 1].value == value)
			runs[to].count += runs[--n].count;
	}
	if (to > n)
		memmove(runs + n, runs + to, (end - to) * sizeof *runs);
	d->nruns = n + end - to;
	d->nfresh = 0;
	return 0;
}

/* Likewise, with another list of runs. */
static int merge_runs(struct gv_dist *d, const struct gv_run *list, size_t m, struct gv_err *err)
{
	size_t n = d->nruns, all = n + m, to = all;
	int rc = reserve_runs(d, all, err);
	struct gv_run *runs = d->runs;

	if (rc)
		return rc;
	while (m)
		runs[--to] = n && runs[n - 1].value > list[m - 1].value ? runs[--n] : list[--m];
	d->nruns = unite(runs, all);
	return 0;
}

static void settle_odds(struct gv_dist *d)
{
	size_t kept = 0;

	if (d->nodds == d->nodds_sorted)
		return;
	qsort(d->odds, d->nodds, sizeof *d->odds, compare_odds);
	for (size_t i = 0; i < d->nodds; i++) {
		if (kept && strcmp(d->odds[kept - 1].text, d->odds[i].text) == 0) {
			d->odds[kept - 1].count += d->odds[i].count;
			free(d->odds[i].text);
		} else {
			d->odds[kept++] = d->odds[i];
		}
	}
	d->nodds = d->nodds_sorted = kept;
}

static int sort_in(struct gv_dist *d, struct gv_err *err)
{
	int rc = 0;

	if (d->nfresh && !(d->nfresh >= BYTES_MIN && sort_by_bytes(d->fresh, d->nfresh)))
		qsort(d->fresh, d->nfresh, sizeof *d->fresh, compare_values);
	if (d->nfresh)
		rc = merge_fresh(d, err);
	if (rc)
		return rc;
	if (d->nmany)
		qsort(d->many, d->nmany, sizeof *d->many, compare_runs);
	d->nmany = unite(d->many, d->nmany);
	settle_odds(d);
	rc = merge_runs(d, d->many, d->nmany, err);
	d->nmany = rc ? d->nmany : 0;
	return rc;
}

/* From numbers to codes. */
static int coarsen(struct gv_dist *d, struct gv_err *err)
{
	struct gv_num_room room;
	struct gv_num n;
	int rc = 0;

	for (size_t i = 0; i < d->nruns; i++)
		d->runs[i].value = code_of(&(struct gv_num){ .m = d->runs[i].value, .scale = d->scale });
	d->nruns = unite(d->runs, d->nruns);
	d->coarse = true;
	for (size_t i = 0; i < d->nodds; i++) {
		read_odd(&d->odds[i], &n, &room);
		if (!rc)
			rc = add_many(d, code_of(&n), d->odds[i].count, err);
		free(d->odds[i].text);
	}
	d->nodds = d->nodds_sorted = 0;
	return rc ? rc : sort_in(d, err);
}

int gv_dist_settle(struct gv_dist *d, struct gv_err *err)
{
	int rc = 0;

	if (d->nfresh || d->nmany || d->nodds != d->nodds_sorted)
		rc = sort_in(d, err);
	if (!rc && !d->coarse && d->nruns + d->nodds > d->limit)
		rc = coarsen(d, err);
	return rc;
}

/* ---- reading out ---- */

struct walk { const struct gv_dist *d; size_t run, odd; };

static void number_of_run(const struct gv_dist *d, const struct gv_run *r, struct gv_num *n, struct gv_num_room *room)
{
	if (d->coarse) {
		number_of_code(r->value, n, room);
		return;
	}
	*n = (struct gv_num){ .m = r->value, .scale = d->scale };
}

/* The next number in order and its count; 0 at the end. */
static uint64_t next(struct walk *w, struct gv_num *n, struct gv_num_room *room)
{
	const struct gv_dist *d = w->d;
	struct gv_num_room odd_room;
	struct gv_num odd;

	if (w->run < d->nruns)
		number_of_run(d, &d->runs[w->run], n, room);
	if (w->odd == d->nodds)
		return w->run < d->nruns ? d->runs[w->run++].count : 0;
	read_odd(&d->odds[w->odd], &odd, &odd_room);
	if (w->run < d->nruns && gv_num_cmp(n, &odd) < 0)
		return d->runs[w->run++].count;
	read_odd(&d->odds[w->odd], n, room);
	return d->odds[w->odd++].count;
}

/* The number at a position of all in order, counted from 0. */
static void number_at(const struct gv_dist *d, uint64_t position, struct gv_num *n, struct gv_num_room *room)
{
	struct walk w = { .d = d };
	uint64_t seen = 0, count;

	if (!d->nodds) { /* without looking at each number */
		while (w.run + 1 < d->nruns && (seen += d->runs[w.run].count) <= position)
			w.run++;
		number_of_run(d, &d->runs[w.run], n, room);
		return;
	}
	while ((count = next(&w, n, room)) && (seen += count) <= position)
		;
}

size_t gv_dist_rank(const struct gv_dist *d, struct gv_percent p, char out[static GV_NUM_TEXT])
{
	gv_uwide of = (gv_uwide)p.den * 100;
	gv_uwide rank = ((gv_uwide)p.num * d->n + of - 1) / of;
	struct gv_num_room room;
	struct gv_num n;

	number_at(d, rank ? (uint64_t)rank - 1 : 0, &n, &room);
	return gv_num_write(&n, out);
}

/* (a * (of - rest) + b * rest) / of */
double gv_dist_interpolate(const struct gv_dist *d, struct gv_percent p)
{
	gv_uwide of = (gv_uwide)p.den * 100, way = (gv_uwide)p.num * (d->n - 1);
	uint64_t position = (uint64_t)(way / of);
	gv_uwide rest = way % of;
	struct gv_num_room rooms[2];
	struct gv_num a, b;
	struct gv_big low, high, part;
	int32_t scale;

	number_at(d, position, &a, &rooms[0]);
	number_at(d, position + (rest != 0), &b, &rooms[1]);
	scale = a.scale > b.scale ? a.scale : b.scale;
	gv_num_big(&a, scale, &low);
	gv_num_big(&b, scale, &high);
	gv_big_setu(&part, of - rest);
	gv_big_mul(&low, &part);
	gv_big_setu(&part, rest);
	gv_big_mul(&high, &part);
	gv_big_add(&low, &high);
	gv_big_setu(&part, of);
	gv_big_mul10(&part, (unsigned)scale);
	return gv_big_ratio(&low, &part);
}

/* ---- states ---- */

int gv_dist_each(const struct gv_dist *d, int (*each)(void *ctx, struct gv_str number, uint64_t count), void *ctx)
{
	struct walk w = { .d = d };
	struct gv_num_room room;
	char text[GV_NUM_TEXT];
	struct gv_num n;
	uint64_t count;
	int rc = 0;

	while (!rc && (count = next(&w, &n, &room)))
		rc = each(ctx, (struct gv_str){ text, gv_num_write(&n, text) }, count);
	return rc;
}

int gv_dist_join(struct gv_dist *d, struct gv_dist *other, struct gv_err *err)
{
	struct walk w = { .d = other };
	struct gv_num_room room;
	struct gv_num n;
	uint64_t count, sum;
	int rc = gv_dist_settle(other, err);

	if (!rc && other->coarse && !d->coarse) {
		rc = gv_dist_settle(d, err);
		if (!rc && !d->coarse)
			rc = coarsen(d, err);
	}
	if (!rc)
		rc = gv_dist_settle(d, err);
	if (!rc && !other->nodds && d->coarse == other->coarse && d->scale == other->scale) {
		if (__builtin_add_overflow(d->n, other->n, &sum))
			return gv_fail(err, GV_EDATA, "%s", _("more than 2^64 values"));
		rc = merge_runs(d, other->runs, other->nruns, err);
		if (rc)
			return rc;
		d->n = sum;
		return gv_dist_settle(d, err);
	}
	while (!rc && (count = next(&w, &n, &room)))
		rc = add_counted(d, &n, count, err);
	return rc ? rc : gv_dist_settle(d, err);
}
