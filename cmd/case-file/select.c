/* SPDX-License-Identifier: MIT */
#include "select.h"

#include <stdio.h>
#include <string.h>

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

static void add_in(struct gv_buf *q, const char *field, const char *list)
{
	struct gv_str rest = gv_str_of(list);
	const char *between = "";

	add_and(q);
	gv_buf_addf(q, "%s in (", field);
	for (;;) {
		const char *comma = memchr(rest.p, ',', rest.n);
		size_t n = comma ? (size_t)(comma - rest.p) : rest.n;

		gv_buf_adds(q, between);
		add_quoted(q, (struct gv_str){ rest.p, n });
		between = ", ";
		if (!comma)
			break;
		rest.p += n + 1;
		rest.n -= n + 1;
	}
	gv_buf_addc(q, ')');
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

	if (!since && !until)
		return 0;
	if (!field)
		field = s->date_field;
	if (!gv_schema_at(s, gv_str_of(field)))
		return gv_fail(&c->err, GV_EUSAGE, _("--date-field: %s is no field of a %s"), field, s->kind);
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
	static const struct { const char *option, *field; } lists[] = {
		{ "state", "state" }, { "tribunal", "tribunal" }, { "judge", "judge" }, { "cause", "cause" },
	};
	const char *party = gv_cmd_opt(c, "party");
	int rc;

	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		if (gv_cmd_opt(c, lists[i].option))
			add_in(q, lists[i].field, gv_cmd_opt(c, lists[i].option));
	if (party)
		add_contains(q, "parties[].name", party);
	rc = add_dates(q, c);
	if (!rc)
		rc = add_where(q, c);
	return rc ? rc : gv_buf_check(q, &c->err);
}

int selection_open(struct selection *s, struct gv_cmd *c)
{
	struct gv_buf q = GV_BUF_INIT(GV_MIB);
	const char *jq = gv_cmd_opt(c, "jq");
	int rc;

	*s = (struct selection){ .c = c, .line = GV_BUF_INIT(GV_JSON_TEXT_MAX * 2) };
	rc = build(&q, c);
	if (!rc && q.n)
		rc = gv_query_parse(&s->query, q.p, gv_cmd_schema(c), NULL, NULL, &c->err);
	if (!rc && jq)
		rc = gv_filter_open(&s->filter, jq, &(struct gv_filter_opts){ .mode = GV_FILTER_SELECT }, &c->err);
	gv_buf_free(&q);
	return rc;
}

void selection_close(struct selection *s)
{
	gv_query_free(s->query);
	gv_filter_close(s->filter);
	gv_doc_free(&s->doc);
	gv_buf_free(&s->line);
}

/* ---- records ---- */

struct taker {
	struct selection *s;
	selection_take *take;
	void *ctx;
};

/* The child was given a line; those who take want canonical text. */
static int answer(void *ctx, uint64_t tag, size_t n, struct gv_str line, struct gv_err *err)
{
	struct taker *t = ctx;
	struct gv_buf text = GV_BUF_INIT(GV_JSON_TEXT_MAX * 2);
	int rc;

	(void)tag;
	if (n == 0)
		return 0;
	rc = gv_json_parse(&t->s->doc, line, 0, err);
	if (!rc)
		gv_json_canon(&text, &t->s->doc.root);
	if (!rc)
		rc = gv_buf_check(&text, err);
	if (!rc)
		rc = t->take(t->ctx, gv_buf_str(&text), err);
	gv_buf_free(&text);
	return rc;
}

/* The program failed on this record: said, counted, and the rest goes on. */
static int failed(void *ctx, uint64_t tag, const struct gv_err *why, struct gv_err *err)
{
	struct taker *t = ctx;

	(void)tag;
	(void)err;
	gv_cmd_complain(t->s->c, why);
	return 0;
}

static int matches(struct selection *s, struct gv_str text, bool *yes, struct gv_err *err)
{
	const char *derived = gv_query_derived(s->query);
	struct gv_caseno_reader *cn;
	struct gv_rec rec;
	struct gv_val more;
	int rc = gv_json_parse(&s->doc, text, 0, err);

	more = s->doc.root;
	if (!rc && *derived) {
		cn = gv_cmd_caseno(s->c);
		rc = cn ? gv_rec_of(&rec, &s->doc, gv_cmd_schema(s->c), cn, err) : s->c->err.code;
		if (!rc)
			rc = gv_rec_derive(&s->doc, &more, &rec, cn, gv_str_of(derived), err);
	}
	*yes = !rc && gv_query_match(s->query, &more);
	return rc;
}

int selection_offer(struct selection *s, struct gv_str text, struct gv_str name, selection_take *take, void *ctx,
                    struct gv_err *err)
{
	struct taker t = { s, take, ctx };
	char id[GV_KEY_MAX];
	bool yes = true;
	int rc = 0;

	if (s->query)
		rc = matches(s, text, &yes, err);
	if (rc || !yes)
		return rc;
	if (!s->filter)
		return take(ctx, text, err);
	snprintf(id, sizeof id, "%.*s", (int)name.n, name.p);
	gv_buf_reset(&s->line);
	gv_json_canon_to_line(&s->line, text);
	rc = gv_buf_check(&s->line, err);
	return rc ? rc : gv_filter_push(s->filter, gv_buf_str(&s->line), id, s->tags++,
	                                &(struct gv_filter_sink){ &t, answer, failed }, err);
}

int selection_finish(struct selection *s, selection_take *take, void *ctx, struct gv_err *err)
{
	struct taker t = { s, take, ctx };
	int rc = s->query ? gv_query_trouble(s->query, err) : 0;

	if (!rc && s->filter)
		rc = gv_filter_finish(s->filter, &(struct gv_filter_sink){ &t, answer, failed }, err);
	return rc;
}
