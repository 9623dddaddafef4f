#!/bin/sh
# The commands one after the other, as in a first week: what they print, where, and with which status.
. tests/e2e/lib.sh

gives 0 "no clients yet: the next step is named" '^$' 'espalier client add NAME' client list
gives 0 "the practice file is for its owner alone" '^$' 'No clients yet' status
is "its mode is 0600" equals 600 "$(mode "$ESPALIER_DB")"
gives 0 "no clients as JSON" '^\[\]$' '^$' client list --json
gives 1 "a client of an empty practice: add one" '^$' 'espalier client add "Ada"' start Ada
gives 0 "client add names the next step" '^$' 'espalier start "Ada Okafor"' client add "Ada Okafor" --email ada@example.org
gives 0 "client add as JSON" '^\{' '^$' client add "Bo Li" --json --pseudonym "B." --lang fr
same "with the name" "Bo Li" name
gives 1 "the same name again" '^$' 'There is a client "Ada Okafor" already' client add "ada okafor"
gives 65 "an empty name" '^$' 'needs a name' client add " "
gives 65 "a name of two lines" '^$' 'one line' client add "$(printf 'A\nB')"
gives 65 "a name of 201 bytes" '^$' '200 bytes' client add "$(spell 201)"
gives 0 "a name of 200 bytes" '^$' 'Added' client add "$(spell 200)"
gives 0 "all clients" '^Ada Okafor$' '^$' client list
gives 0 "a client without a journey: begin one" '^$' 'espalier start "Ada Okafor"' client show ada
gives 0 "a client as JSON" '"email": "ada@example.org"' '^$' client show ADA --json
id=$(json id)
gives 0 "a client by id" "$id" '^$' client show "$id" --json
gives 0 "a pseudonym and a language are kept" '"language": "fr"' '^$' client show bo --json
gives 1 "a wrong name: did you mean" '^$' 'Did you mean "Bo Li"' status "Bo Lu"
gives 0 "another client with the same beginning" '^$' 'Added' client add "Ada Lund"
gives 1 "a beginning of several names: which ones" '^$' 'Ada Okafor, Ada Lund|Ada Lund, Ada Okafor' status ada
gives 1 "an empty name means nobody" '^$' 'no client' status ""

gives 1 "a journey that is not there: begin it" '^$' 'espalier start "Bo Li"' review bo
gives 1 "a wrong workflow: did you mean" '^$' 'Did you mean "first-talk"' start bo first-tlak
gives 0 "start names the next step" '^$' 'espalier run "Bo Li"' start bo first-talk
gives 1 "the same again: go on" '^$' 'espalier run "Bo Li"' start bo first-talk
gives 0 "start as JSON, business-model where none is named" '"workflow": "business-model"' '^$' start "Ada Lund" --json
is "it is one document" json journey
gives 0 "a language of its own for a journey" '^$' 'Begun' start "Ada Okafor" first-talk --lang en
gives 0 "questions in the client's language" 'Sur quoi' '' run bo
gives 0 "--lang goes before it" 'What would you like' '' run bo --lang en

gives 0 "answer says what is next and how to answer it" '^$' 'define/where_now=' answer bo topic=delegation "goal=a: b" --lang en
gives 0 "the same again is as it was" '^$' '0 answered, 0 skipped, 1 as they were' answer bo topic=delegation
gives 65 "an answer that does not fit: the sentence" '^$' '^where_now: .*1' answer bo where_now=11
gives 65 "the same as JSON: a document, and errors on stderr" '^\{' '^\{"type":"error","code":"input","key":"where_now"' answer bo where_now=11 --json
same "with the problem in it" where_now problems.0.entry
gives 1 "a wrong key: did you mean" '^$' 'Did you mean "topic"' answer bo topik=x
gives 0 "options behind and before, --opt=value" '^\{' '^$' --json --db="$ESPALIER_DB" answer bo where_now=4
same "what is next" define/obstacles next.key
gives 2 "an answer without a value" '^$' 'not KEY=VALUE' answer bo topic
gives 2 "an answer without a key" '^$' 'not KEY=VALUE' answer bo =x
gives 2 "the same key twice" '^$' 'stands twice' answer bo topic=a topic=b
gives 2 "neither answers nor a file" '^$' '--file' answer bo
gives 2 "a file and answers" '^$' '--file' answer bo topic=x --file y.yaml
gives 2 "a skip without a reason" '^$' '--why' skip bo boss_knows
gives 2 "a skip with an empty reason" '^$' '--why' skip bo boss_knows --why " "
gives 0 "skip" '^$' 'Skipped: define/boss_knows' skip bo boss_knows --why "not now"
gives 1 "a skip of a wrong key: did you mean" '^$' 'Did you mean "obstacles"' skip bo obstacels --why no
gives 0 "undo says what" '^$' 'Undone: define/boss_knows' undo bo
gives 0 "redo" '^$' 'Redone: define/boss_knows' redo bo
gives 1 "nothing to redo" '^$' 'nothing to redo' redo bo
gives 0 "back, by a tail of the key" '^$' 'Open again: define/topic' back bo define/topic
gives 1 "back of what is open" '^$' 'it is open' back bo topic
gives 0 "undo as JSON" '^\{' '^$' undo bo --json
same "which key" define/topic key
gives 0 "review shows answers and skips" 'not now' '^$' review bo
gives 0 "review as JSON" '"answered"' '^$' review bo --json
is "it is one document" json answered.0.key
gives 0 "history of one key" 'answered define/topic' '^$' history bo topic
gives 0 "history as JSON has the wording" '"wording"' '^$' history bo topic --json
gives 1 "history of a wrong key" '^$' 'Did you mean "topic"' history bo topci
gives 0 "a note is private" '^$' 'Noted \(private\)' note bo "He looks tired." --at topic
gives 0 "a shared note as JSON" '"visibility": "shared"' '^$' note bo "Bring the rota." --shared --json
gives 2 "shared and sensitive at once" '^$' 'not both' note bo x --shared --sensitive
gives 65 "an empty note" '^$' 'some words' note bo " "
gives 1 "a note at a wrong key" '^$' 'Did you mean' note bo x --at topci
gives 0 "the notes" 'private  define/topic' '^$' notes bo
gives 0 "the notes as JSON" '^\[' '^$' notes bo --json
same "both" 2 '#'
gives 0 "status of all" 'no journey yet' '^$' status
gives 0 "status of one as JSON" '"next_key"' '^$' status bo --json
is "it is one document" json 0.next_key
gives 0 "the plan in the client's language" 'Ce que' '^$' plan bo
gives 0 "the plan in another" 'What we agreed' '^$' plan bo --lang en
gives 0 "the plan as text" '^[^#]' '^$' plan bo --format txt --lang en
gives 0 "the plan as JSON" '"audience": "client"' '^$' plan bo --format json
gives 0 "--json is the same" '"audience": "client"' '^$' plan bo --json
is "it is one document" json answers.topic
gives 2 "--json and another format" '^$' 'Leave one of the two out' plan bo --json --format md
gives 2 "a wrong format" '^$' 'written as md, txt, .*json, not' plan bo --format rtf
gives 2 "a wrong audience" '^$' 'client, coach, sponsor or programme' plan bo --for boss
gives 1 "a document that is not there, in the language of the journey" '^$' 'pas de document «.zzz.»' plan bo --document zzz
gives 1 "and in another" '^$' 'no document "zzz"' plan bo --document zzz --lang en
gives 1 "nor is a template that another document is made with" '^$' 'no document "notes"' plan "ada l" --document notes
gives 0 "a document for the coach" 'tired' '^$' plan bo --document notes
gives 1 "the same for the client is refused" '^$' 'written for the coach' plan bo --document notes --for client --lang en
for state in current target blank; do
    for format in txt md json; do
        gives 0 "canvas of business-model, $state, $format" '..' '^$' canvas "ada l" --state $state --format $format
    done
    is "canvas $state as JSON is one document with nine blocks" equals 9 "$(json blocks.#)"
done
gives 0 "canvas of lines of - and |" '^\+--' '^$' canvas bo --ascii
gives 0 "canvas --json" '"blocks"' '^$' canvas bo --json
gives 2 "a wrong state" '^$' 'current, target, diff, prototype or blank' canvas bo --state future --lang en
gives 1 "a canvas that is not there: which there are" '^$' 'Il y a.: ' canvas bo --canvas zzz
gives 0 "another journey of the client" '^$' 'Begun' start bo business-model
gives 0 "the latest open one is meant" 'business-model|Business' '' status bo
gives 0 "--journey names an earlier one" 'delegation' '^$' review bo --journey 1
gives 1 "a journey that is not there: how many there are" '^$' 'Bo Li has 2' review bo --journey 3
gives 1 "a journey that is no number" '^$' 'Bo Li has 2' review bo --journey x
gives 0 "doctor" 'All is well' '^$' doctor
gives 0 "doctor --deep as JSON" '^\[' '^$' doctor --deep --json
is "it is one document" json 0.ok
gives 1 "doctor makes no practice" '^$' 'There is no practice' doctor --db "$work/none.db"
is "indeed not" fails test -e "$work/none.db"
gives 0 "--quiet says nothing of success" '^$' '^$' --quiet answer bo --journey 1 topic=trust

gives 0 "check of the whole library" 'first-talk: 0 errors' '^$' check
gives 0 "check as JSON" '^\[\]$' '^$' check first-talk --json
gives 1 "check of a wrong workflow" '^$' 'Did you mean "first-talk"' check frist-talk
gives 0 "test of one workflow" '[1-9][0-9]* passed, 0 failed' '' test first-talk
gives 0 "test as JSON" '^\[' '^$' test first-talk --json
is "it is one document" json 0.passed
mkdir -p bad/workflows/broken/tests bad/scripts
printf 'espalier: 1\nworkflow: broken\ntitle: B\nlanguage: en\nscript: broken.lua\nphases: [one]\n' >bad/workflows/broken/workflow.yaml
printf 'phase: one\ntitle: One\nsteps: []\ntile: x\n' >bad/workflows/broken/one.yaml
printf 'phase "one"\nask "wrd"\n' >bad/scripts/broken.lua
gives 65 "check of a workflow with mistakes: file and line" 'one.yaml:[0-9]' '' check broken --library bad
gives 65 "the same as JSON" '"line": [1-9]' '' check broken --library bad --json
is "it is one document" json 0.code
gives 65 "a journey does not begin with mistakes: they are shown" '^$' 'E[0-9]{3} .*one.yaml' start "ada o" broken --library bad
gives 65 "the same as JSON: they are in the error" '^$' '"problems":\[\{' start "ada o" broken --library bad --json
mkdir -p bad/workflows/first/tests
sed 's/: broken$/: first/' bad/workflows/broken/workflow.yaml >bad/workflows/first/workflow.yaml
printf 'phase: one\ntitle: One\npurpose: P\nsteps:\n  - id: s\n    title: S\n    questions:\n      - { id: word, ask: W, type: text }\n' >bad/workflows/first/one.yaml
sed -i 's/broken.lua/first.lua/' bad/workflows/first/workflow.yaml
printf 'phase "one"\nask "word"\n' >bad/scripts/first.lua
printf 'workflow: first\nansers: {word: x}\n' >bad/workflows/first/tests/typo.yaml
printf 'workflow: first\nanswers: {word: x}\nexpect:\n  - says: nothing of the kind\n' >bad/workflows/first/tests/wrong.yaml
gives 65 "tests that fail, and that are no tests, are both told" '0 passed, 2 failed' '' test first --library bad
gives 65 "the same as JSON" '^\[' '' test first --library bad --json
same "in one document" 2 '#'

gives 0 "start of a workflow whose script will fail" '^$' 'Begun' start "ada o" trouble
gives 70 "an answer at which the script fails: kept, status 70" '^$' 'every answer is safe' answer "ada o" word=boom
gives 70 "the same as JSON" '^\{' '"code":"script"' answer "ada o" word=boom --json
same "the answer is kept" 1 unchanged
gives 70 "run where the script failed" '' '' run "ada o"
gives 70 "run --json where the script failed" '"trouble"' '' run "ada o" --json
gives 70 "review shows the answer" 'boom' 'safe' review "ada o"
gives 65 "doctor finds the journey" 'FAULT' '' doctor
gives 0 "undo leads out of it" '^$' 'Undone: one/word' undo "ada o"
gives 0 "demo" 'My development plan' 'espalier client add' demo
gives 0 "demo as JSON" '^\{' '' demo --json
is "it is one document with five sittings" equals 5 "$(json sittings.#)"
mkdir -p leak && cp -r "$top/tests/e2e/library/." leak/
printf '{{answers.a_secret}} {{answers.a_wound}}\n' >>leak/workflows/types/documents/plan.md.mustache
gives 65 "check finds private and sensitive answers in a client's document" 'E511 .*a_secret' '' check types --library leak

# The same data gives the same documents, wherever one is.
try plan bo --journey 1 --lang en
cp out here
for setting in LC_ALL=tr_TR.UTF-8 LC_ALL=de_DE.UTF-8 LC_ALL=C TERM=dumb COLUMNS=20 NO_COLOR=1; do
    env "$setting" "$ESPALIER" plan bo --journey 1 --lang en >out 2>err
    is "the plan under $setting" cmp -s out here
done
LC_ALL=fr_FR.UTF-8 "$ESPALIER" client add "Zoé" --json >out 2>err
"$ESPALIER" client show zoé --json >out 2>err
same "a French surrounding makes French clients" fr language
gives 0 "a name without its accents" '"Zoé"' '^$' client show ZOE --json
gives 0 "a name in other letters" '"Zoé"' '^$' client show ZOÉ --json
