/* SPDX-License-Identifier: MIT */
#include "override.h"

#include <stdio.h>
#include <string.h>

#include "gitconf.h"
#include "mediation_rules.h"

/* A rule of the law that leaves nothing to decide is told with its text, whatever the reason may be. */
static int refuse(struct gv_cmd *c, const char *rule, const char *rules)
{
	const struct gv_rule *r = gv_rule_find(gv_mediation_rules, rule);
	const struct gv_basis *b = r ? r->basis : NULL;

	if (strpbrk(rule, "*,"))
		return gv_fail(&c->err, GV_EUSAGE, _("--override: \"%s\" is more than one rule"), rule);
	if (!b)
		return gv_rules_check_list(gv_mediation_rules, gv_str_of(rule), &c->err);
	return gv_fail(&c->err, GV_EDATA, _("--override: %s leaves nothing to decide here (%s %s, art. %s); only %s can be overridden"), rule,
	               b->doc, b->no ? b->no : "", b->art ? b->art : "", rules);
}

int override_begin(struct override *o, struct gv_cmd *c, const char *what, const char *rules)
{
	struct gv_err why = { 0 };

	*o = (struct override){ .c = c, .rule = gv_cmd_opt(c, "override") };
	snprintf(o->what, sizeof o->what, "%s", what);
	if (!o->rule)
		return 0;
	if (!gv_rule_listed(gv_str_of(rules), gv_str_of(o->rule)))
		return refuse(c, o->rule, rules);
	if (!gv_cmd_has_reason(c))
		return gv_fail(&c->err, GV_EUSAGE, _("--override %s: why?  -m REASON is kept in the record"), o->rule);
	if (gv_json_check_string(gv_str_of(gv_cmd_opt(c, "reason")), &why))
		return gv_fail(&c->err, GV_EUSAGE, "-m: %s", why.msg);
	return 0;
}

void override_reset(struct override *o)
{
	o->used = false;
}

bool override_takes(struct override *o, const char *rule)
{
	o->used = o->used || (o->rule && strcmp(o->rule, rule) == 0);
	return o->rule && strcmp(o->rule, rule) == 0;
}

/* "Name <mail>", without the time. */
static int author(struct override *o, struct gv_buf *out)
{
	int rc = gv_gitconf_person(gv_store_gitdir(gv_cmd_store(o->c)), false, out, &o->c->err);
	const char *end = rc ? NULL : memrchr(out->p, '>', out->n);

	if (end)
		out->n = (size_t)(end - out->p) + 1;
	return rc;
}

static int add_event(struct override *o, struct gv_doc *d, struct gv_val *rec, struct gv_str on, struct gv_str by)
{
	const struct { const char *field; struct gv_str text; } texts[] = {
		{ "event", GV_STR("override") }, { "on", on }, { "rule", gv_str_of(o->rule) },
		{ "reason", gv_str_trim(gv_str_of(gv_cmd_opt(o->c, "reason"))) }, { "by", by },
	};
	struct gv_val event = gv_mkobj();
	int rc = 0;

	for (size_t i = 0; i < sizeof texts / sizeof texts[0] && !rc; i++)
		rc = gv_obj_set(d, &event, gv_str_of(texts[i].field), gv_mkstr(d, texts[i].text), &o->c->err);
	return rc ? rc : gv_event_add(d, rec, event, &o->c->err);
}

int override_keep(struct override *o, struct gv_doc *d, struct gv_val *rec, struct gv_str on, struct gv_str by,
                  const char *about)
{
	struct gv_buf who = GV_BUF_INIT(4096);
	int rc = 0;

	if (!o->rule)
		return 0;
	if (!o->used) {
		gv_cmd_warn(o->c, _("%s: %s has nothing against it and is not overridden"), about, o->rule);
		return 0;
	}
	if (!by.n)
		rc = author(o, &who);
	if (!rc)
		rc = add_event(o, d, rec, on, by.n ? by : gv_buf_str(&who));
	if (!rc && !strchr(o->what, ',')) {
		size_t n = strlen(o->what);

		snprintf(o->what + n, sizeof o->what - n, ", overriding %s:", o->rule);
	}
	gv_buf_free(&who);
	return rc;
}
