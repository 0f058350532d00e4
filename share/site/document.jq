# SPDX-License-Identifier: MIT
# A document: whole, withheld, or withdrawn.

# 上海市嘉定区人民法院（2022）沪0114民初49号民事判决书
def citation: "\(.court // "")\(.case // "")\(.case_type // "")\(.doc_kind // "")";

def cite:
  @html "<section class='cite' aria-labelledby='cite'><h2 id='cite'>\(word("cite"))</h2>\n<p><cite id='cite-text' lang='zh-CN'>\(.)</cite> <button type='button' class='copy' data-copy='cite-text' data-done='\(word("copied"))' hidden=''>\(word("copy"))</button></p>\n"
  + @html "<p class='permalink'>\(word("permalink")) <a id='permalink' href='\(if $site.base == "" then $p.path | split("/") | last else permalink end)'>\(if $site.base == "" then $p.path else permalink end)</a></p></section>\n";

# No more than may be said: number, court, day, reason (PUB-04).
def stub($notice; $reason; $on):
  "<article class='stub'>\n" + @html "<h1 lang='zh-CN'>\(.case // .id)</h1>\n<div class='notice' role='note'><p><strong>\(word($notice))</strong></p>\n"
  + (if $notice == "withdrawn_notice" then @html "<p>\(word("withdrawn_explained"))</p>\n" else @html "<p>\(word("withheld_explained"))</p>\n" end) + "</div>\n<dl class='terms'>"
  + term("case"; .case | plain) + term("court"; .court | plain) + term("issued_on"; .issued_on | time_of)
  + term("withdrawn_on"; $on | time_of) + term($notice + "_reason"; $reason | plain) + "</dl>\n</article>\n";

# The text comes as its first lines, its last ones, and what is between them.
def heading: if length < 24 and (. == $p.rec.court or . == $p.rec.case or endswith("书")) then @html "<p class='heading'>\(.)</p>" else @html "<p>\(.)</p>" end;
def is_signature: {"审": true, "人": true, "代": true, "法": true, "书": true, "二": true, "2": true}[.[:1]] // false;
def signature: if length < 24 and is_signature and (endswith("。") | not) then @html "<p class='signature'>\(.)</p>" else @html "<p>\(.)</p>" end;
def judgment: (.opening // [] | map(heading) | add // "") + "\n" + (.text // "" | if . == "" then . else paragraphs end) + "\n" + (.closing // [] | map(signature) | add // "");

def whole_document:
  "<article class='doc'>\n<header>" + @html "<p class='kicker' lang='zh-CN'>\(.court // "")</p>\n<h1 lang='zh-CN'>\(name_of)</h1>\n<p class='number' lang='zh-CN'>\(.case)</p></header>\n<div class='cols'>\n"
  + @html "<section class='text' id='text' lang='zh-CN' aria-label='\(word("text"))'>\n" + judgment + "\n</section>\n<aside>\n"
  + @html "<h2>\(word("about_document"))</h2>\n<dl class='terms'>"
  + term("case"; .case | plain) + term("court"; .court | plain) + term("doc_kind"; .doc_kind | plain) + term("cause"; .cause | plain)
  + term("procedure"; .procedure | plain) + term("tribunal"; .tribunal | plain) + term("class"; .class | plain) + term("issued_on"; .issued_on | time_of)
  + term("effective_on"; .effective_on | time_of) + term("published_on"; .published_on | time_of)
  + term("profile"; if .profile then @html "\(word("profile_" + .profile))" else "" end) + "</dl>\n"
  + (if $p.cases then @html "<h2>\(word("cases_of_document"))</h2>\n" + ($p.cases | rows("h3")) else "" end)
  + (citation | cite) + "</aside>\n</div>\n</article>\n";

def document:
  $p.rec
  | if .state == "withheld" then page(.case // .id; ""; stub("withheld_notice"; .withheld_reason; null))
    elif .state == "withdrawn" then page(.case // .id; ""; stub("withdrawn_notice"; .withdrawn_reason; .withdrawn_on))
    else page(name_of; citation; whole_document) end;
