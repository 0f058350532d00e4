/* SPDX-License-Identifier: MIT */
/*
 * filter: a user's jq program, run in a child that can do no harm: the helper
 * libexec/gavel/gavel-filter holds libjq, runs with an empty environment, limited
 * address space, stack and CPU time a record, no files, no network, no module path, and
 * talks over a socket.  Many records are in flight at once.  A child that dies, loops
 * or is late is GV_EDATA naming the program and the record.
 *
 * What a program sees: one record as its input, never the next one; the functions of
 * share/jq/prelude.jq besides jq's own; $ENV and env empty; now and the dates in UTC; no
 * import, include or input; halt and halt_error fail the record; debug and stderr pass
 * through in silence.  A number that a double cannot hold comes as text.
 */
#ifndef GAVEL_FILTER_H
#define GAVEL_FILTER_H

#include "json.h"

struct gv_filter;

enum gv_filter_mode {
	GV_FILTER_SELECT,  /* is the first output neither false nor null? (--jq) */
	GV_FILTER_MAP      /* any number of JSON values, which should be objects (--map) */
};

struct gv_filter_opts {
	enum gv_filter_mode mode;
	unsigned seconds;   /* CPU time a record, and three times as much by the clock; 0 = 5 */
	unsigned mib;       /* address space; 0 = 512 */
};

/*
 * `program` is the text, or "@FILE".  GV_EUSAGE with jq's own message if it does not compile (with
 * ours if that takes too long or too much), GV_EIO if the helper cannot be started.
 */
int gv_filter_open(struct gv_filter **out, const char *program, const struct gv_filter_opts *o,
                   struct gv_err *err);

/*
 * Answers come in the order of the records.  Callbacks return 0 to go on; another value ends the
 * push or finish that they were called from, which returns it.  They may not call back into
 * the filter.  Texts are valid until the callback returns.
 */
struct gv_filter_sink {
	void *ctx;
	/*
	 * SELECT: once a record, index 1 = selected, 0 = not; line = the input line.
	 * MAP: once per output, index counts from 0, line = its JSON text (not yet validated:
	 * numbers may be fractions); and once with line.p == NULL after the last one, index = their
	 * count.
	 */
	int (*answer)(void *ctx, uint64_t tag, size_t index, struct gv_str line,
	              struct gv_err *err);
	/* The program raised an error on this record, or gave what is no JSON (NaN) or too much of
	 * it.  Only this record fails, and none of its outputs is delivered. */
	int (*failed)(void *ctx, uint64_t tag, const struct gv_err *why, struct gv_err *err);
};

/*
 * Hand in one record: one line of JSON; `name` for messages (may be NULL); `tag` comes back.
 * Answers of earlier records may be delivered before this returns.  GV_EDATA: the child is
 * gone, err names record and program, and all answers before that record have been delivered.
 */
int gv_filter_push(struct gv_filter *f, struct gv_str line, const char *name, uint64_t tag,
                   const struct gv_filter_sink *sink, struct gv_err *err);
/* Wait for the answers that are still to come. */
int gv_filter_finish(struct gv_filter *f, const struct gv_filter_sink *sink, struct gv_err *err);
/* Ends the child, whatever it is doing. */
void gv_filter_close(struct gv_filter *f);

#endif
