/* SPDX-License-Identifier: MIT */
#include "case_rules.h"

#include <stdio.h>
#include <stdlib.h>

#include "i18n.h"
#include "ident.h"
#include "limit.h"

/* The lists of causes; the one that is in force is chosen by the day of filing (CA-03). */
enum list { LIST_2020, LIST_2025, LIST_CRIMINAL, LIST_ADMIN, LISTS };
static const struct { const char *table, *name; } lists[LISTS] = {
	{ "causes-civil", "2020" }, { "causes-civil-2025", "2025" },
	{ "causes-criminal", "criminal" }, { "causes-admin", "administrative" },
};

struct gv_case_law {
	struct gv_limits *limits;
	struct gv_ref *causes[LISTS];
	int name[LISTS];
	struct gv_redactor *redactor;
};

int gv_case_law_load(struct gv_case_law **out, struct gv_err *err)
{
	struct gv_case_law *law = calloc(1, sizeof *law);
	int rc;

	*out = NULL;
	if (!law)
		return gv_fail_nomem(err);
	rc = gv_limits_load(&law->limits, NULL, err); /* trial limits need no calendar */
	for (size_t i = 0; i < LISTS && !rc; i++) {
		rc = gv_ref_open(&law->causes[i], lists[i].table, err);
		if (!rc)
			law->name[i] = gv_ref_column(law->causes[i], "name");
	}
	if (rc) {
		gv_case_law_free(law);
		return rc;
	}
	*out = law;
	return 0;
}

void gv_case_law_free(struct gv_case_law *law)
{
	if (!law)
		return;
	gv_limits_free(law->limits);
	for (size_t i = 0; i < LISTS; i++)
		gv_ref_free(law->causes[i]);
	gv_redactor_free(law->redactor);
	free(law);
}

int gv_case_law_redactor(struct gv_case_law *law, struct gv_redactor **out, gv_day on, struct gv_err *err)
{
	int rc = law->redactor ? 0 : gv_redactor_open(&law->redactor, on, err);

	*out = law->redactor;
	return rc;
}

void gv_case_subject_of(struct gv_case_subject *s, const struct gv_rec *rec, struct gv_case_law *law,
                        struct gv_caseno_reader *cn)
{
	*s = (struct gv_case_subject){ .rec = rec, .law = law, .cn = cn };
	gv_caseno_parse(cn, &s->number, gv_str_of(rec->id.key), NULL);
}

/* ---- looking at a case ---- */

static struct gv_str text_of(const struct gv_case_subject *s, const char *field)
{
	return gv_val_getstr(s->rec->val, field);
}

static gv_day day_of(const struct gv_case_subject *s, const char *field)
{
	return gv_day_read(text_of(s, field));
}

static bool is_type(const struct gv_case_subject *s, const char *prefix)
{
	return gv_str_starts(gv_str_of(s->number.type), gv_str_of(prefix));
}

static gv_day event_day(const struct gv_val *event, const char *field)
{
	struct gv_moment m;

	return gv_moment_parse(&m, gv_val_getstr(event, field), NULL) ? GV_DAY_NONE : m.day;
}

static size_t count_events(const struct gv_case_subject *s, const char *name)
{
	const struct gv_val *events = gv_val_get(s->rec->val, "events");
	size_t n = 0;

	for (size_t i = 0; events && events->type == GV_ARRAY && i < events->n; i++)
		n += gv_str_is(gv_val_getstr(&events->items[i], "event"), name);
	return n;
}

/* The law of the day of filing judges the filing and the trial. */
static bool applies(const struct gv_check *c, const struct gv_case_subject *s)
{
	gv_day day = day_of(s, "filed_on");

	if (day == GV_DAY_NONE)
		day = day_of(s, "received_on");
	return gv_rule_in_force(c->rule, day == GV_DAY_NONE ? c->as_of : day);
}

/* ---- the rules ---- */

static int year_of_receipt(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	gv_day received = day_of(s, "received_on");

	if (!applies(c, s) || !s->number.year || received == GV_DAY_NONE || gv_day_ymd(received).year == s->number.year)
		return 0;
	return gv_finding(c, GV_WARN, NULL, _("the number is of %d, but the papers were received on %.*s"),
	                  s->number.year, GV_DATE_LEN, text_of(s, "received_on").p);
}

static int court_code(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;

	if (!applies(c, s) || s->number.class != GV_CN_NEW || s->number.court_known)
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, _("court code %s is not in the table of courts"), s->number.court);
}

static enum list list_for(const struct gv_case_subject *s)
{
	gv_day filed = day_of(s, "filed_on");

	if (is_type(s, "刑"))
		return LIST_CRIMINAL;
	if (is_type(s, "行"))
		return LIST_ADMIN;
	if (!is_type(s, "民"))
		return LISTS;
	if (filed == GV_DAY_NONE || filed < gv_day_of(2021, 1, 1))
		return LISTS; /* the list of 2011 is not in the tables */
	return filed < gv_day_of(2026, 1, 1) ? LIST_2020 : LIST_2025;
}

/* Charges are written with and without 罪, acts of an authority in many ways: only civil names are exact. */
static bool has_cause(struct gv_case_law *law, enum list list, struct gv_str cause)
{
	char with[256];

	if (gv_ref_find(law->causes[list], law->name[list], cause, 0) != GV_REF_NONE)
		return true;
	snprintf(with, sizeof with, "%.*s罪", (int)cause.n, cause.p);
	return list == LIST_CRIMINAL && cause.n < 200 &&
	       gv_ref_find(law->causes[list], law->name[list], gv_str_of(with), 0) != GV_REF_NONE;
}

static int cause_in_list(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	struct gv_str cause = text_of(s, "cause"), stated = text_of(s, "cause_list");
	enum list list = list_for(s);

	if (!applies(c, s) || list == LISTS || gv_str_is(stated, "legacy"))
		return 0;
	if (!cause.n)
		return gv_finding(c, GV_REVIEW, NULL, "%s", _("cause missing"));
	if (stated.n && !gv_str_is(stated, lists[list].name) && list <= LIST_2025)
		return gv_finding(c, GV_REVIEW, NULL, _("cause_list %.*s, but list %s was in force on the day of filing"),
		                  (int)stated.n, stated.p, lists[list].name);
	if (has_cause(s->law, list, cause))
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, _("cause %.*s is not in list %s"), (int)cause.n, cause.p, lists[list].name);
}

static int receipt_date(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;

	if (!applies(c, s) || day_of(s, "received_on") != GV_DAY_NONE || s->number.class != GV_CN_NEW)
		return 0;
	if (text_of(s, "closed_on").n) /* no clock waits for it any more */
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, "%s", _("received_on missing: the day of receipt is on every receipt"));
}

static int one_correction(struct gv_check *c, const void *subject)
{
	size_t n = count_events(subject, "ask-correction");

	if (!applies(c, subject) || n < 2)
		return 0;
	return gv_finding(c, GV_VIOLATION, NULL,
	                  _("correction was asked for %zu times; one notice has to list everything"), n);
}

static int adjournments(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	struct gv_str procedure = text_of(s, "procedure");
	size_t n = count_events(s, "adjourn");
	size_t most = gv_str_is(procedure, "simplified") || gv_str_is(procedure, "small-claim") ? 1 : 2;

	if (!applies(c, s) || !is_type(s, "民") || n <= most)
		return 0;
	if (!procedure.n)
		return gv_finding(c, GV_REVIEW, NULL, _("%zu adjournments, procedure missing"), n);
	return gv_finding(c, GV_VIOLATION, NULL, _("%zu adjournments in %.*s procedure, at most %zu"), n, (int)procedure.n,
	                  procedure.p, most);
}

enum { ASK_BEFORE = 15, DECIDE_BEFORE = 5 };  /* days before the end of the limit */

/* A clock that stands still has no end to count back from. */
static int take_end(void *ctx, const struct gv_clock *clock)
{
	gv_day *end = ctx;

	*end = clock->state == GV_CLOCK_STOPPED ? GV_DAY_NONE : clock->until;
	return 0;
}

/* The limit as it stood before this extension. */
static int one_extension(struct gv_check *c, const struct gv_case_subject *s, gv_day asked, gv_day on)
{
	gv_day end = GV_DAY_NONE;
	char days[3][GV_DATE_LEN + 1];
	enum gv_level level = text_of(s, "procedure").n ? GV_VIOLATION : GV_REVIEW;
	int rc = gv_limit_trial(s->law->limits, s->rec, s->cn, on - 1, NULL, take_end, &end, c->err);

	if (rc || end == GV_DAY_NONE)
		return rc;
	gv_day_format(on, days[0]);
	gv_day_format(asked, days[1]);
	gv_day_format(end - ASK_BEFORE, days[2]);
	if (asked > end - ASK_BEFORE)
		rc = gv_finding(c, level, NULL, _("extension of %s was asked for on %s, the last day was %s"), days[0], days[1], days[2]);
	gv_day_format(end - DECIDE_BEFORE, days[2]);
	if (!rc && on > end - DECIDE_BEFORE)
		rc = gv_finding(c, level, NULL, _("extension of %s was decided too late, the last day was %s"), days[0], days[2]);
	return rc;
}

/* Both days are of one extension: `asked_on` and the day of the event, which is the decision. */
static int extension_in_time(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	const struct gv_val *events = gv_val_get(s->rec->val, "events");
	int rc = 0;

	if (!applies(c, s) || !is_type(s, "民") || !events || events->type != GV_ARRAY)
		return 0;
	for (size_t i = 0; i < events->n && !rc; i++) {
		const struct gv_val *e = &events->items[i];
		gv_day asked = event_day(e, "asked_on"), on = event_day(e, "on");

		if (!gv_str_is(gv_val_getstr(e, "event"), "extend"))
			continue;
		if (asked == GV_DAY_NONE)
			rc = gv_finding(c, GV_REVIEW, NULL, _("extension of %.*s: asked_on missing"), GV_DATE_LEN,
			                gv_val_getstr(e, "on").p);
		else if (on != GV_DAY_NONE && on - asked < 0)
			rc = gv_finding(c, GV_WARN, NULL, _("extension of %.*s was decided before it was asked for (%.*s)"),
			                GV_DATE_LEN, gv_val_getstr(e, "on").p, GV_DATE_LEN, gv_val_getstr(e, "asked_on").p);
		else if (on != GV_DAY_NONE)
			rc = one_extension(c, s, asked, on);
	}
	return rc;
}

/* SL-18 (Interp art. 260): no way back from ordinary to simplified once a hearing was held. */
static int no_way_back(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	const struct gv_val *events = gv_val_get(s->rec->val, "events");
	bool heard = false;
	int rc = 0;

	if (!applies(c, s) || !is_type(s, "民初") || !events || events->type != GV_ARRAY)
		return 0;
	for (size_t i = 0; i < events->n && !rc; i++) {
		const struct gv_val *e = &events->items[i];
		struct gv_str name = gv_val_getstr(e, "event"), to = gv_val_getstr(e, "to");

		if (gv_str_is(name, "hear"))
			heard = true;
		else if (heard && gv_str_is(name, "convert") &&
		         (gv_str_is(to, "simplified") || gv_str_is(to, "small-claim")))
			rc = gv_finding(c, GV_VIOLATION, NULL, _("changed to %.*s procedure on %.*s, after a hearing"), (int)to.n,
			                to.p, GV_DATE_LEN, gv_val_getstr(e, "on").p);
	}
	return rc;
}

/* A number is never printed: it is sensitive. */
static int party_number(struct gv_check *c, const struct gv_val *party, size_t i, const char *field,
                        enum gv_ident_kind kind)
{
	struct gv_str number = gv_val_getstr(party, field);
	struct gv_ident id;

	if (!number.n)
		return 0;
	gv_ident_check(&id, kind, number);
	if (id.valid)
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, _("parties[%zu].%s: %s"), i, field, id.reason);
}

static int party_numbers(struct gv_check *c, const void *subject)
{
	const struct gv_case_subject *s = subject;
	const struct gv_val *parties = gv_val_get(s->rec->val, "parties");
	bool resident = gv_str_is(gv_str_of(c->rule->id), "ID-02");
	int rc = 0;

	for (size_t i = 0; parties && parties->type == GV_ARRAY && i < parties->n && !rc; i++) {
		const struct gv_val *p = &parties->items[i];

		if (!resident)
			rc = party_number(c, p, i, "credit_code", GV_ID_CREDIT);
		else if (gv_str_is(gv_val_getstr(p, "id_type"), "resident-id"))
			rc = party_number(c, p, i, "id_no", GV_ID_RESIDENT);
	}
	return rc;
}

#define BASIS(name, ...) static const struct gv_basis name[] = { __VA_ARGS__, { 0 } }
#define NUMBERS "最高人民法院关于人民法院案件案号的若干规定", "法〔2015〕137号"
#define FILING "最高人民法院关于人民法院登记立案若干问题的规定", "法释〔2015〕8号"
#define LIMITS "最高人民法院关于严格规范民商事案件延长审限和延期开庭问题的规定", "法释〔2019〕4号"

BASIS(cn02, { NUMBERS, "2" });
BASIS(cn04, { NUMBERS, "4,5" });
BASIS(ca03, { "民事案件案由规定", "法〔2020〕346号", NULL }, { "民事案件案由规定", "法〔2025〕226号", NULL });
BASIS(la03, { FILING, "2" });
BASIS(la05, { FILING, "7" });
BASIS(sl14, { LIMITS, "1" });
BASIS(sl15, { LIMITS, "3" });
BASIS(sl18, { "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释", "法释〔2022〕11号", "260" });
BASIS(id02, { "公民身份号码", "GB 11643-1999", NULL });
BASIS(id08, { "法人和其他组织统一社会信用代码编码规则", "GB 32100-2015", NULL });

BASIS(docket, { "gavel-docket(5)", NULL, NULL });
#define DOCKET(id, title, zh, level, what, check) \
	{ id, title, zh, level, docket, NULL, NULL, .needs = (what), .fn = gv_docket_rule_##check }

const struct gv_rule gv_case_rules[] = {
	/* What cannot be read never becomes a record: those who read report it under this rule. */
	{ "DK-01", "the record can be read", "记录可读", GV_VIOLATION, docket, .needs = N_("the text: JSON with kind and id") },
	DOCKET("DK-02", "the text is canonical", "文本规范", GV_VIOLATION, N_("the text as it lies in the docket"), canonical),
	DOCKET("DK-03", "the path agrees with the number", "路径与案号一致", GV_VIOLATION, N_("path and id"), path),
	DOCKET("DK-04", "fields, dates and states are valid", "字段、日期、状态有效", GV_VIOLATION,
	       N_("every field that the schema knows"), valid),
	DOCKET("DK-05", "links of the home court lead to records", "本院关联记录存在", GV_WARN, N_("links"), links),
	DOCKET("DK-06", "the state is where the events lead", "状态与事件一致", GV_WARN, N_("state and events"), state),
	DOCKET("DK-07", "no conflict is open", "无未决冲突", GV_VIOLATION, N_("conflicts/KIND/KEY.json"), conflict),
	/* A removed record has no text to judge: those who see it go report it under this rule. */
	{ "DK-08", "no record is removed", "记录不得删除", GV_VIOLATION, docket, .needs = N_("a push: the record before and after") },
	DOCKET("DK-09", "the state moves as the schema allows", "状态变更合法", GV_VIOLATION,
	       N_("a push: the state before and after"), moves),
	DOCKET("DK-10", "no event is removed or changed", "事件不得删改", GV_VIOLATION,
	       N_("a push: the events before and after"), events),
	DOCKET("DK-11", "the files of a case are here and as they were", "卷宗材料在库且未变", GV_VIOLATION,
	       N_("files, and what lies below files/ and gavel-files/; of a push, the files before"), files),
	DOCKET("DK-12", "what the policy seals is sealed", "政策要求封存的字段已封存", GV_VIOLATION,
	       N_("fields that sealed_fields of gavel.json names; in the docket a warning, in a push a violation"), sealed),
	/* Not of one record: who goes over the whole docket reports it under this rule. */
	{ "DK-13", "a case has one claim", "一案一标的", GV_WARN, docket, .needs = N_("the claims of the whole docket: case") },
	DOCKET("DK-14", "what everybody may see shows nobody's numbers", "公开内容不含个人号码", GV_VIOLATION,
	       N_("the words of documents, typical cases and reports; a warning but for a resident's number whose check digit is right"), shown),
	{ "CN-02", "the year of the number is the year of receipt", "案号年份为收案年度", GV_WARN, cn02, "2016-01-01", NULL,
	  .own_dates = true, .needs = N_("received_on, and the year in the number"), .fn = year_of_receipt, .kind = "case" },
	{ "CN-04", "the court code is one of the table", "法院代字在代字表内", GV_REVIEW, cn04, "2016-01-01", NULL,
	  .own_dates = true, .needs = N_("the court code in the number; the table has derived rows, so unknown is no error"), .fn = court_code, .kind = "case" },
	{ "CA-03", "the cause is in the list in force on the day of filing", "案由属于立案时有效的案由规定", GV_REVIEW, ca03,
	  "2021-01-01", NULL, .own_dates = true, .needs = N_("cause, cause_list, filed_on, and the type in the number"), .fn = cause_in_list, .kind = "case" },
	{ "LA-03", "the day of receipt is known", "收到材料日期有记录", GV_REVIEW, la03, "2015-05-01", NULL,
	  .own_dates = true, .needs = N_("received_on; it starts the filing clock and interrupts limitation (LA-20)"), .fn = receipt_date, .kind = "case" },
	{ "LA-05", "one notice of correction", "一次性告知补正", GV_VIOLATION, la05, "2015-05-01", NULL,
	  .own_dates = true, .needs = N_("events ask-correction"), .fn = one_correction, .kind = "case" },
	{ "SL-14", "an extension is asked for and decided in time", "延长审限按期报批", GV_VIOLATION, sl14, "2019-03-28", NULL,
	  .own_dates = true, .needs = N_("events extend with asked_on, and all that moves the trial limit; case-file due shows the last days ahead"),
	  .fn = extension_in_time, .kind = "case" },
	{ "SL-15", "at most two adjournments, one in simplified procedure", "延期开庭次数", GV_VIOLATION, sl15, "2019-03-28",
	  NULL, .own_dates = true, .needs = N_("events adjourn, and procedure"), .fn = adjournments, .kind = "case" },
	{ "SL-18", "no simplified procedure after a hearing in ordinary procedure", "开庭后不得转为简易程序", GV_VIOLATION, sl18,
	  "2022-04-10", NULL, .own_dates = true, .needs = N_("events hear and convert, in order"), .fn = no_way_back, .kind = "case" },
	{ "ID-02", "resident ID numbers have the right check digit", "公民身份号码校验", GV_REVIEW, id02, NULL, NULL,
	  .needs = N_("parties with id_type resident-id and an id_no"), .fn = party_numbers, .kind = "case" },
	{ "ID-08", "credit codes have the right check character", "统一社会信用代码校验", GV_REVIEW, id08, "2015-10-01", NULL,
	  .needs = N_("parties with a credit_code"), .fn = party_numbers, .kind = "case" },
	{ 0 }
};
