# SPDX-License-Identifier: MIT
#
# Functions that --map and --jq offer besides jq's own (gavel-cookbook(7)).
# Absent stays absent: null in, null out.

# Full-width digits, letters and signs as ASCII; no blanks around.
def half_width:
  if type != "string" then .
  else explode
    | map(if . >= 65281 and . <= 65374 then . - 65248 elif . == 12288 or . == 160 then 32 else . end)
    | implode | sub("^\\s+"; "") | sub("\\s+$"; "")
  end;

# "", "  " and the ideographic space become null; other texts stay as they are.
def blank_to_null: if type == "string" and test("^\\s*$") then null else . end;

# What a column of a row comes to: blank is null, and what f refuses is told with the column's name.
# (An array ends what try watches over: else it would catch the errors of all that follows, too.)
def cell($name; f):
  [.[$name] | blank_to_null | try {value: f} catch {why: .}][]
  | if has("why") then error("\($name): \(.why)") else .value end;

# Yuan to fen without ever counting in floating point: 1234.5, "1,234.50", "１２３４.５",
# "¥1234.5", "1234.5元", "12.5万元", "1.2亿" -> an integer.
def yuan_to_fen:
  . as $in
  | def bad($why): error("yuan_to_fen: \($in | tojson | .[0:60]) \($why)");
  if . == null then null
  else (if type == "number" then tostring elif type == "string" then half_width else bad("is no amount") end)
    | (capture("^(?:人民币|RMB|CNY|¥|￥)?\\s*(?<minus>-?)(?<yuan>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\\.(?<part>[0-9]+))?\\s*(?<unit>万|亿)?(?:元|圆)?整?$")
       // bad("is no amount"))
    | (if .unit == "亿" then 10 elif .unit == "万" then 6 else 2 end) as $places
    | (.yuan | gsub(","; "")) as $yuan
    | ((.part // "") + "0000000000") as $part
    | if $part[$places:] | test("[^0]") then bad("has parts of a fen") else . end
    | .minus as $minus
    | ($yuan + $part[0:$places]) | sub("^0+(?=[0-9])"; "")
    | if length > 15 then bad("is too much") else . end
    | tonumber | if $minus == "-" and . != 0 then -. else . end
  end;

# 2022/6/3, 2022.06.03, 2022年6月3日, 20220603, 2022-6-3 00:00:00 -> "2022-06-03"
def date_iso:
  . as $in
  | def bad: error("date_iso: \($in | tojson | .[0:60]) is not a date");
  if . == null then null
  else (if type == "number" then tostring elif type == "string" then half_width else bad end)
    | (capture("^(?<y>[0-9]{4})(?:(?<m>[0-9]{2})(?<d>[0-9]{2})|(?<s>[-/.])(?<m2>[0-9]{1,2})\\k<s>(?<d2>[0-9]{1,2})|\\s*年\\s*(?<m3>[0-9]{1,2})\\s*月\\s*(?<d3>[0-9]{1,2})\\s*日)(?:[ T]0?0:00(?::00)?)?$")
       // bad)
    | [.y, (.m // .m2 // .m3), (.d // .d2 // .d3)] | map(tonumber) as [$y, $m, $d]
    | (if $m == 2 then (if $y % 4 == 0 and ($y % 100 != 0 or $y % 400 == 0) then 29 else 28 end)
       elif [4, 6, 9, 11] | index($m) then 30 else 31 end) as $last
    | if $m < 1 or $m > 12 or $d < 1 or $d > $last then bad else . end
    | def two: tostring | if length < 2 then "0" + . else . end;
      "\($y | tostring | "0000"[length:] + .)-\($m | two)-\($d | two)"
  end;
