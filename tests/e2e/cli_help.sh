#!/bin/sh
# Help, wrong commands and wrong options: everything that a person meets before anything is done.
. tests/e2e/lib.sh

# The control: what is not so is noticed.
try version
is "a wrong status is noticed" fails all_match 1 '' ''
is "a wrong output is noticed" fails all_match 0 'no such words' ''
is "a message that should not be is noticed" fails matches out '^$'
printf '{} {}' >out
is "two documents are noticed" fails json ''
try help --json
is "help as JSON is one document" json ''
n=$(json commands.#)
is "there are at least 23 commands" test "$n" -ge 23
i=0
while [ $i -lt "$n" ]; do
    try help --json
    command=$(json commands.$i.command)
    json commands.$i >whole
    json commands.$i.options | tr '{' '\n' | sed -n 's/.*"name":"\([a-z-]*\)".*/\1/p' >names
    # shellcheck disable=SC2086 # a command may have two words
    try help $command
    missing=
    while read -r name; do
        case $name in
        help | version) ;;
        *) grep -q -e "--$name" out || missing="$missing $name" ;;
        esac
    done <names
    is "help $command says what it is, its options and an example where one helps" \
        test "$status:$missing:$(grep -c "^espalier $command" out)" = "0::1"
    # shellcheck disable=SC2086
    "$ESPALIER" $command --help >other 2>err
    is "$command --help is the same page" cmp -s out other
    # shellcheck disable=SC2086
    try help $command --json
    json '' >other
    is "help $command --json is its part of the whole" cmp -s whole other
    # shellcheck disable=SC2086
    gives 2 "$command refuses an unknown option and names the help" '^$' "no option --zzzz|See: espalier" $command --zzzz
    i=$((i + 1))
done
gives 0 "nothing at all is the overview" '^  client add' '^$'
gives 0 "-h too" '^  doctor' '^$' -h
gives 0 "help of half a command lists the halves" 'client show' '^$' help client
gives 0 "client --help too" 'client show' '^$' client --help
for topic in values limits environment statuses options; do
    gives 0 "help $topic" '..' '^$' help $topic
    gives 0 "help $topic --json" '^\[' '^$' help $topic --json
    is "help $topic --json is one document" json 0
done
gives 0 "the limits are those that are documented" '65536 bytes' '^$' help limits
gives 0 "the version" '^espalier [0-9]' '^$' --version
gives 0 "the version as JSON" '"espalier"' '^$' version --json
is "version --json is one document" json espalier

gives 2 "a wrong command: did you mean" '^$' 'Did you mean "status"' statsu
gives 2 "a wrong first word of two: did you mean" '^$' 'Did you mean "client list"' clinet list
gives 2 "a wrong second word of two: did you mean" '^$' 'Did you mean "client show"' client shwo
gives 2 "a first word alone: what it needs" '^$' 'client needs a second word: add, list, show' client
gives 2 "a command like no other: see help" '^$' 'See: espalier help' frobnicate
gives 1 "help of a wrong command: did you mean" '^$' 'Did you mean "review"' help reviwe
gives 2 "a wrong option: did you mean" '^$' 'Did you mean --shared' note ada x --shred
gives 2 "a wrong option before the command: did you mean" '^$' 'Did you mean --version' --versoin
gives 2 "a wrong short option" '^$' 'no option -z' status -z
gives 2 "an option of another command" '^$' 'start has no option --format' start ada --format md
gives 2 "an option without its value" '^$' '--db needs a value' status --db
gives 2 "a value for an option that has none" '^$' '--quiet takes no value' status --quiet=yes
gives 2 "too few words: how it is used" '^$' 'espalier start CLIENT' start
gives 2 "too many words: how it is used" '^$' 'espalier undo CLIENT' undo ada b
gives 2 "an unknown language" '^$' 'en or fr' status --lang de
gives 2 "an empty name of the practice file" '^$' '--db needs the name' status --db=
gives 2 "an error as JSON" '^$' '^\{"type":"error","code":"usage","text":".*"\}$' --json frobnicate
gives 2 "--json is known before the mistake that stands before it" '^$' '^\{"type":"error"' --bogus version --json
gives 65 "a word that is no UTF-8" '^$' 'not valid UTF-8' client add "$(printf 'A\377')"
gives 65 "the same as JSON" '^$' '^\{"type":"error","code":"input"' client add "$(printf 'A\377')" --json
gives 2 "a text that begins with - is told how" '^$' 'a word -- before it' note ada "-- look"
gives 1 "behind -- everything is text" '^$' 'There is no client' client show -- --db
is "none of this made a practice" fails test -s "$ESPALIER_DB.wrong"

try explain all --json
n=$(json '#') i=0 bad=
while [ $i -lt "$n" ]; do
    try explain all --json
    code=$(json $i.code)
    try explain "$code" --json
    [ "$status" = 0 ] && [ "$(json code)" = "$code" ] && [ "$(json text | wc -c)" -gt 40 ] || bad="$bad $code"
    i=$((i + 1))
done
is "each of the $n codes is explained in a sentence or more$bad" test "$n" -gt 60 -a -z "$bad"
gives 0 "a code in small letters" '^E214' '^$' explain e214
gives 1 "an unknown code: where all of them are" '^$' 'espalier explain all' explain E999
