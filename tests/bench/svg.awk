# SPDX-License-Identifier: MIT
# The ratios as a picture: awk -f svg.awk ROWS.  Bars on a scale of logarithms from 1; a tick where a mark is.
function text(s) { gsub(/&/, "\\&amp;", s); gsub(/</, "\\&lt;", s); gsub(/>/, "\\&gt;", s); return s }
function at(ratio) { return left + width * (log(ratio) - log(least)) / (log(most) - log(least)) }
function line(x, y1, y2, class) { printf "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" class=\"%s\"/>\n", x, x, y1, y2, class }
function label(x, y, anchor, s) { printf "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, text(s) }
BEGIN {
	FS = "\t"
	left = 470; width = 420; height = 20; top = 40
	least = 0.1; most = 1000
}
{ n++; name[n] = $4 "  :  " $5; ratio[n] = $8 / $7; mark[n] = $11 }
END {
	bottom = top + n * height
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n", left + width + 70, bottom + 10
	print "<style>.met{fill:#3b7d4f}.missed{fill:#b5532f}.free{fill:#5a7a9a}.grid{stroke:#ccc}.one{stroke:#555}.mark{stroke:#000;stroke-width:2}</style>"
	print "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
	label(12, 20, "start", "time of the peer / our time; black tick: the mark")
	for (tick = least; tick <= most * 1.01; tick *= 10) {
		line(at(tick), top - 6, bottom, tick > 0.9 && tick < 1.1 ? "one" : "grid")
		label(at(tick), top - 10, "middle", tick "")
	}
	for (i = 1; i <= n; i++) {
		y = top + (i - 1) * height
		r = ratio[i] > most ? most : ratio[i] < least ? least : ratio[i]
		from = at(r < 1 ? r : 1); to = at(r < 1 ? 1 : r)
		class = mark[i] == "" ? "free" : ratio[i] >= mark[i] ? "met" : "missed"
		label(left - 8, y + 14, "end", name[i])
		printf "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" class=\"%s\"/>\n", from, y + 3, to - from + 1, height - 6, class
		if (mark[i] != "") {
			line(at(mark[i]), y + 1, y + height - 1, "mark")
			if (at(mark[i]) > to)
				to = at(mark[i])
		}
		label(to + 6, y + 14, "start", sprintf("%.2f", ratio[i]))
	}
	print "</svg>"
}
