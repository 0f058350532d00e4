# SPDX-License-Identifier: MIT
# case-file export: cases for other programs, and back again without loss.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
}
tree() { git -C "$1" rev-parse main:cases; }
refused() {
	local code=$1 name=$2
	shift 2
	run_rc "$code" case-file export "$@" || return 1
	golden "export/$name" "$stderr" || return 1
	is "$output" ''
}
# Texts that break formats: separators, quotes, line ends, a formula, a mark, combining and rare characters.
awkward() {
	cat <<-'ROWS'
	{"cause":"a,\"b\";c\td","id":"（2022）沪0114民初1号","judge":"=1+1","notes":"一\n二\r\n三\r四\\n","state":"open","kind":"case"}
	{"id":"（2022）沪0114民初2号","judge":" 甲 ","notes":"\"","title":"\ufeff\u00a0\u3000","state":"open","kind":"case"}
	{"id":"（2022）沪0114民初3号","claim_fen":9007199254740991,"custody":false,"max_penalty_years":0,"notes":"𠮷\u0301\u200b\u202e\u0007","parties":[{"agents":[{"name":"丙","kind":"lawyer"}],"name":"甲\n乙","role":"原告","id_no":"310114199001011234"}],"state":"open","kind":"case"}
	{"id":"（2014）嘉民一（民）初字第00091号","links":[{"id":"（2022）沪0114民初1号","rel":"related"}],"other_causes":["a","b,c"],"panel":[],"source":{"system":"旧","more":{"x":[1,{"y":null}]}},"state":"open","kind":"case"}
	{"events":[{"eid":"aaaaaaaaaaaaaaaa","event":"serve","on":"2022-01-02T09:30+08:00"}],"id":"（2022）沪0114执1号","local_field":"own","local_list":[[1,2],[]],"state":"open","kind":"case"}
	ROWS
}

@test "what cannot be exported" {
	case-file import 2>/dev/null < <(awkward)
	mkdir folder
	refused 2 operand out.csv
	refused 2 format -o xlsx
	refused 2 state --state opne
	refused 9 to-nowhere --to no/where
	refused 9 to-folder --to folder
	# A file that is there is replaced by a whole one or stays.
	echo old >out
	refused 2 with --with age --to out
	is "$(cat out)" old
	run_rc 1 compgen -G '*.part'
	run_ok case-file export --to out
	is "$(cat out)" "$(case-file list)"
	is "$(stat -c %a out)" 600
	run_ok case-file export --to -
	is "$output" "$(cat out)"
}

@test "ndjson, json and csv come back as the same docket, byte for byte" {
	run_ok case-file import < <(awkward)
	want=$(tree d)
	fields=$(case-file list -o ndjson | jq -r 'keys[]' | sort -u | paste -sd,)
	run_ok case-file export --to out.ndjson
	run_ok case-file export --to out.json -o json
	run_ok case-file export --to out.csv -o csv --sensitive --fields "$fields"
	for f in ndjson json csv; do
		case-file init --court 沪0114 "$f.git" 2>/dev/null
		run_rc 0 case-file import -C "$f.git" "out.$f"
		case $f in
		# A table cannot tell what type a field has that the schema does not know.
		csv) diff <(case-file list -C csv.git | jq -c 'del(.local_list)') <(case-file list | jq -c 'del(.local_list)') ;;
		*) is "$f $(tree "$f.git")" "$f $want" ;;
		esac
		run_ok case-file import -C "$f.git" "out.$f"
		has "$stderr" 'nothing to do, 5 unchanged'
	done
	run_ok case-file export
	is "$output" "$(cat out.ndjson)"
	# And the register that ships with the program.
	run_ok case-file init --court 沪0114 demo.git
	run_ok case-file import -C demo.git "$ROOT/share/demo/register.ndjson"
	fields=$(case-file list -C demo.git -o ndjson | jq -r 'keys[]' | sort -u | paste -sd,)
	for f in ndjson json csv; do
		case-file init --court 沪0114 "demo-$f.git" 2>/dev/null
		case-file export -C demo.git -o "$f" --sensitive ${fields:+--fields "$fields"} | case-file import -C "demo-$f.git" 2>/dev/null
		is "$f $(tree "demo-$f.git")" "$f $(tree demo.git)"
	done
}

@test "columns: every plain field of the schema, or those that are named; nested ones too" {
	case-file import 2>/dev/null < <(awkward)
	for o in csv tsv; do
		golden "export/default-$o" "$(case-file export -o "$o")"
		golden "export/nested-$o" "$(case-file export -o "$o" --fields 'id,parties,parties.0.name,parties.0.agents.0.name,parties[].role,source.system,source.more,events[].on')"
	done
	# Formulas are not defused: the text is the record's.
	has "$(case-file export -o csv --fields judge)" '=1+1'
	# Masked unless asked for.
	has "$(case-file export -o csv --fields parties.0.id_no)" '310114***********4'
	has "$(case-file export -o csv --fields parties)" '310114***********4'
	is "$(case-file export -o csv --fields parties.0.id_no --sensitive | grep -c 310114199001011234)" 1
	is "$(case-file export -o csv --fields id,days,type --with days,type | head -n 2)" $'id,days,type\n"（2022）沪0114执1号",,执'
	is "$(case-file export -o csv --with type | head -n 1 | grep -o ',type$')" ,type
	is "$(case-file export -o ids --type 执)" '（2022）沪0114执1号'
	is "$(case-file export --year 2014 | jq -r .id)" '（2014）嘉民一（民）初字第00091号'
	is "$(case-file export --jq '.links' -o ids)" '（2014）嘉民一（民）初字第00091号'
	is "$(case-file export --at main~1)" ''
	is "$(case-file export --at main~1 -o json)" '[]'
}

@test "a masked table that comes back does not replace what it masks" {
	case-file import 2>/dev/null < <(awkward)
	before=$(git -C d rev-parse main)
	case-file export -o csv --type 民初 --fields id,judge,parties | sed 's/ 甲 /丁/' >desk.csv
	run_rc 8 case-file import desk.csv
	golden export/mask "$(grep -v rows: <<<"$stderr")"
	is "$(case-file get 民初3 -o ndjson | jq -r '.parties[0].id_no')" 310114199001011234
	is "$(case-file get 民初2 -o ndjson | jq -r .judge)" 丁
	case-file export -o csv --type 民初 --fields id,judge,parties --sensitive >desk.csv
	run_ok case-file import desk.csv
	# What never was more than a mask may come in.
	run_ok case-file import <<<'{"id":"民初9","parties":[{"id_no":"310114********1234","name":"某","role":"原告"}]}'
	run_ok case-file import <<<'{"id":"民初9","parties":[{"id_no":"310114********1235","name":"某","role":"原告"}]}'
}

@test "tsv is one line a row, read back by who knows its escapes" {
	case-file import 2>/dev/null < <(awkward)
	case-file export -o tsv --fields id,notes >out.tsv
	is "$(wc -l <out.tsv)" 6
	is "$(grep 民初1号 out.tsv | cut -f 2)" '一\n二\r\n三\r四\\n'
}
