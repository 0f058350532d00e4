/* SPDX-License-Identifier: MIT */
#include "filter.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "filter_impl.h"
#include "helper.h"
#include "home.h"
#include "i18n.h"
#include "utf8.h"

enum {
	FLIGHTS = 1024,                 /* records at most in flight */
	FLIGHT_BYTES = 4 * 1024 * 1024, /* and their bytes, but one record of any size */
	SEND_FROM = 64 * 1024,          /* fewer bytes wait for more */
	SLICE_MS = 500,                 /* a stopped process loses one slice, not its whole time */
	GRACE_MS = 1000,                /* to tell how far it got */
	PROGRAM_SHOWN = 120
};

struct flight {
	uint64_t tag;
	size_t n;                /* bytes of the line */
	char *text;              /* the line (SELECT only) and the name, each with a NUL */
	size_t name;             /* where the name starts in it */
};

struct gv_filter {
	pid_t pid;
	int fd;
	enum gv_filter_mode mode;
	unsigned seconds, mib;
	char program[PROGRAM_SHOWN + 8];  /* for messages, one line */
	int prelude_lines;
	struct gv_buf out;       /* to send from `sent` on */
	size_t sent;
	struct gv_buf in;        /* received, to read from `read` on */
	size_t read;
	struct flight flights[FLIGHTS];
	size_t first, count;     /* a ring */
	size_t bytes;            /* of lines in flight */
	size_t outputs;          /* delivered of the first one */
	unsigned waited_ms;      /* since the child last finished something */
	bool ready, hung_up;     /* compiled; no more to read */
	struct gv_err dead;      /* once the child is gone */
};

/* ---- what went wrong ---- */

static const char *first_name(const struct gv_filter *f)
{
	return f->count ? f->flights[f->first].text + f->flights[f->first].name : NULL;
}

/* "filter: WHAT on record NAME: PROGRAM", and the same error for every later call. */
static int dead(struct gv_filter *f, struct gv_err *err, const char *what)
{
	const char *name = first_name(f);
	int code = f->ready ? GV_EDATA : GV_EUSAGE;

	if (!f->ready)
		gv_fail(&f->dead, code, _("%s while compiling: %s"), what, f->program);
	else if (name && *name)
		gv_fail(&f->dead, code, _("%s on record %s: %s"), what, name, f->program);
	else
		gv_fail(&f->dead, code, "%s: %s", what, f->program);
	gv_err_thing(&f->dead, "filter", 6);
	f->hung_up = true;
	if (err)
		*err = f->dead;
	return code;
}

/* The child's last frame. */
static int died(struct gv_filter *f, int sig, struct gv_err *err)
{
	struct gv_buf what = GV_BUF_INIT(256);
	int rc;

	switch (sig) {
	case 0:
		gv_buf_addf(&what, _("needed more than %u MiB of memory"), f->mib);
		break;
	case SIGPROF:
		gv_buf_addf(&what, _("took more than %u s"), f->seconds);
		break;
	case SIGTERM:
		gv_buf_addf(&what, _("took more than %u s by the clock"), 3 * f->seconds);
		break;
	case SIGSEGV:
	case SIGBUS:
		gv_buf_adds(&what, _("went too deep (the stack is full), or jq broke down"));
		break;
	default:
		gv_buf_addf(&what, _("made jq break down (signal %d)"), sig);
	}
	rc = dead(f, err, what.p ? what.p : "");
	gv_buf_free(&what);
	return rc;
}

/* It is gone without a last word. */
static int vanished(struct gv_filter *f, struct gv_err *err)
{
	struct gv_buf what = GV_BUF_INIT(256);
	int status = 0, rc;
	pid_t got;

	do
		got = waitpid(f->pid, &status, 0);
	while (got < 0 && errno == EINTR);
	if (f->waited_ms > 3000 * f->seconds)
		gv_buf_addf(&what, _("took more than %u s by the clock"), 3 * f->seconds);
	else if (got == f->pid && WIFSIGNALED(status))
		gv_buf_addf(&what, _("was killed (signal %d)"), WTERMSIG(status));
	else
		gv_buf_adds(&what, _("ended all by itself"));
	f->pid = 0;
	rc = dead(f, err, what.p ? what.p : "");
	gv_buf_free(&what);
	return rc;
}

/* jq: error: MESSAGE at <top-level>, line N:\nSOURCE LINE -> line N: MESSAGE: SOURCE LINE */
static int no_compile(struct gv_filter *f, struct gv_str said, struct gv_err *err)
{
	static const char where[] = " at <top-level>, line ";
	struct gv_buf text = GV_BUF_INIT(8192);
	const char *p, *at, *source;
	long line;
	char *end;

	if (gv_str_starts(said, GV_STR("jq: error: "))) {
		said.p += 11;
		said.n -= 11;
	}
	gv_buf_addstr(&text, said); /* for the NUL behind it */
	p = text.p ? text.p : "";
	at = strstr(p, where);
	if (at) {
		line = strtol(at + strlen(where), &end, 10) - f->prelude_lines;
		source = *end == ':' && end[1] == '\n' ? end + 2 : "";
		said = gv_str_trim(gv_str_of(source));
		gv_fail(err, GV_EUSAGE, _("line %ld: %.*s: %.*s"), line > 0 ? line : 1,
		        (int)(at - p), p, (int)(said.n > 200 ? 200 : said.n), said.p);
	} else {
		gv_fail(err, GV_EUSAGE, "%s", p);
	}
	gv_err_thing(err, "filter", 6);
	gv_buf_free(&text);
	f->hung_up = true;
	return GV_EUSAGE;
}

/* ---- answers ---- */

static void land(struct gv_filter *f)
{
	struct flight *done = &f->flights[f->first];

	free(done->text);
	f->bytes -= done->n;
	f->first = (f->first + 1) % FLIGHTS;
	f->count--;
	f->outputs = 0;
	f->waited_ms = 0;
}

static int on_failed(struct gv_filter *f, struct gv_str why, const struct gv_filter_sink *sink,
                     struct gv_err *err)
{
	const struct flight *one = &f->flights[f->first];
	struct gv_buf text = GV_BUF_INIT(2048);
	const char *name = first_name(f);
	struct gv_err reason;
	int rc;

	gv_buf_addstr(&text, why);
	gv_fail(&reason, GV_EDATA, _("filter: %s"), text.n ? gv_tr(text.p) : "error");
	gv_err_thing(&reason, name, strlen(name));
	rc = sink->failed(sink->ctx, one->tag, &reason, err);
	gv_buf_free(&text);
	land(f);
	return rc;
}

static int on_frame(struct gv_filter *f, uint32_t say, struct gv_str body,
                    const struct gv_filter_sink *sink, struct gv_err *err)
{
	const struct flight *one = &f->flights[f->first];
	int rc = 0;

	if (say == GV_FILTER_DEAD)
		return died(f, body.n ? body.p[0] : SIGABRT, err);
	if (!f->ready) {
		f->ready = say == GV_FILTER_READY;
		return f->ready ? 0 : no_compile(f, body, err);
	}
	if (!f->count)
		return dead(f, err, _("answered what nobody asked"));
	switch (say) {
	case GV_FILTER_YES:
	case GV_FILTER_NO:
		rc = sink->answer(sink->ctx, one->tag, say == GV_FILTER_YES,
		                  (struct gv_str){ one->text, one->n }, err);
		land(f);
		return rc;
	case GV_FILTER_OUTPUT:
		return sink->answer(sink->ctx, one->tag, f->outputs++, body, err);
	case GV_FILTER_END:
		rc = sink->answer(sink->ctx, one->tag, f->outputs, (struct gv_str){ 0 }, err);
		land(f);
		return rc;
	case GV_FILTER_FAILED:
		return on_failed(f, body, sink, err);
	default:
		return dead(f, err, _("answered nonsense"));
	}
}

/* Every whole frame that has been received. */
static int deliver(struct gv_filter *f, const struct gv_filter_sink *sink, struct gv_err *err)
{
	struct gv_filter_head head;

	while (f->in.n - f->read >= sizeof head) {
		struct gv_str body;
		int rc;

		memcpy(&head, f->in.p + f->read, sizeof head);
		if (head.n > GV_JSON_TEXT_MAX)
			return dead(f, err, _("answered nonsense"));
		if (f->in.n - f->read - sizeof head < head.n)
			break;
		body = (struct gv_str){ f->in.p + f->read + sizeof head, head.n };
		f->read += sizeof head + head.n;
		rc = on_frame(f, head.say, body, sink, err);
		if (rc)
			return rc;
	}
	if (f->read) {
		memmove(f->in.p, f->in.p + f->read, f->in.n - f->read);
		f->in.n -= f->read;
		f->read = 0;
	}
	return 0;
}

/* ---- the socket ---- */

static void send_some(struct gv_filter *f)
{
	struct gv_buf *out = &f->out;

	while (f->sent < out->n) {
		ssize_t put = send(f->fd, out->p + f->sent, out->n - f->sent,
		                   MSG_DONTWAIT | MSG_NOSIGNAL);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0 && errno == EAGAIN)
			break;
		if (put < 0) /* gone: receive_some() brings its last words */
			f->sent = out->n;
		else
			f->sent += (size_t)put;
	}
	if (f->sent >= out->n - f->sent) { /* never moves more than it has sent */
		memmove(out->p, out->p + f->sent, out->n - f->sent);
		out->n -= f->sent;
		f->sent = 0;
	}
}

static int receive_some(struct gv_filter *f, struct gv_err *err)
{
	ssize_t got;

	/* What is left of the last delivery is less than a frame: there is room. */
	if (!gv_buf_reserve(&f->in, 64 * 1024))
		return gv_fail_nomem(err);
	do
		got = recv(f->fd, f->in.p + f->in.n, f->in.cap - 1 - f->in.n, MSG_DONTWAIT);
	while (got < 0 && errno == EINTR);
	if (got > 0)
		f->in.n += (size_t)got;
	else if (got == 0 || errno != EAGAIN)
		f->hung_up = true;
	return 0;
}

static unsigned ms_since(const struct timespec *from)
{
	struct timespec now;
	long ms;

	clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (now.tv_sec - from->tv_sec) * 1000 + (now.tv_nsec - from->tv_nsec) / 1000000;
	return ms < 0 ? 0 : ms > SLICE_MS ? SLICE_MS : (unsigned)ms;
}

/*
 * The clock runs only while there is nothing to do but wait for the child.  A
 * late child is asked to say how far it got, and killed if it does not.
 */
static void watch_clock(struct gv_filter *f, const struct timespec *from)
{
	unsigned limit = 3000 * f->seconds, before = f->waited_ms;

	f->waited_ms += ms_since(from);
	if (before <= limit && f->waited_ms > limit)
		kill(f->pid, SIGTERM);
	if (f->waited_ms > limit + GRACE_MS)
		kill(f->pid, SIGKILL);
}

/* Send and receive what goes; with `wait`, at least wait for something to go. */
static int pump(struct gv_filter *f, bool wait, const struct gv_filter_sink *sink,
                struct gv_err *err)
{
	struct pollfd p = { f->fd, POLLIN, 0 };
	struct timespec from;
	int n, rc;

	if (f->dead.code) {
		if (err)
			*err = f->dead;
		return f->dead.code;
	}
	rc = deliver(f, sink, err); /* what a callback that failed left behind */
	if (rc)
		return rc;
	if (f->out.n)
		p.events |= POLLOUT;
	clock_gettime(CLOCK_MONOTONIC, &from);
	n = poll(&p, 1, wait ? SLICE_MS : 0);
	if (n < 0 && errno != EINTR)
		return gv_fail_sys(err, "filter", _("cannot wait"));
	if (wait)
		watch_clock(f, &from);
	if (n <= 0)
		return 0;
	if (p.revents & POLLOUT)
		send_some(f);
	if (!(p.revents & ~POLLOUT))
		return 0;
	rc = receive_some(f, err);
	if (!rc)
		rc = deliver(f, sink, err);
	return rc || !f->hung_up ? rc : vanished(f, err);
}

/* ---- start ---- */

/* "@FILE" or the text itself; a one-line form of it for messages. */
static int load_program(struct gv_filter *f, const char *program, struct gv_buf *text,
                        struct gv_err *err)
{
	struct gv_str shown = gv_str_of(program);
	size_t fit;
	int rc = 0;

	if (program[0] == '@')
		rc = gv_buf_read_file(text, program + 1, err);
	else
		gv_buf_adds(text, program);
	if (!rc)
		rc = gv_buf_check(text, err);
	if (!rc && text->n &&
	    (gv_utf8_valid(gv_buf_str(text)) != text->n || memchr(text->p, 0, text->n)))
		rc = gv_fail(err, GV_EUSAGE, _("the program is not UTF-8 text"));
	if (rc) {
		gv_err_thing(err, "filter", 6);
		return rc;
	}
	for (fit = 0; fit < shown.n && fit < PROGRAM_SHOWN && shown.p[fit] != '\n'; )
		fit++;
	while (fit < shown.n && fit && ((unsigned char)shown.p[fit] & 0xC0) == 0x80)
		fit--; /* not inside a character */
	memcpy(f->program, shown.p, fit);
	memcpy(f->program + fit, fit < shown.n ? "…" : "", fit < shown.n ? 4 : 1);
	return 0;
}

/* Prelude and program, ready to be sent. */
static int hello(struct gv_filter *f, struct gv_str program, struct gv_err *err)
{
	struct gv_filter_hello h = {
		.magic = GV_FILTER_MAGIC, .mode = f->mode, .seconds = f->seconds, .mib = f->mib,
		.program = (uint32_t)program.n,
	};
	struct gv_buf path = GV_BUF_INIT(8192), prelude = GV_BUF_INIT(GV_FILTER_PROGRAM_MAX);
	int rc = gv_home_share(&path, "jq/prelude.jq", err);

	if (!rc)
		rc = gv_buf_read_file(&prelude, path.p, err);
	gv_buf_addc(&prelude, '\n');
	for (size_t i = 0; i < prelude.n; i++)
		f->prelude_lines += prelude.p[i] == '\n';
	h.prelude = (uint32_t)prelude.n;
	gv_buf_add(&f->out, &h, sizeof h);
	gv_buf_addstr(&f->out, gv_buf_str(&prelude));
	gv_buf_addstr(&f->out, program);
	if (!rc)
		rc = gv_buf_check(&f->out, err);
	gv_buf_free(&path);
	gv_buf_free(&prelude);
	return rc;
}

static int start(struct gv_filter *f, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	int rc = gv_home_libexec(&path, "gavel-filter", err), pair[2];

	if (!rc && socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		rc = gv_fail_sys(err, "filter", _("cannot make a socket"));
	if (!rc) {
		char *argv[] = { (char *)(uintptr_t)"gavel-filter", NULL };
		const int fds[3] = { pair[1], pair[1], -1 };

		f->fd = pair[0];
		errno = gv_helper_start(&f->pid, path.p, argv, fds);
		close(pair[1]);
		if (errno) {
			f->pid = 0;
			rc = errno == ENOMEM ? gv_fail_nomem(err) :
			     gv_fail_sys(err, path.p, _("cannot start the filter"));
		}
	}
	gv_buf_free(&path);
	return rc;
}

int gv_filter_open(struct gv_filter **out, const char *program, const struct gv_filter_opts *o,
                   struct gv_err *err)
{
	struct gv_filter *f = calloc(1, sizeof *f);
	struct gv_buf text = GV_BUF_INIT(GV_FILTER_PROGRAM_MAX);
	int rc;

	*out = NULL;
	if (!f)
		return gv_fail_nomem(err);
	f->fd = -1;
	f->mode = o->mode;
	f->seconds = o->seconds ? o->seconds : 5;
	f->mib = o->mib ? o->mib : 512;
	gv_buf_init(&f->out, 2 * (GV_JSON_TEXT_MAX + FLIGHT_BYTES) + 4 * GV_MIB);
	gv_buf_init(&f->in, GV_JSON_TEXT_MAX + GV_MIB);
	rc = load_program(f, program, &text, err);
	if (!rc)
		rc = hello(f, gv_buf_str(&text), err);
	if (!rc)
		rc = start(f, err);
	while (!rc && !f->ready)
		rc = pump(f, true, NULL, err);
	gv_buf_free(&text);
	if (rc) {
		gv_filter_close(f);
		return rc;
	}
	f->waited_ms = 0;
	*out = f;
	return 0;
}

/* ---- records ---- */

static int take_off(struct gv_filter *f, struct gv_str line, const char *name, uint64_t tag,
                    struct gv_err *err)
{
	bool keep = f->mode == GV_FILTER_SELECT;
	size_t name_at = keep ? line.n + 1 : 0, name_n = name ? strlen(name) : 0;
	struct flight *one = &f->flights[(f->first + f->count) % FLIGHTS];
	uint32_t n = (uint32_t)line.n;
	char *text = malloc(name_at + name_n + 1);

	if (!text)
		return gv_fail_nomem(err);
	if (keep) {
		memcpy(text, line.p, line.n);
		text[line.n] = '\0';
	}
	memcpy(text + name_at, name ? name : "", name_n + 1);
	if (!gv_buf_reserve(&f->out, sizeof n + line.n)) {
		free(text);
		return gv_fail_nomem(err);
	}
	gv_buf_add(&f->out, &n, sizeof n);
	gv_buf_addstr(&f->out, line);
	*one = (struct flight){ .tag = tag, .n = line.n, .text = text, .name = name_at };
	f->count++;
	f->bytes += line.n;
	return 0;
}

int gv_filter_push(struct gv_filter *f, struct gv_str line, const char *name, uint64_t tag,
                   const struct gv_filter_sink *sink, struct gv_err *err)
{
	int rc = 0;

	if (line.n > GV_JSON_TEXT_MAX)
		return gv_fail(err, GV_EDATA, _("longer than %zu bytes"), GV_JSON_TEXT_MAX);
	while (!rc && f->count && (f->count == FLIGHTS || f->bytes + line.n > FLIGHT_BYTES))
		rc = pump(f, true, sink, err);
	if (!rc)
		rc = take_off(f, line, name, tag, err);
	if (!rc && f->out.n - f->sent >= SEND_FROM)
		rc = pump(f, false, sink, err);
	return rc;
}

int gv_filter_finish(struct gv_filter *f, const struct gv_filter_sink *sink, struct gv_err *err)
{
	int rc = 0;

	while (!rc && f->count)
		rc = pump(f, true, sink, err);
	return rc;
}

void gv_filter_close(struct gv_filter *f)
{
	if (!f)
		return;
	if (f->fd >= 0)
		close(f->fd);
	if (f->pid > 0) {
		kill(f->pid, SIGKILL);
		while (waitpid(f->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	while (f->count)
		land(f);
	gv_buf_free(&f->out);
	gv_buf_free(&f->in);
	free(f);
}
