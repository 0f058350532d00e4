/* SPDX-License-Identifier: MIT */
/* textindex: how texts are cut, and that the files say what was put in: decoded here by another hand. */
#include "textindex.h"

#include <stdlib.h>

#include "json.h"
#include "oom.h"
#include "unit.h"

static void cuts(void)
{
	static const struct { const char *text, *terms; } rows[] = {
		{ "", "" },
		{ "张", "" },
		{ "民间借贷", "民间\n间借\n借贷\n" },
		{ "张某诉李某", "张某\n某诉\n诉李\n李某\n" },
		{ "（2022）沪0114民初12号", "2022\n0114\n民初\n12\n" },
		{ "ＡＢＣ公司abc", "abc\n公司\nabc\n" },
		{ "民 间", "" },
		{ "民\n间", "" },
		{ "民，间", "" },
		{ "第667条", "667\n" },
		{ "a1-B2", "a1\nb2\n" },
		{ "〇二〇", "〇二\n二〇\n" },
		{ "𠮷野家", "𠮷野\n野家\n" },
		{ "カラオケ・バー", "カラ\nラオ\nオケ\nバー\n" },
		{ "été café", "été\ncafé\n" },
		{ "2×3÷4", "2\n3\n4\n" },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n" },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaéb 甲乙", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n甲乙\n" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct gv_buf out = GV_BUF_INIT(1024);

		gv_textindex_terms(gv_str_of(rows[i].text), &out);
		CHECK_STR(gv_buf_str(&out).p, rows[i].terms);
		gv_buf_free(&out);
	}
}

/* ---- the files, read by another hand ---- */

enum { DOCS = 700, TERMS = 40 };

static bool in_text[TERMS][DOCS], in_title[TERMS][DOCS], found[2][TERMS][DOCS];
static size_t shards_seen, terms_seen;

static void term_text(size_t term, char out[16])
{
	snprintf(out, 16, "t%zu", term);
}

static void decode(const char *list, size_t n, bool *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned char bytes[DOCS * 4];
	size_t nbytes = 0, doc = (size_t)-1, step = 0;
	unsigned bits = 0, have = 0, shift = 0;

	for (size_t i = 1; i < n && list[i] != '='; i++) {
		bits = bits << 6 | (unsigned)(strchr(digits, list[i]) - digits);
		have += 6;
		if (have >= 8) {
			have -= 8;
			bytes[nbytes++] = (unsigned char)(bits >> have);
		}
	}
	for (size_t i = 0; i < nbytes; i++) {
		for (unsigned bit = 0; list[0] == 'b' && bit < 8; bit++)
			if (bytes[i] >> bit & 1)
				out[i * 8 + bit] = true;
		if (list[0] == 'b')
			continue;
		step |= (size_t)(bytes[i] & 0x7F) << shift;
		shift += 7;
		if (bytes[i] & 0x80)
			continue;
		doc += step;
		out[doc] = true;
		step = shift = 0;
	}
}

static int each(void *ctx, unsigned shard, struct gv_str json, struct gv_err *err)
{
	unsigned shards = *(unsigned *)ctx;
	struct gv_doc d = GV_DOC_INIT;

	shards_seen++;
	CHECK_OK(gv_json_parse(&d, json, 0, err), err);
	for (uint32_t i = 0; i < d.root.n; i++) {
		struct gv_str name = d.root.members[i].name, value = gv_val_str(&d.root.members[i].val);
		const char *dot = memchr(value.p, '.', value.n);
		size_t term = (size_t)strtoul(name.p + 1, NULL, 10);
		uint32_t h = 0x811C9DC5;

		for (size_t k = 0; k < name.n; k++)
			h = (h ^ (unsigned char)name.p[k]) * 0x01000193;
		CHECK_ROW((h & (shards - 1)) == shard, name.p);
		terms_seen++;
		if (term >= TERMS)
			continue;
		decode(value.p, dot ? (size_t)(dot - value.p) : value.n, found[0][term]);
		if (dot)
			decode(dot + 1, value.n - (size_t)(dot + 1 - value.p), found[1][term]);
	}
	gv_doc_free(&d);
	return 0;
}

static void lists(void)
{
	struct gv_textindex *x;
	struct gv_err err;
	unsigned shards, seed = 1;
	char term[16];

	CHECK_OK(gv_textindex_new(&x, &err), &err);
	for (uint32_t doc = 0; doc < DOCS; doc++)
		for (size_t t = 0; t < TERMS; t++) {
			seed = seed * 1103515245 + 12345;
			in_text[t][doc] = t == 0 || (seed >> 16) % (t * t) == 0 || doc == DOCS - 1;
			in_title[t][doc] = in_text[t][doc] && (seed >> 8 & 3) == 0;
			term_text(t, term);
			for (int twice = 0; in_text[t][doc] && twice < 2; twice++)
				CHECK_OK(gv_textindex_add(x, doc, gv_str_of(term), in_title[t][doc] && twice, &err), &err);
		}
	/* and so many others that there is more than one shard */
	for (int i = 0; i < 20000; i++) {
		snprintf(term, sizeof term, "t%d", TERMS + i);
		CHECK_OK(gv_textindex_add(x, DOCS - 1, gv_str_of(term), false, &err), &err);
	}
	shards = gv_textindex_shards(x);
	CHECK(shards > 1 && (shards & (shards - 1)) == 0);
	CHECK_OK(gv_textindex_write(x, each, &shards, &err), &err);
	CHECK_INT(shards_seen, shards);
	CHECK_INT(terms_seen, TERMS + 20000);
	CHECK(memcmp(found[0], in_text, sizeof in_text) == 0);
	CHECK(memcmp(found[1], in_title, sizeof in_title) == 0);
	gv_textindex_free(x);
}

static int forget(void *ctx, unsigned shard, struct gv_str json, struct gv_err *err)
{
	(void)ctx;
	(void)shard;
	(void)json;
	(void)err;
	return 0;
}

static int all_of_it(struct gv_err *err)
{
	struct gv_textindex *x;
	int rc = gv_textindex_new(&x, err);

	for (uint32_t i = 0; !rc && i < 40; i++)
		rc = gv_textindex_add(x, i, GV_STR("民间借贷 contract"), i % 2, err);
	if (!rc)
		rc = gv_textindex_write(x, forget, NULL, err);
	gv_textindex_free(x);
	return rc;
}

static void memory(void)
{
	struct gv_err err;

	OOM_NEEDED();
	CHECK_OK(all_of_it(&err), &err);
	CHECK(oom_run_both(all_of_it) > 8);
}

UNIT_MAIN("textindex",
	{ "how a text is cut", cuts },
	{ "what is put in comes out", lists },
	{ "memory that runs out", memory })
