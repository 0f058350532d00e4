# SPDX-License-Identifier: MIT
# Duties and approvals: case-audit adopt, approve, simulate, and case-file apply of an approved plan.

load helper
load court

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	as yuan
	enroll yuan 院长
	as clerk
}
tip() { git -C d rev-parse main; }

# The court of the law's example: a panel, an officer, a leader, and the list of powers that comes with gavel.
court() {
	as yuan
	enroll jia 审判员 执行局
	enroll yi 审判员 执行局
	enroll bing 审判员 执行局
	enroll zhi 执行员 执行局
	case-audit adopt -m '采用权力清单' 2>/dev/null
	as zhi
	printf '%s\n' '{"id":"（2022）沪0114执1号","state":"open","received_on":"2022-06-01"}' \
		'{"id":"（2022）沪0114执2号","state":"open","received_on":"2022-06-01"}' | case-file import -m '登记' 2>/dev/null
}

# refused CODE NAME COMMAND...: exit code, golden text, an untouched docket
refused() {
	local code=$1 name=$2 before
	shift 2
	before=$(tip)
	run_rc "$code" "$@" || return 1
	golden "duties/$name" "$(steady <<<"$stderr")" || return 1
	is "$(tip)" "$before"
}

# rows FILE: of simulate, the parts that matter
rows() { jq -c '[.ref.id, .id, .met, .missing // "", (.could // [] | join(" "))]' <<<"$output"; }

@test "adopt: a policy is read strictly, what changes is told, and the list that comes with gavel is one" {
	run_ok case-audit adopt -m '采用'
	golden duties/adopted "$(steady <<<"$stderr")"
	git -C d show main:policy/duties.json >got
	cmp got "$ROOT/share/duties/court.json"
	run_ok case-audit adopt -m '再来'
	is "$stderr" 'case-audit adopt: nothing to do, 1 unchanged'
	# every power has its basis, and what rests on no text of law that was read is for people to judge
	is "$(jq -c '[.duties[] | select((.basis | length) == 0)] | length' got)" 0
	jq '(.duties[] | select(.id == "EX-05") | .needs[0].roles) = ["院长"] | del(.duties[] | select(.id == "DU-04"))
		| .duties += [{"id":"X-1","title":"新","kind":"*","needs":[{"roles":["院长"]}]}] | .otherwise = "refuse"
		| .delegations = [{"roles":["院长"],"to":"沪0114-P000002","by":"沪0114-P000001","from":"2022-06-20","until":"2022-06-30","reason":"出差"}]' got >mine.json
	run_ok case-audit adopt mine.json --dry-run -m x
	golden duties/adopt-changes "$stderr"
	cmp <(git -C d show main:policy/duties.json) got
	run_ok case-audit adopt - -m '修订' <mine.json
	is "$(git -C d show main:policy/duties.json | jq '.duties | length')" "$(jq '.duties | length' mine.json)"
	run_ok case-audit adopt got -m '复原'
	has "$stderr" 'gone: delegation to 沪0114-P000002 by 沪0114-P000001, 2022-06-20 to 2022-06-30'
	echo '{"format":1,"otherwise":"allow","duties":[{"id":"A","title":"t","kind":"case","needs":[],"not-by":[]}]}' >bad.json
	refused 3 adopt-bad case-audit adopt bad.json -m x
	refused 9 adopt-no-file case-audit adopt none.json -m x
	refused 2 adopt-no-reason case-audit adopt
	refused 2 adopt-two case-audit adopt a b -m x
	# a broken one in the docket is an error of whoever reads it, never none
	git clone -q d clone
	sed -i 's/"otherwise"/"otherwis"/' clone/policy/duties.json
	git -C clone commit -qam '改坏'
	git -C d fetch -q "$PWD/clone" main:main
	refused 3 broken-policy case-audit people
}

@test "simulate: who would have to sign, before anybody has" {
	court
	case-file close 执1 --by round-ended --dry-run -m '终本' >plan
	run_rc 1 case-audit simulate plan
	is "$(rows)" '["（2022）沪0114执1号","EX-34",true,"",""]
["（2022）沪0114执1号","EX-29",false,"院长: 0 of 1 signatures; 审判长 or 审判员: 0 of 3 signatures","yuan jia yi bing"]'
	is "$stderr" 'case-audit simulate: changes 1, duties touched 2, in want of signatures 1'
	is "$(jq -c 'select(.id == "EX-29") | [.kind, .level, .ref.kind, .basis[0].art, .needs]' <<<"$output")" \
		'["duty","review","case","517",[{"could":["yuan"],"roles":["院长"],"signatures":1},{"could":["jia","yi","bing"],"roles":["审判长","审判员"],"signatures":3}]]'
	# as another; by e-mail; a table for people; standard input
	run_rc 1 case-audit simulate plan --as person:沪0114-P000001
	is "$(rows | tail -n 1)" '["（2022）沪0114执1号","EX-29",false,"审判长 or 审判员: 0 of 3 signatures","jia yi bing"]'
	run_rc 1 case-audit simulate --as jia@court.example -o table <plan
	golden duties/simulate-table "$output"
	# a clerk whom nobody knows; roles are those of the day
	as stranger
	run_rc 1 case-audit simulate plan
	has "$stderr" "nobody in people/ has your key or e-mail: your own signature counts for nothing"
	is "$(rows | head -n 1)" '["（2022）沪0114执1号","EX-34",false,"执行员 or 审判员 or 审判长 or 执行局局长 or 执行局副局长: 0 of 1 signatures","jia yi bing zhi"]'
	run_rc 1 case-audit simulate plan --as-of 2021-12-31 --as 沪0114-P000005
	is "$(rows | jq -c '.[4]')" '""
""'
	# the key says who it is, whatever the address
	as zhi
	GIT_COMMITTER_EMAIL=other@court.example run_rc 1 case-audit simulate plan
	is "$(rows | head -n 1 | jq '.[2]')" true
	git config -f "$GIT_CONFIG_GLOBAL" --unset user.signingKey
	run_rc 1 case-audit simulate plan
	is "$(rows | head -n 1 | jq '.[2]')" true
	# other files, and what no duty is about
	as zhi
	case-audit enroll zhi2 --role 执行员 --dry-run -m x >people.plan
	run_rc 1 case-audit simulate people.plan
	is "$(rows)" '["沪0114-P000006","DU-02",false,"院长 or 副院长: 0 of 1 signatures","yuan"]'
	case-file set 执1 clerk=x --dry-run -m x >clerk.plan
	run_ok case-audit simulate clerk.plan
	is "$output" ''
	is "$stderr" 'case-audit simulate: changes 1, duties touched 0, in want of signatures 0'
}

@test "simulate without a policy asks nobody; bad plans and people are refused" {
	echo '{"id":"（2022）沪0114执1号","state":"open"}' | case-file import --dry-run -m x >plan
	run_ok case-audit simulate plan
	is "$stderr" 'case-audit simulate: the docket has no policy/duties.json: nobody is asked (case-audit adopt)'
	case-audit adopt -m x 2>/dev/null
	: >empty
	refused 3 simulate-empty case-audit simulate empty
	refused 9 simulate-no-file case-audit simulate none
	refused 2 simulate-two case-audit simulate a b
	echo '{"op":"move"}' >bad
	refused 3 simulate-bad case-audit simulate bad
	refused 6 simulate-as case-audit simulate plan --as 沪0114-P000099
	sed '1s/沪0114/沪0115/' plan >other
	refused 4 simulate-other case-audit simulate other
}

@test "two people: a plan goes round, each signs, and what they signed is what is applied" {
	court
	case-file close 执1 --by round-ended --dry-run -m '终本' >plan
	for name in jia yi bing; do
		as $name
		case-audit approve plan >more 2>told
		mv more plan
	done
	golden duties/approve-shows "$(sed -E 's/[a-z2-7]{16}/EID/g' told)"
	is "$(wc -l <plan)" 5
	as zhi
	run_rc 1 case-audit simulate plan
	is "$(rows | tail -n 1)" '["（2022）沪0114执1号","EX-29",false,"院长: 0 of 1 signatures","yuan"]'
	as yuan
	run_ok case-audit approve plan
	printf '%s\n' "$output" >plan
	# once is enough
	run_ok case-audit approve <plan
	is "$output" "$(cat plan)"
	has "$stderr" 'case-audit approve: changes approved 0, approved before 1'
	as zhi
	run_ok case-audit simulate plan
	case-file apply plan -m '终本'
	is "$(case-file get 执1 -o ndjson | jq -r .closed_by)" round-ended
	# anybody can check it with ssh-keygen, from the repository alone
	git -C d show main:signers >signers
	path=cases/2022/沪0114/执/0000/1.json
	printf 'gavel-approval 1\n%s\n%s\n%s\n' $path "$(git -C d rev-parse main~:$path)" "$(git -C d rev-parse main:$path)" >statement
	hash=$(sha256sum <statement | cut -c1-64)
	is "$(git -C d ls-tree -r --name-only main "approvals/${hash:0:2}/$hash/" | sed 's/.*\///' | tr '\n' ' ')" \
		'沪0114-P000001.sig 沪0114-P000002.sig 沪0114-P000003.sig 沪0114-P000004.sig '
	git -C d show "main:approvals/${hash:0:2}/$hash/沪0114-P000001.sig" >sig
	ssh-keygen -q -Y verify -f signers -I 沪0114-P000001 -n gavel-approval -s sig <statement
	run ! ssh-keygen -q -Y verify -f signers -I 沪0114-P000001 -n git -s sig <statement
	case-file check --strict
	case-audit verify >findings
	is "$(jq -r 'select(.level != "info")' findings)" ''
}

@test "an approval is for one change: another case, another value, another base need another signature" {
	court
	for n in 1 2; do
		case-file close 执$n --by round-ended --dry-run -m '终本' >plan.$n
	done
	as yuan
	case-audit approve plan.1 2>/dev/null >approved
	grep approvals/ approved >signature
	as zhi
	cat plan.2 signature >swapped
	run_rc 1 case-audit simulate swapped
	has "$(rows | tail -n 1)" '院长: 0 of 1 signatures'
	sed 's/"closed_on":"2022-06-30"/"closed_on":"2022-06-29"/g' approved >altered
	run_rc 1 case-audit simulate altered
	has "$(rows | tail -n 1)" '院长: 0 of 1 signatures'
	# applied without what it needs, it is found
	case-file apply altered -m '改过' 2>/dev/null
	run_rc 1 case-audit verify
	is "$(jq -r 'select(.rule == "AU-06") | [.level, .facts.duty, .facts.missing] | join("|")' <<<"$output")" \
		'review|EX-29|院长: 0 of 1 signatures; 审判长 or 审判员: 0 of 3 signatures'
	# the record has moved: the old plan is not for it any more
	as yuan
	refused 4 approve-moved case-audit approve plan.1
}

@test "approvals that do not count are told, with the reason" {
	court
	as yuan
	enroll wu 副院长
	key old
	case-audit enroll wu@court.example --key "$KEYS/old.pub" -m x 2>/dev/null
	case-file close 执1 --by round-ended --dry-run -m '终本' >plan
	case-audit approve plan 2>/dev/null >approved
	# signature NAME SPACE: what NAME signs over the statement of that plan, put into it
	path=cases/2022/沪0114/执/0000/1.json
	jq -r 'select(.record) | .record' plan | jq -S . >record
	printf 'gavel-approval 1\n%s\n%s\n%s\n' $path "$(git -C d rev-parse main:$path)" "$(git hash-object record)" >statement
	signature() {
		cp statement text
		rm -f text.sig
		ssh-keygen -q -Y sign -n "$2" -f "$KEYS/$1" text 2>/dev/null
		{
			cat plan
			grep approvals/ approved | jq -c --rawfile sig text.sig '.text = $sig'
		} >forged
		run_rc 1 case-audit simulate forged --as zhi@court.example
		head -n 1 <<<"$stderr" | steady | sed 's/.*\.sig: //'
	}
	run_rc 1 case-audit simulate approved --as zhi@court.example
	is "$(rows | tail -n 1 | jq -r '.[3]')" '审判长 or 审判员: 0 of 3 signatures'
	key unknown
	key rsa rsa
	is "$(signature unknown gavel-approval)" 'key SHA256:... is not in the file signers'
	is "$(signature yuan git)" 'the signature is for the namespace git, not gavel-approval'
	is "$(signature rsa gavel-approval)" 'a key of type ssh-rsa: approvals are signed with Ed25519 keys'
	case-audit revoke wu@court.example --key "$(ssh-keygen -lf "$KEYS/old.pub" | cut -d' ' -f2)" --on 2022-07-01 -m x 2>/dev/null
	is "$(GAVEL_TODAY=2022-07-02 signature old gavel-approval)" 'key SHA256:... is not valid on that day'
	# a key of nobody, and one that may only sign commits
	git clone -q d clone
	printf 'gone@court.example %s\n' "$(cut -d' ' -f1,2 "$KEYS/unknown.pub")" >>clone/signers
	key only
	printf '沪0114-P000001 namespaces="git" %s\n' "$(cut -d' ' -f1,2 "$KEYS/only.pub")" >>clone/signers
	git -C clone commit -qam '手工'
	git -C d fetch -q "$PWD/clone" main:main
	is "$(signature unknown gavel-approval)" 'key SHA256:... belongs to gone@court.example, who is nobody in people/'
	is "$(signature only gavel-approval)" 'key SHA256:... may not sign for gavel-approval'
	run_ok case-audit people
	is "$stderr" 'case-audit people: warning: signers, line 8: gone@court.example is nobody in people/'
	# broken armour
	{
		cat plan
		grep approvals/ approved | jq -c '.text = "-----BEGIN"'
	} >forged
	run_rc 1 case-audit simulate forged --as zhi@court.example
	has "$stderr" '.sig: '
}

@test "approve: without a key, with a key that nobody knows, with nothing to approve" {
	court
	case-file close 执1 --by round-ended --dry-run -m '终本' >plan
	as stranger
	run_rc 7 case-audit approve plan
	is "$(steady <<<"$stderr" | tail -n 1)" 'case-audit approve: user.signingKey: key SHA256:... is not in the file signers'
	is "$output" ''
	git config -f "$GIT_CONFIG_GLOBAL" --unset user.signingKey
	run_rc 2 case-audit approve plan
	has "$stderr" 'user.signingKey'
	as yuan
	case-file set 执1 clerk= --dry-run -m x >nothing
	refused 3 approve-nothing case-audit approve nothing
	refused 2 approve-two case-audit approve a b
	# other files, and removals, are shown and signed, too; sensitive values are masked
	echo '{"format":1,"otherwise":"refuse","duties":[]}' >none.json
	case-audit adopt none.json --dry-run -m x >policy.plan 2>/dev/null
	run_ok case-audit approve policy.plan
	has "$stderr" 'case-audit approve: policy/duties.json: 59 bytes, read them in the plan'
	case-file set 执1 parties='[{"name":"张三","role":"原告"}]' -m x 2>/dev/null
	case-file set 执1 parties.0.phone=13800138000 --dry-run -m x >phone.plan
	run_ok case-audit approve phone.plan
	is "$(head -n 1 <<<"$stderr")" 'case-audit approve: （2022）沪0114执1号: parties: [{"name":"张三","role":"原告"}] → [{"name":"张三","phone":"138****8000","role":"原告"}]'
}

@test "a delegation lasts for its days, and who closed a case does not correct it alone" {
	court
	git -C d show main:policy/duties.json | jq '.delegations = [{"roles":["院长"],"to":"沪0114-P000002","by":"沪0114-P000001",
		"from":"2022-06-20","until":"2022-06-30","reason":"出差","source":"授权书"}]' >mine.json
	as yuan
	case-audit adopt mine.json -m '授权' 2>/dev/null
	as zhi
	case-file event 执1 extend months=6 --dry-run -m '延期' >plan
	run_rc 1 case-audit simulate plan
	is "$(rows)" '["（2022）沪0114执1号","EX-05",false,"院长 or 副院长: 0 of 1 signatures","yuan jia for 沪0114-P000001"]'
	run_ok case-audit simulate plan --as jia@court.example
	run_rc 1 case-audit simulate plan --as jia@court.example --as-of 2022-07-01
	is "$(case-audit people | jq -c 'select(.name == "jia").delegated')" '["院长 for 沪0114-P000001 until 2022-06-30"]'
	is "$(case-audit people --on 2022-07-01 | jq -c 'select(.name == "jia").delegated')" null
	# the leader closes it himself; then he is not the one to correct it
	as yuan
	enroll wu 副院长
	case-audit enroll 沪0114-P000001 --role 审判员 -m x 2>/dev/null
	case-file close 执2 --by performed -m '结案' 2>/dev/null
	case-file event 执2 reopen --dry-run -m '更正' >plan
	run_rc 1 case-audit simulate plan
	is "$(rows | tail -n 1)" '["（2022）沪0114执2号","DU-07",false,"院长 or 副院长 or 庭长 or 副庭长 or 执行局局长: 0 of 1 signatures; yuan did EX-34 here and does not count","wu"]'
	run_rc 1 case-audit simulate plan --as wu@court.example --fields id,met
	is "$output" '{"id":"EX-34","met":false}
{"id":"DU-07","met":true}'
	# Where history is cut off nobody knows who did it.
	git clone -q --bare --depth 1 "file://$PWD/d" cut
	run_rc 7 case-audit simulate plan -C cut
	has "$stderr" 'history is cut off here, as in a shallow clone'
}
