/* SPDX-License-Identifier: MIT */
/*
 * oom: memory that runs out at the n-th allocation, for n = 1, 2, ... until a call needs no more:
 *     for (size_t n = 1; oom_begin(n); n++, oom_end()) { rc = call(); ...; free what it gave }
 *     CHECK_INT(oom_leaks, 0);
 * or oom_run(job), which does this with the checks that most want.  With oom_for_good all that come
 * after the n-th fail, too, and not it alone.
 *
 * Within the loop oom_hit tells whether the failure has happened, oom_quiet() gets memory for sure;
 * oom_leaks counts the rounds that kept memory.  Only one file of a program includes this.  The
 * sanitizers bring a malloc of their own: there oom_begin() is false from the start and OOM_WORKS is 0.
 */
#ifndef GAVEL_OOM_H
#define GAVEL_OOM_H

#include <errno.h>

#include "unit.h"

#if defined(__SANITIZE_ADDRESS__) || !defined(__GLIBC__)
#define OOM_WORKS 0
#else
#define OOM_WORKS 1
#endif

#define OOM_NEEDED() do { \
		if (!OOM_WORKS) \
			SKIP("memory that runs out: the sanitizer owns malloc"); \
	} while (0)

static bool oom_for_good;
static size_t oom_in;     /* allocations until the one that fails; 0: none does */
static bool oom_hit;
static bool oom_over;     /* the last round had no failure: that was all of it */
static size_t oom_live, oom_before, oom_leaks;

static inline bool oom_begin(size_t n)
{
	if (!OOM_WORKS || oom_over) {
		oom_over = false;
		return false;
	}
	if (n == 1)
		oom_leaks = 0;
	oom_hit = false;
	oom_before = oom_live;
	oom_in = n;
	return true;
}

/* No failure any more in this round. */
static inline void oom_quiet(void)
{
	oom_in = 0;
}

static inline void oom_end(void)
{
	oom_quiet();
	oom_over = !oom_hit;
	oom_leaks += oom_live > oom_before;
}

/*
 * A job gives back all that it takes and returns what went wrong: that is nothing, where there is a second way, or
 * GV_EIO, "out of memory".  Gives how many allocations it makes.  What a job keeps for its next call
 * counts as a leak in oom_leaks, so that is left to the caller.
 */
static inline size_t oom_run(int (*job)(struct gv_err *err))
{
	struct gv_err err = { 0 };
	size_t rounds = 0;
	int rc = 0;

	for (size_t n = 1; oom_begin(n); n++, oom_end()) {
		gv_err_clear(&err);
		rc = job(&err);
		oom_quiet();
		if (rc) {
			CHECK_INT(rc, GV_EIO);
			CHECK_STR(err.msg, "out of memory");
		}
		rounds = n;
	}
	CHECK_OK(rc, &err);
	return rounds;
}

/* Both ways. */
static inline size_t oom_run_both(int (*job)(struct gv_err *err))
{
	size_t rounds = 0;

	for (int i = 0; i < 2; i++) {
		oom_for_good = i;
		rounds = oom_run(job);
		CHECK_INT(oom_leaks, 0);
	}
	oom_for_good = false;
	return rounds;
}

#if OOM_WORKS
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void *__libc_memalign(size_t alignment, size_t n);
void __libc_free(void *p);

static bool oom_now(void)
{
	if (!oom_in || --oom_in)
		return false;
	oom_in = oom_for_good;
	oom_hit = true;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t n)
{
	void *p = oom_now() ? NULL : __libc_malloc(n);

	oom_live += p != NULL;
	return p;
}

void *calloc(size_t n, size_t size)
{
	void *p = oom_now() ? NULL : __libc_calloc(n, size);

	oom_live += p != NULL;
	return p;
}

void *realloc(void *old, size_t n)
{
	void *p = oom_now() ? NULL : __libc_realloc(old, n);

	oom_live += p != NULL && old == NULL;
	return p;
}

void *aligned_alloc(size_t alignment, size_t n)
{
	void *p = oom_now() ? NULL : __libc_memalign(alignment, n);

	oom_live += p != NULL;
	return p;
}

void free(void *p)
{
	oom_live -= p != NULL;
	__libc_free(p);
}
#endif

#endif
