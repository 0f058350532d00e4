/* SPDX-License-Identifier: MIT */
/* cmd_io: what commands read in loops, where bad rows go, and progress. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cmd.h"
#include "i18n.h"
#include "utf8.h"

/* ---- plain text on stdout ---- */

int gv_cmd_flush(struct gv_cmd *c, struct gv_err *err)
{
	int rc = gv_buf_check(&c->text, err);

	if (!rc && !c->closed && c->text.n) {
		rc = gv_write_all(STDOUT_FILENO, c->text.p, c->text.n, "<stdout>", err);
		if (rc && errno == EPIPE) {
			c->closed = true;
			gv_err_clear(err);
			rc = 0;
		}
	}
	gv_buf_reset(&c->text);
	return rc;
}

/* Somebody who types at one terminal waits for the answer there. */
static bool is_full(struct gv_cmd *c)
{
	if (c->terminal == GV_TERMINAL_UNASKED)
		c->terminal = isatty(STDOUT_FILENO) ? GV_TERMINAL_YES : GV_TERMINAL_NO;
	return c->terminal == GV_TERMINAL_YES || c->text.n >= 65536 || c->text.failed;
}

int gv_cmd_put(struct gv_cmd *c, struct gv_str text)
{
	c->text.max = 64 * GV_MIB;
	gv_buf_addstr(&c->text, text);
	return is_full(c) ? gv_cmd_flush(c, &c->err) : 0;
}

int gv_cmd_print(struct gv_cmd *c, const char *fmt, ...)
{
	va_list ap;

	c->text.max = 64 * GV_MIB;
	va_start(ap, fmt);
	gv_buf_addv(&c->text, fmt, ap);
	va_end(ap);
	return is_full(c) ? gv_cmd_flush(c, &c->err) : 0;
}

/* ---- --errors FILE ---- */

struct gv_cmd_errors {
	int fd;
	bool direct;  /* no regular file: written to as it is */
	struct gv_buf path, temporary, rows;
};

static bool is_other_than_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

static int errors_open(struct gv_cmd *c, const char *path, struct gv_err *err)
{
	struct gv_cmd_errors *e = calloc(1, sizeof *e);

	if (!e)
		return gv_fail_nomem(err);
	e->fd = -1;
	gv_buf_init(&e->path, 4096);
	gv_buf_init(&e->temporary, 4096 + 32);
	gv_buf_init(&e->rows, 64 * GV_MIB);
	gv_buf_adds(&e->path, path);
	gv_buf_addf(&e->temporary, "%s.%ld.part", path, (long)getpid());
	c->errors = e;
	if (e->path.failed || e->temporary.failed)
		return gv_fail(err, GV_EUSAGE, _("--errors: the path is too long"));
	e->direct = is_other_than_file(path);
	e->fd = e->direct ? open(path, O_WRONLY | O_CLOEXEC)
	                  : open(e->temporary.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return e->fd < 0 ? gv_fail_sys(err, path, _("cannot create")) : 0;
}

static int errors_flush(struct gv_cmd_errors *e, size_t above, struct gv_err *err)
{
	int rc = gv_buf_check(&e->rows, err);

	if (rc || e->rows.n <= above)
		return rc;
	rc = gv_write_all(e->fd, e->rows.p, e->rows.n, e->path.p, err);
	gv_buf_reset(&e->rows);
	return rc;
}

/* There were no bad rows: those of an earlier run would be taken for this one's. */
static int errors_empty(const char *path, struct gv_err *err)
{
	if (is_other_than_file(path) || truncate(path, 0) == 0 || errno == ENOENT)
		return 0;
	return gv_fail_sys(err, path, _("cannot write"));
}

static int errors_finish(struct gv_cmd_errors *e, bool done, struct gv_err *err)
{
	int rc = errors_flush(e, 0, err);

	if (close(e->fd) && !rc)
		rc = gv_fail_sys(err, e->path.p, _("cannot write"));
	if (e->direct)
		return rc;
	if (!rc && (done || access(e->path.p, F_OK))) {
		if (rename(e->temporary.p, e->path.p) == 0)
			return 0;
		rc = gv_fail_sys(err, e->path.p, _("cannot create"));
	}
	unlink(e->temporary.p);
	return rc;
}

static int errors_close(struct gv_cmd *c, bool done, struct gv_err *err)
{
	struct gv_cmd_errors *e = c->errors;
	const char *path = c->opts ? gv_cmd_opt(c, "errors") : NULL;
	int rc;

	if (!e)
		return path && done ? errors_empty(path, err) : 0;
	rc = e->fd < 0 ? 0 : errors_finish(e, done, err);
	gv_buf_free(&e->path);
	gv_buf_free(&e->temporary);
	gv_buf_free(&e->rows);
	free(e);
	c->errors = NULL;
	return rc;
}

int gv_cmd_bad_row(struct gv_cmd *c, const struct gv_err *bad, struct gv_str input)
{
	const char *path = gv_cmd_opt(c, "errors");
	struct gv_buf reason = GV_BUF_INIT(8192);
	struct gv_err plain = *bad;
	struct gv_buf *rows;
	int rc;

	if (!path) {
		gv_cmd_complain(c, bad);
		return 0;
	}
	if (!c->errors && (rc = errors_open(c, path, &c->err)))
		return rc;
	if (!c->failed++)
		c->first_code = bad->code;
	rows = &c->errors->rows;
	plain.line = 0;
	plain.field[0] = '\0';
	gv_err_text(&plain, &reason);
	gv_buf_adds(rows, "{\"field\":");
	gv_json_quote(rows, gv_str_of(bad->field));
	gv_buf_adds(rows, ",\"input\":");
	gv_json_quote(rows, input);
	gv_buf_addf(rows, ",\"kind\":\"error\",\"line\":%zu,\"reason\":", bad->line);
	gv_json_quote(rows, gv_buf_str(&reason));
	gv_buf_adds(rows, "}\n");
	gv_buf_free(&reason);
	return errors_flush(c->errors, 65536, &c->err);
}

int gv_cmd_row_again(struct gv_cmd *c, struct gv_doc *row, unsigned flags)
{
	struct gv_str input = gv_val_getstr(&row->root, "input");
	struct gv_doc inner = GV_DOC_INIT;
	int rc;

	if (!gv_str_is(gv_val_getstr(&row->root, "kind"), "error") || !input.p)
		return 0;
	rc = gv_json_parse(&inner, input, flags, &c->err);
	if (rc) {
		gv_doc_free(&inner);
		return rc;
	}
	gv_doc_free(row);
	*row = inner;
	return 0;
}

/* ---- arguments or stdin ---- */

static int each_line(struct gv_cmd *c, int (*each)(struct gv_cmd *c, struct gv_str text, size_t line),
                     struct gv_err *err)
{
	struct gv_in *in;
	struct gv_str line;
	size_t number;
	int rc = gv_in_open(&in, NULL, GV_IN_LINES, NULL, err);

	if (rc)
		return rc;
	for (;;) {
		rc = gv_in_line(in, &line, &number, err);
		if (rc == GV_EDATA && !gv_in_broken(in)) {
			gv_cmd_complain(c, err);
			gv_err_clear(err);
			continue;
		}
		if (rc || !line.p)
			break;
		rc = each(c, line, number);
		if (rc)
			break;
	}
	gv_in_close(in);
	return rc;
}

/* Lines were checked by their reader; words of the command line come from anywhere. */
static int one_operand(struct gv_cmd *c, const char *word,
                       int (*each)(struct gv_cmd *c, struct gv_str text, size_t line))
{
	struct gv_str text = gv_str_of(word);
	size_t valid = gv_utf8_valid(text);
	struct gv_err bad;

	if (valid == text.n)
		return each(c, text, 0);
	gv_fail(&bad, GV_EDATA, _("not UTF-8 (byte 0x%02x)"), (unsigned char)text.p[valid]);
	gv_err_thing(&bad, text.p, text.n);
	gv_cmd_complain(c, &bad);
	return 0;
}

int gv_cmd_each_text(struct gv_cmd *c, int (*each)(struct gv_cmd *c, struct gv_str text, size_t line),
                     struct gv_err *err)
{
	if (c->argc == 0) {
		if (isatty(STDIN_FILENO))
			return gv_fail(err, GV_EUSAGE, "%s", _("nothing to do: give arguments, or lines on standard input"));
		return each_line(c, each, err);
	}
	for (int i = 0; i < c->argc; i++) {
		int rc = strcmp(c->argv[i], "-") == 0 ? each_line(c, each, err) : one_operand(c, c->argv[i], each);

		if (rc)
			return rc;
	}
	return 0;
}

/* ---- progress ---- */

struct gv_cmd_meter {
	enum { METER_OFF, METER_TERMINAL, METER_JSON } mode;
	double start, shown;
	uint64_t done, total;
	const char *unit;
};

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void meter_print(const struct gv_cmd_meter *m, double now)
{
	double spent = now - m->start;
	double rate = spent > 0 ? (double)m->done / spent : 0;
	double left = rate > 0 && m->total > m->done ? (double)(m->total - m->done) / rate : 0;

	if (m->mode == METER_JSON)
		fprintf(stderr, "{\"kind\":\"progress\",\"done\":%llu,\"total\":%llu,\"rate\":%.0f,\"left_s\":%.0f}\n",
		        (unsigned long long)m->done, (unsigned long long)m->total, rate, left);
	else {
		fputc('\r', stderr);
		if (m->total)
			fprintf(stderr, _("%llu of %llu %s, %.0f/s, %.0f s left"), (unsigned long long)m->done,
			        (unsigned long long)m->total, m->unit, rate, left);
		else
			fprintf(stderr, _("%llu %s, %.0f/s"), (unsigned long long)m->done, m->unit, rate);
		fputs(" \033[K", stderr); /* what is left of a longer line before */
	}
}

static struct gv_cmd_meter *meter_new(const struct gv_cmd *c)
{
	const char *mode = gv_cmd_opt(c, "progress");
	struct gv_cmd_meter *m = calloc(1, sizeof *m);

	if (!m)
		return NULL;
	if (mode && strcmp(mode, "json") == 0)
		m->mode = METER_JSON;
	else if ((!mode || strcmp(mode, "auto") == 0) && isatty(STDERR_FILENO))
		m->mode = METER_TERMINAL;
	m->start = m->shown = seconds();
	return m;
}

void gv_cmd_progress(struct gv_cmd *c, uint64_t done, uint64_t total, const char *unit)
{
	struct gv_cmd_meter *m = c->meter;
	double now;

	if (!m && !(m = c->meter = meter_new(c)))
		return;
	m->done = done;
	m->total = total;
	m->unit = unit;
	/* Looking at the clock for each of a million records would be the slowest part of some. */
	if (m->mode == METER_OFF || done % 256)
		return;
	now = seconds();
	if (now - m->shown < (m->mode == METER_JSON ? 1.0 : 0.2))
		return;
	m->shown = now;
	meter_print(m, now);
}

static void meter_close(struct gv_cmd *c)
{
	struct gv_cmd_meter *m = c->meter;

	if (!m)
		return;
	if (m->mode == METER_JSON)
		meter_print(m, seconds());
	else if (m->mode == METER_TERMINAL && m->shown > m->start)
		fputs("\r\033[K", stderr);
	free(m);
	c->meter = NULL;
}

int gv_cmd_io_close(struct gv_cmd *c, bool done, struct gv_err *err)
{
	int rc, flushed;

	meter_close(c);
	flushed = gv_cmd_flush(c, err);
	gv_buf_free(&c->text);
	rc = errors_close(c, done && !flushed, flushed ? NULL : err);
	return flushed ? flushed : rc;
}
