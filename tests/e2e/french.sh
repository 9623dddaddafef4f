#!/bin/sh
# Every sentence with which a page refuses something has its French in engine/practice/french.def, and none is there
# that the code does not have any more.
. tests/e2e/lib.sh
# The texts of C, joined where they stand in several parts.
joined() { cat "$@" | tr '\n' ' ' | sed -E 's/([^\\])" *"/\1/g'; }
cd "$top" || exit 1
joined engine/practice/*.c engine/web/*.c db/*.c >"$work/code"
joined engine/practice/french.def | sed 's/FRENCH(/\n/g' | grep -oE '^"([^"\\]|\\.)*"' | sort -u >"$work/have"
# What stands behind err_set up to its first text; what no page can say is left out by name.
joined engine/practice/*.c engine/web/*.c db/store_fault.c db/statements.c db/store_client.c db/store_journey.c \
    db/store_session.c | grep -oE '(err_set|err_before)\([^"]*"([^"\\]|\\.)*"' | sed 's/^[^"]*//' | sort -u |
    grep -vxF -e '"%s"' -e '"%.*s"' -e '"%.*s has mistakes."' -e '"No temporary folder could be made in %s: %s."' \
        -e '"The port %d is taken. Choose another: espalier serve --port N"' -e '"The server cannot be started."' \
        -e '"The server has stopped by itself."' -e '"Stopped; everything that was saved is kept."' >"$work/said"
cd "$work" || exit 1
comm -23 said have >out
: >err
is "every sentence of a refusal has its French" matches out '^$'
while IFS= read -r text; do
    grep -qF -e "$text" code || printf '%s\n' "$text"
done <have >out
is "and no French is left of a sentence that is gone" matches out '^$'
is "both were looked for" test "$(wc -l <said)" -gt 80 -a "$(wc -l <have)" -gt 80
