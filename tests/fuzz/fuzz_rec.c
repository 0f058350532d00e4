/* SPDX-License-Identifier: MIT */
/*
 * fuzz_rec: any bytes as an id and as a path.  What is taken as an id is stored as it is, leads
 * to one path inside its kind's folder, and that path leads back.  Runs at the top of the tree,
 * or GAVEL_SHARE names the folder of the tables.
 */
#include <stdlib.h>
#include <string.h>

#include "casekey.h"
#include "rec.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
	if (!ok)
		abort();
}

static void check_id(const struct gv_id *id, struct gv_caseno_reader *cn)
{
	struct gv_buf path = GV_BUF_INIT(4096), text = GV_BUF_INIT(4096);
	size_t n = strlen(id->schema->folder);
	struct gv_id again;

	gv_id_format(id, true, &text);
	must(gv_utf8_is_safe(gv_str_of(id->key)));
	must(gv_id_check(gv_buf_str(&text), cn, NULL) == 0);
	must(gv_id_parse(&again, gv_buf_str(&text), NULL, cn, NULL) == 0 && again.schema == id->schema &&
	     strcmp(again.key, id->key) == 0);
	must(gv_id_path(id, &path, NULL) == 0);
	must(gv_path_kind(gv_buf_str(&path)) == id->schema);
	must(gv_id_lies_at(id, gv_buf_str(&path), NULL) == 0);
	must(strncmp(path.p, id->schema->folder, n) == 0 && path.p[n] == '/');
	must(!strstr(path.p, "..") && !strstr(path.p, "//"));
	gv_buf_free(&path);
	gv_buf_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct gv_caseno_reader *cn;
	struct gv_str text = { (const char *)data, size };
	struct gv_id id;
	struct gv_err err = { 0 };

	setenv("GAVEL_SHARE", "share", 0);
	if (!cn && gv_caseno_reader_new(&cn, "沪0114", 2022, NULL) != 0)
		abort();
	if (gv_id_parse(&id, text, NULL, cn, &err) == 0)
		check_id(&id, cn);
	else
		must(err.code == GV_EDATA && err.msg[0]);
	/* What records may hold is what users may type, in official form. */
	if (gv_id_check(text, cn, NULL) == 0)
		must(gv_id_parse(&id, text, NULL, cn, NULL) == 0);
	if (gv_path_kind(text))
		must(gv_utf8_is_safe(text) && !memmem(text.p, text.n, "..", 2));
	return 0;
}
