/* SPDX-License-Identifier: MIT */
/* Packs of every make and break, other processes at work, where objects are looked for. */
#include "odb_unit.h"

/* ---- packs ---- */

/* Some hundred similar files in three commits, so that there are deltas of blobs and trees. */
static void fill(void)
{
	CHECK_INT(sh("awk 'BEGIN { for (c = 0; c < 3; c++) {"
	             " printf \"commit refs/heads/main\\ncommitter A <a@b> %%d +0800\\ndata 1\\nx\\n\", 1600000000 + c;"
	             " if (c == 0) print \"deleteall\";"
	             " for (i = c * 40; i < 200; i++) {"
	             "  s = \"\"; for (k = 0; k < 20 + i %% 7; k++) s = s \"  \\\"member\" k \"\\\": \" (i * k + c) \",\\n\";"
	             "  printf \"M 100644 inline f/%%d/%%d.json\\ndata %%d\\n%%s\\n\", i / 50, i, length(s), s }"
	             " s = c \" a large text \"; while (length(s) < 200000) s = s s;"
	             " s = s c; printf \"M 100644 inline big\\ndata %%d\\n%%s\\n\", length(s), s } print \"done\" }' | "
	             "LC_ALL=C git -C r fast-import --quiet --done"), 0);
}

static void packs(void)
{
	static const char *const ways[] = {
		"true",                                                            /* as fast-import left it */
		"git repack -adfq",
		"git -c repack.useDeltaBaseOffset=false repack -adfq",             /* deltas by id */
		"git repack -adfq --window=0",
		"git -c pack.compression=0 repack -adFq --window=0",               /* stored: as our own writer does */
		"git -c pack.compression=0 repack -adFq --depth=50",
		"git -c pack.compression=9 repack -adFq --depth=4000 --window=50",
		"git repack -adfq && mv objects/pack/*.pack x.pack && rm -f objects/pack/* && "
		"git index-pack --index-version=2,0x40 -o objects/pack/pack-far.idx x.pack >/dev/null && "
		"mv x.pack objects/pack/pack-far.pack",                            /* far offsets for nearly all */
		"git repack -adfq && mv objects/pack/*.pack x.pack && rm -f objects/pack/* && "
		"git unpack-objects -q <x.pack && git repack -q && git multi-pack-index write", /* loose and packed */
	};

	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		struct gv_odb *o;

		repo_new();
		fill();
		CHECK_INT(sh("cd r && %s", ways[i]), 0);
		o = open_odb("r/objects");
		CHECK_INT(read_all(o, "r"), 503);
		CHECK_INT(read_all(o, "r"), 503); /* now from the cache */
		gv_odb_close(o);
		repo_done();
	}
}

/* The blobs at `main`, in the order of their paths, with every `stride`th asked for twice: through a walk and not. */
static size_t walk_all(struct gv_odb *o, size_t stride)
{
	struct gv_object obj = GV_OBJECT_INIT, plain = GV_OBJECT_INIT;
	struct gv_oid none = { { 0xFF } }, ids[4096];
	struct gv_odb_walk *w = NULL;
	struct gv_err err = { 0 };
	size_t n = 0, mapped = 0;
	char hex[128];
	FILE *p = popen("git -C r ls-tree -r --format='%(objectname)' main", "r");

	CHECK_OK(gv_odb_walk_new(&w, o, &err), &err);
	while (p && fgets(hex, sizeof hex, p) && n < 4096) {
		hex[strcspn(hex, "\n")] = '\0';
		ids[n++] = oid_of_hex(hex);
	}
	if (p)
		pclose(p);
	for (size_t i = 0, at = 0; i < n; i++, at = (at + stride) % n) {
		gv_odb_walk_soon(w, i % 3 ? &ids[(at + stride) % n] : NULL, i % 5 ? &none : NULL);
		if (i % 7 == 0)
			gv_odb_walk_soon(w, &none, &ids[at]);
		CHECK_OK(gv_odb_walk_need(w, &ids[at], GV_OBJ_BLOB, &obj, &err), &err);
		CHECK_OK(read_and_hash(o, &ids[at], &plain, &err), &err);
		CHECK_BYTES(obj.data, plain.data);
		mapped += obj.data.p == plain.data.p || obj.data.p == obj.own.p;
	}
	CHECK_INT(gv_odb_walk_need(w, &none, GV_OBJ_BLOB, &obj, &err), GV_EINTEGRITY);
	CHECK_INT(gv_odb_walk_need(w, &ids[0], GV_OBJ_TREE, &obj, &err), GV_EINTEGRITY);
	CHECK(n > 2000);
	gv_odb_walk_free(w);
	gv_object_free(&obj);
	gv_object_free(&plain);
	return n - mapped;
}

/* Files of all lengths, some longer than a window and than a block, in a pack that is worth it. */
static void walks(void)
{
	static const char *const packs[] = {
		"-c pack.compression=0 repack -adFq --window=0", "-c pack.compression=9 repack -adFq --window=0", "repack -adFq"
	};
	struct gv_odb *o;

	repo_new();
	CHECK_INT(sh("awk 'BEGIN { srand(7); for (k = 0; k < 250; k++) {"
	             "  part = \"\"; for (i = 0; i < 240; i++) part = part sprintf(\"%%08x\", rand() * 4294967296);"
	             "  all = all part }"
	             " printf \"commit refs/heads/main\\ncommitter A <a@b> 1600000000 +0800\\ndata 0\\n\";"
	             " n = split(\"4070 4096 5000 65535 65536 300000\", long, \" \");"
	             " for (i = 0; i < 2100; i++) { size = i < n ? long[i + 1] : i * 7 %% 3531;"
	             "  printf \"M 100644 inline f/%%d\\ndata %%d\\n%%s\\n\", i, size, substr(all, 1 + i * 83, size) }"
	             " print \"done\" }' | LC_ALL=C git -C r fast-import --quiet --done"), 0);
	for (size_t i = 0; i < sizeof packs / sizeof packs[0]; i++) {
		size_t through = 0;
		char cmd[128];

		snprintf(cmd, sizeof cmd, "git -C r %s", packs[i]);
		CHECK_INT(sh("%s", cmd), 0);
		o = open_odb("r/objects");
		for (size_t stride = 1; stride < 2000; stride = stride * 5 + 2)
			through += walk_all(o, stride);
		CHECK_ROW(i ? through < 100 : through > 8000, packs[i]);
		gv_odb_close(o);
	}
	repo_done();
}

/* What is stored in one block is lent from the map, not copied. */
static void zero_copy(void)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_err err = { 0 };
	struct gv_oid small, big;
	struct gv_odb *o;

	repo_new();
	fill();
	CHECK_INT(sh("git -C r -c pack.compression=0 repack -adFq --window=0"), 0);
	small = oid_of_hex(sh_out("git -C r rev-parse main:f/0/3.json"));
	big = oid_of_hex(sh_out("git -C r rev-parse main:big"));
	o = open_odb("r/objects");
	CHECK_OK(gv_odb_read(o, &small, GV_OBJ_BLOB, &obj, &err), &err);
	CHECK(obj.own.p == NULL);
	CHECK(obj.data.p > (const char *)o->open->data && obj.data.p < (const char *)o->open->data + o->open->data_n);
	CHECK_OK(read_and_hash(o, &big, &obj, &err), &err); /* several blocks */
	CHECK(obj.data.p == obj.own.p);
	gv_object_free(&obj);
	gv_odb_close(o);
	repo_done();
}

static void pack_broken(void)
{
	static const struct { const char *way, *want; } rows[] = {
		{ "git index-pack --index-version=1 -o $p.idx $p.pack >/dev/null", "broken pack: the index is not of version 2" },
		{ "truncate -s 30 $p.idx", "cut short" },
		{ "truncate -s 900 $p.idx", "broken pack: the index is not of version 2" },
		{ "truncate -s -50 $p.idx", "broken pack: the index is cut short" },
		{ "truncate -s +12 $p.idx", "broken pack: the index has the wrong length" },
		{ "truncate -s +80000 $p.idx", "broken pack: the index has the wrong length" },
		{ "printf '\\377' | dd of=$p.idx bs=1 seek=500 conv=notrunc 2>/dev/null", "broken pack: the index runs backwards" },
		{ "printf XXXX | dd of=$p.pack bs=1 conv=notrunc 2>/dev/null", "broken pack: it does not begin as a pack" },
		{ "printf '\\4' | dd of=$p.pack bs=1 seek=7 conv=notrunc 2>/dev/null", "broken pack: unknown version" },
		{ "printf '\\4' | dd of=$p.pack bs=1 seek=8 conv=notrunc 2>/dev/null", "broken pack: pack and index count differently" },
		{ "truncate -s -1 $p.pack", "broken pack: pack and index do not belong together" },
		{ "truncate -s 0 $p.pack", "cut short" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_object obj = GV_OBJECT_INIT;
		struct gv_err err = { 0 };
		struct gv_oid oid;
		struct gv_odb *o;

		repo_new();
		fill();
		oid = oid_of_hex(sh_out("git -C r rev-parse main:big"));
		CHECK_INT(sh("cd r/objects/pack && chmod u+w * && p=$(ls *.pack) && p=${p%%.pack} && %s", rows[i].way), 0);
		o = open_odb("r/objects");
		CHECK_INT(gv_odb_read(o, &oid, GV_OBJ_BLOB, &obj, &err), GV_EINTEGRITY);
		CHECK_STR(err.msg, rows[i].want);
		CHECK(strncmp(err.thing, "r/objects/pack/pack-", 20) == 0);
		CHECK(!gv_odb_has(o, &oid));
		gv_object_free(&obj);
		gv_odb_close(o);
		repo_done();
	}
}

/* Every byte of a small pack and its index changed in turn: any answer, but an answer. */
static void pack_flipped(void)
{
	struct gv_buf names = GV_BUF_INIT(4096), pack = GV_BUF_INIT(GV_MIB), idx = GV_BUF_INIT(GV_MIB);
	struct gv_err err = { 0 };
	struct gv_oid ids_[4];

	repo_new();
	CHECK_INT(sh("cd r && for i in 1 2; do seq 100 >f; echo $i >>f; git hash-object -w f; done >ids && "
	             "printf '100644 blob %%s\\ta\\n' $(head -n 1 ids) | git mktree >>ids && "
	             "git -c repack.useDeltaBaseOffset=false pack-objects -q --window=5 p <ids >/dev/null && "
	             "mkdir -p x/pack && mv p-*.pack x/pack/pack-p.pack && mv p-*.idx x/pack/pack-p.idx && chmod u+w x/pack/*"), 0);
	CHECK_OK(gv_buf_read_file(&names, "r/ids", &err), &err);
	for (size_t i = 0; i < 3; i++)
		CHECK(gv_oid_read(&ids_[i], (struct gv_str){ names.p + 41 * i, 40 }));
	CHECK_OK(gv_buf_read_file(&pack, "r/x/pack/pack-p.pack", &err), &err);
	CHECK_OK(gv_buf_read_file(&idx, "r/x/pack/pack-p.idx", &err), &err);
	for (size_t i = 0; i < pack.n + idx.n; i++) {
		struct gv_buf *b = i < pack.n ? &pack : &idx;
		const char *path = i < pack.n ? "r/x/pack/pack-p.pack" : "r/x/pack/pack-p.idx";
		size_t at = i < pack.n ? i : i - pack.n;
		char kept = b->p[at];
		struct gv_odb *o;

		b->p[at] = (char)(kept ^ (i % 2 ? 0xFF : 1));
		write_file(path, b->p, b->n);
		o = open_odb("r/x");
		for (size_t k = 0; k < 3; k++) {
			struct gv_object obj = GV_OBJECT_INIT;

			obj.own.max = GV_MIB;
			gv_odb_read(o, &ids_[k], 0, &obj, &err);
			gv_object_free(&obj);
		}
		gv_odb_close(o);
		b->p[at] = kept;
		write_file(path, b->p, b->n);
	}
	gv_buf_free(&names);
	gv_buf_free(&pack);
	gv_buf_free(&idx);
	repo_done();
}

/* ---- other processes ---- */

static void repacked_meanwhile(void)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_err err = { 0 };
	struct gv_oid head;
	struct gv_odb *o;
	size_t n;

	repo_new();
	fill();
	head = oid_of_hex(sh_out("git -C r rev-parse main"));
	o = open_odb("r/objects");
	CHECK_OK(read_and_hash(o, &head, &obj, &err), &err); /* the pack is mapped */
	CHECK_INT(sh("cd r && echo new | git hash-object -w --stdin >id && "
	             "git update-ref refs/tags/t $(cat id) && git repack -adq"), 0);
	head = oid_of_hex(sh_out("cat r/id"));
	CHECK(!gv_odb_has(o, &head)); /* the list is old */
	CHECK_OK(read_and_hash(o, &head, &obj, &err), &err);
	n = read_all(o, "r");
	CHECK_INT(n, 504);
	/* known, not opened yet, and gone */
	CHECK_INT(sh("cd r && echo newer | git hash-object -w --stdin >id && "
	             "git pack-objects -q objects/pack/pack <id >/dev/null && git prune-packed -q"), 0);
	gv_odb_refresh(o);
	CHECK_INT(gv_odb_scan_packs(o, &err), 0);
	CHECK(o->closed != NULL);
	head = oid_of_hex(sh_out("cat r/id"));
	CHECK_INT(sh("cd r && git update-ref refs/tags/t2 $(cat id) && git repack -adq"), 0);
	CHECK_OK(read_and_hash(o, &head, &obj, &err), &err);
	gv_object_free(&obj);
	gv_odb_close(o);
	repo_done();
}

static void has_and_refresh(void)
{
	struct gv_oid oid;
	struct gv_odb *o;

	repo_new();
	fill();
	o = open_odb("r/objects");
	oid = oid_of_hex(sh_out("git -C r rev-parse main^{tree}"));
	CHECK(gv_odb_has(o, &oid));
	oid = oid_of_hex(sh_out("echo unheard | git -C r hash-object --stdin"));
	CHECK(!gv_odb_has(o, &oid));
	sh("echo unheard | git -C r hash-object -w --stdin >/dev/null");
	CHECK(!gv_odb_has(o, &oid));
	gv_odb_refresh(o);
	CHECK(gv_odb_has(o, &oid));
	sh("git -C r prune");
	CHECK(!gv_odb_has(o, &oid)); /* listed, but gone: asked on disk */
	gv_odb_close(o);
	repo_done();
}

static void added_pack(void)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_err err = { 0 };
	struct gv_oid oid;
	struct gv_odb *o;
	char path[256];

	repo_new();
	o = open_odb("r/objects");
	fill();
	oid = oid_of_hex(sh_out("git -C r rev-parse main"));
	snprintf(path, sizeof path, "%s", sh_out("ls r/objects/pack/*.pack"));
	CHECK_OK(gv_odb_add_pack(o, path, &err), &err);
	CHECK(gv_odb_has(o, &oid));
	CHECK_OK(read_and_hash(o, &oid, &obj, &err), &err);
	CHECK_INT(gv_odb_add_pack(o, "r/objects/pack/none.pack", &err), GV_ENOTFOUND);
	CHECK_STR(err.thing, "r/objects/pack/none.idx");
	gv_object_free(&obj);
	gv_odb_close(o);
	repo_done();
}

/* ---- prefixes ---- */

static void prefixes(void)
{
	struct gv_oid found[4], want;
	struct gv_odb *o;
	char hex[GV_HEX + 1];

	repo_new();
	CHECK_INT(sh("cd r && awk 'BEGIN { for (i = 0; i < 3000; i++) printf \"blob\\nmark :%%d\\ndata <<E\\n%%d\\nE\\n\", i + 1, i }' | "
	             "git fast-import --quiet --export-marks=m 2>/dev/null && cut -d ' ' -f 2 m >ids && "
	             "mv objects/pack/*.pack x.pack && rm -f objects/pack/* && git unpack-objects -q <x.pack"), 0);
	CHECK_INT(sh("cd r && head -n 1500 ids | git pack-objects -q objects/pack/pack >/dev/null"), 0);
	o = open_odb("r/objects");
	for (int digits = 4; digits <= 7; digits++) { /* git counts the same way */
		snprintf(hex, sizeof hex, "%s", sh_out("cut -c 1-%d r/ids | sort | uniq -c | sort -rn | head -n 1", digits));
		CHECK_INT(gv_odb_prefix(o, gv_str_of(strrchr(hex, ' ') + 1), found, 4), atol(hex));
	}
	want = oid_of_hex(sh_out("head -n 1 r/ids"));
	gv_oid_hex(&want, hex);
	CHECK_INT(gv_odb_prefix(o, (struct gv_str){ hex, 9 }, found, 4), 1); /* one object, two places */
	CHECK(gv_oid_eq(&found[0], &want));
	CHECK_INT(gv_odb_prefix(o, (struct gv_str){ hex, 40 }, found, 4), 1);
	CHECK_INT(gv_odb_prefix(o, (struct gv_str){ hex, 3 }, found, 4), 0);
	CHECK_INT(gv_odb_prefix(o, GV_STR("xyzw"), found, 4), 0);
	CHECK_INT(gv_odb_prefix(o, GV_STR("00000000000000000000000000000000000000000"), found, 4), 0);
	gv_odb_close(o);
	repo_done();
}

/* ---- folders ---- */

static void alternates(void)
{
	static const struct { const char *list; bool found; } rows[] = {
		{ "../../r/objects\\n", true },                  /* relative to objects/ */
		{ "# a comment\\n\\n../../r/objects", true },    /* no newline at the end */
		{ "../../missing/objects\\n../../r/objects\\n", true },
		{ "\"../../\\\\162/objects\"\\n", true },        /* in C quotes */
		{ "../../missing/objects\\n", false },
		{ "\\n", false },
	};
	struct gv_err err = { 0 };
	struct gv_oid oid;
	struct gv_odb *o;

	repo_new();
	oid = oid_of_hex(sh_out("echo hi | git -C r hash-object -w --stdin"));
	sh("git init -q --bare two && git init -q --bare three");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		sh("printf '%s' >two/objects/info/alternates", rows[i].list);
		o = open_odb("two/objects");
		CHECK_ROW(gv_odb_has(o, &oid) == rows[i].found, rows[i].list);
		gv_odb_close(o);
	}
	sh("echo \"$PWD/r/objects\" >two/objects/info/alternates; echo ../../two/objects >three/objects/info/alternates; "
	   "echo ../../three/objects >r/objects/info/alternates"); /* in a ring, absolute too */
	o = open_odb("three/objects");
	CHECK_INT(o->nfolders, 3);
	CHECK(gv_odb_has(o, &oid));
	gv_odb_close(o);
	sh("for i in 1 2 3 4 5 6 7; do mkdir -p d$i/info; echo ../d$((i + 1)) >d$i/info/alternates; done");
	CHECK_ERR(gv_odb_open(&o, "d1", &err), &err, GV_EDATA,
	          "d1/../d2/../d3/../d4/../d5/../d6/info/alternates: alternates more than 5 deep");
	repo_done();
}

/* What a push brings lies apart until the hook has said yes. */
static void quarantine(void)
{
	struct gv_oid oid, quoted;
	struct gv_odb *o;

	repo_new();
	oid = oid_of_hex(sh_out("mkdir -p q/pack; echo hi | GIT_OBJECT_DIRECTORY=$PWD/q git -C r hash-object -w --stdin"));
	quoted = oid_of_hex(sh_out("mkdir -p 'a:b'; echo ho | GIT_OBJECT_DIRECTORY=\"$PWD/a:b\" git -C r hash-object -w --stdin"));
	o = open_odb("r/objects");
	CHECK(!gv_odb_has(o, &oid));
	gv_odb_close(o);
	setenv("GIT_OBJECT_DIRECTORY", "q", 1);
	setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", "r/objects:\"a:b\":none", 1);
	o = open_odb("r/objects");
	CHECK_INT(o->nfolders, 3);
	CHECK(gv_odb_has(o, &oid));
	CHECK(gv_odb_has(o, &quoted));
	gv_odb_close(o);
	unsetenv("GIT_OBJECT_DIRECTORY");
	unsetenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");
	repo_done();
}

UNIT_MAIN("odb",
	{ "walks read the same", walks },
	{ "packs of every make", packs },
	{ "stored objects are not copied", zero_copy },
	{ "broken packs and indexes say what is wrong", pack_broken },
	{ "any byte of a pack or an index may be wrong", pack_flipped },
	{ "git repacks under an open store", repacked_meanwhile },
	{ "has asks lists, refresh forgets them", has_and_refresh },
	{ "a pack that was just written", added_pack },
	{ "prefixes of ids", prefixes },
	{ "alternates", alternates },
	{ "the quarantine of a push", quarantine })
