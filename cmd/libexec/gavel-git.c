/* SPDX-License-Identifier: MIT */
/*
 * gavel-git: what libgit2 does better than we would, asked rarely and out of process because
 * libgit2 takes 7 ms to start.  Arguments in argv, the answer on stdout, an error as text on stderr
 * and an exit code of err.h.
 *
 *   gavel-git rev-parse GITDIR REV        the commit that git's revision syntax names
 *   gavel-git config GITDIR KEY...        settings, includes followed: "+VALUE" or "-", and a NUL
 *   gavel-git config-all GITDIR KEY       every value of one key, a line each
 *   gavel-git init DIR SHARED             a new bare repository; SHARED "", "group" or "all"
 *
 * GITDIR "" is no repository: only the user's and the system's settings.
 */
#include <dirent.h>
#include <errno.h>
#include <git2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "buf.h"
#include "err.h"
#include "gitconf.h"
#include "i18n.h"

static int complain(int code, const char *text)
{
	fprintf(stderr, "%s\n", text);
	return code;
}

/* libgit2's own words about the last failure. */
static int complain_git(int code)
{
	const git_error *e = git_error_last();

	return complain(code, e && e->message ? e->message : _("libgit2 failed"));
}

static int complain_err(const struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(4096);
	int code = err->code;

	gv_err_text(err, &text);
	complain(code, text.p ? text.p : "");
	gv_buf_free(&text);
	return code;
}

/* ---- rev-parse ---- */

static int print_commit(git_object *object, const char *rev)
{
	git_object *commit = NULL;
	char hex[GIT_OID_HEXSZ + 1];

	if (git_object_peel(&commit, object, GIT_OBJECT_COMMIT) != 0) {
		fprintf(stderr, _("\"%s\" is a %s, not a commit\n"), rev,
		        git_object_type2string(git_object_type(object)));
		return GV_EDATA;
	}
	git_oid_tostr(hex, sizeof hex, git_object_id(commit));
	git_object_free(commit);
	puts(hex);
	return 0;
}

static int rev_parse(int argc, char **argv)
{
	git_repository *repo = NULL;
	git_object *object = NULL;
	int rc;

	if (argc != 2)
		return complain(GV_EUSAGE, "gavel-git rev-parse GITDIR REV");
	if (git_repository_open_ext(&repo, argv[0],
	                            GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT,
	                            NULL) != 0)
		return complain_git(GV_EIO);
	rc = git_revparse_single(&object, repo, argv[1]);
	if (rc == 0) {
		rc = print_commit(object, argv[1]);
	} else if (rc == GIT_EAMBIGUOUS) {
		fprintf(stderr, _("revision \"%s\" is ambiguous\n"), argv[1]);
		rc = GV_ENOTFOUND;
	} else {
		fprintf(stderr, _("no revision \"%s\"\n"), argv[1]);
		rc = GV_ENOTFOUND;
	}
	git_object_free(object);
	git_repository_free(repo);
	return rc;
}

/* ---- config ---- */

struct files {
	git_config *config;
	git_repository *repo;
};

/* Our list of files and not libgit2's: that knows neither GIT_CONFIG_GLOBAL nor
 * GIT_CONFIG_NOSYSTEM. */
static int add_file(void *ctx, enum gv_gitconf_level level, const char *path)
{
	static const git_config_level_t levels[] = {
		GIT_CONFIG_LEVEL_SYSTEM,
		GIT_CONFIG_LEVEL_XDG,
		GIT_CONFIG_LEVEL_GLOBAL,
		GIT_CONFIG_LEVEL_LOCAL,
	};
	struct files *f = ctx;

	return git_config_add_file_ondisk(f->config, path, levels[level], f->repo, 0) == 0 ?
	       0 : complain_git(GV_EDATA);
}

static int open_config(struct files *f, const char *gitdir)
{
	struct gv_err err = { 0 };
	int rc;

	if (*gitdir &&
	    git_repository_open_ext(&f->repo, gitdir,
	                            GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT,
	                            NULL) != 0)
		return complain_git(GV_EIO);
	if (git_config_new(&f->config) != 0)
		return complain_git(GV_EIO);
	rc = gv_gitconf_files(*gitdir ? gitdir : NULL, add_file, f, &err);
	return rc && err.code ? complain_err(&err) : rc;
}

static void close_config(struct files *f)
{
	git_config_free(f->config);
	git_repository_free(f->repo);
}

static int print_setting(git_config *config, const char *key)
{
	git_config_entry *entry = NULL;
	int rc = git_config_get_entry(&entry, config, key);

	if (rc == 0) {
		printf("+%s", entry->value ? entry->value : "true");
		git_config_entry_free(entry);
	} else if (rc == GIT_ENOTFOUND) {
		putchar('-');
	} else {
		return complain_git(GV_EDATA);
	}
	putchar('\0');
	return 0;
}

static int config(int argc, char **argv)
{
	struct files f = { 0 };
	int rc;

	if (argc < 2)
		return complain(GV_EUSAGE, "gavel-git config GITDIR KEY...");
	rc = open_config(&f, argv[0]);
	for (int i = 1; i < argc && !rc; i++)
		rc = print_setting(f.config, argv[i]);
	close_config(&f);
	return rc;
}

static int print_value(const git_config_entry *entry, void *ctx)
{
	(void)ctx;
	puts(entry->value ? entry->value : "");
	return 0;
}

static int config_all(int argc, char **argv)
{
	struct files f = { 0 };
	int rc;

	if (argc != 2)
		return complain(GV_EUSAGE, "gavel-git config-all GITDIR KEY");
	rc = open_config(&f, argv[0]);
	if (!rc) {
		int got =
			git_config_get_multivar_foreach(f.config, argv[1], NULL, print_value, NULL);

		if (got != 0 && got != GIT_ENOTFOUND)
			rc = complain_git(GV_EDATA);
	}
	close_config(&f);
	return rc;
}

/* ---- init ---- */

static bool is_empty(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	bool empty = true;

	if (!d)
		return errno == ENOENT;
	while (empty && (e = readdir(d)))
		empty = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0;
	closedir(d);
	return empty;
}

/* gavel-docket(5) lists these. */
static const struct { const char *key, *value; } settings[] = {
	/* Packs are made when somebody asks for it, without deltas: they read best as we write them. */
	{ "gc.auto", "0" },
	{ "pack.window", "0" },
	{ "core.quotepath", "false" },
	/* What a push brought is on disk before it is accepted, as what commands write: by default
	 * git leaves loose objects and refs to the kernel. */
	{ "core.fsync", "all" },
	/* Nothing is rewritten, and who moved main when is not forgotten after 90 days. */
	{ "receive.denyNonFastForwards", "true" },
	{ "receive.denyDeletes", "true" },
	{ "core.logAllRefUpdates", "true" },
	{ "gc.reflogExpire", "never" },
	{ "gc.reflogExpireUnreachable", "never" },
	/* Objects that git, or another file system, would take for something else do not come in. */
	{ "transfer.fsckObjects", "true" },
};

static int settle(git_repository *repo, const char *shared)
{
	git_config *c = NULL;
	int rc = git_repository_config(&c, repo);

	for (size_t i = 0; i < sizeof settings / sizeof settings[0] && !rc; i++)
		rc = git_config_set_string(c, settings[i].key, settings[i].value);
	if (!rc && *shared)
		rc = git_config_set_string(c, "core.sharedRepository", shared);
	git_config_free(c);
	return rc;
}

/* "": the owner writes, the group reads.  "group": the group writes.  "all": everybody else reads,
 * too; libgit2's own modes for these two would let others read or even put hooks. */
static bool set_modes(const char *shared, git_repository_init_options *o)
{
	if (strcmp(shared, "") == 0) {
		umask(umask(0) | 027);
	} else if (strcmp(shared, "group") == 0) {
		umask(007);
		o->mode = 02770;
	} else if (strcmp(shared, "all") == 0) {
		umask(002);
		o->mode = 02775;
	} else {
		return false;
	}
	return true;
}

static int init(int argc, char **argv)
{
	git_repository_init_options o = { .version = GIT_REPOSITORY_INIT_OPTIONS_VERSION };
	git_repository *repo = NULL;
	int rc = 0;

	if (argc != 2 || !set_modes(argv[1], &o))
		return complain(GV_EUSAGE, "gavel-git init DIR ''|group|all");
	if (!is_empty(argv[0])) {
		fprintf(stderr, _("%s: there is something already\n"), argv[0]);
		return GV_ECONFLICT;
	}
	o.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_NO_REINIT |
	          GIT_REPOSITORY_INIT_MKPATH;
	o.initial_head = "main";
	if (git_repository_init_ext(&repo, argv[0], &o) != 0 || settle(repo, argv[1]) != 0)
		rc = complain_git(GV_EIO);
	git_repository_free(repo);
	return rc;
}

/* ---- main ---- */

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(int argc, char **argv);
	} subs[] = {
		{ "rev-parse", rev_parse },
		{ "config", config },
		{ "config-all", config_all },
		{ "init", init },
	};
	static const char *extensions[] = { "worktreeconfig", "preciousobjects", "partialclone",
		                            "relativeworktrees" };
	int (*run)(int argc, char **argv) = NULL;
	int rc;

	gv_i18n_init();
	for (size_t i = 0; i < sizeof subs / sizeof subs[0]; i++) {
		if (argc > 1 && strcmp(argv[1], subs[i].name) == 0)
			run = subs[i].run;
	}
	if (!run)
		return complain(GV_EUSAGE, "gavel-git rev-parse|config|config-all|init ...");
	if (git_libgit2_init() < 0)
		return complain_git(GV_EIO);
	/* Who owns the repository was asked before (gv_store_open). */
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions,
	                 sizeof extensions / sizeof extensions[0]);
	rc = run(argc - 2, argv + 2);
	if (fflush(stdout) != 0)
		rc = complain(GV_EIO, strerror(errno));
	git_libgit2_shutdown();
	return rc;
}
