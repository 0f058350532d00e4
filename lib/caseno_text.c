/* SPDX-License-Identifier: MIT */
#include "caseno_impl.h"

#include <utf8proc.h>

/*
 * Text copied from PDF files has radicals (U+2F8F) and compatibility forms in place
 * of the characters that they look like.  U+2EA0 has no decomposition in Unicode.
 */
static int32_t unified(int32_t cp)
{
	utf8proc_int32_t one = cp;
	int last = UTF8PROC_BOUNDCLASS_START;

	if (cp == 0x2EA0)
		return L'民';
	if (cp == L'號')
		return L'号';
	if ((cp >= 0x2F00 && cp <= 0x2FDF) || (cp >= 0xF900 && cp <= 0xFAFF) || cp >= 0x2F800)
		utf8proc_decompose_char(cp, &one, 1, UTF8PROC_COMPAT, &last);
	return one;
}

/* Folding shrinks many to few; what no number has in it and no terminal should see is U+FFFD. */
static int32_t fold(int32_t cp)
{
	char utf8[4];

	if (cp >= 0x4E00 && cp <= 0x9FFF && cp != L'號')
		return cp;
	cp = gv_utf8_half(cp);
	if (cn_digit(cp))
		return cp;
	if (cn_in(L"([{〔【﹝〖﹙｟❲", cp))
		return '(';
	if (cn_in(L")]}〕】﹞〗﹚｠❳", cp))
		return ')';
	if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 || cp == 0xFE63)
		return '-';
	if (cp == 0x301C || cp == 0x223C)
		return '~';
	if (!gv_utf8_is_safe((struct gv_str){ utf8, gv_utf8_put(utf8, cp) }))
		return 0xFFFD;
	return unified(cp);
}

bool cn_text_read(struct cn_text *t, struct gv_str s, struct gv_caseno *out)
{
	size_t pos = 0, bytes = 0;
	int32_t cp;

	t->n = 0;
	t->cp[0] = 0;
	t->at[0] = 0;
	out->class = GV_CN_OTHER;
	if (gv_utf8_valid(s) != s.n) {
		snprintf(out->reason, sizeof out->reason, "%s", _("not valid UTF-8"));
		return false;
	}
	while ((cp = gv_utf8_next(s, &pos)) >= 0) {
		if ((cp < 0x4E00 || cp > 0x9FFF) && gv_utf8_is_space(cp))
			continue;
		if (t->n == CN_MAX) {
			snprintf(out->reason, sizeof out->reason, _("longer than %d characters"),
			         CN_MAX);
			return false;
		}
		cp = fold(cp);
		t->cp[t->n++] = cp;
		bytes += gv_utf8_put(t->bytes + bytes, cp);
		t->at[t->n] = (uint16_t)bytes;
	}
	t->cp[t->n] = 0;
	if (!t->n)
		snprintf(out->reason, sizeof out->reason, "%s", _("empty"));
	return t->n > 0;
}
