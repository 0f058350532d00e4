# SPDX-License-Identifier: MIT
# The rows as JSON: awk -f json.awk ROWS MEMORY.  Ratios are text, as numbers of records are integers.
function text(s) { gsub(/["\\]/, "\\\\&", s); return "\"" s "\"" }
BEGIN {
	FS = "\t"
	printf "["
}
{ printf "%s\n{", sep; sep = "," }
FNR == NR {
	printf "\"bench\":%s,\"records\":%d,\"runs\":%d,\"ours\":%s,\"peer\":%s,\"version\":%s,", text($1), $2, $3, text($4), text($5), text($6)
	printf "\"ours_us\":%d,\"peer_us\":%d,\"ratio\":\"%.2f\",", $7, $8, $8 / $7
	if ($11 != "")
		printf "\"mark\":\"%s\",\"met\":%s,", $11, ($8 / $7 >= $11 ? "true" : "false")
	printf "\"ours_kib\":%d,\"peer_kib\":%d}", $9, $10
	next
}
{ printf "\"bench\":\"memory-%s\",\"records\":%d,\"anon_kib\":%d,\"rss_kib\":%d,\"limit_kib\":%d,\"met\":%s}", $1, $2, $3, $4, $5, ($3 <= $5 ? "true" : "false") }
END { print "\n]" }
