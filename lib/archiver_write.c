/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "archiver_impl.h"
#include "i18n.h"

enum { SEND_FROM = 256 * 1024 };

struct gv_archive_out {
	struct gv_archive_child child;
	struct gv_buf frames;
	uint64_t left;         /* bytes that the file at hand still needs */
};

int gv_archive_create(struct gv_archive_out **out, int fd, int64_t when, struct gv_err *err)
{
	struct gv_archive_out *a = calloc(1, sizeof *a);
	char time[24];
	const char *const args[] = { "write", time, NULL };
	int rc;

	*out = NULL;
	if (!a)
		return gv_fail_nomem(err);
	gv_buf_init(&a->frames, 4 * GV_MIB);
	snprintf(time, sizeof time, "%lld", (long long)(when < 0 ? 0 : when));
	rc = gv_archive_spawn(&a->child, args, -1, fd, err);
	if (rc) {
		free(a);
		a = NULL;
	}
	*out = a;
	return rc;
}

static int send(struct gv_archive_out *a, struct gv_err *err)
{
	int rc = gv_buf_check(&a->frames, err);

	if (!rc && a->frames.n)
		rc = gv_write_all(a->child.in, a->frames.p, a->frames.n, "gavel-archive", err);
	/* Gone: why, it has said itself. */
	if (rc == GV_EIO && errno == EPIPE)
		gv_archive_reap(&a->child, err);
	gv_buf_reset(&a->frames);
	return rc;
}

int gv_archive_put(struct gv_archive_out *a, struct gv_str path, uint64_t bytes, struct gv_err *err)
{
	if (a->left)
		return gv_fail(err, GV_EIO, _("%llu bytes of the file before are missing"),
		               (unsigned long long)a->left);
	a->left = bytes;
	gv_frame_entry(&a->frames, &(struct gv_frame_entry){ .path = path, .type = "file", .bytes = (int64_t)bytes });
	return a->frames.n < SEND_FROM ? 0 : send(a, err);
}

int gv_archive_add(struct gv_archive_out *a, struct gv_str bytes, struct gv_err *err)
{
	if (bytes.n > a->left)
		return gv_fail(err, GV_EIO, "%s", _("a file has more bytes than it had a moment ago"));
	a->left -= bytes.n;
	while (bytes.n) {
		struct gv_str piece = { bytes.p, bytes.n < GV_FRAME_DATA_MAX ? bytes.n : GV_FRAME_DATA_MAX };

		gv_frame_data(&a->frames, piece);
		bytes.p += piece.n;
		bytes.n -= piece.n;
		if (a->frames.n >= SEND_FROM) {
			int rc = send(a, err);

			if (rc)
				return rc;
		}
	}
	return 0;
}

int gv_archive_finish(struct gv_archive_out *a, struct gv_err *err)
{
	int rc;

	if (a->left)
		return gv_fail(err, GV_EIO, _("%llu bytes of the file before are missing"),
		               (unsigned long long)a->left);
	gv_frame_end(&a->frames);
	rc = send(a, err);
	return rc ? rc : gv_archive_reap(&a->child, err);
}

void gv_archive_drop(struct gv_archive_out *a)
{
	if (!a)
		return;
	gv_archive_end(&a->child);
	gv_buf_free(&a->frames);
	free(a);
}
