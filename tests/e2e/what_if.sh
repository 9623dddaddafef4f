#!/bin/sh
# what-if: what another answer would change, and that asking changes nothing.
. tests/e2e/lib.sh

answer() { "$ESPALIER" answer ada "$@" >/dev/null 2>&1; }
"$ESPALIER" client add Ada >/dev/null 2>&1
"$ESPALIER" start ada first-talk >/dev/null 2>&1
answer topic=delegation "goal=My team *decides* without me" where_now=4 boss_knows=no \
    "obstacles=[{text: no time at all, kind: outside}, my nerves]"
"$ESPALIER" history ada --json >before.json 2>/dev/null

gives 0 "another word: what was, and what would be" '^    \+ The team decides$' 'Nothing was written' what-if ada "goal=The team decides"
is "the line that goes" grep -q '^    - My team \*decides\* without me$' out
gives 0 "a list" '^    - no time at all' '' what-if ada "obstacles=[my nerves]"
gives 0 "left out" '^    \+ \(left out\)$' '' what-if ada goal=
gives 0 "the same again" '' 'Nothing would change' what-if ada "goal=My team *decides* without me"
gives 65 "an answer that does not fit" '^$' '' what-if ada where_now=eleven
gives 1 "a question that is not there" '^$' 'Did you mean "goal"' what-if ada goall=x
gives 2 "no value" '^$' 'is not KEY=VALUE' what-if ada goal
gives 0 "as JSON" '^\{' '^$' what-if ada "goal=The team decides" --json
same "the key" define/goal key
same "the answer" 'The team decides' after
"$ESPALIER" history ada --json >after.json 2>/dev/null
is "nothing of it was written" cmp -s before.json after.json
