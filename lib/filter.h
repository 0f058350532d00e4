/* SPDX-License-Identifier: MIT */
/*
 * filter: a user's jq program, run in a child that can do no harm: the helper
 * libexec/gavel/gavel-filter holds libjq, runs with an empty environment, limited
 * address space, stack and CPU time a record, no module path, and talks over
 * pipes.  Many records are in flight at once.  A child that dies, loops or is
 * late is GV_EDATA naming the program and the record.
 */
#ifndef GAVEL_FILTER_H
#define GAVEL_FILTER_H

#include "json.h"

struct gv_filter;

enum gv_filter_mode {
	GV_FILTER_SELECT,  /* the answer is whether the first output is true (--jq) */
	GV_FILTER_MAP      /* the answer is any number of objects (--map) */
};

struct gv_filter_opts {
	enum gv_filter_mode mode;
	unsigned seconds;   /* CPU and wall limit a record; 0 = 5 */
	unsigned mib;       /* address space; 0 = 512 */
};

/* `program` is the text, or "@FILE".  GV_EUSAGE with jq's own message if it does not compile. */
int gv_filter_open(struct gv_filter **out, const char *program, const struct gv_filter_opts *o, struct gv_err *err);

/*
 * Hand in one record (one line, `name` for messages, `tag` comes back).  Answers
 * of earlier records may be delivered through `answer` before this returns:
 * SELECT: n outputs = 1 if selected else 0, line = the input line;
 * MAP: once per output (index counts from 0), and once with line.p == NULL after the last one.
 * GV_EDATA from here: err names record and program; if the filter itself raised an error
 * on a record (jq's error()), only that record fails: `failed` is called and work goes on.
 */
struct gv_filter_sink {
	void *ctx;
	int (*answer)(void *ctx, uint64_t tag, size_t index, struct gv_str line, struct gv_err *err);
	int (*failed)(void *ctx, uint64_t tag, const struct gv_err *why, struct gv_err *err);
};
int gv_filter_push(struct gv_filter *f, struct gv_str line, const char *name, uint64_t tag,
                   const struct gv_filter_sink *sink, struct gv_err *err);
int gv_filter_finish(struct gv_filter *f, const struct gv_filter_sink *sink, struct gv_err *err);
void gv_filter_close(struct gv_filter *f);

#endif
