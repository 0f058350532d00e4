#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# credit-repair, two at a time: what each of two may do alone, and both together would break the law, is done by one of them.
load helper
load credit

# listed_entry ID: of G4, for two years, listed
listed_entry() {
	notified 1 1
	decided "$1" G4
	quiet serve "$1" --on 2025-03-13
	quiet restrict "$1" order.signed_by=president --on 2025-03-14
	quiet publish "$1" --on 2025-03-14
}
decided_entry() {
	notified 1 1
	decided "$1" G1
	quiet serve "$1" --on 2025-03-13
	quiet restrict "$1" order.signed_by=president --on 2025-03-13
}
# both A -- B: at once; $codes: of both, sorted
both() {
	local one=() rc1=0 rc2=0
	while [ "$1" != -- ]; do
		one+=("$1")
		shift
	done
	shift
	credit-repair "${one[@]}" >/dev/null 2>said1 &
	local first=$!
	credit-repair "$@" >/dev/null 2>said2 || rc2=$?
	wait "$first" || rc1=$?
	codes=$(printf '%s\n' "$rc1" "$rc2" | sort -n | tr '\n' ' ')
}

@test "publish and lift at once: one of them, and who is listed is restricted" {
	decided_entry "$c"
	for _ in 1 2 3 4; do
		cp -r d e
		export GAVEL_DOCKET=$PWD/e
		both publish "$c" --on 2025-03-14 -- lift "$c" lift.ground=security --on 2025-03-14
		case $codes in '0 4 ' | '0 3 ') ;; *) echo "$codes" && cat said1 said2 && return 1 ;; esac
		[ "$(case-file get "credit:$c" | jq -c '[.state, .restriction]')" != '["listed","lifted"]' ]
		rm -rf e
	done
}

@test "expire and extend at once: no entry goes before its term ends" {
	export GAVEL_TODAY=2027-06-01
	listed_entry "$c"
	for _ in 1 2 3 4; do
		cp -r d e
		export GAVEL_DOCKET=$PWD/e
		both expire "$c" --on 2027-03-14 -- happen "$c" extend years=1 reason=暴力 --on 2027-03-10
		case $codes in '0 4 ' | '0 3 ') ;; *) echo "$codes" && cat said1 said2 && return 1 ;; esac
		is "$(credit-repair check "$c" --only CR-12 2>/dev/null | jq -r 'select(.level == "violation").message' | grep -c 'ends on 2028')" 0
		rm -rf e
	done
}

@test "publish here and lift there, joined later: a person chooses, and nobody hears of it before" {
	decided_entry "$c"
	cp -r d e
	quiet publish "$c" --on 2025-03-14
	credit-repair lift -C e "$c" lift.ground=security --on 2025-03-14 >/dev/null 2>&1
	run_rc 1 case-file pull e
	is "$(case-file get "credit:$c" | jq -c '[.state, .restriction]')" '["decided","ordered"]'
	is "$(case-file conflicts | jq -r .field | sort | tr '\n' ' ')" 'lift published_on restriction state '
	# what was listed is not told as removed while two disagree about it
	run_rc 3 credit-repair feed --from "$(git -C d rev-parse main^1)"
	is "$output" ''
}

@test "the same notice, application and debtor at once: one of each" {
	notified 2 2
	for what in "notify case=2025执9 debtor=${D}1 notice.risk_warning=true --on 2025-03-01" "debtor type=person name=同 id_no=11010519491231002X"; do
		pids=()
		for k in 1 2 3; do
			# shellcheck disable=SC2086 # words
			credit-repair $what -o ids >"out$k" 2>"err$k" &
			pids+=($!)
		done
		for pid in "${pids[@]}"; do wait "$pid" || :; done
		is "$(cat out1 out2 out3 | wc -l)" 1
		grep -hv '1 written' err1 err2 err3 | grep -qv 'is the entry of this debtor in this case\|is the same person or unit' && cat err1 err2 err3 && return 1
	done
	is "$(case-file list --kind credit -o ids | wc -l)" 2
}
