# SPDX-License-Identifier: MIT
# case-file set: fields of cases.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	case-file open --type 民初 cause=民间借贷纠纷 received_on=2022-01-04 filed_on=2022-01-10 \
		--party 原告=张三 --party 被告=甲公司 >/dev/null 2>&1
	case-file open --type 民初 cause=买卖合同纠纷 >/dev/null 2>&1
	start=$(git -C d rev-parse main)
}
tip() { git -C d rev-parse main; }
got() { case-file get "$1" -o ndjson | jq -c "$2"; }

# refused CODE NAME ARGS...: exit code, golden text, an untouched docket
refused() {
	local code=$1 name=$2
	shift 2
	run_rc "$code" case-file set "$@" || return 1
	golden "set/$name" "$stderr" || return 1
	is "$output" '' && is "$(tip)" "$start"
}

@test "what cannot be set: the thing, the field and the value are named" {
	printf '\xb0\xb8' >gbk
	printf '\n' >blank
	refused 2 nothing
	refused 2 no-fields 民初1
	refused 2 no-assignment 民初1 judge
	refused 2 no-name 民初1 =x
	refused 2 id 民初1 id=民初7
	refused 2 kind 民初1 kind=case
	refused 2 remove-id 民初1 id=
	refused 2 state 民初1 state=closed
	refused 2 events 民初1 events.0.on=2022-01-01
	refused 2 derived 民初1 year=2021
	refused 2 option 民初1 judge=x --reason
	refused 2 list-item 民初1 'parties[x].name=张三'
	refused 2 stdin-twice - judge=@-
	refused 2 stdin-twice-fields 民初1 judge=@- clerk=@-
	refused 3 wrong-integer 民初1 claim_fen=5000.50
	refused 3 below-zero 民初1 claim_fen=-1
	refused 3 too-big 民初1 claim_fen=9007199254740993
	refused 3 wrong-date 民初1 filed_on=2022-02-30
	refused 3 date-order 民初1 received_on=2022-02-01
	refused 3 wrong-word 民初1 procedure=quick
	refused 3 wrong-boolean 民初1 custody=maybe
	refused 3 wrong-party 民初1 parties.7.name=张三
	refused 3 into-text 民初1 judge.name=张三
	refused 3 required 民初1 parties.0.name=
	refused 3 too-long 民初1 "judge=$(printf 'x%.0s' {1..200})"
	refused 3 list-as-text 民初1 parties=张三
	refused 3 gbk 民初1 judge=@gbk
	refused 3 blank 民初1 judge=@blank
	refused 3 gbk-typed 民初1 judge=$'\xb0\xb8'
	refused 3 name-too-long 民初1 "$(printf 'x%.0s' {1..1100})=1"
	refused 2 dots 民初1 parties..name=1
	refused 2 last-dot 民初1 parties.=1
	refused 3 bad-name 民初1 $'a\xb0=1'
	refused 9 no-file 民初1 judge=@none
	refused 3 no-number 民初 judge=x
	refused 6 not-there 民初99 judge=x
	refused 6 no-docket -C none 民初1 judge=x
}

@test "values get the type that the schema says" {
	run_ok case-file set 民初1 claim_fen=5000000 custody=true judge=王法官 'other_causes.-=借用合同纠纷' notes=12 -m 补录
	is "$(got 民初1 '[.claim_fen, .custody, .judge, .other_causes, .notes]')" \
		'[5000000,true,"王法官",["借用合同纠纷"],"12"]'
	is "$(git -C d log -1 --format=%B)" \
		$'case-file set: （2022）沪0114民初1号 (1 record)\n\nGavel-Cmd: case-file set\nGavel-Reason: 补录'
	# Items of lists, in both ways of writing; a new one; nested in nested.
	run_ok case-file set 民初1 parties.0.name=李四 'parties[1].type=unit' parties.0.agents.-.name=赵律师 parties.0.agents.0.kind=lawyer
	is "$(got 民初1 '[.parties[].name, .parties[1].type, .parties[0].agents]')" \
		'["李四","甲公司","unit",[{"kind":"lawyer","name":"赵律师"}]]'
	# Removing, also what is not there.
	run_ok case-file set 民初1 notes= parties.0.agents= clerk= source.id=
	is "$(got 民初1 '[.notes, .parties[0].agents, .clerk, .source]')" '[null,null,null,null]'
	# A JSON list as text.
	run_ok case-file set 民初1 'panel=["王法官","李法官"]'
	is "$(got 民初1 .panel)" '["王法官","李法官"]'
	case-file check --strict --only 'DK-*'
}

@test "values come from files and from standard input, without their last newline" {
	printf '110101199003070\n' >no.txt
	printf '住在 = 某路\r\n一行\n\n' >text.txt
	run_ok case-file set 民初1 parties.0.id_no=@no.txt notes=@text.txt
	is "$(got 民初1 '[.parties[0].id_no, .notes]')" '["110101199003070","住在 = 某路\r\n一行"]'
	run_ok case-file set 民初1 parties.0.phone=@- <<<13800000000
	is "$(got 民初1 '.parties[0].phone')" '"13800000000"'
	# What begins with @ otherwise, and = in a value.
	printf '@x' >at
	run_ok case-file set 民初1 judge=@at notes=a=b
	is "$(got 民初1 '[.judge, .notes]')" '["@x","a=b"]'
}

@test "a field that nobody knows is kept, with a warning that is said once" {
	run_ok case-file set 民初1 jugde=王法官
	golden set/unknown "$(head -n 1 <<<"$stderr")"
	is "$(got 民初1 .jugde)" '"王法官"'
	run_ok case-file set - jugde= <<<$'民初1\n民初2'
	is "$(grep -c 'jugde' <<<"$stderr")" 0 || is "$(grep -c 'jugde' <<<"$stderr")" 1
	is "$(got 民初1 .jugde)" null
	run_ok case-file set 民初1 colour.of.file=blue
	has "$stderr" 'kept as text'
	is "$(got 民初1 .colour)" '{"of":{"file":"blue"}}'
}

@test "ids on standard input: one commit, bad ones are named and the rest goes on" {
	run_rc 8 case-file set - tribunal=民一庭 <<<$'民初1\n民初99\nx y\n(2022)沪0114民初 2 号'
	golden set/bulk "$(sed 's/commit .*/commit ID/' <<<"$stderr")"
	is "$(git -C d rev-list --count "$start..main")" 1
	is "$(git -C d log -1 --format=%s)" 'case-file set: 2 cases (2 records)'
	is "$(case-file list --tribunal 民一庭 -o ids | wc -l)" 2
	# The same again changes nothing and makes no commit.
	start=$(tip)
	run_ok case-file set - tribunal=民一庭 <<<$'民初1\n民初2'
	has "$stderr" 'nothing to do, 2 unchanged'
	is "$(tip)" "$start"
	# A case named twice is one change; nothing on stdin is nothing to do.
	run_ok case-file set - clerk=李书记员 <<<$'民初1\n民初1'
	is "$(git -C d log -1 --format=%s)" 'case-file set: （2022）沪0114民初1号 (1 record)'
	run_ok case-file set - clerk=王书记员 </dev/null
	# All of them bad: nothing is written.
	start=$(tip)
	run_rc 8 case-file set - filed_on=2030-13-01 <<<$'民初1\n民初2'
	is "$(tip)" "$start"
}

@test "--dry-run prints the plan and writes nothing; apply takes it" {
	run_ok case-file set 民初1 judge=王法官 --dry-run
	is "$(tip)" "$start"
	is "$(jq -c '[.op, .kind, .id]' <<<"$output")" $'["plan",null,null]\n["put","case","（2022）沪0114民初1号"]'
	printf '%s\n' "$output" >plan
	run_ok case-file apply plan
	is "$(got 民初1 .judge)" '"王法官"'
	run_rc 4 case-file apply plan
}

@test "writers of different fields of one case are joined, of one field refused" {
	# The second reads while the first waits: -m from a pipe that is slow.
	mkfifo pipe
	case-file set 民初1 clerk=@pipe 2>err & # reads the case after its value
	case-file set 民初1 judge=王法官 2>/dev/null
	echo 李书记员 >pipe
	wait $!
	is "$(got 民初1 '[.judge, .clerk]')" '["王法官","李书记员"]'
	# Eight at once, each its own field: nothing is lost.
	for i in 1 2 3 4 5 6 7 8; do case-file set 民初2 "note$i=$i" 2>/dev/null & done
	wait
	is "$(got 民初2 '[.note1, .note2, .note3, .note4, .note5, .note6, .note7, .note8] | map(select(.)) | length')" 8
}
