/* SPDX-License-Identifier: MIT */
#include <stdint.h>

#include "writer.h"

/* ---- one record ---- */

static void one(void)
{
	struct gv_store *s;
	struct gv_plan *p;
	struct gv_commit_result r;
	struct gv_oid before, oid;
	struct gv_str got;
	struct gv_doc d = GV_DOC_INIT;
	struct gv_id id;
	const char *text = case_text(ID_1, "\"cause\":\"民间借贷纠纷\"");

	docket_new();
	s = docket_open();
	p = plan(s);
	before = *gv_store_commit_id(s);
	CHECK_OK(gv_id_parse(&id, gv_str_of("2022沪0114民初1234"), gv_schema_find(GV_STR("case")), gv_store_caseno(s), &err), &err);
	CHECK_OK(gv_json_parse(&d, gv_str_of(text), 0, &err), &err);
	CHECK_OK(gv_plan_put(p, &id, NULL, &d.root, &err), &err);
	CHECK_INT(gv_plan_count(p), 1);
	CHECK_OK(gv_plan_read(p, PATH_1, &got, &oid, &err), &err);
	CHECK_BYTES(got, gv_str_of(text));
	CHECK_ERR(gv_plan_read(p, "cases/x", &got, &oid, &err), &err, GV_ENOTFOUND, "cases/x: is not in the plan");
	CHECK_STR(sh_out("git -C r log --oneline | wc -l"), "1");
	CHECK_OK(commit(s, p, &r), &err);
	CHECK(r.written == 1 && r.merged == 0 && r.unchanged == 0);
	CHECK(gv_oid_eq(&r.id, gv_store_commit_id(s)) && !gv_oid_eq(&r.id, &before));
	CHECK_INT(gv_plan_count(p), 0);
	CHECK_STR(sh_out("git -C r cat-file blob main:" PATH_1), sh_out("printf '%%s' '%s'", text));
	CHECK_STR(sh_out("git -C r log -1 --format='%%an|%%cn|%%B' main"),
	          "书记员|书记员|case-file test: write (1 record)\n\nGavel-Cmd: case-file test");
	CHECK_STR(sh_out("git -C r show --format= --name-status main"), "A\t\"cases/2022/\\346\\262\\2520114/\\346\\260\\221\\345\\210\\235/0012/1234.json\"");
	CHECK_STR(sh_out("git -C r reflog -1 --format=%%gs main"), "case-file test: write");
	check_fsck("r");
	/* The same again: nothing to do, said so. */
	CHECK_OK(gv_plan_put(p, &id, &oid, &d.root, &err), &err);
	CHECK(gv_plan_count(p) == 0 && gv_plan_unchanged(p) == 1);
	CHECK_OK(commit(s, p, &r), &err);
	CHECK(r.written == 0 && r.unchanged == 1 && gv_oid_is_zero(&r.id));
	/* As if it were new, which somebody else has done in the same words. */
	CHECK_OK(gv_plan_put(p, &id, NULL, &d.root, &err), &err);
	CHECK_OK(commit(s, p, &r), &err);
	CHECK(r.written == 0 && r.unchanged == 1 && gv_oid_is_zero(&r.id));
	CHECK_STR(sh_out("git -C r log --oneline | wc -l"), "2");
	CHECK_STR(sh_out("cat r/gavel.lock; find r -name '*tmp*' -o -name 'main.lock'"), "");
	gv_doc_free(&d);
	gv_plan_free(p);
	gv_store_close(s);
	repo_done();
}

static void many(void)
{
	enum { N = 3000 };
	struct gv_store *s;
	struct gv_plan *p;
	struct gv_commit_result r;
	char path[128], id[128];

	docket_new();
	s = docket_open();
	p = plan(s);
	for (int round = 0; round < 2; round++) {
		for (int i = round * N; i < (round + 1) * N; i++) {
			snprintf(path, sizeof path, "cases/2022/沪0114/民初/%04d/%d.json", (i * 7 + 1) % 90001 / 100, (i * 7 + 1) % 90001);
			snprintf(id, sizeof id, "（2022）沪0114民初%d号", (i * 7 + 1) % 90001);
			CHECK_OK(gv_plan_put_text(p, path, NULL, gv_str_of(case_text(id, "")), &err), &err);
		}
		CHECK_INT(atoi(sh_out("git -C r ls-tree -r main | wc -l")), 1 + round * N);
		CHECK_OK(commit(s, p, &r), &err);
		CHECK_INT(r.written, N);
	}
	CHECK_INT(atoi(sh_out("git -C r ls-tree -r main | wc -l")), 1 + 2 * N);
	CHECK_INT(atoi(sh_out("ls r/objects/pack/*.pack | wc -l")), 2);
	check_fsck("r");
	gv_plan_free(p);
	gv_store_close(s);
	repo_done();
}

/* ---- the same path again, bad paths ---- */

static void again(void)
{
	struct gv_store *s;
	struct gv_plan *p;
	struct gv_commit_result r;
	struct gv_str got;
	struct gv_oid a = oid_of("a\n"), b = oid_of("b\n"), got_oid;

	docket_new();
	s = docket_open();
	p = plan(s);
	CHECK_OK(gv_plan_put_text(p, "rules/x.jq", NULL, GV_STR("a\n"), &err), &err);
	CHECK_OK(gv_plan_put_text(p, "rules/x.jq", NULL, GV_STR("a\n"), &err), &err); /* the same words */
	CHECK_INT(gv_plan_unchanged(p), 1);
	CHECK_ERR(gv_plan_put_text(p, "rules/x.jq", NULL, GV_STR("b\n"), &err), &err, GV_ECONFLICT,
	          "rules/x.jq: comes twice in one commit, and the second does not build on the first");
	CHECK_ERR(gv_plan_put_text(p, "rules/x.jq", &b, GV_STR("c\n"), &err), &err, GV_ECONFLICT,
	          "rules/x.jq: comes twice in one commit, and the second does not build on the first");
	CHECK_OK(gv_plan_put_text(p, "rules/x.jq", &a, GV_STR("b\n"), &err), &err);
	CHECK_OK(gv_plan_put_text(p, "rules/x.jq", &b, GV_STR("c\n"), &err), &err);
	CHECK_INT(gv_plan_count(p), 1);
	CHECK_OK(gv_plan_read(p, "rules/x.jq", &got, &got_oid, &err), &err);
	CHECK_BYTES(got, GV_STR("c\n"));
	CHECK_OK(commit(s, p, &r), &err);
	CHECK_INT(r.written, 1);
	CHECK_STR(sh_out("git -C r cat-file blob main:rules/x.jq"), "c");
	gv_plan_free(p);
	gv_store_close(s);
	repo_done();
}

static void removing(void)
{
	const char *text = case_text(ID_1, ""), *changed = case_text(ID_1, "\"judge\":\"王\"");
	struct gv_oid base = oid_of(text), other = oid_of(changed), got_oid;
	struct gv_str path = GV_STR(PATH_1), got;
	struct gv_store *s;
	struct gv_plan *p;
	struct gv_commit_result r;
	char want[256];

	docket_new();
	other_writes(PATH_1, NULL, text, "李四");
	s = docket_open();
	p = plan(s);
	CHECK_OK(gv_plan_remove(p, path, &base, &err), &err);
	CHECK_OK(gv_plan_put_text(p, "rules/x.jq", NULL, GV_STR("."), &err), &err);
	CHECK_INT(gv_plan_count(p), 2);
	CHECK_INT(gv_plan_read(p, PATH_1, &got, &got_oid, &err), GV_ENOTFOUND);
	CHECK_ERR(gv_plan_remove(p, GV_STR("rules/x.jq"), &base, &err), &err, GV_ECONFLICT,
	          "rules/x.jq: is written and removed in one commit");
	CHECK_OK(commit(s, p, &r), &err);
	CHECK_INT(r.written, 2);
	CHECK_STR(sh_out("git -C r ls-tree -r --name-only main | paste -sd' '"), "gavel.json rules/x.jq");
	/* Gone already: nothing to do.  Changed meanwhile: it stays. */
	CHECK_OK(gv_plan_remove(p, path, &base, &err), &err);
	CHECK_OK(commit(s, p, &r), &err);
	CHECK(r.written == 0 && r.unchanged == 1 && gv_oid_is_zero(&r.id));
	other_writes(PATH_1, NULL, changed, "张三");
	CHECK_OK(gv_plan_remove(p, path, &base, &err), &err);
	snprintf(want, sizeof want, PATH_1 ": was changed since the plan was made: 张三, commit %s",
	         sh_out("git -C r rev-parse --short=10 main"));
	CHECK_ERR(commit(s, p, &r), &err, GV_ECONFLICT, want);
	gv_plan_free(p);
	/* Removed and put anew in one plan is a put. */
	p = plan(s);
	CHECK_OK(gv_plan_remove(p, path, &other, &err), &err);
	CHECK_OK(gv_plan_put_text(p, PATH_1, NULL, gv_str_of(text), &err), &err);
	CHECK_OK(commit(s, p, &r), &err);
	CHECK_INT(r.written, 1);
	check_fsck("r");
	gv_plan_free(p);
	gv_store_close(s);
	repo_done();
}

static void paths(void)
{
	static const char *const bad[] = {
		"", "/", "a//b", "/a", "a/", ".", "..", "a/../b", "../x", "a/.", ".git", "cases/.git/config", ".GIT/x", "a\nb",
		"a\tb", "a\x7f", "a\x1b[m", "a/\xe2\x80\xae/b", "\xff", "a/\xe2\x80\x8b",
		/* 256 bytes in one part */
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};
	struct gv_store *s;
	struct gv_plan *p;

	docket_new();
	s = docket_open();
	p = plan(s);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		CHECK_ROW(gv_plan_put_text(p, bad[i], NULL, GV_STR("x"), &err) == GV_EDATA, bad[i]);
		CHECK_STR(err.msg, "is no path that a docket can keep");
	}
	CHECK_INT(gv_plan_count(p), 0);
	CHECK_OK(gv_plan_put_text(p, ".gitattributes", NULL, GV_STR("x"), &err), &err);
	CHECK_OK(gv_plan_put_text(p, "a/...", NULL, GV_STR("x"), &err), &err);
	gv_plan_free(p);
	gv_store_close(s);
	repo_done();
}

/* ---- messages ---- */

static void messages(void)
{
	static const struct { const char *what, *body, *reason, *batch, *want; bool bad; } rows[] = {
		{ "x", NULL, NULL, NULL, "case-file set: x (1 record)\n\nGavel-Cmd: case-file set", false },
		{ "x", NULL, "当事人申请", NULL, "case-file set: x (1 record)\n\nGavel-Cmd: case-file set\nGavel-Reason: 当事人申请", false },
		{ "x", NULL, "", "run-7", "case-file set: x (1 record)\n\nGavel-Cmd: case-file set\nGavel-Batch: run-7", false },
		{ "x", "line\n\n  more\r\n\n", " a\n\nb\r\nGavel-Batch: forged\n", "b1",
		  "case-file set: x (1 record)\n\nline\n\n  more\n\nGavel-Cmd: case-file set\nGavel-Reason: a\n b\n Gavel-Batch: forged\n"
		  "Gavel-Batch: b1", false },
		{ "a\nb", NULL, NULL, NULL, "subject: holds control characters", true },
		{ "\xff", NULL, NULL, NULL, "subject: is not UTF-8", true },
		{ "x", NULL, "a\x1b[31mb", NULL, "-m: holds control characters", true },
		{ "x", NULL, "a\xe2\x80\xae", NULL, "-m: holds control characters", true },
		{ "x", NULL, "\xe5\xbd", NULL, "-m: is not UTF-8", true },
		{ "x", "a\tb", NULL, NULL, "body: holds control characters", true },
		{ "x", NULL, NULL, "a\x01", "batch: holds control characters", true },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_store *s;
		struct gv_plan *p;
		struct gv_commit_result r;
		struct gv_commit_opts o = { .command = "case-file set", .what = rows[i].what, .body = rows[i].body,
			                    .reason = rows[i].reason, .batch = rows[i].batch };
		int rc;

		docket_new();
		s = docket_open();
		p = plan(s);
		CHECK_OK(gv_plan_put_text(p, "a.txt", NULL, GV_STR("x"), &err), &err);
		rc = gv_store_commit(s, p, &o, &r, &err);
		if (rows[i].bad) {
			CHECK_ERR(rc, &err, GV_EDATA, rows[i].want);
			CHECK_STR(sh_out("git -C r log --oneline | wc -l"), "1");
		} else {
			CHECK_OK(rc, &err);
			CHECK_STR(sh_out("git -C r log -1 --format=%%B main"), rows[i].want);
			CHECK_STR(sh_out("git -C r log -1 --format='%%(trailers:key=Gavel-Batch,valueonly)' main"),
			          rows[i].batch ? rows[i].batch : "");
		}
		gv_plan_free(p);
		gv_store_close(s);
		repo_done();
	}
}

static void refusals(void)
{
	static const struct { const char *set, *want; int rc; } rows[] = {
		{ "git -C r config commit.gpgsign true; git -C r config gpg.format ssh",
		  "user.signingKey: is not set, so there is no key to sign with: "
		  "git config --global user.signingKey FILE (a private or public SSH key)", GV_EUSAGE },
		{ "git -C r config commit.gpgsign maybe; git -C r config gpg.format pgp",
		  "gpg.format: \"pgp\" is none of ssh, openpgp and x509", GV_EUSAGE },
		{ "git -C r config commit.gpgsign off", NULL, 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_store *s;
		struct gv_plan *p;
		struct gv_commit_result r;
		int rc;

		docket_new();
		sh("%s", rows[i].set);
		s = docket_open();
		p = plan(s);
		CHECK_OK(gv_plan_put_text(p, "a.txt", NULL, GV_STR("x"), &err), &err);
		rc = commit(s, p, &r);
		if (rows[i].want)
			CHECK_ERR(rc, &err, rows[i].rc, rows[i].want);
		else
			CHECK_OK(rc, &err);
		gv_plan_free(p);
		gv_store_close(s);
		repo_done();
	}
}

/* Put a file into the repository at `dir`. */
static int write_to(const char *dir)
{
	struct gv_store *s = NULL;
	struct gv_plan *p;
	struct gv_commit_result r;
	int rc;

	CHECK_OK(gv_store_open(&s, dir, &err), &err);
	p = plan(s);
	CHECK_OK(gv_plan_put_text(p, "a.txt", NULL, GV_STR("x"), &err), &err);
	rc = commit(s, p, &r);
	gv_plan_free(p);
	gv_store_close(s);
	return rc;
}

static void places(void)
{
	static const char *const for_reading[] = { "c", "c/.git", "w", "r/worktrees/w" };
	const char *was;

	docket_new();
	sh("git clone -q r c && git -C r worktree add -q -b other ../w 2>/dev/null");
	was = sh_out("git -C r rev-parse main");
	for (size_t i = 0; i < sizeof for_reading / sizeof for_reading[0]; i++) {
		CHECK_ROW(write_to(for_reading[i]) == GV_EUSAGE, for_reading[i]);
		CHECK(strstr(err.msg, "is a clone: commands write to the docket itself; here, edit, commit and push with git") != NULL);
	}
	/* What a hook sees may be thrown away with the push. */
	setenv("GIT_QUARANTINE_PATH", "x", 1);
	CHECK_ERR(write_to("r"), &err, GV_EUSAGE, "a hook cannot write to the docket before the push is accepted");
	unsetenv("GIT_QUARANTINE_PATH");
	CHECK_STR(sh_out("git -C r rev-parse main"), was);
	CHECK_OK(write_to("r"), &err);
	CHECK_STR(sh_out("git -C r show main:a.txt; find r -name '*.keep' -o -name 'main.lock'"), "x");
	repo_done();
}

/* ---- plan files ---- */

struct lines { char text[16][2048]; size_t n; };

static int keep_line(void *ctx, const struct gv_val *line)
{
	struct lines *l = ctx;
	struct gv_buf b = GV_BUF_INIT(2047);

	gv_json_line(&b, line);
	snprintf(l->text[l->n++], sizeof l->text[0], "%s", b.p ? b.p : "");
	gv_buf_free(&b);
	return 0;
}

static int add_line(struct gv_plan *p, const char *text)
{
	struct gv_doc d = GV_DOC_INIT;
	int rc;

	CHECK_OK(gv_json_parse(&d, gv_str_of(text), 0, &err), &err);
	rc = gv_plan_add_line(p, &d.root, &err);
	gv_doc_free(&d);
	return rc;
}

static void plan_files(void)
{
	struct gv_store *s;
	struct gv_plan *p, *q;
	struct gv_commit_result r;
	struct lines l = { .n = 0 };
	struct gv_oid base = oid_of(case_text(ID_1, "\"claim_fen\":1"));
	char want[2048], id_2[] = "（2022）沪0114民初7号";

	docket_new();
	other_writes(PATH_1, NULL, case_text(ID_1, "\"claim_fen\":1"), "李四");
	s = docket_open();
	p = plan(s);
	CHECK_OK(gv_plan_put_text(p, PATH_1, &base, gv_str_of(case_text(ID_1, "\"claim_fen\":2")), &err), &err);
	CHECK_OK(gv_plan_put_text(p, "cases/2022/沪0114/民初/0000/7.json", NULL, gv_str_of(case_text(id_2, "")), &err), &err);
	CHECK_OK(gv_plan_put_text(p, "rules/x.jq", NULL, GV_STR(".a\n"), &err), &err);
	CHECK_OK(gv_plan_print(p, keep_line, &l, &err), &err);
	CHECK_INT(l.n, 4);
	snprintf(want, sizeof want, "{\"docket\":\"沪0114\",\"head\":\"%s\",\"op\":\"plan\"}", sh_out("git -C r rev-parse main"));
	CHECK_STR(l.text[0], want);
	snprintf(want, sizeof want, "{\"base\":\"%s\",\"id\":\"" ID_1 "\",\"kind\":\"case\",\"op\":\"put\",\"path\":\"" PATH_1 "\",\"record\":"
	         "{\"claim_fen\":2,\"id\":\"" ID_1 "\",\"kind\":\"case\",\"state\":\"open\"}}", sh_out("git -C r rev-parse main:" PATH_1));
	CHECK_STR(l.text[1], want);
	CHECK(strstr(l.text[2], "\"base\":null,") != NULL);
	CHECK_STR(l.text[3], "{\"base\":null,\"op\":\"put\",\"path\":\"rules/x.jq\",\"text\":\".a\\n\"}");
	gv_plan_free(p);

	/* What was printed, applied. */
	q = plan(s);
	for (size_t i = 0; i < l.n; i++)
		CHECK_OK(add_line(q, l.text[i]), &err);
	CHECK_INT(gv_plan_count(q), 3);
	CHECK_OK(commit(s, q, &r), &err);
	CHECK_INT(r.written, 3);
	CHECK_STR(sh_out("git -C r cat-file blob main:rules/x.jq"), ".a");
	CHECK_STR(sh_out("git -C r cat-file blob main:" PATH_1 " | grep claim"), "  \"claim_fen\": 2,");
	/* Applied again: the bases have moved. */
	CHECK_OK(add_line(q, l.text[0]), &err);
	CHECK_ERR(add_line(q, l.text[1]), &err, GV_ECONFLICT, ID_1 ": was changed since the plan was made");
	CHECK_ERR(add_line(q, l.text[2]), &err, GV_ECONFLICT, "（2022）沪0114民初7号: was added since the plan was made");
	CHECK_ERR(add_line(q, l.text[3]), &err, GV_ECONFLICT, "rules/x.jq: was added since the plan was made");
	gv_plan_free(q);
	gv_store_close(s);
	repo_done();
}

/* A base that moves between reading the plan and the lock: never merged, although the fields would join. */
static void strict(void)
{
	struct gv_store *s;
	struct gv_plan *p;
	struct gv_commit_result r;
	struct lines l = { .n = 0 };
	struct gv_oid base = oid_of(case_text(ID_1, ""));
	char want[256];

	docket_new();
	other_writes(PATH_1, NULL, case_text(ID_1, ""), "李四");
	s = docket_open();
	p = plan(s);
	CHECK_OK(gv_plan_put_text(p, PATH_1, &base, gv_str_of(case_text(ID_1, "\"claim_fen\":2")), &err), &err);
	CHECK_OK(gv_plan_print(p, keep_line, &l, &err), &err);
	gv_plan_free(p);
	p = plan(s);
	CHECK_OK(add_line(p, l.text[0]), &err);
	CHECK_OK(add_line(p, l.text[1]), &err);
	other_writes(PATH_1, case_text(ID_1, ""), case_text(ID_1, "\"judge\":\"王\""), "张三");
	snprintf(want, sizeof want, ID_1 ": was changed since the plan was made: 张三, commit %s", sh_out("git -C r rev-parse --short=10 main"));
	CHECK_ERR(commit(s, p, &r), &err, GV_ECONFLICT, want);
	gv_plan_free(p);
	gv_store_close(s);
	repo_done();
}

static void bad_lines(void)
{
#define REC "\"record\":{\"id\":\"" ID_1 "\",\"kind\":\"case\",\"state\":\"open\"}"
	static const struct { const char *line, *want; int rc; } rows[] = {
		{ "{}", "op: \"\" is no step of a plan", GV_EDATA },
		{ "{\"op\":\"delete\"}", "op: \"delete\" is no step of a plan", GV_EDATA },
		{ "{\"op\":\"plan\",\"docket\":\"沪0114\"}", "head: \"\" is no commit id", GV_EDATA },
		{ "{\"op\":\"plan\",\"docket\":\"沪0115\",\"head\":\"0123456789012345678901234567890123456789\"}",
		  "docket: the plan was made for the docket of 沪0115, this is 沪0114", GV_ECONFLICT },
		{ "{\"op\":\"plan\",\"docket\":\"沪0114\",\"head\":\"0123456789012345678901234567890123456789\"}",
		  "head: this docket has no commit 0123456789: the plan was made on another", GV_ECONFLICT },
		{ "{\"op\":\"put\"}", "kind: there is no kind \"\"", GV_EDATA },
		{ "{\"op\":\"put\",\"kind\":\"docket\"," REC "}", "kind: there is no kind \"docket\"", GV_EDATA },
		{ "{\"op\":\"put\",\"kind\":\"case\"}", "record: is missing", GV_EDATA },
		{ "{\"op\":\"put\",\"base\":null,\"path\":\"cases/x.json\",\"text\":\"{}\"}", "cases/x.json: record: is missing", GV_EDATA },
		{ "{\"op\":\"put\",\"base\":null,\"path\":\"rules/x.jq\",\"text\":7}", "rules/x.jq: text: is not a string", GV_EDATA },
		{ "{\"op\":\"put\",\"base\":null,\"path\":\"rules/../x\",\"text\":\"\"}",
		  "rules/../x: is no path that a docket can keep", GV_EDATA },
		{ "{\"op\":\"put\",\"kind\":\"case\",\"record\":7}", "record: is missing", GV_EDATA },
		{ "{\"op\":\"put\",\"kind\":\"case\",\"id\":\"x\"," REC "}", "record: has another kind or id than its line", GV_EDATA },
		{ "{\"op\":\"put\",\"kind\":\"case\",\"id\":\"" ID_1 "\",\"path\":\"" PATH_1 "\",\"base\":\"xyz\"," REC "}",
		  ID_1 ": base: \"xyz\" is no object id", GV_EDATA },
		{ "{\"op\":\"put\",\"kind\":\"case\",\"id\":\"" ID_1 "\",\"path\":\"" PATH_1 "\",\"base\":\"0123456789012345678901234567890123456789\"," REC "}",
		  ID_1 ": was changed since the plan was made", GV_ECONFLICT },
	};
	static const char *const refused[] = { /* by rec: the wording is theirs */
		"{\"op\":\"put\",\"kind\":\"case\",\"id\":\"" ID_1 "\",\"path\":\"cases/2022/x.json\",\"base\":null," REC "}",
		"{\"op\":\"put\",\"kind\":\"case\",\"id\":\"" ID_1 "\",\"path\":\"../../x\",\"base\":null," REC "}",
		"{\"op\":\"put\",\"kind\":\"case\",\"id\":\"" ID_1 "\",\"path\":\"" PATH_1 "\",\"base\":null,\"record\":{\"id\":\"" ID_1 "\",\"kind\":\"case\",\"state\":\"nowhere\"}}",
		"{\"op\":\"put\",\"kind\":\"case\",\"id\":\"x\",\"path\":\"" PATH_1 "\",\"base\":null,\"record\":{\"id\":\"x\",\"kind\":\"case\",\"state\":\"open\"}}",
	};
	struct gv_store *s;
	struct gv_plan *p;

	docket_new();
	s = docket_open();
	p = plan(s);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_ERR(add_line(p, rows[i].line), &err, rows[i].rc, rows[i].want);
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
		CHECK_ROW(add_line(p, refused[i]) == GV_EDATA, refused[i]);
	CHECK_INT(gv_plan_count(p), 0);
	gv_plan_free(p);
	gv_store_close(s);
	repo_done();
}

UNIT_MAIN("plan", { "one record", one }, { "many records", many }, { "the same path again", again },
          { "removing", removing }, { "bad paths", paths }, { "messages", messages },
          { "refuses to commit", refusals }, { "where to write", places }, { "plan files", plan_files },
          { "plan files are strict", strict }, { "bad lines", bad_lines })
