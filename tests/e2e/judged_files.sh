#!/bin/sh
# Files for other programs, of every scripted client and of a hostile one, in both languages: DOCX and ODT by
# LibreOffice and pandoc, tables by LibreOffice, calendars by libical and ical.js, JSON by ajv.
. tests/e2e/lib.sh
. "$top/tests/e2e/_packages.sh"
. "$top/tests/e2e/_journeys.sh"

has() { command -v "$1" >/dev/null 2>&1; }
judged() { node "$top/tests/e2e/judged.mjs" "$@" >out 2>err; }
is "every scripted client is held in both languages" journeys
[ -s names.fr ] || exit 1
files() { # NAME KIND
    for form in docx odt txt md; do
        writes "plan.$1.$form" plan "$1"
    done
    if [ -n "${SOAK-}" ] || [ "$2" = hostile ]; then # of the others: schema.sh
        writes "plan.$1.json" plan "$1" --for coach --with-sensitive
        try canvas "$1" --state diff --json
        [ $status != 0 ] || cp out "canvas.$1.json"
    fi
    try calendar "$1" -o "$1.ics"
    [ $status != 0 ] || "$ESPALIER" calendar "$1" --json >"$1.events"
    all "$2" || return 0
    for form in docx odt txt md; do
        writes "book.$1.$form" book "$1"
        writes "prep.$1.$form" prep "$1"
    done
    [ -n "${SOAK-}" ] || [ "$2" = hostile ] || return 0
    for form in docx odt; do
        writes "sponsor.$1.$form" plan "$1" --for sponsor --why "said so"
        writes "programme.$1.$form" plan "$1" --for programme
        writes "coach.$1.$form" plan "$1" --for coach --with-sensitive
    done
}
each files
export ESPALIER_DB="$work/practice.en.db"
gives 1 "no such document: those that there are, each once" '^$' 'There are: plan, prep, book, sponsor, programme\.' \
    plan arabic --document nothing
for table in items actions goals hours; do
    writes $table.csv export --table $table
done
all_written "all is written"

if has pandoc && has node; then
    for name in plan.*.md book.*.md prep.*.md; do
        name=${name%.md}
        pandoc -f gfm -t json "$name.md" -o "$name.md.tree" 2>>faults
        for form in docx odt; do
            pandoc -t json "$name.$form" -o "$name.$form.tree" 2>>faults
            printf '%s %s\n' "$name.md.tree" "$name.$form.tree"
        done
    done >list
    # shellcheck disable=SC2046 # no name has a space in it
    judged outline $(cat list)
    status=$?
    is "pandoc finds the same headings and tables in $(wc -l <list) documents" equals 0 $status
    for form in docx odt; do
        name=plan.hostile-business-model
        for language in en fr; do
            pandoc -t plain --wrap=none $name-$language.$form -o $name-$language.$form.plain
        done
        judged hostile $name-en.txt $name-en.$form.plain $name-fr.txt $name-fr.$form.plain
        status=$?
        is "what is hostile is in $form as it was written" equals 0 $status
    done
    is "the control: other headings" fails judged outline plan.arabic*en.md.tree plan.long-answers*en.docx.tree
else
    echo "skip - DOCX and ODT read by pandoc: pandoc or node is not installed"
fi
office=$(command -v soffice || command -v libreoffice)
convert() { # FORMAT FOLDER FILE ...
    to=$1 folder=$2
    shift 2
    timeout 250 "$office" "-env:UserInstallation=file://$work/office" --headless ${infilter:+"$infilter"} \
        --convert-to "$to" --outdir "$folder" "$@" >out 2>err
}
infilter=
if [ -n "$office" ] && has pdftotext && has node; then
    for form in docx odt; do
        is "LibreOffice opens every $form file" convert pdf opened-$form ./*.$form
        : >list
        for file in *.$form; do
            name=${file%.$form}
            pdftotext "opened-$form/$name.pdf" "$name.$form.text" 2>/dev/null || echo "$file" >>lost
            pdftotext -bbox "opened-$form/$name.pdf" "$name.$form.box" 2>/dev/null
            [ ! -e "$name.txt" ] || printf '%s %s\n' "$name.txt" "$name.$form.text" >>list
        done
        is "and lays out every one" test ! -e lost
        # shellcheck disable=SC2046
        judged words $(cat list)
        status=$?
        is "every word is on the pages of $(wc -l <list | tr -d ' ') $form files" equals 0 $status
        judged inside ./*.$form.box
        status=$?
        is "and no word of $form leaves its page" equals 0 $status
    done
    infilter='--infilter=CSV:44,34,76,1,,0,false,true,false'
    convert xlsx opened-csv items.csv actions.csv goals.csv hours.csv
    infilter=
    convert 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false' opened-csv opened-csv/*.xlsx
    for table in items actions goals hours; do
        judged cells $table.csv opened-csv/$table.csv
        status=$?
        is "a spreadsheet has the same cells in $table.csv" equals 0 $status
    done
else
    echo "skip - documents and tables opened by LibreOffice: it, pdftotext or node is not installed"
fi
if packages; then
    try schema plan -o plan.schema
    try schema canvas -o canvas.schema
    for kind in plan canvas; do
        node "$top/tests/e2e/schema.mjs" $kind.schema $kind.*.json >out 2>err
        status=$?
        is "the JSON of every $kind is what its schema says" equals 0 $status
    done
    node "$top/tests/e2e/judged_calendar.mjs" ./*.ics >out 2>err
    status=$?
    is "ical.js reads the same events, days and texts in $(find . -name '*.ics' | wc -l) calendars" equals 0 $status
else
    echo "skip - JSON and calendars: $lacking"
fi
if [ -x "$BUILD/e2e/ical" ]; then
    : >faults
    for file in ./*.ics; do
        test "$("$BUILD/e2e/ical" "$file")" = "$(aid json events.# <"${file%.ics}.events")" || echo "$file" >>faults
    done
    cp faults out
    is "libical reads as many events, without an error" test ! -s faults
else
    echo "skip - calendars read by libical: libical-dev is not installed"
fi
