/* SPDX-License-Identifier: MIT */
/* in_say: what a stream says, as text; for the tests of in.h. */
#ifndef IN_SAY_H
#define IN_SAY_H

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "in.h"
#include "unit.h"

#define BOM "\xEF\xBB\xBF"

/* ---- what a stream says, as text ---- */

enum { LINES = 1000 };  /* as a format: read with gv_in_line() */

static void say_error(struct gv_in *in, size_t number, int rc, struct gv_err *err,
                      struct gv_buf *out)
{
	if (rc == GV_EDATA) {
		gv_buf_addf(out, "%zu! ", number);
		gv_err_text(err, out);
		gv_buf_adds(out, gv_in_broken(in) ? " (broken)\n" : "\n");
	} else {
		gv_buf_addf(out, "code %d: ", rc);
		gv_err_text(err, out);
		gv_buf_addc(out, '\n');
	}
	gv_err_clear(err);
}

static int say_line(struct gv_in *in, struct gv_buf *out, bool *end)
{
	struct gv_err err = { 0 };
	struct gv_str line;
	size_t number;
	int rc = gv_in_line(in, &line, &number, &err);

	*end = !rc && !line.p;
	if (rc)
		say_error(in, number, rc, &err, out);
	else if (line.p)
		gv_buf_addf(out, "%zu %.*s\n", number, (int)line.n, line.p);
	return rc;
}

static int say_row(struct gv_in *in, struct gv_doc *doc, struct gv_buf *out, bool *end)
{
	struct gv_err err = { 0 };
	struct gv_str raw;
	size_t number;
	int rc = gv_in_row(in, doc, 0, &raw, &number, end, &err);

	if (rc) {
		say_error(in, number, rc, &err, out);
	} else if (!*end) {
		gv_buf_addf(out, "%zu ", number);
		gv_json_line(out, &doc->root);
		gv_buf_addc(out, '\n');
	}
	return rc;
}

/* Everything in `path`, one line for each row and each error. */
static void say_all(const char *path, int format, const char *encoding, struct gv_buf *out)
{
	struct gv_err err = { 0 };
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_in *in;
	bool end = false;
	int rc = gv_in_open(&in, path, format == LINES ? GV_IN_LINES : (enum gv_in_format)format,
	                    encoding, &err);

	if (rc) {
		gv_buf_addf(out, "open %d: ", rc);
		gv_err_text(&err, out);
		gv_buf_addc(out, '\n');
		return;
	}
	while (!end) {
		rc = format == LINES ? say_line(in, out, &end) : say_row(in, &doc, out, &end);
		if (rc && rc != GV_EDATA)
			break;
	}
	gv_in_close(in);
	gv_doc_free(&doc);
}

/* The path of a file without a name that holds `text`. */
static int memory_file(struct gv_str text, char path[64])
{
	int fd = memfd_create("input", MFD_CLOEXEC);

	if (fd < 0 || gv_write_all(fd, text.p, text.n, "input", NULL)) {
		UNIT_FAIL("cannot make a file in memory");
		exit(2);
	}
	snprintf(path, 64, "/proc/self/fd/%d", fd);
	return fd;
}

/* A pipe that a child fills `piece` bytes at a time. */
static int slow_pipe(struct gv_str text, size_t piece, char path[64], pid_t *child)
{
	int ends[2];

	if (pipe(ends))
		exit(2);
	*child = fork();
	if (*child == 0) {
		close(ends[0]);
		for (size_t i = 0; i < text.n; i += piece)
			if (write(ends[1], text.p + i, text.n - i < piece ? text.n - i : piece) < 0)
				break;
		_exit(0);
	}
	close(ends[1]);
	snprintf(path, 64, "/proc/self/fd/%d", ends[0]);
	return ends[0];
}

/* Names of descriptors differ from run to run. */
static void hide_path(struct gv_buf *b, const char *path)
{
	char *p;

	while (b->p && (p = strstr(b->p, path))) {
		size_t n = strlen(path);

		memmove(p + 1, p + n, strlen(p + n) + 1);
		*p = '@';
		b->n -= n - 1;
	}
}

static void stream(struct gv_str text, int format, const char *encoding, size_t piece,
                   struct gv_buf *out)
{
	char path[64];
	pid_t child = 0;
	int fd = piece ? slow_pipe(text, piece, path, &child) : memory_file(text, path);

	say_all(path, format, encoding, out);
	hide_path(out, path);
	close(fd);
	if (child)
		waitpid(child, NULL, 0);
}

struct row {
	const char *name;
	int format;
	const char *encoding;
	struct gv_str input;
	const char *want;
};

#define IN(lit) { (lit), sizeof(lit) - 1 }

/* Each row as a file, and byte by byte through a pipe. */
static void check_rows(const struct row *rows, size_t n)
{
	static const size_t pieces[] = { 0, 1, 7 };

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < sizeof pieces / sizeof pieces[0]; k++) {
			struct gv_buf got = GV_BUF_INIT(GV_MIB);

			stream(rows[i].input, rows[i].format, rows[i].encoding, pieces[k], &got);
			unit_checks++;
			if (strcmp(got.p ? got.p : "", rows[i].want) != 0)
				UNIT_FAIL("%s (pieces of %zu):\n#   got  [%s]\n#   want [%s]", rows[i].name,
				          pieces[k], got.p ? got.p : "", rows[i].want);
			gv_buf_free(&got);
		}
	}
}
#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof(rows)[0])

#endif
