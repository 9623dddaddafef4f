#!/bin/sh
# The worksheet in a browser: worksheet.mjs fills it, and what comes back is taken in.
. tests/e2e/lib.sh
. "$top/tests/e2e/_packages.sh"
needs_browser
in_browser() { node "$top/tests/e2e/worksheet.mjs" "$@"; }

# Four clients: by keyboard, by mouse, by a saved copy, and by an answer file, which is what the others are held against.
for client in Kim Mo Kit File; do
    try client add "$client" --pseudonym Kim
    try start "$client" types
    try worksheet "$client" -o "$client.html"
done
in_browser keyboard:Kim.html:Kim.json mouse:Mo.html:Mo.json copy:Kit.html:Kit-sheet.html
for file in Kim.json Mo.json Kit-sheet.html; do
    gives 0 "$file is taken in as a whole" '^$' '16 answered, 1 left out, 0 as' worksheet import $file
done
cat >same.yaml <<'YAML'
answers:
  a_text: written <b>by</b> hand
  a_long_text: "one\ntwo"
  a_yes_no: true
  a_choice: blue
  a_choices: [red, blue]
  a_scale: 7
  an_integer: -3
  a_number: 2.5
  a_money: { amount: 1200, currency: EUR, period: year }
  a_date: 2026-12-24
  a_duration: 90
  a_list: [{ text: time, weight: 4, sure: false }, { text: nerves, kind: outside, due: 2027-01-05 }]
  a_rank: [blue, green, red]
  a_grid: { work: { joy: 8, cost: 3 }, home: { joy: 0, cost: 10 } }
  a_commitment: { what: Call Mia, by: 2026-12-01, know: She answered }
  a_confirm: { agreed: true, who: Ada, on: 2026-11-30 }
skip: { a_wound: not now }
YAML
gives 0 "the same by an answer file" '^$' '16 answered, 1 skipped' answer File --file same.yaml
shown() { # CLIENT: what was said, without the ids of entries
    "$ESPALIER" review "$1" --json | grep -E '"(key|shown|skipped)"' >"$1.shown"
}
for client in Kim Mo Kit File; do
    shown "$client"
done
# On a machine that is very busy a browser may lose a click of the test: once more then, and what differed is shown.
if ! diff Mo.shown File.shown | sed 's/^/# by mouse: /' >lost || [ -s lost ]; then
    cat lost
    try client add Max --pseudonym Kim
    try start Max types
    try worksheet Max -o Max.html
    in_browser mouse:Max.html:Max.json
    try worksheet import Max.json
    shown Max
    mv Max.shown Mo.shown
fi
is "there is much to compare" test "$(wc -l <File.shown)" -ge 33
for client in Kim Mo Kit; do
    diff $client.shown File.shown >out # shown if they differ
    is "what $client gave back is what the answer file says" test ! -s out
done
# Later questions; remarks; the same texts that are tried everywhere: markup, quotes, an override of direction, a very
# long word; and answers that were there before.
try worksheet Kim -o later.html
try client add Kai
try start Kai types
try worksheet Kai -o Kai.html
hostile='"><img src=x onerror=alert(1)></script><script>alert(2)</script><!-- {{a}} '\''&amp; '"$(spell 3000 W)"
printf '%s' "$hostile" >hostile.txt
try client add '<img src=x onerror=alert(3)>'
try start '<img' types
try answer '<img' "a_text=$hostile"
try back '<img' a_text
try worksheet '<img' -o hostile.html --intro "$(printf '%s' "$hostile" | head -c 2000)"
is "a page of hostile texts is written" equals 0 $status
try client add Before
try start Before types
try answer Before 'a_text=as before'
try back Before a_text
try worksheet Before -o before.html
in_browser sorting:later.html:later.json gently:Kai.html:Kai.json look:Kai.html paper:Kai.html:paper \
    hostile:hostile.html:hostile.txt prefilled:before.html \
    "schema:$top/engine/document/schemas/answers.json:Kim.json:Mo.json:Kai.json:later.json"
gives 0 "the rows that were sorted are taken in" '^$' '1 answered' worksheet import later.json
try review Kim
is "with their reason" grep -q 'nerves: Drop (enough)' out
gives 65 "what does not fit is told" '^$' 'Not taken: all/an_integer' worksheet import Kai.json
for pdf in paper-script.pdf paper-plain.pdf; do
    if command -v pdftotext >/dev/null; then
        pdftotext $pdf out
        is "$pdf has the questions" grep -q 'In which order' out
        is "and nothing to press" fails grep -qE 'Give back|Leave this out|Add another|mm/dd' out
    else
        echo "skip - pdftotext is not installed"
    fi
done
try worksheet Kai --blank -o blank.html
checked "the checker of HTML finds no error" Kai.html hostile.html before.html later.html blank.html Kit-sheet.html
