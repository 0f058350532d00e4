# SPDX-License-Identifier: MIT
# Bars, with the numbers in a table beside them.

def clipped($n): if length > $n then .[:$n - 1] + "…" else . end;

# [{label, value}]; what is less than nothing goes to the left of a line.
def bars($id; $title; $unit):
  . as $series | ([$series[].value, 0] | min) as $least | (([$series[].value, 1] | max) - $least) as $span | ($series | length * 30 + 6) as $height
  | (152 - $least * 220 / $span | floor) as $zero
  | @html "<svg class='bars' viewBox='0 0 440 \($height)' role='img' aria-labelledby='\($id)-t \($id)-d'>"
  + @html "<title id='\($id)-t'>\($title)</title><desc id='\($id)-d'>\(word("chart_of")) \($series | map("\(.label) \(.value)") | .[:40] | join(word("comma")))</desc>"
  + ([range($series | length) as $i | $series[$i] | ($i * 30 + 6) as $y | (if .value == 0 then 0 else [(.value | fabs) * 220 / $span, 1] | max | floor end) as $len | (if .value < 0 then 0 else $len end) as $right |
      @html "<text class='label' x='144' y='\($y + 16)' text-anchor='end'>\(.label | clipped(10))</text><rect x='\($zero + $right - $len)' y='\($y)' width='\($len)' height='22' rx='2'/><text class='value' x='\($zero + 6 + $right)' y='\($y + 16)'>\(.value)\($unit)</text>"]
     | join("")) + (if $least < 0 then @html "<path class='zero' d='M\($zero) 0V\($height)'/>" else "" end) + "</svg>";

def chart($id; $title; $unit; $more):
  @html "<figure class='chart' aria-labelledby='\($id)-h'>\n<figcaption id='\($id)-h'>\($title)</figcaption>\n<div class='both'>" + bars($id; $title; $unit)
  + @html "<div class='scroll' tabindex='0' role='region' aria-label='\($title)'><table><thead><tr><th scope='col'>\(word("chart_label"))</th><th scope='col' class='num'>\(word("chart_value"))\(if $unit == "" then "" else " (" + $unit + ")" end)</th></tr></thead><tbody>"
  + (map(@html "<tr><th scope='row' lang='zh-CN'>\(.label)</th><td class='num'>\(.value)</td></tr>") | join("")) + "</tbody></table></div></div>\n"
  + (if $more > 0 then @html "<p class='meta'>\(word("chart_more") | split("{n}") | join($more | tostring))</p>" else "" end) + "</figure>\n";
