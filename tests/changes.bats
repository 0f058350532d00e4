#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# case-file changes: a feed of what changed since a commit.
load helper

setup() {
	common_setup
	make_docket
	case-file open --type 民初 --on 2022-01-10 cause=买卖合同纠纷 >/dev/null 2>&1
	start=$(git -C d rev-parse main)
}
rows() { jq -r '[.op, .id, (.fields | map(select(startswith("events") | not)) | join("+"))] | join(" ")' <<<"$output"; }

@test "added and changed, with fields, and with the record" {
	run_ok case-file changes --from "$start"
	is "$output" ''
	case-file set 民初1 judge=王法官 clerk=李书记员 -m 分案 2>/dev/null
	case-file open --type 民初 --on 2022-02-01 >/dev/null 2>&1
	run_ok case-file changes --from "$start"
	is "$(rows)" 'changed （2022）沪0114民初1号 clerk+judge
added （2022）沪0114民初2号 filed_on+id+kind+received_on+state'
	is "$(jq -r .commit <<<"$output" | sort -u)" "$(git -C d rev-parse main)"
	run_ok case-file changes --from main~1
	is "$(jq -r .id <<<"$output")" '（2022）沪0114民初2号'
	run_ok case-file changes --from "$start" --at main~1 --records
	is "$(jq -r .record.judge <<<"$output")" 王法官
	run_ok case-file changes --from "$start" -o table
	has "$output" 'clerk'
}

@test "--follow prints changes as they come, and ends when nobody reads any more" {
	case-file changes --from "$start" --follow >feed &
	pid=$!
	case-file set 民初1 judge=王法官 2>/dev/null
	case-file set 民初1 judge=李法官 2>/dev/null
	for _ in {1..50}; do [ "$(wc -l <feed)" -ge 1 ] && [ "$(tail -n 1 feed | jq -r .commit)" = "$(git -C d rev-parse main)" ] && break; sleep 0.1; done
	kill $pid
	is "$(jq -r .op feed | sort -u)" changed
	is "$(tail -n 1 feed | jq -r .commit)" "$(git -C d rev-parse main)"
	case-file changes --from "$start" --follow | head -n 1 >one &
	for _ in {1..50}; do [ -s one ] && break; sleep 0.1; done
	case-file set 民初1 judge=张法官 2>/dev/null
	wait $!
	is "$(jq -r .id one)" '（2022）沪0114民初1号'
}

@test "replaced history, unknown revisions and missing options are refused" {
	case-file set 民初1 judge=王法官 2>/dev/null
	lost=$(git -C d rev-parse main)
	git -C d update-ref refs/heads/main "$start"
	run_rc 7 case-file changes --from "$lost"
	golden changes/replaced "${stderr//$lost/COMMIT}"
	run_rc 6 case-file changes --from nothing
	golden changes/unknown "$stderr"
	run_rc 2 case-file changes
	golden changes/which "$stderr"
	run_rc 2 case-file changes --from main --follow --at main
	golden changes/both "$stderr"
}
