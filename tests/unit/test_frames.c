/* SPDX-License-Identifier: MIT */
#include "frames.h"
#include "oom.h"

struct bytes {
	struct gv_str left;
	size_t step;   /* at most so many at once */
};

static int give(void *ctx, char *p, size_t room, size_t *n, struct gv_err *err)
{
	struct bytes *b = ctx;

	(void)err;
	*n = b->left.n < b->step ? b->left.n : b->step;
	if (*n > room)
		*n = room;
	memcpy(p, b->left.p, *n);
	b->left.p += *n;
	b->left.n -= *n;
	return 0;
}

/* What a stream says, in short; then its end or error. */
static void tell(struct gv_str text, size_t step, struct gv_buf *out)
{
	struct bytes b = { text, step };
	struct gv_err err = { 0 };
	struct gv_frames *s;
	struct gv_frame f;
	int rc = gv_frames_open(&s, give, &b, &err);

	gv_buf_reset(out);
	while (!rc) {
		rc = gv_frames_next(s, &f, &err);
		if (rc)
			break;
		if (f.kind == GV_FRAME_ENTRY)
			gv_buf_addf(out, "[%.*s %s %s %lld]", (int)f.entry.path.n, f.entry.path.p, f.entry.type,
			            f.entry.charset ? f.entry.charset : "-", (long long)f.entry.bytes);
		else if (f.kind == GV_FRAME_DATA)
			gv_buf_addf(out, "(%.*s)", (int)f.data.n, f.data.p);
		else if (f.kind == GV_FRAME_ERROR)
			gv_buf_addf(out, "!%.*s:%.*s", (int)f.why.n, f.why.p, (int)f.said.n, f.said.p);
		if (f.kind == GV_FRAME_END || f.kind == GV_FRAME_ERROR)
			break;
	}
	gv_buf_adds(out, rc == GV_EDATA ? "cut" : rc ? "?" : "");
	gv_buf_adds(out, "");
	gv_frames_close(s);
}

static void there_and_back(void)
{
	struct gv_buf text = GV_BUF_INIT(4 * GV_FRAME_DATA_MAX), out = GV_BUF_INIT(8 * GV_FRAME_DATA_MAX);
	char *large = malloc(GV_FRAME_DATA_MAX + 5);

	gv_frame_entry(&text, &(struct gv_frame_entry){ .path = GV_STR("证据/\"a\".txt"), .type = "file", .bytes = 5 });
	gv_frame_data(&text, GV_STR("he\nlo"));
	gv_frame_data(&text, GV_STR(""));
	gv_frame_entry(&text, &(struct gv_frame_entry){ .path = GV_STR("b"), .type = "symlink", .charset = "GB18030", .bytes = -1 });
	gv_frame_end(&text);
	for (size_t step = 1; step < 40; step++) {
		tell(gv_buf_str(&text), step, &out);
		CHECK_STR(out.p, "[证据/\"a\".txt file - 5](he\nlo)[b symlink GB18030 -1]");
	}
	gv_buf_reset(&text);
	memset(large, 'x', GV_FRAME_DATA_MAX + 5);
	gv_frame_data(&text, (struct gv_str){ large, GV_FRAME_DATA_MAX + 5 });
	gv_frame_error(&text, "why", "sa\"id\n");
	tell(gv_buf_str(&text), 100000, &out);
	CHECK_INT(out.n, GV_FRAME_DATA_MAX + 5 + 4 + strlen("!why:sa\"id\n"));
	CHECK(!text.failed && !out.failed);
	free(large);
	gv_buf_free(&text);
	gv_buf_free(&out);
}

static void hostile(void)
{
	static const char *const rows[] = {
		"", "\n", "x", "x\n", "E\n", "E \n", "E {}\n", "E []\n", "E {\"path\":1}\n", "E {\"path\":\"a\"\n", "D\n", "D \n", "D 0\n\n",
		"D -1\n", "D 5\nhell", "D 5\nhello", "D 5\nhellox", "D 9999999999999999999\n", "D 1048577\n", "D 5x\nhello\n",
		"! {}\n", "! x\n", "..\n", ". \n", "E {\"path\":\"\xff\"}\n", "e {\"path\":\"a\"}\n", "D 1\r\nx\n",
	};
	struct gv_buf out = GV_BUF_INIT(4096), text = GV_BUF_INIT(4 * GV_FRAME_LINE_MAX);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		tell(gv_str_of(rows[i]), 7, &out);
		CHECK_ROW(strcmp(out.p, "cut") == 0, rows[i]);
	}
	/* Words that are not known mean nothing. */
	tell(GV_STR("E {\"path\":\"a\",\"type\":\"%n%n\",\"charset\":\"x\",\"bytes\":-7}\n.\n"), 100, &out);
	CHECK_STR(out.p, "[a other other -7]");
	/* A line without an end. */
	while (text.n < 3 * GV_FRAME_LINE_MAX)
		gv_buf_adds(&text, "E E E E E E E E E E E E E E E E E E E E E E E E E E E E E E E E ");
	tell(gv_buf_str(&text), 1 << 20, &out);
	CHECK_STR(out.p, "cut");
	gv_buf_free(&out);
	gv_buf_free(&text);
}

static int read_some(struct gv_err *err)
{
	struct bytes b = { GV_STR("E {\"path\":\"a\",\"type\":\"file\"}\nD 2\nab\n.\n"), 5 };
	struct gv_frames *s;
	struct gv_frame f = { 0 };
	int rc = gv_frames_open(&s, give, &b, err);

	while (!rc && f.kind != GV_FRAME_END)
		rc = gv_frames_next(s, &f, err);
	gv_frames_close(s);
	return rc;
}

static void memory(void)
{
	OOM_NEEDED();
	CHECK(oom_run(read_some) > 2);
	CHECK_INT(oom_leaks, 0);
}

UNIT_MAIN("frames", { "there and back, however the bytes come", there_and_back }, { "hostile streams", hostile }, { "memory", memory })
