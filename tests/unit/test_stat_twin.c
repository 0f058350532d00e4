/* SPDX-License-Identifier: MIT */
/* The slow twin: the records of every group are kept in a list and counted, summed and sorted by hand, over GMP's integers. */
#include <math.h>

#include <gmp.h>

#include "num.h"
#include "stat_unit.h"

enum { KEYS = 40, RECORDS = 6000, SCALE = 1000 };

struct record { int key; bool has; int64_t v; int64_t by; bool has_by; int who; int state; };

static struct record records[RECORDS];

/* v as thousandths: 12.5 is 12500. */
static void make_record(struct record *r, char text[256])
{
	static const int64_t width[] = { 10, 1000, 1000000, 4000000000000000 };
	size_t n;

	*r = (struct record){ .key = (int)roll(KEYS), .has = roll(8) != 0, .by = (int64_t)roll(500), .has_by = roll(6) != 0, .who = (int)roll(900),
	                      .state = (int)roll(4) };
	r->v = (int64_t)roll((uint64_t)width[roll(4)]) - (roll(2) ? 0 : width[roll(3)]);
	n = (size_t)snprintf(text, 256, "{\"k\":%d,\"s\":%d,\"w\":%d", r->key, r->state, r->who);
	if (r->has)
		n += (size_t)snprintf(text + n, 256 - n, ",\"v\":%s%lld.%03lld%s", r->v < 0 ? "-" : "", llabs(r->v) / SCALE, llabs(r->v) % SCALE, roll(2) ? "" : "e0");
	if (r->has_by)
		n += (size_t)snprintf(text + n, 256 - n, ",\"b\":%lld", (long long)r->by);
	snprintf(text + n, 256 - n, "}");
}

static int compare_ints(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* What the row says, as thousandths; false if it is absent. */
static bool thousandths(const struct gv_val *row, const char *name, mpz_t out)
{
	const struct gv_val *v = gv_val_get(row, name);
	struct gv_num_room room;
	struct gv_num n;
	char text[GV_NUM_TEXT + 16], *point;

	if (!v)
		return false;
	CHECK(gv_num_of(&n, v, &room) && n.scale <= 3);
	gv_num_fixed(&n, 3, text);
	point = strchr(text, '.');
	memmove(point, point + 1, strlen(point));
	mpz_set_str(out, text, 10);
	return true;
}

static void check_thousandths(const struct gv_val *row, const char *name, bool has, const mpz_t want)
{
	mpz_t got;

	mpz_init(got);
	CHECK_ROW(thousandths(row, name, got) == has, name);
	CHECK_ROW(!has || mpz_cmp(got, want) == 0, name);
	mpz_clear(got);
}

/* Is d the double nearest to a / b, or to its root? */
static void check_nearest(const struct gv_val *row, const char *name, bool has, const mpz_t a, const mpz_t b, bool root)
{
	const struct gv_val *v = gv_val_get(row, name);
	char text[64];
	mpq_t q, half, here;
	double d;

	CHECK_ROW((v != NULL) == has, name);
	if (!v || !has)
		return;
	if (v->type == GV_INT)
		snprintf(text, sizeof text, "%lld", (long long)v->i);
	else
		snprintf(text, sizeof text, "%.*s", (int)v->n, v->s);
	d = strtod(text, NULL);
	mpq_inits(q, half, here, NULL);
	mpz_set(mpq_numref(q), a);
	mpz_set(mpq_denref(q), b);
	mpq_canonicalize(q);
	mpq_set_d(here, d);
	for (int side = -1; side <= 1; side += 2) {
		int cmp;

		mpq_set_d(half, nextafter(d, side < 0 ? -HUGE_VAL : HUGE_VAL));
		mpq_add(half, half, here);
		mpq_div_2exp(half, half, 1);
		if (root && mpq_sgn(half) < 0)
			continue;
		if (root)
			mpq_mul(half, half, half);
		cmp = mpq_cmp(q, half);
		CHECK_ROW(side < 0 ? cmp >= 0 : cmp <= 0, name);
	}
	mpq_clears(q, half, here, NULL);
}

struct group { int64_t values[RECORDS]; size_t n, count, hits; bool who[900]; };

static void check_sums(const struct gv_val *row, const struct group *g)
{
	mpz_t sum, squares, a, b;

	mpz_inits(sum, squares, a, b, NULL);
	for (size_t i = 0; i < g->n; i++) {
		mpz_set_si(a, g->values[i]);
		mpz_add(sum, sum, a);
		mpz_mul(a, a, a);
		mpz_add(squares, squares, a);
	}
	check_thousandths(row, "sum_v", true, sum);
	mpz_set_ui(b, g->n * SCALE);
	check_nearest(row, "mean_v", g->n > 0, sum, b, false);
	/* (n * squares - sum^2) / (n * (n - 1)) */
	mpz_mul_ui(squares, squares, g->n);
	mpz_mul(a, sum, sum);
	mpz_sub(a, squares, a);
	mpz_set_ui(b, g->n * (g->n - 1));
	mpz_mul_ui(b, b, SCALE * SCALE);
	if (g->n < 2)
		mpz_set_ui(b, 1);
	check_nearest(row, "sd_v", g->n > 1, a, b, true);
	mpz_set_ui(a, g->hits);
	mpz_set_ui(b, g->count);
	check_nearest(row, "rate_s_1", true, a, b, false);
	mpz_clears(sum, squares, a, b, NULL);
}

static void check_order(const struct gv_val *row, struct group *g)
{
	static const struct { const char *name; unsigned per_mille; } quantiles[] = {
		{ "p0_v", 0 }, { "p10_v", 100 }, { "p50_v", 500 }, { "p99.9_v", 999 }, { "p100_v", 1000 },
	};
	mpz_t want;

	mpz_init(want);
	qsort(g->values, g->n, sizeof g->values[0], compare_ints);
	for (size_t i = 0; i < COUNT(quantiles); i++) {
		size_t rank = (g->n * quantiles[i].per_mille + 999) / 1000;

		mpz_set_si(want, g->n ? g->values[rank ? rank - 1 : 0] : 0);
		check_thousandths(row, quantiles[i].name, g->n > 0, want);
	}
	mpz_set_si(want, g->n ? g->values[0] : 0);
	check_thousandths(row, "min_v", g->n > 0, want);
	mpz_set_si(want, g->n ? g->values[g->n - 1] : 0);
	check_thousandths(row, "max_v", g->n > 0, want);
	mpz_clear(want);
}

/* Scan for the first and the last of a group. */
static void check_picks(const struct gv_val *row, int key)
{
	const struct record *first = NULL, *last = NULL, *least = NULL, *most = NULL;
	int64_t got;

	for (size_t i = 0; i < RECORDS; i++) {
		const struct record *r = &records[i];

		if (r->key != key)
			continue;
		first = first ? first : r;
		last = r;
		if (r->has_by && (!least || r->by < least->by || (r->by == least->by && r->who < least->who)))
			least = r;
		if (r->has_by && (!most || r->by > most->by || (r->by == most->by && r->who > most->who)))
			most = r;
	}
	CHECK(gv_val_getint(row, "first_w", &got) && got == first->who);
	CHECK(gv_val_getint(row, "last_w", &got) && got == last->who);
	CHECK(gv_val_getint(row, "x", &got) ? least && got == least->who : !least);
	CHECK(gv_val_getint(row, "y", &got) ? most && got == most->who : !most);
}

struct walk { int key; size_t seen; };

static int check_row(void *ctx, struct gv_doc *doc, bool is_total)
{
	static struct group g;
	const struct gv_val *row = &doc->root;
	struct walk *w = ctx;
	size_t different = 0;
	int64_t got = -1;

	memset(&g, 0, sizeof g);
	CHECK(is_total || (gv_val_getint(row, "k", &got) && got > w->key));
	w->key = (int)got;
	for (size_t i = 0; i < RECORDS; i++) {
		const struct record *r = &records[i];

		if (!is_total && r->key != got)
			continue;
		g.count++;
		g.hits += r->state == 1;
		different += !g.who[r->who];
		g.who[r->who] = true;
		if (r->has)
			g.values[g.n++] = r->v;
	}
	w->seen += is_total ? 0 : g.count;
	CHECK(gv_val_getint(row, "count", &got) && got == (int64_t)g.count);
	CHECK(gv_val_getint(row, "count_v", &got) && got == (int64_t)g.n);
	CHECK(gv_val_getint(row, "distinct_w", &got) && got == (int64_t)different);
	check_sums(row, &g);
	check_order(row, &g);
	if (!is_total)
		check_picks(row, w->key);
	return 0;
}

static void by_hand(size_t memory, size_t parts)
{
	struct gv_stat_spec *spec = spec_of("k", "count,count:v,sum:v,mean:v,sd:v,min:v,max:v,p0:v,p10:v,p50:v,p99.9:v,p100:v,distinct:w,"
	                                    "rate:s=1,first:w,last:w,x=first:w@b,y=last:w@b", NULL, 0);
	struct gv_stat *s[4];
	struct gv_report *r;
	struct walk w = { -1, 0 };
	char text[256];

	for (size_t i = 0; i < parts; i++)
		s[i] = stat_of(spec, memory);
	for (size_t i = 0; i < RECORDS; i++) {
		make_record(&records[i], text);
		CHECK_OK(add_text(s[i % parts], gv_str_of(text), (struct gv_stat_place){ .line = i }, &err), &err);
	}
	CHECK_OK(gv_report_new(&r, spec, &(struct gv_report_ask){ .total = true, .decimals = -1 }, &err), &err);
	CHECK_OK(gv_report_prepare(r, s, parts, &err), &err);
	CHECK_OK(gv_report_rows(r, s, parts, check_row, &w, &err), &err);
	CHECK_INT(w.seen, RECORDS);
	gv_report_free(r);
	for (size_t i = 0; i < parts; i++)
		gv_stat_free(s[i]);
	gv_stat_spec_free(spec);
}

static void single(void)
{
	by_hand(0, 1);
}

static void several(void)
{
	by_hand(0, 4);
}

/* ---- records with the very names of the question, and with others ---- */

static void any_text(struct gv_buf *b, const char *name)
{
	static const char *const texts[] = { "\"\"", "\"a\"", "\"abcdefgh\"", "\"abcdefghi\"", "\"abcdefgh_abcdefgh\"", "\"abcdefgh.abcdefgh\"",
	                                     "\"民事审判庭\"", "1", "true", "\"\\u0001\"", "[1]" };
	size_t i = roll(roll(4) ? 7 : COUNT(texts) + 1);

	if (i < COUNT(texts))
		gv_buf_addf(b, ",\"%s\":%s", name, texts[i]);
}

static void any_value(struct gv_buf *b, const char *name)
{
	static const char *const values[] = { "0", "-1", "9007199254740991", "-9007199254740991", "1.5", "1e30", "\"7\"", "\"x\"", "false", "{}" };
	size_t i = roll(roll(50) ? 4 : COUNT(values));

	if (roll(5) && roll(9))
		gv_buf_addf(b, ",\"%s\":%d", name, (int)roll(20000) - 5000);
	else if (roll(3))
		gv_buf_addf(b, ",\"%s\":%s", name, values[i]);
}

/* What a reader makes of a record that was told which members are wanted. */
static void keep_members(struct gv_val *rec, const struct gv_json_only *only)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < rec->n; i++)
		for (size_t k = 0; k < only->n; k++)
			if (gv_str_eq(rec->members[i].name, only->names[k])) {
				rec->members[kept] = rec->members[i];
				rec->members[kept++].name = only->names[k];
			}
	rec->n = kept;
}

static void quick_for(const char *groups, const char *aggregates, uint32_t exact, size_t memory)
{
	struct gv_stat_spec *spec = spec_of(groups, aggregates, NULL, exact);
	struct gv_stat *quick = stat_of(spec, memory), *slow = stat_of(spec, memory);
	struct gv_buf a = GV_BUF_INIT(64 << 20), b = GV_BUF_INIT(64 << 20);
	size_t i[2] = { 0, 0 };
	struct gv_str field[2];
	bool more;

	for (unsigned k = 0; k < 20000; k++) {
		struct gv_doc d = GV_DOC_INIT;

		gv_buf_reset(&a);
		gv_buf_adds(&a, "{\"\":0");
		any_text(&a, "g");
		any_text(&a, roll(3) ? "h" : "x");
		any_value(&a, "v");
		any_value(&a, "w");
		gv_buf_addc(&a, '}');
		CHECK_OK(gv_json_parse(&d, gv_buf_str(&a), GV_JSON_FOREIGN, &err), &err);
		CHECK_OK(gv_stat_add(slow, &d.root, (struct gv_stat_place){ .line = k }, &err), &err);
		keep_members(&d.root, gv_stat_spec_members(spec));
		CHECK_OK(gv_stat_add(quick, &d.root, (struct gv_stat_place){ .line = k }, &err), &err);
		gv_doc_free(&d);
	}
	do {
		more = gv_stat_never_had(&quick, 1, &i[0], &field[0]);
		CHECK(more == gv_stat_never_had(&slow, 1, &i[1], &field[1]) && i[0] == i[1]);
	} while (more);
	gv_buf_reset(&a);
	CHECK_OK(print_states(&a, spec, &quick, 1, &err), &err);
	CHECK_OK(print_states(&b, spec, &slow, 1, &err), &err);
	CHECK((memory == 0) == (gv_stat_spills(quick) == 0));
	CHECK_INT(gv_stat_spills(quick), gv_stat_spills(slow));
	CHECK(a.n > 100 && a.n == b.n && memcmp(a.p, b.p, a.n) == 0);
	gv_buf_free(&a);
	gv_buf_free(&b);
	gv_stat_free(quick);
	gv_stat_free(slow);
	gv_stat_spec_free(spec);
}

static void quick(void)
{
	static const char question[] = "count,count:v,sum:v,p50:v,min:v,max:w,mean:w,sd:w,count:x";

	quick_for("g,h", question, 0, 0);
	quick_for("h,g", question, 50, 0);
	quick_for("g,h", question, 0, 1 << 16);
	quick_for("h", "count,sum:v,p50:v,p90:v,count:y", 0, 0);
	quick_for(NULL, question, 1000, 0);
	quick_for("g,v", "count,sum:v,distinct:w", 0, 0);
	quick_for("g,h", "count,max:v,first:w", 0, 0);
}

UNIT_MAIN("stat_twin",
	{ "the same as counting by hand", single },
	{ "the same for records with the names of the question", quick },
	{ "the same for several threads", several })
