# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What crash.sh and torture.sh begin with; sourced by them, in the tree's own folder.

# begin ALL... -- ARGUMENTS: [--few N] and the NAME to run, into $few and $only.  Without a name, or with several, the script
# is run for each, two at a time (or as many as there are processors), and their results are added up.
begin() {
	local all=()
	while [ "$1" != -- ]; do
		all+=("$1")
		shift
	done
	shift
	few=0
	if [ "${1-}" = --few ]; then
		few=$2
		shift 2
	fi
	if [ $# -ne 1 ]; then
		[ $# -gt 0 ] || set -- "${all[@]}"
		printf '%s\n' "$@" | xargs -P "$(nproc)" -n 1 "make/$(basename "$0")" --few "$few" | awk '
			/^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3; next }
			{ print; fflush() }
			END { print passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 || !passed }'
		exit
	fi
	only=$1
	passed=0
	failed=0
	work=$(mktemp -d "${TMPDIR:-/tmp}/gavel-crash-XXXXXX") || exit 1
	# Deleting many files slows down making new ones: not before the end.
	trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
}

# The commands of this build, a fixed day and person, nothing of the real user.
bin=$(realpath "${BIN:-bin}")
PATH=$bin:$PATH
GAVEL_LIBEXEC=$(realpath "${LIBEXEC:-$bin/../libexec/gavel}")
export GAVEL_LIBEXEC GAVEL_SHARE=$PWD/share GAVEL_TODAY=2022-06-30
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null LC_ALL=C.UTF-8 LANGUAGE=
export GIT_AUTHOR_NAME='测试员' GIT_AUTHOR_EMAIL=clerk@example.org GIT_AUTHOR_DATE='1656547200 +0800'
export GIT_COMMITTER_NAME='测试员' GIT_COMMITTER_EMAIL=clerk@example.org GIT_COMMITTER_DATE='1656547200 +0800'
unset GAVEL_DOCKET GIT_DIR

fail() {
	failed=$((failed + 1))
	echo "FAILED $*"
	[ "$failed" -lt 20 ] || finish
}
finish() {
	[ $((passed + failed)) -gt 0 ] || fail "there is no test called $only"
	echo "$passed passed, $failed failed"
	[ "$failed" -eq 0 ]
	exit
}

# Records that check has nothing to say about.
whole='"kind":"case","state":"open","cause":"民间借贷纠纷","cause_list":"2020","procedure":"simplified",'
whole+='"tribunal":"民事审判庭","court_name":"上海市嘉定区人民法院","judge":"王某","received_on":"2022-03-01",'
whole+='"filed_on":"2022-03-05","claim_fen":100,"parties":[{"name":"甲某","role":"原告","type":"person",'
whole+='"id_no":"11010519491231002X"},{"name":"乙某","role":"被告","type":"person"}]'
rows() { # FIRST COUNT
	seq "$1" $(($1 + $2 - 1)) | sed "s/.*/{\"id\":\"（2022）沪0114民初&号\",$whole}/"
}
