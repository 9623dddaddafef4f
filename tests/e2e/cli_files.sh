#!/bin/sh
# Files: what is written with -o, and practice files that are none, damaged, newer, links, or of somebody else.
. tests/e2e/lib.sh

try client add Ada
try start ada first-talk
try answer ada topic=delegation goal=x where_now=5
gives 0 "-o says where it was written" '^$' 'Written: plan.md' plan ada -o plan.md
is "for its owner alone" equals 600 "$(mode plan.md)"
cp plan.md before
gives 1 "an existing file is not overwritten" '^$' 'plan.md exists already.*--force' plan ada -o plan.md --for coach
is "it is as it was" cmp -s plan.md before
gives 0 "with --force it is" '^$' 'Written' plan ada -o plan.md --force --format txt
is "as a whole" fails cmp -s plan.md before
gives 0 "--output=FILE is the same" '^$' 'Written' plan ada --output=other.md
gives 0 "the ending says the format" '^$' '' plan ada -o plan.json
cp plan.json out
is "a file .json holds JSON" json title
gives 0 "the ending .txt" '^$' '' canvas ada -o page.txt
gives 0 "-o with --json: the document on stdout says where" '"written": "page.json"' '^$' canvas ada -o page.json --json
is "and nothing else" json written
gives 74 "a folder that is not there" '^$' 'cannot be written' plan ada -o none/plan.md
gives 1 "a folder as a file" '^$' 'is a folder' plan ada -o . --force
gives 2 "an empty name" '^$' 'needs the name' plan ada --output=
ln -s before link
gives 1 "a link is not followed" '^$' 'symbolic link' plan ada -o link --force
ln -s nowhere dangling
gives 1 "nor one that leads nowhere" '^$' 'symbolic link' plan ada -o dangling
is "nothing was made there" fails test -e nowhere
mkfifo pipe
gives 1 "a pipe is no file" '^$' 'not a plain file' plan ada -o pipe --force
gives 1 "nor a device" '^$' 'plain file|symbolic link' plan ada -o /dev/stdout --force
mkdir small
# With no file that may grow: what it says goes through a pipe.
without_room() {
    (ulimit -f 0 && "$ESPALIER" "$@" 2>&1 >/dev/null || echo "status $?") | cat >err
    status=$(sed -n 's/^status //p' err)
}
without_room plan ada -o small/plan.md
is "a full disk while writing: status 74 and a sentence" test "$status:$(wc -l <err)" = 74:2
is "no half file is left" equals "" "$(ls small)"
before=$(digest "$ESPALIER_DB")
without_room answer ada topic=full
is "a full disk while saving: status 74 and a sentence" test "$status:$(wc -l <err)" = 74:2
is "the practice is as it was" equals "$before" "$(digest "$ESPALIER_DB")"
"$ESPALIER" client list >/dev/full 2>err
status=$?
is "an output that takes nothing: status 74" test "$status" = 74 -a -s err
"$ESPALIER" answer ada topic=safe --json >/dev/full 2>err
status=$?
is "an answer is saved also then" equals "74 safe" "$status $("$ESPALIER" review ada --json | aid json answered.0.value)"

refused() { # SENTENCE, FILE, STATUS, PATTERN
    before=$(ls -lLd "$2" 2>/dev/null; [ ! -f "$2" ] || digest "$2")
    try status --db "$2"
    after=$(ls -lLd "$2" 2>/dev/null; [ ! -f "$2" ] || digest "$2")
    is "$1 is refused with a sentence and left as it was" \
        test "$status:$(grep -cE -e "$4" err):$(wc -l <err)" = "$3:1:1" -a "$before" = "$after"
    is "$1: nothing beside it" fails test -e "$2-journal"
}
chmod 700 .
copy() { cp "$ESPALIER_DB" "$1" && chmod 600 "$1"; }
printf 'not a database, only words, as many as there are\n' >words && chmod 600 words
refused "a file of words" words 65 'not a practice'
: >empty && chmod 600 empty
refused "a file without bytes" empty 65 'is empty'
aid sql other.db 'CREATE TABLE t(x); INSERT INTO t VALUES(1)' && chmod 600 other.db
refused "a database of another program" other.db 65 'another program|not a practice'
copy newer && aid sql newer 'PRAGMA user_version = 99'
refused "a practice of a newer program" newer 65 'newer'
copy half && head -c 20000 "$ESPALIER_DB" >half
refused "half a practice" half 65 'damaged'
copy holes && printf 'ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ' | dd of=holes bs=1 seek=4096 conv=notrunc 2>/dev/null
try doctor --db holes
is "a practice with a hole is found by doctor, or refused" test "$status" = 65 -a -s err -o "$(grep -c FAULT out)" -gt 0
copy real && ln -s real symlink
refused "a symbolic link" symlink 1 'symbolic link'
copy hard && ln hard hard2
refused "a hard link" hard 1 'hard link'
mkdir folder
refused "a folder" folder 1 'is a folder'
mkfifo fifo
refused "a pipe" fifo 1 'not a plain file'
refused "a device" /dev/null 1 'plain file|belongs'
copy open && chmod 644 open
refused "a practice that others can read" open 1 'chmod 600'
mkdir loose && chmod 777 loose && copy loose/practice.db
refused "a practice in a folder that others can change" loose/practice.db 1 'chmod go-w'
try status --db 'file:x?mode=memory'
is "a name that SQLite takes for an address is a name" test "$status" = 0 -a -f 'file:x?mode=memory'
gives 2 "a name that ends with a slash" '^$' 'name of a file' status --db "$work/"
if [ "$(id -u)" = 0 ]; then
    printf 'skip - a folder that cannot be written to: root can\n'
else
    mkdir closed && copy closed/practice.db && chmod 500 closed
    refused "a practice in a folder that cannot be written to" closed/practice.db 1 'cannot be written|Nothing can be written'
    chmod 700 closed
fi
(unset ESPALIER_DB HOME XDG_DATA_HOME && "$ESPALIER" status >out 2>err)
status=$?
is "no home folder: name a file" test "$status" = 2 -a "$(grep -c -e '--db FILE' err)" = 1
mkdir data && (unset ESPALIER_DB && XDG_DATA_HOME="$work/data" "$ESPALIER" status >out 2>err)
is "XDG_DATA_HOME: a folder of its own, 0700" equals 700 "$(mode data/espalier)"
is "and the file, 0600" equals 600 "$(mode data/espalier/practice.db)"

mkfifo hold
aid lock "$ESPALIER_DB" <hold >held &
exec 3>hold
while [ ! -s held ]; do sleep 0.1; done
gives 75 "while another program writes: try again" '^$' '[Tt]ry again' answer ada topic=late
gives 75 "the same as JSON" '^$' '"code":"locked"' status --json
exec 3>&-
wait
gives 0 "afterwards it goes on" '^$' '1 answered' answer ada topic=late
gives 0 "doctor is content" 'All is well' '' doctor
