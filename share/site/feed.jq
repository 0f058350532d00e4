# SPDX-License-Identifier: MIT
# What was released or corrected last, as an Atom feed.  XML knows the names that @html makes.

def address: if $site.base == "" then . else $site.base + . end;
def name_for_good: if $site.base == "" then "urn:gavel:\(.id | @uri)" else .href | address end;

def feed:
  "<?xml version='1.0' encoding='UTF-8'?>\n" + @html "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='\(word("lang"))'>\n<title>\($site.title) · \(word("tag"))</title>\n"
  + @html "<id>\(if $site.base == "" then "urn:gavel:site:\($site.title | @uri)" else $site.base end)</id>\n<updated>\($p.rows[0].updated // $p.as_of)T00:00:00+08:00</updated>\n"
  + @html "<link rel='self' type='application/atom+xml' href='\("feed.xml" | address)'/>\n<link rel='alternate' type='text/html' href='\("index.html" | address)'/>\n<author><name>\($site.title)</name></author>\n"
  + ($p.rows | map(@html "<entry>\n<title>\(.name)</title>\n<id>\(name_for_good)</id>\n<link rel='alternate' type='text/html' href='\(.href | address)'/>\n<updated>\(.updated // $p.as_of)T00:00:00+08:00</updated>\n<category term='\(.kind)' label='\(word("kind_" + .kind))'/>\n<summary>\([.line, .cause] | map(select(.)) | join(" · "))</summary>\n</entry>\n") | join(""))
  + "</feed>\n";
