/* SPDX-License-Identifier: MIT */
/* case-file attach: papers that parties hand in, into the docket and onto a case. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "case-file.h"
#include "entryname.h"
#include "papers.h"

static const struct gv_opt opts[] = {
	{ 0, "name", "NAME", N_("what the case calls it, if not by the file's own name") },
	{ 0, "note", "TEXT", N_("what it is") },
	{ 0, "source", "TEXT", N_("who handed it in, or where it is from") },
	{ 0 }
};

struct file {
	struct gv_buf name;
	char sha256[GV_HEX256 + 1];
	uint64_t bytes;
};

struct work {
	char **paths;            /* of the command line, which gv_amend_run() lays aside */
	struct file *files;
	size_t n;
	bool taken;              /* they are in the docket already: at the first case */
	char on[GV_DATE_LEN + 1];
};

/* ---- the files ---- */

static int read_file(struct gv_cmd *c, struct gv_paper_in *in, int fd, const char *path)
{
	static char chunk[65536];
	ssize_t n;
	int rc = 0;

	while (!rc && (n = read(fd, chunk, sizeof chunk)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		rc = n < 0 ? gv_fail_sys(&c->err, path, "%s", _("cannot read"))
		           : gv_paper_add(in, (struct gv_str){ chunk, (size_t)n }, &c->err);
	}
	return rc;
}

static int take_file(struct gv_amend *ch, struct file *f, const char *path, size_t limit)
{
	struct gv_cmd *c = ch->c;
	struct gv_paper_in *in = NULL;
	int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
	int rc;

	if (fd < 0)
		return gv_fail_sys(&c->err, path, "%s", _("cannot open"));
	rc = gv_paper_begin(&in, ch->store, limit, &c->err);
	if (!rc)
		rc = read_file(c, in, fd, path);
	if (!rc)
		rc = gv_paper_finish(in, ch->plan, !gv_cmd_has(c, "dry-run"), f->sha256, &f->bytes, &c->err);
	gv_paper_free(in);
	close(fd);
	return rc;
}

/* Once, however many cases they belong to. */
static int take_files(struct gv_amend *ch)
{
	struct work *w = ch->work;
	size_t limit = 0;
	int rc = gv_papers_limit(ch->store, ch->c->today, &limit, &ch->c->err);

	for (size_t i = 0; i < w->n && !rc; i++)
		rc = take_file(ch, &w->files[i], w->paths[i], limit);
	w->taken = !rc;
	return rc;
}

/* ---- the case ---- */

static int set_text(struct gv_amend *ch, struct gv_val *more, const char *name)
{
	const char *text = gv_cmd_opt(ch->c, name);
	int rc;

	if (!text)
		return 0;
	rc = gv_json_check_string(gv_str_of(text), &ch->c->err);
	return rc ? rc : gv_obj_set(&ch->doc, more, gv_str_of(name), gv_mkstr(&ch->doc, gv_str_of(text)),
	                            &ch->c->err);
}

static int alter(struct gv_amend *ch)
{
	struct work *w = ch->work;
	struct gv_val more = gv_mkobj();
	bool added;
	int rc = w->taken ? 0 : take_files(ch);

	if (!rc)
		rc = set_text(ch, &more, "note");
	if (!rc)
		rc = set_text(ch, &more, "source");
	for (size_t i = 0; i < w->n && !rc; i++) {
		const struct gv_paper paper = { gv_buf_str(&w->files[i].name), w->files[i].sha256,
			w->files[i].bytes, w->on };

		rc = gv_papers_list(&ch->doc, &ch->doc.root, &paper, &more, &added, &ch->c->err);
	}
	return rc;
}

/* ---- the command line ---- */

static int name_files(struct gv_cmd *c, struct work *w)
{
	const char *given = gv_cmd_opt(c, "name");

	if (given && w->n > 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("--name is for one file"));
	for (size_t i = 0; i < w->n; i++) {
		const char *path = w->paths[i], *slash = strrchr(path, '/');
		const char *name = given ? given : slash ? slash + 1 : path;
		int rc;

		if (strcmp(path, "-") == 0 && !given)
			return gv_fail(&c->err, GV_EUSAGE, "%s",
			               _("what comes from standard input needs --name NAME"));
		gv_buf_init(&w->files[i].name, 4 * GV_ENTRY_NAME_MAX);
		rc = gv_entryname_single(gv_str_of(name), &w->files[i].name, &c->err);
		if (rc) {
			gv_err_thing(&c->err, name, strlen(name));
			return rc;
		}
	}
	return 0;
}

static int run(struct gv_cmd *c)
{
	struct work w = { 0 };
	int rc;

	if (c->argc < 2)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("give the case, then the files"));
	w.paths = c->argv + 1;
	w.n = (size_t)c->argc - 1;
	w.files = calloc(w.n, sizeof *w.files);
	if (!w.files)
		return gv_fail_nomem(&c->err);
	gv_day_format(c->today, w.on);
	rc = name_files(c, &w);
	if (!rc)
		rc = gv_amend_run(c, alter, &w, "attach");
	for (size_t i = 0; i < w.n; i++)
		gv_buf_free(&w.files[i].name);
	free(w.files);
	return rc;
}

const struct gv_cmd_spec case_file_attach = {
	.name = "attach", .summary = N_("keep files that parties hand in, and name them in the case"),
	.usage = N_("CASE|- FILE...   (- as FILE is standard input)"), .operands = "file", .opts = opts,
	.kind = "case",
	.common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
