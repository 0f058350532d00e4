/* SPDX-License-Identifier: MIT */
/*
 * gavel-archive: the child that holds libarchive (lib/archiver.h).
 *
 *   gavel-archive read SECONDS MIB    an archive file on descriptor 0 -> frames (lib/frames.h) on 1
 *   gavel-archive write TIME          frames on 0 -> tar.zst on 1
 *
 * What is read may have been made to break its reader: the file is mapped, then everything is given
 * up that harm could be done with, and only then libarchive sees the first byte.  It has no
 * language: the parent translates what is marked N_.
 */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <iconv.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "frames.h"
#include "i18n.h"
#include "json.h"
#include "sandbox.h"
#include "utf8.h"

enum { CHUNK = 128 * 1024, STACK_BYTES = 8 << 20, NAME_MAX_BYTES = 1 << 16 };

static _Noreturn void die(const char *why)
{
	fprintf(stderr, "%s\n", why);
	_exit(GV_EDATA);
}

/* ---- reading: the archive in memory ---- */

struct source {
	const char *p;
	size_t n, at;
};

static la_ssize_t source_read(struct archive *a, void *ctx, const void **p)
{
	struct source *s = ctx;
	size_t n = s->n - s->at < CHUNK ? s->n - s->at : CHUNK;

	(void)a;
	*p = s->p + s->at;
	s->at += n;
	return (la_ssize_t)n;
}

static la_int64_t source_skip(struct archive *a, void *ctx, la_int64_t n)
{
	struct source *s = ctx;
	size_t left = s->n - s->at;

	(void)a;
	if (n < 0)
		return 0;
	if ((uint64_t)n < left)
		left = (size_t)n;
	s->at += left;
	return (la_int64_t)left;
}

static la_int64_t source_seek(struct archive *a, void *ctx, la_int64_t offset, int whence)
{
	struct source *s = ctx;
	int64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (int64_t)s->at : (int64_t)s->n, to;

	(void)a;
	if (__builtin_add_overflow(from, offset, &to) || to < 0 || (uint64_t)to > s->n)
		return ARCHIVE_FATAL;
	s->at = (size_t)to;
	return to;
}

/* One layer of packing at most, so that layers cannot be piled up. */
static int filter_of(const struct source *s)
{
	static const struct { const char *magic; size_t n; int filter; } known[] = {
		{ "\x1f\x8b", 2, ARCHIVE_FILTER_GZIP }, { "BZh", 3, ARCHIVE_FILTER_BZIP2 },
		{ "\xfd" "7zXZ\0", 6, ARCHIVE_FILTER_XZ }, { "\x28\xb5\x2f\xfd", 4, ARCHIVE_FILTER_ZSTD },
	};

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (s->n >= known[i].n && memcmp(s->p, known[i].magic, known[i].n) == 0)
			return known[i].filter;
	return ARCHIVE_FILTER_NONE;
}

struct reader {
	struct source source;
	struct archive *a;
	iconv_t gb18030;       /* names in archives that Windows made */
	struct gv_buf out, name;
	struct gv_buf cut;     /* of a zip: where headers end whose name holds a NUL, uint64_t each */
	bool looked;           /* for these */
};

static void flush(struct reader *r)
{
	if (r->out.failed || gv_write_all(STDOUT_FILENO, r->out.p, r->out.n, "stdout", NULL))
		_exit(GV_EIO); /* nobody listens any more, or memory is short */
	gv_buf_reset(&r->out);
}

static _Noreturn void refuse(struct reader *r, const char *why, const char *said)
{
	struct gv_buf safe = GV_BUF_INIT(1024);

	gv_utf8_safe(gv_str_of(said ? said : ""), &safe);
	gv_frame_error(&r->out, why, safe.failed ? "" : gv_buf_str(&safe).p);
	flush(r);
	_exit(0);
}

/* ---- names ---- */

/* GB18030 -> UTF-8 into r->name; false if it is none. */
static bool decode(struct reader *r, struct gv_str raw)
{
	char *in = (char *)(uintptr_t)raw.p, *out;
	size_t left = raw.n, room = 4 * raw.n + 16;

	gv_buf_reset(&r->name);
	if (!gv_buf_reserve(&r->name, room))
		return false;
	out = r->name.p;
	iconv(r->gb18030, NULL, NULL, NULL, NULL);
	if (iconv(r->gb18030, &in, &left, &out, &room) == (size_t)-1 || left)
		return false;
	r->name.n = (size_t)(out - r->name.p);
	return gv_utf8_valid(gv_buf_str(&r->name)) == r->name.n;
}

static size_t le16(const char *p)
{
	return (size_t)(unsigned char)p[0] | (size_t)(unsigned char)p[1] << 8;
}

/* In the name itself, or in the one in UTF-8 that may lie behind it (field 0x7075) and is taken instead. */
static bool has_nul(struct gv_str name, struct gv_str extra)
{
	enum { UTF8_NAME = 0x7075, CHECKSUM = 5 };

	if (memchr(name.p, '\0', name.n))
		return true;
	while (extra.n >= 4) {
		size_t n = le16(extra.p + 2), rest = extra.n - 4;

		n = n < rest ? n : rest;
		if (le16(extra.p) == UTF8_NAME && n > CHECKSUM && memchr(extra.p + 4 + CHECKSUM, '\0', n - CHECKSUM))
			return true;
		extra = (struct gv_str){ extra.p + 4 + n, rest - n };
	}
	return false;
}

/*
 * libarchive ends a name at its first NUL without a word, and other programs go on behind it.  It stands
 * where a header ends when it has read it; so whatever could be one is noted here, and what is none does no harm.
 */
static void find_cut(struct reader *r)
{
	enum { HEAD = 30, AT_NAME = 26, AT_EXTRA = 28 };
	const char *p = r->source.p, *end = p + r->source.n;

	for (; (p = memmem(p, (size_t)(end - p), "PK\3\4", 4)); p += 4) {
		size_t left = (size_t)(end - p), name = left > HEAD ? le16(p + AT_NAME) : 0;
		size_t extra = left > HEAD ? le16(p + AT_EXTRA) : 0;
		uint64_t stop = (uint64_t)(p - r->source.p) + HEAD + name + extra;

		if (HEAD + name + extra <= left && has_nul((struct gv_str){ p + HEAD, name }, (struct gv_str){ p + HEAD + name, extra }))
			gv_buf_add(&r->cut, &stop, sizeof stop);
	}
	if (r->cut.failed)
		refuse(r, N_("the archive is damaged"), "NUL");
	r->looked = true;
}

static bool is_cut(struct reader *r)
{
	uint64_t here = (uint64_t)archive_filter_bytes(r->a, 0), stop;

	if (!r->looked)
		find_cut(r);
	for (size_t i = 0; i < r->cut.n; i += sizeof stop) {
		memcpy(&stop, r->cut.p + i, sizeof stop);
		if (stop == here)
			return true;
	}
	return false;
}

static const char *type_of(struct archive_entry *e)
{
	if (archive_entry_hardlink(e))
		return "hardlink";
	switch (archive_entry_filetype(e)) {
	case AE_IFREG:
		return "file";
	case AE_IFDIR:
		return "folder";
	case AE_IFLNK:
		return "symlink";
	case AE_IFCHR:
	case AE_IFBLK:
		return "device";
	case AE_IFIFO:
		return "fifo";
	case 0: /* zips made without modes */
		return "file";
	default:
		return "other";
	}
}

static void send_entry(struct reader *r, struct archive_entry *e)
{
	const char *path = archive_entry_pathname(e);
	struct gv_frame_entry head = { .type = type_of(e), .bytes = -1, .path = gv_str_of(path ? path : "") };
	bool zip = (archive_format(r->a) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
	struct gv_buf safe = GV_BUF_INIT(4 * NAME_MAX_BYTES + 16);

	if (head.path.n > NAME_MAX_BYTES)
		refuse(r, N_("an entry's name is longer than 65536 bytes"), NULL);
	if (zip && is_cut(r)) { /* readable, and refused */
		gv_utf8_safe(head.path, &safe);
		gv_buf_adds(&safe, "\\x00...");
		head.path = gv_buf_str(&safe);
		head.charset = "?";
	} else if (gv_utf8_valid(head.path) != head.path.n) {
		if (zip && decode(r, head.path)) {
			head.path = gv_buf_str(&r->name);
			head.charset = "GB18030";
		} else {
			gv_utf8_safe(head.path, &safe);
			head.path = gv_buf_str(&safe);
			head.charset = "?";
		}
	}
	if (archive_entry_size_is_set(e))
		head.bytes = archive_entry_size(e);
	gv_frame_entry(&r->out, &head);
	gv_buf_free(&safe);
	if (r->out.n > CHUNK)
		flush(r);
}

static void send_data(struct reader *r)
{
	static char chunk[CHUNK];
	la_ssize_t n;

	while ((n = archive_read_data(r->a, chunk, sizeof chunk)) > 0) {
		gv_frame_data(&r->out, (struct gv_str){ chunk, (size_t)n });
		if (r->out.n > CHUNK)
			flush(r);
	}
	/* A wrong checksum is a warning to libarchive. */
	if (n < 0)
		refuse(r, N_("the archive is damaged"), archive_error_string(r->a));
}

static void open_archive(struct reader *r)
{
	int filter = filter_of(&r->source);
	int rc;

	r->a = archive_read_new();
	if (!r->a)
		_exit(GV_EIO);
	rc = archive_read_append_filter(r->a, filter);
	if (rc == ARCHIVE_OK)
		rc = archive_read_support_format_tar(r->a);
	if (rc == ARCHIVE_OK && filter == ARCHIVE_FILTER_NONE) /* it packs by itself, and is_cut() looks into the file */
		rc = archive_read_support_format_zip(r->a);
	if (rc == ARCHIVE_OK)
		rc = archive_read_support_format_cpio(r->a);
	if (rc == ARCHIVE_OK)
		rc = archive_read_set_seek_callback(r->a, source_seek);
	if (rc == ARCHIVE_OK)
		rc = archive_read_open2(r->a, &r->source, NULL, source_read, source_skip, NULL);
	if (rc != ARCHIVE_OK)
		refuse(r, N_("is no archive that is read here (tar, also zst, gz, xz, bz2; zip; cpio)"),
		       archive_error_string(r->a));
}

static void read_all(struct reader *r)
{
	struct archive_entry *e;
	int rc;

	open_archive(r);
	while ((rc = archive_read_next_header(r->a, &e)) == ARCHIVE_OK) {
		send_entry(r, e);
		if (strcmp(type_of(e), "file") == 0)
			send_data(r);
	}
	/* With a warning a name or a length may have been lost. */
	if (rc != ARCHIVE_EOF)
		refuse(r, N_("is no archive, or a damaged one"), archive_error_string(r->a));
	gv_frame_end(&r->out);
	flush(r);
}

/* The converter loads modules, which must be done while files can be opened. */
static iconv_t open_gb18030(void)
{
	char in[] = "\xd6\xd0", out[8], *p = in, *q = out;
	size_t left = 2, room = sizeof out;
	iconv_t cd = iconv_open("UTF-8", "GB18030");

	if (cd == (iconv_t)-1 || iconv(cd, &p, &left, &q, &room) == (size_t)-1)
		die("no converter for GB18030");
	return cd;
}

static int run_read(rlim_t seconds, size_t mib)
{
	struct rlimit cpu = { seconds, seconds + 1 };
	struct reader r = { .out = GV_BUF_INIT(8 * GV_MIB), .name = GV_BUF_INIT(8 * NAME_MAX_BYTES),
		.cut = GV_BUF_INIT(GV_MIB) };
	struct stat st;

	if (fstat(STDIN_FILENO, &st) != 0 || !S_ISREG(st.st_mode))
		die("descriptor 0 is no file");
	r.source.n = (size_t)st.st_size;
	r.source.p = "";
	if (r.source.n)
		r.source.p = mmap(NULL, r.source.n, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
	if (r.source.p == MAP_FAILED)
		die("cannot map the file");
	r.gb18030 = open_gb18030();
	setrlimit(RLIMIT_CPU, &cpu);
	gv_sandbox_enter(r.source.n + mib * GV_MIB, STACK_BYTES);
	read_all(&r);
	archive_read_free(r.a);
	iconv_close(r.gb18030);
	gv_buf_free(&r.out);
	gv_buf_free(&r.name);
	gv_buf_free(&r.cut);
	return 0;
}

/* ---- writing ---- */

struct writer {
	struct archive *a;
	struct archive_entry *entry;
	time_t time;           /* of every entry */
};

static int source_fd(void *ctx, char *p, size_t room, size_t *n, struct gv_err *err)
{
	ssize_t got;

	(void)ctx;
	do
		got = read(STDIN_FILENO, p, room);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return gv_fail_sys(err, "stdin", "%s", "cannot read");
	*n = (size_t)got;
	return 0;
}

static void check(struct writer *w, int rc)
{
	if (rc != ARCHIVE_OK)
		die(w->a && archive_error_string(w->a) ? archive_error_string(w->a) : "cannot write the archive");
}

/*
 * The same bytes from the same input: one thread, no time but the given one, nobody's names.  GNU
 * tar and not pax: names are UTF-8 in both, but pax needs two more blocks for each that is not
 * ASCII (measured: 100k records in 0.32 s against 0.75 s).
 */
static void begin_write(struct writer *w)
{
	w->a = archive_write_new();
	w->entry = archive_entry_new();
	if (!w->a || !w->entry)
		_exit(GV_EIO);
	check(w, archive_write_set_format_gnutar(w->a));
	check(w, archive_write_add_filter_zstd(w->a));
	check(w, archive_write_set_filter_option(w->a, "zstd", "compression-level", "3"));
	check(w, archive_write_set_bytes_per_block(w->a, CHUNK));
	check(w, archive_write_set_bytes_in_last_block(w->a, 1));
	check(w, archive_write_open_fd(w->a, STDOUT_FILENO));
}

static void put_header(struct writer *w, const struct gv_frame *f)
{
	struct archive_entry *e = archive_entry_clear(w->entry);

	if (f->entry.bytes < 0)
		die("an entry without a size");
	archive_entry_set_pathname(e, f->entry.path.p); /* JSON's strings have a NUL behind them, and none inside */
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0640);
	archive_entry_set_size(e, f->entry.bytes);
	archive_entry_set_mtime(e, w->time, 0);
	check(w, archive_write_header(w->a, e));
}

static int run_write(time_t when)
{
	struct writer w = { .time = when };
	struct gv_frames *in;
	struct gv_frame f;
	struct gv_err err;

	if (gv_frames_open(&in, source_fd, NULL, &err))
		die(err.msg);
	begin_write(&w);
	do {
		if (gv_frames_next(in, &f, &err))
			die(err.msg);
		if (f.kind == GV_FRAME_ENTRY)
			put_header(&w, &f);
		else if (f.kind == GV_FRAME_DATA &&
		         archive_write_data(w.a, f.data.p, f.data.n) != (la_ssize_t)f.data.n)
			check(&w, ARCHIVE_FATAL);
		else if (f.kind == GV_FRAME_ERROR)
			die("the sender gave up");
	} while (f.kind != GV_FRAME_END);
	check(&w, archive_write_close(w.a));
	archive_entry_free(w.entry);
	archive_write_free(w.a);
	gv_frames_close(in);
	return 0;
}

static bool number(const char *text, int64_t *out)
{
	return gv_str_int(gv_str_of(text), out) && *out >= 0 && *out < INT64_C(1) << 40;
}

int main(int argc, char **argv)
{
	int64_t one, two;

	/* In locale C libarchive loses names that are not ASCII, or crashes. */
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		die("no locale C.UTF-8");
	if (argc == 4 && strcmp(argv[1], "read") == 0 && number(argv[2], &one) && number(argv[3], &two))
		return run_read((rlim_t)one, (size_t)two);
	if (argc == 3 && strcmp(argv[1], "write") == 0 && number(argv[2], &one))
		return run_write((time_t)one);
	fputs("gavel-archive: a helper of the gavel commands, not for the hand\n", stderr);
	return GV_EUSAGE;
}
