/* SPDX-License-Identifier: MIT */
/*
 * schemac_emit: last third of the schema compiler (schemac.c includes it, nobody else):
 * struct gv_schema -> C text.  What two places share (a definition's fields) is written once.
 */
#ifndef GAVEL_SCHEMAC_EMIT_H
#define GAVEL_SCHEMAC_EMIT_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "cross.h"

enum { SEEN_MAX = 8192 };

struct emitter {
	struct gv_buf *out;
	const void *seen[SEEN_MAX];  /* id = place in here */
	size_t n;
};

/* True the first time; *id names the thing in the output. */
static bool first_time(struct emitter *e, const void *what, size_t *id)
{
	for (*id = 0; *id < e->n; ++*id)
		if (e->seen[*id] == what)
			return false;
	if (e->n == SEEN_MAX) {
		fputs("schemac: too many tables\n", stderr);
		exit(GV_EDATA);
	}
	e->seen[e->n++] = what;
	return true;
}

static void emit_text(struct emitter *e, const char *s)
{
	if (!s) {
		gv_buf_adds(e->out, "NULL");
		return;
	}
	gv_buf_addc(e->out, '"');
	for (; *s; s++) {
		unsigned char ch = (unsigned char)*s;

		if (ch == '"' || ch == '\\' || ch == '?')  /* "?": no trigraphs */
			gv_buf_addf(e->out, "\\%c", ch);
		else if (ch < 0x20 || ch == 0x7F)
			gv_buf_addf(e->out, "\\%03o", ch);
		else
			gv_buf_addc(e->out, (char)ch);
	}
	gv_buf_addc(e->out, '"');
}

static void emit_field(struct emitter *e, const char *name, const char *text)
{
	if (!text)
		return;
	gv_buf_addf(e->out, ".%s = ", name);
	emit_text(e, text);
	gv_buf_adds(e->out, ", ");
}

static size_t emit_words(struct emitter *e, const char *const *words)
{
	size_t id;

	if (!first_time(e, words, &id))
		return id;
	gv_buf_addf(e->out, "static const char *const w%zu[] = { ", id);
	for (; *words; words++) {
		emit_text(e, *words);
		gv_buf_adds(e->out, ", ");
	}
	gv_buf_adds(e->out, "NULL };\n");
	return id;
}

static size_t emit_pattern(struct emitter *e, const struct gv_pattern *p)
{
	size_t id;

	if (first_time(e, p, &id)) {
		gv_buf_addf(e->out, "static struct gv_pattern x%zu = { ", id);
		emit_text(e, p->text);
		gv_buf_adds(e->out, ", NULL };\n");
	}
	return id;
}

static size_t emit_node(struct emitter *e, const struct gv_node *n);

static size_t emit_props(struct emitter *e, const struct gv_node *n)
{
	size_t id;

	if (!first_time(e, n->props, &id))
		return id;
	for (size_t i = 0; i < n->nprops; i++)
		emit_node(e, n->props[i].node);
	gv_buf_addf(e->out, "static const struct gv_prop p%zu[] = {\n", id);
	for (size_t i = 0; i < n->nprops; i++) {
		const struct gv_prop *p = &n->props[i];

		gv_buf_adds(e->out, "\t{ ");
		emit_text(e, p->name);
		gv_buf_addf(e->out, ", %u, %s, &n%zu },\n", p->len, p->required ? "true" : "false",
		            emit_node(e, p->node));
	}
	gv_buf_adds(e->out, "};\n");
	return id;
}

static void emit_number(struct emitter *e, const char *name, int64_t v)
{
	gv_buf_addf(e->out, ".has_%s = true, .%s = INT64_C(%" PRId64 "), ", name, name, v);
}

/* What it points to comes first; returns the number N of its name nN. */
static size_t emit_node(struct emitter *e, const struct gv_node *n)
{
	size_t id, props, rest, items, words, pattern;

	if (!first_time(e, n, &id))
		return id;
	props = n->nprops ? emit_props(e, n) : 0;
	rest = n->rest ? emit_node(e, n->rest) : 0;
	items = n->items ? emit_node(e, n->items) : 0;
	words = n->words ? emit_words(e, n->words) : 0;
	pattern = n->pattern ? emit_pattern(e, n->pattern) : 0;
	gv_buf_addf(e->out, "static const struct gv_node n%zu = { .types = %u, ", id, n->types);
	for (size_t i = 0; i < NCHECKS; i++)
		if (n->check == checks[i].check)
			gv_buf_addf(e->out, ".check = %s, ", checks[i].symbol);
	gv_buf_adds(e->out, n->sensitive ? ".sensitive = true, " : "");
	gv_buf_adds(e->out, n->closed ? ".closed = true, " : "");
	emit_field(e, "title", n->title);
	emit_field(e, "zh", n->zh);
	emit_field(e, "description", n->description);
	if (n->nprops)
		gv_buf_addf(e->out, ".props = p%zu, .nprops = %zu, ", props, n->nprops);
	if (n->rest)
		gv_buf_addf(e->out, ".rest = &n%zu, ", rest);
	if (n->items)
		gv_buf_addf(e->out, ".items = &n%zu, ", items);
	if (n->words)
		gv_buf_addf(e->out, ".words = w%zu, ", words);
	if (n->pattern)
		gv_buf_addf(e->out, ".pattern = &x%zu, ", pattern);
	if (n->has_min)
		emit_number(e, "min", n->min);
	if (n->has_max)
		emit_number(e, "max", n->max);
	gv_buf_addf(e->out, ".min_len = %u, .max_len = %u };\n", n->min_len, n->max_len);
	return id;
}

static void emit_states(struct emitter *e, const struct gv_schema *s, size_t id)
{
	for (size_t i = 0; i < s->ntransitions; i++)
		if (s->transitions[i].guards)
			emit_words(e, s->transitions[i].guards);
	gv_buf_addf(e->out, "static const struct gv_state states%zu[] = {\n", id);
	for (size_t i = 0; i < s->nstates; i++) {
		gv_buf_adds(e->out, "\t{ ");
		emit_field(e, "name", s->states[i].name);
		emit_field(e, "zh", s->states[i].zh);
		gv_buf_addf(e->out, ".initial = %d, .final = %d },\n", s->states[i].initial,
		            s->states[i].final);
	}
	gv_buf_addf(e->out, "};\nstatic const struct gv_transition transitions%zu[] = {\n", id);
	for (size_t i = 0; i < s->ntransitions; i++) {
		const struct gv_transition *t = &s->transitions[i];

		gv_buf_adds(e->out, "\t{ ");
		emit_field(e, "event", t->event);
		emit_field(e, "from", t->from);
		emit_field(e, "to", t->to);
		if (t->guards)
			gv_buf_addf(e->out, ".guards = w%zu, ", emit_words(e, t->guards));
		gv_buf_adds(e->out, ".basis = { ");
		emit_field(e, "doc", t->basis.doc);
		emit_field(e, "no", t->basis.no);
		emit_field(e, "art", t->basis.art);
		gv_buf_adds(e->out, t->basis.doc ? "} },\n" : "0 } },\n");
	}
	gv_buf_adds(e->out, "};\n");
}

static void emit_events(struct emitter *e, const struct gv_schema *s, size_t id)
{
	for (size_t i = 0; i < s->nevents; i++)
		if (s->events[i].body)
			emit_node(e, s->events[i].body);
	gv_buf_addf(e->out, "static const struct gv_event_type events%zu[] = {\n", id);
	for (size_t i = 0; i < s->nevents; i++) {
		gv_buf_adds(e->out, "\t{ ");
		emit_field(e, "name", s->events[i].name);
		emit_field(e, "zh", s->events[i].zh);
		if (s->events[i].body)
			gv_buf_addf(e->out, ".body = &n%zu", emit_node(e, s->events[i].body));
		gv_buf_adds(e->out, " },\n");
	}
	gv_buf_adds(e->out, "};\n");
}

static void emit_derived(struct emitter *e, const struct gv_schema *s, size_t id)
{
	gv_buf_addf(e->out, "static const struct gv_derived derived%zu[] = {\n", id);
	for (size_t i = 0; i < s->nderived; i++) {
		gv_buf_adds(e->out, "\t{ ");
		emit_field(e, "name", s->derived[i].name);
		emit_field(e, "type", s->derived[i].type);
		emit_field(e, "meaning", s->derived[i].meaning);
		gv_buf_adds(e->out, "},\n");
	}
	gv_buf_adds(e->out, "};\n");
}

static void emit_cross(struct emitter *e, const char *const *names, size_t id)
{
	gv_buf_addf(e->out, "static const struct gv_cross *const cross%zu[] = { ", id);
	for (; *names; names++) {
#define SYMBOL(name, symbol) \
		if (strcmp(*names, name) == 0) \
			gv_buf_adds(e->out, "&gv_cross_" #symbol ", ");
		GV_CROSS_CHECKS(SYMBOL)
#undef SYMBOL
	}
	gv_buf_adds(e->out, "NULL };\n");
}

static void emit_schema(struct emitter *e, const struct gv_schema *s, const char *const *cross)
{
	size_t root = emit_node(e, s->root), id, together = s->together ? emit_words(e, s->together) : 0;

	first_time(e, s, &id);
	if (s->nstates)
		emit_states(e, s, id);
	if (s->nevents)
		emit_events(e, s, id);
	if (s->nderived)
		emit_derived(e, s, id);
	if (cross)
		emit_cross(e, cross, id);
	gv_buf_addf(e->out, "static const struct gv_schema schema%zu = {\n\t", id);
	emit_field(e, "kind", s->kind);
	emit_field(e, "folder", s->folder);
	if (s->letter)
		gv_buf_addf(e->out, ".letter = '%c', ", s->letter);
	if (s->in_register)
		gv_buf_adds(e->out, ".in_register = true, ");
	emit_field(e, "date_field", s->date_field);
	emit_field(e, "title", s->title);
	emit_field(e, "zh", s->zh);
	gv_buf_addf(e->out, ".root = &n%zu,\n", root);
	if (s->nstates) {
		gv_buf_adds(e->out, "\t");
		emit_field(e, "state_field", s->state_field);
		gv_buf_addf(e->out, ".states = states%zu, .nstates = %zu,\n", id, s->nstates);
		gv_buf_addf(e->out, "\t.transitions = transitions%zu, .ntransitions = %zu,\n", id,
		            s->ntransitions);
	}
	if (s->nevents)
		gv_buf_addf(e->out, "\t.events = events%zu, .nevents = %zu,\n", id, s->nevents);
	if (s->nderived)
		gv_buf_addf(e->out, "\t.derived = derived%zu, .nderived = %zu,\n", id, s->nderived);
	if (cross)
		gv_buf_addf(e->out, "\t.cross = cross%zu,\n", id);
	if (s->together)
		gv_buf_addf(e->out, "\t.together = w%zu,\n", together);
	gv_buf_adds(e->out, "};\n\n");
}

static void emit_list(struct emitter *e, const struct gv_schema *all, size_t n)
{
	size_t id;

	gv_buf_adds(e->out, "const struct gv_schema *const gv_schemas[] = { ");
	for (size_t i = 0; i < n; i++) {
		first_time(e, &all[i], &id);
		gv_buf_addf(e->out, "&schema%zu, ", id);
	}
	gv_buf_addf(e->out, "NULL };\nconst size_t gv_nschemas = %zu;\n", n);
}

#endif
