#!/bin/sh
# Shows that tests/run notices what it is there to notice: it is run on invented test programs.
set -u
build=$(mktemp -d) || exit 1
trap 'rm -rf "$build"' EXIT
# A tree without the real tests.
top=$build/elsewhere
mkdir -p "$build/unit" "$top/tests/e2e"
cp "$(dirname "$0")/../run" "$top/tests/run"
exit_status=0

program() { # name, shell text
    printf '#!/bin/sh\n%b\n' "$2" >"$build/unit/test_$1"
    chmod +x "$build/unit/test_$1"
}
expect() { # sentence, exit status, last line, units, programs [, make]
    (unset MAKEFLAGS; MAKE=${6-true} BUILD=$build UNITS=$4 PROGRAMS=$5 TEST_SECONDS=2 sh "$top/tests/run" tests/) \
        >"$build/log" 2>&1
    status=$?
    if [ $status = "$2" ] && [ "$(tail -n 1 "$build/log")" = "$3" ]; then
        echo "ok - $1"
    else
        echo "not ok - $1 (status $status)"
        sed 's/^/# /' "$build/log"
        exit_status=1
    fi
}

begin='echo "[==========] Running 3 test(s)."; echo "[       OK ] a";'
program fine "$begin"' echo "text [       OK ] b"; echo "[       OK ] c"'
program fails "$begin"' echo "[       OK ] b"; echo "[  FAILED  ] 1 test(s), listed below:"; exit 1'
program skips "$begin"' echo "[       OK ] b"; echo "[  SKIPPED ] 1 test(s), listed below:"; echo "[  SKIPPED ] no_network"'
program aborts "$begin"' kill -ABRT $$'
program stops "$begin exit 0"
program empty 'exit 0'
program lies "$begin"' echo "[       OK ] b"; echo "[       OK ] c"; exit 3'
program hangs 'sleep 60'
program whole 'exit 0'
program broken 'exit 1'
program absent 'echo there is no such device; exit 77'

expect 'what passes is counted' 0 '4 passed, 0 failed' fine ''
expect 'a failed test' 1 '3 passed, 1 failed' fails ''
expect 'a skipped test is counted apart' 0 '3 passed, 0 failed, 1 skipped' skips ''
if grep -q 'skips: no_network' "$build/log"; then
    echo 'ok - and its name is shown'
else
    echo 'not ok - and its name is shown'
    exit_status=1
fi
expect 'a test that ends the program' 1 '2 passed, 1 failed' aborts ''
expect 'a program that stops early with success' 1 '2 passed, 1 failed' stops ''
expect 'a program that runs nothing' 1 '1 passed, 1 failed' empty ''
expect 'a failure that only the status tells' 1 '4 passed, 1 failed' lies ''
expect 'a program that hangs' 1 '1 passed, 1 failed' hangs ''
expect 'a program that was not built' 1 '1 passed, 1 failed' never ''
expect 'a build that fails' 1 '3 passed, 1 failed' fine '' false
expect 'whole programs, one skipped' 1 '5 passed, 1 failed, 1 skipped' fine \
    "$build/unit/test_whole $build/unit/test_broken $build/unit/test_absent"
mkdir -p "$top/tests/fault"
for script in e2e/a e2e/judged_pages fault/z; do
    echo 'echo "ok - $0"' >"$top/tests/$script.sh"
done
expect 'scripts are run, too' 0 '7 passed, 0 failed' fine ''
if [ "$(cut -f 2 "$build/test/jobs" | tr '\n' ' ')" = 'build tests/e2e/judged_pages tests/fault/z tests/e2e/a tests/unit/fine ' ]; then
    echo 'ok - the long ones first'
else
    echo 'not ok - the long ones first'
    sed 's/^/# /' "$build/test/jobs"
    exit_status=1
fi
rm "$top/tests/fault/z.sh" "$top/tests/e2e/a.sh" "$top/tests/e2e/judged_pages.sh"
program lines 'echo ok - one; echo ok - two; echo not ok - three'
expect 'a program that prints lines' 1 '3 passed, 1 failed' '' "$build/unit/test_lines"
expect 'a program of cmocka' 0 '4 passed, 0 failed' '' "$build/unit/test_fine"
printf 'echo ok - one; echo "ok - two # SKIP why"; echo skip - three\n' >"$top/tests/e2e/a.sh"
expect 'the lines of a script' 0 '2 passed, 0 failed, 2 skipped' '' ''
printf 'echo not ok - one; exit 0\n' >"$top/tests/e2e/a.sh"
expect 'a failed line of a script' 1 '1 passed, 1 failed' '' ''
printf 'echo ok - one; exit 1\n' >"$top/tests/e2e/a.sh"
expect 'a script that ends in an error' 1 '2 passed, 1 failed' '' ''
printf 'echo hello\n' >"$top/tests/e2e/a.sh"
expect 'a script without a result' 1 '1 passed, 1 failed' '' ''
exit $exit_status
