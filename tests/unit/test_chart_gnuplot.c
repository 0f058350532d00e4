/* SPDX-License-Identifier: MIT */
/* Pictures: a gnuplot that is missing, fails, lies or hangs; the file; memory. */
#include <sys/wait.h>
#include <time.h>

#include "oom.h"
#include "chart_unit.h"

static void absent(void)
{
	static const char want[] = "--svg needs gnuplot, which is not installed (Debian: gnuplot-nox)";
	struct gv_chart_spec spec = { .series = 1 };
	struct gv_chart *c;
	char path[512], back[4096];

	begin();
	setenv("PATH", folder, 1);
	CHECK_ERR(gv_chart_possible(&err), &err, GV_ENOTFOUND, want);
	CHECK_ERR(gv_chart_begin(&c, in_folder("a.svg"), &spec, &err), &err, GV_ENOTFOUND, want);
	CHECK(c == NULL);
	setenv("PATH", "", 1);
	CHECK_ERR(gv_chart_possible(&err), &err, GV_ENOTFOUND, want);
	/* A folder of that name, and a file that is no program, are none. */
	setenv("PATH", folder, 1);
	mkdir(in_folder("gnuplot"), 0755);
	CHECK_ERR(gv_chart_possible(&err), &err, GV_ENOTFOUND, want);
	rmdir(in_folder("gnuplot"));
	write_text(in_folder("gnuplot"), "#!/bin/sh\n");
	CHECK_ERR(gv_chart_possible(&err), &err, GV_ENOTFOUND, want);
	/* Nor is one in the working folder, whatever the PATH says. */
	fake(ECHO);
	CHECK(getcwd(back, sizeof back) && chdir(folder) == 0);
	setenv("PATH", ":.:./:", 1);
	CHECK_ERR(gv_chart_possible(&err), &err, GV_ENOTFOUND, want);
	snprintf(path, sizeof path, "::/nonexistent:%s:", folder);
	setenv("PATH", path, 1);
	CHECK_OK(gv_chart_possible(&err), &err);
	CHECK(chdir(back) == 0);
	end();
}

/* ---- gnuplot goes wrong ---- */

static int draw_one(unsigned seconds)
{
	static const struct row row = { { "a", 1 }, "1" };
	struct gv_chart_spec spec = { .series = 1, .seconds = seconds };

	return draw_as(&spec, in_folder("a.svg"), &row, 1);
}

static void fails(void)
{
	static const struct { const char *script, *want; } table[] = {
		{ "echo 'line 3: no such thing' >&2; echo more >&2; exit 1", "gnuplot failed: line 3: no such thing" },
		{ "echo >&2; echo '   words  ' >&2; " ECHO "; exit 2", "gnuplot failed: words" },
		{ "printf '\\033[31mred' >&2; exit 1", "gnuplot failed: \\x1b[31mred" },
		{ "exit 3", "gnuplot failed with exit code 3" },
		{ "kill -SEGV $$", "gnuplot was killed by signal 11" },
		{ "head -c 100000 /dev/zero | tr '\\0' x >&2; echo '<svg>'; exit 0", "gnuplot ended before the picture was whole" },
		{ "exit 0", "gnuplot ended before the picture was whole" },
		{ "echo '</svg>'", "gnuplot ended before the picture was whole" },
		{ "echo '<svg'; echo '</svg'", "gnuplot ended before the picture was whole" },
		{ "echo '<svg>'; cat", "gnuplot ended before the picture was whole" },
		{ "echo '<svg><title></svg>'", "gnuplot's picture lacks some of the texts" },
		{ "echo '<title>x</title><svg>gvt gvt0000x gvt99999</svg>'", "gnuplot's picture lacks some of the texts" },
		{ "exec head -c 40000000 /dev/zero", "gnuplot printed more than 33554432 bytes" },
	};
	struct gv_buf svg;

	begin();
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		fake(table[i].script);
		unlink(in_folder("a.svg"));
		CHECK_ERR(draw_one(0), &err, GV_EIO, table[i].want);
		CHECK_ROW(!there(in_folder("a.svg")), table[i].script);
		write_text(in_folder("a.svg"), "the last one");
		CHECK_ROW(draw_one(0) != 0, table[i].script);
		read_svg(&svg);
		CHECK_STR(svg.p, "the last one");
		gv_buf_free(&svg);
	}
	write_text(in_folder("gnuplot"), "no program at all");
	CHECK(draw_one(0) == GV_EIO);
	CHECK(strstr(err.msg, "cannot run it") != NULL);
	end();
}

static void hangs(void)
{
	static const char *const scripts[] = {
		"sleep 100", "sleep 100; :", "exec >/dev/null 2>&1; sleep 100; :", "trap '' TERM INT; while :; do sleep 1; done",
		"while :; do echo x; sleep 0.1; done", "sleep 100 & exec sleep 100",
	};
	struct timespec before, after;

	begin();
	for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
		fake(scripts[i]);
		clock_gettime(CLOCK_MONOTONIC, &before);
		CHECK_ERR(draw_one(1), &err, GV_EIO, "gnuplot did not end within 1 second");
		clock_gettime(CLOCK_MONOTONIC, &after);
		CHECK_ROW(after.tv_sec - before.tv_sec < 10, scripts[i]);
		CHECK(!there(in_folder("a.svg")));
	}
	/* Nobody is left. */
	CHECK_INT(waitpid(-1, NULL, WNOHANG), -1);
	end();
}

/* No settings of the user, none of our files. */
static void surroundings(void)
{
	char script[512];
	struct gv_buf env = GV_BUF_INIT(65536);

	begin();
	snprintf(script, sizeof script, "{ tr '\\0' '\\n' </proc/$$/environ; echo \"$*\"; } >%s/env; " ECHO, folder);
	fake(script);
	setenv("GNUTERM", "x11", 1);
	CHECK_OK(draw_one(0), &err);
	unsetenv("GNUTERM");
	CHECK_OK(gv_buf_read_file(&env, in_folder("env"), &err), &err);
	CHECK_STR(env.p, "PATH=/usr/local/bin:/usr/bin:/bin\nLC_ALL=C.UTF-8\nHOME=/nonexistent\n-d\n");
	gv_buf_free(&env);
	end();
}

/* ---- the file ---- */

static void replaces(void)
{
	struct stat st;

	begin();
	fake(ECHO);
	write_text(in_folder("a.svg"), "the last one");
	chmod(in_folder("a.svg"), 0640);
	CHECK_OK(draw_one(0), &err);
	CHECK(stat(in_folder("a.svg"), &st) == 0 && (st.st_mode & 0777) == 0640 && st.st_size > 100);
	end();
}

static void other_files(void)
{
	static const struct row row = { { "a", 1 }, "1" };
	struct gv_chart_spec spec = { .series = 1 };
	char missing[256], want[512];
	struct stat st;

	begin();
	fake(ECHO);
	CHECK_OK(draw_as(&spec, "/dev/null", &row, 1), &err);
	CHECK(stat("/dev/null", &st) == 0 && S_ISCHR(st.st_mode));
	CHECK_ERR(draw_as(&spec, "/dev/full", &row, 1), &err, GV_EIO, "/dev/full: cannot write: No space left on device");
	CHECK(stat("/dev/full", &st) == 0 && S_ISCHR(st.st_mode));
	snprintf(missing, sizeof missing, "%s/none/a.svg", folder);
	snprintf(want, sizeof want, "%s: cannot create: No such file or directory", missing);
	CHECK_ERR(draw_as(&spec, missing, &row, 1), &err, GV_EIO, want);
	snprintf(want, sizeof want, "%s: cannot create: Is a directory", folder);
	CHECK_ERR(draw_as(&spec, folder, &row, 1), &err, GV_EIO, want);
	end();
}

/* ---- memory ---- */

static int job(struct gv_err *e)
{
	static const char *const names[] = { "x", "件数" };
	struct gv_chart_spec spec = { .title = "题", .names = names, .series = 2, .time = true };
	const struct gv_str values[] = { GV_STR("1.5"), { 0 } };
	struct gv_chart *c;
	int rc = gv_chart_begin(&c, in_folder("a.svg"), &spec, e);

	if (!rc)
		rc = gv_chart_row(c, GV_STR("2022-01"), values, e);
	if (!rc)
		rc = gv_chart_row(c, GV_STR("2022-02"), values, e);
	if (!rc)
		rc = gv_chart_end(c, e);
	gv_chart_free(c);
	return rc;
}

static void memory(void)
{
	OOM_NEEDED();
	begin();
	fake(ECHO);
	CHECK(oom_run_both(job) > 10);
	end();
}

UNIT_MAIN("chart_gnuplot", { "says that gnuplot is missing", absent }, { "a gnuplot that fails or lies", fails },
          { "a gnuplot that hangs", hangs }, { "gnuplot sees no settings", surroundings },
          { "a file is replaced, its mode stays", replaces }, { "other files are written to", other_files },
          { "memory that runs out", memory })
