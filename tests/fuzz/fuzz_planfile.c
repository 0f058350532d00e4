/* SPDX-License-Identifier: MIT */
/*
 * fuzz_planfile: any lines as a plan for a docket with one record and one other file.  What is taken is printed again, and
 * what is printed is taken again and printed the same.  Nothing is committed.
 */
#include "docket.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct gv_store *store;

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "fuzz_planfile: %s\n", what);
	abort();
}

/* Always the same, so that the seeds know its ids. */
#define HISTORY "commit refs/heads/main\ncommitter A <a@b> 1656547200 +0800\ndata 1\nx\n" \
	"M 100644 inline gavel.json\ndata <<END\n" DOCKET_CONFIG "END\n" \
	"M 100644 inline rules/x.jq\ndata 2\n.\n" \
	"M 100644 inline cases/2022/沪0114/民初/0012/1234.json\ndata <<END\n" \
	"{\n  \"id\": \"（2022）沪0114民初1234号\",\n  \"kind\": \"case\",\n  \"state\": \"open\"\n}\nEND\n"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	struct gv_err err = { 0 };
	char here[PATH_MAX];

	(void)argc;
	(void)argv;
	must(getcwd(here, sizeof here) != NULL, "no folder");
	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 1);
	docket_new();
	must(docket_write("history", HISTORY) == 0 && sh("git -C r update-ref -d refs/heads/main && "
	     "git -C r fast-import --quiet <history") == 0 && gv_store_open(&store, "r", &err) == 0, "no docket");
	must(chdir(here) == 0, "no folder");
	atexit(repo_done);
	return 0;
}

struct lines { struct gv_buf text; size_t n; };

static int keep(void *ctx, const struct gv_val *line)
{
	struct lines *l = ctx;

	gv_json_line(&l->text, line);
	gv_buf_addc(&l->text, '\n');
	l->n++;
	return 0;
}

/* How many lines were refused. */
static size_t add_lines(struct gv_plan *p, struct gv_str text)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err = { 0 };
	size_t refused = 0;

	while (text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		struct gv_str line = { text.p, end ? (size_t)(end - text.p) : text.n };
		int rc = gv_json_parse(&d, line, 0, &err);

		if (!rc) {
			rc = gv_plan_add_line(p, &d.root, &err);
			must(rc == 0 || rc == GV_EDATA || rc == GV_ECONFLICT, "another error");
			must(rc == 0 || err.msg[0], "no message");
		}
		refused += rc != 0;
		text.p += line.n + (end != NULL);
		text.n -= line.n + (end != NULL);
	}
	gv_doc_free(&d);
	return refused;
}

static void print(struct gv_plan *p, struct lines *l)
{
	struct gv_err err = { 0 };

	must(gv_plan_print(p, keep, l, &err) == 0, err.msg);
	must(!l->text.failed && l->n == gv_plan_count(p) + 1, "a change is not printed");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lines first = { .text = GV_BUF_INIT(64 * GV_MIB) }, second = { .text = GV_BUF_INIT(64 * GV_MIB) };
	struct gv_plan *p = NULL, *q = NULL;

	must(gv_plan_new(&p, store, NULL) == 0 && gv_plan_new(&q, store, NULL) == 0, "no plan");
	add_lines(p, (struct gv_str){ (const char *)data, size });
	print(p, &first);
	must(add_lines(q, gv_buf_str(&first.text)) == 0, "its own print is refused");
	print(q, &second);
	must(gv_str_eq(gv_buf_str(&first.text), gv_buf_str(&second.text)), "printed differently");
	gv_plan_free(p);
	gv_plan_free(q);
	gv_buf_free(&first.text);
	gv_buf_free(&second.text);
	return 0;
}
