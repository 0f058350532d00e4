#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shellcheck disable=SC2016,SC2069,SC2154 # text for bash -c; only what is said; bats sets stderr
# pipe-stat in parts: states, threads, memory that ends.  However the input was split, the answer is one.
load helper

all='count,count:n,sum:n,mean:n,sd:n,min:n,max:n,p50:n,p99.9:n,distinct:n,distinct:s,rate:n>3 and s~"^a",first:s,last:s,f=first:s@d,l=last:n@d,sum:days:d..e,p90:days:d..e,min:d,max:d'

setup() {
	common_setup
}

# make_rows N: records as bad as they come, the same each time
make_rows() {
	awk -v n="$1" 'BEGIN {
		srand(7)
		split("1 -3 0.1 1e20 \"007\" 9007199254740993 -0.25 \"z\" null true 123456789.125 1e-30", v, " ")
		split("\"x\" \"一,审\" null \"=1\" 1 \"1\" 1.50 \"\" [1] \"y\\n\"", k, " ")
		for (i = 1; i <= n; i++)
			printf "{\"k\":%s,\"n\":%s,\"s\":\"%c%d\",\"d\":\"20%02d-%02d-%02d\",\"e\":\"2022-0%d-15\"}\n", k[int(rand() * 10) + 1],
				v[int(rand() * 12) + 1], 97 + int(rand() * 3), int(rand() * 500), int(rand() * 23), 1 + int(rand() * 12),
				1 + int(rand() * 28), 1 + int(rand() * 9)
	}'
}

# split_at_random SEED: all.ndjson in pieces s.00 s.01 ..., some of them empty
split_at_random() {
	awk -v seed="$1" 'BEGIN { srand(seed); parts = 2 + int(rand() * 7); at = 0; for (i = 0; i < parts; i++) printf "" >sprintf("s.%02d", i) }
		{ if (rand() < 0.01) at = at < parts - 1 ? at + 1 + (rand() < 0.1) : at; if (at >= parts) at = parts - 1
		  print >sprintf("s.%02d", at) }' all.ndjson
}

@test "any split, joined in any order and any tree, gives the bytes of the single run" {
	local seed exact
	make_rows 1200 >all.ndjson
	cat >one.sh <<'END'
	set -e
	pipe-stat -g k,d:year -a "$2" --exact "$3" -o ndjson all.ndjson >want 2>want.err
	pipe-stat -g k,d:year -a "$2" --exact "$3" -v --total -o csv all.ndjson >want.csv 2>/dev/null
	shards=(s.??)
	for part in "${shards[@]}"; do
		pipe-stat -g k,d:year -a "$2" --exact "$3" -j $(($1 % 3 + 1)) --map --shard "$((10#${part#s.}))" "$part" >"m.${part#s.}"
	done
	# All at once, backwards.
	printf '%s\n' m.* | sort -r | xargs pipe-stat --final -o ndjson >got 2>got.err
	cmp want got && cmp want.err got.err
	# As a tree: two and two by chance, until one is left.
	i=0
	while set -- $(printf '%s\n' m.* | shuf --random-source=<(yes "$1$i")) && [ $# -gt 1 ]; do
		pipe-stat --merge "$1" "$2" >"m.t$i"
		rm "$1" "$2"
		i=$((i + 1))
	done
	pipe-stat --final -v --total -o csv "$1" >got.csv 2>/dev/null
	cmp want.csv got.csv
	# What was merged is what one run of --map would have made, but for the places of first and last.
	pipe-stat --merge "$1" | cmp - "$1"
END
	for seed in 1 2 3 4; do
		exact=$(((seed % 2) * 100000 + 7))
		rm -f s.* m.*
		split_at_random "$seed"
		run_ok bash one.sh "$seed" "$all" "$exact"
	done
}

@test "any number of threads, any memory, any format gives the same bytes" {
	make_rows 10000 >all.ndjson
	pipe-stat -g k,s -a "$all" --exact 50 --total all.ndjson >want 2>want.err
	local args
	for args in '-j 1' '-j 2' '-j 3' '-j 4' '-j 16' '--memory 1' '-j 2 --memory 2' '--format ndjson -j 4'; do
		# shellcheck disable=SC2086 # words
		pipe-stat -g k,s -a "$all" --exact 50 --total $args all.ndjson >got 2>got.err
		cmp want got
		cmp want.err got.err
	done
	pipe-stat -g k,s -a "$all" --exact 50 --map --shard 0 all.ndjson >state
	for args in '-j 3' '--memory 1' '-j 2 --memory 2'; do
		# shellcheck disable=SC2086 # words
		pipe-stat -g k,s -a "$all" --exact 50 --map --shard 0 $args all.ndjson | cmp - state
	done
	pipe-stat --merge --memory 1 state | cmp - state
	# A stream is like a file, JSON and a JSON array like lines.
	pipe-stat -g k,s -a "$all" --exact 50 --total -j 2 <all.ndjson 2>/dev/null | cmp - want
	jq -c . all.ndjson | paste -sd, | sed 's/^/[/; s/$/]/' |
		pipe-stat -g k,s -a count,distinct:n,min:d -j 3 2>/dev/null |
		cmp - <(jq -c . all.ndjson | pipe-stat -g k,s -a count,distinct:n,min:d 2>/dev/null)
}

@test "pictures and orders of joined states" {
	make_rows 300 >all.ndjson
	local map=(-a 'count,mean:n' --where 'n>0') final
	split -n r/3 all.ndjson part.
	for final in '-g k' '-g k --sort -count --top 2 --total --share' '-g k,d:year --pivot d:year --total' \
		'-g d:year,k --spark -o table' '-g k --bar -o table --decimals 1' '-g k --having count>20 -o tsv -v'; do
		local group spark='' pivot=''
		case $final in *--pivot*) pivot='--pivot d:year' ;; *--spark*) spark=--spark ;; esac
		group=${final%% --*}
		# shellcheck disable=SC2086 # words
		for f in part.??; do pipe-stat $group $pivot $spark "${map[@]}" --map "$f"; done >states
		# shellcheck disable=SC2086
		is "$(pipe-stat --final ${final#"$group"} states 2>&1)" "$(pipe-stat $final "${map[@]}" all.ndjson 2>&1)"
	done
}

@test "GNU parallel: pieces of one file, and a file each" {
	make_rows 4000 >all.ndjson
	pipe-stat -g k -a count,sum:n,p90:n,distinct:s,last:s@d all.ndjson >want 2>/dev/null
	parallel --will-cite --pipepart --block 60k -a all.ndjson pipe-stat -g k -a count,sum:n,p90:n,distinct:s,last:s@d --map |
		pipe-stat --final 2>/dev/null | cmp - want
	parallel --will-cite -j 2 --pipe --block 60k pipe-stat -g k -a count,sum:n,p90:n,distinct:s,last:s@d --map <all.ndjson |
		pipe-stat --merge | pipe-stat --final 2>/dev/null | cmp - want
	# With first and last each file has its number.
	split -n l/5 -d all.ndjson shard.
	parallel --will-cite -j 2 pipe-stat -g k -a count,first:s,last:s --shard '{#}' --map '{}' '>{}.state' ::: shard.??
	pipe-stat --final shard.*.state | cmp - <(pipe-stat -g k -a count,first:s,last:s all.ndjson)
	# A merge for each two, as on a cluster.
	find . -name 'shard.*.state' | sort | parallel --will-cite -N 2 pipe-stat --merge | pipe-stat --final |
		cmp - <(pipe-stat -g k -a count,first:s,last:s all.ndjson)
}

@test "nothing in parts, and states of nothing" {
	local args format
	for args in '' '-g a' '-a sum:n,p50:n,distinct:n' '-g a -a mean:n,first:n@d' '-g a --pivot b' '-g a,d:month --spark'; do
		local map final=''
		map=$args
		case $args in *--pivot*) final='--pivot b' ;; *--spark*) final=--spark ;; esac
		for format in ndjson csv table; do
			# shellcheck disable=SC2086 # words
			is "$args $(pipe-stat $map --map </dev/null | pipe-stat --final $final -o $format)" "$args $(pipe-stat $args -o $format </dev/null)"
		done
		# shellcheck disable=SC2086
		is "$(pipe-stat $map --map </dev/null | pipe-stat --merge)" "$(pipe-stat $map --map </dev/null)"
	done
	# An empty part beside a full one is nothing more.
	echo '{"a":1}' >some
	is "$(cat <(pipe-stat -g a --map </dev/null) <(pipe-stat -g a --map some) <(pipe-stat -g a --map </dev/null) |
		pipe-stat --merge | pipe-stat --final)" '{"a":1,"count":1}'
	is "$(pipe-stat --merge </dev/null)" ''
	is "$(pipe-stat --final </dev/null)" ''
	is "$(pipe-stat --final -o json </dev/null)" '[]'
	is "$(pipe-stat --final -o csv --total --share --sort x </dev/null)" ''
}

@test "states that are none, are damaged, or answer another question" {
	printf '%s\n' '{"a":"x","n":1}' '{"a":"y","n":2.5}' >rows
	pipe-stat -g a -a count,sd:n,p50:n,distinct:n,min:n,first:n@a --where 'n>0' --map rows >state
	refused() {
		printf -- '-- %s\n' "$1"
		pipe-stat --final state "${@:2}" 2>&1 >/dev/null || echo "exit code $?"
	}
	{
		refused 'records' rows
		refused 'other groups' <(pipe-stat -g n -a count,sd:n,p50:n,distinct:n,min:n,first:n@a --where 'n>0' --map rows)
		refused 'other aggregates' <(pipe-stat -g a --where 'n>0' --map rows)
		refused 'other conditions' <(pipe-stat -g a -a count,sd:n,p50:n,distinct:n,min:n,first:n@a --map rows)
		refused 'another limit' <(pipe-stat --exact 9 -g a -a count,sd:n,p50:n,distinct:n,min:n,first:n@a --where 'n>0' --map rows)
		for change in '.count = -1' '.count = "1"' 'del(.count)' '.v = 2' '.v = 0' '.kind = "state"' '.key = ["x", "y"]' '.key = [{"number": "1x"}]' \
			'.key = [{"json": "[1"}]' '.key = [[1]]' '.misfits = []' '.misfits = [1.5]' '.cells = []' '.cells[0].sum = "1e5x"' \
			'.cells[0].n = 0' 'del(.cells[0].squares)' '.cells[0].squares = "-1"' '.cells[1].values = ["1*0"]' '.cells[1].values = ["1*9"]' \
			'.cells[1].values = ["x"]' '.cells[2].set = "AAA"' '.cells[3].min = [1]' 'del(.cells[3].min)' 'del(.cells[4].at)' \
			'.exact = 0' '.aggregates = ["nix:n"]' '.aggregates = []' '.where = ["n>"]' '.groups = "a"'; do
			jq -c "$change" state >changed
			printf -- '-- %s\n' "$change"
			pipe-stat --final changed 2>&1 >/dev/null | head -n 1 || :
		done
		printf -- '-- cut off\n'
		head -c 300 state | pipe-stat --merge 2>&1 >/dev/null || echo "exit code $?"
	} >said || :
	golden pipe-stat/states "$(sed 's,/dev/fd/[0-9]*,FILE,' said)"
	run_rc 2 pipe-stat --final --pivot b state
	golden pipe-stat/states-pivot "$stderr"
	run_rc 2 pipe-stat --final --sort nix state
	run_rc 9 pipe-stat --final missing
	# The whole answer and not a part of it where all states are good.
	is "$(pipe-stat --final state state -o csv --fields a,count,p50_n | xargs)" 'a,count,p50_n x,2,1 y,2,2.5'
}

@test "readers that stop, disks that are full, folders that may not be written" {
	seq 60000 | sed 's/.*/{"id":"（2022）沪0114民初&号","n":&}/' >many
	local format
	for format in ndjson csv tsv json table; do
		pipe-stat -g id -o $format many | head -n 1 >/dev/null
		is "$format ${PIPESTATUS[*]}" "$format 0 0"
	done
	pipe-stat -g id --map many | head -n 1 >/dev/null
	is "${PIPESTATUS[*]}" '0 0'
	{
		for format in ndjson csv table; do
			run_rc 9 bash -c "pipe-stat -g id -o $format many >/dev/full"
			echo "$stderr"
		done
		run_rc 9 bash -c 'pipe-stat -g id --map many >/dev/full'
		echo "$stderr"
		# Groups that have no room: a folder that is not there; a file that may not grow.
		run_rc 9 env TMPDIR="$PWD/missing" pipe-stat -g id --memory 1 many
		is "$output" ''
		echo "$stderr"
		run_rc 9 bash -c 'ulimit -f 64; trap "" XFSZ; pipe-stat -g id --memory 1 many | cat; exit ${PIPESTATUS[0]}'
		echo "$stderr"
		run_rc 9 env TMPDIR="$PWD/missing" pipe-stat -g id --memory 1 --sort -n -a sum:n,n=count many
		echo "$stderr"
	} >said
	golden pipe-stat/io "$(sed "s,$PWD,TMP,; s,gavel-[A-Za-z0-9.-]*,gavel-N," said)"
}

@test "a million groups in little memory, on disk; an interrupt leaves nothing there" {
	[ -z "${GAVEL_SANITIZED-}" ] || skip 'the sanitizer takes more memory than there may be here'
	mkdir spill
	export TMPDIR=$PWD/spill
	seq 1000000 | awk '{ printf "{\"id\":%d,\"n\":%d}\n", $1 * 7919 % 1000000, $1 % 97 }' >many
	(ulimit -v 120000 && pipe-stat -g id -a sum:n --memory 16 --sort -id many) | md5sum >little
	pipe-stat -g id -a sum:n --memory 2000 many | tac | md5sum >much
	cmp little much
	is "$(ls spill)" ''
	# Interrupted while groups are on disk and more may come.
	mkfifo pipe
	# A shell starts such a job deaf to interrupts.
	env --default-signal=INT pipe-stat -g id --memory 1 pipe >some &
	local pid=$! on_disk=
	exec 7>pipe
	head -n 100000 many >&7
	for _ in {1..100}; do
		on_disk=$(find "/proc/$pid/fd" -lname "$TMPDIR*" 2>/dev/null)
		[ -z "$on_disk" ] || break
		sleep 0.02
	done
	[ -n "$on_disk" ]
	kill -INT "$pid"
	exec 7>&-
	wait "$pid" || :
	is "$(ls spill)" ''
	is "$(wc -c <some)" 0
	# Too little for the memory that there is: an error, not half an answer.
	run bash -c 'ulimit -v 60000; pipe-stat -g id --memory 1000 many >some'
	is "$status $output" '9 pipe-stat: many: out of memory'
	is "$(wc -c <some)" 0
}

@test "bad rows are told in their order, whoever read them" {
	seq 20000 | awk '{ print $1 % 500 ? "{\"n\":" $1 "}" : "bad " $1 }' >rows
	run_rc 8 pipe-stat -a sum:n rows
	local want=$stderr got=$output j
	is "$(wc -l <<<"$want")" 40
	for j in 2 4; do
		run_rc 8 pipe-stat -j $j -a sum:n rows
		is "$stderr$output" "$want$got"
		run_rc 8 pipe-stat -j $j -a sum:n --errors left.$j rows
		is "$(jq -r .input left.$j)" "$(grep bad rows)"
	done
	# A state of a file with bad rows counts the good ones and says so.
	run_rc 8 pipe-stat -a sum:n --map rows
	is "$(pipe-stat --final <<<"$output")" "$got"
}
