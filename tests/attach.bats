#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Files of a case: case-file attach, case-file files, DK-11.
load helper

setup() {
	common_setup
	make_docket 2>/dev/null
	printf '%s\n' '{"id":"（2022）沪0114民初1号","cause":"民间借贷纠纷","filed_on":"2022-01-03"}' \
		'{"id":"（2022）沪0114民初2号","cause":"买卖合同纠纷","filed_on":"2022-01-04"}' | case-file import 2>/dev/null
	printf '原告诉称\n' >起诉状.txt
	sha=$(sha256sum <起诉状.txt | cut -c 1-64)
}

# Files over 4 KiB lie beside the docket.
small_blobs() {
	git -C d show main:gavel.json | jq -S '.policy.file_blob_bytes=[{"from":"2020-01-01","value":4096}]' >config
	git clone -q d clone
	cp config clone/gavel.json
	git -C clone commit -qam policy
	git -C clone push -q origin main 2>/dev/null
	head -c 10000 /dev/zero >录像.mp4
	large=$(sha256sum <录像.mp4 | cut -c 1-64)
}

@test "a file is kept by its hash, and the case names it" {
	run_ok case-file attach 民初1 起诉状.txt --note 起诉状原件 --source 原告 -m 收案
	has "$stderr" '2 written'
	is "$(git -C d show "main:files/${sha:0:2}/$sha")" 原告诉称
	is "$(git -C d log -1 --format=%s)" 'case-file attach: attach （2022）沪0114民初1号 (2 records)'
	run_ok case-file get 民初1 -o ndjson
	is "$(jq -c '.files[0] | del(.eid)' <<<"$output")" \
		"{\"added_on\":\"2022-06-30\",\"bytes\":13,\"name\":\"起诉状.txt\",\"note\":\"起诉状原件\",\"sha256\":\"$sha\",\"source\":\"原告\",\"type\":\"text/plain\"}"
	is "$(jq -r '.files[0].eid | test("^[a-z2-7]{16}$")' <<<"$output")" true
	run_ok case-file files 民初1 -o tsv --fields name,bytes,here
	is "$output" $'name\tbytes\there\n起诉状.txt\t13\ttrue'
	is "$(case-file files 民初1 --get 起诉状.txt)" 原告诉称
	is "$(case-file files 民初1 --get "${sha:0:8}")" 原告诉称
	run_ok case-file check --strict --only 'DK-*'
	is "$output" ''
	git -C d fsck --strict 2>/dev/null
}

@test "the same file again changes nothing; two cases share one" {
	run_ok case-file attach 民初1 起诉状.txt
	head=$(git -C d rev-parse main)
	run_ok case-file attach 民初1 起诉状.txt
	has "$stderr" 'nothing to do'
	is "$(git -C d rev-parse main)" "$head"
	run_ok case-file attach 民初2 起诉状.txt
	is "$(git -C d ls-tree -r --name-only main files | wc -l)" 1
	printf '%s\n' 民初1 民初2 >ids
	printf x >答辩状.txt
	run_ok case-file attach - 答辩状.txt <ids
	is "$(git -C d log -1 --format=%s)" 'case-file attach: attach 2 cases (3 records)'
	is "$(case-file files 民初1 民初2 | wc -l)" 4
}

@test "what cannot be: golden errors" {
	printf x >a
	mkdir folder
	{
		for args in '民初1' '民初1 a a --name b' '民初1 nix' '民初1 -' '民初9 a' '民初1 folder'; do
			echo "\$ case-file attach $args"
			case-file attach $args 2>&1 </dev/null && echo 'exit code 0' || echo "exit code $?"
		done
		for name in a/b .. .GIT 'x ' con.txt 'a\b' $'a\tb'; do
			echo "\$ case-file attach 民初1 a --name ${name@Q}"
			case-file attach 民初1 a --name "$name" 2>&1 && echo 'exit code 0' || echo "exit code $?"
		done
		case-file attach 民初1 a 2>/dev/null
		printf y >a
		echo '$ case-file attach 民初1 a   # another a'
		case-file attach 民初1 a 2>&1 || echo "exit code $?"
		for args in '--get nix 民初1' '--get a' '--get a 民初1 民初2' '--get a 民初2' '民初9'; do
			echo "\$ case-file files $args"
			case-file files $args 2>&1 || echo "exit code $?"
		done
	} >log
	golden attach/errors "$(cat log)"
	is "$(case-file files 民初1 --get a)" x
}

@test "a large file lies beside the docket, by its hash" {
	small_blobs
	run_ok case-file attach 民初1 录像.mp4 起诉状.txt
	is "$(git -C d ls-tree -r --name-only main files)" "files/${sha:0:2}/$sha"
	is "$(find d/gavel-files -type f)" "d/gavel-files/${large:0:2}/$large"
	is "$(stat -c %a "d/gavel-files/${large:0:2}/$large")" 640
	case-file files 民初1 --get 录像.mp4 | cmp - 录像.mp4
	run_ok case-file check --strict --only DK-11
	is "$output" ''
	# A dry run keeps nothing.
	head -c 20000 /dev/zero >二.mp4
	run_ok case-file attach 民初1 二.mp4 --dry-run
	is "$(find d/gavel-files -type f | wc -l)" 1
	# Nor does one that fails.
	run_rc 6 case-file attach 民初9 二.mp4
	is "$(find d/gavel-files -name 'tmp-*')" ''
}

@test "DK-11: missing, changed, of another length; nothing comes out of a changed one" {
	small_blobs
	case-file attach 民初1 录像.mp4 2>/dev/null
	place=d/gavel-files/${large:0:2}/$large
	printf x | dd of="$place" conv=notrunc status=none
	run_rc 1 case-file check --strict --only DK-11 -o tsv --fields level,message
	is "$output" "level	message
violation	录像.mp4: the file ${large:0:10}... was changed: its SHA-256 is $(sha256sum <"$place" | cut -c 1-10)..."
	run_rc 7 case-file files 民初1 --get 录像.mp4
	is "$output" ''
	has "$stderr" 'was changed'
	rm "$place"
	run_rc 1 case-file check --strict --only DK-11 -o tsv --fields level,message
	is "$output" "level	message
warn	录像.mp4: the file ${large:0:10}... is not in this docket (files/, gavel-files/)"
	run_rc 6 case-file files 民初1 --get 录像.mp4
	is "$(case-file files 民初1 | jq .here)" false
	# A link there is not followed.
	cp 录像.mp4 elsewhere
	ln -s "$PWD/elsewhere" "$place"
	run_rc 9 case-file files 民初1 --get 录像.mp4
	rm "$place"
	cp 录像.mp4 "$place"
	case-file get 民初1 | jq -c '.files[0].bytes=9' | case-file import --existing replace 2>/dev/null
	run_rc 1 case-file check --strict --only DK-11 -o tsv --fields level,message
	is "$output" $'level\tmessage\nviolation\t录像.mp4: bytes says 9, but it has 10000'
}

@test "a push may not take a file from the list, nor name another's content" {
	case-file attach 民初1 起诉状.txt 2>/dev/null
	git clone -q d clone
	cd clone
	jq -S 'del(.files)' cases/2022/沪0114/民初/0000/1.json >x
	mv x cases/2022/沪0114/民初/0000/1.json
	git commit -qam x
	run_rc 1 git push -q origin main
	has "$stderr" 'file 起诉状.txt is gone from the list'
	git reset -q --hard origin/main
	jq -S '.files[0].sha256="0000000000000000000000000000000000000000000000000000000000000000"' cases/2022/沪0114/民初/0000/1.json >x
	mv x cases/2022/沪0114/民初/0000/1.json
	git commit -qam x
	run_rc 1 git push -q origin main
	has "$stderr" 'file 起诉状.txt is gone from the list'
	# A note about it may be written.
	git reset -q --hard origin/main
	jq -S '.files[0].note="副本"' cases/2022/沪0114/民初/0000/1.json >x
	mv x cases/2022/沪0114/民初/0000/1.json
	git commit -qam x
	run_ok git push -q origin main
}

@test "a plan takes files along, text or not" {
	head -c 1000 /dev/urandom >照片.jpg
	case-file attach 民初1 照片.jpg 起诉状.txt --dry-run >plan
	is "$(jq -r 'select(.base64 or .text) | keys | join(" ")' plan)" $'base base64 op path\nbase op path text'
	run_ok case-file apply plan
	case-file files 民初1 --get 照片.jpg | cmp - 照片.jpg
	is "$(case-file files 民初1 --get 起诉状.txt)" 原告诉称
	printf '\377' >b.jpg
	for bad in '"?"' '"AAA"' 7; do
		case-file attach 民初2 b.jpg --dry-run | jq -c "if .base64 then .base64=$bad else . end" >bad
		run_rc 3 case-file apply bad
		has "$stderr" ': base64: is'
	done
}

@test "from standard input, with a name" {
	run_ok case-file attach 民初1 - --name 笔录.txt <起诉状.txt
	is "$(case-file files 民初1 --get 笔录.txt)" 原告诉称
	run_ok case-file attach 民初1 - --name 空.txt </dev/null
	is "$(case-file files 民初1 --get 空.txt | wc -c)" 0
}

@test "the policy's value must be a number of bytes" {
	git clone -q d clone
	for value in '"1 MiB"' -1 99999999; do
		git -C d show main:gavel.json | jq -S ".policy.file_blob_bytes=[{\"from\":\"2020-01-01\",\"value\":$value}]" >clone/gavel.json
		git -C clone commit -qam policy
		git -C clone push -q origin main 2>/dev/null
		run_rc 3 case-file attach 民初1 起诉状.txt
		has "$stderr" 'policy.file_blob_bytes: must be a number of bytes from 0 to 16777216'
	done
}

@test "two who attach at the same time lose nothing: the lists are joined as sets" {
	mkfifo slow
	case-file attach 民初1 - --name 二.txt <slow 2>log &
	exec 9>slow
	sleep 1 # it has read the case by now, and waits for the file; if not, there is nothing to join
	run_ok case-file attach 民初1 起诉状.txt
	echo 内容 >&9
	exec 9>&-
	wait $!
	is "$(case-file files 民初1 | jq -r .name | sort)" $'二.txt\n起诉状.txt'
	is "$(case-file get 民初1 | jq -r '.files | map(.eid) | . == sort')" true
	run_ok case-file check --strict --only 'DK-*'
}
