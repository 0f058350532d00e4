# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034 # the suites use what is set here
# Cases whose documents are to be published, for the suites of case-publish; behind helper.

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share GAVEL_TODAY=2025-06-01
	make_docket 2>/dev/null
	case-file init --court 沪0114 public 2>/dev/null
}
tip() { git -C "${1-d}" rev-parse main; }
B=沪0114-B00000
W=沪0114-W00000
field() { case-file get "publication:$1" | jq -r "$2"; }
quiet() { case-publish "$@" >/dev/null 2>>said; }

# a_case NUMBER CAUSE [MEMBERS]: 甲 against 乙, closed by judgment in effect since 2025-02-20, unless MEMBERS say otherwise
a_case() {
	jq -cn --arg id "（2025）沪0114$1号" --arg cause "$2" '{kind: "case", $id, $cause, state: "closed", closed_by: "judgment", filed_on: "2025-01-02",
		decided_on: "2025-02-01", closed_on: "2025-02-01", effective_on: "2025-02-20", judge: "钱正", clerk: "卫兰",
		parties: [{role: "原告", name: "欧阳文", type: "person", id_no: "310114198503120016", phone: "13800001234"}, {role: "被告", name: "李丽", type: "person"}]}
		+ ('"{${3-}}"')'
}
# with_text NUMBER CAUSE: such a case with its judgment
with_text() {
	a_case "$@" | case-file import 2>/dev/null
	cat >民事判决书.txt <<-END
		上海市嘉定区人民法院
		民事判决书
		（2025）沪0114$1号
		原告：欧阳文，女，1985年3月12日出生，汉族，住上海市嘉定区墨玉路88号201室，公民身份号码310114198503120016。
		被告：李丽，女，住上海市嘉定区。
		欧阳文诉称，李丽占有遗产，联系电话13800001234。
		审判员 钱正
		书记员 卫兰
	END
	case-file attach "2025$1" 民事判决书.txt 2>/dev/null
}

# try WORDS: runs case-publish, keeps what it said and its code for a golden file; nothing may be written when it fails.
try() {
	local before rc=0
	before=$(tip)$(tip public)
	printf '$ case-publish %s\n' "$*" >>tried
	case-publish "$@" >/dev/null 2>said1 </dev/null || rc=$?
	[ "$rc" = 0 ] || is "$(tip)$(tip public)" "$before"
	cat said1 >>tried
	printf '[%s]\n' "$rc" >>tried
}
tried() { sed -E 's/commit [0-9a-f]{10}/commit COMMIT/' tried; }
