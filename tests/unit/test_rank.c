/* SPDX-License-Identifier: MIT */
/* The order on an asset: against a walk day by day, and whatever the order of the input. */
#include "rank.h"
#include "roll.h"
#include "unit.h"

enum { MANY = 10000, SEIZURES = 6, DAYS = 40 };
#define FIRST_DAY "2025-03-01"

/* Days from the first one; NEVER: it is not recorded. */
enum { NEVER = 1000 };
struct fake { int made, released, until, since, end, place; bool waits, is_void; };

/* ---- the slow twin ---- */

/* Does it stand in the way of those behind it on that day? */
static bool stands(const struct fake *f, int day)
{
	return f->made <= day && f->end > day;
}

/* In order of rank, day by day, each from the first on: what is not in the way of another has effect. */
static void walk(struct fake *f, int n)
{
	for (int i = 0; i < n; i++)
		f[i].since = f[i].end = NEVER;
	for (int day = 0; day <= DAYS; day++) {
		for (int i = 0; i < n; i++) {
			bool free = true;

			if (f[i].made > day || f[i].end != NEVER)
				continue;
			for (int k = 0; k < i; k++)
				free = free && !stands(&f[k], day);
			if (f[i].made == day) {
				f[i].place = 1;
				for (int k = 0; k < i; k++)
					f[i].place += stands(&f[k], day);
			}
			if (f[i].since != NEVER && !f[i].waits && f[i].until < day && f[i].until >= f[i].since)
				f[i].end = day;
			if (f[i].released == day) {
				f[i].is_void = f[i].since == NEVER && f[i].place > 1;
				f[i].end = day;
			} else if (free && f[i].since == NEVER && f[i].end == NEVER && !(f[i].waits && f[i].place == 1)) {
				f[i].since = day;
			}
		}
	}
}

/* ---- the bundle ---- */

static void add_day(struct gv_buf *to, const char *field, int offset)
{
	char text[GV_DATE_LEN + 1];

	if (offset == NEVER)
		return;
	gv_day_format(gv_day_read(gv_str_of(FIRST_DAY)) + offset, text);
	gv_buf_addf(to, ",\"%s\":\"%s\"", field, text);
}

static void add_seizure(struct gv_buf *to, const struct fake *f, int i)
{
	gv_buf_addf(to, "%s{\"id\":\"z%d\",\"asset\":\"home\",\"court\":\"%d\",\"measure\":\"%s\"", to->p[to->n - 1] == '[' ? "" : ",", i, i,
	            f[i].waits ? "waiting" : "seal");
	add_day(to, "served_at", f[i].made);
	add_day(to, "released_at", f[i].released);
	add_day(to, "until", f[i].until);
	gv_buf_addc(to, '}');
}

static int day_of(gv_instant t)
{
	return t == GV_INSTANT_NONE ? NEVER : gv_instant_day(t) - gv_day_read(gv_str_of(FIRST_DAY));
}

static void compare(const struct fake *f, int n, bool backwards)
{
	struct gv_buf text = GV_BUF_INIT(65536);
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_rank r[SEIZURES];
	struct gv_estate e;
	struct gv_err err;
	int wrong = 0;

	gv_buf_addf(&text, "%s", "{\"assets\":[{\"id\":\"home\",\"type\":\"immovable\"}],\"seizures\":[");
	for (int i = 0; i < n; i++)
		add_seizure(&text, f, backwards ? n - 1 - i : i);
	gv_buf_addf(&text, "%s", "]}");
	CHECK_OK(gv_json_parse(&doc, gv_buf_str(&text), 0, &err), &err);
	CHECK_OK(gv_estate_read(&e, &doc, &doc.root, gv_day_read(gv_str_of(FIRST_DAY)) + DAYS, &GV_SEIZURE_POLICY, &err), &err);
	CHECK_OK(gv_rank_of(r, e.holdings, e.n, e.as_of, &err), &err);
	for (int i = 0; i < n; i++)
		wrong += r[i].holding->id.p[1] != '0' + i || day_of(r[i].since) != f[i].since || day_of(r[i].end) != f[i].end || (int)r[i].place != f[i].place ||
		         (r[i].is == GV_RANK_VOID) != f[i].is_void;
	unit_checks++;
	if (wrong) {
		UNIT_FAIL("%s", text.p);
		for (int i = 0; i < n; i++)
			printf("#   z%d: got since %d end %d place %zu is %d, want since %d end %d place %d void %d\n", i, day_of(r[i].since), day_of(r[i].end), r[i].place,
			       (int)r[i].is, f[i].since, f[i].end, f[i].place, f[i].is_void);
	}
	gv_doc_free(&doc);
	gv_buf_free(&text);
}

static void test_against_walk(void)
{
	int taken = 0, voids = 0;

	for (int round = 0; round < MANY && !unit_failed_here; round++) {
		struct fake f[SEIZURES] = { 0 };
		int n = 1 + roll_int(SEIZURES), day = 0;

		for (int i = 0; i < n; i++) {
			f[i].made = day += roll_int(8);
			f[i].waits = roll_int(2);
			f[i].released = roll_int(2) ? f[i].made + 1 + roll_int(20) : NEVER;
			f[i].until = roll_int(2) ? f[i].made + 1 + roll_int(20) : NEVER;
			day++; /* two on one day are a tie, which other rows are about */
		}
		for (int i = 0; i < n; i++)
			if (f[i].made > DAYS)
				n = i;
		for (int i = 0; i < n; i++)
			f[i].released = f[i].released > DAYS ? NEVER : f[i].released;
		walk(f, n);
		compare(f, n, round % 2);
		for (int i = 0; i < n; i++) {
			taken += f[i].place > 1 && f[i].since != NEVER;
			voids += f[i].is_void;
		}
	}
	CHECK(taken > 1000 && voids > 1000); /* else it tried nothing */
}

UNIT_MAIN("rank", { "ten thousand orders, against a walk day by day", test_against_walk })
