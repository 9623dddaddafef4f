#!/bin/sh
# Word processors' files, judged by programs of others: xmllint, pandoc, LibreOffice.
. tests/e2e/lib.sh

trees=$top/tests/unit/data/office
has() { command -v "$1" >/dev/null 2>&1; }
# Every word of a tree in the tree's file, and none but those; a list of words a line.
words_of() { tr -cs 'A-Za-z0-9' '\n' | grep -E '^[A-Za-z0-9]{3,}$' | sort -u; }
tree_words() {
    grep -oE '"(text|label|shown|ask|title|subtitle|purpose|attribution)": "[^"]*"' "$1" |
        sed -e 's/^"[a-z]*": //' -e 's/\\[nt]/ /g' | words_of
}
all_words() { # tree, text
    tree_words "$1" >wanted
    words_of <"$2" >found
    comm -23 wanted found >out
    [ ! -s out ] && [ -s wanted ]
}

for name in plan arabic japanese hostile; do
    sed "s/LONGWORD/$(spell 20000)/g" "$trees/$name.json" >"$name.json"
    for form in docx odt; do
        "$BUILD/e2e/officer" $form "$name.json" "$name.$form" >out 2>err
        status=$?
        is "the $name is written as $form" equals $status 0
    done
done
"$BUILD/e2e/officer" docx plan.json again.docx && is 'the same tree gives the same bytes' cmp plan.docx again.docx

if has xmllint && has unzip; then
    for file in *.docx *.odt; do
        rm -rf parts && mkdir parts && (cd parts && unzip -q "../$file")
        find parts -name '*.xml' -o -name '*.rels' >list
        is "all parts of $file are well-formed" xargs -d '\n' xmllint --noout <list
    done
    unzip -Z1 plan.odt >out
    is 'the type of an ODT file comes first' equals "$(head -n 1 out)" mimetype
    unzip -v plan.odt >out
    is 'and is not packed' grep -qE 'Stored .* mimetype$' out
else
    echo 'skip - xmllint and unzip look into the parts'
fi

if has pandoc; then
    for form in docx odt; do
        pandoc -t markdown plan.$form >out 2>err
        is "pandoc finds the headings in $form" grep -qx '## Where it goes' out
        is "and those of the fourth level in $form" grep -qx '#### A small heading' out
        is "lists inside lists in $form" grep -qE '^        -   third level' out
        is "ordered lists that start again in $form" grep -qE '^    1\.  restarted one' out
        is "strong text in $form" grep -qF '**Amara Diallo**' out
        is "links in $form" grep -qF 'https://example.org/a%20path' out
        is "boxes to tick in $form" grep -qF '☑ Call Fatou' out
        pandoc -t plain --wrap=none plan.$form >out 2>err
        is "what stands in the cells in $form" grep -qE '2 December 2026 +1 +9/10' out
        pandoc -t html --wrap=none plan.$form >out 2>err
        is "the boxes of the canvas in $form" grep -qE 'Word of mouth' out
        pandoc -t html --wrap=none hostile.$form >out 2>err
        is "pandoc reads what is hostile in $form" grep -qF '&lt;script&gt;alert(1)&lt;/script&gt;' out
        is "all of it in $form" grep -qF 'Item 3-39 with' out
    done
    # (This reader of ODT leaves out rows that are repeated on each page.)
    pandoc -t html --wrap=none plan.docx >html
    is 'every word of the tree is in the DOCX file' all_words plan.json html
    is 'the first row of a table is its head' grep -qE '<th[^>]*>Sure' html
else
    echo 'skip - pandoc reads the files'
fi

# Converts all files of a form to PDF, in one start.
convert() {
    timeout 200 soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to pdf \
        --outdir "pdf-$1" plan."$1" arabic."$1" japanese."$1" hostile."$1" >out 2>err
}
if has soffice && has pdftotext; then
    for form in docx odt; do
        is "LibreOffice opens the $form files" convert $form
        for name in plan arabic japanese hostile; do
            pdftotext pdf-$form/$name.pdf $name.txt 2>err
            is "there is text in $name.$form" test -s $name.txt
        done
        is "every word of the plan is on a page of $form" all_words plan.json plan.txt
        is "the footer counts the pages in $form" grep -qx 'Page 2 of 5' plan.txt
        is "the last of many items is there in $form" grep -qF 'Item 3-39 with' hostile.txt
        pdfinfo -f 1 -l 9 pdf-$form/plan.pdf >out
        is "the canvas lies on a landscape page in $form" grep -qE '3 size: +841[.0-9]* x 595' out
        is "what follows stands upright again in $form" grep -qE '5 size: +595[.0-9]* x 841' out
    done
else
    echo 'skip - LibreOffice and pdftotext show the pages'
fi
