# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034 # the suites use what is set here
# Cases whose documents are to be published, for the suites of case-publish; behind helper.

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share GAVEL_TODAY=2025-06-01
	make_docket 2>/dev/null
}
tip() { git -C d rev-parse main; }
B=沪0114-B00000
field() { case-file get "publication:$1" | jq -r "$2"; }
quiet() { case-publish "$@" >/dev/null 2>>said; }

# a_case NUMBER CAUSE [MEMBERS]: 甲 against 乙, closed by judgment in effect since 2025-02-20, unless MEMBERS say otherwise
a_case() {
	jq -cn --arg id "（2025）沪0114$1号" --arg cause "$2" '{kind: "case", $id, $cause, state: "closed", closed_by: "judgment", filed_on: "2025-01-02",
		decided_on: "2025-02-01", closed_on: "2025-02-01", effective_on: "2025-02-20", judge: "钱正", clerk: "卫兰",
		parties: [{role: "原告", name: "欧阳文", type: "person", id_no: "310114198503120016", phone: "13800001234"}, {role: "被告", name: "李丽", type: "person"}]}
		+ ('"{${3-}}"')'
}
# try WORDS: runs case-publish, keeps what it said and its code for a golden file; nothing may be written when it fails.
try() {
	local before rc=0
	before=$(tip)
	printf '$ case-publish %s\n' "$*" >>tried
	case-publish "$@" >/dev/null 2>said1 </dev/null || rc=$?
	[ "$rc" = 0 ] || is "$(tip)" "$before"
	cat said1 >>tried
	printf '[%s]\n' "$rc" >>tried
}
tried() { sed -E 's/commit [0-9a-f]{10}/commit COMMIT/' tried; }
