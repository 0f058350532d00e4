/* SPDX-License-Identifier: MIT */
/*
 * oom: let the n-th allocation fail, for n = 1, 2, ... until a call gets through:
 *     for (size_t n = 1; oom_begin(n); n++, oom_end()) { rc = call(); ...; free what it gave }
 *     CHECK_INT(oom_leaks, 0);
 * oom_hit tells whether the failure has happened, oom_leaks counts the rounds that
 * kept memory.  Only one file of a program includes this.  The sanitizers bring
 * a malloc of their own: there oom_begin() is false from the start, OOM_WORKS is 0.
 */
#ifndef GAVEL_OOM_H
#define GAVEL_OOM_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

#if defined(__SANITIZE_ADDRESS__) || !defined(__GLIBC__)
#define OOM_WORKS 0
#else
#define OOM_WORKS 1
#endif

static size_t oom_in;   /* allocations until the one that fails; 0: none does */
static bool oom_hit;
static bool oom_over;   /* the last round had no failure: that was all of it */
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

static inline void oom_end(void)
{
	oom_in = 0;
	oom_over = !oom_hit;
	oom_leaks += oom_live > oom_before;
}

#if OOM_WORKS
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void __libc_free(void *p);

static bool oom_now(void)
{
	if (!oom_in || --oom_in)
		return false;
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

void free(void *p)
{
	oom_live -= p != NULL;
	__libc_free(p);
}
#endif

#endif
