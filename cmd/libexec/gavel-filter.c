/* SPDX-License-Identifier: MIT */
/*
 * gavel-filter: the child that runs a user's jq program (lib/filter.h).  It takes
 * everything it needs over descriptor 0, then gives up all it could do harm with, and
 * only then lets libjq see the program.  It has no language: the parent translates
 * what is marked N_ here.
 */
#include <errno.h>
#include <jq.h>
#include <math.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "filter.h"
#include "filter_impl.h"
#include "i18n.h"
#include "sandbox.h"

#define OUTPUTS_MAX 1000000           /* of one record */
#define OUTPUT_BYTES_MAX (32 * GV_MIB)
#define STACK_BYTES (16 * GV_MIB)

struct filter {
	jq_state *jq;
	struct gv_filter_hello hello;
	struct gv_buf in;        /* read, not yet used from `used` on */
	size_t used;
	struct gv_buf answer;    /* frames of the record at work */
	struct gv_doc doc;
	char why[1024];          /* why the record fails */
	struct gv_buf complaint; /* first message of the compiler */
};

/* ---- to the parent ---- */

/*
 * Whole frames wait here.  A handler that ends the process (time, a fault) sends them first, so
 * that the parent knows exactly how far the work went.
 */
static struct {
	char p[64 * 1024];
	volatile sig_atomic_t n;
	volatile sig_atomic_t busy;  /* bytes are on their way: a signal has to wait */
	volatile sig_atomic_t late;  /* the signal that waits */
	struct timespec sent_at;
} out;

static void put_all(const char *p, size_t n)
{
	while (n) {
		ssize_t put = write(STDOUT_FILENO, p, n);

		if (put < 0 && errno != EINTR)
			_exit(GV_EIO); /* the parent is gone */
		if (put > 0) {
			p += put;
			n -= (size_t)put;
		}
	}
}

/* Safe in a signal handler. */
static _Noreturn void die(int sig)
{
	struct gv_filter_head head = { GV_FILTER_DEAD, 1 };
	char frame[sizeof head + 1];

	memcpy(frame, &head, sizeof head);
	frame[sizeof head] = (char)sig;
	put_all(out.p, (size_t)out.n);
	put_all(frame, sizeof frame);
	_exit(GV_EDATA);
}

static void on_signal(int sig)
{
	if (out.busy && (sig == SIGPROF || sig == SIGTERM))
		out.late = sig;
	else
		die(sig);
}

static void out_of_memory(void *ctx)
{
	(void)ctx;
	die(0);
}

static void send_bytes(const char *p, size_t n)
{
	out.busy = 1;
	put_all(p, n);
	out.busy = 0;
}

static void flush(void)
{
	out.busy = 1;
	put_all(out.p, (size_t)out.n);
	out.n = 0;
	out.busy = 0;
	clock_gettime(CLOCK_MONOTONIC, &out.sent_at);
	if (out.late)
		die((int)out.late);
}

/* Slow programs: the parent counts the time since the last answer. */
static void flush_if_old(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (now.tv_sec - out.sent_at.tv_sec > 1 || (now.tv_sec - out.sent_at.tv_sec) * 1000000000 +
	    now.tv_nsec - out.sent_at.tv_nsec > 50 * 1000000)
		flush();
}

/* Whole frames only. */
static void send_frames(struct gv_str frames)
{
	if (frames.n > sizeof out.p - (size_t)out.n)
		flush();
	if (frames.n > sizeof out.p) {
		send_bytes(frames.p, frames.n);
	} else {
		memcpy(out.p + out.n, frames.p, frames.n);
		atomic_signal_fence(memory_order_release); /* the bytes before their count */
		out.n += (sig_atomic_t)frames.n;
	}
	if (out.late)
		die((int)out.late);
}

static void send_frame(enum gv_filter_say say, struct gv_str body)
{
	char frame[sizeof(struct gv_filter_head) + 1024];
	struct gv_filter_head head = { say, 0 };

	if (body.n > sizeof frame - sizeof head)
		body.n = sizeof frame - sizeof head;
	head.n = (uint32_t)body.n;
	memcpy(frame, &head, sizeof head);
	if (body.n)
		memcpy(frame + sizeof head, body.p, body.n);
	send_frames((struct gv_str){ frame, sizeof head + body.n });
}

/* ---- from the parent ---- */

/* The next n bytes, contiguous, valid until the next call.  false at the end of input. */
static bool take(struct filter *f, size_t n, const char **p)
{
	struct gv_buf *in = &f->in;

	while (in->n - f->used < n) {
		ssize_t got;

		flush();
		if (f->used) {
			memmove(in->p, in->p + f->used, in->n - f->used);
			in->n -= f->used;
			f->used = 0;
		}
		if (!gv_buf_reserve(in, n - in->n < 65536 ? 65536 : n - in->n))
			die(0);
		got = read(STDIN_FILENO, in->p + in->n, in->cap - 1 - in->n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		in->n += (size_t)got;
	}
	*p = in->p + f->used;
	f->used += n;
	return true;
}

/* ---- time and faults ---- */

static void catch_signals(void)
{
	static const int deadly[] = { SIGPROF, SIGTERM, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL };
	static char stack[16 * 1024]; /* the usual one may be what ran out */
	stack_t alternative = { .ss_sp = stack, .ss_size = sizeof stack };
	struct sigaction act = { .sa_handler = on_signal, .sa_flags = SA_ONSTACK };

	sigaltstack(&alternative, NULL);
	sigfillset(&act.sa_mask);
	for (size_t i = 0; i < sizeof deadly / sizeof deadly[0]; i++)
		sigaction(deadly[i], &act, NULL);
	/* ^C is for the parent: it ends us when it is done. */
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
}

static void start_clock(const struct filter *f)
{
	struct itimerval cpu = { .it_value = { .tv_sec = (time_t)f->hello.seconds } };

	setitimer(ITIMER_PROF, &cpu, NULL);
}

/* ---- records to jq's values and back ---- */

static jv to_jv(const struct gv_val *v);

/* Does the double say all that the text says?  17 digits are what a double can tell. */
static bool is_exact(struct gv_str text, double d)
{
	char digits[18], back[32];
	size_t n = 0, i = 0;

	for (; i < text.n && text.p[i] != 'e' && text.p[i] != 'E'; i++) {
		if (text.p[i] < '0' || text.p[i] > '9' || (n == 0 && text.p[i] == '0'))
			continue;
		if (n == 17 && text.p[i] != '0')
			return false;
		if (n < 17)
			digits[n++] = text.p[i];
	}
	if (n <= 15)
		return isfinite(d) && (d != 0 || n == 0);
	snprintf(back, sizeof back, "%.*e", (int)n - 1, fabs(d));
	return back[0] == digits[0] && strncmp(back + 2, digits + 1, n - 1) == 0;
}

/* A number outside our own domain.  An account number that changed its last digits is worse
 * than one that is text, and whether it is text should not hang on its digits. */
static jv number_to_jv(struct gv_str text)
{
	double d = strtod(text.p, NULL);
	bool whole = strcspn(text.p, ".eE") == text.n && d != 0;

	return whole || !is_exact(text, d) ? jv_string_sized(text.p, (int)text.n) : jv_number(d);
}

static jv container_to_jv(const struct gv_val *v)
{
	jv all = v->type == GV_ARRAY ? jv_array_sized((int)v->n) : jv_object();

	for (uint32_t i = 0; i < v->n; i++) {
		if (v->type == GV_ARRAY) {
			all = jv_array_append(all, to_jv(&v->items[i]));
		} else {
			const struct gv_member *m = &v->members[i];
			jv name = jv_string_sized(m->name.p, (int)m->name.n);

			all = jv_object_set(all, name, to_jv(&m->val));
		}
	}
	return all;
}

/* As deep as a record may be: 64. */
static jv to_jv(const struct gv_val *v)
{
	switch ((enum gv_type)v->type) {
	case GV_BOOL:
		return jv_bool(v->truth);
	case GV_INT:
		return jv_number((double)v->i);
	case GV_STRING:
		return jv_string_sized(v->s, (int)v->n);
	case GV_NUMBER:
		return number_to_jv((struct gv_str){ v->s, v->n });
	case GV_ARRAY:
	case GV_OBJECT:
		return container_to_jv(v);
	default:
		return jv_null();
	}
}

static bool fail(struct filter *f, const char *why)
{
	snprintf(f->why, sizeof f->why, "%s", why);
	return false;
}

/* All of these consume v. */
static bool from_jv(struct filter *f, jv v, unsigned depth);

static bool number_from_jv(struct filter *f, double d)
{
	jv text;

	if (!isfinite(d))
		return fail(f, N_("the result holds a number that is not finite"));
	if (d == trunc(d) && fabs(d) <= (double)GV_JSON_INT_MAX) {
		gv_buf_addint(&f->answer, (int64_t)d);
		return true;
	}
	text = jv_dump_string(jv_number(d), 0);
	gv_buf_adds(&f->answer, jv_string_value(text));
	jv_free(text);
	return true;
}

static struct gv_str jv_text(jv v)
{
	return (struct gv_str){ jv_string_value(v), (size_t)jv_string_length_bytes(jv_copy(v)) };
}

static bool object_from_jv(struct filter *f, jv v, unsigned depth)
{
	bool ok = true, first = true;

	gv_buf_addc(&f->answer, '{');
	for (int i = jv_object_iter(v); ok && jv_object_iter_valid(v, i);
	     i = jv_object_iter_next(v, i)) {
		jv name = jv_object_iter_key(v, i);

		if (!first)
			gv_buf_addc(&f->answer, ',');
		first = false;
		gv_json_quote(&f->answer, jv_text(name));
		gv_buf_addc(&f->answer, ':');
		jv_free(name);
		ok = from_jv(f, jv_object_iter_value(v, i), depth + 1);
	}
	gv_buf_addc(&f->answer, '}');
	jv_free(v);
	return ok;
}

static bool array_from_jv(struct filter *f, jv v, unsigned depth)
{
	int n = jv_array_length(jv_copy(v));
	bool ok = true;

	gv_buf_addc(&f->answer, '[');
	for (int i = 0; ok && i < n; i++) {
		if (i)
			gv_buf_addc(&f->answer, ',');
		ok = from_jv(f, jv_array_get(jv_copy(v), i), depth + 1);
	}
	gv_buf_addc(&f->answer, ']');
	jv_free(v);
	return ok;
}

static bool from_jv(struct filter *f, jv v, unsigned depth)
{
	switch (jv_get_kind(v)) {
	case JV_KIND_OBJECT:
	case JV_KIND_ARRAY:
		if (depth > GV_JSON_DEPTH_MAX) {
			jv_free(v);
			return fail(f, N_("the result is nested too deep"));
		}
		return jv_get_kind(v) == JV_KIND_ARRAY ? array_from_jv(f, v, depth)
		                                       : object_from_jv(f, v, depth);
	case JV_KIND_NUMBER:
		return number_from_jv(f, jv_number_value(v));
	case JV_KIND_STRING:
		gv_json_quote(&f->answer, jv_text(v));
		break;
	default:
		gv_buf_adds(&f->answer, jv_get_kind(v) == JV_KIND_TRUE ? "true" :
		                        jv_get_kind(v) == JV_KIND_FALSE ? "false" : "null");
	}
	jv_free(v);
	return true;
}

/* ---- running ---- */

/* The error that ended the outputs, if one did.  Consumes end. */
static bool ended_well(struct filter *f, jv end)
{
	bool bad = jv_invalid_has_msg(jv_copy(end));
	jv why = jv_invalid_get_msg(end);

	if (!bad && jq_halted(f->jq)) {
		jv_free(why);
		why = jq_get_error_message(f->jq);
		bad = true;
		if (!jv_is_valid(why) || jv_get_kind(why) == JV_KIND_NULL) {
			jv_free(why);
			why = jv_string(N_("a filter may not halt"));
		}
	}
	if (bad) {
		if (jv_get_kind(why) != JV_KIND_STRING)
			why = jv_dump_string(why, 0);
		fail(f, jv_string_value(why));
	}
	jv_free(why);
	return !bad;
}

static bool select_one(struct filter *f)
{
	jv first = jq_next(f->jq);
	jv_kind kind = jv_get_kind(first);
	struct gv_filter_head head = { GV_FILTER_YES, 0 };

	if (kind == JV_KIND_INVALID && !ended_well(f, first))
		return false;
	if (kind == JV_KIND_INVALID || kind == JV_KIND_FALSE || kind == JV_KIND_NULL)
		head.say = GV_FILTER_NO;
	if (kind != JV_KIND_INVALID)
		jv_free(first);
	gv_buf_add(&f->answer, &head, sizeof head);
	return true;
}

/* One output as a frame behind the others. */
static bool add_output(struct filter *f, jv v)
{
	struct gv_filter_head head = { GV_FILTER_OUTPUT, 0 };
	size_t start = f->answer.n, n;

	gv_buf_add(&f->answer, &head, sizeof head);
	if (!from_jv(f, v, 1))
		return false;
	if (f->answer.failed)
		return fail(f, N_("the results of one record are too long"));
	n = f->answer.n - start - sizeof head;
	if (n > GV_JSON_TEXT_MAX)
		return fail(f, N_("a result is longer than 16 MiB"));
	head.n = (uint32_t)n;
	memcpy(f->answer.p + start, &head, sizeof head);
	return true;
}

static bool map_one(struct filter *f)
{
	struct gv_filter_head end = { GV_FILTER_END, 0 };
	jv v;

	for (size_t n = 0; jv_is_valid(v = jq_next(f->jq)); n++) {
		if (n == OUTPUTS_MAX) {
			jv_free(v);
			return fail(f, N_("one record gives more than a million results"));
		}
		if (!add_output(f, v))
			return false;
	}
	if (!ended_well(f, v))
		return false;
	gv_buf_add(&f->answer, &end, sizeof end);
	return true;
}

static void run(struct filter *f, struct gv_str line)
{
	struct gv_err err;
	bool ok;

	start_clock(f);
	gv_buf_reset(&f->answer);
	if (gv_json_parse_scalar(&f->doc, line, GV_JSON_FOREIGN, &err)) {
		struct gv_buf text = GV_BUF_INIT(sizeof f->why);

		if (err.code == GV_EIO)
			die(0);
		gv_err_text(&err, &text);
		ok = fail(f, text.p ? text.p : "");
		gv_buf_free(&text);
	} else {
		jq_start(f->jq, to_jv(&f->doc.root), 0);
		ok = f->hello.mode == GV_FILTER_SELECT ? select_one(f) : map_one(f);
	}
	if (gv_buf_check(&f->answer, NULL) == GV_EIO)
		die(0);
	if (ok)
		send_frames(gv_buf_str(&f->answer));
	else
		send_frame(GV_FILTER_FAILED, gv_str_of(f->why));
	flush_if_old();
}

/* ---- start ---- */

static void on_complaint(void *ctx, jv message)
{
	struct filter *f = ctx;

	if (f->complaint.n == 0 && jv_get_kind(message) == JV_KIND_STRING)
		gv_buf_adds(&f->complaint, jv_string_value(message));
	jv_free(message);
}

static jv no_input(jq_state *jq, void *ctx)
{
	(void)jq;
	(void)ctx;
	return jv_invalid_with_msg(jv_string(
		N_("a filter sees one record at a time: there is no input")));
}

static void no_debug(void *ctx, jv message)
{
	(void)ctx;
	jv_free(message);
}

static bool compile(struct filter *f, const char *text)
{
	f->jq = jq_init();
	if (!f->jq)
		die(0);
	jq_set_nomem_handler(f->jq, out_of_memory, NULL);
	jq_set_error_cb(f->jq, on_complaint, f);
	jq_set_input_cb(f->jq, no_input, NULL);
	jq_set_debug_cb(f->jq, no_debug, NULL); /* libjq 1.6 leaves it uninitialised */
	/* Without the attribute libjq 1.6 aborts on import. */
	jq_set_attr(f->jq, jv_string("JQ_LIBRARY_PATH"), jv_array());
	start_clock(f);
	return jq_compile(f->jq, text);
}

/* Prelude and program as one text; false if the parent hung up. */
static bool take_program(struct filter *f, struct gv_buf *text)
{
	const char *p;
	size_t n;

	if (!take(f, sizeof f->hello, &p))
		return false;
	memcpy(&f->hello, p, sizeof f->hello);
	n = (size_t)f->hello.prelude + f->hello.program;
	if (f->hello.magic != GV_FILTER_MAGIC || n > 2 * GV_FILTER_PROGRAM_MAX || !take(f, n, &p))
		return false;
	gv_buf_add(text, p, n);
	return !text->failed;
}

int main(void)
{
	static struct filter f;
	struct gv_buf text = GV_BUF_INIT(2 * GV_FILTER_PROGRAM_MAX);
	const char *p;
	uint32_t n;

	gv_buf_init(&f.in, GV_JSON_TEXT_MAX + 2 * GV_MIB);
	gv_buf_init(&f.answer, OUTPUT_BYTES_MAX);
	gv_buf_init(&f.complaint, 4096);
	if (isatty(STDIN_FILENO) || !take_program(&f, &text)) {
		fputs("gavel-filter: a helper of the gavel commands, not for the hand\n", stderr);
		return GV_EUSAGE;
	}
	catch_signals();
	gv_sandbox_enter(f.hello.mib * GV_MIB, STACK_BYTES);
	if (!compile(&f, text.p)) {
		send_frame(GV_FILTER_NO_COMPILE, gv_buf_str(&f.complaint));
	} else {
		send_frame(GV_FILTER_READY, (struct gv_str){ 0 });
		while (take(&f, sizeof n, &p)) {
			memcpy(&n, p, sizeof n);
			if (!take(&f, n, &p))
				break;
			run(&f, (struct gv_str){ p, n });
		}
	}
	flush();
	jq_teardown(&f.jq);
	gv_doc_free(&f.doc);
	gv_buf_free(&f.in);
	gv_buf_free(&f.answer);
	gv_buf_free(&f.complaint);
	gv_buf_free(&text);
	return 0;
}
