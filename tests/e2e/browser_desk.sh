#!/bin/sh
# The entrance, the desk and the page of a client in a browser.
. tests/e2e/lib.sh
. "$top/tests/e2e/_packages.sh"
browser || {
    echo "skip - $lacking"
    exit 0
}
export ESPALIER
unset ESPALIER_LIBRARY # the workflows that come with the program
node "$top/tests/e2e/web_desk.mjs"
is "the desk was visited to its end" equals 0 $?

vnu=$NODE_PACKAGES/node_modules/vnu-jar/build/dist/vnu.jar
if command -v java >/dev/null; then
    java -jar "$vnu" --errors-only ./*.html >out 2>&1
    is "the checker of HTML finds no error" matches out '^$'
else
    echo "skip - java is not installed"
fi
