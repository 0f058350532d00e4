/* SPDX-License-Identifier: MIT */
/*
 * chart_unit: what the tests of chart share: a folder of their own for pictures and false gnuplots, between
 * begin() and end(), and drawing.
 */
#ifndef GAVEL_CHART_UNIT_H
#define GAVEL_CHART_UNIT_H

#include <sys/stat.h>
#include <unistd.h>

#include "chart.h"
#include "unit.h"

static struct gv_err err;
static char folder[64];
static const char *usual_path;

/* ---- a folder of our own, for pictures and gnuplots ---- */

static inline const char *in_folder(const char *name)
{
	static char path[8][256];
	static int n;
	char *p = path[n++ % 8];

	snprintf(p, 256, "%s/%s", folder, name);
	return p;
}

static inline void begin(void)
{
	static char keep[4096];

	if (!usual_path) {
		snprintf(keep, sizeof keep, "%s", getenv("PATH") ? getenv("PATH") : "/usr/bin:/bin");
		usual_path = keep;
	}
	setenv("PATH", usual_path, 1);
	snprintf(folder, sizeof folder, "/tmp/gavel-chart-XXXXXX");
	CHECK(mkdtemp(folder) != NULL);
	gv_err_clear(&err);
}

static inline void write_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	if (f) {
		fputs(text, f);
		fclose(f);
	}
}

static inline bool there(const char *path)
{
	return access(path, F_OK) == 0;
}

/* Everything that a test may have made; anything else in the folder is left over. */
static inline void end(void)
{
	static const char *const ours[] = { "a.svg", "gnuplot", "ran", "env" };

	for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
		unlink(in_folder(ours[i]));
	CHECK(rmdir(folder) == 0);
	setenv("PATH", usual_path, 1);
}

/* A gnuplot that is this shell script. */
static inline void fake(const char *script)
{
	char text[2048];

	snprintf(text, sizeof text, "#!/bin/sh\n%s\n", script);
	write_text(in_folder("gnuplot"), text);
	chmod(in_folder("gnuplot"), 0755);
	setenv("PATH", folder, 1);
}

/* One that draws its script, so that each place holder is in the picture. */
#define ECHO "echo '<svg>'; cat; echo '</svg>'"

#define REAL_NEEDED() do { \
		if (gv_chart_possible(NULL)) { \
			end(); \
			SKIP("gnuplot is not installed"); \
		} \
	} while (0)

/* ---- drawing ---- */

struct row { struct gv_str label; const char *value; };

/* Of one series; 0, or what went wrong, wherever. */
static inline int draw_as(const struct gv_chart_spec *spec, const char *path, const struct row *rows, size_t n)
{
	struct gv_chart *c;
	int rc = gv_chart_begin(&c, path, spec, &err);

	for (size_t i = 0; !rc && i < n; i++) {
		struct gv_str values[GV_CHART_SERIES];

		for (size_t k = 0; k < spec->series; k++)
			values[k] = rows[i].value ? gv_str_of(rows[i].value) : (struct gv_str){ 0 };
		rc = gv_chart_row(c, rows[i].label, values, &err);
	}
	if (!rc)
		rc = gv_chart_end(c, &err);
	gv_chart_free(c);
	return rc;
}

static inline int draw(bool time, const struct row *rows, size_t n)
{
	struct gv_chart_spec spec = { .title = "题", .series = 1, .time = time };

	return draw_as(&spec, in_folder("a.svg"), rows, n);
}

static inline void read_svg(struct gv_buf *b)
{
	gv_buf_init(b, 64 * GV_MIB);
	CHECK_OK(gv_buf_read_file(b, in_folder("a.svg"), &err), &err);
	if (!b->p)
		gv_buf_adds(b, "");
}

#endif
