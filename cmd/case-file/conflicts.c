/* SPDX-License-Identifier: MIT */
/* case-file conflicts: what joins could not join, field by field, with who made each side. */
#include "disputes.h"

struct work {
	struct gv_cmd *c;
	struct gv_store *store;
	struct gv_doc row, now;
	size_t open;
};

static int set(struct work *w, const char *name, const struct gv_val *v)
{
	struct gv_val copy;
	int rc = v ? gv_val_copy(&w->row, &copy, v, &w->c->err) : 0;

	return rc || !v ? rc : gv_obj_set(&w->row, &w->row.root, gv_str_of(name), copy, &w->c->err);
}

static int set_text(struct work *w, const char *name, struct gv_str text)
{
	return text.n ? gv_obj_set(&w->row, &w->row.root, gv_str_of(name), gv_mkstr(&w->row, text), &w->c->err) : 0;
}

/* The file as it is now, if it has fields: they may have been set since. */
static int read_now(struct work *w, const struct dispute *d, const struct gv_val **now)
{
	struct gv_str text;
	int rc = gv_store_read(w->store, d->path.p, &text, NULL, &w->c->err);

	*now = NULL;
	if (!rc && gv_json_parse(&w->now, text, 0, NULL) == 0)
		*now = &w->now.root;
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(&w->c->err);
		rc = 0;
	}
	return rc;
}

/* The members of a row about one side. */
static const struct side { const char *value, *by, *on, *commit; } sides[] = {
	{ "ours", "ours_by", "ours_on", "ours_commit" }, { "theirs", "theirs_by", "theirs_on", "theirs_commit" }
};

static int set_side(struct work *w, const struct dispute *d, const struct side *side, struct gv_str field)
{
	struct gv_conflict_by by = gv_conflict_who(&d->doc.root, side->value, field);
	int rc = set(w, side->value, gv_conflict_value(&d->doc.root, side->value, field));

	if (!rc)
		rc = set_text(w, side->by, by.author);
	if (!rc)
		rc = set_text(w, side->on, by.time);
	return rc ? rc : set_text(w, side->commit, by.commit);
}

static int print_field(struct work *w, const struct dispute *d, const struct gv_val *now, struct gv_str field)
{
	struct gv_err *err = &w->c->err;
	int rc;

	gv_doc_reset(&w->row);
	w->row.root = gv_mkobj();
	rc = gv_obj_set(&w->row, &w->row.root, GV_STR("kind"), gv_mklit("conflict"), err);
	if (!rc)
		rc = set_text(w, "id", gv_str_of(d->key));
	if (!rc)
		rc = set_text(w, "record_kind", gv_str_of(d->schema ? d->schema->kind : ""));
	if (!rc)
		rc = set_text(w, "path", d->path);
	if (!rc)
		rc = gv_obj_set(&w->row, &w->row.root, GV_STR("field"), gv_mkstr(&w->row, field), err);
	if (!rc)
		rc = set_text(w, "since", gv_val_getstr(&d->doc.root, "since"));
	if (!rc)
		rc = set(w, "base", gv_conflict_value(&d->doc.root, "base", field));
	if (!rc)
		rc = set_side(w, d, &sides[0], field);
	if (!rc)
		rc = set_side(w, d, &sides[1], field);
	if (!rc)
		rc = set(w, "others", gv_conflict_others(&d->doc.root, field));
	if (!rc)
		rc = set(w, "now", gv_field_get(now, field));
	return rc ? rc : gv_out_rec(w->c->out, &w->row.root, err);
}

static int one(void *ctx, struct dispute *d)
{
	struct work *w = ctx;
	const struct gv_val *now;
	int rc = read_now(w, d, &now);

	for (size_t i = 0; !rc && i < gv_conflict_count(&d->doc.root); i++)
		rc = print_field(w, d, now, gv_conflict_field(&d->doc.root, i));
	w->open++;
	w->c->done++;
	return rc ? rc : gv_out_closed(w->c->out) ? -1 : 0;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c, .store = gv_cmd_store(c) };
	int rc;

	if (!w.store || !gv_cmd_out(c))
		return c->err.code;
	rc = disputes_each(c, c->argv, c->argc, one, &w);
	gv_doc_free(&w.row);
	gv_doc_free(&w.now);
	return rc > 0 ? rc : w.open ? GV_FOUND : 0;
}

const struct gv_cmd_spec case_file_conflicts = {
	.name = "conflicts", .summary = N_("list what joins of two dockets could not join"),
	.usage = N_("[ID|PATTERN...]"), .operands = "id", .kind = "case",
	.fields = "id,field,base,ours,ours_by,theirs,theirs_by,now",
	.common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
