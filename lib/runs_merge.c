/* SPDX-License-Identifier: MIT */
/* runs_merge: all runs in one order, by a tree of losers: one comparison a level and record. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "err.h"
#include "i18n.h"
#include "runs_impl.h"

enum { BUFFER_MAX = 64 * 1024, BUFFER_MIN = 4 * 1024, BUFFERS = 16 * 1024 * 1024 };

/* A run that is being read. */
struct source {
	const struct gv_runs *of;
	uint64_t at, to;            /* what of the file has not been read */
	char *buf;
	size_t usual, cap;          /* its size, and now */
	size_t from, have;          /* the bytes in it */
	struct gv_str key, payload; /* the record in front; key.p is NULL at the end */
	uint64_t prefix;            /* of the key */
};

struct gv_runs_reader {
	struct source *sources;
	size_t n;
	size_t *tree;               /* [0]: whose record is next; else who lost there; leaf i is n + i */
	bool started;
};

/* ---- one run ---- */

static int cut_short(const struct source *s, struct gv_err *err)
{
	return gv_fail(err, GV_EIO, _("cannot read temporary file in %s: it has been cut short"),
	               s->of->folder);
}

/* Room for n bytes, no more than that where it is much, and the bytes moved to the front. */
static int make_room(struct source *s, size_t n, struct gv_err *err)
{
	size_t cap = n > s->usual ? n : s->usual;
	char *more;

	if (s->from) /* nothing is read yet: no buffer, nothing to move */
		memmove(s->buf, s->buf + s->from, s->have - s->from);
	s->have -= s->from;
	s->from = 0;
	if (cap < s->have)
		cap = s->have;
	if (cap == s->cap)
		return 0;
	more = realloc(s->buf, cap);
	if (!more)
		return gv_fail_nomem(err);
	s->buf = more;
	s->cap = cap;
	return 0;
}

/* At least n bytes in the buffer. */
static int need(struct source *s, uint64_t n, struct gv_err *err)
{
	int rc;

	if (s->have - s->from >= n)
		return 0;
	if (n > s->to - s->at + (s->have - s->from))
		return cut_short(s, err);
	rc = make_room(s, (size_t)n, err);
	while (!rc && s->have < n) {
		uint64_t left = s->to - s->at;
		size_t space = s->cap - s->have;
		ssize_t got = pread(s->of->fd, s->buf + s->have, left < space ? (size_t)left : space,
		                    (off_t)s->at);

		if (got > 0) {
			s->have += (size_t)got;
			s->at += (uint64_t)got;
		} else if (got == 0) {
			rc = cut_short(s, err);
		} else if (errno != EINTR) {
			rc = gv_fail_sys(err, "", _("cannot read temporary file in %s"), s->of->folder);
		}
	}
	return rc;
}

/* The next record of the run becomes the one in front. */
static int step(struct source *s, struct gv_err *err)
{
	struct gv_run_head head;
	uint64_t all;
	int rc;

	s->key = (struct gv_str){ 0 };
	if (s->from == s->have && s->at == s->to)
		return 0;
	rc = need(s, sizeof head, err);
	if (rc)
		return rc;
	memcpy(&head, s->buf + s->from, sizeof head);
	if (head.key > GV_RUNS_MAX || head.payload > GV_RUNS_MAX)
		return cut_short(s, err);
	all = sizeof head + (uint64_t)head.key + head.payload;
	rc = need(s, all, err);
	if (rc)
		return rc;
	s->key = (struct gv_str){ s->buf + s->from + sizeof head, head.key };
	s->payload = (struct gv_str){ s->key.p + head.key, head.payload };
	s->prefix = gv_runs_prefix(s->key);
	s->from += (size_t)all;
	return 0;
}

/* ---- all runs ---- */

/* Does the record in front of a come before that of b? */
static bool before(const struct gv_runs_reader *m, size_t a, size_t b)
{
	const struct source *x = &m->sources[a], *y = &m->sources[b];
	int diff;

	if (!x->key.p || !y->key.p)
		return x->key.p != NULL;
	if (x->prefix != y->prefix)
		return x->prefix < y->prefix;
	diff = gv_str_cmp(x->key, y->key);
	return diff ? diff < 0 : a < b;
}

static const size_t nobody = SIZE_MAX;

/* Leaf `who` has a new record: up the tree, losers stay; in an empty place stays who comes first. */
static void play(struct gv_runs_reader *m, size_t who)
{
	for (size_t at = (who + m->n) / 2; at > 0; at /= 2) {
		size_t other = m->tree[at];

		if (other == nobody || before(m, other, who)) {
			m->tree[at] = who;
			who = other;
		}
		if (who == nobody)
			return;
	}
	m->tree[0] = who;
}

/* Every run has its own buffer: small ones when they are many, none is larger than its run. */
static void list_sources(struct gv_runs_reader *m, struct gv_runs *const *runs, size_t n)
{
	size_t share = BUFFERS / (m->n ? m->n : 1), k = 0;

	share = share > BUFFER_MAX ? BUFFER_MAX : share < BUFFER_MIN ? BUFFER_MIN : share;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < runs[i]->n; j++) {
			struct gv_run run = runs[i]->runs[j];
			uint64_t bytes = run.to - run.from;

			m->sources[k++] = (struct source){
				.of = runs[i], .at = run.from, .to = run.to,
				.usual = bytes < share ? (size_t)bytes : share,
			};
		}
}

int gv_runs_open(struct gv_runs_reader **out, struct gv_runs *const *runs, size_t n,
                 struct gv_err *err)
{
	struct gv_runs_reader *m = *out = calloc(1, sizeof *m);
	int rc = 0;

	if (!m)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < n; i++)
		m->n += runs[i]->n;
	m->sources = calloc(m->n + 1, sizeof *m->sources);
	m->tree = calloc(m->n + 1, sizeof *m->tree);
	if (!m->sources || !m->tree) {
		m->n = 0;
		rc = gv_fail_nomem(err);
	} else {
		list_sources(m, runs, n);
		for (size_t i = 0; i < m->n; i++)
			m->tree[i] = nobody;
		for (size_t i = 0; !rc && i < m->n; i++) {
			rc = step(&m->sources[i], err);
			play(m, i);
		}
	}
	if (rc) {
		gv_runs_reader_close(m);
		*out = NULL;
	}
	return rc;
}

int gv_runs_next(struct gv_runs_reader *m, struct gv_str *key, struct gv_str *payload,
                 struct gv_err *err)
{
	const struct source *s = &m->sources[m->tree[0]]; /* without runs: an empty one */

	*key = *payload = (struct gv_str){ 0 };
	if (m->started && s->key.p) {
		int rc = step(&m->sources[m->tree[0]], err);

		if (rc)
			return rc;
		play(m, m->tree[0]);
		s = &m->sources[m->tree[0]];
	}
	m->started = true;
	if (s->key.p) {
		*key = s->key;
		*payload = s->payload;
	}
	return 0;
}

void gv_runs_reader_close(struct gv_runs_reader *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < m->n; i++)
		free(m->sources[i].buf);
	free(m->sources);
	free(m->tree);
	free(m);
}
