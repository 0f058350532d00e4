#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# case-publish release, withdraw: what the public docket gets, and what it never gets.
load helper
load publish

@test "release: the document, the stub, and no more of the court's own than these" {
	with_text 民初1 法定继承纠纷
	a_case 民初2 离婚纠纷 | case-file import 2>/dev/null
	case-file list | case-publish decide profile=2016 2>/dev/null | case-publish release - --to public -m 内部理由 2>/dev/null
	is "$(git -C public show "main:documents/沪0114/0000/${W}1.json" | jq -S 'del(.events)')" "$(jq -S . <<-END
		{"case":"（2025）沪0114民初1号","case_type":"民事","cause":"法定继承纠纷","court":"上海市嘉定区人民法院","doc_kind":"判决书",
		"effective_on":"2025-02-20","id":"${W}1","issued_on":"2025-02-01","kind":"document","procedure":"一审","profile":"2016","published_on":"2025-06-01",
		"state":"published","title":"欧阳某诉李某法定继承纠纷一审民事判决书",
		"text":"上海市嘉定区人民法院\n民事判决书\n（2025）沪0114民初1号\n原告：欧阳某，女，住上海市嘉定区。\n被告：李某，女，住上海市嘉定区。\n欧阳某诉称，李某占有遗产，联系电话。\n审判员 钱正\n书记员 卫兰\n"}
	END
	)"
	is "$(git -C public show "main:documents/沪0114/0000/${W}2.json" | jq -Sc 'del(.events)')" \
		"{\"case\":\"（2025）沪0114民初2号\",\"court\":\"上海市嘉定区人民法院\",\"id\":\"${W}2\",\"issued_on\":\"2025-02-01\",\"kind\":\"document\",\"state\":\"withheld\",\"withheld_reason\":\"离婚诉讼\"}"
	is "$(field ${B}1 '[.state, .released_on, .public_id, (.labels | length), (.map | length)] | map(tostring) | join(" ")')" "released 2025-06-01 document:${W}1 2 7"
	is "$(field ${B}1 .redacted_sha256)" "$(git -C public show "main:documents/沪0114/0000/${W}1.json" | jq -j .text | sha256sum | cut -d ' ' -f 1)"
	is "$(field ${B}2 .state)" stub
	is "$(git -C public log --format=%s)" 'case-publish release: 2 documents (2 records)
case-file init: 沪0114 上海市嘉定区人民法院'
	# nothing of it anywhere in the public docket, in any object
	git -C public cat-file --batch-all-objects --batch --unordered >all
	for word in 欧阳文 李丽 13800001234 310114198503120016 墨玉路 内部理由 1985年; do
		run_rc 1 grep -ac "$word" all
	done
	# it is all there already
	before=$(tip)$(tip public)
	quiet release ${B}1 ${B}2 --to public
	is "$(tip)$(tip public)" "$before"
}

@test "release: another text in the case is told, and does not slip in" {
	with_text 民初1 法定继承纠纷
	quiet decide 2025民初1 profile=2016
	quiet release ${B}1 --to public
	hash=$(field ${B}1 .text_sha256)
	case-file set 2025民初1 files.0.sha256="$(printf '%064d' 0)" 2>/dev/null
	quiet decide 2025民初1
	is "$(field ${B}1 .text_sha256)" "$hash"
	is "$(case-publish check ${B}1 --only PUB-08 -o tsv --fields message)" 'message
the text in the case is another one now'
	quiet withdraw ${B}1 --to public --reason 文本有误
	quiet decide 2025民初1
	is "$(field ${B}1 .text_sha256)" "$(printf '%064d' 0)"
}

@test "T-AN-23: names in a file's name reach the public side by no way" {
	a_case 民初1 离婚纠纷 'parties: [{role: "原告", name: "张伟"}, {role: "被告", name: "李丽"}]' | case-file import 2>/dev/null
	echo 原告张伟 >张伟诉李丽离婚纠纷一审民事判决书.md
	case-file attach 2025民初1 张伟诉李丽离婚纠纷一审民事判决书.md 2>/dev/null
	quiet decide 2025民初1 profile=2016 file=张伟诉李丽离婚纠纷一审民事判决书.md
	try decide 2025民初1 decision=publish --by 钱正 -m 公开
	quiet release ${B}1 --to public
	git -C public cat-file --batch-all-objects --batch --unordered >all
	run_rc 1 grep -acE '张伟|李丽' all
	is "$(git -C public -c core.quotepath=false ls-tree -r --name-only main documents)" "documents/沪0114/0000/${W}1.json"
	golden case-publish-release/file-name "$(tried)"
}

@test "release: what is refused, and then nothing is written" {
	with_text 民初1 法定继承纠纷
	try release ${B}1 --to public
	quiet decide 2025民初1 profile=2016
	try release ${B}1
	try release ${B}1 --to nowhere
	try release ${B}1 --to d
	try release ${B}1 --to public --as-of 2025-02-19
	# another text than the one that was decided on
	case-file set 2025民初1 files.0.sha256="$(printf '%064d' 0)" 2>/dev/null
	try release ${B}1 --to public
	# a value of the case that nobody has taken out
	printf '原告欧阳文的证人王小明，又名欧阳文。\n' >裁定书.txt
	case-file attach 2025民初1 裁定书.txt 2>/dev/null
	quiet decide 2025民初1 doc_kind=裁定书 profile=2016 appealable=false
	try release ${B}2 --to public
	quiet waive ${B}2 --residue 王小明 -m 证人姓名公开 --by 钱正
	try release ${B}2 --to public
	# a value of the case that no rule finds by its form
	case-file set 2025民初1 parties.0.address=老槐树旁小院 2>/dev/null
	printf '通知书\n遗产位于老槐树旁小院。\n' >通知书.txt
	case-file attach 2025民初1 通知书.txt 2>/dev/null
	quiet decide 2025民初1 doc_kind=通知书 affects_rights=true profile=2016
	try release ${B}3 --to public
	# nobody has decided; a state secret; facts that changed
	a_case 刑初3 盗窃罪 | case-file import 2>/dev/null
	quiet decide 2025刑初3 profile=2016
	try release ${B}4 --to public
	quiet decide 2025刑初3 state_secret=true
	try release ${B}4 --to public
	a_case 民初4 买卖合同纠纷 | case-file import 2>/dev/null
	quiet decide 2025民初4 profile=2016
	try release ${B}5 --to public
	case-file set 2025民初4 cause=离婚纠纷 2>/dev/null
	try release ${B}5 --to public
	a_case 民初5 离婚纠纷 | case-file import 2>/dev/null
	quiet decide 2025民初5 profile=2016
	case-file set 2025民初5 cause=买卖合同纠纷 2>/dev/null
	try release ${B}6 --to public
	a_case 民初6 买卖合同纠纷 | case-file import 2>/dev/null
	quiet decide 2025民初6 profile=2016
	case-file set 2025民初6 cause=探望权纠纷 2>/dev/null
	try release ${B}7 --to public
	# no docket for the public
	case-file init --court 沪0114 other 2>/dev/null
	a_case 民初9 买卖合同纠纷 | GAVEL_DOCKET=$PWD/other case-file import 2>/dev/null
	try release ${B}5 --to other
	golden case-publish-release/refused "$(tried)"
}

@test "release: whoever commits must not be one of the hidden" {
	with_text 民初1 法定继承纠纷
	quiet decide 2025民初1 profile=2016
	GIT_AUTHOR_NAME=李丽 run_rc 3 case-publish release ${B}1 --to public
	has "$stderr" 'user.name: would show a name that is hidden'
	is "$(git -C public rev-list --count main)" 1
}

@test "release: what is sealed and cannot be opened cannot be compared" {
	export GAVEL_KEYS=$PWD/keys
	git clone -q d c 2>/dev/null
	jq -S '.policy.sealed_fields = [{from: "2022-06-01", value: ["case:parties[].id_no"]}]' c/gavel.json >g && mv g c/gavel.json
	git -C c commit -qam policy && git -C c push -q origin HEAD:main
	with_text 民初1 法定继承纠纷
	quiet decide 2025民初1 profile=2016
	GAVEL_KEYS=$PWD/nobody run_rc 3 case-publish release ${B}1 --to public
	has "$stderr" 'a value is sealed and its key is not here: it cannot be compared with the text'
	is "$(git -C public rev-list --count main)" 1
	quiet release ${B}1 --to public
}

@test "release: without the three steps no stub says unsuitable, where the court has decided so" {
	a_case 民初1 买卖合同纠纷 | case-file import 2>/dev/null
	echo "{\"kind\":\"publication\",\"id\":\"${B}1\",\"state\":\"withheld\",\"case\":\"（2025）沪0114民初1号\",\"doc_kind\":\"判决书\",\"instance\":\"first\",\"unsuitable\":true,\"decision\":\"withhold\",\"ground\":\"unsuitable\",\"reason\":\"不宜\",\"issued_on\":\"2025-02-01\"}" |
		case-file import 2>/dev/null
	run_ok case-publish release ${B}1 --to public --dry-run
	has "$stderr" "warning: ${B}1: the judge's written opinion is missing (PUB-07)"
	has "$output" '"withheld_reason":"不宜"'
	git clone -q d c 2>/dev/null
	jq -S '.policy.publication_three_steps = [{from: "2024-01-01", value: true}]' c/gavel.json >g && mv g c/gavel.json
	git -C c commit -qam policy && git -C c push -q origin HEAD:main
	run_rc 3 case-publish release ${B}1 --to public
	has "$stderr" "ground: the judge's written opinion is missing (PUB-07)"
}

@test "release: a conflict about the case stands in the way; not of what is withdrawn" {
	with_text 民初1 法定继承纠纷
	quiet decide 2025民初1 profile=2016
	quiet release ${B}1 --to public
	quiet decide 2025民初1 doc_kind=裁定书 profile=2016
	git clone -q --bare d other
	case-file set 2025民初1 judge=赵一 2>/dev/null
	GAVEL_DOCKET=$PWD/other case-file set 2025民初1 judge=孙二 2>/dev/null
	case-file pull other 2>/dev/null || true
	is "$(case-file conflicts | jq -r .id)" （2025）沪0114民初1号
	before=$(tip public)
	run_rc 3 case-publish release ${B}2 --to public
	has "$stderr" 'a conflict about （2025）沪0114民初1号 is open'
	is "$(tip public)" "$before"
	quiet withdraw ${B}1 --to public --reason 有误
	is "$(field ${B}1 .state)" withdrawn
}

# until_said TEXT: somebody else has got so far
until_said() { until grep -q "$1" err 2>/dev/null; do :; done; }

@test "release: what somebody else wrote meanwhile is not overlooked" {
	with_text 民初1 法定继承纠纷
	quiet decide 2025民初1 profile=2016
	mkfifo ids
	case-publish release - --to public <ids >out 2>err &
	exec 4>ids
	printf '%s\n' ${B}1 ${B}9 >&4
	until_said 'line 2'
	quiet happen ${B}1 note
	exec 4>&-
	wait $! && false || is $? 4
	has "$(cat err)" "${B}1.json was changed by somebody else meanwhile: nothing was published, run it again"
	is "$(git -C public rev-list --count main)" 1
	is "$(field ${B}1 .state)" decided
}

@test "release: what a crash left undone is done by the same command" {
	with_text 民初1 法定继承纠纷
	quiet decide 2025民初1 profile=2016 --on 2025-05-01
	before=$(tip)
	quiet release ${B}1 --to public --on 2025-05-20
	out=$(tip public)
	git -C d update-ref refs/heads/main "$before" # the public half was written, ours was not
	is "$(field ${B}1 .state)" decided
	quiet release ${B}1 --to public
	is "$(tip public)" "$out"
	is "$(field ${B}1 '[.state, .released_on] | join(" ")')" 'released 2025-05-20'
	# the public docket is made anew from what the court has
	git -C public update-ref refs/heads/main main~1
	quiet release ${B}1 --to public
	is "$(git -C public show "main:documents/沪0114/0000/${W}1.json" | jq -r .state)" published
}

@test "release: the papers of one case give one person one label, in the same run, too" {
	a_case 民初1 法定继承纠纷 'parties: [{role: "原告", name: "张伟"}, {role: "被告", name: "张丽"}]' | case-file import 2>/dev/null
	printf '民事判决书\n原告张伟，被告张丽。\n' >民事判决书.txt
	printf '民事裁定书\n张丽、张伟。\n' >民事裁定书.txt
	printf '通知书\n张丽、张伟。\n' >通知书.txt
	case-file attach 2025民初1 民事判决书.txt 民事裁定书.txt 通知书.txt 2>/dev/null
	quiet decide 2025民初1 profile=2016
	quiet decide 2025民初1 profile=2016 doc_kind=裁定书
	quiet decide 2025民初1 profile=2016 doc_kind=通知书 affects_rights=true
	quiet release ${B}1 ${B}2 --to public
	quiet release ${B}3 --to public
	is "$(git -C public show "main:documents/沪0114/0000/${W}1.json" | jq -r .text | tail -2)" 原告张某1，被告张某2。
	is "$(git -C public show "main:documents/沪0114/0000/${W}2.json" | jq -r .text | tail -2)" 张某2、张某1。
	is "$(git -C public show "main:documents/沪0114/0000/${W}3.json" | jq -r '.text, .title' | tail -3)" '张某2、张某1。

张某1诉张某2法定继承纠纷一审通知书'
}

@test "withdraw: the text goes, the record stays; again, and the stub" {
	with_text 民初1 法定继承纠纷
	quiet decide 2025民初1 profile=2016 --on 2025-05-01
	try withdraw ${B}1 --to public --reason 有误
	quiet release ${B}1 --to public --on 2025-05-20
	try withdraw ${B}1 --to public
	try withdraw ${B}1 --to public --reason 李丽提出异议
	try withdraw ${B}1 --to public --reason '来电13800001234要求撤回'
	try withdraw ${B}1 --to public --reason 技术处理有误 --on 2025-05-19
	try withdraw ${B}1 --to public --reason 技术处理有误 --by 钱正 --on 2025-05-21
	is "$(git -C public show "main:documents/沪0114/0000/${W}1.json" | jq -Sc 'del(.events)')" \
		"{\"case\":\"（2025）沪0114民初1号\",\"court\":\"上海市嘉定区人民法院\",\"doc_kind\":\"判决书\",\"id\":\"${W}1\",\"issued_on\":\"2025-02-01\",\"kind\":\"document\",\"published_on\":\"2025-05-20\",\"state\":\"withdrawn\",\"withdrawn_on\":\"2025-05-21\",\"withdrawn_reason\":\"技术处理有误\"}"
	is "$(field ${B}1 '[.state, .released_on, .withdrawn_on, .withdrawn_reason] | join(" ")')" 'withdrawn 2025-05-20 2025-05-21 技术处理有误'
	# a run over all cases does not bring it back
	case-file list --state closed | case-publish decide profile=2016 2>/dev/null | run_rc 3 case-publish release - --to public --on 2025-05-22 2>/dev/null
	try release ${B}1 --to public --on 2025-05-22
	is "$(field ${B}1 .state)" withdrawn
	try release ${B}1 --to public --on 2025-05-22 --again
	is "$(field ${B}1 '[.state, (.events | map(.event) | join(","))] | join(" ")')" 'released decide,release,withdraw,republish'
	# it turns out to fall under article 4
	case-file set 2025民初1 cause=离婚纠纷 2>/dev/null
	try decide 2025民初1
	is "$(field ${B}1 .state)" released
	try withdraw ${B}1 --to public --reason 属于不公开情形 --on 2025-05-23
	try decide 2025民初1
	try release ${B}1 --to public
	is "$(field ${B}1 '[.state, .ground] | join(" ")')" 'stub divorce'
	is "$(git -C public show "main:documents/沪0114/0000/${W}1.json" | jq -r '[.state, .withheld_reason, (.events | map(.event) | join(","))] | join(" ")')" \
		'withheld 离婚诉讼 release,withdraw,republish,withdraw,withhold'
	golden case-publish-release/withdraw "$(tried)"
}

# ---- feed ----

@test "feed: what is new, corrected, withheld, withdrawn and gone, and no text" {
	with_text 民初1 买卖合同纠纷
	with_text 民初2 买卖合同纠纷
	a_case 民初3 离婚纠纷 | case-file import 2>/dev/null
	case-file list | case-publish decide profile=2024 >/dev/null 2>&1
	start=$(tip public)
	quiet release ${B}1 ${B}2 ${B}3 --to public
	case-publish feed -C public >out
	is "$(jq -r '[.change, .kind, .id, .state, .title // "-", .withheld_reason // "-", has("text")] | map(tostring) | join(" ")' out)" \
		"published document ${W}1 published 欧阳某诉李某买卖合同纠纷一审民事判决书 - false
published document ${W}2 published 欧阳某诉李某买卖合同纠纷一审民事判决书 - false
withheld document ${W}3 withheld - 离婚诉讼 false"
	is "$(case-publish feed -C public --from "$start" | md5sum)" "$(md5sum <out)"
	first=$(tip public)
	is "$(case-publish feed -C public --from "$first")" ''
	quiet withdraw ${B}1 --to public -m 有误
	case-file set -C public document:${W}2 tribunal=第一人民法庭 2>/dev/null
	is "$(case-publish feed -C public --from "$first" | jq -r '[.change, .id, .tribunal // .withdrawn_on, has("title")] | map(tostring) | join(" ")')" \
		"withdrawn ${W}1 2025-06-01 false
corrected ${W}2 第一人民法庭 true"
	# notes are nobody's business, and nothing that can be seen changed
	second=$(tip public)
	case-file set -C public document:${W}2 notes=内部 2>/dev/null
	is "$(case-publish feed -C public --from "$second")" ''
	# up to a commit, and back from the beginning
	is "$(case-publish feed -C public --from "$start" --to "$first" | md5sum)" "$(md5sum <out)"
	is "$(case-publish feed -C public -o tsv --fields change,id | head -n 2)" "change	id
withdrawn	${W}1"
}

@test "release: a title that names somebody, a paper without a word, a telephone in other writings" {
	with_text 民初1 法定继承纠纷
	quiet decide 2025民初1 profile=2016 title=张大炮诉李丽法定继承纠纷一审民事判决书
	try release ${B}1 --to public
	quiet decide 2025民初1 profile=2016 title=欧阳文诉李丽法定继承纠纷一审民事判决书
	with_text 民初2 买卖合同纠纷
	sed -i 's/联系电话13800001234/一三八〇〇〇〇一二三四/' 民事判决书.txt
	case-file detach 2025民初2 民事判决书.txt 2>/dev/null || case-file set 2025民初2 files= 2>/dev/null
	case-file attach 2025民初2 民事判决书.txt 2>/dev/null
	quiet decide 2025民初2 profile=2016
	try release ${B}2 --to public
	a_case 民初3 买卖合同纠纷 | case-file import 2>/dev/null
	: >判决书.txt
	case-file attach 2025民初3 判决书.txt 2>/dev/null
	quiet decide 2025民初3 profile=2016
	try release ${B}3 --to public
	golden case-publish-release/writings "$(tried)"
	is "$(case-file list -C public --kind document | wc -l)" 0
}

@test "feed: what cannot be" {
	a_case 民初1 买卖合同纠纷 | case-file import 2>/dev/null
	try feed
	try feed -C public x
	try feed -C public --from nothing
	try feed -C public --to nothing
	try feed -C public --from main --at main --to main
	try feed -C nowhere
	golden case-publish/feed "$(tried)"
}

@test "a state secret found behind a stub: the stub is taken back, and stays withheld" {
	a_case 民初1 离婚纠纷 | case-file import 2>/dev/null
	case-publish decide 2025民初1 profile=2024 >/dev/null 2>&1
	quiet release ${B}1 --to public
	is "$(case-file get -C public document:${W}1 | jq -r '[.state, .withheld_reason, .issued_on] | join(" ")')" 'withheld 离婚诉讼 2025-02-01'
	quiet decide ${B}1 state_secret=true
	try release ${B}1 --to public
	quiet withdraw ${B}1 --to public -m 不应公开
	is "$(case-file get -C public document:${W}1 | jq -c 'del(.events)')" \
		'{"case":"（2025）沪0114民初1号","court":"上海市嘉定区人民法院","id":"沪0114-W000001","kind":"document","state":"withdrawn","withdrawn_on":"2025-06-01","withdrawn_reason":"不应公开"}'
	is "$(field ${B}1 '[.state, .ground, .withdrawn_reason] | join(" ")')" 'withheld state-secret 不应公开'
	# once is enough, and nothing of it comes back
	try withdraw ${B}1 --to public -m 再次
	try release ${B}1 --to public
	is "$(case-publish check ${B}1 --only PUB-04,PUB-09 2>/dev/null | jq -r .message)" ''
	golden case-publish-release/stub-secret "$(tried)"
}

@test "an event alone publishes nothing, and check says so" {
	with_text 民初1 买卖合同纠纷
	case-publish decide 2025民初1 profile=2024 >/dev/null 2>&1
	case-file event publication:${B}1 release >/dev/null 2>&1
	is "$(case-publish check ${B}1 --only PUB-08 2>/dev/null | jq -r .message)" 'public_id missing
redacted_sha256 missing'
}

@test "a file whose name says nothing is told, with what to do" {
	a_case 民初1 买卖合同纠纷 | case-file import 2>/dev/null
	printf '判决如下。\n' >扫描件.txt
	case-file attach 2025民初1 扫描件.txt 2>/dev/null
	case-publish decide 2025民初1 profile=2024 >/dev/null 2>&1
	try release ${B}1 --to public
	golden case-publish-release/unnamed "$(tried)"
	quiet decide ${B}1 file=扫描件.txt
	quiet release ${B}1 --to public
	is "$(case-file get -C public document:${W}1 | jq -r .text)" 判决如下。
}

# both WORDS: what check says of both sides
both() { case-publish check --to public --only PUB-13 -o tsv --fields ref.kind,ref.id,message "$@" | tail -n +2; }

@test "check --to: what is here and not there, there and not here, and not the same" {
	with_text 民初1 法定继承纠纷
	with_text 民初2 法定继承纠纷
	a_case 民初3 离婚纠纷 | case-file import 2>/dev/null
	a_case 民初4 离婚纠纷 | case-file import 2>/dev/null
	case-file list | case-publish decide profile=2016 2>/dev/null >/dev/null
	is "$(both)" ''
	quiet release ${B}1 ${B}3 --to public
	is "$(both)" ''
	quiet withdraw ${B}1 --to public --reason 技术处理有误
	is "$(both)" ''
	quiet release ${B}1 --to public --again
	# past case-publish, on either side
	case-file event publication:${B}2 release 2>/dev/null
	case-file event publication:${B}4 stub 2>/dev/null
	run_rc 1 case-publish check --only PUB-13 -o tsv --fields ref.id,message
	golden case-publish-release/by-hand "$output"
	case-file set -C public document:${W}1 text=另一文本 2>/dev/null
	case-file event -C public document:${W}3 publish 2>/dev/null
	echo "{\"kind\":\"document\",\"id\":\"${W}9\",\"court\":\"沪0114\",\"case\":\"（2025）沪0114民初9号\",\"state\":\"published\"}" | case-file import -C public 2>/dev/null
	before=$(tip)$(tip public)
	golden case-publish-release/both "$(both)"
	is "$(tip)$(tip public)" "$before"
	is "$(both ${B}1)" "publication	${B}1	the text in the public docket is not the one that was released"
	is "$(both --state stub | wc -l)" 3
	is "$(case-publish check --to public --skip PUB-13 | jq -r 'select(.rule == "PUB-13")')" ''
	try check --to nowhere
	try check --to d
	golden case-publish-release/check-to "$(tried)"
	case-publish list >records
	cd /
	run_rc 6 env -u GAVEL_DOCKET case-publish check - --to "$BATS_TEST_TMPDIR/public" <"$OLDPWD/records"
}
