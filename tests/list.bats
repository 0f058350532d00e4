# SPDX-License-Identifier: MIT
# case-file list: which cases?  And its filters, which export, due and check have too.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	if [ -d "$BATS_FILE_TMPDIR/d" ]; then
		export GAVEL_DOCKET=$BATS_FILE_TMPDIR/d
		return
	fi
	case-file init --court 沪0114 "$BATS_FILE_TMPDIR/d" 2>/dev/null
	export GAVEL_DOCKET=$BATS_FILE_TMPDIR/d
	case-file import 2>/dev/null <<-'ROWS'
	{"id":"民初2","state":"open","judge":"甲","tribunal":"一庭","cause":"民间借贷纠纷","filed_on":"2022-01-10","claim_fen":5000000,"parties":[{"name":"张三","role":"原告"},{"name":"a.b*c","role":"被告"}]}
	{"id":"民初10","state":"closed","judge":"乙,丙","tribunal":"一庭","cause":"买卖合同纠纷","filed_on":"2022-01-20","closed_on":"2022-03-01","closed_by":"judgment","claim_fen":100}
	{"id":"民初100","state":"suspended","judge":"丁","tribunal":"\"二\"庭\\","cause":"民间借贷纠纷","filed_on":"2022-02-01"}
	{"id":"（2021）沪0114民初7号","state":"closed","judge":"甲","filed_on":"2021-12-31","closed_on":"2022-02-01","events":[{"eid":"aaaaaaaaaaaaaaaa","event":"hear","on":"2022-01-05T09:30+08:00"}]}
	{"id":"执3","state":"open","filed_on":"2022-03-01","parties":[{"name":"张三丰","role":"申请执行人"}]}
	{"id":"执恢1","state":"open"}
	{"id":"（2022）最高法知民终3号","state":"open"}
	{"id":"（2014）嘉民一（民）初字第00091号","state":"open"}
	ROWS
}
ids() { case-file list -o ids "$@" | sed 's/[（）号]//g' | xargs; }
# refused CODE NAME ARGS...
refused() {
	local code=$1 name=$2
	shift 2
	run_rc "$code" case-file list "$@" || return 1
	golden "list/$name" "$stderr" || return 1
	is "$output" ''
}

@test "a filter that is wrong is named, not an empty answer" {
	refused 2 operand 民初2
	refused 2 year --year 22
	refused 2 state --state opne
	refused 2 state-empty --state open,
	refused 2 type-empty --type ''
	refused 2 party-empty --party ''
	refused 2 since --since 2022-02-30
	refused 2 date-field --since 2022-01-01 --date-field closed
	refused 2 date-field-text --since 2022-01-01 --date-field cause
	refused 2 date-field-many --since 2022-01-01 --until 2022-01-02 --date-field 'events[].on'
	refused 2 where --where 'cause='
	refused 2 where-word --where 'state=opne'
	refused 2 where-bracket --where 'state=open) or (state=closed'
	refused 2 where-two --where state=open --where 'judge'
	refused 2 where-pattern --where "judge ~ '('"
	refused 2 where-long --where "judge = '$(head -c 70000 /dev/zero | tr '\0' x)'"
	refused 2 jq --jq '.['
	refused 9 jq-file --jq @missing.jq
	refused 2 with --with age
	refused 2 format -o xml
	refused 2 prefix --stat open
	refused 6 at --at yesterday
	# A word that may be right all the same is only worth a warning.
	run_ok case-file list --type 民再审 --court 沪0199 --where 'judges = 甲'
	golden list/warnings "$stderr"
	is "$output" ''
}

@test "order is that of the numbers; old numbers come last" {
	is "$(ids)" '2021沪0114民初7 2022最高法知民终3 2022沪0114执3 2022沪0114执恢1 2022沪0114民初2 2022沪0114民初10 2022沪0114民初100 2014嘉民一民初字第00091'
}

@test "type, court and year of the number" {
	is "$(ids --type 民初 --year 2022)" '2022沪0114民初2 2022沪0114民初10 2022沪0114民初100'
	is "$(ids --type 执)" '2022沪0114执3 2022沪0114执恢1'
	is "$(ids --type 执恢)" '2022沪0114执恢1'
	is "$(ids --type 执恢,民初 --year 2021,2022 --court 沪0114 | wc -w)" 5
	is "$(ids --court 最高法)" 2022最高法知民终3
	is "$(ids --year 2014)" 2014嘉民一民初字第00091
	is "$(ids --year 2014 --court 沪0114)" ''
	is "$(ids --year 2019)" ''
}

@test "state, tribunal, judge, cause, party" {
	is "$(ids --state suspended,closed)" '2021沪0114民初7 2022沪0114民初10 2022沪0114民初100'
	is "$(ids --judge 甲,丁)" '2021沪0114民初7 2022沪0114民初2 2022沪0114民初100'
	is "$(ids --where 'judge = "乙,丙"')" 2022沪0114民初10
	is "$(ids --tribunal '"二"庭\')" 2022沪0114民初100
	is "$(ids --cause 民间借贷纠纷 --state open)" 2022沪0114民初2
	is "$(ids --party 张三)" '2022沪0114执3 2022沪0114民初2'
	is "$(ids --party 三丰)" 2022沪0114执3
	# A name is a name: nothing in it is a pattern.
	is "$(ids --party 'a.b*c')" 2022沪0114民初2
	is "$(ids --party 'a.')" 2022沪0114民初2
	for text in 'a..' '.*' '\E.*' '"' '\' '(' ') or (state = open' "' or 1=1"; do
		is "$text $(ids --party "$text")" "$text "
		is "$text $(ids --judge "$text")" "$text "
	done
}

@test "dates: both ends count, of whatever field" {
	is "$(ids --since 2022-01-20 --until 2022-03-01)" '2022沪0114执3 2022沪0114民初10 2022沪0114民初100'
	is "$(ids --until 2021-12-31)" 2021沪0114民初7
	is "$(ids --since 2022-02-01 --date-field closed_on)" '2021沪0114民初7 2022沪0114民初10'
	is "$(ids --since 2022-02-02 --until 2022-12-31 --date-field closed_on)" 2022沪0114民初10
	is "$(ids --until 2022-01-05 --date-field 'events[].on')" 2021沪0114民初7
	is "$(ids --until 2022-01-04 --date-field 'events[].on')" ''
	is "$(ids --since 2022-06-01 --until 2022-01-01)" ''
}

@test "--where, several of them, derived fields, --jq, and all of it at once" {
	is "$(ids --where 'claim_fen >= 100 and claim_fen < 5000000')" 2022沪0114民初10
	is "$(ids --where 'state = open or state = suspended' --where 'exists cause')" '2022沪0114民初2 2022沪0114民初100'
	is "$(ids --where 'days > 30')" '2021沪0114民初7 2022沪0114民初10'
	is "$(ids --where 'plaintiffs = 张三')" 2022沪0114民初2
	is "$(ids --jq '.claim_fen > 1000')" 2022沪0114民初2
	is "$(ids --jq '[.parties[]?] | length > 1' --state open --type 民初 --where 'claim_fen > 1' --party 张 --since 2022-01-01)" 2022沪0114民初2
	is "$(ids --jq 'empty')" ''
	printf '# 有当事人的\n.parties // [] | length > 0\n' >filter.jq
	is "$(ids --jq @filter.jq)" '2022沪0114执3 2022沪0114民初2'
	# A filter that fails on a record: that record is named, the others are listed.
	run_rc 8 case-file list -o ids --jq 'if .judge == "甲" then error("no") else true end'
	golden list/jq-error "$stderr"
	is "$(wc -l <<<"$output")" 6
	# Whatever stands behind --jq sees the text of the docket, in order.
	is "$(case-file list --jq true)" "$(case-file list)"
	is "$(case-file list --jq '.state == "open"' -o csv)" "$(case-file list --state open -o csv)"
}

@test "formats, derived fields, an older state; nothing found is nothing" {
	for o in table csv tsv json ndjson; do golden "list/format-$o" "$(case-file list --judge 甲,丁 -o "$o")"; done
	golden list/derived "$(case-file list --with court,type,serial,days,plaintiffs --fields id,court,type,serial,days,plaintiffs -o csv)"
	is "$(case-file list --state archived -o ndjson)" ''
	is "$(case-file list --state archived -o table)" ''
	is "$(case-file list --state archived -o json)" '[]'
	is "$(case-file list --state archived -o csv)" 'id,state,cause,tribunal,judge,filed_on,closed_on,claim_fen'
	is "$(ids --at main~1)" ''
	is "$(case-file list -o ids -0 --type 执 | tr '\0' '|')" '（2022）沪0114执3号|（2022）沪0114执恢1号|'
	is "$(case-file list -o ids | case-file get | jq -r .id)" "$(case-file list -o ids)"
	has "$(case-file list --list-fields -o csv)" 'claim_fen,fen,'
}

@test "a large docket in front of a reader who has seen enough" {
	case-file init --court 沪0114 many 2>/dev/null
	seq 20000 | sed 's/.*/{"id":"民初&","notes":"一二三四五六七八九十"}/' | case-file import -C many 2>/dev/null
	for more in '' '-o csv' '-o table' '-o json' '-o ids' '--jq true' '--where days!=1'; do
		# shellcheck disable=SC2086
		run bash -c "set -o pipefail; case-file list -C many $more | head -n 1"
		is "$more $status ${#lines[@]}" "$more 0 1"
	done
	is "$(case-file list -C many -o ids --jq '.id | test("999号$")' | wc -l)" 20
	is "$(case-file list -C many -o ids | tail -n 1)" '（2022）沪0114民初20000号'
}
