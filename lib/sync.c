/* SPDX-License-Identifier: MIT */
#include "sync.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	AT_ONCE = 8,
	STACK = 256 << 10
};

struct job {
	const int *fds;
	size_t n;
	atomic_size_t next;
	pthread_mutex_t mutex;  /* over what follows */
	size_t failed;          /* n: none */
	int error;
};

static bool is_folder(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
}

static int sync_one(int fd)
{
	if (fsync(fd) == 0)
		return 0;
	return errno == EINVAL && is_folder(fd) ? 0 : errno;
}

static void *work(void *ctx)
{
	struct job *j = ctx;
	size_t i;

	while ((i = atomic_fetch_add(&j->next, 1)) < j->n) {
		int error = sync_one(j->fds[i]);

		if (!error)
			continue;
		pthread_mutex_lock(&j->mutex);
		j->failed = i;
		j->error = error;
		pthread_mutex_unlock(&j->mutex);
	}
	return NULL;
}

/* As many as there are to be had: this thread works in any case.  Signals are for the others. */
static size_t start(pthread_t *threads, size_t n, struct job *j)
{
	pthread_attr_t attr;
	sigset_t all, was;
	size_t got = 0;

	if (n == 0 || pthread_attr_init(&attr))
		return 0;
	pthread_attr_setstacksize(&attr, STACK);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &was);
	while (got < n && pthread_create(&threads[got], &attr, work, j) == 0)
		got++;
	pthread_sigmask(SIG_SETMASK, &was, NULL);
	pthread_attr_destroy(&attr);
	return got;
}

size_t gv_sync_all(const int *fds, size_t n)
{
	struct job j = { .fds = fds, .n = n, .failed = n };
	pthread_t threads[AT_ONCE - 1];
	size_t others = n < AT_ONCE ? n : AT_ONCE;

	pthread_mutex_init(&j.mutex, NULL);
	others = start(threads, others ? others - 1 : 0, &j);
	work(&j);
	while (others)
		pthread_join(threads[--others], NULL);
	pthread_mutex_destroy(&j.mutex);
	if (j.failed < n)
		errno = j.error;
	return j.failed;
}
