#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# case-file checkout: the docket as files to read.
load helper

setup() {
	common_setup
	make_docket
	case-file open --type 民初 --on 2022-01-10 cause=买卖合同纠纷 >/dev/null 2>&1
	case-file open --type 民初 --on 2022-02-10 >/dev/null 2>&1
}

@test "the files are those of git, and only what changed is written again" {
	run_ok case-file checkout w
	git clone -q d c
	is "$(diff -r -x .git -x .gavel-view c w)" ''
	run_ok case-file checkout w
	has "$stderr" '0 files written, 0 removed'
	touch -d 2020-01-01 w/cases/2022/沪0114/民初/0000/2.json
	case-file set 民初1 judge=王法官 2>/dev/null
	run_ok case-file checkout w
	has "$stderr" '1 files written, 0 removed'
	is "$(jq -r .judge w/cases/2022/沪0114/民初/0000/1.json)" 王法官
	is "$(stat -c %Y w/cases/2022/沪0114/民初/0000/2.json)" "$(date -d 2020-01-01 +%s)"
	run_ok case-file checkout --at main~1 w
	is "$(jq -r .judge w/cases/2022/沪0114/民初/0000/1.json)" null
}

@test "a folder that is somebody's is left alone" {
	mkdir theirs && echo x >theirs/notes
	run --separate-stderr case-file checkout theirs
	[ "$status" -ne 0 ]
	golden checkout/theirs "$status $stderr"
	is "$(ls theirs)" notes
	echo x >file
	run --separate-stderr case-file checkout file
	[ "$status" -ne 0 ]
	golden checkout/file "$status $stderr"
	run_rc 2 case-file checkout
	golden checkout/which "$stderr"
	run_rc 6 case-file checkout w --at nothing
	[ ! -e w ]
}
