/* SPDX-License-Identifier: MIT */
/*
 * The commit-graph is git's own, written by git; but into a folder beside, and put in place by us: git
 * itself would leave a lock file when it is killed, and then never write one again.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n.h"
#include "maintain_impl.h"
#include "newfile.h"
#include "run.h"

enum { HEAD = 8, CHUNK = 12, CHUNKS_MAX = 32, FANOUT = 256 * 4, ID = sizeof(struct gv_oid) };

/* ---- is it there, and new enough? ---- */

static uint64_t be(const unsigned char *p, size_t n)
{
	uint64_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[i];
	return v;
}

static bool read_at(int fd, void *to, size_t n, uint64_t at)
{
	return at <= INT64_MAX && pread(fd, to, n, (off_t)at) == (ssize_t)n;
}

struct graph { uint64_t fanout, ids, paths; };

/* The table of chunks after "CGPH", version, hash, count. */
static bool read_chunks(int fd, struct graph *g)
{
	unsigned char head[HEAD], table[CHUNKS_MAX * CHUNK];
	size_t n;

	if (!read_at(fd, head, sizeof head, 0) || memcmp(head, "CGPH\1\1", 6) != 0)
		return false;
	n = head[6];
	if (n > CHUNKS_MAX || !read_at(fd, table, n * CHUNK, HEAD))
		return false;
	for (size_t i = 0; i < n; i++) {
		const unsigned char *p = table + i * CHUNK;
		uint64_t at = be(p + 4, 8);

		if (memcmp(p, "OIDF", 4) == 0)
			g->fanout = at;
		else if (memcmp(p, "OIDL", 4) == 0)
			g->ids = at;
		else if (memcmp(p, "BIDX", 4) == 0)
			g->paths = at;
	}
	return g->fanout && g->ids && g->paths;
}

static bool holds(int fd, const struct graph *g, const struct gv_oid *id)
{
	unsigned char two[8], found[ID];
	uint64_t low = 0, high;

	if (id->b[0] ? !read_at(fd, two, 8, g->fanout + 4 * (uint64_t)(id->b[0] - 1))
	             : !read_at(fd, two + 4, 4, g->fanout))
		return false;
	if (id->b[0])
		low = be(two, 4);
	high = be(two + 4, 4);
	while (low < high) {
		uint64_t mid = low + (high - low) / 2;
		int d;

		if (!read_at(fd, found, sizeof found, g->ids + mid * ID))
			return false;
		d = memcmp(found, id->b, sizeof found);
		if (d == 0)
			return true;
		if (d < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

static bool is_current(const char *path, const struct gv_oid *id)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct graph g = { 0 };
	bool yes;

	if (fd < 0)
		return false;
	yes = read_chunks(fd, &g) && holds(fd, &g, id);
	close(fd);
	return yes;
}

/* ---- writing ---- */

/* A folder of objects of its own that borrows all of them from the docket's. */
struct place {
	struct gv_buf dir, info, alternates, lock, made, graph, env, packs;
};

static int paths(struct place *p, const struct gv_store *s, struct gv_err *err)
{
	struct gv_buf *all[] = { &p->dir, &p->info, &p->alternates, &p->lock, &p->made, &p->graph, &p->env, &p->packs };
	static const char *const ends[] = {
		"", "/info", "/info/alternates", "/info/commit-graph.lock", "/info/commit-graph",
	};
	int rc = 0;

	for (size_t i = 0; i < sizeof all / sizeof all[0] && !rc; i++) {
		gv_buf_init(all[i], 8192);
		if (all[i] == &p->graph)
			gv_buf_addf(all[i], "%s/objects/info/commit-graph", s->commondir);
		else if (all[i] == &p->env)
			gv_buf_addf(all[i], "GIT_OBJECT_DIRECTORY=%s", p->dir.p);
		else if (all[i] == &p->packs)
			gv_buf_addf(all[i], "%s/objects/pack", s->commondir);
		else
			gv_buf_addf(all[i], "%s/tmp_gavel_graph%s", s->commondir, ends[i]);
		rc = gv_buf_check(all[i], err);
	}
	return rc;
}

static void paths_free(struct place *p)
{
	struct gv_buf *all[] = { &p->dir, &p->info, &p->alternates, &p->lock, &p->made, &p->graph, &p->env, &p->packs };

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		gv_buf_free(all[i]);
}

/* Also what one that was killed left. */
static void clear(const struct place *p)
{
	unlink(p->alternates.p);
	unlink(p->lock.p);
	unlink(p->made.p);
	rmdir(p->info.p);
	rmdir(p->dir.p);
}

/* Whoever may write to the docket can clear up after one that was killed, also if somebody else ran it. */
static int make_folder(const char *path, mode_t mode, struct gv_err *err)
{
	return mkdir(path, 0700) || chmod(path, mode) ? gv_fail_sys(err, path, _("cannot write")) : 0;
}

static int prepare(const struct place *p, const char *gitdir, struct gv_err *err)
{
	struct gv_str text = GV_STR("../objects\n");
	struct stat st;
	int fd, rc;

	clear(p);
	if (stat(gitdir, &st))
		return gv_fail_sys(err, gitdir, _("cannot read"));
	rc = make_folder(p->dir.p, st.st_mode & 07777, err);
	if (!rc)
		rc = make_folder(p->info.p, st.st_mode & 07777, err);
	if (rc)
		return rc;
	fd = open(p->alternates.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return gv_fail_sys(err, p->alternates.p, _("cannot write"));
	rc = gv_write_all(fd, text.p, text.n, p->alternates.p, err);
	close(fd);
	return rc;
}

/* Readable as objects/ is, on disk, then in place. */
static int put_in_place(const struct place *p, const char *objects_info, struct gv_err *err)
{
	int fd = open(p->made.p, O_RDONLY | O_CLOEXEC), rc = 0;
	struct stat st;

	if (fd < 0)
		return gv_fail_sys(err, p->made.p, _("cannot open"));
	if (mkdir(objects_info, 0777) && errno != EEXIST)
		rc = gv_fail_sys(err, objects_info, _("cannot write"));
	if (!rc && stat(objects_info, &st))
		rc = gv_fail_sys(err, objects_info, _("cannot read"));
	if (!rc && (fchmod(fd, 0400 | (st.st_mode & 0044)) || fsync(fd) || rename(p->made.p, p->graph.p)))
		rc = gv_fail_sys(err, p->graph.p, _("cannot write"));
	close(fd);
	return rc ? rc : gv_fsync_dir(AT_FDCWD, objects_info, objects_info, err);
}

static int run_git(const struct place *p, const struct gv_store *s, enum gv_graph *state, struct gv_buf *said,
                   struct gv_err *err)
{
	const char *args[] = { p->env.p, "git", "--git-dir", s->commondir, "commit-graph", "write", "--reachable",
		               "--changed-paths", "--no-progress", NULL };
	struct gv_buf out = GV_BUF_INIT(GV_MIB);
	int code, rc;

	rc = gv_run(&(struct gv_run){ .program = "env", .args = args }, &out, said, &code, err);
	if (!rc)
		*state = code || access(p->made.p, F_OK) ? GV_GRAPH_FAILED : GV_GRAPH_WRITTEN;
	gv_buf_free(&out);
	return rc;
}

static int write_graph(const struct place *p, const struct gv_store *s, enum gv_graph *state, struct gv_buf *said,
                       struct gv_err *err)
{
	struct gv_buf info = GV_BUF_INIT(8192);
	int rc = prepare(p, s->commondir, err);

	gv_buf_addf(&info, "%s/objects/info", s->commondir);
	if (!rc)
		rc = gv_buf_check(&info, err);
	if (!rc)
		rc = run_git(p, s, state, said, err);
	if (!rc && *state == GV_GRAPH_WRITTEN)
		rc = put_in_place(p, info.p, err);
	clear(p);
	gv_buf_free(&info);
	return rc;
}

int gv_maintain_graph(struct gv_store *s, bool dry_run, enum gv_graph *state, struct gv_buf *said,
                      struct gv_err *err)
{
	struct gv_buf git = GV_BUF_INIT(8192);
	struct place p = { 0 };
	int rc = paths(&p, s, err), guard = -1;

	*state = GV_GRAPH_CURRENT;
	if (!rc && !is_current(p.graph.p, gv_store_commit_id(s))) {
		*state = GV_GRAPH_WRITTEN;
		rc = gv_run_find("git", &git, err);
		if (rc == GV_ENOTFOUND) {
			gv_err_clear(err);
			*state = GV_GRAPH_NO_GIT;
			rc = 0;
		} else if (!rc && !dry_run) {
			rc = gv_maintain_guard(&guard, p.packs.p, err);
			if (!rc)
				rc = write_graph(&p, s, state, said, err);
		}
	}
	if (rc == GV_EBUSY) { /* it will come to the commit-graph, too */
		gv_err_clear(err);
		*state = GV_GRAPH_BUSY;
		rc = 0;
	}
	if (guard >= 0)
		close(guard);
	gv_buf_free(&git);
	paths_free(&p);
	return rc;
}
