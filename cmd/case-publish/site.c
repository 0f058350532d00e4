/* SPDX-License-Identifier: MIT */
/* case-publish site: the public docket as a website of plain files. */
#include "case-publish.h"
#include "site.h"

static const struct gv_opt opts[] = {
	{ 0, "to", "DIR", N_("folder of the site; made if it is not there"), .complete = "dir" },
	{ 0, "lang", "LANG", N_("language of what is around the records: zh, en, or both (English below en/); zh if not given"),
	  .complete = "zh|en|both" },
	{ 0, "base-url", "URL", N_("address where the site will be: permalinks, sitemap.xml") },
	{ 0, "title", "TEXT", N_("name of the site, if not the court's") },
	{ 0, "templates", "DIR", N_("files here stand for those of the same name in share/site"), .complete = "dir" },
	{ 0 }
};

static int run(struct gv_cmd *c)
{
	const struct gv_site_opts o = {
		.dir = gv_cmd_opt(c, "to"), .languages = gv_cmd_opt(c, "lang"), .base_url = gv_cmd_opt(c, "base-url"),
		.title = gv_cmd_opt(c, "title"), .templates = gv_cmd_opt(c, "templates"),
		.as_of = gv_cmd_has(c, "as-of") ? c->today : GV_DAY_NONE,
	};
	struct gv_webtree_count n;
	struct gv_store *s;
	int rc;

	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": site takes no operands"), c->argv[0]);
	if (!o.dir || !*o.dir)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("where to?  --to DIR"));
	s = gv_cmd_store(c);
	if (!s)
		return c->err.code;
	rc = gv_site_write(s, &o, &n, &c->err);
	if (!rc)
		gv_cmd_note(c, _("%s: %zu files written, %zu unchanged, %zu removed"), o.dir, n.written, n.unchanged, n.removed);
	return rc;
}

const struct gv_cmd_spec publish_site = {
	.name = "site", .summary = N_("write a public docket as a website of plain files, or bring one up to date"),
	.usage = "--to DIR", .opts = opts, .kind = "document",
	.common = GV_C_DOCKET | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
