/* SPDX-License-Identifier: MIT */
#include "selection.h"

#include <stdio.h>
#include <string.h>

#include "assignment.h"
#include "stored.h"
#include "utf8.h"

enum { FAST_FROM = 1000 };  /* records are worth the 10 ms that it takes to load the fast reader */

/* ---- one predicate out of all the options ---- */

static void add_and(struct gv_buf *q)
{
	if (q->n)
		gv_buf_adds(q, " and ");
}

static void add_quoted(struct gv_buf *q, struct gv_str s)
{
	gv_buf_addc(q, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			gv_buf_addc(q, '\\');
		gv_buf_addc(q, s.p[i]);
	}
	gv_buf_addc(q, '"');
}

/* Each item of a comma list, which has one at least; `each` returns non-zero to stop. */
static int each_item(struct gv_cmd *c, const char *option, const char *list,
                     int (*each)(struct gv_cmd *c, const char *item, void *ctx), void *ctx)
{
	struct gv_str rest = gv_str_of(list);
	int rc = 0;

	for (;;) {
		const char *comma = memchr(rest.p, ',', rest.n);
		size_t n = comma ? (size_t)(comma - rest.p) : rest.n;
		struct gv_buf item = GV_BUF_INIT(GV_MIB);

		gv_buf_add(&item, rest.p, n);
		rc = gv_buf_check(&item, &c->err);
		if (!rc)
			rc = n ? each(c, item.p, ctx)
			       : gv_fail(&c->err, GV_EUSAGE, _("--%s: a value is empty in \"%s\""), option, list);
		gv_buf_free(&item);
		if (rc || !comma)
			return rc;
		rest.p += n + 1;
		rest.n -= n + 1;
	}
}

struct listed {
	struct gv_buf *q;
	const char *option, *between;
	const struct gv_node *node;
};

static int add_item(struct gv_cmd *c, const char *item, void *ctx)
{
	struct listed *l = ctx;
	char what[64];

	snprintf(what, sizeof what, "--%s", l->option);
	gv_buf_adds(l->q, l->between);
	add_quoted(l->q, gv_str_of(item));
	l->between = ", ";
	return l->node && l->node->words ? gv_cmd_check_word(c, what, item, l->option) : 0;
}

/* --state, --judge ...: the option is named as the field is. */
static int add_in(struct gv_buf *q, struct gv_cmd *c, const char *option)
{
	struct listed l = { q, option, "", gv_schema_at(gv_cmd_schema(c), gv_str_of(option)) };
	const char *list = gv_cmd_opt(c, option);
	int rc;

	if (!list)
		return 0;
	add_and(q);
	gv_buf_addf(q, "%s in (", option);
	rc = each_item(c, option, list, add_item, &l);
	gv_buf_addc(q, ')');
	return rc;
}

/* A name as a literal part of a pattern: \Q...\E, with any \E inside cut apart. */
static void add_contains(struct gv_buf *q, const char *field, const char *text)
{
	struct gv_buf pattern = GV_BUF_INIT(65536);
	const char *end;

	gv_buf_adds(&pattern, "\\Q");
	while ((end = strstr(text, "\\E"))) {
		gv_buf_add(&pattern, text, (size_t)(end - text));
		gv_buf_adds(&pattern, "\\E\\\\E\\Q");
		text = end + 2;
	}
	gv_buf_adds(&pattern, text);
	gv_buf_adds(&pattern, "\\E");
	add_and(q);
	gv_buf_addf(q, "%s ~ ", field);
	add_quoted(q, gv_buf_str(&pattern));
	if (pattern.failed)
		q->failed = true;
	gv_buf_free(&pattern);
}

static int add_dates(struct gv_buf *q, struct gv_cmd *c)
{
	const char *since = gv_cmd_opt(c, "since"), *until = gv_cmd_opt(c, "until");
	const char *field = gv_cmd_opt(c, "date-field");
	const struct gv_schema *s = gv_cmd_schema(c);
	const struct gv_node *node = field ? gv_schema_at(s, gv_str_of(field)) : NULL;

	if (field && !node)
		return gv_fail(&c->err, GV_EUSAGE, _("--date-field: %s is no field of a %s"), field, s->kind);
	if (node && node->check != GV_CHECK_DATE && node->check != GV_CHECK_MOMENT)
		return gv_fail(&c->err, GV_EUSAGE, _("--date-field: %s is no date"), field);
	if (field && since && until && strstr(field, "[]"))
		return gv_fail(&c->err, GV_EUSAGE,
		               _("--date-field: %s are many days, and --since and --until could mean two of them"), field);
	if (!field)
		field = s->date_field;
	if (since) {
		add_and(q);
		gv_buf_addf(q, "%s >= \"%s\"", field, since);
	}
	if (until) {
		add_and(q);
		gv_buf_addf(q, "%s <= \"%s\"", field, until);
	}
	return 0;
}

static void unknown_field(void *ctx, struct gv_str path)
{
	struct gv_cmd *c = ctx;
	const char *near = gv_schema_suggest(gv_cmd_schema(c), path);

	if (near)
		gv_cmd_warn(c, _("--where: %.*s is no field of a %s (did you mean %s?)"), (int)path.n, path.p,
		            gv_cmd_schema(c)->kind, near);
	else
		gv_cmd_warn(c, _("--where: %.*s is no field of a %s"), (int)path.n, path.p, gv_cmd_schema(c)->kind);
}

/* Each --where is tried alone first, so that an error counts columns in what the user typed. */
static int add_where(struct gv_buf *q, struct gv_cmd *c)
{
	const char *where;
	int rc = 0;

	for (size_t i = 0; !rc && (where = gv_opts_nth(c->opts, "where", i)); i++) {
		struct gv_query *alone = NULL;

		rc = gv_query_parse(&alone, where, gv_cmd_schema(c), unknown_field, c, &c->err);
		gv_query_free(alone);
		if (rc)
			gv_err_thing(&c->err, "--where", 7);
		add_and(q);
		gv_buf_addf(q, "(%s)", where);
	}
	return rc;
}

static int build(struct gv_buf *q, struct gv_cmd *c)
{
	static const char *const lists[] = { "state", "tribunal", "judge", "cause" };
	const char *party = gv_cmd_opt(c, "party");
	int rc = 0;

	for (size_t i = 0; i < sizeof lists / sizeof lists[0] && !rc; i++)
		rc = add_in(q, c, lists[i]);
	if (!rc && party && !*party)
		rc = gv_fail(&c->err, GV_EUSAGE, "%s", _("--party: which name?"));
	if (!rc && party)
		add_contains(q, "parties[].name", party);
	if (!rc)
		rc = add_dates(q, c);
	if (!rc)
		rc = add_where(q, c);
	return rc ? rc : gv_buf_check(q, &c->err);
}

/* ---- the parts of the number ---- */

static int check_year(struct gv_cmd *c, const char *item, void *ctx)
{
	(void)ctx;
	if (strlen(item) != 4 || strspn(item, "0123456789") != 4)
		return gv_fail(&c->err, GV_EUSAGE, _("--year: \"%s\" is no year of four digits"), item);
	return 0;
}

/* The tables do not have every code there is, so an unknown one is only worth a word: nothing may be found. */
static int check_court(struct gv_cmd *c, const char *item, void *ctx)
{
	if (!gv_caseno_court_name(ctx, item).n)
		gv_cmd_warn(c, _("--court: %s is not in courts.tsv"), item);
	return 0;
}

static int check_type(struct gv_cmd *c, const char *item, void *ctx)
{
	size_t first = 0;

	gv_utf8_next(gv_str_of(item), &first);
	if (item[first] /* more than one character: no group */ && !gv_caseno_type_name(ctx, item).n)
		gv_cmd_warn(c, _("--type: %s is not in case-types.tsv"), item);
	return 0;
}

static int check_number(struct gv_cmd *c)
{
	static const struct {
		const char *option;
		int (*check)(struct gv_cmd *c, const char *item, void *ctx);
	} parts[] = { { "year", check_year }, { "court", check_court }, { "type", check_type } };
	int rc = 0;

	for (size_t i = 0; i < sizeof parts / sizeof parts[0] && !rc; i++) {
		const char *list = gv_cmd_opt(c, parts[i].option);
		struct gv_caseno_reader *cn = list ? gv_cmd_caseno(c) : NULL; /* it loads tables: only if asked */

		if (list)
			rc = cn ? each_item(c, parts[i].option, list, parts[i].check, cn) : c->err.code;
	}
	return rc;
}

int gv_selection_open(struct gv_selection *s, struct gv_cmd *c)
{
	struct gv_buf q = GV_BUF_INIT(GV_MIB);
	const char *jq = gv_cmd_opt(c, "jq");
	int rc;

	*s = (struct gv_selection){ .c = c, .line = GV_BUF_INIT(GV_JSON_TEXT_MAX * 2),
	                         .waiting = GV_BUF_INIT(GV_JSON_TEXT_MAX * 4) };
	rc = check_number(c);
	if (!rc)
		rc = build(&q, c);
	if (!rc && q.n)
		rc = gv_query_parse(&s->query, q.p, gv_cmd_schema(c), NULL, NULL, &c->err);
	if (!rc && jq)
		rc = gv_filter_open(&s->filter, jq, &(struct gv_filter_opts){ .mode = GV_FILTER_SELECT }, &c->err);
	gv_buf_free(&q);
	return rc;
}

void gv_selection_close(struct gv_selection *s)
{
	gv_query_free(s->query);
	gv_filter_close(s->filter);
	gv_doc_free(&s->doc);
	gv_buf_free(&s->line);
	gv_buf_free(&s->waiting);
}

/* ---- the records that --jq has not answered yet ---- */

struct ticket {
	size_t name, text; /* bytes of each; they follow */
};

/* The filter has at most a few MiB in flight, so the room that this takes is bounded too. */
static void wait_for_answer(struct gv_selection *s, struct gv_str name, struct gv_str text)
{
	struct gv_buf *q = &s->waiting;
	struct ticket t = { name.n, text.n };

	if (s->next > q->n / 2) {
		memmove(q->p, q->p + s->next, q->n - s->next);
		q->n -= s->next;
		s->next = 0;
	}
	gv_buf_add(q, &t, sizeof t);
	gv_buf_addstr(q, name);
	gv_buf_addstr(q, text);
}

/* Answers come in the order of the questions.  The text is good until the next question. */
static struct gv_str answered(struct gv_selection *s)
{
	const char *at = s->waiting.p + s->next;
	struct ticket t;

	memcpy(&t, at, sizeof t);
	at += sizeof t;
	s->name = (struct gv_str){ at, t.name };
	s->next += sizeof t + t.name + t.text;
	return (struct gv_str){ at + t.name, t.text };
}

struct taker {
	struct gv_selection *s;
	gv_selection_take *take;
	void *ctx;
	int took;  /* what the last call of take returned */
};

static int answer(void *ctx, uint64_t tag, size_t yes, struct gv_str line, struct gv_err *err)
{
	struct taker *t = ctx;
	struct gv_str text = answered(t->s);

	(void)tag;
	(void)line; /* those who take want the text that the docket has */
	t->took = yes ? t->take(t->ctx, text, err) : 0;
	return t->took;
}

/* The program failed on this record: said, counted, and the rest goes on. */
static int failed(void *ctx, uint64_t tag, const struct gv_err *why, struct gv_err *err)
{
	struct taker *t = ctx;

	(void)tag;
	(void)err;
	answered(t->s);
	gv_cmd_complain(t->s->c, why);
	return 0;
}

static int ask(struct gv_selection *s, struct gv_str text, struct gv_str name, struct taker *t, struct gv_err *err)
{
	char shown[GV_KEY_MAX];
	int rc;

	snprintf(shown, sizeof shown, "%.*s", (int)name.n, name.p);
	gv_buf_reset(&s->line);
	gv_json_canon_to_line(&s->line, text);
	wait_for_answer(s, name, text);
	rc = gv_buf_check(&s->line, err);
	if (!rc)
		rc = gv_buf_check(&s->waiting, err);
	if (!rc)
		rc = gv_filter_push(s->filter, gv_buf_str(&s->line), shown, 0,
		                    &(struct gv_filter_sink){ t, answer, failed }, err);
	s->broken = rc && !t->took;
	return rc;
}

/* ---- records ---- */

static int matches(struct gv_selection *s, struct gv_str text, bool *yes, struct gv_err *err)
{
	const char *derived = gv_query_derived(s->query);
	struct gv_caseno_reader *cn;
	struct gv_rec rec;
	struct gv_val more;
	int rc = gv_json_parse(&s->doc, text, 0, err);

	if (!rc && gv_text_may_be_sealed(text))
		rc = gv_cmd_unseal_doc(s->c, &s->doc);
	more = s->doc.root;
	if (!rc && *derived) {
		cn = gv_cmd_caseno(s->c);
		rc = cn ? gv_rec_of(&rec, &s->doc, gv_cmd_schema(s->c), cn, err) : s->c->err.code;
		if (!rc)
			rc = gv_rec_derive(&s->doc, &more, &rec, cn, s->c->today, gv_str_of(derived), err);
	}
	*yes = !rc && gv_query_match(s->query, &more);
	return rc;
}

bool gv_selection_rules_out(const struct gv_selection *s, struct gv_str text)
{
	return s->query && gv_query_rules_out(s->query, text);
}

int gv_selection_offer(struct gv_selection *s, struct gv_str text, struct gv_str name, gv_selection_take *take, void *ctx,
                    struct gv_err *err)
{
	struct taker t = { s, take, ctx, 0 };
	bool yes = true;
	int rc = 0;

	if ((s->query || s->parses) && ++s->parsed == FAST_FROM)
		gv_json_want_fast();
	if (s->query)
		rc = matches(s, text, &yes, err);
	if (rc || !yes)
		return rc;
	if (s->filter)
		return ask(s, text, name, &t, err);
	s->name = name;
	return take(ctx, text, err);
}

int gv_selection_finish(struct gv_selection *s, gv_selection_take *take, void *ctx, struct gv_err *err)
{
	struct taker t = { s, take, ctx, 0 };
	int rc = s->query ? gv_query_trouble(s->query, err) : 0;

	if (!rc && s->filter)
		rc = gv_filter_finish(s->filter, &(struct gv_filter_sink){ &t, answer, failed }, err);
	return rc;
}

/* ---- the whole docket ---- */

int gv_selection_kind(struct gv_cmd *c)
{
	static const char *const of_cases[] = { "type", "court", "year", "tribunal", "judge", "cause", "party" };
	const char *kind = gv_cmd_opt(c, "kind");
	const struct gv_schema *s = gv_cmd_schema(c);

	if (!kind)
		return 0;
	if (!s || !s->folder)
		return gv_fail(&c->err, GV_EUSAGE, _("--kind: there is no kind \"%s\""), kind);
	for (size_t i = 0; s->letter && i < sizeof of_cases / sizeof of_cases[0]; i++)
		if (gv_cmd_has(c, of_cases[i]))
			return gv_fail(&c->err, GV_EUSAGE, _("--%s is about cases, not about a %s"), of_cases[i], s->kind);
	return 0;
}

struct gv_scan gv_selection_scan(const struct gv_cmd *c)
{
	return (struct gv_scan){ .kind = gv_cmd_schema(c), .year = gv_cmd_opt(c, "year"),
	                         .court = gv_cmd_opt(c, "court"), .type = gv_cmd_opt(c, "type") };
}

struct walk {
	struct gv_cmd *c;
	struct gv_selection sel;
	gv_selection_take *take;
	void *ctx;
};

/* One record that is no JSON must not hide the others. */
static int pass_over(struct walk *w, struct gv_str name)
{
	struct gv_err *err = &w->c->err;

	gv_err_thing(err, name.p, name.n);
	gv_cmd_complain(w->c, err);
	gv_err_clear(err);
	return 0;
}

static struct gv_str name_of(struct gv_str text, struct gv_str path)
{
	struct gv_str id = gv_stored_id(text);

	return id.n ? id : path;
}

static int take_selected(void *ctx, struct gv_str text, struct gv_err *err)
{
	struct walk *w = ctx;
	int rc = w->take(w->ctx, text, err);

	return rc == GV_EDATA ? pass_over(w, name_of(text, w->sel.name)) : rc;
}

/* Its name is looked for only where it is of use.  What rules a record out is no sealed value, so one that is ruled out
 * is not opened, nor looked through for what may be sealed. */
static int one(void *ctx, const struct gv_item *item)
{
	struct walk *w = ctx;
	struct gv_str text = item->text, name = item->path;
	bool sealed;
	int rc = w->c->past ? w->c->past(w->c, &text) : 0;

	if (rc == GV_EDATA)
		return pass_over(w, name_of(item->text, item->path));
	if (rc || !text.n || gv_selection_rules_out(&w->sel, text))
		return rc;
	sealed = gv_text_may_be_sealed(text);
	if (sealed || w->sel.filter)
		name = name_of(text, name);
	if (sealed)
		rc = gv_cmd_unseal(w->c, &text, name);
	if (rc)
		return rc;
	rc = gv_selection_offer(&w->sel, text, name, take_selected, w, &w->c->err);
	return rc == GV_EDATA && !w->sel.broken ? pass_over(w, name_of(item->text, item->path)) : rc;
}

int gv_selection_walk(struct gv_cmd *c, bool parses, gv_selection_take *take, void *ctx)
{
	struct walk w = { .c = c, .take = take, .ctx = ctx };
	struct gv_scan what = gv_selection_scan(c);
	struct gv_store *store = gv_cmd_store(c);
	int rc = store ? gv_selection_open(&w.sel, c) : c->err.code;

	if (!store)
		return rc;
	w.sel.parses = parses;
	if (!rc)
		rc = gv_store_scan(store, &what, one, &w, &c->err);
	if (!rc)
		rc = gv_selection_finish(&w.sel, take_selected, &w, &c->err);
	gv_selection_close(&w.sel);
	return rc < 0 ? 0 : rc;
}

struct printing {
	struct gv_cmd *c;
	struct gv_doc scratch;
};

static int print_one(void *ctx, struct gv_str text, struct gv_err *err)
{
	struct printing *p = ctx;
	int rc = gv_stored_print(p->c, &p->scratch, text);

	(void)err; /* the command's own, which gv_stored_print() fills */
	p->c->done += rc <= 0;
	return rc;
}

int gv_selection_print(struct gv_cmd *c)
{
	struct printing p = { .c = c };
	int rc = gv_cmd_store(c) && gv_cmd_out(c) ? 0 : c->err.code;

	if (!rc)
		rc = gv_selection_walk(c, gv_stored_parses(c), print_one, &p);
	gv_doc_free(&p.scratch);
	return rc;
}

int gv_selection_list(struct gv_cmd *c, const struct gv_kind_fields *columns)
{
	int rc;

	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": list takes no ids; case-file get does"), c->argv[0]);
	rc = gv_selection_kind(c);
	if (rc)
		return rc;
	for (; columns->kind; columns++)
		if (strcmp(gv_cmd_schema(c)->kind, columns->kind) == 0)
			c->fields = columns->fields;
	return gv_selection_print(c);
}
