# SPDX-License-Identifier: MIT
# case-file merge, conflicts, resolve: two tribunals that work apart and join.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	printf '%s\n' '{"id":"民初1","judge":"甲","parties":[{"name":"张三","role":"原告","id_no":"310101199001011230"}]}' \
		'{"id":"民初2","judge":"甲"}' '{"id":"民初3","judge":"甲","filed_on":"2022-01-04"}' | case-file import 2>/dev/null
	cp -r d e
	dir=cases/2022/沪0114/民初/0000
}
# at SECOND DOCKET PERSON COMMAND...: a commit of that second and person, there
at() {
	GIT_AUTHOR_NAME=$3 GIT_AUTHOR_DATE="2022-06-30T09:00:$1+0800" GIT_COMMITTER_DATE="2022-06-30T09:00:$1+0800" \
		case-file "$4" -C "$2" "${@:5}" >/dev/null 2>&1
}
# What e has is brought to d as the branch e, and the other way round.
bring() {
	git -C d fetch -q ../e main:refs/heads/e
	git -C e fetch -q ../d main:refs/heads/d
}
tip() { git -C "${1-d}" rev-parse main; }
tree() { git -C "$1" rev-parse 'main^{tree}'; }
said() { sed -E 's/[0-9a-f]{10}$/COMMIT/' <<<"$stderr"; }
field() { git -C d show "main:$dir/$1.json" | jq -c ".$2"; }

# Both changed the judge of 1, 2; e closed 3, d suspended it.
work_apart() {
	at 01 d 张三 set 民初1 judge=乙 notes=甲庭
	at 02 e 李四 set 民初1 judge=丙 clerk=书
	at 03 d 张三 set 民初2 judge=乙
	at 04 e 李四 set 民初2 judge=丙
	at 05 d 张三 event 民初3 suspend --on 2022-06-01
	at 06 e 李四 close 民初3 --on 2022-06-01 --by ruling
	bring
}

@test "what cannot be: no REV, none there, strangers, a branch that is not legal" {
	before=$(tip)
	run_rc 2 case-file merge
	golden merge/usage "$stderr"
	run_rc 2 case-file merge main e
	run_rc 6 case-file merge nowhere
	# Of another second: else both would begin with the same commit.
	GIT_COMMITTER_DATE='1640000000 +0800' case-file init --court 沪0114 f 2>/dev/null
	git -C d fetch -q ../f main:refs/heads/f
	run_rc 4 case-file merge f
	golden merge/strangers "$(sed -E 's/commit [0-9a-f]{10}/commit COMMIT/' <<<"$stderr")"
	git clone -q d w
	git -C w checkout -q -b bad
	jq -S '.state = "lost"' "w/$dir/1.json" >new
	mv new "w/$dir/1.json"
	git -C w commit -qam bad
	git -C w push -q origin bad
	run_rc 1 case-file merge bad
	has "$output" '"rule":"DK-04"'
	is "$(tip)" "$before"
	run_rc 2 case-file merge -C w bad
	has "$stderr" 'is a clone'
}

@test "nothing new, and a line that is only longer" {
	before=$(tip)
	run_ok case-file merge main
	is "$stderr" 'case-file merge: main: nothing new'
	at 01 e 李四 set 民初1 judge=丙
	bring
	run_ok case-file merge e --dry-run
	is "$output" "{\"op\":\"taken\",\"path\":\"$dir/1.json\"}"
	is "$(tip)" "$before"
	run_ok case-file merge e
	is "$(said)" 'case-file merge: e: files taken 1, records joined 0, conflicts 0: commit COMMIT'
	is "$(tip)" "$(tip e)"
	has "$(git -C d reflog show main -1)" 'case-file merge: e'
}

@test "fields of both, events of both: one commit with two parents, and the same tree from either side" {
	at 01 d 张三 set 民初1 judge=乙
	at 02 e 李四 set 民初1 clerk=书
	at 03 d 张三 event 民初1 hear --on 2022-06-02
	at 04 e 李四 event 民初1 hear --on 2022-06-01
	at 05 e 李四 set 民初2 judge=丙
	bring
	run_ok case-file merge e -m 合并
	is "$(said)" 'case-file merge: e: files taken 1, records joined 1, conflicts 0: commit COMMIT'
	run_ok case-file merge -C e d
	is "$(tree d)" "$(tree e)"
	is "$(git -C d log -1 --format='%s%n%(trailers)')" 'case-file merge: e (2 records, 0 conflicts)
Gavel-Cmd: case-file merge
Gavel-Reason: 合并'
	is "$(git -C d rev-parse main^2)" "$(git -C e rev-parse main^1)"
	is "$(field 1 'judge,.clerk,(.events|map(.on))' | xargs)" '乙 书 [2022-06-01,2022-06-02]'
	run_ok case-file check --strict --only 'DK-*'
	# Both had joined the other first: they join again, and nothing is in conflict.
	bring
	run_ok case-file merge e
	at 06 e 李四 set 民初1 judge=丙
	bring
	run_ok case-file merge e
	is "$(field 1 judge)" '"丙"'
	git -C d fsck --strict --no-progress
}

@test "conflicts: told, kept, listed; the record keeps what it had" {
	work_apart
	run_rc 1 case-file merge e --dry-run
	is "$(jq -r '[.op, .path, ((.conflicts // []) | map(.field) | join(","))] | join(" ")' <<<"$output")" "conflict $dir/1.json judge
conflict $dir/2.json judge
conflict $dir/3.json closed_by,closed_on,state"
	run_rc 1 case-file merge e
	golden merge/told "$(said)"
	run_rc 1 case-file merge -C e d
	is "$(tree d)" "$(tree e)"
	is "$(field 1 'judge,.clerk,.notes' | xargs)" '甲 书 甲庭'
	is "$(field 3 'state,(.events|map(.event)|sort)' | xargs)" 'open [close,suspend]'
	golden merge/file "$(git -C d show main:conflicts/case/（2022）沪0114民初1号.json | sed -E 's/[0-9a-f]{40}/COMMIT/')"
	run_rc 1 case-file conflicts -o table
	golden merge/conflicts "$output"
	run_rc 1 case-file conflicts 民初1 '*民初2号'
	is "$(jq -r '[.id, .field, .base, .ours, .ours_by, .theirs, .theirs_by, .now] | join(" ")' <<<"$output")" '（2022）沪0114民初1号 judge 甲 乙 张三 丙 李四 甲
（2022）沪0114民初2号 judge 甲 乙 张三 丙 李四 甲'
	run_rc 1 case-file check --only DK-07
	is "$(jq -r '.ref.id' <<<"$output" | xargs)" '（2022）沪0114民初1号 （2022）沪0114民初2号 （2022）沪0114民初3号'
	run_rc 6 case-file conflicts 民初7
	golden merge/none "$stderr"
}

@test "work goes on while a conflict is open" {
	work_apart
	run_rc 1 case-file merge e
	run_ok case-file set 民初1 judge=丁 notes=续
	run_ok case-file close 民初2 --on 2022-06-30 --by judgment
	run_ok case-file event 民初3 hear --on 2022-06-30
	is "$(case-file conflicts -o ids | sort -u | wc -l)" 3
	run_rc 1 case-file conflicts 民初1
	is "$(jq -r '.now' <<<"$output")" 丁
	# A join that comes on top of it adds to what is open.
	at 10 e 李四 set 民初1 judge=戊
	at 11 d 张三 set 民初1 judge=己
	bring
	run_rc 1 case-file merge e
	run_rc 1 case-file conflicts 民初1
	is "$(jq -c '[.base, .ours, .theirs, ([.others[].value] | sort)]' <<<"$output")" '["丙","戊","己",["丙","乙"]]'
}

@test "resolve: what it wants to know" {
	work_apart
	run_rc 1 case-file merge e
	before=$(tip)
	run_rc 2 case-file resolve -m x --with ours
	golden merge/resolve-which "$stderr"
	run_rc 2 case-file resolve --all 民初1 -m x --with ours
	golden merge/resolve-all "$stderr"
	run_rc 2 case-file resolve 民初1 -m x
	golden merge/resolve-value "$stderr"
	run_rc 2 case-file resolve 民初1 --with ours
	golden merge/resolve-why "$stderr"
	run_rc 2 case-file resolve 民初1 --with ours -m ' '
	golden merge/resolve-why "$stderr"
	run_rc 2 case-file resolve 民初1 --with mine -m x
	run_rc 2 case-file resolve 民初1 --with ours --renumber -m x
	run_rc 2 case-file resolve 民初3 state=closed -m x
	golden merge/resolve-state "$stderr"
	run_rc 6 case-file resolve 民初9 --with ours -m x
	golden merge/resolve-none "$stderr"
	run_rc 6 case-file resolve 民初1 notes=x -m x
	golden merge/resolve-field "$stderr"
	run_rc 3 case-file resolve 民初1 --field judge --renumber -m x judge="$(printf '%0200d' 0)"
	golden merge/resolve-bad "$stderr"
	is "$(tip)" "$before"
}

@test "resolve: one, by pattern, by field, by value, the newest; each in one commit with its reason" {
	work_apart
	run_rc 1 case-file merge e
	run_ok case-file resolve 民初1 --with theirs --dry-run -m 试
	is "$(jq -r '.op' <<<"$output" | xargs)" 'plan put remove'
	run_ok case-file resolve 民初1 judge=丁 -m 会商
	is "$(field 1 judge)" '"丁"'
	is "$(git -C d log -1 --format='%s%n%(trailers:key=Gavel-Reason)' | head -2)" 'case-file resolve: （2022）沪0114民初1号 (2 records)
Gavel-Reason: 会商'
	# A date of closing without the closing is no legal case: whole or not at all.
	before=$(tip)
	run_rc 3 case-file resolve '*民初3号' --field 'closed_*' --with theirs -m 先定
	golden merge/resolve-part "$stderr"
	is "$(tip)" "$before"
	# A pattern that matches nothing is as wrong as an id that is not there; what the others match is done.
	run_rc 6 case-file resolve --all --field jugde --with theirs -m 先定
	golden merge/resolve-pattern "$stderr"
	is "$(tip)" "$before"
	run_rc 8 case-file resolve '*民初3号' --field 'state' --field 'judge*' --with theirs -m 先定
	has "$stderr" 'judge*: no conflict about this field is open there'
	is "$(case-file conflicts | jq -r '[.id, .field] | join(" ")')" '（2022）沪0114民初2号 judge
（2022）沪0114民初3号 closed_by
（2022）沪0114民初3号 closed_on'
	run_ok case-file resolve --all --with newest -m 会商
	is "$(field 2 judge) $(field 3 'state,.closed_on,.closed_by' | xargs)" '"丙" closed 2022-06-01 ruling'
	is "$(git -C d log -1 --format=%s)" 'case-file resolve: 2 conflicts (4 records)'
	run_ok case-file conflicts
	is "$output" ''
	# Nothing is open: then no pattern is wrong.
	run_ok case-file resolve --all --field judge --with newest -m 会商
	# e had nothing else to do: it comes to the same.
	bring
	run_ok case-file merge -C e d
	is "$(tree d)" "$(tree e)"
}

@test "two cases of one number: one stays, the other gets the next" {
	at 01 d 张三 open court=沪0114 year=2022 type=民初 judge=丁
	at 02 e 李四 open court=沪0114 year=2022 type=民初 judge=戊
	bring
	run_rc 1 case-file merge e
	run_rc 1 case-file merge -C e d
	is "$(tree d)" "$(tree e)"
	is "$(field 4 judge)" '"丁"'
	run_rc 3 case-file resolve 民初4 --with base -m x
	golden merge/no-base "$stderr"
	run_ok case-file resolve --all --renumber -m 重号
	has "$stderr" '（2022）沪0114民初4号: the second case of this number is now （2022）沪0114民初5号'
	is "$(field 4 judge) $(field 5 judge) $(field 5 id)" '"丁" "戊" "（2022）沪0114民初5号"'
	run_ok case-file conflicts
	run_ok case-file check --strict --only 'DK-*'
	run_ok case-file set 民初1 judge=乙
}

@test "not two cases, and numbers that are not given in order: no renumbering" {
	work_apart
	printf '%s\n' '{"id":"(2014)嘉民一(民)初字第12号","state":"archived","closed_on":"2014-05-30"}' >old
	at 10 d 张三 import old
	printf '%s\n' '{"id":"(2014)嘉民一(民)初字第12号","state":"archived","closed_on":"2014-05-31"}' >old
	at 11 e 李四 import old
	bring
	run_rc 1 case-file merge e
	run_rc 3 case-file resolve '*初字第12号' --renumber -m x
	golden merge/renumber-legacy "$stderr"
	run_ok case-file resolve '*初字第12号' --with theirs -m x
	is "$(case-file get '(2014)嘉民一(民)初字第12号' | jq -r .closed_on)" 2014-05-31
}

@test "other files: gavel.json by field, signers by line, the rest whole" {
	local now
	now=$(git -C d log -1 --format=%ct main)
	local -A at=([d]=$((now + 1)) [e]=$((now + 2))) # ours is the older commit
	for i in d e; do
		git clone -q $i w-$i
		printf '%s\n' "$i@example.org ssh-ed25519 AAAA$i" >w-$i/signers
		printf '%s\n' "$i" >w-$i/README
		jq -S ".policy.${i}_x = []" w-$i/gavel.json >new && mv new w-$i/gavel.json
		git -C w-$i add -A
		GIT_COMMITTER_DATE="${at[$i]} +0800" git -C w-$i commit -qm files
		git -C w-$i push -q
	done
	bring
	run_rc 1 case-file merge e
	has "$(said)" 'case-file merge: judged: warnings 1, new commits 1'
	is "$(said | sed -n 2p)" 'case-file merge: e: files taken 0, records joined 2, conflicts 1: commit COMMIT'
	is "$(git -C d show main:signers)" 'd@example.org ssh-ed25519 AAAAd
e@example.org ssh-ed25519 AAAAe'
	is "$(git -C d show main:gavel.json | jq -c .policy)" '{"d_x":[],"e_x":[]}'
	run_rc 1 case-file conflicts
	is "$(jq -r '[.id, .field] | join(" ")' <<<"$output")" 'README '
	run_rc 1 case-file check --only DK-07
	has "$output" '"message":"a conflict about it is open"'
	is "$(wc -l <<<"$output")" 1
	run_ok case-file check --only DK-07 --year 2022
	is "$(git -C d show main:README)" d
	run_ok case-file resolve README --with theirs -m x
	is "$(git -C d show main:README)" e
	run_ok case-file conflicts
}

@test "sensitive values: masked in tables, whole in the stream" {
	at 01 d 张三 set 民初1 parties.0.id_no=310101199001011249
	at 02 e 李四 set 民初1 parties.0.id_no=310101199001011257
	bring
	run_rc 1 case-file merge e
	[ "${stderr#*1011249}" = "$stderr" ]
	run_rc 1 case-file conflicts -o csv
	[ "${output#*1011249}" = "$output" ] && [ "${output#*1011257}" = "$output" ]
	run_rc 1 case-file conflicts -o csv --fields id,ours.0.id_no,theirs
	[ "${output#*1011249}" = "$output" ] && [ "${output#*1011257}" = "$output" ]
	run_rc 1 case-file conflicts -o csv --sensitive
	has "$output" 1011257
	run_rc 1 case-file conflicts
	has "$output" 310101199001011249
}

@test "a docket takes what another joined, chose and renumbered; but no conflict made by hand" {
	work_apart
	at 07 d 张三 open court=沪0114 year=2022 type=民初 judge=丁
	at 08 e 李四 open court=沪0114 year=2022 type=民初 judge=戊
	bring
	run_rc 1 case-file merge -C e d
	# d takes the join with its conflicts, then what was chosen there.
	git -C e push -q ../d main 2>push.txt || { cat push.txt; false; }
	is "$(tip d)" "$(tip e)"
	case-file resolve -C e 民初4 --with theirs -m 会商 2>/dev/null
	case-file resolve -C e --all --with newest -m 会商 2>/dev/null
	git -C e push -q ../d main 2>push.txt || { cat push.txt; false; }
	is "$(field 4 judge)" '"戊"'
	is "$(field 3 'state,.closed_on' | xargs)" 'closed 2022-06-01'
	run_ok case-file conflicts
	# By hand: an event is put into a conflict, to be taken out of the record.
	git clone -q d w
	mkdir -p w/conflicts/case
	jq -S '{path: "x", fields: [""], base: {}, ours: {"": .}, theirs: {}, since: "x"}' "w/$dir/3.json" >w/conflicts/case/（2022）沪0114民初3号.json
	git -C w add -A
	git -C w commit -qm made-up
	run git -C w push -q
	[ "$status" -ne 0 ]
	has "$output" 'DK-07'
	has "$output" 'conflicts come from joining two lines of history, not by hand'
}
