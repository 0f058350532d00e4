# SPDX-License-Identifier: MIT
# case-audit verify: who signed, with a key of that day, and was it theirs to change?

load helper
load audit

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

@test "the policy first, then signers: their first commit may be signed with a key that it brings" {
	at 2022-02-01
	jq -S '.policy.signed_commits = [{from: "2022-03-01", value: true}]' c/gavel.json >new.json && cp new.json c/gavel.json
	commit 'policy'
	adopt
	case_ 1
	signed 'good'
	verified 0 ''
	# With a key that it does not bring, it is signed by a stranger.
	git -C c reset -q --hard HEAD~2
	git -C c push -qf origin main
	as stranger
	adopt
	verified 7 $'violation\tAU-03\tsigned with KEY, but the docket had no file signers before it'
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
