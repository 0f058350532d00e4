/* SPDX-License-Identifier: MIT */
/* case-file link: tie a case to the record it came from or led to. */
#include <stdio.h>
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

static int one_side(struct gv_amend *ch, const struct gv_id *self, const char *rel, const struct gv_id *other)
{
	int rc = gv_amend_load(ch, gv_str_of(self->key));

	if (!rc)
		rc = gv_link_add(&ch->doc, &ch->doc.root, rel, other, &ch->c->err);
	return rc ? rc : gv_amend_put(ch);
}

static bool is_of_this_court(struct gv_amend *ch, const struct gv_id *id)
{
	struct gv_caseno number;

	return gv_caseno_parse(gv_store_caseno(ch->store), &number, gv_str_of(id->key), NULL) == 0 &&
	       strcmp(number.court, gv_store_court(ch->store)) == 0;
}

/* The other case is tied back if this docket has it; another court's need not be here. */
static int other_side(struct gv_amend *ch, const struct gv_id *self, const char *rel, const struct gv_id *other)
{
	const char *back = NULL;
	int rc;

	for (size_t i = 0; i < sizeof inverse / sizeof inverse[0]; i++)
		if (strcmp(rel, inverse[i].rel) == 0)
			back = inverse[i].back;
	if (!back || gv_cmd_has(ch->c, "one-way"))
		return 0;
	rc = one_side(ch, other, back, self);
	if (rc != GV_ENOTFOUND)
		return rc;
	if (is_of_this_court(ch, other)) {
		gv_fail(&ch->c->err, rc, "%s", _("not in the docket (--one-way ties to it all the same)"));
		gv_err_thing(&ch->c->err, other->key, strlen(other->key));
		return rc;
	}
	gv_err_clear(&ch->c->err);
	gv_cmd_note(ch->c, _("%s is not in this docket: tied one way"), other->key);
	return 0;
}

static int link_both(struct gv_amend *ch, const char *rel)
{
	struct gv_cmd *c = ch->c;
	struct gv_id self, other;
	char what[2 * GV_KEY_MAX + 128];
	int rc = gv_cmd_id(c, gv_str_of(c->argv[0]), &self);

	if (rc)
		gv_err_thing(&c->err, c->argv[0], strlen(c->argv[0]));
	if (!rc && (rc = gv_cmd_id(c, gv_str_of(c->argv[2]), &other)))
		gv_err_thing(&c->err, c->argv[2], strlen(c->argv[2]));
	if (!rc && self.schema == other.schema && strcmp(self.key, other.key) == 0)
		rc = gv_fail(&c->err, GV_EUSAGE, _("%s: cannot be tied to itself"), self.key);
	if (!rc)
		rc = one_side(ch, &self, rel, &other);
	if (!rc)
		rc = other_side(ch, &self, rel, &other);
	if (rc)
		return rc;
	snprintf(what, sizeof what, "%s %s %s", self.key, rel, other.key);
	return gv_cmd_commit(c, ch->plan, what, NULL, NULL, NULL);
}

static int run(struct gv_cmd *c)
{
	struct gv_amend ch;
	int rc;

	if (c->argc != 3)
		return gv_fail(&c->err, GV_EUSAGE, "%s",
		               _("which records and how?  case-file link ID RELATION OTHER, e.g. link ID enforces OTHER"));
	rc = gv_cmd_check_word(c, _("relation"), c->argv[1], "links[].rel");
	if (rc)
		return rc;
	rc = gv_amend_begin(&ch, c);
	if (!rc)
		rc = link_both(&ch, c->argv[1]);
	gv_amend_end(&ch);
	return rc;
}

const struct gv_cmd_spec case_file_link = {
	.name = "link", .summary = N_("tie a case to the mediation, enforcement or appeal it came from or led to"),
	.usage = N_("ID RELATION OTHER"), .operands = "id", .opts = opts,
	.kind = "case", .common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
