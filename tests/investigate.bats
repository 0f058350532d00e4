#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# mediate investigate: a youth social worker asks how a child lives, comes to sessions, and looks again after the end.
load helper
load mediate-fixture.sh

M=（2022）沪0114诉前调1号
export goldens=investigate
P=沪0114-P000001

setup() {
	common_setup
	make_docket
	{
		echo '{"kind":"mediator","id":"沪0114-M000001","name":"王调解","state":"active","type":"person"}'
		echo '{"kind":"person","id":"沪0114-P000001","name":"周社工","state":"active","roles":[{"role":"青少年社工","from":"2022-01-01","until":"2022-12-31"}]}'
		echo '{"kind":"person","id":"沪0114-P000002","name":"吴书记","state":"active","roles":[{"role":"书记员","from":"2022-01-01"}]}'
		echo '{"kind":"person","id":"沪0114-P000003","name":"郑社工","state":"left","left_on":"2022-05-31","roles":[{"role":"社会工作者","from":"2022-01-01"}]}'
		echo '{"kind":"person","id":"沪0114-P000004","name":"冯观护","state":"active","roles":[{"role":"社会观护员","from":"2022-01-01"}]}'
	} | case-file import 2>/dev/null
	mediate open --party 申请人=张三 --party 被申请人=李四 cause=离婚纠纷 >/dev/null 2>&1
}

@test "asked, at a session, reported, followed up: the record, the clocks, the findings" {
	steps "investigate $M investigator=$P involves_minor=true investigation.due_on=2022-07-15 investigation.scope.-=living investigation.scope.-=child_wishes"
	is "$(field '[.involves_minor, .investigation]')" \
		'[true,{"asked_on":"2022-06-30","due_on":"2022-07-15","investigator":"person:沪0114-P000001","scope":["living","child_wishes"]}]'
	is "$(mediate due $M --clock investigation | jq -r '[.until, .days_left, .rule] | join(" ")')" '2022-07-15 15 FM-04'
	# Another takes over.
	steps "investigate $M investigator=沪0114-P000004 --on 2022-07-01" "investigate $M investigator=$P --on 2022-07-02"
	is "$(field '[.investigation.asked_on, .investigation.investigator, ([.events[] | select(.event == "investigate")] | length)]')" \
		'["2022-07-02","person:沪0114-P000001",3]'
	steps "consent $M party=李四" "assign $M mediator=沪0114-M000001 --on 2022-07-02" "accept $M --on 2022-07-02" "session $M investigator=$P --on 2022-07-03"
	is "$(field '.events[] | select(.event == "session").investigator')" person:沪0114-P000001
	echo 随母亲生活 >living
	run_ok mediate investigate $M --report --on 2022-07-14 investigation.living=@living
	golden investigate/incomplete "${stderr%commit *}"
	is "$(GAVEL_TODAY=2022-07-20 mediate due $M --clock investigation)" ''
	steps "investigate $M --report --on 2022-07-16 investigation.child_wishes=愿随母亲 investigation.qualified=true investigation.consent=true"
	is "$(field '[.investigation.reported_on, .investigation.living, .investigation.child_wishes]')" '["2022-07-14","随母亲生活","愿随母亲"]'
	run_ok mediate check $M --only 'FM-*' --as-of 2022-07-20
	steps "agree $M --on 2022-07-20 agreement.facts=离婚 agreement.terms.-=女儿由张三抚养 investigation.follow_up_due_on=2022-10-20"
	is "$(mediate due $M --clock follow-up --as-of 2022-10-20 | jq -r '[.until, .days_left, .rule] | join(" ")')" '2022-10-20 0 FM-04'
	run_rc 1 mediate check $M --only FM-04 --as-of 2022-10-21
	steps "investigate $M --follow-up --on 2022-10-19 investigator=$P investigation.follow_ups.-=一切如常"
	is "$(mediate due $M --clock follow-up --as-of 2022-10-20)" ''
	is "$(mediate show $M | sed -n '/^social/,/^agreed/p')" 'social investigation by: person:沪0114-P000001
asked for: 2022-07-02
due: 2022-07-15
report handed in: 2022-07-14
follow-up due: 2022-10-20
agreed: 女儿由张三抚养'
	has "$(mediate show $M)" '2022-10-19  follow-up 跟踪回访'
	run_ok case-file check
}

@test "what is about a child is masked wherever people read, and goes to no case" {
	local word all
	steps "investigate $M investigator=$P children.-.name=张小明 children.0.born_on=2012-05-06 children.0.wishes=不愿随父亲"
	steps "investigate $M --report investigation.child_wishes=不愿随父亲 investigation.living=同住外婆家中 investigation.schooling=在实验小学 investigation.health=经常失眠 investigation.family=父亲酗酒多年 investigation.advice=由母亲直接抚养" \
		"refuse $M party=李四" "investigate $M --follow-up investigation.follow_ups.-=孩子情绪稳定"
	all=$(mediate show $M
		mediate list -o csv --fields id,children,investigation
		mediate list -o table --fields children.0.name,children.0.born_on,children.0.wishes,investigation.child_wishes,investigation.follow_ups
		mediate list -o tsv --fields investigation.living,investigation.schooling,investigation.health,investigation.family,investigation.advice
		case-file blame $M -o csv --fields field,value
		case-file list --kind mediation -o csv --fields id,children,investigation
		mediate check $M --only 'FM-*' -o csv || true
		mediate file $M -o ndjson 2>/dev/null)
	for word in 小明 05-06 愿随父亲 外婆家 实验小学 常失眠 酗酒 直接抚养 情绪稳定; do
		case $all in *"$word"*) echo "$word in: $all"; return 1 ;; esac
	done
	has "$(mediate list -o csv --sensitive --fields investigation)" 酗酒
	is "$(mediate list --list-fields | jq -r 'select(.sensitive) | .field' | grep -c '^investigation\|^children')" 10
}

@test "a child of 8 or over is asked before custody is agreed" {
	steps "consent $M party=李四" "assign $M mediator=沪0114-M000001" "accept $M" "agree $M agreement.facts=离婚 agreement.terms.-=女儿由张三抚养"
	run_rc 1 mediate check $M --only FM-01
	is "$(jq -r '[.level, .message, .basis[0].art] | join(" ")' <<<"$output")" 'review involves_minor missing 107'
	case-file set $M children.-.born_on=2014-06-30 2>/dev/null
	run_rc 1 mediate check $M --only FM-01
	is "$(jq -r .message <<<"$output")" 'children[0]: 8 or over on 2022-06-30, and not asked'
	case-file set $M children.0.asked_on=2022-06-30 2>/dev/null
	run_ok mediate check $M --only FM-01
}

@test "what is refused" {
	refused 2 whom investigate $M
	refused 2 which investigate
	refused 2 both investigate $M --report --follow-up
	refused 3 no-minor investigate $M investigator=$P
	refused 3 no-minor-said investigate $M investigator=$P involves_minor=false
	refused 6 nobody investigate $M investigator=沪0114-P000099 involves_minor=true
	refused 3 no-person investigate $M investigator=沪0114-M000001 involves_minor=true
	refused 3 other-role investigate $M investigator=沪0114-P000002 involves_minor=true
	refused 3 left investigate $M investigator=沪0114-P000003 involves_minor=true --on 2022-06-01
	refused 3 role-ended investigate $M investigator=$P involves_minor=true --on 2023-01-01
	refused 3 not-asked investigate $M --report investigation.living=x
	refused 3 before-end investigate $M --follow-up involves_minor=true
	steps "investigate $M investigator=$P involves_minor=true"
	refused 3 report-early investigate $M --report --on 2022-06-29 investigation.living=x
	refused 2 report-empty investigate $M --report
	refused 3 scope investigate $M investigator=$P investigation.scope.-=hobbies
	steps "investigate $M --report doc=调查报告"
	refused 3 again investigate $M investigator=$P
	steps "consent $M party=李四" "assign $M mediator=沪0114-M000001" "accept $M"
	refused 3 session-role session $M investigator=沪0114-P000002
	refused 6 session-nobody session $M investigator=沪0114-P000099
	steps "fail $M by_reason=deadlock failure.reason=分歧"
	refused 3 after-end investigate $M investigator=$P
	refused 3 follow-up-early investigate $M --follow-up --on 2022-06-29
	refused 3 follow-up-role investigate $M --follow-up investigator=沪0114-P000002
	steps "investigate $M --follow-up note=已回访"
	mediate open --party 申请人=甲 --party 被申请人=乙 >/dev/null 2>&1
	steps "refuse （2022）沪0114诉前调2号 party=乙"
	refused 3 follow-up-no-minor investigate （2022）沪0114诉前调2号 --follow-up
}
