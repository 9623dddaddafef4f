# The sizes of Lua: a function has at most 50 lines, a script at most 250.
# `function`, `if`, `do` and `repeat` open a block; `end` and `until` close it.

function excepted(rule, name) {
    if (!((rule SUBSEP name) in exception)) return 0
    print "used " rule " " name >"/dev/stderr"
    return 1
}

# The line without comments and literals; long brackets may go on over lines.
function strip(line,    i, c, out, rest, close_at) {
    out = ""
    for (i = 1; i <= length(line); i++) {
        rest = substr(line, i)
        c = substr(line, i, 1)
        if (bracket != "") {
            close_at = index(rest, bracket)
            if (close_at == 0) return out
            i += close_at + length(bracket) - 2
            bracket = ""
        } else if (literal != "") {
            if (c == "\\") i++
            else if (c == literal) literal = ""
        } else if (match(rest, /^(--)?\[=*\[/)) {
            bracket = substr(rest, 1, RLENGTH)
            gsub(/[-]/, "", bracket)
            gsub(/\[/, "]", bracket)
            i += RLENGTH - 1
        } else if (substr(rest, 1, 2) == "--") return out
        else if (c == "\"" || c == "'") literal = c
        else out = out c
    }
    literal = ""
    return out
}

function file_ends() {
    if (file != "" && lines_of_file > 250 && !excepted("file", file))
        printf "%s:%d: file: %d lines, at most 250\n", file, lines_of_file, lines_of_file
}

BEGIN {
    while ((getline line <exceptions) > 0)
        if (line !~ /^#/ && split(line, part, /[ \t]+/) >= 2) exception[part[1], part[2]] = 1
}

FNR == 1 { file_ends(); file = FILENAME; depth = 0; bracket = literal = "" }

{
    lines_of_file = FNR
    rest = strip($0)
    while (match(rest, /[A-Za-z_][A-Za-z_0-9]*/)) {
        word = substr(rest, RSTART, RLENGTH)
        rest = substr(rest, RSTART + RLENGTH)
        if (word == "function" || word == "if" || word == "do" || word == "repeat") {
            opened[++depth] = word
            line_of[depth] = FNR
            name_of[depth] = match(rest, /^[ \t]*[A-Za-z_][A-Za-z_0-9.:]*/) ? substr(rest, 1, RLENGTH) : "a function"
            gsub(/[ \t]/, "", name_of[depth])
        } else if ((word == "end" || word == "until") && depth > 0) {
            n = FNR - line_of[depth] + 1
            if (opened[depth] == "function" && n > 50 && !excepted("function", name_of[depth]))
                printf "%s:%d: function: %s has %d lines, at most 50\n", FILENAME, line_of[depth], name_of[depth], n
            depth--
        }
    }
}

END { file_ends() }
