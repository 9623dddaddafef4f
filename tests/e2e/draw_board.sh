# The drawing program: a canvas as PDF, SVG and PNG, judged by other programs; hostile texts; what it refuses.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname "$0")/lib.sh"
draw=$BUILD/espalier-draw

# Fonts that do not depend on the machine.
dejavu=$(dirname "$(find /usr/share/fonts /usr/local/share/fonts -name DejaVuSans.ttf 2>/dev/null | head -n 1)")
cat >fonts.conf <<END
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$dejavu</dir><cachedir>$work/cache</cachedir></fontconfig>
END
export FONTCONFIG_FILE="$work/fonts.conf"
if [ "$dejavu" = . ]; then
    echo "skip - the fonts DejaVu are not installed (fonts-dejavu)"
    exit 0
fi

tree() { # format, paper, board: a tree to draw in `tree`
    printf '{"draw":"board","format":"%s","paper":"%s","board":%s}' "$1" "$2" "$3" >tree
}
drawn() { # what follows goes to a file of that name
    "$draw" <tree >"$1" 2>err
    status=$?
    ls -l "$1" >out
    [ "$status" = 0 ] && [ -s "$1" ] && [ ! -s err ]
}
have() { # program, sentence
    command -v "$1" >/dev/null 2>&1 || { echo "skip - $2: $1 is not installed"; return 1; }
}
items() { # n, text: a list of items
    awk -v n="$1" -v text="$2" 'BEGIN { for (i = 1; i <= n; i++) printf "%s{\"text\":\"%s %d\",\"mark\":\"+\"}", (i > 1 ? "," : ""), text, i }'
}
in_text() { pdftotext -raw "$1" - | tr '\n' ' ' | grep -qF -e "$2"; }
sound() { qpdf --check "$1" >out 2>&1; }
all_embedded() { pdffonts "$1" | awk 'NR > 2 && !/ yes yes yes / { bad = 1 } END { exit bad || NR < 3 }'; }
page_size() { pdfinfo "$1" | sed -n 's/^Page size: *\([0-9]*\)[0-9.]* x \([0-9]*\).*/\1x\2/p'; }
png_size() { od -An -tu1 -j16 -N8 "$1" | awk '{ print $3 * 256 + $4 "x" $7 * 256 + $8 }'; }

target=$(cat "$top/tests/e2e/boards/target.json")
for paper in A4 A3 Letter; do
    tree pdf $paper "$target"
    is "a canvas on $paper is drawn" drawn "$paper.pdf"
    cp A4.pdf target.pdf 2>/dev/null
done

if have qpdf "the structure of PDF files"; then
    is "the PDF is sound" sound target.pdf
fi
if have pdfinfo "what a PDF says of itself"; then
    is "A4 lies on its side" equals "$(page_size A4.pdf)" 841x595
    is "so does A3" equals "$(page_size A3.pdf)" 1190x841
    is "so does Letter" equals "$(page_size Letter.pdf)" 792x612
    pdfinfo target.pdf >out
    is "it has its title" grep -q '^Title: *The model I am heading for – Amara Diallo' out
    is "it is tagged" grep -q '^Tagged: *yes' out
    is "it is of the day of the canvas" grep -q '^CreationDate:.*Nov 23 .*2026' out
    is "it has one page" grep -q '^Pages: *1$' out
    is "every font is inside" all_embedded target.pdf
    pdfinfo -struct target.pdf >out
    is "its boxes are sections with a heading and a list" equals "$(grep -c '^ *H2' out) $(grep -c '^ *L (' out)" "9 9"
    # Every word of the canvas, box by box, as one line.
    pdftotext -raw target.pdf - | tr '\n' ' ' >said
    sed -n -e 's/.*"label":"\([^"]*\)".*/\1/p' -e 's/.*"text": *"\([^"]*\)".*/\1/p' "$top/tests/e2e/boards/target.json" >words
    is "its text is all there, in the order of the boxes" awk '
        NR == FNR { said = said $0; next }
        { at = index(said, $0); if (!at) { print; exit 1 } said = substr(said, at + length($0)) }
        END { exit FNR < 60 }' said words
    tree pdf A4 '{"title":"Office","blocks":[{"id":"a","label":"An affair","items":["affluent fish flow"]}]}'
    is "a canvas without a grid is drawn" drawn plain.pdf
    is "letters are not joined, so that they can be searched" in_text plain.pdf 'affluent fish flow'
fi

tree pdf A4 "$target"
drawn first.pdf
HOME=/nonexistent drawn second.pdf
is "the same tree gives the same bytes" cmp first.pdf second.pdf
tree png A4 "$target"
is "a PNG is drawn" drawn target.png
is "it has 144 dots to the inch" equals "$(png_size target.png)" 1684x1191
tree svg A4 "$target"
is "an SVG is drawn" drawn target.svg
is "it says what it is" grep -q '<title>The model I am heading for – Amara Diallo</title>' target.svg
if have rsvg-convert "SVG in another program"; then
    is "another program shows it" rsvg-convert -o shown.png target.svg
fi

# Hostile texts.
rude='<script>alert(1)</script> & \"q\" a\u202eb \u0007 \u001b[31m \u2067x ]]> **b** [l](javascript:x)'
tree svg A4 "{\"title\":\"$rude\",\"blocks\":[{\"id\":\"a\",\"label\":\"$rude\",\"items\":[{\"text\":\"$rude\",\"mark\":\"$rude\"}]}],\"legend\":[\"$rude\"]}"
is "markup in every field is drawn as text" drawn rude.svg
is "and is no markup of the SVG" fails grep -qi '<script' rude.svg
if have rsvg-convert "hostile SVG in another program"; then
    is "which another program still reads" rsvg-convert -o shown.png rude.svg
fi
if have pdftotext "hostile texts in PDF"; then
    tree pdf A4 "{\"title\":\"t\",\"blocks\":[{\"id\":\"a\",\"label\":\"l\",\"items\":[{\"text\":\"$rude\"}]}]}"
    is "the same is drawn as PDF" drawn rude.pdf
    is "control characters are shown" in_text rude.pdf '\x07 \x1b[31m'
    is "so are direction overrides" in_text rude.pdf 'a\u202eb'
    is "markup stands there as text" in_text rude.pdf '<script>alert(1)</script> & "q"'
    tree pdf A4 "{\"title\":\"$(spell 20000 t)\",\"purpose\":\"$(spell 20000 p)\",\"client\":\"$(spell 20000 c)\",\"blocks\":[{\"id\":\"a\",\"label\":\"$(spell 20000 l)\",\"items\":[{\"text\":\"$(spell 20000 x)\"},{\"text\":\"the last one\"}]},{\"id\":\"b\",\"items\":[{\"text\":\"$(spell 20000 y)\"}]}],\"attribution\":\"$(spell 20000 a)\",\"legend\":[\"$(spell 20000 m)\"]}"
    is "words of 20 kB are drawn" drawn words.pdf
    is "what was shortened is counted" in_text words.pdf '1 more, see the plan'
    is "and leaves room for the others" in_text words.pdf 'the last one'
    is "the file is sound" sound words.pdf
    tree pdf A4 "{\"title\":\"t\",\"blocks\":[{\"id\":\"a\",\"label\":\"Many\",\"items\":[$(items 500 'thing number')]},{\"id\":\"b\",\"label\":\"Few\",\"items\":[$(items 3 'small')]}]}"
    is "500 items in one box are drawn" drawn many.pdf
    shown=$(pdftotext -raw many.pdf - | grep -c 'thing number')
    is "those that are there and those that are not make 500" in_text many.pdf "$((500 - shown)) more, see the plan"
    is "the other box has all of its own" in_text many.pdf 'small 3'
    tree pdf A4 "{\"title\":\"t\",\"language\":\"fr\",\"blocks\":[{\"id\":\"a\",\"label\":\"Beaucoup\",\"items\":[$(items 500 'chose')]}]}"
    is "in French too" drawn many.pdf
    is "it says in French how many there are" in_text many.pdf 'de plus, voir le plan'
    tree pdf A4 '{"title":"t","grid":[["a","b","a"]],"blocks":[{"id":"a","label":"One","items":["first"]},{"id":"b","label":"Two","items":["second"]},{"id":"c","label":"Three","items":["third"]}]}'
    is "a wrong grid is no obstacle" drawn wrong.pdf
    is "nothing is lost then" in_text wrong.pdf 'One first Two second Three third'
    tree pdf A4 '{"title":"t","grid":["a a"],"blocks":[{"id":"a","items":["first"]},{"id":"lost","label":"Lost","items":["second"]}]}'
    is "a block without a place in the grid is drawn" drawn wrong.pdf
    is "below the others" in_text wrong.pdf 'Lost'
    tree pdf A4 '{"title":"t","state":"diff","blocks":[{"id":"a","items":[{"text":"fresh one","change":"new"},{"text":"old one","change":"gone"},{"text":"now so","was":"once so","change":"changed"},{"text":"as ever","change":"same"}]}]}'
    is "a diff is drawn" drawn diff.pdf
    is "with signs that need no colour" in_text diff.pdf '+ fresh one x old one ~ now so once so'
    is "and says what they mean" in_text diff.pdf '+ new x gone ~ changed'
    tree pdf A4 '{"title":"t","state":"blank","blocks":[{"id":"a","label":"Here","items":[]}]}'
    is "a worksheet is drawn" drawn blank.pdf
    is "with a place for name and date" in_text blank.pdf 'Name'
fi
tree pdf A4 '{"blocks":[]}'
is "an empty canvas is drawn" drawn empty.pdf
printf '{"draw":"boards","format":"pdf","boards":[%s,%s]}' "$target" "$target" >tree
is "several canvases are drawn" drawn two.pdf
if have pdfinfo "the number of pages"; then
    is "one to a page" equals "$(pdfinfo two.pdf | sed -n 's/^Pages: *//p')" 2
fi

# What it refuses, with nothing on its output.
refuses() { # sentence, pattern of what it says; the tree is on its input
    "$draw" >out 2>err
    status=$?
    is "$1" all_match 1 '^$' "$2"
}
printf 'no JSON' | refuses "what is no JSON" 'JSON'
printf '{"draw":"board","board":{' | refuses "a tree that is cut off" 'JSON'
printf '{"draw":"house"}' | refuses "an unknown drawing" 'There is no drawing "house"'
printf '{"draw":"board","format":"gif","board":{}}' | refuses "an unknown format" 'no format "gif"'
printf '{"draw":"board","format":"svg","board":{"title":"a\357\277\276b & <c>","blocks":[]}}' | "$BUILD/espalier-draw" >title.svg 2>err
is "a sign that XML does not allow is not in the title of an SVG" fails grep -q "$(printf '\357\277\276')" title.svg
is "nor is markup" grep -q '<title>a.*b &#38; &#60;c&#62;</title>' title.svg
printf '{"draw":"board","paper":"A9","board":{}}' | refuses "an unknown paper" 'no paper "A9"'
printf '{"draw":"board"}' | refuses "a tree without a canvas" 'no canvas'
printf '{"draw":"boards","format":"svg","boards":[{},{}]}' | refuses "two canvases in one picture" 'too many'
spell 17000000 x | refuses "a tree of more than 16 MiB" '16 MiB'

# Behind its walls: what the system was asked for after they went up.
if ! have strace "what the program asks the system for"; then
    :
elif ! strace -o trace true 2>/dev/null; then
    echo "skip - what the program asks the system for: this machine allows no tracing"
else
    tree pdf A4 "$target"
    strace -f -o trace "$draw" <tree >traced.pdf 2>err
    sed '1,/PR_SET_SECCOMP/d' trace >behind
    is "it draws while it is watched" cmp traced.pdf first.pdf
    is "it connects to nothing and starts nothing" fails grep -E 'socket|connect|execve|ptrace|kill\(' behind
    is "it opens nothing for writing" fails grep -E 'O_WRONLY|O_RDWR|O_CREAT|rename|unlink|mkdir' behind
fi
