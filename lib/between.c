/* SPDX-License-Identifier: MIT */
#include "between.h"

#include <string.h>

struct between {
	struct gv_cmd *c;
	struct gv_store *store;
	struct gv_oid from, to;
	struct gv_doc before, after;
	gv_between_fn *each;
	void *ctx;
};

static int load(struct between *b, const struct gv_oid *oid, struct gv_doc *d, const struct gv_val **v)
{
	int rc = gv_store_value(b->store, oid, d, v, &b->c->err);

	if (!rc && *v)
		rc = gv_cmd_unseal_doc(b->c, d);
	if (!rc && *v)
		*v = &d->root;
	return rc;
}

static int one(void *ctx, const struct gv_change *change)
{
	struct between *b = ctx;
	const struct gv_val *before, *after;
	int rc;

	if (!gv_path_kind(change->path))
		return 0;
	rc = load(b, &change->before, &b->before, &before);
	if (!rc)
		rc = load(b, &change->after, &b->after, &after);
	if (!rc)
		rc = b->each(b->ctx, before, after);
	if (rc > 0)
		gv_err_thing(&b->c->err, change->path.p, change->path.n);
	return rc;
}

/* Over replaced history a removal might be missed. */
static int check_order(struct between *b)
{
	char from[GV_HEX + 1], to[GV_HEX + 1];
	bool yes = true;
	int rc = gv_oid_is_zero(&b->from) ? 0 : gv_store_is_ancestor(b->store, &b->from, &b->to, &yes, &b->c->err);

	if (rc || yes)
		return rc;
	gv_oid_hex(&b->from, from);
	gv_oid_hex(&b->to, to);
	return gv_fail(&b->c->err, GV_EINTEGRITY, _("%.10s does not come before %.10s in history: nobody can tell what changed"), from, to);
}

static int resolve(struct between *b, const char *option, const char *rev, struct gv_oid *out)
{
	int rc = rev ? gv_store_resolve(b->store, rev, out, &b->c->err) : 0;

	if (rc)
		gv_err_thing(&b->c->err, option, strlen(option));
	return rc;
}

int gv_between(struct gv_cmd *c, const char *const *kinds, bool needs_from, gv_between_fn *each, void *ctx)
{
	struct between b = { .c = c, .each = each, .ctx = ctx };
	const char *from = gv_cmd_opt(c, "from"), *to = gv_cmd_opt(c, "to");
	int rc;

	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": feed takes no operands"), c->argv[0]);
	if (needs_from && !from)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("since when?  --from REV"));
	if (to && gv_cmd_opt(c, "at"))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("--to and --at exclude each other"));
	b.store = gv_cmd_store(c);
	if (!b.store)
		return c->err.code;
	b.to = *gv_store_commit_id(b.store);
	rc = resolve(&b, "--from", from, &b.from);
	if (!rc)
		rc = resolve(&b, "--to", to, &b.to);
	if (!rc)
		rc = check_order(&b);
	for (size_t i = 0; kinds[i] && !rc; i++)
		rc = gv_store_diff(b.store, &b.from, &b.to, gv_schema_find(gv_str_of(kinds[i]))->folder, one, &b, &c->err);
	gv_doc_free(&b.before);
	gv_doc_free(&b.after);
	return rc < 0 ? 0 : rc;
}
