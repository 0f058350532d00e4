/* SPDX-License-Identifier: MIT */
/* Option tables: parsing, mistakes, and the walk that help and completions make. */
#include "opt.h"
#include "oom.h"
#include "unit.h"

static const struct gv_opt own[] = {
	{ 0, "kind", "KIND", "of what", .complete = "phone|plate" },
	{ 'g', "group", "FIELDS", "by what", .complete = "field" },
	{ 'v', "verbose", NULL, "say more" },
	{ 'q', "quick", NULL, "do less", .excl = "how" },
	{ 0, "slow", "WAY", "do more", .excl = "how" },
	{ 0, "plus", "FILE", "one more", GV_OPT_MANY },
	{ 0, "top", "N", "so many", .check = "count" },
	{ 0 }
};

enum { COMMON = GV_C_OUTPUT | GV_C_ASOF, WORDS = 16 };

static struct gv_err err;

/* Blank-separated words; "''" is an empty one. */
static size_t split(char *text, char **argv)
{
	char *rest = NULL;
	size_t n = 0;

	argv[n++] = text;
	for (char *w = strtok_r(text, " ", &rest); w && n < WORDS; w = strtok_r(NULL, " ", &rest)) {
		if (strcmp(w, "''") == 0)
			*w = '\0';
		argv[n++] = w;
	}
	argv[n] = NULL;
	return n;
}

static void put_given(struct gv_buf *b, const struct gv_opts *o)
{
	static const char *const flags[] = { "verbose", "quick", "null", "help", "version" };
	static const char *const values[] = { "kind", "group", "slow", "plus", "top", "output", "as-of" };
	char **operands;
	int n = gv_opts_operands(o, &operands);

	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
		if (gv_opts_has(o, flags[i]))
			gv_buf_addf(b, "%s ", flags[i]);
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		const char *v;

		for (size_t k = 0; (v = gv_opts_nth(o, values[i], k)); k++)
			gv_buf_addf(b, "%s=%s ", values[i], v);
	}
	gv_buf_addc(b, '|');
	for (int i = 0; i < n; i++)
		gv_buf_addf(b, " %s", operands[i]);
}

static void accepted(void)
{
	static const struct { const char *line, *given; } table[] = {
		{ "", "|" },
		{ "a b", "| a b" },
		{ "-v a -q b", "verbose quick | a b" },
		{ "-vq", "verbose quick |" },
		{ "-g x,y a", "group=x,y | a" },
		{ "-gx,y a", "group=x,y | a" },
		{ "-vgx -q", "verbose quick group=x |" },
		{ "-vg -q", "verbose group=-q |" },
		{ "-g=x", "group==x |" },
		{ "--group x", "group=x |" },
		{ "--group=x", "group=x |" },
		{ "--group=", "group= |" },
		{ "--group ''", "group= |" },
		{ "--group=a=b", "group=a=b |" },
		{ "--group --verbose a", "group=--verbose | a" },
		{ "a --kind phone b", "kind=phone | a b" },
		{ "-- -v --kind", "| -v --kind" },
		{ "-v -- --", "verbose | --" },
		{ "a -- b -q", "| a b -q" },
		{ "-", "| -" },
		{ "- -v -", "verbose | - -" },
		/* What is given again: the last counts, but nth() has all. */
		{ "--plus a --plus b --plus a", "plus=a plus=b plus=a |" },
		{ "-v -v --verbose", "verbose |" },
		/* Terms and numbers are operands, unless an option has that digit. */
		{ "2022-01-01 -7d -3 -15wd", "| 2022-01-01 -7d -3 -15wd" },
		{ "-0 -o ids", "null output=ids |" },
		{ "-0oids", "null output=ids |" },
		{ "--top 3", "top=3 |" },
		{ "--top=2147483647", "top=2147483647 |" },
		{ "--as-of 2022-02-28", "as-of=2022-02-28 |" },
		{ "-h", "help |" },
		{ "--version x", "version | x" },
		{ "--slow way --slow other", "slow=way slow=other |" },
		{ "\xff \xe4\xb8\xad", "| \xff \xe4\xb8\xad" },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct gv_buf b = GV_BUF_INIT(4096);
		char text[128], *argv[WORDS + 1];
		struct gv_opts *o;
		size_t n;

		snprintf(text, sizeof text, "%s", table[i].line);
		n = split(text, argv);
		CHECK_OK(gv_opts_parse(&o, (int)n, argv, own, COMMON, &err), &err);
		if (!o)
			continue;
		put_given(&b, o);
		CHECK_STR(b.p, table[i].given);
		gv_buf_free(&b);
		gv_opts_free(o);
	}
}

static void refused(void)
{
	static const struct { const char *line, *text; } table[] = {
		{ "--kid phone", "unknown option --kid (did you mean --kind?)" },
		{ "--kin=phone", "unknown option --kin (did you mean --kind?)" },
		{ "--verb", "unknown option --verb (did you mean --verbose?)" },
		{ "--out x", "unknown option --out (did you mean --output?)" },
		{ "--nothing-like-it", "unknown option --nothing-like-it" },
		{ "--=x", "unknown option --" },
		{ "--\xff\x1b[31m", "unknown option --\\xff\\x1b[31m" },
		{ "-x", "unknown option -x" },
		{ "-vx", "unknown option -x" },
		{ "-é", "unknown option -é" },
		{ "-v中文", "unknown option -中" },
		{ "-\xff", "unknown option -\\xff" },
		{ "-kind phone", "unknown option -kind (did you mean --kind?)" },
		{ "-kind=phone", "unknown option -kind=phone (did you mean --kind?)" },
		{ "--kind", "--kind needs a value: KIND" },
		{ "-g", "-g needs a value: FIELDS" },
		{ "-vg", "-g needs a value: FIELDS" },
		{ "--verbose=yes", "--verbose takes no value" },
		{ "--verbose=", "--verbose takes no value" },
		{ "--kind fax", "--kind: \"fax\" is not one of phone|plate" },
		{ "--kind phone|plate", "--kind: \"phone|plate\" is not one of phone|plate" },
		{ "--kind=", "--kind: \"\" is not one of phone|plate" },
		{ "--kind phon", "--kind: \"phon\" is not one of phone|plate" },
		{ "-o yaml", "--output: \"yaml\" is not one of ndjson|json|table|csv|tsv|ids" },
		{ "--top 0", "--top: \"0\" is no number from 1 to 2147483647" },
		{ "--top -1", "--top: \"-1\" is no number from 1 to 2147483647" },
		{ "--top 2147483648", "--top: \"2147483648\" is no number from 1 to 2147483647" },
		{ "--top 99999999999999999999", "--top: \"99999999999999999999\" is no number from 1 to 2147483647" },
		{ "--top 3x", "--top: \"3x\" is no number from 1 to 2147483647" },
		{ "--top ''", "--top: \"\" is no number from 1 to 2147483647" },
		{ "--as-of 2022-02-30", "--as-of: 2022-02-30 is not a date" },
		{ "--as-of ''", "--as-of: \"\" is not a date" },
		{ "-q --slow x", "--quick and --slow exclude each other" },
		{ "--slow x -q", "--slow and --quick exclude each other" },
		/* An option of a set that this command does not take. */
		{ "-C d", "unknown option -C" },
		{ "--reason x", "unknown option --reason" },
		{ "--where x", "unknown option --where" },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		char text[128], *argv[WORDS + 1];
		struct gv_opts *o;
		size_t n;

		snprintf(text, sizeof text, "%s", table[i].line);
		n = split(text, argv);
		CHECK_ERR(gv_opts_parse(&o, (int)n, argv, own, COMMON, &err), &err, GV_EUSAGE, table[i].text);
		CHECK_ROW(!o, table[i].line);
	}
}

static void lookups(void)
{
	char *argv[] = { "x", "--plus", "a", "--plus=b", "-gx", "--group", "y", NULL };
	char *none[] = { NULL };
	struct gv_opts *o;
	char **operands;

	CHECK_OK(gv_opts_parse(&o, 7, argv, own, 0, &err), &err);
	CHECK_STR(gv_opts_get(o, "group"), "y");
	CHECK_STR(gv_opts_get(o, "plus"), "b");
	CHECK_STR(gv_opts_nth(o, "plus", 0), "a");
	CHECK(!gv_opts_nth(o, "plus", 2));
	CHECK(!gv_opts_get(o, "kind"));
	CHECK(!gv_opts_has(o, "kind"));
	CHECK(!gv_opts_get(o, "no such option"));
	CHECK(gv_opts_get(o, "plus") == argv[3] + 7); /* nothing is copied */
	gv_opts_free(o);
	gv_opts_free(NULL);
	/* A program may be started without even its name. */
	CHECK_OK(gv_opts_parse(&o, 0, none, own, 0, &err), &err);
	CHECK_INT(gv_opts_operands(o, &operands), 0);
	gv_opts_free(o);
}

/* ---- the walk ---- */

static void walk(void)
{
	static const unsigned sets[] = {
		0, GV_C_DOCKET, GV_C_WRITE, GV_C_DOCKET | GV_C_WRITE, GV_C_OUTPUT | GV_C_BULK, 0xffff,
	};
	static const struct gv_opt empty[] = { { 0 } };

	for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
		const struct gv_opt *o, *seen[64];
		size_t cursor = 0, n = 0, always = 0;

		while ((o = gv_opt_next(empty, sets[i], &cursor))) {
			CHECK(o->help && *o->help);
			CHECK(o->flags == 0 || o->arg);
			for (size_t k = 0; k < n; k++) {
				CHECK_ROW(strcmp(seen[k]->name, o->name) != 0, o->name);
				CHECK_ROW(!o->letter || seen[k]->letter != o->letter, o->name);
			}
			always += strcmp(gv_opt_set(cursor), "always") == 0;
			CHECK(strcmp(gv_opt_set(cursor), "own") != 0);
			seen[n++] = o;
		}
		CHECK_INT(always, 2);
		CHECK(n >= 2 && n < 64);
		CHECK(!gv_opt_next(empty, sets[i], &cursor));
	}
	/* The command's own come first; a command may have none. */
	{
		size_t cursor = 0;

		CHECK_STR(gv_opt_next(own, COMMON, &cursor)->name, "kind");
		CHECK_STR(gv_opt_set(cursor), "own");
		cursor = 0;
		CHECK_STR(gv_opt_next(NULL, GV_C_ASOF, &cursor)->name, "as-of");
		CHECK_STR(gv_opt_set(cursor), "today");
	}
}

static int parse_some(struct gv_err *e)
{
	char *argv[] = { "x", "-v", "--plus", "a", "b", "--plus=c", NULL };
	struct gv_opts *o;
	int rc = gv_opts_parse(&o, 6, argv, own, COMMON, e);

	gv_opts_free(o);
	return rc;
}

static void memory(void)
{
	OOM_NEEDED();
	CHECK_INT(oom_run_both(parse_some), 4);
}

UNIT_MAIN("opt",
	{ "every way of writing them", accepted },
	{ "mistakes, each with its text", refused },
	{ "what was given", lookups },
	{ "the walk over all tables", walk },
	{ "memory that runs out", memory })
