/* SPDX-License-Identifier: MIT */
#include "writings.h"

#include <stdlib.h>
#include <string.h>

#include "ref.h"
#include "utf8.h"

enum { CHARACTERS = 4, MOST = 32, LONGEST = 64 };

struct gv_writings {
	struct gv_ref *table;
	int han, pinyin, traditional;
};

/* A name, character by character, with what may stand for each of them: readings, or forms. */
struct spelling {
	struct gv_str options[CHARACTERS];  /* comma lists */
	size_t n, surname;                  /* characters */
};

int gv_writings_open(struct gv_writings **out, struct gv_err *err)
{
	struct gv_writings *w = calloc(1, sizeof *w);
	int rc;

	*out = NULL;
	if (!w)
		return gv_fail_nomem(err);
	rc = gv_ref_open(&w->table, "writings", err);
	if (rc) {
		free(w);
		return rc;
	}
	w->han = gv_ref_column(w->table, "han");
	w->pinyin = gv_ref_column(w->table, "pinyin");
	w->traditional = gv_ref_column(w->table, "traditional");
	*out = w;
	return 0;
}

void gv_writings_free(struct gv_writings *w)
{
	if (!w)
		return;
	gv_ref_free(w->table);
	free(w);
}

/* The k-th of a comma list; {0}: it has fewer. */
static struct gv_str option(struct gv_str list, size_t k)
{
	for (size_t from = 0, i = 0; from < list.n; i++) {
		const char *comma = memchr(list.p + from, ',', list.n - from);
		size_t n = comma ? (size_t)(comma - list.p) - from : list.n - from;

		if (i == k)
			return (struct gv_str){ list.p + from, n };
		from += n + 1;
	}
	return (struct gv_str){ 0 };
}

static size_t count(struct gv_str list)
{
	size_t n = 0;

	while (option(list, n).n)
		n++;
	return n;
}

/* The `number`-th way to choose one of each; `turned`: given name first.  0: there are not so many. */
static size_t compose(const struct spelling *s, size_t number, bool turned, char out[LONGEST])
{
	struct gv_str chosen[CHARACTERS];
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		size_t options = count(s->options[i]);

		chosen[i] = option(s->options[i], options ? number % options : 0);
		number = options ? number / options : number;
	}
	if (number)
		return 0;
	for (size_t i = 0; i < s->n; i++) {
		struct gv_str part = chosen[turned ? (i + s->surname) % s->n : i];

		if (n + part.n > LONGEST)
			return 0;
		memcpy(out + n, part.p, part.n);
		n += part.n;
	}
	return n;
}

/* false: not two to four Chinese characters. */
static bool read_name(struct gv_writings *w, struct gv_str name, size_t surname, bool latin, char forms[CHARACTERS][LONGEST], struct spelling *s)
{
	*s = (struct spelling){ 0 };
	for (size_t at = 0, from; at < name.n; s->n++) {
		size_t row;
		struct gv_str more, own;

		from = at;
		if (!gv_utf8_is_han(gv_utf8_next(name, &at)) || s->n == CHARACTERS)
			return false;
		s->surname += from < surname;
		own = (struct gv_str){ name.p + from, at - from };
		row = gv_ref_find(w->table, w->han, own, 0);
		if (latin && row == GV_REF_NONE)
			return false;
		more = row == GV_REF_NONE ? (struct gv_str){ 0 } : gv_ref_cell(w->table, row, latin ? w->pinyin : w->traditional);
		if (!latin) {  /* itself is one of its forms */
			size_t n = own.n + 1 + more.n < LONGEST && more.n ? own.n + 1 + more.n : own.n;

			memcpy(forms[s->n], own.p, own.n);
			if (n > own.n) {
				forms[s->n][own.n] = ',';
				memcpy(forms[s->n] + own.n + 1, more.p, more.n);
			}
			more = (struct gv_str){ forms[s->n], n };
		}
		s->options[s->n] = more;
	}
	return s->n >= 2;
}

int gv_writings_each(struct gv_writings *w, struct gv_str name, size_t surname, int (*each)(void *ctx, struct gv_str writing, bool latin), void *ctx)
{
	char forms[CHARACTERS][LONGEST], out[LONGEST];
	struct spelling s;
	size_t n;
	int rc = 0;

	if (read_name(w, name, surname, true, forms, &s))
		for (size_t i = 0; i < MOST && !rc && (n = compose(&s, i, false, out)); i++) {
			rc = each(ctx, (struct gv_str){ out, n }, true);
			if (!rc && s.surname && s.surname < s.n)
				rc = each(ctx, (struct gv_str){ out, compose(&s, i, true, out) }, true);
		}
	if (!rc && read_name(w, name, surname, false, forms, &s))
		for (size_t i = 1; i < MOST && !rc && (n = compose(&s, i, false, out)); i++)  /* the first is the name itself */
			rc = each(ctx, (struct gv_str){ out, n }, false);
	return rc;
}
