/* SPDX-License-Identifier: MIT */
/* Real judgments: every span that is listed for them is found.  Prints recall by kind; quotes nothing unless asked (SIFT_SHOW=N). */
#include "sift.h"
#include "unit.h"

/*
 * Of a thousand, so many at least.  Names were put in place of others by a program, which took 受害人有一 for somebody: what is missing of
 * third persons and dates of birth are words of that kind (checked by eye), and people who are mentioned without any role.
 */
static struct tally { const char *kind; size_t least, listed, found; } tallies[] = {
	{ "PERSON:party", 980, 0, 0 }, { "PERSON:agent", 990, 0, 0 }, { "PERSON:third-person", 800, 0, 0 }, { "PERSON:official", 990, 0, 0 },
	{ "PERSON:org-rep", 990, 0, 0 }, { "DOB", 990, 0, 0 }, { "PLATE", 1000, 0, 0 }, { "ID", 1000, 0, 0 }, { "MOBILE", 1000, 0, 0 }, { "BANK", 1000, 0, 0 },
};

static bool fits(const char *kind, enum gv_trait t)
{
	if (strncmp(kind, "PERSON", 6) == 0)
		return t <= GV_TRAIT_STAFF;
	return t > GV_TRAIT_STAFF && t != GV_TRAIT_CASE_NO;
}

/* Bytes of the n-th code point. */
static size_t byte_of(struct gv_str s, int64_t n, size_t *hint_at, int64_t *hint_n)
{
	size_t at = n >= *hint_n ? *hint_at : 0;
	int64_t k = n >= *hint_n ? *hint_n : 0;

	for (; at < s.n && k < n; k++)
		do at++; while (at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80);
	*hint_at = at;
	*hint_n = n;
	return at;
}

static void check_one(struct gv_sifter *s, const struct gv_val *row, long *show)
{
	static struct gv_fold fold;
	static struct gv_hits hits;
	struct gv_cast cast = { 0 };
	struct gv_cast_source source = { .profile = GV_PROFILE_2024, .as_of = GV_DAY_NONE, .kase = row };
	struct gv_str text = gv_val_getstr(row, "text");
	const struct gv_val *spans = gv_val_items(row, "pii_spans");
	struct gv_err err = { 0 };
	size_t hint_at = 0;
	int64_t hint_n = 0;

	CHECK_OK(gv_cast_make(&cast, &source, &err), &err);
	CHECK_OK(gv_sifter_cast(s, &cast, &err), &err);
	CHECK_OK(gv_fold(&fold, text, &err), &err);
	CHECK_OK(gv_sift(s, &fold, GV_SIFT_STRANGERS, &hits, &err), &err);
	for (uint32_t i = 0; i < spans->n; i++) {
		const struct gv_val *span = spans->items[i].items;
		size_t from = byte_of(text, span[0].i, &hint_at, &hint_n), to = byte_of(text, span[1].i, &hint_at, &hint_n);
		bool found = false;

		for (size_t k = 0; k < hits.n && !found; k++)
			found = fits(span[2].s, hits.list[k].trait) && gv_fold_from(&fold, hits.list[k].from) <= from && gv_fold_to(&fold, hits.list[k].to) >= to;
		for (size_t k = 0; k < sizeof tallies / sizeof *tallies; k++)
			if (strcmp(tallies[k].kind, span[2].s) == 0) {
				tallies[k].listed++;
				tallies[k].found += found;
			}
		if (!found && *show > 0) {
			size_t a = from > 60 ? from - 60 : 0, b = to + 30 < text.n ? to + 30 : text.n;

			while (((unsigned char)text.p[a] & 0xC0) == 0x80) a++;
			printf("# %s %s: %.*s [%.*s] %.*s\n", gv_val_getstr(row, "id").p, span[2].s, (int)(from - a), text.p + a, (int)(to - from), text.p + from, (int)(b - to), text.p + to);
			--*show;
		}
	}
	gv_cast_free(&cast);
}

static void finds(void)
{
	const char *data = getenv("GAVEL_REAL_DATA"), *want = getenv("SIFT_SHOW");
	struct gv_buf all = GV_BUF_INIT(64 * GV_MIB), path = GV_BUF_INIT(4096);
	struct gv_sifter *s;
	struct gv_err err = { 0 };
	struct gv_doc doc = { 0 };
	long show = want ? atol(want) : 0;

	if (!data) {
		unit_skipped = "GAVEL_REAL_DATA is not set";
		return;
	}
	gv_buf_addf(&path, "%s/judgments-real.ndjson", data);
	CHECK_OK(gv_buf_read_file(&all, path.p, &err), &err);
	CHECK_OK(gv_sifter_open(&s, &err), &err);
	for (size_t at = 0; at < all.n;) {
		const char *end = memchr(all.p + at, '\n', all.n - at);
		size_t n = end ? (size_t)(end - all.p) - at : all.n - at;

		CHECK_OK(gv_json_parse(&doc, (struct gv_str){ all.p + at, n }, GV_JSON_FOREIGN, &err), &err);
		check_one(s, &doc.root, &show);
		at += n + 1;
	}
	for (size_t k = 0; k < sizeof tallies / sizeof *tallies; k++) {
		printf("# %-20s %6zu of %6zu\n", tallies[k].kind, tallies[k].found, tallies[k].listed);
		CHECK(tallies[k].listed > 0 && 1000 * tallies[k].found >= tallies[k].least * tallies[k].listed);
	}
	gv_doc_free(&doc);
	gv_buf_free(&all);
	gv_buf_free(&path);
	gv_sifter_free(s);
}

UNIT_MAIN("sift-real", { "finds", finds })
