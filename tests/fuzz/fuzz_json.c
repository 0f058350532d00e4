/* SPDX-License-Identifier: MIT */
/*
 * fuzz_json: any bytes through both readers and all writers.
 * Wants the simdjson module: GAVEL_LIBEXEC names its folder.
 */
#include <stdio.h>
#include <stdlib.h>

#include "json.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "fuzz_json: %s\n", what);
	abort();
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	gv_json_want_fast();
	must(gv_json_is_fast(), "no simdjson module: build it, and set GAVEL_LIBEXEC");
	return 0;
}

static bool same_error(const struct gv_err *a, const struct gv_err *b)
{
	return a->code == b->code && a->line == b->line && a->byte == b->byte && strcmp(a->msg, b->msg) == 0;
}

/* Written, read and written again it is the same; and as a line, either way. */
static void round_trip(const struct gv_val *v, unsigned flags)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_buf canon = GV_BUF_INIT(64 * GV_MIB), again = GV_BUF_INIT(64 * GV_MIB);
	struct gv_buf line = GV_BUF_INIT(64 * GV_MIB), short_cut = GV_BUF_INIT(64 * GV_MIB);

	gv_json_canon(&canon, v);
	must(gv_json_parse(&d, gv_buf_str(&canon), flags, NULL) == 0, "canonical text is refused");
	must(gv_val_eq(&d.root, v), "canonical text holds another value");
	gv_json_canon(&again, &d.root);
	must(gv_str_eq(gv_buf_str(&canon), gv_buf_str(&again)), "canonical text is no fixpoint");
	gv_json_line(&line, v);
	gv_json_canon_to_line(&short_cut, gv_buf_str(&canon));
	must(gv_str_eq(gv_buf_str(&line), gv_buf_str(&short_cut)), "canon_to_line differs from line");
	gv_buf_free(&canon);
	gv_buf_free(&again);
	gv_buf_free(&line);
	gv_buf_free(&short_cut);
	gv_doc_free(&d);
}

static void both_readers(struct gv_str text, unsigned flags)
{
	struct gv_doc a = GV_DOC_INIT, b = GV_DOC_INIT;
	struct gv_err a_err = { 0 }, b_err = { 0 };
	int rc = gv_json_parse_scalar(&a, text, flags, &a_err);

	must(rc == 0 || (rc == GV_EDATA && a_err.line && a_err.byte && a_err.msg[0]), "an error without a place");
	must(gv_json_parse(&b, text, flags, &b_err) == rc, "the readers' verdicts differ");
	must(same_error(&a_err, &b_err), "the readers' errors differ");
	must(gv_val_eq(&a.root, &b.root), "the readers' trees differ");
	if (rc == 0)
		round_trip(&a.root, flags);
	gv_doc_free(&a);
	gv_doc_free(&b);
}

/* Text that need not be canonical at all. */
static void any_text(struct gv_str text)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_buf b = GV_BUF_INIT(64 * GV_MIB);

	gv_json_canon_to_line(&b, text);
	must(!b.failed && b.n <= text.n, "a line longer than its text");
	gv_buf_reset(&b);
	if (gv_json_check_canon(text, &d, NULL) == 0) {
		gv_json_canon(&b, &d.root);
		must(gv_str_eq(gv_buf_str(&b), text), "check_canon is wrong");
	}
	gv_buf_free(&b);
	gv_doc_free(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gv_str text = { (const char *)data, size };

	both_readers(text, 0);
	both_readers(text, GV_JSON_FOREIGN);
	both_readers(text, GV_JSON_DROP_NULL | GV_JSON_FOREIGN);
	any_text(text);
	return 0;
}
