# SPDX-License-Identifier: MIT
# mediator: the register, sanctions, and what is paid.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
}
steady() { sed 's/commit [0-9a-f]\{10\}/commit X/'; }
add() { mediator add "$@" 2>/dev/null; }
# A table of allowances; an argument is jq that changes it.
table() {
	git clone -q d w 2>/dev/null
	jq "$(cat <<'JQ'
.policy.mediator_pay = [{from:"2022-01-01", value:{name:"T", classes:{ordinary:{base_fen:10001, performed_fen:500},
	major:{base_fen:40000}}, shares:{oral:"1/2", failed:"0.3"}, several:"equal", cap_month_fen:60000,
	excluded_mechanisms:["judge"], excludes_public_servants:true}}]
JQ
)${1:+ | .policy.mediator_pay[0].value |= ($1)}" w/gavel.json | jq -S --indent 2 . >new
	mv new w/gavel.json
	git -C w -c user.name=x commit -qam 标准
	git -C d fetch -q ../w main:main 2>/dev/null || git -C d fetch -q "$PWD/w" +HEAD:refs/heads/main
	rm -rf w
}
# ended N MEMBERS: mediation N by M1, ended by an agreement in June
ended() {
	jq -cn --argjson more "$2" --arg id "（2022）沪0114诉前调$1号" '{kind:"mediation", id:$id, state:"agreed",
		received_on:"2022-06-01", ended_on:"2022-06-20", ended_by:"agreement", difficulty:"ordinary",
		mediators:[{mediator:"mediator:沪0114-M000001"}],
		events:[{eid:"aaaaaaaaaaaaaaaa", event:"receive", on:"2022-06-01"}]} + $more' |
		case-file import >/dev/null 2>import.err || cat import.err
}
lines() { mediator pay -o ndjson "$@" | jq -r '"\(.mediation[11:]) \(.mediator[-1:]) \(.line) \(.month) \(.fen)"'; }

@test "add gives numbers; kinds; what cannot be" {
	is "$(add name=王某 | jq -r '[.id, .state, .type, .listed_on, .events[0].event] | join(" ")')" \
		'沪0114-M000001 active person 2022-06-30 list'
	is "$(add --kind channel name=甲 mechanism=people | jq -r '.id + .since')" 沪0114-H0000012022-06-30
	is "$(add --kind post name=乙 type=station | jq -r .id)" 沪0114-S000001
	run_rc 2 mediator add --kind person name=x
	golden mediator/kind "$stderr"
	run_rc 3 mediator add capacity=2
	golden mediator/no-name "$stderr"
	run_rc 2 mediator add name=x id=沪0114-M000009
	golden mediator/own-id "$stderr"
}

@test "train, assess, sanction: entries, events, grounds" {
	add name=王某 >/dev/null
	run_ok mediator train 沪0114-M000001 hours=8 topic=岗前 before_entry=true
	run_ok mediator assess 沪0114-M000001 grade=优秀
	run_ok mediator sanction 沪0114-M000001 warn ground=gifts
	is "$(mediator show 沪0114-M000001 -o ndjson | jq -c '[.trainings[0].hours, .trainings[0].before_entry, .assessments[0].grade,
		[.events[].event], .running, .paid_fen]')" '[8,true,"优秀",["list","train","assess","warn"],0,0]'
	run_rc 2 mediator sanction 沪0114-M000001 warn
	golden mediator/no-ground "$stderr"
	run_rc 3 mediator sanction 沪0114-M000001 warn ground=x
	golden mediator/ground "$stderr"
	run_rc 2 mediator sanction 沪0114-M000001 fine ground=gifts
	golden mediator/sanction "$stderr"
	run_rc 2 mediator assess 沪0114-M000001
	golden mediator/no-grade "$stderr"
	run_rc 2 mediator train
	golden mediator/train-nobody "$stderr"
	run_rc 3 mediator assess 沪0114-M000001 grade=x colour=y
	golden mediator/assess-field "$stderr"
	run_ok mediator sanction 沪0114-M000001 remove ground=forcing
	run_rc 3 mediator sanction 沪0114-M000001 remove ground=forcing
	golden mediator/removed "$stderr"
	is "$(mediator list --public -o ids)" ''
}

@test "list: by field below it, language, free; --public has nothing private" {
	add name=甲 'fields=["合同纠纷"]' 'languages=["上海话"]' capacity=1 phone=1 certificate=沪特1 paid=false >/dev/null
	add name=乙 'fields=["民间借贷纠纷"]' >/dev/null
	is "$(mediator list --field 民间借贷纠纷 -o ndjson | jq -r .name | paste -sd,)" 甲,乙
	is "$(mediator list --field 合同纠纷 -o ndjson | jq -r .name)" 甲
	is "$(mediator list --language 上海话 -o ndjson | jq -r .name)" 甲
	run_ok mediator list --free -o ids
	is "$output" mediator:沪0114-M000001
	golden mediator/no-capacity "$stderr"
	is "$(mediator list --public -o ndjson | sed -n 1p)" \
		'{"certificate":"沪特1","fields":["合同纠纷"],"id":"沪0114-M000001","kind":"mediator","name":"甲","paid":false,"register_court":"沪0114","type":"person"}'
	jq -cn '{kind:"mediation", id:"（2022）沪0114诉前调2号", state:"mediating", received_on:"2022-06-01",
		mediators:[{mediator:"mediator:沪0114-M000001"}]}' | case-file import >/dev/null 2>&1
	is "$(mediator list --free -o ids 2>/dev/null)" ''
	is "$(mediator show 沪0114-M000001 -o ndjson | jq .running)" 1
	run_rc 2 mediator list 沪0114-M000001
	golden mediator/list-operand "$stderr"
}

@test "pay: without a table nothing; wrong tables" {
	add name=甲 >/dev/null
	run_rc 3 mediator pay
	golden mediator/no-table "$stderr"
	ended 1 '{}'
	table '.shares.oral = "3/2"'
	ended 2 '{"agreement":{"form":"oral"}}'
	run_rc 3 mediator pay 诉前调2
	golden mediator/share "$stderr"
	ended 3 '{"ended_on":"2021-12-31","received_on":"2021-12-01","events":[]}'
	run_rc 3 mediator pay 诉前调3
	golden mediator/no-table-then "$stderr"
	ended 4 '{"difficulty":"x"}'
	run_rc 3 mediator pay 诉前调4
	golden mediator/class "$stderr"
	run_rc 2 mediator pay --month 2022-13
	golden mediator/month "$stderr"
	run_rc 2 mediator pay --by 院长
	golden mediator/no-reason "$stderr"
	run_rc 2 mediator pay -m x
}

@test "pay: shares, several, exclusions, performance, each exactly" {
	add name=甲 >/dev/null
	add name=乙 public_servant=true >/dev/null
	table
	ended 1 '{}'
	ended 2 '{"agreement":{"form":"oral"}}'
	ended 3 '{"ended_by":"deadlock","state":"failed","undisputed":["事实"]}'
	ended 4 '{"ended_by":"deadlock","state":"failed"}'
	ended 5 '{"performed_on":"2022-07-02"}'
	ended 6 '{"mechanism":"judge"}'
	ended 7 '{"mediators":[{"mediator":"mediator:沪0114-M000001"},{"mediator":"mediator:沪0114-M000002"}]}'
	ended 8 '{"ended_by":"refused","state":"refused"}'
	is "$(lines)" '诉前调1号 1 allowance 2022-06 10001
诉前调2号 1 allowance 2022-06 5000
诉前调3号 1 allowance 2022-06 3000
诉前调5号 1 allowance 2022-06 10001
诉前调5号 1 reward 2022-07 500
诉前调7号 1 allowance 2022-06 5000'
	is "$(lines --month 2022-07)" '诉前调5号 1 reward 2022-07 500'
	is "$(mediate list --state failed | mediator pay - -o ndjson | jq -c '[.mediation, .fen]')" \
		'["（2022）沪0114诉前调3号",3000]'
	run_rc 3 mediator pay - <<<'{"kind":"mediation"}'
	has "$stderr" 'line 1: id: missing'
	golden mediator/work "$(mediator pay --show-work -o ndjson | jq -r '"\(.mediation) \(.mediator) \(.line): \(.work | join("; "))"')"
}

@test "pay: who never took it on gets nothing, and takes nothing of the others' share" {
	add name=甲 >/dev/null
	add name=乙 >/dev/null
	table
	ended 1 '{"mediators":[{"mediator":"mediator:沪0114-M000001","accepted_on":"2022-06-03"},{"mediator":"mediator:沪0114-M000002"}]}'
	is "$(lines)" '诉前调1号 1 allowance 2022-06 10001'
}

@test "pay: never twice, a month's limit, two clerks at once" {
	add name=甲 >/dev/null
	table
	ended 1 '{"difficulty":"major"}'
	ended 2 '{"difficulty":"major"}'
	run_ok mediator pay --by 院长 -m 批准 --dry-run
	is "$(mediator show 沪0114-M000001 -o ndjson | jq .paid_fen)" 0
	mediator pay 诉前调1 诉前调2 --by 院长 -m 批准 -o ndjson >one 2>/dev/null &
	mediator pay 诉前调1 诉前调2 --by 院长 -m 批准 -o ndjson >two 2>/dev/null &
	wait
	is "$(cat one two | jq .fen | paste -sd,)" 40000,20000
	is "$(mediator show 沪0114-M000001 -o ndjson | jq -c '[.paid_fen, (.payments | length), .payments[0].approved_by, .payments[0].table,
		.payments[1].month, ([.events[] | select(.event == "pay")] | length)]')" '[60000,2,"院长","T","2022-06",1]'
	is "$(lines)" ''
	has "$(mediator pay --show-work -o ndjson | jq -r .reason)" 'paid already'
}
