/* SPDX-License-Identifier: MIT */
/* chart_run: finding and running gnuplot. */
#include "chart_impl.h"
#include "i18n.h"
#include "run.h"

enum { SAID_MAX = 4096 };

int gv_chart_find(struct gv_buf *path, struct gv_err *err)
{
	int rc = gv_run_find("gnuplot", path, err);

	return rc != GV_ENOTFOUND ? rc :
	       gv_fail(err, GV_ENOTFOUND, "%s",
	               _("--svg needs gnuplot, which is not installed (Debian: gnuplot-nox)"));
}

int gv_chart_possible(struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	int rc = gv_chart_find(&path, err);

	gv_buf_free(&path);
	return rc;
}

/* Its first line that says something: gnuplot repeats a bad command with a caret below. */
static struct gv_str first_words(const struct gv_buf *said)
{
	struct gv_str text = gv_str_trim(gv_buf_str(said));
	const char *end = text.n ? memchr(text.p, '\n', text.n) : NULL;

	if (end)
		text.n = (size_t)(end - text.p);
	return text.n > 300 ? (struct gv_str){ text.p, 300 } : gv_str_trim(text);
}

static int verdict(int code, const struct gv_buf *out, const struct gv_buf *said, struct gv_err *err)
{
	struct gv_str words = first_words(said);

	if (code > 128)
		return gv_fail(err, GV_EIO, _("gnuplot was killed by signal %d"), code - 128);
	if (code == 0 && out->failed && !out->nomem)
		return gv_fail(err, GV_EIO, _("gnuplot printed more than %zu bytes"), out->max);
	if (code == 0)
		return gv_buf_check(out, err);
	if (!words.n)
		return gv_fail(err, GV_EIO, _("gnuplot failed with exit code %d"), code);
	return gv_fail(err, GV_EIO, _("gnuplot failed: %.*s"), (int)words.n, words.p);
}

int gv_chart_run(const char *gnuplot, struct gv_str script, unsigned seconds, struct gv_buf *out,
                 struct gv_err *err)
{
	/* -d and no HOME: a user's own settings are for his own pictures. */
	static const char *const args[] = { "-d", NULL };
	static const char *const env[] = { "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=/nonexistent",
		                           NULL };
	struct gv_buf said = GV_BUF_INIT(SAID_MAX);
	int code = 0;
	int rc = gv_run(&(struct gv_run){ .program = gnuplot, .args = args, .env = env, .input = script,
	                                  .seconds = seconds, .own_group = true },
	                out, &said, &code, err);

	if (!rc)
		rc = verdict(code, out, &said, err);
	gv_buf_free(&said);
	return rc;
}
