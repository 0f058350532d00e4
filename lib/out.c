/* SPDX-License-Identifier: MIT */
#include "out.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "i18n.h"
#include "out_impl.h"

#define FLUSH_AT ((size_t)128 * 1024)
#define BUFFER_MAX (16 * GV_JSON_TEXT_MAX)

static const char *const format_names[] = { "auto", "ndjson", "json", "table", "csv", "tsv",
                                            "ids" };

int gv_format_parse(enum gv_format *f, const char *name, struct gv_err *err)
{
	for (size_t i = GV_OUT_NDJSON; i <= GV_OUT_IDS; i++) {
		if (strcmp(name, format_names[i]) == 0) {
			*f = (enum gv_format)i;
			return 0;
		}
	}
	return gv_fail(err, GV_EUSAGE, _("unknown format \"%s\": ndjson, json, table, csv, tsv or ids"),
	               name);
}

/* ---- opening ---- */

static bool is_columns(enum gv_format f)
{
	return f == GV_OUT_TABLE || f == GV_OUT_CSV || f == GV_OUT_TSV;
}

static bool wants_color(const struct gv_out *out)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	if (out->opts.color >= 0)
		return out->opts.color > 0;
	return out->terminal && !(no && *no) && !(term && strcmp(term, "dumb") == 0);
}

static void look_at_terminal(struct gv_out *out)
{
	struct winsize size;

	out->terminal = isatty(out->fd);
	if (out->format == GV_OUT_AUTO)
		out->format = out->terminal ? GV_OUT_TABLE : GV_OUT_NDJSON;
	if (out->terminal && ioctl(out->fd, TIOCGWINSZ, &size) == 0)
		out->width = size.ws_col;
	out->bold = wants_color(out);
}

static int set_fields(struct gv_out *out, const struct gv_out_opts *o, struct gv_err *err)
{
	bool columns = is_columns(out->format);

	if (o->nul && out->format != GV_OUT_IDS)
		return gv_fail(err, GV_EUSAGE, "%s", _("NUL can end ids only"));
	if (o->fields && out->format == GV_OUT_IDS)
		return gv_fail(err, GV_EUSAGE, "%s", _("ids have no fields to choose"));
	out->projects = o->fields && !columns;
	if (o->fields)
		return gv_out_fields_parse(&out->fields, o->fields, err);
	if (columns && o->columns)
		return gv_out_fields_named(&out->fields, o->columns, o->ncolumns, err);
	if (!columns || !o->default_fields)
		return 0;
	return gv_out_fields_parse(&out->fields, o->default_fields, err);
}

static void free_all(struct gv_out *out)
{
	gv_out_rows_free(&out->rows);
	gv_buf_free(&out->buf);
	gv_arena_free(&out->fields.arena);
	gv_doc_free(&out->parsed);
	gv_doc_free(&out->scratch);
	free(out);
}

void gv_out_drop(struct gv_out *out)
{
	if (out)
		free_all(out);
}

int gv_out_open(struct gv_out **to, int fd, const struct gv_out_opts *o, struct gv_err *err)
{
	struct gv_out *out = calloc(1, sizeof *out);
	int rc;

	*to = NULL;
	if (!out)
		return gv_fail_nomem(err);
	out->fd = fd;
	snprintf(out->name, sizeof out->name, fd == STDOUT_FILENO ? "<stdout>" : "<descriptor %d>", fd);
	out->opts = *o;
	out->opts.fields = out->opts.default_fields = NULL;
	out->opts.columns = NULL;
	out->format = o->format;
	gv_buf_init(&out->buf, BUFFER_MAX);
	look_at_terminal(out);
	rc = set_fields(out, o, err);
	if (!rc && !gv_buf_reserve(&out->buf, FLUSH_AT * 2))
		rc = gv_fail_nomem(err);
	if (rc) {
		free_all(out);
		return rc;
	}
	*to = out;
	return 0;
}

bool gv_out_needs_tree(const struct gv_out *out)
{
	return is_columns(out->format) || out->projects;
}

bool gv_out_closed(const struct gv_out *out)
{
	return out->closed;
}

enum gv_format gv_out_format(const struct gv_out *out)
{
	return out->format;
}

/* ---- the descriptor ---- */

static int remember(struct gv_out *out, struct gv_err *err)
{
	int rc = gv_fail_sys(&out->broken, out->name, _("cannot write"));

	if (err)
		*err = out->broken;
	return rc;
}

static int write_out(struct gv_out *out, struct gv_err *err)
{
	const char *p = out->buf.p, *end = p + out->buf.n;

	while (p < end) {
		ssize_t n = write(out->fd, p, (size_t)(end - p));

		if (n >= 0) {
			p += n;
		} else if (errno == EAGAIN) {  /* somebody made our stdout non-blocking */
			struct pollfd wait = { .fd = out->fd, .events = POLLOUT };

			poll(&wait, 1, -1);
		} else if (errno == EPIPE) {
			out->closed = true;
			break;
		} else if (errno != EINTR) {
			return remember(out, err);
		}
	}
	gv_buf_reset(&out->buf);
	return 0;
}

/* 0 to go on, else what a call has to return at once; -1: quietly 0. */
static int blocked(const struct gv_out *out, struct gv_err *err)
{
	if (out->broken.code) {
		if (err)
			*err = out->broken;
		return out->broken.code;
	}
	return out->closed ? -1 : 0;
}

static void take_back(struct gv_buf *b, size_t n)
{
	b->n = n;
	b->failed = b->nomem = false;
	if (b->p)
		b->p[n] = '\0';
}

/* Whoever goes on after GV_EIO would print something with a hole in it. */
static int keep(struct gv_out *out, int rc, const struct gv_err *err)
{
	if (rc == GV_EIO && !out->broken.code) {
		if (err)
			out->broken = *err;
		else
			gv_fail_nomem(&out->broken);
	}
	return rc;
}

/* A record is in the buffer from `before` on, or not at all. */
static int done(struct gv_out *out, size_t before, int rc, struct gv_err *err)
{
	if (!rc)
		rc = gv_buf_check(&out->buf, err);
	if (rc) {
		take_back(&out->buf, before);
		return keep(out, rc, err);
	}
	out->count++;
	return out->buf.n >= FLUSH_AT || out->terminal ? write_out(out, err) : 0;
}

/* ---- records ---- */

static void open_element(struct gv_out *out)
{
	if (out->format == GV_OUT_JSON)
		gv_buf_adds(&out->buf, out->count ? ",\n" : "[\n");
}

static void close_element(struct gv_out *out)
{
	if (out->format != GV_OUT_JSON)
		gv_buf_addc(&out->buf, '\n');
}

static int put_tree(struct gv_out *out, const struct gv_val *rec, struct gv_err *err)
{
	struct gv_val only;

	if (out->projects) {
		int rc = gv_out_project(&out->scratch, &only, rec, &out->fields, err);

		if (rc)
			return rc;
		rec = &only;
	}
	open_element(out);
	gv_json_line(&out->buf, rec);
	close_element(out);
	return 0;
}

/* The id is behind `before`. */
static int close_id(struct gv_out *out, size_t before, struct gv_err *err)
{
	const char *id = out->buf.p + before;
	size_t n = out->buf.n - before;

	if (out->buf.failed)
		return 0;  /* done() says so */
	if (!n)
		return gv_fail(err, GV_EDATA, "%s", _("a record without an id"));
	if (!out->opts.nul && memchr(id, '\n', n))
		return gv_fail(err, GV_EDATA, "%s", _("an id with a line break in it"));
	gv_buf_addc(&out->buf, out->opts.nul ? '\0' : '\n');
	return 0;
}

static int put_id(struct gv_out *out, const struct gv_val *rec, struct gv_err *err)
{
	size_t before = out->buf.n;

	if (out->opts.full_id)
		out->opts.full_id(rec, &out->buf);
	else
		gv_buf_addstr(&out->buf, gv_val_getstr(rec, "id"));
	return close_id(out, before, err);
}

int gv_out_rec(struct gv_out *out, const struct gv_val *rec, struct gv_err *err)
{
	size_t before = out->buf.n;
	int rc = blocked(out, err);

	if (rc)
		return rc < 0 ? 0 : rc;
	if (gv_out_needs_tree(out))
		gv_doc_reset(&out->scratch);
	if (is_columns(out->format) && !out->rows.begun) {
		rc = gv_out_rows_begin(out, rec, err);
		if (rc)
			return done(out, before, rc, err);
		before = out->buf.n;
	}
	if (is_columns(out->format))
		rc = gv_out_row(out, rec, err);
	else if (out->format == GV_OUT_IDS)
		rc = put_id(out, rec, err);
	else
		rc = put_tree(out, rec, err);
	return done(out, before, rc, err);
}

static int parsed(struct gv_out *out, struct gv_str text, struct gv_err *err)
{
	int rc = gv_json_parse(&out->parsed, text, 0, err);

	return rc ? rc : gv_out_rec(out, &out->parsed.root, err);
}

int gv_out_canon(struct gv_out *out, struct gv_str text, struct gv_str id, struct gv_err *err)
{
	size_t before = out->buf.n;
	int rc = blocked(out, err);

	if (rc)
		return rc < 0 ? 0 : rc;
	if (gv_out_needs_tree(out) || (out->format == GV_OUT_IDS && !id.n))
		return parsed(out, text, err);
	if (out->format == GV_OUT_IDS) {
		gv_buf_addstr(&out->buf, id);
		return done(out, before, close_id(out, before, err), err);
	}
	open_element(out);
	gv_json_canon_to_line(&out->buf, text);
	close_element(out);
	return done(out, before, 0, err);
}

int gv_out_raw_line(struct gv_out *out, struct gv_str line, struct gv_err *err)
{
	size_t before = out->buf.n;
	int rc = blocked(out, err);

	if (rc)
		return rc < 0 ? 0 : rc;
	if (gv_out_needs_tree(out) || out->format == GV_OUT_IDS)
		return parsed(out, line, err);
	open_element(out);
	gv_buf_addstr(&out->buf, line);
	close_element(out);
	return done(out, before, 0, err);
}

/* ---- the end ---- */

int gv_out_flush(struct gv_out *out, struct gv_err *err)
{
	int rc = blocked(out, err);

	if (!rc)
		rc = gv_out_rows_release(out, err);
	if (!rc)
		rc = write_out(out, err);
	return rc < 0 ? 0 : rc;
}

static int finish(struct gv_out *out, struct gv_err *err)
{
	int rc = blocked(out, err);

	if (!rc && is_columns(out->format))
		rc = gv_out_rows_end(out, err);
	if (!rc && out->format == GV_OUT_JSON)
		gv_buf_adds(&out->buf, out->count ? "\n]\n" : "[]\n");
	if (!rc)
		rc = gv_buf_check(&out->buf, err);
	if (!rc)
		rc = write_out(out, err);
	return rc < 0 ? 0 : rc;
}

int gv_out_close(struct gv_out *out, struct gv_err *err)
{
	int rc;

	if (!out)
		return 0;
	rc = finish(out, err);
	free_all(out);
	return rc;
}
