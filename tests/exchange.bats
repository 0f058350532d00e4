# SPDX-License-Identifier: MIT
# Dockets that exchange what they have: case-file pull and push, git push, over a path, ssh and git daemon.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
	pids=()
}

teardown() {
	for pid in "${pids[@]}"; do
		kill "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null || :
	done
}

# Two dockets, d and f, that were one.
two_dockets() {
	case-file init --court 沪0114 d 2>/dev/null
	for cause in 民间借贷纠纷 买卖合同纠纷; do
		open_case d cause=$cause
	done
	fork d f
}
# fork A B: a docket B beside A, with A as its origin.
fork() {
	git clone -q --bare "$1" "$2"
	cp "$1/hooks/pre-receive" "$2/hooks/"
	git -C "$2" config gc.auto 0
}
open_case() { case-file open -C "$1" --type 民初 received_on=2022-01-04 filed_on=2022-01-10 "${@:2}" >/dev/null 2>&1; }
set_() { case-file set -C "$@" 2>/dev/null; }
tip() { git -C "$1" rev-parse main; }
tree() { git -C "$1" rev-parse "main^{tree}"; }
value() { case-file get -C "$1" "$2" -o ndjson | jq -c "$3"; }
same() { sed "s|$BATS_TEST_TMPDIR|TMP|g; s/commit [0-9a-f]\{10\}/commit ID/g; s/[0-9a-f]\{40\}/COMMIT/g; s/[0-9a-f]\{7\}\.\.[0-9a-f]\{7\}/OLD..NEW/; s/ *$//" <<<"$1"; }
clean() {
	case-file check -C "$1" --strict --only 'DK-*' && git -C "$1" fsck --strict --no-progress --no-dangling
}

# ---- pull ----

@test "pull: nothing new, forward, joined; push; both dockets end alike" {
	two_dockets
	run_ok case-file pull -C f
	is "$(same "$stderr")" 'case-file pull: origin: nothing new'
	set_ d 民初1 judge=王法官
	run_ok case-file pull -C f
	is "$(same "$stderr")" 'case-file pull: origin: files taken 1, records joined 0, conflicts 0: commit ID'
	is "$(tip f)" "$(tip d)"
	set_ d 民初1 clerk=钱
	set_ f 民初1 tribunal=民一庭
	run_ok case-file pull -C f --dry-run
	is "$(same "$stderr")" 'case-file pull: origin: files to take 0, records to join 1, conflicts 0'
	is "$(value f 民初1 .clerk)" null
	run_ok case-file pull -C f -m '每日汇总'
	is "$(same "$stderr")" 'case-file pull: origin: files taken 0, records joined 1, conflicts 0: commit ID'
	is "$(value f 民初1 '[.judge, .clerk, .tribunal]')" '["王法官","钱","民一庭"]'
	is "$(git -C f log -1 --format=%b main)" $'Gavel-Cmd: case-file pull\nGavel-Reason: 每日汇总'
	has "$(git -C f log -1 --format=%s main)" 'case-file pull: origin (1 record'
	run_ok case-file push -C f
	is "$(tip f)" "$(tip d)"
	run_ok case-file push -C f
	is "$(same "$stderr")" 'case-file push: origin: nothing new'
	clean f
	clean d
	# What was fetched is kept, but is no branch, and no tag came along.
	is "$(git -C f for-each-ref --format='%(refname)')" $'refs/gavel/pull/origin\nrefs/heads/main'
}

@test "pull: conflicts are told, exit 1, and travel; both orders give one tree" {
	two_dockets
	set_ d 民初1 judge=王法官
	set_ f 民初1 judge=李法官
	cp -r d d2 && cp -r f f2
	run_rc 1 case-file pull -C f d
	golden exchange/conflict "$(same "$stderr")"
	run_ok case-file pull -C d f
	run_rc 1 case-file pull -C d2 f2
	run_ok case-file pull -C f2 d2
	is "$(tree d)" "$(tree f)"
	is "$(tree d2)" "$(tree f2)"
	is "$(tree d2)" "$(tree f)"
	run_rc 1 case-file check -C d --strict --only 'DK-*' -o ndjson
	is "$(jq -r .rule <<<"$output")" DK-07
	# Both at once, then again: no third conflict, one tree.
	rm -rf d f d2 f2 && two_dockets
	set_ d 民初1 judge=王法官
	set_ f 民初1 judge=李法官
	cp -r d d2
	run_rc 1 case-file pull -C d f
	run_rc 1 case-file pull -C f d2
	set_ d 民初2 clerk=钱
	run_ok case-file pull -C d f
	run_ok case-file pull -C f d
	is "$(tree d)" "$(tree f)"
	is "$(git -C d ls-tree -r --name-only main conflicts | wc -l)" 1
}

@test "pull judges as a push would be judged; refused, nothing has moved" {
	two_dockets
	git clone -q f c
	dir=cases/2022/沪0114/民初/0000
	jq -S '.claim_fen = -1' "c/$dir/1.json" >new && cp new "c/$dir/1.json"
	git -C c commit -qam bad
	jq -S '.claim_fen = 1' "c/$dir/1.json" >new && cp new "c/$dir/1.json"
	git -C c commit -qam mended
	set_ d 民初2 judge=王法官
	start=$(tip d)
	run_rc 1 case-file pull -C d c -o table
	golden exchange/refused "$(same "$output")"
	golden exchange/refused-note "$(same "$stderr")"
	is "$(tip d)" "$start"
	run_rc 1 case-file pull -C d c -o ndjson
	is "$(jq -r '[.rule, .ref.id, .facts.commit] | join(" ")' <<<"$output")" "DK-04 （2022）沪0114民初1号 $(git -C c rev-parse main~1)"
	run_rc 1 case-file pull -C d c --dry-run
	is "$(tip d)" "$start"
	# The same by git's own push.
	run git -C c push -q origin main
	[ "$status" -ne 0 ]
	has "$output" 'claim_fen: -1 is less than 0'
	# What was joined and lost an event on the way.
	git -C c reset -q --hard origin/main
	git -C c checkout -qb side
	jq -S '.events += [{eid: "aaaaaaaaaaaaaaaa", event: "serve", on: "2022-02-01"}]' "c/$dir/1.json" >new && cp new "c/$dir/1.json"
	git -C c commit -qam event
	git -C c checkout -q main
	git -C c commit -q --allow-empty -m x
	git -C c merge -q -s ours -m joined side
	run_ok case-file pull -C d c
	is "$(value d 民初1 '[.events[].event]')" '["file"]' # never was on any line of main
}

# A docket that knows signers asks who made what comes, also where it has commits of its own.
@test "pull audits another line of history, which main has not led to" {
	two_dockets
	git clone -q d c
	ssh-keygen -q -t ed25519 -N '' -C '' -f key
	echo "clerk@example.org namespaces=\"git\" $(cut -d' ' -f1-2 key.pub)" >c/signers
	git -C c add signers
	git -C c commit -qm signers
	git -C c push -q 2>/dev/null
	run_ok case-file pull -C f d
	set_ d 民初1 judge=王法官
	set_ f 民初1 clerk=钱
	run_ok case-file pull -C f d -o ndjson
	is "$(jq -r '[.rule, .level, .ref.id] | join(" ")' <<<"$output")" "AU-01 warn $(tip d)"
	has "$stderr" 'judged: warnings 1, new commits 1'
	is "$(value f 民初1 '[.judge, .clerk]')" '["王法官","钱"]'
	run_ok case-file pull -C d f
	is "$(tip d)" "$(tip f)"
}

@test "what a conflict leaves open is no violation: neither joined, nor resolved; anything else is" {
	two_dockets
	open_case d cause=借用合同纠纷
	open_case f cause=租赁合同纠纷
	case-file close -C d 民初1 --by judgment --on 2022-06-29 2>/dev/null
	case-file event -C f 民初1 suspend --on 2022-06-28 2>/dev/null
	run_rc 1 case-file pull -C f d
	run_ok case-file pull -C d f
	# By hand: the other case 3 is the one that counts, and case 1 is closed.
	git clone -q d c
	dir=cases/2022/沪0114/民初/0000
	k3=c/conflicts/case/（2022）沪0114民初3号.json k1=c/conflicts/case/（2022）沪0114民初1号.json
	jq -S '[.ours, .theirs] | map(.[""]) | map(select(. != $now[0]))[0]' --slurpfile now "c/$dir/3.json" "$k3" >new.json
	cp new.json "c/$dir/3.json"
	rm "$k3"
	jq -S '.state = "closed" | .closed_on = "2022-06-29" | .closed_by = "judgment"' "c/$dir/1.json" >new.json
	cp new.json "c/$dir/1.json"
	rm "$k1"
	cp -r c bad
	git -C c add -A && git -C c commit -qm resolved
	run_ok git -C c push -q
	# f was on both sides of it.
	run_ok case-file pull -C f d
	is "$(value f 民初3 .cause)" "$(value d 民初3 .cause)"
	clean f
	# With the conflict, something that it is not about: an event of another case.
	git -C bad fetch -q && git -C bad reset -q --hard origin/main
	jq -S 'del(.events)' "bad/$dir/2.json" >new.json && cp new.json "bad/$dir/2.json"
	git -C bad commit -qam bad
	run git -C bad push -q
	[ "$status" -ne 0 ]
	has "$output" 'DK-10'
	run_rc 1 case-file pull -C f bad -o ndjson
	is "$(jq -r .rule <<<"$output")" DK-10
}

@test "a docket that was joined and resolved elsewhere takes it all at once" {
	two_dockets
	open_case d cause=借用合同纠纷
	open_case f cause=租赁合同纠纷
	run_rc 1 case-file pull -C f d
	# Closed there with the case of f: that of d, events and all, is in the history alone.
	git clone -q f c
	dir=cases/2022/沪0114/民初/0000
	git -C f show "main^1:$dir/3.json" >"c/$dir/3.json"
	rm c/conflicts/case/*
	git -C c add -A && git -C c commit -qm resolved && git -C c push -q
	run_ok case-file pull -C d f
	is "$(value d 民初3 .cause)" '"租赁合同纠纷"'
	is "$(tip d)" "$(tip f)"
	clean d
}

@test "pull: a name that is a file here and a folder there is told with what to do, and nothing is taken" {
	two_dockets
	for side in 'd notes/a' 'f notes'; do
		git clone -q "${side% *}" w
		mkdir -p "$(dirname "w/${side#* }")"
		echo "$side" >"w/${side#* }"
		git -C w add -A && git -C w commit -qm x && git -C w push -q origin main 2>/dev/null
		rm -rf w
	done
	for pair in 'd f' 'f d'; do
		before=$(tip "${pair% *}")
		run_rc 3 case-file pull -C "${pair% *}" "${pair#* }"
		golden exchange/file-and-folder "$stderr"
		is "$(tip "${pair% *}")" "$before"
	done
}

@test "pull and push: wrong words, wrong places" {
	two_dockets
	case-file init --court 沪0115 other 2>/dev/null
	git init -q --bare plain
	git clone -q d c
	: >empty
	rows=
	row() {
		run --separate-stderr case-file "$@"
		rows+="$* -> $status: $(same "$stderr")"$'\n'
	}
	row pull -C f a b c
	row pull -C f origin ''
	row pull -C f ''
	row pull -C f nowhere
	row push -C f nowhere
	row push -C f a b
	row pull -C c
	row push -C c
	row pull -C d
	row pull -C f other
	row push -C f other
	row pull -C f d nobranch
	row pull -C f plain
	row pull -C f empty
	row push -C f empty
	row pull -C f --upload-pack=x
	row pull -C f -- --upload-pack=x
	row pull -C f ext::sh
	golden exchange/wrong "${rows%$'\n'}"
	is "$(tip f)" "$(tip d)"
}

@test "push: the other side has more, its hook refuses, it is a clone" {
	two_dockets
	set_ d 民初1 judge=王法官
	set_ f 民初2 judge=李法官
	run_rc 4 case-file push -C f
	golden exchange/behind "$(same "$stderr")"
	run_rc 4 case-file push -C f --dry-run
	case-file pull -C f 2>/dev/null
	run_ok case-file push -C f --dry-run
	[ "$(tip f)" != "$(tip d)" ]
	printf '#!/bin/sh\necho "closed for the night" >&2\nexit 1\n' >d/hooks/pre-receive
	run_rc 1 case-file push -C f
	golden exchange/hook "$(same "$stderr")"
	git clone -q d c
	run_rc 1 case-file push -C f c
	has "$stderr" 'case-file push: c: not taken: [remote rejected] (branch is currently checked out)'
}

@test "push: somebody writes there while the hook judges" {
	two_dockets
	set_ f 民初1 judge=王法官
	printf '#!/bin/sh\nunset GIT_QUARANTINE_PATH $(git rev-parse --local-env-vars)\ncase-file set -C "%s" 民初1 clerk=钱\n' "$PWD/d" \
		>d/hooks/pre-receive
	run_rc 4 case-file push -C f
	is "$(tail -n 1 <<<"$stderr")" 'case-file push: origin: somebody else wrote there just now: case-file pull origin, then push again'
	cp f/hooks/pre-receive d/hooks/
	run_ok case-file pull -C f
	run_ok case-file push -C f
	is "$(value d 民初1 '[.judge, .clerk]')" '["王法官","钱"]'
}

@test "pull: bundles, branches, a mirror's settings, what the environment says" {
	two_dockets
	set_ d 民初1 judge=王法官
	git -C d bundle create -q ../all.bundle main
	run_ok case-file pull -C f all.bundle
	is "$(value f 民初1 .judge)" '"王法官"'
	git clone -q d c && git -C c checkout -qb draft
	dir=cases/2022/沪0114/民初/0000
	jq -S '.clerk = "钱"' "c/$dir/2.json" >new && cp new "c/$dir/2.json"
	git -C c commit -qam draft
	run_ok case-file pull -C f c draft
	is "$(value f 民初2 .clerk)" '"钱"'
	# git itself would now overwrite main, and prune what is ours.
	git -C f config remote.origin.fetch '+refs/*:refs/*'
	git -C f config remote.origin.mirror true
	git -C f config fetch.prune true
	git -C d tag v1
	set_ d 民初1 tribunal=民一庭
	GIT_DIR=/nowhere GIT_INDEX_FILE=/nowhere GIT_OBJECT_DIRECTORY=/nowhere run_ok case-file pull -C f
	is "$(value f 民初1 .tribunal)" '"民一庭"'
	is "$(value f 民初2 .clerk)" '"钱"'
	is "$(git -C f tag)" ''
	is "$(git -C f for-each-ref --format='%(refname)' refs/gavel | sed 's/at-[0-9a-f]*/at-ID/')" $'refs/gavel/pull/at-ID\nrefs/gavel/pull/at-ID\nrefs/gavel/pull/origin'
	clean f
}

@test "pull: a remote's path begins at the docket; two pulls queue, as long as they are told" {
	two_dockets
	set_ d 民初1 judge=王法官
	git -C f remote add beside ../d
	mkdir elsewhere
	(cd elsewhere && case-file pull -C ../f beside --dry-run) 2>said
	is "$(same "$(cat said)")" 'case-file pull: beside: files to take 1, records to join 0, conflicts 0'
	run_ok case-file pull -C f beside
	is "$(tip f)" "$(tip d)"
	(cd elsewhere && case-file push -C ../f beside) 2>said
	is "$(same "$(cat said)")" 'case-file push: beside: nothing new'
	set_ d 民初1 clerk=钱
	exec 7<f/refs
	flock 7
	run_rc 5 case-file pull -C f --lock-wait 1
	is "$stderr" 'case-file pull: origin: another pull is at work on this docket'
	(sleep 0.3 && flock -u 7) &
	run_ok case-file pull -C f
	exec 7<&-
	is "$(tip f)" "$(tip d)"
}

@test "pull beside writers: nothing of either gets lost" {
	two_dockets
	for i in 1 2 3 4 5 6; do set_ d 民初1 claim_fen=$i; done
	(for i in $(seq 10); do case-file event -C f 民初2 serve --on 2022-02-0$((i % 9 + 1)) 2>/dev/null; done) &
	writer=$!
	run_ok case-file pull -C f
	run_ok case-file pull -C f d
	wait "$writer"
	is "$(value f 民初1 .claim_fen)" 6
	is "$(value f 民初2 '[.events[] | select(.event == "serve")] | length')" 10
	clean f
}

# ---- ways ----

# tried N CMD...: run it until it succeeds, at most N times, a tenth of a second apart.
tried() {
	local n=$1
	shift
	until "$@" >/dev/null 2>&1; do
		((n--)) || return 1
		sleep 0.1
	done
}
listens() { (: >"/dev/tcp/127.0.0.1/$port"); }
# on_free_port CMD...: in the background, with $port set to one that it could take.
on_free_port() {
	for _ in 1 2 3 4 5; do
		port=$((20000 + RANDOM % 20000))
		listens 2>/dev/null && continue
		"$@" >daemon.log 2>&1 &
		pids+=($!)
		tried 50 listens && return
		cat daemon.log
	done
	return 1
}

run_sshd() { exec /usr/sbin/sshd -D -e -f ssh/config -p "$port"; }
start_sshd() {
	[ -x /usr/sbin/sshd ] || skip 'openssh-server is not installed'
	mkdir -p ssh
	ssh-keygen -q -t ed25519 -N '' -C host -f ssh/host
	ssh-keygen -q -t ed25519 -N '' -C user -f ssh/user
	# Its own files alone; in the session nothing of the real user.
	cat >ssh/config <<-END
		ListenAddress 127.0.0.1
		HostKey $PWD/ssh/host
		AuthorizedKeysFile $PWD/ssh/user.pub
		PidFile none
		StrictModes no
		UsePAM no
		PasswordAuthentication no
		PermitRootLogin prohibit-password
		SetEnv HOME=$HOME GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null LC_ALL=C.UTF-8 GAVEL_TODAY=2022-06-30
	END
	# Where an administrator runs the tests, sshd wants its usual empty folder.
	[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
	on_free_port run_sshd
	echo "[127.0.0.1]:$port $(cut -d ' ' -f 1,2 ssh/host.pub)" >ssh/known_hosts
	export GIT_SSH_COMMAND="ssh -F none -p $port -i $PWD/ssh/user -o IdentitiesOnly=yes -o UserKnownHostsFile=$PWD/ssh/known_hosts -o BatchMode=yes"
}

run_daemon() { exec "$(git --exec-path)/git-daemon" --reuseaddr --listen=127.0.0.1 --port="$port" --base-path="$PWD" --export-all --enable=receive-pack --informative-errors; }

# way URL: pushes that are taken and refused, by git and by case-file, and pulls.
way() {
	local url=$1
	git clone -q "$url" c
	dir=cases/2022/沪0114/民初/0000
	jq -S '.judge = "王法官"' "c/$dir/1.json" >new && cp new "c/$dir/1.json"
	git -C c commit -qam judge
	run_ok git -C c push -q origin main
	is "$(value d 民初1 .judge)" '"王法官"'
	jq -S '.claim_fen = -5' "c/$dir/1.json" >new && cp new "c/$dir/1.json"
	git -C c commit -qam bad
	run git -C c push -q origin main
	[ "$status" -ne 0 ]
	has "$output" 'remote: violation  DK-04'
	has "$output" 'claim_fen: -5 is less than 0'
	has "$output" 'refused, the docket is as it was: violations 1'
	# Dockets.
	git -C f remote add hq "$url"
	set_ f 民初2 clerk=钱
	run_rc 4 case-file push -C f hq
	run_ok case-file pull -C f hq
	is "$(value f 民初1 .judge)" '"王法官"'
	run_ok case-file push -C f hq
	is "$(value d 民初2 .clerk)" '"钱"'
	is "$(tip d)" "$(tip f)"
	set_ d 民初1 tribunal=民一庭
	run_ok case-file pull -C f "$url"
	is "$(tip d)" "$(tip f)"
	git -C c fetch -q && git -C c reset -q --hard origin/main
	jq -S '.claim_fen = -5' "c/$dir/1.json" >new && cp new "c/$dir/1.json"
	git -C c commit -qam bad
	git -C f fetch -q "$PWD/c" main:bad
	git -C f update-ref refs/heads/main bad
	run_rc 1 case-file push -C f hq
	has "$stderr" 'claim_fen: -5 is less than 0'
	has "$stderr" 'case-file push: hq: not taken: [remote rejected] (pre-receive hook declined) (what the other side says is above)'
	is "$(value d 民初1 .claim_fen)" null
	clean d
}

@test "over a path" {
	two_dockets
	way "$PWD/d"
}

@test "over ssh" {
	two_dockets
	start_sshd
	way "ssh://$(id -un)@127.0.0.1/$PWD/d"
	# Somebody who is not let in.
	GIT_SSH_COMMAND="${GIT_SSH_COMMAND/ssh\/user /ssh\/host }" run_rc 9 case-file pull -C f hq
	has "$stderr" 'Permission denied'
	has "$stderr" 'case-file pull: hq: git could not fetch branch main (exit code 128; its own words are above)'
	GIT_SSH_COMMAND="${GIT_SSH_COMMAND/ssh\/user /ssh\/host }" run_rc 9 case-file push -C f hq
	has "$stderr" 'case-file push: hq: git could not push (exit code 128; its own words are above)'
}

@test "over git daemon" {
	two_dockets
	on_free_port run_daemon
	way "git://127.0.0.1:$port/d"
	kill "${pids[-1]}"
	wait "${pids[-1]}" 2>/dev/null || :
	run_rc 9 case-file pull -C f hq
	has "$stderr" 'case-file pull: hq: git could not fetch branch main (exit code 128; its own words are above)'
}

@test "a docket of another owner: both sides name the line for safe.directory" {
	[ "$(id -u)" = 0 ] || skip 'only root can give a docket to somebody else'
	two_dockets
	chown -R 65534 d
	run_rc 9 case-file pull -C d f
	has "$stderr" "git config --global --add safe.directory $PWD/d"
	set_ f 民初1 judge=王法官
	run_rc 9 case-file push -C f
	has "$stderr" "git config --global --add safe.directory $PWD/d"
	run_rc 9 case-file pull -C f
	printf '[safe]\n\tdirectory = %s\n' "$PWD/d" >gitconfig
	export GIT_CONFIG_GLOBAL=$PWD/gitconfig
	run_ok case-file pull -C f
	run_ok case-file push -C f
	is "$(tip f)" "$(tip d)"
}
