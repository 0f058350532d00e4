/* SPDX-License-Identifier: MIT */
#include "docket.h"

static struct gv_err err;

/* main := these files, "PATH TEXT" lines. */
static void docket_of(const char *lines)
{
	char copy[4096], *save = NULL;
	FILE *git = popen("git -C r fast-import --quiet --date-format=now", "w");

	fprintf(git, "commit refs/heads/main\ncommitter A <a@b> now\ndata 4\nnext\nfrom refs/heads/main^0\ndeleteall\n"
	        "M 100644 inline gavel.json\ndata <<END\n" DOCKET_CONFIG "END\n");
	snprintf(copy, sizeof copy, "%s", lines);
	for (char *p = strtok_r(copy, "\n", &save); p; p = strtok_r(NULL, "\n", &save)) {
		char *text = strchr(p, ' ');

		*text++ = '\0';
		fprintf(git, "M 100644 inline %s\ndata %zu\n%s\n", p, strlen(text), text);
	}
	CHECK_INT(pclose(git), 0);
}

static int refresh(const char *dir, struct gv_view_result *r)
{
	struct gv_store *s = docket_open();
	int rc = gv_store_checkout(s, dir, r, &err);

	gv_store_close(s);
	return rc;
}

/* The view is what git says main is. */
static void check_same(const char *dir)
{
	CHECK_STR(sh_out("rm -rf want; mkdir want; git -C r archive main | tar x -C want; diff -r -x .gavel-view want '%s'; "
	                 "find '%s' -type f ! -perm 444 ! -name .gavel-view", dir, dir), "");
}

static void refreshes(void)
{
	static const struct { const char *files; size_t written, removed, unchanged; } rows[] = {
		{ "cases/2022/沪0114/民初/0000/1.json one\ncases/2022/沪0114/民初/0012/1234.json two\n.gitattributes x", 4, 0, 0 },
		{ "cases/2022/沪0114/民初/0000/1.json one\ncases/2022/沪0114/民初/0012/1234.json two\n.gitattributes x", 0, 0, 4 },
		{ "cases/2022/沪0114/民初/0000/1.json one!\ncases/2022/沪0114/民初/0012/1234.json two\n.gitattributes x", 1, 0, 3 },
		{ "cases/2022/沪0114/民初/0000/1.json one!\ncases/2022/沪0114/执/0012/1.json x", 1, 2, 2 },
		{ "a/b x\nc y", 2, 2, 1 },
		{ "a x\nc/d y", 2, 2, 1 },   /* a folder becomes a file, a file becomes a folder */
		{ "a/b/c x", 1, 2, 1 },
		{ "empty ", 1, 1, 1 },
		{ "", 0, 1, 1 },
	};
	struct gv_view_result r;

	docket_new();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		docket_of(rows[i].files);
		CHECK_OK(refresh("view", &r), &err);
		CHECK_ROW(r.written == rows[i].written && r.removed == rows[i].removed && r.unchanged == rows[i].unchanged,
		          sh_out("echo '%s: %zu %zu %zu'", rows[i].files, r.written, r.removed, r.unchanged));
		check_same("view");
	}
	CHECK_STR(sh_out("cd view; find . -type d"), "."); /* no empty folders */
	repo_done();
}

/* Files of the docket that would be taken for our own notes. */
static void own_names(void)
{
	static const struct { const char *file, *want; } rows[] = {
		{ ".gavel-view x", "view/.gavel-view: the docket holds a file of this name: it cannot be shown in a view" },
		{ "cases/.gavel-tmp x", "view/cases/.gavel-tmp: the docket holds a file of this name: it cannot be shown in a view" },
	};
	struct gv_view_result r;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		docket_new();
		docket_of(rows[i].file);
		CHECK_ERR(refresh("view", &r), &err, GV_EDATA, rows[i].want);
		repo_done();
	}
}

#define FILES "cases/1.json one\ncases/2.json two"

static void refuses(void)
{
	static const struct { const char *dir, *before, *after, *want; int rc; } rows[] = {
		{ "other", "mkdir other; touch other/x", "", "other: is not empty, and no view of a docket", GV_ECONFLICT },
		{ "file", "touch file", "", "file: cannot read: Not a directory", GV_EIO },
		{ "no/where", "", "", "no/where: cannot make the folder: No such file or directory", GV_EIO },
		{ "r", "", "", "r: lies in the docket itself: a view needs a folder outside", GV_EUSAGE },
		{ "r/view", "", "", "r/view: lies in the docket itself: a view needs a folder outside", GV_EUSAGE },
		{ "l/view", "ln -s r l", "", "l/view: lies in the docket itself: a view needs a folder outside", GV_EUSAGE },
		{ "view", "", "chmod u+w view/cases/1.json; echo mine >view/cases/1.json",
		  "view/cases/1.json: was changed by hand, and views are for reading only: move it away", GV_ECONFLICT },
		{ "view", "", "rm view/cases/1.json; ln -s ../../secret view/cases/1.json",
		  "view/cases/1.json: was changed by hand, and views are for reading only: move it away", GV_ECONFLICT },
		{ "view", "", "rm view/cases/1.json; mkfifo view/cases/1.json",
		  "view/cases/1.json: was changed by hand, and views are for reading only: move it away", GV_ECONFLICT },
		{ "view", "", "rm view/cases/1.json; mkdir view/cases/1.json",
		  "view/cases/1.json: was changed by hand, and views are for reading only: move it away", GV_ECONFLICT },
		{ "view", "", "mv view/cases else; ln -s ../else view/cases",
		  "view/cases: is no folder of this view any more: move it away", GV_ECONFLICT },
		{ "view", "", "echo mine >view/cases/3.json", /* a new file where the docket gets one, too */
		  "view/cases/3.json: was changed by hand, and views are for reading only: move it away", GV_ECONFLICT },
		{ "view", "", "echo '{' >view/.gavel-view", "view/.gavel-view: is damaged: remove the view and make it anew", GV_EDATA },
		{ "view", "", "echo '{\"commit\":\"x\"}' >view/.gavel-view", "view/.gavel-view: is damaged: remove the view and make it anew", GV_EDATA },
		{ "view", "", "echo '{\"commit\":\"0123456789012345678901234567890123456789\"}' >view/.gavel-view",
		  "view: is a view of another docket", GV_ECONFLICT },
		{ "view", "", "rm view/.gavel-view", "view: is not empty, and no view of a docket", GV_ECONFLICT },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_view_result r;
		int rc;

		docket_new();
		sh("echo secret >secret; chmod 444 secret; %s", rows[i].before);
		docket_of(FILES);
		rc = refresh(rows[i].dir, &r);
		if (*rows[i].after) {
			CHECK_OK(rc, &err);
			sh("chmod u+w view/.gavel-view; %s", rows[i].after);
			docket_of("cases/1.json changed\ncases/2.json two\ncases/3.json three");
			rc = refresh(rows[i].dir, &r);
		}
		CHECK_ERR(rc, &err, rows[i].rc, rows[i].want);
		CHECK_STR(sh_out("cat secret; [ ! -d else ] || cat else/1.json; ls r | grep -c view"),
		          strstr(rows[i].after, "else") ? "secret\none0" : "secret\n0");
		repo_done();
	}
}

/* What a killed refresh may leave, and the next one makes good. */
static void interrupted(void)
{
	static const char *const damage[] = {
		"true",
		"rm -rf view; mkdir view; echo '{\"target\":\"'$(git -C r rev-parse main)'\"}' >view/.gavel-view",
		"rm -rf view; mkdir view; printf '{\"tar' >view/.gavel-tmp",
		"printf '' >view/cases/1.json",
		"printf 'o' >view/cases/1.json",
		"echo '{\"commit\":\"'$(git -C r rev-parse main)'\",\"target\":\"'$(git -C r rev-parse main~1)'\"}' >view/.gavel-view",
		"echo half >view/cases/.gavel-tmp; rm -r view/cases/1.json",
		/* on its way to a commit that was followed by another: what is in the state file is finished first */
		"echo '{\"commit\":\"'$(git -C r rev-parse main~1)'\",\"target\":\"'$(git -C r rev-parse main)'\"}' >view/.gavel-view; "
		"rm -r view/cases/2.json; printf tw >view/cases/2.json",
	};

	for (size_t i = 0; i < sizeof damage / sizeof damage[0]; i++) {
		struct gv_view_result r;

		docket_new();
		docket_of("cases/1.json 1\nold x");
		docket_of(FILES);
		CHECK_OK(refresh("view", &r), &err);
		sh("chmod -R u+w view; %s", damage[i]);
		docket_of("cases/1.json newer\ncases/2.json two\ncases/3.json three");
		CHECK_OK(refresh("view", &r), &err);
		sh("rm -f view/cases/.gavel-tmp; find view -type f -exec chmod 444 {} +");
		check_same("view");
		CHECK_STR(sh_out("grep -c target view/.gavel-view"), "0");
		repo_done();
	}
}

UNIT_MAIN("view", { "refreshes", refreshes }, { "names of its own", own_names }, { "refuses", refuses }, { "interrupted", interrupted })
