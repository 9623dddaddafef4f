#!/bin/sh
# why: from a line of the plan to the answers behind it.
. tests/e2e/lib.sh

answer() { "$ESPALIER" answer ada "$@" >/dev/null 2>&1; }
"$ESPALIER" client add Ada >/dev/null 2>&1
gives 1 "no journey yet: begin it" '^$' 'espalier start "Ada"' why ada
"$ESPALIER" start ada first-talk >/dev/null 2>&1
answer topic=delegation "goal=My team *decides* without me" where_now=4 boss_knows=no \
    "obstacles=[{text: no time at all, kind: outside}, my nerves]"
answer 'power={no time at all: 5, my nerves: 2}'
answer "first_step={what: Hand over the rota, by: +7d, know: They have written it}"

gives 0 "a line by some of its words, whatever the case" '^Line [0-9]+$' 'espalier history "ada" define/goal' why ada "TEAM DECIDES"
is "the question as it was asked" grep -q 'In three months, delegation will be' out
is "the answer" grep -q '^ *My team \*decides\* without me$' out
is "its key, its day, and how sure it is" grep -Eq '^ *define/goal  answered [0-9]{4}-.*stands there as it was given' out
gives 0 "what went through the script is found by changing answers" 'the line changes when this answer does' '' why ada "hand over the rota"
is "it is the step" grep -q 'first_step' out
gives 0 "the item of a list" '^ *no time at all \(' '' why ada "no time at all ("
gives 0 "all lines, with how many answers stand behind them" '^ +[0-9]+ +1  My team \*decides\* without me$' 'espalier why "ada" NUMBER' why ada
number=$(sed -n 's|^ *\([0-9]*\)  *1  My team.*|\1|p' out | head -n 1)
gives 0 "a line by its number" "^Line $number\$" '' why ada "$number"
try plan ada --for coach --format md
is "the number is that of the plan" equals 'My team \*decides\* without me' "$(sed -n "${number}p" out)"
gives 0 "a line that no answer stands behind" '^Line 1$' 'words of the document itself' why ada 1
gives 1 "an empty line" '^$' 'Line 2 is empty' why ada 2
gives 1 "words that stand in several lines: which ones" '^$' 'lines have "no time".*Give more' why ada "no time"
is "with their numbers" grep -Eq '^ +[0-9]+  .*no time at all' err
gives 1 "words that stand in none" '^$' 'No line of the document has "zebra"' why ada zebra
gives 1 "a number that is too high is looked for as text" '^$' 'No line' why ada 99999
gives 1 "no words at all" '^$' 'No line' why ada ""

gives 0 "one line as JSON" '^\{' '^$' why ada "$number" --json
same "its answer" define/goal from.0.key
same "known exactly" field from.0.how
gives 0 "all lines as JSON" '^\[' '^$' why ada --json
gives 1 "several lines as JSON: in the error" '^$' '"problems":\[\{"line":' why ada "no time" --json
gives 0 "another document" 'answered' '' why ada "My team" --document notes
gives 1 "a document that is not there" '^$' 'no document' why ada x --document nots
gives 0 "the lines of the client's plan" '^Line' '' why ada "My team" --for client
gives 2 "for nobody else" '^$' 'client or coach' why ada "My team" --for boss

before=$(digest "$ESPALIER_DB")
try why ada
is "nothing is written" equals "$before" "$(digest "$ESPALIER_DB")"

try plan ada --for coach -o coach.html
is "the coach's page leads from its lines to the answers" grep -q 'class="why"' coach.html
is "and has them at its end, once each" equals 1 "$(grep -c 'They have written it</p>\|They have written it <a' coach.html)"
try plan ada -o client.html
is "the client's does not" fails grep -q 'class="why"\|class="sources"' client.html
try plan ada --for coach -o coach.docx
is "what is printed stays clean" fails sh -c 'unzip -p coach.docx word/document.xml | grep -q "The answers behind it"'
