/* SPDX-License-Identifier: MIT */
/*
 * Joining when memory runs out: the first allocation fails, then the second, and so on until the join needs no more.
 * Each failure is GV_EIO, main has not moved, nothing is left behind; what succeeds all the same has the same tree.
 */
#include <ftw.h>

#include "oom.h"

#include "merge_unit.h"

static struct gv_oid theirs;
static char before[GV_HEX + 1], tree[GV_HEX + 1];

/* The commit's time is that of the process; the tree is what must not differ. */
static int merge(struct gv_err *e)
{
	struct gv_merge_opts o = { .command = "case-file merge", .what = "them", .lock_seconds = 1 };
	struct gv_merge_result r;
	struct gv_store *s;
	int rc = gv_store_open(&s, "r", e);

	if (!rc)
		rc = gv_store_merge(s, &theirs, &o, &r, e);
	gv_store_close(s);
	return rc;
}

static void write_case(struct gv_oid *tip, unsigned serial, const char *members)
{
	char path[64], id[64];

	snprintf(path, sizeof path, "cases/2022/沪0114/民初/0000/%u.json", serial);
	snprintf(id, sizeof id, "（2022）沪0114民初%u号", serial);
	write_file(tip, path, case_text(id, members));
}

/* Two lines with two common ancestors, that have everything: fields, events, conflicts, open ones, other files. */
static void two_lines(void)
{
	struct gv_oid a, b;

	tribunals_new(&a, &b);
	for (unsigned i = 1; i <= 3; i++)
		write_case(&a, i, "\"judge\":\"甲\"");
	b = a;
	clock_set(1);
	write_case(&a, 1, "\"judge\":\"乙\"");
	write_file(&a, "signers", "a@b ssh-ed25519 A\n");
	clock_set(2);
	write_case(&b, 1, "\"judge\":\"丙\"");
	write_file(&b, "signers", "b@b ssh-ed25519 B\n");
	join_both(&a, &b);
	clock_set(3);
	write_case(&a, 2, "\"closed_on\":\"2022-06-01\",\"events\":[{\"eid\":\"aaaaaaaaaaaaaa22\",\"event\":\"close\",\"on\":\"2022-06-01\"}],\"state\":\"closed\"");
	write_case(&a, 1, "\"judge\":\"丁\"");
	write_case(&a, 4, "\"judge\":\"丁\"");
	write_file(&a, "README", "a\n");
	clock_set(4);
	write_case(&b, 2, "\"events\":[{\"eid\":\"aaaaaaaaaaaaaa23\",\"event\":\"suspend\",\"on\":\"2022-06-01\"}],\"state\":\"suspended\"");
	write_case(&b, 1, "\"judge\":\"戊\"");
	write_case(&b, 3, "\"filed_on\":\"2022-06-01\"");
	write_case(&b, 4, "\"judge\":\"戊\"");
	write_file(&b, "README", "b\n");
	go_to(&a);
	gv_oid_hex(&a, before);
	theirs = b;
	gv_store_close(docket);
	docket = NULL;
}

static int is_left_over(const char *path, const struct stat *st, int flag, struct FTW *at)
{
	const char *name = path + at->base, *dot = strrchr(name, '.');

	(void)st;
	(void)flag;
	CHECK_ROW(!strstr(name, "tmp") && !(dot && strcmp(dot, ".keep") == 0) && strcmp(name, "main.lock") != 0, path);
	return 0;
}

static const char *main_id(void)
{
	static char id[GV_HEX + 1];
	struct gv_buf text = GV_BUF_INIT(4096);

	CHECK_OK(gv_buf_read_file(&text, "r/refs/heads/main", &err), &err);
	snprintf(id, sizeof id, "%s", text.p ? text.p : "");
	gv_buf_free(&text);
	return id;
}

static void torment(void)
{
	struct gv_err e = { 0 };
	size_t rounds = 0;
	size_t survived = 0;
	int rc = 0;

	for (size_t n = 1; oom_begin(n); n++, oom_end()) {
		gv_err_clear(&e);
		rc = merge(&e);
		oom_quiet();
		rounds = n;
		if (rc) {
			CHECK_ROW(rc == GV_EIO, e.msg);
			CHECK_STR(main_id(), before);
			if (n % 8 == 0)
				nftw("r", is_left_over, 16, FTW_PHYS);
		} else {
			CHECK_STR(sh_out("git -C r rev-parse 'main^{tree}'"), tree);
			sh("rm -rf r && cp -a fresh r");
			survived++;
		}
	}
	CHECK_OK(rc, &e);
	CHECK_INT(oom_leaks, 0);
	printf("# %zu allocations, %zu not needed\n", rounds, survived);
}

static void joins(void)
{
	OOM_NEEDED();
	two_lines();
	sh("cp -a r fresh");
	CHECK_OK(merge(&err), &err); /* what is kept for the process is made now */
	snprintf(tree, sizeof tree, "%s", sh_out("git -C r rev-parse 'main^{tree}'"));
	for (int i = 0; i < 2; i++) {
		oom_for_good = i;
		sh("rm -rf r && cp -a fresh r");
		torment();
	}
	check_fsck("r");
	repo_done();
}

UNIT_MAIN("store_merge_memory", { "joins", joins })
