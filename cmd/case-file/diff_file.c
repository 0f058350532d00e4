/* SPDX-License-Identifier: MIT */
/* case-file diff-file: what git shows of records, as its diff driver (case-file join): a field a line. */
#include <stdlib.h>
#include <unistd.h>

#include "case-file.h"
#include "git.h"
#include "gitconf.h"
#include "story.h"
#include "utf8.h"

/* Larger ones git itself takes for binary. */
#define FILE_MAX (512 * GV_MIB)

static const struct gv_opt opts[] = {
	{ 0, "text", NULL, N_("print one record as text, a field a line (git's textconv)") },
	{ 0, "color", "WHEN", N_("never, auto or always"), .complete = "never|auto|always" },
	{ 0 }
};

/* One version of a file. */
struct version {
	const char *file;
	struct gv_buf text;
	struct gv_doc doc;
	const struct gv_val *rec;   /* NULL: absent, or no JSON object */
	bool other;                 /* there, but no JSON object */
};

static int version_read(struct version *v, const char *file, struct gv_err *err)
{
	int rc;

	*v = (struct version){ .file = file, .text = GV_BUF_INIT(FILE_MAX) };
	rc = gv_buf_read_file(&v->text, file, err);
	if (rc || !v->text.n) /* /dev/null: git's word for a file that is not there */
		return rc;
	rc = gv_json_parse(&v->doc, gv_buf_str(&v->text), 0, err);
	if (rc == GV_EDATA) {
		gv_err_clear(err);
		rc = 0;
	}
	if (!rc && v->doc.root.type == GV_OBJECT)
		v->rec = &v->doc.root;
	v->other = !v->rec;
	return rc;
}

static void version_free(struct version *v)
{
	gv_buf_free(&v->text);
	gv_doc_free(&v->doc);
}

/* ---- git's textconv ---- */

static int print_text(struct gv_cmd *c, const char *file)
{
	struct gv_buf out = GV_BUF_INIT(4 * GV_JSON_TEXT_MAX);
	struct version v;
	int rc = version_read(&v, file, &c->err);

	if (!rc && v.rec)
		rc = gv_story_text(&out, v.rec, &c->err);
	if (!rc)
		rc = gv_cmd_put(c, v.rec ? gv_buf_str(&out) : gv_buf_str(&v.text));
	if (rc)
		gv_err_thing(&c->err, file, strlen(file));
	gv_buf_free(&out);
	version_free(&v);
	return rc;
}

/* ---- git's external diff ---- */

/* As git decides it, whose pager may stand between us and the terminal. */
static bool wants_colour(struct gv_cmd *c)
{
	const char *when = gv_cmd_opt(c, "color"), *quiet = getenv("NO_COLOR"), *pager = getenv("GIT_PAGER_IN_USE");
	struct gv_buf set = GV_BUF_INIT(256);
	bool yes = false, known = true;

	if (!when && (gv_gitconf_get(getenv("GIT_DIR"), "color.diff", &set, NULL) == 0 ||
	              gv_gitconf_get(getenv("GIT_DIR"), "color.ui", &set, NULL) == 0))
		when = set.p;
	if (when && strcmp(when, "always") == 0)
		yes = true;
	else if (when && (strcmp(when, "never") == 0 || (gv_gitconf_bool(when, &known) && !known)))
		yes = false;
	else
		yes = !(quiet && *quiet) && (isatty(STDOUT_FILENO) || (pager && gv_gitconf_bool(pager, &known) && known));
	gv_buf_free(&set);
	return yes;
}

static int print_by_git(struct gv_cmd *c, const struct version *old, const struct version *new_, bool colour)
{
	const char *args[] = { "diff", "--no-index", "--no-ext-diff", "--no-textconv",
		               colour ? "--color=always" : "--color=never", "--", old->file, new_->file, NULL };
	struct gv_buf out = GV_BUF_INIT(3 * FILE_MAX), said = GV_BUF_INIT(4096);
	int code = 0, rc = gv_git(&(struct gv_git){ 0 }, args, &out, &said, &code, &c->err);

	if (!rc && code > 1)
		rc = gv_git_fail("diff", code, &said, &c->err);
	if (!rc)
		rc = gv_buf_check(&out, &c->err);
	if (!rc)
		rc = gv_cmd_put(c, gv_buf_str(&out));
	gv_buf_free(&out);
	gv_buf_free(&said);
	return rc;
}

static int print_heading(struct gv_cmd *c, const char *path, const struct gv_val *rec, bool colour)
{
	struct gv_buf name = GV_BUF_INIT(65536);
	struct gv_str kind = gv_val_getstr(rec, "kind"), id = gv_val_getstr(rec, "id");
	int rc;

	gv_buf_adds(&name, colour ? "\x1b[1m" : "");
	if (kind.n && id.n) {
		gv_utf8_safe(kind, &name);
		gv_buf_addc(&name, ':');
		gv_utf8_safe(id, &name);
	} else {
		gv_utf8_safe(gv_str_of(path), &name);
	}
	gv_buf_adds(&name, colour ? "\x1b[m\n" : "\n");
	rc = gv_buf_check(&name, &c->err);
	if (!rc)
		rc = gv_cmd_put(c, gv_buf_str(&name));
	gv_buf_free(&name);
	return rc;
}

static int print_fields(struct gv_cmd *c, const struct version *old, const struct version *new_, bool colour)
{
	struct gv_buf out = GV_BUF_INIT(8 * GV_JSON_TEXT_MAX);
	int rc = gv_story_changes(&out, old->rec, new_->rec, colour ? GV_STORY_COLOUR : 0, &c->err);

	if (!rc && !out.n)
		gv_buf_addf(&out, "  %s\n", _("the same fields, written otherwise"));
	if (!rc)
		rc = gv_buf_check(&out, &c->err);
	if (!rc)
		rc = gv_cmd_put(c, gv_buf_str(&out));
	gv_buf_free(&out);
	return rc;
}

static int print_diff(struct gv_cmd *c, const char *path, const char *old_file, const char *new_file,
                      const char *moved_to)
{
	struct version old = { 0 }, new_ = { 0 };
	bool colour = wants_colour(c);
	int rc = version_read(&old, old_file, &c->err);

	if (!rc)
		rc = version_read(&new_, new_file, &c->err);
	if (rc)
		gv_err_thing(&c->err, path, strlen(path));
	if (!rc)
		rc = print_heading(c, path, new_.rec ? new_.rec : old.rec, colour);
	if (!rc && moved_to)
		rc = gv_cmd_print(c, "  %s → %s\n", path, moved_to);
	if (!rc && (old.other || new_.other))
		rc = print_by_git(c, &old, &new_, colour);
	else if (!rc && (old.rec || new_.rec))
		rc = print_fields(c, &old, &new_, colour);
	version_free(&old);
	version_free(&new_);
	return rc;
}

static int run(struct gv_cmd *c)
{
	char **v = c->argv;

	c->text.max = GV_MIB;
	if (gv_cmd_has(c, "text") && c->argc == 1)
		return print_text(c, v[0]);
	if (gv_cmd_has(c, "text"))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which file?  case-file diff-file --text FILE"));
	if (c->argc == 2)
		return print_diff(c, v[1], v[0], v[1], NULL);
	/* PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE [MOVED-TO WHAT]; PATH alone while a merge is not done. */
	if (c->argc == 7 || c->argc == 9)
		return print_diff(c, v[0], v[1], v[4], c->argc == 9 ? v[7] : NULL);
	if (c->argc == 1)
		return gv_cmd_print(c, _("* not joined yet: %s\n"), v[0]);
	return gv_fail(&c->err, GV_EUSAGE, "%s",
	               _("it takes two files, or what git gives to an external diff: case-file diff-file OLD NEW"));
}

const struct gv_cmd_spec case_file_diff_file = {
	.name = "diff-file", .summary = N_("show two versions of a record as fields, old → new (git's diff driver)"),
	.usage = N_("OLD NEW | --text FILE"), .operands = "file", .opts = opts, .kind = "case",
	.records = &gv_cmd_records, .run = run,
};
