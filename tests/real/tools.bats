#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# court-id, court-date and pipe-stat on real data.
load ../helper

setup() {
	common_setup
	need_real
}

# mostly WHAT PART WHOLE: at least 99 of 100
mostly() {
	echo "$1: $2 of $3"
	[ "$3" -gt 1000 ] && [ $((100 * $2)) -ge $((99 * $3)) ]
}

@test "court-id: real case numbers are parsed to their class, look-alikes are refused" {
	# shellcheck disable=SC2094
	grep -v '^#' "$GAVEL_REAL_DATA/case-numbers-wild.txt" >rows
	cut -f2 rows | court-id --kind case-number >answers || [ $? -eq 1 ]
	# A number of the old grammar in new clothes is parsed, and says so in its reason.
	right=$(jq -r '[.valid, .parts.class, .reason // ""] | @tsv' answers | paste <(cut -f3 rows) - | awk -F '\t' '
		$1 == "new" && $2 == "true" && ($3 == "new" || $3 == "register") ||
		$1 == "old" && $2 == "true" && ($3 == "legacy" || $4 != "") ||
		$1 == "multi" && $2 == "false" && $3 == "multi" ||
		$1 == "masked" && $2 == "false" && $3 == "masked" ||
		$1 == "corrupted" && $2 == "false" && $3 == "corrupt" && $4 != "" ||
		$1 == "irregular" && ($2 == "true" || $4 != "")' | wc -l)
	mostly 'case numbers' "$right" "$(wc -l <rows)"
	# The official form is one, too, and stays as it is.
	jq -r 'select(.valid) | .normal' answers | sort -u >normal
	court-id --kind case-number <normal | jq -r .normal >again
	is "$(diff normal again)" ''

	grep -v '^#' "$GAVEL_REAL_DATA/case-numbers-near-misses.txt" | cut -f2 >rows
	court-id --kind case-number <rows >answers || [ $? -eq 1 ]
	mostly 'look-alikes' "$(jq -c 'select(.valid == false and .reason != null)' answers | wc -l)" "$(wc -l <rows)"
}

@test "court-id: identity numbers and credit codes as an independent oracle has them" {
	# InvalidComponent: a region that its list lacks; regions come and go, so ours does not judge them.
	awk -F '\t' 'NR > 1 && $3 != "InvalidComponent" { print ($1 == "ric" ? "resident-id" : "credit-code") "\t" $2 "\t" ($3 == "valid" ? "true" : "false") }' \
		"$GAVEL_REAL_DATA/identifiers-cn/vectors.tsv" >rows
	[ "$(wc -l <rows)" -gt 100 ]
	for kind in resident-id credit-code; do
		grep "^$kind" rows | cut -f2 >inputs
		court-id --kind $kind <inputs >answers || [ $? -eq 1 ]
		is "$(jq -r '[.input, .valid] | @tsv' answers)" "$(grep "^$kind" rows | cut -f2,3)"
	done
}

@test "court-date: every deadline vector agrees" {
	tail -n +2 "$GAVEL_REAL_DATA/holidays-cn/deadline-vectors.tsv" >rows
	[ "$(wc -l <rows)" -gt 300 ]
	awk -F '\t' '{ print $1, "+" $2 "wd" }' rows | court-date >got
	is "$(diff <(cut -f3 rows) got)" ''
	awk -F '\t' '{ print $1, "+" $2 "d" }' rows | court-date --next-working >got
	is "$(diff <(cut -f4 rows) got)" ''
}

@test "pipe-stat: the same counts as jq on real notices" {
	rows=$GAVEL_REAL_DATA/court-lists-cn/case-notices.ndjson
	field=$(head -n 1 "$rows" | jq -r 'to_entries | map(select(.value | type == "string")) | .[0].key')
	pipe-stat -g "$field" "$rows" 2>/dev/null >got || [ $? -eq 8 ]
	is "$(jq -c '[.'"$field"', .count]' got | sort)" \
		"$(jq -c ".$field" "$rows" | sort | uniq -c | awk '{ n = $1; sub(/^ *[0-9]+ /, ""); print "[" $0 "," n "]" }' | sort)"
}

# answers FILE COLUMN...: those columns of an expected table, without its header.
answers() {
	tail -n +2 "$GAVEL_REAL_DATA/court-rows-oldbailey/expected/$1" | cut -f "$2"
}

@test "pipe-stat: DuckDB's and Miller's answers on 122,983 charges, from NDJSON and from CSV" {
	for format in ndjson csv; do
		gzip -dc "$GAVEL_REAL_DATA/court-rows-oldbailey/charges.$format.gz" >"rows.$format"
		# stats GROUPS AGGREGATES: without the header
		stats() { pipe-stat -g "$1" -a "$2" -o tsv "rows.$format" 2>>said | tail -n +2; }
		is "$(stats offence_category count)" "$(answers count_by_offence.tsv 1-)"
		is "$(stats verdict_category count)" "$(answers miller_count_by_verdict_from_csv.tsv 1-)"
		is "$(stats offence_category,verdict_category count)" "$(answers count_by_offence_verdict.tsv 1-)"
		is "$(stats offence_category count,sum:trial_chars,min:trial_chars,max:trial_chars)" \
			"$(answers trial_chars_by_offence.tsv 1-5)"
		is "$(stats punishment_category sum:goods_value_pence,min:goods_value_pence,max:goods_value_pence)" \
			"$(answers goods_value_by_punishment.tsv 1,4-6)"
		is "$(cat said)" ''
	done
	is "$(pipe-stat -g offence_category --sort -count --top 3 rows.csv)" "$(pipe-stat -g offence_category --sort -count --top 3 rows.ndjson)"
}

@test "pipe-stat: 406,190 Chinese rows of a table, counted as its maker did" {
	gzip -dc "$GAVEL_REAL_DATA/cjk-rows-villages/villages.csv.gz" >rows.csv
	is "$(pipe-stat -g provinceCode -o tsv rows.csv | tail -n +2)" \
		"$(tail -n +2 "$GAVEL_REAL_DATA/cjk-rows-villages/expected_by_province.tsv" | cut -f1,2)"
}
