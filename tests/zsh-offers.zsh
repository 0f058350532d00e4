# SPDX-License-Identifier: MIT
# zsh -f zsh-offers.zsh FOLDER LINE...: what zsh, in a terminal of its own, offers for each line ("LINE => A B").
setopt extended_glob
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1=; fpath=(${(q)1} \$fpath); autoload -Uz compinit; compinit -u -D"
shift
# Its compadd tells what it adds; the marks are cut in two, so that the echo of these lines does not hold them.
zpty -w z 'compadd() { local -a hits; builtin compadd -A hits "$@"; print -rl -- "" HI""T:${^hits}; builtin compadd "$@" }'
zpty -w z 'offers() { zle complete-word; print -rl -- "" EN""D; BUFFER= }; zle -N offers; bindkey "^I" offers'
# What is typed ahead must not be eaten by the terminal itself.
zpty -w z 'stty -icanon; echo REA""DY'
while zpty -r z text; do [[ $text == *READY* ]] && break; done
for line; do
	zpty -w -n z "$line"$'\t'
	hits=()
	while zpty -r z text; do
		text=${text%%[[:space:]]##}
		[[ $text == *HIT:?* ]] && hits+=(${text##*HIT:})
		[[ $text == *END* ]] && break
	done
	print -r -- "$line => ${(j: :)${(@ou)hits}}"
done
zpty -d z
