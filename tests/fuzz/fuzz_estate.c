/* SPDX-License-Identifier: MIT */
/* fuzz_estate: any bundle through the check of what others wrote, the reader, every rule, and the computation for people. */
#include <stdio.h>
#include <stdlib.h>

#include "bundles.h"
#include "seizure_rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "fuzz_estate: %s\n", what);
	abort();
}

static int sink(struct gv_check *c, const struct gv_val *finding, struct gv_err *err)
{
	(void)c;
	(void)err;
	must(gv_val_getstr(finding, "message").n > 0, "a finding that says nothing");
	return 0;
}

static void judge(const struct gv_estate *e)
{
	struct gv_buf work = GV_BUF_INIT(64 * GV_MIB);
	struct gv_err err;
	struct gv_seizure_subject subject = { .estate = e };
	struct gv_check check = { .as_of = e->as_of, .sink = sink, .err = &err, .only = GV_STR(""), .skip = GV_STR("") };

	must(e->least <= e->nominal && e->kept_least <= e->least, "the lowest price is above the value");
	gv_err_clear(&err);
	(void)gv_rules_run(&check, gv_seizure_rules, &subject);
	gv_estate_work(&work, e);
	gv_doc_free(&check.scratch);
	gv_buf_free(&work);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct gv_caseno_reader *cn;
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_estate e;
	struct gv_err err;

	gv_err_clear(&err);
	if (gv_json_parse(&doc, (struct gv_str){ (const char *)data, size }, 0, &err))
		goto out;
	if (gv_bundle_check(&doc.root, &err)) { /* the reader must live with it all the same */
		must(err.code == GV_EDATA && err.msg[0] && err.thing[0], "refused, and nobody knows what");
		gv_err_clear(&err);
	}
	must(cn || !gv_caseno_reader_new(&cn, "沪0114", 2025, NULL), "no reader of case numbers");
	must(!gv_bundle_name_cases(&doc, cn, &err), "a case number is refused");
	if (!gv_estate_read(&e, &doc, &doc.root, gv_day_of(2025, 6, 1), &GV_SEIZURE_POLICY, &err))
		judge(&e);
out:
	gv_doc_free(&doc);
	return 0;
}
