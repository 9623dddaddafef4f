#!/bin/sh
# The published schemas against what is given out: every workflow of the box, both languages, every reader.
# shellcheck source=tests/e2e/lib.sh
. tests/e2e/lib.sh
# shellcheck source=tests/e2e/_packages.sh
. "$top/tests/e2e/_packages.sh"

gives 0 "the schema of a plan" '"espalier:plan"' '^$' schema
gives 0 "that of a canvas" '"espalier:canvas"' '^$' schema canvas
gives 1 "one that there is not" '^$' 'answers, canvas, plan' schema nothing
try schema plan -o plan.schema
try schema canvas -o canvas.schema
packages || {
    echo "skip - the schemas are not tried out: $lacking"
    exit 0
}
fits() { node "$top/tests/e2e/schema.mjs" "$@"; }

n=0
for test in "$top"/workflows/*/tests/*.yaml; do
    workflow=$(basename "$(dirname "$(dirname "$test")")")
    language=$(sed -n 's/^language: *//p' "$test")
    n=$((n + 1))
    "$ESPALIER" client add "Client $n" --lang "${language:-en}" >/dev/null 2>&1
    "$ESPALIER" start "Client $n" "$workflow" >/dev/null 2>&1
    states='current diff'
    # Some of them also before the first answer, and with every page.
    if [ $((n % 5)) = 1 ]; then
        "$ESPALIER" plan "Client $n" --json >"plan.empty.$n.json" 2>/dev/null
        "$ESPALIER" answer "Client $n" --file "$test" >/dev/null 2>&1
        "$ESPALIER" book "Client $n" --format json >"plan.book.$n.json" 2>/dev/null
        states='current diff target prototype1 prototype2 blank'
    fi
    "$ESPALIER" answer "Client $n" --file "$test" >/dev/null 2>&1
    for whom in client coach programme; do
        "$ESPALIER" plan "Client $n" --json --for $whom >"plan.$whom.$n.json" 2>/dev/null
    done
    "$ESPALIER" plan "Client $n" --json --for sponsor --why test >"plan.sponsor.$n.json" 2>/dev/null
    for state in $states; do
        "$ESPALIER" canvas "Client $n" --json --state $state >"canvas.$state.$n.json" 2>/dev/null ||
            rm "canvas.$state.$n.json"
    done
done
for kind in plan canvas; do
    fits $kind.schema $kind.*.json >out 2>err
    status=$?
    is "$(find . -name "$kind.*.json" | wc -l) times the JSON of a $kind is what its schema says" equals 0 $status
done
is "there were some of each" test "$(find . -name 'canvas.diff.*.json' | wc -l)" -gt 3 -a "$n" -gt 20
sed 's/"audience": "client"/"audience": "boss"/' plan.client.1.json >broken.json
is "the control: a reader nobody knows does not fit" fails fits plan.schema broken.json
sed 's/"state": "current"/"state": "current", "more": 1/' canvas.current.1.json >broken.json
is "nor a member that the schema does not name" fails fits canvas.schema broken.json
