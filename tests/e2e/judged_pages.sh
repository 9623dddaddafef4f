#!/bin/sh
# Pages of every scripted client and of a hostile one, in both languages: the checker of HTML, axe, a browser.
. tests/e2e/lib.sh
. "$top/tests/e2e/_packages.sh"
. "$top/tests/e2e/_journeys.sh"

is "every scripted client is held in both languages" journeys
[ -s names.fr ] || exit 1
pages() { # NAME KIND
    writes "plan.$1.html" plan "$1"
    writes "plan.$1.txt" plan "$1"
    all "$2" || return 0
    writes "book.$1.html" book "$1"
    writes "prep.$1.html" prep "$1" --with-sensitive
    try worksheet "$1" -o "worksheet.$1.html"
    grep -q 'No question is open' err || is "a worksheet of $1" equals 0 $status
    [ -n "${SOAK-}" ] || [ "$2" = hostile ] || return 0
    writes "coach.$1.html" plan "$1" --for coach --with-sensitive
    writes "sponsor.$1.html" plan "$1" --for sponsor --why "said so"
    writes "programme.$1.html" plan "$1" --for programme
    writes "blank.$1.html" worksheet "$1" --blank
}
each pages
all_written "all pages are written"
n=$(find . -name '*.html' | wc -l)

if packages && command -v java >/dev/null 2>&1; then
    java -jar "$NODE_PACKAGES/node_modules/vnu-jar/build/dist/vnu.jar" --errors-only ./*.html >out 2>&1
    status=$?
    is "the checker of HTML finds no error in $n pages" equals 0 $status
    printf '<!doctype html><title>x</title><p><b>' >broken.htm
    java -jar "$NODE_PACKAGES/node_modules/vnu-jar/build/dist/vnu.jar" --errors-only broken.htm >/dev/null 2>&1
    is "the control: it does find one" fails equals 0 $?
else
    echo "skip - pages read by the checker of HTML: ${lacking:-java is not installed}"
fi
if browser; then
    # The browser takes its time: all plans, all that is hostile, and some of the other pages; with SOAK=1 every one.
    find . -name '*.html' | sort | { if [ -n "${SOAK-}" ]; then cat; else grep -E '/plan|hostile-business|5-..\.html$'; fi; } >list
    # shellcheck disable=SC2046 # no name has a space in it
    node "$top/tests/e2e/judged_pages.mjs" $(cat list) >out 2>err
    status=$?
    is "axe and the browser find nothing in $(wc -l <list) pages, light and dark, wide and narrow" equals 0 $status
    for page in plan.*.html; do
        printf '%s %s\n' "${page%.html}.txt" "$page.text"
    done >list
    # shellcheck disable=SC2046
    node "$top/tests/e2e/judged.mjs" words $(cat list) >out 2>err
    status=$?
    is "every word of a plan is on its page" equals 0 $status
    # shellcheck disable=SC2046
    node "$top/tests/e2e/judged.mjs" hostile $(grep hostile-business list) >out 2>err
    status=$?
    is "what is hostile is shown as it was written" equals 0 $status
    printf '<!doctype html><title>x</title><p style="width:2000px;color:#ccc">grey<img src="http://192.0.2.1/a.png"><script>alert(1)</script>' >broken.html
    node "$top/tests/e2e/judged_pages.mjs" broken.html >out 2>err
    status=$?
    for fault in 'asks for' 'a dialog' 'light: color-contrast' 'dark: color-contrast' 'image-alt' 'where there are 360'; do
        is "the control: a page that is wrong ($fault)" grep -q "$fault" out
    done
else
    echo "skip - pages in a browser: $lacking"
fi
