# SPDX-License-Identifier: MIT
# What is thrown at every command: no docket, hostile names, broken streams, full disks, wild filters.
# Each has a clear error, the right exit code and an untouched docket.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	printf '%s\n' '{"id":"民初1","judge":"甲","parties":[{"name":"张三","role":"原告"}]}' '{"id":"民初2"}' | case-file import 2>/dev/null
	start=$(tip)
}
tip() { git -C d rev-parse main; }
sound() { git -C d fsck --strict --no-progress --connectivity-only 2>&1 | grep -v '^dangling' || true; }
untouched() {
	is "$(tip)" "$start" || return 1
	is "$(sound)" ''
}
# refused CODE NAME SUBCOMMAND ARGS...: exit code, golden text (this place is HERE), an untouched docket
refused() {
	local code=$1 name=$2
	shift 2
	run_rc "$code" case-file "$@" || return 1
	golden "bad-input/$name" "${stderr//$PWD/HERE}" || return 1
	is "$output" '' && untouched
}
# every CODE NAME ENVIRONMENT...: the same answer from each command that opens a docket
every() {
	local code=$1 name=$2 sub
	shift 2
	for sub in 'get 民初1' list export 'set 民初1 judge=乙' 'event 民初1 hear' 'close 民初1 --by judgment' 'open --type 民初' \
		'import row' 'apply row' 'log 民初1' 'blame 民初1' 'changes --from main' check due migrate 'checkout view'; do
		echo '{"id":"民初3"}' >row
		# shellcheck disable=SC2086
		run_rc "$code" env "$@" case-file $sub </dev/null || return 1
		is "${stderr//$PWD/HERE}" "case-file ${sub%% *}: $(golden_text "bad-input/$name" "${stderr//$PWD/HERE}")" || return 1
		is "$output" '' || return 1
	done
	untouched
}
# The golden text behind the command's name.
golden_text() {
	[ -z "${GOLDEN_UPDATE-}" ] || golden "$1" "${2#case-file *: }"
	cat "$ROOT/tests/golden/$1"
}

@test "no docket: not there, no repository, no docket in it, a newer one, a broken one" {
	mkdir none
	every 6 not-there GAVEL_DOCKET=missing
	every 6 no-repository GAVEL_DOCKET="$PWD/none"
	every 6 no-repository-upwards -u GAVEL_DOCKET -C none
	git init -q --bare empty.git
	every 6 empty-repository GAVEL_DOCKET="$PWD/empty.git"
	git init -q -b main other
	git -C other commit -q --allow-empty -m 'something else'
	every 6 other-repository GAVEL_DOCKET="$PWD/other"
	echo '{"format":2,"court":"沪0114","fanout":100,"policy":{},"zone":"Asia/Shanghai"}' >other/gavel.json
	git -C other add . && git -C other commit -qm newer
	every 3 newer GAVEL_DOCKET="$PWD/other"
	echo '{"format":' >other/gavel.json
	git -C other commit -qam broken
	every 3 broken-config GAVEL_DOCKET="$PWD/other"
	every 6 a-file GAVEL_DOCKET="$PWD/row"
	git clone -q d clone
	for sub in 'set 民初1 judge=乙' 'open --type 民初' 'import row'; do
		# shellcheck disable=SC2086
		run_rc 2 case-file $sub -C clone
		said=$(grep clone <<<"${stderr//$PWD/HERE}")
		is "$said" "case-file ${sub%% *}: $(golden_text bad-input/clone "$said")"
	done
	is "$(git -C clone status --porcelain)" ''
	cp -r d torn
	rm -r torn/objects/??
	run --separate-stderr case-file list -C torn
	golden bad-input/torn "$(sed -E 's/[0-9a-f]{10,}/OBJECT/g' <<<"${stderr//$PWD/HERE}")"
	[ "$status" = 7 ]
}

@test "hostile names" {
	n=0
	while IFS= read -r name; do
		n=$((n + 1))
		id=$(printf %b "$name")
		run_rc 3 case-file get -- "$id"
		printf '%s\n' "$stderr" >>said
		run_rc 3 case-file set -- "$id" judge=乙
		run_rc 3 case-file import < <(jq -nc --arg id "$id" '{id: $id, kind: "case", state: "open"}')
		printf '%s\n' "$stderr" | grep -v rows: >>said
		run_rc 3 case-file import < <(jq -nc --arg id "$id" '{id: "民初7", kind: "case", state: "open", links: [{id: $id, rel: "related"}]}')
		[ "$n" -gt 3 ] || printf '%s\n' "$stderr" | grep -v rows: >>said
	done <<-'NAMES'
	../../../etc/passwd
	（2022）沪0114民初1号/../../x
	（2022）../民初1号
	cases/2022/沪0114/民初/0000/1.json
	case:../x
	（2022）沪0114民初1号\n（2022）沪0114民初2号
	（2022）沪0114民初\e[2J1号
	（2022）沪0114\u202e民初1号x
	\x07
	（2022）沪0114民初1号.git
	-o
	*
	%s%n
	NAMES
	golden bad-input/names "$(cat said)"
	# What the terminal gets is letters alone.
	is "$(tr -d '[:print:]\n' <said | LC_ALL=C tr -d '\200-\377')" ''
	long=$(printf '民%.0s' {1..300})
	refused 3 long-id get "$long"
	refused 3 long-id-set set "$long" judge=乙
	refused 3 long-id-import import < <(printf '{"id":"%s"}\n' "$long")
	refused 3 long-member import < <(printf '{"id":"民初7","%s":1}\n' "$(head -c 2000 /dev/zero | tr '\0' x)")
	refused 3 nul-member import < <(printf '{"id":"民初7","a\\u0000b":1}\n')
	refused 3 nul-value import < <(printf '{"id":"民初7","judge":"a\\u0000b"}\n')
	refused 3 surrogate import < <(printf '{"id":"民初7","judge":"\\ud800"}\n')
	refused 3 deep import < <(printf '{"id":"民初7","x":%s%s}\n' "$(printf '[%.0s' {1..200})" "$(printf ']%.0s' {1..200})")
	# A value may hold what it likes; where people read it drives nothing.
	case-file import 2>/dev/null < <(printf '{"id":"民初7","judge":"\\u001b[2J\\u202e\\u009b甲\\r","notes":"../../x"}\n')
	is "$(case-file list --where 'serial = 7' -o table --fields id,judge | tail -n 1)" '（2022）沪0114民初7号  \x1b[2J\u202e\u009b甲\x0d'
	is "$(case-file get 民初7 | jq -r .judge | od -An -tx1 | tr -d ' \n')" "$(printf '\e[2J\u202e\u009b甲\r\n' | od -An -tx1 | tr -d ' \n')"
}

@test "streams that are cut, binary, or of another kind" {
	printf '{"id":"民初3"}\n{"id":"民初' >cut
	run_rc 8 case-file import cut
	golden bad-input/cut "$(grep -v rows: <<<"$stderr")"
	start=$(tip)
	head -c 65536 /dev/zero >zeros
	gzip -nc "$ROOT/share/demo/register.ndjson" >rows.gz
	printf 'PK\x03\x04\x14\x00\x06\x00' >rows.xlsx
	printf '\x89PNG\r\n\x1a\n\x00\x00' >scan.png
	printf '<html>\n<body>登录</body>\n</html>\n' >login.html
	printf '\xff\xfe\x00' >half-utf16
	for f in zeros rows.gz rows.xlsx scan.png half-utf16; do
		refused 3 "import-$f" import "$f"
		refused 3 "apply-$f" apply "$f"
		run --separate-stderr case-file get - <"$f"
		golden "bad-input/get-$f" "$stderr"
		is "$output" ''
		[ "$status" -ge 3 ]
		run --separate-stderr case-file open <"$f"
		golden "bad-input/open-$f" "$stderr"
		[ "$status" -ge 3 ]
		untouched
	done
	refused 8 import-login.html import login.html
	refused 3 apply-login.html apply login.html
}

@test "a line of 1 GiB needs no memory, and the next one is read" {
	row='{"id":"民初9","notes":"behind"}'
	local roof='ulimit -v 262144;'
	[ -z "${GAVEL_SANITIZED-}" ] || roof= # its shadow memory alone is more than that
	run_rc 8 bash -c "$roof { head -c 1073741824 /dev/zero | tr '\0' x; printf '\n%s\n' '$row'; } | case-file import --format ndjson"
	golden bad-input/gib "$(grep -v rows: <<<"$stderr")"
	is "$(case-file get 民初9 -o ndjson | jq -r .notes)" behind
	start=$(tip)
	run_rc 3 bash -c "$roof { printf '{\"id\":\"民初8\",\"notes\":\"'; head -c 1073741824 /dev/zero | tr '\0' x; } | case-file import"
	golden bad-input/gib-string "$(grep -v rows: <<<"$stderr")"
	untouched
	run --separate-stderr bash -c "$roof { head -c 300000000 /dev/zero | tr '\0' x; printf '\n民初1\n'; } | case-file get -o ids"
	is "$status $output" '8 （2022）沪0114民初1号'
	golden bad-input/gib-id "$stderr"
}

@test "a full disk: said, and the docket is what it was" {
	[ "$(id -u)" = 0 ] || skip 'needs root, to mount a small disk'
	mkdir small
	mount -t tmpfs -o size=3m none small 2>/dev/null || skip 'no small disk can be mounted here'
	cp -r d small/d
	# Random text does not shrink.
	seq 10 4000 | while read -r n; do printf '{"id":"民初%d","notes":"%s"}\n' "$n" "$RANDOM$RANDOM$RANDOM$RANDOM"; done >many
	head -c 4000000 /dev/urandom | base64 -w 1000 | sed 's/.*/{"id":"民初4","notes":"&"}/' | awk '{ sub(/民初4/, "民初" NR + 100) } 1' >large
	export GAVEL_DOCKET=$PWD/small/d
	run_rc 9 case-file import large
	golden bad-input/full-import "$(sed 's/tmp_gavel_[^:]*/tmp_gavel_.../' <<<"${stderr//$PWD/HERE}")"
	is "$(git -C small/d rev-parse main)" "$start"
	is "$(git -C small/d fsck --strict --no-progress 2>&1 | grep -v ^dangling)" ''
	# Full to the last block: also a small write is refused in words; reading goes on.
	cat /dev/zero >small/filler 2>/dev/null || true
	run_rc 9 case-file set 民初1 judge=乙
	golden bad-input/full-set "$(sed -E 's#objects/[^:]*#objects/...#' <<<"${stderr//$PWD/HERE}")"
	is "$(git -C small/d rev-parse main)" "$start"
	run_ok case-file get 民初1 -o ids
	run_rc 9 case-file export --to small/out
	golden bad-input/full-export "$stderr"
	[ ! -e small/out ]
	run_rc 9 bash -c 'case-file list >small/list'
	golden bad-input/full-stdout "$stderr"
	run_rc 9 case-file import --errors small/bad <<<'{"id":"x"}'
	golden bad-input/full-errors "$stderr"
	# Room again: no repair is needed.
	rm -f small/filler small/list small/out small/bad
	run_ok case-file set 民初1 judge=乙
	is "$(git -C small/d fsck --strict --no-progress 2>&1 | grep -v ^dangling)" ''
}
teardown() {
	[ -z "${elsewhere-}" ] || rm -rf "$elsewhere"
	! mountpoint -q "$BATS_TEST_TMPDIR/small" 2>/dev/null || umount "$BATS_TEST_TMPDIR/small"
}

@test "a reader who has seen enough, a full standard output" {
	for cmd in 'get 民初1' list export 'export -o csv' 'open --type 民初' 'import --dry-run row' 'log 民初1' 'blame 民初1' check \
		'list --list-fields' 'check --rules' --help 'list --help'; do
		echo '{"id":"民初3"}' >row
		run --separate-stderr bash -c "set -o pipefail; sleep 0.02 | case-file $cmd | true"
		case $cmd in check*) [ "$status" -le 1 ] ;; *) is "$cmd $status" "$cmd 0" ;; esac
		is "$cmd $(grep -v 'written' <<<"$stderr")" "$cmd "
	done
	for cmd in 'get 民初1' list export 'log 民初1' 'list --list-fields' --help; do
		run_rc 9 bash -c "case-file $cmd >/dev/full"
		has "$stderr" 'No space left on device'
	done
	run_rc 9 bash -c "case-file list >&-"
	golden bad-input/closed-stdout "$stderr"
	# What was asked for is done all the same.
	run --separate-stderr bash -c 'case-file open --type 民初 | true'
	is "$(case-file list -o ids | tail -n 1)" '（2022）沪0114民初4号'
}

@test "a docket that cannot be written is read" {
	if [ "$(id -u)" = 0 ]; then
		place=$(mktemp -d)
		elsewhere=$place
		chmod 755 "$place"
		cp -r d "$place/d"
		chmod -R a+rX "$place/d"
		printf '[safe]\n\tdirectory = *\n' >"$place/gitconfig"
		as=(setpriv --reuid=65531 --regid=65531 --clear-groups env HOME=/nonexistent GIT_CONFIG_GLOBAL="$place/gitconfig" GAVEL_DOCKET="$place/d")
		"${as[@]}" case-file --version >/dev/null 2>&1 || skip 'another user cannot run what was built here'
		cd "$place" || return 1
	else
		place=$PWD
		chmod -R a-w d
		as=(env GAVEL_DOCKET="$place/d")
	fi
	run_ok "${as[@]}" case-file list -o ids
	is "$(wc -l <<<"$output")" 2
	echo '{"id":"民初3"}' >row
	chmod 644 row
	for sub in 'set 民初1 judge=乙' 'event 民初1 hear' 'open --type 民初' 'import row' migrate; do
		# shellcheck disable=SC2086
		run --separate-stderr "${as[@]}" case-file $sub
		echo "$status ${stderr//$place/HERE}" >>"$BATS_TEST_TMPDIR/said"
	done
	golden bad-input/read-only "$(cat "$BATS_TEST_TMPDIR/said")"
	run_ok "${as[@]}" case-file set 民初1 judge=乙 --dry-run
	cd "$BATS_TEST_TMPDIR" || return 1
	chmod -R u+w d
	untouched
}

@test "filters that loop, recurse, eat memory, reach out, or never end" {
	if [ -z "${GAVEL_SANITIZED-}" ]; then # whose allocator is slower than the 5 s, and has its own end of memory
		refused 3 list-memory list --jq 'reduce range(60) as $i ("x"; . + .)'
		refused 3 list-deep list --jq 'def f: [f]; f'
		refused 3 map-flood import --map 'range(1e9) | {id: "民初\(.)"}' <<<'{}'
	fi
	refused 3 map-loop import --map 'if .id == "民初53" then last(repeat(1)) else . end' < <(seq 5 | jq -c '{id: "民初\(. + 50)"}')
	refused 2 include list --jq 'include "x"; .'
	is "$(case-file list --jq '$ENV.HOME != null or env.PATH != null' -o ids)" ''
	run_rc 8 case-file list --jq 'input' -o ids
	run_rc 8 case-file list --jq 'halt' -o ids
	golden bad-input/jq-halt "$stderr"
	run_ok case-file list --jq 'true, error("later")' -o ids
	# A predicate without jq that backtracks without end.
	case-file import 2>/dev/null <<<"{\"id\":\"民初3\",\"notes\":\"$(printf 'a%.0s' {1..5000})b\"}"
	start=$(tip)
	refused 3 pattern list --where "notes ~ '^(a+)+\$'"
}
