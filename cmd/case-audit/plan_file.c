/* SPDX-License-Identifier: MIT */
#include "plan_file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "in.h"

void plan_file_free(struct plan_file *p)
{
	gv_plan_free(p->checked);
	gv_arena_free(&p->arena);
	free(p->list);
}

/* ---- lines ---- */

static int make_room(struct plan_file *p, struct gv_err *err)
{
	size_t room = p->room ? p->room * 2 : 16;
	struct planned *list;

	if (p->n < p->room)
		return 0;
	list = realloc(p->list, room * sizeof *list);
	if (!list)
		return gv_fail_nomem(err);
	p->list = list;
	p->room = room;
	return 0;
}

/* The blob that a put would write. */
static int blob_of(struct gv_oid *out, const struct gv_val *line, struct gv_err *err)
{
	const struct gv_val *record = gv_val_get(line, "record"), *text = gv_val_get(line, "text");
	struct gv_buf canon = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	int rc = 0;

	*out = (struct gv_oid){ 0 };
	if (record) {
		gv_json_canon(&canon, record);
		rc = gv_buf_check(&canon, err);
		if (!rc)
			gv_oid_of(out, "blob", gv_buf_str(&canon));
	} else if (text) {
		gv_oid_of(out, "blob", gv_val_str(text));
	}
	gv_buf_free(&canon);
	return rc;
}

static int take_line(struct plan_file *p, struct gv_str text, struct gv_doc *doc, struct gv_err *err)
{
	struct planned *one;
	int rc = gv_json_parse(doc, text, 0, err);

	if (!rc)
		rc = gv_plan_add_line(p->checked, &doc->root, err);
	if (!rc)
		rc = make_room(p, err);
	if (rc)
		return rc;
	one = &p->list[p->n++];
	*one = (struct planned){ .text = gv_arena_copy(&p->arena, text) };
	if (!one->text.p)
		return gv_fail_nomem(err);
	if (gv_str_is(gv_val_getstr(&doc->root, "op"), "plan"))
		return 0;
	one->path = gv_arena_copy(&p->arena, gv_val_getstr(&doc->root, "path"));
	if (!one->path.p)
		return gv_fail_nomem(err);
	one->approval = gv_str_starts(one->path, GV_STR("approvals/"));
	gv_oid_read(&one->base, gv_val_getstr(&doc->root, "base")); /* null: zero, as it is */
	return blob_of(&one->now, &doc->root, err);
}

static int read_lines(struct plan_file *p, struct gv_in *in, struct gv_err *err)
{
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_str line;
	size_t number = 0;
	int rc;

	while (!(rc = gv_in_line(in, &line, &number, err)) && line.p)
		if ((rc = take_line(p, line, &doc, err)))
			break;
	if (!rc && !p->n)
		rc = gv_fail(err, GV_EDATA, "%s", _("no plan: the input is empty"));
	else if (rc)
		err->line = number;
	if (rc)
		gv_err_thing(err, gv_in_name(in), strlen(gv_in_name(in)));
	gv_doc_free(&doc);
	return rc;
}

int plan_file_read(struct plan_file *p, struct gv_cmd *c)
{
	struct gv_in *in;
	int rc;

	if (c->argc > 1 || (c->argc == 0 && isatty(STDIN_FILENO)))
		return gv_fail(&c->err, GV_EUSAGE, _("which plan?  %s FILE, or a plan on standard input"), c->name);
	rc = gv_plan_new(&p->checked, gv_cmd_store(c), &c->err);
	if (!rc)
		rc = gv_in_open(&in, c->argc ? c->argv[0] : NULL, GV_IN_LINES, NULL, &c->err);
	if (rc)
		return rc;
	rc = read_lines(p, in, &c->err);
	gv_in_close(in);
	return rc;
}

/* ---- one change ---- */

int plan_change_load(struct plan_change *ch, const struct planned *line, struct gv_cmd *c)
{
	struct gv_doc *d = ch->docs;
	int rc = gv_json_parse(&d[1], line->text, 0, &c->err);

	ch->line = line;
	ch->schema = gv_path_kind(line->path);
	ch->before = ch->after = NULL;
	ch->text = (struct gv_str){ 0 };
	if (rc || !ch->schema) {
		ch->text = rc ? ch->text : gv_val_getstr(&d[1].root, "text");
		return rc;
	}
	ch->after = gv_val_get(&d[1].root, "record");
	return gv_store_value(gv_cmd_store(c), &line->base, &d[0], &ch->before, &c->err);
}

void plan_change_free(struct plan_change *ch)
{
	gv_doc_free(&ch->docs[0]);
	gv_doc_free(&ch->docs[1]);
}

struct gv_str plan_change_name(const struct plan_change *ch)
{
	const struct gv_val *rec = ch->after ? ch->after : ch->before;
	struct gv_str id = gv_val_getstr(rec, "id");

	return id.n ? id : ch->line->path;
}
