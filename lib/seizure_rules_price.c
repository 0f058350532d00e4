/* SPDX-License-Identifier: MIT */
/* seizure_rules_price: the reference price: when and how it is found, what it is, how long it holds. */
#include "seizure_rules_days.h"

enum { AGENCIES = 3, ONLINE_DAYS = 3, REPORT_DAYS = 30, EXTENSION_DAYS = 15, EXTENSIONS_MOST = 2, ASK_DAYS = 5, PUBLISHED_DAYS = 15, AFTER_MONTHS = 6 };

/* One of ours on a thing with a price; `price` is an empty one where the asset has none. */
struct priced {
	const void *subject;
	const struct gv_estate *e;
	const struct gv_holding *h;
	const struct gv_val *price;
	struct gv_str method;
};

typedef int priced_fn(struct gv_check *c, const struct priced *p);

/* Things, and rights: money needs no price. */
static bool is_sold_for_money(const struct gv_holding *h)
{
	struct gv_str type = gv_val_getstr(h->asset, "type");

	return h->asset && !gv_str_is(type, "deposit") && !gv_str_is(type, "income");
}

static int each_priced(struct gv_check *c, const void *subject, bool needs_price, priced_fn *fn)
{
	static const struct gv_val none = { .type = GV_OBJECT };
	struct priced p = { .subject = subject, .e = gv_estate_of(subject) };
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0, n; i < p.e->n && !rc; i += n) {
		p.h = gv_seizure_for_asset(p.e, &p.e->holdings[i], &n);
		if (!p.h || !is_sold_for_money(p.h))
			continue;
		p.price = gv_val_get(p.h->asset, "price");
		if (!p.price && needs_price)
			continue;
		p.price = p.price ? p.price : &none;
		p.method = gv_val_getstr(p.price, "method");
		gv_seizure_about(c, &rec, "asset", p.h->asset);
		rc = fn(c, &p);
	}
	return rc;
}

/* One of the four ways of a reference price; a closing price, or what the creditor says, is none. */
static bool is_reference(const struct priced *p)
{
	return gv_str_is(p->method, "agreement") || gv_str_is(p->method, "directed-inquiry") || gv_str_is(p->method, "online-inquiry") ||
	       gv_str_is(p->method, "appraisal");
}

static bool is_enforced(const struct priced *p)
{
	return gv_str_is(gv_val_getstr(p->e->claim.val, "stage"), "enforcement") ||
	       (!p->e->claim.val && gv_str_is(gv_val_getstr(p->h->seizure, "stage"), "enforcement"));
}

/* ---- RP-01, RP-07: begun in time ---- */

static int check_begun(struct gv_check *c, const struct priced *p)
{
	struct gv_step step = { NULL, "price.asked_on", 30, N_("the reference price procedure is to be started"), GV_VIOLATION };
	gv_day from = gv_instant_day(p->h->hold.from), enforced, asked;
	bool counted = !p->h->hold.waited || p->h->hold.from != GV_INSTANT_NONE;
	struct gv_limit limit;
	int rc = gv_seizure_day(c, p->e->claim.val, "enforced_on", &enforced);

	if (!rc)
		rc = gv_seizure_day(c, p->price, "asked_on", &asked);
	if (rc || !counted || !is_enforced(p) || from == GV_DAY_NONE || gv_val_is_false(p->h->asset, "to_sell") || !gv_rule_in_force(c->rule, from))
		return rc;
	if (asked == GV_DAY_NONE && (p->h->hold.is != GV_HOLD_ON || gv_str_is(p->method, "closing-price")))
		return 0;
	if (enforced != GV_DAY_NONE && enforced > from) /* what was preserved is sold for an enforcement */
		from = enforced;
	rc = gv_limit_of(&limit, c, p->subject, from, step.days, GV_UNIT_DAY);
	return rc ? rc : gv_seizure_by(c, p->h->asset_id, &limit, asked, &step);
}

int gv_seizure_rule_price_begun(struct gv_check *c, const void *subject)
{
	return each_priced(c, subject, false, check_begun);
}

static int check_sale_begun(struct gv_check *c, const struct priced *p)
{
	struct gv_step step = { NULL, "price.sale_started_on", 10, N_("the sale is to be started"), GV_VIOLATION };
	struct gv_limit limit;
	gv_day fixed, begun, notice;
	int rc = gv_seizure_day(c, p->price, "on", &fixed);

	if (!rc)
		rc = gv_seizure_day(c, p->price, "sale_started_on", &begun);
	if (rc || fixed == GV_DAY_NONE || !is_reference(p) || !is_enforced(p))
		return rc;
	if (begun == GV_DAY_NONE && gv_seizure_first_event(p->h->seizure, "auction-notice", fixed - 1, &notice)) {
		begun = notice;
		step.to = "auction-notice";
	}
	if (begun == GV_DAY_NONE && p->h->hold.is != GV_HOLD_ON)
		return 0;
	rc = gv_limit_of(&limit, c, p->subject, fixed, step.days, GV_UNIT_DAY);
	return rc ? rc : gv_seizure_by(c, p->h->asset_id, &limit, begun, &step);
}

int gv_seizure_rule_sale_begun(struct gv_check *c, const void *subject)
{
	return each_priced(c, subject, true, check_sale_begun);
}

/* ---- RP-02: four methods, one after the other ---- */

static bool was_tried(const struct priced *p, const char *method)
{
	const struct gv_val *list = gv_val_items(p->price, "tried");

	for (uint32_t i = 0; i < list->n; i++)
		if (list->items[i].type == GV_STRING && gv_str_is(gv_val_str(&list->items[i]), method))
			return true;
	return false;
}

/* The one before had to be tried; without `tried` nobody knows. */
static int not_tried(struct gv_check *c, const struct priced *p, const char *before)
{
	if (was_tried(p, before) || gv_val_is_true(p->price, "skipped_by_both"))
		return 0;
	if (!gv_val_get(p->price, "tried"))
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: price by %.*s, and tried missing: whether %s was tried first is not known"), GV_TEXT(p->h->asset_id), GV_TEXT(p->method), before);
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: price by %.*s, but %s was not tried first"), GV_TEXT(p->h->asset_id), GV_TEXT(p->method), before);
}

static int check_directed(struct gv_check *c, const struct priced *p)
{
	if (gv_val_is_false(p->price, "tax_base"))
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: directed inquiry, but there is no tax base and no price set or guided by government"), GV_TEXT(p->h->asset_id));
	if (!gv_val_is_true(p->price, "tax_base"))
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: directed inquiry, and tax_base missing"), GV_TEXT(p->h->asset_id));
	return not_tried(c, p, "agreement");
}

static int check_online(struct gv_check *c, const struct priced *p)
{
	if (gv_val_is_true(p->price, "needs_inspection"))
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: online inquiry, but it needs an inspection on site"), GV_TEXT(p->h->asset_id));
	if (gv_val_is_true(p->price, "compulsory_appraisal"))
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: online inquiry, but the law asks for an appraisal"), GV_TEXT(p->h->asset_id));
	return not_tried(c, p, gv_val_is_true(p->price, "tax_base") ? "directed-inquiry" : "agreement");
}

static int check_ladder(struct gv_check *c, const struct priced *p)
{
	if (gv_str_is(p->method, "directed-inquiry"))
		return check_directed(c, p);
	if (gv_str_is(p->method, "online-inquiry"))
		return check_online(c, p);
	if (gv_str_is(p->method, "appraisal") && !gv_val_is_true(p->price, "compulsory_appraisal") && !gv_val_is_true(p->price, "needs_inspection"))
		return not_tried(c, p, "online-inquiry");
	return 0;
}

int gv_seizure_rule_price_ladder(struct gv_check *c, const void *subject)
{
	return each_priced(c, subject, true, check_ladder);
}

/* ---- RP-03: online ---- */

/* The day from which the platforms or the agency count; where another method was tried before and nobody recorded it, a guess. */
static int read_commission(gv_day *out, bool *guessed, struct gv_check *c, const struct priced *p)
{
	bool recorded = gv_val_getstr(p->price, "commissioned_on").n;

	*guessed = !recorded && gv_val_items(p->price, "tried")->n;
	return gv_seizure_day(c, p->price, recorded ? "commissioned_on" : "asked_on", out);
}

/* Results that count: in time, and not objected to while others remain. */
struct results {
	int64_t sum, n;            /* that count */
	int64_t all_sum, all_n;    /* in time */
	bool early;                /* one came in the first three days */
};

static int read_results(struct results *r, struct gv_check *c, const struct priced *p, const struct gv_limit *first, const struct gv_limit *last)
{
	const struct gv_val *list = gv_val_items(p->price, "results");

	*r = (struct results){ 0 };
	for (uint32_t i = 0; i < list->n; i++) {
		int64_t fen;
		gv_day on;
		int rc = gv_seizure_day(c, &list->items[i], "on", &on);

		if (rc)
			return rc;
		r->early = r->early || (on != GV_DAY_NONE && on <= first->day);
		if (!gv_val_getint(&list->items[i], "fen", &fen) || fen < 0 || fen > GV_FEN_MAX || r->all_sum > INT64_MAX - fen ||
		    (on != GV_DAY_NONE && last->day != GV_DAY_NONE && on > last->day))
			continue;
		r->all_sum += fen;
		r->all_n++;
		if (gv_val_is_true(&list->items[i], "objected"))
			continue;
		r->sum += fen;
		r->n++;
	}
	if (!r->n) {
		r->sum = r->all_sum;
		r->n = r->all_n;
	}
	return 0;
}

/* The average, to the fen: rounded either way. */
static bool is_average(int64_t fen, const struct results *r)
{
	int64_t low = r->sum / r->n;

	return fen == low || (r->sum % r->n && fen == low + 1);
}

static int check_results(struct gv_check *c, const struct priced *p, const struct results *r)
{
	char is[GV_YUAN], should[GV_YUAN];
	int64_t fen;

	if (!gv_val_get(p->price, "results"))
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: results of the online inquiry missing: the average cannot be checked"), GV_TEXT(p->h->asset_id));
	if (!r->n || !gv_val_getint(p->price, "fen", &fen) || fen < 0 || fen > GV_FEN_MAX || is_average(fen, r))
		return 0;
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: the reference price is %s, the average of the results that count is %s"), GV_TEXT(p->h->asset_id),
	                  gv_yuan(fen, is), gv_yuan(r->sum / r->n, should));
}

static int check_platforms(struct gv_check *c, const struct priced *p)
{
	int64_t asked, listed;

	if (!gv_val_getint(p->price, "platforms", &asked) || !gv_val_getint(p->price, "platforms_listed", &listed))
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: platforms or platforms_listed missing: whether all were asked is not known"), GV_TEXT(p->h->asset_id));
	if (asked < listed)
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: %lld of %lld listed platforms were asked"), GV_TEXT(p->h->asset_id), (long long)asked, (long long)listed);
	return 0;
}

static int check_inquiry(struct gv_check *c, const struct priced *p)
{
	struct gv_step step = { NULL, "price.report_on", ONLINE_DAYS, N_("the online inquiry is to give a result"), GV_VIOLATION };
	static const struct gv_limit none = { .day = GV_DAY_NONE };
	struct gv_limit first = none, last = none;
	int64_t extensions = 0;
	struct results r;
	gv_day asked, got;
	bool guessed;
	int rc = read_commission(&asked, &guessed, c, p);

	if (rc || !gv_str_is(p->method, "online-inquiry"))
		return rc;
	step.late = guessed ? GV_REVIEW : GV_VIOLATION;
	(void)gv_val_getint(p->price, "extensions", &extensions);
	rc = gv_seizure_day(c, p->price, "report_on", &got);
	if (!rc && asked != GV_DAY_NONE) {
		rc = gv_limit_of(&first, c, p->subject, asked, ONLINE_DAYS, GV_UNIT_DAY);
		if (!rc)
			rc = gv_limit_of(&last, c, p->subject, asked, extensions ? 2 * ONLINE_DAYS : ONLINE_DAYS, GV_UNIT_DAY);
	}
	if (!rc)
		rc = read_results(&r, c, p, guessed ? &none : &first, guessed ? &none : &last);
	if (!rc)
		rc = check_platforms(c, p);
	if (!rc && extensions > 1)
		rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s: the online inquiry was extended %lld times, once is allowed"), GV_TEXT(p->h->asset_id), (long long)extensions);
	if (!rc && extensions && asked != GV_DAY_NONE && r.early)
		rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s: the online inquiry was extended, but a platform had answered by %s"), GV_TEXT(p->h->asset_id), first.text);
	if (!rc && asked != GV_DAY_NONE && (got != GV_DAY_NONE || !r.all_n))
		rc = gv_seizure_by(c, p->h->asset_id, &last, got, &step);
	return rc ? rc : check_results(c, p, &r);
}

int gv_seizure_rule_price_online(struct gv_check *c, const void *subject)
{
	return each_priced(c, subject, true, check_inquiry);
}

/* ---- RP-04: appraisal ---- */

static int check_agencies(struct gv_check *c, const struct priced *p)
{
	int64_t n;

	if (!gv_val_getint(p->price, "agencies", &n))
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: agencies missing: three are to be chosen, in order"), GV_TEXT(p->h->asset_id));
	if (n != AGENCIES)
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: agencies is %lld: three are to be chosen, in order"), GV_TEXT(p->h->asset_id), (long long)n);
	return 0;
}

/* Each asked for five days before the end that it moves. */
static int check_extensions(struct gv_check *c, const struct priced *p, gv_day start, int64_t extensions)
{
	const struct gv_val *asked = gv_val_items(p->price, "extension_asked");
	gv_day due = start + REPORT_DAYS;
	int rc = 0;

	if (extensions > EXTENSIONS_MOST)
		rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s: the appraisal was extended %lld times, twice is allowed"), GV_TEXT(p->h->asset_id), (long long)extensions);
	for (uint32_t i = 0; i < asked->n && i < EXTENSIONS_MOST && !rc; i++, due += EXTENSION_DAYS) {
		struct gv_str text = asked->items[i].type == GV_STRING ? gv_val_str(&asked->items[i]) : (struct gv_str){ 0 };
		gv_day on = gv_day_read(text);
		gv_day_text last;

		gv_day_format(due - ASK_DAYS, last);
		if (on == GV_DAY_NONE)
			return gv_fail_field(c->err, GV_EDATA, "extension_asked", _("\"%.*s\" is not a date"), GV_TEXT(text));
		if (on > due - ASK_DAYS)
			rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s: extension of the appraisal asked for on %.*s, last day was %s"), GV_TEXT(p->h->asset_id), GV_TEXT(text), last);
	}
	return rc;
}

static int check_appraisal(struct gv_check *c, const struct priced *p)
{
	struct gv_step step = { NULL, "price.report_on", REPORT_DAYS, N_("the appraisal is to be delivered"), GV_VIOLATION };
	struct gv_limit limit;
	int64_t extensions = 0;
	gv_day start, got, due;
	bool guessed;
	int rc = read_commission(&start, &guessed, c, p);

	if (rc || !gv_str_is(p->method, "appraisal"))
		return rc;
	step.late = guessed ? GV_REVIEW : GV_VIOLATION;
	rc = check_agencies(c, p);
	if (!rc)
		rc = gv_seizure_day(c, p->price, "report_on", &got);
	if (!rc)
		rc = gv_seizure_day(c, p->price, "due_on", &due);
	if (rc || start == GV_DAY_NONE)
		return rc;
	(void)gv_val_getint(p->price, "extensions", &extensions);
	rc = check_extensions(c, p, start, extensions);
	if (extensions < 0 || extensions > EXTENSIONS_MOST)
		extensions = EXTENSIONS_MOST;
	if (!rc)
		rc = gv_limit_of(&limit, c, p->subject, start, REPORT_DAYS + (int)extensions * EXTENSION_DAYS, GV_UNIT_DAY);
	if (!rc && due != GV_DAY_NONE && due > limit.day)
		rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s: due_on of the appraisal is later than %s, the last day with its extensions"), GV_TEXT(p->h->asset_id), limit.text);
	if (!rc && got == GV_DAY_NONE && gv_val_getstr(p->price, "on").n)
		return 0; /* the price is there: the day of the report is all that is missing, and RP-05 asks for it */
	return rc ? rc : gv_seizure_by(c, p->h->asset_id, &limit, got, &step);
}

int gv_seizure_rule_price_appraisal(struct gv_check *c, const void *subject)
{
	return each_priced(c, subject, true, check_appraisal);
}

/* ---- RP-05: the report, and objections to it ---- */

/* The day on which a party has the report: that on which it got it, or fifteen days after it was published. */
static int report_day(gv_day *out, struct gv_check *c, const struct priced *p, const struct gv_val *o)
{
	gv_day published;
	int rc = gv_seizure_day(c, o, "report_received_on", out);

	if (rc || *out != GV_DAY_NONE)
		return rc;
	rc = gv_seizure_day(c, p->price, "published_on", &published);
	if (!rc && published != GV_DAY_NONE)
		*out = published + PUBLISHED_DAYS;
	return rc;
}

static int check_objection(struct gv_check *c, const struct priced *p, const struct gv_val *o)
{
	static const struct gv_step step = { NULL, "received_on", 5, N_("an objection to the report is to be made"), GV_WARN };
	struct gv_str who = gv_val_getstr(o, "by");
	struct gv_limit limit;
	gv_day got, made;
	int rc = gv_seizure_day(c, o, "received_on", &made);

	if (rc)
		return rc;
	if (gv_str_is(p->method, "agreement") || gv_str_is(p->method, "directed-inquiry"))
		return gv_finding(c, GV_WARN, NULL, _("%.*s: %.*s objects to a price by %.*s, against which there is no objection, only supervision of enforcement"),
		                  GV_TEXT(p->h->asset_id), GV_TEXT(who), GV_TEXT(p->method));
	rc = report_day(&got, c, p, o);
	if (rc)
		return rc;
	if (got == GV_DAY_NONE || made == GV_DAY_NONE)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: objection of %.*s: %s missing"), GV_TEXT(p->h->asset_id), GV_TEXT(who), got == GV_DAY_NONE ? "report_received_on" : "received_on");
	rc = gv_limit_of(&limit, c, p->subject, got, step.days, GV_UNIT_DAY);
	return rc ? rc : gv_seizure_by(c, who, &limit, made, &step);
}

static int check_report(struct gv_check *c, const struct priced *p)
{
	static const struct gv_step sent = { "report_on", "sent_on", 3, N_("the report is to be sent to the parties"), GV_VIOLATION };
	static const struct gv_step published = { "report_on", "published_on", 3, N_("the report is to be published for those who cannot be reached"), GV_WARN };
	const struct gv_val *list = gv_val_items(p->price, "objections");
	bool only_published = !gv_val_getstr(p->price, "sent_on").n && gv_val_getstr(p->price, "published_on").n;
	bool has_report = gv_str_is(p->method, "online-inquiry") || gv_str_is(p->method, "appraisal");
	int rc = 0;

	if (has_report && gv_val_getstr(p->price, "on").n && !gv_val_getstr(p->price, "report_on").n)
		rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: report_on missing: whether the report was sent in time is not known"), GV_TEXT(p->h->asset_id));
	if (!rc)
		rc = gv_seizure_step(c, p->subject, p->h->asset_id, p->price, only_published ? &published : &sent);
	for (uint32_t i = 0; i < list->n && !rc; i++)
		rc = check_objection(c, p, &list->items[i]);
	return rc;
}

int gv_seizure_rule_price_report(struct gv_check *c, const void *subject)
{
	return each_priced(c, subject, true, check_report);
}

/* ---- RP-06: how long it holds ---- */

/* Each auction: within the validity, or, where its first notice was, within six months after. */
static int check_auctions(struct gv_check *c, const struct priced *p, gv_day valid, gv_day notice)
{
	const struct gv_val *events = gv_val_items(p->h->seizure, "events");
	gv_day last = gv_day_add_months(valid, AFTER_MONTHS);
	struct gv_val facts = gv_mkobj();
	gv_day_text end, until, on;
	int rc = gv_fact_day(c, &facts, "limit", last);

	gv_day_format(valid, end);
	gv_day_format(last, until);
	for (uint32_t i = 0; i < events->n && !rc; i++) {
		gv_day day;

		if (!gv_str_is(gv_val_getstr(&events->items[i], "event"), "auction"))
			continue;
		rc = gv_seizure_day(c, &events->items[i], "on", &day);
		if (rc || day == GV_DAY_NONE || day <= valid)
			continue;
		gv_day_format(day, on);
		if (notice == GV_DAY_NONE)
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: auction on %s, after the price had ended on %s, and auction-notice missing"), GV_TEXT(p->h->asset_id), on, end);
		else if (notice <= valid && day > last)
			rc = gv_finding(c, GV_VIOLATION, &facts, _("%.*s: auction on %s, but the price, valid until %s, carries one until %s only"), GV_TEXT(p->h->asset_id), on, end, until);
	}
	return rc;
}

static int check_longest(struct gv_check *c, const struct priced *p, gv_day valid)
{
	gv_day fixed;
	gv_day_text end, most;
	int rc = gv_seizure_day(c, p->price, gv_val_getstr(p->price, "report_on").n ? "report_on" : "on", &fixed);

	if (rc || fixed == GV_DAY_NONE || valid <= gv_day_add_months(fixed, 12))
		return rc;
	gv_day_format(valid, end);
	gv_day_format(gv_day_add_months(fixed, 12), most);
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: price valid until %s, longer than a year: until %s at most"), GV_TEXT(p->h->asset_id), end, most);
}

/* Judged by the price that there is: a notice of before it was for another. */
static int check_validity(struct gv_check *c, const struct priced *p)
{
	gv_day valid, fixed, notice;
	gv_day_text end, on;
	int rc = gv_seizure_day(c, p->price, "valid_until", &valid);

	if (!rc)
		rc = gv_seizure_day(c, p->price, "on", &fixed);
	if (rc || (p->method.n && !is_reference(p)))
		return rc;
	gv_seizure_first_event(p->h->seizure, "auction-notice", fixed == GV_DAY_NONE ? GV_DAY_NONE : fixed - 1, &notice);
	if (valid == GV_DAY_NONE)
		return notice == GV_DAY_NONE ? 0 : gv_finding(c, GV_REVIEW, NULL, _("%.*s: valid_until of the price missing"), GV_TEXT(p->h->asset_id));
	rc = check_longest(c, p, valid);
	gv_day_format(valid, end);
	gv_day_format(notice, on);
	if (!rc && notice != GV_DAY_NONE && notice > valid)
		rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s: notice of auction on %s, after the price had ended on %s: a new report is needed"), GV_TEXT(p->h->asset_id), on, end);
	if (!rc && notice == GV_DAY_NONE && valid < c->as_of && p->h->hold.is == GV_HOLD_ON && is_enforced(p))
		rc = gv_finding(c, GV_WARN, NULL, _("%.*s: the price ended on %s without a notice of auction: a new report is needed before a sale"), GV_TEXT(p->h->asset_id), end);
	return rc ? rc : check_auctions(c, p, valid, notice);
}

int gv_seizure_rule_price_valid(struct gv_check *c, const void *subject)
{
	return each_priced(c, subject, true, check_validity);
}

/* ---- RP-08: the national system ---- */

static int check_system(struct gv_check *c, const struct priced *p)
{
	gv_day on;
	int rc = gv_seizure_day(c, p->price, "on", &on);

	if (rc || on == GV_DAY_NONE || !is_reference(p) || !gv_rule_in_force(c->rule, on) || gv_val_is_true(p->price, "national_system"))
		return rc;
	if (gv_val_is_false(p->price, "national_system"))
		return gv_finding(c, GV_WARN, NULL, _("%.*s: the price was not fixed through the national inquiry and appraisal system"), GV_TEXT(p->h->asset_id));
	return gv_finding(c, GV_REVIEW, NULL, _("%.*s: national_system missing: whether the price was fixed through it is not known"), GV_TEXT(p->h->asset_id));
}

int gv_seizure_rule_price_system(struct gv_check *c, const void *subject)
{
	return each_priced(c, subject, true, check_system);
}
