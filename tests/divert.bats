# SPDX-License-Identifier: MIT
# mediate divert: which channel, tribunal and post, and for what none.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	mediator add --kind channel <<'JSON' >/dev/null 2>&1
{"name":"综合","mechanism":"people"}
{"name":"侵权","mechanism":"people","causes":["侵权责任纠纷"]}
{"name":"道交","mechanism":"traffic","causes":["机动车交通事故责任纠纷"],"areas":["江桥镇"],"max_fen":100000}
{"name":"商会","mechanism":"chamber"}
{"name":"旧","mechanism":"traffic","causes":["机动车交通事故责任纠纷"],"until":"2022-06-29","since":"2022-01-01"}
JSON
	mediator add --kind post name=江桥站 type=station 'areas=["江桥镇"]' tribunal=江桥人民法庭 >/dev/null 2>&1
}
# of FIELDS...: the suggestion for an application with these fields
of() {
	mediate open --party 申请人=张三 --party 被申请人=李四 "$@" 2>/dev/null | mediate divert -o ndjson |
		jq -r '[.may_not // .channel, .post, .tribunal] | map(. // "-") | join(" ")'
}

@test "the nearest cause, its place and its amount choose; a limit is no answer where the amount is not known" {
	is "$(of cause=机动车交通事故责任纠纷 place=江桥镇太平村 claim_fen=100000)" \
		'channel:沪0114-H000003 post:沪0114-S000001 江桥人民法庭'
	is "$(of cause=机动车交通事故责任纠纷 place=江桥镇 claim_fen=100001)" 'channel:沪0114-H000002 post:沪0114-S000001 江桥人民法庭'
	is "$(of cause=机动车交通事故责任纠纷 place=江桥镇)" 'channel:沪0114-H000002 post:沪0114-S000001 江桥人民法庭'
	is "$(of cause=机动车交通事故责任纠纷 place=安亭镇 claim_fen=1)" 'channel:沪0114-H000002 - -'
	is "$(of cause=民间借贷纠纷 tribunal=民庭)" 'channel:沪0114-H000001 - 民庭'
	is "$(of cause=民间借贷纠纷 'parties=[{"name":"某公司","role":"申请人","type":"unit"}]')" 'channel:沪0114-H000001 - -'
}

@test "the parties decide among equals" {
	row='{"kind":"mediation","id":"（2022）沪0114诉前调9号","state":"accepted","cause":"买卖合同纠纷","parties":[{"name":"某公司","role":"被申请人","type":"unit","address":"江桥镇1号"}]}'
	run_ok mediate divert -o ndjson <<<"$row"
	is "$(jq -r .channel <<<"$output")" channel:沪0114-H000004
	is "$(jq -r .post <<<"$output")" post:沪0114-S000001
	is "$(jq -r '.reasons[]' <<<"$output" | grep -c 1号)" 0
	run_ok mediate divert -o ndjson <<<"${row/\"type\":\"unit\",/}"
	is "$(jq -r .channel <<<"$output")" channel:沪0114-H000001
}

@test "what may not be mediated gets no channel, but the basis" {
	is "$(of cause=婚姻无效纠纷)" 'true - -'
	is "$(of cause=确认亲子关系纠纷)" 'true - -'
	is "$(of cause=解除收养关系纠纷)" 'channel:沪0114-H000001 - -'
	is "$(of cause=申请指定监护人)" 'true - -'
	is "$(of cause=申请支付令)" 'true - -'
	is "$(of dispute_type=administrative cause=行政处罚)" 'true - -'
	is "$(of dispute_type=administrative cause=房屋征收或者征用补偿)" 'channel:沪0114-H000001 - -'
	is "$(of dispute_type=administrative cause=行政处罚 discretion=true)" 'channel:沪0114-H000001 - -'
	mediate open --party 申请人=张三 --party 被申请人=李四 cause=民间借贷纠纷 >/dev/null 2>&1
	mediate refuse 诉前调9 party=李四 2>/dev/null
	run_ok mediate divert 诉前调9 -o ndjson
	is "$(jq -r '[.may_not, .basis[0].art] | join(" ")' <<<"$output")" 'true 125'
}

@test "cases come from list; only mediations keep a suggestion" {
	case-file import <<'JSON' >/dev/null 2>&1
{"kind":"case","id":"（2022）沪0114民初1号","state":"received","received_on":"2022-06-30","cause":"民间借贷纠纷"}
{"kind":"case","id":"（2022）沪0114行初1号","state":"received","received_on":"2022-06-30","cause":"行政处罚"}
JSON
	case-file list --state received >list
	run_ok mediate divert -o ndjson <list
	is "$(jq -r '"\(.id) \(.channel) \(.may_not)"' <<<"$output" | sort)" '（2022）沪0114民初1号 channel:沪0114-H000001 null
（2022）沪0114行初1号 null true'
	run_rc 3 mediate divert --apply （2022）沪0114民初1号
	golden divert/case "$stderr"
	run_rc 2 mediate divert -m x
	golden divert/no-apply "$stderr"
	run_rc 6 mediate divert 诉前调99
	golden divert/missing "$stderr"
}

@test "--apply records event and fields, once" {
	mediate open cause=民间借贷纠纷 place=江桥镇 --party 申请人=张三 --party 被申请人=李四 >/dev/null 2>&1
	run_ok mediate divert --apply 诉前调1 -m 分流
	is "$(case-file get （2022）沪0114诉前调1号 | jq -r '[.channel, .post, .tribunal, .events[-1].event, .events[-1].post] | join(" ")')" \
		'channel:沪0114-H000001 post:沪0114-S000001 江桥人民法庭 divert post:沪0114-S000001'
	is "$(git -C d log -1 --format=%s main)" 'mediate divert: （2022）沪0114诉前调1号 (1 record)'
	tip=$(git -C d rev-parse main)
	run_ok mediate divert --apply 诉前调1 # as a timer does every night
	is "$(git -C d rev-parse main)" "$tip"
	case-file set 诉前调1 tribunal=立案庭 >/dev/null 2>&1
	run_ok mediate divert --apply 诉前调1
	is "$(case-file get 诉前调1 | jq -r '[.tribunal, ([.events[] | select(.event == "divert")] | length)] | join(" ")')" '立案庭 2'
	mediate open cause=婚姻无效纠纷 --party 申请人=张三 --party 被申请人=李四 >/dev/null 2>&1
	tip=$(git -C d rev-parse main)
	run_ok mediate divert --apply 诉前调2
	is "$(git -C d rev-parse main)" "$tip"
}
