#!/bin/sh
# The conversation in a real terminal, 80 columns by 24, as a person meets it: a question is answered, Ctrl-C says how
# to go on, and the answer is there afterwards.  tmux is the terminal.
command -v tmux >/dev/null 2>&1 || {
    echo 'skip - there is no tmux to be the terminal'
    exit 0
}
# shellcheck source=tests/e2e/lib.sh
. tests/e2e/lib.sh
unset ESPALIER_LIBRARY TMUX
export TMUX_TMPDIR="$work"
# shellcheck disable=SC2032,SC2033
terminal() { tmux -L terminal -f /dev/null "$@"; }
terminal new-session -d -s talk -x 80 -y 24 "env TERM=screen LC_ALL=C.UTF-8 PS1='ready> ' EDITOR=./editor sh -i" 2>err || {
    echo "skip - tmux finds no terminal here: $(head -n 1 err)"
    exit 0
}
trap 'terminal kill-server 2>/dev/null; rm -rf "$work"' EXIT
# shellcheck disable=SC2016
printf '#!/bin/sh\n(echo; echo "written elsewhere") >>"$1"\n' >editor
chmod +x editor

screen() { terminal capture-pane -p -t talk; }
shows() { # waits until a pattern stands on the screen, at most ten seconds
    for _ in $(seq 100); do
        screen >out
        if grep -qE -e "$1" out; then return 0; fi
        sleep 0.1
    done
    return 1
}
enter() { # a line
    terminal send-keys -t talk -l -- "$1"
    terminal send-keys -t talk Enter
}
keys() { terminal send-keys -t talk "$@"; }
fresh() { # nothing stands on the screen
    enter 'clear'
    shows '^ready> *$'
}
stored() { try review ada && grep -qE -e "$1" out; }

try client add 'Ada Lovelace'
try start ada first-talk
shows 'ready>'
enter "'$ESPALIER' run ada; echo status \$?"
is "the first question is asked" shows 'What would you like to work on\?'
enter 'delegation'
is "the answer is saved" shows '^  saved'
is "and stands in the next question" shows 'In three months, delegation'
enter 'My team decides'
enter '?'
is "among the lines of a text, ? is help" shows 'A goal is not a task'
enter ':edit'
is "and :edit takes the text along into the editor" shows '^    written elsewhere'
shows 'Where are you today'
keys C-c
is "Ctrl-C says how to go on" shows 'espalier run "Ada Lovelace"'
is "and ends with status 130" shows '^status 130'
is "the first answer is there" stored 'delegation'
is "and the second" stored 'written elsewhere'

fresh
enter "'$ESPALIER' run ada; echo status \$?"
is "another day it goes on, by name" shows 'Welcome back, Ada Lovelace'
shows 'Where are you today'
enter '4'
shows 'boss'
enter ''
shows 'What could get in the way'
enter 'time'
shows 'Where it comes from'
enter ':change 1'
is "a list is changed from within an item" shows '^  > time'
keys C-u
enter 'no time'
shows 'so far|Where it comes from.*'
enter '2'
enter ':quit'
is "what was begun is saved when one stops" shows 'saved as it stood'
is "and stopping on purpose is status 0" shows '^status 0'
is "the list is there" stored 'no time'

terminal resize-window -t talk -x 40 -y 24
fresh
enter "'$ESPALIER' run ada"
is "a narrow window is filled, not overrun" shows '^  Your first impression'
is "no line is wider than it" test "$(screen | LC_ALL=C.UTF-8 wc -L)" -le 40
keys C-c
