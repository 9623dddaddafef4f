# The rules for every file of text: lines, unfinished words, paths of a machine.
# Words are matched whole, in any case.

BEGIN {
    unfinished = "(^|[^a-z_0-9])(" "to" "do|fix" "me|x" "xx|ha" "ck|not imple" "mented|unimple" "mented|st" "ub|dum" "my)([^a-z_0-9]|$)"
    machine = "/(wo[r]k|fa[r]m|ro[o]t)/"
}

function found(rule, sentence) { printf "%s:%d: %s: %s\n", FILENAME, FNR, rule, sentence }

# Columns: mawk counts bytes, so the bytes that continue a character are left out.
function columns(line) {
    gsub(/[\200-\277]/, "", line)
    return length(line)
}

FILENAME ~ /\.(c|h|def|lua)$/ && columns($0) > 100 { found("line", columns($0) " columns, at most 100") }
FILENAME ~ /\.(c|h|def|lua)$/ && /\t/ { found("tab", "four spaces, no tab") }
/[ \t\r]$/ && FILENAME !~ /\.(md|txt|golden|mustache)$/ { found("blank", "blanks at the end of the line") }
FILENAME !~ /\.(md|txt|golden|json)$/ && tolower($0) ~ unfinished { found("word", "an unfinished word: do it, or leave it out and say so elsewhere") }
$0 ~ machine { found("path", "a path of one machine") }
