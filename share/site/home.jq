# SPDX-License-Identifier: MIT
# The first page, the page of the search, and the one for what is not there.

def tally($n; $name; $href): @html "<li><a href='\($p.up)\($href)'><strong>\($n)</strong> <span>\(word($name))</span></a></li>";

def card:
  @html "<li class='card'><h3 lang='zh-CN'><a href='\($p.up)\(.href)'>\(.name)</a></h3>\n<p class='meta'>"
  + ([(.cause // empty | plain), (.class // empty | plain), (.published_on // .on // empty | time_of)] | join(" · ")) + "</p></li>\n";

def section_of($name; $href; $rows; $body):
  if ($rows | length) == 0 then "" else
    @html "<section aria-labelledby='s-\($name)'><div class='section-head'><h2 id='s-\($name)'>\(word("latest_" + $name))</h2><a href='\($p.up)\($href)' aria-label='\(word("see_all"))\(word("colon"))\(word($name))'>\(word("see_all"))</a></div>\n"
    + $body + "</section>\n" end;

def home:
  page(""; word("home_lead");
    @html "<div class='hero'><h1><span lang='zh-CN'>\($site.title)</span> <span class='of'>\(word("tag"))</span></h1>\n<p class='lead'>\(word("home_lead"))</p>\n" + search_form(""; false)
    + "<ul class='tally'>" + tally($p.totals.cases; "cases"; "cases.html") + tally($p.totals.published; "documents"; "documents.html") + tally($p.totals.reports; "reports"; "reports.html") + "</ul></div>\n"
    + section_of("cases"; "cases.html"; $p.cases; "<ul class='cards'>\n" + ($p.cases | map(card) | join("")) + "</ul>\n")
    + section_of("documents"; "documents.html"; $p.documents; $p.documents | rows("h3"))
    + section_of("reports"; "reports.html"; $p.reports; $p.reports | rows("h3"))
    + @html "<p class='meta stamp'>\(word("as_of")) " + ($p.as_of | time_of) + @html " · \(word("commit")) <code>\($p.commit)</code></p>\n");

def search:
  page(word("search"); "";
    @html "<h1>\(word("search"))</h1>\n<p class='lead'>\(word("search_lead"))</p>\n<noscript><p class='notice'>\(word("noscript")) <a href='documents.html'>\(word("documents"))</a> · <a href='cases.html'>\(word("cases"))</a></p></noscript>\n"
    + search_form(""; true) + results);

def missing:
  page(word("missing"); ""; @html "<h1>\(word("missing"))</h1>\n<p class='lead'>\(word("missing_lead"))</p>\n<p><a href='\($p.up)index.html'>\(word("to_home"))</a> · <a href='\($p.up)search.html'>\(word("search"))</a></p>\n");
