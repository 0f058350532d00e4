/* SPDX-License-Identifier: MIT */
/* case-file unseal: sealed values that everybody may read again. */
#include "sealing.h"

static const struct gv_opt opts[] = {
	SEALING_OPTS
	GV_SELECT_NUMBER_OPTS
	GV_SELECT_FIELD_OPTS
	{ 0 }
};

static int unseal(struct sealing *s, const struct gv_sealable *v)
{
	const struct gv_id *id = &s->ch.rec.id;
	struct gv_seal_at at = { gv_str_of(id->schema->kind), gv_str_of(id->key), v->field };
	struct gv_str key = gv_val_getstr(v->val, "key");
	struct gv_err *err = &s->ch.c->err;
	enum gv_key_state state;
	bool opened;
	int rc;

	if (!gv_val_is_sealed(v->val))
		return 0;
	if (gv_seal_policy_names(s->policy, id->schema->kind, v->shape))
		return gv_fail(err, GV_EDATA, "%s", _("the policy sealed_fields of gavel.json has it sealed"));
	rc = gv_keys_look(s->keys, key, &state, err);
	if (!rc && state == GV_KEY_DESTROYED)
		rc = gv_fail(err, GV_EDATA, _("its key %.*s was destroyed: the value is gone"), (int)key.n, key.p);
	else if (!rc && state == GV_KEY_ABSENT)
		rc = gv_fail(err, GV_EDATA, _("its key %.*s is not in %s"), (int)key.n, key.p, gv_keys_folder(s->keys));
	return rc ? rc : gv_unseal(s->keys, &at, v->val, &s->ch.doc, v->val, &opened, err);
}

static int run(struct gv_cmd *c)
{
	struct sealing s = { .each = unseal };
	int rc = sealing_begin(&s, c);

	if (!rc) {
		gv_plan_unsealing(s.ch.plan, true);
		rc = sealing_run(&s);
	}
	if (!rc && c->done)
		rc = sealing_commit(&s);
	sealing_end(&s);
	return rc;
}

const struct gv_cmd_spec case_file_unseal = {
	.name = "unseal", .summary = N_("make sealed fields plain again"),
	.usage = N_("[ID...|-] --field FIELDS -m REASON"), .operands = "id", .opts = opts, .kind = "case",
	.common = GV_C_WRITE | GV_C_SELECT | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
