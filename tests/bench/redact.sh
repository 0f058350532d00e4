# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2034,SC2154,SC2016 # shared with run.sh; $1 and variables of jq
# The bench of case-publish redact and scan, sourced by run.sh: invented judgments of 15 KiB whose parties the rows know, both
# on one core, beside perl that replaces by patterns in sequence and knows no names.

judgments() {
	jq -nc --argjson n "$1" '
		["赵", "钱", "孙", "李", "周", "吴", "郑", "王", "陈", "褚", "卫", "蒋", "沈", "韩", "杨", "欧阳", "上官"] as $surnames |
		["伟", "秀英", "娜", "建国", "丽", "志强", "敏", "小宝", "静", "磊"] as $given |
		def name($k): $surnames[$k % 17] + $given[($k * 7 + ($k / 17 | floor)) % 10];
		def digits($k; $n): "\($k * 7919 % 9999991 + 1000000000000)"[-$n:];
		["双方签订借条一份，约定借款期限为一年，逾期按约定支付利息。", "以上事实，有借条、银行流水、聊天记录及双方当事人的陈述在卷佐证。", "本院认为，合法的借贷关系受法律保护，借款人应当按照约定的期限返还借款。",
			"审理中，双方就违约金的计算方式、履行地点以及举证责任的分配发生争议。", "依照《中华人民共和国民法典》第六百七十五条、第六百七十六条之规定，判决如下。"] as $says |
		range(1; $n + 1) as $i | name($i) as $a | name($i * 3 + 1) as $b | name($i * 5 + 2) as $w | "1380\(digits($i; 7))" as $phone |
		("310114198" + "\($i % 10)" + "0\($i % 9 + 1)1\($i % 10)" + digits($i; 4)) as $id |
		{id: "row-\($i)", case: "（2022）沪0114民初\($i)号", cause: "民间借贷纠纷", issued_on: "2022-05-10", judge: "顾法官",
			parties: [{role: "原告", name: $a, type: "natural", id_no: $id, phone: $phone, address: "上海市嘉定区某某路\($i % 900)号"},
				{role: "被告", name: $b, type: "natural"}, {role: "证人", name: $w, type: "natural"}],
			text: ("上海市嘉定区人民法院\n民事判决书\n（2022）沪0114民初\($i)号\n原告：\($a)，男，198\($i % 10)年\($i % 9 + 1)月1\($i % 10)日出生，汉族，住上海市嘉定区塔城路\($i % 900)号。\n" +
				"公民身份号码\($id)，联系电话\($phone)。\n被告：\($b)，女，1990年3月2日出生，汉族，住江苏省昆山市花桥镇花安路\($i % 700)号。\n" +
				([range(110) as $k | $says[($i * ($k + 3) + $k * $k) % 5] + if $k % 4 > 0 then "其中第\($k)笔\($i * ($k + 1) * 37 % 99991)元。" else "2021年\($k % 12 + 1)月\($k % 28 + 1)日，原告\($a)向被告\($b)的账户6222\(digits($i + $k; 12))转账人民币\($i * ($k + 1) * 37 % 99991)元，证人\($w)当时在场。" end] | join("\n")) +
				"\n审判员　顾法官\n二〇二二年五月十日\n书记员　许记录\n")}'
}

# What perl takes for numbers, plates, dates of birth and addresses: nine patterns, and no names.
patterns='s/(?<![0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}[01][0-9][0-3][0-9][0-9]{3}[0-9Xx](?![0-9])//g; s/(?<![0-9])1[3-9][0-9]{9}(?![0-9])//g;
	s/(?<![0-9])[3-9][0-9]{15,18}(?![0-9])//g; s/(?<![0-9])0[0-9]{2,3}-?[0-9]{7,8}(?![0-9])//g; s/(?:京|沪|苏|浙)[A-Z][A-Z0-9]{5,6}//g;
	s/[A-Za-z0-9._%+-]+\@[A-Za-z0-9.-]+\.[A-Za-z]{2,}//g; s/[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}//g;
	s/(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日出生//g; s/住(?:地|址)?[^,\xEF]{6,90}?号//g'

redact_bench() {
	local texts=$((records / 20)) bytes
	note "judgments: $texts"
	judgments "$texts" >"$work/judgments.ndjson"
	bytes=$(wc -c <"$work/judgments.ndjson")
	pair redact "$texts" 3 'case-publish redact | scan' 'perl, nine patterns | again' "$(perl -e 'print $^V')" -- \
		taskset -c 0 bash -c 'case-publish redact --profile 2024 <"$1" | case-publish scan --profile 2024 >/dev/null || [ $? = 1 ]' bash "$work/judgments.ndjson" -- \
		taskset -c 0 bash -c 'perl -pe "$1" "$2" | perl -pe "$1" >/dev/null' bash "$patterns" "$work/judgments.ndjson"
	redact_speed="$((bytes / $(awk 'END { print $7 }' FS='\t' "$rows"))) MB/s"
}
