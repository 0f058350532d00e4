#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# court-id: what is this number, is it valid, what is its official form, and if not, why?
load helper

setup() { common_setup; }

# check KIND VALID NORMAL REASON TEXT [OPTION...]
check() {
	local kind=$1 valid=$2 normal=$3 reason=$4 text=$5
	shift 5
	run --separate-stderr court-id "$@" -- "$text"
	is "$(jq -r '[.kind, .valid, .normal // "", .reason // ""] | join("|")' <<<"$output")" "$kind|$valid|$normal|$reason"
	is "$status" "$([ "$valid" = true ] && echo 0 || echo 1)"
}

@test "case numbers: every way of writing one" {
	for text in '（2022）沪0114民初1234号' '(2022)沪0114民初1234号' '〔2022〕沪0114民初1234' '[2022] 沪 0114 民初 第 1234 号' \
		'２０２２沪０１１４民初１２３４号' '(2022)沪0114民初01234号'; do
		is "$(court-id "$text" | jq -r .normal)" '（2022）沪0114民初1234号'
	done
	check case-number true （2022）沪0114民初12号 '' 民初12 --court 沪0114
	is "$(court-id --court 沪0114 --as-of 2019-05-01 民初12 | jq -r .normal)" '（2019）沪0114民初12号'
	is "$(court-id '（2022）沪0114知民初7号' | jq -c .parts)" \
		'{"class":"new","court":"沪0114","court_name":"上海市嘉定区人民法院","serial":"7","special":"知","type":"民初","type_name":"民事一审案件","year":2022}'
}

@test "case numbers: each that is none has its own answer" {
	check case-number true （2013）沪一中民四（商）终字第45号 '' '(2013)沪一中民四(商)终字第45号'
	check case-number true （2016）苏民终字第7号 'old grammar, but the year is 2016' （2016）苏民终字第7号之一
	check case-number false '' '2 case numbers in one' '(2022)沪0114民初1、2号'
	check case-number false '' 'masked: ××' （2022）沪0114民初××号
	check case-number false '' 'no court code before 民初' 民初12
	check unknown false '' 'no court and no case type in it' hello
	for class in new:（2022）沪0114民初1号 legacy:（2012）嘉民一初字第1号 multi:（2022）沪0114民初1、2号 masked:（2022）沪0114民初×号; do
		run --separate-stderr court-id "${class#*:}"
		is "$(jq -r .parts.class <<<"$output")" "${class%%:*}"
	done
}

@test "identity numbers, codes, phones, plates and cards: valid, and why not" {
	check resident-id true 11010519491231002X '' 11010519491231002x
	check resident-id false '' 'check digit is 1, should be X' 110105194912310021
	check resident-id false '' '1949-13-31 is not a date' 11010519491331002X
	check credit-code true 91350100M000100Y43 '' 91350100m000100y43
	check credit-code false '' 'check character is 4, should be 3' 91350100M000100Y44
	check phone true 13800138000 '' 13800138000
	check phone true 021-59520000 '' '021-59520000'
	check phone false '' '2 digits, a mobile number has 11' 12 --kind phone
	check plate true 沪A12345 '' '沪A·12345'
	check plate true 沪AD12345 '' 沪ad12345
	check bank-card true 6222021234567890128 '' '6222 0212 3456 7890 128'
	check bank-card false '' 'check digit is 3, should be 8' 6222021234567890123
}

@test "--kind forces one, and says what that one misses" {
	for kind in case-number resident-id credit-code phone plate bank-card; do
		run -1 --separate-stderr court-id --kind $kind '没有'
		is "$(jq -r '[.kind, .valid] | join(" ")' <<<"$output")" "$kind false"
		[ "$(jq -r .reason <<<"$output")" != null ]
	done
	is "$(court-id --kind bank-card 6222021234567890128 | jq -r .valid)" true
	run_rc 2 court-id --kind foo 12
	golden court-id/kind "$stderr"
	for court in 嘉定 0114 沪0114民; do
		run_rc 2 court-id --court "$court" 民初12
		printf '%s\n' "$stderr" >>courts
	done
	golden court-id/court "$(cat courts)"
	run_rc 2 court-id --kin phone 12
	golden court-id/option "$stderr"
}

@test "the shape of a row is fixed" {
	run_ok court-id '(2022)沪0114民初12号'
	is "$output" '{"input":"(2022)沪0114民初12号","kind":"case-number","normal":"（2022）沪0114民初12号","parts":{"class":"new","court":"沪0114","court_name":"上海市嘉定区人民法院","serial":"12","type":"民初","type_name":"民事一审案件","year":2022},"valid":true}'
	run -1 --separate-stderr court-id 110105194912310021
	is "$output" '{"input":"110105194912310021","kind":"resident-id","parts":{},"reason":"check digit is 1, should be X","valid":false}'
	run_ok court-id -o csv --fields kind,valid,normal 13800138000
	is "$output" $'kind,valid,normal\nphone,true,13800138000'
}

@test "lines: accidents of files, hostile ones, and every line answered" {
	printf '\xEF\xBB\xBF13800138000\r\n沪A12345\r\n' >bom
	is "$(court-id <bom | jq -r .normal | xargs)" '13800138000 沪A12345'
	is "$(printf '13800138000' | court-id | jq -r .kind)" phone
	printf '13800138000\n\xff\xfe\n沪A12345\n' >binary
	run_rc 8 court-id <binary
	is "$(jq -r .kind <<<"$output" | xargs)" 'phone plate'
	golden court-id/binary "$stderr"
	printf 'a\0b\n13800138000\n' >nul
	run --separate-stderr court-id <nul
	is "$(tail -n 1 <<<"$output" | jq -r .kind)" phone
	# Words of the command line may be anything, too.
	run_rc 8 court-id 13800138000 $'1\xff' ''
	is "$(jq -c '[.input, .kind, .valid]' <<<"$output")" $'["13800138000","phone",true]\n["","unknown",false]'
	is "$stderr" 'court-id: 1\xff: not UTF-8 (byte 0xff)'
	run_rc 3 court-id $'\xff'
	run_rc 8 court-id < <(head -c 17000000 /dev/zero | tr '\0' 7; printf '\n13800138000\n')
	is "$(jq -r .kind <<<"$output")" phone
	golden court-id/endless "$stderr"
	head -c 100000 /dev/zero | tr '\0' 7 >long
	run --separate-stderr court-id <long
	is "$(jq -r .valid <<<"$output")" false
	run_ok court-id </dev/null
	is "$output" ''
	run_ok court-id -o json </dev/null
	is "$output" '[]'
	yes 13800138000 | head -n 50000 | court-id | head -n 1 >/dev/null
	is "${PIPESTATUS[2]}" 0
}
