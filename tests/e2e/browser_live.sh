#!/bin/sh
# Windows that follow each other, the client's screen, drafts: web_live.mjs drives them in a browser.
. tests/e2e/lib.sh
. "$top/tests/e2e/_packages.sh"
needs_browser
export ESPALIER
unset ESPALIER_LIBRARY

for client in Ada Ben Cleo Dora Emil Gil Hal "Other Person"; do
    try client add "$client"
    try start "$client" first-talk
done
mkdir -p private/workflows/private private/scripts
cat >private/workflows/private/workflow.yaml <<'YAML'
espalier: 1
workflow: private
title: In confidence
language: en
script: private.lua
phases: [all]
canvases:
  page: { title: Page, blocks: [one, two] }
YAML
cat >private/workflows/private/all.yaml <<'YAML'
phase: all
title: All
steps:
  - id: first
    title: First
    questions:
      - { id: topic, ask: What about?, type: text, canvas: page.one }
      - { id: things, ask: 'What is in {topic}?', type: list, item: { text: { max: 80 } }, canvas: page.one }
  - id: apart
    title: KANARI step
    intro: KANARI intro
    questions:
      - { id: secret, ask: KANARI what do you think?, type: text, private: true, help: KANARI help, canvas: page.two }
      - { id: wound, ask: KANARI what hurts?, type: text, sensitive: true, canvas: page.two }
      - { id: seen, ask: KANARI what did you notice?, type: text, by: coach }
  - id: last
    title: Last
    questions:
      - { id: free, ask: 'And after {secret}?', type: text }
messages:
  behind: 'KANARI behind {secret}'
YAML
cat >private/scripts/private.lua <<'LUA'
phase "all"
ask "topic"
ask "things"
ask "secret"
advise "KANARI advice"
ask "wound"
ask "seen"
say("KANARI " .. answers.secret)
ask "free"
error("KANARI trouble")
LUA
try client add "KANARI Fay"
ESPALIER_LIBRARY=private try start "KANARI Fay" private
try client add Tall
try start Tall
for sitting in 1 2 3; do
    try answer Tall --file "$top/workflows/business-model/demo/sitting-$sitting.yaml"
done
node "$top/tests/e2e/web_live.mjs" live:Ada stopped:Ben leaving:Cleo screen:Dora:Tall "secrecy:KANARI Fay:Other Person" \
    drafts:Emil servers:Gil many:Hal
is "the windows were followed to their end" equals 0 $?
checked "the checker of HTML finds no error" screen-*.html draft.html
# One script fails on purpose, so that its trouble can be looked for on the screen.
try doctor --deep
grep FAULT out >faults
is "the practice is whole afterwards" equals "$(cat faults)" "FAULT  journey of KANARI Fay: the script failed: KANARI trouble"
