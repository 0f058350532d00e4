# SPDX-License-Identifier: MIT
# What is in the docket, counted.

def total_row($name; $n): @html "<tr><th scope='row'>\(word($name))</th><td class='num'>\($n)</td></tr>";

def statistics:
  page(word("statistics"); word("statistics_lead");
    @html "<h1>\(word("statistics"))</h1>\n<p class='lead'>\(word("statistics_lead"))</p>\n<p class='meta stamp'>\(word("as_of")) " + ($p.as_of | time_of) + @html " · \(word("commit")) <code>\($p.commit)</code></p>\n"
    + @html "<table class='totals'><caption>\(word("totals"))</caption><tbody>" + total_row("total_published"; $p.totals.published) + total_row("total_withheld"; $p.totals.withheld)
    + total_row("total_withdrawn"; $p.totals.withdrawn) + total_row("total_cases"; $p.totals.cases) + total_row("total_reports"; $p.totals.reports) + "</tbody></table>\n"
    + ($p.charts | map(. as $c | .series | chart("c-" + $c.name; word("chart_" + $c.name); ""; $c.more)) | join("")));
