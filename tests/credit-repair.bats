#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# credit-repair: each transition of a debtor's entry, each clock, what is refused, and what other commands do with it.
load helper
load credit

@test "listed for G1: each step in its turn, and no other" {
	notified 12 1
	is "$(state)" 'notified none'
	try publish $c --on 2025-03-02
	try grace $c grace.months=1 --on 2025-03-02
	try serve $c --on 2025-03-02
	try remove $c --by R1 --on 2025-03-02
	try decide $c ground=G1 decision.signed_by=president decision.reasons=拒不履行 --on 2025-03-10
	try decide $c ground=G1 decision.signed_by=bureau-head decision.reasons=拒不履行 --on 2025-03-12
	try decide $c ground=G1 decision.reasons=拒不履行 --on 2025-03-12
	try decide $c ground=G1 decision.signed_by=president --on 2025-03-12
	try decide $c ground=G4 decision.signed_by=president decision.reasons=拒不履行 --on 2025-03-12
	try restrict $c order.signed_by=president --on 2025-03-10
	try qualify $c ground=G1 --on 2025-03-11
	try decide $c ground=G1 decision.signed_by=president decision.reasons=拒不履行 --on 2025-03-12
	try decide $c ground=G1 decision.signed_by=president decision.reasons=拒不履行 --on 2025-03-12
	try qualify $c ground=G1 --on 2025-03-12
	try publish $c --on 2025-03-13
	try grace $c grace.months=1 --on 2025-03-13
	try serve $c --on 2025-03-11
	try serve $c --on 2025-03-13
	try publish $c --on 2025-03-13
	try restrict $c order.signed_by=judge --on 2025-03-13
	try restrict $c order.signed_by=president --on 2025-03-13
	try publish $c --on 2025-03-12
	try publish $c --on 2025-03-13
	try publish $c --on 2025-03-13
	is "$(state)" 'listed ordered'
	golden credit-repair/g1 "$(tried)"
}

@test "grace: one to three months, nothing in it, and then" {
	notified 12 1
	decided $c G1
	quiet serve $c --on 2025-03-13
	try grace $c grace.months=0 --on 2025-03-31
	try grace $c grace.months=4 --on 2025-03-31
	try grace $c --on 2025-03-31
	try grace $c grace.months=1 --on 2025-03-31
	is "$(field $c .grace.until)" 2025-04-30
	try grace $c grace.months=1 --on 2025-04-02
	try restrict $c order.signed_by=president --on 2025-04-30
	try publish $c --on 2025-04-30
	try clear $c --on 2025-04-20
	try happen $c perform-part fen=100 --on 2025-04-20
	try clear $c --on 2025-04-20
	is "$(state)" 'grace none'
	try restrict $c order.signed_by=president --on 2025-05-01
	try publish $c --on 2025-05-01
	is "$(state)" 'listed ordered'
	# Another one performs in time, at the last hour of it.
	notified 13 1
	decided 沪0114-C000002 G1
	quiet serve 沪0114-C000002 --on 2025-03-13
	quiet grace 沪0114-C000002 grace.months=1 --on 2025-03-31
	try happen 沪0114-C000002 perform --on 2025-04-30T23:00
	try restrict 沪0114-C000002 order.signed_by=president --on 2025-05-02
	try publish 沪0114-C000002 --on 2025-05-02
	try clear 沪0114-C000002 --on 2025-05-02
	is "$(state 沪0114-C000002)" 'none none'
	# Who was restricted before may stay so; published is nobody.
	notified 14 1
	quiet restrict 沪0114-C000003 order.signed_by=president --on 2025-03-11
	decided 沪0114-C000003 G1
	quiet serve 沪0114-C000003 --on 2025-03-13
	quiet grace 沪0114-C000003 grace.months=1 --on 2025-03-31
	try publish 沪0114-C000003 --on 2025-04-30
	try publish 沪0114-C000003 --on 2025-04-30 published_on=2025-05-01
	try publish 沪0114-C000003 --on 2025-05-01
	golden credit-repair/grace "$(tried)"
}

@test "who may not be listed: minors, officers, and those whom CR-04 and CR-06 spare" {
	notified 12 3
	try qualify $c ground=G1 --on 2025-03-12
	try decide $c ground=G3 decision.signed_by=president decision.reasons=转移 term.years=2 term.from=2025-03-12 --on 2025-03-12
	# Restricted, they may be.
	notified 13 1 role=P1 unit=甲公司
	try qualify 沪0114-C000002 ground=G1 --on 2025-03-12
	try decide 沪0114-C000002 ground=G1 decision.signed_by=president decision.reasons=拒不履行 --on 2025-03-12
	try restrict 沪0114-C000002 order.signed_by=president --on 2025-03-12
	notified 14 1 exclusions='["X1"]'
	try qualify 沪0114-C000003 ground=G1 --on 2025-03-12
	try qualify 沪0114-C000003 ground=G3 --on 2025-03-12
	notified 15 2 exclusions='["XA"]'
	try qualify 沪0114-C000004 ground=G6 --on 2025-03-12
	notified 16 2 claim_fen=100 controlled_fen=110
	try decide 沪0114-C000005 ground=G1 decision.signed_by=president decision.reasons=拒不履行 --on 2025-03-12
	# A student is a person's to decide about.
	notified 17 4
	try qualify 沪0114-C000006 ground=G1 --on 2025-03-12
	# What was found out later stands in the way of the next step, whoever wrote it.
	notified 18 1
	decided 沪0114-C000007 G1
	quiet serve 沪0114-C000007 --on 2025-03-13
	quiet restrict 沪0114-C000007 order.signed_by=president --on 2025-03-13
	case-file set credit:沪0114-C000007 exclusions='["X2"]' 2>/dev/null
	try publish 沪0114-C000007 --on 2025-03-14
	try revoke 沪0114-C000007 --on 2025-03-14
	try happen 沪0114-C000007 find-wrong --on 2025-03-14
	try revoke 沪0114-C000007 --on 2025-03-14
	golden credit-repair/spared "$(tried)"
}

@test "R1 to R7 end a G1 entry, each by its event" {
	local i ids=()
	for i in 1 2 3 4 5 6 7; do
		notified "1$i" 1
		ids[i]=沪0114-C00000$i
		listed "${ids[i]}" G1
		try remove "${ids[i]}" --by "R$i" --on 2025-05-20
	done
	try remove $c --by R8 --on 2025-05-20
	try remove $c --on 2025-05-20
	try expire $c --on 2025-05-20
	try delete-early $c removal.because=performed --on 2025-05-20
	try happen "${ids[1]}" perform-part fen=1 --on 2025-05-01
	try remove "${ids[1]}" --by R1 --on 2025-05-20
	try happen "${ids[1]}" perform --on 2025-05-06
	try happen "${ids[2]}" settle --on 2025-05-01
	try remove "${ids[2]}" --by R2 --on 2025-05-20
	try happen "${ids[2]}" settlement-performed --on 2025-05-06
	try happen "${ids[3]}" creditor-consent written=false court_agreed_on=2025-05-06 --on 2025-05-05
	try remove "${ids[3]}" --by R3 --on 2025-05-20
	try happen "${ids[3]}" creditor-consent written=true court_agreed_on=2025-05-06 --on 2025-05-05
	try happen "${ids[4]}" end-round --on 2025-04-01
	try happen "${ids[4]}" check found=false --on 2025-04-20
	try remove "${ids[4]}" --by R4 --on 2025-05-20
	try happen "${ids[4]}" check found=false --on 2025-05-06
	try happen "${ids[5]}" stay ground=other --on 2025-05-05
	try remove "${ids[5]}" --by R5 --on 2025-05-20
	try happen "${ids[5]}" stay ground=bankruptcy --on 2025-05-06
	try happen "${ids[6]}" refuse-enforcement --on 2025-05-06
	try happen "${ids[7]}" terminate --on 2025-05-06
	for i in 1 2 3 4 5 6 7; do
		try remove "${ids[i]}" --by "R$i" --on 2025-05-05
		try remove "${ids[i]}" --by "R$i" --on 2025-05-09
		is "$i $(state "${ids[i]}")" "$i removed ordered"
	done
	try remove $c --by R1 --on 2025-05-12
	# A lead that comes afterwards makes no removal wrong.
	quiet happen "${ids[4]}" lead valid=true --on 2025-05-30
	is "$(credit-repair check --only CR-11,CR-12,CR-16)" ''
	golden credit-repair/removals "$(tried)"
}

@test "a term ends by its end or by a decision, and not by R1" {
	notified 12 1
	listed $c G4
	is "$(field $c .term.until)" 2027-03-12
	quiet happen $c perform --on 2025-05-06
	try remove $c --by R1 --on 2025-05-09
	try remove $c --by RT --on 2025-05-09
	try remove $c --by RE --on 2025-05-09
	try expire $c --on 2025-05-09
	try expire $c removal.reason=R1 --on 2025-05-09
	try delete-early $c --on 2025-05-09
	try delete-early $c removal.because=performed removal.decided_on=2025-05-10 --on 2025-05-09
	try delete-early $c removal.because=performed --on 2025-05-05
	try delete-early $c removal.because=performed --on 2025-05-09
	is "$(state) $(field $c .removal.reason)" 'removed ordered RE'
	# Two years and one more, by a decision; then the day behind the last.
	export GAVEL_TODAY=2029-01-01
	notified 13 1
	listed 沪0114-C000002 G5
	try happen 沪0114-C000002 extend years=4 reason=多次 --on 2025-06-01
	try happen 沪0114-C000002 extend years=3 reason=多次 --on 2025-06-01
	try happen 沪0114-C000002 extend years=1 reason=多次 --on 2025-06-02
	notified 14 1
	listed 沪0114-C000003 G5
	try happen 沪0114-C000003 extend years=1 reason=多次 --on 2025-06-01
	try expire 沪0114-C000003 --on 2028-03-12
	try expire 沪0114-C000003 --on 2028-03-13
	try happen 沪0114-C000003 extend years=1 reason=多次 --on 2028-03-14
	golden credit-repair/terms "$(tried)"
}

@test "revoked, corrected, objected to" {
	notified 12 1
	try correct $c field=name published.name=张叁 --on 2025-03-02
	try object $c about=listing --on 2025-03-02
	listed $c G1
	try revoke $c --on 2025-05-06
	try answer $c result=granted --on 2025-05-06
	try object $c about=data --on 2025-05-06
	try appeal $c --on 2025-05-07
	try answer $c --on 2025-05-07
	try answer $c result=refused --on 2025-05-07
	try answer $c result=refused --on 2025-05-07
	try decide-appeal $c result=granted --on 2025-05-08
	try appeal $c --on 2025-05-08
	try decide-appeal $c result=refused --on 2025-05-09
	try happen $c find-inaccurate field=name --on 2025-05-09
	try correct $c field=name published.name=张叁 --on 2025-05-12
	is "$(state) $(field $c .published.name)" 'listed ordered 张叁'
	try happen $c find-wrong --on 2025-05-12
	try revoke $c --on 2025-05-11
	try revoke $c --on 2025-05-13
	try revoke $c --on 2025-05-13
	is "$(state) $(field $c .removal.reason)" 'revoked ordered RV'
	golden credit-repair/corrections "$(tried)"
}

@test "listed again: after R3 not at the creditor's wish for six months, on new facts it may (W-41)" {
	export GAVEL_TODAY=2025-12-01
	for i in 1 2; do
		notified "1$i" 1
		listed 沪0114-C00000$i G1
		quiet happen 沪0114-C00000$i creditor-consent written=true court_agreed_on=2025-03-20 --on 2025-03-20
		quiet remove 沪0114-C00000$i --by R3 --on 2025-03-20
	done
	quiet happen $c request who=creditor --on 2025-09-19
	try qualify $c ground=G1 --on 2025-09-19
	try decide $c ground=G1 decision.signed_by=president decision.reasons=拒不履行 --on 2025-09-20
	quiet happen $c request who=creditor --on 2025-09-20
	try qualify $c ground=G1 --on 2025-09-20
	is "$(field $c '.earlier | tostring')" '[{"ground":"G1","on":"2025-03-20","published_on":"2025-03-14","reason":"R3"}]'
	quiet happen 沪0114-C000002 request who=ex-officio --on 2025-04-01
	try decide 沪0114-C000002 ground=G3 decision.signed_by=president decision.reasons=转移 term.years=2 term.from=2025-04-02 --on 2025-04-02
	# The service of the last decision is none of this one.
	try publish 沪0114-C000002 --on 2025-04-03
	golden credit-repair/again "$(tried)"
}

@test "the restriction moves by its own acts alone" {
	notified 12 1
	try lift $c lift.ground=performed --on 2025-03-12
	try restore $c --on 2025-03-12
	try lift $c --temporary until=2025-03-20 reason=illness approved_by=president --on 2025-03-12
	try restrict $c --on 2025-03-12
	try restrict $c order.signed_by=president --on 2025-03-12
	try restrict $c order.signed_by=president --on 2025-03-12
	try lift $c --temporary until=2025-05-05 reason=illness approved_by=president --on 2025-04-01
	try lift $c --temporary until=2025-05-01 reason=illness approved_by=judge --on 2025-04-01
	try lift $c --temporary until=2025-05-01 --on 2025-04-01
	try lift $c --temporary until=2025-05-01 reason=illness approved_by=president --on 2025-04-01
	is "$(state)" 'notified lifted-temporarily'
	try restore $c --on 2025-03-31
	try restore $c --on 2025-05-02
	try lift $c lift.ground=performed --on 2025-05-06
	try lift $c lift.ground=former-officer lift.still_controls=true --on 2025-05-06
	try lift $c lift.ground=security --on 2025-05-01
	try lift $c lift.ground=security --on 2025-05-06
	is "$(state)" 'notified lifted'
	try lift $c lift.ground=security --on 2025-05-07
	# Removal from the list lifts nothing, and who is listed is not set free.
	notified 13 1
	listed 沪0114-C000002 G1
	quiet happen 沪0114-C000002 perform --on 2025-05-06
	try lift 沪0114-C000002 lift.ground=performed --on 2025-05-06
	try remove 沪0114-C000002 --by R1 --on 2025-05-06
	try lift 沪0114-C000002 lift.ground=performed --on 2025-05-05
	try lift 沪0114-C000002 lift.ground=performed --on 2025-05-06
	# Nor does another act write it.
	notified 14 1
	try serve 沪0114-C000003 restriction=ordered
	try happen 沪0114-C000003 note removal.reason=R1
	try happen 沪0114-C000003 note published_on=2025-03-01
	try happen 沪0114-C000003 note state=listed
	golden credit-repair/restriction "$(tried)"
}
