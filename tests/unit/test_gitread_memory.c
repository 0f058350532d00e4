/* SPDX-License-Identifier: MIT */
/* Every allocation of the reading half fails once: GV_EIO each time, nothing kept. */
#include "oom.h"

#include <time.h>

#include "gitread_unit.h"

#include "gitconf.h"
#include "gitref.h"
#include "store_impl.h"

static struct gv_err err;

/* A docket with a delta chain, loose objects, a packed ref and an alternate. */
static void fill(void)
{
	start_docket();
	CHECK_INT(sh("awk 'BEGIN { print \"commit refs/heads/main\\ncommitter A <a@b> 1656547200 +0800\\ndata 1\\nx\\nfrom refs/heads/main^0\";"
	             " for (i = 1; i <= 120; i++) printf \"M 100644 inline cases/2022/沪0114/民初/%%04d/%%d.json\\ndata <<E\\n{\\n  \\\"id\\\": \\\"（2022）沪0114民初%%d号\\\",\\n"
	             "  \\\"kind\\\": \\\"case\\\"\\n}\\nE\\n\", int(i / 100), i, i }' | git -C r fast-import --quiet && "
	             "git -C r repack -adfq --depth=20 && git -C r pack-refs --all && git init -q --bare alt && "
	             "echo \"$PWD/alt/objects\" >r/objects/info/alternates"), 0);
	add_file("cases/2022/沪0114/民初/0001/130.json", "{\"kind\":\"case\"}", "loose");
}

static int count(void *ctx, const struct gv_item *item)
{
	(void)item;
	++*(size_t *)ctx;
	return 0;
}

static int count_change(void *ctx, const struct gv_change *c)
{
	(void)c;
	++*(size_t *)ctx;
	return 0;
}

static int count_commit(void *ctx, const struct gv_commit *c)
{
	(void)c;
	++*(size_t *)ctx;
	return 0;
}

/* Open, find, read, scan, compare, walk: 0, or the first failure. */
static int use_docket(size_t *n)
{
	struct gv_oid zero = { { 0 } }, commit;
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_store *s = NULL;
	struct gv_rec rec;
	struct gv_id id;
	int rc = gv_store_open(&s, "r", &err);

	if (!rc)
		rc = gv_id_parse(&id, GV_STR("（2022）沪0114民初77号"), NULL, gv_store_caseno(s), &err);
	if (!rc)
		rc = gv_store_get(s, &id, &doc, &rec, &err);
	if (!rc)
		rc = gv_store_scan(s, &(struct gv_scan){ 0 }, count, n, &err);
	if (!rc)
		rc = gv_store_resolve(s, "2022-06-30", &commit, &err);
	if (!rc)
		rc = gv_store_at(s, "HEAD", &err);
	if (!rc)
		rc = gv_store_diff(s, &zero, gv_store_commit_id(s), "", count_change, n, &err);
	if (!rc)
		rc = gv_store_log(s, gv_store_commit_id(s), false, count_commit, n, &err);
	gv_doc_free(&doc);
	gv_store_close(s);
	return rc;
}

static void dockets(void)
{
	size_t n = 0, rounds = 0;

	OOM_NEEDED();
	fill();
	CHECK_OK(use_docket(&n), &err);
	CHECK_INT(n, 121 + 122 + 3);
	for (size_t k = 1; oom_begin(k); k++, oom_end()) {
		int rc = use_docket(&n);

		/* Some allocations are libc's own and may be done without; then it just works. */
		if (rc && rc != GV_EIO) {
			oom_quiet();
			CHECK_INT(rc, GV_EIO);
			CHECK_OK(rc, &err);
		}
		rounds = k;
	}
	CHECK(rounds > 50);
	CHECK_INT(oom_leaks, 0);
	repo_done();
}

static void settings(void)
{
	OOM_NEEDED();
	start_docket();
	unsetenv("GIT_COMMITTER_NAME");
	unsetenv("GIT_COMMITTER_EMAIL");
	CHECK_INT(sh("git config -f g user.name 张三 && git config -f g user.email z@example.org"), 0);
	setenv("GIT_CONFIG_GLOBAL", "g", 1);
	setenv("GIT_CONFIG_COUNT", "1", 1);
	setenv("GIT_CONFIG_KEY_0", "safe.directory", 1);
	setenv("GIT_CONFIG_VALUE_0", "/srv", 1);
	tzset(); /* libc keeps the time zone */
	for (size_t k = 1; oom_begin(k); k++, oom_end()) {
		struct gv_buf who = GV_BUF_INIT(4096);
		bool safe = false;
		int rc = gv_gitconf_person("r", true, &who, &err), rc2 = gv_gitconf_safe_directory("/srv", &safe, &err);

		CHECK(rc == 0 || rc == GV_EIO);
		CHECK(rc2 == 0 || rc2 == GV_EIO);
		CHECK(rc || strncmp(who.p, "张三 <z@example.org> ", strlen("张三 <z@example.org> ")) == 0);
		CHECK(rc2 || safe);
		gv_buf_free(&who);
	}
	CHECK_INT(oom_leaks, 0);
	unsetenv("GIT_CONFIG_COUNT");
	repo_done();
}

UNIT_MAIN("gitread_memory",
	{ "a docket, opened and read", dockets },
	{ "settings", settings })
