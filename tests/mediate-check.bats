#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# mediate due, mediate check: clocks and rules over the docket; every row of them is in tests/unit.
load helper

setup() {
	common_setup
	make_docket
	mediate open --on 2022-05-10 intake=online dispute_type=civil cause=民间借贷纠纷 --party 申请人=张三 --party 被申请人=李四 >/dev/null 2>&1
	mediate open --on 2022-06-28 intake=online dispute_type=civil cause=婚姻无效纠纷 --party 申请人=王五 --party 被申请人=赵六 >/dev/null 2>&1
}

@test "clocks in the order of their last days, with options as case-file due has" {
	is "$(mediate due | jq -r '[.id, .clock, .until, .days_left, .state, .rule] | join(" ")')" \
		'（2022）沪0114诉前调1号 appointment 2022-05-13 -48 overdue OM-06
（2022）沪0114诉前调2号 appointment 2022-07-01 1 running OM-06'
	is "$(mediate due --within 1d --clock appointment | wc -l)" 2
	is "$(mediate due --overdue | jq -r .id)" '（2022）沪0114诉前调1号'
	is "$(mediate due --party 王五 --show-work | jq -c .work)" '["2022-06-28 received_on","2022-07-01 last day"]'
	is "$(mediate list -o ids --party 王五 | mediate due - | jq -r .id)" '（2022）沪0114诉前调2号'
	is "$(mediate due --kind agreement-confirmation)" ''
}

@test "findings with their basis, chosen by rule, put into the record" {
	run_rc 1 mediate check --only CM-01
	is "$(jq -c '[.rule, .level, .ref.id, .basis[0].art]' <<<"$output")" '["CM-01","violation","（2022）沪0114诉前调2号","143"]'
	run_ok mediate check --party 张三 --only CM-01
	run_rc 1 mediate check --only 'OM-*'
	has "$output" 'appointment: not done yet, the last day was 2022-05-13'
	run_rc 1 mediate check --party 王五 --only CM-01 --annotate
	is "$(jq -r '.findings[].rule' <<<"$output")" CM-01
	is "$(mediate check --rules | jq -r .id | grep -c .)" "$(mediate check --rules | jq -r .id | sort -u | grep -c .)"
	has "$(mediate check --explain OM-14)" 法释〔2021〕23号
}

@test "after filing: a paper takes effect when the last party has signed for it, and says who pays" {
	local M=（2022）沪0114诉前调3号
	mediate open --on 2022-06-01 referral=after-filing procedure=ordinary cause=民间借贷纠纷 mechanism=judge intake=counter \
		--party 申请人=王五 --party 被申请人=赵六 >/dev/null 2>&1
	# what the steps of a mediation before filing would have made of it
	case-file get $M | jq -c '.state = "agreed" | .agreement = {form: "written", clauses: ["penalty", "judge-again"]} |
		.events += [{eid: "aaaaaaaaaaaaaaab", event: "agree", on: "2022-06-10"}]' | case-file import 2>/dev/null
	run_rc 1 mediate check $M --only 'CM-*' -o tsv --fields rule,level
	is "$(tail -n +2 <<<"$output")" $'CM-03\treview\nCM-05\tviolation'
	case-file set $M 'agreement.clauses=["penalty"]' paper.form=mediation-paper paper.effective_on=2022-06-12 2>/dev/null
	case-file event $M sign-for party=王五 --on 2022-06-12 2>/dev/null
	run_rc 1 mediate check $M --only 'CM-*' -o tsv --fields rule,level
	is "$(tail -n +2 <<<"$output")" $'CM-03\tviolation\nCM-08\treview'
	case-file event $M sign-for party=赵六 --on 2022-06-15 2>/dev/null
	case-file set $M paper.effective_on=2022-06-15 paper.fees=decided 2>/dev/null
	run_ok mediate check $M --only 'CM-*'
	run_rc 3 case-file event $M refuse-paper ground=nothing
	has "$stderr" 'ground: "nothing" is not one of public-interest'
}

@test "sanctions, and a way back that nobody took" {
	mediator add name=陈调解 type=person certificate=1 profile=退休教师 scope=民事 'fields=["民间借贷"]' paid=false >/dev/null 2>&1
	mediator sanction 沪0114-M000001 censure ground=leaking 2>/dev/null
	run_rc 1 mediate check 沪0114-M000001 --kind mediator --only 'ME-15,OM-18' -o tsv --fields rule,message
	has "$output" $'ME-15\tcensure on 2022-06-30: neither doc nor note says what was found to be true'
	case-file event （2022）沪0114诉前调1号 insist party=张三 --on 2022-05-20 2>/dev/null
	mediate refuse （2022）沪0114诉前调1号 party=李四 2>/dev/null
	run_rc 1 mediate check （2022）沪0114诉前调1号 --only ME-12
	has "$output" '张三 insists on suit since 2022-05-20'
	mediate file （2022）沪0114诉前调1号 >/dev/null 2>&1
	run_ok mediate check （2022）沪0114诉前调1号 --only ME-12
}

@test "records from a stream need no docket" {
	mediate list >all
	unset GAVEL_DOCKET
	run_rc 1 mediate check --only CM-01 - <all
	is "$(mediate due - <all | wc -l)" 2
}

@test "what is refused" {
	local rc args
	while read -r rc args; do
		# shellcheck disable=SC2086 # words
		run_rc "$rc" mediate $args
		printf '%s\n%s\n' "\$ mediate $args" "$stderr" >>said
	done <<'END'
6 due （2022）沪0114诉前调99号
2 due --within x
2 due --within 7d --overdue
2 due --clock nothing
2 due --kind case
2 due --kind nothing
2 check --only OM-99
2 check --kind post
2 check --kind mediator --party 张三
2 check --explain OM-99
END
	golden mediate-check/refused "$(cat said)"
}
