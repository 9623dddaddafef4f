#!/bin/sh
# The published schemas: every tree and every canvas of every scripted client is what they say, for every reader.
. tests/e2e/lib.sh
. "$top/tests/e2e/_packages.sh"
unset ESPALIER_LIBRARY
judge() { node "$top/tests/e2e/schema.mjs" "$@"; }

gives 0 "the schemas there are" '^plan ' '^$' schema
is "canvases as well" grep -q '^canvas ' out
gives 0 "the same as JSON" '"name": "plan"' '^$' schema --json
is "it is one document" json 0.name
gives 1 "did you mean" '^$' 'Did you mean "plan"' schema paln
gives 1 "no such schema" '^$' 'espalier schema' schema nothing-like-it
"$ESPALIER" schema plan >plan.schema
"$ESPALIER" schema canvas >canvas.schema
is "into a file" test "$("$ESPALIER" schema plan -o copy.schema 2>&1)" = "Written: copy.schema"
is "as it is printed" cmp -s copy.schema plan.schema
if ! packages; then
    echo "skip - trees and canvases judged by ajv: $lacking"
    exit 0
fi

mkdir trees boards
for file in "$top"/workflows/*/tests/*.yaml; do
    workflow=$(basename "$(dirname "$(dirname "$file")")")
    name=$workflow-$(basename "$file" .yaml)
    try client add "$name"
    try start "$name" "$workflow"
    try plan "$name" --for coach --format json && mv out "trees/$name.empty.json"
    try answer "$name" --file "$file"
    try note "$name" "a note of the coach"
    for language in en fr; do
        for audience in client coach sponsor programme; do
            try plan "$name" --lang $language --for $audience --why "a test" --format json
            [ $status = 0 ] && mv out "trees/$name.$language.$audience.json"
        done
        try book "$name" --lang $language --format json
        [ $status = 0 ] && mv out "trees/$name.$language.book.json"
    done
    for state in current target diff prototype1 blank; do
        try canvas "$name" --state $state --format json
        [ $status = 0 ] && mv out "boards/$name.$state.json"
    done
done
scripted=$(find "$top"/workflows/*/tests -name '*.yaml' | wc -l)
is "a tree of each scripted client for every reader in both languages, and before the first answer" test "$(find trees -type f | wc -l)" = $((scripted * 11))
is "a canvas of each where it stands, and blank" test "$(find boards -type f | wc -l)" -ge $((scripted * 2))
judge plan.schema trees/* >out
say $? "every tree is as the schema says"
judge canvas.schema boards/* >out
say $? "every canvas, too"

# The controls: what is not so is refused.
wrong() { # SENTENCE, SCHEMA, FILE, JAVASCRIPT over the tree t
    node -e 'const f=require("fs"),t=JSON.parse(f.readFileSync(process.argv[1]));'"$4"';f.writeFileSync("wrong.json",JSON.stringify(t))' "$3"
    is "refused: $1" fails judge "$2" wrong.json
}
client=$(find trees -name 'business-model-*en.client.json' | sort | head -n 1)
coach=$(printf %s "$client" | sed 's/client.json/coach.json/')
board=$(find boards -name '*.current.json' | sort | head -n 1)
wrong "a member nobody has described" plan.schema "$client" 't.extra=1'
wrong "a member that is missing" plan.schema "$client" 'delete t.goals'
wrong "a day that is none" plan.schema "$client" 't.date="soon"'
wrong "a client who sees what the coach prepares" plan.schema "$coach" 't.audience="client"'
wrong "a coach without it" plan.schema "$coach" 'delete t.prep'
wrong "another reader" plan.schema "$client" 't.audience="everybody"'
wrong "a block without a name" plan.schema "$client" 'delete Object.values(t.canvas)[0].blocks[0].id'
wrong "a canvas in no state" canvas.schema "$board" 't.state="new"'
wrong "a canvas without blocks" canvas.schema "$board" 'delete t.blocks'
wrong "an item that says nothing" canvas.schema "$board" 't.blocks[0].items=[{id:"x"}]'
is "the control of the controls: unchanged they are right" judge plan.schema "$client" "$coach"
