#!/bin/sh
# Looking back in a browser: the whole path, a change and its preview, undo, conflicts, hostile words.
. tests/e2e/lib.sh
. "$top/tests/e2e/_packages.sh"
needs_browser
export ESPALIER
unset ESPALIER_LIBRARY # the workflows that come with the program
try client add Amara
try start amara business-model
for file in sitting-1 sitting-2 sitting-3; do
    try answer amara --file "$top/workflows/business-model/demo/$file.yaml"
done
is "a journey to look back on" grep -q 'answered' err
try client add Zoé --lang fr
try start zoé first-talk
node "$top/tests/e2e/web_review.mjs"
is "the path was looked through to its end" equals 0 $?

# Attributes that htmx reads are not HTML's own.
checked "the checker of HTML finds no error" --filterpattern '.*Attribute .hx-.*' ./*.html
