/* SPDX-License-Identifier: MIT */
/*
 * schemac_node: first third of the schema compiler (schemac.c includes it, nobody else):
 * one JSON Schema node -> struct gv_node.
 */
#ifndef GAVEL_SCHEMAC_NODE_H
#define GAVEL_SCHEMAC_NODE_H

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "schema.h"

enum { PATH_MAX_BYTES = 4096, DEFS_MAX = 256 };

struct def {
	struct gv_str name;
	struct gv_node *node;  /* NULL while it is being read: a definition may not hold itself */
};

struct compiler {
	const char *file;
	struct gv_doc doc;        /* the schema's text; what is built lives in its arena too */
	struct gv_buf where;      /* path of the value in hand */
	struct def defs[DEFS_MAX];
	size_t ndefs;
	const char *const *cross; /* names in x-gavel-cross */
	struct gv_err *err;
};

static int fail(struct compiler *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static int fail(struct compiler *c, const char *fmt, ...)
{
	char msg[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(msg, sizeof msg, fmt, ap);
	va_end(ap);
	gv_fail_field(c->err, GV_EDATA, c->where.n ? c->where.p : "", "%s", msg);
	gv_err_thing(c->err, c->file, strlen(c->file));
	return GV_EDATA;
}

static size_t enter(struct compiler *c, struct gv_str name)
{
	size_t mark = c->where.n;

	if (mark)
		gv_buf_addc(&c->where, '.');
	gv_buf_addstr(&c->where, name);
	return mark;
}

static void leave(struct compiler *c, size_t mark)
{
	c->where.n = mark;
	if (c->where.p)
		c->where.p[mark] = '\0';
}

/* The whole program ends when memory is short, so nobody has to ask. */
static void *make(struct compiler *c, size_t count, size_t size)
{
	void *p = gv_arena_alloc(&c->doc.arena, (count + 1) * size);

	if (!p) {
		fputs("schemac: out of memory\n", stderr);
		exit(GV_EIO);
	}
	return memset(p, 0, (count + 1) * size);
}

static int want(struct compiler *c, const struct gv_val *v, enum gv_type type)
{
	return v->type == type ? 0 : fail(c, "must be of type %s", gv_type_name(type));
}

static int want_text(struct compiler *c, const char **out, const struct gv_val *v)
{
	int rc = want(c, v, GV_STRING);

	if (!rc && v->n == 0)
		return fail(c, "must not be empty");
	if (!rc)
		*out = v->s;
	return rc;
}

/* A list of distinct strings, NULL-terminated. */
static int want_words(struct compiler *c, const char *const **out, const struct gv_val *v)
{
	const char **words;
	int rc = want(c, v, GV_ARRAY);

	if (rc)
		return rc;
	if (v->n == 0)
		return fail(c, "must not be empty");
	words = make(c, v->n, sizeof *words);
	for (uint32_t i = 0; i < v->n; i++) {
		if ((rc = want_text(c, &words[i], &v->items[i])))
			return rc;
		for (uint32_t j = 0; j < i; j++)
			if (strcmp(words[i], words[j]) == 0)
				return fail(c, "\"%s\" twice", words[i]);
	}
	*out = words;
	return 0;
}

static bool has_word(const char *const *words, const char *word)
{
	for (; words && *words; words++)
		if (strcmp(*words, word) == 0)
			return true;
	return false;
}

/* ---- one node: a setter for each keyword ---- */

static int read_node(struct compiler *c, struct gv_node *n, const struct gv_val *v);

static int set_title(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	return want_text(c, &n->title, v);
}
static int set_zh(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	return want_text(c, &n->zh, v);
}
static int set_description(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	return want_text(c, &n->description, v);
}
static int set_sensitive(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	n->sensitive = v->truth;
	return want(c, v, GV_BOOL);
}
static int set_enum(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	return want_words(c, &n->words, v);
}

static int set_type(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	static const enum gv_type known[] = { GV_BOOL, GV_INT, GV_STRING, GV_ARRAY, GV_OBJECT };
	const struct gv_val *one = v->type == GV_ARRAY ? v->items : v;
	size_t count = v->type == GV_ARRAY ? v->n : 1;

	n->types = 0;
	for (size_t i = 0; i < count; i++) {
		uint8_t before = n->types;

		for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
			if (one[i].type == GV_STRING &&
			    gv_str_is(gv_val_str(&one[i]), gv_type_name(known[k])))
				n->types |= (uint8_t)(1u << known[k]);
		if (n->types == before)
			return fail(c,
			            "must be boolean, integer, string, array or object, each once");
	}
	return n->types ? 0 : fail(c, "must not be empty");
}

static int set_const(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	const char **words;

	if (v->type == GV_INT) {
		n->min = n->max = v->i;
		n->has_min = n->has_max = true;
		return 0;
	}
	words = make(c, 1, sizeof *words);
	n->words = words;
	return v->type == GV_STRING ? want_text(c, words, v)
	                            : fail(c, "must be a string or an integer");
}

static int set_min(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	n->has_min = true;
	n->min = v->i;
	return want(c, v, GV_INT);
}
static int set_max(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	n->has_max = true;
	n->max = v->i;
	return want(c, v, GV_INT);
}

static int set_count(struct compiler *c, uint32_t *out, const struct gv_val *v, int64_t least)
{
	if (v->type != GV_INT || v->i < least || v->i > UINT32_MAX)
		return fail(c, "must be an integer from %lld to %u", (long long)least, UINT32_MAX);
	*out = (uint32_t)v->i;
	return 0;
}
static int set_min_len(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	return set_count(c, &n->min_len, v, 0);
}
static int set_max_len(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	return set_count(c, &n->max_len, v, 1);
}

/* Anchored at both ends, so that "the whole value" and JSON Schema's search mean the same. */
static int set_pattern(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	const char *text = NULL;
	pcre2_code *code;
	PCRE2_SIZE at;
	int why, rc = want_text(c, &text, v);

	if (rc)
		return rc;
	if (text[0] != '^' || text[v->n - 1] != '$')
		return fail(c, "must start with ^ and end with $");
	code = pcre2_compile((PCRE2_SPTR)text, v->n, PCRE2_UTF, &why, &at, NULL);
	if (!code) {
		PCRE2_UCHAR msg[128];

		pcre2_get_error_message(why, msg, sizeof msg);
		return fail(c, "%s at offset %zu", (const char *)msg, (size_t)at);
	}
	pcre2_code_free(code);
	n->pattern = make(c, 1, sizeof *n->pattern);
	n->pattern->text = text;
	return 0;
}

static int set_items(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	struct gv_node *items = make(c, 1, sizeof *items);

	n->items = items;
	return read_node(c, items, v);
}

static int set_additional(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	struct gv_node *rest;

	if (v->type == GV_BOOL) {
		n->closed = !v->truth;
		return 0;
	}
	rest = make(c, 1, sizeof *rest);
	n->rest = rest;
	return read_node(c, rest, v);
}

static int set_properties(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	struct gv_prop *props;
	int rc = want(c, v, GV_OBJECT);

	if (rc)
		return rc;
	props = make(c, v->n, sizeof *props);
	for (uint32_t i = 0; i < v->n && !rc; i++) {
		struct gv_str name = v->members[i].name;
		struct gv_node *node = make(c, 1, sizeof *node);
		size_t mark = enter(c, name);

		if (name.n == 0 || strpbrk(name.p, ".[]") || (name.p[0] >= '0' && name.p[0] <= '9'))
			rc = fail(c, "a field name is not empty, starts with no digit "
			             "and has no . [ or ]");
		else
			rc = read_node(c, node, &v->members[i].val);
		props[i].name = name.p;
		props[i].len = (uint32_t)name.n;
		props[i].node = node;
		leave(c, mark);
	}
	n->props = props;
	n->nprops = v->n;
	return rc;
}

/* After "properties": members are sorted by name. */
static int set_required(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	const char *const *words = NULL;
	int rc = want_words(c, &words, v);

	for (; !rc && *words; words++) {
		bool found = false;

		for (size_t i = 0; i < n->nprops; i++)
			if (strcmp(n->props[i].name, *words) == 0)
				found = ((struct gv_prop *)&n->props[i])->required = true;
		if (!found)
			rc = fail(c, "\"%s\" is not in properties", *words);
	}
	return rc;
}

/* The checks in C that a definition's name stands for (schema.h). */
static const struct {
	const char *name;
	enum gv_check_type check;
	enum gv_type type;
	const char *symbol;
} checks[] = {
	{ "date", GV_CHECK_DATE, GV_STRING, "GV_CHECK_DATE" },
	{ "moment", GV_CHECK_MOMENT, GV_STRING, "GV_CHECK_MOMENT" },
	{ "fen", GV_CHECK_FEN, GV_INT, "GV_CHECK_FEN" },
	{ "case-number", GV_CHECK_CASENO, GV_STRING, "GV_CHECK_CASENO" },
	{ "record-id", GV_CHECK_RECID, GV_STRING, "GV_CHECK_RECID" },
	{ "eid", GV_CHECK_EID, GV_STRING, "GV_CHECK_EID" },
	{ "court", GV_CHECK_COURT, GV_STRING, "GV_CHECK_COURT" },
	{ "person-id", GV_CHECK_PERSONID, GV_STRING, "GV_CHECK_PERSONID" },
};
enum { NCHECKS = sizeof checks / sizeof checks[0] };

static int read_def(struct compiler *c, struct def *def, const struct gv_val *v)
{
	struct gv_node *node = make(c, 1, sizeof *node);
	struct gv_buf outer = c->where;
	int rc;

	gv_buf_init(&c->where, PATH_MAX_BYTES);
	gv_buf_addf(&c->where, "$defs.%s", def->name.p);
	rc = read_node(c, node, v);
	for (size_t i = 0; !rc && i < NCHECKS; i++) {
		if (!gv_str_is(def->name, checks[i].name))
			continue;
		node->check = (uint8_t)checks[i].check;
		if (node->types != 1u << checks[i].type)
			rc = fail(c, "must be of type %s", gv_type_name(checks[i].type));
	}
	gv_buf_free(&c->where);
	c->where = outer;
	def->node = node;
	return rc;
}

/* Read on first use; a definition may use another, never itself. */
static int find_def(struct compiler *c, struct gv_node *n, struct gv_str name)
{
	const struct gv_val *v = gv_val_getn(gv_val_get(&c->doc.root, "$defs"), name);
	size_t i = 0;
	int rc = 0;

	while (i < c->ndefs && !gv_str_eq(c->defs[i].name, name))
		i++;
	if (i == c->ndefs) {
		if (!v)
			return fail(c, "there is no definition \"%s\"", name.p);
		if (c->ndefs == DEFS_MAX)
			return fail(c, "more than %d definitions", DEFS_MAX);
		c->defs[c->ndefs++] = (struct def){ .name = name };
		rc = read_def(c, &c->defs[i], v);
	} else if (!c->defs[i].node) {
		return fail(c, "the definition \"%s\" holds itself", name.p);
	}
	if (!rc)
		*n = *c->defs[i].node;
	return rc;
}

static int set_ref(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	struct gv_str text = gv_val_str(v), prefix = GV_STR("#/$defs/");

	if (!gv_str_starts(text, prefix))
		return fail(c, "must be #/$defs/NAME");
	return find_def(c, n, (struct gv_str){ text.p + prefix.n, text.n - prefix.n });
}

/* The closed list.  Beside "$ref" only what describes may stand. */
enum { ROOT_ONLY = 1, DESCRIBES = 2, EVENT_TOO = 4 };
static const struct keyword {
	const char *name;
	unsigned flags;
	/* NULL: read_root() looks at it. */
	int (*set)(struct compiler *c, struct gv_node *n, const struct gv_val *v);
} keywords[] = {
	{ "$defs", ROOT_ONLY, NULL },
	{ "$ref", DESCRIBES, set_ref },
	{ "additionalProperties", 0, set_additional },
	{ "const", 0, set_const },
	{ "description", DESCRIBES | EVENT_TOO, set_description },
	{ "enum", 0, set_enum },
	{ "items", 0, set_items },
	{ "maxItems", 0, set_max_len },
	{ "maxLength", 0, set_max_len },
	{ "maximum", 0, set_max },
	{ "minItems", 0, set_min_len },
	{ "minLength", 0, set_min_len },
	{ "minimum", 0, set_min },
	{ "pattern", 0, set_pattern },
	{ "properties", EVENT_TOO, set_properties },
	{ "required", EVENT_TOO, set_required },
	{ "title", DESCRIBES, set_title },
	{ "type", 0, set_type },
	{ "x-gavel-cross", ROOT_ONLY, NULL },
	{ "x-gavel-together", ROOT_ONLY, NULL },
	{ "x-gavel-derived", ROOT_ONLY, NULL },
	{ "x-gavel-events", ROOT_ONLY, NULL },
	{ "x-gavel-key", ROOT_ONLY, NULL },
	{ "x-gavel-sensitive", DESCRIBES, set_sensitive },
	{ "x-gavel-states", ROOT_ONLY, NULL },
	{ "x-gavel-zh", DESCRIBES | EVENT_TOO, set_zh },
};

static const struct keyword *find_keyword(struct gv_str name)
{
	for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
		if (gv_str_is(name, keywords[i].name))
			return &keywords[i];
	return NULL;
}

/* `keyword` is used: the type must be one that it says something about. */
static int fits(struct compiler *c, struct gv_node *n, bool used, unsigned types,
                const char *keyword)
{
	if (!used)
		return 0;
	if (!n->types)
		n->types = (uint8_t)types;
	return n->types & types ? 0 : fail(c, "%s says nothing about this type", keyword);
}

enum { TEXT = 1 << GV_STRING, LIST = 1 << GV_ARRAY, OBJ = 1 << GV_OBJECT, INTEGER = 1 << GV_INT };

static int check_node(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	bool items = gv_val_get(v, "minItems") || gv_val_get(v, "maxItems") || n->items;
	bool text = gv_val_get(v, "minLength") || gv_val_get(v, "maxLength") || n->pattern;
	int rc = 0;

	if ((rc = fits(c, n, n->nprops || n->rest || n->closed, OBJ, "properties")) ||
	    (rc = fits(c, n, items, LIST, "items, minItems or maxItems")) ||
	    (rc = fits(c, n, text, TEXT, "minLength, maxLength or pattern")) ||
	    (rc = fits(c, n, n->words, TEXT, "a string in enum or const")) ||
	    (rc = fits(c, n, n->has_min || n->has_max, INTEGER,
	               "minimum, maximum or an integer const")))
		return rc;
	if (n->has_min && n->has_max && n->min > n->max)
		return fail(c, "minimum is more than maximum");
	if (n->max_len && n->min_len > n->max_len)
		return fail(c, "the least length is more than the greatest");
	if (items && text)
		return fail(c, "limits of both text and items in one place");
	return 0;
}

static int read_keywords(struct compiler *c, struct gv_node *n, const struct gv_val *v,
                         unsigned only, unsigned also)
{
	int rc = want(c, v, GV_OBJECT);

	for (uint32_t i = 0; !rc && i < v->n; i++) {
		const struct keyword *k = find_keyword(v->members[i].name);
		size_t mark = enter(c, v->members[i].name);

		if (!k || ((k->flags & ROOT_ONLY) && !(also & ROOT_ONLY)))
			rc = fail(c, "this keyword is not allowed here");
		else if (only && !(k->flags & only))
			rc = fail(c, "this keyword is not allowed here");
		else if (k->set)
			rc = k->set(c, n, &v->members[i].val);
		leave(c, mark);
	}
	return rc;
}

static int read_node(struct compiler *c, struct gv_node *n, const struct gv_val *v)
{
	bool ref = v->type == GV_OBJECT && gv_val_get(v, "$ref");
	int rc = read_keywords(c, n, v, ref ? DESCRIBES : 0, 0);

	return rc || ref ? rc : check_node(c, n, v);
}

#endif
