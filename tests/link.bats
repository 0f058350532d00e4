# SPDX-License-Identifier: MIT
# case-file link: which records belong together.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	for type in 民初 民初 执; do
		case-file open --type "$type" cause=民间借贷纠纷 >/dev/null 2>&1
	done
}
tip() { git -C d rev-parse main; }
links() { case-file get "$1" -o ndjson | jq -c '[.links[]? | [.rel, .id]]'; }
refused() {
	local code=$1 name=$2 was
	was=$(tip)
	shift 2
	run_rc "$code" case-file link "$@" || return 1
	golden "link/$name" "$stderr" || return 1
	is "$output" '' && is "$(tip)" "$was"
}

@test "what cannot be tied" {
	refused 2 nothing
	refused 2 two 民初1 enforcement
	refused 2 four 民初1 enforcement 执1 执2
	refused 2 relation 民初1 enforcment 执1
	refused 2 relation-far 民初1 zzz 执1
	refused 2 itself 民初1 related '（2022）沪0114民初1号'
	refused 3 no-number 民初 related 执1
	refused 3 no-other 民初1 related 执
	refused 6 not-there 民初99 enforcement 执1
	refused 6 other-not-there 民初1 enforcement 执99
	refused 3 register 民初1 mediation 'case:（2022）沪0114诉前调1号'
}

@test "both cases are tied in one commit, and each says what the other is to it" {
	was=$(tip)
	run_ok case-file link 民初1 enforcement '(2022)沪0114执1号' -m 申请执行
	is "$(links 民初1)" '[["enforcement","（2022）沪0114执1号"]]'
	is "$(links 执1)" '[["enforces","（2022）沪0114民初1号"]]'
	is "$(git -C d rev-list --count "$was..main")" 1
	is "$(git -C d log -1 --format=%s)" 'case-file link: （2022）沪0114民初1号 enforcement （2022）沪0114执1号 (2 records)'
	# Again, from the other side: nothing to do.
	was=$(tip)
	run_ok case-file link 执1 enforces 民初1
	has "$stderr" 'nothing to do'
	is "$(tip)" "$was"
	# Half of it was taken away by hand: it is made whole.
	case-file set 执1 links= 2>/dev/null
	run_ok case-file link 民初1 enforcement 执1
	is "$(links 执1)" '[["enforces","（2022）沪0114民初1号"]]'
	case-file check --strict --only 'DK-*'
}

@test "every relation has its other side, but for mediation" {
	while read -r rel back; do
		start=$(tip)
		run_ok case-file link 民初1 "$rel" 民初2
		is "$(links 民初1)" "[[\"$rel\",\"（2022）沪0114民初2号\"]]" || return 1
		is "$(links 民初2)" "[[\"$back\",\"（2022）沪0114民初1号\"]]" || return 1
		git -C d update-ref refs/heads/main "$start"
	done <<-'ROWS'
	enforcement enforces
	enforces enforcement
	appeal appealed-from
	appealed-from appeal
	consolidated consolidated
	related related
	retrial related
	remand related
	objection related
	preservation related
	ROWS
	# A mediation is no case: it is tied one way.
	run_ok case-file link 民初1 mediation 民初2
	is "$(links 民初2)" '[]'
}

@test "another court's case need not be here; one of this court only with --one-way" {
	run_ok case-file link 民初1 appeal '（2022）沪02民终77号'
	golden link/other-court "$(sed 's/commit .*/commit ID/' <<<"$stderr")"
	is "$(links 民初1)" '[["appeal","（2022）沪02民终77号"]]'
	run_ok case-file link 民初1 enforcement 执99 --one-way
	is "$(links 民初1)" '[["appeal","（2022）沪02民终77号"],["enforcement","（2022）沪0114执99号"]]'
	run_ok case-file link 民初1 related 民初2 --one-way
	is "$(links 民初2)" '[]'
	# check names the one that is not here.
	run_rc 1 case-file check --strict --only DK-05
	has "$output" '执99号 is not in this docket'
	run_ok case-file link 民初1 enforces 执1 --dry-run
	is "$(jq -r '.op' <<<"$output" | xargs)" 'plan put put'
}
