/* SPDX-License-Identifier: MIT */
/* case-file edit: a case in $EDITOR, checked before it is stored. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "case-file.h"

/* ---- the editor ---- */

static const char *editor(void)
{
	static const char *const names[] = { "GIT_EDITOR", "VISUAL", "EDITOR" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *v = getenv(names[i]);

		if (v && *v)
			return v;
	}
	return "vi";
}

/* It may be a command with arguments: the shell splits it, as git does. */
static void become_editor(const char *path)
{
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	signal(SIGPIPE, SIG_DFL); /* ours are ignored, and that is inherited */
	signal(SIGXFSZ, SIG_DFL);
	if (setenv("GAVEL_EDITOR", editor(), 1) == 0)
		execl("/bin/sh", "sh", "-c", "eval \"$GAVEL_EDITOR \\\"\\$1\\\"\"", "sh", path, (char *)NULL);
	_exit(127);
}

static int run_editor(const char *path, struct gv_err *err)
{
	/* ^C in the editor is the editor's, not ours. */
	void (*old_int)(int) = signal(SIGINT, SIG_IGN), (*old_quit)(int) = signal(SIGQUIT, SIG_IGN);
	int status = -1, rc = 0;
	pid_t pid = fork();

	if (pid == 0)
		become_editor(path);
	if (pid < 0)
		rc = gv_fail_sys(err, editor(), _("cannot start"));
	while (!rc && waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			rc = gv_fail_sys(err, editor(), _("cannot wait for it"));
	signal(SIGINT, old_int);
	signal(SIGQUIT, old_quit);
	if (!rc && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
		rc = gv_fail(err, GV_EIO, _("the editor \"%s\" failed: nothing stored"), editor());
	return rc;
}

/* ---- the text ---- */

struct draft {
	struct gv_buf path;
	struct gv_buf before, after;   /* its text */
};

static int write_draft(struct draft *t, const struct gv_val *val, struct gv_err *err)
{
	const char *tmp = getenv("TMPDIR");
	int fd, rc;

	gv_json_canon(&t->before, val);
	gv_buf_addf(&t->path, "%s/case-file-XXXXXX.json", tmp && *tmp ? tmp : "/tmp");
	rc = gv_buf_check(&t->before, err);
	if (!rc)
		rc = gv_buf_check(&t->path, err);
	if (rc)
		return rc;
	fd = mkstemps(t->path.p, 5); /* mode 0600 */
	if (fd < 0) {
		rc = gv_fail_sys(err, t->path.p, _("cannot create"));
		gv_buf_reset(&t->path);
		return rc;
	}
	rc = gv_write_all(fd, t->before.p, t->before.n, t->path.p, err);
	close(fd);
	return rc;
}

/* The id and the kind stay; what moves by events moves by events. */
static int check_fixed(struct gv_amend *ch, const struct gv_val *before, const struct gv_val *after)
{
	static const char *const fixed[] = { "id", "kind", "state", "events" };

	for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
		const struct gv_val *a = gv_val_get(before, fixed[i]), *b = gv_val_get(after, fixed[i]);

		if (a == b || (a && b && gv_val_eq(a, b)))
			continue;
		return gv_fail_field(&ch->c->err, GV_EDATA, fixed[i], "%s",
		                     i < 2 ? _("is fixed: a record keeps its id")
		                           : _("moves by events: case-file event ID NAME, case-file close ID"));
	}
	return 0;
}

static int take_draft(struct gv_amend *ch, const struct draft *t)
{
	struct gv_doc before = GV_DOC_INIT;
	struct gv_err *err = &ch->c->err;
	int rc = gv_val_copy(&before, &before.root, &ch->doc.root, err);

	if (!rc)
		rc = gv_json_parse(&ch->doc, gv_buf_str(&t->after), GV_JSON_DROP_NULL, err);
	if (!rc && ch->doc.root.type != GV_OBJECT)
		rc = gv_fail(err, GV_EDATA, "%s", _("not a JSON object"));
	if (!rc)
		rc = check_fixed(ch, &before.root, &ch->doc.root);
	if (!rc)
		rc = gv_amend_put(ch);
	else
		gv_err_thing(err, ch->rec.id.key, strlen(ch->rec.id.key));
	gv_doc_free(&before);
	return rc;
}

/* ---- all of it ---- */

static int edit(struct gv_amend *ch, struct draft *t)
{
	struct gv_err *err = &ch->c->err, late;
	int rc = write_draft(t, &ch->doc.root, err), read;

	if (rc)
		return rc;
	rc = run_editor(t->path.p, err);
	read = gv_buf_read_file(&t->after, t->path.p, rc ? &late : err); /* what is there is kept even so */
	rc = rc ? rc : read;
	if (!rc && !t->after.n)
		rc = gv_fail(err, GV_EDATA, "%s", _("the text is empty: nothing stored"));
	return rc ? rc : take_draft(ch, t);
}

/* An hour of typing is not thrown away for a missing comma, or for a colleague who was quicker. */
static void leave_draft(struct gv_cmd *c, const struct draft *t, bool stored)
{
	if (!t->path.n)
		return;
	if (stored || !t->after.n || gv_str_eq(gv_buf_str(&t->before), gv_buf_str(&t->after)))
		unlink(t->path.p);
	else
		gv_cmd_note(c, _("your text is kept in %s"), t->path.p);
}

static int run(struct gv_cmd *c)
{
	struct draft t = { GV_BUF_INIT(4096), GV_BUF_INIT(GV_JSON_TEXT_MAX * 2), GV_BUF_INIT(GV_JSON_TEXT_MAX) };
	struct gv_amend ch;
	int rc;

	if (c->argc != 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which case?  case-file edit ID"));
	rc = gv_amend_begin(&ch, c);
	if (!rc)
		rc = gv_amend_load(&ch, gv_str_of(c->argv[0]));
	if (!rc)
		rc = edit(&ch, &t);
	if (!rc)
		rc = gv_cmd_commit(c, ch.plan, ch.rec.id.key, NULL, NULL, NULL);
	leave_draft(c, &t, rc == 0);
	gv_amend_end(&ch);
	gv_buf_free(&t.path);
	gv_buf_free(&t.before);
	gv_buf_free(&t.after);
	return rc;
}

const struct gv_cmd_spec case_file_edit = {
	.name = "edit", .summary = N_("edit a case in $EDITOR; checked before it is stored"),
	.usage = "ID", .operands = "id",
	.kind = "case", .common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
