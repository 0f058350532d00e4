# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154 # bats sets BATS_TEST_TMPDIR
# A court of people with keys of their own, for suites about signatures and duties: load helper, then load court.

# Keys take time to make: once for a suite.  key NAME makes keys/NAME, keys/NAME.pub.
key() {
	KEYS=$BATS_FILE_TMPDIR/keys
	mkdir -p "$KEYS"
	[ -f "$KEYS/$1" ] || ssh-keygen -q -t "${2:-ed25519}" -N '' -C "$1" -f "$KEYS/$1"
}

# as NAME: from here on it is this person who types, and who signs.
as() {
	key "$1"
	export GIT_AUTHOR_NAME=$1 GIT_AUTHOR_EMAIL=$1@court.example
	export GIT_COMMITTER_NAME=$1 GIT_COMMITTER_EMAIL=$1@court.example
	export GIT_CONFIG_GLOBAL=$BATS_TEST_TMPDIR/config.$1
	git config -f "$GIT_CONFIG_GLOBAL" gpg.format ssh
	git config -f "$GIT_CONFIG_GLOBAL" user.signingKey "$KEYS/$1.pub"
	git config -f "$GIT_CONFIG_GLOBAL" commit.gpgSign true
}

# enroll NAME ROLE [UNIT]: since the beginning of the year.
enroll() {
	key "$1"
	case-audit enroll "$1" --role "$2" ${3:+--unit "$3"} --email "$1@court.example" --key "$KEYS/$1.pub" \
		--from 2022-01-01 -m '任命' 2>>enroll.log
}

# What differs from run to run.
steady() { sed -E 's/SHA256:[A-Za-z0-9+\/]{43}/SHA256:.../g; s/commit [0-9a-f]{10}/commit .../; s/[0-9a-f]{64}/HASH/g'; }
