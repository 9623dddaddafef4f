#!/bin/sh
# Calendars, tables, the hours log and the export: judged by ical.js, libical and LibreOffice where they are there.
. tests/e2e/lib.sh
. "$top/tests/e2e/_packages.sh"
export ESPALIER_CLOCK=2026-11-23T10:00:00Z TZ=UTC

events() { node "$top/tests/e2e/calendar.mjs" "$1"; }
field() { sed -n "${1}p" events | aid json "$2"; }
count() { grep -c -e "$1" "$2"; }

gives 1 "no dates: say what has one" '^$' 'There are no dates yet' calendar
gives 0 "no sessions yet" '^$' 'No sessions yet' hours
gives 0 "as a table: the names of the columns alone" '^client,journey,workflow,date,minutes,hours,kind.$' '^$' hours --format csv
try client add "Ada Okafor" --pseudonym "A."
try start ada dates
gives 1 "a journey without dates" '^$' 'There are no dates yet' calendar ada
cat >hostile.yaml <<'YAML'
answers:
  things:
    - { text: "=cmd|' /C calc'!A0", by: 2026-12-01 }
    - { text: "+1; \\n, \\; BEGIN:VALARM", by: 2026-12-02 }
    - { text: "<script>alert(1)</script> 日本語 عربى 🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂", by: 2027-02-28 }
    - { text: "\"quotes\", and = signs", by: 2026-12-31 }
    - { text: "no day" }
  why: "one\nATTACH:http://192.0.2.1/\nEND:VEVENT\n@SUM(1)"
  secret: tired of it
  again: 2026-12-01
  until: 2026-12-24
YAML
gives 0 "hostile texts" '^$' '6 answered|9 answered|5 answered' answer ada --file hostile.yaml
try calendar ada -o ada.ics
is "a calendar, for its owner alone" test "$status:$(mode ada.ics)" = 0:600
gives 1 "an existing file is not replaced" '^$' 'exists already' calendar ada -o ada.ics
cp ada.ics first.ics
try calendar ada -o ada.ics --force
is "the same data gives the same bytes" cmp -s ada.ics first.ics
is "no line is longer than 75 bytes" test "$(LC_ALL=C awk '{ sub(/\r$/, "") } length > 75' ada.ics | wc -l)" = 0
is "every line ends with CR LF" test "$(wc -l <ada.ics)" = "$(grep -c "$(printf '\r')\$" ada.ics)"
if packages; then
    events ada.ics >events
    is "ical.js: an event for each day" test "$(wc -l <events)" = 5
    is "the text is as it was written" equals "=cmd|' /C calc'!A0" "$(field 1 text)"
    is "of a whole day" equals '2026-12-01 2026-12-02 true' "$(field 1 from) $(field 1 to) $(field 1 wholeDay)"
    is "the note as well, and nothing hangs on it" equals \
        "$(printf 'Why: one\nATTACH:http://192.0.2.1/\nEND:VEVENT\n@SUM(1)') 0 0" \
        "$(field 1 note) $(field 1 inside) $(field 1 attach)"
    is "folded texts are whole again" grep -q '日本語 عربى 🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂"' events
    is "what an action, a review and a reminder say for one day stands there once" test "$(count 'cmd|' events)" = 1
    is "the pause" grep -q 'Pause ends' events
    cut -d, -f2 events >uids
    is "every event has a name of its own" test "$(sort -u uids | wc -l)" = 5
    try answer ada 'why=another reason'
    try calendar ada -o later.ics
    events later.ics >events
    cut -d, -f2 events >uids.later
    is "after a change the events are the same ones" cmp -s uids uids.later
    is "with a higher number" test "$(field 1 sequence)" -gt "$(events first.ics | sed -n 1p | aid json sequence)"
    is "the control: a broken calendar is noticed" fails node "$top/tests/e2e/calendar.mjs" hostile.yaml
else
    try answer ada 'why=another reason'
    echo "skip - calendars read by ical.js: $lacking"
fi
if [ -x "$BUILD/e2e/ical" ]; then
    is "libical: as many events, and no error" equals 5 "$("$BUILD/e2e/ical" first.ics)"
else
    echo "skip - calendars read by libical: libical-dev is not installed"
fi
try client add "Bo Li"
try start bo dates --lang fr
try answer bo 'things=[{text: Appeler Ida, by: 2026-12-05}]'
gives 0 "the calendar of all: names, and pseudonyms where there are some" 'SUMMARY:Bo Li: Appeler Ida' '' calendar
is "no name where there is a pseudonym" test "$(count 'Okafor' out):$(count 'SUMMARY:A.: ' out)" = 0:5
gives 0 "the same as JSON" '"text": "Bo Li: Appeler Ida"' '^$' calendar --json
is "it is one document" json events.0.uid
gives 2 "--journey is of a client" '^$' 'needs the client' calendar --journey 1
is "nothing that is private" fails grep -q 'tired of it' ada.ics first.ics out

gives 0 "hours: each session, each client, all" 'Ada Okafor +dates' '^$' hours
is "the sum of all" grep -qE '^In all +[0-9]+ sessions  2 clients +[0-9.]+ h$' out
gives 0 "hours as JSON" '^\{' '^$' hours --json
is "the total is the sum of the sessions" test "$(json total.sessions)" = "$(json sessions.#)"
gives 0 "from a day on" '^$' 'No sessions on these days' hours --from 2026-11-24
gives 0 "up to a day" '^$' 'No sessions on these days' hours --to 2026-11-22
gives 0 "on the day itself" 'In all' '^$' hours --from 2026-11-23 --to 2026-11-23
gives 2 "a day that is none" '^$' 'is a day' hours --from soon
gives 2 "from after to" '^$' 'is after' hours --from 2026-12-01 --to 2026-11-01
gives 2 "no such format" '^$' 'csv, txt or json' hours --format pdf
gives 2 "--json is JSON" '^$' 'prints JSON' hours --json --format csv
try hours -o hours.csv
is "the ending says the format; marked for spreadsheets" equals 'efbbbf' "$(head -c 3 hours.csv | od -An -tx1 | tr -d ' \n')"
try hours --format csv
is "no mark on stdout" equals cli "$(head -c 3 out)"

gives 0 "a table" '^client,journey,workflow,text,due' '^$' export --table actions
is "a formula is guarded" grep -q "\"'=cmd|' /C calc'!A0\"" out
is "a number is a number" grep -qE ',2026-12-02,,1,' out
gives 0 "--raw: as it is" '' '^$' export --table actions --raw
is "without a guard" grep -q "\"=cmd|' /C calc'!A0\"" out
gives 0 "of one client" 'Bo Li' '^$' export bo --table items
is "and of nobody else" fails grep -q Okafor out
gives 2 "no such table" '^$' 'items, actions, goals or hours' export --table people
gives 0 "an export" '^$' 'Written: all .8 files, 2 journeys' export -o all
is "for its owner alone" equals 700 "$(mode all)"
is "every file, too" equals 600 "$(stat -c %a all/* | sort -u)"
is "what is in it" equals 'actions.csv calendar-ada-okafor-1.ics calendar-bo-li-1.ics goals.csv hours.csv items.csv tree-ada-okafor-1.json tree-bo-li-1.json' "$(cd all && echo *)"
is "the trees" equals Ada\ Okafor "$(aid json client.name <all/tree-ada-okafor-1.json | sed 's/^A\.$/Ada Okafor/')"
before=$(cat all/* | sha256sum)
gives 1 "a folder that exists is not replaced" '^$' 'all exists already' export -o all
gives 2 "not even by force" '^$' 'never replaced' export -o all --force
is "it is as it was" equals "$before" "$(cat all/* | sha256sum)"
gives 1 "nor a file" '^$' 'exists already' export -o hours.csv
gives 74 "a folder that cannot be made" '^$' 'cannot be made' export -o nowhere/all
mkdir small
(ulimit -f 2 && "$ESPALIER" export -o small/all 2>&1 >/dev/null || echo "status $?") | cat >err
status=$(sed -n 's/^status //p' err)
is "a full disk: status 74 and nothing left behind" test "$status:$(find small -mindepth 1)" = 74:
gives 0 "one client only" '^$' 'Written: bo .6 files, 1 journey' export bo -o bo/
is "and nobody else in it" fails grep -rq Okafor bo
try note ada "a note of my own" && try note ada "a sore word" --sensitive && try note ada "a note for both" --shared
gives 0 "what was written" '"tree-ada-okafor-1.json"' '^$' export --json -o notes
is "shared notes" grep -q "a note for both" notes/tree-ada-okafor-1.json
is "no others" fails grep -rqE "note of my own|sore word" notes
gives 0 "names of files that every system takes" '^$' 'Added' client add "../../Élan / \\ Ωμέγα"
try start ../ dates
gives 0 "export of such a name" '^$' 'Written' export ../ -o strange
is "in the folder and nowhere else" test "$(cd strange && echo tree*)" = tree-elan-1.json

# What a spreadsheet makes of them.
office=$(command -v soffice || command -v libreoffice)
if [ -n "$office" ]; then
    convert() { # FORMAT FILE: the filter reads commas, quotes and UTF-8, and evaluates formulas as opening does
        timeout 120 "$office" -env:UserInstallation="file://$work/office" --headless \
            --infilter='CSV:44,34,76,1,,0,false,true,false' --convert-to "$1" --outdir office.out "$2" >/dev/null 2>&1
    }
    is "LibreOffice opens the actions" convert xlsx all/actions.csv
    is "and gives them back" convert 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false' office.out/actions.xlsx
    is "as the texts they were" grep -q "'=cmd|' /C calc'!A0" office.out/actions.csv
    is "in as many rows" test "$(grep -c dates office.out/actions.csv)" = 6
    printf 'a\n=1+1\n' >control.csv
    convert 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false' control.csv
    is "the control: a formula that is not guarded is evaluated" grep -q '^2' office.out/control.csv
else
    echo "skip - tables opened in a spreadsheet: LibreOffice is not installed"
fi

# The book and the sheet for the next session.
gives 0 "the book, as HTML where nothing else is said" '^<!doctype html>' '^$' book ada
is "in the client's words" grep -q 'cmd|' out
is "nothing private in it" fails grep -qE 'tired of it|note of my own|sore word' out
is "what was shared is in it" grep -q 'a note for both' out
gives 0 "as Markdown" '^# My journey' '^$' book ada --format md
gives 0 "as the tree that its template sees" '"sittings"' '^$' book ada --format json
gives 0 "by the ending of the file" '^$' 'Written' book ada -o book.md
gives 1 "not over another file" '^$' 'exists already' book ada -o book.md
echo '{{#book.sittings}}{{nubmer}}{{/book.sittings}}' >own.mustache
gives 70 "a template with a mistake: its line, and what was meant" '^$' 'own.mustache:1:.*' book ada --template own.mustache --format md
is "did you mean" grep -q 'number' err
gives 0 "the sheet for the next session" '^# Before the next session' '^$' prep ada
is "what was promised, and when" grep -q '28 February 2027' out
is "the coach's notes" grep -q 'a note of my own' out
is "sensitive ones are not in it" fails grep -q 'sore word' out
gives 0 "unless they are asked for" 'sore word' '^$' prep ada --with-sensitive
gives 0 "in French" 'Avant la prochaine séance' '^$' prep bo
export ESPALIER_CLOCK=2026-12-02T10:00:00Z
gives 0 "what is late says so" 'due since 1 December 2026' '^$' prep ada
is "and what is not does not" grep -q 'by 28 February 2027' out
gives 0 "how long ago the last session was" '9 days ago' '^$' prep ada
