/* SPDX-License-Identifier: MIT */
/*
 * Sealed values: known answers, every bit flipped, every place moved, keys that are not there, open to others, broken,
 * half destroyed, and memory that runs out.
 */
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "oom.h"
#include "schema.h"
#include "seal.h"
#include "sha.h"

static struct gv_err err;
static char home[] = "/tmp/gavel-seal-XXXXXX";
static char folder[64];

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static void leave(void)
{
	nftw(home, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* A folder of keys of our own; not there yet. */
static struct gv_keys *fresh(const char *name)
{
	static bool made;
	struct gv_keys *k = NULL;

	if (!made) {
		CHECK(mkdtemp(home) != NULL);
		atexit(leave);
	}
	made = true;
	snprintf(folder, sizeof folder, "%s/%s", home, name);
	setenv("GAVEL_KEYS", folder, 1);
	CHECK_OK(gv_keys_open(&k, NULL, &err), &err);
	return k;
}

static size_t unhex(const char *text, unsigned char *out)
{
	size_t n = 0;

	for (; text[0] && text[1]; text += 2)
		out[n++] = (unsigned char)strtoul((char[]){ text[0], text[1], 0 }, NULL, 16);
	return n;
}

static const char *hex(const unsigned char *p, size_t n)
{
	static char out[512];

	for (size_t i = 0; i < n; i++)
		snprintf(out + 2 * i, 3, "%02x", p[i]);
	return out;
}

/* ---- known answers ---- */

/* McGrew and Viega, "The Galois/Counter Mode of Operation", test cases 13 to 16. */
static void gcm_vectors(void)
{
	static const struct { const char *key, *nonce, *plain, *aad, *cipher, *tag; } rows[] = {
		{ "0000000000000000000000000000000000000000000000000000000000000000", "000000000000000000000000", "", "", "",
		  "530f8afbc74536b9a963b4f1c4cb738b" },
		{ "0000000000000000000000000000000000000000000000000000000000000000", "000000000000000000000000",
		  "00000000000000000000000000000000", "", "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919" },
		{ "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
		  "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
		  "",
		  "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad",
		  "b094dac5d93471bdec1a502270e3cc6c" },
		{ "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
		  "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
		  "feedfacedeadbeeffeedfacedeadbeefabaddad2",
		  "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
		  "76fc6ece0f4e1768cddf8853bb2d551b" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		unsigned char key[32], nonce[12], aad[64], text[64], back[64], tag[GV_SEAL_TAG], want[GV_SEAL_TAG];
		size_t n = unhex(rows[i].plain, text);
		struct gv_gcm g = { key, nonce, aad, unhex(rows[i].aad, aad) };
		bool good;

		unhex(rows[i].key, key);
		unhex(rows[i].nonce, nonce);
		unhex(rows[i].tag, want);
		CHECK_OK(gv_gcm_seal(&g, text, n, text, tag, &err), &err);
		CHECK_ROW(strcmp(hex(text, n), rows[i].cipher) == 0 || !n, rows[i].cipher);
		CHECK_STR(hex(tag, sizeof tag), rows[i].tag);
		CHECK_OK(gv_gcm_open(&g, text, n, back, want, &good, &err), &err);
		CHECK(good && (!n || strcmp(hex(back, n), rows[i].plain) == 0));
		want[15] ^= 1;
		CHECK_OK(gv_gcm_open(&g, text, n, back, want, &good, &err), &err);
		CHECK(!good);
	}
}

/* RFC 4231, cases 1, 2 and 6; RFC 5869, case 3 (no salt) gives its PRK. */
static void hmac_vectors(void)
{
	unsigned char key[131], mac[32], ikm[22];

	memset(key, 0x0b, 20);
	gv_hmac_sha256(key, 20, "Hi There", 8, mac);
	CHECK_STR(hex(mac, 32), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	gv_hmac_sha256("Jefe", 4, "what do ya want for nothing?", 28, mac);
	CHECK_STR(hex(mac, 32), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof key);
	gv_hmac_sha256(key, sizeof key, "Test Using Larger Than Block-Size Key - Hash Key First", 54, mac);
	CHECK_STR(hex(mac, 32), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
	/* The first block of its output is 8da4e775..., with an empty info. */
	memset(ikm, 0x0b, sizeof ikm);
	gv_seal_derive(ikm, sizeof ikm, "", mac);
	CHECK_STR(hex(mac, 32), "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

static void base64(void)
{
	static const struct { const char *plain, *text; } good[] = {
		{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" }, { "\xfb\xff", "+/8=" },
	};
	static const char *const bad[] = { "Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zg==Zg==", "=g==", "Z===", "====", "Zm9v\n",
		                           "Zm 9", "Zm-v", "Zm_v", "Zm9vYg=\n" };
	struct gv_buf b = GV_BUF_INIT(64);

	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		gv_buf_reset(&b);
		gv_base64_add(&b, good[i].plain, strlen(good[i].plain));
		CHECK_BYTES(gv_buf_str(&b), gv_str_of(good[i].text));
		gv_buf_reset(&b);
		CHECK_ROW(gv_base64_read(&b, gv_str_of(good[i].text)), good[i].text);
		CHECK_BYTES(gv_buf_str(&b), gv_str_of(good[i].plain));
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		gv_buf_reset(&b);
		CHECK_ROW(!gv_base64_read(&b, gv_str_of(bad[i])), bad[i]);
	}
	gv_buf_free(&b);
}

/* ---- values ---- */

#define AT(kind, id, field) ((struct gv_seal_at){ GV_STR(kind), GV_STR(id), GV_STR(field) })
#define HERE AT("case", "（2022）沪0114刑初1号", "parties[].id_no")

static struct gv_val sealed_in(struct gv_doc *d, struct gv_keys *k, const char *subject, const char *json)
{
	char key[GV_KEYID_LEN + 1];
	struct gv_doc plain = GV_DOC_INIT;
	struct gv_seal_at at = HERE;
	struct gv_val out;

	CHECK_OK(gv_keys_need(k, gv_str_of(subject), "2022-06-30", key, &err), &err);
	CHECK_OK(gv_json_parse(&plain, gv_str_of(json), 0, &err), &err);
	CHECK_OK(gv_seal(k, gv_str_of(key), &at, &plain.root, d, &out, &err), &err);
	gv_doc_free(&plain);
	return out;
}

/* Its JSON; "-" if it stays closed, "?" if it does not belong there. */
static const char *opened_at(struct gv_keys *k, const struct gv_val *sealed, struct gv_seal_at at)
{
	static char text[256];
	struct gv_buf b = GV_BUF_INIT(200);
	struct gv_doc d = GV_DOC_INIT;
	struct gv_val v;
	bool opened = false;
	int rc = gv_unseal(k, &at, sealed, &d, &v, &opened, &err);

	if (opened)
		gv_json_line(&b, &v);
	snprintf(text, sizeof text, "%s", rc == GV_EINTEGRITY ? "?" : rc ? "error" : opened ? b.p : "-");
	gv_buf_free(&b);
	gv_doc_free(&d);
	return text;
}

static void round_trip(void)
{
	static const char *const values[] = { "\"11010519491231002X\"", "\"\"", "17", "true", "[]", "{\"a\":[1,{\"b\":\"号\"}]}" };
	struct gv_keys *k = fresh("round");
	struct gv_doc d = GV_DOC_INIT;
	struct gv_val a, b, other;

	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		a = sealed_in(&d, k, "s", values[i]);
		CHECK(gv_val_is_sealed(&a));
		CHECK_STR(opened_at(k, &a, HERE), values[i]);
	}
	/* One value, one subject: another nonce, the same tag.  Another subject: another tag. */
	a = sealed_in(&d, k, "s", values[0]);
	b = sealed_in(&d, k, "s", values[0]);
	other = sealed_in(&d, k, "t", values[0]);
	CHECK(!gv_val_eq(&a, &b) && gv_val_same(&a, &b));
	CHECK(!gv_val_same(&a, &other));
	b = sealed_in(&d, k, "s", "\"11010519491231002x\"");
	CHECK(!gv_val_same(&a, &b));
	CHECK_OK(gv_keys_sync(k, &err), &err);
	gv_doc_free(&d);
	gv_keys_free(k);
}

static void moved(void)
{
	struct gv_keys *k = fresh("moved"), *none;
	struct gv_doc d = GV_DOC_INIT;
	struct gv_val a = sealed_in(&d, k, "s", "\"x\""), b = sealed_in(&d, k, "t", "\"x\""), mixed;

	CHECK_STR(opened_at(k, &a, HERE), "\"x\"");
	CHECK_STR(opened_at(k, &a, AT("debtor", "（2022）沪0114刑初1号", "parties[].id_no")), "?");
	CHECK_STR(opened_at(k, &a, AT("case", "（2022）沪0114刑初2号", "parties[].id_no")), "?");
	CHECK_STR(opened_at(k, &a, AT("case", "（2022）沪0114刑初1号", "parties[].phone")), "?");
	CHECK_STR(opened_at(k, &a, AT("case", "（2022）沪0114刑初1号parties[].id_no", "")), "?");
	CHECK_ERR(gv_unseal(k, &AT("case", "x", "y"), &a, &d, &mixed, &(bool){ false }, &err), &err, GV_EINTEGRITY,
	          "the sealed value does not open here: it was altered, or moved from another record or field");
	/* The key or the tag of another value. */
	CHECK_OK(gv_val_copy(&d, &mixed, &a, &err), &err);
	CHECK_OK(gv_obj_set(&d, &mixed, GV_STR("key"), *gv_val_get(&b, "key"), &err), &err);
	CHECK_STR(opened_at(k, &mixed, HERE), "?");
	CHECK_OK(gv_val_copy(&d, &mixed, &a, &err), &err);
	CHECK_OK(gv_obj_set(&d, &mixed, GV_STR("tag"), *gv_val_get(&b, "tag"), &err), &err);
	CHECK_STR(opened_at(k, &mixed, HERE), "?");
	/* Not our key, or no key at all. */
	none = fresh("none");
	CHECK_STR(opened_at(none, &a, HERE), "-");
	CHECK_ERR(gv_seal(none, GV_STR("aaaaaaaaaaaaaaaa"), &HERE, &a, &d, &mixed, &err), &err, GV_EDATA,
	          "key aaaaaaaaaaaaaaaa is not here");
	CHECK_OK(gv_val_copy(&d, &mixed, &a, &err), &err);
	CHECK_OK(gv_obj_set(&d, &mixed, GV_STR("key"), gv_mklit("../moved/salt"), &err), &err);
	CHECK_STR(opened_at(k, &mixed, HERE), "-");
	gv_keys_free(none);
	gv_keys_free(k);
	gv_doc_free(&d);
}

static void every_bit(void)
{
	struct gv_keys *k = fresh("bits");
	struct gv_doc d = GV_DOC_INIT;
	struct gv_val a = sealed_in(&d, k, "s", "\"11010519491231002X\"");
	struct gv_str text = gv_val_getstr(&a, "sealed");
	struct gv_buf raw = GV_BUF_INIT(256), again = GV_BUF_INIT(512);
	size_t wrong = 0;

	CHECK(gv_base64_read(&raw, (struct gv_str){ text.p + 3, text.n - 3 }));
	CHECK_INT(raw.n, GV_SEAL_NONCE + 20 + GV_SEAL_TAG);
	for (size_t bit = 0; bit < raw.n * 8; bit++) {
		raw.p[bit / 8] ^= (char)(1 << bit % 8);
		gv_buf_reset(&again);
		gv_buf_adds(&again, "v1:");
		gv_base64_add(&again, raw.p, raw.n);
		raw.p[bit / 8] ^= (char)(1 << bit % 8);
		CHECK_OK(gv_obj_set(&d, &a, GV_STR("sealed"), gv_mkstr(&d, gv_buf_str(&again)), &err), &err);
		wrong += strcmp(opened_at(k, &a, HERE), "?") != 0;
	}
	CHECK_INT(wrong, 0);
	for (size_t n = 3; n < text.n; n++) {
		CHECK_OK(gv_obj_set(&d, &a, GV_STR("sealed"), gv_mkstr(&d, (struct gv_str){ text.p, n }), &err), &err);
		wrong += strcmp(opened_at(k, &a, HERE), "?") != 0;
	}
	CHECK_INT(wrong, 0);
	gv_buf_free(&raw);
	gv_buf_free(&again);
	gv_doc_free(&d);
	gv_keys_free(k);
}

/* ---- records ---- */

#define RECORD "{\"events\":[],\"id\":\"（2022）沪0114刑初1号\",\"kind\":\"case\",\"parties\":[{\"agents\":[{\"name\":\"甲\"," \
	"\"phone\":\"1\"}],\"id_no\":\"2\",\"name\":\"乙\",\"role\":\"被告人\"},{\"address\":\"3\",\"name\":\"丙\",\"role\":\"证人\"}]," \
	"\"state\":\"open\",\"unknown\":{\"phone\":\"4\"}}"

static int note(void *ctx, const struct gv_sealable *v)
{
	gv_buf_addf(ctx, "%s %s %s; ", v->field.p, v->shape.p, v->place.p);
	return 0;
}

static void sensitive_values(void)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_buf seen = GV_BUF_INIT(4096);

	CHECK_OK(gv_json_parse(&d, GV_STR(RECORD), 0, &err), &err);
	CHECK_OK(gv_sealable_each(gv_schema_find(GV_STR("case")), &d.root, note, &seen, &err), &err);
	CHECK_STR(seen.p, "parties[].agents[].phone parties[].agents[].phone parties[0].agents[0].phone; "
	                  "parties[].id_no parties[].id_no parties[0].id_no; "
	                  "parties[].address parties[].address parties[1].address; ");
	gv_buf_free(&seen);
	gv_doc_free(&d);
}

static int seal_each(void *ctx, const struct gv_sealable *v)
{
	struct { struct gv_keys *k; struct gv_doc *d; const char *key; } *c = ctx;
	struct gv_seal_at at = { GV_STR("case"), GV_STR("（2022）沪0114刑初1号"), v->field };
	struct gv_val out;

	CHECK_OK(gv_seal(c->k, gv_str_of(c->key), &at, v->val, c->d, &out, &err), &err);
	*v->val = out;
	return 0;
}

static void whole_record(void)
{
	struct gv_keys *k = fresh("record");
	struct gv_doc d = GV_DOC_INIT, scratch = GV_DOC_INIT;
	struct gv_buf sealed = GV_BUF_INIT(GV_MIB), out = GV_BUF_INIT(GV_MIB), plain = GV_BUF_INIT(GV_MIB);
	char key[GV_KEYID_LEN + 1];
	struct { struct gv_keys *k; struct gv_doc *d; const char *key; } c = { k, &d, key };
	struct gv_str text = GV_STR(RECORD);
	size_t opened;

	CHECK_OK(gv_json_parse(&d, text, 0, &err), &err);
	gv_json_canon(&plain, &d.root);
	text = gv_buf_str(&plain);
	CHECK_OK(gv_unseal_text(k, &text, &scratch, &out, &err), &err); /* nothing to do: the very same bytes */
	CHECK(text.p == plain.p);
	CHECK_OK(gv_keys_need(k, GV_STR("s"), "2022-06-30", key, &err), &err);
	CHECK_OK(gv_sealable_each(gv_schema_find(GV_STR("case")), &d.root, seal_each, &c, &err), &err);
	gv_json_canon(&sealed, &d.root);
	text = gv_buf_str(&sealed);
	CHECK(gv_text_may_be_sealed(text) && !gv_text_may_be_sealed(gv_buf_str(&plain)));
	CHECK_OK(gv_unseal_text(k, &text, &scratch, &out, &err), &err);
	CHECK_BYTES(text, gv_buf_str(&plain));
	CHECK_OK(gv_unseal_rec(k, &d, &opened, &err), &err);
	CHECK_INT(opened, 3);
	CHECK_OK(gv_unseal_rec(k, &d, &opened, &err), &err);
	CHECK_INT(opened, 0);
	/* In another record it stays as it is, and is told. */
	CHECK_OK(gv_json_parse(&d, gv_buf_str(&sealed), 0, &err), &err);
	CHECK_OK(gv_obj_set(&d, &d.root, GV_STR("id"), gv_mklit("（2022）沪0114刑初2号"), &err), &err);
	gv_buf_reset(&sealed);
	gv_json_canon(&sealed, &d.root);
	text = gv_buf_str(&sealed);
	CHECK_ERR(gv_unseal_text(k, &text, &scratch, &out, &err), &err, GV_EINTEGRITY,
	          "parties[0].agents[0].phone: the sealed value does not open here: it was altered, or moved from another "
	          "record or field");
	CHECK(text.p == sealed.p);
	gv_buf_free(&sealed);
	gv_buf_free(&out);
	gv_buf_free(&plain);
	gv_doc_free(&d);
	gv_doc_free(&scratch);
	gv_keys_free(k);
}

/* ---- keys ---- */

static void write_file(const char *name, const char *text, size_t n, mode_t mode)
{
	char path[128];
	int fd;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	CHECK(fd >= 0 && write(fd, text, n) == (ssize_t)n && fchmod(fd, mode) == 0 && close(fd) == 0);
}

static struct gv_keys *reopen(struct gv_keys *k)
{
	gv_keys_free(k);
	k = NULL;
	CHECK_OK(gv_keys_open(&k, NULL, &err), &err);
	return k;
}

static int count_rows(void *ctx, const struct gv_val *row)
{
	struct gv_buf *b = ctx;

	CHECK(!gv_val_get(row, "secret"));
	gv_json_line(b, row);
	return 0;
}

static void life_of_a_key(void)
{
	struct gv_keys *k = fresh("life/of/keys");
	struct gv_buf rows = GV_BUF_INIT(4096), file = GV_BUF_INIT(4096), want = GV_BUF_INIT(4096);
	char id[GV_KEYID_LEN + 1], again[GV_KEYID_LEN + 1], path[128];
	enum gv_key_state state;
	struct stat st;

	CHECK_OK(gv_keys_each(k, count_rows, &rows, &err), &err);
	CHECK_INT(rows.n, 0);
	CHECK_INT(gv_keys_find(k, GV_STR("案外人"), id, &err), GV_ENOTFOUND);
	CHECK(stat(folder, &st) != 0); /* looking makes nothing */
	CHECK_OK(gv_keys_need(k, GV_STR("案外人"), "2022-06-30", id, &err), &err);
	CHECK(gv_keyid_is(gv_str_of(id)) && !gv_keyid_is(GV_STR("abc")) && !gv_keyid_is(GV_STR("0bcdefghijklmnop")));
	CHECK(stat(folder, &st) == 0 && (st.st_mode & 0777) == 0700);
	snprintf(path, sizeof path, "%s/%s.json", folder, id);
	CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
	k = reopen(k);
	CHECK_OK(gv_keys_need(k, GV_STR("案外人"), "2023-01-01", again, &err), &err);
	CHECK_STR(again, id);
	CHECK_OK(gv_keys_find(k, GV_STR("案外人"), again, &err), &err);
	CHECK_STR(again, id);
	CHECK_OK(gv_keys_each(k, count_rows, &rows, &err), &err);
	gv_buf_addf(&want, "{\"id\":\"%s\",\"kind\":\"key\",\"made_on\":\"2022-06-30\",\"subject\":\"案外人\"}", id);
	CHECK_STR(rows.p, want.p);
	CHECK_OK(gv_keys_destroy(k, gv_str_of(id), &(struct gv_key_end){ "张 <z@x>", "2030-01-01", "期满 \"封存\"" }, &err), &err);
	CHECK_OK(gv_keys_look(k, gv_str_of(id), &state, &err), &err);
	CHECK_INT(state, GV_KEY_DESTROYED);
	CHECK_OK(gv_buf_read_file(&file, path, &err), &err);
	gv_buf_reset(&want);
	gv_buf_addf(&want, "{\n  \"by\": \"张 <z@x>\",\n  \"destroyed_on\": \"2030-01-01\",\n  \"key\": \"%s\",\n"
	                   "  \"reason\": \"期满 \\\"封存\\\"\"\n}\n", id);
	CHECK_STR(file.p, want.p);
	gv_buf_reset(&want);
	gv_buf_addf(&want, "the key of 案外人 (%s) was destroyed: nothing more is sealed with it", id);
	CHECK_ERR(gv_keys_need(k, GV_STR("案外人"), "2022-06-30", again, &err), &err, GV_EDATA, want.p);
	gv_buf_reset(&want);
	gv_buf_addf(&want, "key %s was destroyed before", id);
	CHECK_ERR(gv_keys_destroy(k, gv_str_of(id), &(struct gv_key_end){ "x", "2030-01-01", "y" }, &err), &err, GV_EDATA, want.p);
	gv_buf_reset(&want);
	gv_buf_addf(&want, "no key aaaaaaaaaaaaaaaa in %s", folder);
	CHECK_ERR(gv_keys_destroy(k, GV_STR("aaaaaaaaaaaaaaaa"), &(struct gv_key_end){ "x", "2030-01-01", "y" }, &err), &err,
	          GV_ENOTFOUND, want.p);
	/* The machine stopped when the secret was overwritten. */
	CHECK_OK(gv_keys_need(k, GV_STR("half"), "2022-06-30", id, &err), &err);
	snprintf(path, sizeof path, "%s.json", id);
	write_file(path, (char[168]){ 0 }, 168, 0600);
	k = reopen(k);
	CHECK_OK(gv_keys_look(k, gv_str_of(id), &state, &err), &err);
	CHECK_INT(state, GV_KEY_DESTROYED);
	CHECK_OK(gv_keys_destroy(k, gv_str_of(id), &(struct gv_key_end){ "x", "2030-01-01", "y" }, &err), &err);
	gv_buf_free(&rows);
	gv_buf_free(&file);
	gv_buf_free(&want);
	gv_keys_free(k);
}

static void bad_files(void)
{
	static const char *const texts[] = {
		"{", "[]", "{\"key\":\"%s\"}", "{\"key\":\"%s\",\"secret\":\"AAAA\"}", "{\"key\":\"%s\",\"secret\":1}",
		"{\"key\":\"aaaaaaaaaaaaaaaa\",\"secret\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}",
		"{\"key\":\"%s\",\"secret\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
	};
	struct gv_keys *k = fresh("bad");
	char id[GV_KEYID_LEN + 1], name[32], text[256], want[256];
	enum gv_key_state state;

	CHECK_OK(gv_keys_need(k, GV_STR("s"), "2022-06-30", id, &err), &err);
	snprintf(name, sizeof name, "%s.json", id);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		const char *gap = strstr(texts[i], "%s");

		snprintf(text, sizeof text, "%.*s%s%s", gap ? (int)(gap - texts[i]) : (int)strlen(texts[i]), texts[i],
		         gap ? id : "", gap ? gap + 2 : "");
		write_file(name, text, strlen(text), 0600);
		k = reopen(k);
		snprintf(want, sizeof want, "%s: is broken: restore it from a backup of the keys", name);
		CHECK_ERR(gv_keys_look(k, gv_str_of(id), &state, &err), &err, GV_EINTEGRITY, want);
	}
	/* Not finished before a power failure: made anew. */
	write_file(name, "", 0, 0600);
	k = reopen(k);
	CHECK_OK(gv_keys_look(k, gv_str_of(id), &state, &err), &err);
	CHECK_INT(state, GV_KEY_ABSENT);
	CHECK_OK(gv_keys_need(k, GV_STR("s"), "2022-06-30", id, &err), &err);
	write_file(name, "{}", 2, 0640);
	k = reopen(k);
	snprintf(want, sizeof want, "%s: is open to others (mode 0640): not used until chmod go=", name);
	CHECK_ERR(gv_keys_look(k, gv_str_of(id), &state, &err), &err, GV_EIO, want);
	write_file("salt", "AAAA\n", 5, 0600);
	k = reopen(k);
	CHECK_ERR(gv_keys_need(k, GV_STR("s"), "2022-06-30", id, &err), &err, GV_EINTEGRITY,
	          "salt: is broken: restore it from a backup of the keys");
	gv_keys_free(k);
}

static void bad_folders(void)
{
	struct gv_keys *k = fresh("open");
	char want[256], path[128], id[GV_KEYID_LEN + 1];
	enum gv_key_state state;

	CHECK(mkdir(folder, 0755) == 0);
	snprintf(want, sizeof want, "%s: is open to others (mode 0755): not used until chmod go=", folder);
	CHECK_ERR(gv_keys_need(k, GV_STR("s"), "2022-06-30", id, &err), &err, GV_EIO, want);
	CHECK_ERR(gv_keys_look(k, GV_STR("aaaaaaaaaaaaaaaa"), &state, &err), &err, GV_EIO, want);
	if (geteuid() == 0) {
		CHECK(chmod(folder, 0700) == 0 && chown(folder, 12345, 12345) == 0);
		snprintf(want, sizeof want, "%s: belongs to user 12345, not to you: not used", folder);
		CHECK_ERR(gv_keys_look(k, GV_STR("aaaaaaaaaaaaaaaa"), &state, &err), &err, GV_EIO, want);
	}
	gv_keys_free(k);
	/* In a work tree, and in a bare repository. */
	k = fresh("tree/keys");
	snprintf(path, sizeof path, "%s/tree", home);
	CHECK(mkdir(path, 0700) == 0);
	strncat(path, "/.git", 6);
	CHECK(mkdir(path, 0700) == 0);
	snprintf(want, sizeof want, "%s: lies in the git repository %s/tree: keys are kept outside (GAVEL_KEYS)", folder, home);
	CHECK_ERR(gv_keys_need(k, GV_STR("s"), "2022-06-30", id, &err), &err, GV_EIO, want);
	gv_keys_free(k);
	k = fresh("bare/keys");
	for (size_t i = 0; i < 4; i++) {
		static const char *const parts[] = { "bare", "bare/objects", "bare/refs", "bare/HEAD" };

		snprintf(path, sizeof path, "%s/%s", home, parts[i]);
		CHECK(mkdir(path, 0700) == 0);
	}
	snprintf(want, sizeof want, "%s: lies in the git repository %s/bare: keys are kept outside (GAVEL_KEYS)", folder, home);
	CHECK_ERR(gv_keys_need(k, GV_STR("s"), "2022-06-30", id, &err), &err, GV_EIO, want);
	gv_keys_free(k);
	setenv("GAVEL_KEYS", "keys", 1);
	CHECK_ERR(gv_keys_open(&k, NULL, &err), &err, GV_EUSAGE, "GAVEL_KEYS: \"keys\" is no absolute path");
	/* Nowhere at all: nothing is here, and nothing can be made. */
	unsetenv("GAVEL_KEYS");
	unsetenv("XDG_DATA_HOME");
	unsetenv("HOME");
	CHECK_OK(gv_keys_open(&k, NULL, &err), &err);
	CHECK_OK(gv_keys_look(k, GV_STR("aaaaaaaaaaaaaaaa"), &state, &err), &err);
	CHECK_INT(state, GV_KEY_ABSENT);
	CHECK_ERR(gv_keys_need(k, GV_STR("s"), "2022-06-30", id, &err), &err, GV_EUSAGE,
	          "where are the keys?  GAVEL_KEYS names the folder");
	gv_keys_free(k);
	setenv("HOME", "/x", 1);
	CHECK_OK(gv_keys_open(&k, NULL, &err), &err);
	CHECK_STR(gv_keys_folder(k), "/x/.local/share/gavel/keys");
	gv_keys_free(k);
	setenv("XDG_DATA_HOME", "/y", 1);
	CHECK_OK(gv_keys_open(&k, NULL, &err), &err);
	CHECK_STR(gv_keys_folder(k), "/y/gavel/keys");
	gv_keys_free(k);
}

/* ---- memory ---- */

static int job(struct gv_err *e)
{
	struct gv_keys *k = NULL;
	struct gv_doc d = GV_DOC_INIT, scratch = GV_DOC_INIT;
	struct gv_buf text = GV_BUF_INIT(GV_MIB), out = GV_BUF_INIT(GV_MIB);
	char key[GV_KEYID_LEN + 1];
	struct gv_seal_at at = HERE;
	struct gv_val v = gv_mklit("11010519491231002X"), *party;
	struct gv_str plain;
	int rc = gv_keys_open(&k, NULL, e);

	if (!rc)
		rc = gv_keys_need(k, GV_STR("s"), "2022-06-30", key, e);
	if (!rc)
		rc = gv_json_parse(&d, GV_STR(RECORD), 0, e);
	party = rc ? NULL : (struct gv_val *)(uintptr_t)gv_val_path(&d.root, GV_STR("parties.0"));
	if (!rc)
		rc = gv_seal(k, gv_str_of(key), &at, &v, &d, &v, e);
	if (!rc)
		rc = gv_obj_set(&d, party, GV_STR("id_no"), v, e);
	if (!rc) {
		gv_json_canon(&text, &d.root);
		rc = gv_buf_check(&text, e);
	}
	plain = gv_buf_str(&text);
	if (!rc)
		rc = gv_unseal_text(k, &plain, &scratch, &out, e);
	if (!rc && !oom_hit)
		CHECK(!gv_text_may_be_sealed(plain));
	gv_buf_free(&text);
	gv_buf_free(&out);
	gv_doc_free(&d);
	gv_doc_free(&scratch);
	gv_keys_free(k);
	return rc;
}

static void memory(void)
{
	struct gv_keys *k = fresh("memory");

	gv_keys_free(k);
	OOM_NEEDED();
	CHECK(oom_run_both(job) > 10);
}

UNIT_MAIN("seal", { "known answers: AES-256-GCM", gcm_vectors }, { "known answers: HMAC, HKDF", hmac_vectors },
          { "base64 is strict", base64 }, { "sealed and opened", round_trip }, { "moved elsewhere", moved },
          { "every bit, every length", every_bit }, { "which values", sensitive_values }, { "a whole record", whole_record },
          { "life of a key", life_of_a_key }, { "broken keys", bad_files }, { "folders that are refused", bad_folders },
          { "memory runs out", memory })
