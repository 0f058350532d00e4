#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# mediate: what must come before what, who answers for whom, and what is done once only.
load helper

M=（2022）沪0114诉前调1号

setup() {
	common_setup
	make_docket
	{
		echo '{"kind":"mediator","id":"沪0114-M000001","name":"王调解","state":"active","type":"person","fields":["合同纠纷"]}'
		echo '{"kind":"mediator","id":"沪0114-M000002","name":"赵某","state":"active","type":"person"}'
	} | case-file import 2>/dev/null
	mediate open --on 2022-05-10 --party 申请人=张三 --party 被申请人=李四 cause=民间借贷纠纷 >/dev/null 2>&1
}

# steps STEP...: each must succeed.
steps() {
	local step
	for step in "$@"; do
		# shellcheck disable=SC2086
		mediate $step 2>err || { cat err; echo "step: $step"; return 1; }
	done
}
to_agreement() {
	steps "consent $M party=李四 --on 2022-05-11" "assign $M mediator=沪0114-M000001 --on 2022-05-12" "accept $M --on 2022-05-13" \
		"agree $M agreement.facts=借款 agreement.terms.-=还款 --on 2022-05-16"
}
field() { case-file get "$M" -o ndjson | jq -cr "$1"; }
# refused CODE GOLDEN ARGUMENT...: in the words of the golden file, and main stays where it is.
refused() {
	local was code=$1 name=$2
	was=$(git -C d rev-parse main)
	shift 2
	run_rc "$code" mediate "$@"
	golden "mediate/$name" "$stderr"
	is "$(git -C d rev-parse main)" "$was"
}

@test "confirmation: by all parties, after it was asked for, and not of what was agreed after filing" {
	to_agreement
	steps "sign $M party=张三 --on 2022-05-16" "sign $M party=李四 --on 2022-05-16"
	refused 3 confirm-alone confirm $M --on 2022-05-20 'applicants=["张三"]'
	refused 2 confirm-state confirm $M --on 2022-05-20 state=confirmed
	case-file set $M referral=after-filing >/dev/null 2>&1
	refused 3 confirm-entrusted confirm $M --on 2022-05-20
	case-file set $M referral=before-filing >/dev/null 2>&1
	steps "confirm $M --on 2022-05-20"
	refused 3 accept-before confirm $M --accept --on 2022-05-19
	steps "confirm $M --accept --on 2022-05-20" "confirm $M --grant --on 2022-05-23"
	# One enforcement at a time.
	steps "enforce $M --on 2022-06-20" >/dev/null
	refused 3 enforce-twice enforce $M --on 2022-06-21
	case-file close 执1 --by other --on 2022-06-24 >/dev/null 2>&1
	steps "enforce $M --on 2022-06-27" >/dev/null
	is "$(field '[.links[].id]')" '["agreement-confirmation:沪0114-F000001","（2022）沪0114执1号","（2022）沪0114执2号"]'
}
