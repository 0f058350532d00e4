# SPDX-License-Identifier: MIT
# case-file apply: a plan that --dry-run printed is carried out, whole or not at all.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	printf '%s\n' '{"id":"民初1","judge":"甲"}' '{"id":"民初2"}' | case-file import 2>/dev/null
	case-file set 民初1 judge=乙 -m 换人 --dry-run >plan
	start=$(tip)
}
tip() { git -C d rev-parse main; }

# refused CODE NAME ARGS...: exit code, golden text, an untouched docket
refused() {
	local code=$1 name=$2
	shift 2
	run_rc "$code" case-file apply "$@" || return 1
	golden "apply/$name" "$(sed -E "s/[0-9a-f]{40}/COMMIT/g" <<<"$stderr")" || return 1
	is "$output" '' && is "$(tip)" "$start"
}

@test "what is no plan, or not one for this docket" {
	refused 3 empty </dev/null
	refused 9 no-file missing
	refused 2 two-files plan plan
	refused 3 no-json <<<'put 民初1'
	refused 3 record <<<'{"id":"民初1","kind":"case"}'
	refused 3 array <<<'[]'
	refused 3 step < <(sed 's/"op":"put"/"op":"zap"/' plan)
	refused 4 other-docket < <(sed 's/"docket":"沪0114"/"docket":"沪0115"/' plan)
	refused 3 path < <(sed 's#0000/1.json#0000/7.json#' plan)
	refused 3 traversal < <(sed 's#cases/2022/沪0114/民初/0000/1.json#../../hooks/post-update#' plan)
	refused 3 remove-outside <<<'{"op":"remove","path":"../HEAD","base":"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"}'
	refused 3 remove-config < <(printf '{"op":"remove","path":"gavel.json","base":"%s"}\n' "$(git -C d rev-parse main:gavel.json)")
	refused 3 illegal < <(sed 's/"state":"open"/"state":"done"/' plan)
	refused 3 base-word < <(sed 's/"base":"[0-9a-f]*"/"base":"zz"/' plan)
	refused 4 base-null < <(sed 's/"base":"[0-9a-f]*"/"base":null/' plan)
	refused 4 twice < <(cat plan; sed 's/乙/丙/' plan)
	refused 3 cut < <(head -c -20 plan)
	# One bad line at the end: nothing of what stands before it.
	refused 3 bad-end < <(cat plan; echo '{"op":"put"}')
}

@test "a plan is carried out, once" {
	run_ok case-file apply plan -m 换人
	has "$stderr" '1 written, 0 unchanged: commit '
	is "$(case-file get 民初1 -o ndjson)" '{"id":"（2022）沪0114民初1号","judge":"乙","kind":"case","state":"open"}'
	is "$(git -C d log -1 --format='%s%n%(trailers:key=Gavel-Reason,valueonly)')" 'case-file apply: a plan (1 record)
换人'
	start=$(tip)
	refused 4 again plan
	# From standard input, and to look at it first.
	case-file set 民初2 judge=丙 --dry-run >next
	run_ok case-file apply --dry-run <next
	is "$output" "$(cat next)"
	is "$(tip)" "$start"
	run_ok case-file apply - <next
	is "$(case-file get 民初2 -o ndjson | jq -r .judge)" 丙
	# A plan in which there is nothing to do.
	case-file set 民初2 judge=丙 --dry-run >next
	run_ok case-file apply next
	is "$stderr" 'case-file apply: nothing to do, 0 unchanged'
}

@test "a record that changed since: the plan is stale, even where another field changed" {
	case-file set 民初1 clerk=丁 2>/dev/null
	start=$(tip)
	refused 4 stale plan
	# Another case may have changed.
	case-file set 民初2 judge=甲 --dry-run >plan
	case-file set 民初1 clerk=戊 2>/dev/null
	run_ok case-file apply plan
	is "$(case-file get 民初1 民初2 -o ndjson | jq -c '[.judge, .clerk]' | xargs)" '[甲,戊] [甲,null]'
	# One of many is stale: none is done.
	for n in 3 4 5; do echo "{\"id\":\"民初$n\"}"; done >rows
	case-file import --dry-run rows >plan
	case-file import <<<'{"id":"民初5","judge":"甲"}' 2>/dev/null
	start=$(tip)
	refused 4 stale-one plan
	is "$(case-file list -o ids | wc -l)" 3
}

@test "plans of every command that writes" {
	case-file import 2>/dev/null <<<'{"id":"民初7","filed_on":"2022-03-01","received_on":"2022-03-01"}'
	for n in 1 2 3; do
		case $n in
		1) case-file event 民初7 hear --on 2022-05-01 --dry-run >plan ;;
		2) case-file link 民初7 related 民初1 --dry-run >plan 2>/dev/null || case-file set 民初7 notes=x --dry-run >plan ;;
		3) case-file close 民初7 --by judgment --on 2022-06-01 --dry-run >plan ;;
		esac
		before=$(tip)
		run_ok case-file apply plan
		is "$(git -C d rev-list --count "$before..main")" 1
	done
	is "$(case-file get 民初7 -o ndjson | jq -c '[.state, .closed_by, ([.events[].event] | join(","))]')" '["closed","judgment","hear,close"]'
	# 5000 records through a plan are the docket that import makes.
	seq 100 5099 | sed 's/.*/{"id":"民初&"}/' >rows
	case-file import --dry-run rows | case-file apply 2>/dev/null
	run_ok case-file import rows
	has "$stderr" 'nothing to do, 5000 unchanged'
}
