#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# credit-repair export, feed, import: what is published goes to others and comes from them, and nothing else does.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share GAVEL_TODAY=2025-06-01
	make_docket 2>/dev/null
	{
		echo '{"kind":"debtor","id":"沪0114-D000001","type":"person","name":"张三","id_no":"310114198001012230","notes":"家住曹安公路"}'
		entry 1 listed '"ground":"G4","term":{"years":2,"from":"2025-03-01","until":"2027-03-01"},"published_on":"2025-03-10"'
		entry 2 listed '"ground":"G1","published_on":"2025-03-11","evidence":"存款"'
		entry 3 grace '"ground":"G1","grace":{"on":"2025-05-20","months":2,"until":"2025-07-20"},"decision":{"signed_on":"2025-05-19"}'
		entry 4 notified '"notice":{"served_on":"2025-05-20"}'
		entry 5 decided '"ground":"G1","decision":{"signed_on":"2025-05-19","signed_by":"president"}'
		entry 6 removed '"ground":"G1","published_on":"2025-01-10","removal":{"reason":"R1","on":"2025-05-01"}'
		entry 7 revoked '"ground":"G1"'
		entry 8 listed '"ground":"G1","published_on":"2025-03-11","source":{"court":"沪0115","key":"沪0115-C000001"}'
	} | case-file import 2>/dev/null
	first=$(tip)
}
tip() { git -C "${1-d}" rev-parse main; }
said() { sed -E 's/[0-9a-f]{10}$/COMMIT/' <<<"$stderr"; }
# entry N STATE MEMBERS
entry() {
	# shellcheck disable=SC2028 # the line break is JSON's
	echo "{\"kind\":\"credit\",\"id\":\"沪0114-C00000$1\",\"case\":\"（2025）沪0114执$1号\",\"state\":\"$2\",\"restriction\":\"ordered\",\"debtor\":\"debtor:沪0114-D000001\",$3,\"published\":{\"name\":\"张三\",\"sex\":\"男\",\"age\":45,\"id_no\":\"310114198001012230\",\"obligation\":\"还款1000元\\n及利息\",\"performance\":\"全部未履行\",\"conduct\":\"违反财产报告制度\",\"maker\":\"上海市嘉定区人民法院\",\"instrument_no\":\"（2024）沪0114民初$1号\",\"case\":\"（2025）沪0114执$1号\",\"filed_on\":\"2025-01-02\",\"court\":\"上海市嘉定区人民法院\"}}"
}
# A second docket, of Kunshan; bring LIST takes it there.
neighbour() {
	case-file init --court 苏0583 k >/dev/null 2>&1
}
# again ID DAY: listed anew by G4, decided on that day, published on the next.
again() {
	local next
	next=$(date -I -d "$2 + 1 day")
	case-file set "credit:$1" notice.risk_warning=true 2>/dev/null
	credit-repair decide "$1" ground=G4 evidence=x decision.signed_by=president decision.reasons=x term.years=2 term.from="$2" --on "$2" 2>/dev/null
	credit-repair serve "$1" --on "$2" 2>/dev/null
	credit-repair publish "$1" published.name=张三 --on "$next" 2>/dev/null
}
bring() { credit-repair import -C k --feed "$1" --court 沪0114 --name 嘉定失信名单 "${@:2}"; }
rows() { jq -c '[.change, .key, .on, .reason] | map(select(. != null))' <<<"$output"; }

@test "export: listed entries of our own, published fields, the identity number masked" {
	run_ok credit-repair export --public
	golden credit-feed/export "$output"
	# whatever form, and whatever is asked for
	run_ok credit-repair export --public -o csv --fields key,published.id_no,published.name
	is "$output" 'key,published.id_no,published.name
沪0114-C000001,310114********2230,张三
沪0114-C000002,310114********2230,张三'
	is "$(credit-repair export --public --state listed --where 'ground = "G1"' | jq -r .key)" 沪0114-C000002
	is "$(credit-repair export --public --state removed,grace,decided,notified,revoked)" ''
	is "$(credit-repair export --public --at "$first~1")" ''
	run_rc 2 credit-repair export
	golden credit-feed/export-all "$stderr"
	run_rc 2 credit-repair export --public 沪0114-C000001
	golden credit-feed/export-operand "$stderr"
}

@test "feed: added, corrected, removed; what changed in no public field is no row" {
	run_ok credit-repair feed --from "$first~1"
	is "$(rows)" '["added","沪0114-C000001"]
["added","沪0114-C000002"]'
	is "$(jq -c 'del(.change)' <<<"$output")" "$(credit-repair export --public)"

	case-file set credit:沪0114-C000001 notes=内部 evidence=新证据 controlled_fen=1 2>/dev/null
	case-file event credit:沪0114-C000002 note --on 2025-05-30 note=内部 2>/dev/null
	case-file set debtor:沪0114-D000001 notes=x 2>/dev/null
	case-file set credit:沪0114-C000008 published.name=改 2>/dev/null
	is "$(credit-repair feed --from "$first")" ''

	second=$(tip)
	credit-repair happen 沪0114-C000001 perform-part --on 2025-05-29 2>/dev/null
	credit-repair delete-early 沪0114-C000001 removal.because=performed --on 2025-05-30 2>/dev/null
	credit-repair correct 沪0114-C000002 field=name published.name=张叁 --on 2025-05-30 2>/dev/null
	run_ok credit-repair feed --from "$first"
	golden credit-feed/feed "$output"
	is "$(credit-repair feed --from "$second")" "$output"
	third=$(tip)
	# the number behind the mask
	case-file set credit:沪0114-C000002 published.id_no=310114198102022230 2>/dev/null
	is "$(credit-repair feed --from "$third")" ''
	credit-repair happen 沪0114-C000002 find-wrong --on 2025-05-31 2>/dev/null
	credit-repair revoke 沪0114-C000002 --on 2025-05-31 2>/dev/null
	run_ok credit-repair feed --from "$third"
	is "$(rows)" '["removed","沪0114-C000002","2025-05-31","RV"]'
	# what came and went between the two is nobody's business
	is "$(credit-repair feed --from "$first~1")" ''
	run_ok credit-repair feed --from "$first~1" --to "$first"
	is "$(rows | wc -l)" 2
	run_ok credit-repair feed --from "$first" --at "$third"
	is "$(rows | wc -l)" 2
	is "$(credit-repair feed --from main)" ''
}

@test "feed: removed, and a new listing begun since" {
	credit-repair happen 沪0114-C000002 stay ground=bankruptcy --on 2025-05-29 2>/dev/null
	credit-repair remove 沪0114-C000002 --by R5 --on 2025-05-30 2>/dev/null
	credit-repair qualify 沪0114-C000002 ground=G3 --on 2025-05-31 2>/dev/null
	run_ok credit-repair feed --from "$first"
	is "$(rows)" '["removed","沪0114-C000002","2025-05-30","R5"]'
}

@test "feed: removed and listed anew is two rows, in this order; whoever takes them has both, once" {
	neighbour
	credit-repair export --public | bring - 2>/dev/null
	credit-repair happen 沪0114-C000002 stay ground=bankruptcy --on 2025-05-20 2>/dev/null
	credit-repair remove 沪0114-C000002 --by R5 --on 2025-05-21 2>/dev/null
	again 沪0114-C000002 2025-05-22
	run_ok credit-repair feed --from "$first"
	is "$(jq -c '[.change, .key, .published_on, .on, .reason, .ground]' <<<"$output")" '["removed","沪0114-C000002","2025-03-11","2025-05-21","R5",null]
["added","沪0114-C000002","2025-05-23",null,null,"G4"]'
	echo "$output" >changes
	run_ok bring changes
	golden credit-feed/import-anew "$(said)"
	is "$(case-file get -C k credit:苏0583-C000002 | jq -c '[.state, .ground, .published_on, .removal, .earlier]')" \
		'["listed","G4","2025-05-23",null,[{"ground":"G1","on":"2025-05-21","published_on":"2025-03-11","reason":"R5"}]]'
	before=$(tip k)
	run_ok bring changes
	is "$stderr" 'credit-repair import: 2 rows: nothing to do, 2 unchanged, 0 bad'
	cat changes changes >twice
	run_ok bring twice
	is "$(tip k)" "$before"
	# the old list is none of the new listing, nor is a removal of another day
	run_rc 8 bring <(credit-repair export --public --at "$first")
	golden credit-feed/import-older "$stderr"
	run_rc 3 bring <(head -1 changes | jq -c '.on = "2025-05-24"')
	golden credit-feed/import-other-removal "$stderr"
	run_rc 3 bring <(head -1 changes | jq -c '.on = "2025-03-10"')
	is "$stderr" 'credit-repair import: line 1: 沪0114-C000002: on: 2025-03-10 is before published_on, 2025-03-11
credit-repair import: 1 rows: nothing to do, 0 unchanged, 1 bad'
	is "$(tip k)" "$before"
	# listed and gone again since: nobody heard of that one, and the first is removed
	credit-repair happen 沪0114-C000002 correct-conduct --on 2025-05-25 2>/dev/null
	credit-repair delete-early 沪0114-C000002 removal.because=corrected --on 2025-05-26 2>/dev/null
	run_ok credit-repair feed --from "$first"
	is "$(jq -c '[.change, .published_on, .on, .reason]' <<<"$output")" '["removed","2025-03-11","2025-05-21","R5"]'
}

@test "feed: a revision that is none, or comes later, is said" {
	run_rc 2 credit-repair feed
	golden credit-feed/feed-no-from "$stderr"
	run_rc 6 credit-repair feed --from nothing
	is "$stderr" 'credit-repair feed: --from: no revision "nothing"'
	run_rc 6 credit-repair feed --from main --to nothing
	is "$stderr" 'credit-repair feed: --to: no revision "nothing"'
	run_rc 7 credit-repair feed --from main --to main~1
	golden credit-feed/feed-order "$(sed -E 's/[0-9a-f]{10}/COMMIT/g' <<<"$stderr")"
	run_rc 2 credit-repair feed --from main --to main --at main
	golden credit-feed/feed-at "$stderr"
	run_rc 2 credit-repair feed --from main 沪0114-C000001
	golden credit-feed/feed-operand "$stderr"
}

@test "what is said elsewhere gets out nowhere" {
	case-file import 2>/dev/null <<-'ROWS'
	{"kind":"debtor","id":"沪0114-D000002","type":"person","name":"LEAK-name","id_no":"310114199001010011","notes":"LEAK-notes","offices":[{"unit":"LEAK-unit"}]}
	{"kind":"credit","id":"沪0114-C000011","case":"（2025）沪0114执11号","state":"listed","restriction":"ordered","debtor":"debtor:沪0114-D000002","ground":"G4","role":"P0","unit":"LEAK-unit","filed_on":"1999-01-01","published_on":"2025-03-10","evidence":"LEAK-evidence","notes":"LEAK-notes","claim_fen":991,"controlled_fen":992,"of_later":"LEAK-later","notice":{"served_on":"1999-01-02","due_on":"1999-01-03"},"request":{"on":"1999-01-04"},"decision":{"no":"LEAK-no","reasons":"LEAK-reasons","signer":"LEAK-signer","signed_on":"1999-01-05"},"term":{"years":2,"serious":"LEAK-serious","from":"1999-01-06","until":"2027-03-01"},"grace":{"on":"1999-01-07"},"order":{"no":"LEAK-order","consequences":"LEAK-consequences"},"lift":{"on":"1999-01-08"},"earlier":[{"reason":"LEAK-earlier","on":"1999-01-09"}],"published":{"name":"ok-name","id_no":"310114199001010011","conduct":"ok-conduct"},"events":[{"eid":"aaaaaaaaaaaaaaa2","event":"note","on":"1999-01-10","note":"LEAK-note","by":"LEAK-by","doc":"LEAK-doc","x":"LEAK-x"}]}
	ROWS
	for form in ndjson json csv tsv table; do
		for command in 'export --public' "feed --from $first"; do
			# shellcheck disable=SC2086 # words
			credit-repair $command -o $form >out
			is "$(grep -cE 'LEAK|1999|199001010011|99[12]|D00000' out)" 0
		done
	done
	run_ok credit-repair feed --from "$first"
	is "$output" '{"case":"（2025）沪0114执11号","change":"added","court":"沪0114","ground":"G4","key":"沪0114-C000011","kind":"credit-public","published":{"conduct":"ok-conduct","id_no":"310114********0011","name":"ok-name"},"published_on":"2025-03-10","state":"listed","term_until":"2027-03-01"}'
	before=$(tip)
	echo '{"kind":"credit","id":"沪0114-C000011","state":"removed","removal":{"on":"2025-05-30","reason":"RE","decided_on":"1999-01-11","because":"performed"}}' | case-file import 2>/dev/null
	run_ok credit-repair feed --from "$before"
	is "$output" '{"change":"removed","court":"沪0114","key":"沪0114-C000011","kind":"credit-public","on":"2025-05-30","published_on":"2025-03-10","reason":"RE","state":"removed"}'
}

@test "a sealed identity number is masked where the key is, and left out where it is not" {
	export GAVEL_KEYS=$PWD/keys
	git clone -q d clone 2>/dev/null
	jq -S '.policy.sealed_fields=[{"from":"2022-06-01","value":["credit:published.id_no"]}]' clone/gavel.json >new
	mv new clone/gavel.json
	git -C clone -c core.hooksPath=/dev/null commit -qam policy
	git -C clone push -q origin HEAD:main 2>/dev/null
	before=$(tip)
	entry 9 listed '"ground":"G1","published_on":"2025-03-11"' | case-file import 2>/dev/null
	is "$(git -C d show main:credits/沪0114/0000/沪0114-C000009.json | jq -r '.published.id_no | keys | join(",")')" key,sealed,tag
	is "$(credit-repair export --public --where 'ground = "G1"' | jq -c '[.key, .published.id_no]' | tail -1)" '["沪0114-C000009","310114********2230"]'
	is "$(credit-repair feed --from "$before" | jq -c '[.key, .published.id_no]')" '["沪0114-C000009","310114********2230"]'
	export GAVEL_KEYS=$PWD/nobody
	is "$(credit-repair export --public 2>/dev/null | jq -c '[.key, .published.id_no]' | tail -1)" '["沪0114-C000009",null]'
	is "$(credit-repair feed --from "$before" | jq -c '[.key, .published.id_no]')" '["沪0114-C000009",null]'
}

@test "an entry that two lines of history disagree about is not published; its removal is" {
	cp -r d e
	credit-repair correct -C d 沪0114-C000002 field=name published.name=甲 --on 2025-05-30 2>/dev/null
	credit-repair correct -C e 沪0114-C000002 field=name published.name=乙 --on 2025-05-31 2>/dev/null
	case-file set -C d credit:沪0114-C000002 published.performance=部分履行 2>/dev/null
	git -C d fetch -q ../e main:refs/heads/e
	case-file merge e >/dev/null 2>&1 || true
	is "$(case-file conflicts | jq -r .id)" 沪0114-C000002
	run_rc 8 credit-repair export --public
	is "$(jq -r .key <<<"$output")" 沪0114-C000001
	golden credit-feed/export-conflict "$stderr"
	credit-repair happen 沪0114-C000001 perform-part --on 2025-05-29 2>/dev/null
	credit-repair delete-early 沪0114-C000001 removal.because=performed --on 2025-05-30 2>/dev/null
	run_rc 8 credit-repair feed --from "$first"
	is "$(rows)" '["removed","沪0114-C000001","2025-05-30","RE"]'
	golden credit-feed/feed-conflict "$stderr"
}

@test "import: entries with their source and a debtor each, once" {
	neighbour
	credit-repair export --public >list
	run_ok bring list
	golden credit-feed/import "$(said)"
	golden credit-feed/imported "$(case-file list -C k --kind credit -o json; case-file list -C k --kind debtor -o json)"
	before=$(tip k)
	run_ok bring list
	golden credit-feed/import-again "$stderr"
	is "$(tip k)" "$before"
	# by another name, on another day, over standard input
	run_ok env GAVEL_TODAY=2025-06-02 credit-repair import -C k --feed - --court 沪0114 --name other <list
	is "$(tip k)" "$before"
	# they count where debtors are looked at, and are shown to nobody as ours
	is "$(credit-repair status -C k | jq -c '[.debtor, .listed]')" '["debtor:苏0583-D000001",true]
["debtor:苏0583-D000002",true]'
	is "$(credit-repair export -C k --public)" ''
	is "$(credit-repair feed -C k --from main~1)" ''
	run_ok credit-repair check -C k
	is "$output" ''
	is "$(credit-repair due -C k)" ''
	run_ok case-file check -C k
}

@test "import: corrections, removals, a new listing; each of them once" {
	neighbour
	credit-repair export --public | bring - 2>/dev/null
	credit-repair happen 沪0114-C000001 perform-part --on 2025-05-29 2>/dev/null
	credit-repair delete-early 沪0114-C000001 removal.because=performed --on 2025-05-30 2>/dev/null
	case-file set credit:沪0114-C000002 published.name=张叁 published.sex=女 2>/dev/null
	credit-repair feed --from "$first" >changes
	case-file set -C k credit:苏0583-C000002 notes=自己的 2>/dev/null
	GAVEL_TODAY=2025-06-03 run_ok bring changes
	golden credit-feed/import-changes "$(said)"
	is "$(case-file get -C k credit:苏0583-C000001 | jq -c '[.state, .removal, .source.received_on]')" '["removed",{"on":"2025-05-30","reason":"RE"},"2025-06-03"]'
	is "$(case-file get -C k credit:苏0583-C000002 debtor:苏0583-D000002 | jq -c '[.notes, .name // .published.name, .sex // .published.sex]')" '["自己的","张叁","女"]
[null,"张叁","女"]'
	before=$(tip k)
	run_ok bring changes
	is "$(tip k)" "$before"
	is "$(credit-repair status -C k | jq -c .listed)" 'false
true'
	# listed anew: how it was before stays
	entry 1 listed '"ground":"G1","published_on":"2025-05-31"' | case-file import --existing replace 2>/dev/null
	credit-repair export --public | bring - 2>/dev/null
	is "$(case-file get -C k credit:苏0583-C000001 | jq -c '[.state, .ground, .published_on, .removal, .term, .earlier]')" '["listed","G1","2025-05-31",null,null,[{"ground":"G4","on":"2025-05-30","published_on":"2025-03-10","reason":"RE"}]]'
	run_ok case-file check -C k
}

@test "import: an old list brings nothing back, an old removal ends nothing new" {
	neighbour
	credit-repair export --public >old
	bring old 2>/dev/null
	credit-repair happen 沪0114-C000001 perform-part --on 2025-05-29 2>/dev/null
	credit-repair delete-early 沪0114-C000001 removal.because=performed --on 2025-05-30 2>/dev/null
	credit-repair feed --from "$first" >changes
	bring changes 2>/dev/null
	before=$(tip k)
	run_rc 8 bring old
	golden credit-feed/import-old "$stderr"
	is "$(tip k)" "$before"
	entry 1 listed '"ground":"G1","published_on":"2025-05-31"' | case-file import --existing replace 2>/dev/null
	credit-repair export --public | bring - 2>/dev/null
	before=$(tip k)
	# this one we know; without the day of the listing nobody can tell
	run_ok bring changes
	is "$(tip k)" "$before"
	run_rc 3 bring <(jq -c 'del(.published_on)' changes)
	golden credit-feed/import-old-removal "$stderr"
	is "$(tip k)" "$before"
}

@test "import: hostile rows are refused one by one, with line and field; the good ones go in, in one commit" {
	neighbour
	row() { printf '{"kind":"credit-public","key":"沪0114-C0000%s","court":"沪0114","state":"listed","case":"（2025）沪0114执9号","published_on":"2025-03-10","published":{"name":"李四"%s}%s}\n' "$1" "$2" "$3"; }
	{
		row 01 '' ''
		echo 'no json'
		echo '[1]'
		echo '{"kind":"credit","id":"苏0583-C000001","state":"removed"}'
		row 02 '' ',"published_on2":"2025-03-10"'
		row 03 ',"phone":"13800000000"' ''
		row 04 '' ',"evidence":"存款"'
		row 05 '' '' | sed 's/2025-03-10/2025-02-30/'
		row 06 '' '' | sed 's/2025-03-10/2025-06-02/'
		row 07 '' '' | sed 's/2025-03-10/yesterday/'
		row 08 '' ',"term_until":"2027-02-30","ground":"G4"'
		row 09 '' ',"ground":"G9"'
		row 10 ',"sex":"x"' ''
		row 11 ',"age":-1' ''
		row 12 ',"age":"45"' ''
		row 13 '' '' | sed 's/李四/李四\\u001b[2J/'
		row 14 '' '' | sed 's/李四/李\\u202e四/'
		row 15 '' '' | sed "s/李四/$(printf '李%.0s' {1..600})/"
		row 16 ",\"obligation\":\"$(head -c 300000 /dev/zero | tr '\0' x)\"" ''
		row 17 '' '' | sed 's/沪0114执9号/执9号/'
		row 18 '' '' | sed 's/"court":"沪0114"/"court":"沪0115"/'
		row 01 ',"sex":"女"' ''
		row 01 '' ''
		row 19 '' '' | sed 's/沪0114-C000019/苏0583-C000001/'
		row 20 '' '' | sed 's|沪0114-C000020|../../../etc/passwd|'
		row 21 '' '' | sed 's|沪0114-C000021|沪0114-C000021/../../x|'
		row 22 '' '' | sed 's|沪0114-C000022|credit:沪0114-C000022|'
		row 23 '' '' | sed 's|沪0114-C000023|debtor:沪0114-D000001|'
		row 24 '' '' | sed 's|沪0114-C000024||'
		row 25 '' '' | sed 's|沪0114-C000025|（2025）沪0114执9号|'
		row 26 '' '' | sed 's|"沪0114-C000026"|7|'
		echo '{"kind":"credit-public","key":"沪0114-C000027","state":"removed","on":"2025-05-01","reason":"R1"}'
		echo '{"kind":"credit-public","key":"沪0114-C000001","state":"removed","on":"2025-05-01","reason":"R1"}'
		echo '{"kind":"credit-public","key":"沪0114-C000028","state":"removed","published":{"name":"李四"}}'
		row 29 '' '' | sed 's/listed/grace/'
		row 30 ',"id_no":"310114198001012230","obligation":"还款\n310114198001012230"' ''
	} >rows
	before=$(tip k)
	run_rc 8 bring rows --errors bad
	golden credit-feed/hostile "$(said)
$(jq -r '"\(.line): \(.field // ""): \(.reason)"' bad)"
	is "$(git -C k rev-list --count "$before..main")" 1
	is "$(case-file list -C k --kind credit | jq -c '[.source.key, .published.name, .published.id_no, .published.obligation]')" '["沪0114-C000001","李四",null,null]
["沪0114-C000030","李四","310114********2230","还款\n310114********2230"]'
	is "$(case-file list -C k --kind debtor | jq -c '[.name, .id_no]')" '["李四",null]
["李四",null]'
	# what was refused is all there, and can be mended and fed back
	is "$(($(wc -l <bad) + 3))" "$(wc -l <rows)"
	jq -c 'select(.line == 5) | .input | fromjson | del(.published_on2)' bad >again
	jq -c 'select(.line == 33)' bad >>again
	run_ok bring again
	is "$(case-file list -C k --kind credit | jq -c '[.source.key, .state]')" '["沪0114-C000001","removed"]
["沪0114-C000030","listed"]
["沪0114-C000002","listed"]'
	run_ok case-file check -C k
}

@test "import: what contradicts itself, or is not that court's to list, is refused by line, field and value" {
	neighbour
	row() { printf '{"kind":"credit-public","key":"沪0114-C0000%s","court":"沪0114","state":"listed","case":"（2025）沪0114执9号","published_on":"2025-03-10","published":{"name":"李四"}%s}\n' "$1" "$2"; }
	{
		row 01 ',"ground":"G4","term_until":"2025-03-10"'
		row 02 '' | sed 's/李四/  /'
		row 03 '' | sed 's/李四/　\\t/'
		row 04 ',"ground":"G1","term_until":"2027-03-10"'
		for n in 2 3 4 5 6; do row "1$n" ",\"ground\":\"G$n\",\"term_until\":\"2025-03-09\""; done
		row 20 '' | sed 's/"key":"沪0114/"key":"沪0115/'
		row 21 '' | sed 's/"key":"沪0114/"key":"沪/'
		row 22 '' | sed 's/"court":"沪0114",//; s/"key":"沪0114/"key":"沪0115/'
		row 23 '' | sed 's/沪0114执/沪0115执/'
		row 24 '' | sed 's/沪0114执/苏0583执/'
		row 25 '' | sed 's/（2025）沪0114执9号/（2013）嘉执字第9号/'
		echo '{"kind":"credit-public","key":"沪0114-C000001","state":"removed","published_on":"2025-03-10","on":"2025-03-09"}'
		echo '{"kind":"credit-public","key":"沪0114-C000001","state":"removed","published_on":"2025-06-02"}'
	} >rows
	run_rc 8 bring rows --errors bad
	golden credit-feed/contradicts "$(said)
$(jq -r '"\(.line): \(.field // ""): \(.reason)"' bad)"
	is "$(case-file list -C k --kind credit | jq -r .source.key)" '沪0114-C000001
沪0114-C000025'
	run_rc 2 bring rows --name ' 　'
	golden credit-feed/import-blank-name "$stderr"
}

@test "import: own entries and own debtors are never written" {
	neighbour
	case-file import -C k 2>/dev/null <<-'ROWS'
	{"kind":"debtor","id":"苏0583-D000001","type":"person","name":"王五"}
	{"kind":"credit","id":"苏0583-C000001","case":"（2025）苏0583执1号","state":"listed","restriction":"ordered","debtor":"debtor:苏0583-D000001","published_on":"2025-03-10","published":{"name":"王五"}}
	ROWS
	before=$(git -C k rev-parse main:credits/苏0583/0000/苏0583-C000001.json main:debtors/苏0583/0000/苏0583-D000001.json)
	credit-repair export --public >list
	bring list 2>/dev/null
	is "$(case-file list -C k --kind credit -o ids | tail -1)" credit:苏0583-C000003
	# a clerk found out that it is the same person
	case-file set -C k credit:苏0583-C000002 debtor=debtor:苏0583-D000001 2>/dev/null
	sed 's/"张三"/"张叁"/' list >renamed
	bring renamed 2>/dev/null
	is "$(case-file get -C k credit:苏0583-C000002 | jq -c '[.published.name, .debtor]')" '["张叁","debtor:苏0583-D000001"]'
	is "$(git -C k rev-parse main:credits/苏0583/0000/苏0583-C000001.json main:debtors/苏0583/0000/苏0583-D000001.json)" "$before"
	# and no act of ours ends what another court decided; what happens is recorded
	run_rc 3 credit-repair delete-early -C k 苏0583-C000002 removal.because=performed
	golden credit-feed/foreign-act "$stderr"
	run_ok credit-repair happen -C k 苏0583-C000002 note note=x
}

@test "import: two at once make one set of entries" {
	neighbour
	credit-repair export --public >list
	for _ in 1 2 3 4; do
		bring list 2>>said &
	done
	wait
	is "$(case-file list -C k --kind credit | jq -r .source.key)" '沪0114-C000001
沪0114-C000002'
	is "$(case-file list -C k --kind debtor | wc -l)" 2
}

@test "import: what is wrong with the command line or the file" {
	neighbour
	echo '{}' >list
	run_rc 2 credit-repair import -C k --court 沪0114
	golden credit-feed/import-no-feed "$stderr"
	run_rc 2 credit-repair import -C k --feed list
	golden credit-feed/import-no-court "$stderr"
	run_rc 2 credit-repair import -C k --feed list --court 嘉定
	golden credit-feed/import-bad-court "$stderr"
	run_rc 2 credit-repair import -C k --feed list --court 苏0583
	golden credit-feed/import-own-court "$stderr"
	run_rc 2 credit-repair import -C k --feed list --court 沪0114 --name $'嘉\e定'
	golden credit-feed/import-name "$stderr"
	run_rc 2 credit-repair import -C k --feed list --court 沪0114 list
	golden credit-feed/import-operand "$stderr"
	run_rc 9 credit-repair import -C k --feed nothing --court 沪0114
	run_rc 3 credit-repair import -C k --feed list --court 沪0114
	is "$stderr" 'credit-repair import: line 1: kind: is missing
credit-repair import: 1 rows: nothing to do, 0 unchanged, 1 bad'
	: >list
	run_ok credit-repair import -C k --feed list --court 沪0114
	credit-repair export --public >list
	run_ok credit-repair import -C k --feed list --court 沪0114 --dry-run
	is "$(jq -r .op <<<"$output" | sort | uniq -c | tr -s ' ')" ' 1 plan
 4 put'
	is "$(git -C k rev-list --count main)" 1
}

@test "acknowledge: what partners confirm, once; an unconfirmed removal is a finding" {
	credit-repair happen 沪0114-C000002 notify-platform platform=信用上海 what=added --on 2025-03-12 2>/dev/null
	credit-repair happen 沪0114-C000002 perform --on 2026-04-29 --as-of 2026-05-01 2>/dev/null
	export GAVEL_TODAY=2026-05-06
	credit-repair remove 沪0114-C000002 --by R1 --on 2026-04-30 2>/dev/null
	credit-repair happen 沪0114-C000002 notify-platform platform=信用上海 what=removed --on 2026-05-01 2>/dev/null
	run_rc 1 credit-repair check 沪0114-C000002 --only CR-33
	is "$(jq -r .message <<<"$output")" '信用上海 was told that the listing of 2025-03-11 ended on 2026-04-30, and has not confirmed it'
	cat >rows <<-'ROWS'
	{"key":"沪0114-C000002","platform":"信用上海","what":"removed"}
	{"key":"沪0114-C000001","platform":"信用上海","what":"added","on":"2025-03-12"}
	{"key":"沪0114-C000001","platform":"税务局","what":"added","on":"2026-05-04T09:30+08:00"}
	{"key":"沪0114-C000001","platform":"税务局","what":"deleted"}
	{"key":"沪0114-C000001","what":"added"}
	{"key":"沪0114-C000001","platform":"税务局","what":"corrected","note":"x"}
	{"key":"沪0114-C000001","platform":"税务局","what":"corrected","on":"2026-05-07"}
	{"key":"沪0114-C000001","platform":"税务局","what":"corrected","on":"soon"}
	{"key":"沪0114-C000003","platform":"税务局","what":"added"}
	{"key":"沪0114-C000008","platform":"税务局","what":"added"}
	{"key":"沪0114-C000099","platform":"税务局","what":"added"}
	{"key":"../../x","platform":"税务局","what":"added"}
	{"key":"debtor:沪0114-D000001","platform":"税务局","what":"added"}
	no json
	ROWS
	before=$(tip)
	run_rc 8 credit-repair acknowledge rows
	golden credit-feed/acknowledge "$(said)"
	is "$(git -C d rev-list --count "$before..main")" 1
	is "$(case-file get credit:沪0114-C000001 | jq -c '.events[] | [.event, .on, .platform, .what, .published_on]')" '["acknowledge","2025-03-12","信用上海","added","2025-03-10"]
["acknowledge","2026-05-04T09:30+08:00","税务局","added","2025-03-10"]'
	run_ok credit-repair check 沪0114-C000002 --only CR-33
	# the same again, later
	before=$(tip)
	run_ok env GAVEL_TODAY=2026-05-08 credit-repair acknowledge - < <(head -3 rows)
	is "$stderr" 'credit-repair acknowledge: 3 rows: nothing to do, 3 unchanged, 0 bad'
	is "$(tip)" "$before"
	run_rc 2 credit-repair acknowledge rows rows
	golden credit-feed/acknowledge-two "$stderr"
}

@test "tell, acknowledge: rows of the feed; each partner of a listing confirms the end of that listing" {
	export GAVEL_TODAY=2026-06-30
	in_step() { credit-repair check 沪0114-C000002 --only CR-33 | jq -r '[.facts.platform, .facts.published_on, .facts.removed_on, (.message | contains("confirmed"))] | join(" ")'; }
	# what was sent is written down, once, in one commit; an export will do; who confirms need not have been told in writing
	credit-repair feed --from "$first~1" >rows
	before=$(tip)
	run_ok credit-repair tell --platform 甲平台 --on 2026-04-10 rows
	is "$(git -C d rev-list --count "$before..main")" 1
	run_ok credit-repair tell --platform 甲平台 - < <(credit-repair export --public)
	is "$stderr" 'credit-repair tell: 2 rows: nothing to do, 2 unchanged, 0 bad'
	run_ok credit-repair acknowledge --platform 乙平台 --on 2026-04-11 rows
	is "$(case-file get credit:沪0114-C000002 | jq -c '.events[] | [.event, .on, .platform, .what, .published_on]')" \
		'["notify-platform","2026-04-10","甲平台","added","2025-03-11"]
["acknowledge","2026-04-11","乙平台","added","2025-03-11"]'
	is "$(credit-repair feed --from "$before")" ''

	credit-repair happen 沪0114-C000002 stay ground=bankruptcy --on 2026-05-06 2>/dev/null
	credit-repair remove 沪0114-C000002 --by R5 --on 2026-05-07 2>/dev/null
	is "$(in_step)" '甲平台 2025-03-11 2026-05-07 false
乙平台 2025-03-11 2026-05-07 false'
	credit-repair feed --from "$before" >rows
	run_rc 3 credit-repair acknowledge --platform 甲平台 --on 2026-05-06 rows
	golden credit-feed/acknowledge-before "$stderr"
	run_ok credit-repair tell --platform 甲平台 --on 2026-05-08 rows
	is "$(in_step)" '甲平台 2025-03-11 2026-05-07 true
乙平台 2025-03-11 2026-05-07 false'
	run_ok credit-repair acknowledge --platform 甲平台 --on 2026-05-09 rows
	is "$(in_step)" '乙平台 2025-03-11 2026-05-07 false'

	# listed anew: what was not confirmed stays a finding, and is not confirmed by the end of the next one
	before=$(tip)
	again 沪0114-C000002 2026-05-11
	credit-repair feed --from "$before" >anew
	run_ok credit-repair tell --platform 乙平台 --on 2026-05-13 anew
	is "$(in_step)" '乙平台 2025-03-11 2026-05-07 false'
	run_rc 3 credit-repair acknowledge --platform 乙平台 - < <(jq -c '{key, published_on, what: "removed"}' anew)
	golden credit-feed/acknowledge-stands "$stderr"
	credit-repair happen 沪0114-C000002 correct-conduct --on 2026-05-20 2>/dev/null
	credit-repair delete-early 沪0114-C000002 removal.because=corrected --on 2026-05-21 2>/dev/null
	run_ok credit-repair acknowledge - <<<'{"key":"沪0114-C000002","platform":"乙平台","what":"removed","on":"2026-05-22"}'
	is "$(in_step)" '乙平台 2025-03-11 2026-05-07 false'
	run_ok credit-repair acknowledge - <<<'{"key":"沪0114-C000002","platform":"乙平台","what":"removed","published_on":"2025-03-11","on":"2026-05-23"}'
	is "$(in_step)" ''
	# what nobody can have heard
	run_rc 8 credit-repair tell <<-'ROWS'
	{"key":"沪0114-C000001","platform":"甲平台","what":"removed"}
	{"key":"沪0114-C000001","platform":"甲平台","what":"added","on":"2025-03-09","published_on":"2025-03-10"}
	{"key":"沪0114-C000001","platform":"甲平台","what":"added","published_on":"2025-03-11"}
	{"key":"沪0114-C000001","platform":"甲平台","what":"added","published_on":"2025-02-30"}
	{"key":"沪0114-C000001","platform":" 　","what":"added"}
	{"key":"沪0114-C000001","platform":"甲平台"}
	{"kind":"credit-public","key":"沪0114-C000001","state":"removed","platform":"甲平台"}
	ROWS
	golden credit-feed/tell-bad "$stderr"
}
