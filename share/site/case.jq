# SPDX-License-Identifier: MIT
# A typical case: what it means, what happened, how it ended and why, and what is like it.

def part($name; $text): if $text and $text != "" then @html "<section class='part \($name)' aria-labelledby='\($name)'><h2 id='\($name)'>\(word($name))</h2>\n<div lang='zh-CN'>" + ($text | paragraphs) + "</div></section>\n" else "" end;

def keywords:
  if .keywords and (.keywords | length) > 0 then
    @html "<ul class='keywords' aria-label='\(word("keywords"))' lang='zh-CN'>" + (.keywords | map(@html "<li><a href='\($p.up)search.html?q=\(@uri)'>\(.)</a></li>") | join("")) + "</ul>\n"
  else "" end;

# 680(1)(2) is 第680条第1款第2项, 680-1 is 第680条之一; what says itself what it is stays as it is.
def article:
  [capture("^(?<art>[0-9]+)(-(?<after>[0-9]{1,2}))?([(（](?<par>[0-9]+)[)）])?([(（](?<item>[0-9]+)[)）])?$")][0] as $a
  | if startswith("第") then .
    elif $p.lang != "zh" and test("^[0-9]") then " Art. " + .
    elif $a then
      "第\($a.art)条" + ($a.after | if . then "之" + (tonumber as $n | ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"][$n] // .) else "" end)
      + (if $a.par then "第\($a.par)款" else "" end) + (if $a.item then "第\($a.item)项" else "" end)
    elif test("^[0-9一二三四五六七八九十百千〇零][^条款项]*$") then "第\(.)条"
    else . end;

def law: (.doc // "") as $doc | "《\($doc | ltrimstr("《") | rtrimstr("》"))》\(.art // "" | if . == "" then "" else article end)" as $name | "<li>" + (.url | outward($name)) + "</li>";

# 典型案例：张某诉李某民间借贷纠纷案，上海市嘉定区人民法院（2022）沪0114民初49号，入库编号2024-07-2-044-008
def case_citation: [.title, ((.court // "") + (.case // "") | select(. != "")), (.library_no | select(.) | "入库编号" + .)] | join("，");

def whole_case:
  "<article class='doc case'>\n<header>" + @html "<p class='kicker'>\(word("case_kicker"))\(if .class then " · " + .class else "" end)</p>\n<h1 lang='zh-CN'>\(.title)</h1>\n"
  + (if .subtitle then @html "<p class='subtitle' lang='zh-CN'>\(.subtitle)</p>\n" else "" end) + keywords + "</header>\n<div class='cols'>\n<div class='text' id='text'>\n"
  + part("gist"; .gist) + part("facts"; .facts) + part("result"; .result) + part("reasons"; .reasons)
  + (if .laws and (.laws | length) > 0 then @html "<section class='part laws' aria-labelledby='laws'><h2 id='laws'>\(word("laws"))</h2>\n<ul lang='zh-CN'>" + (.laws | map(law) | join("")) + "</ul></section>\n" else "" end)
  + "</div>\n<aside>\n" + @html "<h2>\(word("about_case"))</h2>\n<dl class='terms'>"
  + term("library_no"; .library_no | plain) + term("case"; .case | plain) + term("court"; .court | plain) + term("cause"; .cause | plain) + term("tribunal"; .tribunal | plain)
  + term("class"; if .class then "\(.class)\(if .class_code then "（" + .class_code + "）" else "" end)" | plain else .class_code | plain end)
  + term("decided_on"; .decided_on | time_of) + term("published_on"; .published_on | time_of) + "</dl>\n"
  + (if ($p.documents | length) > 0 then @html "<h2>\(word("case_documents"))</h2>\n" + ($p.documents | rows("h3")) else "" end)
  + (if ($p.similar | length) > 0 then @html "<h2>\(word("similar"))</h2>\n" + ($p.similar | rows("h3")) else "" end)
  + (case_citation | cite) + "</aside>\n</div>\n</article>\n";

def typical_case:
  $p.rec | if .state == "withdrawn" then page(.id; ""; stub("withdrawn_notice"; .withdrawn_reason; .withdrawn_on)) else page(.title; .subtitle // .gist // "" | .[:120]; whole_case) end;
