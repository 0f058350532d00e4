# SPDX-License-Identifier: MIT
# case-audit verify: joins, annotations and corrections.

load helper
load audit

# The judge of a case is for the chief to name.
chief_assigns() {
	duties '{format: 1, otherwise: "allow", duties: [{id: "T-1", title: "assigning", kind: "case", fields: ["judge"], needs: [{roles: ["院长"], signatures: 1}]}]}'
}

@test "merges: only what neither side had is the merger's" {
	adopt
	case_ 1
	case_ 2
	signed 'two cases'
	chief_assigns
	git -C c checkout -q -b side
	as chief
	case_ 1 '.judge = "王"'
	git -C c add -A && git -C c commit -q -S -m 'side'
	git -C c checkout -q main
	as clerk
	case_ 1 '.clerk = "x"'
	signed 'main'
	# The clerk joins: the judge of the one, the clerk of the other.
	git -C c merge -q -S --no-ff side -m 'join' >/dev/null 2>&1 || {
		case_ 1 . 2>/dev/null || git -C c show side:cases/2022/沪0114/民初/0000/1.json >"c/cases/2022/沪0114/民初/0000/1.json"
		case_ 1 '.judge = "王" | .clerk = "x"'
		git -C c add -A && git -C c commit -q -S -m 'join'
	}
	git -C c push -q origin main
	verified 0 ''
	run_ok case-audit verify --all
	has "$stderr" '(merges 1, '
	# But a judge that neither had is his own doing.
	git -C c checkout -q -b side2 HEAD~1
	as chief
	case_ 2 '.judge = "李"'
	git -C c add -A && git -C c commit -q -S -m 'side2'
	git -C c checkout -q main
	as clerk
	git -C c merge -q --no-commit --no-ff side2 >/dev/null
	case_ 2 '.judge = "赵"'
	git -C c add -A && git -C c commit -q -S -m 'join, and more'
	git -C c push -q origin main
	run_rc 1 case-audit verify --all
	is "$(jq -rs 'map(select(.rule == "AU-06"))[] | [.facts.duty, .facts.merge, .ref.id] | map(tostring) | join(" ")' <<<"$output")" 'T-1 true （2022）沪0114民初2号'
}

@test "lines of history that never knew signers cannot slip in" {
	adopt
	case_ 1
	signed 'one'
	run_ok case-audit checkpoint
	# From before the adoption, unsigned, and made the first parent of the join.
	git -C c checkout -q -b old main~2
	case_ 7
	git -C c add -A && git -C c commit -q -m 'old line'
	git -C c merge -q --no-ff main -m 'join' >/dev/null
	git -C c push -q origin HEAD:main
	run_rc 7 case-audit verify --all
	has "$(found)" $'violation\tAU-03\tnobody'\''s signature was asked for: its line of history knew no signers, and was joined after commit ID began them'
	run_rc 1 case-audit verify
	is "$(jq -r .rule <<<"$output" | sort | uniq -c | sed 's/^ *//')" '2 AU-01'
	# With signers of its own it is worse.
	git -C c checkout -q -B own main~2
	as stranger
	person 1 stranger 院长
	key 1 stranger >c/signers
	git -C c add -A && git -C c commit -q -S -m 'own signers'
	git -C c push -q --force origin HEAD:main
	git -C c merge -q -S --no-ff -s ours main -m 'join' >/dev/null
	git -C c push -q --force origin HEAD:main
	run_rc 7 case-audit verify --all
	has "$(found)" 'signers begin a second time here, after commit ID began them on another line'
	run_rc 7 case-audit verify
	has "$output" 'which the file signers before it does not list'
}

@test "annotations explain a finding away, by another who is known, with a reason" {
	adopt
	as stranger
	case_ 1
	signed 'by a stranger'
	bad=$(tip)
	verified 7 'violation\tAU-03\tsigned with KEY, which the file signers before it does not list'
	note "$bad" chief '系统迁移时使用旧密钥，已核实'
	verified 0 ''
	run_ok case-audit verify --all
	is "$(jq -rs --arg c "$bad" 'map(select(.ref.id == $c))[0] | [.level, .rule, .facts.annotated.by, .facts.annotated.reason] | join(" ")' <<<"$output")" \
		'info AU-03 沪0114-P000003 系统迁移时使用旧密钥，已核实'
	has "$stderr" 'annotations 1)'
	while IFS='|' read -r commit who reason want; do
		note "$commit" "$who" "$reason"
		run_rc "${want%% *}" case-audit verify --from main~1
		is "$(jq -r 'select(.rule == "AU-08").message' <<<"$output")" "the annotation does not count: ${want#* }"
	done <<-ROWS
	0000000000000000000000000000000000000001|chief|x|1 there is no such commit
	$bad and more than forty characters in all here|chief|x|1 it names no commit
	$bad|stranger|x|7 it is not signed by a known signer
	$bad|chief||1 it gives no reason (trailer Gavel-Reason)
	ROWS
	# Nobody explains his own doing away.
	as clerk
	export GIT_COMMITTER_EMAIL=judge@example.org
	case_ 1 '.judge = "王"'
	signed 'in another name'
	own=$(tip)
	note "$own" clerk '是我'
	has "$(found)" $'warn\tAU-05\t'
	has "$(found)" $'violation\tAU-08\tthe annotation does not count: it is by the one whose commit it is about'
}

@test "annotations are a duty where the court says so; corrections are shown as such" {
	adopt
	duties '{format: 1, otherwise: "allow", duties: [{id: "T-9", title: "annotating", files: ["annotations"], needs: [{roles: ["院长"], signatures: 1}]}]}'
	case_ 1
	commit 'not signed'
	bad=$(tip)
	note "$bad" judge '已核实'
	has "$(found)" $'warn\tAU-01\t'
	has "$(found)" $'violation\tAU-08\tthe annotation does not count: the duties do not let this person annotate'
	note "$bad" chief '已核实'
	is "$(found | grep AU-01 | head -n 1)" $'info\tAU-01\tnot signed, though the docket knows signers'
	as clerk
	case_ 1 '.filed_on = "2022-02-30"'
	commit "correction

Gavel-Corrects: $bad" -S
	run_rc 1 case-audit verify --from main~1
	is "$(jq -r '[.rule, .facts.corrects] | join(" ")' <<<"$output")" "DK-04 $bad"
	has "$stderr" 'corrections 1'
}

@test "merges: a field left at its base, with its conflict file, is nobody's doing" {
	adopt
	case_ 1 '.judge = "王"'
	signed 'one'
	chief_assigns
	git -C c checkout -q -b side
	as chief
	case_ 1 '.judge = "李"'
	git -C c add -A && git -C c commit -q -S -m side
	git -C c checkout -q main
	case_ 1 '.judge = "赵"'
	signed 'main'
	as clerk
	git -C c merge -q --no-commit -s ours side
	case_ 1 '.judge = "王"'
	mkdir -p c/conflicts/case
	jq -nS '{path: "cases/2022/沪0114/民初/0000/1.json", fields: ["judge"], base: {judge: "王"}, ours: {judge: "赵"}, theirs: {judge: "李"}, since: "2022-03-01"}' \
		>"c/conflicts/case/（2022）沪0114民初1号.json"
	git -C c add -A && git -C c commit -q -S -m join && git -C c push -q origin main
	verified 0 ''
	# Without the file, or with another value than the base, it is the merger's.
	git -C c rm -q conflicts/case/*.json && git -C c commit -q -S --amend -m join && git -C c push -q --force origin main
	run_rc 1 case-audit verify --all
	is "$(jq -rs 'map(select(.rule == "AU-06"))[].facts.duty' <<<"$output")" T-1
}

@test "merges: what one line had done is not taken back by joining" {
	adopt
	case_ 1 '.judge = "王"'
	case_ 2 '.judge = "王"'
	signed 'two'
	chief_assigns
	git -C c checkout -q -b side
	as clerk
	case_ 2 '.judge = "王" | .cause = "买卖合同纠纷"'
	git -C c add -A && git -C c commit -q -S -m side
	git -C c checkout -q main
	as chief
	case_ 1 '.judge = "赵"'
	case_ 2 '.judge = "赵"'
	signed 'main'
	local main how
	main=$(tip)
	as clerk
	while read -r how want; do
		git -C c checkout -q -B try "$main"
		case $how in
		theirs) git -C c merge -q --no-commit -s ours side && git -C c read-tree -u --reset side ;;
		ours) git -C c checkout -q -B try side && git -C c merge -q --no-commit -s ours "$main" ;;
		field) git -C c merge -q --no-commit -s ours side && case_ 2 '.judge = "王" | .cause = "买卖合同纠纷"' && git -C c add -A ;;
		honest) git -C c merge -q --no-commit -s ours side && case_ 2 '.cause = "买卖合同纠纷"' && git -C c add -A ;;
		esac
		git -C c commit -q -S -m "$how"
		git -C c push -q --force origin try:main
		is "$how $(case-audit verify --all 2>/dev/null | jq -r 'select(.level != "info") | [.rule, .ref.id] | join(":")' | sort | paste -sd' ')" "$how $want"
	done <<-'ROWS'
	theirs AU-06:（2022）沪0114民初1号 AU-06:（2022）沪0114民初2号
	ours AU-06:（2022）沪0114民初1号 AU-06:（2022）沪0114民初2号
	field AU-06:（2022）沪0114民初2号
	honest
	ROWS
}

@test "merges: a conflict that was made up excuses nothing" {
	adopt
	case_ 1 '.judge = "王"'
	signed 'one'
	git -C c checkout -q -b side
	case_ 1 '.judge = "李"'
	git -C c add -A && git -C c commit -q -S -m side
	git -C c checkout -q main
	case_ 1 '.judge = "赵"'
	signed 'main'
	local main edit want file='conflicts/case/（2022）沪0114民初1号.json'
	main=$(tip)
	while IFS=';' read -r want edit; do
		git -C c checkout -q -B try "$main"
		git -C c merge -q --no-commit -s ours side
		case_ 1 '.judge = "王"'
		mkdir -p c/conflicts/case
		jq -nS '{path: "cases/2022/沪0114/民初/0000/1.json", fields: ["judge"], base: {judge: "王"}, ours: {judge: "赵"}, theirs: {judge: "李"}, since: "2022-03-01"}' |
			jq -S "$edit" >"c/$file"
		git -C c add -A && git -C c commit -q -S -m join && git -C c push -q --force origin try:main
		is "$edit: $(rules)" "$edit: $want"
	done <<-'ROWS'
	;.
	;.ours.judge = "李" | .theirs.judge = "赵"
	DK-07;.base.judge = "钱"
	DK-07;.theirs.judge = "钱"
	DK-07;.fields = ["judge", "state"] | .base.state = "closed" | .ours.state = "open" | .theirs.state = "suspended"
	DK-07;.others = {judge: [{value: "孙"}]}
	DK-07;.path = "cases/2022/沪0114/民初/0000/9.json"
	ROWS
}
