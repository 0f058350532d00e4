/* SPDX-License-Identifier: MIT */
/* case-publish redact: the text as everybody may read it, and what was replaced. */
#include "newfile.h"
#include "text.h"

static const struct gv_opt opts[] = {
	PUBLISH_TEXT_OPTS
	{ 0, "map", "FILE", N_("of a --text: what was replaced, as NDJSON; it is as private as the text itself"), .complete = "file" },
	{ 0 }
};

static int write_map(struct gv_cmd *c, const char *path, const struct gv_val *map)
{
	struct gv_buf lines = GV_BUF_INIT(GV_JSON_TEXT_MAX * 4);
	int rc;

	for (uint32_t i = 0; i < map->n; i++) {
		gv_json_line(&lines, &map->items[i]);
		gv_buf_addc(&lines, '\n');
	}
	rc = gv_buf_check(&lines, &c->err);
	if (!rc)
		rc = gv_newfile_write(path, 0600, gv_buf_str(&lines), &c->err);
	gv_buf_free(&lines);
	return rc;
}

static int print_row(struct publish_texts *t, struct publish_text *one, const struct gv_redacted *done)
{
	struct gv_err *err = &t->c->err;
	struct gv_val map, labels;
	int rc = gv_redacted_map(one->doc, &map, done, err);

	if (!rc)
		rc = gv_redacted_labels(one->doc, &labels, done, err);
	if (!rc)
		rc = gv_obj_set(one->doc, one->row, GV_STR("text"), gv_mkstr(one->doc, done->text), err);
	if (!rc)
		rc = gv_obj_set(one->doc, one->row, GV_STR("map"), map, err);
	if (!rc)
		rc = gv_obj_set(one->doc, one->row, GV_STR("labels"), labels, err);
	if (!rc)
		rc = gv_obj_set(one->doc, one->row, GV_STR("redacted"), gv_mkbool(true), err);
	if (!rc && !gv_cmd_out(t->c))
		rc = err->code;
	if (!rc)
		rc = gv_out_rec(t->c->out, one->row, err);
	return rc ? rc : gv_cmd_closed(t->c) ? -1 : 0;
}

static int each(struct publish_texts *t, struct publish_text *one)
{
	struct gv_cmd *c = t->c;
	const char *map_file = gv_cmd_opt(c, "map");
	struct gv_redacted done = { 0 };
	struct gv_val map;
	int rc;

	if (one->redacted || one->withheld)
		return gv_cmd_out(c) ? gv_out_rec(c->out, one->row, &c->err) : c->err.code;
	rc = gv_redact(t->redactor, &one->job, &done, &c->err);
	if (!rc && one->kase.n)
		rc = gv_labels_keep(t->labels, one->kase, &done, &c->err);
	if (rc)
		return rc;
	c->done++;
	if (one->row)
		return print_row(t, one, &done);
	rc = gv_redacted_map(one->doc, &map, &done, &c->err);
	if (!rc && map_file)
		rc = write_map(c, map_file, &map);
	return rc ? rc : gv_cmd_put(c, done.text);
}

static int run(struct gv_cmd *c)
{
	struct publish_texts t = { .c = c, .each = each };

	if (gv_cmd_opt(c, "map") && !gv_cmd_opt(c, "text"))
		return gv_fail(&c->err, GV_EUSAGE, _("--map FILE is of a --text; a record has its map in itself"));
	return publish_texts_run(&t);
}

const struct gv_cmd_spec publish_redact = {
	.name = "redact", .summary = N_("hide names, numbers and addresses as the rules ask"),
	.usage = "[ID...]", .operands = "id", .opts = opts, .kind = "publication", .fields = "id,case,title,redacted",
	.common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF | GV_C_BULK,
	.records = &gv_cmd_records, .run = run,
};
