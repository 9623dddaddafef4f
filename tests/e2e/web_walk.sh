#!/bin/sh
# Every route of the web app without a browser: what a coach does, in both languages, and a disk that takes nothing more.
# `make check` runs it under the sanitizers: web_walk.mjs fails if they find anything.
. tests/e2e/lib.sh
needs node
export ESPALIER
for client in Ada Bea; do
    try client add $client --lang en
done
try start Ada types
try start Bea wall
try answer Bea 'many=[one, two]'
node "$top/tests/e2e/web_walk.mjs" Ada Bea
is "the way was walked to its end" equals 0 $?
try doctor --deep
is "the practice is whole" equals 0 $status

# A disk of its own, so small that it is full soon.
room=$work/room
mkdir "$room"
cat >full.sh <<'SH'
mount -t tmpfs -o size=1500k none "$1" || exit 77
mkdir -m 700 "$1/own"
export ESPALIER_DB="$1/own/practice.db"
"$ESPALIER" client add Ada && "$ESPALIER" start Ada first-talk || exit 1
node "$2/tests/e2e/web_full.mjs" Ada "$1/filler"
SH
unset ESPALIER_LIBRARY
if unshare -rm true 2>full.err; then
    unshare -rm sh full.sh "$room" "$top" >full.out 2>full.err
    status=$?
    case $status in
    77) echo "skip - a small disk cannot be made here: $(tail -n 1 full.err)" ;;
    *)
        grep -E '^(ok|not ok|#)' full.out
        is "the small disk was filled and emptied" equals 0 $status
        ;;
    esac
else
    echo "skip - a small disk cannot be made here: $(tail -n 1 full.err)"
fi
