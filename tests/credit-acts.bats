#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# credit-repair: what an act rests on, and what it does not reach.
load helper
load credit

# found ID RULE: what check says of an entry, a line each: "level: message"
found() { credit-repair check "$1" --only "$2" "${@:3}" | jq -r '"\(.level): \(.message)"'; }

@test "a correction changes the field that it names, and nothing else" {
	notified 12 1
	listed $c G4
	local args
	while read -r args; do
		# shellcheck disable=SC2086 # words
		try $args
	done <<'END'
correct 沪0114-C000001 field=name --on 2025-05-06
correct 沪0114-C000001 published.name=张叁 --on 2025-05-06
correct 沪0114-C000001 field=name published.age=41 --on 2025-05-06
correct 沪0114-C000001 field=name published.name=张叁 published.age=41 --on 2025-05-06
correct 沪0114-C000001 field=name,age published.name=张叁 --on 2025-05-06
correct 沪0114-C000001 field=name published={"name":"张叁"} --on 2025-05-06
correct 沪0114-C000001 field=nothing published.nothing=1 --on 2025-05-06
correct 沪0114-C000001 field=name published.name=张三 --on 2025-05-06
correct 沪0114-C000001 field=name published.name=张叁 state=removed --on 2025-05-06
correct 沪0114-C000001 field=name published.name=张叁 restriction=lifted --on 2025-05-06
correct 沪0114-C000001 field=name published.name=张叁 term.years=1 --on 2025-05-06
correct 沪0114-C000001 field=term.until published.name=张叁 term.until=2025-05-07 --on 2025-05-06
correct 沪0114-C000001 field=published_on published_on=2024-01-01 --on 2025-05-06
END
	is "$(field $c '[.published.name, .published.age, .state, .term.until] | tostring')" '["张三",45,"listed","2027-03-12"]'
	try correct $c field=published.name,age published.name=张叁 published.age=44 --on 2025-05-06
	is "$(field $c '[.published.name, .published.age, .state] | tostring')" '["张叁",44,"listed"]'
	# It answers what was found to be wrong of that field alone.
	quiet happen $c find-inaccurate field=sex --on 2025-05-06
	quiet correct $c field=name published.name=张三 --on 2025-05-07
	is "$(credit-repair due $c --clock correction -o tsv --fields until,state | tail -n +2)" $'2025-05-09\toverdue'
	quiet correct $c field=sex published.sex=男 --on 2025-05-08
	is "$(credit-repair due $c --clock correction)" ''
	golden credit-acts/correct "$(tried)"
}

@test "grace for a restriction alone: ordered with it, imposed behind it" {
	notified 12 1
	try grace $c grace.months=1 --on 2025-03-12
	try grace $c grace.months=1 order.items='["C1"]' --on 2025-03-12
	try grace $c grace.months=1 order.signed_by=judge --on 2025-03-12
	try grace $c grace.months=1 order.signed_by=president order.signed_on=2025-03-01 --on 2025-03-12
	try grace $c grace.months=1 order.signed_by=president 'order.items=["C1"]' --on 2025-03-12
	is "$(state) $(field $c '[.order.signed_on, .grace.until] | join(" ")')" 'grace none 2025-03-12 2025-04-12'
	is "$(found $c CR-28)" ''
	try publish $c --on 2025-04-13
	try serve $c --on 2025-03-13
	try restrict $c --on 2025-03-11
	try restrict $c --on 2025-04-12
	try clear $c --on 2025-04-12
	is "$(credit-repair due $c --clock grace --as-of 2025-04-12 -o tsv --fields until,state | tail -n +2)" $'2025-04-12\trunning'
	try restrict $c --on 2025-04-13
	is "$(state) $(field $c '[.order.signed_on, .order.items[0]] | join(" ")')" 'grace ordered 2025-03-12 C1'
	is "$(found $c CR-27,CR-28)" ''
	is "$(credit-repair due $c --clock grace)" ''
	# Who is restricted already has no grace from it; but from a listing that is decided later.
	try grace $c grace.months=1 --on 2025-04-13
	try decide $c ground=G1 decision.signed_by=president decision.reasons=拒不履行 --on 2025-04-20
	try serve $c --on 2025-04-20
	try grace $c grace.months=1 order.items='["C2"]' --on 2025-04-20
	try grace $c grace.months=1 --on 2025-04-20
	is "$(state) $(field $c '[.order.signed_on, .grace.on] | join(" ")')" 'grace ordered 2025-03-12 2025-04-20'
	# Performed within it: the order never comes to anything.
	notified 13 2
	quiet grace 沪0114-C000002 grace.months=1 order.signed_by=president --on 2025-03-12
	quiet happen 沪0114-C000002 perform --on 2025-04-10
	try restrict 沪0114-C000002 --on 2025-04-13
	try clear 沪0114-C000002 --on 2025-04-13
	is "$(state 沪0114-C000002) $(field 沪0114-C000002 .order)" 'none none null'
	# Whom the law spares is not restricted behind it, either.
	notified 15 1
	quiet grace 沪0114-C000003 grace.months=1 order.signed_by=president --on 2025-03-12
	case-file set credit:沪0114-C000003 exclusions='["XA"]' 2>/dev/null
	try restrict 沪0114-C000003 --on 2025-04-13
	# And for an officer, who is restricted and never listed.
	notified 14 1 role=P1 unit=甲公司
	quiet grace 沪0114-C000004 grace.months=1 order.signed_by=president --on 2025-03-12
	quiet restrict 沪0114-C000004 --on 2025-04-13
	is "$(state 沪0114-C000004) $(found 沪0114-C000004 CR-06,CR-07,CR-18,CR-28)" 'grace ordered '
	golden credit-acts/grace "$(tried)"
}

@test "the restriction of an officer ends with what the unit owes" {
	notified 12 2
	notified 12 1 role=P1 unit=甲公司
	notified 12 4 role=P4 unit=沪0114-D000002
	notified 13 1 role=P1 unit=甲公司
	notified 12 3 role=P3 unit=乙公司
	local i
	for i in 1 2 3 4 5; do quiet restrict 沪0114-C00000$i order.signed_by=president 'order.items=["C1"]' --on 2025-03-11; done
	is "$(credit-repair due --clock lift)$(credit-repair check --only CR-22)" ''
	try lift 沪0114-C000002 lift.ground=performed --on 2025-05-06
	quiet happen $c settlement-performed --on 2025-05-06
	# Each of them in that case, by the unit's name or its id; not those of another unit or case.
	is "$(credit-repair due --clock lift -o tsv --fields id,until,state | tail -n +2 | sort)" \
		$'credit:沪0114-C000001\t2025-05-06\toverdue\ncredit:沪0114-C000002\t2025-05-06\toverdue\ncredit:沪0114-C000003\t2025-05-06\toverdue'
	is "$(credit-repair due --clock lift --as-of 2025-05-06 -o tsv --fields state | tail -n +2 | sort -u)" running
	is "$(credit-repair check --only CR-22 | jq -r '[.ref.id, .level] | join(" ")' | sort)" $'沪0114-C000001 warn\n沪0114-C000002 warn\n沪0114-C000003 warn'
	is "$(credit-repair check --only CR-22 --as-of 2025-05-06)" ''
	try lift 沪0114-C000002 lift.ground=performed --on 2025-05-05
	try lift 沪0114-C000002 lift.ground=performed --on 2025-05-06
	try lift 沪0114-C000004 lift.ground=performed --on 2025-05-06
	is "$(credit-repair check --only CR-22 | jq -r '.ref.id' | sort | xargs)" '沪0114-C000001 沪0114-C000003'
	is "$(credit-repair due --clock lift -o ids | sort | xargs)" 'credit:沪0114-C000001 credit:沪0114-C000003'
	# And with the restriction of the unit, for whatever reason that is lifted.
	notified 16 2
	notified 16 1 role=P2 unit=甲公司
	quiet restrict 沪0114-C000006 order.signed_by=president --on 2025-03-11
	quiet restrict 沪0114-C000007 order.signed_by=president --on 2025-03-11
	quiet lift 沪0114-C000006 lift.ground=security --on 2025-05-08
	is "$(found 沪0114-C000007 CR-22)" 'warn: the restriction of the unit was lifted on 2025-05-08, and that of its officer stands: it is lifted with it'
	is "$(credit-repair due 沪0114-C000007 -o tsv --fields clock,until,note | tail -n +2)" $'lift\t2025-05-08\tlift'
	quiet lift 沪0114-C000007 lift.ground=security --on 2025-05-08
	is "$(found 沪0114-C000007 CR-22)$(credit-repair due 沪0114-C000007)" ''
	# Nobody is restricted for what is performed.
	try restrict 沪0114-C000002 order.signed_by=president --on 2025-05-10
	# The case itself says it, too: of the debtor who is listed the entry falls due for removal.
	notified 15 1
	listed 沪0114-C000008 G1
	printf '%s\n' '{"id":"（2025）沪0114执13号","state":"performed","events":[{"eid":"aaaaaaaaaaaaaaa2","event":"perform","on":"2025-05-20"}]}' \
		'{"id":"（2025）沪0114执15号","state":"closed","closed_by":"performed","closed_on":"2025-05-21"}' | case-file import 2>/dev/null
	is "$(found 沪0114-C000004 CR-22)" 'warn: the case was performed on 2025-05-20, and the restriction stands: it is lifted at once'
	is "$(case-file list --type 执 --state performed,closed -o ids | credit-repair due - --removals -o tsv --fields id,until,note | tail -n +2)" $'credit:沪0114-C000008\t2025-05-26\tR1'
	golden credit-acts/officers "$(tried)"
}

@test "a repair rests on an event of the entry" {
	local n=0 ground
	while read -r ground _; do
		n=$((n + 1))
		notified "1$n" 1
		quiet apply credit=沪0114-C00000$n ground="$ground" evidence=证据 --on 2025-05-12
		try grant 沪0114-R00000$n --on 2025-05-20
	done < <(printf '%s\n' performed settlement-performed creditor-consent stay not-enforced terminated corrected)
	quiet happen 沪0114-C000001 perform-part --on 2025-05-13
	try grant 沪0114-R000001 --on 2025-05-20
	quiet happen 沪0114-C000001 perform --on 2025-05-21
	try grant 沪0114-R000001 --on 2025-05-20
	try grant 沪0114-R000001 --on 2025-05-21
	# Of local schemes alone: whether it is enough is for a person to say.
	notified 19 1
	quiet apply credit=沪0114-C000008 ground=force-majeure evidence=证据 --on 2025-05-12
	try grant 沪0114-R000008 --on 2025-05-20
	is "$(credit-repair check repair:沪0114-R000008 --only CR-30 | jq -r .level | sort -u)" review
	golden credit-acts/grants "$(tried)"
}

@test "what is not shown is not lifted, deleted or removed" {
	local args
	notified 12 1
	notified 13 1 role=P1 unit=甲公司
	notified 14 2
	listed 沪0114-C000003 G1
	notified 15 1
	listed 沪0114-C000004 G4
	quiet restrict $c order.signed_by=president --on 2025-03-11
	quiet restrict 沪0114-C000002 order.signed_by=president --on 2025-03-11
	quiet happen 沪0114-C000003 end-round --on 2025-04-01
	quiet happen 沪0114-C000003 check found=false --on 2025-05-06
	quiet happen 沪0114-C000003 check found=false --on 2025-05-06T15:00
	quiet happen 沪0114-C000004 perform --on 2025-05-06
	while read -r args; do
		# shellcheck disable=SC2086 # words
		try $args
	done <<'END'
notify case=2025执20 debtor=沪0114-D000001 role=P1 notice.risk_warning=true --on 2025-03-01
notify case=2025执20 debtor=沪0114-D000002 role=P1 unit=乙公司 notice.risk_warning=true --on 2025-03-01
notify case=2025执20 debtor=沪0114-D000001 source.court=苏0583 notice.risk_warning=true --on 2025-03-01
notify case=2025执20 debtor=沪0114-D000001 published.name=某 notice.risk_warning=true --on 2025-03-01
notify case=2025执20 debtor=沪0114-D000001 unit=甲公司 notice.risk_warning=true --on 2025-03-01
lift 沪0114-C000001 lift.ground=former-officer lift.changed_for_business=true lift.still_controls=false --on 2025-05-06
lift 沪0114-C000001 lift.ground=not-responsible --on 2025-05-06
lift 沪0114-C000002 lift.ground=former-officer --on 2025-05-06
lift 沪0114-C000002 lift.ground=former-officer lift.changed_for_business=true --on 2025-05-06
lift 沪0114-C000002 lift.ground=former-officer lift.still_controls=true --on 2025-05-06
lift 沪0114-C000001 lift.ground=wrong --on 2025-05-06
happen 沪0114-C000001 find-wrong --on 2025-05-07
lift 沪0114-C000001 lift.ground=wrong --on 2025-05-06
lift 沪0114-C000001 lift.ground=wrong --on 2025-05-07
lift 沪0114-C000002 lift.ground=former-officer lift.changed_for_business=true lift.still_controls=false --on 2025-05-07
remove 沪0114-C000003 --by R4 --on 2025-05-07
happen 沪0114-C000003 check found=false --on 2025-05-07
remove 沪0114-C000003 --by R4 --on 2025-05-07
delete-early 沪0114-C000004 removal.because=corrected --on 2025-05-08
happen 沪0114-C000004 correct-conduct --on 2025-05-08
delete-early 沪0114-C000004 removal.because=corrected --on 2025-05-08
END
	is "$(state 沪0114-C000004) $(credit-repair check --only CR-11,CR-12 --as-of 2025-05-08)" 'removed ordered '
	golden credit-acts/shown "$(tried)"
}

@test "a term begins with the decision, and whose period has no known end is told" {
	notified 12 1
	try decide $c ground=G4 evidence=证据 decision.signed_by=president decision.reasons=拒不报告 term.years=2 term.from=2023-03-12 --on 2025-03-12
	try decide $c ground=G4 evidence=证据 decision.signed_by=president decision.reasons=拒不报告 term.years=2 term.from=2025-03-11 --on 2025-03-12
	try decide $c ground=G4 evidence=证据 decision.signed_by=president decision.reasons=拒不报告 term.years=2 term.from=2025-03-12 --on 2025-03-12
	quiet notify case=2025执13 debtor=${D}1 notice.risk_warning=true --on 2025-03-01
	is "$(credit-repair due 沪0114-C000002)" ''
	try decide 沪0114-C000002 ground=G1 evidence=证据 decision.signed_by=president decision.reasons=拒不履行 --on 2025-03-12
	is "$(found 沪0114-C000002 CR-01)" 'review: notice.due_on missing'
	is "$(credit-repair due 沪0114-C000002 | jq -c '[.clock, .rule, .until, .note]')" '["notice","CR-01",null,"notice.due_on"]'
	case-file set credit:沪0114-C000002 notice.due_on=2025-03-10 2>/dev/null
	is "$(found 沪0114-C000002 CR-01)$(credit-repair due 沪0114-C000002)" ''
	golden credit-acts/terms "$(tried)"
}

# past ACT RULE LEVEL WORDS...: what came of ACT without credit-repair's judgement is found by check.
# WORDS: the fields of the event, then --, then fields that are set; entry $e.
past() {
	local act=$1 rule=$2 level=$3 event=()
	shift 3
	while [ $# != 0 ] && [ "$1" != -- ]; do
		event+=("$1")
		shift
	done
	shift || true
	case-file event "$e" "$act" "${event[@]}" 2>/dev/null
	[ $# = 0 ] || case-file set "$e" "$@" 2>/dev/null
	printf '%s: %s: %s\n' "$act" "$rule" "$(found "$e" "$rule" | grep "^$level" | head -1)" >>past
}
# entry DEBTOR [FIELD...]: another one, of a case of its own.
entry() {
	n=$((n + 1))
	notified $((100 + n)) "$@"
	i=沪0114-C$(printf %06d $n) e=credit:沪0114-C$(printf %06d $n)
}

@test "what goes past the judge by case-file is found by check, whichever act it is" {
	local n=0 e i on='--on 2025-04-01'
	signed=(decision.signed_by=president decision.reasons=拒不履行 decision.signed_on=2025-04-01)
	order=(restriction=ordered order.signed_by=president order.signed_on=2025-04-01)
	# shellcheck disable=SC2086 # words
	{
		entry 3; past qualify CR-05 violation $on -- ground=G1
		entry 1; listed $i G1; quiet happen $i creditor-consent written=true court_agreed_on=2025-03-20 --on 2025-03-20
		quiet remove $i --by R3 --on 2025-03-20; quiet happen $i request who=creditor --on 2025-03-25; past qualify CR-13 warn $on -- ground=G1
		entry 1; past decide CR-07 violation $on -- ground=G1 "${signed[@]}" decision.signed_by=judge
		entry 1; past decide CR-03 review $on -- ground=G4 "${signed[@]}"
		entry 1; past decide CR-01 violation --on 2025-03-05 -- ground=G1 "${signed[@]}" decision.signed_on=2025-03-05
		entry 1; past serve CR-07 review $on -- decision.served_on=2025-04-01
		entry 1; past grace CR-28 violation $on -- grace.on=2025-04-01 grace.months=1
		entry 1; decided $i G1; past grace CR-28 violation $on -- grace.on=2025-04-01 grace.months=1
		entry 1; decided $i G1; quiet serve $i --on 2025-03-13; past grace CR-27 violation $on -- grace.on=2025-04-01 grace.months=4
		entry 1; decided $i G1; past clear CR-27 violation $on
		entry 1; decided $i G1; past publish CR-07 violation $on -- published_on=2025-04-01
		entry 1; decided $i G1; past publish CR-18 violation $on
		entry 1; decided $i G1; quiet serve $i --on 2025-03-13; quiet grace $i grace.months=1 --on 2025-03-13; past publish CR-27 violation $on -- published_on=2025-04-01 "${order[@]}"
		entry 1; decided $i G4; quiet serve $i --on 2025-03-13; quiet happen $i stay ground=bankruptcy --on 2025-03-20; past publish CR-12 violation $on -- published_on=2025-04-01
		entry 1; decided $i G1; quiet serve $i --on 2025-03-13; quiet happen $i stay ground=bankruptcy --on 2025-03-20; past publish CR-11 violation $on -- published_on=2025-04-01
		entry 1; past restrict CR-21 violation $on -- "${order[@]}" order.signed_by=judge
		entry 1; quiet happen $i perform --on 2025-03-20; past restrict CR-22 violation $on -- "${order[@]}"
		entry 1; past restrict CR-25 review $on
		entry 1; quiet restrict $i order.signed_by=president --on 2025-03-12; past lift CR-22 review $on -- restriction=lifted lift.on=2025-04-01 lift.ground=performed
		entry 1; quiet restrict $i order.signed_by=president --on 2025-03-12; past lift CR-22 review $on -- restriction=lifted lift.on=2025-04-01 lift.ground=wrong
		entry 1; quiet restrict $i order.signed_by=president --on 2025-03-12; past lift CR-24 violation $on -- restriction=lifted lift.on=2025-04-01 lift.ground=former-officer
		entry 1 role=P1 unit=甲公司; quiet restrict $i order.signed_by=president --on 2025-03-12
		past lift CR-24 review $on -- restriction=lifted lift.on=2025-04-01 lift.ground=former-officer
		entry 1; listed $i G1; past lift CR-18 violation $on -- restriction=lifted lift.on=2025-04-01 lift.ground=security
		entry 1; quiet restrict $i order.signed_by=president --on 2025-03-12
		past lift-temporarily CR-23 violation $on until=2025-06-01 reason=illness approved_by=president -- restriction=lifted-temporarily
		entry 1; quiet restrict $i order.signed_by=president --on 2025-03-12; quiet lift $i lift.ground=security --on 2025-03-20; past restore CR-25 review $on -- restriction=ordered
		entry 1; listed $i G1; past remove CR-11 review $on -- removal.reason=R6 removal.on=2025-04-01
		entry 1; listed $i G4; past remove CR-12 violation $on -- removal.reason=R1 removal.on=2025-04-01
		entry 1; listed $i G4; past delete-early CR-12 violation $on -- removal.reason=RE removal.on=2025-04-01
		entry 1; listed $i G4; past delete-early CR-12 review $on -- removal.reason=RE removal.on=2025-04-01 removal.decided_on=2025-04-01 removal.because=corrected
		entry 1; listed $i G4; past expire CR-12 violation $on -- removal.reason=RT removal.on=2025-04-01
		entry 1; listed $i G1; past expire CR-11 violation $on -- removal.reason=RT removal.on=2025-04-01
		entry 1; listed $i G1; past revoke CR-14 review $on -- removal.reason=RV removal.on=2025-04-01
		entry 1; past correct CR-14 review $on field=name
		entry 1; listed $i G1; quiet happen $i find-inaccurate field=sex $on; past correct CR-14 warn $on field=name
		entry 1; past object CR-15 review $on about=listing
		entry 1; listed $i G1; past answer CR-15 review $on result=granted
		entry 1; listed $i G1; past appeal CR-15 review $on
		entry 1; listed $i G1; past decide-appeal CR-15 review $on result=granted
		entry 1; listed $i G1; past extend CR-03 violation $on years=1 reason=多次
		entry 1; listed $i G4; case-file set $e term.until=2025-03-20 2>/dev/null; past extend CR-03 violation $on years=1 reason=多次
		entry 1; case-file set $e source.court=苏0583 2>/dev/null; past qualify CR-07 review $on
		quiet apply credit=沪0114-C000001 ground=performed evidence=证据 --on 2025-03-20
		e=repair:沪0114-R000001; past grant CR-30 violation $on -- decided_on=2025-04-01
		quiet apply credit=沪0114-C000001 ground=performed evidence=证据 --on 2025-03-21
		e=repair:沪0114-R000002; past refuse CR-30 review $on -- decided_on=2025-04-01
	}
	golden credit-acts/past "$(cat past)"
	is "$(grep -v ': [a-z]*: ' past)" ''
	# Every act has its line.
	is "$(cut -d: -f1 past | grep -v '^extend$' | sort -u)" \
		"$(grep -o 'event = "[a-z-]*"' "$ROOT/lib/credit_act.c" | cut -d'"' -f2 | sort -u)"
}
