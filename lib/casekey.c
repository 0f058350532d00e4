/* SPDX-License-Identifier: MIT */
#include "casekey.h"

#include "i18n.h"
#include "schema_impl.h"
#include "utf8.h"

/* What may stand at the start of a court code (CN-04); three bytes each. */
static const char provinces[] =
	"京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新军兵";

enum { HAN = 3, TYPE_MAX = 5 * HAN, SERIAL_MAX = 8, KEY_DIGITS = 6, KEY_DIGITS_MAX = 12 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t digits(struct gv_str s)
{
	size_t n = 0;

	while (n < s.n && is_digit(s.p[n]))
		n++;
	return n;
}

static struct gv_str skip(struct gv_str s, size_t n)
{
	return (struct gv_str){ s.p + n, s.n - n };
}

static bool take(struct gv_str *s, struct gv_str what)
{
	if (!gv_str_starts(*s, what))
		return false;
	*s = skip(*s, what.n);
	return true;
}

static bool ends(struct gv_str s, struct gv_str what)
{
	return s.n >= what.n && memcmp(s.p + s.n - what.n, what.p, what.n) == 0;
}

/* Bytes of the court code that `s` starts with, 0 if there is none. */
static size_t court_code(struct gv_str s)
{
	size_t n;

	if (gv_str_starts(s, GV_STR("最高法")))
		return sizeof "最高法" - 1;
	if (s.n < HAN || !memmem(provinces, sizeof provinces - 1, s.p, HAN))
		return 0;
	n = digits(skip(s, HAN));
	return n == 0 || n == 2 || n == 4 ? HAN + n : 0;
}

bool gv_court_code_ok(struct gv_str code)
{
	return code.n && court_code(code) == code.n;
}

/* U+4E00 to U+9FFF: three bytes each. */
static bool is_han(const char *p)
{
	unsigned char a = (unsigned char)p[0], b = (unsigned char)p[1], c = (unsigned char)p[2];

	return a >= 0xE4 && a <= 0xE9 && b >= (a == 0xE4 ? 0xB8 : 0x80) && b <= 0xBF &&
	       (c & 0xC0) == 0x80;
}

/* Bytes of ideographs that `s` starts with. */
static size_t han(struct gv_str s)
{
	size_t n = 0;

	while (n + HAN <= s.n && is_han(s.p + n))
		n += HAN;
	return n;
}

/* Criminal review keeps its eight random digits (CN-11); else no leading zeros. */
static bool serial_ok(const struct gv_casekey *k)
{
	if (k->serial.n == 0 || k->serial.n > SERIAL_MAX)
		return false;
	if (!gv_str_is(k->type, "刑核"))
		return k->serial.p[0] != '0';
	return strspn(k->serial.p, "0") < k->serial.n;
}

bool gv_casekey_split(struct gv_casekey *out, struct gv_str key)
{
	struct gv_str s = key, hao = GV_STR("号");
	size_t n;

	if (!take(&s, GV_STR("（")) || digits(s) != 4)
		return false;
	out->year = (struct gv_str){ s.p, 4 };
	s = skip(s, 4);
	/* 2016 to 2099, and the odd number of 2015: the grammar of 法〔2015〕137号. */
	if (!take(&s, GV_STR("）")) || memcmp(out->year.p, "2015", 4) < 0 ||
	    memcmp(out->year.p, "2099", 4) > 0)
		return false;
	n = court_code(s);
	if (!n)
		return false;
	out->court = (struct gv_str){ s.p, n };
	s = skip(s, n);
	out->full = out->type = (struct gv_str){ s.p, han(s) };
	out->special = (struct gv_str){ s.p, 0 };
	s = skip(s, out->full.n);
	if (out->full.n > HAN && take(&out->type, GV_STR("知")))
		out->special.n = HAN;
	if (out->type.n == 0 || out->type.n > TYPE_MAX || ends(out->type, GV_STR("第")))
		return false;
	out->serial = (struct gv_str){ s.p, digits(s) };
	s = skip(s, out->serial.n);
	return gv_str_eq(s, hao) && serial_ok(out);
}

struct gv_str gv_casekey_year(struct gv_str key)
{
	if (take(&key, GV_STR("（")) && digits(key) == 4)
		return (struct gv_str){ key.p, 4 };
	return GV_STR("0000");
}

/* Beyond doubt: the type is in the table and no look-alike of a mediation register
 * (诉前调); a number of 2015 may be of the old grammar. */
static bool is_plain(struct gv_caseno_reader *cn, const struct gv_casekey *key)
{
	char type[TYPE_MAX + HAN + 1];
	struct gv_str full = key->full;

	if (full.n >= sizeof type || memmem(full.p, full.n, "调", HAN) ||
	    gv_str_is(key->year, "2015"))
		return false;
	memcpy(type, full.p, full.n);
	type[full.n] = '\0';
	return gv_caseno_type_group(cn, type).n > 0;
}

int gv_casekey_check(struct gv_caseno_reader *cn, struct gv_str text, enum gv_caseno_class *class,
                     struct gv_err *err)
{
	struct gv_casekey key;
	struct gv_caseno number;
	struct gv_err why;
	bool split = gv_casekey_split(&key, text);
	int shown = gv_cut(text);
	int rc;

	if (class)
		*class = split ? GV_CN_NEW : GV_CN_LEGACY;
	if (split && (!cn || is_plain(cn, &key)))
		return 0;
	if (!cn && gv_utf8_is_safe(text))
		return 0;
	if (!cn)
		return gv_fail(err, GV_EDATA, _("\"%.*s\" is no case number"), shown, text.p);
	rc = gv_caseno_parse(cn, &number, text, &why);
	if (class)
		*class = number.class;
	if (rc)
		return gv_fail(err, rc, "\"%.*s\": %s", shown, text.p, why.msg);
	if (!gv_str_is(text, number.id))
		return gv_fail(err, GV_EDATA, _("\"%.*s\" is not the official form, %s"), shown,
		               text.p, number.id);
	return 0;
}

/* ---- keys of the other kinds ---- */

bool gv_serialkey_split(struct gv_serialkey *out, struct gv_str key)
{
	size_t n = key.n ? court_code(key) : 0;

	if (!n || key.n < n + 3 || key.p[n] != '-')
		return false;
	out->court = (struct gv_str){ key.p, n };
	out->letter = key.p[n + 1];
	out->number = skip(key, n + 2);
	return (out->letter | 0x20) >= 'a' && (out->letter | 0x20) <= 'z' &&
	       digits(out->number) == out->number.n;
}

bool gv_serialkey_ok(struct gv_str key, char letter)
{
	struct gv_serialkey k;
	size_t zeros = 0;

	if (!gv_serialkey_split(&k, key) || k.letter != letter)
		return false;
	while (zeros < k.number.n && k.number.p[zeros] == '0')
		zeros++;
	return k.number.n >= KEY_DIGITS && k.number.n <= KEY_DIGITS_MAX && zeros < k.number.n &&
	       (k.number.n == KEY_DIGITS || zeros == 0);
}

/* ---- folders ---- */

struct gv_str gv_casekey_folder(char out[GV_FOLDER_MAX], struct gv_str number, bool random8)
{
	size_t zeros = 0, n;

	while (!random8 && zeros + 1 < number.n && number.p[zeros] == '0')
		zeros++;
	number = skip(number, zeros);
	if (random8)
		n = 4;
	else
		n = number.n > 2 ? number.n - 2 : 0;
	zeros = n < 4 ? 4 - n : 0;
	if (zeros + n > GV_FOLDER_MAX)
		n = GV_FOLDER_MAX - zeros;
	memset(out, '0', zeros);
	memcpy(out + zeros, number.p, n);
	return (struct gv_str){ out, zeros + n };
}
