# SPDX-License-Identifier: MIT
# What every page has around it, and what all pages use.
#
# The files here are one program, in the order layout, chart, document, case, report, list, home, statistics, feed, main.
# $p is the page (gavel's case-publish(1) tells what is in it), $w the words of its language, $site what all pages share.
# Whatever is not written here goes through @html: write @html "... \(.field) ..." and join with +, never "... \(.field) ...".

def word($k): $w[$k] // $k;

# $p.up leads to the pages of this language, $p.top to the files of the site.
def permalink: $site.base + $p.folder + $p.path;

def day: if type == "string" and length == 10 and $p.lang == "zh" then
    split("-") | "\(.[0])年\(.[1] | ltrimstr("0"))月\(.[2] | ltrimstr("0"))日" else . // "" end;
def time_of: if . then @html "<time datetime='\(.)'>\(day)</time>" else "" end;

# A link to somewhere else, where it is one that a browser may follow; else its text.
def outward($text):
  if type == "string" and (startswith("https://") or startswith("http://"))
  then @html "<a href='\(.)' rel='noopener noreferrer external'>\($text)</a>" else @html "\($text)" end;

# Text of a record: a paragraph a line.  (join would take twice the time of this.)
def paragraphs: if type == "string" then reduce (@html "\(.)" | split("\n")[]) as $line (""; . + "<p>" + $line + "</p>\n") else "" end;

def term($name; $value): if $value and $value != "" then @html "<div><dt>\(word($name))</dt><dd>" + $value + "</dd></div>" else "" end;
def plain: if . == null or . == "" then "" else @html "<span lang='zh-CN'>\(.)</span>" end;

# What a record is called where it has no title, or may not have one.
def name_of: .title // .case // .id;

# Rows are many: what they need is made ready.
def row_state: if .state then @html " <span class='badge'>\(word(.state))</span>" else "" end;
def row($h):
  "<li class='row'><" + $h + @html " lang='zh-CN'><a href='\($p.up)\(.href)'>\(.name)</a>" + row_state + "</" + $h + "><p class='meta'>"
  + (if .line then @html "<span lang='zh-CN'>\(.line)</span>" + (if .on then " · " else "" end) else "" end) + (.on | time_of) + "</p></li>\n";

def rows($h): if length == 0 then @html "<p class='none'>\(word("none"))</p>" else "<ol class='rows'>\n" + (reduce .[] as $row (""; . + ($row | row($h)))) + "</ol>\n" end;

def nav_item($href; $name; $pages):
  @html "<li><a href='\($p.up)\($href)'" + (if $pages | index([$p.page + ($p.kind // "")]) then " aria-current='page'" else "" end)
  + @html ">\(word($name))</a></li>";

def languages:
  [$site.langs[] | select(.lang != $p.lang) |
    @html "<li class='lang'><a href='\($p.top)\(.folder)\(if $p.page == "missing" then "index.html" else $p.path end)' lang='\(if .lang == "zh" then "zh-CN" else .lang end)' hreflang='\(if .lang == "zh" then "zh-CN" else .lang end)'>\(words[.lang].language)</a></li>"]
  | join("");

def head($title; $description):
  @html "<!DOCTYPE html>\n<html lang='\(word("lang"))'>\n<head>\n<meta charset='utf-8'/>\n"
  + "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'\"/>\n"
  + "<meta name='viewport' content='width=device-width, initial-scale=1'/>\n<meta name='referrer' content='no-referrer'/>\n<meta name='color-scheme' content='light dark'/>\n"
  + @html "<title>\(if $title == "" then "" else $title + " · " end)\($site.title)</title>\n"
  + (if $description == "" then "" else @html "<meta name='description' content='\($description)'/>\n" end)
  + @html "<link rel='stylesheet' href='\($p.top)assets/site.css'/>\n<link rel='icon' type='image/svg+xml' href='\($p.top)assets/icon.svg'/>\n"
  + @html "<link rel='alternate' type='application/atom+xml' title='\($site.title)' href='\($p.top)feed.xml'/>\n"
  + (if $site.base == "" or $p.page == "missing" then "" else
      @html "<link rel='canonical' href='\(permalink)'/>\n"
      + ([$site.langs[] | select($site.langs | length > 1) |
          @html "<link rel='alternate' hreflang='\(if .lang == "zh" then "zh-CN" else .lang end)' href='\($site.base)\(.folder)\($p.path)'/>\n"] | join(""))
    end)
  + @html "<script src='\($p.top)assets/site.js' defer=''></script>\n</head>\n";

def banner:
  @html "<a class='skip' href='#main'>\(word("skip"))</a>\n<header class='site'><div class='wrap'>\n"
  + @html "<a class='brand' href='\($p.up)index.html'><span class='court' lang='zh-CN'>\($site.title)</span> <span class='tag'>\(word("tag"))</span></a>\n"
  + @html "<nav aria-label='\(word("nav"))'><ul>"
  + nav_item("cases.html"; "cases"; ["listcase", "case", "facetscase"]) + nav_item("documents.html"; "documents"; ["listdocument", "document", "facetsdocument"])
  + nav_item("reports.html"; "reports"; ["listreport", "report"]) + nav_item("statistics.html"; "statistics"; ["statistics"])
  + nav_item("search.html"; "search"; ["search"]) + languages
  + "</ul></nav>\n</div></header>\n";

def footer:
  @html "<footer class='site'><div class='wrap'>\n<p>\(word("footer_note"))</p>\n<p>\(word("footer_privacy")) <a href='\($p.top)feed.xml'>\(word("feed"))</a></p>\n</div></footer>\n";

def page($title; $description; $main):
  head($title; $description) + @html "<body class='p-\($p.page)'>\n" + banner + "<main id='main' tabindex='-1'><div class='wrap'>\n" + $main + "</div></main>\n" + footer
  + "</body>\n</html>\n";

# The question that a browser answers alone; `filters`: with a choice for each facet.
def search_form($kind; $filters):
  @html "<form class='search' id='search' role='search' action='\($p.up)search.html' method='get' data-kind='\($kind)' data-up='\($p.up)'"
  + ([("some", "nothing", "loading", "short", "failed", "withheld", "withdrawn", "apart", "case", "document", "report")
      | @html " data-\(.)='\(word("js_" + .))'"] | join("")) + ">\n"
  + @html "<div class='ask'><label for='q'>\(word("search_label"))</label><input id='q' name='q' type='search' autocomplete='off' maxlength='100' placeholder='\(word("search_hint"))'/><button type='submit'>\(word("search_go"))</button></div>\n"
  + (if $filters then
      @html "<div class='filters' id='filters' hidden=''>"
      + ([(if $kind == "" then "kind" else empty end), "year", "cause", "tribunal", "class", "court"] | map(
          @html "<div class='filter'><label for='f-\(.)'>\(word("facet_" + .))</label><select id='f-\(.)' name='\(.)'><option value=''>\(word("js_all"))</option></select></div>") | join(""))
      + "</div>\n" else "" end)
  + "</form>\n";

def results:
  @html "<section class='results' id='results' aria-label='\(word("results"))' hidden=''>\n<p id='status' role='status'></p>\n<ol class='rows' id='hits'></ol>\n<p><button type='button' id='more' hidden=''>\(word("js_more"))</button></p>\n</section>\n";
