#!/bin/bash
# SPDX-License-Identifier: MIT
# Let every allocation of the real commands fail (make torture; part of make crash).
#   torture.sh [--few N] [NAME...]     N allocations of each, spread evenly, instead of all
#   NAME: list get check set import import-pack maintain merge pull resolve attach seal signed enroll checkpoint bundle unpack
#         verify files who timeline report site
# Each run of a command has one allocation that fails (once), or that one and all after it (on).  It ends as ever,
# or with exit code 9 and "out of memory"; never by a signal.  The docket is where it was or where it should
# be, sound, with nothing lying about, and the same command then works; nothing that was allocated on the way is lost.
# shellcheck disable=SC2317 # functions that are called by a name in a variable
set -u
cd "$(dirname "$0")/.." || exit 1
# shellcheck source=make/crash-common.sh
. make/crash-common.sh
all=(import-pack import maintain pull merge set check list get resolve attach seal signed enroll checkpoint bundle unpack verify files
	who timeline report site)
begin "${all[@]}" -- "$@"
export GAVEL_KEYS=$work/keys XDG_STATE_HOME=$work/state
gcc -std=c11 -D_GNU_SOURCE -O1 -g -Wall -Wextra -fPIC -shared -fno-builtin -o "$work/memory.so" tests/crash/memory.c || exit 1

# short AT HOW CMD...: the code in $rc, allocations in $made, blocks that were not given back in $live.
short() {
	local at=$1 how=$2
	shift 2
	head -c 16 /dev/zero >"$work/count"
	{ # the shell itself would tell of every kill
		MEMORY_OF=$1 MEMORY_COUNT=$work/count MEMORY_AT=$at MEMORY_HOW=$how LD_PRELOAD=$work/memory.so \
			timeout 60 "$@" >"$work/out" 2>"$work/err" </dev/null
		rc=$?
	} 2>/dev/null
	read -r made live <<<"$(od -An -tu8 "$work/count")"
}

# ---- dockets ----

rows 10 3 >"$work/few.ndjson"
rows 10 150 >"$work/many.ndjson"
prepare() {
	case-file init --court 沪0114 "$1" 2>/dev/null && rows 1 3 | case-file import -C "$1" 2>/dev/null
}
# Something to fold of every sort: loose, a pack, and one with young objects that nothing reaches.
prepare_messy() {
	prepare "$1" && rows 100 120 | case-file import -C "$1" 2>/dev/null && git -C "$1" repack -adfq &&
		(rows 300 110 && rows 300 1 | sed s/王某/李某/) | case-file import -C "$1" --existing merge 2>/dev/null &&
		case-file set -C "$1" 民初1 notes=x 2>/dev/null
}
# Two that went apart; the other one is $work/other.
prepare_apart() {
	prepare "$1" && cp -a "$1" "$work/other" && case-file set -C "$1" 民初1 claim_fen=555 2>/dev/null &&
		rows 50 2 | case-file import -C "$1" 2>/dev/null && case-file set -C "$work/other" 民初1 judge=李某 2>/dev/null &&
		rows 80 2 | case-file import -C "$work/other" 2>/dev/null
}
prepare_fetched() {
	prepare_apart "$1" && git -C "$1" fetch -q "$work/other" main:refs/heads/other
}
prepare_conflict() {
	prepare_fetched "$1" && case-file set -C "$1" 民初1 judge=赵某 2>/dev/null &&
		{ case-file merge -C "$1" other 2>/dev/null || [ $? = 1 ]; }
}
prepare_paper() {
	prepare "$1" && head -c 300000 /dev/zero >"$work/录像"
}
prepare_attached() {
	prepare_paper "$1" && case-file attach -C "$1" 民初1 "$work/录像" 2>/dev/null
}
prepare_signing() {
	prepare "$1" && ssh-keygen -q -t ed25519 -N '' -C '' -f "$work/key" && git -C "$1" config gpg.format ssh &&
		git -C "$1" config user.signingKey "$work/key" && git -C "$1" config commit.gpgSign true
}
prepare_witnesses() {
	prepare_signing "$1" && case-audit enroll -C "$1" 测试员 --role 院长 --new --email clerk@example.org --key "$work/key.pub" \
		--from 2022-01-01 -m 任命 2>/dev/null && case-file set -C "$1" 民初1 judge=李某 -m 调整 2>/dev/null
}
prepare_bundle() {
	prepare "$work/other" && case-bundle pack -C "$work/other" 民初1 民初2 --history -o "$work/bundle" 2>/dev/null &&
		case-file init --court 沪0115 "$1" 2>/dev/null
}
prepare_public() {
	case-file init --court 沪0114 "$1" 2>/dev/null && case-file import -C "$1" - 2>/dev/null <<-'END'
	{"kind":"document","id":"沪0114-W000001","court":"沪0114","case":"（2022）沪0114民初1号","state":"published","title":"张某诉李某","cause":"民间借贷纠纷","issued_on":"2022-05-02","text":"一\n二\n三\n四"}
	{"kind":"document","id":"沪0114-W000002","court":"沪0114","case":"（2022）沪0114民初2号","state":"withheld","withheld_reason":"离婚诉讼"}
	{"kind":"typical-case","id":"沪0114-T000001","state":"released","title":"甲","cause":"民间借贷纠纷","keywords":["借贷"],"laws":[{"doc":"民法典","art":"667"}],"documents":["document:沪0114-W000001"]}
	{"kind":"typical-case","id":"沪0114-T000002","state":"released","title":"乙","cause":"民间借贷纠纷"}
	{"kind":"report","id":"沪0114-G000001","state":"released","title":"丙","figures":[{"label":"丁","series":[{"label":"戊","value":1}]}]}
	END
}
# Ids of events are made up, so a commit is known by what it holds and whose child it is.
main_of() { git -C "$1" log -m -1 --format=%P --name-status main 2>&1; }
left_over() {
	find "$d" -name 'tmp_*' -o -name '*.lock' ! -name gavel.lock -o -name '*.keep'
	find "$work" -maxdepth 1 -name '.gavel-*'
	[ "$rc" = 0 ] || [ ! -e "$d.out" ] || echo "$d.out"
}

# Words of what is wrong in $wrong.  The next writer clears up what one that died leaves; one that failed leaves nothing.
judge() {
	local now
	wrong=
	case $rc in
	0) cmp -s "$work/out" "$work/out.want" || wrong="$wrong; said done, but printed something else" ;;
	9) grep -q 'out of memory' "$work/err" || wrong="$wrong; no word of memory" ;;
	*) wrong="$wrong; exit code $rc" ;;
	esac
	[ "$live" -le "$most" ] || wrong="$wrong; $live blocks were not given back, $most are"
	[ -z "$(left_over)" ] || wrong="$wrong; left over: $(left_over)"
	[ "$kind" = write ] || return
	now=$(main_of "$d")
	[ "$only" != resolve ] || [ "$rc" = 0 ] || "${now_argv[@]}" >/dev/null 2>&1 # check tells of open conflicts
	[ "$now" = "$old" ] || [ "$now" = "$want" ] || wrong="$wrong; main is $now"
	[ "$rc" != 0 ] || [ "$now" = "$want" ] || wrong="$wrong; said done, but main is where it was"
	git -C "$d" fsck --strict --no-progress --no-dangling >"$work/fsck" 2>&1 || wrong="$wrong; $(cat "$work/fsck")"
	case-file check --strict -C "$d" >"$work/check" 2>&1 || wrong="$wrong; check: $(head -n 3 "$work/check")"
	"${now_argv[@]}" >/dev/null 2>"$work/again" || wrong="$wrong; the same command failed afterwards: $(cat "$work/again")"
}

# scenario NAME KIND PREPARE CMD...: CMD runs on the docket "@" after PREPARE.
fresh() {
	rm -rf "$work/keys" "$work/state" "$d.remembered" "$d.out" "$d.site"
	[ "$kind" = write ] || [ ! -e "$d" ] || return
	rm -rf "$d"
	cp -a "$work/base" "$d"
}
scenario() {
	[ "$only" = "$1" ] || return
	local stride how n total
	kind=$2
	d=$work/d
	"$3" "$work/base" || {
		fail "$1: cannot prepare"
		return
	}
	shift 3
	now_argv=("${@//@/$d}")
	old=$(main_of "$work/base")
	fresh
	short 0 none "${now_argv[@]}"
	[ "$rc" = 0 ] || {
		fail "$only: undisturbed: $(cat "$work/err")"
		return
	}
	cp "$work/out" "$work/out.want"
	want=$(main_of "$d")
	total=$made
	# What the C library keeps for itself, as for messages: a little more when something is said.
	most=$((live + 12))
	stride=1
	[ "$few" = 0 ] || stride=$(((total + few - 1) / few))
	for how in once on; do
		for ((n = 1; n <= total; n += stride)); do
			fresh
			short "$n" "$how" "${now_argv[@]}"
			judge
			if [ -z "$wrong" ]; then
				passed=$((passed + 1))
			else
				fail "$only: allocation $n of $total, $how: $(head -n 3 "$work/err")$wrong"
			fi
		done
	done
	echo "$only: $total allocations"
}

scenario list read prepare case-file list -C @ -o ndjson
scenario get read prepare case-file get -C @ 民初2 -o json
scenario check read prepare case-file check -C @ --strict
scenario set write prepare case-file set -C @ 民初2 judge=李某 -m 调整
scenario import write prepare case-file import -C @ "$work/few.ndjson"
scenario import-pack write prepare case-file import -C @ "$work/many.ndjson"
scenario maintain write prepare_messy case-file maintain -C @
scenario merge write prepare_fetched case-file merge -C @ other
scenario pull write prepare_apart case-file pull -C @ "$work/other"
scenario resolve write prepare_conflict case-file resolve -C @ --all --with ours -m 定
scenario attach write prepare_paper case-file attach -C @ 民初1 "$work/录像" -m 举证
scenario seal write prepare case-file seal -C @ 民初2 --field 'parties[].id_no' -m 申请
scenario signed write prepare_signing case-file set -C @ 民初2 judge=李某 -m 调整
scenario enroll write prepare case-audit enroll -C @ 沈某 --role 院长 --new --from 2022-01-01 -m 任命
scenario checkpoint write prepare case-audit checkpoint -C @ --file @.remembered
scenario verify read prepare_witnesses case-audit verify -C @ -o ndjson
scenario who read prepare_witnesses case-audit who -C @ 民初1 -o ndjson
scenario timeline read prepare_witnesses case-audit timeline -C @ 民初1 -o ndjson
scenario report read prepare_witnesses case-audit report -C @
scenario files read prepare_attached case-file files -C @ 民初1 --get 录像
scenario unpack read prepare_bundle case-bundle unpack "$work/bundle" @.out
scenario site read prepare_public case-publish site -C @ --to @.site --lang both --base-url http://example.org/
scenario bundle write prepare_bundle case-bundle import "$work/bundle" -C @ --unsigned -m 接收
finish
