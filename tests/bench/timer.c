/* SPDX-License-Identifier: MIT */
/*
 * timer: run commands and tell what they cost, without a shell in between.
 *
 *     timer [-a] [-n RUNS] [-i FILE] CMD [ARG...] [-- CMD [ARG...]]...
 *
 * Several commands are run in turn, round by round, so that a slow moment of the machine meets all of
 * them.  "{#}" in FILE and in arguments becomes the number of the round, from 1.  Prints a line a command:
 * median and least wall time and median CPU time in microseconds, peak resident memory in KiB; with -a
 * also the peak of its anonymous part, looked up every millisecond (which costs the command some time).
 * Output goes to /dev/null, input comes from FILE or /dev/null.  A command that fails ends it all.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { COMMANDS_MAX = 8, RUNS_MAX = 10000, ARGS_MAX = 64 };

struct cost { long wall, cpu, rss, anon; };  /* us, us, KiB, KiB */

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

/* Of the process as it is now, in KiB; 0 when it has ended. */
static long anonymous_kib(pid_t pid)
{
	char path[64], line[256];
	long kib = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof line, f))
		if (sscanf(line, "RssAnon: %ld", &kib) == 1)
			break;
	if (f)
		fclose(f);
	return kib;
}

static long watch(pid_t pid)
{
	const struct timespec millisecond = { 0, 1000000 };
	siginfo_t ended = { 0 };
	long most = 0, now;

	while (!waitid(P_PID, (id_t)pid, &ended, WEXITED | WNOHANG | WNOWAIT) && !ended.si_pid) {
		now = anonymous_kib(pid);
		most = now > most ? now : most;
		nanosleep(&millisecond, NULL);
	}
	return most;
}

/* The text with the round in the place of "{#}"; to be freed. */
static char *numbered(const char *text, int round)
{
	const char *at = strstr(text, "{#}");
	char *out = NULL;

	if (!at)
		out = strdup(text);
	else if (asprintf(&out, "%.*s%d%s", (int)(at - text), text, round, at + 3) < 0)
		out = NULL;
	if (!out) {
		perror("timer");
		exit(1);
	}
	return out;
}

static int run(char **argv, const char *input, bool anon, struct cost *cost)
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
	if (!rc && anon)
		cost->anon = watch(pid);
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

static int run_numbered(char **command, const char *input, int round, bool anon, struct cost *cost)
{
	char *argv[ARGS_MAX + 1] = { NULL }, *from = numbered(input, round);
	int n = 0, rc;

	for (; command[n] && n < ARGS_MAX; n++)
		argv[n] = numbered(command[n], round);
	rc = run(argv, from, anon, cost);
	while (n)
		free(argv[--n]);
	free(from);
	return rc;
}

static void report(const struct cost *costs, int runs, bool anon)
{
	static long wall[RUNS_MAX], cpu[RUNS_MAX];
	long rss = 0, most = 0;

	for (int i = 0; i < runs; i++) {
		wall[i] = costs[i].wall;
		cpu[i] = costs[i].cpu;
		rss = costs[i].rss > rss ? costs[i].rss : rss;
		most = costs[i].anon > most ? costs[i].anon : most;
	}
	qsort(wall, (size_t)runs, sizeof *wall, compare);
	qsort(cpu, (size_t)runs, sizeof *cpu, compare);
	printf("%ld %ld %ld %ld", wall[runs / 2], wall[0], cpu[runs / 2], rss);
	if (anon)
		printf(" %ld", most);
	putchar('\n');
}

static int usage(void)
{
	fputs("usage: timer [-a] [-n RUNS] [-i FILE] CMD [ARG...] [-- CMD [ARG...]]...\n", stderr);
	return 2;
}

int main(int argc, char **argv)
{
	static struct cost costs[COMMANDS_MAX][RUNS_MAX];
	char **commands[COMMANDS_MAX];
	const char *input = "/dev/null";
	int n = 0, runs = 1, i = 1;
	bool anon = argc > 1 && strcmp(argv[1], "-a") == 0;

	for (i += anon; i + 1 < argc && argv[i][0] == '-'; i += 2) {
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
			if (run_numbered(commands[k], input, r + 1, anon, &costs[k][r]))
				return 1;
	for (int k = 0; k < n; k++)
		report(costs[k], runs, anon);
	return 0;
}
