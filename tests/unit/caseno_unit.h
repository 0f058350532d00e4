/* SPDX-License-Identifier: MIT */
#ifndef GAVEL_TESTS_CASENO_UNIT_H
#define GAVEL_TESTS_CASENO_UNIT_H

#include "unit.h"

#include "caseno.h"

/* Test programs run at the top of the tree, not from bin/. */
static inline struct gv_caseno_reader *reader(const char *home, int year)
{
	struct gv_caseno_reader *r = NULL;
	struct gv_err err = { 0 };

	setenv("GAVEL_SHARE", "share", 0);
	CHECK_OK(gv_caseno_reader_new(&r, home, year, &err), &err);
	if (!r)
		exit(1);
	return r;
}

#endif
