/* SPDX-License-Identifier: MIT */
/*
 * People who do not exist.  Their numbers are right in form and cannot be anybody's: region 310199
 * was never given out, no mobile number begins with 154, and the roads are put together by chance.
 */
#include "generate.h"

#include <stdio.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define PICK(r, list) ((list)[gen_below((r), (uint32_t)COUNT(list))])

/* The most frequent first: the choice leans to the front. */
static const char *const surnames[] = {
	"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "高", "林", "罗",
	"郑", "梁", "谢", "宋", "唐", "许", "韩", "邓", "冯", "曹", "彭", "曾", "肖", "田", "董", "潘", "袁", "蔡", "蒋", "余",
	"于", "杜", "叶", "程", "魏", "苏", "吕", "丁", "任", "卢", "姚", "沈", "钟", "姜", "崔", "谭", "陆", "范", "汪", "廖",
	"石", "金", "韦", "贾", "夏", "付", "方", "邹", "熊", "白", "孟", "秦", "邱", "侯", "江", "尹", "薛", "闫", "段", "雷",
	"龙", "黎", "史", "陶", "贺", "毛", "郝", "顾", "龚", "邵", "万", "覃", "武", "钱", "戴", "严", "莫", "孔", "向", "常",
};
static const char *const compound_surnames[] = {
	"欧阳", "上官", "司徒", "司马", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "端木",
};
static const char *const male_characters[] = {
	"伟", "强", "军", "勇", "杰", "涛", "斌", "辉", "鹏", "飞", "刚", "波", "亮", "浩", "宇", "俊", "峰", "磊", "超", "凯",
	"龙", "林", "健", "翔", "志", "建", "国", "文", "明", "永", "荣", "东", "海", "成", "德", "兴", "家", "树", "庆", "卫",
};
static const char *const female_characters[] = {
	"芳", "娜", "敏", "静", "丽", "艳", "娟", "霞", "燕", "玲", "丹", "萍", "红", "玉", "兰", "英", "梅", "莉", "秀", "慧",
	"颖", "雪", "琳", "晶", "洁", "婷", "佳", "欣", "怡", "倩", "蓉", "珍", "凤", "月", "云", "彩", "春", "菊", "华", "美",
};
static const char *const firm_first[] = {
	"桓", "禾", "峻", "岚", "澄", "珩", "昱", "榕", "泓", "屹", "枫", "锦", "硕", "翎", "祺", "沅", "旻", "衡", "叡", "湛",
};
static const char *const firm_second[] = {
	"泽", "拓", "川", "瑞", "朗", "驰", "越", "邦", "睿", "腾", "岳", "禄", "源", "宸", "晟", "垒", "铭", "迈", "钧", "楚",
};
static const char *const trades[] = {
	"汽车零部件", "机电设备", "物流", "建筑装饰工程", "餐饮管理", "电子科技", "贸易", "新材料", "模具", "包装制品",
	"劳务派遣", "金属制品", "供应链管理", "建设工程", "服饰", "信息技术", "塑料制品", "汽车租赁", "食品", "自动化设备",
};
static const char *const road_first[] = {
	"桐", "槿", "栖", "汀", "芷", "榆", "苇", "菖", "梧", "葭", "杉", "茗", "荻", "楝", "棠", "藕",
};
static const char *const road_second[] = {
	"宁", "霞", "泽", "安", "溪", "桥", "埠", "兴", "盛", "和", "秀", "丰",
};

/* ---- names ---- */

static const char *surname(struct gen_random *r)
{
	uint32_t a, b;

	if (gen_chance(r, 7))
		return PICK(r, compound_surnames);
	/* The smaller of two chances: the front of the list is likelier. */
	a = gen_below(r, COUNT(surnames));
	b = gen_below(r, COUNT(surnames));
	return surnames[a < b ? a : b];
}

void gen_person_name(struct gen_random *r, char *out, size_t size, bool male)
{
	const char *const *given = male ? male_characters : female_characters;
	uint32_t n = male ? COUNT(male_characters) : COUNT(female_characters);
	const char *family = surname(r), *last = given[gen_below(r, n)];
	const char *middle = gen_chance(r, 150) ? "" : given[gen_below(r, n)];

	snprintf(out, size, "%s%s%s", family, middle, last);
}

void gen_official(char *out, size_t size, const char *tribunal, unsigned which)
{
	uint64_t h = 1469598103934665603u;
	struct gen_random r;

	for (const char *p = tribunal; *p; p++)
		h = (h ^ (unsigned char)*p) * 1099511628211u;
	r = gen_random_of(h, which);
	gen_person_name(&r, out, size, gen_chance(&r, 500));
}

static void firm_name(struct gen_random *r, struct gen_party *p)
{
	const char *first = PICK(r, firm_first), *second = PICK(r, firm_second);

	switch (p->side) {
	case GEN_BANK:
		snprintf(p->name, sizeof p->name, "%s%s银行股份有限公司上海分行", first, second);
		break;
	case GEN_INSURER:
		snprintf(p->name, sizeof p->name, "%s%s财产保险股份有限公司上海分公司", first, second);
		break;
	case GEN_PROPERTY_FIRM:
		snprintf(p->name, sizeof p->name, "上海%s%s物业管理有限公司", first, second);
		break;
	default:
		snprintf(p->name, sizeof p->name, "上海%s%s%s有限公司", first, second, PICK(r, trades));
	}
}

static void authority_name(struct gen_random *r, struct gen_party *p)
{
	static const char *const names[] = {
		"第一综合执法大队", "第二综合执法大队", "规划执法所", "市场执法所", "劳动执法所",
	};

	snprintf(p->name, sizeof p->name, "上海市嘉定区%s", PICK(r, names));
}

/* ---- numbers ---- */

static void resident_id(struct gen_random *r, struct gen_party *p, int year)
{
	static const int8_t weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
	/* One after the other: in one expression the compiler chooses the order. */
	unsigned young = gen_below(r, 58), old = gen_below(r, 58);
	unsigned born = (unsigned)year - 18 - (young + old) / 2;
	unsigned month = gen_below(r, 12) + 1;
	unsigned day = gen_below(r, 28) + 1;
	unsigned order = gen_below(r, 500) * 2 + p->is_male;
	int sum = 0;

	snprintf(p->number, sizeof p->number, "310199%04u%02u%02u%03u", born % 10000u, month, day,
	         order % 1000u);
	for (size_t i = 0; i < COUNT(weights); i++)
		sum += weights[i] * (p->number[i] - '0');
	p->number[17] = "10X98765432"[sum % 11];
	p->number[18] = '\0';
}

static void credit_code(struct gen_random *r, struct gen_party *p)
{
	static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	static const int8_t body_weights[] = { 3, 7, 9, 10, 5, 8, 4, 2 };
	const char *category = p->side == GEN_AUTHORITY ? "11" : "91";
	int sum = 0, weight = 1;

	snprintf(p->number, sizeof p->number, "%s31019900%06u", category,
	         gen_below(r, 1000000) % 1000000u);
	for (size_t i = 0; i < COUNT(body_weights); i++)
		sum += body_weights[i] * (p->number[8 + i] - '0');
	p->number[16] = "0X987654321"[sum % 11];
	sum = 0;
	for (size_t i = 0; i < 17; i++) {
		sum += weight * (int)(strchr(alphabet, p->number[i]) - alphabet);
		weight = weight * 3 % 31;
	}
	p->number[17] = alphabet[(31 - sum % 31) % 31];
	p->number[18] = '\0';
}

static void address(struct gen_random *r, struct gen_party *p)
{
	const char *first = PICK(r, road_first), *second = PICK(r, road_second);
	unsigned lane = gen_below(r, 1200) + 1;
	unsigned house = gen_below(r, 60) + 1;
	unsigned floor = gen_below(r, 17) + 1;
	unsigned door = gen_below(r, 4) + 1;

	if (p->side == GEN_PERSON && gen_chance(r, 600))
		snprintf(p->address, sizeof p->address, "上海市嘉定区%s%s路%u弄%u号%u%02u室", first,
		         second, lane, house, floor, door);
	else
		snprintf(p->address, sizeof p->address, "上海市嘉定区%s%s路%u号", first, second, lane);
}

void gen_party(struct gen_random *r, struct gen_party *p, const char *role, enum gen_side side,
               int year)
{
	*p = (struct gen_party){ .role = role, .is_male = gen_chance(r, 580) };
	if (side == GEN_MAN || side == GEN_WOMAN) {
		p->is_male = side == GEN_MAN;
		side = GEN_PERSON;
	}
	p->side = side;
	if (side == GEN_AUTHORITY)
		authority_name(r, p);
	else if (side == GEN_PERSON)
		gen_person_name(r, p->name, sizeof p->name, p->is_male);
	else
		firm_name(r, p);
	if (side == GEN_PERSON)
		resident_id(r, p, year);
	else
		credit_code(r, p);
	gen_person_name(r, p->representative, sizeof p->representative, gen_chance(r, 700));
	snprintf(p->phone, sizeof p->phone, "154%08u", gen_below(r, 100000000) % 100000000u);
	address(r, p);
}
