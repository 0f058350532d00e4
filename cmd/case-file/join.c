/* SPDX-License-Identifier: MIT */
/*
 * case-file join: teach the git of a clone about records: how to join them (merge-file), how to show them (diff-file).
 * Drivers are local settings, which no clone brings along.  Neither the work tree nor the index is touched.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "case-file.h"
#include "git.h"
#include "newfile.h"
#include "run.h"

enum { TEXT_MAX = 1 << 20 };

#define NOTED "gavel.joined"  /* which settings of other names were ours to make */
#define BEGIN "# case-file join: begin\n"
#define END   "# case-file join: end\n"
#define ATTRIBUTES BEGIN "*.json merge=gavel diff=gavel\n" END

static const struct gv_opt opts[] = {
	{ 0, "undo", NULL, N_("take away what it wrote") },
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct gv_git git;
	struct gv_buf top;         /* the clone */
	struct gv_buf attributes;  /* path of its own attributes file */
	struct gv_buf noted;       /* lines of NOTED */
	struct gv_buf value;       /* scratch */
	size_t changed;
};

/* ---- git's settings ---- */

/* Its local value; *there false if there is none. */
static int get(struct work *w, const char *key, const char *how, struct gv_buf *value, bool *there)
{
	const char *args[] = { "config", "--local", how, key, NULL };
	struct gv_buf said = GV_BUF_INIT(4096);
	struct gv_err *err = &w->c->err;
	int code = 0, rc;

	gv_buf_reset(value);
	rc = gv_git(&w->git, args, value, &said, &code, err);
	*there = !rc && code == 0;
	if (!rc && code > 1)
		rc = gv_git_fail("config", code, &said, err);
	if (!rc)
		rc = gv_buf_check(value, err);
	gv_buf_free(&said);
	return rc;
}

static bool is_noted(const struct work *w, const char *key)
{
	struct gv_str left = gv_buf_str(&w->noted), want = gv_str_of(key);

	while (left.n) {
		const char *end = memchr(left.p, '\n', left.n);
		size_t n = end ? (size_t)(end - left.p) : left.n;

		if (gv_str_eq((struct gv_str){ left.p, n }, want))
			return true;
		left = (struct gv_str){ left.p + n + (end != NULL), left.n - n - (end != NULL) };
	}
	return false;
}

static int git_config(struct work *w, const char *how, const char *key, const char *value)
{
	const char *args[] = { "config", "--local", how, key, value, NULL };
	struct gv_buf out = GV_BUF_INIT(4096);
	int rc = gv_git_ask(&w->git, args, &out, &w->c->err);

	gv_buf_free(&out);
	return rc;
}

/* `own`: nobody but us gives this name a meaning.  Of another, what the person set stays. */
static int set(struct work *w, const char *key, const char *value, bool own)
{
	struct gv_buf now = GV_BUF_INIT(TEXT_MAX);
	bool there;
	int rc = get(w, key, "--get", &now, &there);
	struct gv_str is = gv_buf_str(&now);

	is.n -= is.n && is.p[is.n - 1] == '\n';
	if (rc || (there && gv_str_is(is, value)))
		goto out;
	if (there && !own && !is_noted(w, key)) {
		rc = gv_cmd_print(w->c, _("left alone: %s = %.*s (would be %s)\n"), key, (int)is.n, is.p, value);
		goto out;
	}
	rc = git_config(w, "--replace-all", key, value);
	if (!rc && !own && !is_noted(w, key))
		rc = git_config(w, "--add", NOTED, key);
	w->changed++;
	if (!rc)
		rc = gv_cmd_print(w->c, _("set: %s = %s\n"), key, value);
out:
	gv_buf_free(&now);
	return rc;
}

/* A driver's command line.  In that for merging, %-letters have a meaning. */
static int set_driver(struct work *w, const char *program, const char *key, const char *args)
{
	bool merges = strchr(args, '%') != NULL;
	int rc;

	gv_buf_reset(&w->value);
	gv_run_quote(&w->value, program);
	for (size_t i = 0; merges && i < w->value.n; i++) {
		if (w->value.p[i] != '%')
			continue;
		gv_buf_addc(&w->value, '%');
		memmove(w->value.p + i + 1, w->value.p + i, w->value.n - i - 1);
		i++;
	}
	gv_buf_addc(&w->value, ' ');
	gv_buf_adds(&w->value, args);
	rc = gv_buf_check(&w->value, &w->c->err);
	return rc ? rc : set(w, key, w->value.p, true);
}

/* People's own git then checks signatures against the keys that the docket itself lists. */
static int set_signers(struct work *w, struct gv_store *s)
{
	struct gv_str text;
	int rc = gv_store_read(s, "signers", &text, NULL, &w->c->err);

	if (rc == GV_ENOTFOUND) {
		gv_err_clear(&w->c->err);
		return 0;
	}
	gv_buf_reset(&w->value);
	gv_buf_addf(&w->value, "%s/signers", w->top.p);
	if (!rc)
		rc = gv_buf_check(&w->value, &w->c->err);
	return rc ? rc : set(w, "gpg.ssh.allowedSignersFile", w->value.p, false);
}

static int set_all(struct work *w, struct gv_store *s)
{
	static const struct { const char *key, *value; bool own; } settings[] = {
		{ "merge.gavel.name", "records field by field (case-file)", true },
		{ "diff.gavel.xfuncname", "^id: (.*)$", true },
		{ "alias.story", "log -p --ext-diff", false },
		{ "core.quotepath", "false", false },
		{ "pull.rebase", "false", false },
		{ "push.default", "simple", false },
	};
	char path[PATH_MAX];
	const char *program = own_program(path);
	int rc = 0;

	program = program ? program : "case-file";
	rc = set_driver(w, program, "merge.gavel.driver", "merge-file %O %A %B %P");
	if (!rc)
		rc = set_driver(w, program, "diff.gavel.textconv", "diff-file --text");
	if (!rc)
		rc = set_driver(w, program, "diff.gavel.command", "diff-file");
	for (size_t i = 0; i < sizeof settings / sizeof settings[0] && !rc; i++)
		rc = set(w, settings[i].key, settings[i].value, settings[i].own);
	return rc ? rc : set_signers(w, s);
}

static int unset(struct work *w, const char *key)
{
	bool there;
	int rc = get(w, key, "--get", &w->value, &there);

	if (!rc && there) {
		rc = git_config(w, "--unset-all", key, NULL);
		w->changed++;
	}
	return rc || !there ? rc : gv_cmd_print(w->c, _("taken away: %s\n"), key);
}

static int unset_all(struct work *w)
{
	static const char *const own[] = { "merge.gavel.name", "merge.gavel.driver", "diff.gavel.xfuncname",
		                           "diff.gavel.textconv", "diff.gavel.command" };
	int rc = 0;

	for (size_t i = 0; i < sizeof own / sizeof own[0] && !rc; i++)
		rc = unset(w, own[i]);
	for (char *key = w->noted.p, *end; !rc && key && (end = strchr(key, '\n')); key = end + 1) {
		*end = '\0';
		rc = unset(w, key);
	}
	if (!rc && w->noted.n)
		rc = git_config(w, "--unset-all", NOTED, NULL);
	return rc;
}

/* ---- git's attributes ---- */

/* The file without what an earlier join wrote, then ours behind it. */
static int new_attributes(struct work *w, struct gv_str old, bool undo, struct gv_buf *out)
{
	const char *begin = old.n ? strstr(old.p, BEGIN) : NULL, *end = begin ? strstr(begin, END) : NULL;

	if (begin && end) {
		gv_buf_add(out, old.p, (size_t)(begin - old.p));
		end += sizeof END - 1;
		gv_buf_add(out, end, (size_t)(old.p + old.n - end));
	} else {
		gv_buf_addstr(out, old);
	}
	if (!undo && out->n && out->p[out->n - 1] != '\n')
		gv_buf_addc(out, '\n');
	if (!undo)
		gv_buf_adds(out, ATTRIBUTES);
	return gv_buf_check(out, &w->c->err);
}

static int replace_file(struct work *w, struct gv_str text)
{
	const char *path = w->attributes.p;

	/* A clone made without git's templates has no info/. */
	gv_buf_reset(&w->value);
	gv_buf_add(&w->value, path, (size_t)(strrchr(path, '/') - path));
	if (!w->value.failed)
		mkdir(w->value.p, 0777);
	return gv_newfile_write(path, 0666, text, &w->c->err);
}

static int write_attributes(struct work *w, bool undo)
{
	struct gv_buf old = GV_BUF_INIT(TEXT_MAX), text = GV_BUF_INIT(2 * TEXT_MAX);
	int rc = 0;

	if (access(w->attributes.p, F_OK) == 0)
		rc = gv_buf_read_file(&old, w->attributes.p, &w->c->err);
	if (!rc)
		rc = new_attributes(w, gv_buf_str(&old), undo, &text);
	if (!rc && !gv_str_eq(gv_buf_str(&old), gv_buf_str(&text))) {
		rc = replace_file(w, gv_buf_str(&text));
		w->changed++;
		if (!rc)
			rc = gv_cmd_print(w->c, undo ? _("taken away from %s: *.json\n") : _("set in %s: *.json merge=gavel diff=gavel\n"),
			                  w->attributes.p);
	}
	gv_buf_free(&old);
	gv_buf_free(&text);
	return rc;
}

/* ---- all of it ---- */

/* Why git has nothing to say about a folder, in the words that all commands have for it. */
static int explain(struct work *w, const char *dir)
{
	struct gv_err *err = &w->c->err, told = *err;
	struct gv_store *s = NULL;
	int rc;

	if (told.code != GV_EIO)
		return told.code;
	gv_err_clear(err);
	rc = gv_store_open(&s, dir, err);
	gv_store_close(s);
	return rc ? rc : (*err = told).code;
}

static int find_clone(struct work *w, const char *dir)
{
	const char *top[] = { "rev-parse", "--path-format=absolute", "--show-toplevel", NULL };
	const char *attributes[] = { "rev-parse", "--path-format=absolute", "--git-path", "info/attributes", NULL };
	const char *bare[] = { "rev-parse", "--is-bare-repository", NULL };
	int rc;

	w->git.dir = dir;
	rc = gv_git_ask(&w->git, bare, &w->value, &w->c->err);
	if (rc)
		return explain(w, dir);
	if (gv_str_is(gv_buf_str(&w->value), "true"))
		rc = gv_fail(&w->c->err, GV_EUSAGE, "%s",
		             _("this is a docket itself: join is for a clone of it (git clone, then case-file join CLONE)"));
	if (!rc)
		rc = gv_git_ask(&w->git, top, &w->top, &w->c->err);
	if (!rc)
		rc = gv_git_ask(&w->git, attributes, &w->attributes, &w->c->err);
	if (rc)
		gv_err_thing(&w->c->err, dir, strlen(dir));
	return rc;
}

static int join(struct work *w, const char *dir, bool undo)
{
	struct gv_store *s = NULL;
	bool there;
	int rc = find_clone(w, dir);

	/* Of what is no docket, nothing is said to git; taking away needs none. */
	if (!rc && !undo)
		rc = gv_store_open(&s, w->top.p, &w->c->err);
	if (!rc)
		rc = get(w, NOTED, "--get-all", &w->noted, &there);
	if (!rc)
		rc = undo ? unset_all(w) : set_all(w, s);
	if (!rc)
		rc = write_attributes(w, undo);
	if (!rc && !w->changed)
		gv_cmd_note(w->c, undo ? _("%s: nothing to take away") : _("%s: joined already, nothing to do"), w->top.p);
	else if (!rc && !undo)
		gv_cmd_note(w->c, _("%s: git merge joins records field by field now, git diff and git story show fields"),
		            w->top.p);
	gv_store_close(s);
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = {
		.c = c, .top = GV_BUF_INIT(8192), .attributes = GV_BUF_INIT(8192), .noted = GV_BUF_INIT(65536),
		.value = GV_BUF_INIT(TEXT_MAX),
	};
	int rc;

	c->text.max = GV_MIB;
	if (c->argc > 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which clone?  case-file join [DIR]"));
	rc = join(&w, c->argc ? c->argv[0] : ".", gv_cmd_has(c, "undo"));
	gv_buf_free(&w.top);
	gv_buf_free(&w.attributes);
	gv_buf_free(&w.noted);
	gv_buf_free(&w.value);
	return rc;
}

const struct gv_cmd_spec case_file_join = {
	.name = "join", .summary = N_("teach a clone's git to join and to show records by their fields"),
	.usage = "[DIR]", .operands = "dir", .opts = opts, .kind = "case", .records = &gv_cmd_records, .run = run,
};
