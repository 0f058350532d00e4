/* SPDX-License-Identifier: MIT */
/* Lines of the file signers, written. */
#include "roster.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* The beginning of that day in UTC+8, told in UTC, so that ssh-keygen means the same wherever it runs. */
static void begin_of(gv_day day, char out[16])
{
	char text[GV_DATE_LEN + 1];

	gv_day_format(day - 1, text);
	snprintf(out, 16, "%.4s%.2s%.2s1600Z", text, text + 5, text + 8);
}

void signers_add(struct gv_buf *text, struct gv_str person, struct gv_str key, gv_day from)
{
	char time[16];

	if (text->n && text->p[text->n - 1] != '\n')
		gv_buf_addc(text, '\n');
	begin_of(from, time);
	gv_buf_addstr(text, person);
	gv_buf_addf(text, " namespaces=\"git,gavel-*\",valid-after=\"%s\" ", time);
	gv_buf_addstr(text, key);
	gv_buf_addc(text, '\n');
}

/* The end of the first word from `at`; blanks in double quotes belong to it. */
static size_t word_end(struct gv_str s, size_t at)
{
	bool quoted = false;

	for (; at < s.n && (quoted || (s.p[at] != ' ' && s.p[at] != '\t')); at++)
		quoted ^= s.p[at] == '"';
	return at;
}

static size_t blanks_end(struct gv_str s, size_t at)
{
	while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t'))
		at++;
	return at;
}

/* `options` without valid-before, which this one replaces. */
static void add_options(struct gv_buf *out, struct gv_str options, const char *before)
{
	static const char name[] = "valid-before=";
	const char *between = "";
	size_t from = 0;
	bool quoted = false;

	for (size_t i = 0; i <= options.n && options.n; i++) {
		struct gv_str one = { options.p + from, i - from };

		quoted ^= i < options.n && options.p[i] == '"';
		if (i < options.n && (quoted || options.p[i] != ','))
			continue;
		from = i + 1;
		if (one.n >= sizeof name - 1 && strncasecmp(one.p, name, sizeof name - 1) == 0)
			continue;
		gv_buf_adds(out, between);
		gv_buf_addstr(out, one);
		between = ",";
	}
	gv_buf_addf(out, "%svalid-before=\"%s\"", between, before);
}

static void end_line(struct gv_buf *out, struct gv_str line, const char *before)
{
	size_t principals = word_end(line, blanks_end(line, 0));
	size_t options = blanks_end(line, principals), end = word_end(line, options);
	struct gv_str word = { line.p + options, end - options };

	gv_buf_add(out, line.p, principals);
	gv_buf_addc(out, ' ');
	if (memchr(word.p, '=', word.n)) {
		add_options(out, word, before);
		options = blanks_end(line, end);
	} else {
		add_options(out, (struct gv_str){ line.p, 0 }, before);
	}
	gv_buf_addc(out, ' ');
	gv_buf_add(out, line.p + options, line.n - options);
}

int signers_end(struct gv_buf *out, struct gv_str text, size_t number, gv_day end, struct gv_err *err)
{
	char before[16];
	size_t line = 1;

	begin_of(end, before);
	while (text.n) {
		const char *eol = memchr(text.p, '\n', text.n);
		size_t n = eol ? (size_t)(eol - text.p) : text.n, whole = n + (eol != NULL);

		if (line++ == number) {
			end_line(out, (struct gv_str){ text.p, n }, before);
			gv_buf_addc(out, '\n');
		} else {
			gv_buf_add(out, text.p, whole);
		}
		text.p += whole;
		text.n -= whole;
	}
	return gv_buf_check(out, err);
}
