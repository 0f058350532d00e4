#!/bin/bash
# SPDX-License-Identifier: MIT
# libFuzzer over every tests/fuzz/fuzz_*.c, FUZZ_SECONDS=60 each, seeds in tests/fuzz/corpus/NAME.
#   fuzz.sh [NAME...]
# What was found on the way is kept in build/fuzz/work/NAME and used by the next run; an input that does
# harm is written to build/fuzz/NAME-*, and all fuzzers still get their turn.
set -eu
cd "$(dirname "$0")/.."
seconds=${FUZZ_SECONDS:-60}
out=${BUILD:-build}/fuzz
mkdir -p "$out"
# A module and a program share one sanitizer runtime, that of C: without what only C++ has.
san='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=function,vptr -fno-sanitize-recover=undefined'
make --no-print-directory -s CC=clang BUILD="$out" BIN="$out/bin" LIBEXEC="$out/libexec/gavel" OPT='-O1 -g' HARDEN= \
	CXX=clang++ SANITIZE="$san" "$out/libgavel.a" "$out/libexec/gavel/gavel-simdjson.so" "$out/libexec/gavel/gavel-ed25519.so"
libs=$(make --no-print-directory -s print-libs)
GAVEL_LIBEXEC=$(realpath "$out")/libexec/gavel
export GAVEL_LIBEXEC GAVEL_SHARE=$PWD/share
failed=
for f in tests/fuzz/fuzz_*.c; do
	name=$(basename "$f" .c)
	name=${name#fuzz_}
	if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
	# shellcheck disable=SC2086 # lists of words
	clang -std=c11 -D_GNU_SOURCE -DPCRE2_CODE_UNIT_WIDTH=8 -O1 -g -Wall -Wextra -Ilib -Itests/unit \
		-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -o "$out/fuzz_$name" "$f" \
		"$out/libgavel.a" $libs -ldl
	mkdir -p "$out/work/$name"
	if "$out/fuzz_$name" -max_total_time="$seconds" -timeout=10 -artifact_prefix="$out/$name-" \
		"$out/work/$name" "tests/fuzz/corpus/$name" >"$out/$name.log" 2>&1; then
		echo "$name: $(sed -n 's/^Done \([0-9]*\) runs in \(.*\)/\1 inputs in \2/p' "$out/$name.log")"
	else
		failed="$failed $name"
		echo "$name: FAILED"
		grep -v -e '^#' -e '^INFO:' -e ' # Uses: ' "$out/$name.log" | tail -n 40
	fi
done
[ -z "$failed" ] || {
	echo "failed:$failed (the whole logs: $out/NAME.log)" >&2
	exit 1
}
