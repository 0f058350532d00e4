/* SPDX-License-Identifier: MIT */
/*
 * fuzz_caseno: any bytes as a case number.  What is taken has one key, and the key gives itself.
 * Runs at the top of the tree, or GAVEL_SHARE names the folder of the tables.
 */
#include <stdlib.h>
#include <string.h>

#include "caseno.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int check_part(void *ctx, const struct gv_caseno *one)
{
	struct gv_caseno again;
	struct gv_caseno_reader *r = ctx;

	if (gv_caseno_parse(r, &again, gv_str_of(one->id), NULL) != 0 || strcmp(again.id, one->id) != 0 ||
	    again.class != one->class || again.changed || again.suffix[0])
		abort();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct gv_caseno_reader *r;
	struct gv_str text = { (const char *)data, size };
	struct gv_caseno cn;
	struct gv_err err = { 0 };
	int rc;

	setenv("GAVEL_SHARE", "share", 0);
	if (!r && gv_caseno_reader_new(&r, "沪0114", 2022, NULL) != 0)
		abort();
	rc = gv_caseno_parse(r, &cn, text, &err);
	if (rc != (cn.class <= GV_CN_LEGACY ? 0 : GV_EDATA) || (rc && (!cn.reason[0] || cn.id[0])))
		abort();
	if (rc == 0)
		check_part(r, &cn);
	rc = gv_caseno_split(r, text, check_part, r, &err);
	if ((rc == 0) != (cn.class <= GV_CN_MULTI))
		abort();
	return 0;
}
