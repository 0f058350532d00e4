/* SPDX-License-Identifier: MIT */
#include "divisions.h"

#include <stdlib.h>

#include "ref.h"
#include "utf8.h"

enum { NAME_CHARS = 16, PAIR = 2 * 3, PAIRS = 1 << 15 };  /* PAIR: bytes of two Han characters */

struct gv_divisions {
	struct gv_ref *table;
	int name, level;
	uint8_t begins[PAIRS / 8];  /* a bit for what the first two characters of each name come to */
};

enum level { NOTHING, PROVINCE, CITY, COUNTY };

/* Most of what is asked about is no place: two characters tell. */
static size_t pair_at(const char *p)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < PAIR; i++)
		sum = sum * 0x9E3779B1u + (unsigned char)p[i];
	return sum >> 17;
}

static bool may_begin(const struct gv_divisions *d, struct gv_str text)
{
	size_t pair = text.n < PAIR ? 0 : pair_at(text.p);

	return text.n >= PAIR && d->begins[pair / 8] & 1u << pair % 8;
}

int gv_divisions_open(struct gv_divisions **out, struct gv_err *err)
{
	struct gv_divisions *d = calloc(1, sizeof *d);
	int rc;

	*out = NULL;
	if (!d)
		return gv_fail_nomem(err);
	rc = gv_ref_open(&d->table, "divisions", err);
	if (rc) {
		gv_divisions_free(d);
		return rc;
	}
	d->name = gv_ref_column(d->table, "name");
	d->level = gv_ref_column(d->table, "level");
	for (size_t row = 0; row < gv_ref_rows(d->table); row++) {
		struct gv_str name = gv_ref_cell(d->table, row, d->name);
		size_t pair = name.n < PAIR ? 0 : pair_at(name.p);

		d->begins[pair / 8] |= (uint8_t)(1u << pair % 8);
	}
	*out = d;
	return 0;
}

void gv_divisions_free(struct gv_divisions *d)
{
	if (d)
		gv_ref_free(d->table);
	free(d);
}

/* The level of the first row of that name, of those below `above` if there are several (a county may be called as a city is). */
static enum level level_of(struct gv_divisions *d, struct gv_str name, enum level above)
{
	for (size_t row = 0; (row = gv_ref_find(d->table, d->name, name, row)) != GV_REF_NONE; row++) {
		struct gv_str word = gv_ref_cell(d->table, row, d->level);
		enum level level = gv_str_is(word, "province") ? PROVINCE : gv_str_is(word, "city") ? CITY : COUNTY;

		if (level > above)
			return level;
	}
	return NOTHING;
}

/* The same of a name without 省 or 市: 江苏, 上海, 苏州. */
static enum level short_level(struct gv_divisions *d, struct gv_str name, enum level above)
{
	static const char *const ends[] = { "省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区" };
	char full[NAME_CHARS * 4 + 32];

	for (size_t i = 0; i < sizeof ends / sizeof *ends && name.n < NAME_CHARS * 4; i++) {
		size_t n = strlen(ends[i]);
		enum level level;

		memcpy(full, name.p, name.n);
		memcpy(full + name.n, ends[i], n);
		level = level_of(d, (struct gv_str){ full, name.n + n }, above);
		if (level == PROVINCE || level == CITY)
			return level;
	}
	return NOTHING;
}

/* The longest name below `above` that the text begins with: its bytes. */
static size_t next_part(struct gv_divisions *d, struct gv_str text, enum level above, enum level *level)
{
	static const char *const alone[] = { "香港", "澳门", "台湾" };
	size_t ends[NAME_CHARS], n = 0, at = 0;

	*level = NOTHING;
	if (!may_begin(d, text))
		return 0;
	while (n < NAME_CHARS && at < text.n && gv_utf8_is_han(gv_utf8_next(text, &at)))
		ends[n++] = at;
	for (size_t i = n; i > 0; i--) {
		*level = level_of(d, (struct gv_str){ text.p, ends[i - 1] }, above);
		if (*level)
			return ends[i - 1];
	}
	/* Addresses there name no county that the table has. */
	for (size_t i = 0; above == NOTHING && i < sizeof alone / sizeof *alone; i++)
		if (gv_str_starts(text, gv_str_of(alone[i]))) {
			*level = PROVINCE;
			return strlen(alone[i]);
		}
	/* 嘉兴 of 嘉兴路 is no city: only what goes on with a county is one without its last character. */
	for (size_t i = n; i > 1; i--) {
		enum level below;
		struct gv_str rest = { text.p + ends[i - 1], text.n - ends[i - 1] };

		*level = short_level(d, (struct gv_str){ text.p, ends[i - 1] }, above);
		if (*level && next_part(d, rest, *level, &below))
			return ends[i - 1];
	}
	return 0;
}

/* A district that no table knows: at most six characters up to 市, 区, 县 or 旗; 小区 and 社区 are none. */
static size_t unknown_part(struct gv_str text)
{
	size_t at = 0;
	int32_t last = 0;

	for (int i = 0; i < 6 && at < text.n; i++) {
		int32_t cp = gv_utf8_next(text, &at);

		if (!gv_utf8_is_han(cp))
			return 0;
		if (i > 0 && (cp == 0x5E02 || cp == 0x533A || cp == 0x53BF || cp == 0x65D7))  /* 市 区 县 旗 */
			return cp == 0x533A && (last == 0x5C0F || last == 0x793E || last == 0x56ED) ? 0 : at;  /* 小 社 园 */
		if (cp == 0x8DEF || cp == 0x8857 || cp == 0x9547 || cp == 0x4E61 || cp == 0x6751)  /* 路 街 镇 乡 村: finer already */
			return 0;
		last = cp;
	}
	return 0;
}

size_t gv_divisions_cut(struct gv_divisions *d, struct gv_str address)
{
	size_t cut = 0, n;
	enum level level = NOTHING, next;

	while (level < COUNTY) {
		struct gv_str rest = { address.p + cut, address.n - cut };

		n = next_part(d, rest, level, &next);
		if (!n)
			break;
		cut += n;
		level = next;
	}
	if (level == PROVINCE || level == CITY) {
		n = unknown_part((struct gv_str){ address.p + cut, address.n - cut });
		cut += n;
	}
	return cut;
}

size_t gv_divisions_prefix(struct gv_divisions *d, struct gv_str name)
{
	size_t cut = gv_divisions_cut(d, name), ends[NAME_CHARS], n = 0, at = 0;

	if (cut || gv_str_starts(name, GV_STR("中国")))
		return cut ? cut : strlen("中国");
	while (n < NAME_CHARS && at < name.n && gv_utf8_is_han(gv_utf8_next(name, &at)))
		ends[n++] = at;
	for (size_t i = n; i > 1; i--)
		if (short_level(d, (struct gv_str){ name.p, ends[i - 1] }, NOTHING))
			return ends[i - 1];
	return 0;
}
