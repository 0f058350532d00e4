/* SPDX-License-Identifier: MIT */
/* case-file push: send main to another docket, whose hook judges it. */
#include "remote.h"

/* A line of `git push --porcelain` about main: "!\tFROM:TO\t[rejected] (fetch first)". */
static struct gv_str status_of(struct gv_str all, char *flag)
{
	while (all.n) {
		const char *end = memchr(all.p, '\n', all.n);
		struct gv_str line = { all.p, end ? (size_t)(end - all.p) : all.n };
		const char *tab = line.n > 2 && line.p[1] == '\t' ? memchr(line.p + 2, '\t', line.n - 2) : NULL;

		if (tab) {
			*flag = line.p[0];
			return (struct gv_str){ tab + 1, line.n - (size_t)(tab + 1 - line.p) };
		}
		all = (struct gv_str){ line.p + line.n + (end != NULL), all.n - line.n - (end != NULL) };
	}
	*flag = 0;
	return (struct gv_str){ 0 };
}

/* They have commits that we have not. */
static bool is_behind(struct gv_str status)
{
	static const char *const words[] = { "(fetch first)", "(non-fast-forward)", "(incorrect old value provided)" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (memmem(status.p, status.n, words[i], strlen(words[i])))
			return true;
	return false;
}

static int judge(struct gv_cmd *c, const struct remote *r, struct gv_str answer, int code)
{
	char flag;
	struct gv_str status = status_of(answer, &flag);

	if (!code && flag == '=')
		gv_cmd_note(c, _("%s: nothing new"), r->given);
	else if (!code)
		gv_cmd_note(c, _("%s: taken: %.*s"), r->given, (int)status.n, status.p);
	if (!code)
		return 0;
	if (flag == '!' && is_behind(status))
		return gv_fail(&c->err, GV_ECONFLICT, _("it has commits that this docket has not: case-file pull %s, then push again"),
		               r->given);
	if (flag == '!' && memmem(status.p, status.n, "(failed to update ref)", strlen("(failed to update ref)")))
		return gv_fail(&c->err, GV_ECONFLICT, _("somebody else wrote there just now: case-file pull %s, then push again"),
		               r->given);
	if (flag == '!') {
		gv_cmd_note(c, _("%s: not taken: %.*s (what the other side says is above)"), r->given, (int)status.n, status.p);
		return GV_FOUND;
	}
	return gv_fail(&c->err, GV_EIO, _("git could not push (exit code %d; its own words are above)"), code);
}

static int push(struct gv_cmd *c, struct remote *r)
{
	/* What git advises is about work trees. */
	const char *args[12] = { "-c", "advice.pushUpdateRejected=false", "push", "--porcelain", "--no-follow-tags",
		                 "--recurse-submodules=no" };
	struct gv_buf out = GV_BUF_INIT(65536);
	size_t n = 6;
	int code = 0, rc;

	if (gv_cmd_has(c, "dry-run"))
		args[n++] = "--dry-run";
	args[n++] = "--";
	args[n++] = r->url.p;
	args[n++] = "refs/heads/main:refs/heads/main";
	rc = gv_git(&r->git, args, &out, NULL, &code, &c->err);
	if (!rc)
		rc = judge(c, r, gv_buf_str(&out), code);
	if (rc)
		gv_err_thing(&c->err, r->given, strlen(r->given));
	gv_buf_free(&out);
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct remote r;
	int rc;

	if (c->argc > 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("where to?  case-file push [REMOTE|URL|DIR]"));
	rc = remote_open(&r, c);
	if (!rc)
		rc = push(c, &r);
	remote_close(&r);
	return rc;
}

static const struct gv_opt opts[] = {
	{ 0, "dry-run", NULL, N_("only ask what would be taken; the other side's hook judges nothing") },
	{ 0 }
};

const struct gv_cmd_spec case_file_push = {
	.name = "push", .summary = N_("send what this docket has to another one, which judges it"),
	.usage = N_("[REMOTE|URL|DIR]"), .operands = "dir", .opts = opts, .kind = "case",
	.common = GV_C_DOCKET, .records = &gv_cmd_records, .run = run,
};
