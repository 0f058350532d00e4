/* SPDX-License-Identifier: MIT */
/*
 * sshsig: OpenSSH public keys and signatures (OpenSSH's PROTOCOL.sshsig): what `ssh-keygen -Y sign` makes and git
 * keeps in a commit's gpgsig header.  Ed25519 is verified in process through libcrypto (0.1 ms; a fork of
 * ssh-keygen costs 6 to 16 ms); other types of keys are told apart, and left to git.
 */
#ifndef GAVEL_SSHSIG_H
#define GAVEL_SSHSIG_H

#include "buf.h"
#include "err.h"

#define GV_SSH_PRINT 52   /* "SHA256:" and 43 characters of base64, and a NUL */

struct gv_sshkey {
	bool is_ed25519;
	char type[48];               /* "ssh-ed25519" */
	unsigned char ed25519[32];   /* if it is one */
	char print[GV_SSH_PRINT];    /* fingerprint, as ssh-keygen -l shows it */
};

/* "ssh-ed25519 AAAA... [comment]", a line of a .pub file.  GV_EDATA. */
int gv_sshkey_read(struct gv_sshkey *out, struct gv_str text, struct gv_err *err);

struct gv_sshsig {
	struct gv_sshkey key;        /* whose it says it is */
	char space[64];              /* "git" */
	char hash[16];               /* "sha512" or "sha256" */
	bool is_ed25519;             /* the signature can be checked here */
	unsigned char ed25519[64];
};

/* Is the text an armoured SSHSIG at all (or OpenPGP, X.509)? */
bool gv_sshsig_is(struct gv_str text);
/* Exactly one armoured block, nothing else but white space around it, no byte left over inside.  GV_EINTEGRITY says
 * what is wrong with it. */
int gv_sshsig_read(struct gv_sshsig *out, struct gv_str armour, struct gv_err *err);
/* Did that key sign this message for this namespace?  GV_EINTEGRITY if not, also for another namespace;
 * GV_ENOTFOUND if the type of key is none that is checked here (ask gv_sign_ask_git()). */
int gv_sshsig_check(const struct gv_sshsig *sig, struct gv_str message, const char *space, struct gv_err *err);

#endif
