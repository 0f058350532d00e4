/* SPDX-License-Identifier: MIT */
#include "git.h"
#include "run.h"

#include "oom.h"
#include "unit.h"

#define COUNT(a) (sizeof (a) / sizeof (a)[0])

/* The shell reads back what was quoted. */
static void quote(void)
{
	static const char *const words[] = { "", "a", "a b", "it's", "'", "''", "$HOME `x` \\ \"", "a\nb", "*?[", "-n", "%O" };

	for (size_t i = 0; i < COUNT(words); i++) {
		struct gv_buf text = GV_BUF_INIT(4096), out = GV_BUF_INIT(4096);
		struct gv_err err = { 0 };
		int code = -1;

		gv_buf_adds(&text, "printf %s ");
		gv_run_quote(&text, words[i]);
		CHECK_OK(gv_run(&(struct gv_run){
			.program = "sh", .args = (const char *[]){ "-c", text.p, NULL },
		}, &out, NULL, &code, &err), &err);
		CHECK_INT(code, 0);
		CHECK_STR(gv_buf_str(&out).p, words[i]);
		gv_buf_free(&text);
		gv_buf_free(&out);
	}
}

static const char *const exec_path[] = { "--exec-path", NULL };

/* A hook runs with GIT_DIR and others set, which are about another repository; -c goes on. */
static void environment(void)
{
	const char *const dir[] = { "rev-parse", "--git-dir", NULL }, *const set[] = { "config", "test.key", NULL };
	struct gv_buf out = GV_BUF_INIT(4096), said = GV_BUF_INIT(4096);
	struct gv_err err = { 0 };
	int code = -1;

	setenv("GIT_CEILING_DIRECTORIES", "/tmp", 1);
	setenv("GIT_DIR", "/nowhere", 1);
	setenv("GIT_CONFIG_COUNT", "1", 1);
	setenv("GIT_CONFIG_KEY_0", "test.key", 1);
	setenv("GIT_CONFIG_VALUE_0", "kept", 1);
	CHECK_OK(gv_git(&(struct gv_git){ .dir = "/" }, dir, &out, &said, &code, &err), &err);
	CHECK_INT(code, 128);
	CHECK(strstr(said.p, "not a git repository (or any"));  /* it looked, and not in /nowhere */
	CHECK_OK(gv_git_ask(&(struct gv_git){ .dir = "/" }, set, &out, &err), &err);
	CHECK_STR(out.p, "kept");
	CHECK_STR(getenv("GIT_DIR"), "/nowhere");
	unsetenv("GIT_DIR");
	unsetenv("GIT_CONFIG_COUNT");
	gv_buf_free(&out);
	gv_buf_free(&said);
}

static void refused(void)
{
	const char *const wrong[] = { "no-such-command", NULL }, *const dir[] = { "rev-parse", "--git-dir", NULL };
	struct gv_buf out = GV_BUF_INIT(4096), small = GV_BUF_INIT(3);
	struct gv_err err = { 0 };

	CHECK_ERR(gv_git_ask(&(struct gv_git){ 0 }, wrong, &out, &err), &err, GV_EIO,
	          "git no-such-command failed (exit code 1): git: 'no-such-command' is not a git command. See 'git --help'.");
	CHECK_ERR(gv_git_ask(&(struct gv_git){ .gitdir = "/nowhere" }, dir, &out, &err), &err, GV_EIO,
	          "git rev-parse failed (exit code 128): fatal: not a git repository: '/nowhere'");
	CHECK_ERR(gv_git_ask(&(struct gv_git){ 0 }, exec_path, &small, &err), &err, GV_EDATA, "longer than 3 bytes");
	gv_buf_free(&out);
	gv_buf_free(&small);
}

static int ask(struct gv_err *err)
{
	struct gv_buf out = GV_BUF_INIT(4096);
	int rc = gv_git_ask(&(struct gv_git){ 0 }, exec_path, &out, err);

	gv_buf_free(&out);
	return rc;
}

static void memory(void)
{
	OOM_NEEDED();
	CHECK(oom_run_both(ask) > 2);
}

UNIT_MAIN("git", { "a word for the shell", quote }, { "the environment", environment }, { "refuses", refused },
          { "out of memory", memory })
