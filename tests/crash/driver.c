/* SPDX-License-Identifier: MIT */
/*
 * Writers for make/crash.sh, and nothing around them:
 *   driver init DIR
 *   driver put DIR FIRST COUNT       adds cases with these serials in one commit
 *   driver set DIR SERIAL FEN        changes one field of one
 *   driver open DIR                  a new case, its serial allocated under the lock
 *   driver view DIR FOLDER
 * Exit code and error text as the commands have them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "i18n.h"
#include "store.h"

static int put(struct gv_plan *p, struct gv_store *s, long long serial, long long fen,
               const struct gv_oid *base, struct gv_err *err)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_id id;
	char text[2048];
	int rc;

	snprintf(text, sizeof text,
	         "{\"kind\":\"case\",\"id\":\"（2022）沪0114民初%lld号\",\"state\":\"open\","
	         "\"cause\":\"民间借贷纠纷\",\"cause_list\":\"2020\",\"procedure\":\"simplified\","
	         "\"court_name\":\"上海市嘉定区人民法院\",\"tribunal\":\"民事审判庭\",\"judge\":\"王某\","
	         "\"received_on\":\"2022-03-01\",\"filed_on\":\"2022-03-05\","
	         "\"claim_fen\":%lld,\"fee_fen\":%lld,\"notes\":\"原告诉称被告向其借款，约定还款期限届满后"
	         "仍未归还，故起诉至法院，请求判令被告归还借款本金及利息。\",\"parties\":["
	         "{\"name\":\"甲某%lld\",\"role\":\"原告\",\"type\":\"person\"},"
	         "{\"name\":\"乙某\",\"role\":\"被告\",\"type\":\"person\"}]}",
	         serial, fen, serial % 977 * 100, serial);
	rc = gv_json_parse(&d, gv_str_of(text), 0, err);
	if (!rc)
		rc = gv_id_parse(&id, gv_val_getstr(&d.root, "id"), gv_schema_find(GV_STR("case")),
		                 gv_store_caseno(s), err);
	if (!rc)
		rc = gv_plan_put(p, &id, base, &d.root, err);
	gv_doc_free(&d);
	return rc;
}

static int open_case(void *ctx, struct gv_plan *p, struct gv_err *err)
{
	int64_t serial;
	int rc = gv_store_next_serial(p, "cases/2022/沪0114/民初", &serial, err);

	return rc ? rc : put(p, ctx, serial, 1, NULL, err);
}

static int put_all(int argc, char **argv, struct gv_store *s, struct gv_plan *p, struct gv_err *err)
{
	int rc = 0;

	if (strcmp(argv[1], "put") == 0 && argc == 5) {
		for (long long i = 0; i < atoll(argv[4]) && !rc; i++)
			rc = put(p, s, atoll(argv[3]) + i, 100, NULL, err);
	} else if (strcmp(argv[1], "set") == 0 && argc == 5) {
		char path[128];
		struct gv_str text;
		struct gv_oid base;

		snprintf(path, sizeof path, "cases/2022/沪0114/民初/%04lld/%lld.json",
		         atoll(argv[3]) / 100, atoll(argv[3]));
		rc = gv_store_read(s, path, &text, &base, err);
		if (!rc)
			rc = put(p, s, atoll(argv[3]), atoll(argv[4]), &base, err);
	}
	return rc;
}

static int work(int argc, char **argv, struct gv_err *err)
{
	struct gv_commit_opts o = { .command = "driver", .what = argv[1], .lock_seconds = 60 };
	struct gv_store *s = NULL;
	struct gv_plan *p = NULL;
	struct gv_commit_result r;
	struct gv_view_result v;
	int rc;

	if (strcmp(argv[1], "init") == 0)
		return gv_store_init(argv[2], &(struct gv_init_opts){ .court = "沪0114" }, err);
	rc = gv_store_open(&s, argv[2], err);
	if (!rc && strcmp(argv[1], "view") == 0 && argc == 4) {
		rc = gv_store_checkout(s, argv[3], &v, err);
		gv_store_close(s);
		return rc;
	}
	if (!rc)
		rc = gv_plan_new(&p, s, err);
	if (!rc)
		rc = put_all(argc, argv, s, p, err);
	if (strcmp(argv[1], "open") == 0) {
		o.under_lock = open_case;
		o.ctx = s;
	}
	if (!rc)
		rc = gv_store_commit(s, p, &o, &r, err);
	gv_plan_free(p);
	gv_store_close(s);
	return rc;
}

int main(int argc, char **argv)
{
	struct gv_err err = { 0 };
	struct gv_buf text = GV_BUF_INIT(4096);
	int rc;

	gv_i18n_init();
	if (argc < 3)
		return GV_EUSAGE;
	rc = work(argc, argv, &err);
	if (rc) {
		gv_err_text(&err, &text);
		fprintf(stderr, "driver: %s\n", text.p ? text.p : "");
		gv_buf_free(&text);
	}
	return rc;
}
