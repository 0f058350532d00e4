# SPDX-License-Identifier: MIT
# The targets of `make fuzz` on their stored inputs and a few hundred mutations of each, without a fuzzer.
load helper
setup() {
	common_setup
	GAVEL_SHARE=$ROOT/share
	GAVEL_LIBEXEC=$(cd "$BIN/../libexec/gavel" && pwd)
	export GAVEL_SHARE GAVEL_LIBEXEC
	programs=$ROOT/${BUILD:-build}/fuzz-short
}

@test "an input that does harm is named" {
	cat >harm.c <<-'END'
		#include <stdint.h>
		#include <stdlib.h>
		int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
		{
			if (n > 2 && p[0] == 'b' && p[1] != 'b')
				abort();
			return 0;
		}
	END
	gcc -D_GNU_SOURCE -o harm harm.c "$ROOT/tests/fuzz/short.c"
	mkdir seeds none
	echo aaa >seeds/good
	run_ok ./harm -n 50 seeds
	is "$output" '1 seeds, 51 inputs'
	echo bbb >seeds/near
	run --separate-stderr ./harm -n 500 seeds
	[ "$status" -gt 128 ]
	[[ $stderr =~ 'fell on seed '(good|near)', mutation '[0-9]+ ]]
	run_rc 1 ./harm none
	run_rc 2 ./harm nowhere
}

@test "every target, every stored input, and mutations of it" {
	cd "$ROOT" || return 1 # a target makes a docket of its own
	for f in tests/fuzz/fuzz_*.c; do
		name=$(basename "$f" .c)
		corpus=tests/fuzz/corpus/${name#fuzz_}
		case $name in
		fuzz_csv) mutations=30 ;; # it starts threads for each
		fuzz_people | fuzz_approval) mutations=40 ;; # they read a docket for each
		*) mutations=200 ;;
		esac
		run --separate-stderr "$programs/$name" -n "${FUZZ_MUTATIONS:-$mutations}" "$corpus"
		echo "${name#fuzz_}: $output"
		[ "$status" = 0 ] || {
			echo "exit code $status: $stderr"
			return 1
		}
		seeds=$(find "$corpus" -type f | wc -l)
		has "$output" "$seeds seeds, "
		[ "$seeds" -ge 10 ] || {
			echo "only $seeds seeds"
			return 1
		}
	done
}
