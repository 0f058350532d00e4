/* SPDX-License-Identifier: MIT */
#include "docket.h"

static struct gv_err err;

/* The helper gavel-git of this build; false if it is not there. */
static bool find_helper(void)
{
	static const char *const places[] = { "%.*s../libexec/gavel", "%.*s../../libexec/gavel" };
	static char kept[PATH_MAX + 64];
	char exe[PATH_MAX], helper[PATH_MAX + 96];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);

	while (n > 0 && exe[n - 1] != '/')
		n--;
	for (size_t i = 0; !kept[0] && i < 2; i++) {
		snprintf(kept, sizeof kept, places[i], (int)n, exe);
		snprintf(helper, sizeof helper, "%s/gavel-git", kept);
		if (access(helper, X_OK))
			kept[0] = '\0';
	}
	if (!getenv("GAVEL_LIBEXEC") && kept[0])
		setenv("GAVEL_LIBEXEC", kept, 1);
	return getenv("GAVEL_LIBEXEC") != NULL;
}

static int init(const char *dir, const char *court, const char *shared)
{
	return gv_store_init(dir, &(struct gv_init_opts){ .court = court, .shared = shared, .hook_command = NULL }, &err);
}

static void makes(void)
{
	struct gv_store *s = NULL;

	if (!find_helper())
		SKIP("gavel-git: build it to run");
	docket_new();
	CHECK_OK(init("d", "沪0114", NULL), &err);
	CHECK_OK(gv_store_open(&s, "d", &err), &err);
	CHECK_STR(gv_store_court(s), "沪0114");
	gv_store_close(s);
	check_fsck("d");
	CHECK_STR(sh_out("ls -A d | paste -sd' '"), "HEAD config description gavel.lock hooks info logs objects refs");
	CHECK_STR(sh_out("git -C d cat-file blob main:gavel.json"),
	          "{\n  \"court\": \"沪0114\",\n  \"fanout\": 100,\n  \"format\": 1,\n  \"policy\": {},\n  \"zone\": \"Asia/Shanghai\"\n}");
	CHECK_STR(sh_out("git -C d ls-tree -r --name-only main; git -C d symbolic-ref HEAD; git -C d log --format=%%s"),
	          ".gitattributes\ngavel.json\nrefs/heads/main\ncase-file init: 沪0114 上海市嘉定区人民法院");
	CHECK_STR(sh_out("cat d/description; cat d/hooks/pre-receive | sh -n; stat -c %%A d/hooks/pre-receive | cut -c 4"),
	          "docket of 沪0114 上海市嘉定区人民法院\nx");
	CHECK_STR(sh_out("find . -name '*tmp*' -o -name '.gavel*' -o -name '*.lock' ! -name gavel.lock"), "");
	/* A clone has no complaints about it, and sees the files. */
	CHECK_STR(sh_out("git clone -q d c 2>&1; ls c; git -C c status --short"), "gavel.json");
	repo_done();
}

static void modes(void)
{
	static const struct { const char *shared; unsigned umask; const char *dir, *config, *object, *hook, *lock; } rows[] = {
		{ NULL, 022, "750", "640", "440", "750", "640" }, { NULL, 077, "700", "600", "400", "700", "600" },
		{ NULL, 0, "750", "640", "440", "750", "640" },
		{ "group", 022, "2770", "660", "440", "750", "660" }, { "all", 077, "2775", "664", "444", "755", "664" },
	};

	if (!find_helper())
		SKIP("gavel-git: build it to run");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		docket_new();
		umask(rows[i].umask);
		CHECK_OK(init("d", "沪0114", rows[i].shared), &err);
		umask(022);
		CHECK_STR(sh_out("stat -c %%a d d/objects d/objects/pack d/refs/heads | uniq"), rows[i].dir);
		CHECK_STR(sh_out("stat -c %%a d/config"), rows[i].config);
		CHECK_STR(sh_out("find d/objects -type f -printf '%%m\n' | uniq"), rows[i].object);
		CHECK_STR(sh_out("stat -c %%a d/hooks/pre-receive"), rows[i].hook);
		CHECK_STR(sh_out("stat -c %%a d/gavel.lock d/refs/heads/main | uniq"), rows[i].lock);
		CHECK_STR(sh_out("git -C d config core.sharedRepository"), rows[i].shared ? rows[i].shared : "");
		repo_done();
	}
}

static void refuses(void)
{
	static const struct { const char *before, *dir, *court, *shared, *want; int rc; } rows[] = {
		{ "true", "r", "沪0114", NULL, "r: there is a git repository already", GV_ECONFLICT },
		{ "touch r/gavel.lock", "r", "沪0114", NULL, "r: there is a docket already", GV_ECONFLICT },
		{ "git init -q w", "w", "沪0114", NULL, "w: there is a git repository already", GV_ECONFLICT },
		{ "mkdir w; touch w/x", "w", "沪0114", NULL, "w: the folder is not empty", GV_ECONFLICT },
		{ "mkdir w; touch w/config", "w", "沪0114", NULL, "w: the folder is not empty", GV_ECONFLICT },
		{ "mkdir -p w/.gavel-init-1; touch w/x", "w", "沪0114", NULL, "w: the folder is not empty", GV_ECONFLICT },
		{ "touch w", "w", "沪0114", NULL, "w: there is a file of that name", GV_ECONFLICT },
		{ "true", "no/where", "沪0114", NULL, "no/where: cannot make the folder: No such file or directory", GV_EIO },
		{ "true", "w", "沪9999", NULL, "--court: no court has the code \"沪9999\"", GV_EDATA },
		{ "true", "w", "", NULL, "--court: no court has the code \"\"", GV_EDATA },
		{ "true", "w", "沪0114", "world", "--shared: \"world\" is neither group nor all", GV_EUSAGE },
	};

	if (!find_helper())
		SKIP("gavel-git: build it to run");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *before;

		docket_new();
		sh("%s", rows[i].before);
		before = sh_out("find . | LC_ALL=C sort");
		CHECK_ERR(init(rows[i].dir, rows[i].court, rows[i].shared), &err, rows[i].rc, rows[i].want);
		CHECK_STR(sh_out("find . | LC_ALL=C sort"), before);
		repo_done();
	}
}

/* Whatever fails on the way leaves things as they were. */
static void fails(void)
{
	static const char *const befores[] = { "true", "mkdir d", "mkdir d; chmod 2770 d" };

	if (!find_helper())
		SKIP("gavel-git: build it to run");
	for (size_t i = 0; i < sizeof befores / sizeof befores[0]; i++) {
		char *helper = strdup(getenv("GAVEL_LIBEXEC"));
		const char *before;

		docket_new();
		sh("%s", befores[i]);
		before = sh_out("find . -printf '%%p %%m\n' | LC_ALL=C sort");
		setenv("GAVEL_LIBEXEC", "nowhere", 1);
		CHECK_INT(init("d", "沪0114", NULL), GV_EIO);
		CHECK_STR(sh_out("find . -printf '%%p %%m\n' | LC_ALL=C sort"), before);
		setenv("GAVEL_LIBEXEC", helper, 1);
		unsetenv("GIT_AUTHOR_NAME");
		setenv("HOME", repo_dir, 1);
		CHECK_INT(init("d", "沪0114", NULL), GV_EUSAGE); /* git does not know who you are */
		CHECK_STR(sh_out("find . -printf '%%p %%m\n' | LC_ALL=C sort"), before);
		setenv("GIT_AUTHOR_NAME", "书记员", 1);
		CHECK_OK(init("d", "沪0114", NULL), &err);
		CHECK_STR(sh_out("stat -c %%a d"), i == 0 ? "750" : i == 1 ? "755" : "2770"); /* a folder made for us keeps its mode */
		free(helper);
		repo_done();
	}
}

/* An init that was killed is cleared away by the next; nothing else is. */
static void remains(void)
{
	static const char *const befores[] = {
		"mkdir -p d/.gavel-init-abc/docket/objects",
		"mkdir -p d/.gavel-init-abc/docket d/objects/ab d/refs/heads d/hooks; touch d/config d/objects/ab/x",
		"mkdir -p d/objects d/refs; touch d/.gavel-init-head d/config d/gavel.lock",
	};

	if (!find_helper())
		SKIP("gavel-git: build it to run");
	for (size_t i = 0; i < sizeof befores / sizeof befores[0]; i++) {
		docket_new();
		sh("%s", befores[i]);
		CHECK_OK(init("d", "沪0114", NULL), &err);
		CHECK_STR(sh_out("ls -A d | paste -sd' '; ls d/objects | grep -c ^ab"),
		          "HEAD config description gavel.lock hooks info logs objects refs\n0");
		check_fsck("d");
		repo_done();
	}
}

/* The hook runs the recorded command, else the one on PATH, else refuses. */
static void hook(void)
{
	static const struct { const char *command, *want; } rows[] = {
		{ "%s/it's a \"dir\"/case-file", "dir check --incoming -C . -o table" }, { "%s/gone/case-file", "path check --incoming -C . -o table" },
		{ NULL, "path check --incoming -C . -o table" },
	};
	char command[512], path[1024];

	if (!find_helper())
		SKIP("gavel-git: build it to run");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		docket_new();
		sh("mkdir \"it's a \\\"dir\\\"\" bin; printf '#!/bin/sh\\necho dir \"$@\" >../said\\n' >\"it's a \\\"dir\\\"/case-file\"; "
		   "printf '#!/bin/sh\\necho path \"$@\" >../said\\n' >bin/case-file; chmod 755 */case-file");
		snprintf(command, sizeof command, rows[i].command ? rows[i].command : "", repo_dir);
		CHECK_OK(gv_store_init("d", &(struct gv_init_opts){ .court = "沪0114", .hook_command = rows[i].command ? command : NULL },
		                       &err), &err);
		snprintf(path, sizeof path, "PATH='%s/bin':$PATH", repo_dir);
		sh("git clone -q d c; echo x >c/x; git -C c add x; git -C c commit -qm x");
		CHECK_INT(sh("%s git -C c push -q origin main", path), 0);
		CHECK_STR(sh_out("cat said"), rows[i].want);
		if (!rows[i].command) {
			sh("rm bin/case-file; echo y >c/x; git -C c commit -qam y");
			CHECK_STR(sh_out("git -C c push -q origin main 2>&1 | grep -c 'not installed on this machine'"), "1");
		}
		repo_done();
	}
}

UNIT_MAIN("init", { "makes a docket", makes }, { "modes", modes }, { "refuses", refuses }, { "fails", fails },
          { "remains", remains }, { "hook", hook })
