/* SPDX-License-Identifier: MIT */
#include "in.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n.h"
#include "in_impl.h"

enum { FAST_FROM = 64 * 1024 };  /* bytes of JSON that pay for loading the fast reader */
enum { PIPE_ROOM = 1 << 20 };    /* whoever writes need not wait for us after each 64 KiB; no more is allowed to all */

/* ---- opening ---- */

int gv_in_format_parse(enum gv_in_format *f, const char *name, struct gv_err *err)
{
	static const struct { const char *name; enum gv_in_format format; } formats[] = {
		{ "auto", GV_IN_AUTO }, { "ndjson", GV_IN_NDJSON }, { "json", GV_IN_JSON },
		{ "csv", GV_IN_CSV }, { "tsv", GV_IN_TSV },
	};

	*f = GV_IN_AUTO;
	for (size_t i = 0; name && i < sizeof formats / sizeof formats[0]; i++) {
		if (strcmp(name, formats[i].name) == 0) {
			*f = formats[i].format;
			return 0;
		}
	}
	return name ? gv_fail(err, GV_EUSAGE, _("unknown format \"%s\": auto, ndjson, json, csv or tsv"), name) : 0;
}

static int open_file(struct gv_in *in, const char *path, struct gv_err *err)
{
	struct stat st;
	off_t at;

	if (path) {
		in->fd = open(path, O_RDONLY | O_CLOEXEC);
		if (in->fd < 0)
			return gv_fail_sys(err, path, _("cannot open"));
		in->owns_fd = true;
	}
	if (fstat(in->fd, &st))
		return gv_fail_sys(err, in->name, _("cannot open"));
	if (S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		return gv_fail_sys(err, in->name, _("cannot open"));
	}
	in->regular = S_ISREG(st.st_mode);
	if (S_ISFIFO(st.st_mode)) /* it works without */
		(void)fcntl(in->fd, F_SETPIPE_SZ, PIPE_ROOM);
	at = in->regular ? lseek(in->fd, 0, SEEK_CUR) : -1;
	if (at >= 0 && st.st_size > at)
		in->size = (uint64_t)(st.st_size - at);
	return 0;
}

int gv_in_open(struct gv_in **out, const char *path, enum gv_in_format format,
               const char *encoding, struct gv_err *err)
{
	struct gv_in *in = calloc(1, sizeof *in);
	int rc;

	*out = NULL;
	if (!in)
		return gv_fail_nomem(err);
	if (path && strcmp(path, "-") == 0)
		path = NULL;
	in->format = format;
	in->fd = STDIN_FILENO;
	in->line = 1;
	in->decoder = (iconv_t)-1;
	in->cap = 2 * GV_IN_BLOCK;
	gv_buf_init(&in->csv.names, 2 * GV_IN_UNIT_MAX);
	in->buf = malloc(in->cap);
	in->name = strdup(path ? path : "<stdin>");
	rc = in->buf && in->name ? open_file(in, path, err) : gv_fail_nomem(err);
	if (!rc)
		rc = gv_in_source_encoding(in, encoding, err);
	if (rc) {
		gv_in_close(in);
		return rc;
	}
	*out = in;
	return 0;
}

void gv_in_close(struct gv_in *in)
{
	if (!in)
		return;
	if (in->owns_fd)
		close(in->fd);
	gv_in_pool_leave(in);
	gv_in_source_free(in);
	gv_in_csv_free(&in->csv);
	free(in->name);
	free(in);
}

const char *gv_in_name(const struct gv_in *in)
{
	return in->name;
}

uint64_t gv_in_bytes(const struct gv_in *in)
{
	return in->bytes;
}

uint64_t gv_in_size(const struct gv_in *in)
{
	return in->size;
}

bool gv_in_is_table(const struct gv_in *in)
{
	return in->format == GV_IN_CSV || in->format == GV_IN_TSV;
}

bool gv_in_broken(const struct gv_in *in)
{
	return in->broken;
}

void gv_in_only(struct gv_in *in, const struct gv_json_only *only)
{
	in->only = only;
}

void gv_in_shape(struct gv_in *in, struct gv_shape *shape)
{
	in->shape = shape;
}

void gv_in_on_wait(struct gv_in *in, void (*fn)(void *ctx), void *ctx)
{
	in->on_wait = fn;
	in->wait_ctx = ctx;
}

/* ---- errors ---- */

int gv_in_break(struct gv_in *in, int rc, struct gv_err *err)
{
	in->broken = true;
	gv_err_thing(err, in->name, strlen(in->name));
	return rc;
}

int gv_in_err_line(const struct gv_in_unit *unit, int rc, struct gv_err *err)
{
	if (err && rc == GV_EDATA)
		err->line = unit->line;
	return rc;
}

int gv_in_err_at(const struct gv_in *in, const struct gv_in_unit *unit, size_t offset, int rc,
                 struct gv_err *err)
{
	const char *p = unit->text.p, *end = offset ? p + offset : p, *next;
	size_t before = unit->byte;

	if (!err || rc != GV_EDATA)
		return rc;
	err->line = unit->line;
	while (p < end && (next = memchr(p, '\n', (size_t)(end - p)))) {
		err->line++;
		before = 1;
		p = next + 1;
	}
	/* Bytes of decoded text are not those of the file. */
	err->byte = in->encoding ? 0 : before + (size_t)(end - p);
	return rc;
}

int gv_in_check_unit(const struct gv_in *in, const struct gv_in_unit *unit, struct gv_err *err)
{
	size_t good;
	int rc;

	if (unit->too_long)
		return gv_in_err_line(unit, gv_fail(err, GV_EDATA, _("longer than %zu MiB"),
		                                    GV_IN_UNIT_MAX / GV_MIB), err);
	good = gv_in_text_prefix(unit->text);
	if (good == unit->text.n)
		return 0;
	if (unit->text.p[good] == '\0')
		rc = gv_fail(err, GV_EDATA, "%s", _("NUL byte"));
	else if (in->encoding)
		rc = gv_fail(err, GV_EDATA, _("not valid %s"), in->encoding);
	else
		rc = gv_fail(err, GV_EDATA, _("not UTF-8 (byte 0x%02x)"),
		             (unsigned char)unit->text.p[good]);
	return gv_in_err_at(in, unit, good, rc, err);
}

/* ---- units ---- */

void gv_in_advance(struct gv_in *in, size_t n)
{
	const char *p = in->buf + in->at, *end = p + n, *next;

	while (p < end && (next = memchr(p, '\n', (size_t)(end - p)))) {
		in->line++;
		in->column = 0;
		p = next + 1;
	}
	in->column += (size_t)(end - p);
	in->at += n;
}

static struct gv_str without_line_end(struct gv_str s, bool cut)
{
	bool newline = s.n && s.p[s.n - 1] == '\n';

	if (newline)
		s.n--;
	if ((newline || cut) && s.n && s.p[s.n - 1] == '\r')
		s.n--;
	return s;
}

int gv_in_next_unit(struct gv_in *in, struct gv_in_scan *scan, struct gv_in_unit *unit,
                    struct gv_err *err)
{
	size_t done = 0;
	bool found = false;

	*unit = (struct gv_in_unit){ .line = in->line, .byte = in->column + 1 };
	for (;;) {
		size_t used, left = in->end - in->at - done;
		int rc;

		if (left) {
			found = scan->find(scan, in->buf + in->at + done, left, &used);
			done += found ? used : left;
		}
		if (found || in->eof)
			break;
		if (done > GV_IN_UNIT_MAX + 2) {  /* too long to keep, but its end must be found */
			gv_in_advance(in, done);
			done = 0;
			unit->too_long = true;
		}
		rc = gv_in_fill(in, err);
		if (rc)
			return rc;
	}
	unit->cut = !found;
	unit->end = !done && !unit->too_long;
	unit->text = without_line_end((struct gv_str){ in->buf + in->at, done }, unit->cut);
	if (unit->text.n > GV_IN_UNIT_MAX)
		unit->too_long = true;
	if (unit->too_long || unit->end)
		unit->text = (struct gv_str){ 0 };
	gv_in_advance(in, done);
	return 0;
}

bool gv_in_scan_line(struct gv_in_scan *scan, const char *p, size_t n, size_t *used)
{
	const char *end = memchr(p, '\n', n);

	(void)scan;
	if (end)
		*used = (size_t)(end - p) + 1;
	return end != NULL;
}

int gv_in_skip_marks(struct gv_in *in, struct gv_err *err)
{
	for (;;) {
		size_t left = in->end - in->at;
		bool mark = left == 0 || in->buf[in->at] == '\xEF';

		if (mark && left < 3 && !in->eof) {
			int rc = gv_in_fill(in, err);

			if (rc)
				return rc;
			continue;
		}
		if (left < 3 || memcmp(in->buf + in->at, "\xEF\xBB\xBF", 3) != 0)
			return 0;
		gv_in_advance(in, 3);
	}
}

static bool is_blank(struct gv_str s)
{
	size_t i = 0;

	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\r'))
		i++;
	return i == s.n;
}

/* Most lines are whole in the buffer and begin with what is no blank and no mark. */
static bool plain_line(struct gv_in *in, struct gv_in_unit *unit)
{
	const char *p = in->buf + in->at, *end = NULL;
	size_t left = in->end - in->at, n;

	if (left && (unsigned char)*p > ' ' && *p != '\xEF')
		end = memchr(p, '\n', left);
	n = end ? (size_t)(end - p) : 0;
	if (!end || n > GV_IN_UNIT_MAX)
		return false;
	*unit = (struct gv_in_unit){ .text = { p, n - (p[n - 1] == '\r') },
	                             .line = in->line, .byte = in->column + 1 };
	in->line++;
	in->column = 0;
	in->at += n + 1;
	return true;
}

int gv_in_next_line(struct gv_in *in, struct gv_in_unit *unit, struct gv_err *err)
{
	struct gv_in_scan scan = { .find = gv_in_scan_line };
	int rc;

	if (plain_line(in, unit))
		return 0;
	do {
		rc = gv_in_skip_marks(in, err);
		if (!rc)
			rc = gv_in_next_unit(in, &scan, unit, err);
	} while (!rc && !unit->end && !unit->too_long && is_blank(unit->text));
	return rc;
}

/* ---- lines and rows ---- */

int gv_in_line(struct gv_in *in, struct gv_str *line, size_t *number, struct gv_err *err)
{
	struct gv_in_unit unit = { .end = true, .line = in->line };
	int rc;

	*line = (struct gv_str){ 0 };
	*number = in->line;
	if (in->broken)
		return 0;
	rc = gv_in_start(in, err);
	if (!rc)
		rc = gv_in_next_line(in, &unit, err);
	*number = unit.line;
	if (rc || unit.end)
		return rc;
	rc = gv_in_check_unit(in, &unit, err);
	if (!rc)
		*line = unit.text;
	return rc;
}

static bool is_space_or_mark(char c)
{
	static const char set[] = { ' ', '\t', '\r', '\n', '\xEF', '\xBB', '\xBF' };

	return memchr(set, c, sizeof set) != NULL;
}

/* AUTO: the first byte that is no white space tells. */
static int decide(struct gv_in *in, struct gv_err *err)
{
	size_t offset = 0;
	char first = '\0';

	for (;;) {
		size_t left = in->end - in->at;
		int rc;

		while (offset < left && is_space_or_mark(in->buf[in->at + offset]))
			offset++;
		if (offset < left)
			first = in->buf[in->at + offset];
		if (offset < left || in->eof || offset > GV_IN_UNIT_MAX)
			break;
		rc = gv_in_fill(in, err);
		if (rc)
			return rc;
	}
	if (first == '{')
		return gv_in_guess_json(in, offset, &in->format, err);
	in->format = first == '[' ? GV_IN_JSON : GV_IN_CSV;
	in->csv.maybe_tsv = true;
	return 0;
}

int gv_in_begin(struct gv_in *in, struct gv_err *err)
{
	int rc = gv_in_start(in, err);

	return rc || in->format != GV_IN_AUTO ? rc : decide(in, err);
}

void gv_in_ask_fast(struct gv_in *in)
{
	if (in->fast_asked || in->bytes <= FAST_FROM)
		return;
	gv_json_want_fast();
	in->fast_asked = true;
}

static int next_row(struct gv_in *in, struct gv_doc *doc, unsigned flags, struct gv_in_unit *unit,
                    struct gv_err *err)
{
	int rc = gv_in_begin(in, err);

	if (rc)
		return rc;
	if (in->format == GV_IN_CSV || in->format == GV_IN_TSV)
		return gv_in_row_csv(in, doc, unit, err);
	gv_in_ask_fast(in);
	return in->format == GV_IN_JSON ? gv_in_row_json(in, doc, flags, unit, err)
	                                : gv_in_row_ndjson(in, doc, flags, unit, err);
}

int gv_in_row(struct gv_in *in, struct gv_doc *doc, unsigned flags, struct gv_str *raw,
              size_t *number, bool *eof, struct gv_err *err)
{
	struct gv_in_unit unit = { .end = true, .line = in->line };
	int rc = in->broken ? 0 : next_row(in, doc, flags, &unit, err);

	if (raw)
		*raw = unit.text;
	*number = unit.line;
	*eof = !rc && unit.end;
	return rc;
}
