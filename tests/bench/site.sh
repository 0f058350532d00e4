# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2016 # shared with run.sh; $1 and variables of jq
# The bench of case-publish site, sourced by run.sh: documents of 10 KiB as a site with lists, facets and the index of its
# search, beside jq that only escapes their texts; and the same again, when nothing is to be written.

published() {
	jq -nc --argjson n "$1" '
		["原告向本院提出诉讼请求：判令被告归还借款本金及利息。", "双方签订借条一份，约定借款期限为一年，逾期按约定支付利息。", "被告辩称，对借款事实没有异议，但已归还部分款项。",
			"本院经审理认定事实如下：双方当事人对真实性没有异议的证据，本院予以确认并在卷佐证。", "经核对银行流水、聊天记录及证人证言，款项交付的时间、金额与借条记载相互印证。",
			"本院认为，合法的借贷关系受法律保护，借款人应当按照约定的期限返还借款。", "审理中，双方就违约金的计算方式、履行地点以及举证责任的分配发生争议。"] as $says |
		["民间借贷纠纷", "买卖合同纠纷", "劳动争议", "房屋租赁合同纠纷", "物业服务合同纠纷", "追偿权纠纷", "继承纠纷"] as $causes |
		range(1; $n + 1) as $i | "2022-\("0\($i % 6 + 1)"[-2:])-\("0\($i % 28 + 1)"[-2:])" as $on |
		{kind: "document", id: "沪0114-W\("000000\($i)"[-6:])", court: "沪0114", case: "（2022）沪0114民初\($i)号", state: "published", title: "张某诉李某\($causes[$i % 7])一审民事判决书",
			doc_kind: "判决书", cause: $causes[$i % 7], tribunal: "第\($i % 5 + 1)人民法庭", issued_on: $on, published_on: $on,
			text: ([range(110) as $k | $says[($i * ($k + 3) + $k * $k) % 7] + "其中第\($k)笔\($i * ($k + 1) * 37 % 99991)元。"] | join("\n"))}'
}

site_bench() {
	local pages=$((records / 10))
	note "documents for the public: $pages"
	published "$pages" >"$work/published.ndjson"
	case-file init --court 沪0114 "$work/public" 2>/dev/null
	case-file import -C "$work/public" "$work/published.ndjson" 2>/dev/null
	pair site "$pages" 1 'case-publish site, of a docket' 'jq, the texts escaped, alone' "$(jq --version)" -- \
		bash -c 'case-publish site -C "$1" --to "$(mktemp -d "$2/site.XXXXXX")"' bash "$work/public" "$work" -- \
		jq -c '@html "<p>\(.text)</p>"' "$work/published.ndjson"
	case-publish site -C "$work/public" --to "$work/site" 2>/dev/null
	pair site-again "$pages" 1 'the same, nothing to write' 'find, cat of all its files' '' -- \
		case-publish site -C "$work/public" --to "$work/site" -- find "$work/site" -type f -exec cat {} +
	peak 'case-publish site' 262144 case-publish site -C "$work/public" --to "$work/site"
}
