/* SPDX-License-Identifier: MIT */
/* Civil cases: from the counter to the end of the trial. */
#include "generate.h"

#include <stdio.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum fee { FEE_BY_CLAIM, FEE_LABOUR, FEE_DIVORCE, FEE_FIXED };

/* plaintiff and defendant: how many of a thousand are units; or a kind of firm, see side(). */
enum { BANKS = 2000, INSURERS, PROPERTY_FIRMS };

static const struct cause {
	const char *name, *before_2021;  /* where the list of 2011 had another name */
	uint16_t weight, plaintiff, defendant;
	uint8_t fee;
	int32_t median_yuan;             /* 0: no amount is claimed */
} causes[] = {
	{ "民间借贷纠纷", NULL, 118, 40, 60, FEE_BY_CLAIM, 82000 },
	{ "买卖合同纠纷", NULL, 98, 820, 740, FEE_BY_CLAIM, 96000 },
	{ "机动车交通事故责任纠纷", NULL, 92, 20, 80, FEE_BY_CLAIM, 61000 },
	{ "房屋租赁合同纠纷", NULL, 60, 560, 520, FEE_BY_CLAIM, 66000 },
	{ "物业服务合同纠纷", NULL, 58, PROPERTY_FIRMS, 60, FEE_BY_CLAIM, 5200 },
	{ "离婚纠纷", NULL, 56, 0, 0, FEE_DIVORCE, 0 },
	{ "信用卡纠纷", NULL, 46, BANKS, 0, FEE_BY_CLAIM, 31000 },
	{ "金融借款合同纠纷", NULL, 40, BANKS, 150, FEE_BY_CLAIM, 190000 },
	{ "承揽合同纠纷", NULL, 37, 850, 820, FEE_BY_CLAIM, 78000 },
	{ "劳动合同纠纷", NULL, 36, 120, 1000, FEE_LABOUR, 39000 },
	{ "追索劳动报酬纠纷", NULL, 30, 0, 960, FEE_LABOUR, 19000 },
	{ "服务合同纠纷", NULL, 28, 350, 880, FEE_BY_CLAIM, 14000 },
	{ "建设工程施工合同纠纷", NULL, 23, 780, 930, FEE_BY_CLAIM, 430000 },
	{ "装饰装修合同纠纷", NULL, 18, 420, 560, FEE_BY_CLAIM, 62000 },
	{ "教育培训合同纠纷", NULL, 16, 0, 1000, FEE_BY_CLAIM, 12000 },
	{ "运输合同纠纷", NULL, 15, 820, 780, FEE_BY_CLAIM, 45000 },
	{ "加工合同纠纷", NULL, 15, 900, 900, FEE_BY_CLAIM, 83000 },
	{ "房屋买卖合同纠纷", NULL, 15, 30, 260, FEE_BY_CLAIM, 310000 },
	{ "融资租赁合同纠纷", NULL, 14, 1000, 140, FEE_BY_CLAIM, 150000 },
	{ "生命权、身体权、健康权纠纷", "生命权、健康权、身体权纠纷", 14, 0, 240, FEE_BY_CLAIM, 36000 },
	{ "提供劳务者受害责任纠纷", NULL, 12, 0, 520, FEE_BY_CLAIM, 74000 },
	{ "法定继承纠纷", NULL, 12, 0, 0, FEE_BY_CLAIM, 380000 },
	{ "合同纠纷", NULL, 12, 500, 700, FEE_BY_CLAIM, 51000 },
	{ "股权转让纠纷", NULL, 10, 200, 300, FEE_BY_CLAIM, 320000 },
	{ "财产损害赔偿纠纷", NULL, 10, 180, 330, FEE_BY_CLAIM, 24000 },
	{ "不当得利纠纷", NULL, 10, 240, 150, FEE_BY_CLAIM, 29000 },
	{ "票据追索权纠纷", NULL, 9, 1000, 1000, FEE_BY_CLAIM, 200000 },
	{ "保证合同纠纷", NULL, 8, 700, 300, FEE_BY_CLAIM, 210000 },
	{ "经济补偿金纠纷", NULL, 8, 60, 1000, FEE_LABOUR, 33000 },
	{ "共有物分割纠纷", NULL, 8, 0, 0, FEE_BY_CLAIM, 450000 },
	{ "抚养费纠纷", NULL, 8, 0, 0, FEE_FIXED, 24000 },
	{ "中介合同纠纷", "居间合同纠纷", 7, 540, 350, FEE_BY_CLAIM, 28000 },
	{ "分家析产纠纷", NULL, 6, 0, 0, FEE_BY_CLAIM, 520000 },
	{ "确认劳动关系纠纷", NULL, 6, 0, 1000, FEE_LABOUR, 0 },
	{ "排除妨害纠纷", NULL, 6, 150, 150, FEE_FIXED, 0 },
	{ "委托合同纠纷", NULL, 6, 400, 450, FEE_BY_CLAIM, 47000 },
	{ "保险人代位求偿权纠纷", NULL, 6, INSURERS, 220, FEE_BY_CLAIM, 16000 },
	{ "相邻关系纠纷", NULL, 5, 0, 60, FEE_FIXED, 0 },
	{ "股东知情权纠纷", NULL, 5, 150, 1000, FEE_FIXED, 0 },
	{ "赡养费纠纷", NULL, 4, 0, 0, FEE_FIXED, 18000 },
	{ "仓储合同纠纷", NULL, 4, 950, 850, FEE_BY_CLAIM, 68000 },
	{ "案外人执行异议之诉", NULL, 4, 350, 400, FEE_FIXED, 0 },
};

static const struct cause *pick_cause(struct gen_random *r)
{
	uint32_t all = 0, x;
	size_t i = 0;

	for (size_t k = 0; k < COUNT(causes); k++)
		all += causes[k].weight;
	for (x = gen_below(r, all); x >= causes[i].weight; i++)
		x -= causes[i].weight;
	return &causes[i];
}

static enum gen_side side(struct gen_random *r, unsigned units)
{
	if (units >= BANKS)
		return units == BANKS ? GEN_BANK : units == INSURERS ? GEN_INSURER
		                                                     : GEN_PROPERTY_FIRM;
	return gen_chance(r, units) ? GEN_FIRM : GEN_PERSON;
}

static void parties(struct gen_case *c, const struct cause *cause)
{
	if (cause->fee == FEE_DIVORCE) {
		bool husband = gen_chance(&c->rnd, 320);

		gen_add_party(c, "原告", husband ? GEN_MAN : GEN_WOMAN);
		gen_add_party(c, "被告", husband ? GEN_WOMAN : GEN_MAN);
		return;
	}
	gen_add_party(c, "原告", side(&c->rnd, cause->plaintiff));
	gen_add_party(c, "被告", side(&c->rnd, cause->defendant));
	if (strcmp(cause->name, "机动车交通事故责任纠纷") == 0 && gen_chance(&c->rnd, 850))
		gen_add_party(c, "被告", GEN_INSURER);
	else if (gen_chance(&c->rnd, 90))
		gen_add_party(c, "被告", side(&c->rnd, cause->defendant));
	if (gen_chance(&c->rnd, 25))
		gen_add_party(c, "第三人", GEN_FIRM);
}

/* ---- before filing ---- */

/* True if the case was filed; its day may still be behind the last day of the register. */
static bool filing(struct gen_case *c)
{
	const struct gen_register *g = c->g;
	uint32_t x = gen_below(&c->rnd, 1000);
	gv_day asked, answered, begun = c->received;

	if (x < 890) { /* in order: registered on the spot (LA-03) */
		c->filed = c->received;
	} else if (x < 955) {
		gen_event(c, "receive", begun);
		c->filed = gen_later(c, begun, 1, 4);
	} else if (x < 980) {
		gen_event(c, "receive", begun);
		asked = gen_later(c, begun, 1, 4);
		gen_event(c, "ask-correction", asked)->until = asked + 10;
		answered = gen_later(c, asked, 2, 7);
		gen_event(c, "correct", answered);
		c->filed = gen_later(c, answered, 1, 4);
		if (asked <= g->as_of)
			c->state = answered <= g->as_of ? "reviewing" : "correcting";
	} else if (x < 994) {
		gen_event(c, "receive", begun);
		asked = gen_workday(g, begun, 1);
		gen_event(c, "premediate", asked)->until = asked + 30;
		c->filed = gen_later(c, asked, 8, 20);
		c->state = asked <= g->as_of ? "premediation" : c->state;
	} else {
		gen_event(c, "receive", begun);
		answered = gen_later(c, begun, 1, 4);
		gen_event(c, "withdraw-filing", answered);
		c->state = answered <= g->as_of ? "withdrawn" : c->state;
		return false;
	}
	if (c->filed > g->as_of)
		return false;
	gen_event(c, "file", c->filed);
	c->state = "open";
	return true;
}

/* ---- the trial ---- */

struct trial {
	const struct cause *cause;
	const char *how;         /* it will end, if it ends in time */
	int length;              /* working days */
	gv_day end, heard;
};

static void choose_procedure(struct gen_case *c, struct trial *t)
{
	bool simple = t->cause->fee == FEE_LABOUR || t->cause->fee == FEE_BY_CLAIM;
	bool slow = gen_chance(&c->rnd, 40);

	if (simple && c->claim > 0 && c->claim < 5000000 && gen_chance(&c->rnd, 420)) {
		c->procedure = "small-claim";
		t->length = slow ? gen_between(&c->rnd, 42, 60) : gen_between(&c->rnd, 9, 37);
	} else if (strcmp(t->cause->name, "案外人执行异议之诉") != 0 && gen_chance(&c->rnd, 720)) {
		c->procedure = "simplified";
		t->length = slow ? gen_between(&c->rnd, 62, 85) : gen_between(&c->rnd, 14, 57);
	} else {
		c->procedure = "ordinary";
		t->length = slow ? gen_between(&c->rnd, 125, 190) : gen_between(&c->rnd, 40, 118);
	}
}

static void choose_end(struct gen_case *c, struct trial *t)
{
	static const struct { const char *how; uint16_t weight; uint8_t tenths; } ends[] = {
		{ "judgment", 418, 10 }, { "mediation", 246, 7 }, { "withdrawal", 238, 5 },
		{ "deemed-withdrawn", 46, 6 }, { "dismissal", 28, 7 }, { "transfer", 16, 3 },
		{ "ruling", 8, 6 },
	};
	uint32_t x = gen_below(&c->rnd, 1000), i = 0;

	while (x >= ends[i].weight)
		x -= ends[i++].weight;
	t->how = ends[i].how;
	t->length = t->length * ends[i].tenths / 10;
	if (t->length < 4)
		t->length = 4;
	t->end = gen_workday(c->g, c->filed, t->length);
}

/* A time that is not counted: the end moves by it. */
static void pause(struct gen_case *c, struct trial *t, const char *begins, const char *ends,
                  int from, int to)
{
	gv_day start = gen_workday(c->g, c->filed, t->length * 2 / 5);
	gv_day stop = gen_later(c, start, from, to);

	gen_event(c, begins, start);
	gen_event(c, ends, stop);
	t->end = gen_workday(c->g, t->end + (stop - start), 0);
	if (begins[0] == 's' && start <= c->g->as_of && stop > c->g->as_of)
		c->state = "suspended";
}

static void public_notice(struct gen_case *c, struct trial *t)
{
	gv_day on = gen_workday(c->g, c->filed, 8);
	/* 30 days since 2022, 60 before (SV-06). */
	gv_day until = on + (on < gv_day_of(2022, 1, 1) ? 60 : 30);
	struct gen_event *e = gen_event(c, "serve", on);

	e->name = "method";
	e->value = "public-notice";
	c->procedure = "ordinary";
	gen_event(c, "announce", gen_workday(c->g, on, 1))->until = until + 1;
	t->end = gen_workday(c->g, until + t->length, 20);
}

static void convert(struct gen_case *c, struct trial *t)
{
	gv_day on = gen_later(c, c->filed, 34, 54);
	struct gen_event *e = gen_event(c, "convert", on);

	e->name = "to";
	e->value = "ordinary";
	if (on <= c->g->as_of)
		c->procedure = "ordinary";
	t->end = gen_later(c, on, 15, 62);
}

/* Asked for 15 days, decided 5 days before the limit (SL-14). */
static void extend(struct gen_case *c, struct trial *t)
{
	bool ordinary = c->procedure[0] == 'o';
	int months = ordinary ? 6 : c->procedure[1] == 'i' ? 3 : 2, more = ordinary ? 3 : 1;
	gv_day limit = gv_day_add_months(c->filed, months);
	gv_day asked = gen_later(c, limit - 15, -5, -2);
	struct gen_event *e = gen_event(c, "extend", gen_later(c, limit - 5, -4, -2));

	e->months = more;
	e->asked_on = asked;
	e->name = "authority";
	e->value = "president";
	t->end = gen_later(c, limit, 2, more * 17);
}

static void incident(struct gen_case *c, struct trial *t)
{
	uint32_t x = gen_below(&c->rnd, 1000);
	bool quick = c->procedure[0] == 's';

	if (x < 40)
		pause(c, t, "appraise", "appraise-end", 20, 55);
	else if (x < 62)
		pause(c, t, "suspend", "resume", 25, 130);
	else if (x < 85)
		pause(c, t, "mediate", "mediate-end", 10, 20);
	else if (x < 100)
		pause(c, t, "object", "object-end", 8, 20);
	else if (x < 140)
		public_notice(c, t);
	else if (x < 185 && quick)
		convert(c, t);
	else if (x < 215)
		extend(c, t);
	else if (x < 255)
		gen_event(c, "preserve", gen_workday(c->g, c->filed, 2));
}

static void hearings(struct gen_case *c, struct trial *t)
{
	static const char *const rooms[] = { "第一法庭", "第二法庭", "第三法庭", "第五法庭", "第八法庭", "互联网法庭" };
	bool needed = strcmp(t->how, "judgment") == 0 || strcmp(t->how, "dismissal") == 0;
	struct gen_event *e;

	t->heard = GV_DAY_NONE;
	if (!needed && !gen_chance(&c->rnd, strcmp(t->how, "mediation") == 0 ? 450 : 120))
		return;
	t->heard = gen_workday(c->g, t->end, needed ? -(2 + t->length / 8) : -1);
	if (needed && t->length > 30 && gen_chance(&c->rnd, 50)) {
		gen_event(c, "adjourn", t->heard);
		t->heard = gen_workday(c->g, t->heard, 2);
	}
	e = gen_event(c, "hear", t->heard);
	if (gen_chance(&c->rnd, 140)) {
		e->name = "room";
		e->value = rooms[gen_below(&c->rnd, COUNT(rooms))];
	}
}

/* ---- money ---- */

static void fees(struct gen_case *c, const struct trial *t)
{
	static const int64_t fixed[] = {
		[FEE_LABOUR] = 1000, [FEE_DIVORCE] = 20000, [FEE_FIXED] = 8000,
	};
	bool mild = strcmp(t->how, "mediation") == 0 || strcmp(t->how, "withdrawal") == 0 ||
	            strcmp(t->how, "deemed-withdrawn") == 0;

	c->fee = t->cause->fee == FEE_BY_CLAIM ? gen_fee(c->claim) : fixed[t->cause->fee];
	/* Once at most: simplified procedure, or an end by mediation or withdrawal (FE-03). */
	if (c->procedure[0] == 's' || (c->closed_by && mild))
		c->fee /= 2;
}

static void outcome(struct gen_case *c, const struct trial *t)
{
	bool judged = strcmp(t->how, "judgment") == 0, mediated = strcmp(t->how, "mediation") == 0;

	if (!c->closed_by)
		return;
	if (c->claim > 0 && judged) {
		int share = gen_chance(&c->rnd, 380) ? 100 : gen_between(&c->rnd, 22, 99);

		c->awarded = share == 100 ? c->claim : c->claim / 100 * share;
		if (gen_chance(&c->rnd, 90))
			c->awarded = 0;
	}
	if (c->claim > 0 && mediated)
		c->awarded = c->claim / 1000 * gen_between(&c->rnd, 500, 1000);
	if (mediated && gen_chance(&c->rnd, 400))
		c->effective = c->closed;
	if (judged && gen_chance(&c->rnd, 200) && c->closed + 16 <= c->g->as_of)
		c->effective = c->closed + 16;
	if (judged && gen_chance(&c->rnd, 200)) {
		gv_day on = gen_later(c, c->closed, 10, 45);

		c->published = on <= c->g->as_of ? on : GV_DAY_NONE;
	}
}

static const char *pick_tribunal(struct gen_random *r)
{
	static const char *const tribunals[] = {
		"民事审判庭", "第一人民法庭", "第二人民法庭", "第三人民法庭", "第四人民法庭",
	};

	return tribunals[gen_chance(r, 380) ? 0 : 1 + gen_below(r, 4)];
}

void gen_civil_life(struct gen_case *c)
{
	struct trial t = { .cause = pick_cause(&c->rnd), .heard = GV_DAY_NONE };
	bool filed;
	gv_day decided;

	c->state = "received";
	if (t.cause->median_yuan)
		c->claim = gen_amount(&c->rnd, t.cause->median_yuan);
	parties(c, t.cause);
	filed = filing(c);
	if (c->filed == GV_DAY_NONE || c->filed >= gv_day_of(2021, 1, 1)) {
		c->list = "2020";
		c->cause = t.cause->name;
	} else {
		c->list = "2011";
		c->cause = t.cause->before_2021 ? t.cause->before_2021 : t.cause->name;
	}
	if (!filed) {
		c->tribunal = "立案庭";
		c->filed = GV_DAY_NONE;
		return;
	}
	gen_take_charge(c, pick_tribunal(&c->rnd));
	choose_procedure(c, &t);
	choose_end(c, &t);
	if (gen_chance(&c->rnd, 160)) {
		struct gen_event *e;

		e = gen_event(c, "serve", gen_later(c, c->filed, 1, 3));
		e->name = "method";
		e->value = gen_chance(&c->rnd, 600) ? "electronic" : "post";
	}
	incident(c, &t);
	hearings(c, &t);
	decided = strcmp(t.how, "judgment") == 0 ? gen_later(c, t.end, -1, 0) : GV_DAY_NONE;
	gen_close(c, t.how, decided, t.end);
	fees(c, &t);
	outcome(c, &t);
}
