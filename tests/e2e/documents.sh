#!/bin/sh
# What a coach hands over: every format, for every reader, and nothing that the reader may not see; a coach's own
# templates; what a sponsor is given and what the client must have said before.
# shellcheck source=tests/e2e/lib.sh
. tests/e2e/lib.sh

mkdir -p mine/workflows/agreed/documents mine/scripts own
export ESPALIER_LIBRARY="$work/mine"
cat >mine/workflows/agreed/workflow.yaml <<'END'
espalier: 1
workflow: agreed
title: With an agreement
language: en
phases: [talk]
share: { sponsor: { question: who_sees, answers: [payer] } }
canvases:
  page: { title: The page, grid: [[left, right]], blocks: { left: Left, right: { label: Right, colour: "#e6eee9" } }, purpose: [secret, topic] }
  aim: { title: The aim, grid: [[left, right]], blocks: { left: Left, right: Right }, follows: page, for: [client, coach, sponsor] }
  tries: { title: Tries, pages: true, blocks: { left: Left, right: Right } }
outputs:
  win: { fields: { text: text, inner: text }, sponsor: [text], programme: [] }
documents:
  plan: { template: plan.md.mustache, for: client }
  notes: { template: notes.md.mustache, for: coach }
END
cat >mine/workflows/agreed/talk.yaml <<'END'
phase: talk
title: Talk
steps:
  - id: all
    title: All
    questions:
      - { id: topic, ask: What about, type: text }
      - { id: things, ask: Which things, type: list, canvas: page.left }
      - { id: secret, ask: "A secret about {topic}", type: text, private: true, canvas: page.right }
      - { id: wound, ask: A wound, type: text, sensitive: true, canvas: aim.right }
      - { id: reason, ask: A reason, type: text, private: true, required: false }
      - { id: who_sees, ask: Who sees it, type: choice, options: [us, payer] }
END
cat >mine/scripts/agreed.lua <<'END'
phase "talk"
step "all"
goal { text = "A goal", due = "2026-12-01", because = "WORDS of the client" }
action { text = "A step", due = "2026-12-02" }
record("win", { text = "A win", inner = "WORDS inside" })
for n, thing in ipairs(answers.things) do
  put("page", "left", thing, { feeling = n == 1 and "like" or "dislike", hypothesis = n == 2 })
  put("aim", "left", thing, { mark = n == 1 and "maintain" or "delete" })
  put("tries", "left", thing, { page = "Try " .. n })
end
put("aim", "left", "Something new", { mark = "add" })
END
cat >mine/workflows/agreed/documents/plan.md.mustache <<'END'
# The plan

**{{client.name}}**

## {{answers.topic}}

{{#goals}}
- {{text}}{{#because}}, {{because}}{{/because}}
{{/goals}}
{{#outputs.win}}
- {{text}} {{inner}}
{{/outputs.win}}
{{#notes}}
- {{text}}
{{/notes}}
{{#skipped}}
- {{ask}} {{why}}
{{/skipped}}

![The page](canvas:current)

![The change](canvas:diff)
END
printf '# Notes\n\n{{answers.secret}} {{answers.wound}}\n\n{{#notes}}\n- {{text}}\n{{/notes}}\n' >mine/workflows/agreed/documents/notes.md.mustache

try check agreed
is "the workflow has no mistake" equals "0:agreed: 0 errors, 0 warnings" "$status:$(tail -n 1 out)"
try client add "Ada Okafor"
try start ada agreed
try answer ada topic=mornings 'things=[tea, rain]' "secret=CANARY secret" "wound=CANARY wound" who_sees=us
try skip ada reason --why "CANARY reason"
is "the journey is answered" equals 0 $status
try note ada "CANARY private note"
try note ada "CANARY sensitive note" --sensitive
try note ada "a shared note" --shared

# Text of a file, whatever its format; a file that cannot be read as what it says has a canary of its own.
text_of() {
    case $1 in
    *.pdf) pdftotext "$1" - || echo CANARY ;;
    *.docx | *.odt) unzip -p "$1" '*.xml' || echo CANARY ;;
    *.png) head -c 8 "$1" | grep -aq PNG || echo CANARY ;;
    *) cat "$1" ;;
    esac
}
can_read() {
    case $1 in
    pdf) command -v pdftotext ;;
    docx | odt) command -v unzip ;;
    *) true ;;
    esac >/dev/null 2>&1
}
made() { # SENTENCE, FILE, ARGUMENT ...: is written, for its owner alone, and has no canary in it; in page.txt as text
    sentence=$1 file=$2
    shift 2
    rm -f "$file" page.txt
    try "$@" -o "$file"
    text_of "$file" >page.txt 2>/dev/null
    is "$sentence" test "$status:$(mode "$file"):$(grep -c CANARY page.txt)" = 0:600:0
}
for format in md txt html json pdf docx odt; do
    can_read $format || { echo "skip - $format: nothing here can read it" && continue; }
    made "the plan as $format" plan.$format plan ada
    is "as $format: it is the client's own" grep -q 'WORDS of the client' page.txt
    is "as $format: with the shared note" grep -q 'a shared note' page.txt
    made "for the client as $format" plan.$format plan ada --for client
    made "for a sponsor as $format" plan.$format plan ada --for sponsor --why "on the phone"
    is "for a sponsor as $format: the goal" grep -q 'A goal' page.txt
    is "for a sponsor as $format: no word of the client" fails grep -qE 'WORDS|mornings|shared note' page.txt
    made "for a programme as $format" plan.$format plan ada --for programme
    is "for a programme as $format: no name and no word" fails grep -qE 'Ada|Okafor|WORDS|A goal|mornings|tea|shared note' page.txt
    [ $format = json ] && continue
    made "the book as $format" plan.$format book ada
    for whom in sponsor programme; do
        made "the book for a $whom as $format" plan.$format plan ada --document book --for $whom --why "on the phone"
        is "the book for a $whom as $format: no word of the client" fails grep -qE 'WORDS|mornings|shared note' page.txt
    done
    made "the sponsor's document as $format" plan.$format plan ada --document sponsor --why "on the phone"
    made "the programme's document as $format" plan.$format plan ada --document programme
    try plan ada --document notes -o notes.$format --force
    secrets=$(text_of notes.$format | grep -c "CANARY secret") # HTML has it among the answers too
    is "the coach's own as $format" test "$status" = 0 -a "$secrets" -ge 1
    is "the coach's own as $format: not the sensitive ones" fails grep -q 'CANARY wound' "notes.$format"
done
for format in txt md html json svg pdf png; do
    can_read $format || { echo "skip - $format: nothing here can read it" && continue; }
    for state in current target diff blank prototype1 prototype2; do
        made "the canvas as $format, $state" page.$format canvas ada --state $state
    done
    made "a sponsor's canvas as $format" page.$format canvas ada --state target --for sponsor --why "on the phone"
done
try canvas ada --state prototype -o tries.html
is "prototypes are one page of HTML" equals "1 2 2" "$(grep -c '<h1' tries.html) $(grep -c '<h2' tries.html) $(grep -c '<figure' tries.html)"
try canvas ada --state target -o aim.html
is "a canvas in HTML says its title once, and its state" equals "1 1" \
    "$(grep -c '>The aim</h' aim.html) $(grep -c 'Where it is heading' aim.html)"
gives 1 "a canvas that is not for a sponsor" '^$' 'not for the sponsor' canvas ada --for sponsor --why "on the phone"
gives 1 "nor what changes on it" '^$' 'not for the sponsor' canvas ada --state diff --for sponsor --why "on the phone"
gives 1 "nor for a programme" '^$' 'not for the programme' canvas ada --state target --for programme
gives 0 "the coach's canvas has the private words" 'CANARY secret' '' canvas ada --for coach
is "but no sensitive ones" fails grep -q 'CANARY wound' out

try canvas ada --format json
same "feelings stand behind the items" like blocks.0.items.0.feeling
same "with a sign" '♥' blocks.0.items.0.flags.0
same "and so do beliefs" '?' blocks.0.items.1.flags.1
same "the purpose is one that the client may read" mornings purpose
same "colours are those of the workflow" '#e6eee9' blocks.1.colour
try canvas ada --state diff --format json
same "what stays" same blocks.0.items.0.change
same "what goes" gone blocks.0.items.1.change
same "what is new" new blocks.0.items.2.change
try canvas ada --state blank --format json
is "a blank page knows nobody" fails grep -qE 'Ada|tea|mornings' out
gives 1 "which prototype" '^$' '1 \(Try 1\), 2 \(Try 2\)' canvas ada --state prototype
try canvas ada --state prototype -o tries.pdf
is "all prototypes are one PDF, a page each" test "$status:$(pdfinfo tries.pdf 2>/dev/null | sed -n 's/^Pages: *//p')" = 0:2
try canvas ada --state prototype2 --format json
same "one of them has its title" 'Try 2' state_label
gives 1 "a prototype that is not there" '^$' 'There are' canvas ada --state prototype9
gives 2 "no state at all" '^$' 'not "prototypes"' canvas ada --state prototypes

# Consent.
gives 1 "a sponsor is given nothing without the client's word" '^$' 'Ada Okafor has not agreed.*question who_sees' plan ada --for sponsor
gives 1 "not as JSON" '^$' 'has not agreed' plan ada --for sponsor --json
gives 1 "not as the sponsor's document" '^$' 'has not agreed' plan ada --document sponsor
gives 1 "not as a canvas" '^$' 'has not agreed' canvas ada --state target --for sponsor
gives 1 "an empty reason is none" '^$' 'has not agreed' plan ada --for sponsor --why " "
printf 'mine\n' >there.md
gives 1 "what cannot be written is not given" '^$' 'exists already' plan ada --for sponsor --why "NOT given" -o there.md
try notes ada
is "and no reason is kept for it" fails grep -q 'NOT given' out
try plan ada --for sponsor --why "a REASON on the phone" -o given.md
try notes ada
is "the reason is kept as a private note" grep -q 'private' out
is "with its words" grep -q 'REASON' out
try answer ada who_sees=payer
gives 0 "with the client's word it is" 'A goal' '^$' plan ada --for sponsor
try notes ada --json
before=$(json '#')
try plan ada --for sponsor --why "not needed"
try notes ada --json
is "then no reason is kept" equals "$before" "$(json '#')"
gives 1 "what is the coach's is nobody else's" '^$' 'written for the coach' plan ada --document notes --for sponsor --why x
gives 2 "sensitive answers are the coach's" '^$' 'never given to the sponsor' plan ada --for sponsor --with-sensitive
gives 2 "a reader nobody knows" '^$' 'client, coach, sponsor or programme' canvas ada --for boss
try start ada first-talk
gives 1 "a workflow that does not ask: say what was agreed" '^$' 'does not ask whether a sponsor.*--why' plan ada --journey 2 --for sponsor
gives 0 "a programme reads counts" 'Sessions' '' plan ada --journey 2 --for programme

# Templates.
printf 'one\n\n{{answers.secret}}\n' >private.mustache
for whom in client sponsor programme; do
    gives 70 "a template for the $whom that names a private answer" '^$' 'E511 +private.mustache:3' plan ada --journey 1 --template private.mustache --for $whom
    gives 70 "as HTML too" '^$' 'E511' plan ada --journey 1 --template private.mustache --for $whom --format html
done
gives 0 "the coach's may" 'CANARY secret' '^$' plan ada --journey 1 --template private.mustache --for coach
printf 'Dear {{client.nane}}\n' >wrong.mustache
gives 70 "a name that is not there, with its line" '^$' 'E502 +wrong.mustache:1.*|client.name' plan ada --template wrong.mustache
gives 1 "a template that is not there" '^$' 'cannot be opened' plan ada --template nothing.mustache
ln -s private.mustache linked.mustache
gives 74 "a template that is a link" '^$' 'symbolic link' plan ada --template linked.mustache
gives 65 "a template that is a folder" '^$' 'not a regular file' plan ada --template .
spell 300000 >large.mustache
gives 65 "a template that is too large" '^$' 'at most' plan ada --template large.mustache
printf '\377\376' >bytes.mustache
gives 65 "a template that is no text" '^$' 'UTF-8' plan ada --template bytes.mustache
gives 0 "the template in use" 'The plan' 'mine/documents/agreed/plan.md.mustache' template agreed
gives 0 "that of a client's journey" 'The plan' 'espalier plan CLIENT --template' template ada --journey 1
gives 0 "in another language" '..' 'documents/first-talk/fr/plan.md.mustache' template first-talk --lang fr
gives 0 "the program's own" 'client.name' 'the program' template agreed sponsor
gives 1 "one that there is not" '^$' 'Did you mean "notes"' template agreed note
gives 0 "into a file" '^$' 'Written: copy.mustache' template agreed -o copy.mustache
sed 's/The plan/Our plan/' copy.mustache >changed.mustache
gives 0 "a changed copy is tried out" 'Our plan' '^$' plan ada --journey 1 --template changed.mustache
mkdir -p mine/documents/agreed
cp changed.mustache mine/documents/agreed/plan.md.mustache
gives 0 "and counts when it is in the library" 'Our plan' '^$' plan ada --journey 1
cp private.mustache mine/documents/agreed/plan.md.mustache
gives 70 "there as well no private answer may be named" '^$' 'E511' plan ada --journey 1
gives 65 "and check says so, with its line" 'E511 +.*mine/documents/agreed/plan.md.mustache:3' '' check agreed
is "once" equals 1 "$(grep -c E511 out)"
rm mine/documents/agreed/plan.md.mustache
sed 's/due = "2026-12-01"/due = "2026-12-01", because = answers.secret/; s/, because = "WORDS[^"]*"//; s/text = "A win"/text = answers.secret/' mine/scripts/agreed.lua >changed.lua
cp changed.lua mine/scripts/agreed.lua
mkdir -p mine/workflows/agreed/tests
printf 'answers:\n  topic: x\n  things: [tea]\n  secret: s\n  wound: w\n  who_sees: us\nskip: { reason: not now }\n' >mine/workflows/agreed/tests/leak.yaml
cp mine/scripts/agreed.lua handed.lua && cp mine/workflows/agreed/talk.yaml asked.yaml
sed '/who_sees, ask/a\      - { id: more, ask: "More about {about}", type: text, required: false }' asked.yaml >mine/workflows/agreed/talk.yaml
printf 'ask("more", { as = "later", about = answers.secret })\n' >>mine/scripts/agreed.lua
gives 65 "and one that puts it into another question" 'a worksheet with the question talk/.*more@later shows' '' test agreed
cp handed.lua mine/scripts/agreed.lua && cp asked.yaml mine/workflows/agreed/talk.yaml
gives 65 "a script that hands a private answer on is found by test" 'the sponsor may see of the outputs has a private answer' '' test agreed

# Files.
gives 2 "a format that a canvas does not have" '^$' 'A canvas is written as md, txt, html, pdf, svg, png or json' canvas ada -o page.docx
gives 2 "an ending that means none" '^$' 'A canvas is written as .* not "jpg"' canvas ada -o page.jpg
is "and no file of that name" test ! -e page.jpg
try plan ada -o ./a.folder/plan
is "a folder with a point in its name has no ending" fails grep -q 'written as' err
gives 2 "a format that nobody has" '^$' 'A document is written as' plan ada --format rtf
if command -v unzip >/dev/null 2>&1; then
    for paper in A4:11906 A3:16838 Letter:12240; do
        try plan ada -o paper.docx --paper ${paper%:*} --force
        unzip -p paper.docx word/document.xml >out
        is "a DOCX on ${paper%:*}" grep -q "<w:pgSz w:w=\"${paper#*:}\"" out
    done
fi
gives 2 "the tree with sensitive answers is the coach's alone" '^$' 'add --for coach' plan ada --format json --with-sensitive
gives 2 "a paper that nobody has" '^$' 'A4, A3 or Letter' plan ada --format pdf --paper A9
printf 'mine\n' >kept.pdf
gives 1 "a drawing does not write over a file" '^$' 'exists already' canvas ada --journey 1 -o kept.pdf
is "which is as it was" equals mine "$(cat kept.pdf)"
gives 0 "unless it is told to" '^$' 'Written' canvas ada --journey 1 -o kept.pdf --force
mkdir full
for name in page.pdf page.svg page.png; do
    # No file may grow: the program's own output goes through a pipe.
    (ulimit -f 0 && "$ESPALIER" canvas ada --journey 1 -o full/$name 2>&1 >/dev/null || echo "status $?") | cat >err
    is "a full disk leaves no half $name" test "$(sed -n 's/^status //p' err):$(ls full)" = 74:
done
"$ESPALIER" canvas ada --journey 1 --format pdf >/dev/full 2>err
status=$?
is "an output that takes nothing: status 74" test "$status" = 74 -a -s err
ESPALIER_DRAW="$work/none" "$ESPALIER" canvas ada --journey 1 -o none.pdf >out 2>err
status=$?
is "without the drawing program: a sentence, and no file" test "$status:$(wc -l <err)" = 1:1 -a ! -e none.pdf
try canvas ada --journey 1 -o one.pdf
try canvas ada --journey 1 -o two.pdf
is "the same canvas is the same PDF, byte for byte" cmp -s one.pdf two.pdf
if command -v script >/dev/null 2>&1; then
    script -qec "'$ESPALIER' canvas ada --journey 1 --format pdf" typed </dev/null >/dev/null 2>&1
    is "a PDF does not go to a terminal" grep -q 'Add -o FILE.pdf' typed
    printf '#!/bin/sh\ncat >/dev/null\nsleep 2\nprintf "%%%%PDF-slow"\n' >slow && chmod +x slow
    ESPALIER_DRAW="$work/slow" script -qec "'$ESPALIER' canvas ada --journey 1 -o slow.pdf" typed </dev/null >/dev/null 2>&1
    is "what takes longer than a second says so" grep -q 'drawing ... 1 s' typed
    ESPALIER_DRAW="$work/slow" script -qec "'$ESPALIER' canvas ada --journey 1 -o slow.pdf --force --quiet" typed </dev/null >/dev/null 2>&1
    is "and nothing with --quiet" fails grep -q drawing typed
else
    echo 'skip - there is no script(1) to be the terminal'
fi
