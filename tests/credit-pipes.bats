#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# credit-repair in pipes: clocks over make-up days, records and ids on standard input, what is refused, several at once.
load helper
load credit

# entry NUMBER FIELDS EVENTS: a record of its own, as another system gives it; EVENTS are NAME:DAY[:MORE], by their days.
entry() {
	jq -nc --arg n "$1" --argjson more "$2" --arg events "$3" '{kind: "credit", id: "沪0114-C00010\($n)", state: "listed", restriction: "ordered",
		case: "（2025）沪0114执10\($n)号", debtor: "debtor:沪0114-D000001", ground: "G1", published_on: "2025-01-02",
		events: [$events | splits(" +") | select(. != "") | capture("^(?<event>[^:]+):(?<on>[^:]+)(:(?<more>.*))?$")
			| {event, on} + ((.more // "{}") | fromjson)] | to_entries | map(.value + {eid: ("aaaaaaaaaaaaaa" + "abcdefgh"[.key:.key + 1] + "2")})} + $more'
}
# Each clock with its last day.
entries() {
	entry 0 '{}' perform:2025-09-30                                    # W-39: the third working day is a Saturday
	entry 1 '{}' perform:2025-04-25                                    # the first is a Sunday
	entry 2 '{"ground":"G4","term":{"years":2,"from":"2023-09-26","until":"2025-09-26"}}' ''
	entry 3 '{}' find-wrong:2025-01-24
	entry 4 '{}' find-inaccurate:2025-09-30
	entry 5 '{}' object:2025-04-16
	entry 6 '{}' 'object:2025-09-20 answer:2025-09-30:{"result":"granted"}'
	entry 7 '{}' 'object:2025-09-20 answer:2025-09-24:{"result":"refused"}'
	entry 8 '{"state":"notified","restriction":"none","published_on":null}' request:2025-04-16 | jq -c 'del(.published_on)'
	entry 9 '{"restriction":"lifted-temporarily"}' 'lift-temporarily:2025-09-04:{"until":"2025-10-04","reason":"illness","approved_by":"president"}'
}

@test "each clock on both sides of its last day, make-up working days counted" {
	local id clock until before rule
	entries | case-file import >/dev/null 2>&1
	while read -r id clock until before rule; do
		is "$id $(credit-repair due "沪0114-C00010$id" --clock "$clock" --as-of "$until" -o tsv --fields until,state,days_left | tail -n +2)" "$id $until"$'\trunning\t0'
		is "$id $(credit-repair due "沪0114-C00010$id" --clock "$clock" --as-of "$(date -I -d "$until + 1 day")" -o tsv --fields state,days_left | tail -n +2)" \
			"$id overdue"$'\t-1'
		is "$id $(credit-repair due "沪0114-C00010$id" --clock "$clock" --as-of "$before" --within 0d)" "$id "
		[ "$rule" = - ] && continue
		is "$id $(credit-repair check "沪0114-C00010$id" --only "$rule" --as-of "$until" | jq -r .level | grep -v info)" "$id "
		is "$id $(credit-repair check "沪0114-C00010$id" --only "$rule" --as-of "$(date -I -d "$until + 1 day")" | jq -r --arg c "($clock)" 'select(.message | contains($c)) | .message' | grep -o 'and is not done')" \
			"$id and is not done"
	done <<'END'
0 removal 2025-10-11 2025-10-10 CR-11
1 removal 2025-04-29 2025-04-28 CR-11
2 term-removal 2025-09-30 2025-09-29 CR-12
3 revocation 2025-02-05 2025-02-04 CR-14
4 correction 2025-10-11 2025-10-10 CR-14
5 objection 2025-05-06 2025-05-05 CR-15
6 objection-mend 2025-10-11 2025-10-10 CR-15
7 appeal 2025-10-09 2025-10-08 -
8 listing-decision 2025-05-06 2025-05-05 CR-07
9 temporary-lift 2025-10-04 2025-10-03 CR-23
END
	# The year that no calendar knows is told, and not guessed.
	entry 5 '{"id":"沪0114-C000200"}' perform:2031-05-05 | credit-repair check --only CR-11 --as-of 2031-06-01 - >out 2>said || true
	golden credit-pipes/calendar "$(jq -r '"\(.level): \(.message)"' out)"
}

@test "ids and records on standard input; a case stands for its entries; records need no docket" {
	entries | case-file import >/dev/null 2>&1
	printf '%s\n' 2025执100 2025执101 2025执105 | credit-repair due --removals --as-of 2025-10-01 -o tsv --fields id,clock,until - >out
	golden credit-pipes/due "$(cat out)"
	is "$(credit-repair list -o ids | credit-repair due --removals --overdue --as-of 2025-10-12 -o ids - | sort -u | xargs)" \
		'credit:沪0114-C000100 credit:沪0114-C000101 credit:沪0114-C000102'
	echo '{"id":"（2025）沪0114执100号","state":"open"}' | case-file import 2>/dev/null
	is "$(case-file list --type 执 -o ids | credit-repair due --removals --as-of 2025-10-01 - | jq -r .id)" credit:沪0114-C000100
	is "$(case-file list --type 执 | credit-repair check --only CR-11 --as-of 2025-10-12 - | jq -r '[.ref.id, .level] | join(" ")')" '沪0114-C000100 violation'
	is "$(printf '%s\n' 2025执100 | credit-repair check --only CR-11 --as-of 2025-10-12 - | jq -r .ref.id)" 沪0114-C000100
	# Without a docket.
	unset GAVEL_DOCKET
	is "$(entries | credit-repair check --only CR-11,CR-12 --as-of 2025-10-12 - | jq -r 'select(.level == "violation") | .ref.id' | xargs)" \
		'沪0114-C000100 沪0114-C000101 沪0114-C000102'
	is "$(entries | credit-repair due --removals --overdue --as-of 2025-10-12 - | jq -r .id | sort | xargs)" \
		'credit:沪0114-C000100 credit:沪0114-C000101 credit:沪0114-C000102'
	# A bad line is told with its number, the others are done.
	run_rc 8 credit-repair due --removals --as-of 2025-10-01 - < <(entries | head -1; echo '{"kind":"credit"}'; echo nonsense; echo '{"kind":"debtor","id":"沪0114-D000001"}')
	golden credit-pipes/bad-lines "$stderr"
	is "$(jq -r .id <<<"$output")" credit:沪0114-C000100
}

@test "NDJSON makes debtors, entries and repairs; the bad ones are told, and wait" {
	run_rc 8 credit-repair notify -o tsv --fields id,case,state < <(
		for n in 1 2; do jq -nc --arg n "$n" '{case: "2025执\($n)", debtor: "沪0114-D00000\($n)", notice: {risk_warning: true, served_on: "2025-03-01"}}'; done
		echo '{"case":"2025执3"}'
		echo '{"case":"2025执4","debtor":"沪0114-D000009"}'
		echo '{"case":"2025执5","debtor":"沪0114-D000001","state":"listed"}'
		echo '{"case":"2025执6","debtor":"沪0114-D000001","published_on":"2025-03-01"}'
		echo '{"case":"2025执7","debtor":"沪0114-D000001","restriction":"ordered"}'
		echo '{"case":"2025执8","debtor":"沪0114-D000001","events":[{"eid":"aaaaaaaaaaaaaaa2","event":"publish","on":"2025-01-01"}]}'
		echo '{"case":"nonsense","debtor":"沪0114-D000001"}')
	is "$output" $'id\tcase\tstate\n沪0114-C000001\t（2025）沪0114执1号\tnotified\n沪0114-C000002\t（2025）沪0114执2号\tnotified'
	golden credit-pipes/notify "$(sed -E 's/commit [0-9a-f]{10}/commit COMMIT/' <<<"$stderr")"
	is "$(jq -nc '{credit: "沪0114-C000001", ground: "performed"}' | credit-repair apply 2>/dev/null | jq -r '[.id, .debtor, .state] | join(" ")')" \
		'沪0114-R000001 debtor:沪0114-D000001 applied'
	run_rc 8 credit-repair apply < <(echo '{"credit":"沪0114-C000001","ground":"performed","state":"granted"}'; echo '{"credit":"沪0114-C000001","ground":"performed","proof_no":"1"}')
	golden credit-pipes/apply "$stderr"
}

@test "what is refused, and nothing is written" {
	notified 12 1
	quiet apply credit=$c ground=performed --on 2025-04-01
	local args
	while read -r args; do
		# shellcheck disable=SC2086 # words
		try $args
	done <<'END'
debtor type=spaceship name=甲
debtor type=person
debtor type=person name=甲 born_on=2025-02-30
notify debtor=沪0114-D000001
notify case=2025执13
notify case=2025执13 debtor=沪0114-D000099
notify case=2025执13 debtor=沪0114-C000001
notify case=2025执13 debtor=沪0114-D000001 --on 2025-02-30
decide
decide 沪0114-C000099 ground=G1 decision.signed_by=president decision.reasons=x
decide 沪0114-D000001 ground=G1 decision.signed_by=president decision.reasons=x
decide 沪0114-C000001 ground=G7 decision.signed_by=president decision.reasons=x
decide 沪0114-C000001 ground=G1 decision.signed_by=clerk decision.reasons=x
decide 沪0114-C000001 ground=G1 decision.signed_by=president decision.reasons=x --on 2025-06-02
decide 沪0114-C000001 ground=G1 decision.signed_by=president decision.reasons=x --on yesterday
decide 沪0114-C000001 ground=G1 decision.signed_by=president decision.reasons=x decision.signed_on=2025-05-30
decide 沪0114-C000001 ground=G1 decision.signed_by=president decision.reasons=x term.years=2 term.from=2025-06-01
happen 沪0114-C000001
happen 沪0114-C000001 nothing
happen 沪0114-C000001 note colour=red
happen 沪0114-C000001 stay
happen 沪0114-C000001 check found=maybe
happen 沪0114-C000001 perform fen=-1
happen 沪0114-C000001 perform --on 2025-06-02
restrict 沪0114-C000001 order.signed_by=president order.items=["C10"]
apply ground=performed
apply credit=沪0114-C000001 ground=charity
apply credit=沪0114-C000099 ground=performed
apply credit=沪0114-C000001
apply credit=沪0114-C000001 ground=performed promise=沪0114-J000001
refuse 沪0114-R000001
refuse 沪0114-C000001 refuse_reason=x
prove 沪0114-R000001 proof_no=1
promise text=x
list 沪0114-C000001
list --kind case
due --clock nothing
check --only CR-99
check 沪0114-C000099
status 沪0114-C000001
END
	golden credit-pipes/refused "$(tried)"
}

@test "--dry-run shows what would be, and writes nothing" {
	notified 12 1
	before=$(tip)
	run_ok credit-repair decide $c ground=G1 decision.signed_by=president decision.reasons=拒不履行 --on 2025-03-12 --dry-run
	is "$(tip)" "$before"
	run_rc 3 credit-repair publish $c --dry-run
	is "$(tip)" "$before"
	is "$(state)" 'notified none'
}

@test "status: over all cases and courts, listed where one entry is" {
	for i in 1 2 3; do notified "1$i" 1; done
	notified 14 2
	listed 沪0114-C000002 G1
	quiet restrict 沪0114-C000003 order.signed_by=president --on 2025-03-12
	entry 0 '{"debtor":"debtor:沪0114-D000002","court":"苏0583","source":{"court":"苏0583","key":"7"}}' '' | case-file import 2>/dev/null
	is "$(credit-repair status | jq -c '[.debtor, .listed, .restricted, .entries, .listed_by, .restricted_by]')" \
		'["debtor:沪0114-D000001",true,true,3,["沪0114-C000002"],["沪0114-C000002","沪0114-C000003"]]
["debtor:沪0114-D000002",true,true,2,["沪0114-C000100"],["沪0114-C000100"]]'
	quiet happen 沪0114-C000002 perform --on 2025-05-30
	quiet remove 沪0114-C000002 --by R1 --on 2025-05-30
	is "$(credit-repair status ${D}1 -o tsv)" $'debtor\tlisted\trestricted\tentries\ndebtor:沪0114-D000001\tfalse\ttrue\t3'
	is "$(credit-repair status ${D}4)" ''
}

@test "the proof of a repair, for people" {
	notified 12 2
	listed $c G1
	quiet happen $c perform --on 2025-05-06
	quiet remove $c --by R1 --on 2025-05-08
	quiet apply credit=$c ground=performed evidence=结案通知书 --on 2025-05-12
	run_ok credit-repair grant 沪0114-R000001 --on 2025-05-20
	run_rc 3 credit-repair refuse 沪0114-R000001 refuse_reason=晚了
	run_ok credit-repair prove 沪0114-R000001 proof_no='（2025）沪0114信修1号' --on 2025-05-21
	golden credit-pipes/proof "$output"
	before=$(tip)
	run_rc 3 credit-repair prove 沪0114-R000001 proof_no=2
	is "$(credit-repair prove 沪0114-R000001 --text 2>/dev/null)" "$(cat "$ROOT/tests/golden/credit-pipes/proof")"
	is "$(tip)" "$before"
	is "$(credit-repair list --kind repair | jq -r '[.state, .proof_on, .proof_no] | join(" ")')" 'granted 2025-05-21 （2025）沪0114信修1号'
}

@test "a promise, a repair that is refused, and one that rests on the promise" {
	notified 12 1
	listed $c G4
	is "$(credit-repair promise debtor=${D}1 credit=$c text=按期履行 due_on=2025-05-30 --on 2025-05-06 2>/dev/null | jq -c '[.id, .debtor, .credit, .made_on]')" \
		'["沪0114-J000001","debtor:沪0114-D000001","credit:沪0114-C000001","2025-05-06"]'
	quiet apply credit=$c ground=part-performed-and-plan promise=沪0114-J000001 --on 2025-05-06
	is "$(case-file get repair:沪0114-R000001 | jq -c '[.state, .promise, .applied_on]')" '["applied","promise:沪0114-J000001","2025-05-06"]'
	run_ok credit-repair refuse 沪0114-R000001 refuse_reason=证据不足 --on 2025-05-09
	run_rc 3 credit-repair grant 沪0114-R000001 --on 2025-05-10
	is "$(credit-repair list --kind repair | jq -c '[.state, .decided_on, .refuse_reason]')" '["refused","2025-05-09","证据不足"]'
	# Granted while the entry stands: of a court's list repair is the removal (CR-30), and the proof is wanting (CR-31).
	quiet apply credit=$c ground=corrected evidence=证据 --on 2025-05-12
	run_rc 3 credit-repair grant 沪0114-R000002 --on 2025-05-13
	quiet happen $c correct-conduct --on 2025-05-10
	quiet grant 沪0114-R000002 --on 2025-05-13
	is "$(credit-repair check --kind repair | jq -r '.ref.id + " " + .rule + " " + .level' | sort -u)" \
		$'沪0114-R000002 CR-30 review\n沪0114-R000002 CR-31 review'
}

@test "public credit data: who applies before the minimum is shown out is recorded, and not granted (CR-32)" {
	export GAVEL_TODAY=2026-12-01
	notified 12 1
	listed $c G1
	quiet happen $c perform --on 2025-05-06
	quiet remove $c --by R1 --on 2025-05-08
	# the last day of the three months, and the day behind them
	quiet apply credit=$c ground=performed severity=general publicity_from=2026-04-02 --on 2026-07-01
	run_rc 1 credit-repair check repair:沪0114-R000001 --only CR-32
	is "$(jq -r '"\(.level): \(.message)"' <<<"$output")" 'review: promise missing
violation: applied for on 2026-07-01, and it is shown until 2026-07-02 at least'
	run_rc 3 credit-repair grant 沪0114-R000001 evidence=结案通知书 --on 2026-07-10
	golden credit-pipes/grant-early "$stderr"
	run_ok credit-repair refuse 沪0114-R000001 refuse_reason=未满最短公示期 --on 2026-07-10
	quiet apply credit=$c ground=performed severity=general publicity_from=2026-04-02 --on 2026-07-11
	run_ok credit-repair grant 沪0114-R000002 evidence=结案通知书 --on 2026-07-12
	# what is granted by --severity alone is judged by it, too
	quiet apply credit=$c ground=performed publicity_from=2026-04-02 --on 2026-08-01
	run_rc 3 credit-repair grant 沪0114-R000003 evidence=x severity=serious --on 2026-08-02
}

@test "many at once: one commit, and those that may not are told" {
	for i in 1 2 3; do
		notified "1$i" 1
		listed "沪0114-C00000$i" G1
	done
	quiet happen 沪0114-C000001 perform --on 2025-05-26
	quiet happen 沪0114-C000003 perform --on 2025-05-27
	before=$(git -C d rev-list --count main)
	is "$(credit-repair due --removals -o ids | xargs)" 'credit:沪0114-C000001 credit:沪0114-C000003'
	run_rc 8 credit-repair remove - --by R1 --on 2025-05-28 < <(credit-repair list --state listed -o ids)
	golden credit-pipes/many "$(sed -E 's/commit [0-9a-f]{10}/commit COMMIT/' <<<"$stderr")"
	is "$(git -C d rev-list --count main)" $((before + 1))
	is "$(credit-repair list | jq -r .state | xargs)" 'removed listed removed'
	is "$(credit-repair due --removals -o ids)" ''
}

@test "days listed: until the removal, or still; counted by ground and year" {
	notified 11 1 filed_on=2024-12-30
	notified 12 2 filed_on=2025-02-20
	notified 13 2 filed_on=2025-02-20
	notified 14 1 filed_on=2025-02-20
	listed 沪0114-C000001 G1
	listed 沪0114-C000002 G1
	listed 沪0114-C000003 G3
	is "$(credit-repair list --state listed -o ndjson | pipe-stat -g ground,filed_on:year -a count,p90:days_listed -o tsv)" \
		$'ground\tfiled_on_year\tcount\tp90_days_listed\nG1\t2024\t1\t79\nG1\t2025\t1\t79\nG3\t2025\t1\t79'
	is "$(credit-repair list --state listed --as-of 2025-03-15 | jq -r .days_listed | sort -u)" 1
	quiet happen 沪0114-C000002 perform --on 2025-04-01
	quiet remove 沪0114-C000002 --by R1 --on 2025-04-03
	is "$(credit-repair list | jq -c '[.id, .days_listed]' | xargs)" '[沪0114-C000001,79] [沪0114-C000002,20] [沪0114-C000003,79] [沪0114-C000004,null]'
	is "$(credit-repair list --where 'days_listed < 30' -o ids)" credit:沪0114-C000002
	# It is computed, not stored.
	is "$(field $c '.days_listed')" null
	run_rc 2 case-file set credit:$c days_listed=1
}

@test "one removes and one corrects at the same time: both are kept, or one is told" {
	local i rc1 rc2
	for i in 1 2 3 4 5; do
		notified "1$i" 1
		listed "沪0114-C00000$i" G1
		quiet happen "沪0114-C00000$i" perform --on 2025-05-06
		rc1=0 rc2=0
		credit-repair remove "沪0114-C00000$i" --by R1 --on 2025-05-07 2>one &
		credit-repair correct "沪0114-C00000$i" field=name published.name=张叁 --on 2025-05-07 2>two || rc2=$?
		wait $! || rc1=$?
		# Whoever came first is there; the other is there too, or was told why not (3 the state, 4 the conflict).
		case "$rc1 $rc2" in
		'0 0') is "$(field "沪0114-C00000$i" '[.state, .published.name, ([.events[].event] | index("remove", "correct") != null)] | tostring')" \
			'["removed","张叁",true,true]' ;;
		'0 3' | '0 4') is "$(field "沪0114-C00000$i" '[.state, .published.name] | tostring')" '["removed",null]' && [ -s two ] ;;
		'3 0' | '4 0') is "$(field "沪0114-C00000$i" '[.state, .published.name] | tostring')" '["listed","张叁"]' && [ -s one ] ;;
		*) is "$rc1 $rc2: $(cat one two)" one ;;
		esac
	done
	is "$(credit-repair list --state listed,removed -o ids | wc -l)" 5
	is "$(git -C d fsck --strict --no-progress --connectivity-only 2>&1 | grep -v '^dangling' || true)" ''
	run_ok case-file check
}

@test "every night: what is due goes to whom it concerns, and nothing due says nothing" {
	entries | case-file import >/dev/null 2>&1
	# As in crontab(5): one line, no terminal, no environment but these.
	night() { env -i PATH="$PATH" HOME="$HOME" GAVEL_SHARE="$GAVEL_SHARE" GAVEL_DOCKET="$GAVEL_DOCKET" GAVEL_TODAY="$1" sh -c \
		'credit-repair due --removals --within 1wd -o tsv --fields until,id,note | awk "NR > 1"; credit-repair check --only CR-11,CR-12 >late || [ $? = 1 ]' </dev/null; }
	is "$(night 2025-04-28)" $'2025-04-29\tcredit:沪0114-C000101\tR1'
	is "$(night 2025-04-25)" ''
	is "$(night 2025-09-29)" $'2025-04-29\tcredit:沪0114-C000101\tR1\n2025-09-30\tcredit:沪0114-C000102\tterm'
	is "$(jq -r "select(.level == \"violation\") | .ref.id" late)" 沪0114-C000101
}

@test "what is published comes from the debtor and the entry; what is sealed there is not written down again" {
	export GAVEL_KEYS=$PWD/keys
	git clone -q d clone 2>/dev/null
	jq -S '.policy.sealed_fields=[{"from":"2022-06-01","value":["debtor:id_no"]}]' clone/gavel.json >new
	mv new clone/gavel.json
	git -C clone -c core.hooksPath=/dev/null commit -qam policy
	git -C clone push -q origin HEAD:main 2>/dev/null
	quiet debtor type=person name=赵六 sex=男 born_on=1949-12-31 id_no=11010519491231002X
	is "$(git -C d show main:debtors/沪0114/0000/沪0114-D000005.json | jq -r '.id_no | keys | join(",")')" key,sealed,tag
	notified 12 5
	listed "$c" G1
	is "$(field "$c" '.published | del(.court) | tojson')" '{"age":75,"case":"（2025）沪0114执12号","name":"赵六","sex":"男"}'
	is "$(git -C d grep -c 11010519491231002X main || true)" ''
	# typed, it is as it was typed
	notified 13 1
	decided 沪0114-C000002 G1 && quiet serve 沪0114-C000002 --on 2025-03-13 && quiet restrict 沪0114-C000002 order.signed_by=president --on 2025-03-14
	quiet publish 沪0114-C000002 published.name=张某 --on 2025-03-14
	is "$(field 沪0114-C000002 '.published | del(.court) | tojson')" '{"age":45,"case":"（2025）沪0114执13号","name":"张某"}'
}
