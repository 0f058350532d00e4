/* SPDX-License-Identifier: MIT */
/*
 * An LD_PRELOAD shim that counts the allocations of a program and lets the n-th of them fail.
 *
 *   MEMORY_OF=NAME      the program that is meant: its children and helpers go on as ever
 *   MEMORY_COUNT=FILE   16 bytes, two numbers, shared: allocations made, blocks that were never given back
 *   MEMORY_AT=N         the allocation that fails; 0 = count only
 *   MEMORY_HOW=once     that one alone
 *             =on       and all that come after it
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void *__libc_memalign(size_t align, size_t n);
void __libc_free(void *p);

static _Atomic unsigned long *made, *live;
static unsigned long at;
static bool on;

__attribute__((constructor)) static void start(void)
{
	const char *file = getenv("MEMORY_COUNT"), *of = getenv("MEMORY_OF"), *n = getenv("MEMORY_AT");
	const char *how = getenv("MEMORY_HOW");
	_Atomic unsigned long *p;
	int fd;

	if (!file || !of || strcmp(of, program_invocation_short_name) != 0)
		return;
	fd = (int)syscall(SYS_openat, AT_FDCWD, file, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return;
	p = mmap(NULL, 2 * sizeof *p, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	syscall(SYS_close, fd);
	if (p == MAP_FAILED)
		return;
	at = n ? strtoul(n, NULL, 10) : 0;
	on = how && strcmp(how, "on") == 0;
	live = p + 1;
	made = p;
}

/* A child that has not become another program yet shares the counters: it is not meant. */
static bool fails(void)
{
	unsigned long n;

	if (!made)
		return false;
	n = atomic_fetch_add(made, 1) + 1;
	if (!at || (on ? n < at : n != at))
		return false;
	errno = ENOMEM;
	return true;
}

static void *given(void *p)
{
	if (p && live)
		atomic_fetch_add(live, 1);
	return p;
}

void *malloc(size_t n)
{
	return fails() ? NULL : given(__libc_malloc(n));
}

void *calloc(size_t n, size_t size)
{
	return fails() ? NULL : given(__libc_calloc(n, size));
}

void *realloc(void *p, size_t n)
{
	void *q;

	if (fails())
		return NULL;
	q = __libc_realloc(p, n);
	return p ? q : given(q);
}

void *reallocarray(void *p, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(p, n * size);
}

void *memalign(size_t align, size_t n)
{
	return fails() ? NULL : given(__libc_memalign(align, n));
}

void *aligned_alloc(size_t align, size_t n)
{
	return memalign(align, n);
}

int posix_memalign(void **out, size_t align, size_t n)
{
	void *p = memalign(align, n);

	if (!p)
		return ENOMEM;
	*out = p;
	return 0;
}

void free(void *p)
{
	if (p && live)
		atomic_fetch_sub(live, 1);
	__libc_free(p);
}
