#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# mediate: the life of a dispute from the application to its end, and what the law or the record forbids on the way.
load helper
load mediate-fixture.sh

M=（2022）沪0114诉前调1号
export goldens=mediate

setup() {
	common_setup
	make_docket
	{
		echo '{"kind":"mediator","id":"沪0114-M000001","name":"王调解","state":"active","type":"person","capacity":1,"fields":["民间借贷纠纷"],"listed_on":"2020-01-01","listed_until":"2022-12-31"}'
		echo '{"kind":"mediator","id":"沪0114-M000002","name":"赵某","state":"active","type":"person","relations":[{"name":"张三","rel":"配偶"}]}'
		echo '{"kind":"mediator","id":"沪0114-M000003","name":"钱某","state":"removed","type":"person"}'
		echo '{"kind":"mediator","id":"沪0114-M000004","name":"陈某","state":"active","type":"person","origin":"hong-kong"}'
	} | case-file import 2>/dev/null
	mediate open --party 申请人=张三 --party 被申请人=李四 cause=民间借贷纠纷 claim_fen=5000000 2>/dev/null >opened
}

to_agreement() {
	steps "consent $M party=李四 form=written" "assign $M mediator=沪0114-M000001" "accept $M" "session $M place=调解室" \
		"agree $M agreement.facts=借款 agreement.terms.-=还款三万元 agreement.fen=3000000"
}

@test "open: the register counts by itself, a stream gets numbers in one commit, and bad rows do not stop the others" {
	is "$(jq -c '[.id, .state, .accepted_on, [.events[].event]]' opened)" '["'$M'","accepted","2022-06-30",["receive","admit"]]'
	run_rc 8 mediate open <<'END'
{"cause":"离婚纠纷","received_on":"2022-05-01"}
{"state":"agreed"}
{"intake":"online","custody":true}
{"cause":"相邻关系纠纷"}
END
	is "$(jq -r .id <<<"$output")" "（2022）沪0114诉前调2号
（2022）沪0114诉前调3号"
	golden mediate/open-rows "${stderr%commit *}"
	is "$(mediate open --received --type 引调 -o ids 2>/dev/null)" '（2022）沪0114引调1号'
	refused 3 open-type open --type 民初
	is "$(mediate list --state received -o ids)" '（2022）沪0114引调1号'
	is "$(case-file list -o ids)" ''
}

@test "the whole life: consent, mediator, session, agreement, signatures, confirmation, enforcement" {
	to_agreement
	is "$(field '[.state, .ended_by, .mediators[0].mediator, .mediators[0].accepted_on, .agreement.form]')" \
		'["agreed","agreement","mediator:沪0114-M000001","2022-06-30","written"]'
	steps "sign $M party=张三" "sign $M party=李四 --on 2022-07-01"
	# 2022-07-31 is a Sunday: the last day moves.
	refused 3 confirm-late confirm $M --on 2022-08-02
	steps "confirm $M --on 2022-08-01"
	is "$(case-file list --kind agreement-confirmation | jq -c '[.id, .state, .applicants, .effective_on, .mediation]')" \
		'["沪0114-F000001","applied",["张三","李四"],"2022-07-01","'$M'"]'
	refused 3 grant-early confirm $M --grant
	refused 3 enforce-early enforce $M
	steps "confirm $M --accept --on 2022-08-02" "confirm $M --grant --on 2022-08-09"
	is "$(field .state)" confirmed
	is "$(mediate enforce $M --on 2022-09-01 -m 逾期未履行 2>/dev/null | jq -c '[.id, .claim_fen, [.parties[].role], .links]')" \
		'["（2022）沪0114执1号",3000000,["申请执行人","被执行人"],[{"id":"'$M'","rel":"mediation"}]]'
	is "$(field '[.links[].rel]')" '["confirmation","enforcement"]'
	run_ok case-file check
	is "$(git -C d fsck --strict 2>&1 | grep -v dangling)" ''
}

@test "consent: nobody is mediated who has not agreed, and a refusal ends it" {
	steps "assign $M mediator=沪0114-M000001" "accept $M"
	refused 3 not-asked session $M
	refused 3 no-party consent $M party=王五
	refused 2 which-party consent $M
	steps "consent $M party=李四" "session $M" "refuse $M party=李四"
	is "$(field '[.state, .ended_on, .ended_by]')" '["refused","2022-06-30","refused"]'
	refused 3 refused-session session $M
	refused 3 refused-assign assign $M mediator=沪0114-M000001
}

@test "assign: who must withdraw, who is not on the register, who is busy" {
	refused 3 relation assign $M mediator=沪0114-M000002
	refused 3 removed assign $M mediator=沪0114-M000003
	refused 3 origin assign $M mediator=沪0114-M000004
	refused 3 after-term assign $M mediator=沪0114-M000001 --on 2023-01-03
	refused 6 nobody assign $M mediator=沪0114-M000009
	refused 3 no-mediator assign $M mediator=沪0114-P000001
	refused 2 which-mediator assign $M
	# One waiver, or one by word of mouth, is not enough.
	case-file event $M waive party=张三 form=written mediator=mediator:沪0114-M000002 2>/dev/null
	refused 3 relation assign $M mediator=沪0114-M000002
	case-file event $M waive party=李四 form=oral 2>/dev/null
	refused 3 relation assign $M mediator=沪0114-M000002
	case-file event $M waive party=李四 form=written 2>/dev/null
	steps "assign $M mediator=沪0114-M000002"
	refused 3 twice assign $M mediator=沪0114-M000002
	steps "assign $M mediator=沪0114-M000001 chosen_by=parties --instead" "decline $M mediator=沪0114-M000001 reason=出差"
	is "$(field '[.state, .mediators]')" '["accepted",null]'
	# The other one is busy; and that the cause is not among the fields is said, and done.
	steps "assign $M mediator=沪0114-M000001"
	mediate open --party 申请人=甲 --party 被申请人=乙 cause=相邻关系纠纷 >/dev/null 2>&1
	refused 3 busy assign （2022）沪0114诉前调2号 mediator=沪0114-M000001
	run_ok mediate assign （2022）沪0114诉前调2号 mediator=沪0114-M000001 --override ALLOC-02 -m 人手不足
	golden mediate/field "${stderr%commit *}"
}

@test "two clerks appoint at once: the second is told, and nothing is lost" {
	mediate assign $M mediator=沪0114-M000001 --dry-run >plan 2>/dev/null
	case-file event $M waive party=张三 form=written >/dev/null 2>&1
	case-file event $M waive party=李四 form=written >/dev/null 2>&1
	steps "assign $M mediator=沪0114-M000002"
	was=$(git -C d rev-parse main)
	run_rc 4 case-file apply plan
	is "$(git -C d rev-parse main)" "$was"
	is "$(field '[.mediators[].mediator]')" '["mediator:沪0114-M000002"]'
}

@test "agreement: facts and terms are needed, a signature may be missing, and afterwards nobody withdraws" {
	steps "consent $M party=李四" "assign $M mediator=沪0114-M000001" "accept $M"
	refused 3 no-terms agree $M
	refused 3 no-facts agree $M agreement.terms.-=还款
	refused 3 sign-early sign $M party=张三
	steps "agree $M agreement.facts=借款 agreement.terms.-=过户 agreement.subject.-=title" "sign $M party=张三"
	refused 3 unsigned confirm $M
	refused 3 withdraw-late withdraw $M party=张三
	steps "sign $M party=李四"
	refused 3 title confirm $M
	refused 3 no-application confirm $M --accept
	refused 2 two-acts confirm $M --accept --grant
	refused 2 which confirm
}

@test "back-out: until all have signed each may; the next agreement starts with nothing of the old one" {
	steps "consent $M party=李四"
	refused 3 back-out-early back-out $M party=李四
	to_agreement
	refused 2 back-out-who back-out $M
	refused 2 back-out-end-who back-out $M --end failure.reason=x
	refused 3 back-out-nobody back-out $M party=王五
	steps "sign $M party=张三 --on 2022-07-01" "back-out $M party=李四 --on 2022-07-02 note=反悔"
	is "$(field '[.state, .ended_on, .ended_by, .agreement]')" '["mediating",null,null,null]'
	steps "agree $M --on 2022-07-03 agreement.facts=借款 agreement.terms.-=还款二万元" "sign $M party=李四 --on 2022-07-03"
	is "$(field '[.agreement.terms, [.agreement.signatures[].name]]')" '[["还款二万元"],["李四"]]'
	run_ok mediate check $M --only CM-03
	# Not signed by 张三 yet, so 张三 may end it; without the record of a failure nothing ends.
	refused 2 back-out-end back-out $M party=张三 --end --on 2022-07-04
	mediate back-out $M party=张三 --end --on 2022-07-04 failure.reason=不愿签字 --dry-run >plan
	steps "sign $M party=张三 --on 2022-07-05"
	refused 3 back-out-late back-out $M party=张三 --on 2022-07-05
	refused 3 back-out-late-end back-out $M party=张三 --end --on 2022-07-05 failure.reason=x
	run_rc 4 case-file apply plan
	# Of a day before the last signature it is in time, whenever it is recorded.
	steps "back-out $M party=张三 --end --on 2022-07-04 failure.reason=不愿签字"
	is "$(field '[.state, .ended_on, .ended_by, .agreement, .failure.reason, .events[-1].event]')" \
		'["failed","2022-07-04","not-signed",null,"不愿签字","sign"]'
	run_ok case-file check
}

@test "back-out: what binds by another text, and after filing only the court's paper" {
	local n=1 more
	for more in mechanism=people intake=online referral=after-filing; do
		n=$((n + 1))
		N=（2022）沪0114诉前调${n}号
		mediate open --party 申请人=甲 --party 被申请人=乙 cause=相邻关系纠纷 $more >/dev/null 2>&1
		steps "consent $N party=乙" "assign $N mediator=沪0114-M000001" "accept $N" "agree $N agreement.facts=x agreement.terms.-=y" \
			"sign $N party=甲" "sign $N party=乙" "sign $N party=王调解 role=mediator" "sign $N party=调委会 role=organisation form=seal"
		[ $more = referral=after-filing ] || refused 3 back-out-${more#*=} back-out $N party=乙
	done
	steps "back-out $N party=乙 --end failure.reason=送达前反悔"
	is "$(case-file get "$N" -o ndjson | jq -r .state)" failed
}

@test "consult and suspend: an expert is asked with consent; a sham stops it" {
	steps "consent $M party=李四" "assign $M mediator=沪0114-M000001" "accept $M" "consult $M matter=traffic agreed=true" \
		"consult $M --end --on 2022-07-05"
	refused 3 consult-none consult $M --end
	run_ok mediate consult $M matter=traffic
	has "$stderr" 法办〔2023〕275号
	steps "suspend $M note=疑似虚假"
	refused 3 suspended agree $M agreement.facts=x agreement.terms.-=y
	steps "resume $M" "fail $M by_reason=deadlock failure.reason=分歧过大"
	is "$(field '[.state, .ended_by, .failure.reason]')" '["failed","deadlock","分歧过大"]'
}

@test "file: those that failed become cases in one commit, with the same papers; each side knows the other" {
	mediate open --party 申请人=甲 --party 被申请人=乙 cause=相邻关系纠纷 >/dev/null 2>&1
	refused 2 no-record fail $M by_reason=deadlock
	steps "refuse $M party=李四" "refuse （2022）沪0114诉前调2号 party=乙"
	echo 借条 >借条.txt
	case-file attach $M 借条.txt 2>/dev/null
	before=$(git -C d rev-list --count main)
	run_ok mediate file - < <(mediate list --state refused -o ids)
	is "$(git -C d rev-list --count main)" $((before + 1))
	is "$(jq -c '[.id, .cause, [.parties[].role], .links[0].id, .files[0].name]' <<<"$output")" \
		'["（2022）沪0114民初1号","民间借贷纠纷",["原告","被告"],"'$M'","借条.txt"]
["（2022）沪0114民初2号","相邻关系纠纷",["原告","被告"],"（2022）沪0114诉前调2号",null]'
	is "$(field '[.state, .links]')" '["filed",[{"id":"（2022）沪0114民初1号","rel":"case"}]]'
	refused 3 file-again file $M
	# One of many that cannot be filed is told; the others are.
	mediate open --party 申请人=丙 --party 被申请人=丁 cause=相邻关系纠纷 >/dev/null 2>&1
	steps "refuse （2022）沪0114诉前调3号 party=丁"
	run_rc 8 mediate file $M （2022）沪0114诉前调3号 （2022）沪0114诉前调99号
	golden mediate/file-some "${stderr%commit *}"
	is "$(jq -r .id <<<"$output")" （2022）沪0114民初3号
	run_ok case-file check
}

@test "wrong words: exit code 2 or 3, in words" {
	refused 2 nothing consent
	case-file open --type 民初 >/dev/null 2>&1
	refused 3 a-case consent 民初1 party=张三
	refused 6 not-there consent （2022）沪0114诉前调77号 party=张三
	refused 2 list-ids list $M
	refused 2 no-such frobnicate
	refused 2 ground send-back $M
	mediate open --received --party 申请人=戊 >/dev/null 2>&1
	refused 3 ground-word send-back （2022）沪0114诉前调2号 ground=bored
	steps "send-back （2022）沪0114诉前调2号 ground=unsuitable"
}
