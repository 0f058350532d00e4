/* SPDX-License-Identifier: MIT */
/*
 * runs: sorted runs of (key, payload) in one temporary file, for what has no room in memory, and
 * the merge of them.
 *
 * Keys and payloads are any bytes.  Keys are in byte order, a shorter one before those that begin
 * with it; equal keys are allowed.  The file lies in $TMPDIR, or in /tmp; nobody else sees or opens
 * it and nothing is left of it, however the program ends.  What goes wrong with it is GV_EIO and
 * names the folder: cannot write temporary file in /tmp: No space left on device.
 *
 * One gv_runs is filled by one thread; several of them can be filled by several threads at a time
 * and be merged together.
 */
#ifndef GAVEL_RUNS_H
#define GAVEL_RUNS_H

#include "buf.h"

#define GV_RUNS_MAX (64 * GV_MIB)  /* bytes of a key, and of a payload */

struct gv_runs;
struct gv_runs_reader;

/* No run yet; the file is made when the first bytes go out. */
int gv_runs_new(struct gv_runs **out, struct gv_err *err);

/* Begin a run.  One that was begun and not ended is forgotten: so after an error, too. */
void gv_runs_begin(struct gv_runs *r);
/*
 * Copy a record to the end of the run.  A key below the one before it is refused (GV_EDATA), and so
 * is what is longer than GV_RUNS_MAX.  After any other error the run is lost: begin, or free.
 */
int gv_runs_put(struct gv_runs *r, struct gv_str key, struct gv_str payload, struct gv_err *err);
/* All of the run is in the file.  A run without a record leaves no trace. */
int gv_runs_end(struct gv_runs *r, struct gv_err *err);

size_t gv_runs_count(const struct gv_runs *r);    /* runs that have been ended */
uint64_t gv_runs_bytes(const struct gv_runs *r);  /* of the file that they take */

/* NULL is fine. */
void gv_runs_free(struct gv_runs *r);

/*
 * Merge all ended runs of runs[0...n-1] by key; equal keys come in the order of runs[], then of the
 * runs in each, then as they were put.  A reader always starts at the beginning; there may be
 * several, one after the other or at a time.  The runs must outlive it.  It takes 64 KiB for each
 * run (less if there are more than 256: 16 MiB together, but 4 KiB for each; never more than the
 * run is long) and what the records in front need that are longer.
 */
int gv_runs_open(struct gv_runs_reader **out, struct gv_runs *const *runs, size_t n,
                 struct gv_err *err);
/*
 * key->p is NULL behind the last record.  The slices are valid until the next call.  After an error
 * there is nothing left to do but close it.
 */
int gv_runs_next(struct gv_runs_reader *m, struct gv_str *key, struct gv_str *payload,
                 struct gv_err *err);
/* NULL is fine. */
void gv_runs_reader_close(struct gv_runs_reader *m);

/* 0, or GV_EDATA where one of them is longer than GV_RUNS_MAX. */
int gv_runs_fits(struct gv_str key, struct gv_str payload, struct gv_err *err);

/* The first 8 bytes as a number: where two keys differ in it, it orders them, and fast. */
static inline uint64_t gv_runs_prefix(struct gv_str key)
{
	unsigned char first[8] = { 0 };
	uint64_t prefix = 0;

	if (key.n)
		memcpy(first, key.p, key.n < sizeof first ? key.n : sizeof first);
	for (size_t i = 0; i < sizeof first; i++)
		prefix = prefix << 8 | first[i];
	return prefix;
}

#endif
