/* SPDX-License-Identifier: MIT */
/*
 * sshsig_impl: what sshsig.c shares with its module.  Ed25519 lies behind libcrypto's providers: linked into every
 * command they would double its size and cost each start some 17000 relocations, so the module links libcrypto as a
 * shared library, and is loaded by the first signature that is checked.
 */
#ifndef GAVEL_SSHSIG_IMPL_H
#define GAVEL_SSHSIG_IMPL_H

#include <stddef.h>

#define GV_ED25519_MODULE "gavel-ed25519.so"
#define GV_ED25519_SYMBOL "gv_ed25519_verify"

/* 1 good, 0 not, -1 no memory. */
typedef int gv_ed25519_fn(const unsigned char key[32], const unsigned char signature[64], const void *text, size_t n);
gv_ed25519_fn gv_ed25519_verify;

#endif
