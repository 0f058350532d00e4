/* SPDX-License-Identifier: MIT */
/* Refs, trees, history and differences; git beside it tells what is right. */
#include "gitread_unit.h"

#include <fcntl.h>

#include "gitref.h"
#include "store_impl.h"

/* A file of several lines, to compare with what git prints. */
static void add_line(struct gv_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void add_line(struct gv_buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	gv_buf_addv(b, fmt, ap);
	va_end(ap);
	gv_buf_addc(b, '\n');
}

__attribute__((format(printf, 2, 3)))
static void check_same(const struct gv_buf *own, const char *fmt, ...)
{
	struct gv_buf git = GV_BUF_INIT(16 * GV_MIB);
	struct gv_err err = { 0 };
	char cmd[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(cmd, sizeof cmd, fmt, ap);
	va_end(ap);
	CHECK_INT(sh("{ %s ; } >git.out", cmd), 0);
	CHECK_OK(gv_buf_read_file(&git, "git.out", &err), &err);
	CHECK_ROW(git.n > 0, cmd);
	CHECK_BYTES(gv_buf_str(own), gv_buf_str(&git));
	gv_buf_free(&git);
}

/* ---- refs ---- */

static void refs(void)
{
	static const char *const names[] = {
		"refs/heads/main", "HEAD", "refs/heads/symbolic", "refs/heads/部门/甲", "refs/tags/packed", "refs/tags/both",
		"refs/heads/chain4",
	};
	static const struct { const char *name; int rc; const char *text; } bad[] = {
		{ "refs/heads/none", GV_ENOTFOUND, "no ref refs/heads/none" },
		{ "refs/heads", GV_ENOTFOUND, "no ref refs/heads" },
		{ "refs/heads/main/below", GV_ENOTFOUND, "no ref refs/heads/main/below" },
		{ "refs/heads/../heads/main", GV_ENOTFOUND, "no ref refs/heads/../heads/main" },
		{ "../r/HEAD", GV_ENOTFOUND, "no ref ../r/HEAD" },
		{ "refs//heads/main", GV_ENOTFOUND, "no ref refs//heads/main" },
		{ "/etc/passwd", GV_ENOTFOUND, "no ref /etc/passwd" },
		{ "", GV_ENOTFOUND, "no ref " },
		{ "refs/heads/ma*", GV_ENOTFOUND, "no ref refs/heads/ma*" },
		{ "refs/heads/dangling", GV_ENOTFOUND, "no ref refs/heads/dangling" },
		{ "refs/heads/traitor", GV_ENOTFOUND, "no ref refs/heads/traitor" },
		{ "refs/heads/empty", GV_EINTEGRITY, "ref refs/heads/empty does not hold an object id" },
		{ "refs/heads/garbage", GV_EINTEGRITY, "ref refs/heads/garbage does not hold an object id" },
		{ "refs/heads/ring", GV_EINTEGRITY, "ref refs/heads/ring points on more than 5 times" },
		{ "config", GV_EINTEGRITY, "ref config does not hold an object id" },
	};
	struct gv_err err = { 0 };
	struct gv_oid oid, want;

	start_docket();
	CHECK_INT(sh("cd r && git branch 部门/甲 && git tag packed && git tag -a -m t both && git pack-refs --all && "
	             "git commit-tree -m two -p main main^{tree} >id && git update-ref refs/heads/main $(cat id) && "
	             "git update-ref refs/tags/both main && git symbolic-ref refs/heads/symbolic refs/heads/main && "
	             "cd refs/heads && echo 'ref: refs/heads/none' >dangling && echo 'ref: ../../config' >traitor && >empty && "
	             "echo garbage >garbage && echo 'ref: refs/heads/ring' >ring && echo 'ref:refs/heads/main' >chain1 && "
	             "for i in 2 3 4 5; do echo \"ref: refs/heads/chain$((i - 1))\" >chain$i; done"), 0);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		CHECK_OK(gv_gitref_read("r", names[i], &oid, &err), &err);
		want = oid_of_rev(names[i]);
		CHECK_ROW(gv_oid_eq(&oid, &want), names[i]);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		CHECK_ERR(gv_gitref_read("r", bad[i].name, &oid, &err), &err, bad[i].rc, bad[i].text);
	}
	sh("printf '0123 refs/tags/brokenly-packed' >>r/packed-refs"); /* a line that is no ref is nobody's */
	CHECK_INT(gv_gitref_read("r", "refs/tags/brokenly-packed", &oid, &err), GV_ENOTFOUND);
	repo_done();
}

/* A linked worktree has a HEAD of its own and everything else in common. */
static void refs_of_worktrees(void)
{
	struct gv_err err = { 0 };
	struct gv_oid oid, want;

	start_docket();
	CHECK_INT(sh("cd r && git commit-tree -m two -p main main^{tree} >id && git branch other $(cat id) && "
	             "git worktree add -q ../w other 2>/dev/null"), 0);
	CHECK_OK(gv_gitref_read("r/worktrees/w", "HEAD", &oid, &err), &err);
	want = oid_of_rev("other");
	CHECK(gv_oid_eq(&oid, &want));
	CHECK_OK(gv_gitref_read("r/worktrees/w", "refs/heads/main", &oid, &err), &err);
	want = oid_of_rev("main");
	CHECK(gv_oid_eq(&oid, &want));
	repo_done();
}

/* ---- trees ---- */

#define ID20 "aaaaaaaaaaaaaaaaaaaa"
#define S(lit) { (lit), sizeof(lit) - 1 }

static void trees(void)
{
	static const struct { struct gv_str data; const char *want; } rows[] = {
		{ S(""), "" },
		{ S("100644 a\0" ID20), "100644 a;" },
		{ S("100644 a\0" ID20 "40000 b\0" ID20 "100755 c\0" ID20 "120000 d\0" ID20 "160000 e\0" ID20 "100664 f\0" ID20),
		  "100644 a;40000 b;100755 c;120000 d;160000 e;100664 f;" },
		{ S("100644 a\0" ID20 "100644 a.b\0" ID20 "40000 aa\0" ID20), "100644 a;100644 a.b;40000 aa;" },
		{ S("100644 a-\0" ID20 "40000 a\0" ID20 "100644 a0\0" ID20), "100644 a-;40000 a;100644 a0;" },
		{ S("100644 .gitattributes\0" ID20 "40000 \xe6\xa1\x88\0" ID20), "100644 .gitattributes;40000 \xe6\xa1\x88;" },
		{ S("100644 ...\0" ID20), "100644 ...;" },
		{ S("100644 a\0" ID20 "100644 a\0" ID20), "broken tree: names are out of order" },
		{ S("100644 b\0" ID20 "100644 a\0" ID20), "broken tree: names are out of order" },
		{ S("40000 a\0" ID20 "100644 a-\0" ID20), "broken tree: names are out of order" },
		{ S("100644 a\0" ID20 "40000 a\0" ID20), "broken tree: a name is there twice" },
		{ S("100644 a\0" ID20 "100644 a-\0" ID20 "40000 a\0" ID20), "broken tree: a name is there twice" },
		{ S("100644 \0" ID20), "broken tree: a name is not allowed" },
		{ S("100644 .\0" ID20), "broken tree: a name is not allowed" },
		{ S("100644 ..\0" ID20), "broken tree: a name is not allowed" },
		{ S("40000 .git\0" ID20), "broken tree: a name is not allowed" },
		{ S("40000 .GiT\0" ID20), "broken tree: a name is not allowed" },
		{ S("100644 a/b\0" ID20), "broken tree: a name is not allowed" },
		{ S("040000 a\0" ID20), "broken tree: an entry is cut short or ill-formed" },
		{ S("100600 a\0" ID20), "broken tree: an entry is cut short or ill-formed" },
		{ S("100648 a\0" ID20), "broken tree: an entry is cut short or ill-formed" },
		{ S("10064400 a\0" ID20), "broken tree: an entry is cut short or ill-formed" },
		{ S(" a\0" ID20), "broken tree: an entry is cut short or ill-formed" },
		{ S("100644"), "broken tree: an entry is cut short or ill-formed" },
		{ S("100644 a"), "broken tree: an entry is cut short or ill-formed" },
		{ S("100644 a\0aaaaaaaaaaaaaaaaaaa"), "broken tree: an entry is cut short or ill-formed" },
		{ S("100644 a\0" ID20 "x"), "broken tree: an entry is cut short or ill-formed" },
		{ S("100644 a\0" ID20 "\0"), "broken tree: an entry is cut short or ill-formed" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_str data = { malloc(rows[i].data.n + 1), rows[i].data.n }; /* so that a sanitizer sees its end */
		struct gv_buf got = GV_BUF_INIT(4096);
		struct gv_err err = { 0 };
		struct gv_tree_entry e = { 0 };
		size_t pos = 0;
		int rc;

		memcpy((char *)(uintptr_t)data.p, rows[i].data.p, data.n);
		while (!(rc = gv_tree_next(data, &pos, &e, &err)) && e.name.p)
			gv_buf_addf(&got, "%o %.*s;", e.mode, (int)e.name.n, e.name.p);
		if (rc) {
			CHECK_INT(rc, GV_EINTEGRITY);
			gv_buf_reset(&got);
			gv_err_text(&err, &got);
		}
		CHECK_STR(got.p ? got.p : "", rows[i].want);
		gv_buf_free(&got);
		free((char *)(uintptr_t)data.p);
	}
}

/* git's order over all pairs of some nasty names, against the bytes with the slash written out. */
static void order(void)
{
	static const char *const names[] = { "a", "a.", "a-", "a0", "a/", "a./", "a-/", "a0/", "ab", "ab/", "A", "\xe6\xa1\x88", "\xe6\xa1\x88/" };
	const size_t n = sizeof names / sizeof names[0];

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < n; k++) {
			struct gv_str a = gv_str_of(names[i]), b = gv_str_of(names[k]);
			int want = gv_str_cmp(a, b);
			bool at = a.p[a.n - 1] == '/', bt = b.p[b.n - 1] == '/';
			int got = gv_tree_order((struct gv_str){ a.p, a.n - at }, at, (struct gv_str){ b.p, b.n - bt }, bt);

			CHECK_ROW((got > 0) - (got < 0) == (want > 0) - (want < 0), names[i]);
		}
	}
}

static void finding(void)
{
	static const char *const there[] = { "gavel.json", "cases", "cases/", "cases/2022/沪0114/民初/0012/1234.json", "cases/2022/沪0114" };
	static const char *const missing[] = {
		"gavel.jso", "gavel.json/x", "cases/2021", "/cases", "cases//2022", "cases/2022/沪0114/民初/0012/1234.json/", "..", ".",
	};
	struct gv_tree_entry e;
	struct gv_err err = { 0 };
	struct gv_store *s;
	struct gv_oid want, zero = { { 0 } };

	start_docket();
	CHECK_INT(sh("cd r && printf 'commit refs/heads/main\\ncommitter A <a@b> 1656547200 +0800\\ndata 1\\nx\\n"
	             "from refs/heads/main^0\\nM 100644 inline cases/2022/沪0114/民初/0012/1234.json\\ndata 2\\n{}\\n\\n' | "
	             "git fast-import --quiet"), 0);
	s = docket_open();
	for (size_t i = 0; i < sizeof there / sizeof there[0]; i++) {
		char rev[256];

		CHECK_OK(gv_tree_find(s->odb, &s->root, gv_str_of(there[i]), &e, &s->name, &err), &err);
		snprintf(rev, sizeof rev, "main:%s", there[i]);
		want = oid_of_rev(rev);
		CHECK_ROW(gv_oid_eq(&e.oid, &want), there[i]);
	}
	CHECK_BYTES(e.name, GV_STR("沪0114"));
	for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++)
		CHECK_ROW(gv_tree_find(s->odb, &s->root, gv_str_of(missing[i]), &e, &s->name, &err) == GV_ENOTFOUND ||
		          i == 5, missing[i]);
	CHECK_OK(gv_tree_find(s->odb, &s->root, GV_STR(""), &e, &s->name, &err), &err); /* the root itself */
	CHECK(gv_oid_eq(&e.oid, &s->root) && e.mode == GV_MODE_TREE);
	CHECK_ERR(gv_tree_find(s->odb, &zero, GV_STR("a"), &e, &s->name, &err), &err, GV_ENOTFOUND, "no file a");
	CHECK_INT(sh("rm -f $(echo r/objects/%s | sed 's,\\(objects/..\\),\\1/,')", sh_out("git -C r rev-parse main:cases/2022/沪0114")), 0);
	gv_store_close(s);
	repo_done();
}

/* ---- commits ---- */

#define HEX40 "0123456789abcdef0123456789abcdef01234567"
#define WHO "A U Thor <a@example.org> 1656547200 +0800\n"

static void commits(void)
{
	static const struct { const char *text, *want; } rows[] = {
		{ "tree " HEX40 "\nauthor " WHO "committer C O <c@example.org> 1656547201 -0330\n\nsubject\n\nbody\nmore\n",
		  "0 A U Thor|a@example.org|C O|1656547201 -210|subject|body\nmore" },
		{ "tree " HEX40 "\nparent " HEX40 "\nparent " HEX40 "\nparent " HEX40 "\nauthor " WHO "committer " WHO "\n\n\n  s  \nb\n\n",
		  "3 A U Thor|a@example.org|A U Thor|1656547200 480|s|b" },
		{ "tree " HEX40 "\nauthor " WHO "committer " WHO "gpgsig -----BEGIN\n author X\n committer Y\n parent z\n -----END\n\ns",
		  "signed 0 A U Thor|a@example.org|A U Thor|1656547200 480|s|" },
		{ "tree " HEX40 "\nauthor " WHO "committer " WHO "encoding GBK\nmergetag object " HEX40 "\n type commit\n\ns\n",
		  "0 A U Thor|a@example.org|A U Thor|1656547200 480|s|" },
		{ "tree " HEX40 "\nauthor <> 0 +0000\ncommitter x <a> b> 7 x\n\n", "0 ||x|7 0||" },
		{ "tree " HEX40 "\nauthor " WHO "committer " WHO, "0 A U Thor|a@example.org|A U Thor|1656547200 480||" },
		{ "", NULL }, { "tree\n", NULL }, { "tree " HEX40, NULL }, { "tree " HEX40 "\n", NULL },
		{ "tree " HEX40 "0\nauthor " WHO "committer " WHO "\n\n", NULL },
		{ "author " WHO "committer " WHO "\n\n", NULL },
		{ "tree " HEX40 "\nauthor " WHO "\ns", NULL },
		{ "tree " HEX40 "\ncommitter " WHO "\ns", NULL },
		{ "tree " HEX40 "\nparent 123\nauthor " WHO "committer " WHO "\ns", NULL },
		{ "tree " HEX40 "\nauthor " WHO "parent " HEX40 "\ncommitter " WHO "\ns", NULL },
		{ "tree " HEX40 "\nauthor " WHO "committer A 1656547200 +0800\n\ns", NULL },
		{ "tree " HEX40 "\nauthor " WHO "committer A <a> soon +0800\n\ns", NULL },
		{ "tree " HEX40 "\nauthor " WHO "committer A >a< 1656547200 +0800\n\ns", NULL },
		{ "tree " HEX40 "\nauthor " WHO "committer A <a>\n\ns", NULL },
	};
	struct gv_oid id = { { 1 } };

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_buf got = GV_BUF_INIT(4096);
		struct gv_err err = { 0 };
		struct gv_commit c;
		int rc = gv_commit_parse(&c, &id, gv_str_of(rows[i].text), &err);

		if (!rows[i].want) {
			CHECK_ERR(rc, &err, GV_EINTEGRITY, "0100000000000000000000000000000000000000: broken commit");
			continue;
		}
		CHECK_OK(rc, &err);
		gv_buf_addf(&got, "%s%u %.*s|%.*s|%.*s|%lld %d|%.*s|%.*s", c.signed_ ? "signed " : "", c.parents,
		            (int)c.author.n, c.author.p, (int)c.email.n, c.email.p, (int)c.committer.n, c.committer.p,
		            (long long)c.time, c.zone, (int)c.subject.n, c.subject.p, (int)c.body.n, c.body.p);
		CHECK_STR(got.p, rows[i].want);
		gv_buf_free(&got);
	}
}

static void trailers(void)
{
	static const struct { const char *body, *name, *want; } rows[] = {
		{ "Gavel-Cmd: case-file set\nGavel-Reason: 更正", "Gavel-Reason", "更正" },
		{ "Gavel-Cmd: case-file set\nGavel-Reason: 更正", "Gavel-Cmd", "case-file set" },
		{ "text\n\nGavel-Reason: r\n", "gavel-reason", "r" },
		{ "Gavel-Reason: in the text\n\nGavel-Cmd: x", "Gavel-Reason", NULL },
		{ "Gavel-Reason: one\nGavel-Reason: two", "Gavel-Reason", "two" },
		{ "Gavel-Reason: long\n  and longer\nGavel-Cmd: x", "Gavel-Reason", "long\n  and longer" },
		{ "Gavel-Reason:", "Gavel-Reason", "" },
		{ "Gavel-Reasons: x", "Gavel-Reason", NULL },
		{ "Gavel-Reason x", "Gavel-Reason", NULL },
		{ "", "Gavel-Reason", NULL },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_commit c = { .body = gv_str_of(rows[i].body) };
		struct gv_str got = gv_commit_trailer(&c, rows[i].name);

		CHECK_ROW((got.p != NULL) == (rows[i].want != NULL), rows[i].body);
		if (rows[i].want)
			CHECK_BYTES(got, gv_str_of(rows[i].want));
	}
}

/* ---- history ---- */

/* Two lines that part and join twice, an octopus, equal times, a clock that ran backwards. */
static void make_history(void)
{
	CHECK_INT(sh("cd r && awk 'function c(ref, t, from, merges,   i, k, m) {"
	             " n++; printf \"commit refs/heads/%%s\\nmark :%%d\\ncommitter A <a@b> %%d +0800\\ndata 2\\nx\\n\", ref, n, t;"
	             " print \"from \" (from in tip ? \":\" tip[from] : \"refs/heads/main^0\");"
	             " k = split(merges, m, \" \"); for (i = 1; i <= k; i++) print \"merge :\" tip[m[i]];"
	             " printf \"M 100644 inline cases/%%d/f%%d\\ndata 2\\n%%d\\n\\n\", n %% 7, n, n %% 10; tip[ref] = n }"
	             " BEGIN { t = 1656547200; c(\"main\", t, \"main\"); c(\"a\", t + 10, \"main\"); c(\"b\", t + 5, \"main\");"
	             " c(\"main\", t + 20, \"main\", \"a\"); c(\"b\", t + 20, \"b\"); c(\"d\", t - 1000, \"a\");"
	             " c(\"main\", t + 30, \"main\", \"b d\"); c(\"side\", t + 40, \"d\");"
	             " for (i = 0; i < 30; i++) c(\"main\", t + 50 + int(i / 3), \"main\") }' | git fast-import --quiet"), 0);
}

static int note_id(void *ctx, const struct gv_commit *c)
{
	char hex[GV_HEX + 1];

	gv_oid_hex(&c->id, hex);
	add_line(ctx, "%s", hex);
	return 0;
}

static void sort_lines(struct gv_buf *b)
{
	struct gv_err err = { 0 };
	int fd = open("lines", O_WRONLY | O_CREAT | O_TRUNC, 0644);

	CHECK_OK(gv_write_all(fd, b->p, b->n, "lines", &err), &err);
	close(fd);
	sh("LC_ALL=C sort -o lines lines");
	gv_buf_reset(b);
	CHECK_OK(gv_buf_read_file(b, "lines", &err), &err);
}

static void logs(void)
{
	struct gv_buf own = GV_BUF_INIT(GV_MIB);
	struct gv_err err = { 0 };
	struct gv_store *s;
	struct gv_oid head;

	start_docket();
	make_history();
	s = docket_open();
	head = oid_of_rev("main");
	CHECK_OK(gv_store_log(s, &head, true, note_id, &own, &err), &err);
	check_same(&own, "git -C r rev-list --first-parent main");
	gv_buf_reset(&own);
	CHECK_OK(gv_store_log(s, &head, false, note_id, &own, &err), &err);
	sort_lines(&own); /* git leaves open which of two equal times comes first */
	check_same(&own, "git -C r rev-list main | LC_ALL=C sort");
	gv_buf_free(&own);
	gv_store_close(s);
	repo_done();
}

static void ancestors(void)
{
	static const char *const revs[] = { "main", "main~3", "a", "b", "d", "side", "main~30", "main~32", "main~30^3" };
	const size_t n = sizeof revs / sizeof revs[0];
	struct gv_oid gone = { { 0xAB } };
	struct gv_err err = { 0 };
	struct gv_store *s;
	bool yes;

	start_docket();
	make_history();
	s = docket_open();
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < n; k++) {
			struct gv_oid a = oid_of_rev(revs[i]), b = oid_of_rev(revs[k]);

			CHECK_OK(gv_store_is_ancestor(s, &a, &b, &yes, &err), &err);
			CHECK_ROW(yes == (sh("git -C r merge-base --is-ancestor %s %s", revs[i], revs[k]) == 0), revs[i]);
		}
	}
	CHECK_OK(gv_store_is_ancestor(s, &gone, gv_store_commit_id(s), &yes, &err), &err);
	CHECK(!yes);
	gv_store_close(s);
	repo_done();
}

/* A shallow clone ends early; a missing commit elsewhere is damage. */
static void cut_history(void)
{
	struct gv_buf own = GV_BUF_INIT(GV_MIB);
	struct gv_err err = { 0 };
	struct gv_store *s = NULL;

	start_docket();
	make_history();
	CHECK_INT(sh("git clone -q --bare --depth 5 \"file://$PWD/r\" c 2>/dev/null"), 0);
	CHECK_OK(gv_store_open(&s, "c", &err), &err);
	CHECK_OK(gv_store_log(s, gv_store_commit_id(s), true, note_id, &own, &err), &err);
	CHECK_INT(own.n, 5 * (GV_HEX + 1));
	gv_buf_reset(&own);
	CHECK_OK(gv_store_log(s, gv_store_commit_id(s), false, note_id, &own, &err), &err);
	CHECK_INT(own.n, 5 * (GV_HEX + 1));
	CHECK_INT(sh("rm c/shallow"), 0);
	CHECK_INT(gv_store_log(s, gv_store_commit_id(s), true, note_id, &own, &err), GV_EINTEGRITY);
	CHECK_INT(err.code, GV_EINTEGRITY);
	CHECK(strstr(err.msg, " is missing") != NULL);
	CHECK_INT(gv_store_log(s, gv_store_commit_id(s), false, note_id, &own, &err), GV_EINTEGRITY);
	gv_buf_free(&own);
	gv_store_close(s);
	repo_done();
}

/* ---- differences ---- */

static int note_change(void *ctx, const struct gv_change *c)
{
	char before[GV_HEX + 1], after[GV_HEX + 1];

	gv_oid_hex(&c->before, before);
	gv_oid_hex(&c->after, after);
	add_line(ctx, "%s %s %.*s", before, after, (int)c->path.n, c->path.p);
	return 0;
}

static void diffs(void)
{
	static const struct { const char *from, *to, *prefix; } rows[] = {
		{ "main~20", "main", "" }, { "main", "main~20", "" }, { "main~32", "main", "" }, { "one", "two", "" }, { "two", "one", "" },
		{ "main~20", "main", "cases" }, { "main~20", "main", "cases/" }, { "main~20", "main", "cases/3" },
		{ "main~32", "main", "cases/3/f10" }, { "one", "two", "x" }, { "one", "two", "cases" },
	};
	struct gv_buf own = GV_BUF_INIT(GV_MIB);
	struct gv_oid a, b, zero = { { 0 } };
	struct gv_err err = { 0 };
	struct gv_store *s;

	start_docket();
	make_history();
	/* a file becomes a folder and the reverse, names that sort oddly, a change far down, a mode */
	CHECK_INT(sh("cd r && awk 'function f(p, t) { printf \"M 100644 inline %%s\\ndata 2\\n%%s\\n\\n\", p, t }"
	             " function c(ref) { printf \"commit refs/heads/%%s\\ncommitter A <a@b> 1656549999 +0800\\ndata 2\\nx\\n\\n\", ref }"
	             " BEGIN { c(\"one\"); f(\"x\", 1); f(\"y/a\", 1); f(\"y/b/c/d/e\", 1); f(\"a-\", 1); f(\"a/b\", 1); f(\"a0\", 1); f(\"同/一\", 1); f(\"z/same/f\", 1);"
	             " c(\"two\"); f(\"x/x\", 1); f(\"y\", 2); f(\"a\", 1); f(\"a0/b\", 1); f(\"a-\", 2); f(\"同/二\", 1); f(\"z/same/f\", 1); f(\"z/t\", 2); f(\"cases/2022/f\", 3) }' | "
	             "git fast-import --quiet"), 0);
	s = docket_open();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		a = oid_of_rev(rows[i].from);
		b = oid_of_rev(rows[i].to);
		gv_buf_reset(&own);
		CHECK_OK(gv_store_diff(s, &a, &b, rows[i].prefix, note_change, &own, &err), &err);
		sort_lines(&own);
		check_same(&own, "git -C r -c core.quotePath=false diff-tree -r --no-renames '%s' '%s' -- '%s' | awk -F'[ \\t]' '{ print $3, $4, $6 }' | LC_ALL=C sort",
		           rows[i].from, rows[i].to, *rows[i].prefix ? rows[i].prefix : ".");
	}
	b = oid_of_rev("main");
	gv_buf_reset(&own);
	CHECK_OK(gv_store_diff(s, &zero, &b, "", note_change, &own, &err), &err);
	sort_lines(&own);
	check_same(&own, "git -C r ls-tree -r main | awk '{ print \"0000000000000000000000000000000000000000\", $3, $4 }' | LC_ALL=C sort");
	gv_buf_reset(&own);
	CHECK_OK(gv_store_diff(s, &zero, &b, NULL, note_change, &own, &err), &err); /* kinds only: not gavel.json */
	sort_lines(&own);
	check_same(&own, "git -C r ls-tree -r main cases | awk '{ print \"0000000000000000000000000000000000000000\", $3, $4 }' | LC_ALL=C sort");
	gv_buf_reset(&own);
	CHECK_OK(gv_store_diff(s, &b, &b, "", note_change, &own, &err), &err);
	CHECK_OK(gv_store_diff(s, &zero, &zero, "", note_change, &own, &err), &err);
	CHECK_OK(gv_store_diff(s, &zero, &b, "cas", note_change, &own, &err), &err);
	CHECK_OK(gv_store_diff(s, &zero, &b, "gavel.json/x", note_change, &own, &err), &err);
	CHECK_INT(own.n, 0);
	gv_buf_free(&own);
	gv_store_close(s);
	repo_done();
}

static void deep_folders(void)
{
	struct gv_buf own = GV_BUF_INIT(GV_MIB);
	struct gv_err err = { 0 };
	struct gv_oid a, b, zero = { { 0 } };
	struct gv_store *s;

	start_docket();
	CHECK_INT(sh("cd r && t=$(git rev-parse main:gavel.json) && t=$(printf '100644 blob %%s\\tf' $t | git mktree) && "
	             "i=0; while [ $i -lt 100 ]; do t=$(printf '040000 tree %%s\\td' $t | git mktree); i=$((i + 1)); "
	             "[ $i != 60 ] || git tag deep $(git commit-tree -m m $t); done; git tag deeper $(git commit-tree -m m $t)"), 0);
	s = docket_open();
	a = oid_of_rev("deep");
	b = oid_of_rev("deeper");
	CHECK_OK(gv_store_diff(s, &zero, &a, "", note_change, &own, &err), &err);
	CHECK_ERR(gv_store_diff(s, &zero, &b, "", note_change, &own, &err), &err, GV_EINTEGRITY, "folders more than 64 deep");
	gv_buf_free(&own);
	gv_store_close(s);
	repo_done();
}

UNIT_MAIN("gitread",
	{ "refs: loose, packed, symbolic, hostile", refs },
	{ "refs of a linked worktree", refs_of_worktrees },
	{ "trees: entries, and what is broken", trees },
	{ "git's order of names", order },
	{ "finding a path", finding },
	{ "commits: parsing", commits },
	{ "trailers", trailers },
	{ "history by first parent and whole, as git rev-list", logs },
	{ "ancestors, as git merge-base", ancestors },
	{ "history that is cut off", cut_history },
	{ "differences, as git diff-tree", diffs },
	{ "folders without end", deep_folders })
