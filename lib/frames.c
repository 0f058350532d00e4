/* SPDX-License-Identifier: MIT */
#include "frames.h"

#include <stdlib.h>

#include "i18n.h"

/* ---- writing ---- */

void gv_frame_entry(struct gv_buf *out, const struct gv_frame_entry *e)
{
	gv_buf_adds(out, "E {");
	if (e->bytes >= 0)
		gv_buf_addf(out, "\"bytes\":%lld,", (long long)e->bytes);
	if (e->charset)
		gv_buf_addf(out, "\"charset\":\"%s\",", e->charset);
	gv_buf_adds(out, "\"path\":");
	gv_json_quote(out, e->path);
	gv_buf_addf(out, ",\"type\":\"%s\"}\n", e->type);
}

void gv_frame_data(struct gv_buf *out, struct gv_str data)
{
	while (data.n) {
		size_t n = data.n < GV_FRAME_DATA_MAX ? data.n : GV_FRAME_DATA_MAX;

		gv_buf_addf(out, "D %zu\n", n);
		gv_buf_add(out, data.p, n);
		gv_buf_addc(out, '\n');
		data.p += n;
		data.n -= n;
	}
}

void gv_frame_end(struct gv_buf *out)
{
	gv_buf_adds(out, ".\n");
}

void gv_frame_error(struct gv_buf *out, const char *why, const char *said)
{
	gv_buf_adds(out, "! {\"said\":");
	gv_json_quote(out, gv_str_of(said));
	gv_buf_adds(out, ",\"why\":");
	gv_json_quote(out, gv_str_of(why));
	gv_buf_adds(out, "}\n");
}

/* ---- reading ---- */

struct gv_frames {
	gv_frames_source *source;
	void *ctx;
	struct gv_buf in;
	size_t used;         /* of in, handed out */
	struct gv_doc doc;
};

int gv_frames_open(struct gv_frames **out, gv_frames_source *source, void *ctx, struct gv_err *err)
{
	struct gv_frames *s = calloc(1, sizeof *s);

	*out = s;
	if (!s)
		return gv_fail_nomem(err);
	s->source = source;
	s->ctx = ctx;
	gv_buf_init(&s->in, 2 * (GV_FRAME_DATA_MAX + GV_FRAME_LINE_MAX));
	return 0;
}

void gv_frames_close(struct gv_frames *s)
{
	if (!s)
		return;
	gv_buf_free(&s->in);
	gv_doc_free(&s->doc);
	free(s);
}

static int broken(struct gv_err *err)
{
	return gv_fail(err, GV_EDATA, "%s", _("the stream of files is cut, or is none"));
}

/* More bytes behind those that are there. */
static int fill(struct gv_frames *s, struct gv_err *err)
{
	enum { CHUNK = 256 * 1024 };
	size_t n = 0;
	int rc;

	if (s->used) {
		memmove(s->in.p, s->in.p + s->used, s->in.n - s->used);
		s->in.n -= s->used;
		s->used = 0;
	}
	if (!gv_buf_reserve(&s->in, CHUNK))
		return s->in.nomem ? gv_fail_nomem(err) : broken(err);
	rc = s->source(s->ctx, s->in.p + s->in.n, CHUNK, &n, err);
	s->in.n += n;
	return rc || n ? rc : broken(err);
}

/* Up to the next line end, without it. */
static int take_line(struct gv_frames *s, struct gv_str *line, struct gv_err *err)
{
	size_t looked = 0;

	for (;;) {
		size_t have = s->in.n - s->used;
		const char *from = have ? s->in.p + s->used : NULL;
		const char *end = have > looked ? memchr(from + looked, '\n', have - looked) : NULL;
		int rc;

		if (end) {
			*line = (struct gv_str){ from, (size_t)(end - from) };
			s->used += line->n + 1;
			return 0;
		}
		looked = have;
		if (have > GV_FRAME_LINE_MAX)
			return broken(err);
		rc = fill(s, err);
		if (rc)
			return rc;
	}
}

static int take_data(struct gv_frames *s, struct gv_str length, struct gv_str *data, struct gv_err *err)
{
	int64_t n;

	if (!gv_str_int(length, &n) || n <= 0 || n > (int64_t)GV_FRAME_DATA_MAX)
		return broken(err);
	while (s->in.n - s->used < (size_t)n + 1) {
		int rc = fill(s, err);

		if (rc)
			return rc;
	}
	*data = (struct gv_str){ s->in.p + s->used, (size_t)n };
	s->used += (size_t)n + 1;
	return data->p[n] == '\n' ? 0 : broken(err);
}

/* Words come back as literals: only these are known. */
static const char *word(struct gv_str text)
{
	static const char *const known[] = { "file", "folder", "symlink", "hardlink", "device", "fifo", "GB18030" };

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (gv_str_is(text, known[i]))
			return known[i];
	return "other";
}

static int take_object(struct gv_frames *s, struct gv_str text, struct gv_frame *f, struct gv_err *err)
{
	const struct gv_val *v = &s->doc.root;
	struct gv_str charset;
	int rc = gv_json_parse_scalar(&s->doc, text, 0, err);

	if (rc)
		return rc == GV_EIO ? rc : broken(err);
	f->why = gv_val_getstr(v, "why");
	f->said = gv_val_getstr(v, "said");
	if (f->kind == GV_FRAME_ERROR)
		return f->why.p ? 0 : broken(err);
	f->entry.path = gv_val_getstr(v, "path");
	f->entry.type = word(gv_val_getstr(v, "type"));
	charset = gv_val_getstr(v, "charset");
	f->entry.charset = !charset.p ? NULL : gv_str_is(charset, "?") ? "?" : word(charset);
	if (!gv_val_getint(v, "bytes", &f->entry.bytes))
		f->entry.bytes = -1;
	return f->entry.path.p ? 0 : broken(err);
}

int gv_frames_next(struct gv_frames *s, struct gv_frame *f, struct gv_err *err)
{
	struct gv_str line = { 0 }, rest;
	int rc = take_line(s, &line, err);

	*f = (struct gv_frame){ 0 };
	if (rc)
		return rc;
	f->kind = GV_FRAME_END;
	if (gv_str_is(line, "."))
		return 0;
	if (line.n < 3 || line.p[1] != ' ')
		return broken(err);
	rest = (struct gv_str){ line.p + 2, line.n - 2 };
	switch (line.p[0]) {
	case 'D':
		f->kind = GV_FRAME_DATA;
		return take_data(s, rest, &f->data, err);
	case 'E':
		f->kind = GV_FRAME_ENTRY;
		return take_object(s, rest, f, err);
	case '!':
		f->kind = GV_FRAME_ERROR;
		return take_object(s, rest, f, err);
	default:
		return broken(err);
	}
}
