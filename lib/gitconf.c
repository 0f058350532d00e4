/* SPDX-License-Identifier: MIT */
/* Which files git reads, and what they say about a few keys. */
#include "gitconf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "helper.h"
#include "i18n.h"

enum { LOOKUP_MAX = 8 };
#define FILE_MAX (8 * GV_MIB)

/* ---- which files ---- */

typedef int files_fn(void *ctx, enum gv_gitconf_level level, const char *path);

static const char *env(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

static int give(files_fn *each, void *ctx, enum gv_gitconf_level level, const char *dir,
                const char *name, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	int rc;

	gv_buf_adds(&path, dir);
	gv_buf_adds(&path, name);
	rc = gv_buf_check(&path, err);
	if (!rc)
		rc = each(ctx, level, path.p);
	gv_buf_free(&path);
	return rc;
}

int gv_gitconf_files(const char *gitdir, files_fn *each, void *ctx, struct gv_err *err)
{
	const char *home = env("HOME"), *xdg = env("XDG_CONFIG_HOME"),
		   *system = env("GIT_CONFIG_SYSTEM");
	const char *global = getenv("GIT_CONFIG_GLOBAL"); /* set but empty: none */
	bool no_system = false;
	int rc = 0;

	if (getenv("GIT_CONFIG_NOSYSTEM") &&
	    !gv_gitconf_bool(getenv("GIT_CONFIG_NOSYSTEM"), &no_system))
		return gv_fail_field(err, GV_EUSAGE, "GIT_CONFIG_NOSYSTEM",
		                     _("\"%s\" is neither true nor false"),
		                     getenv("GIT_CONFIG_NOSYSTEM"));
	if (!no_system)
		rc = give(each, ctx, GV_GITCONF_SYSTEM, system ? system : "/etc/gitconfig", "",
		          err);
	if (!rc && global) {
		if (*global)
			rc = give(each, ctx, GV_GITCONF_USER, global, "", err);
	} else if (!rc) {
		if (xdg)
			rc = give(each, ctx, GV_GITCONF_XDG, xdg, "/git/config", err);
		else if (home)
			rc = give(each, ctx, GV_GITCONF_XDG, home, "/.config/git/config", err);
		if (!rc && home)
			rc = give(each, ctx, GV_GITCONF_USER, home, "/.gitconfig", err);
	}
	if (!rc && gitdir)
		rc = give(each, ctx, GV_GITCONF_LOCAL, gitdir, "/config", err);
	return rc;
}

/* ---- what they say ---- */

typedef int item_fn(void *ctx, const struct gv_gitconf_item *item);

struct pass {
	item_fn *each;
	void *ctx;
	struct gv_err *err;
};

static int pass_file(void *ctx, enum gv_gitconf_level level, const char *path)
{
	struct pass *p = ctx;
	struct gv_buf text = GV_BUF_INIT(FILE_MAX);
	int fd = open(path, O_RDONLY | O_CLOEXEC), rc;

	(void)level;
	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR || errno == EACCES ?
		       0 : gv_fail_sys(p->err, path, _("cannot open"));
	rc = gv_buf_read_fd(&text, fd, path, p->err);
	close(fd);
	if (!rc)
		rc = gv_gitconf_parse(gv_buf_str(&text), p->each, p->ctx, p->err);
	if (rc)
		gv_err_thing(p->err, path, strlen(path));
	gv_buf_free(&text);
	return rc;
}

/* "Section.Sub.Key": the first and the last part in lower case, as the parser gives them. */
static void canonical(const char *key, struct gv_buf *out)
{
	size_t n = strlen(key), first, last = n;

	first = strcspn(key, ".");
	while (last > 0 && key[last - 1] != '.')
		last--;
	for (size_t i = 0; i < n; i++) {
		bool folded = i < first || i >= last;

		gv_buf_addc(out, folded && key[i] >= 'A' && key[i] <= 'Z' ? (char)(key[i] + 32)
		                                                          : key[i]);
	}
}

/* GIT_CONFIG_COUNT, GIT_CONFIG_KEY_0, GIT_CONFIG_VALUE_0 ...: they win over all files. */
static int pass_environment(item_fn *each, void *ctx, struct gv_err *err)
{
	const char *count_text = env("GIT_CONFIG_COUNT");
	struct gv_buf key = GV_BUF_INIT(8192);
	int64_t count = 0;
	int rc = 0;

	if (count_text &&
	    (!gv_str_int(gv_str_of(count_text), &count) || count < 0 || count > 100000))
		return gv_fail_field(err, GV_EUSAGE, "GIT_CONFIG_COUNT", _("\"%s\" is not a count"),
		                     count_text);
	for (int64_t i = 0; i < count && !rc; i++) {
		char name[64];
		struct gv_gitconf_item item;
		const char *given;

		snprintf(name, sizeof name, "GIT_CONFIG_KEY_%lld", (long long)i);
		given = getenv(name);
		snprintf(name, sizeof name, "GIT_CONFIG_VALUE_%lld", (long long)i);
		item.value = getenv(name);
		if (!given || !item.value) {
			rc = gv_fail_field(err, GV_EUSAGE, "GIT_CONFIG_COUNT",
			                   _("key or value %lld is missing"), (long long)i);
			break;
		}
		gv_buf_reset(&key);
		canonical(given, &key);
		rc = gv_buf_check(&key, err);
		item.key = key.p ? key.p : "";
		if (!rc)
			rc = each(ctx, &item);
	}
	gv_buf_free(&key);
	return rc;
}

/* ---- a few keys ---- */

struct lookup {
	const char *const *keys;   /* canonical */
	size_t n;
	struct gv_buf *values;
	bool *found;
	bool includes;             /* the files point to others: ask libgit2 */
};

static int take(void *ctx, const struct gv_gitconf_item *item)
{
	struct lookup *l = ctx;

	for (size_t i = 0; i < l->n; i++) {
		if (strcmp(item->key, l->keys[i]) != 0)
			continue;
		gv_buf_reset(&l->values[i]);
		gv_buf_adds(&l->values[i], item->value ? item->value : "true");
		l->found[i] = true;
	}
	if (strncmp(item->key, "include.", 8) == 0 || strncmp(item->key, "includeif.", 10) == 0)
		l->includes = true;
	return 0;
}

/* All keys in one question.  The answers: "+VALUE" or "-", each with a NUL behind it. */
static int ask(const char *gitdir, struct lookup *l, struct gv_err *err)
{
	const char *args[LOOKUP_MAX + 3] = { "config", gitdir ? gitdir : "" };
	struct gv_buf answers = GV_BUF_INIT(GV_MIB);
	const char *at, *end, *nul;
	int rc;

	for (size_t i = 0; i < l->n; i++)
		args[i + 2] = l->keys[i];
	rc = gv_helper_ask("gavel-git", args, &answers, err);
	at = answers.p;
	end = at ? at + answers.n : NULL;
	for (size_t i = 0; i < l->n && !rc; i++) {
		nul = at < end ? memchr(at, '\0', (size_t)(end - at)) : NULL;
		if (!nul) {
			rc = gv_fail(err, GV_EIO, "%s",
			             _("the helper gavel-git gave a broken answer"));
			break;
		}
		l->found[i] = *at == '+';
		gv_buf_reset(&l->values[i]);
		if (l->found[i])
			gv_buf_adds(&l->values[i], at + 1);
		at = nul + 1;
	}
	gv_buf_free(&answers);
	return rc;
}

static int look_everywhere(const char *gitdir, struct lookup *l, struct pass *p, struct gv_err *err)
{
	int rc;

	for (size_t i = 0; i < l->n; i++)
		l->found[i] = false;
	l->includes = false;
	rc = gv_gitconf_files(gitdir, pass_file, p, err);
	return !rc && l->includes ? ask(gitdir, l, err) : rc;
}

/* What the repository itself says wins over the user's and the system's files: these need not be read
 * when it says all. */
static int look_at_home(const char *gitdir, struct lookup *l, struct pass *p, bool *all,
                        struct gv_err *err)
{
	int rc = give(pass_file, p, GV_GITCONF_LOCAL, gitdir, "/config", err);

	*all = !rc && !l->includes;
	for (size_t i = 0; i < l->n; i++)
		*all = *all && l->found[i];
	return rc;
}

static int look(const char *gitdir, struct lookup *l, struct gv_err *err)
{
	struct pass p = { .each = take, .ctx = l, .err = err };
	bool all = false;
	int rc = gitdir && l->n == 1 ? look_at_home(gitdir, l, &p, &all, err) : 0;

	if (!rc && !all)
		rc = look_everywhere(gitdir, l, &p, err);
	if (!rc)
		rc = pass_environment(take, l, err);
	for (size_t i = 0; i < l->n && !rc; i++)
		rc = gv_buf_check(&l->values[i], err);
	return rc;
}

int gv_gitconf_lookup(const char *gitdir, const char *const *keys, size_t n, struct gv_buf *values,
                      bool *found, struct gv_err *err)
{
	struct gv_buf canon[LOOKUP_MAX];
	const char *names[LOOKUP_MAX];
	struct lookup l = { .keys = names, .n = n, .values = values, .found = found };
	int rc = 0;

	if (n > LOOKUP_MAX)
		return gv_fail(err, GV_EUSAGE, _("more than %d settings at once"), LOOKUP_MAX);
	for (size_t i = 0; i < n; i++) {
		gv_buf_init(&canon[i], 8192);
		canonical(keys[i], &canon[i]);
		if (!rc)
			rc = gv_buf_check(&canon[i], err);
		names[i] = canon[i].p ? canon[i].p : "";
		gv_buf_reset(&values[i]);
		found[i] = false;
	}
	if (!rc)
		rc = look(gitdir, &l, err);
	for (size_t i = 0; i < n; i++)
		gv_buf_free(&canon[i]);
	return rc;
}

int gv_gitconf_get(const char *gitdir, const char *key, struct gv_buf *out, struct gv_err *err)
{
	struct gv_buf value = GV_BUF_INIT(GV_MIB);
	bool found;
	int rc = gv_gitconf_lookup(gitdir, &key, 1, &value, &found, err);

	if (!rc && !found)
		rc = gv_fail(err, GV_ENOTFOUND, _("no setting %s"), key);
	if (!rc) {
		gv_buf_addstr(out, gv_buf_str(&value));
		rc = gv_buf_check(out, err);
	}
	gv_buf_free(&value);
	return rc;
}

/* ---- safe.directory ---- */

struct safe {
	const char *dir;
	bool safe, includes;
};

static bool names_dir(const char *value, const char *dir)
{
	const char *home = env("HOME");
	size_t n = strlen(value), h;

	if (strncmp(value, "~/", 2) == 0 && home) {
		h = strlen(home);
		return strncmp(dir, home, h) == 0 && names_dir(value + 1, dir + h);
	}
	if (n >= 2 && strcmp(value + n - 2, "/*") == 0)
		return strncmp(dir, value, n - 1) == 0;
	return strcmp(value, "*") == 0 || strcmp(value, dir) == 0;
}

static int weigh(void *ctx, const struct gv_gitconf_item *item)
{
	struct safe *s = ctx;

	if (strncmp(item->key, "include.", 8) == 0 || strncmp(item->key, "includeif.", 10) == 0)
		s->includes = true;
	if (strcmp(item->key, "safe.directory") != 0)
		return 0;
	if (!item->value || !*item->value) /* an empty one takes back all before it */
		s->safe = false;
	else if (names_dir(item->value, s->dir))
		s->safe = true;
	return 0;
}

/* Files with includes: the helper lists the values, one to a line. */
static int weigh_all(struct safe *s, struct gv_err *err)
{
	const char *args[] = { "config-all", "", "safe.directory", NULL };
	struct gv_buf lines = GV_BUF_INIT(GV_MIB);
	int rc = gv_helper_ask("gavel-git", args, &lines, err);
	char *line = lines.p, *eol;

	s->safe = false;
	for (; !rc && line && (eol = strchr(line, '\n')); line = eol + 1) {
		*eol = '\0';
		weigh(s, &(struct gv_gitconf_item){ .key = "safe.directory", .value = line });
	}
	gv_buf_free(&lines);
	return rc == GV_ENOTFOUND ? 0 : rc;
}

int gv_gitconf_safe_directory(const char *dir, bool *safe, struct gv_err *err)
{
	struct safe s = { .dir = dir };
	struct pass p = { .each = weigh, .ctx = &s, .err = err };
	int rc = gv_gitconf_files(NULL, pass_file, &p, err);

	if (!rc && s.includes)
		rc = weigh_all(&s, err);
	if (!rc)
		rc = pass_environment(weigh, &s, err);
	*safe = s.safe;
	return rc;
}
