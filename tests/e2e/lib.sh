# For the scripts beside it: a practice of their own, and one line for each thing that is shown.
#   try ARGUMENT ...              runs the program: its status in $status, what it printed in files out and err
#   is SENTENCE CONDITION ...     "ok - SENTENCE" if the command CONDITION succeeds
#   gives STATUS SENTENCE OUT ERR ARGUMENT ...
#                                 try, then: the status, and patterns (grep -E) that must be in out and err;
#                                 "" allows anything, "^$" nothing at all
#   needs PROGRAM                 ends the script, skipped, where that is not installed
#   json PATH                     what stands there in out; fails unless out is exactly one JSON document
# shellcheck shell=sh disable=SC2034
set -u
: "${BUILD:=build}" "${ESPALIER:=$BUILD/espalier}"
BUILD=$(cd "$BUILD" && pwd) ESPALIER=$(cd "$(dirname "$ESPALIER")" && pwd)/espalier
top=$(pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export HOME="$work" ESPALIER_DB="$work/practice.db" ESPALIER_LIBRARY="$top/tests/e2e/library"
export LC_ALL=C.UTF-8
unset XDG_DATA_HOME NO_COLOR 2>/dev/null
status=0

aid() { "$BUILD/e2e/aid" "$@"; }
try() {
    "$ESPALIER" "$@" >out 2>err </dev/null
    status=$?
}
say() { # with every line of what was printed as a comment, if it is not ok
    if [ "$1" = 0 ]; then
        printf 'ok - %s\n' "$2"
    else
        printf 'not ok - %s\n' "$2"
        printf '# status %s\n' "$status"
        head -c 2000 out | sed 's/^/# out: /'
        head -c 2000 err | sed 's/^/# err: /'
    fi
}
is() {
    sentence=$1
    shift
    "$@" >/dev/null 2>&1
    say $? "$sentence"
}
matches() { # file, pattern
    case $2 in
    '') return 0 ;;
    '^$') [ ! -s "$1" ] ;;
    *) grep -qE -e "$2" "$1" ;;
    esac
}
all_match() { [ "$status" = "$1" ] && matches out "$2" && matches err "$3"; }
gives() {
    wanted=$1 sentence=$2 in_out=$3 in_err=$4
    shift 4
    try "$@"
    is "$sentence" all_match "$wanted" "$in_out" "$in_err"
}
json() { aid json "$1" <out; }
equals() { [ "$1" = "$2" ]; }
same() { # SENTENCE, wanted, PATH: in the JSON of out
    is "$1" equals "$2" "$(json "$3")"
}
needs() { # PROGRAM: without it the whole script is skipped
    command -v "$1" >/dev/null 2>&1 || { echo "skip - $1 is not installed"; exit 0; }
}
fails() { ! "$@"; }
mode() { stat -c %a "$1"; }
digest() { sha256sum <"$1"; }
spell() { head -c "$1" /dev/zero | tr '\0' "${2:-x}"; }
