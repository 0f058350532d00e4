#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# credit-repair status: a debtor is a person or a unit, however its number is written and however many records it has.
load helper
load credit

# entry ID CASE DEBTOR STATE RESTRICTION [MEMBERS]
entry() {
	printf '{"kind":"credit","id":"沪0114-C00000%s","case":"（2025）沪0114执%s号","debtor":"debtor:沪0114-D0000%s","state":"%s","restriction":"%s","published_on":"2025-03-10"%s}\n' "$1" "$2" "$3" "$4" "$5" "${6-}"
}
people() {
	cat <<-'ROWS'
	{"kind":"debtor","id":"沪0114-D000011","type":"person","name":"李四","id_no":"310114198001012234"}
	{"kind":"debtor","id":"沪0114-D000012","type":"person","name":"李四","id_no":"310114800101223"}
	{"kind":"debtor","id":"沪0114-D000013","type":"person","name":"李四","id_no":"３１０１１４１９８００１０１２２３４"}
	{"kind":"debtor","id":"沪0114-D000014","type":"person","name":"李四","id_no":"310114 19800101 2234"}
	{"kind":"debtor","id":"沪0114-D000015","type":"person","name":"李四","id_no":"310114198001012249"}
	{"kind":"debtor","id":"沪0114-D000016","type":"person","name":"Smith","id_no":"e1234567"}
	{"kind":"debtor","id":"沪0114-D000017","type":"person","name":"Smith","id_no":"Ｅ１２３４５６７"}
	{"kind":"debtor","id":"沪0114-D000018","type":"unit","name":"乙公司","credit_code":"91110000600037341L"}
	{"kind":"debtor","id":"沪0114-D000019","type":"unit","name":"乙公司","credit_code":"９１１１００００６０００３７３４１Ｌ"}
	ROWS
}
rows() { jq -c '[.debtor, .debtors, .listed, .restricted, .entries, .listed_by, .restricted_by] | map(if type == "string" then ltrimstr("debtor:沪0114-D0000") elif type == "array" then map(ltrimstr("debtor:沪0114-D0000") | ltrimstr("沪0114-C00000")) else . end)' <<<"$output"; }

@test "one person is one row over all its records: 15 digits, full width, spaces" {
	{
		people
		entry 1 1 11 removed ordered
		entry 2 2 12 removed none
		entry 3 3 13 listed ordered
		entry 4 4 15 listed ordered
		entry 5 5 17 listed ordered
		entry 6 6 18 removed none
		entry 7 7 19 listed none
	} | case-file import 2>/dev/null
	run_ok credit-repair status
	is "$(rows)" '["11",["11","12","13","14"],true,true,3,["3"],["1","3"]]
["15",null,true,true,1,["4"],["4"]]
["16",["16","17"],true,true,1,["5"],["5"]]
["18",["18","19"],true,false,2,["7"],null]'
	# whichever is asked for, and both together
	for id in 11 12 13 14; do
		is "$(credit-repair status "沪0114-D0000$id" | jq -c '[.debtor, .listed, .listed_by]')" '["debtor:沪0114-D000011",true,["沪0114-C000003"]]'
	done
	is "$(credit-repair status 沪0114-D000014 沪0114-D000011 沪0114-D000016 | jq -r .debtor)" 'debtor:沪0114-D000011
debtor:沪0114-D000016'
}

@test "a number that is sealed joins nobody without the key, and is there with it" {
	export GAVEL_KEYS=$PWD/keys
	git clone -q d clone 2>/dev/null
	jq -S '.policy.sealed_fields=[{"from":"2022-06-01","value":["debtor:id_no"]}]' clone/gavel.json >new
	mv new clone/gavel.json
	git -C clone -c core.hooksPath=/dev/null commit -qam policy
	git -C clone push -q origin HEAD:main 2>/dev/null
	{
		people | head -2
		entry 1 1 11 removed none
		entry 3 3 12 listed ordered
	} | case-file import 2>/dev/null
	is "$(credit-repair status | jq -c .listed_by)" '["沪0114-C000003"]'
	is "$(GAVEL_KEYS=$PWD/nobody credit-repair status 2>/dev/null | jq -c '[.debtor, .listed]')" '["debtor:沪0114-D000011",false]
["debtor:沪0114-D000012",true]'
}

@test "a debtor is recorded once, however its number is written" {
	people | sed -n '2p;7p;9p' | case-file import 2>/dev/null
	for args in id_no=310114198001012234 'id_no=３１０１１４８００１０１２２３' 'id_no=310114 198001 012234' id_no=E1234567 id_no=ｅ1234567; do
		run_rc 3 credit-repair debtor type=person name=李四 "$args"
		[[ $stderr == *"沪0114-D00001"[27]" is the same person or unit"* ]]
	done
	run_rc 3 credit-repair debtor type=unit name=乙公司 credit_code=91110000600037341L
	is "$stderr" 'credit-repair debtor: 沪0114-D000019 is the same person or unit'
	# and as one form
	is "$(credit-repair debtor type=person name=王五 'id_no=ｐ 7654321' 2>/dev/null | jq -r .id_no)" P7654321
	is "$(credit-repair debtor type=unit name=丙公司 'credit_code=９１３１０１９９ＭＡ１ＡＢＣＤ０３Ｇ' 2>/dev/null | jq -r .credit_code)" 91310199MA1ABCD03G
	# a wrong check digit is wrong in full width, too
	run_rc 3 credit-repair debtor type=person name=李四 id_no=３１０１１４１９８００１０１２２３１
	is "$stderr" 'credit-repair debtor: id_no: check digit is 1, should be 4'
}

@test "whom another court lists may be ours: told, and not asserted" {
	people | head -6 | case-file import 2>/dev/null
	row() { printf '{"kind":"credit-public","key":"苏0583-C00000%s","court":"苏0583","state":"listed","case":"（2025）苏0583执1号","published_on":"2025-03-10","published":{"name":"%s","id_no":"%s"}}\n' "$@"; }
	{
		row 1 李四 '310114********2234'
		row 2 李四 310114800101223
		row 3 李四 '３１０１１４********２２３４'
		row 4 李四 '310114*****1223'
		row 5 李五 '310114********2234'
		row 6 李四 '310114********2235'
	} | credit-repair import --feed - --court 苏0583 2>/dev/null
	is "$(credit-repair list | jq -c '[.published.id_no, .published.name]' | sort | uniq -c | tr -s ' ')" ' 1 ["310114********2234","李五"]
 3 ["310114********2234","李四"]
 1 ["310114********2235","李四"]
 1 ["310114*****1223","李四"]'
	entry 7 7 12 removed none | case-file import --existing skip 2>/dev/null
	entry 9 9 12 removed none | case-file import 2>/dev/null
	run_ok credit-repair status 沪0114-D000011
	is "$(jq -c '[.debtor, .listed, .entries, .listed_by, .perhaps_listed_by]' <<<"$output")" \
		'["debtor:沪0114-D000011",false,2,null,["沪0114-C000001","沪0114-C000002","沪0114-C000003","沪0114-C000004"]]'
	is "$(credit-repair status 沪0114-D000015)" ''
	# once somebody says whose it is, it counts
	case-file set credit:沪0114-C000003 debtor=debtor:沪0114-D000013 2>/dev/null
	is "$(credit-repair status 沪0114-D000011 | jq -c '[.listed, .entries, .listed_by, .perhaps_listed_by]')" \
		'[true,3,["沪0114-C000003"],["沪0114-C000001","沪0114-C000002","沪0114-C000004"]]'
	# ended there, it is no question any more
	printf '%s\n' '{"kind":"credit-public","key":"苏0583-C000001","state":"removed","on":"2025-05-01"}' | credit-repair import --feed - --court 苏0583 2>/dev/null
	is "$(credit-repair status 沪0114-D000011 | jq -c .perhaps_listed_by)" '["沪0114-C000002","沪0114-C000004"]'
}

@test "who holds an office in a unit that owes in the same case is asked about" {
	credit-repair debtor type=person name=法人甲 born_on=1980-01-01 'offices=[{"unit":"甲公司","role":"P1"}]' >/dev/null 2>&1
	notified 3 2
	notified 3 5
	notified 4 5
	decided 沪0114-C000002 G1
	decided 沪0114-C000003 G1
	is "$(credit-repair check --only CR-06 2>/dev/null | jq -r '[.ref.id, .level, .message] | join(" ")')" \
		"沪0114-C000002 review the debtor holds an office in a unit that owes in the same case: is it the unit's debt (role)?"
}
