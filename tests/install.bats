#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# make install and uninstall: what is installed works without the tree, and all of it goes away again.
load helper

setup() {
	common_setup
	D=$BATS_TEST_TMPDIR/dest
}

# make TARGET out of the tree that is tested; what is not built stays so.
make_target() {
	make --no-print-directory -s -C "$ROOT" -o all BIN="$BIN" LIBEXEC="$(dirname "$BIN")/libexec/gavel" \
		BUILD="$BATS_TEST_TMPDIR/no-build" DESTDIR="$D" PREFIX=/opt/gavel "$@"
}

# Run with nothing of the tree or of the user's environment.
installed() {
	env -i PATH="$D/opt/gavel/bin:/usr/bin:/bin" HOME="$HOME" GAVEL_TODAY=2022-06-30 LANG="${LANG_OF-C.UTF-8}" \
		GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=clerk GIT_AUTHOR_EMAIL=clerk@example.org \
		GIT_COMMITTER_NAME=clerk GIT_COMMITTER_EMAIL=clerk@example.org "$@"
}

@test "install: commands run away from the tree, with their data, helpers and messages" {
	run_ok make_target install
	is "$output" ''
	is "$(cd "$D/opt/gavel/bin" && echo *)" 'case-audit case-bundle case-file case-publish court-date court-id credit-repair mediate mediator pipe-stat seize-check seizure'
	cd "$HOME"
	run_ok installed case-file init --court 沪0114 docket
	export GAVEL_DOCKET=docket
	run_ok installed case-file open -C docket --type 民初 cause=离婚纠纷 -o ids
	is "$output" '（2022）沪0114民初1号'
	run_ok installed case-file list -C docket --jq '.cause == "离婚纠纷"' -o ids
	is "$output" '（2022）沪0114民初1号'
	run_ok installed court-date 2022-09-30 +1wd
	is "$output" 2022-10-08
	run_ok installed court-id --fields parts.court_name -o tsv （2022）沪0114民初1号
	has "$output" 上海市嘉定区人民法院
	LANG_OF=zh_CN.UTF-8 run_rc 6 installed case-file get -C docket 民初9
	has "$stderr" 案件库
	# The file of fast reading is found, or import would say so.
	printf '{"id":"（2022）沪0114民初%d号"}\n' $(seq 100 200) | installed case-file import -C docket
	is "$(installed case-file list -C docket -o ids | wc -l)" 102
}

@test "install: pages, completions and tables are where others look for them" {
	make_target install
	cd "$D/opt/gavel/share"
	for page in man5/gavel-docket.5 man7/gavel.7 man7/gavel-cookbook.7; do
		[ -s "man/$page" ]
	done
	for command in "$D"/opt/gavel/bin/*; do
		command=${command##*/}
		[ -s "man/man1/$command.1" ]
		grep -q "^complete -F .* $command\$" "bash-completion/completions/$command"
		is "$(head -n 1 "zsh/site-functions/_$command")" "#compdef $command"
		grep -q "^complete -c $command " "fish/vendor_completions.d/$command.fish"
	done
	for file in LICENSE site/layout.jq site/site.css site/words.en.json ref/holidays.tsv schema/case.json jq/prelude.jq demo/judgments.jq locale/zh_CN/LC_MESSAGES/gavel.mo; do
		[ -s "gavel/$file" ]
	done
	# Anybody may read it, nobody but the owner may write it.
	is "$(find "$D" -type f ! -perm 644 ! -perm 755)" ''
}

@test "install: blanks in the way are no trouble, and a second install is like the first" {
	D="$BATS_TEST_TMPDIR/with blank"
	run_ok make_target install
	cd "$D"
	find . -type f -exec sha256sum {} + | sort >../once
	make_target install
	is "$(find . -type f -exec sha256sum {} + | sort)" "$(cat ../once)"
	run_ok make_target uninstall
	is "$(find . ! -type d)" ''
}

@test "uninstall leaves nothing behind, and nothing of others is taken" {
	mkdir -p "$D/opt/gavel/bin" "$D/opt/gavel/share/zsh/site-functions"
	touch "$D/opt/gavel/bin/other" "$D/opt/gavel/share/zsh/site-functions/_other"
	make_target install
	run_ok make_target uninstall
	is "$(cd "$D" && find . ! -type d | sort)" './opt/gavel/bin/other
./opt/gavel/share/zsh/site-functions/_other'
	is "$(cd "$D" && find . -name 'bash-completion' -o -name 'libexec' -o -name fish)" ''
	# What is not there need not be taken away.
	run_ok make_target uninstall
}
