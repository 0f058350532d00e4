/* SPDX-License-Identifier: MIT */
/*
 * seal: values that only holders of a key can read (gavel-docket(5), "Sealed values").
 *
 *   {"sealed":"v1:BASE64","key":"KEYID","tag":"BASE64"}
 *
 * v1 is AES-256-GCM (libcrypto): 12 random bytes, the ciphertext of the value's canonical JSON, 16 bytes of tag.  What is
 * authenticated besides: kind, id, field path (array indices as []) and key id, so a sealed value cannot be moved to another
 * record or field.  "tag" is for equality: HMAC-SHA-256 under a key derived (HKDF) from the same subject's key, so that equal
 * values of one subject can be joined, and nothing remains to guess against once the key is destroyed.
 *
 * Keys are files outside git, one for each subject, mode 0600, in the folder that GAVEL_KEYS names, else git's setting
 * gavel.keys of the docket, else $XDG_DATA_HOME/gavel/keys or ~/.local/share/gavel/keys: KEYID.json with
 * {"key","subject","secret","made_on"}.  A destroyed key leaves {"key","destroyed_on","by","reason"}.
 */
#ifndef GAVEL_SEAL_H
#define GAVEL_SEAL_H

#include "json.h"

struct gv_keys;

/* Opens the folder of keys; it need not be there. */
int gv_keys_open(struct gv_keys **out, const char *gitdir, struct gv_err *err);
void gv_keys_free(struct gv_keys *k);

#endif
