/* SPDX-License-Identifier: MIT */
/* What is seized for a claim: what must hold whatever the estate is, and seizures in time, to the second. */
#include "estate.h"
#include "fee.h"
#include "roll.h"
#include "unit.h"

static struct gv_err err;

enum { ROUNDS = 3000, MOST = 7 };

/* ---- any estate ---- */

/* `again`: one more seizure of it, or "". */
struct thing { char asset[512], seizure[512], again[512]; };
struct made { char claim[256]; struct thing things[MOST + 1]; size_t n; };

/* As much of it as a seizure may say: a sum, a number, a ratio; and what became of it since. */
static void make_part(char *out, size_t size)
{
	char first[128], then[128];
	const char *const parts[] = { "", "", "", first, ",\"ratio\":{\"num\":1,\"den\":4}" };
	const char *const events[] = { "", "", "", then };
	static const char *const acts[] = {
		"release-part\",\"units\":3,\"sum_fen\":900", "release-part\",\"units\":8,\"x\":0", "dispose-part\",\"units\":2", "transfer\",\"fen\":5000",
		"auction\",\"result\":\"sold\",\"x\":0",
	};

	snprintf(first, sizeof first, ",\"shares\":%d,\"sum_fen\":%d", roll_int(40), roll_int(40000));
	snprintf(then, sizeof then, ",\"events\":[{\"on\":\"2025-06-15\",\"event\":\"%s}]", acts[roll_int(5)]);
	snprintf(out, size, "%s%s", parts[roll_int(5)], events[roll_int(4)]);
}

static void make_seizure(char *out, size_t size, char letter, size_t i)
{
	static const char *const measures[] = { "seal", "seal", "seal", "waiting" };
	char part[256];

	make_part(part, sizeof part);
	snprintf(out, size, "{\"id\":\"%c%zu\",\"asset\":\"a%zu\",\"measure\":\"%s\",\"served_at\":\"2025-0%d-01\",\"published_at\":\"2025-02-01\",\"until\":\"2026-0%d-01\"%s}", letter, i, i,
	         measures[roll_int(4)], roll_int(6) + 1, roll_int(9) + 1, part);
}

static void make_thing(struct thing *t, size_t i)
{
	static const char *const types[] = { "deposit", "immovable", "vehicle", "movable", "equity", "listed-shares" };
	static const char *const more[] = {
		"", "", ",\"indivisible\":true", ",\"dwelling\":true", ",\"share\":{\"num\":1,\"den\":3}", ",\"exempt\":\"aid\"", ",\"in_dispute\":true", ",\"indivisible\":false",
		",\"encumbrances\":[{\"holder\":\"x\",\"kind\":\"mortgage\",\"fen\":3000}]",
		",\"encumbrances\":[{\"holder\":\"x\",\"kind\":\"mortgage\",\"fen\":3000,\"on\":\"2025-03-15\"}]",
	};

	snprintf(t->asset, sizeof t->asset, "{\"id\":\"a%zu\",\"type\":\"%s\",\"value_fen\":%d%s%s%s}", i, types[roll_int(6)], roll_int(50000), more[roll_int(10)],
	         roll_int(2) ? ",\"shares\":50" : "", roll_int(2) ? ",\"units\":10" : "");
	make_seizure(t->seizure, sizeof t->seizure, 'z', i);
	*t->again = '\0';
	if (roll_int(3) == 0)
		make_seizure(t->again, sizeof t->again, 'y', i);
}

static void make(struct made *m)
{
	m->n = (size_t)roll_int(MOST) + 1;
	snprintf(m->claim, sizeof m->claim, "{\"stage\":\"enforcement\",\"principal_fen\":%d,\"fee_fen\":%d}", roll_int(90000), roll_int(500));
	for (size_t i = 0; i < m->n; i++)
		make_thing(&m->things[i], i);
}

/* Things in the order of `order`, of which the one called `without` is not seized; `extra` is one more seizure. */
static void read_made(struct gv_estate *e, struct gv_doc *doc, const struct made *m, const size_t *order, size_t without, const char *extra)
{
	struct gv_buf text = GV_BUF_INIT(65536);
	const char *comma = "";

	gv_buf_addf(&text, "{\"claim\":%s,\"assets\":[", m->claim);
	for (size_t i = 0; i < m->n; i++, comma = ",")
		gv_buf_addf(&text, "%s%s", comma, m->things[order[i]].asset);
	gv_buf_addf(&text, "],\"seizures\":[");
	comma = "";
	for (size_t i = m->n; i-- > 0;) {
		if (order[i] == without)
			continue;
		gv_buf_addf(&text, "%s%s", comma, m->things[order[i]].seizure);
		comma = ",";
		if (*m->things[order[i]].again)
			gv_buf_addf(&text, ",%s", m->things[order[i]].again);
	}
	gv_buf_addf(&text, "%s%s]}", *extra ? comma : "", extra);
	CHECK_OK(gv_json_parse(doc, gv_buf_str(&text), 0, &err), &err);
	CHECK_OK(gv_estate_read(e, doc, &doc->root, gv_day_of(2025, 7, 1), &GV_SEIZURE_POLICY, &err), &err);
	gv_buf_free(&text);
}

static bool same_kept(const struct gv_estate *a, const struct gv_estate *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; i < a->n && same; i++)
		same = gv_str_eq(a->holdings[i].id, b->holdings[i].id) && a->holdings[i].kept == b->holdings[i].kept && a->holdings[i].counts == b->holdings[i].counts;
	return same;
}

static void test_any(void)
{
	struct gv_doc doc = GV_DOC_INIT, other = GV_DOC_INIT;
	int waiting = 0, released = 0, joined = 0, parts = 0;

	for (int round = 0; round < ROUNDS; round++) {
		size_t order[MOST], turned[MOST];
		struct gv_estate e, changed;
		struct made m;

		make(&m);
		for (size_t i = 0; i < m.n; i++) {
			order[i] = i;
			turned[i] = (i + 1 + (size_t)round) % m.n;
		}
		read_made(&e, &doc, &m, order, SIZE_MAX, "");
		/* the order of the input is no matter */
		read_made(&changed, &other, &m, turned, SIZE_MAX, "");
		CHECK(e.nominal == changed.nominal && e.least == changed.least && e.kept_least == changed.kept_least && same_kept(&e, &changed));
		/* a waiting seizure counts nothing, of whatever is seized or not */
		read_made(&changed, &other, &m, order, SIZE_MAX, "{\"id\":\"w\",\"asset\":\"a0\",\"measure\":\"waiting\",\"served_at\":\"2025-01-01\"}");
		CHECK(e.nominal == changed.nominal && e.least == changed.least && e.kept_least == changed.kept_least);
		/* with one asset fewer there is no more than before, and never more than the sum of all */
		read_made(&changed, &other, &m, order, roll(m.n), "");
		CHECK(changed.nominal <= e.nominal && changed.least <= e.least);
		CHECK(e.least <= e.nominal && e.kept_least <= e.least);
		/* several seizures of an asset are worth no more than all of it, and no less than one of them */
		for (size_t i = 0; i < e.n; i++) {
			const struct gv_worth *w = &e.holdings[i].worth;

			CHECK(w->held <= w->rest && w->rest <= w->ref && w->nominal <= w->held && w->least <= w->nominal);
			joined += e.holdings[i].joins;
			parts += e.holdings[i].counts && w->held < w->ref;
		}
		/* what stays covers the claim wherever all of it does */
		CHECK(!e.covered || e.kept_least >= e.claim.total);
		CHECK(e.covered == (e.least >= e.claim.total));
		for (size_t i = 0; i < e.n; i++) {
			waiting += e.holdings[i].hold.is == GV_HOLD_WAITING;
			released += !e.holdings[i].kept;
		}
	}
	CHECK(waiting > ROUNDS / 10);
	CHECK(released > ROUNDS / 10);
	CHECK(joined > ROUNDS / 10);
	CHECK(parts > ROUNDS / 10);
	gv_doc_free(&doc);
	gv_doc_free(&other);
}

/* ---- a part of one thing, against every smaller one ---- */

enum { PIECES = 30 };

/* An asset of which so many pieces are frozen: shares, or fen. */
static void read_part(struct gv_worth *w, struct gv_doc *doc, const char *asset, const char *field, int pieces)
{
	char text[512];
	struct gv_hold hold;

	snprintf(text, sizeof text, "{\"a\":{%s},\"z\":{\"measure\":\"freeze\",\"served_at\":\"2025-01-01\",\"published_at\":\"2025-01-01\",\"%s\":%d}}", asset, field, pieces);
	CHECK_OK(gv_json_parse(doc, gv_str_of(text), 0, &err), &err);
	CHECK_OK(gv_hold_read(&hold, gv_val_get(&doc->root, "z"), gv_val_getstr(gv_val_get(&doc->root, "a"), "type"), gv_day_of(2025, 7, 1), &err), &err);
	CHECK_OK(gv_worth_read(w, gv_val_get(&doc->root, "a"), &hold, NULL, NULL, 56, &err), &err);
}

static void test_parts(void)
{
	static const char *const shares[] = { "", ",\"share\":{\"num\":1,\"den\":3}", ",\"share\":{\"num\":0,\"den\":3}" };
	struct gv_doc doc = GV_DOC_INIT;
	int found = 0;

	for (int round = 0; round < ROUNDS; round++) {
		bool money = roll_int(2);
		int n = 1 + roll_int(PIECES), most = 0;
		int64_t need = roll_int(money ? PIECES : 1500);
		char asset[256];
		struct gv_worth w, less;
		struct gv_part part;
		bool some;

		snprintf(asset, sizeof asset, "\"type\":\"%s\",\"value_fen\":%d,\"shares\":%d,\"encumbrances\":[{\"holder\":\"x\",\"kind\":\"pledge\",\"fen\":%d}]%s",
		         money ? "deposit" : roll_int(2) ? "equity" : "listed-shares", money ? PIECES : PIECES * roll_int(200), PIECES, roll_int(money ? 5 : 500), shares[roll_int(3)]);
		for (int k = 1; k <= n; k++) {
			read_part(&less, &doc, asset, money ? "sum_fen" : "shares", n - k);
			most = less.least >= need ? k : most;
		}
		read_part(&w, &doc, asset, money ? "sum_fen" : "shares", n);
		some = w.num && gv_worth_part(&part, &w, need);
		/* of what is worth nothing for the claim whatever stays nothing is told */
		if (!w.num || !w.held)
			continue;
		CHECK_INT(some, most > 0);
		CHECK_INT(some ? (money ? part.fen : part.pieces) : 0, most);
		CHECK(!some || (part.least >= need && part.least <= w.least));
		found += some;
	}
	CHECK(found > ROUNDS / 10);
	gv_doc_free(&doc);
}

/* ---- in time ---- */

struct moment { const char *seizure, *type, *as_of; enum gv_hold_is is; const char *until; };

#define SERVED "\"measure\":\"seal\",\"served_at\":\"2024-10-04T09:10:00+08:00\""
#define RENEWED(on, until) ",\"events\":[{\"event\":\"renew\",\"on\":\"" on "\",\"until\":\"" until "\"}]"

static const struct moment moments[] = {
	{ SERVED ",\"until\":\"2025-10-04\"", "immovable", "2024-10-03", GV_HOLD_NOT_YET, "2025-10-04" },
	{ SERVED ",\"until\":\"2025-10-04\"", "immovable", "2024-10-04", GV_HOLD_ON, "2025-10-04" },
	/* a holiday is no help: the day itself is the last */
	{ SERVED ",\"until\":\"2025-10-04\"", "immovable", "2025-10-04", GV_HOLD_ON, "2025-10-04" },
	{ SERVED ",\"until\":\"2025-10-04\"", "immovable", "2025-10-05", GV_HOLD_LAPSED, "2025-10-04" },
	/* to the minute */
	{ SERVED ",\"until\":\"2025-10-04\"" RENEWED("2025-10-04T23:59:59+08:00", "2026-10-04"), "immovable", "2025-10-05", GV_HOLD_ON, "2026-10-04" },
	{ SERVED ",\"until\":\"2025-10-04\"" RENEWED("2025-10-05T00:00:00+08:00", "2026-10-04"), "immovable", "2025-10-05", GV_HOLD_LAPSED, "2025-10-04" },
	{ SERVED ",\"until\":\"2025-10-04T12:00:00+08:00\"" RENEWED("2025-10-04T12:00:00+08:00", "2026-10-04"), "immovable", "2025-10-04", GV_HOLD_ON, "2026-10-04" },
	{ SERVED ",\"until\":\"2025-10-04T12:00:00+08:00\"" RENEWED("2025-10-04T12:00:01+08:00", "2026-10-04"), "immovable", "2025-10-04", GV_HOLD_LAPSED, "2025-10-04" },
	{ SERVED ",\"until\":\"2025-10-04\"" RENEWED("2025-10-04", "2026-10-04"), "immovable", "2025-10-05", GV_HOLD_ON, "2026-10-04" },
	/* equity: publication, not service */
	{ SERVED ",\"until\":\"2027-10-04\"", "equity", "2025-01-01", GV_HOLD_UNKNOWN, "2027-10-04" },
	{ SERVED ",\"published_at\":\"2024-10-08\",\"until\":\"2027-10-04\"", "equity", "2024-10-07", GV_HOLD_NOT_YET, "2027-10-04" },
	{ SERVED ",\"published_at\":\"2024-10-08\",\"until\":\"2027-10-04\"", "equity", "2024-10-08", GV_HOLD_ON, "2027-10-04" },
	/* but of what was served before 2022 the service */
	{ "\"measure\":\"freeze\",\"served_at\":\"2021-12-31\"", "equity", "2021-12-31", GV_HOLD_ON, "" },
	{ "\"measure\":\"freeze\",\"served_at\":\"2021-12-31\",\"published_at\":\"2022-01-04\"", "equity", "2021-12-31", GV_HOLD_ON, "" },
	{ "\"measure\":\"freeze\",\"served_at\":\"2022-01-01\"", "equity", "2025-01-01", GV_HOLD_UNKNOWN, "" },
	{ "\"measure\":\"freeze\",\"ruled_on\":\"2021-12-31\",\"published_at\":\"2022-01-04\"", "equity", "2022-01-03", GV_HOLD_NOT_YET, "" },
	{ "\"measure\":\"waiting\",\"served_at\":\"2024-10-04\"", "immovable", "2025-01-01", GV_HOLD_WAITING, "" },
	{ "\"measure\":\"waiting\",\"converted_at\":\"2025-02-01\"", "immovable", "2025-01-31", GV_HOLD_WAITING, "" },
	{ "\"measure\":\"waiting\",\"converted_at\":\"2025-02-01\"", "immovable", "2025-02-01", GV_HOLD_ON, "" },
	{ SERVED ",\"until\":\"2025-10-04\",\"events\":[{\"event\":\"release\",\"on\":\"2025-03-01\"}]", "immovable", "2025-02-28", GV_HOLD_ON, "2025-10-04" },
	{ SERVED ",\"until\":\"2025-10-04\",\"events\":[{\"event\":\"release\",\"on\":\"2025-03-01\"}]", "immovable", "2025-03-01", GV_HOLD_RELEASED, "2025-10-04" },
};

static void test_time(void)
{
	for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
		const struct moment *m = &moments[i];
		struct gv_doc doc = GV_DOC_INIT;
		char text[1024], until[GV_DATE_LEN + 1];
		struct gv_hold h;

		snprintf(text, sizeof text, "{%s}", m->seizure);
		CHECK_OK(gv_json_parse(&doc, gv_str_of(text), 0, &err), &err);
		CHECK_OK(gv_hold_read(&h, &doc.root, gv_str_of(m->type), gv_day_read(gv_str_of(m->as_of)), &err), &err);
		gv_day_format(gv_instant_day(h.until), until);
		CHECK_ROW(h.is == m->is, text);
		CHECK_ROW(strcmp(until, m->until) == 0, text);
		gv_doc_free(&doc);
	}
}

/* ---- events in any order ---- */

enum { EVENTS = 6 };

/* Days so near to one another that many are the same; some with an hour, of another zone, or with an eid. */
static void make_event(char out[256], int i)
{
	static const char *const names[] = { "renew", "renew", "renew", "release-part", "ask-renewal", "transfer" };
	static const char *const hours[] = { "", "", "T09:00:00+08:00", "T01:00:00Z", "T23:00:00Z" };
	char eid[32] = "";

	if (roll_int(3) == 0)
		snprintf(eid, sizeof eid, "\"eid\":\"aaaaaaaaaaaaaaa%c\",", 'a' + i);
	snprintf(out, 256, "{%s\"event\":\"%s\",\"on\":\"2025-0%d-0%d%s\",\"until\":\"2025-0%d-1%d\",\"sum_fen\":%d}", eid, names[roll_int(6)], roll_int(3) + 1,
	         roll_int(4) + 1, hours[roll_int(5)], roll_int(6) + 1, roll_int(9), roll_int(100));
}

static void read_events(struct gv_estate *e, struct gv_doc *doc, char events[][256], const size_t *order, size_t n)
{
	struct gv_buf text = GV_BUF_INIT(65536);

	gv_buf_addf(&text, "{\"assets\":[{\"id\":\"a\",\"type\":\"deposit\",\"balance_fen\":500}],\"seizures\":[{\"id\":\"z\",\"asset\":\"a\",\"measure\":\"freeze\","
	            "\"served_at\":\"2024-03-01\",\"until\":\"2025-02-02\",\"sum_fen\":400,\"events\":[");
	for (size_t i = 0; i < n; i++)
		gv_buf_addf(&text, "%s%s", i ? "," : "", events[order[i]]);
	gv_buf_addf(&text, "]}]}");
	CHECK_OK(gv_json_parse(doc, gv_buf_str(&text), 0, &err), &err);
	CHECK_OK(gv_estate_read(e, doc, &doc->root, gv_day_of(2025, 4, 1), &GV_SEIZURE_POLICY, &err), &err);
	gv_buf_free(&text);
}

static void test_events(void)
{
	struct gv_doc doc = GV_DOC_INIT, other = GV_DOC_INIT;
	int renewed = 0, late = 0;

	for (int round = 0; round < ROUNDS; round++) {
		char events[EVENTS][256];
		size_t order[EVENTS], n = (size_t)roll_int(EVENTS) + 1;
		struct gv_estate e, changed;

		for (size_t i = 0; i < n; i++) {
			make_event(events[i], (int)i);
			order[i] = i;
		}
		read_events(&e, &doc, events, order, n);
		for (size_t i = n; i-- > 1;) {
			size_t k = roll(i + 1), kept = order[i];

			order[i] = order[k];
			order[k] = kept;
		}
		read_events(&changed, &other, events, order, n);
		CHECK(e.holdings[0].hold.until == changed.holdings[0].hold.until && e.holdings[0].hold.renewals == changed.holdings[0].hold.renewals);
		CHECK(gv_val_eq(e.holdings[0].seizure, changed.holdings[0].seizure));
		CHECK(e.nominal == changed.nominal);
		for (uint32_t i = 1; i < n; i++) {
			gv_instant a, b;

			CHECK_OK(gv_instant_begin(&gv_val_items(e.holdings[0].seizure, "events")->items[i - 1], "on", &a, &err), &err);
			CHECK_OK(gv_instant_begin(&gv_val_items(e.holdings[0].seizure, "events")->items[i], "on", &b, &err), &err);
			CHECK(a <= b);
		}
		renewed += e.holdings[0].hold.renewals > 1;
		late += e.holdings[0].hold.late != NULL;
	}
	CHECK(renewed > ROUNDS / 20);
	CHECK(late > ROUNDS / 20);
	gv_doc_free(&doc);
	gv_doc_free(&other);
}

UNIT_MAIN("estate", { "events in any order", test_events }, { "whatever the estate is", test_any }, { "what may go of a thing, against every number", test_parts }, { "seizures in time", test_time })
