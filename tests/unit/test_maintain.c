/* SPDX-License-Identifier: MIT */
/* maintain: what holds objects, what a pack is, a damaged commit-graph, and memory that runs out. */
#include <fcntl.h>
#include <ftw.h>
#include <time.h>

#include "docket.h"
#include "ids.h"
#include "maintain_impl.h"
#include "oom.h"

static struct gv_err err;

static void setup(void)
{
	docket_new();
	CHECK_INT(sh("git -C r commit-tree -p main -m two 'main^{tree}' >id && git -C r update-ref refs/heads/main $(cat id)"), 0);
}

/* ---- ids ---- */

static struct gv_oid id_of(unsigned n)
{
	struct gv_oid id;

	gv_oid_of(&id, "blob", (struct gv_str){ (const char *)&n, sizeof n });
	return id;
}

static void ids(void)
{
	enum { N = 5000 };
	struct gv_ids s = { 0 };
	struct gv_oid id = id_of(0);
	bool is_new;

	CHECK(!gv_ids_has(&s, &id));
	for (unsigned i = 0; i < N; i++) {
		id = id_of(i);
		CHECK_OK(gv_ids_add(&s, &id, &is_new, &err), &err);
		CHECK(is_new);
		id = id_of(i / 2);
		CHECK_OK(gv_ids_add(&s, &id, &is_new, &err), &err);
		CHECK(!is_new);
	}
	CHECK_INT(s.n, N);
	for (unsigned i = 0; i < N; i++) {
		id = id_of(i);
		CHECK(gv_ids_has(&s, &id) && gv_oid_eq(&s.list[i], &id));
		id = id_of(N + i);
		CHECK(!gv_ids_has(&s, &id));
	}
	gv_ids_close(&s);
	CHECK(!gv_ids_has(&s, &s.list[0]) && s.n == N);
	gv_ids_free(&s);
	gv_ids_free(&s);
}

static int ids_job(struct gv_err *e)
{
	struct gv_ids s = { 0 };
	int rc = 0;

	for (unsigned i = 0; i < 1000 && !rc; i++) {
		struct gv_oid id = id_of(i);

		rc = gv_ids_add(&s, &id, NULL, e);
	}
	gv_ids_free(&s);
	return rc;
}

static void ids_memory(void)
{
	OOM_NEEDED();
	CHECK(oom_run_both(ids_job) > 4);
}

/* ---- roots ---- */

static int note(void *ctx, const struct gv_oid *id, bool strict, struct gv_err *e)
{
	char hex[GV_HEX + 1];

	(void)e;
	gv_oid_hex(id, hex);
	gv_buf_addf(ctx, "%s%.4s ", strict ? "!" : "", hex);
	return 0;
}

#define A "aaaa000000000000000000000000000000000000"
#define B "bbbb000000000000000000000000000000000000"
#define C "cccc000000000000000000000000000000000000"
#define Z "0000000000000000000000000000000000000000"

/* What one file of a repository holds; "!" where it has to be there. */
static void roots(void)
{
	static const struct { const char *path, *text, *found; int rc; } rows[] = {
		{ "HEAD", "ref: refs/heads/none\n", "", 0 },
		{ "HEAD", A "\n", "!aaaa ", 0 },
		{ "HEAD", "what", "", GV_EINTEGRITY },
		{ "refs/heads/x", A "\n", "!aaaa ", 0 },
		{ "refs/heads/x", A, "!aaaa ", 0 },
		{ "refs/heads/deep/er", A "\n" B "\n", "!aaaa ", 0 },
		{ "refs/heads/x", "", "", GV_EINTEGRITY },
		{ "refs/heads/x", "aaaa\n", "", GV_EINTEGRITY },
		{ "refs/heads/x.lock", "half", "", 0 },
		{ "refs/remotes/origin/HEAD", "ref: refs/remotes/origin/main\n", "", 0 },
		{ "packed-refs", "# pack-refs with: peeled\n" A " refs/heads/p\n" B " refs/tags/t\n^" C "\n", "!aaaa !bbbb ", 0 },
		{ "packed-refs", A " refs/heads/stands-loose\n" B " refs/heads/q\n", "!cccc !bbbb ", 0 },
		{ "packed-refs", "rubbish\n" A "\n", "", 0 },
		{ "logs/refs/heads/x", Z " " A " W <w> 1 +0800\tc\n" A " " B " W <w> 2 +0800\tc\n", "aaaa aaaa bbbb ", 0 },
		{ "logs/HEAD", "no id\n" A " " B, "aaaa bbbb ", 0 },
		{ "FETCH_HEAD", A "\t\tbranch\n" B "\tnot-for-merge\n", "aaaa bbbb ", 0 },
		{ "ORIG_HEAD", A "\n", "aaaa ", 0 },
		{ "worktrees/w/HEAD", A "\n", "aaaa ", 0 },
		{ "worktrees/w/logs/HEAD", A " " B " W\n", "aaaa bbbb ", 0 },
		{ "worktrees/w/gitdir", "/somewhere/.git\n", "", 0 },
		{ "description", A "\n", "", 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_buf found = GV_BUF_INIT(4096);
		char path[256];

		repo_new();
		sh("rm -rf g && mkdir -p g/refs/heads && mkdir -p $(dirname g/%s)", rows[i].path);
		if (strstr(rows[i].text, "stands-loose"))
			docket_write("g/refs/heads/stands-loose", C "\n");
		snprintf(path, sizeof path, "g/%s", rows[i].path);
		CHECK_INT(docket_write(path, rows[i].text), 0);
		CHECK_ROW(gv_maintain_roots("g", note, &found, &err) == rows[i].rc, rows[i].path);
		CHECK_STR(found.p ? found.p : "", rows[i].found);
		gv_buf_free(&found);
		repo_done();
	}
}

static void indexes(void)
{
	repo_new();
	CHECK(!gv_maintain_has_index("r"));
	sh("mkdir -p r/worktrees/w && echo x >r/worktrees/w/HEAD");
	CHECK(!gv_maintain_has_index("r"));
	sh("echo x >r/worktrees/w/index");
	CHECK(gv_maintain_has_index("r"));
	sh("rm r/worktrees/w/index && echo x >r/index");
	CHECK(gv_maintain_has_index("r"));
	repo_done();
}

/* ---- a commit-graph that is damaged is written anew ---- */

static enum gv_graph graph_of(bool dry_run)
{
	struct gv_store *s = docket_open();
	struct gv_buf said = GV_BUF_INIT(4096);
	enum gv_graph state = GV_GRAPH_FAILED;

	CHECK_OK(gv_maintain_graph(s, dry_run, &state, &said, &err), &err);
	gv_buf_free(&said);
	gv_store_close(s);
	return state;
}

static enum gv_graph graph_state(void)
{
	return graph_of(true);
}

/* Two at once would each take away what the other is writing. */
static void graph_by_another(void)
{
	int guard;

	setup();
	CHECK_OK(gv_maintain_guard(&guard, "r/objects/pack", &err), &err);
	CHECK_INT(graph_of(false), GV_GRAPH_BUSY);
	CHECK(access("r/objects/info/commit-graph", F_OK) != 0);
	close(guard);
	CHECK_INT(graph_of(false), GV_GRAPH_WRITTEN);
	CHECK_INT(graph_of(false), GV_GRAPH_CURRENT);
	repo_done();
}

/* One that was killed left a folder; whoever may write to the docket may take it away. */
static void graph_is_everybodys(void)
{
	setup();
	sh("chmod 2775 r && mkdir none && echo '#!/bin/sh' >none/git && chmod +x none/git");
	sh("echo 'stat -c %%a r/tmp_gavel_graph r/tmp_gavel_graph/info >modes; exit 1' >>none/git; echo \"$PATH\" >path");
	setenv("PATH", sh_out("echo \"$PWD/none:$PATH\""), 1);
	CHECK_INT(graph_of(false), GV_GRAPH_FAILED);
	setenv("PATH", sh_out("cat path"), 1);
	CHECK_STR(sh_out("uniq modes"), "2775");
	CHECK(access("r/tmp_gavel_graph", F_OK) != 0);
	repo_done();
}

static void graphs(void)
{
	struct gv_buf whole = GV_BUF_INIT(GV_MIB);
	const char *path = "r/objects/info/commit-graph";
	size_t current = 0;

	setup();
	CHECK_INT(graph_state(), GV_GRAPH_WRITTEN);
	sh("git -C r commit-graph write --reachable --changed-paths --no-progress");
	CHECK_INT(graph_state(), GV_GRAPH_CURRENT);
	CHECK_OK(gv_buf_read_file(&whole, path, &err), &err);
	for (size_t n = 0; n < whole.n; n += n < 128 ? 1 : 97) { /* cut short */
		FILE *f;

		unlink(path);
		f = fopen(path, "w");
		CHECK(f && fwrite(whole.p, 1, n, f) == n && fclose(f) == 0);
		current += graph_state() == GV_GRAPH_CURRENT;
	}
	CHECK(current < 10); /* only where what is missing is behind the ids */
	for (size_t n = 0; n < 8 + 12 * 8; n++) { /* each byte of the head and of the table another */
		FILE *f;

		whole.p[n] = (char)~whole.p[n];
		unlink(path);
		f = fopen(path, "w");
		CHECK(f && fwrite(whole.p, 1, whole.n, f) == whole.n && fclose(f) == 0);
		whole.p[n] = (char)~whole.p[n];
		graph_state(); /* whatever it says, it does not fall */
	}
	sh("git -C r commit-tree -p main -m three 'main^{tree}' >id && git -C r update-ref refs/heads/main $(cat id)");
	sh("rm -f r/objects/info/commit-graph && git -C r commit-graph write --reachable --no-progress");
	CHECK_INT(graph_state(), GV_GRAPH_WRITTEN); /* without paths */
	gv_buf_free(&whole);
	repo_done();
}

/* ---- memory ---- */

/* Loose objects, deltas, one young object in a mixed pack, one old loose object, a pack that is kept. */
static void make_mess(void)
{
	setup();
	sh("seq 400 >many && h=$(git -C r hash-object -w ../many) && echo x >>many && i=$(git -C r hash-object -w ../many) &&"
	   "printf '100644 blob %%s\\ta\\n100644 blob %%s\\tb\\n100644 blob %%s\\tgavel.json\\n' $h $i $(git -C r rev-parse main:gavel.json) |"
	   "git -C r mktree >tree && git -C r update-ref refs/heads/side $(git -C r commit-tree -m s $(cat tree)) && "
	   "git -C r repack -adfq && git -C r commit-tree -p main -m loose 'main^{tree}' >id && "
	   "git -C r update-ref refs/heads/main $(cat id)");
	sh("young=$(echo young | git -C r hash-object -w --stdin) && { echo $young; git -C r rev-parse main; } |"
	   "git -C r pack-objects -q objects/pack/pack >/dev/null && git -C r prune-packed -q && echo $young >young");
	sh("old=$(echo old | git -C r hash-object -w --stdin) && f=r/objects/$(echo $old | sed 's,^..,&/,') && touch -d '20 days ago' $f");
	sh("git -C r rev-parse main:gavel.json | git -C r pack-objects -q objects/pack/pack >name && touch r/objects/pack/pack-$(cat name).keep");
	sh("cp -a r fresh");
}

static int maintain_once(struct gv_err *e)
{
	struct gv_maintain o = { .command = "test", .lock_seconds = 1, .older_than = time(NULL) - 14 * 86400 };
	struct gv_maintain_result r;
	struct gv_store *s;
	int rc = gv_store_open(&s, "r", e);

	if (!rc)
		rc = gv_maintain(s, &o, &r, e);
	gv_store_close(s);
	return rc;
}

static int is_left_over(const char *path, const struct stat *st, int flag, struct FTW *at)
{
	(void)st;
	(void)flag;
	CHECK_ROW(!strstr(path + at->base, "tmp"), path);
	return 0;
}

/* What nobody reaches and what somebody keeps is there, whatever happened; now and then git looks, too. */
static void look(size_t n, const struct gv_oid *young, const char *keep)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_odb *o;

	nftw("r", is_left_over, 16, FTW_PHYS);
	CHECK(access(keep, F_OK) == 0);
	CHECK_OK(gv_odb_open(&o, "r/objects", &err), &err);
	CHECK_OK(gv_odb_read(o, young, GV_OBJ_BLOB, &obj, &err), &err);
	gv_object_free(&obj);
	gv_odb_close(o);
	if (n % 64 == 0)
		check_fsck("r");
}

static void memory(void)
{
	struct gv_err e = { 0 };
	size_t failures = 0;
	struct gv_oid young;
	char keep[256];

	OOM_NEEDED();
	make_mess();
	CHECK(gv_oid_read(&young, gv_str_of(sh_out("cat young"))));
	snprintf(keep, sizeof keep, "r/objects/pack/pack-%s.pack", sh_out("cat name"));
	CHECK_OK(maintain_once(&err), &err); /* what is kept for the process is made now */
	for (int i = 0; i < 2; i++) {
		int rc = 0;

		oom_for_good = i;
		sh("rm -rf r && cp -a fresh r");
		for (size_t n = 1; oom_begin(n); n++, oom_end()) {
			gv_err_clear(&e);
			rc = maintain_once(&e);
			oom_quiet();
			if (rc) {
				CHECK_INT(rc, GV_EIO);
				CHECK_STR(e.msg, "out of memory");
			}
			failures += rc != 0;
			look(n, &young, keep);
			if (!rc && oom_hit)
				sh("rm -rf r && cp -a fresh r");
		}
		CHECK_OK(rc, &e);
		CHECK_INT(oom_leaks, 0);
	}
	CHECK(failures > 100);
	repo_done();
}

/* The first needs the source tree. */
UNIT_MAIN("maintain", { "one commit-graph at a time", graph_by_another },
          { "a folder that others may take away", graph_is_everybodys }, { "damaged commit-graphs", graphs }, { "memory that runs out", memory }, { "a set of ids", ids },
          { "a set of ids when memory runs out", ids_memory }, { "what holds objects", roots },
          { "an index may, too", indexes })
