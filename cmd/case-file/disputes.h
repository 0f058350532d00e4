/* SPDX-License-Identifier: MIT */
/* disputes: the open conflicts that a command line names; for conflicts and resolve. */
#ifndef GAVEL_CASE_FILE_DISPUTES_H
#define GAVEL_CASE_FILE_DISPUTES_H

#include "case-file.h"
#include "conflict.h"

/* One conflict file. */
struct dispute {
	struct gv_str at;                /* conflicts/KIND/KEY.json */
	struct gv_oid blob;
	struct gv_doc doc;               /* doc.root is the conflict */
	struct gv_str path;              /* of the file that it is about */
	const struct gv_schema *schema;  /* NULL: that is no record */
	char key[GV_KEY_MAX];            /* its id; of another file, its path */
};

/*
 * Those that the operands name, or all: an operand is an id in any form, the path of a file that is no record, or a pattern
 * of the shell for either ("*民初12*").  What names nothing is complained about (not found).  `each` returns non-zero to
 * stop.
 */
int disputes_each(struct gv_cmd *c, char **names, int n, int (*each)(void *ctx, struct dispute *d), void *ctx);


#endif
