# SPDX-License-Identifier: MIT
# man/PAGE.in -> man/PAGE (mdoc).  -v version= tables=FOLDER described=FILE
#
#   .\" @synopsis COMMAND     its SYNOPSIS lines, out of options and usage; "NAME *" does all subcommands
#   .\" @options COMMAND      a list of its own options, and a line that names the common ones it takes
#   .\" @set NAME             a list of one set of common options (lib/opt.h)
#   .\" @fields [KIND]        the fields of a record, of a case if no other kind is named: name, type, meaning;
#                             @derived, @event-fields likewise.  What any other kind has as cases do is left out
#   .\" @states [KIND]        the states of a record and the events that lead on from each
#   .\" @events [KIND]        the events of a record
#   .\" @rules PREFIX         rules whose ids begin so
#   .\" test ...              goes: see tests/man.bats
#
# The text of literal displays is written plainly: what roff would take for its own is made harmless here.

function fail(why) {
	print FILENAME ":" FNR ": " why > "/dev/stderr"
	failed = 1
	exit 1
}

function roff(s) {
	gsub(/\\/, "\\e", s)
	gsub(/-/, "\\-", s)
	gsub(/'/, "\\(aq", s)
	gsub(/`/, "\\(ga", s)
	gsub(/\^/, "\\(ha", s)
	gsub(/~/, "\\(ti", s)
	return s ~ /^\./ ? "\\&" s : s
}

# As words of a macro line: nothing of it is a macro's name or a delimiter.
function words(s,    n, i, w, special, out) {
	n = split(s, w, " ")
	for (i = 1; i <= n; i++) {
		special = w[i] ~ /^([.,:;()\[\]?!|]|[A-Z][a-z])$/
		w[i] = roff(w[i])
		gsub(/"/, "\\(dq", w[i])
		out = out (i > 1 ? " " : "") (special ? "\\&" : "") w[i]
	}
	return out
}

# ---- tables ----

function read_spec(    line, f) {
	while ((getline line < (tables "/spec")) > 0) {
		split(line, f, "\t")
		if (f[1] == "command") {
			order[++ncommands] = f[2]
			usage[f[2]] = f[4] == "-" ? "" : f[4]
		} else {
			opts[f[2], ++nopts[f[2]]] = line
			if (!((f[8], f[4]) in in_set)) {
				in_set[f[8], f[4]] = 1
				set[f[8], ++nset[f[8]]] = line
			}
		}
	}
	if (!ncommands)
		fail("no tables in " tables)
}

# ---- options ----

function flag(f) {
	return f[3] != "-" ? "Fl " f[3] : "Fl \\-" roff(f[4])
}

function argument(f) {
	return f[5] == "-" ? "" : " Ar " words(f[5])
}

function print_item(line,    f) {
	split(line, f, "\t")
	print ".It " (f[3] == "-" ? "" : "Fl " f[3] " , ") "Fl \\-" roff(f[4]) argument(f)
	print roff(f[6])
}

# An option of two sets (-C) is told once a page.
function print_set(name,    i, f) {
	if (!(name in nset))
		fail("no set " name)
	print ".Bl -tag -width Ds"
	for (i = 1; i <= nset[name]; i++) {
		split(set[name, i], f, "\t")
		if (!told[f[4]]++)
			print_item(set[name, i])
	}
	print ".El"
	print "set " name >> described
}

function print_options(command,    i, n, f, part, own, common) {
	if (!(command in nopts))
		fail("no command " command)
	for (i = 1; i <= nopts[command]; i++) {
		split(opts[command, i], f, "\t")
		if (f[8] == "own")
			own = own opts[command, i] "\n"
		else if (f[8] != "always")
			common = common (common == "" ? "" : " ,\n.") flag(f)
	}
	if (own != "") {
		print ".Bl -tag -width Ds"
		n = split(own, part, "\n")
		for (i = 1; i < n; i++)
			print_item(part[i])
		print ".El"
	}
	if (common != "") {
		print ".Pp"
		print "Common options:"
		print "." common "."
	}
	print "options " command >> described
}

# ---- synopsis ----

# Every word of a usage line on a line of its own: "[FIELD=VALUE...]" -> .Oo / .Ar FIELD Ns = Ns Ar VALUE / ... / .Oc
function print_usage(text,    c, word) {
	sub(/   \(.*/, "", text)
	while (text != "") {
		c = substr(text, 1, 1)
		if (c == " " || c == "[" || c == "]" || c == "|") {
			if (c == "[")
				print ".Oo"
			else if (c == "]")
				print ".Oc"
			else if (c == "|")
				print "|"
			text = substr(text, 2)
			continue
		}
		if (substr(text, 1, 3) == "...") {
			print "\\&...\\&"
			text = substr(text, 4)
			continue
		}
		match(text, /^[^] |[]+/)
		word = substr(text, 1, RLENGTH)
		sub(/\.\.\..*/, "", word) # but agreement.facts is one word
		text = substr(text, length(word) + 1)
		if (word ~ /^--/)
			print ".Fl " roff(substr(word, 2))
		else if (word ~ /=/)
			print ".Ar " substr(word, 1, index(word, "=") - 1) " Ns = Ns Ar " substr(word, index(word, "=") + 1)
		else if (word ~ /^[a-z]/)
			print ".Cm " word
		else
			print ".Ar " words(word)
	}
}

function print_synopsis(command,    n, part, i, j, f, g, done, text) {
	n = split(command, part, " ")
	print ".Nm " part[1]
	if (n > 1)
		print ".Cm " part[2]
	text = usage[command]
	for (i = 1; i <= nopts[command]; i++) {
		split(opts[command, i], f, "\t")
		if (f[8] != "own" || f[4] in done || index(text, "--" f[4]))
			continue
		if (f[9] == "-") {
			print ".Op " flag(f) argument(f) (f[10] == "many" ? " ..." : "")
			continue
		}
		print ".Oo"
		for (j = i; j <= nopts[command]; j++) {
			split(opts[command, j], g, "\t")
			if (g[9] != f[9])
				continue
			if (j > i)
				print "|"
			print "." flag(g) argument(g)
			done[g[4]] = 1
		}
		print ".Oc"
	}
	print ".Op Ar common option ..."
	print_usage(text)
}

# ---- what a case is ----

# Rows of a TSV file as row[column]; returns 0 at the end.
function tsv_row(file,    line, f, n, i) {
	if (!(file in header)) {
		if ((getline line < file) <= 0)
			fail("cannot read " file)
		header[file] = line
	}
	if ((getline line < file) <= 0) {
		close(file)
		delete header[file]
		return 0
	}
	n = split(header[file], column, "\t")
	split(line, f, "\t")
	for (i = 1; i <= n; i++)
		row[column[i]] = f[i]
	return 1
}

function print_field(    text, values) {
	print ".It Va " words(row["field"]) " Pq " row["type"] (row["required"] == "true" ? ", required" : "")
	text = row["title"]
	if (row["zh"] != "")
		text = text (text == "" ? "" : "; ") row["zh"]
	if (row["sensitive"] == "true")
		text = text ".  Sensitive"
	if (row["event"] != "")
		text = "of " row["event"] (text == "" ? "" : ": " text)
	values = row["values"]
	gsub(/[\[\]"]/, "", values)
	gsub(/,/, ", ", values)
	if (values != "" && row["field"] != "kind")
		text = text ": " values
	print roff(text)
}

# Those that every kind has, parties and files are told of cases.
function is_told(kind, field) {
	return kind != "case" && field ~ /^(kind|notes|events|(parties|files|events)\[\].*)$/
}

function print_fields(which, of,    file, kind, n) {
	file = tables "/fields." of
	print ".Bl -tag -width Ds -compact"
	while (tsv_row(file)) {
		kind = row["derived"] == "true" ? "derived" : row["event"] != "" ? "event-fields" : "fields"
		if (kind == which && !(kind == "fields" && is_told(of, row["field"]))) {
			print_field()
			n++
		}
	}
	print ".El"
	if (!n)
		fail("no " which " of a " of)
}

function print_rules(prefix,    file, n) {
	file = tables "/rules"
	print ".Bl -tag -width DK-00 -compact"
	while (tsv_row(file)) {
		if (index(row["id"], prefix) != 1)
			continue
		print ".It " words(row["id"]) " Pq " row["level"] (row["from"] == "" ? "" : ", from " row["from"])
		print roff(row["title"])
		n++
	}
	print ".El"
	if (!n)
		fail("no rules " prefix)
}

# ---- the schema: its lines hold one state, transition or event each ----

function quoted(line, after,    at) {
	at = index(line, "\"" after "\": \"")
	if (!at)
		return ""
	line = substr(line, at + length(after) + 5)
	return substr(line, 1, index(line, "\"") - 1)
}

function read_schema(kind,    file, line, where, n, i, from, name, list) {
	file = "share/schema/" kind ".json"
	nstates = nevents = 0
	delete leads
	delete mark
	delete zh
	while ((getline line < file) > 0) {
		if (line ~ /^    "states"/ || line ~ /^    "transitions"/ || line ~ /^  "x-gavel-events"/) {
			where = line
			gsub(/[^a-z]/, "", where)
		} else if (line ~ /^    }|^    ]|^  }/) {
			where = ""
		} else if (where == "states") {
			name = line
			gsub(/^ *"|".*/, "", name)
			states[++nstates] = name
			zh[name] = quoted(line, "x-gavel-zh")
			mark[name] = line ~ /"initial": true/ ? "first" : line ~ /"final": true/ ? "last" : ""
		} else if (where == "transitions") {
			from = line
			sub(/.*"from": \[/, "", from)
			sub(/\].*/, "", from)
			gsub(/[" ]/, "", from)
			n = split(from, list, ",")
			for (i = 1; i <= n; i++)
				leads[list[i]] = leads[list[i]] sprintf("  %-16s -> %s\n", quoted(line, "event"), quoted(line, "to"))
		} else if (where == "xgavelevents") {
			name = line
			gsub(/^ *"|".*/, "", name)
			events[++nevents] = name
			zh["event " name] = quoted(line, "x-gavel-zh")
		}
	}
	close(file)
	if (!nstates || !nevents || leads[states[1]] == "")
		fail(file ": no states, transitions or events on lines of their own")
}

function print_states(kind,    i, s, text) {
	read_schema(kind)
	print ".Bd -literal -offset indent"
	for (i = 1; i <= nstates; i++) {
		s = states[i]
		print roff(s " " zh[s] (mark[s] == "first" ? "  (initial)" : mark[s] == "last" ? "  (final)" : ""))
		text = leads[s]
		while (text != "") {
			print roff(substr(text, 1, index(text, "\n") - 1))
			text = substr(text, index(text, "\n") + 1)
		}
	}
	print ".Ed"
}

function print_events(kind,    i, name, word) {
	read_schema(kind)
	for (i = 1; i <= nevents; i++) {
		name = length(events[i]) > length(name) ? events[i] : name
		word = length(zh["event " events[i]]) > length(word) ? zh["event " events[i]] : word
	}
	print ".Bl -column", name, word, name, word, "-compact"
	for (i = 1; i <= nevents; i += 2) {
		printf ".It %s Ta %s", words(events[i]), zh["event " events[i]]
		printf " Ta %s Ta %s\n", words(i < nevents ? events[i + 1] : ""), i < nevents ? zh["event " events[i + 1]] : ""
	}
	print ".El"
}

# What stands behind the directive: a kind, or nothing.
function kind_of(line) {
	return split(line, part, " ") > 2 ? part[3] : "case"
}

BEGIN {
	read_spec()
}

/^\.\\" test/ { next }
/^\.\\" @synopsis / {
	name = substr($0, 15)
	if (name !~ / \*$/) {
		print_synopsis(name)
		next
	}
	sub(/\*$/, "", name)
	for (i = 1; i <= ncommands; i++)
		if (index(order[i], name) == 1)
			print_synopsis(order[i])
	next
}
/^\.\\" @options / { print_options(substr($0, 14)); next }
/^\.\\" @set / { print_set(substr($0, 10)); next }
/^\.\\" @(fields|derived|event-fields)( |$)/ { print_fields(substr($2, 2), kind_of($0)); next }
/^\.\\" @states( |$)/ { print_states(kind_of($0)); next }
/^\.\\" @events( |$)/ { print_events(kind_of($0)); next }
/^\.\\" @rules / { print_rules(substr($0, 12)); next }
/^\.\\" @/ { fail("unknown: " $0) }
/^\.Bd -literal/ { literal = 1; print; next }
/^\.Ed/ { literal = 0; print; next }
literal { print roff($0); next }
{ gsub(/@VERSION@/, version); print }
