#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2069,SC2094,SC2154 # only what is said; a file named "said" holds what was said; bats sets stderr
# pipe-stat: groups, aggregates, what is read, what is refused.
# Shapes of the answer: pipe-stat-shape.bats; parts that are joined: pipe-stat-split.bats.
load helper

setup() {
	common_setup
	cat >rows <<'END'
{"a":"x","n":1,"d":"2022-01-05"}
{"a":"y","n":5,"d":"2022-03-31"}
{"a":"x","n":-3,"d":"2022-01-31"}
{"n":7}
{"a":"一","n":"z","d":"soon"}
END
}

# said ARGS... [<INPUT]: the command, what it says, and its exit code if that is not 2, for a golden file
said() {
	printf '$ pipe-stat %s\n' "$*"
	local code=0
	pipe-stat "$@" 2>&1 >/dev/null || code=$?
	[ "$code" -eq 2 ] || printf '%s\n' "exit code $code"
}
# golden_said NAME: the file "said", without what ends each of them
golden_said() {
	golden "$1" "$(grep -v "^pipe-stat: try 'pipe-stat --help'$" said)"
}

@test "groups and aggregates" {
	is "$(pipe-stat <rows)" '{"count":5}'
	is "$(pipe-stat -g a -a count,sum:n,min:n,max:n,mean:n rows 2>/dev/null)" '{"count":1,"max_n":7,"mean_n":7,"min_n":7,"sum_n":7}
{"a":"x","count":2,"max_n":1,"mean_n":-1,"min_n":-3,"sum_n":-2}
{"a":"y","count":1,"max_n":5,"mean_n":5,"min_n":5,"sum_n":5}
{"a":"一","count":1,"sum_n":0}'
	run_ok pipe-stat -a sum:n rows
	is "$output" '{"sum_n":10}'
	golden pipe-stat/misfit "$stderr"
	is "$(pipe-stat -g d:year,d:quarter,d:month -o csv rows)" 'd_year,d_quarter,d_month,count
,,,1
2022,2022-Q1,2022-01,2
2022,2022-Q1,2022-03,1
soon,soon,soon,1'
	is "$(pipe-stat -g a --where 'n>0 and exists a and not d=soon' rows)" $'{"a":"x","count":1}\n{"a":"y","count":1}'
	is "$(pipe-stat -a count,rate:a=x --where 'exists a' --where n\>0 -o csv rows)" $'count,rate_a_x\n3,0.3333333333333333'
	# Predicates may hold commas and quotes; names are made from them, or given.
	is "$(pipe-stat -a 'rate:a in (x,y),hit=rate:a="x",rate:not n>=5 and n<0' -o csv rows)" \
		$'rate_a_in_x_y,hit,rate_not_n_ge_5_and_n_lt_0\n0.6,0.4,0.2'
	is "$(pipe-stat -g kind=a,m=d:month -a total_n=sum:n --where 'a=x' rows)" '{"kind":"x","m":"2022-01","total_n":-2}'
	is "$(pipe-stat -a p0:n,p25:n,p50:n,p99.9:n,p100:n -o csv rows 2>/dev/null)" $'p0_n,p25_n,p50_n,p99.9_n,p100_n\n-3,-3,1,7,7'
	is "$(pipe-stat -a p25:n,p50:n,p90:n --interpolate -o csv rows 2>/dev/null)" $'p25_n,p50_n,p90_n\n0,3,6.4'
	is "$(pipe-stat -a count:d,distinct:a,distinct:n,distinct:d -o csv rows)" $'count_d,distinct_a,distinct_n,distinct_d\n4,3,5,4'
	# Cells that are the same number are different texts.
	is "$(printf '{"n":"%s"}\n' 0.1 0.2 1e-1 01 1.50 15e-1 | pipe-stat -a sum:n,distinct:n,p50:n,max:n,sd:n -o csv)" \
		$'sum_n,distinct_n,p50_n,max_n,sd_n\n4.4,6,0.2,1.5,0.6831300510639732'
	is "$(printf '{"n":%s}\n' 0.1 0.2 1e-1 1 1.50 15e-1 | pipe-stat -a distinct:n)" '{"distinct_n":4}'
}

@test "dates: weeks, days between, the earliest and the latest, the first and the last" {
	printf '{"d":"%s","e":"%s","n":%d}\n' 2020-12-31 2021-01-04 1 2021-01-03 2021-01-03 2 2021-01-04 2020-12-31 3 \
		2021-01-10T23:59:59Z 2021-01-11 4 >days
	is "$(pipe-stat -g d:week -a count -o csv days)" $'d_week,count\n2020-W53,2\n2021-W01,1\n2021-W02,1'
	is "$(pipe-stat -g d:day -o csv days | tail -n 1)" '2021-01-11,1'
	is "$(pipe-stat -a min:e,max:e,count:days:d..e,sum:days:d..e,max:days:d..e -o csv days)" \
		$'min_e,max_e,count_days_d_e,sum_days_d_e,max_days_d_e\n2020-12-31,2021-01-11,4,0,4'
	is "$(pipe-stat -a a=first:n,b=last:n,c=first:n@e,d=last:n@e -o csv days)" $'a,b,c,d\n1,4,3,4'
	# What has no value is neither first nor last; files count in their order.
	printf '%s\n' '{"g":1}' '{"g":1,"v":"二"}' '{"g":1,"v":null}' >one
	printf '%s\n' '{"g":1,"v":[3]}' '{"g":2}' >two
	is "$(pipe-stat -g g -a first:v,last:v one two)" $'{"first_v":"二","g":1,"last_v":[3]}\n{"g":2}'
	is "$(pipe-stat -g g -a first:v,last:v -j 3 two one | head -n 1)" '{"first_v":[3],"g":1,"last_v":"二"}'
	is "$(pipe-stat -a first:v,last:v <<<'[{"v":1},{"v":2}, {"v":3}]')" '{"first_v":1,"last_v":3}'
}

@test "what may be a number, and what is told as none" {
	local v
	for v in 1 -0 1.5 1E5 0.1e-3 9007199254740993 123456789012345678901234567890 '"01"' '"1.5"' '"1e5"' 1e308 1e400 1e-281 \
		'" 1"' '"+1"' '"1,000"' '"0x10"' '"NaN"' '"Infinity"' '"-inf"' '"１２"' '"1."' '".5"' '""' true '[1]' '{"x":1}' null NaN 01; do
		printf '%s: %s\n' "$v" "$(printf '{"n":%s}\n' "$v" | pipe-stat -a count:n,sum:n,max:n 2>&1 | tr '\n' ' ')"
	done >told
	golden pipe-stat/numbers "$(cat told)"
}

@test "order, the first few, conditions on rows" {
	is "$(pipe-stat -g a --sort -count --top 1 rows)" '{"a":"x","count":2}'
	is "$(pipe-stat -g a -a sum:n --sort sum_n -o csv rows 2>/dev/null | cut -d, -f2 | xargs)" 'sum_n -2 0 5 7'
	is "$(pipe-stat -g a --sort count,-a -o csv rows | cut -d, -f1 | xargs -d '\n')" 'a 一 y  x'
	is "$(pipe-stat -g a --having 'count=1 and exists a' --top 1 rows)" '{"a":"y","count":1}'
	is "$(pipe-stat -g a -a mean:n --having 'mean_n>0' --sort -mean_n -o csv rows 2>/dev/null | xargs)" 'a,mean_n ,7 y,5'
	# Numbers in rows are compared as numbers where they are text in NDJSON.
	is "$(printf '{"a":%d,"n":"%s"}\n' 1 9.5 2 10.5 3 1e2 | pipe-stat -g a -a sum:n --sort -sum_n --having 'sum_n>9.6' -o csv | xargs)" \
		'a,sum_n 3,100 2,10.5'
	is "$(printf '{"n":%s}\n' 100 9 -20 | pipe-stat -g n | jq -c .n | xargs)" '-20 9 100'
}

@test "formats in" {
	for text in $'a,n\nx,1\ny,2\nx,3' $'a\tn\nx\t1\ny\t2\nx\t3' '[{"a":"x","n":1},{"a":"y","n":2},{"a":"x","n":3}]' \
		$'\xEF\xBB\xBFa,n\r\nx,1\r\ny,2\r\nx,3\r' $'a;n\nx;1\ny;2\nx;3' $'n,b,a\n1,,x\n2,"q\n",y\n3,,x'; do
		is "$(pipe-stat -g a -a sum:n <<<"$text")" $'{"a":"x","sum_n":4}\n{"a":"y","sum_n":2}'
		is "$(pipe-stat -j 2 -g a -a sum:n <<<"$text")" $'{"a":"x","sum_n":4}\n{"a":"y","sum_n":2}'
	done
	is "$(pipe-stat --format tsv -g b <<<$'a\tb\nx\t1,2')" '{"b":"1,2","count":1}'
	# Dotted paths, also into arrays.
	is "$(pipe-stat -g p.0.name,q.r -o csv <<<'{"p":[{"name":"甲"}],"q":{"r":2}}')" $'p.0.name,q.r,count\n甲,2,1'
	is "$(pipe-stat -g a rows rows 2>/dev/null | jq -s 'map(.count) | add')" 10
	# An empty cell is a value that is not there.
	is "$(pipe-stat -g a -a count,count:n,sum:n -o csv <<<$'a,n\n,1\nx,\n')" $'a,count,count_n,sum_n\n,1,1,1\nx,1,0,0'
}

@test "one count is the input of the next; tables count like records" {
	is "$(pipe-stat -g a rows | pipe-stat -a sum:count,max:count)" '{"max_count":2,"sum_count":5}'
	is "$(pipe-stat -g a rows | pipe-stat --where 'count>1')" '{"count":1}'
	for format in ndjson csv tsv json; do
		is "$(pipe-stat -g a -a mean:n,sum:n -o $format rows 2>/dev/null | pipe-stat -a sum:sum_n,sum:mean_n)" \
			'{"sum_mean_n":11,"sum_sum_n":10}'
	done
}

@test "kinds may be mixed: what a record does not have is a group, not a loss" {
	printf '%s\n' '{"kind":"case","id":"1","court":"沪0114"}' '{"kind":"finding","case":"1","level":"warn"}' \
		'{"kind":"finding","case":"2","level":"warn"}' '{"id":7}' '{"id":null}' >mixed
	is "$(pipe-stat -g kind,level mixed)" '{"count":2}
{"count":1,"kind":"case"}
{"count":2,"kind":"finding","level":"warn"}'
	is "$(pipe-stat -g id mixed | tail -n 2)" $'{"count":1,"id":7}\n{"count":1,"id":"1"}'
	# 1 and "1" are two values, 1.50 and 15e-1 are one; the empty text is none.
	printf '{"k":%s}\n' 1 '"1"' 1.50 15e-1 '""' true false '[1]' '{"b":1,"a":2}' '{"a":2,"b":1}' null >kinds
	is "$(pipe-stat -g k kinds | xargs -d '\n')" '{"count":1} {"count":1,"k":false} {"count":1,"k":true} {"count":1,"k":1} {"count":2,"k":"1.5"} {"count":1,"k":""} {"count":1,"k":"1"} {"count":1,"k":[1]} {"count":2,"k":{"a":2,"b":1}}'
}

@test "nothing comes in: every aggregate and every format has an answer" {
	local format
	is "$(pipe-stat </dev/null)" '{"count":0}'
	is "$(pipe-stat -g a </dev/null)" ''
	for format in ndjson json table csv tsv; do
		printf -- '-- %s\n' "$format"
		pipe-stat -o $format </dev/null
		pipe-stat -g a -o $format </dev/null
		pipe-stat -g a -o $format --total --share </dev/null
		pipe-stat -g a -o $format --total --pivot b </dev/null
		pipe-stat -g a,d:month -o $format --spark </dev/null
		pipe-stat -g a -o $format --bar </dev/null
		pipe-stat -o $format -v -a count:n,sum:n,mean:n,sd:n,min:n,p50:n,distinct:n,rate:n\>0,first:n,last:n@d </dev/null
	done >nothing 2>&1
	golden pipe-stat/nothing "$(cat nothing)"
	is "$(printf 'a,n\n' | pipe-stat -g a -o csv)" 'a,count'
	is "$(pipe-stat -g a --where n=99 -o tsv rows)" $'a\tcount'
	is "$(pipe-stat -a sum:n --where n=99 rows)" '{"sum_n":0}'
}

@test "input that breaks off gives no numbers at all" {
	for text in '[{"n":1},{"n":2}' $'n\n1\n"2\n3' $'PK\003\004\0\0' $'n,n\n1,2'; do
		run_rc 3 pipe-stat -a sum:n < <(printf '%b' "${text//$'\0'/}")
		is "$output" ''
		printf '%s\n' "$stderr" >>said
	done
	golden pipe-stat/broken "$(cat said)"
	printf '{"n":1}\n{"n":\n' >half
	run_rc 8 pipe-stat -a sum:n half half
	is "$output" '{"sum_n":2}'
	is "$(grep -c 'line 2, byte 6: half: ' <<<"$stderr")" 2
}

@test "bad rows are named and the rest counts; nothing is lost; --errors takes up again" {
	local left
	printf '{"a":"x"}\n{"a":\n\xff\n{"a":"x","n":1e999}\n7\n{"a":"x"}\n' >bad
	printf 'a,n\nx,1\ny\nx,3\n' >bad.csv
	run_rc 8 pipe-stat -g a bad bad.csv
	is "$output" $'{"a":"x","count":5}'
	golden pipe-stat/bad "$stderr"
	is "$(pipe-stat -j 4 -g a bad bad.csv 2>&1 >/dev/null)" "$stderr"
	for left in 1 3; do
		run_rc 8 pipe-stat -j "$left" -g a --errors left bad bad.csv
		is "$stderr" ''
		is "$(jq -r .line left | xargs)" '2 3 5 3'
		golden pipe-stat/errors "$(cat left)"
	done
	# The rows of that file, mended, are what was missing.
	run_ok pipe-stat -g a --errors left rows
	is "$(wc -c <left)" 0
	printf '{"a":"x"}\n{"a":"z"\n' >bad
	run_rc 8 pipe-stat -g a --errors left bad
	is "$(jq -r .input left | sed 's/$/}/' | pipe-stat -g a --errors left)" '{"a":"z","count":1}'
	is "$(wc -c <left)" 0
	run_rc 9 pipe-stat missing
	golden pipe-stat/missing "$stderr"
	run_rc 9 pipe-stat rows missing
	is "$output" ''
	run_rc 9 pipe-stat .
	run_rc 9 pipe-stat --errors missing/left bad
	has "$stderr" 'missing/left'
}

@test "what is refused" {
	local args
	set -f
	while IFS= read -r args; do
		# shellcheck disable=SC2086 # words
		said $args rows
	done >said <<'END'
-a foo:n
-a sum
-a p50
-a p101:n
-a p-1:n
-a p1e1:n
-a p99.9999999:n
-a days:a..b
-a sum:
-a count,
-a first:@d
-a first:n@
-a sum:days:a
-a sum:days:..b
-a sum:days:a..
-a sum:parties[].fee
-a last:n@e[].on
-a rate:
-a rate:n>
-a rate:(n>1
-a rate:n~(
-a count,count
-a x=sum:n,x=count
-g d:monh
-g d:
-g :month
-g a,
-g x=
-g parties[].name
-g a,a
-g a,x=d:year,x
-g count
--where n>
--where n~(
--having n>
--having nix>1
-g a --having d=1
--sort nix
--sort -
-g a --sort a,,count
--top 0
--top x
--exact 0
--exact 2147483648
--decimals 13
--decimals -1
--memory 0
--memory 1.5
-j 0
-j 257
-j two
--format yaml
-o xlsx
-o ids -g a
-0
--bars
-g bar --bar
-g total --total
-g share --share
-g spark,d:month --spark
-a p50:n,p50_n_n=count -v
--share -a mean:n
--spark
--spark -g a
--spark --pivot a
-g a --pivot b[]
--pivot a:monh
--live -j 2
--shard 1
--map --shard x
--map --shard -1
--map -a first:n
--map -a a=first:n@d,z=last:n
--map --having count>1
--map --sort count
--map --top 1
--map --total
--map --share
--map --interpolate
--map --decimals 1
--map --verbose
--map --bar
--map --svg x.svg
--map --live
--map -o csv
--map --fields a
--merge --top 1
--merge -o ndjson
--merge --pivot a
--merge --spark
--merge -g a
--final -g a
--final -a count
--final --where n=1
--final --exact 10
--final --shard 1
--map --merge
--merge --final
END
	set +f
	golden_said pipe-stat/refused
}

@test "limits: aggregates, groups, columns of a pivot, points of a sparkline" {
	local many conditions
	many=$(printf ',a%d=sum:n' {1..64})
	is "$(pipe-stat -a "${many:1}" rows 2>/dev/null | jq length)" 64
	{
		said -a count -a "${many:1}" rows
		many=$(printf ',g%d=a' {1..65})
		said -g "${many:1}" rows
		mapfile -t conditions < <(printf -- '--where\na=x\n%.0s' {1..65})
		said "${conditions[@]}" rows | sed 's/\(--where a=x \)\+/--where a=x ... /'
		seq 5000 | sed 's/.*/{"p":&}/' | said -g a --pivot p
		printf '{"d":"%s"}\n' 2000-01-01 2022-01-01 | said -g d:day --spark
	} >said
	sed -i 's/\(,[ag][0-9]*=\)[^ ]*64=[^ ]*/\1.../' said
	golden_said pipe-stat/limits
	many=$(printf ',g%d=a' {1..64})
	is "$(pipe-stat -g "${many:1}" -a count rows | wc -l)" 4
}

@test "sums are exact far beyond what floating point holds" {
	for ((i = 0; i < 3000; i++)); do echo '{"n":9007199254740991}'; done >big
	is "$(pipe-stat -a sum:n,mean:n,sd:n big)" '{"mean_n":9007199254740991,"sd_n":0,"sum_n":"27021597764222973000"}'
	# Any order, any size: what is far too small for a double beside what is large.
	printf '{"n":%s}\n' 1e300 1e-280 0.1 -1e300 0.2 | tee up | tac >down
	for f in up down; do
		is "$(pipe-stat -a sum:n $f)" "{\"sum_n\":\"0.3$(printf '0%.0s' {1..278})1\"}"
	done
	# Large numbers that differ little: what naive sums of squares lose.
	printf '{"n":%s}\n' 1e14 1e14 100000000000000.1 >near
	is "$(pipe-stat -a mean:n,sd:n near)" '{"mean_n":"100000000000000.03","sd_n":"0.057735026918962574"}'
}

@test "quantiles and distinct are exact up to --exact, then their error is told" {
	seq 1000 | sed 's/.*/{"n":&,"k":"v&"}/' >thousand
	run_ok pipe-stat -a p50:n,distinct:n thousand
	is "$output$stderr" '{"distinct_n":1000,"p50_n":500}'
	run_ok pipe-stat -a p50:n,p99:n,distinct:k --exact 1000 -v thousand
	is "$output" '{"distinct_k":1000,"distinct_k_error":0,"p50_n":500,"p50_n_error":0,"p50_n_n":1000,"p99_n":990,"p99_n_error":0,"p99_n_n":1000}'
	run_ok pipe-stat -a p50:n,distinct:k --exact 999 -o csv thousand
	golden pipe-stat/sketch "$output
$stderr"
	# 2 % off would be a lot: the stated standard error is 0.81 %.
	seq 300000 | sed 's/.*/{"n":&000}/' | pipe-stat -a p1:n,p50:n,p99:n,distinct:n 2>/dev/null |
		jq -e '(.p1_n / 3000000 - 1 | fabs) < 0.001 and (.p50_n / 150000000 - 1 | fabs) < 0.001 and
			(.p99_n / 297000000 - 1 | fabs) < 0.001 and (.distinct_n / 300000 - 1 | fabs) < 0.02'
}

@test "jq counts the same on the demo register" {
	register=$ROOT/share/demo/register.ndjson
	is "$(pipe-stat -g cause,state -a count,sum:claim_fen -o ndjson "$register")" "$(jq -nc '
		reduce inputs as $r ({}; ([$r.cause, $r.state] | tojson) as $k
			| .[$k].n += 1 | .[$k].s += ($r.claim_fen // 0) | .[$k].k = [$r.cause, $r.state])
		| [.[] | {cause: .k[0], count: .n, state: .k[1], sum_claim_fen: .s} | with_entries(select(.value != null))]
		| sort_by([.cause // "", .state // ""])[]' "$register")"
	is "$(pipe-stat -g filed_on:month "$register" | jq -s 'map(.count) | add')" 420
}
