# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2016 # shared with run.sh; $1 of scripts
# The bench of case-bundle, sourced by run.sh: all cases of the docket as one tar.zst, in both without history.  Ours has
# the proofs and the list of SHA-256 sums besides.
bundle_bench() {
	local version
	version="git $git, zstd $(zstd --version | sed -n 's/.* v\([0-9.]*\),.*/\1/p')"
	case-file list -C "$docket" -o ids >"$work/ids"
	pair bundle-pack "$records" "$runs" 'case-bundle pack' 'git archive | zstd -3' "$version" -- \
		bash -c 'case-bundle pack -C "$1" <"$2" >"$3" 2>/dev/null' bash "$docket" "$work/ids" "$work/ours.zst" -- \
		bash -c 'git -C "$1" archive --format=tar main cases | zstd -q -3 >"$2"' bash "$docket" "$work/peer.zst"
	pair bundle-list "$records" "$runs" 'case-bundle list' 'zstd -d | tar -t' "$version" -- \
		bash -c 'case-bundle list -o ndjson "$1" >/dev/null' bash "$work/peer.zst" -- \
		bash -c 'zstd -q -d <"$1" | tar -tf - >/dev/null' bash "$work/peer.zst"
}
