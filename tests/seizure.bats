#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# seizure: from the claim to the release; what the rules forbid is not written.
load helper

setup() {
	common_setup
	export GAVEL_TODAY=2025-06-01
	make_docket
	seizure claim case=2025执1 stage=enforcement principal_fen=100000000 costs_fen=1380000 >/dev/null 2>&1
	seizure asset type=deposit balance_fen=110000000 >/dev/null 2>&1
	seizure asset type=immovable price.fen=300000000 indivisible=true >/dev/null 2>&1
	seizure asset type=equity value_fen=20000000 >/dev/null 2>&1
}
deposit="case=2025执1 asset=沪0114-A000001 measure=freeze sum_fen=102620000"

@test "the life of a seizure: ordered, served, renewed, released" {
	# shellcheck disable=SC2086 # words
	run_ok seizure seize $deposit --on 2025-05-05 -o ids
	is "$output" seizure:沪0114-Z000001
	is "$(seizure list --jq .state -o ids)" seizure:沪0114-Z000001
	run_ok seizure serve 沪0114-Z000001 --on 2025-05-06T09:10 until=2026-05-06
	is "$(case-file get seizure:沪0114-Z000001 | jq -r '[.state, .served_at, .until] | join(" ")')" 'effective 2025-05-06T09:10+08:00 2026-05-06'
	run_ok seizure renew 沪0114-Z000001 --as-of 2026-04-30 until=2027-05-06
	run_ok seizure due
	is "$(jq -r '[.until, .clock, .state] | join(" ")' <<<"$output")" '2027-05-06 expiry running'
	run_ok seizure release 沪0114-Z000001 --as-of 2026-06-01 release_ground=paid
	is "$(case-file get seizure:沪0114-Z000001 | jq -r '[.state, .released_at, .release_ground] | join(" ")')" 'released 2026-06-01 paid'
	is "$(seizure due)" ''
}

@test "what the rules forbid is refused with its basis, and nothing is written" {
	# shellcheck disable=SC2086 # words
	seizure seize $deposit ruled_on=2025-02-28 served_at=2025-03-01 until=2026-03-01 >/dev/null 2>&1
	before=$(git -C d rev-parse main)
	run_rc 3 seizure seize case=2025执1 asset=沪0114-A000002 measure=seal ruled_on=2025-03-02 served_at=2025-03-02 until=2028-03-02
	has "$stderr" 'SZ-10: 沪0114-A000002 may be released'
	has "$stderr" '法释〔2004〕15号, art. 19'
	run_rc 3 seizure seize case=2025执1 asset=沪0114-A000001 measure=freeze
	has "$stderr" 'SZ-14'
	is "$(git -C d rev-parse main)" "$before"
	# of another case it is another matter
	run_ok seizure seize case=2025执2 asset=沪0114-A000002 measure=waiting
}

@test "what was wrong before does not stand in the way of a release, but of a renewal" {
	{
		echo '{"kind":"asset","id":"沪0114-A000005","type":"immovable","dwelling":true,"value_fen":1}'
		echo '{"kind":"seizure","id":"沪0114-Z000005","case":"（2025）沪0114执1号","asset":"asset:沪0114-A000005","measure":"seal","state":"effective","served_at":"2025-03-01","until":"2027-03-01","ruled_on":"2025-03-01","events":[{"eid":"aaaaaaaaaaaaaaa2","event":"auction-notice","on":"2025-04-01"}]}'
	} | case-file import 2>/dev/null
	run_rc 1 seize-check --only SZ-23
	run_rc 3 seizure renew 沪0114-Z000005 until=2028-03-01
	has "$stderr" 'SZ-23'
	run_ok seizure release 沪0114-Z000005 release_ground=other
}

@test "the rank is the lawful one when the effect begins, whoever is entered first" {
	run_ok seizure seize case=2025执2 asset=沪0114-A000002 measure=seal served_at=2025-05-07T09:40+08:00 ruled_on=2025-05-06 until=2028-05-06 registered_at=2025-05-07T09:40+08:00
	is "$(jq .rank <<<"$output")" 1
	run_ok seizure seize case=2025执3 asset=沪0114-A000002 measure=waiting served_at=2025-05-08T09:10+08:00 ruled_on=2025-05-06 registered_at=2025-05-08T09:10+08:00
	is "$(jq .rank <<<"$output")" 2
	run_ok seizure seize case=2025执4 asset=沪0114-A000002 measure=waiting served_at=2025-05-07T17:00+08:00 ruled_on=2025-05-06 registered_at=2025-05-07T17:00+08:00
	is "$(jq .rank <<<"$output")" 2
}

@test "equity has effect with its publication" {
	run_ok seizure seize case=2025执1 asset=沪0114-A000003 measure=freeze --on 2025-05-08
	run_ok seizure serve 沪0114-Z000001 --on 2025-05-08 until=2028-05-08
	is "$(case-file get seizure:沪0114-Z000001 | jq -r '[.published_at, .served_at // "-"] | join(" ")')" '2025-05-08 -'
}

@test "a waiting seizure converts; it cannot be served" {
	run_ok seizure seize case=2025执2 asset=沪0114-A000002 measure=waiting --on 2025-05-10
	run_rc 3 seizure serve 沪0114-Z000001
	run_ok seizure convert 沪0114-Z000001 --on 2025-05-20 until=2028-05-20
	is "$(seizure due --within 4y | jq -r .until)" 2028-05-20
}

@test "ends and requests, with the last safe working day" {
	seizure asset type=movable value_fen=1000 >/dev/null 2>&1
	{
		echo '{"kind":"seizure","id":"沪0114-Z000008","case":"（2025）沪0114财保1号","asset":"asset:沪0114-A000004","measure":"seize","stage":"preservation","state":"effective","served_at":"2024-10-04","until":"2025-10-04"}'
		echo '{"kind":"seizure","id":"沪0114-Z000009","case":"（2025）沪0114执3号","asset":"asset:沪0114-A000004","measure":"seize","state":"effective","served_at":"2023-10-04","until":"2025-05-31"}'
	} | case-file import 2>/dev/null
	is "$(seizure due | jq -r '[.id, .clock, .until, .state, .note] | join(" ")')" \
		'seizure:沪0114-Z000009 expiry 2025-05-31 overdue last safe working day 2025-05-30
seizure:沪0114-Z000008 renewal-request 2025-09-27 running last safe working day 2025-09-26
seizure:沪0114-Z000008 expiry 2025-10-04 running last safe working day 2025-09-30'
	is "$(seizure due --within 30d | jq -r .id)" seizure:沪0114-Z000009
	is "$(seizure due --clock renewal-request | jq -r .until)" 2025-09-27
	is "$(seizure list -o ids | seizure due --overdue - | jq -r .id)" seizure:沪0114-Z000009
}

@test "what is refused" {
	local rc args
	# shellcheck disable=SC2086 # words
	seizure seize $deposit ruled_on=2025-02-28 served_at=2025-03-01 until=2026-03-01 >/dev/null 2>&1
	while read -r rc args; do
		# shellcheck disable=SC2086 # words
		run_rc "$rc" seizure $args </dev/null
		printf '%s\n%s\n' "\$ seizure $args" "$stderr" >>said
	done <<'END'
2 claim stage=enforcement
3 claim case=nonsense stage=enforcement
3 claim case=2025执9 stage=trial
3 claim case=2025执9 stage=enforcement principal_fen=-1
3 asset type=spaceship
0 seize
2 seize case=2025执1 measure=seal
3 seize case=2025执1 asset=沪0114-A000099 measure=seal
3 seize case=2025执1 asset=沪0114-Z000001 measure=seal
3 seize case=2025执1 asset=沪0114-A000003 measure=burn
3 seize case=2025执1 asset=沪0114-A000003 measure=freeze served_at=2025-02-30
2 serve
6 serve 沪0114-Z000099
3 serve 沪0114-A000001
2 renew 沪0114-Z000001
3 renew 沪0114-Z000001 until=2025-13-01
3 convert 沪0114-Z000001
3 value 沪0114-Z000001 price.fen=1
2 list 沪0114-Z000001
2 list --kind case
2 due --within soon
2 due --within -3d
2 due --clock nothing
END
	golden seizure/refused "$(cat said)"
}

# What follows what: a renewal, a release and a conversion each need a seizure that is there, by that day.
row() { # rc, arguments of seizure
	local rc=$1
	shift
	run_rc "$rc" seizure "$@" </dev/null
	printf '%s\n%s\n' "\$ seizure $*" "$stderr" >>said
}

@test "a case has one claim, and a seizure is ordered once" {
	run_ok seizure claim case=2025执2 stage=enforcement principal_fen=100 -o ids
	is "$output" claim:沪0114-L000002
	run_ok seizure seize case=2025执2 asset=沪0114-A000002 measure=waiting ruled_on=2025-05-01 -o ids
	before=$(git -C d rev-parse main)
	row 3 claim case=2025执1 stage=enforcement principal_fen=900000000
	row 3 claim case=2025执1 stage=preservation preservation_fen=1
	row 3 seize case=2025执2 asset=沪0114-A000002 measure=waiting ruled_on=2025-05-01
	is "$(git -C d rev-parse main)" "$before"
	# two of one input; the first is written
	printf '%s\n' '{"case":"2025执3","stage":"enforcement","principal_fen":1}' '{"case":"（2025）沪0114执3号","stage":"enforcement","principal_fen":2}' >two
	run_rc 8 seizure claim <two
	printf '%s\n%s\n' '$ seizure claim <two' "${stderr%commit*}commit ..." >>said
	is "$(seizure list --kind claim --where case=（2025）沪0114执3号 | jq .principal_fen)" 1
	run_ok seizure seize case=2025执2 asset=沪0114-A000002 measure=waiting ruled_on=2025-05-02
	golden seizure/twice "$(cat said)"
}

@test "two claims that came in beside each other are told, and both are there" {
	echo '{"kind":"claim","id":"沪0114-L000009","case":"（2025）沪0114执1号","stage":"enforcement","principal_fen":900000000}' | case-file import 2>/dev/null
	run_rc 1 seize-check --only SZ-12 2025执1
	is "$(jq -r '[.rule, .level, .ref.id, .message] | join(" ")' <<<"$output")" 'SZ-12 review 沪0114-L000009 the case has another claim, 沪0114-L000001: which one holds?'
	is "$(seize-check --bundles 2025执1 | jq -c '[.claim.id, [.other_claims[].id]]')" '["沪0114-L000009",["沪0114-L000001"]]'
	is "$(seize-check --bundles 2025执1 | seize-check --only SZ-12 - | jq -r .rule)" SZ-12
	run_rc 1 case-file check --strict
	is "$(jq -r '[.rule, .level, .ref.id, .message] | join(" ")' <<<"$output")" 'DK-13 warn 沪0114-L000009 （2025）沪0114执1号 has a claim already, 沪0114-L000001'
}

@test "nothing is before what it follows, in the future, or done twice" {
	# shellcheck disable=SC2086 # words
	seizure seize $deposit ruled_on=2025-02-28 served_at=2025-03-01T09:10+08:00 until=2026-03-01 >/dev/null 2>&1
	seizure seize case=2025执2 asset=沪0114-A000002 measure=seal ruled_on=2025-03-01 >/dev/null 2>&1
	seizure seize case=2025执3 asset=沪0114-A000002 measure=waiting ruled_on=2025-03-01 served_at=2025-03-02 >/dev/null 2>&1
	before=$(git -C d rev-parse main)
	row 3 renew 沪0114-Z000001 until=2025-07-01
	row 3 renew 沪0114-Z000001 until=2026-03-01
	row 3 renew 沪0114-Z000001 --on 2025-02-28 until=2026-05-01
	row 3 renew 沪0114-Z000002 until=2026-03-01
	row 3 renew 沪0114-Z000003 until=2026-03-01
	row 3 serve 沪0114-Z000002 --on 2025-02-28 until=2027-02-28
	row 3 serve 沪0114-Z000002 served_at=2025-06-02
	row 3 convert 沪0114-Z000003 --on 2025-03-01
	row 3 release 沪0114-Z000001 --on 2025-02-01 release_ground=paid
	row 3 release 沪0114-Z000001 released_at=2025-02-01 release_ground=paid
	row 3 release 沪0114-Z000001 released_at=2025-06-02 release_ground=paid
	row 3 seize case=2025执4 asset=沪0114-A000003 measure=freeze served_at=2027-01-01
	row 3 seize case=2025执4 asset=沪0114-A000003 measure=freeze ruled_on=2025-05-01 served_at=2025-04-30
	row 3 value 沪0114-A000003 price.fen=1 price.on=2025-06-02
	is "$(git -C d rev-parse main)" "$before"
	# what has not happened yet is not recorded: today is that of --as-of
	row 2 serve 沪0114-Z000002 --on 2025-06-02 until=2028-06-02
	run_ok seizure serve 沪0114-Z000002 --as-of 2025-06-02 until=2028-06-02
	run_ok seizure release 沪0114-Z000001 --as-of 2025-03-01 release_ground=paid --dry-run
	run_ok seizure renew 沪0114-Z000001 until=2026-05-01
	row 3 renew 沪0114-Z000001 until=2026-05-01
	row 3 release 沪0114-Z000001 --on 2025-05-31 release_ground=paid
	run_ok seizure release 沪0114-Z000001 release_ground=paid
	row 3 renew 沪0114-Z000001 until=2026-06-01
	golden seizure/order "$(cat said)"
}

@test "an act sets what is its own" {
	# shellcheck disable=SC2086 # words
	seizure seize $deposit ruled_on=2025-02-28 served_at=2025-03-01 until=2026-03-01 >/dev/null 2>&1
	seizure seize case=2025执2 asset=沪0114-A000002 measure=seal ruled_on=2025-03-01 >/dev/null 2>&1
	before=$(git -C d rev-parse main)
	row 2 release 沪0114-Z000001
	row 2 release 沪0114-Z000001 release_ground=
	row 3 release 沪0114-Z000001 release_ground=mercy
	row 2 release 沪0114-Z000001 release_ground=paid sum_fen=1
	row 2 release 沪0114-Z000001 release_ground=paid until=2025-06-01
	row 2 renew 沪0114-Z000001 until=2026-04-01 rank=1
	row 2 serve 沪0114-Z000002 measure=freeze
	row 2 convert 沪0114-Z000002 asset=沪0114-A000001
	row 2 value 沪0114-A000002 type=movable
	row 2 release 沪0114-Z000001 --part release_ground=paid
	row 2 release 沪0114-Z000001 --part sum_fen=1
	row 2 release 沪0114-Z000001 --part sum_fen=1 release_ground=mercy
	row 2 release 沪0114-Z000001 --part sum_fen=1 release_ground=paid released_at=2025-06-01
	row 3 release 沪0114-Z000001 --part sum_fen=0 release_ground=paid
	row 3 release 沪0114-Z000001 --part sum_fen=-1 release_ground=paid
	row 3 release 沪0114-Z000001 --part sum_fen=102620000 release_ground=paid
	row 3 release 沪0114-Z000001 --part sum_fen=1 release_ground=paid --on 2025-02-28
	is "$(git -C d rev-parse main)" "$before"
	run_ok seizure release 沪0114-Z000001 --part sum_fen=102619999 release_ground=paid note=部分履行
	is "$(case-file get seizure:沪0114-Z000001 | jq -c '[.state, .sum_fen, .released_at, .release_ground, (.events[-1] | del(.eid))]')" \
		'["effective",102620000,null,null,{"event":"release-part","ground":"paid","note":"部分履行","on":"2025-06-01","sum_fen":102619999}]'
	row 3 release 沪0114-Z000001 --part sum_fen=1 release_ground=paid
	run_ok seizure release 沪0114-Z000001 release_ground=paid creditor_agreed=true
	row 3 release 沪0114-Z000001 --part sum_fen=1 release_ground=paid
	golden seizure/own "$(cat said)"
}

@test "units are released in part while some are left" {
	seizure asset type=immovable price.fen=300000000 units=10 indivisible=false >/dev/null 2>&1
	seizure seize case=2025执2 asset=沪0114-A000004 measure=seal ruled_on=2025-03-01 served_at=2025-03-01 until=2028-03-01 >/dev/null 2>&1
	run_ok seizure release 沪0114-Z000001 --part units=8 release_ground=other
	run_rc 3 seizure release 沪0114-Z000001 --part units=2 release_ground=other
	has "$stderr" 'units: 2 is no part of what is left, 2: all of it is released without --part'
	run_ok seizure release 沪0114-Z000001 --part units=1 release_ground=other
}

@test "equity that was served waits for its publication" {
	run_ok seizure seize case=2025执1 asset=沪0114-A000003 measure=freeze ruled_on=2025-05-01 served_at=2025-05-02
	is "$(jq -r .state <<<"$output")" ordered
	run_rc 3 seizure serve 沪0114-Z000001 served_at=2025-05-03
	has "$stderr" 'published_at: missing: the effect on equity begins when it is published (SZ-02)'
	run_ok seizure serve 沪0114-Z000001 --on 2025-05-08 until=2028-05-08
	is "$(case-file get seizure:沪0114-Z000001 | jq -r '[.state, .served_at, .published_at, .rank] | join(" ")')" 'effective 2025-05-02 2025-05-08 1'
	run_ok seizure seize case=2025执2 asset=沪0114-A000002 measure=seal ruled_on=2025-05-01 published_at=2025-05-02
	is "$(jq -r .state <<<"$output")" ordered
}

@test "a thing is not seized twice, for whichever case" {
	seizure seize case=2025执2 asset=沪0114-A000002 measure=seal ruled_on=2025-03-01 served_at=2025-03-02T09:00+08:00 until=2028-03-02 >/dev/null 2>&1
	seizure seize case=2025执2 asset=沪0114-A000001 measure=freeze sum_fen=1 ruled_on=2025-03-01 served_at=2025-03-02 until=2026-03-02 >/dev/null 2>&1
	before=$(git -C d rev-parse main)
	row 3 seize case=2025执3 asset=沪0114-A000002 measure=seal
	row 3 seize case=2025执3 asset=沪0114-A000002 measure=seal ruled_on=2025-03-02 served_at=2025-03-02 until=2028-03-02
	is "$(git -C d rev-parse main)" "$before"
	golden seizure/second "$(cat said)"
	# who was there before, or waits, or takes what is left of money
	run_ok seizure seize case=2025执3 asset=沪0114-A000002 measure=waiting
	run_ok seizure seize case=2025执4 asset=沪0114-A000001 measure=freeze sum_fen=1
	run_ok seizure release 沪0114-Z000001 release_ground=paid
	run_ok seizure seize case=2025执1 asset=沪0114-A000002 measure=seal --on 2025-06-01
}

@test "a share is no more than the whole, a price no longer than a year" {
	before=$(git -C d rev-parse main)
	row 3 asset type=immovable share.num=3 share.den=2
	row 3 value 沪0114-A000002 --on 2025-05-01 price.method=agreement price.valid_until=2026-11-01
	row 3 asset type=immovable price.fen=1 price.method=agreement price.on=2025-05-01 price.valid_until=2026-11-01
	is "$(git -C d rev-parse main)" "$before"
	golden seizure/whole "$(cat said)"
	run_ok seizure value 沪0114-A000002 --on 2025-05-01 price.method=agreement price.valid_until=2026-05-01
	is "$(case-file get asset:沪0114-A000002 | jq -c .price)" '{"fen":300000000,"method":"agreement","on":"2025-05-01","valid_until":"2026-05-01"}'
	# what is told of it later does not fix it again
	run_ok seizure value 沪0114-A000002 price.sent_on=2025-05-20
	is "$(case-file get asset:沪0114-A000002 | jq -r .price.on)" 2025-05-01
	run_ok seizure value 沪0114-A000002 price.fen=1 price.on=2025-05-30
	is "$(case-file get asset:沪0114-A000002 | jq -r .price.on)" 2025-05-30
}

@test "the work of an end, and a year that no calendar knows" {
	{
		echo '{"kind":"seizure","id":"沪0114-Z000008","case":"（2025）沪0114财保1号","asset":"asset:沪0114-A000002","measure":"seal","stage":"preservation","state":"effective","served_at":"2024-10-04","until":"2025-04-04","events":[{"eid":"aaaaaaaaaaaaaaa2","event":"renew","on":"2025-03-01","until":"2025-10-04"}]}'
		echo '{"kind":"seizure","id":"沪0114-Z000009","case":"（2025）沪0114执3号","asset":"asset:沪0114-A000002","measure":"seal","state":"effective","served_at":"2025-05-04","until":"2099-05-04"}'
	} | case-file import 2>/dev/null
	is "$(seizure due --show-work | jq -r '.clock, .work[], .note')" 'renewal-request
2024-10-04 the effect begins
2025-04-04 end of the first term
2025-10-04 end of the last renewal
2025-09-27 7 days before: last day to ask for the renewal
2025-06-01 to 2025-09-27 to ask for it: 119 days
2025-09-27 is not worked (weekend): it does not move to a working day
2025-09-26 last safe working day
last safe working day 2025-09-26
expiry
2024-10-04 the effect begins
2025-04-04 end of the first term
2025-10-04 end of the last renewal
2025-06-01 to 2025-10-04 to renew it: 126 days
2025-10-04 is not worked (国庆节): it does not move to a working day
2025-09-30 last safe working day
last safe working day 2025-09-30
expiry
2025-05-04 the effect begins
2099-05-04 end of the term
2025-06-01 to 2099-05-04 to renew it: 27001 days
last safe working day not known: no calendar for 2099: add it with --calendar FILE
last safe working day not known: no calendar for 2099: add it with --calendar FILE'
}
