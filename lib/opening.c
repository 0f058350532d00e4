/* SPDX-License-Identifier: MIT */
#include "opening.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "assignment.h"
#include "i18n.h"

static int add_parties(struct gv_opening *w, struct gv_val *rec)
{
	struct gv_err *err = &w->c->err;
	struct gv_val list = gv_mkarr();
	const char *text;
	int rc = 0;

	for (size_t i = 0; !rc && (text = gv_opts_nth(w->c->opts, "party", i)); i++) {
		const char *eq = strchr(text, '=');
		struct gv_val party = gv_mkobj();

		if (!eq || eq == text || !eq[1])
			return gv_fail(err, GV_EUSAGE, _("--party: \"%s\" is not ROLE=NAME"), text);
		rc = gv_obj_set(&w->doc, &party, GV_STR("role"),
		                gv_mkstr(&w->doc, (struct gv_str){ text, (size_t)(eq - text) }), err);
		if (!rc)
			rc = gv_obj_set(&w->doc, &party, GV_STR("name"), gv_mklit(eq + 1), err);
		if (!rc)
			rc = gv_arr_add(&w->doc, &list, party, err);
	}
	return rc || !list.n ? rc : gv_obj_set(&w->doc, rec, GV_STR("parties"), list, err);
}

int gv_opening_default(struct gv_opening *w, struct gv_val *rec, const char *field, const char *text)
{
	if (gv_val_get(rec, field))
		return 0;
	return gv_obj_set(&w->doc, rec, gv_str_of(field), gv_mkstr(&w->doc, gv_str_of(text)), &w->c->err);
}

int gv_opening_names(struct gv_opening *o, struct gv_val *rec, const char *field, const char *kind, struct gv_doc *there)
{
	struct gv_cmd *c = o->c;
	struct gv_str text = gv_val_getstr(rec, field);
	struct gv_buf full = GV_BUF_INIT(GV_KEY_MAX + 64);
	struct gv_rec named;
	struct gv_id id;
	int rc = text.n ? gv_cmd_id_of(c, text, gv_schema_find(gv_str_of(kind)), &id) : gv_fail(&c->err, GV_EUSAGE, "%s", _("is missing"));

	if (!rc && there)
		rc = gv_store_get(gv_cmd_store(c), &id, there, &named, &c->err);
	if (rc == GV_ENOTFOUND)
		rc = gv_fail(&c->err, GV_EDATA, _("%.*s is not in the docket"), (int)text.n, text.p);
	if (rc) {
		gv_err_field_prefix(&c->err, field);
		return rc;
	}
	gv_id_format(&id, true, &full);
	rc = gv_buf_check(&full, &c->err);
	if (!rc)
		rc = gv_obj_set(&o->doc, rec, gv_str_of(field), gv_mkstr(&o->doc, gv_buf_str(&full)), &c->err);
	gv_buf_free(&full);
	return rc;
}

int gv_opening_serial(struct gv_opening *o, char number[GV_NUMBER_MAX])
{
	snprintf(number, GV_NUMBER_MAX, "%s-%c", gv_store_court(gv_cmd_store(o->c)), gv_cmd_schema(o->c)->letter);
	return 0;
}

int gv_opening_event(struct gv_opening *w, struct gv_val *rec, const char *name, const char *date_field)
{
	struct gv_str on = gv_val_getstr(rec, date_field);

	/* What is no date is told by the check of the whole record, of the field that was typed. */
	return gv_day_read(on) != GV_DAY_NONE ? gv_event_add_plain(&w->doc, rec, name, on, &w->c->err) : 0;
}

static int add(struct gv_opening *w, struct gv_val rec)
{
	char number[GV_NUMBER_MAX];
	int rc;

	if (gv_val_get(&rec, "id"))
		return gv_fail_field(&w->c->err, GV_EDATA, "id", "%s",
		                     _("open gives the number; case-file import takes records that have one"));
	rc = w->prepare(w, &rec, number);
	return rc ? rc : gv_numbering_add(&w->new, gv_cmd_schema(w->c), rec, number);
}

/* ---- numbers, under the lock (with --dry-run: those that would be next now) ---- */

/* Did somebody else open the same meanwhile?  Then there would be two. */
static int check_again(struct gv_opening *w)
{
	struct gv_err *err = &w->c->err;
	int rc;

	if (!w->once || gv_oid_eq(gv_store_commit_id(gv_cmd_store(w->c)), &w->read_at))
		return 0;
	rc = w->once->renew(w);
	for (size_t i = 0; i < w->new.n && !rc; i++)
		rc = w->once->again(w, gv_numbering_rec(&w->new, i));
	if (rc == GV_EDATA)
		rc = err->code = GV_ECONFLICT;
	return rc;
}

static int give_numbers(void *ctx, struct gv_plan *p, struct gv_err *err)
{
	struct gv_opening *w = ctx;
	int rc = check_again(w);

	(void)err; /* the command's own, which gv_numbering_give() fills */
	for (size_t i = 0; i < w->new.n && !rc; i++)
		rc = gv_numbering_give(&w->new, p, i);
	if (!rc && w->new.n == 1)
		memcpy(w->what, gv_numbering_id(&w->new, 0)->key, sizeof w->what);
	else
		snprintf(w->what, sizeof w->what, "%zu %s", w->new.n, gv_cmd_schema(w->c)->folder);
	return rc;
}

/* ---- where records come from ---- */

static int from_arguments(struct gv_opening *w)
{
	struct gv_cmd *c = w->c;
	struct gv_assignments fields = { 0 };
	struct gv_val rec = gv_mkobj();
	int rc = gv_assignments_read(&fields, c, c->argv, c->argc);

	if (!rc)
		rc = gv_assignments_apply(&fields, c, gv_cmd_schema(c), &w->doc, &rec);
	if (!rc)
		rc = add_parties(w, &rec);
	if (!rc)
		rc = add(w, rec);
	gv_assignments_free(&fields);
	return rc;
}

static int from_stream(struct gv_opening *w)
{
	struct gv_cmd *c = w->c;
	struct gv_doc row = GV_DOC_INIT;
	struct gv_in *in;
	bool eof = false;
	int rc = gv_in_open(&in, NULL, GV_IN_NDJSON, NULL, &c->err);

	if (rc)
		return rc;
	while (!rc) {
		struct gv_str raw = { 0 };
		size_t number = 0;
		struct gv_val rec;
		struct gv_err bad;

		rc = gv_in_row(in, &row, GV_JSON_DROP_NULL, &raw, &number, &eof, &c->err);
		if (eof)
			break;
		if (!rc)
			rc = gv_val_copy(&w->doc, &rec, &row.root, &c->err);
		if (!rc)
			rc = add(w, rec);
		if ((rc != GV_EDATA && rc != GV_EUSAGE) || gv_in_broken(in))
			continue;
		c->err.line = number;
		bad = c->err;
		gv_err_clear(&c->err);
		rc = gv_cmd_bad_row(c, &bad, raw);
	}
	gv_in_close(in);
	gv_doc_free(&row);
	return rc;
}

static int commit(struct gv_opening *w)
{
	struct gv_cmd *c = w->c;
	struct gv_plan *plan = NULL;
	int rc = gv_plan_new(&plan, gv_cmd_store(c), &c->err);

	if (!rc)
		rc = gv_cmd_commit(c, plan, w->what, give_numbers, w, NULL);
	gv_plan_free(plan);
	c->done += rc ? 0 : w->new.n;
	return rc || gv_cmd_has(c, "dry-run") ? rc : gv_numbering_print(&w->new);
}

static int run(struct gv_cmd *c, gv_opening_fn *prepare, const struct gv_opening_once *once, void *ctx)
{
	struct gv_opening w = { .c = c, .prepare = prepare, .once = once, .ctx = ctx };
	bool from_options = gv_cmd_opt(c, "type") || gv_cmd_opt(c, "party");
	int rc = 0;

	w.new = (struct gv_numbering){ .c = c, .doc = &w.doc };
	if (!gv_cmd_store(c))
		return c->err.code;
	w.read_at = *gv_store_commit_id(gv_cmd_store(c));
	snprintf(w.on, sizeof w.on, "%s", gv_cmd_opt(c, "on") ? gv_cmd_opt(c, "on") : "");
	if (!w.on[0])
		gv_day_format(c->today, w.on);
	if (c->argc == 0 && !from_options && !isatty(STDIN_FILENO))
		rc = from_stream(&w);
	else
		rc = from_arguments(&w);
	if (!rc && w.new.n)
		rc = commit(&w);
	else if (!rc && !c->failed)
		gv_cmd_note(c, "%s", _("no rows, nothing opened"));
	gv_numbering_free(&w.new);
	gv_doc_free(&w.doc);
	return rc;
}

int gv_opening_run(struct gv_cmd *c, gv_opening_fn *prepare, void *ctx)
{
	return run(c, prepare, NULL, ctx);
}

int gv_opening_run_once(struct gv_cmd *c, const struct gv_opening_once *what)
{
	return run(c, what->prepare, what, what->ctx);
}
