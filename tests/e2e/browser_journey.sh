#!/bin/sh
# A whole journey in the browser, from `espalier ui` to the printed plan, in French: on a laptop with the client's screen
# beside it, and on a telephone.  PICTURES=DIR makes the pictures of the README instead.
. tests/e2e/lib.sh
. "$top/tests/e2e/_packages.sh"
browser || {
    echo "skip - $lacking"
    exit 0
}
export ESPALIER
unset ESPALIER_LIBRARY # the workflows that come with the program
flows=$top/workflows

# What is said in the browser, as the command line takes it.
cat >more.yaml <<'YAML'
answers:
  proof: { Les veufs du foyer viendraient le jeudi: deed, Le foyer paierait la moitié: promise }
  proof_people: { Les veufs du foyer viendraient le jeudi: 4, Le foyer paierait la moitié: 1 }
  define_note: CANARI elle hésite dès que l'on parle du soir
skip: { cs_wider: Nous y reviendrons }
YAML
model() { # FILE, workflow, scripted client, more answers
    ESPALIER_DB=$work/model.db
    try client add "$1" --lang fr
    try start "$1" "$2" --lang fr
    for file in "$3" ${4-}; do
        try answer "$1" --file "$file"
        is "$1 has answered $(basename "$file")" equals 0 $status
    done
    try review "$1" --json
    cp out "$1.json"
    cp out phone.json
    ESPALIER_DB=$work/practice.db
}
# Takes the link as a browser would.
cat >opener <<'SH'
#!/bin/sh
printf '%s' "$1" >"$0.part" && mv "$0.part" "$0.link"
SH
chmod +x opener
BROWSER=$work/opener
export BROWSER

[ -z "${PICTURES-}" ] || {
    node "$top/tests/e2e/web_journey.mjs" "$top" pictures
    exit
}

model laptop business-model "$flows/business-model/tests/une-cantine-a-deux.yaml" more.yaml
node "$top/tests/e2e/web_journey.mjs" "$top" ${PARTS-laptop phone}
is "the journeys went to their end" equals 0 $?
