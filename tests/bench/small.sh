# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2016,SC2034 # shared with run.sh; $1 of scripts
# The bench of small calls on the docket of all records, sourced by run.sh.

# path_of ID: of its file
path_of() {
	local id=$1 rest type serial
	rest=${id#*沪0114} type=${rest%%[0-9]*}
	serial=${rest#"$type"} serial=${serial%号}
	printf 'cases/%s/沪0114/%s/%04d/%s.json' "${id:1:4}" "$type" $((serial / 100)) "$serial"
}

start_bench() {
	head -n 1 "$work/r.ndjson" >"$work/one.ndjson"
	pair start 0 "$starts" 'pipe-stat --version' '/bin/true' "coreutils $true" -- pipe-stat --version -- /bin/true
	pair start-check 1 "$starts" 'court-id 2022沪0114民初12' '/bin/true' "coreutils $true" -- \
		court-id 2022沪0114民初12 -- /bin/true
	pair start-date 1 "$starts" 'court-date 2025-09-26 +3wd' '/bin/true' "coreutils $true" -- \
		court-date 2025-09-26 +3wd -- /bin/true
	pair get "$records" "$starts" 'case-file get ID' 'git cat-file -p main:PATH' "git $git" -- \
		case-file get -C "$docket" "$id" -o ndjson -- git -C "$docket" cat-file -p "main:$path"
}

# One field in one commit.  The peers write the whole file anew; the commits of fast-import are made before.
set_bench() {
	local i
	cp -a "$docket" "$work/set" && cp -a "$docket" "$work/set.stream"
	for ((i = 1; i <= changes; i++)); do
		git -C "$docket" cat-file -p "main:$path" | sed "s/\"judge\": .*/\"judge\": \"第$i\",/" >"$work/set.json"
		{
			printf 'commit refs/heads/main\ncommitter bench <bench@example.org> 1656547200 +0800\ndata 3\nset\n'
			printf 'from refs/heads/main^0\nM 100644 inline %s\ndata %d\n' "$path" "$(wc -c <"$work/set.json")"
			cat "$work/set.json"
		} >"$work/stream.$i"
	done
	pair set-fast-import "$records" "$changes" 'case-file set ID FIELD=VALUE' 'git fast-import of one commit' "git $git" -- \
		-i "$work/stream.{#}" case-file set -C "$work/set" "$id" 'judge=第{#}' -- \
		git -C "$work/set.stream" fast-import --quiet
	# git leaves loose objects and refs to the system's own pace; told to sync them, too, it promises what we do.
	cp -a "$docket" "$work/set.synced"
	pair set-synced "$records" "$changes" 'case-file set ID FIELD=VALUE' 'the same, core.fsync=all' "git $git" -- \
		-i "$work/stream.{#}" case-file set -C "$work/set" "$id" 'judge=再{#}' -- \
		git -C "$work/set.synced" -c core.fsync=all fast-import --quiet
	# The peer's repository, checked out before, is a clone like any: making another takes half a minute.
	git -C "$peer_docket" config core.bare false
	pair set-commit "$records" 5 'case-file set ID FIELD=VALUE' 'git add, git commit in a clone' "git $git" -- \
		case-file set -C "$work/set" "$id" 'judge=又{#}' -- \
		env GIT_DIR="$peer_docket" GIT_WORK_TREE="$work/peer.view.1" bash -c \
		'cd "$GIT_WORK_TREE" && echo "{\"n\":$2}" >"$1" && git add "$1" && git commit -qm set' bash "$path" '{#}'
}

# writer DOCKET FIRST COUNT: a commit for each of so many records
writer() {
	local each
	sed -n "$2,$(($2 + $3 - 1))p" "$work/ids" | while read -r each; do
		case-file set -C "$1" "$each" judge=写者 2>/dev/null
	done
}
writers() { # DOCKET HOW MANY: all commits shared between them
	local i each=$((shared / $2))
	for ((i = 0; i < $2; i++)); do
		writer "$1" $((i * each + 1)) "$each" &
	done
	wait
}
writers_bench() {
	local start one eight
	cp -a "$docket" "$work/one" && cp -a "$docket" "$work/eight"
	note "one writer"
	start=$(date +%s%N)
	writers "$work/one" 1
	one=$(($(date +%s%N) - start))
	note "eight writers"
	start=$(date +%s%N)
	writers "$work/eight" 8
	eight=$(($(date +%s%N) - start))
	row writers "$records" 1 "8 writers, $((shared / 8)) commits each" "one writer, $shared commits" '' $((eight / 1000)) $((one / 1000)) 0 0
	writers_kept="$(($(git -C "$work/eight" rev-list --count main) - $(git -C "$docket" rev-list --count main))) of $shared"
	[ "$(git -C "$work/one" rev-parse 'main^{tree}')" = "$(git -C "$work/eight" rev-parse 'main^{tree}')" ] ||
		writers_kept="$writers_kept, OTHER TREE"
}

# After hundreds of commits, and once maintain has folded them.
folded_bench() {
	pair list-sets "$records" "$runs" "case-file list, $shared sets later" 'git cat-file --batch --unordered' "git $git" -- \
		case-file list -C "$work/one" -o ndjson -- git -C "$work/one" "${everything[@]}"
	note maintain
	case-file maintain -C "$work/one" 2>/dev/null
	pair list-folded "$records" "$runs" 'case-file list, after maintain' 'git cat-file --batch --unordered' "git $git" -- \
		case-file list -C "$work/one" -o ndjson -- git -C "$work/one" "${everything[@]}"
}

small_bench() {
	local id path
	case-file list -C "$docket" -o ids >"$work/ids"
	id=$(sed -n "$((records / 2 + 1))p" "$work/r.ndjson" | grep -o '"id":"（[^"]*"' | cut -d '"' -f 4 | head -n 1)
	path=$(path_of "$id")
	start_bench
	set_bench
	writers_bench
	folded_bench
}
