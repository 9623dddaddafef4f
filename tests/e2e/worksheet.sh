#!/bin/sh
# Homework without a login: the page that goes out, and the file that comes back.
. tests/e2e/lib.sh

try client add Ada --pseudonym "A. O."
try start ada types
gives 0 "a page goes into a file" '^$' 'Written: ada.html' worksheet ada -o ada.html
is "only the coach can read it" equals 600 "$(mode ada.html)"
is "it asks the client's questions" grep -q 'data-key="all/a_list"' ada.html
is "it says what comes next" grep -q 'worksheet import' err
is "private questions are not on it, and that is said" grep -q 'Not on it: 1 private' err
is "really" fails grep -q a_secret ada.html
is "the pseudonym stands for the name" grep -q 'A\. O\.' ada.html
is "not the name" fails grep -q 'Ada' ada.html
is "it fetches nothing" fails grep -qE '(src|href)="[^#]' ada.html
gives 1 "it is not written over" '^$' 'exists' worksheet ada -o ada.html
gives 0 "unless that is wished" '^$' 'Written' worksheet ada -o ada.html --force
gives 0 "it goes to other programs, too" '</html>' '^$' worksheet ada --quiet
gives 0 "as JSON it is the tree" '' '^$' worksheet ada --json
same "with the open questions" 17 open.#
same "and the revision it was made from" 0 revision
try client add Bruno --lang fr
try start bruno first-talk
gives 0 "in French for those who are asked in French" 'Prenez votre temps' '' worksheet bruno
gives 0 "with a day and a word" 'give it back by .*1 December 2026' '' worksheet ada --due 2026-12-01 --intro 'See you'
is "the word is on it" grep -q 'See you' out
gives 2 "a day is a day" '^$' '2026-12-01, not' worksheet ada --due soon
gives 1 "a phase is one of the workflow" '^$' 'no phase "al".*mean "all"' worksheet ada --phase al
gives 0 "one that is there" '</html>' '' worksheet ada --phase all
gives 0 "a blank sheet has later questions, too" 'a_sort' '' worksheet ada --blank
is "and nothing of the client" fails grep -qE 'A\. O\.|Ada|<script' out
gives 1 "it is somebody's" '^$' 'nobody' worksheet nobody
gives 2 "of one client" '^$' 'something is missing' worksheet

try worksheet ada --json
journey=$(json journey)
back() { # FILE, REVISION, MEMBERS
    printf '{"espalier":"answers","version":1,"journey":"%s","revision":%s,%s}\n' "$journey" "$2" "$3" >"$1"
}
back some.json 0 '"answers":{"all/a_text":"written at home","all/a_scale":7,"all/a_list":[{"text":"time"}]},"skip":{"all/a_yes_no":"later"}'
gives 0 "a rehearsal says what would happen" '^$' 'rehearsal\): 3 answered, 1 left out' worksheet import some.json --dry-run
try history ada
is "and changes nothing" fails grep -q 'written at home' out
gives 0 "the answers are taken in" '^$' 'Ada: 3 answered, 1 left out, 0 as they were' worksheet import some.json
is "and the next question is named" grep -q 'Next: ' err
try hours --json
is "homework is no sitting" fails grep -q coaching out
try review ada
is "they stand in the review" grep -q 'written at home' out
gives 0 "the same file again changes nothing" '^$' '0 answered, 0 left out, 4 as they were' worksheet import some.json
try history ada --json
is "as the client's" grep -q '"role": "client"' out

back half.json 4 '"questions":{"all/a_scale":"How much"},"answers":{"all/a_scale":3,"all/a_date":"someday","all/a_choice":"red","all/gone":1,"all/a_text":"written at home"}'
echo mine >rest.json
gives 1 "a file that is there is not written over, which is found out before anything is taken" '^$' 'exists already' \
    worksheet import half.json -o rest.json
rm rest.json
gives 65 "what does not fit is told, the rest is taken" '^$' 'Ada: 1 answered, 0 left out, 1 as they were' \
    worksheet import half.json -o rest.json
is "with the question and both answers" grep -q 'Here: 7. On the sheet: 3' err
is "with what was given" grep -q 'On the sheet: someday' err
is "and what there never was" grep -q 'no such question' err
is "the rest is kept" equals 600 "$(mode rest.json)"
cp rest.json out
is "as a file of answers" equals "answers $journey 3 someday" "$(json espalier) $(json journey) $(json answers.all/a_scale) $(json answers.all/a_date)"
gives 65 "which can be taken in as well" '^$' '0 answered' worksheet import rest.json
gives 65 "the coach decides which answer counts" '^$' '1 answered' worksheet import rest.json --take-theirs
try review ada --json
is "the sheet's now" grep -q '"value": 3' out
try undo ada
try review ada --json
is "which can be undone" grep -q '"value": 7' out
gives 65 "as JSON, the report" '' '"code":"conflict"' worksheet import half.json --json
same "for other programs" 0 answered
same "with the client's name" Ada client
same "and its problems" 3 problems.#

{ printf '<!DOCTYPE html>\n<script type="application/json" id="given">' && cat some.json && printf '</script>'; } >saved.html
gives 0 "a page that was saved half way is taken in, too" '^$' '4 as they were' worksheet import saved.html
gives 65 "the page that went out is no answer" '^$' 'without answers' worksheet import ada.html
head -c 100 some.json >cut.json
gives 65 "a file that was cut off" '^$' 'cut off' worksheet import cut.json
printf '{"espalier":"answers","version":1,"journey":"nobody","revision":0}' >foreign.json
gives 1 "answers for another practice" '^$' 'not in this practice' worksheet import foreign.json
gives 1 "a file that is not there" '^$' 'none.json' worksheet import none.json
printf '{"espalier":"answers","version":1,"journey":"%s","revision":0,"answers":{"\\u001b[31m\\u202e":"\\u001b]0;x\\u0007"}}' "$journey" >escape.json
gives 65 "what is no question is told" '^$' 'no such question' worksheet import escape.json
is "without commanding the terminal" fails grep -q "$(printf '\033')" err
{
    printf '{"espalier":"answers","version":1,"journey":"%s","revision":0,"answers":{"all/x":1' "$journey"
    i=0
    while [ $i -lt 300 ]; do i=$((i + 1)) && printf ',"all/x%d":1' $i; done
    printf '}}'
} >many.json
gives 65 "of very many, the first are told and the rest counted" '^$' 'And 101 more' worksheet import many.json
head -c 17000000 /dev/zero >huge.json
gives 65 "a file that is too large" '^$' '.' worksheet import huge.json
gives 2 "one file at a time" '^$' 'too much' worksheet import some.json half.json
try client add import
try start import types
gives 0 "a client may be called import" '</html>' '' worksheet --blank import
