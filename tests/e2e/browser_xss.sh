#!/bin/sh
# Markup that would run, typed into every field and looked at on every page: web_xss.mjs does both.
. tests/e2e/lib.sh
. "$top/tests/e2e/_packages.sh"
needs_browser
export ESPALIER ESPALIER_LIBRARY="$top/tests/e2e/data/hostile"
node "$top/tests/e2e/web_xss.mjs" "$top/tests/e2e/data/hostile/payloads.txt"
is "every page was looked at" equals 0 $?
try doctor --deep
is "the practice is whole" equals 0 $status
