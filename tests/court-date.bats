#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# court-date: terms, working days, months, holidays.
load helper

setup() { common_setup; }

@test "terms" {
	while read -r want args; do
		# shellcheck disable=SC2086 # words
		is "$args: $(court-date $args)" "$args: $want"
	done <<'END'
2025-09-30 2025-09-26 +3wd
2025-10-26 2025-09-26 +30d
2026-03-26 2025-09-26 +6m
2025-09-19 2025-09-26 -7d
2022-02-28 2022-01-31 +1m
2024-02-29 2024-01-31 +1m
2023-02-28 2024-02-29 -1y
2021-12-31 2022-03-31 -3m
2022-07-14 2022-06-30 +2w
2022-03-01 2022-01-31 +1m +1d
2025-10-09 2025-09-30 +1wd
2025-09-30 2025-10-09 -1wd
2022-04-18 2022-04-02 +15d --next-working
2022-09-30 2022-10-01 --prev-working
2022-06-30 today
2022-07-01 today +1wd
2199-12-31 2199-12-30 +1d
END
	is "$(court-date --as-of 2020-02-28 today +1d)" 2020-02-29
}

@test "is it worked? and the list of a year" {
	run_ok court-date 2022-10-08 --is-working
	is "${output%%	*}" yes
	run_rc 1 court-date 2022-10-07 --is-working
	is "${output%%	*}" no
	run_rc 1 court-date --is-working <<<$'2022-06-30\n2022-07-02'
	is "$(cut -f1 <<<"$output" | xargs)" 'yes no'
	run_ok court-date --list 2025
	is "$(head -n 1 <<<"$output")" $'2025-01-01\tholiday\t元旦'
	# State Council notice for 2025: 28 days off with their weekends, 5 worked instead
	is "$(cut -f2 <<<"$output" | sort | uniq -c | xargs)" '28 holiday 5 workday'
	is "$(court-date 2022-01-31 +1m +1d -o ndjson)" '{"date":"2022-01-31","result":"2022-03-01","term":"+1m +1d","weekday":2,"working":true}'
}

@test "many lines; a bad one is named and the rest goes on" {
	is "$(printf '2025-09-26 +3wd\n2022-01-31 +1m\r\n' | court-date)" $'2025-09-30\n2022-02-28'
	run_rc 8 court-date <<<$'2025-09-26 +3wd\nbad +1d\n2030-01-01 +1wd\n2022-01-31 +x\n2022-01-31 +1m'
	is "$output" $'2025-09-30\n2022-02-28'
	golden court-date/lines "$stderr"
	run_ok court-date </dev/null
	is "$output" ''
	is "$(court-date -o json </dev/null)" '[]'
	is "$(court-date -o csv </dev/null)" 'date,term,result,weekday,working,name'
	is "$(court-date - <<<'  2022-01-31	+1m   +1d ')" 2022-03-01
	# Over one line all terms count, from the left.
	is "$(court-date 2022-01-31 +1m +1m) $(court-date 2022-01-31 +2m)" '2022-03-28 2022-03-31'
	printf '2022-01-04\0\n\xff\n\xEF\xBB\xBF2022-01-04\n２０２２-01-04\n%0200d\n' 7 >hostile
	run_rc 8 court-date <hostile
	is "$output" 2022-01-04
	golden court-date/hostile "$stderr"
}

@test "a reader that goes away ends an endless stream, in every format" {
	for format in text ndjson table csv; do
		yes 2022-01-04 | timeout 10 court-date -o $format | head -n 1 >/dev/null
		is "$format ${PIPESTATUS[*]:1:2}" "$format 0 0"
	done
	yes 2022-01-04 | timeout 10 court-date --is-working | head -n 1 >/dev/null
	is "${PIPESTATUS[1]}" 0
}

@test "records: all that is known about a day, and only that" {
	is "$(court-date 2022-10-01 -o ndjson)" \
		'{"date":"2022-10-01","name":"国庆节","result":"2022-10-01","weekday":6,"working":false}'
	# Of a year without a calendar the day is known, but not whether it is worked.
	is "$(court-date 2030-01-31 +1m -o ndjson)" '{"date":"2030-01-31","result":"2030-02-28","term":"+1m","weekday":4}'
	is "$(court-date --list 2022 -o ndjson | head -n 1)" \
		'{"date":"2022-01-01","name":"元旦","result":"2022-01-01","weekday":6,"working":false}'
	is "$(court-date 2022-10-08 2>/dev/null --is-working -o csv)" \
		$'date,term,result,weekday,working,name\n2022-10-08,,2022-10-08,6,true,国庆节'
	is "$(court-date --list 2022 -o ids 2>&1 | head -n 1)" \
		'court-date: --output: "ids" is not one of text|ndjson|json|table|csv|tsv'
}

@test "days and months of years without a calendar, up to the ends of time" {
	is "$(court-date 2030-01-31 +1m)" 2030-02-28
	is "$(court-date 1900-01-01 +299y)" 2199-01-01
	is "$(court-date 2000-02-29 +100y)" 2100-02-28
	is "$(court-date 2199-12-31 -999999d 2>&1)" 'court-date: the term leaves the years 1900 to 2199'
	# The calendar is not even looked at, but what is named must be there.
	is "$(GAVEL_CALENDAR=missing.tsv court-date 2030-01-01 +1d)" 2030-01-02
	run_rc 9 env GAVEL_CALENDAR=missing.tsv court-date 2022-01-01 +1wd
	run_rc 9 env GAVEL_CALENDAR=missing.tsv court-date <<<$'2022-01-01 +1wd\n2022-01-01 +1wd'
	is "$stderr" 'court-date: missing.tsv: cannot open: No such file or directory'
}

@test "what is refused" {
	local n=0
	while read -r rc args; do
		n=$((n + 1))
		# shellcheck disable=SC2086 # words
		run_rc "$rc" court-date $args
		is "$output" ''
		printf '%s\n%s\n' "\$ court-date $args" "$stderr" >>said
	done <<'END'
3 2025-13-01 +1d
3 2025-02-29
3 2025-9-26 +1d
3 2025-09-26 +3x
3 2025-09-26 +1234567d
3 2199-12-31 +1d
3 1900-01-01 -1d
3 2030-01-01 +1wd
3 2030-01-01 --is-working
3 2014-12-30 +1wd
3 --list 2030
2 2025-09-26 --next-working --prev-working
2 --list 2025 2025-01-01
2 2025-09-26 --next-workin
9 --calendar missing.tsv 2025-09-26
END
	is $n 15
	golden court-date/refused "$(cat said)"
}

@test "a year from a file of one's own; bad rows of it are named" {
	printf '%s\t%s\t%s\n' date kind name 2027 year - 2027-01-01 holiday 元旦 2027-01-02 workday 元旦 >2027.tsv
	is "$(court-date --calendar 2027.tsv 2026-12-31 +1wd)" 2027-01-02
	is "$(GAVEL_CALENDAR=2027.tsv court-date 2026-12-31 +1wd)" 2027-01-02
	for row in '2027-02-30 holiday x' '2027-01-03 feast x' '2027 years -'; do
		{ cat 2027.tsv; tr ' ' '\t' <<<"$row"; } >bad.tsv
		run --separate-stderr court-date --calendar bad.tsv 2026-12-31 +1wd
		[ "$status" -ne 0 ]
		printf '%s\n' "$status $stderr" >>said
	done
	golden court-date/calendar "$(cat said)"
}
