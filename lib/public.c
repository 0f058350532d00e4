/* SPDX-License-Identifier: MIT */
#include "public.h"

#include <stdio.h>

#include "conflict.h"
#include "i18n.h"
#include "odb.h"

const char *const gv_public_kinds[] = { "typical-case", "report", "document", NULL };

/* ---- fields ---- */

static const char *const none[] = { NULL };
static const char *const case_fields[] = { "case", "case_type", "cause", "class", "class_code", "decided_on", "documents", "facts", "gist", "keywords", "laws",
	"library_no", "published_on", "reasons", "result", "similar", "subtitle", "title", "tribunal", NULL };
static const char *const report_fields[] = { "figures", "period_from", "period_to", "published_on", "scope", "text", "title", NULL };
static const char *const document_fields[] = { "case", "case_type", "cause", "class", "doc_kind", "effective_on", "issued_on", "procedure", "profile", "published_on",
	"text", "title", "tribunal", NULL };
/* Four fields of what is withheld (PUB-04); of what was withdrawn no more, and when and why: what was wrong with it may be
 * in any other field. */
static const char *const withheld[] = { "case", "issued_on", "withheld_reason", NULL };
static const char *const withdrawn[] = { "case", "issued_on", "withdrawn_on", "withdrawn_reason", NULL };
static const char *const withdrawn_other[] = { "published_on", "withdrawn_on", "withdrawn_reason", NULL };

bool gv_public_is_out(struct gv_str state)
{
	return gv_str_is(state, "published") || gv_str_is(state, "released");
}

const char *const *gv_public_fields(struct gv_str kind, struct gv_str state)
{
	bool document = gv_str_is(kind, "document"), other = gv_str_is(kind, "report") || gv_str_is(kind, "typical-case");

	if (!document && !other)
		return none;
	if (gv_public_is_out(state))
		return document ? document_fields : gv_str_is(kind, "report") ? report_fields : case_fields;
	if (gv_str_is(state, "withdrawn"))
		return document ? withdrawn : withdrawn_other;
	return document && gv_str_is(state, "withheld") ? withheld : none;
}

/* ---- the docket ---- */

static bool is_for_public(const char *kind)
{
	for (size_t i = 0; gv_public_kinds[i]; i++)
		if (strcmp(gv_public_kinds[i], kind) == 0)
			return true;
	return strcmp(kind, "person") == 0;
}

static int read_tree(struct gv_store *s, struct gv_oid *tree, struct gv_err *err)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_commit head;
	int rc = gv_commit_read(s, gv_store_commit_id(s), &obj, &head, err);

	*tree = head.tree;
	gv_object_free(&obj);
	return rc;
}

int gv_public_alien(struct gv_store *s, const char **folder, struct gv_err *err)
{
	size_t n;
	const struct gv_schema *const *all = gv_schema_all(&n);
	struct gv_oid tree, there;
	int rc = read_tree(s, &tree, err);

	*folder = NULL;
	for (size_t i = 0; i < n && !rc && !*folder; i++) {
		if (!all[i]->folder || is_for_public(all[i]->kind))
			continue;
		rc = gv_store_entry(s, &tree, all[i]->folder, &there, err);
		if (!rc && !gv_oid_is_zero(&there))
			*folder = all[i]->folder;
	}
	return rc;
}

int gv_public_check(struct gv_store *s, struct gv_err *err)
{
	struct gv_oid tree, there;
	const char *alien;
	int rc = gv_public_alien(s, &alien, err);

	if (!rc && alien)
		rc = gv_fail(err, GV_EDATA, _("%s: this docket holds more than the public may see: what is for the public is in a docket of its own"), alien);
	if (!rc)
		rc = read_tree(s, &tree, err);
	for (size_t i = 0; gv_public_kinds[i] && !rc; i++) {
		char folder[64];

		snprintf(folder, sizeof folder, GV_CONFLICT_FOLDER "%s", gv_public_kinds[i]);
		rc = gv_store_entry(s, &tree, folder, &there, err);
		if (!rc && !gv_oid_is_zero(&there))
			rc = gv_fail(err, GV_ECONFLICT, _("%s: a conflict is open: resolve it first (case-file conflicts)"), folder);
	}
	return rc;
}
