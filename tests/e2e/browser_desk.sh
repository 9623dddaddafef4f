#!/bin/sh
# The entrance, the desk and the page of a client in a browser.
. tests/e2e/lib.sh
. "$top/tests/e2e/_packages.sh"
needs_browser
export ESPALIER
unset ESPALIER_LIBRARY # the workflows that come with the program
node "$top/tests/e2e/web_desk.mjs"
is "the desk was visited to its end" equals 0 $?

checked "the checker of HTML finds no error" ./*.html
