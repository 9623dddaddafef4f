# For scripts that drive a browser or ask other programs to judge: the packages of package.json, installed once into
# $BUILD/e2e/packages.  Sourced with $BUILD and $top set, or run as `sh tests/e2e/_packages.sh BUILD` from the top.
#   packages       true when they are there (their folder in $NODE_PACKAGES, for createRequire); else why not in $lacking
#   browser        true when Debian's chromium is there too ($CHROMIUM)
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
    CHROMIUM=$(command -v chromium || command -v chromium-browser) || { lacking="chromium is not installed"; return 1; }
    export CHROMIUM
}
if [ "${0##*/}" = _packages.sh ]; then
    BUILD=${1-build} top=$(pwd)
    mkdir -p "$BUILD" && BUILD=$(cd "$BUILD" && pwd)
    packages || printf 'Some tests will be skipped: %s.\n' "$lacking" >&2
fi
