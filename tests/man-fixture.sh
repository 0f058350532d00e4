# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What the examples of the man pages run on, and the reader that finds them (tests/man.bats).

# An empty folder and nothing else.
setup_empty() {
	cd "$(mktemp -d -p "$BATS_TEST_TMPDIR")" || exit
	unset GAVEL_DOCKET
}

# A small register in the docket "docket"; people and numbers are invented, the identity number and the credit code
# are the examples of GB 11643 and GB 32100.
setup_register() {
	setup_empty
	case-file init --court 沪0114 docket 2>/dev/null
	export GAVEL_DOCKET=$PWD/docket
	register | case-file import -m '移交上半年登记簿' 2>/dev/null
}

# What is seized for one claim.
setup_bundle() {
	setup_empty
	cat >bundle.json <<'END'
{"claim":{"stage":"enforcement","principal_fen":100000000,"costs_fen":1380000},
"assets":[{"id":"deposit","type":"deposit","balance_fen":110000000},
{"id":"flat","type":"immovable","indivisible":true,"price":{"fen":300000000}}],
"seizures":[{"asset":"deposit","id":"1","measure":"freeze","served_at":"2025-03-01","sum_fen":102620000,"until":"2026-03-01"},
{"asset":"flat","id":"2","measure":"seal","served_at":"2025-03-01","until":"2028-03-01"}]}
END
}

# The register, and a configuration of git's own that may be changed.
setup_signing() {
	setup_register
	export GIT_CONFIG_GLOBAL=$PWD/gitconfig
}

register() {
	cat <<'END'
{"id":"（2021）沪0114民初9001号","state":"closed","cause":"物业服务合同纠纷","procedure":"small-claim","tribunal":"安亭人民法庭","judge":"李法官","received_on":"2021-12-20","filed_on":"2021-12-22","closed_on":"2022-02-18","closed_by":"judgment","claim_fen":356000,"parties":[{"role":"原告","name":"上海示例物业有限公司","type":"unit"},{"role":"被告","name":"赵六","type":"person"}],"events":[{"eid":"aaaaaaaaaaaaaaa2","event":"file","on":"2021-12-22"},{"eid":"aaaaaaaaaaaaaaa3","event":"close","on":"2022-02-18"}]}
{"id":"（2022）沪0114民初1233号","state":"closed","cause":"离婚纠纷","procedure":"simplified","tribunal":"民事审判庭","judge":"王法官","received_on":"2022-03-28","filed_on":"2022-03-30","closed_on":"2022-05-20","closed_by":"mediation","parties":[{"role":"原告","name":"钱七","type":"person"},{"role":"被告","name":"孙八","type":"person"}],"events":[{"eid":"aaaaaaaaaaaaaab2","event":"file","on":"2022-03-30"},{"eid":"aaaaaaaaaaaaaab3","event":"close","on":"2022-05-20"}]}
{"id":"（2022）沪0114民初1234号","state":"open","cause":"民间借贷纠纷","procedure":"simplified","tribunal":"民事审判庭","judge":"王法官","received_on":"2022-04-02","filed_on":"2022-04-06","claim_fen":5000000,"parties":[{"role":"原告","name":"张三","type":"person","id_type":"resident-id","id_no":"11010519491231002X","phone":"13800138000"},{"role":"被告","name":"李四","type":"person"}],"events":[{"eid":"aaaaaaaaaaaaaac2","event":"file","on":"2022-04-06"},{"eid":"aaaaaaaaaaaaaac3","event":"serve","on":"2022-04-13","party":"李四","method":"post"}]}
{"id":"（2022）沪0114民初1235号","state":"open","cause":"买卖合同纠纷","procedure":"ordinary","tribunal":"商事审判庭","judge":"周法官","received_on":"2022-01-06","filed_on":"2022-01-10","claim_fen":82000000,"parties":[{"role":"原告","name":"上海示例贸易有限公司","type":"unit","credit_code":"91350100M000100Y43"},{"role":"被告","name":"上海样本制造有限公司","type":"unit"}],"events":[{"eid":"aaaaaaaaaaaaaad2","event":"file","on":"2022-01-10"},{"eid":"aaaaaaaaaaaaaad3","event":"suspend","on":"2022-03-14","note":"疫情防控"},{"eid":"aaaaaaaaaaaaaad4","event":"resume","on":"2022-06-01"}]}
{"id":"（2022）沪0114民初1240号","state":"received","cause":"机动车交通事故责任纠纷","received_on":"2022-06-27","parties":[{"role":"原告","name":"吴九","type":"person"}],"events":[{"eid":"aaaaaaaaaaaaaae2","event":"receive","on":"2022-06-27"}]}
{"id":"（2022）沪0114执88号","state":"open","cause":"物业服务合同纠纷","tribunal":"执行局","judge":"郑法官","received_on":"2022-03-01","filed_on":"2022-03-02","claim_fen":356000,"parties":[{"role":"申请执行人","name":"上海示例物业有限公司","type":"unit"},{"role":"被执行人","name":"赵六","type":"person"}],"links":[{"rel":"enforces","id":"（2021）沪0114民初9001号"}],"events":[{"eid":"aaaaaaaaaaaaaaf2","event":"file","on":"2022-03-02"}]}
END
}

# A page's examples as a script; each command behind a line "\036 LINE" that its output follows.
# A display that begins with the line `.\" test` is run: "$ " begins a command and "> " continues it (in the script
# without the mark), all else is what they print.  "test: setup NAME" starts afresh, "test: any-output" compares nothing.
man_script() {
	awk '
		/^\.Bd -literal/ { literal = 1; next }
		/^\.\\" test/ {
			marked = 1
			if (match($0, /setup [a-z]+/))
				print "setup_" substr($0, RSTART + 6, RLENGTH - 6)
			next
		}
		/^\.Ed/ { literal = marked = 0; next }
		literal && /^\$ / {
			if (!marked) {
				print FILENAME ":" FNR ": an example that is not marked as a test" > "/dev/stderr"
				exit 1
			}
			print "mark " FNR
			print substr($0, 3)
			next
		}
		literal && marked && /^> / { print substr($0, 3) }
	' "$1"
}

# What the page says that they print, in the same form.
man_expected() {
	awk '
		/^\.\\" test/ { marked = 1; any = /any-output/; next }
		/^\.Bd -literal/ { literal = 1; next }
		/^\.Ed/ { literal = marked = 0; next }
		!literal || !marked { next }
		/^\$ / { printf "\036%d\n%s", FNR, any ? "...\n" : ""; next }
		/^> / || any { next }
		{ print }
	' "$1"
}

# like GOT WANT: "..." stands for anything.
like() {
	local got=$1 want=$2 part
	if [[ $want != *...* ]]; then
		[ "$got" = "$want" ]
		return
	fi
	part=${want%%...*}
	[[ $got == "$part"* ]] || return 1
	got=${got#"$part"}
	want=${want#*...}
	while [[ $want == *...* ]]; do
		part=${want%%...*}
		[[ $got == *"$part"* ]] || return 1
		got=${got#*"$part"}
		want=${want#*...}
	done
	[[ $got == *"$want" ]]
}

# Run the examples of a page and compare, command by command; says how many there were.
man_examples() {
	local page=$1 n=0 failed=0 part line
	local -A got=()
	man_script "$page" >"$BATS_TEST_TMPDIR/script" || return 1
	# shellcheck disable=SC2016 # for the script: $? stays what the last command left
	bash -c "$(declare -f setup_empty setup_bundle setup_register setup_signing register)
		mark() { local rc=\$?; printf '\\036%s\\n' \"\$1\"; return \$rc; }
		$(cat "$BATS_TEST_TMPDIR/script")" >"$BATS_TEST_TMPDIR/got" 2>&1 </dev/null || true
	man_expected "$page" >"$BATS_TEST_TMPDIR/want"
	while IFS= read -r -d $'\036' part; do
		line=${part%%$'\n'*}
		[ -z "$line" ] || got[$line]=${part#*$'\n'}
	done < <(sed 's/ *$//' "$BATS_TEST_TMPDIR/got"; printf '\036')
	while IFS= read -r -d $'\036' part; do
		line=${part%%$'\n'*}
		[ -n "$line" ] || continue
		n=$((n + 1))
		if ! like "${got[$line]-}" "${part#*$'\n'}"; then
			failed=1
			printf '%s:%s:\n%s\ngot:\n%s\nwant:\n%s\n' "$page" "$line" "$(sed -n "${line}p" "$page")" \
				"${got[$line]-nothing: the examples before it ended the shell}" "${part#*$'\n'}"
		fi
	done < <(cat "$BATS_TEST_TMPDIR/want"; printf '\036')
	echo "$n examples"
	[ $failed -eq 0 ]
}
