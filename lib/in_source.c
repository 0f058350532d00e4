/* SPDX-License-Identifier: MIT */
/* in_source: the bytes of a stream as UTF-8. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#include "i18n.h"
#include "in_impl.h"

enum { RAW = 64 * 1024 };

#define NO_DECODER ((iconv_t)-1)

/* What a decoder could not read becomes a byte that is no UTF-8, so that its line is reported. */
#define BROKEN '\xFF'

/* ---- reading ---- */

bool gv_in_ready(const struct gv_in *in)
{
	struct pollfd now = { .fd = in->fd, .events = POLLIN };

	return in->regular || poll(&now, 1, 0) > 0;
}

static int read_some(struct gv_in *in, char *to, size_t room, size_t *got, struct gv_err *err)
{
	if (in->on_wait && !gv_in_ready(in))
		in->on_wait(in->wait_ctx);
	for (;;) {
		ssize_t n = read(in->fd, to, room);

		if (n >= 0) {
			in->bytes += (uint64_t)n;
			*got = (size_t)n;
			return 0;
		}
		if (errno == EAGAIN) {  /* somebody made our stdin non-blocking */
			struct pollfd wait = { .fd = in->fd, .events = POLLIN };

			poll(&wait, 1, -1);
		} else if (errno != EINTR) {
			return gv_fail_sys(err, in->name, _("cannot read"));
		}
	}
}

/* Room for a block behind end.  Lines inside a block never move; only the beginning
 * of a line that the next block ends does. */
static int make_room(struct gv_in *in, struct gv_err *err)
{
	if (in->at == in->end)
		in->at = in->end = 0;
	if (in->cap - in->end >= GV_IN_BLOCK)
		return 0;
	if (in->at) {
		memmove(in->buf, in->buf + in->at, in->end - in->at);
		in->end -= in->at;
		in->at = 0;
	}
	if (in->cap - in->end < GV_IN_BLOCK) {
		size_t most = GV_IN_UNIT_MAX + 4 * GV_IN_BLOCK;
		size_t cap = in->cap < most / 2 ? in->cap * 2 : most;
		char *buf = realloc(in->buf, cap);

		if (!buf)
			return gv_fail_nomem(err);
		in->buf = buf;
		in->cap = cap;
	}
	return 0;
}

/* ---- decoding ---- */

static bool starts_with_name(const char *encoding, const char *name)
{
	return strncasecmp(encoding, name, strlen(name)) == 0;
}

/* Bytes of the smallest character: what is skipped where one is broken. */
static size_t width_of(const char *encoding)
{
	if (starts_with_name(encoding, "UTF-16") || starts_with_name(encoding, "UTF16") ||
	    starts_with_name(encoding, "UCS-2") || starts_with_name(encoding, "UCS2"))
		return 2;
	if (starts_with_name(encoding, "UTF-32") || starts_with_name(encoding, "UTF32") ||
	    starts_with_name(encoding, "UCS-4") || starts_with_name(encoding, "UCS4"))
		return 4;
	return 1;
}

static void decoder_close(struct gv_in *in)
{
	if (in->decoder != NO_DECODER)
		iconv_close(in->decoder);
	in->decoder = NO_DECODER;
	free(in->encoding);
	in->encoding = NULL;
}

int gv_in_source_encoding(struct gv_in *in, const char *encoding, struct gv_err *err)
{
	decoder_close(in);
	if (!encoding || strcasecmp(encoding, "UTF-8") == 0 || strcasecmp(encoding, "UTF8") == 0)
		return 0;
	/* "NAME//IGNORE" would lose what is broken in silence. */
	errno = EINVAL;
	if (*encoding && !strchr(encoding, '/'))
		in->decoder = iconv_open("UTF-8", encoding);
	if (in->decoder == NO_DECODER && errno == ENOMEM)
		return gv_fail_nomem(err);
	if (in->decoder == NO_DECODER)
		return gv_fail(err, GV_EUSAGE, _("unknown encoding \"%s\""), encoding);
	in->encoding = strdup(encoding);
	if (!in->raw)
		in->raw = malloc(RAW);
	return in->encoding && in->raw ? 0 : gv_fail_nomem(err);
}

void gv_in_source_free(struct gv_in *in)
{
	decoder_close(in);
	free(in->raw);
	free(in->buf);
}

static void decode(struct gv_in *in)
{
	char *from = in->raw, *to = in->buf + in->end;
	size_t left = in->raw_n, room = in->cap - in->end;
	size_t width = width_of(in->encoding);

	while (left && iconv(in->decoder, &from, &left, &to, &room) == (size_t)-1) {
		size_t skip = left < width ? left : width;

		if (errno == E2BIG || room == 0 || (errno == EINVAL && !in->raw_eof))
			break;
		if (errno == EINVAL)
			skip = left;  /* the end of the input is in the middle of a character */
		from += skip;
		left -= skip;
		*to++ = BROKEN;
		room--;
	}
	if (in->raw_eof && !left) {
		iconv(in->decoder, NULL, NULL, &to, &room);
		in->eof = true;
	}
	memmove(in->raw, from, left);
	in->raw_n = left;
	in->end = (size_t)(to - in->buf);
}

int gv_in_fill(struct gv_in *in, struct gv_err *err)
{
	int rc = make_room(in, err);
	size_t got = 0, before = in->end;

	if (rc)
		return rc;
	if (in->decoder == NO_DECODER) {
		rc = read_some(in, in->buf + in->end, GV_IN_BLOCK, &got, err);
		if (rc)
			return rc;
		in->end += got;
		in->eof = got == 0;
		return 0;
	}
	while (in->end == before && !in->eof) {
		if (in->raw_n < RAW && !in->raw_eof) {
			rc = read_some(in, in->raw + in->raw_n, RAW - in->raw_n, &got, err);
			if (rc)
				return rc;
			in->raw_n += got;
			in->raw_eof = got == 0;
		}
		decode(in);
	}
	return 0;
}

/* ---- the beginning ---- */

/* Enough to see a byte order mark; a person at a terminal may type one character and Return. */
static bool enough(const struct gv_in *in)
{
	unsigned char c = in->end ? (unsigned char)in->buf[0] : 0;

	return in->end >= 4 || (in->end && c < 0xEF && memchr(in->buf, '\n', in->end));
}

/* A mark is better evidence than what somebody says about the file. */
static int take_mark(struct gv_in *in, struct gv_err *err)
{
	const unsigned char *p = (const unsigned char *)in->buf;
	int rc;

	if (in->end >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) {
		decoder_close(in);
		in->at = in->column = 3;
		return 0;
	}
	if (in->end < 2 || (in->encoding && width_of(in->encoding) == 4))
		return 0;
	if ((p[0] != 0xFF || p[1] != 0xFE) && (p[0] != 0xFE || p[1] != 0xFF))
		return 0;
	in->at = 2;
	rc = gv_in_source_encoding(in, p[0] == 0xFF ? "UTF-16LE" : "UTF-16BE", err);
	/* glibc always has these two; when memory is short it says that it does not. */
	return rc == GV_EUSAGE ? gv_fail_nomem(err) : rc;
}

int gv_in_start(struct gv_in *in, struct gv_err *err)
{
	bool end = false;
	size_t got = 0;
	int rc;

	if (in->started)
		return 0;
	while (!end && !enough(in)) {
		rc = read_some(in, in->buf + in->end, RAW - in->end, &got, err);
		if (rc)
			return rc;
		in->end += got;
		end = got == 0;
	}
	in->started = true;
	rc = take_mark(in, err);
	if (!rc)
		rc = gv_in_check_start((struct gv_str){ in->buf + in->at, in->end - in->at },
		                       in->decoder != NO_DECODER, err);
	if (rc) {
		if (rc == GV_EDATA)
			gv_in_break(in, rc, err);
		return rc;
	}
	if (in->decoder == NO_DECODER) {
		in->eof = end;
		return 0;
	}
	in->raw_n = in->end - in->at;
	memcpy(in->raw, in->buf + in->at, in->raw_n);
	in->at = in->end = 0;
	in->raw_eof = end;
	return gv_in_fill(in, err);
}
