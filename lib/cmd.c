/* SPDX-License-Identifier: MIT */
#include "cmd.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "i18n.h"
#include "near.h"
#include "utf8.h"

static void say(struct gv_cmd *c, const char *word, const struct gv_buf *text)
{
	struct gv_buf line = GV_BUF_INIT(GV_MIB);
	char plain[256];
	int n;

	gv_buf_adds(&line, c->name);
	gv_buf_adds(&line, ": ");
	gv_buf_adds(&line, word);
	gv_buf_addstr(&line, gv_buf_str(text));
	gv_buf_addc(&line, '\n');
	/* If that fails there is nobody left to tell. */
	if (!text->nomem && !line.nomem) {
		(void)gv_write_all(STDERR_FILENO, line.p ? line.p : "", line.n, "<stderr>", NULL);
	} else {
		n = snprintf(plain, sizeof plain, "%s: %s\n", c->name, _("out of memory"));
		(void)gv_write_all(STDERR_FILENO, plain, n < (int)sizeof plain ? (size_t)n : sizeof plain - 1, "<stderr>",
		                   NULL);
	}
	gv_buf_free(&line);
}

void gv_cmd_complain(struct gv_cmd *c, const struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(GV_MIB);

	gv_err_text(err, &text);
	say(c, "", &text);
	gv_buf_free(&text);
	if (!c->failed++)
		c->first_code = err->code ? err->code : GV_EDATA;
}

void gv_cmd_pass_over(struct gv_cmd *c, size_t line)
{
	if (line)
		c->err.line = line;
	gv_cmd_complain(c, &c->err);
	gv_err_clear(&c->err);
}

static void say_formatted(struct gv_cmd *c, const char *word, const char *fmt, va_list ap)
	__attribute__((format(printf, 3, 0)));

static void say_formatted(struct gv_cmd *c, const char *word, const char *fmt, va_list ap)
{
	struct gv_buf text = GV_BUF_INIT(GV_MIB), safe = GV_BUF_INIT(4 * GV_MIB);

	gv_buf_addv(&text, fmt, ap);
	gv_utf8_safe(gv_buf_str(&text), &safe); /* names of files and values may drive a terminal */
	safe.nomem = safe.nomem || text.nomem;
	say(c, word, &safe);
	gv_buf_free(&text);
	gv_buf_free(&safe);
}

void gv_cmd_warn(struct gv_cmd *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say_formatted(c, _("warning: "), fmt, ap);
	va_end(ap);
}

void gv_cmd_note(struct gv_cmd *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say_formatted(c, "", fmt, ap);
	va_end(ap);
}

static int color_choice(const struct gv_cmd *c)
{
	const char *when = gv_cmd_opt(c, "color");

	if (!when || strcmp(when, "auto") == 0)
		return -1;
	return strcmp(when, "always") == 0;
}

struct gv_out *gv_cmd_out(struct gv_cmd *c)
{
	const char *format = gv_cmd_opt(c, "output");
	const char *ambiguous = gv_cmd_opt(c, "ambiguous");
	struct gv_out_opts o = {
		.fields = gv_cmd_opt(c, "fields"),
		.default_fields = c->fields ? c->fields : c->spec->fields,
		.nul = gv_cmd_has(c, "null"),
		.sensitive = gv_cmd_has(c, "sensitive"),
		.color = color_choice(c),
		.ambiguous = ambiguous && *ambiguous == '2' ? 2 : 1,
		.header = true, .columns = c->columns, .ncolumns = c->ncolumns, .guard = c->guard,
	};

	if (c->out)
		return c->out;
	if (c->spec->records) {
		o.is_sensitive = c->spec->records->is_sensitive;
		o.full_id = c->spec->records->full_id;
	}
	if (format && gv_format_parse(&o.format, format, &c->err))
		return NULL;
	if (o.nul && o.format != GV_OUT_IDS) {
		gv_fail(&c->err, GV_EUSAGE, "%s", _("-0 goes with -o ids only"));
		return NULL;
	}
	if (gv_out_open(&c->out, STDOUT_FILENO, &o, &c->err))
		return NULL;
	return c->out;
}

static int set_today(struct gv_cmd *c)
{
	const char *fixed = gv_cmd_opt(c, "as-of");
	struct gv_err inner;

	if (!fixed)
		fixed = getenv("GAVEL_TODAY");
	if (!fixed || !*fixed) {
		c->today = gv_today();
		return 0;
	}
	if (gv_day_parse(&c->today, gv_str_of(fixed), &inner))
		return gv_fail(&c->err, GV_EUSAGE, "GAVEL_TODAY: %s", inner.msg);
	return 0;
}

/* --help and friends; -1 if the command has to run. */
static int serve(struct gv_cmd *c)
{
	c->text.max = GV_MIB;
	if (gv_cmd_has(c, "help")) {
		gv_cmd_help(c->spec, c->name, &c->text);
		return 0;
	}
	if (gv_cmd_has(c, "version")) {
		return gv_cmd_print(c, "%s (gavel) %s\n", c->name, GAVEL_VERSION);
	}
	return c->spec->records ? c->spec->records->serve(c) : -1;
}

static int finish(struct gv_cmd *c, int rc)
{
	struct gv_err last;
	int closed;

	/* "No" and findings are answers: losing them on a full disk is an error. */
	if (c->out) {
		closed = gv_out_close(c->out, rc > GV_FOUND ? &last : &c->err);
		if (closed && rc <= GV_FOUND)
			rc = closed;
	}
	closed = gv_cmd_io_close(c, rc <= GV_FOUND, rc > GV_FOUND ? &last : &c->err);
	if (closed && rc <= GV_FOUND)
		rc = closed;
	if (rc > GV_FOUND && c->err.code) {
		size_t failed = c->failed;

		gv_cmd_complain(c, &c->err);
		c->failed = failed;
		if (rc == GV_EUSAGE)
			gv_cmd_note(c, _("try '%s --help'"), c->name);
	}
	if (rc <= GV_FOUND && c->failed)
		rc = c->failed == 1 && c->done == 0 ? c->first_code : GV_EPARTIAL;
	if (c->spec->records && c->opts)
		c->spec->records->close(c);
	gv_opts_free(c->opts);
	return rc;
}

static int run(int argc, char **argv, const struct gv_cmd_spec *spec, const char *name)
{
	struct gv_cmd c = { .spec = spec, .name = name };
	int rc = gv_opts_parse(&c.opts, argc, argv, spec->opts, spec->common, &c.err);

	if (rc) {
		gv_cmd_complain(&c, &c.err);
		if (rc == GV_EUSAGE)
			gv_cmd_note(&c, _("try '%s --help'"), name);
		return rc;
	}
	c.argc = gv_opts_operands(c.opts, &c.argv);
	rc = serve(&c);
	if (rc < 0) {
		rc = set_today(&c);
		if (!rc)
			rc = spec->run(&c);
	}
	return finish(&c, rc);
}

/* A program NAME-SUB on PATH is a subcommand too, with the same contract. */
static void try_addon(const char *name, char **argv)
{
	struct gv_buf program = GV_BUF_INIT(512);

	if (strchr(argv[1], '/') || argv[1][0] == '-')
		return;
	gv_buf_addf(&program, "%s-%s", name, argv[1]);
	if (!program.failed) {
		char *typed = argv[1];

		argv[1] = program.p;
		execvp(program.p, argv + 1);
		argv[1] = typed; /* there is none */
	}
	gv_buf_free(&program);
}

static int no_such_sub(struct gv_cmd *c, const char *typed)
{
	struct gv_near near = gv_near_start(gv_str_of(typed));

	for (size_t i = 0; c->spec->subs[i]; i++)
		gv_near_try(&near, c->spec->subs[i]->name);
	if (near.best)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\" is no subcommand (did you mean %s?)"), typed, near.best);
	if (typed[0] == '-')
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": first the subcommand, then its options"), typed);
	return gv_fail(&c->err, GV_EUSAGE, _("\"%s\" is no subcommand"), typed);
}

static int main_help(const struct gv_cmd_spec *spec, int argc, char **argv)
{
	struct gv_cmd c = { .spec = spec, .name = spec->name };
	int rc = 0;

	c.text.max = GV_MIB;
	if (argc < 2)
		rc = gv_fail(&c.err, GV_EUSAGE, "%s", _("which subcommand?"));
	else if (strcmp(argv[1], "--version") == 0)
		rc = gv_cmd_print(&c, "%s (gavel) %s\n", spec->name, GAVEL_VERSION);
	else if (strcmp(argv[1], "help") == 0 && argc > 2)
		rc = no_such_sub(&c, argv[2]);
	else if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0)
		gv_cmd_help(spec, spec->name, &c.text);
	else
		rc = no_such_sub(&c, argv[1]);
	return finish(&c, rc);
}

static const struct gv_cmd_spec *find_sub(const struct gv_cmd_spec *spec, const char *name)
{
	for (size_t i = 0; spec->subs[i]; i++)
		if (strcmp(spec->subs[i]->name, name) == 0)
			return spec->subs[i];
	return NULL;
}

static int dump_spec(const struct gv_cmd_spec *spec)
{
	struct gv_cmd c = { .spec = spec, .name = spec->name };

	c.text.max = GV_MIB;
	gv_cmd_dump_spec(spec, &c.text);
	return finish(&c, 0);
}

/*
 * Where one of the three was closed (a cron job, "<&-"), the next file that is opened would become it, and messages
 * would go into a pack.  Opened the wrong way round, so that to use it is still an error.
 */
static void hold_standard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			(void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int gv_cmd_main(int argc, char **argv, const struct gv_cmd_spec *spec)
{
	const struct gv_cmd_spec *sub = spec->subs && argc > 1 ? find_sub(spec, argv[1]) : NULL;
	bool asks = argc > 1 && spec->subs && strcmp(argv[1], "help") == 0;
	char name[128];

	hold_standard_streams();
	if (spec->subs && !sub && !asks && argc > 1)
		try_addon(spec->name, argv); /* before signals are changed: it inherits them */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of writing, as a full disk is */
	gv_i18n_init();
	if (argc == 2 && strcmp(argv[1], "--dump-spec") == 0)
		return dump_spec(spec);
	if (!spec->subs)
		return run(argc, argv, spec, spec->name);
	/* "NAME help SUB" reads better than "NAME SUB --help" to many. */
	if (asks && argc > 2 && (sub = find_sub(spec, argv[2]))) {
		static char help[] = "--help";

		argv[2] = help;
	}
	if (!sub)
		return main_help(spec, argc, argv);
	snprintf(name, sizeof name, "%s %s", spec->name, sub->name);
	return run(argc - 1, argv + 1, sub, name);
}
