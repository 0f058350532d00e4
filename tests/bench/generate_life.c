/* SPDX-License-Identifier: MIT */
#include "generate.h"

#include <stdio.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* ---- small steps ---- */

static void new_eid(struct gen_random *r, char eid[17])
{
	static const char base32[] = "abcdefghijklmnopqrstuvwxyz234567";
	uint64_t bits = 0;

	for (int i = 0; i < 16; i++) {
		if (i % 8 == 0)
			bits = gen_next(r);
		eid[i] = base32[bits & 31];
		bits >>= 5;
	}
	eid[16] = '\0';
}

struct gen_event *gen_event(struct gen_case *c, const char *event, gv_day on)
{
	bool shown = on <= c->g->as_of && c->nevents < GEN_EVENTS;
	struct gen_event *e = shown ? &c->events[c->nevents++] : &c->dropped;

	*e = (struct gen_event){
		.event = event, .on = on, .until = GV_DAY_NONE, .asked_on = GV_DAY_NONE,
	};
	new_eid(&c->rnd, e->eid);
	return e;
}

gv_day gen_later(struct gen_case *c, gv_day day, int from, int to)
{
	return gen_workday(c->g, day, gen_between(&c->rnd, from, to));
}

struct gen_party *gen_add_party(struct gen_case *c, const char *role, enum gen_side side)
{
	static const char *const law_firms[] = { "禾衡", "澄正", "榆言", "沅理", "昱信", "桓直" };
	struct gen_party *p;
	bool first = c->nparties == 0;

	if (c->nparties == GEN_PARTIES)
		return &c->parties[GEN_PARTIES - 1];
	p = &c->parties[c->nparties++];
	gen_party(&c->rnd, p, role, side, c->year);
	/* Whoever files tells all about himself and less about the others. */
	p->has_number = gen_chance(&c->rnd, first ? 360 : 80);
	p->has_phone = gen_chance(&c->rnd, first ? 150 : 40);
	p->has_address = gen_chance(&c->rnd, first ? 80 : 110);
	p->has_sex = p->side == GEN_PERSON && gen_chance(&c->rnd, 150);
	p->is_electronic = first && gen_chance(&c->rnd, 40);
	p->has_agent = first && gen_chance(&c->rnd, 20);
	if (p->has_agent) {
		gen_person_name(&c->rnd, p->agent, sizeof p->agent, gen_chance(&c->rnd, 550));
		snprintf(p->law_firm, sizeof p->law_firm, "上海%s律师事务所",
		         law_firms[gen_below(&c->rnd, COUNT(law_firms))]);
	}
	return p;
}

void gen_take_charge(struct gen_case *c, const char *tribunal)
{
	c->tribunal = tribunal;
	gen_official(c->judge, sizeof c->judge, tribunal, gen_below(&c->rnd, 7));
	if (gen_chance(&c->rnd, 550))
		gen_official(c->clerk, sizeof c->clerk, tribunal, 100 + gen_below(&c->rnd, 5));
}

void gen_close(struct gen_case *c, const char *how, gv_day decided, gv_day closed)
{
	gv_day archived = gen_later(c, closed, 40, 90);
	bool keeps = gen_chance(&c->rnd, 920);

	if (decided != GV_DAY_NONE && decided <= c->g->as_of)
		c->decided = decided;
	gen_event(c, "close", closed);
	if (closed > c->g->as_of)
		return;
	c->closed = closed;
	c->closed_by = how;
	c->state = "closed";
	if (archived > c->g->as_of || keeps)
		return;
	gen_event(c, "archive", archived);
	c->state = "archived";
}

int64_t gen_fee(int64_t claim_fen)
{
	/* Upper end of each band in yuan, and its rate in tenths of a percent (FE-01). */
	static const struct { int64_t to; int rate; } bands[] = {
		{ 100000, 25 }, { 200000, 20 }, { 500000, 15 }, { 1000000, 10 }, { 2000000, 9 },
		{ 5000000, 8 }, { 10000000, 7 }, { 20000000, 6 }, { INT64_MAX / 100, 5 },
	};
	int64_t fee = 5000, from = 1000000;

	for (size_t i = 0; i < COUNT(bands) && claim_fen > from; i++) {
		int64_t to = bands[i].to * 100 < claim_fen ? bands[i].to * 100 : claim_fen;

		fee += (to - from) * bands[i].rate / 1000;
		from = bands[i].to * 100;
	}
	return fee;
}

/* ---- cases that follow another ---- */

static bool grants_money(const struct gen_case *c)
{
	return c->closed_by && c->awarded > 0;
}

static bool is_round_ended(const struct gen_case *c)
{
	return c->closed_by && strcmp(c->closed_by, "round-ended") == 0;
}

static bool is_any(const struct gen_case *c)
{
	return c->filed != GV_DAY_NONE;
}

typedef bool fits_fn(const struct gen_case *c);

/* An earlier case of this type that fits, received about so many working days before. */
static bool find_origin(struct gen_case *origin, struct gen_case *c, enum gen_type type,
                        fits_fn *fits, int from_days, int to_days)
{
	for (int tries = 0; tries < 24; tries++) {
		int days = gen_between(&c->rnd, from_days, to_days);
		uint64_t back = gen_cases_in(c->g, (unsigned)days) + 1;

		if (back > c->index)
			continue;
		gen_case_place(origin, c->g, c->index - back);
		if (origin->type != type)
			continue;
		gen_case_make(origin, c->g, c->index - back);
		if (fits(origin) &&
		    (origin->closed == GV_DAY_NONE || origin->closed + 16 < c->received))
			return true;
	}
	return false;
}

static void take_over(struct gen_case *c, const struct gen_case *origin, const char *from,
                      const char *as)
{
	for (size_t i = 0; i < origin->nparties && c->nparties < GEN_PARTIES; i++)
		if (strcmp(origin->parties[i].role, from) == 0) {
			c->parties[c->nparties] = origin->parties[i];
			c->parties[c->nparties++].role = as;
		}
}

static void enforcement_parties(struct gen_case *c)
{
	static const char *const causes[] = {
		"劳动争议", "公证债权文书", "仲裁裁决", "买卖合同纠纷", "民间借贷纠纷",
	};
	struct gen_case origin;
	bool first = c->type == GEN_ENFORCEMENT;
	bool found = first ? find_origin(&origin, c, GEN_CIVIL, grants_money, 40, 190)
	                   : find_origin(&origin, c, GEN_ENFORCEMENT, is_round_ended, 100, 400);

	if (found) {
		take_over(c, &origin, first ? "原告" : "申请执行人", "申请执行人");
		take_over(c, &origin, first ? "被告" : "被执行人", "被执行人");
		c->cause = origin.cause;
		c->claim = origin.awarded;
		if (!first)
			c->claim = origin.claim / 100 * gen_between(&c->rnd, 35, 100);
		c->rel = first ? "enforces" : "related";
		gen_case_number(&origin, c->link, sizeof c->link);
		return;
	}
	/* Arbitral awards, notarial deeds and judgments of other courts. */
	gen_add_party(c, "申请执行人", gen_chance(&c->rnd, 500) ? GEN_FIRM : GEN_PERSON);
	gen_add_party(c, "被执行人", gen_chance(&c->rnd, 450) ? GEN_FIRM : GEN_PERSON);
	c->cause = causes[gen_below(&c->rnd, COUNT(causes))];
	c->claim = gen_amount(&c->rnd, 60000);
}

static void enforcement(struct gen_case *c)
{
	static const char *const ends[] = {
		"round-ended", "performed", "terminated", "withdrawal", "other",
	};
	uint32_t x = gen_below(&c->rnd, 1000);
	const char *how = ends[x < 480 ? 0 : x < 770 ? 1 : x < 950 ? 2 : x < 980 ? 3 : 4];
	bool slow = gen_chance(&c->rnd, 35);
	gv_day end = gen_later(c, c->filed, slow ? 126 : 25, slow ? 190 : 121);

	enforcement_parties(c);
	gen_take_charge(c, "执行局");
	if (gen_chance(&c->rnd, 300))
		gen_event(c, "serve", gen_later(c, c->filed, 3, 10));
	if (gen_chance(&c->rnd, 60)) {
		gv_day stop = gen_later(c, c->filed, 12, 22);
		gv_day go = gen_later(c, stop, 20, 80);

		gen_event(c, "suspend", stop);
		gen_event(c, "resume", go);
		c->state = stop <= c->g->as_of && go > c->g->as_of ? "suspended" : c->state;
		end = gen_workday(c->g, end + (go - stop), 0);
	}
	if (strcmp(how, "performed") == 0) {
		gen_event(c, "perform", end);
		c->state = end <= c->g->as_of ? "performed" : c->state;
		end = gen_later(c, end + 1, 0, 6);
	}
	gen_close(c, how, GV_DAY_NONE, end);
}

static void objection(struct gen_case *c)
{
	struct gen_case origin;
	gv_day end = gen_later(c, c->filed, 5, 13);

	gen_add_party(c, "异议人", gen_chance(&c->rnd, 700) ? GEN_PERSON : GEN_FIRM);
	if (find_origin(&origin, c, GEN_ENFORCEMENT, is_any, 8, 90)) {
		take_over(c, &origin, "申请执行人", "申请执行人");
		take_over(c, &origin, "被执行人", "被执行人");
		c->cause = origin.cause;
		c->rel = "related";
		gen_case_number(&origin, c->link, sizeof c->link);
	} else {
		gen_add_party(c, "申请执行人", GEN_PERSON);
		gen_add_party(c, "被执行人", GEN_PERSON);
		c->cause = "民间借贷纠纷";
	}
	gen_take_charge(c, "执行局");
	gen_event(c, "hear", gen_workday(c->g, c->filed, 4));
	gen_close(c, gen_chance(&c->rnd, 860) ? "ruling" : "withdrawal", end, end);
}

/* ---- other first instances ---- */

static void review(struct gen_case *c)
{
	static const char *const acts[] = { "罚款", "责令改正", "责令退还非法占用土地", "责令限期拆除", "加处罚款或者滞纳金" };
	gv_day end = gen_later(c, c->filed, 2, 5);

	c->cause = acts[gen_below(&c->rnd, COUNT(acts))];
	gen_add_party(c, "申请执行人", GEN_AUTHORITY)->has_phone = true;
	gen_add_party(c, "被执行人", gen_chance(&c->rnd, 600) ? GEN_FIRM : GEN_PERSON);
	if (strcmp(c->cause, "罚款") == 0)
		c->claim = gen_between(&c->rnd, 3, 400) * 50000;
	gen_take_charge(c, "行政审判庭");
	gen_event(c, "serve", gen_workday(c->g, c->filed, 1));
	gen_close(c, gen_chance(&c->rnd, 940) ? "ruling" : "withdrawal", end, end);
}

static void criminal(struct gen_case *c)
{
	/* years: what the charge may bring; quick: how many of a thousand are tried fast-track */
	static const struct {
		const char *name;
		uint16_t weight, quick;
		uint8_t years;
	} charges[] = {
		{ "危险驾驶罪", 300, 800, 0 }, { "盗窃罪", 180, 450, 3 }, { "诈骗罪", 120, 100, 10 },
		{ "交通肇事罪", 60, 350, 3 }, { "帮助信息网络犯罪活动罪", 80, 300, 3 },
		{ "故意伤害罪", 55, 150, 3 }, { "寻衅滋事罪", 45, 50, 5 }, { "开设赌场罪", 35, 50, 5 },
		{ "掩饰、隐瞒犯罪所得、犯罪所得收益罪", 30, 200, 3 }, { "职务侵占罪", 25, 50, 5 },
		{ "容留他人吸毒罪", 15, 400, 3 }, { "污染环境罪", 10, 0, 3 },
		{ "销售假冒注册商标的商品罪", 15, 100, 3 }, { "拒不执行判决、裁定罪", 15, 100, 3 },
		{ "妨害公务罪", 15, 250, 3 },
	};
	static const struct { const char *name; uint8_t from, to; } procedures[] = {
		{ "fast-track", 4, 6 }, { "simplified", 8, 12 }, { "ordinary", 20, 41 },
	};
	uint32_t x = gen_below(&c->rnd, 1000), i = 0, p;
	gv_day end;

	while (x >= charges[i].weight)
		x -= charges[i++].weight;
	c->cause = charges[i].name;
	c->penalty_years = charges[i].years;
	c->in_custody = gen_chance(&c->rnd, charges[i].years ? 560 : 60);
	p = gen_chance(&c->rnd, charges[i].quick) ? 0 : gen_chance(&c->rnd, 520) ? 1 : 2;
	c->procedure = procedures[p].name;
	end = gen_later(c, c->filed, procedures[p].from, procedures[p].to);
	c->parties[c->nparties++] = (struct gen_party){
		.role = "公诉机关", .side = GEN_AUTHORITY, .name = "上海市嘉定区人民检察院",
	};
	for (uint32_t n = gen_chance(&c->rnd, 130) + 1u; n > 0; n--) {
		struct gen_party *accused = gen_add_party(c, "被告人", GEN_PERSON);

		accused->has_sex = true;
		accused->has_number = gen_chance(&c->rnd, 500);
	}
	gen_take_charge(c, "刑事审判庭");
	gen_event(c, "serve", gen_workday(c->g, c->filed, 1));
	gen_event(c, "hear", gen_later(c, end, p ? -4 : -1, -1));
	gen_close(c, gen_chance(&c->rnd, 978) ? "judgment" : "withdrawal", end, end);
}

static void special(struct gen_case *c)
{
	bool confirms = gen_chance(&c->rnd, 800);
	bool old = c->filed < gv_day_of(2021, 1, 1);
	bool incapable = !confirms && gen_chance(&c->rnd, 500);
	gv_day end = gen_later(c, c->filed, confirms ? 1 : 12, confirms ? 8 : 19);

	c->procedure = "special";
	c->list = old ? "2011" : "2020";
	if (confirms) {
		c->cause = old ? "申请确认调解协议效力" : "申请司法确认调解协议";
		gen_add_party(c, "申请人", GEN_PERSON);
		gen_add_party(c, "申请人", gen_chance(&c->rnd, 400) ? GEN_FIRM : GEN_PERSON);
		c->claim = gen_amount(&c->rnd, 24000);
	} else {
		c->cause = incapable ? "申请宣告自然人无民事行为能力" : "申请实现担保物权";
		gen_add_party(c, "申请人", incapable ? GEN_PERSON : GEN_BANK);
		gen_add_party(c, "被申请人", GEN_PERSON);
	}
	gen_take_charge(c, confirms ? "立案庭" : "民事审判庭");
	gen_event(c, "serve", gen_workday(c->g, c->filed, 1));
	gen_close(c, gen_chance(&c->rnd, 930) ? "ruling" : "withdrawal", end, end);
}

/* ---- every case ---- */

/* A few records with a slip of the kind that clerks make, so that a check has something to find. */
static void slip(struct gen_case *c)
{
	uint32_t x = gen_below(&c->rnd, 1000);

	if (x == 0 && c->filed != GV_DAY_NONE)
		c->forgot_receipt = true;
	for (size_t i = 0; x == 1 && i < c->nparties; i++) {
		struct gen_party *p = &c->parties[i];

		if (p->side != GEN_PERSON || !p->has_number)
			continue;
		p->number[17] = p->number[17] == '7' ? '8' : '7';
		break;
	}
	if (x == 2 && c->cause && strcmp(c->cause, "中介合同纠纷") != 0 && c->type == GEN_CIVIL &&
	    strcmp(c->list, "2020") == 0)
		c->cause = "居间合同纠纷";
	for (size_t i = 0; i < c->nevents; i++)
		if (x >= 3 && x < 60 && strcmp(c->events[i].event, "extend") == 0)
			c->events[i].asked_on = GV_DAY_NONE;
}

void gen_case_make(struct gen_case *c, const struct gen_register *g, uint64_t index)
{
	static void (*const lives[GEN_TYPES])(struct gen_case *) = {
		[GEN_CIVIL] = gen_civil_life, [GEN_ENFORCEMENT] = enforcement,
		[GEN_RESUMED] = enforcement, [GEN_OBJECTION] = objection, [GEN_REVIEW] = review,
		[GEN_CRIMINAL] = criminal, [GEN_SPECIAL] = special,
	};
	uint32_t x;

	gen_case_place(c, g, index);
	x = gen_below(&c->rnd, 100);
	c->channel = x < 46 ? "online" : x < 94 ? "paper" : x < 97 ? "cross-region" : "oral";
	c->state = "open";
	if (c->type != GEN_CIVIL) { /* checked at the counter, or handed over by an office */
		if (c->type == GEN_CRIMINAL || c->type == GEN_REVIEW)
			c->channel = "paper";
		c->filed = gen_workday(g, c->received, gen_chance(&c->rnd, 850) ? 0 : 1);
		if (c->filed > g->as_of)
			c->filed = c->received;
		gen_event(c, "file", c->filed);
	}
	lives[c->type](c);
	slip(c);
}
