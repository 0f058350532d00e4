/* SPDX-License-Identifier: MIT */
#include "sshsig.h"

#include <dlfcn.h>
#include <openssl/sha.h>
#include <stdatomic.h>

#include "base64.h"
#include "home.h"
#include "i18n.h"
#include "sha.h"
#include "sshsig_impl.h"

/* OpenSSH's own bound for a key or a signature is smaller; RSA with 16384 bits fits. */
enum { BLOB_MAX = 16384, SIG_BYTES = 64, KEY_BYTES = 32 };

#define BEGIN "-----BEGIN SSH SIGNATURE-----"
#define END   "-----END SSH SIGNATURE-----"
#define MAGIC "SSHSIG"
#define ED25519 "ssh-ed25519"

struct blob {
	unsigned char p[BLOB_MAX];
	size_t n;
};

/* ---- base64, one spelling only ---- */

/* Lines end as they like; "=" fills the last four; bits that say nothing are zero.  Two texts of one signature would
 * be two commits. */
static bool decode(struct blob *out, struct gv_str text)
{
	uint32_t bits = 0;
	size_t digits = 0, fill = 0;

	out->n = 0;
	for (size_t i = 0; i < text.n; i++) {
		int d = gv_base64_digit(text.p[i]);

		if (text.p[i] == '\n' || text.p[i] == '\r')
			continue;
		if (text.p[i] == '=')
			fill++;
		else if (d < 0 || fill)
			return false;
		bits = bits << 6 | (uint32_t)(d < 0 ? 0 : d);
		if (++digits % 4)
			continue;
		if (out->n + 3 > BLOB_MAX || fill > 2 || (fill && bits & (fill == 2 ? 0xffff : 0xff)))
			return false;
		for (size_t k = 0; k < 3 - fill; k++)
			out->p[out->n++] = (unsigned char)(bits >> (16 - 8 * k));
		bits = 0;
	}
	return digits && digits % 4 == 0;
}

static void encode_unfilled(char *out, const unsigned char *p, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t bits = 0;
	unsigned have = 0;

	for (size_t i = 0; i < n; i++) {
		bits = bits << 8 | p[i];
		for (have += 8; have >= 6; have -= 6)
			*out++ = digits[bits >> (have - 6) & 63];
	}
	if (have)
		*out++ = digits[bits << (6 - have) & 63];
	*out = '\0';
}

/* ---- the wire: strings behind their length ---- */

struct wire {
	const unsigned char *p;
	size_t n;
};

static bool take_u32(struct wire *w, uint32_t *v)
{
	if (w->n < 4)
		return false;
	*v = (uint32_t)w->p[0] << 24 | (uint32_t)w->p[1] << 16 | (uint32_t)w->p[2] << 8 | w->p[3];
	w->p += 4;
	w->n -= 4;
	return true;
}

static bool take_string(struct wire *w, struct wire *s)
{
	uint32_t n;

	if (!take_u32(w, &n) || n > w->n)
		return false;
	*s = (struct wire){ w->p, n };
	w->p += n;
	w->n -= n;
	return true;
}

/* A name: printable ASCII without blanks, and it has one.  Copied with a NUL. */
static bool take_name(struct wire *w, char *out, size_t size)
{
	struct wire s;

	if (!take_string(w, &s) || !s.n || s.n >= size)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~')
			return false;
	memcpy(out, s.p, s.n);
	out[s.n] = '\0';
	return true;
}

static void put_string(struct gv_buf *out, const void *p, size_t n)
{
	unsigned char len[4] = { (unsigned char)(n >> 24), (unsigned char)(n >> 16), (unsigned char)(n >> 8),
		                 (unsigned char)n };

	gv_buf_add(out, len, sizeof len);
	gv_buf_add(out, p, n);
}

/* ---- keys ---- */

static bool read_key(struct gv_sshkey *out, struct wire blob)
{
	unsigned char hash[32];
	struct wire rest = blob, point;

	*out = (struct gv_sshkey){ .is_ed25519 = false };
	if (!take_name(&rest, out->type, sizeof out->type))
		return false;
	if (strcmp(out->type, ED25519) == 0) {
		if (!take_string(&rest, &point) || point.n != KEY_BYTES || rest.n)
			return false;
		memcpy(out->ed25519, point.p, KEY_BYTES);
		out->is_ed25519 = true;
	} else if (!rest.n) {
		return false;
	}
	gv_sha256((struct gv_str){ (const char *)blob.p, blob.n }, hash);
	memcpy(out->print, "SHA256:", 7);
	encode_unfilled(out->print + 7, hash, sizeof hash);
	return true;
}

static struct gv_str next_word(struct gv_str *text)
{
	struct gv_str word;
	size_t n = 0;

	*text = gv_str_trim(*text);
	while (n < text->n && text->p[n] != ' ' && text->p[n] != '\t')
		n++;
	word = (struct gv_str){ text->p, n };
	text->p += n;
	text->n -= n;
	return word;
}

int gv_sshkey_read(struct gv_sshkey *out, struct gv_str text, struct gv_err *err)
{
	struct gv_str rest = text, type = next_word(&rest), base64 = next_word(&rest);
	struct blob blob;

	if (!base64.n)
		return gv_fail(err, GV_EDATA, "%s", _("is not a public key: TYPE BASE64 [COMMENT]"));
	if (!decode(&blob, base64) || !read_key(out, (struct wire){ blob.p, blob.n }))
		return gv_fail(err, GV_EDATA, "%s", _("the key's base64 text is broken"));
	if (!gv_str_is(type, out->type))
		return gv_fail(err, GV_EDATA, _("the key says that it is %s, the text %.*s"), out->type,
		               (int)(type.n < 64 ? type.n : 64), type.p);
	return 0;
}

/* ---- signatures ---- */

static int broken(struct gv_err *err, const char *why)
{
	return gv_fail(err, GV_EINTEGRITY, _("broken SSH signature: %s"), why);
}

bool gv_sshsig_is(struct gv_str text)
{
	return gv_str_starts(gv_str_trim(text), GV_STR(BEGIN));
}

/* What stands between BEGIN and END; false unless there is exactly one of each. */
static bool unwrap(struct gv_str *body, struct gv_str armour)
{
	struct gv_str text = gv_str_trim(armour);
	const size_t begin = strlen(BEGIN), end = strlen(END);

	if (text.n < begin + end + 2 || !gv_str_starts(text, GV_STR(BEGIN)) ||
	    memcmp(text.p + text.n - end, END, end) != 0)
		return false;
	*body = (struct gv_str){ text.p + begin, text.n - begin - end };
	return (body->p[0] == '\n' || body->p[0] == '\r') && body->p[body->n - 1] == '\n';
}

/* What an RSA key signs with has names of its own. */
static bool is_type_of(const char *signature, const char *key)
{
	if (strcmp(key, "ssh-rsa") == 0)
		return strcmp(signature, "rsa-sha2-256") == 0 || strcmp(signature, "rsa-sha2-512") == 0;
	return strcmp(signature, key) == 0;
}

static const char *read_signature(struct gv_sshsig *out, struct wire w)
{
	char type[sizeof out->key.type];
	struct wire sig;

	if (!take_name(&w, type, sizeof type) || !take_string(&w, &sig))
		return _("the signature itself cannot be read");
	if (!is_type_of(type, out->key.type))
		return _("the signature is of another type than the key");
	if (!out->key.is_ed25519)
		return NULL; /* security keys put more behind it; it is not ours to check */
	if (sig.n != SIG_BYTES || w.n)
		return _("the signature has a wrong length");
	memcpy(out->ed25519, sig.p, SIG_BYTES);
	out->is_ed25519 = true;
	return NULL;
}

/* NULL, or what is wrong. */
static const char *read_blob(struct gv_sshsig *out, struct wire w)
{
	struct wire key, reserved, sig;
	uint32_t version;

	if (w.n < strlen(MAGIC) || memcmp(w.p, MAGIC, strlen(MAGIC)) != 0)
		return _("it does not begin with SSHSIG");
	w.p += strlen(MAGIC);
	w.n -= strlen(MAGIC);
	if (!take_u32(&w, &version) || version != 1)
		return _("its version is not 1");
	if (!take_string(&w, &key) || !read_key(&out->key, key))
		return _("its key cannot be read");
	if (!take_name(&w, out->space, sizeof out->space))
		return _("its namespace cannot be read");
	if (!take_string(&w, &reserved) || reserved.n)
		return _("its reserved field is not empty");
	if (!take_name(&w, out->hash, sizeof out->hash) ||
	    (strcmp(out->hash, "sha512") != 0 && strcmp(out->hash, "sha256") != 0))
		return _("its hash is neither sha512 nor sha256");
	if (!take_string(&w, &sig))
		return _("it ends too early");
	if (w.n)
		return _("bytes are left over");
	return read_signature(out, sig);
}

int gv_sshsig_read(struct gv_sshsig *out, struct gv_str armour, struct gv_err *err)
{
	struct gv_str body;
	struct blob blob;
	const char *why;

	*out = (struct gv_sshsig){ .is_ed25519 = false };
	if (!unwrap(&body, armour))
		return broken(err, _("it is not exactly one block from BEGIN to END"));
	if (!decode(&blob, body))
		return broken(err, _("it is not base64"));
	why = read_blob(out, (struct wire){ blob.p, blob.n });
	return why ? broken(err, why) : 0;
}

/* As in sha.c: not through the providers. */
static void sha512(struct gv_str data, unsigned char out[64])
{
	SHA512_CTX s;

	SHA512_Init(&s);
	SHA512_Update(&s, data.p, data.n);
	SHA512_Final(out, &s);
}

/* What the key has signed: the namespace, and the hash of the message. */
static int make_signed(struct gv_buf *out, const struct gv_sshsig *sig, struct gv_str message, struct gv_err *err)
{
	bool is_short = strcmp(sig->hash, "sha256") == 0;
	unsigned char hash[64];

	if (is_short)
		gv_sha256(message, hash);
	else
		sha512(message, hash);
	gv_buf_adds(out, MAGIC);
	put_string(out, sig->space, strlen(sig->space));
	put_string(out, "", 0);
	put_string(out, sig->hash, strlen(sig->hash));
	put_string(out, hash, is_short ? 32 : 64);
	return gv_buf_check(out, err);
}

/* Lives as long as the process, as the module does. */
static _Atomic(gv_ed25519_fn *) ed25519;

static int load(gv_ed25519_fn **out, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	void *module = NULL, *symbol = NULL;
	int rc = 0;

	*out = atomic_load_explicit(&ed25519, memory_order_acquire);
	if (*out)
		return 0;
	rc = gv_home_libexec(&path, GV_ED25519_MODULE, err);
	if (!rc)
		module = dlopen(path.p, RTLD_NOW | RTLD_LOCAL);
	if (module)
		symbol = dlsym(module, GV_ED25519_SYMBOL);
	if (!rc && !symbol)
		rc = gv_fail(err, GV_EIO, _("the module %s cannot be loaded: %s"), GV_ED25519_MODULE, dlerror());
	if (!rc) {
		memcpy(out, &symbol, sizeof *out); /* ISO C has no cast for it */
		ed25519 = *out;
	}
	gv_buf_free(&path);
	return rc;
}

static int verify(const struct gv_sshsig *sig, struct gv_str text, struct gv_err *err)
{
	gv_ed25519_fn *check;
	int rc = load(&check, err), good;

	if (rc)
		return rc;
	good = check(sig->key.ed25519, sig->ed25519, text.p, text.n);
	if (good < 0)
		return gv_fail_nomem(err);
	return good ? 0 : gv_fail(err, GV_EINTEGRITY, _("the signature does not belong to this text (key %s)"),
	                          sig->key.print);
}

int gv_sshsig_check(const struct gv_sshsig *sig, struct gv_str message, const char *space, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(1024);
	int rc;

	if (strcmp(sig->space, space) != 0)
		return gv_fail(err, GV_EINTEGRITY, _("the signature is for the namespace %s, not %s"), sig->space, space);
	if (!sig->is_ed25519)
		return gv_fail(err, GV_ENOTFOUND, _("keys of type %s are not checked here"), sig->key.type);
	rc = make_signed(&text, sig, message, err);
	if (!rc)
		rc = verify(sig, gv_buf_str(&text), err);
	gv_buf_free(&text);
	return rc;
}
