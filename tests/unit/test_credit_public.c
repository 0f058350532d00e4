/* SPDX-License-Identifier: MIT */
/* Of a record that says something everywhere, the fields that may be published come out, and nothing else. */
#include "credit_public.h"
#include "credit_rules.h"
#include "schema_unit.h"

/* ---- a record whose every field says which it is ---- */

/* "events[].by" is a field of the first event. */
static int mark(void *ctx, const struct gv_val *row)
{
	struct gv_doc *m = ctx;
	struct gv_str field = gv_val_getstr(row, "field"), type = gv_val_getstr(row, "type");
	const char *brackets = gv_str_find(field, GV_STR("[]"));
	struct gv_str head = { field.p, brackets ? (size_t)(brackets - field.p) : field.n };
	const char *path = gv_arena_printf(&m->arena, "%.*s", (int)field.n, field.p);
	struct gv_err err;

	if (gv_str_is(type, "object"))
		return 0;
	if (brackets && !gv_val_path(&m->root, head))
		CHECK_OK(gv_val_set_path(m, &m->root, gv_str_of(gv_arena_printf(&m->arena, "%.*s.-", (int)head.n, head.p)), gv_mkobj(), &err), &err);
	if (brackets)
		path = gv_arena_printf(&m->arena, "%.*s.0%s", (int)head.n, head.p, brackets + 2);
	else if (gv_str_is(type, "array") && (gv_str_is(field, "events") || gv_str_is(field, "earlier")))
		return 0;
	else if (gv_str_is(type, "array"))
		path = gv_arena_printf(&m->arena, "%.*s.-", (int)field.n, field.p);
	CHECK_OK(gv_val_set_path(m, &m->root, gv_str_of(path), gv_mkstr(m, gv_str_of(gv_arena_printf(&m->arena, "<%.*s>", (int)field.n, field.p))), &err), &err);
	return 0;
}

static void set(struct gv_doc *m, const char *path, const char *text)
{
	struct gv_err err;

	CHECK_OK(gv_val_set_path(m, &m->root, gv_str_of(path), gv_mkstr(m, gv_str_of(text)), &err), &err);
}

static void make(struct gv_doc *m, const char *state)
{
	struct gv_err err;

	gv_doc_reset(m);
	m->root = gv_mkobj();
	CHECK_OK(gv_schema_fields(find("credit"), mark, m, &err), &err);
	gv_obj_del(&m->root, GV_STR("source"));
	set(m, "state", state);
	set(m, "ground", "G4");
	set(m, "term.until", "2027-03-01");
	set(m, "of_later", "<of_later>");
	set(m, "published.of_later", "<published.of_later>");
}

static void check_line(const struct gv_val *row, const char *want)
{
	struct gv_buf line = GV_BUF_INIT(65536);

	gv_json_line(&line, row);
	CHECK_STR(line.p, want);
	gv_buf_free(&line);
}

#define PUBLISHED \
	"\"published\":{\"age\":\"<published.age>\",\"case\":\"<published.case>\",\"conduct\":\"<published.conduct>\",\"court\":\"<published.court>\"," \
	"\"credit_code\":\"<published.credit_code>\",\"filed_on\":\"<published.filed_on>\",\"id_no\":\"<PUBLI*******_NO>\"," \
	"\"instrument_no\":\"<published.instrument_no>\",\"legal_representative\":\"<published.legal_representative>\",\"maker\":\"<published.maker>\"," \
	"\"name\":\"<published.name>\",\"obligation\":\"<published.obligation>\",\"performance\":\"<published.performance>\",\"sex\":\"<published.sex>\"}"

static void nothing_leaks(void)
{
	struct gv_doc m = GV_DOC_INIT;
	struct gv_doc d = GV_DOC_INIT;
	struct gv_val row;
	struct gv_err err;

	set_up();
	make(&m, "listed");
	CHECK(gv_credit_is_public(&m.root));
	CHECK_OK(gv_credit_public(&d, &row, &m.root, "沪0114", "added", &err), &err);
	check_line(&row, "{\"case\":\"<case>\",\"change\":\"added\",\"court\":\"<court>\",\"ground\":\"G4\",\"key\":\"<id>\",\"kind\":\"credit-public\"," PUBLISHED
	                 ",\"published_on\":\"<published_on>\",\"state\":\"listed\",\"term_until\":\"2027-03-01\"}");
	gv_doc_free(&d);
	gv_doc_free(&m);
}

static void removed_says_no_more(void)
{
	struct gv_doc was = GV_DOC_INIT, is = GV_DOC_INIT;
	struct gv_doc d = GV_DOC_INIT;
	struct gv_val row;
	struct gv_err err;

	make(&was, "listed");
	make(&is, "removed");
	set(&was, "published_on", "2025-03-10");
	set(&is, "removal.on", "2025-05-01");
	set(&is, "removal.reason", "R1");
	set(&is, "earlier.0.on", "2024-05-01");
	set(&is, "earlier.0.reason", "R3");
	CHECK(!gv_credit_is_public(&is.root));
	CHECK_OK(gv_credit_public_removed(&d, &row, &was.root, &is.root, "沪0114", &err), &err);
	check_line(&row, "{\"change\":\"removed\",\"court\":\"<court>\",\"key\":\"<id>\",\"kind\":\"credit-public\",\"on\":\"2025-05-01\","
	                 "\"published_on\":\"2025-03-10\",\"reason\":\"R1\",\"state\":\"removed\"}");
	/* a new listing has begun since */
	gv_obj_del(&is.root, GV_STR("removal"));
	CHECK_OK(gv_credit_public_removed(&d, &row, &was.root, &is.root, "沪0114", &err), &err);
	check_line(&row, "{\"change\":\"removed\",\"court\":\"<court>\",\"key\":\"<id>\",\"kind\":\"credit-public\",\"on\":\"2024-05-01\","
	                 "\"published_on\":\"2025-03-10\",\"reason\":\"R3\",\"state\":\"removed\"}");
	/* words are no code */
	set(&is, "earlier.0.reason", "<of the debtor>");
	CHECK_OK(gv_credit_public_removed(&d, &row, &was.root, &is.root, "沪0114", &err), &err);
	check_line(&row, "{\"change\":\"removed\",\"court\":\"<court>\",\"key\":\"<id>\",\"kind\":\"credit-public\",\"on\":\"2024-05-01\","
	                 "\"published_on\":\"2025-03-10\",\"state\":\"removed\"}");
	/* of an entry that names no court it is the home court's; the record itself is gone */
	gv_obj_del(&was.root, GV_STR("court"));
	CHECK_OK(gv_credit_public_removed(&d, &row, &was.root, NULL, "沪0114", &err), &err);
	check_line(&row, "{\"change\":\"removed\",\"court\":\"沪0114\",\"key\":\"<id>\",\"kind\":\"credit-public\",\"published_on\":\"2025-03-10\",\"state\":\"removed\"}");
	gv_doc_free(&d);
	gv_doc_free(&was);
	gv_doc_free(&is);
}

static const struct { const char *before, *after; bool is_new; const char *end; } listings[] = {
	/* corrected, or another day that was wrong */
	{ "\"published_on\":\"2025-03-10\"", "\"published_on\":\"2025-03-10\",\"published\":{\"name\":\"x\"}", false, NULL },
	{ "\"published_on\":\"2025-03-10\"", "\"published_on\":\"2025-03-11\"", false, NULL },
	/* removed, and listed anew */
	{ "\"published_on\":\"2025-03-10\"", "\"published_on\":\"2025-05-20\",\"earlier\":[{\"on\":\"2025-05-01\",\"reason\":\"R5\"}]", true, "2025-05-01" },
	/* twice: the end of the one that was known counts */
	{ "\"published_on\":\"2025-03-10\",\"earlier\":[{\"on\":\"2024-05-01\"}]",
	  "\"published_on\":\"2025-05-20\",\"earlier\":[{\"on\":\"2024-05-01\"},{\"on\":\"2025-05-01\"},{\"on\":\"2025-05-10\"}]", true, "2025-05-01" },
	/* taken over without its past, which the log has */
	{ "\"published_on\":\"2025-03-10\"", "\"published_on\":\"2025-05-20\",\"events\":[{\"event\":\"remove\"}]", true, NULL },
	{ "\"published_on\":\"2025-03-10\",\"events\":[{\"event\":\"expire\"}]", "\"published_on\":\"2025-03-11\",\"events\":[{\"event\":\"expire\"}]", false, NULL },
};

static void new_listings(void)
{
	struct gv_buf text = GV_BUF_INIT(65536);
	struct gv_doc was = GV_DOC_INIT, is = GV_DOC_INIT, d = GV_DOC_INIT;
	struct gv_val row;
	struct gv_err err;

	for (size_t i = 0; i < COUNT(listings); i++) {
		gv_buf_reset(&text);
		gv_buf_addf(&text, "{\"state\":\"listed\",%s}", listings[i].before);
		CHECK_OK(gv_json_parse(&was, gv_buf_str(&text), 0, &err), &err);
		gv_buf_reset(&text);
		gv_buf_addf(&text, "{\"state\":\"listed\",%s}", listings[i].after);
		CHECK_OK(gv_json_parse(&is, gv_buf_str(&text), 0, &err), &err);
		CHECK_ROW(gv_credit_public_is_new(&was.root, &is.root) == listings[i].is_new, listings[i].after);
		CHECK_OK(gv_credit_public_removed(&d, &row, &was.root, &is.root, "沪0114", &err), &err);
		CHECK_BYTES(gv_val_getstr(&row, "on"), gv_str_of(listings[i].end ? listings[i].end : ""));
	}
	gv_buf_free(&text);
	gv_doc_free(&d);
	gv_doc_free(&was);
	gv_doc_free(&is);
}

static void who_is_public(void)
{
	static const char *const states[] = { "none", "notified", "eligible", "decided", "grace", "removed", "revoked", "" };
	struct gv_doc m = GV_DOC_INIT;

	for (size_t i = 0; i < COUNT(states); i++) {
		make(&m, states[i]);
		CHECK_ROW(!gv_credit_is_public(&m.root), states[i]);
	}
	make(&m, "listed");
	set(&m, "source.court", "苏0583");
	CHECK(!gv_credit_is_public(&m.root));
	gv_doc_free(&m);
}

/* ---- values ---- */

static const struct { const char *number, *want; } masks[] = {
	{ "310114198001012239", "310114********2239" }, { "310114********2239", "310114********2239" }, { "310114800101223", "310114*****1223" },
	{ "E12345678", "E1*****78" }, { "E1*****78", "E1*****78" }, { "123", "***" }, { "军字第1234567号", "军字*******7号" }, { "", "" },
};

static const struct { const char *record, *want; } values[] = {
	/* a number in the text is masked, right or mistyped; other numbers are not */
	{ "\"ground\":\"G1\",\"published\":{\"obligation\":\"张三310114198001012238还款\\n310114198013012238元\"}",
	  "\"ground\":\"G1\",\"key\":\"k\",\"kind\":\"credit-public\",\"published\":{\"obligation\":\"张三310114********2238还款\\n310114********2238元\"}" },
	/* in names, too, and however it is written */
	{ "\"published\":{\"name\":\"张三310114198001012238\",\"obligation\":\"310114 19800101 2238，３１０１１４１９８００１０１２２３８，310114800101223；2025-04-01 2025-05-01\"}",
	  "\"key\":\"k\",\"kind\":\"credit-public\",\"published\":{\"name\":\"张三310114********2238\",\"obligation\":\"310114 ******** 2238，３１０１１４********２２３８，310114*****1223；2025-04-01 2025-05-01\"}" },
	/* one mask for all ways to write it: an old number is one of 18 characters */
	{ "\"published\":{\"id_no\":\"310114800101223\"}", "\"key\":\"k\",\"kind\":\"credit-public\",\"published\":{\"id_no\":\"310114********2234\"}" },
	{ "\"published\":{\"id_no\":\"３１０１１４ １９８００１０１２２３０\"}", "\"key\":\"k\",\"kind\":\"credit-public\",\"published\":{\"id_no\":\"310114********2230\"}" },
	/* G1 has no term; one of G2 to G6 is extended */
	{ "\"ground\":\"G1\",\"term\":{\"until\":\"2027-03-01\"}", "\"ground\":\"G1\",\"key\":\"k\",\"kind\":\"credit-public\"" },
	{ "\"ground\":\"G2\",\"term\":{\"until\":\"2027-03-01\"},\"events\":[{\"event\":\"extend\",\"years\":1}]",
	  "\"ground\":\"G2\",\"key\":\"k\",\"kind\":\"credit-public\",\"state\":\"listed\",\"term_until\":\"2028-03-01\"" },
	/* sealed, and no key */
	{ "\"published\":{\"id_no\":{\"key\":\"k\",\"sealed\":\"v1:AA\",\"tag\":\"t\"}}", "\"key\":\"k\",\"kind\":\"credit-public\"" },
	{ "\"published\":\"x\",\"ground\":[\"x\"]", "\"key\":\"k\",\"kind\":\"credit-public\"" },
};

static void what_is_shown(void)
{
	struct gv_buf text = GV_BUF_INIT(65536);
	struct gv_doc d = GV_DOC_INIT, rows = GV_DOC_INIT;
	struct gv_val row;
	struct gv_err err;

	for (size_t i = 0; i < COUNT(masks); i++) {
		gv_buf_reset(&text);
		gv_credit_mask(gv_str_of(masks[i].number), &text);
		CHECK_BYTES(gv_buf_str(&text), gv_str_of(masks[i].want));
	}
	for (size_t i = 0; i < COUNT(values); i++) {
		gv_buf_reset(&text);
		gv_buf_addf(&text, "{\"id\":\"k\",\"state\":\"listed\",%s}", values[i].record);
		CHECK_OK(gv_json_parse(&d, gv_buf_str(&text), 0, &err), &err);
		CHECK_OK(gv_credit_public(&rows, &row, &d.root, "沪0114", NULL, &err), &err);
		gv_buf_reset(&text);
		gv_buf_addf(&text, "{\"court\":\"沪0114\",%s%s}", values[i].want, strstr(values[i].want, "\"state\"") ? "" : ",\"state\":\"listed\"");
		check_line(&row, text.p);
	}
	gv_doc_free(&d);
	gv_doc_free(&rows);
	gv_buf_free(&text);
}

/* ---- rows from elsewhere ---- */

#define KEY "\"kind\":\"credit-public\",\"key\":\"苏0583-C000001\""
#define ROW KEY ",\"state\":\"listed\",\"case\":\"（2025）苏0583执1号\",\"published_on\":\"2025-03-10\""
static const struct { const char *row, *want; } checks[] = {
	{ "{" ROW ",\"published\":{\"name\":\"李四\"}}", NULL },
	{ "{" ROW ",\"change\":\"corrected\",\"published\":{\"name\":\"李四\",\"obligation\":\"一\\n\\t二\"}}", NULL },
	{ "{" KEY ",\"state\":\"removed\",\"change\":\"removed\",\"on\":\"2025-05-01\",\"reason\":\"R1\"}", NULL },
	{ "{" KEY ",\"state\":\"removed\",\"published_on\":\"2025-03-10\",\"on\":\"2025-05-01\"}", NULL },
	{ "{" ROW ",\"ground\":\"G4\",\"term_until\":\"2025-03-10\",\"published\":{\"name\":\"李四\"}}", NULL },
	{ "{" ROW ",\"ground\":\"G4\",\"term_until\":\"2025-03-09\",\"published\":{\"name\":\"李四\"}}",
	  "term_until: 2025-03-09 is before published_on, 2025-03-10: that term was over (CR-12)" },
	{ "{" ROW ",\"ground\":\"G1\",\"term_until\":\"2027-03-09\",\"published\":{\"name\":\"李四\"}}", "term_until: 2027-03-09: ground G1 has no term (CR-03)" },
	{ "{" ROW ",\"published\":{\"name\":\" 　\"}}", "published.name: \" 　\" says nothing" },
	{ "{" ROW ",\"published\":{\"name\":\"李四\",\"conduct\":\" \"}}", "published.conduct: \" \" says nothing" },
	{ "[]", "a row must be an object, this is: array" },
	{ "{\"kind\":\"credit\"}", "kind: \"credit\" is not one of credit-public" },
	{ "{\"kind\":7}", "kind: is not one of credit-public" },
	{ "{}", "kind: is missing" },
	{ "{" KEY "}", "state: is missing" },
	{ "{" KEY ",\"state\":\"grace\"}", "state: \"grace\" is not one of listed,removed" },
	{ "{" KEY ",\"state\":\"removed\",\"change\":\"added\"}", "change: \"added\" is not one of removed" },
	{ "{" ROW ",\"change\":\"removed\"}", "change: \"removed\" is not one of added,corrected" },
	{ "{" ROW ",\"published\":{}}", "published.name: is missing" },
	{ "{" ROW ",\"published\":[\"name\"]}", "published: is no field that is published (CR-09)" },
	{ "{" ROW ",\"published.name\":\"李四\"}", "published.name: does not go with this state" },
	{ "{" ROW ",\"published\":{\"name\":\"李四\",\"phone\":\"1\"}}", "published.phone: is no field that is published (CR-09)" },
	{ "{" ROW ",\"evidence\":\"存款\",\"published\":{\"name\":\"李四\"}}", "evidence: is no field that is published (CR-09)" },
	{ "{" ROW ",\"on\":\"2025-05-01\",\"published\":{\"name\":\"李四\"}}", "on: does not go with this state" },
	{ "{" KEY ",\"state\":\"removed\",\"published\":{\"name\":\"李四\"}}", "published: does not go with this state" },
	{ "{" KEY ",\"state\":\"removed\",\"case\":\"1\"}", "case: does not go with this state" },
	{ "{" ROW ",\"published\":{\"name\":true}}", "published.name: is of type boolean" },
	{ "{" ROW ",\"published\":{\"name\":\"李四\\u001b[2J\"}}", "published.name: has control or invisible characters" },
	{ "{" ROW ",\"published\":{\"name\":\"李\\n四\"}}", "published.name: has control or invisible characters" },
	{ "{" ROW ",\"published\":{\"name\":\"李四\",\"conduct\":\"\\u202e\"}}", "published.conduct: has control or invisible characters" },
	{ "{" ROW ",\"published\":{\"name\":\"李四\",\"obligation\":\"a\\rb\"}}", "published.obligation: has control or invisible characters" },
};

static void rows_are_checked(void)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err;
	bool removed;

	for (size_t i = 0; i < COUNT(checks); i++) {
		int rc;

		CHECK_OK(gv_json_parse(&d, gv_str_of(checks[i].row), 0, &err), &err);
		gv_err_clear(&err);
		rc = gv_credit_public_check(&d.root, &removed, &err);
		CHECK_ERR(rc, &err, checks[i].want ? GV_EDATA : 0, checks[i].want ? checks[i].want : "");
	}
	gv_doc_free(&d);
}

/* What comes in is what went out; what was there before and is not said again is gone. */
static void there_and_back(void)
{
	static const char entry[] = "{\"id\":\"k\",\"court\":\"沪0114\",\"state\":\"listed\",\"case\":\"1\",\"ground\":\"G4\",\"published_on\":\"2025-03-10\","
	                            "\"term\":{\"until\":\"2027-03-01\"},\"published\":{\"name\":\"李四\",\"age\":40,\"id_no\":\"310114198001012239\"}}";
	static const char other[] = "{\"id\":\"k\",\"court\":\"沪0114\",\"state\":\"removed\",\"case\":\"2\",\"removal\":{\"reason\":\"R1\"},\"notes\":\"n\",\"published\":{\"sex\":\"男\"}}";
	struct gv_doc d = GV_DOC_INIT, to = GV_DOC_INIT, rows = GV_DOC_INIT;
	struct gv_val row, again;
	struct gv_err err;

	CHECK_OK(gv_json_parse(&d, gv_str_of(entry), 0, &err), &err);
	CHECK_OK(gv_json_parse(&to, gv_str_of(other), 0, &err), &err);
	CHECK_OK(gv_credit_public(&rows, &row, &d.root, "沪0114", NULL, &err), &err);
	CHECK_OK(gv_credit_public_take(&to, &to.root, &row, false, &err), &err);
	check_line(&to.root, "{\"case\":\"1\",\"court\":\"沪0114\",\"ground\":\"G4\",\"id\":\"k\",\"notes\":\"n\",\"published\":{\"age\":40,\"id_no\":\"310114********2239\","
	                     "\"name\":\"李四\"},\"published_on\":\"2025-03-10\",\"state\":\"listed\",\"term\":{\"until\":\"2027-03-01\"}}");
	CHECK_OK(gv_credit_public(&rows, &again, &to.root, "沪0114", NULL, &err), &err);
	CHECK(gv_val_eq(&row, &again));
	gv_doc_free(&d);
	gv_doc_free(&to);
	gv_doc_free(&rows);
}

static void the_table(void)
{
	for (const struct gv_credit_field *f = gv_credit_fields; f->name; f++) {
		const struct gv_rule *r = gv_credit_rules;

		while (r->id && strcmp(r->id, f->rule) != 0)
			r++;
		CHECK_ROW(r->id, f->name);
		CHECK_ROW(!f->field || gv_schema_at(find("credit"), gv_str_of(f->field)), f->name);
		CHECK_ROW(!(f->rows & GV_CREDIT_LISTED) || !f->field || f->art, f->name);
		CHECK_ROW(!(f->needed & ~f->rows), f->name);
		/* what is sensitive is shown with a mask alone */
		CHECK_ROW(!f->field || !gv_schema_is_sensitive(GV_STR("credit"), gv_str_of(f->field)) || f->how == GV_CREDIT_MASKED, f->name);
	}
	tear_down();
}

UNIT_MAIN("credit_public", { "nothing but what may be published comes out", nothing_leaks }, { "a removal says key, days and reason", removed_says_no_more },
          { "a new listing is no correction", new_listings },
          { "listed and our own", who_is_public }, { "masks, terms and what is no text", what_is_shown }, { "rows from elsewhere", rows_are_checked },
          { "there and back", there_and_back }, { "every field of the table has its rule", the_table })
