#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2154,SC2034,SC2016,SC2094 # bats sets stderr; names that are looked up; jq
# case-publish site: what is on the pages, what never is, and what a second run does.

load helper
load site.bash

setup() { setup_public; }

# The files of a folder with their bytes, but for the list.
bytes() { (cd "$1" && find . -type f ! -name .gavel-site -exec sha256sum {} + | sort -k 2); }

# Pages are what pages must be: a parser that forgives nothing, then elements, addresses, names, headings.
check_pages() {
	find "${1-www}" '(' -name '*.html' -o -name '*.xml' ')' -exec xmllint --noout {} +
	is "$(perl "$ROOT/tests/site-check.pl" "${1-www}" "${2-/}" | head -n 20)" ''
}

@test "pages: what is released, stubs of what is withheld or withdrawn, and nothing else" {
	sample | put
	run_ok site
	is "$(cd www && echo d/* t/* r/*)" 'd/u6caa0114-w000001.html d/u6caa0114-w000002.html d/u6caa0114-w000003.html d/u6caa0114-w000004.html d/u6caa0114-w000005.html t/u6caa0114-t000001.html t/u6caa0114-t000002.html t/u6caa0114-t000003.html t/u6caa0114-t000004.html t/u6caa0114-t000006.html r/u6caa0114-g000001.html'
	is "$(grep -rl LEAK www)" ''
	is "$(says "$(d 1)" '//h1')" 张某诉李某民间借贷纠纷一审民事判决书
	is "$(says "$(d 1)" '//cite')" 上海市嘉定区人民法院（2022）沪0114民初1号民事判决书
	is "$(at "$(d 1)" '//p[@class="heading"]/text()')" '上海市嘉定区人民法院
民 事 判 决 书
（2022）沪0114民初1号'
	is "$(says "$(d 1)" '//p[@class="signature"]')" '审判员　沈知秋'
	has "$(says "$(d 1)" '//section[@id="text"]')" '借条载明本金三万元，约定月利率一分。'
	has "$(at "$(d 1)" '//aside//h3/a/@href')" '../t/u6caa0114-t000001.html'
	# four fields (PUB-04)
	is "$(at "$(d 4)" '//dd//text()')" '（2022）沪0114民初4号
上海市嘉定区人民法院
2022年5月5日
以调解方式结案'
	is "$(at "$(d 5)" '//dd//text()')" '（2022）沪0114民初5号
上海市嘉定区人民法院
2022年5月6日
2022年6月20日
技术处理不当'
	has "$(says "$(d 5)" '//main')" 镜像
	is "$(at "$(t 6)" '//dd//text()')" '2022年6月21日
再审'
	is "$(says "$(t 6)" '//h1')" 沪0114-T000006
	check_pages
}

@test "a typical case: its parts, its documents, and what is like it" {
	sample | put
	site 2>/dev/null
	is "$(at "$(t 1)" '//h2/text()')" '裁判要旨
基本案情
裁判结果
裁判理由
关联法条
案例信息
相关裁判文书
类似案例
引用'
	is "$(says "$(t 1)" '//cite')" 案例1，上海市嘉定区人民法院（2022）沪0114民初1号，入库编号2024-07-2-103-008
	# a scheme that is not on the list is text; a withheld document is no link
	is "$(at "$(t 1)" '//section[contains(@class,"laws")]//a/@href')" ' href="https://flk.npc.gov.cn/"'
	is "$(at "$(t 1)" '//section[contains(@class,"laws")]//li[2]/text()')" '《旧法》第1条'
	# the same cause and keyword before the same article and keyword; what has a keyword alone is not like it
	is "$(at "$(t 1)" '//aside//h3/a/@href' | tr -d '\n')" ' href="../d/u6caa0114-w000001.html" href="../t/u6caa0114-t000002.html" href="../t/u6caa0114-t000003.html"'
	is "$(at "$(t 4)" 'count(//aside//h3)')" 0
	is "$(at "$(t 2)" '//aside//h3/a/@href')" ' href="../t/u6caa0114-t000001.html"'
	# whom a record names goes before whom it is like; only released ones, and not itself
	case-file set typical-case:沪0114-T000001 'similar=["typical-case:沪0114-T000001","typical-case:沪0114-T000004","typical-case:沪0114-T000006"]' 2>/dev/null
	site 2>/dev/null
	is "$(at "$(t 1)" '//aside//h3/a/@href' | tr -d '\n')" ' href="../d/u6caa0114-w000001.html" href="../t/u6caa0114-t000004.html"'
}

@test "articles of law: what is cited, in either language" {
	typical 1 released "\"laws\":[$(for art in 667 '680(1)' '680(1)(2)' '680（3）' 680-1 '133-1(2)' 120-11 第六十七条 第六百八十条第一款 六十七 667、680 667-669 附件一; do printf '{"doc":"民法典","art":"%s"},' "$art"; done)$(printf '{"doc":"《刑法》"}')]" | put
	site www --lang both 2>/dev/null
	is "$(at "$(t 1)" '//section[contains(@class,"laws")]//li/text()')" '《民法典》第667条
《民法典》第680条第1款
《民法典》第680条第1款第2项
《民法典》第680条第3款
《民法典》第680条之一
《民法典》第133条之一第2款
《民法典》第120条之11
《民法典》第六十七条
《民法典》第六百八十条第一款
《民法典》第六十七条
《民法典》第667、680条
《民法典》第667-669条
《民法典》附件一
《刑法》'
	is "$(at "$(t 1 www/en)" '//section[contains(@class,"laws")]//li/text()' | sed -n '1,3p;5p;8p;13,14p')" '《民法典》 Art. 667
《民法典》 Art. 680(1)
《民法典》 Art. 680(1)(2)
《民法典》 Art. 680-1
《民法典》第六十七条
《民法典》附件一
《刑法》'
}

@test "lists and their facets, statistics, a report with its charts" {
	sample | put
	site 2>/dev/null
	is "$(at www/documents.html '//section[@id="list"]//h2/a/@href' | tr -d ' \n')" 'href="d/u6caa0114-w000005.html"href="d/u6caa0114-w000004.html"href="d/u6caa0114-w000003.html"href="d/u6caa0114-w000002.html"href="d/u6caa0114-w000001.html"'
	is "$(at www/documents.html '//aside//summary/text()')" '年份
案由
审判庭
分类'
	is "$(at www/documents.html '//aside//details[2]//a//text()' | tr -s '\n ' ' ')" '民间借贷纠纷 2 买卖合同纠纷 1 '
	cause=$(says www/documents.html '//aside//details[2]//li[1]/a/@href')
	is "$(says "www/$cause" '//h1')" 裁判文书案由：民间借贷纠纷
	is "$(at "www/$cause" 'count(//section[@id="list"]//h2)')" 2
	is "$(at www/documents-year-2022.html 'count(//section[@id="list"]//h2)')" 5
	is "$(at www/cases.html 'count(//section[@id="list"]//h2)')" 5
	is "$(at www/statistics.html '//table[@class="totals"]//td/text()' | tr '\n' ' ')" '3 1 1 4 1 '
	is "$(at www/statistics.html 'count(//svg[@role="img"][title][desc])') $(at www/statistics.html 'count(//figure//table)')" '7 7'
	is "$(says www/statistics.html '//figure[1]//tbody/tr[last()]')" 2022-063
	is "$(says "$(d 4)" '(//main//dd)[4]')" 以调解方式结案
	r=www/r/u6caa0114-g000001.html
	is "$(says $r '//p[@class="fig-value"]')" 12345件
	is "$(says $r '//code')" 'case-file list | pipe-stat -a n=count'
	# what is less than nothing is to the left of a line
	is "$(at $r '//rect/@x | //rect/@width' | tr -d '\n')" ' x="192" width="60" x="192" width="180" x="152" width="40"'
	is "$(says $r '//path[@class="zero"]/@d') $(says $r '(//text[@class="value"])[3]')" 'M192 0V96 -2'
	is "$(grep -c "class='zero'" www/statistics.html)" 0
	is "$(at $r '//figure//td/text()' | tr '\n' ' ')" '3 9 -2 '
	# no page is heavy
	is "$(find www -name '*.html' -size +50k)" ''
	check_pages
}

@test "more than fits on one page of a list goes on on the next" {
	for i in $(seq 1 130); do document "$i" published "\"title\":\"第${i}件\",\"cause\":\"案由$((i % 20))\",\"text\":\"x\""; done | put
	site 2>/dev/null
	is "$(cd www && echo documents*.html | tr ' ' '\n' | grep -vE 'cause|year|facets')" 'documents-2.html
documents-3.html
documents.html'
	for page in documents documents-2 documents-3; do at www/$page.html '//section[@id="list"]//h2/a/text()'; echo; done | grep . | sort | uniq -c | awk '{ n++; if ($1 != 1) print } END { print n }' >counted
	is "$(cat counted)" 130
	is "$(says www/documents-2.html '//nav[@class="pager"]//a[@aria-current="page"]')" 2
	# twelve values beside the list, all of them on a page of their own
	is "$(at www/documents.html 'count(//aside//details[2]//li)')" 13
	is "$(at www/documents-facets.html 'count(//section[@aria-labelledby="v-cause"]//li)')" 20
	is "$(find www -name '*.html' -size +50k)" ''
}

@test "a facet of many values has pages of its own, none of them heavy" {
	jq -nc 'range(400) | (. + 1) as $n | {kind: "document", id: "沪0114-W\(1000000 + $n | tostring | .[1:])", court: "沪0114", case: "（2022）沪0114民初\($n)号",
		state: "published", cause: (if $n <= 60 then "长" * 240 else "案" end + "由\($n)"), tribunal: "庭\($n % 20)", text: "x"}' | put
	site www --lang both 2>/dev/null
	check_pages
	for www in www www/en; do
		is "$(at $www/documents.html '//aside//a[@class="all"]/@href' | tr -d '\n')" ' href="documents-facets-cause.html" href="documents-facets.html"'
		is "$(at $www/documents-facets.html '//a[@class="all"]/@href')" ' href="documents-facets-cause.html"'
		is "$(at $www/documents-facets.html 'count(//section[@aria-labelledby="v-tribunal"]//li)')" 20
		is "$(says $www/documents-facets-cause.html '//nav[@class="pager"]//a[@rel="next"]/@href')" documents-facets-cause-2.html
		for page in "$www"/documents-facets-cause*.html; do at "$page" '//section[@class="values"]//a/span[1]/text()'; echo; done | grep . | sort -u >values
		is "$(wc -l <values)" 400
		is "$(find $www -name '*.html' -size +50k)" ''
	done
	is "$(says www/documents-facets.html '//a[@class="all"]') $(says www/en/documents-facets.html '//a[@class="all"]')" '全部 400 项 all 400'
	is "$(at www/documents-facets-cause-2.html 'count(//nav[@class="pager"]//a[@aria-current="page"])')" 1
}

@test "no link leads nowhere, in either language and at any address" {
	sample | put
	site www --lang both --base-url http://example.org/x 2>/dev/null
	check_pages www /x/
	# the check finds what it is for
	sed -i 's,</main>,<p onclick="x"><a href="javascript:x">x</a><a href="nowhere.html"> </a></p><h1>x</h1><input name="q"/></main>,' "$(d 1)"
	is "$(perl "$ROOT/tests/site-check.pl" www /x/ | wc -l)" 6
}

@test "a second run writes nothing; one record changed, and its pages and lists are written" {
	sample | put
	site 2>/dev/null
	find www -type f -exec touch -d 2022-01-01 {} +
	run_ok site
	is "$stderr" "case-publish site: www: 0 files written, $(find www -type f ! -name .gavel-site | wc -l) unchanged, 0 removed"
	is "$(find www -newermt 2022-01-02 -type f)" ''
	case-file set document:沪0114-W000002 text=货物质量不合格。 2>/dev/null
	site 2>/dev/null
	is "$(find www -newermt 2022-01-02 -name '*.html' | sort)" 'www/d/u6caa0114-w000002.html
www/index.html
www/statistics.html'
	# what is made again from nothing is the same to the byte
	site other 2>/dev/null
	is "$(bytes www)" "$(bytes other)"
	is "$(cat www/.gavel-site)" "$(cat other/.gavel-site)"
	site www --at main~1 2>/dev/null
	site www 2>/dev/null
	is "$(bytes www)" "$(bytes other)"
}

@test "what is gone is taken away, and what is not ours is not" {
	sample | put
	site 2>/dev/null
	echo mine >www/mine.html
	mkdir www/d/more && echo mine >www/d/more/file
	# before any record was there
	run_ok site www --at main~1
	is "$(find www -type f | sort | grep -E '/[dtr]/|mine')" 'www/d/more/file
www/mine.html'
	is "$(find www -type d -empty)" ''
	run_ok site
	is "$(cat www/mine.html www/d/more/file)" 'mine
mine'
	is "$(grep -c mine www/.gavel-site)" 0
}

@test "withdrawal: the text is on no page, in no list and in no index any more" {
	sample | put
	site www --base-url http://example.org/ 2>/dev/null
	grep -rq 借条载明 www
	grep -rq '"条载"' www/data
	case-file event document:沪0114-W000001 withdraw --on 2022-06-29 2>/dev/null
	case-file set document:沪0114-W000001 withdrawn_on=2022-06-29 withdrawn_reason=姓名遗漏 2>/dev/null
	site www --base-url http://example.org/ 2>/dev/null
	is "$(grep -rlE '借条载明|张某|沈知秋|"条载"' www)" ''
	is "$(grep -l w000001 www/feed.xml www/sitemap*.xml)" ''
	has "$(says "$(d 1)" '//main')" 姓名遗漏
	has "$(at www/documents.html '//section[@id="list"]//h2[a/@href="d/u6caa0114-w000001.html"]')" 已撤回
}

@test "hostile text in every field is text: pages are made of the same elements as those of a harmless one" {
	hostile=$'<script>alert(1)</script>"><img src=x onerror=alert(1)>\' onmouseover=\'alert(1) ]]> --> <!-- </title></textarea></script> &lt;b&gt; &#60;i> \\(1+1) {{7*7}} javascript:alert(1) \u202e\u2066\u200b\u0085z\u2028y\u2029x'
	harmless=$'abc\nz\ny\nx'
	for kind in hostile harmless; do
		jq -nc --arg h "${!kind}" --arg url "$([ $kind = hostile ] && echo 'javascript:alert(1)//https://' || echo abc)" '
			("\u0001" + $h) as $h |
			{kind: "document", id: "沪0114-W000001", court: $h[:64], case: "（2022）沪0114民初1号", state: "published", title: $h, doc_kind: $h[:60], cause: $h[:200],
				case_type: $h[:60], procedure: $h[:60], tribunal: $h[:200], class: $h[:100], text: $h, issued_on: "2022-05-02", published_on: "2022-06-01"},
			{kind: "document", id: "沪0114-W000002", court: $h[:64], case: "（2022）沪0114民初2号", state: "withheld", withheld_reason: $h},
			{kind: "document", id: "沪0114-W000003", court: $h[:64], case: "（2022）沪0114民初3号", state: "withdrawn", withdrawn_reason: $h},
			{kind: "typical-case", id: "沪0114-T000001", state: "released", title: $h, subtitle: $h, court: $h[:64], cause: $h[:200], tribunal: $h[:200], keywords: [$h[:200]], gist: $h,
				facts: $h, result: $h, reasons: $h, laws: [{doc: $h[:200], art: $h[:60], url: $url}], class: $h[:100], class_code: $h[:16], published_on: "2022-06-01",
				documents: ["document:沪0114-W000001"]},
			{kind: "report", id: "沪0114-G000001", state: "released", title: $h, scope: $h, text: $h, published_on: "2022-06-01",
				figures: [{label: $h[:200], value: $h[:100], unit: $h[:30], command: $h, note: $h}, {label: $h[:200], series: [{label: $h[:100], value: 1}]}]}' |
			case-file import -C public --errors errors - 2>said || { cat said errors; false; }
		site $kind --title "${!kind}" --base-url http://example.org/ --lang both 2>/dev/null
		(cd $kind && find . -name '*.html' | sed -E 's/-[0-9a-f]{10}\.html/-HASH.html/' | sort) >$kind.files
		rm -rf public
		case-file init --court 沪0114 public 2>/dev/null
	done
	is "$(cat hostile.files)" "$(cat harmless.files)"
	# pages that go by their content's hash are in another order
	(cd hostile && find . -name '*.html' | grep -vE -- '-[0-9a-f]{10}\.html' | sort) >same
	while read -r page; do
		# a description is there where there is a subtitle, lines or no lines: white space between elements does not count
		diff <(skeleton "hostile/$page") <(skeleton "harmless/$page") >/dev/null || echo "$page"
	done <same >differ
	is "$(cat differ)" ''
	check_pages hostile
	# what steers the reading of a text, and is not read, is nowhere
	is "$(grep -rlP '[\x{202a}-\x{202e}\x{2066}-\x{2069}\x{2028}\x{2029}\x{200b}\x{85}\x{1}]' hostile)" ''
	is "$(grep -rl '7\*7}}' hostile/d | wc -l)" "$(grep -rl 'alert(1)' hostile/d | wc -l)"
	# data files are JSON with the same text
	for file in hostile/data/*.json hostile/data/*/*.json; do jq . "$file" >/dev/null; done
}

@test "languages: what is around the records, and where the other one is" {
	sample | put
	site www --lang both 2>/dev/null
	is "$(says www/index.html '/html/@lang') $(says www/en/index.html '/html/@lang')" 'zh-CN en'
	is "$(at "$(d 1)" '//li[@class="lang"]/a/@href')" ' href="../en/d/u6caa0114-w000001.html"'
	is "$(at "$(d 1 www/en)" '//li[@class="lang"]/a/@href')" ' href="../../d/u6caa0114-w000001.html"'
	is "$(at "$(d 1 www/en)" '//link[@rel="stylesheet"]/@href')" ' href="../../assets/site.css"'
	has "$(says "$(d 4 www/en)" '//main')" 'not published'
	is "$(says "$(d 1 www/en)" '//section[@id="text"]/@lang')" zh-CN
	diff <(find www -name '*.html' ! -path 'www/en/*' ! -name 404.html | sed 's,www/,,' | sort) <(find www/en -name '*.html' | sed 's,www/en/,,' | sort)
	site only --lang en 2>/dev/null
	is "$(says only/index.html '/html/@lang') $(at only/index.html 'count(//li[@class="lang"])')" 'en 0'
	# what one language has, the other has
	is "$(jq -c keys "$ROOT/share/site/words.zh.json")" "$(jq -c keys "$ROOT/share/site/words.en.json")"
	run_rc 2 site www --lang fr
	golden case-publish-site/lang "$stderr"
}

@test "an address: canonical links, a sitemap, a page for what is not there" {
	sample | put
	site 2>/dev/null
	[ ! -e www/sitemap.xml ]
	is "$(grep -c canonical www/index.html)" 0
	has "$(cat www/feed.xml)" 'urn:gavel:%E6%B2%AA0114-W000001'
	site www --base-url https://example.org/court 2>/dev/null
	is "$(says "$(d 1)" '//link[@rel="canonical"]/@href')" https://example.org/court/d/u6caa0114-w000001.html
	is "$(says "$(d 1)" '//a[@id="permalink"]')" https://example.org/court/d/u6caa0114-w000001.html
	is "$(says www/404.html '//link[@rel="stylesheet"]/@href')" /court/assets/site.css
	is "$(xmllint --xpath '//*[local-name()="loc"]/text()' www/sitemap.xml)" https://example.org/court/sitemap-1.xml
	is "$(xmllint --xpath 'count(//*[local-name()="url"])' www/sitemap-1.xml)" 13
	is "$(xmllint --xpath 'string(//*[local-name()="entry"][1]/*[local-name()="id"])' www/feed.xml)" https://example.org/court/r/u6caa0114-g000001.html
	is "$(xmllint --xpath 'count(//*[local-name()="entry"])' www/feed.xml)" 8
	for url in ftp://example.org/ https:// 'https://example.org/?q' "https://example.org/'x" javascript:alert; do
		run_rc 2 site www --base-url "$url"
		echo "$stderr"
	done >said
	golden case-publish-site/base-url "$(cat said)"
}

@test "feed and sitemap: the day of what befell a record last, which may be a correction" {
	# entries of the feed: the day, and the record
	entries() { xmllint --xpath '//*[local-name()="entry"]/*[local-name()="updated" or local-name()="id"]/text()' www/feed.xml | sed 's,T00:.*,,; s,.*/,,; s,\.html,,' | paste -d ' ' - -; }
	lastmod() { xmllint --xpath "string(//*[local-name()='url'][contains(., '/$1.html')]/*[local-name()='lastmod'])" www/sitemap-1.xml; }
	{
		document 1 published '"published_on":"2022-06-01","text":"x","events":[{"eid":"aaaaaaaaaaaaaaaa","event":"release","on":"2022-06-01"},{"eid":"aaaaaaaaaaaaaaab","event":"correct","on":"2022-06-15T09:00:00+08:00"},{"eid":"aaaaaaaaaaaaaaac","event":"note","on":"2022-06-29"}]'
		document 2 published '"published_on":"2022-06-05","withdrawn_on":"2022-06-04","text":"x"'
		document 3 published '"text":"x"'
		typical 1 released '"events":[{"eid":"aaaaaaaaaaaaaaaa","event":"release","on":"2022-06-20"}]'
		typical 2 released '"gist":"x"'
		report 1 released '"published_on":"2022-06-02","withdrawn_on":"2022-06-10"'
	} | put
	site www --base-url http://example.org/ 2>/dev/null
	is "$(entries)" 'u6caa0114-t000002 2022-06-30
u6caa0114-t000001 2022-06-20
u6caa0114-w000001 2022-06-15
u6caa0114-g000001 2022-06-10
u6caa0114-w000002 2022-06-05
u6caa0114-w000003 2022-05-04'
	is "$(xmllint --xpath 'string(/*/*[local-name()="updated"])' www/feed.xml)" 2022-06-30T00:00:00+08:00
	is "$(lastmod d/u6caa0114-w000001) $(lastmod r/u6caa0114-g000001) $(lastmod d/u6caa0114-w000003) $(lastmod t/u6caa0114-t000002)" '2022-06-15 2022-06-10 2022-05-04 '
	case-file event document:沪0114-W000002 correct --on 2022-06-28 2>/dev/null
	site www --base-url http://example.org/ --as-of 2022-07-02 2>/dev/null
	is "$(entries | head -n 2)" 'u6caa0114-t000002 2022-07-02
u6caa0114-w000002 2022-06-28'
}

@test "--as-of is the day that the first page names; else the commit's" {
	sample | put
	site 2>/dev/null
	has "$(says www/index.html '//p[contains(@class,"stamp")]')" 2022年6月30日
	GAVEL_TODAY=2030-01-01 run_ok site
	has "$stderr" ': 0 files written'
	site www --as-of 2022-07-01 2>/dev/null
	has "$(says www/index.html '//p[contains(@class,"stamp")]')" 2022年7月1日
}

# try WORDS: what it says, and its code; the folder www stays as it is.
try() {
	local before rc=0
	before=$(find www -type f -exec sha256sum {} + 2>/dev/null | sort)
	printf '$ case-publish site %s\n' "$*" >>tried
	case-publish site "$@" 2>>tried >/dev/null || rc=$?
	printf '[%s]\n' "$rc" >>tried
	is "$(find www -type f -exec sha256sum {} + 2>/dev/null | sort)" "$before"
}

@test "refused: where a site may not be, what is no public docket, a conflict, a folder of others" {
	sample | put
	try
	try --to www more
	try --to public/www
	try --to public
	mkdir www && echo x >www/x
	try --to www
	try --to www/x
	try --to no/such/folder
	ln -s public link
	try --to link/www
	# beside the originals, in the docket of a court or a clone of it
	case-file init --court 沪0114 d 2>/dev/null
	try --to d/www
	git clone -q d clone
	try --to clone/www
	mkdir clone/sub
	try --to clone/sub/www
	rm -rf clone d
	rm -r www
	try --to www --templates nowhere
	try --to www --at nothing
	[ ! -e www ]
	case-file open --type 民初 cause=离婚纠纷 >/dev/null 2>&1
	try --to www
	run_rc 2 site www --at main~1 --title $'\xff'
	is "${stderr%%$'\n'*}" 'case-publish site: --title: not UTF-8 text'
	[ ! -e www ]
	sed "s,$PWD,PWD,g" tried >said
	golden case-publish-site/refused "$(cat said)"
}

@test "refused while a resident's number is in it, however it came there" {
	sample | put
	jq -cn '{kind: "report", id: "沪0114-G000009", state: "released", title: "x", published_on: "2022-06-01", text: "号码110101199003071233x；310114198503120016；310114198503120017"}' |
		case-file import -C public 2>/dev/null
	run_rc 3 site
	is "$stderr" "case-publish site: 沪0114-G000009: text: has a resident's identity number: no page is made while it is there (DK-14)"
	is "$(find www -name '*.html')" ''
	case-file set -C public report:沪0114-G000009 'text=310114198503120017' 2>/dev/null
	run_ok site
}

@test "refused while a conflict is open" {
	sample | put
	git clone -q --bare public other
	cp public/config other/config
	case-file set document:沪0114-W000001 cause=借款合同纠纷 2>/dev/null
	case-file set -C other document:沪0114-W000001 cause=委托合同纠纷 2>/dev/null
	case-file pull other 2>/dev/null || :
	is "$(case-file conflicts -o ids | wc -l)" 1
	run_rc 4 site
	golden case-publish-site/conflict "$stderr"
	[ ! -e www ]
}

@test "a folder is written in as it lies: no link is followed, nothing of others is touched" {
	sample | put
	site 2>/dev/null
	mkdir outside
	mv www/d away && ln -s ../outside www/d
	try --to www
	rm www/d && mv away www/d
	mv www/index.html outside/index.html && ln -s ../outside/index.html www/index.html
	try --to www
	rm www/index.html
	# a file of others where a new page would be
	document 9 published '"text":"x"' | put
	echo mine >"$(d 9)"
	run_rc 4 site
	printf '%s\n' "$stderr" >>tried
	is "$(cat "$(d 9)")" mine
	rm "$(d 9)"
	# a list that names what it may not
	cp www/.gavel-site list
	for line in ../outside/index.html /etc/passwd .git/config 'd/../../x' ''; do
		{ cat list; echo "$line"; } >www/.gavel-site
		try --to www
	done
	echo nonsense >www/.gavel-site
	try --to www
	cp list www/.gavel-site
	# somebody else is at it
	(flock 9 && try --to www) 9<www
	golden case-publish-site/folder "$(cat tried)"
	is "$(ls outside)" index.html
	site 2>/dev/null
	check_pages
}

@test "a run that was killed is made good by the next one" {
	sample | put
	site whole 2>/dev/null
	# the list is begun before the first page; each line before its page, the last one cut
	for lines in 0 1 2 9; do
		rm -rf www
		mkdir -p www/d www/assets
		head -n "$lines" whole/.gavel-site >www/.gavel-site
		[ "$lines" = 0 ] || printf 'd/u6caa0114-w0000' >>www/.gavel-site
		[ "$lines" -lt 9 ] || printf 'half a pa' >"www/$(sed -n 5p whole/.gavel-site)"
		touch www/d/.gavel-site.new
		run_ok site
		is "$(bytes www)" "$(bytes whole)"
		is "$(cat www/.gavel-site)" "$(cat whole/.gavel-site)"
	done
	# a page that somebody changed is what it was
	echo x >>www/index.html
	rm www/search.html
	run_ok site
	has "$stderr" ': 2 files written'
	is "$(bytes www)" "$(bytes whole)"
}

@test "templates of one's own stand for those of the same name; what is wrong with one is said" {
	sample | put
	mkdir own
	printf 'def missing: page("x"; ""; @html "<p>\\($site.title) <b></p>");\n' | cat "$ROOT/share/site/home.jq" - >own/home.jq
	echo 'body { color: red }' >own/site.css
	jq '.tag = "<我们>"' "$ROOT/share/site/words.zh.json" >own/words.zh.json
	site www --templates own 2>/dev/null
	has "$(cat www/404.html)" '<p>上海市嘉定区人民法院 <b></p>'
	is "$(cat www/assets/site.css)" 'body { color: red }'
	has "$(cat www/index.html)" '&lt;我们&gt;'
	has "$(cat www/search.html)" "<span class='tag'>&lt;我们&gt;</span>"
	bad() {
		echo "$2" >own/main.jq
		try --to new --templates own
		rm -rf new
	}
	rm own/*
	bad syntax 'if'
	bad fails 'error("no")'
	bad none 'empty'
	bad two '"a", "b"'
	bad number '1'
	bad loop 'def f: f; f'
	rm own/main.jq
	echo '{' >own/words.zh.json
	try --to new --templates own
	sed -E 's/line [0-9]+/line N/' tried >said
	golden case-publish-site/templates "$(cat said)"
}
