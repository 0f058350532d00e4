#!/bin/bash
# SPDX-License-Identifier: MIT
# The bench: our commands beside the tool that a user would take instead, on the same data in one run.
#   run.sh [RECORDS]     100000 if not given; make bench, make bench-quick
# Prints a table and writes bench.json.  Nothing here passes or fails by the clock.
set -euo pipefail
cd "$(dirname "$0")/../.."

records=${1:-100000}
build=$(realpath "${BUILD:-build}")
PATH=$(realpath "${BIN:-bin}"):$PATH
generate=$build/generate timer=$build/timer append=$build/append
export GAVEL_TODAY=2022-06-30 GAVEL_SHARE=$PWD/share LC_ALL=C.UTF-8
export GIT_AUTHOR_NAME=bench GIT_AUTHOR_EMAIL=bench@example.org
export GIT_COMMITTER_NAME=bench GIT_COMMITTER_EMAIL=bench@example.org
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
unset GAVEL_DOCKET GIT_DIR GIT_WORK_TREE
runs=5 starts=201
[ "$records" -lt 500000 ] || runs=3

# Every run has a fresh folder, and nothing is deleted before the end: after mass deletions ext4
# makes files several times slower for a while.
work=$(mktemp -d "$build/bench.XXXXXX")
trap 'rm -rf -- "$work"' EXIT

note() { [ ! -t 2 ] || printf '\r\e[K%s' "$*" >&2; }
# median COLUMN <LINES: the middle value;  most COLUMN: the largest
median() { awk -v c="$1" '{ print $c }' | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
most() { awk -v c="$1" '{ if ($c > m) m = $c } END { print m }'; }

git=$(git --version | sed 's/git version //')
true=$(dpkg-query -W -f '${Version}' coreutils 2>/dev/null || echo unknown)
rows=$work/rows.tsv
# row WORK RUNS OURS PEER VERSION OURS_US PEER_US OURS_KIB PEER_KIB
row() {
	local IFS=$'\t'
	echo "$*" >>"$rows"
}

# ---- the data ----

note "making $records records"
"$generate" -n "$records" >"$work/r.ndjson"
"$generate" -n "$records" -f fast-import >"$work/r.stream"

# ---- import: a fresh docket and a fresh repository each time ----

for ((i = 1; i <= runs; i++)); do
	note "import, run $i of $runs"
	case-file init --court 沪0114 "$work/ours.$i" 2>/dev/null
	git init -q --bare -b main "$work/peer.$i"
	"$timer" case-file import -C "$work/ours.$i" "$work/r.ndjson" 2>/dev/null >>"$work/ours.t"
	"$timer" -i "$work/r.stream" git -C "$work/peer.$i" fast-import --quiet >>"$work/peer.t"
done
row import "$runs" 'case-file import' 'git fast-import' "git $git" \
	"$(median 1 <"$work/ours.t")" "$(median 1 <"$work/peer.t")" \
	"$(most 4 <"$work/ours.t")" "$(most 4 <"$work/peer.t")"

docket=$work/ours.1
same=no
if [ "$(git -C "$docket" rev-parse main:cases)" = "$(git -C "$work/peer.1" rev-parse main:cases)" ]; then
	same=yes
fi
note "git fsck --strict"
fsck=clean
git -C "$docket" fsck --strict --no-progress >/dev/null 2>&1 || fsck=BROKEN

# pair WORK RUNS OURS PEER VERSION -- COMMAND... -- COMMAND...: both in turn
pair() {
	local work=$1 n=$2 ours=$3 peer=$4 version=$5 cost ours_us ours_kib peer_us peer_kib
	shift 6
	note "$work"
	cost=$("$timer" -n "$n" "$@")
	read -rd "" ours_us _ _ ours_kib peer_us _ _ peer_kib <<<"$cost" || true
	row "$work" "$n" "$ours" "$peer" "$version" "$ours_us" "$peer_us" "$ours_kib" "$peer_kib"
}

# ---- everything out again, from the docket as imported ----

pair list "$runs" 'case-file list -o ndjson' 'git cat-file --batch --unordered' "git $git" -- \
	case-file list -C "$docket" -o ndjson -- \
	git -C "$docket" cat-file --batch --unordered --batch-all-objects

# ---- start-up ----

id=$(sed -n "$((records / 2 + 1))p" "$work/r.ndjson" | grep -o '"id":"（[^"]*"' | cut -d '"' -f 4 |
	head -n 1)
rest=${id#*沪0114} type=${rest%%[0-9]*}
serial=${rest#"$type"} serial=${serial%号}
path=$(printf 'cases/%s/沪0114/%s/%04d/%s.json' "${id:1:4}" "$type" $((serial / 100)) "$serial")
pair get "$starts" 'case-file get ID' 'git cat-file -p main:PATH' "git $git" -- \
	case-file get -C "$docket" "$id" -o ndjson -- \
	git -C "$docket" cat-file -p "main:$path"
pair date "$starts" 'court-date 2025-09-26 +3wd' '/bin/true' "coreutils $true" -- \
	court-date 2025-09-26 +3wd -- /bin/true

# ---- a bundle of all cases ----

# shellcheck source=tests/bench/bundle.sh
. tests/bench/bundle.sh
bundle_bench

# ---- audits ----

# shellcheck source=tests/bench/audit.sh
. tests/bench/audit.sh
audit_bench "$records"

# ---- after a thousand commits of one record, and once maintain has folded them ----

note "a thousand sets"
case-file list -C "$docket" -o ids | head -n 1000 | while read -r each; do
	case-file set -C "$docket" "$each" notes=bench 2>/dev/null
done
pair list-sets "$runs" 'case-file list, 1000 sets later' 'git cat-file --batch --unordered' "git $git" -- \
	case-file list -C "$docket" -o ndjson -- \
	git -C "$docket" cat-file --batch --unordered --batch-all-objects
note "maintain"
case-file maintain -C "$docket" 2>/dev/null
pair list-folded "$runs" 'case-file list, after maintain' 'git cat-file --batch --unordered' "git $git" -- \
	case-file list -C "$docket" -o ndjson -- \
	git -C "$docket" cat-file --batch --unordered --batch-all-objects

# ---- statistics, on ten times as many records ----

# shellcheck source=tests/bench/stat.sh
. tests/bench/stat.sh
stat_bench $((records * 10))

# ---- the table ----

note ''
printf '%s records of %s bytes in stream form; %s; %s\n' "$records" \
	$(($(wc -c <"$work/r.ndjson") / records)) \
	"$(nproc) x $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
	"$(df --output=fstype "$work" | tail -n 1)"
printf 'same trees as git fast-import: %s; git fsck --strict: %s; pipe-stat on %s records, same answer as DuckDB: %s\n' \
	"$same" "$fsck" $((records * 10)) "$stat_same"
printf 'times: medians of interleaved runs; memory: peak RSS, mapped packs included; ratio: peer / ours, above 1 we are faster\n\n'
awk -F '\t' '
	function time(us) { return us >= 100000 ? sprintf("%.2f s", us / 1e6) : sprintf("%.2f ms", us / 1000) }
	BEGIN {
		format = "%-27s  %10s  %-33s  %10s  %6s  %9s  %9s  %4s  %s\n"
		printf format, "ours", "time", "peer", "time", "ratio", "ours MiB", "peer MiB", "runs", "version"
	}
	{ printf format, $3, time($6), $4, time($7), sprintf("%.2f", $7 / $6), sprintf("%.1f", $8 / 1024),
		sprintf("%.1f", $9 / 1024), $2, $5 }
' "$rows"
awk -F '\t' -v few="$records" '
	BEGIN { print "[" }
	{
		sep = NR > 1 ? ",\n" : ""
		records = $1 ~ /^stat/ ? few * 10 : few
		printf "%s{\"bench\":\"%s\",\"records\":%d,\"runs\":%d,", sep, $1, records, $2
		printf "\"ours\":\"%s\",\"peer\":\"%s\",\"version\":\"%s\",", $3, $4, $5
		printf "\"ours_us\":%d,\"peer_us\":%d,\"ratio\":\"%.2f\",", $6, $7, $7 / $6
		printf "\"ours_kib\":%d,\"peer_kib\":%d}", $8, $9
	}
	END { print "\n]" }
' "$rows" >bench.json
