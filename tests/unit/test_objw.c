/* SPDX-License-Identifier: MIT */
#include <sys/file.h>

#include "objw_unit.h"

/* Text that does not compress, n bytes, another for every seed. */
static char *noise(size_t n, unsigned seed)
{
	char *p = malloc(n + 1);

	for (size_t i = 0; i < n; i++) {
		seed = seed * 1103515245 + 12345;
		p[i] = (char)(seed >> 16);
	}
	p[n] = '\0';
	return p;
}

static int entries(const char *where)
{
	return atoi(sh_out("find " OBJECTS " %s | wc -l", where));
}

#define ALL_FILES  "-type f"
#define PACKS      "-name 'pack-*.pack'"
#define LOOSE      "-path '*/[0-9a-f][0-9a-f]/*' -type f"
#define TEMPORARY  "-name '*tmp*'"

/* ---- small batches ---- */

static void loose(void)
{
	struct gv_objw *w;
	struct gv_buf pack = GV_BUF_INIT(4096);
	struct gv_oid blob, tree, commit, tag;
	char text[512];
	size_t n;

	repo_new();
	w = writer();
	blob = add_blob(w, "{}\n");
	n = (size_t)snprintf(text, sizeof text, "100644 a.json");
	text[n++] = '\0';
	memcpy(text + n, blob.b, 20);
	CHECK_OK(gv_objw_add(w, GV_OBJ_TREE, (struct gv_str){ text, n + 20 }, NULL, &tree, &err), &err);
	snprintf(text, sizeof text, "tree %s\nauthor A <a@b> 1 +0800\ncommitter A <a@b> 1 +0800\n\nx\n", hex(&tree));
	CHECK_OK(gv_objw_add(w, GV_OBJ_COMMIT, gv_str_of(text), NULL, &commit, &err), &err);
	snprintf(text, sizeof text, "object %s\ntype commit\ntag t\ntagger A <a@b> 1 +0800\n\nx\n", hex(&commit));
	CHECK_OK(gv_objw_add(w, GV_OBJ_TAG, gv_str_of(text), NULL, &tag, &err), &err);
	CHECK_INT(gv_objw_count(w), 4);
	CHECK_INT(entries(ALL_FILES), 0); /* nothing to be seen yet */
	CHECK_OK(gv_objw_finish(w, &pack, &err), &err);
	CHECK_INT(pack.n, 0);
	CHECK_INT(gv_objw_count(w), 0);
	CHECK_INT(entries(ALL_FILES), 4);
	CHECK_INT(entries("-type f ! -perm 444"), 0);
	CHECK_STR(sh_out("cd r && git cat-file -t %s && git cat-file -t %s && git cat-file -p %s | head -n 1", hex(&tag),
	                 hex(&commit), hex(&tree)),
	          "tag\ncommit\n100644 blob 0967ef424bce6791893e9a57bb952f80fd536e93\ta.json");
	check_fsck("r");
	gv_objw_free(w);
	gv_buf_free(&pack);
	repo_done();
}

static void threshold(void)
{
	static const struct { size_t objects, size; int packs, files; } rows[] = {
		{ 0, 0, 0, 0 }, { 1, 10, 0, 1 }, { GV_OBJW_LOOSE, 10, 0, GV_OBJW_LOOSE }, { GV_OBJW_LOOSE + 1, 10, 1, 0 },
		{ 1, GV_MIB - 200, 0, 1 }, { 1, GV_MIB, 1, 0 }, { 2, GV_MIB * 3 / 4, 1, 0 }, { 400, 3000, 1, 0 },
	};

	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		struct gv_objw *w;
		struct gv_buf pack = GV_BUF_INIT(4096);
		struct gv_oid oid;
		char row[64];

		repo_new();
		w = writer();
		snprintf(row, sizeof row, "%zu of %zu bytes", rows[r].objects, rows[r].size);
		for (size_t i = 0; i < rows[r].objects; i++) {
			char *p = noise(rows[r].size, (unsigned)i);

			CHECK_OK(gv_objw_add(w, GV_OBJ_BLOB, (struct gv_str){ p, rows[r].size }, NULL, &oid, &err), &err);
			free(p);
		}
		CHECK_ROW(entries(PACKS) == 0, row);
		CHECK_ROW(entries(TEMPORARY) == rows[r].packs, row);
		CHECK_OK(gv_objw_finish(w, &pack, &err), &err);
		CHECK_ROW(entries(PACKS) == rows[r].packs, row);
		CHECK_ROW(entries(LOOSE) == rows[r].files, row);
		CHECK_ROW((pack.n > 0) == (rows[r].packs > 0), row);
		CHECK_ROW(entries(TEMPORARY) == 0, row);
		CHECK_ROW(entries("-type f ! -perm 444") == 0, row);
		if (rows[r].packs)
			CHECK_ROW(sh("git verify-pack %s", pack.p) == 0, row);
		check_fsck("r");
		gv_objw_free(w);
		gv_buf_free(&pack);
		repo_done();
	}
}

/* ---- what was put in comes out: before finish, after it, and from git ---- */

static void round_trip(void)
{
	static const size_t sizes[] = { 0, 1, 15, 16, 2047, 2048, 65534, 65535, 65536, 131070, 131071, 200000, 3 << 20 };
	enum { N = sizeof sizes / sizeof sizes[0] };

	for (int big = 0; big < 2; big++) { /* the same sizes in memory and in a pack */
		struct gv_objw *w;
		struct gv_odb *o;
		struct gv_object obj = GV_OBJECT_INIT;
		struct gv_buf pack = GV_BUF_INIT(4096);
		struct gv_oid ids[N];
		char *text[N];
		size_t n = big ? N : N - 1;

		repo_new();
		w = writer();
		for (size_t i = 0; i < n; i++) {
			text[i] = noise(sizes[i], 7);
			CHECK_OK(gv_objw_add(w, GV_OBJ_BLOB, (struct gv_str){ text[i], sizes[i] }, NULL, &ids[i], &err), &err);
			CHECK_OK(gv_objw_read(w, &ids[i], &obj, &err), &err);
			CHECK_BYTES(obj.data, ((struct gv_str){ text[i], sizes[i] }));
		}
		for (size_t i = n; i-- > 0;) {
			CHECK_OK(gv_objw_read(w, &ids[i], &obj, &err), &err);
			CHECK_BYTES(obj.data, ((struct gv_str){ text[i], sizes[i] }));
			CHECK_INT(obj.type, GV_OBJ_BLOB);
		}
		CHECK_OK(gv_objw_finish(w, &pack, &err), &err);
		CHECK_INT(gv_objw_read(w, &ids[0], &obj, &err), GV_ENOTFOUND);
		o = reader();
		for (size_t i = 0; i < n; i++) {
			CHECK_OK(gv_odb_read(o, &ids[i], GV_OBJ_BLOB, &obj, &err), &err);
			CHECK_BYTES(obj.data, ((struct gv_str){ text[i], sizes[i] }));
			CHECK_STR(sh_out("git -C r cat-file blob %s | git hash-object --stdin", hex(&ids[i])), hex(&ids[i]));
			free(text[i]);
		}
		if (big)
			CHECK_INT(sh("git verify-pack %s", pack.p), 0);
		gv_odb_close(o);
		gv_objw_free(w);
		gv_object_free(&obj);
		gv_buf_free(&pack);
		repo_done();
	}
}

static void duplicates(void)
{
	struct gv_objw *w;
	struct gv_odb *o;
	struct gv_oid a, b;

	repo_new();
	w = writer();
	a = add_blob(w, "once\n");
	b = add_blob(w, "once\n");
	CHECK(gv_oid_eq(&a, &b));
	CHECK_INT(gv_objw_count(w), 1);
	CHECK_OK(gv_objw_finish(w, NULL, &err), &err);
	o = reader();
	CHECK_OK(gv_objw_add(w, GV_OBJ_BLOB, GV_STR("once\n"), o, &b, &err), &err); /* known to the docket */
	CHECK(gv_oid_eq(&a, &b));
	CHECK_INT(gv_objw_count(w), 0);
	CHECK_OK(gv_objw_finish(w, NULL, &err), &err); /* nothing to do */
	add_blob(w, "once\n"); /* stored again where nobody asked: the same file */
	CHECK_OK(gv_objw_finish(w, NULL, &err), &err);
	CHECK_INT(entries(ALL_FILES), 1);
	check_fsck("r");
	gv_odb_close(o);
	gv_objw_free(w);
	repo_done();
}

/* One writer, several batches of both sizes. */
static void again(void)
{
	struct gv_objw *w;
	struct gv_buf pack = GV_BUF_INIT(4096);
	char text[32];

	repo_new();
	w = writer();
	for (int round = 0; round < 4; round++) {
		for (int i = 0; i < (round % 2 ? 300 : 5); i++) {
			snprintf(text, sizeof text, "%d of %d\n", i, round);
			add_blob(w, text);
		}
		gv_buf_reset(&pack);
		CHECK_OK(gv_objw_finish(w, &pack, &err), &err);
		CHECK_INT(pack.n > 0, round % 2);
	}
	for (int i = 0; i < 300; i++) {
		snprintf(text, sizeof text, "%d of 9\n", i);
		add_blob(w, text);
	}
	CHECK_INT(entries(TEMPORARY), 1);
	gv_objw_forget(w);
	CHECK_INT(entries(TEMPORARY), 0);
	CHECK_INT(gv_objw_count(w), 0);
	CHECK_OK(gv_objw_finish(w, NULL, &err), &err);
	CHECK_INT(entries(PACKS), 2);
	CHECK_INT(atoi(sh_out("git -C r cat-file --batch-all-objects --batch-check | wc -l")), 610);
	check_fsck("r");
	gv_objw_free(w);
	gv_buf_free(&pack);
	repo_done();
}

/* Until a ref leads to it, a pack must survive `git repack -ad`. */
static void kept(void)
{
	static const char *const list = "cd " OBJECTS "/pack && ls | sed -n 's/pack-[0-9a-f]*[.]keep/ours/p; s/.*[.]keep/&/p' | sort -u | paste -sd' '";
	struct gv_objw *w;
	char text[32];

	repo_new();
	w = writer();
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 200; i++) {
			snprintf(text, sizeof text, "%d of %d", i, round);
			add_blob(w, text);
		}
		CHECK_OK(gv_objw_finish(w, NULL, &err), &err);
		CHECK_INT(sh("git -C r repack -adq"), 0);
		CHECK_INT(entries(PACKS), 1 + round);
	}
	CHECK_INT(entries("-name '*.keep' -perm 444"), 2);
	CHECK_INT(atoi(sh_out("git -C r cat-file --batch-all-objects --batch-check | wc -l")), 400);
	gv_objw_forget(w);
	CHECK_STR(sh_out("%s", list), "");
	CHECK_INT(sh("git -C r repack -adq"), 0);
	CHECK_INT(entries(PACKS), 0); /* so it was the .keep file */
	/* A dead writer's goes with the next sweep, others stay, and so does what only looks like one. */
	add_blob(w, "x");
	for (int i = 0; i < 200; i++) {
		snprintf(text, sizeof text, "%d", i);
		add_blob(w, text);
	}
	CHECK_OK(gv_objw_finish(w, NULL, &err), &err);
	sh("cd " OBJECTS "/pack && cp pack-*.keep ../../text && echo mine >pack-people.keep && : >pack-empty.keep && "
	   "cp ../../text pack-dead.keep && echo more | cat ../../text - >pack-more.keep && ln -s ../../text pack-link.keep && "
	   "mkdir pack-folder.keep && mkfifo pack-pipe.keep");
	gv_objw_sweep(OBJECTS, false);
	CHECK_STR(sh_out("%s", list), "pack-empty.keep pack-folder.keep pack-link.keep pack-more.keep pack-people.keep pack-pipe.keep");
	gv_objw_free(w);
	repo_done();
}

/* ---- modes ---- */

static void modes(void)
{
	static const struct { const char *mode, *file, *folder; } rows[] = {
		{ "755", "444", "755" }, { "750", "440", "750" }, { "700", "400", "700" },
		{ "2770", "440", "2770" }, { "2775", "444", "2775" },
	};

	for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		struct gv_objw *w;
		char text[16];

		repo_new();
		umask(077);
		sh("chmod %s " OBJECTS " " OBJECTS "/pack", rows[r].mode);
		w = writer();
		add_blob(w, "loose\n");
		CHECK_OK(gv_objw_finish(w, NULL, &err), &err);
		for (int i = 0; i < 200; i++) {
			snprintf(text, sizeof text, "%d", i);
			add_blob(w, text);
		}
		CHECK_OK(gv_objw_finish(w, NULL, &err), &err);
		CHECK_STR(sh_out("find " OBJECTS " -type f -printf '%%m\n' | sort -u"), rows[r].file);
		CHECK_STR(sh_out("find " OBJECTS " -mindepth 1 -type d -name '[0-9a-f][0-9a-f]' -printf '%%m\n' | sort -u"), rows[r].folder);
		gv_objw_free(w);
		repo_done();
	}
}

/* ---- what goes wrong ---- */

static void trouble(void)
{
	struct gv_objw *w;
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_oid oid = { { 0xab } };
	char text[16];

	repo_new();
	CHECK_ERR(gv_objw_new(&w, "r/nothing", &err), &err, GV_EIO, "r/nothing: cannot read: No such file or directory");
	CHECK(w == NULL);
	w = writer();
	CHECK_ERR(gv_objw_read(w, &oid, &obj, &err), &err, GV_ENOTFOUND,
	          "no object ab00000000000000000000000000000000000000");
	/* Files where folders belong: root is stopped by that, too. */
	sh("for i in 0 1 2 3 4 5 6 7 8 9 a b c d e f; do for j in 0 1 2 3 4 5 6 7 8 9 a b c d e f; do "
	   "echo >" OBJECTS "/$i$j; done; done; rmdir " OBJECTS "/pack; echo >" OBJECTS "/pack");
	add_blob(w, "x");
	CHECK_INT(gv_objw_finish(w, NULL, &err), GV_EIO);
	CHECK(gv_str_starts(gv_str_of(err.thing), GV_STR(OBJECTS "/c1/tmp_obj_gavel_")));
	CHECK_STR(err.msg, "cannot write: Not a directory");
	CHECK_ERR(gv_objw_finish(w, NULL, &err), &err, GV_EIO, "an earlier write of this batch failed");
	CHECK_ERR(gv_objw_add(w, GV_OBJ_BLOB, GV_STR("y"), NULL, &oid, &err), &err, GV_EIO,
	          "an earlier write of this batch failed");
	gv_objw_free(w);
	w = writer();
	for (int i = 0; i < GV_OBJW_LOOSE; i++) {
		snprintf(text, sizeof text, "%d", i);
		add_blob(w, text);
	}
	CHECK_INT(gv_objw_add(w, GV_OBJ_BLOB, GV_STR("one too many"), NULL, &oid, &err), GV_EIO);
	CHECK(gv_str_starts(gv_str_of(err.thing), GV_STR(OBJECTS "/pack/tmp_gavel_")));
	CHECK_STR(err.msg, "cannot write: Not a directory");
	gv_objw_free(w);
	gv_object_free(&obj);
	repo_done();
}

static void sweeping(void)
{
	struct gv_objw *alive;
	char text[16];

	repo_new();
	sh("mkdir " OBJECTS "/0a && touch " OBJECTS "/pack/tmp_gavel_dead01 " OBJECTS "/pack/tmp_pack_gits "
	   OBJECTS "/0a/tmp_obj_gavel_dead " OBJECTS "/0a/tmp_obj_gits && ln -s /etc/passwd " OBJECTS "/pack/tmp_gavel_link");
	alive = writer();
	for (int i = 0; i < 200; i++) {
		snprintf(text, sizeof text, "%d", i);
		add_blob(alive, text);
	}
	CHECK_INT(entries(TEMPORARY), 6);
	gv_objw_sweep(OBJECTS, false);
	CHECK_STR(sh_out("cd " OBJECTS " && ls -d pack/tmp_pack* pack/tmp_gavel_dead* 0a/* 2>/dev/null"),
	          "0a/tmp_obj_gavel_dead\n0a/tmp_obj_gits\npack/tmp_pack_gits");
	gv_objw_sweep(OBJECTS, true);
	CHECK_STR(sh_out("cd " OBJECTS " && ls 0a"), "tmp_obj_gits");
	CHECK_OK(gv_objw_finish(alive, NULL, &err), &err); /* its pack was let alone */
	CHECK_INT(entries(PACKS), 1);
	gv_objw_sweep("r/nothing", true);
	gv_objw_free(alive);
	repo_done();
}

UNIT_MAIN("objw", { "loose objects", loose }, { "loose or pack", threshold }, { "round trip", round_trip }, { "packs are kept", kept },
          { "duplicates", duplicates }, { "several batches", again }, { "modes", modes }, { "trouble", trouble },
          { "sweeping", sweeping })
