/* SPDX-License-Identifier: MIT */
/* Runs and sorters when memory runs out, at each allocation. */
#include "runs.h"
#include "sorter.h"
#include "oom.h"

static int merge(struct gv_err *err)
{
	static char much[100000];
	struct gv_str payload = { much, sizeof much }, key = { "", 0 };
	struct gv_runs *runs[2] = { 0 };
	struct gv_runs_reader *m = NULL;
	int rc = 0, seen = 0;

	for (int i = 0; !rc && i < 2; i++) {
		rc = gv_runs_new(&runs[i], err);
		for (int k = 0; !rc && k < 20; k++) { /* more than there is room for at first */
			gv_runs_begin(runs[i]);
			rc = gv_runs_put(runs[i], GV_STR("a"), GV_STR("1"), err);
			if (!rc)
				rc = gv_runs_put(runs[i], GV_STR("a longer key than the one before it"), k % 8 ? GV_STR("") : payload, err);
			if (!rc)
				rc = gv_runs_end(runs[i], err);
		}
	}
	if (!rc)
		rc = gv_runs_open(&m, runs, 2, err);
	while (!rc && key.p) {
		rc = gv_runs_next(m, &key, &payload, err);
		seen += !rc && key.p;
	}
	CHECK_INT(rc ? 80 : seen, 80);
	gv_runs_reader_close(m);
	gv_runs_free(runs[0]);
	gv_runs_free(runs[1]);
	return rc;
}

static int sort_within(size_t budget, struct gv_err *err)
{
	struct gv_sorter *s = NULL;
	struct gv_str key = { "", 0 }, payload;
	int rc = gv_sorter_new(&s, budget, err), seen = 0;

	for (int i = 0; !rc && i < 200; i++) {
		char name[32];

		snprintf(name, sizeof name, "a name %d", 7919 * i % 200);
		rc = gv_sorter_add(s, gv_str_of(name), GV_STR("payload"), err);
	}
	if (!rc)
		rc = gv_sorter_done(s, err);
	while (!rc && key.p) {
		rc = gv_sorter_next(s, &key, &payload, err);
		seen += !rc && key.p;
	}
	CHECK_INT(rc ? 200 : seen, 200);
	gv_sorter_free(s);
	return rc;
}

static int sort_in_memory(struct gv_err *err)
{
	return sort_within(GV_MIB, err);
}

static int sort_in_runs(struct gv_err *err)
{
	return sort_within(3000, err);
}

static void runs(void)
{
	OOM_NEEDED();
	CHECK(oom_run_both(merge) >= 40);
}

static void sorters(void)
{
	OOM_NEEDED();
	CHECK(oom_run_both(sort_in_memory) >= 5);
	CHECK(oom_run_both(sort_in_runs) >= 10);
}

/* Where the folder takes no file without a name there is one more allocation. */
static int no_folder(struct gv_err *err)
{
	int rc = sort_within(0, err);

	return rc && strcmp(err->msg, "cannot make a temporary file in /nowhere: No such file or directory") == 0 ? 0 : rc;
}

static void folders(void)
{
	OOM_NEEDED();
	setenv("TMPDIR", "/nowhere", 1);
	oom_run_both(no_folder);
}

UNIT_MAIN("runs_memory",
	{ "runs", runs },
	{ "sorters", sorters },
	{ "a folder that is not there", folders })
