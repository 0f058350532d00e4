#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# case-publish: which documents are published, by when, who answers for it, and what the public docket gets.
load helper
load publish

# ---- decide ----

@test "decide: cases in, publications out, one commit; again, and nothing is written" {
	{
		a_case 民初1 买卖合同纠纷
		a_case 民初2 离婚纠纷
		a_case 民初3 变更抚养关系纠纷
		a_case 民初4 买卖合同纠纷 'closed_by: "mediation"'
		a_case 刑初5 盗窃罪
		a_case 民初6 法定继承纠纷
		a_case 行初7 行政补偿 'closed_by: "mediation"'
		a_case 民初8 买卖合同纠纷 'closed_by: "other"'
	} >cases
	case-file import cases 2>/dev/null
	case-file list | case-publish decide profile=2016 >out 2>err
	is "$(jq -r '[.case, .state, .doc_kind // "-", .rule, .ground // "-", .reason // "-", .due_on // "-"] | join(" ")' out)" \
		'（2025）沪0114刑初5号 proposed 判决书 PUB-02 - - 2025-03-03
（2025）沪0114民初1号 decided 判决书 PUB-01 - - 2025-03-03
（2025）沪0114民初2号 withheld 判决书 PUB-02 divorce 离婚诉讼 2025-03-03
（2025）沪0114民初3号 withheld 判决书 PUB-02 custody 涉及未成年子女抚养、监护 2025-03-03
（2025）沪0114民初4号 withheld 调解书 PUB-02 mediation 以调解方式结案 2025-03-03
（2025）沪0114民初6号 decided 判决书 PUB-01 - - 2025-03-03
（2025）沪0114民初8号 proposed - PUB-01 - - 2025-03-03
（2025）沪0114行初7号 decided 行政调解书 PUB-01 - - 2025-03-03'
	golden case-publish/decide "$(sed -E 's/commit [0-9a-f]{10}/commit COMMIT/' err)"
	is "$(git -C d log --format=%s -1)" 'case-publish decide: 8 publications (8 records)'
	before=$(tip)
	case-file list | case-publish decide >again 2>/dev/null
	is "$(tip)" "$before"
	cmp out again
	# ids do as well, and a case that is there twice is one
	case-file list -o ids | cat - <(case-file list -o ids) | case-publish decide -o ids 2>/dev/null | sort -u | wc -l | grep -qx 8
	is "$(tip)" "$before"
}

@test "decide: what has changed is decided anew, and the log says it" {
	a_case 民初1 买卖合同纠纷 | case-file import 2>/dev/null
	quiet decide 2025民初1 profile=2016
	is "$(field ${B}1 .state)" decided
	case-file set 2025民初1 cause=离婚纠纷 2>/dev/null
	quiet decide 2025民初1
	is "$(field ${B}1 '[.state, .ground, .reason, (.events | map(.event) | join(","))] | join(" ")')" 'withheld divorce 离婚诉讼 decide,withhold'
	# a state secret goes before everything
	quiet decide ${B}1 state_secret=true
	is "$(field ${B}1 .ground)" state-secret
	is "$(git -C d log --format=%s -1)" "case-publish decide: ${B}1 (1 record)"
	# the same twice is nothing
	before=$(tip)
	quiet decide ${B}1 state_secret=true
	is "$(tip)" "$before"
	quiet decide ${B}1 state_secret=false --dry-run
	is "$(tip)" "$before"
}

@test "decide: another document of the case is a publication of its own" {
	a_case 民初1 买卖合同纠纷 | case-file import 2>/dev/null
	quiet decide 2025民初1 profile=2016
	quiet decide 2025民初1 profile=2016 doc_kind=民事裁定书
	quiet decide 2025民初1
	is "$(case-publish list -o tsv --fields id,doc_kind)" "id	doc_kind
${B}1	判决书
${B}2	裁定书"
}

@test "decide: services tell the day of effect, an appeal waits for the second instance" {
	a_case 民初1 买卖合同纠纷 'effective_on: null' | case-file import 2>/dev/null
	quiet decide 2025民初1 profile=2016 'served=[{"party":"欧阳文","on":"2025-02-10"},{"party":"李丽","on":"2025-02-12"}]'
	is "$(field ${B}1 '[.effective_on, .due_on] | join(" ")')" '2025-02-28 2025-03-11'
	run_ok case-publish check ${B}1 --show-work
	golden case-publish/work "$output"
	a_case 民终9 买卖合同纠纷 'effective_on: "2025-03-03"' | case-file import 2>/dev/null
	case-file event 2025民初1 appeal --on 2025-02-20 2>/dev/null
	case-file link 2025民初1 appeal 2025民终9 2>/dev/null
	quiet decide 2025民初1
	quiet decide 2025民终9 profile=2016
	is "$(field ${B}1 '[.appealed, .second_instance.case, .effective_on, .due_on] | map(tostring) | join(" ")')" 'true （2025）沪0114民终9号 2025-03-03 2025-03-12'
	is "$(field ${B}2 '[.effective_on, .due_on] | join(" ")')" '2025-03-03 2025-03-12'
	# a year that nobody has declared is not guessed
	quiet decide 2025民初1 appealed=false 'served=[{"party":"欧阳文","on":"2031-02-10"},{"party":"李丽","on":"2031-02-10"}]'
	is "$(field ${B}1 '.effective_on, .due_on')" 'null
null'
	grep -q 'no calendar for the days that count' said
}

@test "decide: what is not typed, what a person may decide, and what not" {
	{ a_case 民初1 买卖合同纠纷; a_case 民初2 离婚纠纷; a_case 民初3 探望权纠纷; a_case 刑初4 盗窃罪; } | case-file import 2>/dev/null
	try decide 2025民初1
	try decide 2025民初1 profile=2020
	try decide 2025民初1 profile=2016 effective_on=2025-03-03
	try decide 2025民初1 profile=2016 due_on=2025-03-03
	try decide 2025民初1 profile=2016 labels=x
	try decide 2025民初1 profile=2016 state=released
	try decide 2025民初1 profile=2016 file=没有.txt
	try decide 2025民初1 profile=2016 decision=withhold
	try decide 2025民初1 profile=2016 decision=withhold --by 钱正 -m 不宜
	try decide 2025民初2 profile=2016 decision=publish --by 钱正 -m 公开
	try decide 2025民初3 profile=2016 decision=withhold --by 钱正 -m 不宜
	try decide 2025民初99 profile=2016
	try decide 2025民初3 profile=2016
	try decide 2025民初3 decision=publish --by 钱正 -m 子女已成年
	is "$(field ${B}1 '[.state, .decision, .decided_by, .events[-1].by] | join(" ")')" 'decided publish 钱正 钱正'
	# it stands as long as the rules leave it to a person
	try decide 2025民初3
	is "$(field ${B}1 .decision)" publish
	try decide 2025民初3 custody=true
	is "$(field ${B}1 '[.state, .ground, .decided_by // "-"] | join(" ")')" 'withheld custody -'
	# what is on no list is left to the court
	try decide 2025民初1 profile=2016 doc_kind=通知书 decision=withhold --by 钱正 -m 程序性通知
	is "$(field ${B}2 '[.state, .decision, .rule, .ground // "-"] | join(" ")')" 'withheld withhold PUB-01 -'
	golden case-publish/typed "$(tried)"
}

@test "decide: the profile is the court's policy, or is typed" {
	a_case 民初1 买卖合同纠纷 | case-file import 2>/dev/null
	git clone -q d c 2>/dev/null
	jq -S '.policy.anon_profile = [{from: "2024-01-01", value: "2024"}]' c/gavel.json >g && mv g c/gavel.json
	git -C c commit -qam policy && git -C c push -q origin HEAD:main
	quiet decide 2025民初1
	is "$(field ${B}1 .profile)" 2024
	quiet decide 2025民初1 profile=2016
	is "$(field ${B}1 .profile)" 2016
}

@test "unsuitable: three steps by three people" {
	a_case 民初1 买卖合同纠纷 | case-file import 2>/dev/null
	quiet decide 2025民初1 profile=2016 unsuitable=true
	is "$(field ${B}1 '[.state, .rule] | join(" ")')" 'proposed PUB-07'
	try opinion ${B}1 reason=涉及商业秘密
	try opinion ${B}1 --by 钱正
	try opinion ${B}1 --by 钱正 reason=涉及商业秘密 --on 2025-05-01
	try review ${B}1 --by 孙华 --on 2025-05-02
	try approve ${B}1 --by 孙华 --on 2025-05-03
	try decide ${B}1
	is "$(field ${B}1 .state)" proposed
	try approve ${B}1 --by 周院 --on 2025-05-03T15:00
	try decide ${B}1
	is "$(field ${B}1 '[.state, .ground, .reason] | join(" ")')" 'withheld unsuitable 人民法院认为不宜在互联网公布的其他情形'
	golden case-publish/steps "$(tried)"
}

# ---- what happens to it ----

@test "happen, name, waive: what is kept, and what is refused" {
	a_case 民初1 买卖合同纠纷 | case-file import 2>/dev/null
	quiet decide 2025民初1 profile=2016
	try happen ${B}1 release
	try happen ${B}1 notify-scope
	try happen ${B}1 notify-scope party=李丽 --on 2025-01-05
	try happen ${B}1 ask-access result=given applicant=王五 --on 2025-06-02
	try name ${B}1 周婷
	try name ${B}1 周婷 --as victim 'aliases=["小周"]'
	try name ${B}1 周婷 --as 证人 hide=true
	is "$(field ${B}1 '.people | tojson')" '[{"aliases":["小周"],"class":"victim","hide":true,"name":"周婷","role":"证人"}]'
	try waive ${B}1 --residue 张平
	try waive ${B}1 --residue 张平 -m 系主张平均之误认 --by 钱正
	is "$(field ${B}1 '.waivers[0] | [.text, .reason, .by, .on] | join(" ")')" '张平 系主张平均之误认 钱正 2025-06-01'
	try happen 2025民初1 note
	golden case-publish/acts "$(tried)"
}

@test "due, list: what must be out by when" {
	{ a_case 民初1 买卖合同纠纷; a_case 民初2 离婚纠纷; a_case 民初3 买卖合同纠纷 'effective_on: null'; } | case-file import 2>/dev/null
	case-file list | quiet decide profile=2016
	quiet happen ${B}1 correct --on 2025-05-28
	quiet decide ${B}1 state_secret=false
	is "$(case-publish due --as-of 2025-02-25 -o tsv --fields until,days_left,state,clock,rule,id)" "until	days_left	state	clock	rule	id
2025-03-03	6	running	publication	PUB-05	publication:${B}1
2025-03-03	6	running	stub	PUB-04	publication:${B}2"
	is "$(case-publish due --overdue --as-of 2025-06-01 -o tsv --fields until,clock,id)" "until	clock	id
2025-03-03	publication	publication:${B}1
2025-03-03	stub	publication:${B}2"
	is "$(case-file list -o ids | case-publish due - --clock correction -o tsv --fields until,id)" "until	id
2025-06-09	publication:${B}1"
	quiet decide ${B}2 state_secret=true
	is "$(case-publish due --clock stub -o ids)" ''
	is "$(case-publish list --state withheld -o ids)" "publication:${B}2"
}

@test "pipes: what was written before it in the same pipe is there" {
	a_case 民初1 买卖合同纠纷 >cases
	{ case-file import cases >/dev/null 2>&1 && echo 2025民初1; } | case-publish decide profile=2016 -o ids 2>/dev/null | case-publish check - --only PUB-05 -o tsv --fields ref.id,message >out || true
	is "$(cat out)" "ref.id	message
${B}1	effect of 2025-02-20: was due by 2025-03-03 (publication), and is not done"
}

@test "check: findings, of records on their way, too" {
	{ a_case 民初1 买卖合同纠纷; a_case 民初2 离婚纠纷; } | case-file import 2>/dev/null
	case-file list | quiet decide profile=2016
	run_rc 1 case-publish check -o tsv --fields rule,level,ref.id,message
	golden case-publish/check "$output"
	run_ok case-publish check --only PUB-01,PUB-02
	is "$output" ''
	case-publish list | jq -c '.decision = "publish"' >changed
	run_rc 1 case-publish check - --only PUB-02 -o tsv --fields ref.id,message <changed
	is "$output" "ref.id	message
${B}2	离婚诉讼: it must not be published, and the decision is publish"
	run_ok case-publish check --rules -o tsv --fields id,level
	golden case-publish/rules "$output"
}

@test "real judgments: published they were, but for crimes whose offender's age is in no record" {
	need_real
	jq -c 'select(.case_no) | {kind: "case", id: .case_no, state: "closed", cause, title, decided_on: .judgment_date, court_name: .court,
		closed_by: ({"判决书": "judgment", "调解书": "mediation"}[.doc_kind] // "ruling")} | del(..|nulls)' "$GAVEL_REAL_DATA/judgments-real.ndjson" | case-file import 2>/dev/null
	case-file list | case-publish decide profile=2016 2>err >out
	is "$(tail -1 err)" 'case-publish decide: 437 to publish, 3 not, 38 by decision'
	is "$(jq -r 'select(.decision == "withhold") | [.case, .ground] | join(" ")' out)" '（2013）中二法民一初字第172号 mediation
（2014）射民初字第8435号 divorce
（2015）固民初字第7713号 divorce'
	is "$(jq -r 'select(.decision == "review" and (.case | contains("刑") | not)) | .case' out)" ''
	case-publish list --where 'decision = "review"' | case-publish decide offence_age=30 2>err >/dev/null
	is "$(tail -1 err)" 'case-publish decide: 37 to publish, 0 not, 1 by decision'
}

# until_said TEXT: somebody else has got so far
until_said() { until grep -q "$1" err 2>/dev/null; do :; done; }

@test "decide: what somebody else decided meanwhile is not decided twice" {
	a_case 民初2 离婚纠纷 | case-file import 2>/dev/null
	mkfifo ids
	case-publish decide - profile=2016 <ids >out 2>err &
	exec 4>ids
	printf '%s\n' 2025民初2 2025民初99 >&4
	until_said 'line 2'
	quiet decide 2025民初2 profile=2016
	exec 4>&-
	wait $! && false || is $? 4
	has "$(cat err)" '（2025）沪0114民初2号 was decided on by somebody else meanwhile: run it again'
	is "$(case-publish list -o ids | wc -l)" 1
}
