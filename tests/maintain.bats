# SPDX-License-Identifier: MIT
# case-file maintain: one pack in the order of reading; git itself says what is reachable and what a pack holds.
load helper

setup() {
	common_setup
	make_docket 2>/dev/null
}
loose() { find d/objects -path '*/[0-9a-f][0-9a-f]/*' -type f | wc -l; }
loose_ids() { find d/objects -path '*/[0-9a-f][0-9a-f]/*' -type f | awk -F/ '{ print $(NF-1) $NF }' | sort; }
packs() { find d/objects/pack -name '*.pack' | wc -l; }
# The one pack of the docket, or all.
pack() { find d/objects/pack -name '*.pack' | sort; }
ids_in() { git show-index <"${1%pack}idx" | awk '{ print $2 }' | sort; }
reachable() { git -C d rev-list --objects --all --reflog | cut -c1-40 | sort -u; }
sound() { git -C "${1-d}" fsck --strict --no-progress 2>&1 | grep -v '^dangling' || true; }
few() { # N: so many small commits
	local n
	for n in $(seq "$1"); do case-file open --type 民初 --year 2021 notes="$n" >/dev/null 2>&1 || return; done
}
rows() { # FIRST COUNT
	seq "$1" $(($1 + $2 - 1)) | sed 's/.*/{"id":"（2022）沪0114民初&号","state":"open","cause":"民间借贷纠纷"}/'
}
said() { sed -E 's/[0-9.]+ [KM]iB/SIZE/g; s/[0-9a-f]{40}/ID/g' <<<"${stderr//$PWD/HERE}"; }
age() { touch -d '20 days ago' "$@"; }

@test "what it does not take" {
	run_rc 2 case-file maintain 民初1
	golden maintain/operand "$stderr"
	for days in 0 -1 x '' 99999999; do
		run_rc 2 case-file maintain --prune-older-than "$days"
		[ -n "$days" ] || golden maintain/days "$stderr"
	done
	run_rc 6 case-file maintain -C nowhere
	git clone -q d c
	run_rc 2 case-file maintain -C c
	golden maintain/clone "$(said)"
	GIT_QUARANTINE_PATH=q run_rc 2 case-file maintain
	golden maintain/hook "$stderr"
	exec 8<d/objects/pack
	flock 8
	run_rc 5 case-file maintain
	golden maintain/busy "$stderr"
	run_ok case-file maintain --dry-run
	exec 8<&-
	few 1
	exec 8<>d/gavel.lock
	flock 8
	run_rc 5 case-file maintain --lock-wait 1
	golden maintain/locked "$(said)"
	exec 8<&-
	# The new pack was there before anybody asked for the lock; nothing had been removed.
	is "$(packs) $([ "$(loose)" -gt 0 ] && echo more)" '1 more'
	run_ok case-file maintain
	is "$(packs) $(loose)" '1 0'
}

@test "loose objects and packs become one pack, in the order of reading" {
	few 12
	rows 1 150 | case-file import 2>/dev/null
	rows 90 300 | sed 's/open/received/' | case-file import --existing merge 2>/dev/null
	git -C d repack -adfq
	few 3
	before=$(case-file list)
	main=$(git -C d rev-parse main)
	run_ok case-file maintain --dry-run
	golden maintain/dry-run "$(said)"
	is "$(packs)" 1
	run_ok case-file maintain
	golden maintain/folded "$(said)"
	is "$output" ''
	is "$(packs) $(loose)" '1 0'
	is "$(case-file list)" "$before"
	is "$(git -C d rev-parse main)" "$main"
	is "$(sound)" ''
	# The slow twin: what git says is reachable is what is in it, whole (no deltas) ...
	is "$(ids_in "$(pack)")" "$(reachable)"
	git verify-pack -v "$(pack)" >list
	is "$(awk 'length($1) == 40 && NF > 5' list)" ''
	is "$(awk 'length($1) == 40' list | wc -l)" "$(reachable | wc -l)"
	# ... commits, then trees, then blobs, and the records that `list` reads one after the other.
	awk 'length($1) == 40 { print $5, $1, $2 }' list | sort -n >order
	is "$(awk '{ print $3 }' order | uniq | xargs)" 'commit tree blob'
	awk '$3 == "commit" { print $2 }' order >commits
	is "$(cat commits)" "$(git -C d rev-list main)"
	git -C d ls-tree -r -z main cases | tr '\0' '\n' | sort -t / -k 2,2n -k 3,4 -k 5,5n -k 6,6V | awk '{ print $3 }' >wanted
	is "$(awk '$3 == "blob" { print $2 }' order | head -n "$(wc -l <wanted)")" "$(cat wanted)"
	git -C d commit-graph verify --no-progress
	# Once more: nothing.
	run_ok case-file maintain
	golden maintain/again "$(said)"
	# Whatever way it came to lie there, the same objects make the same pack.
	name=$(pack)
	git -C d gc -q --aggressive
	run_ok case-file maintain
	is "$(pack)" "$name"
	git -C d unpack-objects -q <"$name"
	mv "$name" away.pack && rm "${name%pack}"*
	git -C d unpack-objects -q <away.pack
	run_ok case-file maintain
	is "$(pack)" "$name"
	is "$(case-file list)" "$before"
}

@test "only when it is needed" {
	few 2
	run_ok case-file maintain --if-needed
	golden maintain/not-needed "$(said)"
	for n in $(seq 20); do
		rows $((n * 200)) 101 | case-file import 2>/dev/null
	done
	run_ok case-file maintain --if-needed
	is "$(packs) $(loose)" '1 0'
}

@test "what nothing reaches goes when it is old, and stays as it is until then" {
	few 1
	run_ok case-file maintain
	old=$(echo old | git -C d hash-object -w --stdin)
	young=$(echo young | git -C d hash-object -w --stdin)
	age "d/objects/${old:0:2}/${old:2}"
	run_ok case-file maintain --dry-run
	golden maintain/would-remove "$(said)"
	run_ok case-file maintain --prune-older-than never
	golden maintain/kept "$(said)"
	is "$(loose)" 2
	run_ok case-file maintain --prune-older-than 30
	is "$(loose)" 2
	run_ok case-file maintain
	golden maintain/removed "$(said)"
	is "$(git -C d cat-file -p "$young")" young
	run_rc 128 git -C d cat-file -e "$old^{blob}"
	# A record that changed twice within one import: the first of its texts is in no commit.
	(rows 1 150; rows 1 1 | sed 's/open/received/') | case-file import --existing merge 2>/dev/null
	first=$(rows 1 1 | jq -S '.kind = "case"' | git hash-object --stdin)
	is "$(git -C d cat-file -t "$first")" blob
	mixed=$(for p in $(pack); do if ids_in "$p" | grep -q "$first"; then echo "$p"; fi; done)
	touch -d '5 days ago' "$mixed"
	run_ok case-file maintain
	is "$(packs)" 2
	is "$(git -C d cat-file -t "$first")" blob
	# So do temporary files of a git that died; one of today may be at work.
	touch d/objects/pack/tmp_pack_today && age d/objects/pack/tmp_pack_1 d/objects/pack/tmp_idx_1
	few 1
	mkdir -p d/objects/ab && age d/objects/ab/tmp_obj_1
	run_ok case-file maintain
	is "$(cd d && find . -name 'tmp_*')" ./objects/pack/tmp_pack_today
	rescued=$(find d/objects/pack -name '*.pack' -mtime +4)
	is "$(ids_in "$rescued")" "$first"
	# It is left alone now, and its age goes on.
	run_ok case-file maintain
	has "$stderr" 'nothing to fold'
	is "$(find d/objects/pack -name '*.pack' -mtime +4)" "$rescued"
	age "$rescued"
	run_ok case-file maintain
	is "$(packs)" 1
	run_rc 128 git -C d cat-file -e "$first^{blob}"
	is "$(sound)" ''
	is "$(case-file list | wc -l)" 152
}

@test "everything that can hold an object holds it" {
	few 2
	git -C d tag -a -m t annotated main
	blob=$(echo by itself | git -C d hash-object -w --stdin)
	tree=$(printf '100644 blob %s\tf\n' "$(echo in a tree | git -C d hash-object -w --stdin)" | git -C d mktree)
	git -C d update-ref refs/keep/blob "$blob"
	git -C d update-ref refs/keep/tree "$tree"
	lost() { git -C d commit-tree -m "$1" -p main "$(printf '100644 blob %s\tf\n' "$(echo "$1" | git -C d hash-object -w --stdin)" | git -C d mktree)"; }
	packed=$(lost packed)
	git -C d update-ref refs/heads/packed "$packed"
	git -C d pack-refs --all
	reflog=$(lost reflog)
	git -C d update-ref refs/heads/other "$reflog"
	git -C d update-ref refs/heads/other main
	fetched=$(lost fetched)
	printf '%s\t\tnot-for-merge\n' "$fetched" >d/FETCH_HEAD
	octopus=$(git -C d commit-tree -m octopus -p main -p "$packed" -p "$(lost third)" "$(git -C d rev-parse 'main^{tree}')")
	git -C d update-ref refs/heads/octopus "$octopus"
	garbage=$(lost garbage)
	find d/objects -type f -exec touch -d '20 days ago' {} +
	run_ok case-file maintain
	for id in annotated "$blob" "$tree" "$tree:f" "$packed:f" "$reflog:f" "$fetched:f" "$octopus^3:f"; do
		git -C d cat-file -e "$id" || return 1
	done
	run_rc 1 git -C d cat-file -e "$garbage"
	is "$(sound)" ''
	# A worktree: what its index names is nowhere else, so nothing that nobody reaches goes.
	git -C d worktree add -q ../w main
	echo staged >w/staged
	git -C w add staged
	staged=$(echo staged | git hash-object --stdin)
	age "d/objects/${staged:0:2}/${staged:2}"
	run_ok case-file maintain
	golden maintain/worktree "$(said)"
	git -C d cat-file -e "$staged"
	git -C d worktree remove -f ../w
	run_ok case-file maintain
	run_rc 1 git -C d cat-file -e "$staged"
}

@test "damage stops it before anything is removed" {
	few 3
	a=$(git -C d rev-parse main:gavel.json) b=$(git -C d rev-parse main:.gitattributes)
	cp "d/objects/${a:0:2}/${a:2}" keep
	cp -f "d/objects/${b:0:2}/${b:2}" "d/objects/${a:0:2}/${a:2}"
	# The docket could not be opened so: it reads gavel.json.  An older record then.
	cp -f keep "d/objects/${a:0:2}/${a:2}"
	record=$(git -C d rev-parse main:cases/2021/沪0114/民初/0000/2.json)
	cp "d/objects/${record:0:2}/${record:2}" keep
	cp -f "d/objects/${b:0:2}/${b:2}" "d/objects/${record:0:2}/${record:2}"
	n=$(loose)
	run_rc 7 case-file maintain
	golden maintain/damaged "$(said)"
	rm -f "d/objects/${record:0:2}/${record:2}"
	run_rc 7 case-file maintain
	golden maintain/missing "$(said)"
	is "$(packs) $(loose)" "0 $((n - 1))"
	is "$(find d -name '*tmp*')" ''
	cp keep "d/objects/${record:0:2}/${record:2}"
	echo broken >d/refs/heads/broken
	run_rc 7 case-file maintain
	golden maintain/broken-ref "$(said)"
	: >d/refs/heads/broken
	run_rc 7 case-file maintain
	echo 1234567890123456789012345678901234567890 >d/refs/heads/broken
	run_rc 7 case-file maintain
	rm d/refs/heads/broken
	run_ok case-file maintain
	is "$(sound)" ''
}

@test "packs that somebody keeps, borrows or lends" {
	rows 1 150 | case-file import 2>/dev/null
	name=$(pack)
	echo mine >"${name%pack}keep"
	few 2
	run_ok case-file maintain
	golden maintain/keep "$(said)"
	[ -e "$name" ]
	is "$(packs)" 2
	run_ok case-file maintain
	has "$stderr" 'nothing to fold'
	rm "${name%pack}keep"
	run_ok case-file maintain
	is "$(packs)" 1
	# One that borrows our objects sees them all the same.
	git clone -q --bare --shared d borrower
	few 3
	run_ok case-file maintain
	is "$(sound borrower)" ''
	# And a docket that borrows has its own afterwards.
	cp d/config borrower/config
	run_ok case-file maintain -C borrower
	rm borrower/objects/info/alternates
	is "$(sound borrower)" ''
	# git's own index of many packs is made anew by git, when it wants one.
	rows 200 150 | case-file import 2>/dev/null
	git -C d multi-pack-index write
	run_ok case-file maintain
	is "$(sound)" ''
	is "$(case-file list | wc -l)" 305
	# What a removal that was cut short leaves.
	cp "$(pack | sed 's/pack$/idx/')" d/objects/pack/pack-1234567890123456789012345678901234567890.idx
	run_ok case-file maintain
	is "$(find d/objects/pack -name '*1234567890.idx')" ''
}

@test "the commit-graph: from git, with paths, and not without it" {
	few 2
	mkdir none fake
	ln -s "$(command -v env)" none/
	run_ok env PATH="$BIN:$PWD/none" case-file maintain
	golden maintain/no-git "$(said)"
	printf '#!/bin/sh\necho "fatal: no" >&2\nexit 128\n' >fake/git
	chmod +x fake/git
	run_ok env PATH="$PWD/fake:$PATH" case-file maintain
	golden maintain/git-failed "$(said)"
	[ ! -e d/objects/info/commit-graph ]
	run_ok case-file maintain --dry-run
	golden maintain/graph-would "$(said)"
	run_ok case-file maintain
	golden maintain/graph "$(said)"
	git -C d commit-graph verify --no-progress
	is "$(find d -name '*tmp*')" ''
	# One without paths is not enough.
	git -C d commit-graph write --reachable --no-changed-paths --no-progress
	rm -f d/objects/info/commit-graph
	git -C d -c commitGraph.readChangedPaths=false commit-graph write --reachable --no-progress
	run_ok case-file maintain
	golden maintain/graph "$(said)"
	run_ok case-file maintain
	golden maintain/nothing "$(said)"
}

@test "writers, pushes and git gc meanwhile" {
	few 5
	rows 1 300 | case-file import 2>/dev/null
	git clone -q d c
	for w in 1 2; do
		for n in $(seq 12); do case-file set 民初$((w * 100 + n)) notes="$w $n" || echo "set $w $n"; done 2>&1 | grep -v ' written' >>wrong &
	done
	for n in $(seq 6); do
		sed -i "s/\"open\"/\"open\",\n  \"title\": \"$n\"/" c/cases/2022/沪0114/民初/0000/$n.json
		git -C c commit -qam "push $n"
		until git -C c push -q 2>/dev/null; do git -C c pull -q --rebase; done
	done &
	pusher=$!
	(for _ in 1 2 3; do git -C d gc -q; done) &>/dev/null &
	for _ in $(seq 8); do
		case-file maintain 2>note || echo "maintain $?: $(cat note)" >>wrong
		case-file list | wc -l
	done >counts
	wait "$pusher"
	wait
	is "$(cat wrong)" ''
	is "$(sort -u counts)" 305
	run_ok case-file maintain
	# a set that a push overtook has written again; what it wrote first is nobody's, and git's to clear away
	is "$(packs) $(comm -12 <(loose_ids) <(reachable) | wc -l)" '1 0'
	is "$(sound)" ''
	is "$(git -C d rev-list --count main)" 37
	is "$(case-file list --where 'notes~.' | wc -l) $(case-file list --where 'title~.' | wc -l)" '29 6'
}
