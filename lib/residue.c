/* SPDX-License-Identifier: MIT */
#include "residue.h"

#include <stdio.h>
#include <stdlib.h>

#include "redact_impl.h"
#include "utf8.h"
#include "writings.h"

struct look {
	struct gv_redactor *r;
	const struct gv_redact_job *job;
	int (*each)(void *ctx, const struct gv_residue *hit);
	void *ctx;
	struct gv_err *err;
};

static bool is_waived(const struct look *l, struct gv_str text)
{
	const struct gv_val *w = l->job->waivers;

	for (uint32_t i = 0; w && w->type == GV_ARRAY && i < w->n; i++)
		if (gv_str_eq(gv_val_getstr(&w->items[i], "text"), text))
			return true;
	return false;
}

/* from, to: of the folded text. */
static int tell(struct look *l, const char *rule, const char *kind, bool sure, size_t from, size_t to, const char *field)
{
	struct gv_residue hit = { .rule = rule, .kind = kind, .sure = sure, .field = field };

	hit.from = gv_fold_from(&l->r->fold, from);
	hit.to = gv_fold_to(&l->r->fold, to);
	hit.text = (struct gv_str){ l->job->text.p + hit.from, hit.to - hit.from };
	return is_waived(l, hit.text) ? 0 : l->each(l->ctx, &hit);
}

/* Where every name is kept, one more is no question: civil cases under the text of 2016 that are nobody's family and no minor's. */
static bool names_are_hidden(const struct gv_redactor *r)
{
	return r->cast.profile == GV_PROFILE_2024 || r->cast.family || r->cast.criminal || gv_cast_has_minor(&r->cast);
}

/* A question to a person: it may be wrong to show it. */
static bool is_asked_about(const struct gv_redactor *r, size_t i, bool names)
{
	const struct gv_hit *hit = &r->hits.list[i];
	struct gv_str text = gv_redactor_text(r), said = { text.p + hit->from, hit->to - hit->from };

	switch (hit->trait) {
	case GV_TRAIT_HEALTH: case GV_TRAIT_MEASURE: case GV_TRAIT_ROOM: return true;
	case GV_TRAIT_STRANGER: return names && (r->cast.profile == GV_PROFILE_2024 || !gv_name_is_unit(said));
	/* Of somebody who is not named before it: 生育一女，2015年6月1日出生. */
	case GV_TRAIT_BIRTH: return gv_subject_of(r, i) == GV_NOBODY && (r->cast.profile == GV_PROFILE_2024 || gv_cast_is_minor(said, r->job->as_of));
	case GV_TRAIT_UNSURE: return r->cast.list[hit->who].base.n > 0;
	case GV_TRAIT_SCHOOL: return true;  /* of a child that nobody told */
	default: return false;
	}
}

static int tell_hits(struct look *l)
{
	struct gv_redactor *r = l->r;
	bool names = names_are_hidden(r);
	int rc = 0;

	for (size_t i = 0; i < r->hits.n && !rc; i++) {
		const struct gv_hit *hit = &r->hits.list[i];
		const char *rule = gv_trait_rule(hit->trait, &r->cast), *kind = gv_trait_name(hit->trait);
		uint32_t from, to;

		if (hit->trait == GV_TRAIT_OVERDONE)
			rc = tell(l, rule, kind, true, hit->from, hit->to, NULL);
		else if (gv_hit_goes(r, i, &from, &to))
			rc = tell(l, rule, kind, true, from, to, NULL);
		else if (is_asked_about(r, i, names))
			rc = tell(l, rule, kind, false, hit->from, hit->to, NULL);
	}
	return rc;
}

/* ---- what of the record must not be there, in any writing ---- */

/* Letters and digits alone: 138-0000 1234 is 13800001234. */
static void squeeze(struct gv_str s, struct gv_buf *out)
{
	gv_buf_reset(out);
	for (size_t at = 0; at < s.n;) {
		size_t begin = at;
		int32_t cp = gv_fold_cp(gv_utf8_next(s, &at));

		if (cp >= 0x80)
			gv_buf_add(out, s.p + begin, at - begin);
		else if ((cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z'))
			gv_buf_addc(out, (char)cp);
	}
}

static int seek(struct look *l, struct gv_str what, bool loose, struct gv_sought means)
{
	struct gv_redactor *r = l->r;

	if (r->needles.n == r->sought_cap) {
		size_t cap = r->sought_cap ? r->sought_cap * 2 : 64;
		struct gv_sought *sought = reallocarray(r->sought, cap, sizeof *sought);

		if (!sought)
			return gv_fail_nomem(l->err);
		r->sought = sought;
		r->sought_cap = cap;
	}
	r->sought[r->needles.n] = means;
	return gv_needles_add(&r->needles, what, loose, l->err);
}

/* 一三八〇〇〇〇一二三四, with this sign for nought. */
static int seek_numerals(struct look *l, struct gv_str digits, const char *nought, struct gv_sought means)
{
	static const char numerals[] = "一二三四五六七八九";
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	int rc = 0;

	for (size_t i = 0; i < digits.n; i++) {
		char c = digits.p[i];

		if (c == '0')
			gv_buf_adds(&text, nought);
		else if (c >= '1' && c <= '9')
			gv_buf_add(&text, numerals + 3 * (c - '1'), 3);
		else if ((c | 0x20) != 'x')
			goto done;  /* no number */
		else
			gv_buf_addc(&text, c);
	}
	rc = gv_buf_check(&text, l->err);
	if (!rc)
		rc = seek(l, gv_buf_str(&text), true, means);
done:
	gv_buf_free(&text);
	return rc;
}

static int seek_value(struct look *l, struct gv_str value, uint32_t party, const char *field)
{
	static const char *const noughts[] = { "〇", "零", "○" };
	const struct gv_sought means = { .rule = "ANON-07", .kind = "protected-value", .sure = true, .field = field, .party = party };
	struct gv_buf squeezed = GV_BUF_INIT(GV_JSON_TEXT_MAX);
	int rc;

	squeeze(value, &squeezed);
	rc = gv_buf_check(&squeezed, l->err);
	if (!rc && squeezed.n >= 5)
		rc = seek(l, gv_buf_str(&squeezed), true, means);
	for (size_t i = 0; i < sizeof noughts / sizeof *noughts && !rc && squeezed.n >= 7; i++)
		rc = seek_numerals(l, gv_buf_str(&squeezed), noughts[i], means);
	gv_buf_free(&squeezed);
	return rc;
}

/* Of an address, what is finer than the county. */
static struct gv_str finer(struct gv_redactor *r, struct gv_str address)
{
	size_t cut = gv_divisions_cut(gv_sifter_divisions(r->sifter), address);

	return (struct gv_str){ address.p + cut, address.n - cut };
}

static int seek_party(struct look *l, const struct gv_val *party, uint32_t i)
{
	static const char *const fields[] = { "id_no", "phone", "account", "electronic_address" };
	bool unit = gv_str_is(gv_val_getstr(party, "type"), "unit") || (!gv_val_getstr(party, "type").n && gv_name_is_unit(gv_val_getstr(party, "name")));
	int rc = 0;

	for (size_t k = 0; k < sizeof fields / sizeof *fields && !rc; k++)
		/* The organisation code of a unit stays under the text of 2016. */
		if (k > 0 || !unit || l->job->profile != GV_PROFILE_2016)
			rc = seek_value(l, gv_val_getstr(party, fields[k]), i, fields[k]);
	return rc || unit ? rc : seek_value(l, finer(l->r, gv_val_getstr(party, "address")), i, "address");
}

/* 约翰 of 约翰·史密斯. */
static int seek_parts(struct look *l, struct gv_str rest, struct gv_sought means)
{
	struct gv_str part;
	int rc = 0;

	while (!rc && gv_cast_next_part(&rest, &part))
		if (part.n == 6)
			rc = seek(l, part, false, means);
	return rc;
}

/* 小宝 of 李小宝, and 小伟, 阿伟 of 张伟: people are called so in statements. */
static int seek_given_name(struct look *l, const struct gv_cast_member *m)
{
	static const char *const pets[] = { "小", "阿", "老" };
	struct gv_str form = m->forms[0];
	size_t surname = gv_surname_of(gv_sifter_surnames(l->r->sifter), form), given = form.n - surname;
	struct gv_sought means = { gv_trait_rule(GV_TRAIT_NAME, &l->r->cast), "given-name", false, NULL, 0 };
	char pet[16];
	int rc = 0;

	if (gv_str_find(form, GV_STR("·")))
		return seek_parts(l, form, means);
	if (!surname || given == 0 || given > 6)
		return 0;
	if (given == 6)
		return seek(l, (struct gv_str){ form.p + surname, given }, false, means);
	for (size_t k = 0; k < sizeof pets / sizeof *pets && !rc; k++) {
		snprintf(pet, sizeof pet, "%s%.*s", pets[k], (int)(k == 2 ? surname : given), k == 2 ? form.p : form.p + surname);
		rc = seek(l, gv_str_of(pet), false, means);
	}
	return rc;
}

struct other { struct look *l; const char *rule; };

static int seek_other(void *ctx, struct gv_str writing, bool latin)
{
	struct other *o = ctx;

	/* Zhang Wei, ZHANG Wei, Wei ZHANG: the blanks and the case are anybody's. */
	return latin && writing.n < 4 ? 0 : seek(o->l, writing, latin, (struct gv_sought){ .rule = o->rule, .kind = "other-writing", .word = latin });
}

/* Smith of John Smith. */
static int seek_words(struct look *l, struct gv_str name, struct gv_sought means)
{
	int rc = 0;

	means.word = true;
	for (size_t at = 0, from; at < name.n && !rc;) {
		while (at < name.n && !gv_is_latin(name.p[at]))
			at++;
		for (from = at; at < name.n && gv_is_latin(name.p[at]);)
			at++;
		if (at - from >= 3 && at - from < name.n)
			rc = seek(l, (struct gv_str){ name.p + from, at - from }, true, means);
	}
	return rc;
}

/* In pinyin, in characters before they were simplified; a name in letters, by its words. */
static int seek_writings(struct look *l, const struct gv_cast_member *m)
{
	struct gv_redactor *r = l->r;
	struct other o = { l, gv_trait_rule(GV_TRAIT_NAME, &r->cast) };
	struct gv_str form = m->forms[0];
	int rc = 0;

	if (gv_is_latin(form.p[0]))
		return seek_words(l, form, (struct gv_sought){ .rule = o.rule, .kind = "given-name" });
	if (!r->writings)
		rc = gv_writings_open(&r->writings, l->err);
	return rc ? rc : gv_writings_each(r->writings, form, gv_surname_of(gv_sifter_surnames(r->sifter), form), seek_other, &o);
}

/* 嘉实 alone, of a unit that loses its trade name.  人民 of 中国人民财产保险股份有限公司, 人寿, 汽车 stand for themselves everywhere. */
static int seek_trade_name(struct look *l, const struct gv_cast_member *m)
{
	bool word = gv_str_is(m->trade_name, "人民") || gv_name_says_trade(m->trade_name);

	return m->trade_name.n < 6 || word ? 0 : seek(l, m->trade_name, false, (struct gv_sought){ "ANON-02", "trade-name", false, NULL, 0 });
}

static int seek_person(struct look *l, const struct gv_cast_member *m)
{
	int rc = seek_given_name(l, m);

	return rc ? rc : seek_writings(l, m);
}

/* Is it a piece of a whole name, which is told as such? */
static bool within_name(const struct gv_redactor *r, size_t from, size_t to)
{
	size_t low = 0, high = r->hits.n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (r->hits.list[mid].to < to)
			low = mid + 1;
		else
			high = mid;
	}
	return low < r->hits.n && r->hits.list[low].trait == GV_TRAIT_NAME && r->hits.list[low].from <= from;
}

static bool is_in_word(struct gv_str text, size_t from, size_t to)
{
	return (from > 0 && gv_is_latin(text.p[from - 1])) || (to < text.n && gv_is_latin(text.p[to]));
}

static int tell_sought(struct look *l)
{
	struct gv_redactor *r = l->r;
	char field[64];
	int rc = gv_needles_find(&r->needles, gv_redactor_text(r), l->err);

	for (size_t i = 0; i < r->needles.nhits && !rc; i++) {
		const struct gv_needle_hit *hit = &r->needles.hits[i];
		const struct gv_sought *s = &r->sought[hit->needle];

		if ((!s->field && within_name(r, hit->from, hit->to)) || (s->word && is_in_word(gv_redactor_text(r), hit->from, hit->to)))
			continue;
		if (s->field)
			snprintf(field, sizeof field, "parties.%u.%s", s->party, s->field);
		rc = tell(l, s->rule, s->kind, s->sure, hit->from, hit->to, s->field ? field : NULL);
	}
	return rc;
}

int gv_residue(struct gv_redactor *r, const struct gv_redact_job *job, int (*each)(void *ctx, const struct gv_residue *hit), void *ctx, struct gv_err *err)
{
	struct look l = { r, job, each, ctx, err };
	const struct gv_val *parties = gv_val_items(job->kase, "parties");
	int rc = gv_redactor_read(r, job, job->title ? GV_SIFT_TITLE : GV_SIFT_STRANGERS, err);

	gv_needles_clear(&r->needles);
	if (!rc)
		rc = tell_hits(&l);
	for (uint32_t i = 0; i < parties->n && !rc; i++)
		if (parties->items[i].type == GV_OBJECT)
			rc = seek_party(&l, &parties->items[i], i);
	for (size_t i = 0; i < r->cast.n && !rc; i++)
		if (r->cast.list[i].base.n && r->cast.list[i].nforms)
			rc = r->cast.list[i].unit ? seek_trade_name(&l, &r->cast.list[i]) : seek_person(&l, &r->cast.list[i]);
	return rc ? rc : tell_sought(&l);
}
