# SPDX-License-Identifier: MIT
# Two tribunals of a court that work apart for a day, each in a docket of its own, and join in the evening.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
}

fork() {
	git clone -q --bare "$1" "$2"
	cp "$1/hooks/pre-receive" "$2/hooks/"
}
tree() { git -C "$1" rev-parse "main^{tree}"; }
all() { case-file list -C "$1" -o ndjson; }
quiet() { "$@" >>work.log 2>&1 || { echo "failed: $*"; tail -n 3 work.log; return 1; }; }

# Sixty cases that were open this morning; those of the two tribunals and, 21 to 40, of both.
morning() {
	quiet case-file init --court 沪0114 court
	for i in $(seq 60); do
		jq -nc --arg id "（2022）沪0114民初${i}号" '{kind: "case", id: $id, state: "open", cause: "民间借贷纠纷", received_on: "2022-01-04", filed_on: "2022-01-10", claim_fen: 100}'
	done | quiet case-file import -C court
}

# day DOCKET FROM TO NAME: about 200 edits: set, event, close, open, import.
day() {
	local d=$1 from=$2 to=$3 name=$4 i
	for i in $(seq "$from" "$to"); do
		quiet case-file set -C "$d" "民初$i" "$name=某$name" || return 1
		quiet case-file event -C "$d" "民初$i" serve --on 2022-03-0$((i % 9 + 1)) by="$name" || return 1
		quiet case-file event -C "$d" "民初$i" hear --on 2022-04-0$((i % 9 + 1)) || return 1
	done
	# What only this tribunal has.
	for i in $(seq 1 15); do
		quiet case-file close -C "$d" "民初$((from == 1 ? i : i + 45))" --by judgment --on 2022-06-30 || return 1
		quiet case-file open -C "$d" --type "$5" cause=诈骗罪 filed_on=2022-06-30 || return 1
	done
	for i in $(seq 101 120); do
		jq -nc --arg id "（2022）沪0114${6}${i}号" '{kind: "case", id: $id, state: "open", filed_on: "2022-06-30"}'
	done | quiet case-file import -C "$d" --batch 5
}

# apart: the two dockets east and west, at the end of that day.
apart() {
	morning || return 1
	fork court east
	fork court west
	day east 1 40 judge 刑初 行初 || return 1
	day west 21 60 clerk 民特 行审 || return 1
	# Both change one field; both move a case, each to somewhere else; both give one number.
	quiet case-file set -C east 民初30 claim_fen=200
	quiet case-file set -C west 民初30 claim_fen=300
	quiet case-file event -C east 民初31 suspend --on 2022-06-29
	quiet case-file close -C west 民初31 --by mediation --on 2022-06-29
	quiet case-file open -C east --type 民初 cause=买卖合同纠纷 filed_on=2022-06-30
	quiet case-file open -C west --type 民初 cause=借用合同纠纷 filed_on=2022-06-30
	# The same on both sides is no conflict.
	quiet case-file set -C east 民初32 tribunal=民一庭
	quiet case-file set -C west 民初32 tribunal=民一庭
	all east | jq -r '.events[]?.eid' >eids
	all west | jq -r '.events[]?.eid' >>eids
	sort -u -o eids eids
}

# pull_ DOCKET FROM: what it says is told by its exit code.
pull_() { case-file pull -C "$1" "$2" >>work.log 2>&1 || [ $? = 1 ]; }

# together DOCKET: nothing of either day is lost, and only what was told is open.
together() {
	local open
	git -C "$1" fsck --strict --no-progress --no-dangling || return 1
	run --separate-stderr case-file check -C "$1" --strict --only 'DK-*' --skip DK-06 -o ndjson
	is "$(jq -r '[.rule, .ref.id] | join(" ")' <<<"$output" | sort)" "$(printf 'DK-07 （2022）沪0114民初%s号\n' 30 31 61)" || return 1
	open=$(git -C "$1" -c core.quotepath=false ls-tree -r --name-only main conflicts)
	is "$(grep -c . <<<"$open")" 3 || return 1
	# Every event is in its record, or kept by the conflict about it.
	{
		all "$1" | jq -r '.events[]?.eid'
		while read -r file; do
			git -C "$1" cat-file blob "main:$file" | jq -r '.. | .eid? // empty'
		done <<<"$open"
	} | sort -u >found
	is "$(comm -23 eids found)" '' || return 1
	# Every field that only one side changed has that side's value.
	is "$(all "$1" | jq -r 'select(.judge == "某judge") | .id' | wc -l)" 40 || return 1
	is "$(all "$1" | jq -r 'select(.clerk == "某clerk") | .id' | wc -l)" 40 || return 1
	is "$(all "$1" | jq -r 'select(.judge and .clerk) | .id' | wc -l)" 20 || return 1
	is "$(all "$1" | jq -s '[.[] | select(.state == "closed")] | length')" 30 || return 1
	is "$(all "$1" | jq -s length)" $((60 + 1 + 15 + 15 + 20 + 20))
}

@test "two tribunals apart for a day: joined in either order, and at once, nothing is lost" {
	apart
	[ "$(git -C east rev-list --count court..main 2>/dev/null || git -C east rev-list --count main)" -gt 150 ]
	for order in one two cross; do
		mkdir $order
		cp -r east west $order
	done
	pull_ one/east one/west
	run_ok case-file pull -C one/west one/east
	together one/east
	is "$(tree one/west)" "$(tree one/east)"
	pull_ two/west two/east
	run_ok case-file pull -C two/east two/west
	is "$(tree two/west)" "$(tree two/east)"
	is "$(tree two/west)" "$(tree one/east)"
	# Both pull the other as it was in the evening; they meet again, and go on.
	pull_ cross/east west
	pull_ cross/west east
	is "$(tree cross/west)" "$(tree cross/east)"
	is "$(tree cross/west)" "$(tree one/east)"
	quiet case-file event -C cross/east 民初1 note --on 2022-07-01 note=明日
	quiet case-file event -C cross/west 民初60 note --on 2022-07-01 note=明日
	run_ok case-file pull -C cross/east cross/west
	run_ok case-file push -C cross/east cross/west
	is "$(git -C cross/east rev-parse main)" "$(git -C cross/west rev-parse main)"
	all cross/west | jq -r '.events[]? | select(.event == "note") | .eid' >>eids
	sort -u -o eids eids
	together cross/west
}
