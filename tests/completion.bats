#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The completions, asked as the shells ask them.
load helper

setup() {
	common_setup
	C=$ROOT/completions
	make_docket 2>/dev/null
	printf '%s\n' '{"id":"（2022）沪0114民初1号","cause":"民间借贷纠纷"}' '{"id":"（2022）沪0114民初2号"}' |
		case-file import 2>/dev/null
	mediate open --party 申请人=张三 cause=民间借贷纠纷 >/dev/null 2>&1
	mediator add name=赵五 type=person >/dev/null 2>&1
}

in_bash() { bash "$ROOT/tests/bash-offers.bash" "$C" "$@"; }
in_zsh() { timeout 20 zsh -f "$ROOT/tests/zsh-offers.zsh" "$C" "$@"; }
in_fish() {
	# shellcheck disable=SC2016 # fish's own variables
	fish --no-config -c 'for f in $argv[1]/*.fish; source $f; end
		for line in $argv[2..]
			set -l words (complete -C $line | string replace -r "\t.*" "" | LC_ALL=C sort)
			echo "$line => $words"
		end' "$C" "$@"
}

# offers SHELL: lines "LINE|WHAT IS OFFERED" on standard input.
offers() {
	local lines=() want=() line words
	while IFS='|' read -r line words; do
		lines+=("$line")
		want+=("$line => $words")
	done
	is "$("in_$1" "${lines[@]}")" "$(printf '%s\n' "${want[@]}")"
}

@test "the files are there and are scripts of their shells" {
	for command in $(commands); do
		bash -n "$C/$command.bash"
		[ -s "$C/_$command" ]
		[ -s "$C/$command.fish" ]
		is "$(head -n 1 "$C/_$command")" "#compdef $command"
	done
	run_rc 1 grep -n '@[A-Z_]*@' "$C"/*.bash "$C"/_* "$C"/*.fish
}

@test "bash: subcommands, options, words, files, what the docket and the schema know" {
	touch rows.csv
	mkdir view
	offers bash <<-'END'
		case-file li|link list
		case-file list --sta|--state=
		case-file list --state o|open
		case-file list --state=o|open
		case-file list --state=open,su|open,suspended
		case-file list --state open,op|
		case-file list -o n|ndjson
		case-file list --fields id,cause_|id,cause_list
		case-file list --with court_|court_full
		case-file list --cause 民间借|民间借贷纠纷
		case-file list --at HE|HEAD
		case-file get （2022）沪0114民初2|（2022）沪0114民初2号
		case-file get -C d （2022）|（2022）沪0114民初1号 （2022）沪0114民初2号
		case-file get -C nowhere （2022）|
		case-file event （2022）沪0114民初1号 sus|suspend
		case-file event -m why （2022）沪0114民初1号 sus|suspend
		case-file event （2022）沪0114民初1号 extend auth|authority=
		case-file event （2022）沪0114民初1号 extend authority=h|high-court
		case-file set （2022）沪0114民初1号 cause_|cause_list=
		case-file set （2022）沪0114民初1号 cause_list=cri|criminal
		case-file close （2022）沪0114民初1号 --by med|mediation
		case-file link （2022）沪0114民初1号 enforceme|enforcement
		case-file check --only SL-14,SL-15,SL-1|SL-14,SL-15,SL-18
		case-file check --explain LA-0|LA-03 LA-05
		case-file due --clock tr|trial-limit
		case-file import row|rows.csv
		case-file checkout vi|view
		case-file complete der|derived
		case-file nosuch --|
		case-file li st|
		court-date --next|--next-working
		court-date -o ts|tsv
		court-id --kind pl|plate
		mediate con|confirm consent consult
		mediate list --state agr|agreed
		mediate show （2022）沪0114诉前|（2022）沪0114诉前调1号
		mediate due --clock confirmation-r|confirmation-request
		mediate check --explain CM-04|CM-04
		mediator sanction 沪0114-M|沪0114-M000001
		mediator sanction 沪0114-M000001 wa|warn
		mediator list --state rem|removed
		pipe-stat -g filed|filed_on
		pipe-stat --progress=j|json
		pipe-stat row|rows.csv
	END
}

@test "case-file complete: words of a kind, and what it does not know" {
	is "$(case-file complete --kind channel states | tr '\n' ' ')" 'active suspended ended '
	is "$(case-file complete --kind mediation values paper.form | tr '\n' ' ')" 'mediation-paper record withdrawal '
	is "$(case-file complete --kind mediator ids 沪0114-M)" 沪0114-M000001
	run_rc 2 case-file complete --kind nothing states
	golden completion/no-kind "$stderr"
	run_rc 2 case-file complete nothing
	golden completion/nothing "$stderr"
}

@test "bash: a completion never runs what a line or a docket says" {
	# shellcheck disable=SC2016 # it must stay as it is
	printf '%s\n' '{"id":"（2022）沪0114民初3号","judge":"$(touch ran)"}' | case-file import 2>/dev/null
	# shellcheck disable=SC2016
	in_bash 'case-file list --judge $' 'case-file get $(touch${IFS}ran)' 'case-file list --fields `touch${IFS}ran`' >/dev/null
	[ ! -e ran ]
}

@test "fish" {
	command -v fish >/dev/null || skip 'fish is not installed'
	for command in $(commands); do
		fish --no-config -n "$C/$command.fish"
	done
	touch rows.csv
	mkdir view
	offers fish <<-'END'
		case-file li|link list
		case-file list --sta|--state
		case-file list --state su|suspended
		case-file list --state=open,su|--state=open,suspended
		case-file list -o n|ndjson
		case-file list --fields id,cause_|id,cause_list
		case-file list --with court_|court_full
		case-file list --cause 民间借|民间借贷纠纷
		case-file list --at HE|HEAD
		case-file event （2022）沪0114民初1号 sus|suspend
		case-file event -m why （2022）沪0114民初1号 sus|suspend
		case-file event （2022）沪0114民初1号 extend auth|authority=
		case-file event （2022）沪0114民初1号 extend authority=h|authority=high-court
		case-file set （2022）沪0114民初1号 cause_list=cri|cause_list=criminal
		case-file close （2022）沪0114民初1号 --by med|mediation
		case-file link （2022）沪0114民初1号 enforceme|enforcement
		case-file check --explain LA-0|LA-03 LA-05
		case-file due --clock tr|trial-limit
		case-file get （2022）沪0114民初2|（2022）沪0114民初2号
		case-file get -C d （2022）沪0114民初2|（2022）沪0114民初2号
		case-file get -C nowhere （2022）|
		case-file import row|rows.csv
		case-file checkout vi|view/
		case-file complete der|derived
		court-date --next|--next-working
		court-id --kind pl|plate
		mediate con|confirm consent consult
		mediate list --state agr|agreed
		mediate show （2022）沪0114诉前|（2022）沪0114诉前调1号
		mediate due --clock confirmation-r|confirmation-request
		mediate check --explain CM-04|CM-04
		mediator sanction 沪0114-M|沪0114-M000001
		mediator sanction 沪0114-M000001 wa|warn
		mediator list --state rem|removed
		pipe-stat -g filed|filed_on
	END
}

@test "zsh" {
	command -v zsh >/dev/null || skip 'zsh is not installed'
	for command in $(commands); do
		zsh -n "$C/_$command"
	done
	touch rows.csv
	mkdir view
	offers zsh <<-'END'
		case-file li|link list
		case-file list --sta|--state
		case-file list --state su|suspended
		case-file list --state=open,su|suspended
		case-file list -o n|ndjson
		case-file list --fields id,cause_|cause_list
		case-file list --with court_|court_full
		case-file list --cause 民间借|民间借贷纠纷
		case-file list --at HE|HEAD
		case-file event （2022）沪0114民初1号 sus|suspend
		case-file event -m why （2022）沪0114民初1号 sus|suspend
		case-file event （2022）沪0114民初1号 extend auth|authority
		case-file event （2022）沪0114民初1号 extend authority=h|high-court
		case-file set （2022）沪0114民初1号 cause_list=cri|criminal
		case-file close （2022）沪0114民初1号 --by med|mediation
		case-file link （2022）沪0114民初1号 enforceme|enforcement
		case-file check --explain LA-0|LA-03 LA-05
		case-file due --clock tr|trial-limit
		case-file get （2022）沪0114民初2|（2022）沪0114民初2号
		case-file get -C d （2022）沪0114民初2|（2022）沪0114民初2号
		case-file get -C nowhere （2022）|
		case-file import row|rows.csv
		case-file checkout vi|view
		case-file complete der|derived
		court-date --next|--next-working
		court-id --kind pl|plate
		mediate con|confirm consent consult
		mediate list --state agr|agreed
		mediate show （2022）沪0114诉前|（2022）沪0114诉前调1号
		mediate due --clock confirmation-r|confirmation-request
		mediate check --explain CM-04|CM-04
		mediator sanction 沪0114-M|沪0114-M000001
		mediator sanction 沪0114-M000001 wa|warn
		mediator list --state rem|removed
		pipe-stat -g filed|filed_on
	END
}
