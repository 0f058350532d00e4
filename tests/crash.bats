# SPDX-License-Identifier: MIT
# A few points of make/crash.sh and make/torture.sh, so that they cannot rot; `make crash` goes through all of them.
load helper
setup() {
	common_setup
	[ -z "${GAVEL_SANITIZED-}" ] || skip 'the sanitizer cannot be loaded behind another library'
	cd "$ROOT" || return 1
}

# crash N NAME...: as make/crash.sh; something was tried, and nothing failed.
crash() {
	run_ok make/crash.sh --few "$@"
	is "${output##*, }" '0 failed'
}

@test 'what a ref leads to is synced before it, by commands and by pushes' {
	crash 1 order push
}

@test 'real commands, killed, interrupted, and without room on the disk' {
	crash 2 cmd-init cmd-import-pack cmd-open
}

@test 'maintain, killed, interrupted, and without room on the disk' {
	crash 3 cmd-maintain
}

@test 'keys, files, conflicts, bundles and signed commits, killed, interrupted, and without room on the disk' {
	crash 1 cmd-seal cmd-destroy-key cmd-attach cmd-resolve cmd-bundle cmd-signed cmd-enroll cmd-checkpoint
}

@test 'real commands that get no memory' {
	run_ok make/torture.sh --few 2
	is "${output##*, }" '0 failed'
}

@test 'batches and views' {
	crash 1 pack loose view
}

@test 'writers, pushes and git gc at the same time' {
	crash 1 race
}
