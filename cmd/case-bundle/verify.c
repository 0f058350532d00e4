/* SPDX-License-Identifier: MIT */
/* case-bundle verify: is a bundle whole, unchanged, signed by a known key, and what the docket's
 * commits say? */
#include <string.h>

#include "inspect.h"

static const struct gv_opt opts[] = {
	{ 0, "signers", "FILE",
		N_("who is known, in the format of allowed_signers; else \"signers\" of the docket"),
		.complete = "file" },
	{ 0, "rules", NULL, N_("list the rules and stop") },
	{ 0, "explain", "RULE", N_("say what a rule needs and why, and stop"), .complete = "rule" },
	LIMIT_OPTS
	{ 0 }
};

static int tell(struct inspect *in, const char *rule, enum gv_level level, struct gv_str where, const char *message)
{
	struct gv_buf text = GV_BUF_INIT(4 * GV_JSON_NAME_MAX + 4096);
	int rc;

	in->violations += level == GV_VIOLATION;
	in->doubts += level == GV_WARN || level == GV_REVIEW;
	gv_buf_addf(&text, "%.*s: %s", (int)(where.n < GV_JSON_NAME_MAX ? where.n : GV_JSON_NAME_MAX), where.p,
	            message);
	rc = gv_buf_check(&text, &in->c->err);
	if (!rc)
		rc = gv_cmd_finding(in->c, gv_rule_find(bundle_rules, rule), NULL, level, text.p);
	gv_buf_free(&text);
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct inspect in = { .c = c, .source = { .fd = -1 }, .tell = tell };
	int rc = inspect_signers(&in);

	c->fields = "level,rule,message";
	if (!rc && !gv_cmd_out(c))
		rc = c->err.code;
	if (!rc)
		rc = inspect_run(&in, NULL);
	if (!rc)
		rc = gv_out_flush(c->out, &c->err);
	if (!rc && in.violations)
		rc = gv_fail(&c->err, GV_EINTEGRITY, _("not as it should be: violations %zu, warnings %zu"),
		             in.violations, in.doubts);
	else if (!rc)
		gv_cmd_note(c, _("records %zu, versions %zu, files %zu, commits %zu; signed by %s"), in.records,
		            in.versions, in.papers,
		            in.commits, *in.signer ? in.signer : _("nobody"));
	if (!rc && in.doubts)
		rc = GV_FOUND;
	inspect_free(&in);
	return rc;
}

const struct gv_cmd_spec case_bundle_verify = {
	.name = "verify",
	.summary = N_("check that a bundle is whole, unchanged, signed and from the docket's commits"),
	.usage = N_("FILE   (- is standard input)"), .operands = "file", .opts = opts, .kind = "case",
	.rules = bundle_rules,
	.fields = "level,rule,message", .common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
