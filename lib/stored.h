/* SPDX-License-Identifier: MIT */
/* stored: a record's text as the docket holds it, on its way to the reader; for get, list, complete. */
#ifndef GAVEL_STORED_H
#define GAVEL_STORED_H

#include "cmd_docket.h"

/* The id in a canonical text, found without parsing; {0} if the text is not what a command writes. */
struct gv_str gv_stored_id(struct gv_str text);

/*
 * To c->out, in the format that was asked for, with --with.  No tree is built where none is wanted; a text that does
 * not look like what a command writes is parsed all the same, and is GV_EDATA if it cannot be.  Returns -1 once nobody
 * reads any more.
 */
int gv_stored_print(struct gv_cmd *c, struct gv_doc *scratch, struct gv_str text);
/* Does gv_stored_print() build a tree of each record? */
bool gv_stored_parses(struct gv_cmd *c);

/* For a person at a terminal: the text itself, but nothing in it may move the cursor. */
int gv_stored_show(struct gv_cmd *c, struct gv_str text);

#endif
