/* SPDX-License-Identifier: MIT */
#include "lock.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <time.h>

#include "gitref.h"
#include "repo.h"

#define WHO "书记员 <clerk@example.org> 1656547200 +0800"

static struct gv_err err;

static struct gv_lock *take(void)
{
	struct gv_lock *l = NULL;

	CHECK_OK(gv_lock_take(&l, "r", "test", "书记员", 5, &err), &err);
	return l;
}

/* ---- the queue ---- */

/* A child that holds the lock until it is killed. */
static pid_t holder(const char *command, const char *who)
{
	int up[2];
	char c;
	pid_t pid;

	if (pipe(up))
		return -1;
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		struct gv_lock *l;

		close(up[0]);
		if (gv_lock_take(&l, "r", command, who, 5, &err))
			_exit(1);
		if (write(up[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	close(up[1]);
	CHECK_INT(read(up[0], &c, 1), 1);
	close(up[0]);
	return pid;
}

static void kill_off(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static const char *error_text(void)
{
	static char out[1024];
	struct gv_buf b = GV_BUF_INIT(1023);

	gv_err_text(&err, &b);
	snprintf(out, sizeof out, "%s", b.p ? b.p : "");
	gv_buf_free(&b);
	return out;
}

static void names_holder(void)
{
	static const struct { const char *command, *who, *want; } rows[] = {
		{ "case-file import", "书记员", "r: locked by case-file import (process %d, 书记员, since %.8s)" },
		{ "case-file import", NULL, "r: locked by case-file import (process %d, since %.8s)" },
		{ "case-file\nprocess: 1", "a\x1b[1m\xe2\x80\xae", "r: locked by case-file\\nprocess: 1 (process %d, a\\x1b[1m\\u202e, since %.8s)" },
	};

	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		struct gv_lock *l;
		char want[512];
		const char *since;
		pid_t pid;

		repo_new();
		pid = holder(rows[r].command, rows[r].who);
		CHECK_INT(gv_lock_take(&l, "r", "test", NULL, 0, &err), GV_EBUSY);
		CHECK(l == NULL);
		since = strstr(error_text(), "since ");
		snprintf(want, sizeof want, rows[r].want, (int)pid, since ? since + 6 : "");
		CHECK_STR(error_text(), want);
		CHECK_INT(since ? strspn(since + 6, "0123456789:") : 0, 8); /* a time of today */
		kill_off(pid);
		l = take(); /* a dead holder is no holder */
		gv_lock_free(l);
		CHECK_STR(sh_out("cat r/gavel.lock"), "");
		repo_done();
	}
}

static void strangers_lock(void)
{
	struct gv_lock *l;
	int fd;

	repo_new();
	fd = open("r/gavel.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	CHECK(flock(fd, LOCK_EX) == 0); /* an administrator's backup, by flock(1) */
	CHECK_ERR(gv_lock_take(&l, "r", "test", NULL, 0, &err), &err, GV_EBUSY, "r: locked by another process");
	CHECK(pwrite(fd, "process: 1\nsince: 2001-02-03 04:05:06\ncommand: old\n", 50, 0) == 50);
	CHECK_ERR(gv_lock_take(&l, "r", "test", NULL, 0, &err), &err, GV_EBUSY,
	          "r: locked by old (process 1, since 2001-02-03 04:05:06)");
	CHECK(ftruncate(fd, 0) == 0 && pwrite(fd, "\xff\xfe\0garbage", 9, 0) == 9);
	CHECK_ERR(gv_lock_take(&l, "r", "test", NULL, 0, &err), &err, GV_EBUSY, "r: locked by another process");
	close(fd);
	gv_lock_free(take());
	repo_done();
}

static void waits(void)
{
	struct gv_lock *l;
	struct timespec a, b;
	pid_t pid;

	repo_new();
	pid = holder("slow", NULL);
	clock_gettime(CLOCK_MONOTONIC, &a);
	CHECK_INT(gv_lock_take(&l, "r", "test", NULL, 1, &err), GV_EBUSY);
	clock_gettime(CLOCK_MONOTONIC, &b);
	CHECK(b.tv_sec - a.tv_sec >= 1 || b.tv_nsec > a.tv_nsec);
	CHECK(b.tv_sec - a.tv_sec <= 4);
	kill_off(pid);
	repo_done();
}

/* Several processes count up one number under the lock, one of them without any pause between: nothing is lost,
 * and the greedy one does not keep the others out. */
static void queue(void)
{
	enum { WRITERS = 6, ROUNDS = 40 };
	pid_t pids[WRITERS];
	int order[WRITERS * ROUNDS], counter = 0, fd, longest = 0, run = 0;

	repo_new();
	fd = open("counter", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	CHECK(pwrite(fd, &counter, sizeof counter, 0) == sizeof counter);
	fflush(stdout);
	for (int w = 0; w < WRITERS; w++) {
		pids[w] = fork();
		for (int i = 0; pids[w] == 0 && i < ROUNDS; i++) {
			struct timespec work = { .tv_nsec = 300000 };
			struct gv_lock *l;

			if (gv_lock_take(&l, "r", "test", NULL, 30, &err) || pread(fd, &counter, sizeof counter, 0) != sizeof counter)
				_exit(1);
			nanosleep(&work, NULL);
			counter++;
			if (pwrite(fd, &counter, sizeof counter, 0) != sizeof counter ||
			    pwrite(fd, &w, sizeof w, (off_t)sizeof w * counter) != sizeof w)
				_exit(1);
			gv_lock_free(l);
		}
		if (pids[w] == 0)
			_exit(0);
	}
	for (int w = 0; w < WRITERS; w++) {
		int status;

		waitpid(pids[w], &status, 0);
		CHECK_INT(status, 0);
	}
	CHECK(pread(fd, &counter, sizeof counter, 0) == sizeof counter);
	CHECK_INT(counter, WRITERS * ROUNDS);
	CHECK(pread(fd, order, sizeof order, sizeof counter) == sizeof order);
	/* While all are at it (the first half), nobody has many turns in a row. */
	for (int i = 1; i < WRITERS * ROUNDS / 2; i++) {
		run = order[i] == order[i - 1] ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	printf("# longest run of one writer: %d\n", longest + 1);
	CHECK(longest < ROUNDS / 4);
	close(fd);
	repo_done();
}

static void cannot_lock(void)
{
	struct gv_lock *l;

	repo_new();
	CHECK_ERR(gv_lock_take(&l, "nothing", "test", NULL, 0, &err), &err, GV_EIO,
	          "nothing: cannot read: No such file or directory");
	sh("ln -s elsewhere r/gavel.lock");
	CHECK_ERR(gv_lock_take(&l, "r", "test", NULL, 0, &err), &err, GV_EIO,
	          "r/gavel.lock: cannot write the lock: Too many levels of symbolic links");
	sh("rm r/gavel.lock; mkdir r/gavel.lock");
	CHECK_ERR(gv_lock_take(&l, "r", "test", NULL, 0, &err), &err, GV_EIO,
	          "r/gavel.lock: cannot write the lock: Is a directory");
	sh("rmdir r/gavel.lock");
	if (geteuid() == 0) { /* as nobody, who may read only */
		sh("chmod 755 . r");
		fflush(stdout);
		if (fork() == 0) {
			if (setuid(65534))
				_exit(2);
			CHECK_ERR(gv_lock_take(&l, "r", "test", NULL, 0, &err), &err, GV_EIO,
			          "r/gavel.lock: the docket is read-only here: cannot write the lock: Permission denied");
			fflush(stdout);
			_exit(unit_failed_here != 0);
		}
		int status;

		wait(&status);
		CHECK_INT(status, 0);
	}
	sh("chmod 2770 r");
	gv_lock_free(take());
	CHECK_STR(sh_out("stat -c %%a r/gavel.lock"), "660"); /* a group's docket */
	repo_done();
}

/* ---- what the dead leave ---- */

static ino_t inode_of(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 ? st.st_ino : 0;
}

/* A holder that dies with main.lock in place, noted or not. */
static void die_with_lock(const char *make, bool note)
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		struct gv_lock *l = take();

		sh("%s", make);
		if (note)
			gv_lock_note_inode(l, inode_of("r/refs/heads/main.lock"), &err);
		_exit(0); /* without giving it back */
	}
	waitpid(pid, NULL, 0);
}

static void recovers(void)
{
	static const struct { const char *name, *make; bool note; const char *after, *left; } rows[] = {
		{ "ours is removed", "echo x >r/refs/heads/main.lock", true, "true", "" },
		{ "git's stays", "echo x >r/refs/heads/main.lock", false, "true", "main.lock" },
		{ "git's with the inode of ours stays", "echo x >r/refs/heads/main.lock", true,
		  "sleep 0.05; touch r/refs/heads/main.lock", "main.lock" },
		{ "from before the boot", "echo x >r/refs/heads/main.lock", false,
		  "touch -d 1990-01-01 r/refs/heads/main.lock", "" },
		{ "other locks stay", "echo x >r/refs/heads/other.lock", false, "touch -d 1990-01-01 r/refs/heads/other.lock",
		  "other.lock" },
	};

	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		repo_new();
		die_with_lock(rows[r].make, rows[r].note);
		sh("%s", rows[r].after);
		gv_lock_free(take());
		CHECK_STR(sh_out("ls r/refs/heads"), rows[r].left);
		repo_done();
	}
	repo_new();
	die_with_lock("mkdir -p r/objects/aa; touch r/objects/aa/tmp_obj_gavel_1 r/objects/aa/tmp_obj_git "
	              "r/objects/pack/tmp_gavel_1 r/objects/pack/tmp_pack_git r/tmp_gavel_ref_1 r/packed-refs.lock", false);
	gv_lock_free(take());
	CHECK_STR(sh_out("cd r; find . -name '*tmp*' -o -name '*.lock' ! -name gavel.lock | LC_ALL=C sort"),
	          "./objects/aa/tmp_obj_git\n./objects/pack/tmp_pack_git\n./packed-refs.lock");
	repo_done();
}

/* ---- moving a ref ---- */

static struct gv_oid commit(const char *name)
{
	struct gv_oid oid = { { 0 } };

	gv_oid_read(&oid, gv_str_of(sh_out("cd r && git commit-tree -m '%s' $(git mktree </dev/null)", name)));
	return oid;
}

static int move(const struct gv_oid *from, const struct gv_oid *to, const char *why)
{
	return gv_gitref_move("r", &(struct gv_gitref_move){ .name = "refs/heads/main", .from = from, .to = to, .who = WHO,
	                                                     .why = why, .wait_ms = 50 }, &err);
}

static const char *short_of(const struct gv_oid *oid)
{
	static char kept[4][GV_HEX + 1];
	static unsigned next;
	char *out = kept[next++ % 4];

	gv_oid_hex(oid, out);
	out[10] = '\0';
	return out;
}

static void moves(void)
{
	struct gv_oid a, b, c;
	char want[256];

	repo_new();
	a = commit("a");
	b = commit("b");
	c = commit("c");
	CHECK_OK(move(NULL, &a, "one"), &err);
	CHECK_STR(sh_out("git -C r rev-parse --short=10 main"), short_of(&a));
	CHECK_OK(move(&a, &b, "two\nlines"), &err);
	snprintf(want, sizeof want, "refs/heads/main: is at %s, not at %s: somebody else moved it meanwhile", short_of(&b),
	         short_of(&a));
	CHECK_ERR(move(&a, &c, "late"), &err, GV_ECONFLICT, want);
	snprintf(want, sizeof want, "refs/heads/main: is there already, at %s", short_of(&b));
	CHECK_ERR(move(NULL, &c, "late"), &err, GV_ECONFLICT, want);
	CHECK_STR(sh_out("git -C r reflog --format='%%h %%gn %%gs' --abbrev=10 main"),
	          sh_out("echo '%s 书记员 two lines'; echo '%s 书记员 one'", short_of(&b), short_of(&a)));
	CHECK_STR(sh_out("cmp r/logs/HEAD r/logs/refs/heads/main && cat r/refs/heads/main | wc -c"), "41");
	/* Only in packed-refs; then gone from there, too. */
	sh("git -C r pack-refs --all");
	CHECK_OK(move(&b, &c, "three"), &err);
	CHECK_STR(sh_out("git -C r rev-parse --short=10 main"), short_of(&c));
	sh("git -C r update-ref -d refs/heads/main");
	snprintf(want, sizeof want, "refs/heads/main: is gone, it was at %s: somebody removed it meanwhile", short_of(&c));
	CHECK_ERR(move(&c, &a, "late"), &err, GV_ECONFLICT, want);
	CHECK_STR(sh_out("find r -name '*tmp*' -o -name '*.lock'"), "");
	check_fsck("r");
	repo_done();
}

static void moves_not(void)
{
	static const char *const names[] = { "HEAD", "refs/../HEAD", "refs/heads/", "refs//x", "" };
	struct gv_oid a, b;

	repo_new();
	a = commit("a");
	b = commit("b");
	for (size_t i = 0; i < sizeof names / sizeof names[0] - 1; i++)
		CHECK_INT(gv_gitref_move("r", &(struct gv_gitref_move){ .name = names[i], .to = &a, .who = WHO, .why = "" }, &err),
		          GV_EUSAGE);
	CHECK_OK(move(NULL, &a, "one"), &err);
	sh("touch r/refs/heads/main.lock");
	CHECK_INT(move(&a, &b, "two"), GV_EBUSY);
	CHECK_STR(error_text(), sh_out("echo 'r/refs/heads/main.lock: another git has held the branch for %s s; if none is "
	                               "running on this docket, remove this file'", strstr(err.msg, "for 1 ") ? "1" : "0"));
	CHECK_STR(sh_out("cd r; ls refs/heads; ls | grep tmp"), "main\nmain.lock");
	sh("rm r/refs/heads/main.lock");
	/* A symbolic ref would come loose from what it points to. */
	sh("cd r/refs/heads && mv main trunk && echo 'ref: refs/heads/trunk' >main");
	CHECK_ERR(move(&a, &b, "two"), &err, GV_EDATA,
	          "refs/heads/main: is a symbolic ref to refs/heads/trunk: commands write to a branch only");
	CHECK_STR(sh_out("git -C r symbolic-ref refs/heads/main; git -C r log --format=%%s trunk"), "refs/heads/trunk\na");
	sh("cd r/refs/heads && mv trunk main");
	/* A reflog that cannot be written: nothing moves. */
	sh("rm r/logs/HEAD && mkdir -p r/logs/HEAD/x");
	CHECK_INT(move(&a, &b, "two"), GV_EIO);
	CHECK_STR(error_text(), "r/logs/HEAD: cannot write: Is a directory");
	CHECK_STR(sh_out("git -C r rev-parse --short=10 main"), short_of(&a));
	CHECK_STR(sh_out("wc -l <r/logs/refs/heads/main"), "1");
	CHECK_STR(sh_out("find r -name '*tmp*' -o -name '*.lock'"), "");
	repo_done();
}

static void reflogs(void)
{
	static const struct { const char *set, *logs; } rows[] = {
		{ "true", "logs/HEAD logs/refs/heads/main" }, { "yes", "logs/HEAD logs/refs/heads/main" },
		{ "always", "logs/HEAD logs/refs/heads/main" }, { "false", "" }, { "nonsense", "" },
	};

	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		struct gv_oid a;

		repo_new();
		a = commit("a");
		sh("git -C r config core.logAllRefUpdates %s; rm -rf r/logs", rows[r].set);
		CHECK_OK(move(NULL, &a, "one"), &err);
		CHECK_STR(sh_out("cd r; find logs -type f 2>/dev/null | LC_ALL=C sort | paste -sd' '"), rows[r].logs);
		repo_done();
	}
}

static int announced(void *ctx, uint64_t inode, struct gv_err *e)
{
	(void)e;
	*(uint64_t *)ctx = inode;
	CHECK_INT(access("r/refs/heads/main.lock", F_OK), -1); /* before it is there */
	return 0;
}

static void announces(void)
{
	struct gv_oid a;
	uint64_t inode = 0;

	repo_new();
	a = commit("a");
	CHECK_OK(gv_gitref_move("r", &(struct gv_gitref_move){ .name = "refs/heads/main", .to = &a, .who = WHO, .why = "x",
	                                                       .announce = announced, .ctx = &inode }, &err), &err);
	CHECK_INT(inode, inode_of("r/refs/heads/main"));
	CHECK_OK(gv_gitref_move("r", &(struct gv_gitref_move){ .name = "refs/gavel/deep/er", .to = &a, .who = WHO, .why = "x" },
	                        &err), &err);
	CHECK_STR(sh_out("git -C r rev-parse --short=10 refs/gavel/deep/er"), short_of(&a));
	repo_done();
}

UNIT_MAIN("lock", { "names its holder", names_holder }, { "locks of others", strangers_lock }, { "waits", waits },
          { "queue", queue }, { "cannot lock", cannot_lock }, { "recovers", recovers }, { "moves a ref", moves },
          { "does not move", moves_not }, { "reflogs", reflogs }, { "announces", announces })
