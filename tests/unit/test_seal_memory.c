/* SPDX-License-Identifier: MIT */
/*
 * Sealing on the way into a docket when memory runs out: a value that was sealed and is as it was, one that is new,
 * one of a new party.  Each failure is GV_EIO, and nothing is left behind.
 */
#include <unistd.h>

#include "docket.h"
#include "oom.h"

#define ID "（2022）沪0114刑初1号"
#define PARTY(id_no) "{\"id_no\":\"" id_no "\",\"name\":\"甲\",\"role\":\"被告人\"}"
#define RECORD(parties) "{\"id\":\"" ID "\",\"kind\":\"case\",\"parties\":[" parties "],\"state\":\"open\"}"

static struct gv_err err;
static struct gv_oid base;
static const char *record;
static bool changed;

static int seal_one(void *ctx, const struct gv_sealable *v)
{
	struct gv_keys *k = ctx;
	struct gv_seal_at at = { GV_STR("case"), GV_STR(ID), v->field };
	static struct gv_doc d;
	char key[GV_KEYID_LEN + 1];

	CHECK_OK(gv_keys_need(k, GV_STR("case:" ID), "2022-06-30", key, &err), &err);
	CHECK_OK(gv_seal(k, gv_str_of(key), &at, v->val, &d, v->val, &err), &err);
	return 0;
}

static int put(struct gv_store *s, struct gv_plan *p, const struct gv_oid *from, bool seal, struct gv_err *e)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_keys *k;
	struct gv_rec rec;
	int rc = gv_json_parse(&d, gv_str_of(record), 0, e);

	if (!rc)
		rc = gv_rec_of(&rec, &d, NULL, gv_store_caseno(s), e);
	if (!rc && seal)
		rc = gv_store_keys(s, &k, e);
	if (!rc && seal)
		rc = gv_sealable_each(rec.id.schema, &d.root, seal_one, k, e);
	if (!rc)
		rc = gv_plan_put(p, &rec.id, from, &d.root, e);
	gv_doc_free(&d);
	return rc;
}

static void prepare(void)
{
	struct gv_commit_opts o = { .command = "test", .what = "x", .lock_seconds = 1 };
	struct gv_store *s = docket_open();
	struct gv_commit_result r;
	struct gv_plan *p;
	struct gv_str text;
	char keys[PATH_MAX + 8], cwd[PATH_MAX];

	CHECK(getcwd(cwd, sizeof cwd) != NULL);
	snprintf(keys, sizeof keys, "%s/keys", cwd);
	setenv("GAVEL_KEYS", keys, 1);
	record = RECORD(PARTY("1"));
	CHECK_OK(gv_plan_new(&p, s, &err), &err);
	CHECK_OK(put(s, p, NULL, true, &err), &err);
	CHECK_OK(gv_store_commit(s, p, &o, &r, &err), &err);
	CHECK_OK(gv_store_read(s, "cases/2022/沪0114/刑初/0000/1.json", &text, &base, &err), &err);
	CHECK(gv_text_may_be_sealed(text));
	gv_plan_free(p);
	gv_store_close(s);
}

static int job(struct gv_err *e)
{
	struct gv_store *s = NULL;
	struct gv_plan *p = NULL;
	int rc = gv_store_open(&s, "r", e);

	if (!rc)
		rc = gv_plan_new(&p, s, e);
	if (!rc)
		rc = put(s, p, &base, false, e);
	if (!rc)
		CHECK_INT(gv_plan_count(p), changed);
	gv_plan_free(p);
	gv_store_close(s);
	return rc;
}

/* Not oom_run(): opening a docket has words of its own for what it cannot read. */
static void torture(bool for_good)
{
	size_t rounds = 0;
	int rc = 0;

	oom_for_good = for_good;
	for (size_t n = 1; oom_begin(n); n++, oom_end()) {
		rc = job(&err);
		oom_quiet();
		if (rc)
			CHECK_INT(rc, GV_EIO);
		rounds = n;
	}
	oom_for_good = false;
	CHECK_INT(rc, 0);
	CHECK_INT(oom_leaks, 0);
	CHECK(!OOM_WORKS || rounds > 20);
}

static void way_in(void)
{
	static const char *const records[] = { RECORD(PARTY("1")), RECORD(PARTY("2")), RECORD(PARTY("1") "," PARTY("3")) };

	docket_new();
	prepare();
	for (size_t i = 0; i < sizeof records / sizeof records[0]; i++) {
		record = records[i];
		changed = i > 0;
		CHECK_OK(job(&err), &err);
		torture(false);
		torture(true);
	}
}

UNIT_MAIN("seal_memory", { "on the way in", way_in })
