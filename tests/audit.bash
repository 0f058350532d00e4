# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154,SC2119,SC2120 # bats sets its variables
# A docket "d", a clone "c" and four people with keys, for the suites of audits: load helper, then load audit.

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share XDG_STATE_HOME=$BATS_TEST_TMPDIR/state TZ=Asia/Shanghai
	for k in clerk judge chief stranger; do ssh-keygen -q -t ed25519 -N '' -C "$k" -f "$k"; done
	at 2022-01-03
	make_docket 2>/dev/null
	git clone -q d c
	# Pushes by hand and histories by force: the hook has a suite of its own at the end.
	rm d/hooks/pre-receive
	git -C d config receive.denyNonFastForwards false
	git -C c config gpg.format ssh
	as clerk
}

# as WHO: commit and sign as that person from here on
as() {
	git -C c config user.signingKey "$PWD/$1.pub"
	export GIT_AUTHOR_NAME=$1 GIT_AUTHOR_EMAIL=$1@example.org GIT_COMMITTER_NAME=$1 GIT_COMMITTER_EMAIL=$1@example.org
}
# at DAY [HH:MM]: the clock of the commits that follow
at() { export GIT_AUTHOR_DATE="$1T${2-12:00}:00+0800" GIT_COMMITTER_DATE="$1T${2-12:00}:00+0800"; }
# person NUMBER NAME ROLE: its record
person() {
	mkdir -p "c/people/沪0114/0000"
	jq -nS --arg id "沪0114-P00000$1" --arg name "$2" --arg role "$3" '{kind: "person", id: $id, name: $name, state: "active",
		emails: [$name + "@example.org"], roles: [{role: $role, from: "2020-01-01"}]}' >"c/people/沪0114/0000/沪0114-P00000$1.json"
}
# key NUMBER NAME [OPTIONS]: a line of signers
key() { echo "沪0114-P00000$1,$2@example.org ${3:+$3 }$(cut -d' ' -f1,2 "$2.pub")"; }
# commit MESSAGE [-S]: everything in the clone, to the docket
commit() {
	git -C c add -A
	git -C c commit -q --allow-empty -m "$@"
	git -C c push -q origin main
}
signed() { commit "$1" -S; }
# case_ SERIAL FILTER: change a case, or make it, canonically
case_() {
	local file=c/cases/2022/沪0114/民初/0000/$1.json
	mkdir -p "$(dirname "$file")"
	[ -e "$file" ] || printf '{"kind":"case","id":"（2022）沪0114民初%s号","state":"open","filed_on":"2022-01-10","received_on":"2022-01-04","cause":"民间借贷纠纷","events":[{"eid":"aaaaaaaaaaaaaaaa","event":"file","on":"2022-01-10"}]}' "$1" >"$file"
	jq -S "${2-.}" "$file" >new.json && cat new.json >"$file"
}
# adopt: three people with keys; from here on the docket knows signers
adopt() {
	at 2022-03-01
	person 1 clerk 立案人员
	person 2 judge 审判员
	person 3 chief 院长
	{ key 1 clerk; key 2 judge; key 3 chief; } >c/signers
	signed 'signers begin'
}
tip() { git -C d rev-parse main; }
# found [OPTION...]: level, rule and message of what is found, ids made equal
found() {
	case-audit verify --all "$@" 2>/dev/null | jq -r '[.level, .rule, .message] | @tsv' |
		sed "s/[0-9a-f]\{40\}/ID/g; s/commit [0-9a-f]\{10\}/commit ID/g; s/to [0-9a-f]\{10\}/to ID/g; s/SHA256:[A-Za-z0-9+/]*/KEY/g"
}
# verified CODE WANT: exit code, and what is found besides notes
verified() {
	local code=$1
	shift
	run_rc "$code" case-audit verify --all
	is "$(found | grep -v ^info || :)" "$(printf '%b' "$*")"
}
# duties JSON: the policy, signed by the chief
duties() {
	mkdir -p c/policy
	jq -n "$1" >c/policy/duties.json
	as chief
	signed 'duties'
	as clerk
}

# note COMMIT WHO [REASON]: an annotation
note() {
	as "$2"
	at 2022-06-01
	git -C c commit -q -S --allow-empty -m "annotate

${3:+Gavel-Reason: $3
}Gavel-Annotates: $1"
	git -C c push -q origin main
}

# rules [OPTION...]: which rules found something
rules() { case-audit verify --all "$@" 2>/dev/null | jq -r 'select(.level != "info") | .rule' | sort -u | paste -sd' '; }
