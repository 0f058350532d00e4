/* SPDX-License-Identifier: MIT */
/* judge: what the rules say about the docket as it would be. */
#include <string.h>

#include "bundles.h"
#include "due.h"
#include "rank.h"
#include "seizure.h"
#include "seizure_rules.h"

struct judging {
	struct gv_cmd *c;
	struct gv_str id;          /* of the record that is judged; one that has none yet borrows the last there could be */
	struct gv_buf bundle;
	struct gv_doc doc, asset;
	struct gv_buf before;      /* violations that are there without the record, a line each */
	bool collects;             /* them */
	enum seizure_how how;
	bool alone;                /* an asset, by what is written of itself */
	struct gv_buf said;        /* the first violation that is new */
	uint32_t rank;             /* of the seizure that is judged, among all on its asset; 0: it has none */
};

/* The case, and all that is on the asset: `asset` as the record has it, {0} for none. */
static int read_bundle(struct judging *j, struct gv_str of_case, struct gv_str asset)
{
	struct gv_cmd *c = j->c;
	bool there;
	int rc = gv_bundles_one(gv_cmd_store(c), of_case, gv_asset_key(asset), &j->bundle, &there, &c->err);

	return rc ? rc : gv_json_parse(&j->doc, there ? gv_buf_str(&j->bundle) : GV_STR("{}"), 0, &c->err);
}

/* What is only ordered is judged as it will be once it is served. */
static int take_as_served(struct judging *j, struct gv_val *seizure)
{
	struct gv_err *err = &j->c->err;
	char today[GV_DATE_LEN + 1];
	int rc = 0;

	if (!gv_str_is(gv_val_getstr(seizure, "state"), "ordered"))
		return 0;
	gv_day_format(j->c->today, today);
	if (!gv_val_get(seizure, "served_at"))
		rc = gv_obj_set(&j->doc, seizure, GV_STR("served_at"), gv_mkstr(&j->doc, gv_str_of(today)), err);
	if (!rc && !gv_val_get(seizure, "published_at"))
		rc = gv_obj_set(&j->doc, seizure, GV_STR("published_at"), gv_mkstr(&j->doc, gv_str_of(today)), err);
	return rc;
}

/* Into a list of the bundle, in the place of one that has the same id. */
static int put_item(struct judging *j, const char *list, const struct gv_val *rec)
{
	struct gv_doc *d = &j->doc;
	struct gv_err *err = &j->c->err;
	const struct gv_val *now = gv_val_items(&d->root, list);
	struct gv_val next = gv_mkarr(), copy;
	int rc = gv_val_copy(d, &copy, rec, err);

	if (!rc && strcmp(list, "seizures") == 0)
		rc = take_as_served(j, &copy);
	for (uint32_t i = 0; i < now->n && !rc; i++)
		if (!gv_str_eq(gv_val_getstr(&now->items[i], "id"), gv_val_getstr(&copy, "id")))
			rc = gv_arr_add(d, &next, now->items[i], err);
	if (!rc)
		rc = gv_arr_add(d, &next, copy, err);
	return rc ? rc : gv_obj_set(d, &d->root, gv_str_of(list), next, err);
}

/* The asset of a seizure is not in the bundle if nothing was seized of it before. */
static int put_asset(struct judging *j, struct gv_str text)
{
	const struct gv_val *asset;
	int rc = gv_cmd_get(j->c, text, "asset", &j->asset, &asset);

	if (rc == GV_ENOTFOUND)
		rc = gv_fail(&j->c->err, GV_EDATA, "%s", _("not in the docket"));
	if (rc)
		gv_err_field_prefix(&j->c->err, "asset");
	return rc ? rc : put_item(j, "assets", asset);
}

/* Of an asset that is judged alone without its id: the error names it, or it has none yet. */
static struct gv_str message_of(const struct judging *j, const struct gv_val *finding)
{
	struct gv_str text = gv_val_getstr(finding, "message");
	size_t n = j->id.n + 2;

	if (!j->alone || text.n < n || !gv_str_starts(text, j->id) || strncmp(text.p + j->id.n, ": ", 2) != 0)
		return text;
	return (struct gv_str){ text.p + n, text.n - n };
}

static int take_finding(struct gv_check *check, const struct gv_val *finding, struct gv_err *err)
{
	struct judging *j = check->ctx;
	struct gv_str rule = gv_val_getstr(finding, "rule"), message = gv_val_getstr(finding, "message");

	if (!gv_str_is(gv_val_getstr(finding, "level"), "violation"))
		return 0;
	if (j->collects) {
		gv_finding_remember(&j->before, finding);
		return gv_buf_check(&j->before, err);
	}
	if (gv_finding_is_known(&j->before, finding))
		return 0;
	if (!gv_str_eq(gv_val_getstr(gv_val_get(finding, "ref"), "id"), j->id)) {
		gv_cmd_warn(j->c, "%.*s: %.*s", (int)rule.n, rule.p, (int)message.n, message.p);
		return 0;
	}
	if (j->said.n)
		return 0;
	gv_finding_tell(&j->said, finding, message_of(j, finding));
	return gv_buf_check(&j->said, err);
}

/* Has the other one effect when this one begins?  Of one day without times the other goes first: it is there. */
static bool stands_beside(const struct gv_rank *other, const struct gv_rank *own)
{
	const struct gv_hold *h = &other->holding->hold;
	gv_day day = gv_instant_day(own->moment);
	bool known;

	if (other->missing || h->from == GV_INSTANT_NONE || gv_instant_day(h->from) > day || (other->has_time && own->has_time && other->moment > own->moment))
		return false;
	if ((h->released != GV_INSTANT_NONE && gv_instant_day(h->released) <= day) || (h->until != GV_INSTANT_NONE && gv_instant_day(h->until) < day) ||
	    (other->end != GV_INSTANT_NONE && gv_instant_day(other->end) <= day))
		return false;
	return !gv_rule_listed(GV_STR("released,disposed,lapsed"), gv_val_getstr(other->holding->seizure, "state")) && !gv_rank_same_case(other, own, &known) && known;
}

/* A thing is not seized twice, for whichever case; money and shares are as long as there is enough, as the rules see to. */
static int refuse_second(struct judging *j, const struct gv_rank *order, const struct gv_rank *end, const struct gv_rank *own)
{
	struct gv_str asset = own->holding->asset_id;

	if (own->missing || own->holding->hold.waited || gv_rule_listed(GV_STR("deposit,income,listed-shares,equity"), gv_val_getstr(own->holding->asset, "type")))
		return 0;
	for (const struct gv_rank *r = order; r < end; r++)
		if (r != own && stands_beside(r, own))
			return gv_fail(&j->c->err, GV_EDATA, _("SZ-42: %.*s: already seized by %.*s: it can only wait, measure=waiting (%s %s, art. %s)"), (int)asset.n, asset.p,
			               (int)r->holding->id.n, r->holding->id.p, "中华人民共和国民事诉讼法", "2023", "106(2)");
	return 0;
}

/* The lawful place, if the seizure has taken one. */
static int find_rank(struct judging *j, const struct gv_estate *e)
{
	struct gv_rank *order = gv_arena_alloc(&j->doc.arena, (e->n + 1) * sizeof *order);
	const struct gv_holding *own = e->holdings, *all;
	size_t n;
	int rc;

	while (own < e->holdings + e->n && !gv_str_eq(own->id, j->id))
		own++;
	if (!order)
		return gv_fail_nomem(&j->c->err);
	if (own == e->holdings + e->n) /* a claim is judged */
		return 0;
	all = gv_estate_on_asset(e, own, &n);
	rc = gv_rank_of(order, all, n, e->as_of, &j->c->err);
	for (size_t i = 0; i < n && !rc; i++) {
		if (!gv_str_eq(order[i].holding->id, j->id))
			continue;
		j->rank = order[i].place <= UINT32_MAX ? (uint32_t)order[i].place : 0;
		rc = j->how == SEIZURE_BEGINS && !j->said.n ? refuse_second(j, order, order + n, &order[i]) : 0;
	}
	return rc;
}

static int run_rules(struct judging *j, bool collects)
{
	struct gv_cmd *c = j->c;
	struct gv_estate e;
	struct gv_seizure_subject subject = { .estate = &e };
	struct gv_calendar *calendar = NULL;
	struct gv_seizure_policy policy;
	struct gv_check check = { .as_of = c->today, .ctx = j, .sink = take_finding, .err = &c->err, .only = gv_str_of(j->alone ? "RP-06" : ""),
	                          .skip = GV_STR("") };
	int rc = gv_calendar_load(&calendar, gv_cmd_calendar(c), &c->err);

	subject.calendar = calendar;
	j->collects = collects;
	if (!rc)
		rc = gv_seizure_policy_read(&policy, gv_store_config(gv_cmd_store(c)), c->today, &c->err);
	if (!rc)
		rc = gv_estate_read(&e, &j->doc, &j->doc.root, c->today, &policy, &c->err);
	if (!rc)
		rc = gv_rules_run(&check, gv_seizure_rules, &subject);
	if (!rc && !collects)
		rc = find_rank(j, &e);
	gv_doc_free(&check.scratch);
	gv_calendar_free(calendar);
	if (!rc && j->said.n)
		rc = gv_fail(&c->err, GV_EDATA, "%.*s", (int)j->said.n, j->said.p);
	return rc;
}

/* The record as it will be, valid by itself before it is looked at beside others. */
static int complete(struct judging *j, const char *kind, const struct gv_val *rec, struct gv_val *out)
{
	const struct gv_schema *s = gv_schema_find(gv_str_of(kind));
	struct gv_cmd *c = j->c;
	const char *last;
	int rc = gv_val_copy(&j->doc, out, rec, &c->err);

	if (!rc && !gv_val_get(out, "id")) {
		last = gv_arena_printf(&j->doc.arena, "%s-%c999999", gv_store_court(gv_cmd_store(c)), s->letter);
		rc = last ? gv_obj_set(&j->doc, out, GV_STR("id"), gv_mkstr(&j->doc, gv_str_of(last)), &c->err) : gv_fail_nomem(&c->err);
	}
	j->id = gv_val_getstr(out, "id");
	return rc ? rc : gv_rec_check(s, out, gv_cmd_caseno(c), &c->err);
}

/* An asset is judged in the hands of a seizure that is not there: the rules look at what is seized. */
static int take_alone(struct judging *j, const struct gv_val *asset)
{
	struct gv_val held = gv_mkobj();
	struct gv_err *err = &j->c->err;
	int rc = gv_obj_set(&j->doc, &held, GV_STR("asset"), *gv_val_get(asset, "id"), err);

	j->doc.root = gv_mkobj();
	j->alone = true;
	if (!rc)
		rc = put_item(j, "assets", asset);
	return rc ? rc : put_item(j, "seizures", &held);
}

static int judge_rec(struct judging *j, const char *kind, const struct gv_val *rec)
{
	struct gv_cmd *c = j->c;
	struct gv_val copy;
	int rc = complete(j, kind, rec, &copy);

	if (rc)
		return rc;
	if (strcmp(kind, "asset") == 0)
		return take_alone(j, &copy);
	if (strcmp(kind, "claim") == 0)
		return gv_obj_set(&j->doc, &j->doc.root, GV_STR("claim"), copy, &c->err);
	rc = put_asset(j, gv_val_getstr(rec, "asset"));
	return rc ? rc : put_item(j, "seizures", &copy);
}

int seizure_judge(struct gv_cmd *c, const char *kind, const struct gv_val *rec, enum seizure_how how, uint32_t *rank)
{
	struct judging j = { .c = c, .how = how, .bundle = GV_BUF_INIT(64 * GV_MIB), .said = GV_BUF_INIT(8192), .before = GV_BUF_INIT(16 * GV_MIB) };
	int rc = strcmp(kind, "asset") == 0 ? 0 : read_bundle(&j, gv_val_getstr(rec, "case"), gv_val_getstr(rec, "asset"));

	if (!rc && how == SEIZURE_BEGINS)
		rc = seizure_guard_new(c, kind, &j.doc.root, rec);
	if (!rc && how == SEIZURE_MENDS && j.doc.root.n)
		rc = run_rules(&j, true);
	if (!rc)
		rc = judge_rec(&j, kind, rec);
	if (!rc)
		rc = run_rules(&j, false);
	if (rank)
		*rank = rc ? 0 : j.rank;
	gv_buf_free(&j.before);
	gv_buf_free(&j.bundle);
	gv_buf_free(&j.said);
	gv_doc_free(&j.doc);
	gv_doc_free(&j.asset);
	return rc;
}

int seizure_judge_ranked(struct gv_cmd *c, struct gv_doc *d, struct gv_val *seizure, enum seizure_how how)
{
	uint32_t rank;
	int rc = seizure_judge(c, "seizure", seizure, how, &rank);

	/* What is only ordered has no place yet. */
	if (gv_str_is(gv_val_getstr(seizure, "state"), "ordered"))
		rank = 0;
	return rc || !rank || gv_val_get(seizure, "rank") ? rc : gv_obj_set(d, seizure, GV_STR("rank"), gv_mkint(rank), &c->err);
}
