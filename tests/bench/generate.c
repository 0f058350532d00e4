/* SPDX-License-Identifier: MIT */
#include "generate.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "out.h"
#include "rec.h"

static const char usage[] =
	"usage: generate [-n COUNT] [-s SEED] [-f ndjson|csv|tsv|fast-import] [--year YEAR]\n"
	"Invented court records, always the same for the same arguments; without --year from\n"
	"2020-01-01 to 2022-06-30.  fast-import: the same records as files of one commit, for\n"
	"git fast-import.\n";

static const char columns[] =
	"id,kind,state,cause,cause_list,procedure,channel,tribunal,judge,clerk,received_on,"
	"filed_on,decided_on,closed_on,effective_on,published_on,closed_by,claim_fen,awarded_fen,fee_fen,"
	"prosecution,custody,max_penalty_years,parties,links,events";

struct job {
	uint64_t n, seed;
	int year;
	bool fast_import;
	enum gv_format format;
	struct gv_out *out;       /* NULL for fast-import */
	struct gv_buf text, canon, path;
	struct gen_register reg;
	struct gen_case one;
};

/* ---- git fast-import ---- */

static int flush(struct gv_buf *b, size_t keep, struct gv_err *err)
{
	int rc = gv_buf_check(b, err);

	if (!rc && b->n > keep) {
		rc = gv_write_all(STDOUT_FILENO, b->p, b->n, "<stdout>", err);
		gv_buf_reset(b);
	}
	return rc;
}

static int write_file(struct job *j, const struct gv_val *rec, struct gv_err *err)
{
	struct gv_id id = { .schema = gv_schema_find(GV_STR("case")) };
	int rc;

	gen_case_number(&j->one, id.key, sizeof id.key);
	gv_buf_reset(&j->path);
	rc = gv_id_path(&id, &j->path, err);
	if (rc)
		return rc;
	gv_buf_reset(&j->canon);
	gv_json_canon(&j->canon, rec);
	gv_buf_addf(&j->text, "M 100644 inline %s\ndata %zu\n", j->path.p, j->canon.n);
	gv_buf_addstr(&j->text, gv_buf_str(&j->canon));
	gv_buf_addc(&j->text, '\n');
	rc = gv_buf_check(&j->canon, err);
	return rc ? rc : flush(&j->text, 1 << 18, err);
}

static void begin_commit(struct job *j)
{
	static const char message[] = "generate: invented records\n";

	/* "done" at the end lets git refuse a stream that was cut. */
	gv_buf_addf(&j->text, "feature done\ncommit refs/heads/main\n"
	            "committer generate <generate@example.org> 1656547200 +0800\ndata %zu\n%s",
	            sizeof message - 1, message);
}

/* ---- all ---- */

static int run(struct job *j, struct gv_err *err)
{
	struct gv_doc doc = GV_DOC_INIT;
	int rc = gen_register_open(&j->reg, j->seed, j->n, j->year, err);

	if (!rc && j->fast_import)
		begin_commit(j);
	else if (!rc)
		rc = gv_out_open(&j->out, STDOUT_FILENO, &(struct gv_out_opts){
			.format = j->format, .default_fields = columns, .header = true,
			.sensitive = true,
		}, err);
	for (uint64_t i = 0; i < j->n && !rc; i++) {
		gv_doc_reset(&doc);
		gen_case_make(&j->one, &j->reg, i);
		rc = gen_case_json(&j->one, &doc, err);
		if (!rc)
			rc = j->fast_import ? write_file(j, &doc.root, err)
			                    : gv_out_rec(j->out, &doc.root, err);
	}
	if (!rc && j->fast_import) {
		gv_buf_adds(&j->text, "done\n");
		rc = flush(&j->text, 0, err);
	}
	if (j->out && gv_out_close(j->out, rc ? NULL : err) && !rc)
		rc = GV_EIO;
	gv_doc_free(&doc);
	gen_register_close(&j->reg);
	return rc;
}

static bool number(const char *text, int64_t least, int64_t most, int64_t *out)
{
	return text && gv_str_int(gv_str_of(text), out) && *out >= least && *out <= most;
}

static bool read_options(struct job *j, int argc, char **argv)
{
	int64_t v;

	for (int i = 1; i < argc; i += 2) {
		const char *value = i + 1 < argc ? argv[i + 1] : NULL;

		if (strcmp(argv[i], "-n") == 0 && number(value, 0, INT64_C(1) << 40, &v))
			j->n = (uint64_t)v;
		else if (strcmp(argv[i], "-s") == 0 && number(value, 0, INT64_MAX, &v))
			j->seed = (uint64_t)v;
		else if (strcmp(argv[i], "--year") == 0 && number(value, 2016, 2100, &v))
			j->year = (int)v;
		else if (strcmp(argv[i], "-f") == 0 && value && strcmp(value, "fast-import") == 0)
			j->fast_import = true;
		else if (strcmp(argv[i], "-f") != 0 || !value ||
		         gv_format_parse(&j->format, value, NULL))
			return false;
	}
	return true;
}

int main(int argc, char **argv)
{
	struct job *j = calloc(1, sizeof *j);
	struct gv_err err = { 0 };
	int rc;

	if (!j)
		return GV_EIO;
	*j = (struct job){ .n = 1000, .seed = 1, .format = GV_OUT_NDJSON };
	gv_buf_init(&j->text, GV_JSON_TEXT_MAX * 2);
	gv_buf_init(&j->canon, GV_JSON_TEXT_MAX);
	gv_buf_init(&j->path, 4096);
	if (read_options(j, argc, argv)) {
		rc = run(j, &err);
		if (rc)
			fprintf(stderr, "generate: %s%s%s\n", err.thing, err.thing[0] ? ": " : "",
			        err.msg);
	} else {
		fputs(usage, stderr);
		rc = GV_EUSAGE;
	}
	gv_buf_free(&j->text);
	gv_buf_free(&j->canon);
	gv_buf_free(&j->path);
	free(j);
	return rc;
}
