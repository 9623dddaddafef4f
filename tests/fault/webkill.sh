#!/bin/sh
# The web app is killed (-9) at a hundred random moments while somebody answers and types; SOAK=1: at four hundred.
. tests/e2e/lib.sh
unset ESPALIER_LIBRARY
needs node
export ESPALIER
times=100
[ -z "${SOAK-}" ] || times=400
try client add Ada
try start Ada first-talk
node "$top/tests/fault/webkill.mjs" Ada $times
gives 0 "the practice is whole afterwards" '' '' doctor --deep
try review Ada --json
is "and its journey can be read" equals 0 $status
