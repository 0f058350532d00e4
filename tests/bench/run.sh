#!/bin/bash
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2034,SC2154 # shared with the parts
# The bench: our commands beside the tool that a user would take instead, on the same data in one run.
#   run.sh [RECORDS]     100000 if not given; make bench, make bench-quick
# Prints a table and writes bench.json and bench.svg.  Nothing here passes or fails by the clock.
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

# Ten times as many records for what streams; twice, and fewer runs, if it is to be quick.
if [ "$records" -ge 100000 ]; then
	many=$((records * 10)) commits=$records runs=3 rounds=2 starts=201 changes=51 shared=800 sample=100
else
	many=$((records * 2)) commits=$((records / 4)) runs=2 rounds=1 starts=41 changes=9 shared=40 sample=10
fi

# Every run has a fresh folder, and nothing is deleted before the end: after mass deletions ext4
# makes files several times slower for a while.
work=$(mktemp -d "$build/bench.XXXXXX")
trap 'rm -rf -- "$work"/ours.view.* & rm -rf -- "$work"/peer.view.* & wait; rm -rf -- "$work"' EXIT

note() { [ ! -t 2 ] || printf '\r\e[K%s' "$*" >&2; }
# median COLUMN <LINES: the middle value;  most COLUMN: the largest
median() { awk -v c="$1" '{ print $c }' | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
most() { awk -v c="$1" '{ if ($c > m) m = $c } END { print m }'; }

git=$(git --version | sed 's/git version //')
true=$(dpkg-query -W -f '${Version}' coreutils 2>/dev/null || echo unknown)
everything=(cat-file --batch --unordered --batch-all-objects) # of git, beside list
rows=$work/rows.tsv memory=$work/memory.tsv
: >"$memory"

# What the ratio (peer / ours) of a row is to be at least; the others are told without a judgement.
declare -A marks=(
	[import]=4 [import-many]=3 [checkout]=2 [import-changed]=0.77 [list]=5 [list-deltas]=1 [where]=30
	[get]=0.67 [set-fast-import]=2 [set-commit]=20 [writers]=0.7
	[stat-duckdb-1]=2.5 [stat-duckdb-cpu-1]=2.5 [stat-duckdb-2]=2.5 [stat-duckdb-cpu-2]=2.5
	[stat-wc]=0.2 [stat-pipe]=0.67 [start]=0.33 [start-check]=0.33
	[audit-names]=0.67 [audit-walk]=0.67 [audit-signatures]=20
)
# row WORK RECORDS RUNS OURS PEER VERSION OURS_US PEER_US OURS_KIB PEER_KIB
row() {
	local IFS=$'\t'
	echo "$*	${marks[$1]-}" >>"$rows"
}
# pair WORK RECORDS RUNS OURS PEER VERSION -- [-i INPUT] COMMAND... -- COMMAND...: both in turn
pair() {
	local name=$1 of=$2 n=$3 ours=$4 peer=$5 version=$6 cost ours_us ours_kib peer_us peer_kib
	shift 7
	note "$name"
	cost=$("$timer" -n "$n" "$@" 2>"$work/said") || {
		cat "$work/said" >&2
		exit 1
	}
	read -rd "" ours_us _ _ ours_kib peer_us _ _ peer_kib <<<"$cost" || true
	row "$name" "$of" "$n" "$ours" "$peer" "$version" "$ours_us" "$peer_us" "$ours_kib" "$peer_kib"
}
# peak NAME LIMIT_KIB COMMAND...: the memory of one run, which is slowed by being watched
peak() {
	local name=$1 limit=$2 rss anon
	shift 2
	note "memory of $name"
	read -r _ _ _ rss anon <<<"$("$timer" -a "$@")"
	printf '%s\t%d\t%d\t%d\t%d\n' "$name" "$many" "$anon" "$rss" "$limit" >>"$memory"
}

for part in docket small bundle audit seize redact site stat; do
	# shellcheck source=/dev/null
	. "tests/bench/$part.sh"
done
docket_bench
small_bench
bundle_bench
audit_bench
seize_bench
redact_bench
site_bench
stat_bench

note ''
printf '%s records of %s bytes in stream form; %s; %s\n' "$records" \
	$(($(wc -c <"$work/r.ndjson") / records)) \
	"$(nproc) x $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
	"$(df --output=fstype "$work" | tail -n 1)"
printf 'same trees as git fast-import: %s; git fsck --strict: %s; commits of the writers: %s; same answer as DuckDB: %s\n' \
	"$same" "$fsck" "$writers_kept" "$stat_same"
printf 'judgments redacted and scanned on one core: %s (50 are asked for)\n\n' "$redact_speed"
[ "$records" -ge 100000 ] || printf 'the marks are those of 100000 records; with fewer, start-up weighs more\n\n'
awk -f tests/bench/table.awk tests/bench/limits.tsv "$rows" "$memory"
awk -f tests/bench/json.awk "$rows" "$memory" >bench.json
awk -f tests/bench/svg.awk "$rows" >bench.svg
