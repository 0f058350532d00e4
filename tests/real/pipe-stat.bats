#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# pipe-stat against answers that others computed: NIST's certified ones, DuckDB's, Miller's.
load ../helper

setup() {
	common_setup
	need_real
	bailey=$GAVEL_REAL_DATA/court-rows-oldbailey
}

# expected FILE COLUMN...: those columns, without the header
expected() {
	tail -n +2 "$bailey/expected/$1" | cut -f "$2"
}
# stats ARGS...: rows as TSV without a header, from both formats; an absent group first as there
stats() {
	pipe-stat -o tsv "$@" charges.ndjson | tail -n +2 >ndjson.tsv
	pipe-stat -o tsv "$@" charges.csv | tail -n +2 >csv.tsv
	cmp ndjson.tsv csv.tsv >&2 && cat csv.tsv
}
# near: two tables on descriptors 3 and 4, cell for cell.  Integers are the same.  Ours are the doubles nearest to the exact
# results, theirs come from chains of doubles and are off in the last places (20644.399999999983 for 20644.4): 1e-13 of it.
near() {
	paste <(cat <&3) <(cat <&4) | awk -F'\t' '{
		for (i = 1; i <= NF / 2; i++) {
			a = $i; b = $(i + NF / 2); cells++
			d = a - b; d = d < 0 ? -d : d; size = b < 0 ? -b : b
			if (a "" != b "" && (a "" == "" || b "" == "" || a + 0 == 0 && a !~ /^0/ || d > 1e-13 * size)) { print "row " NR ": " a " is there " b; bad++ }
		}
	} END { if (!cells) print "no rows"; exit bad || !cells }'
}
same_table() { near 3< <(stats "${@:3}") 4< <(expected "$1" "$2"); }

@test "NIST: mean and deviation to every certified digit, quantiles of both kinds exactly" {
	local folder=$GAVEL_REAL_DATA/stats-reference/nist-strd set p sets=0
	for set in "$folder"/*.json; do
		data=${set%.json}.txt
		if [ -f "$data" ]; then sed 's/.*/{"x":"&"}/' "$data"; else continue; fi >rows
		list=count,sum:x,mean:x,sd:x,min:x,max:x
		for p in 5 10 25 50 75 90 95 99; do list+=,p$p:x; done
		pipe-stat -a "$list" rows >exact
		pipe-stat -a "${list//count,sum:x,mean:x,sd:x,min:x,max:x,/}" --interpolate rows >between
		# Every number of the exact answers: as they are, or as the double nearest to them.
		is "$(jq -nr --slurpfile want "$set" --slurpfile a exact --slurpfile b between '$want[0].exact as $e | $a[0] as $a | $b[0] as $b |
			([["n", $a.count], ["sum", $a.sum_x], ["mean", $a.mean_x], ["sample_sd", $a.sd_x], ["min", $a.min_x], ["max", $a.max_x]] +
			 [(5, 10, 25, 50, 75, 90, 95, 99) | ["p\(.)_nearest_rank", $a["p\(.)_x"]], ["p\(.)_type7", $b["p\(.)_x"]]])[] |
			select((.[1] | tonumber) != ($e[.[0]] | tonumber)) | "\(.[0]): \(.[1]) is there \($e[.[0]])"')" ''
		# Rounded to as many digits as NIST certifies.
		jq -r '.nist_certified | .mean, .standardDeviation // empty' "$set" >certified
		jq -r '.mean_x, .sd_x' exact | paste - certified | awk -v set="${set##*/}" 'NF == 2 {
			digits = $2; sub(/^-?0*\.?0*/, "", digits); gsub(/[.-]/, "", digits)
			if (sprintf("%.*g", length(digits), $1) + 0 != $2 + 0) { print set ": " $1 " is certified as " $2; exit 1 }
		}'
		sets=$((sets + 1))
	done
	[ "$sets" -ge 5 ]
}

@test "DuckDB and Miller on 122,983 charges, from NDJSON and from CSV" {
	for format in ndjson csv; do gzip -dc "$bailey/charges.$format.gz" >"charges.$format"; done
	local f list same
	is "$(stats -g offence_category)" "$(expected count_by_offence.tsv 1-)"
	is "$(stats -g verdict_category)" "$(expected count_by_verdict.tsv 1-)"
	is "$(stats -g verdict_category)" "$(expected miller_count_by_verdict_from_csv.tsv 1-)"
	is "$(stats -g offence_category,verdict_category)" "$(expected count_by_offence_verdict.tsv 1-)"
	is "$(stats -a distinct:trial_id,distinct:session_date,distinct:defendant_id)" "$(expected distinct_trials.tsv 1-)"
	# n, sum, least, most, mean, then quantiles between two values (_cont) or of the nearest rank (_disc), deviation.
	f=trial_chars
	same_table trial_chars_by_offence.tsv 1-6,8,12,14 -g offence_category -a "count:$f,sum:$f,min:$f,max:$f,mean:$f,p50:$f,p90:$f,sd:$f"
	same_table trial_chars_by_offence.tsv 1,7,9-11,13 -g offence_category --interpolate -a "p50:$f,p25:$f,p75:$f,p90:$f,p99:$f"
	f=goods_value_pence
	same_table goods_value_by_punishment.tsv 1,2,4-7,9,11 -g punishment_category -a "count:$f,sum:$f,min:$f,max:$f,mean:$f,p50:$f,sd:$f"
	same_table goods_value_by_punishment.tsv 1,8,10 -g punishment_category --interpolate -a "p50:$f,p90:$f"
	is "$(pipe-stat -g punishment_category -a "count,n=count:$f" -o tsv charges.csv | awk -F'\t' 'NR > 1 { print $1 "\t" $2 - $3 }')" \
		"$(expected goods_value_by_punishment.tsv 1,3)"
	f=defendant_age
	same_table age_overall.tsv 1-6 --interpolate -a "count:$f,mean:$f,p50:$f,sd:$f,min:$f,max:$f"
	# Miller's stats1, which leaves out what has no group, and counts of nothing.  Its percentile without -i is the value at int(p/100*n), counted
	# from 0; the nearest rank of p + 0.000001 is that same one.  Its file has a header for each set of columns.
	for same in '' _interpolated; do
		awk -F'\t' 'NF == 0 { header = 0; next } !header { header = split($0, name, "\t"); next }
			{ for (i = 2; i <= NF; i++) print $1 "|" name[i] "\t" $i }' "$bailey/expected/miller_stats1_by_offence$same.tsv" | sort >want
		list=
		for f in trial_chars goods_value_pence defendant_age; do
			for p in 25 50 75 90 99; do list+=,${f}_p$p=p$p${same:-.000001}:$f; done
			[ -n "$same" ] || for p in count sum min max mean; do list+=,${f}_$p=$p:$f; done
			[ -n "$same" ] || list+=,${f}_stddev=sd:$f
		done
		list=${list//_interpolated:/:}
		for f in ndjson csv; do
			pipe-stat -g offence_category --where 'exists offence_category' -a "${list#,}" ${same:+--interpolate} "charges.$f" |
				jq -r '.offence_category as $g | del(.offence_category) | to_entries[] |
					select((.key | test("_(count|sum)$") | not) or .value != 0) | "\($g)|\(.key)\t\(.value)"' | sort >got
			is "$(diff <(cut -f1 got) <(cut -f1 want) | head)" ''
			near 3< <(cut -f2 got) 4< <(cut -f2 want)
		done
	done
	# However it is cut: threads, shards of both formats.
	f=trial_chars
	list="-g offence_category,verdict_category -a count,sum:$f,mean:$f,sd:$f,p50:$f,distinct:trial_id,first:charge_id@charge_id"
	# shellcheck disable=SC2086 # words
	pipe-stat $list charges.ndjson >want
	# shellcheck disable=SC2086
	pipe-stat $list -j 2 charges.ndjson | cmp - want
	# shellcheck disable=SC2086
	pipe-stat $list --map charges.csv | pipe-stat --final | cmp - want
	# shellcheck disable=SC2086
	parallel --will-cite -j 2 --pipepart --block 12M -a charges.ndjson pipe-stat $list --map | pipe-stat --final | cmp - want
}

@test "dates of three centuries: years, days from one session to the next" {
	for format in ndjson csv; do gzip -dc "$bailey/charges.$format.gz" >"charges.$format"; done
	is "$(diff <(stats -g session_date:year) <(expected count_by_year.tsv 1-) | head)" ''
	pipe-stat -g session_date -o csv charges.csv | awk -F, 'NR == 1 { print "a,b"; next } before { print before "," $1 } { before = $1 }' >sessions.csv
	local f=days:a..b
	near 3< <(pipe-stat -a "count:$f,min:$f,max:$f,mean:$f,p90:$f" -o tsv sessions.csv | tail -n +2) \
		4< <(expected gap_days_between_sessions.tsv 1-4,6)
	near 3< <(pipe-stat --interpolate -a "p50:$f" -o tsv sessions.csv | tail -n +2) 4< <(expected gap_days_between_sessions.tsv 5)
}

@test "Miller's own cases that ask what pipe-stat answers" {
	run_ok bash "$ROOT/tests/miller-cases.bash" "$GAVEL_REAL_DATA/miller-cases"
	is "$(grep ^differs <<<"$output")" ''
	[ "$(grep -c ^same <<<"$output")" -ge 28 ]
	is "$(wc -l <<<"$output")" "$(wc -l <"$GAVEL_REAL_DATA/miller-cases/cases.ndjson")"
	# Each that is left out has a reason (-s prints every step, -w windows, another verb ...).
	is "$(awk -F '\t' '$1 == "left out" && $3 == ""' <<<"$output")" ''
}
