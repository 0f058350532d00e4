# SPDX-License-Identifier: MIT
# git's own merge and diff in a clone: case-file join, merge-file, diff-file.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	case-file open --type 民初 cause=民间借贷纠纷 received_on=2022-01-04 filed_on=2022-01-10 claim_fen=50000000 \
		parties.-='{"role":"原告","name":"张三","phone":"13812345678"}' >/dev/null 2>&1
	case-file open --type 民初 cause=买卖合同纠纷 --received received_on=2022-06-20 >/dev/null 2>&1
	git clone -q d c
	dir=cases/2022/沪0114/民初/0000
}

edit() {
	local file=$1/$dir/$2.json
	jq -S "$3" "$file" >new.json && cat new.json >"$file"
}
commit() { git -C "$1" commit -qam "${2-by hand}"; }
# same TEXT: ids of commits and paths of this run made equal
same() { sed "s|$BATS_TEST_TMPDIR|TMP|g; s|$BIN|BIN|g; s/\[[a-z2-7]\{16\}\]/[EID]/g; s/#[0-9a-f]\{4\}/#SUM/g" <<<"$1"; }
# field CLONE SERIAL FILTER
field() { jq -c "$3" "$1/$dir/$2.json"; }

# ---- join ----

@test "join writes git's settings and attributes, says so, and touches nothing else" {
	before=$(git -C c status --porcelain; sha1sum c/.git/index; find c -path c/.git -prune -o -type f -print0 | sort -z | xargs -0 sha1sum)
	run_ok case-file join c
	golden drivers/join "$(same "$output")"
	golden drivers/join-note "$(same "$stderr")"
	is "$(git -C c status --porcelain; sha1sum c/.git/index; find c -path c/.git -prune -o -type f -print0 | sort -z | xargs -0 sha1sum)" "$before"
	is "$(git -C c check-attr merge diff text -- "$dir/1.json" | sed 's/.*: //' | xargs)" 'gavel gavel set'
	cp c/.git/config once
	run_ok case-file join c
	is "$output" ''
	is "$(same "$stderr")" 'case-file join: TMP/c: joined already, nothing to do'
	is "$(cat c/.git/config)" "$(cat once)"
	# From a folder in it.
	cd c/cases
	run_ok case-file join
	is "$output" ''
}

@test "join --undo takes away what it wrote, and only that" {
	git -C c config pull.rebase true
	git -C c config alias.story 'log --oneline'
	git -C c config core.quotepath false
	printf '*.txt -diff' >c/.git/info/attributes
	cp c/.git/config config
	run_ok case-file join c
	has "$output" 'left alone: pull.rebase = true (would be false)'
	has "$output" 'left alone: alias.story = log --oneline (would be log -p --ext-diff)'
	is "$(git -C c config pull.rebase)" true
	is "$(head -n 1 c/.git/info/attributes)" '*.txt -diff'
	run_ok case-file join --undo c
	golden drivers/undo "$(same "$output")"
	is "$(git config -f c/.git/config -l)" "$(git config -f config -l)"
	is "$(cat c/.git/info/attributes)" '*.txt -diff'
	run_ok case-file join --undo c
	is "$(same "$stderr")" 'case-file join: TMP/c: nothing to take away'
}

@test "join again mends what was changed or moved, and keeps attributes of others" {
	case-file join c >/dev/null 2>&1
	git -C c config merge.gavel.driver /nowhere
	printf '*.txt -diff\n' >>c/.git/info/attributes
	sed -i 's/\*\.json .*/*.json merge=gavel/' c/.git/info/attributes
	run_ok case-file join c
	has "$(git -C c config merge.gavel.driver)" 'merge-file %O %A %B %P'
	is "$(git -C c check-attr diff "$dir/1.json" x.txt | sed 's/.*: //' | xargs)" 'gavel unset'
	is "$(grep -c '^# case-file join: begin' c/.git/info/attributes)" 1
}

@test "join sets up the keys that the docket lists, and follows worktrees" {
	echo '# nobody yet' >c/signers
	git -C c add signers && git -C c commit -qm signers
	git -C c worktree add -q ../w
	run_ok case-file join w
	is "$(git -C c config gpg.ssh.allowedSignersFile)" "$BATS_TEST_TMPDIR/w/signers"
	is "$(git -C c check-attr merge "$dir/1.json" | sed 's/.*: //')" gavel
	run_ok case-file join --undo w
	run -1 git -C c config gpg.ssh.allowedSignersFile
}

@test "join refuses what is no clone of a docket" {
	rows=
	row() {
		run --separate-stderr case-file join "$@"
		rows+="$status: $(same "$stderr")"$'\n'
	}
	row d
	row nowhere
	mkdir plain && row plain
	git init -q -b main other && git -C other commit -q --allow-empty -m x && row other
	row c c
	golden drivers/join-refused "${rows%$'\n'}"
	run -1 git -C other config merge.gavel.driver
}

@test "join: a path with quotes, spaces and per cent signs" {
	mkdir -p "it's 100%d" && cp -r "$BIN" "it's 100%d/bin"
	ln -s "$ROOT/share" "it's 100%d/share"
	ln -s "$ROOT/libexec" "it's 100%d/libexec"
	"it's 100%d/bin/case-file" join c >/dev/null 2>&1
	git clone -q d e
	edit e 1 '.clerk = "李书记员"' && commit e && git -C e push -q
	edit c 1 '.judge = "王法官"' && commit c
	git -C c pull -q
	is "$(field c 1 '[.judge, .clerk]')" '["王法官","李书记员"]'
	run_ok git -C c diff HEAD~1
	has "$output" '+ clerk: 李书记员'
}

# ---- merging ----

@test "git merge joins different fields and all events; the docket takes the result" {
	git clone -q d e
	case-file join c >/dev/null 2>&1
	case-file join e >/dev/null 2>&1
	edit c 1 '.judge = "王法官" | .events += [{eid: "aaaaaaaaaaaaaaaa", event: "serve", on: "2022-02-01"}]'
	commit c && git -C c push -q
	edit e 1 '.clerk = "李书记员" | .claim_fen = 1 | .events += [{eid: "bbbbbbbbbbbbbbbb", event: "serve", on: "2022-01-20"}]'
	commit e
	run_ok git -C e pull -q
	is "$(field e 1 '[.judge, .clerk, .claim_fen, [.events[].on]]')" \
		'["王法官","李书记员",1,["2022-01-10","2022-01-20","2022-02-01"]]'
	run_ok git -C e push -q
	run_ok case-file check --strict --only 'DK-*'
	# Rebasing goes the same way.
	edit c 2 '.judge = "A"' && commit c
	edit e 2 '.clerk = "B"' && commit e && git -C e push -q
	run_ok git -C c pull -q --rebase
	is "$(field c 2 '[.judge, .clerk]')" '["A","B"]'
	run_ok git -C c push -q
}

@test "git merge tells a field that both changed; the record stays JSON with the base value" {
	git clone -q d e
	case-file join e >/dev/null 2>&1
	edit c 1 '.judge = "王法官" | .claim_fen = 700 | .parties[0].phone = "13900001111"'
	commit c && git -C c push -q
	edit e 1 '.judge = "李法官" | .clerk = "钱" | .claim_fen = 800 | .parties[0].phone = "13700001111"'
	commit e
	run --separate-stderr git -C e pull -q
	[ "$status" -ne 0 ]
	golden drivers/conflict "$stderr"
	is "$(field e 1 '[.judge, .clerk, .claim_fen, .parties[0].phone]')" '[null,"钱",50000000,"13812345678"]'
	is "$(git -C e status --porcelain)" "UU $dir/1.json"
	has "$(git -C e diff)" '++claim_fen: 50000000 (500,000.00 yuan)'
	is "$(case-file diff-file "$dir/1.json")" "* not joined yet: $dir/1.json"
	edit e 1 '.judge = "李法官" | .claim_fen = 800'
	git -C e add -A && git -C e commit -qm joined
	run_ok git -C e push -q
}

@test "git merge: moves of the state that exclude each other, a new record on both sides" {
	git clone -q d e
	case-file join e >/dev/null 2>&1
	move() { edit "$1" 1 ".events += [{eid: \"$2\", event: \"$3\", on: \"2022-03-01\"}] | .state = \"$4\"$5"; }
	move c aaaaaaaaaaaaaaaa close closed ' | .closed_on = "2022-03-01" | .closed_by = "judgment"'
	jq -S '.id |= sub("初1号"; "初3号") | .judge = "A" | .clerk = "K" | .events = []' "c/$dir/1.json" >"c/$dir/3.json"
	git -C c add -A && commit c && git -C c push -q
	move e bbbbbbbbbbbbbbbb suspend suspended ''
	jq -S '.id |= sub("初1号"; "初3号") | .judge = "B" | .clerk = "K" | .events = []' "e/$dir/1.json" >"e/$dir/3.json"
	git -C e add -A && commit e
	run --separate-stderr git -C e pull -q
	[ "$status" -ne 0 ]
	golden drivers/conflict-state "$stderr"
	is "$(field e 1 '.state')" '"open"'
	jq -e . "e/$dir/1.json" "e/$dir/3.json" >/dev/null
}

@test "merge-file by hand: bad input, exit codes, files that are no records" {
	rows=
	row() {
		run --separate-stderr case-file merge-file "$@"
		rows+="$status: $(same "$stderr")"$'\n'
	}
	row
	row a b
	echo '{"kind": "x"}' >a && cp a b && cp a o
	row o a nowhere
	row nowhere a b
	printf 'one\ntwo\nthree\n' >o && printf 'ONE\ntwo\nthree\n' >a && printf 'one\ntwo\nTHREE\n' >b
	row o a b notes.json
	is "$(cat a)" $'ONE\ntwo\nTHREE'
	cp o a && sed -i s/two/2/ a && sed -i s/two/zwei/ b
	row o a b notes.json
	has "$(cat a)" '<<<<<<< ours'
	# Not canonical: nobody asked for another layout.
	printf '{"a":1,"b":1}\n' >o && printf '{"a":2,"b":1}\n' >a && cp o b
	row o a b notes.json
	is "$(cat a)" '{"a":2,"b":1}'
	golden drivers/merge-file "${rows%$'\n'}"
}

@test "merge-file: gavel.json, other JSON of a docket, an empty base" {
	jq -S . c/gavel.json >o
	jq -S '.policy.x = [{from: "2022-01-01", value: 1}]' o >a
	jq -S '.policy.y = [{from: "2022-01-01", value: 2}]' o >b
	run_ok case-file merge-file o a b gavel.json
	is "$(jq -c '[.policy.x[0].value, .policy.y[0].value]' a)" '[1,2]'
	is "$(jq -S . a)" "$(cat a)"
	jq -S '.court = "沪0115"' o >a
	jq -S '.court = "沪0116"' o >b
	run_rc 1 case-file merge-file o a b gavel.json
	golden drivers/gavel-json "$stderr"
	is "$(cat a)" "$(cat o)"
	jq -nS '{kind: "note", c: 3}' >o
	jq -nS '{kind: "note", a: 1, c: 3}' >a
	jq -nS '{kind: "note", b: 2, c: 3}' >b
	run_ok case-file merge-file o a b notes/x.json
	is "$(jq -c . a)" '{"a":1,"b":2,"c":3,"kind":"note"}'
	# Two that were made apart.
	: >o
	run_rc 1 case-file merge-file o a b notes/x.json
	golden drivers/both-added "$stderr"
	is "$(jq -c . a)" '{"a":1,"b":2,"c":3,"kind":"note"}'
}

@test "a merge without the driver leaves marks, and the docket refuses them" {
	git clone -q d e
	edit c 1 '.judge = "王法官"' && commit c && git -C c push -q
	edit e 1 '.judge = "李法官"' && commit e
	run git -C e -c pull.rebase=false pull -q
	[ "$status" -ne 0 ]
	git -C e add -A && git -C e commit -qm joined
	run git -C e push -q
	[ "$status" -ne 0 ]
	has "$output" 'DK-01'
	has "$output" 'refused, the docket is as it was'
}

# ---- showing ----

change_all() {
	case-file set 民初1 judge=王法官 claim_fen=60000000 parties.0.phone=13899995678 -m 更正 2>/dev/null
	case-file close 民初1 --by judgment --on 2022-06-29 2>/dev/null
	case-file set 民初1 judge= 2>/dev/null
	case-file join c >/dev/null 2>&1
	git -C c pull -q
}

@test "git log -p shows records as text, git story and git diff show old → new" {
	change_all
	run_ok git -C c log -p --format=%s
	golden drivers/log-p "$(same "$output" | grep -v '^index')"
	run_ok git -C c story --format=%s
	golden drivers/story "$(same "$output")"
	has "$output" 'state: open → closed (结案)'
	run_ok git -C c diff HEAD~3
	golden drivers/diff "$(same "$output")"
	edit c 1 '.clerk = "钱"'
	run_ok git -C c diff
	is "$output" $'case:（2022）沪0114民初1号\n+ clerk: 钱'
}

@test "colours as git has them" {
	change_all
	printf '[color]\n\tui = always\n' >gitconfig
	GIT_CONFIG_GLOBAL=$PWD/gitconfig run_ok git -C c diff HEAD~1
	is "$output" $'\e[1mcase:（2022）沪0114民初1号\e[m\n\e[31m- judge: 王法官\e[m'
	printf '[color]\n\tui = always\n\tdiff = false\n' >gitconfig
	GIT_CONFIG_GLOBAL=$PWD/gitconfig run_ok git -C c diff HEAD~1
	is "$output" $'case:（2022）沪0114民初1号\n- judge: 王法官'
	git -C c show HEAD:"$dir/1.json" >new.json
	git -C c show HEAD~1:"$dir/1.json" >old.json
	run_ok case-file diff-file --color always old.json new.json
	is "$output" $'\e[1mcase:（2022）沪0114民初1号\e[m\n\e[31m- judge: 王法官\e[m'
	# Behind git's pager there is a terminal.
	unset NO_COLOR
	GIT_PAGER_IN_USE=true run_ok case-file diff-file old.json new.json
	has "$output" $'\e[31m'
	NO_COLOR=1 GIT_PAGER_IN_USE=true run_ok case-file diff-file old.json new.json
	is "$output" $'case:（2022）沪0114民初1号\n- judge: 王法官'
	run_ok case-file diff-file --color never old.json new.json
	is "$output" $'case:（2022）沪0114民初1号\n- judge: 王法官'
}

@test "diff-file: new, removed, moved, broken and other files" {
	cp "c/$dir/1.json" one
	run_ok case-file diff-file /dev/null one
	golden drivers/diff-new "$(same "$output")"
	run_ok case-file diff-file one /dev/null
	is "$(sed 's/^[+-] //' <<<"$output")" "$(sed 's/^[+-] //' <<<"$(case-file diff-file /dev/null one)")"
	has "$output" '- state: open (办理中)'
	run_ok case-file diff-file one one
	is "$output" $'case:（2022）沪0114民初1号\n  the same fields, written otherwise'
	run_ok case-file diff-file cases/x.json one a 100644 one b 100644 cases/y.json 'similarity index 100%'
	has "$output" '  cases/x.json → cases/y.json'
	echo '{"kind": ' >two
	run_ok case-file diff-file one two
	has "$output" 'case:（2022）沪0114民初1号'
	has "$output" '+{"kind": '
	run_ok case-file diff-file --text two
	is "$output" '{"kind": '
	echo '{"b":[1,2],"a":{"x":true}}' >three
	run_ok case-file diff-file --text three
	is "$output" $'a.x: true\nb: 1\nb: 2'
	# Longer than a record can be: as it is.
	head -c 34000000 /dev/zero >big
	case-file diff-file --text big | cmp - big
	rows=
	row() {
		run --separate-stderr case-file diff-file "$@"
		rows+="$status: $(same "$stderr")"$'\n'
	}
	row
	row --text
	row --text a b
	row a b c
	row one nowhere
	row --text nowhere
	row --color sometimes one two
	golden drivers/diff-file "${rows%$'\n'}"
}

@test "what is hidden stays hidden, and its change is seen" {
	cp "c/$dir/1.json" one
	jq -S '.parties[0].phone = "13899995678"' one >two
	for form in 'diff-file one two' 'diff-file --text one' 'diff-file --text two'; do
		# shellcheck disable=SC2086 # words
		run_ok case-file $form
		has "$output" '138****5678'
		case $output in *13812345678* | *13899995678*) false ;; esac
	done
	run_ok case-file diff-file one two
	is "$output" $'case:（2022）沪0114民初1号\n  parties: 原告 张三: phone: 138****5678 → (another, hidden)'
	[ "$(case-file diff-file --text one)" != "$(case-file diff-file --text two)" ]
	is "$(diff <(case-file diff-file --text one) <(case-file diff-file --text two) | grep -c '^[<>] hidden: 1 #')" 2
}
