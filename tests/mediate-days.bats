#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# mediate: what must come before what, who answers for whom, and what is done once only.
load helper
load mediate-fixture.sh

M=（2022）沪0114诉前调1号
export goldens=mediate

setup() {
	common_setup
	make_docket
	{
		echo '{"kind":"mediator","id":"沪0114-M000001","name":"王调解","state":"active","type":"person","fields":["合同纠纷"]}'
		echo '{"kind":"mediator","id":"沪0114-M000002","name":"赵某","state":"active","type":"person"}'
	} | case-file import 2>/dev/null
	mediate open --on 2022-05-10 --party 申请人=张三 --party 被申请人=李四 cause=民间借贷纠纷 >/dev/null 2>&1
}

to_agreement() {
	steps "consent $M party=李四 --on 2022-05-11" "assign $M mediator=沪0114-M000001 --on 2022-05-12" "accept $M --on 2022-05-13" \
		"agree $M agreement.facts=借款 agreement.terms.-=还款 --on 2022-05-16"
}

@test "several mediators: each accepts for itself, and whoever has begun does not decline" {
	refused 3 accept-nobody accept $M
	# 民间借贷纠纷 lies below 合同纠纷: nothing to say about the field.
	run_ok mediate assign $M mediator=沪0114-M000001 --on 2022-05-12
	is "${stderr%commit *}" 'mediate assign: 1 written, 0 unchanged: '
	steps "assign $M mediator=沪0114-M000002 presiding=true --on 2022-05-12" "accept $M mediator=沪0114-M000001 --on 2022-05-13"
	refused 3 accept-twice accept $M mediator=沪0114-M000001 --on 2022-05-14
	refused 3 decline-late decline $M mediator=沪0114-M000001 reason=忙 --on 2022-05-14
	refused 3 decline-all decline $M reason=忙 --on 2022-05-14
	steps "accept $M --on 2022-05-16"
	is "$(field '[.state, .mediators[].accepted_on]')" '["mediating","2022-05-13","2022-05-16"]'
}

@test "several mediators: one declines while the other has begun, and that one goes on" {
	steps "assign $M mediator=沪0114-M000001 --on 2022-05-12" "assign $M mediator=沪0114-M000002 --on 2022-05-12" \
		"accept $M mediator=沪0114-M000001 --on 2022-05-13" "decline $M mediator=沪0114-M000002 reason=忙 --on 2022-05-13"
	is "$(field '[.state, .mediators[].mediator]')" '["mediating","mediator:沪0114-M000001"]'
}

@test "several mediators: one declines before the other has answered, which may still accept" {
	steps "assign $M mediator=沪0114-M000001 --on 2022-05-12" "assign $M mediator=沪0114-M000002 --on 2022-05-12" \
		"decline $M mediator=沪0114-M000002 reason=忙 --on 2022-05-13" "accept $M --on 2022-05-13"
	is "$(field '[.state, .mediators[].mediator]')" '["mediating","mediator:沪0114-M000001"]'
}

@test "a session rests on the consent of its own day, and of two parties at least" {
	steps "assign $M mediator=沪0114-M000001 --on 2022-05-12" "accept $M --on 2022-05-13" "consent $M party=李四 --on 2022-05-16T10:00"
	refused 3 session-before session $M --on 2022-05-15
	steps "session $M --on 2022-05-16"
	mediate open --party 申请人=张三 cause=民间借贷纠纷 >/dev/null 2>&1
	steps "assign 诉前调2 mediator=沪0114-M000002" "accept 诉前调2"
	refused 3 session-alone session （2022）沪0114诉前调2号
	refused 3 agree-alone agree （2022）沪0114诉前调2号 agreement.facts=x agreement.terms.-=y
}

@test "signatures: not before the agreement, not twice, and of agents only those that the record has" {
	refused 3 perform-nothing perform $M
	to_agreement
	refused 3 sign-before sign $M party=张三 --on 2022-05-15
	steps "sign $M party=张三 --on 2022-05-16"
	refused 3 sign-twice sign $M party=张三 --on 2022-05-17
	refused 3 sign-agent sign $M party=王五 role=agent --on 2022-05-17
	case-file set $M 'parties.1.agents=[{"name":"王五"}]' >/dev/null 2>&1
	steps "sign $M party=王五 role=agent --on 2022-05-17"
	is "$(GAVEL_TODAY=2022-06-01 mediate due $M --clock confirmation-request | jq -r .until)" 2022-06-16
	refused 3 perform-before perform $M --on 2022-05-15
	steps "perform $M --on 2022-05-18"
	refused 3 perform-twice perform $M --on 2022-05-19
}

@test "confirmation: by all parties, after it was asked for, and not of what was agreed after filing" {
	to_agreement
	steps "sign $M party=张三 --on 2022-05-16" "sign $M party=李四 --on 2022-05-16"
	refused 3 confirm-alone confirm $M --on 2022-05-20 'applicants=["张三"]'
	refused 2 confirm-state confirm $M --on 2022-05-20 state=confirmed
	case-file set $M referral=after-filing >/dev/null 2>&1
	refused 3 confirm-entrusted confirm $M --on 2022-05-20
	case-file set $M referral=before-filing >/dev/null 2>&1
	steps "confirm $M --on 2022-05-20"
	refused 3 accept-before confirm $M --accept --on 2022-05-19
	steps "confirm $M --accept --on 2022-05-20" "confirm $M --grant --on 2022-05-23"
	# One enforcement at a time.
	steps "enforce $M --on 2022-06-20" >/dev/null
	refused 3 enforce-twice enforce $M --on 2022-06-21
	case-file close 执1 --by other --on 2022-06-24 >/dev/null 2>&1
	steps "enforce $M --on 2022-06-27" >/dev/null
	is "$(field '[.links[].id]')" '["agreement-confirmation:沪0114-F000001","（2022）沪0114执1号","（2022）沪0114执2号"]'
}

@test "a reason of blanks is none" {
	refused 2 fail-blank fail $M by_reason=deadlock 'failure.reason= '
	refused 2 fail-empty fail $M by_reason=deadlock failure.reason=
}

@test "check: the time of a mediation that ended before anybody was appointed is no question" {
	steps "refuse $M party=李四 --on 2022-05-12"
	run_ok mediate check $M --only ME-09
	is "$output" ''
	mediate open --on 2022-05-10 --party 申请人=甲 --party 被申请人=乙 cause=民间借贷纠纷 >/dev/null 2>&1
	steps "assign 诉前调2 mediator=沪0114-M000001 --on 2022-05-12" "accept 诉前调2 --on 2022-05-13" "refuse 诉前调2 party=乙 --on 2022-05-16"
	run_rc 1 mediate check 诉前调2 --only ME-09
	is "$(jq -r .message <<<"$output")" 'mediation-limit: papers_on missing'
}
