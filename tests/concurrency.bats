# SPDX-License-Identifier: MIT
# Several writers at one docket, dead ones among them, and a second person.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	case-file import 2>/dev/null <<<'{"id":"民初1","judge":"甲","events":[{"eid":"aaaaaaaaaaaaaaaa","event":"serve","on":"2022-01-02"}]}'
}
tip() { git -C d rev-parse main; }
sound() { git -C d fsck --strict --no-progress --connectivity-only 2>&1 | grep -v '^dangling' || true; }
record() { case-file get 民初1 -o ndjson; }

# slow_import OTHER ROW: an import that has read the docket before OTHER runs, and brings ROW afterwards
slow_import() {
	local before pid rc=0
	mkfifo rows
	case-file import --format ndjson --batch 1 rows 2>said &
	pid=$!
	exec 7>rows
	before=$(tip)
	echo "{\"id\":\"民初77\",\"notes\":\"$RANDOM\"}" >&7
	for _ in {1..100}; do
		[ "$(tip)" = "$before" ] || break
		sleep 0.02
	done
	"$1" 7>&- || rc=$?
	printf '%s\n' "$2" >&7
	exec 7>&-
	[ "$rc" = 0 ] && wait "$pid"
}

@test "parallel opens: consecutive numbers, none twice, none left out" {
	seq 40 | xargs -P 8 -I{} case-file open --type 民初 --year 2021 -o ids notes={} >ids 2>said
	is "$(grep -oE '[0-9]+号' ids | tr -dc '0-9\n' | sort -n | xargs)" "$(seq 40 | xargs)"
	is "$(case-file list --year 2021 -o ids | wc -l)" 40
	is "$(case-file list --year 2021 | jq -r .notes | sort -n | xargs)" "$(seq 40 | xargs)"
	is "$(git -C d rev-list --count main)" 42
	is "$(git -C d log --format=%P main | awk 'NF > 1')" ''
	is "$(sound)" ''
}

@test "parallel sets of one case: every field that was set is there" {
	for f in clerk tribunal title notes cause claim_fen fee_fen court_name; do
		case-file set 民初1 "$f=7" 2>>said &
	done
	wait
	is "$(record | jq -c '[.clerk, .tribunal, .title, .notes, .cause, .claim_fen, .fee_fen, .court_name]')" '["7","7","7","7","7",7,7,"7"]'
	# Events are a set.
	for n in 1 2 3 4 5 6; do case-file event 民初1 note --on "2022-02-0$n" 2>>said & done
	wait
	is "$(record | jq -r '.events[].on' | xargs)" '2022-01-02 2022-02-01 2022-02-02 2022-02-03 2022-02-04 2022-02-05 2022-02-06'
	is "$(sound)" ''
}

@test "another field changed meanwhile: both changes stand" {
	other() { case-file set 民初1 judge=乙 2>/dev/null; }
	slow_import other '{"id":"民初1","clerk":"丙","events":[{"eid":"bbbbbbbbbbbbbbbb","event":"hear","on":"2022-01-01"}]}'
	is "$(record | jq -c '[.judge, .clerk, [.events[].eid[0:1]]]')" '["乙","丙",["b","a"]]'
	has "$(cat said)" '2 rows: 2 records written'
}

@test "the same field changed meanwhile: nothing is stored, and both values are named" {
	other() { case-file set 民初1 judge=乙 2>/dev/null && after=$(tip); }
	run_rc 4 slow_import other '{"id":"民初1","judge":"丙"}'
	golden concurrency/conflict "$(sed -E 's/commit [0-9a-f]{10}/commit COMMIT/' said)"
	is "$(record | jq -r .judge)" 乙
	is "$(git -C d log -1 --format=%s)" 'case-file set: （2022）沪0114民初1号 (1 record)'
	# The same to the same is no conflict.
	rm rows
	other() { case-file set 民初1 judge=丁 2>/dev/null; }
	slow_import other '{"id":"民初1","judge":"丁"}'
	is "$(record | jq -r .judge)" 丁
}

@test "what together would not be legal is not stored" {
	other() { case-file set 民初1 filed_on=2022-03-01 received_on=2022-03-01 2>/dev/null; }
	run_rc 4 slow_import other '{"id":"民初1","state":"closed","closed_by":"judgment","closed_on":"2022-02-01"}'
	golden concurrency/illegal "$(sed -E 's/commit [0-9a-f]{10}/commit COMMIT/' said)"
	is "$(record | jq -c '[.state, .filed_on]')" '["open","2022-03-01"]'
}

@test "a lock that is held: waits, then names the holder; a dead holder's lock is nobody's" {
	flock d/gavel.lock sleep 60 &
	holder=$!
	for _ in {1..100}; do flock -n d/gavel.lock true || break; done
	run_rc 5 case-file set 民初1 judge=乙 --lock-wait 1
	golden concurrency/locked "${stderr//$PWD/HERE}"
	printf 'command: case-file import\nprocess: 4242\nperson: 张三\nsince: 2022-06-30 09:30:12\n' >d/gavel.lock
	run_rc 5 case-file set 民初1 judge=乙 --lock-wait 1
	golden concurrency/locked-by "${stderr//$PWD/HERE}"
	# Reading does not wait, nor does a plan.
	run_ok case-file get 民初1 -o ids
	run_ok case-file set 民初1 judge=乙 --dry-run
	# Who waits gets it when the holder dies, and what the dead wrote there means nothing.
	case-file set 民初1 judge=乙 2>said &
	waiter=$!
	sleep 0.1
	kill -9 "$(pgrep -P "$holder" sleep || echo "$holder")" "$holder"
	wait "$waiter"
	is "$(record | jq -r .judge)" 乙
	wait "$holder" || true
	# Left by a git that died: named, as it may be alive.
	touch d/refs/heads/main.lock
	run_rc 5 case-file set 民初1 judge=丙
	golden concurrency/git-lock "$(sed -E "s#$PWD#HERE#; s/for [0-9]+ s/for N s/" <<<"$stderr")"
	rm d/refs/heads/main.lock
	run_ok case-file set 民初1 judge=丙
	is "$(sound)" ''
}

@test "killed in the middle, as it was or as it should be; the next command works" {
	seq 30000 | sed 's/.*/{"id":"民初&","judge":"己"}/' >many
	for ms in 010 030 060 090 120 160 200 300; do
		before=$(tip)
		case-file import many 2>/dev/null &
		pid=$!
		sleep "0.$ms"
		kill -9 "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
		run_ok case-file set 民初1 notes="$ms"
		n=$(case-file list -o ids | wc -l)
		[ "$n" = 1 ] || [ "$n" = 30000 ]
		is "$(sound)" ''
		git -C d update-ref refs/heads/main "$before"
	done
	run_ok case-file import many
	is "$(case-file list -o ids | wc -l)" 30000
	# Nothing of the dead is left lying about.
	is "$(find d -name 'tmp_*' -o -name '*.part' -o -name '*.tmp' -o -name 'main.lock')" ''
}

@test "a second person on a shared docket; on one that is not, words" {
	[ "$(id -u)" = 0 ] || skip 'needs root, to become two other users'
	command -v setpriv >/dev/null || skip 'needs setpriv'
	place=$(mktemp -d)
	chmod 755 "$place"
	as() { local u=$1; shift; (cd "$place" && setpriv --reuid="$u" --regid=65533 --clear-groups env HOME=/nonexistent "$@"); }
	as 65531 case-file --version >/dev/null 2>&1 || skip 'another user cannot run what was built here'
	mkdir "$place/in"
	chown 65531:65533 "$place/in"
	chmod 2775 "$place/in"
	as 65531 case-file init --court 沪0114 --shared group in/d 2>/dev/null
	export GAVEL_DOCKET=$place/in/d
	# The second person says once that this docket is to be trusted, as git wants it; the message has the line.
	run_rc 9 as 65532 case-file list
	golden concurrency/not-trusted "${stderr//$place/HERE}"
	export GIT_CONFIG_GLOBAL=$place/gitconfig
	${stderr##*: }
	chmod 644 "$GIT_CONFIG_GLOBAL"
	for n in 1 2 3 4; do
		as 65531 case-file open --type 民初 -o ids 2>>said >>ids
		as 65532 case-file open --type 民初 -o ids 2>>said >>ids
	done
	is "$(xargs <ids)" "$(printf '（2022）沪0114民初%d号 ' {1..8} | xargs)"
	seq 100 400 | sed 's/.*/{"id":"民初&"}/' >"$place/rows"
	as 65532 case-file import rows 2>/dev/null
	as 65531 case-file import rows --existing replace 2>/dev/null
	is "$(as 65531 case-file list -o ids | wc -l)" 309
	is "$(find "$place/in/d" -type d ! -perm -2070)" ''
	# One's own docket is one's own.
	as 65531 case-file init --court 沪0114 in/own 2>/dev/null
	run_rc 9 as 65532 case-file list -C in/own
	golden concurrency/not-shared "${stderr//$place/HERE}"
	chmod -R o+rX "$place/in/own"
	run --separate-stderr as 65530 case-file open -C in/own --type 民初
	golden concurrency/not-mine "${stderr//$place/HERE}"
	[ "$status" = 9 ]
}
teardown() { [ -z "${place-}" ] || rm -rf "$place"; }
