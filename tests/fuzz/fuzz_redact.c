/* SPDX-License-Identifier: MIT */
/*
 * fuzz_redact: any text, with a cast that its first line names: what comes out is UTF-8, is redacted once more, and what is left in it
 * lies within it.
 */
#include <stdlib.h>

#include "redact.h"
#include "residue.h"
#include "utf8.h"

static int within(void *ctx, const struct gv_residue *hit)
{
	const struct gv_redact_job *job = ctx;

	if (hit->from > hit->to || hit->to > job->text.n)
		abort();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct gv_redactor *r;
	struct gv_str all = { (const char *)data, size }, text = all, name = all;
	const char *eol = memchr(all.p, '\n', all.n);
	struct gv_doc d = { 0 };
	struct gv_val kase = gv_mkobj(), parties = gv_mkarr();
	struct gv_redact_job job = { .profile = size % 2 ? GV_PROFILE_2024 : GV_PROFILE_2016, .as_of = gv_day_of(2024, 6, 3), .kase = &kase };
	struct gv_redacted once, twice;
	struct gv_buf kept = GV_BUF_INIT(1 << 20);
	struct gv_err err = { 0 };

	if (size > 1 << 16 || gv_utf8_valid(all) != size || memchr(data, 0, size))
		return 0;
	if (!r && gv_redactor_open(&r, gv_day_of(2024, 6, 3), &err))
		abort();
	if (eol) {
		name.n = (size_t)(eol - all.p);
		text = (struct gv_str){ eol + 1, all.n - name.n - 1 };
		if (gv_arr_add(&d, &parties, gv_mkstr(&d, name), &err) || gv_obj_set(&d, &kase, GV_STR("parties"), parties, &err))
			abort();
	}
	job.text = text;
	if (gv_redact(r, &job, &once, &err))
		abort();
	gv_buf_addstr(&kept, once.text);
	if (gv_utf8_valid(once.text) != once.text.n)
		abort();
	job.text = gv_buf_str(&kept);
	if (gv_redact(r, &job, &twice, &err) || gv_residue(r, &job, within, &job, &err))
		abort();
	gv_buf_free(&kept);
	gv_doc_free(&d);
	return 0;
}
