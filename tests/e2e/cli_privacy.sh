#!/bin/sh
# What is private stays with the coach: answers, reasons, notes, in everything that is made for the client.
. tests/e2e/lib.sh

try client add Ada --pseudonym "A."
try start ada types
try answer ada a_text=open a_long_text=x a_yes_no=yes a_choice=red 'a_choices=[red]' a_scale=7 an_integer=1 a_number=1 a_money=10 \
    a_date=+7d a_duration=5 'a_list=[time]' 'a_rank=[red, blue, green]' 'a_grid={work: {joy: 1, cost: 1}, home: {joy: 1, cost: 1}}' \
    'a_commitment={what: Call, by: +7d, know: she called}' 'a_confirm={agreed: true}' a_sort='{time: keep}' each_one=1 \
    "a_secret=CANARY secret" "a_wound=CANARY wound"
is "the journey is answered" equals 0 $status
try note ada "CANARY private note" --at a_text
try note ada "CANARY sensitive note" --sensitive
try note ada "a shared note" --shared
hidden() { # SENTENCE, ARGUMENT ...
    sentence=$1
    shift
    try "$@"
    is "$sentence: nothing private" test "$status:$(grep -c CANARY out err | tr '\n' ' ')" = "0:out:0 err:0 "
}
for format in md txt json; do
    hidden "the plan as $format" plan ada --format $format
    hidden "the plan as $format, for the client" plan ada --format $format --for client
    for state in current blank; do
        hidden "the canvas as $format, $state" canvas ada --format $format --state $state
    done
done
hidden "the plan as --json" plan ada --json
hidden "the plan in a file" plan ada -o plan.md
is "also in the file" fails grep -q CANARY plan.md
hidden "the plan as --json, for the client" plan ada --json --for client
try plan ada
is "the shared note is in it" grep -q 'a shared note' out
try plan ada --json
is "the pseudonym stands for the name" equals "A." "$(json client.name)"
gives 0 "the coach's document has the private answer" 'CANARY secret' '^$' plan ada --document coach
is "but not the sensitive one" fails grep -q 'CANARY wound' out
gives 0 "that only on request" 'CANARY wound' '^$' plan ada --document coach --with-sensitive
gives 1 "a document of the coach is not made for the client" '^$' 'for the coach' plan ada --document coach --for client
gives 0 "the tree for the coach has the private answer" 'CANARY secret' '^$' plan ada --json --for coach
is "and not the sensitive one" fails grep -q 'CANARY wound' out
gives 2 "sensitive answers are never given to the client" '^$' 'never given to the client' plan ada --for client --with-sensitive
try plan ada --with-sensitive --json
is "not even where nobody is named" fails grep -q CANARY out
gives 0 "the review is the coach's" 'CANARY secret' '^$' review ada
gives 0 "the history too" 'CANARY wound' '^$' history ada
gives 0 "and the notes" 'CANARY private note' '^$' notes ada
try skip ada a_secret --why "CANARY reason"
hidden "the plan with a private question left out" plan ada
hidden "its tree" plan ada --json
