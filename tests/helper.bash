# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154 # bats sets status, output, stderr
# Shared by all suites: the commands of this tree, a fixed day, a fixed person,
# nothing of the real user.  Load with: load helper

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
BIN=${BIN:-$ROOT/bin}
bats_require_minimum_version 1.5.0

common_setup() {
	PATH=$BIN:$PATH
	export HOME=$BATS_TEST_TMPDIR/home
	mkdir -p "$HOME"
	export GIT_AUTHOR_NAME='测试员' GIT_AUTHOR_EMAIL=clerk@example.org
	export GIT_COMMITTER_NAME='测试员' GIT_COMMITTER_EMAIL=clerk@example.org
	export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
	export GAVEL_TODAY=2022-06-30 LC_ALL=C.UTF-8 LANGUAGE='' NO_COLOR=1
	unset GAVEL_DOCKET GAVEL_CALENDAR GIT_DIR GIT_WORK_TREE
	cd "$BATS_TEST_TMPDIR" || return 1
}

# A docket "d" of the home court 沪0114.
make_docket() {
	case-file init --court 沪0114 d >/dev/null
	export GAVEL_DOCKET=$PWD/d
}

# The names of all commands.
commands() { find "$BIN" -maxdepth 1 -type f -perm -1 -printf '%f\n' | sort; }

# run_ok CMD...: must exit 0.  run_rc N CMD...: must exit N.
# stdout in $output, stderr in $stderr.
run_rc() {
	local want=$1
	shift
	run --separate-stderr "$@"
	if [ "$status" -ne "$want" ]; then
		echo "exit code $status, wanted $want: $*"
		echo "stdout: $output"
		echo "stderr: $stderr"
		return 1
	fi
}
run_ok() { run_rc 0 "$@"; }

# is GOT WANT: equal strings, shown when not.
is() {
	if [ "$1" != "$2" ]; then
		printf 'got:\n%s\nwant:\n%s\n' "$1" "$2"
		return 1
	fi
}
# has TEXT PART
has() {
	case $1 in *"$2"*) return 0 ;; esac
	printf 'in:\n%s\nnot found: %s\n' "$1" "$2"
	return 1
}

# golden NAME TEXT: compare with tests/golden/NAME (GOLDEN_UPDATE=1 writes it).
golden() {
	local file=$ROOT/tests/golden/$1
	if [ -n "${GOLDEN_UPDATE-}" ]; then
		mkdir -p "$(dirname "$file")"
		printf '%s\n' "$2" >"$file"
	fi
	is "$2" "$(cat "$file")"
}

# Skip unless the folder of real data is there.
need_real() {
	[ -n "${GAVEL_REAL_DATA-}" ] || skip 'real data: set GAVEL_REAL_DATA to run'
	[ -d "$GAVEL_REAL_DATA" ] || {
		echo "GAVEL_REAL_DATA=$GAVEL_REAL_DATA is no folder"
		return 1
	}
}
