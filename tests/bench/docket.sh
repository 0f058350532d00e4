# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034,SC2154,SC2016 # shared with run.sh; $1 of scripts
# The bench of bulk work on a docket, sourced by run.sh.  Leaves $docket (as imported) and $peer_docket (of git fast-import).

import_bench() {
	local i
	"$generate" -n "$records" >"$work/r.ndjson"
	"$generate" -n "$records" -f fast-import >"$work/r.stream"
	for ((i = 1; i <= runs; i++)); do
		note "import, run $i of $runs"
		case-file init --court 沪0114 "$work/ours.$i" 2>/dev/null
		git init -q --bare -b main "$work/peer.$i"
		"$timer" case-file import -C "$work/ours.$i" "$work/r.ndjson" 2>/dev/null >>"$work/ours.t"
		"$timer" -i "$work/r.stream" git -C "$work/peer.$i" fast-import --quiet >>"$work/peer.t"
	done
	row import "$records" "$runs" 'case-file import' 'git fast-import' "git $git" "$(median 1 <"$work/ours.t")" \
		"$(median 1 <"$work/peer.t")" "$(most 4 <"$work/ours.t")" "$(most 4 <"$work/peer.t")"
	docket=$work/ours.1 peer_docket=$work/peer.1
	same=no
	[ "$(git -C "$docket" rev-parse main:cases)" != "$(git -C "$peer_docket" rev-parse main:cases)" ] || same=yes
	fsck=clean
	git -C "$docket" fsck --strict --no-progress >/dev/null 2>&1 || fsck=BROKEN
}

# Import and checkout together: what it takes until the files can be read.
checkout_bench() {
	local i # a round takes half a minute
	for ((i = 1; i <= rounds; i++)); do
		note "checkout, run $i of $rounds"
		"$timer" case-file checkout -C "$work/ours.$i" "$work/ours.view.$i" 2>/dev/null >>"$work/ours.c"
		mkdir "$work/peer.view.$i"
		"$timer" git -C "$work/peer.$i" --work-tree="$work/peer.view.$i" checkout -q -f main >>"$work/peer.c"
	done
	head -n "$rounds" "$work/ours.t" | paste -d ' ' - "$work/ours.c" | awk '{ print $1 + $5, $8 }' >"$work/ours.tc"
	head -n "$rounds" "$work/peer.t" | paste -d ' ' - "$work/peer.c" | awk '{ print $1 + $5, $8 }' >"$work/peer.tc"
	row checkout "$records" "$rounds" 'case-file import, checkout' 'git fast-import, checkout' "git $git" \
		"$(median 1 <"$work/ours.tc")" "$(median 1 <"$work/peer.tc")" "$(most 2 <"$work/ours.tc")" "$(most 2 <"$work/peer.tc")"
}

# The cost follows the change, not the docket.
changed_bench() {
	local i n=1000
	awk -v every=$((records / n)) 'NR % every == 0' "$work/r.ndjson" | head -n $n |
		sed 's/"judge":"[^"]*"/"judge":"另某"/; t; s/"kind":"case"/"judge":"另某",&/' | jq -cS . >"$work/changed.ndjson"
	for ((i = 1; i <= runs; i++)); do
		case-file init --court 沪0114 "$work/empty.$i" 2>/dev/null
		cp -a "$docket" "$work/changed.$i"
	done
	pair import-changed "$n" "$runs" "import $n changed, full docket" 'the same, empty docket' '' -- \
		case-file import -C "$work/changed.{#}" "$work/changed.ndjson" -- \
		case-file import -C "$work/empty.{#}" "$work/changed.ndjson"
}

list_bench() {
	local query='claim_fen>=263000000'
	pair list "$records" 5 'case-file list -o ndjson' 'git cat-file --batch --unordered' "git $git" -- \
		case-file list -C "$docket" -o ndjson -- git -C "$docket" "${everything[@]}"
	pair where "$records" "$runs" "list --where '$query'" "list | jq 'select(...)'" "$(jq --version)" -- \
		case-file list -C "$docket" -o ndjson --where "$query" -- \
		bash -c 'case-file list -C "$1" -o ndjson | jq -c "select(.$2)"' bash "$docket" "$query"
	cp -a "$docket" "$work/deltas"
	note "git repack -adf"
	git -C "$work/deltas" -c pack.window=10 -c pack.depth=50 repack -adfq # the docket's own settings make none
	pair list-deltas "$records" 5 'list, after git repack -adf' 'git cat-file --batch --unordered' "git $git" -- \
		case-file list -C "$work/deltas" -o ndjson -- git -C "$work/deltas" "${everything[@]}"
}

# Once, as it takes a minute and more; and what it needs of memory.
many_bench() {
	note "import of $many"
	stat_data=$work/many.ndjson
	"$generate" -n "$many" >"$stat_data"
	"$generate" -n "$many" -f fast-import >"$work/many.stream"
	git init -q --bare -b main "$work/many.peer"
	case-file init --court 沪0114 "$work/many" 2>/dev/null
	case-file init --court 沪0114 "$work/many.watched" 2>/dev/null
	"$timer" case-file import -C "$work/many" "$stat_data" 2>/dev/null >"$work/ours.m"
	"$timer" -i "$work/many.stream" git -C "$work/many.peer" fast-import --quiet >"$work/peer.m"
	rm "$work/many.stream"
	row import-many "$many" 1 'case-file import, of many' 'git fast-import' "git $git" "$(median 1 <"$work/ours.m")" \
		"$(median 1 <"$work/peer.m")" "$(most 4 <"$work/ours.m")" "$(most 4 <"$work/peer.m")"
	peak import $((65536 + many * 150 / 1024)) case-file import -C "$work/many.watched" "$stat_data" 2>/dev/null
	peak list 65536 case-file list -C "$work/many" -o ndjson
}

docket_bench() {
	import_bench
	checkout_bench
	changed_bench
	list_bench
	many_bench
}
