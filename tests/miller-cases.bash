#!/bin/bash
# SPDX-License-Identifier: MIT
# Cases of Miller's own suite that ask what pipe-stat can answer, with both answers compared.
#   miller-cases.bash FOLDER      with cases.ndjson and test/ in it
# One line a case: "same", "differs" or "left out", TAB, the case, TAB, why or where.
#
# Miller skips records that lack a group: --where 'exists ...' does that here.  Its percentiles without -i are the value
# at position int(p/100*n) counted from 0, ours the nearest rank: at p + 0.000001 both are the same one.  Its floats are
# rounded to the digits that it prints.
set -u
folder=$1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# records FILE...: DKVP as NDJSON; the cells stay text
records() {
	awk -F, '{ line = ""
		for (i = 1; i <= NF; i++) { at = index($i, "="); if (at) line = line (line == "" ? "" : ",") "\"" substr($i, 1, at - 1) "\":\"" substr($i, at + 1) "\"" }
		print "{" line "}" }' "$@"
}

# expected FORMAT GROUPS: any of Miller's formats as lines GROUP|..|NAME|VALUE
expected() {
	awk -v format="$1" -v groups="$2" '
		function flush(  i, key, name) {
			n = split(groups, g, ","); key = ""
			for (i = 1; i <= n; i++) { key = key row[g[i]] "|"; delete row[g[i]] }
			for (name in row) { print key name "|" row[name]; delete row[name] }
		}
		format == "xtab" && NF == 0 { flush(); next }
		format == "xtab" { row[$1] = $2; next }
		format == "pprint" && NF == 0 { header = 0; next }
		format == "pprint" && !header { header = split($0, names, / +/); next }
		format == "pprint" { for (i = 1; i <= NF; i++) row[names[i]] = $i; flush(); next }
		NF { m = split($0, parts, ","); for (i = 1; i <= m; i++) { at = index(parts[i], "="); row[substr(parts[i], 1, at - 1)] = substr(parts[i], at + 1) } flush() }
		END { flush() }'
}

# compare: two such files; who has more digits is rounded to the other's
compare() {
	awk -F'|' '
		function key(  i, k) { k = ""; for (i = 1; i < NF; i++) k = k $i "|"; return k }
		function places(s) { return s ~ /\./ ? length(s) - index(s, ".") : 0 }
		FNR == NR { if ($(NF - 1) !~ /mode$/) want[key()] = $NF; next }
		{ got[key()] = $NF }
		END {
			for (k in want) {
				n++
				if (!(k in got)) { print k " is not here"; exit }
				d = places(want[k]); off = got[k] - want[k]; off = off < 0 ? -off : off
				if (got[k] != want[k] && !(d && off <= 0.50001 * 10 ^ -d)) { print k " " want[k] " is here " got[k]; exit }
			}
			for (k in got) if (!(k in want)) { print k " is here only"; exit }
			if (!n) print "nothing to compare"
		}' "$1" "$2"
}

fn_of() { # "list" = Miller's accumulator as ours, with Miller's name
	local fn=$1
	[ "$fn" != median ] || fn=p50
	case $fn in
	count | sum | mean | min | max | p0 | p100) list=$2_$1=$fn:$2 ;;
	stddev) list=$2_$1=sd:$2 ;;
	p[0-9] | p[0-9][0-9]) list=$2_$1=$fn${percent_more}:$2 ;;
	mode | antimode) list='' ;;
	*) return 1 ;;
	esac
}

# translate WORDS...: sets groups, head, count, format, inputs, args (of pipe-stat); fails with "why"
translate() {
	groups='' head='' percent_more=.000001 args=() format=dkvp files=() aggregates='' count=''
	local a f accumulators='' fields='' verb='' out=count n='' list
	while [ $# -gt 0 ]; do
		case $1 in
		--oxtab) format=xtab ;;
		--opprint) format=pprint ;;
		--from) files+=("$2") && shift ;;
		head) head=$3 && shift 2 ;;
		then) ;;
		stats1 | count | count-distinct | top) verb=$1 ;;
		-a) if [ "$verb" = top ]; then why='top -a shows whole records' && return 1; fi && accumulators=$2 && shift ;;
		-f) fields=$2 && shift ;;
		-g) groups=$2 && shift ;;
		-o) out=$2 && shift ;;
		-i) percent_more='' args+=(--interpolate) ;;
		-n) if [ "$verb" = top ]; then n=$2 && shift; else count=yes; fi ;;
		-F) ;; # floats where there are integers: the same numbers
		-s) why='-s prints every step' && return 1 ;;
		-u) why='-u counts each field in a list of its own' && return 1 ;;
		-w | --fr) why="$1 is not there" && return 1 ;;
		-*) why="$1: another format" && return 1 ;;
		*) files+=("$1") ;;
		esac
		shift
	done
	case $verb in
	stats1)
		for f in ${fields//,/ }; do
			for a in ${accumulators//,/ }; do
				fn_of "$a" "$f" || { why="stats1 -a $a is not there" && return 1; }
				aggregates+=${list:+,$list}
			done
		done
		aggregates=${aggregates#,}
		;;
	count) aggregates=$out=count ;;
	count-distinct) groups=$fields aggregates=$out=count ;;
	top)
		[ "$n" = 1 ] || { why='top -n above 1 of several columns or groups' && return 1; }
		for f in ${fields//,/ }; do aggregates+=",${f}_top=max:$f"; done
		aggregates=top_idx=distinct:nothing$aggregates
		;;
	esac
	[ -z "$groups" ] || args+=(-g "$groups")
	for f in ${groups//,/ }; do args+=(--where "exists $f"); done
	inputs=()
	for f in "${files[@]}"; do
		case $f in
		*/x0to10.dat) # is not there, but its name says what is in it
			seq 0 10 | sed 's/^/x=/' >"$work/x0to10"
			inputs+=("$work/x0to10")
			;;
		*)
			[ -e "$folder/$f" ] || { why="its input is missing" && return 1; }
			inputs+=("$folder/$f")
			;;
		esac
	done
}

while IFS=$'\t' read -r name cmd want; do
	read -ra words <<<"${cmd#mlr }"
	if ! translate "${words[@]}"; then
		printf 'left out\t%s\t%s\n' "$name" "$why"
		continue
	fi
	base64 -d <<<"$want" | expected "$format" "$groups" >"$work/want"
	records "${inputs[@]}" | head -n "${head:-999999}" >"$work/records"
	# Some ask for a hundred; 60 of them at a time.
	tr , '\n' <<<"$aggregates" | paste -sd,"$(printf ',%.0s' {1..58})"'\n' | while read -r list; do
		pipe-stat "${args[@]}" -a "$list" "$work/records"
	done 2>"$work/said" >"$work/rows"
	sed -i '/: no record has /d' "$work/said" # two cases ask for a field that is not there, on purpose
	if [ -n "$count" ]; then # -n: how many groups there are
		base64 -d <<<"$want" | grep -oE '[0-9]+' >"$work/want"
		wc -l <"$work/rows" >"$work/got"
		difference=$(diff "$work/want" "$work/got")
	else
		sed -i 's/top_idx|1$/top_idx|0/' "$work/want" # the number of a row of top, of which there is one
		jq -r --arg g "$groups" '($g | if . == "" then [] else split(",") end) as $g | . as $r | ([$g[] | $r[.] + "|"] | add // "") as $key |
			to_entries[] | select(.key as $k | $g | index($k) | not) | "\($key)\(.key)|\(.value)"' "$work/rows" >"$work/got"
		difference=$(compare "$work/want" "$work/got")
	fi
	if [ -z "$difference" ] && [ ! -s "$work/said" ]; then
		printf 'same\t%s\n' "$name"
	else
		printf 'differs\t%s\t%s\n' "$name" "$(cat "$work/said") $difference"
	fi
done < <(jq -r 'select(.cmd | test(" (stats1|count|count-distinct|top)( |$)")) | [.case, .cmd, (.expout | @base64)] | @tsv' "$folder/cases.ndjson")
jq -r 'select(.cmd | test(" (stats1|count|count-distinct|top)( |$)") | not) | "left out\t\(.case)\t" +
	(.cmd | if test(" (uniq|count-similar|histogram|merge-fields|summary|sort)") then "another verb" else "no statistics" end)' "$folder/cases.ndjson"
