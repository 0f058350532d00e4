# SPDX-License-Identifier: MIT
# case-audit verify and checkpoint: who signed, was it theirs to change, is history what it was?

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share XDG_STATE_HOME=$BATS_TEST_TMPDIR/state TZ=Asia/Shanghai
	for k in clerk judge chief stranger; do ssh-keygen -q -t ed25519 -N '' -C "$k" -f "$k"; done
	at 2022-01-03
	make_docket 2>/dev/null
	git clone -q d c
	# Pushes by hand and histories by force: the hook has a suite of its own at the end.
	rm d/hooks/pre-receive
	git -C d config receive.denyNonFastForwards false
	git -C c config gpg.format ssh
	as clerk
}

# as WHO: commit and sign as that person from here on
as() {
	git -C c config user.signingKey "$PWD/$1.pub"
	export GIT_AUTHOR_NAME=$1 GIT_AUTHOR_EMAIL=$1@example.org GIT_COMMITTER_NAME=$1 GIT_COMMITTER_EMAIL=$1@example.org
}
# at DAY [HH:MM]: the clock of the commits that follow
at() { export GIT_AUTHOR_DATE="$1T${2-12:00}:00+0800" GIT_COMMITTER_DATE="$1T${2-12:00}:00+0800"; }
# person NUMBER NAME ROLE: its record
person() {
	mkdir -p "c/people/沪0114/0000"
	jq -nS --arg id "沪0114-P00000$1" --arg name "$2" --arg role "$3" '{kind: "person", id: $id, name: $name, state: "active",
		emails: [$name + "@example.org"], roles: [{role: $role, from: "2020-01-01"}]}' >"c/people/沪0114/0000/沪0114-P00000$1.json"
}
# key NUMBER NAME [OPTIONS]: a line of signers
key() { echo "沪0114-P00000$1,$2@example.org ${3:+$3 }$(cut -d' ' -f1,2 "$2.pub")"; }
# commit MESSAGE [-S]: everything in the clone, to the docket
commit() {
	git -C c add -A
	git -C c commit -q --allow-empty -m "$@"
	git -C c push -q origin main
}
signed() { commit "$1" -S; }
# case_ SERIAL FILTER: change a case, or make it, canonically
case_() {
	local file=c/cases/2022/沪0114/民初/0000/$1.json
	mkdir -p "$(dirname "$file")"
	[ -e "$file" ] || printf '{"kind":"case","id":"（2022）沪0114民初%s号","state":"open","filed_on":"2022-01-10","received_on":"2022-01-04","cause":"民间借贷纠纷","events":[{"eid":"aaaaaaaaaaaaaaaa","event":"file","on":"2022-01-10"}]}' "$1" >"$file"
	jq -S "${2-.}" "$file" >new.json && cat new.json >"$file"
}
# adopt: three people with keys; from here on the docket knows signers
adopt() {
	at 2022-03-01
	person 1 clerk 立案人员
	person 2 judge 审判员
	person 3 chief 院长
	{ key 1 clerk; key 2 judge; key 3 chief; } >c/signers
	signed 'signers begin'
}
tip() { git -C d rev-parse main; }
# found [OPTION...]: level, rule and message of what is found, ids made equal
found() {
	case-audit verify --all "$@" 2>/dev/null | jq -r '[.level, .rule, .message] | @tsv' |
		sed "s/[0-9a-f]\{40\}/ID/g; s/commit [0-9a-f]\{10\}/commit ID/g; s/to [0-9a-f]\{10\}/to ID/g; s/SHA256:[A-Za-z0-9+/]*/KEY/g"
}
# verified CODE WANT: exit code, and what is found besides notes
verified() {
	local code=$1
	shift
	run_rc "$code" case-audit verify --all
	is "$(found | grep -v ^info || :)" "$(printf '%b' "$*")"
}

@test "a docket without signers is judged by its records alone, and says so" {
	at 2022-02-01
	case_ 1
	commit 'one'
	verified 0 ''
	is "$(found)" $'info\tAU-01\tthe docket knows no signers; commits not asked for signatures: 2'
	is "$(found --strict)" $'warn\tAU-01\tnot signed (the docket knew no signers yet)\nwarn\tAU-01\tnot signed (the docket knew no signers yet)'
	run_rc 1 case-audit verify --strict
	run_ok case-audit verify
	has "$stderr" 'commits judged: 2 (merges 0, corrections 0, annotations 0)'
	has "$stderr" 'signatures: good 0, none 2, not to be trusted 0'
	# Still, what git would take and no command would write is found where it was made.
	case_ 1 '.filed_on = "2022-02-30"'
	commit 'bad date'
	case_ 1 '.filed_on = "2022-01-10"'
	commit 'mended'
	is "$(found | grep -v ^info)" $'violation\tDK-04\tfiled_on: 2022-02-30 is not a date'
	run_rc 1 case-audit verify
	is "$(jq -rs '.[0].facts.commit' <<<"$output")" "$(git -C d rev-parse main~1)"
	is "$(jq -rs '.[0].ref.id' <<<"$output")" '（2022）沪0114民初1号'
}

@test "AU-01: unsigned is a warning once there are signers, a violation where the policy wants it" {
	adopt
	case_ 1
	signed 'good'
	verified 0 ''
	is "$(found)" $'info\tAU-03\tsigners begin here, taken on trust: keys 3\ninfo\tAU-01\tcommits from before the docket knew signers, not asked for signatures: 1'
	case_ 1 '.judge = "王"'
	commit 'not signed'
	verified 1 'warn\tAU-01\tnot signed, though the docket knows signers'
	jq -S '.policy.signed_commits = [{from: "2022-05-01", value: true}]' c/gavel.json >new.json && cp new.json c/gavel.json
	signed 'policy'
	at 2022-04-30
	case_ 1 '.judge = "李"'
	commit 'the day before'
	at 2022-05-01
	case_ 1 '.judge = "赵"'
	commit 'on the day'
	verified 1 'warn\tAU-01\tnot signed, though the docket knows signers\nwarn\tAU-01\tnot signed, though the docket knows signers\nviolation\tAU-01\tnot signed, and the court'\''s policy signed_commits demands it'
	# A policy that cannot be read demands it, too.
	jq -S '.policy.signed_commits = "yes"' c/gavel.json >new.json && cp new.json c/gavel.json
	signed 'policy broken'
	at 2022-05-02
	case_ 1 '.judge = "钱"'
	commit 'after'
	has "$(found | tail -n 2)" 'demands it'
}

@test "the policy alone, without signers, trusts no signature" {
	at 2022-03-01
	jq -S '.policy.signed_commits = [{from: "2022-01-01", value: true}]' c/gavel.json >new.json && cp new.json c/gavel.json
	commit 'policy'
	case_ 1
	signed 'signed by whom?'
	verified 7 'violation\tAU-03\tsigned with KEY, but the docket had no file signers before it'
}

@test "AU-02: a signature moved to another commit, cut, or doubled does not hold" {
	adopt
	case_ 1
	signed 'good'
	local good=$PWD/good.txt tree parent
	git -C d cat-file commit main >good.txt
	tree=$(git -C d rev-parse 'main^{tree}') parent=$(tip)
	while IFS='|' read -r want edit; do
		sed "1,/^$/ { s/^tree .*/tree $tree/; s/^parent .*/parent $parent/ }" "$good" | sed "$edit" >forged.txt
		git -C d update-ref refs/heads/main "$(git -C d hash-object -t commit -w --literally --stdin <forged.txt)"
		run_rc 7 case-audit verify --all
		has "$(found | grep -v ^info)" $'violation\tAU-02\tthe signature does not hold: '"$want"
		git -C d update-ref refs/heads/main "$parent"
	done <<-'ROWS'
	|s/^x/x/
	|s/^good$/better/
	|/^ [A-Za-z0-9+\/=]*$/ { s/A/B/ }
	|/^gpgsig /,/^ -----END/ { /^ [A-Z]/ { 2,6d } }
	it wears more than one|/^ -----END/ a gpgsig-sha256 -----BEGIN SSH SIGNATURE-----
	ROWS
	verified 0 ''
	# git is of the same opinion of the good one
	key 1 clerk >allowed
	git -C d -c gpg.ssh.allowedSignersFile="$PWD/allowed" verify-commit main
}

@test "AU-03: a key that nobody knew before; a key cannot bring itself in" {
	adopt
	case_ 1
	signed 'good'
	as stranger
	case_ 1 '.judge = "王"'
	signed 'by a stranger'
	key 4 stranger >>c/signers
	person 4 stranger 书记员
	signed 'brings himself in'
	case_ 1 '.judge = "李"'
	signed 'now known'
	verified 7 'violation\tAU-03\tsigned with KEY, which the file signers before it does not list\nviolation\tAU-03\tsigned with KEY, which the file signers before it does not list'
	is "$(case-audit verify --all 2>/dev/null | jq -r 'select(.level == "violation").facts.commit')" "$(git -C d rev-parse main~2 main~1)"
}

@test "AU-03: signers without a person, signers broken, people broken, signers taken away" {
	adopt
	key 9 stranger >>c/signers
	signed 'a key without a person'
	as stranger
	case_ 1
	signed 'by nobody'
	verified 7 'violation\tAU-03\tsigned by 沪0114-P000009,stranger@example.org, of whom people/ before it has no record'
	as clerk
	cp c/signers good.signers
	echo 'clerk@example.org ssh-ed25519 nonsense' >>c/signers
	signed 'broken signers'
	case_ 1 '.judge = "王"'
	signed 'judged by broken signers'
	has "$(found | tail -n 2)" $'violation\tAU-03\tthe file signers before it cannot be read, so nobody is trusted: line 5: '
	run_rc 7 case-audit verify --all
	cp good.signers c/signers
	echo '{' >"c/people/沪0114/0000/沪0114-P000001.json"
	signed 'signers mended, people broken'
	case_ 1 '.judge = "李"'
	signed 'judged by broken people'
	has "$(found)" $'violation\tAU-03\tpeople/ before it cannot be read, so nobody is known: people/沪0114/0000/沪0114-P000001.json: '
	person 1 clerk 立案人员
	git -C c rm -q signers
	signed 'signers gone'
	has "$(found)" $'violation\tAU-03\tit takes the file signers away'
	case_ 1 '.judge = "赵"'
	signed 'after that'
	has "$(found | tail -n 2)" $'violation\tAU-03\tsigned with KEY, but the docket had no file signers before it'
}

@test "AU-04: keys before, after and beside their days; namespaces" {
	at 2022-03-01
	person 1 clerk 立案人员
	person 2 judge 审判员
	person 3 chief 院长
	{
		key 1 clerk
		key 2 judge 'valid-after="20220401",valid-before="20220501"'
		key 3 chief 'namespaces="gavel-approval"'
	} >c/signers
	signed 'signers begin'
	as judge
	while IFS='|' read -r day clock want; do
		at "$day" "$clock"
		case_ 1 ".judge = \"$day\""
		signed "$day"
		got=$(case-audit verify --from main~1 2>/dev/null | jq -r '.message' | sed 's/SHA256:[^ ]*/KEY/')
		is "$got" "$want"
	done <<-'ROWS'
	2022-03-31|23:59|the key KEY was not valid yet
	2022-04-01|00:00|
	2022-04-30|23:59|
	2022-05-01|00:01|the key KEY was not valid any more
	ROWS
	as chief
	case_ 1 '.judge = "x"'
	signed 'not for commits'
	run_rc 7 case-audit verify --from main~1
	has "$output" 'is not for commits (namespaces in signers)'
}

@test "AU-05: committed in another's name" {
	adopt
	export GIT_COMMITTER_EMAIL=judge@example.org GIT_COMMITTER_NAME=judge
	case_ 1
	signed 'signed by the clerk'
	verified 1 'warn\tAU-05\tcommitted by judge <judge@example.org>, but signed by 沪0114-P000001,clerk@example.org'
}

@test "AU-09: a clock that runs backwards by more than an hour" {
	adopt
	at 2022-04-01 12:00
	case_ 1
	signed 'noon'
	at 2022-04-01 11:01
	case_ 1 '.judge = "王"'
	signed 'a little before'
	verified 0 ''
	at 2022-04-01 10:00
	case_ 1 '.judge = "李"'
	signed 'long before'
	verified 1 'warn\tAU-09\tmade 120 minutes before its parent, by its own clock: judged as of its parent'\''s time'
}

# duties JSON: the policy, signed by the chief
duties() {
	mkdir -p c/policy
	jq -n "$1" >c/policy/duties.json
	as chief
	signed 'duties'
	as clerk
}

@test "AU-06: who may change what, by the duties in force before" {
	adopt
	case_ 1
	signed 'one'
	case_ 1 '.judge = "王"'
	signed 'before there were duties'
	duties '{format: 1, otherwise: "allow", duties: [
		{id: "T-1", title: "assigning a judge", kind: "case", fields: ["judge"], needs: [{roles: ["院长"], signatures: 1}], basis: [{doc: "办法", no: "1", art: "2"}]},
		{id: "T-2", title: "signers", files: ["signers", "policy/", "people/"], needs: [{roles: ["院长"], signatures: 1}]},
		{id: "T-3", title: "a hint", kind: "case", fields: ["clerk"], needs: [{roles: ["院长"], signatures: 1}], level: "review"}]}'
	verified 0 ''
	case_ 1 '.judge = "李"'
	signed 'not the clerk'
	has "$(found | tail -n 2)" $'violation\tAU-06\tassigning a judge (T-1): missing: '
	run_rc 1 case-audit verify --all
	is "$(jq -rs 'map(select(.rule == "AU-06"))[0] | [.ref.id, .facts.duty, .facts.path, .facts.signers[0], .facts.basis[0].doc] | join(" ")' <<<"$output")" \
		'（2022）沪0114民初1号 T-1 cases/2022/沪0114/民初/0000/1.json 沪0114-P000001 办法'
	as chief
	case_ 1 '.judge = "赵"'
	signed 'the chief may'
	run_ok case-audit verify --from main~1
	is "$output" ''
	as clerk
	case_ 1 '.clerk = "x"'
	signed 'a hint'
	run_rc 1 case-audit verify --from main~1
	is "$(jq -r .level <<<"$output")" review
	# Nobody's signature counts for nothing; the keys of others are the chief's business, too.
	as chief
	case_ 1 '.judge = "钱"'
	commit 'not signed'
	run_rc 1 case-audit verify --from main~1
	is "$(jq -r '.rule' <<<"$output" | sort)" $'AU-01\nAU-06'
	as clerk
	key 4 stranger >>c/signers
	signed 'another key'
	run_rc 1 case-audit verify --from main~1
	is "$(jq -r '[.rule, .ref.kind, .facts.duty] | join(" ")' <<<"$output")" 'AU-06 commit T-2'
}

@test "AU-06: duties that cannot be read allow nothing" {
	adopt
	duties '{format: 1, otherwise: "allow", duties: [], nonsense: 1}'
	case_ 1
	case_ 2
	signed 'under broken duties'
	run_rc 7 case-audit verify --all
	is "$(found | grep -c 'AU-06	policy/duties.json before it cannot be read, so nothing is allowed: ')" 1
}

@test "AU-06: not by the one who did the other half, also before the checkpoint" {
	adopt
	duties '{format: 1, otherwise: "allow", duties: [
		{id: "T-1", title: "assigning", kind: "case", fields: ["judge"], needs: [{roles: ["立案人员", "审判员"], signatures: 1}]},
		{id: "T-2", title: "checking", kind: "case", fields: ["clerk"], needs: [{roles: ["立案人员", "审判员"], signatures: 1}], not_by: ["T-1"]}]}'
	case_ 1
	case_ 2
	signed 'two cases'
	case_ 1 '.judge = "王"'
	signed 'assigned by the clerk'
	before=$(tip)
	case_ 2 '.clerk = "ok"'
	signed 'another case, whose judge he did not assign'
	as judge
	case_ 1 '.clerk = "ok"'
	signed 'checked by another'
	verified 0 ''
	as clerk
	case_ 1 '.clerk = "ok again"'
	signed 'checked by himself'
	has "$(found | tail -n 2)" $'violation\tAU-06\tchecking (T-2): missing: '
	is "$(case-audit verify --from "$before" 2>/dev/null | jq -r .message)" "$(case-audit verify --all 2>/dev/null | jq -r 'select(.rule == "AU-06").message')"
}

@test "AU-07: history rewritten by force against what is remembered" {
	adopt
	case_ 1
	signed 'one'
	run_ok case-audit checkpoint
	has "$stderr" 'remembered up to commit'
	run_ok case-audit checkpoint --show
	is "$(jq -r '[.kind, .court, .commits, .commit, .docket, .on, .by] | map(tostring) | join(" ")' <<<"$output")" \
		"checkpoint 沪0114 3 $(tip) $PWD/d 2022-06-30 clerk <clerk@example.org>"
	is "$(jq -r .root <<<"$output")" "$(git -C d rev-list --max-parents=0 main)"
	case_ 1 '.judge = "王"'
	signed 'two'
	run_ok case-audit verify
	has "$stderr" 'from the remembered commit'
	has "$stderr" 'commits judged: 1 ('
	run_ok case-audit checkpoint
	is "$(case-audit checkpoint --show | jq .commits)" 4
	remembered=$(tip)
	# As if it had never been: also what is left is judged, all of it.
	git -C c reset -q --hard HEAD~1
	case_ 1 '.judge = "李"'
	git -C c add -A
	git -C c commit -q -S -m 'two, otherwise'
	git -C c push -q --force origin main
	run_rc 7 case-audit verify
	is "$(jq -rs 'map(select(.level != "info"))[] | [.rule, .ref.id, .message] | join(" ")' <<<"$output")" \
		"AU-07 $remembered history was replaced: the remembered commit ${remembered:0:10} does not lead to $(tip | cut -c1-10)"
	has "$stderr" 'commits judged: 4 ('
	has "$stderr" 'is not to be trusted'
	run_rc 7 case-audit checkpoint
	has "$stderr" 'nothing is remembered: there are findings'
	is "$(case-audit checkpoint --show | jq -r .commit)" "$remembered"
	# The old commit itself may be gone, too.
	git -C d reflog expire --expire=now --all
	git -C d prune --expire=now
	run_rc 7 case-audit verify
	has "$output" "history was replaced: the remembered commit ${remembered:0:10} is not in the docket any more, which is at $(tip | cut -c1-10)"
	# An auditor who knows why may go on from there.
	run_rc 7 case-audit checkpoint -m ' '
	has "$stderr" 'nothing is remembered: there are findings'
	run_rc 7 case-audit checkpoint -m '经院长批准重建'
	is "$(case-audit checkpoint --show | jq -r '[.reason, .violations, .commits] | map(tostring) | join(" ")')" '经院长批准重建 1 4'
	run_ok case-audit verify
}

@test "AU-07: another docket in the old one's place; a docket that was moved" {
	adopt
	run_ok case-audit checkpoint
	mv d moved
	run_ok case-audit verify -C moved
	has "$stderr" 'from the remembered commit'
	mv moved d
	mv d old && GAVEL_DOCKET='' case-file init --court 沪0114 d 2>/dev/null
	run_rc 7 case-audit verify -C d
	has "$output" 'is not in the docket any more'
}

@test "AU-07: objects that are missing or not what they say" {
	adopt
	case_ 1
	signed 'one'
	case_ 2
	signed 'two'
	blob=$(git -C d rev-parse "main~1:cases/2022/沪0114/民初/0000/1.json")
	git -C d repack -adq && git -C d prune-packed
	mv d/objects/pack/*.pack p.pack && rm -f d/objects/pack/*
	git -C d unpack-objects -q <p.pack
	file=d/objects/${blob:0:2}/${blob:2}
	cp "$file" saved && chmod u+w "$file"
	# One that was changed, hash and all kept.
	git -C d cat-file blob "$blob" | sed 's/民间/民问/' >changed
	python3 - "$file" changed <<-'PY' 2>/dev/null || perl -MCompress::Zlib -e 'open F,"<",$ARGV[1];binmode F;local $/;$d=<F>;open O,">",$ARGV[0];binmode O;print O compress("blob ".length($d)."\0".$d)' "$file" changed
	import sys, zlib
	d = open(sys.argv[2], 'rb').read()
	open(sys.argv[1], 'wb').write(zlib.compress(b'blob %d\0' % len(d) + d))
	PY
	run_rc 7 case-audit verify --all
	has "$output" 'the object is not what its id says: it was changed or damaged'
	rm -f "$file"
	run_rc 7 case-audit verify --all
	has "$output" "$blob"
	cp saved "$file"
	verified 0 ''
	tree=$(git -C d rev-parse 'main~1^{tree}')
	mv "d/objects/${tree:0:2}/${tree:2}" saved
	run_rc 7 case-audit verify --all
	has "$output" 'it cannot be read whole: '
	mv saved "d/objects/${tree:0:2}/${tree:2}"
	commit=$(git -C d rev-parse main~1)
	mv "d/objects/${commit:0:2}/${commit:2}" saved
	run_rc 7 case-audit verify --all
	has "$stderr" "object $commit is missing"
}

@test "merges: only what neither side had is the merger's" {
	adopt
	case_ 1
	case_ 2
	signed 'two cases'
	duties '{format: 1, otherwise: "allow", duties: [{id: "T-1", title: "assigning", kind: "case", fields: ["judge"], needs: [{roles: ["院长"], signatures: 1}]}]}'
	git -C c checkout -q -b side
	as chief
	case_ 1 '.judge = "王"'
	git -C c add -A && git -C c commit -q -S -m 'side'
	git -C c checkout -q main
	as clerk
	case_ 1 '.clerk = "x"'
	signed 'main'
	# The clerk joins: the judge of the one, the clerk of the other.
	git -C c merge -q -S --no-ff side -m 'join' >/dev/null 2>&1 || {
		case_ 1 . 2>/dev/null || git -C c show side:cases/2022/沪0114/民初/0000/1.json >"c/cases/2022/沪0114/民初/0000/1.json"
		case_ 1 '.judge = "王" | .clerk = "x"'
		git -C c add -A && git -C c commit -q -S -m 'join'
	}
	git -C c push -q origin main
	verified 0 ''
	run_ok case-audit verify --all
	has "$stderr" '(merges 1, '
	# But a judge that neither had is his own doing.
	git -C c checkout -q -b side2 HEAD~1
	as chief
	case_ 2 '.judge = "李"'
	git -C c add -A && git -C c commit -q -S -m 'side2'
	git -C c checkout -q main
	as clerk
	git -C c merge -q --no-commit --no-ff side2 >/dev/null
	case_ 2 '.judge = "赵"'
	git -C c add -A && git -C c commit -q -S -m 'join, and more'
	git -C c push -q origin main
	run_rc 1 case-audit verify --all
	is "$(jq -rs 'map(select(.rule == "AU-06"))[] | [.facts.duty, .facts.merge, .ref.id] | map(tostring) | join(" ")' <<<"$output")" 'T-1 true （2022）沪0114民初2号'
}

@test "lines of history that never knew signers cannot slip in" {
	adopt
	case_ 1
	signed 'one'
	run_ok case-audit checkpoint
	# From before the adoption, unsigned, and made the first parent of the join.
	git -C c checkout -q -b old main~2
	case_ 7
	git -C c add -A && git -C c commit -q -m 'old line'
	git -C c merge -q --no-ff main -m 'join' >/dev/null
	git -C c push -q origin HEAD:main
	run_rc 7 case-audit verify --all
	has "$(found)" $'violation\tAU-03\tnobody'\''s signature was asked for: its line of history knew no signers, and was joined after commit ID began them'
	run_rc 1 case-audit verify
	is "$(jq -r .rule <<<"$output" | sort | uniq -c | sed 's/^ *//')" '2 AU-01'
	# With signers of its own it is worse.
	git -C c checkout -q -B own main~2
	as stranger
	person 1 stranger 院长
	key 1 stranger >c/signers
	git -C c add -A && git -C c commit -q -S -m 'own signers'
	git -C c push -q --force origin HEAD:main
	git -C c merge -q -S --no-ff -s ours main -m 'join' >/dev/null
	git -C c push -q --force origin HEAD:main
	run_rc 7 case-audit verify --all
	has "$(found)" 'signers begin a second time here, after commit ID began them on another line'
	run_rc 7 case-audit verify
	has "$output" 'which the file signers before it does not list'
}

# note COMMIT WHO [REASON]: an annotation
note() {
	as "$2"
	at 2022-06-01
	git -C c commit -q -S --allow-empty -m "annotate

${3:+Gavel-Reason: $3
}Gavel-Annotates: $1"
	git -C c push -q origin main
}

@test "annotations explain a finding away, by another who is known, with a reason" {
	adopt
	as stranger
	case_ 1
	signed 'by a stranger'
	bad=$(tip)
	verified 7 'violation\tAU-03\tsigned with KEY, which the file signers before it does not list'
	note "$bad" chief '系统迁移时使用旧密钥，已核实'
	verified 0 ''
	run_ok case-audit verify --all
	is "$(jq -rs --arg c "$bad" 'map(select(.ref.id == $c))[0] | [.level, .rule, .facts.annotated.by, .facts.annotated.reason] | join(" ")' <<<"$output")" \
		'info AU-03 沪0114-P000003 系统迁移时使用旧密钥，已核实'
	has "$stderr" 'annotations 1)'
	while IFS='|' read -r commit who reason want; do
		note "$commit" "$who" "$reason"
		run_rc "${want%% *}" case-audit verify --from main~1
		is "$(jq -r 'select(.rule == "AU-08").message' <<<"$output")" "the annotation does not count: ${want#* }"
	done <<-ROWS
	0000000000000000000000000000000000000001|chief|x|1 there is no such commit
	$bad and more than forty characters in all here|chief|x|1 it names no commit
	$bad|stranger|x|7 it is not signed by a known signer
	$bad|chief||1 it gives no reason (trailer Gavel-Reason)
	ROWS
	# Nobody explains his own doing away.
	as clerk
	export GIT_COMMITTER_EMAIL=judge@example.org
	case_ 1 '.judge = "王"'
	signed 'in another name'
	own=$(tip)
	note "$own" clerk '是我'
	has "$(found)" $'warn\tAU-05\t'
	has "$(found)" $'violation\tAU-08\tthe annotation does not count: it is by the one whose commit it is about'
}

@test "annotations are a duty where the court says so; corrections are shown as such" {
	adopt
	duties '{format: 1, otherwise: "allow", duties: [{id: "T-9", title: "annotating", files: ["annotations"], needs: [{roles: ["院长"], signatures: 1}]}]}'
	case_ 1
	commit 'not signed'
	bad=$(tip)
	note "$bad" judge '已核实'
	has "$(found)" $'warn\tAU-01\t'
	has "$(found)" $'violation\tAU-08\tthe annotation does not count: the duties do not let this person annotate'
	note "$bad" chief '已核实'
	is "$(found | grep AU-01 | head -n 1)" $'info\tAU-01\tnot signed, though the docket knows signers'
	as clerk
	case_ 1 '.filed_on = "2022-02-30"'
	commit "correction

Gavel-Corrects: $bad" -S
	run_rc 1 case-audit verify --from main~1
	is "$(jq -r '[.rule, .facts.corrects] | join(" ")' <<<"$output")" "DK-04 $bad"
	has "$stderr" 'corrections 1'
}

@test "an RSA key is asked of git" {
	ssh-keygen -q -t rsa -b 2048 -N '' -C rsa -f rsa
	at 2022-03-01
	person 1 clerk 立案人员
	person 2 rsa 审判员
	{ key 1 clerk; key 2 rsa; } >c/signers
	signed 'signers begin'
	as rsa
	case_ 1
	signed 'with RSA'
	verified 0 ''
	run_ok case-audit verify --all
	has "$stderr" 'good 1'
	git -C d cat-file commit main | sed 's/^with RSA$/without/' >forged.txt
	git -C d update-ref refs/heads/main "$(git -C d hash-object -t commit -w --stdin <forged.txt)"
	run_rc 7 case-audit verify --all
	has "$output" AU-02
	# Nothing is left behind.
	is "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'gavel-signers-*' -newer c/signers | head -n 1)" ''
}

@test "the command line: ranges, rules, files" {
	adopt
	case_ 1
	signed 'one'
	case_ 1 '.judge = "王"'
	commit 'not signed'
	run_rc 2 case-audit verify main
	golden audit/operand "$stderr"
	run_rc 6 case-audit verify --from nowhere
	run_rc 2 case-audit verify --from main --all
	run_rc 2 case-audit verify --only AU-1
	golden audit/no-such-rule "$stderr"
	run_rc 6 case-audit verify --checkpoint none.json
	golden audit/no-such-file "$stderr"
	run_rc 6 case-audit checkpoint --show --file none.json
	golden audit/nothing-remembered "$stderr"
	run_rc 2 case-audit checkpoint x
	golden audit/checkpoint-operand "$stderr"
	run_ok case-audit verify --all --only 'AU-03,DK-*'
	run_rc 1 case-audit verify --all --only AU-01
	run_ok case-audit verify --all --skip AU-01
	run_ok case-audit verify --all --at main~1
	run_ok case-audit verify --rules
	is "$(jq -r .id <<<"$output" | paste -sd' ')" 'AU-01 AU-02 AU-03 AU-04 AU-05 AU-06 AU-07 AU-08 AU-09'
	run_ok case-audit verify --explain AU-03
	# A side branch does not lead to main.
	git -C c checkout -q -b side main~1
	case_ 3
	git -C c add -A && git -C c commit -q -S -m side && git -C c push -q origin side
	run_rc 3 case-audit verify --from side
	golden audit/from-a-side-branch "$stderr"
	# An own file, signed.
	git -C d config gpg.format ssh
	git -C d config user.signingKey "$PWD/chief.pub"
	run_rc 1 case-audit checkpoint --file own/cp.json
	[ ! -e own/cp.json ]
	run_rc 1 case-audit checkpoint --file own/cp.json --sign -m '已知'
	run_ok case-audit verify --checkpoint own/cp.json
	has "$stderr" "the checkpoint is signed with $(ssh-keygen -lf chief.pub | cut -d' ' -f2)"
	ssh-keygen -Y check-novalidate -n gavel-checkpoint -s own/cp.json.sig <own/cp.json
	sed -i 's/已知/未知/' own/cp.json
	run_rc 7 case-audit verify --checkpoint own/cp.json
	echo '{}' >own/cp.json
	run_rc 7 case-audit verify --checkpoint own/cp.json
	golden audit/no-checkpoint "$(sed "s|$PWD|.|" <<<"$stderr")"
	XDG_STATE_HOME='' HOME='' run_rc 2 case-audit verify
	golden audit/no-home "$stderr"
}

@test "the hook judges what is pushed by what the docket knows" {
	adopt
	printf '#!/bin/sh\nexec case-file check --incoming --as-of 2022-06-30\n' >d/hooks/pre-receive
	chmod +x d/hooks/pre-receive
	unset GAVEL_DOCKET
	case_ 1
	signed 'good'
	is "$(tip)" "$(git -C c rev-parse main)"
	before=$(tip)
	as stranger
	case_ 1 '.judge = "王"'
	git -C c add -A && git -C c commit -q -S -m 'by a stranger'
	run git -C c push -q origin main
	[ "$status" -ne 0 ]
	is "$(tip)" "$before"
	has "$output" AU-03
	has "$output" 'which the file signers before it does not list'
	has "$output" 'the AU rules are those of case-audit verify, which explains them'
	git -C c reset -q --hard origin/main
	as clerk
	case_ 1 '.judge = "王"'
	run commit 'not signed'
	is "$(tip)" "$(git -C c rev-parse main)"
	has "$output" 'not signed, though the docket knows signers'
	has "$output" 'taken: warnings 1, new commits 1'
}

@test "timeline, who, report: one record's life, and a page" {
	adopt
	case_ 1
	signed '<b>one</b>'
	bad=$(tip)
	case_ 1 '.judge = "王"'
	commit 'not signed'
	note "$(tip)" chief '已核实'
	for sub in timeline who; do
		run_rc 2 case-audit $sub
		golden "audit/$sub-which" "$stderr"
		run_rc 6 case-audit $sub 民初7
		has "$stderr" 'no such record in the history'
	done
	run_rc 2 case-audit report x
	golden audit/report-operand "$stderr"
	run_ok case-audit timeline 民初1
	is "$(jq -r '[.op, .person // "-", .roles[0] // "-", .signature, .move // "-", .annotated.reason // "-"] | join(" ")' <<<"$output")" \
		$'added 沪0114-P000001 立案人员 good open (办理中) -\nchanged 沪0114-P000001 立案人员 unsigned - 已核实'
	run_ok case-audit who 民初1
	is "$(jq -r '[.person, .count, .signed, .unsigned, .untrusted] | map(tostring) | join(" ")' <<<"$output")" '沪0114-P000001 2 1 1 0'
	run_ok case-audit report
	has "$output" '<html lang="en">'
	has "$output" '<td>已核实</td>'
	run ! grep -qi '<script\|<b>' <<<"$output"
	run_ok case-audit report -o text --since 2022-06-01 --until 2022-06-30
	has "$output" 'commits judged: 1 (merges 0, corrections 0, annotations 1)'
	has "$output" 'period: 2022-06-01 to 2022-06-30'
	run_ok case-audit report -o text --until 2022-02-28
	has "$output" 'commits judged: 1 ('
}

@test "merges: a field left at its base, with its conflict file, is nobody's doing" {
	adopt
	case_ 1 '.judge = "王"'
	signed 'one'
	duties '{format: 1, otherwise: "allow", duties: [{id: "T-1", title: "assigning", kind: "case", fields: ["judge"], needs: [{roles: ["院长"], signatures: 1}]}]}'
	git -C c checkout -q -b side
	as chief
	case_ 1 '.judge = "李"'
	git -C c add -A && git -C c commit -q -S -m side
	git -C c checkout -q main
	case_ 1 '.judge = "赵"'
	signed 'main'
	as clerk
	git -C c merge -q --no-commit -s ours side
	case_ 1 '.judge = "王"'
	mkdir -p c/conflicts/case
	jq -nS '{path: "cases/2022/沪0114/民初/0000/1.json", fields: ["judge"], base: {judge: "王"}, ours: {judge: "赵"}, theirs: {judge: "李"}, since: "2022-03-01"}' \
		>"c/conflicts/case/（2022）沪0114民初1号.json"
	git -C c add -A && git -C c commit -q -S -m join && git -C c push -q origin main
	verified 0 ''
	# Without the file, or with another value than the base, it is the merger's.
	git -C c rm -q conflicts/case/*.json && git -C c commit -q -S --amend -m join && git -C c push -q --force origin main
	run_rc 1 case-audit verify --all
	is "$(jq -rs 'map(select(.rule == "AU-06"))[].facts.duty' <<<"$output")" T-1
}

# rules [OPTION...]: which rules found something
rules() { case-audit verify --all "$@" 2>/dev/null | jq -r 'select(.level != "info") | .rule' | sort -u | paste -sd' '; }

@test "a commit dated back does not escape its key's last day, nor what came after it" {
	adopt
	sed -i '/clerk/s/ ssh-/ valid-before="20220430" ssh-/' c/signers
	as chief
	signed 'the clerk leaves'
	at 2022-05-02
	case_ 1
	signed 'later'
	as clerk
	at 2022-04-01
	case_ 1 '.judge = "王"'
	signed 'as if in April'
	verified 7 'violation\tAU-04\tthe key KEY was not valid any more\nwarn\tAU-09\tmade 44640 minutes before its parent, by its own clock: judged as of its parent'\''s time'
	# Nor does the next, whose parent says April, too; also where the walk begins between them.
	case_ 1 '.judge = "李"'
	signed 'still April'
	is "$(found | grep -c AU-04)" 2
	run_rc 7 case-audit verify --from main~1
	is "$(jq -r .rule <<<"$output" | sort -u | paste -sd' ')" 'AU-04 AU-09'
	# The policy of a day, too.
	as chief
	jq -S '.policy.signed_commits = [{from: "2022-05-01", value: true}]' c/gavel.json >new.json && cp new.json c/gavel.json
	at 2022-05-03
	signed 'policy'
	at 2022-04-01
	case_ 1 '.judge = "赵"'
	commit 'not signed, as if in April'
	has "$(found)" $'violation\tAU-01\tnot signed, and the court\'s policy signed_commits demands it'
}

@test "AU-09: a clock far ahead is told, and holds for nobody after it" {
	adopt
	sed -i '/clerk/s/ ssh-/ valid-before="20980101" ssh-/' c/signers
	as chief
	signed 'days'
	at 2099-01-01
	case_ 1
	signed 'from the future'
	at 2022-05-01
	as clerk
	case_ 1 '.judge = "王"'
	signed 'of today'
	is "$(found | grep -v ^info | cut -f1,2 | paste -sd' ')" $'warn\tAU-09 warn\tAU-09'
	has "$(found)" 'minutes in the future, by its own clock'
	run_rc 1 case-audit verify --all
}

@test "a push may not come from the future, nor from before its key was revoked" {
	adopt
	printf '#!/bin/sh\nexec case-file check --incoming --as-of 2022-06-30\n' >d/hooks/pre-receive
	chmod +x d/hooks/pre-receive
	unset GAVEL_DOCKET
	at 2099-01-01
	case_ 1
	run signed 'from the future'
	has "$output" AU-09
	has "$output" 'refused, the docket is as it was'
	git -C c reset -q --hard origin/main
	at 2022-03-02
	case_ 1
	signed 'one'
	as chief
	at 2022-04-01
	sed -i '/clerk/s/ ssh-/ valid-before="20220331" ssh-/' c/signers
	signed 'the clerk is revoked'
	before=$(tip)
	# On a line from before, joined by somebody who is known: each by itself looks good.
	git -C c checkout -q -b side HEAD~1
	as clerk
	at 2022-03-03
	case_ 2
	git -C c add -A && git -C c commit -q -S -m 'as if in March'
	git -C c checkout -q main
	as chief
	at 2022-04-02
	git -C c merge -q -S --no-ff -m join side
	run git -C c push -q origin main
	[ "$status" -ne 0 ]
	is "$(tip)" "$before"
	has "$output" 'was revoked in the meantime, and only the commit itself says that it is older'
}

@test "AU-07: where a clone was cut off, nothing is known, and that is no good word" {
	adopt
	case_ 1
	signed 'one'
	git clone -q --bare --depth 1 "file://$PWD/d" cut
	run_rc 7 case-audit verify --all --docket cut
	has "$output" 'history is cut off here, as in a shallow clone: what came before is not known'
	is "$(jq -r 'select(.rule == "AU-07") | .level' <<<"$output")" violation
	# Not where all that was cut off is taken on trust.
	run_ok case-audit verify --from main --docket cut
}

@test "git is asked about the commit itself, not about what replaces it" {
	adopt
	ssh-keygen -q -t ecdsa -N '' -C ec -f ec
	person 2 ec 审判员
	key 2 ec >>c/signers
	signed 'another type of key'
	as ec
	case_ 1
	signed 'good'
	verified 0 ''
	local good forged
	good=$(tip)
	case_ 1 '.judge = "王"'
	git -C c add -A
	forged=$(git -C c cat-file commit HEAD | sed "s/^tree .*/tree $(git -C c write-tree)/" | git -C c hash-object -t commit -w --stdin)
	git -C c push -q --force origin "$forged:refs/heads/main"
	git -C d replace "$forged" "$good"
	run_rc 7 case-audit verify --all
	is "$(rules)" AU-02
}

@test "merges: what one line had done is not taken back by joining" {
	adopt
	case_ 1 '.judge = "王"'
	case_ 2 '.judge = "王"'
	signed 'two'
	duties '{format: 1, otherwise: "allow", duties: [{id: "T-1", title: "assigning", kind: "case", fields: ["judge"], needs: [{roles: ["院长"], signatures: 1}]}]}'
	git -C c checkout -q -b side
	as clerk
	case_ 2 '.judge = "王" | .cause = "买卖合同纠纷"'
	git -C c add -A && git -C c commit -q -S -m side
	git -C c checkout -q main
	as chief
	case_ 1 '.judge = "赵"'
	case_ 2 '.judge = "赵"'
	signed 'main'
	local main how
	main=$(tip)
	as clerk
	while read -r how want; do
		git -C c checkout -q -B try "$main"
		case $how in
		theirs) git -C c merge -q --no-commit -s ours side && git -C c read-tree -u --reset side ;;
		ours) git -C c checkout -q -B try side && git -C c merge -q --no-commit -s ours "$main" ;;
		field) git -C c merge -q --no-commit -s ours side && case_ 2 '.judge = "王" | .cause = "买卖合同纠纷"' && git -C c add -A ;;
		honest) git -C c merge -q --no-commit -s ours side && case_ 2 '.cause = "买卖合同纠纷"' && git -C c add -A ;;
		esac
		git -C c commit -q -S -m "$how"
		git -C c push -q --force origin try:main
		is "$how $(case-audit verify --all 2>/dev/null | jq -r 'select(.level != "info") | [.rule, .ref.id] | join(":")' | sort | paste -sd' ')" "$how $want"
	done <<-'ROWS'
	theirs AU-06:（2022）沪0114民初1号 AU-06:（2022）沪0114民初2号
	ours AU-06:（2022）沪0114民初1号 AU-06:（2022）沪0114民初2号
	field AU-06:（2022）沪0114民初2号
	honest
	ROWS
}

@test "merges: a conflict that was made up excuses nothing" {
	adopt
	case_ 1 '.judge = "王"'
	signed 'one'
	git -C c checkout -q -b side
	case_ 1 '.judge = "李"'
	git -C c add -A && git -C c commit -q -S -m side
	git -C c checkout -q main
	case_ 1 '.judge = "赵"'
	signed 'main'
	local main edit want file='conflicts/case/（2022）沪0114民初1号.json'
	main=$(tip)
	while IFS=';' read -r want edit; do
		git -C c checkout -q -B try "$main"
		git -C c merge -q --no-commit -s ours side
		case_ 1 '.judge = "王"'
		mkdir -p c/conflicts/case
		jq -nS '{path: "cases/2022/沪0114/民初/0000/1.json", fields: ["judge"], base: {judge: "王"}, ours: {judge: "赵"}, theirs: {judge: "李"}, since: "2022-03-01"}' |
			jq -S "$edit" >"c/$file"
		git -C c add -A && git -C c commit -q -S -m join && git -C c push -q --force origin try:main
		is "$edit: $(rules)" "$edit: $want"
	done <<-'ROWS'
	;.
	;.ours.judge = "李" | .theirs.judge = "赵"
	DK-07;.base.judge = "钱"
	DK-07;.theirs.judge = "钱"
	DK-07;.fields = ["judge", "state"] | .base.state = "closed" | .ours.state = "open" | .theirs.state = "suspended"
	DK-07;.others = {judge: [{value: "孙"}]}
	DK-07;.path = "cases/2022/沪0114/民初/0000/9.json"
	ROWS
}

@test "many findings are summed up by rule and duty, the most frequent first" {
	adopt
	duties '{format: 1, otherwise: "allow", duties: [{id: "T-1", title: "any", kind: "case", fields: ["judge"], level: "review", needs: [{roles: ["院长"], signatures: 1}]}]}'
	as clerk
	for i in $(seq 1 17); do case_ "$i" '.judge = "王"'; done
	signed 'seventeen'
	run_rc 1 case-audit verify --all
	[[ $stderr != *T-1* ]]
	case_ 20
	commit 'not signed'
	run_rc 1 case-audit verify --all
	is "$(sed -n 's/^case-audit verify: *\([0-9]*  \)/\1/p' <<<"$stderr")" $'17  review  AU-06  T-1\n1  info  AU-01\n1  warn  AU-01\n1  info  AU-03'
}

@test "AU-03: an OpenPGP key that the user's own keyring trusts is still nobody's" {
	adopt
	export GNUPGHOME=$BATS_TEST_TMPDIR/gnupg
	mkdir -m 700 "$GNUPGHOME"
	gpg -q --batch --pinentry-mode loopback --passphrase '' --quick-generate-key 'clerk <clerk@example.org>' ed25519 sign never
	git -C c config gpg.format openpgp
	git -C c config user.signingKey clerk@example.org
	case_ 1
	signed 'by OpenPGP'
	gpgconf --kill gpg-agent
	git -C d verify-commit main 2>verdict
	run_rc 7 case-audit verify --all
	is "$(jq -r 'select(.level == "violation") | .rule' <<<"$output")" AU-03
	has "$output" 'which the file signers before it does not list'
	# Where the keyring does not even have it, it does not hold at all.
	GNUPGHOME=$BATS_TEST_TMPDIR/empty run_rc 7 case-audit verify --all
	is "$(jq -r 'select(.level == "violation") | .rule' <<<"$output")" AU-02
}
