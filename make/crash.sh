#!/bin/bash
# SPDX-License-Identifier: MIT
# Kill writers at every step, and let every step fail, then look at the docket (make crash).
#   crash.sh [NAME...]     only these: order nolinks race init loose pack set open view
# A step is a call that changes the file system (tests/crash/shim.c).  After each kill git fsck is clean,
# main is where it was or where it should be, the same command simply works, and nothing is left lying
# about.  After each failure the same, and the exit code says input/output (9).
# "order" reads a trace of undisturbed runs instead: what is renamed into place was synced before, and
# a folder is synced before the ref leads into it; so a power failure is no worse than a kill.
set -u
cd "$(dirname "$0")/.." || exit 1
root=$PWD
build=$(realpath "${BUILD:-build}")
lib=$build/libgavel.a
work=$(mktemp -d "${TMPDIR:-/tmp}/gavel-crash-XXXXXX") || exit 1
# Deleting many files slows down making new ones: not before the end.
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT

export GAVEL_SHARE=$root/share GAVEL_LIBEXEC=${LIBEXEC:-$root/libexec/gavel} GAVEL_TODAY=2022-06-30
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null LC_ALL=C.UTF-8 LANGUAGE=
export GIT_AUTHOR_NAME='测试员' GIT_AUTHOR_EMAIL=clerk@example.org GIT_AUTHOR_DATE='1656547200 +0800'
export GIT_COMMITTER_NAME='测试员' GIT_COMMITTER_EMAIL=clerk@example.org GIT_COMMITTER_DATE='1656547200 +0800'
unset GAVEL_DOCKET GIT_DIR
umask 022

read -ra flags <<<"-std=c11 -D_GNU_SOURCE -O1 -g -Wall -Wextra"
archive() { # as the Makefile does it: the archive where there is one
	local f
	f=$(pkg-config --variable=libdir "$2")/lib$1.a
	if [ -f "$f" ]; then echo "$f"; else pkg-config --libs "$2"; fi
}
read -ra libs <<<"$(archive deflate libdeflate) $(archive utf8proc libutf8proc) $(archive pcre2-8 libpcre2-8) $(archive crypto libcrypto)"
gcc "${flags[@]}" -fPIC -shared -o "$work/shim.so" tests/crash/shim.c -ldl || exit 1
gcc "${flags[@]}" -Ilib -o "$work/driver" tests/crash/driver.c "$lib" "${libs[@]}" -ldl -Wl,--gc-sections || exit 1
driver=$work/driver

passed=0
failed=0
serial=0
fail() {
	failed=$((failed + 1))
	echo "FAILED $*"
	[ $failed -lt 20 ] || exit 1
}

# shimmed AT HOW CMD...: run it in a process group of its own, with the shim; the code in $rc, calls made in $calls.
shimmed() {
	local at=$1 how=$2
	shift 2
	printf '\0\0\0\0\0\0\0\0' >"$work/count"
	{ # the shell itself would tell of every kill
		CRASH_COUNT=$work/count CRASH_AT=$at CRASH_HOW=$how LD_PRELOAD=$work/shim.so \
			setsid --wait "$@" >"$work/out" 2>"$work/err"
		rc=$?
	} 2>/dev/null
	calls=$(od -An -tu8 "$work/count" | tr -d ' ')
}

# In $d; words of what is wrong in $wrong.
fsck() {
	local said
	said=$(git -C "$d" fsck --strict --no-progress --no-dangling 2>&1) || wrong="$wrong; fsck: $said"
}
left_over() {
	local found
	found=$(find "$d" \( -name 'tmp_*' -o -name '*.lock' ! -name gavel.lock -o -name '.gavel-*' ! -name .gavel-view -o -name '*.pack' \) |
		while read -r f; do
			case $f in *.pack) [ -f "${f%pack}idx" ] || echo "$f" ;; *) echo "$f" ;; esac
		done)
	[ -z "$found" ] || wrong="$wrong; left over: $found"
}

# scenario NAME PREPARE CMD...: CMD runs with the docket at $work/d/NAME.N after PREPARE.
prepare_docket() {
	"$driver" init "$1" && "$driver" put "$1" 1 3
}
prepare_nothing() { :; }
prepare_empty_dir() { mkdir "$1"; }
prepare_view() {
	"$driver" init "$1" && "$driver" put "$1" 1 8 && "$driver" view "$1" "$1.v" &&
		"$driver" put "$1" 200 8 && "$driver" set "$1" 7 5
}

# Is the docket at $d as it should be after a run that was disturbed?  $1: what happened.
judge() {
	local now
	wrong=
	if [ "$kind" = init ]; then
		if [ -e "$d/HEAD" ]; then
			fsck
			now=$(git -C "$d" rev-parse main 2>&1)
			[ "$now" = "$want" ] || wrong="$wrong; main is $now"
		else
			[ "$rc" != 0 ] || wrong="$wrong; done, but there is no docket"
			"$driver" init "$d" || wrong="$wrong; the next init failed"
		fi
		left_over
		"$driver" put "$d" 900 1 || wrong="$wrong; the next writer failed"
		fsck
		return
	fi
	fsck
	now=$(git -C "$d" rev-parse main 2>&1)
	case $now in
	"$old") [ "$rc" != 0 ] || [ "$kind" = view ] || wrong="$wrong; said done, but main is where it was" ;;
	"$want") [ "$1" = kill ] || [ "$rc" = 0 ] || grep -q 'may not survive' "$work/err" || wrong="$wrong; failed ($rc), but main moved" ;;
	*) wrong="$wrong; main is $now" ;;
	esac
	timeout 10 "$driver" put "$d" 900 1 || wrong="$wrong; the next writer failed"
	if [ "$1" = kill ] && [ "$now" = "$old" ]; then
		again || wrong="$wrong; the same command failed afterwards"
	fi
	fsck
	left_over
	if [ "$kind" = view ]; then
		rm -rf "$d.want"
		mkdir "$d.want"
		"$driver" view "$d" "$d.v" || wrong="$wrong; the next view failed"
		git -C "$d" archive main | tar x -C "$d.want"
		diff -rq -x .gavel-view -x .gavel-tmp "$d.want" "$d.v" >/dev/null || wrong="$wrong; the view is not what main is"
	fi
}

again() { timeout 10 "$driver" "${cmd[@]:0:1}" "$d" "${cmd[@]:1}"; }

# fresh: a copy of the prepared docket in $d
fresh() {
	serial=$((serial + 1))
	d=$work/$name.$serial
	[ ! -e "$work/$name.base" ] || cp -a "$work/$name.base" "$d"
	[ ! -e "$work/$name.base.v" ] || cp -a "$work/$name.base.v" "$d.v"
}

run() {
	local at=$1 how=$2
	fresh
	if [ "$kind" = view ]; then
		shimmed "$at" "$how" "$driver" view "$d" "$d.v"
	else
		shimmed "$at" "$how" "$driver" "${cmd[0]}" "$d" "${cmd[@]:1}"
	fi
}

scenario() {
	name=$1 kind=$2
	local prepare=$3 steps how n
	shift 3
	cmd=("$@")
	"$prepare" "$work/$name.base" || {
		fail "$name: cannot prepare"
		return
	}
	old=$(git -C "$work/$name.base" rev-parse main 2>/dev/null)
	run 0 none
	[ "$rc" = 0 ] || {
		fail "$name: undisturbed: $(cat "$work/err")"
		return
	}
	want=$(git -C "$d" rev-parse main)
	steps=$calls
	for how in $hows; do
		for ((n = 1; n <= steps; n++)); do
			run "$n" "$how"
			if [ "$how" != kill ]; then
				case $rc in 0 | 9) ;; *) fail "$name: step $n $how: exit code $rc: $(cat "$work/err")" ;; esac
				[ "$rc" = 0 ] || [ -s "$work/err" ] || fail "$name: step $n $how: no message"
			fi
			judge "$how"
			if [ -z "$wrong" ]; then
				passed=$((passed + 1))
			else
				fail "$name: step $n of $steps, $how: exit code $rc $(cat "$work/err")$wrong"
			fi
			rm -rf "$d" "$d.v" "$d.want"
		done
	done
	echo "$name: $steps steps: $hows"
}

# ---- the order of syncs ----

order() {
	local what
	for what in "put 10 1" "put 10 300" "open"; do
		name=order
		rm -rf "$work/order.base"
		prepare_docket "$work/order.base"
		fresh
		rm -f "$work/trace"
		read -ra cmd <<<"$what"
		CRASH_TRACE=$work/trace shimmed 0 none "$driver" "${cmd[0]}" "$d" "${cmd[@]:1}"
		if awk '
			function dir(p) { sub(/\/[^\/]*$/, "", p); return p }
			function bad(s) { print "order: line " NR ": " s ": " $0; failed = 1 }
			/\/logs\/|gavel\.lock/ { next }
			$2 == "create" || $2 == "write" || $2 == "truncate" { dirty[$3] = 1 }
			$2 == "mkdir" { folder[dir($3)] = 1 }
			$2 == "fsync" { delete dirty[$3]; delete folder[$3]; if ($3 in also) delete dirty[also[$3]] }
			$2 == "link" { if ($3 in dirty) dirty[$4] = 1; also[$3] = $4 }
			$2 == "rename" {
				if ($3 in dirty) bad("not synced before it was put in place")
				if ($4 ~ /refs\/heads\/main$/) {
					for (f in folder) if (f ~ /\/objects/) bad("main moves, and this folder is not synced: " f)
					for (f in dirty) if (f ~ /\/objects/ && f !~ /XXXXXX$/) bad("main moves, and this file is not synced: " f)
					moved = 1
				}
				folder[dir($4)] = 1
			}
			END {
				for (f in folder) bad("at the end this folder is not synced: " f)
				if (!moved) bad("main did not move")
				exit failed
			}' "$work/trace"; then
			passed=$((passed + 1))
		else
			fail "order: $what"
		fi
	done
	echo "order: what is put in place was synced before"
}

# A file system without hard links: everything works.
no_links() {
	name=nolinks kind=write
	prepare_docket "$work/nolinks.base"
	old=$(git -C "$work/nolinks.base" rev-parse main)
	cmd=(put 10 1)
	run 0 none
	want=$(git -C "$d" rev-parse main)
	run 1 nolinks
	judge nolinks
	if [ "$rc" = 0 ] && [ -z "$wrong" ]; then
		passed=$((passed + 1))
	else
		fail "nolinks: exit code $rc $(cat "$work/err")$wrong"
	fi
	echo 'nolinks: a commit without hard links'
}

# Our writers and git pushes at the same time, which know of each other only through main.lock: nothing is lost.
push_one() { # N: a file of its own, again and again until it is in
	local n=$1
	echo "$n" >"$work/clone/pushed-$n"
	git -C "$work/clone" add "pushed-$n" && git -C "$work/clone" commit -qm "push $n" || return 1
	for _ in $(seq 100); do
		git -C "$work/clone" push -q origin main 2>/dev/null && return 0
		git -C "$work/clone" pull -q --rebase origin main 2>/dev/null
	done
	return 1
}
race() {
	local w n count
	d=$work/race
	"$driver" init "$d" || return
	rm "$d/hooks/pre-receive" # case-file is not needed for this
	git clone -q "$d" "$work/clone"
	for w in 1 2 3; do
		for n in $(seq 25); do
			"$driver" open "$d" || echo "writer $w: $n failed"
		done >>"$work/race.out" 2>&1 &
	done
	for n in $(seq 10); do push_one "$n" || echo "push $n failed"; done >>"$work/race.out" 2>&1
	wait
	wrong=
	fsck
	left_over
	count=$(git -C "$d" ls-tree -r main | wc -l)
	[ "$count" = 87 ] || wrong="$wrong; $count files of 87" # 75 cases, 10 pushed, 2 from init
	[ "$(git -C "$d" log --oneline main | wc -l)" = 86 ] || wrong="$wrong; not 86 commits"
	if [ -z "$wrong" ] && [ ! -s "$work/race.out" ]; then
		passed=$((passed + 1))
	else
		fail "race: $(cat "$work/race.out")$wrong"
	fi
	echo 'race: three writers and a pusher lose nothing'
}

wanted() {
	[ ${#only[@]} -eq 0 ] && return 0
	local n
	for n in "${only[@]}"; do [ "$n" = "$1" ] && return 0; done
	return 1
}
only=("$@")
wanted order && order
wanted nolinks && no_links
wanted race && race
hows='kill full'
wanted init && scenario init init prepare_nothing init
wanted init && scenario init-into init prepare_empty_dir init
hows='kill ENOSPC EIO EACCES full short'
wanted loose && scenario loose write prepare_docket put 10 1
wanted pack && scenario pack write prepare_docket put 10 300
wanted set && scenario set write prepare_docket set 2 777
wanted open && scenario open write prepare_docket open
wanted view && scenario view view prepare_view view
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
