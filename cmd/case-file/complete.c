/* SPDX-License-Identifier: MIT */
/* case-file complete: words for the shells' completions, one a line.  Quiet where there is nothing to say. */
#include <string.h>

#include "case-file.h"
#include "stored.h"

enum { MOST_IDS = 500 };

static const struct gv_opt opts[] = {
	{ 0, "kind", "KIND", N_("words of this kind of records, if not of cases") },
	{ 0 }
};

static int print_states(struct gv_cmd *c)
{
	const struct gv_schema *s = gv_cmd_schema(c);
	int rc = 0;

	for (size_t i = 0; i < s->nstates && !rc; i++)
		rc = gv_cmd_print(c, "%s\n", s->states[i].name);
	return rc;
}

static int print_events(struct gv_cmd *c)
{
	const struct gv_schema *s = gv_cmd_schema(c);
	int rc = 0;

	for (size_t i = 0; i < s->nevents && !rc; i++)
		rc = gv_cmd_print(c, "%s\n", s->events[i].name);
	return rc;
}

static int print_values(struct gv_cmd *c, const char *field)
{
	const struct gv_node *node = gv_schema_at(gv_cmd_schema(c), gv_str_of(field));
	int rc = 0;

	for (size_t i = 0; node && node->words && node->words[i] && !rc; i++)
		rc = gv_cmd_print(c, "%s\n", node->words[i]);
	return rc;
}

static int print_field(void *ctx, const struct gv_val *row)
{
	struct gv_str name = gv_val_getstr(row, "field");

	return gv_cmd_print(ctx, "%.*s\n", (int)name.n, name.p);
}

static int print_derived(struct gv_cmd *c)
{
	const struct gv_schema *s = gv_cmd_schema(c);
	int rc = 0;

	for (size_t i = 0; i < s->nderived && !rc; i++)
		rc = gv_cmd_print(c, "%s\n", s->derived[i].name);
	return rc;
}

static int print_causes(struct gv_cmd *c)
{
	static const char *const tables[] = { "causes-civil-2025", "causes-criminal", "causes-admin" };
	int rc = 0;

	for (size_t t = 0; t < sizeof tables / sizeof tables[0] && !rc; t++) {
		struct gv_ref *ref;
		int name;

		if (gv_ref_open(&ref, tables[t], NULL))
			continue;
		name = gv_ref_column(ref, "name");
		for (size_t i = 0; i < gv_ref_rows(ref) && !rc; i++) {
			struct gv_str cause = gv_ref_cell(ref, i, name);

			rc = gv_cmd_print(c, "%.*s\n", (int)cause.n, cause.p);
		}
		gv_ref_free(ref);
	}
	return rc;
}

struct ids {
	struct gv_cmd *c;
	const char *prefix;
	size_t n;
};

/* A record that no command wrote has no id to offer here; check names it. */
static int print_id(void *ctx, const struct gv_item *item)
{
	struct ids *ids = ctx;
	struct gv_str id = gv_stored_id(item->text);
	int rc;

	if (!id.n || !gv_str_starts(id, gv_str_of(ids->prefix)))
		return 0;
	rc = gv_cmd_print(ids->c, "%.*s\n", (int)id.n, id.p);
	return rc ? rc : ++ids->n >= MOST_IDS || ids->c->closed ? -1 : 0;
}

static int print_ids(struct gv_cmd *c, const char *prefix)
{
	struct gv_store *s = gv_cmd_store(c);
	struct gv_scan what = { .kind = gv_cmd_schema(c) };
	struct ids ids = { c, prefix, 0 };
	int rc = s ? gv_store_scan(s, &what, print_id, &ids, &c->err) : c->err.code;

	return rc < 0 ? 0 : rc;
}

static int run(struct gv_cmd *c)
{
	const char *what = c->argc > 0 ? c->argv[0] : "";

	if (!gv_cmd_schema(c))
		return gv_fail(&c->err, GV_EUSAGE, _("--kind: there is no kind \"%s\""), gv_cmd_opt(c, "kind"));
	if (strcmp(what, "states") == 0)
		return print_states(c);
	if (strcmp(what, "events") == 0)
		return print_events(c);
	if (strcmp(what, "fields") == 0)
		return gv_schema_fields(gv_cmd_schema(c), print_field, c, &c->err);
	if (strcmp(what, "derived") == 0)
		return print_derived(c);
	if (strcmp(what, "causes") == 0)
		return print_causes(c);
	if (strcmp(what, "ids") == 0)
		return print_ids(c, c->argc > 1 ? c->argv[1] : "");
	if (strcmp(what, "values") == 0 && c->argc > 1)
		return print_values(c, c->argv[1]);
	return gv_fail(&c->err, GV_EUSAGE, "%s",
	               _("complete what?  ids [PREFIX], states, events, fields, derived, causes, values FIELD"));
}

const struct gv_cmd_spec case_file_complete = {
	.name = "complete", .summary = N_("print words for shell completion: ids, states, events, fields, causes ..."),
	.usage = "ids [PREFIX]|states|events|fields|derived|causes|values FIELD", .kind = "case",
	.opts = opts, .operands = "ids|states|events|fields|derived|causes|values",
	.common = GV_C_DOCKET, .records = &gv_cmd_records, .run = run,
};
