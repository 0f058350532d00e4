# SPDX-License-Identifier: MIT
# Bars, with the numbers in a table beside them.

def clipped($n): if length > $n then .[:$n - 1] + "…" else . end;

# [{label, value}], some of them may be less than nothing: these have no bar.
def bars($id; $title; $unit):
  . as $series | ([$series[].value | if . < 0 then -. else . end] + [1] | max) as $most | ($series | length * 30 + 6) as $height
  | @html "<svg class='bars' viewBox='0 0 440 \($height)' role='img' aria-labelledby='\($id)-t \($id)-d'>"
  + @html "<title id='\($id)-t'>\($title)</title><desc id='\($id)-d'>\(word("chart_of")) \($series | map("\(.label) \(.value)") | .[:40] | join(word("comma")))</desc>"
  + ([range($series | length) as $i | $series[$i] | ($i * 30 + 6) as $y | ((if .value < 0 then -.value else .value end) * 220 / $most | floor) as $len |
      @html "<text class='label' x='144' y='\($y + 16)' text-anchor='end'>\(.label | clipped(10))</text><rect x='152' y='\($y)' width='\($len)' height='22' rx='2' class='\(if .value < 0 then "below" else "above" end)'/><text class='value' x='\(158 + $len)' y='\($y + 16)'>\(.value)\($unit)</text>"]
     | join("")) + "</svg>";

def chart($id; $title; $unit; $more):
  @html "<figure class='chart' aria-labelledby='\($id)-h'>\n<figcaption id='\($id)-h'>\($title)</figcaption>\n<div class='both'>" + bars($id; $title; $unit)
  + @html "<div class='scroll' tabindex='0' role='region' aria-label='\($title)'><table><thead><tr><th scope='col'>\(word("chart_label"))</th><th scope='col' class='num'>\(word("chart_value"))\(if $unit == "" then "" else " (" + $unit + ")" end)</th></tr></thead><tbody>"
  + (map(@html "<tr><th scope='row' lang='zh-CN'>\(.label)</th><td class='num'>\(.value)</td></tr>") | join("")) + "</tbody></table></div></div>\n"
  + (if $more > 0 then @html "<p class='meta'>\(word("chart_more") | split("{n}") | join($more | tostring))</p>" else "" end) + "</figure>\n";
