/* SPDX-License-Identifier: MIT */
/* amend: load, put, and the loop over ids. */
#include <stdio.h>
#include <string.h>

#include "amend.h"
#include "i18n.h"

int gv_amend_begin(struct gv_amend *ch, struct gv_cmd *c)
{
	*ch = (struct gv_amend){ .c = c };
	ch->store = gv_cmd_store(c);
	if (!ch->store)
		return c->err.code;
	return gv_plan_new(&ch->plan, ch->store, &c->err);
}

/* A case named twice in one run builds on what the first time made of it. */
static int read_now(struct gv_amend *ch, const char *path, struct gv_str *text)
{
	struct gv_err *err = &ch->c->err;
	int rc = gv_plan_read(ch->plan, path, text, &ch->base, err);

	if (rc != GV_ENOTFOUND)
		return rc;
	gv_err_clear(err);
	return gv_store_read(ch->store, path, text, &ch->base, err);
}

static int load_record(struct gv_amend *ch)
{
	struct gv_err *err = &ch->c->err;
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_str text = { 0 };
	int rc = gv_id_path(&ch->rec.id, &path, err);

	if (!rc)
		rc = read_now(ch, path.p, &text);
	if (rc == GV_ENOTFOUND) /* people know the number, not the path */
		rc = gv_fail(err, rc, "%s", _("not in the docket"));
	if (!rc)
		rc = gv_json_parse(&ch->doc, text, 0, err);
	if (!rc && ch->doc.root.type != GV_OBJECT)
		rc = gv_fail(err, GV_EDATA, "%s", _("not a JSON object"));
	if (rc)
		gv_err_thing(err, ch->rec.id.key, strlen(ch->rec.id.key));
	gv_buf_free(&path);
	return rc;
}

int gv_amend_load(struct gv_amend *ch, struct gv_str id_text)
{
	int rc = gv_cmd_id(ch->c, id_text, &ch->rec.id);

	if (rc)
		gv_cmd_name_id(ch->c, id_text, &ch->rec.id);
	else
		rc = load_record(ch);
	ch->rec.doc = &ch->doc;
	ch->rec.val = &ch->doc.root;
	return rc;
}

int gv_amend_put(struct gv_amend *ch)
{
	struct gv_err *err = &ch->c->err;
	size_t before = gv_plan_count(ch->plan);
	int rc = gv_rec_check(ch->rec.id.schema, &ch->doc.root, gv_store_caseno(ch->store), err);

	if (!rc)
		rc = gv_plan_put(ch->plan, &ch->rec.id, &ch->base, &ch->doc.root, err);
	if (rc) {
		gv_err_thing(err, ch->rec.id.key, strlen(ch->rec.id.key));
	} else if (gv_plan_count(ch->plan) > before) {
		memcpy(ch->key, ch->rec.id.key, sizeof ch->key);
		ch->folder = ch->rec.id.schema->folder;
		ch->changed++;
	}
	return rc;
}

static int commit_named(struct gv_amend *ch, const char *event)
{
	char what[GV_KEY_MAX + 128];
	const char *gap = *event ? " " : "";
	size_t n = ch->changed;

	if (n <= 1)
		snprintf(what, sizeof what, "%s%s%s", event, gap, ch->key);
	else
		snprintf(what, sizeof what, "%s%s%zu %s", event, gap, n, ch->folder);
	return gv_cmd_commit(ch->c, ch->plan, what, NULL, NULL, NULL);
}

void gv_amend_end(struct gv_amend *ch)
{
	gv_plan_free(ch->plan);
	gv_doc_free(&ch->doc);
}

/* ---- loops ---- */

struct each_change {
	struct gv_amend *ch;
	int (*alter)(struct gv_amend *ch);
};

static int change_one(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct each_change *e = c->ctx;
	int rc = gv_amend_load(e->ch, text);

	if (!rc) {
		rc = e->alter(e->ch);
		if (!rc)
			rc = gv_amend_put(e->ch);
		else if (rc != GV_EUSAGE) /* which is about the command line, not about this case */
			gv_err_thing(&c->err, e->ch->rec.id.key, strlen(e->ch->rec.id.key));
	}
	if (rc == GV_EDATA || rc == GV_ENOTFOUND) {
		if (line)
			c->err.byte = 0; /* of the record, not of the line */
		gv_cmd_pass_over(c, line);
		return 0;
	}
	if (!rc)
		c->done++;
	return rc;
}

/* Every case that `ids` names ("-": ids on standard input).  A case that cannot be altered is complained about. */
static int each_id(struct gv_amend *ch, const char *ids, int (*alter)(struct gv_amend *ch))
{
	struct gv_cmd *c = ch->c;
	struct each_change e = { ch, alter };
	char *one[] = { (char *)(uintptr_t)ids, NULL }; /* never written to */
	int argc = c->argc;
	char **argv = c->argv;
	int rc;

	c->ctx = &e;
	c->argc = 1;
	c->argv = one;
	rc = gv_cmd_each_text(c, change_one, &c->err);
	c->ctx = NULL;
	c->argc = argc;
	c->argv = argv;
	return rc;
}

int gv_amend_run(struct gv_cmd *c, int (*alter)(struct gv_amend *ch), void *work, const char *event)
{
	struct gv_amend ch;
	int rc = gv_amend_begin(&ch, c);

	ch.work = work;
	if (!rc)
		rc = each_id(&ch, c->argv[0], alter);
	if (!rc && c->done)
		rc = commit_named(&ch, event);
	gv_amend_end(&ch);
	return rc;
}
