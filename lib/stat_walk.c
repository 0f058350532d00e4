/* SPDX-License-Identifier: MIT */
/* stat_walk: all groups of several threads, in memory and on disk, joined and in order. */
#include <stdlib.h>

#include "stat_table.h"

struct source {
	const struct gv_stat *stat;
	size_t at;                /* of stat->sorted */
};

struct gv_stat_walk {
	const struct gv_stat_spec *spec;
	struct source *sources;
	size_t nsources;
	struct gv_runs **runs;
	struct gv_runs_reader *reader;  /* NULL: nothing is on disk */
	struct gv_str key, payload;     /* the next on disk; key.p is NULL behind the last */
	struct gv_buf key_copy;         /* of the group that is given out, if it was joined */
	struct gv_group *joined;
	struct gv_doc doc;
};

static int open_runs(struct gv_stat_walk *w, struct gv_stat *const *stats, size_t n, struct gv_err *err)
{
	size_t nruns = 0;
	int rc;

	w->runs = calloc(n + 1, sizeof(struct gv_runs *));
	if (!w->runs)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < n; i++)
		if (stats[i]->runs)
			w->runs[nruns++] = stats[i]->runs;
	if (!nruns)
		return 0;
	rc = gv_runs_open(&w->reader, w->runs, nruns, err);
	return rc ? rc : gv_runs_next(w->reader, &w->key, &w->payload, err);
}

static int open_sources(struct gv_stat_walk *w, struct gv_stat *const *stats, size_t n, struct gv_err *err)
{
	w->sources = calloc(n, sizeof *w->sources);
	if (!w->sources)
		return gv_fail_nomem(err);
	for (; w->nsources < n; w->nsources++) {
		int rc = gv_stat_sort(stats[w->nsources], err);

		if (rc)
			return rc;
		w->sources[w->nsources].stat = stats[w->nsources];
	}
	return 0;
}

int gv_stat_walk_open(struct gv_stat_walk **out, struct gv_stat *const *stats, size_t n, struct gv_err *err)
{
	struct gv_stat_walk *w = calloc(1, sizeof *w);
	int rc;

	*out = NULL;
	if (!w)
		return gv_fail_nomem(err);
	w->spec = stats[0]->spec;
	gv_buf_init(&w->key_copy, 2 * GV_JSON_TEXT_MAX);
	rc = open_sources(w, stats, n, err);
	if (!rc)
		rc = open_runs(w, stats, n, err);
	if (rc) {
		gv_stat_walk_close(w);
		return rc;
	}
	*out = w;
	return 0;
}

void gv_stat_walk_close(struct gv_stat_walk *w)
{
	if (!w)
		return;
	gv_group_free(w->spec, w->joined);
	gv_runs_reader_close(w->reader);
	free(w->runs);
	free(w->sources);
	gv_buf_free(&w->key_copy);
	gv_doc_free(&w->doc);
	free(w);
}

/* The first group of a source that has not been given out. */
static struct gv_group *head(const struct source *s)
{
	return s->at < s->stat->used ? s->stat->sorted[s->at] : NULL;
}

/* The least key of all heads, .p NULL if there is none; *times is how many have it. */
static struct gv_str least_key(const struct gv_stat_walk *w, size_t *times)
{
	struct gv_str least = w->key;

	*times = least.p != NULL;
	for (size_t i = 0; i < w->nsources; i++) {
		const struct gv_group *g = head(&w->sources[i]);
		int diff = !g ? 1 : least.p ? gv_str_cmp(g->key, least) : -1;

		if (diff == 0)
			++*times;
		if (diff < 0) {
			least = g->key;
			*times = 1;
		}
	}
	return least;
}

static int join_text(struct gv_stat_walk *w, struct gv_str text, struct gv_err *err)
{
	struct gv_group *part = NULL;
	int rc = gv_json_parse(&w->doc, text, 0, err);

	if (!rc)
		rc = gv_group_alone(&part, w->spec, err);
	if (!rc)
		rc = gv_cells_read(w->spec, part, &w->doc.root, err);
	if (!rc)
		rc = gv_cells_join(w->spec, w->joined, part, err);
	gv_group_free(w->spec, part);
	return rc;
}

/* All that have this key into one group of ours. */
static int join(struct gv_stat_walk *w, struct gv_str key, struct gv_err *err)
{
	int rc;

	gv_buf_reset(&w->key_copy);
	gv_buf_addstr(&w->key_copy, key);
	rc = gv_buf_check(&w->key_copy, err);
	if (!rc)
		rc = gv_group_alone(&w->joined, w->spec, err);
	if (rc)
		return rc;
	key = w->joined->key = gv_buf_str(&w->key_copy);
	while (!rc && w->key.p && gv_str_eq(w->key, key)) {
		rc = join_text(w, w->payload, err);
		if (!rc)
			rc = gv_runs_next(w->reader, &w->key, &w->payload, err);
	}
	for (size_t i = 0; i < w->nsources && !rc; i++) {
		struct gv_group *g = head(&w->sources[i]);

		if (g && gv_str_eq(g->key, key)) {
			rc = gv_cells_join(w->spec, w->joined, g, err);
			w->sources[i].at++;
		}
	}
	return rc;
}

int gv_stat_walk_next(struct gv_stat_walk *w, struct gv_group **group, struct gv_err *err)
{
	size_t times;
	struct gv_str key = least_key(w, &times);
	int rc;

	gv_group_free(w->spec, w->joined);
	w->joined = NULL;
	*group = NULL;
	if (!key.p)
		return 0;
	if (times > 1 || key.p == w->key.p) {
		rc = join(w, key, err);
		*group = rc ? NULL : w->joined;
		return rc;
	}
	for (size_t i = 0; i < w->nsources; i++) {
		*group = head(&w->sources[i]);
		if (*group && (*group)->key.p == key.p) {
			w->sources[i].at++;
			return 0;
		}
	}
	return 0;
}
