/* SPDX-License-Identifier: MIT */
/* publication_unit: a publication and its case out of rows, whose quotes are written ' . */
#ifndef GAVEL_PUBLICATION_UNIT_H
#define GAVEL_PUBLICATION_UNIT_H

#include "publication_rules.h"
#include "rule_unit.h"

static struct gv_calendar *calendar;
static struct gv_causes *causes;

static void open_tables(void)
{
	struct gv_err err;

	set_up();
	CHECK_OK(gv_calendar_load(&calendar, NULL, &err), &err);
	CHECK_OK(gv_causes_open(&causes, gv_day_read(GV_STR("2025-06-01")), &err), &err);
}

static void close_tables(void)
{
	gv_calendar_free(calendar);
	gv_causes_free(causes);
	tear_down();
}

/* members NULL: there is none. */
static const struct gv_val *parse_row(struct gv_doc *d, const char *members)
{
	struct gv_buf text = GV_BUF_INIT(65536);

	if (!members)
		return NULL;
	gv_buf_adds(&text, members);
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '\'')
			text.p[i] = '"';
	rule_parse(d, text.p ? text.p : "");
	gv_buf_free(&text);
	return &d->root;
}

struct subject { struct gv_doc rec, kase, second; struct gv_publication p; };

static void read_subject(struct subject *s, const char *rec, const char *kase, const char *second)
{
	*s = (struct subject){ .p = { .calendar = calendar, .causes = causes, .cn = cn } };
	s->p.rec = parse_row(&s->rec, rec);
	s->p.kase = parse_row(&s->kase, kase);
	s->p.second = parse_row(&s->second, second);
}

static void free_subject(struct subject *s)
{
	gv_doc_free(&s->rec);
	gv_doc_free(&s->kase);
	gv_doc_free(&s->second);
}

#define NO(type) "'case':'（2025）沪0114" type "12号'"
#define J ",'doc_kind':'判决书','instance':'first'"
#define R ",'doc_kind':'裁定书','instance':'first'"
#define SERVED(one, two) ",'served':[{'party':'甲','on':'" one "'},{'party':'乙','on':'" two "'}]"
#define PARTIES "'parties':[{'role':'原告','name':'甲'},{'role':'被告','name':'乙'}]"
#define EVENT(name, on, more) "{'event':'" name "','on':'" on "'" more "}"
#define EVENTS(list) ",'events':[" list "]"

#endif
