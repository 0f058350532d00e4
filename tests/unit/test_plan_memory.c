/* SPDX-License-Identifier: MIT */
/*
 * Writing when memory runs out: the first allocation fails, then the second, and so on until the work needs no
 * more; once alone, once with all that follow.  Each failure is GV_EIO, nothing is left behind, neither
 * memory nor files, and main has not moved.
 */
#include <ftw.h>

#include "docket.h"
#include "oom.h"

static struct gv_err err;
static unsigned turn;

#define RECORD(claim, judge) "{\n  \"claim_fen\": " #claim ",\n  \"id\": \"（2022）沪0114民初%u号\",\n  \"judge\": \"" judge \
	"\",\n  \"kind\": \"case\",\n  \"state\": \"open\"\n}\n"

static int put_and_commit(unsigned n, const char *text, const struct gv_oid *base, size_t files, struct gv_err *e)
{
	struct gv_commit_opts o = { .command = "test", .what = "x", .reason = "y", .lock_seconds = 1 };
	struct gv_store *store;
	struct gv_plan *p = NULL;
	struct gv_commit_result r;
	char path[64];
	int rc = gv_store_open(&store, "r", e);

	if (!rc)
		rc = gv_plan_new(&p, store, e);
	snprintf(path, sizeof path, "cases/2022/沪0114/民初/%04u/%u.json", n / 100, n);
	if (!rc)
		rc = gv_plan_put_text(p, path, base, gv_str_of(text), e);
	for (size_t i = 0; i < files && !rc; i++) {
		snprintf(path, sizeof path, "rules/%u/%zu.jq", n, i);
		rc = gv_plan_put_text(p, path, NULL, gv_str_of(path), e);
	}
	if (!rc)
		rc = gv_store_commit(store, p, &o, &r, e);
	gv_plan_free(p);
	gv_store_close(store);
	return rc;
}

/* Each job takes one turn; prepare() runs without torture. */
struct job {
	const char *set_up;  /* of the docket, or NULL */
	void (*prepare)(void);
	int (*run)(struct gv_err *e);
	size_t extra;  /* files beside the record: enough of them for a pack */
};

static const struct job *at_work;
static struct gv_oid base;

static void nothing(void)
{
}

static int add(struct gv_err *e)
{
	char text[512];

	snprintf(text, sizeof text, RECORD(1, "王"), turn);
	return put_and_commit(turn, text, NULL, at_work->extra, e);
}

/* Somebody added the record and changed one field; we change another. */
static void meet_prepare(void)
{
	char text[512];

	snprintf(text, sizeof text, RECORD(1, "王"), turn);
	gv_oid_of(&base, "blob", gv_str_of(text));
	CHECK_OK(put_and_commit(turn, text, NULL, 0, &err), &err);
	snprintf(text, sizeof text, RECORD(2, "王"), turn);
	CHECK_OK(put_and_commit(turn, text, &base, 0, &err), &err);
}

static int meet(struct gv_err *e)
{
	char text[512];

	snprintf(text, sizeof text, RECORD(1, "李"), turn);
	return put_and_commit(turn, text, &base, 0, e);
}

static int view(struct gv_err *e)
{
	struct gv_store *store;
	struct gv_view_result r;
	int rc = gv_store_open(&store, "r", e);

	if (!rc)
		rc = gv_store_checkout(store, "view", &r, e);
	gv_store_close(store);
	return rc;
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

static int is_left_over(const char *path, const struct stat *st, int flag, struct FTW *at)
{
	const char *name = path + at->base, *dot = strrchr(name, '.');

	(void)st;
	(void)flag;
	CHECK_ROW(!strstr(name, "tmp") && !(dot && strcmp(dot, ".keep") == 0) && strcmp(name, "main.lock") != 0, path);
	return 0;
}

static char before[GV_HEX + 1];  /* where main is */

/* Failures change nothing, so the next round takes the docket as it is. */
static void fresh_docket(void)
{
	sh("rm -rf r && cp -a fresh r");
	turn++;
	at_work->prepare();
	snprintf(before, sizeof before, "%s", main_id());
}

static void torment(void)
{
	struct gv_err e = { 0 };
	size_t rounds = 0;
	int rc = 0;

	fresh_docket();
	for (size_t n = 1; oom_begin(n); n++, oom_end()) {
		gv_err_clear(&e);
		rc = at_work->run(&e);
		oom_quiet();
		rounds = n;
		if (!rc && oom_hit)
			fresh_docket();
		if (!rc)
			continue;
		CHECK_ROW(rc == GV_EIO, e.msg);
		CHECK_STR(main_id(), before);
		nftw("r", is_left_over, 16, FTW_PHYS);
	}
	CHECK_OK(rc, &e);
	CHECK_INT(oom_leaks, 0);
	printf("# %zu allocations\n", rounds);
}

static void run(const struct job *job)
{
	OOM_NEEDED();
	at_work = job;
	docket_new();
	if (job->set_up)
		CHECK(sh("%s", job->set_up) == 0);
	sh("cp -a r fresh");
	turn++;
	at_work->prepare();
	CHECK_OK(at_work->run(&err), &err); /* what is kept for the process is made now */
	for (int i = 0; i < 2; i++) {
		oom_for_good = i;
		torment();
	}
	check_fsck("r");
	repo_done();
}

static void adds(void)
{
	run(&(struct job){ NULL, nothing, add, 0 });
}

/* An RSA key: what libcrypto keeps after checking another would count as a leak. */
static void signs(void)
{
	run(&(struct job){ "ssh-keygen -q -t rsa -b 2048 -N '' -f k && git -C r config gpg.format ssh && "
	                   "git -C r config user.signingKey $PWD/k && git -C r config commit.gpgsign true", nothing, add, 0 });
}

static void packs(void)
{
	run(&(struct job){ NULL, nothing, add, 120 });
}

static void meets(void)
{
	run(&(struct job){ NULL, meet_prepare, meet, 0 });
}

static void views(void)
{
	run(&(struct job){ NULL, nothing, view, 0 });
}

UNIT_MAIN("plan-memory", { "adds", adds }, { "adds signed", signs }, { "adds a pack", packs }, { "joins", meets }, { "views", views })
