#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The README's tour does what the README says.
load helper

setup() { common_setup; }

# The README's blocks of commands as a script; each command behind a line "\036NUMBER".
script() {
	awk '/^```console/ { on = 1; next } /^```/ { on = 0; next }
		on && /^\$ / { printf "printf \"\\036%d\\n\"\n", FNR; print substr($0, 3); next }
		on && /^> / { print substr($0, 3) }' "$ROOT/README.md"
}
said() {
	awk '/^```console/ { on = 1; next } /^```/ { on = 0; next }
		on && /^\$ / { printf "\036%d\n", FNR; next }
		on && !/^> /' "$ROOT/README.md"
}
# Commit ids are new in every run.
stable() { sed 's/commit [0-9a-f]\{10\}$/commit ID/'; }

@test "the README's tour" {
	ln -s "$ROOT/share" share
	script >tour.sh
	bash tour.sh 2>&1 </dev/null | stable >got
	said | stable >want
	grep -c . want
	is "$(cat got)" "$(cat want)"
}
