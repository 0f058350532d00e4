/* SPDX-License-Identifier: MIT */
/* case-file resolve: close conflicts, many at once, with a reason. */
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casekey.h"
#include "disputes.h"

static const struct gv_opt opts[] = {
	{ 0, "all", NULL, N_("every open conflict") },
	{ 0, "with", "SIDE", N_("the value that it takes: of one side, of before, or of the side that was made last"),
	  .complete = "ours|theirs|base|newest", .excl = "with" },
	{ 0, "field", "PATTERN", N_("these fields only; the others stay open"), GV_OPT_MANY, .complete = "field" },
	{ 0, "renumber", NULL, N_("of two cases with one number, give the second one the next free number"), .excl = "with" },
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct gv_store *store;
	struct gv_plan *plan;
	struct gv_doc rec, moved;         /* the record at hand; the one that gets another number */
	struct gv_oid base;               /* what rec was read from; zero: there is no record */
	struct gv_assignments fields;
	bool *met;                        /* by assignment: some conflict has the field */
	bool *matched;                    /* by --field: some conflict has such a field */
	bool any;                         /* conflict was looked at */
	int names;                        /* operands that are ids or patterns */
	size_t resolved;                  /* conflicts, with all or some of their fields */
	char what[GV_KEY_MAX + 64];
};

/* ---- which fields, which value ---- */

static bool is_wanted(struct work *w, struct gv_str field)
{
	const char *pattern;
	bool yes = false;
	size_t i = 0;

	for (; (pattern = gv_opts_nth(w->c->opts, "field", i)); i++)
		if (fnmatch(pattern, field.p, 0) == 0)
			yes = w->matched[i] = true;
	return yes || i == 0;
}

static const struct gv_assignment *assigned(struct work *w, struct gv_str field)
{
	for (size_t i = 0; i < w->fields.n; i++)
		if (gv_str_eq(gv_buf_str(&w->fields.list[i].field), field)) {
			w->met[i] = true;
			return &w->fields.list[i];
		}
	return NULL;
}

static const char *side_of(struct work *w, const struct dispute *d, struct gv_str field)
{
	const char *with = gv_cmd_opt(w->c, "with");

	if (!with || strcmp(with, "newest") != 0)
		return with;
	return gv_str_cmp(gv_conflict_who(&d->doc.root, "ours", field).time,
	                  gv_conflict_who(&d->doc.root, "theirs", field).time) > 0 ? "ours" : "theirs";
}

/* ---- the whole of a record, or of a file that is none ---- */

static bool are_two_cases(const struct dispute *d)
{
	struct gv_str whole = GV_STR("");

	return d->schema && !gv_conflict_value(&d->doc.root, "base", whole) && gv_conflict_value(&d->doc.root, "ours", whole) &&
	       gv_conflict_value(&d->doc.root, "theirs", whole);
}

/* What stands in front of the serial, and behind it; the folder that serials are counted in. */
static int next_key(struct work *w, const struct dispute *d, struct gv_id *id)
{
	struct gv_err *err = &w->c->err;
	struct gv_str key = gv_str_of(d->key), folder = d->path;
	struct gv_casekey parts;
	struct gv_serialkey serial;
	int64_t next = 0;
	int rc = 0;

	for (int i = 0; i < 2; i++) /* FFFF/SERIAL.json */
		folder.n = (size_t)((const char *)memrchr(folder.p, '/', folder.n) - folder.p);
	*id = (struct gv_id){ .schema = d->schema };
	if (gv_casekey_split(&parts, key) && !gv_str_is(parts.full, "刑核")) {
		char *path = gv_arena_printf(&w->moved.arena, "%.*s", (int)folder.n, folder.p);

		rc = path ? gv_store_next_serial(w->plan, path, &next, err) : gv_fail_nomem(err);
		snprintf(id->key, sizeof id->key, "%.*s%lld号", (int)(parts.serial.p - key.p), key.p, (long long)next);
	} else if (d->schema->letter && gv_serialkey_split(&serial, key)) {
		char *path = gv_arena_printf(&w->moved.arena, "%.*s", (int)folder.n, folder.p);

		rc = path ? gv_store_next_serial(w->plan, path, &next, err) : gv_fail_nomem(err);
		snprintf(id->key, sizeof id->key, "%.*s%06lld", (int)(serial.number.p - key.p), key.p, (long long)next);
	} else {
		rc = gv_fail(err, GV_EDATA, "%s", _("numbers of this kind are not given in order: choose --with ours or theirs"));
	}
	return rc;
}

/* The first stays; the second becomes a case of its own. */
static int renumber(struct work *w, const struct dispute *d)
{
	struct gv_err *err = &w->c->err;
	struct gv_id id;
	int rc;

	gv_doc_reset(&w->moved);
	if (!are_two_cases(d))
		return gv_fail(err, GV_EDATA, "%s", _("here are not two cases of one number: choose --with ours or theirs"));
	rc = next_key(w, d, &id);
	if (!rc)
		rc = gv_val_copy(&w->moved, &w->moved.root, gv_conflict_value(&d->doc.root, "theirs", GV_STR("")), err);
	if (!rc)
		rc = gv_obj_set(&w->moved, &w->moved.root, GV_STR("id"), gv_mkstr(&w->moved, gv_str_of(id.key)), err);
	if (!rc)
		rc = gv_rec_check(d->schema, &w->moved.root, gv_store_caseno(w->store), err);
	if (!rc)
		rc = gv_plan_put(w->plan, &id, NULL, &w->moved.root, err);
	if (!rc)
		gv_cmd_note(w->c, _("%s: the second case of this number is now %s"), d->key, id.key);
	return rc;
}

static int set_whole(struct work *w, const struct dispute *d, const char *side)
{
	const struct gv_val *value = gv_conflict_value(&d->doc.root, side, GV_STR(""));

	if (!value && strcmp(side, "base") == 0)
		return gv_fail(&w->c->err, GV_EDATA, "%s",
		               _("both sides added it, there is none from before: choose --with ours or theirs, or --renumber"));
	if (!value)
		w->rec.root = (struct gv_val){ .type = GV_NULL }; /* that side took it away */
	return value ? gv_val_copy(&w->rec, &w->rec.root, value, &w->c->err) : 0;
}

/* A file that is no record is kept by its blob. */
static int put_file(struct work *w, const struct dispute *d, const char *side)
{
	const struct gv_val *value = gv_conflict_value(&d->doc.root, side, GV_STR(""));
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	struct gv_err *err = &w->c->err;
	struct gv_oid blob;
	bool is_there = !gv_oid_is_zero(&w->base);
	int rc = 0;

	if (value && !gv_oid_read(&blob, gv_val_getstr(value, "blob")))
		rc = gv_fail(err, GV_EDATA, "%s", _("the conflict names no version of the file"));
	if (!rc && value)
		rc = gv_store_blob(w->store, &blob, &text, err);
	if (!rc && value)
		rc = gv_plan_put_text(w->plan, d->path.p, is_there ? &w->base : NULL, gv_buf_str(&text), err);
	else if (!rc && is_there)
		rc = gv_plan_remove(w->plan, d->path, &w->base, err);
	gv_buf_free(&text);
	return rc;
}

/* ---- one field ---- */

static int set_field(struct work *w, struct dispute *d, struct gv_str field, bool *done)
{
	const struct gv_assignment *a = assigned(w, field);
	const char *side = side_of(w, d, field);
	bool is_json = w->rec.root.type == GV_OBJECT;

	*done = true;
	if (a)
		return gv_assignments_apply(&(struct gv_assignments){ &w->fields.list[a - w->fields.list], 1 }, w->c,
		                         d->schema ? d->schema : gv_schema_find(GV_STR("docket")), &w->rec, &w->rec.root);
	if (gv_cmd_has(w->c, "renumber") && !field.n)
		return renumber(w, d);
	if (side && !field.n)
		return d->schema ? set_whole(w, d, side) : put_file(w, d, side);
	if (side && is_json)
		return gv_field_set(&w->rec, &w->rec.root, field, gv_conflict_value(&d->doc.root, side, field), &w->c->err);
	if (side)
		return gv_fail(&w->c->err, GV_ENOTFOUND, "%s", _("the record is not there any more"));
	*done = false;
	return 0;
}

/* From a copy of the names: what is resolved leaves the list. */
static int set_fields(struct work *w, struct dispute *d, size_t *done)
{
	size_t n = gv_conflict_count(&d->doc.root);
	struct gv_str *fields = calloc(n + 1, sizeof *fields);
	int rc = 0;

	*done = 0;
	if (!fields)
		return gv_fail_nomem(&w->c->err);
	for (size_t i = 0; i < n; i++)
		fields[i] = gv_conflict_field(&d->doc.root, i);
	for (size_t i = 0; !rc && i < n; i++) {
		bool is_done;

		if (!is_wanted(w, fields[i]))
			continue;
		rc = set_field(w, d, fields[i], &is_done);
		if (!rc && is_done) {
			rc = gv_conflict_drop(&d->doc, &d->doc.root, fields[i], &w->c->err);
			++*done;
		} else if (rc && fields[i].n && !w->c->err.field[0]) {
			gv_err_field_prefix(&w->c->err, fields[i].p);
		}
	}
	free(fields);
	return rc;
}

/* ---- one conflict ---- */

static int read_record(struct work *w, const struct dispute *d)
{
	struct gv_str text;
	struct gv_err *err = &w->c->err;
	int rc = gv_store_read(w->store, d->path.p, &text, &w->base, err);

	gv_doc_reset(&w->rec);
	w->rec.root = (struct gv_val){ .type = GV_NULL };
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(err);
		w->base = (struct gv_oid){ 0 };
		return 0;
	}
	if (!rc && (d->schema || !gv_conflict_has(&d->doc.root, GV_STR(""))))
		rc = gv_json_parse(&w->rec, text, 0, err);
	return rc;
}

/* As any other record is written: what is sealed stays so, also with a value that was given by hand. */
static int put_rec(struct work *w, const struct dispute *d, const struct gv_oid *base)
{
	struct gv_err *err = &w->c->err;
	struct gv_rec rec;
	int rc = gv_rec_of(&rec, &w->rec, d->schema, gv_store_caseno(w->store), err);

	if (!rc)
		rc = gv_id_lies_at(&rec.id, d->path, err);
	return rc ? rc : gv_plan_put(w->plan, &rec.id, base, &w->rec.root, err);
}

static int put_record(struct work *w, const struct dispute *d)
{
	struct gv_err *err = &w->c->err;
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	const struct gv_oid *base = gv_oid_is_zero(&w->base) ? NULL : &w->base;
	int rc = 0;

	if (w->rec.root.type != GV_OBJECT)
		return d->schema && base ? gv_plan_remove(w->plan, d->path, base, err) : 0;
	if (d->schema || gv_str_is(d->path, "gavel.json"))
		rc = gv_rec_check(d->schema ? d->schema : gv_schema_find(GV_STR("docket")), &w->rec.root, gv_store_caseno(w->store),
		                  err);
	if (rc || d->schema)
		return rc ? rc : put_rec(w, d, base);
	gv_json_canon(&text, &w->rec.root);
	rc = gv_buf_check(&text, err);
	if (!rc)
		rc = gv_plan_put_text(w->plan, d->path.p, base, gv_buf_str(&text), err);
	gv_buf_free(&text);
	return rc;
}

/* What is left of the conflict. */
static int put_conflict(struct work *w, struct dispute *d)
{
	struct gv_err *err = &w->c->err;
	struct gv_buf text = GV_BUF_INIT(4 * GV_JSON_TEXT_MAX);
	char *at = gv_arena_printf(&d->doc.arena, "%.*s", (int)d->at.n, d->at.p);
	int rc;

	if (!at)
		return gv_fail_nomem(err);
	if (!gv_conflict_count(&d->doc.root))
		return gv_plan_remove(w->plan, d->at, &d->blob, err);
	gv_json_canon(&text, &d->doc.root);
	rc = gv_buf_check(&text, err);
	if (!rc)
		rc = gv_plan_put_text(w->plan, at, &d->blob, gv_buf_str(&text), err);
	gv_buf_free(&text);
	return rc;
}

static int resolve(struct work *w, struct dispute *d, size_t *done)
{
	int rc = read_record(w, d);

	if (!rc)
		rc = set_fields(w, d, done);
	if (!rc && *done)
		rc = put_record(w, d);
	return rc || !*done ? rc : put_conflict(w, d);
}

static int one(void *ctx, struct dispute *d)
{
	struct work *w = ctx;
	size_t mark = gv_plan_mark(w->plan), done = 0;
	int rc = resolve(w, d, &done);

	w->any = true;
	if (rc == GV_EDATA || rc == GV_ENOTFOUND) {
		gv_plan_rollback(w->plan, mark); /* whole or not at all */
		gv_err_thing(&w->c->err, d->key, strlen(d->key));
		gv_cmd_complain(w->c, &w->c->err);
		gv_err_clear(&w->c->err);
		return 0;
	}
	if (rc || !done)
		return rc;
	w->c->done++;
	if (++w->resolved == 1)
		snprintf(w->what, sizeof w->what, "%s", d->key);
	else
		snprintf(w->what, sizeof w->what, "%zu conflicts", w->resolved);
	return 0;
}

/* ---- all of them, under the lock ---- */

static void tell_unmet(struct work *w, struct gv_str field)
{
	gv_fail(&w->c->err, GV_ENOTFOUND, "%s", _("no conflict about this field is open there"));
	gv_err_thing(&w->c->err, field.p, field.n);
	gv_cmd_complain(w->c, &w->c->err);
	gv_err_clear(&w->c->err);
}

static int build(void *ctx, struct gv_plan *p, struct gv_err *err)
{
	struct work *w = ctx;
	const char *pattern;
	int rc;

	(void)err; /* the command's own */
	w->plan = p;
	w->resolved = 0;
	rc = disputes_each(w->c, w->c->argv, w->names, one, w);
	for (size_t i = 0; !rc && i < w->fields.n; i++)
		if (!w->met[i])
			tell_unmet(w, gv_buf_str(&w->fields.list[i].field));
	/* Where nothing is open at all there is nothing to do, and no pattern is to blame. */
	for (size_t i = 0; !rc && w->any && (pattern = gv_opts_nth(w->c->opts, "field", i)); i++)
		if (!w->matched[i])
			tell_unmet(w, gv_str_of(pattern));
	return rc;
}

/* ---- the command line ---- */

static int check_usage(struct work *w)
{
	struct gv_cmd *c = w->c;
	bool all = gv_cmd_has(c, "all");

	if (!w->names && !all)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which conflicts?  case-file resolve ID|PATTERN|--all"));
	if (w->names && all)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("--all and ids exclude each other"));
	if (!gv_cmd_opt(c, "with") && !gv_cmd_has(c, "renumber") && !w->fields.n)
		return gv_fail(&c->err, GV_EUSAGE, "%s",
		               _("to which value?  --with ours|theirs|base|newest, FIELD=VALUE or --renumber"));
	if (!gv_cmd_has_reason(c))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("why?  -m REASON: it is kept in the commit"));
	return 0;
}

static int read_operands(struct work *w)
{
	struct gv_cmd *c = w->c;
	size_t patterns = 0;
	int rc;

	while (gv_opts_nth(c->opts, "field", patterns))
		patterns++;
	while (w->names < c->argc && !strchr(c->argv[w->names], '='))
		w->names++;
	rc = gv_assignments_read(&w->fields, c, c->argv + w->names, c->argc - w->names);
	if (rc)
		return rc;
	w->met = calloc(w->fields.n + 1, sizeof *w->met);
	w->matched = calloc(patterns + 1, sizeof *w->matched);
	return w->met && w->matched ? check_usage(w) : gv_fail_nomem(&c->err);
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c, .what = "nothing" };
	struct gv_plan *plan = NULL;
	int rc = read_operands(&w);

	w.store = rc ? NULL : gv_cmd_store(c);
	if (!w.store)
		rc = c->err.code;
	if (!rc)
		rc = gv_plan_new(&plan, w.store, &c->err);
	if (!rc)
		rc = gv_cmd_commit(c, plan, w.what, build, &w, NULL);
	gv_plan_free(plan);
	gv_assignments_free(&w.fields);
	free(w.met);
	free(w.matched);
	gv_doc_free(&w.rec);
	gv_doc_free(&w.moved);
	return rc;
}

const struct gv_cmd_spec case_file_resolve = {
	.name = "resolve", .summary = N_("close conflicts: choose a value for what could not be joined"),
	.usage = N_("ID|PATTERN...|--all [FIELD=VALUE...] -m REASON"), .operands = "id", .opts = opts, .kind = "case",
	.common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
