/* SPDX-License-Identifier: MIT */
/* case-file blame: who last changed each field, when and why. */
#include <stdlib.h>
#include <string.h>

#include "case-file.h"
#include "history.h"

struct field {
	struct gv_str path;
	const struct gv_val *value;
	bool found;
};

struct work {
	struct gv_cmd *c;
	struct gv_id id;
	struct gv_doc doc;      /* the record as it is, and the rows */
	struct gv_doc names;    /* of the fields that one commit changed */
	struct field *fields;
	struct gv_val *rows;    /* one per field, filled when found */
	size_t n, cap, left;
	const struct gv_commit *commit;
};

static int add_field(struct work *w, struct gv_str path, const struct gv_val *value)
{
	struct field *f;

	if (w->n == w->cap) {
		size_t cap = w->cap ? w->cap * 2 : 64;
		void *p = realloc(w->fields, cap * sizeof *w->fields);

		if (!p)
			return gv_fail_nomem(&w->c->err);
		w->fields = p;
		p = realloc(w->rows, cap * sizeof *w->rows);
		if (!p)
			return gv_fail_nomem(&w->c->err);
		w->rows = p;
		w->cap = cap;
	}
	f = &w->fields[w->n];
	*f = (struct field){ .path = gv_arena_copy(&w->doc.arena, path), .value = value };
	if (!f->path.p)
		return gv_fail_nomem(&w->c->err);
	w->rows[w->n++] = gv_mkobj();
	w->left++;
	return 0;
}

/* Objects by their members: "source.id".  An event is one field, it never changes in parts. */
static int take_field(void *ctx, struct gv_str path, const struct gv_val *before, const struct gv_val *after)
{
	struct work *w = ctx;
	struct gv_buf inner = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	int rc = 0;

	if (after->type != GV_OBJECT || !after->n || memchr(path.p, '[', path.n))
		return add_field(w, path, after);
	for (uint32_t i = 0; i < after->n && !rc; i++) {
		gv_buf_reset(&inner);
		gv_buf_addstr(&inner, path);
		gv_buf_addc(&inner, '.');
		gv_buf_addstr(&inner, after->members[i].name);
		rc = gv_buf_check(&inner, &w->c->err);
		if (!rc)
			rc = take_field(w, gv_buf_str(&inner), before, &after->members[i].val);
	}
	gv_buf_free(&inner);
	return rc;
}

/* A change of "source" is a change of "source.id" and the other way round: a whole object came or went. */
static bool same_field(struct gv_str a, struct gv_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;

	if (memcmp(a.p, b.p, n) != 0)
		return false;
	return a.n == b.n || (a.n > b.n ? a.p[n] : b.p[n]) == '.';
}

static int fill(struct work *w, size_t i)
{
	struct gv_val *row = &w->rows[i];
	struct gv_err *err = &w->c->err;
	int rc = gv_obj_set(&w->doc, row, GV_STR("kind"), gv_mklit("blame"), err);

	if (!rc)
		rc = gv_obj_set(&w->doc, row, GV_STR("record_kind"), gv_mklit(w->id.schema->kind), err);
	if (!rc)
		rc = gv_obj_set(&w->doc, row, GV_STR("id"), gv_mkstr(&w->doc, gv_str_of(w->id.key)), err);
	if (!rc)
		rc = gv_obj_set(&w->doc, row, GV_STR("field"), gv_mkstr(&w->doc, w->fields[i].path), err);
	if (!rc)
		rc = gv_obj_set(&w->doc, row, GV_STR("value"), *w->fields[i].value, err);
	return rc ? rc : gv_commit_row(&w->doc, row, w->commit, err);
}

static int changed_here(struct work *w, struct gv_str path)
{
	int rc = 0;

	for (size_t i = 0; i < w->n && !rc; i++) {
		if (w->fields[i].found || !same_field(w->fields[i].path, path))
			continue;
		w->fields[i].found = true;
		w->left--;
		rc = fill(w, i);
	}
	return rc;
}

static int at_step(void *ctx, const struct gv_step *s)
{
	struct work *w = ctx;
	struct gv_val names;
	int rc;

	w->commit = s->commit;
	gv_doc_reset(&w->names);
	rc = gv_history_fields(&w->names, &names, s, &w->c->err);
	for (uint32_t i = 0; !rc && i < names.n; i++)
		rc = changed_here(w, gv_val_str(&names.items[i]));
	return rc ? rc : w->left ? 0 : -1;
}

static int blame(struct work *w, struct gv_str text)
{
	struct gv_cmd *c = w->c;
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_rec rec;
	struct gv_val whole;
	int rc = gv_cmd_id(c, text, &w->id);

	if (!rc)
		rc = gv_id_path(&w->id, &path, &c->err);
	if (!rc)
		rc = gv_store_get(gv_cmd_store(c), &w->id, &w->doc, &rec, &c->err);
	whole = w->doc.root;
	if (!rc)
		rc = gv_fields_diff(NULL, &whole, take_field, w, &c->err);
	if (!rc)
		rc = gv_history_walk(gv_cmd_store(c), path.p, at_step, w, &c->err);
	if (rc < 0)
		rc = 0;
	for (size_t i = 0; i < w->n && !rc; i++)
		if (w->fields[i].found)
			rc = gv_out_rec(c->out, &w->rows[i], &c->err);
	gv_buf_free(&path);
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	int rc;

	if (c->argc != 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which case?  case-file blame ID"));
	if (!gv_cmd_store(c) || !gv_cmd_out(c))
		return c->err.code;
	rc = blame(&w, gv_str_of(c->argv[0]));
	free(w.fields);
	free(w.rows);
	gv_doc_free(&w.doc);
	gv_doc_free(&w.names);
	return rc;
}

const struct gv_cmd_spec case_file_blame = {
	.name = "blame", .summary = N_("show who last changed each field of a case, when and why"),
	.usage = "ID", .operands = "id", .kind = "case", .fields = "field,value,author,time,reason",
	.common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
