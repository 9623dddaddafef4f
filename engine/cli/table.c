/* What there is to command. */
#include "cli/cli.h"

#include <string.h>

const struct command commands[] = {
    {"client add", "NAME [--lang L] [--pseudonym P] [--email E]", "pseudonym= email=", 1, 1,
     "add a client", "A pseudonym, if given, stands in all documents instead of the name.",
     command_client_add},
    {"client list", "", "", 0, 0, "list the clients", "", command_client_list},
    {"client show", "CLIENT", "", 1, 1, "show a client and the journeys", "", command_client_show},
    {"start", "CLIENT [WORKFLOW]", "", 1, 2,
     "begin a journey (business-model unless another is named)",
     "The workflow is checked and kept with the journey: editing its files later does not touch "
     "this journey. When the "
     "client's journey with the same workflow is finished, a new cycle begins.",
     command_start},
    {"run", "CLIENT [--json]", "", 1, 1, "hold the conversation",
     "One question at a time. `?` shows help, `:help` the other commands. Every answer is saved "
     "when the screen says so; "
     "stop at any question and go on another day with the same command. With --json it speaks JSON "
     "lines.",
     command_run},
    {"answer", "CLIENT KEY=VALUE ... | CLIENT --file FILE.yaml", "file=", 1, ARGS_MAX,
     "record answers without a dialogue",
     "KEY is a question's id, or as much of the end of its key as is needed to tell it apart. "
     "Values are written as in "
     "YAML; +7d is a date in a week. A file names answers and skips and is applied in the order of "
     "the questions; "
     "entries that were never asked for are reported.",
     command_answer},
    {"skip", "CLIENT KEY --why TEXT", "why=", 2, 2, "leave a question out, with the reason", "",
     command_skip},
    {"back", "CLIENT KEY", "", 2, 2, "open an answered question again",
     "The answer is taken back and offered to begin with; `undo` brings it back as it was.",
     command_back},
    {"undo", "CLIENT", "", 1, 1, "take the latest change back", "", command_undo},
    {"redo", "CLIENT", "", 1, 1, "bring back what was undone last", "", command_redo},
    {"review", "CLIENT", "", 1, 1, "the path so far with its answers", "", command_review},
    {"history", "CLIENT [KEY]", "", 1, 2, "every revision of every answer, or of one", "",
     command_history},
    {"note", "CLIENT TEXT [--at KEY] [--shared] [--sensitive]", "at= shared sensitive", 2, 2,
     "write a note (private unless --shared)",
     "Private notes are in no document for the client; sensitive ones in no document at all unless "
     "asked for.",
     command_note},
    {"notes", "CLIENT", "", 1, 1, "list the notes", "", command_notes},
    {"status", "[CLIENT]", "", 0, 1, "where everybody is: phase, last contact, next step", "",
     command_status},
    {"plan", "CLIENT [--format md|txt|json] [--for client|coach [--with-sensitive]] [-o FILE]",
     "format= for= document= with-sensitive", 1, 1, "the development plan",
     "--document NAME gives another document of the workflow. --format json is the tree that "
     "templates see. A file "
     "that exists is replaced only with --force.",
     command_plan},
    {"canvas", "CLIENT [--state current|target|blank] [--format txt|md|json] [-o FILE]",
     "format= state= canvas= ascii", 1, 1, "the one page",
     "--canvas NAME gives a canvas by its name in the workflow.", command_canvas},
    {"check", "[WORKFLOW]", "", 0, 1,
     "check a workflow's files (all of the library, unless one is named)",
     "Errors and warnings with file, line and column; `explain CODE` says more. With --json for "
     "editors.",
     command_check},
    {"test", "[WORKFLOW]", "", 0, 1, "run the scripted clients of a workflow's tests folder", "",
     command_test},
    {"explain", "CODE", "", 1, 1, "the long form of an error code", "", command_explain},
    {"doctor", "[--deep]", "deep", 0, 0, "examine the practice file and the program's surroundings",
     "", command_doctor},
    {"demo", "", "", 0, 0,
     "a worked journey of an invented Social Innovator, in a temporary practice", "", command_demo},
    {"help", "[COMMAND | limits | environment]", "", 0, 2, "this help", "", command_help},
    {"version", "", "", 0, 0, "version of the program and of its libraries", "", command_version},
    {0},
};

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

struct str command_nearest(struct arena *a, struct str typed)
{
    struct str names[64];
    size_t n = 0;
    for (const struct command *command = commands; command->name && n < 64; command++) {
        struct str rest;
        if (str_eq(str_split(str_of(command->name), ' ', &rest), typed))
            return str_of(command->name);
        names[n++] = str_of(command->name);
    }
    return str_copy(a, text_nearest(typed, names, n));
}
