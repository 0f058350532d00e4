/* SPDX-License-Identifier: MIT */
/*
 * schemac: a program of the build.  share/schema/KIND.json ... -> constant C tables on
 * stdout (schema.h).  Whatever it does not understand fails the build and is named with file,
 * path and keyword: a rule that is written down is a rule that is enforced.
 */
#include "cross.h"
#include "schemac_node.h"
#include "schemac_emit.h"

enum { FILE_MAX = 1 << 20, SCHEMAS_MAX = 64 };

/* ---- what only the root has ---- */

static const struct gv_node *find_prop(const struct gv_node *n, struct gv_str name)
{
	for (size_t i = 0; i < n->nprops; i++)
		if (gv_str_is(name, n->props[i].name))
			return n->props[i].node;
	return NULL;
}

/* Members of an object of the root, each handled by name; "" only as `known`. */
static int known_members(struct compiler *c, const struct gv_val *v, const char *const *known)
{
	int rc = want(c, v, GV_OBJECT);

	for (uint32_t i = 0; !rc && i < v->n; i++)
		if (!has_word(known, v->members[i].name.p)) {
			size_t mark = enter(c, v->members[i].name);

			rc = fail(c, "this keyword is not allowed here");
			leave(c, mark);
		}
	return rc;
}

static int member_text(struct compiler *c, const char **out, const struct gv_val *v,
                       const char *name, bool required)
{
	const struct gv_val *m = gv_val_get(v, name);
	size_t mark;
	int rc;

	if (!m && !required)
		return 0;
	if (!m)
		return fail(c, "\"%s\" is missing", name);
	mark = enter(c, gv_str_of(name));
	rc = want_text(c, out, m);
	leave(c, mark);
	return rc;
}

static int read_key(struct compiler *c, struct gv_schema *s, const struct gv_val *v)
{
	static const char *const known[] = { "date", "folder", "form", "letter", NULL };
	const char *form = "", *letter = NULL;
	const struct gv_node *date;
	int rc = known_members(c, v, known);

	if (rc || (rc = member_text(c, &s->folder, v, "folder", true)) ||
	    (rc = member_text(c, &form, v, "form", true)) ||
	    (rc = member_text(c, &letter, v, "letter", false)) ||
	    (rc = member_text(c, &s->date_field, v, "date", false)))
		return rc;
	if (strspn(s->folder, "abcdefghijklmnopqrstuvwxyz-") != strlen(s->folder))
		return fail(c, "folder \"%s\" has other characters than a-z and -", s->folder);
	if (strcmp(form, "serial") == 0 && letter && letter[0] >= 'A' && letter[0] <= 'Z' &&
	    !letter[1])
		s->letter = letter[0];
	else if (strcmp(form, "register-number") == 0 && !letter)
		s->in_register = true;
	else if (strcmp(form, "case-number") != 0 || letter)
		return fail(c, "form is \"case-number\" or \"register-number\", or \"serial\" with a letter A to Z");
	date = s->date_field ? find_prop(s->root, gv_str_of(s->date_field)) : NULL;
	if (s->date_field &&
	    (!date || (date->check != GV_CHECK_DATE && date->check != GV_CHECK_MOMENT)))
		return fail(c, "date \"%s\" is no field that holds a date", s->date_field);
	if (!find_prop(s->root, GV_STR("id")))
		return fail(c, "records with a key need a field \"id\"");
	return 0;
}

static int read_flag(struct compiler *c, bool *out, const struct gv_val *v, const char *name)
{
	const struct gv_val *m = gv_val_get(v, name);

	if (m && m->type != GV_BOOL)
		return fail(c, "\"%s\" must be of type boolean", name);
	*out = m && m->truth;
	return 0;
}

/* In the order of the field's own enum, which must list the same states. */
static int read_states(struct compiler *c, struct gv_schema *s, const struct gv_val *v)
{
	static const char *const known[] = { "final", "initial", "x-gavel-zh", NULL };
	const struct gv_node *field = find_prop(s->root, gv_str_of(s->state_field));
	struct gv_state *states;
	int rc = want(c, v, GV_OBJECT);

	if (rc)
		return rc;
	if (!field || !field->words)
		return fail(c, "the state field \"%s\" has no enum", s->state_field);
	states = make(c, v->n, sizeof *states);
	s->states = states;
	for (const char *const *w = field->words; *w; w++) {
		const struct gv_val *one = gv_val_get(v, *w);
		struct gv_state *to = &states[s->nstates];
		size_t mark;

		if (!one)
			return fail(c, "\"%s\" of the field's enum is missing", *w);
		mark = enter(c, gv_str_of(*w));
		s->nstates++;
		to->name = *w;
		if ((rc = known_members(c, one, known)) ||
		    (rc = member_text(c, &to->zh, one, "x-gavel-zh", true)) ||
		    (rc = read_flag(c, &to->initial, one, "initial")) ||
		    (rc = read_flag(c, &to->final, one, "final")))
			return rc;
		leave(c, mark);
	}
	for (uint32_t i = 0; i < v->n; i++)
		if (!has_word(field->words, v->members[i].name.p))
			return fail(c, "\"%s\" is not in the enum of \"%s\"", v->members[i].name.p,
			            s->state_field);
	return 0;
}

static int want_state(struct compiler *c, const struct gv_schema *s, const char *name)
{
	for (size_t i = 0; i < s->nstates; i++)
		if (strcmp(s->states[i].name, name) == 0)
			return 0;
	return fail(c, "there is no state \"%s\"", name);
}

static int want_event(struct compiler *c, const struct gv_schema *s, const char *name)
{
	for (size_t i = 0; i < s->nevents; i++)
		if (strcmp(s->events[i].name, name) == 0)
			return 0;
	return fail(c, "there is no event \"%s\" in x-gavel-events", name);
}

/* One entry of the schema is a row for each state that it starts from. */
static int read_transition(struct compiler *c, struct gv_schema *s, const struct gv_val *v)
{
	static const char *const known[] = { "basis", "event", "from", "guard", "to", NULL };
	static const char *const known_basis[] = { "art", "doc", "no", NULL };
	const struct gv_val *from = gv_val_get(v, "from"), *guard = gv_val_get(v, "guard");
	const struct gv_val *basis = gv_val_get(v, "basis");
	struct gv_transition row = { 0 };
	const char *const *states = NULL;
	int rc;

	if ((rc = known_members(c, v, known)) ||
	    (rc = member_text(c, &row.event, v, "event", true)) ||
	    (rc = want_event(c, s, row.event)) || (rc = member_text(c, &row.to, v, "to", true)) ||
	    (rc = want_state(c, s, row.to)) || (guard && (rc = want_words(c, &row.guards, guard))))
		return rc;
	if (basis && ((rc = known_members(c, basis, known_basis)) ||
	              (rc = member_text(c, &row.basis.doc, basis, "doc", true)) ||
	              (rc = member_text(c, &row.basis.no, basis, "no", false)) ||
	              (rc = member_text(c, &row.basis.art, basis, "art", false))))
		return rc;
	if (!from)
		return fail(c, "\"from\" is missing");
	rc = want_words(c, &states, from);
	for (; !rc && *states; states++) {
		row.from = *states;
		rc = want_state(c, s, row.from);
		for (size_t i = 0; !rc && i < s->ntransitions; i++)
			if (strcmp(s->transitions[i].event, row.event) == 0 &&
			    strcmp(s->transitions[i].from, row.from) == 0)
				rc = fail(c, "a second transition for \"%s\" from \"%s\"",
				          row.event, row.from);
		((struct gv_transition *)s->transitions)[s->ntransitions++] = row;
	}
	return rc;
}

static int read_transitions(struct compiler *c, struct gv_schema *s, const struct gv_val *v)
{
	size_t rows = 0;
	int rc = want(c, v, GV_ARRAY);

	for (uint32_t i = 0; !rc && i < v->n; i++) {
		const struct gv_val *from = gv_val_get(&v->items[i], "from");

		rows += from && from->type == GV_ARRAY ? from->n : 0;
	}
	if (!rc && rows == 0)
		rc = fail(c, "must not be empty");
	s->transitions = make(c, rows, sizeof *s->transitions);
	for (uint32_t i = 0; !rc && i < v->n; i++) {
		char index[16];
		size_t mark;

		snprintf(index, sizeof index, "%u", i);
		mark = enter(c, gv_str_of(index));
		rc = read_transition(c, s, &v->items[i]);
		leave(c, mark);
	}
	return rc;
}

static int read_state_machine(struct compiler *c, struct gv_schema *s, const struct gv_val *v)
{
	static const char *const known[] = { "field", "states", "transitions", NULL };
	static const char *const parts[] = { "states", "transitions" };
	int rc = known_members(c, v, known);

	if (rc || (rc = member_text(c, &s->state_field, v, "field", true)))
		return rc;
	for (size_t i = 0; !rc && i < 2; i++) {
		const struct gv_val *part = gv_val_get(v, parts[i]);
		size_t mark = enter(c, gv_str_of(parts[i]));

		if (!part)
			rc = fail(c, "is missing");
		else
			rc = i == 0 ? read_states(c, s, part) : read_transitions(c, s, part);
		leave(c, mark);
	}
	return rc;
}

static int read_events(struct compiler *c, struct gv_schema *s, const struct gv_val *v)
{
	const struct gv_node *log = find_prop(s->root, GV_STR("events"));
	struct gv_event_type *events;
	int rc = want(c, v, GV_OBJECT);

	if (rc)
		return rc;
	if (!log || !log->items || !find_prop(log->items, GV_STR("event")))
		return fail(c, "there is no field \"events\" whose items have a field \"event\"");
	events = make(c, v->n, sizeof *events);
	s->events = events;
	for (uint32_t i = 0; !rc && i < v->n; i++) {
		const struct gv_member *m = &v->members[i];
		struct gv_node *body = make(c, 1, sizeof *body);
		size_t mark = enter(c, m->name);

		rc = read_keywords(c, body, &m->val, EVENT_TOO, 0);
		for (size_t k = 0; !rc && k < body->nprops; k++)
			if (find_prop(log->items, gv_str_of(body->props[k].name)))
				rc = fail(c, "\"%s\" is a field of every event",
				          body->props[k].name);
		if (!rc && !body->zh)
			rc = fail(c, "\"x-gavel-zh\" is missing");
		body->types = OBJ;
		events[s->nevents].name = m->name.p;
		events[s->nevents].zh = body->zh;
		events[s->nevents++].body = body->nprops ? body : NULL;
		leave(c, mark);
	}
	return rc;
}

static int read_derived(struct compiler *c, struct gv_schema *s, const struct gv_val *v)
{
	static const char *const known[] = { "description", "type", NULL };
	static const char *const types[] = { "boolean", "integer", "string", NULL };
	struct gv_derived *derived;
	int rc = want(c, v, GV_OBJECT);

	if (rc)
		return rc;
	derived = make(c, v->n, sizeof *derived);
	s->derived = derived;
	for (uint32_t i = 0; !rc && i < v->n; i++) {
		const struct gv_member *m = &v->members[i];
		struct gv_derived *to = &derived[s->nderived++];
		size_t mark = enter(c, m->name);

		to->name = m->name.p;
		if ((rc = known_members(c, &m->val, known)) ||
		    (rc = member_text(c, &to->type, &m->val, "type", true)) ||
		    (rc = member_text(c, &to->meaning, &m->val, "description", true)))
			return rc;
		if (!has_word(types, to->type))
			rc = fail(c, "type \"%s\" is not boolean, integer or string", to->type);
		else if (find_prop(s->root, m->name))
			rc = fail(c, "is a field of the record too");
		leave(c, mark);
	}
	return rc;
}

/* The names that cross.h defines. */
static const char *const cross_names[] = {
#define NAME(name, symbol) name,
	GV_CROSS_CHECKS(NAME)
#undef NAME
	NULL
};

static int read_cross(struct compiler *c, struct gv_schema *s, const struct gv_val *v)
{
	int rc = want_words(c, &c->cross, v);

	(void)s;
	for (const char *const *name = c->cross; !rc && *name; name++)
		if (!has_word(cross_names, *name))
			rc = fail(c, "there is no check \"%s\" in lib/cross.h", *name);
	return rc;
}

/* Fields of the record, and events as "events.NAME". */
static int read_together(struct compiler *c, struct gv_schema *s, const struct gv_val *v)
{
	struct gv_str events = GV_STR("events.");
	int rc = want_words(c, &s->together, v);

	for (const char *const *name = s->together; !rc && *name; name++)
		if (gv_str_starts(gv_str_of(*name), events))
			rc = want_event(c, s, *name + events.n);
		else if (!find_prop(s->root, gv_str_of(*name)))
			rc = fail(c, "there is no field \"%s\"", *name);
	return rc;
}

/* Events before states: transitions name them. */
static const struct {
	const char *name;
	int (*read)(struct compiler *c, struct gv_schema *s, const struct gv_val *v);
} root_parts[] = {
	{ "x-gavel-key", read_key },
	{ "x-gavel-events", read_events },
	{ "x-gavel-states", read_state_machine },
	{ "x-gavel-derived", read_derived },
	{ "x-gavel-cross", read_cross },
	{ "x-gavel-together", read_together },
};

/* The stem of share/schema/KIND.json. */
static const char *kind_of(struct compiler *c)
{
	const char *slash = strrchr(c->file, '/'), *name = slash ? slash + 1 : c->file;
	size_t n = strcspn(name, ".");

	return memcpy(make(c, n, 1), name, n);
}

static int read_root(struct compiler *c, struct gv_schema *s)
{
	const struct gv_val *defs = gv_val_get(&c->doc.root, "$defs");
	struct gv_node *root = make(c, 1, sizeof *root), unused;
	const struct gv_node *kind;
	int rc = defs && defs->type != GV_OBJECT ? fail(c, "$defs must be of type object") : 0;

	for (uint32_t i = 0; !rc && defs && i < defs->n; i++)
		rc = find_def(c, &unused, defs->members[i].name);
	if (rc || (rc = read_keywords(c, root, &c->doc.root, 0, ROOT_ONLY)) ||
	    (rc = check_node(c, root, &c->doc.root)))
		return rc;
	*s = (struct gv_schema){ .kind = kind_of(c), .root = root };
	s->title = root->title;
	s->zh = root->zh;
	if (root->types != OBJ || !root->title || !root->zh)
		return fail(c, "a schema has type object, title and x-gavel-zh");
	kind = find_prop(root, GV_STR("kind"));
	if (kind && (!kind->words || strcmp(kind->words[0], s->kind) != 0 || kind->words[1]))
		return fail(c, "the field \"kind\" must be const \"%s\", the name of the file",
		            s->kind);
	for (size_t i = 0; !rc && i < sizeof root_parts / sizeof root_parts[0]; i++) {
		const struct gv_val *v = gv_val_get(&c->doc.root, root_parts[i].name);
		size_t mark = enter(c, gv_str_of(root_parts[i].name));

		if (v)
			rc = root_parts[i].read(c, s, v);
		leave(c, mark);
	}
	return rc;
}

/* Folders and letters lead back from a path or key to its kind. */
static int check_unique(struct compiler *c, const struct gv_schema *s, const struct gv_schema *all,
                        size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(all[i].kind, s->kind) == 0)
			return fail(c, "a second schema of kind \"%s\"", s->kind);
		if (s->folder && all[i].folder && strcmp(all[i].folder, s->folder) == 0)
			return fail(c, "folder \"%s\" is taken by kind \"%s\"", s->folder,
			            all[i].kind);
		if (s->letter && all[i].letter == s->letter)
			return fail(c, "letter %c is taken by kind \"%s\"", s->letter, all[i].kind);
	}
	return 0;
}

static int compile_file(struct compiler *c, const char *file, struct gv_schema *all, size_t n,
                        struct emitter *e)
{
	struct gv_buf text = GV_BUF_INIT(FILE_MAX);
	int rc = gv_buf_read_file(&text, file, c->err);

	c->file = file;
	gv_buf_init(&c->where, PATH_MAX_BYTES);
	if (!rc && (rc = gv_json_parse_scalar(&c->doc, gv_buf_str(&text), 0, c->err)))
		gv_err_thing(c->err, file, strlen(file));
	if (!rc && !(rc = read_root(c, &all[n])))
		rc = check_unique(c, &all[n], all, n);
	if (!rc)
		emit_schema(e, &all[n], c->cross);
	gv_buf_free(&c->where);
	gv_buf_free(&text);
	return rc;
}

/* Appends the tables for all files to `out`. */
static int compile(struct gv_buf *out, char *const *files, size_t n, struct gv_err *err)
{
	static struct gv_schema all[SCHEMAS_MAX];
	static struct compiler compilers[SCHEMAS_MAX];
	struct emitter e = { .out = out };
	int rc = n > SCHEMAS_MAX ? gv_fail(err, GV_EUSAGE, "more than %d files", SCHEMAS_MAX) : 0;

	gv_buf_adds(out, "/* Made by schemac from share/schema; do not edit. */\n"
	                 "#include \"cross.h\"\n#include \"schema_impl.h\"\n\n");
	for (size_t i = 0; !rc && i < n; i++) {
		compilers[i] = (struct compiler){ .err = err };
		rc = compile_file(&compilers[i], files[i], all, i, &e);
	}
	if (!rc)
		emit_list(&e, all, n);
	for (size_t i = 0; i < n && i < SCHEMAS_MAX; i++)
		gv_doc_free(&compilers[i].doc);
	return rc ? rc : gv_buf_check(out, err);
}

int main(int argc, char **argv)
{
	struct gv_buf out = GV_BUF_INIT(64 * GV_MIB), msg = GV_BUF_INIT(4096);
	struct gv_err err;
	int rc = compile(&out, argv + 1, (size_t)(argc - 1), &err);

	if (!rc)
		rc = gv_write_all(1, out.p, out.n, "stdout", &err);
	if (rc) {
		gv_err_text(&err, &msg);
		fprintf(stderr, "schemac: %s\n", msg.p);
	}
	gv_buf_free(&out);
	gv_buf_free(&msg);
	return rc;
}
