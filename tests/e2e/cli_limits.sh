#!/bin/sh
# The limits of INTERFACES.md section 4, at one below, at the limit and at one above, as `help limits` prints them.
. tests/e2e/lib.sh

limit() { "$ESPALIER" help limits --json >out && json '' | tr '{' '\n' | sed -n "s/.*\"limit\":\([0-9]*\),.*\"what\":\"$1\".*/\1/p"; }
try client add ada
try start ada types

answer=$(limit 'an answer')
is "an answer has 64 KiB" equals 65536 "$answer"
{ printf 'answers:\n  a_text: x\n  a_long_text: '; spell 65535; printf '\n'; } >a.yaml
gives 0 "a text of 65,535 bytes" '^$' '2 answered' answer ada --file a.yaml
{ printf 'answers:\n  a_long_text: '; spell 65536; printf '\n'; } >a.yaml
gives 0 "of 65,536" '^$' '1 answered' answer ada --file a.yaml
line() { printf '{"answer":{"a_long_text":"%s"}}\n' "$(spell "$1")" | "$ESPALIER" run ada --json | sed -n 2p >out; }
line 65537
same "not of 65,537" limit code
line 65536
same "over JSON lines of 65,536, too" view type
{ printf 'answers:\n  a_long_text: '; spell 65537; printf '\n'; } >a.yaml
gives 65 "nor from a file" '^$' '.' answer ada --file a.yaml

is "a list has 500 items" equals 500 "$(limit 'a list')"
items() { printf 'a_list=[%s]' "$(seq -s , "$1")"; }
gives 0 "499 items" '^$' '1 answered' answer ada "$(items 499)"
gives 0 "500 items" '^$' '1 answered' answer ada "$(items 500)"
gives 65 "not 501" '^$' '500' answer ada "$(items 501)"

is "a JSON line has 256 KiB" equals 262144 "$(limit 'a JSON line')"
long() { # bytes of the line
    { printf '{"view":"now"%s}' "$(spell $(($1 - 14)) ' ')"; printf '\n{"view":"now"}\n'; } |
        "$ESPALIER" run ada --json >whole
    aid lines <whole | tr '\n' ' '
}
is "a line of 262,143 bytes" equals "view view view " "$(long 262143)"
is "of 262,144" equals "view view view " "$(long 262144)"
is "not of 262,145; the next one is read" equals "view error view " "$(long 262145)"

mkdir -p own/workflows own/scripts
cp -r "$top/tests/e2e/library/workflows/trouble" own/workflows/trouble
cp "$top/tests/e2e/library/scripts/trouble.lua" own/scripts/
file=own/workflows/trouble/one.yaml
cp $file yaml
fill() { # file, bytes: with lines of comment behind it
    size=$(wc -c <"$1")
    { spell $(($2 - size - 1)) '#' | fold -w 80 | sed 's/^./#/' | tr -d '\n' | fold -w 80; } >comment
    { cat "$1"; printf '#'; head -c $(($2 - size - 1)) comment; }
}
is "a YAML file has 1 MiB" equals 1048576 "$(limit 'a YAML file')"
for n in 1048575 1048576 1048577; do
    fill yaml $n >$file
    try check trouble --library own
    case $n in
    1048577) is "a YAML file of $n bytes is refused" test "$status" = 65 ;;
    *) is "a YAML file of $n bytes" test "$status" = 0 ;;
    esac
done
cp yaml $file
is "a script has 256 KiB" equals 262144 "$(limit 'a script')"
file=own/scripts/trouble.lua
cp $file lua
for n in 262143 262144 262145; do
    { cat lua; printf -- '--'; spell $((n - $(wc -c <lua) - 2)); } >$file
    try check trouble --library own
    case $n in
    262145) is "a script of $n bytes is refused" test "$status" = 65 ;;
    *) is "a script of $n bytes" test "$status" = 0 ;;
    esac
done
cp lua $file
is "a bundle has 4 MiB" equals 4194304 "$(limit 'a bundle')"
mkdir -p own/workflows/trouble/tests
for i in 1 2 3 4; do
    printf 'workflow: trouble\nanswers: {word: x}\n' >base
    fill base 1048000 >own/workflows/trouble/tests/t$i.yaml
done
# A file counts with its name and 128 bytes for the line that stands before it in the bundle.
size() {
    (cd own && find . -type f | while read -r name; do echo $(($(wc -c <"$name") + ${#name} - 2 + 128)); done) |
        awk '{ n += $1 } END { print n }'
}
for n in 4194303 4194304 4194305; do
    rm -f own/workflows/trouble/tests/t5.yaml
    fill base $((n - $(size) - 128 - 31)) >t5.yaml
    mv t5.yaml own/workflows/trouble/tests/
    try check trouble --library own
    case $n in
    4194305) is "a bundle of $n bytes is refused" test "$status" = 65 ;;
    *) is "a bundle of $n bytes" test "$status" = 0 ;;
    esac
done

is "a journey has 20,000 keys" equals 20000 "$(limit 'a journey')"
