#!/bin/sh
# Documents as pages: judged by qpdf and poppler, as text, as places on the paper and as structure.
# shellcheck source=tests/e2e/lib.sh
. tests/e2e/lib.sh
draw=$BUILD/espalier-draw data=$top/tests/e2e/data

for tool in qpdf pdftotext pdffonts pdfinfo; do
    needs "$tool"
done

page() { # NAME < tree: NAME.pdf, its text as read in NAME.txt, and as it stands in NAME.lay
    "$draw" >"$1.pdf" 2>err
    status=$?
    : >out
    [ "$status" = 0 ] || return 1
    pdftotext "$1.pdf" "$1.txt" && pdftotext -layout "$1.pdf" "$1.lay"
}
tree() { # blocks on standard input, without brackets; MEMBER: more of the page
    printf '{"draw":"page","format":"pdf","page":{"title":"T","subtitle":"S","words":{"page":"Page {n} of {m}"}%s,"blocks":[' "${1:-}"
    cat
    echo ']}}'
}
block() { printf '{"is":"%s","text":[{"text":"%s"}]%s}' "$1" "$2" "${3:-}"; }
series() { awk -v n="$1" -v format="$2" 'BEGIN { for (i = 1; i <= n; i++) { printf "%s", (i > 1 ? "," : ""); printf format, i } }'; }
sound() { qpdf --check "$1.pdf" >out 2>&1; }
pages() { pdfinfo "$1.pdf" | sed -n 's/^Pages: *//p'; }
embedded() { pdffonts "$1.pdf" | awk 'NR > 2 && $(NF - 4) != "yes" { bad = 1 } END { exit bad || NR < 3 }'; }
# Every word lies within the measure (left and right), and not in the outermost 20 points above and below.
inside() {
    pdftotext -bbox "$1.pdf" - | tr '"' ' ' | awk -v side="$2" '
        /<page / { w = $3; h = $5 }
        /<word / { n++; if ($3 < (w > h ? 30 : side) || $7 > w - (w > h ? 30 : side) || $5 < 20 || $9 > h - 20) bad = 1 }
        END { exit bad || !n }'
}
in_order() { # FILE WORD ...: the words come one after the other
    file=$1
    shift
    awk 'BEGIN { for (i = 1; i < ARGC - 1; i++) word[i] = ARGV[i]; n = ARGC - 2; for (i = 1; i <= n; i++) ARGV[i] = "" }
        { text = text " " $0 }
        END { at = 1; for (i = 1; i <= n; i++) { here = index(substr(text, at), word[i]); if (!here) exit 1; at += here } }' \
        "$@" "$file"
}
last_lines() { # of each page, above the page's number
    awk 'BEGIN { RS = "\f" } { n = split($0, line, "\n"); last = ""
        for (i = 1; i <= n; i++) if (line[i] ~ /[^ ]/ && line[i] !~ /Page [0-9]+ of/) last = line[i]
        if (last != "") print last }' "$1"
}
no_heading_last() { ! last_lines "$1" | grep -q "$2"; }

page plan <"$data/page_plan.json"
is "a plan: the file is sound" sound plan
is "... two pages and a canvas" equals "$(pages plan)" 3
is "... all fonts are in it" embedded plan
is "... nothing beyond the margins" inside plan 57
is "... is read in the order in which it was written" in_order plan.txt "Development plan" "Amara Diallo" Direction \
    "I help neighbours" "What stays" "Key activities" "Apprentice from" "add" "Two days a week" "Goal 1" "Ask Joris" \
    "Find somebody" "at the volunteers" "Agree on one" "14 December" "espalier plan amara" "Agreed on" "Annex" "Saturday repairs"
is "... has the title once, not again where the text begins with it" equals "$(grep -c '^Development plan$' plan.txt)" 1
is "... says the page and how many there are" grep -q 'Page 2 of 3' plan.txt
is "... names itself above the later pages" grep -q 'Development plan · Amara Diallo' plan.txt
is "... open and done tasks differ as text" in_order plan.txt "☑" "☐" "☐"
is "... is tagged" sh -c 'pdfinfo plan.pdf | grep -q "Tagged: *yes"'
is "... is by whom and when" sh -c 'pdfinfo plan.pdf | grep -q "Author: *Coach" && pdfinfo plan.pdf | grep -q "CreationDate: *Mon Nov 23"'
pdfinfo -struct plan.pdf >structure 2>&1
is "... headings, lists, tables, quotes and links are known as such" in_order structure Document H1 H2 BlockQuote P Link \
    H3 L LI Lbl LBody Table TR TH TD Code Sect
is "... one table is one table, also over two pages" equals "$(grep -c 'Table' structure)" 2
is "... a page lies on its side for the canvas" sh -c 'pdfinfo -l 3 plan.pdf | grep -q "Page.*3 size: *841.89 x 595"'
qpdf --qdf --object-streams=disable plan.pdf plan.qdf 2>/dev/null
is "... the address of a link is whole, and no bracket ends it" grep -aq '/URI (https://example.org/a_%28b%29?x=1&y=%272%27)' plan.qdf
is "... has an outline" sh -c 'grep -aq "/Title (Direction)" plan.qdf && grep -aq "/Title (Annex: the canvas)" plan.qdf'
"$draw" <"$data/page_plan.json" >again.pdf
is "... the same tree gives the same bytes" cmp -s plan.pdf again.pdf

page arabic <"$data/page_arabic.json"
is "Arabic and Japanese: sound" sound arabic
is "... on Letter paper" sh -c 'pdfinfo arabic.pdf | grep -q "612 x 792"'
is "... within the margins" inside arabic 66
is "... labels stand at the right, where reading begins" sh -c 'pdftotext -bbox arabic.pdf - | tr \" " " |
    awk "/>•</ { n++; if (n == 1 && \$3 > 500) right = 1 } END { exit !right }"'
is "... and so do Arabic paragraphs; a Latin one begins at the left" sh -c 'pdftotext -bbox arabic.pdf - | tr \" " " |
    awk "/>خ</ && \$7 > 515 { a = 1 } />An</ && \$3 < 95 { b = 1 } END { exit !(a && b) }"'

page hostile <"$data/page_hostile.json"
is "hostile texts: sound" sound hostile
is "... controls and overrides are shown" grep -qF 'Control \x01\x1b[31m and bidi \u202eevil\u202c and \u2066iso\u2069' hostile.txt
is "... markup is text" grep -qF '<script>alert(1)</script> **not bold**' hostile.txt
qpdf --qdf hostile.pdf hostile.qdf 2>/dev/null
is "... no link but to the web and to mail, nothing to run" fails grep -aqE '^ */(S|JS|A|OpenAction) /(JavaScript|Launch)|/URI \(javascript' hostile.qdf
is "... and what looks like the end of an address is part of it" grep -aq '/URI (https://x.org/%29%3E%3E/S/JavaScript/JS%28app.alert%281%29%29%27%5C)' hostile.qdf

printf '{"draw":"page","page":{"title":"🙂 first","blocks":[%s]}}' "$(block heading "🙂" ',"level":2')" | page emoji
is "an emoji as the first thing on a page: sound" sound emoji
is "... and what follows it is there" grep -q first emoji.txt
printf '{"draw":"boards","boards":[{"title":"🙂"},{"title":"🙂"}]}' | page emoji
is "... also on the pages of canvases" sound emoji
marks=$(printf '\314\201%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30)
printf '{"draw":"page","page":{"title":"e%s%s%s"}}' "$marks" "$marks" "$marks" | page marks
is "ninety marks on a letter do not leave the page" inside marks 57
is "... and none is lost" equals "$(grep -o '◌' marks.txt | wc -l)" 17

block paragraph "$(spell 20000)" | tree | page word
is "a word of 20 kB: wrapped within the margins" inside word 57
is "... and whole" equals "$(tr -dc x <word.txt | wc -c)" 20000
is "... without hyphens of ours" fails grep -q 'x-' word.txt
block quote "" ',"blocks":['"$(block paragraph "$(spell 2000 q)")"'],"n":0' | tree | page quote
is "a long word in a quote" inside quote 57

series 40000 'some%d' | tr , ' ' >words
printf '{"is":"paragraph","text":[{"text":"%s","strong":true},{"text":" the end","link":"https://example.org/end"}]}' "$(cat words)" | tree | page long
is "a paragraph of 360 kB: no word is lost" equals "$(grep -o 'some[0-9]*' long.txt | uniq | wc -l)" 40000
is "... within the margins" inside long 57
qpdf --qdf long.pdf long.qdf 2>/dev/null
is "... with the link at its end" equals "$(grep -a -c '/URI (' long.qdf)" 1
block code "$(spell 200000 c)" | tree | timeout 10 "$draw" >code.pdf
is "a word of 200 kB in code is drawn in ten seconds of this machine" sound code

columns=$(series 24 '[{"text":"Donaudampfschifffahrtsgesellschaft%d"}]')
printf '{"is":"table","head":[%s],"rows":[[%s]]}' "$columns" "$columns" | tree | page wide
is "a table of 24 columns with long words: within the margins" inside wide 57
is "... and nothing is lost" equals "$(tr -d '\n ' <wide.txt | grep -o 'gesellschaft24' | wc -l)" 2
columns=$(series 12 '[{"text":"some words %d"}]')
printf '{"is":"table","head":[%s],"rows":[[%s]]}' "$columns" "$columns" | tree | page twelve
is "... of 12 columns" inside twelve 57

printf '{"is":"table","head":[[{"text":"Date"}],[{"text":"Topic"}]],"rows":[%s]}' \
    "$(series 500 '[[{"text":"Row%d"}],[{"text":"words that are somewhat longer than one line of the cell has room for, so that it goes on to a second one"}]]')" |
    tree | page rows
is "a table of 500 rows: sound" sound rows
is "... its head stands on every page" equals "$(grep -c '^Date' rows.txt)" "$(pages rows)"
is "... every row once, in order" equals "$(grep -o 'Row[0-9]*' rows.txt | uniq | wc -l)" 500
is "... and is one table to those who listen" equals "$(pdfinfo -struct rows.pdf 2>/dev/null | grep -c 'Table')" 1
is "... with one head" equals "$(pdfinfo -struct rows.pdf 2>/dev/null | grep -c 'TH')" 2

printf '{"is":"table","head":[[{"text":"Date"}],[{"text":"Topic"}]],"rows":[[[{"text":"A"}],[{"text":"%s"}]],[[{"text":"Z"}],[{"text":"end"}]]]}' \
    "$(series 1200 'word%d' | tr , ' ')" | tree | page tall
is "a row higher than a page goes on, with the head again" equals "$(grep -c '^Date' tall.txt)" "$(pages tall)"
is "... and nothing of it is lost" equals "$(grep -o 'word[0-9]*' tall.txt | sort -u | wc -l)" 1200

series 60 '{"is":"heading","level":2,"text":[{"text":"Heading%d"}]},{"is":"heading","level":3,"text":[{"text":"Heading below"}]},{"is":"paragraph","text":[{"text":"'"$(series 90 'word' | tr , ' ')"'"}]}' |
    tree | page headings
is "no heading is the last line of a page" no_heading_last headings.lay Heading
is "... nor the one above it" equals "$(grep -c 'Heading[0-9]' headings.txt)" 60
is "a paragraph over two pages is one paragraph to those who listen" equals "$(pdfinfo -struct headings.pdf 2>/dev/null | grep -c '^ *P (block)')" 61 # and the line below the title
is "... in parts" sh -c 'pdfinfo -struct headings.pdf 2>/dev/null | grep -q Span'

deep=$(block paragraph deepest)
for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    deep='{"is":"list","ordered":true,"items":[{"blocks":['"$(block paragraph "level$n"),$deep"']}]}'
done
echo "$deep" | tree | page deep
is "lists thirty deep: sound" sound deep
is "... within the margins" inside deep 57
is "... and whole" in_order deep.txt level30 level16 level1 deepest

tree </dev/null | page empty
is "a document without blocks: one page with its title" sh -c 'grep -q "^T$" empty.txt && grep -q "Page 1 of 1" empty.txt'
printf '{"draw":"page","page":{}}' | page nothing
is "... and one without anything" equals "$(pages nothing)" 1
printf '{"draw":"page"}' | page none
is "no page at all is refused with a sentence" sh -c 'test -s err && ! test -s none.pdf'
printf '{"draw":"page","format":"svg","page":{}}' | page svg
is "... and so is a format that has no pages" grep -q 'pdf' err

series 500 '{"is":"heading","level":2,"text":[{"text":"Heading%d"}]},{"is":"paragraph","text":[{"text":"'"$(series 40 'word' | tr , ' ')"'"}]},{"is":"list","tight":true,"items":[{"blocks":['"$(block paragraph one)"']},{"blocks":['"$(block paragraph two)"']}]},{"is":"rule"}' |
    tree >many.json
is "2000 blocks are drawn in less than five seconds of this machine" timeout 5 "$draw" <many.json
