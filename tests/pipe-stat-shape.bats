#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2094,SC2129,SC2154,SC2016 # files called as their column; bats sets stderr; text for jq
# pipe-stat: the answer as a person or a spreadsheet wants it: totals, pivots, pictures, hostile names.
load helper

setup() {
	common_setup
	cat >rows <<'END'
{"a":"x","n":1,"d":"2022-01-05"}
{"a":"y","n":5,"d":"2022-03-31"}
{"a":"x","n":-3,"d":"2022-01-31"}
{"n":7}
{"a":"一审民事","n":2.5,"d":"soon"}
END
}

# shown ARGS...: the command and what it prints, for a golden file
shown() {
	printf '$ pipe-stat %s\n' "$*"
	pipe-stat "$@" 2>&1 || printf '%s\n' "exit code $?"
}

@test "totals, shares, decimals, columns about columns, in each format" {
	local format
	for format in ndjson json table csv tsv; do
		shown -g a -a sum:n,mean:n,rate:n\>2 --total --share -o $format rows
		shown -g a --top 1 --sort -count,a --total --having 'count>0' -o $format rows
	done >said
	shown --total --share -o table rows >>said
	shown -a mean:n,sd:n,p25:n,rate:a=x --decimals 0 --interpolate rows >>said
	shown -a mean:n,sd:n,p25:n,rate:a=x --decimals 12 --interpolate rows >>said
	shown -g a -a sum:n,p50:n,distinct:n,rate:n\>2 -v -o table rows >>said
	shown -g a -a sum:n --share --having 'share<0.3' --sort -share -o csv rows >>said
	# Parts of a sum that is 0 have no share.
	printf '{"n":%d}\n' 1 -1 | shown -g n -a sum:n --share --total -o csv >>said
	golden pipe-stat/shapes "$(cat said)"
}

@test "bars line up behind Chinese labels, fractions and negative numbers" {
	{
		shown -g a --bar -o table rows
		shown -g a -a mean:n --bar -o table --decimals 3 rows
		shown -g a -a min:n --bar --sort min_n --top 4 --total -o table rows
		shown -g a -a first:d --bar -o table rows
		shown -g a --bar -o csv --top 2 rows
		printf '{"k":"%s","n":%s}\n' 一 1e300 ｗｉｄｅ 5e299 e$'\xcc\x81' 1e-200 👩‍⚖️ -1e300 | shown -g k -a sum:n --bar -o table
	} >said
	golden pipe-stat/bar "$(cat said)"
	# Every bar begins in one column.
	is "$(pipe-stat -g a --bar -o table rows | sed -n 's/█.*//p' | sed 's/[一审民事]/##/g' | awk '{ print length }' | sort -u)" 17
}

@test "pivots: values as columns, with hostile ones" {
	{
		shown -g a --pivot d:month --total -o table rows
		shown -g a --pivot d:month --total rows
		shown --pivot a -a sum:n,n=count -v -o csv rows
		shown -g d:quarter --pivot a --sort -count_x,d_quarter --having 'count_y=0' -o csv rows
		shown -g d:quarter --pivot a --sort nix rows
		shown --pivot k=a rows
		printf '{"k":%s}\n' '"=cmd|x"' '"a,b"' '"q\"q"' '"x\ny"' '"\u001b[31mred"' '"\u202eoff"' '""' true '[1]' '{"b":1}' null 1.50 >hostile
		shown --pivot k -o csv hostile
		shown --pivot k -o tsv hostile
		shown --pivot k -o table hostile
		shown --pivot k hostile
	} >said
	golden pipe-stat/pivot "$(cat said)"
	# Two values whose columns would have one name: neither may hide the other.
	is "$(pipe-stat --pivot k <<<$'{"k":1}\n{"k":"1"}\n{"k":"1"}')" '{"count_\"1\"":2,"count_1":1}'
	is "$(pipe-stat --pivot k <<<$'{}\n{"k":"none"}\n{"k":"none"}')" '{"count_\"none\"":2,"count_none":1}'
}

@test "sparklines: gaps, one scale, weeks over the end of a year" {
	{
		shown -g a,d:month --spark -o table rows
		shown -g d:month,a --spark -a sum:n --total --share -o csv rows
		shown -g d:day --spark rows
		printf '{"d":"%s"}\n' 2020-12-21 2020-12-31 2021-01-01 2021-01-04 2021-01-18 | shown -g d:week --spark -o table
		printf '{"d":"%s","n":%s}\n' 2020 1 2021 -2.5 2023 1e10 x 4 | shown -g d:year -a max:n --spark
		shown -g d:year --spark --where a=nix -o table rows
	} >said
	golden pipe-stat/spark "$(cat said)"
}

@test "keys that a spreadsheet would run, a terminal obey or a table break on" {
	local format
	cat >hostile <<'END'
{"k":"=cmd|' /C calc'!A0"}
{"k":"+1"}
{"k":"+SUM(A1)"}
{"k":"-1"}
{"k":-1}
{"k":"-1+1"}
{"k":"@x"}
{"k":"＝1+1"}
{"k":"－2"}
{"k":"＠x"}
{"k":"\tx"}
{"k":"\rx"}
{"k":"x\ny"}
{"k":"\u001b[31mred\u001b[0m"}
{"k":"\u0000nul"}
{"k":"\u202eoff"}
{"k":"\u009b2J"}
{"k":"a,b;c"}
{"k":"a.b"}
{"k":"back\\slash"}
{"k":" lead"}
{"k":"q\"q"}
{"k":""}
{"k":"'quoted"}
{"k":"全角　空白"}
{"k":{"=x":"\u001b"}}
{"k":["=1","\n"]}
END
	for format in csv tsv table; do shown -g k -o $format hostile; done >said
	shown -a 'first:k,=x=count' -o csv hostile >>said || :
	shown -a 'c=first:k@k,d=last:k@k,e=min:k' -o csv --where 'k~"^="' hostile >>said
	golden pipe-stat/hostile "$(cat said)"
	# Only TSV may hold a control; with its escapes undone a key is what it was.
	is "$(grep -c $'\x1b' said)" 1
	pipe-stat -g k -o tsv hostile 2>/dev/null >tsv || :
	is "$(jq -Rc 'split("\t")[0] | gsub("\\\\n"; "\n") | gsub("\\\\r"; "\r") | gsub("\\\\t"; "\t") |
		gsub("\\\\\\\\"; "\\")' <(grep -v '^back\|^\[\|^{\|^k' tsv) | sort -u)" \
		"$(jq -c '.k | select(type != "array" and type != "object" and . != "\u0000nul" and . != "back\\slash") | tostring' hostile | sort -u)"
	has "$(cat tsv)" 'back\\slash'
	is "$(pipe-stat -g k hostile 2>/dev/null | jq -c .k | sort)" "$(jq -c 'select(.k != "\u0000nul") | .k' hostile | sort)"
	# Names of fields and columns are input, too.
	{
		shown -a $'sum:\e[31m,=x:n' rows
		shown -g $'=k\e' -a count -o csv rows
		shown -g $'a\tb' -o tsv rows
		printf '{"a":"x","n":"\\u001b"}\n' | shown -a $'sum:n\e,sum:n'
	} >said || :
	golden pipe-stat/hostile-names "$(cat -v said)"
}

@test "charts: gnuplot draws what the rows say, or says that it is missing" {
	run_ok pipe-stat -g a -a count,sum:n --svg chart.svg -o csv rows
	is "$output" "$(pipe-stat -g a -a count,sum:n -o csv rows)"
	has "$(cat chart.svg)" '一审民事'
	has "$(cat chart.svg)" 'sum_n'
	run_ok pipe-stat -g d:month --svg chart.svg rows
	has "$(cat chart.svg)" '2022-03'
	printf '%s\n' '{"k":"<script>alert(1)</script>"}' '{"k":"`id`\u001b"}' "{\"k\":\"');system('touch owned')\"}" |
		pipe-stat -g k --svg chart.svg >/dev/null
	is "$(grep -c '<script>' chart.svg)" 0
	[ ! -e owned ]
	is "$(LC_ALL=C grep -c $'[\x01-\x08\x0b-\x1f]' chart.svg)" 0
	{
		run_rc 9 pipe-stat --svg missing/chart.svg rows
		echo "$stderr"
		run_rc 2 pipe-stat -a a=count,b=count,c=count,d=count,e=count,f=count,g=count,h=count,i=count --svg chart.svg rows
		echo "$stderr"
		seq 201 | sed 's/.*/{"n":&}/' >many
		run_rc 2 pipe-stat -g n --svg chart.svg many
		echo "$stderr"
		# It is missed before the input is read.
		run_rc 6 env PATH="$BIN" pipe-stat --svg chart.svg -g a rows
		is "$output" ''
		echo "$stderr"
	} >said
	golden pipe-stat/svg "$(cat said)"
	# A chart that could not be made leaves the one that was there.
	has "$(cat chart.svg)" alert
	# Without rows there is a chart without bars, or none, but no failure.
	run_ok pipe-stat -g a --svg empty.svg --where a=nix rows
}

# in_terminal COMMAND: what a terminal of 80 columns and 24 lines sees of it, in the file "screen"
in_terminal() {
	command -v script >/dev/null || skip 'script(1) of util-linux is not installed'
	script -qfec "stty cols 80 rows 24; $1" screen </dev/null >/dev/null
	sed -i '1{/^Script started/d}; ${/^Script done/d}; s/\r//g' screen
}

@test "--live shows the table before the input ends, and takes it away" {
	mkfifo pipe
	in_terminal '(cat rows; cat pipe; echo 7; cat rows; echo 8) | pipe-stat -g a --live -o csv >answer' &
	for _ in {1..100}; do grep -q '^y  *1' screen 2>/dev/null && break || sleep 0.05; done
	cat screen >before
	# Only now the input goes on.
	cat rows >pipe
	wait
	has "$(cat before)" 'x             2'
	is "$(cat answer)" "$(cat rows rows rows | pipe-stat -g a -o csv)"
	is "$(grep -c 'must be an object' screen)" 2
	# All tables that were drawn are taken away again.
	is "$(grep -c $'\e\\[[0-9]*A\e\\[J' screen)" "$(grep -c 'a  *count' screen)"
	# More rows than the window has.
	in_terminal '(seq 40 | sed "s/.*/{\"n\":&}/"; sleep 0.7) | pipe-stat -g n --live >answer'
	golden pipe-stat/live "$(cat -v screen)"
	is "$(wc -l <answer)" 40
	# A window that tells no size; no terminal at all.
	script -qec '(cat rows; sleep 0.3) | pipe-stat -g a --live >answer' /dev/null </dev/null >screen
	is "$(grep -c 'rows more' screen)" 0
	run_ok pipe-stat -g a --live -o csv rows
	is "$output$stderr" "$(pipe-stat -g a -o csv rows)"
}

@test "tables: Chinese columns line up, wide cells are cut on a terminal only" {
	printf '{"案由":"%s","标的":%s}\n' 民间借贷纠纷 100 买卖合同 25.5 '' 7 "$(printf '长%.0s' {1..60})" 1 >cases
	shown -g 案由 -a count,sum:标的,mean:标的 --total -o table cases >said
	shown -g 案由 -a count --fields count,案由 -o csv cases >>said
	golden pipe-stat/table "$(cat said)"
	in_terminal 'pipe-stat -g 案由 -a count,sum:标的 cases'
	has "$(cat screen)" '…'
	is "$(wc -L <screen)" 80
}
