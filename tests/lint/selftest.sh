#!/bin/sh
# Shows that every rule of tests/lint can fail, and that what looks alike but is allowed does not.
# Each case is a tree of one file in which the lint is run.
set -u
lint=$(cd "$(dirname "$0")" && pwd)/run
tree=$(mktemp -d) || exit 1
trap 'rm -rf "$tree"' EXIT

result() { # verdict, sentence
    echo "$1 - $2"
    [ "$1" = ok ] || { sed 's/^/# /' "$tree/.out"; exit_status=1; }
}
exit_status=0

look() { # path, text for printf; leaves the findings in .out
    rm -rf "$tree/engine" "$tree/db" "$tree/scripts" "$tree/tests" "$tree/workflows"
    mkdir -p "$tree/$(dirname "$1")" "$tree/tests/lint"
    printf '%b' "${3-}" >"$tree/tests/lint/exceptions"
    printf '%b' "$2" >"$tree/$1"
    sh "$lint" "$tree" >"$tree/.out" 2>&1
}
refuses() { # rule, sentence, path, text [, exceptions]
    look "$3" "$4" "${5-}"
    status=$?
    if [ $status = 1 ] && grep -q ": $1: " "$tree/.out" && [ "$(wc -l <"$tree/.out")" = 2 ]; then
        result ok "refused: $2"
    else
        result 'not ok' "refused: $2"
    fi
}
allows() { # sentence, path, text [, exceptions]
    if look "$2" "$3" "${4-}"; then
        result ok "allowed: $1"
    else
        result 'not ok' "allowed: $1"
    fi
}
repeat() { # times, text
    awk -v n="$1" -v text="$2" 'BEGIN { while (n--) printf "%s\\n", text }'
}
body() { # a function with this many lines in all
    printf 'int f(void)\\n{\\n%s}\\n' "$(repeat $(($1 - 3)) '    g();')"
}

# Sizes
allows 'a function of 60 lines' engine/base/a.c "$(body 60)"
refuses function 'a function of 61 lines' engine/base/a.c "$(body 61)"
refuses function 'its parameters on a second line count too' engine/base/a.c \
    "int f(int a,\n      int b)\n{\n$(repeat 57 '    g();')}\n"
allows 'a long function that is an exception by name' engine/base/a.c "$(body 61)" 'function f one table\n'
refuses stale 'an exception that nothing needs' engine/base/a.c "$(body 60)" 'function f one table\n'
allows 'a table of 100 rows is no function' engine/base/a.c "static const int t[] = {\n$(repeat 100 '    1,')};\n"
allows 'a file of 500 lines' engine/base/a.c "$(repeat 500 'int a;')"
refuses file 'a file of 501 lines' engine/base/a.c "$(repeat 501 'int a;')"
allows 'a header of 150 lines' engine/base/a.h "$(repeat 150 'int a;')"
refuses file 'a header of 151 lines' engine/base/a.h "$(repeat 151 'int a;')"
allows 'six parameters' engine/base/a.c 'int f(int a, int b, int c, int d, int e, int (*g)(int, int))\n{\n}\n'
refuses parameters 'seven parameters' engine/base/a.c 'int f(int a, int b, int c, int d, int e, int g, int h)\n{\n}\n'
allows 'three levels' engine/base/a.c 'int f(void)\n{\n    if (a) {\n        while (b) {\n            do {\n                g();\n            } while (c);\n        }\n    }\n}\n'
refuses nesting 'four levels' engine/base/a.c 'int f(void)\n{\n    if (a) {\n        while (b) {\n            for (;;) {\n                switch (c) {\n                }\n            }\n        }\n    }\n}\n'
allows 'the braces of an initialiser are no level' engine/base/a.c 'int f(void)\n{\n    if (a) {\n        while (b) {\n            for (;;) {\n                struct p p = {{{1}}};\n                g((struct p){2});\n            }\n        }\n    }\n}\n'
allows 'braces in comments and literals do not count' engine/base/a.c "int f(void)\n{\n    /* {{{{ */\n    g(\"{{{{\", '{'); // {{{{\n}\n"
refuses brace 'the brace of a function behind its head' engine/base/a.c 'int f(void) {\n    return 1;\n}\n'
allows 'a line of 100 columns' engine/base/a.c "/* $(repeat 1 "$(printf '%094d' 0)") "'*/\n' ''
refuses line 'a line of 101 columns' engine/base/a.c "/* $(printf '%095d' 0) */\n"
allows 'an accent is one column' engine/base/a.c "/* $(printf '%093d' 0)é */\n"
refuses tab 'a tab' engine/base/a.c '\tint a;\n'
refuses blank 'blanks at the end of a line' engine/base/a.c 'int a; \n'
allows 'a Lua function of 50 lines' scripts/a.lua "local function f()\n$(repeat 48 '  g()')end\n"
refuses function 'a Lua function of 51 lines' scripts/a.lua "local function f()\n$(repeat 49 '  g()')end\n"
allows 'a Lua script of 200 lines without functions' scripts/a.lua "$(repeat 100 'if a then b() elseif c then d() end')$(repeat 100 'for i in e() do f "end" end --[[ end ]]')"
allows 'a Lua script of 250 lines' scripts/a.lua "$(repeat 250 'say "a"')"
refuses file 'a Lua script of 251 lines' scripts/a.lua "$(repeat 251 'say "a"')"

# Layers
allows 'practice uses db' engine/practice/a.c '#include "db/store.h"\n'
allows 'its own header' engine/script/a.c '#include "script/script.h"\n#include "run.h"\n#include "base/text.h"\n'
refuses layer 'db uses practice' db/a.c '#include "practice/practice.h"\n'
refuses layer 'script uses workflow' engine/script/a.c '#include "workflow/workflow.h"\n'
refuses layer 'document uses db' engine/document/a.h '#include "db/store.h"\n'
refuses layer 'base uses anything' engine/base/a.c '#include "script/script.h"\n'
refuses layer 'term uses web' engine/term/a.c '#include "web/server.h"\n'
refuses layer 'practice uses term' engine/practice/a.c '#include "../term/term.h"\n'
allows 'Lua in script' engine/script/a.c '#include <lua.h>\n#include <lauxlib.h>\n'
refuses layer 'Lua elsewhere' engine/practice/a.c '#include <lauxlib.h>\n'
refuses layer 'SQLite elsewhere' engine/cli/a.c '#include <sqlite3.h>\n'
refuses layer 'libedit elsewhere' engine/cli/a.c '#include <histedit.h>\n'
refuses layer 'libyaml elsewhere' engine/document/a.c '#include <yaml.h>\n'
refuses layer 'cmark elsewhere' engine/term/a.c '#include <cmark.h>\n'

# Functions
for name in strcpy strcat sprintf vsprintf gets strtok atoi system popen tmpnam alloca rand asctime ctime localtime gmtime; do
    refuses banned "$name()" engine/base/a.c "int f(void)\n{\n    $name(a);\n}\n"
done
allows 'snprintf, localtime_r, a member of that name, the name in a text' engine/base/a.c \
    'int f(void)\n{\n    snprintf(a);\n    localtime_r(b);\n    c->system(d);\n    g("system(1)"); /* rand() */\n}\n'
refuses banned 'a banned function in a test' tests/unit/a.c 'int f(void)\n{\n    strcpy(a);\n}\n'
refuses exit 'exit below cli' engine/practice/a.c 'int f(void)\n{\n    exit(1);\n}\n'
allows 'exit in cli, _exit in a worker' engine/cli/a.c 'int f(void)\n{\n    exit(1);\n    _exit(1);\n}\n'
refuses open 'a file opened outside base/files.c and db' engine/practice/a.c 'int f(void)\n{\n    fopen(a);\n}\n'
allows '/dev/null' engine/term/a.c 'int f(void)\n{\n    open("/dev/null", 1);\n}\n'
allows 'a file opened in base/files.c' engine/base/files.c 'int f(void)\n{\n    open(a);\n}\n'
allows 'a file opened in db' db/a.c 'int f(void)\n{\n    open(a);\n}\n'
refuses sql 'SQL outside db' engine/practice/a.c 'char *a = "SELECT a FROM b";\n'
refuses sql 'a PRAGMA outside db' engine/cli/a.c 'char *a = "PRAGMA user_version";\n'
allows 'SQL in db' db/a.c 'char *a = "SELECT a FROM b";\n'
allows 'words that are SQL elsewhere' engine/cli/a.c 'char *a = "Select a client to update";\n'

# Words
for word in TO''DO FIX''ME X''XX ha''ck st''ub dum''my 'not imple''mented'; do
    refuses word "the word $word" workflows/a/define.yaml "ask: $word\n"
done
allows 'words that contain such a word' engine/base/a.c '/* mastodon XXXXXX stubborn */\n'
refuses path 'a path of one machine' tests/a.sh 'cd /wor''k/here\n'

exit $exit_status
