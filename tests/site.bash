# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# A public docket for the suites of case-publish site; behind helper.

setup_public() {
	common_setup
	export GAVEL_SHARE=$ROOT/share GIT_AUTHOR_DATE='2022-06-30T09:30:00+08:00' GIT_COMMITTER_DATE='2022-06-30T09:30:00+08:00'
	case-file init --court 沪0114 public 2>/dev/null
	export GAVEL_DOCKET=$PWD/public
}
put() { case-file import - 2>/dev/null; }
site() { case-publish site --to "${1-www}" "${@:2}"; }

# document N STATE MEMBERS; a case N STATE MEMBERS; report N STATE MEMBERS
document() {
	printf '{"kind":"document","id":"沪0114-W%06d","court":"沪0114","case":"（2022）沪0114民初%d号","state":"%s","issued_on":"2022-05-%02d"%s}\n' \
		"$1" "$1" "$2" "$(($1 % 28 + 1))" "${3:+,$3}"
}
typical() { printf '{"kind":"typical-case","id":"沪0114-T%06d","state":"%s","title":"案例%d"%s}\n' "$1" "$2" "$1" "${3:+,$3}"; }
report() { printf '{"kind":"report","id":"沪0114-G%06d","state":"%s","title":"报告%d"%s}\n' "$1" "$2" "$1" "${3:+,$3}"; }

# A bit of everything: three documents that are published, one withheld, one withdrawn; typical cases; a report.
sample() {
	document 1 published '"title":"张某诉李某民间借贷纠纷一审民事判决书","doc_kind":"判决书","case_type":"民事","cause":"民间借贷纠纷","tribunal":"民事审判庭","class":"涉众型","published_on":"2022-06-01","effective_on":"2022-05-20","profile":"2024","text":"上海市嘉定区人民法院\n民 事 判 决 书\n（2022）沪0114民初1号\n原告张某。\n　　借条载明本金三万元，约定月利率一分。\n甲某以ＡＢＣ公司名义出具收据2022-88。\n审判员　沈知秋"'
	document 2 published '"title":"王某诉赵某买卖合同纠纷一审民事判决书","doc_kind":"判决书","cause":"买卖合同纠纷","tribunal":"商事审判庭","published_on":"2022-06-02","text":"货物验收合格，未付货款。"'
	document 3 published '"title":"钱某诉孙某民间借贷纠纷一审民事裁定书","doc_kind":"裁定书","cause":"民间借贷纠纷","tribunal":"商事审判庭","class":"新类型","published_on":"2022-06-03","text":"准许撤诉。另案借贷有条件。"'
	document 4 withheld '"withheld_reason":"以调解方式结案","title":"LEAK-title","text":"LEAK-text","cause":"LEAK-cause","doc_kind":"LEAK-kind","tribunal":"LEAK-tribunal","class":"LEAK-class","notes":"LEAK-notes"'
	document 5 withdrawn '"withdrawn_on":"2022-06-20","withdrawn_reason":"技术处理不当","title":"LEAK-title","text":"LEAK-text","cause":"LEAK-cause","doc_kind":"LEAK-kind"'
	typical 1 released '"subtitle":"名为投资实为借贷","keywords":["民间借贷","保底条款"],"cause":"民间借贷纠纷","case":"（2022）沪0114民初1号","court":"沪0114","library_no":"2024-07-2-103-008","decided_on":"2022-05-02","published_on":"2022-06-10","facts":"案情。","result":"判令还款。","reasons":"应为借贷。","gist":"名为投资、实为借贷的，按借贷处理。","laws":[{"doc":"中华人民共和国民法典","art":"667","url":"https://flk.npc.gov.cn/"},{"doc":"旧法","art":"1","url":"javascript:alert(1)"}],"documents":["document:沪0114-W000001","document:沪0114-W000004"],"class":"涉众型","class_code":"C1","candidate_reason":"LEAK-candidate","editor":"LEAK-editor"'
	typical 2 released '"cause":"民间借贷纠纷","decided_on":"2022-04-02","published_on":"2022-06-09","keywords":["保底条款"]'
	typical 3 released '"cause":"买卖合同纠纷","published_on":"2022-06-08","laws":[{"doc":"中华人民共和国民法典","art":"667"}],"keywords":["保底条款"]'
	typical 4 released '"cause":"劳动争议","published_on":"2022-06-07","keywords":["工时"]'
	typical 5 candidate '"gist":"LEAK-gist"'
	typical 6 withdrawn '"withdrawn_on":"2022-06-21","withdrawn_reason":"再审","gist":"LEAK-gist"'
	report 1 released '"period_from":"2022-01-01","period_to":"2022-06-30","published_on":"2022-06-28","scope":"一审","text":"收案平稳。","figures":[{"label":"收案","value":12345,"unit":"件","command":"case-file list | pipe-stat -a n=count","note":"含旧存"},{"label":"各月","series":[{"label":"1月","value":3},{"label":"2月","value":9},{"label":"净增","value":-2}]}]'
	report 2 draft '"text":"LEAK-draft"'
}
d() { printf '%s/d/u6caa0114-w%06d.html' "${2-www}" "$1"; }
t() { printf '%s/t/u6caa0114-t%06d.html' "${2-www}" "$1"; }
pages() { find "${1-www}" -name '*.html' | sort; }
# What stands at an XPath of a page, tags and all.
at() { xmllint --xpath "$2" "$1" 2>/dev/null; }
# The plain text of it.
says() { xmllint --xpath "string($2)" "$1" 2>/dev/null; }
# Every element with the names of its attributes, in order: what a page is made of, whatever it says.
skeleton() {
	xmllint --c14n "$1" | perl -0777 -ne 'while (m{<(/?[\w:-]+)((?:\s+[\w:-]+="[^"]*")*)\s*>}g) { my ($e, $a) = ($1, $2); $a =~ s/="[^"]*"//g; $a =~ s/\s+/ /g; print "$e$a\n" }'
}
