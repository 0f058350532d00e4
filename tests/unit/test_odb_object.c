/* SPDX-License-Identifier: MIT */
/* One object at a time: ids, deltas, stored blocks, loose files. */
#include "odb_unit.h"

/* GV_STR where a constant is wanted. */
#define S(lit) { (lit), sizeof(lit) - 1 }

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
	CHECK(c.bytes <= 32 * GV_MIB);
	CHECK_INT(c.count, 15);
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

/* Trees at the top are asked for again and again; with another limit or id they are read anew. */
static void loose_trees(void)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_err err = { 0 };
	struct gv_oid ids[40];
	struct gv_odb *o;

	repo_new();
	for (size_t i = 0; i < 40; i++)
		ids[i] = oid_of_hex(sh_out("printf '100644 blob e69de29bb2d1d6434b8b29ae775ad8c2e48c5391\\tf%zu\n' | git -C r mktree --missing", i));
	o = open_odb("r/objects");
	for (size_t i = 0; i < 40; i++)
		CHECK_OK(read_and_hash(o, &ids[i], &obj, &err), &err);
	sh("rm -rf r/objects/??");
	for (size_t i = 0; i < 40; i++) {
		int rc = read_and_hash(o, &ids[i], &obj, &err);

		CHECK_INT(rc, i < 40 - GV_RECENT ? GV_ENOTFOUND : 0);
	}
	obj.own.max = 8;
	CHECK(gv_odb_read(o, &ids[39], GV_OBJ_TREE, &obj, &err) != 0);
	gv_odb_close(o);
	gv_object_free(&obj);
	repo_done();
}

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
		gv_odb_close(o); /* a tree would be remembered */
		o = open_odb("r/objects");
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

UNIT_MAIN("odb_object",
	{ "ids and digests", ids },
	{ "deltas are applied, broken ones refused", deltas },
	{ "the cache of bases keeps what is used", bases },
	{ "stored blocks are lent only when every byte of the frame is right", stored },
	{ "loose objects of all types and sizes", loose },
	{ "loose trees that were read lately", loose_trees },
	{ "broken loose objects", loose_broken },
	{ "a loose object larger than the caller wants", loose_bomb },
	{ "an object of another type", wrong_type })
