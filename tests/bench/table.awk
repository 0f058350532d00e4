# SPDX-License-Identifier: MIT
# The table that people read: awk -f table.awk LIMITS ROWS MEMORY.  run.sh says what the columns are; LIMITS tells for
# each mark that has been missed where its time goes.
function time(us) { return us >= 100000 ? sprintf("%.2f s", us / 1e6) : sprintf("%.2f ms", us / 1000) }
function verdict(ratio, mark) { return mark == "" ? "" : ratio >= mark ? "met" : "MISSED" }
BEGIN {
	FS = "\t"
	form = "%-31s  %10s  %-33s  %10s  %7s  %5s  %-6s  %8s  %9s  %9s  %4s  %s\n"
	print "times: medians of interleaved runs; MiB: peak RSS, mapped packs included; ratio: peer / ours, above 1 we are faster;"
	print "mark: the ratio that is asked for\n"
	printf form, "ours", "time", "peer", "time", "ratio", "mark", "", "records", "ours MiB", "peer MiB", "runs", "version"
}
FNR == 1 { file++ }
file == 1 {
	if (!/^#/)
		limit[$1] = $2
	next
}
file == 2 {
	if (verdict($8 / $7, $11) == "MISSED")
		missed[++misses] = $1
	printf form, $4, time($7), $5, time($8), sprintf("%.2f", $8 / $7), $11, verdict($8 / $7, $11), $2,
		sprintf("%.1f", $9 / 1024), sprintf("%.1f", $10 / 1024), $3, $6
	next
}
FNR == 1 { printf "\npeak memory, MiB    records  anonymous      RSS    limit\n" }
{ printf "%-17s  %8d  %9.1f  %7.1f  %7.1f  %s\n", $1, $2, $3 / 1024, $4 / 1024, $5 / 1024, ($3 <= $5 ? "met" : "MISSED") }
END {
	if (misses)
		print "\nwhere the time goes of what missed its mark:"
	for (i = 1; i <= misses; i++)
		print "  " missed[i] ": " (missed[i] in limit ? limit[missed[i]] : "not looked into")
}
