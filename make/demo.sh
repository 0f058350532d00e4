#!/bin/bash
# SPDX-License-Identifier: MIT
# The sixty-second tour (make demo).  Every command is printed before it is run, so that a reader
# learns the tools by watching.  Leaves a docket in demo-docket/ to go on with.
#   DATA=FILE   the same tour on rows of one's own: case records, or one of the two foreign
#               formats that share/demo/*.jq maps
set -euo pipefail
cd "$(dirname "$0")/.."

PATH=$(realpath "${BIN:-bin}"):$PATH
docket=${DEMO_DOCKET:-demo-docket}
errors=$docket.errors.ndjson
data=${DATA:-share/demo/register.ndjson}

# The same day and the same clerk every time.
export GAVEL_TODAY=2022-06-30
export GIT_AUTHOR_NAME='沈书记员' GIT_AUTHOR_EMAIL=clerk@example.org
export GIT_COMMITTER_NAME='沈书记员' GIT_COMMITTER_EMAIL=clerk@example.org
unset GAVEL_DOCKET GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

bold='' dim='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR-}" ]; then
	bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'
fi
say() { printf '\n%s# %s%s\n' "$dim" "$*" "$plain"; }
# tour COMMAND: print it as one would type it, then run it.
tour() {
	printf '%s$ %s%s\n' "$bold" "$1" "$plain"
	eval "$1" 2>&1
}
# A check that finds something ends with 1, a batch with bad rows with 8: both are answers.
tour_may() {
	local wanted=$1 rc=0
	tour "$2" || rc=$?
	[ $rc -eq 0 ] || [ $rc -eq "$wanted" ]
}

# ---- what kind of rows are these? ----

if ! [ -r "$data" ]; then
	echo "demo: cannot read $data" >&2
	exit 9
fi
first=$(head -c 65536 "$data" | grep -m 1 '[^[:space:]]' || true)
map='' month=filed_on:year sums=count,sum:claim_fen fields=id,state,cause,claim_fen
where='claim_fen>=10000000 and state in (open, suspended)' outcome=closed_by with='' present=closed_by
findings="--fields level,rule,ref.id,message -o table | head -n 6"
case $first in
*'"doc_kind"'*)
	map=judgments month=closed_on:year sums=count fields=id,cause,court_name,closed_on
	where='title~"二审" and exists cause'
	;;
*'"case_no"'*'"roles"'*)
	map=notices sums=count fields=id,cause,court_name,filed_on
	where='cause=金融借款合同纠纷 and exists filed_on' outcome=type with=' --with type' present=id
	;;
esac
if [ -z "${DATA-}" ]; then
	month=filed_on:month
else
	findings="-o ndjson | pipe-stat -g level,rule --sort -count -o table"
fi

# ---- a docket to play with, and only ever one that this script made ----

if [ -e "$docket" ]; then
	if ! [ -f "$docket/made-by-demo" ]; then
		echo "demo: $docket is there already and not made by the demo: move it away" >&2
		exit 4
	fi
	rm -rf -- "$docket"
fi
rm -f -- "$errors"

say "A docket is a bare git repository; the court is 沪0114."
tour "case-file init --court 沪0114 $docket"
touch "$docket/made-by-demo"
tour "export GAVEL_DOCKET=$docket"

if [ -z "${DATA-}" ]; then
	say "Take in a register: 420 invented cases in one commit."
else
	say "Take in your rows in one commit; what cannot be a record goes to $errors."
fi
import="case-file import${map:+ --map @share/demo/$map.jq}${DATA:+ --errors $(printf %q "$errors")}"
tour_may 8 "$import $(printf %q "$data")"
if [ -s "$errors" ]; then
	printf '%s rows were refused; the first because: ' "$(wc -l <"$errors")"
	head -n 1 "$errors" | sed -n 's/.*"reason":"\(\([^"\\]\|\\.\)*\)".*/\1/p'
fi

say "Register a new case.  The docket gives it the next number."
open="case-file open --type 民初 --on 2022-06-06 --party 原告=顾晓禾 --party 被告=上海桓禾贸易有限公司 \\
    cause=买卖合同纠纷 procedure=simplified claim_fen=12345600 judge=沈知秋 -o ids"
printf '%s$ %s%s\n' "$bold" "$open" "$plain"
id=$(eval "$open")
echo "$id"

say "Move it: served, heard, closed.  Any way of writing the number will do."
short=${id#（2022）沪0114}
tour "case-file event '(2022) 沪0114${short}' serve --on 2022-06-08 method=electronic"
tour "case-file event ${short%号} hear --on 2022-06-20T09:30+08:00 room=第三法庭"
tour "case-file close ${short%号} --by mediation --on 2022-06-28 awarded_fen=10000000 -m 当庭达成调解协议"

say "Look at it, and at who changed what, when and why."
tour "case-file get ${short%号} --fields id,state,parties[].name,closed_by,closed_on,awarded_fen -o table"
tour "case-file log ${short%号} --fields op,reason,author,subject -o table"
tour "case-file blame ${short%号} --fields field,value,reason -o csv | grep -E '^(field|judge|state|closed|awarded)'"

say "Which clocks run out within two weeks of today, $GAVEL_TODAY?"
tour "case-file due --within 14d --fields until,days_left,clock,rule,id,judge -o table | head -n 8"

say "Does every record stand up to its schema and to the law?  (1 = there are findings)"
tour_may 1 "case-file check --strict $findings"

say "Find cases, in plain words."
tour "case-file list --where '$where' --fields $fields -o table | head -n 8"

say "Count: by cause, by time, by outcome."
tour "case-file list --where 'exists cause' -o ndjson | pipe-stat -g cause -a $sums --sort -count --top 8 -o table"
if [ -z "${DATA-}" ]; then
	tour "case-file list --since 2022-01-01 -o ndjson | pipe-stat -g $month --bar -o table"
else
	tour "case-file list -o ndjson | pipe-stat -g $month --bar -o table | tail -n 12"
fi
tour "case-file list --where 'exists $present'$with -o ndjson | pipe-stat -g $outcome --sort -count --bar -o table"

say "All of it is text in git."
tour "git -C $docket log --oneline --no-decorate"
echo
echo "The docket stays in $docket/; run 'make demo' again for a fresh one."
