/* SPDX-License-Identifier: MIT */
/* The commits between two, parents before children; `git rev-list` beside it, on histories made at random, clocks wrong. */
#include "docket.h"

#include "lineage.h"

enum { COMMITS = 60 };

static struct gv_oid ids[COMMITS + 1];

/* Commit i has one of the earlier ones for a parent, every fourth has two; times go up and down by `skew`. */
static void make_history(unsigned seed, int skew)
{
	FILE *f = fopen("dag", "w");
	struct gv_str rest;
	struct gv_buf marks = GV_BUF_INIT(GV_MIB);

	for (int i = 1; i <= COMMITS; i++) {
		unsigned a = i > 1 ? (unsigned)(i - 1) - (seed = seed * 1103515245 + 12345, seed >> 16) % (unsigned)(i > 6 ? 5 : i - 1) : 0;
		unsigned b = i > 1 ? 1 + (seed = seed * 1103515245 + 12345, seed >> 16) % (unsigned)(i - 1) : 0;
		int late = skew ? (int)((seed >> 8) % (unsigned)skew) : 0;

		fprintf(f, "commit refs/heads/t%d\nmark :%d\ncommitter A <a@b> %d +0800\ndata 1\nx\n", i, i, 1700000000 + i * 100 - late);
		if (i == 1)
			fprintf(f, "from refs/heads/main^0\n");
		else
			fprintf(f, "from :%u\n", a);
		if (i % 4 == 0 && b != a && b)
			fprintf(f, "merge :%u\n", b);
		fprintf(f, "M 100644 inline f%d\ndata 1\ny\n", i);
	}
	fclose(f);
	CHECK_INT(sh("git -C r fast-import --quiet --force --export-marks=../marks <dag && sort -t: -k2n marks >m"), 0);
	CHECK_OK(gv_buf_read_file(&marks, "m", NULL), (&(struct gv_err){ 0 }));
	rest = gv_buf_str(&marks);
	for (int i = 1; i <= COMMITS && rest.n; i++) {
		const char *eol = memchr(rest.p, '\n', rest.n), *blank = memchr(rest.p, ' ', rest.n);

		CHECK(eol && blank && gv_oid_read(&ids[i], (struct gv_str){ blank + 1, GV_HEX }));
		rest.n -= (size_t)(eol + 1 - rest.p);
		rest.p = eol + 1;
	}
	gv_buf_free(&marks);
}

/* As many as git says, each that git says, behind its parents. */
static void check_pair(struct gv_store *s, int from, int tip, bool exact)
{
	const struct gv_oid none = { 0 };
	struct gv_lineage *l = NULL;
	struct gv_err err = { 0 };
	char a[GV_HEX + 1], b[GV_HEX + 1];
	long want;

	gv_oid_hex(&ids[from], a);
	gv_oid_hex(&ids[tip], b);
	CHECK_OK(gv_lineage_read(&l, s, from ? &ids[from] : &none, &ids[tip], NULL, NULL, &err), &err);
	if (!l)
		return;
	want = from ? strtol(sh_out("git -C r rev-list --count %s..%s", a, b), NULL, 10)
	            : strtol(sh_out("git -C r rev-list --count %s", b), NULL, 10);
	if (exact)
		CHECK_INT(gv_lineage_count(l), want);
	else
		CHECK(gv_lineage_count(l) >= (uint32_t)want); /* more is safe, less is not */
	CHECK_INT(gv_lineage_met(l), from == 0 || sh("git -C r merge-base --is-ancestor %s %s", a, b) == 0);
	for (uint32_t i = 0; i < gv_lineage_count(l); i++)
		for (unsigned k = 0; k < 2; k++) {
			uint32_t parent = gv_lineage_parent(l, i, k);

			CHECK(parent == GV_LINE_NONE || parent < i);
			CHECK_INT(gv_lineage_find(l, gv_lineage_at(l, i)), i);
		}
	CHECK(from == tip || !gv_lineage_count(l) || gv_oid_eq(gv_lineage_at(l, gv_lineage_count(l) - 1), &ids[tip]));
	gv_lineage_free(l);
}

static void rounds(int skew, bool exact)
{
	for (unsigned round = 1; round <= 3; round++) {
		struct gv_store *s;

		docket_new();
		make_history(round, skew);
		s = docket_open();
		for (int tip = 4; tip <= COMMITS; tip += 14)
			for (int from = 0; from <= COMMITS; from += 12)
				check_pair(s, from, tip, exact);
		gv_store_close(s);
		repo_done();
	}
}

static void right_clocks(void)
{
	rounds(0, true);
}

static void wrong_clocks(void)
{
	rounds(2000, false);
}

static void what_is_missing(void)
{
	struct gv_oid none = { 0 }, other = { { 1 } };
	struct gv_lineage *l = NULL;
	struct gv_err err = { 0 };
	struct gv_store *s;

	docket_new();
	s = docket_open();
	CHECK_ERR(gv_lineage_read(&l, s, &none, &other, NULL, NULL, &err), &err, GV_EINTEGRITY,
	          "object 0100000000000000000000000000000000000000 is missing");
	CHECK(!l);
	gv_lineage_free(NULL);
	gv_store_close(s);
	repo_done();
}

UNIT_MAIN("lineage",
	{ "with right clocks", right_clocks },
	{ "with wrong clocks", wrong_clocks },
	{ "what is missing", what_is_missing },
)
