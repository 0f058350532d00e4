/* SPDX-License-Identifier: MIT */
/* shared: what the publications of one case have in common: labels, papers, and whether anybody disagrees about it. */
#include <string.h>

#include "case-publish.h"
#include "papers.h"
#include "utf8.h"

static int check_one(struct gv_cmd *c, const char *kind, struct gv_str key)
{
	bool disputed;
	int rc = gv_cmd_is_disputed(c, kind, key, &disputed);

	if (rc || !disputed)
		return rc;
	return gv_fail(&c->err, GV_EDATA, _("a conflict about %.*s is open, and until it is resolved nothing of it is published: case-file conflicts"), (int)key.n, key.p);
}

int publish_check_dispute(struct gv_cmd *c, const struct gv_val *rec)
{
	struct gv_str kase = gv_val_getstr(rec, "case");
	int rc = check_one(c, gv_schema_find(gv_val_getstr(rec, "kind"))->kind, gv_val_getstr(rec, "id"));

	return rc || !kase.n ? rc : check_one(c, "case", kase);
}

struct gather {
	struct gv_cmd *c;
	struct gv_plan *plan;
	struct gv_str own;         /* id */
	struct gv_doc *d, doc;
	struct gv_val *out;
};

bool publish_has_label(const struct gv_val *labels, struct gv_str name)
{
	for (uint32_t i = 0; labels->type == GV_ARRAY && i < labels->n; i++)
		if (gv_str_eq(gv_val_getstr(&labels->items[i], "name"), name))
			return true;
	return false;
}

static int add_labels(struct gather *g, const struct gv_val *rec)
{
	const struct gv_val *labels = gv_val_items(rec, "labels");
	int rc = 0;

	for (uint32_t i = 0; i < labels->n && !rc; i++) {
		struct gv_val copy;

		if (publish_has_label(g->out, gv_val_getstr(&labels->items[i], "name")))
			continue;
		rc = gv_val_copy(g->d, &copy, &labels->items[i], &g->c->err);
		if (!rc)
			rc = gv_arr_add(g->d, g->out, copy, &g->c->err);
	}
	return rc;
}

/* What this run has given to another paper of the case counts already. */
static int read_now(struct gather *g, const struct gv_id *id)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_err *err = &g->c->err;
	struct gv_str text;
	int rc = gv_id_path(id, &path, err);

	if (!rc)
		rc = gv_plan_read(g->plan, path.p, &text, NULL, err);
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(err);
		rc = gv_store_read(gv_cmd_store(g->c), path.p, &text, NULL, err);
	}
	gv_buf_free(&path);
	return rc ? rc : gv_json_parse(&g->doc, text, 0, err);
}

static int add_other(void *ctx, struct gv_str key)
{
	struct gather *g = ctx;
	struct gv_id id;
	int rc;

	if (gv_str_eq(key, g->own))
		return 0;
	rc = gv_cmd_id_of(g->c, key, gv_schema_find(GV_STR("publication")), &id);
	if (!rc)
		rc = read_now(g, &id);
	if (!rc)
		rc = gv_cmd_unseal_doc(g->c, &g->doc);
	return rc ? rc : add_labels(g, &g->doc.root);
}

int publish_labels_of_case(struct gv_cmd *c, struct gv_plan *plan, const struct publish_index *x, const struct gv_val *rec, struct gv_doc *d, struct gv_val *out)
{
	struct gather g = { .c = c, .plan = plan, .own = gv_val_getstr(rec, "id"), .d = d, .out = out };
	int rc;

	*out = gv_mkarr();
	rc = add_labels(&g, rec);
	if (!rc)
		rc = publish_index_each(x, gv_val_getstr(rec, "case"), add_other, &g);
	gv_doc_free(&g.doc);
	return rc;
}

static int take_bytes(void *ctx, struct gv_str bytes)
{
	struct gv_buf *to = ctx;

	gv_buf_addstr(to, bytes);
	return to->failed ? -1 : 0;
}

/* Lines end as records have them. */
static void drop_returns(struct gv_buf *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++)
		if (b->p[i] != '\r' || i + 1 == b->n || b->p[i + 1] != '\n')
			b->p[n++] = b->p[i];
	b->n = n;
}

const struct gv_val *publish_file_of(const struct gv_val *kase, struct gv_str name)
{
	const struct gv_val *files = gv_val_items(kase, "files");

	for (uint32_t i = 0; i < files->n; i++)
		if (gv_str_eq(gv_val_getstr(&files->items[i], "name"), name))
			return &files->items[i];
	return NULL;
}

int publish_read_paper(struct gv_cmd *c, struct gv_str sha256, struct gv_buf *out)
{
	int rc;

	gv_buf_reset(out);
	rc = gv_paper_read(gv_cmd_store(c), sha256, take_bytes, out, &c->err);
	if (rc)
		return rc > 0 ? rc : gv_buf_check(out, &c->err);
	drop_returns(out);
	if (gv_utf8_valid(gv_buf_str(out)) != out->n)
		return gv_fail_field(&c->err, GV_EDATA, "file", "%s", _("is not UTF-8 (iconv -f GB18030 makes it so, if it is GBK)"));
	rc = gv_json_check_string(gv_buf_str(out), &c->err);
	if (rc)
		gv_err_field_prefix(&c->err, "file");
	return rc;
}

bool publish_is_told(struct gv_str kind)
{
	return gv_str_is(kind, "typical-case") || gv_str_is(kind, "report");
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

/* false: it has no escapes. */
static bool unescape(struct gv_str text, struct gv_buf *out)
{
	bool any = false;

	gv_buf_reset(out);
	if (!text.n || !memchr(text.p, '%', text.n))
		return false;
	for (size_t i = 0; i < text.n; i++) {
		bool escaped = text.p[i] == '%' && i + 2 < text.n && hex_digit(text.p[i + 1]) >= 0 && hex_digit(text.p[i + 2]) >= 0;

		gv_buf_addc(out, escaped ? (char)(hex_digit(text.p[i + 1]) * 16 + hex_digit(text.p[i + 2])) : text.p[i]);
		any = any || escaped;
		i += escaped ? 2 : 0;
	}
	return any && gv_utf8_valid(gv_buf_str(out)) == out->n;
}

struct words {
	int (*each)(void *ctx, struct gv_str text);
	void *ctx;
	struct gv_buf plain;
	struct gv_err *err;
};

static int one_word(void *ctx, struct gv_str text)
{
	struct words *w = ctx;
	int rc = w->each(w->ctx, text);

	if (!rc && unescape(text, &w->plain))
		rc = w->each(w->ctx, gv_buf_str(&w->plain));
	return rc ? rc : gv_buf_check(&w->plain, w->err);
}

int publish_each_word(const struct gv_val *v, int (*each)(void *ctx, struct gv_str text), void *ctx, struct gv_err *err)
{
	struct words w = { each, ctx, GV_BUF_INIT(GV_JSON_TEXT_MAX), err };
	int rc = gv_val_each_string(v, one_word, &w);

	gv_buf_free(&w.plain);
	return rc;
}
