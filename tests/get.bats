# SPDX-License-Identifier: MIT
# case-file get: a record by its id, however that was typed.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	cat >rows <<-'ROWS'
	{"cause":"民间借贷纠纷","claim_fen":5000000,"filed_on":"2022-01-10","id":"（2022）沪0114民初12号","judge":"甲","kind":"case","parties":[{"id_no":"310114199001011234","name":"张三","phone":"15400001234","role":"原告"},{"name":"乙公司","role":"被告"}],"state":"open"}
	{"id":"（2022）沪0114执1号","kind":"case","state":"open"}
	{"id":"（2014）嘉民一（民）初字第00091号","kind":"case","state":"open"}
	{"id":"（2022）最高法知民终3号","kind":"case","state":"open"}
	ROWS
	case-file import rows 2>/dev/null
}
# missed CODE NAME ARGS...
missed() {
	local code=$1 name=$2
	shift 2
	run_rc "$code" case-file get "$@" || return 1
	golden "get/$name" "${stderr/begins on 20[0-9-]*/begins on DAY}" || return 1
	is "$output" ''
}

@test "what is not there, or is no id" {
	missed 6 unknown 民初9999
	missed 6 unknown-year '（2021）沪0114民初12号'
	missed 6 unknown-court '（2022）沪0115民初12号'
	missed 3 empty ''
	missed 3 no-serial 民初
	missed 3 no-type '（2022）沪0114号12'
	missed 3 near-miss '嘉公消火认字〔2022〕第12号'
	missed 3 masked '（2022）沪0114民初×××号'
	missed 3 two-numbers '（2022）沪0114民初12、13号'
	missed 6 mediation '（2022）沪0114诉前调12号'
	missed 3 kind verdict:1
	missed 3 finding finding:DK-01
	missed 3 path cases/2022/沪0114/民初/0000/12.json
	missed 6 revision --at nowhere 民初12
	missed 6 before-all --at 2001-01-01 民初12
	missed 2 derived --with age 民初12
	missed 2 nul -0 民初12
	missed 2 fields -o ids --fields id 民初12
}

@test "every spelling of a number is the same record" {
	n=0
	while read -r form; do
		run_ok case-file get "$form" -o ids
		is "$form $output" "$form （2022）沪0114民初12号"
		n=$((n + 1))
	done <<-'FORMS'
	（2022）沪0114民初12号
	(2022)沪0114民初12号
	〔2022〕沪0114民初12号
	[2022]沪0114民初12號
	（２０２２）沪０１１４民初１２号
	( 2022 ) 沪 0114 民初 12 号
	2022沪0114民初12
	（2022）沪0114民初第12号
	（2022）沪0114民初0012号
	（2022）沪0114民初12号之一
	case:（2022）沪0114民初12号
	（2022）民初12号
	沪0114民初12号
	民初12号
	民初12
	FORMS
	is "$n" 15
	run_ok case-file get '(2014)嘉民一(民)初字第00091号' '(2022)最高法 知民终 3' -o ids
	is "$output" '（2014）嘉民一（民）初字第00091号
（2022）最高法知民终3号'
	# This year and the home court are those of the docket and the day.
	GAVEL_TODAY=2023-01-02 run_rc 6 case-file get 民初12
	has "$stderr" '（2023）沪0114民初12号: not in the docket'
}

@test "one, many, ids and records on standard input; one that is missing does not hide the others" {
	run_ok case-file get 民初12
	is "$output" "$(head -n 1 rows)"
	run_ok case-file get 民初12 执1 民初12 -o ids
	is "$(xargs <<<"$output")" '（2022）沪0114民初12号 （2022）沪0114执1号 （2022）沪0114民初12号'
	run_ok case-file get 执1 - 民初12 -o ids <<<'（2022）最高法知民终3号'
	is "$(wc -l <<<"$output")" 3
	run_ok case-file get </dev/null
	is "$output" ''
	run_ok case-file get -o json </dev/null
	is "$output" '[]'
	{
		printf '\xEF\xBB\xBF民初12\r\n\n  执1  \n'
		case-file list --court 最高法 -o ndjson
		printf '民初13\nx\xff\n{"id":"民初14"}\n{"id":\n{"id":"民初12","kind":"case"}\n%s\n' "$(printf '民%.0s' {1..999})"
	} >ids
	run_rc 8 case-file get -o ids <ids
	golden get/stream "$stderr"
	is "$(xargs <<<"$output")" '（2022）沪0114民初12号 （2022）沪0114执1号 （2022）最高法知民终3号 （2022）沪0114民初12号'
}

@test "every format; what is sensitive is masked where people read" {
	for o in table csv tsv; do
		golden "get/format-$o" "$(case-file get 民初12 执1 -o "$o")"
		golden "get/sensitive-$o" "$(case-file get 民初12 -o "$o" --fields id,parties.0.id_no,parties.0.phone)"
		has "$(case-file get 民初12 -o "$o" --fields parties.0.id_no --sensitive)" 310114199001011234
	done
	is "$(case-file get 民初12 执1 -o json | jq -c .)" "[$(head -n 2 rows | paste -sd,)]"
	is "$(case-file get 民初12 --fields parties.0.id_no -o ndjson)" '{"parties":[{"id_no":"310114199001011234"}]}'
	is "$(case-file get 民初12 执1 -o ids -0 | tr '\0' '|')" '（2022）沪0114民初12号|（2022）沪0114执1号|'
	run_ok case-file get 民初12 --fields id,days,group --with days,group
	is "$output" '{"group":"民事案件","id":"（2022）沪0114民初12号"}'
	# At a terminal: the text itself, as it is in the repository.
	script -qec 'case-file get 民初12' /dev/null | tr -d '\r' >seen
	git -C d show main:cases/2022/沪0114/民初/0000/12.json | cmp - seen
}

@test "--at: as it was then" {
	case-file set 民初12 judge=乙 2>/dev/null
	git -C d tag before main~1
	for rev in before main~1 "$(git -C d rev-parse main~1)" "$(git -C d rev-parse --short=8 main~1)" refs/tags/before; do
		is "$rev $(case-file get 民初12 --at "$rev" -o ndjson | jq -r .judge)" "$rev 甲"
	done
	is "$(case-file get 民初12 --at main -o ndjson | jq -r .judge)" 乙
	is "$(case-file get 民初12 --at 2099-01-01 -o ndjson | jq -r .judge)" 乙
	run_rc 6 case-file get 民初12 --at main~2
	is "$stderr" 'case-file get: （2022）沪0114民初12号: not in the docket'
}

# by_hand TEXT: a record that no command wrote
by_hand() {
	local blob
	blob=$(printf '%b' "$1" | git -C d hash-object -w --stdin)
	GIT_INDEX_FILE=$PWD/index git -C d read-tree main
	GIT_INDEX_FILE=$PWD/index git -C d update-index --add --cacheinfo "100644,$blob,cases/2022/沪0114/民初/0000/12.json"
	git -C d update-ref refs/heads/main "$(git -C d commit-tree -m 'by hand' -p main "$(GIT_INDEX_FILE=$PWD/index git -C d write-tree)")"
}

@test "what somebody wrote by hand goes out as JSON, or is named" {
	by_hand '{"kind":"case","id":"（2022）沪0114民初12号",\n"state":"open" }'
	is "$(case-file get 民初12 -o ndjson)" '{"id":"（2022）沪0114民初12号","kind":"case","state":"open"}'
	is "$(case-file list --type 民初)" '{"id":"（2022）沪0114民初12号","kind":"case","state":"open"}'
	by_hand '{"kind":"case","id":\n'
	run_rc 3 case-file get 民初12
	golden get/broken "$stderr"
	run_rc 8 case-file list
	golden get/broken-in-list "$stderr"
	is "$(wc -l <<<"$output")" 3
	by_hand '\xff\xfe'
	run_rc 3 case-file get 民初12 -o csv
	golden get/broken-utf8 "$stderr"
	# Nothing in it may drive a terminal.
	by_hand '{\n  "id": "（2022）沪0114民初12号",\n  "judge": "\xc2\x9b2J\xe2\x80\xae甲",\n  "kind": "case",\n  "state": "open"\n}\n'
	script -qec 'case-file get 民初12' /dev/null | tr -d '\r' >seen
	has "$(cat seen)" '"judge": "\u009b2J\u202e甲"'
	is "$(jq -c . seen)" "$(case-file get 民初12 -o ndjson)"
}
