#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# credit-repair --as-of: entries as they were on a day, or that it is not known; never as they are today.
load helper
load credit

# on DAY WORDS: an act of that day, and the docket as it left it.
on() {
	local day=$1
	quiet "${@:2}" --on "$day"
	echo "$day $(tip)" >>acts
}
# Listed, removed, lifted, restricted and listed anew, corrected, removed again.
life() {
	on 2025-03-01 notify case=2025执12 debtor="${D}1" notice.risk_warning=true notice.due_on=2025-03-10
	on 2025-03-12 decide $c ground=G1 evidence=存款 decision.signed_by=president decision.reasons=拒不履行
	on 2025-03-13 serve $c
	on 2025-03-14 restrict $c order.signed_by=president
	on 2025-03-15 publish $c published.obligation=还款
	on 2025-04-01 happen $c stay ground=bankruptcy
	on 2025-04-03 remove $c --by R5
	on 2025-04-10 lift $c lift.ground=security
	on 2025-04-20 qualify $c ground=G3 evidence=转移财产
	on 2025-04-21 decide $c ground=G3 decision.signed_by=president decision.reasons=转移财产 term.years=2 term.from=2025-04-21
	on 2025-04-22 serve $c
	on 2025-04-23 restrict $c order.signed_by=president
	on 2025-04-24 lift $c --temporary until=2025-05-10 reason=illness approved_by=president
	on 2025-05-01 restore $c
	on 2025-05-02 publish $c published.obligation=还款
	on 2025-05-10 happen $c correct-conduct
	on 2025-05-12 correct $c field=obligation published.obligation=还款及利息
	on 2025-05-20 delete-early $c removal.because=corrected
}
shape='[.state, .restriction, .ground, .published_on, .removal.on, .removal.reason, .order.signed_on, .lift.on, (.events | length), .earlier]'

@test "list: each day as the docket had it then" {
	life
	is "$(wc -l <acts)" 18
	while read -r day commit; do
		is "$day $(credit-repair list --as-of "$day" | jq -c "$shape")" "$day $(case-file get credit:$c --at "$commit" | jq -c "$shape")"
		# and until the next act
		is "$(credit-repair list --as-of "$day" | jq -c 'del(.days_listed)')" "$(credit-repair list --as-of "$(date -I -d "$day + 12 hours")" | jq -c 'del(.days_listed)')"
	done <acts
	is "$(credit-repair list --as-of 2025-02-28)" ''
	is "$(credit-repair list --as-of 2025-06-01)" "$(credit-repair list)"
	is "$(credit-repair list --as-of 2025-06-02 | jq -c "$shape")" "$(credit-repair list | jq -c "$shape")"
	# what is asked is asked of that day
	is "$(for d in 03-14 03-15 04-02 04-03 05-01 05-02 05-19 05-20; do credit-repair list --state listed --as-of "2025-$d" | jq -c --arg d $d '[$d, .days_listed, .ground]'; done)" \
		'["03-15",0,"G1"]
["04-02",18,"G1"]
["05-02",0,"G3"]
["05-19",17,"G3"]'
	is "$(credit-repair list --where 'ground = "G3"' --as-of 2025-04-19)" ''
	is "$(credit-repair list --jq '.restriction == "lifted-temporarily"' --as-of 2025-04-30 -o ids)" credit:$c
}

@test "status, due, check and export of a day: as it was, or what is not kept of it is told" {
	life
	is "$(for d in 03-14 03-15 04-03 04-10 04-22 04-23 05-02 05-20; do credit-repair status --as-of "2025-$d" | jq -c --arg d $d '[$d, .listed, .restricted]'; done)" \
		'["03-14",false,true]
["03-15",true,true]
["04-03",false,true]
["04-10",false,false]
["04-22",false,false]
["04-23",false,true]
["05-02",true,true]
["05-20",false,true]'
	is "$(credit-repair status --as-of 2025-02-28)" ''
	# no clock of a later day, nor of what had not been removed yet
	is "$(credit-repair due --clock term --as-of 2025-05-03 | jq -c '[.until, .state]')" '["2027-04-21","running"]'
	is "$(credit-repair due --clock term --as-of 2025-05-20)" ''
	is "$(credit-repair due $c --clock term --as-of 2025-05-03 | jq -c .until)" '"2027-04-21"'
	is "$(credit-repair due 2025执12 --clock term --as-of 2025-05-03 | jq -c .until)" '"2027-04-21"'
	run_rc 3 credit-repair due $c --as-of 2025-04-02
	golden credit-past/due-earlier "$stderr"
	run_rc 3 credit-repair due 2025执12 --as-of 2025-04-02
	run_rc 3 credit-repair check $c --as-of 2025-04-03
	golden credit-past/check-earlier "$stderr"
	is "$(credit-repair check $c --as-of 2025-05-15 --only CR-12 | jq -r .message)" ''
	is "$(credit-repair check --only CR-18 --state notified --as-of 2025-03-05)" ''
	# what was published is not what is published now
	is "$(credit-repair export --public --as-of 2025-05-12 | jq -c '[.ground, .published.obligation]')" '["G3","还款及利息"]'
	run_rc 3 credit-repair export --public --as-of 2025-05-11
	golden credit-past/export-corrected "$stderr"
	run_rc 3 credit-repair export --public --as-of 2025-04-02
	is "$output" ''
	golden credit-past/export-earlier "$stderr"
	is "$(credit-repair export --public --as-of 2025-04-03)" ''
	is "$(credit-repair export --public --as-of 2025-05-20)" ''
	is "$(credit-repair export --public --as-of 2025-02-28)" ''
}

@test "what has days and no log; what nothing dates; another court's" {
	entry() { printf '{"kind":"credit","id":"沪0114-C00000%s","case":"（2025）沪0114执%s号","debtor":"debtor:沪0114-D000001","state":"%s","restriction":"%s"%s}\n' "$1" "$1" "$2" "$3" "$4"; }
	{
		entry 1 removed ordered ',"ground":"G1","published_on":"2025-03-10","removal":{"reason":"R1","on":"2025-05-01"},"order":{"signed_on":"2025-03-08"}'
		entry 2 listed lifted ',"ground":"G1","published_on":"2025-05-10","earlier":[{"ground":"G4","published_on":"2025-01-10","reason":"RE","on":"2025-02-10"}],"lift":{"on":"2025-04-01"}'
		entry 3 eligible none ',"notice":{"served_on":"2025-03-01"}'
		entry 4 none none ''
		entry 5 listed none ',"published_on":"2025-03-10","source":{"court":"苏0583","key":"苏0583-C000001"}'
		entry 6 revoked none ',"decision":{"signed_on":"2025-03-01"},"removal":{"reason":"RV","on":"2025-04-01"}'
		entry 7 listed ordered ',"published_on":"2025-03-10","events":[{"eid":"aaaaaaaaaaaaaaa2","event":"perform-part","on":"2025-03-01"}]'
	} | case-file import 2>/dev/null
	day() { credit-repair list --as-of "$1" 2>said | jq -r '[.id[-1:], .state, .restriction, .ground // "-", .removal.on // "-"] | join(" ")'; }
	is "$(day 2025-01-09)" '4 none none - -'
	is "$(day 2025-01-10)" '2 listed ordered G4 -
4 none none - -'
	is "$(day 2025-02-10)" '2 removed ordered G4 2025-02-10
4 none none - -'
	is "$(day 2025-03-01)" '2 removed ordered G4 2025-02-10
4 none none - -
6 decided none - -'
	golden credit-past/unknown "$(cat said)"
	is "$(day 2025-03-10)" '1 listed ordered G1 -
2 removed ordered G4 2025-02-10
4 none none - -
5 listed none - -
6 decided none - -
7 listed ordered - -'
	is "$(day 2025-05-10)" '1 removed ordered G1 2025-05-01
2 listed lifted G1 -
4 none none - -
5 listed none - -
6 revoked none - 2025-04-01
7 listed ordered - -'
	run_rc 8 credit-repair list --as-of 2025-05-10
	run_rc 8 credit-repair status --as-of 2025-05-10
	run_rc 8 credit-repair due --as-of 2025-05-10
	run_ok credit-repair list --as-of 2025-06-01
	is "$(jq -r .id <<<"$output" | wc -l)" 7
	run_rc 2 credit-repair list --kind debtor --as-of 2025-05-10
	golden credit-past/debtors "$stderr"
	run_ok credit-repair list --kind debtor --as-of 2025-06-01
}

@test "--at and --as-of: the docket of one day, the entry of another" {
	life
	commit=$(awk '$1 == "2025-04-03" { print $2 }' acts)
	is "$(credit-repair list --at "$commit" --as-of 2025-03-20 | jq -c '[.state, .decision.reasons, .published.obligation]')" '["listed","拒不履行","还款"]'
	is "$(credit-repair export --public --at "$commit" --as-of 2025-04-02 | jq -c '[.ground, .published.obligation]')" '["G1","还款"]'
	is "$(credit-repair check $c --at "$commit" --as-of 2025-04-02 --only CR-11 | jq -r .level)" info
}
