/* SPDX-License-Identifier: MIT */
/* Two tribunals in one repository: each has a tip of its own, and main is moved to the one that is at work. */
#ifndef GAVEL_UNIT_MERGE_H
#define GAVEL_UNIT_MERGE_H

#include "store_merge.h"
#include "writer.h"

/* A docket at work: what it reads and writes is the line of history that ends at *tip. */
static struct gv_oid *at_work;
static struct gv_store *docket;

static inline void go_to(struct gv_oid *tip)
{
	char hex[GV_HEX + 1];
	FILE *f = fopen("r/refs/heads/main", "w");

	gv_oid_hex(tip, hex);
	if (!f || fprintf(f, "%s\n", hex) < 0 || fclose(f)) {
		printf("Bail out! no ref\n");
		exit(1);
	}
	at_work = tip;
	CHECK_OK(gv_store_refresh(docket, &err), &err);
}

/* Seconds since some day: the clock that commits are made by. */
static inline void clock_set(long at)
{
	char when[64];

	snprintf(when, sizeof when, "%ld +0800", 1656500000 + at);
	setenv("GIT_AUTHOR_DATE", when, 1);
	setenv("GIT_COMMITTER_DATE", when, 1);
}

/* The file at the tip, or NULL; one of several texts that are kept for a while. */
static inline const char *text_at(const struct gv_oid *tip, const char *path)
{
	static char kept[8][8192];
	static unsigned next;
	char hex[GV_HEX + 1], *out = kept[next++ % 8];
	struct gv_str text;

	gv_oid_hex(tip, hex);
	CHECK_OK(gv_store_at(docket, hex, &err), &err);
	if (gv_store_read(docket, path, &text, NULL, &err)) {
		gv_err_clear(&err);
		return NULL;
	}
	snprintf(out, sizeof kept[0], "%.*s", (int)text.n, text.p);
	return out;
}

static inline void put_file(struct gv_plan *p, const char *path, const char *text)
{
	struct gv_oid oid;
	struct gv_str old;
	int rc = gv_store_read(docket, path, &old, &oid, NULL);

	if (text)
		CHECK_OK(gv_plan_put_text(p, path, rc ? NULL : &oid, gv_str_of(text), &err), &err);
	else
		CHECK_OK(gv_plan_remove(p, gv_str_of(path), &oid, &err), &err);
}

/* One commit on top of *tip. */
static inline void write_file(struct gv_oid *tip, const char *path, const char *text)
{
	struct gv_plan *p;
	struct gv_commit_result r;

	go_to(tip);
	p = plan(docket);
	put_file(p, path, text);
	CHECK_OK(commit(docket, p, &r), &err);
	*tip = *gv_store_commit_id(docket);
	gv_plan_free(p);
}

static inline int join(struct gv_oid *tip, const struct gv_oid *theirs, struct gv_merge_result *r)
{
	struct gv_merge_opts o = { .command = "case-file merge", .what = "them", .lock_seconds = 5 };
	struct gv_oid other = *theirs;
	int rc;

	go_to(tip);
	rc = gv_store_merge(docket, &other, &o, r, &err);
	*tip = *gv_store_commit_id(docket);
	return rc;
}

static inline const char *tree_of(const struct gv_oid *tip)
{
	static char kept[4][GV_HEX + 1];
	static unsigned next;
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_commit c;
	char *out = kept[next++ % 4];

	CHECK_OK(gv_commit_read(docket, tip, &obj, &c, &err), &err);
	gv_oid_hex(&c.tree, out);
	gv_object_free(&obj);
	return out;
}

/* Both join the other first: *a and *b are the two joins.  Their trees are the same. */
static inline struct gv_merge_result join_both(struct gv_oid *a, struct gv_oid *b)
{
	struct gv_merge_result ra, rb;
	struct gv_oid was = *a;

	CHECK_OK(join(a, b, &ra), &err);
	CHECK_OK(join(b, &was, &rb), &err);
	CHECK_STR(tree_of(a), tree_of(b));
	CHECK_INT(ra.conflicts, rb.conflicts);
	CHECK_INT(ra.joined, rb.joined);
	return ra;
}

static inline void tribunals_new(struct gv_oid *a, struct gv_oid *b)
{
	docket_new();
	clock_set(0);
	docket = docket_open();
	*a = *b = *gv_store_commit_id(docket);
}

static inline void tribunals_done(void)
{
	gv_store_close(docket);
	docket = NULL;
	repo_done();
}

#endif
