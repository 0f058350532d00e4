/* SPDX-License-Identifier: MIT */
/*
 * A fuzzer's target without a fuzzer: every stored input, and so many mutations of each that are the same in
 * every run.  For `make check`, where no clang is needed.
 *   NAME [-n MUTATIONS] CORPUS
 * Says how many inputs there were; when the target falls, which one it was.
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

enum { SEEDS_MAX = 512, GROWTH = 64, CHANGES = 4 };

enum { NAME_ROOM = 128 };
struct seed { char name[NAME_ROOM]; uint8_t *p; size_t n; };

static struct seed seeds[SEEDS_MAX];
static size_t nseeds;
static char now[320];  /* the input at work */

static void say_what(int sig)
{
	(void)!write(STDERR_FILENO, now, strlen(now));
	signal(sig, SIG_DFL);
	raise(sig);
}

static void read_seed(const char *dir, const char *name)
{
	struct seed *s = &seeds[nseeds];
	char path[4096];
	struct stat st;
	int fd;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	fd = open(path, O_RDONLY);
	if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		if (fd >= 0)
			close(fd);
		return;
	}
	s->n = (size_t)st.st_size;
	s->p = malloc(s->n + 1);
	if (!s->p || read(fd, s->p, s->n) != (ssize_t)s->n)
		exit(2);
	close(fd);
	snprintf(s->name, sizeof s->name, "%s", name);
	nseeds++;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct seed *)a)->name, ((const struct seed *)b)->name);
}

static void read_seeds(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	if (!d) {
		perror(dir);
		exit(2);
	}
	while (nseeds < SEEDS_MAX && (e = readdir(d)))
		read_seed(dir, e->d_name);
	closedir(d);
	qsort(seeds, nseeds, sizeof *seeds, by_name);
}

static uint64_t next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static size_t below(uint64_t *r, size_t n)
{
	return n ? (size_t)(next(r) % n) : 0;
}

/* A part of another seed over what is here, or between. */
static void put_in(uint8_t *p, size_t *n, size_t room, uint64_t *r)
{
	const struct seed *s = &seeds[below(r, nseeds)];
	size_t from = below(r, s->n), len = below(r, s->n - from + 1), at = below(r, *n + 1);

	if (len > room - *n)
		len = room - *n;
	memmove(p + at + len, p + at, *n - at);
	memcpy(p + at, s->p + from, len);
	*n += len;
}

static void change(uint8_t *p, size_t *n, size_t room, uint64_t *r)
{
	static const uint8_t telling[] = "\0\1\x7f\x80\xff\"\\{}[],:\n\r\t '0-9e^*()";
	size_t at = below(r, *n), len;

	switch (below(r, 6)) {
	case 0:
		if (*n)
			p[at] ^= (uint8_t)(1u << below(r, 8));
		break;
	case 1:
		if (*n)
			p[at] = telling[below(r, sizeof telling - 1)];
		break;
	case 2: /* a part goes */
		len = below(r, *n - at + 1);
		memmove(p + at, p + at + len, *n - at - len);
		*n -= len;
		break;
	case 3: /* cut short */
		*n = at;
		break;
	case 4: /* a part twice */
		len = below(r, (*n - at < room - *n ? *n - at : room - *n) + 1);
		memmove(p + at + len, p + at, *n - at);
		*n += len;
		break;
	default:
		put_in(p, n, room, r);
	}
}

/* In a block of exactly its size, so that a sanitizer sees a step beyond it. */
static void give(const uint8_t *p, size_t n)
{
	uint8_t *own = malloc(n ? n : 1);

	if (!own)
		exit(2);
	if (n)
		memcpy(own, p, n);
	LLVMFuzzerTestOneInput(own, n);
	free(own);
}

static void mutate(const struct seed *s, size_t i)
{
	size_t room = 2 * s->n + GROWTH, n = s->n;
	uint64_t r = UINT64_C(0x9E3779B97F4A7C15) * (i + 1);
	uint8_t *p = malloc(room);

	if (!p)
		exit(2);
	for (const char *c = s->name; *c; c++)
		r = (r ^ (uint8_t)*c) * UINT64_C(0x100000001B3);
	r = r ? r : 1;
	memcpy(p, s->p, n);
	for (size_t k = 1 + below(&r, CHANGES); k; k--)
		change(p, &n, room, &r);
	give(p, n);
	free(p);
}

int main(int argc, char **argv)
{
	static const int falls[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGALRM };
	size_t mutations = 200, inputs = 0;
	int at = 1;

	if (argc == 4 && strcmp(argv[1], "-n") == 0) {
		mutations = strtoul(argv[2], NULL, 10);
		at = 3;
	}
	if (argc != at + 1)
		return 2;
	read_seeds(argv[at]);
	if (LLVMFuzzerInitialize)
		LLVMFuzzerInitialize(&argc, &argv);
	for (size_t i = 0; i < sizeof falls / sizeof falls[0]; i++)
		signal(falls[i], say_what);
	for (size_t s = 0; s < nseeds; s++)
		for (size_t i = 0; i <= mutations; i++, inputs++) {
			snprintf(now, sizeof now, "fell on seed %.100s, mutation %zu\n", seeds[s].name, i);
			alarm(20);
			if (i)
				mutate(&seeds[s], i);
			else
				give(seeds[s].p, seeds[s].n);
		}
	printf("%zu seeds, %zu inputs\n", nseeds, inputs);
	for (size_t s = 0; s < nseeds; s++)
		free(seeds[s].p);
	return nseeds ? 0 : 1;
}
