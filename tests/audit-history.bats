# SPDX-License-Identifier: MIT
# case-audit: is history what it was?  The command line, the hook, what a person reads.

load helper
load audit

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
	rm own/cp.json.sig
	run_ok case-audit verify --checkpoint own/cp.json
	sed -i 's/"commits": [0-9]*/"commits": -1/' own/cp.json
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
	# Nor is the life of one record told as if it were whole.
	for command in who timeline; do
		run_rc 7 case-audit $command （2022）沪0114民初1号 --docket cut
		has "$stderr" "$(tip): history is cut off here, as in a shallow clone"
		is "$output" ''
	done
	# Not where all that was cut off is taken on trust.
	run_ok case-audit verify --from main --docket cut
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
