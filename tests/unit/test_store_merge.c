/* SPDX-License-Identifier: MIT */
/* Joining two lines of history: the rules one by one.  test_store_merge_random.c has them all at once. */
#include "merge_unit.h"
#include "store_merge.h"

#define CONFLICT_1 "conflicts/case/" ID_1 ".json"
#define EVENT(eid, name, on) "{\"eid\":\"aaaaaaaaaaaaaa" eid "\",\"event\":\"" name "\",\"on\":\"" on "\"}"
#define EVENTS(...) "\"events\":[" __VA_ARGS__ "]"

/* ---- one record ---- */

struct row {
	const char *name;
	const char *base, *ours, *theirs;  /* members of the record; NULL: there is none */
	const char *want;                  /* members after the join */
	const char *fields;                /* of the conflict, NULL: none */
};

static const struct row records[] = {
	{ "one side", "", "\"judge\":\"甲\"", "", "\"judge\":\"甲\"", NULL },
	{ "two fields", "", "\"judge\":\"甲\"", "\"notes\":\"乙\"", "\"judge\":\"甲\",\"notes\":\"乙\"", NULL },
	{ "the same", "", "\"judge\":\"甲\"", "\"judge\":\"甲\"", "\"judge\":\"甲\"", NULL },
	{ "one field twice", "\"judge\":\"甲\"", "\"judge\":\"乙\"", "\"judge\":\"丙\"", "\"judge\":\"甲\"", "[\"judge\"]" },
	{ "twice, none before", "", "\"judge\":\"乙\"", "\"judge\":\"丙\"", "", "[\"judge\"]" },
	{ "taken away and changed", "\"judge\":\"甲\"", "", "\"judge\":\"丙\"", "\"judge\":\"甲\"", "[\"judge\"]" },
	{ "below an object", "\"x\":{\"p\":1,\"q\":1}", "\"x\":{\"p\":2,\"q\":1}", "\"x\":{\"p\":3,\"q\":2}", "\"x\":{\"p\":1,\"q\":2}", "[\"x.p\"]" },
	{ "one of two", "", "\"judge\":\"乙\",\"notes\":\"a\"", "\"judge\":\"丙\"", "\"notes\":\"a\"", "[\"judge\"]" },
	{ "events of both", EVENTS(EVENT("22", "receive", "2022-06-01")),
	  EVENTS(EVENT("22", "receive", "2022-06-01") "," EVENT("24", "hear", "2022-06-03")),
	  EVENTS(EVENT("22", "receive", "2022-06-01") "," EVENT("23", "hear", "2022-06-02")),
	  EVENTS(EVENT("22", "receive", "2022-06-01") "," EVENT("23", "hear", "2022-06-02") "," EVENT("24", "hear", "2022-06-03")), NULL },
	{ "removed and changed", "", NULL, "\"judge\":\"丙\"", "\"judge\":\"丙\"", "[\"\"]" },
	{ "changed and removed", "", "\"judge\":\"丙\"", NULL, "\"judge\":\"丙\"", "[\"\"]" },
	{ "removed by both", "", NULL, NULL, NULL, NULL },
	{ "removed, not changed", "", NULL, "", NULL, NULL },
	{ "added alike", NULL, "\"judge\":\"甲\"", "\"judge\":\"甲\"", "\"judge\":\"甲\"", NULL },
	{ "one number, two cases", NULL, "\"judge\":\"甲\"", "\"judge\":\"乙\"", "\"judge\":\"甲\"", "[\"\"]" },
	{ "closed by one", "\"filed_on\":\"2022-01-01\"",
	  "\"closed_on\":\"2022-06-01\"," EVENTS(EVENT("22", "close", "2022-06-01")) ",\"filed_on\":\"2022-01-01\",\"state\":\"closed\"",
	  "\"filed_on\":\"2022-01-01\",\"judge\":\"乙\"",
	  "\"closed_on\":\"2022-06-01\"," EVENTS(EVENT("22", "close", "2022-06-01")) ",\"filed_on\":\"2022-01-01\",\"judge\":\"乙\",\"state\":\"closed\"", NULL },
	{ "closed and suspended", "",
	  "\"closed_by\":\"ruling\",\"closed_on\":\"2022-06-01\"," EVENTS(EVENT("22", "close", "2022-06-01")) ",\"state\":\"closed\"",
	  EVENTS(EVENT("23", "suspend", "2022-06-01")) ",\"judge\":\"乙\",\"state\":\"suspended\"",
	  EVENTS(EVENT("22", "close", "2022-06-01") "," EVENT("23", "suspend", "2022-06-01")) ",\"judge\":\"乙\"",
	  "[\"closed_by\",\"closed_on\",\"state\"]" },
	{ "closed twice", "", EVENTS(EVENT("22", "close", "2022-06-01")) ",\"state\":\"closed\"", EVENTS(EVENT("23", "close", "2022-06-02")) ",\"state\":\"closed\"",
	  EVENTS(EVENT("22", "close", "2022-06-01") "," EVENT("23", "close", "2022-06-02")), "[\"state\"]" },
	{ "suspended and resumed before the closing", "",
	  EVENTS(EVENT("24", "close", "2022-06-03")) ",\"state\":\"closed\"",
	  EVENTS(EVENT("22", "suspend", "2022-06-01") "," EVENT("23", "resume", "2022-06-02")),
	  EVENTS(EVENT("22", "suspend", "2022-06-01") "," EVENT("23", "resume", "2022-06-02") "," EVENT("24", "close", "2022-06-03")) ",\"state\":\"closed\"", NULL },
	{ "suspended and resumed that day", "",
	  EVENTS(EVENT("22", "close", "2022-06-01")) ",\"state\":\"closed\"",
	  EVENTS(EVENT("23", "suspend", "2022-06-01") "," EVENT("24", "resume", "2022-06-01")),
	  EVENTS(EVENT("22", "close", "2022-06-01") "," EVENT("23", "suspend", "2022-06-01") "," EVENT("24", "resume", "2022-06-01")) ",\"state\":\"closed\"", NULL },
	{ "suspended after the closing", "",
	  EVENTS(EVENT("22", "close", "2022-06-01")) ",\"state\":\"closed\"",
	  EVENTS(EVENT("23", "suspend", "2022-06-02") "," EVENT("24", "resume", "2022-06-03")),
	  EVENTS(EVENT("22", "close", "2022-06-01") "," EVENT("23", "suspend", "2022-06-02") "," EVENT("24", "resume", "2022-06-03")), "[\"state\"]" },
	{ "dates that do not go together", "", "\"filed_on\":\"2022-06-02\"", "\"decided_on\":\"2022-06-01\"", "\"filed_on\":\"2022-06-02\"", "[\"decided_on\"]" },
};

/* A row that is not legal to begin with would prove nothing. */
static void put_case(struct gv_oid *tip, const char *members)
{
	struct gv_doc d = GV_DOC_INIT;

	if (members) {
		CHECK_OK(gv_json_parse(&d, gv_str_of(case_text(ID_1, members)), 0, &err), &err);
		CHECK_OK(gv_rec_check(gv_schema_find(GV_STR("case")), &d.root, gv_store_caseno(docket), &err), &err);
		gv_doc_free(&d);
	}
	if (members || text_at(tip, PATH_1))
		write_file(tip, PATH_1, members ? case_text(ID_1, members) : NULL);
}

static void joins_records(void)
{
	struct gv_oid start, a, b;

	tribunals_new(&start, &b);
	for (size_t i = 0; i < sizeof records / sizeof records[0]; i++) {
		const struct row *row = &records[i];
		struct gv_doc d = GV_DOC_INIT;
		const char *text;
		char fields[256] = "";

		a = start;
		clock_set(1);
		put_case(&a, row->base);
		b = a;
		clock_set(2);
		put_case(&a, row->ours);
		clock_set(3);
		put_case(&b, row->theirs);
		join_both(&a, &b);
		text = text_at(&a, PATH_1);
		if (row->want)
			CHECK_STR(text, case_text(ID_1, row->want));
		else
			CHECK_ROW(!text, row->name);
		text = text_at(&a, CONFLICT_1);
		if (text) {
			struct gv_buf line = GV_BUF_INIT(250);

			CHECK_OK(gv_json_check_canon(gv_str_of(text), &d, &err), &err);
			CHECK_OK(gv_conflict_check(&d.root, &err), &err);
			gv_json_line(&line, gv_val_get(&d.root, "fields"));
			snprintf(fields, sizeof fields, "%s", line.p);
			gv_buf_free(&line);
		}
		if (strcmp(fields, row->fields ? row->fields : "") != 0)
			UNIT_FAIL("%s: fields [%s], want [%s]", row->name, fields, row->fields ? row->fields : "");
		gv_doc_free(&d);
	}
	check_fsck("r");
	tribunals_done();
}

/* ---- common ancestors, with git as the judge ---- */

/* A commit with one or two parents; trees do not matter. */
static struct gv_oid commit_on(const char *name, const char *parents)
{
	struct gv_oid id;

	CHECK(gv_oid_read(&id, gv_str_of(sh_out("git -C r commit-tree -m %s %s 'refs/heads/main^{tree}'", name, parents))));
	return id;
}

static int by_oid(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct gv_oid));
}

static void check_bases(const struct gv_oid *a, const struct gv_oid *b)
{
	char x[GV_HEX + 1], y[GV_HEX + 1], got[1024] = "", hex[GV_HEX + 1];
	struct gv_oid *bases;
	size_t n;

	gv_oid_hex(a, x);
	gv_oid_hex(b, y);
	CHECK_OK(gv_store_bases(docket, a, 1, b, &bases, &n, &err), &err);
	qsort(bases, n, sizeof *bases, by_oid);
	for (size_t i = 0; i < n && i < 20; i++) {
		gv_oid_hex(&bases[i], hex);
		snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s", i ? "\n" : "", hex);
	}
	CHECK_STR(got, sh_out("git -C r merge-base --all %s %s | sort", x, y));
	free(bases);
}

/* History made at random, clocks that go wrong among it. */
static void finds_bases(void)
{
	enum { COMMITS = 60, QUESTIONS = 60 };
	struct gv_oid c[COMMITS], a, b;
	char x[GV_HEX + 1], y[GV_HEX + 1], parents[128];
	unsigned seed = 7;

	tribunals_new(&a, &b);
	c[0] = a;
	for (unsigned i = 1; i < COMMITS; i++) {
		unsigned p, q;

		seed = seed * 1103515245u + 12345u;
		p = i < 8 ? (seed >> 16) % i : i - 1 - (seed >> 16) % 8;
		q = i < 8 ? (seed >> 20) % i : i - 1 - (seed >> 20) % 8;
		gv_oid_hex(&c[p], x);
		gv_oid_hex(&c[q], y);
		clock_set(seed % 7 ? (long)i * 10 : (long)((seed >> 8) % 600));
		snprintf(parents, sizeof parents, "-p %s%s%s", x, p == q ? "" : " -p ", p == q ? "" : y);
		c[i] = commit_on("x", parents);
	}
	for (unsigned i = 0; i < QUESTIONS; i++) {
		seed = seed * 1103515245u + 12345u;
		check_bases(&c[(seed >> 16) % COMMITS], &c[(seed >> 22) % COMMITS]);
	}
	c[1] = commit_on("stranger", "");
	check_bases(&c[0], &c[1]);
	CHECK_ERR(join(&a, &c[1], &(struct gv_merge_result){ 0 }), &err, GV_ECONFLICT,
	          sh_out("echo \"commit $(git -C r rev-parse --short=10 %s) and this docket have no common ancestor: it is another "
	                 "docket (case-bundle import takes records from one)\"", (gv_oid_hex(&c[1], x), x)));
	tribunals_done();
}

/* ---- other files ---- */

static const struct {
	const char *name, *path, *base, *ours, *theirs, *want;  /* NULL: absent */
	bool conflict;
} files[] = {
	{ "lines of both", "signers", "a\nb\n", "a\nb\nc\n", "a\nb\nd\n", "a\nb\nc\nd\n", false },
	{ "a line taken away, another added", "signers", "a\nb\n", "b\n", "a\nb\nc\n", "b\nc\n", false },
	{ "the same line added", "signers", "a\n", "a\nc\n", "a\nc\nd\n", "a\nc\nd\n", false },
	{ "no base", "signers", NULL, "a\n", "b\n", "a\nb\n", false },
	{ "one line changed twice", "signers", "a\nb 1\n", "a\nb 2\n", "a\nb 3\n", "a\nb 2\n", true },
	{ "taken away and changed", "signers", "a\n", NULL, "a\nb\n", "a\nb\n", true },
	{ "text", "rules/x.jq", "a\n", "b\n", "c\n", "b\n", true },
	{ "text of one", "rules/x.jq", "a\n", "a\n", "c\n", "c\n", false },
	{ "JSON by field", "policy/x.json", "{\n  \"a\": 1\n}\n", "{\n  \"a\": 1,\n  \"b\": 1\n}\n", "{\n  \"a\": 2\n}\n", "{\n  \"a\": 2,\n  \"b\": 1\n}\n", false },
	{ "JSON, one field twice", "policy/x.json", "{\n  \"a\": 1\n}\n", "{\n  \"a\": 2\n}\n", "{\n  \"a\": 3\n}\n", "{\n  \"a\": 1\n}\n", true },
	{ "broken JSON", "policy/x.json", "{}", "{", "[]", "{", true },
	{ "a record that is none", "cases/2022/x/y.json", "a", "b", "c", "b", true },
};

static void joins_other_files(void)
{
	struct gv_oid start, a, b;

	tribunals_new(&start, &b);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct gv_buf at = GV_BUF_INIT(4096);
		const char *text;

		a = start;
		clock_set(1);
		if (files[i].base)
			write_file(&a, files[i].path, files[i].base);
		b = a;
		clock_set(2);
		write_file(&a, files[i].path, files[i].ours);
		clock_set(3);
		write_file(&b, files[i].path, files[i].theirs);
		join_both(&a, &b);
		text = text_at(&a, files[i].path);
		CHECK_ROW(text && strcmp(text, files[i].want) == 0, files[i].name);
		gv_conflict_path_of_file(&at, gv_str_of(files[i].path));
		CHECK_ROW((text_at(&a, at.p) != NULL) == files[i].conflict, files[i].name);
		gv_buf_free(&at);
	}
	check_fsck("r");
	tribunals_done();
}

/* Executable or not is the same, whoever joins; a file cannot become a folder under somebody's hands. */
static void modes_and_folders(void)
{
	struct gv_oid a, b, tips[2];

	tribunals_new(&a, &b);
	for (int i = 0; i < 2; i++) {
		CHECK(gv_oid_read(&tips[i], gv_str_of(sh_out(
			"cd r && rm -f index && git read-tree main && b=$(echo x | git hash-object -w --stdin) && "
			"git update-index --add --cacheinfo %s,$b,%s && git commit-tree -p main -m x $(git write-tree); rm -f index",
			i ? "100644" : "100755", i ? "b" : "bin/a"))));
	}
	a = tips[0];
	b = tips[1];
	join_both(&a, &b);
	CHECK_STR(sh_out("git -C r ls-tree -r %s | cut -c1-6,53- | grep -v -e json", tree_of(&a)), "100644\tb\n100755\tbin/a");
	write_file(&a, "x", "file\n");
	write_file(&b, "x/y", "folder\n");
	CHECK_ERR(join(&a, &b, &(struct gv_merge_result){ 0 }), &err, GV_EDATA, "x: is a file on one side and a folder on the other: "
	          "rename or remove it on one of them, then join again; nothing was taken");
	tribunals_done();
}

UNIT_MAIN("store_merge", { "finds common ancestors", finds_bases }, { "joins other files", joins_other_files },
          { "modes and folders", modes_and_folders }, { "joins records", joins_records })
