#!/bin/sh
# Kills the program at every storage system call of a journey of ten answers, and lets the disk fail at each of them.
# Afterwards: doctor is content, every answer that was acknowledged is there, and the next question is the right one.
# Acknowledged means that a view was printed for it; at most one answer more (the one in flight) may be there.
#   SOAK=1 adds the reading calls and the full disk from each write, not each third.
#   --point KIND CALL N DIR: one point, for the script itself
set -u
script=$0
: "${ESPALIER:=build/espalier}"

answers() {
    cat <<'LINES'
{"answer":{"topic":"delegation"}}
{"answer":{"goal":"My team decides without me."}}
{"answer":{"where_now":4}}
{"answer":{"boss_knows":true}}
{"answer":{"obstacles":[{"id":"k3f9qa","text":"time","kind":"outside"},{"id":"n7x2mb","text":"nerves"}]}}
{"skip":{"impression":"not today"}}
{"answer":{"reflect/k3f9qa/power":5}}
{"answer":{"reflect/n7x2mb/power":2}}
{"answer":{"first_step":{"what":"Let the team settle the rota","by":"2026-12-01"}}}
{"answer":{"try_it":{"agreed":true}}}
LINES
}
last=10

espalier() { "$ESPALIER" --db "$1/practice.db" "$2" ${3+"$3"} ${4+"$4"}; }
# What a person would find on coming back: the path so far with its answers, and what is open.
look() { printf '{"view":"review"}\n' | espalier "$1" run Ada --json; }

examine() { espalier "$1" doctor >"$1/doctor" 2>&1 || { echo "doctor: $(tail -n 1 "$1/doctor")"; return 1; }; }

# Is the practice in $1 whole, with $2 acknowledged answers?  Prints what is wrong.  Now doctor opens it first after
# the fault, now the conversation.
judge() {
    [ $(($2 % 2)) = 1 ] || examine "$1" || return 1
    look "$1" >"$1/seen" 2>"$1/seen.err" || { echo "it does not open: $(cat "$1/seen.err")"; return 1; }
    [ $(($2 % 2)) = 0 ] || examine "$1" || return 1
    cmp -s "$1/seen" "$work/after.$2" && return 0
    [ "$2" -lt $last ] && cmp -s "$1/seen" "$work/after.$(($2 + 1))" && return 0
    for n in $(seq 0 $last); do
        cmp -s "$1/seen" "$work/after.$n" && { echo "$2 answers acknowledged, $n are there"; return 1; }
    done
    echo "$2 answers acknowledged, and what is there is of no moment of the journey"
    return 1
}

# Views are printed at the start and after each accepted line.
acknowledged() {
    views=$(grep -c '^{"type":"view"' "$1/out")
    echo $((views > 0 ? views - 1 : 0))
}

# One point: a copy of the practice, the fault at the N-th call, and the judgement.  Leaves a line in the results.
run_point() { # kind, call, N
    point=$work/$1-$2-$3
    cp -r "$work/template" "$point"
    case $1 in
    kill) fault="signal=SIGKILL:when=$3" ;;
    once) fault="error=EIO:when=$3" ;;
    full) fault="error=ENOSPC:when=$3+" ;;
    esac
    (strace -qq -o /dev/null -e "trace=$2" -e "inject=$2:$fault" \
        "$ESPALIER" --db "$point/practice.db" run Ada --json <"$work/lines" >"$point/out" 2>"$point/err"
        exit $?) 2>/dev/null
    status=$?
    n=$(acknowledged "$point")
    verdict=$(judge "$point" "$n")
    case $1 in
    kill) [ $status = 137 ] && fate=killed || fate=ended ;;
    *)
        # A fault may strike where nothing depends on it; else it is said, and nothing crashes.
        if [ $status = 0 ] && [ "$n" = $last ]; then fate=unharmed
        elif [ $status = 74 ] || grep -q '"code":"disk"' "$point/out"; then fate=said
        else fate=silent; verdict="$verdict ended with status $status: $(tail -n 1 "$point/err")"; fi
        ;;
    esac
    if [ -z "$verdict" ]; then
        rm -rf "$point"
        verdict=good
    else
        verdict="bad $verdict ($point)"
    fi
    echo "$1 $2 $fate $3 $verdict" >>"$work/results"
}

if [ "${1-}" = --point ]; then
    work=$5
    run_point "$2" "$3" "$4"
    exit 0
fi

work=$(mktemp -d) || exit 1
failed=0
report() { # verdict, sentence
    echo "$1 - $2"
    [ "$1" = ok ] || failed=1
}

export ESPALIER ESPALIER_CLOCK=2026-11-23T10:00:00Z
mkdir "$work/template"
if ! { espalier "$work/template" client add Ada && espalier "$work/template" start Ada first-talk; } >"$work/made" 2>&1; then
    sed 's/^/# /' "$work/made"
    report 'not ok' 'a practice with one journey can be made'
    exit 1
fi

if ! said=$(strace -qq -o /dev/null -e trace=write -e inject=write:error=EIO:when=60000 true 2>&1); then
    echo "skip - strace may not trace or inject here: $said"
    rm -rf "$work"
    exit 0
fi

# The right answers to "what is there after n answers", from runs in which nothing happened.
answers >"$work/lines"
for n in $(seq 0 $last); do
    cp -r "$work/template" "$work/calm"
    head -n "$n" "$work/lines" | espalier "$work/calm" run Ada --json >"$work/calm/out" 2>&1
    [ "$(acknowledged "$work/calm")" = "$n" ] || {
        report 'not ok' "answer $n of the journey is accepted: $(tail -n 1 "$work/calm/out" | cut -c1-200)"
        exit 1
    }
    look "$work/calm" >"$work/after.$n"
    [ "$n" = $last ] || rm -rf "$work/calm"
done

# Controls: the judgement notices an answer that was lost, and a practice that was put back.
if judge "$work/calm" $last >"$work/control"; then report ok 'the calm journey is whole'; else
    report 'not ok' "the calm journey is whole: $(cat "$work/control")"
fi
rm -rf "$work/calm" && cp -r "$work/template" "$work/calm"
head -n 6 "$work/lines" | espalier "$work/calm" run Ada --json >/dev/null 2>&1
if judge "$work/calm" 7 >/dev/null; then
    report 'not ok' 'control: one answer more acknowledged than there is would be noticed'
else
    report ok 'control: one answer more acknowledged than there is would be noticed'
fi
if judge "$work/calm" 4 >/dev/null; then
    report 'not ok' 'control: two answers more than acknowledged would be noticed'
else
    report ok 'control: two answers more than acknowledged would be noticed'
fi
rm -rf "$work/calm"

# How often each call is made, then every point, two at a time.
calls='pwrite64 fdatasync fsync ftruncate unlink unlinkat rename write'
every=3
[ -z "${SOAK-}" ] || { every=1 calls="$calls openat fcntl pread64 read close"; }
cp -r "$work/template" "$work/counted"
# shellcheck disable=SC2086 # a list
strace -qq -o "$work/trace" -e "trace=$(echo $calls | tr ' ' ,)" \
    "$ESPALIER" --db "$work/counted/practice.db" run Ada --json <"$work/lines" >/dev/null 2>&1
how_often() { grep -c "^$1(" "$work/trace"; }
points() {
    for call in $calls; do
        for n in $(seq 1 "$(how_often "$call")"); do echo "kill $call $n"; done
    done
    for call in fdatasync fsync; do
        for n in $(seq 1 "$(how_often $call)"); do echo "once $call $n"; done
    done
    for n in $(seq 1 ${every} "$(how_often pwrite64)"); do echo "full pwrite64 $n"; done
}
points >"$work/points"
: >"$work/results"
xargs -P 2 -L 1 sh -c 'sh "$1" --point "$3" "$4" "$5" "$2"' point "$script" "$work" <"$work/points"

describe() { # kind, call, sentence
    n=$(grep -c "^$1 $2 " "$work/points")
    [ "$n" != 0 ] || return 0
    good=$(grep -c "^$1 $2 [a-z]* [0-9]* good" "$work/results")
    hit=$(grep -c "^$1 $2 \(killed\|said\)" "$work/results")
    if [ "$good" = "$n" ]; then report ok "$3 each of $n $2: nothing acknowledged is lost ($hit struck)"; else
        grep "^$1 $2 .* bad" "$work/results" | head -n 10 | sed 's/^/# /'
        report 'not ok' "$3 each of $n $2: $good good"
    fi
}
for call in $calls; do describe kill "$call" 'killed at'; done
for call in fdatasync fsync; do describe once "$call" 'an input/output error at'; done
describe full pwrite64 'a disk that is full from'

# What was tried must have struck, or the campaign proves nothing.
killed=$(grep -c '^kill [a-z0-9]* killed' "$work/results")
said=$(grep -c '^\(once\|full\) [a-z0-9]* said' "$work/results")
if [ "$killed" -ge 50 ] && [ "$said" -ge 20 ]; then verdict=ok; else verdict='not ok'; fi
report "$verdict" "the campaign struck: $killed kills, $said failures said"

# A command that records one answer ends with the status of a disk that fails.
for fault in fdatasync:error=EIO:when=1+ fsync:error=EIO:when=1+ pwrite64:error=ENOSPC:when=1+; do
    grep -q "^${fault%%:*}(" "$work/trace" || continue
    rm -rf "$work/one" && cp -r "$work/template" "$work/one"
    strace -qq -o /dev/null -e "trace=${fault%%:*}" -e "inject=$fault" \
        "$ESPALIER" --db "$work/one/practice.db" answer Ada topic=delegation >"$work/one/out" 2>"$work/one/err"
    status=$?
    if [ $status = 74 ] && [ -s "$work/one/err" ] && judge "$work/one" 0 >"$work/one/why"; then
        report ok "answer under $fault ends with 74 and a sentence"
    else
        report 'not ok' "answer under $fault: status $status, $(cat "$work/one/err" "$work/one/why" 2>/dev/null | head -n 2)"
    fi
done

[ $failed = 1 ] || rm -rf "$work"
exit $failed
