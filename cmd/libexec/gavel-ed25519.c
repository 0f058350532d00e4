/* SPDX-License-Identifier: MIT */
/* The module that checks Ed25519 signatures (lib/sshsig_impl.h says why it is one). */
#include <openssl/evp.h>

#include "sshsig_impl.h"

int gv_ed25519_verify(const unsigned char key[32], const unsigned char signature[64], const void *text, size_t n)
{
	EVP_PKEY *pkey = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key, 32);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	int good = -1;

	if (pkey && ctx && EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, pkey) == 1)
		good = EVP_DigestVerify(ctx, signature, 64, text, n) == 1;
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(pkey);
	return good;
}
