#!/bin/sh
# SPDX-License-Identifier: MIT
# What `make install` puts beside the programs: data, messages, man pages and completions.
#   install-data.sh [--remove] DESTDIR PREFIX
# --remove takes away what an install of this version put there, and no folder that others may use.
set -eu

remove=
if [ "$1" = --remove ]; then
	remove=yes
	shift
fi
share=$1$2/share
cd "$(dirname "$0")/.."

# put SOURCE TARGET
put() {
	if [ -n "$remove" ]; then
		rm -f "$2"
	else
		mkdir -p "$(dirname "$2")"
		install -m 644 "$1" "$2"
	fi
}

# The pages and completions come from the *.in files and the command list, so that removing needs no built tree.
for source in man/*.in; do
	page=${source%.in}
	put "$page" "$share/man/man${page##*.}/${page#man/}"
done
for source in cmd/*.c cmd/*/main.c; do
	command=${source#cmd/}
	command=${command%/main.c}
	command=${command%.c}
	put "completions/$command.bash" "$share/bash-completion/completions/$command"
	put "completions/_$command" "$share/zsh/site-functions/_$command"
	put "completions/$command.fish" "$share/fish/vendor_completions.d/$command.fish"
done

if [ -n "$remove" ]; then
	rm -rf "$share/gavel"
	for folder in bash-completion/completions bash-completion zsh/site-functions zsh fish/vendor_completions.d fish; do
		rmdir "$share/$folder" 2>/dev/null || :
	done
	exit 0
fi
find share -type f | while IFS= read -r file; do
	put "$file" "$share/gavel/${file#share/}"
done
put LICENSE "$share/gavel/LICENSE"
