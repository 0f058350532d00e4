#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Chinese messages: complete, up to date, and there without the package "locales".
load helper

setup() {
	common_setup
	unset LC_ALL LC_MESSAGES LANG LANGUAGE
	# A machine that has no locale but C.UTF-8, whatever this one has.
	mkdir locales
	ln -s /usr/lib/locale/C.utf8 locales/C.utf8
	export LOCPATH=$PWD/locales
}

# A small tree with two messages that are translated, to see what the check notices.
scratch() {
	rm -rf tree
	mkdir -p tree/make tree/lib tree/cmd tree/po
	cp "$ROOT/make/po-update.sh" tree/make
	printf '%s\n' 'f(_("one"));' 'f(N_("two %s"));' >tree/lib/a.c
	sed '/^$/q' "$ROOT/po/zh_CN.po" >tree/po/zh_CN.po
	tree/make/po-update.sh >/dev/null
	sed -i '/^msgid "one"/{n;s/""/"一"/}; /^msgid "two %s"/{n;s/""/"二 %s"/}' tree/po/zh_CN.po
}

@test "every message is translated, and none that is gone is left (make po-update)" {
	run_ok "$ROOT/make/po-update.sh" --check
	is "$output" ''
	run_ok msgfmt --check --output-file=gavel.mo "$ROOT/po/zh_CN.po"
	cmp gavel.mo "$ROOT/share/locale/zh_CN/LC_MESSAGES/gavel.mo"
	# A sentence that somebody forgot to translate is still English.
	is "$(msgattrib --translated --no-wrap "$ROOT/po/zh_CN.po" | grep -E '^msgstr "[a-z ,.%]* [a-z ,.%]*"$')" ''
}

@test "what the check notices" {
	scratch
	run_ok tree/make/po-update.sh --check
	is "$output" ''

	echo 'f(_("three"));' >>tree/lib/a.c
	run_rc 1 tree/make/po-update.sh --check
	is "$output" 'po/zh_CN.po is out of date: run make po-update and translate what it lists
to translate in po/zh_CN.po:
  three'
	run_ok tree/make/po-update.sh
	run_rc 1 tree/make/po-update.sh --check
	is "$output" 'to translate in po/zh_CN.po:
  three'

	scratch
	sed -i 's/two %s/two times %s/' tree/lib/a.c
	run_ok tree/make/po-update.sh
	has "$output" 'two times %s'
	run_rc 1 tree/make/po-update.sh --check

	scratch
	sed -i 1d tree/lib/a.c
	run_rc 1 tree/make/po-update.sh --check
	has "$output" 'out of date'
	run_ok tree/make/po-update.sh
	run_ok tree/make/po-update.sh --check
	run_rc 1 grep -q 一 tree/po/zh_CN.po

	scratch
	sed -i 's/二 %s/二 %d/' tree/po/zh_CN.po
	run_rc 1 msgfmt --check -o /dev/null tree/po/zh_CN.po
}

@test "Chinese wherever the environment asks for it, without any locale" {
	run_rc 2 setlocale_fails
	for language in LANG=zh_CN.UTF-8 LANG=zh_CN LC_ALL=zh_CN.UTF-8 LC_MESSAGES=zh_CN.UTF-8 LANG=zh_CN.GB18030 \
		'LANG=C.UTF-8 LC_ALL=zh_CN.UTF-8' 'LC_ALL=C.UTF-8 LANGUAGE=zh_CN' 'LANG=en_US.UTF-8 LANGUAGE=zh_CN:en'; do
		# shellcheck disable=SC2086 # several variables
		run_rc 3 env $language court-date 2022-02-30 +1d
		is "$language: $stderr" "$language: court-date: 2022-02-30 不是日期"
	done
	for language in LANG=C LC_ALL=C 'LC_ALL=C LANG=zh_CN.UTF-8' LANG=en_US.UTF-8 LANG=C.UTF-8 LANG=xx_XX.UTF-8 LANG= \
		'LC_ALL=C.UTF-8 LANGUAGE='; do
		# shellcheck disable=SC2086
		run_rc 3 env $language court-date 2022-02-30 +1d
		is "$language: $stderr" "$language: court-date: 2022-02-30 is not a date"
	done
}
# Shows that this machine really has no Chinese locale now.
setlocale_fails() {
	LC_ALL=zh_CN.UTF-8 locale 2>&1 | grep -q 'Cannot set LC_ALL' && return 2
}

@test "Chinese: help, errors, notes, reasons and the titles of rules and fields" {
	export LANG=zh_CN.UTF-8
	run_ok case-file init --court 沪0114 d
	is "$stderr" 'case-file init: 沪0114 的案件库已建在 d'
	export GAVEL_DOCKET=$PWD/d
	run_ok case-file --help
	has "$output" '用法：case-file SUBCOMMAND'
	has "$output" '登记案件并编定下一个案号'
	run_ok case-file list --help
	has "$output" '只取符合条件的记录，如'
	run_ok case-file open --type 民初 --party 原告=张三 -o ids
	is "$output" '（2022）沪0114民初1号'
	has "$stderr" 'case-file open: 写入 1 条，未变动 0 条：提交 '
	run_rc 3 case-file set 民初1 closed_on=2022-02-30
	is "$stderr" 'case-file set: （2022）沪0114民初1号: closed_on: 2022-02-30 不是日期'
	run_rc 2 case-file list --nosuch
	has "$stderr" 'case-file list: 没有选项 --nosuch'
	run_rc 1 court-id --fields reason -o tsv 110105194912310021
	has "$output" '校验码为 1，应为 X'
	run_ok case-file check --explain SL-14
	has "$output" '施行：自 2019-03-28 起'
	run_rc 1 case-file check --only CA-03 --fields message -o tsv
	has "$output" '缺少案由'
}

@test "data, exit codes and what is stored are the same in every language" {
	make_docket 2>/dev/null
	printf '%s\n' '{"id":"（2022）沪0114民初1号","cause":"离婚纠纷","received_on":"2022-06-01"}' '{"id":"x"}' >rows
	for language in C.UTF-8 zh_CN.UTF-8; do
		export LANG=$language
		rm -rf d
		case-file init --court 沪0114 d 2>/dev/null
		GIT_AUTHOR_DATE='1656550000 +0800' GIT_COMMITTER_DATE='1656550000 +0800' run_rc 8 case-file import rows
		git -C d log -1 --format='%s %b %T' >"stored.$language"
		for format in ndjson json table csv tsv ids; do
			case-file list --with all -o $format
		done >"list.$language"
		case-file due --fields until,clock,rule,state >"due.$language"
		court-date --list 2022 >"holidays.$language"
	done
	for file in stored list due holidays; do
		cmp "$file.C.UTF-8" "$file.zh_CN.UTF-8"
	done
}

@test "help of options fits into 80 columns in both languages" {
	for LANG in C.UTF-8 zh_CN.UTF-8; do
		export LANG
		for command in $(for name in $(commands); do
			"$name" --dump-spec
		done | awk -F '\t' '$1 == "command" { sub(/ /, "/", $2); print $2 }'); do
			# shellcheck disable=SC2086 # a subcommand is a word of its own
			${command/\// } --help | grep '^  ' >help
			[ "$(LC_ALL=C.UTF-8 wc -L <help)" -le 80 ] || {
				echo "$LANG $command --help is $(LC_ALL=C.UTF-8 wc -L <help) wide"
				return 1
			}
		done
	done
}
