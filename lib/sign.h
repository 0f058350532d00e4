/* SPDX-License-Identifier: MIT */
/*
 * sign: making signatures as git is configured to (gpg.format, user.signingKey, gpg.ssh.program,
 * gpg.ssh.defaultKeyCommand, gpg.program), so that git and we sign alike: SSH keys, plain, encrypted or in an
 * agent, through `ssh-keygen -Y sign`; OpenPGP through gpg.  And asking git about signatures that we do not check
 * ourselves.
 */
#ifndef GAVEL_SIGN_H
#define GAVEL_SIGN_H

#include "buf.h"
#include "err.h"

struct gv_sign_how;   /* what the configs say, read once */

/* GV_EUSAGE with the git config line to type if no key is configured. */
int gv_sign_settings(struct gv_sign_how **out, const char *gitdir, struct gv_err *err);
void gv_sign_how_free(struct gv_sign_how *how);
/* Do the configs say how (gpg.format or user.signingKey)?  Else it is what git does by itself: gpg with the
 * committer's key. */
bool gv_sign_is_chosen(const struct gv_sign_how *how);
/* "ssh", "openpgp" or "x509" */
const char *gv_sign_format(const struct gv_sign_how *how);

/*
 * The armoured signature of `text`, appended to `out`.  `space`: "git" for commits, others for what is not one
 * ("gavel-approval", "gavel-bundle"): only SSH keys have namespaces, so with the others another space than "git" is
 * GV_EUSAGE.
 * A passphrase is asked for on the terminal by ssh-keygen or gpg itself.  GV_EIO with their words if it fails.
 */
int gv_sign(const struct gv_sign_how *how, struct gv_str text, const char *space, struct gv_buf *out,
            struct gv_err *err);

/*
 * What `git verify-commit` says of a commit whose signature is not checked in process: 0 good (key's fingerprint in
 * `print`), GV_EINTEGRITY bad or not trusted.  SSH keys are trusted as `signers_file` says (NULL: nobody), those of
 * OpenPGP and X.509 as the user's own keyring does: compare `print` with who may sign.  Slow: processes at each call.
 */
int gv_sign_ask_git(const char *gitdir, const char *hex, const char *signers_file, struct gv_buf *print,
                    struct gv_err *err);

#endif
