# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154 # shared with run.sh
# The bench of audits, sourced by run.sh: a history of so many commits, each of which changes one of 5000 cases.

# long_docket NAME COMMITS [-s]: signed with -s; a commit a second, all of them past
long_docket() {
	local dir=$work/$1
	local -x GIT_AUTHOR_DATE='1600000000 +0800' GIT_COMMITTER_DATE='1600000000 +0800'
	case-file init --court 沪0114 "$dir" 2>/dev/null
	"$generate" -n 5000 | case-file import -C "$dir" 2>/dev/null
	# shellcheck disable=SC2086 # an option or nothing
	git -C "$dir" update-ref refs/heads/main "$("$append" ${3-} "$dir" "$2")"
}

audit_bench() {
	local cost ours_us ours_kib peer_us peer_kib
	note "making $commits commits"
	long_docket unsigned "$commits"
	pair audit-walk "$commits" 3 'case-audit verify (records too)' 'git log --name-status' "git $git" -- \
		case-audit verify --all -C "$work/unsigned" -- git -C "$work/unsigned" log --name-status
	pair audit-names "$commits" 3 'case-audit verify --only AU-*' 'git log --name-status' "git $git" -- \
		case-audit verify --all --only 'AU-*' -C "$work/unsigned" -- git -C "$work/unsigned" log --name-status
	note "making $commits signed commits"
	long_docket signed "$commits" -s
	git -C "$work/signed" show main:signers >"$work/signers"
	# git needs a process and more for each: a sample has to do.
	git -C "$work/signed" rev-list --max-count="$sample" main >"$work/sample"
	mapfile -t ids <"$work/sample"
	note "signatures"
	cost=$("$timer" case-audit verify --all --only 'AU-*' -C "$work/signed" -- \
		git -C "$work/signed" -c gpg.ssh.allowedSignersFile="$work/signers" verify-commit "${ids[@]}")
	read -rd "" ours_us _ _ ours_kib peer_us _ _ peer_kib <<<"$cost" || true
	row audit-signatures "$commits" 1 'case-audit verify, all signed' "git verify-commit, from $sample" "git $git" \
		"$ours_us" $((peer_us * commits / sample)) "$ours_kib" "$peer_kib"
}
