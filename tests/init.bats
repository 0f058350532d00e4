# SPDX-License-Identifier: MIT
# case-file init: a docket is made whole, or not at all.

load helper

setup() {
	common_setup
	export GAVEL_SHARE=$ROOT/share
}
refused() {
	local code=$1 name=$2
	shift 2
	run_rc "$code" case-file init "$@" || return 1
	golden "init/$name" "$stderr" || return 1
	is "$output" ''
}

@test "what no docket can be made of, or where; nothing is left behind" {
	mkdir full empty
	touch full/x file
	find . -name 'separate*' -prune -o -print | sort >before
	refused 2 nothing
	refused 2 nowhere --court 沪0114
	refused 2 empty-name --court 沪0114 ''
	refused 2 no-court d
	refused 2 two-places --court 沪0114 a b
	refused 2 shared --court 沪0114 --shared everybody d
	refused 3 court --court 沪9999 d
	refused 3 court-name --court 上海市嘉定区人民法院 d
	refused 3 court-empty --court '' d
	refused 3 court-path --court ../x d
	refused 4 full --court 沪0114 full
	refused 4 file --court 沪0114 file
	refused 9 no-folder --court 沪0114 a/b
	touch before # it stands in its own list
	is "$(find . -name 'separate*' -prune -o -name before -prune -o -print | sort)" "$(grep -v before <before)"
	ln -s nowhere dangling
	run case-file init --court 沪0114 dangling
	[ "$status" -ne 0 ]
}

@test "what a docket is" {
	run_ok case-file init --court 沪0114 d
	is "$stderr" 'case-file init: docket of 沪0114 made in d'
	is "$output" ''
	is "$(git -C d show main:gavel.json)" '{
  "court": "沪0114",
  "fanout": 100,
  "format": 1,
  "policy": {},
  "zone": "Asia/Shanghai"
}'
	is "$(git -C d ls-tree --name-only main | xargs)" '.gitattributes gavel.json'
	is "$(git -C d log --format='%s|%an|%ae')" 'case-file init: 沪0114 上海市嘉定区人民法院|测试员|clerk@example.org'
	is "$(git -C d symbolic-ref HEAD)" refs/heads/main
	for want in core.bare=true gc.auto=0 pack.window=0 core.quotepath=false core.logAllRefUpdates=true; do
		is "$want $(git -C d config "${want%%=*}")" "$want ${want#*=}"
	done
	[ -x d/hooks/pre-receive ]
	is "$(find d -perm /007)" ''
	git -C d fsck --strict --no-progress
	export GAVEL_DOCKET=$PWD/d
	run_ok case-file list -o json
	is "$output" '[]'
	run_ok case-file check --strict
	# Once more, also through a link, changes nothing.
	before=$(git -C d rev-parse main)
	ln -s d link
	refused 4 again --court 沪0114 d
	refused 4 again-link --court 沪0114 link
	is "$(git -C d rev-parse main)" "$before"
}

@test "an empty folder, a hostile name, a court of its own kind" {
	mkdir empty
	run_ok case-file init --court 沪0114 empty
	run_ok case-file init --court 最高法 $'a b\e[2J\u202e'
	run_ok case-file open -C $'a b\e[2J\u202e' --type 知民终 -o ids
	is "$output" '（2022）最高法知民终1号'
	run_ok case-file init --court 沪0114 -- --help
	run_ok case-file list -C --help
	# A second user may write where that was asked for.
	run_ok case-file init --court 沪0114 --shared group shared
	is "$(stat -c %a shared shared/objects shared/refs/heads/main)" $'2770\n2770\n660'
	is "$(find shared -perm /007)" ''
}

@test "upwards from here, -C, GAVEL_DOCKET and a clone find the docket" {
	case-file init --court 沪0114 d 2>/dev/null
	case-file open -C d --type 民初 >/dev/null 2>&1
	unset GAVEL_DOCKET
	mkdir -p d/hooks/deep/er
	want=$(case-file list -C d)
	is "$(cd d && case-file list)" "$want"
	is "$(cd d/hooks/deep/er && case-file list)" "$want"
	is "$(GAVEL_DOCKET=d case-file list)" "$want"
	git clone -q d clone
	is "$(case-file list -C clone)" "$want"
	is "$(cd clone/cases && case-file list)" "$want"
	case-file init --court 沪0114 e 2>/dev/null
	is "$(GAVEL_DOCKET=e case-file list -C d)" "$want"
	is "$(GAVEL_DOCKET=e case-file list)" ''
}
