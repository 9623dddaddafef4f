# For scripts that drive a browser or ask other programs to judge: the packages of package.json, installed once into
# $BUILD/e2e/packages.  Sourced with $BUILD and $top set, or run as `sh tests/e2e/_packages.sh BUILD` from the top.
#   packages       true when they are there (their folder in $NODE_PACKAGES, for createRequire); else why not in $lacking
#   browser        true when Debian's chromium is there too ($CHROMIUM): the build of it that has no windows takes about
#                  half of the work of the other, which is taken where there is only that
#   needs_browser  ends the script, skipped, where there is none
#   vnu ARGUMENT ...   what the checker of HTML says in file out, and its status in $status; a line of skip if there is
#                  no java
#   checked SENTENCE ARGUMENT ...  a line: it says nothing
# shellcheck shell=sh
packages() {
    NODE_PACKAGES=$BUILD/e2e/packages lacking=
    export NODE_PACKAGES
    for program in node npm; do
        command -v $program >/dev/null 2>&1 || { lacking="$program is not installed"; return 1; }
    done
    mkdir -p "$NODE_PACKAGES" || return 1
    (
        flock 8
        lock=$NODE_PACKAGES/package-lock.json
        # npm ci empties the folder first: the lock file that it was made from is copied last.
        cmp -s "$top/tests/e2e/package-lock.json" "$NODE_PACKAGES/installed" && exit 0
        cp "$top/tests/e2e/package.json" "$top/tests/e2e/package-lock.json" "$NODE_PACKAGES" &&
            cd "$NODE_PACKAGES" && npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1 &&
            cp "$lock" installed
    ) 8>"$BUILD/e2e/packages.lock" || { lacking="npm could not fetch the packages of tests/e2e"; return 1; }
}
browser() {
    packages || return 1
    CHROMIUM=$(command -v chromium-headless-shell || command -v chromium || command -v chromium-browser) || { lacking="chromium is not installed"; return 1; }
    export CHROMIUM
}
# The machine of Java is not told to get faster while it runs: it takes twice the work for pages as few as ours.
vnu() {
    if command -v java >/dev/null 2>&1; then
        java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss4m -jar "$NODE_PACKAGES/node_modules/vnu-jar/build/dist/vnu.jar" \
            --errors-only "$@" >out 2>&1
        status=$?
    else
        echo "skip - java is not installed"
        return 1
    fi
}
checked() {
    sentence=$1
    shift
    : >err
    vnu "$@" && is "$sentence" equals "0 " "$status $(cat out)"
}
needs_browser() {
    browser || { echo "skip - $lacking"; exit 0; }
}
if [ "${0##*/}" = _packages.sh ]; then
    BUILD=${1-build} top=$(pwd)
    mkdir -p "$BUILD" && BUILD=$(cd "$BUILD" && pwd)
    packages || printf 'Some tests will be skipped: %s.\n' "$lacking" >&2
fi
