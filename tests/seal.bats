# SPDX-License-Identifier: MIT
# Sealed values: case-file seal, unseal, keys, destroy-key, the policy, and what readers without a key see.

load helper

ID='11010519491231002X'
OTHER='110101199003070011'

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share GAVEL_KEYS=$BATS_TEST_TMPDIR/keys
	make_docket 2>/dev/null
	printf '{"kind":"case","id":"（2022）沪0114刑初%d号","state":"open","received_on":"2022-01-04","parties":[{"name":"甲","role":"被告人","id_type":"resident-id","id_no":"%s"},{"name":"乙","role":"证人","phone":"13800138000"}]}\n' \
		1 $ID 2 $ID >two.ndjson
}
take_in() { case-file import two.ndjson >/dev/null 2>&1; }
tip() { git -C d rev-parse main; }
stored() { git -C d show "main:cases/2022/沪0114/刑初/0000/$1.json"; }
# without CMD...: as somebody who has no key
without() { GAVEL_KEYS=$PWD/nobody "$@"; }
policy() {
	git clone -q d clone 2>/dev/null
	jq --argjson v "$1" '.policy.sealed_fields=[{"from":"2022-06-01","value":$v}]' clone/gavel.json | jq -S . >new
	mv new clone/gavel.json
	git -C clone -c core.hooksPath=/dev/null commit -qam policy
	git -C clone push -q origin HEAD:main 2>&1
	rm -rf clone
}
# Does any object of the repository hold the text?
in_objects() {
	git -C d cat-file --batch-all-objects --batch --unordered | grep -aqF -- "$1"
}
refused() {
	local code=$1 name=$2
	shift 2
	run_rc "$code" "$@" || return 1
	golden "seal/$name" "$(sed -e "s|$PWD|DIR|g" -e 's/\b[2-7a-z]\{16\}\b/KEY/g' <<<"$stderr")" || return 1
	is "$output" ''
}

@test "what cannot be done: the thing, the field and the value are named, nothing is written" {
	take_in
	start=$(tip)
	refused 2 no-field case-file seal 刑初1 -m x
	refused 2 unknown-field case-file seal 刑初1 --field parties[].id_nr -m x
	refused 2 not-sensitive case-file seal 刑初1 --field parties[].name -m x
	refused 2 empty-field case-file seal 刑初1 --field parties[].phone, -m x
	refused 2 no-case case-file seal --field parties[].id_no -m x
	refused 2 two-ways case-file seal 刑初1 --where 'state = "open"' --field parties[].id_no -m x
	refused 2 empty-subject case-file seal 刑初1 --subject '' --field parties[].id_no -m x
	refused 2 bad-subject case-file seal 刑初1 --subject $'\xff' --field parties[].id_no -m x
	refused 3 no-value case-file seal 刑初1 --field parties[].account -m x
	refused 3 no-place case-file seal 刑初1 --field parties.7.id_no -m x
	refused 6 no-such-case case-file seal 刑初9 --field parties[].id_no -m x
	refused 3 strict case-file seal 刑初1 --field parties[].id_no --strict -m x
	refused 2 keys-operand case-file keys x
	refused 2 which-key case-file destroy-key -m x
	refused 2 both-keys case-file destroy-key aaaaaaaaaaaaaaaa --subject x -m x
	refused 2 no-reason case-file destroy-key aaaaaaaaaaaaaaaa
	refused 2 no-reason case-file destroy-key aaaaaaaaaaaaaaaa -m ' '
	refused 2 reason-not-utf8 case-file destroy-key aaaaaaaaaaaaaaaa -m $'\xff'
	refused 2 no-key-id case-file destroy-key xyz -m x
	refused 6 no-key case-file destroy-key aaaaaaaaaaaaaaaa -m x --yes
	refused 6 no-subject case-file destroy-key --subject x -m x --yes
	GAVEL_KEYS=keys refused 2 relative case-file seal 刑初1 --field parties[].id_no -m x
	GAVEL_KEYS=$PWD/d/keys refused 9 in-docket case-file seal 刑初1 --field parties[].id_no -m x
	is "$(tip)" "$start"
}

@test "seal: the text, what a key holder sees, and what others see" {
	take_in
	run_ok case-file seal 刑初1 --field 'parties[].id_no,parties.1.phone' -m 依法封存
	has "$stderr" 'warning: these values stand in plain in the history (commits with them: 1), which'
	has "$(git -C d log -1 --format=%s%n%b)" 'case-file seal: （2022）沪0114刑初1号 (1 record)'
	has "$(git -C d log -1 --format=%b)" 'Gavel-Reason: 依法封存'
	case $(stored 1) in *$ID* | *13800138000*) return 1 ;; esac
	is "$(stored 1 | jq -c '.parties[0].id_no | keys')" '["key","sealed","tag"]'
	is "$(stored 1 | jq -r '.parties[1].phone.key')" "$(stored 1 | jq -r '.parties[0].id_no.key')"
	# Who holds the key: get, list, export, predicates.
	is "$(case-file get 刑初1 -o ndjson | jq -r '.parties[0].id_no,.parties[1].phone')" "$ID"$'\n'13800138000
	is "$(case-file list | jq -r '.parties[0].id_no' | sort -u)" "$ID"
	is "$(case-file export | jq -r '.parties[0].id_no' | sort -u)" "$ID"
	is "$(case-file list --where "parties[].id_no = \"$ID\"" -o ids)" '（2022）沪0114刑初1号'$'\n''（2022）沪0114刑初2号'
	is "$(case-file check --where "parties[].phone ~ \"^138\"" --only LA-03 -o ids)" ''
	is "$(case-file list --jq ".parties[0].id_no == \"$ID\"" -o ids | wc -l)" 2
	# Tables and CSV mask as always.
	has "$(case-file list -o table --fields id,parties.0.id_no)" '110105***********X'
	has "$(case-file list -o csv --fields id,parties.0.id_no --sensitive)" "$ID"
	# Who does not: present, but unreadable; also with --sensitive.
	is "$(without case-file get 刑初1 -o ndjson | jq -c '.parties[0].id_no')" "$(stored 1 | jq -c '.parties[0].id_no')"
	is "$(without case-file list --where "parties[].id_no = \"$ID\"" -o ids)" '（2022）沪0114刑初2号'
	is "$(without case-file list --where 'state = "open"' -o csv --fields id,parties.0.id_no --sensitive | sed -n 2p)" '"（2022）沪0114刑初1号",(sealed)'
	has "$(without case-file list -o table --fields parties --sensitive)" '"id_no":"(sealed)"'
	has "$(without case-file list -o table --fields parties)" '"id_no":"(sealed)"'
	# Histories stay closed for everybody.
	for cmd in 'blame 刑初1' 'log 刑初1' 'changes --from main~1 --records'; do
		for o in table ndjson; do
			run_ok case-file $cmd -o $o
			case $output in *$ID*) return 1 ;; esac
		done
	done
	has "$(case-file blame 刑初1 -o table --sensitive)" '(sealed)'
}

@test "sealing again changes nothing; whole records that come back change nothing; new values are sealed with the same key" {
	take_in
	case-file seal 刑初1 --field parties[].id_no -m x 2>/dev/null
	before=$(stored 1)
	start=$(tip)
	case-file seal 刑初1 --field parties[].id_no -m x 2>/dev/null
	is "$(tip)" "$start"
	# By the holder of the key (plain), and by somebody else (sealed).
	run_ok bash -c 'case-file list | case-file import --existing replace -'
	run_ok bash -c 'GAVEL_KEYS=$PWD/nobody case-file list | GAVEL_KEYS=$PWD/nobody case-file import --existing replace -'
	is "$(tip)" "$start"
	# In another place of the list it is the same value still.
	case-file get 刑初1 -o ndjson | jq -c '.parties|=reverse' | case-file import --existing replace - 2>/dev/null
	is "$(stored 1 | jq -c '.parties[1].id_no')" "$(jq -c '.parties[0].id_no' <<<"$before")"
	case-file get 刑初1 -o ndjson | jq -c '.parties|=reverse' | case-file import --existing replace - 2>/dev/null
	is "$(stored 1)" "$before"
	# A new value.
	run_ok case-file set 刑初1 parties.0.id_no=$OTHER
	is "$(stored 1 | jq -r '.parties[0].id_no.key')" "$(jq -r '.parties[0].id_no.key' <<<"$before")"
	is "$(case-file get 刑初1 -o ndjson | jq -r '.parties[0].id_no')" $OTHER
	in_objects $OTHER && return 1
	# Of a new party too: no neighbour stays in plain.
	case-file get 刑初1 -o ndjson | jq -c '.parties+=[{"name":"丙","role":"证人","id_no":"110101199003070038"}]' |
		case-file import --existing replace - 2>/dev/null
	in_objects 110101199003070038 && return 1
	is "$(case-file get 刑初1 -o ndjson | jq -r '.parties[2].id_no')" 110101199003070038
	# Other fields can be changed by everybody; this one only by holders.
	run_ok without case-file set 刑初1 judge=王
	refused 3 absent without case-file set 刑初1 parties.0.id_no=$ID
	run_rc 3 without case-file set 刑初1 parties.1.id_no=$ID # would be a second key for this record
	is "$(without case-file keys)" ''
	# A mask, or what a table shows, is not the value.
	without case-file list -o csv --fields kind,id,parties.0.id_no,state --sensitive >t.csv
	run_rc 8 without case-file import --existing merge t.csv
	has "$stderr" 'parties.0.id_no'
	without case-file get 刑初1 -o ndjson | jq -c '.parties[0].id_no="(sealed)"' >t.ndjson
	refused 3 shown-only case-file import --existing replace t.ndjson
}

@test "policy: sealed on entry, so nothing ever stands in plain; a policy misspelt stops all writing" {
	policy '["case:parties[].id_no","case:parties[].phone"]'
	start=$(tip)
	take_in
	in_objects $ID && return 1
	in_objects 13800138000 && return 1
	is "$(case-file list | jq -r '.parties[0].id_no' | sort -u)" $ID
	# Each record has its own key.
	is "$(case-file keys -o ndjson | jq -r .subject | sort)" $'case:（2022）沪0114刑初1号\ncase:（2022）沪0114刑初2号'
	is "$(case-file keys --usage -o ndjson | jq -c .records)" $'1\n1'
	# Not before it began.
	run_rc 3 case-file unseal 刑初1 --field parties[].phone -m x
	golden seal/policy-says-so "$stderr"
	# A plan seals, too, and goes in as it is.
	case-file open --type 刑初 --party 被告人=丁 -m x >/dev/null 2>&1
	case-file set 刑初3 parties.0.id_no=$OTHER --dry-run >plan
	grep -q $OTHER plan && return 1
	run_ok case-file apply plan
	is "$(case-file get 刑初3 -o ndjson | jq -r '.parties[0].id_no')" $OTHER
	# Also one that somebody wrote by hand.
	case-file set 刑初3 judge=王 --dry-run | jq -c 'if .record then .record.parties[0].id_no="110101199003070038" else . end' >plan
	run_ok case-file apply plan
	in_objects 110101199003070038 && return 1
	# What is pushed is sealed by nobody: new values in plain are refused, and so is a policy misspelt.
	git clone -q d c
	sed -i 's/"王"/"李"/' c/cases/2022/沪0114/刑初/0000/3.json
	git -C c commit -qam judge && git -C c push -q origin HEAD:main
	jq -S '.parties[0].id_no="110101199003070054"' c/cases/2022/沪0114/刑初/0000/3.json >new
	mv new c/cases/2022/沪0114/刑初/0000/3.json
	git -C c commit -qam plain
	run_rc 1 git -C c push -q origin HEAD:main
	has "$stderr" 'parties[0].id_no is plain, and the policy has it sealed: write it with case-file'
	in_objects 110101199003070054 && return 1
	git -C c reset -q --hard origin/main
	jq -S '.policy.sealed_fields[0].value=["case:parties[].id_nr"]' c/gavel.json >new && mv new c/gavel.json
	git -C c commit -qam policy
	run_rc 1 git -C c push -q origin HEAD:main
	has "$stderr" 'policy.sealed_fields: "case:parties[].id_nr" is no field that may be sealed'
	git -C d config core.hooksPath /nonexistent
	for bad in '["case:parties[].id_nr"]' '["case:judge"]' '["parties[].id_no"]' '["x:parties[].id_no"]' '[1]' '"case:judge"'; do
		policy "$bad"
		run_rc 3 case-file set 刑初1 judge=李
		has "$stderr" 'gavel.json: policy.sealed_fields'
	done
	golden seal/bad-policy "$stderr"
	run_rc 3 case-file check
	# The push that mends it is judged all the same.
	git -C d config --unset core.hooksPath
	policy '["case:parties[].id_no"]'
	run_ok case-file set 刑初1 judge=李
}

@test "unseal: plain again, by holders only" {
	take_in
	case-file seal - --field parties[].id_no -m x <<<$'刑初1\n刑初2' 2>/dev/null
	refused 3 unseal-absent without case-file unseal 刑初1 --field parties[].id_no -m x
	run_ok case-file unseal 刑初1 --field parties[].id_no -m 撤销封存
	has "$(stored 1)" $ID
	run_ok case-file set 刑初1 parties.0.id_no=$OTHER
	has "$(stored 1)" $OTHER
	run_ok case-file unseal --where 'state = "open"' --field parties[].id_no -m x
	has "$(stored 2)" $ID
	# Committed by hand, and not as a command would have written it.
	git clone -q d c
	jq -c . c/cases/2022/沪0114/刑初/0000/2.json >new && mv new c/cases/2022/沪0114/刑初/0000/2.json
	git -C c commit -qam x && git -C d config core.hooksPath /nonexistent && git -C c push -q origin HEAD:main
	run_rc 8 case-file seal --where 'parties[].phone ~ "^138"' --type 刑初 --field parties[].id_no -m x
	has "$stderr" '2.json: is not in the canonical text: case-file migrate'
}

@test "a value that was moved or altered: told, and left as it is" {
	take_in
	case-file seal - --field parties[].id_no -m x <<<$'刑初1\n刑初2' 2>/dev/null
	# Through a plan or an import, the holder of the key refuses it.
	value=$(stored 1 | jq -c '.parties[0].id_no')
	case-file get 刑初2 -o ndjson | jq -c --argjson v "$value" '.parties[0].id_no=$v' >moved.ndjson
	run_rc 3 case-file import --existing replace moved.ndjson
	has "$stderr" 'parties[0].id_no: the sealed value does not open here'
	# Somebody without a key gets it in; then it is told wherever it is read.
	run_ok without case-file import --existing replace moved.ndjson
	run_rc 8 case-file list
	golden seal/moved "$stderr"
	is "$(jq -r '.parties[0].id_no | type' <<<"$output")" $'string\nobject'
	run_rc 8 case-file get 刑初2 -o ndjson
	# A record that is ruled out by what is not sealed is not opened; one that may be selected is.
	run_ok case-file list --where 'state = "closed"'
	is "$output$stderr" ''
	run_rc 8 case-file list --where 'state = "open"'
	golden seal/moved "$stderr"
	run_rc 3 case-file unseal 刑初2 --field parties[].id_no -m x
	has "$stderr" 'does not open here'
}

@test "one key for all records of a person; destroyed, the value is nowhere: no command, no commit, no object, no clone" {
	policy '["case:parties[].id_no","case:parties[].real_name"]'
	printf '{"kind":"case","id":"（2022）沪0114刑初1号","state":"open","parties":[{"name":"张某","role":"被告人","minor":true,"real_name":"张小明明","id_no":"%s"}]}\n' $ID |
		case-file import - 2>/dev/null
	case-file set 刑初1 judge=王 2>/dev/null
	is "$(case-file list | jq -r '.parties[0].real_name')" 张小明明
	is "$(case-file list --where 'parties[].real_name = "张小明明"' -o ids)" '（2022）沪0114刑初1号'
	cp -r keys backup
	key=$(case-file keys -o ids)
	refused 2 not-yes case-file destroy-key "$key" -m 期满
	has "$stderr" '（2022）沪0114刑初1号'
	run_ok case-file destroy-key --subject 'case:（2022）沪0114刑初1号' -m 依法销毁 --yes
	golden seal/destroyed "${stderr//$key/KEY}"
	is "$(case-file keys -o ndjson | jq -c 'del(.id)')" \
		'{"by":"测试员 <clerk@example.org>","destroyed_on":"2022-06-30","kind":"key","reason":"依法销毁"}'
	refused 3 destroyed-before case-file destroy-key "$key" -m x --yes
	git clone -q d clone
	for commit in main main~1; do
		for cmd in "get 刑初1" list export "list -o csv --sensitive --fields id,parties" "get 刑初1 -o table --sensitive --fields parties"; do
			if [ "$cmd" != export ]; then cmd="$cmd --at $commit"; fi
			run_ok case-file $cmd
			case $output$stderr in *张小明明* | *$ID*) return 1 ;; esac
		done
	done
	in_objects 张小明明 && return 1
	in_objects $ID && return 1
	grep -rqF -e 张小明明 -e $ID clone keys && return 1
	grep -rq '"secret"' keys && return 1
	is "$(case-file check --strict --skip LA-03,CA-03)" ''
	run_ok case-file set 刑初1 judge=李
	refused 3 destroyed-new case-file set 刑初1 parties.0.id_no=$OTHER
	run_ok case-file set 刑初1 parties.0.id_no=
	refused 3 destroyed-subject case-file set 刑初1 parties.0.id_no=$OTHER
	# What a backup of the keys keeps, it keeps: it must be destroyed, too.
	is "$(GAVEL_KEYS=$PWD/backup case-file get 刑初1 -o ndjson | jq -r '.parties[0].real_name')" 张小明明
}

@test "a key whose end was cut short: its subject leads to it, and the end is written" {
	take_in
	case-file seal 刑初1 --field parties[].id_no -m x 2>/dev/null
	key=$(case-file keys -o ids)
	truncate -s 0 "keys/$key.json" && truncate -s 150 "keys/$key.json"
	run_ok case-file destroy-key --subject 'case:（2022）沪0114刑初1号' -m 期满 --yes
	is "$(case-file keys -o ndjson | jq -r .reason)" 期满
	# Whoever asks again is told so.
	run_rc 3 case-file destroy-key --subject 'case:（2022）沪0114刑初1号' -m x --yes
	has "$stderr" "key $key was destroyed before"
}

@test "--subject shares a key between records; keys from elsewhere are destroyed with it" {
	take_in
	case-file seal 刑初1 --subject 张小明 --field parties[].id_no -m x 2>/dev/null
	GAVEL_KEYS=$PWD/office case-file seal 刑初2 --subject 张小明 --field parties[].id_no -m x 2>/dev/null
	is "$(case-file list | jq -r '.parties[0].id_no | type')" $'string\nobject'
	cp office/*.json keys/
	is "$(case-file list | jq -r '.parties[0].id_no')" $ID$'\n'$ID
	is "$(case-file keys -o ndjson | jq -r .subject)" $'张小明\n张小明'
	run_ok case-file destroy-key --subject 张小明 -m x --yes
	is "$(case-file list | jq -r '.parties[0].id_no | type')" $'object\nobject'
	case-file keys -o ndjson | grep -q 张小明 && return 1
	# The name of a subject is nowhere in the docket, and two offices have two ids for it.
	in_objects 张小明 && return 1
	is "$(case-file keys -o ids | sort -u | wc -l)" 2
}

@test "the warning counts versions with the value, and only these; --strict seals what was never in plain" {
	take_in
	case-file set 刑初1 judge=王 2>/dev/null
	case-file set 刑初1 parties.0.id_no=$OTHER 2>/dev/null
	case-file set 刑初1 judge=李 2>/dev/null
	run_ok case-file seal 刑初1 --field parties[].id_no -m x --dry-run
	has "$stderr" 'commits with them: 2)'
	run_ok case-file seal --where 'state = "open"' --field parties[].id_no,parties[].phone -m x
	has "$stderr" 'commits with them: 4)'
	case-file set 刑初1 parties.1.phone=13900139000 2>/dev/null
	run_ok case-file unseal 刑初1 --field parties.1.phone -m x --dry-run
	run_ok case-file seal 刑初1 --field parties[].phone --strict -m x
	is "$stderr" 'case-file seal: nothing to do, 1 unchanged'
}

@test "keys that others may read are not used" {
	take_in
	case-file seal 刑初1 --field parties[].id_no -m x 2>/dev/null
	is "$(stat -c %a keys)" 700
	is "$(stat -c %a keys/*.json | sort -u)" 600
	chmod 755 keys
	refused 9 open-folder case-file list
	chmod 700 keys
	chmod 644 keys/*.json
	run_rc 9 case-file list
	has "$stderr" 'is open to others (mode 0644): not used until chmod go='
	chmod 600 keys/*.json
	run_ok case-file list
	# The docket's own setting.
	unset GAVEL_KEYS
	is "$(case-file list | head -1 | jq -r '.parties[0].id_no | type')" object
	git -C d config gavel.keys "$PWD/keys"
	is "$(case-file list | head -1 | jq -r '.parties[0].id_no | type')" string
}

@test "two writers make the key of one subject at once: one is kept, and both values come back" {
	take_in
	cp -r d e
	for round in 1 2 3 4 5; do
		rm -rf keys d && cp -r e d
		for n in 1 2; do
			case-file seal 刑初$n --field 'parties[].id_no' --subject 甲 -m x 2>log.$n &
		done
		wait
		is "$(ls -A keys | sed 's/^[2-7a-z]*\.json$/KEY/' | sort)" $'KEY\nsalt'
		is "$(case-file get 刑初1 刑初2 -o ndjson | jq -r '.parties[0].id_no')" $'11010519491231002X\n11010519491231002X'
	done
	# A file that stayed empty when the power failed: who finds it so waits for the other one, and takes what is there then.
	key=$(cd keys && echo ./*.json)
	cp "keys/$key" saved
	case-file unseal 刑初2 --field 'parties[].id_no' -m x 2>/dev/null
	: >"keys/$key"
	exec {lock}<keys
	flock "$lock"
	case-file seal 刑初2 --field 'parties[].id_no' --subject 甲 -m x 2>log {lock}<&- 3>&- &
	while kill -0 $! && ! compgen -G 'keys/.new-*'; do :; done
	cat saved >"keys/$key"
	exec {lock}<&-
	wait $!
	is "$(case-file get 刑初1 刑初2 -o ndjson | jq -r '.parties[0].id_no')" $'11010519491231002X\n11010519491231002X'
}

@test "a key that cannot be written: exit 9, nothing half made, the record as it was" {
	take_in
	start=$(tip)
	run_rc 9 bash -c "ulimit -f 0; case-file seal 刑初1 --field 'parties[].id_no' -m x 2>&1 | cat; exit \${PIPESTATUS[0]}"
	golden seal/no-room "${output//$PWD/DIR}"
	is "$(tip)" "$start"
	is "$(ls -A keys; find d -name 'tmp_*')" ''
	run_ok case-file seal 刑初1 --field 'parties[].id_no' -m x
	is "$(case-file get 刑初1 -o ndjson | jq -r '.parties[0].id_no')" $ID
}

@test "two writers: the same new value sealed twice is no conflict, another is" {
	take_in
	case-file seal 刑初1 --field parties[].id_no -m x 2>/dev/null
	# While the one edits, the other is quicker.
	cat >editor <<-'END'
		case-file set 刑初1 parties.0.id_no="$FIRST" 2>/dev/null
		jq --arg v "$SECOND" '.parties[0].id_no=$v | .judge="王"' "$1" >"$1.new" && mv "$1.new" "$1"
	END
	export EDITOR="sh $PWD/editor"
	FIRST=$OTHER SECOND=$OTHER run_ok case-file edit 刑初1 -m x
	has "$stderr" 'joined with another writer'
	is "$(case-file get 刑初1 -o ndjson | jq -r '.parties[0].id_no,.judge')" $OTHER$'\n'王
	FIRST=110101199003070038 SECOND=110101199003070054 run_rc 4 case-file edit 刑初1 -m x
	has "$stderr" '（2022）沪0114刑初1号: parties: '
	case $stderr in *1101011990*) return 1 ;; esac
	is "$(case-file get 刑初1 -o ndjson | jq -r '.parties[0].id_no')" 110101199003070038
}

@test "a conflict that is resolved by hand: the new value is sealed, too" {
	take_in
	case-file seal 刑初1 --field parties[].id_no -m x 2>/dev/null
	cp -r d e
	case-file set 刑初1 parties.0.id_no=$OTHER 2>/dev/null
	case-file set -C e 刑初1 parties.0.id_no=110101199003070038 2>/dev/null
	run_rc 1 case-file pull "$PWD/e"
	case $(case-file conflicts -o ndjson)$(case-file conflicts -o table) in *$OTHER* | *110101199003070038*) return 1 ;; esac
	run_rc 4 case-bundle pack 刑初1 -o b.tar.zst
	has "$stderr" '（2022）沪0114刑初1号: two sides differ about it: case-file conflicts shows, resolve decides'
	run_ok case-file resolve 刑初1 'parties=[{"name":"甲","role":"被告人","id_no":"110101199003070054"}]' -m x
	is "$(case-file get 刑初1 -o ndjson | jq -r '.parties[0].id_no')" 110101199003070054
	for value in $OTHER 110101199003070038 110101199003070054; do
		in_objects $value && return 1
	done
	run_ok case-bundle pack 刑初1 -o b.tar.zst
}

@test "a bundle from before the key was destroyed, and one from after, with history and proofs: the value is in neither" {
	policy '["case:parties[].id_no"]'
	take_in
	case-file set 刑初1 parties.0.id_no=$OTHER 2>/dev/null
	case-file set 刑初1 judge=王 2>/dev/null
	case-bundle pack 刑初1 --history -o before.tar.zst 2>/dev/null
	case-file destroy-key --subject 'case:（2022）沪0114刑初1号' -m x --yes 2>/dev/null
	run_ok case-bundle pack 刑初1 --history -o after.tar.zst
	# Destroying is no change of the docket: the same bytes.
	cmp before.tar.zst after.tar.zst
	mkdir x
	tar --zstd -C x -xf before.tar.zst
	has "$(cat x/history/cases/2022/沪0114/刑初/0000/1.ndjson)" '"sealed"'
	find x -path '*proof*' -type f | while read -r f; do
		zlib-flate -uncompress <"$f" 2>/dev/null || cat "$f"
	done >all
	cat x/records/cases/2022/沪0114/刑初/0000/1.json x/history/cases/2022/沪0114/刑初/0000/1.ndjson >>all
	grep -aq -e $ID -e $OTHER all && return 1
	run_rc 1 case-bundle verify before.tar.zst
	case $output$stderr in *$ID* | *$OTHER*) return 1 ;; esac
	case-file init --court 沪0115 e 2>/dev/null
	run_ok case-bundle import before.tar.zst -C e --unsigned
	is "$(case-file get -C e '（2022）沪0114刑初1号' -o ndjson | jq -r '.parties[0].id_no | keys | join(",")')" key,sealed,tag
	git -C e cat-file --batch-all-objects --batch --unordered | grep -aqF -e $ID -e $OTHER && return 1
	is "$(case-file check -C e --strict --only 'DK-*')" ''
}

@test "a bundle with a value in plain: sealed on the way into a docket whose policy says so, and known again" {
	take_in
	case-bundle pack 刑初1 -o b.tar.zst 2>/dev/null
	mv d sender
	case-file init --court 沪0115 d 2>/dev/null
	policy '["case:parties[].id_no"]'
	run_ok case-bundle import b.tar.zst --unsigned
	in_objects $ID && return 1
	is "$(case-file list | jq -r '.parties[0].id_no')" $ID
	is "$(case-file check --strict --only DK-12)" ''
	start=$(tip)
	run_ok case-bundle import b.tar.zst --unsigned
	is "$(tip)" "$start"
	# The sender changed something else since: joined without a word about what is sealed.
	case-file set -C sender 刑初1 judge=王 2>/dev/null
	case-bundle pack -C sender 刑初1 -o c.tar.zst 2>/dev/null
	run_ok case-bundle import c.tar.zst --unsigned --existing merge
	is "$(case-file get '（2022）沪0114刑初1号' -o ndjson | jq -r '.judge,.parties[0].id_no')" "王"$'\n'$ID
	in_objects $ID && return 1
	# Without the key nobody can tell, and nothing comes in.
	run_rc 3 without case-bundle import b.tar.zst --unsigned --existing merge
}

@test "who pulls a line that has a value in plain is warned, and can seal it; a push of it is refused, whatever gavel.json it brings" {
	cp -r d e
	policy '["case:parties[].id_no"]'
	case-file import -C e two.ndjson 2>/dev/null
	run_ok case-file pull "$PWD/e"
	has "$output" '"rule":"DK-12"'
	has "$stderr" 'judged: warnings 2, new commits 1'
	is "$(case-file check --strict --only DK-12 | jq -r .case)" '（2022）沪0114刑初1号'$'\n''（2022）沪0114刑初2号'
	run_ok case-file seal --where 'state = "open"' --field parties[].id_no -m x
	is "$(case-file check --strict --only DK-12)" ''
	# A push whose gavel.json has no policy any more: main's own counts.
	git clone -q d c
	jq -S 'del(.policy) | .zone="Asia/Urumqi"' c/gavel.json >new && mv new c/gavel.json
	mkdir -p c/cases/2022/沪0114/刑初/0000
	jq -S '.id="（2022）沪0114刑初9号" | del(.parties[1])' <(head -1 two.ndjson) >c/cases/2022/沪0114/刑初/0000/9.json
	git -C c add -A && git -C c commit -qm x
	run_rc 1 git -C c push -q origin HEAD:main
	has "$stderr" 'parties[0].id_no is plain, and the policy has it sealed'
}
