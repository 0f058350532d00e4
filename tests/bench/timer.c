/* SPDX-License-Identifier: MIT */
/*
 * timer: run commands and tell what they cost, without a shell in between.
 *
 *     timer [-n RUNS] [-i FILE] CMD [ARG...] [-- CMD [ARG...]]...
 *
 * Several commands are run in turn, round by round, so that a slow moment of the machine meets all of
 * them.  Prints a line a command: median and least wall time and median CPU time in microseconds, peak
 * resident memory in KiB.
 * Output goes to /dev/null, input comes from FILE or /dev/null.  A command that fails ends it all.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { COMMANDS_MAX = 8, RUNS_MAX = 10000 };

struct cost { long wall, cpu, rss; };  /* us, us, KiB */

static int compare(const void *a, const void *b)
{
	long x = *(const long *)a, y = *(const long *)b;

	return (x > y) - (x < y);
}

static long now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static long tv_us(struct timeval t)
{
	return (long)t.tv_sec * 1000000 + (long)t.tv_usec;
}

static int run(char **argv, const char *input, struct cost *cost)
{
	posix_spawn_file_actions_t files;
	struct rusage used;
	int status, rc;
	long start;
	pid_t pid;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0, input, O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
	start = now_us();
	rc = posix_spawnp(&pid, argv[0], &files, NULL, argv, environ);
	if (!rc && wait4(pid, &status, 0, &used) != pid)
		rc = errno;
	cost->wall = now_us() - start;
	posix_spawn_file_actions_destroy(&files);
	if (rc) {
		fprintf(stderr, "timer: %s: %s\n", argv[0], strerror(rc));
		return -1;
	}
	if (status) {
		fprintf(stderr, "timer: %s failed (wait status %d)\n", argv[0], status);
		return -1;
	}
	cost->cpu = tv_us(used.ru_utime) + tv_us(used.ru_stime);
	cost->rss = used.ru_maxrss;
	return 0;
}

static void report(const struct cost *costs, int runs)
{
	static long wall[RUNS_MAX], cpu[RUNS_MAX];
	long rss = 0;

	for (int i = 0; i < runs; i++) {
		wall[i] = costs[i].wall;
		cpu[i] = costs[i].cpu;
		rss = costs[i].rss > rss ? costs[i].rss : rss;
	}
	qsort(wall, (size_t)runs, sizeof *wall, compare);
	qsort(cpu, (size_t)runs, sizeof *cpu, compare);
	printf("%ld %ld %ld %ld\n", wall[runs / 2], wall[0], cpu[runs / 2], rss);
}

static int usage(void)
{
	fputs("usage: timer [-n RUNS] [-i FILE] CMD [ARG...] [-- CMD [ARG...]]...\n", stderr);
	return 2;
}

int main(int argc, char **argv)
{
	static struct cost costs[COMMANDS_MAX][RUNS_MAX];
	char **commands[COMMANDS_MAX];
	const char *input = "/dev/null";
	int n = 0, runs = 1, i = 1;

	for (; i + 1 < argc && argv[i][0] == '-'; i += 2) {
		if (strcmp(argv[i], "-n") == 0)
			runs = (int)strtol(argv[i + 1], NULL, 10);
		else if (strcmp(argv[i], "-i") == 0)
			input = argv[i + 1];
		else
			return usage();
	}
	for (int first = i; i <= argc && n < COMMANDS_MAX; i++) {
		if (i < argc && strcmp(argv[i], "--") != 0)
			continue;
		if (i > first)
			commands[n++] = &argv[first];
		if (i < argc)
			argv[i] = NULL;
		first = i + 1;
	}
	if (!n || runs < 1 || runs > RUNS_MAX)
		return usage();
	for (int r = 0; r < runs; r++)
		for (int k = 0; k < n; k++)
			if (run(commands[k], input, &costs[k][r]))
				return 1;
	for (int k = 0; k < n; k++)
		report(costs[k], runs);
	return 0;
}
