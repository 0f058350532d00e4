# SPDX-License-Identifier: MIT
# Lists, whole and by the value of a facet, a page after the other; and all values of all facets.

def list_name: word($p.kind + "s");

def facet_values: map(@html "<li><a href='\($p.up)\(.href)'" + (if $p.value == .value then " aria-current='true'" else "" end) + @html "><span lang='zh-CN'>\(.value)</span> <span class='count'>\(.count)</span></a></li>") | join("");

def all_values: . as $facet | if .more > 0 then @html "<a class='all' href='\($p.up)\(.all)'>\(word("all_values") | split("{n}") | join("\(($facet.values | length) + $facet.more)"))</a>" else "" end;

def facet_panel:
  if ($p.facets | length) == 0 then "" else
    @html "<aside class='facets' id='facets'><h2>\(word("browse"))</h2>\n<nav aria-label='\(word("browse"))'>\n"
    + ($p.facets | map(@html "<details open=''><summary>\(word("facet_" + .name))</summary>\n<ul>" + (.values | facet_values)
        + (all_values | if . == "" then "" else "<li>" + . + "</li>" end) + "</ul></details>\n") | join(""))
    + "</nav></aside>\n" end;

def page_link($n): "\($p.up)\($p.stem)\(if $n > 1 then "-\($n)" else "" end).html";

# The first, the last, and those around this one.
def pager:
  if $p.pages < 2 then "" else
    ([1, $p.pages, range($p.number - 2; $p.number + 3)] | map(select(. >= 1 and . <= $p.pages)) | unique) as $shown
    | @html "<nav class='pager' aria-label='\(word("pages"))'><ul>"
    + (if $p.number > 1 then @html "<li><a rel='prev' href='\(page_link($p.number - 1))'>\(word("previous"))</a></li>" else "" end)
    + ([range($shown | length) as $i | $shown[$i] as $n | (if $i > 0 and $shown[$i - 1] + 1 < $n then "<li aria-hidden='true'>…</li>" else "" end)
        + "<li>" + (if $n == $p.number then @html "<a href='\(page_link($n))' aria-current='page'>\($n)</a>" else @html "<a href='\(page_link($n))'>\($n)</a>" end) + "</li>"] | join(""))
    + (if $p.number < $p.pages then @html "<li><a rel='next' href='\(page_link($p.number + 1))'>\(word("next"))</a></li>" else "" end) + "</ul></nav>\n" end;

def list_title: list_name + (if $p.facet then word("colon_between") + word("facet_" + $p.facet) + word("colon") + $p.value else "" end);

def list:
  page(list_title + (if $p.number > 1 then " (\($p.number))" else "" end); "";
    @html "<h1>\(list_name)" + (if $p.facet then @html "<span class='of'>\(word("facet_" + $p.facet))\(word("colon"))<span lang='zh-CN'>\($p.value)</span></span>" else "" end) + "</h1>\n"
    + @html "<p class='lead'>\(word("lead_" + $p.kind))</p>\n"
    + (if $p.kind == "report" then "" else "<div class='js-only' hidden=''>" + search_form($p.kind; true) + "</div>\n" end)
    + (if ($p.facets | length) > 0 then "<div class='cols list'>\n<div class='main-col'>\n" else "<div>\n<div>\n" end)
    + (if $p.kind == "report" then "" else results end)
    + @html "<section id='list' aria-label='\(list_name)'>\n<p class='meta'>\(word("total") | split("{n}") | join($p.total | tostring))"
    + (if ($p.facets | length) > 0 then @html " <a class='jump' href='#facets'>\(word("browse"))</a>" else "" end)
    + (if $p.facet then @html " <a href='\($p.up)\($p.kind)s.html'>\(word("whole_list"))</a>" else "" end) + "</p>\n"
    + ($p.rows | rows("h2")) + pager + "</section>\n</div>\n" + facet_panel + "</div>\n");

# All facets, or one that has too many values to stand among the others.
def facets:
  page(list_name + word("colon_between") + word(if $p.facet then "facet_" + $p.facet else "browse" end) + (if $p.number > 1 then " (\($p.number))" else "" end); "";
    @html "<h1>\(list_name)<span class='of'>\(word("browse"))</span></h1>\n"
    + (if $p.facet then @html "<p class='meta'><a href='\($p.up)\($p.kind)s-facets.html'>\(word("browse"))</a> <a href='\($p.up)\($p.kind)s.html'>\(word("whole_list"))</a></p>\n" else "" end)
    + ($p.facets | map(@html "<section class='values' aria-labelledby='v-\(.name)'><h2 id='v-\(.name)'>\(word("facet_" + .name))</h2>\n<ul>" + (.values | facet_values) + "</ul>"
        + (if $p.facet then "" else all_values | if . == "" then "" else "<p>" + . + "</p>" end end) + "</section>\n") | join("")) + pager);
