#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# mediate: two clerks as two processes, at one mediation and at neighbouring ones.  Nothing is lost, no number is given twice.
load helper

M=（2022）沪0114诉前调1号
ROUNDS=8

setup() {
	common_setup
	make_docket
	{
		echo '{"kind":"mediator","id":"沪0114-M000001","name":"王调解","state":"active","type":"person"}'
		echo '{"kind":"mediator","id":"沪0114-M000002","name":"赵调解","state":"active","type":"person"}'
	} | case-file import 2>/dev/null
}

# together COMMAND: runs as "COMMAND 甲" and "COMMAND 乙" from one moment on; what failed is a line of failed.甲, failed.乙.
together() {
	local who
	for who in 甲 乙; do
		{
			until [ -e go ]; do :; done
			"$1" "$who"
		} >"out.$who" 2>"err.$who" 3>&- &
	done
	: >go
	wait
}
commits() { git -C d rev-list --count main; }
whole() {
	run_ok case-file check
	is "$(git -C d fsck --strict 2>&1 | grep -v dangling)" ''
}
get() { case-file get "$1" -o ndjson | jq -cr "$2"; }

opens() {
	local i
	for ((i = 1; i <= ROUNDS; i++)); do
		if ((i % 2)); then
			mediate open --party "申请人=$1$i" --party 被申请人=丙 cause=相邻关系纠纷 -o ids
		else # two at a time
			printf '{"claim":"%s"}\n' "$1$i" "$1-$i" | mediate open -o ids
		fi || echo "$1 $i" >>"failed.$1"
	done
}
@test "both open: every application has a number of its own, and none is left out" {
	together opens
	[ ! -e failed.甲 ] && [ ! -e failed.乙 ]
	sort -V out.甲 out.乙 >ids
	is "$(cat ids)" "$(seq -f '（2022）沪0114诉前调%g号' $((ROUNDS * 3)))"
	is "$(mediate list -o ids)" "$(cat ids)"
	# Each got what was its own.
	is "$(mediate list -o ndjson | jq -r '.claim // .parties[0].name' | sort)" \
		"$(for who in 甲 乙; do for ((i = 1; i <= ROUNDS; i++)); do ((i % 2)) && echo $who$i || printf '%s\n' $who$i $who-$i; done; done | sort)"
	is "$(commits)" $((2 + ROUNDS * 2))
	whole
}

meets() {
	local i
	for ((i = 1; i <= ROUNDS; i++)); do
		mediate session $M place="$1$i" || echo "$1 $i" >>"failed.$1"
	done
}
@test "both record sessions of one mediation: all are in its log, once" {
	mediate open --party 申请人=张三 --party 被申请人=李四 >/dev/null 2>&1
	for step in "consent $M party=李四" "assign $M mediator=沪0114-M000001" "accept $M"; do
		# shellcheck disable=SC2086
		mediate $step 2>/dev/null
	done
	before=$(commits)
	together meets
	[ ! -e failed.甲 ] && [ ! -e failed.乙 ]
	is "$(get $M '.events[] | select(.event == "session").place' | sort)" \
		"$(for who in 甲 乙; do for ((i = 1; i <= ROUNDS; i++)); do echo $who$i; done; done | sort)"
	is "$(get $M '[.events[].eid] | length - (unique | length)')" 0
	is "$(commits)" $((before + ROUNDS * 2))
	whole
}

# Each says yes for its own party and sets a field of its own, up and down the register.
consents() {
	local i n
	for ((i = 1; i <= ROUNDS; i++)); do
		n=$i
		[ "$1" = 甲 ] || n=$((ROUNDS + 1 - i))
		mediate consent （2022）沪0114诉前调${n}号 party="被告$1" form=written "$([ "$1" = 甲 ] && echo claim || echo place)=$1$n" || echo "$1 $n" >>"failed.$1"
	done
}
@test "both record consent in the same mediations: of each party, and the fields of both" {
	for ((i = 1; i <= ROUNDS; i++)); do
		echo '{"parties":[{"role":"申请人","name":"张三"},{"role":"被申请人","name":"被告甲"},{"role":"被申请人","name":"被告乙"}]}'
	done | mediate open >/dev/null 2>&1
	together consents
	[ ! -e failed.甲 ] && [ ! -e failed.乙 ]
	for ((i = 1; i <= ROUNDS; i++)); do
		is "$(get "（2022）沪0114诉前调${i}号" '[([.events[] | select(.event == "consent").party] | sort), .claim, .place]')" \
			"[[\"被告乙\",\"被告甲\"],\"甲$i\",\"乙$i\"]"
	done
	whole
}

# Each appoints its own mediator; the code is kept.
appoints() {
	local i code
	for ((i = 1; i <= ROUNDS; i++)); do
		code=0
		mediate assign （2022）沪0114诉前调${i}号 "mediator=沪0114-M00000$([ "$1" = 甲 ] && echo 1 || echo 2)" || code=$?
		echo $code
	done
}
@test "both appoint in the same mediations: the second builds on the first or is told, and who was told yes is in" {
	local i a b
	for ((i = 1; i <= ROUNDS; i++)); do
		echo '{"parties":[{"role":"申请人","name":"张三"},{"role":"被申请人","name":"李四"}]}'
	done | mediate open >/dev/null 2>&1
	before=$(commits)
	together appoints
	for ((i = 1; i <= ROUNDS; i++)); do
		a=$(sed -n ${i}p out.甲) b=$(sed -n ${i}p out.乙)
		case "$a $b" in '0 0' | '0 4' | '4 0') ;; *) echo "$i: exit codes $a and $b"; cat err.*; return 1 ;; esac
		is "$(get "（2022）沪0114诉前调${i}号" '[.state, ([.mediators[].mediator[-1:]] | sort | join("")), ([.events[] | select(.event == "assign").mediator[-1:]] | sort | join(""))] | join(" ")')" \
			"assigned $( ((a)) || printf 1; ((b)) || printf 2) $( ((a)) || printf 1; ((b)) || printf 2)"
	done
	is "$(commits)" $((before + $(cat out.甲 out.乙 | grep -cx 0)))
	whole
}
