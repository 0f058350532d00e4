# SPDX-License-Identifier: MIT
# case-file event and case-file close: what happened in a case, and how it ended.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	case-file open --type 民初 cause=民间借贷纠纷 received_on=2022-01-04 filed_on=2022-01-10 >/dev/null 2>&1
	case-file open --type 民初 cause=买卖合同纠纷 --received received_on=2022-06-20 >/dev/null 2>&1
	start=$(git -C d rev-parse main)
}
tip() { git -C d rev-parse main; }
got() { case-file get "$1" -o ndjson | jq -c "$2"; }
event() { case-file event "$@" 2>/dev/null; }
back() { git -C d update-ref refs/heads/main "$start"; }

# refused CODE NAME CASE-FILE-ARGS...
refused() {
	local code=$1 name=$2 was
	was=$(tip)
	shift 2
	run_rc "$code" case-file "$@" || return 1
	golden "event/$name" "$stderr" || return 1
	is "$output" '' && is "$(tip)" "$was"
}

@test "what cannot be an event, and why" {
	refused 2 nothing event
	refused 2 no-name event 民初1
	refused 2 unknown event 民初1 suspned
	refused 2 unknown-far event 民初1 xyzzyx
	refused 2 close event 民初1 close
	refused 2 no-day event 民初1 hear --on 2022-02-30
	refused 2 no-time event 民初1 hear --on 2022-03-01T25:00
	refused 2 on-as-field event 民初1 hear on=2022-03-01
	refused 2 eid event 民初1 hear eid=aaaaaaaaaaaaaaaa
	refused 2 no-value event 民初1 hear room=
	refused 2 no-field event 民初1 hear room
	refused 3 wrong-number event 民初1 extend months=x
	refused 3 too-many event 民初1 extend months=40
	refused 3 wrong-word event 民初1 serve method=pigeon
	refused 3 wrong-date event 民初1 extend asked_on=2022-13-01
	refused 2 missing-field event 民初1 convert
	refused 2 other-zone event 民初1 hear --on 2022-03-01T09:30+09:00
	refused 6 not-there event 民初99 hear
}

@test "what moves nothing is recorded as it is said, sorted by its day" {
	event 民初1 hear --on 2022-03-01 room=第三法庭
	event 民初1 serve --on 2022-01-20 party=甲公司 method=electronic
	event 民初1 note --on 2022-03-01T09:30 note=第二次
	event 民初1 hear --on 2022-02-28T23:30Z
	event 民初1 note --on 2022-03-01T00:30:05Z
	event 民初1 pay-fee
	is "$(got 民初1 '.events[] | del(.eid)')" '{"event":"file","on":"2022-01-10"}
{"event":"serve","method":"electronic","on":"2022-01-20","party":"甲公司"}
{"event":"hear","on":"2022-03-01","room":"第三法庭"}
{"event":"hear","on":"2022-03-01T07:30+08:00"}
{"event":"note","on":"2022-03-01T08:30:05+08:00"}
{"event":"note","note":"第二次","on":"2022-03-01T09:30+08:00"}
{"event":"pay-fee","on":"2022-06-30"}'
	is "$(got 民初1 .state)" '"open"'
	is "$(git -C d log -1 --format=%s)" 'case-file event: pay-fee （2022）沪0114民初1号 (1 record)'
	# Of one day, what is recorded later stands later.
	for i in 1 2 3 4 5 6 7 8 9; do event 民初1 note --on 2022-05-05 note=$i; done
	is "$(got 民初1 '[.events[] | select(.on == "2022-05-05") | .note] | join("")')" '"123456789"'
	is "$(got 民初1 '.events | map(.eid) | (length == (unique | length)) and all(test("^[a-z2-7]{16}$"))')" true
	case-file check --strict --only 'DK-*'
}

@test "every event has a name, and every name can be recorded" {
	moves='review ask-correction correct redirect premediate settle withdraw-filing refuse return file suspend resume perform archive reopen close'
	for name in $(jq -r '."x-gavel-events" | keys[]' "$ROOT/share/schema/case.json"); do
		case " $moves " in *" $name "*) continue ;; esac
		[ "$name" = convert ] && continue
		run_ok case-file event 民初1 "$name"
	done
	run_ok case-file event 民初1 convert to=ordinary
	case-file check --strict --only 'DK-*'
}

@test "every move of the schema is possible, and no other" {
	states=$(jq -r '."x-gavel-states".states | keys[]' "$ROOT/share/schema/case.json")
	# A case in each state, without a log.
	n=0
	for state in $states; do
		n=$((n + 1))
		printf '{"kind":"case","id":"（2022）沪0114执%d号","state":"%s"}\n' $n "$state"
		declare "id_$state=执$n"
	done >rows
	case-file import rows 2>/dev/null
	jq -r '."x-gavel-states".transitions[] | select(.event != "close") | "\(.event) \(.to) \(.from | join(" "))"' \
		"$ROOT/share/schema/case.json" >moves
	while read -r name to from; do
		for state in $states; do
			id=id_$state
			run case-file event "${!id}" "$name" --dry-run
			case " $from " in
			*" $state "*)
				is "$status $(tail -n 1 <<<"$output" | jq -r .record.state)" "0 $to" || return 1
				;;
			*) is "$status" 3 || return 1 ;;
			esac
		done
	done <moves
}

@test "a move that the law does not know is refused with its basis" {
	refused 3 resume-open event 民初1 resume
	refused 3 file-twice event 民初1 file
	refused 3 hear-archive event 民初1 archive
	refused 3 review-open event 民初1 review
	refused 3 suspend-received event 民初2 suspend
	refused 3 close-received close 民初2 --by judgment
}

@test "from the papers to the archive" {
	event 民初2 review --on 2022-06-20
	event 民初2 ask-correction --on 2022-06-21 until=2022-06-28
	event 民初2 correct --on 2022-06-27
	# Papers that come later do not move the clock.
	event 民初2 receive --on 2022-06-27
	event 民初2 file --on 2022-06-28
	is "$(got 民初2 '[.state, .received_on, .filed_on]')" '["open","2022-06-20","2022-06-28"]'
	event 民初2 assign judge=王法官 tribunal=民一庭 --on 2022-06-29
	event 民初2 convert to=simplified --on 2022-06-29
	is "$(got 民初2 '[.judge, .tribunal, .procedure]')" '["王法官","民一庭","simplified"]'
	event 民初2 suspend --on 2022-07-01
	is "$(got 民初2 .state)" '"suspended"'
	event 民初2 resume --on 2022-08-01
	event 民初2 extend months=1 authority=president asked_on=2022-08-02 --on 2022-08-05
	case-file close 民初2 --by mediation --on 2022-09-01 awarded_fen=100 effective_on=2022-09-01 -m 双方同意 2>/dev/null
	is "$(got 民初2 '[.state, .closed_by, .closed_on, .awarded_fen, .effective_on]')" '["closed","mediation","2022-09-01",100,"2022-09-01"]'
	event 民初2 archive --on 2022-10-01
	event 民初2 reopen --on 2022-10-08
	is "$(got 民初2 '[.state, .closed_by, .closed_on]')" '["open",null,null]'
	case-file close 民初2 --by judgment --on 2022-11-01 2>/dev/null
	is "$(got 民初2 '[.events[].event] | join(" ")')" \
		'"receive review ask-correction correct receive file assign convert suspend resume extend close archive reopen close"'
	case-file check --strict --only 'DK-*'
}

@test "close: every way to end a case, and what is refused" {
	refused 2 close-nothing close
	refused 2 close-no-how close 民初1
	refused 2 close-how close 民初1 --by judgement
	refused 2 close-how-far close 民初1 --by zzzzzzzzz
	refused 2 close-on close 民初1 --by ruling --on 2022-06-31
	refused 2 close-on-time close 民初1 --by ruling --on 2022-06-30T10:00
	refused 2 close-by-field close 民初1 --by ruling closed_by=judgment
	refused 2 close-on-field close 民初1 --by ruling closed_on=2022-01-01
	refused 2 close-state close 民初1 --by ruling state=open
	refused 3 close-before-filing close 民初1 --by ruling --on 2022-01-05
	refused 3 close-wrong-field close 民初1 --by ruling awarded_fen=x
	for how in $(jq -r '.properties.closed_by.enum[]' "$ROOT/share/schema/case.json"); do
		run_ok case-file close 民初1 --by "$how" --on 2022-06-29
		is "$(got 民初1 '[.state, .closed_by, .closed_on, .events[-1].event, .events[-1].on]')" \
			"[\"closed\",\"$how\",\"2022-06-29\",\"close\",\"2022-06-29\"]"
		back
	done
	run_ok case-file close 民初1 --by ruling
	is "$(got 民初1 .closed_on)" '"2022-06-30"'
	refused 3 close-twice close 民初1 --by ruling
}

@test "nothing is put in front of what moved the case last" {
	event 民初1 suspend --on 2022-03-01
	refused 3 order event 民初1 resume --on 2022-02-01
	refused 3 order-hours event 民初1 resume --on 2022-02-28T23:59
	# What moves nothing may be recorded late; the same day is enough.
	run_ok case-file event 民初1 serve --on 2022-01-15
	run_ok case-file event 民初1 resume --on 2022-03-01
	is "$(got 民初1 .state)" '"open"'
	run_ok case-file event 民初1 suspend --on 2022-03-01T10:00
	refused 3 order-day event 民初1 resume --on 2022-03-01
	# A day to come is possible: a hearing is fixed before it is held.
	run_ok case-file event 民初1 hear --on 2022-12-01
	case-file check --strict --only 'DK-*'
}

@test "fields that an event does not have are kept, with a warning" {
	run_ok case-file event 民初1 hear rooom=3
	golden event/unknown-field "$(head -n 1 <<<"$stderr")"
	run_ok case-file event 民初1 hear months=2
	golden event/other-events-field "$(head -n 1 <<<"$stderr")"
	is "$(got 民初1 '[.events[] | .months // .rooom // empty]')" '["3",2]'
}

@test "many cases at once" {
	run_rc 8 case-file event - suspend --on 2022-06-29 -m 疫情 <<<$'民初1\n民初2\n民初3'
	golden event/bulk "$(sed 's/commit .*/commit ID/' <<<"$stderr")"
	is "$(git -C d log -1 --format=%s)" 'case-file event: suspend （2022）沪0114民初1号 (1 record)'
	is "$(got 民初1 .state)" '"suspended"'
	run_rc 8 case-file close - --by withdrawal <<<$'民初1\n民初2'
	is "$(got 民初1 .closed_by)" '"withdrawal"'
}

@test "--dry-run: the plan shows the event; nothing is written" {
	run_ok case-file event 民初1 suspend --dry-run
	is "$(tip)" "$start"
	is "$(tail -n 1 <<<"$output" | jq -c '[.record.state, .record.events[-1].event]')" '["suspended","suspend"]'
}
