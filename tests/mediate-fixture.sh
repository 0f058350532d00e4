# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154 # bats sets stderr, the suites M and goldens
# What the suites of mediate share: steps of the mediation $M, and what is refused, in the golden files of the folder $goldens.

# steps STEP...: each must succeed.
steps() {
	local step
	for step in "$@"; do
		# shellcheck disable=SC2086
		mediate $step 2>err || { cat err; echo "step: $step"; return 1; }
	done
}

field() { case-file get "$M" -o ndjson | jq -cr "$1"; }

# refused CODE GOLDEN ARGUMENT...: in the words of the golden file, and main stays where it is.
refused() {
	local was code=$1 name=$2
	was=$(git -C d rev-parse main)
	shift 2
	run_rc "$code" mediate "$@"
	golden "$goldens/$name" "$stderr"
	is "$(git -C d rev-parse main)" "$was"
}
