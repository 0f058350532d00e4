# SPDX-License-Identifier: MIT
# completions/SHELL.in -> the completion of one command.  -v command= shell= spec=FILE
# @COMMAND@ and @FN@ (the same as part of a function's name) are filled in; the line @TABLE@ becomes what
# this shell wants to know about the options and operands.  @ASK@ asks for words of the kind of records that most of
# the subcommands are about, @RULES@ is the command that knows the rules.
#
# The words that may complete a value are those of lib/opt.h; operands are named by the usage line.

# ---- reading the spec ----

function value_kind(complete, arg) {
	if (arg == "-")
		return "flag"
	if (complete == "-")
		return "none"
	if (complete ~ /\|/)
		return "words:" complete
	if (complete ~ /^(file|dir|id|state|event|field|derived|cause|rule|rev)$/)
		return complete
	return "values:" complete
}

function is_list(arg) {
	return arg == "LIST" || arg ~ /^(STATES|NAMES|CODES|YEARS|RULES|FIELDS)$/
}

function operand_kind(word, sub_) {
	if (word ~ /^FIELD=VALUE/)
		return sub_ == "event" ? "event-assign" : "assign"
	if (word ~ /^(ID|OTHER)/)
		return "id"
	if (word ~ /^NAME/)
		return "event"
	if (word ~ /^RELATION/)
		return "values:links[].rel"
	if (word ~ /^FILE/)
		return "file"
	if (word ~ /^DIR/)
		return "dir"
	return "none"
}

# "--by HOW ID|- [FIELD=VALUE...]   (a remark)" -> "id assign*"
function operands_of(usage, given, sub_,    n, i, words, word, out) {
	if (given ~ /\|/)
		return "words:" given
	sub(/   \(.*/, "", usage)
	n = split(usage, words, " ")
	for (i = 1; i <= n; i++) {
		word = words[i]
		if (word ~ /^\[?--/) {
			if (word !~ /\]$/ && words[i + 1] !~ /^--/)
				i++
			continue
		}
		gsub(/[\[\]]/, "", word)
		if (word ~ /^[a-z-]+(\|[a-z-]+)+$/) {
			out = out (out == "" ? "" : " ") "words:" word
			continue
		}
		if (word !~ /^[A-Z]/)
			continue
		out = out (out == "" ? "" : " ") operand_kind(word, sub_) (word ~ /\.\.\./ ? "*" : "")
	}
	return out
}

function read_spec(    line, f, n, name) {
	while ((getline line < spec) > 0) {
		n = split(line, f, "\t")
		name = f[2]
		if (name != command && index(name, command " ") != 1)
			continue
		name = name == command ? "." : substr(name, length(command) + 2)
		if (f[1] == "command") {
			if (name != ".")
				has_subs = 1
			subs[++nsubs] = name
			summary[name] = f[3]
			kinds_seen[f[6]]++
			if (name == "check")
				has_check = 1
			operands[name] = operands_of(f[4], f[5], name)
		} else {
			opts[name, ++nopts[name]] = line
		}
	}
	close(spec)
	for (name in kinds_seen)
		if (name != "case" && name != "-" && kinds_seen[name] * 2 > nsubs)
			record_kind = name
}

# ---- bash: one line each, SUBCOMMAND NAME KIND [list] ----

function bash_table(    i, j, f, s, kind) {
	for (i = 1; i <= nsubs; i++) {
		s = subs[i]
		if (has_subs && s == ".")
			continue
		print s " - " operands[s]
		for (j = 1; j <= nopts[s]; j++) {
			split(opts[s, j], f, "\t")
			kind = value_kind(f[7], f[5]) (is_list(f[5]) ? " list" : "")
			print s " --" f[4] " " kind
			if (f[3] != "-")
				print s " -" f[3] " " kind
		}
	}
}

# ---- zsh: arguments of _arguments ----

function zsh_quote(s) {
	gsub(/'/, "'\\''", s)
	return "'" s "'"
}

function zsh_text(s) {
	gsub(/\\/, "\\\\", s)
	gsub(/:/, "\\:", s)
	gsub(/\[/, "\\[", s)
	gsub(/\]/, "\\]", s)
	return s
}

function zsh_action(kind, list) {
	if (kind ~ /^words:/) {
		kind = substr(kind, 7)
		gsub(/\|/, " ", kind)
		return "(" kind ")"
	}
	if (kind == "none")
		return " "
	if (kind == "file")
		return "_files"
	if (kind == "dir")
		return "_files -/"
	sub(/:/, " ", kind)
	gsub(/[\[\]]/, "\\\\&", kind)
	# A blank in front: called with these words and no others.
	return " " (list ? "_sequence " : "") "_gavel_" fn "_words " kind
}

function zsh_option(f,    excl, names, arg) {
	arg = f[5] == "-" ? "" : ":" f[5] ":" zsh_action(value_kind(f[7], f[5]), is_list(f[5]))
	names = "--" f[4] (f[5] == "-" ? "" : "=")
	if (f[10] == "many") {
		print "\t\t" (f[3] == "-" ? "" : zsh_quote("*-" f[3] "+[" zsh_text(f[6]) "]" arg) " ") \
			zsh_quote("*" names "[" zsh_text(f[6]) "]" arg)
	} else if (f[3] == "-") {
		print "\t\t" zsh_quote("(" excluded(f) ")" names "[" zsh_text(f[6]) "]" arg)
	} else {
		excl = "(-" f[3] " --" f[4] ")"
		print "\t\t" zsh_quote(excl "-" f[3] (f[5] == "-" ? "" : "+") "[" zsh_text(f[6]) "]" arg) " " \
			zsh_quote(excl names "[" zsh_text(f[6]) "]" arg)
	}
}

# The other options of its group.
function excluded(f,    j, g, out) {
	out = "--" f[4]
	for (j = 1; f[9] != "-" && j <= nopts[current]; j++) {
		split(opts[current, j], g, "\t")
		if (g[9] == f[9] && g[4] != f[4])
			out = out " --" g[4]
	}
	return out
}

function zsh_operands(s,    n, i, kinds, kind, repeat, action) {
	n = split(operands[s], kinds, " ")
	for (i = 1; i <= n; i++) {
		kind = kinds[i]
		repeat = sub(/\*$/, "", kind)
		action = zsh_action(kind, 0)
		print "\t\t" zsh_quote((repeat ? "*" : i) ":" (kind ~ /:/ ? "word" : kind) ":" action)
		if (repeat)
			break
	}
}

function zsh_table(    i, j, f, s) {
	for (i = 1; i <= nsubs; i++) {
		s = subs[i]
		if (has_subs && s == ".")
			continue
		current = s
		print "\t" s ")\n\t\targuments=("
		for (j = 1; j <= nopts[s]; j++) {
			split(opts[s, j], f, "\t")
			zsh_option(f)
		}
		zsh_operands(s)
		print "\t\t) ;;"
	}
}

function zsh_subs(    i) {
	for (i = 1; i <= nsubs; i++)
		if (subs[i] != ".")
			print "\t\t" zsh_quote(subs[i] ":" zsh_text(summary[subs[i]]))
}

# ---- fish: complete commands ----

function fish_quote(s) {
	gsub(/\\/, "\\\\", s)
	gsub(/'/, "\\'", s)
	return "'" s "'"
}

function fish_words(kind) {
	if (kind ~ /^words:/) {
		kind = substr(kind, 7)
		gsub(/\|/, " ", kind)
		return kind
	}
	if (kind == "dir")
		return "(__fish_complete_directories)"
	sub(/:/, " ", kind)
	gsub(/[\[\]]/, "\\\\&", kind)
	return "(__gavel_" fn "_words " kind ")"
}

function fish_value(kind, list) {
	if (kind == "flag")
		return ""
	if (kind == "none")
		return " -x"
	if (kind == "file")
		return " -r -F"
	if (list && kind !~ /^words:/)
		return " -x -a " fish_quote("(__fish_complete_list , \"__gavel_" fn "_words " kind "\")")
	return " -x -a " fish_quote(fish_words(kind))
}

function fish_table(    i, j, n, f, s, when, kinds, kind, repeat) {
	for (i = 1; i <= nsubs; i++) {
		s = subs[i]
		if (has_subs && s == ".")
			continue
		when = has_subs ? " -n '__gavel_" fn "_sub " s "'" : ""
		for (j = 1; j <= nopts[s]; j++) {
			split(opts[s, j], f, "\t")
			print "complete -c " command when (f[3] == "-" ? "" : " -s " f[3]) " -l " f[4] \
				fish_value(value_kind(f[7], f[5]), is_list(f[5])) " -d " fish_quote(f[6])
		}
		n = split(operands[s], kinds, " ")
		for (j = 1; j <= n; j++) {
			kind = kinds[j]
			repeat = sub(/\*$/, "", kind)
			if (kind == "none")
				continue
			print "complete -c " command " -n '__gavel_" fn "_operand " s " " j (repeat ? " -ge" : " -eq") "' " \
				(kind == "file" ? "-F" : "-a " fish_quote(fish_words(kind)))
			if (repeat)
				break
		}
	}
}

# Options with a value: what follows them is no operand.
function fish_with_value(    i, j, f, s, seen) {
	for (i = 1; i <= nsubs; i++)
		for (j = 1; j <= nopts[subs[i]]; j++) {
			split(opts[subs[i], j], f, "\t")
			if (f[5] == "-" || seen[f[4]]++)
				continue
			printf " --%s%s", f[4], f[3] == "-" ? "" : " -" f[3]
		}
}

function fish_subs(    i) {
	for (i = 1; i <= nsubs; i++)
		if (subs[i] != ".")
			print "complete -c " command " -n '__gavel_" fn "_sub \"\"' -a " subs[i] " -d " fish_quote(summary[subs[i]])
}

BEGIN {
	fn = command
	gsub(/-/, "_", fn)
	read_spec()
}

{
	gsub(/@COMMAND@/, command)
	gsub(/@FN@/, fn)
	gsub(/@ASK@/, "case-file complete" (record_kind == "" ? "" : " --kind " record_kind))
	gsub(/@RULES@/, has_check ? command : "case-file")
	gsub(/@HAS_SUBS@/, has_subs ? "yes" : "")
}
/@WITH_VALUE@/ {
	sub(/@WITH_VALUE@.*/, "")
	printf "%s", $0
	fish_with_value()
	print ""
	next
}
/^@TABLE@$/ {
	if (shell == "bash")
		bash_table()
	else if (shell == "zsh")
		zsh_table()
	else
		fish_table()
	next
}
/^@SUBCOMMANDS@$/ {
	if (shell == "zsh")
		zsh_subs()
	else
		fish_subs()
	next
}
{ print }
