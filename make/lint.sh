#!/bin/bash
# SPDX-License-Identifier: MIT
# Warnings as errors, banned functions, sizes, clang-tidy, cppcheck, shellcheck.  Exit 1 if any has something to say.
set -u
cd "$(dirname "$0")/.." || exit 1
bad=0
mkdir -p build
say() { printf '== %s\n' "$1"; }
fail() {
	echo "lint: $1"
	bad=1
}

mapfile -t sources < <(git ls-files '*.c' '*.h' '*.cc')
mapfile -t shells < <(git ls-files 'make/*.sh' 'tests/*.bash' 'tests/bench/*.sh' '.ci/run' 'bin/*' | grep -v README)

say 'warnings'
make --no-print-directory -s BUILD=build/lint BIN=build/lint/bin LIBEXEC=build/lint/libexec/gavel \
	WERROR=-Werror all unit 2>build/lint.log || {
	cat build/lint.log
	fail 'the compiler warns'
}

say 'banned functions'
banned='strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|atof|strncpy|strncat|system|popen|mktemp|tmpnam|rand|srand'
if grep -nE "(^|[^A-Za-z0-9_>.])($banned)[[:space:]]*\(" "${sources[@]}" | grep -v '^tests/' |
	grep -vE '^[^:]+:[0-9]+:[[:space:]]*(/?\*|//)'; then
	fail 'a banned function is used'
fi
if grep -nE '(^|[^A-Za-z_])(printf|puts|exit|abort)[[:space:]]*\(' lib/*.c | grep -vE 'lib/(cmd|schemac)[a-z_]*\.c' |
	grep -vE ':[[:space:]]*(/?\*|//)'; then
	fail 'the library prints or exits'
fi

say 'sizes and headers'
for f in "${sources[@]}"; do
	n=$(wc -l <"$f")
	[ "$n" -le 600 ] || fail "$f has $n lines, more than 600"
	head -n 1 "$f" | grep -q 'SPDX-License-Identifier' || fail "$f has no SPDX line"
done
# A function of the product (a test may be one long table): from a line that ends in ")" before "{" at column 0 to "}" at column 0.
awk 'FNR == 1 { start = 0 }
	/^\{$/ { start = FNR; name = prev }
	/^\}$/ && start { if (FNR - start - 1 > 60) printf "%s:%d: %d lines: %s\n", FILENAME, start, FNR - start - 1, name; start = 0 }
	{ prev = $0 }' lib/*.c cmd/*.c cmd/*/*.c tests/bench/*.c >build/lint.long
if [ -s build/lint.long ]; then
	cat build/lint.long
	fail 'functions over 60 lines'
fi
if git grep -nE 'TODO|FIXME|XXX:|HACK' -- 'lib/*.[ch]' 'cmd/*.c' 'make/*' ':!make/lint.sh' | grep -vE 'XXXX'; then
	fail 'unfinished by its own words'
fi

say 'layers'
# A module includes what stands in its own or an earlier line of the layers in HACKING.md.
awk '
	FILENAME == "HACKING.md" {
		if (/^    (base|text|law|records|docket|edges) /) { level++; for (i = 2; i <= NF; i++) at[$i] = level }
		next
	}
	function layer(file) {
		sub(/.*\//, "", file)
		sub(/\.[ch]c?$/, "", file)
		while (!(file in at) && sub(/_[a-z]*$/, "", file)) { }
		return at[file]
	}
	FNR == 1 { own = layer(FILENAME); if (!own) print FILENAME ": in no layer" }
	/^#include "/ { split($0, part, "\""); if (layer(part[2]) > own) print FILENAME ":" FNR ": " part[2] " is of a later layer" }
' HACKING.md lib/*.[ch] lib/*.cc >build/lint.layers
if [ -s build/lint.layers ]; then
	cat build/lint.layers
	fail 'layers'
fi

say 'shellcheck'
shellcheck "${shells[@]}" || fail 'shellcheck'

# Out-parameters behind "rc ? rc : ..." look uninitialised to it, c->ctx = &work looks like an escape, and it does
# not parse every initialiser; compilers and clang-tidy watch over these.
say 'cppcheck'
cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
	--suppress=missingIncludeSystem --suppress=variableScope --suppress=uninitvar --suppress=uninitStructMember \
	--suppress=legacyUninitvar --suppress=autoVariables --suppress=internalAstError -DGAVEL_VERSION='""' -D_GNU_SOURCE -DPCRE2_CODE_UNIT_WIDTH=8 \
	-Ilib --template='{file}:{line}: {id}: {message}' -j "$(nproc)" lib/*.c cmd || fail 'cppcheck'

say 'clang-tidy'
flags='-std=c11 -D_GNU_SOURCE -DGAVEL_VERSION=\"\" -DPCRE2_CODE_UNIT_WIDTH=8 -DOPENSSL_API_COMPAT=0x10100000L -Ilib'
# shellcheck disable=SC2086 # flags are words
git ls-files 'lib/*.c' 'cmd/*.c' |
	xargs -P "$(nproc)" -n 8 sh -c 'clang-tidy --quiet --warnings-as-errors="*" "$@" -- '"$flags"' 2>/dev/null' sh >build/lint.tidy ||
	{
		grep -E 'warning:|error:' build/lint.tidy
		fail 'clang-tidy'
	}

[ $bad = 0 ] && echo 'lint: clean'
exit $bad
