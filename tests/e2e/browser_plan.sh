#!/bin/sh
# What is handed over, in a browser: previews, downloads, who may receive what, drawings that delay nobody.
. tests/e2e/lib.sh
. "$top/tests/e2e/_packages.sh"
needs_browser
export ESPALIER BUILD
unset ESPALIER_LIBRARY # the workflows that come with the program
# Draws as always, but slowly, once there is a file "slow"; it says that it was begun.
cat >draw <<'SH'
#!/bin/sh
dir=$(dirname "$0")
echo $$ >>"$dir/begun"
[ ! -f "$dir/slow" ] || sleep 2
exec "$dir/real"
SH
chmod +x draw
: >out
: >err
ln -s "$BUILD/espalier-draw" real
ESPALIER_DRAW=$work/draw
export ESPALIER_DRAW
node "$top/tests/e2e/web_plan.mjs"
is "the papers were visited to their end" equals 0 $?

if command -v qpdf >/dev/null; then
    for pdf in plan.pdf canvas.pdf sponsor.pdf; do
        is "$pdf is whole" qpdf --check $pdf
    done
else
    echo "skip - qpdf is not installed"
fi
if command -v unzip >/dev/null; then
    for file in plan.docx plan.odt; do
        is "$file is whole" unzip -tq $file
    done
else
    echo "skip - unzip is not installed"
fi

checked "the checker of HTML finds no error" ./page-*.html
