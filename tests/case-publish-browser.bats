#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The site in a browser, headless: the search, the facets, and what only a browser knows of a page.

load helper
load site.bash

setup() {
	command -v chromium >/dev/null || skip 'chromium is not installed'
	setup_public
	sample | put
	site www --lang both 2>/dev/null
	perl "$ROOT/tests/serve.pl" www port >/dev/null 2>&1 3>&- &
	server=$!
	for _ in $(seq 100); do
		[ -s port ] && break
		sleep 0.1
	done
	base=http://127.0.0.1:$(cat port)
}
teardown() {
	[ -z "${server-}" ] || kill "$server" 2>/dev/null || :
}

# browse URL [OPTION...]: the page as it stands when its scripts have run.
browse() {
	timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --user-data-dir="$BATS_TEST_TMPDIR/chromium" \
		--virtual-time-budget=8000 "${@:2}" --dump-dom "$base/$1" 2>/dev/null >dom
	[ -s dom ]
}
# What paper shows of a page.
paper() {
	timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --user-data-dir="$BATS_TEST_TMPDIR/chromium" \
		--print-to-pdf=paper.pdf "$base/$1" 2>/dev/null
	pdftotext -layout paper.pdf -
}
# What a search shows: titles, one a line.
hits() { xmllint --html --xpath '//ol[@id="hits"]//h2/a/text()' dom 2>/dev/null; }
shown() { xmllint --html --xpath "string($1)" dom 2>/dev/null; }
looked() { xmllint --html --xpath 'string(//pre[@id="look"])' dom 2>/dev/null; }
is_hidden() { [ "$(xmllint --html --xpath "count(//*[@id='$1'][@hidden])" dom 2>/dev/null)" = 1 ]; }

@test "the search finds what is in titles, texts and numbers, titles first" {
	browse 'search.html?q=民间借贷'
	is "$(hits)" '钱某诉孙某民间借贷纠纷一审民事裁定书
张某诉李某民间借贷纠纷一审民事判决书
案例1
案例2'
	is "$(shown '//*[@id="status"]')" '找到 4 条结果'
	is "$(shown '//input[@id="q"]/@id')" q
	browse 'search.html?q=借条载明'
	is "$(hits)" '张某诉李某民间借贷纠纷一审民事判决书'
	# where it stands in the text
	is "$(shown '//p[@class="snippet"]/mark')" 借条载明
	has "$(shown '//p[@class="snippet"]')" '借条载明本金三万元'
	# full width is half width, capitals are small
	browse 'search.html?q=abc公司'
	is "$(hits)" '张某诉李某民间借贷纠纷一审民事判决书'
	is "$(shown '//mark')" ＡＢＣ公司
	# what has all its parts, but not side by side, comes behind, and says so
	browse 'search.html?q=（2022）沪0114民初2号'
	is "$(hits)" '王某诉赵某买卖合同纠纷一审民事判决书
案例1'
	is "$(xmllint --html --xpath 'count(//li[contains(., "检索词分散出现")])' dom 2>/dev/null)" 1
	# subtitle, keyword, library number, class: a plain hit, with the place
	for asked in 名为投资实为借贷 保底条款 2024-07-2-103-008 涉众型; do
		browse "search.html?q=$asked&kind=case"
		has "$(hits)" 案例1
		is "$asked $(xmllint --html --xpath 'count(//li[contains(., "检索词分散出现")])' dom 2>/dev/null)" "$asked 0"
		is "$(shown '//li[contains(., "案例1")]//mark')" "$asked"
	done
	browse 'search.html?q=条款保底&kind=case'
	is "$(hits)" ''
	# a figure's name
	browse 'search.html?q=净增'
	is "$(hits)$(shown '//mark')" 报告1净增
	# a stub is found by its number, and by nothing else
	browse 'search.html?q=民初4号'
	is "$(hits | head -n 1)" （2022）沪0114民初4号
	is "$(shown '//ol[@id="hits"]/li[1]//span[@class="badge"]')" 不公开
	# the pairs are there, and not side by side
	browse 'search.html?q=借贷条'
	is "$(hits)" ''
	browse 'search.html?q=验收+货款'
	is "$(hits)" '王某诉赵某买卖合同纠纷一审民事判决书'
}

@test "the search says what it cannot find, and what it cannot look for" {
	browse 'search.html?q=火星殖民'
	is "$(shown '//*[@id="status"]')" '没有找到符合条件的内容。'
	browse 'search.html?q=张'
	is "$(shown '//*[@id="status"]')" '请至少输入两个相连的汉字，或一个完整的词、数字。'
	browse 'search.html'
	is_hidden results
	# a question is text, wherever it is shown
	browse 'search.html?q=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E%3Cscript%3Ealert(1)%3C/script%3E民间借贷'
	is "$(xmllint --html --xpath 'count(//img | //*[@onerror]) + count(//script)' dom 2>/dev/null)" 1
	rm -r www/data
	browse 'search.html?q=民间借贷'
	is "$(shown '//*[@id="status"]')" '检索数据读取失败，请稍后再试。'
}

@test "facets choose, alone and with a search; what is chosen stands in the address" {
	browse 'documents.html?cause=民间借贷纠纷'
	is "$(hits)" '钱某诉孙某民间借贷纠纷一审民事裁定书
张某诉李某民间借贷纠纷一审民事判决书'
	is_hidden list
	browse 'documents.html?cause=民间借贷纠纷&tribunal=商事审判庭'
	is "$(hits)" '钱某诉孙某民间借贷纠纷一审民事裁定书'
	browse 'search.html?q=民间借贷&kind=case'
	is "$(hits)" '案例1
案例2'
	browse 'search.html?class=涉众型'
	is "$(hits)" '张某诉李某民间借贷纠纷一审民事判决书
案例1'
	browse 'search.html?year=1999'
	is_hidden results
	browse 'documents.html'
	is_hidden results
	run ! is_hidden list
	# choices with their counts; one that is none is not shown
	is "$(xmllint --html --xpath '//select[@id="f-cause"]/option/text()' dom 2>/dev/null)" '全部
民间借贷纠纷 (2)
买卖合同纠纷 (1)'
	is "$(xmllint --html --xpath 'count(//select[@id="f-court"]/parent::*[@hidden])' dom 2>/dev/null)" 1
	browse 'en/search.html?q=民间借贷&kind=case'
	is "$(shown '//*[@id="status"]')" '2 found'
	is "$(shown '//ol[@id="hits"]//h2/a/@href')" t/u6caa0114-t000001.html
}

@test "hostile records run nothing, and are found as what they are" {
	document 9 published '"title":"<img src=x onerror=alert(1)>甲乙丙","text":"</div><script src=//example.org/x.js></script>丁戊己","cause":"<b>庚</b>","published_on":"2022-06-01"' | put
	site www --lang both 2>/dev/null
	browse d/u6caa0114-w000009.html
	is "$(xmllint --html --xpath 'count(//img | //b | //*[@onerror]) + count(//script)' dom 2>/dev/null)" 1
	has "$(shown '//*[@id="text"]')" '<script src=//example.org/x.js></script>丁戊己'
	browse 'search.html?q=丁戊己'
	is "$(hits)" '&lt;img src=x onerror=alert(1)&gt;甲乙丙'
	has "$(shown '//p[@class="snippet"]')" '//example.org/x.js></script>丁戊己'
	is "$(xmllint --html --xpath 'count(//img | //b | //*[@onerror]) + count(//script)' dom 2>/dev/null)" 1
}

@test "on paper: all rows of a table, and the command of a figure, to its end" {
	command -v pdftotext >/dev/null || skip 'pdftotext is not installed'
	report 3 released "\"figures\":[{\"label\":\"x\",\"value\":1,\"command\":\"case-file list $(printf -- '-f member%03d ' $(seq 60))\"},
		{\"label\":\"y\",\"series\":[$(for i in $(seq 99); do printf '{"label":"row%d","value":%d},' "$i" "$((70000 + i))"; done){\"label\":\"row100\",\"value\":70100}]}]" | tr -d '\n\t' | put
	site www --lang both 2>/dev/null
	paper r/u6caa0114-g000003.html >printed
	is "$(grep -oE 'row[0-9]+ +7[0-9]{4}' printed | tr -s ' ' | sort -u | wc -l) $(grep -oE 'member[0-9]{3}' printed | wc -l)" '100 60'
}

@test "light and dark, wide and narrow: contrast, labels, focus, nothing that sticks out" {
	echo '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>look</title><body><script src="look.js"></script>' >www/look.html
	cp "$ROOT/tests/site-look.js" www/look.js
	pages='index.html search.html?q=民间借贷 documents.html cases.html documents-facets.html d/u6caa0114-w000001.html d/u6caa0114-w000004.html t/u6caa0114-t000001.html
		r/u6caa0114-g000001.html statistics.html 404.html en/index.html'
	asked=$(for page in $pages; do jq -rn --arg p "$page" '"look=\($p | @uri)&"'; done | tr -d '\n')
	for scheme in light dark; do
		[ "$scheme" = light ] && colours=1 || colours=0
		browse "look.html?$asked" --blink-settings=preferredColorScheme="$colours" --virtual-time-budget=120000
		is "$(looked)" "$(for page in $pages; do printf '%s 1280: %s; \n%s 390: %s; \n' "$page" $scheme "$page" $scheme; done)
done"
	done
	# the look finds what it is for
	sed -i 's/--soft: #5f5a52/--soft: #b0b0b0/; s/:focus-visible {[^}]*}/:focus { outline: none; }/' www/assets/site.css
	sed -i 's/<label for=.q.>[^<]*<.label>//' www/search.html
	browse 'look.html?look=search.html' --blink-settings=preferredColorScheme=1
	for word in contrast 'no label' 'focus is not shown'; do has "$(looked)" "$word"; done
}
