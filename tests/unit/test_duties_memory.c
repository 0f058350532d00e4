/* SPDX-License-Identifier: MIT */
/* Duties when memory runs out: at each allocation in turn, of reading a policy and of judging a change by it. */
#include "caseno.h"
#include "duties.h"
#include "oom.h"

static const char policy[] =
	"{\"format\":1,\"otherwise\":\"refuse\",\"duties\":[{\"id\":\"D1\",\"title\":\"t\",\"kind\":\"case\",\"where\":\"type = 执\","
	"\"fields\":[\"parties[].name\",\"judge\"],\"events\":[\"close\"],\"not_by\":[\"D2\"],\"basis\":[{\"doc\":\"d\"}],"
	"\"needs\":[{\"roles\":[\"院长\",\"副院长\"],\"units\":[\"x\"]},{\"roles\":[\"庭长\"],\"signatures\":2}]},"
	"{\"id\":\"D2\",\"title\":\"t\",\"files\":[\"policy/\"],\"needs\":[{\"roles\":[\"院长\"]}]}],"
	"\"delegations\":[{\"roles\":[\"庭长\"],\"to\":\"沪0114-P000002\",\"by\":\"沪0114-P000001\",\"from\":\"2022-01-01\","
	"\"until\":\"2022-12-31\",\"reason\":\"r\"}]}";
static struct gv_doc before, after;
static struct gv_caseno_reader *numbers;
static int told;

static int tell(void *ctx, const struct gv_duty_told *t)
{
	(void)ctx;
	told++;
	return t->met ? 42 : 0;
}

static int earlier(void *ctx, struct gv_str duty, bool (*is)(void *, struct gv_str), void *arg, bool *yes, struct gv_err *err)
{
	(void)ctx;
	(void)duty;
	(void)err;
	*yes = is(arg, GV_STR("沪0114-P000001"));
	return 0;
}

static int job(struct gv_err *err)
{
	struct gv_actor who[] = { { GV_STR("沪0114-P000001"), NULL }, { GV_STR("沪0114-P000002"), NULL } };
	struct gv_act act = { .schema = gv_schema_find(GV_STR("case")), .path = GV_STR("cases/x"), .before = &before.root,
		              .after = &after.root, .on = gv_day_of(2022, 6, 30), .cn = numbers, .earlier = earlier };
	struct gv_duties *d;
	int rc = gv_duties_read(&d, gv_str_of(policy), err);

	if (!rc)
		rc = gv_duties_judge(d, &act, who, 2, tell, NULL, err);
	gv_duties_free(d);
	return rc;
}

static void runs_out(void)
{
	struct gv_err err = { 0 };
	const char *rec = "{\"id\":\"（2022）沪0114执1号\",\"kind\":\"case\",\"state\":\"open\"}";

	OOM_NEEDED();
	CHECK_OK(gv_caseno_reader_new(&numbers, "沪0114", 2022, &err), &err);
	CHECK_OK(gv_json_parse(&before, gv_str_of(rec), 0, &err), &err);
	CHECK_OK(gv_json_parse(&after, GV_STR("{\"id\":\"（2022）沪0114执1号\",\"judge\":\"j\",\"kind\":\"case\",\"state\":\"open\"}"), 0, &err), &err);
	CHECK_OK(job(&err), &err); /* tables that are read once */
	CHECK_INT(told, 1);
	CHECK(oom_run(job) > 5);
	CHECK_INT(oom_leaks, 0);
	gv_caseno_reader_free(numbers);
	gv_doc_free(&before);
	gv_doc_free(&after);
}

UNIT_MAIN("duties_memory", { "memory runs out", runs_out })
