/* SPDX-License-Identifier: MIT */
/* schema_unit: what the tests of schema and rec share: a reader of case numbers, and counting. */
#ifndef GAVEL_SCHEMA_UNIT_H
#define GAVEL_SCHEMA_UNIT_H

#include "rec.h"
#include "unit.h"

#define COUNT(a) (sizeof (a) / sizeof (a)[0])

static struct gv_caseno_reader *cn;

/* The first and the last test of a program. */
static void set_up(void)
{
	struct gv_err err;

	setenv("GAVEL_SHARE", "share", 0);
	CHECK_OK(gv_caseno_reader_new(&cn, "沪0114", 2022, &err), &err);
}

static void tear_down(void)
{
	gv_caseno_reader_free(cn);
	cn = NULL;
	CHECK(gv_schema_find(GV_STR("case")) != NULL);
}

static inline const struct gv_schema *find(const char *kind)
{
	return gv_schema_find(gv_str_of(kind));
}

#endif
