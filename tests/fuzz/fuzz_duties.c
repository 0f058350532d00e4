/* SPDX-License-Identifier: MIT */
/*
 * fuzz_duties: a court's policy of duties from any bytes.  What is refused says why; what is taken judges changes of a
 * case, of another file and of a record that cannot be read, without falling, and a crowd that holds every
 * role is told nothing less than nobody is: who is more people meets what fewer meet, unless a duty bars them.
 */
#include <stdlib.h>

#include "caseno.h"
#include "duties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TOLD_MAX = 4096 };
struct told { bool met[TOLD_MAX]; size_t n; };

static void must(bool ok)
{
	if (!ok)
		abort();
}

static int tell(void *ctx, const struct gv_duty_told *t)
{
	struct told *told = ctx;

	must(t->met == (t->missing.n == 0) && t->id.n && (t->needs != NULL) == (t->index != SIZE_MAX));
	if (told->n < TOLD_MAX)
		told->met[told->n++] = t->met;
	return 0;
}

static int nobody_earlier(void *ctx, struct gv_str duty, bool (*is)(void *, struct gv_str), void *arg, bool *yes,
                          struct gv_err *err)
{
	(void)ctx;
	(void)duty;
	(void)is;
	(void)arg;
	(void)yes;
	(void)err;
	return 0;
}

static void parse(struct gv_doc *d, const char *text)
{
	must(gv_json_parse(d, gv_str_of(text), 0, NULL) == 0);
}

/* The same duties are told, and those that nobody meets alone may be met by more people, never the other way round. */
static void judge(const struct gv_duties *duties, const struct gv_act *act, const struct gv_actor *who, size_t n)
{
	static struct told few, many;
	struct gv_err err = { 0 };

	few.n = many.n = 0;
	if (gv_duties_judge(duties, act, who, 0, tell, &few, &err) != 0) {
		must(err.code && err.msg[0]);
		return;
	}
	must(gv_duties_judge(duties, act, who, n, tell, &many, &err) == 0 && few.n == many.n);
	for (size_t i = 0; i < few.n; i++)
		must(!few.met[i] || many.met[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct gv_doc before, after, chief, judge_of;
	static struct gv_caseno_reader *cn;
	struct gv_actor who[3] = { { GV_STR("沪0114-P000001"), NULL }, { GV_STR("沪0114-P000002"), NULL },
		                   { GV_STR("沪0114-P000003"), NULL } };
	struct gv_act act = { .on = gv_day_of(2022, 6, 30), .earlier = nobody_earlier };
	struct gv_duties *d = NULL;
	struct gv_err err = { 0 };

	setenv("GAVEL_SHARE", "share", 0);
	if (!cn) {
		must(gv_caseno_reader_new(&cn, "沪0114", 2022, NULL) == 0);
		parse(&before, "{\"id\":\"（2022）沪0114执1号\",\"kind\":\"case\",\"state\":\"open\"}");
		parse(&after, "{\"events\":[{\"eid\":\"1\",\"event\":\"close\",\"on\":\"2022-06-30\"}],\"id\":\"（2022）沪0114执1号\","
		              "\"judge\":\"j\",\"kind\":\"case\",\"parties\":[{\"name\":\"甲\"}],\"state\":\"closed\"}");
		parse(&chief, "{\"id\":\"沪0114-P000001\",\"kind\":\"person\",\"name\":\"a\",\"roles\":[{\"role\":\"院长\"},"
		              "{\"role\":\"执行法官\",\"unit\":\"执行局\"}],\"state\":\"active\"}");
		parse(&judge_of, "{\"id\":\"沪0114-P000002\",\"kind\":\"person\",\"name\":\"b\",\"roles\":[{\"from\":\"2020-01-01\","
		                 "\"role\":\"审判员\",\"unit\":\"执行裁判庭\"},{\"role\":\"书记员\"}],\"state\":\"active\"}");
	}
	who[0].person = &chief.root;
	who[1].person = &judge_of.root;
	if (gv_duties_read(&d, (struct gv_str){ (const char *)data, size }, &err)) {
		must(!d && err.code && err.msg[0]);
		return 0;
	}
	act.cn = cn;
	act.path = GV_STR("policy/duties.json");
	judge(d, &act, who, 3);
	act.path = GV_STR("cases/2022/沪0114/执/0000/1.json");
	act.schema = gv_path_kind(act.path);
	judge(d, &act, who, 3); /* unreadable: touches all */
	act.after = &after.root;
	judge(d, &act, who, 3);
	act.before = &before.root;
	judge(d, &act, who, 3);
	gv_duties_free(d);
	return 0;
}
