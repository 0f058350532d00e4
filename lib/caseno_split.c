/* SPDX-License-Identifier: MIT */
/*
 * Several numbers in one string: 民初7304、7305号 (the head is said once), whole
 * numbers one after the other, and ranges.
 *
 * A dash is both: 破42-2号 is the second ruling of case 42 (CN-17), 民初7304-7306号 are
 * three cases.  It is a range when what follows is greater, and has as many digits (two
 * or more), or is 100 or more, or the number is not the first of a list; else it is a suffix.
 * ~ and 至 are always ranges.
 */
#include "caseno_impl.h"

#include <stdlib.h>

#define RANGE_MAX 1000

struct list {
	struct cn_read *c;
	struct gv_caseno head;  /* the last whole number: later ones inherit from it */
	size_t count;
	int (*each)(void *ctx, const struct gv_caseno *one);
	void *ctx;
	int stop;               /* what the callback said */
};

static void emit(struct list *l, const struct gv_caseno *one)
{
	l->count++;
	if (l->each && !l->stop)
		l->stop = l->each(l->ctx, one);
}

/* Another serial under the same head: 、7305号 */
static enum cn_found serial_of_head(struct list *l)
{
	struct cn_read *c = l->c;
	enum cn_found found;

	*c->out = l->head;
	c->out->id[c->prefix] = '\0';
	c->out->suffix[0] = '\0';
	if (c->t->cp[c->pos] == L'第')
		c->pos++;
	found = cn_serial(c);
	if (found == CN_YES)
		emit(l, c->out);
	return found;
}

static bool is_range_sign(int32_t cp)
{
	return cp == '-' || cp == '~' || cp == L'至' || cp == L'到';
}

/* From the last serial, which is out already, to the one at c->pos. */
static enum cn_found range(struct list *l)
{
	struct cn_read *c = l->c;
	const struct cn_text *t = c->t;
	long first = strtol(c->out->serial, NULL, 10), last = 0;
	size_t digits, width = strlen(c->out->serial);

	c->pos++;
	if (t->cp[c->pos] == L'第')
		c->pos++;
	digits = cn_digits(t, c->pos);
	for (size_t i = 0; i < digits && i <= 8; i++)
		last = last * 10 + (t->cp[c->pos + i] - '0');
	if (!digits || digits > 8 || last <= first)
		return cn_bad(c, _("not a range of serial numbers after %ld"), first);
	if (last - first >= RANGE_MAX)
		return cn_bad(c, _("a range of more than %d case numbers"), RANGE_MAX);
	c->pos += digits;
	if (t->cp[c->pos] == L'号')
		c->pos++;
	for (long n = first + 1; n <= last; n++) {
		*c->out = l->head;
		c->out->suffix[0] = '\0';
		snprintf(c->out->serial, sizeof c->out->serial, "%0*ld",
		         cn_keeps_zeros(&l->head) ? (int)width : 0, n);
		c->out->id[c->prefix] = '\0';
		if (!cn_put(c->out->id, sizeof c->out->id, gv_str_of(c->out->serial)) ||
		    !cn_put(c->out->id, sizeof c->out->id, GV_STR("号")))
			return cn_bad(c, "%s", _("too long for a case number"));
		emit(l, c->out);
	}
	return CN_YES;
}

static enum cn_found whole(struct list *l)
{
	struct cn_read *c = l->c;
	enum cn_found found;

	memset(c->out, 0, sizeof *c->out);
	found = cn_one(c);
	if (found == CN_YES)
		emit(l, c->out);
	if (c->pos < c->t->n)
		l->head = *c->out;
	c->listed = true;
	return found;
}

static bool skip_separators(struct cn_read *c)
{
	size_t from = c->pos;

	while (cn_in(L"、,;/和及与并", c->t->cp[c->pos]) ||
	       (c->t->cp[c->pos] == L'以' && c->t->cp[c->pos + 1] == L'及'))
		c->pos++;
	return c->pos > from;
}

static enum cn_found trailing(struct cn_read *c)
{
	struct gv_str rest = cn_shown(c->t, c->pos, c->t->n);

	return cn_bad(c, _("\"%.*s\" after the number"), CN_ARGS(rest));
}

enum cn_found cn_list(struct cn_read *c, size_t *count,
                      int (*each)(void *ctx, const struct gv_caseno *one), void *ctx, int *stop)
{
	struct list l;
	enum cn_found found;

	l.c = c;
	l.count = 0;
	l.each = each;
	l.ctx = ctx;
	l.stop = 0;
	found = whole(&l);
	while (found == CN_YES && c->pos < c->t->n) {
		if (is_range_sign(c->t->cp[c->pos])) {
			found = range(&l);
		} else if (!skip_separators(c) || c->pos == c->t->n) {
			found = trailing(c);
		} else {
			size_t at = c->pos + (c->t->cp[c->pos] == L'第'), n = cn_digits(c->t, at);

			/* 2016沪0114民初1 after a comma is a whole number again. */
			if (n && (n != 4 || !cn_in(CN_PROVINCES L"最年)", c->t->cp[at + n])))
				found = serial_of_head(&l);
			else if (n || c->t->cp[c->pos] == '(')
				found = whole(&l);
			else
				found = trailing(c);
		}
	}
	*count = l.count;
	if (stop)
		*stop = l.stop;
	return found;
}

int gv_caseno_split(struct gv_caseno_reader *r, struct gv_str text,
                    int (*each)(void *ctx, const struct gv_caseno *one), void *ctx, struct gv_err *err)
{
	struct gv_caseno one;
	struct cn_text t;
	struct cn_read c = { .r = r, .t = &t, .out = &one };
	size_t count;
	int stop = 0;

	/* All of it must be good before the first is given away. */
	if (gv_caseno_parse(r, &one, text, err) && one.class != GV_CN_MULTI)
		return GV_EDATA;
	gv_err_clear(err);
	memset(&one, 0, sizeof one);
	if (cn_text_read(&t, text, &one))
		cn_list(&c, &count, each, ctx, &stop);
	return stop;
}
