/* SPDX-License-Identifier: MIT */
/*
 * feed: streams of records into statistics, with as many threads as one likes.
 *
 * NDJSON is cut in blocks of whole lines, each of which one thread reads into a gv_stat of its own; other formats are
 * read by the calling thread.  What comes out does not depend on the number of threads, nor on which of them was faster.
 */
#ifndef GAVEL_FEED_H
#define GAVEL_FEED_H

#include "in.h"
#include "stat.h"

enum { GV_FEED_JOBS_MAX = 256 };

struct gv_feed;

struct gv_feed_ask {
	unsigned jobs;             /* threads; 0 and 1: the calling one, as always for states */
	size_t memory;             /* for the groups of all threads together, in bytes; 0 = no bound */
	uint32_t shard;            /* which part of a larger input this is, for first and last */
	enum gv_in_format format;
	bool states;               /* the rows are states (gv_stat_add_state); a bad one ends it (GV_EDATA) */

	/* All are called by the thread that calls gv_feed_file(), in the order of the input. */
	int (*bad_row)(void *ctx, const struct gv_err *bad, struct gv_str raw);  /* non-zero stops */
	void (*progress)(void *ctx, uint64_t rows);
	/* Nobody else touches the gv_stats meanwhile: now and then, and before input must be waited for; NULL = never. */
	void (*look)(void *ctx, bool waiting);
	void *ctx;
};

/* spec NULL, with states: the first state tells the question. */
int gv_feed_new(struct gv_feed **out, const struct gv_stat_spec *spec, const struct gv_feed_ask *ask, struct gv_err *err);
void gv_feed_free(struct gv_feed *f);

/* path NULL is stdin.  GV_EDATA: the stream as a whole; the statistics are of no use then. */
int gv_feed_file(struct gv_feed *f, const char *path, struct gv_err *err);

/* Behind the last file, if one likes: what would be put in order when the groups are walked, by all threads at once. */
int gv_feed_settle(struct gv_feed *f, struct gv_err *err);

/* The question; NULL: there was no state that would tell. */
const struct gv_stat_spec *gv_feed_spec(const struct gv_feed *f);
/* What has been read so far: one a thread; none if there is no question. */
struct gv_stat *const *gv_feed_stats(const struct gv_feed *f, size_t *n);

#endif
