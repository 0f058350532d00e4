/* SPDX-License-Identifier: MIT */
/* The loop that every command runs in: exit codes, streams that are closed, full or terminals, files of bad rows. */
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd.h"
#include "unit.h"

/* ---- a command that does what its operands say, one after the other ---- */

static struct gv_doc row = { .root = { .type = GV_OBJECT } };

static int put_row(struct gv_cmd *c, const char *text)
{
	int rc = gv_cmd_out(c) ? gv_json_parse(&row, gv_str_of(text), 0, &c->err) : c->err.code;

	if (!rc)
		rc = gv_out_rec(c->out, &row.root, &c->err);
	c->done++;
	return rc ? rc : gv_cmd_closed(c) ? -1 : 0;
}

static int refuse(struct gv_cmd *c, const char *text)
{
	struct gv_err bad;

	gv_fail(&bad, GV_EDATA, "%s is bad", text);
	bad.line = 7;
	return gv_cmd_bad_row(c, &bad, gv_str_of(text));
}

static int step(struct gv_cmd *c, const char *verb, const char *rest)
{
	if (strcmp(verb, "row") == 0)
		return put_row(c, rest);
	if (strcmp(verb, "bad") == 0)
		return refuse(c, rest);
	if (strcmp(verb, "say") == 0)
		return gv_cmd_print(c, "%s\n", rest);
	if (strcmp(verb, "put") == 0)
		return gv_cmd_put(c, gv_str_of(rest));
	if (strcmp(verb, "wait") == 0)
		return usleep(200 * 1000);
	if (strcmp(verb, "fail") == 0)
		return gv_fail(&c->err, GV_EBUSY, "%s", rest);
	if (strcmp(verb, "found") == 0)
		return GV_FOUND;
	if (strcmp(verb, "fd") == 0)
		return gv_cmd_print(c, "%d\n", open("/dev/null", O_RDONLY));
	for (long i = 0; i < 100000; i++) { /* "many": until nobody reads */
		int rc = put_row(c, "{\"id\":\"x\"}");

		if (rc)
			return rc;
	}
	return gv_fail(&c->err, GV_ECONFLICT, "%s", "somebody read it all");
}

static int run(struct gv_cmd *c)
{
	int rc = 0;

	for (int i = 0; i < c->argc && !rc; i++) {
		char verb[16] = "";
		size_t n = strcspn(c->argv[i], " ");

		snprintf(verb, sizeof verb, "%.*s", (int)n, c->argv[i]);
		rc = step(c, verb, c->argv[i] + n + (c->argv[i][n] == ' '));
	}
	gv_doc_free(&row);
	return rc < 0 ? 0 : rc;
}

static int each(struct gv_cmd *c, struct gv_str text, size_t line)
{
	c->done++;
	return gv_cmd_print(c, "%zu:%.*s\n", line, (int)text.n, text.p);
}

static int run_texts(struct gv_cmd *c)
{
	return gv_cmd_each_text(c, each, &c->err);
}

static const struct gv_opt none[] = { { 0 } };
static const struct gv_cmd_spec steps = {
	.name = "steps", .summary = "do what is said", .usage = "[STEP...]", .opts = none,
	.common = GV_C_OUTPUT | GV_C_BULK | GV_C_ASOF, .run = run, .fields = "id,name",
};
static const struct gv_cmd_spec texts = {
	.name = "texts", .summary = "say it again", .usage = "[TEXT...]", .opts = none, .run = run_texts,
};
static const struct gv_cmd_spec *const subs[] = { &steps, &texts, NULL };
static const struct gv_cmd_spec whole = { .name = "whole", .summary = "two", .subs = subs };

/* ---- running it ---- */

enum { CLOSED = -1, PIPE = -2, TERMINAL = -3, GONE = -4 };  /* or a descriptor */

static struct {
	int in, out, err;        /* what the three are; PIPE and TERMINAL are read */
	const char *input;       /* of a PIPE */
	unsigned short columns;  /* of a TERMINAL */
} with;
static char said[65536], complained[65536];

static void reset(void)
{
	memset(&with, 0, sizeof with);
	with.in = CLOSED;
	with.out = with.err = PIPE;
	signal(SIGPIPE, SIG_IGN); /* a command may end without having read what it was given */
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("LANGUAGE");
}

/* Both ends of what a stream is: [0] for us, [1] for the command. */
static void ends(int what, int pair[2])
{
	struct winsize size = { .ws_row = 24, .ws_col = with.columns };

	pair[0] = pair[1] = -1;
	if (what == PIPE || what == GONE)
		CHECK_INT(pipe(pair), 0);
	if (what == GONE) {
		close(pair[0]);
		pair[0] = -1;
	}
	if (what == TERMINAL) {
		pair[0] = posix_openpt(O_RDWR | O_NOCTTY);
		CHECK(grantpt(pair[0]) == 0 && unlockpt(pair[0]) == 0);
		pair[1] = open(ptsname(pair[0]), O_RDWR | O_NOCTTY);
		CHECK_INT(ioctl(pair[1], TIOCSWINSZ, &size), 0);
	}
	if (what >= 0)
		pair[1] = dup(what);
}

static void become(int fd, int from)
{
	if (from >= 0)
		dup2(from, fd);
	else
		close(fd);
}

static void take(int fd, char *text, size_t max)
{
	size_t n = 0;
	ssize_t got;

	while (fd >= 0 && n + 1 < max && (got = read(fd, text + n, max - n - 1)) > 0)
		n += (size_t)got;
	text[n] = '\0';
	if (fd >= 0)
		close(fd);
}

static int command(const struct gv_cmd_spec *spec, char *const *argv)
{
	int in[2], out[2], errors[2], status = 0, argc = 0;
	pid_t pid;

	ends(with.in, in);
	ends(with.out, out);
	ends(with.err, errors);
	while (argv[argc])
		argc++;
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		become(STDIN_FILENO, with.in == PIPE ? in[0] : in[1]);
		become(STDOUT_FILENO, out[1]);
		become(STDERR_FILENO, errors[1]);
		closefrom(STDERR_FILENO + 1);
		exit(gv_cmd_main(argc, (char **)argv, spec));
	}
	close(out[1]);
	close(errors[1]);
	if (with.in == PIPE) {
		close(in[0]);
		CHECK(gv_write_all(in[1], with.input, strlen(with.input), "pipe", NULL) == 0);
	}
	if (in[1] >= 0)
		close(in[1]);
	take(out[0], said, sizeof said);
	take(errors[0], complained, sizeof complained);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

#define RUN(...) command(&steps, (char *const[]){ "steps", __VA_ARGS__, NULL })
#define RUN_TEXTS(...) command(&texts, (char *const[]){ "texts", __VA_ARGS__, NULL })
#define RUN_SUBS(...) command(&whole, (char *const[]){ "whole", __VA_ARGS__, NULL })

/* ---- tests ---- */

static void exit_codes(void)
{
	reset();
	CHECK_INT(RUN("say done"), 0);
	CHECK_STR(said, "done\n");
	CHECK_STR(complained, "");
	CHECK_INT(RUN("found"), 1);
	CHECK_STR(complained, "");
	CHECK_INT(RUN("fail too busy"), GV_EBUSY);
	CHECK_STR(complained, "steps: too busy\n");
	/* The only record there was: its own code.  One of several: part of a batch. */
	CHECK_INT(RUN("bad x"), GV_EDATA);
	CHECK_STR(complained, "steps: line 7: x is bad\n");
	CHECK_INT(RUN("bad x", "bad y"), GV_EPARTIAL);
	CHECK_INT(RUN("row {\"id\":\"1\"}", "bad x"), GV_EPARTIAL);
	CHECK_INT(RUN("row {\"id\":\"1\"}", "bad x", "found"), GV_EPARTIAL);
	CHECK_INT(RUN("bad x", "fail too busy"), GV_EBUSY);
	CHECK_STR(complained, "steps: line 7: x is bad\nsteps: too busy\n");
	CHECK_INT(RUN("--nonsense"), GV_EUSAGE);
	CHECK_STR(complained, "steps: unknown option --nonsense\nsteps: try 'steps --help'\n");
	CHECK_INT(RUN("--help", "fail never run"), 0);
	CHECK_INT(RUN("fail never run", "--version"), 0);
	CHECK_STR(complained, "");
}

static void subcommands(void)
{
	reset();
	CHECK_INT(RUN_SUBS("steps", "say a"), 0);
	CHECK_STR(said, "a\n");
	CHECK_INT(RUN_SUBS("steps", "fail b"), GV_EBUSY);
	CHECK_STR(complained, "whole steps: b\n");
	CHECK_INT(RUN_SUBS("help", "steps"), 0);
	CHECK(strstr(said, "Usage: whole steps [OPTION...] [STEP...]\n") == said);
	CHECK_INT(RUN_SUBS("help"), 0);
	CHECK(strstr(said, "Usage: whole SUBCOMMAND") == said);
	CHECK_INT(RUN_SUBS("help", "stesp"), GV_EUSAGE);
	CHECK_STR(complained, "whole: \"stesp\" is no subcommand (did you mean steps?)\nwhole: try 'whole --help'\n");
	CHECK_INT(RUN_SUBS("-C", "d", "steps"), GV_EUSAGE);
	CHECK_STR(complained, "whole: \"-C\": first the subcommand, then its options\nwhole: try 'whole --help'\n");
	CHECK_INT(RUN_SUBS("../steps"), GV_EUSAGE);
	CHECK_INT(RUN_SUBS(""), GV_EUSAGE);
	CHECK_STR(complained, "whole: \"\" is no subcommand\nwhole: try 'whole --help'\n");
	CHECK_INT(command(&whole, (char *const[]){ "whole", NULL }), GV_EUSAGE);
	CHECK_STR(complained, "whole: which subcommand?\nwhole: try 'whole --help'\n");
	CHECK_INT(command(&whole, (char *const[]){ NULL }), GV_EUSAGE);
}

/* An answer that nobody got is no answer. */
static void full_disk(void)
{
	int full = open("/dev/full", O_WRONLY | O_CLOEXEC);

	if (full < 0)
		SKIP("no /dev/full");
	reset();
	with.out = full;
	CHECK_INT(RUN("say x"), GV_EIO);
	CHECK_STR(complained, "steps: <stdout>: cannot write: No space left on device\n");
	CHECK_INT(RUN("row {\"id\":\"1\"}"), GV_EIO);
	CHECK_INT(RUN("row {\"id\":\"1\"}", "found"), GV_EIO);
	CHECK_STR(complained, "steps: <stdout>: cannot write: No space left on device\n");
	CHECK_INT(RUN("say x", "found"), GV_EIO);
	CHECK_INT(RUN("say x", "bad y"), GV_EIO);
	CHECK_INT(RUN("say x", "fail first"), GV_EBUSY);
	CHECK_INT(RUN("--help"), GV_EIO);
	close(full);
}

static void closed_streams(void)
{
	reset();
	with.out = CLOSED;
	CHECK_INT(RUN("say x"), GV_EIO);
	CHECK_STR(complained, "steps: <stdout>: cannot write: Bad file descriptor\n");
	CHECK_INT(RUN("row {\"id\":\"1\"}"), GV_EIO);
	CHECK_INT(RUN("found"), GV_FOUND);
	with.err = CLOSED;
	CHECK_INT(RUN("fail unheard"), GV_EBUSY);
	/* A file that is opened is none of the three. */
	reset();
	with.err = CLOSED;
	CHECK_INT(RUN("fd"), 0);
	CHECK_STR(said, "3\n");
	/* Nothing to read is not the same as the end of it. */
	reset();
	CHECK_INT(command(&texts, (char *const[]){ "texts", NULL }), GV_EIO);
	CHECK_STR(complained, "texts: <stdin>: cannot read: Bad file descriptor\n");
}

static void reader_gone(void)
{
	reset();
	with.out = GONE;
	CHECK_INT(RUN("many"), 0);
	CHECK_STR(complained, "");
	CHECK_INT(RUN("say x", "found"), GV_FOUND);
	CHECK_STR(complained, "");
	with.out = PIPE;
	with.err = GONE;
	CHECK_INT(RUN("fail unheard"), GV_EBUSY);
}

static void words_and_lines(void)
{
	reset();
	with.in = PIPE;
	with.input = "\xEF\xBB\xBFone\r\n\n  \ntwo\n\xff\nthree";
	CHECK_INT(command(&texts, (char *const[]){ "texts", NULL }), GV_EPARTIAL);
	CHECK_STR(said, "1:one\n4:two\n6:three\n");
	CHECK_STR(complained, "texts: line 5, byte 1: not UTF-8 (byte 0xff)\n");
	CHECK_INT(RUN_TEXTS("a", "", "中"), 0);
	CHECK_STR(said, "0:a\n0:\n0:中\n");
	CHECK_INT(RUN_TEXTS("a", "中\xe4\xb8", "b"), GV_EPARTIAL);
	CHECK_STR(said, "0:a\n0:b\n");
	CHECK_STR(complained, "texts: 中\\xe4\\xb8: not UTF-8 (byte 0xe4)\n");
	CHECK_INT(RUN_TEXTS("\xff"), GV_EDATA);
	with.input = "x\n";
	CHECK_INT(RUN_TEXTS("a", "-", "b"), 0);
	CHECK_STR(said, "0:a\n1:x\n0:b\n");
	with.in = TERMINAL;
	CHECK_INT(command(&texts, (char *const[]){ "texts", NULL }), GV_EUSAGE);
	CHECK_STR(complained, "texts: nothing to do: give arguments, or lines on standard input\ntexts: try 'texts --help'\n");
}

/* ---- --errors FILE ---- */

static const char *file(const char *path)
{
	static char text[4096];
	int fd = open(path, O_RDONLY);

	if (fd < 0)
		return "(none)";
	take(fd, text, sizeof text);
	return text;
}

#define X "{\"field\":\"\",\"input\":\"x\",\"kind\":\"error\",\"line\":7,\"reason\":\"x is bad\"}\n"

static void errors_files(void)
{
	char folder[] = "/tmp/gavel-cmd-XXXXXX", path[64], missing[64];
	struct stat st;

	CHECK(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/e", folder);
	snprintf(missing, sizeof missing, "%s/no/e", folder);
	reset();
	CHECK_INT(RUN("say x", "--errors", path), 0);
	CHECK_STR(file(path), "(none)");
	CHECK_INT(RUN("bad x", "--errors", path), GV_EDATA);
	CHECK_STR(complained, "");
	CHECK_STR(file(path), X);
	CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
	CHECK_INT(RUN("row {\"id\":\"1\"}", "bad x", "bad x", "--errors", path), GV_EPARTIAL);
	CHECK_STR(file(path), X X);
	/* What failed as a whole took nothing, so what is left of the last time is still to do. */
	CHECK_INT(RUN("bad y", "fail too busy", "--errors", path), GV_EBUSY);
	CHECK_STR(file(path), X X);
	CHECK_INT(RUN("fail too busy", "--errors", path), GV_EBUSY);
	CHECK_STR(file(path), X X);
	/* And what has no bad rows leaves none. */
	CHECK_INT(RUN("say x", "--errors", path), 0);
	CHECK_STR(file(path), "");
	unlink(path);
	CHECK_INT(RUN("bad x", "fail too busy", "--errors", path), GV_EBUSY);
	CHECK_STR(file(path), X);
	/* Not beside a device, and not in its place. */
	CHECK_INT(RUN("bad x", "--errors", "/dev/null"), GV_EDATA);
	CHECK(stat("/dev/null", &st) == 0 && S_ISCHR(st.st_mode));
	CHECK_INT(RUN("bad x", "--errors", "/dev/stderr"), GV_EDATA);
	CHECK_STR(complained, X);
	CHECK_INT(RUN("bad x", "--errors", missing), GV_EIO);
	CHECK(strstr(complained, "no/e: cannot create: No such file or directory\n"));
	CHECK_INT(RUN("bad x", "--errors", folder), GV_EIO);
	unlink(path);
	CHECK_INT(rmdir(folder), 0); /* no .part is left */
}

/* ---- terminals ---- */

static void terminals(void)
{
	reset();
	unsetenv("NO_COLOR");
	setenv("TERM", "xterm", 1);
	CHECK_INT(RUN("row {\"id\":\"1\",\"name\":\"张三\"}"), 0);
	CHECK_STR(said, "{\"id\":\"1\",\"name\":\"张三\"}\n");
	with.out = TERMINAL;
	with.columns = 80;
	CHECK_INT(RUN("row {\"id\":\"1\",\"name\":\"张三\"}"), 0);
	CHECK_STR(said, "\x1b[1mid  name\x1b[0m\r\n1   张三\r\n");
	CHECK_INT(RUN("--color=never", "row {\"id\":\"1\",\"name\":\"张三\"}"), 0);
	CHECK_STR(said, "id  name\r\n1   张三\r\n");
	setenv("NO_COLOR", "1", 1);
	CHECK_INT(RUN("row {\"id\":\"1\",\"name\":\"张三\"}"), 0);
	CHECK_STR(said, "id  name\r\n1   张三\r\n");
	CHECK_INT(RUN("--color", "always", "row {\"id\":\"1\",\"name\":\"张三\"}"), 0);
	CHECK(strstr(said, "\x1b[1m") == said);
	/* Twelve columns: an ideograph takes two, and what does not fit is cut at one. */
	with.columns = 12;
	CHECK_INT(RUN("row {\"id\":\"1\",\"name\":\"上海市嘉定区人民法院\"}"), 0);
	CHECK_STR(said, "id  name\r\n1   上海市…\r\n");
	/* Colour where it is asked for, also in a pipe; columns are never cut there. */
	with.out = PIPE;
	CHECK_INT(RUN("-o", "table", "row {\"id\":\"1\",\"name\":\"上海市嘉定区人民法院\"}"), 0);
	CHECK_STR(said, "id  name\n1   上海市嘉定区人民法院\n");
}

/* Who types at one terminal gets each answer at once, not 64 KiB later. */
static void typed_answers(void)
{
	char *argv[] = { "steps", "put a\n", "wait", "say b", NULL };
	char got[16] = "";
	int out[2], status;
	pid_t pid;

	reset();
	with.columns = 80;
	ends(TERMINAL, out);
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		become(STDOUT_FILENO, out[1]);
		exit(gv_cmd_main(4, argv, &steps));
	}
	close(out[1]);
	CHECK_INT(read(out[0], got, sizeof got - 1), 3);
	CHECK_STR(got, "a\r\n");
	CHECK_INT(waitpid(pid, &status, WNOHANG), 0);
	take(out[0], said, sizeof said);
	CHECK_STR(said, "b\r\n");
	waitpid(pid, &status, 0);
}

static void formats(void)
{
	static const struct { const char *name; enum gv_in_format format; } table[] = {
		{ "auto", GV_IN_AUTO }, { "ndjson", GV_IN_NDJSON }, { "json", GV_IN_JSON },
		{ "csv", GV_IN_CSV }, { "tsv", GV_IN_TSV }, { NULL, GV_IN_AUTO },
	};
	enum gv_in_format format;
	struct gv_err err;

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		CHECK_OK(gv_in_format_parse(&format, table[i].name, &err), &err);
		CHECK_INT(format, table[i].format);
	}
	CHECK_ERR(gv_in_format_parse(&format, "xlsx", &err), &err, GV_EUSAGE,
	          "unknown format \"xlsx\": auto, ndjson, json, csv or tsv");
	CHECK_ERR(gv_in_format_parse(&format, "", &err), &err, GV_EUSAGE,
	          "unknown format \"\": auto, ndjson, json, csv or tsv");
}

UNIT_MAIN("cmd",
	{ "exit codes", exit_codes },
	{ "subcommands", subcommands },
	{ "a full disk", full_disk },
	{ "streams that are closed", closed_streams },
	{ "a reader that went away", reader_gone },
	{ "words and lines", words_and_lines },
	{ "files of bad rows", errors_files },
	{ "terminals", terminals },
	{ "answers to what is typed", typed_answers },
	{ "names of input formats", formats })
