#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# case-bundle: archives that others made, and bundles of our own.
load helper

setup() {
	common_setup
	export GIT_AUTHOR_DATE='2022-06-30T09:30:00+08:00' GIT_COMMITTER_DATE='2022-06-30T09:30:00+08:00'
}

# A docket of 沪0114 with two cases, one of which has a history and a file; a key; who is known.
make_register() {
	make_docket 2>/dev/null
	printf '%s\n' '{"id":"（2022）沪0114民初1号","cause":"民间借贷纠纷","filed_on":"2022-01-03"}' \
		'{"id":"（2022）沪0114民初2号","cause":"买卖合同纠纷","filed_on":"2022-01-04"}' | case-file import 2>/dev/null
	printf '原告诉称\n' >起诉状.txt
	case-file attach 民初1 起诉状.txt -m 收案 2>/dev/null
	case-file set 民初1 judge=张法官 -m 分案 2>/dev/null
	case-file set 民初2 judge=李法官 2>/dev/null
	ssh-keygen -q -t ed25519 -N '' -C '' -f key
	echo "沪0114-P000001 namespaces=\"gavel-bundle,git\" $(cat key.pub)" >signers
	git -C d config gpg.format ssh
	git -C d config user.signingKey "$PWD/key"
}

# The docket of another court.
make_other() {
	case-file init --court 沪0115 e 2>/dev/null
}

nothing_left() {
	is "$(find . -maxdepth 1 -name '.gavel-*' -o -maxdepth 1 -name 'out*' -o -maxdepth 1 -name '*.zst.??????')" ''
}

# refuse ARCHIVE MESSAGE: it is, and nothing stays
refuse() {
	run_rc 3 case-bundle unpack "$1" out
	has "$stderr" "$2"
	nothing_left
}

# ---- names and kinds of entries ----

@test "names that lead elsewhere or mean something else are refused, and nothing is left" {
	mkdir w && cd w
	echo x >f
	tarred() { # tarred NAME: an archive with one file of this name
		tar -cPf ../t.tar --transform="s,^f\$,$1,S" f
	}
	while IFS=$'\t' read -r name why; do
		tarred "$name"
		(cd .. && refuse t.tar "$why") || return 1
	done <<-'END'
		../f	the name leads to another folder
		a/../../f	the name leads to another folder
		a/./f	the name leads to another folder
		/tmp/gavel-escaped	the name is absolute
		a//f	the name has an empty part
		C:f	the name begins with a drive letter
		.git/config	the name is one that git keeps for itself
		a/.GiT/config	the name is one that git keeps for itself
		GIT~1/config	the name is one that git keeps for itself
		．．/f	the name leads to another folder
		．．／f	the name leads to another folder
		a. 	ends with a blank or a dot
		a /f	ends with a blank or a dot
		 a	begins with a blank
		a.	ends with a blank or a dot
		NUL	the name is one that Windows keeps for a device
		com1.txt	the name is one that Windows keeps for a device
		a‮b	the name holds control or invisible characters
	END
	tar -cf ../t.tar --transform='s,^f$,a\\\\b,S' f
	(cd .. && refuse t.tar 'the name holds a backslash')
	long=$(printf '%0300d' 0)
	tarred "$long"
	(cd .. && refuse t.tar 'a part of the name is longer than 255 bytes')
	tarred "$(printf 'd/%.0s' {1..70})f"
	(cd .. && refuse t.tar 'the name is more than 64 folders deep')
	[ ! -e /tmp/gavel-escaped ]
}

@test "links, devices and fifos are refused" {
	mkdir w
	ln -s /etc/passwd w/link
	tar -C w -cf t.tar link
	refuse t.tar 'link: it is no file and no folder: symlink'
	ln -s . w/dir
	echo x >w/g
	tar -C w -cf t.tar dir
	tar -C w -rf t.tar --transform='s,^g,dir/g,' g
	refuse t.tar 'dir: it is no file and no folder: symlink'
	ln w/g w/hard
	tar -C w -cf t.tar g hard
	refuse t.tar 'hard: it is no file and no folder: hardlink'
	mkfifo w/fifo
	tar -C w -cf t.tar fifo
	refuse t.tar 'fifo: it is no file and no folder: fifo'
}

@test "a name that comes twice is refused, also in another case or composition, or as file and folder" {
	mkdir w && cd w
	echo x >f
	for pair in 'a a' 'A/b a/B' $'e\u0301.txt \u00e9.txt' 'ß.txt SS.txt' 'a a/b' 'a/b a'; do
		tar -cf ../t.tar --transform="s,^f\$,${pair% *},S" f
		tar -rf ../t.tar --transform="s,^f\$,${pair#* },S" f
		(cd .. && refuse t.tar 'the name') || return 1
	done
	# Another one in the same folder is none.
	tar -cf ../t.tar --transform='s,^f$,A/b,S' f
	tar -rf ../t.tar --transform='s,^f$,A/c,S' f
	cd ..
	run_ok case-bundle unpack t.tar out
	is "$(find out -type f | sort)" $'out/A/b\nout/A/c'
}

@test "a name in a zip that goes on behind a NUL is refused, wherever it is written" {
	mkdir w && cd w && echo x >aXb.txt && echo y >c && zip -q ../good.zip aXb.txt c && cd ..
	LC_ALL=C sed 's/aXb.txt/a\x00b.txt/g' good.zip >nul.zip
	refuse nul.zip 'a\x00...: the name is not UTF-8, or holds a NUL'
	run_rc 1 case-bundle list nul.zip -o tsv --fields id,refused
	is "$output" $'id\trefused\na\\\\x00...\tthe name is not UTF-8, or holds a NUL\nc\t'
	# The list at the end says the one, the file the other.
	LC_ALL=C sed '1,/aXb.txt/s/aXb.txt/a\x00b.txt/' good.zip >nul.zip
	refuse nul.zip 'a\x00...: the name'
	# Read as a stream, for want of that list.
	head -c 100 nul.zip >cut.zip
	refuse cut.zip ''
	# The name in UTF-8 that stands behind the old one, which it replaces.
	echo 'UEsDBBQAAAAAAAAAIQAfCOpGAgAAAAIAAAAFABAAYS50eHR1cAwAAbr368FiAGMudHh0eApQSwECFAAUAAAAAAAAACEAHwjqRgIAAAACAAAABQAQAAAAAAAAAAAAAAAAAAAAYS50eHR1cAwAAbr368FiAGMudHh0UEsFBgAAAAABAAEAQwAAADUAAAAAAA==' | base64 -d >up.zip
	refuse up.zip 'b\x00...: the name'
	# Bytes of a file that look like a header are no name.
	{ printf 'PK\3\4'; head -c 22 /dev/zero; printf '\4\0\0\0'; head -c 4 /dev/zero; echo; } >w/c
	(cd w && zip -q0 ../stored.zip c)
	run_ok case-bundle unpack stored.zip out
	cmp out/c w/c && rm -r out
	# A zip needs no other packing around it.
	gzip -k good.zip
	refuse good.zip.gz 'is no archive that is read here'
}

@test "limits: bytes, one file, entries, ratio, time" {
	head -c 100000 /dev/zero >a
	cp a b
	tar --zstd -cf t.tar.zst a b
	for limit in '--max-bytes 150000|unpacked it has more than 150000 bytes' '--max-file 99999|a is longer than 99999 bytes' \
		'--max-entries 1|it has more than 1 entries'; do
		run_rc 3 case-bundle unpack t.tar.zst out ${limit%|*}
		has "$stderr" "${limit#*|}"
		has "$stderr" "raise ${limit%% *}"
		nothing_left
	done
	head -c 20000000 /dev/zero >c
	tar --zstd -cf t.tar.zst c
	refuse t.tar.zst 'unpacked it is more than 200 times as long: raise --max-ratio'
	run_ok case-bundle unpack t.tar.zst out --max-ratio 1000000
	truncate -s 10G hole
	tar -Scf s.tar hole
	rm -r out
	refuse s.tar 'hole is longer than 1073741824 bytes'
	# Layers of packing are not piled up.
	tar -cf t.tar a
	zstd -q t.tar -o t1.zst
	zstd -q t1.zst -o t2.zst
	refuse t2.zst 'is no archive that is read here'
	# A few kilobytes that take long to unpack.
	truncate -s 4G null
	tar -cf - null 2>/dev/null | head -c 512 | bzip2 >slow.tar.bz2
	head -c 50000000 /dev/zero | bzip2 -1 >piece
	for _ in {1..80}; do cat piece; done >>slow.tar.bz2
	run_rc 3 case-bundle list slow.tar.bz2 --max-seconds 1 --max-bytes 99999999999 --max-file 99999999999 --max-ratio 9999999
	has "$stderr" 'reading it takes too long: raise --max-seconds'
}

@test "damaged and foreign files: golden errors" {
	echo hello >text
	: >empty
	echo data >a
	tar -cf t.tar a
	head -c 600 t.tar >cut.tar
	mkdir folder
	printf 'UEsDBBQAAAAAAAAAIQDvvq3eBAAAAAQAAAAFAAAAYS50eHR4eHh4UEsBAhQAFAAAAAAAAAAhAO++rd4EAAAABAAAAAUAAAAAAAAAAAAAAAAAAAAAAGEudHh0UEsFBgAAAAABAAEAMwAAACcAAAAAAA==' | base64 -d >crc.zip
	{
		for args in 'list text' 'list empty' 'list cut.tar' 'list nix' 'list folder' 'list' 'unpack t.tar' 'unpack t.tar a' \
			'unpack crc.zip out' 'unpack t.tar nix/out' 'list t.tar --max-bytes 0' 'pack 民初1' 'verify t.tar' 'frob'; do
			echo "\$ case-bundle $args"
			case-bundle $args 2>&1 </dev/null && echo 'exit code 0' || echo "exit code $?"
		done
	} >log
	golden bundle/errors "$(cat log)"
	nothing_left
}

@test "what is good comes out: tar in all its dresses, zip, cpio, standard input; modes are ours" {
	mkdir -p w/证据/一 w/empty
	echo 内容 >w/证据/一/照片.txt
	echo x >w/a
	chmod 4777 w/a
	tar -C w -cf t.tar .
	tar -C w --format=pax -cf p.tar .
	tar -C w --format=ustar -cf u.tar .
	zstd -q t.tar -o t.tar.zst
	gzip -k t.tar
	xz -k t.tar
	bzip2 -k t.tar
	(cd w && zip -qr ../t.zip . && find . | cpio -o --quiet -H newc >../t.cpio 2>/dev/null || true)
	for f in t.tar p.tar u.tar t.tar.zst t.tar.gz t.tar.xz t.tar.bz2 t.zip t.cpio; do
		[ -s $f ] || continue
		run_ok case-bundle unpack $f out
		has "$stderr" '2 files unpacked'
		is "$(cat out/证据/一/照片.txt)" 内容
		is "$(stat -c %a out/a out out/证据 | tr '\n' ' ')" '640 750 750 '
		[ -d out/empty ]
		rm -r out
	done
	for locale in C zh_CN.UTF-8 en_US.ISO-8859-1; do
		run_ok env LC_ALL=$locale case-bundle unpack - out <t.tar.zst
		is "$(cat out/证据/一/照片.txt)" 内容
		rm -r out
	done
	cat t.zip | (run_ok case-bundle unpack - out)
	is "$(find out -type f | wc -l)" 2
}

@test "a zip from a Windows computer: names in GBK" {
	printf 'UEsDBBQAAAAAAAAAIQCEVnlGDQAAAA0AAAATAAAA1qS+3S/D8crCxvDL39e0LnR4dOWOn+WRiuivieensApQSwECFAAUAAAAAAAAACEAhFZ5Rg0AAAANAAAAEwAAAAAAAAAAAAAAAAAAAAAA1qS+3S/D8crCxvDL39e0LnR4dFBLBQYAAAAAAQABAEEAAAA+AAAAAAA=' | base64 -d >g.zip
	run_ok case-bundle list g.zip
	is "$output" '{"bytes":13,"charset":"GB18030","id":"证据/民事起诉状.txt","kind":"entry","sha256":"'"$(printf '原告诉称\n' | sha256sum | cut -c 1-64)"'","type":"file"}'
	run_ok env LC_ALL=C case-bundle unpack g.zip out
	is "$(cat out/证据/民事起诉状.txt)" 原告诉称
}

@test "list shows what would be refused, and says so" {
	mkdir w && echo x >w/f && ln -s f w/l
	tar -C w -cf t.tar f l
	run_rc 1 case-bundle list t.tar -o tsv
	is "$output" $'id\ttype\tbytes\tcharset\trefused\nf\tfile\t2\t\t\nl\tsymlink\t\t\tit is no file and no folder: symlink'
	is "$(case-bundle list t.tar | head -n 1 | jq -r .id)" f
}

# ---- our own ----

@test "the same commit and arguments give the same bytes, in every locale and at any time" {
	make_register
	run_ok case-bundle pack 民初2 '(2022)沪0114民初1号' --history -m 移送 -o a.tar.zst
	has "$stderr" 'records 2, versions 5, files 1'
	is "$(stat -c %a a.tar.zst)" 640
	run_ok env LC_ALL=C case-bundle pack 民初2 民初1 --history -m 移送 -o b.tar.zst
	cmp a.tar.zst b.tar.zst
	run_ok env LC_ALL=zh_CN.UTF-8 TZ=America/New_York GAVEL_TODAY=2022-01-01 case-bundle pack 民初1 民初2 民初1 --history -m 移送 -o b.tar.zst
	cmp a.tar.zst b.tar.zst
	printf '%s\n' 民初1 民初2 | case-bundle pack --history -m 移送 2>/dev/null >c.tar.zst
	cmp a.tar.zst c.tar.zst
	case-file get 民初1 民初2 | case-bundle pack --history -m 移送 2>/dev/null >c.tar.zst
	cmp a.tar.zst c.tar.zst
	# Repacking the docket changes nothing, a later commit read --at the earlier one neither.
	git -C d repack -adq
	case-file set 民初2 judge=王法官 2>/dev/null
	case-bundle pack 民初1 民初2 --history -m 移送 --at main~1 2>/dev/null >c.tar.zst
	cmp a.tar.zst c.tar.zst
	case-bundle pack 民初1 民初2 --history -m 移送 2>/dev/null >c.tar.zst
	! cmp -s a.tar.zst c.tar.zst
	# Signed with Ed25519 too.
	case-bundle pack 民初1 --sign 2>/dev/null >s1
	case-bundle pack 民初1 --sign 2>/dev/null >s2
	cmp s1 s2
}

@test "plain tools can read and check one: tar, zstd, sha256sum, ssh-keygen, git hash-object" {
	make_register
	case-bundle pack 民初1 --history --sign -o a.tar.zst 2>/dev/null
	mkdir x && tar --zstd -C x -xf a.tar.zst && cd x
	sha256sum --quiet --strict -c SHA256SUMS
	is "$(find . -type f ! -name 'manifest*' ! -name SHA256SUMS | wc -l)" "$(wc -l <SHA256SUMS)"
	is "$(jq -r .files.sha256 manifest.json)" "$(sha256sum <SHA256SUMS | cut -c 1-64)"
	is "$(jq -c '[.cases, .court, .docket.commit, .docket.time, .format, .history, .kind]' manifest.json)" \
		"[[\"（2022）沪0114民初1号\"],\"沪0114\",\"$(git -C ../d rev-parse main)\",\"2022-06-30T09:30:00+08:00\",1,true,\"bundle\"]"
	jq -S . manifest.json | cmp - manifest.json
	ssh-keygen -Y verify -f ../signers -I 沪0114-P000001 -n gavel-bundle -s manifest.json.sig <manifest.json
	git -C ../d show main:cases/2022/沪0114/民初/0000/1.json | cmp - records/cases/2022/沪0114/民初/0000/1.json
	for f in proof/commits/*; do is "$(git hash-object -t commit --literally "$f")" "${f##*/}"; done
	for f in proof/trees/*; do is "$(git hash-object -t tree --literally "$f")" "${f##*/}"; done
	is "$(jq -r '[.author, .reason // "", .record.judge // ""] | join(",")' history/cases/2022/沪0114/民初/0000/1.ndjson)" \
		$'测试员,,\n测试员,收案,\n测试员,分案,张法官'
	jq -r .commit history/cases/2022/沪0114/民初/0000/1.ndjson | sort >said
	git -C ../d log --format=%H -- cases/2022/沪0114/民初/0000/1.json | sort | cmp - said
}

@test "--no-files leaves files out; what -o names is whole or not there" {
	make_register
	run_ok case-bundle pack 民初1 --no-files -o a.tar.zst
	is "$(tar --zstd -tf a.tar.zst | grep -c ^files)" 0
	run_rc 6 case-bundle pack 民初1 民初9 -o n.tar.zst
	has "$stderr" '（2022）沪0114民初9号: not in the docket'
	[ ! -e n.tar.zst ]
	run_rc 9 case-bundle pack 民初1 -o nix/n.tar.zst
	run_rc 2 case-bundle pack -o n.tar.zst </dev/null
	has "$stderr" 'which cases?'
	run_rc 3 case-bundle pack 民初x -o n.tar.zst
	nothing_left
	# A file that is not there any more is said.
	sha=$(sha256sum <起诉状.txt | cut -c 1-64)
	git clone -q d clone && cd clone
	git rm -q "files/${sha:0:2}/$sha" && git commit -qm x && git push -q origin main 2>/dev/null
	cd ..
	run_rc 6 case-bundle pack 民初1 -o n.tar.zst
	has "$stderr" "the file ${sha:0:10}... is not in this docket"
	nothing_left
}

@test "history of lines that were joined: every version, each once" {
	make_register
	git clone -q d clone && cd clone
	git checkout -q -b side main~1
	sed -i 's/民间借贷纠纷/借款合同纠纷/' cases/2022/沪0114/民初/0000/1.json
	git commit -qam side
	git checkout -q main
	git merge -q --no-edit side
	git push -q origin main
	cd ..
	case-bundle pack 民初1 --history -o a.tar.zst 2>/dev/null
	run_rc 1 case-bundle verify a.tar.zst
	has "$stderr" 'versions 4'
	case-bundle pack 民初1 民初2 --history -o a.tar.zst 2>/dev/null
	run_rc 1 case-bundle verify a.tar.zst
	has "$stderr" 'versions 6'
}

# ---- verify ----

@test "verify: 0 signed by a known key, 1 not signed, 7 by an unknown key or forged" {
	make_register
	case-bundle pack 民初1 --history --sign -o s.tar.zst 2>/dev/null
	run_ok case-bundle verify s.tar.zst --signers signers
	has "$stderr" 'records 1, versions 3, files 1, commits 4; signed by 沪0114-P000001 SHA256:'
	is "$(jq -r '.level + " " + .rule' <<<"$output")" 'info BN-06'
	run_rc 7 case-bundle verify s.tar.zst
	has "$output" 'is not known here'
	# The docket's own list of signers.
	git clone -q d clone && cp signers clone/ && git -C clone add signers && git -C clone commit -qm signers
	git -C clone push -q origin main 2>/dev/null
	run_ok case-bundle verify s.tar.zst
	# One that may sign commits only, or not at that time.
	echo "沪0114-P000001 namespaces=\"git\" $(cat key.pub)" >wrong
	run_rc 7 case-bundle verify s.tar.zst --signers wrong
	has "$output" 'may not sign such things'
	echo "沪0114-P000001 valid-before=\"20200101Z\" $(cat key.pub)" >wrong
	run_rc 7 case-bundle verify s.tar.zst --signers wrong
	has "$output" 'may not sign at that time'
	case-bundle pack 民初1 -o u.tar.zst 2>/dev/null
	run_rc 1 case-bundle verify u.tar.zst
	has "$output" 'nobody has signed this bundle'
	# It can be looked at where no docket is, unless one is named.
	git init -q -b main other
	git -C other commit -q --allow-empty -m x
	for dir in / other; do
		(cd $dir && GAVEL_DOCKET='' run_rc 1 case-bundle verify "$BATS_TEST_TMPDIR/u.tar.zst")
	done
	run_rc 6 case-bundle verify -C /nix u.tar.zst
	GAVEL_DOCKET=/nix run_rc 6 case-bundle verify u.tar.zst
	run_rc 6 case-bundle verify -C other u.tar.zst
	has "$stderr" 'other: a git repository, but no docket (no gavel.json on main)'
}

# repack SED-OR-COMMAND...: the signed bundle, changed by a command that runs inside its folder
tamper() {
	rm -rf x t.tar.zst && mkdir x && tar --zstd -C x -xf s.tar.zst
	(cd x && eval "$1")
	(cd x && find . -type f | sed 's,^\./,,' | LC_ALL=C sort | tar --zstd -cf ../t.tar.zst -T -)
}
resum() { (find . -type f ! -name 'manifest*' ! -name SHA256SUMS | sed 's,^\./,,' | LC_ALL=C sort | xargs -d '\n' sha256sum >SHA256SUMS); }
remanifest() {
	resum
	jq -S ".files.count=$(wc -l <SHA256SUMS) | .files.sha256=\"$(sha256sum <SHA256SUMS | cut -c 1-64)\"" manifest.json >m
	mv m manifest.json
}

@test "verify: whatever is changed, taken away or added is found" {
	make_register
	case-bundle pack 民初1 --history --sign -o s.tar.zst 2>/dev/null
	record=records/cases/2022/沪0114/民初/0000/1.json history=history/cases/2022/沪0114/民初/0000/1.ndjson
	sha=$(sha256sum <起诉状.txt | cut -c 1-64) paper=files/${sha:0:2}/$sha
	tamper :
	run_ok case-bundle verify t.tar.zst --signers signers
	while IFS='|' read -r change rule words; do
		tamper "$change"
		run_rc 7 case-bundle verify t.tar.zst --signers signers -o tsv --fields level,rule,message || { echo "change: $change"; return 1; }
		has "$output" "violation	$rule	$words" || { echo "change: $change"; return 1; }
	done <<-END
		sed -i s/张法官/李法官/ $record|BN-03|$record: was changed
		sed -i s/张法官/李法官/ $record|BN-05|$record: commit
		sed -i s/张法官/李法官/ $history|BN-05|$history: a version does not have the oid that it names
		sed -i 1d $history|BN-03|$history: was changed
		echo {} >>$history|BN-07|$history: a version names no commit, or no oid
		rm $record|BN-03|$record: is missing
		rm $paper|BN-03|$paper: is missing
		echo x >>$paper|BN-03|$paper: its bytes do not have this SHA-256
		echo x >extra|BN-01|extra: no file of a bundle has this name
		echo x >files/extra|BN-01|files/extra: no file of a bundle has this name
		rm manifest.json|BN-02|manifest.json: is missing
		echo x >>manifest.json|BN-02|manifest.json: 
		sed -i 's/"format": 1/"format": 2/' manifest.json|BN-02|manifest.json: 2 is not known here
		sed -i s/沪0114/沪0115/ manifest.json|BN-04|manifest.json.sig: 
		echo x >>SHA256SUMS|BN-03|SHA256SUMS: is not the one that the manifest names
		rm SHA256SUMS|BN-03|SHA256SUMS: is not the one that the manifest names
		rm proof/trees/*|BN-05|$record: tree
		rm proof/commits/*|BN-05|$record: commit
		mv proof/trees proof/tree|BN-05|proof/tree/
		for f in proof/commits/*; do sed -i s/测试员/别人/ \$f; done|BN-05|proof/commits/
		sed -i s/"cause"/"Cause"/ $record; remanifest|BN-04|manifest.json.sig: 
		sed -i 's/  "cause"/   "cause"/' $record; remanifest|BN-07|$record: text is not in canonical form
		mv $record records/cases/2022/沪0114/民初/0000/3.json; remanifest|BN-07|records/cases/2022/沪0114/民初/0000/3.json: 
		sed -i 2d manifest.json.sig|BN-04|manifest.json.sig: 
		echo x >manifest.json.sig|BN-04|manifest.json.sig: it is signed by other means
	END
}

@test "verify: signed commits are judged by their own signatures" {
	make_register
	git -C d config commit.gpgsign true
	case-file set 民初1 judge=王法官 2>/dev/null
	git -C d config commit.gpgsign false
	case-bundle pack 民初1 --history --sign -o s.tar.zst 2>/dev/null
	run_ok case-bundle verify s.tar.zst --signers signers
	has "$output" 'not every commit is signed'
	ssh-keygen -q -t ed25519 -N '' -C '' -f other
	git -C d config commit.gpgsign true
	git -C d config user.signingKey "$PWD/other"
	case-file set 民初1 judge=赵法官 2>/dev/null
	git -C d config user.signingKey "$PWD/key"
	case-bundle pack 民初1 --sign -o s.tar.zst 2>/dev/null
	run_rc 1 case-bundle verify s.tar.zst --signers signers
	has "$output" "proof/commits/$(git -C d rev-parse main): the key SHA256:"
}

@test "verify --rules and --explain" {
	run_ok case-bundle verify --rules -o ids
	is "$output" $'BN-01\nBN-02\nBN-03\nBN-04\nBN-05\nBN-06\nBN-07'
	run_ok case-bundle verify --explain BN-05
	has "$output" 'proof/'
}

# ---- import ----

@test "import: byte for byte, with files, provenance and a trailer" {
	make_register
	make_other
	head -c 2000000 /dev/zero >录像.mp4
	case-file attach 民初1 录像.mp4 2>/dev/null
	case-bundle pack 民初1 --history --sign -o s.tar.zst -m 移送 2>/dev/null
	run_ok case-bundle import s.tar.zst -C e --signers signers -m 移送上海市浦东新区人民法院
	git -C d show main:cases/2022/沪0114/民初/0000/1.json | cmp - <(git -C e show main:cases/2022/沪0114/民初/0000/1.json)
	is "$(case-file files -C e '（2022）沪0114民初1号' --get 起诉状.txt)" 原告诉称
	case-file files -C e '（2022）沪0114民初1号' --get 录像.mp4 | cmp - 录像.mp4
	mkdir x && tar --zstd -C x -xf s.tar.zst
	id=$(sha256sum <x/manifest.json | cut -c 1-64)
	is "$(git -C e log -1 --format='%(trailers:key=Gavel-Bundle,valueonly)')" "$id"
	is "$(git -C e log -1 --format=%s)" "case-bundle import: bundle ${id:0:10} from 沪0114, 1 of its records (5 records)"
	for f in manifest.json manifest.json.sig SHA256SUMS; do git -C e show "main:bundles/$id/$f" | cmp - "x/$f"; done
	run_ok case-file check -C e --strict --only 'DK-*'
	is "$output" ''
	git -C e fsck --strict 2>/dev/null
	# Once more: nothing.
	run_ok case-bundle import - -C e --signers signers <s.tar.zst
	has "$stderr" 'nothing to do'
	run_ok case-file init --court 沪0115 f
	cat s.tar.zst | (run_ok case-bundle import - -C f --signers signers)
	is "$(git -C f rev-parse main:cases)" "$(git -C e rev-parse main:cases)"
}

@test "import: what is not sound or not signed by somebody known is not taken" {
	make_register
	make_other
	head=$(git -C e rev-parse main)
	case-bundle pack 民初1 --history --sign -o s.tar.zst 2>/dev/null
	case-bundle pack 民初1 -o u.tar.zst 2>/dev/null
	run_rc 7 case-bundle import s.tar.zst -C e
	has "$stderr" 'BN-04: the key SHA256:'
	run_rc 7 case-bundle import u.tar.zst -C e
	has "$stderr" 'BN-04: is missing: nobody has signed this bundle'
	for change in 'sed -i s/张法官/李法官/ records/cases/2022/沪0114/民初/0000/1.json' 'echo x >extra' \
		'sed -i s/沪0114/沪0115/ manifest.json' 'rm proof/commits/*'; do
		tamper "$change"
		run_rc 7 case-bundle import t.tar.zst -C e --signers signers --unsigned
		is "$(git -C e rev-parse main)" "$head"
	done
	is "$(find e -path '*gavel-files*' -type f)" ''
	run_ok case-bundle import u.tar.zst -C e --unsigned --dry-run
	is "$(jq -r '.path // .op' <<<"$output" | cut -d / -f 1 | sort | uniq -c | xargs)" '2 bundles 1 cases 1 files 1 plan'
	is "$(git -C e rev-parse main)" "$head"
	run_ok case-bundle import u.tar.zst -C e --unsigned
	run_ok case-bundle import s.tar.zst -C e --unsigned
}

@test "import: a record that is here and differs is never overwritten silently" {
	make_register
	make_other
	case-bundle pack 民初1 民初2 --history --sign -o 1.tar.zst 2>/dev/null
	case-file set 民初1 judge=王法官 2>/dev/null
	case-bundle pack 民初1 民初2 --history --sign -o 2.tar.zst 2>/dev/null
	case-bundle pack 民初1 民初2 --sign -o 3.tar.zst 2>/dev/null
	case-bundle import 1.tar.zst -C e --signers signers 2>/dev/null
	# Without its history nobody can tell which is newer; with it, theirs is.
	run_rc 4 case-bundle import 3.tar.zst -C e --signers signers
	has "$stderr" '（2022）沪0114民初1号: is in this docket already, and differs'
	run_rc 4 case-bundle import 3.tar.zst -C e --signers signers --existing merge
	has "$stderr" '（2022）沪0114民初1号: judge differs here and in the bundle: nothing was taken'
	run_ok case-bundle import 3.tar.zst -C e --signers signers --existing skip
	has "$stderr" '1 skipped'
	run_ok case-bundle import 2.tar.zst -C e --signers signers
	is "$(case-file get -C e '（2022）沪0114民初1号' | jq -r .judge)" 王法官
	# What this court added stays, and theirs is added.
	case-file set -C e '（2022）沪0114民初2号' notes=待移送 2>/dev/null
	case-file set 民初2 procedure=ordinary 2>/dev/null
	case-bundle pack 民初2 --history --sign -o 4.tar.zst 2>/dev/null
	run_rc 4 case-bundle import 4.tar.zst -C e --signers signers
	run_ok case-bundle import 4.tar.zst -C e --signers signers --existing merge
	is "$(case-file get -C e '（2022）沪0114民初2号' | jq -r '.notes + .procedure')" 待移送ordinary
}

@test "only cases are asked for, and only what belongs to them is taken in" {
	make_register
	make_other
	run_rc 3 case-bundle pack person:沪0114-P000001 -o p.tar.zst
	has "$stderr" 'is the id of a person: a bundle is of cases'
	nothing_left
	case-bundle pack 民初1 民初2 -o s.tar.zst 2>/dev/null
	tamper 'jq -S ".cases=[.cases[0]]" manifest.json >m && mv m manifest.json'
	run_rc 7 case-bundle import t.tar.zst -C e --unsigned
	has "$stderr" '（2022）沪0114民初2号: is no record of the cases that the manifest names: nothing was taken'
	# Neither those who may act, though they were in the sender's docket.
	printf '%s\n' '{"kind":"person","id":"沪0114-P000001","name":"元某","state":"active","emails":["x@court.example"],"roles":[{"role":"院长","from":"2022-01-05"}]}' |
		case-file import 2>/dev/null
	is "$(case-file list --type 民初 -o ids | wc -l)" 2
	run_ok case-bundle pack 民初1 -o s.tar.zst
	has "$stderr" 'records 1,'
}
