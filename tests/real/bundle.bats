#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Every hostile archive of the collection is refused or does no harm: nothing outside of the folder, no link, no set-user-id,
# nothing left of one that fails, in little time and space.
load ../helper

setup() {
	common_setup
	need_real
	hostile=$GAVEL_REAL_DATA/hostile-archives
	[ -d "$hostile" ] || skip "no hostile-archives in $GAVEL_REAL_DATA"
}

# The collection's own word for what is in each.
hazard() { jq -r --arg f "$1" 'select(.file == $f) | .hazard' "$hostile/manifest.ndjson"; }

@test "unpack: every hostile archive is refused or neutralised" {
	mkdir in
	cd in
	: >../log
	for f in "$hostile"/files/*; do
		name=${f##*/}
		rc=0
		(ulimit -f 102400 && timeout 60 case-bundle unpack "$f" out) 2>err || rc=$?
		[ $rc = 0 ] || [ $rc = 3 ] || { echo "$name: exit code $rc: $(cat err)"; return 1; }
		if [ $rc = 0 ]; then
			[ -d out ]
			is "$(find out ! -type f ! -type d)" ''
			is "$(find out -type f -links +1)" ''
			is "$(find out -type f ! -perm 640)" ''
			is "$(find out -iname '.git' -o -name '*~1')" ''
		else
			[ ! -e out ]
			[ "$(wc -l <err)" -ge 1 ]
		fi
		rm -rf out
		is "$(find . ! -name . ! -name err)" ''
		echo "$rc $(hazard "$name")" >>../log
	done
	[ ! -e /tmp/traversal-probe ] || is "$(find /tmp/traversal-probe -name moo)" ''
	is "$(find .. -name moo)" ''
	# What has to be refused is.
	for bad in relative0 dirsymlink dirsymlink2a hardlink_out hardlink_rel_out dotgit_case dotgit_short nfc_nfd dot_name \
		long_name deep fullwidth; do
		is "$bad $(grep -c "^0 $bad\$" ../log)" "$bad 0"
		[ "$(grep -c "^3 $bad\$" ../log)" -gt 0 ]
	done
}

@test "names in GBK, and UTF-8 names without the flag, come out right" {
	for f in gbk_name utf8_noflag; do
		run_ok case-bundle unpack "$hostile/files/$f.zip" "$f"
		is "$(ls "$f")" 民事起诉状.txt
	done
	run_rc 3 case-bundle unpack "$hostile/files/gbk_name.tar" out
	has "$stderr" 'the name is not UTF-8'
}

@test "integrity: wrong checksums and lengths are found" {
	for f in bad_crc.zip size_lie.zip truncated.tar; do
		run_rc 3 case-bundle unpack "$hostile/files/$f" out
		[ ! -e out ]
	done
}

@test "list, verify and import survive them too" {
	case-file init --court 沪0114 d 2>/dev/null
	for f in "$hostile"/files/*; do
		for args in 'list' 'verify' 'import -C d'; do
			rc=0
			# shellcheck disable=SC2086 # words
			timeout 60 case-bundle $args "$f" >out 2>err || rc=$?
			case $args$rc in
			list[013] | verify[37] | 'import -C d'[37]) ;;
			*) echo "$args $f: exit code $rc: $(cat err)" && return 1 ;;
			esac
		done
	done
	is "$(git -C d rev-list --count main)" 1
}
