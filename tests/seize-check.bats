#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# seize-check: bundles, cases of a docket, streams; what is refused.  Every rule has its rows in tests/unit.
load helper

CASE=（2025）沪0114执1号

setup() {
	common_setup
	export GAVEL_TODAY=2025-06-01
}

claim="\"claim\":{\"id\":\"c\",\"stage\":\"enforcement\",\"principal_fen\":100000000,\"costs_fen\":1380000}"
assets='"assets":[{"id":"deposit","type":"deposit","balance_fen":110000000},{"id":"flat","type":"immovable","indivisible":true,"price":{"fen":300000000}}]'
seizures='"seizures":[{"id":"1","asset":"deposit","measure":"freeze","sum_fen":102620000,"served_at":"2025-03-01","until":"2026-03-01"},{"id":"2","asset":"flat","measure":"seal","served_at":"2025-03-01","until":"2028-03-01"}]'

# Claims, assets and seizures of N cases, each as W-01 of the worked examples.
docket_of() {
	local n=$1
	make_docket
	jq -nc --argjson n "$n" 'range(1; $n + 1) | ("000000\(.)"[-6:]) as $k | ("（2025）沪0114执\(.)号") as $case | ("000000\(. * 2)"[-6:]) as $second |
		("000000\(. * 2 - 1)"[-6:]) as $first |
		{kind: "claim", id: "沪0114-L\($k)", case: $case, stage: "enforcement", principal_fen: 100000000, costs_fen: 1380000},
		{kind: "asset", id: "沪0114-A\($first)", type: "deposit", balance_fen: 110000000},
		{kind: "asset", id: "沪0114-A\($second)", type: "immovable", indivisible: true, price: {fen: 300000000}},
		{kind: "seizure", id: "沪0114-Z\($first)", case: $case, asset: "asset:沪0114-A\($first)", measure: "freeze", sum_fen: 102620000, state: "effective", served_at: "2025-03-01", until: "2026-03-01"},
		{kind: "seizure", id: "沪0114-Z\($second)", case: $case, asset: "asset:沪0114-A\($second)", measure: "seal", state: "effective", served_at: "2025-03-01", until: "2028-03-01"}' |
		case-file import 2>/dev/null
}

@test "a bundle needs no docket: what may be released, with its numbers and basis" {
	run_rc 1 seize-check --only 'SZ-1*' - <<<"{$claim,$assets,$seizures}"
	is "$(jq -r '[.rule, .level, .ref.id] | join(" ")' <<<"$output")" 'SZ-10 violation 2
SZ-11 violation 2'
	is "$(jq -c 'select(.rule == "SZ-10").facts' <<<"$output")" \
		'{"claim_fen":102620000,"keep":["deposit"],"least_fen":270620000,"least_percent":263,"nominal_fen":402620000,"nominal_percent":392,"release":["flat"]}'
	has "$output" 法释〔2004〕15号
}

@test "the order of the input changes nothing" {
	local i
	seize-check - <<<"{$claim,$assets,$seizures}" >want || true
	for i in 1 2 3 4 5; do
		jq -c --argjson i "$i" 'def turn: .[$i % length:] + .[:$i % length]; .assets |= (turn | reverse) | .seizures |= turn' <<<"{$claim,$assets,$seizures}" |
			seize-check - >got || true
		cmp want got
	done
}

@test "cases of a docket: all, one, from a list, from records; each once" {
	docket_of 12
	run_rc 1 seize-check --only SZ-10
	is "$(jq -r .case <<<"$output" | sort | uniq -c | awk '{ print $1 }' | sort | uniq -c)" '     12 1'
	run_rc 1 seize-check --only SZ-10 "$CASE" 2025执12
	is "$(jq -r .case <<<"$output")" "$CASE
（2025）沪0114执12号"
	run_rc 1 seize-check --only SZ-10 - <<<"$CASE"
	is "$(wc -l <<<"$output")" 1
	case-file list --kind seizure | head -n 3 >some
	run_rc 1 seize-check --only SZ-10 - <some
	is "$(jq -r .case <<<"$output")" "$CASE
（2025）沪0114执2号"
	run_rc 6 seize-check 2025执99
	has "$stderr" '（2025）沪0114执99号: no claim and no seizure'
}

@test "bundles of a docket are what is checked" {
	docket_of 3
	seize-check --bundles >bundles
	is "$(jq -c '[.case, (.assets | length), (.seizures | length), .claim.stage]' bundles)" '["（2025）沪0114执1号",2,2,"enforcement"]
["（2025）沪0114执2号",2,2,"enforcement"]
["（2025）沪0114执3号",2,2,"enforcement"]'
	seize-check >of_docket || true
	seize-check - <bundles >of_bundles || true
	cmp of_docket of_bundles
}

@test "a seizure of another case on the same asset is there, and counts nothing" {
	docket_of 1
	echo '{"kind":"seizure","id":"沪0114-Z000009","case":"（2025）沪0114执7号","asset":"asset:沪0114-A000002","measure":"waiting","state":"waiting"}' |
		case-file import 2>/dev/null
	is "$(seize-check --bundles "$CASE" | jq '.seizures | length')" 3
	is "$(seize-check --bundles 2025执7 | jq -c '[.seizures[].id]')" '["沪0114-Z000002","沪0114-Z000009"]'
	seize-check --only SZ-10 "$CASE" >with || true
	is "$(jq .facts.nominal_fen with)" 402620000
}

@test "the court's own percentages, from the day it set them" {
	docket_of 1
	jq '.policy.seizure_obvious_percent = [{"from": "2025-05-01", "value": 300, "source": "审委会纪要"}]' <(git -C d show main:gavel.json) >new.json
	git clone -q d clone && cp new.json clone/gavel.json && git -C clone commit -qam policy && git -C clone push -q 2>/dev/null
	run_rc 1 seize-check --only SZ-10
	is "$(jq -r .level <<<"$output")" review
	run_rc 1 seize-check --only SZ-10 --as-of 2025-04-30
	is "$(jq -r .level <<<"$output")" violation
}

@test "show-work: the sum line by line, also in Chinese" {
	run_ok seize-check --show-work - <<<"{$claim,$assets,$seizures}"
	has "$output" '1,026,200.00  sum'
	has "$output" '12,400.00  enforcement fee  [principal_fen+interest_fen] EX-20: of 1,000,000.00'
	run_ok env LC_ALL=zh_CN.UTF-8 seize-check --show-work - <<<"{$claim,$assets,$seizures}"
	has "$output" 执行申请费
}

# Every line names its rule, so that nobody has to ask where it is from.
@test "show-work: each step can be done again by hand" {
	jq -c . >bundles <<'END'
{"claim":{"case":"1","stage":"enforcement","principal_fen":100000033,"costs_fen":1380000,"recovered_fen":5000,
	"delay":{"unpaid_fen":100000000,"due_on":"2025-01-01","stay_days":10}},
"assets":[
	{"id":"block","type":"immovable","value_fen":1000,"units":10},
	{"id":"deposit","type":"deposit","balance_fen":110000000},
	{"id":"flat","type":"immovable","indivisible":true,"price":{"fen":300000000},"encumbrances":[
		{"holder":"甲银行","kind":"mortgage","fen":20000000,"on":"2020-01-01"},{"holder":"乙","kind":"mortgage","fen":100,"own":true},
		{"holder":"丙","kind":"mortgage","fen":100,"on":"2025-05-01"},{"holder":"丁","kind":"maximum-mortgage","fen":20000000,"fixed_fen":5000000}]},
	{"id":"shares","type":"listed-shares","close_fen":333},
	{"id":"stake","type":"equity","value_fen":1000000,"shares":1000},
	{"id":"van","type":"vehicle","value_fen":100,"share":{"num":1,"den":3}}],
"seizures":[
	{"id":"1","asset":"deposit","measure":"freeze","sum_fen":102620000,"served_at":"2025-03-01","events":[
		{"event":"transfer","on":"2025-03-03","fen":2000},{"event":"release-part","on":"2025-03-03","sum_fen":80000000}]},
	{"id":"2","asset":"flat","measure":"seal","served_at":"2025-03-01"},
	{"id":"3","asset":"shares","measure":"freeze","served_at":"2025-03-01","shares":777},
	{"id":"4","asset":"shares","measure":"freeze","served_at":"2025-03-02","shares":23},
	{"id":"5","asset":"stake","measure":"freeze","published_at":"2025-03-02","shares":50},
	{"id":"6","case":"2","asset":"block","measure":"seal","served_at":"2024-03-02","events":[{"event":"dispose-part","units":3,"on":"2024-05-01"}]},
	{"id":"7","case":"1","asset":"block","measure":"waiting","served_at":"2024-03-03","events":[{"event":"release-part","units":1,"on":"2025-05-01"}]}]}
{"claim":{"stage":"preservation","preservation_fen":100000000},
"assets":[
	{"id":"car","type":"vehicle"},
	{"id":"home","type":"immovable","price":{"fen":200000000},"dwelling":true},
	{"id":"medal","type":"movable","value_fen":100,"exempt":"honour"},
	{"id":"presale","type":"deposit","balance_fen":300000000,"account":"presale","quota_fen":120000000},
	{"id":"shop","type":"immovable","price":{"fen":100000000},"in_dispute":true},
	{"id":"spare","type":"vehicle"}],
"seizures":[
	{"id":"1","asset":"car","measure":"seize","served_at":"2025-03-01"},
	{"id":"2","asset":"home","measure":"seal","served_at":"2025-03-01"},
	{"id":"3","asset":"medal","measure":"seize","served_at":"2025-03-01"},
	{"id":"4","asset":"presale","measure":"freeze","sum_fen":300000000,"served_at":"2025-03-01"},
	{"id":"5","asset":"shop","measure":"seal","served_at":"2025-03-01"},
	{"id":"6","asset":"shop","measure":"seal","served_at":"2022-03-01","until":"2025-02-28"},
	{"id":"7","asset":"nothing","measure":"seal"}]}
END
	golden seize-check/work "$(seize-check --show-work - <bundles)"
	seize-check --show-work - <bundles | grep '^  ' >lines
	is "$(grep -Ev '(SZ|EX)-[0-9]+|  50.00 up to|  [+] ' lines)" ''
}

@test "what is refused: thing, field and value are named, the other lines go on" {
	local line
	while read -r line; do
		printf '$ %s\n' "$line"
		seize-check --only SZ-10 - <<<"$line" 2>&1 || echo "exit code $?"
	done >said <<'END'
[]
{}
7
{"siezures":[]}
{"assets":{}}
{"seizures":[1]}
{"assets":[{"type":"deposit"}]}
{"assets":[{"id":"a"},{"id":"a"}]}
{"claim":{"stage":"enforcement","principal_fen":-5}}
{"claim":{"stage":"enforcement","principal_fen":"5"}}
{"claim":{"stage":"enforcement","principal_fen":5,"delay":{"unpaid_fen":5,"due_on":"2025-02-30"}}}
{"claim":{"stage":"enforcement","principal_fen":5,"delay":{"unpaid_fen":5,"due_on":"2025-02-01","until":"2025-01-01"}}}
{"seizures":[{"id":"z","asset":"a","measure":"seal","served_at":"yesterday"}]}
{"seizures":[{"id":"z","asset":"a","measure":"seal","served_at":"2025-01-01","events":[{"event":"renew","on":"2025-01-40","until":"2026-01-01"}]}]}
{"assets":[{"id":"a","type":"movable","share":{"num":3,"den":2}}],"seizures":[{"id":"z","asset":"a","measure":"seal"}]}
{"assets":[{"id":"a","type":"movable","share":{"num":1,"den":0}}],"seizures":[{"id":"z","asset":"a","measure":"seal"}]}
{"assets":[{"id":"a","type":"movable","value_fen":1.5}]}
{"kind":"seizure","id":"z"}
{"claim":{"stage":"preservaton","preservation_fen":50000000}}
{"assets":[{"id":"a","type":"depost","balance_fen":1}]}
{"assets":[{"id":"a","type":"movable","indivisible":"true"}]}
{"seizures":[{"id":"z","asset":"a","measure":"wating"}]}
{"seizures":[{"asset":"a","measure":"seal","served_at":20250301}]}
{"seizures":[{"id":"z","asset":"a","measure":"seal","untill":"2026-01-01"}]}
{"seizures":[{"id":"z","asset":"a","measure":"seal","events":[{"event":"renewal","on":"2025-01-01","until":"2026-01-01"}]}]}
{"seizures":[{"id":"z","asset":"a","measure":"seal","events":[{"event":"renew","until":"2026-01-01"}]}]}
nonsense
END
	golden seize-check/refused "$(cat said)"
	printf '%s\n' '{"siezures":[]}' "{$claim,$assets,$seizures}" >two
	run_rc 8 seize-check --only SZ-10 - <two
	is "$(jq -r .rule <<<"$output")" SZ-10
	run_rc 2 seize-check --annotate - <two
	is "$(seize-check --help | grep -c annotate)" 0
	run_rc 2 seize-check --only SZ-98 - <two
}

@test "null is absent, members of one's own begin with x-, and need not be known" {
	run_rc 1 seize-check --only SZ-10 - <<<"{$claim,$assets,$seizures,\"x-file\":{\"no\":7}}"
	is "$(jq -r .rule <<<"$output")" SZ-10
	jq -c '.claim.debtor = null | .assets[0]["x-row"] = 3 | .seizures[1].released_at = null' <<<"{$claim,$assets,$seizures}" >own
	run_rc 1 seize-check --only SZ-10 - <own
	is "$(jq -r .rule <<<"$output")" SZ-10
}

@test "each finding tells its case: its record's, the claim's, the bundle's" {
	jq -c '.claim.case = "（2025）沪0114执1号" | .case = "（2025）沪0114执2号"' <<<"{$claim,$assets,$seizures}" >claims
	run_rc 1 seize-check - <claims
	is "$(jq -r .case <<<"$output" | sort -u)" （2025）沪0114执1号
	jq -c '.case = "（2025）沪0114执2号" | .seizures[0].case = .case' <<<"{$claim,$assets,$seizures}" >bundles
	run_rc 1 seize-check - <bundles
	is "$(jq -r .case <<<"$output" | sort -u)" （2025）沪0114执2号
	run_rc 1 seize-check - <<<"{$claim,$assets,$seizures}"
	is "$(jq -r .case <<<"$output" | sort -u)" null
}

@test "a case is the same in whatever form it is written" {
	jq -c '.claim.case = "(2025)沪0114执字第1号" | .seizures[].case = "（2025）沪0114执1号"' <<<"{$claim,$assets,$seizures}" >forms
	run_rc 1 seize-check --only SZ-10 - <forms
	is "$(jq -c '[.case, .facts.release]' <<<"$output")" '["（2025）沪0114执1号",["flat"]]'
	jq -c '.seizures[1].case = "（2025）沪0114执2号"' forms >others
	run_ok seize-check --only SZ-10 - <others
	is "$output" ''
}

@test "a case without a claim: its own seizures are judged, not those of others" {
	docket_of 1
	echo '{"kind":"seizure","id":"沪0114-Z000009","case":"（2025）沪0114执7号","asset":"asset:沪0114-A000002","measure":"waiting","state":"waiting"}' |
		case-file import 2>/dev/null
	run_rc 1 seize-check --only SZ-12,SZ-01
	is "$(jq -r '[.rule, .case, .ref.id] | join(" ")' <<<"$output" | sort -u)" 'SZ-01 （2025）沪0114执1号 沪0114-Z000001
SZ-01 （2025）沪0114执1号 沪0114-Z000002
SZ-01 （2025）沪0114执7号 沪0114-Z000009
SZ-12 （2025）沪0114执7号 沪0114-Z000009'
	seize-check >of_docket || true
	seize-check --bundles | seize-check - >of_bundles || true
	cmp of_docket of_bundles
}

@test "-o ids: what the findings are about" {
	docket_of 2
	run_rc 1 seize-check --only SZ-10 -o ids
	is "$output" 'seizure:沪0114-Z000002
seizure:沪0114-Z000004'
	is "$(seize-check --only SZ-10 -o ids | case-file get - | jq -r .measure | sort | uniq -c | xargs)" '2 seal'
}

@test "what a rule cannot read is refused with the record it stands in" {
	local line
	while read -r line; do
		printf '$ %s\n' "$line"
		seize-check --only SZ-01,SZ-03,SZ-16,SZ-17,SZ-24,SZ-51 - <<<"$line" 2>&1 || echo "exit code $?"
	done >said <<'END'
{"assets":[{"id":"a","type":"vehicle","confirmed_on":"soon"}],"seizures":[{"id":"z","asset":"a","measure":"seal","ruled_on":"2025-01-01","served_at":"2025-01-01","parties_told_on":"2025-01-01"}]}
{"assets":[{"id":"a","type":"vehicle"}],"seizures":[{"id":"z","asset":"a","measure":"seal","ruled_on":"2025-13-01","served_at":"2025-01-01","parties_told_on":"2025-01-01"}]}
{"assets":[{"id":"a","type":"immovable","title_in":"debtor","buyers":[{"name":"王五","contract_on":"2025-02-29"}]}],"seizures":[{"id":"z","asset":"a","measure":"seal","ruled_on":"2025-01-01","assistance_on":"2025-01-01","served_at":"2025-01-01","parties_told_on":"2025-01-01"}]}
{"assets":[{"id":"a","type":"equity","title_in":"debtor"}],"seizures":[{"id":"z","asset":"a","measure":"freeze","ruled_on":"2025-01-01","assistance_on":"2025-01-01","published_at":"2025-01-01","parties_told_on":"2025-01-01","ratio":{"num":3,"den":2},"asked_ratio":{"num":1,"den":2}}]}
{"claim":{"stage":"enforcement","principal_fen":9000000000000000},"assets":[{"id":"a","type":"listed-shares","title_in":"debtor","close_fen":100,"encumbrances":[{"holder":"银行","kind":"pledge","fen":9000000000000000}]}],"seizures":[{"id":"z","asset":"a","measure":"freeze","ruled_on":"2025-01-01","assistance_on":"2025-01-01","served_at":"2025-01-01","parties_told_on":"2025-01-01","shares":10}]}
END
	golden seize-check/unreadable "$(cat said)"
}
