#!/bin/sh
# SPDX-License-Identifier: MIT
# The Debian packages that Gavel needs, by purpose.
#   deps.sh --verify build          exit 1 and name what is missing
#   deps.sh --install build check   install what is missing (root or sudo) and say so
set -eu

packages_for() {
	case $1 in
	build)
		echo gcc g++ make pkg-config git libgit2-dev libjq-dev libsimdjson-dev libdeflate-dev libutf8proc-dev \
			libpcre2-dev libssl-dev libgmp-dev libarchive-dev gettext
		;;
	check) echo bats jq mandoc parallel zsh fish gnuplot-nox zstd zip openssh-client gnupg openssh-server xz-utils bzip2 libxml2-utils ;;
	browser) echo chromium poppler-utils ;;
	lint) echo clang clang-tidy cppcheck shellcheck ;;
	bench) echo jq miller datamash zstd ;;
	slurm) echo munge slurmctld slurmd slurm-client ;;
	esac
}

mode=$1
shift
missing=
for purpose in "$@"; do
	for package in $(packages_for "$purpose"); do
		if ! dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed; then
			missing="$missing $package"
		fi
	done
done
[ -n "$missing" ] || exit 0

if [ "$mode" = --verify ]; then
	echo "gavel: missing Debian packages:$missing" >&2
	echo "gavel: run 'make deps', or: apt-get install$missing" >&2
	exit 1
fi

run=
if [ "$(id -u)" != 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "gavel: missing Debian packages:$missing" >&2
		echo "gavel: not root and no sudo; ask an administrator for: apt-get install$missing" >&2
		exit 1
	fi
	run=sudo
fi
echo "gavel: installing Debian packages:$missing"
# shellcheck disable=SC2086 # a list of package names
if ! {
	$run env DEBIAN_FRONTEND=noninteractive apt-get -qq update &&
	$run env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install $missing
} >deps.log 2>&1; then
	tail -n 20 deps.log >&2
	echo "gavel: installing failed; the whole log is in deps.log" >&2
	exit 1
fi
rm -f deps.log
echo "gavel: installed:$missing"
