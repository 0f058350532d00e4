# SPDX-License-Identifier: MIT
# The invented register, the generator behind it, the example maps and the tour.

load helper

setup() {
	common_setup
	demo=$ROOT/share/demo
	build=${BUILD:-build}
	case $build in /*) ;; *) build=$ROOT/$build ;; esac
	generate=$build/generate
	export GAVEL_SHARE=$ROOT/share
}

# tree_of REPOSITORY: the id of all its cases
tree_of() { git -C "$1" rev-parse main:cases; }

@test "the generator makes the demo register again, byte for byte" {
	"$generate" -n 420 -s 35 >again.ndjson
	cmp again.ndjson "$demo/register.ndjson"
	[ "$(wc -c <"$demo/register.ndjson")" -le 358400 ]
}

@test "every record of it is valid; the slips are those that were put in" {
	make_docket
	run_ok case-file import "$demo/register.ndjson"
	run_rc 1 case-file check --strict -o ndjson
	is "$(jq -r '[.level, .rule] | join(" ")' <<<"$output" | sort)" \
		$'review CA-03\nreview ID-02\nreview SL-14'
	run_ok case-file import "$demo/register.ndjson"
	has "$stderr" '420 unchanged'
}

@test "many more records: no violation, slips in one of a hundred at most" {
	"$generate" -n 20000 -s 7 >many.ndjson
	run_rc 1 case-file check --strict -o ndjson - <many.ndjson
	is "$(jq -r 'select(.level == "violation") | .message' <<<"$output")" ''
	[ "$(wc -l <<<"$output")" -le 200 ]
	is "$("$generate" -n 20000 -s 7 | cmp - many.ndjson)" ''
	run cmp -s many.ndjson <("$generate" -n 20000 -s 8)
	is "$status" 1
}

@test "ndjson, csv, tsv and fast-import are the same docket" {
	for f in ndjson csv tsv; do
		case-file init --court 沪0114 "$f.git" 2>&1
		"$generate" -n 3000 -f "$f" >"rows.$f"
		case-file import -C "$f.git" "rows.$f" 2>&1
	done
	git init -q --bare -b main fast.git
	"$generate" -n 3000 -f fast-import | git -C fast.git fast-import --quiet
	is "$(tree_of csv.git)" "$(tree_of ndjson.git)"
	is "$(tree_of tsv.git)" "$(tree_of ndjson.git)"
	is "$(tree_of fast.git)" "$(tree_of ndjson.git)"
	# A stream that was cut is refused.
	git init -q --bare -b main cut.git
	"$generate" -n 100 -f fast-import >stream
	run git -C cut.git fast-import --quiet < <(head -n -1 stream)
	[ "$status" -ne 0 ]
}

@test "serials have no holes, fees follow the bands, numbers are nobody's" {
	"$generate" -n 20000 >r.ndjson
	# Each year and type: the highest serial is the count.
	is "$(jq -r '.id | capture("（(?<y>.*)）沪0114(?<t>[^0-9]+)(?<n>[0-9]+)号") | "\(.y)\(.t) \(.n)"' r.ndjson |
		awk '{ n[$1]++; if ($2 > m[$1]) m[$1] = $2 } END { for (k in n) if (n[k] != m[k]) print k }')" ''
	# 国务院令第481号 art. 13 once more, written otherwise: yuan above 10000 in bands.
	is "$(jq -c '
		def band($from; $to; $rate): ([[., $to] | min - $from, 0] | max) * $rate;
		select(.claim_fen and .fee_fen and (.id | contains("民初")) and
			(.cause | test("居间|劳动|经济补偿|抚养费|赡养费") | not))
		| (.claim_fen / 100 | 50 + (band(10000; 100000; 25) + band(100000; 200000; 20) + band(200000; 500000; 15)
			+ band(500000; 1000000; 10) + band(1000000; 2000000; 9) + band(2000000; 5000000; 8)
			+ band(5000000; 10000000; 7) + band(10000000; 20000000; 6) + band(20000000; 1e15; 5)) / 1000) as $full
		| (.fee_fen / 100 - $full | fabs) as $whole | (.fee_fen / 100 - $full / 2 | fabs) as $half
		| select($whole > 0.02 and $half > 0.02) | [.id, .claim_fen, .fee_fen, $full]' r.ndjson)" ''
	is "$(jq -r '.parties[]? | .id_no // empty | select(test("^310199") | not)' r.ndjson)" ''
	is "$(jq -r '.parties[]? | .credit_code // empty | select(test("^(91|11)310199") | not)' r.ndjson)" ''
	is "$(jq -r '.parties[]? | .phone // empty | select(test("^154[0-9]{8}$") | not)' r.ndjson)" ''
	is "$(jq -r '.parties[]? | .credit_code // empty' r.ndjson | court-id --kind credit-code -o ndjson |
		jq -r 'select(.valid | not) | .input')" ''
	is "$(jq -r '.events[].eid' r.ndjson | sort | uniq -d)" ''
	# Courts act on working days.
	is "$(jq -r '.received_on, .events[].on | strings' r.ndjson | sort -u |
		while read -r d; do court-date "$d" --is-working >/dev/null || echo "$d"; done)" ''
	# What enforcement cases and their like follow is there, and earlier.
	is "$(jq -r 'select(.links) | .links[].id' r.ndjson | sort -u | comm -23 - <(jq -r .id r.ndjson | sort))" ''
}

@test "the generator refuses what it does not know" {
	for args in '-n' '-n x' '-n -1' '-s' '-f yaml' '--year 1990' '--color always'; do
		# shellcheck disable=SC2086
		run_rc 2 "$generate" $args
		has "$stderr" 'usage: generate'
	done
	run_rc 3 "$generate" --year 2099
	has "$stderr" 'no calendar for 2099'
	run_ok "$generate" -n 0
	is "$output" ''
	is "$("$generate" -n 300 --year 2022 | jq -r '.received_on // empty | .[0:4]' | sort -u)" 2022
}

@test "judgments.jq: what the site says, and nothing else" {
	make_docket
	cat >rows.ndjson <<-'ROWS'
	{"id":"a1","source":"a list","case_no":null,"case_no_in_text":"(2019)沪0114民初9001号","court":"上海市嘉定区人民法院","cause":"买卖合同纠纷","doc_kind":"判决书","judgment_date":"2019-05-06","publish_date":"2019-06-01","title":"买卖合同纠纷一审民事判决书","parties":["甲公司","乙某"," "],"text":"……原告：甲公司，住所地……。被告（反诉原告）乙某，男……","pii_spans":[]}
	{"id":"a2","source":"a list","case_no":"（2019）沪02民终9002号","court":"上海市第二中级人民法院","cause":null,"doc_kind":"裁定书","judgment_date":"2019-07-08","publish_date":"2019-08-01","title":"","parties":"","text":""}
	{"id":"a3","source":"a list","case_no":"","case_no_in_text":null,"court":"x","doc_kind":"判决书","judgment_date":"2019-07-08","publish_date":"2019-08-01","title":"t","parties":[],"text":""}
	{"id":"a4","source":"a list","case_no":"（2019）沪0114刑初9004号","court":"x","cause":"盗窃罪","doc_kind":"通知书","judgment_date":"2019-07-08","publish_date":"2019-06-01","title":"t","parties":["丙某"],"text":"丙某自述"}
	ROWS
	run_rc 8 case-file import --map "@$demo/judgments.jq" --errors bad.ndjson rows.ndjson
	is "$(jq -r .line bad.ndjson | xargs)" "3 4"
	has "$(head -n 1 bad.ndjson)" "row a3: neither case_no nor case_no_in_text"
	has "$(tail -n 1 bad.ndjson)" published_on
	is "$(case-file get '（2019）沪0114民初9001号' -o ndjson)" \
		'{"cause":"买卖合同纠纷","closed_by":"judgment","closed_on":"2019-05-06","court_name":"上海市嘉定区人民法院","decided_on":"2019-05-06","id":"（2019）沪0114民初9001号","kind":"case","parties":[{"name":"甲公司","role":"原告"},{"name":"乙某","role":"被告（反诉原告）"}],"published_on":"2019-06-01","source":{"id":"a1","number":"(2019)沪0114民初9001号","system":"a list"},"state":"closed","title":"买卖合同纠纷一审民事判决书"}'
	is "$(case-file get '（2019）沪02民终9002号' -o ndjson | jq -c '[.closed_by, .cause, .parties, .title]')" \
		'["ruling",null,[],null]'
	# Once more: nothing new.
	run_rc 8 case-file import --map "@$demo/judgments.jq" --errors bad.ndjson rows.ndjson
	has "$stderr" '2 unchanged'
}

@test "notices.jq: the rows of a case add up, in any order and any number of times" {
	cat >rows.ndjson <<-'ROWS'
	{"case_no":"( 2017）沪0114民初9001号","court":"上海市嘉定区人民法院","cause":null,"case_type":null,"registered":null,"trial":"2017-06-27","published":null,"roles":["原告","被告","上诉人(原审被告)"]}
	{"case_no":"（2017）沪0114民初9001号","court":null,"cause":"买卖合同纠纷","case_type":"1","registered":"2017-05-02","trial":null,"published":"2017-06-01","roles":[]}
	{"case_no":"（2017）沪0114民初9002号","court":"上海市嘉定区人民法院","cause":"追索劳动...","case_type":"9","registered":null,"trial":null,"published":null,"roles":["申请人"]}
	{"case_no":" ","court":null,"cause":null,"case_type":null,"registered":null,"trial":null,"published":null,"roles":[]}
	ROWS
	tac rows.ndjson >swor.ndjson
	for rows in rows swor; do
		case-file init --court 沪0114 "$rows.git" 2>&1
		run_rc 8 case-file import -C "$rows.git" --map "@$demo/notices.jq" --errors bad.ndjson "$rows.ndjson"
		has "$(jq -r .reason bad.ndjson)" 'case_no is missing'
		case-file list -C "$rows.git" -o ndjson | jq -c 'del(.source)' >"$rows.list"
	done
	cmp rows.list swor.list
	is "$(head -n 1 rows.list)" '{"cause":"买卖合同纠纷","court_name":"上海市嘉定区人民法院","events":[{"eid":"fileaaaacabhafac","event":"file","on":"2017-05-02"},{"eid":"noteaaaacabhagab","event":"note","note":"公告","on":"2017-06-01"},{"eid":"hearaaaacabhagch","event":"hear","on":"2017-06-27"}],"filed_on":"2017-05-02","id":"（2017）沪0114民初9001号","kind":"case","parties":[{"name":"（略）","role":"原告"},{"name":"（略）","role":"被告"},{"name":"（略）","role":"上诉人（原审被告）"}],"state":"open"}'
	is "$(jq -c '[.cause, .events]' rows.list | tail -n 1)" '[null,null]'
	before=$(git -C rows.git rev-parse main)
	run_rc 8 case-file import -C rows.git --map "@$demo/notices.jq" --errors bad.ndjson rows.ndjson
	is "$(tree_of rows.git)" "$(git -C rows.git rev-parse "$before:cases")"
}

@test "the tour runs, twice, on the register, on one's own rows, and touches no docket but its own" {
	export DEMO_DOCKET=$PWD/tour
	for _ in 1 2; do
		run_ok "$ROOT/make/demo.sh"
		has "$output" '$ case-file import share/demo/register.ndjson'
		has "$output" '民间借贷纠纷               46'
		has "$output" '2022-06            15  ██'
		has "$output" 'judgment             93  ██'
		has "$output" '（2022）沪0114民初49号  closed  顾晓禾'
		[ "$(wc -l <<<"$output")" -le 120 ]
	done
	git -C tour fsck --strict --no-progress

	head -n 40 "$demo/register.ndjson" >'my rows.ndjson'
	echo '{"id":"no number"}' >>'my rows.ndjson'
	DATA="$PWD/my rows.ndjson" run_ok "$ROOT/make/demo.sh"
	has "$output" '40 records written'
	has "$output" '1 rows were refused; the first because: '
	is "$(wc -l <tour.errors.ndjson)" 1

	DATA=$PWD/none run_rc 9 "$ROOT/make/demo.sh"
	rm tour/made-by-demo
	run_rc 4 "$ROOT/make/demo.sh"
	has "$stderr" 'not made by the demo'
	[ -f tour/HEAD ]
}
