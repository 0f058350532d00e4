# SPDX-License-Identifier: MIT
# People: records of kind person, and case-audit enroll, revoke, people.

load helper
load court

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	make_docket 2>/dev/null
	start=$(tip)
}
tip() { git -C d rev-parse main; }
file() { git -C d show "main:$1"; }

# refused CODE NAME COMMAND...: exit code, golden text, an untouched docket
refused() {
	local code=$1 name=$2
	shift 2
	run_rc "$code" "$@" || return 1
	golden "people/$name" "$(steady <<<"$stderr")" || return 1
	is "$output" '' && is "$(tip)" "$start"
}

@test "who cannot be enrolled: the reason, and a docket as it was" {
	key yuan
	key rsa rsa
	printf 'ssh-ed25519 AAAA\n' >broken.pub
	refused 2 enroll-nobody case-audit enroll --role 院长 -m x
	refused 2 enroll-two case-audit enroll 甲 乙 --role 院长 -m x
	refused 2 enroll-nothing case-audit enroll 甲 -m x
	refused 2 enroll-no-reason case-audit enroll 甲 --role 院长
	refused 2 enroll-no-reason case-audit enroll 甲 --role 院长 -m ' '
	refused 2 enroll-unit case-audit enroll 甲 --unit 办公室 --email a@b -m x
	run_rc 2 case-audit enroll 甲 --key "$KEYS/yuan" -m x
	has "$stderr" 'a private key: give the public one, which ends in .pub'
	refused 3 enroll-broken-key case-audit enroll 甲 --key broken.pub -m x
	refused 9 enroll-no-key case-audit enroll 甲 --key none.pub -m x
	refused 2 enroll-date case-audit enroll 甲 --role 院长 --from 2022-02-30 -m x
	refused 2 enroll-empty-role case-audit enroll 甲 --role 院长,, -m x
	refused 6 enroll-unknown case-audit enroll a@b.example --role 院长 -m x
	refused 6 enroll-control case-audit enroll $'a\e[31m' --role 院长 -m x
	refused 3 enroll-email case-audit enroll 甲 --email 'no address' -m x
	refused 6 revoke-unknown case-audit revoke 沪0114-P000001 -m x
	refused 2 revoke-nobody case-audit revoke -m x
	refused 2 revoke-no-reason case-audit revoke 沪0114-P000001
	refused 2 revoke-no-reason case-audit revoke 沪0114-P000001 -m ' '
	refused 2 people-operand case-audit people 甲
	run_ok case-audit enroll 乙 --key "$KEYS/rsa.pub" -m x
	has "$stderr" 'a key of type ssh-rsa: git checks its commits, slowly, and it cannot approve; Ed25519 is better'
}

@test "enroll: a person, roles and a key in one commit, and git itself can check with the file signers" {
	as yuan
	run_ok case-audit enroll 元某 --role 院长,审判委员会委员 --email yuan@court.example --key "$KEYS/yuan.pub" \
		--from 2022-01-05 --source '嘉人大〔2022〕1号' -m '任命'
	golden people/enrolled "$stderr"
	is "$(git -C d show --name-only --format=%s%n%b main)" 'case-audit enroll: 沪0114-P000001 元某 (2 records)
Gavel-Cmd: case-audit enroll
Gavel-Reason: 任命


people/沪0114/0000/沪0114-P000001.json
signers'
	is "$(case-file get person:沪0114-P000001 -o ndjson | jq -c 'del(.events[].eid)')" \
		'{"emails":["yuan@court.example"],"events":[{"doc":"嘉人大〔2022〕1号","event":"appoint","on":"2022-01-05","role":"院长"},{"doc":"嘉人大〔2022〕1号","event":"appoint","on":"2022-01-05","role":"审判委员会委员"}],"id":"沪0114-P000001","kind":"person","name":"元某","roles":[{"from":"2022-01-05","role":"院长","source":"嘉人大〔2022〕1号"},{"from":"2022-01-05","role":"审判委员会委员","source":"嘉人大〔2022〕1号"}],"state":"active"}'
	is "$(file signers)" "沪0114-P000001 namespaces=\"git,gavel-*\",valid-after=\"202201041600Z\" $(cut -d' ' -f1,2 "$KEYS/yuan.pub")"
	# git is the oracle: this commit is signed with that key
	file signers >signers
	git -C d -c gpg.ssh.allowedSignersFile="$PWD/signers" verify-commit main 2>verdict
	has "$(cat verdict)" 'Good "git" signature for 沪0114-P000001 with ED25519'
	case-file check --strict
	# from the first second of the day on, wherever git runs
	printf 'x' >text
	ssh-keygen -q -Y sign -n git -f "$KEYS/yuan" text
	for zone in UTC Asia/Shanghai; do
		TZ=$zone ssh-keygen -q -Y verify -f signers -I 沪0114-P000001 -n git -s text.sig -Overify-time=20220104160000Z <text
		run ! env TZ=$zone ssh-keygen -q -Y verify -f signers -I 沪0114-P000001 -n git -s text.sig -Overify-time=20220104155959Z <text
	done
}

@test "enroll again: by id or e-mail, never by a name that two people could have" {
	as yuan
	enroll yuan 院长
	enroll jia 审判员 执行局
	start=$(tip)
	refused 2 namesake case-audit enroll jia --role 庭长 -m x
	refused 2 other-name case-audit enroll 别人 --role 庭长 --email jia@court.example -m x
	refused 3 same-key case-audit enroll 丙 --role 书记员 --key "$KEYS/jia.pub" -m x
	refused 3 same-email case-audit enroll 沪0114-P000001 --email JIA@court.example -m x
	case-audit enroll jia@court.example --role 庭长 --unit 执行局 --from 2022-06-01 -m '晋升'
	case-audit enroll person:沪0114-P000002 --email jia@other.example -m '另一地址'
	key jia2
	case-audit enroll 沪0114-P000002 --key "$KEYS/jia2.pub" -m '换钥匙'
	case-audit enroll jia --new --role 书记员 -m '同名'
	# what is there already is no change
	run_ok case-audit enroll 沪0114-P000002 --role 庭长 --unit 执行局 --email JIA@court.example -m '再来'
	is "$stderr" 'case-audit enroll: 沪0114-P000002 jia: nothing to do'
	is "$(case-audit people -o csv --fields id,name,roles,emails)" 'id,name,roles,emails
沪0114-P000001,yuan,"[""院长""]","[""yuan@court.example""]"
沪0114-P000002,jia,"[""审判员 (执行局)"",""庭长 (执行局)""]","[""jia@court.example"",""jia@other.example""]"
沪0114-P000003,jia,"[""书记员""]",'
	is "$(case-audit people | jq -c 'select(.id == "沪0114-P000002").keys | length')" 2
	# as of a day; and nothing of it at a commit before
	is "$(case-audit people --on 2022-05-31 -o ndjson | jq -r 'select(.id == "沪0114-P000002").roles[]')" '审判员 (执行局)'
	is "$(case-audit people --on 2021-12-31)" ''
	is "$(case-audit people --on 2021-12-31 --all -o csv --fields id | tr '\n' ' ')" 'id 沪0114-P000001 沪0114-P000002 沪0114-P000003 '
	is "$(case-audit people --at "$start" | wc -l)" 2
}

@test "a plan of --dry-run enrolls nobody, and can be applied" {
	as yuan
	enroll yuan 院长
	start=$(tip)
	key jia
	run_ok case-audit enroll jia --role 审判员 --key "$KEYS/jia.pub" -m x --dry-run
	is "$(tip)" "$start"
	is "$(jq -r '[.op, .path] | join(" ")' <<<"$output")" 'plan 
put people/沪0114/0000/沪0114-P000002.json
put signers'
	case-file apply <<<"$output"
	is "$(case-audit people | wc -l)" 2
}

@test "revoke: keys and roles end, lines stay, and what was signed before stays good" {
	as yuan
	enroll yuan 院长
	enroll jia 审判员 执行局
	case-audit enroll 沪0114-P000002 --role 庭长 --unit 执行局 --from 2022-06-15 -m '晋升'
	key jia2
	case-audit enroll 沪0114-P000002 --key "$KEYS/jia2.pub" -m '第二把'
	as jia
	echo '{"id":"（2022）沪0114执1号","state":"open","received_on":"2022-06-01"}' | case-file import -m '登记'
	signed=$(tip)
	as yuan
	start=$(tip)
	refused 6 no-such-role case-audit revoke jia@court.example --role 院长 -m x
	refused 6 no-such-key case-audit revoke jia@court.example --key SHA256:x -m x
	refused 3 before-it-began case-audit revoke jia@court.example --role 庭长 --on 2022-06-15 -m x
	print=$(ssh-keygen -lf "$KEYS/jia2.pub" | cut -d' ' -f2)
	run_ok case-audit revoke jia@court.example --key "$print" --on 2022-07-01 -m '遗失'
	is "$stderr" 'case-audit revoke: 沪0114-P000002: keys 1, roles 0 end with 2022-06-30'
	run_ok case-audit revoke 沪0114-P000002 --role 审判员 -m '免职'
	is "$stderr" 'case-audit revoke: 沪0114-P000002: keys 0, roles 1 end with 2022-06-29'
	run_ok case-audit revoke 沪0114-P000002 --on 2022-08-01 -m '调离'
	is "$stderr" 'case-audit revoke: 沪0114-P000002: keys 1, roles 1 end with 2022-07-31'
	refused_tip=$(tip)
	run_rc 6 case-audit revoke 沪0114-P000002 --on 2022-08-01 -m '再来'
	is "$stderr" 'case-audit revoke: 沪0114-P000002: has no key and no role on 2022-08-01'
	is "$(tip)" "$refused_tip"
	file signers >signers
	is "$(cut -d' ' -f1,2 signers)" '沪0114-P000001 namespaces="git,gavel-*",valid-after="202112311600Z"
沪0114-P000002 namespaces="git,gavel-*",valid-after="202112311600Z",valid-before="202207311600Z"
沪0114-P000002 namespaces="git,gavel-*",valid-after="202206291600Z",valid-before="202206301600Z"'
	is "$(case-file get person:沪0114-P000002 -o ndjson | jq -c '.roles')" \
		'[{"from":"2022-01-01","role":"审判员","unit":"执行局","until":"2022-06-29"},{"from":"2022-06-15","role":"庭长","unit":"执行局","until":"2022-07-31"}]'
	is "$(case-audit people --on 2022-07-31 | jq -c 'select(.id == "沪0114-P000002") | [.roles, (.keys | length)]')" '[["庭长 (执行局)"],1]'
	is "$(case-audit people --on 2022-08-01 | jq -c 'select(.id == "沪0114-P000002")')" ''
	case-file check --strict
	# options that people wrote by hand stay, and a valid-before is replaced, not added
	git clone -q d clone
	sed -i '1s/namespaces="git,gavel-\*",valid-after="[^"]*"/valid-before="20300101Z",namespaces="git,gavel-*" /' clone/signers
	sed -i '$s/ namespaces=[^ ]*/ /' clone/signers
	git -C clone commit -qam '手工'
	git -C d fetch -q "$PWD/clone" main:main
	case-audit revoke 沪0114-P000001 --on 2022-09-01 -m '退休' 2>/dev/null
	is "$(file signers | sed -n 1p | cut -d' ' -f1-2)" '沪0114-P000001 namespaces="git,gavel-*",valid-before="202208311600Z"'
	[ "$(git -C d show "$signed" --format=%s --no-patch)" = 'case-file import: 1 rows (1 record)' ]
}

@test "people as records: read, listed, imported, set, moved by events, checked by the docket's rules alone" {
	printf 'kind,id,name,emails.0,roles.0.role,roles.0.from,joined_on\nperson,沪0114-P000007,赵六,z@court.example,法官助理,2022-01-01,2021-07-01\n' |
		case-file import -m '登记' 2>/dev/null
	is "$(case-file get person:沪0114-P000007 -o ndjson)" \
		'{"emails":["z@court.example"],"id":"沪0114-P000007","joined_on":"2021-07-01","kind":"person","name":"赵六","roles":[{"from":"2022-01-01","role":"法官助理"}],"state":"active"}'
	case-file set person:沪0114-P000007 position=一级法官助理 -m '定级' 2>/dev/null
	is "$(case-file list --kind person -o csv)" 'id,name,state,position,roles[].role,roles[].unit,emails
沪0114-P000007,赵六,active,一级法官助理,"[""法官助理""]",,"[""z@court.example""]"'
	is "$(case-file list --kind person --where 'roles[].role = 法官助理 and joined_on < 2022-01-01' -o ids)" 'person:沪0114-P000007'
	is "$(case-file list --kind person --state left)" ''
	is "$(case-file list --kind person --since 2021-07-01 --until 2021-07-01 -o ids)" 'person:沪0114-P000007'
	is "$(case-file list --kind person --list-fields | jq -r 'select(.field == "roles[].until").type')" date
	is "$(case-file list)" ''
	case-file event person:沪0114-P000007 leave --on 2022-06-01 note=调离 -m '调动' 2>/dev/null
	is "$(case-file get person:沪0114-P000007 -o ndjson | jq -c '[.state, .left_on]')" '["left","2022-06-01"]'
	case-file event person:沪0114-P000007 return -m '调回' 2>/dev/null
	is "$(case-file get person:沪0114-P000007 -o ndjson | jq -c '[.state, .left_on]')" '["active",null]'
	case-file check --strict
	case-file check --strict --kind person
	start=$(tip)
	refused 2 list-kind case-file list --kind persn
	refused 2 list-of-cases case-file list --kind person --judge x
	refused 2 check-kind case-file check --kind finding
	refused 2 event-of-case case-file event person:沪0114-P000007 serve -m x
	refused 3 event-state case-file event person:沪0114-P000007 reinstate -m x
	refused 3 until-before-from case-file set person:沪0114-P000007 roles.0.until=2021-12-31 -m x
	refused 3 left-but-active case-file set person:沪0114-P000007 left_on=2021-12-31 -m x
	refused 3 no-address case-file set person:沪0114-P000007 emails.0=x -m x
	refused 3 role-member case-file set person:沪0114-P000007 roles.0.to=2022-01-01 -m x
	printf '（2022）沪0114民初1号\n' >ids
	echo '{"id":"（2022）沪0114民初1号","state":"open","received_on":"2022-06-01"}' | case-file import -m x 2>/dev/null
	start=$(tip)
	refused 3 stdin-person case-file event - hear -m x <<<'person:沪0114-P000007'
	# broken by hand, it is found
	git clone -q d clone
	file people/沪0114/0000/沪0114-P000007.json | jq -Sc . >clone/people/沪0114/0000/沪0114-P000007.json
	git -C clone commit -qam '手工'
	git -C d fetch -q "$PWD/clone" main:main
	run_rc 1 case-file check --strict
	is "$(jq -r '[.rule, .ref.kind, .ref.id] | join(" ")' <<<"$output")" 'DK-02 person 沪0114-P000007'
}
