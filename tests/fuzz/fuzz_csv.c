/* SPDX-License-Identifier: MIT */
/*
 * fuzz_csv: any bytes as a stream (the first byte chooses format and encoding).  Reading ends, line
 * numbers never go back, what comes out is UTF-8, and rows of CSV that are written
 * again are read back the same.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "in.h"
#include "out.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
	if (!ok)
		abort();
}

static int memory_file(const void *p, size_t n, char path[64])
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	must(fd >= 0 && gv_write_all(fd, p, n, "fuzz", NULL) == 0);
	must(snprintf(path, 64, "/proc/self/fd/%d", fd) < 64);
	return fd;
}

static void read_lines(const char *path, const char *encoding)
{
	struct gv_in *in;
	struct gv_str line;
	size_t number, last = 0;
	struct gv_err err;
	int rc;

	must(gv_in_open(&in, path, GV_IN_LINES, encoding, &err) == 0);
	do {
		rc = gv_in_line(in, &line, &number, &err);
		must(rc == 0 || (rc == GV_EDATA && err.msg[0]));
		must(number > last || !line.p);
		last = number;
		must(gv_utf8_valid(line) == line.n && !(line.n && memchr(line.p, '\0', line.n)));
	} while (rc || line.p);
	gv_in_close(in);
}

/* What the columns of the first row leave of this one. */
static void expect(struct gv_doc *d, const struct gv_val *first, const struct gv_val *row, struct gv_buf *want)
{
	struct gv_val kept = gv_mkobj();

	for (uint32_t i = 0; i < first->n; i++) {
		const struct gv_val *v = gv_val_getn(row, first->members[i].name);

		if (v)
			must(gv_obj_set(d, &kept, first->members[i].name, *v, NULL) == 0);
	}
	if (kept.n) {
		gv_json_line(want, &kept);
		gv_buf_addc(want, '\n');
	}
}

/* True if it was refused as a whole for not being text. */
static bool read_rows(const char *path, enum gv_in_format format, const char *encoding,
                      struct gv_out *out, struct gv_buf *text)
{
	struct gv_doc doc = GV_DOC_INIT, first = GV_DOC_INIT;
	size_t number, last = 0;
	bool refused = false;
	struct gv_str raw;
	struct gv_in *in;
	struct gv_err err;
	bool end;
	int rc;

	must(gv_in_open(&in, path, format, encoding, &err) == 0);
	do {
		rc = gv_in_row(in, &doc, GV_JSON_FOREIGN, &raw, &number, &end, &err);
		must(rc == 0 || (rc == GV_EDATA && err.msg[0] && !end));
		must(number >= last || gv_in_broken(in));  /* an array is never closed where it begins */
		last = number;
		refused = refused || (rc && strncmp(err.msg, "binary data", 11) == 0);
		if (rc || end)
			continue;
		must(raw.p && doc.root.type == GV_OBJECT);
		if (out) {
			if (first.root.type == GV_NULL)
				must(gv_val_copy(&first, &first.root, &doc.root, &err) == 0);
			must(gv_out_rec(out, &doc.root, &err) == 0);
			expect(&doc, &first.root, &doc.root, text);
		} else if (text) {
			gv_json_line(text, &doc.root);
			gv_buf_addc(text, '\n');
		}
	} while (!end);
	gv_in_close(in);
	gv_doc_free(&doc);
	gv_doc_free(&first);
	return refused;
}

static void round_trip(const char *path, const char *encoding)
{
	struct gv_buf want = GV_BUF_INIT(64 * GV_MIB), got = GV_BUF_INIT(64 * GV_MIB);
	char written[64];
	int fd = memory_file("", 0, written);
	struct gv_out *out;

	must(gv_out_open(&out, fd, &(struct gv_out_opts){ .format = GV_OUT_CSV, .header = true }, NULL) == 0);
	read_rows(path, GV_IN_CSV, encoding, out, &want);
	must(gv_out_close(out, NULL) == 0);
	/* A header that happens to look like another file type is refused, and may be. */
	if (!read_rows(written, GV_IN_CSV, NULL, NULL, &got))
		must(gv_str_eq(gv_buf_str(&got), gv_buf_str(&want)));
	close(fd);
	gv_buf_free(&want);
	gv_buf_free(&got);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const encodings[] = { NULL, "GB18030", "UTF-16LE", "UTF-8" };
	enum gv_in_format format;
	const char *encoding;
	char path[64];
	int fd;

	if (!size)
		return 0;
	format = (enum gv_in_format)(data[0] % (GV_IN_TSV + 1));
	encoding = encodings[data[0] / 8 % 4];
	fd = memory_file(data + 1, size - 1, path);
	if (format == GV_IN_LINES)
		read_lines(path, encoding);
	else if (format == GV_IN_CSV)
		round_trip(path, encoding);
	else
		read_rows(path, format, encoding, NULL, NULL);
	close(fd);
	return 0;
}
