/* SPDX-License-Identifier: MIT */
/* Several threads read at once, each into its own doc: more of them than simdjson's kept parsers. */
#include <pthread.h>

#include "json_unit.h"

enum { THREADS = 8, TEXTS = 3000 };

static void *read_all(void *arg)
{
	size_t *good = arg;
	struct gv_doc d = GV_DOC_INIT;
	struct gv_buf text = GV_BUF_INIT(4096);
	int64_t found;

	for (int i = 0; i < TEXTS; i++) {
		gv_buf_reset(&text);
		gv_buf_addf(&text, "{\"n\":%d,\"list\":[%*d],\"案号\":\"沪0114\"}", i, i % 2000 + 1, i);
		if (gv_json_parse(&d, gv_buf_str(&text), 0, NULL) == 0 &&
		    gv_val_getint(&d.root, "n", &found) && found == i &&
		    gv_str_is(gv_val_getstr(&d.root, "案号"), "沪0114") &&
		    gv_val_path(&d.root, GV_STR("list.0"))->i == i)
			(*good)++;
	}
	gv_buf_free(&text);
	gv_doc_free(&d);
	return NULL;
}

static void threads(void)
{
	pthread_t id[THREADS];
	size_t good[THREADS] = { 0 };

	find_module();
	gv_json_want_fast();
	CHECK(gv_json_is_fast());
	for (int i = 0; i < THREADS; i++)
		CHECK_INT(pthread_create(&id[i], NULL, read_all, &good[i]), 0);
	for (int i = 0; i < THREADS; i++) {
		CHECK_INT(pthread_join(id[i], NULL), 0);
		CHECK_INT(good[i], TEXTS);
	}
}

UNIT_MAIN("json in threads", { "read at once", threads })
