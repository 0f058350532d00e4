/* SPDX-License-Identifier: MIT */
/* What the tests of object writing and of trees share. */
#ifndef GAVEL_TEST_OBJW_UNIT_H
#define GAVEL_TEST_OBJW_UNIT_H

#include "objw.h"

#include <fcntl.h>

#include "gittree.h"
#include "repo.h"

#define OBJECTS "r/objects"

static struct gv_err err;

static struct gv_objw *writer(void)
{
	struct gv_objw *w = NULL;

	CHECK_OK(gv_objw_new(&w, OBJECTS, &err), &err);
	return w;
}


static struct gv_odb *reader(void)
{
	struct gv_odb *o = NULL;

	CHECK_OK(gv_odb_open(&o, OBJECTS, &err), &err);
	return o;
}

static struct gv_oid add_blob(struct gv_objw *w, const char *text)
{
	struct gv_oid oid;

	CHECK_OK(gv_objw_add(w, GV_OBJ_BLOB, gv_str_of(text), NULL, &oid, &err), &err);
	return oid;
}

static const char *hex(const struct gv_oid *oid)
{
	static char kept[4][GV_HEX + 1];
	static unsigned next;
	char *out = kept[next++ % 4];

	gv_oid_hex(oid, out);
	return out;
}

#endif
