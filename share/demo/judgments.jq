# SPDX-License-Identifier: MIT
#
# An example of --map: published judgments, one a row with the site's metadata, become cases.
#
#     case-file import --map @share/demo/judgments.jq --errors bad.ndjson judgments.ndjson
#
# A row goes in as ".", what comes out is a record; error("...") refuses the row, with its line, to --errors.
# The rules of a good map: nothing is guessed, and what the source does not say is left out (null is the same
# as absent).  Fields of a row that are used here:
#
#     id, source               whose list it is, and the row's id there
#     case_no                  may be null; case_no_in_text is the number that the text shows
#     court, cause, title, doc_kind, judgment_date, publish_date
#     parties                  names only, without roles
#     text                     read for the roles, not kept: a docket is no library of judgments

# What a paper is called tells how the case ended.
def ending: {"判决书": "judgment", "裁定书": "ruling", "调解书": "mediation", "决定书": "decision"}[.] // "other";

# The words right before the name, where the text first has it: "上诉人（原审被告）：NAME".  Where they are no
# role, the paper may still tell it somewhere; then a clerk has to say, and until then "当事人" claims nothing.
def role_before($text; $name):
  ($text | split($name) | if length > 1 then .[0][-40:] else "" end)
  | (capture("(?<role>(?:附带民事诉讼)?(?:被?上诉|被?申请|被?申诉|再审申请|被?申请执行|被执行)人|(?:附带民事诉讼|反诉)?(?:原告|被告)人?|公诉机关|自诉人|第三人)(?<was>[（(][^（()）]{1,24}[）)])?[：:，,]?\\s*$")
     // {role: "当事人"})
  | .role + (.was // "" | gsub("[(]"; "（") | gsub("[)]"; "）"));

. as $row
| (.case_no // .case_no_in_text | blank_to_null) as $number
| if $number == null then error("row \(.id): neither case_no nor case_no_in_text") else . end
| {
    kind: "case",
    id: $number,
    state: "closed",
    court_name: .court,
    cause: (.cause | blank_to_null),
    title: (.title | blank_to_null),
    closed_by: (.doc_kind // "" | ending),
    # The site gives the day of the paper and no day of closing; a court closes with it or soon after.
    decided_on: .judgment_date,
    closed_on: .judgment_date,
    published_on: .publish_date,
    parties: [
      .parties | if type == "array" then . else [.] end | .[] | blank_to_null | select(. != null)
      | {name: ., role: role_before($row.text // ""; .)}
    ],
    source: {system: .source, id: .id, number: $number}
  }
