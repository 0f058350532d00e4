# SPDX-License-Identifier: MIT
# case-file edit: a case in $EDITOR, checked before it is stored.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share TMPDIR=$PWD/drafts
	unset GIT_EDITOR VISUAL
	mkdir "$TMPDIR"
	make_docket 2>/dev/null
	case-file open --type 民初 cause=民间借贷纠纷 received_on=2022-01-04 filed_on=2022-01-10 >/dev/null 2>&1
	start=$(git -C d rev-parse main)
}
tip() { git -C d rev-parse main; }
got() { case-file get 民初1 -o ndjson | jq -c "$1"; }
drafts() { find drafts -type f | wc -l; }

# editor COMMANDS: what $EDITOR does; "$1" is the draft
editor() {
	printf '#!/bin/sh\n%s\n' "$1" >ed
	chmod 755 ed
	export EDITOR=$PWD/ed
}
# With jq in place of fingers.
jq_editor() { editor "jq -S '$1' \"\$1\" >new && cat new >\"\$1\""; }

# What it said itself, without the shell around the editor and names that change.
said() { sed -n "/^case-file/ { s/case-file-[A-Za-z0-9]*/case-file-XXXXXX/; s#$PWD#DIR#; s/commit [0-9a-f]*/commit ID/; p }" <<<"$stderr"; }

# refused CODE NAME LEFT: how many drafts are left behind
refused() {
	run_rc "$1" case-file edit 民初1 || return 1
	golden "edit/$2" "$(said)" || return 1
	is "$(tip)" "$start" || return 1
	is "$(drafts)" "$3" || return 1
	rm -f drafts/*
}

@test "what is refused: the docket stays, the text is kept where there is one" {
	editor 'exit 1'
	refused 9 failed 0
	editor 'echo x >>"$1"; kill -9 $$'
	refused 9 killed 1
	editor 'sed -i s/,// "$1"'
	refused 3 comma 1
	editor ': >"$1"'
	refused 3 empty 0
	editor 'rm "$1"'
	refused 9 removed 0
	editor 'echo "[]" >"$1"'
	refused 3 array 1
	editor 'printf "\\357\\273\\277" >x; cat "$1" >>x; cat x >"$1"'
	refused 3 mark 1
	jq_editor '.id = "（2022）沪0114民初7号"'
	refused 3 id 1
	jq_editor '.kind = "docket"'
	refused 3 kind 1
	jq_editor '.state = "suspended"'
	refused 3 state 1
	jq_editor '.events[0].on = "2022-01-11"'
	refused 3 event 1
	jq_editor 'del(.events)'
	refused 3 no-events 1
	jq_editor '.claim_fen = "12"'
	refused 3 type 1
	jq_editor '.received_on = "2022-02-01"'
	refused 3 order 1
	EDITOR="$PWD/no-such-editor"
	refused 9 no-editor 0
	run_rc 2 case-file edit
	golden edit/nothing "$stderr"
	run_rc 2 case-file edit 民初1 民初2
	run_rc 6 case-file edit 民初99
	EDITOR=true TMPDIR=$PWD/none run_rc 9 case-file edit 民初1
	golden edit/no-folder "$(said)"
}

@test "what is stored, and that nothing is left behind" {
	jq_editor '.judge = "王法官" | .parties = [{role: "原告", name: "张三"}] | .clerk = null'
	run_ok case-file edit 民初1 -m 补录
	is "$(got '[.judge, .parties[0].name, has("clerk")]')" '["王法官","张三",false]'
	is "$(git -C d log -1 --format=%s)" 'case-file edit: （2022）沪0114民初1号 (1 record)'
	is "$(drafts)" 0
	# As a person writes: other order, other indent; stored canonical.
	editor 'jq -c "{notes: \"x\"} + ." "$1" >new && cat new >"$1"'
	run_ok case-file edit 民初1
	is "$(git -C d show main:cases/2022/沪0114/民初/0000/1.json)" "$(git -C d show main:cases/2022/沪0114/民初/0000/1.json | jq -S .)"
	is "$(got .notes)" '"x"'
	# The draft is for oneself alone, and named so that editors know what it is.
	editor 'stat -c %a "$1" >mode; echo "$1" >name'
	run_ok case-file edit 民初1
	is "$(cat mode)" 600
	has "$(cat name)" .json
	case-file check --strict --only 'DK-*'
}

@test "no change makes no commit" {
	for how in : 'touch "$1"' 'jq . "$1" >new && cat new >"$1"'; do
		editor "$how"
		run_ok case-file edit 民初1
		has "$stderr" 'nothing to do'
		is "$(tip)" "$start"
		is "$(drafts)" 0
	done
}

@test "an editor with arguments, with blanks in its path; which variable counts" {
	mkdir 'my bin'
	printf '#!/bin/sh\nshift\nsed -i "s/民间借贷纠纷/$WORD/" "$1"\n' >'my bin/ed'
	chmod 755 'my bin/ed'
	WORD=a EDITOR="'$PWD/my bin/ed' -w" run_ok case-file edit 民初1
	WORD=b EDITOR=false VISUAL="my\ bin/ed -w" run_ok case-file edit 民初1
	is "$(got .cause)" '"a"'
	EDITOR=false VISUAL=false GIT_EDITOR=true run_ok case-file edit 民初1
	VISUAL='' EDITOR=true run_ok case-file edit 民初1
}

@test "while one types, another writes: other fields are joined, the same field is a conflict" {
	editor 'case-file set 民初1 clerk=李书记员 2>/dev/null; jq -S ".judge = \"王法官\"" "$1" >new && cat new >"$1"'
	run_ok case-file edit 民初1
	is "$(got '[.judge, .clerk]')" '["王法官","李书记员"]'
	editor 'case-file set 民初1 judge=李法官 2>/dev/null; jq -S ".judge = \"赵法官\"" "$1" >new && cat new >"$1"'
	run_rc 4 case-file edit 民初1
	golden edit/conflict "$(said)"
	is "$(got .judge)" '"李法官"'
	is "$(drafts)" 1
	has "$(cat drafts/*)" 赵法官
	rm drafts/*
	# The other one closes the case meanwhile: what it is then has to be legal as a whole.
	editor 'case-file event 民初1 serve 2>/dev/null; jq -S ".notes = \"x\"" "$1" >new && cat new >"$1"'
	run_ok case-file edit 民初1
	is "$(got '[.notes, .events[-1].event]')" '["x","serve"]'
}

@test "--dry-run: the plan, nothing stored" {
	jq_editor '.judge = "王法官"'
	run_ok case-file edit 民初1 --dry-run
	is "$(tail -n 1 <<<"$output" | jq -r .record.judge)" 王法官
	is "$(tip)" "$start"
}
