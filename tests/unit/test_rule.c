/* SPDX-License-Identifier: MIT */
#include "rule.h"

#include "i18n.h"
#include "unit.h"

static const struct gv_schema debtors = { .kind = "debtor", .folder = "debtors", .letter = 'D' };

static const struct gv_basis two_laws[] = {
	{ "中华人民共和国民事诉讼法", "2023", "152" }, { "审限规定", NULL, NULL }, { NULL }
};

/* What the rules below are to say. */
struct subject { enum gv_level level; bool with_facts; int rc; int times; };

static int say(struct gv_check *c, const void *subject)
{
	const struct subject *s = subject;
	struct gv_val facts = gv_mkobj();
	struct gv_err err;
	int rc = 0;

	CHECK(c->scratch.arena.total == 0);
	if (s->with_facts)
		CHECK_OK(gv_obj_set(&c->scratch, &facts, GV_STR("days"), gv_mkint(183), &err),
		         &err);
	for (int i = 0; i < s->times && !rc; i++)
		rc = gv_finding(c, s->level, &facts, "%d days of %s", 183 + i, "180");
	return rc ? rc : s->rc ? gv_fail(c->err, s->rc, "the rule broke") : 0;
}

static int quiet(struct gv_check *c, const void *subject)
{
	(void)c;
	(void)subject;
	return 0;
}

static const struct gv_rule rules[] = {
	{ .id = "SL-01",
	  .title = "trial limit",
	  .zh = "审限",
	  .level = GV_VIOLATION,
	  .basis = two_laws,
	  .from = "2022-01-01",
	  .until = "2023-12-31",
	  .needs = N_("filed_on, procedure"),
	  .fn = say },
	{ .id = "SL-02",
	  .title = "later law",
	  .level = GV_REVIEW,
	  .from = "2024-01-01",
	  .fn = say },
	{ .id = "SL-10",
	  .title = "judges its dates itself",
	  .level = GV_WARN,
	  .until = "2015-12-31",
	  .own_dates = true,
	  .fn = say },
	{ .id = "SV-01", .title = "silent", .level = GV_INFO, .fn = quiet },
	{ 0 }
};

struct seen { struct gv_buf text; int rc; const char *only_ids; };

static int take(struct gv_check *c, const struct gv_val *finding, struct gv_err *err)
{
	struct seen *s = c->ctx;

	gv_buf_adds(&s->text, s->text.n ? "\n" : "");
	if (s->only_ids)
		gv_buf_addstr(&s->text, gv_val_getstr(finding, "rule"));
	else
		gv_json_line(&s->text, finding);
	/* what is found is a record of kind finding */
	CHECK_OK(gv_schema_check(gv_schema_find(GV_STR("finding")), finding, NULL, err), err);
	return s->rc;
}

static struct gv_check a_check(struct seen *seen, struct gv_err *err)
{
	return (struct gv_check){
		.as_of = gv_day_of(2022, 6, 30), .ctx = seen, .sink = take, .err = err,
		.only = GV_STR(""), .skip = GV_STR(""),
	};
}

static void findings(void)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_rec rec = { .id = { .schema = gv_schema_find(GV_STR("case")),
		                      .key = "（2022）沪0114民初1号" } };
	struct gv_rec debtor = { .id = { .schema = &debtors, .key = "沪0114-D000001" } };
	struct seen seen = { .text = GV_BUF_INIT(1 << 16) };
	struct gv_err err = { 0 };
	struct gv_check c = a_check(&seen, &err);
	struct subject s = { GV_VIOLATION, true, 0, 1 };

	CHECK_OK(gv_json_parse(&d, GV_STR("{\"case\":\"（2022）沪0114执2号\"}"), 0, &err), &err);
	rec.val = debtor.val = &d.root;
	c.rec = &rec;
	c.only = GV_STR("SL-01");
	CHECK_OK(gv_rules_run(&c, rules, &s), &err);
	CHECK_STR(
		seen.text.p,
		"{\"as_of\":\"2022-06-30\",\"basis\":[{\"art\":\"152\",\"doc\":\"中华人民共和国民事诉讼法\",\"no\":\"2023\"},"
		"{\"doc\":\"审限规定\"}],\"case\":\"（2022）沪0114民初1号\",\"facts\":{\"days\":183},\"kind\":\"finding\","
		"\"level\":\"violation\",\"message\":\"183 days of 180\",\"ref\":{\"id\":\"（2022）沪0114民初1号\","
		"\"kind\":\"case\"},\"rule\":\"SL-01\"}");
	CHECK(c.rule == NULL);
	/* another kind: the case it names; no facts, no member; a level above the rule's own is lowered */
	gv_buf_reset(&seen.text);
	c.rec = &debtor;
	c.only = GV_STR("SL-10");
	s = (struct subject){ GV_VIOLATION, false, 0, 1 };
	CHECK_OK(gv_rules_run(&c, rules, &s), &err);
	CHECK_STR(
		seen.text.p,
		"{\"as_of\":\"2022-06-30\",\"case\":\"（2022）沪0114执2号\",\"kind\":\"finding\",\"level\":\"warn\","
		"\"message\":\"183 days of 180\",\"ref\":{\"id\":\"沪0114-D000001\",\"kind\":\"debtor\"},\"rule\":\"SL-10\"}");
	/* a lower one stays; nothing to refer to */
	gv_buf_reset(&seen.text);
	c.rec = NULL;
	s.level = GV_INFO;
	CHECK_OK(gv_rules_run(&c, rules, &s), &err);
	CHECK_STR(
		seen.text.p,
		"{\"as_of\":\"2022-06-30\",\"kind\":\"finding\",\"level\":\"info\",\"message\":\"183 days of 180\","
		"\"rule\":\"SL-10\"}");
	CHECK_INT(c.counts[GV_INFO], 1);
	CHECK_INT(c.counts[GV_REVIEW], 0);
	CHECK_INT(c.counts[GV_WARN], 1);
	CHECK_INT(c.counts[GV_VIOLATION], 1);
	gv_doc_free(&c.scratch);
	gv_doc_free(&d);
	gv_buf_free(&seen.text);
}

static void choice(void)
{
	static const struct {
		const char *only, *skip;
		int year;
		const char *want;
	} rows[] = {
		{ "", "", 2022, "SL-01\nSL-10" },
		{ "", "", 2024, "SL-02\nSL-10" },
		{ "", "", 2021, "SL-10" },
		{ "SL-01", "", 2022, "SL-01" },
		{ "SL-1*", "", 2022, "SL-10" },
		{ "SL-*", "SL-01", 2022, "SL-10" },
		{ "*", "", 2022, "SL-01\nSL-10" },
		{ "SL-10,SL-01", "", 2022, "SL-01\nSL-10" },
		{ " SL-10 , SV-01 ", "", 2022, "SL-10" },
		{ "", "SL-*", 2022, "" },
		{ "", "*", 2022, "" },
		{ "SL-0", "", 2022, "" },
		{ "SL-01", "SL-01", 2022, "" },
		{ ",", "", 2022, "" },
	};
	struct gv_err err = { 0 };

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct seen seen = { .text = GV_BUF_INIT(1 << 16), .only_ids = "yes" };
		struct gv_check c = a_check(&seen, &err);
		struct subject s = { GV_INFO, false, 0, 1 };

		c.only = gv_str_of(rows[i].only);
		c.skip = gv_str_of(rows[i].skip);
		c.as_of = gv_day_of(rows[i].year, 6, 30);
		CHECK_OK(gv_rules_run(&c, rules, &s), &err);
		CHECK_STR(seen.text.n ? seen.text.p : "", rows[i].want);
		gv_doc_free(&c.scratch);
		gv_buf_free(&seen.text);
	}
}

static void failures(void)
{
	struct seen seen = { .text = GV_BUF_INIT(1 << 20), .only_ids = "yes" };
	struct gv_err err = { 0 };
	struct gv_check c = a_check(&seen, &err);
	struct subject s = { GV_INFO, false, GV_EDATA, 3 };

	/* the first error ends the run, behind the findings before it */
	CHECK_ERR(gv_rules_run(&c, rules, &s), &err, GV_EDATA, "the rule broke");
	CHECK_STR(seen.text.p, "SL-01\nSL-01\nSL-01");
	/* so does a sink that wants no more */
	seen.rc = 42;
	gv_buf_reset(&seen.text);
	CHECK_INT(gv_rules_run(&c, rules, &s), 42);
	CHECK_STR(seen.text.p, "SL-01");
	CHECK_OK(gv_rules_run(&c, NULL, &s), &err);
	gv_doc_free(&c.scratch);
	gv_buf_free(&seen.text);
}

static void dates(void)
{
	static const struct {
		const char *from, *until, *on;
		bool want;
	} rows[] = {
		{ NULL, NULL, "1949-10-01", true },
		{ "2022-01-01", NULL, "2022-01-01", true },
		{ "2022-01-01", NULL, "2021-12-31", false },
		{ NULL, "2022-01-01", "2022-01-01", true },
		{ NULL, "2022-01-01", "2022-01-02", false },
		{ "2022-01-01", "2022-01-31", "2022-01-31", true },
		{ "2022-01-01", "2022-01-31", "2022-02-01", false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_rule r = { .id = "X", .from = rows[i].from, .until = rows[i].until };

		CHECK_ROW(gv_rule_in_force(&r, gv_day_read(gv_str_of(rows[i].on))) == rows[i].want,
		          rows[i].on);
	}
}

static void lists(void)
{
	static const struct {
		const char *list, *want;
	} rows[] = {
		{ "", NULL },
		{ "SL-01", NULL },
		{ "SL-01,SV-01", NULL },
		{ "SL-*", NULL },
		{ "*", NULL },
		{ " SL-01 , SL-02", NULL },
		{ "SL-1", "there is no rule \"SL-1\" (did you mean SL-01?)" },
		{ "SL-01,XX-9", "there is no rule \"XX-9\"" },
		{ "XX-*", "there is no rule \"XX-*\"" },
		{ ",", "there is no rule \"\"" },
	};
	struct gv_err err;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int rc = gv_rules_check_list(rules, gv_str_of(rows[i].list), &err);

		if (rows[i].want)
			CHECK_ERR(rc, &err, GV_EUSAGE, rows[i].want);
		else
			CHECK_OK(rc, &err);
	}
	CHECK_ERR(gv_rules_check_list(NULL, GV_STR("SL-01"), &err), &err, GV_EUSAGE,
	          "there is no rule \"SL-01\"");
}

static void rows_of_rules(void)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_buf got = GV_BUF_INIT(1 << 16);
	struct gv_err err;

	CHECK_OK(gv_rule_row(&d, &d.root, &rules[0], &err), &err);
	gv_json_line(&got, &d.root);
	CHECK_STR(
		got.p,
		"{\"basis\":[{\"art\":\"152\",\"doc\":\"中华人民共和国民事诉讼法\",\"no\":\"2023\"},{\"doc\":\"审限规定\"}],"
		"\"from\":\"2022-01-01\",\"id\":\"SL-01\",\"level\":\"violation\",\"title\":\"trial limit\",\"until\":\"2023-12-31\"}");
	gv_buf_reset(&got);
	CHECK_OK(gv_rule_row(&d, &d.root, &rules[3], &err), &err);
	gv_json_line(&got, &d.root);
	CHECK_STR(got.p, "{\"id\":\"SV-01\",\"level\":\"info\",\"title\":\"silent\"}");
	gv_doc_free(&d);
	gv_buf_free(&got);
}

static void explanations(void)
{
	static const struct {
		const char *id, *want;
	} rows[] = {
		{ "SL-01",
		  "SL-01: trial limit\nlevel: violation at most\nin force: 2022-01-01 to 2023-12-31\n"
		  "basis: 中华人民共和国民事诉讼法 (2023), art. 152\nbasis: 审限规定\nneeds: filed_on, procedure\n" },
		{ "SL-02", "SL-02: later law\nlevel: review at most\nin force: from 2024-01-01\n" },
		{ "SL-10",
		  "SL-10: judges its dates itself\nlevel: warn at most\nin force: until 2015-12-31\n" },
		{ "SV-01", "SV-01: silent\nlevel: info at most\n" },
	};
	struct gv_buf got = GV_BUF_INIT(1 << 16);
	struct gv_err err;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		gv_buf_reset(&got);
		CHECK_OK(gv_rule_explain(&got, rules, rows[i].id, &err), &err);
		CHECK_STR(got.p, rows[i].want);
	}
	CHECK_ERR(gv_rule_explain(&got, rules, "SL-03", &err), &err, GV_EUSAGE,
	          "there is no rule \"SL-03\" (did you mean SL-01?)");
	CHECK_ERR(gv_rule_explain(&got, NULL, "SL-03", &err), &err, GV_EUSAGE,
	          "there is no rule \"SL-03\"");
	gv_buf_free(&got);
}

UNIT_MAIN("rule", { "findings", findings }, { "which rules run", choice }, { "failures", failures },
          { "dates", dates }, { "lists of rules", lists }, { "rows", rows_of_rules },
          { "explanations", explanations })
