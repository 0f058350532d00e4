/* SPDX-License-Identifier: MIT */
/* States: whatever the records are split and joined into, the answer is the same to the byte. */
#include "stat_unit.h"

/* ---- random questions and records ---- */

static const char *const group_list[] = { NULL, "a", "a,b", "d:month", "b,d:week,x.y", "c" };
static const char *const aggregate_list[] = {
	"count", "count:v", "sum:v", "mean:w", "sd:v", "sd:w", "min:v", "max:v", "min:d", "max:d", "p50:v", "p99.9:w", "distinct:v", "distinct:d",
	"rate:v>3 and a=x", "first:v", "last:w", "o=first:v@d", "k=last:a@v", "sum:days:d..e", "p10:days:d..e", "s=sd:t", "q=p50:t",
	"f=first:days:d..e@b",
};
static const char *const where_list[] = { NULL, NULL, NULL, "not v=3", "a in (x, y) or exists d" };

/* A random few of the aggregates, none twice. */
static void random_aggregates(char out[1024])
{
	size_t n = 0;

	for (size_t i = 0; i < COUNT(aggregate_list); i++)
		if (roll(COUNT(aggregate_list)) < 6)
			n += (size_t)snprintf(out + n, 1024 - n, "%s%s", n ? "," : "", aggregate_list[i]);
	if (!n)
		snprintf(out, 1024, "count");
}

static const char *random_number(char out[64])
{
	static const char *const odd[] = {
		"9007199254740993", "-12345678901234567890.125", "1e300", "-1e-270", "\"0.1000000000000000055511151231257827\"", "1e400", "-0.0",
		"1234567890123456789e-18", "\"007\"", "99999999999999999999e200",
	};
	static const int power[] = { 1, 10, 1000, 100000 };

	switch (roll(12)) {
	case 0:
		return odd[roll(COUNT(odd))];
	case 1: case 2:
		snprintf(out, 64, "%d.%02d", (int)roll(2000) - 1000, (int)roll(100));
		break;
	case 3:
		snprintf(out, 64, "\"%d\"", (int)roll(100) - 50);
		break;
	default:
		snprintf(out, 64, "%d", (int)roll(2 * (unsigned)power[roll(4)]) - 5);
	}
	return out;
}

static const char *random_value(char out[64])
{
	static const char *const others[] = { "\"x\"", "\"y\"", "\"中\"", "true", "false", "null", "[1.50,2]", "{\"q\":\"\\u0001\"}", "\"2022-05-06\"" };

	return roll(4) ? random_number(out) : others[roll(COUNT(others))];
}

static const char *random_date(char out[64])
{
	if (roll(12) == 0)
		return "\"no date\"";
	if (roll(6) == 0)
		snprintf(out, 64, "\"20%02d-%02d-%02dT%02d:00Z\"", (int)roll(3) + 20, (int)roll(12) + 1, (int)roll(28) + 1, (int)roll(24));
	else
		snprintf(out, 64, "\"20%02d-%02d-%02d\"", (int)roll(3) + 20, (int)roll(12) + 1, (int)roll(28) + 1);
	return out;
}

/* The record of a number; only few of them at all differ where `few`. */
static void random_record(struct gv_buf *out, bool few)
{
	static const char *const names[] = { "a", "b", "c", "d", "e", "t", "v", "w", "x" };
	char text[64];

	gv_buf_reset(out);
	gv_buf_addc(out, '{');
	for (size_t i = 0; i < COUNT(names); i++) {
		if (roll(8) == 0)
			continue;
		gv_buf_addf(out, "%s\"%s\":", out->n > 1 ? "," : "", names[i]);
		if (names[i][0] == 'a')
			gv_buf_adds(out, roll(2) ? "\"x\"" : random_value(text));
		else if (names[i][0] == 'b')
			gv_buf_addf(out, "\"b%d\"", (int)roll(few ? 4 : 300));
		else if (names[i][0] == 'c')
			gv_buf_adds(out, roll(few ? 8 : 2) == 0 ? random_number(text) : "{\"z\":[null,1e5]}");
		else if (names[i][0] == 'd' || names[i][0] == 'e')
			gv_buf_adds(out, random_date(text));
		else if (names[i][0] == 'x')
			gv_buf_addf(out, "{\"y\":%d}", (int)roll(3));
		else if (names[i][0] == 't')
			gv_buf_addf(out, "%d", few ? 1234500 + (int)roll(90) : (int)roll(1000000)); /* few: four digits tell nothing apart */
		else
			gv_buf_adds(out, random_value(text));
	}
	gv_buf_addc(out, '}');
	if (gv_buf_check(out, NULL))
		exit(2);
}

/* ---- splitting and joining ---- */

enum { PARTS = 7 };

struct pool { struct gv_buf states[2 * PARTS]; size_t n; };

static void take_states(struct gv_buf *out, const struct gv_stat_spec *spec, struct gv_stat *const *stats, size_t n)
{
	*out = GV_BUF_INIT(64 * GV_MIB);
	CHECK_OK(print_states(out, spec, stats, n, &err), &err);
	if (!out->n) /* no group: the question alone is a state, too */
		CHECK_OK(gv_stat_state(out, spec, NULL, &err), &err);
}

/* Lines in a random order of lists, through canonical text now and then. */
static void add_states(struct gv_stat *s, const struct gv_buf *states)
{
	const char *text = states->p;
	struct gv_str line;

	while (next_line(&text, &line)) {
		struct gv_doc d = GV_DOC_INIT;
		struct gv_buf canon = GV_BUF_INIT(64 * GV_MIB), again = GV_BUF_INIT(64 * GV_MIB);

		CHECK_OK(gv_json_parse(&d, line, 0, &err), &err);
		gv_json_line(&again, &d.root);
		CHECK_BYTES(gv_buf_str(&again), line); /* members in order, no spaces: as a docket stores it */
		if (roll(4) == 0) {
			gv_json_canon(&canon, &d.root);
			CHECK_OK(gv_json_parse(&d, gv_buf_str(&canon), 0, &err), &err);
		}
		CHECK_OK(gv_stat_add_state(s, &d.root, &err), &err);
		gv_buf_free(&canon);
		gv_buf_free(&again);
		gv_doc_free(&d);
	}
}

/* Two to four random lists become one, until one is left. */
static void join_all(const struct gv_stat_spec *spec, struct pool *pool)
{
	while (pool->n > 1) {
		struct gv_stat *s = stat_of(spec, roll(3) ? 0 : 4096);
		size_t n = 2 + roll(3);

		for (size_t i = 0; i < n && pool->n; i++) {
			size_t pick = roll(pool->n);

			add_states(s, &pool->states[pick]);
			gv_buf_free(&pool->states[pick]);
			pool->states[pick] = pool->states[--pool->n];
		}
		take_states(&pool->states[pool->n++], spec, &s, 1);
		gv_stat_free(s);
	}
}

static size_t spilled;

/* One question: a single run, and the same records in parts. */
static void one_question(const char *groups, const char *aggregates, const char *where, uint32_t exact, size_t nrecords)
{
	struct gv_stat_spec *spec = spec_of(groups, aggregates, where, exact), *other;
	struct gv_stat *single = stat_of(spec, 0), *parts[PARTS], *last;
	struct gv_buf record = GV_BUF_INIT(4096), want = { 0 }, want_rows = GV_BUF_INIT(64 * GV_MIB), got_rows = GV_BUF_INIT(64 * GV_MIB), got;
	struct pool pool = { .n = 0 };
	bool few = roll(4) == 0;
	struct gv_doc d = GV_DOC_INIT;
	const char *text;
	struct gv_str line;

	for (size_t i = 0; i < PARTS; i++)
		parts[i] = stat_of(spec, i % 2 ? 0 : 2048 + 1024 * i);
	for (size_t i = 0; i < nrecords; i++) {
		struct gv_stat_place at = { 1, (uint32_t)roll(3), i, roll(3) };

		random_record(&record, few);
		CHECK_OK(add_text(single, gv_buf_str(&record), at, &err), &err);
		CHECK_OK(add_text(parts[roll(PARTS)], gv_buf_str(&record), at, &err), &err);
	}
	take_states(&want, spec, &single, 1);
	CHECK_OK(print_rows(&want_rows, spec, &single, 1, &PLAIN, &err), &err);
	for (size_t i = 0; i < PARTS; i++)
		spilled += gv_stat_spills(parts[i]);

	/* All parts at once. */
	take_states(&got, spec, parts, PARTS);
	CHECK_BYTES(gv_buf_str(&got), gv_buf_str(&want));
	gv_buf_free(&got);
	CHECK_OK(print_rows(&got_rows, spec, parts, PARTS, &PLAIN, &err), &err);
	CHECK_BYTES(gv_buf_str(&got_rows), gv_buf_str(&want_rows));

	/* Their states, joined in any order and grouping; by a question that was read from one. */
	for (size_t i = 0; i < PARTS; i++)
		take_states(&pool.states[pool.n++], spec, &parts[i], 1);
	text = pool.states[0].p;
	next_line(&text, &line);
	CHECK_OK(gv_json_parse(&d, line, 0, &err), &err);
	CHECK_OK(gv_stat_spec_of_state(&other, &d.root, &err), &err);
	join_all(other, &pool);
	CHECK_BYTES(gv_buf_str(&pool.states[0]), gv_buf_str(&want));
	last = stat_of(other, 0);
	add_states(last, &pool.states[0]);
	gv_buf_reset(&got_rows);
	CHECK_OK(print_rows(&got_rows, other, &last, 1, &PLAIN, &err), &err);
	CHECK_BYTES(gv_buf_str(&got_rows), gv_buf_str(&want_rows));

	gv_stat_free(last);
	gv_stat_spec_free(other);
	gv_doc_free(&d);
	gv_buf_free(&pool.states[0]);
	for (size_t i = 0; i < PARTS; i++)
		gv_stat_free(parts[i]);
	gv_buf_free(&want);
	gv_buf_free(&want_rows);
	gv_buf_free(&got_rows);
	gv_buf_free(&record);
	gv_stat_free(single);
	gv_stat_spec_free(spec);
}

static void split_and_joined(void)
{
	static const uint32_t exact[] = { 0, 1, 3, 20, 200 };
	char aggregates[1024];

	for (int i = 0; i < 40; i++) {
		size_t nrecords = roll(6) == 0 ? roll(8) : 300 + roll(1500);

		random_aggregates(aggregates);
		one_question(group_list[roll(COUNT(group_list))], aggregates, where_list[roll(COUNT(where_list))], exact[roll(COUNT(exact))], nrecords);
		if (unit_failed_here) {
			printf("# question %d: %s\n", i, aggregates);
			break;
		}
	}
	CHECK_ROW(spilled > 60, "too few of the parts went to disk");
}

/* Every aggregate and group for sure. */
static void each_by_itself(void)
{
	for (size_t i = 0; i < COUNT(aggregate_list); i++)
		one_question(group_list[i % COUNT(group_list)], aggregate_list[i], NULL, i % 2 ? 20 : 0, 150);
	for (size_t i = 0; i < COUNT(group_list); i++)
		one_question(group_list[i], "count,x=p50:t,y=distinct:t,z=sum:v", NULL, 5, 700);
}

/* Whatever is kept for an aggregate counts as memory: with few groups of many values it must go to disk. */
static void memory_of_cells(void)
{
	static const struct { const char *aggregate; bool spills; } row[] = {
		{ "count:v", false }, { "sum:v", false }, { "p50:v", true }, { "distinct:v", true }, { "last:t", true }, { "min:v", false }, { "sum:b", true },
	};

	for (size_t i = 0; i < COUNT(row); i++) {
		struct gv_stat_spec *spec = spec_of("a", row[i].aggregate, NULL, 0);
		struct gv_stat *s = stat_of(spec, 60000);
		char record[1200];

		for (int k = 0; k < 70 * 100; k++) {
			snprintf(record, sizeof record, "{\"a\":%d,\"v\":%d,\"t\":\"%01000d\",\"b\":1e%d}", k % 70, k, 0, k % 60);
			CHECK_OK(add_text(s, gv_str_of(record), (struct gv_stat_place){ .line = (uint64_t)k }, &err), &err);
		}
		CHECK_ROW((gv_stat_spills(s) > 0) == row[i].spills, row[i].aggregate);
		gv_stat_free(s);
		gv_stat_spec_free(spec);
	}
}

/* A state looks like this, and is documented. */
static void golden(void)
{
	static const char records[] =
		"{\"a\":\"x\",\"d\":\"2022-01-02\",\"v\":1.50,\"w\":[1]}\n{\"a\":\"x\",\"d\":\"2022-01-05\",\"v\":1.5,\"w\":2}\n"
		"{\"a\":\"x\",\"v\":-3}\n{\"a\":[1.50],\"v\":\"q\"}\n{\"a\":2.5}";
	static const char want[] =
		"{\"aggregates\":[\"count\",\"sd:v\",\"max:v\",\"p50:v\",\"count:w\",\"rate:v<2\",\"first:w\",\"last:v@d\",\"distinct:w\"],"
		"\"cells\":[{\"n\":0,\"squares\":\"0\",\"sum\":\"0\"},{},{\"n\":0,\"values\":[]},0,0,{},{},{\"set\":\"\"}],\"count\":1,\"exact\":131072,"
		"\"groups\":[\"a\"],\"key\":[{\"number\":\"2.5\"}],\"kind\":\"stat-state\",\"misfits\":[0,0],\"v\":1,\"where\":[]}\n"
		"{\"aggregates\":[\"count\",\"sd:v\",\"max:v\",\"p50:v\",\"count:w\",\"rate:v<2\",\"first:w\",\"last:v@d\",\"distinct:w\"],"
		"\"cells\":[{\"n\":3,\"squares\":\"13.5\",\"sum\":\"0\"},{\"max\":{\"number\":\"1.5\"},\"min\":-3},{\"n\":3,\"values\":[\"-3\",\"1.5*2\"]},2,3,"
		"{\"at\":[0,0,1,0],\"value\":{\"json\":\"[1]\"}},{\"at\":\"2022-01-05\",\"value\":{\"number\":\"1.5\"}},"
		"{\"set\":\"o2hkbRDPxQPja+Wis1KPjtVKene6/4AA4FPfbQXiBXk=\"}],\"count\":3,\"exact\":131072,"
		"\"groups\":[\"a\"],\"key\":[\"x\"],\"kind\":\"stat-state\",\"misfits\":[0,0],\"v\":1,\"where\":[]}\n"
		"{\"aggregates\":[\"count\",\"sd:v\",\"max:v\",\"p50:v\",\"count:w\",\"rate:v<2\",\"first:w\",\"last:v@d\",\"distinct:w\"],"
		"\"cells\":[{\"n\":0,\"squares\":\"0\",\"sum\":\"0\"},{},{\"n\":0,\"values\":[]},0,0,{},{},{\"set\":\"\"}],\"count\":1,\"exact\":131072,"
		"\"groups\":[\"a\"],\"key\":[{\"json\":\"[1.50]\"}],\"kind\":\"stat-state\",\"misfits\":[1,0],\"v\":1,\"where\":[]}\n";
	struct gv_stat_spec *spec = spec_of("a", "count,sd:v,max:v,p50:v,count:w,rate:v<2,first:w,last:v@d,distinct:w", NULL, 0);
	struct gv_stat *s = stat_of(spec, 0);
	struct gv_buf got;

	add_lines(s, records);
	take_states(&got, spec, &s, 1);
	CHECK_STR(got.p, want);
	gv_buf_reset(&got);
	CHECK_OK(gv_stat_state(&got, spec, NULL, &err), &err);
	CHECK_STR(got.p, "{\"aggregates\":[\"count\",\"sd:v\",\"max:v\",\"p50:v\",\"count:w\",\"rate:v<2\",\"first:w\",\"last:v@d\",\"distinct:w\"],"
	          "\"exact\":131072,\"groups\":[\"a\"],\"kind\":\"stat-state\",\"v\":1,\"where\":[]}\n");
	gv_buf_free(&got);
	gv_stat_free(s);
	gv_stat_spec_free(spec);
}

/* Numbers as four digits say so, also where there are few of them again. */
static void golden_coarse(void)
{
	struct gv_stat_spec *spec = spec_of(NULL, "p50:v", NULL, 2);
	struct gv_stat *s = stat_of(spec, 0), *again = stat_of(spec, 0);
	struct gv_buf got, back, rows = GV_BUF_INIT(4096);

	add_lines(s, "{\"v\":1234561}\n{\"v\":1234562}\n{\"v\":1234563}");
	take_states(&got, spec, &s, 1);
	CHECK_STR(got.p, "{\"aggregates\":[\"p50:v\"],\"cells\":[{\"digits\":4,\"n\":3,\"values\":[\"1234000*3\"]}],\"count\":3,\"exact\":2,\"groups\":[],"
	          "\"key\":[],\"kind\":\"stat-state\",\"misfits\":[0],\"v\":1,\"where\":[]}\n");
	add_states(again, &got);
	take_states(&back, spec, &again, 1);
	CHECK_STR(back.p, got.p);
	CHECK_OK(print_rows(&rows, spec, &again, 1, &PLAIN, &err), &err);
	CHECK_STR(rows.p, "{\"p50_v\":1234000,\"p50_v_error\":0.001}\n");
	gv_buf_free(&got);
	gv_buf_free(&back);
	gv_buf_free(&rows);
	gv_stat_free(s);
	gv_stat_free(again);
	gv_stat_spec_free(spec);
}

/* The longest state that can be read back, and one byte more. */
static void too_long(void)
{
	struct gv_stat_spec *spec = spec_of("a", "max:v", NULL, 0);
	struct gv_buf record = GV_BUF_INIT(20 * GV_MIB), out = GV_BUF_INIT(32 * GV_MIB), rows = GV_BUF_INIT(32 * GV_MIB);
	struct gv_stat_place at = { 0 };
	size_t frame = 0;

	for (size_t more = 0; more < 3; more++) {
		struct gv_stat *s = stat_of(spec, 0);
		size_t n = more ? 16 * GV_MIB - frame + more - 1 : 0;
		int rc;

		gv_buf_reset(&record);
		gv_buf_adds(&record, "{\"a\":\"");
		if (!gv_buf_reserve(&record, n + 2))
			exit(2);
		memset(record.p + record.n, 'x', n);
		record.n += n;
		gv_buf_adds(&record, "\"}");
		CHECK_OK(add_text(s, gv_buf_str(&record), at, &err), &err);
		gv_buf_reset(&out);
		rc = print_states(&out, spec, &s, 1, &err);
		frame = more ? frame : out.n;
		if (more < 2)
			CHECK_OK(rc, &err);
		else
			CHECK_ERR(rc, &err, GV_EDATA, "the state of a group is longer than 16 MiB: use a smaller --exact");
		if (more == 1) {
			struct gv_stat *back = stat_of(spec, 0);

			CHECK_INT(out.n, 16 * GV_MIB);
			out.n--;
			CHECK_OK(add_state(back, gv_buf_str(&out), &err), &err);
			CHECK_OK(print_rows(&rows, spec, &back, 1, &PLAIN, &err), &err);
			gv_stat_free(back);
		}
		gv_stat_free(s);
	}
	gv_buf_free(&record);
	gv_buf_free(&out);
	gv_buf_free(&rows);
	gv_stat_spec_free(spec);
}

UNIT_MAIN("stat_state",
	{ "a state as it is documented", golden },
	{ "a state of numbers that are not exact", golden_coarse },
	{ "each question split and joined", each_by_itself },
	{ "random questions split and joined", split_and_joined },
	{ "memory of what is kept", memory_of_cells },
	{ "as long as a state may be", too_long })
