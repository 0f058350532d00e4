/* SPDX-License-Identifier: MIT */
/*
 * bench_json: what reading and writing one record costs.  Prints, for records
 * as a court keeps them (invented here, always the same ones), microseconds a
 * record and megabytes a second, best of five rounds.
 *   cc -O2 -D_GNU_SOURCE -Ilib -o build/bench_json tests/bench/bench_json.c build/libgavel.a -lutf8proc -ldl
 *   GAVEL_LIBEXEC=libexec/gavel build/bench_json
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "json.h"

enum { RECORDS = 2000, PASSES = 5, ROUNDS = 5 };

struct texts {
	struct gv_str of[RECORDS];
	size_t bytes;
};

static uint64_t seed = 20220630;

static unsigned any(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

static void check(bool ok)
{
	if (!ok) {
		fputs("bench_json: something failed\n", stderr);
		exit(1);
	}
}

/* ---- records ---- */

static void set(struct gv_doc *d, struct gv_val *obj, const char *name, struct gv_val val)
{
	check(gv_obj_set(d, obj, gv_str_of(name), val, NULL) == 0);
}

static struct gv_val text(struct gv_doc *d, const char *fmt, unsigned a, unsigned b, unsigned c)
{
	char out[256];
	int n = snprintf(out, sizeof out, fmt, a, b, c);

	return gv_mkstr(d, (struct gv_str){ out, (size_t)n });
}

static struct gv_val date(struct gv_doc *d)
{
	return text(d, "20%02u-%02u-%02u", 18 + any(5), 1 + any(12), 1 + any(28));
}

static struct gv_val name(struct gv_doc *d)
{
	static const char *const family[] = { "王", "李", "张", "刘", "陈", "杨", "黄", "欧阳" };
	static const char *const given[] = { "建国", "芳", "秀英", "伟", "志强", "小红", "海燕", "子涵" };
	char out[64];

	snprintf(out, sizeof out, "%s%s", family[any(8)], given[any(8)]);
	return gv_mkstr(d, gv_str_of(out));
}

static struct gv_val party(struct gv_doc *d, const char *role)
{
	struct gv_val p = gv_mkobj();

	set(d, &p, "role", gv_mklit(role));
	set(d, &p, "name", name(d));
	set(d, &p, "type", gv_mklit("person"));
	set(d, &p, "phone", text(d, "13%u%04u%04u", any(10), any(10000), any(10000)));
	if (any(2))
		set(d, &p, "address", text(d, "上海市嘉定区新村路%u弄%u号%u室", any(900), any(90), any(600)));
	return p;
}

static struct gv_val event(struct gv_doc *d, const char *what)
{
	struct gv_val e = gv_mkobj();

	set(d, &e, "eid", text(d, "%08x%08x", any(1u << 31), any(1u << 31), 0));
	set(d, &e, "event", gv_mklit(what));
	set(d, &e, "on", date(d));
	return e;
}

static struct gv_val record(struct gv_doc *d)
{
	static const char *const causes[] = { "民间借贷纠纷", "离婚纠纷", "买卖合同纠纷", "机动车交通事故责任纠纷" };
	struct gv_val rec = gv_mkobj(), parties = gv_mkarr(), events = gv_mkarr();

	set(d, &rec, "kind", gv_mklit("case"));
	set(d, &rec, "id", text(d, "（20%02u）沪0114民初%u号", 18 + any(5), 1 + any(30000), 0));
	set(d, &rec, "state", gv_mklit(any(2) ? "closed" : "open"));
	set(d, &rec, "cause", gv_mklit(causes[any(4)]));
	set(d, &rec, "cause_list", gv_mklit("2020"));
	set(d, &rec, "procedure", gv_mklit(any(2) ? "simplified" : "ordinary"));
	set(d, &rec, "tribunal", gv_mklit("民事审判第一庭"));
	set(d, &rec, "judge", name(d));
	set(d, &rec, "received_on", date(d));
	set(d, &rec, "filed_on", date(d));
	set(d, &rec, "claim_fen", gv_mkint(100 * (int64_t)any(90000000)));
	set(d, &rec, "fee_fen", gv_mkint(any(1000000)));
	check(gv_arr_add(d, &parties, party(d, "原告"), NULL) == 0);
	check(gv_arr_add(d, &parties, party(d, "被告"), NULL) == 0);
	check(gv_arr_add(d, &events, event(d, "receive"), NULL) == 0);
	check(gv_arr_add(d, &events, event(d, "file"), NULL) == 0);
	set(d, &rec, "parties", parties);
	set(d, &rec, "events", events);
	return rec;
}

/* The same object with its members the other way round: the worst order to read. */
static struct gv_val backwards(struct gv_val obj)
{
	for (uint32_t i = 0; i < obj.n / 2; i++) {
		struct gv_member m = obj.members[i];

		obj.members[i] = obj.members[obj.n - 1 - i];
		obj.members[obj.n - 1 - i] = m;
	}
	return obj;
}

static void keep(struct texts *t, size_t i, struct gv_buf *b)
{
	check(!b->failed);
	t->of[i] = (struct gv_str){ b->p, b->n };
	t->bytes += b->n;
}

static void make(struct texts *lines, struct texts *canon, struct texts *mixed)
{
	struct gv_doc d = GV_DOC_INIT;

	for (size_t i = 0; i < RECORDS; i++) {
		struct gv_buf line = GV_BUF_INIT(GV_MIB), full = GV_BUF_INIT(GV_MIB), back = GV_BUF_INIT(GV_MIB);
		struct gv_val rec;

		gv_doc_reset(&d);
		rec = record(&d);
		gv_json_line(&line, &rec);
		gv_json_canon(&full, &rec);
		rec = backwards(rec);
		gv_json_line(&back, &rec);
		keep(lines, i, &line);
		keep(canon, i, &full);
		keep(mixed, i, &back);
	}
	gv_doc_free(&d);
}

/* ---- measuring ---- */

static struct gv_doc doc;
static struct gv_doc kept[RECORDS];
static struct gv_buf out;

static void copy(size_t i, struct gv_str s) { (void)i; gv_buf_reset(&out); gv_buf_addstr(&out, s); }
static void scalar(size_t i, struct gv_str s) { (void)i; check(gv_json_parse_scalar(&doc, s, 0, NULL) == 0); }
static void fast(size_t i, struct gv_str s) { (void)i; check(gv_json_parse(&doc, s, 0, NULL) == 0); }
static void write_canon(size_t i, struct gv_str s) { (void)s; gv_buf_reset(&out); gv_json_canon(&out, &kept[i].root); }
static void write_line(size_t i, struct gv_str s) { (void)s; gv_buf_reset(&out); gv_json_line(&out, &kept[i].root); }
static void to_line(size_t i, struct gv_str s) { (void)i; gv_buf_reset(&out); gv_json_canon_to_line(&out, s); }

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void measure(const char *what, const struct texts *t, void (*one)(size_t, struct gv_str))
{
	double best = 1e9, per, start, took;

	for (int round = 0; round < ROUNDS; round++) {
		start = now();
		for (int pass = 0; pass < PASSES; pass++)
			for (size_t i = 0; i < RECORDS; i++)
				one(i, t->of[i]);
		took = now() - start;
		if (took < best)
			best = took;
	}
	per = best / (RECORDS * PASSES);
	printf("%-34s %7.3f us/record %8.0f MB/s\n", what, per * 1e6, (double)t->bytes / RECORDS / per / 1e6);
}

int main(void)
{
	static struct texts lines, canon, mixed;

	gv_buf_init(&out, GV_MIB);
	make(&lines, &canon, &mixed);
	printf("%d records, %zu bytes a line, %zu bytes as canonical text\n", RECORDS,
	       lines.bytes / RECORDS, canon.bytes / RECORDS);
	for (size_t i = 0; i < RECORDS; i++)
		check(gv_json_parse(&kept[i], canon.of[i], 0, NULL) == 0);
	measure("copy a line", &lines, copy);
	measure("scalar, line", &lines, scalar);
	measure("scalar, line, worst order", &mixed, scalar);
	measure("scalar, canonical text", &canon, scalar);
	gv_json_want_fast();
	if (gv_json_is_fast()) {
		measure("simdjson, line", &lines, fast);
		measure("simdjson, line, worst order", &mixed, fast);
		measure("simdjson, canonical text", &canon, fast);
	} else {
		puts("no simdjson module (GAVEL_LIBEXEC)");
	}
	measure("write canonical text", &canon, write_canon);
	measure("write a line", &lines, write_line);
	measure("canonical text to line", &canon, to_line);
	return 0;
}
