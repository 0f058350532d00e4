#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# case-file check: findings, which are records, for what does not stand up to the schema, the docket or the law.
load helper

setup() {
	common_setup
	make_docket
	case-file open --type 民初 --on 2022-01-10 cause=买卖合同纠纷 procedure=ordinary >/dev/null 2>&1
	case-file open --type 民初 --on 2022-02-10 cause=离婚纠纷 procedure=simplified >/dev/null 2>&1
	first=cases/2022/沪0114/民初/0000/1.json
}

# by_hand PATH JQ: somebody changes a record with other tools and gets past the hook
by_hand() {
	[ -d c ] || git clone -q d c
	git -C c pull -q
	mkdir -p "c/$(dirname "$1")"
	if [ -n "${2-}" ]; then
		jq -S --indent 2 "$2" "c/${3-$1}" >new
		mv new "c/$1"
	else
		cat >"c/$1"
	fi
	git -C c add -A
	git -C c commit -qm 'by hand'
	mv d/hooks/pre-receive hook
	git -C c push -q origin HEAD:main
	mv hook d/hooks/pre-receive
}
found() { jq -r '[.rule, .level, .message] | join(" ")' <<<"$output"; }

@test "a sound docket: nothing is said, exit 0" {
	run_ok case-file check --strict
	is "$output" ''
	run_ok case-file check 民初1 --strict
	is "$output" ''
	run_ok case-file list -o ids
	case-file list | case-file check -
}

@test "only the cases of some years, courts and types" {
	case-file open --type 执 --on 2022-01-10 cause=买卖合同纠纷 >/dev/null 2>&1
	by_hand cases/2022/沪0114/执/0000/1.json '.closed_on = "2022-02-30"'
	run_rc 1 case-file check --strict --type 执
	is "$(jq -r .ref.id <<<"$output" | uniq)" （2022）沪0114执1号
	run_rc 1 case-file check --strict --type 执 -o ids
	is "$(uniq <<<"$output")" （2022）沪0114执1号
	run_ok case-file check --strict --type 民初
	run_ok case-file check --strict --year 2021
	run_ok case-file check --strict --court 沪0115
	run_rc 2 case-file check --strict --year 22
}

@test "the docket's own rules, each broken by hand" {
	by_hand $first '.judge = "王法官" | .' && sed -i 's/^  "judge"/    "judge"/' c/$first && git -C c commit -qam x &&
		mv d/hooks/pre-receive h && git -C c push -q origin HEAD:main && mv h d/hooks/pre-receive
	run_rc 1 case-file check --strict
	golden check/canonical "$(found)"
	run_ok case-file check
	by_hand $first .
	run_ok case-file check --strict

	by_hand cases/2022/沪0114/民初/0000/7.json . $first
	run_rc 1 case-file check --strict --only DK-03
	has "$(found)" 'DK-03 violation cases/2022/沪0114/民初/0000/7.json'
	git -C c rm -q cases/2022/沪0114/民初/0000/7.json

	by_hand $first '.closed_on = "2022-02-30" | .stat = 1'
	run_rc 1 case-file check --strict --only DK-04
	golden check/fields "$(found)"

	by_hand $first 'del(.closed_on, .stat) | .links = [{"rel": "related", "id": "（2022）沪0114民初99号"}]'
	run_rc 1 case-file check --strict --only DK-05
	golden check/links "$(found)"

	by_hand $first 'del(.links) | .state = "closed"'
	run_rc 1 case-file check --strict --only DK-06
	golden check/state "$(found)"

	by_hand $first '.state = "open"'
	by_hand conflicts/case/x.json . $first
	echo '{"a":' | by_hand cases/2022/沪0114/民初/0000/8.json
	run_rc 1 case-file check
	has "$(jq -r .rule <<<"$output")" DK-01
}

@test "rules of law: CN-02, CA-03, LA-03, ID-02, SL-15" {
	by_hand cases/2022/沪0114/民初/0000/3.json '
		.id = "（2022）沪0114民初3号" | .received_on = "2021-12-20" | .cause = "居间合同纠纷"
		| .parties = [{"role": "原告", "name": "张三", "id_type": "resident-id", "id_no": "110105194912310021"}]' $first
	run_rc 1 case-file check 民初3
	golden check/law "$(found)"
	run_rc 1 case-file check 民初3 --only CN-02 -o ndjson
	is "$(jq -c '[.kind, .rule, .level, .ref, .case, .as_of, (.basis | length > 0)]' <<<"$output")" \
		'["finding","CN-02","warn",{"id":"（2022）沪0114民初3号","kind":"case"},"（2022）沪0114民初3号","2022-06-30",true]'
	run_ok case-file check 民初3 --skip 'CN-*,CA-03,ID-*'
}

@test "--rules and --explain tell what there is; unknown ones are refused" {
	run_ok case-file check --rules -o ndjson
	is "$(jq -r 'select(.basis | length == 0) | .id' <<<"$output")" ''
	# What is no text of law is never a violation.
	is "$(jq -r 'select(.level == "violation" and (.id | startswith("DK-") | not)) | .id' <<<"$output" | xargs)" \
		"$(jq -r 'select(.id == "LA-05" or .id == "SL-14" or .id == "SL-18" or .id == "SL-15") | select(.level == "violation") | .id' <<<"$output" | xargs)"
	run_ok case-file check --explain DK-03
	golden check/explain "$output"
	run_rc 2 case-file check --only XX-01
	golden check/only "$stderr"
	run_rc 2 case-file check --explain DK-3
	golden check/no-rule "$stderr"
	run_rc 6 case-file check 民初99
	golden check/not-there "$stderr"
}
