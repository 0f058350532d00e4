#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# pipe-stat: counts and sums at the end of a pipe.
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

@test "groups and aggregates" {
	is "$(pipe-stat <rows)" '{"count":5}'
	is "$(pipe-stat -g a -a count,sum:n,min:n,max:n rows 2>/dev/null)" '{"count":1,"max_n":7,"min_n":7,"sum_n":7}
{"a":"x","count":2,"max_n":1,"min_n":-3,"sum_n":-2}
{"a":"y","count":1,"max_n":5,"min_n":5,"sum_n":5}
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
}

@test "order, the first few, bars" {
	is "$(pipe-stat -g a --sort -count --top 1 rows)" '{"a":"x","count":2}'
	is "$(pipe-stat -g a -a sum:n --sort sum_n -o csv rows 2>/dev/null | cut -d, -f2 | xargs)" 'sum_n -2 0 5 7'
	run_ok pipe-stat -g a --bar -o table rows
	golden pipe-stat/bar "$output"
}

@test "formats in" {
	for text in $'a,n\nx,1\ny,2\nx,3' $'a\tn\nx\t1\ny\t2\nx\t3' '[{"a":"x","n":1},{"a":"y","n":2},{"a":"x","n":3}]' \
		$'\xEF\xBB\xBFa,n\r\nx,1\r\ny,2\r\nx,3\r'; do
		is "$(pipe-stat -g a -a sum:n <<<"$text")" $'{"a":"x","sum_n":4}\n{"a":"y","sum_n":2}'
	done
	run_ok pipe-stat </dev/null
	is "$output" '{"count":0}'
	is "$(pipe-stat -g a </dev/null)" ''
	is "$(pipe-stat -g a -o json </dev/null)" '[]'
	is "$(pipe-stat -g a rows rows 2>/dev/null | jq -s 'map(.count) | add')" 10
}

@test "one count is the input of the next; tables count like records" {
	is "$(pipe-stat -g a rows | pipe-stat -a sum:count,max:count)" '{"max_count":2,"sum_count":5}'
	is "$(pipe-stat -g a rows | pipe-stat --where 'count>1')" '{"count":1}'
	for format in ndjson csv tsv json; do
		is "$(pipe-stat -g a -a sum:n -o $format rows 2>/dev/null | pipe-stat -a sum:sum_n)" '{"sum_sum_n":10}'
	done
	# Two columns of one name: the second would hide the first.
	run_rc 2 pipe-stat -g count <<<'{"count":3}'
	run_rc 2 pipe-stat -g bar --bar <<<'{"bar":3}'
}

@test "kinds may be mixed: what a record does not have is a group, not a loss" {
	printf '%s\n' '{"kind":"case","id":"1","court":"沪0114"}' '{"kind":"finding","case":"1","level":"warn"}' \
		'{"kind":"finding","case":"2","level":"warn"}' '{"id":7}' >mixed
	is "$(pipe-stat -g kind,level mixed)" '{"count":1}
{"count":1,"kind":"case"}
{"count":2,"kind":"finding","level":"warn"}'
	is "$(pipe-stat -g id mixed | tail -n 2)" $'{"count":1,"id":7}\n{"count":1,"id":"1"}'
	is "$(printf '{"n":%s}\n' 100 9 -20 | pipe-stat -g n | jq -c .n | xargs)" '-20 9 100'
}

@test "many groups: in memory, in order, a few hundred bytes each" {
	seq 200000 | awk '{ printf "{\"id\":\"（2022）沪0114民初%d号\"}\n", $1 * 7919 % 200000 }' >many
	(
		[ -n "${GAVEL_SANITIZED-}" ] || ulimit -v 200000
		pipe-stat -g id many >groups
	)
	is "$(wc -l <groups)" 200000
	LC_ALL=C sort -c -t '"' -k 6,6 groups
	pipe-stat -g id many | head -n 1 >/dev/null
	is "${PIPESTATUS[*]}" '0 0'
	[ -z "${GAVEL_SANITIZED-}" ] || skip 'the sanitizer takes more memory than there may be here'
	# Too many for the memory that there is: an error, not half an answer.
	run bash -c 'ulimit -v 40000; pipe-stat -g id many >some'
	is "$status" 9
	is "$output" 'pipe-stat: many: out of memory'
	is "$(wc -c <some)" 0
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

@test "sums are exact far beyond what floating point holds" {
	for ((i = 0; i < 3000; i++)); do echo '{"n":9007199254740991}'; done >big
	is "$(pipe-stat -a sum:n big)" '{"sum_n":"27021597764222973000"}'
}

@test "bad rows are named and the rest counts; nothing is lost" {
	printf '{"a":"x"}\n{"a":\n\xff\n{"a":"x","n":9007199254740993}\n7\n{"a":"x"}\n' >bad
	run_rc 8 pipe-stat -g a bad
	is "$output" '{"a":"x","count":2}'
	golden pipe-stat/bad "$stderr"
	run_rc 8 pipe-stat -g a --errors left bad
	is "$(jq -r .line left | xargs)" '2 3 4 5'
	run_rc 9 pipe-stat missing
	golden pipe-stat/missing "$stderr"
}

@test "what is refused" {
	local args
	for args in '-a foo:n' '-a sum' '-a count,count' '-g d:monh' '-g a,a' '--sort nix' '--top 0' '--top x' '--format yaml' '--where n>' '--bars'; do
		# shellcheck disable=SC2086 # words
		run --separate-stderr pipe-stat $args rows
		[ "$status" -eq 2 ] || printf '%s exits with %s\n' "$args" "$status" >>said
		printf '%s\n%s\n' "\$ pipe-stat $args" "$stderr" >>said
	done
	golden pipe-stat/refused "$(cat said)"
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
