#!/bin/sh
# A whole journey in the browser, from `espalier ui` to the printed plan, in French: on a laptop with the client's screen
# beside it, and on a telephone.  PICTURES=DIR takes the pictures of the README instead.
. tests/e2e/lib.sh
. "$top/tests/e2e/_packages.sh"
needs_browser
needs pdftotext
export ESPALIER
unset ESPALIER_LIBRARY # the workflows that come with the program

# Takes the link as a browser would.
cat >opener <<'SH'
#!/bin/sh
printf '%s' "$1" >"$0.part" && mv "$0.part" "$0.link"
SH
chmod +x opener
BROWSER=$work/opener
export BROWSER
held() {
    node "$top/tests/e2e/web_journey.mjs" "$top" "$@"
    is "$* went to the end" equals 0 $?
}
[ -z "${PICTURES-}" ] || {
    held pictures
    exit
}

# What is to be said in the browser, in another practice.
cat >more.yaml <<'YAML'
answers:
  proof: { Les veufs du foyer viendraient le jeudi: deed, Le foyer paierait la moitié: promise }
  proof_people: { Les veufs du foyer viendraient le jeudi: 4, Le foyer paierait la moitié: 1 }
  define_note: CANARI elle hésite dès que l'on parle du soir
skip: { cs_wider: Nous y reviendrons }
YAML
ESPALIER_DB=$work/told.db
try client add Maud --lang fr
try start Maud business-model
for file in "$top/workflows/business-model/tests/une-cantine-a-deux.yaml" more.yaml; do
    try answer Maud --file "$file"
    is "$(basename "$file") can be said" equals 0 $status
done
"$ESPALIER" review Maud --json >told.json
ESPALIER_DB=$work/practice.db

held laptop phone
if command -v qpdf >/dev/null; then
    for pdf in laptop-*.pdf phone-*.pdf; do
        is "$pdf is whole" qpdf --check "$pdf"
    done
else
    echo "skip - qpdf is not installed"
fi
