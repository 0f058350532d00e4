# SPDX-License-Identifier: MIT
# case-file import: rows from elsewhere become records, or are refused one by one with line, field and reason.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	start=$(tip)
}
tip() { git -C d rev-parse main; }
tree() { git -C "${1-d}" rev-parse main:cases; }
# said: stderr with commit ids made equal
said() { sed -E 's/[0-9a-f]{10}$/COMMIT/' <<<"$stderr"; }
all() { case-file list -o ndjson; }

# refused CODE NAME ARGS...: stdin goes in; exit code, golden text, an untouched docket
refused() {
	local code=$1 name=$2
	shift 2
	run_rc "$code" case-file import "$@" || return 1
	golden "import/$name" "$stderr" || return 1
	is "$output" '' && is "$(tip)" "$start"
}

@test "each bad row is refused for its own reason, with line and field; the good ones go in" {
	cat >rows.ndjson <<-'ROWS'
	{"id":"（2022）沪0114民初1号","cause":"民间借贷纠纷"}
	{"id":"民初2","claim_fen":"5000"}
	{"id":"沪0114民初"}
	{"id":"〔2014〕嘉民初字第5号之一、之二"}
	not json
	[1]
	5
	{}
	{"id":""}
	{"id":7}
	{"id":"民初3","kind":"finding"}
	{"id":"民初3","kind":"verdict"}
	{"id":"民初3","kind":7}
	{"id":"民初3","closed_on":"2022-02-30"}
	{"id":"民初3","filed_on":"2022-05-01","closed_on":"2022-04-01"}
	{"id":"民初3","claim_fen":1.5}
	{"id":"民初3","claim_fen":-1}
	{"id":"民初3","claim_fen":9007199254740993}
	{"id":"民初3","claim_fen":1,"claim_fen":1}
	{"id":"民初3","state":"done"}
	{"id":"民初3","procedure":"quick"}
	{"id":"民初3","parties":{"name":"甲"}}
	{"id":"民初3","parties":[{"name":"甲"}]}
	{"id":"民初3","parties":[{"name":"","role":"原告"}]}
	{"id":"民初3","events":[{"event":"file","on":"2022-01-01"}]}
	{"id":"民初3","events":[{"eid":"aaaaaaaaaaaaaaaa","event":"dance","on":"2022-01-01"}]}
	{"id":"民初3","x":{"y":[0.1]}}
	{"id":"民初3","judge":"甲
	{"id":"民初4","claim_fen":null,"parties":[],"notes":"last"}
	ROWS
	run_rc 8 case-file import rows.ndjson
	golden import/rows "$(said)"
	is "$output" ''
	is "$(all)" '{"cause":"民间借贷纠纷","id":"（2022）沪0114民初1号","kind":"case","state":"open"}
{"id":"（2022）沪0114民初4号","kind":"case","notes":"last","parties":[],"state":"open"}'

	# The same to a file, as records; the rest of the batch is what it was.
	run_rc 8 case-file import --errors bad.ndjson rows.ndjson
	golden import/rows-to-file "$(said)"
	golden import/rows-errors "$(cat bad.ndjson)"
	is "$(jq -c '[.kind, (.line > 0), (.reason | length > 0)]' bad.ndjson | sort -u)" '["error",true,true]'
	is "$(jq -c keys bad.ndjson | sort -u)" '["field","input","kind","line","reason"]'
	is "$(stat -c %a bad.ndjson)" 600
	is "$(jq -r .line bad.ndjson | wc -l)" 27
	# What was refused is the row itself: mended, the file goes back in.
	is "$(jq -r 'select(.line == 2) | .input | fromjson | .claim_fen' bad.ndjson)" 5000
	run_rc 8 case-file import bad.ndjson
	has "$stderr" '27 rows: nothing to do, 0 unchanged, 0 skipped, 27 bad'
	sed -n 's/\\"5000\\"/5000/p' bad.ndjson >mended.ndjson
	run_ok case-file import --errors bad.ndjson mended.ndjson
	has "$stderr" '1 rows: 1 records written'
	is "$(case-file get 民初2 -o ndjson | jq .claim_fen)" 5000
	# One row and it is bad: its own exit code.
	run_rc 3 case-file import <<<'{"id":"民初5","state":"done"}'
}

@test "what ends the whole run leaves the docket as it was" {
	printf '[{"id":"民初1"},{"id":"民初2"}' >open.json
	printf 'id,cause\n民初1,"abc\n' >open.csv
	printf 'id,id\n民初1,民初2\n' >twice.csv
	printf 'id,\n民初1,x\n' >nameless.csv
	printf '%%PDF-1.4\n\x00\x01\x02\x03\xff\xfe' >paper.pdf
	printf 'id,cause\n民初1,民间借贷纠纷\n' | iconv -t GB18030 >gbk.csv
	for _ in 1 2 3 4 5; do echo '{"id":"民初1","cause":"民间借贷纠纷"}'; done | iconv -t GB18030 >gbk.ndjson
	mkdir folder
	refused 3 open-array open.json
	refused 3 open-quote open.csv
	refused 3 column-twice twice.csv
	refused 3 column-nameless nameless.csv
	refused 3 binary paper.pdf
	refused 3 gbk-csv gbk.csv
	refused 3 gbk-ndjson gbk.ndjson
	refused 9 no-file missing.csv
	refused 9 folder folder
	refused 2 encoding --encoding klingon open.csv
	refused 2 format --format xlsx open.csv
	refused 2 existing --existing perhaps open.csv
	refused 2 batch --batch 0 open.csv
	refused 2 filter --map '.[' open.csv
	refused 9 filter-file --map @missing.jq open.csv
	refused 9 errors-nowhere --errors no/where.ndjson - <<<'{"id":"x"}'
	# The good rows of a first file do not go in without the second.
	echo '{"id":"民初1"}' >good.ndjson
	refused 3 second-file good.ndjson open.json
}

@test "with --batch, what was committed before the end is said" {
	{ printf '['; printf '{"id":"民初%d"},' 1 2 3 4 5; printf '{"id":"民初6"}'; } >open.json
	run_rc 3 case-file import --batch 2 open.json
	golden import/broken-off "$(sed -E 's/[0-9a-f]{10};/COMMIT;/' <<<"$stderr")"
	is "$(git -C d rev-list --count main)" 4
	printf ']' >>open.json
	run_ok case-file import --batch 2 open.json
	has "$stderr" '6 rows: nothing to do, 6 unchanged'
	is "$(git -C d rev-list --count main)" 4
	is "$(all | wc -l)" 6
}

@test "the same rows in every form are the same docket" {
	cat >rows.ndjson <<-'ROWS'
	{"cause":"民间借贷纠纷","claim_fen":5000,"custody":false,"id":"（2022）沪0114民初1号","parties":[{"name":"张\"三","role":"原告"},{"name":"甲,乙公司","role":"被告"}],"source":{"system":"旧"}}
	{"cause":"买卖\n合同","id":"（2022）沪0114民初2号","parties":[{"name":"李四","role":"原告"}]}
	{"id":"（2022）沪0114民初3号","notes":"a;b\tc"}
	ROWS
	run_ok case-file import rows.ndjson
	want=$(tree)
	jq -s . rows.ndjson >array.json
	jq -c . rows.ndjson | tr -d '\n' >oneline.json
	jq . rows.ndjson >pretty.json
	sed 's/$/\r/' rows.ndjson >crlf.ndjson
	{ printf '\xEF\xBB\xBF'; cat rows.ndjson; } >bom.ndjson
	{ cat bom.ndjson; printf '\n\n\xEF\xBB\xBF\n'; } >bom-twice.ndjson
	iconv -t UTF-16 rows.ndjson >utf16.ndjson
	printf %s "$(cat rows.ndjson)" >no-newline.ndjson
	cat >rows.csv <<-'ROWS'
	id,cause,claim_fen,custody,parties.0.name,parties.0.role,parties.1.name,parties.1.role,source.system,notes
	民初1,民间借贷纠纷,5000,false,"张""三",原告,"甲,乙公司",被告,旧,
	(2022)沪0114民初2号,"买卖
	合同",,,李四,原告,,,,
	,,,,,,,,,
	〔2022〕沪0114民初第003号,,,,,,,,,a;b	c
	ROWS
	{ printf '\xEF\xBB\xBF"id"'; tail -c +3 rows.csv; } >bom.csv
	tr ',' ';' <rows.csv | sed 's/甲;乙/甲,乙/; s/a;b/"a;b/; s/c$/c"/' >semicolon.csv
	iconv -t GB18030 rows.csv >gbk.csv
	for f in array.json oneline.json pretty.json crlf.ndjson bom.ndjson bom-twice.ndjson utf16.ndjson no-newline.ndjson \
		rows.csv bom.csv semicolon.csv gbk.csv; do
		case-file init --court 沪0114 "$f.git" 2>/dev/null
		encoding=
		[ "$f" = gbk.csv ] && encoding=--encoding=GB18030
		# shellcheck disable=SC2086
		run_ok case-file import $encoding -C "$f.git" "$f"
		is "$f $(tree "$f.git")" "$f $want"
	done
	# CRLF ends rows; in a quoted cell it is text.
	case-file init --court 沪0114 crlf.git 2>/dev/null
	sed 's/$/\r/' rows.csv >crlf.csv
	run_ok case-file import -C crlf.git crlf.csv
	is "$(case-file get -C crlf.git 民初2 -o ndjson | jq .cause)" '"买卖\r\n合同"'
	is "$(case-file get -C crlf.git 民初3 -o ndjson | jq .notes)" '"a;b\tc"'
}

@test "cells of a table: typed by the schema, empty is absent, JSON where a list goes" {
	printf 'id\tparties\tclaim_fen\tcustody\tnew\n%s\n%s\n' \
		$'民初1\t[{"name":"甲","role":"原告"}]\t100\ttrue\t007' $'民初2\t\t\t\t' >rows.tsv
	run_ok case-file import rows.tsv
	is "$(all)" '{"claim_fen":100,"custody":true,"id":"（2022）沪0114民初1号","kind":"case","new":"007","parties":[{"name":"甲","role":"原告"}],"state":"open"}
{"id":"（2022）沪0114民初2号","kind":"case","state":"open"}'
	cat >bad.csv <<-'ROWS'
	id,claim_fen,custody,parties,parties.1.name,filed_on
	民初3,5e3
	民初3,5e3,,,,
	民初3,50.00,,,,
	民初3,"1,000",,,,
	民初3,,maybe,,,
	民初3,,,张三,,
	民初3,,,,李四,
	民初3,,,,,2022/1/4
	民初3,,,,,,x
	ROWS
	run_rc 8 case-file import bad.csv
	golden import/cells "$(said)"
	is "$(all | wc -l)" 2
}

@test "the same again changes nothing and says so; rows of one case are joined" {
	cat >rows.ndjson <<-'ROWS'
	{"id":"民初1","judge":"甲","events":[{"eid":"aaaaaaaaaaaaaaaa","event":"serve","on":"2022-03-01"}]}
	{"id":"(2022)沪0114民初1号","clerk":"乙","events":[{"eid":"bbbbbbbbbbbbbbbb","event":"hear","on":"2022-02-01"}]}
	{"id":"（2022）沪0114民初00001号","judge":"丙"}
	{"id":"民初2"}
	ROWS
	run_ok case-file import rows.ndjson
	golden import/joined "$(said)"
	want='{"clerk":"乙","events":[{"eid":"bbbbbbbbbbbbbbbb","event":"hear","on":"2022-02-01"},{"eid":"aaaaaaaaaaaaaaaa","event":"serve","on":"2022-03-01"}],"id":"（2022）沪0114民初1号","judge":"丙","kind":"case","state":"open"}'
	is "$(case-file get 民初1 -o ndjson)" "$want"
	before=$(tip)
	run_ok case-file import rows.ndjson
	has "$stderr" 'nothing to do'
	run_ok case-file import --batch 1 rows.ndjson
	is "$(tree)" "$(git -C d rev-parse "$before:cases")"
}

@test "a case that is there: merge, replace, skip or fail" {
	case-file import <<<'{"id":"民初1","judge":"甲","parties":[{"name":"张三","role":"原告"}],"state":"suspended","x":1}' 2>/dev/null
	echo '{"id":"民初1","judge":"乙","clerk":"丙"}' >row.ndjson
	start=$(tip)
	refused 3 existing-fail --existing fail row.ndjson
	run_ok case-file import --existing skip row.ndjson
	golden import/existing-skip "$stderr"
	is "$(tip)" "$start"
	run_ok case-file import row.ndjson
	is "$(all)" '{"clerk":"丙","id":"（2022）沪0114民初1号","judge":"乙","kind":"case","parties":[{"name":"张三","role":"原告"}],"state":"suspended","x":1}'
	run_ok case-file import --existing replace row.ndjson
	is "$(all)" '{"clerk":"丙","id":"（2022）沪0114民初1号","judge":"乙","kind":"case","state":"open"}'
	# Two rows about one new case, where that is to fail.
	printf '%s\n' '{"id":"民初7"}' '{"id":"民初7"}' >two.ndjson
	run_rc 8 case-file import --existing fail two.ndjson
	has "$stderr" 'line 2: （2022）沪0114民初7号: an earlier row has it already'
}

@test "--map: rows of any shape, by text or file, none, one or many records each" {
	echo '{n: ("民初" + (.nr | tostring))} | {id: .n, claim_fen: ($row.amount | yuan_to_fen)}' >bad.jq
	cat >map.jq <<-'JQ'
	# 一行一案
	. as $row | if .nr == 0 then empty else range(.nr) | {id: "民初\(. + $row.from)", claim_fen: ($row.amount | yuan_to_fen)} end
	JQ
	cat >rows.ndjson <<-'ROWS'
	{"nr":0}
	{"nr":1,"from":1,"amount":"12.50元"}
	{"nr":2,"from":2,"amount":0.1}
	{"nr":1,"from":4,"amount":"twelve"}
	{"nr":1,"from":0,"amount":"1"}
	ROWS
	refused 2 map-compile --map @bad.jq rows.ndjson
	run_rc 8 case-file import --map @map.jq --errors bad.ndjson rows.ndjson
	golden import/map-errors "$(cat bad.ndjson)"
	is "$(all | jq -c '[.id, .claim_fen]')" '["（2022）沪0114民初1号",1250]
["（2022）沪0114民初2号",10]
["（2022）沪0114民初3号",10]'
	sed -i 's/twelve/12/; s/"from\\":0/from\\":9/' bad.ndjson
	run_rc 8 case-file import --map @map.jq --errors bad.ndjson bad.ndjson
	has "$stderr" '2 rows: 1 records written'
	is "$(jq .line bad.ndjson)" 2
	run_rc 8 case-file import --map '.,5' <<<'{"id":"民初5"}'
	has "$stderr" 'line 1: a row must be an object, this is: integer'
	run_ok case-file import --map '{id: ("民初" + .Nr), claim_fen: (.Betrag | tonumber)}' <<<$'Nr,Betrag\n6,100'
	is "$(case-file get 民初6 -o ndjson | jq .claim_fen)" 100
	# Many at once: more rows than fit between two answers.
	seq 1000 5000 | jq -c '{n: .}' >many.ndjson
	run_ok case-file import --map '{id: "民初\(.n)"}' many.ndjson
	has "$stderr" '4001 rows: 4001 records written'
	run_ok case-file import --map '{id: "民初\(.n)"}' --batch 100 - <many.ndjson
	has "$stderr" '4001 rows: nothing to do, 4001 unchanged'
}

@test "--dry-run prints what would be done, and does nothing" {
	case-file import <<<'{"id":"民初1","judge":"甲"}' 2>/dev/null
	before=$(tip)
	printf '%s\n' '{"id":"民初1","judge":"乙"}' '{"id":"民初2"}' '{"id":"民初1"}' '{"id":"x"}' >rows.ndjson
	run_rc 8 case-file import --dry-run rows.ndjson
	is "$(jq -c '[.op, .kind, .path, .record.judge]' <<<"$output")" '["plan",null,null,null]
["put","case","cases/2022/沪0114/民初/0000/1.json","乙"]
["put","case","cases/2022/沪0114/民初/0000/2.json",null]'
	has "$stderr" 'line 4: x: id: '
	is "$(tip)" "$before"
	is "$(case-file import --dry-run --batch 1 rows.ndjson 2>/dev/null)" "$output"
	case-file apply <<<"$output" 2>/dev/null
	run_rc 8 case-file import rows.ndjson
	has "$stderr" 'nothing to do'
}

@test "several files are one commit, and a bad row says which file" {
	echo '{"id":"民初1"}' >one.ndjson
	printf 'id\n民初2\n沪\n' >two.csv
	run_rc 8 case-file import -m 收案 --errors bad.ndjson one.ndjson two.csv - <<<'{"id":"民初3","state":"done"}'
	golden import/files "$(said)"
	golden import/files-errors "$(cat bad.ndjson)"
	is "$(git -C d rev-list --count main)" 2
	is "$(git -C d log -1 --format='%s%n%(trailers:key=Gavel-Reason,valueonly)')" 'case-file import: 4 rows (2 records)
收案'
	git -C d fsck --strict --no-progress
}

@test "a table's refused rows, mended in the --errors file, go in as they are" {
	printf 'id,cause,filed_on,claim_fen,parties.0.role,parties.0.name\n民初1,离婚纠纷,2022-13-05,5,原告,张三\n民初2,离婚纠纷,2022-02-03,"1,000",原告,李四\n' >rows.csv
	run_rc 8 case-file import --errors bad.ndjson rows.csv
	sed -i 's/2022-13-05/2022-03-05/; s/\\"1,000\\"/1000/' bad.ndjson
	run_ok case-file import bad.ndjson
	is "$(case-file list | jq -c '[.id, .filed_on, .claim_fen, .parties[0].name]')" \
		$'["（2022）沪0114民初1号","2022-03-05",5,"张三"]\n["（2022）沪0114民初2号","2022-02-03",1000,"李四"]'
}
