/* What there is to command, and with which options. */
#include "cli/table.h"

const struct option options[] = {
    {"db", "FILE", "the practice file, instead of your own", true},
    {"library", "DIR", "a folder with workflows/ and scripts/ that goes before the others", true},
    {"lang", "en|fr", "the language of questions and documents", true},
    {"json", "", "data as one JSON document, errors as JSON", true},
    {"no-input", "", "never draw on a terminal: plain lines in and out", true},
    {"quiet", "", "no messages, only data and errors", true},
    {"help", "", "help for the command (also -h)", true},
    {"version", "", "the version of the program", true},
    {"journey", "N", "the client's N-th journey, not the one that is open", false},
    {"output", "FILE", "into a file (also -o FILE), readable by you alone", false},
    {"force", "", "replace the file if there is one", false},
    {"pseudonym", "P", "the name that stands in all documents", false},
    {"email", "E", "kept for you; nothing is ever sent", false},
    {"file", "FILE.yaml", "answers from a file (see: espalier help values)", false},
    {"why", "TEXT", "the reason; it stands in the review", false},
    {"at", "KEY", "the question that the note is about", false},
    {"shared", "", "for the client too", false},
    {"sensitive", "", "in no document at all unless asked for", false},
    {"format", "F", "md, txt, html, pdf, docx, odt, json; canvas: svg, png (else the ending of -o)",
     false},
    {"paper", "P", "A4 (unless you say so), A3 or Letter", false},
    {"for", "WHO", "client, coach, sponsor or programme", false},
    {"template", "FILE", "try another template (see: espalier help template)", false},
    {"document", "NAME", "another document of the workflow (plan is the usual one)", false},
    {"page", "", "the whole document with the answers behind each block (with --json)", false},
    {"with-sensitive", "", "sensitive answers too; only for the coach", false},
    {"state", "S", "current, target, diff (both), prototype (prototype2: the second), blank",
     false},
    {"canvas", "NAME", "a canvas by its name in the workflow", false},
    {"ascii", "", "lines of - and | for old printers and terminals", false},
    {"from", "DAY", "sessions from this day on (2026-11-01)", false},
    {"to", "DAY", "sessions up to this day", false},
    {"table", "T", "only one table: items, actions, goals or hours", false},
    {"raw", "", "tables exactly as they are, for programs: no guards, no mark", false},
    {"port", "N", "where the server listens (any that is free)", false},
    {"deep", "", "read every single row too", false},
    {"blank", "", "every question, to print and fill in with a pen; nothing of the client", false},
    {"phase", "ID", "only this phase", false},
    {"due", "DATE", "the day it should be back, as 2026-12-01", false},
    {"intro", "TEXT", "a word of yours at its head", false},
    {"dry-run", "", "say what would happen, change nothing", false},
    {"take-theirs", "", "where both answered otherwise, take what comes in", false},
    {0},
};

const struct command commands[] = {
    {"People", "client add", "NAME", "pseudonym email", 1, 1, false, "add a client",
     "With --lang the language in which the client is asked. The name may be any text on one line; "
     "later its beginning is enough.",
     "client add \"Ada Okafor\" --lang fr", command_client_add},
    {"", "client list", "", "", 0, 0, false, "list the clients", "", "", command_client_list},
    {"", "client show", "CLIENT", "", 1, 1, false, "a client and the journeys, with their numbers",
     "", "client show ada", command_client_show},
    {"", "status", "[CLIENT]", "", 0, 1, true,
     "where everybody is: phase, last contact, next question", "", "", command_status},

    {"The conversation", "start", "CLIENT [WORKFLOW]", "", 1, 2, true,
     "begin a journey (business-model unless another is named)",
     "The workflow is checked and kept with the journey: editing its files later does not touch "
     "this journey. When the client has finished the same workflow before, a new cycle begins.",
     "start ada first-talk", command_start},
    {"", "run", "CLIENT", "journey", 1, 1, true, "hold the conversation",
     "One question at a time. `?` shows help, `:help` the other commands. Every answer is saved "
     "when the screen says so; stop at any question and go on another day with the same command. "
     "With --json the program speaks JSON lines, one object a line each way, for other front ends.",
     "run ada", command_run},
    {"", "answer", "CLIENT (KEY=VALUE ... | --file FILE.yaml)", "file journey", 1, ARGS_MAX, true,
     "record answers without a dialogue",
     "KEY is a question's id, or as much of the end of its key as tells it apart. Values are "
     "written as in YAML: espalier help values. A file may answer a whole journey; it is applied "
     "in the order of the questions, whatever the order of its lines. What does not fit, or was "
     "never asked for, is reported; everything else is saved.",
     "answer ada topic=delegation where_now=4", command_answer},
    {"", "skip", "CLIENT KEY --why TEXT", "why journey", 2, 2, true,
     "leave a question out, with the reason", "", "skip ada boss_knows --why \"not now\"",
     command_skip},
    {"", "back", "CLIENT KEY", "journey", 2, 2, true, "open an answered question again",
     "The answer is taken back and offered to begin with; `undo` brings it back as it was. Answers "
     "that the new one leads away from are set aside, not lost.",
     "back ada where_now", command_back},
    {"", "undo", "CLIENT", "journey", 1, 1, true, "take the latest change back", "", "undo ada",
     command_undo},
    {"", "redo", "CLIENT", "journey", 1, 1, true, "bring back what was undone last", "", "redo ada",
     command_redo},
    {"", "review", "CLIENT", "journey", 1, 1, true, "the path so far with its answers",
     "For the coach: private and sensitive answers are shown too.", "review ada", command_review},
    {"", "history", "CLIENT [KEY]", "journey", 1, 2, true,
     "every revision of every answer, or of one",
     "For the coach: private and sensitive answers are shown too.", "history ada goal",
     command_history},
    {"", "note", "CLIENT TEXT", "at shared sensitive journey", 2, 2, true,
     "write a note (private unless --shared)",
     "Private notes are in no document for the client; sensitive ones in no document at all unless "
     "asked for. Scripts never see notes.",
     "note ada \"Bring the rota next time.\" --at goal --shared", command_note},
    {"", "notes", "CLIENT", "journey", 1, 1, true, "list the notes", "", "notes ada",
     command_notes},

    {"What comes of it", "plan", "CLIENT",
     "format paper for document template with-sensitive why output force journey", 1, 1, true,
     "the development plan",
     "The ending of -o FILE says the format. --format json is the tree that the templates see. "
     "Private and sensitive answers and private notes are in nothing that is made for others than "
     "you. A sponsor gets goals, steps and dates, once the client has agreed; without that, --why "
     "says what was agreed and is kept as a private note. A programme gets counts and no name.",
     "plan ada -o plan.pdf", command_plan},
    {"", "canvas", "CLIENT", "state format paper for canvas ascii why output force journey", 1, 1,
     true, "the one page",
     "The current page is what the client has now, the target what has been decided; diff shows "
     "both. As text it is as wide as the terminal; as Markdown it is a list for each block; svg, "
     "pdf and png are drawn. Several prototypes are one PDF, or one page of HTML.",
     "canvas ada --state target -o target.pdf", command_canvas},
    {"", "template", "CLIENT | WORKFLOW [DOCUMENT]", "output force journey", 1, 2, true,
     "the template of a document, to copy and change",
     "Prints the one in use. A copy in your library (~/.local/share/espalier/library, or "
     "--library) "
     "is used instead of it, also for journeys that have begun: documents/WORKFLOW/FILE for one "
     "workflow, fr/FILE beside it for French, documents/NAME.md.mustache for every workflow. What "
     "somebody may not see is in no template's reach.",
     "template ada -o plan.md.mustache", command_template},
    {"", "book", "CLIENT", "format paper template output force journey", 1, 1, true,
     "the book of the journey, to keep: for the client",
     "The canvases as they were after each sitting in which they changed, how the words changed, "
     "what has worked, where it is going, goals and actions, and the notes that were shared. "
     "HTML unless --format or the ending of -o FILE says otherwise; text on a terminal.",
     "book ada -o book.pdf", command_book},
    {"", "prep", "CLIENT", "format paper template with-sensitive output force journey", 1, 1, true,
     "the sheet for your next session",
     "What was promised and is due, what is open next, what to check, your notes since the last "
     "session, and a way through the hour. For you alone.",
     "prep ada", command_prep},
    {"", "calendar", "[CLIENT]", "output force journey", 0, 1, true,
     "the days that were agreed on, for a calendar program",
     "Goals, actions, reminders, trials, looks back and pauses, each an event of a whole day "
     "(RFC 5545). Take the file in again after a change: it replaces what it brought before. "
     "Without a client it is yours: all of them, each day with the name (or the pseudonym).",
     "calendar ada -o ada.ics", command_calendar},
    {"", "hours", "", "from to format raw output force", 0, 0, false,
     "the hours log: sessions, totals for each client and in all",
     "As txt, csv or json; the ending of -o FILE says which.",
     "hours --from 2026-01-01 --to 2026-12-31 -o hours.csv", command_hours},
    {"", "export", "[CLIENT]", "table raw output force", 0, 1, true,
     "tables, trees and calendars of everybody (or one) in a folder",
     "items.csv, actions.csv, goals.csv and hours.csv; for each journey the tree that documents "
     "see and its calendar. It is yours: private answers are in it. Sensitive answers, and notes "
     "that "
     "were not shared, are not. Text that a spreadsheet would take for a formula has ' before it, "
     "and files begin with a mark (BOM) so that letters with accents are right; --raw leaves both "
     "out. --table prints one table. A folder that exists is never replaced.",
     "export -o my-practice", command_export},
    {"", "worksheet import", "FILE", "dry-run take-theirs output force", 1, 1, true,
     "take in the answers that came back on a worksheet",
     "The file says itself whose journey it belongs to. What fits is saved as the client's answer; "
     "the rest is told, question by question, and -o FILE keeps it in a file that can be taken in "
     "again. What was answered otherwise meanwhile is left as it is, unless --take-theirs. The "
     "same file twice changes nothing.",
     "worksheet import Ada-answers.json", command_worksheet_import},
    {"", "worksheet", "CLIENT", "blank phase due intro journey output force", 1, 1, true,
     "the open questions as a page that works from an e-mail",
     "One file, without login or network: the client opens it in any browser, answers, and sends "
     "back a small file for `worksheet import`. What was begun is kept in that browser. Printed, "
     "it is a sheet for a pen. Questions for the coach and private ones are not on it.",
     "worksheet ada --due 2026-12-01 -o ada.html", command_worksheet},
    {"", "why", "CLIENT [LINE]", "document for with-sensitive journey page", 1, 2, true,
     "the answers behind a line of the plan",
     "LINE is some of its words, or its number; without it all lines are listed with their "
     "numbers. "
     "What the template shows is known exactly; what went through the script is found by changing "
     "one answer at a time, in memory only. The lines are those of `plan --for coach --format md`, "
     "or of another --document. Private answers are shown too.",
     "why ada \"decides without me\"", command_why},
    {"", "what-if", "CLIENT KEY=VALUE", "journey", 2, 2, true,
     "what another answer would change: path, plan, canvases",
     "In memory only: nothing is written. KEY= with nothing behind it leaves the question out. The "
     "plan and the canvases are shown as if the questions that are new then were left out. Private "
     "and sensitive answers are shown too.",
     "what-if ada boss_knows=yes", command_what_if},
    {"", "demo", "", "", 0, 0, true,
     "a worked journey of an invented Social Innovator, in a temporary practice",
     "Nothing of it is kept and your own practice is not opened.", "demo", command_demo},

    {"In the browser", "ui", "", "port", 0, 0, true, "open the coach's desk in the browser",
     "A server on this machine only; it ends with Ctrl-C. The link lets one browser in, once.",
     "ui", command_ui},
    {"", "serve", "", "port", 0, 0, true, "the same without opening a browser",
     "For people who keep it running: open the link within a minute.", "serve --port 8421",
     command_serve},

    {"For authors", "check", "[WORKFLOW]", "", 0, 1, true,
     "check a workflow's files (all of the library, unless one is named)",
     "Errors and warnings with file, line and column; `espalier explain CODE` says more. With "
     "--json for editors.",
     "check first-talk --library .", command_check},
    {"", "test", "[WORKFLOW]", "", 0, 1, true,
     "hold the conversations of a workflow's tests folder", "", "test first-talk", command_test},
    {"", "schema", "[NAME]", "output force", 0, 1, false,
     "what the JSON of this program looks like (without a name: which schemas there are)",
     "`schema plan` describes everything that a template can name: it is what `plan --format json` "
     "prints. JSON Schema, draft 7, with descriptions.",
     "schema plan", command_schema},
    {"", "explain", "CODE", "", 1, 1, false, "the long form of an error code (all: every code)", "",
     "explain E214", command_explain},

    {"Keeping it safe", "doctor", "", "deep", 0, 0, true,
     "examine the practice file and run every journey", "", "doctor --deep", command_doctor},

    {"About", "help", "[COMMAND | TOPIC]", "", 0, 2, false, "this help",
     "Topics: values, limits, environment, statuses, options.", "help answer", command_help},
    {"", "version", "", "", 0, 0, false, "the version of the program and of its libraries", "", "",
     command_version},
    {0},
};

const struct option *option_find(struct str name)
{
    for (const struct option *option = options; option->name; option++)
        if (str_is(name, option->name))
            return option;
    return NULL;
}

bool option_is_for(const struct command *command, const char *name)
{
    const struct option *option = option_find(str_of(name));
    struct str rest = str_of(command ? command->options : "");
    if (option && option->everywhere)
        return true;
    while (rest.n > 0)
        if (str_is(str_split(rest, ' ', &rest), name))
            return true;
    return false;
}

const struct command *command_find(const char *const *words, int n, int *used)
{
    for (const struct command *command = commands; command->name; command++) {
        struct str second, name = str_of(command->name), first = str_split(name, ' ', &second);
        *used = second.n ? 2 : 1;
        if (str_is(name, words[0])) {
            *used = 1;
            return command;
        }
        if (n >= *used && str_is(first, words[0]) && (second.n == 0 || str_is(second, words[1])))
            return command;
    }
    return NULL;
}

bool command_in_group(const struct command *command, struct str first)
{
    struct str second, name = str_split(str_of(command->name), ' ', &second);
    return second.n > 0 && str_eq(name, first);
}

/* "client needs a second word: add, list, show." */
static bool half_a_command(struct arena *a, struct str first, enum err_code code, struct err *e)
{
    struct buf words = {.a = a};
    for (const struct command *command = commands; command->name; command++)
        if (command_in_group(command, first))
            buf_format(&words, "%s%s", words.n ? ", " : "", command->name + first.n + 1);
    return err_set(e, code, "%s needs a second word: %s. See: espalier help %s", first.p,
                   buf_str(&words).p, first.p);
}

bool command_unknown(struct arena *a, const char *const *words, int n, enum err_code code,
                     struct err *e)
{
    struct str names[64], first = str_of(words[0]), typed = first;
    size_t known = 0;
    bool group = false;
    for (const struct command *command = commands; command->name && known < 64; command++) {
        group = group || command_in_group(command, first);
        names[known++] = str_of(command->name);
    }
    struct str near = text_nearest(typed, names, known);
    if (near.n == 0 && n > 1) {
        typed = str_format(a, "%s %s", words[0], words[1]);
        near = text_nearest(typed, names, known);
    }
    if (near.n > 0)
        return err_set(e, code, "There is no command \"%.100s\". Did you mean \"%s\"?", typed.p,
                       near.p);
    if (group)
        return half_a_command(a, first, code, e);
    return err_set(e, code, "There is no command \"%.100s\". See: espalier help", words[0]);
}
