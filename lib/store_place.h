/* SPDX-License-Identifier: MIT */
/*
 * store_place: how a new docket comes to its folder all at once.  It is built in
 * DIR/.gavel-init-XXXXXX/docket and its parts then move up, HEAD last: without HEAD nobody takes a
 * folder for a repository.  A flock on DIR keeps a second init out; what a dead one left is known
 * by that folder and cleared away.
 */
#ifndef GAVEL_STORE_PLACE_H
#define GAVEL_STORE_PLACE_H

#include "buf.h"
#include "err.h"

struct gv_place {
	const char *dir;
	bool made;              /* dir itself is ours */
	bool placed;            /* HEAD is up: from here on there is a docket */
	int lock;               /* the folder, locked; -1 */
	struct gv_buf scratch;  /* DIR/.gavel-init-XXXXXX */
	struct gv_buf build;    /* the docket below it: not there until somebody makes it */
};

/* GV_ECONFLICT, with distinct words for a docket, a repository and a folder with something in it.
 */
int gv_place_open(struct gv_place *p, const char *dir, struct gv_err *err);
/* Sync everything in build, then move it up. */
int gv_place_finish(struct gv_place *p, struct gv_err *err);
/* Unless it was finished, leave DIR as it was found. */
void gv_place_close(struct gv_place *p);

#endif
