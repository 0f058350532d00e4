/* SPDX-License-Identifier: MIT */
/* Keys and signatures of ssh-keygen in a fresh folder, and blobs that no ssh-keygen makes. */
#ifndef GAVEL_SSHSIG_UNIT_H
#define GAVEL_SSHSIG_UNIT_H

#include <limits.h>
#include <openssl/evp.h>

#include "repo.h"
#include "sshsig.h"

static struct gv_err err;


static inline void set_up(void)
{
	static char libexec[PATH_MAX + 64];
	const char *bin = getenv("BIN");
	char here[PATH_MAX];

	if (!libexec[0] && getcwd(here, sizeof here)) {
		if (bin && bin[0] == '/')
			snprintf(libexec, sizeof libexec, "%s/../libexec/gavel", bin);
		else
			snprintf(libexec, sizeof libexec, "%s/%s/../libexec/gavel", here, bin && *bin ? bin : "bin");
		setenv("GAVEL_LIBEXEC", libexec, 0);
	}
	repo_new();
	setenv("HOME", repo_dir, 1);
	unsetenv("SSH_AUTH_SOCK");
}

/* A file's text; the caller frees. */
static inline struct gv_buf text_of(const char *path)
{
	struct gv_buf b = GV_BUF_INIT(16 * GV_MIB);

	CHECK_OK(gv_buf_read_file(&b, path, &err), &err);
	return b;
}

static inline void make_key(const char *name, const char *options)
{
	CHECK_ROW(sh("ssh-keygen -q -N '' -C '王 书记员' %s -f %s", options, name) == 0, name);
}

static inline void put_u32(struct gv_buf *out, size_t n)
{
	for (int i = 24; i >= 0; i -= 8)
		gv_buf_addc(out, (char)(n >> i));
}

static inline void put_str(struct gv_buf *out, struct gv_str s)
{
	put_u32(out, s.n);
	gv_buf_addstr(out, s);
}

/* As ssh-keygen writes it: lines of 70. */
static inline void armour(struct gv_buf *out, struct gv_str blob)
{
	unsigned char *text = malloc(4 * (blob.n / 3 + 1) + 1);
	int n = EVP_EncodeBlock(text, (const unsigned char *)blob.p, (int)blob.n);

	gv_buf_adds(out, "-----BEGIN SSH SIGNATURE-----\n");
	for (int i = 0; i < n; i += 70) {
		gv_buf_add(out, text + i, (size_t)(n - i < 70 ? n - i : 70));
		gv_buf_addc(out, '\n');
	}
	gv_buf_adds(out, "-----END SSH SIGNATURE-----\n");
	free(text);
}

/* The bytes behind an armour of ssh-keygen. */
static inline struct gv_buf blob_of(const char *path)
{
	struct gv_buf b = GV_BUF_INIT(GV_MIB);

	CHECK(sh("grep -v -e '^-----' %s | base64 -d >blob", path) == 0);
	CHECK_OK(gv_buf_read_file(&b, "blob", &err), &err);
	return b;
}

#endif
