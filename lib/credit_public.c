/* SPDX-License-Identifier: MIT */
#include "credit_public.h"

#include <stdio.h>
#include <string.h>

#include "i18n.h"
#include "ident.h"
#include "rule.h"
#include "utf8.h"

#define LISTED GV_CREDIT_LISTED
#define REMOVED GV_CREDIT_REMOVED
#define BOTH GV_CREDIT_BOTH

const struct gv_credit_field gv_credit_fields[] = {
	/* which entry it is */
	{ "kind", NULL, GV_CREDIT_WORD, BOTH, BOTH, "CR-09", NULL },
	{ "change", NULL, GV_CREDIT_WORD, BOTH, 0, "CR-33", NULL },
	{ "key", NULL, GV_CREDIT_WORD, BOTH, BOTH, "CR-33", NULL },
	{ "court", NULL, GV_CREDIT_WORD, BOTH, 0, "CR-09", "DIS 6(5)" },
	{ "state", NULL, GV_CREDIT_WORD, BOTH, BOTH, "CR-11", NULL },
	/* the listing */
	{ "case", "case", GV_CREDIT_WORD, LISTED, LISTED, "CR-09", "DIS 6(5)" },
	{ "ground", "ground", GV_CREDIT_WORD, LISTED, 0, "CR-09", "DIS 6(4)" },
	{ "published_on", "published_on", GV_CREDIT_WORD, BOTH, LISTED, "CR-09", "DIS 7" },
	{ "term_until", "term.until", GV_CREDIT_TERM_END, LISTED, 0, "CR-03", "DIS 2" },
	/* what is published of the debtor, the obligation and the conduct */
	{ "published.name", "published.name", GV_CREDIT_NAME, LISTED, LISTED, "CR-09", "DIS 6(1),6(2)" },
	{ "published.credit_code", "published.credit_code", GV_CREDIT_WORD, LISTED, 0, "CR-09", "DIS 6(1)" },
	{ "published.legal_representative", "published.legal_representative", GV_CREDIT_NAME, LISTED, 0, "CR-09", "DIS 6(1)" },
	{ "published.sex", "published.sex", GV_CREDIT_WORD, LISTED, 0, "CR-09", "DIS 6(2)" },
	{ "published.age", "published.age", GV_CREDIT_WORD, LISTED, 0, "CR-09", "DIS 6(2)" },
	{ "published.id_no", "published.id_no", GV_CREDIT_MASKED, LISTED, 0, "CR-09", "DIS 6(2)" },
	{ "published.obligation", "published.obligation", GV_CREDIT_PROSE, LISTED, 0, "CR-09", "DIS 6(3)" },
	{ "published.performance", "published.performance", GV_CREDIT_PROSE, LISTED, 0, "CR-09", "DIS 6(3)" },
	{ "published.conduct", "published.conduct", GV_CREDIT_PROSE, LISTED, 0, "CR-09", "DIS 6(4)" },
	{ "published.maker", "published.maker", GV_CREDIT_NAME, LISTED, 0, "CR-09", "DIS 6(5)" },
	{ "published.instrument_no", "published.instrument_no", GV_CREDIT_WORD, LISTED, 0, "CR-09", "DIS 6(5)" },
	{ "published.case", "published.case", GV_CREDIT_WORD, LISTED, 0, "CR-09", "DIS 6(5)" },
	{ "published.filed_on", "published.filed_on", GV_CREDIT_WORD, LISTED, 0, "CR-09", "DIS 6(5)" },
	{ "published.court", "published.court", GV_CREDIT_WORD, LISTED, 0, "CR-09", "DIS 6(5)" },
	/* its end, for those who were told of it */
	{ "on", "removal.on", GV_CREDIT_WORD, REMOVED, 0, "CR-33", NULL },
	{ "reason", "removal.reason", GV_CREDIT_WORD, REMOVED, 0, "CR-33", NULL },
	{ 0 }
};

bool gv_credit_is_public(const struct gv_val *rec)
{
	return gv_credit_in_state(rec, "listed") && !gv_credit_is_foreign(rec);
}

/* ---- masks ---- */

static size_t characters(struct gv_str s)
{
	size_t n = 0;

	for (size_t at = 0; at < s.n; n++)
		gv_utf8_next(s, &at);
	return n;
}

void gv_credit_mask(struct gv_str number, struct gv_buf *out)
{
	size_t n = characters(number), front = n >= 15 ? 6 : n / 4, back = n >= 15 ? 4 : n / 4;

	for (size_t i = 0, at = 0; i < n; i++) {
		size_t begin = at;

		gv_utf8_next(number, &at);
		if (i < front || i >= n - back)
			gv_buf_add(out, number.p + begin, at - begin);
		else
			gv_buf_addc(out, '*');
	}
}

enum { RUN_MAX = 32 };

/* A run of digits in half or full width, with one blank or hyphen between two of them. */
struct number_run {
	size_t end;                /* of its text */
	size_t n;                  /* digits; X counts as the last */
	bool divided;
	char digits[RUN_MAX];      /* as many as there is room for */
};

/* '0' to '9', 'X'; 0: none. */
static char digit_of(int32_t c)
{
	if (c >= 0xff10 && c <= 0xff19)
		return (char)('0' + (c - 0xff10));
	if (c == 'x' || c == 'X' || c == 0xff38 || c == 0xff58)
		return 'X';
	return c >= '0' && c <= '9' ? (char)c : 0;
}

static bool is_divider(int32_t c)
{
	return c == ' ' || c == '-' || c == 0x3000 || c == 0xff0d;
}

static void read_run(struct gv_str text, size_t at, struct number_run *r)
{
	bool divider = false;

	*r = (struct number_run){ .end = at };
	while (at < text.n) {
		int32_t c = gv_utf8_next(text, &at);
		char digit = digit_of(c);

		if (!digit && is_divider(c) && r->n && !divider) {
			divider = true;
			continue;
		}
		if (!digit || (digit == 'X' && r->n < 14))
			return;
		r->divided = r->divided || divider;
		divider = false;
		if (r->n < RUN_MAX)
			r->digits[r->n] = digit;
		r->n++;
		r->end = at;
	}
}

/* A number of 15 digits or more in one piece is an identity's or a bank card's; in several pieces, if it holds a day of birth. */
static bool is_private(const struct number_run *r)
{
	char day[GV_DATE_LEN + 1];

	if (!r->divided)
		return r->n >= 15;
	if (r->n == 18)
		snprintf(day, sizeof day, "%.4s-%.2s-%.2s", r->digits + 6, r->digits + 10, r->digits + 12);
	else if (r->n == 15)
		snprintf(day, sizeof day, "19%.2s-%.2s-%.2s", r->digits + 6, r->digits + 8, r->digits + 10);
	else
		return false;
	return gv_day_read(gv_str_of(day)) != GV_DAY_NONE;
}

/* The first six and the last four digits stay, as in gv_credit_mask(); what divides them stays, too. */
static void mask_run(struct gv_str text, const struct number_run *r, struct gv_buf *out)
{
	size_t nth = 0;

	for (size_t at = 0, begin; at < text.n;) {
		begin = at;
		if (!digit_of(gv_utf8_next(text, &at)) || nth < 6 || nth + 4 >= r->n)
			gv_buf_add(out, text.p + begin, at - begin);
		else
			gv_buf_addc(out, '*');
		nth += digit_of(gv_utf8_next(text, &begin)) != 0;
	}
}

/* Nothing private is published (DIS 6): who wrote a number into the text did not mean to. */
static void mask_within(struct gv_str text, struct gv_buf *out)
{
	struct number_run r;

	for (size_t at = 0, begin; at < text.n;) {
		begin = at;
		read_run(text, at, &r);
		if (r.n)
			at = r.end;
		else
			gv_utf8_next(text, &at);
		if (r.n && is_private(&r))
			mask_run((struct gv_str){ text.p + begin, at - begin }, &r, out);
		else
			gv_buf_add(out, text.p + begin, at - begin);
	}
}

/* One form of it, so that a mask leaves the same of each way to write it. */
static void mask_form(struct gv_str number, struct gv_buf *out)
{
	struct gv_buf form = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX);

	gv_ident_add_form(&form, GV_ID_RESIDENT, number);
	gv_credit_mask(gv_buf_str(&form), out);
	out->failed = out->failed || form.failed;
	gv_buf_free(&form);
}

/* The value as it may be seen. */
static int show(struct gv_doc *d, const struct gv_credit_field *f, const struct gv_val *v, struct gv_val *out, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX);
	int rc;

	*out = *v;
	if (v->type != GV_STRING || (f->how != GV_CREDIT_MASKED && f->how != GV_CREDIT_NAME && f->how != GV_CREDIT_PROSE))
		return 0;
	if (f->how == GV_CREDIT_MASKED)
		mask_form(gv_val_str(v), &text);
	else
		mask_within(gv_val_str(v), &text);
	rc = gv_buf_check(&text, err);
	if (!rc)
		*out = gv_mkstr(d, gv_buf_str(&text));
	gv_buf_free(&text);
	return rc;
}

/* ---- rows ---- */

static int set_text(struct gv_doc *d, struct gv_val *row, const char *name, struct gv_str text, struct gv_err *err)
{
	return text.n ? gv_obj_set(d, row, gv_str_of(name), gv_mkstr(d, text), err) : 0;
}

static int begin(struct gv_doc *d, struct gv_val *out, const struct gv_val *rec, const char *home, const char *state, const char *change,
                 struct gv_err *err)
{
	struct gv_str court = gv_val_getstr(rec, "court");
	int rc;

	*out = gv_mkobj();
	rc = gv_obj_set(d, out, GV_STR("kind"), gv_mklit("credit-public"), err);
	if (!rc && change)
		rc = gv_obj_set(d, out, GV_STR("change"), gv_mklit(change), err);
	if (!rc)
		rc = set_text(d, out, "key", gv_val_getstr(rec, "id"), err);
	if (!rc)
		rc = set_text(d, out, "court", court.n ? court : gv_str_of(home), err);
	return rc ? rc : gv_obj_set(d, out, GV_STR("state"), gv_mklit(state), err);
}

static int put_term_end(struct gv_doc *d, struct gv_val *out, const struct gv_credit_field *f, const struct gv_val *rec, struct gv_err *err)
{
	gv_day end = gv_credit_has_term(rec) ? gv_credit_term_end(rec) : GV_DAY_NONE;

	return end == GV_DAY_NONE ? 0 : set_text(d, out, f->name, gv_str_of(gv_credit_date(end).s), err);
}

static int put_field(struct gv_doc *d, struct gv_val *out, const struct gv_credit_field *f, const struct gv_val *rec, struct gv_err *err)
{
	const struct gv_val *v = gv_val_path(rec, gv_str_of(f->field));
	struct gv_val shown;
	int rc;

	if (f->how == GV_CREDIT_TERM_END)
		return put_term_end(d, out, f, rec, err);
	if (!v || (v->type != GV_STRING && v->type != GV_INT))
		return 0;
	rc = show(d, f, v, &shown, err);
	return rc ? rc : gv_val_set_path(d, out, gv_str_of(f->name), shown, err);
}

int gv_credit_public(struct gv_doc *d, struct gv_val *out, const struct gv_val *rec, const char *home, const char *change, struct gv_err *err)
{
	int rc = begin(d, out, rec, home, "listed", change, err);

	for (const struct gv_credit_field *f = gv_credit_fields; f->name && !rc; f++)
		if (f->field && (f->rows & LISTED))
			rc = put_field(d, out, f, rec, err);
	return rc;
}

/* A code and a day, and no words: what somebody wrote about the debtor would be among those. */
static int put_removal(struct gv_doc *d, struct gv_val *out, const struct gv_val *removal, struct gv_err *err)
{
	struct gv_str reason = gv_val_getstr(removal, "reason"), on = gv_val_getstr(removal, "on");
	int rc = gv_day_read(on) == GV_DAY_NONE ? 0 : set_text(d, out, "on", on, err);

	return rc || !gv_rule_listed(GV_STR("R1,R2,R3,R4,R5,R6,R7,RE,RT,RV"), reason) ? rc : set_text(d, out, "reason", reason, err);
}

static uint32_t count(const struct gv_val *rec, const char *events)
{
	uint32_t n = 0;

	for (uint32_t at = 0; gv_credit_next(rec, events, &at);)
		n++;
	return n;
}

bool gv_credit_public_is_new(const struct gv_val *before, const struct gv_val *after)
{
	static const char ends[] = "remove,delete-early,expire,revoke";

	if (gv_val_items(after, "earlier")->n > gv_val_items(before, "earlier")->n)
		return true;
	/* Taken over from elsewhere, it need not say what was there before; a day that was corrected is another matter. */
	return gv_credit_day(before, "published_on") != gv_credit_day(after, "published_on") && count(after, ends) > count(before, ends);
}

/* How the listing of `before` ended; NULL: nothing says so. */
static const struct gv_val *end_of(const struct gv_val *before, const struct gv_val *after)
{
	const struct gv_val *earlier = gv_val_items(after, "earlier"), *removal = gv_val_get(after, "removal");
	uint32_t n = gv_val_items(before, "earlier")->n;

	/* A new listing is on its way, or come and gone: how that one ended stands among the earlier ones. */
	if (earlier->n > n)
		return &earlier->items[n];
	return removal || !earlier->n || gv_credit_is_public(after) ? removal : &earlier->items[earlier->n - 1];
}

int gv_credit_public_removed(struct gv_doc *d, struct gv_val *out, const struct gv_val *before, const struct gv_val *after, const char *home,
                             struct gv_err *err)
{
	struct gv_str published = gv_val_getstr(before, "published_on");
	int rc = begin(d, out, before, home, "removed", "removed", err);

	if (!rc && gv_day_read(published) != GV_DAY_NONE)
		rc = set_text(d, out, "published_on", published, err);
	return rc ? rc : put_removal(d, out, end_of(before, after), err);
}

/* ---- rows from elsewhere ---- */

static const struct gv_credit_field *find(struct gv_str name, unsigned rows)
{
	for (const struct gv_credit_field *f = gv_credit_fields; f->name; f++)
		if ((f->rows & rows) && gv_str_is(name, f->name))
			return f;
	return NULL;
}

/* What moves a cursor, turns the line around or cannot be seen stands in no name and no number. */
static bool is_clean(const struct gv_credit_field *f, struct gv_str text)
{
	for (size_t at = 0, end; at <= text.n; at = end + 1) {
		for (end = at; end < text.n && !(f->how == GV_CREDIT_PROSE && (text.p[end] == '\n' || text.p[end] == '\t'));)
			end++;
		if (!gv_utf8_is_safe((struct gv_str){ text.p + at, end - at }))
			return false;
	}
	return true;
}

static int check_value(const char *prefix, const struct gv_member *m, unsigned rows, struct gv_err *err)
{
	const struct gv_credit_field *f;
	char name[128];

	snprintf(name, sizeof name, "%s%.*s", prefix, (int)(m->name.n < 100 ? m->name.n : 100), m->name.p);
	f = m->name.n < 100 && !memchr(m->name.p, '.', m->name.n) ? find(gv_str_of(name), rows) : NULL;
	if (!f)
		return gv_fail_field(err, GV_EDATA, name, "%s",
		                     find(gv_str_of(name), BOTH) ? _("does not go with this state") : _("is no field that is published (CR-09)"));
	if (m->val.type != GV_STRING && m->val.type != GV_INT)
		return gv_fail_field(err, GV_EDATA, name, _("is of type %s"), gv_type_name((enum gv_type)m->val.type));
	if (m->val.type == GV_STRING && !is_clean(f, gv_val_str(&m->val)))
		return gv_fail_field(err, GV_EDATA, name, "%s", _("has control or invisible characters"));
	if (m->val.type == GV_STRING && m->val.n && gv_utf8_is_blank(gv_val_str(&m->val)))
		return gv_fail_field(err, GV_EDATA, name, _("\"%.*s\" says nothing"), (int)(m->val.n < 64 ? m->val.n : 0), gv_val_str(&m->val).p);
	return 0;
}

static int check_members(const struct gv_val *row, unsigned rows, struct gv_err *err)
{
	int rc = 0;

	for (uint32_t i = 0; i < row->n && !rc; i++) {
		const struct gv_member *m = &row->members[i];

		if (!gv_str_is(m->name, "published") || m->val.type != GV_OBJECT) {
			rc = check_value("", m, rows, err);
			continue;
		}
		if (!(rows & LISTED))
			return gv_fail_field(err, GV_EDATA, "published", "%s", _("does not go with this state"));
		for (uint32_t k = 0; k < m->val.n && !rc; k++)
			rc = check_value("published.", &m->val.members[k], rows, err);
	}
	return rc;
}

static int check_word(const struct gv_val *row, const char *name, const char *words, struct gv_err *err)
{
	struct gv_str word = gv_val_getstr(row, name);

	if (!word.n && gv_val_get(row, name))
		return gv_fail_field(err, GV_EDATA, name, _("is not one of %s"), words);
	if (!word.n || gv_rule_listed(gv_str_of(words), word))
		return 0;
	return gv_fail_field(err, GV_EDATA, name, _("\"%.*s\" is not one of %s"), (int)(word.n < 64 ? word.n : 64), word.p, words);
}

/* G1 has no term (CR-03), and what was over before it was published is no listing (CR-12). */
static int check_term(const struct gv_val *row, struct gv_err *err)
{
	struct gv_str until = gv_val_getstr(row, "term_until"), published = gv_val_getstr(row, "published_on");
	gv_day end = gv_day_read(until), begin = gv_day_read(published);

	if (until.n && gv_str_is(gv_val_getstr(row, "ground"), "G1"))
		return gv_fail_field(err, GV_EDATA, "term_until", _("%.*s: ground G1 has no term (CR-03)"), (int)(until.n < 64 ? until.n : 64), until.p);
	if (end == GV_DAY_NONE || begin == GV_DAY_NONE || end >= begin)
		return 0;
	return gv_fail_field(err, GV_EDATA, "term_until", _("%.10s is before published_on, %.10s: that term was over (CR-12)"), until.p, published.p);
}

int gv_credit_public_check(const struct gv_val *row, bool *removed, struct gv_err *err)
{
	unsigned rows;
	int rc;

	*removed = gv_str_is(gv_val_getstr(row, "state"), "removed");
	rows = *removed ? REMOVED : LISTED;
	if (row->type != GV_OBJECT)
		return gv_fail(err, GV_EDATA, _("a row must be an object, this is: %s"), gv_type_name((enum gv_type)row->type));
	rc = check_word(row, "kind", "credit-public", err);
	if (!rc)
		rc = check_word(row, "state", "listed,removed", err);
	if (!rc)
		rc = check_word(row, "change", *removed ? "removed" : "added,corrected", err);
	if (!rc)
		rc = check_members(row, rows, err);
	for (const struct gv_credit_field *f = gv_credit_fields; f->name && !rc; f++)
		if ((f->needed & rows) && !gv_val_path(row, gv_str_of(f->name)))
			rc = gv_fail_field(err, GV_EDATA, f->name, "%s", _("is missing"));
	return rc ? rc : check_term(row, err);
}

int gv_credit_public_take(struct gv_doc *d, struct gv_val *rec, const struct gv_val *row, bool removed, struct gv_err *err)
{
	static const char *const of_listing[] = { "case", "ground", "published_on", "term", "published", "removal" };
	unsigned rows = removed ? REMOVED : LISTED;
	int rc = 0;

	for (size_t i = removed ? 5 : 0; i < sizeof of_listing / sizeof of_listing[0]; i++)
		gv_obj_del(rec, gv_str_of(of_listing[i]));
	for (const struct gv_credit_field *f = gv_credit_fields; f->name && !rc; f++) {
		const struct gv_val *v = f->field && (f->rows & rows) ? gv_val_path(row, gv_str_of(f->name)) : NULL;
		struct gv_val shown, own;

		if (!v)
			continue;
		rc = show(d, f, v, &shown, err);
		if (!rc)
			rc = gv_val_copy(d, &own, &shown, err);
		if (!rc)
			rc = gv_val_set_path(d, rec, gv_str_of(f->field), own, err);
	}
	return rc ? rc : gv_obj_set(d, rec, GV_STR("state"), gv_mklit(removed ? "removed" : "listed"), err);
}
