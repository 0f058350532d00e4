# SPDX-License-Identifier: MIT
# A report: its figures, each with the command that made it.

def value_text: if type == "string" then . elif type == "number" then tostring else "" end;

def figure_card($i):
  "<div class='figure'>" + @html "<p class='fig-label' lang='zh-CN'>\(.label)</p>"
  + (if .value != null then @html "<p class='fig-value'>\(.value | value_text)<span class='unit' lang='zh-CN'>\(.unit // "")</span></p>" else "" end)
  + (if .note then @html "<p class='meta' lang='zh-CN'>\(.note)</p>" else "" end)
  + (if .command then @html "<details><summary>\(word("command"))</summary><pre tabindex='0'><code>\(.command)</code></pre></details>" else "" end) + "</div>\n";

def figures:
  (. // []) as $all
  | ([range($all | length) as $i | $all[$i] | select(.series | not) | figure_card($i)] | if length > 0 then "<div class='figures'>\n" + join("") + "</div>\n" else "" end)
  + ([range($all | length) as $i | $all[$i] | select(.series) | . as $f | figure_card($i) as $card |
      (if .value != null or .note or .command then $card else "" end) + (.series | chart("c\($i)"; $f.label; $f.unit // ""; 0))] | join(""));

def whole_report:
  "<article class='doc report'>\n<header>" + @html "<p class='kicker'>\(word("report_kicker"))</p>\n<h1 lang='zh-CN'>\(.title)</h1>\n<dl class='terms'>"
  + term("period"; if .period_from or .period_to then "\(.period_from | time_of) — \(.period_to | time_of)" else "" end)
  + term("scope"; .scope | plain) + term("published_on"; .published_on | time_of) + "</dl></header>\n<div class='text' id='text' lang='zh-CN'>" + (.text | paragraphs) + "</div>\n"
  + @html "<section aria-labelledby='figures'><h2 id='figures'>\(word("figures"))</h2>\n" + (.figures | figures) + "</section>\n" + (.title | cite) + "</article>\n";

def report: $p.rec | if .state == "withdrawn" then page(.id; ""; stub("withdrawn_notice"; .withdrawn_reason; .withdrawn_on)) else page(.title; .scope // ""; whole_report) end;
