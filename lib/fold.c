/* SPDX-License-Identifier: MIT */
#include "fold.h"

#include <stdlib.h>
#include <string.h>

#include "i18n.h"
#include "utf8.h"

#define DOT 0xB7

/* Between the parts of a foreign name (ANON-04, notes on the record). */
static bool is_dot(int32_t cp)
{
	return cp == 0xB7 || cp == 0x2022 || cp == 0x2027 || cp == 0x30FB || cp == 0xFF65 || cp == 0x2219 || cp == 0x22C5;
}

int32_t gv_fold_cp(int32_t cp)
{
	if (is_dot(cp))
		return DOT;
	if ((cp >= 0x2010 && cp <= 0x2013) || cp == 0x2212)  /* hyphens, the dash of numbers, minus */
		return '-';
	if ((cp >= 0x660 && cp <= 0x669) || (cp >= 0x6F0 && cp <= 0x6F9))
		return '0' + (cp & 0xF);
	if (cp >= 0x1D7CE && cp <= 0x1D7FF)  /* digits of mathematics, five alphabets of them */
		return '0' + (cp - 0x1D7CE) % 10;
	if (cp == 0x2169)  /* the Roman ten, for X */
		return 'X';
	if (cp < ' ' || cp == 0xAD || gv_utf8_is_space(cp))
		return 0;
	return gv_utf8_half(cp);
}

static bool is_word(unsigned char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

struct folding {
	struct gv_fold *f;
	struct gv_str text;
	size_t end;   /* of what was put last, in the original */
	char blank;   /* what was left out since: ' ', '\n'; 0: nothing */
	bool nomem;
};

static int make_room(struct gv_fold *f, size_t n, struct gv_err *err)
{
	if (n > GV_FOLD_MAX)
		return gv_fail(err, GV_EDATA, _("is longer than %d bytes"), GV_FOLD_MAX);
	if (f->text.max == 0)
		gv_buf_init(&f->text, 2 * GV_FOLD_MAX);
	gv_buf_reset(&f->text);
	f->n = 0;
	return gv_buf_reserve(&f->text, n + n / 4 + 1) ? 0 : gv_fail_nomem(err);  /* only "." between two Han characters becomes longer */
}

static void add_piece(struct folding *w, struct gv_fold_piece piece)
{
	struct gv_fold *f = w->f;

	if (f->n == f->cap) {
		size_t cap = f->cap ? 2 * f->cap : 1024;
		struct gv_fold_piece *pieces = reallocarray(f->pieces, cap, sizeof *pieces);

		if (!pieces) {
			w->nomem = true;
			return;
		}
		f->pieces = pieces;
		f->cap = cap;
	}
	f->pieces[f->n++] = piece;
}

static void put(struct folding *w, const char *bytes, size_t n, size_t from, size_t to)
{
	struct gv_buf *out = &w->f->text;

	if (n != to - from)
		add_piece(w, (struct gv_fold_piece){ (uint32_t)out->n, (uint32_t)from, (uint32_t)to, (uint32_t)n });
	else if (from != w->end)
		add_piece(w, (struct gv_fold_piece){ (uint32_t)out->n, (uint32_t)from, (uint32_t)from, 0 });
	memcpy(out->p + out->n, bytes, n);
	out->n += n;
	w->end = to;
	w->blank = 0;
}

/* A Han character or Chinese punctuation that stays as it is: nearly all of a judgment. */
static bool stays(const unsigned char *s, size_t left)
{
	if (left < 3 || s[0] < 0xE3 || s[0] > 0xEE || ((s[1] ^ 0x80) | (s[2] ^ 0x80)) >= 0x40)
		return false;
	return s[0] != 0xE3 || (!(s[1] == 0x80 && s[2] == 0x80) && !(s[1] == 0x83 && s[2] == 0xBB));  /* U+3000 is a blank, U+30FB a dot */
}

/* Where what stays as it is ends, from `at` on. */
static size_t stays_to(struct gv_str text, size_t at)
{
	const unsigned char *s = (const unsigned char *)text.p;

	while (at < text.n) {
		if (stays(s + at, text.n - at))
			at += 3;
		else if (s[at] > ' ' && s[at] < 0x7F && s[at] != '.')
			at++;
		else
			break;
	}
	return at;
}

/* "." between two Han characters is the dot of a name: 买买提.依明.  A Han character's bytes are the only ones from E4 to E9. */
static bool is_name_dot(const struct gv_fold *f, struct gv_str text, size_t after)
{
	const unsigned char *before = f->text.n >= 3 ? (const unsigned char *)f->text.p + f->text.n - 3 : NULL;

	return before && before[0] >= 0xE4 && before[0] <= 0xE9 && after < text.n && (unsigned char)text.p[after] >= 0xE4 && (unsigned char)text.p[after] <= 0xE9;
}

/* The full-width comma and its like, EF BC 81 to BF, are every tenth character of a judgment: without a detour. */
static int32_t next_folded(struct gv_str text, size_t *at)
{
	const unsigned char *s = (const unsigned char *)text.p + *at;

	if (text.n - *at >= 3 && s[0] == 0xEF && s[1] == 0xBC && s[2] > 0x80 && s[2] <= 0xBF) {
		*at += 3;
		return s[2] - 0x60;
	}
	return gv_fold_cp(gv_utf8_next(text, at));
}

/* ---- the number of a page, on a line of its own ---- */

static size_t skip(struct gv_str text, size_t at, const char *characters)
{
	while (at < text.n && strchr(characters, text.p[at]) && text.p[at])
		at++;
	return at;
}

static size_t word_to(struct gv_str text, size_t at, const char *word)
{
	return gv_str_starts((struct gv_str){ text.p + at, text.n - at }, gv_str_of(word)) ? at + strlen(word) : at;
}

/* Where " - 3 - " or "第3页 共9页" ends, which stands from `at` to the end of the line; `at`: none does. */
static size_t page_number_to(struct gv_str text, size_t at)
{
	static const char *const marks[][2] = { { "-", "-" }, { "—", "—" }, { "–", "–" }, { "第", "页" } };
	size_t from = skip(text, at, " \t"), begin, end;

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		begin = skip(text, word_to(text, from, marks[i][0]), " ");
		end = skip(text, begin, "0123456789");
		if (begin == from || end == begin || end - begin > 4)
			continue;
		begin = skip(text, end, " ");
		end = word_to(text, begin, marks[i][1]);
		if (end == begin)
			continue;
		begin = skip(text, end, " ,/");
		if (word_to(text, begin, "共") > begin)
			end = word_to(text, skip(text, skip(text, word_to(text, begin, "共"), " "), "0123456789 "), "页");
		end = skip(text, end, " \t\r");
		return end == text.n || text.p[end] == '\n' || text.p[end] == '\f' ? end : at;
	}
	return at;
}

/* Nearly every line says no here. */
static bool may_be_page_number(struct gv_str text, size_t at)
{
	while (at < text.n && (text.p[at] == ' ' || text.p[at] == '\t'))
		at++;
	return at < text.n && (text.p[at] == '-' || (unsigned char)text.p[at] == 0xE2 || (text.n - at >= 3 && memcmp(text.p + at, "第", 3) == 0));
}

/* The character at `at`, of which the fold may be another one or nothing at all; where the next one begins. */
static size_t put_other(struct folding *w, size_t at)
{
	struct gv_fold *f = w->f;
	size_t begin = at, n;
	int32_t cp = next_folded(w->text, &at);
	char bytes[4];

	if (!cp || cp == ' ' || cp == 0x7F) {
		bool line = memchr(w->text.p + begin, '\n', at - begin) != NULL;

		w->blank = line || w->blank == '\n' ? '\n' : ' ';
		return line && may_be_page_number(w->text, at) ? page_number_to(w->text, at) : at;
	}
	if (w->blank && f->text.n && cp < 0x80 && is_word((unsigned char)cp) && is_word((unsigned char)f->text.p[f->text.n - 1]))
		put(w, &(char){ w->blank }, 1, begin - 1, begin);
	if (cp == '.' && is_name_dot(f, w->text, at))
		cp = DOT;
	n = gv_utf8_put(bytes, cp);
	if (cp == 0xFFFD && at - begin == 1) {  /* a byte that is no UTF-8 must not become three */
		bytes[0] = '?';
		n = 1;
	}
	put(w, bytes, n, begin, at);
	return at;
}

int gv_fold(struct gv_fold *f, struct gv_str text, struct gv_err *err)
{
	struct folding w = { .f = f, .text = text };
	int rc = make_room(f, text.n, err);

	if (rc)
		return rc;
	f->length = text.n;
	for (size_t at = 0; at < text.n;) {
		/* Whether a blank stays is asked where a letter or digit follows it. */
		size_t to = w.blank && (unsigned char)text.p[at] < 0x80 ? at : stays_to(text, at);

		if (to > at)
			put(&w, text.p + at, to - at, at, to);
		at = to > at ? to : put_other(&w, at);
	}
	f->text.p[f->text.n] = 0;
	return w.nomem ? gv_fail_nomem(err) : 0;
}

/* How many pieces begin at or before folded[at]. */
static size_t pieces_to(const struct gv_fold *f, size_t at)
{
	size_t low = 0, high = f->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (f->pieces[mid].at <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static struct gv_fold_piece piece_of(const struct gv_fold *f, size_t at)
{
	size_t n = pieces_to(f, at);

	return n ? f->pieces[n - 1] : (struct gv_fold_piece){ 0 };
}

size_t gv_fold_from(const struct gv_fold *f, size_t at)
{
	struct gv_fold_piece p = piece_of(f, at);

	if (at >= f->text.n)
		return f->length;
	return at - p.at < p.width ? p.from : p.to + (at - p.at - p.width);
}

size_t gv_fold_to(const struct gv_fold *f, size_t end)
{
	struct gv_fold_piece p = piece_of(f, end ? end - 1 : 0);

	if (!end)
		return 0;
	return end - p.at <= p.width ? p.to : p.to + (end - p.at - p.width);
}

size_t gv_fold_line(const struct gv_fold *f, struct gv_str original, size_t from, size_t at)
{
	for (size_t i = pieces_to(f, at); i-- > 0 && f->pieces[i].at >= from;) {
		size_t begin = f->pieces[i].from, end = gv_fold_to(f, f->pieces[i].at);

		if (begin > end && memchr(original.p + end, '\n', begin - end))
			return f->pieces[i].at;
	}
	return SIZE_MAX;
}

void gv_fold_free(struct gv_fold *f)
{
	gv_buf_free(&f->text);
	free(f->pieces);
	*f = (struct gv_fold){ 0 };
}
