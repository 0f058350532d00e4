/* SPDX-License-Identifier: MIT */
#include "generate.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- chance ---- */

static uint64_t mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

struct gen_random gen_random_of(uint64_t seed, uint64_t index)
{
	return (struct gen_random){ mix(mix(seed + 0x9E3779B97F4A7C15u) + index) };
}

uint64_t gen_next(struct gen_random *r)
{
	r->state += 0x9E3779B97F4A7C15u;
	return mix(r->state);
}

uint32_t gen_below(struct gen_random *r, uint32_t n)
{
	return (uint32_t)(((gen_next(r) >> 32) * n) >> 32);
}

int gen_between(struct gen_random *r, int from, int to)
{
	return from + (int)gen_below(r, (uint32_t)(to - from + 1));
}

bool gen_chance(struct gen_random *r, unsigned per_mille)
{
	return gen_below(r, 1000) < per_mille;
}

int64_t gen_amount(struct gen_random *r, int64_t median_yuan)
{
	enum { OCTAVE = 1024, OCTAVES = 14 };
	/* The sum of four even chances is a bell; as an exponent it makes the bell of claims. */
	uint32_t x = 0;
	int64_t yuan, round;

	for (int i = 0; i < 4; i++)
		x += gen_below(r, OCTAVE * OCTAVES / 4);
	yuan = median_yuan << (x / OCTAVE);
	yuan = (yuan + yuan * (x % OCTAVE) / OCTAVE) >> (OCTAVES / 2);
	if (yuan < 300)
		yuan = 300 + gen_below(r, 700);
	round = yuan < 5000 ? 100 : yuan < 100000 ? 1000 : 10000;
	if (gen_chance(r, 450)) /* people lend and claim round sums */
		return yuan / round * round * 100;
	return yuan * 100 + gen_below(r, 100);
}

/* ---- working days ---- */

static int load_workdays(struct gen_register *g, struct gv_err *err)
{
	struct gv_calendar *calendar;
	size_t days = (size_t)(g->known_to - g->known_from + 1);
	int rc = gv_calendar_load(&calendar, NULL, err);

	if (rc)
		return rc;
	g->workdays = calloc(days + 1, sizeof *g->workdays);
	g->work_index = calloc(days + 1, sizeof *g->work_index);
	if (!g->workdays || !g->work_index)
		rc = gv_fail_nomem(err);
	for (gv_day d = g->known_from; d <= g->known_to && !rc; d++) {
		bool works = gv_day_weekday(d) <= 5;

		g->work_index[d - g->known_from] = (uint32_t)g->nworkdays;
		/* Around the register, where nothing is shown, weekdays will do. */
		if (d >= g->first && d <= g->as_of)
			rc = gv_calendar_is_working(calendar, d, &works, err);
		if (works)
			g->workdays[g->nworkdays++] = d;
	}
	gv_calendar_free(calendar);
	return rc;
}

gv_day gen_workday(const struct gen_register *g, gv_day day, int n)
{
	int64_t i;

	if (day < g->known_from || day > g->known_to)
		return day;
	i = (int64_t)g->work_index[day - g->known_from] + n;
	if (i < 0)
		i = 0;
	return g->workdays[(size_t)i < g->nworkdays ? (size_t)i : g->nworkdays - 1];
}

uint64_t gen_cases_in(const struct gen_register *g, unsigned workdays)
{
	return g->n * workdays / g->window;
}

/* ---- types and numbers ---- */

/* Cases of each type among a thousand, as a basic court of a suburb has them. */
static const uint16_t mix_of_types[GEN_TYPES] = {
	[GEN_CIVIL] = 602, [GEN_ENFORCEMENT] = 262, [GEN_RESUMED] = 34, [GEN_OBJECTION] = 14,
	[GEN_REVIEW] = 21, [GEN_CRIMINAL] = 52, [GEN_SPECIAL] = 15,
};

static void deal_slots(struct gen_register *g)
{
	struct gen_random r = gen_random_of(0x670761766C, 0);
	size_t n = 0;

	for (size_t t = 0; t < GEN_TYPES; t++)
		for (size_t i = 0; i < mix_of_types[t]; i++)
			g->slot_type[n++] = (uint8_t)t;
	for (size_t i = n; i-- > 1;) {
		size_t k = gen_below(&r, (uint32_t)i + 1);
		uint8_t t = g->slot_type[i];

		g->slot_type[i] = g->slot_type[k];
		g->slot_type[k] = t;
	}
	for (size_t i = 0; i < n; i++)
		g->slot_rank[i] = g->per_round[g->slot_type[i]]++;
}

/* The first case that is received on working day w of the window. */
static uint64_t first_case(const struct gen_register *g, size_t w)
{
	return (w * g->n + g->window - 1) / g->window;
}

int gen_register_open(struct gen_register *g, uint64_t seed, uint64_t n, int year,
                      struct gv_err *err)
{
	struct gv_ymd from;
	int rc;

	*g = (struct gen_register){ .seed = seed, .n = n };
	g->first = gv_day_of(year ? year : 2020, 1, 1);
	g->as_of = year ? gv_day_of(year, 12, 31) : gv_day_of(2022, 6, 30);
	if (g->first == GV_DAY_NONE || g->first - 400 < GV_DAY_FIRST ||
	    g->as_of + 2000 > GV_DAY_LAST)
		return gv_fail(err, GV_EDATA, "%d is not a year of a register", year);
	g->known_from = g->first - 400;
	g->known_to = g->as_of + 2000;
	rc = load_workdays(g, err);
	if (rc)
		return rc;
	g->window_start = g->work_index[g->first - g->known_from];
	g->window = g->work_index[g->as_of + 1 - g->known_from] - g->window_start;
	deal_slots(g);
	from = gv_day_ymd(g->first);
	for (int i = 0; i < GEN_YEARS; i++) {
		gv_day d = gv_day_of(from.year + i, 1, 1);
		size_t w = g->work_index[d - g->known_from];

		if (d <= g->as_of)
			g->year_start[i] = first_case(g, w - g->window_start);
	}
	return 0;
}

void gen_register_close(struct gen_register *g)
{
	free(g->workdays);
	free(g->work_index);
}

void gen_case_place(struct gen_case *c, const struct gen_register *g, uint64_t index)
{
	uint64_t k;
	int first_year = gv_day_ymd(g->first).year;

	/* Not the whole of it: the parties are large, and each is cleared when it is made. */
	memset(c, 0, offsetof(struct gen_case, parties));
	c->nparties = c->nevents = 0;
	c->g = g;
	c->index = index;
	c->rnd = gen_random_of(g->seed, index);
	c->received = g->workdays[g->window_start + (size_t)(index * g->window / g->n)];
	c->year = gv_day_ymd(c->received).year;
	k = index - g->year_start[c->year - first_year];
	c->type = (enum gen_type)g->slot_type[k % GEN_SLOTS];
	c->serial = k / GEN_SLOTS * g->per_round[c->type] + g->slot_rank[k % GEN_SLOTS] + 1;
	c->filed = c->decided = c->closed = c->effective = c->published = GV_DAY_NONE;
	c->claim = c->awarded = c->fee = -1;
	c->penalty_years = -1;
}

void gen_case_number(const struct gen_case *c, char *out, size_t size)
{
	static const char *const codes[GEN_TYPES] = {
		[GEN_CIVIL] = "民初", [GEN_ENFORCEMENT] = "执", [GEN_RESUMED] = "执恢",
		[GEN_OBJECTION] = "执异", [GEN_REVIEW] = "行审", [GEN_CRIMINAL] = "刑初",
		[GEN_SPECIAL] = "民特",
	};

	snprintf(out, size, "（%d）沪0114%s%llu号", c->year, codes[c->type],
	         (unsigned long long)c->serial);
}
