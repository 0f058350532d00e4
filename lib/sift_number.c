/* SPDX-License-Identifier: MIT */
/* sift_number: what begins with a digit or a capital letter.  (The pattern table of the notes on ANON-07.) */
#include <string.h>

#include "ident.h"
#include "sift_impl.h"
#include "utf8.h"

enum { LABEL_BYTES = 45, GAP = 12, ENOUGH = 7 };  /* a label stands before its number: 账号为 622202 ..., 账号（建设银行）… */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What stands before, back to the last end of a clause or number. */
static struct gv_str before(const struct gv_sift_run *r, size_t at)
{
	size_t from = at > LABEL_BYTES ? at - LABEL_BYTES : 0;

	for (size_t i = at; i-- > from;)
		if (r->text.p[i] == ',' || r->text.p[i] == ';' || is_digit(r->text.p[i]) || (i >= 2 && memcmp(r->text.p + i - 2, "。", 3) == 0)) {
			from = i + 1;
			break;
		}
	return (struct gv_str){ r->text.p + from, at - from };
}

/*
 * One of the words, and no more than `gap` bytes behind it, among them no other label (账号：  行号：3143…: once the account is gone,
 * the next number must not become one).
 */
static bool says(struct gv_str text, const char *const *words, size_t gap)
{
	for (; *words; words++) {
		const char *at = gv_str_find(text, gv_str_of(*words));

		if (at && (size_t)(text.p + text.n - at) <= strlen(*words) + gap &&
		    !gv_str_find((struct gv_str){ at + strlen(*words), (size_t)(text.p + text.n - at) - strlen(*words) }, GV_STR("行号")))
			return true;
	}
	return false;
}

static bool says_account(struct gv_str text)
{
	static const char *const words[] = { "账号", "帐号", "卡号", "账户", "帐户", "户头", "银行卡", "存折", NULL };

	return says(text, words, GAP);
}

static bool says_phone(struct gv_str text)
{
	static const char *const words[] = { "电话", "手机", "联系方式", "传真", "座机", "热线", "拨打", NULL };

	return says(text, words, GAP);
}

/* The number of a paper, a contract, a receipt: 第…号, 编号…  It says nothing about anybody. */
static bool is_paper_number(const struct gv_sift_run *r, struct gv_str label, size_t end)
{
	static const char *const words[] = { "编号", "单号", "合同号", "发票号", "文号", "票号", "序列号", NULL };

	if (says(label, words, GAP))
		return true;
	return gv_str_ends(label, GV_STR("第")) && gv_str_starts((struct gv_str){ r->text.p + end, r->text.n - end }, GV_STR("号"));
}

/* Without the blanks and dashes in it. */
static size_t digits_of(struct gv_str s, char *out, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n && n < max; i++)
		if (is_digit(s.p[i]) || (s.p[i] | 0x20) == 'x')
			out[n++] = s.p[i];
	return n;
}

static int two(const char *p)
{
	return (p[0] - '0') * 10 + (p[1] - '0');
}

static bool is_day(int month, int day)
{
	return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* A date of birth where it belongs, whether the check digit is right or not: mistyped numbers say who somebody is, too. */
static bool is_resident(struct gv_str s)
{
	char d[24];
	size_t n = digits_of(s, d, sizeof d);

	if (n == 18)
		return (two(d + 6) >= 18 && two(d + 6) <= 20) && is_day(two(d + 10), two(d + 12));
	return n == 15 && d[0] >= '1' && d[0] <= '8' && is_day(two(d + 8), two(d + 10));
}

/* What may stand between two digits of one number.  2: a byte of "·"; 3: what may be the point of a decimal, too. */
static int is_gap(char c)
{
	return c == ' ' || c == '\n' || c == '-' || c == ')' ? 1 : (unsigned char)c == 0xC2 || (unsigned char)c == 0xB7 ? 2 : c == '.' || c == '/' || c == '_' ? 3 : 0;
}

/* Behind a dot, three digits at least: 127689.52 is money, 2019/3/5 a day. */
static bool goes_on(const struct gv_sift_run *r, size_t at)
{
	int gap = is_gap(r->text.p[at]);

	if (!gap || at + 3 >= r->text.n)
		return gap == 1 && at + 1 < r->text.n && is_digit(r->text.p[at + 1]);
	if (gap == 3)
		return is_digit(r->text.p[at + 1]) && is_digit(r->text.p[at + 2]) && is_digit(r->text.p[at + 3]);
	return is_digit(r->text.p[at + 1]) || r->text.p[at + 1] == '-' || gap == 2;
}

/* Digits of the run from `at` on, over single blanks and the like: whether there are enough for a number that may be somebody's. */
static size_t count_digits(const struct gv_sift_run *r, size_t at)
{
	size_t n = 0;

	for (size_t i = at; i < r->text.n && n < ENOUGH; i++) {
		char c = r->text.p[i];

		if (is_digit(c))
			n++;
		else if (!goes_on(r, i))
			break;
	}
	return n;
}

static size_t end_of_digits(const struct gv_sift_run *r, size_t at)
{
	while (at < r->text.n && is_digit(r->text.p[at]))
		at++;
	return at;
}

static size_t on_labelled(struct gv_sift_run *r, size_t at, struct gv_str label)
{
	size_t span[2];

	if (says_account(label) && gv_sift_at(r, GV_PAT_ACCOUNT_LOOSE, at, span))
		return gv_sift_hit(r, GV_TRAIT_ACCOUNT, span[0], span[1], GV_NOBODY);
	if (says_phone(label) && gv_sift_at(r, GV_PAT_PHONE_LOOSE, at, span))
		return gv_sift_hit(r, GV_TRAIT_PHONE, span[0], span[1], GV_NOBODY);
	return at;
}

/* Seven digits and more. */
static size_t on_number(struct gv_sift_run *r, size_t at)
{
	struct gv_str label = before(r, at);
	size_t span[2], next;

	if (gv_sift_at(r, GV_PAT_RESIDENT, at, span) && is_resident((struct gv_str){ r->text.p + span[0], span[1] - span[0] }))
		return gv_sift_hit(r, GV_TRAIT_RESIDENT_ID, span[0], span[1], GV_NOBODY);
	next = on_labelled(r, at, label);
	if (next > at)
		return next;
	if (is_paper_number(r, label, end_of_digits(r, at)))
		return end_of_digits(r, at);
	if (gv_sift_at(r, GV_PAT_MOBILE, at, span) || gv_sift_at(r, GV_PAT_LANDLINE, at, span) || gv_sift_at(r, GV_PAT_SERVICE, at, span)) {
		bool plus = span[0] > 0 && r->text.p[span[0] - 1] == '+';
		size_t from = span[0] - plus;
		bool bracket = from > 0 && r->text.p[from - 1] == '(' && memchr(r->text.p + span[0], ')', span[1] - span[0]);

		return gv_sift_hit(r, GV_TRAIT_PHONE, from - bracket, span[1], GV_NOBODY);
	}
	if (gv_sift_at(r, GV_PAT_RESIDENT_OLD, at, span) && is_resident((struct gv_str){ r->text.p + span[0], span[1] - span[0] }))
		return gv_sift_hit(r, GV_TRAIT_RESIDENT_ID, span[0], span[1], GV_NOBODY);
	if (gv_sift_at(r, GV_PAT_ACCOUNT, at, span))
		return gv_sift_hit(r, GV_TRAIT_ACCOUNT, span[0], span[1], GV_NOBODY);
	return at;
}

/* Six digits from the third on: nearly every other number is told from a credit code so, without its pattern. */
static bool may_be_credit_code(struct gv_str rest)
{
	size_t i = 2;

	while (i < 8 && rest.n >= 18 && is_digit(rest.p[i]))
		i++;
	return i == 8;
}

/* Eighteen digits may be a resident's number as well; that is asked later, by its date of birth. */
static size_t on_credit_code(struct gv_sift_run *r, size_t at)
{
	struct gv_ident id;
	size_t span[2];
	struct gv_str found;

	if (!may_be_credit_code((struct gv_str){ r->text.p + at, r->text.n - at }) || !gv_sift_at(r, GV_PAT_CREDIT, at, span))
		return at;
	found = (struct gv_str){ r->text.p + span[0], span[1] - span[0] };
	gv_ident_check(&id, GV_ID_CREDIT, found);
	if (!id.valid && !gv_str_find(before(r, at), GV_STR("信用代码")) && (end_of_digits(r, at) == span[1] || is_resident(found)))
		return at;
	return gv_sift_hit(r, GV_TRAIT_CREDIT_CODE, span[0], span[1], GV_NOBODY);
}

/* What a street does not begin before: 区 of 嘉定区平城路, or no Chinese character. */
static bool is_before_street(const char *p)
{
	static const char words[] = "区县市镇乡于在的";
	struct gv_str one = { p, 3 };
	size_t at = 0;

	return !gv_utf8_is_han(gv_utf8_next(one, &at)) || at != one.n || gv_str_find(GV_STR(words), one);
}

/* 平城路1055弄12号601室, from the street on. */
static size_t on_room(struct gv_sift_run *r, size_t at)
{
	static const char streets[] = "路街道巷村苑园城庄区";
	enum { STREET = 6 * 3 };
	size_t from = at, span[2];
	bool street = at >= 3 && strchr("\xAF\x97\x93\xB7\x91\xAD\x8E\x84\xBA", r->text.p[at - 1]) &&   /* their last bytes: most numbers end here */
	              gv_str_find(GV_STR(streets), (struct gv_str){ r->text.p + at - 3, 3 });

	if (!street || !gv_sift_at(r, GV_PAT_ROOM, at, span))
		return at;
	while (from >= 3 && at - from < STREET && !is_before_street(r->text.p + from - 3))
		from -= 3;
	return gv_sift_hit(r, GV_TRAIT_ROOM, from, span[1], GV_NOBODY);
}

size_t gv_sift_on_alnum(struct gv_sift_run *r, size_t at)
{
	char last = at > 0 ? r->text.p[at - 1] : 0;
	bool inside = is_digit(last) || (last >= 'A' && last <= 'Z') || (last >= 'a' && last <= 'z');
	size_t next = inside ? at : on_credit_code(r, at);

	if (next > at || !is_digit(r->text.p[at]) || is_digit(last))
		return next;
	if (count_digits(r, at) >= ENOUGH)
		next = on_number(r, at);
	else if (r->strangers)
		next = on_room(r, at);
	return next > at ? next : end_of_digits(r, at);
}

size_t gv_sift_on_email(struct gv_sift_run *r, size_t at)
{
	size_t from = at, span[2];

	while (from > 0 && at - from < 64 && strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._%+-", r->text.p[from - 1]))
		from--;
	if (from == at || !gv_sift_at(r, GV_PAT_EMAIL, from, span) || span[1] <= at)
		return at;
	return gv_sift_hit(r, GV_TRAIT_EMAIL, span[0], span[1], GV_NOBODY);
}
