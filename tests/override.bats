#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# mediate --override: where the law or the court leaves something to decide, and nowhere else.
load helper
load mediate-fixture.sh

M=（2022）沪0114诉前调1号
export goldens=override
N=（2022）沪0114诉前调2号

setup() {
	common_setup
	make_docket
	{
		echo '{"kind":"mediator","id":"沪0114-M000001","name":"王调解","state":"active","type":"person","capacity":1}'
		echo '{"kind":"mediator","id":"沪0114-M000002","name":"赵某","state":"active","type":"person","relations":[{"name":"张三","rel":"配偶"}]}'
		echo '{"kind":"mediator","id":"沪0114-M000003","name":"陈某","state":"active","type":"person","origin":"taiwan"}'
		echo '{"kind":"mediator","id":"沪0114-M000004","name":"史某","state":"active","type":"person","origin":"foreign"}'
		echo '{"kind":"mediator","id":"沪0114-M000005","name":"钱某","state":"removed","type":"person"}'
	} | case-file import 2>/dev/null
	mediate open --party 申请人=张三 --party 被申请人=李四 cause=民间借贷纠纷 >/dev/null 2>&1
	mediate open --party 申请人=甲 --party 被申请人=乙 cause=相邻关系纠纷 >/dev/null 2>&1
}

# event ID: the newest override
event() { case-file get "$1" -o ndjson | jq -c '[.events[] | select(.event == "override") | del(.eid)] | last'; }
subject() { git -C d log -1 --format='%s | %(trailers:key=Gavel-Reason,valueonly,separator=%x2C)' main; }

@test "a mediator's limit: the court may go over it, and the record says who did and why" {
	steps "assign $M mediator=沪0114-M000001"
	refused 3 busy assign $N mediator=沪0114-M000001
	refused 2 no-reason assign $N mediator=沪0114-M000001 --override ALLOC-02
	refused 2 empty-reason assign $N mediator=沪0114-M000001 --override ALLOC-02 -m ' '
	refused 2 bad-reason assign $N mediator=沪0114-M000001 --override ALLOC-02 -m $'\xff'
	steps "assign $N mediator=沪0114-M000001 --override ALLOC-02 -m 同一村组"
	is "$(event $N)" '{"by":"测试员 <clerk@example.org>","event":"override","on":"2022-06-30","reason":"同一村组","rule":"ALLOC-02"}'
	is "$(subject)" "mediate assign: assign, overriding ALLOC-02: $N (1 record) | 同一村组"
	run_rc 1 mediate check --kind mediator --only ALLOC-02
	is "$(jq -r '[.ref.id, .message] | join(" ")' <<<"$output")" '沪0114-M000001 2 mediations under way, capacity is 1'
	# The same mediator again in the same mediation is no second one.
	steps "decline $N mediator=沪0114-M000001 reason=忙" "assign $M mediator=沪0114-M000001 --instead"
	# by= says who decided it.
	steps "assign $N mediator=沪0114-M000001 by=王庭长 --override ALLOC-02 -m 同一村组"
	is "$(event $N | jq -r .by)" 王庭长
	run_ok case-file check
}

@test "of many in one run, the first fills the mediator; what was not against the rule is not called overridden" {
	run_rc 8 mediate assign - mediator=沪0114-M000001 < <(mediate list -o ids)
	golden override/stream "${stderr%commit *}"
	is "$(mediate list --state assigned -o ids)" $M
	mediate open --party 申请人=丙 --party 被申请人=丁 cause=相邻关系纠纷 >/dev/null 2>&1
	run_ok mediate assign （2022）沪0114诉前调3号 mediator=沪0114-M000003 --override OM-17 -m 台资企业
	is "$(subject)" 'mediate assign: assign, overriding OM-17: （2022）沪0114诉前调3号 (1 record) | 台资企业'
	case-file set $N foreign=true >/dev/null 2>&1
	run_ok mediate assign $N mediator=沪0114-M000003 --override ALLOC-02 -m 无
	golden override/nothing "${stderr%commit *}"
	is "$(event $N)" null
	is "$(subject)" "mediate assign: assign $N (1 record) | 无"
}

@test "a late application for confirmation: the court may excuse it, and check shows it for review" {
	steps "consent $M party=李四" "assign $M mediator=沪0114-M000001" "accept $M" "agree $M agreement.facts=x agreement.terms.-=y" \
		"sign $M party=张三" "sign $M party=李四"
	refused 3 late confirm $M --on 2022-08-05
	refused 2 late-no-reason confirm $M --on 2022-08-05 --override CF-01
	steps "confirm $M --on 2022-08-05 --override CF-01 -m 被隔离"
	is "$(event agreement-confirmation:沪0114-F000001)" \
		'{"by":"测试员 <clerk@example.org>","event":"override","on":"2022-08-05","reason":"被隔离","rule":"CF-01"}'
	is "$(subject)" "mediate confirm: apply, overriding CF-01: $M (2 records) | 被隔离"
	run_rc 1 mediate check --kind agreement-confirmation --only CF-01
	is "$(jq -r '[.level, .message] | join(" ")' <<<"$output")" 'review applied for on 2022-08-05, the last day was 2022-08-01; overridden: 被隔离'
	refused 2 with-act confirm $M --accept --override CF-01 -m x
	run_ok case-file check
}

@test "nobody overrides what the law forbids" {
	refused 3 barred assign $M mediator=沪0114-M000002 --override ME-06 -m 双方信任
	refused 3 barred-other assign $M mediator=沪0114-M000002 --override ALLOC-02 -m 双方信任
	case-file event $M waive party=张三 form=written >/dev/null 2>&1
	refused 3 barred-one-waiver assign $M mediator=沪0114-M000002 --override ALLOC-02 -m 双方信任
	refused 3 removed assign $M mediator=沪0114-M000005 --override ALLOC-02 -m x
	refused 3 foreign assign $M mediator=沪0114-M000004 --override OM-17 -m x
	refused 3 late-barred confirm $M --override CF-06 -m x
	refused 2 no-rule assign $M mediator=沪0114-M000001 --override ALOC-02 -m x
	refused 2 all assign $M mediator=沪0114-M000001 --override '*' -m x
	refused 2 two assign $M mediator=沪0114-M000001 --override ALLOC-02,OM-17 -m x
	# What may not be mediated at all.
	mediate open --party 申请人=丙 --party 被申请人=丁 cause=婚姻无效纠纷 >/dev/null 2>&1
	mediate open --party 申请人=丙 --party 被申请人=某局 cause=行政处罚 dispute_type=administrative >/dev/null 2>&1
	refused 3 status assign （2022）沪0114诉前调3号 mediator=沪0114-M000001
	refused 3 status-overridden assign （2022）沪0114诉前调3号 mediator=沪0114-M000001 --override CM-01 -m x
	refused 3 administrative assign （2022）沪0114诉前调4号 mediator=沪0114-M000001
	refused 3 administrative-overridden assign （2022）沪0114诉前调4号 mediator=沪0114-M000001 --override JM-08 -m x
	case-file set （2022）沪0114诉前调4号 discretion=true >/dev/null 2>&1
	steps "assign （2022）沪0114诉前调4号 mediator=沪0114-M000001"
}
