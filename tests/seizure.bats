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
	run_ok seizure renew 沪0114-Z000001 --on 2026-04-30 until=2027-05-06
	run_ok seizure due
	is "$(jq -r '[.until, .clock, .state] | join(" ")' <<<"$output")" '2027-05-06 expiry running'
	run_ok seizure release 沪0114-Z000001 --on 2026-06-01 release_ground=paid
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
	run_ok seizure seize case=2025执2 asset=沪0114-A000002 measure=waiting
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
2 due --clock nothing
END
	golden seizure/refused "$(cat said)"
}
