/* SPDX-License-Identifier: MIT */
/* case-file keys: which keys are here, whose, and who destroyed which. */
#include <stdlib.h>

#include "sealing.h"

static const struct gv_opt opts[] = {
	{ 0, "usage", NULL, N_("with the number of records that name each key") },
	{ 0 }
};

static int one(void *ctx, const struct gv_val *key)
{
	struct gv_cmd *c = ctx;
	struct gv_doc d = GV_DOC_INIT;
	size_t n = 0;
	int rc = gv_val_copy(&d, &d.root, key, &c->err);

	if (!rc && gv_cmd_has(c, "usage")) {
		rc = key_usage(c, gv_val_getstr(key, "id").p, &n, NULL, NULL);
		if (!rc)
			rc = gv_obj_set(&d, &d.root, GV_STR("records"), gv_mkint((int64_t)n), &c->err);
	}
	if (!rc)
		rc = gv_out_rec(c->out, &d.root, &c->err);
	c->done += !rc;
	gv_doc_free(&d);
	return rc ? rc : gv_out_closed(c->out) ? -1 : 0;
}

static int run(struct gv_cmd *c)
{
	struct gv_store *store = gv_cmd_store(c);
	struct gv_keys *keys;
	int rc;

	if (!store || !gv_cmd_out(c))
		return c->err.code;
	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": keys takes no operands"), c->argv[0]);
	rc = gv_store_keys(store, &keys, &c->err);
	if (!rc)
		rc = gv_keys_each(keys, one, c, &c->err);
	return rc < 0 ? 0 : rc;
}

const struct gv_cmd_spec case_file_keys = {
	.name = "keys", .summary = N_("list the keys of sealed values that are here, never their secrets"),
	.usage = "", .opts = opts, .fields = "id,subject,made_on,destroyed_on,by,reason",
	.common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
