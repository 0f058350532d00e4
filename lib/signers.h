/* SPDX-License-Identifier: MIT */
/*
 * signers: the docket's file "signers" at its root: who signs with which key, in the format of
 * OpenSSH's allowed_signers (ssh-keygen(1)), so that plain git can check against it, too:
 *
 *   PRINCIPALS [OPTIONS] KEYTYPE BASE64 [COMMENT]
 *
 * A principal is the key of a person (沪0114-P000001) or an e-mail address that a person record has; options are
 * namespaces="git,...", valid-after="...", valid-before="..." (times are UTC with Z, else UTC+8),
 * cert-authority (refused: certificates are not supported).  Stricter than OpenSSH: a principal is a name, never a
 * pattern, as a signature must tell who made it.
 */
#ifndef GAVEL_SIGNERS_H
#define GAVEL_SIGNERS_H

#include "sshsig.h"

struct gv_signer {
	struct gv_str principal;     /* the first one; borrowed from the text, which gv_signers keeps */
	struct gv_str principals;    /* the whole list */
	struct gv_str spaces;        /* namespaces="..."; n 0 = any */
	int64_t after, before;       /* seconds; 0 = no limit; both inclusive, as OpenSSH has it */
	struct gv_sshkey key;
	size_t line;
};

struct gv_signers;

/* GV_EDATA with the line and what is wrong.  An empty file trusts nobody. */
int gv_signers_read(struct gv_signers **out, struct gv_str text, struct gv_err *err);
void gv_signers_free(struct gv_signers *s);
size_t gv_signers_count(const struct gv_signers *s);
const struct gv_signer *gv_signers_at(const struct gv_signers *s, size_t i);

/*
 * The first line for a key that may sign in `space` at `time`.  NULL with *why set (GV_SIGNER_UNKNOWN: no such key;
 * _EARLY, _LATE: outside its days; _SPACE: not for this namespace; of several lines, the first one's reason).
 */
enum gv_signer_why { GV_SIGNER_OK, GV_SIGNER_UNKNOWN, GV_SIGNER_EARLY, GV_SIGNER_LATE, GV_SIGNER_SPACE };
const struct gv_signer *gv_signers_find(const struct gv_signers *s, const struct gv_sshkey *key, const char *space,
                                        int64_t time, enum gv_signer_why *why);

#endif
