/* SPDX-License-Identifier: MIT */
/* case-file link: tie a case to the record it came from or led to. */
#include <string.h>

#include "case-file.h"

static const struct gv_opt opts[] = {
	{ 0, "one-way", NULL, N_("do not tie the other case back to this one") },
	{ 0 }
};

/* What the other side calls it. */
static const struct { const char *rel, *back; } inverse[] = {
	{ "enforcement", "enforces" }, { "enforces", "enforcement" }, { "appeal", "appealed-from" },
	{ "appealed-from", "appeal" }, { "consolidated", "consolidated" }, { "related", "related" },
	{ "retrial", "related" }, { "remand", "related" }, { "objection", "related" }, { "preservation", "related" },
};

struct work {
	const char *rel;
	char other[GV_KEY_MAX + 32];
};

static bool has_link(const struct gv_val *links, const char *rel, const char *id)
{
	for (size_t i = 0; links && links->type == GV_ARRAY && i < links->n; i++)
		if (gv_str_is(gv_val_getstr(&links->items[i], "rel"), rel) &&
		    gv_str_is(gv_val_getstr(&links->items[i], "id"), id))
			return true;
	return false;
}

static int alter(struct change *ch, const struct work *w)
{
	struct gv_doc *d = &ch->doc;
	struct gv_err *err = &ch->c->err;
	const struct gv_val *old = gv_val_get(&d->root, "links");
	struct gv_val links = old && old->type == GV_ARRAY ? *old : gv_mkarr();
	struct gv_val link = gv_mkobj(), rel;
	int rc;

	if (has_link(old, w->rel, w->other))
		return 0;
	rc = gv_schema_value(ch->rec.id.schema, d, GV_STR("links.0.rel"), gv_str_of(w->rel), &rel, err);
	if (!rc)
		rc = gv_obj_set(d, &link, GV_STR("rel"), rel, err);
	if (!rc)
		rc = gv_obj_set(d, &link, GV_STR("id"), gv_mkstr(d, gv_str_of(w->other)), err);
	if (!rc)
		rc = gv_arr_add(d, &links, link, err);
	return rc ? rc : gv_obj_set(d, &d->root, GV_STR("links"), links, err);
}

static int format_other(struct gv_cmd *c, const struct gv_id *id, struct work *w)
{
	struct gv_buf text = GV_BUF_INIT(sizeof w->other - 1);
	int rc;

	gv_id_format(id, true, &text);
	rc = gv_buf_check(&text, &c->err);
	if (!rc)
		memcpy(w->other, text.p, text.n + 1);
	gv_buf_free(&text);
	return rc;
}

static int one_side(struct change *ch, const char *id, const struct gv_id *other, const char *rel)
{
	struct work w = { .rel = rel };
	int rc = format_other(ch->c, other, &w);

	if (!rc)
		rc = change_load(ch, gv_str_of(id));
	if (!rc)
		rc = alter(ch, &w);
	return rc ? rc : change_put(ch);
}

/* The other case is tied back if this docket has it; another court's need not be here. */
static int other_side(struct change *ch, const struct gv_id *self, const struct gv_id *other, const char *rel)
{
	const char *back = NULL;
	int rc;

	for (size_t i = 0; i < sizeof inverse / sizeof inverse[0]; i++)
		if (strcmp(rel, inverse[i].rel) == 0)
			back = inverse[i].back;
	if (!back || gv_cmd_has(ch->c, "one-way") || strcmp(other->schema->kind, "case") != 0)
		return 0;
	rc = one_side(ch, other->key, self, back);
	if (rc != GV_ENOTFOUND)
		return rc;
	gv_err_clear(&ch->c->err);
	gv_cmd_note(ch->c, _("%s is not in this docket: tied one way"), other->key);
	return 0;
}

static int run(struct gv_cmd *c)
{
	struct change ch = { .c = c };
	struct gv_id self, other;
	int rc;

	if (c->argc != 3)
		return gv_fail(&c->err, GV_EUSAGE, "%s",
		               _("which records and how?  case-file link ID RELATION OTHER, e.g. link ID enforces OTHER"));
	rc = change_begin(&ch, c);
	if (!rc)
		rc = gv_cmd_id(c, gv_str_of(c->argv[0]), &self);
	if (!rc)
		rc = gv_cmd_id(c, gv_str_of(c->argv[2]), &other);
	if (!rc && self.schema == other.schema && strcmp(self.key, other.key) == 0)
		rc = gv_fail(&c->err, GV_EUSAGE, _("%s: cannot be tied to itself"), self.key);
	if (!rc)
		rc = one_side(&ch, c->argv[0], &other, c->argv[1]);
	if (!rc)
		rc = other_side(&ch, &self, &other, c->argv[1]);
	if (!rc)
		rc = change_commit(&ch, NULL);
	change_end(&ch);
	return rc;
}

const struct gv_cmd_spec case_file_link = {
	.name = "link", .summary = N_("tie a case to the mediation, enforcement or appeal it came from or led to"),
	.usage = N_("ID RELATION OTHER"), .operands = "id", .opts = opts,
	.kind = "case", .common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
