#!/bin/sh
# SPDX-License-Identifier: MIT
# Bring po/zh_CN.po up to date with the messages of the sources, and list what is left to translate.
#   po-update.sh            after changing messages; then translate what it lists
#   po-update.sh --check    changes nothing; exit 1 if the file is out of date or something is left (tests/messages.bats)
# Messages are _("..."), N_("...") and gv_trn("...", "..."); titles of rules and schemas are data and come in both languages.
set -eu
cd "$(dirname "$0")/.."
LC_ALL=C.UTF-8
LANGUAGE=
export LC_ALL LANGUAGE
po=po/zh_CN.po

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# Without line numbers, so that a change elsewhere in a file is none here.
find lib cmd -name '*.[ch]' | LC_ALL=C sort | xgettext --files-from=- --output="$tmp/gavel.pot" \
	--language=C --from-code=UTF-8 --keyword= --keyword=_ --keyword=N_ --keyword=gv_trn:1,2 \
	--add-comments=Translators --add-location=file --package-name=gavel --no-wrap
# The day on which this ran is no news either.
sed -i '/^"POT-Creation-Date/d' "$tmp/gavel.pot"
# In two steps: a file that msgmerge refuses must not end as an empty one.
msgmerge --quiet --previous --no-wrap --add-location=file "$po" "$tmp/gavel.pot" >"$tmp/merged.po"
msgattrib --no-obsolete --no-wrap --add-location=file "$tmp/merged.po" >"$tmp/new.po"

rc=0
if ! cmp -s "$tmp/new.po" "$po"; then
	if [ "${1-}" = --check ]; then
		echo "$po is out of date: run make po-update and translate what it lists"
		rc=1
	else
		cat "$tmp/new.po" >"$po"
	fi
fi

msgattrib --untranslated --no-wrap --no-location "$tmp/new.po" >"$tmp/left"
msgattrib --only-fuzzy --no-wrap --no-location "$tmp/new.po" >>"$tmp/left"
if [ -s "$tmp/left" ]; then
	echo "to translate in $po:"
	sed -n 's/^msgid "\(..*\)"$/  \1/p' "$tmp/left"
	rc=1
fi
[ "${1-}" != --check ] || exit $rc
