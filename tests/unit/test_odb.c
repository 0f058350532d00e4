/* SPDX-License-Identifier: MIT */
#include "repo.h"

#include <fcntl.h>

#include "odb_impl.h"

/* GV_STR where a constant is wanted. */
#define S(lit) { (lit), sizeof(lit) - 1 }

/* ---- helpers ---- */

static struct gv_odb *open_odb(const char *dir)
{
	struct gv_err err = { 0 };
	struct gv_odb *o = NULL;

	CHECK_OK(gv_odb_open(&o, dir, &err), &err);
	return o;
}

static struct gv_oid oid_of_hex(const char *hex)
{
	struct gv_oid oid = { { 0 } };

	CHECK_ROW(gv_oid_read(&oid, gv_str_of(hex)), hex);
	return oid;
}

/* Read it, and hash what came: git's own proof. */
static int read_and_hash(struct gv_odb *o, const struct gv_oid *oid, struct gv_object *obj, struct gv_err *err)
{
	int rc = gv_odb_read(o, oid, 0, obj, err);
	struct gv_oid got;

	if (rc)
		return rc;
	gv_oid_of(&got, gv_otype_name(obj->type), obj->data);
	CHECK(gv_oid_eq(&got, oid));
	return 0;
}

/* Every object that git lists in the repository; how many. */
static size_t read_all(struct gv_odb *o, const char *repo)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_err err = { 0 };
	char cmd[512], hex[128];
	size_t n = 0;
	FILE *p;

	snprintf(cmd, sizeof cmd, "git -C %s cat-file --batch-all-objects --unordered --batch-check='%%(objectname)'", repo);
	p = popen(cmd, "r");
	while (p && fgets(hex, sizeof hex, p)) {
		struct gv_oid oid;

		hex[strcspn(hex, "\n")] = '\0';
		oid = oid_of_hex(hex);
		CHECK_OK(read_and_hash(o, &oid, &obj, &err), &err);
		n++;
	}
	if (p)
		pclose(p);
	gv_object_free(&obj);
	return n;
}

static void write_file(const char *path, const void *p, size_t n)
{
	struct gv_err err = { 0 };
	int fd;

	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	CHECK_ROW(fd >= 0, path);
	CHECK_OK(gv_write_all(fd, p, n, path, &err), &err);
	close(fd);
}

/* ---- ids and digests ---- */

static void ids(void)
{
	static const char *const bad[] = {
		"", "0", "e69de29bb2d1d6434b8b29ae775ad8c2e48c539", "e69de29bb2d1d6434b8b29ae775ad8c2e48c53911",
		"g69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "e69de29bb2d1d6434b8b29ae775ad8c2e48c539 ",
	};
	struct gv_oid oid, other;
	char hex[GV_HEX + 1];
	unsigned char digest[32];

	gv_oid_of(&oid, "blob", GV_STR(""));
	gv_oid_hex(&oid, hex);
	CHECK_STR(hex, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
	gv_oid_of(&oid, "tree", GV_STR(""));
	gv_oid_hex(&oid, hex);
	CHECK_STR(hex, "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
	gv_oid_of(&oid, "blob", GV_STR("what is up, doc?"));
	gv_oid_hex(&oid, hex);
	CHECK_STR(hex, "bd9dbf5aae1a3862dd1526723246b20206e5fc37");
	CHECK(gv_oid_read(&other, gv_str_of("BD9DBF5AAE1A3862DD1526723246B20206E5FC37")));
	CHECK(gv_oid_eq(&oid, &other));
	CHECK(!gv_oid_is_zero(&oid));
	CHECK(gv_oid_is_zero(&(struct gv_oid){ { 0 } }));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CHECK_ROW(!gv_oid_read(&oid, gv_str_of(bad[i])), bad[i]);
	gv_sha256(GV_STR("abc"), digest);
	CHECK(memcmp(digest, "\xba\x78\x16\xbf\x8f\x01\xcf\xea\x41\x41\x40\xde\x5d\xae\x22\x23"
	                     "\xb0\x03\x61\xa3\x96\x17\x7a\x9c\xb4\x10\xff\x61\xf2\x00\x15\xad", 32) == 0);
}

/* ---- deltas ---- */

static void deltas(void)
{
	static const struct { const char *base; struct gv_str delta; const char *want; } rows[] = {
		{ "abcdef", S("\x06\x03\x90\x03"), "abc" },                      /* copy from 0 */
		{ "abcdef", S("\x06\x03\x91\x02\x03"), "cde" },                  /* copy from 2 */
		{ "abcdef", S("\x06\x05\x91\x03\x03\x02xy"), "defxy" },          /* copy, insert */
		{ "", S("\x00\x02\x02hi"), "hi" },
		{ "abc", S("\x03\x00"), "" },                                    /* empty result */
		{ "abc", S("\x83\x00\x81\x00\x90\x01"), "a" },                   /* padded sizes */
		{ "abcdef", S("\x05\x03\x90\x03"), NULL },                       /* another base */
		{ "abcdef", S("\x06\x03\x91\x04\x03"), NULL },                   /* beyond the base */
		{ "abcdef", S("\x06\x03\xff\xff\xff\xff\xff\xff\xff\xff"), NULL },
		{ "abcdef", S("\x06\x02\x90\x03"), NULL },                       /* beyond the result */
		{ "abcdef", S("\x06\x04\x90\x03"), NULL },                       /* result too short */
		{ "abcdef", S("\x06\x03\x80"), NULL },                           /* 64 KiB from 0 */
		{ "abcdef", S("\x06\x03\x91\x02"), NULL },                       /* operand missing */
		{ "abcdef", S("\x06\x03\x05hi"), NULL },                         /* insert cut short */
		{ "abcdef", S("\x06\x03\x00"), NULL },                           /* reserved */
		{ "abcdef", S("\x06"), NULL },
		{ "abcdef", S("\x86"), NULL },
		{ "abcdef", S(""), NULL },
		{ "abcdef", S("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f\x03\x90\x03"), NULL },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		unsigned char out[16] = "";
		size_t base, result;
		char row[16];

		snprintf(row, sizeof row, "row %zu", i);
		if (!rows[i].want) {
			CHECK_ROW(!gv_delta_sizes(rows[i].delta, &base, &result) || result > sizeof out ||
			          !gv_delta_apply(gv_str_of(rows[i].base), rows[i].delta, out), row);
			continue;
		}
		CHECK_ROW(gv_delta_sizes(rows[i].delta, &base, &result), row);
		CHECK_INT(result, strlen(rows[i].want));
		CHECK_ROW(gv_delta_apply(gv_str_of(rows[i].base), rows[i].delta, out), row);
		CHECK_ROW(memcmp(out, rows[i].want, result) == 0, row);
	}
}

/* The cache drops what was not used longest, and never what was just asked for. */
static void bases(void)
{
	struct gv_bases c = { 0 };
	struct gv_pack pack = { 0 };

	CHECK(!gv_bases_find(&c, &pack, 1));
	for (uint64_t i = 1; i <= 100; i++) {
		struct gv_base *b = gv_base_new(GV_OBJ_BLOB, 2 * GV_MIB);

		memset(b->data, (int)i, b->n);
		gv_bases_keep(&c, b, &pack, i);
		CHECK(gv_bases_find(&c, &pack, 1) != NULL);
	}
	CHECK(c.bytes <= 96 * GV_MIB);
	CHECK_INT(c.count, 47);
	CHECK(!gv_bases_find(&c, &pack, 2));
	CHECK(!gv_bases_find(&c, NULL, 1));
	CHECK_INT(gv_bases_find(&c, &pack, 100)->data[5], 100);
	gv_bases_keep(&c, gv_base_new(GV_OBJ_BLOB, 1), &pack, 100); /* there already */
	CHECK_INT(gv_bases_find(&c, &pack, 100)->n, 2 * GV_MIB);
	gv_bases_keep(&c, gv_base_new(GV_OBJ_BLOB, 25 * GV_MIB), &pack, 200); /* too big to be worth it */
	CHECK(!gv_bases_find(&c, &pack, 200));
	gv_bases_free(&c);
}

/* ---- stored blocks ---- */

static void stored(void)
{
	/* zlib header, one stored block "abc", its Adler-32 */
	static const char good[] = "\x78\x01\x01\x03\x00\xfc\xff" "abc" "\x02\x4d\x01\x27";
	char bytes[sizeof good - 1];
	struct gv_str whole = { bytes, sizeof bytes }, got;

	memcpy(bytes, good, sizeof bytes);
	got = gv_inflate_stored(whole, 3);
	CHECK_BYTES(got, GV_STR("abc"));
	CHECK(got.p == bytes + 7);
	CHECK(!gv_inflate_stored(whole, 2).p);
	CHECK(!gv_inflate_stored(whole, 4).p);
	CHECK(!gv_inflate_stored((struct gv_str){ bytes, sizeof bytes - 1 }, 3).p);
	for (size_t i = 0; i < 7; i++) { /* each byte of the frame counts, but for the padding */
		bytes[i] = (char)(bytes[i] ^ 2);
		CHECK(!gv_inflate_stored(whole, 3).p);
		bytes[i] = good[i];
	}
	bytes[8] = 'x';
	CHECK(!gv_inflate_stored(whole, 3).p);
}

/* ---- loose files ---- */

static void loose(void)
{
	struct gv_odb *o;

	repo_new();
	CHECK_INT(sh("cd r && for n in 0 1 10 511 512 513 65535 65536 300000; do "
	             "head -c $n /dev/zero | git hash-object -w --stdin; "
	             "seq $n | head -c $n | git -c core.compression=0 hash-object -w --stdin; done >/dev/null && "
	             "git update-ref refs/heads/main $(git commit-tree -m m 4b825dc642cb6eb9a060e54bf8d69288fbee4904) && "
	             "git hash-object -w -t tree /dev/null >/dev/null && git tag -a -m t t main"), 0);
	o = open_odb("r/objects");
	CHECK_INT(read_all(o, "r"), 20);
	gv_odb_close(o);
	repo_done();
}

/* A zlib stream of one stored block. */
static size_t zlib(char *out, const char *p, size_t n)
{
	uint32_t sum = libdeflate_adler32(1, p, n);
	unsigned char head[7] = { 0x78, 1, 1, (unsigned char)n, (unsigned char)(n >> 8), (unsigned char)~n,
	                          (unsigned char)(~n >> 8) };

	memcpy(out, head, 7);
	memcpy(out + 7, p, n);
	for (size_t i = 0; i < 4; i++)
		out[7 + n + i] = (char)(sum >> (24 - 8 * i));
	return n + 11;
}

#define BROKEN_PATH "r/objects/ab/cdef0123456789abcdef0123456789abcdef01"

static void loose_broken(void)
{
	static const struct { struct gv_str inside; bool good; } rows[] = {
		{ S("blob 3\0abc"), true }, { S("blob 0\0"), true }, { S("tag 1\0a"), true },
		{ S("tree 1\0a"), true }, { S("commit 1\0a"), true },
		{ S("blob 4\0abc"), false }, { S("blob 2\0abc"), false }, { S("blob 03\0abc"), false },
		{ S("blob -3\0abc"), false }, { S("blob +3\0abc"), false }, { S("blob \0"), false },
		{ S("blob  3\0abc"), false }, { S("blob 3 \0abc"), false }, { S("blob3\0abc"), false },
		{ S("Blob 3\0abc"), false }, { S("blo 3\0abc"), false }, { S("blob 3"), false },
		{ S(""), false }, { S("\0"), false },
		{ S("blob 99999999999999999999999999999\0abc"), false },
		{ S("blob 18446744073709551619\0abc"), false },
	};
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_oid oid = oid_of_hex("abcdef0123456789abcdef0123456789abcdef01");
	struct gv_err err = { 0 };
	struct gv_odb *o;
	char out[256];

	repo_new();
	mkdir("r/objects/ab", 0755);
	o = open_odb("r/objects");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		write_file(BROKEN_PATH, out, zlib(out, rows[i].inside.p, rows[i].inside.n));
		if (rows[i].good)
			CHECK_OK(gv_odb_read(o, &oid, 0, &obj, &err), &err);
		else
			CHECK_ERR(gv_odb_read(o, &oid, 0, &obj, &err), &err, GV_EINTEGRITY,
			          BROKEN_PATH ": broken object: the header is wrong");
	}
	for (size_t n = 0, all = zlib(out, "blob 3\0abc", 10); n < all; n++) { /* cut short anywhere */
		write_file(BROKEN_PATH, out, n);
		CHECK_ERR(gv_odb_read(o, &oid, 0, &obj, &err), &err, GV_EINTEGRITY, BROKEN_PATH ": broken object");
	}
	unlink(BROKEN_PATH);
	mkdir(BROKEN_PATH, 0755);
	CHECK_ERR(gv_odb_read(o, &oid, 0, &obj, &err), &err, GV_EINTEGRITY, BROKEN_PATH ": not a file");
	rmdir(BROKEN_PATH);
	CHECK_ERR(gv_odb_read(o, &oid, 0, &obj, &err), &err, GV_ENOTFOUND,
	          "no object abcdef0123456789abcdef0123456789abcdef01");
	gv_object_free(&obj);
	gv_odb_close(o);
	repo_done();
}

/* A small file that inflates to much: refused by the caller's limit, in little memory. */
static void loose_bomb(void)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_err err = { 0 };
	struct gv_oid oid;
	struct gv_odb *o;

	repo_new();
	oid = oid_of_hex(sh_out("head -c 50000000 /dev/zero | git -C r hash-object -w --stdin"));
	o = open_odb("r/objects");
	obj.own.max = GV_MIB;
	CHECK_INT(gv_odb_read(o, &oid, GV_OBJ_BLOB, &obj, &err), GV_EINTEGRITY);
	CHECK_STR(err.msg, "an object is larger than 1048576 bytes");
	obj.own.max = 64 * GV_MIB;
	CHECK_OK(read_and_hash(o, &oid, &obj, &err), &err);
	CHECK_INT(sh("git -C r gc -q --prune=never 2>/dev/null; git -C r repack -adq"), 0);
	gv_object_free(&obj);
	gv_odb_close(o);
	repo_done();
}

static void wrong_type(void)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_err err = { 0 };
	struct gv_oid oid;
	struct gv_odb *o;

	repo_new();
	oid = oid_of_hex(sh_out("echo hi | git -C r hash-object -w --stdin"));
	o = open_odb("r/objects");
	CHECK_OK(gv_odb_read(o, &oid, GV_OBJ_BLOB, &obj, &err), &err);
	CHECK_BYTES(obj.data, GV_STR("hi\n"));
	CHECK_ERR(gv_odb_read(o, &oid, GV_OBJ_TREE, &obj, &err), &err, GV_EINTEGRITY,
	          "45b983be36b73c0788dc9cbcb76cbb80fc7bb057: the object is a blob, not a tree");
	gv_object_free(&obj);
	gv_odb_close(o);
	CHECK_ERR(gv_odb_open(&o, "r/nothing", &err), &err, GV_ENOTFOUND, "r/nothing: no such folder");
	CHECK(o == NULL);
	repo_done();
}

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
	{ "ids and digests", ids },
	{ "deltas are applied, broken ones refused", deltas },
	{ "the cache of bases keeps what is used", bases },
	{ "stored blocks are lent only when every byte of the frame is right", stored },
	{ "loose objects of all types and sizes", loose },
	{ "broken loose objects", loose_broken },
	{ "a loose object larger than the caller wants", loose_bomb },
	{ "an object of another type", wrong_type },
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
