#!/bin/bash
# SPDX-License-Identifier: MIT
# One test file -> one TAP file; a crash of the runner itself is a failed test.
# shellcheck disable=SC2016
f=$1
out=$2/$(basename "$f" .bats).tap
case $f in
tests/real/*) out=$2/real-$(basename "$f" .bats).tap ;;
esac
start=$(date +%s)
case $f in
*.bats) bats --tap "$f" >"$out" 2>"$out.err" </dev/null ;;
*)
	"$f" >"$out" 2>"$out.err" </dev/null
	;;
esac
rc=$?
plan=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$out" | head -n 1)
ran=$(grep -cE '^(not )?ok ' "$out")
if [ "${plan:-x}" != "$ran" ] || { [ $rc -ne 0 ] && ! grep -q '^not ok' "$out"; }; then
	{
		# bats prints tests in order; unit programs name plain "not ok N" lines before the explanation
		echo "not ok $((ran + 1)) - $f ended with exit code $rc after $ran of ${plan:-?} tests"
		tail -n 15 "$out.err" | sed 's/^/# /'
	} >>"$out"
fi
echo "  $(basename "$f"): $ran tests, $(($(date +%s) - start)) s"
