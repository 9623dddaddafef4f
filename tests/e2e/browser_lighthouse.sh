#!/bin/sh
# Lighthouse judges the desk, the session room, the board and the plan: open to everybody, in good order, and fast.
. tests/e2e/lib.sh
. "$top/tests/e2e/_packages.sh"
needs_browser
export ESPALIER
unset ESPALIER_LIBRARY # the workflows that come with the program
try client add "Amara Diallo"
try start amara business-model
for sitting in 1 2 3; do
    try answer amara --file "$top/workflows/business-model/demo/sitting-$sitting.yaml"
done
is "there is a journey to its end" equals 0 $status
node "$top/tests/e2e/web_lighthouse.mjs" amara
is "the pages were judged to their end" equals 0 $?
