/* SPDX-License-Identifier: MIT */
/*
 *   absent  00            text    04 BYTES 00   (JSON text holds no NUL)
 *   false   01            rest    05 JSON 00
 *   true    02
 *   number  03 02                             zero
 *           03 03 WHOLE DIGITS 00             above zero: digits in front of the point, 16 bits; digits without zeros at the end
 *           03 01 ~WHOLE ~DIGITS ff           below zero
 */
#include "key.h"

enum { ABSENT, FALSE, TRUE, NUMBER, TEXT, REST };
enum { BELOW = 1, ZERO, ABOVE };
enum { WHOLE_BIAS = 0x8000 };

void gv_key_add_text(struct gv_buf *key, struct gv_str text)
{
	char *p;

	if (!gv_buf_reserve(key, text.n + 2))
		return;
	p = key->p + key->n;
	p[0] = TEXT;
	memcpy(p + 1, text.p, text.n);
	p[text.n + 1] = p[text.n + 2] = '\0';
	key->n += text.n + 2;
}

/* Digits of m without its sign, at the end of `text`. */
static struct gv_str digits_of(int64_t m, char text[24])
{
	char *end = text + 24, *p = end;

	for (uint64_t u = m < 0 ? -(uint64_t)m : (uint64_t)m; u; u /= 10)
		*--p = (char)('0' + u % 10);
	return (struct gv_str){ p, (size_t)(end - p) };
}

void gv_key_add_num(struct gv_buf *key, const struct gv_num *n)
{
	char text[24], bytes[GV_NUM_TEXT + 8];
	struct gv_str digits = n->digits.p ? n->digits : digits_of(n->m, text);
	bool negative = n->digits.p ? n->negative : n->m < 0;
	int32_t whole = (int32_t)digits.n - n->scale + WHOLE_BIAS;
	size_t len = 0;

	bytes[len++] = NUMBER;
	bytes[len++] = !digits.n ? ZERO : negative ? BELOW : ABOVE;
	while (digits.n && digits.p[digits.n - 1] == '0')
		digits.n--;
	if (digits.n) {
		bytes[len++] = (char)(whole >> 8);
		bytes[len++] = (char)whole;
		memcpy(bytes + len, digits.p, digits.n);
		len += digits.n;
		bytes[len++] = '\0';
	}
	for (size_t i = 2; negative && i < len; i++)
		bytes[i] = (char)~bytes[i];
	gv_buf_add(key, bytes, len);
}

void gv_key_add(struct gv_buf *key, const struct gv_val *v)
{
	struct gv_num_room room;
	struct gv_num n;

	switch (v ? v->type : GV_NULL) {
	case GV_NULL:
		gv_buf_addc(key, ABSENT);
		break;
	case GV_BOOL:
		gv_buf_addc(key, v->truth ? TRUE : FALSE);
		break;
	case GV_STRING:
		gv_key_add_text(key, gv_val_str(v));
		break;
	case GV_INT:
		gv_key_add_num(key, &(struct gv_num){ .m = v->i });
		break;
	case GV_NUMBER:
		if (gv_num_read_result(&n, (struct gv_str){ v->s, v->n }, &room))
			gv_key_add_num(key, &n);
		else /* too large or too long for a number */
			gv_key_add_text(key, (struct gv_str){ v->s, v->n });
		break;
	default:
		gv_buf_addc(key, REST);
		gv_json_line(key, v);
		gv_buf_addc(key, '\0');
	}
}

/* ---- back ---- */

size_t gv_key_length(struct gv_str key)
{
	bool inverted = key.p[0] == NUMBER && key.p[1] == BELOW;
	size_t from = 1;

	if (key.p[0] <= TRUE)
		return 1;
	if (key.p[0] == NUMBER) {
		if (key.p[1] == ZERO)
			return 2;
		from = 4;
	}
	return (size_t)((const char *)memchr(key.p + from, inverted ? 0xFF : 0, key.n - from) - key.p) + 1;
}

bool gv_key_pass_text(struct gv_str *key, struct gv_str text)
{
	size_t n = text.p ? text.n + 2 : 1;

	if (key->n < n || key->p[0] != (text.p ? TEXT : ABSENT))
		return false;
	if (text.p && (key->p[n - 1] || memcmp(key->p + 1, text.p, text.n) != 0))
		return false;
	*key = (struct gv_str){ key->p + n, key->n - n };
	return true;
}

static int read_number(struct gv_doc *d, struct gv_val *out, struct gv_str key, struct gv_err *err)
{
	char digits[GV_NUM_TEXT * 2], text[GV_NUM_TEXT * 2];
	unsigned char flip = key.p[1] == BELOW ? 0xFF : 0;
	int32_t whole = 0, n = 0, scale;
	size_t len = 0;

	if (key.p[1] == ZERO) {
		*out = gv_mkint(0);
		return 0;
	}
	whole = (((unsigned char)key.p[2] ^ flip) << 8 | ((unsigned char)key.p[3] ^ flip)) - WHOLE_BIAS;
	if (flip)
		digits[len++] = '-';
	for (size_t i = 4; i + 1 < key.n; i++, n++)
		digits[len++] = (char)((unsigned char)key.p[i] ^ flip);
	for (scale = n - whole; scale < 0; scale++)
		digits[len++] = '0';
	len = gv_num_place_point((struct gv_str){ digits, len }, scale, text);
	if (scale == 0 && gv_str_int((struct gv_str){ text, len }, &out->i) && out->i >= -GV_JSON_INT_MAX &&
	    out->i <= GV_JSON_INT_MAX) {
		*out = gv_mkint(out->i);
		return 0;
	}
	*out = gv_mkstr(d, (struct gv_str){ text, len });
	if (out->type != GV_STRING)
		return gv_fail_nomem(err);
	out->type = GV_NUMBER;
	return 0;
}

/* Its text lies in the key; the tree must not share a document with it. */
static int read_rest(struct gv_doc *d, struct gv_val *out, struct gv_str text, struct gv_err *err)
{
	struct gv_doc own = GV_DOC_INIT;
	int rc = gv_json_parse(&own, text, GV_JSON_FOREIGN, err);

	if (!rc)
		rc = gv_val_copy(d, out, &own.root, err);
	gv_doc_free(&own);
	return rc;
}

int gv_key_read(struct gv_doc *d, struct gv_val *out, struct gv_str key, struct gv_err *err)
{
	key.n = gv_key_length(key);
	switch (key.p[0]) {
	case ABSENT:
		*out = (struct gv_val){ .type = GV_NULL };
		return 0;
	case FALSE:
	case TRUE:
		*out = gv_mkbool(key.p[0] == TRUE);
		return 0;
	case NUMBER:
		return read_number(d, out, key, err);
	case TEXT:
		*out = gv_mkstr(d, (struct gv_str){ key.p + 1, key.n - 2 });
		return out->type == GV_STRING ? 0 : gv_fail_nomem(err);
	default:
		return read_rest(d, out, (struct gv_str){ key.p + 1, key.n - 2 }, err);
	}
}
