# SPDX-License-Identifier: MIT
# Rows as they are found in the world: all of them are records or refused with a reason, and nothing gets lost.

load ../helper

setup() {
	common_setup
	need_real
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
}
tree() { git -C "$1" rev-parse main:cases; }
# told WORD: the number before that word in the last line of the import that counts
told() { grep rows: <<<"$stderr" | grep -oE "[0-9]+ $1" | cut -d' ' -f1; }
# adds_up ROWS: each row is a record, joined with one, or refused
adds_up() {
	local joined
	joined=$(grep -oE '[0-9]+ joined' <<<"$stderr" | cut -d' ' -f1)
	is "$(told rows)" "$1" || return 1
	is "$(($(told 'records written') + $(told unchanged) + ${joined:-0} + $(told bad)))" "$1" || return 1
	is "$(case-file list -o ids | wc -l)" "$(told 'records written')"
}
# again CODE ARGS...: the same once more changes nothing
again() {
	local before
	before=$(git -C d rev-parse main)
	run_rc "$1" case-file import "${@:2}" || return 1
	has "$stderr" 'nothing to do' || return 1
	is "$(git -C d rev-parse main)" "$before"
}
# round_trip: out as NDJSON, JSON and CSV, into other dockets, which are then the same
round_trip() {
	local f fields
	fields=$(case-file list -o ndjson | jq -r 'keys[]' | sort -u | paste -sd,)
	for f in ndjson json csv; do
		case-file init --court 沪0114 "$f.git" 2>/dev/null || return 1
		if [ "$f" = csv ]; then
			case-file export -o csv --sensitive --fields "$fields" --to out || return 1
		else
			case-file export -o "$f" --to out || return 1
		fi
		run_ok case-file import -C "$f.git" out || return 1
		is "$f $(tree "$f.git")" "$f $(tree d)" || return 1
	done
	is "$(git -C d fsck --strict --no-progress 2>&1 | grep -v ^dangling)" ''
}
# reasons FILE: every refusal has its line and its reason, and gives the row back
reasons() {
	is "$(jq -c 'select(.reason == "" or .line < 1 or .input == "") | .line' "$1")" '' || return 1
	is "$(jq -r .line "$1" | sort -nu | wc -l)" "$(wc -l <"$1")"
}

@test "published judgments" {
	rows=$GAVEL_REAL_DATA/judgments-real.ndjson
	map=@$ROOT/share/demo/judgments.jq
	run case-file import --map "$map" --errors bad.ndjson "$rows"
	stderr=$output
	touch bad.ndjson
	code=$status
	[ "$code" = 0 ] || [ "$code" = 8 ]
	adds_up "$(wc -l <"$rows")"
	is "$(told bad)" "$(wc -l <bad.ndjson)"
	reasons bad.ndjson
	[ "$(($(told bad) * 50))" -le "$(wc -l <"$rows")" ]
	again "$code" --map "$map" --errors bad.ndjson "$rows"
	# What was refused is refused again for the same reasons, as rows of their own.
	if [ "$code" = 8 ]; then
		run case-file import --map "$map" --errors worse.ndjson bad.ndjson
		is "$(jq -r .reason worse.ndjson)" "$(jq -r .reason bad.ndjson)"
	fi
	round_trip
}

@test "notices: rows of one case add up, in batches too" {
	rows=$GAVEL_REAL_DATA/court-lists-cn/case-notices.ndjson
	map=@$ROOT/share/demo/notices.jq
	run case-file import --map "$map" --errors bad.ndjson "$rows"
	stderr=$output
	touch bad.ndjson
	code=$status
	[ "$code" = 0 ] || [ "$code" = 8 ]
	adds_up "$(wc -l <"$rows")"
	reasons bad.ndjson
	again "$code" --map "$map" --errors bad.ndjson "$rows"
	round_trip
	case-file init --court 沪0114 batches.git 2>/dev/null
	run case-file import -C batches.git --batch 50 --map "$map" --errors bad.ndjson "$rows"
	is "$(tree batches.git)" "$(tree d)"
}

@test "case numbers as people write them: a record, or a reason; the same number is the same record" {
	cut -f 2 "$GAVEL_REAL_DATA/case-numbers-wild.txt" | jq -Rc '{id: ., kind: "case", state: "open"}' >rows
	run_rc 8 case-file import --errors bad.ndjson rows
	adds_up "$(wc -l <rows)"
	reasons bad.ndjson
	again 8 --errors bad.ndjson rows
	is "$(case-file list -o ids | sort -u | wc -l)" "$(case-file list -o ids | wc -l)"
	# Each that was taken is found under what was typed.
	jq -r .input bad.ndjson | jq -r .id | sort >refused
	jq -r .id rows | sort | comm -23 - refused >taken
	run_ok case-file get -o ids - <taken
	is "$(wc -l <<<"$output")" "$(wc -l <taken)"
	round_trip
	# What only looks like one is refused.
	cut -f 2 "$GAVEL_REAL_DATA/case-numbers-near-misses.txt" | jq -Rc '{id: ., kind: "case", state: "open"}' >rows
	case-file init --court 沪0114 near.git 2>/dev/null
	run case-file import -C near.git --errors bad.ndjson rows
	[ "$(case-file list -C near.git -o ids | wc -l)" -le $(($(wc -l <rows) / 100)) ]
}

@test "headers of tables as other programs write them: every column by its bare name, or the file refused" {
	names='{id: "民初1", source: {id: (keys_unsorted | join("|"))}}'
	for f in "$GAVEL_REAL_DATA"/csv-robustness/*.csv; do
		run --separate-stderr case-file import --dry-run --format csv --map "$names" "$f"
		if [ "$status" = 3 ]; then
			has "$stderr" 'of the header has no name'
			continue
		fi
		is "${f##*/} $status" "${f##*/} 0"
		# No column begins with a mark or a quote, whatever the file began with.
		is "${f##*/} $(jq -r '.record.source.id // empty' <<<"$output" | grep -cP '\x{FEFF}|"')" "${f##*/} 0"
	done
}

@test "a long foreign table through --map, without a record too few" {
	zcat "$GAVEL_REAL_DATA/cjk-rows-villages/villages.csv.gz" | head -n 20001 >some.csv
	run_ok case-file import --map '{id: "民初\(.code | tonumber % 99999999)", title: .name}' some.csv
	adds_up 20000
}
