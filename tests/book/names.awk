# In a chapter, a code block names a file of its part without the folder. This adds the folder.
BEGIN {
	split("part1-tcp-echo part2-request-parser part3-responses part4-static-files part5-keepalive", folder, " ")
}
/^## / { part = /^## Part [1-5]:/ ? substr($0, 9, 1) : 0 }
part && !inside && /^```[a-z]+ [^ \/]+[.][ch]( quoted)?$/ { sub(/ /, " " folder[part] "/") }
/^```/ { inside = !inside }
{ print }
