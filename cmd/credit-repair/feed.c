/* SPDX-License-Identifier: MIT */
/* credit-repair feed: what changed in public since a commit: for those who sanction with us, so that a removal reaches them. */
#include <string.h>

#include "credit-repair.h"
#include "credit_public.h"

static const struct gv_opt opts[] = {
	{ 0, "from", "REV", N_("since this commit, or the end of this day"), .complete = "rev" },
	{ 0, "to", "REV", N_("up to this one, if not the last"), .complete = "rev" },
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct gv_store *store;
	const char *court;
	struct gv_oid from, to;
	struct gv_doc before, after, row;
};

/* *v NULL: not there. */
static int load(struct work *w, const struct gv_oid *oid, struct gv_doc *d, const struct gv_val **v)
{
	int rc = gv_store_value(w->store, oid, d, v, &w->c->err);

	if (!rc && *v)
		rc = gv_cmd_unseal_doc(w->c, d);
	if (!rc && *v)
		*v = &d->root;
	return rc;
}

static bool is_public(const struct gv_val *rec)
{
	return rec && gv_credit_is_public(rec);
}

/* What changed in what is public: a literal; NULL: nothing did. */
static int find_change(struct work *w, const struct gv_val *before, const struct gv_val *after, const char **change)
{
	struct gv_err *err = &w->c->err;
	struct gv_val was, is;
	int rc;

	*change = is_public(after) ? "added" : is_public(before) ? "removed" : NULL;
	if (!is_public(before) || !is_public(after) || gv_credit_public_is_new(before, after))
		return 0;
	rc = gv_credit_public(&w->row, &was, before, w->court, NULL, err);
	if (!rc)
		rc = gv_credit_public(&w->row, &is, after, w->court, NULL, err);
	*change = !rc && gv_val_eq(&was, &is) ? NULL : "corrected";
	return rc;
}

/* It counts as failed: who follows the feed asks again from the same commit. */
static int pass_over(struct work *w, const struct gv_val *rec)
{
	struct gv_err *err = &w->c->err;
	struct gv_str key = gv_val_getstr(rec, "id");

	gv_err_thing(err, key.p, key.n);
	gv_cmd_pass_over(w->c, 0);
	return 0;
}

static int print(struct work *w, const struct gv_val *row)
{
	int rc = gv_out_rec(w->c->out, row, &w->c->err);

	w->c->done += !rc;
	return rc ? rc : gv_out_closed(w->c->out) ? -1 : 0;
}

/* That it is gone is told at once, whatever else is open. */
static int put_removed(struct work *w, const struct gv_val *before, const struct gv_val *after)
{
	struct gv_val row;
	int rc = gv_credit_public_removed(&w->row, &row, before, after, w->court, &w->c->err);

	return rc ? rc : print(w, &row);
}

static int put_listed(struct work *w, const struct gv_val *after, const char *change)
{
	struct gv_val row;
	int rc = credit_check_dispute(w->c, after);

	if (rc)
		return rc == GV_EDATA ? pass_over(w, after) : rc;
	rc = gv_credit_public(&w->row, &row, after, w->court, change, &w->c->err);
	return rc ? rc : print(w, &row);
}

/* A listing that ended, and another since: partners hear of both, in this order. */
static int put_rows(struct work *w, const struct gv_val *before, const struct gv_val *after, const char *change)
{
	int rc = is_public(before) && strcmp(change, "corrected") != 0 ? put_removed(w, before, after) : 0;

	return rc || !is_public(after) ? rc : put_listed(w, after, change);
}

static int one(void *ctx, const struct gv_change *change)
{
	struct work *w = ctx;
	const struct gv_val *before, *after;
	const char *what = NULL;
	int rc;

	if (!gv_path_kind(change->path))
		return 0;
	rc = load(w, &change->before, &w->before, &before);
	if (!rc)
		rc = load(w, &change->after, &w->after, &after);
	gv_doc_reset(&w->row);
	if (!rc)
		rc = find_change(w, before, after, &what);
	if (!rc && what)
		rc = put_rows(w, before, after, what);
	if (rc > 0)
		gv_err_thing(&w->c->err, change->path.p, change->path.n);
	return rc;
}

/* Over replaced history a removal might be missed. */
static int check_order(struct work *w)
{
	char from[GV_HEX + 1], to[GV_HEX + 1];
	bool yes;
	int rc = gv_store_is_ancestor(w->store, &w->from, &w->to, &yes, &w->c->err);

	if (rc || yes)
		return rc;
	gv_oid_hex(&w->from, from);
	gv_oid_hex(&w->to, to);
	return gv_fail(&w->c->err, GV_EINTEGRITY, _("%.10s does not come before %.10s in history: nobody can tell what changed"), from, to);
}

static int resolve(struct work *w, const char *option, const char *rev, struct gv_oid *out)
{
	int rc = gv_store_resolve(w->store, rev, out, &w->c->err);

	if (rc)
		gv_err_thing(&w->c->err, option, strlen(option));
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	const char *from = gv_cmd_opt(c, "from"), *to = gv_cmd_opt(c, "to");
	int rc;

	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": feed takes no operands"), c->argv[0]);
	if (!from)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("since when?  --from REV"));
	if (to && gv_cmd_opt(c, "at"))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("--to and --at exclude each other"));
	w.store = gv_cmd_store(c);
	if (!w.store || !gv_cmd_out(c))
		return c->err.code;
	w.court = gv_store_court(w.store);
	w.to = *gv_store_commit_id(w.store);
	rc = resolve(&w, "--from", from, &w.from);
	if (!rc && to)
		rc = resolve(&w, "--to", to, &w.to);
	if (!rc)
		rc = check_order(&w);
	if (!rc)
		rc = gv_store_diff(w.store, &w.from, &w.to, gv_cmd_schema(c)->folder, one, &w, &c->err);
	gv_doc_free(&w.before);
	gv_doc_free(&w.after);
	gv_doc_free(&w.row);
	return rc < 0 ? 0 : rc;
}

const struct gv_cmd_spec credit_feed = {
	.name = "feed", .summary = N_("print what changed in public since a commit: added, corrected, removed"),
	.usage = N_("--from REV [--to REV]"), .opts = opts, .kind = "credit", .fields = "change,key,case,published.name,on,reason",
	.common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
