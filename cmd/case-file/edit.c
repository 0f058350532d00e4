/* SPDX-License-Identifier: MIT */
/* case-file edit: a case in $EDITOR, checked before it is stored. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "case-file.h"

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

/* The editor may be a command with arguments: the shell splits it, as git does. */
static int run_editor(const char *path, struct gv_err *err)
{
	pid_t pid = fork();
	int status;

	if (pid < 0)
		return gv_fail_sys(err, editor(), _("cannot start"));
	if (pid == 0) {
		setenv("GAVEL_EDITOR", editor(), 1);
		execl("/bin/sh", "sh", "-c", "eval \"$GAVEL_EDITOR \\\"\\$1\\\"\"", "sh", path, (char *)NULL);
		_exit(127);
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return gv_fail_sys(err, editor(), _("cannot wait for it"));
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return gv_fail(err, GV_EUSAGE, _("the editor \"%s\" failed: nothing stored"), editor());
	return 0;
}

static int write_draft(int fd, const char *path, const struct gv_val *val, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX * 2);
	int rc;

	gv_json_canon(&text, val);
	rc = gv_buf_check(&text, err);
	if (!rc)
		rc = gv_write_all(fd, text.p, text.n, path, err);
	gv_buf_free(&text);
	return rc;
}

/* The id and the kind stay; what moves by events moves by events. */
static int check_fixed(struct change *ch, const struct gv_val *before, const struct gv_val *after)
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

static int read_draft(struct change *ch, const char *path)
{
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	struct gv_doc before = GV_DOC_INIT;
	struct gv_err *err = &ch->c->err;
	int rc = gv_buf_read_file(&text, path, err);

	if (!rc)
		rc = gv_val_copy(&before, &before.root, &ch->doc.root, err);
	if (!rc)
		rc = gv_json_parse(&ch->doc, gv_buf_str(&text), GV_JSON_DROP_NULL, err);
	if (!rc)
		rc = check_fixed(ch, &before.root, &ch->doc.root);
	if (!rc)
		rc = change_put(ch);
	gv_doc_free(&before);
	gv_buf_free(&text);
	return rc;
}

static int edit(struct change *ch, const char *id)
{
	const char *tmp = getenv("TMPDIR");
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_err *err = &ch->c->err;
	bool keep = false;
	int fd, rc = change_load(ch, gv_str_of(id));

	if (rc)
		return rc;
	gv_buf_addf(&path, "%s/case-file-XXXXXX.json", tmp && *tmp ? tmp : "/tmp");
	rc = gv_buf_check(&path, err);
	fd = rc ? -1 : mkstemps(path.p, 5); /* mode 0600 */
	if (!rc && fd < 0)
		rc = gv_fail_sys(err, path.p, _("cannot create"));
	if (!rc)
		rc = write_draft(fd, path.p, &ch->doc.root, err);
	if (fd >= 0)
		close(fd);
	if (!rc)
		rc = run_editor(path.p, err);
	if (!rc) {
		rc = read_draft(ch, path.p);
		keep = rc != 0; /* an hour of typing is not thrown away for a missing comma */
	}
	if (keep)
		gv_cmd_note(ch->c, _("your text is kept in %s"), path.p);
	else if (fd >= 0)
		unlink(path.p);
	gv_buf_free(&path);
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct change ch = { .c = c };
	int rc;

	if (c->argc != 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which case?  case-file edit ID"));
	rc = change_begin(&ch, c);
	if (!rc)
		rc = edit(&ch, c->argv[0]);
	if (!rc)
		rc = change_commit(&ch, NULL);
	change_end(&ch);
	return rc;
}

const struct gv_cmd_spec case_file_edit = {
	.name = "edit", .summary = N_("edit a case in $EDITOR; checked before it is stored"),
	.usage = "ID", .operands = "id",
	.kind = "case", .common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
