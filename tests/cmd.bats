#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What all commands keep: where the docket is, what today is, options, exit codes, add-ons.
load helper

setup() { common_setup; }

@test "--help and --version of every command and subcommand; nothing else on the side" {
	local name sub
	for name in case-file court-id court-date pipe-stat; do
		run_ok $name --help
		has "$output" "Usage: $name"
		is "$stderr" ''
		run_ok $name --version
		has "$output" "$name "
	done
	for sub in $(case-file --dump-spec | awk -F '\t' '$1 == "command" && $2 ~ /^case-file ./ { print substr($2, 11) }'); do
		run_ok case-file "$sub" --help
		has "$output" "Usage: case-file $sub"
		is "$(awk 'length > 90 && !/^Usage/' <<<"$output")" ''
	done
}

@test "the tables behind help, pages and completions are whole: every option has a text" {
	for name in case-file court-id court-date pipe-stat; do
		is "$($name --dump-spec | awk -F '\t' '$1 != "command" && $1 != "option" || $1 == "option" && ($4 == "" || $6 == "" || $6 == "-")')" ''
	done
}

@test "options: wrong ones are named, with the nearest" {
	local n=0 args
	make_docket
	while read -r args; do
		n=$((n + 1))
		# shellcheck disable=SC2086 # words
		run_rc 2 case-file $args </dev/null
		is "$output" ''
		printf '%s\n%s\n' "\$ case-file $args" "$stderr" >>said
	done <<'END'

lst
list --stat open
list --state
list -x
list -o yaml
list -o ids --fields id
list --color=maybe
list --ambiguous 3
list --at
list --as-of 2022-02-30
list --limit
-C d list
list -C d -state open
help lst
list --é
list -é
END
	is $n 17
	golden cmd/options "$(cat said)"
	# In any order, joined and apart, -- ends them.
	case-file open --type 民初 >/dev/null 2>&1
	for args in '-o ids' '-oids' '--output=ids' '--output ids'; do
		# shellcheck disable=SC2086
		is "$(case-file get 民初1 $args)" '（2022）沪0114民初1号'
		# shellcheck disable=SC2086
		is "$(case-file get $args -- 民初1)" '（2022）沪0114民初1号'
	done
}

@test "which docket: -C, GAVEL_DOCKET, upwards from here" {
	run_rc 6 case-file list
	golden cmd/no-docket "$stderr"
	case-file init --court 沪0114 d 2>/dev/null
	case-file init --court 沪0115 e 2>/dev/null
	case-file open -C d --type 民初 >/dev/null 2>&1
	is "$(case-file list -C d -o ids)" '（2022）沪0114民初1号'
	is "$(GAVEL_DOCKET=e case-file list -o ids)" ''
	is "$(GAVEL_DOCKET=e case-file list -C d -o ids)" '（2022）沪0114民初1号'
	is "$(cd d/objects && case-file list -o ids)" '（2022）沪0114民初1号'
	git clone -q d clone
	is "$(cd clone/cases && case-file list -o ids)" '（2022）沪0114民初1号'
	run_rc 6 case-file list -C nowhere
	golden cmd/nowhere "$stderr"
}

@test "what today is" {
	make_docket
	is "$(GAVEL_TODAY=2020-02-29 court-date today)" 2020-02-29
	is "$(court-date --as-of 2021-05-01 today)" 2021-05-01
	run_rc 2 env GAVEL_TODAY=2022-02-30 court-date today
	golden cmd/today "$stderr"
	is "$(GAVEL_TODAY=2019-05-01 case-file open --type 民初 -o ids 2>/dev/null)" '（2019）沪0114民初1号'
	# No variable: the clock, in the court's zone.
	is "$(env -u GAVEL_TODAY court-date today)" "$(TZ=UTC-8 date +%F)"
}

@test "add-ons: any executable case-file-NAME on the PATH" {
	mkdir addons
	printf '#!/bin/sh\necho "hello $*"\nexit 3\n' >addons/case-file-hello
	chmod +x addons/case-file-hello
	PATH=$PWD/addons:$PATH
	run_rc 3 case-file hello a --b
	is "$output" 'hello a --b'
	run_ok case-file --help
	has "$output" hello
	printf '#!/bin/sh\necho mine\n' >addons/case-file-list
	chmod +x addons/case-file-list
	run_rc 6 case-file list
	# Only programs are listed, each once, in order; nothing that could drive the terminal.
	mkdir more addons/case-file-folder
	touch addons/case-file-text
	cp addons/case-file-hello more
	cp addons/case-file-hello more/case-file-again
	cp addons/case-file-hello $'more/case-file-\e[31m'
	PATH=$PATH:$PWD/more:$PWD/nowhere
	is "$(case-file --help | grep '^Add-ons')" 'Add-ons on PATH: again hello list'
	run_rc 2 case-file text
	# It starts as from a shell: a reader that goes away ends it, quietly.
	printf '#!/bin/sh\nyes | head -n 1\n' >addons/case-file-yes
	chmod +x addons/case-file-yes
	run_ok case-file yes
	is "$output$stderr" y
}

@test "a reader that goes away, and an output that is full" {
	make_docket
	for i in {1..30}; do printf '{"id":"（2022）沪0114民初%d号","state":"open"}\n' "$i"; done | case-file import 2>/dev/null
	set -o pipefail
	case-file list -o table | head -n 1 >/dev/null
	case-file list | head -n 1 >/dev/null
	for command in 'case-file list' 'case-file list -o table' 'court-date --list 2022' 'court-id 13800138000' 'case-file --help'; do
		[ -w /dev/full ] || skip 'no /dev/full'
		run --separate-stderr bash -c "$command >/dev/full"
		is "$command: $status" "$command: 9"
	done
	run_rc 9 bash -c 'case-file list >&-'
}
