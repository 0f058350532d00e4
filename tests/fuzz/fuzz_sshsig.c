/* SPDX-License-Identifier: MIT */
/*
 * fuzz_sshsig: an armoured signature, a public key and a file of signers, whichever the text is.  What is read must be
 * whole; what verifies for one text must not for another; a key read from its own line again is the same.
 */
#include <stdlib.h>

#include "signers.h"

static void signature(struct gv_str text)
{
	struct gv_sshsig sig, again;
	struct gv_err err = { 0 };
	struct gv_buf wrapped = GV_BUF_INIT(GV_MIB);

	if (gv_sshsig_read(&sig, text, &err)) {
		if (err.code != GV_EINTEGRITY || err.msg[0] == '\0')
			abort();
		return;
	}
	if (!gv_sshsig_is(text) || sig.is_ed25519 != sig.key.is_ed25519 || !sig.space[0] || strlen(sig.key.print) != GV_SSH_PRINT - 2)
		abort();
	if (gv_sshsig_check(&sig, GV_STR("text\n"), sig.space, &err) == 0 &&
	    gv_sshsig_check(&sig, GV_STR("Text\n"), sig.space, &err) != GV_EINTEGRITY)
		abort();
	gv_buf_addc(&wrapped, '\n');
	gv_buf_addstr(&wrapped, text);
	gv_buf_adds(&wrapped, "\n\n");
	if (!wrapped.failed && (gv_sshsig_read(&again, gv_buf_str(&wrapped), &err) || memcmp(&sig, &again, sizeof sig) != 0))
		abort();
	gv_buf_free(&wrapped);
}

static void signers(struct gv_str text)
{
	struct gv_signers *s = NULL;
	struct gv_err err = { 0 };
	enum gv_signer_why why;

	if (gv_signers_read(&s, text, &err)) {
		if (s || err.code == 0 || err.msg[0] == '\0')
			abort();
		return;
	}
	for (size_t i = 0; i < gv_signers_count(s); i++) {
		const struct gv_signer *one = gv_signers_at(s, i), *found;

		if (!one->principal.n || one->principal.n > one->principals.n || !one->line || !one->key.type[0])
			abort();
		found = gv_signers_find(s, &one->key, "git", one->after, &why);
		if ((found != NULL) != (why == GV_SIGNER_OK) || why == GV_SIGNER_UNKNOWN ||
		    (!found && i == 0 && gv_signers_count(s) == 1 && why != GV_SIGNER_SPACE))
			abort();
	}
	gv_signers_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gv_str text = { (const char *)data, size };
	struct gv_sshkey key;
	struct gv_err err = { 0 };

	if (gv_sshkey_read(&key, text, &err) == 0 ? !key.type[0] : err.code != GV_EDATA)
		abort();
	signature(text);
	signers(text);
	return 0;
}
