# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034,SC2154,SC2016 # shared with run.sh; $1 of scripts
# The bench of pipe-stat, sourced by run.sh: one question to every tool that can answer it.
#   group by tribunal and cause; count, sum, mean, median and 90 % of the claim
stat_question=(-g 'tribunal,cause' -a 'count,sum:claim_fen,mean:claim_fen,p50:claim_fen,p90:claim_fen')

# compare NAME PEER VERSION SCRIPT: against a pipeline that needs a minute for all of it and so gets a tenth
compare() {
	local name=$1 peer=$2 version=$3 script=$4
	pair "$name" $((many / 10)) 1 'pipe-stat' "$peer" "$version" -- \
		pipe-stat "${stat_question[@]}" "$work/tenth.ndjson" -- bash -c "$script" bash "$work/tenth.ndjson"
}

# DuckDB tells its own time, without the start of node: both in turn by hand.
compare_duckdb() {
	local threads=$1 modules=$2 version=$3 i ours=$work/ours.duck.$1 peer=$work/peer.duck.$1
	for ((i = 1; i <= runs; i++)); do
		note "DuckDB, $threads threads, run $i of $runs"
		"$timer" pipe-stat -j "$threads" "${stat_question[@]}" "$stat_data" >>"$ours"
		node tests/bench/duckdb.js "$modules" "$stat_data" "$threads" "$work/duck.rows" >>"$peer"
	done
	row "stat-duckdb-$threads" "$many" "$runs" "pipe-stat -j $threads" "DuckDB read_json, $threads threads" "$version" \
		"$(median 1 <"$ours")" "$(median 1 <"$peer")" "$(most 4 <"$ours")" "$(most 3 <"$peer")"
	row "stat-duckdb-cpu-$threads" "$many" "$runs" "pipe-stat -j $threads, CPU" "DuckDB, CPU" "$version" \
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
	local wc jq_version
	stat_same='not compared'
	head -n $((many / 10)) "$stat_data" >"$work/tenth.ndjson"
	wc=$(wc --version | sed -n '1s/.* //p') jq_version=$(jq --version)
	peak pipe-stat 32768 pipe-stat "${stat_question[@]}" "$stat_data"
	pair stat-wc "$many" 5 pipe-stat 'wc -l' "coreutils $wc" -- \
		pipe-stat "${stat_question[@]}" "$stat_data" -- wc -l "$stat_data"
	pair stat-pipe "$many" 5 'cat FILE | pipe-stat' 'pipe-stat FILE' '' -- \
		bash -c "cat '$stat_data' | pipe-stat ${stat_question[*]}" -- pipe-stat "${stat_question[@]}" "$stat_data"
	duckdb_bench
	compare stat-datamash 'jq @tsv | datamash' "datamash $(datamash --version | sed -n '1s/.* //p')" \
		'jq -r "select(.claim_fen) | [.tribunal, .cause, .claim_fen] | @tsv" "$1" |
			datamash -s -g 1,2 count 3 sum 3 mean 3 median 3 perc:90 3'
	compare stat-miller 'mlr stats1' "Miller $(mlr --version | sed 's/.* //')" \
		'mlr --ijsonl --ojsonl stats1 -a count,sum,mean,p50,p90 -f claim_fen -g tribunal,cause "$1"'
	compare stat-jq 'jq reduce (count and sum alone)' "$jq_version" \
		'jq -nc "reduce inputs as \$r ({}; (\$r.tribunal + \"/\" + \$r.cause) as \$k |
			.[\$k].n += 1 | .[\$k].sum += (\$r.claim_fen // 0))" "$1"'
}
