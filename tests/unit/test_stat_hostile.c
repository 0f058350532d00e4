/* SPDX-License-Identifier: MIT */
/* States that nobody should write: each is refused with its field, or read, but nothing worse. */
#include "stat_unit.h"

/* ---- one part of a good state replaced by another ---- */

#define GROUPS "a,d:month"
#define AGGREGATES "count,sd:v,max:v,p50:v,count:w,rate:v<2,first:w,last:v@d,distinct:w,sum:u"
#define WHERE "not v=99"
#define BAD(field) field ": not as pipe-stat --map writes it"
#define OTHER(field) field ": this state answers another question than those before it"

static const char good[] =
	"{\"aggregates\":[\"count\",\"sd:v\",\"max:v\",\"p50:v\",\"count:w\",\"rate:v<2\",\"first:w\",\"last:v@d\",\"distinct:w\",\"sum:u\"],"
	"\"cells\":[{\"n\":3,\"squares\":\"13.5\",\"sum\":\"0\"},{\"max\":{\"number\":\"1.5\"},\"min\":-3},{\"n\":3,\"values\":[\"-3\",\"1.5*2\"]},2,3,"
	"{\"at\":[0,0,1,0],\"value\":{\"json\":\"[1]\"}},{\"at\":\"2022-01-05\",\"value\":{\"number\":\"1.5\"}},"
	"{\"set\":\"o2hkbRDPxQPja+Wis1KPjtVKene6/4AA4FPfbQXiBXk=\"},{\"n\":0,\"sum\":\"0\"}],\"count\":3,\"exact\":50,"
	"\"groups\":[\"a\",\"d:month\"],\"key\":[\"x\",null],\"kind\":\"stat-state\",\"misfits\":[0,1,2],\"v\":1,\"where\":[\"not v=99\"]}";

static const struct { const char *part, *instead, *text; } changes[] = {
	{ "\"stat-state\"", "\"stat\"", "no state: --merge and --final take what --map printed" },
	{ "\"kind\":\"stat-state\",", "", "no state: --merge and --final take what --map printed" },
	{ "\"v\":1", "\"v\":2", "v: version 2 of states is newer than this program, which knows 1" },
	{ "\"v\":1", "\"v\":9007199254740992", "v: version 9007199254740992 of states is newer than this program, which knows 1" },
	{ "\"v\":1", "\"v\":0", BAD("v") },
	{ "\"v\":1", "\"v\":\"1\"", BAD("v") },
	{ "\"v\":1,", "", BAD("v") },
	{ "[\"a\",\"d:month\"]", "[\"a\",\"d\"]", OTHER("groups") },
	{ "[\"a\",\"d:month\"]", "[\"a\"]", OTHER("groups") },
	{ "[\"a\",\"d:month\"]", "[\"a\",\"d:month\",\"x\"]", OTHER("groups") },
	{ "[\"a\",\"d:month\"]", "[\"a,d:month\"]", OTHER("groups") },
	{ "[\"a\",\"d:month\"]", "[\"d:month\",\"a\"]", OTHER("groups") },
	{ "[\"a\",\"d:month\"]", "[\"a\",1]", OTHER("groups") },
	{ "[\"a\",\"d:month\"]", "\"a\"", OTHER("groups") },
	{ "\"groups\":[\"a\",\"d:month\"],", "", OTHER("groups") },
	{ ",\"sum:u\"]", "]", OTHER("aggregates") },
	{ ",\"sum:u\"]", ",\"mean:u\"]", OTHER("aggregates") },
	{ "\"sd:v\"", "7", OTHER("aggregates") },
	{ "[\"not v=99\"]", "[]", OTHER("where") },
	{ "[\"not v=99\"]", "[\"not v=98\"]", OTHER("where") },
	{ "[\"not v=99\"]", "[\"not v=99\",\"a=1\"]", OTHER("where") },
	{ "[\"not v=99\"]", "{}", OTHER("where") },
	{ "\"exact\":50", "\"exact\":51", OTHER("exact") },
	{ "\"exact\":50", "\"exact\":\"50\"", OTHER("exact") },
	{ "\"exact\":50,", "", OTHER("exact") },
	{ "[\"x\",null]", "[\"x\"]", BAD("key") },
	{ "[\"x\",null]", "[\"x\",null,null]", BAD("key") },
	{ "[\"x\",null]", "[]", BAD("key") },
	{ "[\"x\",null]", "null", BAD("key") },
	{ "[\"x\",null]", "\"x\"", BAD("key") },
	{ "[\"x\",null]", "[\"x\",[]]", BAD("key") },
	{ "[\"x\",null]", "[\"x\",{}]", BAD("key") },
	{ "[\"x\",null]", "[\"x\",{\"number\":1}]", BAD("key") },
	{ "[\"x\",null]", "[\"x\",{\"number\":\"1e\"}]", BAD("key") },
	{ "[\"x\",null]", "[\"x\",{\"number\":\"1e400\"}]", BAD("key") },
	{ "[\"x\",null]", "[\"x\",{\"json\":\"1\"}]", BAD("key") },
	{ "[\"x\",null]", "[\"x\",{\"json\":\"[\"}]", BAD("key") },
	{ "[\"x\",null]", "[\"x\",{\"json\":[]}]", BAD("key") },
	{ "[\"x\",null]", "[\"x\",{\"json\":\"\\\"a\\\"\"}]", BAD("key") },
	{ "\"count\":3", "\"count\":-1", BAD("count") },
	{ "\"count\":3", "\"count\":\"3\"", BAD("count") },
	{ "\"count\":3", "\"count\":null", BAD("count") },
	{ "\"count\":3,", "", BAD("count") },
	{ "[0,1,2]", "[0,1]", BAD("misfits") },
	{ "[0,1,2]", "[0,1,2,3]", BAD("misfits") },
	{ "[0,1,2]", "[0,-1,2]", BAD("misfits") },
	{ "[0,1,2]", "[0,\"1\",2]", BAD("misfits") },
	{ "[0,1,2]", "{}", BAD("misfits") },
	{ "\"misfits\":[0,1,2],", "", BAD("misfits") },
	{ ",{\"n\":0,\"sum\":\"0\"}]", "]", BAD("cells") },
	{ ",{\"n\":0,\"sum\":\"0\"}]", ",{\"n\":0,\"sum\":\"0\"},0]", BAD("cells") },
	{ "\"cells\":[", "\"cells\":7,\"cells2\":[", BAD("cells") },
	{ "\"cells\":[", "\"cellx\":[", BAD("cells") },
	/* sums */
	{ "{\"n\":3,\"squares\":\"13.5\",\"sum\":\"0\"}", "0", BAD("cells.0") },
	{ "{\"n\":3,\"squares\":\"13.5\",\"sum\":\"0\"}", "{}", BAD("cells.0") },
	{ "\"n\":3,\"squares\"", "\"n\":-3,\"squares\"", BAD("cells.0") },
	{ "\"n\":3,\"squares\"", "\"squares\"", BAD("cells.0") },
	{ "\"n\":3,\"squares\"", "\"n\":\"3\",\"squares\"", BAD("cells.0") },
	{ "\"squares\":\"13.5\",", "", BAD("cells.0") },
	{ "\"squares\":\"13.5\"", "\"squares\":13", BAD("cells.0") },
	{ "\"squares\":\"13.5\"", "\"squares\":\"-13.5\"", BAD("cells.0") },
	{ "\"squares\":\"13.5\"", "\"squares\":\"\"", BAD("cells.0") },
	{ "\"squares\":\"13.5\",\"sum\":\"0\"", "\"squares\":\"13.5\"", BAD("cells.0") },
	{ "\"sum\":\"0\"}", "\"sum\":0}", BAD("cells.0") },
	{ "\"sum\":\"0\"}", "\"sum\":\"0x\"}", BAD("cells.0") },
	{ "\"sum\":\"0\"}", "\"sum\":\"1e1\"}", BAD("cells.0") },
	{ "\"sum\":\"0\"}", "\"sum\":\".5\"}", BAD("cells.0") },
	{ "\"sum\":\"0\"}", "\"sum\":\"6.4\"}", BAD("cells.0") },    /* 3 * 13.5 < 6.4 * 6.4 */
	{ "\"n\":3,\"squares\":\"13.5\"", "\"n\":0,\"squares\":\"13.5\"", BAD("cells.0") },
	{ "{\"n\":0,\"sum\":\"0\"}", "{\"n\":0,\"sum\":\"1\"}", BAD("cells.8") },
	{ "{\"n\":0,\"sum\":\"0\"}", "{\"n\":0,\"squares\":\"0\",\"sum\":\"0\"}", BAD("cells.8") },
	/* ranges */
	{ "{\"max\":{\"number\":\"1.5\"},\"min\":-3}", "[]", BAD("cells.1") },
	{ "{\"max\":{\"number\":\"1.5\"},\"min\":-3}", "null", BAD("cells.1") },
	{ ",\"min\":-3", "", BAD("cells.1") },
	{ "\"max\":{\"number\":\"1.5\"},", "", BAD("cells.1") },
	{ "\"min\":-3", "\"min\":[]", BAD("cells.1") },
	{ "\"max\":{\"number\":\"1.5\"}", "\"max\":{\"number\":\"x\"}", BAD("cells.1") },
	/* distributions */
	{ "{\"n\":3,\"values\":[\"-3\",\"1.5*2\"]}", "[]", BAD("cells.2") },
	{ "{\"n\":3,\"values\":[\"-3\",\"1.5*2\"]}", "{\"n\":3}", BAD("cells.2") },
	{ "{\"n\":3,\"values\":[\"-3\",\"1.5*2\"]}", "{\"values\":[]}", BAD("cells.2") },
	{ "\"n\":3,\"values\"", "\"n\":4,\"values\"", BAD("cells.2") },
	{ "\"n\":3,\"values\"", "\"n\":-3,\"values\"", BAD("cells.2") },
	{ "1.5*2", "1.5*0", BAD("cells.2") },
	{ "\"-3\",\"1.5*2\"", "\"-3\",\"1.5*2\",\"x*0\"", BAD("cells.2") },
	{ "\"-3\",\"1.5*2\"", "\"-3\",\"1.5*2\",\"7*0\"", BAD("cells.2") },
	{ "1.5*2", "1.5*-2", BAD("cells.2") },
	{ "1.5*2", "1.5*", BAD("cells.2") },
	{ "1.5*2", "*2", BAD("cells.2") },
	{ "1.5*2", "1.5*2*2", BAD("cells.2") },
	{ "1.5*2", "1.5*99999999999999999999", BAD("cells.2") },
	{ "1.5*2", "x*2", BAD("cells.2") },
	{ "\"1.5*2\"", "1,1", BAD("cells.2") },
	{ "\"-3\",\"1.5*2\"", "\"-3*9223372036854775807\",\"1*9223372036854775807\",\"2*9\"", BAD("cells.2") },
	/* counts */
	{ ",2,3,", ",-2,3,", BAD("cells.3") },
	{ ",2,3,", ",\"2\",3,", BAD("cells.3") },
	{ ",2,3,", ",2,null,", BAD("cells.4") },
	/* first and last */
	{ "{\"at\":[0,0,1,0],\"value\":{\"json\":\"[1]\"}}", "7", BAD("cells.5") },
	{ "\"at\":[0,0,1,0],", "", BAD("cells.5") },
	{ "[0,0,1,0]", "[0,0,1]", BAD("cells.5") },
	{ "[0,0,1,0]", "[0,0,1,-1]", BAD("cells.5") },
	{ "[0,0,1,0]", "[4294967296,0,1,0]", BAD("cells.5") },
	{ "[0,0,1,0]", "[0,4294967296,1,0]", BAD("cells.5") },
	{ "[0,0,1,0]", "[0,0,\"1\",0]", BAD("cells.5") },
	{ "[0,0,1,0]", "\"x\"", BAD("cells.5") },
	{ ",\"value\":{\"json\":\"[1]\"}", "", BAD("cells.5") },
	{ "{\"json\":\"[1]\"}", "[1]", BAD("cells.5") },
	{ "\"at\":\"2022-01-05\"", "\"at\":[0]", BAD("cells.6") },
	{ "\"at\":\"2022-01-05\",", "", BAD("cells.6") },
	/* different values */
	{ "{\"set\":\"o2hkbRDPxQPja+Wis1KPjtVKene6/4AA4FPfbQXiBXk=\"}", "{}", BAD("cells.7") },
	{ "{\"set\":\"o2hkbRDPxQPja+Wis1KPjtVKene6/4AA4FPfbQXiBXk=\"}", "\"o2hk\"", BAD("cells.7") },
	{ "{\"set\":\"o2hkbRDPxQPja+Wis1KPjtVKene6/4AA4FPfbQXiBXk=\"}", "{\"registers\":\"\"}", BAD("cells.7") },
	{ "\"set\":\"o2hkbRDPxQPja+Wis1KPjtVKene6/4AA4FPfbQXiBXk=\"", "\"registers\":\"AAAA\"", BAD("cells.7") },
	{ "\"set\":\"o2hkbRDPxQPja+Wis1KPjtVKene6/4AA4FPfbQXiBXk=\"", "\"set\":7", BAD("cells.7") },
	{ "o2hkbRDPxQPja+Wis1KPjtVKene6/4AA4FPfbQXiBXk=", "o2hkbRDPxQPja+Wis1KPjtVKene6/4AA4FPfbQXiBXk", BAD("cells.7") },
	{ "o2hkbRDPxQPja+Wis1KPjtVKene6/4AA4FPfbQXiBXk=", "o2hkbRDPxQPja+Wis1KPjtVKene6/4AA4FPfbQXiBQ==", BAD("cells.7") },
	{ "o2hkbRDPxQPja+Wis1KPjtVKene6/4AA4FPfbQXiBXk=", "o2hkbRDPxQPja-Wis1KPjtVKene6/4AA4FPfbQXiBXk=", BAD("cells.7") },
	{ "o2hkbRDPxQPja+Wis1KPjtVKene6/4AA4FPfbQXiBXk=", "====", BAD("cells.7") },
	{ "o2hkbRDPxQPja+Wis1KPjtVKene6/4AA4FPfbQXiBXk=", " AAA", BAD("cells.7") },
	{ "o2hkbRDPxQPja+Wis1KPjtVKene6/4AA4FPfbQXiBXk=", "o2hk=RDPxQPja+Wis1KPjtVKene6/4AA4FPfbQXiBXk=", BAD("cells.7") },
};

static void swap_part(struct gv_buf *out, const char *part, const char *instead)
{
	const char *at = strstr(good, part);

	gv_buf_reset(out);
	CHECK_ROW(at, part);
	if (!at)
		return;
	gv_buf_add(out, good, (size_t)(at - good));
	gv_buf_adds(out, instead);
	gv_buf_adds(out, at + strlen(part));
}

static struct gv_stat_spec *our_spec(void)
{
	return spec_of(GROUPS, AGGREGATES, WHERE, 50);
}

static void one_part(void)
{
	struct gv_stat_spec *spec = our_spec();
	struct gv_stat *s = stat_of(spec, 0);
	struct gv_buf text = GV_BUF_INIT(GV_MIB), before = GV_BUF_INIT(GV_MIB), after = GV_BUF_INIT(GV_MIB);

	CHECK_OK(add_state(s, gv_str_of(good), &err), &err);
	CHECK_OK(print_states(&before, spec, &s, 1, &err), &err);
	CHECK_BYTES(((struct gv_str){ before.p, before.n - 1 }), gv_str_of(good));
	for (size_t i = 0; i < COUNT(changes); i++) {
		int failed = unit_failed_here;

		swap_part(&text, changes[i].part, changes[i].instead);
		CHECK_ERR(add_state(s, gv_buf_str(&text), &err), &err, GV_EDATA, changes[i].text);
		if (unit_failed_here != failed)
			printf("# %s -> %s\n", changes[i].part, changes[i].instead);
	}
	/* Nothing of them has been added. */
	CHECK_OK(print_states(&after, spec, &s, 1, &err), &err);
	CHECK_BYTES(gv_buf_str(&after), gv_buf_str(&before));
	gv_buf_free(&text);
	gv_buf_free(&before);
	gv_buf_free(&after);
	gv_stat_free(s);
	gv_stat_spec_free(spec);
}

/* What is no object at all. */
static void no_objects(void)
{
	static const char *const row[] = { "null", "7", "\"stat-state\"", "[]", "{}", "[{\"kind\":\"stat-state\"}]" };
	struct gv_stat_spec *spec = our_spec(), *learnt;
	struct gv_stat *s = stat_of(spec, 0);

	for (size_t i = 0; i < COUNT(row); i++) {
		struct gv_doc d = GV_DOC_INIT;

		CHECK_OK(gv_json_parse(&d, gv_str_of(row[i]), 0, &err), &err);
		CHECK_ERR(gv_stat_add_state(s, &d.root, &err), &err, GV_EDATA, "no state: --merge and --final take what --map printed");
		CHECK_ERR(gv_stat_spec_of_state(&learnt, &d.root, &err), &err, GV_EDATA, "no state: --merge and --final take what --map printed");
		CHECK(!learnt);
		gv_doc_free(&d);
	}
	gv_stat_free(s);
	gv_stat_spec_free(spec);
}

/* ---- the question that a state tells ---- */

static int learn(struct gv_stat_spec **out, struct gv_str text, struct gv_err *e)
{
	struct gv_doc d = GV_DOC_INIT;
	int rc = gv_json_parse(&d, text, 0, e);

	*out = NULL;
	if (!rc)
		rc = gv_stat_spec_of_state(out, &d.root, e);
	gv_doc_free(&d);
	return rc;
}

static void questions(void)
{
	static const struct { const char *part, *instead, *text; } row[] = {
		{ "\"kind\":\"stat-state\",", "", "no state: --merge and --final take what --map printed" },
		{ "\"v\":1", "\"v\":2", "v: version 2 of states is newer than this program, which knows 1" },
		{ "\"v\":1", "\"v\":true", BAD("v") },
		{ "\"exact\":50,", "", BAD("exact") },
		{ "\"exact\":50", "\"exact\":0", BAD("exact") },
		{ "\"exact\":50", "\"exact\":-1", BAD("exact") },
		{ "\"exact\":50", "\"exact\":2147483648", BAD("exact") },
		{ "\"exact\":50", "\"exact\":[50]", BAD("exact") },
		{ "\"aggregates\":", "\"aggregate\":", BAD("aggregates") },
		{ "\"count\",\"sd:v\"", "1,\"sd:v\"", BAD("aggregates") },
		{ "\"groups\":[\"a\",\"d:month\"],", "", BAD("groups") },
		{ "\"d:month\"", "null", BAD("groups") },
		{ "\"d:month\"", "\"d:fortnight\"", "the question of this state cannot be: -g \"d:fortnight\": \"fortnight\" is not one of year, quarter, month, week, day" },
		{ "\"d:month\"", "\"\"", "the question of this state cannot be: -g \"\": the name of a field is empty" },
		{ "\"where\":[\"not v=99\"]", "\"where\":0", BAD("where") },
		{ "\"where\":[\"not v=99\"]", "\"where\":[\"not\"]", "the question of this state cannot be: --where: column 1: \"not\" needs something on its right" },
		{ "\"sd:v\"", "\"var:v\"", "the question of this state cannot be: -a \"var:v\" is none of count, count:F, sum:F, mean:F, sd:F, min:F, max:F, p50:F, distinct:F, "
		  "rate:PREDICATE, first:F, last:F" },
	};
	struct gv_stat_spec *spec = NULL;
	struct gv_buf text = GV_BUF_INIT(GV_MIB);

	for (size_t i = 0; i < COUNT(row); i++) {
		swap_part(&text, row[i].part, row[i].instead);
		CHECK_ERR(learn(&spec, gv_buf_str(&text), &err), &err, GV_EDATA, row[i].text);
		CHECK(!spec);
		CHECK_INT(learn(&spec, gv_buf_str(&text), NULL), GV_EDATA);
	}
	swap_part(&text, "[\"count\",\"sd:v\",\"max:v\",\"p50:v\",\"count:w\",\"rate:v<2\",\"first:w\",\"last:v@d\",\"distinct:w\",\"sum:u\"]", "[]");
	CHECK_ERR(learn(&spec, gv_buf_str(&text), &err), &err, GV_EDATA, BAD("aggregates"));
	gv_buf_reset(&text);
	gv_buf_adds(&text, "{\"aggregates\":[\"count\"],\"exact\":1,\"kind\":\"stat-state\",\"v\":1,\"where\":[],\"groups\":[");
	for (int i = 0; i <= GV_STAT_COLUMNS_MAX; i++)
		gv_buf_addf(&text, "%s\"g%d\"", i ? "," : "", i);
	gv_buf_adds(&text, "]}");
	CHECK_ERR(learn(&spec, gv_buf_str(&text), &err), &err, GV_EDATA, BAD("groups"));
	gv_buf_free(&text);
}

/* As many conditions as can be asked can be told by a state. */
static void many_conditions(void)
{
	const char *where[GV_STAT_COLUMNS_MAX + 2] = { 0 };
	struct gv_stat_spec *spec, *learnt;
	struct gv_buf text = GV_BUF_INIT(GV_MIB);

	for (size_t i = 0; i < GV_STAT_COLUMNS_MAX; i++)
		where[i] = "not a=1";
	CHECK_OK(gv_stat_spec_new(&spec, &(struct gv_stat_ask){ .where = where }, &err), &err);
	CHECK_OK(gv_stat_state(&text, spec, NULL, &err), &err);
	CHECK_OK(learn(&learnt, gv_buf_str(&text), &err), &err);
	gv_stat_spec_free(learnt);
	gv_stat_spec_free(spec);
	where[GV_STAT_COLUMNS_MAX] = "a=2";
	CHECK_ERR(gv_stat_spec_new(&spec, &(struct gv_stat_ask){ .where = where }, &err), &err, GV_EUSAGE, "--where: at most 64 conditions");
	gv_buf_free(&text);
}

/* ---- estimates ---- */

static void registers(void)
{
	struct gv_stat_spec *spec = spec_of(NULL, "distinct:v", NULL, 5);
	struct gv_stat *s = stat_of(spec, 0);
	struct gv_buf text = GV_BUF_INIT(GV_MIB), rows = GV_BUF_INIT(GV_MIB);
	char record[32], *at;

	for (int i = 0; i < 6; i++) {
		snprintf(record, sizeof record, "{\"v\":%d}", i);
		CHECK_OK(add_text(s, gv_str_of(record), (struct gv_stat_place){ 0 }, &err), &err);
	}
	CHECK_OK(print_states(&text, spec, &s, 1, &err), &err);
	CHECK_OK(print_rows(&rows, spec, &s, 1, &PLAIN, &err), &err);
	CHECK_STR(rows.p, "{\"distinct_v\":6,\"distinct_v_error\":0.0081}\n");
	at = strstr(text.p, "\"registers\":\"") + 13;
	CHECK_OK(add_state(s, gv_buf_str(&text), &err), &err);
	memcpy(at, "MzMz", 4); /* 51 51 51: as high as they go */
	CHECK_OK(add_state(s, gv_buf_str(&text), &err), &err);
	memcpy(at, "MzQz", 4);
	CHECK_ERR(add_state(s, gv_buf_str(&text), &err), &err, GV_EDATA, BAD("cells.0"));
	memset(at, 'A', 4 * (16384 / 3) + 2); /* nothing was ever there, but it is no set */
	gv_stat_free(s);
	s = stat_of(spec, 0);
	CHECK_OK(add_state(s, gv_buf_str(&text), &err), &err);
	gv_buf_reset(&rows);
	CHECK_OK(print_rows(&rows, spec, &s, 1, &PLAIN, &err), &err);
	CHECK_STR(rows.p, "{\"distinct_v\":6,\"distinct_v_error\":0.0081}\n");
	for (size_t i = 0; at[i] != '"' && at[i] != '='; i++)
		at[i] = i % 4 == 0 ? 'M' : i % 4 == 2 ? 'M' : 'z';
	CHECK_INT(add_state(s, gv_buf_str(&text), NULL) & ~GV_EDATA, 0);
	gv_buf_reset(&rows);
	CHECK_OK(print_rows(&rows, spec, &s, 1, &PLAIN, &err), &err);
	gv_buf_free(&text);
	gv_buf_free(&rows);
	gv_stat_free(s);
	gv_stat_spec_free(spec);
}

/* ---- at random ---- */

/* A few bytes of a state are others: what is still JSON is added, or refused with its field. */
static void mutated(void)
{
	static const char others[] = "0123456789-.*\"[]{},:eE=/+ anulx";
	struct gv_stat_spec *spec = our_spec();
	struct gv_buf out = GV_BUF_INIT(64 * GV_MIB);
	char text[sizeof good];
	size_t parsed = 0, added = 0;

	for (int round = 0; round < 20000; round++) {
		struct gv_stat *s = stat_of(spec, 0);
		struct gv_doc d = GV_DOC_INIT;
		int rc;

		memcpy(text, good, sizeof good);
		for (size_t i = 0; i <= roll(3); i++)
			text[roll(sizeof good - 1)] = others[roll(sizeof others - 1)];
		rc = gv_json_parse(&d, gv_str_of(text), 0, &err);
		parsed += !rc;
		if (!rc) {
			gv_err_clear(&err);
			rc = gv_stat_add_state(s, &d.root, &err);
			CHECK_ROW(!rc || (rc == GV_EDATA && (err.field[0] || strstr(err.msg, "no state"))), text);
			added += !rc;
		}
		if (!rc) { /* one that joins with a good one, and makes rows */
			CHECK_OK(add_state(s, gv_str_of(good), &err), &err);
			gv_buf_reset(&out);
			CHECK_OK(print_rows(&out, spec, &s, 1, &(struct gv_report_ask){ .interpolate = true, .verbose = true, .total = true, .share = true,
			                                                                .decimals = 3 }, &err), &err);
			gv_buf_reset(&out);
			rc = print_states(&out, spec, &s, 1, &err);
			CHECK(rc == 0);
		}
		gv_doc_free(&d);
		gv_stat_free(s);
	}
	CHECK_ROW(parsed > 4000 && added > 500 && parsed - added > 2000, "of each kind some");
	gv_buf_free(&out);
	gv_stat_spec_free(spec);
}

UNIT_MAIN("stat_hostile",
	{ "one part is another", one_part },
	{ "what is no state", no_objects },
	{ "questions that are none", questions },
	{ "as many conditions as are possible", many_conditions },
	{ "registers", registers },
	{ "bytes that are others", mutated })
