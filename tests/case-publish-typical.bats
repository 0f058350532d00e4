#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# case-publish candidate, propose: cases worth telling, why, and what becomes of them.
load helper
load publish

five_cases() {
	{
		a_case 民初1 买卖合同纠纷
		a_case 民初2 离婚纠纷
		a_case 民初3 网络服务合同纠纷 'panel: ["钱正", "孙明", "李华"], tribunal: "知识产权审判庭"'
		a_case 民初4 数据权属纠纷
		a_case 民初5 买卖合同纠纷 'effective_on: "2025-08-01"'
		a_case 刑初6 盗窃罪 'parties: [{role: "被告人", name: "张三", type: "person"}]'
	} | case-file import 2>/dev/null
	case-file list | case-publish decide profile=2024 >/dev/null 2>&1
	quiet decide 2025刑初6 offence_age=30
}

@test "candidate: features of what may be told, and what is left out" {
	five_cases
	case-publish candidate >out 2>err
	is "$(jq -r '[.kind, .case, .title, .cause, .tribunal // "-", .case_type, .decided_on, (.features | join(",")), .count] | join(" ")' out)" \
		'typical-case （2025）沪0114刑初6号 张某盗窃罪案 盗窃罪 - 刑事 2025-02-01 new-cause 1
typical-case （2025）沪0114民初1号 欧阳某诉李某买卖合同纠纷案 买卖合同纠纷 - 民事 2025-02-01 new-cause 1
typical-case （2025）沪0114民初3号 欧阳某诉李某网络服务合同纠纷案 网络服务合同纠纷 知识产权审判庭 民事 2025-02-01 new-cause,D3?,panel 3
typical-case （2025）沪0114民初4号 欧阳某诉李某数据权属纠纷案 数据权属纠纷 - 民事 2025-02-01 new-cause 1'
	is "$(cat err)" 'case-publish candidate: left out: 1 without effect yet, 1 not to be published'
	# the classes are those of the lists of causes in force on the day
	is "$(case-publish candidate --as-of 2026-03-01 2025民初4 2>/dev/null | jq -c .features)" '["new-cause","D2"]'
	is "$(case-publish candidate --least 2 -o tsv --fields case,count 2>/dev/null)" "case	count
（2025）沪0114民初3号	3"
	# of operands, cases as well as publications; with what the court asks for itself
	is "$(case-publish candidate 2025民初1 沪0114-B000004 --feature '钱正=judge=钱正' --feature 'long=closed_on>2025-12-31' 2>/dev/null | jq -c '[.case, .features]')" \
		'["（2025）沪0114民初1号",["new-cause","钱正"]]
["（2025）沪0114民初3号",["new-cause","D3?","panel","钱正"]]'
	is "$(case-publish candidate --where 'cause=盗窃罪' -o ndjson 2>/dev/null | wc -l)" 1
	is "$(jq -r '.title' out | grep -c '欧阳文\|李丽\|张三')" 0
}

@test "propose: candidates get numbers in one commit, and are passed over from then on" {
	five_cases
	case-publish candidate 2>/dev/null | case-publish propose --by 王编辑 -o ids >ids 2>/dev/null
	is "$(cat ids)" 'typical-case:沪0114-T000001
typical-case:沪0114-T000002
typical-case:沪0114-T000003
typical-case:沪0114-T000004'
	is "$(case-file get typical-case:沪0114-T000003 | jq -r '[.state, .case, .candidate_reason, .proposed_on, .proposed_by, .features] | join(" ")')" \
		'candidate （2025）沪0114民初3号 new-cause, D3?, panel 2025-06-01 王编辑 '
	is "$(case-publish candidate 2>/dev/null | wc -l)" 0
	# the same cause again is no new one; the dropped one counts for its case alone
	a_case 民初7 买卖合同纠纷 | case-file import 2>/dev/null
	case-publish decide 2025民初7 profile=2024 >/dev/null 2>&1
	is "$(case-publish candidate 2>/dev/null | wc -l)" 0
	case-file event typical-case:沪0114-T000002 drop 2>/dev/null
	is "$(case-publish candidate 2>/dev/null | jq -r '.case')" '（2025）沪0114民初7号'
}

@test "candidate, propose: what cannot be" {
	five_cases
	try candidate --feature x
	try candidate --feature =judge=钱正
	try candidate --feature a=
	try candidate --feature 'a=judge ='
	try candidate --feature a=judge=x --feature a=judge=y
	try candidate --feature new-cause=judge=x
	try candidate --feature 'D3?=judge=x'
	try candidate --feature a=nosuch=x
	try candidate --least x
	try candidate --profile 2020
	try candidate 2025民初99
	try propose case=2025民初1
	try propose title=甲 case=2025民初99
	try propose title=甲
	try propose title=甲 case=2025民初1 state=released
	case-publish propose title=甲 case=2025民初1 >/dev/null 2>&1
	try propose title=乙 case=2025民初1
	golden case-publish/typical "$(tried)"
	run_rc 3 case-publish propose <<<'{"case": "2025民初3", "title": "甲", "features": "panel"}'
	is "${stderr%%$'\n'*}" 'case-publish propose: line 1: features: is no list of names'
	# one bad row keeps no other from its number
	run_rc 8 case-publish propose <<<'{"case":"2025民初1","title":"丙"}
{"case":"2025民初3","title":"丁"}' 2>/dev/null
	is "$(case-file list --kind typical-case -o ids | wc -l)" 2
}

# ---- from candidate to released ----

# a_typical: 沪0114-T000001 of 民初1, edited and reviewed, with words in it that may be seen
a_typical() {
	with_text 民初1 买卖合同纠纷
	case-publish decide 2025民初1 profile=2024 >/dev/null 2>&1
	quiet release ${B}1 --to public
	case-publish candidate 2>/dev/null | case-publish propose --by 王编辑 >/dev/null 2>&1
	case-file set "$T" editor=王编辑 edited_on=2025-05-01 "gist=出卖人应当按照约定交付标的物。" "facts=欧阳某向李某购买货物，李某未交付。" "result=判决李某交付货物。" \
		"documents=[\"document:${W}1\"]" notes=内部 2>/dev/null
	case-file event "$T" edit --on 2025-05-01 2>/dev/null
	case-file set "$T" reviewer=孙审核 reviewed_on=2025-05-10 2>/dev/null
	case-file event "$T" review --on 2025-05-10 2>/dev/null
	case-file set "$T" approver=周院长 2>/dev/null
}
T=typical-case:沪0114-T000001

@test "a typical case: released, with what the public may see and nothing else, and withdrawn" {
	a_typical
	quiet release "$T" --to public
	is "$(case-file get -C public "$T" | jq -c 'del(.events[].eid)')" \
		'{"case":"（2025）沪0114民初1号","case_type":"民事","cause":"买卖合同纠纷","court":"沪0114","decided_on":"2025-02-01","documents":["document:沪0114-W000001"],"events":[{"event":"release","on":"2025-06-01"}],"facts":"欧阳某向李某购买货物，李某未交付。","gist":"出卖人应当按照约定交付标的物。","id":"沪0114-T000001","kind":"typical-case","published_on":"2025-06-01","result":"判决李某交付货物。","state":"released","title":"欧阳某诉李某买卖合同纠纷案"}'
	is "$(case-file get "$T" | jq -r '[.state, .published_on, (.events | map(.event) | join(","))] | join(" ")')" 'released 2025-06-01 edit,review,release'
	is "$(git -C public log --format=%s -1)" 'case-publish release: 沪0114-T000001 (1 record)'
	git -C public log -p --all | grep -q '王编辑\|孙审核\|周院长\|内部\|new-cause' && return 1
	# again, and nothing is written
	before=$(tip) public=$(tip public)
	quiet release "$T" --to public
	is "$(tip)$(tip public)" "$before$public"
	# a run that ended between the two commits is mended by the next
	git -C d update-ref refs/heads/main "$(git -C d rev-parse main~1)"
	quiet release "$T" --to public
	is "$(case-file get "$T" | jq -r .state)" released
	is "$(tip public)" "$public"
	# it is on the site, and is not once it is withdrawn
	case-publish site -C public --to www >/dev/null 2>&1
	grep -rq 欧阳某诉李某买卖合同纠纷案 www
	quiet withdraw "$T" --to public -m 表述有误
	is "$(case-file get -C public "$T" | jq -c 'del(.events[].eid)')" \
		'{"court":"沪0114","events":[{"event":"release","on":"2025-06-01"},{"event":"withdraw","on":"2025-06-01"}],"id":"沪0114-T000001","kind":"typical-case","published_on":"2025-06-01","state":"withdrawn","title":"已撤回的典型案例","withdrawn_on":"2025-06-01","withdrawn_reason":"表述有误"}'
	is "$(case-file get "$T" | jq -r '[.state, .withdrawn_reason] | join(" ")')" 'withdrawn 表述有误'
	case-publish site -C public --to www >/dev/null 2>&1
	is "$(grep -rl 欧阳某诉李某买卖合同纠纷案 www)" ''
	# revised, it goes out again
	case-file event "$T" revise 2>/dev/null
	case-file event "$T" review 2>/dev/null
	quiet release "$T" --to public
	is "$(case-file get -C public "$T" | jq -r '[.state, .title, .withdrawn_on] | join(" ")')" 'released 欧阳某诉李某买卖合同纠纷案 '
}

@test "a typical case: what keeps it from the public" {
	a_typical
	try release "$T"
	case-file set "$T" approver=王编辑 2>/dev/null
	try release "$T" --to public
	case-file set "$T" approver=周院长 reviewer=王编辑 2>/dev/null
	try release "$T" --to public
	case-file set "$T" reviewer= 2>/dev/null
	try release "$T" --to public
	case-file set "$T" reviewer=孙审核 "facts=欧阳文向李某购买货物。" 2>/dev/null
	try release "$T" --to public
	case-file set "$T" "facts=欧阳某向李某购买货物，联系电话13900001234。" 2>/dev/null
	try release "$T" --to public
	case-file set "$T" "facts=欧阳某" 'keywords=["货物", "李丽"]' 2>/dev/null
	try release "$T" --to public
	case-file set "$T" keywords= 'laws=[{"doc": "民法典", "art": "577 李丽"}]' 2>/dev/null
	try release "$T" --to public
	case-file set "$T" laws= "documents=[\"document:${W}9\"]" 2>/dev/null
	try release "$T" --to public
	try withdraw "$T" --to public -m 有误
	case-file set "$T" documents= 2>/dev/null
	GIT_AUTHOR_NAME=李丽 try release "$T" --to public
	# what a link hides, a word that stands for a party, somebody whom the case does not know
	case-file set "$T" 'laws=[{"doc": "民法典", "url": "https://example.org/?q=%E6%9D%8E%E4%B8%BD"}]' 2>/dev/null
	try release "$T" --to public
	case-file set "$T" 'laws=[{"doc": "民法典", "url": "javascript:alert(1)"}]' 2>/dev/null
	try release "$T" --to public
	case-file set "$T" laws= "reasons=证人王小明称货物未交付。" 2>/dev/null
	try release "$T" --to public
	case-file set "$T" reasons= facts= gist= result= 2>/dev/null
	try release "$T" --to public
	case-file set "$T" facts=欧阳某 'approver=王 编辑' 2>/dev/null
	try release "$T" --to public
	case-file set "$T" approver=周院长 2>/dev/null
	case-file set 2025民初1 effective_on=2025-08-01 2>/dev/null
	try release "$T" --to public
	case-file set 2025民初1 effective_on= 2>/dev/null
	try release "$T" --to public
	case-file set 2025民初1 effective_on=2025-02-20 2>/dev/null
	# its judgment is kept from the public
	case-file set 2025民初1 cause=离婚纠纷 2>/dev/null
	try release "$T" --to public
	is "$(told --only CASE-07 | cut -f 1,3)" 'CASE-07	a document of its case is kept from the public: divorce'
	case-file set 2025民初1 cause=买卖合同纠纷 2>/dev/null
	case-file event "$T" return 2>/dev/null
	try release "$T" --to public
	golden case-publish/typical-release "$(tried)"
	is "$(case-file list -C public --kind typical-case | wc -l)" 0
}

@test "a typical case: what scan finds in its words is mended, named or waived" {
	a_typical
	case-file set "$T" "facts=欧阳某的证人王小明、陈大文称货物未交付。" 2>/dev/null
	run_rc 1 case-publish scan "$T" -o tsv --fields ref.kind,ref.id,facts.what,facts.text
	is "$output" "$(printf 'ref.kind\tref.id\tfacts.what\tfacts.text\ntypical-case\t沪0114-T000001\tunknown-name\t王小明\ntypical-case\t沪0114-T000001\tunknown-name\t陈大文')"
	is "$(case-file get "$T" | case-publish scan -o tsv --fields facts.text 2>/dev/null | tail -n +2)" "$(printf '王小明\n陈大文')"
	run_rc 3 case-publish release "$T" --to public
	case-publish waive "$T" --residue 陈大文 -m 化名 --by 孙审核 2>/dev/null
	case-publish name "$T" 王小明 --as 证人 keep=true 2>/dev/null
	run_ok case-publish scan "$T"
	run_ok case-publish release "$T" --to public
	is "$(case-file get -C public "$T" | jq -c '[.facts, .people, .waivers]')" '["欧阳某的证人王小明、陈大文称货物未交付。",null,null]'
	git -C public log -p | grep -q '化名\|孙审核' && return 1
	run_rc 3 case-publish redact "$T"
}

# ---- reports ----

a_report() {
	jq -cn '{kind: "report", id: "沪0114-G000001", state: "draft", title: "2024年审判工作报告", period_from: "2024-01-01", period_to: "2024-12-31", scope: "全院民事案件", notes: "内部",
		figures: [{label: "收案", value: 5, unit: "件", command: "case-file list | pipe-stat count"}]} + ('"{${1-}}"')' | case-file import 2>/dev/null
}
G=report:沪0114-G000001

@test "a report: released, and withdrawn" {
	a_report
	quiet release $G --to public
	is "$(case-file get -C public $G | jq -c 'del(.events[].eid)')" \
		'{"events":[{"event":"release","on":"2025-06-01"}],"figures":[{"command":"case-file list | pipe-stat count","label":"收案","unit":"件","value":5}],"id":"沪0114-G000001","kind":"report","period_from":"2024-01-01","period_to":"2024-12-31","published_on":"2025-06-01","scope":"全院民事案件","state":"released","title":"2024年审判工作报告"}'
	is "$(case-file get $G | jq -r '[.state, .published_on] | join(" ")')" 'released 2025-06-01'
	is "$(case-publish check --to public --only PUB-13 2>/dev/null)" ''
	quiet withdraw $G --to public -m 数据有误
	is "$(case-file get -C public $G | jq -c 'del(.events)')" \
		'{"id":"沪0114-G000001","kind":"report","published_on":"2025-06-01","state":"withdrawn","title":"已撤回的报告","withdrawn_on":"2025-06-01","withdrawn_reason":"数据有误"}'
	# mended, it goes out again
	case-file event $G revise 2>/dev/null
	quiet release $G --to public
	is "$(case-file get -C public $G | jq -r '[.state, .title] | join(" ")')" 'released 2024年审判工作报告'
}

@test "a report: what keeps it from the public" {
	a_report 'figures: [{label: "收案", value: 5}]'
	try release $G --to public
	case-file set $G 'figures=[{"label": "收案", "value": "5", "command": "x"}]' 'text=来电13800001234。' 2>/dev/null
	try release $G --to public
	case-file set $G 'text=身份证310114198503120016。' 2>/dev/null
	try release $G --to public
	case-file event $G withdraw 2>/dev/null || :
	golden case-publish/report-release "$(tried)"
	is "$(case-file list -C public --kind report | wc -l)" 0
	run_rc 3 case-file set $G period_to=2023-12-31
	is "$stderr" 'case-file set: 沪0114-G000001: period_to: is before period_from, 2024-01-01'
	run_rc 3 case-file set $G 'figures=[{"label": "收案", "value": [1]}]'
	is "$stderr" 'case-file set: 沪0114-G000001: figures[0].value: is neither a whole number nor text'
}

# told [OPTION...]: rule, id and message of what check finds about typical cases
told() { case-publish check --skip PUB-0*,PUB-1* -o tsv --fields rule,ref.id,message "$@" | tail -n +2; }

@test "check: rules of typical cases, and both sides of them" {
	a_typical
	is "$(told)" ''
	is "$(told "$T")" ''
	case-file get "$T" | jq -c '.library_no = "2024-07-1-044-008" | .title = "欧阳某与李某"' | told - >out || :
	is "$(cat out)" 'CASE-05	沪0114-T000001	subtitle missing
CASE-05	沪0114-T000001	keywords missing
CASE-05	沪0114-T000001	reasons missing
CASE-05	沪0114-T000001	laws missing
CASE-08	沪0114-T000001	the title does not end in 案
CASE-09	沪0114-T000001	library_no says type 1, and of 民事 it is 2'
	jq -cn '{kind: "typical-case", id: "沪0114-T000002", state: "candidate", title: "别案", case: "（2025）京0101民初2号"}' | case-file import 2>/dev/null
	is "$(told)" 'CASE-07	沪0114-T000002	nothing shows that the judgment has effect: case missing'
	# what is there, and what is here
	both() { case-publish check --to public --only PUB-13 -o tsv --fields ref.kind,ref.id,message "$@" | tail -n +2; }
	quiet release "$T" --to public
	is "$(both)" ''
	case-file set "$T" gist=别的 2>/dev/null
	is "$(both "$T")" 'typical-case	沪0114-T000001	gist is another one in the public docket'
	case-file get -C public "$T" | jq -c '.id = "沪0114-T000009" | del(.events)' | case-file import -C public 2>/dev/null
	is "$(both)" 'typical-case	沪0114-T000001	gist is another one in the public docket
typical-case	沪0114-T000009	released in the public docket, and no record here says so'
	quiet release "$T" --to public
	is "$(both "$T")" ''
	quiet withdraw "$T" --to public -m 有误
	is "$(both "$T")" ''
	# nothing is computed of it
	run_rc 8 case-publish check "$T" --show-work
	is "$stderr" 'case-publish check: typical-case:沪0114-T000001: is a typical-case, not a publication'
}
