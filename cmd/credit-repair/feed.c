/* SPDX-License-Identifier: MIT */
/* credit-repair feed: what changed in public since a commit: for those who sanction with us, so that a removal reaches them. */
#include <string.h>

#include "between.h"
#include "credit-repair.h"
#include "credit_public.h"

static const struct gv_opt opts[] = { GV_BETWEEN_OPTS { 0 } };

struct work {
	struct gv_cmd *c;
	const char *court;
	struct gv_doc row;
};

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
	/* Where two disagree about it, it is none unless somebody says why. */
	int rc = gv_val_get(after, "removal") || !after ? 0 : credit_check_dispute(w->c, after);

	if (rc)
		return rc == GV_EDATA ? pass_over(w, after) : rc;
	rc = gv_credit_public_removed(&w->row, &row, before, after, w->court, &w->c->err);

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

static int one(void *ctx, const struct gv_val *before, const struct gv_val *after)
{
	struct work *w = ctx;
	const char *what = NULL;
	int rc;

	gv_doc_reset(&w->row);
	rc = find_change(w, before, after, &what);
	return rc || !what ? rc : put_rows(w, before, after, what);
}

static int run(struct gv_cmd *c)
{
	static const char *const kinds[] = { "credit", NULL };
	struct work w = { .c = c };
	int rc;

	if (gv_cmd_store(c)) {
		w.court = gv_store_court(gv_cmd_store(c));
		if (!gv_cmd_out(c))
			return c->err.code;
	}
	rc = gv_between(c, kinds, true, one, &w);
	gv_doc_free(&w.row);
	return rc;
}

const struct gv_cmd_spec credit_feed = {
	.name = "feed", .summary = N_("print what changed in public since a commit: added, corrected, removed"),
	.usage = N_("--from REV [--to REV]"), .opts = opts, .kind = "credit", .fields = "change,key,case,published.name,on,reason",
	.common = GV_C_DOCKET | GV_C_OUTPUT, .records = &gv_cmd_records, .run = run,
};
