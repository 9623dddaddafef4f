# The rules for C: sizes, layers, banned functions, SQL and file opens in their place.
# Comments and the contents of literals are taken out first, so that only code is judged.
# Variables: `exceptions` (file), `tests` (1: the file is a test; only the rules that hold for tests).

function found(line, rule, sentence) { printf "%s:%d: %s: %s\n", FILENAME, line, rule, sentence }

# An exception is named in the file of exceptions: rule and name.  Used ones are remembered for the report of stale ones.
function excepted(rule, name) {
    if (!((rule SUBSEP name) in exception)) return 0
    print "used " rule " " name >"/dev/stderr"
    return 1
}

# Sets `code` (no comments, empty literals) and `words` (no comments, literals kept) from a line.
function strip(line,    i, n, c, d) {
    code = words = ""
    n = length(line)
    for (i = 1; i <= n; i++) {
        c = substr(line, i, 1)
        d = substr(line, i, 2)
        if (in_comment) {
            if (d == "*/") { in_comment = 0; i++; code = code " "; words = words " " }
        } else if (literal != "") {
            words = words c
            if (c == "\\") { i++; words = words substr(line, i, 1) }
            else if (c == literal) { literal = ""; code = code c }
        } else if (d == "/*") { in_comment = 1; i++ }
        else if (d == "//") return
        else {
            if (c == "\"" || c == "'") literal = c
            code = code c
            words = words c
        }
    }
    literal = ""
}

# The number of parameters in the last parenthesis of a declaration's text.
function parameters(text,    i, c, level, list) {
    for (i = length(text); i > 0; i--) {
        c = substr(text, i, 1)
        if (c == ")") level++
        if (c == "(" && --level == 0) break
    }
    list = substr(text, i + 1)
    sub(/\)[^)]*$/, "", list)
    gsub(/[ \t]/, "", list)
    if (list == "" || list == "void") return 0
    level = 0
    n_parameters = 1
    for (i = 1; i <= length(list); i++) {
        c = substr(list, i, 1)
        if (c == "(" || c == "{" || c == "[") level++
        else if (c == ")" || c == "}" || c == "]") level--
        else if (c == "," && level == 0) n_parameters++
    }
    return n_parameters
}

# The name before the last parenthesis of a declaration's text.
function name_of(text,    i, c, level) {
    for (i = length(text); i > 0; i--) {
        c = substr(text, i, 1)
        if (c == ")") level++
        if (c == "(" && --level == 0) break
    }
    text = substr(text, 1, i - 1)
    sub(/[ \t]+$/, "", text)
    match(text, /[A-Za-z_0-9]+$/)
    return substr(text, RSTART)
}

function function_ends(    lines) {
    lines = FNR - function_line + 1
    if (!tests && lines > 60 && !excepted("function", function_name))
        found(function_line, "function", function_name " has " lines " lines, at most 60")
    if (!tests && deepest > 3 && !excepted("nesting", function_name))
        found(deepest_line, "nesting", function_name " is nested " deepest " deep, at most 3")
    in_function = 0
}

# An opening brace: of a function, a block, or an initialiser (whose inner braces are of its kind).
function brace_opens(before, alone,    kind, tail) {
    tail = before
    sub(/[ \t]+$/, "", tail)
    if (depth == 0) {
        kind = declaration ~ /\)[ \t]*$/ && declaration !~ /=/ ? "function" : "other"
        if (kind == "function") {
            in_function = 1
            deepest = 0
            function_name = name_of(declaration)
            function_line = declaration_line
            if (!alone && !tests)
                found(FNR, "brace", "the brace of " function_name " stands alone in the first column")
            if (!tests && parameters(declaration) > 6 && !excepted("parameters", function_name))
                found(function_line, "parameters", function_name " has " parameters(declaration) ", at most 6")
        }
    } else if (kind_at[depth] == "initialiser" || tail ~ /[=,(\[]$/ || before ~ /\)$/ || tail ~ /return$/)
        kind = "initialiser"
    else
        kind = in_function ? "block" : "other"
    kind_at[++depth] = kind
    if (kind == "block" && ++blocks > deepest) {
        deepest = blocks
        deepest_line = FNR
    }
}

function brace_closes(    kind) {
    if (depth == 0) return
    kind = kind_at[depth--]
    if (kind == "block") blocks--
    if (kind == "function") { function_ends(); blocks = 0 }
    if (depth == 0) declaration = ""
}

function follow(text,    i, c, before, alone) {
    alone = text ~ /^\{[ \t]*$/
    before = last_code
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "{") brace_opens(before, alone)
        else if (c == "}") brace_closes()
        else if (depth == 0) {
            if (c == ";") declaration = ""
            else {
                if (declaration == "" && c !~ /[ \t]/) declaration_line = FNR
                if (declaration != "" || c !~ /[ \t]/) declaration = declaration c
            }
        }
        before = before c
    }
    if (depth == 0 && declaration != "") declaration = declaration " "
    if (text !~ /^[ \t]*$/) last_code = text
}

function layer_of(path) {
    if (path ~ /(^|\/)db\/[^\/]*$/ || path ~ /^db\//) return "db"
    if (match(path, /engine\/[a-z]+\//)) return substr(path, RSTART + 7, RLENGTH - 8)
    return ""
}

function check_include(text,    name, box, own) {
    own = layer_of(FILENAME)
    if (own == "" || tests) return
    if (match(text, /"[^"]*\//)) {
        box = substr(text, RSTART + 1, RLENGTH - 2)
        sub(/^engine\//, "", box)
        sub(/\/.*/, "", box)
        if (box != own && index(" " may_use[own] " ", " " box " ") == 0)
            found(FNR, "layer", own " must not include anything of " box)
    } else if (match(text, /<[^>]*>/)) {
        name = substr(text, RSTART + 1, RLENGTH - 2)
        if ((name in home) && home[name] != own)
            found(FNR, "layer", "<" name "> belongs to " home[name] " alone")
    }
}

function check_calls(text,    rest, name) {
    rest = text
    while (match(rest, /[A-Za-z_][A-Za-z_0-9]*[ \t]*\(/)) {
        name = substr(rest, RSTART, RLENGTH - 1)
        sub(/[ \t]+$/, "", name)
        before_name = RSTART > 1 ? substr(rest, RSTART - 1, 1) : ""
        rest = substr(rest, RSTART + RLENGTH)
        if (before_name == "." || before_name == ">") continue
        if (name in banned && !excepted("banned", FILENAME))
            found(FNR, "banned", name "() is not used here; " banned[name])
        if (tests) continue
        if (name == "exit" && layer_of(FILENAME) != "cli" && !excepted("exit", FILENAME))
            found(FNR, "exit", "nothing below cli ends the program; return an error")
        if (name in opens && words !~ /"\/dev\/(null|tty)"/ && layer_of(FILENAME) != "db" && FILENAME != "engine/base/files.c" &&
            !excepted("open", FILENAME))
            found(FNR, "open", name "() outside base/files.c and db: closing a second descriptor of the practice file drops its locks")
        if (name ~ /^sqlite3_/ && layer_of(FILENAME) != "db")
            found(FNR, "sql", name "() outside db")
    }
}

function check_sql(text) {
    if (tests || layer_of(FILENAME) == "db" || excepted("sql", FILENAME)) return
    if (text ~ /"(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE (TABLE|INDEX|TRIGGER|VIEW)|ALTER TABLE) / ||
        text ~ /"[^"]*(SELECT [^"]* FROM |PRAGMA [a-z]|BEGIN IMMEDIATE)/)
        found(FNR, "sql", "SQL stands in db and nowhere else")
}

BEGIN {
    may_use["base"] = ""
    may_use["workflow"] = may_use["script"] = may_use["document"] = may_use["db"] = may_use["draw"] = "base"
    may_use["practice"] = "workflow script document db base"
    may_use["term"] = may_use["web"] = "practice workflow script document db base"
    may_use["cli"] = "term web practice workflow script document db base"

    home["lua.h"] = home["lauxlib.h"] = home["lualib.h"] = home["luaconf.h"] = home["lua.hpp"] = "script"
    home["sqlite3.h"] = home["sqlite3ext.h"] = "db"
    home["histedit.h"] = home["editline/readline.h"] = "term"
    home["yaml.h"] = "workflow"
    home["cmark.h"] = home["minizip/zip.h"] = "document"
    home["cairo.h"] = home["cairo-pdf.h"] = home["cairo-svg.h"] = home["pango/pangocairo.h"] = "draw"

    split("strcpy strcat sprintf vsprintf gets", list)
    for (i in list) banned[list[i]] = "it does not know the size of what it writes to"
    split("strtok asctime ctime localtime gmtime rand tmpnam", list)
    for (i in list) banned[list[i]] = "it keeps hidden state; take the _r form, base/clock.h, base/random.h or mkstemp"
    banned["atoi"] = "it does not tell a number from rubbish"
    banned["system"] = banned["popen"] = "no shell is started"
    banned["alloca"] = "memory comes from an arena"
    split("open openat creat fopen freopen", list)
    for (i in list) opens[list[i]] = 1

    while ((getline line <exceptions) > 0)
        if (line !~ /^#/ && split(line, part, /[ \t]+/) >= 2) exception[part[1], part[2]] = 1
}

function file_ends() {
    if (file == "") return
    limit = file ~ /\.h$/ ? 150 : 500
    if (!tests && file !~ /\.def$/ && lines_of_file > limit && !excepted("file", file))
        printf "%s:%d: file: %d lines, at most %d\n", file, lines_of_file, lines_of_file, limit
}

FNR == 1 {
    file_ends()
    file = FILENAME
    depth = blocks = in_function = in_comment = in_directive = 0
    literal = declaration = last_code = ""
}

{
    lines_of_file = FNR
    strip($0)
    directive = in_directive || code ~ /^[ \t]*#/
    in_directive = directive && code ~ /\\[ \t]*$/
    if (directive && words ~ /^[ \t]*#[ \t]*include/) check_include(words)
    if (!directive) follow(code)
    check_calls(code)
    check_sql(words)
}

END { file_ends() }
