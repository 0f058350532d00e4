/* SPDX-License-Identifier: MIT */
/* change: read, alter and write back cases; the events that move them. */
#include <string.h>
#include <stdio.h>

#include "case-file.h"

int change_begin(struct change *ch, struct gv_cmd *c)
{
	*ch = (struct change){ .c = c };
	ch->store = gv_cmd_store(c);
	if (!ch->store)
		return c->err.code;
	return gv_plan_new(&ch->plan, ch->store, &c->err);
}

int change_load(struct change *ch, struct gv_str id_text)
{
	struct gv_err *err = &ch->c->err;
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_str text;
	int rc = gv_cmd_id(ch->c, id_text, &ch->rec.id);

	if (!rc)
		rc = gv_id_path(&ch->rec.id, &path, err);
	if (!rc)
		rc = gv_store_read(ch->store, path.p, &text, &ch->base, err);
	if (!rc)
		rc = gv_json_parse(&ch->doc, text, 0, err);
	if (rc)
		gv_err_thing(err, ch->rec.id.key[0] ? ch->rec.id.key : id_text.p,
		             ch->rec.id.key[0] ? strlen(ch->rec.id.key) : id_text.n);
	ch->rec.doc = &ch->doc;
	ch->rec.val = &ch->doc.root;
	gv_buf_free(&path);
	return rc;
}

int change_put(struct change *ch)
{
	struct gv_err *err = &ch->c->err;
	int rc = gv_rec_check(ch->rec.id.schema, &ch->doc.root, gv_store_caseno(ch->store), err);

	if (!rc)
		rc = gv_plan_put(ch->plan, &ch->rec.id, &ch->base, &ch->doc.root, err);
	if (rc) {
		gv_err_thing(err, ch->rec.id.key, strlen(ch->rec.id.key));
		return rc;
	}
	ch->cases++;
	memcpy(ch->key, ch->rec.id.key, sizeof ch->key);
	return 0;
}

int change_commit(struct change *ch, const char *event)
{
	char what[GV_KEY_MAX + 128];
	const char *gap = event && *event ? " " : "";

	if (ch->cases == 1)
		snprintf(what, sizeof what, "%s%s%s", event ? event : "", gap, ch->key);
	else
		snprintf(what, sizeof what, "%s%s%zu cases", event ? event : "", gap, ch->cases);
	return gv_cmd_commit(ch->c, ch->plan, what, NULL, NULL, NULL);
}

void change_end(struct change *ch)
{
	gv_plan_free(ch->plan);
	gv_doc_free(&ch->doc);
}

/* ---- loops ---- */

struct each_change {
	struct change *ch;
	int (*alter)(struct change *ch);
};

static int change_one(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct each_change *e = c->ctx;
	int rc = change_load(e->ch, text);

	if (!rc)
		rc = e->alter(e->ch);
	if (!rc)
		rc = change_put(e->ch);
	if (rc == GV_EDATA || rc == GV_ENOTFOUND) {
		gv_err_thing(&c->err, text.p, text.n);
		c->err.line = line;
		gv_cmd_complain(c, &c->err);
		gv_err_clear(&c->err);
		return 0;
	}
	if (!rc)
		c->done++;
	return rc;
}

int change_each(struct change *ch, const char *ids, int (*alter)(struct change *ch))
{
	struct gv_cmd *c = ch->c;
	struct each_change e = { ch, alter };
	void *ctx = c->ctx;
	char *one[] = { (char *)(uintptr_t)ids, NULL }; /* never written to */
	int argc = c->argc;
	char **argv = c->argv;
	int rc;

	c->ctx = &e;
	c->argc = 1;
	c->argv = one;
	rc = gv_cmd_each_text(c, change_one, &c->err);
	c->ctx = ctx;
	c->argc = argc;
	c->argv = argv;
	return rc;
}
