#!/bin/sh
# JSON lines (INTERFACES.md section 2): what a view holds, and that a wrong line leaves everything as it was.
. tests/e2e/lib.sh

talk() { # lines on stdin; answers in out
    "$ESPALIER" run ada --json >out 2>err
    status=$?
}
at() { # line number, path
    sed -n "${1}p" out | aid json "$2"
}
stands() { # SENTENCE, wanted, line, path
    is "$1" equals "$2" "$(at "$3" "$4")"
}
absent() { is "$1" fails at "$2" "$3"; }

try client add ada
try start ada types
talk </dev/null
is "the end of input is a quit" equals 0 $status
is "after the start comes one view" equals view "$(aid lines <out)"
is "a view says nothing on stderr" equals 0 "$(wc -c <err)"
for path in journey revision phase.id phase.title step.id open.0.key said progress.phase progress.phases progress.answered \
    progress.to_check progress.set_aside 'done'; do
    is "a view has $path" at 1 $path
done
stands "no revision yet" 0 1 revision
for field in key id type ask help examples caution required by private state; do
    is "an open question has $field" at 1 open.0.$field
done
stands "its key is whole" all/a_text 1 open.0.key
stands "its state" open 1 open.0.state
absent "no compare where the question has none" 1 open.0.compare
absent "no help where the question has none" 1 open.1.help
absent "no value before an answer" 1 open.0.previous
absent "nobody asks again, so no why" 1 open.0.why
stands "options in order, id and label" '[{"id":"red","label":"The red one"},{"id":"blue","label":"The blue one"}]' 1 open.3.options
stands "the ends of a scale" '["none","all"]' 1 open.5.ends
stands "from" 1 1 open.5.from
stands "to" 10 1 open.5.to
stands "min" -5 1 open.6.min
stands "max" 100 1 open.6.max
stands "unit" pieces 1 open.6.unit
stands "currency" EUR 1 open.8.currency
stands "the fields of an item" text 1 open.11.item.text.type
stands "rows of a grid" work 1 open.13.rows.0.id
stands "scales of a grid" joy 1 open.13.scales.0.id
stands "a private question says so" true 1 open.16.private

talk <<'LINES'
{"answer":{"all/a_text":"one"},"replaces":0}
{"answer":{"a_text":"two"},"replaces":0}
{"answer":{"a_text":"one"},"replaces":0}
{"answer":{"a_text":"two"},"replaces":1}
{"view":"review"}
{"undo":true}
{"redo":true}
{"undo":true,"replaces":1}
{"note":{"at":"a_text","text":"shaky","visibility":"private"}}
{"note":{"text":"for both","visibility":"shared"}}
{"skip":{"a_yes_no":"later"}}
{"back":"a_text"}
{"answer":{"a_text":"three","a_scale":99}}
{"answer":{"a_text":"three","a_scale":9}}
{"quit":true}
{"answer":{"a_text":"never read"}}
LINES
is "quit ends it with status 0" equals 0 $status
is "every line is answered by one object" equals "view view error view view view view view error view view view view error view " \
    "$(aid lines <out | tr '\n' ' ')"
stands "an answer gives the next revision" 1 2 revision
stands "a stale answer is a conflict" conflict 3 code
stands "with the key" all/a_text 3 key
stands "with the one value" two 3 yours
stands "and the other" one 3 theirs
stands "the same answer twice is stored once" 1 4 revision
stands "the review has the answers of the path" two 6 answered.0.value
stands "with key and wording" 'A text' 6 answered.0.ask
stands "undo is a change like others" 3 7 revision
stands "and so is redo" 4 8 revision
stands "a stale undo is a conflict" conflict 9 code
stands "a question taken back offers what it held" two 13 open.0.previous
stands "two answers in a line: one that does not fit" input 14 code
stands "says which" all/a_scale 14 key
talk <<'LINES'
{"view":"review"}
LINES
stands "both of a line that fits are stored" 'three' 2 answered.0.value
is "nothing behind quit was read" fails grep -q 'never read' out

refuses() { # SENTENCE, CODE; the line is on stdin
    cat >line
    before=$("$ESPALIER" review ada --json)
    { cat line; printf '\n{"view":"now"}\n'; } | { "$ESPALIER" run ada --json >out 2>err; echo $? >code; }
    status=$(cat code)
    is "$1: an error, nothing changed, and it goes on" \
        test "$status $(aid lines <out | tr '\n' ' ') $(at 2 code)" = "0 view error view  $2" -a \
        "$before" = "$("$ESPALIER" review ada --json)"
}
printf 'hello' | refuses "no JSON" data
printf '"hello"' | refuses "a text" data
printf '[]' | refuses "a list" data
printf 'null' | refuses "null" data
printf '{}' | refuses "an empty object" data
printf '{"answr":{"a_text":"x"}}' | refuses "an unknown field" data
is "with did you mean" grep -q 'Did you mean ..answer' out
printf '{"answer":{"a_text":"x"},"more":1}' | refuses "an unknown field beside a known one" data
printf '{"answer":{"a_text":"x"},"undo":true}' | refuses "two acts at once" data
printf '{"replaces":1}' | refuses "replaces alone" data
printf '{"answer":{"a_text":"x"},"replaces":"1"}' | refuses "replaces that is no number" data
printf '{"answer":{"a_text":"x"},"replaces":-1}' | refuses "replaces below 0" data
printf '{"answer":["a_text"]}' | refuses "answers in a list" data
printf '{"answer":{}}' | refuses "no answer" data
printf '{"answer":{"a_txt":"x"}}' | refuses "an unknown key" not_found
printf '{"answer":{"":"x"}}' | refuses "an empty key" not_found
printf '{"answer":{"a_text":5}}' | refuses "a number for a text" input
printf '{"answer":{"a_text":null}}' | refuses "null for a text" input
printf '{"answer":{"a_text":"a\\u001b[31m"}}' | refuses "a control character" input
printf '{"answer":{"a_text":"a\\u202eb"}}' | refuses "a character that turns the line around" input
printf '{"answer":{"a_text":"a\\u0000b"}}' | refuses "an escaped NUL" data
printf '{"answer":{"a_text":"a\000b"}}' | refuses "a NUL" data
printf '{"answer":{"a_text":"\377\376"}}' | refuses "bytes that are no UTF-8" data
printf '{"answer":{"a_text":"\\ud800"}}' | refuses "half a surrogate pair" data
printf '{"answer":{"a_scale":1e999}}' | refuses "a number beyond all" data
printf '{"answer":{"a_scale":99999999999999999999999}}' | refuses "an integer beyond all" data
printf '{"answer":{"a_scale":9.5}}' | refuses "half a point" input
printf '{"answer":{"a_list":[{"id":"x","text":"a","more":1}]}}' | refuses "an item with an unknown field" input
printf '{"answer":{"a_text":"x","a_text":"y"}}' | refuses "the same key twice" data
printf '{"answer":{"a_text":%s}}' "$(spell 40 '[')$(spell 40 ']')" | refuses "40 deep" limit
spell 100000 '[' | refuses "100,000 deep" data
printf '{"answer":{"a_text":[%s0]}}' "$(yes 0, | head -n 20000 | tr -d '\n')" | refuses "20,000 values" limit
printf '{"answer":{"a_text":"%s"}}' "$(spell 1048576)" | refuses "a line of 1 MiB" limit
printf '{"skip":{"a_choice":""}}' | refuses "a skip without a reason" input
printf '{"skip":{"a_choice":5}}' | refuses "a reason that is no text" data
printf '{"note":{"text":""}}' | refuses "an empty note" input
printf '{"note":{"text":"x","visibility":"public"}}' | refuses "a note for everybody" input
printf '{"note":{"text":"x","for":"all"}}' | refuses "a note with an unknown field" data
printf '{"note":"x"}' | refuses "a note that is a text" data
printf '{"undo":1}' | refuses "undo that is no truth" data
printf '{"back":true}' | refuses "back without a key" data
printf '{"view":"all"}' | refuses "an unknown view" data
printf '{"quit":"yes"}' | refuses "quit that is no truth" data
printf '{"view":"now"} {"quit":true}' | refuses "two objects in a line" data

printf '\n  \n\r\n{"view":"now"}\r\n' | talk
is "empty lines are passed over, and CRLF is a line end" equals "view view " "$(aid lines <out | tr '\n' ' ')"
printf '{"answer":{"a_text":"without an end"}}' | talk
is "a last line without an end counts" equals "without an end" "$(at 2 open.0.x || "$ESPALIER" review ada --json | aid json answered.0.value)"
mkfifo pipe
"$ESPALIER" run ada --json <pipe >out 2>err &
exec 3>pipe
printf '{"answer":{"a_text":"kept"}}\n' >&3
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    [ "$(wc -l <out)" -ge 2 ] && break
    sleep 0.2
done
kill -TERM $!
wait $!
status=$?
exec 3>&-
is "an interruption ends it with status 130" equals 130 "$status"
is "and what was accepted is saved" equals kept "$("$ESPALIER" review ada --json | aid json answered.0.value)"
"$ESPALIER" run ada --json </dev/null >/dev/full 2>err
status=$?
is "an output that takes nothing is status 74" equals 74 $status

# Asked again, and why.
try client add bo
try start bo types
try answer bo a_text=old a_long_text=x a_yes_no=yes a_choice=red 'a_choices=[red]' a_scale=7 an_integer=1 a_number=1 a_money=10 \
    a_date=+7d a_duration=5 'a_list=[time]' 'a_rank=[red, blue, green]' 'a_grid={work: {joy: 1, cost: 1}, home: {joy: 1, cost: 1}}' \
    'a_commitment={what: Call, by: +7d, know: she called}' 'a_confirm={agreed: true}' a_secret=s a_wound=w
"$ESPALIER" run bo --json </dev/null >out 2>err
stands "a sort has the items as rows, id and text" time 1 open.0.rows.0.text
is "with their ids" at 1 open.0.rows.0.id
stands "and its columns" keep 1 open.0.columns.0.id
try answer bo 'a_sort={time: keep}' each_one=1
try answer bo 'a_list=[time, rain]'
"$ESPALIER" run bo --json </dev/null >out 2>err
stands "an answer that lacks a new item is invalid" invalid 1 open.0.state
is "and says why" at 1 open.0.why
is "and has the value so far" at 1 open.0.previous
try answer bo 'a_sort={time: keep, rain: drop}'
"$ESPALIER" run bo --json </dev/null >out 2>err
stands "a question of an item names it" 'How heavy is rain' 1 open.0.ask
try answer bo each_one=1 a_text=new
"$ESPALIER" run bo --json </dev/null >out 2>err
stands "a question that is worded differently now is to be checked" to_check 1 open.0.state
stands "with the value so far" x 1 open.0.previous
is "and why" at 1 open.0.why
stands "it is counted" 1 1 progress.to_check
stands "and does not keep the journey from being done" true 1 'done'

# Long words of many bytes are cut in a message where a character ends.
words=$(yes 'é' | head -n 700 | tr -d '\n')
printf '{"answer":{"a_long_text":"%s"}}\n{"answer":{"a_long_text":"x%s"},"replaces":1}\n' "$words" "$words" |
    "$ESPALIER" run bo --json >out 2>err
is "a conflict of long answers is an object, too" equals "view view error " "$(aid lines <out | tr '\n' ' ')"
stands "with both of them whole" "x$words" 3 yours
