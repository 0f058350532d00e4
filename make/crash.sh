#!/bin/bash
# SPDX-License-Identifier: MIT
# Kill writers at every step, and let every step fail, then look at the docket (make crash).
#   crash.sh [--few N] [NAME...]     N steps of each, spread evenly, instead of all
#   NAME: order push nolinks race; init init-into; loose pack set open view (the library alone);
#         cmd-init cmd-import cmd-import-pack cmd-open cmd-set cmd-maintain cmd-merge cmd-pull cmd-resolve
#         cmd-attach cmd-seal cmd-destroy-key cmd-enroll cmd-checkpoint cmd-bundle cmd-signed (the real commands)
# A step is a call that changes the file system (tests/crash/shim.c).  After each kill, or ^C, git fsck is
# clean, main is where it was or where it should be, the same command simply works, and nothing is left
# lying about.  After each failure the same, and the exit code says input/output (9).
# "order" reads a trace of undisturbed runs instead: what is renamed into place was synced before, and
# a folder is synced before the ref leads into it; so a power failure is no worse than a kill.  "push" does so
# for what git itself does in a docket.
# shellcheck disable=SC2317 # functions that are called by a name in a variable
set -u
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=make/crash-common.sh
. make/crash-common.sh
all=(cmd-maintain cmd-attach cmd-bundle cmd-seal cmd-resolve cmd-signed cmd-enroll cmd-destroy-key cmd-checkpoint cmd-pull cmd-merge cmd-init cmd-import cmd-open cmd-set loose set open init init-into view pack cmd-import-pack race push nolinks order)
begin "${all[@]}" -- "$@"

build=$(realpath "${BUILD:-build}")
lib=$build/libgavel.a
export GAVEL_KEYS=$work/keys XDG_STATE_HOME=$work/state # of their own for each run
umask 022

read -ra flags <<<"-std=c11 -D_GNU_SOURCE -O1 -g -Wall -Wextra"
read -ra libs <<<"$(make --no-print-directory -s print-libs)"
gcc "${flags[@]}" -fPIC -shared -o "$work/shim.so" tests/crash/shim.c -ldl || exit 1
gcc "${flags[@]}" -Ilib -o "$work/driver" tests/crash/driver.c "$lib" "${libs[@]}" -ldl -Wl,--gc-sections || exit 1
driver=$work/driver

serial=0
name= # of the scenario

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

# ---- what a docket is like ----

# In $d; words of what is wrong in $wrong.
fsck() {
	local said
	said=$(git -C "$d" fsck --strict --no-progress --no-dangling 2>&1) || wrong="$wrong; fsck: $said"
}
left_over() {
	local found
	local gits=() # git fetch leaves these when it is killed; maintain removes them when they are old
	[ "$name" != cmd-pull ] || gits=(! -name 'tmp_pack_*' ! -name 'tmp_idx_*' ! -name 'tmp_obj_??????')
	found=$(find "$d" "${gits[@]}" \( -name 'tmp_*' -o -name '*.lock' ! -name gavel.lock -o -name '.gavel-*' ! -name .gavel-view \
		-o -name '*.keep' -o -name '*.pack' \) |
		while read -r f; do
			case $f in *.pack) [ -f "${f%pack}idx" ] || echo "$f" ;; *) echo "$f" ;; esac
		done)
	[ -z "$found" ] || wrong="$wrong; left over: $found"
}

# What main holds, and of whom it is a child.  Commands make up ids of events, the driver does not.
main_of() {
	local format=--name-status
	[[ ${argv[0]} = case-* ]] || format=--raw
	git -C "$1" log -m -1 --format=%P "$format" main 2>&1
}

# Is the docket at $d as it should be after a run that was disturbed?  $1: how.
judge() {
	local now
	wrong=
	if [ "$kind" = init ]; then
		if [ -e "$d/HEAD" ]; then
			fsck
			now=$(main_of "$d")
			[ "$now" = "$want" ] || wrong="$wrong; main is $now"
		else
			[ "$rc" != 0 ] || wrong="$wrong; done, but there is no docket"
			again || wrong="$wrong; the next init failed"
		fi
		left_over
		"$driver" put "$d" 900 1 || wrong="$wrong; the next writer failed"
		fsck
		return
	fi
	fsck
	now=$(main_of "$d")
	case $now in
	"$old") [ "$rc" != 0 ] || [ "$old" = "$want" ] || wrong="$wrong; said done, but main is where it was" ;;
	"$want") stopped "$1" || [ "$rc" = 0 ] || grep -q 'may not survive' "$work/err" || wrong="$wrong; failed ($rc), but main moved" ;;
	*) wrong="$wrong; main is $now" ;;
	esac
	timeout 10 "$driver" put "$d" 900 1 || wrong="$wrong; the next writer failed"
	if [ "$now" = "$old" ] && { stopped "$1" || [ "$kind" = close ]; }; then # check tells of open conflicts
		again || { [ "$kind" = end ] && ended; } || wrong="$wrong; the same command failed afterwards: $(cat "$work/err")"
	fi
	[[ ${argv[0]} != case-* ]] || case-file check --strict -C "$d" >"$work/check" 2>&1 || wrong="$wrong; check: $(head -n 3 "$work/check")"
	[ "$kind" != fold ] || folded
	[ "$kind" != end ] || ended || again || wrong="$wrong; the key is neither here nor destroyed: $(cat "$work/err")"
	[ "$kind" != beside ] || beside
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
# After a maintain that was disturbed, the next one ends the work: the one pack, the rescued object, nothing of the old.
folded() {
	again || wrong="$wrong; the next maintain failed: $(cat "$work/err")"
	[ "$(find "$d/objects" -type f ! -path "*/info/*" | wc -l)" = 4 ] ||
		wrong="$wrong; objects: $(find "$d/objects" -type f -printf '%P ')"
	git -C "$d" cat-file -e "$young" || wrong="$wrong; the young object is gone"
	git -C "$d" commit-graph verify --no-progress 2>"$work/err" || wrong="$wrong; commit-graph: $(cat "$work/err")"
}
# A key that a disturbed run was to destroy: it is gone for good.
ended() { ! grep -q secret "$work"/keys/*.json && [ "$(case-file keys -C "$d" -o ndjson | jq -r .reason)" = 期满 ]; }
# The large file is there, whole, once the case names it.
beside() {
	again || wrong="$wrong; the next attach failed: $(cat "$work/err")"
	case-file files -C "$d" 民初1 --get 录像 2>"$work/err" | cmp -s - "$work/录像" || wrong="$wrong; the file is not whole: $(cat "$work/err")"
}
stopped() { [ "$1" = kill ] || [ "$1" = int ]; }

# ---- one writer, disturbed at each of its steps ----

# scenario NAME KIND PREPARE CMD...: CMD runs on the docket "@" after PREPARE.
prepare_docket() {
	"$driver" init "$1" && "$driver" put "$1" 1 3
}
prepare_nothing() { :; }
prepare_empty_dir() { mkdir "$1"; }
prepare_view() {
	"$driver" init "$1" && "$driver" put "$1" 1 8 && "$driver" view "$1" "$1.v" &&
		"$driver" put "$1" 200 8 && "$driver" set "$1" 7 5
}

# Loose objects, deltas, a pack that holds a young object that nothing reaches ($young), and an old loose one.
prepare_messy() {
	local old
	"$driver" init "$1" && "$driver" put "$1" 1 3 && "$driver" put "$1" 300 101 && git -C "$1" repack -adfq &&
		"$driver" put "$1" 10 1 && young=$(echo young | git -C "$1" hash-object -w --stdin) &&
		{ echo "$young" && git -C "$1" rev-parse main; } | git -C "$1" pack-objects -q "$1/objects/pack/pack" >/dev/null &&
		rm -f "$1/objects/${young:0:2}/${young:2}" && old=$(echo old | git -C "$1" hash-object -w --stdin) &&
		touch -d '20 days ago' "$1/objects/${old:0:2}/${old:2}"
}

# Two dockets that went apart: another field of the same case, other cases.  The other one is $work/other.
prepare_apart() {
	"$driver" init "$1" && "$driver" put "$1" 1 3 && cp -a "$1" "$work/other" &&
		"$driver" set "$1" 1 555 && "$driver" put "$1" 50 2 &&
		case-file set -C "$work/other" 民初1 judge=李某 -m 调整 2>/dev/null && "$driver" put "$work/other" 80 2
}
prepare_fetched() {
	prepare_apart "$1" && git -C "$1" fetch -q "$work/other" main:refs/heads/other
}

# What other commands write to.
prepare_full() {
	"$driver" init "$1" && rows 1 3 | case-file import -C "$1" 2>/dev/null
}
prepare_sealed() {
	rm -rf "$work/keys" && prepare_full "$1" && case-file seal -C "$1" 民初1 --field 'parties[].id_no' -m 申请 2>/dev/null &&
		cp -a "$work/keys" "$1.keys"
}
prepare_conflict() {
	prepare_full "$1" && cp -a "$1" "$work/other" && case-file set -C "$1" 民初1 judge=甲 2>/dev/null &&
		case-file set -C "$work/other" 民初1 judge=乙 2>/dev/null && git -C "$1" fetch -q "$work/other" main:refs/heads/other &&
		{ case-file merge -C "$1" other 2>/dev/null || [ $? = 1 ]; }
}
prepare_bundle() {
	prepare_full "$work/other" && case-bundle pack -C "$work/other" 民初1 民初2 --history -o "$work/bundle" 2>/dev/null &&
		case-file init --court 沪0115 "$1" 2>/dev/null
}
# Files over 4 KiB lie beside the docket.
prepare_large() {
	head -c 300000 /dev/urandom >"$work/录像" && prepare_full "$1" && git clone -q "$1" "$work/policy" &&
		jq -S '.policy.file_blob_bytes = [{from: "2020-01-01", value: 4096}]' "$work/policy/gavel.json" >"$work/json" &&
		cp "$work/json" "$work/policy/gavel.json" && git -C "$work/policy" commit -qam policy && git -C "$work/policy" push -q 2>/dev/null
}
prepare_signing() {
	prepare_docket "$1" && ssh-keygen -q -t ed25519 -N '' -C '' -f "$work/key" && git -C "$1" config gpg.format ssh &&
		git -C "$1" config user.signingKey "$work/key" && git -C "$1" config commit.gpgSign true
}

# fresh: a copy of the prepared docket in $d, and the command for it in $now_argv
fresh() {
	serial=$((serial + 1))
	d=$work/$name.$serial
	[ ! -e "$work/$name.base" ] || cp -a "$work/$name.base" "$d"
	[ ! -e "$work/$name.base.v" ] || cp -a "$work/$name.base.v" "$d.v"
	rm -rf "$work/keys" "$work/state"
	[ ! -e "$work/$name.base.keys" ] || cp -a "$work/$name.base.keys" "$work/keys"
	now_argv=("${argv[@]//@/$d}")
}
run() {
	fresh
	shimmed "$1" "$2" "${now_argv[@]}"
}
again() { timeout 10 "${now_argv[@]}" >/dev/null 2>"$work/err"; }

scenario() {
	wanted "$1" || return
	name=$1 kind=$2
	local prepare=$3 steps stride how n
	shift 3
	argv=("$@")
	"$prepare" "$work/$name.base" || {
		fail "$name: cannot prepare"
		return
	}
	old=$(main_of "$work/$name.base")
	run 0 none
	[ "$rc" = 0 ] || {
		fail "$name: undisturbed: $(cat "$work/err")"
		return
	}
	want=$(main_of "$d")
	steps=$calls
	stride=1
	[ "$few" = 0 ] || stride=$(((steps + few - 1) / few))
	for how in $hows; do
		for ((n = 1; n <= steps; n += stride)); do
			run "$n" "$how"
			if ! stopped "$how"; then
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

# in_order NAME: what $work/trace says, read by the rules above.
in_order() {
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
		fail "order: $1"
	fi
}
order() {
	local what
	for what in "put @ 10 1" "put @ 10 300" "open @"; do
		name=order
		rm -rf "$work/order.base" "$work/trace"
		prepare_docket "$work/order.base"
		read -ra argv <<<"$driver $what"
		fresh
		CRASH_TRACE=$work/trace shimmed 0 none "${now_argv[@]}"
		in_order "$what"
	done
	echo "order: what is put in place was synced before"
}

# git does not sync folders, but with the settings of a docket every file that a push brings is synced before it is in place.
push_order() {
	name=push
	d=$work/push
	prepare_docket "$d" && git clone -q "$d" "$work/pushing" || return
	sed -i 's/"claim_fen": 100/"claim_fen": 777/' "$work"/pushing/cases/2022/*/*/0000/2.json
	git -C "$work/pushing" commit -qam 'a push' || return
	rm -f "$work/trace"
	CRASH_TRACE=$work/trace shimmed 0 none git -C "$work/pushing" push -q
	if [ "$rc" = 0 ] && awk -v docket="$d/" '
		{ sub(/\/\.\//, "/", $3); sub(/\/\.\//, "/", $4) }
		index($3, docket) != 1 { next }
		$2 == "create" || $2 == "write" { dirty[$3] = 1 }
		$2 == "fsync" { delete dirty[$3]; synced++ }
		($2 == "rename" || $2 == "link") && $3 in dirty && $3 !~ /\/logs\// { print "push: not synced: " $0; failed = 1 }
		$2 == "rename" && $4 ~ /refs\/heads\/main$/ { moved = 1 }
		END { exit failed || !moved || synced < 7 }' "$work/trace"; then # 5 trees and files, a commit, the ref
		passed=$((passed + 1))
	else
		fail "push: exit code $rc $(cat "$work/err")"
	fi
	echo 'push: what is pushed was synced before it was put in place'
}

# A file system without hard links: everything works.
no_links() {
	name=nolinks kind=write
	prepare_docket "$work/nolinks.base"
	argv=("$driver" put @ 10 1)
	old=$(main_of "$work/nolinks.base")
	run 0 none
	want=$(main_of "$d")
	run 1 nolinks
	judge nolinks
	if [ "$rc" = 0 ] && [ -z "$wrong" ]; then
		passed=$((passed + 1))
	else
		fail "nolinks: exit code $rc $(cat "$work/err")$wrong"
	fi
	echo 'nolinks: a commit without hard links'
}

# ---- several at once ----

# Our writers and git pushes at the same time, which know of each other only through main.lock, and git that repacks:
# nothing is lost.
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
repack() {
	until [ -e "$work/race.end" ]; do
		git -C "$d" repack -adq
		git -C "$d" pack-refs --all
		git -C "$d" gc -q
	done
}
race() {
	local w n count writers=()
	d=$work/race
	"$driver" init "$d" || return
	rm "$d/hooks/pre-receive" # case-file is not needed for this
	git clone -q "$d" "$work/clone"
	for w in 1 2 3; do
		for n in $(seq 25); do
			"$driver" open "$d" || echo "writer $w: $n failed"
		done >>"$work/race.out" 2>&1 &
		writers+=($!)
	done
	for n in 1 2 3 4 5; do
		"$driver" put "$d" $((n * 1000)) 200 || echo "pack $n failed"
	done >>"$work/race.out" 2>&1 &
	writers+=($!)
	repack >/dev/null 2>&1 & # it may find its own files gone
	for n in $(seq 10); do push_one "$n" || echo "push $n failed"; done >>"$work/race.out" 2>&1
	wait "${writers[@]}"
	touch "$work/race.end"
	wait
	wrong=
	fsck
	left_over
	count=$(git -C "$d" ls-tree -r main | wc -l)
	[ "$count" = 1087 ] || wrong="$wrong; $count files of 1087" # 75 cases, 1000 in packs, 10 pushed, 2 from init
	[ "$(git -C "$d" log --oneline --no-merges main | wc -l)" = 91 ] || wrong="$wrong; not 91 commits"
	if [ -z "$wrong" ] && [ ! -s "$work/race.out" ]; then
		passed=$((passed + 1))
	else
		fail "race: $(cat "$work/race.out")$wrong"
	fi
	echo 'race: four writers, a pusher and git gc lose nothing'
}

wanted() { [ "$only" = "$1" ]; }
rows 10 3 >"$work/few.ndjson"
rows 10 300 >"$work/many.ndjson"

wanted order && order
wanted push && push_order
wanted nolinks && no_links
wanted race && race

hows='kill full'
scenario init init prepare_nothing "$driver" init @
scenario init-into init prepare_empty_dir "$driver" init @
hows='kill ENOSPC EIO EACCES full short'
scenario loose write prepare_docket "$driver" put @ 10 1
scenario pack write prepare_docket "$driver" put @ 10 300
scenario set write prepare_docket "$driver" set @ 2 777
scenario open write prepare_docket "$driver" open @
scenario view view prepare_view "$driver" view @ @.v

hows='kill int ENOSPC EIO'
scenario cmd-init init prepare_nothing case-file init --court 沪0114 @
scenario cmd-import write prepare_docket case-file import -C @ "$work/few.ndjson"
scenario cmd-import-pack write prepare_docket case-file import -C @ "$work/many.ndjson"
scenario cmd-open write prepare_docket case-file open -C @ --type 民初 cause=民间借贷纠纷
scenario cmd-set write prepare_docket case-file set -C @ 民初2 judge=李某 -m 调整
scenario cmd-maintain fold prepare_messy case-file maintain -C @
scenario cmd-merge write prepare_fetched case-file merge -C @ other
scenario cmd-pull write prepare_apart case-file pull -C @ "$work/other"
scenario cmd-resolve close prepare_conflict case-file resolve -C @ --all --with ours -m 定
scenario cmd-attach beside prepare_large case-file attach -C @ 民初1 "$work/录像" -m 举证
scenario cmd-seal write prepare_full case-file seal -C @ 民初1 --field 'parties[].id_no' -m 申请
scenario cmd-destroy-key end prepare_sealed case-file destroy-key -C @ --subject 'case:（2022）沪0114民初1号' -m 期满 --yes
scenario cmd-enroll write prepare_full case-audit enroll -C @ 沈某 --role 院长 --from 2022-01-01 -m 任命
scenario cmd-checkpoint write prepare_full case-audit checkpoint -C @ --file @.remembered
scenario cmd-bundle write prepare_bundle case-bundle import "$work/bundle" -C @ --unsigned -m 接收
scenario cmd-signed write prepare_signing case-file set -C @ 民初2 judge=李某 -m 调整
finish
