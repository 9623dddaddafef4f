#!/bin/sh
# Hostile requests over bare sockets: web_requests.mjs has their table.
. tests/e2e/lib.sh
needs node
export ESPALIER
for client in Amara Bruno; do
    try client add $client
    try start $client types
done
node "$top/tests/e2e/web_requests.mjs" Amara Bruno
is "all requests were sent" equals 0 $?
try doctor --deep
is "the practice is whole" equals 0 $status
