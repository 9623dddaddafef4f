# Whole conversations as typed (NAME.LANGUAGE.typed) and as printed (NAME.LANGUAGE.txt), over plain lines.
# NAME is the workflow, up to its first dot; ACCEPT=1 rewrites what is expected: read the difference.
set -u
export ESPALIER_CLOCK=2026-11-23T10:00:00Z TZ=UTC
here=tests/golden/term
folder=$(mktemp -d)
for typed in "$here"/*.typed; do
    name=$(basename "$typed" .typed)
    language=${name##*.}
    export ESPALIER_DB="$folder/$name.db" ESPALIER_SEED="$name"
    printed=$folder/$name.txt
    {
        "$ESPALIER" --quiet client add Ada --lang "$language" &&
            "$ESPALIER" --quiet start Ada "${name%%.*}"
    } >"$folder/begin" 2>&1 || cat "$folder/begin"
    "$ESPALIER" run Ada <"$typed" >"$printed" 2>&1
    echo "status $?" >>"$printed"
    [ "${ACCEPT-}" != 1 ] || cp "$printed" "$here/$name.txt"
    if diff -u "$here/$name.txt" "$printed"; then
        echo "ok - the conversation $name is printed as expected"
    else
        echo "not ok - the conversation $name is printed as expected"
    fi
    if LC_ALL=C grep -q "$(printf '\033')" "$printed"; then
        echo "not ok - no escape sequence is printed to a pipe in $name"
    else
        echo "ok - no escape sequence is printed to a pipe in $name"
    fi
    widest=$(grep -v '^ *[>+] ' "$printed" | LC_ALL=C.UTF-8 wc -L)
    if [ "$widest" -le 80 ]; then
        echo "ok - nothing is wider than 80 columns in $name"
    else
        echo "not ok - nothing is wider than 80 columns in $name: $widest"
    fi
done
rm -rf "$folder"
