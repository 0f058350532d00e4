/* SPDX-License-Identifier: MIT */
/* sift_pattern: the patterns, over folded text.  [ \n-] is what a number may be broken by anywhere; dots, slashes and lines, between its
 * groups alone: 192.168.10.123 is no telephone. */
#include "i18n.h"
#include "sift_impl.h"

#define PROVINCES "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
/* By its script alone: \p{Han} takes 、 and 。 in, which Chinese shares with others. */
#define HAN "\\p{sc:Han}"
#define CODE "[0-9A-HJ-NP-RTUW-Y]"
#define NUMERAL "[〇○零一二三四五六七八九]"
#define NUMERALS "[一二三四五六七八九十]{1,3}"
#define DATE "(?:\\d{4}年\\d{1,2}月(?:\\d{1,2}日)?|\\d{4}[-./]\\d{1,2}[-./]\\d{1,2}|\\d{8}|" NUMERAL "{4}年" NUMERALS "月(?:" NUMERALS "日)?)"

#define GROUP "[ \\n./_·-]"
/* Money is no number of anybody. */
#define NO_MONEY "(?!\\d)(?!(?:\\.\\d{1,2})?(?:余|多)?[亿万千]?(?:余|多)?元)"

struct pattern {
	const char *text;
	bool anchored;
};

static const struct pattern patterns[GV_PATTERNS] = {
	[GV_PAT_RESIDENT] = { "(?:\\d{6}" GROUP "\\d{8}" GROUP "\\d{3}" GROUP "?[\\dXx]|\\d(?:[ \\n-]?\\d){16}[ \\n-]?[\\dXx])(?!\\d)", true },
	[GV_PAT_RESIDENT_OLD] = { "\\d(?:[ \\n-]?\\d){14}(?!\\d)", true },
	[GV_PAT_CREDIT] = { CODE "{2}\\d{6}" CODE "{10}(?![0-9A-Za-z])", true },
	[GV_PAT_MOBILE] = { "(?:(?:00)?86\\)?[ -]?)?(?:1[3-9]\\d" GROUP "\\d{4}" GROUP "\\d{4}|1[3-9]\\d(?:[ \\n-]?\\d){8})" NO_MONEY, true },
	[GV_PAT_LANDLINE] = { "0\\d{2,3}\\)?[ \\n-]?[2-9]\\d{2,3}[ -]?\\d{4}(?:[-转]\\d{1,6})?(?!\\d)", true },
	[GV_PAT_SERVICE] = { "[48]00-\\d{3,4}-?\\d{3,4}(?!\\d)", true },
	[GV_PAT_PHONE_LOOSE] = { "\\+?\\d(?:[ \\n-]?\\d){6,17}(?!\\d)", true },
	[GV_PAT_ACCOUNT] = { "(?:\\d{4}(?:" GROUP "\\d{4}){3}(?:" GROUP "?\\d{1,4})?|\\d{6,8}" GROUP "\\d{8,13}|\\d{16,19})(?!\\.\\d)" NO_MONEY, true },
	[GV_PAT_ACCOUNT_LOOSE] = { "\\d(?:" GROUP "?\\d){6,39}(?!\\d)(?![.元])", true },
	[GV_PAT_PLATE] = { "[" PROVINCES "][A-Za-z][·. -]?(?=[A-Za-z]{0,3}\\d)[A-HJ-NP-Za-hj-np-z0-9]{4,5}(?:[A-HJ-NP-Za-hj-np-z0-9]|[学警挂港澳使领试超])?(?![0-9A-Za-z])", true },
	[GV_PAT_CASE_NO] = { "[(\\[〔]\\d{4}[)\\]〕](?![^号]{0,24}[权证用房土产])[^。;,()\\s]{1,24}?\\d+(?:[-、至之]\\d+)*号(?:之[一二三四五六七八九十]+)?", true },
	[GV_PAT_TITLE] = { "(?:(?:[" PROVINCES "]" HAN "{0,3})?[(\\[〔]\\d{4}[)\\]〕]" HAN "{0,10}?|[" PROVINCES "]" HAN "{0,4}?)?"
	                   "(?:不动产权|不动产证明|不动产证书|房权证|房产权?证|房地产?权?证?|国用|集用|土地使用权?证|房屋所有权证|土地证|产权证)"
	                   "(?:[^,。;、\\d(\\[〔]{0,10}[(\\[〔]\\d{4}[)\\]〕])?[^,。;、\\d]{0,10}?(?<=字|第|号|证|权|:|[" PROVINCES "])[A-Z]?\\d{4,}(?:[-—]\\d+)*号?", false },
	[GV_PAT_BIRTH_BEFORE] = { DATE "(?=出生|生育|生(?![效产活成意长育病日前存]))", false },
	[GV_PAT_BIRTH_AFTER] = { "(?:年月日?|日期|时间)?[:为是于]?(" DATE ")", true },
	[GV_PAT_PAPER] = { HAN "{0,6}(?:号码|编号|号|证)?[:为是()]*([A-Za-z]{0,3} ?\\d(?:" GROUP "?[A-Za-z0-9]){4,24})", true },
	[GV_PAT_HANDLE] = { "(?:账|帐)?(?:号码|号)?[:为是]{0,2}([A-Za-z0-9_.@-]{5,40})", true },
	[GV_PAT_ADDRESS_END] = { "[^,。;、()]{1,80}?(?=[,。;、()]|$|公民身份|居民身份|身份证|联系|电话|邮编|户籍|现住|法定代表|负责人|代表人|委托|经营者|投资人|原告|被告|第三人|上诉|的)", true },
	[GV_PAT_STREET] = { "(?!城镇|农村|乡镇|城乡|乡村|外地)[^,。;、()]{0,16}?(?:路|街|弄|巷|(?<![农乡])村(?!委)|(?<!城)镇|(?<!城)乡(?![村镇])|小区|新村|大道|胡同|\\d+号|\\d+室)", true },
	[GV_PAT_ROOM] = { "\\d+(?:-\\d+)?(?:弄|(?:号|幢|栋|座)[^,。;、()]{0,12}?\\d+室)(?:[^,。;、()\\d]{0,6}\\d+(?:号|幢|栋|座|单元|层|室|楼)){0,4}", true },
	[GV_PAT_EMAIL] = { "[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+", true },
};

int gv_sift_patterns_open(struct gv_sifter *s, struct gv_err *err)
{
	for (size_t i = 0; i < GV_PATTERNS; i++) {
		uint32_t options = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | (patterns[i].anchored ? PCRE2_ANCHORED : 0);
		PCRE2_SIZE at;
		int code;

		s->pattern[i] = pcre2_compile((PCRE2_SPTR)patterns[i].text, PCRE2_ZERO_TERMINATED, options, &code, &at, NULL);
		if (!s->pattern[i])
			return gv_fail_nomem(err);
		pcre2_jit_compile(s->pattern[i], PCRE2_JIT_COMPLETE);  /* if not, matching is slower */
	}
	s->match = pcre2_match_data_create(2, NULL);
	return s->match ? 0 : gv_fail_nomem(err);
}

static bool match(struct gv_sift_run *r, enum gv_sift_pattern p, size_t from, size_t limit, size_t span[2])
{
	const PCRE2_SIZE *v = pcre2_get_ovector_pointer(r->s->match);
	int n = pcre2_match(r->s->pattern[p], (PCRE2_SPTR)r->text.p, limit, from, PCRE2_NO_UTF_CHECK, r->s->match, NULL);

	if (n < 1)
		return false;
	n = n > 1 ? 1 : 0;
	span[0] = v[2 * n];
	span[1] = v[2 * n + 1];
	return true;
}

bool gv_sift_at(struct gv_sift_run *r, enum gv_sift_pattern p, size_t at, size_t span[2])
{
	return match(r, p, at, r->text.n, span);
}

/* The pattern sees nothing behind the limit, which must stand between two characters. */
bool gv_sift_search(struct gv_sift_run *r, enum gv_sift_pattern p, size_t from, size_t limit, size_t span[2])
{
	while (from < r->text.n && ((unsigned char)r->text.p[from] & 0xC0) == 0x80)
		from++;
	while (limit < r->text.n && ((unsigned char)r->text.p[limit] & 0xC0) == 0x80)
		limit++;
	return match(r, p, from, limit < r->text.n ? limit : r->text.n, span);
}
