/* SPDX-License-Identifier: MIT */
/* publication_decide: articles 3 and 4 of the rules, the three steps of article 12, and the three people of a typical case. */
#include <string.h>

#include "fold.h"
#include "i18n.h"
#include "publication_impl.h"

enum { ADULT = 18, SEALED_MONTHS = 60 };

static const struct { const char *ground, *reason; } reasons[] = {
	{ "state-secret", "涉及国家秘密" },
	{ "minor-crime", "未成年人犯罪" },
	{ "mediation", "以调解方式结案" },
	{ "confirmation", "确认人民调解协议效力" },
	{ "divorce", "离婚诉讼" },
	{ "custody", "涉及未成年子女抚养、监护" },
	{ "unsuitable", "人民法院认为不宜在互联网公布的其他情形" },
};

const char *gv_publication_reason(struct gv_str ground)
{
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
		if (gv_str_is(ground, reasons[i].ground))
			return reasons[i].reason;
	return NULL;
}

const char *gv_publication_answer_word(enum gv_publication_answer answer)
{
	return answer == GV_PUBLISH ? "publish" : answer == GV_WITHHOLD ? "withhold" : "review";
}

static struct gv_publication_decision publish(void)
{
	return (struct gv_publication_decision){ .answer = GV_PUBLISH, .rule = "PUB-01" };
}

static struct gv_publication_decision withhold(const char *ground)
{
	bool unsuitable = strcmp(ground, "unsuitable") == 0;

	return (struct gv_publication_decision){ .answer = GV_WITHHOLD, .rule = unsuitable ? "PUB-07" : "PUB-02", .ground = ground,
	                                         .reason = gv_publication_reason(gv_str_of(ground)) };
}

static struct gv_publication_decision ask(const char *rule, const char *why)
{
	return (struct gv_publication_decision){ .answer = GV_BY_DECISION, .rule = rule, .why = why };
}

/* ---- article 4(2) and what is not the same ---- */

static enum gv_publication_test below_age(const struct gv_val *rec, const char *field)
{
	int64_t age;

	if (!gv_val_getint(rec, field, &age))
		return GV_TEST_UNKNOWN;
	return age < ADULT ? GV_TEST_YES : GV_TEST_NO;
}

enum gv_publication_test gv_publication_minor_crime(const struct gv_val *rec)
{
	enum gv_publication_test age = below_age(rec, "offence_age");

	if (gv_val_is_true(rec, "minor_crime"))
		return GV_TEST_YES;
	return age == GV_TEST_UNKNOWN && gv_val_is_false(rec, "minor_crime") ? GV_TEST_NO : age;
}

/* Who is under 18 when the case is filed was so at the offence; who is grown up by then may have been. */
static bool has_minor_accused(const struct gv_publication *p)
{
	const struct gv_val *parties = gv_val_items(p->kase, "parties");
	gv_day filed = gv_publication_day(p->kase, "filed_on");

	for (uint32_t i = 0; i < parties->n; i++) {
		gv_day born = gv_publication_day(&parties->items[i], "born_on");

		if (!gv_str_starts(gv_val_getstr(&parties->items[i], "role"), GV_STR("被告人")))
			continue;
		if (gv_val_is_true(&parties->items[i], "minor") ||
		    (born != GV_DAY_NONE && filed != GV_DAY_NONE && gv_day_add_months(born, 12 * ADULT) > filed))
			return true;
	}
	return false;
}

enum gv_publication_test gv_publication_closed_hearing(const struct gv_val *rec)
{
	return below_age(rec, "trial_age");
}

enum gv_publication_test gv_publication_sealed(const struct gv_val *rec)
{
	enum gv_publication_test minor = gv_publication_minor_crime(rec);
	int64_t months;

	if (minor != GV_TEST_YES)
		return minor;
	if (gv_val_is_true(rec, "sentence_exempt"))
		return GV_TEST_YES;
	if (!gv_val_getint(rec, "sentence_months", &months))
		return GV_TEST_UNKNOWN;
	return months <= SEALED_MONTHS ? GV_TEST_YES : GV_TEST_NO;
}

/* ---- the other grounds ---- */

static bool is_below_any(const struct gv_publication *p, const char *const *causes)
{
	while (*causes && !gv_publication_below(p, *causes))
		causes++;
	return *causes;
}

/* Article 4(4).  Other family cases and successions are published, with names hidden. */
static bool decide_family(const struct gv_publication *p, struct gv_publication_decision *out)
{
	static const char *const custody[] = { "抚养纠纷", "同居关系子女抚养纠纷", "监护权纠纷", NULL };
	/* These can be about a grown-up, or about no custody at all. */
	static const char *const perhaps[] = { "监护权特别程序案件", "探望权纠纷", "收养关系纠纷", NULL };
	/* In names of causes that stand in no list. */
	static const char *const says_divorce[] = { "离婚", NULL }, *const says_custody[] = { "抚养", "抚育", NULL };
	static const char *const says_perhaps[] = { "监护", "探望", "收养", "子女", NULL };

	if (gv_val_is_true(p->rec, "divorce") || gv_publication_below(p, "离婚纠纷") || gv_publication_hints(p, says_divorce))
		*out = withhold("divorce");
	else if (gv_val_is_true(p->rec, "custody") || is_below_any(p, custody) || gv_publication_hints(p, says_custody))
		*out = withhold("custody");
	else if ((is_below_any(p, perhaps) || gv_publication_hints(p, says_perhaps)) && !gv_val_is_false(p->rec, "custody"))
		*out = ask("PUB-02", N_("custody: is it about custody or guardianship of a minor child?"));
	else
		return false;
	return true;
}

static bool is_confirmation(const struct gv_publication *p)
{
	return gv_val_is_true(p->rec, "confirmation") || (!gv_val_is_false(p->rec, "confirmation") && gv_publication_below(p, "申请司法确认调解协议"));
}

/* Article 4(3); a mediation of an administrative case or of public interest is on the list of article 3. */
static bool decide_mediation(const struct gv_publication *p, struct gv_publication_decision *out)
{
	struct gv_str kind = gv_val_getstr(p->rec, "doc_kind");
	const char *code = gv_publication_code(kind);
	bool confirms = is_confirmation(p), typed = gv_val_is_true(p->rec, "mediation");
	bool closed = typed || (gv_str_is(gv_val_getstr(p->kase, "closed_by"), "mediation") && !gv_val_is_false(p->rec, "mediation"));

	if (!confirms && code && strcmp(code, "AM") == 0)
		return false;
	if (!confirms && !closed && !gv_str_is(kind, "调解书"))
		return false;
	if (!confirms && !typed && kind.n && !gv_str_is(kind, "调解书"))
		*out = ask("PUB-02", N_("mediation: the case was closed by mediation, and this is another document of it"));
	else if (!gv_val_is_true(p->rec, "public_need"))
		*out = withhold(confirms ? "confirmation" : "mediation");
	else if (!gv_val_getstr(p->rec, "need_reason").n)
		*out = ask("PUB-02", N_("need_reason: why is publication truly necessary?"));
	else
		*out = (struct gv_publication_decision){ .answer = GV_PUBLISH, .rule = "PUB-02" };
	return true;
}

/* The list of article 3; by its last item, what ends proceedings or touches rights. */
static struct gv_publication_decision decide_listed(const struct gv_publication *p)
{
	struct gv_str kind = gv_val_getstr(p->rec, "doc_kind");
	const char *code = gv_publication_code(kind);

	if (!kind.n)
		return ask("PUB-01", N_("doc_kind missing"));
	if ((code && *code) || gv_val_is_true(p->rec, "ends_proceedings") || gv_val_is_true(p->rec, "affects_rights"))
		return publish();
	return ask("PUB-01", N_("ends_proceedings, affects_rights: is it one of the documents that must be published?"));
}

struct gv_publication_decision gv_publication_decide(const struct gv_publication *p)
{
	enum gv_publication_test minor = gv_publication_minor_crime(p->rec);
	bool criminal = gv_publication_is_criminal(p);
	struct gv_publication_decision d;

	if (gv_val_is_true(p->rec, "state_secret"))
		return withhold("state-secret");
	if (minor == GV_TEST_YES || (criminal && has_minor_accused(p)))
		return withhold("minor-crime");
	if (decide_family(p, &d) || decide_mediation(p, &d))
		return d;
	if (gv_val_is_true(p->rec, "unsuitable"))
		return gv_publication_steps(p->rec, GV_DAY_LAST) ? ask("PUB-07", N_("unsuitable: opinion, review and approval")) : withhold("unsuitable");
	if (minor == GV_TEST_UNKNOWN && criminal)
		return ask("PUB-02", N_("offence_age missing"));
	return decide_listed(p);
}

/* ---- article 12 ---- */

static bool is_after(const struct gv_val *later, const struct gv_val *earlier)
{
	return gv_str_cmp(gv_val_getstr(later, "on"), gv_val_getstr(earlier, "on")) >= 0;
}

const char *gv_publication_steps(const struct gv_val *rec, gv_day as_of)
{
	const struct gv_val *opinion = gv_publication_event(rec, "opinion", as_of), *review = gv_publication_event(rec, "review", as_of);
	const struct gv_val *approval = gv_publication_event(rec, "approve", as_of);
	struct gv_str by[3];

	if (!opinion)
		return N_("the judge's written opinion is missing");
	if (!review || !is_after(review, opinion))
		return N_("the department head has not reviewed the opinion");
	if (!approval || !is_after(approval, review))
		return N_("the vice-president in charge has not approved it");
	if (gv_str_is(gv_val_getstr(review, "result"), "refused") || gv_str_is(gv_val_getstr(approval, "result"), "refused"))
		return N_("it was refused");
	by[0] = gv_val_getstr(opinion, "by");
	by[1] = gv_val_getstr(review, "by");
	by[2] = gv_val_getstr(approval, "by");
	if (!by[0].n || !by[1].n || !by[2].n || gv_str_eq(by[0], by[1]) || gv_str_eq(by[1], by[2]) || gv_str_eq(by[0], by[2]))
		return N_("opinion, review and approval are not by three people");
	return NULL;
}

/* ---- typical cases ---- */

/* However it is written: 王　编辑. */
static bool same_person(struct gv_str a, struct gv_str b)
{
	struct gv_fold x = { 0 }, y = { 0 };
	struct gv_err err;
	bool same = gv_str_eq(a, b);

	if (!same && gv_fold(&x, a, &err) == 0 && gv_fold(&y, b, &err) == 0)
		same = gv_str_eq(gv_buf_str(&x.text), gv_buf_str(&y.text));
	gv_fold_free(&x);
	gv_fold_free(&y);
	return same;
}

bool gv_publication_three(const struct gv_val *rec, const char **field, const char **as)
{
	static const char *const people[] = { "editor", "reviewer", "approver" };

	*as = NULL;
	for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
		struct gv_str name = gv_val_getstr(rec, people[i]);

		*field = people[i];
		if (!name.n)
			return false;
		for (size_t k = 0; k < i; k++)
			if (same_person(name, gv_val_getstr(rec, people[k]))) {
				*as = people[k];
				return false;
			}
	}
	return true;
}
