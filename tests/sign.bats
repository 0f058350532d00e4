# SPDX-License-Identifier: MIT
# Signed commits: as git signs them, and git is the judge.
load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share GIT_CONFIG_GLOBAL=$HOME/gitconfig
	unset SSH_AUTH_SOCK SSH_ASKPASS SSH_ASKPASS_REQUIRE DISPLAY
	ssh-keygen -q -t ed25519 -N '' -C clerk -f key
	allow key.pub
	git config --global gpg.ssh.allowedSignersFile "$PWD/signers"
	make_docket 2>/dev/null
	start=$(tip)
}
teardown() {
	[ -z "${agent-}" ] || kill "$agent"
	[ -z "${GNUPGHOME-}" ] || gpgconf --kill gpg-agent
}
tip() { git -C d rev-parse main; }
allow() { echo "clerk@example.org $(cut -d' ' -f1,2 "$1")" >>signers; }
# use FORMAT KEY: sign everything with it
use() {
	git config --global commit.gpgsign true
	git config --global gpg.format "$1"
	git config --global user.signingKey "$2"
}
open_case() { case-file open --type 民初 cause=民间借贷纠纷 "$@"; }
# good N: the last N commits, and no more, are signed, well by git's word; nothing is broken
good() {
	local commit n=0
	for commit in $(git -C d rev-list main); do
		if [ $n -lt "$1" ]; then
			git -C d verify-commit "$commit" || return 1
		else
			! git -C d cat-file commit "$commit" | grep -q '^gpgsig' || return 1
		fi
		n=$((n + 1))
	done
	is "$(git -C d fsck --strict 2>&1 | grep -v -e '^notice' -e ^Checking)" ''
	run_ok case-file check --strict --only 'DK-*'
}
# said: stderr without what differs from run to run
said() { sed "s|$PWD|TMP|g" <<<"$stderr"; }
# refused CODE NAME: opening a case; the docket is as it was, its lock free, nothing left behind
refused() {
	run_rc "$1" open_case || return 1
	golden "sign/$2" "$(said)" || return 1
	is "$(tip)" "$start" && is "$output" '' && is "$(find d -name 'tmp_*' -o -name '*.lock' -size +0; ls "$TMPDIR")" '' || return 1
	run_ok env GIT_CONFIG_GLOBAL=/dev/null case-file open --type 民初 --dry-run cause=x
}
passphrase_script() {
	printf '#!/bin/sh\n%s\n' "$1" >askpass
	chmod +x askpass
	export SSH_ASKPASS=$PWD/askpass SSH_ASKPASS_REQUIRE=force
}

@test "what git is not set up for is said before anything is written" {
	mkdir empty && export TMPDIR=$PWD/empty
	git config --global commit.gpgsign true
	git config --global gpg.format pgp
	refused 2 format
	git config --global gpg.format ssh
	refused 2 no-key
	git config --global gpg.ssh.defaultKeyCommand 'echo none'
	refused 2 command-without-key
	git config --global gpg.ssh.defaultKeyCommand 'exit 3'
	refused 2 command-fails
}

@test "what fails to sign leaves the docket as it was, and its lock free" {
	mkdir empty && export TMPDIR=$PWD/empty
	use ssh "$PWD/nowhere"
	refused 9 no-file
	use ssh "key::$(cat key.pub)"
	refused 9 no-agent
	ssh-keygen -q -t ed25519 -N secret -f locked
	use ssh "$PWD/locked"
	passphrase_script 'echo wrong'
	refused 9 wrong-passphrase
	use ssh "$PWD/key"
	git config --global gpg.ssh.program "$PWD/program"
	refused 9 no-program
	printf '#!/bin/sh\nexit 3\n' >program
	chmod +x program
	refused 9 silent
	printf '#!/bin/sh\necho usage: nothing like that >&2\nexit 1\n' >program
	refused 9 usage
	printf '#!/bin/sh\necho hello\n' >program
	refused 9 no-signature
	printf '#!/bin/sh\nkill -9 $$\n' >program
	refused 9 killed
	printf '#!/bin/sh\necho other | ssh-keygen "$@"\n' >program # a signature, of something else
	run_rc 7 open_case
	has "$stderr" 'the signature does not belong to this text (key SHA256:'
	printf '#!/bin/sh\nssh-keygen -Y sign -n file -f "$6"\n' >program
	refused 7 other-namespace
	printf '#!/bin/sh\nssh-keygen "$@" | sed s/^U1NI/AAAA/\n' >program
	refused 7 broken
	is "$(tip)" "$start"
}

@test "a key in a file, private or public, in the home folder, of other types" {
	use ssh "$PWD/key"
	run_ok open_case
	cp key key.pub "$HOME"
	use ssh '~/key.pub'
	run_ok open_case
	is "$(git -C d log --format='%G? %GS' -2)" "$(printf 'G clerk@example.org\nG clerk@example.org')"
	ssh-keygen -q -t rsa -b 2048 -N '' -f rsa
	ssh-keygen -q -t ecdsa -N '' -f ecdsa
	allow rsa.pub
	allow ecdsa.pub
	use ssh "$PWD/rsa"
	run_ok open_case
	use ssh "$PWD/ecdsa"
	run_ok open_case
	good 4
	git config --global commit.gpgsign false
	run_ok open_case
	is "$(git -C d cat-file commit main | grep -c gpgsig)" 0
}

@test "our headers are those that git writes" {
	use ssh "$PWD/key"
	run_ok open_case
	git -C d cat-file commit main >ours
	# Ed25519 is deterministic: the same commit signed by git is the same object
	is "$(sed -e '/^gpgsig /,/^ -----END/d' ours >plain
		export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
		GIT_AUTHOR_DATE=$(sed -n 's/^author .*> //p' ours) GIT_COMMITTER_DATE=$(sed -n 's/^committer .*> //p' ours)
		git -C d log -1 --format=%B main | sed -e '$d' |
			git -C d commit-tree -S -p main~1 "$(git -C d rev-parse 'main^{tree}')")" "$(tip)"
	[ -s plain ]
}

@test "an encrypted key: its passphrase through the askpass program" {
	ssh-keygen -q -t ed25519 -N '口令 secret' -f locked
	allow locked.pub
	use ssh "$PWD/locked"
	passphrase_script 'echo "口令 secret"'
	run_ok open_case
	good 1
}

@test "an encrypted key: its passphrase on the terminal, while records come on standard input" {
	ssh-keygen -q -t ed25519 -N secret -f locked
	allow locked.pub
	use ssh "$PWD/locked"
	export DISPLAY=:99 # where no window would open
	printf '{"id":"民初%s","cause":"民间借贷纠纷"}\n' 1 2 3 >rows.ndjson
	(sleep 2; echo secret; sleep 1) | script -qec 'case-file import <rows.ndjson' /dev/null >typescript
	has "$(cat typescript)" 'Enter passphrase'
	is "$(case-file list -o ids | wc -l)" 3
	good 1
}

@test "keys that only the agent holds: a public key's file, a literal, and the first of ssh-add -L" {
	eval "$(ssh-agent -s)" >/dev/null
	agent=$SSH_AGENT_PID
	ssh-add -q key
	mkdir empty && export TMPDIR=$PWD/empty
	mkdir only && cp key.pub only/
	use ssh "$PWD/only/key.pub"
	run_ok open_case
	use ssh "key::$(cat key.pub)"
	run_ok open_case
	use ssh "$(cat key.pub)"
	run_ok open_case
	git config --global --unset user.signingKey
	git config --global gpg.ssh.defaultKeyCommand 'ssh-add -L'
	run_ok open_case
	good 4
	is "$(ls empty)" ''
	start=$(tip)
	ssh-add -q -D 2>log
	refused 2 agent-is-empty
	use ssh "key::$(cat key.pub)"
	refused 9 agent-without-key
}

@test "an OpenPGP key, chosen by gpg or by its id" {
	export GNUPGHOME=$PWD/gpg
	mkdir -m 700 gpg
	gpg --batch --quiet --pinentry-mode loopback --passphrase '' --quick-gen-key '测试员 <clerk@example.org>' ed25519 sign never 2>log
	git config --global commit.gpgsign true # and nothing else: gpg by the committer's name
	run_ok open_case
	git config --global user.signingKey "$(gpg --with-colons -K | sed -n 's/^fpr:*\([0-9A-F]*\):/\1/p')"
	run_ok open_case
	printf '#!/bin/sh\necho "$@" >>args\nexec gpg "$@"\n' >program
	chmod +x program
	git config --global gpg.program "$PWD/program"
	run_ok open_case
	good 3
	is "$(cut -d' ' -f1,2 args | sort -u)" '--status-fd=2 -bsau' # by us; git verify-commit came after
	start=$(tip)
	git config --global user.signingKey nobody@example.org
	refused 9 gpg-no-key
	printf '#!/bin/sh\ngpg "$@" 2>&1 >/dev/null\n' >program
	git config --global user.signingKey clerk@example.org
	refused 9 gpg-no-signature
}

@test "X.509: gpgsm is asked as gpg is" {
	export GNUPGHOME=$PWD/gpg
	mkdir -m 700 gpg
	gpg --batch --quiet --pinentry-mode loopback --passphrase '' --quick-gen-key '测试员 <clerk@example.org>' ed25519 sign never 2>log
	printf '#!/bin/sh\necho "$@" >>args\ngpg "$@" | sed "s/PGP SIGNATURE/SIGNED MESSAGE/"\n' >program
	chmod +x program
	use x509 clerk@example.org
	git config --global gpg.x509.program "$PWD/program"
	run_ok open_case
	is "$(cat args)" '--status-fd=2 -bsau clerk@example.org'
	is "$(git -C d cat-file commit main | sed -n 's/^gpgsig //p')" '-----BEGIN SIGNED MESSAGE-----'
}

@test "the docket's policy: from its day on, whoever writes; no key is said at once" {
	policy '[{"from":"2000-01-01","until":"2000-12-31","value":true},{"from":"2100-01-01","value":true}]'
	run_ok open_case
	good 0
	policy '[{"from":"2000-01-01","value":true},{"from":"2001-01-01","value":false}]'
	run_ok open_case
	good 0
	policy '[{"from":"2000-01-01","until":"2099-12-31","value":true,"source":"审委会"}]'
	start=$(tip)
	refused 2 policy-no-key
	git config --global user.signingKey "$PWD/key"
	git config --global gpg.format ssh
	run_ok open_case
	good 1
	export GIT_COMMITTER_DATE='1999-12-31T23:59:59+08:00'
	run_ok open_case
	is "$(git -C d cat-file commit main | grep -c gpgsig)" 0
	unset GIT_COMMITTER_DATE
	start=$(tip)
	policy '"yes"' bad
	refused 3 policy-no-list
	policy '[{"value":true}]' bad
	refused 3 policy-no-day
	policy '[{"from":"2000-01-01"}]' bad
	refused 3 policy-no-value
	policy '[{"from":"2000-01-01","value":"yes"}]' bad
	refused 3 policy-no-boolean
}

# policy JSON: signed_commits in gavel.json, by a clone and a push; bad: past the hook
policy() {
	rm -rf clone
	git clone -q d clone
	jq -S --argjson p "$1" '.policy.signed_commits = $p' clone/gavel.json >new
	cp new clone/gavel.json
	[ -z "${2-}" ] || mv d/hooks/pre-receive d/hooks/off
	git -C clone commit -qam 'policy' && git -C clone push -q 2>push.log || return 1
	[ -z "${2-}" ] || mv d/hooks/off d/hooks/pre-receive
	start=$(tip)
}

@test "a batch of 300 records signs once; --batch once for each" {
	use ssh "$PWD/key"
	printf '#!/bin/sh\necho >>calls\nexec ssh-keygen "$@"\n' >program
	chmod +x program
	git config --global gpg.ssh.program "$PWD/program"
	for i in $(seq 300); do echo "{\"id\":\"民初$i\",\"cause\":\"民间借贷纠纷\"}"; done >rows.ndjson
	run_ok case-file import rows.ndjson
	is "$(wc -l <calls)" 1
	good 1
	is "$(case-file list -o ids | wc -l)" 300
	sed 's/民初/民终/' rows.ndjson >more.ndjson
	run_ok case-file import --batch 100 more.ndjson
	is "$(wc -l <calls)" 4
	run_ok case-file import rows.ndjson # nothing new: no commit, no signature
	is "$(wc -l <calls)" 4
}

@test "a bundle that is taken in is signed where the policy wants it; without a key nothing is taken" {
	case-file init --court 沪0115 e 2>/dev/null
	case-file open -C e --type 民初 cause=民间借贷纠纷 >/dev/null 2>&1
	case-bundle pack -C e 民初1 -o b.tar.zst 2>/dev/null
	policy '[{"from":"2000-01-01","value":true}]'
	objects=$(git -C d count-objects)
	run_rc 2 case-bundle import b.tar.zst --unsigned -m 接收
	has "$stderr" "signed_commits: this docket's policy wants signed commits, and git has no key to sign with"
	is "$(tip) $(git -C d count-objects)" "$start $objects"
	git config --global gpg.format ssh
	git config --global user.signingKey "$PWD/key"
	run_ok case-bundle import b.tar.zst --unsigned -m 接收
	good 1
}

@test "a new docket's first commit, and none if it cannot be signed" {
	use ssh "$PWD/key"
	run_ok case-file init --court 沪0114 e
	run_ok git -C e verify-commit main
	use ssh "$PWD/nowhere"
	run_rc 9 case-file init --court 沪0114 f
	golden sign/init "$(said)"
	[ ! -e f ]
	git config --global --unset user.signingKey
	run_rc 2 case-file init --court 沪0114 f
	[ ! -e f ]
}

@test "a writer killed while it waits for a passphrase leaves nothing, and others go on" {
	ssh-keygen -q -t ed25519 -N secret -f locked
	use ssh "$PWD/locked"
	mkfifo asked hold
	passphrase_script 'echo >asked; read -r x <hold'
	case-file open --type 民初 cause=民间借贷纠纷 >out 2>log 3>&- &
	timeout 20 cat asked
	run_rc 5 env GIT_CONFIG_GLOBAL=/dev/null case-file open --lock-wait 1 --type 民初 cause=x
	kill "$!"
	wait "$!" || :
	timeout 20 sh -c 'echo >hold'
	run_ok env GIT_CONFIG_GLOBAL=/dev/null case-file open --type 民初 cause=民间借贷纠纷
	good 0
}
