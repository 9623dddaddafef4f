# For the scripts judged_*.sh: every scripted client of the bundled workflows, in English and in French, and a client
# whose every word is hostile.  Held once for all of them, in $BUILD/e2e/journeys.  Sourced after lib.sh.
#   journeys           holds what is not there yet; copies of the practices into the work folder; false if it cannot
#   each COMMAND       runs COMMAND NAME KIND for each client, with $ESPALIER_DB set; NAME is a part of files' names,
#                      KIND is own (in the language the client was written in), other, or hostile
#   quick NAME         true unless it takes half a minute to tell the sources of a document's lines, because its client has
#                      given hundreds of answers of the longest; with SOAK=1 always
#   all KIND           true if everything is to be judged: the own and the hostile, with SOAK=1 the others too
#   writes FILE ARGUMENT ...   a document into a file; counted in $written, and named in failed.txt if it is not written
# shellcheck shell=sh disable=SC2154
export ESPALIER_CLOCK=2026-11-23T10:00:00Z TZ=UTC
held=$BUILD/e2e/journeys

journey_hold() { # LANGUAGE: into practice.LANGUAGE.db and names.LANGUAGE
    export ESPALIER_DB="$held/part.$1.db"
    rm -f "$ESPALIER_DB"* "$held/names.$1"
    number=0
    for script in "$top"/workflows/*/tests/*.yaml; do
        number=$((number + 1))
        export ESPALIER_SEED="$1 $number"
        name=$(basename "$script" .yaml)-$number-$1
        "$ESPALIER" client add "$name" --lang "$1" &&
            "$ESPALIER" start "$name" "$(basename "$(dirname "$(dirname "$script")")")" &&
            "$ESPALIER" answer "$name" --file "$script" || return 1
        awk '/^[a-z]/ { on = 0 } /^then:/ { on = sub(/^then/, "answers") } on' "$script" >"$held/then.$1.yaml"
        kind=$(sed -n 's/^language: *//p' "$script")
        [ ! -s "$held/then.$1.yaml" ] || ESPALIER_SEED="$1 $number then" "$ESPALIER" answer "$name" --file "$held/then.$1.yaml" || return 1
        if [ "${kind:-en}" = "$1" ]; then kind=own; else kind=other; fi
        echo "$name $kind" >>"$held/names.$1"
    done
    if command -v node >/dev/null 2>&1; then
        unset ESPALIER_SEED # one program asks for many ids here
        for workflow in business-model first-talk one-session thirty-days; do
            node "$top/tests/e2e/judged_hostile.mjs" "$ESPALIER" "hostile-$workflow-$1" $workflow "$1" || return 1
            echo "hostile-$workflow-$1 hostile" >>"$held/names.$1"
        done
    fi
    mv "$ESPALIER_DB" "$held/practice.$1.db"
}
# The practice of a language, held anew when the program, the scripted clients or this has changed.
journey_practice() { # LANGUAGE, and what flock is told
    (
        flock ${2-} 9 || exit 9
        digest=$(cat "$ESPALIER" "$top"/workflows/*/tests/*.yaml "$top"/tests/e2e/_journeys.sh \
            "$top"/tests/e2e/judged_hostile.mjs | sha256sum)
        [ "$(cat "$held/stamp.$1" 2>/dev/null)" != "$digest" ] || exit 0
        rm -f "$held/stamp.$1"
        journey_hold "$1" >"$held/log.$1" 2>&1 || exit 1
        echo "$digest" >"$held/stamp.$1"
    ) 9>"$held/lock.$1"
}
journeys() {
    mkdir -p "$held" || return 1
    # While another script holds the one language, this one holds the other.
    journey_practice en -n || journey_practice fr || return 1
    journey_practice en && journey_practice fr || return 1
    cp "$held"/practice.??.db "$held"/names.?? .
}
each() {
    for language in en fr; do
        export ESPALIER_DB="$work/practice.$language.db"
        while read -r name kind <&3; do
            "$@" "$name" "$kind"
        done 3<"names.$language"
    done
}
all() { [ "$1" != other ] || [ -n "${SOAK-}" ]; }
quick() {
    case $1 in hostile-business-model-*) [ -n "${SOAK-}" ] ;; esac
}
written=0
writes() {
    file=$1
    shift
    if "$ESPALIER" "$@" -o "$file" >/dev/null 2>err; then
        written=$((written + 1))
    else
        { printf '%s: ' "$file" && head -n 1 err; } >>failed.txt
    fi
}
all_written() { is "$1 ($written files)" test ! -s failed.txt -a "$written" -gt 0; }
