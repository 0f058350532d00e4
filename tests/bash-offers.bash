# SPDX-License-Identifier: MIT
# bash bash-offers.bash FOLDER LINE...: what bash offers for each line ("LINE => A B").
folder=$1
shift

# bash cuts a line at blanks, and at = and :, before it asks.
cut_line() {
	local word
	COMP_WORDS=()
	for word in $1; do
		while [[ $word == *[=:]* ]]; do
			[ -n "${word%%[=:]*}" ] && COMP_WORDS+=("${word%%[=:]*}")
			word=${word#"${word%%[=:]*}"}
			COMP_WORDS+=("${word:0:1}")
			word=${word:1}
		done
		[ -n "$word" ] && COMP_WORDS+=("$word")
	done
	[[ $1 == *' ' ]] && COMP_WORDS+=('')
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
}

set -f
for line; do
	command=${line%% *}
	# shellcheck source=/dev/null
	source "$folder/$command.bash"
	cut_line "$line"
	COMPREPLY=()
	"_gavel_${command//-/_}"
	printf '%s => %s\n' "$line" "$(printf '%s\n' "${COMPREPLY[@]}" | LC_ALL=C sort | paste -sd ' ')"
done
