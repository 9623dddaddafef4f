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
    ! quick "$1" || writes "prep.$1.html" prep "$1" --with-sensitive
    try worksheet "$1" -o "worksheet.$1.html"
    grep -qE 'No question is open|Aucune question n.+est ouverte' err || is "a worksheet of $1" equals 0 $status
    [ -n "${SOAK-}" ] || [ "$2" = hostile ] || return 0
    ! quick "$1" || writes "coach.$1.html" plan "$1" --for coach --with-sensitive
    writes "sponsor.$1.html" plan "$1" --for sponsor --why "said so"
    writes "programme.$1.html" plan "$1" --for programme
    writes "blank.$1.html" worksheet "$1" --blank
}
each pages
all_written "all pages are written"
n=$(find . -name '*.html' | wc -l)

if ! packages; then
    echo "skip - pages read by the checker of HTML: $lacking"
else
    printf '<!doctype html><title>x</title><p><b>' >broken.htm
    if vnu ./*.html ./broken.htm; then
        is "the checker of HTML finds no error in $n pages" fails grep -v '/broken\.htm' out
        is "the control: it does find one in another" grep -q '/broken\.htm.*error' out
    fi
fi
if browser; then
    # They take their time: the browser sees all plans, all that is hostile, and some of the other pages; axe all of those
    # that are in the language of the client or hostile (those of hundreds of entries in English).  With SOAK=1 both see every page.
    find . -name '*.html' | sort | { if [ -n "${SOAK-}" ]; then cat; else grep -E '/(plan|prep.hostile|coach)|hostile-business|5-..\.html$'; fi; } >seen
    awk '$2 == "other" || /hostile-business.*fr/ { print $1 }' names.?? | if [ -n "${SOAK-}" ]; then cat seen; else grep -vFf - seen; fi >axed
    # shellcheck disable=SC2046 # no name has a space in it
    node "$top/tests/e2e/judged_pages.mjs" $(cat axed) --no-axe $(grep -vxFf axed seen) >out 2>err
    status=$?
    is "the browser finds nothing in $(wc -l <seen) pages, wide and narrow, and axe in $(wc -l <axed), light and dark" equals 0 $status
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
