/* SPDX-License-Identifier: MIT */
/* Opening a docket, snapshots, reading and scanning. */
#include "gitread_unit.h"

static struct gv_err err;

/* ---- opening ---- */

/* Open and say: 0 and where, or the error with the folder of the test as "~". */
static const char *opened(const char *dir)
{
	static struct gv_buf text = { .max = 65536 };
	struct gv_store *s = NULL;
	int rc = gv_store_open(&s, dir, &err);
	size_t n = strlen(repo_dir);
	char *at;

	gv_buf_reset(&text);
	gv_buf_addf(&text, "%d: ", rc);
	if (rc)
		gv_err_text(&err, &text);
	else
		gv_buf_adds(&text, gv_store_dir(s));
	gv_store_close(s);
	while ((at = strstr(text.p, repo_dir))) {
		*at = '~';
		memmove(at + 1, at + n, strlen(at + n) + 1);
	}
	return text.p;
}

#define NO_DOCKET "a git repository, but no docket (no gavel.json on main): case-file init makes one"
#define NOT_GIT "not a git repository, so no docket: case-file init makes one"

static void open_errors(void)
{
	static const struct { const char *make, *dir, *want; } rows[] = {
		{ "true", "r", "0: ~/r" },
		{ "true", "none", "6: none: no such folder" },
		{ "true", "r/HEAD/x", "6: r/HEAD/x: no such folder" },
		{ "true", "r/HEAD", "6: r/HEAD: not a folder" },
		{ "mkdir x", "x", "6: x: " NOT_GIT },
		{ "mkdir -p x/.git", "x", "6: x: " NOT_GIT },
		{ "git init -q --bare -b main x", "x", "6: ~/x: an empty git repository, so no docket: case-file init makes one" },
		{ "git clone -q --bare r x && git -C x branch -m main master", "x",
		  "6: ~/x: a git repository, but no docket (no branch main): case-file init makes one" },
		{ "git clone -q --bare r x && cd x && git update-ref refs/heads/main $(git commit-tree -m m $(git mktree </dev/null))", "x",
		  "6: ~/x: " NO_DOCKET },
		{ "git clone -q --bare r x && put x '{'", "x", "3: line 1, byte 2: gavel.json: text ends inside an object" },
		{ "git clone -q --bare r x && put x '[]'", "x", "3: gavel.json: format: missing, or not a number" },
		{ "git clone -q --bare r x && put x '{\"court\":\"沪0114\",\"fanout\":100,\"format\":2,\"zone\":\"Asia/Shanghai\"}'", "x",
		  "3: gavel.json: format: 2 is newer than 1, the one this program knows: install a newer Gavel" },
		{ "git clone -q --bare r x && put x '{\"court\":\"沪0114\",\"fanout\":100,\"format\":0,\"zone\":\"Asia/Shanghai\"}'", "x",
		  "3: gavel.json: format: 0 is not a format" },
		{ "git clone -q --bare r x && put x '{\"court\":7,\"fanout\":100,\"format\":1,\"zone\":\"Asia/Shanghai\"}'", "x",
		  "3: gavel.json: court: missing, or not a court code" },
		{ "git clone -q --bare r x && put x '{\"court\":\"沪0114\",\"fanout\":10,\"format\":1,\"zone\":\"Asia/Shanghai\"}'", "x",
		  "3: gavel.json: fanout: must be 100" },
		{ "git clone -q --bare r x && put x '{\"court\":\"沪0114\",\"fanout\":100,\"format\":1,\"zone\":\"UTC\"}'", "x",
		  "3: gavel.json: zone: must be \"Asia/Shanghai\"" },
		{ "git clone -q --bare r x && git -C x config extensions.objectFormat sha256", "x",
		  "3: ~/x: object format sha256 is not supported, only sha1: make a docket with case-file init and take the history "
		  "over with git fast-export and git fast-import" },
		{ "git clone -q --bare r x && git -C x config extensions.refStorage reftable", "x",
		  "3: ~/x: ref storage reftable is not supported, only files: convert it with git refs migrate --ref-format=files" },
		{ "git clone -q --bare r x && git -C x config core.repositoryFormatVersion 1 && git -C x config extensions.newThing true", "x",
		  "3: ~/x: repository extension newthing is not supported" },
		{ "git clone -q --bare r x && git -C x config core.repositoryFormatVersion 1 && git -C x config extensions.worktreeConfig true", "x",
		  "0: ~/x" },
		{ "git clone -q --bare r x && git -C x config core.repositoryFormatVersion 2", "x",
		  "3: ~/x: repository format version 2 is newer than git's 1" },
		{ "git clone -q --bare r x && echo [x >x/config", "x", "3: line 1: ~/x/config: not a git config line" },
		{ "git clone -q --bare r x && echo oops >x/refs/heads/main", "x", "7: ~/x: ref refs/heads/main does not hold an object id" },
		{ "git clone -q --bare r x && rm -r x/objects", "x", "6: x: " NOT_GIT },
		{ "git clone -q --bare r x && rm -r x/refs", "x", "6: x: " NOT_GIT },
		{ "git clone -q --bare r x && echo oops >x/HEAD", "x", "6: x: " NOT_GIT },
		{ "git clone -q --bare r x && rm -rf x/objects/??", "x", "7: ~/x: object ID is missing" },
		/* places to read from */
		{ "git clone -q r x 2>/dev/null", "x", "0: ~/x" },
		{ "git clone -q r x && mkdir x/sub", "x/sub", "6: x/sub: " NOT_GIT },
		{ "git clone -q r x", "x/.git", "0: ~/x/.git" },
		{ "git clone -q r y && git -C y worktree add -q ../x -b other 2>/dev/null", "x", "0: ~/x" },
		{ "git clone -q --separate-git-dir=y r x", "x", "0: ~/x" },
		{ "ln -s r x", "x", "0: ~/r" },
		{ "git clone -q --bare r x && git -C x gc -q", "x", "0: ~/x" },
		{ "git clone -q --bare --shared r x", "x", "0: ~/x" },
		{ "git clone -q --bare r 中\\ 文", "中 文", "0: ~/中 文" },
		{ "git init -q --bare --object-format=sha256 -b main x", "x",
		  "3: ~/x: object format sha256 is not supported, only sha1: make a docket with case-file init and take the history "
		  "over with git fast-export and git fast-import" },
		{ "git -C r config uploadpack.allowFilter true && git clone -q --bare --filter=blob:none file://$PWD/r x", "x",
		  "7: ~/x: object ID is not in this partial clone (git clone --filter): clone the docket as a whole" },
		{ "git clone -q --bare --depth=1 file://$PWD/r x", "x", "0: ~/x" },
	};

	start_docket();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *id;
		const char *got;

		CHECK_ROW(sh("put() { b=$(printf '%%s' \"$2\" | git -C $1 hash-object -w --stdin) && "
		             "t=$(printf '100644 blob %%s\\tgavel.json\\n' $b | git -C $1 mktree) && "
		             "git -C $1 update-ref refs/heads/main $(git -C $1 commit-tree -m m $t); }; %s", rows[i].make) == 0, rows[i].make);
		got = opened(rows[i].dir);
		id = strstr(got, ": object ");
		if (id && strchr(id + 9, ' ') == id + 9 + GV_HEX) { /* whichever */
			memmove(id + 11, id + 9 + GV_HEX, strlen(id + 9 + GV_HEX) + 1);
			memcpy(id + 9, "ID", 2);
		}
		CHECK_ROW(strcmp(got, rows[i].want) == 0, rows[i].make);
		if (strcmp(got, rows[i].want) != 0)
			printf("# got %s\n", got);
		sh("chmod -R u+w x y 2>/dev/null; rm -rf x y 中*");
	}
	repo_done();
}

/* Without a folder: GAVEL_DOCKET, else the nearest repository upwards. */
static void open_from_here(void)
{
	start_docket();
	CHECK_INT(sh("git clone -q r x 2>/dev/null; mkdir -p x/cases/2022 none/below"), 0);
	setenv("GAVEL_DOCKET", "r", 1);
	CHECK_STR(opened(NULL), "0: ~/r");
	CHECK_STR(opened("x"), "0: ~/x");
	setenv("GAVEL_DOCKET", "missing", 1);
	CHECK_STR(opened(NULL), "6: missing: no such folder");
	setenv("GAVEL_DOCKET", "", 1);
	CHECK_INT(chdir("r/refs/heads"), 0);
	CHECK_STR(opened(NULL), "0: ~/r");
	CHECK_INT(chdir("../../../x/cases/2022"), 0);
	CHECK_STR(opened(NULL), "0: ~/x");
	CHECK_INT(chdir("../../../x/.git/objects"), 0);
	CHECK_STR(opened(NULL), "0: ~/x/.git");
	CHECK_INT(chdir("../../../none/below"), 0);
	CHECK_STR(opened(NULL), "6: no docket here or above: name one with -C DIR or GAVEL_DOCKET, or make one with case-file init DIR");
	repo_done();
}

static void open_owners(void)
{
	const char *want = "9: ~/r: the docket belongs to another user (number 4242); if you trust it: "
	                   "git config --global --add safe.directory ~/r";

	if (geteuid() != 0)
		SKIP("only root can give a folder away");
	start_docket();
	CHECK_INT(sh("chown -R 4242 r"), 0);
	CHECK_STR(opened("r"), want);
	setenv("SUDO_UID", "4242", 1);
	CHECK_STR(opened("r"), "0: ~/r");
	setenv("SUDO_UID", "4243", 1);
	CHECK_STR(opened("r"), want);
	unsetenv("SUDO_UID");
	CHECK_INT(sh("git config --file g --add safe.directory $PWD/r"), 0);
	setenv("GIT_CONFIG_GLOBAL", "g", 1);
	CHECK_STR(opened("r"), "0: ~/r");
	CHECK_INT(sh("git config --file g --add safe.directory ''; git config --file r/config safe.directory '*'"), 0);
	CHECK_STR(opened("r"), want); /* not by its own word */
	repo_done();
}

/* As another user: what cannot be read says so. */
static void open_permissions(void)
{
	bool reachable;

	if (geteuid() != 0)
		SKIP("only root can become somebody without rights");
	start_docket();
	CHECK_INT(sh("chmod 755 ."), 0);
	CHECK_INT(seteuid(4242), 0);
	reachable = euidaccess(repo_dir, X_OK) == 0 && euidaccess(share_dir, R_OK | X_OK) == 0;
	CHECK_INT(seteuid(0), 0);
	if (!reachable) {
		repo_done();
		SKIP("another user cannot reach this source tree or the temporary folder");
	}
	CHECK_INT(sh("mkdir p && git clone -q --bare r p/x && git clone -q --bare r y && chown -R 4242 p y && "
	             "chmod 700 p && chmod 000 y/HEAD"), 0);
	CHECK_INT(seteuid(4243), 0);
	CHECK_STR(opened("p/x"), "9: p/x: cannot open the docket: Permission denied");
	CHECK_INT(seteuid(0), 0);
	CHECK_INT(seteuid(4242), 0);
	CHECK_STR(opened("p/x"), "0: ~/p/x");
	CHECK_STR(opened("y"), "9: ~/y: cannot read the repository: Permission denied");
	CHECK_INT(seteuid(0), 0);
	CHECK_INT(sh("chmod 644 y/HEAD && chmod 000 y/objects/??"), 0);
	CHECK_INT(seteuid(4242), 0);
	CHECK(strncmp(opened("y"), "9: ~/y/objects/", 15) == 0);
	CHECK(strstr(opened("y"), ": cannot open: Permission denied") != NULL);
	CHECK_INT(seteuid(0), 0);
	repo_done();
}

/* What init makes: nobody writes or reads who should not, and the settings of gavel-docket(5). */
static void init_modes(void)
{
	static const struct { const char *shared, *folder, *file; } rows[] = {
		{ "", "750", "640" }, { "group", "2770", "660" }, { "all", "2775", "664" },
	};

	start_docket();
	if (!has_helper()) {
		repo_done();
		SKIP("the helper gavel-git is not built");
	}
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		CHECK_INT(sh("\"$GAVEL_LIBEXEC/gavel-git\" init x/y '%s'", rows[i].shared), 0);
		CHECK_STR(sh_out("stat -c %%a x/y x/y/hooks x/y/objects/pack x/y/refs/heads | sort -u"), rows[i].folder);
		CHECK_STR(sh_out("stat -c %%a x/y/HEAD x/y/config | sort -u"), rows[i].file);
		CHECK_STR(sh_out("git -C x/y config --get-regexp 'gc|pack|core.quotepath|logallref|fsync|receive|transfer' | sort | tr '\\n' ';'"),
		          "core.fsync all;core.logallrefupdates true;core.quotepath false;gc.auto 0;"
		          "gc.reflogexpire never;gc.reflogexpireunreachable never;pack.window 0;"
		          "receive.denydeletes true;receive.denynonfastforwards true;transfer.fsckobjects true;");
		CHECK_STR(sh_out("git -C x/y config core.sharedRepository"), rows[i].shared);
		CHECK_STR(sh_out("git -C x/y symbolic-ref HEAD"), "refs/heads/main");
		CHECK_STR(sh_out("\"$GAVEL_LIBEXEC/gavel-git\" init x/y '' 2>&1; echo $?"), "x/y: there is something already\n4");
		sh("rm -rf x");
	}
	CHECK_STR(sh_out("\"$GAVEL_LIBEXEC/gavel-git\" init x nobody 2>&1; echo $?"), "gavel-git init DIR ''|group|all\n2");
	CHECK_STR(sh_out("\"$GAVEL_LIBEXEC/gavel-git\" other 2>&1; echo $?"), "gavel-git rev-parse|config|config-all|init ...\n2");
	repo_done();
}

/* ---- snapshots ---- */

static void revisions(void)
{
	static const char *const good[] = { /* as git rev-parse REV^{commit} */
		"HEAD", "main", "refs/heads/main", "heads/main", "tag", "annotated", "twice", "refs/tags/annotated", "部门/甲",
		"main~1", "main~2", "main^", "HEAD@{0}", "tag^0", "@", "side", "origin", ":/third",
	};
	static const struct { const char *rev; int rc; const char *text; } bad[] = {
		{ "nothing", GV_ENOTFOUND, "no revision \"nothing\"" },
		{ "", GV_ENOTFOUND, "no revision \"\"" },
		{ "main~99", GV_ENOTFOUND, "no revision \"main~99\"" },
		{ "0123456789012345678901234567890123456789", GV_ENOTFOUND, "no revision \"0123456789012345678901234567890123456789\"" },
		{ "2022-06-29", GV_ENOTFOUND, "no revision \"2022-06-29\": the history begins on 2022-06-30" },
		{ "--all", GV_ENOTFOUND, "no revision \"--all\"" },
		{ "main..side", GV_ENOTFOUND, "no revision \"main..side\"" },
		{ "config", GV_ENOTFOUND, "no revision \"config\"" },
		{ "../r/refs/heads/main", GV_ENOTFOUND, "no revision \"../r/refs/heads/main\"" },
		{ "atree", GV_EDATA, "\"atree\" is a tree, not a commit" },
		{ "ablob", GV_EDATA, "\"ablob\" is a blob, not a commit" },
		{ "main^{tree}", GV_EDATA, "\"main^{tree}\" is a tree, not a commit" },
		{ "main:gavel.json", GV_EDATA, "\"main:gavel.json\" is a blob, not a commit" },
	};
	static const struct { const char *day, *want; } days[] = {
		{ "2022-06-30", "main~2" }, { "2022-07-01", "main~1" }, { "2022-07-02", "main~1" }, { "2022-07-03", "main" },
		{ "2199-12-31", "main" },
	};
	struct gv_oid oid, want;
	struct gv_store *s;
	char rev[64];

	start_docket();
	/* committed at the last second of a day in China, at the first of one, and on a side line between */
	CHECK_INT(sh("cd r && c() { git commit-tree -m $2 $3 main^{tree} -p main; } && export GIT_COMMITTER_DATE && "
	             "GIT_COMMITTER_DATE='1656604799 +0000' && git update-ref refs/heads/main $(git commit-tree -m first main^{tree}) && "
	             "GIT_COMMITTER_DATE='1656604800 +0000' && git update-ref refs/heads/side $(c 0 side) && git update-ref refs/heads/main $(c 0 second) && "
	             "GIT_COMMITTER_DATE='1656790000 +0000' && git update-ref refs/heads/main $(c 0 third '-p side') && "
	             "git tag tag main~1 && git tag -a -m m annotated main && git -c advice.nestedTag=false tag -a -m m twice annotated && git branch 部门/甲 side && "
	             "git tag atree main^{tree} && git tag ablob main:gavel.json && git update-ref refs/remotes/origin/main side && "
	             "git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/main"), 0);
	s = docket_open();
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		if (!has_helper() && strpbrk(good[i], "~^@:"))
			continue;
		snprintf(rev, sizeof rev, "%s^{commit}", good[i]);
		want = oid_of_rev(good[i][0] == ':' ? good[i] : rev);
		CHECK_OK(gv_store_resolve(s, good[i], &oid, &err), &err);
		CHECK_ROW(gv_oid_eq(&oid, &want), good[i]);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		if (has_helper() || bad[i].rc == GV_EDATA)
			CHECK_ERR(gv_store_resolve(s, bad[i].rev, &oid, &err), &err, bad[i].rc, bad[i].text);
	}
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
		want = oid_of_rev(days[i].want);
		CHECK_OK(gv_store_at(s, days[i].day, &err), &err);
		CHECK_ROW(gv_oid_eq(gv_store_commit_id(s), &want), days[i].day);
	}
	for (size_t n = 4; n <= 40; n++) { /* a prefix of the id, even one that a tree or a blob shares */
		snprintf(rev, sizeof rev, "%.*s", (int)n, sh_out("git -C r rev-parse side"));
		want = oid_of_rev("side");
		CHECK_OK(gv_store_resolve(s, rev, &oid, &err), &err);
		CHECK(gv_oid_eq(&oid, &want));
	}
	gv_store_close(s);
	repo_done();
}

static void ambiguous_prefixes(void)
{
	struct gv_store *s;
	struct gv_oid oid, want;
	char prefix[8];

	start_docket();
	/* so many blobs that some begin as one of the commits does; all ids are always the same */
	CHECK_INT(sh("cd r && awk 'BEGIN { for (i = 0; i < 20000; i++) printf \"blob\\ndata <<E\\n%%d\\nE\\n\", i;"
	             " for (i = 0; i < 60; i++) printf \"commit refs/heads/c%%d\\ncommitter A <a@b> %%d +0800\\ndata 2\\nx\\n\\n\", i, 1656547200 + i }' | "
	             "git fast-import --quiet && git cat-file --batch-all-objects --batch-check='%%(objecttype) %%(objectname)' | cut -c 1-11 >../all && "
	             "grep ^commit ../all | cut -c 8- | sort | uniq -u >../commits && grep ^blob ../all | cut -c 6-9 | sort >../blobs && "
	             "sort -u ../blobs | comm -12 - ../commits >../both"), 0);
	s = docket_open();
	snprintf(prefix, sizeof prefix, "%s", sh_out("head -n 1 both")); /* blobs do not count */
	CHECK_INT(strlen(prefix), 4);
	CHECK(gv_oid_read(&want, gv_str_of(sh_out("git -C r for-each-ref --format='%%(objectname)' | grep ^%s", prefix))));
	CHECK_OK(gv_store_resolve(s, prefix, &oid, &err), &err);
	CHECK(gv_oid_eq(&oid, &want));
	snprintf(prefix, sizeof prefix, "%s", sh_out("uniq -d blobs | comm -23 - commits | head -n 1"));
	CHECK_INT(gv_store_resolve(s, prefix, &oid, &err), GV_EDATA);
	CHECK(strstr(err.msg, "is ambiguous") != NULL);
	gv_store_close(s);
	repo_done();
}

static void at_and_refresh(void)
{
	struct gv_store *s;
	struct gv_str text;
	struct gv_oid first;

	start_docket();
	s = docket_open();
	first = *gv_store_commit_id(s);
	CHECK_STR(gv_store_court(s), "沪0114");
	CHECK_ERR(gv_store_read(s, "new", &text, NULL, &err), &err, GV_ENOTFOUND, "new: not in the docket");
	add_file("new", "two\n", "two");
	CHECK_INT(gv_store_read(s, "new", &text, NULL, &err), GV_ENOTFOUND);
	CHECK_OK(gv_store_refresh(s, &err), &err);
	CHECK_OK(gv_store_read(s, "new", &text, NULL, &err), &err);
	CHECK_BYTES(text, GV_STR("two\n"));
	add_file("gavel.json", "{\"court\":\"京0105\",\"fanout\":100,\"format\":1,\"zone\":\"Asia/Shanghai\"}", "moved");
	CHECK_OK(gv_store_refresh(s, &err), &err);
	CHECK_STR(gv_store_court(s), "京0105");
	CHECK_OK(gv_store_at(s, sh_out("git -C r rev-parse main~1"), &err), &err);
	CHECK_STR(gv_store_court(s), "沪0114");
	CHECK_OK(gv_store_at(s, sh_out("git -C r rev-parse main~2"), &err), &err);
	CHECK(gv_oid_eq(gv_store_commit_id(s), &first));
	CHECK_INT(gv_store_read(s, "new", &text, NULL, &err), GV_ENOTFOUND);
	/* a commit that is no docket, and one that is broken, leave the snapshot as it is */
	CHECK_INT(sh("cd r && git tag none $(git commit-tree -m m $(git mktree </dev/null)) && "
	             "git tag broken $(git rev-parse main | sed s/^main//; true)"), 0);
	CHECK_INT(gv_store_at(s, "none", &err), GV_EDATA);
	CHECK(strstr(err.msg, "no docket yet in commit ") != NULL);
	CHECK(gv_oid_eq(gv_store_commit_id(s), &first));
	add_file("gavel.json", "{\"format\":2}", "from the future");
	CHECK_INT(gv_store_refresh(s, &err), GV_EDATA);
	CHECK(gv_oid_eq(gv_store_commit_id(s), &first));
	CHECK_STR(gv_store_court(s), "沪0114");
	gv_store_close(s);
	repo_done();
}

/* ---- records ---- */

static void records(void)
{
	struct gv_buf blob = GV_BUF_INIT(4096);
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_store *s;
	struct gv_rec rec;
	struct gv_str text;
	struct gv_oid oid, want;
	struct gv_id id;

	start_docket();
	add_file("cases/2022/沪0114/民初/0012/1234.json", "{\n  \"id\": \"（2022）沪0114民初1234号\",\n  \"kind\": \"case\"\n}\n", "one");
	add_file("cases/2022/沪0114/民初/0012/1235.json", "{\"id\": }", "broken");
	add_file("cases/2022/沪0114/民初/0012/1236.json", "[]", "no object");
	CHECK_INT(sh("cd r && export GIT_INDEX_FILE=i && git read-tree main && git update-index --add --cacheinfo "
	             "120000,$(printf gavel.json | git hash-object -w --stdin),cases/2022/沪0114/民初/0012/1237.json && "
	             "git update-ref refs/heads/main $(git commit-tree -m m -p main $(git write-tree))"), 0);
	s = docket_open();
	CHECK_OK(gv_id_parse(&id, GV_STR("2022沪0114民初1234"), gv_schema_find(GV_STR("case")), gv_store_caseno(s), &err), &err);
	CHECK_OK(gv_store_get(s, &id, &doc, &rec, &err), &err);
	CHECK_BYTES(gv_val_getstr(rec.val, "id"), GV_STR("（2022）沪0114民初1234号"));
	CHECK_STR(rec.id.key, "（2022）沪0114民初1234号");
	CHECK_OK(gv_store_read(s, "cases/2022/沪0114/民初/0012/1234.json", &text, &oid, &err), &err);
	want = oid_of_rev("main:cases/2022/沪0114/民初/0012/1234.json");
	CHECK(gv_oid_eq(&oid, &want));
	gv_buf_adds(&blob, "before ");
	CHECK_OK(gv_store_blob(s, &oid, &blob, &err), &err);
	CHECK(strncmp(blob.p, "before {", 8) == 0);
	blob.max = blob.n + 3;
	CHECK_INT(gv_store_blob(s, &oid, &blob, &err), GV_EINTEGRITY);
	gv_buf_free(&blob);

	CHECK_OK(gv_id_parse(&id, GV_STR("民初12号"), gv_schema_find(GV_STR("case")), gv_store_caseno(s), &err), &err);
	CHECK_ERR(gv_store_get(s, &id, &doc, &rec, &err), &err, GV_ENOTFOUND, "（2022）沪0114民初12号: not in the docket");
	CHECK_OK(gv_id_parse(&id, GV_STR("民初1235"), gv_schema_find(GV_STR("case")), gv_store_caseno(s), &err), &err);
	CHECK_INT(gv_store_get(s, &id, &doc, &rec, &err), GV_EDATA);
	CHECK_STR(err.thing, "cases/2022/沪0114/民初/0012/1235.json");
	CHECK_OK(gv_id_parse(&id, GV_STR("民初1236"), gv_schema_find(GV_STR("case")), gv_store_caseno(s), &err), &err);
	CHECK_ERR(gv_store_get(s, &id, &doc, &rec, &err), &err, GV_EDATA,
	          "cases/2022/沪0114/民初/0012/1236.json: not a JSON object");
	CHECK_ERR(gv_store_read(s, "cases/2022/沪0114/民初/0012/1237.json", &text, NULL, &err), &err, GV_EINTEGRITY,
	          "cases/2022/沪0114/民初/0012/1237.json: a link, not a file");
	CHECK_ERR(gv_store_read(s, "cases/2022", &text, NULL, &err), &err, GV_ENOTFOUND, "cases/2022: a folder, not a record");
	gv_doc_free(&doc);
	gv_store_close(s);
	repo_done();
}

UNIT_MAIN("store",
	{ "every reason why a docket cannot be opened", open_errors },
	{ "found from here", open_from_here },
	{ "another owner", open_owners },
	{ "no permission", open_permissions },
	{ "modes and settings of a new repository", init_modes },
	{ "revisions, as git rev-parse", revisions },
	{ "prefixes of commit ids", ambiguous_prefixes },
	{ "at and refresh", at_and_refresh },
	{ "reading one record", records })
