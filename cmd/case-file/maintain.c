/* SPDX-License-Identifier: MIT */
/* case-file maintain: one pack in reading order, a commit-graph, and nothing that is of no use any more. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "case-file.h"
#include "maintain.h"

enum { DEFAULT_DAYS = 14, DAYS_MAX = 36500, DAY = 86400 };

static const struct gv_opt opts[] = {
	{ 'C', "docket", "DIR", N_("the docket; else GAVEL_DOCKET, else upwards from here"), .complete = "dir" },
	{ 0, "dry-run", NULL, N_("say what would be done, and change nothing") },
	{ 0, "if-needed", NULL, N_("only where many loose objects or packs have gathered (for cron)") },
	{ 0, "prune-older-than", "DAYS", N_("unreachable objects go after so many days (14), or never") },
	{ 0, "lock-wait", "SECONDS", N_("how long to queue for the docket's lock (30)"), .check = "count" },
	{ 0, "progress", "MODE", N_("never, auto (on a terminal) or json"), .complete = "never|auto|json" },
	{ 0 }
};

static void progress(void *ctx, uint64_t done, uint64_t total)
{
	gv_cmd_progress(ctx, done, total, _("objects"));
}

/* The age of files is told by the real clock, whatever day it is for the law (--as-of, GAVEL_TODAY). */
static int read_age(struct gv_cmd *c, struct gv_maintain *o, int64_t *days)
{
	const char *text = gv_cmd_opt(c, "prune-older-than");

	*days = DEFAULT_DAYS;
	o->keep_all = text && strcmp(text, "never") == 0;
	if (text && !o->keep_all && (!gv_str_int(gv_str_of(text), days) || *days < 1 || *days > DAYS_MAX))
		return gv_fail(&c->err, GV_EUSAGE, _("--prune-older-than: \"%s\" is neither a number of days nor never"), text);
	o->older_than = (int64_t)time(NULL) - *days * DAY;
	return 0;
}

/* One decimal; the unit is chosen so that there is something before the point. */
static const char *size_text(char out[32], uint64_t bytes)
{
	uint64_t unit = bytes >= GV_MIB ? GV_MIB : 1024;

	snprintf(out, 32, "%llu.%llu %s", (unsigned long long)(bytes / unit),
	         (unsigned long long)(bytes % unit * 10 / unit), unit == GV_MIB ? "MiB" : "KiB");
	return out;
}

static void tell_what_changed(struct gv_cmd *c, const struct gv_maintain_result *r, bool dry_run)
{
	char before[32], after[32];

	if (r->nothing)
		gv_cmd_note(c, _("nothing to fold: %zu objects in one pack"), r->objects);
	else if (dry_run)
		gv_cmd_note(c, _("would fold: loose objects %zu -> %zu, packs %zu -> %zu"), r->before.loose,
		            r->after.loose, r->before.packs, r->after.packs);
	else
		gv_cmd_note(c, _("folded: loose objects %zu -> %zu, packs %zu -> %zu, %s -> %s; %zu objects in order"),
		            r->before.loose, r->after.loose, r->before.packs, r->after.packs,
		            size_text(before, r->before.bytes), size_text(after, r->after.bytes), r->objects);
}

static void tell_of_the_unreachable(struct gv_cmd *c, const struct gv_maintain_result *r, bool dry_run, int64_t days)
{
	if (r->removed && dry_run)
		gv_cmd_note(c, _("would remove: unreachable objects older than %lld days: %zu"), (long long)days, r->removed);
	else if (r->removed)
		gv_cmd_note(c, _("removed: unreachable objects older than %lld days: %zu"), (long long)days, r->removed);
	if (r->young)
		gv_cmd_note(c, _("kept: unreachable objects: %zu"), r->young);
	if (r->worktrees && r->young)
		gv_cmd_note(c, "%s", _("they stay as long as there is a worktree (git worktree list): it may need them"));
	if (r->kept_packs)
		gv_cmd_note(c, _("left alone: packs with a .keep file: %zu"), r->kept_packs);
}

static int graph(struct gv_cmd *c, struct gv_store *s, bool dry_run)
{
	struct gv_buf said = GV_BUF_INIT(GV_MIB);
	enum gv_graph state;
	struct gv_str line;
	int rc = gv_maintain_graph(s, dry_run, &state, &said, &c->err);

	line = gv_str_trim(gv_buf_str(&said));
	if (!rc && state == GV_GRAPH_WRITTEN && dry_run)
		gv_cmd_note(c, "%s", _("would write: the commit-graph, with changed paths"));
	else if (!rc && state == GV_GRAPH_WRITTEN)
		gv_cmd_note(c, "%s", _("commit-graph written, with changed paths"));
	else if (!rc && state == GV_GRAPH_NO_GIT)
		gv_cmd_note(c, "%s", _("no commit-graph: git is not installed"));
	else if (!rc && state == GV_GRAPH_BUSY)
		gv_cmd_note(c, "%s", _("commit-graph: left to another maintain, which is at work"));
	else if (!rc && state == GV_GRAPH_FAILED)
		gv_cmd_warn(c, _("git wrote no commit-graph: %.*s"), (int)strcspn(line.n ? line.p : "", "\n"),
		            line.n ? line.p : "");
	gv_buf_free(&said);
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct gv_maintain o = {
		.if_needed = gv_cmd_has(c, "if-needed"), .dry_run = gv_cmd_has(c, "dry-run"),
		.command = c->name, .progress = progress, .ctx = c,
	};
	struct gv_maintain_result r;
	struct gv_store *s;
	int64_t days, seconds;
	int rc;

	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": maintain takes no operands"), c->argv[0]);
	if (gv_cmd_has(c, "lock-wait") && gv_str_int(gv_str_of(gv_cmd_opt(c, "lock-wait")), &seconds))
		o.lock_seconds = (unsigned)seconds;
	rc = read_age(c, &o, &days);
	if (rc)
		return rc;
	s = gv_cmd_store(c);
	if (!s)
		return c->err.code;
	rc = gv_maintain(s, &o, &r, &c->err);
	if (rc)
		return rc;
	if (r.not_needed) {
		gv_cmd_note(c, _("not needed: loose objects: %zu, packs: %zu"), r.before.loose, r.before.packs);
		return 0;
	}
	tell_what_changed(c, &r, o.dry_run);
	tell_of_the_unreachable(c, &r, o.dry_run, days);
	return graph(c, s, o.dry_run);
}

const struct gv_cmd_spec case_file_maintain = {
	.name = "maintain", .summary = N_("fold the objects of the docket into one pack, in the order of reading"),
	.usage = "", .kind = "case", .opts = opts, .records = &gv_cmd_records, .run = run,
};
