/* SPDX-License-Identifier: MIT */
#include "feed.h"

#include <pthread.h>
#include <stdlib.h>

#include "i18n.h"
#include "shape.h"

enum { LOOK_EVERY = 1024 };  /* rows */

/* Rows of a block that could not be read, until it is their turn to be told. */
struct bad_row { size_t line, byte, thing, field, msg, raw; };  /* lengths of the four texts, with a NUL but for raw */
struct bad_rows { struct gv_buf rows, texts; };

/* A block, from when it was cut off until what became of it is told. */
struct job {
	struct gv_in *block;
	bool done;                 /* it was read */
	uint32_t file;
	uint64_t rows;
	uint64_t lines;            /* of a range, which does not know those before it */
	struct bad_rows bad;
	int rc;
	struct gv_err err;
};

/* Each has cache lines of its own: what one writes for every row must not slow the others down. */
enum { CACHE_LINES = 128 };

struct worker {
	_Alignas(CACHE_LINES) struct gv_feed *feed;
	pthread_t thread;
	struct gv_stat *stat;
	struct gv_shape *shape;    /* NULL for states */
	struct gv_doc doc;
};

struct gv_feed {
	const struct gv_stat_spec *spec;
	struct gv_stat_spec *own;  /* made from a state */
	struct gv_feed_ask ask;
	struct worker *workers;    /* the first is the calling thread */
	struct gv_stat **stats;
	size_t n, started;
	uint32_t file;             /* number of the one that is read */
	uint64_t rows;
	uint64_t lines;            /* of the ranges that were told */
	pthread_mutex_t lock;      /* of all below */
	pthread_cond_t turn;       /* a worker may cut off a block */
	pthread_cond_t news;       /* for the calling thread */
	struct gv_in *in;          /* NULL: no more blocks are wanted, or there are none */
	bool cutting;              /* somebody does: one at a time */
	bool ranges;               /* blocks are ranges, which anyone fetches at any time */
	uint64_t range;            /* the next one */
	int rc;                    /* why there are no more */
	struct gv_err err;
	size_t settle, settled;    /* the next of stats[] to be settled, and how many are; settle == n: there is none to do */
	struct job *jobs;          /* a ring */
	size_t njobs, put, collect;  /* counted up for ever: place in the ring is the rest by njobs */
	bool stopping;
};

/* ---- one row ---- */

/* The place of a row: several elements of a JSON array may stand in one line. */
static struct gv_stat_place place(const struct gv_feed *f, uint32_t file, size_t line, size_t *before, uint64_t *index)
{
	*index = line == *before ? *index + 1 : 0;
	*before = line;
	return (struct gv_stat_place){ f->ask.shard, file, line, *index };
}

/* The first state tells what all of them answer. */
static int learn(struct gv_feed *f, const struct gv_val *state, struct gv_err *err)
{
	int rc = gv_stat_spec_of_state(&f->own, state, err);

	if (!rc)
		rc = gv_stat_new(&f->workers[0].stat, f->own, f->ask.memory, err);
	f->spec = f->own;
	f->stats[0] = f->workers[0].stat;
	return rc;
}

static int add(struct worker *w, const struct gv_val *row, struct gv_stat_place at, struct gv_err *err)
{
	struct gv_feed *f = w->feed;
	int rc = f->spec ? 0 : learn(f, row, err);

	if (rc)
		return rc;
	return f->ask.states ? gv_stat_add_state(w->stat, row, err) : gv_stat_add(w->stat, row, at, err);
}

static unsigned flags(const struct gv_feed *f)
{
	return f->ask.states ? 0 : GV_JSON_FOREIGN | GV_JSON_DROP_NULL;
}

/* A row may be passed over; a state stands for thousands of them, and an answer without it would be wrong. */
static bool is_bad_row(const struct gv_feed *f, const struct gv_in *in, int rc)
{
	return rc == GV_EDATA && !gv_in_broken(in) && !f->ask.states;
}

/* ---- bad rows that wait ---- */

static void keep_text(struct gv_buf *texts, const char *p, size_t n, size_t *length)
{
	*length = n;
	gv_buf_add(texts, p, n);
}

static int keep_bad_row(struct bad_rows *list, const struct gv_err *bad, struct gv_str raw, struct gv_err *err)
{
	struct bad_row row = { .line = bad->line, .byte = bad->byte };
	int rc;

	keep_text(&list->texts, bad->thing, strlen(bad->thing) + 1, &row.thing);
	keep_text(&list->texts, bad->field, strlen(bad->field) + 1, &row.field);
	keep_text(&list->texts, bad->msg, strlen(bad->msg) + 1, &row.msg);
	keep_text(&list->texts, raw.p ? raw.p : "", raw.n, &row.raw);
	gv_buf_add(&list->rows, &row, sizeof row);
	rc = gv_buf_check(&list->rows, err);
	return rc ? rc : gv_buf_check(&list->texts, err);
}

static int tell_bad_rows(struct gv_feed *f, struct bad_rows *list)
{
	const char *text = list->texts.p;
	int rc = 0;

	for (size_t at = 0; at < list->rows.n && !rc; at += sizeof(struct bad_row)) {
		struct gv_err bad = { .code = GV_EDATA };
		struct bad_row row;

		memcpy(&row, list->rows.p + at, sizeof row);
		bad.line = row.line + f->lines;
		bad.byte = row.byte;
		memcpy(bad.thing, text, row.thing);
		memcpy(bad.field, text + row.thing, row.field);
		memcpy(bad.msg, text + row.thing + row.field, row.msg);
		text += row.thing + row.field + row.msg;
		rc = f->ask.bad_row(f->ask.ctx, &bad, (struct gv_str){ text, row.raw });
		text += row.raw;
	}
	gv_buf_reset(&list->rows);
	gv_buf_reset(&list->texts);
	return rc;
}

/* ---- a worker ---- */

static int read_block(struct worker *w, struct job *job)
{
	size_t line = 0, before = 0;
	uint64_t index = 0, rows = 0;
	bool eof = false;
	int rc = 0;

	gv_in_shape(job->block, w->shape);
	while (!rc) {
		struct gv_str raw = { 0 };

		rc = gv_in_row(job->block, &w->doc, flags(w->feed), &raw, &line, &eof, &job->err);
		if (eof)
			break;
		if (!rc) {
			rows++;
			rc = add(w, &w->doc.root, place(w->feed, job->file, line, &before, &index), &job->err);
			if (rc == GV_EDATA)
				job->err.line = line;
		}
		if (is_bad_row(w->feed, job->block, rc)) {
			struct gv_err bad = job->err;

			gv_err_clear(&job->err);
			rc = keep_bad_row(&job->bad, &bad, raw, &job->err);
		}
	}
	job->rows = rows;
	return rc;
}

static bool may_cut(const struct gv_feed *f)
{
	return f->in && !f->cutting && f->put - f->collect < f->njobs;
}

/* What the stream has next; with the lock, which is let go while it is cut off.  False: there is nothing. */
static bool cut(struct gv_feed *f, struct job *job)
{
	struct gv_in *in = f->in;
	int rc;

	f->cutting = true;
	pthread_mutex_unlock(&f->lock);
	rc = gv_in_block(&job->block, in, &f->err);
	pthread_mutex_lock(&f->lock);
	f->cutting = false;
	if (job->block) {
		f->put++;
	} else {
		f->in = NULL;
		f->rc = rc;
	}
	pthread_cond_signal(&f->turn);
	pthread_cond_signal(&f->news);
	return job->block;
}

/* With the lock, which is let go meanwhile. */
static void read_job(struct worker *w, struct job *job, const struct gv_in *in, uint64_t range)
{
	struct gv_feed *f = w->feed;

	pthread_mutex_unlock(&f->lock);
	if (in)
		job->rc = gv_in_range(&job->block, in, range, &job->err);
	if (job->block) {
		job->rc = read_block(w, job);
		job->lines = in ? gv_in_lines(job->block) : 0;
		gv_in_close(job->block);
	}
	pthread_mutex_lock(&f->lock);
	if (in && (job->rc || !job->block))
		f->in = NULL;
	job->done = true;
	pthread_cond_signal(&f->news);
}

/* Fetch a block and read it.  Who reads it fetches it too: its bytes are then in the cache of the right processor. */
static void fetch_and_read(struct worker *w)
{
	struct gv_feed *f = w->feed;
	struct job *job = &f->jobs[f->put % f->njobs];
	const struct gv_in *in = f->ranges ? f->in : NULL;

	job->done = false;
	job->file = f->file;
	job->rows = job->lines = 0;
	job->rc = 0;
	job->block = NULL;
	if (in)
		f->put++;
	if (in || cut(f, job))
		read_job(w, job, in, in ? f->range++ : 0);
}

/* One that nobody else has taken; with the lock, which is let go meanwhile. */
static void settle_one(struct gv_feed *f)
{
	struct gv_stat *stat = f->stats[f->settle++];
	struct gv_err err = { 0 };
	int rc;

	pthread_mutex_unlock(&f->lock);
	rc = gv_stat_settle(stat, &err);
	pthread_mutex_lock(&f->lock);
	if (rc && !f->rc) {
		f->rc = rc;
		f->err = err;
	}
	f->settled++;
	pthread_cond_signal(&f->news);
}

static void *work(void *arg)
{
	struct worker *w = arg;
	struct gv_feed *f = w->feed;

	pthread_mutex_lock(&f->lock);
	while (!f->stopping)
		if (may_cut(f))
			fetch_and_read(w);
		else if (f->settle < f->n)
			settle_one(f);
		else
			pthread_cond_wait(&f->turn, &f->lock);
	pthread_mutex_unlock(&f->lock);
	return NULL;
}

/* ---- the calling thread ---- */

/* Tell what became of a block. */
static int tell(struct gv_feed *f, struct job *job, struct gv_err *err)
{
	int rc;

	f->rows += job->rows;
	rc = tell_bad_rows(f, &job->bad);
	if (!rc && job->rc) {
		rc = job->rc;
		*err = job->err;
		err->line += err->line ? (size_t)f->lines : 0;
	}
	f->lines += job->lines;
	f->ask.progress(f->ask.ctx, f->rows);
	return rc;
}

/* Of a block that nobody wants to hear of any more. */
static void drop(struct job *job)
{
	gv_buf_reset(&job->bad.rows);
	gv_buf_reset(&job->bad.texts);
}

/* Ranges do not know their lines until those before them were read. */
static int begin_blocks(struct gv_feed *f, struct gv_in *in, struct gv_err *err)
{
	f->ranges = false;
	f->range = f->lines = 0;
	return gv_stat_spec_ordered(f->spec).p ? 0 : gv_in_ranges(&f->ranges, in, err);
}

/* What goes wrong in a block comes before what goes wrong behind it. */
static int read_blocks(struct gv_feed *f, struct gv_in *in, struct gv_err *err)
{
	int stop = begin_blocks(f, in, err);

	if (stop)
		return stop;
	pthread_mutex_lock(&f->lock);
	f->in = in;
	f->rc = 0;
	pthread_cond_broadcast(&f->turn);
	while (f->in || f->cutting || f->collect != f->put) {
		struct job *job = &f->jobs[f->collect % f->njobs];

		if (f->collect != f->put && job->done) {
			pthread_mutex_unlock(&f->lock);
			if (stop)
				drop(job);
			else
				stop = tell(f, job, err);
			pthread_mutex_lock(&f->lock);
			f->collect++;
			if (stop)
				f->in = NULL;
			pthread_cond_signal(&f->turn);
		} else if (may_cut(f)) {
			fetch_and_read(&f->workers[0]);
		} else {
			pthread_cond_wait(&f->news, &f->lock);
		}
	}
	pthread_mutex_unlock(&f->lock);
	if (!stop && f->rc)
		*err = f->err;
	if (!stop && f->ranges)
		return gv_in_ranges_done(in, f->lines, err);
	return stop ? stop : f->rc;
}

static int bad_row(struct gv_feed *f, struct gv_str raw, struct gv_err *err)
{
	struct gv_err bad = *err;

	gv_err_clear(err);
	return f->ask.bad_row(f->ask.ctx, &bad, raw);
}

static int read_rows(struct gv_feed *f, struct gv_in *in, struct gv_err *err)
{
	struct worker *w = &f->workers[0];
	size_t line = 0, before = 0;
	uint64_t index = 0;
	bool eof = false;
	int rc = 0;

	while (!rc) {
		struct gv_str raw = { 0 };

		rc = gv_in_row(in, &w->doc, flags(f), &raw, &line, &eof, err);
		if (eof)
			break;
		if (!rc) {
			f->rows++;
			rc = add(w, &w->doc.root, place(f, f->file, line, &before, &index), err);
			if (rc == GV_EDATA)
				err->line = line;
		}
		if (is_bad_row(f, in, rc))
			rc = bad_row(f, raw, err);
		f->ask.progress(f->ask.ctx, f->rows);
		if (f->ask.look && f->rows % LOOK_EVERY == 0)
			f->ask.look(f->ask.ctx, false);
	}
	return rc;
}

static void look_while_waiting(void *ctx)
{
	struct gv_feed *f = ctx;

	f->ask.look(f->ask.ctx, true);
}

int gv_feed_file(struct gv_feed *f, const char *path, struct gv_err *err)
{
	struct gv_in *in;
	int rc = gv_in_open(&in, path, f->ask.format, NULL, err);

	if (rc)
		return rc;
	if (!f->ask.states)
		gv_in_only(in, gv_stat_spec_members(f->spec));
	gv_in_shape(in, f->workers[0].shape);
	if (f->ask.look)
		gv_in_on_wait(in, look_while_waiting, f);
	if (f->n > 1)
		rc = read_blocks(f, in, err);
	if (!rc)
		rc = read_rows(f, in, err);
	gv_in_close(in);
	f->file++;
	return rc;
}

int gv_feed_settle(struct gv_feed *f, struct gv_err *err)
{
	int rc;

	if (!f->spec)
		return 0;
	pthread_mutex_lock(&f->lock);
	f->rc = 0;
	f->settle = f->settled = 0;
	pthread_cond_broadcast(&f->turn);
	while (f->settled < f->n)
		if (f->settle < f->n)
			settle_one(f);
		else
			pthread_cond_wait(&f->news, &f->lock);
	rc = f->rc;
	if (rc)
		*err = f->err;
	pthread_mutex_unlock(&f->lock);
	return rc;
}

/* ---- birth and death ---- */

static int start_threads(struct gv_feed *f, struct gv_err *err)
{
	f->njobs = 4 * f->n;
	f->jobs = calloc(f->njobs, sizeof *f->jobs);
	if (!f->jobs)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < f->njobs; i++) {
		gv_buf_init(&f->jobs[i].bad.rows, SIZE_MAX / 2);
		gv_buf_init(&f->jobs[i].bad.texts, SIZE_MAX / 2);
	}
	for (f->started = 1; f->started < f->n; f->started++)
		if (pthread_create(&f->workers[f->started].thread, NULL, work, &f->workers[f->started]))
			return gv_fail(err, GV_EIO, _("cannot start thread %zu"), f->started + 1);
	return 0;
}

static int make_workers(struct gv_feed *f, size_t n, struct gv_err *err)
{
	f->workers = aligned_alloc(CACHE_LINES, n * sizeof *f->workers);
	if (f->workers)
		memset(f->workers, 0, n * sizeof *f->workers);
	f->stats = calloc(n, sizeof(struct gv_stat *));
	if (!f->workers || !f->stats)
		return gv_fail_nomem(err);
	for (; f->n < n; f->n++) {
		struct worker *w = &f->workers[f->n];
		int rc = f->spec ? gv_stat_new(&w->stat, f->spec, f->ask.memory / n, err) : 0;

		if (rc)
			return rc;
		if (!f->ask.states && !(w->shape = gv_shape_new(gv_stat_spec_members(f->spec)))) {
			gv_stat_free(w->stat);
			return gv_fail_nomem(err);
		}
		w->feed = f;
		f->stats[f->n] = w->stat;
	}
	f->settle = f->n;
	return n > 1 ? start_threads(f, err) : 0;
}

int gv_feed_new(struct gv_feed **out, const struct gv_stat_spec *spec, const struct gv_feed_ask *ask, struct gv_err *err)
{
	struct gv_feed *f = calloc(1, sizeof *f);
	size_t n = ask->jobs > 1 && !ask->states ? ask->jobs : 1;
	int rc;

	*out = NULL;
	if (!f)
		return gv_fail_nomem(err);
	f->spec = spec;
	f->ask = *ask;
	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->turn, NULL);
	pthread_cond_init(&f->news, NULL);
	rc = make_workers(f, n, err);
	if (rc) {
		gv_feed_free(f);
		return rc;
	}
	*out = f;
	return 0;
}

void gv_feed_free(struct gv_feed *f)
{
	if (!f)
		return;
	pthread_mutex_lock(&f->lock);
	f->stopping = true;
	pthread_cond_broadcast(&f->turn);
	pthread_mutex_unlock(&f->lock);
	for (size_t i = 1; i < f->started; i++)
		pthread_join(f->workers[i].thread, NULL);
	for (size_t i = 0; i < f->njobs; i++) {
		gv_buf_free(&f->jobs[i].bad.rows);
		gv_buf_free(&f->jobs[i].bad.texts);
	}
	for (size_t i = 0; i < f->n; i++) {
		gv_stat_free(f->workers[i].stat);
		gv_shape_free(f->workers[i].shape);
		gv_doc_free(&f->workers[i].doc);
	}
	pthread_mutex_destroy(&f->lock);
	pthread_cond_destroy(&f->turn);
	pthread_cond_destroy(&f->news);
	gv_stat_spec_free(f->own);
	free(f->jobs);
	free(f->workers);
	free(f->stats);
	free(f);
}

const struct gv_stat_spec *gv_feed_spec(const struct gv_feed *f)
{
	return f->spec;
}

struct gv_stat *const *gv_feed_stats(const struct gv_feed *f, size_t *n)
{
	*n = f->spec ? f->n : 0;
	return f->stats;
}
