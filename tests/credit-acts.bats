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
	# Nor for an officer, who is restricted and never listed.
	notified 14 1 role=P1 unit=甲公司
	quiet grace 沪0114-C000003 grace.months=1 order.signed_by=president --on 2025-03-12
	quiet restrict 沪0114-C000003 --on 2025-04-13
	is "$(state 沪0114-C000003) $(found 沪0114-C000003 CR-06,CR-07,CR-18,CR-28)" 'grace ordered '
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
	# Nobody is restricted for what is performed.
	try restrict 沪0114-C000002 order.signed_by=president --on 2025-05-10
	# The case itself says it, too: of the debtor who is listed the entry falls due for removal.
	notified 15 1
	listed 沪0114-C000006 G1
	printf '%s\n' '{"id":"（2025）沪0114执13号","state":"performed","events":[{"eid":"aaaaaaaaaaaaaaa2","event":"perform","on":"2025-05-20"}]}' \
		'{"id":"（2025）沪0114执15号","state":"closed","closed_by":"performed","closed_on":"2025-05-21"}' | case-file import 2>/dev/null
	is "$(found 沪0114-C000004 CR-22)" 'warn: the case was performed on 2025-05-20, and the restriction stands: it is lifted at once'
	is "$(case-file list --type 执 --state performed,closed -o ids | credit-repair due - --removals -o tsv --fields id,until,note | tail -n +2)" $'credit:沪0114-C000006\t2025-05-26\tR1'
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
