/* SPDX-License-Identifier: MIT */
/* filter_unit: what the tests of filters share. */
#ifndef GAVEL_FILTER_UNIT_H
#define GAVEL_FILTER_UNIT_H

#include "filter.h"
#include "unit.h"

/* ---- a transcript of everything that comes back ---- */

struct script {
	struct gv_buf text;
	enum gv_filter_mode mode;
	size_t stop_after;    /* callbacks; 0 = never */
	size_t calls, bytes, selected;
	uint64_t next_tag;
	bool quiet, disorder;
};

static int count_call(struct script *s, uint64_t tag, bool last)
{
	if (tag != s->next_tag)
		s->disorder = true;
	s->next_tag += last;
	s->calls++;
	return s->stop_after && s->calls == s->stop_after ? 77 : 0;
}

static int on_answer(void *ctx, uint64_t tag, size_t index, struct gv_str line, struct gv_err *err)
{
	struct script *s = ctx;

	(void)err;
	s->bytes += line.n;
	s->selected += s->mode == GV_FILTER_SELECT && index;
	if (!s->quiet && s->mode == GV_FILTER_SELECT)
		gv_buf_addf(&s->text, "%s ", index ? "yes" : "no");
	else if (!s->quiet && line.p)
		gv_buf_addf(&s->text, "%.*s ", (int)line.n, line.p);
	else if (!s->quiet)
		gv_buf_addf(&s->text, "/%zu ", index);
	return count_call(s, tag, s->mode == GV_FILTER_SELECT || !line.p);
}

static int on_failed(void *ctx, uint64_t tag, const struct gv_err *why, struct gv_err *err)
{
	struct script *s = ctx;

	(void)err;
	gv_buf_adds(&s->text, "[");
	gv_err_text(why, &s->text);
	gv_buf_adds(&s->text, "] ");
	return count_call(s, tag, true);
}

/* The program over lines a|b|c named r0, r1 ...; the transcript, an error at its end. */
static const char *play(struct script *s, enum gv_filter_mode mode, const char *program, const char *lines,
                        unsigned seconds)
{
	struct gv_filter_opts o = { .mode = mode, .seconds = seconds ? seconds : 60 };
	struct gv_filter_sink sink = { s, on_answer, on_failed };
	struct gv_filter *f = NULL;
	struct gv_err err = { 0 };
	int rc;

	gv_buf_reset(&s->text);
	s->mode = mode;
	s->calls = 0;
	s->next_tag = 0;
	rc = gv_filter_open(&f, program, &o, &err);
	for (uint64_t i = 0; !rc && *lines; i++) {
		size_t n = strcspn(lines, "|");
		char name[32];

		snprintf(name, sizeof name, "r%d", (int)i);
		rc = gv_filter_push(f, (struct gv_str){ lines, n }, name, i, &sink, &err);
		lines += n + (lines[n] == '|');
	}
	if (!rc)
		rc = gv_filter_finish(f, &sink, &err);
	if (rc) {
		gv_buf_addf(&s->text, "%d: ", rc);
		gv_err_text(&err, &s->text);
	}
	gv_filter_close(f);
	CHECK(!s->disorder);
	return s->text.p ? s->text.p : "";
}

#define SCRIPT { .text = GV_BUF_INIT(64 * GV_MIB) }

static void set_up(void)
{
	const char *bin = getenv("BIN");
	char path[4096];

	snprintf(path, sizeof path, "%s/../libexec/gavel", bin && *bin ? bin : "bin");
	setenv("GAVEL_LIBEXEC", path, 0);
	setenv("GAVEL_SHARE", "share", 0);
}

#endif
