/* SPDX-License-Identifier: MIT */
/* case-file changes: which records and fields changed since a commit; a feed for others. */
#include <string.h>
#include <time.h>

#include "case-file.h"
#include "history.h"

static const struct gv_opt opts[] = {
	{ 0, "from", "REV", N_("since this commit, or the end of this day"), .complete = "rev" },
	{ 0, "follow", NULL, N_("go on and print changes as they come") },
	{ 0, "records", NULL, N_("with the records as they are now") },
	{ 0 }
};

enum { POLL_MS = 200 };

struct work {
	struct gv_cmd *c;
	struct gv_store *store;
	struct gv_oid from, to;
	struct gv_doc before, after, row;
};

static int set(struct work *w, const char *name, struct gv_val v)
{
	return gv_obj_set(&w->row, &w->row.root, gv_str_of(name), v, &w->c->err);
}

static int add_id(struct work *w, const struct gv_val *rec, struct gv_str path)
{
	struct gv_str id = gv_val_getstr(rec, "id"), kind = gv_val_getstr(rec, "kind");
	int rc = set(w, "path", gv_mkstr(&w->row, path));

	if (!rc && id.n)
		rc = set(w, "id", gv_mkstr(&w->row, id));
	return rc || !kind.n ? rc : set(w, "record_kind", gv_mkstr(&w->row, kind));
}

static int one(void *ctx, const struct gv_change *change)
{
	struct work *w = ctx;
	const struct gv_val *before, *after;
	struct gv_val fields, copy;
	char hex[GV_HEX + 1];
	int rc;

	if (!gv_path_kind(change->path))
		return 0; /* gavel.json and the like are no records */
	rc = gv_store_value(w->store, &change->before, &w->before, &before, &w->c->err);
	if (!rc)
		rc = gv_store_value(w->store, &change->after, &w->after, &after, &w->c->err);
	if (rc)
		return rc;
	gv_doc_reset(&w->row);
	w->row.root = gv_mkobj();
	gv_oid_hex(&w->to, hex);
	rc = set(w, "kind", gv_mklit("change"));
	if (!rc)
		rc = add_id(w, after ? after : before, change->path);
	if (!rc)
		rc = set(w, "op", gv_mklit(!before ? "added" : !after ? "removed" : "changed"));
	if (!rc)
		rc = set(w, "commit", gv_mkstr(&w->row, gv_str_of(hex)));
	if (!rc)
		rc = gv_history_fields(&w->row, &fields, &(struct gv_step){ .after = after, .before = { before }, .parents = 1 },
		                    &w->c->err);
	if (!rc)
		rc = set(w, "fields", fields);
	if (!rc && after && gv_cmd_has(w->c, "records")) {
		rc = gv_val_copy(&w->row, &copy, after, &w->c->err);
		if (!rc)
			rc = set(w, "record", copy);
	}
	if (!rc)
		rc = gv_out_rec(w->c->out, &w->row.root, &w->c->err);
	w->c->done++;
	return rc ? rc : gv_out_closed(w->c->out) ? -1 : 0;
}

/* A feed over replaced history would silently miss what was taken away. */
static int check_history(struct work *w)
{
	bool yes;
	char hex[GV_HEX + 1];
	int rc = gv_store_is_ancestor(w->store, &w->from, &w->to, &yes, &w->c->err);

	if (rc || yes)
		return rc;
	gv_oid_hex(&w->from, hex);
	return gv_fail(&w->c->err, GV_EINTEGRITY, _("%s is not in the history of main: it was replaced"), hex);
}

static int print_until(struct work *w, const struct gv_oid *to)
{
	int rc;

	w->to = *to;
	rc = check_history(w);
	if (!rc)
		rc = gv_store_diff(w->store, &w->from, &w->to, "", one, w, &w->c->err);
	if (!rc)
		rc = gv_out_flush(w->c->out, &w->c->err);
	w->from = w->to;
	return rc ? rc : gv_out_closed(w->c->out) ? -1 : 0;
}

static int follow(struct work *w)
{
	int rc = 0;

	while (!rc) {
		struct timespec pause = { 0, POLL_MS * 1000000L };

		nanosleep(&pause, NULL);
		rc = gv_store_refresh(w->store, &w->c->err);
		if (!rc && !gv_oid_eq(gv_store_commit_id(w->store), &w->from))
			rc = print_until(w, gv_store_commit_id(w->store));
	}
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	const char *from = gv_cmd_opt(c, "from");
	int rc;

	if (!from)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("since when?  --from REV"));
	if (gv_cmd_has(c, "follow") && gv_cmd_opt(c, "at"))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("--follow and --at exclude each other"));
	w.store = gv_cmd_store(c);
	if (!w.store || !gv_cmd_out(c))
		return c->err.code;
	rc = gv_store_resolve(w.store, from, &w.from, &c->err);
	if (!rc)
		rc = print_until(&w, gv_store_commit_id(w.store));
	if (!rc && gv_cmd_has(c, "follow"))
		rc = follow(&w);
	gv_doc_free(&w.before);
	gv_doc_free(&w.after);
	gv_doc_free(&w.row);
	return rc < 0 ? 0 : rc;
}

const struct gv_cmd_spec case_file_changes = {
	.name = "changes", .summary = N_("list records and fields that changed since a commit, of all kinds"),
	.usage = N_("--from REV [--follow]"), .opts = opts, .kind = "case", .fields = "op,id,fields,commit",
	.common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
