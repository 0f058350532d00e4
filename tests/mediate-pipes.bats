#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# mediate in pipes: a mediation centre's list comes in, its numbers are counted, what came to nothing goes to court.
load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket
	printf '%s\n' '{"name":"王调解"}' '{"name":"赵调解"}' '{"name":"同名"}' '{"name":"同名"}' |
		mediator add >/dev/null 2>&1
	# What a name stands for; two of one name stand for nobody.
	{
		mediator list | jq -sc 'group_by(.name) | map(select(length == 1)[0] | {(.name): "mediator:\(.id)"}) | add'
		cat <<-'JQ'
		as $mediators
		| {"调解成功": ["agreed", "agreement"], "自行和解": ["withdrawn", "settled"], "撤回申请": ["withdrawn", "withdrawn"],
		   "调解不成": ["failed", "deadlock"], "对方不同意": ["refused", "refused"]} as $ends
		| cell("结果"; half_width | $ends[.] // error("\"\(.)\" 不在 \($ends | keys) 之中")) as [$state, $by]
		| {
		    kind: "mediation", state: $state, ended_by: $by, referral: "before-filing",
		    id: .["编号"], cause: .["案由"], facts: .["事实"],
		    claim_fen: cell("标的（元）"; yuan_to_fen),
		    received_on: cell("受理"; date_iso), accepted_on: cell("受理"; date_iso), ended_on: cell("终结"; date_iso),
		    mediators: [{mediator: cell("调解员"; half_width | $mediators[.] // error("\"\(.)\" 不在名册"))}],
		    parties: [{role: "申请人", name: .["申请人"]}, {role: "被申请人", name: .["被申请人"]}]
		  }
		JQ
	} >centre.jq
}
tip() { git -C d rev-parse main; }
tree() { git -C "${1-d}" rev-parse main:mediations; }
head='编号,申请人,被申请人,案由,标的（元）,调解员,受理,终结,结果,事实'

@test "a centre's list: each bad row is told with line, column and value, and waits to be mended; nothing is lost" {
	cat >list.csv <<END
$head
（２０２２）沪０１１４诉前调１１号,张三,李四,民间借贷纠纷,"５，０００．５０",王调解,２０２２年５月９日,2022/5/20,调解成功,"借款未还，
""欠条""在，
第三行"
（2022）沪0114诉前调12号,甲,乙,买卖合同纠纷,1万,王调解,2022-05-09,2022-05-32,调解不成,
（2022）沪0114诉前调11号,钱一,孙二,民间借贷纠纷,,王调解,2022-05-09,2022-05-11,调解不成,
（2022）沪0114诉前调13号,甲,乙,婚姻无效纠纷,,赵调解,2022-05-09,2022-05-11,对方不同意,
（2022）沪0114诉前调14号,甲,乙,离婚纠纷,,王调节,2022-05-09,2022-05-11,调解不成,
（2022）沪0114诉前调15号,甲,乙,离婚纠纷,,同名,2022-05-09,2022-05-11,调解不成,
（2022）沪0114民初16号,甲,乙,离婚纠纷,,王调解,2022-05-09,2022-05-11,调解不成,
（2022）沪0114诉前调17号,,乙,离婚纠纷,,王调解,2022-05-09,2022-05-11,调解不成,
（2022）沪0114诉前调18号,甲,乙,离婚纠纷,,王调解,2022-05-12,2022-05-11,调解不成,
（2022）沪0114诉前调19号,甲,乙,离婚纠纷,,王调解,2022-05-09,2022-05-11,成功,
（2022）沪0114诉前调20号,甲,乙,离婚纠纷,一万,王调解,2022-05-09,2022-05-11,调解成功,
,甲,乙,离婚纠纷,,王调解,2022-05-09,2022-05-11,调解不成,
（2022）沪0114诉前调21号,甲,乙,离婚纠纷
END
	run_rc 8 case-file import --map @centre.jq --existing fail --errors bad.ndjson list.csv
	golden mediate-pipes/import "${stderr%commit *}"
	golden mediate-pipes/errors "$(jq -r '"\(.line): \(if .field == "" then "" else .field + ": " end)\(.reason)"' bad.ndjson)"
	is "$(mediate list | jq -c '[.id, .state, .claim_fen, .accepted_on, .ended_on, .mediators[0].mediator]')" \
		'["（2022）沪0114诉前调11号","agreed",500050,"2022-05-09","2022-05-20","mediator:沪0114-M000001"]
["（2022）沪0114诉前调13号","refused",null,"2022-05-09","2022-05-11","mediator:沪0114-M000002"]'
	is "$(case-file get 沪0114诉前调11 | jq -r .facts)" $'借款未还，\n"欠条"在，\n第三行'
	# What may not be mediated happened all the same: it is recorded, and found.
	is "$(mediate check --only CM-01 | jq -r '[.ref.id, .level] | join(" ")')" '（2022）沪0114诉前调13号 violation'
	run_ok case-file check
	# The file of the refused rows is mended and goes in.
	sed -i 's/05-32/05-31/; s/王调节/王调解/; s/民初16/诉前调16/; s/"成功/"调解成功/; s/一万/10000/
		s/2022-05-12/2022-05-10/; s/同名/赵调解/; s/\\"编号\\":\\"（2022）沪0114诉前调11号/\\"编号\\":\\"（2022）沪0114诉前调22号/' bad.ndjson
	sed -i '/"line":15,/s/\\"成功/\\"调解成功/' bad.ndjson
	run_rc 8 case-file import --map @centre.jq --existing fail --errors still.ndjson bad.ndjson
	golden mediate-pipes/still "$(jq -r '"\(.line): \(if .field == "" then "" else .field + ": " end)\(.reason)"' still.ndjson)"
	is "$(mediate list -o ids | wc -l)" 10
}

@test "a list with a byte order mark, in GB18030, with CRLF or as TSV is the same list" {
	printf '%s\n' "$head" '（2022）沪0114诉前调11号,张三,李四,民间借贷纠纷,5000,王调解,2022-05-09,2022-05-20,调解成功,𠮷田' >list.csv
	run_ok case-file import --map @centre.jq list.csv
	want=$(tree)
	{ printf '\xEF\xBB\xBF'; cat list.csv; } >bom.csv
	iconv -t GB18030 list.csv >gb.csv
	sed 's/$/\r/' list.csv >crlf.csv
	tr ',' '\t' <list.csv >list.tsv
	for f in bom.csv gb.csv crlf.csv list.tsv; do
		git clone -q --bare d "$f.git"
		git -C "$f.git" update-ref refs/heads/main "main~1"
		encoding=
		[ "$f" = gb.csv ] && encoding=--encoding=GB18030
		# shellcheck disable=SC2086
		run_ok case-file import -C "$f.git" $encoding --map @centre.jq "$f"
		is "$f $(tree "$f.git")" "$f $want"
	done
	# Without being told so, GB18030 is refused, and the docket stays as it was.
	start=$(tip)
	run_rc 3 case-file import --map @centre.jq gb.csv
	is "$(tip)" "$start"
}

@test "a row that says no state begins as an application does" {
	run_ok case-file import <<<'{"kind":"mediation","id":"（2022）沪0114诉前调1号"}'
	is "$(mediate list | jq -r .state)" received
	run_ok case-file import --map '{kind: "mediation", id: .no}' <<<$'no\n诉前调2'
	is "$(mediate list --state received -o ids | wc -l)" 2
}

# Three channels: two ended, one and one; one still runs; one with an application that was sent back.
numbers() {
	case-file import 2>/dev/null <<'END'
{"kind":"mediation","id":"诉前调1","state":"confirmed","channel":"channel:沪0114-H000001","post":"post:沪0114-S000001","ended_on":"2022-05-03","ended_by":"agreement","mediators":[{"mediator":"mediator:沪0114-M000001"}]}
{"kind":"mediation","id":"诉前调2","state":"failed","channel":"channel:沪0114-H000001","ended_on":"2022-05-31","ended_by":"deadlock","mediators":[{"mediator":"mediator:沪0114-M000001"},{"mediator":"mediator:沪0114-M000002"}]}
{"kind":"mediation","id":"诉前调3","state":"withdrawn","channel":"channel:沪0114-H000001","post":"post:沪0114-S000001","ended_on":"2022-06-01","ended_by":"settled","mediators":[{"mediator":"mediator:沪0114-M000002"}]}
{"kind":"mediation","id":"诉前调4","state":"mediating","channel":"channel:沪0114-H000002"}
{"kind":"mediation","id":"诉前调5","state":"returned","channel":"channel:沪0114-H000003","ended_on":"2022-06-01","ended_by":"other"}
{"kind":"mediation","id":"诉前调6","state":"confirmed","referral":"after-filing","ended_on":"2022-06-03","ended_by":"agreement"}
{"kind":"mediation","id":"诉前调7","state":"filed","channel":"channel:沪0114-H000001","ended_on":"2022-06-02","ended_by":"deadlock"}
{"id":"民初1","filed_on":"2022-05-04"}
{"id":"民初2","filed_on":"2022-05-05"}
{"id":"民初3","state":"received"}
{"id":"民终1","filed_on":"2022-05-05"}
{"id":"刑初1","filed_on":"2022-06-05"}
END
}

@test "success before suit: succeeded of finished, both printed; nothing finished is no rate" {
	numbers
	rate='成功=sum:succeeded,终结=count:succeeded,成功率=mean:succeeded'
	is "$(mediate list --with succeeded | pipe-stat -g channel -a $rate --decimals 4 -o table)" \
'channel                 成功  终结  成功率
                           0     0       -
channel:沪0114-H000001     2     4  0.5000
channel:沪0114-H000002     0     0       -
channel:沪0114-H000003     0     0       -'
	is "$(mediate list --with succeeded --where 'exists succeeded' | pipe-stat -g ended_on:month -a $rate --decimals 4 -o csv)" \
'ended_on_month,成功,终结,成功率
2022-05,1,2,0.5000
2022-06,1,2,0.5000'
	is "$(mediate list --with succeeded --where 'exists post' | pipe-stat -g post -a $rate | jq -c .)" \
		'{"post":"post:沪0114-S000001","成功":2,"成功率":1,"终结":2}'
	# A mediation of two counts for both.
	is "$(mediate list --with succeeded --where 'exists succeeded' |
		jq -c '. as $m | .mediators[]? | $m + {mediator}' | pipe-stat -g mediator -a $rate --decimals 4 -o tsv)" \
"mediator	成功	终结	成功率
mediator:沪0114-M000001	1	2	0.5000
mediator:沪0114-M000002	1	2	0.5000"
	# A period is one of endings.
	is "$(mediate list --with succeeded --date-field ended_on --since 2022-06-01 --until 2022-06-30 |
		pipe-stat -a $rate)" '{"成功":1,"成功率":"0.5","终结":2}'
	is "$(mediate list --with succeeded --where 'succeeded=1' -o ids | wc -l)" 2
	is "$(mediate list --with succeeded --year 2021 | pipe-stat -a $rate -o table 2>/dev/null)" $'成功  终结  成功率\n   0     0       -'
}

@test "resolved before suit: successes of successes and new civil cases, both printed" {
	numbers
	{ mediate list --with succeeded --where succeeded=1; case-file list --type 民初 --where 'exists filed_on'; } >both
	is "$(jq -c '.month = (.filed_on // .ended_on)[:7]' both | pipe-stat -g month -a 化解率=rate:kind=mediation -v -o table)" \
'month    化解率  化解率_num  化解率_den
2022-05  0.3333           1           3
2022-06  1.0000           1           1'
	is "$(pipe-stat -a 化解率=rate:kind=mediation -v -o table </dev/null)" $'化解率  化解率_num  化解率_den\n     -           0           0'
	is "$(mediate list --with succeeded --where 'succeeded=1 or state=filed' |
		pipe-stat -g channel -a 化解率=rate:succeeded=1 -v -o csv)" $'channel,化解率,化解率_num,化解率_den\nchannel:沪0114-H000001,0.6666666666666666,2,3'
}

@test "withdrawn after a settlement is a success, and what follows from a step is not typed" {
	mediate open --on 2022-06-28 --party 申请人=甲 --party 被申请人=乙 cause=相邻关系纠纷 >/dev/null 2>&1
	start=$(tip)
	run_rc 2 mediate withdraw 诉前调1 ended_by=agreement
	golden mediate-pipes/ended-by "$stderr"
	run_rc 2 mediate refuse 诉前调1 party=乙 ended_on=2022-06-29
	golden mediate-pipes/ended-on "$stderr"
	is "$(tip)" "$start"
	run_ok mediate withdraw 诉前调1 ended_by=settled ended_on=2022-06-29 --on 2022-06-29
	is "$(mediate list --with succeeded | jq -c '[.state, .ended_on, .ended_by, .succeeded]')" '["withdrawn","2022-06-29","settled",1]'
}

@test "wrong words are told by the name that was typed, and before anything is written" {
	mediator add name=王调解 >/dev/null 2>&1
	mediate open --party 申请人=甲 --party 被申请人=乙 cause=相邻关系纠纷 >/dev/null 2>&1
	start=$(tip)
	while IFS= read -r args; do
		# shellcheck disable=SC2086
		run --separate-stderr mediate $args
		echo "$status $stderr"
	done >said <<-'END'
	open received_on=2022-02-30
	consent party=乙
	assign 诉前调1 mediator=王调解
	assign 诉前调1 mediator=M000001
	fail 诉前调1 by_reason=angry failure.reason=x
	perform 诉前调1
	END
	golden mediate-pipes/words "$(cat said)"
	run_rc 3 mediator show 王调解
	golden mediate-pipes/mediator-name "$stderr"
	run_rc 2 mediator sanction 沪0114-M000001
	golden mediate-pipes/sanction "$stderr"
	is "$(tip)" "$start"
	case-file import <<<'{"kind":"mediation","id":"诉前调2","state":"agreed","ended_on":"2022-06-20","ended_by":"agreement","agreement":{"made_on":"2022-06-20","terms":["x"],"facts":"x"},"parties":[{"name":"甲","role":"申请人"}]}' 2>/dev/null
	run_rc 3 mediate sign 诉前调2 party=甲 --on 2022-06-19
	golden mediate-pipes/sign-early "$stderr"
	run_ok mediate sign 诉前调2 party=甲 --on 2022-06-20
	run_ok mediate perform 诉前调2
}

@test "what failed is filed in one commit, cases that came in are diverted as a stream, and empty pipes do nothing" {
	numbers
	before=$(git -C d rev-list --count main)
	run_ok mediate file - < <(mediate list --state failed,withdrawn -o ids)
	is "$(jq -r '[.id, .links[0].id] | join(" ")' <<<"$output")" \
'（2022）沪0114民初4号 （2022）沪0114诉前调2号
（2022）沪0114民初5号 （2022）沪0114诉前调3号'
	is "$(git -C d rev-list --count main)" $((before + 1))
	# Again there is nothing.
	start=$(tip)
	run_ok mediate file - < <(mediate list --state failed,withdrawn -o ids)
	golden mediate-pipes/file-none "$stderr"
	is "$output" ''
	is "$(tip)" "$start"
	# Records do as ids do; what is no mediation, or twice, or not there is told, and the others are filed.
	mediate open --party 申请人=甲 --party 被申请人=乙 cause=相邻关系纠纷 >/dev/null 2>&1
	mediate refuse 诉前调8 party=乙 2>/dev/null
	{ mediate list --state refused; case-file list --type 民终; echo 诉前调99; echo '（2022）沪0114诉前调８号'; echo nonsense; } >stream
	run_rc 8 mediate file - <stream
	golden mediate-pipes/file-some "${stderr%commit *}"
	is "$(jq -r .links[0].id <<<"$output")" '（2022）沪0114诉前调8号'
	run_ok mediate divert < <(case-file list --state received)
	is "$(jq -c '[.kind, .id]' <<<"$output")" '["suggestion","（2022）沪0114民初3号"]'
	run_ok mediate divert </dev/null
	is "$output" ''
}

@test "records do where ids do: what a list prints, any command takes, and no record is repeated in an error" {
	mediate open --party 申请人=甲 --party 被申请人=乙 cause=相邻关系纠纷 >/dev/null 2>&1
	case-file open --type 民初 >/dev/null 2>&1
	{ echo '{"a":1}'; echo '{"kind":"mediation","id":"诉前调99"}'; echo '{'; mediate list; case-file list; } >stream
	run_rc 8 mediate consent - party=乙 <stream
	golden mediate-pipes/records "${stderr%commit *}"
	is "$(mediate list | jq -c '[.events[].event]')" '["receive","admit","consent"]'
	run_ok case-file set - tribunal=民庭 < <(mediate list; case-file list)
	is "$({ mediate list; case-file list; } | jq -r .tribunal)" $'民庭\n民庭'
	run_rc 8 case-file log - <stream
	golden mediate-pipes/records-log "$stderr"
	is "$(jq -r .subject <<<"$output" | sort -u | wc -l)" 4
}
