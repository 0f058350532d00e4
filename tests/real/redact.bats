#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Redaction of real judgments: twice is as once, what must stay stays, numbers are gone.
load ../helper

setup() {
	common_setup
	need_real
}

# kept ROWS: titles of laws, numbers of cases, signatures, as often as they stand there.
kept() {
	jq -r '.text' "$1" | grep -oE '《(中华人民共和国|最高人民法院|最高人民检察院|国务院)[^》]{2,60}》|[（(〔\[][0-9]{4}[）)〕\]][^，。；、（）()号]{2,20}[0-9]号|审 *判 *[长员]　*[^　 ]{2,3}|书记员　*[^　 ]{2,3}' | sort | uniq -c
}

@test "real judgments: redacted once and twice, nothing that must be seen is gone" {
	for profile in 2016 2024; do
		case-publish redact --profile $profile <"$GAVEL_REAL_DATA/judgments-real.ndjson" >once
		is "$(wc -l <once)" "$(wc -l <"$GAVEL_REAL_DATA/judgments-real.ndjson")"
		jq -c 'del(.redacted)' once | case-publish redact --profile $profile >twice
		cmp <(jq -c '[.id, .text]' once) <(jq -c '[.id, .text]' twice)
		kept "$GAVEL_REAL_DATA/judgments-real.ndjson" >before
		kept once >after
		[ "$(wc -l <before)" -gt 500 ]
		is "$(diff before after)" ''
		# Listed plates, identity numbers, accounts: none is left.
		jq -c '. as $r | .pii_spans[] | select(.[2] | . == "ID" or . == "PLATE" or . == "MOBILE" or . == "BANK") | [$r.id, $r.text[.[0]:.[1]]]' \
			"$GAVEL_REAL_DATA/judgments-real.ndjson" | sort -u >spans
		[ "$(wc -l <spans)" -gt 50 ]
		is "$(jq -nc --slurpfile spans spans --slurpfile once once '($once | map({key: .id, value: .text}) | from_entries) as $t | $spans[] | select(.[1] as $x | $t[.[0]] | contains($x))' | wc -l)" 0
	done
}

@test "real judgments: what was looked at row by row: precision and recall" {
	reviewed=$ROOT/tests/real/redact-reviewed.tsv
	grep -v '^#' "$reviewed" | cut -f 1 | sort -u >ids
	jq -c --rawfile ids ids 'select(.id | IN($ids | split("\n")[]))' "$GAVEL_REAL_DATA/judgments-real.ndjson" >original
	is "$(wc -l <original)" 25
	case-publish redact --profile 2024 <original >redacted
	case-publish scan --profile 2024 <redacted >scanned || true
	perl "$ROOT/tests/real/reviewed.pl" original redacted scanned "$reviewed" >said
	grep '^#' said | sed 's/^/# /' >&3
	# Every row was looked at, and was right.
	is "$(grep -v '^#' said | grep -v '^recall')" ''
	[ "$(sed -n 's/^recall \([0-9]*\) of 1000$/\1/p' said)" -ge 987 ]
}

@test "real judgments: what is redacted goes into a docket for the public, what is not does not" {
	case-file init --court 沪0114 p 2>/dev/null
	as_documents() { jq -c '{kind: "document", id: "沪0114-W\("000000\(input_line_number)"[-6:])", court: "沪0114", case: "（2022）沪0114民初1号", state: "published", text, profile: "2016"}'; }
	case-publish redact --profile 2016 <"$GAVEL_REAL_DATA/judgments-real.ndjson" | as_documents | case-file import -C p 2>/dev/null
	is "$(case-file check -C p --strict --only DK-14)" ''
	as_documents <"$GAVEL_REAL_DATA/judgments-real.ndjson" | case-file import -C p --existing replace 2>/dev/null
	[ "$(case-file check -C p --strict --only DK-14 | jq -r .ref.id | sort -u | wc -l)" -gt 50 ]
}
