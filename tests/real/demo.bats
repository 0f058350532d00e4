# SPDX-License-Identifier: MIT
# The tour on real rows, through the example maps.

load ../helper

setup() {
	common_setup
	need_real
	export DEMO_DOCKET=$PWD/tour GAVEL_SHARE=$ROOT/share
}

@test "the tour runs on published judgments: rows become records or are refused with a reason" {
	rows=$GAVEL_REAL_DATA/judgments-real.ndjson
	DATA=$rows run_ok "$ROOT/make/demo.sh"
	has "$output" '--map @share/demo/judgments.jq'
	listed=$(case-file list -C tour --where 'exists source' -o ids | wc -l)
	touch tour.errors.ndjson
	refused=$(jq -r "select(.reason != \"\") | .line" tour.errors.ndjson | wc -l)
	all=$(wc -l <"$rows")
	[ $((listed + refused)) -le "$all" ] # two rows may be of one case
	[ $((listed * 100)) -ge $((all * 95)) ]
	# No text is kept, no number is made up.
	is "$(case-file list -C tour -o ndjson | jq -r 'select(has("text")) | .id')" ''
	is "$(case-file list -C tour -o ndjson | jq -r '.source.number // empty' | sort |
		comm -23 - <(jq -r '.case_no // .case_no_in_text' "$rows" | sort))" ''
	# Nearly every party has the role that the paper gives it.
	is "$(case-file list -C tour -o ndjson |
		jq -s '[.[].parties[]?.role] | (map(select(. == "当事人")) | length) * 20 < length')" true
}

@test "the tour runs on notices: rows of one case add up, what is no case is refused with its line" {
	rows=$GAVEL_REAL_DATA/court-lists-cn/case-notices.ndjson
	DATA=$rows run_ok "$ROOT/make/demo.sh"
	has "$output" '--map @share/demo/notices.jq'
	touch tour.errors.ndjson
	is "$(jq -c "select(.reason == \"\" or .line < 1)" tour.errors.ndjson)" ''
	[ $(($(wc -l <tour.errors.ndjson) * 20)) -le "$(wc -l <"$rows")" ]
	# Each day of hearing is in its record.
	is "$(jq -r '.trial // empty' "$rows" | sort -u)" \
		"$(case-file list -C tour --where 'exists source' -o ndjson |
			jq -r '.events[]? | select(.event == "hear") | .on' | sort -u)"
}
