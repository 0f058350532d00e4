/* SPDX-License-Identifier: MIT */
/* Git itself is the slow twin: `git config` reads the same files, `git var` names the same person. */
#include "repo.h"

#include <fcntl.h>
#include <limits.h>

#include "gitconf.h"
#include "helper.h"

static char start_dir[PATH_MAX];

/* repo.h sets these; here they are the matter of the test. */
static void set_up(void)
{
	static const char *const names[] = {
		"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "XDG_CONFIG_HOME", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL",
		"GIT_AUTHOR_DATE", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_COMMITTER_DATE", "EMAIL",
		"GIT_CONFIG_COUNT",
	};
	const char *bin = getenv("BIN");
	char path[PATH_MAX + 64];

	if (!start_dir[0] && getcwd(start_dir, sizeof start_dir)) {
		if (bin && bin[0] == '/')
			snprintf(path, sizeof path, "%s/../libexec/gavel", bin);
		else
			snprintf(path, sizeof path, "%s/%s/../libexec/gavel", start_dir, bin && *bin ? bin : "bin");
		setenv("GAVEL_LIBEXEC", path, 0);
	}
	if (chdir(start_dir))
		exit(1);
	repo_new();
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		unsetenv(names[i]);
	setenv("HOME", repo_dir, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("TZ", "UTC-8", 1);
}

static bool has_helper(void)
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof path, "%s/gavel-git", getenv("GAVEL_LIBEXEC"));
	return access(path, X_OK) == 0;
}

static void write_text(const char *path, struct gv_str text)
{
	struct gv_err err = { 0 };
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	CHECK_ROW(fd >= 0, path);
	CHECK_OK(gv_write_all(fd, text.p, text.n, path, &err), &err);
	close(fd);
}

/* ---- the syntax ---- */

static int add_item(void *ctx, const struct gv_gitconf_item *item)
{
	struct gv_buf *b = ctx;

	gv_buf_adds(b, item->key);
	if (item->value) {
		gv_buf_addc(b, '\n');
		gv_buf_adds(b, item->value);
	}
	gv_buf_addc(b, '\0');
	return 0;
}

/* "key\nvalue\0": as git config -l -z prints it. */
static void syntax(void)
{
#define S(lit) { (lit), sizeof(lit) - 1 }
	static const struct gv_str texts[] = {
		S(""), S("\n"), S("# nothing\n; here\n"), S("[a]\nb = c\n"), S("[a]\nb=c"), S("[a] b = c\n"), S("[A]\nB = C\n"),
		S("[a]\r\nb = c\r\n"), S("\xEF\xBB\xBF[a]\nb = c\n"), S("[a]\nb\n"), S("[a]\nb"), S("[a]\nb =\n"), S("[a]\nb = \n"),
		S("[a \"Sub.Section\"]\nb = c\n"), S("[a  \t \"x\"]\nb=1\n"), S("[a \"q\\\"u\\\\o\\te\"]\nb = c\n"), S("[a.B]\nc = d\n"),
		S("[a \"\"]\nb = c\n"), S("[a-b.c]\nd-e = f\n"), S("[a1]\nb2 = 3\n"), S("[中]\nb = c\n"), S("[a \"中\"]\nb = 文\n"),
		S("[a]\nb = c # comment\n"), S("[a]\nb = c;comment\n"), S("[a]\nb = \"c # no comment\" # one\n"),
		S("[a]\nb = \"  c  \"\n"), S("[a]\nb =   c  d   \n"), S("[a]\nb = \"c\"d\"e\"\n"), S("[a]\nb = c \"\" \n"), S("[a]\nb = \"\" c\n"),
		S("[a]\nb = c\\\nd\n"), S("[a]\nb = c \\\n  d\n"), S("[a]\nb = \"c\\\nd\"\n"), S("[a]\nb = c\\\r\nd\n"), S("[a]\nb = \\\n\n"),
		S("[a]\nb = \\t\\n\\b\\\"\\\\\n"), S("[a]\nb = c\n[a]\nb = d\n"), S("[a]\nb = c\n[e] [f]\ng = h\n"),
		S("[a]\n\tb = c\n  d = e\n\n\n f\n"), S("[a]\nb = c # comment \\\nd = e\n"), S("[a]\nb = =\n"), S("[a]\nb = [c]\n"), S("[a]b=c"),
		S("[a]\nlonger-name-2 = x\n"), S("[a]\nb = 'c'\n"), S("[a]\nb = c\f\n"), S("b = c\n"), S("[a]\nb = \\"),
		/* what git refuses */
		S("[a\nb = c\n"), S("[a]\n1b = c\n"), S("[a]\nb c\n"), S("[a]\nb # c\n"), S("[a]\n= c\n"), S("[a \"x]\nb = c\n"),
		S("[a \"x\" ]\nb = c\n"), S("[a \"x\\\ny\"]\nb = c\n"), S("[a \"x\ny\"]\nb = c\n"), S("[a]\nb = \"c\n"), S("[a]\nb = \"c"),
		S("[a]\nb = \\x\n"), S("[a]\nb_c = d\n"), S("[a_b]\nc = d\n"), S("[a b]\nc = d\n"), S("[a]\nb: c\n"), S("["), S("[a"), S("[a]\n["),
	};
#undef S

	set_up();
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct gv_buf own = GV_BUF_INIT(65536), git = GV_BUF_INIT(65536);
		struct gv_err err = { 0 };
		int rc, git_rc;

		write_text("f", texts[i]);
		git_rc = sh("git config -f f -l -z >out 2>/dev/null");
		CHECK_OK(gv_buf_read_file(&git, "out", &err), &err);
		rc = gv_gitconf_parse(texts[i], add_item, &own, &err);
		CHECK_ROW((rc != 0) == (git_rc != 0), texts[i].p);
		if (!rc && !git_rc)
			CHECK_BYTES(gv_buf_str(&own), gv_buf_str(&git));
		gv_buf_free(&own);
		gv_buf_free(&git);
	}
	repo_done();
}

static int stop_at_once(void *ctx, const struct gv_gitconf_item *item)
{
	(void)ctx;
	(void)item;
	return 42;
}

static void syntax_errors(void)
{
	struct gv_buf out = GV_BUF_INIT(65536), key = GV_BUF_INIT(65536);
	struct gv_err err = { 0 };

	CHECK_ERR(gv_gitconf_parse(GV_STR("[a]\nb = c\n\nd e\n"), add_item, &out, &err), &err, GV_EDATA,
	          "line 4: not a git config line");
	CHECK_ERR(gv_gitconf_parse(GV_STR("[a]\nb = \"c\n"), add_item, &out, &err), &err, GV_EDATA, "line 2: not a git config line");
	CHECK_ERR(gv_gitconf_parse(GV_STR("[a]\nb = \0c\n"), add_item, &out, &err), &err, GV_EDATA,
	          "not a git config: it holds a NUL");
	gv_buf_adds(&key, "[a]\n");
	for (int i = 0; i < 5000; i++)
		gv_buf_addc(&key, 'k');
	CHECK_ERR(gv_gitconf_parse(gv_buf_str(&key), add_item, &out, &err), &err, GV_EDATA, "line 2: longer than 4096 bytes");
	CHECK_INT(gv_gitconf_parse(GV_STR("[a]\nb = c\n[d\n"), stop_at_once, NULL, &err), 42);
	gv_buf_free(&out);
	gv_buf_free(&key);
}

static void booleans(void)
{
	static const struct { const char *text; int want; } rows[] = {
		{ NULL, 1 }, { "true", 1 }, { "TRUE", 1 }, { "yes", 1 }, { "On", 1 }, { "1", 1 }, { "-1", 1 }, { "2", 1 },
		{ "", 0 }, { "false", 0 }, { "no", 0 }, { "OFF", 0 }, { "0", 0 }, { "00", 0 },
		{ "ja", -1 }, { "truee", -1 }, { " true", -1 }, { "1x", -1 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		bool got = false;

		CHECK_ROW(gv_gitconf_bool(rows[i].text, &got) == (rows[i].want >= 0), rows[i].text ? rows[i].text : "NULL");
		if (rows[i].want >= 0)
			CHECK_ROW(got == (rows[i].want == 1), rows[i].text ? rows[i].text : "NULL");
	}
}

/* ---- which file wins ---- */

static const char *const asked[] = {
	"user.name", "user.email", "User.NAME", "core.bare", "gc.auto", "a.b", "a.Sub.b", "a.sub.b", "a.x.y.Z", "no.such", "a.empty",
};

/* Ask for everything, and git beside; valueless keys are "true" here and "" there. */
static void ask_both(const char *where)
{
	for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
		struct gv_buf own = GV_BUF_INIT(65536);
		struct gv_err err = { 0 };
		int rc = gv_gitconf_get("r", asked[i], &own, &err);
		const char *git = sh_out("git -C r config --get '%s' || echo '(none)'", asked[i]);
		char row[256];

		snprintf(row, sizeof row, "%s: %s", where, asked[i]);
		if (rc == GV_ENOTFOUND)
			gv_buf_adds(&own, "(none)");
		else if (rc)
			CHECK_OK(rc, &err);
		CHECK_ROW(strcmp(own.p ? own.p : "", git) == 0, row);
		gv_buf_free(&own);
	}
}

static void files_in_order(void)
{
	set_up();
	ask_both("nothing but the repository");
	write_text(".gitconfig", GV_STR("[user]\nname = home\nemail = home@example.org\n[a]\nb = home\n[a \"Sub\"]\nb = S\n[a \"x.y\"]\nz = 1\n"
	                                "empty = \n[a]\nempty=\n"));
	ask_both("home");
	sh("mkdir -p .config/git");
	write_text(".config/git/config", GV_STR("[user]\nname = xdg default\n[gc]\nauto = 7\n"));
	ask_both("home and its .config");
	sh("mkdir -p x/git");
	write_text("x/git/config", GV_STR("[user]\nname = xdg\n[no]\nsuch = such\n"));
	setenv("XDG_CONFIG_HOME", sh_out("echo $PWD/x"), 1);
	ask_both("XDG_CONFIG_HOME");
	write_text("system", GV_STR("[gc]\nauto = 9\n[a]\nb = system\n"));
	setenv("GIT_CONFIG_SYSTEM", sh_out("echo $PWD/system"), 1);
	unsetenv("GIT_CONFIG_NOSYSTEM");
	ask_both("system");
	setenv("GIT_CONFIG_NOSYSTEM", "no", 1);
	ask_both("system not switched off");
	setenv("GIT_CONFIG_NOSYSTEM", "true", 1);
	ask_both("system switched off");
	sh("git -C r config user.name repository && git -C r config a.b repository");
	ask_both("repository");
	write_text("global", GV_STR("[user]\nname = global\nemail = global@example.org\n"));
	setenv("GIT_CONFIG_GLOBAL", sh_out("echo $PWD/global"), 1);
	ask_both("GIT_CONFIG_GLOBAL");
	setenv("GIT_CONFIG_GLOBAL", "", 1);
	ask_both("GIT_CONFIG_GLOBAL empty");
	setenv("GIT_CONFIG_COUNT", "3", 1);
	setenv("GIT_CONFIG_KEY_0", "User.Name", 1);
	setenv("GIT_CONFIG_VALUE_0", "environment", 1);
	setenv("GIT_CONFIG_KEY_1", "a.Sub.b", 1);
	setenv("GIT_CONFIG_VALUE_1", "", 1);
	setenv("GIT_CONFIG_KEY_2", "user.name", 1);
	setenv("GIT_CONFIG_VALUE_2", "the last one", 1);
	ask_both("environment");
	repo_done();
}

static void file_errors(void)
{
	struct gv_buf out = GV_BUF_INIT(65536);
	struct gv_err err = { 0 };

	set_up();
	CHECK_ERR(gv_gitconf_get("r", "no.such", &out, &err), &err, GV_ENOTFOUND, "no setting no.such");
	write_text("r/config", GV_STR("[a]\n\nb c\n"));
	CHECK_ERR(gv_gitconf_get("r", "a.b", &out, &err), &err, GV_EDATA, "line 3: r/config: not a git config line");
	write_text("r/config", GV_STR("[a]\nb\n"));
	CHECK_OK(gv_gitconf_get("r", "a.b", &out, &err), &err);
	CHECK_BYTES(gv_buf_str(&out), GV_STR("true"));
	setenv("GIT_CONFIG_COUNT", "x", 1);
	CHECK_ERR(gv_gitconf_get("r", "a.b", &out, &err), &err, GV_EUSAGE, "GIT_CONFIG_COUNT: \"x\" is not a count");
	setenv("GIT_CONFIG_COUNT", "9", 1);
	unsetenv("GIT_CONFIG_KEY_3");
	CHECK_INT(gv_gitconf_get("r", "a.b", &out, &err), GV_EUSAGE);
	unsetenv("GIT_CONFIG_COUNT");
	setenv("GIT_CONFIG_NOSYSTEM", "maybe", 1);
	CHECK_OK(gv_gitconf_get("r", "a.b", &out, &err), &err); /* nothing else is looked at */
	CHECK_ERR(gv_gitconf_get("r", "no.such", &out, &err), &err, GV_EUSAGE,
	          "GIT_CONFIG_NOSYSTEM: \"maybe\" is neither true nor false");
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	gv_buf_free(&out);
	repo_done();
}

/* Includes go to libgit2. */
static void includes(void)
{
	set_up();
	if (!has_helper()) {
		repo_done();
		SKIP("the helper gavel-git is not built");
	}
	write_text("more", GV_STR("[user]\nname = included\n[a]\nempty =\nb = \"two words\"\n"));
	write_text(".gitconfig", GV_STR("[user]\nname = home\nemail = home@example.org\n[include]\npath = more\n"));
	CHECK_STR(sh_out("git -C r config user.name"), "included");
	CHECK_INT(sh("git -C r config a.Sub.b repository"), 0);
	for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
		struct gv_buf own = GV_BUF_INIT(65536);
		struct gv_err err = { 0 };

		if (gv_gitconf_get("r", asked[i], &own, &err) == GV_ENOTFOUND)
			gv_buf_adds(&own, "(none)");
		CHECK_STR(own.p ? own.p : "", sh_out("git -C r config --get '%s' || echo '(none)'", asked[i]));
		gv_buf_free(&own);
	}
	sh("printf '[includeIf \"gitdir:%%s/\"]\npath = more\n' \"$PWD\" >.gitconfig");
	ask_both("includeIf that holds");
	sh("printf '[includeIf \"gitdir:%%s/other/\"]\npath = more\n' \"$PWD\" >.gitconfig");
	ask_both("includeIf that does not");
	repo_done();
}

/* ---- who ---- */

struct who { const char *env[8]; const char *config; };

static void persons(void)
{
	static const char *const names[] = {
		"GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_AUTHOR_DATE", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL",
		"GIT_COMMITTER_DATE", "EMAIL",
	};
	static const struct who rows[] = {
		{ { "张三", "z@example.org", "1656547200 +0800", "李四", "l@example.org", "@1656547201 -0330" }, "" },
		{ { [2] = "2022-06-30T12:00:00+08:00", [5] = "2022-06-30 12:00:00 -0330" }, "[user]\nname = 王 五\nemail = w@example.org\n" },
		{ { [2] = "2022-06-30T12:00:00Z", [5] = "2022-06-30 12:00:00" },
		  "[user]\nname = w\nemail = w@example.org\n[author]\nname = a\n[committer]\nemail = c@example.org\n" },
		{ { [2] = "1656547200", [5] = "1656547200 +0000", [6] = "mail@example.org" }, "[user]\nname = only a name\n" },
		{ { "  ,;<odd> \"name\" \n:", " <a@b>\n", "1656547200 +0530", "x", "", "1656547200 +0800" }, "" },
		{ { [2] = "2022-02-28T23:59:59+08", [5] = "2000-01-01 00:00:00 +0000" }, "[user]\nname = a\\tb\nemail = c\n" },
	};

	set_up();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
			if (rows[i].env[k])
				setenv(names[k], rows[i].env[k], 1);
			else
				unsetenv(names[k]);
		}
		write_text(".gitconfig", gv_str_of(rows[i].config));
		for (int committer = 0; committer < 2; committer++) {
			struct gv_buf own = GV_BUF_INIT(4096);
			struct gv_err err = { 0 };
			const char *git = sh_out("git -C r var GIT_%s_IDENT 2>/dev/null", committer ? "COMMITTER" : "AUTHOR");

			if (committer && rows[i].env[4] && !*rows[i].env[4]) { /* git takes an empty mail; we do not */
				CHECK_INT(gv_gitconf_person("r", true, &own, &err), GV_EUSAGE);
			} else {
				CHECK_OK(gv_gitconf_person("r", committer, &own, &err), &err);
				CHECK_STR(own.p, git);
			}
			gv_buf_free(&own);
		}
	}
	repo_done();
}

/* All at once says the same as one by one. */
static void what_a_commit_needs(void)
{
	static const struct { const char *config; bool sign; } rows[] = {
		{ "", false }, { "[commit]\ngpgsign\n", true }, { "[commit]\ngpgsign = yes\n", true },
		{ "[commit]\ngpgsign = 0\n", false }, { "[commit]\ngpgsign =\n", false },
		{ "[commit]\ngpgSign = perhaps\n", true }, { "[commit]\ngpgsign = yes\ngpgsign = no\n", false },
	};
	struct gv_buf author = GV_BUF_INIT(4096), committer = GV_BUF_INIT(4096), one = GV_BUF_INIT(4096);
	struct gv_err err = { 0 };
	bool sign;

	set_up();
	setenv("GIT_AUTHOR_DATE", "1656547200 +0800", 1);
	setenv("GIT_COMMITTER_DATE", "1656547201 +0800", 1);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		write_text(".gitconfig", GV_STR("[user]\nname = w\nemail = w@example.org\n[author]\nname = a\n[commit]\ngpgsign = no\n"));
		write_text("r/config", gv_str_of(rows[i].config));
		gv_buf_reset(&author);
		gv_buf_reset(&committer);
		CHECK_OK(gv_gitconf_commit("r", &author, &committer, &sign, &err), &err);
		CHECK_ROW(sign == rows[i].sign, rows[i].config);
		CHECK_STR(committer.p, "w <w@example.org> 1656547201 +0800");
		gv_buf_reset(&one);
		CHECK_OK(gv_gitconf_person("r", false, &one, &err), &err);
		CHECK_STR(author.p, one.p);
	}
	write_text(".gitconfig", GV_STR(""));
	CHECK_ERR(gv_gitconf_commit("r", &author, &committer, &sign, &err), &err, GV_EUSAGE,
	          "git does not know who you are (author): git config --global user.name \"Your Name\"");
	gv_buf_free(&author);
	gv_buf_free(&committer);
	gv_buf_free(&one);
	repo_done();
}

static void nobody(void)
{
	static const char *const bad_dates[] = {
		"yesterday", "2022-06-30", "2022-06-31T12:00:00Z", "2022-06-30T24:00:00Z", "2022-06-30T12:00:00+1", "1656547200 +8",
		"1656547200 +08000", "1656547200 +0860", "-5 +0800", "12", "@", "16565472000000000000000 +0800",
		"2022-06-30T12:-1:00Z", "1960-01-01T00:00:00Z", "2022-06-30T12:00",
	};
	struct gv_buf out = GV_BUF_INIT(4096);
	struct gv_err err = { 0 };

	set_up();
	gv_buf_adds(&out, "kept");
	CHECK_ERR(gv_gitconf_person("r", false, &out, &err), &err, GV_EUSAGE,
	          "git does not know who you are (author): git config --global user.name \"Your Name\"");
	setenv("GIT_COMMITTER_NAME", "x", 1);
	CHECK_ERR(gv_gitconf_person("r", true, &out, &err), &err, GV_EUSAGE,
	          "git does not know who you are (committer): git config --global user.email you@example.org");
	setenv("GIT_COMMITTER_NAME", "<>", 1);
	setenv("GIT_COMMITTER_EMAIL", "x@example.org", 1);
	CHECK_ERR(gv_gitconf_person("r", true, &out, &err), &err, GV_EUSAGE, "user.name: \"<>\" has no usable character");
	setenv("GIT_COMMITTER_NAME", "\xD5\xC5\xC8\xFD", 1);
	CHECK_ERR(gv_gitconf_person("r", true, &out, &err), &err, GV_EUSAGE, "user.name: not UTF-8");
	setenv("GIT_COMMITTER_NAME", "张三", 1);
	for (size_t i = 0; i < sizeof bad_dates / sizeof bad_dates[0]; i++) {
		setenv("GIT_COMMITTER_DATE", bad_dates[i], 1);
		CHECK_ROW(gv_gitconf_person("r", true, &out, &err) == GV_EUSAGE, bad_dates[i]);
		CHECK_ROW(strcmp(err.field, "GIT_COMMITTER_DATE") == 0, bad_dates[i]);
	}
	CHECK_STR(out.p, "kept");
	setenv("GIT_COMMITTER_DATE", "", 1); /* now, here */
	CHECK_OK(gv_gitconf_person(NULL, true, &out, &err), &err);
	CHECK(strncmp(out.p, "kept张三 <x@example.org> ", strlen("kept张三 <x@example.org> ")) == 0);
	CHECK_STR(out.p + out.n - 6, " +0800");
	gv_buf_free(&out);
	repo_done();
}

/* ---- safe.directory ---- */

static void safe_directories(void)
{
	static const struct { const char *config; bool safe; } rows[] = {
		{ "", false },
		{ "[safe]\ndirectory = /srv/docket\n", true },
		{ "[safe]\ndirectory = /srv/docket/\n", false },
		{ "[safe]\ndirectory = /srv\n", false },
		{ "[safe]\ndirectory = /srv/*\n", true },
		{ "[safe]\ndirectory = /srv/d*\n", false },
		{ "[safe]\ndirectory = *\n", true },
		{ "[safe]\ndirectory = *\ndirectory =\n", false },
		{ "[safe]\ndirectory = *\ndirectory\n", false },
		{ "[safe]\ndirectory =\ndirectory = /srv/docket\n", true },
		{ "[safe]\ndirectory = /else\n[safe]\ndirectory = /srv/docket\n", true },
	};
	struct gv_err err = { 0 };
	bool safe;

	set_up();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		write_text(".gitconfig", gv_str_of(rows[i].config));
		CHECK_OK(gv_gitconf_safe_directory("/srv/docket", &safe, &err), &err);
		CHECK_ROW(safe == rows[i].safe, rows[i].config);
	}
	write_text(".gitconfig", GV_STR("[safe]\ndirectory = ~/docket\n"));
	CHECK_OK(gv_gitconf_safe_directory(sh_out("echo $HOME/docket"), &safe, &err), &err);
	CHECK(safe);
	CHECK_OK(gv_gitconf_safe_directory("/docket", &safe, &err), &err);
	CHECK(!safe);
	setenv("GIT_CONFIG_COUNT", "1", 1);
	setenv("GIT_CONFIG_KEY_0", "safe.directory", 1);
	setenv("GIT_CONFIG_VALUE_0", "*", 1);
	CHECK_OK(gv_gitconf_safe_directory("/docket", &safe, &err), &err);
	CHECK(safe);
	unsetenv("GIT_CONFIG_COUNT");
	if (has_helper()) {
		write_text("more", GV_STR("[safe]\ndirectory = /srv/docket\n"));
		write_text(".gitconfig", GV_STR("[safe]\ndirectory = /else\n[include]\npath = more\n"));
		CHECK_OK(gv_gitconf_safe_directory("/srv/docket", &safe, &err), &err);
		CHECK(safe);
		CHECK_OK(gv_gitconf_safe_directory("/srv/another", &safe, &err), &err);
		CHECK(!safe);
	}
	repo_done();
}

/* ---- the helper ---- */

static void helpers(void)
{
	static const struct { const char *script; int rc; const char *text; } rows[] = {
		{ "echo answer", 0, "answer\n" },
		{ "echo answer; echo noise >&2", 0, "answer\n" },
		{ "cat", 0, "" },                                             /* stdin is empty */
		{ "printf '%s|' \"$@\"", 0, "one|two words||" },
		{ "echo '  no such thing ' >&2; exit 6", GV_ENOTFOUND, "no such thing" },
		{ "exit 3", GV_EDATA, "asked: the helper failed with exit code 3" },
		{ "echo odd >&2; exit 99", GV_EIO, "odd" },
		{ "kill -9 $$", GV_EIO, "asked: the helper was killed by signal 9" },
		{ "seq 100000", GV_EDATA, "longer than 4096 bytes" },
		{ "seq 100000 >&2; exit 1", GV_FOUND, NULL },
	};
	static const char *const args[] = { "one", "two words", "", NULL };
	char *before;

	set_up();
	before = strdup(getenv("GAVEL_LIBEXEC"));
	setenv("GAVEL_LIBEXEC", repo_dir, 1);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_buf out = GV_BUF_INIT(4096);
		struct gv_err err = { 0 };

		sh("cat >asked <<'E'\n#!/bin/sh\n%s\nE\nchmod +x asked", rows[i].script);
		if (rows[i].rc == 0) {
			CHECK_OK(gv_helper_ask("asked", args, &out, &err), &err);
			CHECK_STR(out.p ? out.p : "", rows[i].text);
		} else if (rows[i].text) {
			CHECK_ERR(gv_helper_ask("asked", args, &out, &err), &err, rows[i].rc, rows[i].text);
		} else {
			CHECK_INT(gv_helper_ask("asked", args, &out, &err), rows[i].rc);
		}
		gv_buf_free(&out);
	}
	{
		struct gv_buf out = GV_BUF_INIT(4096);
		struct gv_err err = { 0 };

		CHECK_INT(gv_helper_ask("missing", args, &out, &err), GV_EIO);
		CHECK_STR(err.msg, "cannot run it: No such file or directory");
		gv_buf_free(&out);
	}
	setenv("GAVEL_LIBEXEC", before, 1);
	free(before);
	repo_done();
}

UNIT_MAIN("gitconf",
	{ "the syntax, as git reads it", syntax },
	{ "errors name the line", syntax_errors },
	{ "booleans", booleans },
	{ "files and environment in git's order", files_in_order },
	{ "unreadable settings", file_errors },
	{ "includes are asked of libgit2", includes },
	{ "persons, as git var names them", persons },
	{ "what a commit needs, at once", what_a_commit_needs },
	{ "git does not know who you are", nobody },
	{ "safe.directory", safe_directories },
	{ "helpers: answers, errors, deaths", helpers })
