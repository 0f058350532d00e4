/* SPDX-License-Identifier: MIT */
/* Writing into the docket of docket.h: texts of cases, plans, and what somebody else commits. */
#ifndef GAVEL_UNIT_WRITER_H
#define GAVEL_UNIT_WRITER_H

#include "docket.h"

static struct gv_err err;

#define PATH_1 "cases/2022/沪0114/民初/0012/1234.json"
#define ID_1   "（2022）沪0114民初1234号"

/* A case's canonical text around some members of it: given in order, between "events" and "state". */
static inline const char *case_text(const char *id, const char *members)
{
	static char kept[4][4096];
	static unsigned next;
	struct gv_doc d = GV_DOC_INIT;
	struct gv_buf b = GV_BUF_INIT(4000);
	char *out = kept[next++ % 4];

	snprintf(out, 4096, "{\"kind\":\"case\",\"id\":\"%s\"%s%s}", id, *members ? "," : "", members);
	if (!strstr(members, "\"state\""))
		snprintf(out + strlen(out) - 1, 64, ",\"state\":\"open\"}");
	CHECK_OK(gv_json_parse(&d, gv_str_of(out), 0, &err), &err);
	gv_json_canon(&b, &d.root);
	snprintf(out, 4096, "%s", b.p);
	gv_buf_free(&b);
	gv_doc_free(&d);
	return out;
}

static inline struct gv_plan *plan(struct gv_store *s)
{
	struct gv_plan *p = NULL;

	CHECK_OK(gv_plan_new(&p, s, &err), &err);
	return p;
}

static inline int commit(struct gv_store *s, struct gv_plan *p, struct gv_commit_result *r)
{
	struct gv_commit_opts o = { .command = "case-file test", .what = "write", .lock_seconds = 5 };

	return gv_store_commit(s, p, &o, r, &err);
}

/* Put one text and commit it, as another process would. */
static inline void other_writes(const char *path, const char *base, const char *text, const char *who)
{
	struct gv_store *s = docket_open();
	struct gv_plan *p = plan(s);
	struct gv_commit_result r;
	struct gv_oid oid;

	if (base)
		gv_oid_of(&oid, "blob", gv_str_of(base));
	setenv("GIT_AUTHOR_NAME", who, 1);
	CHECK_OK(gv_plan_put_text(p, path, base ? &oid : NULL, gv_str_of(text), &err), &err);
	CHECK_OK(commit(s, p, &r), &err);
	setenv("GIT_AUTHOR_NAME", "书记员", 1);
	gv_plan_free(p);
	gv_store_close(s);
}

static inline struct gv_oid oid_of(const char *text)
{
	struct gv_oid oid;

	gv_oid_of(&oid, "blob", gv_str_of(text));
	return oid;
}

#endif
