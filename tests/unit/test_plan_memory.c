/* SPDX-License-Identifier: MIT */
/*
 * Writing when memory runs out: the first allocation fails, then the second, and so on until the work needs no
 * more; once alone, once with all that follow.  Each failure is GV_EIO, nothing is left behind, neither
 * memory nor files, and main has not moved.
 */
#include "docket.h"

#if defined(__SANITIZE_ADDRESS__)
#define WE_OWN_MALLOC 0  /* the sanitizer does; leaks show in the plain build, by counting */
#else
#define WE_OWN_MALLOC 1
#endif

static bool torture;     /* count, and fail */
static bool for_good;    /* ... all that follow, too */
static size_t calls, fails_at;
static long live;        /* blocks taken and not given back meanwhile */

#if WE_OWN_MALLOC
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void __libc_free(void *p);

static bool refuse(void)
{
	return torture && (++calls == fails_at || (for_good && calls > fails_at));
}

void *malloc(size_t n)
{
	if (refuse())
		return NULL;
	live += torture;
	return __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	if (refuse())
		return NULL;
	live += torture;
	return __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
	if (refuse())
		return NULL;
	live += torture && !p;
	return __libc_realloc(p, n);
}

void free(void *p)
{
	live -= torture && p;
	__libc_free(p);
}
#endif

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

static void torment(void)
{
	struct gv_err e = { 0 };
	int rc;

	fails_at = 0;
	do {
		const char *before;

		turn++;
		sh("rm -rf r && cp -a fresh r"); /* what succeeds although memory was short must not pile up */
		at_work->prepare();
		before = sh_out("cat r/refs/heads/main");
		calls = 0;
		live = 0;
		fails_at += for_good ? 5 : 1;
		gv_err_clear(&e);
		torture = true;
		rc = at_work->run(&e);
		torture = false;
		CHECK_INT(live, 0);
		if (rc) {
			CHECK_ROW(rc == GV_EIO, e.msg);
			CHECK_STR(sh_out("cat r/refs/heads/main; find r -name '*tmp*' -o -name main.lock"), before);
		}
	} while (calls >= fails_at && fails_at < 3000);
	CHECK_OK(rc, &e);
	printf("# %zu allocations\n", calls);
}

static void run(const struct job *job)
{
	at_work = job;
	docket_new();
	sh("cp -a r fresh");
	turn++;
	at_work->prepare();
	CHECK_OK(at_work->run(&err), &err); /* what is kept for the process is made now */
	for (int i = 0; i < 2; i++) {
		for_good = i;
		torment();
	}
	check_fsck("r");
	repo_done();
}

static void adds(void)
{
	run(&(struct job){ nothing, add, 0 });
}

static void packs(void)
{
	run(&(struct job){ nothing, add, 120 });
}

static void meets(void)
{
	run(&(struct job){ meet_prepare, meet, 0 });
}

static void views(void)
{
	run(&(struct job){ nothing, view, 0 });
}

UNIT_MAIN("plan-memory", { "adds", adds }, { "adds a pack", packs }, { "joins", meets }, { "views", views })
