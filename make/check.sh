#!/bin/bash
# SPDX-License-Identifier: MIT
# Run every test program and bats suite, two at a time, and add up.
#   check.sh [--sanitized] [NAME...]     NAME: json (unit), case-file (bats) ...
# Ends with "N passed, N failed, N skipped"; exit 1 if anything failed.
set -u
cd "$(dirname "$0")/.." || exit 1

export BUILD=${BUILD:-build}
BIN=$(realpath "${BIN:-bin}")
export BIN
GAVEL_SHARE=$(pwd)/share
export GAVEL_SHARE
export GAVEL_SANITIZED=
if [ "${1-}" = --sanitized ]; then
	shift
	GAVEL_SANITIZED=1
	export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:exitcode=99
	export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
fi
tap=$BUILD/tap
rm -rf "$tap"
mkdir -p "$tap"

# The long ones first, so that no processor has nothing to do at the end.
list() {
	local f
	for f in tests/real/*.bats tests/*.bats; do
		[ -f "$f" ] && echo "$f"
	done
	for f in "$BUILD"/unit/test_*; do
		[ -x "$f" ] && [ ! -d "$f" ] && echo "$f"
	done
}
wanted() {
	[ $# -gt 1 ] || return 0
	local f=$1 n
	shift
	for n in "$@"; do
		case $(basename "$f" .bats) in "$n" | "test_$n") return 0 ;; esac
	done
	return 1
}

list | while read -r f; do wanted "$f" "$@" && echo "$f"; done |
	xargs -P "$(nproc)" -I{} make/check-one.sh {} "$tap"

awk '
	FNR == 1 { file = FILENAME; sub(/.*\//, "", file); sub(/\.tap$/, "", file); unit = file ~ /^test_/; said = ""; show = 0 }
	/^ok/ { show = 0 }
	/^ok .*# [sS][kK][iI][pP]/ { skipped++; why = $0; sub(/.*# [sS][kK][iI][pP] */, "", why); reasons[why]++; next }
	/^ok / { passed++; said = ""; next }
	/^not ok / {
		failed++
		print "FAILED " file ": " $0
		if (unit) printf "%s", said   # unit programs explain before, bats behind
		show = !unit
		said = ""
		next
	}
	/^#/ { if (show) print "  " $0; else said = said "  " $0 "\n"; next }
	{ show = 0 }
	END {
		for (w in reasons) printf "skipped %d: %s\n", reasons[w], w
		printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
		exit failed > 0 || passed == 0
	}
' "$tap"/*.tap
