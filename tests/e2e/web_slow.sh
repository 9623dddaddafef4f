#!/bin/sh
# Two hundred connections that take their time, while a coach goes on: web_slow.mjs is all of them.
#   sh tests/e2e/web_slow.sh goal      prints how long an answer takes meanwhile, for `make bench`
. tests/e2e/lib.sh
needs node
export ESPALIER
for client in Amara Bruno; do
    try client add $client
    try start $client types
done
for n in 1 2 3 4 5; do
    try note Bruno "$n $(spell 60000 '<')"
done
node "$top/tests/e2e/web_slow.mjs" Amara Bruno "$@"
is "the siege went to its end" equals 0 $?
