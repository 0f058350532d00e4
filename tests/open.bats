# SPDX-License-Identifier: MIT
# case-file open: a case gets the next number of its court, type and year.  Races: concurrency.bats.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	start=$(tip)
}
tip() { git -C d rev-parse main; }
opened() { case-file open -o ids "$@" 2>/dev/null; }

# refused CODE NAME ARGS...: exit code, golden text, an untouched docket
refused() {
	local code=$1 name=$2
	shift 2
	run_rc "$code" case-file open "$@" || return 1
	golden "open/$name" "$stderr" || return 1
	is "$output" '' && is "$(tip)" "$start"
}

@test "what cannot be opened: the thing, the field and the value are named" {
	refused 2 no-type cause=民间借贷纠纷
	refused 3 unknown-type --type 无此
	refused 3 register --type 诉前调
	refused 3 unknown-court --type 民初 --court 嘉定
	refused 3 traversal --type 民初 --court ../../x
	refused 3 type-traversal --type ../民初
	refused 3 type-long --type "$(printf '民%.0s' {1..400})"
	refused 3 type-with-serial --type 民初7
	refused 2 year-word --type 民初 --year last
	refused 3 year-old --type 民初 --year 1999
	refused 3 year-far --type 民初 --year 99999
	refused 2 date --type 民初 --on 2022-02-30
	refused 2 party --type 民初 --party 张三
	refused 2 party-no-role --type 民初 --party =张三
	refused 2 party-no-name --type 民初 --party 原告=
	refused 2 id --type 民初 id=民初7
	refused 2 state --type 民初 state=closed
	refused 3 date-order --type 民初 received_on=2022-07-01
	refused 3 wrong-date --type 民初 received_on=07/01/2022
	refused 3 amount --type 民初 claim_fen=12.50
	refused 3 parties-twice --type 民初 'parties=[{"name":"甲"}]'
	refused 2 format --type 民初 -o word
	refused 2 at --type 民初 --at main
}

@test "the next serial of court, type and year" {
	is "$(opened --type 民初)" '（2022）沪0114民初1号'
	is "$(opened --type 民初)" '（2022）沪0114民初2号'
	is "$(opened --type 执)" '（2022）沪0114执1号'
	is "$(opened --type 民初 --on 2021-12-31)" '（2021）沪0114民初1号'
	is "$(opened --type 民初 --year 2021)" '（2021）沪0114民初2号'
	# The year is that of receipt, not that of filing.
	is "$(opened --type 民初 received_on=2021-12-30)" '（2021）沪0114民初3号'
	is "$(opened --type 民终 --court 沪02)" '（2022）沪02民终1号'
	is "$(opened --type 知民终 --court 最高法)" '（2022）最高法知民终1号'
	is "$(opened --type 知民终 --court 最高法)" '（2022）最高法知民终2号'
	is "$(opened --type 民终 --court 最高法)" '（2022）最高法民终1号'
	# A hole stays a hole; the highest counts, over the folders' edges and by number, not by text.
	for n in 9 10 99; do
		echo "{\"id\":\"民初$n\"}"
	done | case-file import 2>/dev/null
	is "$(opened --type 民初)" '（2022）沪0114民初100号'
	is "$(opened --type 民初)" '（2022）沪0114民初101号'
	echo '{"id":"民初1000000"}' | case-file import 2>/dev/null
	is "$(opened --type 民初)" '（2022）沪0114民初1000001号'
	# Eight random digits, none of them the next (CN-11).
	ids=$(for _ in 1 2 3; do opened --type 刑核 --court 最高法; done)
	is "$(grep -cE '^（2022）最高法刑核[1-9][0-9]{7}号$' <<<"$ids")" 3
	is "$(sort -u <<<"$ids" | wc -l)" 3
	git -C d fsck --strict --no-progress
}

@test "what it prints, stores and says" {
	run_ok case-file open --type 民初 cause=民间借贷纠纷 claim_fen=5000000 --party 原告=张三 --party 被告=甲=乙公司 -m 当场登记
	is "$(sed -E 's/[0-9a-f]{10}$/COMMIT/' <<<"$stderr")" 'case-file open: 1 written, 0 unchanged: commit COMMIT'
	is "$(jq -c 'del(.events[].eid)' <<<"$output")" '{"cause":"民间借贷纠纷","claim_fen":5000000,"events":[{"event":"file","on":"2022-06-30"}],"filed_on":"2022-06-30","id":"（2022）沪0114民初1号","kind":"case","parties":[{"name":"张三","role":"原告"},{"name":"甲=乙公司","role":"被告"}],"received_on":"2022-06-30","state":"open"}'
	is "$(case-file get 民初1 -o ndjson)" "$output"
	is "$(git -C d log -1 --format='%s%n%(trailers:key=Gavel-Reason,valueonly)')" 'case-file open: （2022）沪0114民初1号 (1 record)
当场登记'
	run_ok case-file open --type 民初 --received --on 2022-06-28 -o ndjson
	is "$(jq -c 'del(.events[].eid)' <<<"$output")" '{"events":[{"event":"receive","on":"2022-06-28"}],"id":"（2022）沪0114民初2号","kind":"case","received_on":"2022-06-28","state":"received"}'
	run_ok case-file open --type 民初 received_on=2022-06-01 filed_on=2022-06-07 --with court,serial --fields id,court,serial,filed_on
	is "$output" '{"court":"沪0114","filed_on":"2022-06-07","id":"（2022）沪0114民初3号","serial":"3"}'
	# A code that no table has may be right, but is worth a word.
	run_ok case-file open --type 民初 --court 沪9999 -o ids
	has "$stderr" 'warning: （2022）沪9999民初1号: court code 沪9999 is not in courts.tsv'
	run_ok case-file check --strict --only DK-01,DK-02,DK-03,DK-04,DK-05,DK-06
}

@test "--dry-run shows the number that would be next, and gives none" {
	opened --type 民初 >/dev/null
	before=$(tip)
	run_ok case-file open --type 民初 --dry-run
	is "$(tail -n 1 <<<"$output" | jq -c '[.op, .id, .base, .path]')" '["put","（2022）沪0114民初2号",null,"cases/2022/沪0114/民初/0000/2.json"]'
	is "$(tip)" "$before"
	printf '%s\n' "$output" >plan
	for _ in 1 2 3; do echo '{"type":"民初"}'; done >rows
	run_ok case-file open --dry-run <rows
	is "$(jq -r '.id // empty' <<<"$output" | xargs)" '（2022）沪0114民初2号 （2022）沪0114民初3号 （2022）沪0114民初4号'
	# The plan is good until somebody else gets the number.
	run_ok case-file apply plan
	run_rc 4 case-file apply plan
	has "$stderr" '（2022）沪0114民初2号'
	is "$(opened --type 民初)" '（2022）沪0114民初3号'
}

@test "many at once: rows without numbers; the bad ones are told, the rest is one commit" {
	cat >rows <<-'ROWS'
	{"type":"民初","cause":"买卖合同纠纷","parties":[{"name":"甲","role":"原告"}]}
	{"type":"执","year":2021}
	{"type":"民初","received_on":"2021-11-01","filed_on":"2021-11-05"}
	{"type":"民初","state":"received","received_on":"2022-06-29"}
	{"cause":"买卖合同纠纷"}
	{"type":"民初","id":"（2022）沪0114民初9号"}
	not json
	{"type":7}
	{"type":"民初","court":["沪0114"]}
	{"type":"民初","parties":[{"name":"甲"}]}
	{"type":"民初","state":"closed"}
	{"type":"民初","received_on":"yesterday"}
	{"type":"民初","filed_on":5}
	{"type":"民初"}
	ROWS
	run_rc 8 case-file open -o ids --errors bad.ndjson <rows
	is "$output" '（2022）沪0114民初1号
（2021）沪0114执1号
（2021）沪0114民初1号
（2022）沪0114民初2号
（2022）沪0114民初3号'
	golden open/rows-errors "$(cat bad.ndjson)"
	is "$(git -C d log -1 --format=%s)" 'case-file open: 5 cases (5 records)'
	is "$(git -C d rev-list --count main)" 2
	# 1000 in one go, without a hole.
	for _ in {1..1000}; do echo '{"type":"民初"}'; done | case-file open -o ids 2>/dev/null >ids
	is "$(grep -oE '[0-9]+号' ids | tr -d 号)" "$(seq 4 1003)"
	before=$(tip)
	run_ok case-file open </dev/null
	is "$stderr" 'case-file open: no rows, nothing opened'
	run_rc 3 case-file open <<<'{"type":"民初","state":"archived"}'
	is "$(tip)" "$before"
}
