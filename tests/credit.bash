# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034 # the suites use what is set here
# Debtors and entries for the suites of credit-repair; behind helper.

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share GAVEL_TODAY=2025-06-01
	make_docket 2>/dev/null
	# 1 a grown-up, 2 a unit, 3 a minor, 4 a student
	printf '%s\n' '{"type":"person","name":"张三","born_on":"1980-01-01"}' '{"type":"unit","name":"甲公司"}' \
		'{"type":"person","name":"小王","born_on":"2007-07-01"}' '{"type":"person","name":"小李","born_on":"2004-01-01","student":true}' |
		credit-repair debtor >/dev/null 2>&1
}
tip() { git -C d rev-parse main; }
c=沪0114-C000001
D=沪0114-D00000
field() { case-file get "credit:$1" | jq -r "$2"; }
state() { field "${1-$c}" '[.state, .restriction] | join(" ")'; }
quiet() { credit-repair "$@" >/dev/null 2>>said; }

# notified CASE DEBTOR [FIELD...]; decided ID GROUND [FIELD...]; listed ID GROUND [FIELD...]: so far, on days of 2025
notified() { quiet notify case="2025执$1" debtor="$D$2" notice.risk_warning=true notice.due_on=2025-03-10 --on 2025-03-01 "${@:3}"; }
decided() {
	local term=(term.years=2 term.from=2025-03-12)
	[ "$2" = G1 ] && term=()
	quiet decide "$1" ground="$2" evidence=证据 decision.signed_by=president decision.reasons=拒不履行 "${term[@]}" --on 2025-03-12 "${@:3}"
}
listed() {
	decided "$@" && quiet serve "$1" --on 2025-03-13 && quiet restrict "$1" order.signed_by=president 'order.items=["C1"]' --on 2025-03-14 &&
		quiet publish "$1" --on 2025-03-14
}

# try WORDS: runs credit-repair, keeps what it said and its code for a golden file; nothing may be written when it fails.
try() {
	local before rc=0
	before=$(tip)
	printf '$ credit-repair %s\n' "$*" >>tried
	credit-repair "$@" >/dev/null 2>said1 </dev/null || rc=$?
	if [ "$rc" != 0 ]; then
		is "$(tip)" "$before"
		cat said1 >>tried
	fi
	printf '[%s]\n' "$rc" >>tried
}
tried() { sed -E 's/commit [0-9a-f]{10}/commit COMMIT/' tried; }
