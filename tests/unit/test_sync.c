/* SPDX-License-Identifier: MIT */
#include "sync.h"
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MANY = 40 };

static char scratch[] = P_tmpdir "/gavel-sync-XXXXXX";
static int fds[MANY];

static void prepare(void)
{
	char name[96];

	CHECK(mkdtemp(scratch) != NULL);
	for (int i = 0; i < MANY; i++) {
		snprintf(name, sizeof name, "%s/%d", scratch, i);
		if (i % 3 == 0)
			CHECK_INT(mkdir(name, 0700), 0);
		fds[i] = open(name, i % 3 ? O_RDWR | O_CREAT | O_CLOEXEC : O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0600);
		CHECK(fds[i] >= 0);
	}
}

static void syncs(void)
{
	CHECK_INT(gv_sync_all(NULL, 0), 0);
	for (size_t n = 1; n <= MANY; n++)
		CHECK_INT(gv_sync_all(fds, n), n);
}

/* A pipe cannot be synced, nor what is not open; whichever of them it is, the others are done. */
static void fails(void)
{
	int pipes[2], was;

	CHECK_INT(pipe(pipes), 0);
	for (size_t n = 1; n <= MANY; n++) {
		for (size_t bad = 0; bad < n; bad++) {
			was = fds[bad];
			fds[bad] = n % 2 ? pipes[1] : -1;
			errno = 0;
			CHECK_INT(gv_sync_all(fds, n), bad);
			CHECK_INT(errno, n % 2 ? EINVAL : EBADF);
			fds[bad] = was;
		}
	}
	close(pipes[0]);
	close(pipes[1]);
}

/* No room for a thread's stack: it takes longer. */
static void alone(void)
{
	struct rlimit was, none = { 0 };

	CHECK_INT(getrlimit(RLIMIT_AS, &was), 0);
	none.rlim_max = was.rlim_max;
#ifdef __SANITIZE_ADDRESS__ /* wants room for itself */
	none = was;
#endif
	CHECK_INT(setrlimit(RLIMIT_AS, &none), 0);
	CHECK_INT(gv_sync_all(fds, MANY), MANY);
	fds[0] = -fds[0] - 1;
	CHECK_INT(gv_sync_all(fds, MANY), 0);
	fds[0] = -fds[0] - 1;
	CHECK_INT(setrlimit(RLIMIT_AS, &was), 0);
}

static void tidy(void)
{
	char name[96];

	for (int i = 0; i < MANY; i++) {
		close(fds[i]);
		snprintf(name, sizeof name, "%s/%d", scratch, i);
		CHECK_INT(remove(name), 0);
	}
	CHECK_INT(rmdir(scratch), 0);
}

UNIT_MAIN("sync",
	{ "has a place for its files", prepare },
	{ "syncs files and folders", syncs },
	{ "names the one that failed", fails },
	{ "works without threads", alone },
	{ "leaves nothing behind", tidy })
