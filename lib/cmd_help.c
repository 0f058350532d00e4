/* SPDX-License-Identifier: MIT */
/* cmd_help: --help for people, --dump-spec for make/docs.sh; both from the option tables. */
#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd.h"
#include "i18n.h"
#include "utf8.h"

enum { HELP_COLUMN = 26, HELP_WIDTH = 80 };

static void pad_to(struct gv_buf *out, size_t start, size_t column)
{
	size_t width = gv_utf8_width((struct gv_str){ out->p + start, out->n - start }, 1);

	for (; width < column; width++)
		gv_buf_addc(out, ' ');
}

/* Wrap at blanks, or anywhere between ideographs. */
static void wrapped(struct gv_buf *out, struct gv_str text, size_t column)
{
	while (text.n) {
		size_t fit = gv_utf8_fit(text, HELP_WIDTH - column, 1), cut = fit;

		if (fit < text.n) {
			while (cut > 0 && text.p[cut] != ' ' && (unsigned char)text.p[cut - 1] < 0x80)
				cut--;
			if (cut == 0)
				cut = fit ? fit : text.n;
		}
		gv_buf_add(out, text.p, cut);
		text.p += cut;
		text.n -= cut;
		text = gv_str_trim(text);
		gv_buf_addc(out, '\n');
		if (text.n)
			for (size_t i = 0; i < column; i++)
				gv_buf_addc(out, ' ');
	}
}

static void item(struct gv_buf *out, const char *left, const char *help)
{
	size_t start = out->n;

	gv_buf_adds(out, left);
	if (gv_utf8_width(gv_str_of(left), 1) + 2 > HELP_COLUMN) {
		gv_buf_addc(out, '\n');
		start = out->n;
	}
	if (out->failed)
		return;
	pad_to(out, start, HELP_COLUMN);
	wrapped(out, gv_str_of(help), HELP_COLUMN);
}

static void help_options(struct gv_buf *out, const struct gv_cmd_spec *spec)
{
	const struct gv_opt *o;
	size_t cursor = 0;
	struct gv_buf left = GV_BUF_INIT(256);
	int section = -1;

	while ((o = gv_opt_next(spec->opts, spec->common, &cursor))) {
		bool common = strcmp(gv_opt_set(cursor), "own") != 0;

		if (common != section)
			gv_buf_addf(out, "\n%s\n", common ? _("Common options, see gavel(7):") : _("Options:"));
		section = common;
		gv_buf_reset(&left);
		if (o->letter)
			gv_buf_addf(&left, "  -%c, --%s", o->letter, o->name);
		else
			gv_buf_addf(&left, "      --%s", o->name);
		if (o->arg)
			gv_buf_addf(&left, " %s", o->arg);
		if (!left.failed)
			item(out, left.p, _(o->help));
	}
	gv_buf_free(&left);
}

/* ---- add-ons: programs NAME-* on PATH, each named once ---- */

struct addons {
	char *names[64];  /* sorted */
	size_t n;
};

static void addons_add(struct addons *a, const char *name)
{
	size_t at = a->n;
	char *copy;

	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->names[i], name) == 0)
			return;
	if (a->n == sizeof a->names / sizeof a->names[0] || !(copy = strdup(name)))
		return;
	for (; at > 0 && strcmp(a->names[at - 1], copy) > 0; at--)
		a->names[at] = a->names[at - 1];
	a->names[at] = copy;
	a->n++;
}

static bool is_program(int dir, const char *name)
{
	struct stat st;

	return fstatat(dir, name, &st, 0) == 0 && S_ISREG(st.st_mode) && faccessat(dir, name, X_OK, 0) == 0;
}

static void addons_of_folder(struct addons *a, const char *folder, const char *name)
{
	size_t n = strlen(name);
	DIR *d = opendir(folder);
	struct dirent *e;

	while (d && (e = readdir(d)))
		if (strncmp(e->d_name, name, n) == 0 && e->d_name[n] == '-' && e->d_name[n + 1] &&
		    gv_utf8_is_safe(gv_str_of(e->d_name)) && is_program(dirfd(d), e->d_name))
			addons_add(a, e->d_name + n + 1);
	if (d)
		closedir(d);
}

static void help_addons(struct gv_buf *out, const char *name)
{
	const char *path = getenv("PATH");
	struct addons a = { .n = 0 };

	while (path && *path) {
		size_t n = strcspn(path, ":");
		char *folder = strndup(path, n);

		if (folder && n)
			addons_of_folder(&a, folder, name);
		free(folder);
		path += n + (path[n] == ':');
	}
	if (a.n)
		gv_buf_addf(out, "\n%s", _("Add-ons on PATH:"));
	for (size_t i = 0; i < a.n; i++) {
		gv_buf_addf(out, " %s", a.names[i]);
		free(a.names[i]);
	}
	if (a.n)
		gv_buf_addc(out, '\n');
}

void gv_cmd_help(const struct gv_cmd_spec *spec, const char *name, struct gv_buf *out)
{
	if (spec->subs) {
		gv_buf_addf(out, _("Usage: %s SUBCOMMAND [OPTION...] [ARGUMENT...]\n"), name);
		gv_buf_addf(out, _("\n%s.\n"), _(spec->summary));
		gv_buf_addf(out, "\n%s\n", _("Subcommands:"));
		for (size_t i = 0; spec->subs[i]; i++) {
			struct gv_buf left = GV_BUF_INIT(128);

			gv_buf_addf(&left, "  %s", spec->subs[i]->name);
			if (!left.failed)
				item(out, left.p, _(spec->subs[i]->summary));
			gv_buf_free(&left);
		}
		help_addons(out, name);
		gv_buf_addf(out, _("\nSee '%s SUBCOMMAND --help' and %s(1).\n"), name, name);
		return;
	}
	gv_buf_addf(out, _("Usage: %s [OPTION...]%s%s\n"), name, spec->usage && *spec->usage ? " " : "",
	            spec->usage ? _(spec->usage) : "");
	gv_buf_addf(out, _("\n%s.\n"), _(spec->summary));
	help_options(out, spec);
	gv_buf_addf(out, _("\nExit: 0 done, 1 findings or no, 2 usage, 3 bad data, 4 conflict, 5 busy,\n"
	                   "6 not found, 7 integrity, 8 part failed, 9 input/output.  See gavel(7).\n"));
}

static const char *or_dash(const char *s)
{
	return s && *s ? s : "-";
}

/*
 * In English, whatever the language; tab-separated, "-" for nothing:
 *   command NAME SUMMARY USAGE OPERANDS KIND
 *   option  NAME LETTER LONG ARG HELP COMPLETE SET GROUP MANY
 * SET as gv_opt_set(); options of one GROUP exclude each other; MANY is "many" where it may be repeated.
 */
static void dump_one(const struct gv_cmd_spec *spec, const char *parent, struct gv_buf *out)
{
	const struct gv_opt *o;
	size_t cursor = 0;

	gv_buf_addf(out, "command\t%s%s%s\t%s\t%s\t%s\t%s\n", parent, *parent ? " " : "", spec->name, spec->summary,
	            or_dash(spec->usage), or_dash(spec->operands), or_dash(spec->kind));
	if (spec->subs) {
		for (size_t i = 0; spec->subs[i]; i++)
			dump_one(spec->subs[i], spec->name, out);
		return;
	}
	while ((o = gv_opt_next(spec->opts, spec->common, &cursor))) {
		char letter[2] = { o->letter ? o->letter : '-', '\0' };

		gv_buf_addf(out, "option\t%s%s%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", parent, *parent ? " " : "",
		            spec->name, letter, o->name, or_dash(o->arg), o->help, or_dash(o->complete),
		            gv_opt_set(cursor), or_dash(o->excl), o->flags & GV_OPT_MANY ? "many" : "-");
	}
}

void gv_cmd_dump_spec(const struct gv_cmd_spec *spec, struct gv_buf *out)
{
	dump_one(spec, "", out);
}
