# SPDX-License-Identifier: MIT
# Which page is it?

if $p.page == "document" then document
elif $p.page == "case" then typical_case
elif $p.page == "report" then report
elif $p.page == "list" then list
elif $p.page == "facets" then facets
elif $p.page == "home" then home
elif $p.page == "statistics" then statistics
elif $p.page == "search" then search
elif $p.page == "missing" then missing
elif $p.page == "feed" then feed
else error("no template for \($p.page)") end
