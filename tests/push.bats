# SPDX-License-Identifier: MIT
# git push into a docket: what is legal becomes the docket, the rest is refused in words.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	case-file open --type 民初 cause=民间借贷纠纷 received_on=2022-01-04 filed_on=2022-01-10 >/dev/null 2>&1
	case-file open --type 民初 cause=买卖合同纠纷 --received received_on=2022-06-20 >/dev/null 2>&1
	git clone -q d c
	dir=cases/2022/沪0114/民初/0000
	start=$(git -C d rev-parse main)
	# The hook must not believe what the pusher's environment says about dockets.
	export GAVEL_DOCKET=/nowhere
}

# edit CLONE SERIAL FILTER: change a case as a text editor would, canonically.
edit() {
	local file=$1/$dir/$2.json
	jq -S "$3" "$file" >new.json && cat new.json >"$file"
}
# new CLONE SERIAL FILTER: a case beside the others.
new() { jq -S ".id |= sub(\"初1号\"; \"初$2号\") | $3" "$1/$dir/1.json" >"$1/$dir/$2.json"; }
commit() { git -C "$1" add -A && git -C "$1" commit -qm "${2-by hand}"; }
push() { run git -C "$1" push -q origin "${2-main}"; }
tip() { git -C d rev-parse main; }

# said: what the hook wrote to the terminal, ids of commits and events made equal.
said() { sed -n 's/^remote: //p' <<<"$output" | sed 's/ *$//; s/[0-9a-f]\{40\}/COMMIT/g; s/commit [0-9a-f]\{10\}/commit ID/; s/\(event \|"\)[a-z2-7]\{16\}/\1EID/'; }

# refused CLONE NAME: the push fails, says what the golden file says, and changes nothing.
refused() {
	push "$1"
	if [ "$status" -eq 0 ]; then
		echo "taken: $2"
		return 1
	fi
	golden "push/$2" "$(said)" || return 1
	is "$(tip)" "$start" || return 1
	git -C d fsck --strict --no-progress --no-dangling >fsck 2>&1 && is "$(cat fsck)" ''
}
# again CLONE: back to where the docket is
again() { git -C "$1" reset -q --hard origin/main && git -C "$1" clean -qfdx; }

@test "illegal records are refused, each in words, and the docket stays as it was" {
	while IFS='|' read -r name how; do
		again c
		eval "$how"
		commit c
		refused c "$name"
	done <<-'ROWS'
	wrong-type|edit c 1 '.claim_fen = "5000"'
	bad-date|edit c 1 '.filed_on = "2022-02-30"'
	missing-state|edit c 1 'del(.state)'
	unknown-state|edit c 1 '.state = "won"'
	dates-not-in-order|edit c 1 '.received_on = "2022-03-01"'
	illegal-move|edit c 2 '.state = "closed" | .closed_on = "2022-06-21" | .closed_by = "ruling"'
	event-removed|edit c 1 'del(.events)'
	event-changed|edit c 1 '.events[0].note = "x"'
	event-twice|edit c 1 '.events += [.events[0]]'
	not-canonical|jq -Sc . "c/$dir/1.json" >one && cp one "c/$dir/1.json"
	crlf|: >c/.gitattributes; sed -i 's/$/\r/' "c/$dir/1.json"
	not-json|echo '{"id": ' >"c/$dir/1.json"
	not-utf8|printf '{"id":"\xb0\xb8"}\n' >"c/$dir/1.json"
	empty|: >"c/$dir/1.json"
	other-kind|edit c 1 '.kind = "finding"'
	other-number|edit c 1 '.id = "（2022）沪0114民初7号"'
	wrong-path|new c 3 . && mkdir "c/$dir/../0001" && git -C c mv "$dir/1.json" "$dir/../0001/1.json"
	stray|cp "c/$dir/1.json" "c/$dir/1 (copy).json"
	removed|rm "c/$dir/1.json"
	conflict-marks|sed -i '2i <<<<<<< HEAD' "c/$dir/2.json"
	float|edit c 1 '.claim_fen = 12.5'
	new-but-wrong|new c 3 '.procedure = "quick"'
	link|rm "c/$dir/1.json" && ln -s 2.json "c/$dir/1.json"
	submodule|rm "c/$dir/1.json" && git -C c update-index --add --cacheinfo "160000,$start,$dir/1.json"
	gavel-json-gone|rm c/gavel.json
	gavel-json-newer|sed -i 's/"format": 1/"format": 2/' c/gavel.json
	gavel-json-broken|echo '{' >c/gavel.json
	gavel-json-court|sed -i '/"court"/d' c/gavel.json
	ROWS
}

# event CLONE SERIAL EID NAME DAY: append an event as a text editor would.
event() { edit "$1" "$2" ".events = ((.events // []) + [{eid: \"$3\", event: \"$4\", on: \"$5\"}] | sort_by(.on, .eid))"; }
# taken CLONE: the push succeeds, main is where the clone is, and everything in it is legal
taken() {
	push "$1"
	[ "$status" -eq 0 ] || { echo "refused: $output"; return 1; }
	is "$(tip)" "$(git -C "$1" rev-parse main)" || return 1
	case-file check -C d --strict --only 'DK-*'
}

@test "legal pushes are taken: by hand, several commits, other files, what the law only asks about" {
	edit c 1 '.judge = "王法官"'
	commit c 'assigned'
	event c 1 aaaaaaaaaaaaaaaa suspend 2022-03-01
	edit c 1 '.state = "suspended"'
	commit c 'suspended'
	event c 1 bbbbbbbbbbbbbbbb resume 2022-04-01
	edit c 1 '.state = "open"'
	new c 3 '.events = [] | .links = [{rel: "related", id: "（2022）沪0114民初4号"}]'
	new c 4 'del(.received_on) | .cause = "no such cause" | .events = []'
	mkdir c/notes c/rules
	echo 'not JSON' >c/notes/todo.json
	echo '.' >c/rules/own.jq
	commit c 'more'
	taken c
	is "$output" ''
	is "$(case-file blame -C d 民初1 --as-of 2022-06-30 | jq -r 'select(.field == "judge") | .subject')" assigned
	# One more: new policy in gavel.json, an event that law would rather not see twice.
	jq -S '.policy.x = [{from: "2022-01-01", value: 1}]' c/gavel.json >new.json && mv new.json c/gavel.json
	for eid in cccccccccccccccc dddddddddddddddd; do event c 1 $eid ask-correction 2022-01-05; done
	commit c
	taken c
	run_rc 1 case-file check -C d --only LA-05
}

@test "a warning is shown and taken" {
	edit c 1 '.state = "suspended" | .links = [{rel: "related", id: "（2022）沪0114民初44号"}]'
	commit c
	push c
	is "$status" 0
	golden push/warnings "$(said)"
	is "$(tip)" "$(git -C c rev-parse main)"
}

@test "every new commit is judged, on every line, also what was mended later" {
	edit c 1 '.claim_fen = -1'
	commit c
	edit c 1 '.claim_fen = 1'
	commit c
	refused c mended
	again c
	# The bad commit lies on a side line; the commit that joins is clean.
	git -C c checkout -qb side
	edit c 1 '.claim_fen = "x"'
	commit c
	git -C c checkout -q main
	edit c 2 '.clerk = "李书记员"'
	commit c
	git -C c merge -q --no-commit -s ours side
	git -C c commit -qm joined
	refused c side-line
	again c
	# A commit that joins makes something that neither side has.
	git -C c branch -f side
	edit c 2 '.clerk = "李书记员"'
	commit c
	git -C c checkout -q side
	edit c 1 '.judge = "王法官"'
	commit c
	git -C c checkout -q main
	git -C c merge -q --no-commit side
	edit c 1 '.judge = 7'
	rm "c/$dir/2.json"
	commit c joined
	refused c join-itself
	# Three at once.
	again c
	for b in one two three; do
		git -C c checkout -qB $b origin/main
		echo x >c/$b
		commit c $b
	done
	git -C c checkout -q main
	git -C c merge -q one two three
	refused c octopus
	# A root of its own.
	again c
	git -C c checkout -q --orphan alone
	edit c 1 '.judge = 7'
	commit c alone
	git -C c checkout -q main
	git -C c merge -q --allow-unrelated-histories -s ours alone
	refused c other-root
}

@test "history is not replaced, main not deleted; other refs are one's own business" {
	edit c 1 '.judge = "王法官"'
	commit c
	taken c
	start=$(tip)
	git -C c commit -q --amend -m other
	run git -C c push -qf origin main
	[ "$status" -ne 0 ]
	golden push/replaced "$(said)"
	run git -C c push -q origin :main
	[ "$status" -ne 0 ]
	golden push/deleted "$(said)"
	git -C c checkout -q --orphan fresh
	git -C c rm -rqf . && echo x >c/x && commit c fresh
	run git -C c push -qf origin fresh:main
	[ "$status" -ne 0 ]
	golden push/unrelated "$(said)"
	run git -C c push -qf origin fresh:main fresh:mine
	[ "$status" -ne 0 ]
	is "$(git -C d for-each-ref --format='%(refname)')" refs/heads/main
	run git -C c push -q origin fresh:mine fresh:refs/tags/t
	is "$status" 0
	git -C c push -q origin :refs/tags/t
	is "$(tip)" "$start"
}

@test "two clones: events of both, fields of both, and nothing of the other gets lost" {
	git clone -q d e
	event c 1 aaaaaaaaaaaaaaaa hear 2022-03-01
	commit c
	taken c
	start=$(tip)
	event e 1 bbbbbbbbbbbbbbbb serve 2022-02-01
	edit e 2 '.cause = "借用合同纠纷"'
	commit e
	push e
	[ "$status" -ne 0 ] # git itself: fetch first
	# Joined by hand, as git leaves it: first without the other's event.
	run git -C e pull -q --no-rebase origin main
	git -C e checkout -q --ours "$dir/1.json"
	commit e joined
	refused e event-lost
	again e
	event e 1 bbbbbbbbbbbbbbbb serve 2022-02-01
	commit e
	taken e
	# Everything of theirs thrown away, which changes nothing on our side of the join.
	start=$(tip)
	again c
	new e 3 '.events = []'
	commit e
	taken e
	start=$(tip)
	edit c 2 '.clerk = "李书记员"'
	commit c
	git -C c fetch -q
	git -C c merge -q -s ours origin/main
	refused c all-of-theirs-lost
	# Both sides move the case on: the join keeps the events of both and one of the states.
	again c
	again e
	event c 2 cccccccccccccccc file 2022-06-22
	edit c 2 '.state = "open" | .filed_on = "2022-06-22"'
	commit c
	event c 2 dddddddddddddddd suspend 2022-06-23
	edit c 2 '.state = "suspended"'
	commit c
	taken c
	event e 2 eeeeeeeeeeeeeeee ask-correction 2022-06-21
	edit e 2 '.state = "correcting"'
	commit e
	git -C e fetch -q
	run git -C e merge -q origin/main
	git -C e show "origin/main:$dir/2.json" >"e/$dir/2.json"
	event e 2 eeeeeeeeeeeeeeee ask-correction 2022-06-21
	git -C e add -A
	git -C e commit -qm joined
	taken e
}

@test "commands and pushes side by side; forty commits at once" {
	for i in $(seq 1 40); do
		edit c 1 ".claim_fen = $i"
		commit c "$i"
	done
	taken c
	case-file set -C d 民初1 tribunal=民一庭 -m 补录 2>&1
	edit c 1 '.claim_fen = 7'
	commit c
	push c
	[ "$status" -ne 0 ]
	git -C c pull -q --no-rebase origin main 2>&1
	taken c
	is "$(case-file get -C d 民初1 -o ndjson | jq -c '[.claim_fen, .tribunal]')" '[7,"民一庭"]'
}

@test "--incoming by hand: what it reads, what it prints" {
	run_rc 2 case-file check -C d --incoming <<<'x'
	golden push/usage "$stderr"
	run_ok case-file check -C d --incoming </dev/null
	edit c 1 '.claim_fen = -1'
	commit c
	new=$(git -C c rev-parse main)
	git -C c push -q origin main:try
	run_rc 1 case-file check -C d --incoming -o ndjson <<<"$start $new refs/heads/main"
	is "$(jq -c '[.kind, .rule, .level, .ref.id, .facts.commit]' <<<"$output")" \
		"[\"finding\",\"DK-04\",\"violation\",\"（2022）沪0114民初1号\",\"$new\"]"
	run_ok case-file check -C d --incoming --skip DK-04 <<<"$start $new refs/heads/main"
	run_ok case-file check -C d --incoming <<<"$start $new refs/heads/other"
	run_rc 7 case-file check -C d --incoming <<<"$start ${new//[0-9]/a} refs/heads/main"
}

# write_document CLONE MEMBERS: a document of a docket for the public, as a text editor would
write_document() {
	mkdir -p "$1/documents/沪0114/0000"
	jq -Sn "{kind: \"document\", id: \"沪0114-W000001\", court: \"沪0114\", case: \"（2022）沪0114民初1号\", state: \"published\", title: \"张某诉李某\", text: \"无\"} + $2" \
		>"$1/documents/沪0114/0000/沪0114-W000001.json"
}

@test "DK-14: a resident's number does not get into a docket for the public, other numbers are told" {
	case-file init --court 沪0114 p 2>/dev/null
	git clone -q p pc
	write_document pc '{text: "张某，公民身份号码310114198503120016。"}'
	commit pc
	refused_by_p public-number
	# taken back in a commit of its own, it would still be in the history
	write_document pc '{}'
	commit pc
	push pc
	[ "$status" -ne 0 ]
	git -C pc reset -q --hard origin/main
	write_document pc '{text: "来电13800001234"}'
	commit pc
	push pc
	is "$status" 0
	has "$(said)" 'text: phone at byte 7, of 1 in all: everybody may read it'
	run_rc 1 case-file check -C p --strict -o tsv --fields level,rule,ref.id,message
	is "$output" 'level	rule	ref.id	message
warn	DK-14	沪0114-W000001	text: phone at byte 7, of 1 in all: everybody may read it'
	run_ok case-file check -C p
}
refused_by_p() {
	local before
	before=$(git -C p rev-parse main)
	push pc
	[ "$status" -ne 0 ] || return 1
	golden "push/$1" "$(said)" || return 1
	is "$(git -C p rev-parse main)" "$before"
}
