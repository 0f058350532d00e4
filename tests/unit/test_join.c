/* SPDX-License-Identifier: MIT */
/* Committing while others write: joining, conflicts, pushes in between, serials. */
#include "writer.h"

/* ---- joining with what others wrote ---- */

#define EV_A "{\"eid\":\"aaaaaaaaaaaaaaaa\",\"event\":\"hear\",\"on\":\"2022-03-01\"}"
#define EV_B "{\"eid\":\"bbbbbbbbbbbbbbbb\",\"event\":\"suspend\",\"on\":\"2022-04-01\"}"
#define EV_C "{\"eid\":\"cccccccccccccccc\",\"event\":\"close\",\"on\":\"2022-04-02\"}"

static void joining(void)
{
	static const struct {
		const char *base, *theirs, *ours;  /* members; NULL = no record */
		const char *want;                  /* members after it, or the error if it does not begin with a quote */
		size_t written, merged;
	} rows[] = {
		/* untouched since */
		{ "\"claim_fen\":1", "\"claim_fen\":1", "\"claim_fen\":2", "\"claim_fen\":2", 1, 0 },
		/* two fields, two writers */
		{ "\"claim_fen\":1", "\"claim_fen\":2", "\"claim_fen\":1,\"judge\":\"王\"", "\"claim_fen\":2,\"judge\":\"王\"", 1, 1 },
		/* both the same, and more */
		{ "\"claim_fen\":1", "\"claim_fen\":2", "\"claim_fen\":2", "\"claim_fen\":2", 0, 0 },
		{ "\"claim_fen\":1", "\"claim_fen\":2,\"judge\":\"王\"", "\"claim_fen\":2", "\"claim_fen\":2,\"judge\":\"王\"", 0, 0 },
		{ "\"claim_fen\":1", "\"claim_fen\":2", "\"claim_fen\":3",
		  ID_1 ": claim_fen: 张三 made it 2 meanwhile (commit %s), yours is 3", 0, 0 },
		{ "\"judge\":\"王\"", "", "\"judge\":\"李\"", ID_1 ": judge: 张三 made it nothing meanwhile (commit %s), yours is \"李\"", 0, 0 },
		{ "", "\"parties\":[{\"name\":\"甲\",\"role\":\"原告\"}]", "\"parties\":[]",
		  ID_1 ": parties: 张三 made it (1 items) meanwhile (commit %s), yours is (0 items)", 0, 0 },
		{ "", "\"notes\":\"一二三四五六七八九十一二三四五六七八九十\"", "\"notes\":\"x\"",
		  ID_1 ": notes: 张三 made it \"一二三四五六七八九十一二三四五... meanwhile (commit %s), yours is \"x\"", 0, 0 },
		/* both added it; it went away: there is no removing yet, so the path is another's */
		{ NULL, "\"claim_fen\":1", "\"claim_fen\":2", ID_1 ": is there already: 张三, commit %s", 0, 0 },
		{ NULL, "\"claim_fen\":1", "\"claim_fen\":1", "\"claim_fen\":1", 0, 0 },
		/* events are a set */
		{ "\"events\":[" EV_A "]", "\"events\":[" EV_A "," EV_B "],\"state\":\"suspended\"", "\"events\":[" EV_A "],\"judge\":\"王\"",
		  "\"events\":[" EV_A "," EV_B "],\"judge\":\"王\",\"state\":\"suspended\"", 1, 1 },
		{ "", "\"events\":[" EV_A "]", "\"events\":[" EV_B "],\"state\":\"suspended\"",
		  "\"events\":[" EV_A "," EV_B "],\"state\":\"suspended\"", 1, 1 },
		/* the other closed it: hearing leaves the state alone, suspending is not possible any more */
		{ "", "\"closed_on\":\"2022-04-02\",\"closed_by\":\"judgment\",\"events\":[" EV_C "],\"state\":\"closed\"",
		  "\"events\":[" EV_A "]",
		  "\"closed_on\":\"2022-04-02\",\"closed_by\":\"judgment\",\"events\":[" EV_A "," EV_C "],\"state\":\"closed\"", 1, 1 },
		{ "", "\"closed_on\":\"2022-04-02\",\"closed_by\":\"judgment\",\"events\":[" EV_C "],\"state\":\"closed\"",
		  "\"events\":[" EV_B "]",
		  ID_1 ": suspend is not possible any more: it was moved from open to closed meanwhile: 张三, commit %s", 0, 0 },
		/* each is valid, together they are not */
		{ "", "\"filed_on\":\"2022-05-01\"", "\"closed_on\":\"2022-04-01\",\"closed_by\":\"judgment\",\"state\":\"closed\"",
		  "?", 0, 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *base = rows[i].base ? case_text(ID_1, rows[i].base) : NULL;
		const char *theirs = case_text(ID_1, rows[i].theirs);
		struct gv_store *s;
		struct gv_plan *p;
		struct gv_commit_result r;
		struct gv_oid base_oid = base ? oid_of(base) : (struct gv_oid){ { 0 } };
		char want[512];
		int rc;

		docket_new();
		if (base)
			other_writes(PATH_1, NULL, base, "李四");
		s = docket_open();
		p = plan(s);
		CHECK_OK(gv_plan_put_text(p, PATH_1, base ? &base_oid : NULL, gv_str_of(case_text(ID_1, rows[i].ours)), &err), &err);
		if (!base || strcmp(base, theirs) != 0)
			other_writes(PATH_1, base, theirs, "张三");
		rc = commit(s, p, &r);
		if (rows[i].want[0] == '"') {
			CHECK_OK(rc, &err);
			CHECK_INT(r.written, rows[i].written);
			CHECK_INT(r.merged, rows[i].merged);
			CHECK_INT(r.unchanged, !rows[i].written);
			CHECK_STR(sh_out("git -C r cat-file blob main:" PATH_1), sh_out("printf '%%s' '%s'", case_text(ID_1, rows[i].want)));
		} else if (rows[i].want[0] == '?') {
			CHECK_INT(rc, GV_ECONFLICT);
			CHECK_STR(err.thing, ID_1);
			CHECK_STR(sh_out("git -C r log -1 --format=%%an main"), "张三");
		} else {
			snprintf(want, sizeof want, rows[i].want, sh_out("git -C r rev-parse --short=10 main"));
			CHECK_ERR(rc, &err, GV_ECONFLICT, want);
			CHECK_STR(sh_out("git -C r log -1 --format=%%an main"), "张三");
		}
		check_fsck("r");
		gv_plan_free(p);
		gv_store_close(s);
		repo_done();
	}
}

/* A conflict in one record of many: nothing is stored at all. */
static void all_or_nothing(void)
{
	struct gv_store *s;
	struct gv_plan *p;
	struct gv_commit_result r;
	struct gv_oid base = oid_of(case_text(ID_1, "\"claim_fen\":1"));

	docket_new();
	other_writes(PATH_1, NULL, case_text(ID_1, "\"claim_fen\":1"), "李四");
	s = docket_open();
	p = plan(s);
	for (int i = 0; i < 300; i++) {
		char path[64];

		snprintf(path, sizeof path, "rules/%d.jq", i);
		CHECK_OK(gv_plan_put_text(p, path, NULL, gv_str_of(path), &err), &err);
	}
	CHECK_OK(gv_plan_put_text(p, PATH_1, &base, gv_str_of(case_text(ID_1, "\"claim_fen\":3")), &err), &err);
	other_writes(PATH_1, case_text(ID_1, "\"claim_fen\":1"), case_text(ID_1, "\"claim_fen\":2"), "张三");
	CHECK_INT(commit(s, p, &r), GV_ECONFLICT);
	CHECK_STR(sh_out("git -C r ls-tree -r --name-only main | grep -c rules"), "0");
	gv_plan_free(p);
	CHECK_STR(sh_out("ls r/objects/pack"), "");
	gv_store_close(s);
	repo_done();
}

/* However they come, and read back meanwhile: in the pack they lie in the order of their paths.  One that is too long to
 * wait does not. */
static void order_of_paths(void)
{
	struct gv_store *s;
	struct gv_plan *p;
	struct gv_commit_result r;
	struct gv_str back;
	struct gv_buf big = GV_BUF_INIT(64 * GV_MIB);

	docket_new();
	s = docket_open();
	p = plan(s);
	while (big.n < 17 * GV_MIB)
		gv_buf_adds(&big, "a long text ");
	for (int i = 0; i < 300; i++) {
		char path[64];

		snprintf(path, sizeof path, "rules/%03d.jq", i * 7 % 300);
		CHECK_OK(gv_plan_put_text(p, path, NULL, gv_str_of(path), &err), &err);
	}
	CHECK_OK(gv_plan_put_text(p, "rules/big.jq", NULL, gv_buf_str(&big), &err), &err);
	for (int i = 300; i < 600; i++) {
		char path[64];

		snprintf(path, sizeof path, "rules/%d.jq", 899 - i);
		CHECK_OK(gv_plan_put_text(p, path, NULL, gv_str_of(path), &err), &err);
	}
	CHECK_INT(commit(s, p, &r), 0);
	CHECK_INT(r.written, 601);
	CHECK_STR(sh_out("git -C r ls-tree -r main rules | cut -c 13-52 >want && git -C r show-index <$(ls r/objects/pack/*.idx) |"
	                 " sort -n | cut -d ' ' -f 2 | grep -F -f want >got && grep -v \"$(git -C r rev-parse main:rules/big.jq)\" want |"
	                 " sed 's/$/ /' >want2; sed -e 301d -e 's/$/ /' got | diff want2 - >/dev/null; echo $?"), "0");
	CHECK_OK(gv_plan_put_text(p, "rules/x.jq", NULL, GV_STR("x"), &err), &err);
	CHECK_OK(gv_plan_read(p, "rules/x.jq", &back, NULL, &err), &err);
	CHECK_BYTES(back, GV_STR("x"));
	CHECK_OK(gv_plan_put_text(p, "rules/y.jq", NULL, GV_STR("y"), &err), &err);
	CHECK_INT(commit(s, p, &r), 0);
	CHECK_STR(sh_out("git -C r cat-file blob main:rules/x.jq; git -C r cat-file blob main:rules/y.jq; git -C r fsck 2>&1"), "xy");
	gv_plan_free(p);
	gv_store_close(s);
	gv_buf_free(&big);
	repo_done();
}

/* The docket's own settings: what could not be read back is not committed. */
static void settings(void)
{
	static const struct { const char *text, *want; } rows[] = {
		{ "{\"format\":2}", "gavel.json: format: 2 is newer than 1, the one this program knows: install a newer Gavel" },
		{ "{", NULL },
		{ "{\"court\":\"沪0114\",\"fanout\":100,\"format\":1,\"policy\":{\"x\":[]},\"zone\":\"Asia/Shanghai\"}\n", "" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_store *s;
		struct gv_plan *p;
		struct gv_commit_result r;
		struct gv_oid base, before;
		int rc;

		docket_new();
		s = docket_open();
		p = plan(s);
		before = *gv_store_commit_id(s);
		CHECK(gv_oid_read(&base, gv_str_of(sh_out("git -C r rev-parse main:gavel.json"))));
		CHECK_OK(gv_plan_put_text(p, "gavel.json", &base, gv_str_of(rows[i].text), &err), &err);
		rc = commit(s, p, &r);
		if (rows[i].want && !*rows[i].want) {
			CHECK_OK(rc, &err);
			CHECK(gv_val_path(gv_store_config(s), GV_STR("policy.x")) != NULL);
		} else {
			if (rows[i].want)
				CHECK_ERR(rc, &err, GV_EDATA, rows[i].want);
			CHECK_INT(rc, GV_EDATA);
			CHECK(gv_oid_eq(&before, gv_store_commit_id(s)));
			CHECK(gv_val_path(gv_store_config(s), GV_STR("policy.x")) == NULL);
			CHECK_STR(sh_out("git -C r log --oneline | wc -l"), "1");
		}
		gv_plan_free(p);
		gv_store_close(s);
		repo_done();
	}
}

/* ---- under the lock ---- */

struct opening { int calls, pushes, opened; };

/* Opens two cases, while somebody pushes another with git, which does not know our lock. */
static int open_cases(void *ctx, struct gv_plan *p, struct gv_err *e)
{
	struct opening *o = ctx;
	int64_t serial;

	o->calls++;
	for (int i = 0; i < 2; i++) {
		char path[128], id[128];
		int rc = gv_store_next_serial(p, "cases/2022/沪0114/民初", &serial, e);

		if (rc)
			return rc;
		snprintf(path, sizeof path, "cases/2022/沪0114/民初/%04lld/%lld.json", (long long)serial / 100, (long long)serial);
		snprintf(id, sizeof id, "（2022）沪0114民初%lld号", (long long)serial);
		rc = gv_plan_put_text(p, path, NULL, gv_str_of(case_text(id, "")), e);
		if (rc)
			return rc;
	}
	if (o->pushes-- > 0)
		sh("cd r && git read-tree main && git update-index --add --cacheinfo 100644,$(echo %d | git hash-object -w --stdin),"
		   "cases/2022/沪0114/民初/0012/123%d.json && git update-ref refs/heads/main "
		   "$(git commit-tree -p main -m push $(git write-tree)) && rm -f index", o->calls, 4 + o->calls);
	return 0;
}

static void overtaken(void)
{
	struct opening o = { .pushes = 2 };
	struct gv_store *s;
	struct gv_plan *p;
	struct gv_commit_result r;

	docket_new();
	other_writes(PATH_1, NULL, case_text(ID_1, ""), "李四");
	s = docket_open();
	p = plan(s);
	CHECK_OK(gv_plan_put_text(p, "rules/a.jq", NULL, GV_STR("."), &err), &err);
	CHECK_OK(gv_store_commit(s, p, &(struct gv_commit_opts){ .command = "case-file open", .what = "two", .under_lock = open_cases,
	                                                         .ctx = &o }, &r, &err), &err);
	CHECK_INT(o.calls, 3);
	CHECK_INT(r.written, 3);
	CHECK_STR(sh_out("git -C r -c core.quotepath=false ls-tree -r --name-only main | sed 's,.*/,,'"), "1234.json\n1235.json\n1236.json\n1237.json\n1238.json\ngavel.json\na.jq");
	CHECK_STR(sh_out("git -C r log --format=%%s main"), "case-file open: two (3 records)\npush\npush\ncase-file test: write (1 record)\ninit");
	check_fsck("r");
	o = (struct opening){ .pushes = 1000 };
	CHECK_INT(gv_store_commit(s, p, &(struct gv_commit_opts){ .command = "case-file open", .what = "two", .under_lock = open_cases,
	                                                          .ctx = &o }, &r, &err), GV_ECONFLICT);
	CHECK_INT(o.calls, 20); /* there is an end to it */
	gv_plan_free(p);
	gv_store_close(s);
	repo_done();
}

struct asking { const char *folder; int64_t got; };

static int ask_serial(void *ctx, struct gv_plan *p, struct gv_err *e)
{
	struct asking *a = ctx;

	return gv_store_next_serial(p, a->folder, &a->got, e);
}

static void serials(void)
{
	static const struct { const char *there, *put, *folder; int64_t want; } rows[] = {
		{ "", "", "cases/2022/沪0114/民初", 1 },
		{ "cases/2022/沪0114/民初/0000/1.json", "", "cases/2022/沪0114/民初", 2 },
		{ "cases/2022/沪0114/民初/0000/9.json cases/2022/沪0114/民初/0000/10.json", "", "cases/2022/沪0114/民初", 11 },
		{ "cases/2022/沪0114/民初/0099/9999.json cases/2022/沪0114/民初/0100/10000.json", "", "cases/2022/沪0114/民初", 10001 },
		{ "cases/2022/沪0114/民初/9999/999999.json cases/2022/沪0114/民初/10000/1000000.json", "", "cases/2022/沪0114/民初", 1000001 },
		{ "cases/2022/沪0114/民初/0012/1234.json cases/2022/沪0114/民初/0013/README", "", "cases/2022/沪0114/民初", 1235 },
		{ "cases/2022/沪0114/民初/0012/1234.json cases/2022/沪0114/民初/0013/x/5.json", "", "cases/2022/沪0114/民初", 1235 },
		{ "cases/2022/沪0114/民初/x/README", "", "cases/2022/沪0114/民初", 1 },
		{ "cases/2022/沪0114/民初/0012/1234.json", "cases/2022/沪0114/民初/0015/1500.json", "cases/2022/沪0114/民初", 1501 },
		{ "cases/2022/沪0114/民初/0012/1234.json", "cases/2022/沪0114/民终/0015/1500.json", "cases/2022/沪0114/民初", 1235 },
		{ "debtors/沪0114/0001/沪0114-D000123.json", "", "debtors/沪0114", 124 },
		{ "", "debtors/沪0114/0001/沪0114-D000199.json", "debtors/沪0114", 200 },
		{ "cases/2022/沪0114/民初/0000/99999999999999999999.json cases/2022/沪0114/民初/0000/7.json", "", "cases/2022/沪0114/民初", 8 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_store *s;
		struct gv_plan *p;
		struct gv_commit_result r;
		struct asking a = { .folder = rows[i].folder };
		char text[256], *save = NULL;

		docket_new();
		s = docket_open();
		p = plan(s);
		snprintf(text, sizeof text, "%s", rows[i].there);
		for (char *path = strtok_r(text, " ", &save); path; path = strtok_r(NULL, " ", &save))
			CHECK_OK(gv_plan_put_text(p, path, NULL, GV_STR("x"), &err), &err);
		CHECK_OK(commit(s, p, &r), &err);
		if (*rows[i].put)
			CHECK_OK(gv_plan_put_text(p, rows[i].put, NULL, GV_STR("x"), &err), &err);
		CHECK_OK(gv_store_commit(s, p, &(struct gv_commit_opts){ .command = "t", .what = "t", .under_lock = ask_serial, .ctx = &a },
		                         &r, &err), &err);
		CHECK_INT(a.got, rows[i].want);
		CHECK_OK(ask_serial(&a, p, &err), &err); /* without the lock: the same, as nobody has taken it */
		CHECK_INT(a.got, rows[i].want);
		gv_plan_free(p);
		gv_store_close(s);
		repo_done();
	}
}

UNIT_MAIN("join", { "joins live writers", joining }, { "all or nothing", all_or_nothing },
          { "the pack has the order of paths", order_of_paths },
          { "settings", settings }, { "overtaken by a push", overtaken }, { "serials", serials })
