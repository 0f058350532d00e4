#!/bin/bash
# SPDX-License-Identifier: MIT
# libFuzzer over every tests/fuzz/fuzz_*.c, FUZZ_SECONDS=60 each, seeds in tests/fuzz/corpus/NAME.
#   fuzz.sh [NAME...]
set -eu
cd "$(dirname "$0")/.."
seconds=${FUZZ_SECONDS:-60}
out=build/fuzz
mkdir -p "$out"
san='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined'
make --no-print-directory -s CC=clang BUILD=$out BIN=$out/bin LIBEXEC=$out/libexec/gavel OPT='-O1 -g' HARDEN= \
	CXX=clang++ SANITIZE="$san" $out/libgavel.a $out/libexec/gavel/gavel-simdjson.so
libs=$(make --no-print-directory -s print-libs)
export GAVEL_LIBEXEC=$PWD/$out/libexec/gavel GAVEL_SHARE=$PWD/share
for f in tests/fuzz/fuzz_*.c; do
	name=$(basename "$f" .c)
	name=${name#fuzz_}
	if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
	# shellcheck disable=SC2086 # lists of words
	clang -std=c11 -D_GNU_SOURCE -DPCRE2_CODE_UNIT_WIDTH=8 -O1 -g -Ilib -Itests/unit \
		-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -o "$out/fuzz_$name" "$f" \
		$out/libgavel.a $libs -ldl
	mkdir -p "$out/work/$name"
	echo "== $name: $seconds s"
	"$out/fuzz_$name" -max_total_time="$seconds" -artifact_prefix="$out/$name-" -print_final_stats=0 \
		-verbosity=0 "$out/work/$name" "tests/fuzz/corpus/$name"
done
