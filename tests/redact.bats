#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# case-publish redact and scan: texts and rows; one person is the same in all papers of a case; nothing of what was hidden is left.
load helper

setup() {
	common_setup
	export GAVEL_TODAY=2024-06-03
}

# try CMD...: what it says and its exit code, into the file tried.
try() {
	run --separate-stderr "$@"
	printf '$ %s\n%s\n= %s\n' "$*" "$stderr" "$status" >>tried
}

@test "what cannot be: golden errors" {
	echo 张伟 >x.txt
	printf '\xff\n' >broken.txt
	try case-publish redact --text x.txt
	try case-publish redact --text nowhere.txt --profile 2016
	try case-publish redact --text broken.txt --profile 2016
	try case-publish redact --text x.txt --profile 2020
	try case-publish redact --text x.txt --profile 2016 --party 张伟
	try case-publish redact --profile 2016 --party 原告=张伟 x
	try case-publish redact --profile 2016 --map m x
	try case-publish redact --profile 2016 --text x.txt x
	try case-publish redact --profile 2016 --text x.txt --map nowhere/m
	try case-publish scan --text x.txt --profile 2016 --annotate
	try case-publish scan --text x.txt --profile 2016 --only ANON-99
	golden redact/errors "$(cat tried)"
}

@test "a bad row is told by its line and goes to --errors, the others go on" {
	cat >rows <<'END'
{"id":"a","profile":"2024","text":"张伟来了","parties":["张伟"]}
{"id":"b","profile":"2024","parties":["张伟"]}
{"id":"c","profile":"1999","text":"x","parties":[]}
{"id":"d",
{"id":"e","profile":"2024","text":"李丽来了","parties":[{"role":"原告","name":"李丽"}]}
END
	run_rc 8 case-publish redact --errors bad <rows
	is "$(jq -r .text <<<"$output")" $'张某来了\n李某来了'
	is "$(jq -c '[.line, .field, .reason]' bad)" '[2,"text","b: is missing"]
[3,"profile","c: \"1999\" is neither 2016 nor 2024"]
[4,"","byte 11: text ends inside an object"]'
}

@test "what is withheld goes through as it is" {
	row='{"decision":"withhold","id":"沪0114-B000001","kind":"publication","reason":"以调解方式结案"}'
	is "$(case-publish redact <<<"$row")" "$row"
	run_rc 0 case-publish scan <<<"$row"
	is "$output" ''
}

@test "text in, text out; the map is private and complete" {
	printf '原告：张伟，男，1985年3月12日出生，住上海市嘉定区墨玉路88号。\n张伟诉称，电话１３８ ００００ １２３４。\n' >x.txt
	case-publish redact --text x.txt --profile 2024 --party 原告=张伟 --map map >out
	is "$(cat out)" $'原告：张某，男，住上海市嘉定区。\n张某诉称，电话。'
	is "$(stat -c %a map)" 600
	is "$(jq -r '[.kind, .text, .label // "", .count] | @tsv' map)" "$(printf 'name\t张伟\t张某\t2\nclause\t，1985年3月12日出生\t\t1\naddress\t墨玉路88号\t\t1\nphone\t１３８ ００００ １２３４\t\t1')"
	# Once more changes nothing, and nothing is left.
	is "$(case-publish redact --text out --profile 2024 --party 原告=张伟)" "$(cat out)"
	is "$(case-publish scan --text out --profile 2024 --party 原告=张伟)" ''
	is "$(case-publish redact --text - --profile 2024 --party 原告=张伟 <x.txt)" "$(cat out)"
}

@test "one person is the same in all papers of a case, in whatever order they come" {
	cat >rows <<'END'
{"id":"1","case":"（2024）沪0114民初1号","text":"张丽与张伟","parties":["张伟","张丽"]}
{"id":"2","case":"（2024）沪0114民初2号","text":"张伟与张丽","parties":["张伟","张丽"]}
{"id":"3","case":"（2024）沪0114民初1号","text":"张伟与张丽","parties":["张伟","张丽"]}
{"id":"4","case":"（2024）沪0114民初1号","text":"张三、张伟","parties":["张伟","张丽","张三"]}
END
	is "$(case-publish redact --profile 2024 <rows | jq -r .text)" $'张某1与张某2\n张某1与张某2\n张某2与张某1\n张某3、张某2'
	# Labels that a row brings along are those of an earlier run.
	is "$(case-publish redact --profile 2024 <<<'{"id":"3","text":"张伟与张丽","parties":["张伟","张丽"],"labels":[{"name":"张丽","label":"张某1"}]}' | jq -r .text)" '张某2与张某1'
}

@test "scan: exit 0, 1; findings name rule, text and place; waivers and --annotate" {
	printf '第一行\n证人王小明称，张　伟来过\n' >x.txt
	run_rc 1 case-publish scan --text x.txt --profile 2024 --party 原告=张伟
	is "$(jq -r '[.rule, .level, .facts.what, .facts.text, .facts.line] | @tsv' <<<"$output")" "$(printf 'ANON-02\treview\tunknown-name\t王小明\t2\nANON-02\treview\tname\t张　伟\t2')"
	run_rc 0 case-publish scan --text x.txt --profile 2016 --party 原告=张伟
	is "$output" ''
	row='{"id":"1","text":"证人王小明称","parties":[],"waivers":[{"text":"王小明","reason":"公开报道"}]}'
	run_rc 0 case-publish scan --profile 2024 <<<"$row"
	run_rc 1 case-publish scan --profile 2024 --annotate <<<"${row/\"text\":\"王小明\"/\"text\":\"王\"}"
	is "$(jq -c '[.id, (.findings | length)]' <<<"$output")" '["1",1]'
}

@test "judges, clerks and case numbers must be seen" {
	printf '审判员：×××\n书记员：×××\n（××××）沪××民初××号\n' >x.txt
	run_rc 1 case-publish scan --text x.txt --profile 2024
	is "$(jq -r '.facts.what' <<<"$output" | sort | uniq -c | tr -s ' ')" ' 3 over-redacted'
	printf '审判员：钱正\n书记员：卫兰\n（2024）沪0114民初1号\n' >x.txt
	run_rc 0 case-publish scan --text x.txt --profile 2024
	is "$(case-publish redact --text x.txt --profile 2024 --party 审判员=钱正 --party 书记员=卫兰)" "$(cat x.txt)"
}

# A hundred invented judgments, each with identities of its own, in many writings.
invent() {
	local i name other id
	for i in $(seq 100); do
		name=$(printf '%s%s' "$(cut -d' ' -f$((i % 7 + 1)) <<<'张 王 欧阳 赵 司徒 买买提· 孙')" "$(cut -d' ' -f$((i % 5 + 1)) <<<'文静 建 国强 小玉 海')")
		other=$(printf '李%s' "$(cut -d' ' -f$((i % 6 + 1)) <<<'志刚 梅 思远 云 大同 安')")
		id=$(printf '31011419%02d03120%03d' $((i % 80 + 10)) "$i")
		id=$id$((i % 10))
		jq -nc --arg n "$name" --arg o "$other" --arg id "$id" --arg p "138$(printf %08d $((i * 7919)))" --arg a "6222$(printf %015d $((i * 104729)))" --arg i "$i" '
			def wide: explode | map(if . >= 48 and . <= 57 then . + 65248 else . end) | implode;
			{id: $i, case: "（2024）沪0114民初\($i)号", cause: "离婚纠纷", parties: [{role: "原告", name: $n, id_no: $id, phone: $p}, {role: "被告", name: $o, account: $a}],
			 text: "上海市嘉定区人民法院\n民事判决书\n（2024）沪0114民初\($i)号\n原告：\($n)，女，1985年3月12日出生，汉族，住上海市嘉定区墨玉路\($i)号，公民身份号码\($id)。\n被告：\($o)，男。\n\($n)诉称，电话\($p | wide)，\($p[0:3]) \($p[3:7]) \($p[7:])，账号\($a[0:4]) \($a[4:8]) \($a[8:12]) \($a[12:16]) \($a[16:])。\($o[0:1])　\($o[1:])辩称，身份证\($id | wide)不是他的。\n审判员　钱正\n书记员　卫兰\n"}'
	done
}

@test "no original value is in any output, in any writing" {
	invent >rows
	for profile in 2016 2024; do
		case-publish redact --profile $profile <rows >out
		is "$(wc -l <out)" 100
		jq -r '.text' out >texts
		# Without blanks, full width as half width: what could be read in it.
		jq -r '.text | explode | map(if . >= 65296 and . <= 65305 then . - 65248 else . end) | map(select(. != 32 and . != 10 and . != 12288 and . != 45)) | implode' out >plain
		jq -r '.parties[] | .name, .id_no, .phone, .account | select(.)' rows | sort -u >originals
		[ "$(wc -l <originals)" -gt 150 ]
		is "$(grep -Ff originals texts plain)" ''
		is "$(grep -c '审判员　钱正' texts)" 100
		is "$(grep -c '沪0114民初' plain)" 100
		run_rc 0 case-publish scan --profile $profile <out
		is "$output" ''
		# It would be seen: the same papers, not redacted.
		run_rc 1 case-publish scan --profile $profile <rows
	done
}

@test "names with dots are called by their parts, and by letters in brackets" {
	who=(--profile 2024 --party 原告=古丽娜尔·买买提 --party 被告=约翰·史密斯)
	printf '原告：古丽娜尔•买买提，女。\n被告：约翰·史密斯（John Smith），男。\n古丽娜尔诉称，史密斯与 JOHN  SMITH 是一人（以下同）。\n' >text
	is "$(case-publish redact --text text "${who[@]}")" '原告：古某，女。
被告：约某（约某），男。
古某诉称，约某与 约某 是一人（以下同）。'
	# two characters may be of another word: somebody looks
	printf '约翰到庭。\n' >text
	is "$(case-publish scan --text text "${who[@]}" -o tsv --fields facts.what,facts.text)" 'facts.what	facts.text
given-name	约翰'
	# letters behind nobody's name stay
	printf '甲公司（PDF）与约翰·史密斯（男）的合同（CIF）。\n' >text
	is "$(case-publish redact --text text "${who[@]}")" '甲公司（PDF）与约某（男）的合同（CIF）。'
}
