#!/bin/sh
# Values on the command line and in answer files: all seventeen types, short names, maps by item, skips.
. tests/e2e/lib.sh

value() { # id: the value in the review
    try review ada --json
    n=$(json answered.#) i=0
    while [ $i -lt "$n" ]; do
        [ "$(json answered.$i.id)" != "$1" ] || json answered.$i.value
        i=$((i + 1))
    done
}
holds() { is "$1" equals "$3" "$(value "$2")"; }

try client add Ada
try start ada types
gives 0 "every type on the command line" '^$' '18 answered' answer ada a_text=010 "a_long_text=[not yaml" a_yes_no=no \
    "a_choice=The red one" "a_choices=[blue, red]" a_scale=7 an_integer=-5 a_number=2.5 "a_money=1200 EUR per month" \
    a_date=2026-12-01 a_duration=1h30 'a_list=[time, {text: nerves, weight: "4", sure: "no", kind: Around me}]' \
    'a_rank=[blue, red, green]' 'a_grid={work: {joy: 8, cost: 3}, home: {joy: 1, cost: "2"}}' \
    'a_commitment={what: Call Ida, by: 2026-12-01, know: she called}' 'a_confirm={agreed: true, who: Ada, on: 2026-11-23}' \
    'a_sort={time: keep, nerves: {to: drop, why: too heavy}}' 'each_one={time: 5}'
holds "a text that looks like a number stays a text" a_text 010
holds "a text that begins like a list stays a text" a_long_text '[not yaml'
holds "yes_no" a_yes_no false
holds "choice, by its label" a_choice red
holds "choices, in the order of the options" a_choices '["red","blue"]'
holds "scale" a_scale 7
holds "integer" an_integer -5
holds "number" a_number 2.5
holds "money, with decimal text" a_money '{"amount":"1200.00","currency":"EUR","period":"month"}'
holds "date" a_date 2026-12-01
holds "duration, in minutes" a_duration 90
holds "rank" a_rank '["blue","red","green"]'
holds "grid, with numbers" a_grid '{"home":{"cost":2,"joy":1},"work":{"cost":3,"joy":8}}'
holds "commitment" a_commitment '{"by":"2026-12-01","know":"she called","what":"Call Ida"}'
holds "confirm" a_confirm '{"agreed":true,"on":"2026-11-23","who":"Ada"}'
list=$(value a_list)
id=$(printf '%s' "$list" | aid json 1.id)
is "list, with fields of their own types" equals '{"id":"'"$id"'","kind":"outside","sure":false,"text":"nerves","weight":4}' \
    "$(printf '%s' "$list" | aid json 1)"
is "sort, by the text of the items" equals '{"to":"drop","why":"too heavy"}' "$(value a_sort | aid json "$id")"
gives 0 "an answer for one item, by its id" '^$' '1 answered' answer ada "each_one={$id: 2}"
gives 0 "the same by the whole key" '^$' '1 as they were' answer ada "all/$id/each_one=2"
gives 0 "a value in quotes is YAML" '^$' '1 answered' answer ada 'a_text="quoted: yes"'
holds "without them" a_text 'quoted: yes'
gives 0 "an item keeps its id when the list is given again" '^$' '1 answered' answer ada 'a_list=[time, nerves, rain]'
is "the id of the item" equals "$id" "$(value a_list | aid json 1.id)"
gives 0 "a row that is missing makes the question open again" '"all/a_sort"' '^$' review ada --json

wrong() { # SENTENCE, NAME=VALUE: refused with a sentence, nothing is changed
    before=$("$ESPALIER" review ada --json | aid json answered)
    try answer ada "$2"
    is "$1: a sentence, and nothing is changed" test "$status:$(wc -l <err)" = "65:4" -a \
        "$before" = "$("$ESPALIER" review ada --json | aid json answered)"
}
wrong "an empty text" a_text=
wrong "a text of two lines" "a_text=$(printf 'a\nb')"
wrong "a control character" "a_text=$(printf 'a\033[31m')"
wrong "a list where a text is asked" 'a_text=[a, b]'
wrong "neither yes nor no" a_yes_no=maybe
wrong "no option" a_choice=green
wrong "an option that is none among others" 'a_choices=[red, green]'
wrong "a text that is no option" a_choices=green
wrong "beyond the scale" a_scale=11
wrong "below the scale" a_scale=0
wrong "half a point" a_scale=7.5
wrong "a word for a number" a_scale=seven
wrong "beyond the largest integer" an_integer=101
wrong "an integer without an end" an_integer=99999999999999999999
wrong "no number" a_number=1e
wrong "not a number at all" a_number=NaN
wrong "money without a number" 'a_money=much'
wrong "a day that is none" a_date=2026-02-30
wrong "a duration that is none" a_duration=soon
wrong "a list of nothing" 'a_list=[]'
wrong "an item with a wrong field" 'a_list=[{text: a, wieght: 3}]'
wrong "an item with a wrong value" 'a_list=[{text: a, weight: heavy}]'
wrong "a rank without one" 'a_rank=[red, blue]'
wrong "a rank with one twice" 'a_rank=[red, red, blue]'
wrong "a grid without a row" 'a_grid={work: {joy: 1, cost: 1}}'
wrong "a grid beyond its scale" 'a_grid={work: {joy: 11, cost: 1}, home: {joy: 1, cost: 1}}'
wrong "a commitment without a what" 'a_commitment={by: +7d}'
wrong "a commitment with a wrong field" 'a_commitment={what: x, when: +7d}'
wrong "a confirmation that agrees to nothing" 'a_confirm={agreed: false}'
wrong "a column that is none" 'a_sort={time: maybe, nerves: keep, rain: keep}'

cat >file.yaml <<'YAML'
answers:
  where_now@after: 7
  obstacles: [ { text: time, kind: outside }, nerves ]
  power: { time: 5, nerves: 2 }
  define/goal: My team decides
  where_now: 4
  topic: delegation
  first_step: { what: Let them settle the rota, by: +7d, know: it hangs on the wall }
  try_it: { agreed: true }
  insight: It was less than I feared
skip: { boss_knows: not now, impression: "" }
YAML
try client add Bo
try start bo first-talk
gives 0 "a file answers a whole journey, in the order of the questions" '^$' 'The journey is finished' answer bo --file file.yaml
gives 0 "the same file again changes nothing" '^$' '0 answered, 0 skipped, 12 as they were' answer bo --file file.yaml
gives 0 "the longest name that fits is meant" '"define/where_now"' '^$' review bo --json
try client add Cy
try start cy first-talk
cat >short.yaml <<'YAML'
answers:
  topic: delegation
  goal: x
  where_now: 6
  obstacles: [time, nerves]
  power: { time: 5, nevres: 2 }
  unknown: 3
  insigth: y
skip: { boss_knows: no, topic: no }
YAML
gives 1 "what was never asked for is reported" '^$' '^unknown: was never asked for' answer cy --file short.yaml
is "an item that is none" grep -q '^power: nevres: was never asked for' err
is "a skip that is not asked" grep -q '^boss_knows: was never asked for' err
is "what is both answered and skipped" grep -q '^topic: is both answered and skipped' err
is "everything else is saved" grep -q '^Saved: 5 answered' err
gives 1 "the same as JSON" '^\{' '"key":"unknown"' answer cy --file short.yaml --json
same "with a code for each problem" not_found problems.0.code

bad() { # SENTENCE, STATUS, PATTERN; the file is on stdin
    cat >bad.yaml
    gives "$2" "a file with $1" '^$' "$3" answer cy --file bad.yaml
}
printf 'answers: { topic: "a\n' | bad "an open quote" 65 'bad.yaml:[0-9]+:[0-9]+'
printf 'ansers: { topic: a }\n' | bad "a wrong key: did you mean" 65 'Did you mean "answers"'
printf 'answers: [topic]\n' | bad "a list of answers" 65 'bad.yaml:1:'
printf 'answers:\n' | bad "nothing in it" 65 'answers nothing'
printf 'title: x\n' | bad "no answers" 65 'answers nothing'
printf -- '- a\n' | bad "a list" 65 'not an answer file'
: | bad "no bytes" 65 'E114|empty'
printf 'answers: { topic: a, topic: b }\n' | bad "the same key twice" 65 'E104'
printf 'answers: { topic: &a x }\n' | bad "an anchor" 65 'E105'
printf 'answers: { topic: "\377" }\n' | bad "bytes that are no UTF-8" 65 'E103|UTF-8'
printf 'workflow: business-model\nanswers: { topic: a }\n' | bad "another workflow's name" 65 'for the workflow business-model'
printf 'answers: [x]\n' >bad.yaml
gives 65 "mistakes of a file as JSON, with the line" '^$' '"problems":\[\{.*"line":1' answer cy --file bad.yaml --json
gives 1 "a file that is not there" '^$' 'cannot be opened' answer cy --file none.yaml
gives 65 "a folder" '^$' 'not a regular file' answer cy --file .
mkfifo pipe
gives 65 "a pipe does not block" '^$' 'not a regular file' answer cy --file pipe
