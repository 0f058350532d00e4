/* SPDX-License-Identifier: MIT */
/* case-audit timeline: the life of one record, step by step. */
#include <stdlib.h>

#include "witness.h"

struct work {
	struct gv_cmd *c;
	struct testimony of;
	struct gv_annotations *notes;
	struct gv_doc doc;
	struct gv_val *rows;   /* newest first, as history is walked */
	size_t n, cap;
};

static int put(struct work *w, struct gv_val *row, const char *name, struct gv_str text)
{
	return text.n ? gv_obj_set(&w->doc, row, gv_str_of(name), gv_mkstr(&w->doc, text), &w->c->err) : 0;
}

static const char *state_title(const struct work *w, struct gv_str state)
{
	const struct gv_state *s = gv_schema_state(w->of.id.schema, state);

	return s && s->zh ? s->zh : NULL;
}

/* "open → closed (结案)": the row of a table says it all in one cell. */
static int put_state(struct work *w, struct gv_val *row, const struct gv_step *s)
{
	const char *field = w->of.id.schema->state_field;
	const struct gv_val *was = s->before[0] ? s->before[0] : s->before[1];
	struct gv_str from, to;
	struct gv_buf text = GV_BUF_INIT(1024);
	const char *title;
	int rc;

	if (!field)
		return 0;
	from = gv_val_getstr(was, field);
	to = gv_val_getstr(s->after, field);
	if (gv_str_eq(from, to))
		return 0;
	title = state_title(w, to);
	gv_buf_addf(&text, "%.*s%s%.*s", (int)from.n, from.p ? from.p : "", from.n ? " → " : "", (int)to.n, to.p ? to.p : "");
	if (title)
		gv_buf_addf(&text, " (%s)", title);
	rc = gv_buf_check(&text, &w->c->err);
	if (!rc)
		rc = put(w, row, "move", gv_buf_str(&text));
	if (!rc)
		rc = put(w, row, "state_before", from);
	if (!rc)
		rc = put(w, row, "state", to);
	gv_buf_free(&text);
	return rc;
}

static int put_trailer(struct work *w, struct gv_val *row, const char *name, const char *field, const struct gv_commit *c)
{
	return put(w, row, field, gv_commit_trailer(c, name));
}

static int put_note(struct work *w, struct gv_val *row, const struct gv_commit *c)
{
	const struct gv_annotation *note = gv_annotations_of(w->notes, &c->id);
	struct gv_val obj = gv_mkobj();
	char hex[GV_HEX + 1];
	int rc;

	if (!note)
		return 0;
	gv_oid_hex(&note->by, hex);
	rc = put(w, &obj, "commit", gv_str_of(hex));
	if (!rc)
		rc = put(w, &obj, "by", note->who);
	if (!rc)
		rc = put(w, &obj, "reason", note->reason);
	return rc ? rc : gv_obj_set(&w->doc, row, GV_STR("annotated"), obj, &w->c->err);
}

static int put_what(struct work *w, struct gv_val *row, const struct gv_step *s)
{
	struct gv_err *err = &w->c->err;
	bool is_new = !s->before[0] && !s->before[1];
	struct gv_val fields;
	int rc = gv_obj_set(&w->doc, row, GV_STR("op"), gv_mklit(is_new ? "added" : !s->after ? "removed" : "changed"), err);

	if (!rc && !is_new && s->after) {
		rc = gv_history_fields(&w->doc, &fields, s, err);
		if (!rc)
			rc = gv_obj_set(&w->doc, row, GV_STR("fields"), fields, err);
	}
	if (!rc)
		rc = put_state(w, row, s);
	if (!rc && s->parents > 1)
		rc = gv_obj_set(&w->doc, row, GV_STR("merge"), gv_mkbool(true), err);
	if (!rc)
		rc = put_trailer(w, row, "Gavel-Corrects", "corrects", s->commit);
	if (!rc)
		rc = put_trailer(w, row, "Gavel-Annotates", "annotates", s->commit);
	return rc ? rc : put_note(w, row, s->commit);
}

static int add_row(struct work *w, struct gv_val row)
{
	if (w->n == w->cap) {
		size_t cap = w->cap ? w->cap * 2 : 64;
		struct gv_val *rows = reallocarray(w->rows, cap, sizeof *rows);

		if (!rows)
			return gv_fail_nomem(&w->c->err);
		w->rows = rows;
		w->cap = cap;
	}
	w->rows[w->n++] = row;
	return 0;
}

static int at_step(void *ctx, const struct gv_step *s)
{
	struct work *w = ctx;
	struct gv_val row = gv_mkobj();
	struct witness who;
	int rc = gv_obj_set(&w->doc, &row, GV_STR("kind"), gv_mklit("step"), &w->c->err);

	if (!rc)
		rc = put(w, &row, "id", gv_str_of(w->of.id.key));
	if (!rc)
		rc = gv_commit_row(&w->doc, &row, s->commit, &w->c->err);
	if (!rc)
		rc = put_what(w, &row, s);
	if (!rc)
		rc = witness_of(&who, w->of.regimes, w->of.store, s->commit, &w->c->err);
	if (!rc)
		rc = witness_put(&w->doc, &row, &who, s->commit, &w->c->err);
	return rc ? rc : add_row(w, row);
}

static int print(struct work *w)
{
	struct gv_out *out = gv_cmd_out(w->c);
	int rc = out ? 0 : w->c->err.code;

	for (size_t i = w->n; i-- > 0 && !rc && !gv_cmd_closed(w->c);)
		rc = gv_out_rec(out, &w->rows[i], &w->c->err);
	return rc;
}

static int tell(struct work *w)
{
	struct gv_cmd *c = w->c;
	int rc = witness_open(&w->of, c);

	if (!rc)
		rc = gv_annotations_read(&w->notes, w->of.store, gv_store_commit_id(w->of.store), &c->err);
	if (!rc)
		rc = witness_walk(&w->of, c, at_step, w);
	return rc ? rc : print(w);
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	int rc;

	if (c->argc != 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which record?  case-audit timeline ID"));
	rc = tell(&w);
	gv_annotations_free(w.notes);
	gv_regimes_free(w.of.regimes);
	gv_doc_free(&w.doc);
	free(w.rows);
	return rc;
}

const struct gv_cmd_spec case_audit_timeline = {
	.name = "timeline", .summary = N_("tell the life of one record: every step, who took it, why, and whether it is signed"),
	.usage = "ID", .operands = "id", .kind = "case", .fields = "time,name,roles,signature,move,fields,reason,subject",
	.common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
