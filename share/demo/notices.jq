# SPDX-License-Identifier: MIT
#
# An example of --map: notices of filing, hearing and publication become cases.
#
#     case-file import --map @share/demo/notices.jq --errors bad.ndjson notices.ndjson
#
# A case has a row for each notice: one tells the day of filing, the next the day of the hearing.  They add up,
# because import joins rows of one number: a field that a row does not mention stays, and events are a set.
# That needs event ids that are the same whenever the same row is read, so they are made from its content.
# Fields of a row that are used here:
#
#     case_no                        in every style that people write
#     court, cause                   may be null; a cause cut off with "..." is no cause
#     registered, trial, published   a day or null
#     roles                          of the parties, without their names

# 16 characters of base32 out of a word and a day: "hear", 2022-06-30 -> "hearaaaacaccagda".
def eid($word): $word + "aaaa" + (gsub("-"; "") | explode | map(. - 48 + 97) | implode);

def event($name; $word; $more): if . == null then empty else {event: $name, on: ., eid: eid($word)} + $more end;

if (.case_no | blank_to_null) == null then error("case_no is missing") else . end
| {
    kind: "case",
    id: .case_no,
    court_name: (.court | blank_to_null),
    cause: (.cause | blank_to_null | if . != null and endswith("...") then null else . end),
    filed_on: .registered,
    # The list left the names out.  A party without a name is none; （略） is what courts print for one.
    parties: [.roles[]? | {role: (gsub("[(]"; "（") | gsub("[)]"; "）")), name: "（略）"}],
    events: [
      (.registered | event("file"; "file"; {})),
      (.trial | event("hear"; "hear"; {})),
      (.published | event("note"; "note"; {note: "公告"}))
    ] | sort_by(.on, .eid),
    source: {system: "notices", number: .case_no}
  }
| if .parties == [] then del(.parties) else . end
| if .events == [] then del(.events) else . end
