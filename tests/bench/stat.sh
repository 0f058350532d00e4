# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034,SC2154,SC2016 # shared with run.sh; $1 of scripts
# The bench of pipe-stat, sourced by run.sh: one question to every tool that can answer it.
#   group by tribunal and cause; count, sum, mean, median and 90 % of the claim
stat_question=(-g 'tribunal,cause' -a 'count,sum:claim_fen,mean:claim_fen,p50:claim_fen,p90:claim_fen')

# compare NAME PEER VERSION RUNS SCRIPT: pipe-stat with one thread against a pipeline
compare() {
	local name=$1 peer=$2 version=$3 n=$4 script=$5
	pair "$name" "$n" 'pipe-stat' "$peer" "$version" -- \
		pipe-stat "${stat_question[@]}" "$stat_data" -- bash -c "$script" bash "$stat_data"
}

# DuckDB tells its own time, without the start of node: both in turn by hand.
compare_duckdb() {
	local threads=$1 modules=$2 version=$3 i ours=$work/ours.duck.$1 peer=$work/peer.duck.$1
	for ((i = 1; i <= runs; i++)); do
		note "DuckDB, $threads threads, run $i of $runs"
		"$timer" pipe-stat -j "$threads" "${stat_question[@]}" "$stat_data" >>"$ours"
		node tests/bench/duckdb.js "$modules" "$stat_data" "$threads" "$work/duck.rows" >>"$peer"
	done
	row "stat-duckdb-$threads" "$runs" "pipe-stat -j $threads" "DuckDB read_json, $threads threads" "$version" \
		"$(median 1 <"$ours")" "$(median 1 <"$peer")" "$(most 4 <"$ours")" "$(most 3 <"$peer")"
	row "stat-duckdb-cpu-$threads" "$runs" "pipe-stat -j $threads, CPU" "DuckDB, CPU" "$version" \
		"$(median 3 <"$ours")" "$(median 2 <"$peer")" "$(most 4 <"$ours")" "$(most 3 <"$peer")"
}

# The package lies in the build folder; without npm, or where npm has none, that is said.
duckdb_bench() {
	local modules=$build/duckdb version
	if ! command -v npm >/dev/null; then
		note ''
		echo 'DuckDB: npm is not installed; left out'
		return 0
	fi
	if ! [ -d "$modules/node_modules/@duckdb/node-api" ]; then
		mkdir -p "$modules"
		npm install --silent --no-audit --no-fund --prefix "$modules" @duckdb/node-api >"$work/npm.log" 2>&1 || {
			note ''
			echo 'DuckDB: npm could not install @duckdb/node-api; left out'
			return 0
		}
	fi
	version=DuckDB\ $(sed -n 's/.*"version": "\(.*\)".*/\1/p' "$modules/node_modules/@duckdb/node-api/package.json")
	compare_duckdb 1 "$modules" "$version"
	compare_duckdb 2 "$modules" "$version"
	pipe-stat -g tribunal,cause -a count,sum:claim_fen,p50:claim_fen,p90:claim_fen -o tsv "$stat_data" |
		tail -n +2 | LC_ALL=C sort >"$work/our.rows"
	if LC_ALL=C sort "$work/duck.rows" | cmp -s - "$work/our.rows"; then stat_same=yes; else stat_same=NO; fi
}

stat_bench() {
	local miller datamash jq_version
	stat_data=$work/stat.ndjson stat_same='not compared'
	note "making $1 records"
	"$generate" -n "$1" >"$stat_data"
	miller="Miller $(mlr --version | sed 's/.* //')"
	datamash="datamash $(datamash --version | sed -n '1s/.* //p')"
	jq_version=$(jq --version)
	pair stat-wc "$runs" pipe-stat 'wc -l' "$(wc --version | sed -n '1s/.* //p')" -- \
		pipe-stat "${stat_question[@]}" "$stat_data" -- wc -l "$stat_data"
	pair stat-pipe "$runs" 'pipe-stat FILE' 'cat FILE | pipe-stat' '' -- \
		pipe-stat "${stat_question[@]}" "$stat_data" -- \
		bash -c "cat '$stat_data' | pipe-stat ${stat_question[*]}"
	duckdb_bench
	# These take a minute and more: once is enough to see the ratio.
	compare stat-datamash 'jq @tsv | datamash' "$datamash" 1 \
		'jq -r "select(.claim_fen) | [.tribunal, .cause, .claim_fen] | @tsv" "$1" |
			datamash -s -g 1,2 count 3 sum 3 mean 3 median 3 perc:90 3'
	compare stat-miller 'mlr stats1' "$miller" 1 \
		'mlr --ijsonl --ojsonl stats1 -a count,sum,mean,p50,p90 -f claim_fen -g tribunal,cause "$1"'
	compare stat-jq 'jq reduce (count and sum alone)' "$jq_version" 1 \
		'jq -nc "reduce inputs as \$r ({}; (\$r.tribunal + \"/\" + \$r.cause) as \$k |
			.[\$k].n += 1 | .[\$k].sum += (\$r.claim_fen // 0))" "$1"'
}
