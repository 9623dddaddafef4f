#!/bin/sh
# What is printed, of every scripted client and of a hostile one, in both languages: PDF by qpdf and poppler, SVG by
# rsvg; what is read aloud or searched is all there, in its order, and on the page.
. tests/e2e/lib.sh
. "$top/tests/e2e/_journeys.sh"

has() { command -v "$1" >/dev/null 2>&1; }
judged() { node "$top/tests/e2e/judged.mjs" "$@" >out 2>err; }
is "every scripted client is held in both languages" journeys
[ -s names.fr ] || exit 1
boards() { # NAME STATE: a canvas that there may not be
    try canvas "$1" --state "$2" -o "canvas-$2.$1.pdf" && [ $status = 0 ] || return 0
    written=$((written + 1))
    writes "canvas-$2.$1.svg" canvas "$1" --state "$2"
}
paper() { # NAME KIND
    writes "plan.$1.pdf" plan "$1"
    writes "plan.$1.txt" plan "$1"
    writes "plan.$1.md" plan "$1"
    boards "$1" diff
    all "$2" || return 0
    for state in current target prototype1; do
        boards "$1" $state
    done
    for kind in book prep; do
        writes "$kind.$1.pdf" $kind "$1"
        writes "$kind.$1.txt" $kind "$1"
        writes "$kind.$1.md" $kind "$1"
    done
    [ -n "${SOAK-}" ] || [ "$2" = hostile ] || return 0
    writes "again.$1.pdf" plan "$1"
    is "the same plan is the same bytes: $1" cmp -s "again.$1.pdf" "plan.$1.pdf"
    writes "sponsor.$1.pdf" plan "$1" --for sponsor --why "said so"
    writes "programme.$1.pdf" plan "$1" --for programme
    writes "letter.$1.pdf" plan "$1" --paper Letter
    writes "wide.$1.pdf" canvas "$1" --paper A3
    writes "blank.$1.pdf" canvas "$1" --state blank
}
each paper
all_written "all is written"
set -- ./*.pdf
n=$#

if has qpdf; then
    : >faults
    for file in "$@"; do
        qpdf --check "$file" >checked 2>&1 || { echo "$file" && cat checked; } >>faults
    done
    cp faults out
    is "qpdf finds no fault in $n PDF files" test ! -s faults
else
    echo "skip - PDF read by qpdf: it is not installed"
fi
if has pdftotext; then
    : >faults
    for file in "$@"; do
        pdfinfo "$file" >info 2>&1
        grep -q '^Tagged: *yes' info && grep -q '^Title: *[^ ]' info || echo "$file has no tags or no title" >>faults
        pdffonts "$file" 2>&1 | awk -v file="$file" 'NR > 2 && $(NF - 4) != "yes" { print file ": " $0 }' >>faults
        pdftotext -raw "$file" "$file.text" 2>>faults
        # Lines from the right are whole only where this program looks at places, not at the order of drawing.
        { cat "$file.text" && pdftotext "$file" -; } >"$file.all" 2>>faults
        pdftotext -bbox "$file" "$file.box" 2>>faults
    done
    cp faults out
    is "they are tagged, have a title, and all fonts with them" test ! -s faults
    if has node; then
        judged inside ./*.box
        status=$?
        is "no word of them leaves its page" equals 0 $status
        # (Of five hundred items a canvas shows some, and says so: a book has no other list of them.)
        for file in plan.*.txt book.*.txt prep.*.txt; do
            case $file in book.hostile-business*) continue ;; esac
            printf '%s\n%s\n' "$file" "${file%.txt}.pdf.all"
        done >list
        # shellcheck disable=SC2046 # no name has a space in it
        judged words $(cat list)
        status=$?
        is "every word of plan, book and sheet is on their pages" equals 0 $status
        # shellcheck disable=SC2046
        judged hostile $(grep hostile-business list)
        status=$?
        is "what is hostile is shown as it was written" equals 0 $status
        if has pandoc; then
            for file in plan.*.md prep.*.md; do
                pandoc -f gfm -t json "$file" -o "$file.json" 2>/dev/null
                printf '%s\n%s\n' "$file.json" "${file%.md}.pdf.text"
            done >list
            # shellcheck disable=SC2046
            judged order $(cat list)
            status=$?
            is "in the order in which they are written" equals 0 $status
            set -- plan.arabic*en.md.json plan.long-answers*en.pdf.text
            is "the control: other words" fails judged words plan.arabic*en.txt "$2"
            is "and another order" fails judged order "$1" "$2"
        else
            echo "skip - the order of words on pages: pandoc is not installed"
        fi
    else
        echo "skip - words on pages: node is not installed"
    fi
else
    echo "skip - PDF read by pdftotext: it is not installed"
fi
if has rsvg-convert; then
    : >faults
    n=0
    for file in ./*.svg; do
        rsvg-convert -w 300 "$file" -o drawn.png 2>>faults || echo "$file" >>faults
        n=$((n + 1))
    done
    cp faults out
    is "rsvg draws $n canvases" test ! -s faults
else
    echo "skip - SVG drawn by rsvg: rsvg-convert is not installed"
fi
