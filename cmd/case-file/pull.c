/* SPDX-License-Identifier: MIT */
/*
 * case-file pull: take over what another docket has, joined with what this one has.  What comes is judged as a push
 * would be before main moves; it is kept under a ref of its own, which is no branch.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "remote.h"
#include "take.h"

enum { LOCK_SECONDS = 30 };  /* without --lock-wait */

struct work {
	struct gv_cmd *c;
	struct gv_store *store;
	struct remote remote;
	const char *branch;
	struct gv_oid main, theirs;
};

/* ---- getting it ---- */

/* As long as --lock-wait says. */
static int wait_for_others(struct work *w, int guard)
{
	const struct timespec pause = { .tv_nsec = 50000000 };
	const char *wait = gv_cmd_opt(w->c, "lock-wait");
	int64_t seconds = LOCK_SECONDS, tries;

	if (wait)
		gv_str_int(gv_str_of(wait), &seconds);
	for (tries = 20 * seconds; flock(guard, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK; tries--) {
		if (tries <= 0)
			return gv_fail(&w->c->err, GV_EBUSY, "%s", _("another pull is at work on this docket"));
		nanosleep(&pause, NULL);
	}
	return 0; /* or there are no locks here: then git's own have to do */
}

/*
 * One at a time: a fetch that was killed leaves git's lock on the ref, which nobody else writes; where no other pull is
 * at work it is a dead one's, and in the way for ever.
 */
static int hold(struct work *w, int *guard)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	struct gv_err *err = &w->c->err;
	int rc;

	gv_buf_addf(&path, "%s/refs", w->remote.git.dir);
	rc = gv_buf_check(&path, err);
	if (!rc) {
		*guard = open(path.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (*guard < 0)
			rc = gv_fail_sys(err, path.p, _("cannot read"));
		else
			rc = wait_for_others(w, *guard);
	}
	gv_buf_reset(&path);
	gv_buf_addf(&path, "%s/%s.lock", w->remote.git.dir, w->remote.ref.p);
	if (!rc)
		rc = gv_buf_check(&path, err);
	if (!rc && unlink(path.p) && errno != ENOENT && errno != ENOTDIR)
		rc = gv_fail_sys(err, path.p, _("cannot remove"));
	gv_buf_free(&path);
	return rc;
}

/* Only this ref moves, whatever the remote's settings say (a mirror would have git write main itself). */
static int fetch(struct work *w)
{
	struct gv_buf refspec = GV_BUF_INIT(8192), out = GV_BUF_INIT(65536);
	struct gv_err *err = &w->c->err;
	const char *args[16] = { "fetch", "--refmap=", "--no-tags", "--no-prune", "--no-write-fetch-head",
		                 "--no-recurse-submodules", "--no-auto-maintenance" };
	size_t n = 7;
	int code = 0, rc;

	gv_buf_addf(&refspec, "+refs/heads/%s:%s", w->branch, w->remote.ref.p);
	rc = gv_buf_check(&refspec, err);
	if (!rc) {
		if (!isatty(STDERR_FILENO))
			args[n++] = "--quiet";
		args[n++] = "--";
		args[n++] = w->remote.url.p;
		args[n++] = refspec.p;
		rc = gv_git(&w->remote.git, args, &out, NULL, &code, err);
	}
	if (!rc && code)
		rc = gv_fail(err, GV_EIO, _("git could not fetch branch %s (exit code %d; its own words are above)"), w->branch,
		             code);
	gv_buf_free(&refspec);
	gv_buf_free(&out);
	return rc;
}

/* Two dockets that began apart are not joined: their records only look as if they belonged together. */
static int check_related(struct work *w)
{
	char main[GV_HEX + 1], theirs[GV_HEX + 1];
	const char *args[] = { "merge-base", main, theirs, NULL };
	struct gv_buf out = GV_BUF_INIT(4096), said = GV_BUF_INIT(4096);
	struct gv_err *err = &w->c->err;
	int code = 0, rc;

	gv_oid_hex(&w->main, main);
	gv_oid_hex(&w->theirs, theirs);
	rc = gv_git(&w->remote.git, args, &out, &said, &code, err);
	if (!rc && code == 1)
		rc = gv_fail(err, GV_ECONFLICT, "%s",
		             _("it has no commit in common with this docket, so it cannot be joined: "
		               "case-bundle import takes records over from another docket"));
	else if (!rc && code)
		rc = gv_git_fail("merge-base", code, &said, err);
	gv_buf_free(&out);
	gv_buf_free(&said);
	return rc;
}

static int pull(struct work *w)
{
	struct gv_err *err = &w->c->err;
	bool known = false;
	int guard = -1, rc = hold(w, &guard);

	if (!rc)
		rc = fetch(w);
	if (guard >= 0)
		close(guard);
	if (!rc)
		rc = gv_store_refresh(w->store, err);
	if (!rc)
		rc = gv_store_resolve(w->store, w->remote.ref.p, &w->theirs, err);
	w->main = *gv_store_commit_id(w->store);
	if (!rc)
		rc = gv_store_is_ancestor(w->store, &w->theirs, &w->main, &known, err);
	if (!rc && !known)
		rc = check_related(w);
	if (rc)
		gv_err_thing(err, w->remote.given, strlen(w->remote.given));
	return rc ? rc : take_line(w->c, &w->theirs, w->remote.given);
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c, .branch = c->argc > 1 ? c->argv[1] : "main" };
	int rc;

	if (c->argc > 2 || (c->argc > 1 && !*c->argv[1]))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("from where?  case-file pull [REMOTE|URL|DIR] [BRANCH]"));
	rc = remote_open(&w.remote, c);
	w.store = gv_cmd_store(c);
	if (!rc)
		rc = pull(&w);
	remote_close(&w.remote);
	return rc;
}

const struct gv_cmd_spec case_file_pull = {
	.name = "pull", .summary = N_("fetch what another docket has, judge it and join it with this one"),
	.usage = N_("[REMOTE|URL|DIR] [BRANCH]"), .operands = "dir", .kind = "case",
	.common = GV_C_WRITE | GV_C_OUTPUT | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
