#!/bin/sh
# SPDX-License-Identifier: MIT
# Man pages and completions out of the tables that the commands themselves hold.
#   BIN=bin make/docs.sh
# man/PAGE.in -> man/PAGE: lines `.\" @synopsis COMMAND` and the like are filled in (make/docs-man.awk says which).
# completions/SHELL.in -> completions/COMMAND.bash, _COMMAND, COMMAND.fish.
# Says on standard error which subcommands and which common options no page describes (tests/man.bats wants none).
set -eu
cd "$(dirname "$0")/.."
BIN=${BIN:-bin}
LC_ALL=C
export LC_ALL

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

commands=$(for main in cmd/*.c cmd/*/main.c; do
	name=${main#cmd/}
	name=${name%/main.c}
	echo "${name%.c}"
done)

for command in $commands; do
	"$BIN/$command" --dump-spec
done >"$tmp/spec"
for schema in share/schema/*.json; do
	kind=$(basename "$schema" .json)
	grep -q '"x-gavel-key"' "$schema" || continue
	"$BIN/case-file" list --kind "$kind" --list-fields -o tsv \
		--fields field,type,title,zh,required,sensitive,derived,values,event >"$tmp/fields.$kind"
done
"$BIN/case-file" check --rules -o tsv --fields id,level,title,from >"$tmp/rules"
{
	"$BIN/mediate" check --rules -o tsv --fields id,level,title,from | tail -n +2
	"$BIN/seize-check" --rules -o tsv --fields id,level,title,from | tail -n +2
	"$BIN/credit-repair" check --rules -o tsv --fields id,level,title,from | tail -n +2
	"$BIN/case-publish" check --rules -o tsv --fields id,level,title,from | tail -n +2
} >>"$tmp/rules"
version=$("$BIN/court-date" --version | sed 's/.* //')

# A reader never sees half a page.
put() {
	if ! cmp -s "$tmp/out" "$1"; then
		cat "$tmp/out" >"$1.$$"
		mv "$1.$$" "$1"
	fi
}

: >"$tmp/described"
for page in man/*.in; do
	awk -v version="$version" -v tables="$tmp" -v described="$tmp/described" -f make/docs-man.awk "$page" >"$tmp/out"
	put "${page%.in}"
done
awk -F '\t' '
	FILENAME ~ /described$/ { seen[$0] = 1; next }
	$1 == "command" && $4 != "SUBCOMMAND" && !("options " $2 in seen) { print "docs.sh: no man page describes " $2 }
	$1 == "option" && $8 != "own" && !("set " $8 in seen) && !told[$8]++ { print "docs.sh: no man page describes the options " $8 }
' "$tmp/described" "$tmp/spec" >&2

for command in $commands; do
	for shell in bash zsh fish; do
		case $shell in
		bash) file=$command.bash ;;
		zsh) file=_$command ;;
		fish) file=$command.fish ;;
		esac
		awk -v command="$command" -v shell=$shell -v spec="$tmp/spec" -f make/docs-complete.awk \
			"completions/$shell.in" >"$tmp/out"
		put "completions/$file"
	done
done
