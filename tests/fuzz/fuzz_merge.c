/* SPDX-License-Identifier: MIT */
/*
 * fuzz_merge: three lines of JSON (base, ours, theirs; an empty base is "no record").  The join
 * does not depend on who is ours, keeps what both have, and is canonical; differences are told from
 * both ends alike.  What comes out goes through validation, which may say anything but must
 * not fall.
 */
#include <stdlib.h>
#include <string.h>

#include "merge.h"
#include "rec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
	if (!ok)
		abort();
}

struct seen { size_t n; struct gv_buf paths; bool swapped; };

static int see(void *ctx, const struct gv_conflict *c)
{
	struct seen *s = ctx;

	must(!(c->ours && c->theirs && gv_val_eq(c->ours, c->theirs)));
	must(!(c->base && c->ours && gv_val_eq(c->base, c->ours)));
	must(!(c->base && c->theirs && gv_val_eq(c->base, c->theirs)));
	s->n++;
	gv_buf_addstr(&s->paths, c->path);
	gv_buf_addc(&s->paths, '\n');
	return 0;
}

static int count(void *ctx, struct gv_str path, const struct gv_val *before,
                 const struct gv_val *after)
{
	(void)path;
	must(before || after);
	must(!(before && after && gv_val_eq(before, after)));
	++*(size_t *)ctx;
	return 0;
}

static void differences(const struct gv_val *a, const struct gv_val *b)
{
	size_t there = 0, back = 0;

	must(gv_fields_diff(a, b, count, &there, NULL) == 0);
	must(gv_fields_diff(b, a, count, &back, NULL) == 0);
	must(there == back);
	if (a && b)
		must((there == 0) == gv_val_eq(a, b));
}

static void join(const struct gv_val *base, const struct gv_val *ours, const struct gv_val *theirs)
{
	struct gv_doc one = GV_DOC_INIT, two = GV_DOC_INIT;
	struct seen a = { .paths = GV_BUF_INIT(64 * GV_MIB) },
		    b = { .paths = GV_BUF_INIT(64 * GV_MIB) };
	struct gv_buf text = GV_BUF_INIT(64 * GV_MIB);

	must(gv_merge(&one, base, ours, theirs, see, &a, NULL) == 0);
	must(gv_merge(&two, base, theirs, ours, see, &b, NULL) == 0);
	must(gv_val_eq(&one.root, &two.root) && a.n == b.n &&
	     gv_str_eq(gv_buf_str(&a.paths), gv_buf_str(&b.paths)));
	gv_json_canon(&text, &one.root);
	must(gv_json_check_canon(gv_buf_str(&text), &two, NULL) == 0);
	gv_doc_reset(&two);
	must(gv_merge(&two, base, ours, ours, see, &a, NULL) == 0 && gv_val_eq(&two.root, ours) &&
	     a.n == b.n);
	if (base) {
		must(gv_merge(&two, base, ours, base, see, &a, NULL) == 0 &&
		     gv_val_eq(&two.root, ours) && a.n == b.n);
		must(gv_merge(&two, base, base, theirs, see, &a, NULL) == 0 &&
		     gv_val_eq(&two.root, theirs) && a.n == b.n);
	}
	gv_rec_check(gv_schema_find(GV_STR("case")), &one.root, NULL, NULL);
	gv_doc_free(&one);
	gv_doc_free(&two);
	gv_buf_free(&a.paths);
	gv_buf_free(&b.paths);
	gv_buf_free(&text);
}

static int problem(void *ctx, const struct gv_err *err)
{
	must(err->msg[0] && err->code == GV_EDATA);
	return ++*(size_t *)ctx > GV_PROBLEMS_MAX;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gv_doc docs[3] = { { .root = { 0 } }, { .root = { 0 } }, { .root = { 0 } } };
	struct gv_str rest = { (const char *)data, size };
	const struct gv_schema *s = gv_schema_find(GV_STR("case"));
	bool empty[3], good = true;
	size_t problems = 0;

	for (size_t i = 0; i < 3; i++) {
		const char *end = rest.n ? memchr(rest.p, '\n', rest.n) : NULL;
		size_t n = end && i < 2 ? (size_t)(end - rest.p) : rest.n;

		empty[i] = n == 0;
		good = good &&
		       ((i == 0 && n == 0) ||
		        gv_json_parse_scalar(&docs[i], (struct gv_str){ rest.p, n }, 0, NULL) == 0);
		n += end && i < 2;
		rest = (struct gv_str){ rest.p + n, rest.n - n };
	}
	if (good) {
		const struct gv_val *base = empty[0] ? NULL : &docs[0].root;

		join(base, &docs[1].root, &docs[2].root);
		differences(base, &docs[1].root);
		differences(&docs[1].root, &docs[2].root);
		must((gv_rec_problems(s, &docs[1].root, NULL, problem, &problems) == 0) ==
		     (problems == 0));
		must(problems <= GV_PROBLEMS_MAX);
	}
	for (size_t i = 0; i < 3; i++)
		gv_doc_free(&docs[i]);
	return 0;
}
