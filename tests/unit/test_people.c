/* SPDX-License-Identifier: MIT */
/* Everybody of a court, found by key and by e-mail. */
#include "docket.h"
#include "people.h"

enum { PEOPLE = 200 };

static struct gv_err err;

static void commit_people(void)
{
	FILE *f = fopen("import", "w");

	CHECK(f != NULL);
	if (!f)
		return;
	fprintf(f, "commit refs/heads/main\ncommitter A <a@b> now\ndata 1\nx\nfrom refs/heads/main^0\n");
	for (int i = PEOPLE; i; i--)
		fprintf(f, "M 100644 inline people/沪0114/%04d/沪0114-P%06d.json\ndata <<END\n{\"emails\":[\"p%d@court\"],"
		        "\"id\":\"沪0114-P%06d\",\"kind\":\"person\",\"name\":\"p%d\",\"state\":\"active\"}\nEND\n", i / 100, i, i, i, i);
	CHECK(fclose(f) == 0 && sh("git -C r fast-import --quiet --date-format=now <import") == 0);
}

static void hundreds(void)
{
	struct gv_people *p = NULL;
	struct gv_store *s;
	char key[32], text[64];

	docket_new();
	commit_people();
	s = docket_open();
	CHECK_OK(gv_people_of_store(&p, s, &err), &err);
	CHECK_INT(p ? gv_people_count(p) : 0, PEOPLE);
	for (int i = 1; p && i <= PEOPLE; i++) {
		const struct gv_actor *a = gv_people_at(p, (size_t)i - 1);

		snprintf(key, sizeof key, "沪0114-P%06d", i);
		CHECK_BYTES(a->key, gv_str_of(key));
		CHECK_BYTES(gv_val_getstr(a->person, "id"), gv_str_of(key));
		CHECK(gv_people_find(p, gv_str_of(key)) == a);
		snprintf(text, sizeof text, "x@court,P%d@Court", i);
		CHECK(gv_people_of_principals(p, gv_str_of(text)) == a);
	}
	gv_people_free(p);
	gv_store_close(s);
	repo_done();
}

UNIT_MAIN("people", { "hundreds of them", hundreds })
