/* SPDX-License-Identifier: MIT */
/* Every rule of the table has a publication that it passes and one that it does not, with the whole finding. */
#include "publication_unit.h"

/* want: "level: message", several divided by "; "; "" = nothing found.  as_of NULL: 2025-06-01.  shown: what the public docket has of
 * it ("-": nothing); NULL: nobody looked. */
static const struct row { const char *rule, *rec, *kase, *want, *as_of, *shown; } rows[] = {
	{ "PUB-01", NO("民初") J ",'decision':'publish'", NULL, "", NULL },
	{ "PUB-01", NO("民初") J ",'decision':'withhold'", NULL, "warn: 判决书 must be published, and the decision is withhold", NULL },
	{ "PUB-01", NO("民初") J, NULL, "review: decision missing", NULL },
	{ "PUB-01", NO("民初") ",'doc_kind':'通知书','decision':'review'", NULL,
	  "review: by decision: ends_proceedings, affects_rights: is it one of the documents that must be published?", NULL },
	{ "PUB-01", NO("民初") ",'doc_kind':'通知书','decision':'withhold','decided_by':'钱正'", NULL, "", NULL },
	{ "PUB-01", NO("民初") J ",'cause':'离婚纠纷','decision':'withhold'", NULL, "", NULL },
	{ "PUB-02", NO("民初") J ",'decision':'publish'", NULL, "", NULL },
	{ "PUB-02", NO("民初") J ",'cause':'离婚纠纷','decision':'withhold'", NULL, "", NULL },
	{ "PUB-02", NO("民初") J ",'cause':'离婚纠纷','decision':'publish'", NULL, "warn: 离婚诉讼: it must not be published, and the decision is publish", NULL },
	{ "PUB-02", NO("民初") J ",'cause':'变更抚养关系纠纷','decision':'publish','state':'released'", NULL,
	  "warn: 涉及未成年子女抚养、监护: it is published, and must be withdrawn", NULL },
	{ "PUB-02", NO("民初") J ",'decision':'publish'", "'closed_by':'mediation'",
	  "review: by decision: mediation: the case was closed by mediation, and this is another document of it", NULL },
	/* T-PB-09 */
	{ "PUB-02", NO("刑初") J ",'offence_age':17,'trial_age':19,'sentence_months':72,'decision':'withhold'", NULL, "info: open hearing possible; record not sealed", NULL },
	{ "PUB-02", NO("刑初") J ",'offence_age':17,'trial_age':17,'sentence_months':24,'decision':'withhold'", NULL, "info: closed hearing; record sealed", NULL },
	{ "PUB-02", NO("刑初") J ",'minor_crime':true,'decision':'withhold'", NULL, "info: trial_age missing; sentence_months missing", NULL },
	{ "PUB-02", NO("刑初") J ",'decision':'review'", NULL, "review: by decision: offence_age missing", NULL },
	{ "PUB-03", NO("民初") EVENTS(EVENT("notify-scope", "2025-01-01", ",'party':'甲'") "," EVENT("notify-scope", "2025-01-01", ",'party':'乙'")), PARTIES, "", NULL },
	{ "PUB-03", NO("民初") EVENTS(EVENT("notify-scope", "2025-01-01", ",'party':'甲'")), PARTIES, "review: 1 of 2 parties were not told what is published, the first parties[1]", NULL },
	{ "PUB-03", NO("民初"), NULL, "review: parties missing", NULL },
	{ "PUB-04", NO("民初") ",'decision':'publish'", NULL, "", NULL },
	{ "PUB-04", NO("民初") ",'decision':'withhold','ground':'state-secret','state':'withheld'", NULL, "", NULL },
	{ "PUB-04", NO("民初") ",'decision':'withhold','ground':'state-secret','state':'stub'", NULL, "review: a state secret: even a stub says too much", NULL },
	{ "PUB-04", NO("民初") ",'decision':'withhold','ground':'divorce','state':'withheld'", NULL, "review: issued_on missing; review: reason missing", NULL },
	{ "PUB-04", NO("民初") J ",'decision':'withhold','ground':'divorce','reason':'离婚诉讼','issued_on':'2025-02-01'" SERVED("2025-02-10", "2025-02-12"), NULL,
	  "review: effect of 2025-02-28: was due by 2025-03-11 (stub), and is not done", NULL },
	{ "PUB-04", NO("民初") J ",'decision':'withhold','ground':'divorce','reason':'离婚诉讼','issued_on':'2025-02-01','released_on':'2025-03-11'" SERVED("2025-02-10", "2025-02-12"),
	  NULL, "", NULL },
	{ "PUB-05", NO("民初") J ",'decision':'publish'" SERVED("2025-02-10", "2025-02-12"), NULL, "warn: effect of 2025-02-28: was due by 2025-03-11 (publication), and is not done", NULL },
	{ "PUB-05", NO("民初") J ",'decision':'publish'" SERVED("2025-02-10", "2025-02-12"), NULL, "info: effect of 2025-02-28: due by 2025-03-11 (publication)", "2025-03-11" },
	{ "PUB-05", NO("民初") J ",'decision':'publish'" SERVED("2025-02-10", "2025-02-12"), NULL, "", "2025-02-27" },
	{ "PUB-05", NO("民初") J ",'decision':'publish','released_on':'2025-03-11'" SERVED("2025-02-10", "2025-02-12"), NULL, "", NULL },
	{ "PUB-05", NO("民初") J ",'decision':'publish','released_on':'2025-03-12'" SERVED("2025-02-10", "2025-02-12"), NULL,
	  "warn: effect of 2025-02-28: was due by 2025-03-11 (publication), and done on 2025-03-12", NULL },
	{ "PUB-05", NO("民初") J ",'decision':'publish','released_on':'2025-04-01'" SERVED("2025-02-10", "2025-02-12")
	  EVENTS(EVENT("release", "2025-03-11", "") "," EVENT("withdraw", "2025-03-20", "") "," EVENT("republish", "2025-04-01", "")), NULL, "", NULL },
	{ "PUB-05", NO("民初") J ",'decision':'review'" SERVED("2025-02-10", "2025-02-12"), NULL,
	  "warn: effect (not decided) of 2025-02-28: was due by 2025-03-11 (publication), and is not done", NULL },
	{ "PUB-05", NO("民终") ",'doc_kind':'判决书','instance':'second','decision':'publish'" SERVED("2031-02-10", "2031-02-10"), NULL,
	  "review: effect of 2031-02-10: no calendar for its last day", "2031-03-01" },
	{ "PUB-06", NO("民初") J ",'effective_on':'2025-02-28'" SERVED("2025-02-10", "2025-02-12"), NULL, "", NULL },
	{ "PUB-06", NO("民初") J ",'effective_on':'2025-02-27'" SERVED("2025-02-10", "2025-02-12"), NULL,
	  "violation: effective_on is 2025-02-27, and by the services it is 2025-02-28", NULL },
	{ "PUB-06", NO("民初") J ",'state':'released','released_on':'2025-02-27'" SERVED("2025-02-10", "2025-02-12"), NULL,
	  "violation: released on 2025-02-27, and it has effect from 2025-02-28 on", NULL },
	{ "PUB-06", NO("民初") J ",'effective_on':'2025-02-28'", "'effective_on':'2025-02-28'", "review: effective_on rests on the case alone: served missing", NULL },
	{ "PUB-06", NO("民初") J, NULL, "review: served missing", NULL },
	{ "PUB-06", NO("民初") J ",'state':'released'", NULL, "violation: it is published, and nothing shows its effect: served missing", NULL },
	{ "PUB-06", NO("民初") J ",'served':[{'party':'甲','on':'2025-02-10'}]", PARTIES, "review: served: not every party of the case", NULL },
	{ "PUB-06", NO("民初") J SERVED("2031-02-10", "2031-02-12"), NULL, "review: no calendar for the end of the time to appeal", NULL },
	{ "PUB-07", NO("民初") J, NULL, "", NULL },
	{ "PUB-07", NO("民初") ",'unsuitable':true", NULL, "review: the judge's written opinion is missing", NULL },
	{ "PUB-07", NO("民初") ",'unsuitable':true" EVENTS(EVENT("opinion", "2025-03-01", ",'by':'甲'")), NULL, "review: the department head has not reviewed the opinion", NULL },
	{ "PUB-07", NO("民初") ",'unsuitable':true" EVENTS(EVENT("review", "2025-02-28", ",'by':'乙'") "," EVENT("opinion", "2025-03-01", ",'by':'甲'")), NULL,
	  "review: the department head has not reviewed the opinion", NULL },
	{ "PUB-07", NO("民初") ",'unsuitable':true" EVENTS(EVENT("opinion", "2025-03-01", ",'by':'甲'") "," EVENT("review", "2025-03-02", ",'by':'乙'")), NULL,
	  "review: the vice-president in charge has not approved it", NULL },
	{ "PUB-07", NO("民初") ",'unsuitable':true" EVENTS(EVENT("opinion", "2025-03-01", ",'by':'甲'") "," EVENT("review", "2025-03-02", ",'by':'乙'") ","
	  EVENT("approve", "2025-03-03", ",'by':'丙','result':'refused'")), NULL, "review: it was refused", NULL },
	{ "PUB-07", NO("民初") ",'ground':'unsuitable'" EVENTS(EVENT("opinion", "2025-03-01", ",'by':'甲'") "," EVENT("review", "2025-03-02", ",'by':'乙'") ","
	  EVENT("approve", "2025-03-03", ",'by':'甲'")), NULL, "review: opinion, review and approval are not by three people", NULL },
	{ "PUB-07", NO("民初") ",'ground':'unsuitable'" EVENTS(EVENT("opinion", "2025-03-01", ",'by':'甲'") "," EVENT("review", "2025-03-02", ",'by':'乙'") ","
	  EVENT("approve", "2025-03-03", ",'by':'丙'")), NULL, "", NULL },
	{ "PUB-08", NO("民初") ",'decision':'publish','issued_by':'钱正','profile':'2016','file':'判决书.txt','text_sha256':'aa'", "'files':[{'name':'判决书.txt','sha256':'aa'}]", "", NULL },
	{ "PUB-08", NO("民初") ",'file':'判决书.txt','text_sha256':'aa'", "'files':[{'name':'判决书.txt','sha256':'bb'}]", "review: the text in the case is another one now", NULL },
	{ "PUB-08", NO("民初") ",'file':'判决书.txt','text_sha256':'aa'", "'files':[]", "review: the text is not among the files of the case any more", NULL },
	{ "PUB-08", NO("民初") ",'decision':'publish'", NULL, "review: issued_by missing; review: profile missing", NULL },
	{ "PUB-08", NO("民初") ",'state':'stub','public_id':'document:沪0114-W000001'", NULL, "", NULL },
	{ "PUB-08", NO("民初") ",'state':'stub'", NULL, "review: public_id missing", NULL },
	{ "PUB-08", NO("民初") ",'state':'released'", NULL, "review: public_id missing; review: redacted_sha256 missing", NULL },
	{ "PUB-08", NO("民初") EVENTS(EVENT("correct", "2025-02-28", "")), NULL, "review: correct of 2025-02-28: was due by 2025-03-11 (correction), and is not done", NULL },
	{ "PUB-08", NO("民初") EVENTS(EVENT("correct", "2025-02-28", ",'released_on':'2025-03-01'")), NULL, "", NULL },
	{ "PUB-09", NO("民初") ",'state':'released'", NULL, "", NULL },
	{ "PUB-09", NO("民初") ",'state':'withdrawn','released_on':'2025-03-01'", NULL, "review: withdrawn_reason missing", NULL },
	{ "PUB-09", NO("民初") ",'state':'withdrawn','withdrawn_reason':'x'", NULL, "review: withdrawn, and that it was published is not on record: released_on missing", NULL },
	{ "PUB-09", NO("民初") ",'state':'withdrawn','withdrawn_reason':'x','withdrawn_on':'2025-04-01','released_on':'2025-03-01'", NULL,
	  "review: withdrawn on 2025-04-01, and neither published again nor shown as a stub", NULL },
	{ "PUB-09", NO("民初") ",'state':'stub','withdrawn_reason':'x','released_on':'2025-03-01'" EVENTS(EVENT("withdraw", "2025-04-01", "")), NULL, "", NULL },
	{ "PUB-10", NO("民初") EVENTS(EVENT("complain", "2025-04-01", "")), NULL, "review: complaint of 2025-04-01: not answered", NULL },
	{ "PUB-10", NO("民初") EVENTS(EVENT("complain", "2025-04-01", "") "," EVENT("answer", "2025-04-02", "")), NULL, "", NULL },
	{ "PUB-11", NO("民初") J ",'decision':'publish','cause':'买卖合同纠纷','title':'甲诉乙买卖合同纠纷一审民事判决书'", NULL, "", NULL },
	{ "PUB-11", NO("民初") J ",'decision':'publish'", NULL, "review: title missing", NULL },
	{ "PUB-11", NO("民初") J ",'decision':'publish','title':'甲诉乙'", NULL, "warn: the title does not end in 判决书", NULL },
	{ "PUB-11", NO("民初") J ",'decision':'publish','cause':'买卖合同纠纷','title':'甲诉乙一审民事判决书'", NULL, "warn: the title does not name 买卖合同纠纷", NULL },
	{ "PUB-11", NO("民初") J ",'decision':'publish','cause':'买卖合同纠纷','title':'甲诉乙买卖合同纠纷民事判决书'", NULL, "warn: the title does not name 一审", NULL },
#define ASKED(result) EVENTS(EVENT("ask-access", "2025-04-01", ",'result':'" result "'"))
	{ "PUB-12", NO("民初") J ",'decision':'publish','released_on':'2025-03-11'" SERVED("2025-02-10", "2025-02-12") ASKED("directed"), NULL, "", NULL },
	{ "PUB-12", NO("民初") J ",'decision':'publish','released_on':'2025-03-11'" SERVED("2025-02-10", "2025-02-12") ASKED("given"), NULL,
	  "violation: asked on 2025-04-01: given, and it was published: directed", NULL },
	{ "PUB-12", NO("民初") J ",'decision':'publish','released_on':'2025-03-11','withdrawn_on':'2025-03-20'" SERVED("2025-02-10", "2025-02-12") ASKED("given"), NULL, "", NULL },
	{ "PUB-12", NO("民初") J ",'decision':'withhold','ground':'divorce'" SERVED("2025-02-10", "2025-02-12") ASKED("given"), NULL, "", NULL },
	{ "PUB-12", NO("民初") J ",'decision':'withhold','ground':'divorce'" SERVED("2025-02-10", "2025-02-12") ASKED("refused"), NULL,
	  "review: asked on 2025-04-01: refused, and it had effect and was not published: given", NULL },
	{ "PUB-12", NO("民初") J ",'decision':'withhold','ground':'state-secret'" SERVED("2025-02-10", "2025-02-12") ASKED("given"), NULL,
	  "violation: asked on 2025-04-01: given, and it is about a state secret: refused", NULL },
	{ "PUB-12", NO("民初") J SERVED("2025-04-10", "2025-04-12") ASKED("given"), NULL, "violation: asked on 2025-04-01: given, and it had no effect yet: refused", NULL },
	{ "PUB-12", NO("民初") J SERVED("2025-04-10", "2025-04-12") ASKED("refused"), NULL, "", NULL },
	{ "PUB-12", "'case':'（2025）苏0583民初1号'" J SERVED("2025-02-10", "2025-02-12") ASKED("given"), NULL, "violation: asked on 2025-04-01: given, and another court made it: referred", NULL },
	{ "PUB-12", NO("民初") J ASKED("given"), NULL, "review: served missing", NULL },
#define X "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881" /* of "x" */
#define RELEASED "'state':'released','public_id':'document:W1','redacted_sha256':'" X "'"
#define DID(event, more) EVENTS(EVENT(event, "2025-04-01", more))
#define WRITTEN ",'public_id':'document:W1','sha256':'" X "'"
	{ "PUB-13", "'state':'decided'", NULL, "", NULL },
	{ "PUB-13", RELEASED DID("release", WRITTEN), NULL, "", NULL },
	{ "PUB-13", RELEASED DID("republish", WRITTEN), NULL, "", NULL },
	{ "PUB-13", "'state':'stub','public_id':'document:W1'" DID("stub", ",'public_id':'document:W1'"), NULL, "", NULL },
	{ "PUB-13", "'state':'released'", NULL, "review: state released, and no event says since when", NULL },
	{ "PUB-13", "'state':'released'" DID("release", ""), NULL,
	  "review: release of 2025-04-01 has no public_id: it was not made by case-publish release, and nobody knows what is shown; "
	  "review: release of 2025-04-01 has no sha256: it was not made by case-publish release, and nobody knows what is shown", NULL },
	{ "PUB-13", "'state':'stub'" DID("stub", ""), NULL, "review: stub of 2025-04-01 has no public_id: it was not made by case-publish release, and nobody knows what is shown", NULL },
	{ "PUB-13", "'state':'released','public_id':'document:W2'" DID("release", WRITTEN), NULL,
	  "review: public_id is not what the event release of 2025-04-01 says; review: redacted_sha256 is not what the event release of 2025-04-01 says", NULL },
	/* both sides */
	{ "PUB-13", RELEASED DID("release", WRITTEN), NULL, "", NULL, "'state':'published','text':'x'" },
	{ "PUB-13", RELEASED DID("release", WRITTEN), NULL, "review: the text in the public docket is not the one that was released", NULL, "'state':'published','text':'y'" },
	{ "PUB-13", RELEASED DID("release", WRITTEN), NULL, "review: published here, and the public docket has nothing of it", NULL, "-" },
	{ "PUB-13", RELEASED DID("release", WRITTEN), NULL, "review: published by what was done here, and in the public docket withdrawn", NULL, "'state':'withdrawn'" },
	{ "PUB-13", "'state':'decided'", NULL, "", NULL, "-" },
	{ "PUB-13", "'state':'decided'", NULL, "review: decided here, and the public docket shows it: published", NULL, "'state':'published','text':'x'" },
	{ "PUB-13", "'state':'withdrawn'", NULL, "", NULL, "'state':'withdrawn'" },
	{ "PUB-13", "'state':'withdrawn'", NULL, "review: withdrawn by what was done here, and in the public docket published", NULL, "'state':'published','text':'x'" },
	/* decided anew, and what was shown is still there */
	{ "PUB-13", "'state':'withheld'" DID("stub", ",'public_id':'document:W1'"), NULL, "", NULL, "'state':'withheld'" },
	{ "PUB-13", "'state':'withheld'" DID("withdraw", ",'reason':'x'"), NULL, "", NULL, "'state':'withdrawn'" },
	{ "PUB-13", "'state':'withheld'" DID("stub", ",'public_id':'document:W1'"), NULL, "review: withheld by what was done here, and in the public docket published", NULL,
	  "'state':'published','text':'x'" },
	/* of a typical case, whose words are the same on both sides */
#define TOLD "'kind':'typical-case','state':'released','title':'甲诉乙案','gist':'x'"
#define OUT EVENTS(EVENT("release", "2025-04-01", ""))
	{ "PUB-13", TOLD OUT, NULL, "", NULL },
	{ "PUB-13", TOLD OUT, NULL, "", NULL, "'state':'released','title':'甲诉乙案','gist':'x'" },
	{ "PUB-13", TOLD OUT, NULL, "review: gist is another one in the public docket", NULL, "'state':'released','title':'甲诉乙案','gist':'y'" },
	{ "PUB-13", TOLD OUT, NULL, "review: facts is another one in the public docket", NULL, "'state':'released','title':'甲诉乙案','gist':'x','facts':'z'" },
	{ "PUB-13", TOLD OUT, NULL, "review: released here, and the public docket has nothing of it", NULL, "-" },
	{ "PUB-13", TOLD OUT, NULL, "review: released by what was done here, and in the public docket withdrawn", NULL, "'state':'withdrawn'" },
	{ "PUB-13", TOLD, NULL, "review: released here, and the public docket shows it: released", NULL, "'state':'released'" },
	{ "PUB-13", TOLD EVENTS(EVENT("release", "2025-04-01", "") "," EVENT("withdraw", "2025-05-01", "")), NULL, "", NULL, "'state':'withdrawn'" },
#define LIBRARY(type) "'kind':'typical-case','library_no':'2024-07-" type "-044-008'"
#define PARTS ",'keywords':['民事'],'facts':'x','reasons':'x','gist':'x','laws':[{'doc':'x'}]"
	{ "CASE-05", LIBRARY("2") ",'state':'reviewed','subtitle':'x'" PARTS, NULL, "", NULL },
	{ "CASE-05", LIBRARY("2") ",'state':'reviewed'" PARTS, NULL, "review: subtitle missing", NULL },
	{ "CASE-05", LIBRARY("2") ",'state':'released','subtitle':'x','keywords':['民事']", NULL, "review: facts missing; review: reasons missing; review: gist missing; review: laws missing", NULL },
	{ "CASE-05", LIBRARY("2") ",'state':'edited'", NULL, "", NULL },
	{ "CASE-05", "'kind':'typical-case','state':'released'", NULL, "", NULL },
	{ "CASE-05", LIBRARY("2") ",'state':'released'", NULL, "", "2024-05-07" },
#define OF "'kind':'typical-case'," NO("民初")
	{ "CASE-07", OF ",'state':'candidate'" J SERVED("2025-02-10", "2025-02-12"), NULL, "", NULL },
	{ "CASE-07", OF ",'state':'candidate'" J SERVED("2025-02-10", "2025-02-12"), NULL, "warn: the judgment has effect from 2025-02-28 on", "2025-02-27" },
	{ "CASE-07", OF ",'state':'released','published_on':'2025-02-27'" J SERVED("2025-02-10", "2025-02-12"), NULL,
	  "warn: released on 2025-02-27, and it has effect from 2025-02-28 on", NULL },
	{ "CASE-07", OF ",'state':'reviewed'" J, "'cause':'买卖合同纠纷'", "review: nothing shows that the judgment has effect: served missing", NULL },
	{ "CASE-07", OF ",'state':'reviewed'" J, NULL, "review: nothing shows that the judgment has effect: case missing", NULL },
	{ "CASE-07", OF ",'state':'dropped'" J, NULL, "", NULL },
	{ "CASE-08", LIBRARY("2") ",'title':'甲诉乙买卖合同纠纷案','cause':'买卖合同纠纷','case_type':'民事'", NULL, "", NULL },
	{ "CASE-08", LIBRARY("2") ",'title':'甲诉乙买卖合同纠纷','cause':'买卖合同纠纷','case_type':'民事'", NULL, "warn: the title does not end in 案", NULL },
	{ "CASE-08", LIBRARY("2") ",'title':'甲诉乙合同案','case_type':'民事'", "'cause':'买卖合同纠纷'", "warn: the title does not name 买卖合同纠纷", NULL },
	{ "CASE-08", LIBRARY("2") ",'title':'甲与乙买卖合同纠纷案','cause':'买卖合同纠纷','case_type':'民事'", NULL, "warn: the title does not say who sued whom: 诉", NULL },
	{ "CASE-08", LIBRARY("1") ",'title':'甲盗窃案','cause':'盗窃','case_type':'刑事'", NULL, "", NULL },
	{ "CASE-08", "'kind':'typical-case','title':'甲与乙'", NULL, "", NULL },
	{ "CASE-09", LIBRARY("2") ",'case_type':'民事'", NULL, "", NULL },
	{ "CASE-09", LIBRARY("2") "," NO("民初"), NULL, "", NULL },
	{ "CASE-09", LIBRARY("1") "," NO("民初"), NULL, "warn: library_no says type 1, and of 民事 it is 2", NULL },
	{ "CASE-09", LIBRARY("3") ",'case_type':'刑事'", NULL, "warn: library_no says type 3, and of 刑事 it is 1", NULL },
	{ "CASE-09", LIBRARY("3") ",'case_type':'执行'", NULL, "review: library_no says type 3, and of 执行 it is 5", NULL },
#define TELLS "'kind':'typical-case','gist':'x','facts':'x','result':'x'"
	{ "CASE-15", TELLS ",'state':'released','editor':'甲','reviewer':'乙','approver':'丙'", NULL, "", NULL },
	{ "CASE-15", TELLS ",'state':'released','editor':'甲','reviewer':'乙','approver':'甲'", NULL, "review: approver is the editor, too", NULL },
	{ "CASE-15", TELLS ",'state':'released','editor':'甲','reviewer':'乙'", NULL, "review: approver missing", NULL },
	{ "CASE-15", TELLS ",'state':'reviewed'", NULL, "", NULL },
	{ "CASE-15", "'kind':'typical-case','state':'reviewed','gist':'x'", NULL, "review: facts missing; review: result missing", NULL },
};

static void check_row(const struct row *row)
{
	struct gv_buf got = GV_BUF_INIT(65536);
	struct gv_err err;
	struct gv_rec rec;
	struct gv_publication_subject s = { .rec = &rec, .court = "沪0114" };
	struct gv_check c = { .as_of = gv_day_read(gv_str_of(row->as_of ? row->as_of : "2025-06-01")), .ctx = &got, .sink = rule_sink,
	                      .only = gv_str_of(row->rule), .err = &err, .rec = &rec };
	struct gv_doc shown = GV_DOC_INIT;
	struct subject subject;

	if (row->shown && strcmp(row->shown, "-") != 0)
		s.shown = parse_row(&shown, row->shown);
	s.compared = row->shown != NULL;
	read_subject(&subject, row->rec, row->kase, NULL);
	s.p = subject.p;
	rec = (struct gv_rec){ .doc = &subject.rec, .val = &subject.rec.root };
	rec.id.schema = find(gv_val_get(&subject.rec.root, "kind") ? "typical-case" : "publication");
	CHECK_OK(gv_rules_run(&c, gv_publication_rules, &s), &err);
	rule_found(row->rule, row->rec, &got, row->want);
	gv_doc_free(&c.scratch);
	free_subject(&subject);
	gv_doc_free(&shown);
	gv_buf_free(&got);
}

static void each_rule(void)
{
	open_tables();
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(&rows[i]);
	close_tables();
}

static void look(const struct gv_rule *r, bool *passes, bool *fails)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		if (strcmp(rows[i].rule, r->id) == 0)
			*(*rows[i].want ? fails : passes) = true;
}

static void complete(void)
{
	rule_has_rows(gv_publication_rules, look);
	for (const struct gv_rule *r = gv_publication_rules; r->id; r++)
		rule_is_told(r);
}

UNIT_MAIN("publication_rules", { "each rule", each_rule }, { "every rule has both rows, and a basis", complete })
