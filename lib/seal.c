/* SPDX-License-Identifier: MIT */
/*
 * One value, sealed and opened.  AES-256-GCM because libcrypto has it (XChaCha20 it has not): with a random nonce of
 * 96 bits one key is good for 2^32 values, and a subject has one key and a few dozen of them.
 */
#include "seal_impl.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

#include <openssl/aes.h>
#include <openssl/crypto.h>
#include <openssl/modes.h>
#include <openssl/sha.h>

#include "i18n.h"
#include "sha.h"

enum { BLOCK = 64, DIGEST = 32 };

#define VERSION "v1:"
#define FOR_VALUE "gavel seal v1: value"
#define FOR_TAG   "gavel seal v1: tag"

void gv_wipe(void *p, size_t n)
{
	OPENSSL_cleanse(p, n);
}

void gv_buf_wipe(struct gv_buf *b)
{
	if (b->p)
		gv_wipe(b->p, b->cap);
	gv_buf_free(b);
}

/* ---- keyed hashes ---- */

/* Not HMAC(), nor EVP for AES: these go through the providers and would link and start all of them (see sha.c). */
void gv_hmac_sha256(const void *key, size_t nkey, const void *data, size_t n, unsigned char out[32])
{
	unsigned char pad[BLOCK] = { 0 }, inner[DIGEST];
	SHA256_CTX s;

	if (nkey > sizeof pad)
		gv_sha256((struct gv_str){ key, nkey }, pad);
	else if (nkey)
		memcpy(pad, key, nkey);
	for (size_t i = 0; i < sizeof pad; i++)
		pad[i] ^= 0x36;
	SHA256_Init(&s);
	SHA256_Update(&s, pad, sizeof pad);
	SHA256_Update(&s, data, n);
	SHA256_Final(inner, &s);
	for (size_t i = 0; i < sizeof pad; i++)
		pad[i] ^= 0x36 ^ 0x5c;
	SHA256_Init(&s);
	SHA256_Update(&s, pad, sizeof pad);
	SHA256_Update(&s, inner, sizeof inner);
	SHA256_Final(out, &s);
	gv_wipe(pad, sizeof pad);
	gv_wipe(inner, sizeof inner);
	gv_wipe(&s, sizeof s);
}

void gv_seal_derive(const unsigned char *secret, size_t n, const char *what, unsigned char out[32])
{
	static const unsigned char no_salt[DIGEST];
	unsigned char prk[DIGEST], info[BLOCK];
	size_t len = 0;

	gv_hmac_sha256(no_salt, sizeof no_salt, secret, n, prk);
	for (; what[len] && len + 1 < sizeof info; len++) /* ours are literals, and shorter */
		info[len] = (unsigned char)what[len];
	info[len] = 1;
	gv_hmac_sha256(prk, sizeof prk, info, len + 1, out);
	gv_wipe(prk, sizeof prk);
}

/* ---- AES-256-GCM ---- */

struct cipher {
	AES_KEY key;
	GCM128_CONTEXT *gcm;
};

static int cipher_begin(struct cipher *c, const struct gv_gcm *g, struct gv_err *err)
{
	AES_set_encrypt_key(g->key, 256, &c->key);
	c->gcm = CRYPTO_gcm128_new(&c->key, (block128_f)AES_encrypt);
	if (!c->gcm)
		return gv_fail_nomem(err);
	CRYPTO_gcm128_setiv(c->gcm, g->nonce, GV_SEAL_NONCE);
	CRYPTO_gcm128_aad(c->gcm, g->aad, g->naad);
	return 0;
}

static void cipher_end(struct cipher *c)
{
	if (c->gcm)
		CRYPTO_gcm128_release(c->gcm); /* wipes it, too */
	gv_wipe(&c->key, sizeof c->key);
}

int gv_gcm_seal(const struct gv_gcm *g, const void *in, size_t n, void *out, unsigned char tag[GV_SEAL_TAG],
                struct gv_err *err)
{
	struct cipher c = { .gcm = NULL };
	int rc = cipher_begin(&c, g, err);

	if (!rc) {
		CRYPTO_gcm128_encrypt(c.gcm, in, out, n);
		CRYPTO_gcm128_tag(c.gcm, tag, GV_SEAL_TAG);
	}
	cipher_end(&c);
	return rc;
}

int gv_gcm_open(const struct gv_gcm *g, const void *in, size_t n, void *out, const unsigned char tag[GV_SEAL_TAG],
                bool *good, struct gv_err *err)
{
	struct cipher c = { .gcm = NULL };
	int rc = cipher_begin(&c, g, err);

	*good = false;
	if (!rc) {
		CRYPTO_gcm128_decrypt(c.gcm, in, out, n);
		*good = CRYPTO_gcm128_finish(c.gcm, tag, GV_SEAL_TAG) == 0;
	}
	if (!*good)
		gv_wipe(out, n);
	cipher_end(&c);
	return rc;
}

/* ---- sealed objects ---- */

/* What is authenticated with the value.  Parts with their lengths, so that no two places read alike. */
static int make_aad(struct gv_buf *aad, struct gv_str key, const struct gv_seal_at *at, struct gv_err *err)
{
	const struct gv_str parts[] = { GV_STR(VERSION), at->kind, at->id, at->field, key };

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		gv_buf_addf(aad, "%zu:", parts[i].n);
		gv_buf_addstr(aad, parts[i]);
	}
	return gv_buf_check(aad, err);
}

static int make_tag(const unsigned char *secret, const struct gv_val *plain, struct gv_buf *out, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	unsigned char key[DIGEST], mac[DIGEST];
	int rc;

	gv_json_line(&text, plain);
	rc = gv_buf_check(&text, err);
	if (!rc) {
		gv_seal_derive(secret, GV_SEAL_SECRET, FOR_TAG, key);
		gv_hmac_sha256(key, sizeof key, text.p, text.n, mac);
		gv_base64_add(out, mac, sizeof mac);
		gv_wipe(key, sizeof key);
		rc = gv_buf_check(out, err);
	}
	gv_buf_wipe(&text);
	return rc;
}

int gv_random_bytes(void *out, size_t n, struct gv_err *err)
{
	unsigned char *p = out;
	size_t got = 0;

	while (got < n) {
		ssize_t now = getrandom(p + got, n - got, 0);

		if (now < 0 && errno != EINTR)
			return gv_fail_sys(err, "getrandom", "%s", _("no random numbers"));
		if (now > 0)
			got += (size_t)now;
	}
	return 0;
}

/* "v1:" and the base64 of nonce, ciphertext and tag. */
static int encrypt(const unsigned char *secret, const struct gv_buf *aad, const struct gv_val *plain,
                   struct gv_buf *out, struct gv_err *err)
{
	struct gv_buf raw = GV_BUF_INIT(GV_JSON_TEXT_MAX), text = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	unsigned char nonce[GV_SEAL_NONCE], tag[GV_SEAL_TAG], key[DIGEST];
	struct gv_gcm g = { key, nonce, aad->p, aad->n };
	int rc = gv_random_bytes(nonce, sizeof nonce, err);

	gv_json_line(&text, plain);
	if (!rc)
		rc = gv_buf_check(&text, err);
	gv_seal_derive(secret, GV_SEAL_SECRET, FOR_VALUE, key);
	if (!rc)
		rc = gv_gcm_seal(&g, text.p, text.n, text.p, tag, err);
	gv_wipe(key, sizeof key);
	if (!rc) {
		gv_buf_add(&raw, nonce, sizeof nonce);
		gv_buf_add(&raw, text.p, text.n);
		gv_buf_add(&raw, tag, sizeof tag);
		rc = gv_buf_check(&raw, err);
	}
	gv_buf_adds(out, VERSION);
	if (!rc) {
		gv_base64_add(out, raw.p, raw.n);
		rc = gv_buf_check(out, err);
	}
	gv_buf_wipe(&text);
	gv_buf_free(&raw);
	return rc;
}

static int set_copy(struct gv_doc *d, struct gv_val *obj, const char *name, struct gv_str text, struct gv_err *err)
{
	return gv_obj_set(d, obj, gv_str_of(name), gv_mkstr(d, text), err);
}

static int not_here(struct gv_str key, struct gv_err *err)
{
	return gv_fail(err, GV_EDATA, _("key %.*s is not here"), (int)key.n, key.p);
}

int gv_seal(struct gv_keys *k, struct gv_str key, const struct gv_seal_at *at, const struct gv_val *plain,
            struct gv_doc *d, struct gv_val *out, struct gv_err *err)
{
	struct gv_buf aad = GV_BUF_INIT(GV_MIB), sealed = GV_BUF_INIT(GV_JSON_TEXT_MAX), tag = GV_BUF_INIT(128);
	const unsigned char *secret = NULL;
	enum gv_key_state state;
	int rc = gv_keys_secret(k, key, &state, &secret, err);

	if (!rc && !secret)
		rc = not_here(key, err);
	if (!rc)
		rc = make_aad(&aad, key, at, err);
	if (!rc)
		rc = encrypt(secret, &aad, plain, &sealed, err);
	if (!rc)
		rc = make_tag(secret, plain, &tag, err);
	*out = gv_mkobj();
	if (!rc)
		rc = set_copy(d, out, "key", key, err);
	if (!rc)
		rc = set_copy(d, out, "sealed", gv_buf_str(&sealed), err);
	if (!rc)
		rc = set_copy(d, out, "tag", gv_buf_str(&tag), err);
	gv_buf_free(&aad);
	gv_buf_free(&sealed);
	gv_buf_free(&tag);
	return rc;
}

static int no_opening(struct gv_err *err)
{
	return gv_fail(err, GV_EINTEGRITY, "%s",
	               _("the sealed value does not open here: it was altered, or moved from another record or field"));
}

/* The text of the value in `plain`; GV_EINTEGRITY.  A tag for equality that is another value's is refused, too. */
static int decrypt(const unsigned char *secret, const struct gv_buf *aad, struct gv_str sealed, struct gv_buf *plain,
                   struct gv_err *err)
{
	struct gv_str text = { sealed.p + sizeof VERSION - 1, sealed.n - (sizeof VERSION - 1) };
	struct gv_buf raw = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	unsigned char key[DIGEST];
	const unsigned char *at;
	size_t n;
	bool good = false;
	int rc = 0;

	if (!gv_base64_read(&raw, text) || raw.n <= GV_SEAL_NONCE + GV_SEAL_TAG || !gv_buf_reserve(plain, raw.n)) {
		rc = raw.nomem || plain->nomem ? gv_fail_nomem(err) : no_opening(err);
		gv_buf_free(&raw);
		return rc;
	}
	at = (const unsigned char *)raw.p;
	n = raw.n - GV_SEAL_NONCE - GV_SEAL_TAG;
	gv_seal_derive(secret, GV_SEAL_SECRET, FOR_VALUE, key);
	rc = gv_gcm_open(&(struct gv_gcm){ key, at, aad->p, aad->n }, at + GV_SEAL_NONCE, n, plain->p,
	                 at + GV_SEAL_NONCE + n, &good, err);
	gv_wipe(key, sizeof key);
	plain->n = good ? n : 0;
	plain->p[plain->n] = '\0';
	gv_buf_free(&raw);
	return rc || good ? rc : no_opening(err);
}

int gv_unseal(struct gv_keys *k, const struct gv_seal_at *at, const struct gv_val *sealed, struct gv_doc *d,
              struct gv_val *out, bool *opened, struct gv_err *err)
{
	struct gv_str key = gv_val_getstr(sealed, "key");
	struct gv_buf aad = GV_BUF_INIT(GV_MIB), plain = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	struct gv_doc value = GV_DOC_INIT;
	const unsigned char *secret = NULL;
	enum gv_key_state state;
	bool equal = false;
	int rc = gv_keys_secret(k, key, &state, &secret, err);

	*opened = false;
	if (rc || !secret)
		return rc;
	rc = make_aad(&aad, key, at, err);
	if (!rc)
		rc = decrypt(secret, &aad, gv_val_getstr(sealed, "sealed"), &plain, err);
	if (!rc)
		rc = gv_json_parse(&value, gv_buf_str(&plain), 0, err);
	if (!rc)
		rc = gv_seal_equal(k, sealed, &value.root, &equal, err);
	if (!rc && !equal)
		rc = no_opening(err);
	if (!rc)
		rc = gv_val_copy(d, out, &value.root, err);
	*opened = !rc;
	gv_doc_free(&value);
	gv_buf_wipe(&plain);
	gv_buf_free(&aad);
	return rc;
}

int gv_seal_equal(struct gv_keys *k, const struct gv_val *sealed, const struct gv_val *plain, bool *equal,
                  struct gv_err *err)
{
	struct gv_str key = gv_val_getstr(sealed, "key");
	struct gv_buf tag = GV_BUF_INIT(128);
	const unsigned char *secret = NULL;
	enum gv_key_state state;
	int rc = gv_keys_secret(k, key, &state, &secret, err);

	*equal = false;
	if (!rc && !secret)
		rc = not_here(key, err);
	if (!rc)
		rc = make_tag(secret, plain, &tag, err);
	if (!rc)
		*equal = gv_str_eq(gv_buf_str(&tag), gv_val_getstr(sealed, "tag"));
	gv_buf_free(&tag);
	return rc;
}
