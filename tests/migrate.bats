# SPDX-License-Identifier: MIT
# case-file migrate: what is not in the text or at the path of this version, is brought there.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	printf '%s\n' '{"id":"民初1","judge":"甲"}' '{"id":"民初2"}' | case-file import 2>/dev/null
	dir=cases/2022/沪0114/民初/0000
}
tip() { git -C d rev-parse main; }
said() { sed -E 's/[0-9a-f]{10}$/COMMIT/' <<<"$stderr"; }

# by_hand PATH TEXT ...: files that no command wrote, in one commit
by_hand() {
	export GIT_INDEX_FILE=$PWD/index
	git -C d read-tree main
	while [ $# -gt 0 ]; do
		git -C d update-index --add --cacheinfo "100644,$(printf %s "$2" | git -C d hash-object -w --stdin),$1"
		shift 2
	done
	git -C d update-ref refs/heads/main "$(git -C d commit-tree -m 'by hand' -p main "$(git -C d write-tree)")"
	unset GIT_INDEX_FILE
}

@test "what cannot be brought over is named and stays as it is" {
	by_hand "$dir/3.json" '{"kind":"case"' \
		"$dir/4.json" '{"kind":"case","id":"民初4","state":"done"}' \
		"$dir/5.json" '{"kind":"verdict","id":"民初5","state":"open"}' \
		"$dir/6.json" '{"kind":"case","id":"（2022）沪0114民初1号","state":"open"}' \
		"$dir/7.json" '{"kind":"case","id":"（2022）沪0114民初9号","judge":"甲","state":"open"}' \
		"$dir/8.json" '{"kind":"case","id":"（2022）沪0114民初9号","judge":"乙","state":"open"}'
	run_rc 8 case-file migrate
	golden migrate/left "$(said)"
	is "$(git -C d diff --no-renames --name-status -z HEAD~1 HEAD | tr '\0' ' ')" "D $dir/7.json A $dir/9.json "
	before=$(tip)
	run_rc 8 case-file migrate
	is "$(tip)" "$before"
	run_rc 2 case-file migrate 民初1
	golden migrate/operand "$stderr"
}

@test "text and path: rewritten in one commit, and then never again" {
	by_hand "$dir/3.json" '{"kind":"case","id":"(2022)沪0114民初3号","state":"open","x":null,"judge":"\u7532"}' \
		"$dir/44.json" '{"kind":"case","id":"（2021）沪0114执4号","state":"open"}' \
		README 'no record'
	before=$(tip)
	run_ok case-file migrate --dry-run
	is "$(jq -r '[.op, .path] | join(" ")' <<<"$output")" "plan 
put $dir/3.json
put cases/2021/沪0114/执/0000/4.json
remove $dir/44.json"
	is "$(tip)" "$before"
	printf '%s\n' "$output" >plan
	run_ok case-file migrate -m 旧格式
	golden migrate/done "$(said)"
	is "$(git -C d rev-list --count "$before..main")" 1
	is "$(git -C d log -1 --format='%s%n%(trailers:key=Gavel-Reason,valueonly)')" 'case-file migrate: to format 1 (3 records)
旧格式'
	is "$(case-file list -o ids | xargs)" '（2021）沪0114执4号 （2022）沪0114民初1号 （2022）沪0114民初2号 （2022）沪0114民初3号'
	is "$(git -C d show "main:$dir/3.json")" '{
  "id": "（2022）沪0114民初3号",
  "judge": "甲",
  "kind": "case",
  "state": "open"
}'
	is "$(git -C d show main:README)" 'no record'
	run_ok case-file check --strict --only DK-01,DK-02,DK-03
	run_ok case-file migrate
	is "$stderr" 'case-file migrate: nothing to do, 4 unchanged'
	# The plan from before does the same, where nothing has moved since.
	git -C d update-ref refs/heads/main "$before"
	run_ok case-file apply plan
	is "$(case-file list -o ids | wc -l)" 4
	git -C d fsck --strict --no-progress
}

@test "a docket of another format is not touched" {
	for format in 0 2 -1 '"1"' null; do
		git -C d read-tree 2>/dev/null --empty
		by_hand gavel.json "{\"court\":\"沪0114\",\"fanout\":100,\"format\":$format,\"policy\":{},\"zone\":\"Asia/Shanghai\"}"
		before=$(tip)
		run_rc 3 case-file migrate
		golden "migrate/format-${format//\"/q}" "$stderr"
		is "$(tip)" "$before"
	done
}
