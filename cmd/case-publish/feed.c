/* SPDX-License-Identifier: MIT */
/* case-publish feed: what changed in a public docket since a commit, for those who keep a copy: what was taken back reaches them too. */
#include <string.h>

#include "between.h"
#include "case-publish.h"
#include "public.h"

static const struct gv_opt opts[] = { GV_BETWEEN_OPTS { 0 } };

struct work {
	struct gv_cmd *c;
	struct gv_doc row;
};

static const char *const *fields_of(const struct gv_val *rec)
{
	static const char *const none[] = { NULL };

	return rec ? gv_public_fields(gv_val_getstr(rec, "kind"), gv_val_getstr(rec, "state")) : none;
}

/* Texts are long, and stand on the record's page; that one changed is told all the same. */
static bool is_long(const char *field)
{
	static const char words[] = "text,facts,gist,reasons,result,figures";

	return gv_rule_listed(GV_STR(words), gv_str_of(field));
}

static bool is_same(const struct gv_val *a, const struct gv_val *b)
{
	return a && b ? gv_val_eq(a, b) : a == b;
}

static bool shows_the_same(const struct gv_val *before, const struct gv_val *after)
{
	for (const char *const *f = fields_of(after); *f; f++)
		if (!is_same(gv_val_get(before, *f), gv_val_get(after, *f)))
			return false;
	return true;
}

/* published, corrected, withheld, withdrawn, removed; NULL: nothing that can be seen has changed. */
static const char *change_of(const struct gv_val *before, const struct gv_val *after)
{
	struct gv_str was = gv_val_getstr(before, "state"), is = gv_val_getstr(after, "state");

	if (!*fields_of(after))
		return *fields_of(before) ? "removed" : NULL;
	if (*fields_of(before) && gv_str_eq(was, is))
		return shows_the_same(before, after) ? NULL : "corrected";
	return gv_public_is_out(is) ? "published" : gv_str_is(is, "withdrawn") ? "withdrawn" : "withheld";
}

static int set(struct work *w, struct gv_val *row, const char *field, const struct gv_val *v)
{
	return v && !gv_val_is_sealed(v) ? gv_obj_set(&w->row, row, gv_str_of(field), *v, &w->c->err) : 0;
}

static int one(void *ctx, const struct gv_val *before, const struct gv_val *after)
{
	static const char *const always[] = { "kind", "id", "court", "state" };
	struct work *w = ctx;
	const char *change = change_of(before, after);
	const struct gv_val *rec = after ? after : before;
	struct gv_val row = gv_mkobj();
	int rc;

	if (!change)
		return 0;
	gv_doc_reset(&w->row);
	rc = gv_obj_set(&w->row, &row, GV_STR("change"), gv_mklit(change), &w->c->err);
	for (size_t i = 0; i < sizeof always / sizeof *always && !rc; i++)
		rc = set(w, &row, always[i], gv_val_get(rec, always[i]));
	for (const char *const *f = fields_of(after); *f && !rc; f++)
		rc = is_long(*f) ? 0 : set(w, &row, *f, gv_val_get(rec, *f));
	if (!rc)
		rc = gv_out_rec(w->c->out, &row, &w->c->err);
	w->c->done += !rc;
	return rc ? rc : gv_out_closed(w->c->out) ? -1 : 0;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	struct gv_store *store = gv_cmd_store(c);
	int rc = store ? gv_public_check(store, &c->err) : c->err.code;

	if (!rc && !gv_cmd_out(c))
		rc = c->err.code;
	if (!rc)
		rc = gv_between(c, gv_public_kinds, false, one, &w);
	gv_doc_free(&w.row);
	return rc;
}

const struct gv_cmd_spec publish_feed = {
	.name = "feed", .summary = N_("print what changed in a public docket since a commit: for those who keep a copy"),
	.usage = N_("[--from REV] [--to REV]"), .opts = opts, .kind = "document", .fields = "change,id,case,title,published_on,withdrawn_on",
	.common = GV_C_DOCKET | GV_C_OUTPUT, .records = &gv_cmd_records, .run = run,
};
