/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "err.h"
#include "i18n.h"
#include "runs_impl.h"

enum { WRITE_BUFFER = 256 * 1024 };

int gv_runs_new(struct gv_runs **out, struct gv_err *err)
{
	const char *tmp = getenv("TMPDIR");
	struct gv_runs *r = *out = calloc(1, sizeof *r);

	if (!r)
		return gv_fail_nomem(err);
	r->fd = -1;
	gv_buf_init(&r->last, GV_RUNS_MAX);
	r->folder = strdup(tmp && *tmp ? tmp : "/tmp");
	if (r->folder)
		return 0;
	gv_runs_free(r);
	*out = NULL;
	return gv_fail_nomem(err);
}

void gv_runs_free(struct gv_runs *r)
{
	if (!r)
		return;
	if (r->fd >= 0)
		close(r->fd);
	gv_buf_free(&r->last);
	free(r->folder);
	free(r->runs);
	free(r->buf);
	free(r);
}

/* ---- the file ---- */

/* Without a name from the start, where the file system can do that. */
static int make_file(struct gv_runs *r, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(GV_MIB);
	int rc;

	r->fd = open(r->folder, O_TMPFILE | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
	if (r->fd >= 0)
		return 0;
	gv_buf_addf(&path, "%s/gavel-XXXXXX", r->folder);
	rc = gv_buf_check(&path, err);
	if (!rc) {
		r->fd = mkostemp(path.p, O_CLOEXEC);
		if (r->fd < 0 || unlink(path.p))
			rc = gv_fail_sys(err, "", _("cannot make a temporary file in %s"), r->folder);
	}
	gv_buf_free(&path);
	return rc;
}

/* What has not gone out stays in the buffer. */
static int flush(struct gv_runs *r, struct gv_err *err)
{
	size_t done = 0;
	int rc = r->fd < 0 ? make_file(r, err) : 0;

	while (!rc && done < r->used) {
		ssize_t n = pwrite(r->fd, r->buf + done, r->used - done, (off_t)(r->flushed + done));

		if (n > 0)
			done += (size_t)n;
		else if (n == 0 || errno != EINTR)
			rc = gv_fail_sys(err, "", _("cannot write temporary file in %s"), r->folder);
	}
	if (rc)
		return rc;
	r->flushed += r->used;
	r->used = 0;
	return 0;
}

static int append(struct gv_runs *r, const void *from, size_t n, struct gv_err *err)
{
	const char *p = from;

	while (n) {
		size_t part = WRITE_BUFFER - r->used;

		if (part > n)
			part = n;
		memcpy(r->buf + r->used, p, part);
		r->used += part;
		p += part;
		n -= part;
		if (r->used == WRITE_BUFFER) {
			int rc = flush(r, err);

			if (rc)
				return rc;
		}
	}
	return 0;
}

/* ---- runs ---- */

void gv_runs_begin(struct gv_runs *r)
{
	r->flushed = r->end;
	r->used = 0;
	r->any = false;
}

int gv_runs_fits(struct gv_str key, struct gv_str payload, struct gv_err *err)
{
	size_t n = key.n > payload.n ? key.n : payload.n;

	if (n <= GV_RUNS_MAX)
		return 0;
	return gv_fail(err, GV_EDATA, _("%zu bytes are too many to be sorted: at most %zu"), n,
	               GV_RUNS_MAX);
}

static int keep_key(struct gv_runs *r, struct gv_str key, struct gv_err *err)
{
	gv_buf_reset(&r->last);
	gv_buf_addstr(&r->last, key);
	r->any = true;
	return gv_buf_check(&r->last, err);
}

int gv_runs_put(struct gv_runs *r, struct gv_str key, struct gv_str payload, struct gv_err *err)
{
	struct gv_run_head head = { (uint32_t)key.n, (uint32_t)payload.n };
	int rc = gv_runs_fits(key, payload, err);

	if (rc)
		return rc;
	if (r->any && gv_str_cmp(key, gv_buf_str(&r->last)) < 0)
		return gv_fail(err, GV_EDATA,
		               _("a sorted run goes on with a key below the one before it"));
	if (!r->buf)
		r->buf = malloc(WRITE_BUFFER);
	if (!r->buf)
		return gv_fail_nomem(err);
	rc = keep_key(r, key, err);
	if (!rc)
		rc = append(r, &head, sizeof head, err);
	if (!rc)
		rc = append(r, key.p, key.n, err);
	return rc ? rc : append(r, payload.p, payload.n, err);
}

int gv_runs_end(struct gv_runs *r, struct gv_err *err)
{
	int rc;

	if (!r->any)
		return 0;
	if (r->n == r->room) {
		size_t room = r->room ? r->room * 2 : 16;
		struct gv_run *more = realloc(r->runs, room * sizeof *more);

		if (!more)
			return gv_fail_nomem(err);
		r->runs = more;
		r->room = room;
	}
	rc = flush(r, err);
	if (rc)
		return rc;
	r->runs[r->n++] = (struct gv_run){ r->end, r->flushed };
	r->end = r->flushed;
	r->any = false;
	return 0;
}

size_t gv_runs_count(const struct gv_runs *r)
{
	return r->n;
}

uint64_t gv_runs_bytes(const struct gv_runs *r)
{
	return r->end;
}
