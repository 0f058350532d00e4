/* SPDX-License-Identifier: MIT */
/* in_json: rows that are JSON, one a line or one an element. */
#include "i18n.h"
#include "in_impl.h"
#include "shape.h"

/* ---- where a value ends ---- */

enum { VALUE_FRESH, VALUE_INSIDE, VALUE_STRING, VALUE_ESCAPE, VALUE_BARE, VALUE_TORN };

/* What ends a run of bytes that say nothing about structure. */
enum { IN_OBJECT = 1, IN_STRING = 2, IN_BARE = 4 };
static const uint8_t stops[256] = {
	['{'] = IN_OBJECT, ['['] = IN_OBJECT, ['}'] = IN_OBJECT | IN_BARE, [']'] = IN_OBJECT | IN_BARE,
	['"'] = IN_OBJECT | IN_STRING, ['\\'] = IN_STRING, ['\n'] = IN_OBJECT | IN_STRING | IN_BARE,
	[','] = IN_BARE, [' '] = IN_BARE, ['\t'] = IN_BARE, ['\r'] = IN_BARE
};

static size_t run(const char *p, size_t i, size_t n, uint8_t stop)
{
	while (i < n && !(stops[(unsigned char)p[i]] & stop))
		i++;
	return i;
}

static void begin(struct gv_in_scan *scan, char c)
{
	if (c == '{' || c == '[') {
		scan->state = VALUE_INSIDE;
		scan->depth = 1;
	} else {
		scan->state = c == '"' ? VALUE_STRING : VALUE_BARE;
	}
}

/* One byte that means something.  True: the value ends behind it. */
static bool step(struct gv_in_scan *scan, char c)
{
	switch (scan->state) {
	case VALUE_INSIDE:
		if (c == '\n')
			scan->lines = true;
		else if (c == '"')
			scan->state = VALUE_STRING;
		else if (c == '{' || c == '[')
			scan->depth++;
		else
			return --scan->depth == 0;
		return false;
	case VALUE_STRING:
		if (c == '\\') {
			scan->state = VALUE_ESCAPE;
			return false;
		}
		/* A line break in a string is wrong already.  So that a quote that is missing costs
		 * one element and not the rest of the array, it ends the string; and the element, if
		 * that began in this line, for then its last bracket went into the string. */
		if (c == '\n' && !scan->lines) {
			scan->state = VALUE_TORN;
			return true;
		}
		scan->state = VALUE_INSIDE;
		return scan->depth == 0;
	default:
		scan->state = VALUE_STRING;
		return false;
	}
}

/* Brackets are only counted: which is wrong, and how, the parser says. */
static bool find_value(struct gv_in_scan *scan, const char *p, size_t n, size_t *used)
{
	static const uint8_t stop_in[] = { [VALUE_INSIDE] = IN_OBJECT, [VALUE_STRING] = IN_STRING,
	                                   [VALUE_ESCAPE] = 0xFF, [VALUE_BARE] = IN_BARE };
	size_t i = 0;

	if (scan->state == VALUE_FRESH && n)
		begin(scan, p[i++]);
	while (i < n) {
		if (scan->state != VALUE_ESCAPE)
			i = run(p, i, n, stop_in[scan->state]);
		if (i == n)
			return false;
		if (scan->state == VALUE_BARE) {
			*used = i;
			return true;
		}
		if (step(scan, p[i++])) {
			*used = i;
			return true;
		}
	}
	return false;
}

/* ---- NDJSON or JSON? ---- */

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The first byte from *offset on that is no white space, or 0. */
static int peek(struct gv_in *in, size_t *offset, char *c, struct gv_err *err)
{
	*c = '\0';
	for (;;) {
		size_t left = in->end - in->at;
		int rc;

		while (*offset < left && is_space(in->buf[in->at + *offset]))
			(*offset)++;
		if (*offset < left)
			*c = in->buf[in->at + *offset];
		if (*offset < left || in->eof || *offset > GV_IN_UNIT_MAX)
			return 0;
		rc = gv_in_fill(in, err);
		if (rc)
			return rc;
	}
}

/*
 * An object that goes on behind its line is one that was printed over many.  A
 * first line that is simply broken must not swallow the lines behind it, so the next
 * line has to look like the inside of an object: it may begin with '{' only
 * behind a colon or a bracket.
 */
int gv_in_guess_json(struct gv_in *in, size_t offset, enum gv_in_format *format, struct gv_err *err)
{
	struct gv_in_scan scan = { 0 };
	size_t n = offset, used = 0, last;
	const char *newline = NULL;
	bool whole, goes_on;
	char before, next;
	int rc;

	*format = GV_IN_NDJSON;
	while (!(newline = memchr(in->buf + in->at + n, '\n', in->end - in->at - n))) {
		n = in->end - in->at;
		if (in->eof || n > GV_IN_UNIT_MAX)
			break;
		rc = gv_in_fill(in, err);
		if (rc)
			return rc;
	}
	n = newline ? (size_t)(newline - in->buf) - in->at : in->end - in->at;
	whole = find_value(&scan, in->buf + in->at + offset, n - offset, &used);
	if (!newline && !whole)
		return 0;
	last = n;
	while (is_space(in->buf[in->at + last - 1]))
		last--;
	before = in->buf[in->at + last - 1];
	last = whole ? offset + used : n;
	rc = peek(in, &last, &next, err);
	if (rc)
		return rc;
	if (whole)
		goes_on = next == '{' && last < n;
	else
		goes_on = scan.state == VALUE_INSIDE && next &&
		          (next != '{' || before == ':' || before == '[');
	if (goes_on)
		*format = GV_IN_JSON;
	return 0;
}

/* ---- rows ---- */

/* Where the parser found it, counted in its own text, said in lines of the stream. */
static int locate(const struct gv_in *in, const struct gv_in_unit *unit, int rc, struct gv_err *err)
{
	if (!err || rc != GV_EDATA)
		return rc;
	if (err->line <= 1 && err->byte)
		err->byte += unit->byte - 1;
	err->line = err->line ? unit->line + err->line - 1 : unit->line;
	if (in->encoding)
		err->byte = 0;
	return rc;
}

static int parse(const struct gv_in *in, struct gv_doc *doc, unsigned flags,
                 const struct gv_in_unit *unit, struct gv_err *err)
{
	/* The parser looks at every byte itself; only of decoded text we know more than it does. */
	int rc = unit->too_long || in->encoding ? gv_in_check_unit(in, unit, err) : 0;

	if (rc)
		return rc;
	rc = gv_json_parse_only(doc, unit->text, flags, in->only, err);
	if (rc)
		return locate(in, unit, rc, err);
	if (doc->root.type != GV_OBJECT) {
		rc = gv_fail(err, GV_EDATA, _("a row must be an object, this is: %s"),
		             gv_type_name(doc->root.type));
		return gv_in_err_at(in, unit, 0, rc, err);
	}
	return 0;
}

static bool read_by_shape(struct gv_in *in, struct gv_doc *doc, struct gv_in_unit *unit)
{
	const char *p = in->buf + in->at;
	size_t used;

	if (in->at == in->end || in->column ||
	    !gv_shape_read(in->shape, doc, (struct gv_str){ p, in->end - in->at }, &used))
		return false;
	*unit = (struct gv_in_unit){ .text = { p, used - 1 }, .line = in->line, .byte = 1 };
	in->line++;
	in->at += used;
	return true;
}

int gv_in_row_ndjson(struct gv_in *in, struct gv_doc *doc, unsigned flags, struct gv_in_unit *unit,
                     struct gv_err *err)
{
	bool by_shape = in->shape && !in->encoding && (flags & GV_JSON_DROP_NULL);
	int rc;

	if (by_shape && read_by_shape(in, doc, unit))
		return 0;
	rc = gv_in_next_line(in, unit, err);
	if (rc || unit->end)
		return rc;
	rc = parse(in, doc, flags, unit, err);
	if (!rc && by_shape && !unit->cut)
		gv_shape_learn(in->shape, unit->text);
	return rc;
}

/* Use up white space, and marks between values.  *c is the next byte, 0 at the end of input. */
static int skip_space(struct gv_in *in, char *c, struct gv_err *err)
{
	for (;;) {
		size_t n = 0, left = in->end - in->at;
		int rc = 0;

		while (n < left && is_space(in->buf[in->at + n]))
			n++;
		gv_in_advance(in, n);
		*c = n < left ? in->buf[in->at] : '\0';
		if (n < left && *c == '\xEF') {
			size_t before = in->column; /* not in->at: reading on may move the buffer */

			rc = gv_in_skip_marks(in, err);
			if (!rc && in->column != before)
				continue;
		}
		if (rc || n < left || in->eof)
			return rc;
		rc = gv_in_fill(in, err);
		if (rc)
			return rc;
	}
}

/* A complaint about the byte that comes next. */
static int complain(struct gv_in *in, struct gv_in_unit *unit, const char *what, struct gv_err *err)
{
	int rc = gv_fail(err, GV_EDATA, "%s", what);

	*unit = (struct gv_in_unit){ .text = { in->buf + in->at, 0 },
	                             .line = in->line, .byte = in->column + 1 };
	return gv_in_err_at(in, unit, 0, rc, err);
}

static int never_closed(struct gv_in *in, struct gv_in_unit *unit, struct gv_err *err)
{
	int rc = complain(in, unit, _("the input ends inside an array"), err);

	if (err) {
		err->line = unit->line = in->array_line;
		err->byte = in->encoding ? 0 : in->array_byte;
	}
	return gv_in_break(in, rc, err);
}

static int element(struct gv_in *in, struct gv_doc *doc, unsigned flags, struct gv_in_unit *unit,
                   struct gv_err *err)
{
	struct gv_in_scan scan = { .find = find_value };
	int rc = gv_in_next_unit(in, &scan, unit, err);

	if (rc)
		return rc;
	if (in->where != GV_IN_AT_TOP)
		in->where = scan.state == VALUE_TORN ? GV_IN_AT_FIRST : GV_IN_AT_COMMA;
	if (unit->cut && scan.state != VALUE_BARE) {
		rc = gv_fail(err, GV_EDATA, "%s", _("the input ends inside a value that begins here"));
		return gv_in_break(in, gv_in_err_at(in, unit, 0, rc, err), err);
	}
	return parse(in, doc, flags, unit, err);
}

int gv_in_row_json(struct gv_in *in, struct gv_doc *doc, unsigned flags, struct gv_in_unit *unit,
                   struct gv_err *err)
{
	for (;;) {
		char c;
		int rc = skip_space(in, &c, err);

		if (rc)
			return rc;
		if (in->at == in->end) {
			if (in->where != GV_IN_AT_TOP)
				return never_closed(in, unit, err);
			*unit = (struct gv_in_unit){ .end = true, .line = in->line };
			return 0;
		}
		if (in->where == GV_IN_AT_TOP) {
			if (c == '{')
				return element(in, doc, flags, unit, err);
			if (c != '[')
				return gv_in_break(in, complain(in, unit, _("neither an array nor an object"), err),
				                   err);
			in->array_line = in->line;
			in->array_byte = in->column + 1;
			in->where = GV_IN_AT_FIRST;
			gv_in_advance(in, 1);
		} else if (c == ']') {
			bool comma = in->where == GV_IN_AT_ELEMENT;

			if (comma)
				rc = complain(in, unit, _("a comma with nothing behind it"), err);
			in->where = GV_IN_AT_TOP;
			gv_in_advance(in, 1);
			if (rc)
				return rc;
		} else if (c == ',') {
			if (in->where != GV_IN_AT_COMMA)
				rc = complain(in, unit, _("a comma with nothing before it"), err);
			in->where = GV_IN_AT_ELEMENT;
			gv_in_advance(in, 1);
			if (rc)
				return rc;
		} else if (in->where == GV_IN_AT_COMMA) {
			in->where = GV_IN_AT_ELEMENT;  /* once said, go on with the element */
			return complain(in, unit, _("a comma is missing before this"), err);
		} else {
			return element(in, doc, flags, unit, err);
		}
	}
}
