# SPDX-License-Identifier: MIT
# case-file log and blame: how records came to be what they are.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	at 2022-01-10T09:00:00 case-file open --type 民初 --on 2022-01-10 cause=民间借贷纠纷 >/dev/null 2>&1
	at 2022-01-11T23:30:00 case-file set 民初1 judge=王法官 -m $'分案\n第二行' 2>/dev/null
	at 2022-02-01T10:00:00 case-file open --type 民初 --on 2022-02-01 cause=买卖合同纠纷 >/dev/null 2>&1
	at 2022-03-01T10:00:00 case-file event 民初1 suspend --on 2022-03-01 2>/dev/null
}
# at TIME COMMAND...: as if the clock said so
at() {
	local time=$1+08:00
	shift
	GIT_AUTHOR_DATE=$time GIT_COMMITTER_DATE=$time "$@"
}
fields() { jq -c '[.time[:10], .op, .fields]' <<<"$output"; }

@test "log of a record, newest first: who, when, why, which fields" {
	run_ok case-file log 民初1
	eid=$(case-file get 民初1 -o ndjson | jq -r '.events[-1].eid')
	is "$(fields)" "[\"2022-03-01\",\"changed\",[\"events[$eid]\",\"state\"]]
[\"2022-01-11\",\"changed\",[\"judge\"]]
[\"2022-01-10\",\"added\",null]"
	is "$(sed -n 2p <<<"$output" | jq -c '[.kind, .id, .time, .author, .email, .command, .reason, .subject]')" \
		'["commit","（2022）沪0114民初1号","2022-01-11T23:30:00+08:00","测试员","clerk@example.org","case-file set","分案\n第二行","case-file set: （2022）沪0114民初1号 (1 record)"]'
	is "$(sed -n 1p <<<"$output" | jq -r .commit)" "$(git -C d rev-parse main)"
	run_ok case-file log 民初1 -o table
	golden log/table "${output//$eid/EID}"
}

@test "log of the docket, of several records, at a revision" {
	run_ok case-file log
	is "$(jq -r .subject <<<"$output" | head -n 2)" $'case-file event: suspend （2022）沪0114民初1号 (1 record)\ncase-file open: （2022）沪0114民初2号 (1 record)'
	is "$(wc -l <<<"$output")" 5
	run_ok case-file log 民初2 民初1
	is "$(jq -r '.id[-2:-1]' <<<"$output" | xargs)" '2 1 1 1'
	run_ok case-file log - <<<民初2
	is "$(wc -l <<<"$output")" 1
	run_ok case-file log 民初1 --at 2022-01-31
	is "$(wc -l <<<"$output")" 2
	run_ok case-file log --at main~1
	is "$(wc -l <<<"$output")" 4
	run_rc 6 case-file log 民初9
	golden log/not-there "$stderr"
	run_rc 3 case-file log 民初
	run_rc 8 case-file log 民初9 民初1
	run_rc 6 case-file log --at nothing
	case-file log | head -n 1 >/dev/null
}

@test "log tells of a record that was removed, and of hostile commits" {
	git clone -q d c
	git -C d config receive.denyNonFastForwards false
	git -C c config user.name x
	git -C c rm -q 'cases/2022/沪0114/民初/0000/2.json'
	# By other tools: another zone, no UTF-8, a subject that would drive a terminal.
	printf 'a\xb0\x1b[2Jb\n\nbody\n\nGavel-Reason: first\nGavel-Reason: last\n more\n' >message
	GIT_COMMITTER_DATE='2022-04-01T00:30:00+09:00' git -C c -c i18n.commitEncoding=x commit -q --cleanup=verbatim -F ../message
	rm d/hooks/pre-receive
	git -C c push -q origin main
	run_ok case-file log 民初2
	is "$(fields)" '["2022-03-31","removed",null]
["2022-02-01","added",null]'
	is "$(head -n 1 <<<"$output" | jq -c '[.subject, .reason]')" '["a\\xb0\\x1b[2Jb","last\nmore"]'
	run_ok case-file log 民初2 -o table
	is "$(grep -c $'\x1b' <<<"$output")" 0
	run_rc 6 case-file blame 民初2
}

@test "blame: who last changed each field, when and why" {
	at 2022-04-01T10:00:00 case-file set 民初1 source.system=旧系统 source.id=7 2>/dev/null
	at 2022-04-02T10:00:00 case-file set 民初1 source.id=8 clerk=李书记员 2>/dev/null
	at 2022-04-03T10:00:00 case-file set 民初1 clerk= 2>/dev/null
	run_ok case-file blame 民初1
	is "$(jq -r '"\(.field | sub("\\[.*"; "[]")) \(.time[:10]) \(.command | sub("case-file "; ""))"' <<<"$output" | LC_ALL=C sort)" 'cause 2022-01-10 open
events[] 2022-01-10 open
events[] 2022-03-01 event
filed_on 2022-01-10 open
id 2022-01-10 open
judge 2022-01-11 set
kind 2022-01-10 open
received_on 2022-01-10 open
source.id 2022-04-02 set
source.system 2022-04-01 set
state 2022-03-01 event'
	is "$(jq -c 'select(.field == "judge") | [.kind, .id, .value, .author, .reason]' <<<"$output")" \
		'["blame","（2022）沪0114民初1号","王法官","测试员","分案\n第二行"]'
	run_ok case-file blame 民初1 --at 2022-01-10
	is "$(jq -r 'select(.field == "state") | .value' <<<"$output")" open
	run_rc 2 case-file blame
	golden log/blame-nothing "$stderr"
	run_rc 6 case-file blame 民初9
	golden log/blame-not-there "$stderr"
	run_rc 3 case-file blame 民初
}

@test "a value that came back is blamed on who brought it back" {
	at 2022-04-01T10:00:00 case-file set 民初1 judge=李法官 2>/dev/null
	at 2022-04-02T10:00:00 case-file set 民初1 judge=王法官 2>/dev/null
	at 2022-04-03T10:00:00 case-file set 民初1 judge= 2>/dev/null
	at 2022-04-04T10:00:00 case-file set 民初1 judge=王法官 2>/dev/null
	is "$(case-file blame 民初1 | jq -r 'select(.field == "judge") | .time[:10]')" 2022-04-04
	is "$(case-file log 民初1 | wc -l)" 7
}

@test "lines that were joined: each change is told once, where it was made" {
	file='cases/2022/沪0114/民初/0000/1.json'
	git clone -q d c
	put() { jq -S "$1" "c/$file" >new && cat new >"c/$file"; git -C c commit -qam "$2"; }
	git -C c checkout -qb side
	at 2022-03-05T10:00:00 put '.tribunal = "民一庭"' side
	git -C c checkout -q main
	at 2022-03-06T10:00:00 put '.cause = "借用合同纠纷"' main
	# Clean: the commit that joins made nothing of its own that one line did not have.
	at 2022-03-07T10:00:00 git -C c merge -q --no-edit side
	git -C c push -q origin main
	run_ok case-file log 民初1
	is "$(jq -r '.subject' <<<"$output" | head -n 3 | tr '\n' ';')" "Merge branch 'side';main;side;"
	is "$(jq -c .fields <<<"$output" | head -n 3 | tr '\n' ' ')" '[] ["cause"] ["tribunal"] '
	run_ok case-file blame 民初1
	is "$(jq -r 'select(.field == "cause" or .field == "tribunal" or .field == "judge") | "\(.field) \(.subject)"' <<<"$output")" \
		$'cause main\njudge case-file set: （2022）沪0114民初1号 (1 record)\ntribunal side'
	# Of a record that only one line changed, the join says nothing.
	git -C c checkout -qB side main~1
	at 2022-03-08T10:00:00 put '.notes = "x"' side2
	git -C c checkout -q main
	echo x >c/x && git -C c add x && at 2022-03-09T10:00:00 git -C c commit -qm other
	git -C c checkout -qB two main~2
	at 2022-03-10T10:00:00 git -C c merge -q --no-ff --no-edit -m quiet side
	run git -C c log -1 --format=%s
	GAVEL_DOCKET=$PWD/c run_ok case-file log 民初1 --at two
	is "$(jq -r .subject <<<"$output" | head -n 2 | tr '\n' ';')" "side2;main;"
	# A join that makes a third thing of a field is told, with that field.
	git -C c checkout -qB three main
	at 2022-03-11T10:00:00 git -C c merge -q --no-commit side || true
	jq -S '.notes = "both" | .clerk = "c"' "c/$file" >new && cat new >"c/$file"
	git -C c add -A
	at 2022-03-11T10:00:00 git -C c commit -qm third
	GAVEL_DOCKET=$PWD/c run_ok case-file blame 民初1 --at three
	is "$(jq -r 'select(.field == "notes" or .field == "clerk") | "\(.field) \(.subject)"' <<<"$output")" $'clerk third\nnotes third'
}
