/* SPDX-License-Identifier: MIT */
/* case-file import: many records from files or a stream, in one commit. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "filter.h"
#include "import.h"

static const struct gv_opt opts[] = {
	{ 0, "map", "PROGRAM", N_("turn each row into records with this jq program (@FILE reads it)") },
	{ 0, "format", "FORMAT", N_("of the input: auto, ndjson, json, csv or tsv"), .complete = "auto|ndjson|json|csv|tsv" },
	{ 0, "encoding", "NAME", N_("of the input, if not UTF-8: GB18030 ...") },
	{ 0, "existing", "HOW", N_("merge (the row wins, the rest stays), replace, skip or fail"),
	  .complete = "merge|replace|skip|fail" },
	{ 0, "batch", "N", N_("commit every N rows instead of once"), .check = "count" },
	{ 0 }
};

/* A row on its way through --map. */
struct origin {
	size_t line;
	struct gv_str text;   /* for --errors; own memory */
};

struct work {
	struct import imp;
	struct gv_filter *map;
	struct origin *waiting;       /* ring, by tag */
	size_t ring;
	uint64_t next_tag;
	struct gv_doc row;
	struct gv_buf line;
	int64_t batch;
	uint64_t rows, in_batch, committed;
	char last[GV_HEX + 1];        /* the last commit made, or empty */
	size_t written, unchanged, bad;
	size_t number;                /* line of the row at hand */
	const char *file;             /* to name in messages, if there are several */
	bool broken;                  /* the run cannot go on: the error is not about one row */
};

/* ---- rows that are refused ---- */

/* With several files, a line alone does not say where to look. */
static void name_file(struct gv_err *err, const char *file)
{
	struct gv_buf thing = GV_BUF_INIT(2 * sizeof err->thing + PATH_MAX);

	gv_buf_adds(&thing, file);
	if (err->thing[0])
		gv_buf_addf(&thing, ": %s", err->thing);
	err->thing[0] = '\0';
	if (!thing.failed)
		gv_err_thing(err, thing.p, thing.n);
	gv_buf_free(&thing);
}

static int refuse(struct work *w, size_t line, struct gv_str text)
{
	struct gv_cmd *c = w->imp.c;
	struct gv_err bad = c->err;

	gv_err_clear(&c->err);
	bad.line = line;
	if (w->file)
		name_file(&bad, w->file);
	w->bad++;
	return gv_cmd_bad_row(c, &bad, text);
}

static bool is_bad_row(int rc)
{
	return rc == GV_EDATA || rc == GV_EUSAGE;
}

/* The row as JSON, which can be fed back whatever the input was. */
static struct gv_str row_text(struct work *w, struct gv_str raw, bool is_table)
{
	struct gv_err why = w->imp.c->err;
	bool typed;

	if (w->row.root.type != GV_OBJECT)
		return raw;
	/* A foreign table has columns of its own, which --map reads as text. */
	typed = is_table && !w->map && import_show_row(&w->imp, &w->row.root) == 0;
	w->imp.c->err = why;
	gv_buf_reset(&w->line);
	gv_json_line(&w->line, typed ? &w->imp.record.root : &w->row.root);
	return w->line.failed ? raw : gv_buf_str(&w->line);
}

/* ---- committing ---- */

static int commit_plan(struct work *w)
{
	struct gv_cmd *c = w->imp.c;
	struct gv_commit_result r;
	char what[64];
	int rc;

	snprintf(what, sizeof what, "%zu rows", (size_t)(w->rows - w->committed));
	rc = gv_cmd_commit(c, w->imp.plan, what, NULL, NULL, &r);
	if (rc)
		return rc;
	w->committed = w->rows;
	w->written += r.written;
	w->unchanged += r.unchanged;
	if (!gv_oid_is_zero(&r.id))
		gv_oid_hex(&r.id, w->last);
	return 0;
}

static int commit(struct work *w)
{
	int rc = 0;

	if (gv_plan_count(w->imp.plan) || gv_cmd_has(w->imp.c, "dry-run"))
		rc = commit_plan(w);
	else
		w->unchanged += gv_plan_unchanged(w->imp.plan);
	if (rc)
		return rc;
	gv_plan_free(w->imp.plan);
	w->imp.plan = NULL;
	return gv_plan_new(&w->imp.plan, w->imp.store, &w->imp.c->err);
}

static int count_batch(struct work *w)
{
	int rc;

	/* A plan is one plan: nothing is committed in between that its next part could build on. */
	if (!w->batch || (int64_t)++w->in_batch < w->batch || gv_cmd_has(w->imp.c, "dry-run"))
		return 0;
	w->in_batch = 0;
	rc = commit(w);
	w->broken = rc != 0;
	return rc;
}

/* ---- --map ---- */

static int mapped(void *ctx, uint64_t tag, size_t index, struct gv_str line, struct gv_err *err)
{
	struct work *w = ctx;
	struct origin *o = &w->waiting[tag % w->ring];
	int rc;

	if (!line.p) { /* all outputs of this row are in */
		free((void *)(uintptr_t)o->text.p);
		o->text = (struct gv_str){ 0 };
		return count_batch(w);
	}
	rc = gv_json_parse(&w->imp.record, line, GV_JSON_DROP_NULL, err);
	if (rc)
		err->byte = 0; /* of a text that the user never saw */
	if (!rc)
		rc = import_record(&w->imp);
	if (!is_bad_row(rc)) {
		w->imp.c->done += !rc;
		return rc;
	}
	(void)index;
	return refuse(w, o->line, o->text);
}

static int map_failed(void *ctx, uint64_t tag, const struct gv_err *why, struct gv_err *err)
{
	struct work *w = ctx;
	struct origin *o = &w->waiting[tag % w->ring];
	int rc;

	*err = *why;
	err->thing[0] = '\0'; /* the name that send_to_map() gave: refuse() says the line itself */
	rc = refuse(w, o->line, o->text);
	free((void *)(uintptr_t)o->text.p);
	o->text = (struct gv_str){ 0 };
	return rc;
}

/* The ring grows until no slot that is still waited for would be taken. */
static int remember(struct work *w, size_t line, struct gv_str text)
{
	char *copy = malloc(text.n + 1);
	struct origin *o;

	if (!copy)
		return gv_fail_nomem(&w->imp.c->err);
	memcpy(copy, text.p, text.n);
	if (!w->ring || w->waiting[w->next_tag % w->ring].text.p) {
		size_t ring = w->ring ? w->ring * 2 : 64;
		struct origin *bigger = calloc(ring, sizeof *bigger);

		if (!bigger) {
			free(copy);
			return gv_fail_nomem(&w->imp.c->err);
		}
		for (size_t i = 0; i < w->ring; i++)
			bigger[(w->next_tag - 1 - i) % ring] = w->waiting[(w->next_tag - 1 - i) % w->ring];
		free(w->waiting);
		w->waiting = bigger;
		w->ring = ring;
	}
	o = &w->waiting[w->next_tag % w->ring];
	*o = (struct origin){ line, { copy, text.n } };
	/* cppcheck-suppress memleak ; it is in the ring now */
	return 0;
}

static int send_to_map(struct work *w)
{
	struct gv_err *err = &w->imp.c->err;
	char name[64];
	int rc;

	gv_buf_reset(&w->line);
	gv_json_line(&w->line, &w->row.root);
	rc = gv_buf_check(&w->line, err);
	if (!rc)
		rc = remember(w, w->number, gv_buf_str(&w->line));
	if (rc)
		return rc;
	snprintf(name, sizeof name, _("line %zu"), w->number);
	rc = gv_filter_push(w->map, gv_buf_str(&w->line), name, w->next_tag++,
	                    &(struct gv_filter_sink){ w, mapped, map_failed }, err);
	w->broken = rc != 0;
	return rc;
}

/* ---- reading ---- */

static int take_row(struct work *w, bool is_table, unsigned flags)
{
	struct gv_cmd *c = w->imp.c;
	int rc = is_table ? 0 : gv_cmd_row_again(c, &w->row, flags);

	if (rc)
		return rc;
	if (w->map)
		return send_to_map(w);
	if (is_table)
		rc = import_type_row(&w->imp, &w->row.root);
	else
		rc = gv_val_copy(&w->imp.record, &w->imp.record.root, &w->row.root, &c->err);
	if (!rc)
		rc = import_record(&w->imp);
	if (!rc)
		c->done++;
	return rc ? rc : count_batch(w);
}

static int read_rows(struct work *w, struct gv_in *in)
{
	struct gv_cmd *c = w->imp.c;
	unsigned flags = w->map ? GV_JSON_FOREIGN : GV_JSON_DROP_NULL;
	int rc = 0;

	while (!rc) {
		struct gv_str raw = { 0 };
		bool eof;

		gv_doc_reset(&w->imp.record);
		rc = gv_in_row(in, &w->row, flags, &raw, &w->number, &eof, &c->err);
		if (eof)
			break;
		gv_cmd_progress(c, gv_in_bytes(in), gv_in_size(in), _("bytes"));
		w->rows++;
		if (rc == GV_EDATA && gv_in_broken(in))
			break;
		if (!rc)
			rc = take_row(w, gv_in_is_table(in), flags);
		if (is_bad_row(rc) && !w->broken)
			rc = refuse(w, w->number, row_text(w, raw, gv_in_is_table(in)));
	}
	return rc;
}

static int read_file(struct work *w, const char *path)
{
	struct gv_cmd *c = w->imp.c;
	enum gv_in_format format;
	struct gv_in *in;
	int rc = gv_in_format_parse(&format, gv_cmd_opt(c, "format"), &c->err);

	if (!rc)
		rc = gv_in_open(&in, path, format, gv_cmd_opt(c, "encoding"), &c->err);
	if (rc)
		return rc;
	w->file = c->argc > 1 ? gv_in_name(in) : NULL;
	rc = read_rows(w, in);
	if (!rc && w->map)
		rc = gv_filter_finish(w->map, &(struct gv_filter_sink){ w, mapped, map_failed }, &c->err);
	if (rc)
		gv_err_thing(&c->err, gv_in_name(in), strlen(gv_in_name(in)));
	gv_in_close(in);
	return rc;
}

static int prepare(struct work *w, struct gv_cmd *c)
{
	static const char *const hows[] = { "merge", "replace", "skip", "fail" };
	const char *how = gv_cmd_opt(c, "existing"), *batch = gv_cmd_opt(c, "batch"), *map = gv_cmd_opt(c, "map");
	int rc;

	w->imp.c = c;
	w->imp.store = gv_cmd_store(c);
	gv_buf_init(&w->imp.path, 4096);
	gv_buf_init(&w->line, GV_JSON_TEXT_MAX * 2);
	for (size_t i = 0; how && i < sizeof hows / sizeof hows[0]; i++)
		if (strcmp(how, hows[i]) == 0)
			w->imp.existing = (enum existing)i;
	if (batch)
		gv_str_int(gv_str_of(batch), &w->batch);
	if (!w->imp.store)
		return c->err.code;
	rc = gv_plan_new(&w->imp.plan, w->imp.store, &c->err);
	if (!rc && map)
		rc = gv_filter_open(&w->map, map, &(struct gv_filter_opts){ .mode = GV_FILTER_MAP }, &c->err);
	return rc;
}

static void finish(struct work *w)
{
	for (size_t i = 0; i < w->ring; i++)
		free((void *)(uintptr_t)w->waiting[i].text.p);
	free(w->waiting);
	gv_filter_close(w->map);
	gv_plan_free(w->imp.plan);
	gv_doc_free(&w->row);
	gv_doc_free(&w->imp.record);
	gv_doc_free(&w->imp.old);
	gv_buf_free(&w->imp.path);
	gv_buf_free(&w->line);
}

static void tell(struct work *w)
{
	struct gv_cmd *c = w->imp.c;
	size_t unchanged = w->unchanged - w->imp.joined_same;

	if (w->last[0])
		gv_cmd_note(c, _("%llu rows: %zu records written, %zu unchanged, %zu skipped, %zu bad: commit %.10s"),
		            (unsigned long long)w->rows, w->written, unchanged, w->imp.skipped, w->bad, w->last);
	else
		gv_cmd_note(c, _("%llu rows: nothing to do, %zu unchanged, %zu skipped, %zu bad"),
		            (unsigned long long)w->rows, unchanged, w->imp.skipped, w->bad);
	if (w->imp.joined)
		gv_cmd_note(c, _("%zu joined with an earlier row about the same case"), w->imp.joined);
}

/* An import that broke off has done nothing, or with --batch a part. */
static void tell_part(struct work *w)
{
	if (w->last[0])
		gv_cmd_note(w->imp.c, _("broken off: the first %llu rows are done, commit %.10s; import again to go on"),
		            (unsigned long long)w->committed, w->last);
	else if (w->rows)
		gv_cmd_note(w->imp.c, "%s", _("broken off: the docket is as it was"));
}

static int run(struct gv_cmd *c)
{
	struct work w = { 0 };
	int rc;

	if (c->argc == 0 && isatty(STDIN_FILENO))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("nothing to import: give files, or rows on standard input"));
	rc = prepare(&w, c);
	if (!rc && c->argc == 0)
		rc = read_file(&w, NULL);
	for (int i = 0; i < c->argc && !rc; i++)
		rc = read_file(&w, c->argv[i]);
	if (!rc)
		rc = commit(&w);
	if (rc)
		tell_part(&w);
	else if (!gv_cmd_has(c, "dry-run"))
		tell(&w);
	finish(&w);
	return rc;
}

const struct gv_cmd_spec case_file_import = {
	.name = "import", .summary = N_("take in many records: NDJSON, a JSON array, CSV or TSV with a header"),
	.usage = N_("[FILE...]   (or rows on standard input)"), .operands = "file", .opts = opts, .kind = "case",
	.common = GV_C_WRITE | GV_C_BULK | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
