#!/bin/sh
# The board in a browser: web_board.mjs adds, changes, moves and takes away notes in every way there is.
. tests/e2e/lib.sh
. "$top/tests/e2e/_packages.sh"
needs_browser
export ESPALIER
in_browser() {
    node "$top/tests/e2e/web_board.mjs" "$@"
    is "the board was driven to its end: $*" equals 0 $?
}

cat >few.yaml <<'YAML'
answers:
  many: [one, two, { text: three, weight: 3 }]
  few: [a, { text: b, weight: 4, token: mine }]
YAML
for client in Ada Ben Cleo Dora; do
    try client add "$client"
    try start "$client" wall
    try answer "$client" --file few.yaml
done
{
    echo 'answers: { many: ['
    for i in $(seq 1 500); do echo "  note $i,"; done
    echo ']}'
} >many.yaml
try client add Gus
try start Gus wall
try answer Gus --file many.yaml
is "a list of 500 is there" equals 0 $status

in_browser script plain conflict hostile many
gives 0 "the practice is whole afterwards" '' '' doctor

# The page of a real journey, in all its states.
unset ESPALIER_LIBRARY
try client add "Amara Diallo"
try start Amara
for sitting in 1 2 3; do
    try answer Amara --file "$top/workflows/business-model/demo/sitting-$sitting.yaml"
done
is "a whole journey is there" equals 0 $status
in_browser states

checked "the checker of HTML finds no error" ./*.html
