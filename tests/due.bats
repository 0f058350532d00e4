#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# case-file due: the clocks that run, each with its basis.
load helper

setup() {
	common_setup
	make_docket
	case-file import - 2>/dev/null <<'END'
{"id":"（2022）沪0114民初1号","state":"open","cause":"买卖合同纠纷","procedure":"ordinary","received_on":"2022-01-08","filed_on":"2022-01-10","events":[{"eid":"aaaaaaaaaaaaaaa2","event":"file","on":"2022-01-10"}]}
{"id":"（2022）沪0114民初2号","state":"open","cause":"民间借贷纠纷","procedure":"simplified","received_on":"2022-04-10","filed_on":"2022-04-10","judge":"王法官","events":[{"eid":"aaaaaaaaaaaaaab2","event":"file","on":"2022-04-10"}]}
{"id":"（2022）沪0114民初3号","state":"open","cause":"物业服务合同纠纷","procedure":"small-claim","received_on":"2022-05-05","filed_on":"2022-05-05","events":[{"eid":"aaaaaaaaaaaaaac2","event":"file","on":"2022-05-05"}]}
{"id":"（2022）沪0114民初4号","state":"closed","cause":"离婚纠纷","procedure":"ordinary","received_on":"2022-01-05","filed_on":"2022-01-05","closed_on":"2022-03-01","closed_by":"judgment","events":[{"eid":"aaaaaaaaaaaaaad2","event":"file","on":"2022-01-05"},{"eid":"aaaaaaaaaaaaaad3","event":"close","on":"2022-03-01"}]}
{"id":"（2022）沪0114民初5号","state":"received","cause":"离婚纠纷","received_on":"2022-06-27","events":[{"eid":"aaaaaaaaaaaaaae2","event":"receive","on":"2022-06-27"}]}
{"id":"（2022）沪0114民初6号","state":"open","cause":"买卖合同纠纷","procedure":"ordinary","received_on":"2022-01-10","filed_on":"2022-01-10","events":[{"eid":"aaaaaaaaaaaaaaf2","event":"file","on":"2022-01-10"},{"eid":"aaaaaaaaaaaaaaf3","event":"suspend","on":"2022-03-01"},{"eid":"aaaaaaaaaaaaaaf4","event":"resume","on":"2022-03-11"}]}
END
}

# clock NAME ID: until, days left, state, rule
clock() { case-file due "$2" --clock "$1" | jq -r '[.until, .days_left, .state, .rule] | join(" ")'; }

@test "each clock, its last day and its basis" {
	is "$(clock trial-limit 民初1)" '2022-07-10 10 running SL-01'
	is "$(clock trial-limit 民初2)" '2022-07-10 10 running SL-02'
	is "$(clock trial-limit 民初3)" '2022-07-05 5 running SL-03'
	# Ten days suspended are not counted.
	is "$(clock trial-limit 民初6)" '2022-07-20 20 running SL-01'
	# Received on a Monday: seven days later is a Monday again.
	is "$(clock filing-decision 民初5)" '2022-07-04 4 running LA-04'
	is "$(case-file due 民初4)" ''
	run_ok case-file due 民初1 --clock trial-limit
	is "$(jq -c '[.kind, .id, .from, .as_of, .basis]' <<<"$output")" \
		'["due","（2022）沪0114民初1号","2022-01-10","2022-06-30",[{"art":"152","doc":"中华人民共和国民事诉讼法","no":"2021"}]]'
	run_ok case-file due 民初6 --clock trial-limit --show-work
	has "$output" 2022-03-01
}

@test "extended, converted, stopped: the same commands move the clock" {
	case-file event 民初2 extend --on 2022-06-20 months=1 asked_on=2022-06-10 2>/dev/null
	is "$(clock trial-limit 民初2)" '2022-08-10 41 running SL-02'
	# From simplified to ordinary: six months from the same filing (SL-16).
	case-file event 民初3 convert --on 2022-06-01 to=ordinary 2>/dev/null
	is "$(clock trial-limit 民初3 | cut -d' ' -f1,4)" '2022-11-05 SL-01'
	case-file event 民初1 suspend --on 2022-06-15 2>/dev/null
	is "$(clock trial-limit 民初1 | cut -d' ' -f3)" stopped
	case-file event 民初1 resume --on 2022-06-25 2>/dev/null
	is "$(clock trial-limit 民初1)" '2022-07-20 20 running SL-01'
}

@test "every clock can be asked for by its name" {
	case-file event 民初5 premediate --on 2022-06-28 until=2022-07-28 2>/dev/null
	is "$(clock pre-mediation 民初5)" '2022-07-28 28 running ME-09'
	is "$(case-file due 民初5 | jq -r .clock | while read -r name; do clock "$name" 民初5; done)" \
		"$(case-file due 民初5 | jq -r '[.until, .days_left, .state, .rule] | join(" ")')"
}

@test "within, overdue, as of another day, of some cases" {
	is "$(case-file due --within 6d --clock trial-limit | jq -r .id)" '（2022）沪0114民初3号'
	is "$(case-file due --overdue --clock trial-limit)" ''
	is "$(case-file due --overdue --clock trial-limit --as-of 2022-07-12 | jq -r .id | sort | xargs)" \
		'（2022）沪0114民初1号 （2022）沪0114民初2号 （2022）沪0114民初3号'
	is "$(case-file due --judge 王法官 | jq -r .id | sort -u)" '（2022）沪0114民初2号'
	is "$(case-file list --where 'procedure=small-claim' -o ids | case-file due - --clock trial-limit | jq -r .until)" 2022-07-05
	is "$(case-file due --clock trial-limit -o tsv --fields until,id | sed -n 2p)" $'2022-07-05\t（2022）沪0114民初3号'
}

@test "what is refused" {
	local rc args
	while read -r rc args; do
		# shellcheck disable=SC2086 # words
		run_rc "$rc" case-file due $args
		printf '%s\n%s\n' "\$ case-file due $args" "$stderr" >>said
	done <<'END'
6 民初99
3 民初
8 民初99 民初1
2 --within x
2 --within -3d
2 --within 7d --overdue
2 --clock nothing
2 --withn 7d
END
	golden due/refused "$(cat said)"
}
