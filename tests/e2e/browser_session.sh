#!/bin/sh
# The session room in a browser: web_session.mjs holds journeys there, and the practice is held against what the command
# line makes of the same answers.
. tests/e2e/lib.sh
. "$top/tests/e2e/_packages.sh"
needs_browser
export ESPALIER
in_browser() {
    node "$top/tests/e2e/web_session.mjs" "$@"
    is "$1 $2 went to its end" equals 0 $?
}
begin() { # CLIENT, workflow
    try client add "$1"
    try start "$1" "$2"
}
model() { # CLIENT, workflow, its file of answers
    begin "$1" "$2"
    try answer "$1" --file "$3"
    is "$1 has answered" equals 0 $status
}

cat >every.yaml <<'YAML'
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
  a_list: [{ text: time, weight: 4, sure: false }, { text: nerves, kind: outside, due: 2027-01-05 }, three, four, five]
  a_rank: [blue, green, red]
  a_grid: { work: { joy: 8, cost: 3 }, home: { joy: 0, cost: 10 } }
  a_commitment: { what: Call Mia, by: 2026-12-01, know: She answered }
  a_confirm: { agreed: true, who: Ada, on: 2026-11-30 }
  a_sort: { time: { to: keep, why: good }, nerves: drop, three: keep, four: keep, five: drop }
  each_one: { time: 1, nerves: 2, three: 3, four: 4, five: 5 }
skip: { a_wound: not now }
YAML
model Every types every.yaml
begin Plain types
begin Script types
in_browser hold Plain Every 360 plain
in_browser hold Script Every 1280 french

begin Errors types
in_browser errors Errors
begin Keys types
in_browser keys Keys
begin Two types
in_browser two Two
begin Drag types
try answer Drag --file every.yaml
try back Drag a_sort
in_browser drag Drag
begin Trouble trouble
in_browser marks Drag Trouble

# The same texts that are tried everywhere: markup, quotes, a very long word.
hostile='"><img src=x onerror=alert(1)></script><script>alert(2)</script><!-- {{a}} '\''&amp; '"$(spell 3000 W)"
printf '%s' "$hostile" >hostile.txt
begin '<img src=x onerror=alert(3)>' types
try answer '<img' "a_list=$(printf '%s' "$hostile" | head -c 75)"
in_browser hostile '<img' hostile.txt

unset ESPALIER_LIBRARY # the workflows that come with the program
model Talk first-talk "$top/workflows/first-talk/tests/whole-way.yaml"
begin TalkPlain first-talk
begin TalkScript first-talk
in_browser hold TalkPlain Talk 1280 plain
in_browser hold TalkScript Talk 360
model Parler first-talk "$top/workflows/first-talk/tests/en-francais.yaml"
try client add ParlerPlain --lang fr
try start ParlerPlain first-talk
in_browser hold ParlerPlain Parler 360 plain french
begin Model business-model
try answer Model --file "$top/workflows/business-model/demo/sitting-1.yaml"

begin Fresh types
in_browser look Fresh fresh
in_browser look Model model
try answer Model --file "$top/workflows/business-model/demo/sitting-2.yaml"
try answer Model 'roles=["mother","host","interpreter","sister","somebody who sleeps","treasurer of the parents association"]'
try back Model roles_rate
in_browser wheel Model

vnu=$NODE_PACKAGES/node_modules/vnu-jar/build/dist/vnu.jar
if command -v java >/dev/null; then
    java -jar "$vnu" --errors-only --filterpattern ".*Attribute .hx-.*" ./*.html >out 2>&1
    is "the checker of HTML finds no error" matches out '^$'
else
    echo "skip - java is not installed"
fi
