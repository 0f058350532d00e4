/* SPDX-License-Identifier: MIT */
#include "story.h"

#include "oom.h"
#include "unit.h"

#define COUNT(a) (sizeof (a) / sizeof (a)[0])
#define CASE "\"kind\":\"case\",\"id\":\"（2022）沪0114民初1号\""

static const struct gv_val *parse(struct gv_doc *d, const char *text)
{
	struct gv_err err = { 0 };

	if (!*text)
		return NULL;
	CHECK_OK(gv_json_parse(d, gv_str_of(text), 0, &err), &err);
	return &d->root;
}

/* ---- values and texts ---- */

static const struct { const char *rec, *want; } texts[] = {
	{ "{}", "" },
	{ "{" CASE "}", "id: case:（2022）沪0114民初1号\n" },
	{ "{" CASE ",\"state\":\"closed\"}", "id: case:（2022）沪0114民初1号\nstate: closed (结案)\n" },
	/* A word that the schema does not know, and the same word elsewhere. */
	{ "{" CASE ",\"state\":\"won\",\"x\":\"closed\"}", "id: case:（2022）沪0114民初1号\nstate: won\nx: closed\n" },
	{ "{\"a_fen\":0,\"b_fen\":5,\"c_fen\":100,\"d_fen\":99999}",
	  "a_fen: 0 (0.00 yuan)\nb_fen: 5 (0.05 yuan)\nc_fen: 100 (1.00 yuan)\nd_fen: 99999 (999.99 yuan)\n" },
	{ "{\"a_fen\":100000,\"b_fen\":123456789,\"c_fen\":-100005,\"d_fen\":9007199254740992}",
	  "a_fen: 100000 (1,000.00 yuan)\nb_fen: 123456789 (1,234,567.89 yuan)\nc_fen: -100005 (-1,000.05 yuan)\n"
	  "d_fen: 9007199254740992 (90,071,992,547,409.92 yuan)\n" },
	{ "{\"a_fen\":\"5\",\"fen\":5}", "a_fen: 5\nfen: 5\n" },
	{ "{\"a\":[],\"b\":{},\"c\":true,\"d\":[1,[2,3],{\"x\":1}],\"e\":{\"f\":{\"g\":1}}}",
	  "a: []\nb: {}\nc: true\nd: 1\nd: [2, 3]\nd: {x: 1}\ne.f.g: 1\n" },
	/* Nothing of a record drives a terminal, or makes lines of its own. */
	{ "{\"a\":\"x\\ny\\u001b[31m\\u202e\",\"b\\n\":1}", "a: x\\ny\\x1b[31m\\u202e\nb\\n: 1\n" },
	{ "{" CASE ",\"events\":[{\"eid\":\"aaaaaaaaaaaaaaaa\",\"event\":\"close\",\"on\":\"2022-06-30\",\"by\":\"王\"},"
	  "{\"eid\":\"bbbbbbbbbbbbbbbb\",\"event\":\"dance\",\"on\":\"2022-07-01\"}]}",
	  "id: case:（2022）沪0114民初1号\nevents: 2022-06-30 close (结案); by: 王 [aaaaaaaaaaaaaaaa]\n"
	  "events: 2022-07-01 dance [bbbbbbbbbbbbbbbb]\n" },
	{ "{" CASE ",\"parties\":[{\"role\":\"原告\",\"name\":\"张三\",\"sex\":\"男\"},{\"role\":\"被告\"},{\"name\":\"x\",\"role\":1}]}",
	  "id: case:（2022）沪0114民初1号\nparties: 原告 张三; sex: 男\nparties: {role: 被告}\nparties: {name: x, role: 1}\n" },
	/* Of another kind, and of none. */
	{ "{\"kind\":\"song\",\"id\":\"1\",\"state\":\"closed\"}", "id: song:1\nstate: closed\n" },
	{ "{\"kind\":\"song\",\"state\":1}", "kind: song\nstate: 1\n" },
};

static void text(void)
{
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct gv_buf out = GV_BUF_INIT(GV_MIB);
		struct gv_doc d = GV_DOC_INIT;
		struct gv_err err = { 0 };

		CHECK_OK(gv_story_text(&out, parse(&d, texts[i].rec), &err), &err);
		CHECK_STR(gv_buf_str(&out).p, texts[i].want);
		gv_buf_free(&out);
		gv_doc_free(&d);
	}
}

/* What is hidden: never there, but that it is, and that it is another. */
static void hidden(void)
{
	static const char *const recs[] = {
		"{" CASE ",\"parties\":[{\"role\":\"原告\",\"name\":\"张三\",\"phone\":\"13812345678\",\"agents\":[{\"name\":\"李\",\"phone\":\"13912345678\"}]}]}",
		"{" CASE ",\"parties\":[{\"role\":\"原告\",\"name\":\"张三\",\"phone\":\"13899995678\",\"agents\":[{\"name\":\"李\",\"phone\":\"13912345678\"}]}]}",
		"{" CASE ",\"parties\":[{\"role\":\"原告\",\"name\":\"张三\",\"phone\":{\"key\":\"k1\",\"sealed\":\"v1:AAAA\",\"tag\":\"t\"},\"agents\":[{\"name\":\"李\",\"phone\":\"13912345678\"}]}]}",
	};
	struct gv_buf out[3] = { GV_BUF_INIT(GV_MIB), GV_BUF_INIT(GV_MIB), GV_BUF_INIT(GV_MIB) };

	for (size_t i = 0; i < 3; i++) {
		struct gv_doc d = GV_DOC_INIT;
		struct gv_err err = { 0 };

		CHECK_OK(gv_story_text(&out[i], parse(&d, recs[i]), &err), &err);
		CHECK(!strstr(out[i].p, "12345678") && !strstr(out[i].p, "13899995678") && !strstr(out[i].p, "AAAA"));
		CHECK(strstr(out[i].p, "\nhidden: 2 #"));
		gv_doc_free(&d);
	}
	CHECK(strstr(out[0].p, "phone: 138****5678"));
	CHECK(strstr(out[2].p, "phone: (sealed)"));
	CHECK(strcmp(out[0].p, out[1].p) != 0 && strcmp(out[1].p, out[2].p) != 0);
	for (size_t i = 0; i < 3; i++)
		gv_buf_free(&out[i]);
}

/* ---- changes ---- */

#define EVENT(eid, more) "{\"eid\":\"" eid "\",\"event\":\"close\",\"on\":\"2022-06-30\"" more "}"

static const struct { const char *before, *after, *want; } changes[] = {
	{ "", "", "" },
	{ "{\"a\":1}", "{\"a\":1}", "" },
	{ "", "{\"a\":1,\"b_fen\":5}", "+ a: 1\n+ b_fen: 5 (0.05 yuan)\n" },
	{ "{\"a\":1}", "", "- a: 1\n" },
	{ "{" CASE ",\"state\":\"open\"}", "{" CASE ",\"state\":\"closed\"}", "  state: open → closed (结案)\n" },
	{ "{\"a_fen\":100}", "{\"a_fen\":200}", "  a_fen: 100 → 200 (2.00 yuan)\n" },
	{ "{\"a\":1,\"b\":1}", "{\"b\":\"1\",\"c\":false}", "- a: 1\n  b: 1 → \"1\"\n+ c: false\n" },
	{ "{\"s\":{\"a\":1,\"b\":2}}", "{\"s\":{\"a\":1,\"b\":3}}", "  s.b: 2 → 3\n" },
	{ "{\"s\":{\"a\":1}}", "{\"s\":[1]}", "  s: {a: 1} → [1]\n" },
	{ "{}", "{\"l\":[]}", "+ l: []\n" },
	{ "{}", "{\"l\":[1,2]}", "+ l: 1\n+ l: 2\n" },
	{ "{\"l\":[1,2]}", "{}", "- l: 1\n- l: 2\n" },
	{ "{\"l\":[1,2,3]}", "{\"l\":[1,3,4]}", "- l: 2\n+ l: 4\n" },
	{ "{\"l\":[1,2,3]}", "{\"l\":[3,2,1]}", "  l: in another order\n" },
	{ "{\"l\":[1,1]}", "{\"l\":[1]}", "- l: 1\n" },
	{ "{\"p\":[{\"role\":\"a\",\"name\":\"x\",\"n\":1},{\"role\":\"b\",\"name\":\"x\"}]}",
	  "{\"p\":[{\"role\":\"b\",\"name\":\"x\"},{\"role\":\"a\",\"name\":\"x\",\"m\":1},{\"role\":\"c\",\"name\":\"x\"}]}",
	  "  p: a x: + m: 1; - n: 1\n+ p: c x\n" },
	{ "{" CASE "}", "{" CASE ",\"events\":[" EVENT("aaaaaaaaaaaaaaaa", ",\"by\":\"王\"") "]}",
	  "+ 2022-06-30 close (结案); by: 王\n" },
	{ "{" CASE ",\"events\":[" EVENT("aaaaaaaaaaaaaaaa", "") "]}", "{" CASE "}", "- 2022-06-30 close (结案)\n" },
	{ "{" CASE ",\"events\":[" EVENT("aaaaaaaaaaaaaaaa", ",\"by\":\"王\"") "]}",
	  "{" CASE ",\"events\":[" EVENT("aaaaaaaaaaaaaaaa", ",\"by\":\"李\",\"note\":\"n\"") "]}",
	  "  events: 2022-06-30 close (结案): by: 王 → 李; + note: n\n" },
	{ "{" CASE ",\"parties\":[{\"role\":\"原告\",\"name\":\"张三\",\"phone\":\"13812345678\"}]}",
	  "{" CASE ",\"parties\":[{\"role\":\"原告\",\"name\":\"张三\",\"phone\":\"13899995678\"}]}",
	  "  parties: 原告 张三: phone: 138****5678 → (another, hidden)\n" },
};

static void change(void)
{
	for (size_t i = 0; i < COUNT(changes); i++) {
		struct gv_buf out = GV_BUF_INIT(GV_MIB), coloured = GV_BUF_INIT(GV_MIB), plain = GV_BUF_INIT(GV_MIB);
		struct gv_doc a = GV_DOC_INIT, b = GV_DOC_INIT;
		const struct gv_val *before = parse(&a, changes[i].before), *after = parse(&b, changes[i].after);
		struct gv_err err = { 0 };

		CHECK_OK(gv_story_changes(&out, before, after, 0, &err), &err);
		CHECK_STR(gv_buf_str(&out).p, changes[i].want);
		/* Colours add nothing else, and each is ended on its line. */
		CHECK_OK(gv_story_changes(&coloured, before, after, GV_STORY_COLOUR, &err), &err);
		for (size_t k = 0, on = 0; k < coloured.n; k++) {
			if (coloured.p[k] == '\x1b') {
				on = coloured.p[k + 2] != 'm';
				while (coloured.p[k] != 'm')
					k++;
				continue;
			}
			CHECK_ROW(coloured.p[k] != '\n' || !on, changes[i].want);
			gv_buf_addc(&plain, coloured.p[k]);
		}
		CHECK_STR(gv_buf_str(&plain).p, changes[i].want);
		gv_buf_free(&out);
		gv_buf_free(&coloured);
		gv_buf_free(&plain);
		gv_doc_free(&a);
		gv_doc_free(&b);
	}
}

/* Two long lists without one item in common: told in numbers, not compared pair by pair. */
static void long_lists(void)
{
	struct gv_buf text_a = GV_BUF_INIT(GV_MIB), text_b = GV_BUF_INIT(GV_MIB), out = GV_BUF_INIT(GV_MIB);
	struct gv_doc a = GV_DOC_INIT, b = GV_DOC_INIT;
	struct gv_err err = { 0 };

	for (int i = 0; i < 2000; i++) {
		gv_buf_addf(&text_a, "%s%d", i ? "," : "{\"l\":[", i);
		gv_buf_addf(&text_b, "%s%d", i ? "," : "{\"l\":[", 10000 + i);
	}
	gv_buf_adds(&text_a, "]}");
	gv_buf_adds(&text_b, ",1]}");
	CHECK_OK(gv_story_changes(&out, parse(&a, text_a.p), parse(&b, text_b.p), 0, &err), &err);
	CHECK_STR(out.p, "  l: 2000 items → 2001 items\n");
	gv_buf_free(&text_a);
	gv_buf_free(&text_b);
	gv_buf_free(&out);
	gv_doc_free(&a);
	gv_doc_free(&b);
}

static void refused(void)
{
	struct gv_buf out = GV_BUF_INIT(10);
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err = { 0 };

	CHECK_ERR(gv_story_text(&out, parse(&d, "[1]"), &err), &err, GV_EDATA, "not a JSON object");
	CHECK_ERR(gv_story_text(&out, parse(&d, "{\"a\":\"long enough\"}"), &err), &err, GV_EDATA, "longer than 10 bytes");
	gv_buf_free(&out);
	gv_doc_free(&d);
}

/* ---- out of memory ---- */

static const struct gv_val *was, *is;

static int tell_all(struct gv_err *err)
{
	struct gv_buf out = GV_BUF_INIT(GV_MIB);
	int rc = gv_story_changes(&out, was, is, GV_STORY_COLOUR, err);

	if (!rc && is)
		rc = gv_story_text(&out, is, err);
	gv_buf_free(&out);
	return rc;
}

static void memory(void)
{
	OOM_NEEDED();
	for (size_t i = 0; i < COUNT(changes); i++) {
		struct gv_doc a = GV_DOC_INIT, b = GV_DOC_INIT;

		was = parse(&a, changes[i].before);
		is = parse(&b, changes[i].after);
		if (was || is)
			CHECK(oom_run_both(tell_all) > 0);
		gv_doc_free(&a);
		gv_doc_free(&b);
	}
}

UNIT_MAIN("story", { "a record as text", text }, { "what is hidden", hidden }, { "changes", change },
          { "long lists", long_lists }, { "refuses", refused }, { "out of memory", memory })
