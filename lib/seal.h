/* SPDX-License-Identifier: MIT */
/*
 * seal: values that only holders of a key can read (gavel-docket(5), "Sealed values").
 *
 *   {"sealed":"v1:BASE64","key":"KEYID","tag":"BASE64"}
 *
 * v1 is AES-256-GCM (libcrypto): 12 random bytes, the ciphertext of the value's canonical JSON, 16 bytes of tag.  What is
 * authenticated besides: kind, id, field path (array indices as [], events by their eid) and key id, so a sealed value
 * cannot be moved to another record or field.  "tag" is for equality: HMAC-SHA-256 under a key derived (HKDF) from the same
 * subject's key, so that equal values of one subject can be joined, and nothing remains to guess against once the key is
 * destroyed.
 *
 * Keys are files outside git, one for each subject, mode 0600, in the folder that GAVEL_KEYS names, else git's setting
 * gavel.keys of the docket, else $XDG_DATA_HOME/gavel/keys or ~/.local/share/gavel/keys: KEYID.json with
 * {"key","made_on","secret","subject"}.  A destroyed key leaves {"by","destroyed_on","key","reason"}.  The id of a key says
 * nothing about its subject: it is a keyed hash under the folder's own random "salt", so that the key of a
 * subject is found without a list.
 */
#ifndef GAVEL_SEAL_H
#define GAVEL_SEAL_H

#include "base64.h"
#include "json.h"

#define GV_KEYID_LEN 16
#define GV_SUBJECT_MAX 512   /* bytes of a subject's name */

/* ---- the folder of keys ---- */

struct gv_keys;

/* The folder need not be there, and may be closed to us: then no key is here.  GV_EUSAGE if GAVEL_KEYS or gavel.keys is no
 * absolute path.  gitdir NULL: without git's setting. */
int gv_keys_open(struct gv_keys **out, const char *gitdir, struct gv_err *err);
void gv_keys_free(struct gv_keys *k);   /* wipes the secrets that it held */
const char *gv_keys_folder(const struct gv_keys *k);  /* absolute, "" without a home; borrowed */

enum gv_key_state { GV_KEY_ABSENT, GV_KEY_HERE, GV_KEY_DESTROYED };

bool gv_keyid_is(struct gv_str id);     /* 16 characters of base32, as in file names */

/*
 * Is there a key of this id?  GV_EIO if the folder or the file is open to others (as ssh does), if the folder lies in a
 * git repository or its work tree, where a key would end up in clones and bundles; GV_EINTEGRITY if the file is broken.
 */
int gv_keys_look(struct gv_keys *k, struct gv_str id, enum gv_key_state *state, struct gv_err *err);

/* The id of the key that a subject has or would have.  GV_ENOTFOUND if this folder never had a key. */
int gv_keys_find(struct gv_keys *k, struct gv_str subject, char id[GV_KEYID_LEN + 1], struct gv_err *err);
/*
 * The same, and makes folder and key where they are missing: `today` is its made_on.  A key that was destroyed is
 * GV_EDATA: nothing more is sealed for this subject.  A new key is durable after gv_keys_sync().
 */
int gv_keys_need(struct gv_keys *k, struct gv_str subject, const char *today, char id[GV_KEYID_LEN + 1],
                 struct gv_err *err);
/* Every key that was used to seal survives a power failure.  Before a commit that relies on it. */
int gv_keys_sync(struct gv_keys *k, struct gv_err *err);

/* Overwrites the secret and leaves who did so, when and why.  GV_ENOTFOUND, GV_EDATA if it was destroyed before. */
struct gv_key_end { const char *by, *on, *reason; };
int gv_keys_destroy(struct gv_keys *k, struct gv_str id, const struct gv_key_end *end, struct gv_err *err);

/* All keys by id, without their secrets: {"kind":"key","id","subject","made_on"} or, destroyed,
 * {"kind":"key","id","destroyed_on","by","reason"}.  Non-zero from `each` stops and is returned. */
int gv_keys_each(struct gv_keys *k, int (*each)(void *ctx, const struct gv_val *row), void *ctx, struct gv_err *err);

/* ---- one value ---- */

/* Where a value stands.  field: "parties[].id_no", "events[EID].note". */
struct gv_seal_at { struct gv_str kind, id, field; };

/* The key must be here (gv_keys_look).  *out is built in d. */
int gv_seal(struct gv_keys *k, struct gv_str key, const struct gv_seal_at *at, const struct gv_val *plain,
            struct gv_doc *d, struct gv_val *out, struct gv_err *err);
/*
 * *opened false and *out untouched where the key is not here or was destroyed.  GV_EINTEGRITY where it is here and the
 * value does not open: altered, or moved from another record or field.
 */
int gv_unseal(struct gv_keys *k, const struct gv_seal_at *at, const struct gv_val *sealed, struct gv_doc *d,
              struct gv_val *out, bool *opened, struct gv_err *err);
/* Would `plain`, sealed with the same key, have the tag of `sealed`?  The key must be here. */
int gv_seal_equal(struct gv_keys *k, const struct gv_val *sealed, const struct gv_val *plain, bool *equal,
                  struct gv_err *err);

/* ---- a record ---- */

struct gv_schema;

/* May the text of a record (canonical, or on one line) hold a sealed value?  About memory speed: what makes
 * dockets that have none pay nothing. */
bool gv_text_may_be_sealed(struct gv_str text);

/* A value that the schema calls sensitive, sealed or not; `each` may put another in its place. */
struct gv_sealable {
	struct gv_val *val;
	struct gv_str field;   /* as it is authenticated: "parties[].id_no", "events[EID].note" */
	struct gv_str shape;   /* as a schema and a policy name it: "parties[].id_no", "events[].note" */
	struct gv_str place;   /* as messages name it: "parties[0].id_no" */
};
/* In canonical order.  Non-zero from `each` stops and is returned. */
int gv_sealable_each(const struct gv_schema *s, struct gv_val *rec,
                     int (*each)(void *ctx, const struct gv_sealable *v), void *ctx, struct gv_err *err);

/*
 * Opens in place all sealed values of the record in d whose keys are here; *opened counts them.  GV_EINTEGRITY with the
 * field for one that does not open: the others may be open by then.
 */
int gv_unseal_rec(struct gv_keys *k, struct gv_doc *d, size_t *opened, struct gv_err *err);
/*
 * The same for a canonical text: *text becomes the canonical text with them open, in `out`, if there were any; else it
 * stays as it is, as it does on failure.
 */
int gv_unseal_text(struct gv_keys *k, struct gv_str *text, struct gv_doc *scratch, struct gv_buf *out,
                   struct gv_err *err);

/* ---- for seal*.c and tests ---- */

#define GV_SEAL_SECRET 32
#define GV_SEAL_NONCE  12
#define GV_SEAL_TAG    16

/* HKDF-SHA-256 without salt (RFC 5869), one block.  `what` is its info. */
void gv_seal_derive(const unsigned char *secret, size_t n, const char *what, unsigned char out[32]);
void gv_hmac_sha256(const void *key, size_t nkey, const void *data, size_t n, unsigned char out[32]);

/* AES-256-GCM: n bytes of `in` to `out` (may be the same), and the tag; opening returns false where the tag is another. */
struct gv_gcm { const unsigned char *key, *nonce; const void *aad; size_t naad; };
int gv_gcm_seal(const struct gv_gcm *g, const void *in, size_t n, void *out, unsigned char tag[GV_SEAL_TAG],
                struct gv_err *err);
int gv_gcm_open(const struct gv_gcm *g, const void *in, size_t n, void *out, const unsigned char tag[GV_SEAL_TAG],
                bool *good, struct gv_err *err);

/* The secret of a key that is here, borrowed until the next call. */
int gv_keys_secret(struct gv_keys *k, struct gv_str id, enum gv_key_state *state,
                   const unsigned char **secret, struct gv_err *err);

/* Overwritten in a way that the compiler does not take out. */
void gv_wipe(void *p, size_t n);
void gv_buf_wipe(struct gv_buf *b);  /* and freed */

#endif
