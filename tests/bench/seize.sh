# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2016 # shared with run.sh; $1 and variables of jq
# The bench of seize-check, sourced by run.sh: a year of a large court, four seizures a case, in one pass over a docket; and
# the over-value sums alone against the same in jq, on a sample.

# Claims, assets and seizures of so many cases; the numbers follow from the case's own.
seized() {
	jq -nc --argjson n "$1" '
		range(1; $n + 1) as $c | ("000000\($c)"[-6:]) as $k | "（2025）沪0114执\($c)号" as $case | (($c * 7919 % 500 + 1) * 1000000) as $fen |
		{kind: "claim", id: "沪0114-L\($k)", case: $case, stage: "enforcement", principal_fen: $fen, costs_fen: ($fen / 100)},
		(range(4) as $i | ("000000\($c * 4 + $i)"[-6:]) as $a | (["deposit", "immovable", "vehicle", "equity"][($c + $i) % 4]) as $type |
			($fen * (($c * 31 + $i * 17) % 9 + 1) / 10) as $value |
			({kind: "asset", id: "沪0114-A\($a)", type: $type} +
				if $type == "deposit" then {balance_fen: $value} else {price: {fen: $value, method: "online-inquiry", on: "2025-03-01", valid_until: "2026-02-28"}} end +
				if $type == "immovable" and $c % 2 == 0 then {indivisible: true} else {} end +
				if $c % 10 == 0 then {share: {num: 1, den: 2}, co_owners: [{name: "共有人", notified_on: "2025-03-05"}]} else {} end +
				if $c % 7 == 0 then {encumbrances: [{holder: "银行", kind: "mortgage", fen: ($value / 4 | floor), on: "2021-01-01"}]} else {} end),
			({kind: "seizure", id: "沪0114-Z\($a)", case: $case, asset: "asset:沪0114-A\($a)", state: "effective", measure: "freeze",
				ruled_on: "2025-03-01", served_at: "2025-03-02T10:00:00+08:00", until: "2026-03-01"} +
				if $type == "equity" then {published_at: "2025-03-03"} elif $type == "deposit" then {sum_fen: $value} else {} end))'
}

# The claim, what is seized at its value and at the lowest price, for each case where that is more than the claim.
sums='def fee: if . <= 1000000 then 5000 else 5000 + ([., 50000000] | min - 1000000) * 0.015 + ([. - 50000000, 0] | max | [., 450000000] | min) * 0.01 +
		([. - 500000000, 0] | max | [., 500000000] | min) * 0.005 + ([. - 1000000000, 0] | max) * 0.001 end;
	(.claim | .principal_fen + .costs_fen + (.principal_fen | fee) | round) as $claim | (.assets | INDEX(.id)) as $assets |
	[.seizures[] | select(.measure != "waiting" and .until >= "2025-06-01") | $assets[.asset[6:]] |
		(.price.fen // .balance_fen) as $ref | ((.share.num // 1) / (.share.den // 1)) as $share | ([.encumbrances[]?.fen] | add // 0) as $prior |
		{nominal: ([$ref * $share - $prior, 0] | max), least: ([$ref * $share * (if .type == "deposit" then 1 else 0.56 end) - $prior, 0] | max)}] |
	{nominal: (map(.nominal) | add), least: (map(.least) | add)} | select(.nominal > $claim) | [$claim, .nominal, .least]'

seize_bench() {
	local cases=$((records / 2)) sample=$((records / 50))
	note "seizures of $cases cases"
	seized "$cases" >"$work/seized.ndjson"
	case-file init --court 沪0114 "$work/seized" 2>/dev/null
	case-file import -C "$work/seized" "$work/seized.ndjson" 2>/dev/null
	seize-check -C "$work/seized" --bundles >"$work/bundles.ndjson"
	head -n "$sample" "$work/bundles.ndjson" >"$work/sample.ndjson"
	pair seize "$sample" 3 'seize-check -, all rules' 'jq, over-value sums alone' "$(jq --version)" -- \
		-i "$work/sample.ndjson" bash -c 'seize-check --as-of 2025-06-01 - || [ $? = 1 ]' -- jq -c "$sums"
	pair seize-all "$((cases * 4))" 1 'seize-check, of a docket' 'case-file list of all it reads' '' -- \
		bash -c 'seize-check --as-of 2025-06-01 -C "$1" || [ $? = 1 ]' bash "$work/seized" -- \
		bash -c 'for kind in claim asset seizure; do case-file list -C "$1" --kind $kind; done' bash "$work/seized"
	peak seize-check 65536 bash -c 'seize-check --as-of 2025-06-01 -C "$1" || [ $? = 1 ]' bash "$work/seized"
}
